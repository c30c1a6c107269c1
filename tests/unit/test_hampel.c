/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include "base/random.h"
#include "stats/hampel.h"

#define MOST 200
#define COUNT(a) (sizeof(a) / sizeof *(a))
static double work[ZP_HAMPEL_WORK(MOST)];

static int ascending(const void *a, const void *b)
{
	const double *p = a, *q = b;
	return (*p > *q) - (*p < *q);
}

static int ascending_long(const void *a, const void *b)
{
	const long double *p = a, *q = b;
	return (*p > *q) - (*p < *q);
}

/* ---- the slow twin: the whole polygon, corner by corner, in long double ---- */

static long double psi(long double q)
{
	long double size = fabsl(q), value = size <= 1.5L ? size : size <= 3 ? 1.5L : size <= 4.5L ? 4.5L - size : 0;
	return q < 0 ? -value : value;
}

static long double sum_at(const long double *x, size_t n, long double s, long double t)
{
	long double sum = 0;
	for (size_t i = 0; i < n; i++)
		sum += psi((x[i] - t) / s);
	return sum;
}

static size_t corners_of(const long double *x, size_t n, long double s, long double *out)
{
	static const long double bends[] = { -4.5L, -3, -1.5L, 1.5L, 3, 4.5L };
	size_t m = 0;
	out[m++] = x[0];
	out[m++] = x[n - 1];
	for (size_t i = 0; i < n; i++)
		for (size_t b = 0; b < 6; b++) {
			long double corner = x[i] + bends[b] * s;
			if (corner > x[0] && corner < x[n - 1])
				out[m++] = corner;
		}
	qsort(out, m, sizeof *out, ascending_long);
	return m;
}

/* The zeros of the polygon that are nearest to the median, on either side; an infinite distance where there is none. */
static void slow_zeros(const double *values, size_t n, long double s, long double *left, long double *right)
{
	static long double corner[6 * MOST + 2], x[MOST];
	for (size_t i = 0; i < n; i++)
		x[i] = (long double)values[i] - values[n / 2]; /* beside 1e8 even these digits would not do */
	long double median = n % 2 ? x[n / 2] : (x[n / 2 - 1] + x[n / 2]) / 2;
	long double fuzz = 1e-13L * n + 0x1p-60L * (x[n - 1] - x[0]) / s * n;
	size_t m = corners_of(x, n, s, corner);
	*left = *right = INFINITY;
	for (size_t i = 0; i < m; i++) {
		long double here = sum_at(x, n, s, corner[i]), there = i + 1 < m ? sum_at(x, n, s, corner[i + 1]) : here, zero;
		if (fabsl(here) <= fuzz)
			zero = fabsl(there) <= fuzz && i + 1 < m ? fminl(fmaxl(median, corner[i]), corner[i + 1]) : corner[i];
		else if (fabsl(there) > fuzz && (here < 0) != (there < 0))
			zero = corner[i] + (corner[i + 1] - corner[i]) * here / (here - there);
		else
			continue;
		if (zero <= median)
			*left = fminl(*left, median - zero);
		if (zero >= median)
			*right = fminl(*right, zero - median);
	}
}

static void check(const double *x, size_t n, double s, const char *what)
{
	long double median = n % 2 ? x[n / 2] : ((long double)x[n / 2 - 1] + x[n / 2]) / 2, left, right, expected;
	double got;
	bool decided = zp_hampel(x, n, s, work, &got);
	slow_zeros(x, n, s, &left, &right);
	if (left > 1e-9L * s && right > 1e-9L * s && fabsl(left - right) < 1e-8L * s) { /* equally near, or nearly so */
		cr_assert(decided || fabsl(got - median) <= 1e-15L * fabsl(median));
		return;
	}
	expected = left < right ? median - left : median + right;
	cr_assert_leq(fabsl(got - expected), 1e-10L * s + 2e-16L * fabsl(expected), "%s, n = %zu, s = %g: %.17g, expected %.17Lg",
		      what, n, s, got, expected);
	cr_assert(decided || fminl(left, right) <= 1e-9L * s, "%s, n = %zu, s = %g: undecided, zero at %.17Lg", what, n, s,
		  expected);
}

static double smooth(zp_random *r, size_t i) { (void)i; return 5 + 0.2 * zp_random_normal(r); }
static double tied(zp_random *r, size_t i) { (void)i; return rint(-40 + 2 * zp_random_normal(r)) / 10; }
static double shifted(zp_random *r, size_t i) { (void)i; return 1e8 + 0.05 * zp_random_normal(r); }
static double wild(zp_random *r, size_t i) { return i == 1 ? 1e9 : smooth(r, i); }
static double two(zp_random *r, size_t i) { return zp_random_uniform(r) < 0.35 ? 6.5 + 0.2 * zp_random_normal(r) : smooth(r, i); }
static double far_apart(zp_random *r, size_t i) { return zp_random_uniform(r) < 0.5 ? 80 + smooth(r, i) : smooth(r, i); }
static double mostly_equal(zp_random *r, size_t i) { return i % 3 ? 5 : smooth(r, i); }
static double even(zp_random *r, size_t i) { (void)i; return 4 + 3 * zp_random_uniform(r); }
static const struct { const char *name; double (*at)(zp_random *, size_t); double s; } shapes[] = {
	{ "smooth", smooth, 0.2 }, { "tied", tied, 0.2 }, { "shifted", shifted, 0.05 }, { "wild", wild, 0.2 },
	{ "two", two, 0.2 },
	{ "far apart", far_apart, 0.2 }, { "mostly equal", mostly_equal, 0.1 }, { "even", even, 0.4 },
};

Test(hampel, the_nearest_zero_is_that_of_the_whole_polygon)
{
	static const double factors[] = { 0.02, 0.3, 0.7, 1, 1.9, 5, 1000 };
	double x[MOST];
	for (size_t k = 0; k < COUNT(shapes); k++)
		for (size_t n = 1; n <= MOST; n += n < 25 ? 1 : 35) {
			zp_random r = zp_random_stream(1, k, n);
			for (size_t i = 0; i < n; i++)
				x[i] = shapes[k].at(&r, i);
			qsort(x, n, sizeof *x, ascending);
			for (size_t f = 0; f < COUNT(factors); f++)
				check(x, n, factors[f] * shapes[k].s, shapes[k].name);
		}
}

/* Few values and scales between their distances: zeros on both sides, flat ones, unsteady ones. */
Test(hampel, few_values_at_any_distance_agree_as_well)
{
	double x[9];
	zp_random r = zp_random_stream(2, 0, 0);
	for (unsigned round = 0; round < 20000; round++) {
		size_t n = 2 + zp_random_below(&r, 8);
		for (size_t i = 0; i < n; i++)
			x[i] = round % 2 ? 12 * zp_random_uniform(&r) : (double)zp_random_below(&r, 40) / 4;
		qsort(x, n, sizeof *x, ascending);
		check(x, n, 0.5 + zp_random_uniform(&r), "few");
	}
}

/* R, robustbase 0.95-0: V <- function(t) sum(Mpsi((x - t) / s, cc = c(1.5, 3, 4.5), psi = "hampel")), its zeros by
 * uniroot(V, tol = 1e-15) between 200,001 points; the one nearest to median(x). */
Test(hampel, zeros_found_with_robustbase_are_met)
{
	static const struct { double x[10]; size_t n; double s, expected; } rows[] = {
		{ { 4.8, 4.9, 5, 5.1, 5.1, 5.2, 5.3, 5.3, 6, 9 }, 10, 0.3, 5.14375 },
		{ { -3, -1.5, -1, -.2, 0, .1, .4, 2, 30 }, 9, 1, -0.366666666666667 },
		{ { 10, 10.2, 10.3, 10.5, 10.6, 13, 13.1, 13.2 }, 8, 0.9, 11.13 },
		{ { 99999999.95, 99999999.98, 1e8, 100000000.01, 100000000.03, 100000000.04, 100000000.09, 100000000.3 }, 8, 0.05,
		  100000000.01416667 },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		double got;
		cr_assert(zp_hampel(rows[i].x, rows[i].n, rows[i].s, work, &got));
		cr_assert_leq(fabs(got - rows[i].expected), 1e-12 * rows[i].s + 4e-16 * fabs(got),
			      "row %zu: %.17g, expected %.17g", i, got, rows[i].expected);
	}
}

/* At -1.5 the three to the left balance the middle one; at 1.5 those three to the right have gained as much: by hand. */
Test(hampel, two_zeros_equally_near_decide_nothing)
{
	static const double x[] = { -2, -2, -2, 0, 4.5, 4.5, 4.5 };
	double scaled[7], got;
	for (double s = 0.125; s < 100; s *= 3) {
		for (size_t i = 0; i < 7; i++)
			scaled[i] = x[i] * s;
		cr_assert(!zp_hampel(scaled, 7, s, work, &got) && got == 0, "s = %g: %.17g", s, got);
	}
}

/* The same with one of the three a little farther out: the zero on that side lies a thousandth of 1e-9 s farther, which is no nearer one. By hand. */
Test(hampel, two_zeros_all_but_equally_near_decide_nothing)
{
	static const double right[] = { -2, -2, -2, 0, 4.5, 4.5, 4.500000001 }, left[] = { -4.500000001, -4.5, -4.5, 0, 2, 2, 2 };
	double got;
	cr_expect(!zp_hampel(right, 7, 1, work, &got) && got == 0, "%.17g", got);
	cr_expect(!zp_hampel(left, 7, 1, work, &got) && got == 0, "%.17g", got);
}

Test(hampel, wild_values_take_nothing_from_the_last_digit)
{
	static const double x[] = { -1e12, -1e12, 0, 0.1, 0.2 };
	double got;
	cr_expect(zp_hampel(x, 5, 0.1, work, &got));
	cr_expect_leq(fabs(got - 0.1), 1e-15, "%.17g", got); /* the middle of the three that are within reach */
}

Test(hampel, two_equal_clusters_out_of_reach_give_the_median_undecided)
{
	static const double x[] = { 1, 1.1, 1.2, 1.3, 21, 21.1, 21.2, 21.3 };
	double got;
	cr_assert(!zp_hampel(x, 8, 0.5, work, &got));
	cr_assert_eq(got, 11.15);
}

Test(hampel, of_two_unequal_clusters_the_larger_one_decides)
{
	static const double x[] = { 1, 1.25, 1.25, 1.5, 1.75, 1.75, 20, 20, 20, 20, 20 };
	double got;
	cr_assert(zp_hampel(x, 11, 0.5, work, &got));
	cr_assert_leq(fabs(got - 8.5 / 6), 1e-15, "%.17g", got);
}

Test(hampel, symmetric_values_give_their_centre)
{
	double x[41];
	for (size_t n = 1; n <= 41; n++)
		for (double s = 0.25; s < 20; s *= 2) {
			double got;
			for (size_t i = 0; i < n; i++) {
				double d = (double)i - (double)(n - 1) / 2;
				x[i] = 7 + d * fabs(d) / 8;
			}
			zp_hampel(x, n, s, work, &got);
			cr_assert_leq(fabs(got - 7), 1e-13, "n = %zu, s = %g: %.17g", n, s, got);
		}
}

Test(hampel, without_a_scale_or_a_spread_it_is_the_median)
{
	static const double x[] = { 0.1, 0.1, 0.1, 0.7, 9 }, equal[] = { -7.1, -7.1, -7.1, -7.1 };
	double got;
	cr_assert(zp_hampel(x, 5, 0, work, &got) && got == 0.1);
	cr_assert(zp_hampel(equal, 4, 0.3, work, &got) && got == -7.1);
	cr_assert(zp_hampel(x, 1, 0.3, work, &got) && got == 0.1);
	cr_assert(zp_hampel(x + 2, 2, 10, work, &got));
	cr_assert_leq(fabs(got - 0.4), 1e-16);
}

Test(hampel, a_value_out_of_reach_has_no_say_at_all)
{
	double x[12] = { 4.8, 4.9, 5, 5, 5.1, 5.1, 5.2, 5.3, 5.3, 5.4, 5.4, 8 }, first, other;
	zp_hampel(x, 12, 0.25, work, &first);
	for (double away = 8; away < 1e12; away *= 7) {
		x[11] = away;
		zp_hampel(x, 12, 0.25, work, &other);
		cr_assert_eq(first, other, "beside %g: %.17g, expected %.17g", away, other, first);
	}
}
