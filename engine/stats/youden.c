/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <float.h>
#include <math.h>
#include <stdbool.h>
#include "stats/distribution.h"
#include "stats/moments.h"
#include "stats/order.h"
#include "stats/youden.h"

static double correlation(const double *a, const double *b, size_t n)
{
	const zp_moments ma = zp_moments_of(a, n), mb = zp_moments_of(b, n);
	zp_sum sum = { 0 };
	if (n < 3 || !(ma.sd > 0) || !(mb.sd > 0))
		return NAN;
	for (size_t i = 0; i < n; i++)
		zp_sum_add(&sum, (a[i] - ma.mean) / ma.sd * ((b[i] - mb.mean) / mb.sd));
	return zp_sum_value(&sum) / (double)(n - 1);
}

/* Ranks from 1; equal values share the mean of theirs. */
static void rank(const double *x, size_t n, double *sorted, uint32_t *order, zp_sort_pair *pairs, double *ranks)
{
	for (size_t i = 0; i < n; i++)
		sorted[i] = x[i], order[i] = (uint32_t)i;
	zp_sort_with(sorted, order, n, pairs);
	for (size_t first = 0, end; first < n; first = end) {
		for (end = first + 1; end < n && sorted[end] == sorted[first];)
			end++;
		for (size_t i = first; i < end; i++)
			ranks[order[i]] = (double)(first + 1 + end) / 2;
	}
}

/* How many pairs stand in the wrong order, counted while x is merged into order; x is used up. */
static double inversions(double *x, size_t n, double *work)
{
	double count = 0;
	for (size_t width = 1; width < n; width *= 2) {
		for (size_t from = 0; from < n; from += 2 * width) {
			const size_t middle = from + width < n ? from + width : n, end = from + 2 * width < n ? from + 2 * width : n;
			for (size_t i = from, j = middle, to = from; to < end;) {
				if (j == end || (i < middle && x[i] <= x[j])) {
					work[to++] = x[i++];
				} else {
					count += (double)(middle - i);
					work[to++] = x[j++];
				}
			}
		}
		double *swap = x;
		x = work;
		work = swap;
	}
	return count;
}

static double pairs_of(size_t n) { return (double)n * ((double)n - 1) / 2; }

/* Kendall's tau b from ranks. sorted_b: those of b ascending, which is the order of the laboratories order[]; order and the
 * two are used up. Cites: Knight, J. Am. Stat. Assoc. 61 (1966) 436. */
static double kendall(const double *ranks_a, double *sorted_b, size_t n, uint32_t *order, double *work, zp_sort_pair *pairs)
{
	double ties_a = 0, ties_b = 0, ties_both = 0;
	for (size_t i = 0; i < n; i++)
		work[i] = ranks_a[order[i]], order[i] = (uint32_t)i;
	zp_sort_with(work, order, n, pairs); /* by a, and by b where a is equal */
	for (size_t i = 0, a = 0, b = 0, both = 0; i < n; i++) { /* where the ties began that i belongs to */
		a = i && work[i] == work[i - 1] ? a : i;
		b = i && sorted_b[i] == sorted_b[i - 1] ? b : i;
		both = i && a != i && sorted_b[order[i]] == sorted_b[order[i - 1]] ? both : i;
		ties_a += (double)(i - a);
		ties_b += (double)(i - b);
		ties_both += (double)(i - both);
	}
	for (size_t i = 0; i < n; i++)
		work[i] = sorted_b[order[i]];
	const double in_a = pairs_of(n) - ties_a, in_b = pairs_of(n) - ties_b;
	const double agree = pairs_of(n) - ties_a - ties_b + ties_both - 2 * inversions(work, n, sorted_b);
	return n < 3 || !(in_a > 0) || !(in_b > 0) ? NAN : agree / sqrt(in_a * in_b);
}

zp_youden zp_youden_of(const double *a, const double *b, size_t n, double *work, uint32_t *order, void *pairs)
{
	double *sorted = work, *ranks_a = work + n, *ranks_b = work + 2 * n, *mixed = work + 3 * n;
	const zp_moments ma = zp_moments_of(a, n), mb = zp_moments_of(b, n);
	zp_youden y = { .n = n, .mean_a = ma.mean, .mean_b = mb.mean, .sd_a = ma.sd, .sd_b = mb.sd };
	y.pearson = correlation(a, b, n);
	rank(a, n, sorted, order, pairs, ranks_a);
	rank(b, n, sorted, order, pairs, ranks_b);
	y.spearman = correlation(ranks_a, ranks_b, n);
	for (size_t i = 0; i < n; i++)
		mixed[i] = ranks_b[order[i]];
	y.kendall = kendall(ranks_a, mixed, n, order, sorted, pairs);
	for (size_t i = 0; i < n; i++)
		mixed[i] = a[i] - b[i];
	y.sd_within = zp_moments_of(mixed, n).sd / sqrt(2);
	for (size_t i = 0; i < n; i++)
		mixed[i] = a[i] + b[i];
	y.sd_total = zp_moments_of(mixed, n).sd / sqrt(2);
	return y;
}

/* 1 - r^2 is no more than the rounding of so many terms leaves of 0. */
static bool on_a_line(const zp_youden *y) { return 1 - y->pearson * y->pearson <= 4 * (double)y->n * DBL_EPSILON; }

zp_ellipse zp_ellipse_of(const zp_youden *y, double p)
{
	const double n = (double)y->n, aa = y->sd_a * y->sd_a, bb = y->sd_b * y->sd_b, ab = y->pearson * y->sd_a * y->sd_b;
	const double middle = (aa + bb) / 2, half = hypot((aa - bb) / 2, ab);
	if (y->n < 3 || isnan(ab))
		return (zp_ellipse){ NAN, NAN, NAN, NAN };
	zp_ellipse e = { .t2 = 2 * (n - 1) / (n - 2) * zp_f_quantile(p, 2, n - 1) };
	const double small = on_a_line(y) ? 0 : middle - half;
	e.semi_major = sqrt(e.t2 * (middle + half));
	e.semi_minor = sqrt(e.t2 * (small > 0 ? small : 0));
	e.angle = atan2(2 * ab, aa - bb) / 2 * 57.29577951308232;
	if (e.angle <= -90) /* a line has two directions */
		e.angle = 90;
	return e;
}

double zp_youden_distance(const zp_youden *y, double a, double b)
{
	const double za = (a - y->mean_a) / y->sd_a, zb = (b - y->mean_b) / y->sd_b, r = y->pearson, rest = 1 - r * r;
	return rest > 0 && !on_a_line(y) ? (za * za - 2 * r * za * zb + zb * zb) / rest : NAN;
}
