/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Are the samples alike, and do they stay so? Items drawn from the batch are measured m times each. */
#ifndef ZP_STATS_HOMOGENEITY_H
#define ZP_STATS_HOMOGENEITY_H

#include <stdbool.h>
#include <stddef.h>
#include "stats/replicates.h"

/* Units: the measurand's, squares of it for s_s2, msb, msw and c_expanded. NAN where undefined. */
typedef struct zp_homogeneity {
	size_t g, m;
	double mean;
	double s_x;       /* standard deviation of the item means */
	double s_w;       /* within items */
	double s_s, s_s2; /* between items; s_s2 may be negative, and then s_s is 0. m = 1: the spread of the results, an upper bound */
	double msb, msw, f, f_crit, p; /* analysis of variance; f_crit at 5 % */
	double f1, f2;                 /* factors of the expanded criterion */
	double u_bb_min;               /* what a heterogeneity may hide behind the repeatability (ISO Guide 35) */
	double cochran, cochran_5, cochran_1; /* of the within-item variances, critical at 5 % and 1 % */
} zp_homogeneity;

/* Needs: at least 2 cells, all with the same number of values. Cites: ISO 13528:2022 B.3. */
zp_homogeneity zp_homogeneity_of(const zp_cell *items, size_t g);

/* What s_s is held against: 0.3 sigma_pt, or 0.1 delta_E. */
static inline double zp_criterion_by_sigma_pt(double sigma_pt) { return 0.3 * sigma_pt; }
static inline double zp_criterion_by_delta_e(double delta_e) { return 0.1 * delta_e; }
/* The expanded criterion, a variance: s_s2 may be as large. Cites: ISO 13528:2022 B.2.3; Fearn, Thompson 2001. */
double zp_criterion_expanded(const zp_homogeneity *, double criterion);

/* Stability: the mean of a later occasion against that of the homogeneity test. */
typedef struct zp_stability {
	double mean, difference;
	double expanded; /* the criterion widened by twice the uncertainty of the difference */
	bool ok, ok_expanded;
} zp_stability;

/* Cites: ISO 13528:2022 B.5. */
zp_stability zp_stability_of(const zp_homogeneity *, const zp_cell *later, size_t n, double criterion);

#endif
