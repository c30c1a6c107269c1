/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include "stats/robust.h"

#define MOST 400
static const zp_algorithm_a_how printed = { .factor = ZP_ALGORITHM_A_PRINTED, .collapse_ratio = 1e-9 };
static double work[ZP_ALGORITHM_A_WORK(MOST)];
static uint64_t seed = 1;

static double even(void)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (double)(seed >> 11) * 0x1p-53;
}

static double bell(void)
{
	double sum = 0;
	for (int i = 0; i < 12; i++)
		sum += even();
	return sum - 6;
}

static int ascending(const void *a, const void *b)
{
	const double *p = a, *q = b;
	return (*p > *q) - (*p < *q);
}

/* ---- the slow twin: Algorithm A by its definition, in long double and in any order ---- */

static long double slow_median(const long double *x, size_t n, bool absolute)
{
	double y[MOST];
	for (size_t i = 0; i < n; i++)
		y[i] = (double)(absolute ? fabsl(x[i]) : x[i]);
	qsort(y, n, sizeof *y, ascending);
	return n % 2 ? y[n / 2] : ((long double)y[n / 2 - 1] + y[n / 2]) / 2;
}

static void slow_step(const long double *x, size_t n, double factor, long double *at, long double *s)
{
	long double sum = 0, squares = 0, low = *at - 1.5L * *s, high = *at + 1.5L * *s;
	for (size_t i = 0; i < n; i++)
		sum += x[i] < low ? low : x[i] > high ? high : x[i];
	*at = sum / n;
	for (size_t i = 0; i < n; i++) {
		long double w = x[i] < low ? low : x[i] > high ? high : x[i];
		squares += (w - *at) * (w - *at);
	}
	*s = factor * sqrtl(squares / (n - 1));
}

typedef struct slow_result { double x, s; bool collapsed; } slow_result;

static long double slow_sd(const long double *x, size_t n)
{
	long double sum = 0, squares = 0;
	for (size_t i = 0; i < n; i++)
		sum += x[i];
	for (size_t i = 0; i < n; i++)
		squares += (x[i] - sum / n) * (x[i] - sum / n);
	return sqrtl(squares / (n - 1));
}

static slow_result slow_algorithm_a(const double *values, size_t n, double factor)
{
	long double x[MOST] = { 0 }, median, at = 0, s, scale = 0;
	for (size_t i = 0; i < n; i++)
		x[i] = values[i];
	median = slow_median(x, n, false);
	for (size_t i = 0; i < n; i++) {
		x[i] -= median;
		scale = fmaxl(scale, fabsl(x[i]));
	}
	s = 1.483L * slow_median(x, n, true);
	if (s == 0)
		s = slow_sd(x, n);
	for (unsigned i = 1; i < 1000000; i++) {
		long double at_before = at, s_before = s;
		slow_step(x, n, factor, &at, &s);
		if (s < 1e-14L * scale && s < 0.999999L * s_before)
			return (slow_result){ (double)(median + at), 0, true };
		if (fabsl(at - at_before) <= 1e-15L * s && fabsl(s - s_before) <= 1e-15L * s)
			return (slow_result){ (double)(median + at), (double)s, false };
	}
	cr_assert_fail("the slow twin does not settle");
	return (slow_result){ 0 };
}

static zp_robust sorted_algorithm_a(const double *x, size_t n, zp_algorithm_a_how how)
{
	double y[MOST];
	for (size_t i = 0; i < n; i++)
		y[i] = x[i];
	qsort(y, n, sizeof *y, ascending);
	return zp_algorithm_a(y, n, how, work);
}

static void check_against_twin(const double *x, size_t n, double factor, const char *what, unsigned round)
{
	slow_result expected = slow_algorithm_a(x, n, factor);
	zp_robust got = sorted_algorithm_a(x, n, (zp_algorithm_a_how){ .factor = factor, .collapse_ratio = 1e-9 });
	double tolerance = 1e-10 * expected.s + 1e-15 * fabs(expected.x);
	for (size_t i = 0; expected.collapsed && i < n; i++) /* the twin stops a little before */
		tolerance = fmax(tolerance, 1e-13 * fabs(x[i] - expected.x));
	cr_assert(got.converged, "%s %u", what, round);
	cr_assert_eq(got.collapsed, expected.collapsed, "%s %u, n = %zu: collapsed %d, s %.17g, expected %.17g", what, round, n,
	             got.collapsed, got.s, expected.s);
	cr_assert_leq(fabs(got.x - expected.x), tolerance, "%s %u, n = %zu: x %.17g, expected %.17g", what, round, n, got.x, expected.x);
	cr_assert_leq(fabs(got.s - expected.s), 1e-9 * expected.s, "%s %u, n = %zu: s %.17g, expected %.17g", what, round, n, got.s, expected.s);
}

Test(robust, algorithm_a_agrees_with_the_slow_twin_on_smooth_values)
{
	double x[MOST];
	for (unsigned round = 0; round < 1500; round++) {
		size_t n = 2 + (size_t)(even() * 198);
		double share = 0.25 * even();
		for (size_t i = 0; i < n; i++)
			x[i] = 5 + 0.2 * bell() + (even() < share ? 3 * even() : 0);
		check_against_twin(x, n, round % 2 ? ZP_ALGORITHM_A_PRINTED : ZP_ALGORITHM_A_EXACT, "round", round);
	}
}

Test(robust, algorithm_a_agrees_with_the_slow_twin_on_tied_values)
{
	double x[MOST];
	for (unsigned round = 0; round < 3000; round++) {
		size_t n = 2 + (size_t)(even() * 38);
		double spread = 0.3 + 3 * even();
		for (size_t i = 0; i < n; i++)
			x[i] = 40 + round % 3 * 1e6 + (double)lround(spread * bell());
		if (round % 7 == 0)
			x[n / 2] = 1e9;
		bool equal = true;
		for (size_t i = 1; i < n; i++)
			equal = equal && x[i] == x[0];
		if (!equal)
			check_against_twin(x, n, ZP_ALGORITHM_A_PRINTED, "round", round);
	}
}

/* The greatest value lies 1e-14 within x* + 1.5 s*; what is expected comes from 5000 turns in 60 decimals. */
Test(robust, who_lies_at_the_bound_is_weighed_by_where_the_bound_has_come_to_rest)
{
	static const double x[] = { 10.3, 10.6, 11, 11.8, 12, 13.584869581892 };
	const zp_robust r = zp_algorithm_a(x, 6, printed, work);
	cr_assert(r.converged);
	cr_expect_leq(fabs(r.x - 11.547478263648666955513), 4e-15, "%.17g", r.x);
	cr_expect_leq(fabs(r.s - 1.35826087882903628038), 6e-16, "%.17g", r.s);
}

Test(robust, a_fixed_point_stays_where_it_is)
{
	double x[50];
	long double y[50];
	for (unsigned round = 0; round < 200; round++) {
		for (size_t i = 0; i < 50; i++)
			y[i] = x[i] = 1e8 + 0.05 * bell();
		zp_robust r = sorted_algorithm_a(x, 50, printed);
		long double at = r.x, s = r.s;
		slow_step(y, 50, ZP_ALGORITHM_A_PRINTED, &at, &s);
		cr_assert_leq(fabsl(at - r.x), 2e-8L); /* a unit in the last place of x* */
		cr_assert_leq(fabsl(s - r.s), 1e-7L * s);
	}
}

/* With k of n equal and the others far away on both sides, s* shrinks by 1.134 * 1.5 * sqrt((n - k) / (n - 1)) each time. */
Test(robust, a_tied_group_gives_its_common_value)
{
	for (size_t n = 9; n <= 60; n++) {
		for (size_t k = n / 2 + 1; k <= n; k++) {
			double x[60];
			for (size_t i = 0; i < n; i++)
				x[i] = i < (n - k) / 2 ? -100 - (double)i : i < (n - k) / 2 + k ? 0.3 : 100 + (double)i;
			bool shrinks = 1.134 * 1.5 * sqrt((double)(n - k) / (double)(n - 1)) < 1;
			if ((n - k) % 2) /* lopsided: the formula does not hold near the limit */
				continue;
			zp_robust r = sorted_algorithm_a(x, n, printed);
			cr_assert_eq(r.collapsed, shrinks, "%zu of %zu: s %g", k, n, r.s);
			if (shrinks)
				cr_assert(r.x == 0.3 && r.s == 0 && r.converged, "%zu of %zu: x %.17g", k, n, r.x);
			else
				cr_assert(r.s > 0);
		}
	}
}

Test(robust, collapse_is_seen_by_its_steady_ratio_or_sooner_by_its_size)
{
	double x[45];
	for (size_t i = 0; i < 45; i++)
		x[i] = i < 3 ? 4 : i < 41 ? 5 : 9;
	zp_robust steady = zp_algorithm_a(x, 45, (zp_algorithm_a_how){ .factor = ZP_ALGORITHM_A_PRINTED, .collapse_ratio = 0 }, work);
	zp_robust small = zp_algorithm_a(x, 45, (zp_algorithm_a_how){ .factor = ZP_ALGORITHM_A_PRINTED, .collapse_ratio = 0.01 }, work);
	cr_assert(steady.collapsed && steady.x == 5 && steady.s == 0);
	cr_assert(small.collapsed && small.x == 5 && small.s == 0);
	cr_assert_lt(small.iterations, steady.iterations);
}

Test(robust, a_wild_value_at_the_start_is_not_taken_for_a_collapse)
{
	double x[22] = { 4.8, 4.9, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5.1, 5.1, 5.2, 5.2, 5.3, 5.5, 6, 6 };
	double without = zp_algorithm_a(x, 22, printed, work).s;
	for (double wild = 1e2; wild < 1e40; wild *= 1e3) { /* MADe is 0, so the start is an SD made by this value */
		x[21] = wild;
		zp_robust r = zp_algorithm_a(x, 22, printed, work);
		cr_assert(r.converged && !r.collapsed, "beside %g", wild);
		cr_assert_leq(fabs(r.s - without), 1e-9 * without, "beside %g: s %.17g, expected %.17g", wild, r.s, without);
	}
}

/* 38 of 111 clamped: an iteration takes only 0.02 % off the distance to the fixed point. */
Test(robust, a_crawl_is_told_as_no_convergence)
{
	double x[111] = { 0 };
	for (size_t i = 0; i < 19; i++) {
		x[i] = -100;
		x[110 - i] = 100;
	}
	x[19] = -1, x[91] = 1;
	zp_robust r = zp_algorithm_a(x, 111, printed, work);
	cr_assert(!r.converged && !r.collapsed && r.iterations == ZP_ALGORITHM_A_MOST, "%u iterations, s = %g", r.iterations, r.s);
	/* 10,000 turns of s^2 = 1.134^2 (2 + 85.5 s^2) / 110 from 380002 / 110, in 40 decimals: the 9,999th is 9.18482216991 */
	cr_assert_leq(fabs(r.s - 9.18397566577658), 1e-9, "%.17g", r.s);
}

Test(robust, equal_values_collapse_and_one_value_has_no_scale)
{
	static const double x[] = { 13.7, 13.7, 13.7 };
	zp_robust three = zp_algorithm_a(x, 3, printed, work), one = zp_algorithm_a(x, 1, printed, work);
	cr_assert(three.collapsed && three.x == 13.7 && three.s == 0);
	cr_assert(!one.collapsed && one.x == 13.7 && isnan(one.s) && one.converged);
	cr_assert(isnan(zp_made(x, 1)) && isnan(zp_niqr(x, 1)));
	cr_assert(zp_made(x, 3) == 0 && zp_niqr(x, 3) == 0);
}

/* 1 / sqrt(beta), beta = theta + (1 - theta) c^2 - 2 c phi(c), theta = 2 Phi(c) - 1. */
Test(robust, the_exact_factor_is_that_of_its_definition)
{
	double c = 1.5, theta = erf(c / sqrt(2)), phi = exp(-c * c / 2) / sqrt(2 * acos(-1));
	double factor = 1 / sqrt(theta + (1 - theta) * c * c - 2 * c * phi);
	cr_assert_leq(fabs(factor - ZP_ALGORITHM_A_EXACT), 4e-16);
}

Test(robust, made_and_niqr_are_gsl_figures_with_the_printed_constants)
{
	double x[100], deviations[100];
	for (size_t n = 2; n <= 100; n++) {
		for (size_t i = 0; i < n; i++)
			x[i] = round(100 * bell()) / 100;
		qsort(x, n, sizeof *x, ascending);
		double mad = gsl_stats_mad0(x, 1, n, deviations);
		double range = gsl_stats_quantile_from_sorted_data(x, 1, n, 0.75) - gsl_stats_quantile_from_sorted_data(x, 1, n, 0.25);
		cr_assert_leq(fabs(zp_made(x, n) - 1.483 * mad), 1e-15 * mad);
		cr_assert_leq(fabs(zp_niqr(x, n) - 0.7413 * range), 1e-14);
	}
}
