/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two samples measured by the same laboratories: do they err the same way on both? */
#ifndef ZP_STATS_YOUDEN_H
#define ZP_STATS_YOUDEN_H

#include <stddef.h>
#include <stdint.h>

typedef struct zp_youden {
	size_t n;
	double mean_a, mean_b, sd_a, sd_b;
	double pearson, spearman, kendall;        /* NAN where one sample has no spread */
	double sd_within, sd_total;               /* from the differences, and from the sums */
} zp_youden;

/* a[i] and b[i] are of one laboratory. n < 3: correlations are NAN. Takes O(n log n) steps. work: 4n doubles, pairs: 2n zp_sort_pair. */
zp_youden zp_youden_of(const double *a, const double *b, size_t n, double *work, uint32_t *order, void *pairs);

/* The ellipse that holds a share p of the laboratories, if they are normal: centre at the means. */
typedef struct zp_ellipse {
	double t2;                     /* squared distance of its border */
	double semi_major, semi_minor;
	double angle;                  /* degrees from the axis of sample a to the major axis, above -90, at most 90 */
} zp_ellipse;
zp_ellipse zp_ellipse_of(const zp_youden *, double p); /* Cites: ISO 13528:2005 8.5; t2 = 2 (n-1) / (n-2) F */
/* Squared distance of one laboratory from the centre, in the same measure; NAN where all lie on a line (as far as rounding
 * can tell), and the ellipse has no width. */
double zp_youden_distance(const zp_youden *, double a, double b);

#endif
