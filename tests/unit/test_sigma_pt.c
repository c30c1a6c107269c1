/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <gsl/gsl_fit.h>
#include <math.h>
#include <stdlib.h>
#include "base/random.h"
#include "stats/sigma_pt.h"

#define MOST 200
#define COUNT(a) (sizeof(a) / sizeof *(a))

static void near(double got, double expected, double tolerance, const char *what, size_t row)
{
	if (isnan(expected))
		cr_assert(isnan(got), "%s, row %zu: %.17g, expected none", what, row, got);
	else
		cr_assert_leq(fabs(got - expected), tolerance, "%s, row %zu: %.17g, expected %.17g", what, row, got, expected);
}

static int ascending(const void *a, const void *b)
{
	const double *p = a, *q = b;
	return (*p > *q) - (*p < *q);
}

/* R: if (c < 1.2e-7) .22 * c else if (c <= .138) .02 * c^.8495 else .01 * sqrt(c). ISO 13528 Annex E.9 prints 0.186 mg/kg for
 * 1.195 mg/kg and 0.356 for 2.565. */
Test(sigma_pt, horwitz_follows_its_three_branches)
{
	static const double rows[][2] = {
		{ 1e-9, 2.2e-10 }, { 1.19e-7, 2.618e-08 }, { 1.2e-7, 2.64115849701986e-08 }, { 1e-6, 1.59966851001406e-07 },
		{ 1.195e-6, 1.86103281597726e-07 }, { 2.565e-6, 3.560817502835e-07 }, { .1, 0.00282832945014031 },
		{ .138, 0.00371841004476662 },
		{ .139, 0.00372827037646145 }, { .5, 0.00707106781186548 }, { 1, 0.01 },
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		near(zp_sigma_horwitz(rows[i][0]), rows[i][1], 1e-13 * rows[i][1], "Horwitz", i);
	near(zp_sigma_horwitz(1.195e-6) * 1e6, 0.186, 0.0005, "E.9", 0);
	near(zp_sigma_horwitz(2.565e-6) * 1e6, 0.356, 0.0005, "E.9", 1);
}

Test(sigma_pt, the_branches_of_horwitz_nearly_meet)
{
	static const double joints[] = { 1.2e-7, 0.138 };
	for (size_t i = 0; i < 2; i++) {
		double below = zp_sigma_horwitz(nextafter(joints[i], 0)), above = zp_sigma_horwitz(nextafter(joints[i], 1));
		cr_assert(below != above && fabs(below / above - 1) < 0.001, "at %g: %.17g and %.17g", joints[i], below, above);
	}
	for (double c = 1e-12, before = 0; c < 1; c *= 1.01) {
		cr_assert_gt(zp_sigma_horwitz(c), 0.999 * before, "%g", c);
		before = zp_sigma_horwitz(c);
	}
}

Test(sigma_pt, what_is_no_mass_fraction_has_no_horwitz)
{
	static const double others[] = { 0, -0.0, -1e-6, 1.0000001, 100, NAN, INFINITY, -INFINITY };
	for (size_t i = 0; i < COUNT(others); i++)
		cr_assert(isnan(zp_sigma_horwitz(others[i])), "%g", others[i]);
}

/* ISO 13528 Annex E.10 prints 20.9 for 23.2, 14.3 and duplicates. */
Test(sigma_pt, repeatability_shrinks_with_replicates)
{
	static const struct { double sigma_reproducibility, sigma_r, m, expected; } rows[] = {
		{ 23.2, 14.3, 2, 20.880493289192188 }, { 5, 4, 1, 5 }, { 5, 4, 1e18, 3 }, { 5, 4, INFINITY, 3 }, { 5, 0, 3, 5 },
		{ 13, 10, 4, 9.695359714832659 }, /* 169 - 75 = 94 */
		{ 4, 5, 1, 4 },	{ 4, 5, 2, 1.8708286933869707 }, /* 16 - 12.5 = 3.5 */
		{ 4, 5, 3, NAN }, { 3, 3, INFINITY, NAN }, { 0, 0, 2, NAN }, { NAN, 1, 2, NAN },
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		near(zp_sigma_precision(rows[i].sigma_reproducibility, rows[i].sigma_r, rows[i].m), rows[i].expected,
		     2e-15 * rows[i].expected, "sigma_pt", i);
}

/* ---- a line through earlier rounds ---- */

/* R: s <- summary(lm(y ~ x)); coef(s)[, 1], s$r.squared, s$adj.r.squared. The first is ISO 13528 Annex E.8, toxaphene, from a
 * third party's transcription, which prints an R2 of 0.82. */
Test(sigma_pt, lines_are_those_of_r)
{
	static const double x[] = { 3.96, 4.56, 5.99, 6.08, 6.2,  6.72, 8.1, 8.73, 9.57, 12.1,
				    12.5, 13.1, 15.6, 15.9, 16.3, 16.3, 17,  17.4, 17.4, 19 };
	static const double y[] = { .639, .638, .995, 1.48, .97, 1.43, 2.23, 1.8,  1.45, 1.44,
				    2.25, 2.41, 3.57, 2.44, 3.6, 3.09, 2.63, 2.85, 3.36, 3.2 };
	static const double fall_x[] = { -5, -3, 0, 1, 7 }, fall_y[] = { 9, 6.5, 4, 2, -8 };
	double far_x[12], far_y[12];
	for (size_t i = 1; i <= 12; i++) { /* ((1:12)^2 %% 17) / 64, 1e8 further on; ((1:12)^3 %% 19) / 8 */
		far_x[i - 1] = 1e8 + (double)(i * i % 17) / 64;
		far_y[i - 1] = (double)(i * i * i % 19) / 8;
	}
	const struct { const double *x, *y; size_t n; double intercept, slope, r2, adjusted; } rows[] = {
		{ x, y, 20, 0.0884837509769479, 0.175056234056432, 0.826366493169918, 0.816720187234913 },
		{ fall_x, fall_y, 5, 2.7, -1.41071428571429, 0.978744981599197, 0.971659975465596 },
		{ far_x, far_y, 12, 0.674146341463415 - 2.58731707317073e8, 2.58731707317073, 0.0954904931814848,
		  0.00503954249963323 },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		zp_line l = zp_line_through(rows[i].x, rows[i].y, rows[i].n);
		cr_assert_eq(l.n, rows[i].n);
		near(l.intercept, rows[i].intercept, 1e-12 + 1e-14 * fabs(rows[i].intercept), "intercept", i);
		near(l.slope, rows[i].slope, 1e-13 * fabs(rows[i].slope), "slope", i);
		near(l.r2, rows[i].r2, 1e-13, "R2", i), near(l.adjusted_r2, rows[i].adjusted, 1e-13, "adjusted R2", i);
	}
}

Test(sigma_pt, any_line_is_that_of_gsl)
{
	double x[MOST], y[MOST];
	for (size_t n = 3; n <= MOST; n++) {
		zp_random r = zp_random_stream(1, n, 0);
		double c0, c1, v00, v01, v11, rest, all = 0, mean = 0;
		for (size_t i = 0; i < n; i++) {
			x[i] = n % 3 ? 10 * zp_random_uniform(&r) : rint(5 * zp_random_uniform(&r)) + (double)(i == 0);
			y[i] = 0.3 - (double)(n % 7) * x[i] + zp_random_normal(&r);
			mean += y[i] / (double)n;
		}
		for (size_t i = 0; i < n; i++)
			all += (y[i] - mean) * (y[i] - mean);
		if (x[0] == x[1] && x[0] == x[2])
			continue;
		gsl_fit_linear(x, 1, y, 1, n, &c0, &c1, &v00, &v01, &v11, &rest);
		zp_line l = zp_line_through(x, y, n);
		near(l.intercept, c0, 1e-10, "intercept", n), near(l.slope, c1, 1e-10, "slope", n);
		near(l.r2, 1 - rest / all, 1e-10, "R2", n);
		near(l.adjusted_r2, 1 - rest / (double)(n - 2) / (all / (double)(n - 1)), 1e-9, "adjusted R2", n);
	}
}

Test(sigma_pt, through_two_points_goes_one_line_and_through_one_none)
{
	static const double x[] = { 1, 3 }, y[] = { 2, 7 }, same[] = { 2, 2, 2 }, level[] = { 0.1, 0.1, 0.1 },
			    steps[] = { 1, 2, 4 };
	zp_line two = zp_line_through(x, y, 2), one = zp_line_through(x, y, 1), none = zp_line_through(x, y, 0),
		upright = zp_line_through(same, steps, 3);
	zp_line flat = zp_line_through(steps, level, 3);
	near(two.slope, 2.5, 1e-15, "slope", 0), near(two.intercept, -0.5, 1e-15, "intercept", 0);
	near(two.r2, 1, 1e-15, "R2", 0);
	cr_assert(isnan(two.adjusted_r2) && two.n == 2);
	cr_assert(isnan(one.slope) && isnan(one.intercept) && isnan(one.r2) && isnan(none.slope) && isnan(upright.slope) &&
		  isnan(upright.intercept));
	/* R: NaN as well */
	cr_assert(flat.slope == 0 && fabs(flat.intercept - 0.1) < 1e-17 && isnan(flat.r2) && isnan(flat.adjusted_r2));
}

/* ---- the spread of few results ---- */

/* 1.403, 1.531 and 1.63 in a round of three: sigma 0.0948 as published (0.128 + 0.099, divided by 3 times 0.798). */
Test(sigma_pt, few_results_are_spread_by_their_deviations)
{
	static const struct { double x[7]; size_t n; double expected; } rows[] = {
		{ { 1.403, 1.531, 1.63 }, 3, 0.09482038429406844 },
		{ { 3, 7 }, 2, 2.8284271247461903 }, /* 4 / sqrt 2 */
		{ { -7, -3 }, 2, 2.8284271247461903 },
		{ { 1, 2, 4, 9 }, 4, 10 / (0.798 * 4) }, /* 2 + 1 + 1 + 6 about 3 */
		{ { 0, 0, 0, 0, 1e9 }, 5, 1e9 / (0.798 * 5) },
		{ { 0.1, 0.1, 0.1 }, 3, 0 }, { { 0.1, 0.1 }, 2, 0 }, { { 5 }, 1, NAN }, { { 5 }, 0, NAN },
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		near(zp_sigma_of_few(rows[i].x, rows[i].n), rows[i].expected, 1e-14 * fabs(rows[i].expected), "sigma", i);
}

Test(sigma_pt, the_order_of_deviations_does_not_matter)
{
	double x[40];
	for (size_t n = 3; n <= 40; n++) {
		zp_random r = zp_random_stream(2, n, 0);
		long double sum = 0;
		for (size_t i = 0; i < n; i++)
			x[i] = 1e8 + rint(20 * zp_random_normal(&r)) / 32;
		qsort(x, n, sizeof *x, ascending);
		for (size_t i = 0; i < n; i++) /* without the median: the upper half less the lower half */
			sum += i < n / 2 ? -(long double)x[i] : i >= n - n / 2 ? x[i] : 0;
		near(zp_sigma_of_few(x, n), (double)(sum / (0.798L * n)), 1e-13, "sigma", n);
	}
}
