/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pages after the first: per programme its measurands, each with its samples. */
#include "pages.h"
#include <stdio.h>
#include <string.h>

#define LEFT ZP_LEFT_EDGE
#define RIGHT ZP_RIGHT_EDGE
#define LABEL 148.0 /* width of the words about a measurand */

/* The columns of a measurand's samples: x of the left end, or of the right end where numbers stand. */
#define X_SAMPLE ZP_X_SAMPLE
#define X_VALUE 280.0
#define X_TARGET 327.0
#define X_LOW 368.0
#define X_HIGH 376.0
#define X_BIAS 448.0
#define X_BIAS_PCT 484.0
#define X_SDI 512.0
#define X_VERDICT ZP_X_VERDICT

#define HEADING 33.0
#define NAME 190.0       /* width of a programme's name beside the English one */
#define NAME_ALONE 260.0
#define HEADING_CONTINUED 15.0
#define PAD 5.0 /* below a measurand */

static const zp_ink small = { ZP_REGULAR, 7, ZP_GREY, 0 };

double zp_heading_height(bool continued)
{
	return continued ? HEADING_CONTINUED : HEADING;
}

static const char *outcome(const zp_job *j, zp_standing standing, zp_satisfaction satisfaction)
{
	const char *cn = zp_satisfaction_cn(satisfaction), *en = zp_satisfaction_en(satisfaction);
	if (!*zp_standing_cn(standing))
		return zp_join(j->host, cn, " ", en, NULL);
	return zp_join(j->host, zp_standing_cn(standing), " ", zp_standing_en(standing), " · ", cn, " ", en, NULL);
}

/* ---- a programme's heading ---- */

void zp_head_column_draw(const zp_job *j, double x, double y, double width, zp_align align, zp_word word)
{
	zp_canvas_line(j->paper, (zp_ink){ ZP_BOLD, 7.2, ZP_ACCENT, 0 }, x, y + 10, width, align, zp_word_cn(word));
	if (strcmp(zp_word_cn(word), zp_word_en(word)) != 0)
		zp_canvas_line(j->paper, (zp_ink){ ZP_REGULAR, 5.8, ZP_GREY, 0 }, x, y + 18, width + 2, align, zp_word_en(word));
}

static void draw_column_heads(const zp_job *j, double y, bool answered)
{
	const struct { double x; zp_align align; zp_word word; } numbers[] = {
		{ X_VALUE, ZP_RIGHT, ZP_WORD_VALUE }, { X_TARGET, ZP_RIGHT, ZP_WORD_TARGET }, { (X_LOW + X_HIGH) / 2, ZP_CENTRE, ZP_WORD_RANGE },
		{ X_BIAS, ZP_RIGHT, ZP_WORD_BIAS }, { X_BIAS_PCT, ZP_RIGHT, ZP_WORD_BIAS_PCT }, { X_SDI, ZP_RIGHT, ZP_WORD_SDI },
	};
	zp_head_column_draw(j, LEFT + 4, y, 44, ZP_LEFT, ZP_WORD_MEASURAND);
	zp_head_column_draw(j, X_SAMPLE, y, 44, ZP_LEFT, ZP_WORD_SAMPLE);
	for (size_t i = 0; !answered && i < sizeof(numbers) / sizeof(numbers[0]); i++)
		zp_head_column_draw(j, numbers[i].x, y, 44, numbers[i].align, numbers[i].word);
	if (answered)
		zp_answer_heads_draw(j, y);
	zp_head_column_draw(j, X_VERDICT, y, 44, ZP_LEFT, ZP_WORD_VERDICT);
	zp_canvas_rule(j->paper, LEFT, y + ZP_HEADS - 2, RIGHT, y + ZP_HEADS - 2, 0.6, ZP_ACCENT);
}

/* "   (29 / 30)", or of points "   (得分 18 / 总分 21)". */
static const char *counts_of(const zp_job *j, const zp_report_programme *g)
{
	if (!*g->total)
		return "";
	if (g->by_samples)
		return zp_join(j->host, "   (", zp_word_cn(ZP_WORD_SAMPLES), "  ", g->accepted, " / ", g->total, ")", NULL);
	return zp_join(j->host, "   (", g->points ? zp_word_cn(ZP_WORD_GOT) : "", g->accepted, " / ", g->points ? zp_word_cn(ZP_WORD_FULL) : "", g->total,
	               ")", NULL);
}

static void draw_heading(const zp_job *j, const zp_report_programme *g, double y)
{
	zp_canvas *p = j->paper;
	zp_canvas_box(p, LEFT, y, RIGHT - LEFT, HEADING - 3, ZP_ACCENT_PALE);
	zp_canvas_box(p, LEFT, y, 2.4, HEADING - 3, ZP_ACCENT);
	const zp_ink ink = { ZP_BOLD, 12.5, ZP_ACCENT, 0.3 };
	const char *number = zp_join(j->host, zp_word_cn(ZP_WORD_NUMBER), " ", zp_word_en(ZP_WORD_NUMBER), "  ", g->certificate, NULL);
	const double w = zp_canvas_width(p, ink, g->name);
	zp_canvas_line(p, ink, LEFT + 10, y + 14, w > NAME ? NAME_ALONE : NAME, ZP_LEFT, g->name);
	if (w <= NAME) /* a longer one has the line for itself */
		zp_canvas_line(p, (zp_ink){ ZP_REGULAR, 8.5, ZP_GREY, 0 }, LEFT + 17 + w, y + 14, NAME_ALONE - w, ZP_LEFT, g->name_en);
	else if (*g->name_en)
		number = zp_join(j->host, g->name_en, "  ·  ", number, NULL);
	zp_canvas_line(p, small, LEFT + 10, y + 25, NAME_ALONE + 40, ZP_LEFT, number);

	zp_canvas_line(p, (zp_ink){ ZP_BOLD, 12.5, ZP_BLACK, 0 }, RIGHT - 8, y + 14, 200, ZP_RIGHT,
	              zp_join(j->host, "S  ", *g->score ? g->score : "–", counts_of(j, g), NULL));
	zp_canvas_line(p, (zp_ink){ ZP_BOLD, 8, zp_outcome_colour(g->satisfaction), 0 }, RIGHT - 8, y + 25, 200, ZP_RIGHT,
	              outcome(j, g->standing, g->satisfaction));
}

static void draw_heading_continued(const zp_job *j, const zp_report_programme *g, double y)
{
	double w = zp_canvas_line(j->paper, (zp_ink){ ZP_BOLD, 9.5, ZP_ACCENT, 0 }, LEFT + 4, y + 9, 300, ZP_LEFT,
	                         zp_join(j->host, g->name, zp_word_cn(ZP_WORD_CONTINUED), NULL));
	zp_canvas_line(j->paper, small, LEFT + 8 + w, y + 9, 200, ZP_LEFT,
	              zp_join(j->host, g->name_en, *g->name_en ? ", " : "", zp_word_en(ZP_WORD_CONTINUED), NULL));
}

/* ---- a measurand ---- */

/* The same in few words, where there is little room. */
static const char *short_outcome(const zp_job *j, const zp_report_measurand *m)
{
	const char *standing = zp_standing_cn(m->standing);
	if (!*standing)
		return outcome(j, ZP_STANDS_RETURNED, m->satisfaction);
	if (m->satisfaction == ZP_NEITHER)
		return zp_join(j->host, standing, " ", zp_standing_en(m->standing), NULL);
	return zp_join(j->host, standing, " · ", zp_satisfaction_cn(m->satisfaction), NULL);
}

/* A line of the label, wrapped. Gives: y of the next one. */
static double label_line(const zp_job *j, zp_ink ink, double y, const char *text, bool draw)
{
	return y + zp_canvas_text(j->paper, ink, (zp_canvas_column){ LEFT + 4, y, LABEL - 6, ZP_LEFT, 6, 10.2 / ink.size, false, 0 }, text, draw);
}

static const char *peers_of(const zp_job *j, const zp_report_measurand *m)
{
	if (!*m->group)
		return "";
	if (!*m->group_n)
		return zp_join(j->host, m->group, "  ", zp_word_cn(ZP_WORD_HIDDEN), NULL);
	return zp_join(j->host, m->group, "  n = ", m->group_n, NULL);
}

/* How its target was made, in words before the name of the method. */
static const char *way_of(const zp_job *j, const char *method)
{
	static const struct { const char *method; zp_word word; } ways[] = {
		{ "known", ZP_WORD_STATED }, { "decided", ZP_WORD_DECIDED }, { "consensus", ZP_WORD_AGREED }, { "mode", ZP_WORD_MODE },
		{ "median-grade", ZP_WORD_MEDIAN_GRADE },
	};
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
		if (strncmp(method, ways[i].method, strlen(ways[i].method)) == 0 && strchr(" :", method[strlen(ways[i].method)]))
			return zp_join(j->host, zp_word_cn(ways[i].word), " ", method, NULL);
	return method;
}

/* What is said of a measurand beside its samples. Gives: the height. */
static double label(const zp_job *j, const zp_report_measurand *m, double top, bool continued, bool draw)
{
	const zp_ink ink = { ZP_BOLD, 8.6, ZP_BLACK, 0 };
	const char *more = continued ? zp_word_cn(ZP_WORD_CONTINUED) : "", *name = zp_join(j->host, m->name, *m->unit ? "  " : "", m->unit, more, NULL);
	const bool apart = *m->unit && zp_canvas_width(j->paper, ink, name) > LABEL - 6; /* so that no unit is broken */
	double y = label_line(j, ink, top + 9, apart ? zp_join(j->host, m->name, more, NULL) : name, draw);
	if (apart)
		y = label_line(j, (zp_ink){ ZP_BOLD, 7.6, ZP_BLACK, 0 }, y, m->unit, draw);
	if (continued)
		return y - top - 7;
	y = label_line(j, small, y, zp_join(j->host, m->name_en, *m->name_en ? " · " : "", m->code, NULL), draw);
	const zp_ink bold = { ZP_BOLD, 7.8, zp_outcome_colour(m->satisfaction), 0 };
	const char *score = *m->score ? zp_join(j->host, "S1  ", m->score, "  ", NULL) : "";
	y = label_line(j, bold, y, zp_join(j->host, score, short_outcome(j, m), NULL), draw);
	if (*m->weight)
		y = label_line(j, small, y, zp_join(j->host, zp_word_cn(ZP_WORD_WEIGHT), " ", zp_word_en(ZP_WORD_WEIGHT), "  ", m->weight, NULL), draw);
	y = label_line(j, small, y, peers_of(j, m), draw);
	const char *limit = *m->limit ? zp_join(j->host, zp_word_cn(m->answered ? ZP_WORD_RULE : ZP_WORD_LIMIT), " ", m->limit, *m->method ? " · " : "", NULL) : "";
	y = label_line(j, small, y, zp_join(j->host, limit, way_of(j, m->method), NULL), draw);
	if (*m->doubts)
		y = label_line(j, small, y, zp_join(j->host, zp_word_cn(ZP_WORD_DOUBT), m->doubts, "  ", m->doubts_en, NULL), draw);
	return y - top - 7;
}

static double draw_row(const zp_job *j, const zp_report_row *r, double top, bool draw);

static double row(const zp_job *j, const zp_report_measurand *m, size_t i, double top, bool draw)
{
	return m->answered ? zp_answer_row(j, m, &m->rows[i], top, draw) : draw_row(j, &m->rows[i], top, draw);
}

double zp_measurand_height(const zp_job *j, const zp_report_measurand *m, size_t first, size_t n)
{
	double rows = 2, words = label(j, m, 0, first > 0, false);
	for (size_t i = 0; i < n; i++)
		rows += row(j, m, first + i, 0, false);
	return (rows > words ? rows : words) + PAD;
}

static void number(const zp_job *j, zp_ink ink, double x, double y, double width, const char *text)
{
	if (!*text) {
		ink = (zp_ink){ ZP_REGULAR, ink.size, ZP_FAINT, 0 };
		text = "–";
	}
	zp_canvas_line(j->paper, ink, x, y, width, ZP_RIGHT, text);
}

static void draw_range(const zp_job *j, zp_ink ink, double y, const zp_report_row *r)
{
	ink.weight = ZP_REGULAR;
	if (!*r->low && !*r->high) {
		number(j, ink, (X_LOW + X_HIGH) / 2 + 2, y, 20, "");
		return;
	}
	number(j, ink, X_LOW, y, 39, r->low);
	zp_canvas_line(j->paper, ink, (X_LOW + X_HIGH) / 2, y, 0, ZP_CENTRE, "–");
	zp_canvas_line(j->paper, ink, X_HIGH, y, 39, ZP_LEFT, r->high);
}

void zp_verdict_draw(const zp_job *j, const zp_report_row *r, double top)
{
	const bool bad = r->verdict == ZP_UNACCEPTABLE;
	const zp_ink ink = { bad ? ZP_BOLD : ZP_REGULAR, 8.2, bad ? ZP_ALERT : r->verdict == ZP_ACCEPTABLE ? ZP_BLACK : ZP_GREY, 0 };
	const double y = top + 8.6;
	const size_t note = zp_said_find(&j->reasons, r->why);
	char mark[24] = "";
	if (note)
		snprintf(mark, sizeof(mark), "[%zu]", note);
	double w = zp_canvas_line(j->paper, ink, X_VERDICT, y, note ? RIGHT - X_VERDICT - 8 : RIGHT - X_VERDICT, ZP_LEFT, r->says);
	zp_canvas_line(j->paper, (zp_ink){ ZP_REGULAR, 5.6, ZP_GREY, 0 }, X_VERDICT + w + 1, y - 2, RIGHT - X_VERDICT - w, ZP_LEFT, mark);
}

/* The value, and before the column's end in brackets what was sent: beside it, or below it where both are too wide.
 * Gives: the height that this adds to the row. */
static double value_of(const zp_job *j, const zp_report_row *r, zp_ink ink, double y, bool draw)
{
	const zp_ink beside = { ZP_REGULAR, 6.4, ZP_GREY, 0 };
	if (!*r->sent) {
		if (draw)
			number(j, ink, X_VALUE, y, 46, r->value);
		return 0;
	}
	const char *sent = zp_join(j->host, "(", r->sent, ")", NULL);
	const double w = zp_canvas_width(j->paper, beside, sent);
	const bool fits = w + 2 + zp_canvas_width(j->paper, ink, r->value) <= 52;
	if (draw) {
		number(j, ink, fits ? X_VALUE - w - 2 : X_VALUE, y, 46, r->value);
		zp_canvas_line(j->paper, beside, X_VALUE, fits ? y : y + 7.6, 84, ZP_RIGHT, sent);
	}
	return fits ? 0 : 7.6;
}

/* The row of a quantity. Gives: its height. */
static double draw_row(const zp_job *j, const zp_report_row *r, double top, bool draw)
{
	const bool bad = r->verdict == ZP_UNACCEPTABLE;
	const zp_ink plain = { ZP_REGULAR, 8.2, ZP_BLACK, 0 };
	const zp_ink ink = { bad ? ZP_BOLD : ZP_REGULAR, 8.2, bad ? ZP_ALERT : ZP_BLACK, 0 };
	const double y = top + 8.6;
	double height = ZP_ROW + value_of(j, r, ink, y, false);
	height += zp_flags(j, r, top + height, false);
	if (!draw)
		return height;
	if (bad)
		zp_canvas_box(j->paper, X_SAMPLE - 4, top, RIGHT - X_SAMPLE + 4, height, ZP_ALERT_PALE);
	zp_canvas_line(j->paper, plain, X_SAMPLE, y, 44, ZP_LEFT, r->sample);
	const double below = value_of(j, r, ink, y, true);
	number(j, plain, X_TARGET, y, 44, r->x_pt);
	draw_range(j, plain, y, r);
	number(j, ink, X_BIAS, y, 34, r->bias);
	number(j, ink, X_BIAS_PCT, y, 33, r->bias_pct);
	number(j, ink, X_SDI, y, 27, r->sdi_informative && *r->sdi ? zp_join(j->host, "(", r->sdi, ")", NULL) : r->sdi);
	zp_verdict_draw(j, r, top);
	zp_flags(j, r, top + ZP_ROW + below, true);
	return height;
}

static void draw_measurand(const zp_job *j, const zp_piece *piece)
{
	const zp_report_measurand *m = &j->report->programmes[piece->programme].measurands[piece->measurand];
	label(j, m, piece->y, piece->continued, true);
	double top = piece->y + 1;
	for (size_t i = 0; i < piece->n; i++)
		top += row(j, m, piece->first + i, top, true);
	const double y = piece->y + piece->height - 1.5;
	zp_canvas_rule(j->paper, LEFT, y, RIGHT, y, 0.35, ZP_HAIR);
}

/* ---- the list of programmes that goes on, and the notes ---- */

static void draw_summary(const zp_job *j, const zp_piece *piece)
{
	double w = zp_canvas_line(j->paper, (zp_ink){ ZP_BOLD, 11, ZP_ACCENT, 0 }, 66, piece->y + 10, 0, ZP_LEFT, zp_word_cn(ZP_WORD_SUMMARY));
	zp_canvas_line(j->paper, small, 66 + w + 8, piece->y + 10, 0, ZP_LEFT, zp_word_en(ZP_WORD_SUMMARY));
	const zp_programme_table table = { .x = 66, .width = ZP_PAGE_WIDTH - 132, .numbers = true, .accent = ZP_ACCENT };
	zp_summary_head_draw(j, &table, piece->y + 18);
	double y = piece->y + ZP_SUMMARY_HEAD;
	for (size_t i = 0; i < piece->n; i++, y += ZP_SUMMARY_ROW)
		zp_summary_row_draw(j, &table, &j->report->programmes[piece->first + i], y, ZP_SUMMARY_ROW);
}

static double note(const zp_job *j, double y, const char *text, bool draw)
{
	return zp_canvas_text(j->paper, (zp_ink){ ZP_REGULAR, 7.4, ZP_BLACK, 0 },
	                     (zp_canvas_column){ LEFT + 4, y + 7, RIGHT - LEFT - 8, ZP_LEFT, 0, 1.42, false, 0 }, text, draw) + 3;
}

double zp_note_height(const zp_job *j, const char *text)
{
	return note(j, 0, text, false);
}

static void draw_notes_title(const zp_job *j, double y)
{
	zp_canvas_line(j->paper, (zp_ink){ ZP_BOLD, 9.5, ZP_ACCENT, 0 }, LEFT + 4, y + 10, 0, ZP_LEFT, zp_word_cn(ZP_WORD_NOTES));
	zp_canvas_line(j->paper, small, LEFT + 28, y + 10, 0, ZP_LEFT, zp_word_en(ZP_WORD_NOTES));
}

void zp_piece_draw(const zp_job *j, const zp_piece *piece)
{
	const zp_report_programme *g = j->report->n_programmes ? &j->report->programmes[piece->programme] : NULL;
	switch (piece->kind) {
	case ZP_PIECE_SUMMARY:
		draw_summary(j, piece);
		break;
	case ZP_PIECE_HEADING:
		if (piece->continued)
			draw_heading_continued(j, g, piece->y);
		else
			draw_heading(j, g, piece->y);
		break;
	case ZP_PIECE_PANEL:
		zp_panel_draw(j->paper, &(zp_panel){ g, piece->first, piece->n, piece->first_sample, piece->n_samples, piece->continued, piece->last, piece->y });
		break;
	case ZP_PIECE_HEADS:
		draw_column_heads(j, piece->y, piece->answered);
		break;
	case ZP_PIECE_NOTHING:
		zp_canvas_line(j->paper, small, LEFT + 4, piece->y + 12, RIGHT - LEFT, ZP_LEFT,
		              zp_join(j->host, zp_word_cn(ZP_WORD_NOTHING), "  ", zp_word_en(ZP_WORD_NOTHING), NULL));
		break;
	case ZP_PIECE_MEASURAND:
		draw_measurand(j, piece);
		break;
	case ZP_PIECE_ABSENT:
		note(j, piece->y + 3, piece->text, true);
		break;
	case ZP_PIECE_NOTES:
		draw_notes_title(j, piece->y);
		break;
	case ZP_PIECE_NOTE:
		note(j, piece->y, piece->text, true);
		break;
	}
}

/* What stands at the head and foot of each page; the first page has only the foot, inside its frame. */
void zp_running_draw(const zp_job *j, size_t page)
{
	const zp_report *r = j->report;
	char at[24], of[24];
	snprintf(at, sizeof(at), "%zu", page);
	snprintf(of, sizeof(of), "%zu", j->pages);
	const char *cn = zp_join(j->host, zp_word_cn(ZP_WORD_PAGE), at, zp_word_cn(ZP_WORD_OF), of, zp_word_cn(ZP_WORD_PAGES), NULL);
	const char *en = zp_join(j->host, "   ", zp_word_en(ZP_WORD_PAGE), at, zp_word_en(ZP_WORD_OF), of, NULL);
	const double y = 812;
	zp_canvas_line(j->paper, small, ZP_PAGE_WIDTH / 2, y, 0, ZP_CENTRE, zp_join(j->host, cn, en, NULL));
	zp_canvas_line(j->paper, (zp_ink){ ZP_BOLD, 8, ZP_BLACK, 0 }, LEFT, 40, 300, ZP_LEFT, zp_join(j->host, r->lab, "  ", r->lab_name, NULL));
	zp_canvas_line(j->paper, small, RIGHT, 40, 210, ZP_RIGHT, r->round_name);
	zp_canvas_rule(j->paper, LEFT, 47, RIGHT, 47, 0.8, ZP_ACCENT);
	zp_canvas_line(j->paper, small, LEFT, y, 200, ZP_LEFT, zp_join(j->host, r->round, " · ", r->version, NULL));
	zp_canvas_line(j->paper, small, RIGHT, y, 200, ZP_RIGHT,
	              zp_join(j->host, zp_word_cn(ZP_WORD_ISSUED), " ", zp_word_en(ZP_WORD_ISSUED), " ", r->issued, NULL));
}
