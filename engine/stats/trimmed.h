/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mean after leaving out the same share of values at both ends. */
#ifndef ZP_STATS_TRIMMED_H
#define ZP_STATS_TRIMMED_H

#include <stddef.h>

typedef struct zp_trimmed {
	double mean;
	double s; /* Winsorised standard deviation, scaled to be right for normal values; NAN when n is 1 */
	double u; /* standard uncertainty of the mean; NAN when n is 1 */
	size_t first, n; /* values left: x[first] to x[first + n - 1] */
} zp_trimmed;

/* floor(share n) values go at each end; from a share of 0.5 on the median is left.
 * Needs: x ascending, n >= 1, 0 <= share <= 0.5. Cites: Tukey, McLaughlin, Sankhya A 25 (1963) 331. */
zp_trimmed zp_trim(const double *x, size_t n, double share);

#endif
