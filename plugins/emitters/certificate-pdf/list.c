/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of measurands on a paper of the year: in as many columns as their names allow, over as many pages as they need. */
#include "composition.h"
#include <stdio.h>
#include <string.h>

#define GAP 16.0    /* between columns */
#define HEAD 26.0   /* title of the list, and its rule */
#define FOOT 14.0   /* that there is more on the next page */
#define MOST_COLUMNS 4

static const zp_ink faint = { ZP_REGULAR, 6.6, ZP_GREY, 0 };

static zp_ink sized(zp_weight weight, double size, double scale, unsigned colour) { return (zp_ink){ weight, size * scale, colour, 0.1 }; }
static zp_ink name_ink(double scale) { return sized(ZP_REGULAR, 9.8, scale, ZP_BLACK); }
static zp_ink mark_ink(const zp_list *a, double scale) { return sized(ZP_BOLD, 8.6, scale, a->accent); }
static zp_ink under_ink(double scale) { return sized(ZP_REGULAR, 6.7, scale, ZP_GREY); }
static double number_width(const zp_list *a, double scale) { return (a->paper->n_lines < 10 ? 12 : a->paper->n_lines < 100 ? 17 : 22) * scale; }

static const char *name_of(const zp_list *a, const zp_paper_line *line)
{
	return *line->specimen ? zp_join(a->host, line->name, "（", line->specimen, "）", NULL) : line->name;
}

static const char *until_of(const zp_list *a, const zp_paper_line *line)
{
	return *line->until ? zp_join(a->host, zp_word_cn(ZP_WORD_VALID), " ", line->until, NULL) : "";
}

/* ---- plan ---- */

static bool has_second(const zp_paper *p)
{
	for (size_t i = 0; i < p->n_lines; i++)
		if (*p->lines[i].name_en || *p->lines[i].until)
			return true;
	return false;
}

static double widest_mark(const zp_list *a, double scale)
{
	double most = 0;
	for (size_t i = 0; i < a->paper->n_lines; i++) {
		const double mark = zp_canvas_width(a->canvas, mark_ink(a, scale), a->paper->lines[i].mark);
		const double until = zp_canvas_width(a->canvas, under_ink(scale), until_of(a, &a->paper->lines[i]));
		most = mark > most ? mark : most;
		most = until > most ? until : most;
	}
	return most > 0 ? most + 8 * scale : 0;
}

/* The narrower of the two places: columns are the same on all pages. */
static double width_of(const zp_list *a)
{
	return a->on_later.width > 0 && a->on_later.width < a->on_first.width ? a->on_later.width : a->on_first.width;
}

static double column_width(const zp_list *a, size_t columns) { return (width_of(a) - GAP * (double)(columns - 1)) / (double)columns; }

/* The most columns in which no name, or with `some` at most one in ten, has to go smaller or onto two lines. */
static size_t fitting_columns(const zp_list *a, double scale, double mark_width, size_t asked, bool some)
{
	const size_t n = a->paper->n_lines;
	for (size_t columns = asked; columns > 1; columns--) {
		const double room = column_width(a, columns) - number_width(a, scale) - mark_width;
		size_t wide = 0;
		for (size_t i = 0; i < n; i++)
			wide += zp_canvas_width(a->canvas, name_ink(scale), name_of(a, &a->paper->lines[i])) > room;
		if (wide * 10 <= (some ? n : 0))
			return columns;
	}
	return 1;
}

static void try_scale(zp_list *a, double scale, bool second, size_t columns, bool some)
{
	a->scale = scale;
	a->row = (second ? 22.4 : 16.5) * scale;
	a->mark_width = widest_mark(a, scale);
	a->columns = fitting_columns(a, scale, a->mark_width, columns, some);
}

/* Lines that go into a room, column by column. */
static size_t capacity(const zp_list *a, double room)
{
	const size_t rows = room > a->row ? (size_t)(room / a->row) : 1;
	return rows * a->columns;
}

static double head_height(const zp_list *a) { return *a->heading || *a->heading_en ? HEAD : 6; }

void zp_list_plan(zp_list *a)
{
	/* Few measurands have large letters; many have smaller ones, and then a column more. */
	static const struct { double scale; bool full; } ways[] = { { 1.25, false }, { 1.1, false }, { 1, false }, { 0.92, false }, { 0.86, false },
		{ 0.92, true }, { 0.86, true }, { 0.86, false } };
	const size_t n = a->paper->n_lines, n_ways = sizeof ways / sizeof *ways, fewest = n < 5 ? 1 : n < 9 ? 2 : MOST_COLUMNS;
	const bool second = has_second(a->paper);
	const size_t usual = a->most_columns, full = a->most_columns == 3 ? MOST_COLUMNS : a->most_columns; /* one more where that saves a page */
	const double head = head_height(a);
	a->pages = 1;
	if (!n)
		return;
	for (size_t k = 0; k < 2 * n_ways; k++) {
		const size_t i = k % n_ways, columns = ways[i].full ? full : usual;
		try_scale(a, ways[i].scale, second, columns < fewest ? columns : fewest, k >= n_ways);
		a->first = capacity(a, a->on_first.bottom - a->on_first.top - head);
		if (a->first >= n)
			return;
	}
	a->first = capacity(a, a->on_first.bottom - a->on_first.top - head - FOOT);
	a->later = capacity(a, a->on_later.bottom - a->on_later.top - head - FOOT);
	a->pages += (n - a->first + a->later - 1) / a->later;
}

/* ---- drawing ---- */

static void draw_head(const zp_list *a, size_t page, const zp_list_place *in)
{
	const double y = in->top, right = in->x + in->width;
	char count[32];
	snprintf(count, sizeof count, "(%zu)", a->paper->n_lines);
	zp_canvas_rule(a->canvas, in->x, y, right, y, 1, a->accent);
	if (head_height(a) < HEAD)
		return;
	const char *cn = zp_join(a->host, a->heading, page > 1 ? zp_word_cn(ZP_WORD_CONTINUED) : "", NULL);
	const char *en = zp_join(a->host, a->heading_en, page > 1 ? ", " : "", page > 1 ? zp_word_en(ZP_WORD_CONTINUED) : "", " ", count, NULL);
	const double w = zp_canvas_line(a->canvas, (zp_ink){ ZP_BOLD, 9.4, a->accent, 0.4 }, in->x, y + 14.5, in->width / 2, ZP_LEFT, cn);
	zp_canvas_line(a->canvas, (zp_ink){ ZP_REGULAR, 7.4, ZP_GREY, 0 }, in->x + w + 7, y + 14.5, in->width - w - 7, ZP_LEFT, en);
	zp_canvas_rule(a->canvas, in->x, y + 21, right, y + 21, 0.4, a->accent);
}

static void draw_mark(const zp_list *a, const zp_paper_line *line, double right, double y)
{
	const char *until = until_of(a, line);
	zp_canvas_line(a->canvas, mark_ink(a, a->scale), right, y + (*until ? 9 : 11) * a->scale, 0, ZP_RIGHT, line->mark);
	zp_canvas_line(a->canvas, under_ink(a->scale), right, y + 17.8 * a->scale, 0, ZP_RIGHT, until);
}

/* A line of the list, in the place whose upper left corner is x, y. */
static void draw_line(const zp_list *a, size_t i, double x, double y)
{
	const zp_paper_line *line = &a->paper->lines[i];
	const double s = a->scale, left = x + number_width(a, s), width = column_width(a, a->columns) - number_width(a, s) - a->mark_width;
	const bool second = *line->name_en != '\0';
	char count[24];
	snprintf(count, sizeof count, "%zu", i + 1);
	const char *name = name_of(a, line);
	const double middle = y + (second ? 6.2 : a->row / s / 2) * s, baseline = middle + 0.36 * name_ink(s).size;
	zp_canvas_line(a->canvas, under_ink(s), left - 5 * s, baseline, 0, ZP_RIGHT, count);
	zp_canvas_text(a->canvas, name_ink(s), (zp_canvas_column){ left, middle, width, ZP_LEFT, 2, 1.05, true, 11.5 * s }, name, true);
	zp_canvas_line(a->canvas, under_ink(s), left, y + 17.8 * s, width, ZP_LEFT, line->name_en);
	draw_mark(a, line, x + column_width(a, a->columns), y + (second || *line->until ? 0 : (a->row - 16 * s) / 2));
}

double zp_list_draw(const zp_list *a, size_t page)
{
	const zp_list_place *in = page == 1 ? &a->on_first : &a->on_later;
	const size_t n = a->paper->n_lines, from = page == 1 ? 0 : a->first + (page - 2) * a->later, room = page == 1 ? a->first : a->later;
	const size_t here = from >= n ? 0 : n - from < room ? n - from : room;
	if (!here)
		return in->top;
	const size_t rows = page < a->pages ? room / a->columns : (here + a->columns - 1) / a->columns; /* the last page is filled evenly */
	const double top = in->top + head_height(a) - 1, right = in->x + in->width;
	draw_head(a, page, in);
	for (size_t k = 0; k < here; k++)
		draw_line(a, from + k, in->x + (column_width(a, a->columns) + GAP) * (double)(k / rows), top + a->row * (double)(k % rows));
	const double end = top + 2 + a->row * (double)rows;
	zp_canvas_rule(a->canvas, in->x, end, right, end, 0.4, a->accent);
	if (page < a->pages)
		zp_canvas_line(a->canvas, faint, right, end + 10, 300, ZP_RIGHT,
		               zp_join(a->host, zp_word_cn(ZP_WORD_FURTHER), "  ", zp_word_en(ZP_WORD_FURTHER), NULL));
	return end + (page < a->pages ? FOOT : 0);
}
