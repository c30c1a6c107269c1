/* SPDX-License-Identifier: GPL-3.0-or-later */
/* More than one hump? Hartigan's dip: how far the values are from every distribution with a single hump. */
#ifndef ZP_STATS_DIP_H
#define ZP_STATS_DIP_H

#include <stddef.h>

#define ZP_DIP_WORK(n) (4 * (size_t)(n) + 8) /* size_t's of work */

/* The dip, at least 1 / (2n); NAN when n is 0. Needs: x ascending.
 * Cites: Hartigan, Hartigan, Ann. Statist. 13 (1985) 70. */
double zp_dip(const double *x, size_t n, size_t *work);

/* How often so large a dip comes of so many values from an even distribution, the least favourable with one hump:
 * read off a table of 100,000 simulated samples for each size (tests/study/dip_table.c), between 0.001 and 1; NAN when n < 4.
 * Below 0.001 it gives 0.001, above 0.9 it gives 1. */
double zp_dip_p(double dip, size_t n);

#endif
