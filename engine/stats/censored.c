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

/* The intervals, counted from a value among them so that digits are left for the differences. */
typedef struct data { const zp_interval *v; size_t n; double anchor; } data;

static expected of(const data *d, size_t i, double mean, double sd)
{
	const double low = (d->v[i].low - d->anchor - mean) / sd, high = (d->v[i].high - d->anchor - mean) / sd;
	return d->v[i].low == d->v[i].high ? (expected){ low, low * low } : between(low, high);
}

/* The slopes of the log likelihood in the mean and in log sd. */
static void slopes(const data *d, double mean, double sd, double *by_mean, double *by_log_sd)
{
	zp_sum first = { 0 }, second = { 0 };
	for (size_t i = 0; i < d->n; i++) {
		const expected e = of(d, i, mean, sd);
		zp_sum_add(&first, e.first);
		zp_sum_add(&second, e.second - 1);
	}
	*by_mean = zp_sum_value(&first) / sd;
	*by_log_sd = zp_sum_value(&second);
}

/* Standard uncertainty of the mean from how the slopes change around it. */
static double uncertainty(const data *d, double mean, double sd)
{
	const double h = 1e-4;
	double mm, mp, lm, lp, sm, sp, tm, tp;
	slopes(d, mean - h * sd, sd, &mm, &lm);
	slopes(d, mean + h * sd, sd, &mp, &lp);
	slopes(d, mean, sd * (1 - h), &sm, &tm);
	slopes(d, mean, sd * (1 + h), &sp, &tp);
	const double a = -(mp - mm) / (2 * h * sd), c = -(tp - tm) / (2 * h), b = -0.5 * ((sp - sm) / (2 * h) + (lp - lm) / (2 * h * sd));
	const double determinant = a * c - b * b;
	return determinant > 0 && c > 0 ? sqrt(c / determinant) : NAN;
}

static bool is_closed(zp_interval v) { return !isinf(v.low) && !isinf(v.high); }
static double middle_of(zp_interval v) { return v.low + (v.high - v.low) / 2; }

/* Mean (from the anchor) and sd of the middles of closed intervals. Gives: false when there are not two that differ. */
static bool start(data *d, double *mean, double *sd)
{
	zp_sum sum = { 0 }, squares = { 0 };
	size_t known = 0;
	bool differ = false;
	for (size_t i = 0; i < d->n; i++) {
		if (!is_closed(d->v[i]))
			continue;
		if (known++ == 0)
			d->anchor = middle_of(d->v[i]);
		differ |= middle_of(d->v[i]) != d->anchor;
		zp_sum_add(&sum, middle_of(d->v[i]) - d->anchor);
	}
	*mean = zp_sum_value(&sum) / (double)known;
	for (size_t i = 0; i < d->n; i++)
		if (is_closed(d->v[i])) {
			const double off = middle_of(d->v[i]) - d->anchor - *mean;
			zp_sum_add(&squares, off * off);
		}
	*sd = sqrt(zp_sum_value(&squares) / (double)known);
	return known >= 2 && differ;
}

zp_likely zp_censored_normal(const zp_interval *v, size_t n)
{
	zp_likely l = { NAN, NAN, NAN, 0, false };
	data d = { v, n, 0 };
	double mean, sd;
	if (!start(&d, &mean, &sd))
		return l;
	while (!l.converged && l.iterations < ITERATIONS_MOST) {
		zp_sum first = { 0 }, second = { 0 };
		for (size_t i = 0; i < n; i++) {
			const expected e = of(&d, i, mean, sd);
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
	l.mean = d.anchor + mean;
	l.sd = sd;
	l.u = uncertainty(&d, mean, sd);
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
