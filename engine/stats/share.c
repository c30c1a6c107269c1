/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include "stats/distribution.h"
#include "stats/share.h"

double zp_share_interval(size_t k, size_t n, double level, double *low, double *high)
{
	*low = *high = NAN;
	if (n == 0)
		return NAN;
	if (level > 0 && level < 1) {
		const double hits = (double)k, misses = (double)(n - k), tail = (1 - level) / 2;
		*low = k == 0 ? 0 : zp_beta_quantile(tail, hits, misses + 1);
		*high = k == n ? 1 : zp_beta_quantile(1 - tail, hits + 1, misses);
	}
	return (double)k / (double)n;
}

static zp_share share_of(size_t k, size_t n, double level)
{
	zp_share s;
	s.share = zp_share_interval(k, n, level, &s.low, &s.high);
	return s;
}

zp_detection zp_detection_of(const zp_yes_no *a, double level)
{
	const size_t positives = a->true_positive + a->false_negative, negatives = a->true_negative + a->false_positive;
	return (zp_detection){
		.sensitivity = share_of(a->true_positive, positives, level),
		.specificity = share_of(a->true_negative, negatives, level),
		.false_positives = share_of(a->false_positive, negatives, level),
		.false_negatives = share_of(a->false_negative, positives, level),
	};
}
