/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Items of a laboratory over the year, each counted once: the same specimen and item in several programmes and rounds is one, and
 * any failure fails it (DOMAIN 5.2). Trueness programmes are left out. */
#ifndef ZP_YEAR_ITEMS_H
#define ZP_YEAR_ITEMS_H

#include "year/certificates.h"

/* In the order of votes, the strongest last. NONE: the laboratory had nothing to do with it. */
typedef enum zp_vote { ZP_VOTE_NONE, ZP_VOTE_NOT_EVALUATED, ZP_VOTE_UNRETURNED, ZP_VOTE_PASS, ZP_VOTE_FAIL, ZP_VOTES } zp_vote;
const char *zp_vote_word(zp_vote);

/* A laboratory's own count. total = pass + fail + unreturned + not_evaluated; the pass rate is pass of pass + fail. */
typedef struct zp_item_count { uint32_t total, pass, fail, unreturned, not_evaluated, naive; } zp_item_count;

typedef struct zp_year_items {
	const zp_chronicle *chronicle;
	unsigned levels;            /* bit zp_level: programmes of these were asked */
	const uint8_t *votes;       /* zp_vote; laboratories x items */
	const uint8_t *returned;    /* whether something came in time for it; the same order */
	const bool *held, *planned; /* of each item: in a programme of these levels, in the year */
	const zp_item_count *counts; /* of each laboratory; naive: measurands counted once for each programme */
} zp_year_items;

static inline zp_vote zp_item_vote(const zp_year_items *i, size_t lab, size_t item) { return (zp_vote)i->votes[lab * i->chronicle->n_items + item]; }

/* What one round says of an item. */
zp_vote zp_vote_of(const zp_year_cell *, const zp_year_rules *);

/* lines: of the policy that rules->item_policy names, where items are made from certificates; NULL otherwise. */
zp_year_items zp_year_items_take(zp_arena *, const zp_chronicle *, const zp_year_rules *, unsigned levels, const zp_cert_lines *lines);

#endif
