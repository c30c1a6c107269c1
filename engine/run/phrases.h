/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures and names as people read them, the same for laboratories and for the centre. Carved from the arena; never NULL. */
#ifndef ZP_RUN_PHRASES_H
#define ZP_RUN_PHRASES_H

#include "run/run.h"

const char *zp_phrase_decimal(zp_arena *, zp_decimal);
/* With so many decimals, 0 to 15; "" when it is undefined. */
const char *zp_phrase_fixed(zp_arena *, double, int places);
/* Hundredths of results as results: 350 is "3.5". */
const char *zp_phrase_credit(zp_arena *, uint64_t credit);
/* credit / total as percent, half up; "" when nothing counts. */
const char *zp_phrase_share(zp_arena *, const zp_tally *, int places);

/* A target that is a number, in the measurand's places or one more. Needs: has_x_pt. */
const char *zp_phrase_x_pt(zp_arena *, const zp_measurand *, const zp_group *);
/* A target, whatever it is: "5.21", "1+ 或 2+", "阴性"; "" where there is none. */
const char *zp_phrase_target(zp_arena *, const zp_measurand *, const zp_group *, bool chinese);
/* "方法:己糖激酶法", or that everybody is one group. */
const char *zp_phrase_group(const zp_run *, const zp_group *, zp_arena *, bool chinese);
/* How its target was made: "algorithm-a 1", "known: crm 1", "known". */
const char *zp_phrase_method(const zp_run *, const zp_group *, zp_arena *);

#endif
