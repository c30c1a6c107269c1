/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a committee decided on titles: decisions.xml of a year (docs/formats/title-decisions.md). */
#ifndef ZP_BOOK_TITLE_DECISIONS_H
#define ZP_BOOK_TITLE_DECISIONS_H

#include "base/input.h"
#include "base/problems.h"

typedef struct zp_title_decision {
	const char *award, *lab;  /* id of the award; code of the laboratory or region */
	const char *decision;     /* "awarded", "refused", "withdrawn" */
	const char *by, *on;      /* YYYY-MM-DD */
	const char *because;      /* "" when not given */
	long line;
} zp_title_decision;

typedef struct zp_title_decisions {
	const char *file;
	const zp_title_decision *at; /* in the order of the file */
	size_t n;
	zp_input input;
} zp_title_decisions;

/* issued: no decision may be of a later day. Two of the same award, laboratory and day, and a refusal without a reason are problems.
 * Fails: NULL after problems. */
const zp_title_decisions *zp_title_decisions_read(zp_arena *, const char *rules_dir, const char *path, int year, const char *issued, zp_problems *);

#endif
