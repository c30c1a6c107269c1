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
typedef enum zp_part_word {
	ZP_PART_ALSO, ZP_PART_ALLOWED, ZP_PART_INDEX, ZP_PART_COUNTS, ZP_PART_GLANCE, ZP_PART_WHOLE, ZP_PART_WHOLES, ZP_PART_CONTINUED,
	ZP_PARTS
} zp_part_word;
const char *zp_part_cn(zp_part_word);
const char *zp_part_en(zp_part_word);

/* The texts, up to a NULL, one after another. */
const char *zp_join(const zp_host *, const char *first, ...) __attribute__((sentinel));

/* Pairs one after another, and all of the above: what a font must have. */
const char *zp_pairs_all(const zp_host *, const zp_pair *, size_t n);

#endif
