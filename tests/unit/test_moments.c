/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdint.h>
#include "stats/moments.h"

Test(moments, a_sum_keeps_what_rounding_would_lose)
{
	static const double orders[][4] = { { 1, 1e100, 1, -1e100 }, { 1e100, 1, -1e100, 1 }, { 1e100, 1, 1, -1e100 } };
	for (size_t i = 0; i < 3; i++) {
		zp_sum s = { 0 };
		for (size_t k = 0; k < 4; k++)
			zp_sum_add(&s, orders[i][k]);
		cr_assert_eq(zp_sum_value(&s), 2);
	}
}

/* Hard for their leading digits: the univariate sets of NIST's Statistical Reference Datasets (public domain). */
static void alternate(double *x, size_t n, double first, double low, double high)
{
	x[0] = first;
	for (size_t i = 1; i < n; i++)
		x[i] = i % 2 ? low : high;
}

Test(moments, nist_certified_values_are_met)
{
	static double x[1001];
	static const struct { const char *name; double first, low, high, mean, sd, slack; size_t n; } sets[] = {
		/* slack: what the values themselves lose when they become binary */
		{ "NumAcc1", 10000001, 10000003, 10000002, 10000002, 1, 0, 3 },
		{ "NumAcc2", 1.2, 1.1, 1.3, 1.2, 0.1, 1e-15, 1001 },
		{ "NumAcc3", 1000000.2, 1000000.1, 1000000.3, 1000000.2, 0.1, 2e-10, 1001 },
		{ "NumAcc4", 10000000.2, 10000000.1, 10000000.3, 10000000.2, 0.1, 2e-9, 1001 },
	};
	for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
		alternate(x, sets[i].n, sets[i].first, sets[i].low, sets[i].high);
		zp_moments m = zp_moments_of(x, sets[i].n);
		cr_assert_leq(fabs(m.mean - sets[i].mean), 2e-16 * sets[i].mean, "%s: mean %.17g", sets[i].name, m.mean);
		cr_assert_leq(fabs(m.sd - sets[i].sd), sets[i].slack, "%s: sd %.17g", sets[i].name, m.sd);
	}
}

Test(moments, a_shift_by_a_large_number_changes_nothing_but_the_mean)
{
	double near[200], far[200];
	uint64_t seed = 1;
	for (size_t i = 0; i < 200; i++) {
		seed = seed * 6364136223846793005u + 1442695040888963407u;
		near[i] = (double)(seed >> 54) / 1024; /* exact, also beside 2^40 */
		far[i] = near[i] + 0x1p40;
	}
	zp_moments a = zp_moments_of(near, 200), b = zp_moments_of(far, 200);
	cr_assert_eq(a.sd, b.sd);
	cr_assert_leq(fabs((b.mean - 0x1p40) - a.mean), 0x1p-12);
	cr_assert_leq(fabs(a.mean - gsl_stats_mean(near, 1, 200)), 1e-15);
	cr_assert_leq(fabs(a.sd - gsl_stats_sd(near, 1, 200)), 1e-15);
}

Test(moments, equal_values_have_their_own_mean_and_no_spread)
{
	double x[1000];
	for (size_t i = 0; i < 1000; i++)
		x[i] = 0.1;
	for (size_t n = 2; n <= 1000; n++) {
		zp_moments m = zp_moments_of(x, n);
		cr_assert(m.mean == 0.1 && m.sd == 0, "n = %zu", n);
	}
}

Test(moments, one_value_has_no_spread_and_none_no_mean)
{
	const double x = -7.1;
	cr_assert_eq(zp_moments_of(&x, 1).mean, -7.1);
	cr_assert(isnan(zp_moments_of(&x, 1).sd));
	cr_assert(isnan(zp_moments_of(&x, 0).mean));
}

Test(moments, tiny_and_huge_units_scale)
{
	static const double units[] = { 0x1p-390, 0x1p-40, 1, 0x1p40, 0x1p390 };
	static const double counts[] = { 3, 5, 5, 6, 7, 11, 12 };
	zp_moments plain = zp_moments_of(counts, 7);
	for (size_t u = 0; u < 5; u++) {
		double x[7];
		for (size_t i = 0; i < 7; i++)
			x[i] = counts[i] * units[u];
		zp_moments m = zp_moments_of(x, 7);
		cr_assert(m.mean == plain.mean * units[u] && m.sd == plain.sd * units[u], "unit %g", units[u]);
	}
}
