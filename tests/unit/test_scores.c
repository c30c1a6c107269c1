/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <math.h>
#include "stats/scores.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static void near(double got, double expected, double tolerance, const char *what, size_t row)
{
	cr_assert_leq(fabs(got - expected), tolerance, "%s, row %zu: %.17g, expected %.17g", what, row, got, expected);
}

/* ISO 13528 Annex E.4, mercury in feed, from a third party's transcription: x_pt 0.044, U 0.0082 (k = 2), sigma_pt 0.0066,
 * delta_E 3 sigma_pt. Its printed scores, rounded to one or two decimals. */
Test(scores, those_of_annex_e_4_are_met_as_printed)
{
	static const struct { double x, expanded, k, d_pct, pa, z, z_prime, zeta, en; } rows[] = {
		{ .013, .003, 2, -70.5, -156.6, -4.7, -3.99, -7.1, -3.55 },
		{ .0135, .00108, 1.732, -69.3, -154, -4.62, -3.93, -7.35, -3.69 },
		{ .014, .0005, 2, -68.2, -151.5, -4.55, -3.86, -7.3, -3.65 },
		{ .017, .008, 2, -61.4, -136.4, -4.09, -3.47, -4.71, -2.36 },
		{ .0239, .0036, 2, -45.7, -101.5, -3.05, -2.59, -4.49, -2.24 },
		{ .037, .013, 2, -15.9, -35.4, -1.06, -.9, -.91, -.46 },
		{ .04, .03, 2, -9.1, -20.2, -.61, -.51, -.26, -.13 },             { .044, .007, 2, 0, 0, 0, 0, 0, 0 },
		{ .045, .007, 2, 2.3, 5.1, .15, .13, .19, .09 },
		{ .053, .007, 2, 20.5, 45.5, 1.36, 1.16, 1.67, .83 },
	};
	const double x_pt = 0.044, expanded_x_pt = 0.0082, sigma_pt = 0.0066;
	for (size_t i = 0; i < COUNT(rows); i++) {
		double x = rows[i].x, u = rows[i].expanded / rows[i].k;
		near(zp_score_d_pct(x - x_pt, x_pt), rows[i].d_pct, 0.0501, "D%", i);
		near(zp_score_pa(x - x_pt, 3 * sigma_pt), rows[i].pa, 0.0501, "P_A", i);
		near(zp_score_z(x - x_pt, sigma_pt), rows[i].z, 0.00501, "z", i);
		near(zp_score_z_prime(x - x_pt, sigma_pt, expanded_x_pt / 2), rows[i].z_prime, 0.00501, "z'", i);
		near(zp_score_zeta(x - x_pt, u, expanded_x_pt / 2), rows[i].zeta, 0.00501, "zeta", i);
		near(zp_score_en(x - x_pt, rows[i].expanded, expanded_x_pt), rows[i].en, 0.00501, "En", i);
	}
}

/* By hand: 3, 4 and 5 make a right angle. */
Test(scores, uncertainties_add_as_squares)
{
	static const double signs[] = { 1, -1 };
	for (size_t i = 0; i < 2; i++) {
		double x = 100 + signs[i] * 10;
		cr_assert_eq(zp_score_z_prime(x - 100, 3, 4), signs[i] * 2);
		cr_assert_eq(zp_score_zeta(x - 100, 4, 3), signs[i] * 2);
		cr_assert_eq(zp_score_en(x - 100, 3, 4), signs[i] * 2);
		cr_assert_eq(zp_reference_ratio(x, 3, 100, 4), signs[i] * 2);
		cr_assert_eq(zp_score_z(x - 100, 5), signs[i] * 2);
		cr_assert_eq(zp_score_pa(x - 100, 40), signs[i] * 25);
		cr_assert_eq(zp_score_aps(x - 100, 4), signs[i] * 2.5);
	}
	cr_assert_eq(zp_delta_widened(3, 2), 5); /* 9 + 4 * 4 = 25 */
	cr_assert(zp_score_z_prime(8 - 2, 3, 0) == 2 && zp_score_zeta(8 - 2, 3, 0) == 2 && zp_score_en(8 - 2, 3, 0) == 2);
}

Test(scores, percent_of_a_target_keep_the_sign_of_the_quotient)
{
	static const struct { double x, x_pt, d_pct; } rows[] = {
		{ 5, 4, 25 }, { 3, 4, -25 }, { -5, -4, 25 }, { -3, -4, -25 }, { 0, 4, -100 }, { 4, 4, 0 },
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		near(zp_score_d_pct(rows[i].x - rows[i].x_pt, rows[i].x_pt), rows[i].d_pct, 0, "D%", i);
	cr_assert(isnan(zp_score_d_pct(4 - 0, 0)) && isnan(zp_score_d_pct(0 - 0, 0)) && isnan(zp_score_d_pct(4 + 0.0, -0.0)));
	cr_assert(isnan(zp_score_d_pct(4 - 1e-310, 1e-310))); /* so near to 0 that it would be infinite */
}

Test(scores, what_is_missing_or_makes_no_sense_leaves_them_undefined)
{
	static const double no_scale[] = { 0, -0.0, -1, NAN };
	for (size_t i = 0; i < COUNT(no_scale); i++) {
		double bad = no_scale[i];
		cr_assert(isnan(zp_score_z(5 - 4, bad)) && isnan(zp_score_pa(5 - 4, bad)) && isnan(zp_score_aps(5 - 4, bad)), "%g",
			  bad);
		cr_assert(isnan(zp_score_z_prime(5 - 4, bad, 1)) && isnan(zp_score_zeta(5 - 4, bad, 1)) &&
				  isnan(zp_score_en(5 - 4, bad, 1)),
			  "%g", bad);
		cr_assert(isnan(zp_score_vi(5, bad)) && isnan(zp_score_bis(5, bad, 400)) &&
				  isnan(zp_score_target(5, bad, 10, 120)),
			  "%g", bad);
		/* equal to the target: not even then a 0 */
		cr_assert(isnan(zp_score_z(4 - 4, bad)) && isnan(zp_score_zeta(4 - 4, bad, 1)) && isnan(zp_score_vi(0, bad)), "%g",
			  bad);
	}
	cr_assert(isnan(zp_score_z_prime(5 - 4, 1, NAN)) && isnan(zp_score_zeta(5 - 4, 1, NAN)) &&
		  isnan(zp_score_en(5 - 4, 1, NAN)));
	cr_assert(isnan(zp_reference_ratio(5, NAN, 4, 1)) && isnan(zp_reference_ratio(5, 1, 4, NAN)) &&
		  isnan(zp_reference_ratio(5, 0, 4, 0)));
	for (unsigned i = 0; i < 2; i++) {
		double x = i ? 5 : NAN, x_pt = i ? NAN : 5;
		cr_assert(isnan(zp_score_d_pct(x - x_pt, x_pt)) && isnan(zp_score_pa(x - x_pt, 1)) &&
			  isnan(zp_score_z(x - x_pt, 1)));
		cr_assert(isnan(zp_score_z_prime(x - x_pt, 1, 1)) && isnan(zp_score_zeta(x - x_pt, 1, 1)) &&
			  isnan(zp_score_en(x - x_pt, 1, 1)));
		cr_assert(isnan(zp_reference_ratio(x, 1, x_pt, 1)));
	}
	cr_assert(isnan(zp_score_vi(NAN, 4)) && isnan(zp_score_bis(NAN, 4, 400)) && isnan(zp_score_target(NAN, 10, 10, 120)));
	cr_assert(isnan(zp_score_vis(NAN, 400)) && isnan(zp_sdpa(NAN, 10, 1.645)) && isnan(zp_delta_widened(3, NAN)));
}

/* Magnitudes as everywhere in stats: between 1e-120 and 1e120, or 0. */
Test(scores, no_score_is_ever_infinite)
{
	static const double some[] = { 0, -0.0, 1, -1, 0.044, 1e120, -1e120, 1e-120, -1e-120, 1e60, NAN };
	for (size_t i = 0; i < COUNT(some); i++)
		for (size_t j = 0; j < COUNT(some); j++)
			for (size_t k = 0; k < COUNT(some); k++)
				for (size_t l = 0; l < COUNT(some); l++) {
					double x = some[i], t = some[j], s = some[k], u = some[l];
					const double scores[] = { zp_score_d_pct(x - t, t),
								  zp_score_pa(x - t, s),
								  zp_score_z(x - t, s),
								  zp_score_z_prime(x - t, s, u),
								  zp_score_zeta(x - t, s, u),
								  zp_score_en(x - t, s, u),
								  zp_score_vi(zp_score_d_pct(x - t, t), s),
								  zp_score_aps(x - t, s),
								  zp_reference_ratio(x, s, t, u),
								  zp_score_target(x, s, 10, 120) };
					for (size_t m = 0; m < COUNT(scores); m++)
						cr_assert(!isinf(scores[m]), "score %zu of %g, %g, %g, %g", m, x, t, s, u);
				}
}

/* R: V <- 100 * (x - t) / t; VI <- 100 * abs(V) / 4.2; (x - t) / (10 * t / 164.5); 100 * log10(3.16 * 10 / abs(V)). */
Test(scores, indices_of_schemes_are_those_of_r)
{
	static const struct { double x, x_pt, v, vi, sdi, target; } rows[] = {
		{ 5.78, 5, 15.600000000000005, 371.4285714285715, 2.566200000000001, 30.65624842639421 },
		{ 5.48, 5.2, 5.3846153846153895, 128.20512820512832, 0.8857692307692316, 76.85323949109835 },
		{ 5.48, 5.4, 1.4814814814814827, 35.273368606701965, 0.24370370370370392, 120 },
		{ 5.34, 5.4, -1.1111111111111203, 26.455026455026672, -0.1827777777777793, 120 },
		{ 5.08, 5.2, -2.3076923076923097, 54.94505494505499, -0.37961538461538497, 113.65091802055778 },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		double v = zp_score_d_pct(rows[i].x - rows[i].x_pt, rows[i].x_pt), vi = zp_score_vi(v, 4.2);
		near(v, rows[i].v, 1e-12, "V", i), near(vi, rows[i].vi, 1e-11, "VI", i);
		near(zp_score_vis(vi, 400), rows[i].vi, 1e-11, "VIS", i);
		near(zp_score_bis(v, 4.2, 400), v < 0 ? -rows[i].vi : rows[i].vi, 1e-11, "BIS", i);
		near(zp_score_z(rows[i].x - rows[i].x_pt, zp_sdpa(rows[i].x_pt, 10, 1.645)), rows[i].sdi, 1e-12, "SDI", i);
		near(zp_score_target(v, 10, 10, 120), rows[i].target, 1e-10, "target score", i);
	}
}

Test(scores, indices_are_cut_at_their_limits)
{
	cr_assert(zp_score_vis(399.5, 400) == 399.5 && zp_score_vis(400, 400) == 400 && zp_score_vis(401, 400) == 400 &&
		  zp_score_vis(0, 400) == 0);
	cr_assert(zp_score_bis(50, 5, 400) == 400 && zp_score_bis(-50, 5, 400) == -400 && zp_score_bis(-10, 5, 400) == -200);
	cr_assert(zp_score_target(0, 10, 10, 120) == 120 && zp_score_target(1e-9, 10, 10, 120) == 120 &&
		  zp_score_target(900, 10, 10, 120) == 10);
	near(zp_score_target(10, 10, 10, 120), 50, 0.05, "at the target deviation", 0);
	near(zp_score_target(-10, 10, 10, 120), 50, 0.05, "at the target deviation", 1);
	near(zp_sdpa(-5, 10, 1.645), 0.5 / 1.645, 1e-15, "of a negative target", 0); /* a standard deviation has no sign */
}

Test(scores, signals_change_at_their_bounds_and_not_by_the_rounding_of_doubles)
{
	static const double just_below_1 = 1 - 0x1p-49, just_above_2 = 2 + 0x1p-48, just_below_3 = 3 - 0x1p-47;
	static const struct { double score, warn, act; zp_signal signal; } rows[] = {
		{ 0, 2, 3, ZP_SIGNAL_ACCEPTABLE }, { 2, 2, 3, ZP_SIGNAL_ACCEPTABLE }, { just_above_2, 2, 3, ZP_SIGNAL_WARNING },
		{ just_below_3, 2, 3, ZP_SIGNAL_WARNING }, { 3, 2, 3, ZP_SIGNAL_ACTION }, { 1e300, 2, 3, ZP_SIGNAL_ACTION },
		{ just_below_1, 1, 1, ZP_SIGNAL_ACCEPTABLE }, { 1, 1, 1, ZP_SIGNAL_ACTION }, { 1.5, 1, 1, ZP_SIGNAL_ACTION },
		{ 2, 2, 2, ZP_SIGNAL_ACTION }, { 0.3 / 0.1, 2, 3, ZP_SIGNAL_ACTION }, /* below 3 as doubles */
		{ 2 + 0x1p-51, 2, 3, ZP_SIGNAL_ACCEPTABLE }, { 1 - 0x1p-53, 1, 1, ZP_SIGNAL_ACTION }, { NAN, 2, 3, ZP_SIGNAL_NONE }, { NAN, 1, 1, ZP_SIGNAL_NONE },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		cr_assert_eq(zp_signal_of(rows[i].score, rows[i].warn, rows[i].act), rows[i].signal, "row %zu", i);
		cr_assert_eq(zp_signal_of(-rows[i].score, rows[i].warn, rows[i].act), rows[i].signal, "row %zu, negative", i);
	}
}

Test(scores, uncertainty_is_negligible_strictly_below_its_bound)
{
	static const struct { double u, sigma_pt, delta_e; int negligible; } rows[] = {
		{ 2.9, 10, NAN, 1 }, { 3, 10, NAN, 0 }, { 3 - 1e-8, 10, NAN, 1 }, { 3 - 0x1p-51, 10, NAN, 0 } /* which only rounding made less */, { 3.1, 10, NAN, 0 },
		{ 0.9, NAN, 10, 1 }, { 1, NAN, 10, 0 }, { 1, 10, 10, 1 }, { 3, 10, 40, 1 }, { 3, 10, 30, 0 },
		{ 0, 10, 10, 1 }, { NAN, 10, 10, -1 }, { -1, 10, 10, -1 }, { 1, NAN, NAN, -1 }, { 1, 0, 0, -1 },
		{ 1, -5, NAN, -1 }, { 1, 0, 20, 1 },
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		cr_assert_eq(zp_u_negligible(rows[i].u, rows[i].sigma_pt, rows[i].delta_e), rows[i].negligible, "row %zu", i);
}
