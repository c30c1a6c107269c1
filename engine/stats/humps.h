/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Has a group more than one hump? */
#ifndef ZP_STATS_HUMPS_H
#define ZP_STATS_HUMPS_H

#include "base/arena.h"
#include "stats/kernel.h"

typedef struct zp_humps {
	double dip, p;  /* of the dip test, ties spread over what rounding leaves open */
	double width;   /* bandwidth, the measurand's unit; NAN when modes were not looked for */
	zp_modes modes; /* at least a tenth as high as the main one; n is 0 when not looked for */
	size_t apart;   /* those of them that lie more than two bandwidths from every higher one */
} zp_humps;

/* Needs: x ascending, n >= 2, not all equal; step: what values are rounded to, 0 when not known.
 * width: of the kernel, at least the step; 0: 0.9 s* / n^0.2 of Algorithm A. Modes are looked for where p < p_most. */
zp_humps zp_humps_of(const double *x, size_t n, double step, double width, double p_most, zp_arena *scratch);

#endif
