/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include "stats/moments.h"
#include "stats/order.h"
#include "stats/sigma_pt.h"

double zp_sigma_horwitz(double c)
{
	if (!(c > 0 && c <= 1))
		return NAN;
	if (c < 1.2e-7) /* the branches do not quite meet; the limits are those of the standard */
		return 0.22 * c;
	return c <= 0.138 ? 0.02 * pow(c, 0.8495) : 0.01 * sqrt(c);
}

double zp_sigma_precision(double sigma_reproducibility, double sigma_r, double m)
{
	const double square = sigma_reproducibility * sigma_reproducibility - sigma_r * sigma_r * (1 - 1 / m);
	return square > 0 ? sqrt(square) : NAN;
}

zp_line zp_line_through(const double *x, const double *y, size_t n)
{
	zp_line line = { NAN, NAN, NAN, NAN, n };
	zp_sum sx = { 0 }, sy = { 0 }, xx = { 0 }, xy = { 0 }, yy = { 0 };
	if (n < 2)
		return line;
	for (size_t i = 0; i < n; i++)
		zp_sum_add(&sx, x[i] - x[0]), zp_sum_add(&sy, y[i] - y[0]);
	const double mx = zp_sum_value(&sx) / (double)n, my = zp_sum_value(&sy) / (double)n;
	for (size_t i = 0; i < n; i++) {
		const double dx = x[i] - x[0] - mx, dy = y[i] - y[0] - my;
		zp_sum_add(&xx, dx * dx), zp_sum_add(&xy, dx * dy), zp_sum_add(&yy, dy * dy);
	}
	const double sxx = zp_sum_value(&xx), sxy = zp_sum_value(&xy), syy = zp_sum_value(&yy);
	if (!(sxx > 0))
		return line;
	line.slope = sxy / sxx;
	line.intercept = y[0] + my - line.slope * (x[0] + mx);
	if (syy > 0)
		line.r2 = sxy * sxy / (sxx * syy);
	if (n > 2)
		line.adjusted_r2 = 1 - (1 - line.r2) * (double)(n - 1) / (double)(n - 2);
	return line;
}

double zp_sigma_of_few(const double *x, size_t n)
{
	if (n < 2)
		return NAN;
	if (n == 2)
		return (x[1] - x[0]) / sqrt(2);
	const double median = zp_median(x, n);
	double sum = 0;
	for (size_t i = 0; i < n; i++)
		sum += fabs(x[i] - median);
	return sum / (0.798 * (double)n);
}
