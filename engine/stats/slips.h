/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where results of one item lie, and how far from there another one is. */
#ifndef ZP_STATS_SLIPS_H
#define ZP_STATS_SLIPS_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "stats/order.h"
#include "stats/robust.h"

/* Units: the measurand's. */
typedef struct zp_centre {
	double x, s;   /* median and 1.483 times the median deviation, s at least its floor; s 0: too few results to say */
	double equal;  /* share of equal pairs among the results */
	uint32_t n;
} zp_centre;

/* Needs: x ascending; least >= 2; floor > 0: what s is at least, since rounding makes ties. */
zp_centre zp_centre_of(const double *x, size_t n, size_t least, double floor);

/* How far a value known to within +-half lies from the centre, in s: 0 when it may lie on it; INFINITY without a centre. */
static inline double zp_centre_distance(const zp_centre *c, double x, double half)
{
	const double gap = fabs(x - c->x) - half;
	return c->s > 0 ? (gap > 0 ? gap / c->s : 0) : (double)INFINITY;
}

/* A relative spread is much the same in all samples of a measurand: where few results happen to lie close together, the
 * spread is taken to be that of the middle sample. */
void zp_centres_level(zp_centre *, size_t n);

#define ZP_CENTRES_MOST 128

#endif
