/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The standard deviation for proficiency assessment, where it is not simply stated. */
#ifndef ZP_STATS_SIGMA_PT_H
#define ZP_STATS_SIGMA_PT_H

#include <stddef.h>

/* Horwitz as amended by Thompson: the reproducibility standard deviation at a mass fraction c, itself a mass fraction.
 * Meaningless for activities, counts and pH. NAN unless 0 < c <= 1. Cites: ISO 13528:2022 8.4; Thompson 2000. */
double zp_sigma_horwitz(double c);

/* From a precision study: means of m replicates are judged. NAN when the repeatability takes all of it.
 * Cites: ISO 13528:2022 8.5. */
double zp_sigma_precision(double sigma_reproducibility, double sigma_r, double m);

/* Robust standard deviations of earlier rounds, as a line over their assigned values (ordinary least squares).
 * Cites: ISO 13528:2022 8.3, E.8. */
typedef struct zp_line { double intercept, slope, r2, adjusted_r2; size_t n; } zp_line;
zp_line zp_line_through(const double *x, const double *y, size_t n); /* NAN where fewer than 2 different x */

/* The spread of three results or so that have no other: sum of |x - median| / (0.798 n); |x1 - x2| / sqrt 2 of two.
 * Needs: x ascending. Cites: ISO 13528:2022 D.1.4.2. */
double zp_sigma_of_few(const double *x, size_t n);

#endif
