/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include "base/random.h"
#include "stats/robust.h"

#define MOST 2000
#define COUNT(a) (sizeof(a) / sizeof *(a))
static double work[ZP_ALGORITHM_A_WORK(MOST)];

static int ascending(const void *a, const void *b)
{
	const double *p = a, *q = b;
	return (*p > *q) - (*p < *q);
}

static double smooth(zp_random *r, size_t i) { (void)i; return 5 + 0.2 * zp_random_normal(r); }
static double tied(zp_random *r, size_t i) { (void)i; return rint(-40 + 2 * zp_random_normal(r)) / 10; }
static double shifted(zp_random *r, size_t i) { (void)i; return 1e8 + 0.05 * zp_random_normal(r); }
static double wild(zp_random *r, size_t i) { return i == 1 ? 1e9 : smooth(r, i); }
static double two(zp_random *r, size_t i) { return zp_random_uniform(r) < 0.4 ? 9 + 0.2 * zp_random_normal(r) : smooth(r, i); }
static double mostly_equal(zp_random *r, size_t i) { return i % 3 ? 5 : smooth(r, i); }
static double equal(zp_random *r, size_t i) { (void)r, (void)i; return 0.1; }
static const struct { const char *name; double (*at)(zp_random *, size_t); double s; } shapes[] = {
	{ "smooth", smooth, 0.2 }, { "tied", tied, 0.2 }, { "shifted", shifted, 0.05 }, { "wild", wild, 0.2 },
	{ "two", two, 0.2 },
	{ "mostly equal", mostly_equal, 0.1 }, { "equal", equal, 0.1 },
};

static void fill(double *x, size_t n, size_t shape)
{
	zp_random r = zp_random_stream(1, shape, n);
	for (size_t i = 0; i < n; i++)
		x[i] = shapes[shape].at(&r, i);
	qsort(x, n, sizeof *x, ascending);
}

/* ---- the location for a given scale ---- */

/* Where the clamped deviations cancel: they fall as t rises, so halving finds it. Counted from the middle value. */
static long double pull(const double *x, size_t n, long double s, long double t)
{
	long double sum = 0;
	for (size_t i = 0; i < n; i++) {
		long double d = (long double)x[i] - x[n / 2] - t;
		sum += d > 1.5L * s ? 1.5L * s : d < -1.5L * s ? -1.5L * s : d;
	}
	return sum;
}

static long double slow_huber(const double *x, size_t n, long double s)
{
	long double low = (long double)x[0] - x[n / 2], high = (long double)x[n - 1] - x[n / 2];
	long double median = n % 2 ? 0 : ((long double)x[n / 2 - 1] - x[n / 2]) / 2;
	/* also where equally many are clamped on both sides and nobody is free */
	if (fabsl(pull(x, n, s, median)) <= 1e-17L * n * s)
		return median;
	for (int i = 0; i < 120; i++) {
		long double t = (low + high) / 2;
		if (pull(x, n, s, t) > 0)
			low = t;
		else
			high = t;
	}
	return high;
}

Test(huber, the_clamped_deviations_cancel_where_halving_finds_it)
{
	static const double factors[] = { 1e-3, 0.05, 0.5, 1, 2, 30 };
	static double x[MOST];
	for (size_t k = 0; k < COUNT(shapes); k++)
		for (size_t n = 1; n <= MOST; n = n < 40 ? n + 1 : 3 * n) {
			fill(x, n, k);
			for (size_t f = 0; f < COUNT(factors); f++) {
				double s = factors[f] * shapes[k].s;
				zp_robust r = zp_huber(x, n, s, work);
				long double off = (long double)r.x - x[n / 2] - slow_huber(x, n, s);
				cr_assert(r.converged && !r.collapsed && r.s == s, "%s, n = %zu, s = %g", shapes[k].name, n, s);
				cr_assert_leq(fabsl(off), 1e-11L * s + 3e-16L * fabsl(r.x),
					      "%s, n = %zu, s = %g: %.17g is %.3Lg off", shapes[k].name, n, s, r.x, off);
			}
		}
}

/* R: x as below; robustbase 0.95-0 huberM(x, k = 1.5, s = s, tol = 1e-15)$mu, and MASS 7.3-58.2 hubers(x, k = 1.5, s = s)$mu
 * agrees. s is 1.483 mad(x, constant = 1), then a quarter of it. Creosote: the cell means in the help of metRology. */
Test(huber, locations_are_those_of_robustbase_and_mass)
{
	static const double creosote[] = { 17.57, 19.5, 20.1, 20.155, 20.3, 20.705, 20.94, 21.185, 24.14 };
	static const struct { size_t n, modulus; double factor, divisor, offset, s, expected, expected_quarter; } rows[] = {
		{ 25, 37, 1, 4, 0, 3.7075, 4.93, 5.443874999999994 },         /* ((1:25)^2 %% 37) / 4 */
		{ 40, 53, 1, 8, 20, 2.780625, 23.434375, 23.62025173611111 }, /* 20 + ((1:40)^2 %% 53) / 8 */
		{ 30, 41, -1, 16, 0, 1.11225, -1.333333333333333, -1.385523437499999 },
		{ 50, 67, 1, 1024, 1e8, 0.01810302734375, 100000000.0321292, 100000000.0292916 },
	};
	zp_robust r = zp_huber(creosote, 9, 0.94912, work), quarter = zp_huber(creosote, 9, 0.94912 / 4, work);
	cr_assert_leq(fabs(r.x - 20.41214285714285), 2e-14, "%.17g", r.x);
	cr_assert_leq(fabs(quarter.x - 20.40398), 2e-14, "%.17g", quarter.x);
	for (size_t k = 0; k < COUNT(rows); k++) {
		double x[50];
		for (size_t i = 1; i <= rows[k].n; i++)
			x[i - 1] = rows[k].offset + rows[k].factor * (double)(i * i % rows[k].modulus) / rows[k].divisor;
		qsort(x, rows[k].n, sizeof *x, ascending);
		r = zp_huber(x, rows[k].n, rows[k].s, work), quarter = zp_huber(x, rows[k].n, rows[k].s / 4, work);
		cr_assert_leq(fabs(r.x - rows[k].expected), 1e-15 * fabs(r.x), "row %zu: %.17g", k, r.x);
		cr_assert_leq(fabs(quarter.x - rows[k].expected_quarter), 2e-15 * fabs(r.x), "row %zu: %.17g", k, quarter.x);
	}
}

Test(huber, two_equal_clusters_with_nobody_between_give_the_middle)
{
	static const double x[] = { 1, 1.1, 1.2, 9.3, 9.4, 9.5 };
	zp_robust r = zp_huber(x, 6, 0.1, work);
	cr_assert(r.converged && r.x == 5.25, "%.17g", r.x);
}

Test(huber, a_median_that_is_the_answer_is_found_in_one_turn)
{
	static const double x[] = { 1, 2, 3 };
	const zp_robust r = zp_huber(x, 3, 1, work);
	cr_expect(r.x == 2 && r.iterations == 1, "%g in %u turns", r.x, r.iterations);
}

Test(huber, whoever_is_free_alone_is_heard)
{
	static const double x[] = { -10, -3, 3, 10 }; /* bounds of -3 and 3: the lower is within them, the upper is not */
	const zp_robust r = zp_huber(x, 4, 2, work);
	cr_expect(r.x == 0 && r.iterations == 1, "%g in %u turns", r.x, r.iterations);
}

Test(huber, without_a_scale_it_is_the_median)
{
	static const double x[] = { 0.1, 0.3, 0.3, 0.7, 9 };
	zp_robust r = zp_huber(x, 5, 0, work), one = zp_huber(x, 1, 0.2, work);
	cr_assert(r.x == 0.3 && r.s == 0 && r.collapsed && r.converged);
	cr_assert(one.x == 0.1 && one.s == 0.2 && !one.collapsed && one.converged);
	cr_assert(isnan(zp_huber(x, 5, NAN, work).s));
}

/* ---- the stop of C.3.1 at the third significant figure ---- */

static zp_robust by_figures(const double *x, size_t n)
{
	return zp_algorithm_a(
		x, n, (zp_algorithm_a_how){ .factor = ZP_ALGORITHM_A_PRINTED, .collapse_ratio = 1e-9, .third_figure = true },
		work);
}

/* R: repeat of w <- pmin(pmax(x, m - 1.5 s), m + 1.5 s); mean(w); 1.134 sd(w), until signif(., 3) of both stay, from the
 * second time on. Atrazine: the data of ISO 13528 Annex E.3 from a third party's transcription; that its table took six
 * iterations, and that ISO 5725-5 stops at creosote earlier still, is known from there. */
Test(huber, the_third_figure_stops_where_r_does)
{
	static const struct { size_t n; double x[34], at, s; unsigned iterations; } rows[] = {
		{ 9, { 17.57, 19.5, 20.1, 20.155, 20.3, 20.705, 20.94, 21.185, 24.14 }, 20.41212935208236, 1.053713206038293, 6 },
		{ 34, { .04,  .055, .178, .202, .206, .227, .228, .23,  .23,   .235, .236, .237, .243, .244, .245, .2555, .26,
			.264, .267, .27,  .273, .274, .274, .278, .2811, .287, .287, .288, .289, .295, .296, .311, .331, .4246 },
		  0.257013436553773, 0.03950387239872184, 6 },
		{ 2, { 3, 7 }, 5, 3.20743635946218, 2 },
		{ 20, { 0, .25, .25, .5, .5, 1, 1, 1.5, 1.5, 2, 2.25, 2.25, 3, 3, 3.25, 3.25, 4, 4, 4.5, 1e9 },
		  2.135609084414993, 1.718085992960587, 4 },
	};
	for (size_t k = 0; k < COUNT(rows); k++) {
		zp_robust r = by_figures(rows[k].x, rows[k].n);
		cr_assert(r.converged && r.iterations == rows[k].iterations, "row %zu: %u iterations", k, r.iterations);
		cr_assert_leq(fabs(r.x - rows[k].at), 1e-13 * r.s, "row %zu: x %.17g, expected %.17g", k, r.x, rows[k].at);
		cr_assert_leq(fabs(r.s - rows[k].s), 1e-13 * r.s, "row %zu: s %.17g, expected %.17g", k, r.s, rows[k].s);
	}
}

static double median_of(double *v, size_t n)
{
	qsort(v, n, sizeof *v, ascending);
	return n % 2 ? v[n / 2] : (v[n / 2 - 1] + v[n / 2]) / 2;
}

/* The third figure of a number, as a whole number of its unit. */
static bool same_figures(long double a, long double b)
{
	long double unit = powl(10, floorl(log10l(fmaxl(fabsl(a), 1e-300L))) - 2),
		    unit_b = powl(10, floorl(log10l(fmaxl(fabsl(b), 1e-300L))) - 2);
	return fabsl(roundl(a / unit) * unit - roundl(b / unit_b) * unit_b) < 1e-6L * unit;
}

/* The slow twin. Gives: iterations, or 0 when s* is on its way to 0. */
static unsigned slow_by_figures(const double *x, size_t n, long double *at, long double *s)
{
	double v[MOST];
	for (size_t i = 0; i < n; i++)
		v[i] = x[i];
	*at = median_of(v, n);
	for (size_t i = 0; i < n; i++)
		v[i] = fabs(x[i] - (double)*at);
	*s = 1.483L * median_of(v, n);
	if (*s == 0)
		return 0;
	for (unsigned k = 1; k < 10000; k++) {
		long double sum = 0, squares = 0, low = *at - 1.5L * *s, high = *at + 1.5L * *s, at_before = *at, s_before = *s;
		for (size_t i = 0; i < n; i++)
			sum += x[i] < low ? low : x[i] > high ? high : x[i];
		*at = sum / n;
		for (size_t i = 0; i < n; i++) {
			long double w = (x[i] < low ? low : x[i] > high ? high : x[i]) - *at;
			squares += w * w;
		}
		*s = 1.134L * sqrtl(squares / (n - 1));
		if (k > 1 && same_figures(*at, at_before) && same_figures(*s, s_before))
			return k;
	}
	return 0;
}

Test(huber, the_third_figure_stops_where_the_slow_twin_does)
{
	static double x[MOST];
	unsigned stops = 0;
	for (size_t k = 0; k + 1 < COUNT(shapes); k++)
		for (size_t n = 2; n <= MOST; n = n < 120 ? n + 1 : 3 * n) {
			long double at, s;
			fill(x, n, k);
			unsigned iterations = slow_by_figures(x, n, &at, &s);
			if (iterations == 0)
				continue;
			zp_robust r = by_figures(x, n);
			cr_assert_eq(r.iterations, iterations, "%s, n = %zu: %u iterations, expected %u", shapes[k].name, n,
				     r.iterations, iterations);
			cr_assert_leq(fabsl(r.x - at), 1e-10L * s + 3e-16L * fabsl(at), "%s, n = %zu: x %.17g, expected %.17Lg",
				      shapes[k].name, n, r.x, at);
			cr_assert_leq(fabsl(r.s - s), 1e-9L * s, "%s, n = %zu: s %.17g, expected %.17Lg", shapes[k].name, n, r.s,
				      s);
			stops++;
		}
	cr_assert_gt(stops, 500);
}

/* An origin far away leaves the third figure of x* nothing to say, and a unit shifts which digits are looked at. */
Test(huber, the_third_figure_depends_on_the_origin_and_the_fixed_point_does_not)
{
	static const double creosote[] = { 17.57, 19.5, 20.1, 20.155, 20.3, 20.705, 20.94, 21.185, 24.14 };
	double inches[9];
	for (size_t i = 0; i < 9; i++)
		inches[i] = creosote[i] / 25.4;
	zp_robust a = by_figures(creosote, 9), b = by_figures(inches, 9);
	zp_algorithm_a_how how = { .factor = ZP_ALGORITHM_A_PRINTED, .collapse_ratio = 1e-9 };
	zp_robust a_fixed = zp_algorithm_a(creosote, 9, how, work), b_fixed = zp_algorithm_a(inches, 9, how, work);
	cr_assert_gt(fabs(a.s / 25.4 - b.s), 1e-4 * b.s);
	cr_assert_leq(fabs(a_fixed.s / 25.4 - b_fixed.s), 1e-13);
	cr_assert_leq(fabs(a_fixed.s - 1.0698397029556654), 1e-10); /* R: the same to the fixed point */
	cr_assert(a.iterations < a_fixed.iterations);
}

Test(huber, equal_values_stop_at_once_by_either_rule)
{
	static const double x[] = { 0.1, 0.1, 0.1, 0.1, 0.1 };
	zp_robust r = by_figures(x, 5), one = by_figures(x, 1);
	cr_assert(r.x == 0.1 && r.s == 0 && r.collapsed && r.converged);
	cr_assert(one.x == 0.1 && isnan(one.s) && !one.collapsed);
}
