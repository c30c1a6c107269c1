/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include "base/random.h"
#include "stats/gamma.h"

/* The first outputs for the state 1 2 3 4, as other implementations of xoshiro256** publish them. */
Test(random, the_generator_gives_the_published_outputs)
{
	static const uint64_t expected[] = { 11520u, 0u, 1509978240u, 1215971899390074240u, 1216172134540287360u,
					     607988272756665600u };
	zp_random r = { { 1, 2, 3, 4 } };
	for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
		cr_assert_eq(zp_random_next(&r), expected[i], "output %zu", i);
}

Test(random, streams_differ_in_every_one_of_their_three_numbers)
{
	zp_random base = zp_random_stream(1, 2, 3), same = zp_random_stream(1, 2, 3);
	zp_random others[] = { zp_random_stream(2, 2, 3), zp_random_stream(1, 3, 3), zp_random_stream(1, 2, 4),
			       zp_random_stream(2, 1, 3), zp_random_stream(1, 3, 2) };
	uint64_t first = zp_random_next(&base);
	cr_assert_eq(zp_random_next(&same), first);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		cr_assert_neq(zp_random_next(&others[i]), first, "stream %zu", i);
}

/* qnorm of R 4.2. */
static const struct point { double p, x; } points[] = {
	{ 1e-300, -37.047096299361201 }, { 1e-18, -8.7572903487823162 }, { 1e-10, -6.3613409024040557 },
	{ 1e-6, -4.7534243088228987 }, { 0.0001, -3.71901648545568 }, { 0.001, -3.0902323061678132 },
	{ 0.02425, -1.9729610513118845 }, { 0.075, -1.4395314709384557 }, { 0.25, -0.67448975019608171 },
	{ 0.4, -0.25334710313579978 }, { 0.5, 0 }, { 0.9, 1.2815515655446008 }, { 0.975, 1.9599639845400536 },
	{ 0.999, 3.0902323061678132 }, { 0.9999999, 5.1993375822906618 },
};

Test(random, normal_quantiles_agree_with_r)
{
	for (size_t i = 0; i < sizeof points / sizeof *points; i++)
		cr_assert(fabs(zp_normal_quantile(points[i].p) - points[i].x) <= 4e-15 * fmax(1, fabs(points[i].x)),
			  "p %g gives %.17g, expected %.17g", points[i].p, zp_normal_quantile(points[i].p), points[i].x);
}

Test(random, normal_quantiles_undo_the_distribution_of_gsl)
{
	for (int i = 1; i < 20000; i++) {
		double p = i / 20000.0;
		cr_assert_float_eq(gsl_cdf_ugaussian_P(zp_normal_quantile(p)), p, 1e-15, "p %g", p);
	}
}

Test(random, uniforms_lie_between_zero_and_one_and_fill_each_tenth_alike)
{
	zp_random r = zp_random_stream(11, 0, 0);
	int count[10] = { 0 };
	for (int i = 0; i < 1000000; i++) {
		double u = zp_random_uniform(&r);
		cr_assert(u > 0 && u < 1);
		count[(int)(u * 10)]++;
	}
	double chi2 = 0;
	for (int k = 0; k < 10; k++)
		chi2 += (count[k] - 1e5) * (count[k] - 1e5) / 1e5;
	cr_assert_gt(gsl_cdf_chisq_Q(chi2, 9), 1e-4, "chi-square %g", chi2);
}

/* To the last bit, so that a simulated round is the same round everywhere. */
Test(random, a_hundred_thousand_normals_add_up_to_the_same_number_on_every_machine)
{
	zp_random r = zp_random_stream(1, 2, 3);
	double sum = 0;
	for (int i = 0; i < 100000; i++)
		sum += zp_random_normal(&r);
	cr_assert(sum >= 0x1.e31cbdc8dcd92p+2 && sum <= 0x1.e31cbdc8dcd92p+2, "%a", sum);
}

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

Test(random, a_million_normals_have_the_moments_and_the_shape_of_the_normal_distribution)
{
	enum { N = 1000000 };
	zp_random r = zp_random_stream(5, 7, 1);
	double *x = malloc(N * sizeof *x), sum = 0, squares = 0, cubes = 0, fourths = 0, distance = 0;
	for (int i = 0; i < N; i++) {
		x[i] = zp_random_normal(&r);
		sum += x[i];
		squares += x[i] * x[i];
		cubes += x[i] * x[i] * x[i];
		fourths += x[i] * x[i] * x[i] * x[i];
	}
	cr_expect_float_eq(sum / N, 0, 4 / sqrt(N));
	cr_expect_float_eq(squares / N, 1, 4 * sqrt(2.0 / N));
	cr_expect_float_eq(cubes / N, 0, 4 * sqrt(15.0 / N));
	cr_expect_float_eq(fourths / N, 3, 4 * sqrt(96.0 / N));
	qsort(x, N, sizeof *x, ascending);
	for (int i = 0; i < N; i++) {
		double p = gsl_cdf_ugaussian_P(x[i]);
		distance = fmax(distance, fmax(fabs(p - i / (double)N), fabs(p - (i + 1) / (double)N)));
	}
	cr_expect_lt(distance * sqrt(N), 1.95, "Kolmogorov's distance is %g", distance); /* 1.95: one in a thousand */
	free(x);
}

Test(random, a_shuffle_keeps_every_number_and_favours_no_place)
{
	zp_random r = zp_random_stream(3, 1, 4);
	int first[6] = { 0 };
	for (int k = 0; k < 60000; k++) {
		uint32_t at[6] = { 0, 1, 2, 3, 4, 5 }, seen = 0;
		zp_random_shuffle(&r, at, 6);
		for (int i = 0; i < 6; i++)
			seen |= 1u << at[i];
		cr_assert_eq(seen, 0x3f);
		first[at[0]]++;
	}
	for (int i = 0; i < 6; i++)
		cr_assert_float_eq(first[i], 10000, 400, "%d came first %d times", i, first[i]);
}

/* The mean of the log odds is digamma(a) - digamma(b), their variance the sum of the trigammas. */
Test(random, beta_log_odds_have_the_right_mean_variance_and_distribution)
{
	static const double pairs[][2] = { { 2, 38 }, { 0.02, 50.7 }, { 0.3, 0.4 }, { 1, 1 }, { 3.5, 1200 }, { 190, 0.9 } };
	enum { DRAWS = 100000, TENTHS = 10 };
	for (size_t t = 0; t < sizeof pairs / sizeof *pairs; t++) {
		const double a = pairs[t][0], b = pairs[t][1];
		zp_random r = zp_random_stream(1, t, 0);
		double sum = 0, squares = 0;
		int below[TENTHS] = { 0 };
		const double mean = zp_digamma(a) - zp_digamma(b), variance = zp_trigamma(a) + zp_trigamma(b);
		for (int i = 0; i < DRAWS; i++) {
			const double x = zp_random_beta_log_odds(&r, a, b), d = x - mean;
			sum += d;
			squares += d * d;
			const double p = gsl_cdf_beta_P(1 / (1 + exp(-x)), a, b);
			below[p < 1 ? (int)(p * TENTHS) : TENTHS - 1]++;
		}
		cr_expect(fabs(sum / DRAWS) < 4.5 * sqrt(variance / DRAWS), "(%g, %g): mean off by %g", a, b, sum / DRAWS);
		cr_expect_float_eq(squares / DRAWS / variance, 1, 0.06, "(%g, %g): variance ratio %g", a, b, squares / DRAWS / variance);
		if (b >= 0.5) /* else shares round to 1 */
			for (int k = 0; k < TENTHS; k++)
				cr_expect(abs(below[k] - DRAWS / TENTHS) < 450, "(%g, %g), tenth %d: %d", a, b, k, below[k]);
	}
}
