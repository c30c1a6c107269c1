/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Do groups differ by more than their uncertainties? */
#ifndef ZP_STATS_BETWEEN_H
#define ZP_STATS_BETWEEN_H

#include <stddef.h>

/* k: groups whose x and u are numbers, u above 0; the others take no part. NAN where fewer than two do. */
typedef struct zp_between {
	size_t k;
	double mean; /* weighted by 1 / u^2 */
	double q, p; /* sum of ((x - mean) / u)^2, and how often chance alone makes it as large */
} zp_between;

/* Cites: Cochran, J. R. Stat. Soc. Suppl. 4 (1937) 102. */
zp_between zp_between_of(const double *x, const double *u, size_t n);

#endif
