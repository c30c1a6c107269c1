/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include "base/random.h"
#include "stats/pairs.h"

#define MOST 20000
#define SMALL 200 /* where all pairs are looked at */
#define COUNT(a) (sizeof(a) / sizeof *(a))

static double x[MOST], room[2 * ZP_PAIRS_WORK(MOST) / sizeof(double)];
static uint32_t lab[MOST];

/* Each shape gives whole numbers of a unit; smooth ones have no unit and are decimals of none. */
static double rounded(zp_random *r, size_t i) { (void)i; return rint(500 + 3 * zp_random_normal(r)); }
static double fine(zp_random *r, size_t i) { (void)i; return rint(-7e5 + 2e4 * zp_random_normal(r)); }
static double equal(zp_random *r, size_t i) { (void)r, (void)i; return 71; }
static double mostly_equal(zp_random *r, size_t i) { return i % 3 ? 40 : rounded(r, i) - 460; }
static double half_equal(zp_random *r, size_t i) { return i % 2 ? 40 : rounded(r, i) - 460; }
static double wild(zp_random *r, size_t i) { return i == 2 ? 1e11 : rounded(r, i); }
static double far(zp_random *r, size_t i) { (void)i; return rint(1e10 + 5 * zp_random_normal(r)); }
static double clusters(zp_random *r, size_t i) { return rounded(r, i) + (i % 2 ? 1e7 : 0); }
static double powers(zp_random *r, size_t i) { (void)r; return ldexp(1, (int)(i % 40)); }
static const struct { const char *name; double (*at)(zp_random *, size_t); } shapes[] = {
	{ "rounded", rounded }, { "fine", fine }, { "equal", equal }, { "mostly equal", mostly_equal },
	{ "half equal", half_equal },
	{ "wild", wild }, { "far", far }, { "clusters", clusters }, { "powers", powers },
};

static int ascending(const void *a, const void *b)
{
	const double *p = a, *q = b;
	return (*p > *q) - (*p < *q);
}

static void fill(size_t shape, size_t n, double unit)
{
	zp_random r = zp_random_stream(1, shape, n);
	for (size_t i = 0; i < n; i++)
		x[i] = unit > 0 ? shapes[shape].at(&r, i) / unit : 5 + zp_random_normal(&r);
	qsort(x, n, sizeof *x, ascending);
}

/* ---- the k-th difference ---- */

static double differences[SMALL * (SMALL - 1) / 2];

static void all_differences(size_t n)
{
	size_t m = 0;
	for (size_t i = 0; i < n; i++)
		for (size_t j = i + 1; j < n; j++)
			differences[m++] = x[j] - x[i];
	qsort(differences, m, sizeof *differences, ascending);
}

Test(pairs, every_difference_is_that_of_looking_at_all_pairs)
{
	for (size_t s = 0; s <= COUNT(shapes); s++) /* the last one is smooth */
		for (size_t n = 2; n <= SMALL; n += n < 40 ? 1 : 23) {
			fill(s % COUNT(shapes), n, s < COUNT(shapes) ? 100 : 0);
			all_differences(n);
			const size_t pairs = n * (n - 1) / 2;
			for (size_t k = 1; k <= pairs; k += 1 + pairs / 97)
				cr_assert_eq(zp_kth_difference(x, n, k, room), differences[k - 1], "%zu, n = %zu, k = %zu of %zu",
					     s, n, k, pairs);
			cr_assert_eq(zp_kth_difference(x, n, pairs, room), x[n - 1] - x[0]);
		}
}

static uint64_t count_pairs(size_t n, double within, bool strictly)
{
	uint64_t count = 0;
	for (size_t i = 0, j = 0; j < n; j++) {
		while (i < j && (strictly ? x[j] - x[i] >= within : x[j] - x[i] > within))
			i++;
		count += j - i;
	}
	return count;
}

Test(pairs, many_values_have_as_many_differences_below_as_asked)
{
	for (size_t s = 0; s <= COUNT(shapes); s++) {
		fill(s % COUNT(shapes), 5000, s < COUNT(shapes) ? 100 : 0);
		const uint64_t pairs = (uint64_t)5000 * 4999 / 2,
			       ks[] = { 1, 7, pairs / 1000, pairs / 4, pairs / 2, pairs / 10 * 9, pairs - 1, pairs };
		for (size_t i = 0; i < COUNT(ks); i++) {
			double d = zp_kth_difference(x, 5000, ks[i], room);
			cr_assert(count_pairs(5000, d, true) < ks[i] && count_pairs(5000, d, false) >= ks[i],
				  "%zu: k = %llu gives %.17g", s, (unsigned long long)ks[i], d);
		}
	}
}

/* ---- Qn and Sn ---- */

static void check_scales(size_t s, size_t n)
{
	static double work[3 * MOST];
	static int whole[5 * MOST];
	double qn = gsl_stats_Qn_from_sorted_data(x, 1, n, work, whole), sn = gsl_stats_Sn_from_sorted_data(x, 1, n, work);
	double got_qn = zp_qn(x, n, room), got_sn = zp_sn(x, n, room);
	cr_assert_leq(fabs(got_qn - qn), 1e-14 * qn, "%zu, n = %zu: Qn %.17g, GSL %.17g", s, n, got_qn, qn);
	cr_assert_leq(fabs(got_sn - sn), 1e-14 * sn, "%zu, n = %zu: Sn %.17g, GSL %.17g", s, n, got_sn, sn);
}

Test(pairs, qn_and_sn_are_those_of_gsl)
{
	static const size_t large[] = { 500, 1001, 5000, MOST };
	for (size_t s = 0; s <= COUNT(shapes); s++)
		for (size_t n = 2; n <= SMALL; n += n < 60 ? 1 : 7) {
			fill(s % COUNT(shapes), n, s < COUNT(shapes) ? 100 : 0);
			check_scales(s, n);
		}
	for (size_t k = 0; k < COUNT(large); k++)
		for (size_t s = 0; s <= COUNT(shapes); s += 3) {
			fill(s % COUNT(shapes), large[k], s < COUNT(shapes) ? 100 : 0);
			check_scales(s, large[k]);
		}
}

/* R, robustbase 0.95-0: x <- ((1:n)^2 %% 101) / 8; Qn(x), Sn(x). Its Qn goes through single precision, which eighths survive. */
Test(pairs, qn_and_sn_are_those_of_robustbase)
{
	static const struct { size_t n; double qn, sn; } rows[] = {
		{ 2, 0.33233507769, 0.332288175 }, { 3, 0.8268931728750001, 0.827813475 }, { 4, 0.996524234475, 0.99552285 },
		{ 5, 1.638854307475, 1.6112026 }, { 6, 1.8680165735, 1.7763777 }, { 7, 2.620379929475, 2.67887775 },
		{ 8, 2.787503362875, 3.146227875 }, { 9, 3.634285578, 4.0464918 }, { 10, 4.19499013395, 4.7704 },
		{ 11, 3.9458972168, 3.896613861386139 }, { 12, 3.992002624225, 4.025025 },
		{ 13, 4.254972437986301, 4.64473347107438 }, { 14, 4.357704194559755, 4.7704 },
		{ 50, 3.872963867995189, 4.472250000000001 }, { 199, 3.57749951195099, 4.193063604240283 },
		{ 1000, 3.592889353671152, 4.323175 },
	};
	for (size_t r = 0; r < COUNT(rows); r++) {
		for (size_t i = 1; i <= rows[r].n; i++)
			x[i - 1] = (double)(i * i % 101) / 8;
		qsort(x, rows[r].n, sizeof *x, ascending);
		double qn = zp_qn(x, rows[r].n, room), sn = zp_sn(x, rows[r].n, room);
		cr_assert_leq(fabs(qn - rows[r].qn), 1e-14 * qn, "n = %zu: Qn %.17g", rows[r].n, qn);
		cr_assert_leq(fabs(sn - rows[r].sn), 1e-14 * sn, "n = %zu: Sn %.17g", rows[r].n, sn);
	}
}

/* ---- the Q method: all pairs, H1 and G1 as ISO 13528:2022 C.5.2.2 writes them ---- */

typedef struct pair { double d, weight; } pair;
static pair pairs_of[SMALL * (SMALL - 1) / 2];

static double slow_q(const double *v, const uint32_t *of, size_t n, size_t n_labs, double slack)
{
	size_t values[SMALL] = { 0 }, m = 0;
	for (size_t i = 0; i < n; i++)
		values[of[i]]++;
	for (size_t i = 0; i < n; i++)
		for (size_t j = i + 1; j < n; j++)
			if (of[i] != of[j])
				pairs_of[m++] = (pair){ fabs(v[j] - v[i]), 1 / (double)(values[of[i]] * values[of[j]]) };
	qsort(pairs_of, m, sizeof *pairs_of, ascending);
	long double h = 0, h_at_0 = pairs_of[0].d <= slack ? -1 : 0, g_before = 0, d_before = 0,
		    all = 0.5L * (long double)n_labs * (long double)(n_labs - 1);
	for (size_t first = 0, end; first < m; first = end) {
		long double h_before = h, g;
		for (end = first; end < m && pairs_of[end].d <= pairs_of[first].d + slack; end++)
			h += pairs_of[end].weight / all;
		bool zero = h_at_0 < 0;
		if (zero)
			h_at_0 = h;
		g = zero ? 0 : (h + h_before) / 2;
		long double q = 0.25L + 0.75L * h_at_0;
		if (g >= q - 1e-12L)
			return (double)(d_before + (pairs_of[first].d - d_before) * (q - g_before) / (g - g_before)) /
			       (sqrt(2) * gsl_cdf_ugaussian_Pinv((double)(0.625L + 0.375L * h_at_0)));
		d_before = zero ? 0 : pairs_of[first].d;
		g_before = g;
	}
	return 0; /* all differences are 0 */
}

static void check_q(size_t n, size_t n_labs, double unit, const char *what)
{
	double whole[SMALL] = { 0 }, slack = unit > 0 ? 0.5 : 4 * 0x1p-52 * fmax(fabs(x[0]), fabs(x[n - 1])), got;
	for (size_t i = 0; i < n; i++)
		whole[i] = unit > 0 ? rint(x[i] * unit) : x[i]; /* whole numbers, so that differences are exact */
	double expected = slow_q(whole, lab, n, n_labs, slack) / (unit > 0 ? unit : 1);
	if (n_labs == n) {
		got = zp_q_method(x, n, room);
		cr_assert_leq(fabs(got - expected), 1e-12 * expected, "%s, n = %zu: %.17g, expected %.17g", what, n, got,
			      expected);
	}
	got = zp_q_method_replicates(x, lab, n, n_labs, room);
	cr_assert_leq(fabs(got - expected), 1e-11 * expected, "%s, %zu labs, n = %zu: %.17g, expected %.17g", what, n_labs, n,
		      got, expected);
}

Test(pairs, the_q_method_is_that_of_looking_at_all_pairs)
{
	for (size_t s = 0; s <= COUNT(shapes); s++)
		for (size_t n = 2; n <= SMALL; n += n < 30 ? 1 : 19) {
			double unit = s < COUNT(shapes) ? 100 : 0;
			fill(s % COUNT(shapes), n, unit);
			for (size_t i = 0; i < n; i++)
				lab[i] = (uint32_t)i;
			check_q(n, n, unit, s < COUNT(shapes) ? shapes[s].name : "smooth");
		}
}

Test(pairs, replicates_of_a_laboratory_do_not_count_against_each_other)
{
	for (size_t s = 0; s <= COUNT(shapes); s++)
		for (size_t n = 4; n <= 120; n += n < 30 ? 1 : 13)
			for (size_t kind = 0; kind < 3; kind++) { /* pairs, threes, anything from one upwards */
				zp_random r = zp_random_stream(2, s, n);
				double unit = s < COUNT(shapes) ? 100 : 0;
				size_t n_labs = kind < 2 ? n / (kind + 2) + (n % (kind + 2) > 0) : 2 + n / 5;
				fill(s % COUNT(shapes), n, unit);
				for (size_t i = 0; i < n; i++)
					lab[i] = (uint32_t)(kind < 2 || i < n_labs ? i % n_labs : zp_random_below(&r, n_labs));
				zp_random_shuffle(&r, lab, n);
				check_q(n, n_labs, unit, s < COUNT(shapes) ? shapes[s].name : "smooth");
			}
}

/* Published with a program for proficiency tests (estatistica_robusta, testdata/q_replicates.json); 0.308645 where that
 * says 0.210972, because 10.3 - 10.1 and 10.2 - 10.0 are one difference, which its comparison of doubles keeps apart. */
Test(pairs, published_examples_of_the_q_method_are_met)
{
	static const struct { double x[12]; uint32_t lab[12]; size_t n, n_labs; double s; } rows[] = {
		{ { 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 5, 5 }, { 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5 }, 12, 6, 2.009886189999392 },
		{ { 5, 5, 5, 5, 6, 6, 6, 7, 8, 12 }, { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 }, 10, 10, 1.4656628068641802 },
		{ { 9.8, 9.9, 10, 10, 10.1, 10.2, 10.3, 10.4, 12.5 }, { 1, 3, 2, 4, 0, 2, 0, 4, 2 }, 9, 5, 0.30864454357336935 },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		double got = zp_q_method_replicates(rows[i].x, rows[i].lab, rows[i].n, rows[i].n_labs, room);
		cr_assert_leq(fabs(got - rows[i].s), 1e-12 * rows[i].s, "row %zu: %.17g", i, got);
	}
	cr_assert_leq(fabs(zp_q_method(rows[1].x, 10, room) - rows[1].s), 1e-12);
}

Test(pairs, equal_decimal_differences_are_one_also_beside_a_large_number)
{
	static const double shifts[] = { 0, 1000, 1e6 };
	for (size_t n = 5; n < 100; n++) {
		double s[3];
		for (size_t k = 0; k < 3; k++) {
			for (size_t i = 0; i < n; i++)
				x[i] = ((double)(i * i % 37) + 100 * shifts[k]) / 100;
			qsort(x, n, sizeof *x, ascending);
			s[k] = zp_q_method(x, n, room);
		}
		cr_assert(s[0] == s[1] && s[0] == s[2], "n = %zu: %.17g %.17g %.17g", n, s[0], s[1], s[2]);
	}
}

/* Logarithms are no decimals, yet those of titres differ by multiples of log 2, which binary keeps apart by a unit or two
 * of the last place. */
Test(pairs, equal_differences_of_logarithms_are_one_within_rounding)
{
	for (size_t n = 4; n <= SMALL; n += n < 30 ? 1 : 19) {
		double doublings[SMALL];
		zp_random r = zp_random_stream(3, n, 0);
		for (size_t i = 0; i < n; i++) {
			doublings[i] = (double)(i % 3 ? 4 : zp_random_below(&r, 9));
			lab[i] = (uint32_t)i;
		}
		qsort(doublings, n, sizeof *doublings, ascending);
		for (size_t i = 0; i < n; i++)
			x[i] = log(10 * exp2(doublings[i]));
		double expected = log(2) * slow_q(doublings, lab, n, n, 0.5), got = zp_q_method(x, n, room);
		cr_assert_leq(fabs(got - expected), 1e-12 * expected, "n = %zu: %.17g, expected %.17g", n, got, expected);
		got = zp_q_method_replicates(x, lab, n, n, room);
		cr_assert_leq(fabs(got - expected), 1e-12 * expected, "n = %zu: replicates %.17g, expected %.17g", n, got,
			      expected);
	}
}

Test(pairs, one_value_has_no_scale_and_equal_ones_have_0)
{
	for (size_t i = 0; i < 50; i++)
		x[i] = 0.1, lab[i] = (uint32_t)i / 2;
	cr_assert(isnan(zp_qn(x, 1, room)) && isnan(zp_sn(x, 1, room)) && isnan(zp_q_method(x, 1, room)));
	cr_assert(isnan(zp_q_method_replicates(x, lab, 1, 1, room)) && isnan(zp_q_method_replicates(x, lab, 2, 1, room)));
	for (size_t n = 2; n <= 50; n++)
		cr_assert(zp_qn(x, n, room) == 0 && zp_sn(x, n, room) == 0 && zp_q_method(x, n, room) == 0, "n = %zu", n);
	cr_assert_eq(zp_q_method_replicates(x, lab, 50, 25, room), 0);
}

/* Exactly: half of the difference, divided by sqrt(2) times the normal quantile of 0.625. */
Test(pairs, the_q_method_of_two_values_is_half_of_their_difference_scaled)
{
	static const double two[] = { 3, 7 };
	cr_assert_leq(fabs(zp_q_method(two, 2, room) - 2 / (sqrt(2) * gsl_cdf_ugaussian_Pinv(0.625))), 1e-14);
}
