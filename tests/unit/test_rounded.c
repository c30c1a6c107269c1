/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include "base/random.h"
#include "stats/rounded.h"

#define MOST 1000
#define COUNT(a) (sizeof(a) / sizeof *(a))
static const zp_algorithm_a_how printed = { .factor = ZP_ALGORITHM_A_PRINTED, .collapse_ratio = 1e-9 };
static double work[ZP_ROUNDED_WORK(MOST)];
static uint64_t keys[2 * MOST];

static int ascending(const void *a, const void *b)
{
	const double *p = a, *q = b;
	return (*p > *q) - (*p < *q);
}

/* ---- the slow twin: ties spread by the definition, Algorithm A by its own, in long double ---- */

static int ascending_long(const void *a, const void *b)
{
	const long double *p = a, *q = b;
	return (*p > *q) - (*p < *q);
}

static long double median_of(long double *v, size_t n)
{
	qsort(v, n, sizeof *v, ascending_long);
	return n % 2 ? v[n / 2] : (v[n / 2 - 1] + v[n / 2]) / 2;
}

/* Values are counted from the first; so is *at. Gives: iterations. */
static unsigned slow(const double *x, size_t n, double step, long double *at, long double *s)
{
	static long double y[MOST], away[MOST];
	for (size_t i = 0; i < n; i++) {
		size_t before = 0, equal = 0;
		for (size_t j = 0; j < n; j++) {
			equal += x[j] == x[i];
			before += x[j] == x[i] && j < i;
		}
		y[i] = (long double)x[i] - x[0] - step / 2.0L + step * (before + 0.5L) / equal;
	}
	*at = median_of(y, n);
	for (size_t i = 0; i < n; i++)
		away[i] = fabsl(y[i] - *at);
	*s = 1.483L * median_of(away, n);
	for (unsigned k = 0; k < 100000; k++) {
		long double sum = 0, squares = 0, low = *at - 1.5L * *s, high = *at + 1.5L * *s, at_before = *at, s_before = *s;
		for (size_t i = 0; i < n; i++)
			sum += y[i] < low ? low : y[i] > high ? high : y[i];
		*at = sum / n;
		for (size_t i = 0; i < n; i++) {
			long double w = (y[i] < low ? low : y[i] > high ? high : y[i]) - *at;
			squares += w * w;
		}
		*s = 1.134L * sqrtl(squares / (n - 1));
		if (fabsl(*at - at_before) <= 1e-16L * *s && fabsl(*s - s_before) <= 1e-16L * *s)
			return k + 1;
	}
	cr_assert_fail("the slow twin does not settle");
	return 0;
}

static const struct { const char *name; double at, spread, step; } shapes[] = {
	{ "coarse", 5, 0.05, 0.1 }, { "coarser", -40, 0.2, 1 }, { "usual", 7, 0.3, 0.1 }, { "fine", 140, 3, 0.01 },
	{ "far off", 1e8, 0.05, 0.0625 },
};

Test(rounded, it_is_algorithm_a_of_values_spread_by_hand)
{
	double x[MOST];
	for (size_t k = 0; k < COUNT(shapes); k++)
		for (size_t n = 2; n <= 200; n = n < 40 ? n + 1 : n + 31)
			/* as they come, one wild, two thirds equal, nearer than the step */
			for (unsigned kind = 0; kind < 4; kind++) {
				zp_random r = zp_random_stream(1, k, n);
				for (size_t i = 0; i < n; i++) {
					x[i] = shapes[k].at +
					       rint(shapes[k].spread * zp_random_normal(&r) / shapes[k].step) * shapes[k].step;
					x[i] = kind == 1 && i == 0 ? 1e9 : kind == 2 && i % 3 ? shapes[k].at : x[i];
				}
				qsort(x, n, sizeof *x, ascending);
				double step = kind == 3 ? 3 * shapes[k].step : shapes[k].step;
				long double at, s;
				if (slow(x, n, step, &at, &s) > ZP_ALGORITHM_A_MOST / 2) /* a third clamped: it crawls */
					continue;
				zp_robust got = zp_algorithm_a_rounded(x, n, step, printed, work, keys);
				/* beside 1e8 a value spread is itself only right to 1.5e-8 */
				long double tolerance = 1e-10L * s + 3e-16L * fabsl(x[0]);
				cr_assert(got.converged && !got.collapsed, "%s, n = %zu, kind %u", shapes[k].name, n, kind);
				cr_assert_leq(fabsl((long double)got.x - x[0] - at), tolerance,
					      "%s, n = %zu, kind %u: x %.17g, expected %.17Lg", shapes[k].name, n, kind, got.x,
					      at + x[0]);
				cr_assert_leq(fabsl(got.s - s), 1e-9L * s + 10 * tolerance,
					      "%s, n = %zu, kind %u: s %.17g, expected %.17Lg", shapes[k].name, n, kind, got.s,
					      s);
			}
}

/* R: unlist(lapply(split(x, x), function(g) g[1] - step / 2 + step * (seq_along(g) - .5) / length(g))), then 5000 times
 * w <- pmin(pmax(x, m - 1.5 * s), m + 1.5 * s); m <- mean(w); s <- 1.134 * sd(w). */
Test(rounded, figures_of_r_are_met)
{
	static const struct { double x[24]; size_t n; double step, at, s; } rows[] = {
		{ { 4.9, 5, 5, 5, 5, 5, 5, 5, 5.1, 5.1, 5.3 }, 11, 0.1, 5.02235478350054, 0.0823652233369655 },
		{ { 7.1, 7.1, 7.1, 7.1, 7.1, 7.1, 7.1, 7.1, 7.1, 7.1 }, 10, 0.1, 7.1, 0.0343335550154656 },
		{ { -4, -4, -3, -3, -2, -2, -2, -2, -2, -2, -2, -2, -2, -2, -2, -2, -2, -2, -2, -2, -1, 0, 1, 5 }, 24, 1,
		  -1.98611111111111, 0.811379475257405 },
		{ { 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 1e9 }, 13, 1, 1.77884966206611, 0.897463963195542 },
		{ { 3, 3 }, 2, 1, 3, 0.400929544932772 },
		{ { 3, 4 }, 2, 1, 3.5, 0.801859089865545 },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		zp_robust r = zp_algorithm_a_rounded(rows[i].x, rows[i].n, rows[i].step, printed, work, keys);
		cr_assert_leq(fabs(r.x - rows[i].at), 1e-13, "row %zu: x %.17g, expected %.17g", i, r.x, rows[i].at);
		cr_assert_leq(fabs(r.s - rows[i].s), 1e-12, "row %zu: s %.17g, expected %.17g", i, r.s, rows[i].s);
	}
}

Test(rounded, values_without_ties_are_left_alone)
{
	double x[100];
	for (size_t n = 1; n <= 100; n++) {
		zp_random r = zp_random_stream(2, n, 0);
		for (size_t i = 0; i < n; i++)
			x[i] = 5 + zp_random_normal(&r);
		qsort(x, n, sizeof *x, ascending);
		zp_robust got = zp_algorithm_a_rounded(x, n, 0.25, printed, work, keys),
			  plain = zp_algorithm_a(x, n, printed, work);
		cr_assert(got.x == plain.x && (got.s == plain.s || n == 1) && got.iterations == plain.iterations,
			  "n = %zu: %.17g, %.17g", n, got.x, plain.x);
	}
}

/* Where the spread is ten steps or more, s* moves by less than one in a thousand: step^2 / 12 beside s^2. */
Test(rounded, a_fine_step_changes_little)
{
	static double x[MOST];
	for (double steps = 10; steps < 2000; steps *= 3) {
		zp_random r = zp_random_stream(3, 0, 0);
		for (size_t i = 0; i < MOST; i++)
			x[i] = rint(steps * zp_random_normal(&r));
		qsort(x, MOST, sizeof *x, ascending);
		zp_robust got = zp_algorithm_a_rounded(x, MOST, 1, printed, work, keys),
			  plain = zp_algorithm_a(x, MOST, printed, work);
		cr_assert(fabs(got.x - plain.x) < 0.1 && fabs(got.s / plain.s - 1) < 1e-3, "%g steps: s %g, %g", steps, got.s,
			  plain.s);
	}
}

Test(rounded, what_would_collapse_keeps_a_spread)
{
	double x[60];
	for (size_t n = 2; n <= 60; n++) {
		for (size_t i = 0; i < n; i++)
			x[i] = 0.3;
		zp_robust equal = zp_algorithm_a_rounded(x, n, 0.1, printed, work, keys);
		cr_assert(equal.x == 0.3 && equal.s > 0.02 && equal.s < 0.1 && !equal.collapsed, "n = %zu: %.17g, %g", n, equal.x,
			  equal.s);
		x[n - 1] = 0.4;
		if (n >= 20)
			cr_assert(zp_algorithm_a(x, n, printed, work).collapsed &&
				  !zp_algorithm_a_rounded(x, n, 0.1, printed, work, keys).collapsed);
	}
}

Test(rounded, equal_values_have_their_own_value_to_the_last_bit)
{
	double x[40];
	for (unsigned v = 1; v < 1000; v += 7) {
		for (size_t i = 0; i < 40; i++)
			x[i] = v / 100.0;
		for (size_t n = 2; n <= 40; n++)
			cr_assert_eq(zp_algorithm_a_rounded(x, n, 0.01, printed, work, keys).x, x[0], "%zu times %g", n, x[0]);
	}
}

Test(rounded, one_value_has_no_scale)
{
	static const double x[] = { -7.1 };
	zp_robust r = zp_algorithm_a_rounded(x, 1, 0.1, printed, work, keys);
	cr_assert(r.x == -7.1 && isnan(r.s) && r.converged);
}

Test(rounded, the_part_that_rounding_leaves_is_that_of_an_even_distribution)
{
	static const double spread[] = { 1, 2, 3, 4, 5 }, tied[] = { 1, 2, 2, 2, 5 }, half[] = { 1, 2, 2, 3 };
	double u = 0.1 / (2 * sqrt(3));
	cr_assert(zp_rounding_uncertainty(spread, 5, 0.1) == 0 && zp_rounding_uncertainty(half, 4, 0.1) == 0);
	cr_assert_leq(fabs(zp_rounding_uncertainty(tied, 5, 0.1) - u), 1e-17);
	cr_assert_leq(fabs(zp_rounding_uncertainty(tied, 1, 0.1) - u), 1e-17); /* both quartiles of one value are itself */
	cr_assert_leq(fabs(zp_rounding_uncertainty(tied + 1, 3, 0.1) - u), 1e-17);
}
