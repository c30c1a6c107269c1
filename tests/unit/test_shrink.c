/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shrunken shares, against R, published fits, and what must hold by their meaning. */
#include <criterion/criterion.h>
#include <math.h>
#include "base/random.h"
#include "stats/shrink.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static void near(const char *what, double got, double expected, double relative)
{
	cr_expect(fabs(got - expected) <= relative * fabs(expected), "%s is %.15g, expected %.15g", what, got, expected);
}

/* ---- fits ---- */

/* Boys among the first 12 children of 6,115 families of Saxony (Geissler 1889; Lindsey, Altham: Analysis of the human sex
 * ratio. Applied Statistics 47 (1998) 149). Published: log likelihood -12492.9 with the binomial coefficients. R 4.2.2: Newton
 * with digamma and trigamma in base R. */
Test(shrink, the_families_of_saxony_give_the_published_fit)
{
	static const size_t families[] = { 3, 24, 104, 286, 670, 1033, 1343, 1112, 829, 478, 181, 45, 7 };
	static zp_trials c[6115];
	size_t n = 0;
	double binomials = 0;
	for (size_t boys = 0; boys <= 12; boys++)
		for (size_t i = 0; i < families[boys]; i++) {
			c[n++] = (zp_trials){ (double)boys, 12 - (double)boys };
			binomials += lgamma(13) - lgamma((double)boys + 1) - lgamma(13 - (double)boys);
		}
	cr_assert_eq(n, COUNT(c));
	const zp_prior_fit f = zp_prior_fit_of(c, n);
	cr_expect(f.converged && f.spread);
	near("alpha", f.prior.alpha, 34.1028576158656, 1e-7);
	near("beta", f.prior.beta, 31.5782341551014, 1e-7);
	near("log likelihood", f.log_likelihood, -50767.6395480244, 1e-13);
	cr_expect_float_eq(f.log_likelihood + binomials, -12492.9, 0.05);
}

/* Tumours of 71 groups of rats (Tarone: The use of historical control information in testing for a trend in proportions.
 * Biometrics 38 (1982) 215). Published of the first 70: mean 0.136, standard deviation 0.103 (Gelman et al.: Bayesian Data
 * Analysis, 5.1). */
static const struct { int k, n; } rats[] = {
	{ 0, 20 }, { 0, 20 }, { 0, 20 }, { 0, 20 }, { 0, 20 }, { 0, 20 }, { 0, 20 }, { 0, 19 }, { 0, 19 }, { 0, 19 }, { 0, 19 }, { 0, 18 },
	{ 0, 18 }, { 0, 17 }, { 1, 20 }, { 1, 20 }, { 1, 20 }, { 1, 20 }, { 1, 19 }, { 1, 19 }, { 1, 18 }, { 1, 18 }, { 2, 25 }, { 2, 24 },
	{ 2, 23 }, { 2, 20 }, { 2, 20 }, { 2, 20 }, { 2, 20 }, { 2, 20 }, { 2, 20 }, { 1, 10 }, { 5, 49 }, { 2, 19 }, { 5, 46 }, { 3, 27 },
	{ 2, 17 }, { 7, 49 }, { 7, 47 }, { 3, 20 }, { 3, 20 }, { 2, 13 }, { 9, 48 }, { 10, 50 }, { 4, 20 }, { 4, 20 }, { 4, 20 }, { 4, 20 },
	{ 4, 20 }, { 4, 20 }, { 4, 20 }, { 10, 48 }, { 4, 19 }, { 4, 19 }, { 4, 19 }, { 5, 22 }, { 11, 46 }, { 12, 49 }, { 5, 20 }, { 5, 20 },
	{ 6, 23 }, { 5, 19 }, { 6, 22 }, { 6, 20 }, { 6, 20 }, { 6, 20 }, { 16, 52 }, { 15, 47 }, { 15, 46 }, { 9, 24 }, { 4, 14 },
};

static zp_prior_fit fit_of_rats(double deff)
{
	zp_trials c[COUNT(rats)];
	for (size_t i = 0; i < COUNT(rats); i++)
		c[i] = zp_trials_over((zp_trials){ rats[i].k, rats[i].n - rats[i].k }, deff);
	return zp_prior_fit_of(c, COUNT(rats));
}

Test(shrink, the_rats_are_those_that_were_published)
{
	double x[70];
	for (size_t i = 0; i < 70; i++)
		x[i] = (double)rats[i].k / rats[i].n;
	const zp_moments m = zp_moments_of(x, 70);
	cr_expect_float_eq(m.mean, 0.136, 0.0005);
	cr_expect_float_eq(m.sd, 0.103, 0.0005);
}

/* R 4.2.2: Newton in base R; Kleinman's moments, 500 rounds. */
Test(shrink, the_rats_give_the_fit_of_r)
{
	const zp_prior_fit f = fit_of_rats(1);
	near("alpha", f.prior.alpha, 2.34161440333349, 1e-8);
	near("beta", f.prior.beta, 14.1148042984403, 1e-8);
	near("log likelihood", f.log_likelihood, -730.33845452439, 1e-13);
	near("moments: alpha", f.moments.alpha, 2.95209027397903, 1e-10);
	near("moments: beta", f.moments.beta, 17.589428787775, 1e-10);
	near("0 of 20", zp_shrink(f.prior, (zp_trials){ 0, 20 }, 0.95).share, 0.0642305110243744, 1e-9);
	near("16 of 52", zp_shrink(f.prior, (zp_trials){ 16, 36 }, 0.95).share, 0.267931258327106, 1e-9);
	near("4 of 14", zp_shrink(f.prior, (zp_trials){ 4, 10 }, 0.95).share, 0.20821930724784, 1e-9);
}

Test(shrink, fractions_of_results_give_the_fit_of_r)
{
	const zp_prior_fit f = fit_of_rats(2.2);
	near("alpha", f.prior.alpha, 62.6813761789583, 1e-6);
	near("beta", f.prior.beta, 347.184609657857, 1e-6);
	near("log likelihood", f.log_likelihood, -338.926252911722, 1e-13);
}

static const struct { double k, n; } ten[] = { { 1170, 1200 }, { 20, 20 }, { 57.5, 60 }, { 380, 400 }, { 93, 100 }, { 240, 250 },
	{ 19, 25 }, { 700, 710 }, { 44, 50 }, { 1500, 1600 } };

/* R 4.2.2, k and n divided by 1.8: Newton in base R, and qbeta of the failing share. */
Test(shrink, ten_laboratories_have_the_shares_and_intervals_of_r)
{
	static const struct { size_t i; double share, low, high; } rows[] = {
		{ 0, 0.972384901885289, 0.959477683252633, 0.982897633433357 },
		{ 1, 0.95632904825729, 0.905590358148958, 0.988081812558823 },
		{ 6, 0.921510615977669, 0.858951094880472, 0.966892770948814 } };
	zp_trials c[COUNT(ten)];
	for (size_t i = 0; i < COUNT(ten); i++)
		c[i] = zp_trials_over((zp_trials){ ten[i].k, ten[i].n - ten[i].k }, 1.8);
	const zp_prior_fit f = zp_prior_fit_of(c, COUNT(c));
	near("alpha", f.prior.alpha, 74.4544539716334, 1e-8);
	near("beta", f.prior.beta, 3.90736814946241, 1e-8);
	near("log likelihood", f.log_likelihood, -431.148534188816, 1e-13);
	near("moments: alpha", f.moments.alpha, 23.6925973307257, 1e-9);
	near("moments: beta", f.moments.beta, 1.41128613958612, 1e-9);
	for (size_t i = 0; i < COUNT(rows); i++) {
		const zp_shrunken s = zp_shrink(f.prior, c[rows[i].i], 0.95);
		near("share", s.share, rows[i].share, 1e-9);
		near("low", s.low, rows[i].low, 1e-9);
		near("high", s.high, rows[i].high, 1e-9);
		cr_expect_float_eq(s.share + s.failing, 1, 1e-15);
	}
}

/* Few and nearly perfect laboratories: the likelihood is a narrow, bent ridge. R 4.2.2: optim from six places. */
Test(shrink, a_bent_ridge_is_climbed_to_its_top)
{
	static const zp_trials four[] = { { 1345, 2 }, { 3047, 0 }, { 4270, 2 }, { 15, 1 } },
		five[] = { { 859, 2 }, { 14948, 2 }, { 314, 2 }, { 0, 1 }, { 1442, 1 } };
	const zp_prior_fit a = zp_prior_fit_of(four, COUNT(four)), b = zp_prior_fit_of(five, COUNT(five));
	cr_expect(a.converged && b.converged);
	near("alpha", a.prior.alpha, 623.93, 2e-5);
	near("beta", a.prior.beta, 0.77339, 2e-5);
	near("log likelihood", a.log_likelihood, -42.120971116, 1e-11);
	near("alpha", b.prior.alpha, 178.4146, 2e-5);
	near("beta", b.prior.beta, 0.65617, 2e-5);
	near("log likelihood", b.log_likelihood, -64.8994074199, 1e-11);
}

static double binomial(zp_random *r, size_t n, double p)
{
	size_t k = 0;
	for (size_t i = 0; i < n; i++)
		k += zp_random_uniform(r) < p;
	return (double)k;
}

/* A year of `n` laboratories, sizes evenly in logarithms between 20 and 2,000. */
static void draw_year(zp_random *r, zp_trials *c, size_t n, double alpha, double beta, double deff)
{
	for (size_t i = 0; i < n; i++) {
		const double p = 1 / (1 + exp(-zp_random_beta_log_odds(r, alpha, beta)));
		const size_t size = (size_t)(20 * pow(100, zp_random_uniform(r)));
		const double k = binomial(r, size, p);
		c[i] = zp_trials_over((zp_trials){ k, (double)size - k }, deff);
	}
}

Test(shrink, no_neighbour_of_the_fit_is_likelier)
{
	static const double truths[][2] = { { 38, 2 }, { 190, 10 }, { 19, 1 }, { 0.3, 0.02 }, { 5000, 200 }, { 2, 2 } };
	zp_trials c[60];
	size_t spreads = 0;
	for (size_t t = 0; t < COUNT(truths); t++)
		for (uint64_t seed = 0; seed < 30; seed++) {
			zp_random r = zp_random_stream(seed, t, 1);
			draw_year(&r, c, COUNT(c), truths[t][0], truths[t][1], seed % 3 == 0 ? 2.2 : 1);
			const zp_prior_fit f = zp_prior_fit_of(c, COUNT(c));
			cr_expect(f.converged, "truth %zu, seed %zu: %u steps", t, (size_t)seed, f.steps);
			if (!f.spread)
				continue;
			spreads++;
			cr_expect_leq(f.steps, 40);
			for (int direction = 0; direction < 8; direction++) {
				const double turn = direction * 0.78539816339744831;
				const double l = zp_beta_binomial_likelihood(c, COUNT(c), f.prior.alpha * exp(0.001 * cos(turn)),
					f.prior.beta * exp(0.001 * sin(turn)));
				cr_expect_leq(l, f.log_likelihood + 1e-9, "truth %zu, seed %zu, direction %d", t, (size_t)seed, direction);
			}
		}
	cr_expect_geq(spreads, 140);
}

/* ---- no spread ---- */

/* The likelihood over 1 / size has this slope where size is large. */
Test(shrink, the_spread_test_is_twice_the_slope_of_the_likelihood)
{
	zp_trials c[COUNT(rats)], all = { 0 };
	for (size_t i = 0; i < COUNT(rats); i++) {
		c[i] = (zp_trials){ rats[i].k, rats[i].n - rats[i].k };
		all = (zp_trials){ all.hits + c[i].hits, all.misses + c[i].misses };
	}
	const double p = all.hits / zp_trials_n(all), size = 1e6;
	const double one = zp_beta_binomial_likelihood(c, COUNT(c), p * size, (1 - p) * size);
	const double two = zp_beta_binomial_likelihood(c, COUNT(c), p * size * 2, (1 - p) * size * 2);
	near("slope", zp_spread_test(c, COUNT(c)), 2 * (one - two) / (0.5 / size), 0.01);
}

static void nobody_differs(const zp_trials *c, size_t n, double mean)
{
	const zp_prior_fit f = zp_prior_fit_of(c, n);
	cr_expect(!f.spread && f.converged && isinf(f.prior.alpha));
	cr_expect_float_eq(f.prior.mean, mean, 1e-15);
	for (size_t i = 0; i < n; i++) {
		const zp_shrunken s = zp_shrink(f.prior, c[i], 0.95);
		cr_expect(s.share == f.prior.mean && s.low == s.share && s.high == s.share);
	}
}

Test(shrink, where_nobody_differs_everybody_has_the_common_share)
{
	static const zp_trials all[] = { { 20, 0 }, { 1200, 0 }, { 1, 0 } }, none[] = { { 0, 5 }, { 0, 700 } }, one[] = { { 17, 3 } },
		same[] = { { 19, 1 }, { 190, 10 }, { 38, 2 } }, single[] = { { 1, 0 }, { 0, 1 }, { 1, 0 }, { 1, 0 } };
	nobody_differs(all, COUNT(all), 1);
	nobody_differs(none, COUNT(none), 0);
	nobody_differs(one, COUNT(one), 0.85);
	nobody_differs(same, COUNT(same), 0.95);
	nobody_differs(single, COUNT(single), 0.75); /* one result of each tells nothing of a spread */
}

Test(shrink, of_nobody_there_is_no_mean)
{
	static const zp_trials empty[] = { { 0, 0 }, { 0, 0 } };
	cr_expect(isnan(zp_prior_fit_of(empty, 0).prior.mean));
	cr_expect(isnan(zp_prior_fit_of(empty, 2).prior.mean));
}

Test(shrink, laboratories_without_results_change_nothing)
{
	zp_trials c[COUNT(rats) + 2] = { { 0, 0 } };
	for (size_t i = 0; i < COUNT(rats); i++)
		c[i + 1] = (zp_trials){ rats[i].k, rats[i].n - rats[i].k };
	const zp_prior_fit f = zp_prior_fit_of(c, COUNT(c)), without = fit_of_rats(1);
	near("alpha", f.prior.alpha, without.prior.alpha, 1e-12);
	near("moments", f.moments.alpha, without.moments.alpha, 1e-12);
	cr_expect_float_eq(zp_shrink(f.prior, c[0], 0.95).share, f.prior.mean, 1e-14);
}

/* Edges: one laboratory holds nearly all results; some have all or none right. In the second set all are all or nothing: the likelihood
 * rises towards size 0, and the fit stays at its bound. */
Test(shrink, the_fit_bears_one_laboratory_with_nearly_all_results)
{
	static const zp_trials edges[] = { { 1, 0 }, { 0, 1 }, { 20, 0 }, { 0, 20 }, { 1999, 1 }, { 100000, 20 }, { 3, 2 }, { 50, 0 } };
	const zp_prior_fit f = zp_prior_fit_of(edges, COUNT(edges));
	cr_expect(f.spread && f.converged);
	cr_expect(f.prior.alpha + f.prior.beta > 0.3 && f.prior.alpha + f.prior.beta < 3, "alpha + beta is %g", f.prior.alpha + f.prior.beta);
	cr_expect_float_eq(f.prior.mean, 0.67, 0.02, "not 0.9995, where the large one lies");
	static const zp_trials extremes[] = { { 20, 0 }, { 0, 20 }, { 300, 0 }, { 0, 7 } };
	const zp_prior_fit extreme = zp_prior_fit_of(extremes, COUNT(extremes));
	cr_expect(extreme.spread && extreme.converged);
	cr_expect_leq(extreme.prior.alpha + extreme.prior.beta, 2 * ZP_PRIOR_LEAST);
}

/* ---- what a title rests on ---- */

Test(shrink, with_a_fixed_prior_a_better_result_never_lowers_the_share)
{
	zp_random r = zp_random_stream(7, 0, 0);
	for (int trial = 0; trial < 200000; trial++) {
		const zp_prior p = zp_prior_given(exp(6 * zp_random_uniform(&r) - 1), exp(4 * zp_random_uniform(&r) - 3));
		const size_t most = trial % 2 ? 2000 : (size_t)1 << 32; /* so many that the share is 1 but for its last bits */
		const double deff = 1 + 2 * zp_random_uniform(&r), hits = (double)zp_random_below(&r, most), misses = (double)zp_random_below(&r, 50) + 1;
		const zp_shrunken before = zp_shrink(p, zp_trials_over((zp_trials){ hits, misses }, deff), NAN);
		const zp_shrunken more = zp_shrink(p, zp_trials_over((zp_trials){ hits + 1, misses }, deff), NAN);
		const zp_shrunken better = zp_shrink(p, zp_trials_over((zp_trials){ hits + 1, misses - 1 }, deff), NAN);
		cr_assert(more.failing < before.failing && more.share >= before.share);
		cr_assert(better.failing < more.failing && better.share >= more.share);
	}
}

Test(shrink, the_fewer_results_the_nearer_to_the_mean)
{
	const zp_prior p = zp_prior_given(38, 2);
	double last = p.mean;
	for (double n = 1; n < 5000; n *= 3) {
		const double share = zp_shrink(p, (zp_trials){ n, 0 }, 0.95).share;
		cr_expect(share > last);
		cr_expect_float_eq(share, (38 + n) / (40 + n), 1e-15);
		last = share;
	}
	cr_expect_float_eq(p.mean, 0.95, 1e-16);
	cr_expect_gt(zp_shrink(p, (zp_trials){ 1170, 30 }, 0.95).share, zp_shrink(p, (zp_trials){ 20, 0 }, 0.95).share);
}

/* ---- design effect ---- */

/* R 4.2.2: anova(lm(y ~ factor(lab) + factor(lab):factor(cluster))). m0 and size by hand from the sizes. */
Test(shrink, the_analysis_of_variance_is_that_of_r)
{
	static const double sizes[6][4] = { { 5, 5, 5, 5 }, { 5, 5, 5, 5 }, { 5, 2, 5, 5 }, { 3, 3, 5, 5 }, { 5, 5, 5, 1 }, { 5, 5, 4, 5 } };
	static const double hits[6][4] = { { 5, 5, 0, 4 }, { 5, 5, 5, 3 }, { 5, 0, 5, 5 }, { 3, 1, 5, 5 }, { 4, 5, 5, 1 }, { 0, 5, 4, 2 } };
	zp_design d = { 0 };
	for (size_t i = 0; i < 6; i++) {
		zp_trials c[5] = { { 0 } }; /* the fifth is empty */
		for (size_t j = 0; j < 4; j++)
			c[j] = (zp_trials){ hits[i][j], sizes[i][j] - hits[i][j] };
		zp_design_add(&d, c, 5);
	}
	zp_design_add(&d, NULL, 0);
	const zp_design_effect e = zp_design_effect_of(&d);
	near("MSB", e.msb, 0.578728786836373, 1e-13);
	near("MSW", e.msw, 0.055555555555556, 1e-13);
	const double m0 = (108 - (100 / 20. + 100 / 20. + 79 / 17. + 68 / 16. + 76 / 16. + 91 / 19.)) / 18;
	near("m0", e.m0, m0, 1e-13);
	near("size", e.size, (100 + 100 + 79 + 68 + 76 + 91) / 108., 1e-14);
	near("rho", e.rho, (0.578728786836373 - 0.055555555555556) / (0.578728786836373 + (m0 - 1) * 0.055555555555556), 1e-12);
	near("deff", e.deff, 1 + (e.size - 1) * e.rho, 1e-14);
}

static zp_design_effect effect_of(const zp_trials *c, size_t n)
{
	zp_design d = { 0 };
	zp_design_add(&d, c, n);
	return zp_design_effect_of(&d);
}

Test(shrink, clusters_that_are_right_or_wrong_as_a_whole_are_one_result_each)
{
	static const zp_trials c[] = { { 5, 0 }, { 0, 5 }, { 5, 0 }, { 5, 0 } };
	const zp_design_effect e = effect_of(c, COUNT(c));
	cr_expect_eq(e.rho, 1);
	cr_expect_eq(e.m0, 5);
	cr_expect_eq(e.deff, 5);
}

Test(shrink, without_correlation_a_result_is_a_result)
{
	static const zp_trials even[] = { { 4, 1 }, { 4, 1 } }, right[] = { { 5, 0 }, { 5, 0 } }, single[] = { { 1, 0 }, { 0, 1 } }, alone[] = { { 3, 2 } };
	cr_expect(effect_of(even, 2).rho == 0 && effect_of(even, 2).deff == 1);
	cr_expect(effect_of(right, 2).rho == 0 && effect_of(right, 2).deff == 1);
	cr_expect(isnan(effect_of(single, 2).rho) && effect_of(single, 2).deff == 1);
	cr_expect(isnan(effect_of(alone, 1).rho) && effect_of(alone, 1).deff == 1);
	cr_expect(isnan(effect_of(NULL, 0).size) && effect_of(NULL, 0).deff == 1);
}

/* Five results that share a fate with a chance of rho are correlated by rho, whatever the shares of the laboratories. */
Test(shrink, a_correlation_that_was_put_in_is_found)
{
	static const double rhos[] = { 0, 0.1, 0.3, 0.6 };
	for (size_t t = 0; t < COUNT(rhos); t++) {
		zp_random r = zp_random_stream(3, t, 0);
		zp_design d = { 0 };
		for (int lab = 0; lab < 400; lab++) {
			zp_trials c[80];
			const double p = 0.8 + 0.2 * zp_random_uniform(&r);
			for (size_t j = 0; j < COUNT(c); j++) {
				const double m = j % 4 ? 5 : 2;
				const bool one = zp_random_uniform(&r) < rhos[t];
				const double hits = one ? m * binomial(&r, 1, p) : binomial(&r, (size_t)m, p);
				c[j] = (zp_trials){ hits, m - hits };
			}
			zp_design_add(&d, c, COUNT(c));
		}
		const zp_design_effect e = zp_design_effect_of(&d);
		cr_expect_float_eq(e.rho, rhos[t], 0.015, "put in %g, found %g", rhos[t], e.rho);
	}
}

/* ---- classes ---- */

Test(shrink, a_region_is_held_against_what_its_classes_do_elsewhere)
{
	static const zp_trials whole[] = { { 980, 20 }, { 900, 100 } }, region[] = { { 49, 1 }, { 171, 19 } }, worse[] = { { 48, 2 }, { 0, 0 } };
	const zp_standardised s = zp_standardise(region, whole, 2);
	cr_expect_float_eq(s.expected, 50 * 0.98 + 190 * 0.9, 1e-12);
	cr_expect_float_eq(s.ratio, 1, 1e-15);
	cr_expect_float_eq(s.share, 0.94, 1e-15); /* not the crude 220 / 240 */
	cr_expect_float_eq(s.count.hits, 240 * 0.94, 1e-12);
	cr_expect_float_eq(zp_trials_n(s.count), 240, 1e-12);
	cr_expect_float_eq(zp_standardise(worse, whole, 2).ratio, 48 / 49., 1e-15);
}

Test(shrink, a_class_that_nobody_else_has_cannot_be_expected)
{
	static const zp_trials whole[] = { { 980, 20 }, { 0, 0 } }, region[] = { { 49, 1 }, { 3, 1 } };
	cr_expect(isnan(zp_standardise(region, whole, 2).share));
	cr_expect(isnan(zp_standardise(region, whole, 2).count.hits));
}

Test(shrink, a_share_above_one_counts_as_one)
{
	static const zp_trials whole[] = { { 990, 10 }, { 800, 200 } }, region[] = { { 0, 0 }, { 100, 0 } };
	const zp_standardised s = zp_standardise(region, whole, 2);
	cr_expect_float_eq(s.share, 0.895 / 0.8, 1e-15);
	cr_expect_eq(s.count.hits, 100);
	cr_expect_eq(s.count.misses, 0);
}

Test(shrink, own_rates_at_everybodys_mix)
{
	/* 1,000 and 400 results; of the region 49 of 50 and 90 of 100: 0.98 x 1000/1400 + 0.9 x 400/1400 */
	static const zp_trials whole[] = { { 900, 100 }, { 300, 100 } }, region[] = { { 49, 1 }, { 90, 10 } }, half[] = { { 49, 1 }, { 0, 0 } };
	double undefined;
	const zp_standardised s = zp_standardise_directly(region, whole, 2, &undefined);
	cr_expect_float_eq(s.share, 1340 / 1400., 1e-15);
	cr_expect_float_eq(s.ratio, 1340 / 1200., 1e-15);
	cr_expect_float_eq(s.count.hits, 150 * 1340 / 1400., 1e-12);
	cr_expect_float_eq(zp_trials_n(s.count), 150, 1e-12);
	cr_expect(isnan(s.expected));
	cr_expect_eq(undefined, 0);
	/* without the second class, 400 of 1,400 results have no rate of its own */
	const zp_standardised none = zp_standardise_directly(half, whole, 2, &undefined);
	cr_expect(isnan(none.share) && isnan(none.ratio) && isnan(none.count.hits));
	cr_expect_float_eq(undefined, 400 / 1400., 1e-15);
}
