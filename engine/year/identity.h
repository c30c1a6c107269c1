/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which codes stand for which laboratory over the years: renamed, merged, split (identity.csv: from,to,since,kind). */
#ifndef ZP_YEAR_IDENTITY_H
#define ZP_YEAR_IDENTITY_H

#include "base/arena.h"
#include "base/names.h"
#include "base/problems.h"
#include "book/year_rules.h"

/* Results under a code that count for a laboratory, of rounds that close before `until` and not before `since`. */
typedef struct zp_heir {
	uint32_t lab;             /* name number of the code that inherits */
	const char *since, *until; /* YYYY-MM-DD; "" and "9999" for no bound */
	uint8_t rank;             /* 0: the laboratory itself; else by the order of lines */
} zp_heir;

typedef struct zp_heirs { const zp_heir *at; size_t n; } zp_heirs;

typedef struct zp_identity {
	zp_names *codes;        /* all codes of the file */
	const zp_heirs *heirs;  /* for each of them, whose history its results are */
	const char *const *gone; /* for each of them: the day since when nobody has it; NULL: it is in use */
	const uint32_t *named;  /* for each of them: the code that it was renamed from; UINT32_MAX: none */
	size_t n;               /* of codes; a code that is not among them stands for itself */
	zp_input input;         /* "" when there was no file */
} zp_identity;

const zp_identity *zp_identity_none(zp_arena *);

/* Read the file; lines with a day after the end of the year do not hold yet.
 * Fails: NULL after problems. */
const zp_identity *zp_identity_read(zp_arena *, const char *path, const char *file, const zp_year_rules *, int year, zp_problems *);

/* The code, then those that it was renamed from, the latest first; merging and splitting do not lead back. Gives: how many. */
size_t zp_identity_names(const zp_identity *, const char *code, const char **codes, size_t most);

#endif
