/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The samples of a measurand: what was found, what should have been, and the verdict. */
#include <string.h>
#include "booklet.h"
#include "paper/answers.h"

#define LEFT ZP_LEFT_EDGE
#define RIGHT ZP_RIGHT_EDGE
#define X_SAMPLE (LEFT + 8)
#define X_VALUE 160.0 /* right ends of numbers */
#define X_TARGET 214.0
#define X_RANGE 270.0 /* the middle */
#define X_BIAS 348.0
#define X_BIAS_PCT 393.0
#define X_SDI 432.0
#define X_SIGN 449.0
#define X_VERDICT 458.0
#define ROW 13.0
#define HEAD 22.0
#define LINE 9.4

static const zp_answer_place answers_at = { 102, 190, 82, 280, 150, X_VERDICT, RIGHT - X_VERDICT };

static void head(const zp_booklet *b, double x, double y, zp_align align, zp_say word)
{
	zp_canvas_line(b->paper, (zp_ink){ ZP_BOLD, 7, ZP_ACCENT, 0 }, x, y + 9, 0, align, zp_say_cn(word));
	if (strcmp(zp_say_cn(word), zp_say_en(word)) != 0)
		zp_canvas_line(b->paper, (zp_ink){ ZP_REGULAR, 5.8, ZP_GREY, 0 }, x, y + 16.6, 0, align, zp_say_en(word));
}

double zp_samples_head(const zp_booklet *b, const zp_report_measurand *m, double y, bool draw)
{
	if (!draw)
		return HEAD;
	head(b, X_SAMPLE, y, ZP_LEFT, ZP_SAY_SAMPLE);
	if (m->answered) {
		head(b, answers_at.reply, y, ZP_LEFT, ZP_SAY_REPLY);
		head(b, answers_at.target, y, ZP_LEFT, ZP_SAY_TARGET);
		head(b, answers_at.group, y, ZP_LEFT, ZP_SAY_ANSWERS);
	} else {
		head(b, X_VALUE, y, ZP_RIGHT, ZP_SAY_VALUE);
		head(b, X_TARGET, y, ZP_RIGHT, ZP_SAY_TARGET);
		head(b, X_RANGE, y, ZP_CENTRE, ZP_SAY_RANGE);
		head(b, X_BIAS, y, ZP_RIGHT, ZP_SAY_BIAS);
		head(b, X_BIAS_PCT, y, ZP_RIGHT, ZP_SAY_BIAS_PCT);
		head(b, X_SDI, y, ZP_RIGHT, ZP_SAY_SDI);
	}
	head(b, X_VERDICT, y, ZP_LEFT, ZP_SAY_VERDICT);
	zp_canvas_rule(b->paper, LEFT, y + HEAD - 2, RIGHT, y + HEAD - 2, 0.6, ZP_ACCENT);
	return HEAD;
}

static void number(const zp_booklet *b, zp_ink ink, double x, double y, double width, const char *text)
{
	if (!*text) {
		ink = (zp_ink){ ZP_REGULAR, ink.size, ZP_FAINT, 0 };
		text = "–";
	}
	zp_canvas_line(b->paper, ink, x, y, width, ZP_RIGHT, text);
}

static void range(const zp_booklet *b, zp_ink ink, double y, const zp_report_row *r)
{
	ink.weight = ZP_REGULAR;
	ink.colour = ZP_BLACK;
	if (!*r->low && !*r->high) {
		number(b, ink, X_RANGE + 2, y, 20, "");
		return;
	}
	number(b, ink, X_RANGE - 4, y, 42, r->low);
	zp_canvas_line(b->paper, ink, X_RANGE, y, 0, ZP_CENTRE, "–");
	zp_canvas_line(b->paper, ink, X_RANGE + 4, y, 42, ZP_LEFT, r->high);
}

static const zp_ink sent_ink = { ZP_REGULAR, 6.4, ZP_GREY, 0 };

/* What was sent, in brackets before the value where there is room, else below it. Gives: the height that this adds. */
static double value(const zp_booklet *b, zp_ink ink, double y, const zp_report_row *r, bool draw)
{
	const double room = X_VALUE - X_SAMPLE - 46;
	if (!*r->sent) {
		if (draw)
			number(b, ink, X_VALUE, y, room, r->value);
		return 0;
	}
	const char *sent = zp_join(b->host, "(", r->sent, ")", NULL);
	const double w = zp_canvas_width(b->paper, ink, r->value);
	const bool fits = w + 4 + zp_canvas_width(b->paper, sent_ink, sent) <= room;
	if (draw) {
		number(b, ink, X_VALUE, y, room, r->value);
		zp_canvas_line(b->paper, sent_ink, fits ? X_VALUE - w - 4 : X_VALUE, fits ? y : y + 8, fits ? 0 : X_VALUE - X_SAMPLE, ZP_RIGHT, sent);
	}
	return fits ? 0 : 8;
}

static void verdict(const zp_booklet *b, double y, const zp_report_row *r)
{
	zp_sign_draw(b, X_SIGN, y, r->verdict);
	zp_both(b, (zp_ink){ r->verdict == ZP_UNACCEPTABLE ? ZP_BOLD : ZP_REGULAR, 8.2, zp_colour_of(r->verdict), 0 },
	        (zp_ink){ ZP_REGULAR, 6.2, ZP_GREY, 0 }, X_VERDICT, y, RIGHT - X_VERDICT - 2, r->says, r->says_en);
}

static double quantity(const zp_booklet *b, const zp_report_row *r, double top, bool draw)
{
	const zp_ink plain = { ZP_REGULAR, 8.2, ZP_BLACK, 0 }, ink = { r->verdict == ZP_UNACCEPTABLE ? ZP_BOLD : ZP_REGULAR, 8.2,
		                                                          r->verdict == ZP_UNACCEPTABLE ? ZP_ALERT : ZP_BLACK, 0 };
	const double y = top + LINE, height = ROW + value(b, ink, y, r, draw);
	if (!draw)
		return height;
	number(b, plain, X_TARGET, y, 48, r->x_pt);
	range(b, plain, y, r);
	number(b, ink, X_BIAS, y, 40, r->bias);
	number(b, ink, X_BIAS_PCT, y, 40, r->bias_pct);
	number(b, ink, X_SDI, y, 34, r->sdi_informative && *r->sdi ? zp_join(b->host, "(", r->sdi, ")", NULL) : r->sdi);
	return height;
}

double zp_samples_row(const zp_booklet *b, const zp_report_measurand *m, const zp_report_row *r, double top, bool draw)
{
	double height = m->answered ? zp_answer_columns(b->paper, &answers_at, m, r, top, false) - top : quantity(b, r, top, false);
	height = height < ROW ? ROW : height;
	if (!draw)
		return height;
	if (r->verdict == ZP_UNACCEPTABLE)
		zp_canvas_box(b->paper, LEFT, top, RIGHT - LEFT, height, ZP_ALERT_PALE);
	zp_canvas_line(b->paper, (zp_ink){ ZP_REGULAR, 8.2, ZP_BLACK, 0 }, X_SAMPLE, top + LINE, m->answered ? answers_at.reply - X_SAMPLE - 4 : 52, ZP_LEFT,
	               r->sample);
	if (m->answered)
		zp_answer_columns(b->paper, &answers_at, m, r, top, true);
	else
		quantity(b, r, top, true);
	verdict(b, top + LINE, r);
	zp_canvas_rule(b->paper, LEFT, top + height, RIGHT, top + height, 0.25, ZP_HAIR);
	return height;
}
