/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table that somebody has, and no round: what the calculators read. CSV in UTF-8 or GB18030, with a header; the
 * delimiter is the one among , ; and tab that the header line has. Rows that cannot be split, and cells that are no
 * numbers, are told with file, line and column, and left out; nothing is guessed. */
#ifndef ZP_CLI_SHEET_H
#define ZP_CLI_SHEET_H

#include "base/problems.h"
#include "base/text.h"
#include "cli/cli.h"

typedef struct zp_cli_sheet {
	const char *file;
	const zp_text *header;
	size_t n_columns;
	const zp_text *cells; /* row r, column c at cells[r * n_columns + c] */
	const long *line;     /* of each row */
	size_t n_rows;
	zp_problems *problems, *remarks; /* remarks are told, and change no exit code */
} zp_cli_sheet;

/* Read FILE; --where COLUMN=VALUE among the options keeps only those rows (several: all must hold).
 * Fails: NULL with *err. */
const zp_cli_sheet *zp_sheet_open(zp_arena *, const char *file, const zp_given_options *, zp_error *);

/* The column of that name. Fails: false with a sentence that lists those there are. */
bool zp_sheet_column(const zp_cli_sheet *, const char *option, const char *name, size_t *column, zp_error *);
/* The column that an option names; *column is SIZE_MAX when it was not given. */
bool zp_sheet_optional(const zp_cli_sheet *, const zp_given_options *, const char *option, size_t *column, zp_error *);

typedef enum zp_cell_kind { ZP_CELL_NUMBER, ZP_CELL_BLANK, ZP_CELL_BELOW, ZP_CELL_ABOVE, ZP_CELL_UNREADABLE } zp_cell_kind;

/* What a cell holds: a number, nothing ("" or NA), a bound ("<0.5"), or something that is told as a problem. */
zp_cell_kind zp_sheet_number(const zp_cli_sheet *, size_t row, size_t column, double *value); /* NAN when it is none */
/* The same for those who can do nothing with a bound: it is told and unreadable, its value NAN. exact may be NULL. */
zp_cell_kind zp_sheet_plain(const zp_cli_sheet *, size_t row, size_t column, double *value, zp_decimal *exact);
zp_text zp_sheet_text(const zp_cli_sheet *, size_t row, size_t column);
/* Whether the row names its `what`, an item or a laboratory; a blank name is told. */
bool zp_sheet_named(const zp_cli_sheet *, size_t row, size_t column, const char *what);
void zp_sheet_print_json(const zp_cli_sheet *, size_t row, size_t column); /* the whole text as a JSON string */

/* The distinct texts of a column, in the order in which they first come, and which of them each row has.
 * column SIZE_MAX: all rows share one, "all". */
typedef struct zp_sheet_groups {
	const zp_names *names;
	const uint32_t *of;  /* by row; ZP_NO_NAME when it is left out */
	const size_t *first; /* n + 1 offsets into rows */
	const size_t *rows;  /* by group, in the order of the file */
	size_t n;
} zp_sheet_groups;
/* what: what the column names, so that a row with a blank one is told and left out; NULL: a blank is a text like others. */
zp_sheet_groups zp_sheet_group(zp_arena *, const zp_cli_sheet *, size_t column, const char *what);

/* Tell both on stderr. Gives: the exit code, ZP_WITHHELD when there were problems. */
int zp_sheet_tell(const zp_cli_sheet *);

#endif
