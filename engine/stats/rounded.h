/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values that were rounded so coarsely that many are equal. */
#ifndef ZP_STATS_ROUNDED_H
#define ZP_STATS_ROUNDED_H

#include <stddef.h>
#include <stdint.h>
#include "stats/robust.h"

/* Algorithm A on values whose ties are spread evenly over the interval that rounding to `step` leaves open: of k equal
 * values v the i-th (from 1) becomes v - step/2 + step (i - 1/2) / k, as in the median of grouped data. The spread then
 * cannot collapse, and where it is large against the step nothing changes (docs/methods/ties.md).
 * Needs: x ascending, n >= 1; step > 0, the unit of the last place reported. */
#define ZP_ROUNDED_WORK(n) (ZP_ALGORITHM_A_WORK(n) + (size_t)(n)) /* doubles */
zp_robust zp_algorithm_a_rounded(const double *x, size_t n, double step, zp_algorithm_a_how how, double *work, uint64_t *keys); /* keys: 2n */

/* The spreading alone: out ascending. keys: 2n. */
void zp_spread_ties(const double *x, size_t n, double step, double *out, uint64_t *keys);

/* The part of u(x_pt) that more results do not lessen: when both quartiles are the same value, the centre may lie
 * anywhere in its interval, step / sqrt 12; otherwise 0. Needs: x ascending. */
double zp_rounding_uncertainty(const double *x, size_t n, double step);

#endif
