/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "year/lists.h"
#include <stdlib.h>
#include <string.h>
#include "base/csv.h"
#include "base/file.h"

#define FILE_MOST (256u << 20)
#define COLUMNS_MOST ZP_LIST_COLUMNS

typedef struct list {
	zp_arena *arena;
	const char *file;
	zp_problems *problems;
	const char *names[COLUMNS_MOST]; /* of the columns that are needed */
	size_t n_names, at[COLUMNS_MOST];
	void *out;
	size_t n;
	bool (*take)(struct list *, long line, const char *const *cells);
} list;

static bool find_columns(list *l, const zp_csv_cells *cells)
{
	for (size_t i = 0; i < l->n_names; i++) {
		l->at[i] = 0;
		while (l->at[i] < cells->n && !zp_text_is(zp_csv_trim(cells->at[l->at[i]]), l->names[i]))
			l->at[i]++;
		if (l->at[i] == cells->n)
			zp_problem_add(l->problems, l->file, 1, 0, "there is no column \"%s\"", l->names[i]);
		if (l->at[i] == cells->n)
			return false;
	}
	return true;
}

static bool take_row(list *l, long line, const zp_csv_cells *cells)
{
	const char *row[COLUMNS_MOST];
	for (size_t i = 0; i < l->n_names; i++) {
		const zp_text cell = l->at[i] < cells->n ? zp_csv_trim(cells->at[l->at[i]]) : ZP_TEXT("");
		row[i] = zp_arena_text(l->arena, cell.p, cell.n);
	}
	return l->take(l, line, row);
}

/* size: of an entry of `out`, which gets room for as many as the file has lines. */
static bool read_list(list *l, const char *path, size_t size, zp_input *record)
{
	const size_t before = zp_problems_count(l->problems);
	const char *why = NULL;
	size_t at, lines = 1;
	const zp_text bytes = zp_file_read(l->arena, path, FILE_MOST, l->file, record, &why);
	const zp_text text = bytes.p ? zp_text_decode(l->arena, bytes, &why, &at) : bytes;
	if (!text.p) {
		zp_problem_add(l->problems, l->file, 0, 0, "the file %s", why);
		return false;
	}
	for (size_t i = 0; i < text.n; i++)
		lines += text.p[i] == '\n';
	l->out = zp_arena_take(l->arena, lines * size);
	char *scratch = zp_arena_take(l->arena, text.n + 1);
	long line = 0;
	bool header = false;
	for (const char *p = text.p, *end = text.p + text.n, *stop; p < end; p = stop < end ? stop + 1 : end) {
		zp_csv_cells cells;
		stop = zp_csv_line_end(p, end);
		const char *last = stop > p && stop[-1] == '\r' ? stop - 1 : stop;
		line++;
		if (zp_csv_blank(p, last))
			continue;
		const zp_csv_fault fault = zp_csv_split(p, last, ',', &scratch, &cells);
		if (fault)
			zp_problem_add(l->problems, l->file, line, (long)cells.n, "%s", zp_csv_says(fault));
		else if (!header && !find_columns(l, &cells))
			return false;
		else if (header)
			take_row(l, line, &cells);
		header = true;
	}
	if (!header)
		zp_problem_add(l->problems, l->file, 0, 0, "the file is empty; expected a header");
	return zp_problems_count(l->problems) == before;
}

static bool yes_or_no(list *l, long line, const char *name, const char *cell, bool *out)
{
	*out = strcmp(cell, "yes") == 0;
	if (*out || strcmp(cell, "no") == 0)
		return true;
	zp_problem_add(l->problems, l->file, line, 0, "%s is \"%s\"; expected yes or no", name, zp_text_show(l->arena, zp_text_of(cell)));
	return false;
}

static bool take_performed(list *l, long line, const char *const *cells)
{
	zp_performed one = { .lab = cells[0], .specimen = cells[1], .item = cells[2], .line = line };
	if (!*one.lab || !*one.item) {
		zp_problem_add(l->problems, l->file, line, 0, "laboratory or item is empty; expected both");
		return false;
	}
	if (!yes_or_no(l, line, "compared", cells[3], &one.compared) || !yes_or_no(l, line, "iqc", cells[4], &one.iqc))
		return false;
	((zp_performed *)l->out)[l->n++] = one;
	return true;
}

static int by_item(const void *a, const void *b)
{
	const zp_performed *x = *(const zp_performed *const *)a, *y = *(const zp_performed *const *)b;
	int order = strcmp(x->lab, y->lab);
	order = order ? order : strcmp(x->specimen, y->specimen);
	order = order ? order : strcmp(x->item, y->item);
	return order ? order : (x->line > y->line) - (x->line < y->line);
}

static bool same_item(const zp_performed *x, const zp_performed *y)
{
	return strcmp(x->lab, y->lab) == 0 && strcmp(x->specimen, y->specimen) == 0 && strcmp(x->item, y->item) == 0;
}

/* Two lines of one item that say different things: the first of it is what the others are held against. */
static bool check_twice(list *l)
{
	const zp_performed *all = l->out;
	const zp_performed **order = zp_take(l->arena, const zp_performed *, l->n + 1);
	bool good = true;
	for (size_t i = 0; i < l->n; i++)
		order[i] = &all[i];
	qsort(order, l->n, sizeof *order, by_item);
	for (size_t i = 1, first = 0; i < l->n; i++) {
		if (!same_item(order[first], order[i]))
			first = i;
		if (order[first]->compared == order[i]->compared && order[first]->iqc == order[i]->iqc)
			continue;
		zp_problem_add(l->problems, l->file, order[i]->line, 0, "laboratory %s has %s, %s in line %ld and something else here; expected one line, or the same again",
			       zp_text_show(l->arena, zp_text_of(order[i]->lab)), zp_text_show(l->arena, zp_text_of(order[i]->specimen)),
			       zp_text_show(l->arena, zp_text_of(order[i]->item)), order[first]->line);
		good = false;
	}
	return good;
}

const zp_performed *zp_performed_read(zp_arena *arena, const char *path, const char *file, size_t *n, zp_input *record, zp_problems *problems)
{
	list l = { .arena = arena, .file = file, .problems = problems, .names = { "lab", "specimen", "item", "compared", "iqc" }, .n_names = 5,
		.take = take_performed };
	const bool good = read_list(&l, path, sizeof(zp_performed), record) && check_twice(&l);
	*n = l.n;
	return good ? l.out : NULL;
}

static bool take_whole(list *l, long line, const char *const *cells)
{
	zp_list_row *row = &((zp_list_row *)l->out)[l->n++];
	row->line = line;
	memcpy(row->cells, cells, l->n_names * sizeof *cells);
	return true;
}

const zp_list_row *zp_list_read(zp_arena *arena, const char *path, const char *file, const char *const *columns, size_t n_columns, size_t *n,
				zp_input *record, zp_problems *problems)
{
	list l = { .arena = arena, .file = file, .problems = problems, .n_names = n_columns, .take = take_whole };
	memcpy(l.names, columns, n_columns * sizeof *columns);
	const bool good = read_list(&l, path, sizeof(zp_list_row), record);
	*n = l.n;
	return good || l.n ? l.out : NULL;
}
