/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include "base/random.h"
#include "stats/replicates.h"

#define MOST 600
#define COUNT(a) (sizeof(a) / sizeof *(a))

static void near(double got, double expected, double relative, const char *what, size_t row)
{
	if (isnan(expected))
		cr_assert(isnan(got), "%s, row %zu: %.17g, expected none", what, row, got);
	else
		cr_assert_leq(fabs(got - expected), relative * fabs(expected), "%s, row %zu: %.17g, expected %.17g", what, row,
			      got, expected);
}

static int ascending(const void *a, const void *b)
{
	const double *p = a, *q = b;
	return (*p > *q) - (*p < *q);
}

/* Twelve laboratories with three replicates, made up: one far away, one that scatters. */
static const double twelve[] = { 50.07, 49.01, 50.70, 49.49, 49.04, 50.48, 49.37, 50.18, 49.27, 56.23, 56.05, 55.78,
				 48.35, 48.47, 49.19, 48.34, 48.45, 47.92, 50.91, 51.18, 50.38, 49.52, 50.44, 50.44,
				 49.03, 48.26, 51.69, 50.05, 50.12, 50.15, 47.53, 49.40, 49.63, 51.24, 49.99, 51.35 };
/* Six with one to five. */
static const double six[] = { 10.1, 10.3, 9.8, 10, 10.2, 12.5, 9.9, 10.4, 10, 8, 8.1, 8.2, 8.3, 9 };
static const uint32_t lab_of_six[] = { 0, 0, 1, 2, 2, 2, 3, 4, 4, 5, 5, 5, 5, 5 };

static void twelve_cells(zp_cell *cells)
{
	uint32_t lab[36];
	double work[36];
	for (uint32_t i = 0; i < 36; i++)
		lab[i] = i / 3;
	zp_cells_of(twelve, lab, 36, 12, cells, work);
}

static void six_cells(zp_cell *cells)
{
	double work[14];
	zp_cells_of(six, lab_of_six, 14, 6, cells, work);
}

Test(replicates, cells_are_the_mean_and_spread_of_each_laboratory)
{
	static const double at[] = { 5, -40, 1e8, 0 }, spread[] = { 0.2, 3, 0.05, 1e-9 };
	double x[MOST], work[MOST];
	uint32_t lab[MOST];
	zp_cell cells[100];
	for (size_t round = 0; round < 400; round++) {
		const double centre = at[round % 4], sigma = spread[round % 4];
		zp_random r = zp_random_stream(1, round, 0);
		size_t n_labs = 1 + zp_random_below(&r, 100), n = n_labs + zp_random_below(&r, MOST - n_labs);
		for (size_t i = 0; i < n; i++) {
			lab[i] = (uint32_t)(i < n_labs ? i : zp_random_below(&r, n_labs));
			x[i] = centre + sigma * (round % 8 < 4 ? zp_random_normal(&r) : rint(2 * zp_random_normal(&r)));
		}
		zp_random_shuffle(&r, lab, n);
		zp_cells_of(x, lab, n, n_labs, cells, work);
		for (size_t l = 0; l < n_labs; l++) {
			long double sum = 0, squares = 0, m = 0;
			for (size_t i = 0; i < n; i++)
				if (lab[i] == l)
					sum += (long double)x[i] - centre, m++;
			for (size_t i = 0; i < n; i++)
				if (lab[i] == l)
					squares += powl((long double)x[i] - centre - sum / m, 2);
			cr_assert_eq(cells[l].n, (size_t)m);
			cr_assert_leq(fabsl(cells[l].mean - (centre + sum / m)), 2e-16L * fabs(cells[l].mean) + 1e-15L * sigma);
			double sd = (double)sqrtl(squares / (m - 1));
			cr_assert(m < 2 ? isnan(cells[l].sd) : fabs(cells[l].sd - sd) <= 1e-13 * sd + 1e-17, "round %zu", round);
		}
	}
}

/* R: q <- qchisq(0.9, nu); sqrt(q / nu); 1 / sqrt(pchisq(q, nu + 2) + 0.1 * q / nu). Beside them those of
 * ISO 13528, Table C.1. */
Test(replicates, factors_are_those_printed_or_those_of_r)
{
	static const struct { size_t nu; double eta, xi, printed_eta, printed_xi; } rows[] = {
		{ 1, 1.64485362695147, 1.0968049336282, 1.645, 1.097 }, { 2, 1.51742712938515, 1.05409255338946, 1.517, 1.054 },
		{ 3, 1.44353600938463, 1.03926800272944, 1.444, 1.039 }, { 4, 1.39458240521445, 1.03154500288611, 1.395, 1.032 },
		{ 5, 1.35914362006236, 1.02673626456268, 1.359, 1.027 }, { 6, 1.33195599750069, 1.02342178381655, 1.332, 1.024 },
		{ 7, 1.31023643579429, 1.02098165033006, 1.310, 1.021 }, { 8, 1.29236054066347, 1.019100237306, 1.292, 1.019 },
		{ 9, 1.27730865378297, 1.01759911647858, 1.277, 1.018 }, { 10, 1.26440417478373, 1.01636943804037, 1.264, 1.017 },
		{ 11, 1.25317808781224, 1.01534082954963, 1.25317808781224, 1.01534082954963 },
		{ 30, 1.15839002842612, 1.00800513668682, 1.15839002842612, 1.00800513668682 },
		{ 100, 1.08856788401579, 1.0039088708729, 1.08856788401579, 1.0039088708729 },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		double eta, xi, printed_eta, printed_xi;
		zp_algorithm_s_factors(rows[i].nu, true, &eta, &xi);
		zp_algorithm_s_factors(rows[i].nu, false, &printed_eta, &printed_xi);
		near(eta, rows[i].eta, 1e-12, "eta", i);
		near(xi, rows[i].xi, 1e-12, "xi", i);
		near(printed_eta, rows[i].printed_eta, 1e-12, "printed eta", i);
		near(printed_xi, rows[i].printed_xi, 1e-12, "printed xi", i);
	}
}

/* From the largest it comes down to the same limit. */
static double fixed_point(const double *w, size_t n, double eta, double xi)
{
	long double s = w[n - 1], before = -1;
	for (unsigned k = 0; k < 20000 && s > 1e-30L && fabsl(s - before) > 1e-18L * s; k++) {
		long double sum = 0;
		for (size_t i = 0; i < n; i++)
			sum += fminl(w[i], eta * s) * fminl(w[i], eta * s);
		before = s;
		s = xi * sqrtl(sum / n);
	}
	return (double)s;
}

Test(replicates, algorithm_s_is_its_fixed_point)
{
	double w[200];
	for (size_t n = 1; n <= 200; n = n < 20 ? n + 1 : n + 23)
		for (size_t nu = 1; nu <= 12; nu += n < 20 ? 1 : 3)
			for (unsigned kind = 0; kind < 4; kind++) { /* smooth, tied, most repeat exactly, one wild */
				zp_random r = zp_random_stream(2, n, nu);
				double eta, xi;
				for (size_t i = 0; i < n; i++) {
					w[i] = fabs(0.3 * zp_random_normal(&r)) + 0.01;
					w[i] = kind == 1 ? rint(10 * w[i]) / 10 + 0.1 : kind == 2 && i % 5 < 3 ? 0 : w[i];
					if (kind == 3 && i == 1)
						w[i] = 1e9;
				}
				qsort(w, n, sizeof *w, ascending);
				zp_algorithm_s_factors(nu, kind % 2, &eta, &xi);
				zp_pooled p = zp_algorithm_s(w, n, nu, kind % 2);
				double expected = fixed_point(w, n, eta, xi);
				if (expected < 1e-9 * w[n - 1]) { /* it shrinks for ever, and all that matters is that it does */
					cr_assert_lt(p.w, 1e-9 * w[n - 1]);
					continue;
				}
				cr_assert(p.converged, "n = %zu, nu = %zu, kind %u", n, nu, kind);
				near(p.w, expected, 1e-12, "w*", n);
			}
}

/* R: repeat of s <- xi * sqrt(mean(pmin(w, eta * s)^2)) from the median. Creosote: the ranges in the help of metRology; then
 * ISO 13528 Annex E.13 from a third party's transcription, printed as 0.34. */
Test(replicates, algorithm_s_meets_figures_of_r_and_of_the_standard)
{
	static const double creosote[] = { 0, .28, .32, .35, .4, .49, .8, .95, 1.98 };
	static const double e13[] = { .08, .13, .14, .17, .21, .22, .24, .24, .25, .26, .26, .3, .32,
				      .32, .33, .36, .36, .39, .39, .4,  .4,  .43, .53, .55, .72 };
	near(zp_algorithm_s(creosote, 9, 1, false).w, 0.685980570463044, 1e-13, "creosote", 0);
	near(zp_algorithm_s(creosote, 9, 1, true).w, 0.685754885454952, 1e-13, "creosote", 1);
	near(zp_algorithm_s(e13, 25, 3, false).w, 0.3395831714473, 1e-12, "E.13", 0);
	zp_cell cells[12];
	double w[12];
	twelve_cells(cells);
	for (size_t i = 0; i < 12; i++)
		w[i] = cells[i].sd;
	qsort(w, 12, sizeof *w, ascending);
	near(zp_algorithm_s(w, 12, 2, false).w, 0.681378614292513, 1e-12, "twelve", 0);
	near(zp_algorithm_s(w, 12, 2, true).w, 0.681625445452089, 1e-12, "twelve", 1);
}

Test(replicates, algorithm_s_of_what_never_scatters_is_0)
{
	static const double none[] = { 0, 0, 0, 0 }, hardly[] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.2, 0.3 };
	cr_assert(zp_algorithm_s(none, 4, 1, false).w == 0 && zp_algorithm_s(none, 4, 1, false).converged);
	zp_pooled p = zp_algorithm_s(hardly, 12, 1, false); /* 1.645 * 1.097 * sqrt(2 / 12) < 1: it shrinks for ever */
	cr_assert(p.w == 0 && p.converged, "%g", p.w);
}

static void check_precision(const zp_cell *cells, size_t n_labs, double s_r, double s_l, double s_reproducibility)
{
	zp_precision p = zp_precision_by_anova(cells, n_labs);
	near(p.s_r, s_r, 1e-13, "s_r", n_labs);
	near(p.s_l, s_l, 1e-13, "s_L", n_labs);
	near(p.s_reproducibility, s_reproducibility, 1e-13, "s_R", n_labs);
}

/* R: anova(aov(value ~ lab)); n0 <- (n - sum(k^2) / n) / (g - 1); sqrt(MSW); sqrt(max(0, (MSB - MSW) / n0)). */
Test(replicates, precision_is_that_of_an_analysis_of_variance)
{
	zp_cell cells[12];
	static const double wide[] = { 1, 9, 2, 8.5, 1.5, 8, 3, 7 };
	static const uint32_t lab[] = { 0, 0, 1, 1, 2, 2, 3, 3 };
	double work[8];
	twelve_cells(cells);
	check_precision(cells, 12, 0.787598318377529, 1.94097575169987, 2.0946832647916);
	six_cells(cells);
	check_precision(cells, 6, 0.757297827806207, 1.0492572560977, 1.29400185064539);
	zp_cells_of(wide, lab, 8, 4, cells, work); /* laboratories differ less than chance: s_L is 0 */
	check_precision(cells, 4, 4.53458928680426, 0, 4.53458928680426);
}

Test(replicates, precision_needs_two_laboratories_and_a_repetition)
{
	static const zp_cell single[] = { { 1, NAN, 1 }, { 2, NAN, 1 } }, repeated[] = { { 1, 0.5, 3 } };
	cr_assert(isnan(zp_precision_by_anova(single, 2).s_r) && isnan(zp_precision_by_anova(repeated, 1).s_reproducibility));
	zp_precision p = zp_precision_from(5, 3, 9), none = zp_precision_from(1, 3, 3); /* 25 - 1 = 24; 24 + 9 = 33; 1 - 3 < 0 */
	near(p.s_l, sqrt(24), 1e-15, "s_L", 0), near(p.s_reproducibility, sqrt(33), 1e-15, "s_R", 0);
	cr_assert(none.s_l == 0 && none.s_reproducibility == 3);
}

/* R: (m - mean(m)) / sd(m); s / sqrt(mean(s^2)), pooled by degrees of freedom for the six; max(s^2) / sum(s^2). */
Test(replicates, h_k_and_cochrans_share_are_those_of_r)
{
	static const double h[] = { -0.144077284634895, -0.272827198563953, -0.304596657845148, 2.912479113577,
				    -0.774450239845993, -0.991820224401542, 0.305711375714664,  -0.0404085227699422,
				    -0.277843428976776, -0.053785137204132, -0.682486015610954, 0.324104220561673 };
	static const double k[] = { 1.08439628886922,  0.935352110687719,  0.633612827038454, 0.287576836787445,
				    0.576832957947289, 0.355133087621158,  0.516736442332747, 0.674407544125614,
				    2.28504096125161,  0.0651550583553577, 1.46241513294437,  0.959177882916865 };
	static const double k_six[] = { 0.186744700756622, NAN, 1.83447561571573, NAN, 0.373489401513243, 0.523218528529274 };
	zp_cell cells[12];
	double means[12];
	twelve_cells(cells);
	for (size_t i = 0; i < 12; i++) {
		near(zp_mandel_h(cells[i], zp_cell_means(cells, 12)), h[i], 1e-11, "h", i);
		near(zp_mandel_k(cells[i], zp_cell_pooled_sd(cells, 12)), k[i], 1e-12, "k", i);
		means[i] = cells[i].mean;
	}
	near(zp_cochran(cells, 12), 0.435117682883141, 1e-13, "Cochran", 0);
	qsort(means, 12, sizeof *means, ascending);
	near(zp_grubbs(means, 12, 1), 2.912479113577, 1e-12, "Grubbs", 0);
	near(zp_grubbs(means, 12, -1), 0.991820224401542, 1e-12, "Grubbs", 1);
	six_cells(cells);
	for (size_t i = 0; i < 6; i++)
		near(zp_mandel_k(cells[i], zp_cell_pooled_sd(cells, 6)), k_six[i], 1e-12, "k of unequal numbers", i);
}

Test(replicates, where_nothing_scatters_they_are_undefined)
{
	static const zp_cell same[] = { { 7, 0, 2 }, { 7, 0, 2 }, { 7, 0, 2 } };
	static const double equal[] = { 0.1, 0.1, 0.1 };
	const double none[] = { zp_mandel_h(same[0], zp_cell_means(same, 3)), zp_mandel_k(same[0], zp_cell_pooled_sd(same, 3)), zp_cochran(same, 3), zp_grubbs(equal, 3, 1),
				zp_mandel_h_critical(2, 0.05), zp_mandel_k_critical(1, 2, 0.05), zp_mandel_k_critical(5, 1, 0.05),
				zp_cochran_critical(1, 2, 0.05), zp_cochran_critical(5, 1, 0.05), zp_grubbs_critical(2, 0.05) };
	static const zp_cell single[] = { { 7, NAN, 1 }, { 8, NAN, 1 } };
	cr_assert(isnan(zp_cell_pooled_sd(single, 2)) && isnan(zp_mandel_k(single[0], zp_cell_pooled_sd(single, 2))));
	for (size_t i = 0; i < COUNT(none); i++)
		cr_assert(isnan(none[i]), "%zu: %g", i, none[i]);
}

/* R: with t <- qt(1 - a / 2, g - 2): (g - 1) * t / sqrt(g * (t^2 + g - 2)); with t <- qt(1 - a / 2 / g, g - 2):
 * (g - 1) / sqrt(g) * sqrt(t^2 / (g - 2 + t^2)); with f <- qf(a, (g - 1) * (m - 1), m - 1): sqrt(g / (1 + (g - 1) * f)); with
 * f <- qf(1 - a / g, m - 1, (m - 1) * (g - 1)): f / (f + g - 1). ISO 5725-2 prints 1.83, 2.412, 1.69 and 0.392 of
 * twelve with three. */
Test(replicates, critical_values_are_those_of_r)
{
	const double rows[][2] = {
		{ zp_mandel_h_critical(3, 0.05), 1.15114098198125 }, { zp_mandel_h_critical(5, 0.01), 1.71503731234336 },
		{ zp_mandel_h_critical(12, 0.05), 1.82899162749097 }, { zp_mandel_h_critical(12, 0.01), 2.24784487573989 },
		{ zp_mandel_h_critical(200, 0.05), 1.95295694115304 }, { zp_grubbs_critical(3, 0.05), 1.15430485134404 },
		{ zp_grubbs_critical(12, 0.05), 2.41155951843165 }, { zp_grubbs_critical(12, 0.01), 2.63573304373451 },
		{ zp_grubbs_critical(30, 0.01), 3.23607830143087 }, { zp_grubbs_critical(100, 0.05), 3.38408290115492 },
		{ zp_mandel_k_critical(2, 2, 0.05), 1.40985401393021 }, { zp_mandel_k_critical(5, 3, 0.01), 1.84901627086292 },
		{ zp_mandel_k_critical(12, 2, 0.01), 2.36780917707676 }, { zp_mandel_k_critical(12, 3, 0.05), 1.69140482574995 },
		{ zp_mandel_k_critical(12, 3, 0.01), 2.0260309237791 }, { zp_mandel_k_critical(30, 6, 0.05), 1.47772806419042 },
		{ zp_cochran_critical(2, 2, 0.05), 0.998458666866564 }, { zp_cochran_critical(5, 3, 0.01), 0.788525747311887 },
		{ zp_cochran_critical(12, 3, 0.05), 0.392400846909645 }, { zp_cochran_critical(12, 3, 0.01), 0.4751025871691 },
		{ zp_cochran_critical(30, 6, 0.05), 0.123641407941535 }, { zp_cochran_critical(30, 6, 0.01), 0.145483730079045 },
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		near(rows[i][0], rows[i][1], 1e-9, "critical value", i);
}

/* R: as above. Large rounds must not end in the search for a quantile. */
Test(replicates, hundreds_of_laboratories_have_critical_values_too)
{
	near(zp_mandel_k_critical(272, 2, 0.05), 1.95842977650079, 1e-8, "k", 272);
	near(zp_cochran_critical(1669, 2, 0.05), 0.0103926806118148, 1e-8, "Cochran", 1669);
	for (size_t m = 2; m <= 10; m += 4) {
		double k = 0, cochran = 1;
		for (size_t g = 3; g <= 4000; g += 1 + g / 7) {
			double next_k = zp_mandel_k_critical(g, m, 0.05), next_cochran = zp_cochran_critical(g, m, 0.05);
			cr_assert(next_k > k && next_cochran < cochran, "%zu by %zu: %g, %g", g, m, next_k, next_cochran);
			k = next_k, cochran = next_cochran;
		}
	}
}

/* m ((mean - x_pt) / w)^2 + 2 (m - 1) (ln(s / w))^2, chi square with 2 degrees of freedom: squared, so that too small a
 * spread counts as well. ISO 13528 Annex E.13, laboratories 13, 9 and 3; for 13 it is above 9.21. R: by the formula. */
Test(replicates, the_repeatability_statistic_is_that_of_the_standard)
{
	near(zp_repeatability_statistic((zp_cell){ 1.13, 0.72, 4 }, 1.57, 0.34), 10.0767128476429, 1e-13, "laboratory", 13);
	near(zp_repeatability_statistic((zp_cell){ 2.35, 0.39, 4 }, 1.57, 0.34), 21.1648480006542, 1e-13, "laboratory", 9);
	near(zp_repeatability_statistic((zp_cell){ 1.8, 0.08, 4 }, 1.57, 0.34), 14.3918970860786, 1e-13, "laboratory", 3);
	near(zp_repeatability_statistic((zp_cell){ 1.57, 0.34, 4 }, 1.57, 0.34), 0, 0, "none", 0);
	cr_assert(isnan(zp_repeatability_statistic((zp_cell){ 1.8, 0, 4 }, 1.57, 0.34)));
	cr_assert(isnan(zp_repeatability_statistic((zp_cell){ 1.8, 0.3, 4 }, 1.57, 0)));
	cr_assert(isnan(zp_repeatability_statistic((zp_cell){ 1.8, NAN, 1 }, 1.57, 0.34)));
}
