/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/small_table.h"
#include "base/csv.h"
#include "base/file.h"

#define TABLE_MOST (256ull << 20)

static long line_of(zp_text all, size_t at)
{
	long line = 1;
	for (size_t i = 0; i < at && i < all.n; i++)
		line += all.p[i] == '\n';
	return line;
}

static bool read_header(zp_run *run, const zp_small_table *t, const zp_csv_cells *cells, long line, int column[ZP_SMALL_COLUMNS])
{
	bool good = true;
	for (size_t k = 0; k < t->n_columns; k++) {
		const bool optional = *t->columns[k] == '?';
		const char *name = t->columns[k] + optional;
		column[k] = -1;
		for (size_t i = 0; i < cells->n; i++) {
			if (!zp_text_is(zp_csv_trim(cells->at[i]), name))
				continue;
			if (column[k] >= 0) {
				zp_problem_add(run->input_problems, t->file, line, (long)i + 1,
					       "the header has two columns \"%s\"", name);
				good = false;
			}
			column[k] = (int)i;
		}
		if (column[k] < 0 && !optional) {
			zp_problem_add(run->input_problems, t->file, line, 0, "the header has no column \"%s\"", name);
			good = false;
		}
	}
	return good;
}

static void add_row(zp_arena *arena, zp_small_table *t, const zp_csv_cells *cells, const int column[ZP_SMALL_COLUMNS], long line)
{
	if (t->n == t->room) {
		zp_text(*rows)[ZP_SMALL_COLUMNS] = t->rows;
		long *lines = t->lines;
		t->room = t->room ? 2 * t->room : 256;
		t->rows = zp_arena_take(arena, t->room * sizeof *t->rows);
		t->lines = zp_take(arena, long, t->room);
		if (t->n) {
			memcpy(t->rows, rows, t->n * sizeof *rows);
			memcpy(t->lines, lines, t->n * sizeof *lines);
		}
	}
	for (size_t k = 0; k < t->n_columns; k++)
		t->rows[t->n][k] = column[k] < 0 ? (zp_text){ "", 0 } : zp_csv_trim(cells->at[column[k]]);
	t->lines[t->n++] = line;
}

bool zp_small_table_read(zp_run *run, zp_small_table *t)
{
	const char *path = zp_arena_print(run->arena, "%s/%s", run->round_dir, t->file), *why = NULL;
	size_t at = 0;
	zp_text bytes = zp_file_read(run->arena, path, TABLE_MOST, t->file, &t->input, &why);
	zp_text all = bytes.p ? zp_text_decode(run->arena, bytes, &why, &at) : bytes;
	if (!all.p) {
		zp_problem_add(run->input_problems, t->file, bytes.p ? line_of(bytes, at) : 0, 0, "the file %s", why);
		return false;
	}
	while (t->columns[t->n_columns])
		t->n_columns++;
	char *scratch = zp_arena_take(run->arena, all.n + 1);
	int column[ZP_SMALL_COLUMNS];
	size_t header_cells = 0;
	const char *end = all.p + all.n;
	long line = 1;
	for (const char *p = all.p, *stop; p < end; p = stop < end ? stop + 1 : end, line++) {
		stop = zp_csv_line_end(p, end);
		const char *last = stop > p && stop[-1] == '\r' ? stop - 1 : stop;
		if (zp_csv_blank(p, last))
			continue;
		zp_csv_cells cells;
		zp_csv_fault fault = zp_csv_split(p, last, ',', &scratch, &cells);
		if (fault != ZP_CSV_FINE) {
			zp_problem_add(run->input_problems, t->file, line, (long)cells.n, "%s", zp_csv_says(fault));
		} else if (!header_cells) {
			if (!read_header(run, t, &cells, line, column))
				return false;
			header_cells = cells.n;
		} else if (cells.n != header_cells) {
			zp_problem_add(run->input_problems, t->file, line, 0, "the line has %zu cell%s; the header has %zu", cells.n,
				       cells.n == 1 ? "" : "s", header_cells);
		} else {
			add_row(run->arena, t, &cells, column, line);
		}
	}
	if (!header_cells)
		zp_problem_add(run->input_problems, t->file, 1, 0, "the file is empty; expected a header and rows");
	return header_cells != 0;
}
