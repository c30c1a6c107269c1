/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Algorithm A in O(log n) per iteration. The values are sorted, so those that are not clamped lie side by
 * side, and running sums give their sum and sum of squares. The running sums start at the median and go
 * outward: a wild value at an end then costs only the sums that contain it. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include "stats/moments.h"
#include "stats/order.h"
#include "stats/robust.h"

#define CLAMP 1.5
#define SETTLED 1e-13 /* in s*; the ratio of two shrinking s* is settled at ten times this */

double zp_made(const double *x, size_t n)
{
	return n < 2 ? NAN : 1.483 * zp_median_deviation(x, n, zp_median(x, n));
}

double zp_niqr(const double *x, size_t n)
{
	return n < 2 ? NAN : 0.7413 * (zp_quantile(x, n, 0.75) - zp_quantile(x, n, 0.25));
}

/* What the iteration works on. Everything is counted from the median, so that digits are left for the differences. */
typedef struct state {
	const double *x;
	size_t n;
	double median;
	double *sums, *squares; /* sums[j] - sums[i] is the sum of values i to j - 1; n + 1 of them */
	double t, s;            /* x* - median, s* */
	size_t low, high;       /* values low to high - 1 are not clamped */
} state;

static void sum_outward(state *a)
{
	const size_t middle = a->n / 2;
	zp_sum sum = { 0 }, square = { 0 };
	a->sums[middle] = a->squares[middle] = 0;
	for (size_t i = middle; i < a->n; i++) {
		const double y = a->x[i] - a->median;
		zp_sum_add(&sum, y);
		zp_sum_add(&square, y * y);
		a->sums[i + 1] = zp_sum_value(&sum);
		a->squares[i + 1] = zp_sum_value(&square);
	}
	sum = square = (zp_sum){ 0 };
	for (size_t i = middle; i-- > 0;) {
		const double y = a->x[i] - a->median;
		zp_sum_add(&sum, y);
		zp_sum_add(&square, y * y);
		a->sums[i] = -zp_sum_value(&sum);
		a->squares[i] = -zp_sum_value(&square);
	}
}

/* How many values lie below `limit`, counted from the median. Mostly as many as last time. */
static size_t count_below(const state *a, double limit, size_t before)
{
	size_t low = 0, high = a->n;
	if (before > 0 && a->x[before - 1] - a->median >= limit)
		high = before - 1;
	else if (before == a->n || a->x[before] - a->median >= limit)
		return before;
	else
		low = before + 1;
	while (low < high) {
		const size_t i = low + (high - low) / 2;
		if (a->x[i] - a->median < limit)
			low = i + 1;
		else
			high = i;
	}
	return low;
}

static void clamp(state *a)
{
	a->low = count_below(a, a->t - CLAMP * a->s, a->low);
	a->high = count_below(a, a->t + CLAMP * a->s, a->high);
}

/* The next x* and s*, from the clamped values' sum and the sum of squares about the new x*. */
static void update(state *a, double factor, double sum, double (*squares_about)(const state *, double t))
{
	const double below = a->t - CLAMP * a->s, above = a->t + CLAMP * a->s;
	const double n_below = (double)a->low, n_above = (double)(a->n - a->high);
	const double t = (sum + n_below * below + n_above * above) / (double)a->n;
	const double squares = squares_about(a, t) + n_below * (below - t) * (below - t) + n_above * (above - t) * (above - t);
	a->t = t;
	a->s = factor * sqrt((squares > 0 ? squares : 0) / (double)(a->n - 1));
}

static double squares_by_sums(const state *a, double t)
{
	const double sum = a->sums[a->high] - a->sums[a->low];
	return a->squares[a->high] - a->squares[a->low] - 2 * t * sum + t * t * (double)(a->high - a->low);
}

static double squares_directly(const state *a, double t)
{
	zp_sum squares = { 0 };
	for (size_t i = a->low; i < a->high; i++) {
		const double d = (a->x[i] - a->median) - t;
		zp_sum_add(&squares, d * d);
	}
	return zp_sum_value(&squares);
}

/* One iteration without the running sums, to leave behind what they rounded. */
static void finish(state *a, double factor)
{
	zp_sum sum = { 0 };
	clamp(a);
	for (size_t i = a->low; i < a->high; i++)
		zp_sum_add(&sum, a->x[i] - a->median);
	update(a, factor, zp_sum_value(&sum), squares_directly);
}

/* While all unclamped values are equal, an iteration is a fixed linear map of (x* - value, s*). Once the
 * ratio of successive s* settles below 1, they shrink for ever; the limit is the value itself. */
typedef struct shrinking { bool equal; size_t low, high; double ratio; } shrinking;

static bool has_collapsed(const state *a, double s_before, double s_least, shrinking *was)
{
	const bool equal = a->low < a->high && a->x[a->low] == a->x[a->high - 1];
	const double ratio = a->s / s_before;
	const bool same = was->equal && was->low == a->low && was->high == a->high;
	const bool settled = same && ratio < 1 - SETTLED && fabs(ratio - was->ratio) <= 10 * SETTLED;
	*was = (shrinking){ equal, a->low, a->high, ratio };
	return equal && (settled || a->s < s_least);
}

/* Whether two numbers read the same in three significant figures. */
static bool same_figures(double a, double b)
{
	char as[32], bs[32];
	snprintf(as, sizeof as, "%.2e", a);
	snprintf(bs, sizeof bs, "%.2e", b);
	return strcmp(as, bs) == 0;
}

static bool has_settled(const state *a, double t, double s, unsigned iteration, bool third_figure)
{
	if (third_figure)
		return iteration >= 2 && same_figures(a->median + a->t, a->median + t) && same_figures(a->s, s);
	return fabs(a->t - t) <= SETTLED * a->s && fabs(a->s - s) <= SETTLED * a->s;
}

zp_robust zp_algorithm_a(const double *x, size_t n, zp_algorithm_a_how how, double *work)
{
	const double median = zp_median(x, n);
	if (n < 2)
		return (zp_robust){ .x = median, .s = NAN, .converged = true };
	if (x[0] == x[n - 1])
		return (zp_robust){ .x = x[0], .s = 0, .converged = true, .collapsed = true };

	state a = { .x = x, .n = n, .median = median, .sums = work, .squares = work + n + 1, .s = how.start > 0 ? how.start : zp_made(x, n) };
	if (a.s == 0)
		a.s = zp_moments_of(x, n).sd;
	sum_outward(&a);
	a.low = a.high = n / 2;

	const double s_least = how.collapse_ratio * a.s;
	shrinking was = { 0 };
	for (unsigned i = 1; i <= ZP_ALGORITHM_A_MOST; i++) {
		const double t = a.t, s = a.s;
		clamp(&a);
		update(&a, how.factor, a.sums[a.high] - a.sums[a.low], squares_by_sums);
		if (has_collapsed(&a, s, s_least, &was))
			return (zp_robust){ .x = x[a.low], .s = 0, .iterations = i, .converged = true, .collapsed = true };
		if (has_settled(&a, t, s, i, how.third_figure)) {
			if (!how.third_figure)
				finish(&a, how.factor);
			return (zp_robust){ .x = median + a.t, .s = a.s, .iterations = i, .converged = true };
		}
	}
	return (zp_robust){ .x = median + a.t, .s = a.s, .iterations = ZP_ALGORITHM_A_MOST };
}

zp_robust zp_huber(const double *x, size_t n, double s, double *work)
{
	const double median = zp_median(x, n);
	state a = { .x = x, .n = n, .median = median, .sums = work, .squares = work + n + 1, .s = s };
	if (!(s > 0))
		return (zp_robust){ .x = median, .s = s, .converged = true, .collapsed = s == 0 };
	sum_outward(&a);
	a.low = a.high = n / 2;
	for (unsigned i = 1; i <= ZP_ALGORITHM_A_MOST; i++) {
		const double t = a.t;
		clamp(&a);
		const double free = (double)(a.high - a.low), pull = CLAMP * s * ((double)(a.n - a.high) - (double)a.low);
		const double sum = a.sums[a.high] - a.sums[a.low];
		a.t = free > 0 ? (sum + pull) / free : t + pull / (double)n; /* Newton's step; where nobody is free, the plain one */
		if (i > 64) /* a circle of Newton's steps: the plain ones always arrive */
			a.t = (sum + (double)a.low * (t - CLAMP * s) + (double)(a.n - a.high) * (t + CLAMP * s)) / (double)n;
		if (fabs(a.t - t) <= SETTLED * s)
			return (zp_robust){ .x = median + a.t, .s = s, .iterations = i, .converged = true };
	}
	return (zp_robust){ .x = median + a.t, .s = s, .iterations = ZP_ALGORITHM_A_MOST };
}
