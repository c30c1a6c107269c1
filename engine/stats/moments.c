/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/moments.h"

zp_moments zp_moments_of(const double *x, size_t n)
{
	if (n == 0)
		return (zp_moments){ NAN, NAN };
	const double centre = x[n / 2];
	zp_sum sum = { 0 }; /* so exact that the squares about its mean need no correction */
	for (size_t i = 0; i < n; i++)
		zp_sum_add(&sum, x[i] - centre);
	const double offset = zp_sum_value(&sum) / (double)n;
	if (n == 1)
		return (zp_moments){ centre, NAN };

	zp_sum squares = { 0 };
	for (size_t i = 0; i < n; i++) {
		const double d = (x[i] - centre) - offset;
		zp_sum_add(&squares, d * d);
	}
	return (zp_moments){ centre + offset, sqrt(zp_sum_value(&squares) / (double)(n - 1)) };
}
