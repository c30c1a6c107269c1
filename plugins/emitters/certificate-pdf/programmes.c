/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of programmes: a row for each, and the measurands that are satisfactory where there is room. */
#include "pages.h"
#include <stdio.h>
#include <string.h>

#define TABLE_HEAD 24.0
#define LEAST_ROW 16.0
#define USUAL 463.276 /* the width that its columns were made for */

static const zp_ink label = { ZP_REGULAR, 7.4, ZP_GREY, 0.3 };

/* Rows of which each has LEAST_ROW, and a line that says how many more there are. */
size_t zp_programme_rows(const zp_programme_table *t, size_t n)
{
	const double room = t->bottom - t->top - TABLE_HEAD;
	const size_t most = room > 2 * LEAST_ROW ? (size_t)(room / LEAST_ROW) : 2;
	return n <= most ? n : most - 1;
}

unsigned zp_outcome_colour(zp_satisfaction s)
{
	return s == ZP_SATISFACTORY ? ZP_ACCENT : s == ZP_UNSATISFACTORY ? ZP_ALERT : ZP_GREY;
}

/* The columns; x of the left end, middle or right end. */
static double x_number(const zp_programme_table *t) { return t->x + 0.38 * t->width; }
static double x_score(const zp_programme_table *t) { return t->x + 0.695 * t->width; }
static double x_accepted(const zp_programme_table *t) { return t->x + 0.838 * t->width; }
static double x_end(const zp_programme_table *t) { return t->x + t->width; }
static double part(const zp_programme_table *t, double usual) { return usual * t->width / USUAL; }
static double name_width(const zp_programme_table *t) { return part(t, t->numbers ? 168 : 270); }

static void draw_two(const zp_job *j, const zp_programme_table *t, double x, double y, double width, zp_align align, zp_word word)
{
	zp_canvas_line(j->paper, (zp_ink){ ZP_BOLD, 7.8, t->accent, 0.3 }, x, y, width, align, zp_word_cn(word));
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

void zp_summary_head_draw(const zp_job *j, const zp_programme_table *t, double y)
{
	zp_canvas_rule(j->paper, t->x, y, x_end(t), y, 1, t->accent);
	draw_two(j, t, t->x, y + 10, 170, ZP_LEFT, ZP_WORD_PROGRAMME);
	if (t->numbers)
		draw_two(j, t, x_number(t), y + 10, 100, ZP_LEFT, ZP_WORD_NUMBER);
	draw_two(j, t, x_score(t), y + 10, 40, ZP_RIGHT, ZP_WORD_SCORE);
	draw_two(j, t, x_accepted(t), y + 10, 62, ZP_RIGHT, counted(j->report));
	draw_two(j, t, x_end(t), y + 10, 70, ZP_RIGHT, ZP_WORD_OUTCOME);
	zp_canvas_rule(j->paper, t->x, y + TABLE_HEAD, x_end(t), y + TABLE_HEAD, 0.5, t->accent);
}

static void draw_numbers(const zp_job *j, const zp_programme_table *t, const zp_report_programme *g, double y, double size)
{
	const char *score = *g->score ? g->score : "–";
	const char *of = *g->total ? zp_join(j->host, g->accepted, " / ", g->total, NULL) : "–";
	if (t->numbers)
		zp_canvas_line(j->paper, (zp_ink){ ZP_REGULAR, 7, ZP_GREY, 0 }, x_number(t), y, part(t, 104), ZP_LEFT, g->certificate);
	zp_canvas_line(j->paper, (zp_ink){ ZP_BOLD, size, ZP_BLACK, 0 }, x_score(t), y, 38, ZP_RIGHT, score);
	zp_canvas_line(j->paper, (zp_ink){ ZP_REGULAR, size > 11 ? 11 : size, ZP_BLACK, 0 }, x_accepted(t), y, 48, ZP_RIGHT, of);
}

/* One line: the name, and its English beside it as far as there is room. */
static void draw_low_row(const zp_job *j, const zp_programme_table *t, const zp_report_programme *g, double y, const char *cn, const char *en)
{
	double w = zp_canvas_line(j->paper, (zp_ink){ ZP_BOLD, 8.8, ZP_BLACK, 0 }, t->x, y, 120, ZP_LEFT, g->name);
	zp_canvas_line(j->paper, (zp_ink){ ZP_REGULAR, 7, ZP_GREY, 0 }, t->x + w + 6, y, name_width(t) - 4 - w, ZP_LEFT, g->name_en);
	draw_numbers(j, t, g, y, 9);
	w = zp_canvas_line(j->paper, (zp_ink){ ZP_REGULAR, 6.4, ZP_GREY, 0 }, x_end(t), y, 44, ZP_RIGHT, en);
	zp_canvas_line(j->paper, (zp_ink){ ZP_BOLD, 9, zp_outcome_colour(g->satisfaction), 0 }, x_end(t) - w - 3, y, 70 - w, ZP_RIGHT, cn);
}

static void draw_high_row(const zp_job *j, const zp_programme_table *t, const zp_report_programme *g, double y, double height, const char *cn, const char *en)
{
	const bool tall = height >= 40;
	const double above = y - (tall ? 4.5 : 3), below = y + (tall ? 9 : 7);
	zp_canvas_line(j->paper, (zp_ink){ ZP_BOLD, tall ? 15 : 11, ZP_BLACK, 0.3 }, t->x, above, name_width(t), ZP_LEFT, g->name);
	zp_canvas_line(j->paper, (zp_ink){ ZP_REGULAR, tall ? 8.4 : 7, ZP_GREY, 0 }, t->x, below, name_width(t), ZP_LEFT, g->name_en);
	draw_numbers(j, t, g, y + (tall ? 2 : 1), tall ? 19 : 13);
	zp_canvas_line(j->paper, (zp_ink){ ZP_BOLD, tall ? 15 : 11, zp_outcome_colour(g->satisfaction), 0.3 }, x_end(t), above, 70, ZP_RIGHT, cn);
	zp_canvas_line(j->paper, (zp_ink){ ZP_REGULAR, tall ? 7.6 : 6.6, ZP_GREY, 0 }, x_end(t), below, 70, ZP_RIGHT, en);
}

void zp_summary_row_draw(const zp_job *j, const zp_programme_table *t, const zp_report_programme *g, double y, double height)
{
	const char *cn = zp_satisfaction_cn(g->satisfaction), *en = zp_satisfaction_en(g->satisfaction);
	if (*zp_standing_cn(g->standing)) {
		cn = zp_join(j->host, zp_standing_cn(g->standing), " · ", cn, NULL);
		en = zp_join(j->host, zp_standing_en(g->standing), " · ", en, NULL);
	}
	if (height >= 24)
		draw_high_row(j, t, g, y + height / 2 + 2, height, cn, en);
	else
		draw_low_row(j, t, g, y + height / 2 + 3.2, cn, en);
	zp_canvas_rule(j->paper, t->x, y + height, x_end(t), y + height, 0.35, ZP_HAIR);
}

#define TALL 48.0

/* The names of the measurands that are satisfactory, which is what such certificates are asked for.
 * Gives: the height; 0 when there are none. */
static double satisfactory(const zp_job *j, const zp_programme_table *t, const zp_report_programme *g, double y, bool draw)
{
	const char *names = "";
	size_t n = 0;
	for (size_t i = 0; i < g->n_measurands; i++)
		if (g->measurands[i].satisfaction == ZP_SATISFACTORY)
			names = zp_join(j->host, names, n++ ? zp_word_cn(ZP_WORD_LIST) : "", g->measurands[i].name, NULL);
	if (!n || strlen(names) >= ZP_LINE_MOST)
		return 0;
	char count[48];
	snprintf(count, sizeof(count), " (%zu)", n);
	if (draw)
		zp_canvas_line(j->paper, label, t->x, y + 11, 300, ZP_LEFT,
		              zp_join(j->host, zp_word_cn(ZP_WORD_PASSED), " ", zp_word_en(ZP_WORD_PASSED), count, NULL));
	return 24 + zp_canvas_text(j->paper, (zp_ink){ ZP_REGULAR, 8.8, ZP_BLACK, 0.2 },
	                          (zp_canvas_column){ t->x, y + 25, t->width, ZP_LEFT, 0, 1.5, false, 0 }, names, draw);
}

double zp_programmes_draw(const zp_job *j, const zp_programme_table *t)
{
	const zp_report_programme *g = j->report->programmes;
	const size_t n = j->front_rows, all = j->report->n_programmes;
	if (!n)
		return t->top;
	const double room = t->bottom - t->top - TABLE_HEAD, step = room / (double)(n < all ? n + 1 : n), height = step > TALL ? TALL : step;
	double lists = 0, y = t->top;
	for (size_t i = 0; t->names && i < n && n <= 4; i++)
		lists += satisfactory(j, t, &g[i], 0, false);
	const bool listed = t->names && n <= 4 && lists + (double)n * height <= room;
	zp_summary_head_draw(j, t, y);
	y += TABLE_HEAD;
	for (size_t i = 0; i < n; i++) {
		zp_summary_row_draw(j, t, &g[i], y, height);
		y += height;
		if (listed)
			y += satisfactory(j, t, &g[i], y, true);
	}
	if (n < all) {
		char more[48];
		snprintf(more, sizeof(more), " (+%zu)  ", all - n);
		zp_canvas_line(j->paper, label, t->x + t->width / 2, y + 11, t->width, ZP_CENTRE,
		              zp_join(j->host, zp_word_cn(ZP_WORD_MORE), more, zp_word_en(ZP_WORD_MORE), NULL));
		y += 14;
	}
	return y;
}
