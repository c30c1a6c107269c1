/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What matters, on the first page: whose report, how much needs attention, and a line for each measurand. */
#include <string.h>
#include "booklet.h"
#include "paper/figure.h"

#define LEFT ZP_LEFT_EDGE
#define RIGHT ZP_RIGHT_EDGE

static const zp_ink small = { ZP_REGULAR, 6.6, ZP_GREY, 0 };

/* ---- whose ---- */

#define TILES 176.0 /* y of the sums */
#define TILE 50.0
#define SUM 108.0 /* width of one */
#define LIST 240.0

double zp_front_height(const zp_booklet *b)
{
	(void)b;
	return LIST;
}

static void draw_head(const zp_booklet *b)
{
	const zp_report *r = b->report;
	zp_canvas *c = b->paper;
	const char *issue = zp_join(b->host, zp_say_cn(ZP_SAY_ISSUED), " ", zp_say_en(ZP_SAY_ISSUED), "  ", r->issued, "      ",
	                            zp_say_cn(ZP_SAY_VERSION), " ", zp_say_en(ZP_SAY_VERSION), "  ", r->version, NULL);
	const double w = zp_canvas_line(c, small, RIGHT, 44, 220, ZP_RIGHT, issue);
	zp_both(b, (zp_ink){ ZP_BOLD, 9, ZP_ACCENT, 0.2 }, small, LEFT, 44, RIGHT - LEFT - w - 16, r->organiser, r->organiser_en);
	zp_canvas_rule(c, LEFT, 51, RIGHT, 51, 1.4, ZP_ACCENT);
	zp_both(b, (zp_ink){ ZP_BOLD, 20, ZP_ACCENT, 0.6 }, (zp_ink){ ZP_REGULAR, 10, ZP_ACCENT, 0.2 }, LEFT, 79, RIGHT - LEFT, zp_say_cn(ZP_SAY_TITLE),
	        zp_say_en(ZP_SAY_TITLE));
	zp_both(b, (zp_ink){ ZP_REGULAR, 9, ZP_BLACK, 0 }, (zp_ink){ ZP_REGULAR, 7.2, ZP_GREY, 0 }, LEFT, 96, RIGHT - LEFT, r->round_name, r->round_name_en);
	const char *amended = zp_amended_says(b->host, &r->bond, zp_certificate_number(b->host, r));
	if (!*amended)
		return;
	const zp_ink alert = { ZP_BOLD, 7.6, ZP_ALERT, 0 };
	zp_canvas_line(c, alert, LEFT, 22, RIGHT - LEFT, ZP_LEFT, amended);
	zp_canvas_line(c, alert, LEFT, 32, RIGHT - LEFT, ZP_LEFT, zp_amended_why(b->host, &r->bond));
}

static void draw_fact(const zp_booklet *b, double x, double width, zp_say word, const char *text)
{
	zp_canvas_line(b->paper, small, x, 152, width, ZP_LEFT, zp_join(b->host, zp_say_cn(word), " ", zp_say_en(word), NULL));
	zp_canvas_line(b->paper, (zp_ink){ ZP_BOLD, 9.5, ZP_BLACK, 0 }, x, 165, width, ZP_LEFT, text);
}

static void draw_whose(const zp_booklet *b)
{
	const zp_report *r = b->report;
	const double step = ZP_WIDE / 4, width = step - 10;
	zp_canvas_text(b->paper, (zp_ink){ ZP_BOLD, 16, ZP_BLACK, 0.2 }, (zp_canvas_column){ LEFT, 122, RIGHT - LEFT, ZP_LEFT, 0, 1.22, true, 34 },
	               r->lab_name, true);
	draw_fact(b, LEFT, width, ZP_SAY_CODE, r->lab);
	draw_fact(b, LEFT + step, width, ZP_SAY_REGION, r->region);
	draw_fact(b, LEFT + 2 * step, width, ZP_SAY_CLASS, r->lab_class);
	draw_fact(b, LEFT + 3 * step, width + 10, ZP_SAY_ROUND, r->round);
}

/* ---- how much ---- */

static void draw_sum(const zp_booklet *b, double x, const char *n, const char *of, unsigned colour, zp_say word)
{
	const double y = TILES + 23.5;
	const double w = zp_canvas_line(b->paper, (zp_ink){ ZP_BOLD, *of ? 20 : 13, colour, 0 }, x, y, SUM, ZP_LEFT, n);
	if (*of)
		zp_canvas_line(b->paper, (zp_ink){ ZP_REGULAR, 10.5, ZP_GREY, 0 }, x + w + 4, y, SUM - w, ZP_LEFT, zp_join(b->host, "/ ", of, NULL));
	zp_canvas_line(b->paper, (zp_ink){ ZP_BOLD, 8, ZP_BLACK, 0 }, x, y + 12.5, SUM, ZP_LEFT, zp_say_cn(word));
	zp_canvas_line(b->paper, small, x, y + 21, SUM, ZP_LEFT, zp_say_en(word));
}

static void draw_sums(const zp_booklet *b)
{
	const zp_sums *s = &b->sums;
	zp_canvas *c = b->paper;
	const double step = ZP_WIDE / 4;
	const unsigned wrong = s->heeded ? ZP_ALERT : ZP_ACCENT;
	zp_canvas_box(c, LEFT, TILES, ZP_WIDE, TILE, s->heeded ? ZP_ALERT_PALE : ZP_ACCENT_PALE);
	zp_canvas_box(c, LEFT, TILES, 3, TILE, wrong);
	for (int i = 1; i < 4; i++)
		zp_canvas_rule(c, LEFT + i * step, TILES + 9, LEFT + i * step, TILES + TILE - 9, 0.5, ZP_HAIR);
	draw_sum(b, LEFT + 13, zp_count_text(b, s->heeded), zp_count_text(b, s->measurands), wrong, s->heeded ? ZP_SAY_HEED : ZP_SAY_NO_HEED);
	draw_sum(b, LEFT + step + 12, zp_count_text(b, s->acceptable), zp_count_text(b, s->judged), ZP_BLACK, ZP_SAY_RESULTS);
	draw_sum(b, LEFT + 2 * step + 12, zp_count_text(b, s->satisfactory), zp_count_text(b, s->programmes), ZP_BLACK, ZP_SAY_PROGRAMMES);
	draw_sum(b, LEFT + 3 * step + 12, zp_join(b->host, zp_say_cn(ZP_SAY_PAGE), zp_count_text(b, b->notes_page), zp_say_cn(ZP_SAY_PAGES), NULL), "", ZP_BLACK, ZP_SAY_HELP);
}

void zp_front_draw(const zp_booklet *b)
{
	draw_head(b);
	draw_whose(b);
	draw_sums(b);
}

/* ---- the list ---- */

#define X_SIGN (LEFT + 8)
#define X_NAME (LEFT + 17)
#define NAME 166.0
#define X_SCORE 248.0    /* right end */
#define X_ACCEPTED 284.0 /* right end */
#define X_STRIP 296.0
#define STRIP_WIDE 70.0
#define STRIP_HIGH 14.0
#define X_COURSE 374.0
#define COURSE 70.0
#define X_OUTCOME 446.0
#define OUTCOME 88.0
#define X_WHERE (RIGHT - 4) /* right end */

#define LIST_HEAD 25.0
#define LIST_TITLE 20.0
#define LIST_GROUP 19.0
#define BELOW 8.5 /* English below the Chinese */
#define WHY 11.0  /* a line that says why a measurand needs attention */

static const zp_ink name_ink = { ZP_BOLD, 8.6, ZP_BLACK, 0 };

/* Where nothing is told of the rounds before, names have the room of that column. */
static double moved(const zp_booklet *b, double x) { return b->courses ? x : x + X_OUTCOME - X_COURSE; }

static void head_column(const zp_booklet *b, double x, double y, double width, zp_align align, const char *cn, const char *en)
{
	zp_canvas_line(b->paper, (zp_ink){ ZP_BOLD, 7, ZP_ACCENT, 0 }, x, y + 9, width, align, cn);
	if (strcmp(cn, en) != 0)
		zp_canvas_line(b->paper, (zp_ink){ ZP_REGULAR, 5.8, ZP_GREY, 0 }, x, y + 17, width + 2, align, en);
}

static void list_head(const zp_booklet *b, double y)
{
	head_column(b, X_NAME, y, moved(b, NAME), ZP_LEFT, zp_say_cn(ZP_SAY_MEASURAND), zp_say_en(ZP_SAY_MEASURAND));
	head_column(b, moved(b, X_SCORE), y, 30, ZP_RIGHT, "S1", "S1");
	head_column(b, moved(b, X_ACCEPTED), y, 34, ZP_RIGHT, zp_say_cn(ZP_SAY_ACCEPTED), zp_say_en(ZP_SAY_ACCEPTED));
	head_column(b, moved(b, X_STRIP), y, 72, ZP_LEFT, zp_say_cn(ZP_SAY_BARS), zp_say_en(ZP_SAY_BARS));
	if (b->courses)
		head_column(b, X_COURSE, y, COURSE, ZP_LEFT, zp_say_cn(ZP_SAY_COURSE), zp_say_en(ZP_SAY_COURSE));
	head_column(b, X_OUTCOME, y, OUTCOME, ZP_LEFT, zp_say_cn(ZP_SAY_OUTCOME), zp_say_en(ZP_SAY_OUTCOME));
	head_column(b, X_WHERE, y, 24, ZP_RIGHT, zp_say_cn(ZP_SAY_WHERE), zp_say_en(ZP_SAY_WHERE));
	zp_canvas_rule(b->paper, LEFT, y + LIST_HEAD - 3, RIGHT, y + LIST_HEAD - 3, 0.8, ZP_ACCENT);
}

static void list_title(const zp_booklet *b, double y, bool rest)
{
	const zp_say word = rest ? ZP_SAY_REST : ZP_SAY_FIRST;
	zp_both(b, (zp_ink){ ZP_BOLD, 9.4, rest ? ZP_ACCENT : ZP_ALERT, 0 }, small, LEFT, y + 13.5, RIGHT - LEFT, zp_say_cn(word), zp_say_en(word));
}

/* "29 / 30", or of points and samples what they are. */
static const char *counts_of(const zp_booklet *b, const zp_report_programme *g)
{
	if (!*g->total)
		return "";
	return zp_join(b->host, g->by_samples ? zp_say_cn(ZP_SAY_SAMPLES_RIGHT) : g->points ? zp_say_cn(ZP_SAY_POINTS) : "", g->accepted, " / ", g->total, NULL);
}

/* Standing and outcome in few words; English only when there is one of them. */
static void outcome(const zp_booklet *b, double x, double y, double width, double size, zp_standing standing, zp_satisfaction s)
{
	const unsigned colour = s == ZP_UNSATISFACTORY ? ZP_ALERT : s == ZP_SATISFACTORY ? ZP_BLACK : ZP_GREY;
	const bool stands = *zp_standing_cn(standing) != '\0';
	const bool both = stands && s != ZP_NEITHER;
	const char *cn = !stands ? zp_satisfaction_cn(s) : both ? zp_join(b->host, zp_standing_cn(standing), " · ", zp_satisfaction_cn(s), NULL) : zp_standing_cn(standing);
	const char *en = both || !stands ? zp_satisfaction_en(s) : zp_standing_en(standing);
	zp_both(b, (zp_ink){ s == ZP_UNSATISFACTORY ? ZP_BOLD : ZP_REGULAR, size, colour, 0 }, (zp_ink){ ZP_REGULAR, 6, ZP_GREY, 0 }, x, y, width, cn, en);
}

static void list_group(const zp_booklet *b, double y, const zp_part *part)
{
	const zp_report_programme *g = &b->report->programmes[part->programme];
	zp_canvas *c = b->paper;
	zp_canvas_box(c, LEFT, y + 2, RIGHT - LEFT, LIST_GROUP - 4, ZP_ACCENT_PALE);
	zp_both(b, (zp_ink){ ZP_BOLD, 8.8, ZP_ACCENT, 0 }, small, LEFT + 6, y + 12.8, moved(b, X_SCORE) - LEFT - 36, g->name, g->name_en);
	zp_canvas_line(c, (zp_ink){ ZP_BOLD, 8.8, ZP_ACCENT, 0 }, moved(b, X_SCORE), y + 12.8, 44, ZP_RIGHT, *g->score ? zp_join(b->host, "S ", g->score, NULL) : "");
	zp_canvas_line(c, (zp_ink){ ZP_REGULAR, 7.6, ZP_BLACK, 0 }, moved(b, X_SCORE) + 10, y + 12.8, X_OUTCOME - moved(b, X_SCORE) - 20, ZP_LEFT, counts_of(b, g));
	zp_sign_draw(b, X_OUTCOME + 3, y + 12.8, zp_verdict_of(g->satisfaction));
	outcome(b, X_OUTCOME + 10, y + 12.8, OUTCOME - 10, 8, g->standing, g->satisfaction);
	zp_canvas_line(c, (zp_ink){ ZP_REGULAR, 7.6, ZP_ACCENT, 0 }, X_WHERE, y + 12.8, 24, ZP_RIGHT, zp_count_text(b, b->programme_page[part->programme]));
}

/* Whether the English name has room beside the Chinese one; else it stands below. */
static bool beside(const zp_booklet *b, const zp_report_measurand *m)
{
	return !*m->name_en || zp_canvas_width(b->paper, name_ink, m->name) + 5 + zp_canvas_width(b->paper, small, m->name_en) <= moved(b, NAME);
}

/* Its name, on as many lines as it needs, and the English one beside or below it. Gives: the baseline of the last line. */
static double names(const zp_booklet *b, const zp_report_measurand *m, double line, bool draw)
{
	const double w = zp_canvas_width(b->paper, name_ink, m->name);
	if (w <= 1.15 * moved(b, NAME)) {
		if (draw)
			zp_canvas_line(b->paper, name_ink, X_NAME, line, moved(b, NAME), ZP_LEFT, m->name);
	} else {
		const double step = name_ink.size * 1.2;
		line += zp_canvas_text(b->paper, name_ink, (zp_canvas_column){ X_NAME, line, moved(b, NAME), ZP_LEFT, 0, 1.2, false, 0 }, m->name, draw) - step;
	}
	if (beside(b, m)) {
		if (draw)
			zp_canvas_line(b->paper, small, X_NAME + w + 5, line, 0, ZP_LEFT, m->name_en);
		return line;
	}
	return line + zp_canvas_text(b->paper, small, (zp_canvas_column){ X_NAME, line + BELOW, moved(b, NAME), ZP_LEFT, 0, BELOW / small.size, false, 0 }, m->name_en, draw);
}

static double row_high(const zp_booklet *b, const zp_report_measurand *m)
{
	return b->list_row + names(b, m, 0, false) + (m->heed && *m->heed_says ? WHY : 0);
}

/* Of what is not evaluated nothing counts. */
static const char *tally(const zp_booklet *b, const zp_report_measurand *m)
{
	size_t right = 0, of = 0;
	for (size_t i = 0; i < m->n_rows; i++) {
		right += m->rows[i].verdict == ZP_ACCEPTABLE;
		of += m->rows[i].verdict != ZP_NOT_EVALUATED;
	}
	return of ? zp_join(b->host, zp_count_text(b, right), " / ", zp_count_text(b, of), NULL) : "–";
}

/* The bars of its samples; without them a sign for each. */
static void strip(const zp_booklet *b, const zp_report_measurand *m, double y)
{
	if (m->strip) {
		const double by_width = STRIP_WIDE / m->strip->width, by_height = STRIP_HIGH / m->strip->height, scale = by_width < by_height ? by_width : by_height;
		zp_canvas_figure(b->paper, m->strip, moved(b, X_STRIP), y + 1 + (STRIP_HIGH - scale * m->strip->height) / 2, scale);
		return;
	}
	if (!m->n_rows || m->n_rows > 10)
		return;
	for (size_t i = 0; i < m->n_rows; i++)
		zp_sign_draw(b, moved(b, X_STRIP) + 5 + 9 * (double)i, y + 11.2, m->rows[i].verdict);
}

/* Downwards is closer to the target. */
static double arrow(const zp_booklet *b, zp_course course, double x, double y)
{
	const double rise = course == ZP_COURSE_CLOSER ? 2.4 : course == ZP_COURSE_FARTHER ? -2.4 : 0, x2 = x + 7, y1 = y - rise, y2 = y + rise;
	const unsigned colour = course == ZP_COURSE_FARTHER ? ZP_ALERT : ZP_ACCENT;
	zp_canvas *c = b->paper;
	if (course == ZP_COURSE_UNKNOWN)
		return 0;
	const double thick = course == ZP_COURSE_FARTHER ? 1.3 : 1;
	zp_canvas_rule(c, x, y1, x2, y2, thick, colour);
	if (course == ZP_COURSE_STEADY) {
		zp_canvas_rule(c, x2 + 0.3, y2, x2 - 2.4, y2 - 2.2, thick, colour);
		zp_canvas_rule(c, x2 + 0.3, y2, x2 - 2.4, y2 + 2.2, thick, colour);
	} else {
		zp_canvas_rule(c, x2 + 0.3, y2, x2 - 3, y2 - (rise > 0 ? 0 : 0.2), thick, colour);
		zp_canvas_rule(c, x2 + 0.2, y2 + (rise > 0 ? 0.4 : -0.4), x2 - 0.6, y2 - (rise > 0 ? 3.2 : -3.2), thick, colour);
	}
	return 11;
}

/* What needs attention is stronger where something is wrong already. */
static bool has_failed(const zp_report_measurand *m)
{
	bool any = m->satisfaction == ZP_UNSATISFACTORY;
	for (size_t i = 0; i < m->n_rows; i++)
		any |= m->rows[i].verdict == ZP_UNACCEPTABLE;
	return any;
}

static void list_row(const zp_booklet *b, double y, const zp_part *part)
{
	const zp_entry *e = &b->entries[part->entry];
	const zp_report_measurand *m = e->measurand;
	zp_canvas *c = b->paper;
	const double line = y + 11.4;
	const zp_verdict verdict = zp_verdict_of(m->satisfaction);
	const bool failed = has_failed(m);
	if (m->heed && failed)
		zp_canvas_box(c, LEFT, y + 0.5, RIGHT - LEFT, part->height - 1.5, ZP_ALERT_PALE);
	if (m->heed)
		zp_canvas_box(c, LEFT, y + 0.5, 2, part->height - 1.5, failed ? ZP_ALERT : ZP_ACCENT);
	zp_sign_draw(b, X_SIGN, line, verdict);
	const double below = names(b, m, line, true);
	zp_canvas_line(c, (zp_ink){ ZP_BOLD, 8.8, zp_colour_of(verdict), 0 }, moved(b, X_SCORE), line, 28, ZP_RIGHT, *m->score ? m->score : "–");
	zp_canvas_line(c, (zp_ink){ ZP_REGULAR, 8, ZP_BLACK, 0 }, moved(b, X_ACCEPTED), line, 32, ZP_RIGHT, tally(b, m));
	strip(b, m, y);
	const double at = X_COURSE + arrow(b, m->course, X_COURSE, y + 8.6);
	zp_canvas_line(c, (zp_ink){ ZP_REGULAR, 7, ZP_BLACK, 0 }, at, line - 0.2, X_COURSE + COURSE - at, ZP_LEFT, m->course_says);
	outcome(b, X_OUTCOME, line, OUTCOME, 8.2, m->standing, m->satisfaction);
	zp_canvas_line(c, (zp_ink){ ZP_REGULAR, 8, ZP_ACCENT, 0 }, X_WHERE, line, 24, ZP_RIGHT, zp_count_text(b, e->page));
	if (m->heed && *m->heed_says)
		zp_both(b, (zp_ink){ ZP_BOLD, 7.4, failed ? ZP_ALERT : ZP_ACCENT, 0 }, small, X_NAME, below + WHY - 0.6, RIGHT - X_NAME - 8, m->heed_says, m->heed_says_en);
	if (!m->heed || !failed)
		zp_canvas_rule(c, LEFT, y + part->height - 0.4, RIGHT, y + part->height - 0.4, 0.25, ZP_HAIR);
}

double zp_list_height(const zp_booklet *b, const zp_part *part)
{
	switch (part->kind) {
	case ZP_PART_LIST_HEAD: return LIST_HEAD;
	case ZP_PART_LIST_TITLE: return LIST_TITLE;
	case ZP_PART_LIST_GROUP: return LIST_GROUP;
	default: return row_high(b, b->entries[part->entry].measurand);
	}
}

void zp_list_draw(const zp_booklet *b, const zp_part *part)
{
	switch (part->kind) {
	case ZP_PART_LIST_HEAD: list_head(b, part->y); break;
	case ZP_PART_LIST_TITLE: list_title(b, part->y, part->first > 0); break;
	case ZP_PART_LIST_GROUP: list_group(b, part->y, part); break;
	default: list_row(b, part->y, part); break;
	}
}
