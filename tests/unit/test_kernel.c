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
		if (next < n && x[next] - t > 1.2 * width && (next == 0 || t - x[next - 1] > 1.2 * width)) /* no hill further from any value */
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
	size_t found = slow_hills(x, n, width, 0.02, hills, MOST), expected = 0, doubtful = 0;
	for (size_t i = 0; i < found; i++) /* a valley so shallow that a grid need not see it */
		doubtful += hills[i].valley > 0.999L * fminl(hills[i].height, i > 0 ? hills[i - 1].height : INFINITY);
	qsort(hills, found, sizeof *hills, highest_first);
	for (size_t i = 0; i < found; i++) {
		expected += hills[i].height >= least * hills[0].height;
		doubtful += fabsl(hills[i].height / hills[0].height - least) < 1e-6L;
	}
	zp_modes m = modes_of(x, n, width, least);
	cr_assert(m.n + doubtful >= expected && m.n <= expected + doubtful, "%s, n = %zu, h = %g: %zu modes, expected %zu", what, n, width, m.n, expected);
	if (found > 1 && hills[1].height > (1 - 1e-8L) * hills[0].height)
		return;
	long double off = fabsl(m.mode[0].at - hills[0].at);
	cr_assert_leq(off, 1e-9L * width + 1e-13L * width * hills[0].height / -hills[0].curvature + 2e-16L * fabsl(hills[0].at),
	              "%s, n = %zu, h = %g: mode %.17g, expected %.17Lg (%.3Lg h off)", what, n, width, m.mode[0].at, hills[0].at, off / width);
	cr_assert(!m.tied && m.mode[0].height == 1, "%s, n = %zu, h = %g", what, n, width);
	for (size_t i = 1; doubtful == 0 && i < m.n && i < ZP_MODES_MOST; i++) {
		cr_assert_leq(fabsl(m.mode[i].height - hills[i].height / hills[0].height), 1e-9L, "%s, n = %zu: hill %zu", what, n, i);
		if (hills[i].height < (1 - 1e-8L) * hills[i - 1].height && (i + 1 == found || hills[i + 1].height < (1 - 1e-8L) * hills[i].height))
			cr_assert_leq(fabsl(m.mode[i].at - hills[i].at), 1e-6L * width + 2e-16L * fabsl(hills[i].at), "%s, n = %zu: hill %zu at %.17g, expected %.17Lg", what, n, i,
			              m.mode[i].at, hills[i].at);
	}
}

static double smooth(zp_random *r, size_t i) { (void)i; return 5 + 0.2 * zp_random_normal(r); }
static double tied(zp_random *r, size_t i) { (void)i; return rint(-40 + 2 * zp_random_normal(r)) / 10; }
static double shifted(zp_random *r, size_t i) { (void)i; return 1e8 + 0.05 * zp_random_normal(r); }
static double wild(zp_random *r, size_t i) { return i == 0 ? 1e9 : smooth(r, i); }
static double two(zp_random *r, size_t i) { return zp_random_uniform(r) < 0.4 ? 6 + 0.2 * zp_random_normal(r) : smooth(r, i); }
static double even(zp_random *r, size_t i) { (void)i; return 4 + 2 * zp_random_uniform(r); }
static double mostly_equal(zp_random *r, size_t i) { return i % 3 ? 5 : smooth(r, i); }
static const struct { const char *name; double (*at)(zp_random *, size_t); double s; } shapes[] = {
	{ "smooth", smooth, 0.2 }, { "tied", tied, 0.2 }, { "shifted", shifted, 0.05 }, { "wild", wild, 0.2 }, { "two", two, 0.2 },
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
