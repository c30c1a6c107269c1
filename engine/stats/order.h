/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Order: sorting numbers the same way every time, and what is read off sorted ones.
 *
 * A sorted array depends on the values alone, to the bit: numbers are compared by their bits, so that
 * equal ones cannot be told apart, and -0.0 comes out as 0.0.
 */
#ifndef ZP_STATS_ORDER_H
#define ZP_STATS_ORDER_H

#include <stddef.h>
#include <stdint.h>

/* Sort ascending, in place.
 * Needs: no NaN; work has room for 2n. */
void zp_sort(double *x, size_t n, uint64_t *work);

typedef struct zp_sort_pair { uint64_t key; uint32_t with; } zp_sort_pair;

/* The same, and with[i] stays beside its x[i]; where values are equal, `with` ascends.
 * Needs: no NaN; work has room for 2n. */
void zp_sort_with(double *x, uint32_t *with, size_t n, zp_sort_pair *work);

/* Sort by key, and where keys are equal by `with`, in place. Needs: room for 2n. */
void zp_sort_pairs(zp_sort_pair *pairs, size_t n);

/* The middle value, or the mean of the two middle ones; NAN when n is 0.
 * Needs: x ascending. */
double zp_median(const double *x, size_t n);

/* The quantile of Hyndman and Fan's type 7: linear between x[0] at p = 0 and x[n-1] at p = 1; NAN when n is 0.
 * Needs: x ascending, 0 <= p <= 1. */
double zp_quantile(const double *x, size_t n, double p);

/* The median of |x[i] - centre|; NAN when n is 0. Takes O(log n) steps.
 * Needs: x ascending. */
double zp_median_deviation(const double *x, size_t n, double centre);

/* The deviation |x[i] - centre| that k others do not exceed, k from 0. Takes O(log n) steps.
 * Needs: x ascending, k < n. */
double zp_nth_deviation(const double *x, size_t n, double centre, size_t k);

#endif
