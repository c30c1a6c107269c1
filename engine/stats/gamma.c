/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include "stats/gamma.h"

#define FAR 12 /* from here on the first terms of the asymptotic series are enough */

double zp_log_gamma(double x)
{
	if (!(x > 0))
		return NAN;
	double product = 1;
	for (; x < FAR; x++)
		product *= x;
	const double r = 1 / x, q = r * r;
	const double series = r * (1.0 / 12 - q * (1.0 / 360 - q * (1.0 / 1260 - q * (1.0 / 1680 - q * (1.0 / 1188 - q * 691 / 360360)))));
	return (x - 0.5) * log(x) - x + 0.91893853320467274178 + series - log(product);
}

double zp_digamma(double x)
{
	if (!(x > 0))
		return NAN;
	double before = 0;
	for (; x < FAR; x++)
		before += 1 / x;
	const double r = 1 / x, q = r * r;
	const double series = q * (1.0 / 12 - q * (1.0 / 120 - q * (1.0 / 252 - q * (1.0 / 240 - q * (1.0 / 132 - q * 691 / 32760)))));
	return log(x) - 0.5 * r - series - before;
}

double zp_trigamma(double x)
{
	if (!(x > 0))
		return NAN;
	double before = 0;
	for (; x < FAR; x++)
		before += 1 / (x * x);
	const double r = 1 / x, q = r * r;
	const double series = r * q * (1.0 / 6 - q * (1.0 / 30 - q * (1.0 / 42 - q * (1.0 / 30 - q * (5.0 / 66 - q * 691 / 2730)))));
	return r + 0.5 * q + series + before;
}
