/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/random.h"
#include "stats/distribution.h"
#include "stats/moments.h"
#include "stats/order.h"
#include "stats/trimmed.h"

/* The standard deviation of normal values of which a share is drawn in to the quantile at each end. */
static double winsorised_normal(double share)
{
	if (!(share > 0))
		return 1;
	const double z = zp_normal_quantile(1 - share);
	return sqrt(1 - 2 * share - 2 * z * zp_normal_density(z) + 2 * share * z * z);
}

zp_trimmed zp_trim(const double *x, size_t n, double share)
{
	size_t drop = (size_t)(share * (double)n);
	if (2 * drop >= n)
		drop = (n - 1) / 2; /* one or two middle values are left */
	const size_t kept = n - 2 * drop;
	const double mean = zp_moments_of(x + drop, kept).mean, low = x[drop], high = x[n - 1 - drop];
	zp_trimmed t = { .mean = mean, .s = NAN, .u = NAN, .first = drop, .n = kept };
	if (n < 2)
		return t;
	zp_sum sum = { 0 }, squares = { 0 };
	for (size_t i = 0; i < n; i++) { /* values beyond are drawn in */
		const double w = (x[i] < low ? low : x[i] > high ? high : x[i]) - mean;
		zp_sum_add(&sum, w);
		zp_sum_add(&squares, w * w);
	}
	const double offset = zp_sum_value(&sum) / (double)n, part = (double)drop / (double)n;
	const double variance = (zp_sum_value(&squares) - (double)n * offset * offset) / (double)(n - 1);
	const double sd = low == high ? 0 : sqrt(variance > 0 ? variance : 0);
	t.s = sd / winsorised_normal(part);
	t.u = sd / ((1 - 2 * part) * sqrt((double)n));
	return t;
}
