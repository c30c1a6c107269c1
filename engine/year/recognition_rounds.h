/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside recognition: what the rounds of one level say of one item of a laboratory. */
#ifndef ZP_YEAR_RECOGNITION_ROUNDS_H
#define ZP_YEAR_RECOGNITION_ROUNDS_H

#include "year/recognition.h"

/* The rounds of one programme's measurand. */
typedef struct zp_recog_span {
	const zp_year_cell *cells;
	const zp_year_held *held;
	const bool *in_period; /* of each round */
	size_t n;
} zp_recog_span;

/* spans: of the programmes of the level that have the item. */
zp_recog_rounds zp_recog_rounds_of(const zp_recog_span *spans, size_t n, const zp_recognition_rule *, const zp_recog_measurand *, int level);
/* Let higher levels count for lower ones, where the rule says so. */
void zp_recog_inherit(zp_recog_rounds rounds[ZP_RECOG_LEVELS], const zp_recognition_rule *);
/* Marks as far as rounds decide: bit zp_level. */
uint8_t zp_recog_levels_met(const zp_recog_rounds rounds[ZP_RECOG_LEVELS], const zp_recognition_rule *);

#endif
