/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first page: what a director hangs on the wall. */
#include "pages.h"
#include <stdio.h>
#include <string.h>

#define MIDDLE (ZP_PAGE_WIDTH / 2)
#define LEFT 66.0
#define RIGHT (ZP_PAGE_WIDTH - LEFT)
#define TABLE_TOP 418.0
#define TABLE_BOTTOM 656.0
#define TABLE_HEAD 24.0
#define MOST_ROWS 13
#define SEAL 112.0 /* about 4 cm */

static const zp_ink label = { ZP_REGULAR, 7.4, ZP_GREY, 0.3 };

size_t zp_front_rows(size_t n)
{
	return n <= MOST_ROWS ? n : MOST_ROWS - 1;
}

unsigned zp_outcome_colour(zp_satisfaction s)
{
	return s == ZP_SATISFACTORY ? ZP_ACCENT : s == ZP_UNSATISFACTORY ? ZP_ALERT : ZP_GREY;
}

static void draw_corner(zp_canvas *p, double x, double y, double dx, double dy)
{
	zp_canvas_rule(p, x, y + dy * 22, x + dx * 22, y, 0.5, ZP_ACCENT);
	zp_canvas_diamond(p, x + dx * 5.2, y + dy * 5.2, 2.2, ZP_ACCENT);
}

void zp_border_draw(zp_canvas *p)
{
	const double a = 27, b = 32, w = ZP_PAGE_WIDTH, h = ZP_PAGE_HEIGHT;
	zp_canvas_frame(p, a, a, w - 2 * a, h - 2 * a, 1.6, ZP_ACCENT);
	zp_canvas_frame(p, b, b, w - 2 * b, h - 2 * b, 0.4, ZP_ACCENT);
	draw_corner(p, b, b, 1, 1);
	draw_corner(p, w - b, b, -1, 1);
	draw_corner(p, b, h - b, 1, -1);
	draw_corner(p, w - b, h - b, -1, -1);
}

static void draw_title(const zp_job *j)
{
	zp_canvas *p = j->paper;
	zp_canvas_line(p, (zp_ink){ ZP_BOLD, 32, ZP_ACCENT, 4 }, MIDDLE, 112, RIGHT - LEFT, ZP_CENTRE, zp_word_cn(ZP_WORD_TITLE));
	zp_canvas_line(p, (zp_ink){ ZP_REGULAR, 13, ZP_ACCENT, 1.4 }, MIDDLE, 137, RIGHT - LEFT, ZP_CENTRE, zp_word_en(ZP_WORD_TITLE));
	zp_canvas_rule(p, MIDDLE - 96, 157, MIDDLE - 9, 157, 0.6, ZP_ACCENT);
	zp_canvas_rule(p, MIDDLE + 9, 157, MIDDLE + 96, 157, 0.6, ZP_ACCENT);
	zp_canvas_diamond(p, MIDDLE, 157, 3.4, ZP_ACCENT);
	zp_canvas_text(p, (zp_ink){ ZP_BOLD, 13.5, ZP_BLACK, 0.6 },
	              (zp_canvas_column){ MIDDLE, 184, RIGHT - LEFT, ZP_CENTRE, 2, 1.25, true, 0 }, j->report->round_name, true);
	zp_canvas_text(p, (zp_ink){ ZP_REGULAR, 9, ZP_GREY, 0.2 },
	              (zp_canvas_column){ MIDDLE, 204, RIGHT - LEFT, ZP_CENTRE, 2, 1.25, true, 0 }, j->report->round_name_en, true);
}

/* The name has a place of fixed height, and sits in its middle. */
static void draw_name(const zp_job *j)
{
	const zp_ink ink = { ZP_BOLD, 27, ZP_BLACK, 1 };
	const double width = RIGHT - LEFT - 12, whole = zp_canvas_width(j->paper, ink, j->report->lab_name);
	/* a little too long shrinks, longer wraps: two lines, or more smaller ones */
	const unsigned most = whole <= 1.25 * width ? 1 : whole <= 2.6 * width ? 2 : 0;
	const double size = most == 1 ? 27 : most == 2 ? 25 : 19;
	zp_canvas_text(j->paper, (zp_ink){ ZP_BOLD, size, ZP_BLACK, 1 },
	              (zp_canvas_column){ MIDDLE, 261, width, ZP_CENTRE, most, 1.34, true, 84 }, j->report->lab_name, true);
	zp_canvas_rule(j->paper, MIDDLE - 190, 310, MIDDLE + 190, 310, 0.5, ZP_HAIR);
}

static void draw_fact(const zp_job *j, double x, double width, zp_word word, const char *text)
{
	const char *both = zp_join(j->host, zp_word_cn(word), " ", zp_word_en(word), NULL);
	zp_canvas_line(j->paper, label, x, 328, width, ZP_CENTRE, both);
	zp_canvas_line(j->paper, (zp_ink){ ZP_BOLD, 11.5, ZP_BLACK, 0.3 }, x, 346, width, ZP_CENTRE, text);
}

static void draw_facts(const zp_job *j)
{
	const double step = (RIGHT - LEFT) / 4, first = LEFT + step / 2, width = step - 8;
	draw_fact(j, first, width, ZP_WORD_CODE, j->report->lab);
	draw_fact(j, first + step, width, ZP_WORD_REGION, j->report->region);
	draw_fact(j, first + 2 * step, width, ZP_WORD_CLASS, j->report->lab_class);
	draw_fact(j, first + 3 * step, width, ZP_WORD_ROUND, j->report->round);
	zp_canvas_line(j->paper, (zp_ink){ ZP_REGULAR, 11.5, ZP_BLACK, 0.6 }, MIDDLE, 380, RIGHT - LEFT, ZP_CENTRE, zp_word_cn(ZP_WORD_ENROLLED));
	zp_canvas_line(j->paper, (zp_ink){ ZP_REGULAR, 8.2, ZP_GREY, 0.1 }, MIDDLE, 395, RIGHT - LEFT, ZP_CENTRE, zp_word_en(ZP_WORD_ENROLLED));
}

/* The columns of a list of programmes; x of the left end, middle or right end. */
#define X_NAME LEFT
#define X_NUMBER 242.0
#define X_SCORE 388.0
#define X_ACCEPTED 454.0
#define X_OUTCOME RIGHT

static void draw_two(const zp_job *j, double x, double y, double width, zp_align align, zp_word word)
{
	zp_canvas_line(j->paper, (zp_ink){ ZP_BOLD, 7.8, ZP_ACCENT, 0.3 }, x, y, width, align, zp_word_cn(word));
	zp_canvas_line(j->paper, (zp_ink){ ZP_REGULAR, 6.4, ZP_GREY, 0 }, x, y + 9, width, align, zp_word_en(word));
}

/* What accepted and total count: a result is a point where nothing else is said. */
static zp_word counted(const zp_report *r)
{
	size_t points = 0, samples = 0;
	for (size_t i = 0; i < r->n_programmes; i++) {
		points += r->programmes[i].points;
		samples += r->programmes[i].by_samples;
	}
	return samples && samples == r->n_programmes ? ZP_WORD_SAMPLES : points ? ZP_WORD_POINTS : ZP_WORD_ACCEPTED;
}

void zp_summary_head_draw(const zp_job *j, double y)
{
	zp_canvas_rule(j->paper, LEFT, y, RIGHT, y, 1, ZP_ACCENT);
	draw_two(j, X_NAME, y + 10, 170, ZP_LEFT, ZP_WORD_PROGRAMME);
	draw_two(j, X_NUMBER, y + 10, 100, ZP_LEFT, ZP_WORD_NUMBER);
	draw_two(j, X_SCORE, y + 10, 40, ZP_RIGHT, ZP_WORD_SCORE);
	draw_two(j, X_ACCEPTED, y + 10, 60, ZP_RIGHT, counted(j->report));
	draw_two(j, X_OUTCOME, y + 10, 70, ZP_RIGHT, ZP_WORD_OUTCOME);
	zp_canvas_rule(j->paper, LEFT, y + TABLE_HEAD, RIGHT, y + TABLE_HEAD, 0.5, ZP_ACCENT);
}

static void draw_numbers(const zp_job *j, const zp_report_programme *g, double y, double size)
{
	const char *score = *g->score ? g->score : "–";
	const char *of = *g->total ? zp_join(j->host, g->accepted, " / ", g->total, NULL) : "–";
	zp_canvas_line(j->paper, (zp_ink){ ZP_REGULAR, 7, ZP_GREY, 0 }, X_NUMBER, y, 104, ZP_LEFT, g->certificate);
	zp_canvas_line(j->paper, (zp_ink){ ZP_BOLD, size, ZP_BLACK, 0 }, X_SCORE, y, 38, ZP_RIGHT, score);
	zp_canvas_line(j->paper, (zp_ink){ ZP_REGULAR, size > 11 ? 11 : size, ZP_BLACK, 0 }, X_ACCEPTED, y, 48, ZP_RIGHT, of);
}

/* One line: the name, and its English beside it as far as there is room. */
static void draw_low_row(const zp_job *j, const zp_report_programme *g, double y, const char *cn, const char *en)
{
	double w = zp_canvas_line(j->paper, (zp_ink){ ZP_BOLD, 8.8, ZP_BLACK, 0 }, X_NAME, y, 120, ZP_LEFT, g->name);
	zp_canvas_line(j->paper, (zp_ink){ ZP_REGULAR, 7, ZP_GREY, 0 }, X_NAME + w + 6, y, 164 - w, ZP_LEFT, g->name_en);
	draw_numbers(j, g, y, 9);
	w = zp_canvas_line(j->paper, (zp_ink){ ZP_REGULAR, 6.4, ZP_GREY, 0 }, X_OUTCOME, y, 44, ZP_RIGHT, en);
	zp_canvas_line(j->paper, (zp_ink){ ZP_BOLD, 9, zp_outcome_colour(g->satisfaction), 0 }, X_OUTCOME - w - 3, y, 70 - w, ZP_RIGHT, cn);
}

static void draw_high_row(const zp_job *j, const zp_report_programme *g, double y, double height, const char *cn, const char *en)
{
	const bool tall = height >= 40;
	const double above = y - (tall ? 4.5 : 3), below = y + (tall ? 9 : 7);
	zp_canvas_line(j->paper, (zp_ink){ ZP_BOLD, tall ? 15 : 11, ZP_BLACK, 0.3 }, X_NAME, above, 168, ZP_LEFT, g->name);
	zp_canvas_line(j->paper, (zp_ink){ ZP_REGULAR, tall ? 8.4 : 7, ZP_GREY, 0 }, X_NAME, below, 168, ZP_LEFT, g->name_en);
	draw_numbers(j, g, y + (tall ? 2 : 1), tall ? 19 : 13);
	zp_canvas_line(j->paper, (zp_ink){ ZP_BOLD, tall ? 15 : 11, zp_outcome_colour(g->satisfaction), 0.3 }, X_OUTCOME, above, 70, ZP_RIGHT, cn);
	zp_canvas_line(j->paper, (zp_ink){ ZP_REGULAR, tall ? 7.6 : 6.6, ZP_GREY, 0 }, X_OUTCOME, below, 70, ZP_RIGHT, en);
}

void zp_summary_row_draw(const zp_job *j, const zp_report_programme *g, double y, double height)
{
	const char *cn = zp_satisfaction_cn(g->satisfaction), *en = zp_satisfaction_en(g->satisfaction);
	if (*zp_standing_cn(g->standing)) {
		cn = zp_join(j->host, zp_standing_cn(g->standing), " · ", cn, NULL);
		en = zp_join(j->host, zp_standing_en(g->standing), " · ", en, NULL);
	}
	if (height >= 24)
		draw_high_row(j, g, y + height / 2 + 2, height, cn, en);
	else
		draw_low_row(j, g, y + height / 2 + 3.2, cn, en);
	zp_canvas_rule(j->paper, LEFT, y + height, RIGHT, y + height, 0.35, ZP_HAIR);
}

#define TALL 48.0

/* The names of the measurands that are satisfactory, which is what such certificates are asked for.
 * Gives: the height; 0 when there are none. */
static double satisfactory(const zp_job *j, const zp_report_programme *g, double y, bool draw)
{
	const char *names = "";
	size_t n = 0;
	for (size_t i = 0; i < g->n_measurands; i++)
		if (g->measurands[i].satisfaction == ZP_SATISFACTORY)
			names = zp_join(j->host, names, n++ ? zp_word_cn(ZP_WORD_LIST) : "", g->measurands[i].name, NULL);
	if (!n)
		return 0;
	char count[48];
	snprintf(count, sizeof(count), " (%zu)", n);
	if (draw)
		zp_canvas_line(j->paper, label, LEFT, y + 11, 300, ZP_LEFT,
		              zp_join(j->host, zp_word_cn(ZP_WORD_PASSED), " ", zp_word_en(ZP_WORD_PASSED), count, NULL));
	return 24 + zp_canvas_text(j->paper, (zp_ink){ ZP_REGULAR, 8.8, ZP_BLACK, 0.2 },
	                          (zp_canvas_column){ LEFT, y + 25, RIGHT - LEFT, ZP_LEFT, 0, 1.5, false, 0 }, names, draw);
}

static void draw_programmes(const zp_job *j)
{
	const zp_report_programme *g = j->report->programmes;
	const size_t n = zp_front_rows(j->report->n_programmes);
	if (!n)
		return;
	const double room = TABLE_BOTTOM - TABLE_TOP - TABLE_HEAD;
	const double step = room / (double)(n < j->report->n_programmes ? n + 1 : n), height = step > TALL ? TALL : step;
	double lists = 0;
	for (size_t i = 0; i < n && n <= 4; i++)
		lists += satisfactory(j, &g[i], 0, false);
	const bool listed = n <= 4 && lists + (double)n * height <= room;

	double y = TABLE_TOP;
	zp_summary_head_draw(j, y);
	y += TABLE_HEAD;
	for (size_t i = 0; i < n; i++) {
		zp_summary_row_draw(j, &g[i], y, height);
		y += height;
		if (listed)
			y += satisfactory(j, &g[i], y, true);
	}
	if (n < j->report->n_programmes) {
		char more[48];
		snprintf(more, sizeof(more), " (+%zu)  ", j->report->n_programmes - n);
		zp_canvas_line(j->paper, label, MIDDLE, y + 11, RIGHT - LEFT, ZP_CENTRE,
		              zp_join(j->host, zp_word_cn(ZP_WORD_MORE), more, zp_word_en(ZP_WORD_MORE), NULL));
	}
}

/* "2026 年 4 月 10 日" of an ISO date, which was checked before. */
static const char *date_cn(const zp_host *host, const char *iso)
{
	const char *month = iso + 5 + (iso[5] == '0'), *day = iso + 8 + (iso[8] == '0');
	char out[64];
	snprintf(out, sizeof(out), "%.4s 年 %.*s 月 %.*s 日", iso, (int)(iso + 7 - month), month, (int)(iso + 10 - day), day);
	return zp_join(host, out, NULL);
}

void zp_seal_draw(zp_canvas *p, cairo_surface_t *seal, double x, double y)
{
	if (!seal)
		return;
	zp_canvas_settle(p);
	const double w = cairo_image_surface_get_width(seal), h = cairo_image_surface_get_height(seal);
	const double scale = SEAL / (w > h ? w : h);
	cairo_save(p->cr);
	cairo_translate(p->cr, x - w * scale / 2, y - h * scale / 2);
	cairo_scale(p->cr, scale, scale);
	cairo_set_source_surface(p->cr, seal, 0, 0);
	cairo_paint(p->cr);
	cairo_restore(p->cr);
}

static void draw_issuer(const zp_job *j)
{
	const zp_report *r = j->report;
	const double x = 424, width = 2 * (RIGHT - x);
	/* the seal lies under the words, so that they stay readable whatever its background */
	zp_seal_draw(j->paper, j->seal, x, 714);
	zp_canvas_text(j->paper, (zp_ink){ ZP_BOLD, 13.5, ZP_BLACK, 0.6 },
	              (zp_canvas_column){ x, 700, width, ZP_CENTRE, 2, 1.2, true, 0 }, r->organiser, true);
	zp_canvas_text(j->paper, (zp_ink){ ZP_REGULAR, 8, ZP_GREY, 0 },
	              (zp_canvas_column){ x, 720, width, ZP_CENTRE, 2, 1.2, true, 0 }, r->organiser_en, true);
	zp_canvas_line(j->paper, (zp_ink){ ZP_REGULAR, 11.5, ZP_BLACK, 0.3 }, x, 743, width, ZP_CENTRE, date_cn(j->host, r->issued));
}

static void draw_small_print(const zp_job *j)
{
	const zp_report *r = j->report;
	const struct { zp_word word; const char *text; } facts[] = { { ZP_WORD_ISSUED, r->issued }, { ZP_WORD_VERSION, r->version } };
	double y = 717;
	for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++, y += 13) {
		const char *both = zp_join(j->host, zp_word_cn(facts[i].word), " ", zp_word_en(facts[i].word), NULL);
		zp_canvas_line(j->paper, label, LEFT, y, 72, ZP_LEFT, both);
		zp_canvas_line(j->paper, (zp_ink){ ZP_REGULAR, 8.2, ZP_BLACK, 0 }, LEFT + 76, y, 150, ZP_LEFT, facts[i].text);
	}
	zp_canvas_line(j->paper, label, LEFT, y, 240, ZP_LEFT,
	              zp_join(j->host, zp_word_cn(ZP_WORD_DETAILS), "  ", zp_word_en(ZP_WORD_DETAILS), NULL));
}

void zp_front_draw(const zp_job *j)
{
	zp_border_draw(j->paper);
	draw_title(j);
	draw_name(j);
	draw_facts(j);
	draw_programmes(j);
	draw_small_print(j);
	draw_issuer(j);
}
