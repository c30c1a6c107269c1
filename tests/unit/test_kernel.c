/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include "base/random.h"
#include "stats/kernel.h"

#define MOST 300
#define CELLS 100000 /* more than any set here needs */
#define COUNT(a) (sizeof(a) / sizeof *(a))
static double place[MOST], weight[CELLS], density[CELLS];

static int ascending(const void *a, const void *b)
{
	const double *p = a, *q = b;
	return (*p > *q) - (*p < *q);
}

static zp_modes modes_of(const double *x, size_t n, double width, double least)
{
	zp_kernel_field f;
	zp_modes m;
	cr_assert_leq(zp_kernel_cells(x, n, width), CELLS);
	zp_kernel_open(&f, x, n, width, place, weight, density);
	cr_assert_leq(f.cells, zp_kernel_cells(x, n, width));
	zp_kernel_modes(&f, least, &m);
	return m;
}

/* ---- the slow twin: the sum itself, on a fine grid around every value, its hills then climbed by halving ---- */

typedef struct hill { long double at, height, curvature, valley; } hill; /* valley: the lowest to its left */

static long double sum_at(const double *x, size_t n, double width, long double t, long double *slope, long double *curvature)
{
	long double sum = 0;
	*slope = *curvature = 0;
	for (size_t i = 0; i < n; i++) {
		long double u = (t - x[i]) / width, k = fabsl(u) < 12 ? expl(-u * u / 2) : 0;
		sum += k;
		*slope -= u * k;
		*curvature += (u * u - 1) * k;
	}
	return sum;
}

static size_t slow_hills(const double *x, size_t n, double width, double step, hill *hills, size_t room)
{
	size_t found = 0;
	long double slope, curvature, slope_before = 1, t = x[0], end = x[n - 1], lowest = 0;
	for (size_t next = 0;; t += step * width) {
		while (next < n && x[next] < t)
			next++;
		/* no hill further from any value */
		if (next < n && x[next] - t > 1.2 * width && (next == 0 || t - x[next - 1] > 1.2 * width))
			t = x[next] - 1.2L * width;
		lowest = fminl(lowest, sum_at(x, n, width, t, &slope, &curvature));
		if (slope_before > 0 && slope <= 0 && found < room) {
			long double low = t - step * width, high = t;
			for (int i = 0; i < 80; i++) {
				long double middle = (low + high) / 2;
				sum_at(x, n, width, middle, &slope_before, &curvature);
				if (slope_before > 0)
					low = middle;
				else
					high = middle;
			}
			hills[found].at = high;
			hills[found].height = sum_at(x, n, width, high, &slope_before, &hills[found].curvature);
			hills[found].valley = lowest;
			lowest = hills[found++].height;
		}
		slope_before = slope;
		if (t > end)
			return found;
	}
}

static int highest_first(const void *a, const void *b)
{
	const hill *p = a, *q = b;
	return (q->height > p->height) - (q->height < p->height);
}

static void check(const double *x, size_t n, double width, double least, const char *what)
{
	hill hills[MOST];
	size_t found = slow_hills(x, n, width, 0.04, hills, MOST), expected = 0, doubtful = 0;
	for (size_t i = 0; i < found; i++) /* a valley so shallow that a grid need not see it */
		doubtful += hills[i].valley > 0.999L * fminl(hills[i].height, i > 0 ? hills[i - 1].height : INFINITY);
	qsort(hills, found, sizeof *hills, highest_first);
	for (size_t i = 0; i < found; i++) {
		expected += hills[i].height >= least * hills[0].height;
		doubtful += fabsl(hills[i].height / hills[0].height - least) < 1e-6L;
	}
	zp_modes m = modes_of(x, n, width, least);
	cr_assert(m.n + doubtful >= expected && m.n <= expected + doubtful, "%s, n = %zu: %zu, not %zu", what, n, m.n, expected);
	if (found > 1 && hills[1].height > (1 - 1e-8L) * hills[0].height)
		return;
	long double off = fabsl(m.mode[0].at - hills[0].at);
	cr_assert_leq(off, 1e-9L * width + 1e-13L * width * hills[0].height / -hills[0].curvature + 2e-16L * fabsl(hills[0].at),
		      "%s, n = %zu, h = %g: mode %.17g, expected %.17Lg", what, n, width, m.mode[0].at, hills[0].at);
	cr_assert(!m.tied && m.mode[0].height == 1, "%s, n = %zu, h = %g", what, n, width);
	for (size_t i = 1; doubtful == 0 && i < m.n && i < ZP_MODES_MOST; i++)
		cr_assert_leq(fabsl(m.mode[i].height - hills[i].height / hills[0].height), 1e-9L, "%s, n = %zu", what, n);
}

static double smooth(zp_random *r, size_t i) { (void)i; return 5 + 0.2 * zp_random_normal(r); }
static double tied(zp_random *r, size_t i) { (void)i; return rint(-40 + 2 * zp_random_normal(r)) / 10; }
static double shifted(zp_random *r, size_t i) { (void)i; return 1e8 + 0.05 * zp_random_normal(r); }
static double wild(zp_random *r, size_t i) { return i == 0 ? 1e9 : smooth(r, i); }
static double two(zp_random *r, size_t i) { return zp_random_uniform(r) < 0.4 ? 6 + 0.2 * zp_random_normal(r) : smooth(r, i); }
static double even(zp_random *r, size_t i) { (void)i; return 4 + 2 * zp_random_uniform(r); }
static double mostly_equal(zp_random *r, size_t i) { return i % 3 ? 5 : smooth(r, i); }
static const struct { const char *name; double (*at)(zp_random *, size_t); double s; } shapes[] = {
	{ "smooth", smooth, 0.2 }, { "tied", tied, 0.2 }, { "shifted", shifted, 0.05 }, { "wild", wild, 0.2 },
	{ "two", two, 0.2 },
	{ "even", even, 0.6 }, { "mostly equal", mostly_equal, 0.2 },
};

Test(kernel, modes_are_those_of_a_sum_on_a_fine_grid)
{
	static const double factors[] = { 0.15, 0.5, 0.9, 2 };
	double x[MOST];
	for (size_t k = 0; k < COUNT(shapes); k++)
		for (size_t n = 1; n <= MOST; n = n < 12 ? n + 1 : n < 60 ? n + 9 : 2 * n) {
			zp_random r = zp_random_stream(1, k, n);
			for (size_t i = 0; i < n; i++)
				x[i] = shapes[k].at(&r, i);
			qsort(x, n, sizeof *x, ascending);
			for (size_t f = 0; f < COUNT(factors); f++)
				check(x, n, factors[f] * shapes[k].s / pow((double)n, 0.2), f % 2 ? 0.05 : 0.3, shapes[k].name);
		}
}

/* 35 values, log10 of coliforms: ISO 13528 Annex E.6, from a third party's transcription. */
static const double coliforms[] = { 2.06, 2.75, 2.83, 2.86, 3.07, 3.17, 3.17, 3.19, 3.25, 3.39, 3.40, 3.45,
				    3.47, 3.47, 3.53, 3.59, 3.64, 3.64, 3.73, 3.75, 3.77, 3.80, 3.80, 3.82,
				    3.82, 3.82, 3.86, 3.88, 3.88, 3.90, 3.95, 3.96, 3.97, 4.06, 4.22 };

/* R: summits of sum(dnorm(t, x, h)) among 40,001 points, then Newton's steps. That of E.6 is printed as 3.79. */
Test(kernel, summits_are_those_of_r)
{
	static const struct { double x[8], width, at[3], height[3]; size_t n, modes; } rows[] = {
		{ { -3, -2.9, -2.5, -2.4, -2.4, -1, 1000 }, 0.3, { -2.55550801403086, -1.00005790476183, 1000 },
		  { 1, 0.279148267505263, 0.279136801577055 }, 7, 3 },
		{ { 1e8, 100000000.01, 100000000.02, 100000000.02, 100000000.05, 100000000.11, 100000000.12 }, 0.015,
		  { 100000000.01408012, 100000000.11499676 }, { 1, 0.5383611210481466 }, 7, 2 },
	};
	for (size_t k = 0; k < COUNT(rows); k++) {
		zp_modes m = modes_of(rows[k].x, rows[k].n, rows[k].width, 0.05);
		cr_assert_eq(m.n, rows[k].modes, "row %zu: %zu modes", k, m.n);
		for (size_t i = 0; i < m.n; i++) {
			cr_assert_leq(fabs(m.mode[i].at - rows[k].at[i]), 1e-12 + 3e-16 * fabs(rows[k].at[i]), "row %zu", k);
			cr_assert_leq(fabs(m.mode[i].height - rows[k].height[i]), 1e-8, "row %zu: %.17g", k, m.mode[i].height);
		}
	}
	zp_modes m = modes_of(coliforms, 35, 0.1875, 0.05);
	cr_assert(m.n == 2 && !m.tied && fabs(m.mode[0].at - 3.79334488856415) <= 1e-11, "%zu modes, %.17g", m.n, m.mode[0].at);
	cr_assert_leq(fabs(m.mode[1].at - 2.06106966141667), 1e-11, "%.17g", m.mode[1].at);
	cr_assert_leq(fabs(m.mode[1].height - 0.0583513805990509), 1e-11, "%.17g", m.mode[1].height);
	cr_assert_eq(modes_of(coliforms, 35, 0.1875, 0.06).n, 1);
}

/* Two values hardly more than 2 h apart make one broad hill, where a grid of cells may see two, or see it aside. R: as above. */
Test(kernel, a_flat_hill_is_one_mode_at_its_summit)
{
	static const struct { double x[5], at, other; size_t n; } rows[] = {
		{ { 0, 2.008466, 5.1 }, 1.22667454813168, 5.07189781686296, 3 },
		{ { 1.2, 3.21948, 5.9 }, 2.60129085139658, 5.80889156545715, 3 },
		{ { 0.5, 3.3, 3.5, 5.315793, 5.5 }, 4.31702856528866, 0.620540296723022, 5 },
	};
	for (size_t k = 0; k < COUNT(rows); k++) {
		zp_modes m = modes_of(rows[k].x, rows[k].n, 1, 0.05);
		cr_assert_leq(fabs(m.mode[0].at - rows[k].at), 1e-9, "row %zu: mode %.17g", k, m.mode[0].at);
		cr_assert(m.n == 2 && fabs(m.mode[1].at - rows[k].other) < 1e-9, "row %zu: %zu, %.17g", k, m.n, m.mode[1].at);
	}
}

Test(kernel, two_equal_humps_are_tied)
{
	static const double humps[] = { 1, 1.25, 1.25, 1.5, 5, 5.25, 5.25, 5.5 };
	double uneven[8];
	zp_modes m = modes_of(humps, 8, 0.25, 0.05);
	cr_assert(m.n == 2 && m.tied && fabs(m.mode[1].height - 1) < 1e-9);
	for (size_t i = 0; i < 8; i++)
		uneven[i] = humps[i] + (i == 3 ? 0.01 : 0);
	m = modes_of(uneven, 8, 0.25, 0.05);
	cr_assert(m.n == 2 && !m.tied && m.mode[0].at > 5);
	cr_assert(!modes_of(humps, 4, 0.25, 0.05).tied);
}

Test(kernel, alone_or_all_equal_it_is_the_value_itself)
{
	static const double equal[] = { -7.1, -7.1, -7.1, -7.1 };
	for (size_t n = 1; n <= 4; n++) {
		zp_modes m = modes_of(equal, n, 0.3, 0.05);
		cr_assert(m.n == 1 && m.mode[0].at == -7.1 && m.mode[0].height == 1 && !m.tied);
	}
}

Test(kernel, more_modes_than_are_listed_are_counted)
{
	double x[120];
	for (size_t n = 1; n <= 30; n++) { /* n threes, then n single ones, which reach a third of the height */
		for (size_t i = 0; i < 4 * n; i++)
			x[i] = 1000 * (double)(i < 3 * n ? i / 3 : i - 2 * n);
		zp_modes all = modes_of(x, 4 * n, 1, 0.31), threes = modes_of(x, 4 * n, 1, 0.35);
		cr_assert(all.n == 2 * n && all.tied == (n > 1), "n = %zu: %zu modes", n, all.n);
		cr_assert_eq(threes.n, n, "n = %zu: %zu modes", n, threes.n);
	}
}

/* The slow twin: resamples of its own, on a grid from the least to the greatest value in steps of h / 50. */
static double naive_bootstrap(const double *x, size_t n, double width, unsigned resamples)
{
	static double kernel[1000][50];
	size_t points = (size_t)((x[n - 1] - x[0]) / width * 50) + 2;
	double mean = 0, squares = 0;
	zp_random r = zp_random_stream(77, 0, 0);
	for (size_t g = 0; g < points; g++)
		for (size_t i = 0; i < n; i++)
			kernel[g][i] = exp(-0.5 * pow(((double)g / 50 * width + x[0] - x[i]) / width, 2));
	for (unsigned b = 1; b <= resamples; b++) {
		double times[50] = { 0 }, best = 0, mode = 0;
		for (size_t i = 0; i < n; i++)
			times[zp_random_below(&r, n)]++;
		for (size_t g = 0; g < points; g++) {
			double sum = 0;
			for (size_t i = 0; i < n; i++)
				sum += times[i] * kernel[g][i];
			if (sum > best)
				best = sum, mode = (double)g / 50 * width;
		}
		double d = mode - mean;
		mean += d / b;
		squares += d * (mode - mean);
	}
	return sqrt(squares / (resamples - 1));
}

static double bootstrap(const double *x, size_t n, double width, uint64_t seed, unsigned resamples)
{
	zp_kernel_field f;
	zp_kernel_open(&f, x, n, width, place, weight, density);
	return zp_kernel_bootstrap(&f, seed, resamples);
}

/* Two standard deviations of 2000 and 20,000 modes differ by about 2 % for lack of numbers. */
Test(kernel, the_bootstrap_is_that_of_a_naive_one)
{
	static const double skew[] = { 1,   1.1, 1.2, 1.2, 1.3, 1.3, 1.3, 1.4, 1.5, 1.5,
				       1.7, 1.8, 2,   2.2, 2.3, 2.6, 2.7, 3.1, 3.5, 4 };
	static const struct { const double *x; size_t n; double width; } rows[] = {
		{ coliforms, 35, 0.1875 }, { skew, 20, 0.3 }, { skew, 20, 0.9 },
	};
	for (size_t k = 0; k < COUNT(rows); k++) {
		double got = bootstrap(rows[k].x, rows[k].n, rows[k].width, 1, 20000),
		       expected = naive_bootstrap(rows[k].x, rows[k].n, rows[k].width, 2000);
		cr_assert_leq(fabs(got / expected - 1), 0.07, "row %zu: %.6g, expected %.6g", k, got, expected);
	}
}

/* ISO 13528 E.6 prints 0.0922 of 1000 resamples. */
Test(kernel, the_bootstrap_of_the_standard_is_met_within_its_own_error)
{
	double u = bootstrap(coliforms, 35, 0.1875, 2026, 20000);
	cr_assert_leq(fabs(u - 0.0922), 0.06 * 0.0922, "%.6g", u);
}

Test(kernel, the_bootstrap_depends_on_its_seed_alone)
{
	double a = bootstrap(coliforms, 35, 0.1875, 3, 500), shifted[35];
	cr_assert_eq(bootstrap(coliforms, 35, 0.1875, 3, 500), a);
	cr_assert_neq(bootstrap(coliforms, 35, 0.1875, 4, 500), a);
	for (size_t i = 0; i < 35; i++)
		shifted[i] = coliforms[i] + 1e6;
	cr_assert_leq(fabs(bootstrap(shifted, 35, 0.1875, 3, 500) - a), 1e-6);
	cr_assert(isnan(bootstrap(coliforms, 35, 0.1875, 3, 1)));
	cr_assert_eq(bootstrap((double[]){ 2, 2, 2 }, 3, 0.5, 3, 50), 0);
}

Test(kernel, a_wild_value_costs_no_resolution)
{
	double x[36], without = bootstrap(coliforms, 35, 0.1875, 1, 4000);
	for (size_t i = 0; i < 35; i++)
		x[i] = coliforms[i];
	x[35] = 1e9;
	cr_assert_leq(zp_kernel_cells(x, 36, 0.1875), zp_kernel_cells(x, 35, 0.1875) + 300);
	cr_assert_leq(fabs(modes_of(x, 36, 0.1875, 0.05).mode[0].at - 3.79334488856415), 1e-11);
	cr_assert_leq(fabs(bootstrap(x, 36, 0.1875, 1, 4000) / without - 1), 0.07);
}

Test(kernel, widths_are_those_of_10_3_2)
{
	cr_assert_leq(fabs(zp_kernel_width_by_spread(2, 32) - 0.9), 1e-15); /* 32^0.2 = 2 */
	cr_assert(zp_kernel_width_by_sigma_pt(0.25) == 0.1875 && zp_kernel_width_by_delta_e(3) == 0.75);
}
