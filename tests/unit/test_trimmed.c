/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>
#include "base/random.h"
#include "stats/trimmed.h"

#define MOST 2000
#define COUNT(a) (sizeof(a) / sizeof *(a))
static const double shares[] = { 0, 0.01, 0.05, 0.1, 0.2, 0.25, 0.29, 0.4, 0.49, 0.5 };

static int ascending(const void *a, const void *b)
{
	const double *p = a, *q = b;
	return (*p > *q) - (*p < *q);
}

static double smooth(zp_random *r, size_t i) { (void)i; return 5 + 0.2 * zp_random_normal(r); }
static double tied(zp_random *r, size_t i) { (void)i; return rint(-40 + 2 * zp_random_normal(r)) / 10; }
static double shifted(zp_random *r, size_t i) { (void)i; return 1e8 + 0.05 * zp_random_normal(r); }
static double wild(zp_random *r, size_t i) { return i == 1 ? 1e9 : smooth(r, i); }
static double mostly_equal(zp_random *r, size_t i) { return i % 3 ? 5 : smooth(r, i); }
static double equal(zp_random *r, size_t i) { (void)r, (void)i; return 0.1; }
static const struct { const char *name; double (*at)(zp_random *, size_t); } shapes[] = {
	{ "smooth", smooth }, { "tied", tied }, { "shifted", shifted }, { "wild", wild }, { "mostly equal", mostly_equal },
	{ "equal", equal },
};

static void fill(double *x, size_t n, size_t shape)
{
	zp_random r = zp_random_stream(1, shape, n);
	for (size_t i = 0; i < n; i++)
		x[i] = shapes[shape].at(&r, i);
	qsort(x, n, sizeof *x, ascending);
}

Test(trimmed, the_mean_is_that_of_gsl)
{
	static double x[MOST];
	for (size_t k = 0; k < COUNT(shapes); k++)
		for (size_t n = 1; n <= MOST; n = n < 200 ? n + 1 : 3 * n)
			for (size_t a = 0; a < COUNT(shares); a++) {
				fill(x, n, k);
				double expected = gsl_stats_trmean_from_sorted_data(shares[a], x, 1, n),
				       got = zp_trim(x, n, shares[a]).mean;
				cr_assert_leq(fabs(got - expected), (3e-15 + 2e-17 * (double)n) * fabs(expected),
					      "%s, n = %zu, share %g: %.17g, expected %.17g", shapes[k].name, n, shares[a], got,
					      expected);
			}
}

/* The standard deviation of a standard normal drawn in to +-z, by adding up 40,000 slices. */
static double drawn_in_normal(double share)
{
	double z = share > 0 ? zp_normal_quantile(1 - share) : 10, sum = 0, step = z / 20000;
	for (int i = 0; i < 20000; i++) {
		double t = (i + 0.5) * step;
		sum += 2 * t * t * exp(-t * t / 2) / sqrt(2 * acos(-1)) * step;
	}
	return sqrt(sum + 2 * share * z * z);
}

/* The slow twin: values beyond the last retained become that one. Gives: their standard deviation. */
static double drawn_in_sd(const double *x, size_t n, size_t drop)
{
	long double sum = 0, squares = 0;
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < n; i++) {
			long double w = (long double)x[i < drop ? drop : i >= n - drop ? n - 1 - drop : i] - x[n / 2];
			if (pass == 0)
				sum += w;
			else
				squares += (w - sum / n) * (w - sum / n);
		}
	return (double)sqrtl(squares / (n - 1));
}

Test(trimmed, s_and_u_come_of_the_values_drawn_in)
{
	static double x[MOST];
	for (size_t a = 0; a < COUNT(shares); a++)
		for (size_t n = 2; n <= MOST; n = n < 30 ? n + 1 : 3 * n) {
			size_t drop = (size_t)floor(shares[a] * (double)n);
			drop = 2 * drop < n ? drop : (n - 1) / 2;
			double part = (double)drop / (double)n, factor = drawn_in_normal(part);
			for (size_t k = 0; k < COUNT(shapes); k++) {
				fill(x, n, k);
				zp_trimmed t = zp_trim(x, n, shares[a]);
				double sd = drawn_in_sd(x, n, drop), s = sd / factor, u = sd / ((1 - 2 * part) * sqrt((double)n));
				cr_assert(t.first == drop && t.n == n - 2 * drop, "n = %zu, share %g: %zu from %zu", n, shares[a],
					  t.n, t.first);
				cr_assert_leq(fabs(t.s - s), 2e-8 * s, "%s, n = %zu, share %g: s %.17g, expected %.17g",
					      shapes[k].name, n, shares[a], t.s, s);
				cr_assert_leq(fabs(t.u - u), 1e-10 * u, "%s, n = %zu, share %g: u %.17g, expected %.17g",
					      shapes[k].name, n, shares[a], t.u, u);
			}
		}
}

/* R: d <- floor(share * n), or what leaves one or two; g <- d / n; w <- pmin(pmax(x, sort(x)[d + 1]), sort(x)[n - d]);
 * mean(x, trim = share); sd(w) / sqrt(integrate(function(t) pmin(t^2, z^2) * dnorm(t), -z, z)$value + 2 * g * z^2), where
 * z <- qnorm(1 - g); sd(w) / ((1 - 2 * g) * sqrt(n)). */
Test(trimmed, figures_of_r_are_met)
{
	static const struct { size_t n, modulus; double factor, divisor, offset, share, mean, s, u; } rows[] = {
		{ 25, 37, 1, 4, 0, 0.05, 4.95652173913043, 3.06706032690103, 0.619565217391304 }, /* ((1:25)^2 %% 37) / 4 */
		{ 25, 37, 1, 4, 0, 0.1, 4.98809523809524, 3.31731286674651, 0.678571428571429 },
		{ 25, 37, 1, 4, 0, 0.25, 5.11538461538461, 3.91012358233397, 0.851147125930809 },
		{ 10, 23, 1, 8, 0, 0.05, 1.075, 0.755075419338286, 0.238775813031573 },
		{ 10, 23, 1, 8, 0, 0.4, 1.0625, 0.279421185177804, 0.104166666666667 },
		{ 40, 53, -1, 8, 0, 0, -3.434375, 2.00759525351179, 0.317428681042021 },
		{ 40, 53, -1, 8, 0, 0.1, -3.4453125, 2.29051614632894, 0.372938964247081 },
		{ 40, 53, -1, 8, 0, 0.5, -3.5625, 1.02666040829614, 0.200160192256359 },
		{ 30, 67, 1, 1024, 1e8, 0.25, 100000000.032532, 0.0259219233263048, 0.00513592766081493 },
	};
	for (size_t k = 0; k < COUNT(rows); k++) {
		double x[40];
		for (size_t i = 1; i <= rows[k].n; i++)
			x[i - 1] = rows[k].offset + rows[k].factor * (double)(i * i % rows[k].modulus) / rows[k].divisor;
		qsort(x, rows[k].n, sizeof *x, ascending);
		zp_trimmed t = zp_trim(x, rows[k].n, rows[k].share);
		cr_assert_leq(fabs(t.mean - rows[k].mean), 2e-14 * fabs(rows[k].mean), "row %zu: mean %.17g", k, t.mean);
		cr_assert_leq(fabs(t.s - rows[k].s), 1e-12 * rows[k].s, "row %zu: s %.17g", k, t.s);
		cr_assert_leq(fabs(t.u - rows[k].u), 1e-12 * rows[k].u, "row %zu: u %.17g", k, t.u);
	}
}

Test(trimmed, s_is_right_for_normal_values)
{
	static double x[MOST];
	for (size_t i = 0; i < MOST; i++)
		x[i] = 20 + 3 * zp_normal_quantile(((double)i + 0.5) / MOST);
	for (size_t a = 0; shares[a] < 0.45; a++)
		cr_assert_leq(fabs(zp_trim(x, MOST, shares[a]).s - 3), 0.02, "share %g: %g", shares[a],
			      zp_trim(x, MOST, shares[a]).s);
}

Test(trimmed, half_leaves_the_median)
{
	static double x[MOST];
	for (size_t n = 1; n <= 60; n++) {
		fill(x, n, 0);
		zp_trimmed t = zp_trim(x, n, 0.5);
		cr_assert(t.n == 2 - n % 2 && t.first == (n - 1) / 2);
		cr_assert_leq(fabs(t.mean - gsl_stats_median_from_sorted_data(x, 1, n)), 2e-15);
	}
}

Test(trimmed, wild_values_at_the_ends_count_for_no_more_than_their_neighbours)
{
	double x[10] = { -1e9, 1, 2, 3, 4, 5, 6, 7, 8, 1e9 };
	zp_trimmed t = zp_trim(x, 10, 0.1);
	x[0] = 1, x[9] = 8;
	zp_trimmed near = zp_trim(x, 10, 0.1);
	cr_assert(t.mean == 4.5 && t.s == near.s && t.u == near.u && t.n == 8);
}

Test(trimmed, no_spread_is_told_as_0_and_one_value_as_none)
{
	static const double equal[] = { 0.3, 0.3, 0.3, 0.3, 0.3 }, mostly[] = { 0.1, 0.3, 0.3, 0.3, 0.9 };
	zp_trimmed t = zp_trim(equal, 5, 0.2), m = zp_trim(mostly, 5, 0.2), one = zp_trim(equal, 1, 0.2);
	cr_assert(t.mean == 0.3 && t.s == 0 && t.u == 0);
	cr_assert(m.mean == 0.3 && m.s == 0 && m.u == 0);
	cr_assert(one.mean == 0.3 && isnan(one.s) && isnan(one.u) && one.n == 1 && one.first == 0);
}
