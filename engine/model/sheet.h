/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables as emitters see them: the same cells as in the CSV file of that name, ready to print.
 * Texts are UTF-8 and never NULL, except titles that nobody gave. */
#ifndef ZP_MODEL_SHEET_H
#define ZP_MODEL_SHEET_H

#include <math.h>
#include <stddef.h>

typedef enum zp_cells_kind {
	ZP_CELLS_TEXT,    /* anybody's text: names, codes */
	ZP_CELLS_WORD,    /* a word of the program's own */
	ZP_CELLS_WHOLE,
	ZP_CELLS_NUMBER,  /* with decimals */
	ZP_CELLS_PERCENT, /* a number that is percent */
	ZP_CELLS_DATE     /* YYYY-MM-DD */
} zp_cells_kind;

typedef struct zp_column {
	const char *name; /* in the header of the CSV */
	zp_cells_kind kind;
	const char *title, *title_en; /* for people; NULL: its name */
} zp_column;

/* number: NAN where it is none, or the cell is empty. */
typedef struct zp_sheet_cell { const char *text; double number; } zp_sheet_cell;

typedef struct zp_sheet {
	const char *name;             /* of the file without ".csv": "centre/standings" */
	const char *title, *title_en; /* NULL: its name */
	const zp_column *columns;
	size_t n_columns;
	const zp_sheet_cell *cells;   /* rows x columns */
	size_t n_rows;
} zp_sheet;

/* What belongs together: the tables of a year. */
typedef struct zp_sheets {
	const char *title, *title_en, *issued; /* issued: YYYY-MM-DD */
	const zp_sheet *sheets;
	size_t n;
} zp_sheets;

#endif
