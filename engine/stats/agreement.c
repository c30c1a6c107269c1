/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/agreement.h"
#include <math.h>

#define SQRT_PI 1.7724538509055160273
#define LN10 2.3025850929940456840
#define HALVINGS 60

double zp_agreement_chance(double r, double s)
{
	const double p = r / (2 * SQRT_PI * s);
	return p < 1 ? p : 1; /* also for s = 0 */
}

double zp_equal_pairs(const double *x, size_t n)
{
	double pairs = 0;
	for (size_t i = 0, next; i < n; i = next) {
		for (next = i + 1; next < n && x[next] <= x[i]; next++)
			;
		pairs += (double)(next - i) * (double)(next - i - 1);
	}
	return n < 2 ? 0 : pairs / ((double)n * (double)(n - 1));
}

/* The tilted mean, sum of p e^t / (1 - p + p e^t). */
static double mean_at(const double *p, size_t n, double e_t)
{
	double sum = 0;
	for (size_t i = 0; i < n; i++)
		sum += p[i] * e_t / (1 - p[i] + p[i] * e_t);
	return sum;
}

double zp_agreement_log10(const double *p, size_t n, size_t k)
{
	double log_sum = 0, low = 0, high = 1;
	if (k == n) {
		for (size_t i = 0; i < n; i++)
			log_sum += log(p[i]);
		return log_sum / LN10;
	}
	if (mean_at(p, n, 1) >= (double)k)
		return 0;
	while (mean_at(p, n, exp(high)) < (double)k)
		low = high, high *= 2;
	for (int i = 0; i < HALVINGS; i++) { /* any t gives a bound; the best is where the tilted mean is k */
		const double t = (low + high) / 2;
		if (mean_at(p, n, exp(t)) < (double)k)
			low = t;
		else
			high = t;
	}
	for (size_t i = 0; i < n; i++)
		log_sum += log1p(p[i] * expm1(low));
	return (log_sum - low * (double)k) / LN10;
}
