/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers of papers: a key that says whose paper it is and of what, and the issue, "2026/P/all-rounds/chemistry/L0001/2". A number is
 * never given twice: a paper that says what the latest issue of its key said is that one, any other is the next issue. */
#ifndef ZP_YEAR_NUMBERS_H
#define ZP_YEAR_NUMBERS_H

#include <stdbool.h>
#include "base/arena.h"

/* One that was given. says: see zp_paper_says; issued: the day, YYYY-MM-DD; lab: its code in the ledger, which another centre's paper has by
 * our table of codes. */
typedef struct zp_issued { const char *number, *name, *says, *issued, *lab; } zp_issued;

typedef struct zp_numbers zp_numbers;
const zp_numbers *zp_numbers_take(zp_arena *, const zp_issued *, size_t n);

/* The latest issue of a key, the number without its last piece. Gives: NULL, and *issue 0, when there is none. */
const zp_issued *zp_numbers_latest(const zp_numbers *, const char *key, unsigned *issue);

/* Whether it was given to this laboratory under this name and says this. */
bool zp_issued_is(const zp_issued *, const char *lab, const char *name, const char *says);

/* A code as a piece of a number: what parts the pieces cannot come from it. */
const char *zp_number_piece(zp_arena *, const char *code);

/* What a paper says, to be told from another: its list, and a fingerprint of all other words that are printed on it. */
const char *zp_paper_says(zp_arena *, const char *list, const char *const *words, size_t n);

#endif
