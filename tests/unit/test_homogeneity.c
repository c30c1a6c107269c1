/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <math.h>
#include "base/random.h"
#include "stats/homogeneity.h"

#define MOST 400
#define COUNT(a) (sizeof(a) / sizeof *(a))
static zp_cell cells[MOST];

static void near(double got, double expected, double relative, const char *what, size_t row)
{
	if (isnan(expected))
		cr_assert(isnan(got), "%s, row %zu: %.17g, expected none", what, row, got);
	else
		cr_assert_leq(fabs(got - expected), relative * fabs(expected), "%s, row %zu: %.17g, expected %.17g", what, row,
			      got, expected);
}

/* x[i] belongs to item i / m. */
static zp_homogeneity of(const double *x, size_t g, size_t m)
{
	uint32_t item[MOST];
	double work[MOST];
	for (size_t i = 0; i < g * m; i++)
		item[i] = (uint32_t)(i / m);
	zp_cells_of(x, item, g * m, g, cells, work);
	return zp_homogeneity_of(cells, g);
}

/* ISO 13528 Annex E.2, from a third party's transcription. */
static const double e2[] = { .185, .194, .187, .189, .182, .186, .188, .196, .191, .181,
			     .188, .18,  .187, .196, .177, .186, .179, .187, .188, .196 };

/* R: a <- anova(aov(value ~ item)); sx <- sd(rowMeans(M)); D <- apply(M, 1, var); a[1, 3]; a[2, 3]; a[1, 4]; a[1, 5];
 * sx^2 - MSW / m; qchisq(.95, g - 1) / (g - 1); (qf(.95, g - 1, g * (m - 1)) - 1) / m; sqrt(MSW / m) * (2 / (g * (m - 1)))^.25;
 * max(D) / sum(D); c: F1 * (0.3 * sigma_pt)^2 + F2 * MSW. */
typedef struct row {
	double mean, s_x, s_w, s_s, s_s2, msb, msw, f, f_crit, p, f1, f2, u_bb_min, cochran, cochran_5, cochran_1, sigma_pt, c;
} row;

static void check(zp_homogeneity h, row e, size_t i)
{
	near(h.mean, e.mean, 1e-14, "mean", i), near(h.s_x, e.s_x, 1e-11, "s_x", i), near(h.s_w, e.s_w, 1e-11, "s_w", i);
	near(h.s_s2, e.s_s2, 1e-10, "s_s2", i), near(h.s_s, e.s_s, 1e-10, "s_s", i), near(h.msb, e.msb, 1e-11, "MSB", i);
	near(h.msw, e.msw, 1e-11, "MSW", i), near(h.f, e.f, 1e-11, "F", i), near(h.p, e.p, 1e-8, "p", i);
	near(h.f_crit, e.f_crit, 1e-9, "critical F", i), near(h.f1, e.f1, 1e-9, "F1", i), near(h.f2, e.f2, 1e-9, "F2", i);
	near(h.u_bb_min, e.u_bb_min, 1e-11, "u_bb,min", i), near(h.cochran, e.cochran, 1e-11, "Cochran", i);
	near(h.cochran_5, e.cochran_5, 1e-9, "Cochran 5 %", i), near(h.cochran_1, e.cochran_1, 1e-9, "Cochran 1 %", i);
	near(zp_criterion_expanded(&h, zp_criterion_by_sigma_pt(e.sigma_pt)), e.c, 1e-9, "c", i);
}

Test(homogeneity, figures_are_those_of_an_analysis_of_variance)
{
	double threes[36], far[20];
	static const double wide[] = { 1, 9, 2, 8.5, 1.5, 8, 3, 7, -4, 13, 0, 9.5, 2, 8 }; /* items differ less than chance */
	for (size_t i = 0; i < 36; i++) /* ((1:36)^2 %% 37) / 8 + rep(0:11, each = 3) */
		threes[i] = (double)((i + 1) * (i + 1) % 37) / 8 + (double)(i / 3);
	for (size_t i = 0; i < 20; i++) /* 1e8 + ((1:20)^2 %% 23) / 1024, the spreads computed without the 1e8 */
		far[i] = 1e8 + (double)((i + 1) * (i + 1) % 23) / 1024;
	check(of(e2, 10, 2),
	      (row){ 0.18715, 0.00397946115838704, 0.00556327241828045, 0.000600925212577349, 3.61111111111111e-07,
		     3.16722222222222e-05, 3.095e-05, 1.02333512834321, 3.02038294702137, 0.481599403426837, 1.87988640051338,
		     1.01019147351069, 0.00263070910409377, 0.161550888529887, 0.602009561080649, 0.717488632247752,
		     0.15 * 0.18715, 0.000164598010319888 },
	      0);
	check(of(threes, 12, 3),
	      (row){ 7.8125, 3.78533437269831, 1.08813040476672, 3.73283811425106, 13.9340803872054, 42.9862689393939,
		     1.18402777777778, 36.3051186350306, 2.21630864555818, 2.95489035018165e-12, 1.78864887024386,
		     0.405436215186058, 0.337539814004214, 0.152859237536657, 0.392400846909645, 0.4751025871691, 4,
		     3.05570211404854 },
	      1);
	check(of(far, 10, 2),
	      (row){ 100000000.00874023, 0.00303145372333202, 0.00629485248807942, 0, -1.06228722466363e-05, 1.83794233534071e-05,
		     3.96251678466797e-05, 0.463832063110041, 3.02038294702137, 0.868530089279738, 1.87988640051338,
		     1.01019147351069, 0.00297665196025694, 0.270758122743682, 0.602009561080649, 0.717488632247752, 0.03,
		     0.00019229980513673 },
	      2);
	check(of(wide, 7, 2),
	      (row){ 4.89285714285714, 0.243975018237133, 6.43511571657529, 0, -20.6458333333333, 0.11904761904762,
		     41.4107142857143, 0.00287480235733795, 3.86596885312385, 0.999999786564905, 2.09859787395733,
		     1.43298442656192, 3.32678206807728, 0.498490728762398, 0.726981030489162, 0.837613813400192, 5,
		     64.0627538806379 },
	      3);
}

/* ISO 13528, Table B.1, for duplicates. */
Test(homogeneity, the_factors_are_those_of_table_b_1)
{
	static const double f1[] = { 2.10, 2.01, 1.94, 1.88, 1.83, 1.79, 1.75, 1.72, 1.69, 1.67, 1.64, 1.62, 1.60, 1.59 };
	static const double f2[] = { 1.43, 1.25, 1.11, 1.01, .93, .86, .80, .75, .71, .68, .64, .62, .59, .57 };
	double x[2 * 20];
	for (size_t i = 0; i < COUNT(x); i++)
		x[i] = (double)(i * i % 7);
	for (size_t g = 7; g <= 20; g++) {
		zp_homogeneity h = of(x, g, 2);
		cr_assert_leq(fabs(h.f1 - f1[g - 7]), 0.005, "g = %zu: F1 %g", g, h.f1);
		cr_assert_leq(fabs(h.f2 - f2[g - 7]), 0.005, "g = %zu: F2 %g", g, h.f2);
	}
}

/* R: as above, g of three portions. */
Test(homogeneity, the_factors_go_on_beyond_the_table)
{
	static const struct { size_t g; double f1, f2; } rows[] = {
		{ 2, 3.84145882069412, 2.23621580739226 }, { 3, 2.99573227355399, 1.38108428326157 },
		{ 50, 1.35384997679528, 0.16014169100512 }, { 100, 1.24469920659961, 0.107236572722539 },
	};
	double x[300];
	for (size_t i = 0; i < COUNT(x); i++)
		x[i] = (double)(i * i % 7);
	for (size_t i = 0; i < COUNT(rows); i++) {
		zp_homogeneity h = of(x, rows[i].g, 3);
		near(h.f1, rows[i].f1, 1e-10, "F1", i), near(h.f2, rows[i].f2, 1e-9, "F2", i);
	}
}

/* The slow twin: sums of squares about the means, in long double. */
Test(homogeneity, any_number_of_items_and_portions_agrees_with_sums_of_squares)
{
	static const double at[] = { 0.01, -40, 1e8, 7 }, spread[] = { 1e-4, 3, 0.05, 1e6 };
	double x[MOST];
	for (size_t round = 0; round < 300; round++) {
		zp_random r = zp_random_stream(1, round, 0);
		size_t g = 2 + zp_random_below(&r, 40), m = 2 + zp_random_below(&r, 8);
		long double all = 0, between = 0, within = 0;
		for (size_t i = 0; i < g * m; i++) {
			double d = round % 8 < 4 ? zp_random_normal(&r) : rint(2 * zp_random_normal(&r));
			x[i] = at[round % 4] + spread[round % 4] * d;
			all += (long double)x[i] - at[round % 4];
		}
		for (size_t i = 0; i < g; i++) {
			long double mean = 0;
			for (size_t k = 0; k < m; k++)
				mean += ((long double)x[i * m + k] - at[round % 4]) / m;
			for (size_t k = 0; k < m; k++)
				within += powl((long double)x[i * m + k] - at[round % 4] - mean, 2);
			between += m * powl(mean - all / (g * m), 2);
		}
		zp_homogeneity h = of(x, g, m);
		long double msb = between / (g - 1), msw = within / (g * (m - 1)), s2 = (msb - msw) / m,
			    fuzz = at[round % 4] > 1e7 ? 1e-5L : 1e-9L;
		cr_assert(h.g == g && h.m == m);
		cr_assert_leq(fabsl(h.msb - msb), fuzz * msb, "round %zu: MSB %.17g, expected %.17Lg", round, h.msb, msb);
		cr_assert_leq(fabsl(h.msw - msw), 1e-9L * msw, "round %zu: MSW %.17g, expected %.17Lg", round, h.msw, msw);
		cr_assert_leq(fabsl(h.s_s2 - s2), fuzz * (msb + msw), "round %zu: s_s2 %.17g, expected %.17Lg", round, h.s_s2,
			      s2);
		cr_assert(h.s_s == (h.s_s2 > 0 ? sqrt(h.s_s2) : 0));
		cr_assert(isnan(h.f) || fabsl(h.f - msb / msw) <= 2 * fuzz * msb / msw);
	}
}

Test(homogeneity, one_portion_of_each_gives_an_upper_bound)
{
	static const double x[] = { 1, 2, 4, 5 };
	zp_homogeneity h = of(x, 4, 1);
	near(h.s_s, sqrt(10.0 / 3), 1e-15, "s_s", 0); /* 4 + 1 + 1 + 4 about 3 */
	cr_assert(h.s_s == h.s_x && h.mean == 3 && h.m == 1);
	cr_assert(isnan(h.s_w) && isnan(h.msw) && isnan(h.f) && isnan(h.p) && isnan(h.f_crit) && isnan(h.f2) &&
		  isnan(h.u_bb_min));
	cr_assert(isnan(h.cochran) && isnan(h.cochran_5) && isnan(h.cochran_1) && isnan(zp_criterion_expanded(&h, 0.3)));
}

Test(homogeneity, portions_without_scatter_leave_f_undefined)
{
	static const double x[] = { 1, 1, 2, 2, 4, 4 }, same[] = { 7.1, 7.1, 7.1, 7.1 };
	zp_homogeneity h = of(x, 3, 2), none = of(same, 2, 2);
	cr_assert(h.s_w == 0 && h.s_s == h.s_x && isnan(h.f) && isnan(h.p) && isnan(h.u_bb_min) && isnan(h.cochran) &&
		  h.f_crit > 0);
	cr_assert(none.s_w == 0 && none.s_x == 0 && none.s_s == 0 && none.s_s2 == 0 && isnan(none.f) && none.mean == 7.1);
}

Test(homogeneity, the_criterion_is_0_3_sigma_pt_or_0_1_delta_e)
{
	cr_assert(zp_criterion_by_sigma_pt(2) == 0.6 && zp_criterion_by_delta_e(20) == 2);
}

/* ---- stability ---- */

/* R: y <- rowMeans(M2); abs(mean(y) - mean(rowMeans(M))); 0.3 * 0.15 * 0.18715 + 2 * sqrt(var(rowMeans(M)) / 10 + var(y) / 2).
 * The data are those of E.2 again. */
Test(homogeneity, stability_is_that_of_the_annex)
{
	static const double later[] = { .191, .198, .19, .196 };
	static const uint32_t item[] = { 0, 0, 1, 1 };
	zp_cell then[2];
	double work[4];
	zp_homogeneity h = of(e2, 10, 2);
	zp_cells_of(later, item, 4, 2, then, work);
	zp_stability s = zp_stability_of(&h, then, 2, zp_criterion_by_sigma_pt(0.15 * 0.18715));
	near(s.mean, 0.19375, 1e-15, "mean", 0), near(s.difference, 0.0066, 1e-12, "difference", 0);
	near(s.expanded, 0.0113516722591128, 1e-12, "c", 0);
	cr_assert(s.ok && s.ok_expanded);
}

Test(homogeneity, on_the_criterion_it_is_stable_and_beyond_only_if_uncertainty_explains_it)
{
	static const double x[] = { 1, 1, 3, 3 }; /* mean 2, s_x sqrt 2, so that u of the mean is 1 */
	static const struct { double later, criterion; bool ok, ok_expanded; } rows[] = {
		{ 2, 0, true, true }, { 2.5, 0.5, true, true }, { 1.5, 0.5, true, true }, { 2.75, 0.5, false, true },
		{ 4.5, 0.5, false, true },
		{ 4.75, 0.5, false, false }, { -0.75, 0.5, false, false },
	};
	zp_homogeneity h = of(x, 2, 2);
	for (size_t i = 0; i < COUNT(rows); i++) {
		const zp_cell later = { rows[i].later, 0, 2 };
		zp_stability s = zp_stability_of(&h, &later, 1, rows[i].criterion);
		near(s.expanded, rows[i].criterion + 2, 1e-15, "expanded", i);
		cr_assert(s.ok == rows[i].ok && s.ok_expanded == rows[i].ok_expanded, "row %zu: %d %d", i, s.ok, s.ok_expanded);
	}
}
