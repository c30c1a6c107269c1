/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Laboratories that measured a sample several times: how they repeat themselves, and how they differ from each other. */
#ifndef ZP_STATS_REPLICATES_H
#define ZP_STATS_REPLICATES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "stats/moments.h"

/* One laboratory's replicates. */
typedef struct zp_cell {
	double mean, sd; /* sd NAN when n is 1 */
	size_t n;
} zp_cell;

/* Mean and standard deviation of each laboratory's values, in the order given: x[i] is of laboratory lab[i] < n_labs,
 * each of which has a value. work: n doubles. */
void zp_cells_of(const double *x, const uint32_t *lab, size_t n, size_t n_labs, zp_cell *cells, double *work);
/* Mean and standard deviation of the cells' means; sd NAN for one cell. */
zp_moments zp_cell_means(const zp_cell *, size_t n_labs);

typedef struct zp_pooled {
	double w; /* w*: the pooled standard deviation */
	unsigned iterations;
	bool converged;
} zp_pooled;

/* Algorithm S: the robust mean of standard deviations with nu degrees of freedom each (ranges of duplicates: nu 1).
 * Its two factors are those printed in the standard for nu up to 10; `exact` and above 10: to full precision.
 * Needs: w ascending, n >= 1, none negative. Cites: ISO 13528:2022 C.4; ISO 5725-5. */
zp_pooled zp_algorithm_s(const double *w, size_t n, size_t nu, bool exact);
/* The factors themselves: the limit eta and the adjustment xi. */
void zp_algorithm_s_factors(size_t nu, bool exact, double *eta, double *xi);

/* Standard deviations of repeatability, between laboratories, and of reproducibility. */
typedef struct zp_precision { double s_r, s_l, s_reproducibility; } zp_precision;

/* By analysis of variance; laboratories may have different numbers of replicates. NAN where there are too few.
 * Cites: ISO 5725-2 7.4.5. */
zp_precision zp_precision_by_anova(const zp_cell *, size_t n_labs);
/* From the spread of the means s_x, each of n replicates, and s_r (Algorithms A and S). Cites: ISO 5725-5. */
zp_precision zp_precision_from(double s_x, double s_r, double n);

/* Their pooled standard deviation, each with its degrees of freedom; NAN where none has any. */
double zp_cell_pooled_sd(const zp_cell *, size_t n_labs);
/* Mandel's h: a laboratory's mean against those of all; k: its spread against the pooled one. NAN where undefined. */
double zp_mandel_h(zp_cell, zp_moments of_means);
double zp_mandel_k(zp_cell, double pooled_sd);
/* What |h| and k exceed with probability alpha. n: replicates. Cites: ISO 5725-2 8.3. */
double zp_mandel_h_critical(size_t n_labs, double alpha);
double zp_mandel_k_critical(size_t n_labs, size_t n, double alpha);

/* Cochran's share of the largest variance among those of n values each, and what it exceeds with probability alpha. */
double zp_cochran(const zp_cell *, size_t n_labs);
double zp_cochran_critical(size_t n_labs, size_t n, double alpha);

/* Grubbs: how far the largest (sign 1) or smallest (-1) of n values lies from their mean, in standard deviations; and
 * what it exceeds with probability alpha, both ends counted. Needs: x ascending. */
double zp_grubbs(const double *x, size_t n, int sign);
double zp_grubbs_critical(size_t n, double alpha);

/* Mean and spread of a laboratory judged together: chi square with 2 degrees of freedom where all is well.
 * Cites: ISO 13528:2022 10.6. */
double zp_repeatability_statistic(zp_cell, double x_pt, double w);

#endif
