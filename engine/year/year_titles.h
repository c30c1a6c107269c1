/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Titles of a year: awards asked of its records, with what the committee decided, this year and before. */
#ifndef ZP_YEAR_YEAR_TITLES_H
#define ZP_YEAR_YEAR_TITLES_H

#include "book/title_decisions.h"
#include "ledger/acts.h"
#include "press/table.h"
#include "year/numbers.h"
#include "year/record.h"
#include "year/titles.h"
#include "year/year.h"

/* A decision on somebody who does not enter. */
typedef struct zp_title_outside { const zp_award *award; const char *code, *name; const zp_ledger_decision *decision; } zp_title_outside;

/* What somebody is given to whom the committee has awarded a title. */
typedef struct zp_title_paper {
	const zp_award *award;
	const char *code, *name; /* of the laboratory or region */
	const char *number, *says; /* year/numbers.h */
	unsigned issue, in_a_row;  /* in_a_row: years, this one among them */
	const char *issued, *organiser, *organiser_en;
} zp_title_paper;

typedef struct zp_year_titles {
	const zp_titles *at; /* of each award of the wish */
	size_t n;
	const zp_title_outside *outside;
	size_t n_outside;
	const zp_title_paper *papers; /* by award; entrants in their order, then others */
	size_t n_papers;
	const zp_titles *what_if;         /* of the wish's other rule; NULL */
	const zp_titles *what_if_against; /* the award of the same id */
} zp_year_titles;

/* Needs: everything else of the year. Fails: NULL after problems (decisions on what is not there), or with *err. */
const zp_year_titles *zp_year_titles_take(zp_arena *, const zp_year *, zp_problems *, zp_error *);

/* Its papers. Needs: decisions are shown. */
void zp_title_papers_take(zp_arena *, const zp_year *, zp_year_titles *);

/* The wish's new decisions into the ledger. */
bool zp_year_titles_put(const zp_year *, zp_ledger *, zp_error *);

/* titles.csv and title-conditions.csv. Fails: ZP_IO. */
bool zp_year_titles_tables(const zp_year *, zp_press *, zp_kept *, zp_error *);

/* <titles> and <title> of a record: decisions of earlier years on a laboratory, or on a region. */
void zp_record_titles_of_lab(zp_tags *, const zp_year *, size_t lab);
void zp_record_titles_of_region(zp_tags *, const zp_year *, uint16_t region);

#endif
