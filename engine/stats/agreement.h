/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How likely two laboratories agree by chance, when results are rounded. */
#ifndef ZP_STATS_AGREEMENT_H
#define ZP_STATS_AGREEMENT_H

#include <stddef.h>

/* The chance that two results rounded to steps of r are equal, when they scatter with standard deviation s about the same
 * value: r / (2 sqrt(pi) s), the density of their difference at zero times the step; at most 1. */
double zp_agreement_chance(double r, double s);

/* The share of equal pairs among the n values; 0 when n is less than 2. Needs: x ascending. */
double zp_equal_pairs(const double *x, size_t n);

/* The decimal logarithm of (a bound above) the chance that at least k of n independent items agree, item i with chance p[i]:
 * the product when all do, Chernoff's bound otherwise; 0 when so many are to be expected anyway.
 * Needs: 0 < p <= 1, k <= n. Cites: Chernoff: A measure of asymptotic efficiency. Annals of Mathematical Statistics 23 (1952) 493. */
double zp_agreement_log10(const double *p, size_t n, size_t k);

#endif
