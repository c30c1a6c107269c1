/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Allowable imprecision of internal quality control (rules/iqc/NAME.xml): for each item the largest CV, or SD, of a month. */
#ifndef ZP_BOOK_IQC_LIMITS_H
#define ZP_BOOK_IQC_LIMITS_H

#include "base/arena.h"
#include "base/decimal.h"
#include "base/input.h"
#include "base/problems.h"

typedef struct zp_iqc_limit {
	const char *specimen;  /* names of it with a | between; "": of the table's specimens, and where none is named */
	const char *item;      /* as in schemes: the item, else the code of the measurand */
	const char *level;     /* "": of every level that has no limit of its own */
	const char *name, *name_en;
	const char *source;    /* "" as the table's */
	const char *unit;      /* of an SD; "" of a CV */
	bool is_sd;            /* the limit is one of the SD, in `unit`; else of the CV, in percent */
	zp_decimal most;       /* equal to it is within */
	long line;
} zp_iqc_limit;

typedef struct zp_iqc_limits {
	const char *name, *file; /* "wst-403-2024", "iqc/wst-403-2024.xml" */
	const char *title, *title_en, *version, *source;
	const char *specimens; /* of rows that name none, with a | between */
	const zp_iqc_limit *at;  /* by item, then as in the file */
	size_t n;
	zp_input input;
} zp_iqc_limits;

/* Read rules_dir/iqc/NAME.xml; a name that ends in ".xml" is a file of the caller's.
 * Fails: NULL after problems. */
const zp_iqc_limits *zp_iqc_limits_read(zp_arena *, const char *rules_dir, const char *name, zp_problems *);

/* The limit that holds: a row that names the specimen before one that names none, and of those one that names the level before one
 * that does not. A specimen that no row names and that is not among the table's own has none: the limit of serum is not that of urine.
 * Gives: NULL when the item has none, or when the table is NULL. */
const zp_iqc_limit *zp_iqc_limit_find(const zp_iqc_limits *, const char *specimen, const char *item, const char *level);

#endif
