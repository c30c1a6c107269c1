/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a new version of a round says otherwise than the one before, and of whom (changes.csv, docs/formats/tables.md): found by comparing
 * the tables of both, cell by cell. */
#ifndef ZP_RUN_CHANGES_H
#define ZP_RUN_CHANGES_H

#include "press/outbox.h"
#include "press/published.h"

typedef enum zp_change_kind { ZP_CHANGE_TARGET, ZP_CHANGE_RESULT, ZP_CHANGE_SCORE, ZP_CHANGE_RANK, ZP_CHANGE_KINDS } zp_change_kind;
const char *zp_change_word(zp_change_kind); /* as in the table: "target", "result", "score", "rank" */

/* One cell. Texts are lent; "" where the column has no meaning, or where the row was not there. */
typedef struct zp_change {
	zp_change_kind kind;
	zp_text programme, lab, measurand, sample, group;
	const char *what; /* the column */
	zp_text before, after;
} zp_change;

/* What changed for one laboratory. */
typedef struct zp_changed_lab {
	zp_text code;
	size_t results, verdicts, scores, satisfactions, places; /* results: those of which anything changed */
} zp_changed_lab;

/* How many went which way: "unacceptable" to "acceptable". */
typedef struct zp_turned { zp_text before, after; size_t n; } zp_turned;

typedef struct zp_changes {
	const zp_change *at; /* by kind; in each as the tables are ordered, what is there no more at the end */
	size_t n;
	size_t groups, results, places; /* that anything changed in */
	size_t verdicts, satisfactions;
	const zp_turned *turned;        /* verdicts, by before and after */
	size_t n_turned;
	const zp_changed_lab *labs;     /* by code */
	size_t n_labs;
} zp_changes;

/* Needs: the tables of the new version were written to the press. Fails: NULL; ZP_BAD_INPUT when one of the earlier version is missing or
 * is not what was published; ZP_IO. */
const zp_changes *zp_changes_take(zp_arena *, const zp_published *before, zp_press *after, zp_error *);

/* changes.csv. */
bool zp_changes_write(zp_press *, const zp_changes *, zp_error *);
/* The same rows, to be told: the header is row 0. */
void zp_changes_put(const zp_changes *, size_t row, zp_piece *);

#endif
