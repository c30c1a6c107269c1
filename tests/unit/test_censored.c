/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include "base/random.h"
#include "stats/censored.h"

#define MOST 200
#define COUNT(a) (sizeof(a) / sizeof *(a))
#define BELOW(limit) { -INFINITY, limit }
#define ABOVE(limit) { limit, INFINITY }
#define EXACT(x) { x, x }

/* ---- figures of R ---- */

static const zp_interval left[] = { BELOW(.5), BELOW(.5), BELOW(.4),  EXACT(.5),  EXACT(.7),  EXACT(.8),
				    EXACT(.8), EXACT(1),  EXACT(1.1), EXACT(1.3), EXACT(1.6), EXACT(2) };
static const zp_interval right[] = { EXACT(10), EXACT(12), EXACT(13), EXACT(13), EXACT(15),
				     EXACT(16), EXACT(18), ABOVE(20), ABOVE(20) };
static const zp_interval both[] = { BELOW(-6), EXACT(-5), EXACT(-3.5), EXACT(-3), EXACT(-3), EXACT(-2), EXACT(-1.5), ABOVE(1) };
static const zp_interval rounded[] = { { .5, 1.5 },  { 1.5, 2.5 }, { 1.5, 2.5 }, { 2.5, 3.5 }, { 2.5, 3.5 },
	                               { 2.5, 3.5 }, { 3.5, 4.5 }, { 3.5, 4.5 }, { 4.5, 5.5 } };
static const zp_interval mixed[] = { BELOW(4.9), EXACT(4.8), EXACT(5),       EXACT(5.1),
				     EXACT(5.1), EXACT(5.2), { 4.95, 5.05 }, ABOVE(5.4) };
static const zp_interval none[] = { EXACT(4.8), EXACT(5), EXACT(5.1), EXACT(5.4), EXACT(6) };
static const zp_interval far[] = { EXACT(4.8), EXACT(4.9), EXACT(5), EXACT(5.1), EXACT(5.2), ABOVE(1000) };
static const zp_interval most_below[] = { BELOW(4.5), BELOW(4.5), BELOW(4.5), BELOW(4.5), BELOW(4.5), BELOW(4.5),
					  BELOW(4.5), BELOW(4.5), BELOW(4.5), BELOW(4.5), BELOW(4.5), BELOW(4.5),
					  BELOW(4.5), BELOW(4.5), EXACT(5),   EXACT(5.5), EXACT(6) };

/* R, survival 3.5-3: s <- survreg(Surv(low, high, type = "interval2") ~ 1, dist = "gaussian", control =
 * survreg.control(rel.tolerance = 1e-14, maxiter = 500)), NA on an open side; coef(s), s$scale, sqrt(vcov(s)[1, 1]). */
Test(censored, figures_of_survreg_are_met)
{
	static const struct { const char *name; const zp_interval *v; size_t n; double mean, sd, u; } rows[] = {
		{ "left", left, COUNT(left), 0.842887355144, 0.5954958856303, 0.18005327713 },
		{ "right", right, COUNT(right), 15.70498783475, 4.180131182051, 1.438684530123 },
		{ "both", both, COUNT(both), -2.890996222997, 2.607829194768, 0.9415329156888 },
		{ "rounded", rounded, COUNT(rounded), 3, 1.117327629369, 0.3846613228828 },
		{ "mixed", mixed, COUNT(mixed), 5.05835206482, 0.2208666169473, 0.08011314303239 },
		{ "none", none, COUNT(none), 5.26, 0.4176122603564, 0.1867618804789 },
		{ "far", far, COUNT(far), 199.8274316127, 440.2877632352, 182.3436724718 },
		{ "most below", most_below, COUNT(most_below), 3.037927186293, 1.621338792595, 1.067799480968 },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		zp_likely l = zp_censored_normal(rows[i].v, rows[i].n);
		cr_assert(l.converged && l.iterations > 0, "%s", rows[i].name);
		cr_assert_leq(fabs(l.mean - rows[i].mean), 1e-11 * rows[i].sd, "%s: mean %.17g, expected %.17g", rows[i].name,
			      l.mean, rows[i].mean);
		cr_assert_leq(fabs(l.sd - rows[i].sd), 1e-11 * rows[i].sd, "%s: sd %.17g, expected %.17g", rows[i].name, l.sd,
			      rows[i].sd);
		cr_assert_leq(fabs(l.u - rows[i].u), 1e-7 * rows[i].u, "%s: u %.17g, expected %.17g", rows[i].name, l.u,
			      rows[i].u);
	}
}

/* R: survreg(Surv(c(2, 2, 2, 2.1, 2.5, 3.3, 4, 5.2, 7.7, 12), c(0, 0, 0, rep(1, 7)), type = "left") ~ 1, dist = "lognormal"). */
Test(censored, a_lognormal_is_the_normal_of_logarithms)
{
	static const double x[] = { 2.1, 2.5, 3.3, 4, 5.2, 7.7, 12 };
	zp_interval v[10];
	for (size_t i = 0; i < 10; i++)
		v[i] = i < 3 ? (zp_interval)BELOW(log(2)) : (zp_interval)EXACT(log(x[i - 3]));
	zp_likely l = zp_censored_normal(v, 10);
	cr_assert(l.converged);
	cr_assert_leq(fabs(l.mean - 1.095452849865), 1e-11, "%.17g", l.mean);
	cr_assert_leq(fabs(l.sd - 0.8006073917896), 1e-11, "%.17g", l.sd);
	cr_assert_leq(fabs(l.u - 0.2702784835963), 1e-8, "%.17g", l.u);
}

/* ---- the slow twin: the likelihood itself, and that it does not rise in any direction ---- */

static long double below(long double u) { return 0.5L * erfcl(-u * sqrtl(0.5L)); }

/* The mean is counted from `origin`. */
static long double likelihood(const zp_interval *v, size_t n, double origin, long double mean, long double log_sd)
{
	long double sum = 0, sd = expl(log_sd);
	for (size_t i = 0; i < n; i++) {
		long double a = ((long double)v[i].low - origin - mean) / sd, b = ((long double)v[i].high - origin - mean) / sd;
		if (v[i].low == v[i].high)
			sum += -a * a / 2 - log_sd;
		else
			sum += logl(a > 0 ? below(-a) - below(-b) : below(b) - below(a));
	}
	return sum;
}

/* Slopes and curvatures by differences of the fourth order. */
static void check(const zp_interval *v, size_t n, const char *what, size_t row)
{
	static const long double steps[] = { -2, -1, 1, 2 }, first[] = { 1 / 12.0L, -8 / 12.0L, 8 / 12.0L, -1 / 12.0L },
				 h = 2e-3L;
	zp_likely l = zp_censored_normal(v, n);
	long double by_mean = 0, by_sd = 0, mixed_slope = 0, log_sd = logl(l.sd), centre, mm, ss;
	double origin = isinf(v[0].low) ? v[0].high : v[0].low;
	cr_assert(l.converged, "%s, row %zu, n = %zu: %u iterations, %.17g, %.17g", what, row, n, l.iterations, l.mean, l.sd);
	long double mean = (long double)l.mean - origin, at[2][4];
	for (size_t k = 0; k < 4; k++) {
		at[0][k] = likelihood(v, n, origin, mean + steps[k] * h * l.sd, log_sd);
		at[1][k] = likelihood(v, n, origin, mean, log_sd + steps[k] * h);
		by_mean += first[k] * at[0][k] / h, by_sd += first[k] * at[1][k] / h;
		for (size_t m = 0; m < 4; m++)
			mixed_slope += first[k] * first[m] *
				       likelihood(v, n, origin, mean + steps[k] * h * l.sd, log_sd + steps[m] * h) / (h * h);
	}
	centre = likelihood(v, n, origin, mean, log_sd);
	mm = (-at[0][0] + 16 * at[0][1] - 30 * centre + 16 * at[0][2] - at[0][3]) / (12 * h * h);
	ss = (-at[1][0] + 16 * at[1][1] - 30 * centre + 16 * at[1][2] - at[1][3]) / (12 * h * h);
	long double ulp = 3e-16L * fabs(l.mean) / l.sd; /* the mean as a double can be no better */
	cr_assert_leq(fabsl(by_mean), (1e-8L + ulp) * n, "%s, row %zu, n = %zu: slope %.3Lg in the mean", what, row, n, by_mean);
	cr_assert_leq(fabsl(by_sd), (1e-8L + ulp) * n, "%s, row %zu, n = %zu: slope %.3Lg in log sd", what, row, n, by_sd);
	long double u = l.sd * sqrtl(-ss / (mm * ss - mixed_slope * mixed_slope));
	cr_assert_leq(fabsl(l.u - u), (1e-5L + ulp) * u, "%s, row %zu, n = %zu: u %.17g, expected %.17Lg", what, row, n, l.u, u);
}

static const struct { const char *name; double at, spread; } shapes[] = {
	{ "ordinary", 5, 0.4 }, { "negative", -40, 3 }, { "osmolality", 4800, 0.3 }, { "far off", 1e8, 0.05 },
	{ "tiny", 3e-9, 1e-9 },
};

Test(censored, no_other_mean_or_spread_is_likelier)
{
	zp_interval v[MOST];
	for (size_t k = 0; k < COUNT(shapes); k++)
		for (size_t n = 4; n <= MOST; n = n < 20 ? n + 1 : 2 * n)
			for (unsigned kind = 0; kind < 4; kind++) { /* bounds below, above, on both sides; all rounded */
				zp_random r = zp_random_stream(1, k, n);
				double step = shapes[k].spread / (kind == 3 ? 2 : 64);
				for (size_t i = 0; i < n; i++) {
					double z = i < 2 ? 2.0 * (double)i - 1 : zp_random_normal(&r); /* two differ */
					double x = shapes[k].at + rint(shapes[k].spread * z / step) * step;
					double low = shapes[k].at - shapes[k].spread * (i % 2 ? 0.5 : 1.1);
					double high = shapes[k].at + 0.7 * shapes[k].spread;
					v[i] = (zp_interval)EXACT(x);
					if (i >= 2 && kind == 3)
						v[i] = (zp_interval){ x - step / 2, x + step / 2 };
					else if (i >= 2 && kind != 1 && x < low)
						v[i] = (zp_interval)BELOW(low);
					else if (i >= 2 && kind != 0 && x > high)
						v[i] = (zp_interval)ABOVE(high);
				}
				check(v, n, shapes[k].name, kind);
			}
}

Test(censored, bounds_extremely_far_away_either_say_nothing_or_pull_as_they_must)
{
	for (double limit = 1e2; limit < 1e10; limit *= 10) {
		zp_interval v[] = { EXACT(4.8), EXACT(4.9), EXACT(5), EXACT(5.1), EXACT(5.2), BELOW(limit) };
		zp_likely l = zp_censored_normal(v, 6); /* the mean and SD of five numbers, sqrt(0.02) */
		cr_assert(l.converged && fabs(l.mean - 5) < 1e-14 && fabs(l.sd - sqrt(0.02)) < 1e-14, "<%g: %.17g, %.17g", limit,
			  l.mean, l.sd);
		v[5] = (zp_interval)ABOVE(-limit);
		l = zp_censored_normal(v, 6);
		cr_assert(l.converged && fabs(l.mean - 5) < 1e-14 && fabs(l.sd - sqrt(0.02)) < 1e-14, ">-%g: %.17g, %.17g", limit,
			  l.mean, l.sd);
		v[5] = (zp_interval)ABOVE(limit);
		check(v, 6, "above", 0);
		v[5] = (zp_interval)BELOW(-limit);
		check(v, 6, "below", 0);
	}
}

Test(censored, a_wild_number_is_no_better_than_in_the_mean)
{
	static const zp_interval v[] = { EXACT(1), EXACT(1.5), EXACT(2), EXACT(1e9), BELOW(1) };
	check(v, 5, "wild", 0);
}

Test(censored, an_interval_that_says_nothing_changes_nothing)
{
	zp_interval v[COUNT(mixed) + 1];
	for (size_t i = 0; i < COUNT(mixed); i++)
		v[i] = mixed[i];
	v[COUNT(mixed)] = (zp_interval){ -INFINITY, INFINITY };
	zp_likely a = zp_censored_normal(mixed, COUNT(mixed)), b = zp_censored_normal(v, COUNT(v));
	cr_assert(fabs(a.mean - b.mean) < 1e-11 && fabs(a.sd - b.sd) < 1e-11 && fabs(a.u - b.u) < 1e-9);
}

Test(censored, numbers_without_bounds_are_answered_by_their_moments_at_once)
{
	static const zp_interval v[] = { EXACT(1), EXACT(2), EXACT(3) };
	const zp_likely l = zp_censored_normal(v, 3);
	cr_expect(l.converged && l.mean == 2 && fabs(l.sd - sqrt(2.0 / 3)) < 1e-15, "%.17g %.17g", l.mean, l.sd);
	cr_expect_eq(l.iterations, 1); /* the start is the answer */
}

Test(censored, too_little_knowledge_has_no_answer)
{
	static const zp_interval one[] = { EXACT(5), BELOW(4), ABOVE(6) }, equal[] = { EXACT(5), EXACT(5), EXACT(5), BELOW(4) },
				 open[] = { BELOW(1), BELOW(2) }, within[] = { { 4.95, 5.05 }, { 4.5, 5.5 } }; /* 5.0 and 5 */
	const zp_likely l[] = { zp_censored_normal(one, 3), zp_censored_normal(equal, 4), zp_censored_normal(open, 2),
				zp_censored_normal(one, 1), zp_censored_normal(NULL, 0), zp_censored_normal(within, 2) };
	for (size_t i = 0; i < COUNT(l); i++)
		cr_assert(isnan(l[i].mean) && isnan(l[i].sd) && isnan(l[i].u) && !l[i].converged, "row %zu: %g", i, l[i].mean);
}

/* ---- the median ---- */

Test(censored, the_median_is_told_when_no_bound_can_change_it)
{
	static const struct { zp_interval v[7]; size_t n; bool certain; double low, high; } rows[] = {
		{ { BELOW(.5), BELOW(.5), EXACT(1), EXACT(2), EXACT(3) }, 5, true, 1, 1 },
		{ { EXACT(3), ABOVE(5), EXACT(1), EXACT(2), ABOVE(4) }, 5, true, 3, 3 },
		{ { BELOW(1), EXACT(1), EXACT(2), ABOVE(9) }, 4, true, 1.5, 1.5 },
		{ { BELOW(5), EXACT(1), EXACT(2), EXACT(3) }, 4, false, 1.5, 2.5 }, /* the bound lies among the numbers */
		{ { BELOW(.5), BELOW(.5), BELOW(.7), EXACT(2), EXACT(3) }, 5, false, -INFINITY, .7 },
		{ { ABOVE(5), ABOVE(6), EXACT(3) }, 3, false, 5, INFINITY },
		{ { BELOW(.5), BELOW(.5), EXACT(2), EXACT(3) }, 4, false, -INFINITY, 1.25 },
		{ { { 1, 2 }, { 1, 3 }, EXACT(0), EXACT(9) }, 4, false, 1, 2.5 },
		{ { BELOW(.5), BELOW(.7) }, 2, false, -INFINITY, .6 },
		{ { EXACT(7.1) }, 1, true, 7.1, 7.1 },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		double work[7], low, high;
		uint64_t keys[14];
		cr_assert_eq(zp_censored_median(rows[i].v, rows[i].n, work, keys, &low, &high), rows[i].certain,
			     "row %zu: %g to %g", i, low, high);
		cr_assert(low == rows[i].low && high == rows[i].high, "row %zu: %g to %g", i, low, high);
	}
}

Test(censored, no_values_have_no_median)
{
	double low, high;
	cr_assert(!zp_censored_median(NULL, 0, NULL, NULL, &low, &high) && isnan(low) && isnan(high));
}
