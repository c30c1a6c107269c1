/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mean and standard deviation, and the sum they rest on, without loss where values are close together. */
#ifndef ZP_STATS_MOMENTS_H
#define ZP_STATS_MOMENTS_H

#include <math.h>
#include <stddef.h>

/* A sum that keeps what rounding would lose. Starts as { 0 }. Cites: Neumaier 1974. */
typedef struct zp_sum { double sum, lost; } zp_sum;

static inline void zp_sum_add(zp_sum *s, double x)
{
	const double sum = s->sum + x, had = sum - x;
	s->lost += (s->sum - had) + (x - (sum - had)); /* exact whichever is larger */
	s->sum = sum;
}

static inline double zp_sum_value(const zp_sum *s) { return s->sum + s->lost; }

typedef struct zp_moments {
	double mean; /* NAN when n is 0 */
	double sd;   /* divisor n - 1; NAN when n is less than 2; exactly 0 when all are equal */
} zp_moments;

/* Needs: magnitudes between 1e-120 and 1e120, or 0. The same order gives the same bits; sorted is best,
 * because the value in the middle of the array is the point that differences are taken from. */
zp_moments zp_moments_of(const double *x, size_t n);

#endif
