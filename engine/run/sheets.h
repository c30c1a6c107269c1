/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of a round for a workbook (model/sheet.h): what people look up, with names beside codes. Rows are made one by one, so that
 * nothing grows with the number of results. Figures are those of the published tables. */
#ifndef ZP_RUN_SHEETS_H
#define ZP_RUN_SHEETS_H

#include "run/run.h"

/* Needs: zp_summarise has filled everything else of run->summary. */
const zp_sheets *zp_sheets_take(zp_run *);

/* ---- its parts ---- */

#define ZP_SHEET_ROWS 1000000 /* of results; what is more goes into a second sheet */
#define ZP_SHEET_TEXT 16384   /* room for what is written of a row */

/* One sheet while its rows are made; what is written of a row is lent until the next. */
typedef struct zp_sheet_pen {
	const zp_run *run;
	size_t first;     /* row of the whole table that is its first */
	size_t enrolment; /* that the row before lay in */
	const uint32_t *rows; /* what each row is about, where it is not simply the next of something */
	const void *more;     /* the same, of the sheet's own kind */
	size_t used;
	char text[ZP_SHEET_TEXT];
} zp_sheet_pen;

/* Adds to a list of sheets. */
typedef struct zp_sheet_list { zp_sheet *at; size_t n; } zp_sheet_list;
void zp_sheets_add_results(zp_run *, zp_sheet_list *);  /* results */
void zp_sheets_add_verdicts(zp_run *, zp_sheet_list *); /* verdicts, of programmes and of measurands */
void zp_sheets_add_targets(zp_run *, zp_sheet_list *);  /* targets, and those that are doubtful */
void zp_sheets_add_ranks(zp_run *, zp_sheet_list *);    /* ranking, regions */
void zp_sheets_add_acts(zp_run *, zp_sheet_list *);     /* decisions, hints */
#define ZP_SHEETS_LEAST 9 /* all of them, when results need one */

const zp_meaning *zp_sheet_words(zp_run *, size_t *n);
const zp_fact *zp_sheet_facts(zp_run *, size_t *n);

/* The sheet added last, to be filled. */
zp_sheet *zp_sheet_more(zp_run *, zp_sheet_list *);

/* ---- cells ---- */

static inline zp_sheet_cell zp_cell_text(const char *text) { return (zp_sheet_cell){ text ? text : "", (double)NAN }; }
zp_sheet_cell zp_cell_bytes(zp_sheet_pen *, const char *, size_t n);
zp_sheet_cell zp_cell_whole(zp_sheet_pen *, uint64_t);
zp_sheet_cell zp_cell_decimal(zp_sheet_pen *, zp_decimal);
zp_sheet_cell zp_cell_fixed(zp_sheet_pen *, double, int places); /* as zp_put_fixed writes it; empty when undefined */
zp_sheet_cell zp_cell_credit(zp_sheet_pen *, uint64_t credit);
zp_sheet_cell zp_cell_share(zp_sheet_pen *, uint64_t credit, uint64_t of, int places);

#endif
