/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include "base/chinese.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/names.h"
#include "cli/picture.h"
#include "cli/sheet.h"

#define SHEET_MOST (1ull << 30)
#define NUMBER_MOST 200 /* bytes of a cell that may be a number */

/* The separator that stands in the header line; a comma when none does. */
static char delimiter_of(zp_text line)
{
	static const char candidates[] = { '\t', ';', ',' };
	for (size_t i = 0; i < sizeof candidates; i++)
		if (memchr(line.p, candidates[i], line.n))
			return candidates[i];
	return ',';
}

typedef struct reading {
	zp_arena *arena;
	zp_cli_sheet *sheet;
	zp_text *cells;
	long *line;
	char *scratch; /* for doubled quotes; as long as the file */
	char delimiter;
} reading;

/* --where COLUMN=VALUE: the column, and what it must hold. SIZE_MAX: it names no column. */
static size_t where(const zp_cli_sheet *s, const char *given, const char **value)
{
	const char *equals = strchr(given, '=');
	size_t c = 0;
	if (!equals)
		return SIZE_MAX;
	*value = equals + 1;
	while (c < s->n_columns && !zp_text_same(s->header[c], (zp_text){ given, (size_t)(equals - given) }))
		c++;
	return c < s->n_columns ? c : SIZE_MAX;
}

static bool wanted(const zp_cli_sheet *s, const zp_given_options *given, const zp_text *row)
{
	size_t at = 0;
	const char *value;
	for (const char *text; (text = zp_option_next(given, "where", &at));) {
		const size_t column = where(s, text, &value);
		if (!zp_text_is(row[column], value))
			return false;
	}
	return true;
}

/* What --where says can be meant. */
static bool where_is_sound(const zp_cli_sheet *s, const zp_given_options *given, zp_error *err)
{
	size_t at = 0;
	const char *value;
	for (const char *text; (text = zp_option_next(given, "where", &at));)
		if (where(s, text, &value) == SIZE_MAX)
			return zp_fail(err, ZP_BAD_USE, NULL, 0, "--where \"%s\" is not usable; expected COLUMN=VALUE with a column of %s", text, s->file);
	return true;
}

static void read_row(reading *r, const char *p, const char *end, long line, const zp_given_options *given)
{
	zp_cli_sheet *s = r->sheet;
	zp_csv_cells cells;
	const zp_csv_fault fault = zp_csv_split(p, end, r->delimiter, &r->scratch, &cells);
	if (fault != ZP_CSV_FINE) {
		zp_problem_add(s->problems, s->file, line, (long)cells.n, "%s; the row is left out", zp_csv_says(fault));
		return;
	}
	if (cells.n != s->n_columns) {
		zp_problem_add(s->problems, s->file, line, 0, "the row has %zu cells; expected %zu as in the header; it is left out", cells.n,
			       s->n_columns);
		return;
	}
	zp_text *row = r->cells + s->n_rows * s->n_columns;
	for (size_t c = 0; c < cells.n; c++)
		row[c] = zp_text_trim(cells.at[c]);
	if (!wanted(s, given, row))
		return;
	r->line[s->n_rows++] = line;
}

const zp_cli_sheet *zp_sheet_open(zp_arena *arena, const char *file, const zp_given_options *given, zp_error *err)
{
	const char *why;
	size_t at = 0, rows = 1; /* at most: lines, and no more than there are bytes for their separators */
	zp_cli_sheet *s = zp_take(arena, zp_cli_sheet, 1);
	const zp_text bytes = zp_file_read(arena, file, SHEET_MOST, file, NULL, &why);
	const zp_text text = bytes.p ? zp_text_decode(arena, bytes, &why, &at) : bytes;
	if (!text.p)
		return zp_fail(err, ZP_BAD_INPUT, file, 0, "%s", zp_clause(why)), NULL;
	s->file = file;
	s->problems = zp_problems_take(arena);
	s->remarks = zp_problems_take(arena);
	for (const char *p = text.p, *end = text.p + text.n; (p = memchr(p, '\n', (size_t)(end - p))); p++)
		rows++;
	reading r = { .arena = arena, .sheet = s, .scratch = zp_arena_take(arena, text.n + 1) };
	long line = 0;
	for (const char *p = text.p, *end = text.p + text.n; p < end;) {
		const char *stop = zp_csv_line_end(p, end), *next = stop < end ? stop + 1 : end;
		line++;
		if (stop > p && stop[-1] == '\r')
			stop--;
		if (zp_csv_blank(p, stop) && s->n_columns != 1) { /* of a single column an empty line is an empty cell */
			p = next;
			continue;
		}
		if (!s->header) {
			zp_csv_cells cells;
			r.delimiter = delimiter_of((zp_text){ p, (size_t)(stop - p) });
			const zp_csv_fault fault = zp_csv_split(p, stop, r.delimiter, &r.scratch, &cells);
			if (fault != ZP_CSV_FINE)
				return zp_fail(err, ZP_BAD_INPUT, file, line, "%s; expected a header", zp_clause(zp_csv_says(fault))), NULL;
			zp_text *header = zp_take(arena, zp_text, cells.n);
			for (size_t c = 0; c < cells.n; c++)
				header[c] = zp_text_trim(cells.at[c]);
			s->header = header;
			s->n_columns = cells.n;
			if (!where_is_sound(s, given, err))
				return NULL;
			rows = rows < text.n / cells.n + 1 ? rows : text.n / cells.n + 1;
			r.cells = zp_take(arena, zp_text, cells.n * rows);
			r.line = zp_take(arena, long, rows);
		} else {
			read_row(&r, p, stop, line, given);
		}
		p = next;
	}
	if (!s->header)
		return zp_fail(err, ZP_BAD_INPUT, file, 0, "the file is empty; expected a header and rows"), NULL;
	if (s->n_rows == 0 && zp_option_given(given, "where"))
		zp_problem_add(s->problems, file, 0, 0, "--where fits no row; expected one or more");
	s->cells = r.cells;
	s->line = r.line;
	return s;
}

bool zp_sheet_column(const zp_cli_sheet *s, const char *option, const char *name, size_t *column, zp_error *err)
{
	char list[600] = "", shown[120];
	*column = SIZE_MAX;
	for (size_t c = 0, n = 0; c < s->n_columns; c++) {
		if (zp_text_is(s->header[c], name)) {
			if (*column != SIZE_MAX)
				return zp_fail(err, ZP_BAD_INPUT, s->file, 0, "two columns are named \"%s\" (%zu and %zu); expected one for --%s",
					       zp_text_show_in(shown, sizeof shown, zp_text_of(name)), *column + 1, c + 1, option);
			*column = c;
		}
		if (n < sizeof list - 130)
			n += (size_t)snprintf(list + n, sizeof list - n, "%s%s", n ? ", " : "", zp_text_show_in(shown, sizeof shown, s->header[c]));
	}
	if (*column != SIZE_MAX)
		return true;
	return zp_fail(err, ZP_BAD_USE, s->file, 0, "there is no column \"%s\" for --%s; expected one of: %s",
		       zp_text_show_in(shown, sizeof shown, zp_text_of(name)), option, list);
}

bool zp_sheet_optional(const zp_cli_sheet *s, const zp_given_options *given, const char *option, size_t *column, zp_error *err)
{
	const char *name = zp_option_given(given, option);
	*column = SIZE_MAX;
	return !name || zp_sheet_column(s, option, name, column, err);
}

zp_text zp_sheet_text(const zp_cli_sheet *s, size_t row, size_t column)
{
	return s->cells[row * s->n_columns + column];
}

void zp_sheet_print_json(const zp_cli_sheet *s, size_t row, size_t column)
{
	zp_arena *arena = zp_arena_open();
	const zp_text cell = zp_sheet_text(s, row, column);
	zp_print_json_text(zp_arena_text(arena, cell.p, cell.n));
	zp_arena_close(arena);
}

bool zp_sheet_named(const zp_cli_sheet *s, size_t row, size_t column, const char *what)
{
	if (zp_sheet_text(s, row, column).n)
		return true;
	zp_problem_add(s->problems, s->file, s->line[row], (long)column + 1, "the name of the %s is blank; the row is left out", what);
	return false;
}

static zp_cell_kind read_cell(const zp_cli_sheet *s, size_t row, size_t column, zp_decimal *value)
{
	const zp_text cell = zp_sheet_text(s, row, column);
	char folded[NUMBER_MOST], shown[120];
	if (cell.n == 0 || zp_text_is(cell, "NA"))
		return ZP_CELL_BLANK;
	const char *why = "is no number; expected digits with a decimal point, as 5.1";
	if (cell.n <= sizeof folded) {
		const size_t n = zp_text_fold(cell, folded);
		const bool bound = n > 1 && (folded[0] == '<' || folded[0] == '>');
		zp_text number = zp_text_trim((zp_text){ folded + bound, n - bound });
		switch (zp_decimal_read_printed(number.p, number.n, value)) {
		case ZP_NUMBER_OK:
			return !bound ? ZP_CELL_NUMBER : folded[0] == '<' ? ZP_CELL_BELOW : ZP_CELL_ABOVE;
		case ZP_NUMBER_TOO_LONG:
			why = "is too large or too small; expected a number below 1e99 and not nearer to 0 than 1e-99";
			break;
		case ZP_NUMBER_NOT:
			if (memchr(number.p, ',', number.n))
				why = "has a comma; expected a decimal point and no separators of thousands";
			break;
		}
	}
	zp_problem_add(s->problems, s->file, s->line[row], (long)column + 1, "\"%s\" %s; it is left out", zp_text_show_in(shown, sizeof shown, cell), why);
	return ZP_CELL_UNREADABLE;
}

zp_cell_kind zp_sheet_number(const zp_cli_sheet *s, size_t row, size_t column, double *value)
{
	zp_decimal d;
	const zp_cell_kind kind = read_cell(s, row, column, &d);
	*value = kind == ZP_CELL_BLANK || kind == ZP_CELL_UNREADABLE ? NAN : zp_decimal_double(d);
	return kind;
}

zp_cell_kind zp_sheet_plain(const zp_cli_sheet *s, size_t row, size_t column, double *value, zp_decimal *exact)
{
	zp_decimal d;
	char shown[120];
	const zp_cell_kind kind = read_cell(s, row, column, &d);
	*value = kind == ZP_CELL_NUMBER ? zp_decimal_double(d) : NAN;
	if (kind == ZP_CELL_NUMBER && exact)
		*exact = d;
	if (kind != ZP_CELL_BELOW && kind != ZP_CELL_ABOVE)
		return kind;
	zp_problem_add(s->problems, s->file, s->line[row], (long)column + 1,
		       "\"%s\" is a bound, which only zhiping estimate works with; it is left out",
		       zp_text_show_in(shown, sizeof shown, zp_sheet_text(s, row, column)));
	return ZP_CELL_UNREADABLE;
}

zp_sheet_groups zp_sheet_group(zp_arena *arena, const zp_cli_sheet *s, size_t column, const char *what)
{
	zp_names *names = zp_names_take(arena);
	uint32_t *of = zp_take(arena, uint32_t, s->n_rows + 1);
	if (column == SIZE_MAX)
		zp_names_add(names, ZP_TEXT("all")); /* it is there without a row, too */
	for (size_t r = 0; r < s->n_rows && column != SIZE_MAX; r++)
		of[r] = what && !zp_sheet_named(s, r, column, what) ? ZP_NO_NAME : zp_names_add(names, zp_sheet_text(s, r, column));
	const size_t n = zp_names_count(names);
	size_t *first = zp_take(arena, size_t, n + 2), *rows = zp_take(arena, size_t, s->n_rows + 1);
	for (size_t r = 0; r < s->n_rows; r++)
		if (of[r] != ZP_NO_NAME)
			first[of[r] + 2]++;
	for (size_t i = 2; i < n + 2; i++)
		first[i] += first[i - 1];
	for (size_t r = 0; r < s->n_rows; r++) /* moves each group's start to its end, which is the next one's start */
		if (of[r] != ZP_NO_NAME)
			rows[first[of[r] + 1]++] = r;
	return (zp_sheet_groups){ names, of, first, rows, n };
}

int zp_sheet_tell(const zp_cli_sheet *s)
{
	zp_problems_print_in(s->problems, zp_words_chinese(), stderr);
	zp_problems_print_in(s->remarks, zp_words_chinese(), stderr);
	return zp_problems_count(s->problems) ? ZP_WITHHELD : ZP_OK;
}
