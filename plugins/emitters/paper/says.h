/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words that all papers have in common, in Chinese and English. */
#ifndef ZP_PAPER_SAYS_H
#define ZP_PAPER_SAYS_H

#include "host/plugin.h"

typedef struct zp_pair { const char *cn, *en; } zp_pair;

const char *zp_satisfaction_cn(zp_satisfaction);
const char *zp_satisfaction_en(zp_satisfaction);
const char *zp_standing_cn(zp_standing); /* "" when returned: then the results speak */
const char *zp_standing_en(zp_standing);

/* Of answers (answers.h), and of programmes at a glance (panel.h). */
typedef enum zp_shared_word {
	ZP_SHARED_ALSO, ZP_SHARED_ALLOWED, ZP_SHARED_INDEX, ZP_SHARED_COUNTS, ZP_SHARED_GLANCE, ZP_SHARED_WHOLE, ZP_SHARED_WHOLES, ZP_SHARED_CONTINUED,
	ZP_SHARED_AMENDED, ZP_SHARED_NUMBER, ZP_SHARED_REASON, /* of a paper that takes the place of another */
	ZP_SHAREDS
} zp_shared_word;
const char *zp_shared_cn(zp_shared_word);
const char *zp_shared_en(zp_shared_word);

/* Number of a laboratory's certificate: of its one programme, or of all of them. */
const char *zp_certificate_number(const zp_host *, const zp_report *);
/* "更正版，代替 v1（编号 …）  Amended, replaces v1 (No. …)"; number "": without; "" when it takes the place of nothing. */
const char *zp_amended_says(const zp_host *, const zp_bond *, const char *number);
const char *zp_amended_why(const zp_host *, const zp_bond *); /* "原因 Reason: …"; "" likewise */

/* The texts, up to a NULL, one after another. */
const char *zp_join(const zp_host *, const char *first, ...) __attribute__((sentinel));

/* Pairs one after another, and all of the above: what a font must have. */
const char *zp_pairs_all(const zp_host *, const zp_pair *, size_t n);

#endif
