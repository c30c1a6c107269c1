/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <assert.h>
#include <math.h>
#include "stats/distribution.h"
#include "stats/gamma.h"
#include "stats/shrink.h"

#define MOST_STEPS 200

/* ---- design effect ---- */

void zp_design_add(zp_design *d, const zp_trials *c, size_t n)
{
	double hits = 0, total = 0, squares = 0, clusters = 0;
	for (size_t i = 0; i < n; i++) {
		const double m = zp_trials_n(c[i]);
		hits += c[i].hits;
		total += m;
		squares += m * m;
		clusters += m > 0;
	}
	if (!(total > 0))
		return;
	const double mean = hits / total;
	for (size_t i = 0; i < n; i++) {
		const double m = zp_trials_n(c[i]);
		if (!(m > 0))
			continue;
		const double share = c[i].hits / m;
		zp_sum_add(&d->between, m * (share - mean) * (share - mean));
		zp_sum_add(&d->within, c[i].hits * c[i].misses / m);
	}
	zp_sum_add(&d->sizes, total - squares / total);
	zp_sum_add(&d->squares, squares);
	zp_sum_add(&d->total, total);
	d->df_between += clusters - 1;
	d->df_within += total - clusters;
}

zp_design_effect zp_design_effect_of(const zp_design *d)
{
	zp_design_effect e = { .msb = NAN, .msw = NAN, .m0 = NAN, .rho = NAN, .deff = 1 };
	e.size = zp_sum_value(&d->squares) / zp_sum_value(&d->total);
	if (d->df_between > 0) {
		e.msb = zp_sum_value(&d->between) / d->df_between;
		e.m0 = zp_sum_value(&d->sizes) / d->df_between;
	}
	if (d->df_within > 0)
		e.msw = zp_sum_value(&d->within) / d->df_within;
	const double both = e.msb + (e.m0 - 1) * e.msw;
	if (both > 0)
		e.rho = fmax((e.msb - e.msw) / both, 0);
	else if (both == 0) /* every laboratory has all its results right, or all wrong */
		e.rho = 0;
	if (e.rho > 0)
		e.deff = 1 + (e.size - 1) * e.rho;
	return e;
}

/* ---- spread ---- */

zp_prior zp_prior_given(double alpha, double beta)
{
	assert(alpha > 0 && beta > 0);
	return (zp_prior){ alpha, beta, alpha / (alpha + beta) };
}

static zp_prior without_spread(double mean) { return (zp_prior){ INFINITY, INFINITY, mean }; }

static zp_trials pooled(const zp_trials *c, size_t n)
{
	zp_sum hits = { 0 }, misses = { 0 };
	for (size_t i = 0; i < n; i++) {
		zp_sum_add(&hits, c[i].hits);
		zp_sum_add(&misses, c[i].misses);
	}
	return (zp_trials){ zp_sum_value(&hits), zp_sum_value(&misses) };
}

double zp_spread_test(const zp_trials *c, size_t n)
{
	const zp_trials all = pooled(c, n);
	if (!(all.hits > 0 && all.misses > 0))
		return 0;
	const double p = all.hits / zp_trials_n(all), q = all.misses / zp_trials_n(all);
	zp_sum sum = { 0 };
	for (size_t i = 0; i < n; i++) {
		const double size = zp_trials_n(c[i]);
		zp_sum_add(&sum, c[i].hits * (c[i].hits - 1) / p);
		zp_sum_add(&sum, c[i].misses * (c[i].misses - 1) / q);
		zp_sum_add(&sum, -size * (size - 1));
	}
	return zp_sum_value(&sum);
}

/* ---- moments ---- */

/* One step: mean and correlation gamma = 1 / (alpha + beta + 1) with weights n / (1 + gamma (n - 1)). */
static void moment_step(const zp_trials *c, size_t n, double *mean, double *gamma)
{
	zp_sum w_sum = { 0 }, share_sum = { 0 };
	for (size_t i = 0; i < n; i++) {
		const double size = zp_trials_n(c[i]), w = size > 0 ? size / (1 + *gamma * (size - 1)) : 0;
		zp_sum_add(&w_sum, w);
		if (w > 0)
			zp_sum_add(&share_sum, w * c[i].hits / size);
	}
	const double total = zp_sum_value(&w_sum), p = zp_sum_value(&share_sum) / total;
	zp_sum squares = { 0 }, chance = { 0 }, weights = { 0 };
	for (size_t i = 0; i < n; i++) {
		const double size = zp_trials_n(c[i]);
		if (!(size > 0))
			continue;
		const double w = size / (1 + *gamma * (size - 1)), d = c[i].hits / size - p, rest = w * (1 - w / total);
		zp_sum_add(&squares, w * d * d);
		zp_sum_add(&chance, rest / size);
		zp_sum_add(&weights, rest);
	}
	const double pq = p * (1 - p), s = zp_sum_value(&chance);
	*mean = p;
	*gamma = (zp_sum_value(&squares) - pq * s) / (pq * (zp_sum_value(&weights) - s));
}

static zp_prior by_moments(const zp_trials *c, size_t n)
{
	double mean = NAN, gamma = 0;
	for (int i = 0; i < MOST_STEPS; i++) {
		const double before = gamma;
		moment_step(c, n, &mean, &gamma);
		if (!(gamma > 1 / (ZP_PRIOR_MOST + 1)))
			return without_spread(mean);
		gamma = fmin(gamma, 1 / (ZP_PRIOR_LEAST + 1));
		if (fabs(gamma - before) <= 1e-13 * gamma)
			break;
	}
	const double size = 1 / gamma - 1;
	return (zp_prior){ mean * size, (1 - mean) * size, mean };
}

/* ---- likelihood ---- */

double zp_beta_binomial_likelihood(const zp_trials *c, size_t n, double alpha, double beta)
{
	zp_sum sum = { 0 };
	for (size_t i = 0; i < n; i++) {
		zp_sum_add(&sum, zp_log_gamma_rise(alpha, c[i].hits));
		zp_sum_add(&sum, zp_log_gamma_rise(beta, c[i].misses));
		zp_sum_add(&sum, -zp_log_gamma_rise(alpha + beta, zp_trials_n(c[i])));
	}
	return zp_sum_value(&sum);
}

/* Where the likelihood is looked at: u = logit of the mean, v = ln(alpha + beta), which hardly depend on each other. */
typedef struct place { double u, v; } place;
typedef struct slope { double u, v, uu, uv, vv; } slope;

static double mean_at(place x) { return 1 / (1 + exp(-x.u)); }
static double alpha_at(place x) { return exp(x.v) * mean_at(x); }
static double beta_at(place x) { return exp(x.v) / (1 + exp(x.u)); }

static slope slope_at(const zp_trials *c, size_t n, place x)
{
	const double a = alpha_at(x), b = beta_at(x), s = a + b;
	zp_sum sa = { 0 }, sb = { 0 }, ss = { 0 }, ta = { 0 }, tb = { 0 }, ts = { 0 };
	for (size_t i = 0; i < n; i++) {
		const double k = c[i].hits, rest = c[i].misses, size = zp_trials_n(c[i]);
		zp_sum_add(&sa, zp_digamma_rise(a, k));
		zp_sum_add(&sb, zp_digamma_rise(b, rest));
		zp_sum_add(&ss, zp_digamma_rise(s, size));
		zp_sum_add(&ta, zp_trigamma_rise(a, k));
		zp_sum_add(&tb, zp_trigamma_rise(b, rest));
		zp_sum_add(&ts, zp_trigamma_rise(s, size));
	}
	const double fa = zp_sum_value(&sa) - zp_sum_value(&ss), fb = zp_sum_value(&sb) - zp_sum_value(&ss);
	const double fab = -zp_sum_value(&ts), faa = zp_sum_value(&ta) + fab, fbb = zp_sum_value(&tb) + fab;
	const double w = a * b / s; /* alpha by u, and minus beta by u */
	return (slope){
		.u = w * (fa - fb),
		.v = a * fa + b * fb,
		.uu = w * w * (faa - 2 * fab + fbb) + w * (b - a) / s * (fa - fb),
		.uv = w * (a * (faa - fab) + b * (fab - fbb)) + w * (fa - fb),
		.vv = a * a * faa + 2 * a * b * fab + b * b * fbb + a * fa + b * fb,
	};
}

/* Newton's step along the two main directions of the bend, uphill in each; at most 1. */
static place step_of(slope f)
{
	const double half = (f.uu - f.vv) / 2, radius = hypot(half, f.uv), middle = (f.uu + f.vv) / 2;
	const double turn = 0.5 * atan2(f.uv, half), c = cos(turn), s = sin(turn); /* towards the larger eigenvalue */
	const double one = (c * f.u + s * f.v) / (fabs(middle + radius) + 1e-300);
	const double two = (c * f.v - s * f.u) / (fabs(middle - radius) + 1e-300);
	const place d = { c * one - s * two, s * one + c * two };
	const double longest = fmax(fabs(d.u), fabs(d.v));
	return longest > 1 ? (place){ d.u / longest, d.v / longest } : d;
}

static place within_bounds(place x) { return (place){ x.u, fmin(fmax(x.v, log(ZP_PRIOR_LEAST)), log(ZP_PRIOR_MOST)) }; }

/* Steps uphill, halved until they do not go down; the likelihood itself is good to about 1e-12 of its size. Close to the top a
 * step squares what is missing, so that after one of 1e-6 nothing is. */
static void climb(const zp_trials *c, size_t n, place x, zp_prior_fit *fit)
{
	double here = zp_beta_binomial_likelihood(c, n, alpha_at(x), beta_at(x));
	while (!fit->converged && fit->steps < MOST_STEPS) {
		place d = step_of(slope_at(c, n, x)), to = x;
		double there = here;
		for (int halving = 0; halving < 40; halving++, d.u /= 2, d.v /= 2) {
			to = within_bounds((place){ x.u + d.u, x.v + d.v });
			there = zp_beta_binomial_likelihood(c, n, alpha_at(to), beta_at(to));
			if (there >= here - 1e-12 * fabs(here))
				break;
		}
		fit->converged = fabs(to.u - x.u) <= 1e-6 && fabs(to.v - x.v) <= 1e-6;
		x = to;
		here = there;
		fit->steps++;
	}
	fit->spread = x.v < log(ZP_PRIOR_MOST);
	if (fit->spread) {
		fit->prior = (zp_prior){ alpha_at(x), beta_at(x), mean_at(x) };
		fit->log_likelihood = here;
	}
}

zp_prior_fit zp_prior_fit_of(const zp_trials *c, size_t n)
{
	const zp_trials all = pooled(c, n);
	const zp_prior common = without_spread(all.hits / zp_trials_n(all));
	zp_prior_fit fit = { .prior = common, .moments = common, .log_likelihood = NAN };
	fit.converged = !(zp_spread_test(c, n) > 0);
	if (fit.converged)
		return fit;
	fit.moments = by_moments(c, n);
	const double size = isinf(fit.moments.alpha) ? 1000 : fit.moments.alpha + fit.moments.beta;
	climb(c, n, (place){ log(fit.moments.mean / (1 - fit.moments.mean)), log(size) }, &fit);
	return fit;
}

/* ---- one laboratory ---- */

zp_shrunken zp_shrink(zp_prior p, zp_trials c, double level)
{
	const double tail = (1 - level) / 2;
	if (isinf(p.alpha))
		return (zp_shrunken){ p.mean, 1 - p.mean, p.mean, p.mean };
	const double a = p.alpha + c.hits, b = p.beta + c.misses, failing = b / (p.alpha + p.beta + zp_trials_n(c));
	return (zp_shrunken){ .share = 1 - failing, .failing = failing,
		.low = 1 - zp_beta_quantile(1 - tail, b, a), .high = 1 - zp_beta_quantile(tail, b, a) };
}

/* ---- classes ---- */

/* So many results at another share, at most 1. */
static zp_trials at_share(zp_trials own, double share)
{
	const double n = zp_trials_n(own), hits = n * fmin(share, 1);
	return isnan(share) ? (zp_trials){ NAN, NAN } : (zp_trials){ hits, n - hits };
}

zp_standardised zp_standardise(const zp_trials *region, const zp_trials *whole, size_t classes)
{
	zp_sum expected = { 0 };
	for (size_t i = 0; i < classes; i++)
		if (zp_trials_n(region[i]) > 0)
			zp_sum_add(&expected, zp_trials_n(region[i]) * (whole[i].hits / zp_trials_n(whole[i])));
	const zp_trials own = pooled(region, classes), all = pooled(whole, classes);
	zp_standardised s = { .observed = own.hits, .expected = zp_sum_value(&expected), .ratio = NAN };
	if (s.expected > 0)
		s.ratio = s.observed / s.expected;
	s.share = all.hits / zp_trials_n(all) * s.ratio;
	s.count = at_share(own, s.share);
	return s;
}

zp_standardised zp_standardise_directly(const zp_trials *region, const zp_trials *whole, size_t classes, double *undefined)
{
	const zp_trials own = pooled(region, classes), all = pooled(whole, classes);
	zp_sum share = { 0 }, lacking = { 0 };
	for (size_t i = 0; i < classes; i++) {
		const double n = zp_trials_n(region[i]), weight = zp_trials_n(whole[i]) / zp_trials_n(all);
		if (n > 0)
			zp_sum_add(&share, weight * (region[i].hits / n));
		else
			zp_sum_add(&lacking, weight);
	}
	*undefined = zp_sum_value(&lacking);
	zp_standardised s = { .observed = own.hits, .expected = NAN, .share = *undefined > 0 ? NAN : zp_sum_value(&share) };
	s.ratio = s.share / (all.hits / zp_trials_n(all));
	s.count = at_share(own, s.share);
	return s;
}
