/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The row of a sample whose result is an answer: reply, target, where both lie on the grades, and what the group answered. */
#include "pages.h"
#include <stdio.h>
#include <string.h>

#define X_SAMPLE ZP_X_SAMPLE
#define X_REPLY 238.0
#define X_SHOULD 314.0
#define X_GROUP 392.0
#define WIDE 70.0 /* of a reply, and of a target */
#define GROUP_WIDE (ZP_X_VERDICT - 8 - X_GROUP)
#define GRADES_HIGH 20.0

static const zp_ink tiny = { ZP_REGULAR, 6.2, ZP_GREY, 0 };

void zp_answer_heads_draw(const zp_job *j, double y)
{
	zp_head_column_draw(j, X_REPLY, y, WIDE, ZP_LEFT, ZP_WORD_REPLY);
	zp_head_column_draw(j, X_SHOULD, y, WIDE, ZP_LEFT, ZP_WORD_TARGET);
	zp_head_column_draw(j, X_GROUP, y, GROUP_WIDE, ZP_LEFT, ZP_WORD_ANSWERS);
}

static double lines(const zp_job *j, zp_ink ink, double x, double y, double width, unsigned most, const char *text, bool draw)
{
	return zp_canvas_text(j->paper, ink, (zp_canvas_column){ x, y, width, ZP_LEFT, most, 1.18, false, 0 }, text, draw);
}

/* A text in small type below y. Gives: y below it. */
static double small_below(const zp_job *j, double x, double y, const char *text, bool draw)
{
	return *text ? y + lines(j, tiny, x, y + 6, WIDE, 0, text, draw) : y;
}

/* A name, and its English beside it or below. Gives: y below them. */
static double names(const zp_job *j, zp_ink ink, double x, double top, const char *cn, const char *en, bool draw)
{
	if (!*cn) {
		if (draw)
			zp_canvas_line(j->paper, (zp_ink){ ZP_REGULAR, ink.size, ZP_FAINT, 0 }, x, top + 8.6, WIDE, ZP_LEFT, "–");
		return top + 10.2;
	}
	const double w = zp_canvas_width(j->paper, ink, cn);
	const bool same = !*en || strcmp(cn, en) == 0;
	if (!same && w + 4 + zp_canvas_width(j->paper, tiny, en) <= WIDE) {
		if (draw) {
			zp_canvas_line(j->paper, ink, x, top + 8.6, 0, ZP_LEFT, cn);
			zp_canvas_line(j->paper, tiny, x + w + 4, top + 8.6, 0, ZP_LEFT, en);
		}
		return top + 10.2;
	}
	const double y = top + 0.6 + lines(j, ink, x, top + 8.6, WIDE, 3, cn, draw);
	return same ? y : small_below(j, x, y, en, draw);
}

/* ---- grades ---- */

static const zp_ink grade_ink = { ZP_REGULAR, 5.8, ZP_GREY, 0 };

/* So many grades have room beside each other. */
static size_t most_grades(const zp_job *j, const zp_report_measurand *m)
{
	double widest = 4;
	for (size_t i = 0; i < m->n_grades; i++) {
		const double w = zp_canvas_width(j->paper, grade_ink, m->grades[i]);
		widest = w > widest ? w : widest;
	}
	const size_t n = (size_t)(GROUP_WIDE / (widest + 2.5));
	return n < 6 ? 6 : n;
}

/* The grades that are drawn: those of the strip, and of many those around the marks. Gives: how many. */
static size_t grades_of(const zp_job *j, const zp_report_measurand *m, const zp_report_row *r, size_t out[static 64])
{
	const size_t room = most_grades(j, m);
	size_t n = 0, first = SIZE_MAX, last = 0;
	for (size_t i = 0; i < m->n_grades && i < 64; i++) {
		if (!(r->place.strip >> i & 1))
			continue;
		if ((int)i == r->place.reply || ((int)i >= r->place.low && (int)i <= r->place.high) || r->place.allowed >> i & 1) {
			first = first == SIZE_MAX ? n : first;
			last = n;
		}
		out[n++] = i;
	}
	if (n <= room || first == SIZE_MAX)
		return n;
	while (last - first + 1 < room) { /* as much on both sides as there is */
		first -= first > 0;
		last += last + 1 < n && last - first + 1 < room;
	}
	memmove(out, out + first, (last - first + 1) * sizeof(*out));
	return last - first + 1;
}

static void draw_grades(const zp_job *j, const zp_report_measurand *m, const zp_report_row *r, double top)
{
	size_t at[64];
	const size_t n = grades_of(j, m, r, at);
	const double step = n ? GROUP_WIDE / (double)n : 0, y = top + 8;
	zp_canvas *p = j->paper;
	for (size_t i = 0; i < n; i++)
		if (r->place.allowed >> at[i] & 1)
			zp_canvas_box(p, X_GROUP + (double)i * step, y - 3.4, step + 0.01, 6.8, ZP_BAND);
	zp_canvas_rule(p, X_GROUP + step / 2, y, X_GROUP + GROUP_WIDE - step / 2, y, 0.5, ZP_FAINT);
	for (size_t i = 0; i < n; i++) {
		const double x = X_GROUP + ((double)i + 0.5) * step;
		const bool target = (int)at[i] == r->place.low || (int)at[i] == r->place.high, reply = (int)at[i] == r->place.reply;
		const zp_ink ink = target || reply ? (zp_ink){ ZP_BOLD, grade_ink.size, ZP_BLACK, 0 } : grade_ink;
		zp_canvas_rule(p, x, y - 1.6, x, y + 1.6, 0.5, ZP_FAINT);
		if (target)
			zp_canvas_diamond(p, x, y, 2.6, ZP_ACCENT);
		if (reply)
			zp_canvas_pointer(p, x, y - 2.8, 2.6, r->verdict == ZP_UNACCEPTABLE ? ZP_ALERT : ZP_BLACK);
		const bool crowded = step < 8 && i % 2 && !target && !reply;
		if (!crowded)
			zp_canvas_line(p, ink, x, y + 10, step - 1, ZP_CENTRE, m->grades[at[i]]);
	}
}

/* "阳性 38/45 84.4 %；阴性 7/45 15.6 %", each on a line of its own where two have no room. Gives: the height. */
static double shares(const zp_job *j, const zp_report_row *r, double top, bool draw)
{
	const zp_ink ink = { ZP_REGULAR, 6.4, ZP_GREY, 0 };
	double x = 0, y = top;
	for (size_t i = 0; i < r->n_answers; i++) {
		const zp_report_answer *a = &r->answers[i];
		const char *text = zp_join(j->host, a->name, " ", a->n, "/", r->answers_n, " ", a->share_pct, " %", NULL);
		const double w = zp_canvas_width(j->paper, ink, text);
		if (x > 0 && x + w > GROUP_WIDE) {
			x = 0;
			y += 7.8;
		}
		if (draw)
			zp_canvas_line(j->paper, ink, X_GROUP + x, y + 6.6, GROUP_WIDE - x, ZP_LEFT, text);
		x += w + 8;
	}
	return r->n_answers ? y + 7.8 - top : 0;
}

static double group(const zp_job *j, const zp_report_measurand *m, const zp_report_row *r, double top, bool draw)
{
	double y = top;
	if (m->n_grades && (r->place.reply >= 0 || r->place.low >= 0)) {
		if (draw)
			draw_grades(j, m, r, y);
		y += GRADES_HIGH;
	}
	y += shares(j, r, y + (y == top ? 1.4 : 0), draw);
	if (y == top && draw)
		zp_canvas_line(j->paper, (zp_ink){ ZP_REGULAR, 8.2, ZP_FAINT, 0 }, X_GROUP, top + 8.6, 20, ZP_LEFT, "–");
	return y + (y == top ? ZP_ROW : 2);
}

/* ---- a row ---- */

double zp_flags(const zp_job *j, const zp_report_row *r, double top, bool draw)
{
	char mark[24];
	if (!*r->flags)
		return 0;
	snprintf(mark, sizeof(mark), " [%zu]", zp_said_find(&j->reasons, r->flags));
	return lines(j, (zp_ink){ ZP_BOLD, 6.8, ZP_ALERT, 0 }, X_REPLY, top + 6.8, ZP_RIGHT_EDGE - X_REPLY - 4, 2,
	             zp_join(j->host, zp_word_cn(ZP_WORD_HINT), r->flags, mark, NULL), draw) + 2;
}

static const char *said_beside(const zp_job *j, const zp_report_row *r)
{
	const char *sent = *r->sent ? zp_join(j->host, "(", r->sent, ")", NULL) : "";
	if (!*r->index)
		return sent;
	return zp_join(j->host, sent, *sent ? " " : "", zp_word_cn(ZP_WORD_INDEX), r->index, NULL);
}

static const char *allowed_beside(const zp_job *j, const zp_report_row *r)
{
	const char *allowed = *r->allowed && strcmp(r->allowed, r->x_pt) != 0 ? zp_join(j->host, zp_word_cn(ZP_WORD_ALLOWED), r->allowed, NULL) : "";
	if (!*r->also)
		return allowed;
	const bool same = strcmp(r->also, r->also_en) == 0;
	return zp_join(j->host, allowed, *allowed ? " " : "", zp_word_cn(ZP_WORD_ALSO), r->also, same ? "" : " ", same ? "" : r->also_en, NULL);
}

static double most(double a, double b)
{
	return a > b ? a : b;
}

/* Everything but what lies below it. Gives: y below. */
static double columns(const zp_job *j, const zp_report_measurand *m, const zp_report_row *r, double top, bool draw)
{
	const bool bad = r->verdict == ZP_UNACCEPTABLE;
	const zp_ink plain = { ZP_REGULAR, 8.2, ZP_BLACK, 0 }, ink = { bad ? ZP_BOLD : ZP_REGULAR, 8.2, bad ? ZP_ALERT : ZP_BLACK, 0 };
	const double reply = small_below(j, X_REPLY, names(j, ink, X_REPLY, top, r->value, r->value_en, draw), said_beside(j, r), draw);
	const double should = small_below(j, X_SHOULD, names(j, plain, X_SHOULD, top, r->x_pt, r->x_pt_en, draw), allowed_beside(j, r), draw);
	double y = most(most(reply, should) + 1.6, group(j, m, r, top, draw));
	if (*r->credit) {
		const char *counts = zp_join(j->host, zp_word_cn(ZP_WORD_COUNTS), r->credit, " %", NULL);
		if (draw)
			zp_canvas_line(j->paper, tiny, ZP_X_VERDICT, top + 16.4, ZP_RIGHT_EDGE - ZP_X_VERDICT, ZP_LEFT, counts);
		y = most(y, top + 19);
	}
	return y;
}

double zp_answer_row(const zp_job *j, const zp_report_measurand *m, const zp_report_row *r, double top, bool draw)
{
	const double y = columns(j, m, r, top, false), height = y - top + zp_flags(j, r, y, false);
	if (!draw)
		return height;
	if (r->verdict == ZP_UNACCEPTABLE)
		zp_canvas_box(j->paper, X_SAMPLE - 4, top, ZP_RIGHT_EDGE - X_SAMPLE + 4, height, ZP_ALERT_PALE);
	zp_canvas_line(j->paper, (zp_ink){ ZP_REGULAR, 8.2, ZP_BLACK, 0 }, X_SAMPLE, top + 8.6, X_REPLY - X_SAMPLE - 4, ZP_LEFT, r->sample);
	columns(j, m, r, top, true);
	zp_verdict_draw(j, r, top);
	zp_flags(j, r, y, true);
	return height;
}
