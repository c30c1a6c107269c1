/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages about a year: one folder for publication, one for the centre. Each page is a list of tables by name; what is missing is left out,
 * what has no view of its own is shown as it is. */
#ifndef ZP_PAGES_YEAR_H
#define ZP_PAGES_YEAR_H

#include "markup.h"

#define ROWS_LISTED_MOST 3000 /* of a table; a longer one is in its CSV only */
#define NO_COLUMN ((size_t)-1)

/* A book while pages are made of it. */
typedef struct zp_telling {
	const zp_host *host;
	const zp_sheets *book;
	zp_markup *m;
} zp_telling;

static inline const char *zp_cell_at(const zp_sheet *s, size_t row, size_t column)
{
	return column == NO_COLUMN ? "" : s->cells[row * s->n_columns + column].text;
}

/* ---- bits ---- */

/* Chinese, and English beside it where it is something else. */
void zp_year_both(zp_markup *, const char *zh, const char *en);
/* "合格 pass": a word of a column, in both languages. */
void zp_year_word(zp_telling *, const char *column, const char *word);
/* The name of a region, as a table of places has it; "" where none has. */
const char *zp_year_place_name(const zp_telling *, const char *code);
/* A box around a table that may be wider than the page: it scrolls, also by keyboard. */
void zp_year_open_wide(zp_telling *, const char *zh, const char *en, const char *look);
void zp_year_close_wide(zp_telling *);
void zp_year_th(zp_markup *, const char *zh, const char *en); /* a head of a column */

/* ---- views ---- */

/* Places by classes: a table for each share or indicator. */
void zp_year_matrix(zp_telling *, const zp_sheet *);
/* Shares of all classes beside each other, with the change since last year; nothing when there is no change at all. */
bool zp_year_has_change(const zp_sheet *);
void zp_year_change(zp_telling *, const zp_sheet *);
/* Ranks, never without their range. */
void zp_year_ranks(zp_telling *, const zp_sheet *);
/* Titles, each entrant with its conditions. */
void zp_year_titles(zp_telling *, const zp_sheet *);
/* Whether the table stands within another already. */
bool zp_year_is_told_with_titles(const zp_telling *, const zp_sheet *);
/* Any table, as it is. */
void zp_year_table(zp_telling *, const zp_sheet *);

bool zp_year_book(const zp_host *, void *state, const zp_sheets *, const zp_outbox *, zp_error *);

extern const char *const zp_year_style[]; /* parts of one file; NULL ends them */

#endif
