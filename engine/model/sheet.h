/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables as emitters see them: the same cells as in the CSV file of that name, ready to print.
 * Texts are UTF-8 and never NULL, except titles that nobody gave. */
#ifndef ZP_MODEL_SHEET_H
#define ZP_MODEL_SHEET_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

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
	const zp_sheet_cell *cells;   /* rows x columns; NULL: rows are made one by one */
	size_t n_rows;
	/* Fill the cells of a row, in the order of rows; texts are lent until the next one. */
	void (*row)(const struct zp_sheet *, size_t i, zp_sheet_cell *out);
	void *self;
	const char *note, *note_en;   /* a sentence on what it holds; NULL: none */
	bool published;               /* it may be shown to anybody; else it is for the centre */
} zp_sheet;

/* What a word of the program's own is for people. column: in which it stands; NULL: in any. */
typedef struct zp_meaning { const char *column, *word, *says, *says_en; } zp_meaning;

/* Something to be said of the whole: "专业", "Programmes", "2", "全血细胞计数、常规化学"; detail "": nothing more. */
typedef struct zp_fact { const char *name, *name_en, *text, *detail; } zp_fact;

/* What belongs together: the tables of a year. */
typedef struct zp_sheets {
	const char *title, *title_en, *issued; /* issued: YYYY-MM-DD */
	const zp_sheet *sheets;
	size_t n;
	const zp_meaning *words;
	size_t n_words;
	const zp_fact *facts;
	size_t n_facts;
} zp_sheets;

/* Of a word in a column of that name. Gives: NULL when nobody said what it is. */
static inline const zp_meaning *zp_meaning_find(const zp_sheets *book, const char *column, const char *word)
{
	const zp_meaning *any = NULL;
	for (size_t i = 0; i < book->n_words; i++)
		if (strcmp(book->words[i].word, word) == 0) {
			if (book->words[i].column && strcmp(book->words[i].column, column) == 0)
				return &book->words[i];
			any = book->words[i].column ? any : &book->words[i];
		}
	return any;
}

/* The cells of a row. room: for n_columns cells, where rows are made one by one. */
static inline const zp_sheet_cell *zp_sheet_row(const zp_sheet *of, size_t i, zp_sheet_cell *room)
{
	if (of->cells)
		return of->cells + i * of->n_columns;
	of->row(of, i, room);
	return room;
}

/* Gives: SIZE_MAX when there is none. */
static inline size_t zp_column_find(const zp_sheet *of, const char *name)
{
	for (size_t i = 0; i < of->n_columns; i++)
		if (strcmp(of->columns[i].name, name) == 0)
			return i;
	return (size_t)-1;
}

/* Whether a row's figures are hidden: a small cell. */
static inline bool zp_row_hidden(const zp_sheet *of, size_t row)
{
	const size_t shown = zp_column_find(of, "shown");
	return shown != (size_t)-1 && strcmp(of->cells[row * of->n_columns + shown].text, "hidden") == 0;
}

#endif
