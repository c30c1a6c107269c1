/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places by classes, as centres publish it: a table for each share or indicator, in each cell the figure, what it is made of, and what it
 * is compared with (the year before, or the median of the laboratories). */
#include "year.h"
#include <stdlib.h>
#include <string.h>

#define CLASSES_MOST 24
#define NO_ROW ((size_t)-1)

/* Where a table of this shape has what. */
typedef struct shape {
	const zp_sheet *sheet;
	size_t place, name, part, lab_class, what, num, den, value, beside, laboratories;
	bool beside_is_change;
} shape;

static bool read_shape(const zp_sheet *s, shape *out)
{
	const size_t share = zp_column_find(s, "share"), indicator = zp_column_find(s, "indicator"), change = zp_column_find(s, "change");
	*out = (shape){
		.sheet = s, .place = zp_column_find(s, "place"), .name = zp_column_find(s, "name"), .part = zp_column_find(s, "part"),
		.lab_class = zp_column_find(s, "class"), .what = share != NO_COLUMN ? share : indicator,
		.num = zp_column_find(s, "numerator"), .den = zp_column_find(s, "denominator"),
		.value = share != NO_COLUMN ? zp_column_find(s, "percent") : zp_column_find(s, "pooled"),
		.beside = share != NO_COLUMN ? change : zp_column_find(s, "median"),
		.laboratories = zp_column_find(s, "laboratories"), .beside_is_change = share != NO_COLUMN,
	};
	return out->place != NO_COLUMN && out->name != NO_COLUMN && out->lab_class != NO_COLUMN && out->what != NO_COLUMN &&
	       out->num != NO_COLUMN && out->den != NO_COLUMN && out->value != NO_COLUMN;
}

/* ---- classes ---- */

typedef struct classes { const char *at[CLASSES_MOST]; size_t n; } classes;

/* As people list them: the third grade first, private hospitals last. */
static int grade(const char *lab_class)
{
	static const char *const begins[] = { "三级", "二级", "一级", "未定级" };
	for (int i = 0; i < 4; i++)
		if (strncmp(lab_class, begins[i], strlen(begins[i])) == 0)
			return i;
	return 4;
}

static bool has_class(const classes *c, const char *name)
{
	for (size_t i = 0; i < c->n; i++)
		if (strcmp(c->at[i], name) == 0)
			return true;
	return false;
}

static void gather_classes(const shape *s, classes *out)
{
	out->n = 0;
	for (size_t row = 0; row < s->sheet->n_rows; row++) {
		const char *name = zp_cell_at(s->sheet, row, s->lab_class);
		if (strcmp(name, "*") == 0 || out->n == CLASSES_MOST || has_class(out, name))
			continue;
		size_t at = out->n++;
		for (; at && grade(out->at[at - 1]) > grade(name); at--)
			out->at[at] = out->at[at - 1];
		out->at[at] = name;
	}
}

/* ---- rows ---- */

static bool same_place(const shape *s, size_t a, size_t b)
{
	return strcmp(zp_cell_at(s->sheet, a, s->place), zp_cell_at(s->sheet, b, s->place)) == 0 &&
	       strcmp(zp_cell_at(s->sheet, a, s->part), zp_cell_at(s->sheet, b, s->part)) == 0 &&
	       strcmp(zp_cell_at(s->sheet, a, s->what), zp_cell_at(s->sheet, b, s->what)) == 0;
}

/* A county; what lies directly in a province, and a city, are not. Codes of another kind stand by themselves, with the first. */
static bool is_inner(const shape *s, size_t row)
{
	const char *code = zp_cell_at(s->sheet, row, s->place);
	return strlen(code) == 6 && strspn(code, "0123456789") == 6 && strcmp(code + 4, "00") != 0 && strncmp(code + 2, "90", 2) != 0;
}

static bool is_itself(const shape *s, size_t row) { return *zp_cell_at(s->sheet, row, s->part) != '\0'; }

static void put_place(zp_telling *t, const shape *s, size_t row)
{
	const char *code = zp_cell_at(s->sheet, row, s->place), *name = zp_cell_at(s->sheet, row, s->name);
	zp_markup_put(t->m, "<th scope=\"row\">");
	if (strcmp(code, "*") == 0) {
		zp_markup_put(t->m, "全部 <span lang=\"en\">all</span></th>");
		return;
	}
	zp_markup_tell(t->m, *name ? name : code);
	if (is_itself(s, row))
		zp_markup_put(t->m, " <small>本级</small>");
	zp_markup_put(t->m, " <small>");
	zp_markup_tell(t->m, code);
	zp_markup_put(t->m, "</small></th>");
}

/* ---- a cell ---- */

static void put_change(zp_markup *m, const char *change)
{
	const bool down = *change == '-';
	const bool none = strspn(change, "-0.") == strlen(change);
	zp_markup_put(m, none ? "<span class=\"even\">＝ " : down ? "<span class=\"down\">▼ " : "<span class=\"up\">▲ ");
	zp_markup_tell(m, change + down);
	zp_markup_put(m, "</span>");
}

static void put_figure(zp_telling *t, const shape *s, size_t row)
{
	const char *value = zp_cell_at(s->sheet, row, s->value), *num = zp_cell_at(s->sheet, row, s->num), *den = zp_cell_at(s->sheet, row, s->den),
		   *beside = zp_cell_at(s->sheet, row, s->beside);
	if (*value) {
		zp_markup_put(t->m, "<b>");
		zp_markup_tell(t->m, value);
		zp_markup_put(t->m, "</b><small> %</small><span class=\"of\">");
		zp_markup_tell(t->m, num);
		zp_markup_put(t->m, " / ");
		zp_markup_tell(t->m, den);
		zp_markup_put(t->m, "</span>");
	} else if (*num && !*den) { /* a count */
		zp_markup_put(t->m, "<b>");
		zp_markup_tell(t->m, num);
		zp_markup_put(t->m, "</b>");
	} else {
		zp_markup_put(t->m, "–");
	}
	if (!*beside)
		return;
	if (s->beside_is_change) {
		put_change(t->m, beside);
		return;
	}
	zp_markup_put(t->m, "<span class=\"of\">中位 ");
	zp_markup_tell(t->m, beside);
	zp_markup_put(t->m, "</span>");
}

static void put_cell(zp_telling *t, const shape *s, size_t row, bool whole)
{
	zp_markup_put(t->m, whole ? "<td class=\"whole\">" : "<td>");
	if (row == NO_ROW)
		zp_markup_put(t->m, "<span class=\"none\">·</span>");
	else if (zp_row_hidden(s->sheet, row))
		zp_markup_put(t->m, "<span class=\"hidden\">隐去</span>");
	else
		put_figure(t, s, row);
	zp_markup_put(t->m, "</td>");
}

/* All rows of one place, from..to, in one line: its classes, and all of them. */
static void put_line(zp_telling *t, const shape *s, const classes *c, size_t from, size_t to)
{
	size_t of[CLASSES_MOST + 1];
	for (size_t i = 0; i <= c->n; i++)
		of[i] = NO_ROW;
	for (size_t row = from; row < to; row++) {
		const char *name = zp_cell_at(s->sheet, row, s->lab_class);
		for (size_t i = 0; i < c->n; i++)
			if (strcmp(c->at[i], name) == 0)
				of[i] = row;
		if (strcmp(name, "*") == 0)
			of[c->n] = row;
	}
	zp_markup_put(t->m, is_itself(s, from) ? "<tr class=\"itself\">" : "<tr>");
	put_place(t, s, from);
	for (size_t i = 0; i <= c->n; i++)
		put_cell(t, s, of[i], i == c->n);
	zp_markup_put(t->m, "</tr>\n");
}

/* ---- a table ---- */

static void put_head(zp_telling *t, const classes *c)
{
	zp_markup_put(t->m, "<thead><tr>");
	zp_year_th(t->m, "地区", "Region");
	for (size_t i = 0; i < c->n; i++)
		zp_year_th(t->m, c->at[i], "");
	zp_year_th(t->m, "合计", "All classes");
	zp_markup_put(t->m, "</tr></thead><tbody>\n");
}

/* Gives: how many places are inner ones. */
static size_t put_places(zp_telling *t, const shape *s, const classes *c, size_t from, size_t to, bool inner)
{
	size_t others = 0;
	for (size_t row = from; row < to;) {
		size_t next = row + 1;
		while (next < to && same_place(s, row, next))
			next++;
		if (is_inner(s, row) == inner)
			put_line(t, s, c, row, next);
		else
			others++;
		row = next;
	}
	return others;
}

static size_t count_places(const shape *s, size_t from, size_t to, bool inner)
{
	size_t n = 0;
	for (size_t row = from; row < to; row++)
		n += (row == from || !same_place(s, row - 1, row)) && is_inner(s, row) == inner;
	return n;
}

/* "三级公立 10 + 二级公立 37 + … = 186": who is counted, of the first place. */
static void put_sum(zp_telling *t, const shape *s, const classes *c, size_t from, size_t to)
{
	const char *all = NULL;
	size_t told = 0;
	for (size_t row = from; row < to && same_place(s, from, row); row++) {
		if (zp_row_hidden(s->sheet, row))
			return;
		if (strcmp(zp_cell_at(s->sheet, row, s->lab_class), "*") == 0)
			all = zp_cell_at(s->sheet, row, s->den);
	}
	if (!all || !*all)
		return;
	zp_markup_put(t->m, "<p class=\"sum\">");
	for (size_t i = 0; i < c->n; i++)
		for (size_t row = from; row < to && same_place(s, from, row); row++)
			if (strcmp(zp_cell_at(s->sheet, row, s->lab_class), c->at[i]) == 0) {
				zp_markup_put(t->m, told++ ? " + " : "");
				zp_markup_tell(t->m, c->at[i]);
				zp_markup_put(t->m, " ");
				zp_markup_tell(t->m, zp_cell_at(s->sheet, row, s->den));
			}
	zp_markup_put(t->m, " = ");
	zp_markup_tell(t->m, all);
	zp_markup_put(t->m, "</p>\n");
}

static void put_group(zp_telling *t, const shape *s, const classes *c, size_t from, size_t to)
{
	const char *what = zp_cell_at(s->sheet, from, s->what), *column = s->sheet->columns[s->what].name;
	const zp_meaning *meaning = zp_meaning_find(t->book, column, what);
	const char *zh = meaning ? meaning->says : what, *en = meaning ? meaning->says_en : "";
	const size_t outer = count_places(s, from, to, false), inner = count_places(s, from, to, true);
	zp_markup_put(t->m, "<h3>");
	zp_year_both(t->m, zh, en);
	zp_markup_put(t->m, "</h3>\n");
	if (strcmp(what, "participation") == 0)
		put_sum(t, s, c, from, to);
	if (outer) {
		zp_year_open_wide(t, zh, en, "matrix");
		put_head(t, c);
		put_places(t, s, c, from, to, false);
		zp_year_close_wide(t);
	}
	if (!inner)
		return;
	zp_markup_put(t->m, outer ? "<details><summary>县（市、区） <span lang=\"en\">counties</span> " : "<details open><summary>县（市、区） <span lang=\"en\">counties</span> ");
	zp_markup_number(t->m, inner);
	zp_markup_put(t->m, "</summary>\n");
	zp_year_open_wide(t, zh, en, "matrix");
	put_head(t, c);
	put_places(t, s, c, from, to, true);
	zp_year_close_wide(t);
	zp_markup_put(t->m, "</details>\n");
}

void zp_year_matrix(zp_telling *t, const zp_sheet *sheet)
{
	shape s;
	classes c;
	if (!read_shape(sheet, &s)) {
		zp_year_table(t, sheet);
		return;
	}
	gather_classes(&s, &c);
	for (size_t from = 0, row = 1; row <= sheet->n_rows; row++) {
		if (row < sheet->n_rows && strcmp(zp_cell_at(sheet, row, s.what), zp_cell_at(sheet, from, s.what)) == 0)
			continue;
		put_group(t, &s, &c, from, row);
		from = row;
	}
}

/* ---- year over year ---- */

bool zp_year_has_change(const zp_sheet *sheet)
{
	const size_t change = zp_column_find(sheet, "change");
	for (size_t row = 0; change != NO_COLUMN && row < sheet->n_rows; row++)
		if (*zp_cell_at(sheet, row, change))
			return true;
	return false;
}

/* The row of that share and all classes at the place of another row. */
static size_t row_of(const shape *s, const char *what, size_t like)
{
	for (size_t row = 0; row < s->sheet->n_rows; row++)
		if (strcmp(zp_cell_at(s->sheet, row, s->what), what) == 0 && strcmp(zp_cell_at(s->sheet, row, s->lab_class), "*") == 0 &&
		    strcmp(zp_cell_at(s->sheet, row, s->place), zp_cell_at(s->sheet, like, s->place)) == 0 &&
		    strcmp(zp_cell_at(s->sheet, row, s->part), zp_cell_at(s->sheet, like, s->part)) == 0)
			return row;
	return NO_ROW;
}

static size_t gather_whats(const shape *s, const char *whats[static CLASSES_MOST])
{
	size_t n = 0;
	for (size_t row = 0; row < s->sheet->n_rows; row++) {
		const char *what = zp_cell_at(s->sheet, row, s->what);
		bool known = n == CLASSES_MOST;
		for (size_t i = 0; i < n && !known; i++)
			known = strcmp(whats[i], what) == 0;
		if (!known)
			whats[n++] = what;
	}
	return n;
}

void zp_year_change(zp_telling *t, const zp_sheet *sheet)
{
	shape s;
	const char *whats[CLASSES_MOST];
	if (!read_shape(sheet, &s))
		return;
	const size_t n = gather_whats(&s, whats);
	zp_year_open_wide(t, "与上年相比", "Year over year", "matrix");
	zp_markup_put(t->m, "<thead><tr>");
	zp_year_th(t->m, "地区", "Region");
	for (size_t i = 0; i < n; i++) {
		const zp_meaning *meaning = zp_meaning_find(t->book, sheet->columns[s.what].name, whats[i]);
		zp_year_th(t->m, meaning ? meaning->says : whats[i], meaning ? meaning->says_en : "");
	}
	zp_markup_put(t->m, "</tr></thead><tbody>\n");
	for (size_t row = 0; row < sheet->n_rows && strcmp(zp_cell_at(sheet, row, s.what), whats[0]) == 0; row++) {
		if (strcmp(zp_cell_at(sheet, row, s.lab_class), "*") != 0 || is_inner(&s, row) || is_itself(&s, row))
			continue;
		zp_markup_put(t->m, "<tr>");
		put_place(t, &s, row);
		for (size_t i = 0; i < n; i++)
			put_cell(t, &s, row_of(&s, whats[i], row), false);
		zp_markup_put(t->m, "</tr>\n");
	}
	zp_year_close_wide(t);
}
