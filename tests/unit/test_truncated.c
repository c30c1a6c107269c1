/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include "stats/truncated.h"

static uint64_t seed = 1;

static double even(void)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (double)(seed >> 11) * 0x1p-53;
}

static int ascending(const void *a, const void *b)
{
	const double *p = a, *q = b;
	return (*p > *q) - (*p < *q);
}

static void mean_and_sd(const double *x, size_t n, double *mean, double *sd)
{
	long double sum = 0, squares = 0;
	for (size_t i = 0; i < n; i++)
		sum += x[i];
	for (size_t i = 0; i < n; i++)
		squares += (x[i] - sum / n) * (x[i] - sum / n);
	*mean = (double)(sum / n);
	*sd = n > 1 ? (double)sqrtl(squares / (n - 1)) : NAN;
}

/* The slow twin: values in any order, copied while they are near enough. Gives: how many are left. */
static size_t slow(double *x, size_t n, double k, bool once, double *mean, double *sd)
{
	for (;;) {
		size_t kept = 0;
		mean_and_sd(x, n, mean, sd);
		for (size_t i = 0; i < n; i++)
			if (!(fabs(x[i] - *mean) > k * *sd))
				x[kept++] = x[i];
		if (kept == n)
			return n;
		n = kept;
		if (once) {
			mean_and_sd(x, n, mean, sd);
			return n;
		}
	}
}

Test(truncated, agrees_with_the_slow_twin)
{
	double x[300], y[300];
	for (unsigned round = 0; round < 3000; round++) {
		size_t n = 1 + (size_t)(even() * 299);
		double outliers = even() * 0.3;
		for (size_t i = 0; i < n; i++)
			y[i] = x[i] = 5 + even() + even() + even() + (even() < outliers ? 20 * even() * even() : 0);
		qsort(x, n, sizeof *x, ascending);
		double k = 2 + round % 3 * 0.5, mean, sd;
		bool once = round % 2;
		zp_truncated t = zp_truncate(x, n, (zp_truncation){ .k = k, .once = once });
		size_t kept = slow(y, n, k, once, &mean, &sd);
		cr_assert_eq(t.n, kept, "round %u: kept %zu, expected %zu", round, t.n, kept);
		cr_assert_leq(fabs(t.mean - mean), 1e-13);
		cr_assert(isnan(sd) ? isnan(t.sd) : fabs(t.sd - sd) <= 1e-13);
	}
}

Test(truncated, retained_are_the_values_told)
{
	static const double x[] = { -90, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 4, 4, 80 };
	zp_truncated t = zp_truncate(x, 16, (zp_truncation){ .k = 2 });
	cr_assert_eq(t.first, 1);
	cr_assert_eq(t.n, 14);
	cr_assert_eq(t.mean, 37.0 / 14);
}

Test(truncated, the_boundary_is_kept_or_dropped_as_asked)
{
	static const double two[9] = { -4, 0, 0, 0, 0, 0, 0, 0, 4 }; /* sd 2 */
	double three[19] = { -6, [18] = 6 };                         /* sd 2 */
	cr_assert_eq(zp_truncate(two, 9, (zp_truncation){ .k = 2 }).n, 9);
	cr_assert_eq(zp_truncate(two, 9, (zp_truncation){ .k = 2, .at_boundary = true }).n, 7);
	cr_assert_eq(zp_truncate(three, 19, (zp_truncation){ .k = 3 }).n, 19);
	cr_assert_eq(zp_truncate(three, 19, (zp_truncation){ .k = 3, .at_boundary = true, .once = true }).n, 17);
}

/* The largest |z| among n is (n - 1) / sqrt(n): 2.85 of 10, 3.02 of 11; 1.79 of 5, 2.04 of 6. */
Test(truncated, few_values_cannot_lose_any)
{
	static const struct { double k; size_t n, left; } rows[] = { { 3, 10, 10 }, { 3, 11, 10 }, { 2, 5, 5 }, { 2, 6, 5 } };
	static const double x[] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 };
	for (size_t i = 0; i < 4; i++) {
		double y[11];
		for (size_t j = 0; j < rows[i].n; j++)
			y[j] = x[j];
		y[rows[i].n - 1] = 1e9;
		cr_assert_eq(zp_truncate(y, rows[i].n, (zp_truncation){ .k = rows[i].k }).n, rows[i].left, "k %g, n %zu", rows[i].k, rows[i].n);
	}
}

Test(truncated, once_leaves_what_the_first_outlier_hid)
{
	double x[30];
	for (size_t i = 0; i < 28; i++)
		x[i] = (double)(i % 4);
	qsort(x, 28, sizeof *x, ascending);
	x[28] = 1000, x[29] = 1e6;
	cr_assert_eq(zp_truncate(x, 30, (zp_truncation){ .k = 3, .once = true }).n, 29);
	cr_assert_eq(zp_truncate(x, 30, (zp_truncation){ .k = 3 }).n, 28);
	cr_assert_eq(zp_truncate(x, 30, (zp_truncation){ .k = 3, .once = true }).passes, 1);
	cr_assert_eq(zp_truncate(x, 30, (zp_truncation){ .k = 3 }).passes, 3, "each of the two goes in a pass of its own, and the third finds nothing");
	cr_assert_eq(zp_truncate(x, 28, (zp_truncation){ .k = 3 }).passes, 1);
}

Test(truncated, equal_values_all_stay)
{
	static const double x[] = { 2.5, 2.5, 2.5, 2.5 };
	zp_truncated t = zp_truncate(x, 4, (zp_truncation){ .k = 2, .at_boundary = true });
	cr_assert(t.n == 4 && t.mean == 2.5 && t.sd == 0);
}

Test(truncated, one_value_stays_without_spread)
{
	static const double x[] = { -1, 0, 1 };
	zp_truncated t = zp_truncate(x, 3, (zp_truncation){ .k = 1, .at_boundary = true });
	cr_assert(t.n == 1 && t.mean == 0 && isnan(t.sd));
	cr_assert(isnan(zp_truncate(x, 1, (zp_truncation){ .k = 3 }).sd));
}
