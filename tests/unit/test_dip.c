/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include "base/random.h"
#include "stats/dip.h"

#define MOST 5000
#define COUNT(a) (sizeof(a) / sizeof *(a))
static double x[MOST];
static size_t work[ZP_DIP_WORK(MOST)];

static int ascending(const void *a, const void *b)
{
	const double *p = a, *q = b;
	return (*p > *q) - (*p < *q);
}

/* R, diptest 0.76-0: dip((1:n)^2 %% 101). */
Test(dip, the_dip_is_that_of_diptest)
{
	static const struct { size_t n; double dip; } rows[] = {
		{ 1, 0.5 }, { 2, 0.25 }, { 3, 0.1666666666666667 }, { 4, 0.125 }, { 5, 0.1 }, { 6, 0.08333333333333333 },
		{ 7, 0.07142857142857142 },
		{ 8, 0.0625 }, { 9, 0.05555555555555555 }, { 10, 0.05 }, { 11, 0.05965909090909091 }, { 12, 0.05729166666666666 },
		{ 13, 0.06072874493927126 }, { 14, 0.05639097744360903 }, { 15, 0.05263157894736843 }, { 20, 0.05546875 },
		{ 37, 0.03879686137750654 }, { 60, 0.04930555555555555 }, { 100, 0.05476190476190475 },
		{ 186, 0.05273937532002049 },
		{ 500, 0.05395238095238095 }, { 2000, 0.05408333333333334 },
	};
	for (size_t r = 0; r < COUNT(rows); r++) {
		for (size_t i = 1; i <= rows[r].n; i++)
			x[i - 1] = (double)(i * i % 101);
		qsort(x, rows[r].n, sizeof *x, ascending);
		double got = zp_dip(x, rows[r].n, work);
		cr_assert_leq(fabs(got - rows[r].dip), 1e-15, "n = %zu: %.17g, expected %.17g", rows[r].n, got, rows[r].dip);
	}
}

/* Quality of 63 statistical faculties, the example of Hartigan and Hartigan, who print 0.059; diptest: 0.05952381. */
Test(dip, the_example_of_its_inventors_is_met)
{
	static const double faculties[] = { 30, 33, 35, 36, 37, 37, 39, 39, 39, 39, 39, 40, 40, 40, 40, 41, 42, 43, 43, 43, 44,
		                            44, 45, 45, 46, 46, 47, 47, 48, 48, 48, 49, 50, 50, 51, 52, 52, 53, 53, 53, 53, 53,
		                            54, 54, 57, 57, 59, 60, 60, 60, 61, 61, 61, 61, 62, 62, 62, 62, 63, 66, 70, 72, 72 };
	cr_assert_leq(fabs(zp_dip(faculties, 63, work) - 0.05952381), 5e-9, "%.17g", zp_dip(faculties, 63, work));
}

/* R, diptest: dip(c((1:n) / n, 3 + ((1:n) / n)^2)). */
Test(dip, two_humps_are_far_from_one)
{
	static const struct { size_t n; double dip; } rows[] = {
		{ 5, 0.17 }, { 10, 0.1675 }, { 20, 0.166875 }, { 50, 0.1667 }, { 200, 0.16666875 }, { 1000, 0.16666675 },
	};
	for (size_t r = 0; r < COUNT(rows); r++) {
		size_t n = rows[r].n;
		for (size_t i = 1; i <= n; i++) {
			x[i - 1] = (double)i / (double)n;
			x[n + i - 1] = 3 + x[i - 1] * x[i - 1];
		}
		cr_assert_leq(fabs(zp_dip(x, 2 * n, work) - rows[r].dip), 1e-13, "n = %zu: %.17g", n, zp_dip(x, 2 * n, work));
	}
}

/* ---- the slow twin, from the definition ----
 * A distribution with its hump at m is convex before m and concave behind it. With a distance d from the steps it is
 * at least top - d where a step ends and at most foot + d where it begins. A convex curve through such a band exists
 * unless a foot is too low for the chord between two tops; drawn on from a foot at most and a top at least, it cannot
 * be lower at m than `end`. Behind m the same holds upside down, and the two must not cross at m. */

typedef struct step { double at, foot, top; } step;

/* Whether a convex curve goes through the band of s[0 .. m - 1]; *end: the least it can be just before s[m]. */
static bool convex(const step *s, size_t m, double d, double *end)
{
	*end = m > 0 ? s[m - 1].top - d : -d;
	for (size_t j = 0; j < m; j++) {
		for (size_t i = 0; i < j; i++)
			*end = fmax(*end,
				    s[j].top - d + (s[j].top - s[i].foot - 2 * d) * (s[m].at - s[j].at) / (s[j].at - s[i].at));
		if (s[j].top - d > s[j].foot + d)
			return false;
		for (size_t i = 0; i < j; i++) /* chords of feet that end at the last foot, s[m], or between */
			for (size_t k = j + 1; k <= m; k++)
				if (s[i].foot + (s[k].foot - s[i].foot) * (s[j].at - s[i].at) / (s[k].at - s[i].at) + d <
				    s[j].top - d)
					return false;
	}
	return true;
}

static double slow_dip(size_t n)
{
	static step steps[64], mirror[64];
	size_t m = 0;
	for (size_t first = 0, end; first < n; first = end) {
		for (end = first + 1; end < n && x[end] == x[first];)
			end++;
		steps[m++] = (step){ x[first], (double)first / (double)n, (double)end / (double)n };
	}
	for (size_t i = 0; i < m; i++)
		mirror[m - 1 - i] = (step){ -steps[i].at, 1 - steps[i].top, 1 - steps[i].foot };
	double impossible = 0, possible = 1;
	while (possible - impossible > 1e-13) {
		double d = (impossible + possible) / 2, before, behind;
		bool found = false;
		for (size_t i = 0; i < m && !found; i++)
			found = convex(steps, i, d, &before) && convex(mirror, m - 1 - i, d, &behind) && before <= 1 - behind;
		if (found)
			possible = d;
		else
			impossible = d;
	}
	return fmax(possible, 0.5 / (double)n);
}

Test(dip, the_dip_is_that_of_its_definition)
{
	/* smooth, tied, two humps, heavily tied, one wild, far away, most equal */
	for (unsigned round = 0; round < 700; round++) {
		zp_random r = zp_random_stream(1, round, 0);
		size_t n = 1 + zp_random_below(&r, round % 20 ? 16 : 40);
		for (size_t i = 0; i < n; i++) {
			double z = zp_random_normal(&r);
			const double kinds[] = { z, rint(10 * z) / 10, z + (i % 2 ? 4 : 0), rint(z), i == 0 ? 1e9 : z,
						 1e8 + rint(z * 64) / 64, i % 3 ? 5 : z };
			x[i] = kinds[round % 7];
		}
		qsort(x, n, sizeof *x, ascending);
		double got = zp_dip(x, n, work), expected = slow_dip(n);
		cr_assert_leq(fabs(got - expected), 1e-12, "round %u, n = %zu: %.17g, expected %.17g", round, n, got, expected);
	}
}

Test(dip, a_mirror_a_shift_and_a_unit_change_nothing)
{
	for (size_t n = 4; n <= 200; n += 7) {
		double dip, mirrored[200], moved[200];
		zp_random r = zp_random_stream(2, n, 0);
		for (size_t i = 0; i < n; i++)
			x[i] = rint(64 * zp_random_normal(&r)) + (i % 2 ? 200 : 0);
		qsort(x, n, sizeof *x, ascending);
		for (size_t i = 0; i < n; i++) {
			mirrored[i] = -x[n - 1 - i];
			moved[i] = (x[i] + 1e6) / 1024;
		}
		dip = zp_dip(x, n, work);
		cr_assert_leq(fabs(zp_dip(mirrored, n, work) - dip), 1e-15, "n = %zu", n);
		cr_assert_leq(fabs(zp_dip(moved, n, work) - dip), 1e-15, "n = %zu", n);
	}
}

Test(dip, nothing_less_than_half_a_step_is_possible)
{
	static const double equal[] = { 7.1, 7.1, 7.1, 7.1, 7.1 }, pairs[] = { 1, 1, 2, 2 };
	for (size_t n = 1; n <= 5; n++)
		cr_assert_eq(zp_dip(equal, n, work), 0.5 / (double)n);
	for (size_t i = 0; i < MOST; i++)
		x[i] = (double)i;
	cr_assert_leq(fabs(zp_dip(x, MOST, work) - 0.5 / MOST), 1e-18);
	cr_assert_eq(zp_dip(pairs, 4, work), 0.25); /* diptest as well */
	cr_assert(isnan(zp_dip(NULL, 0, work)));
}

/* ---- how often chance makes it so large ---- */

/* R, diptest 0.76-0: the quantiles qDiptab[n, ] of a million samples each. Between sizes and shares both tables interpolate. */
Test(dip, its_chance_is_that_of_the_table_in_diptest)
{
	static const double share[] = { 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002 };
	static const struct { size_t n; double dip[COUNT(share)]; } rows[] = {
		{ 5, { 0.1215638, 0.1610850, 0.1768120, 0.1863918, 0.1936125, 0.1965091, 0.1981600, 0.1992443 } },
		{ 7, { 0.1178078, 0.1366396, 0.1442407, 0.1599034, 0.1751966, 0.1841187, 0.1910144, 0.1982168 } },
		{ 10, { 0.0977818, 0.1188448, 0.1304621, 0.1396114, 0.1509617, 0.1596842, 0.1671952, 0.1754195 } },
		{ 15, { 0.0836210, 0.0996694, 0.1100875, 0.1187608, 0.1288905, 0.1359836, 0.1424525, 0.1501728 } },
		{ 30, { 0.0614511, 0.0739249, 0.0814791, 0.0881689, 0.0960564, 0.1014786, 0.1065049, 0.1127246 } },
		{ 100, { 0.0354622, 0.0427284, 0.0471528, 0.0511279, 0.0558022, 0.0590241, 0.0620425, 0.0658016 } },
		{ 200, { 0.0255844, 0.0308007, 0.0339968, 0.0368418, 0.0402730, 0.0426865, 0.0449590, 0.0477644 } },
		{ 1000, { 0.0117439, 0.0141378, 0.0156148, 0.0169344, 0.0185131, 0.0196080, 0.0206490, 0.0219285 } },
		{ 5000, { 0.0053124, 0.0063909, 0.0070557, 0.0076506, 0.0083682, 0.0088636, 0.0093416, 0.0099322 } },
		{ 20000, { 0.0026686, 0.0032102, 0.0035436, 0.0038433, 0.0042026, 0.0044577, 0.0046946, 0.0049942 } },
	};
	for (size_t r = 0; r < COUNT(rows); r++)
		for (size_t i = 0; i < COUNT(share); i++) {
			/* 100,000 samples */
			double p = zp_dip_p(rows[r].dip[i], rows[r].n), slack = 0.02 + 5 / sqrt(1e5 * share[i]);
			cr_assert_leq(fabs(p / share[i] - 1), slack, "n = %zu, dip %g: p = %g, expected %g", rows[r].n,
				      rows[r].dip[i], p, share[i]);
		}
}

Test(dip, its_chance_falls_as_the_dip_rises)
{
	for (size_t n = 4; n <= 20000; n = n < 60 ? n + 1 : 2 * n - 7) {
		double before = 1;
		for (double d = 0.05; d < 0.8; d += 0.001) {
			double p = zp_dip_p(d / sqrt((double)n), n);
			cr_assert(p <= before && p >= 0.001 && p <= 1, "n = %zu, dip %g / sqrt(n): %g after %g", n, d, p, before);
			before = p;
		}
		cr_assert(before == 0.001 && zp_dip_p(0.5 / (double)n, n) > 0.89, "n = %zu: %g, %g", n, before,
			  zp_dip_p(0.5 / (double)n, n));
	}
}

/* Between two sizes of the table it lies between their chances for the same sqrt(n) dip, but for a little. */
Test(dip, sizes_between_those_of_the_table_follow_their_neighbours)
{
	for (size_t n = 101; n < 200; n += 7)
		for (double d = 0.36; d < 0.64; d += 0.02) {
			double low = zp_dip_p(d / 10, 100), high = zp_dip_p(d / sqrt(200), 200),
			       p = zp_dip_p(d / sqrt((double)n), n);
			cr_assert(p >= 0.999 * fmin(low, high) && p <= 1.001 * fmax(low, high), "n = %zu, %g: %g, %g, %g", n, d,
				  low, p, high);
		}
}

Test(dip, too_few_values_have_no_chance_to_tell)
{
	for (size_t n = 0; n < 4; n++)
		cr_assert(isnan(zp_dip_p(0.25, n)));
	cr_assert(isnan(zp_dip_p(NAN, 30)));
	cr_assert(zp_dip_p(0.125, 4) >= 0.5 && zp_dip_p(0.25, 4) == 0.001);
}

/* Of evenly distributed values hardly more than 5 % have p below 0.05. */
Test(dip, one_hump_is_seldom_doubted_and_two_mostly_are)
{
	unsigned even = 0, two = 0;
	for (size_t round = 0; round < 1000; round++) {
		zp_random r = zp_random_stream(3, round, 0);
		for (size_t i = 0; i < 40; i++)
			x[i] = zp_random_uniform(&r);
		qsort(x, 40, sizeof *x, ascending);
		even += zp_dip_p(zp_dip(x, 40, work), 40) < 0.05;
		for (size_t i = 0; i < 40; i++)
			x[i] = zp_random_normal(&r) + (i % 2 ? 5 : 0);
		qsort(x, 40, sizeof *x, ascending);
		two += zp_dip_p(zp_dip(x, 40, work), 40) < 0.05;
	}
	cr_assert(even > 25 && even < 80 && two > 850, "%u and %u of 1000", even, two);
}
