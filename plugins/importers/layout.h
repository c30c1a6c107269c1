/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The layouts of a table of results, recognised by its header: fed with rows of cells, it puts values.
 *   long       one row per value;
 *   grid       one row per measurand and one column per sample, a laboratory's own return form;
 *   transpose  one row per sample and one column per measurand.
 * It knows nothing of files: importers of text and of workbooks share it. docs/formats/round.md describes the layouts. */
#ifndef ZP_LAYOUT_H
#define ZP_LAYOUT_H

#include "host/plugin.h"

#define ZP_LAYOUT_COLUMNS ZP_CSV_COLUMNS
#define ZP_LAYOUT_ABOVE 16 /* rows above the header */

typedef enum zp_layout_kind { ZP_LAYOUT_LONG, ZP_LAYOUT_GRID, ZP_LAYOUT_TRANSPOSE } zp_layout_kind;
typedef enum zp_layout_state { ZP_LAYOUT_ABOVE_HEADER, ZP_LAYOUT_ROWS, ZP_LAYOUT_LOST } zp_layout_state;

/* One table. Members are for layout.c; callers may read state, kind, n, column and header_line, and change sink and unfit between
 * rows. */
typedef struct zp_layout {
	const zp_host *host;
	const zp_sink *sink;
	zp_text sheet;
	zp_layout_state state;
	zp_layout_kind kind;
	size_t n;                          /* columns that the header has */
	size_t n_written;                  /* cells of its line: those and empty ones at its end */
	long header_line;
	bool seen;                         /* some row was not blank */
	bool begun;                        /* a row of values was seen: in a transpose, no more rows about columns may follow */
	bool has_empty;                    /* a column without a name stands between others */
	size_t first_value;                /* the first column that holds values */
	size_t key;                        /* the column that a row without any value may still fill: measurand or sample */
	int column[ZP_LAYOUT_COLUMNS];     /* a zp_field, or one of words.h */
	zp_text name[ZP_LAYOUT_COLUMNS];   /* sample (grid) or measurand (transpose) of a column of values */
	zp_text said[ZP_FIELDS];           /* what rows above the header say of the whole table; .p NULL: nothing */
	uint32_t said_line[ZP_FIELDS];     /* where it is said */
	uint16_t said_column[ZP_FIELDS];
	zp_field where_blank[ZP_FIELDS];   /* fields that were said and have a column as well */
	size_t n_where_blank;
	uint16_t where_column[ZP_FIELDS];  /* their columns */
	uint32_t of_line[ZP_FIELDS];       /* transpose: the line of of_column */
	zp_text *of_column[ZP_FIELDS];     /* transpose: what a row under the header says of each column; NULL: nothing */
	const char *const *unfit;          /* of each cell of the next row, ZP_LAYOUT_COLUMNS of them: why it may not be used ("is a date"),
					      or NULL. Such a cell is not blank, and is told only where it would be used. NULL: all may */
	zp_raw raw;
} zp_layout;

/* Needs: sheet lives as long as the table ({ NULL, 0 } for a file of text); host->take works until zp_layout_end. */
void zp_layout_open(zp_layout *, const zp_host *, const zp_sink *, zp_text sheet);

/* The next row: above the header, the header or below it. Blank rows may be left out.
 * Needs: cells of UTF-8. What stands above the header, in it and in rows about columns is copied; cells of other rows are
 *        handed to sink->put as they are, and must live as long as what the sink puts has to: until the importer returns.
 *        A row of a file of text has as many cells as the header (empty ones at its end aside); a row of a sheet may have fewer.
 * Gives: false when the table cannot be read on, which was told. */
bool zp_layout_row(zp_layout *, long line, const zp_text *cells, size_t n);

/* A row cannot be read, which was told: cells of what there is of it, NULL when it could not be split.
 * Gives: false when the table cannot be read on without it, because it may say something of all rows below. */
bool zp_layout_skip(zp_layout *, const zp_text *cells, size_t n);

/* Nothing more comes. Tells when there was no header; a sheet without any text is passed over. */
void zp_layout_end(zp_layout *);

/* Names of fields among these cells: a reader of text finds the separator of cells by it. */
size_t zp_layout_known(const zp_text *cells, size_t n);
/* The same; 0 when the cells cannot be a header. */
size_t zp_layout_header_known(const zp_text *cells, size_t n);

/* Whether the row is a note to people: each cell that is not empty begins like `备注：` or `note:`. */
bool zp_layout_is_note(const zp_text *cells, size_t n);

/* All that later rows depend on was seen; from here on each row of values stands for itself. */
static inline bool zp_layout_settled(const zp_layout *l)
{
	return l->state == ZP_LAYOUT_ROWS && (l->kind != ZP_LAYOUT_TRANSPOSE || l->begun);
}

#endif
