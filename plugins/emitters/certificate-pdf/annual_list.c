/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of measurands on a paper of the year: in as many columns as their names allow, over as many pages as they need. */
#include "annual.h"
#include <stdio.h>
#include <string.h>

#define LEFT 66.0
#define WIDE (ZP_PAGE_WIDTH - 2 * LEFT)
#define GAP 16.0    /* between columns */
#define HEAD 26.0   /* title of the list, and its rule */
#define FOOT 14.0   /* that there is more on the next page */
#define USUAL_COLUMNS 3
#define MOST_COLUMNS 4 /* only where that saves a page */

static const zp_ink faint = { ZP_REGULAR, 6.6, ZP_GREY, 0 };

static zp_ink sized(zp_weight weight, double size, double scale, unsigned colour) { return (zp_ink){ weight, size * scale, colour, 0.1 }; }
static zp_ink name_ink(double scale) { return sized(ZP_REGULAR, 9.8, scale, ZP_BLACK); }
static zp_ink mark_ink(double scale) { return sized(ZP_BOLD, 8.6, scale, ZP_ACCENT); }
static zp_ink under_ink(double scale) { return sized(ZP_REGULAR, 6.7, scale, ZP_GREY); }
static double number_width(const zp_annual *a, double scale) { return (a->paper->n_lines < 10 ? 12 : a->paper->n_lines < 100 ? 17 : 22) * scale; }

static const char *name_of(const zp_annual *a, const zp_paper_line *line)
{
	return *line->specimen ? zp_join(a->host, line->name, "（", line->specimen, "）", NULL) : line->name;
}

static const char *until_of(const zp_annual *a, const zp_paper_line *line)
{
	return *line->until ? zp_join(a->host, zp_annual_word(ZP_SAID_VALID, true), " ", line->until, NULL) : "";
}

/* ---- plan ---- */

static bool has_second(const zp_paper *p)
{
	for (size_t i = 0; i < p->n_lines; i++)
		if (*p->lines[i].name_en || *p->lines[i].until)
			return true;
	return false;
}

static double widest_mark(const zp_annual *a, double scale)
{
	double most = 0;
	for (size_t i = 0; i < a->paper->n_lines; i++) {
		const double mark = zp_canvas_width(a->canvas, mark_ink(scale), a->paper->lines[i].mark);
		const double until = zp_canvas_width(a->canvas, under_ink(scale), until_of(a, &a->paper->lines[i]));
		most = mark > most ? mark : most;
		most = until > most ? until : most;
	}
	return most > 0 ? most + 8 * scale : 0;
}

static double column_width(size_t columns) { return (WIDE - GAP * (double)(columns - 1)) / (double)columns; }

/* The most columns in which no name, or with `some` at most one in ten, has to go smaller or onto two lines. */
static size_t fitting_columns(const zp_annual *a, double scale, double mark_width, size_t asked, bool some)
{
	const size_t n = a->paper->n_lines;
	for (size_t columns = asked; columns > 1; columns--) {
		const double room = column_width(columns) - number_width(a, scale) - mark_width;
		size_t wide = 0;
		for (size_t i = 0; i < n; i++)
			wide += zp_canvas_width(a->canvas, name_ink(scale), name_of(a, &a->paper->lines[i])) > room;
		if (wide * 10 <= (some ? n : 0))
			return columns;
	}
	return 1;
}

static void try_scale(zp_annual *a, double scale, bool second, size_t columns, bool some)
{
	a->scale = scale;
	a->row = (second ? 22.4 : 16.5) * scale;
	a->mark_width = widest_mark(a, scale);
	a->columns = fitting_columns(a, scale, a->mark_width, columns, some);
}

/* Lines that go into a room, column by column. */
static size_t capacity(const zp_annual *a, double room)
{
	const size_t rows = room > a->row ? (size_t)(room / a->row) : 1;
	return rows * a->columns;
}

void zp_annual_list_plan(zp_annual *a, double top, double later_top, double bottom)
{
	static const struct { double scale; size_t columns; } ways[] = { { 1.25, USUAL_COLUMNS }, { 1.1, USUAL_COLUMNS }, { 1, USUAL_COLUMNS },
		{ 0.92, USUAL_COLUMNS }, { 0.86, USUAL_COLUMNS }, { 0.92, MOST_COLUMNS }, { 0.86, MOST_COLUMNS }, { 0.86, USUAL_COLUMNS } };
	const size_t n = a->paper->n_lines, n_ways = sizeof ways / sizeof *ways, fewest = n < 5 ? 1 : n < 9 ? 2 : MOST_COLUMNS;
	const bool second = has_second(a->paper);
	a->list_top = top;
	a->pages = 1;
	if (!n)
		return;
	for (size_t k = 0; k < 2 * n_ways; k++) {
		const size_t i = k % n_ways;
		try_scale(a, ways[i].scale, second, ways[i].columns < fewest ? ways[i].columns : fewest, k >= n_ways);
		a->first = capacity(a, bottom - top - HEAD);
		if (a->first >= n)
			return;
	}
	a->first = capacity(a, bottom - top - HEAD - FOOT);
	a->later = capacity(a, bottom - later_top - HEAD - FOOT);
	a->pages += (n - a->first + a->later - 1) / a->later;
}

/* ---- drawing ---- */

static void draw_head(const zp_annual *a, size_t page, double y)
{
	const zp_said_on_paper what = a->paper->kind == ZP_PAPER_ANNUAL ? ZP_SAID_PASSED : a->paper->kind == ZP_PAPER_RECOGNITION ? ZP_SAID_RECOGNISED : ZP_SAID_LISTED;
	char count[32];
	snprintf(count, sizeof count, "(%zu)", a->paper->n_lines);
	zp_canvas_rule(a->canvas, LEFT, y, LEFT + WIDE, y, 1, ZP_ACCENT);
	const char *cn = zp_join(a->host, zp_annual_word(what, true), page > 1 ? zp_annual_word(ZP_SAID_CONTINUED, true) : "", NULL);
	const char *en = zp_join(a->host, zp_annual_word(what, false), page > 1 ? ", " : "", page > 1 ? zp_annual_word(ZP_SAID_CONTINUED, false) : "", " ", count, NULL);
	const double w = zp_canvas_line(a->canvas, (zp_ink){ ZP_BOLD, 9.4, ZP_ACCENT, 0.4 }, LEFT, y + 14.5, 200, ZP_LEFT, cn);
	zp_canvas_line(a->canvas, (zp_ink){ ZP_REGULAR, 7.4, ZP_GREY, 0 }, LEFT + w + 7, y + 14.5, 200, ZP_LEFT, en);
	zp_canvas_rule(a->canvas, LEFT, y + 21, LEFT + WIDE, y + 21, 0.4, ZP_ACCENT);
}

static void draw_mark(const zp_annual *a, const zp_paper_line *line, double right, double y)
{
	const char *until = until_of(a, line);
	zp_canvas_line(a->canvas, mark_ink(a->scale), right, y + (*until ? 9 : 11) * a->scale, 0, ZP_RIGHT, line->mark);
	zp_canvas_line(a->canvas, under_ink(a->scale), right, y + 17.8 * a->scale, 0, ZP_RIGHT, until);
}

/* A line of the list, in the place whose upper left corner is x, y. */
static void draw_line(const zp_annual *a, size_t i, double x, double y)
{
	const zp_paper_line *line = &a->paper->lines[i];
	const double s = a->scale, left = x + number_width(a, s), width = column_width(a->columns) - number_width(a, s) - a->mark_width;
	const bool second = *line->name_en != '\0';
	char count[24];
	snprintf(count, sizeof count, "%zu", i + 1);
	const char *name = name_of(a, line);
	const double middle = y + (second ? 6.2 : a->row / s / 2) * s, baseline = middle + 0.36 * name_ink(s).size;
	zp_canvas_line(a->canvas, under_ink(s), left - 5 * s, baseline, 0, ZP_RIGHT, count);
	zp_canvas_text(a->canvas, name_ink(s), (zp_canvas_column){ left, middle, width, ZP_LEFT, 2, 1.05, true, 11.5 * s }, name, true);
	zp_canvas_line(a->canvas, under_ink(s), left, y + 17.8 * s, width, ZP_LEFT, line->name_en);
	draw_mark(a, line, x + column_width(a->columns), y + (second || *line->until ? 0 : (a->row - 16 * s) / 2));
}

void zp_annual_list_draw(const zp_annual *a, size_t page, double top)
{
	const size_t n = a->paper->n_lines, from = page == 1 ? 0 : a->first + (page - 2) * a->later, room = page == 1 ? a->first : a->later;
	const size_t here = from >= n ? 0 : n - from < room ? n - from : room;
	if (!here)
		return;
	const size_t rows = page < a->pages ? room / a->columns : (here + a->columns - 1) / a->columns; /* the last page is filled evenly */
	draw_head(a, page, top);
	for (size_t k = 0; k < here; k++)
		draw_line(a, from + k, LEFT + (column_width(a->columns) + GAP) * (double)(k / rows), top + HEAD - 1 + a->row * (double)(k % rows));
	const double end = top + HEAD + 1 + a->row * (double)rows;
	zp_canvas_rule(a->canvas, LEFT, end, LEFT + WIDE, end, 0.4, ZP_ACCENT);
	if (page < a->pages)
		zp_canvas_line(a->canvas, faint, LEFT + WIDE, end + 10, 300, ZP_RIGHT,
		               zp_join(a->host, zp_annual_word(ZP_SAID_MORE, true), "  ", zp_annual_word(ZP_SAID_MORE, false), NULL));
}
