/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include "stats/gamma.h"

#define FAR 12 /* from here on the first terms of the asymptotic series are enough */

/* What the series add to (x - 1/2) ln x - x + ln sqrt(2 pi), to ln x - 1 / 2x, and to 1 / x + 1 / 2x^2. */
static double log_gamma_series(double x)
{
	const double r = 1 / x, q = r * r;
	return r * (1.0 / 12 - q * (1.0 / 360 - q * (1.0 / 1260 - q * (1.0 / 1680 - q * (1.0 / 1188 - q * 691 / 360360)))));
}

static double digamma_series(double x)
{
	const double q = 1 / (x * x);
	return -q * (1.0 / 12 - q * (1.0 / 120 - q * (1.0 / 252 - q * (1.0 / 240 - q * (1.0 / 132 - q * 691 / 32760)))));
}

static double trigamma_series(double x)
{
	const double r = 1 / x, q = r * r;
	return r * q * (1.0 / 6 - q * (1.0 / 30 - q * (1.0 / 42 - q * (1.0 / 30 - q * (5.0 / 66 - q * 691 / 2730)))));
}

double zp_log_gamma(double x)
{
	if (!(x > 0))
		return NAN;
	double product = 1;
	for (; x < FAR; x++)
		product *= x;
	return (x - 0.5) * log(x) - x + 0.91893853320467274178 + log_gamma_series(x) - log(product);
}

double zp_digamma(double x)
{
	if (!(x > 0))
		return NAN;
	double before = 0;
	for (; x < FAR; x++)
		before += 1 / x;
	return log(x) - 0.5 / x + digamma_series(x) - before;
}

double zp_trigamma(double x)
{
	if (!(x > 0))
		return NAN;
	double before = 0;
	for (; x < FAR; x++)
		before += 1 / (x * x);
	return 1 / x + 0.5 / (x * x) + trigamma_series(x) + before;
}

double zp_log_gamma_rise(double x, double k)
{
	if (x < FAR)
		return zp_log_gamma(x + k) - zp_log_gamma(x);
	return (x + k - 0.5) * log1p(k / x) - k + k * log(x) + (log_gamma_series(x + k) - log_gamma_series(x));
}

double zp_digamma_rise(double x, double k)
{
	if (x < FAR)
		return zp_digamma(x + k) - zp_digamma(x);
	return log1p(k / x) + 0.5 * k / (x * (x + k)) + (digamma_series(x + k) - digamma_series(x));
}

double zp_trigamma_rise(double x, double k)
{
	if (x < FAR)
		return zp_trigamma(x + k) - zp_trigamma(x);
	const double y = x + k;
	return -k / (x * y) - 0.5 * k * (x + y) / (x * x * y * y) + (trigamma_series(y) - trigamma_series(x));
}
