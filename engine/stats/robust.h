/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Location and scale that a share of wrong values does not spoil. */
#ifndef ZP_STATS_ROBUST_H
#define ZP_STATS_ROBUST_H

#include <stdbool.h>
#include <stddef.h>

/* 1.483 times the median deviation from the median; NAN when n is less than 2.
 * Needs: x ascending. Cites: ISO 13528:2022 C.2.2. */
double zp_made(const double *x, size_t n);

/* 0.7413 times the distance of the quartiles (type 7); NAN when n is less than 2.
 * Needs: x ascending. Cites: ISO 13528:2022 C.2.3. */
double zp_niqr(const double *x, size_t n);

/* What makes s* right for normal data: as ISO 13528 prints it, and to the last digit. */
#define ZP_ALGORITHM_A_PRINTED 1.134
#define ZP_ALGORITHM_A_EXACT 1.1333926554624870

#define ZP_ALGORITHM_A_MOST 10000u /* iterations */
#define ZP_ALGORITHM_A_WORK(n) (2 * ((size_t)(n) + 1)) /* doubles of work */

typedef struct zp_algorithm_a_how {
	double factor;         /* one of the two above */
	double collapse_ratio; /* s* below this share of its start, with only equal values unclamped, is 0 */
	double start;          /* the s* to begin with; 0: MADe, the standard deviation where that is 0 */
	bool third_figure;     /* stop when the third significant figures of x* and s* stay, from the second iteration on
	                        * (C.3.1 note): earlier than the fixed point, and not independent of unit and origin */
} zp_algorithm_a_how;

typedef struct zp_robust {
	double x, s;         /* s NAN when n is 1 */
	unsigned iterations; /* until x* and s* moved by less than 1e-13 s* */
	bool converged;      /* false: x and s are the last of ZP_ALGORITHM_A_MOST iterations */
	bool collapsed;      /* s* shrinks for ever: s is 0, x the value that too many share */
} zp_robust;

/* Algorithm A, taken to its fixed point: from the median and MADe (the standard deviation where MADe
 * is 0), values are clamped to x* +- 1.5 s*, again and again.
 * Needs: x ascending, n >= 1, magnitudes between 1e-120 and 1e120, or 0. Cites: ISO 13528:2022 C.3.1. */
zp_robust zp_algorithm_a(const double *x, size_t n, zp_algorithm_a_how how, double *work);

/* The location of Algorithm A with the scale held fixed: values are clamped to x* +- 1.5 s, s as given.
 * Needs: as above, and s >= 0; work as for Algorithm A. Cites: ISO 13528:2022 C.3.2 b); Huber 1964. */
zp_robust zp_huber(const double *x, size_t n, double s, double *work);

#endif
