/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdint.h>
#include "stats/censored.h"
#include "stats/distribution.h"
#include "stats/moments.h"
#include "stats/order.h"

#define ITERATIONS_MOST 20000u
#define SETTLED 1e-13

/* Expectation of the standard normal between a and b, and of its square. */
typedef struct expected { double first, second; } expected;

static expected between(double a, double b)
{
	if (a > 0) { /* the mirror image is in the tail that the distribution function keeps its digits in */
		const expected e = between(-b, -a);
		return (expected){ -e.first, e.second };
	}
	const double p = zp_normal_below(b) - zp_normal_below(a), fa = isinf(a) ? 0 : zp_normal_density(a), fb = isinf(b) ? 0 : zp_normal_density(b);
	if (!(p > 0)) { /* beyond 38 standard deviations: the nearer end */
		return (expected){ b, b * b };
	}
	return (expected){ (fa - fb) / p, 1 - ((isinf(b) ? 0 : b * fb) - (isinf(a) ? 0 : a * fa)) / p };
}

static expected of(zp_interval v, double mean, double sd)
{
	if (v.low == v.high) {
		const double u = (v.low - mean) / sd;
		return (expected){ u, u * u };
	}
	return between((v.low - mean) / sd, (v.high - mean) / sd);
}

/* The slopes of the log likelihood in the mean and in log sd, in units of 1 / sd and 1. */
static void slopes(const zp_interval *v, size_t n, double mean, double sd, double *by_mean, double *by_log_sd)
{
	zp_sum first = { 0 }, second = { 0 };
	for (size_t i = 0; i < n; i++) {
		const expected e = of(v[i], mean, sd);
		zp_sum_add(&first, e.first);
		zp_sum_add(&second, e.second - 1);
	}
	*by_mean = zp_sum_value(&first) / sd;
	*by_log_sd = zp_sum_value(&second);
}

/* Standard uncertainty of the mean from how the slopes change around it. */
static double uncertainty(const zp_interval *v, size_t n, double mean, double sd)
{
	const double h = 1e-4;
	double mm, mp, lm, lp, sm, sp, tm, tp;
	slopes(v, n, mean - h * sd, sd, &mm, &lm);
	slopes(v, n, mean + h * sd, sd, &mp, &lp);
	slopes(v, n, mean, sd * (1 - h), &sm, &tm);
	slopes(v, n, mean, sd * (1 + h), &sp, &tp);
	const double a = -(mp - mm) / (2 * h * sd), d = -(tp - tm) / (2 * h), b = -0.5 * ((sp - sm) / (2 * h) + (lp - lm) / (2 * h * sd));
	const double determinant = a * d - b * b;
	return determinant > 0 && d > 0 ? sqrt(d / determinant) : NAN;
}

zp_likely zp_censored_normal(const zp_interval *v, size_t n)
{
	zp_likely l = { NAN, NAN, NAN, 0, false };
	size_t known = 0;
	double anchor = NAN, least = INFINITY, most = -INFINITY;
	for (size_t i = 0; i < n; i++) {
		if (isinf(v[i].low) || isinf(v[i].high))
			continue;
		const double middle = v[i].low + (v[i].high - v[i].low) / 2;
		anchor = known++ ? anchor : middle;
		least = fmin(least, middle);
		most = fmax(most, middle);
	}
	if (known < 2 || !(most > least))
		return l;
	zp_sum sum = { 0 }, squares = { 0 };
	for (size_t i = 0; i < n; i++)
		if (!isinf(v[i].low) && !isinf(v[i].high))
			zp_sum_add(&sum, v[i].low + (v[i].high - v[i].low) / 2 - anchor);
	double mean = zp_sum_value(&sum) / (double)known;
	for (size_t i = 0; i < n; i++)
		if (!isinf(v[i].low) && !isinf(v[i].high)) {
			const double d = v[i].low + (v[i].high - v[i].low) / 2 - anchor - mean;
			zp_sum_add(&squares, d * d);
		}
	double sd = sqrt(zp_sum_value(&squares) / (double)known);
	mean += anchor;
	while (!l.converged && l.iterations < ITERATIONS_MOST) {
		zp_sum first = { 0 }, second = { 0 };
		for (size_t i = 0; i < n; i++) {
			const expected e = of(v[i], mean, sd);
			zp_sum_add(&first, e.first);
			zp_sum_add(&second, e.second);
		}
		const double step = zp_sum_value(&first) / (double)n, square = zp_sum_value(&second) / (double)n - step * step;
		const double next = sd * sqrt(square > 0 ? square : 0);
		l.converged = fabs(step) <= SETTLED && fabs(next - sd) <= SETTLED * sd;
		mean += step * sd;
		sd = next;
		l.iterations++;
		if (!(sd > 0))
			return (zp_likely){ NAN, NAN, NAN, l.iterations, false };
	}
	l.mean = mean;
	l.sd = sd;
	l.u = uncertainty(v, n, mean, sd);
	return l;
}

bool zp_censored_median(const zp_interval *v, size_t n, double *work, uint64_t *keys, double *low, double *high)
{
	if (n == 0) {
		*low = *high = NAN;
		return false;
	}
	for (size_t i = 0; i < n; i++)
		work[i] = v[i].low;
	zp_sort(work, n, keys);
	*low = zp_median(work, n);
	for (size_t i = 0; i < n; i++)
		work[i] = v[i].high;
	zp_sort(work, n, keys);
	*high = zp_median(work, n);
	return *low == *high;
}
