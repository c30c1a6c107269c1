/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include "stats/distribution.h"
#include "stats/moments.h"
#include "stats/series.h"

zp_series zp_series_of(const double *z, size_t n, zp_series_how how)
{
	zp_series s = { .rsz = NAN, .ssz = NAN, .ssz_p = NAN, .rlp = NAN, .mean_abs = NAN, .mean_latest = NAN, .ewma = NAN, .cusum_high = NAN,
			.cusum_low = NAN };
	zp_sum sum = { 0 }, squares = { 0 }, sizes = { 0 };
	double ewma = 0, high = 0, low = 0;
	for (size_t i = 0; i < n; i++) {
		if (isnan(z[i]))
			continue;
		s.n++;
		zp_sum_add(&sum, z[i]);
		zp_sum_add(&squares, z[i] * z[i]);
		zp_sum_add(&sizes, fabs(z[i]));
		ewma = how.lambda * z[i] + (1 - how.lambda) * ewma;
		high = fmax(0, high + z[i] - how.k);
		low = fmax(0, low - z[i] - how.k);
		if (!s.signal && (high > how.h || low > how.h))
			s.signal = i + 1;
	}
	if (s.n == 0)
		return s;
	const double count = (double)s.n;
	s.rsz = zp_sum_value(&sum) / sqrt(count);
	s.ssz = zp_sum_value(&squares);
	s.ssz_p = zp_chi2_above(s.ssz, count);
	s.rlp = sqrt(s.ssz / count);
	s.mean_abs = zp_sum_value(&sizes) / count;
	s.ewma = ewma;
	s.cusum_high = high;
	s.cusum_low = low;
	double latest = 0, side = 0;
	size_t taken = 0;
	for (size_t i = n; i-- > 0 && taken < how.latest;)
		if (!isnan(z[i]))
			latest += z[i], taken++;
	s.mean_latest = taken ? latest / (double)taken : NAN;
	for (size_t i = n; i-- > 0;) {
		if (isnan(z[i]))
			continue;
		if (z[i] == 0 || (side != 0 && z[i] * side < 0))
			break;
		side = z[i];
		s.one_sided++;
	}
	return s;
}
