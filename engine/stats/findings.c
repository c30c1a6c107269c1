/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/findings.h"
#include <math.h>
#include "base/random.h"
#include "stats/distribution.h"
#include "stats/moments.h"

#define ODD_PART 0.1     /* of the chance: errors have longer tails than the normal distribution */
#define FORM_CHANCE 0.01 /* of ruling a form out that is the right one */
#define INTERVAL 0.95
#define SPREAD_OUT 1.2   /* the highest target over the lowest, below which no form can be told */

enum { CONSTANT, PROPORTIONAL, LINE };

/* ---- fits ---- */

/* Sums over the samples, of terms divided by s. */
typedef struct sums { double w, wx, wxx, wd, wxd; size_t n; } sums;

static sums sum_up(const zp_deviation *p, size_t n, size_t skip)
{
	zp_sum w = { 0 }, wx = { 0 }, wxx = { 0 }, wd = { 0 }, wxd = { 0 };
	sums out = { .n = 0 };
	for (size_t i = 0; i < n; i++) {
		if (i == skip)
			continue;
		const double weight = 1 / (p[i].s * p[i].s);
		zp_sum_add(&w, weight);
		zp_sum_add(&wx, weight * p[i].x_pt);
		zp_sum_add(&wxx, weight * p[i].x_pt * p[i].x_pt);
		zp_sum_add(&wd, weight * p[i].d);
		zp_sum_add(&wxd, weight * p[i].x_pt * p[i].d);
		out.n++;
	}
	out.w = zp_sum_value(&w), out.wx = zp_sum_value(&wx), out.wxx = zp_sum_value(&wxx);
	out.wd = zp_sum_value(&wd), out.wxd = zp_sum_value(&wxd);
	return out;
}

static double residual(const zp_deviation *p, const zp_fit *f) { return (p->d - f->a - f->b * p->x_pt) / p->s; }

static void add_residuals(const zp_deviation *p, size_t n, size_t skip, size_t terms, zp_fit *f)
{
	zp_sum rss = { 0 };
	size_t used = 0;
	for (size_t i = 0; i < n; i++) {
		if (i == skip)
			continue;
		zp_sum_add(&rss, residual(&p[i], f) * residual(&p[i], f));
		used++;
	}
	f->rss = zp_sum_value(&rss);
	f->df = used > terms ? used - terms : 0;
}

/* The line, around the mean of the targets, which loses nothing where they are far from 0. */
static void fit_line(const zp_deviation *p, size_t n, size_t skip, const sums *s, zp_fit *f)
{
	const double middle = s->wx / s->w;
	zp_sum xx = { 0 }, xd = { 0 };
	for (size_t i = 0; i < n; i++) {
		if (i == skip)
			continue;
		const double weight = 1 / (p[i].s * p[i].s), x = p[i].x_pt - middle;
		zp_sum_add(&xx, weight * x * x);
		zp_sum_add(&xd, weight * x * p[i].d);
	}
	const double sxx = zp_sum_value(&xx);
	if (!(sxx > 0) || s->n < 3)
		return;
	f->b = zp_sum_value(&xd) / sxx;
	f->a = s->wd / s->w - f->b * middle;
	f->unit_b = sqrt(1 / sxx);
	f->unit_a = sqrt(1 / s->w + middle * middle / sxx);
	add_residuals(p, n, skip, 2, f);
}

void zp_fits_of(const zp_deviation *p, size_t n, size_t skip, zp_fit fits[static 3])
{
	const sums s = sum_up(p, n, skip);
	fits[CONSTANT] = fits[PROPORTIONAL] = fits[LINE] = (zp_fit){ 0 };
	if (s.n < 2)
		return;
	fits[CONSTANT].a = s.wd / s.w;
	fits[CONSTANT].unit_a = sqrt(1 / s.w);
	add_residuals(p, n, skip, 1, &fits[CONSTANT]);
	if (s.wxx > 0) {
		fits[PROPORTIONAL].b = s.wxd / s.wxx;
		fits[PROPORTIONAL].unit_b = sqrt(1 / s.wxx);
		add_residuals(p, n, skip, 1, &fits[PROPORTIONAL]);
	}
	fit_line(p, n, skip, &s, &fits[LINE]);
}

/* ---- one sample apart from the others ---- */

/* The spread of the peers is an estimate, too. */
static double freedom(const zp_findings_how *how) { return how->n_peers > 2 ? (double)how->n_peers - 1 : 1; }

/* In units of the spread: from the mean of the others, which scatter as the peers do, or more. */
static double apart(const zp_deviation *p, size_t n, size_t which)
{
	double mean = 0, squares = 0;
	for (size_t i = 0; i < n; i++)
		mean += i == which ? 0 : p[i].d / p[i].s / (double)(n - 1);
	for (size_t i = 0; i < n; i++) {
		const double off = p[i].d / p[i].s - mean;
		squares += i == which ? 0 : off * off;
	}
	const double own = sqrt(squares / (double)(n - 2));
	return fabs(p[which].d / p[which].s - mean) / (fmax(own, 1) * sqrt((double)n / (double)(n - 1)));
}

/* The one that is not acceptable, far from the others, which are. */
static size_t odd_one(const zp_deviation *p, size_t n, const zp_findings_how *how)
{
	size_t odd = ZP_NO_SAMPLE;
	for (size_t i = 0; i < n; i++) {
		if (!p[i].alert)
			continue;
		if (odd != ZP_NO_SAMPLE)
			return ZP_NO_SAMPLE;
		odd = i;
	}
	if (odd == ZP_NO_SAMPLE || n < 4)
		return ZP_NO_SAMPLE;
	return apart(p, n, odd) >= zp_t_quantile(1 - ODD_PART * how->chance / (2 * (double)n), freedom(how)) ? odd : ZP_NO_SAMPLE;
}

/* ---- bias ---- */

/* What rounding alone adds to the square of a residual. */
static double rounding_of(const zp_deviation *p, size_t n, size_t skip, double step)
{
	double sum = 0;
	for (size_t i = 0; i < n; i++)
		sum += i == skip ? 0 : step * step / 12 / (p[i].s * p[i].s);
	return sum / (double)(n - (skip < n));
}

/* The spread of single deviations that a test goes by: the laboratory's own, or the greater of that and the peers'; each with Student's
 * t of its own degrees of freedom. */
typedef struct support { double spread; bool is, of_peers; } support;

static support supported_by(const zp_fit *f, double rounding, const zp_findings_how *how)
{
	const support no = { 0, false, false };
	if (!f->df)
		return no;
	const double own = sqrt(f->rss / (double)f->df + rounding), p = 1 - how->chance / 4;
	const double term = fabs(f->unit_a > 0 ? f->a / f->unit_a : f->b / f->unit_b), like_peers = fmax(own, 1);
	if (!(own > 0) || term / own < zp_normal_quantile(p)) /* and so below any t: most are */
		return no;
	if (term / own >= zp_t_quantile(p, (double)f->df))
		return (support){ own, true, false };
	return term / like_peers >= zp_t_quantile(p, freedom(how)) ? (support){ like_peers, true, own < 1 } : no;
}

/* Whether there is more in the results than nothing at all, by a line. */
static bool line_is_supported(const zp_deviation *p, size_t n, size_t skip, const zp_fit *line, double rounding, const zp_findings_how *how)
{
	zp_fit none = { 0 };
	if (!line->df)
		return false;
	add_residuals(p, n, skip, 0, &none);
	const double ratio = (none.rss - line->rss) / 2 / (line->rss / (double)line->df + rounding);
	return ratio > 1 && ratio >= zp_f_quantile(1 - how->chance / 4, 2, (double)line->df);
}

/* Whether the line fits so much better that the form with one term is ruled out. */
static bool is_ruled_out(const zp_fit *one, const zp_fit *line, double rounding)
{
	const double rest = line->rss / (double)line->df + rounding;
	return (one->rss - line->rss) / rest > zp_f_quantile(1 - FORM_CHANCE, 1, (double)line->df);
}

static bool are_spread_out(const zp_deviation *p, size_t n, size_t skip)
{
	double low = INFINITY, high = -INFINITY;
	for (size_t i = 0; i < n; i++) {
		if (i == skip)
			continue;
		low = fmin(low, p[i].x_pt);
		high = fmax(high, p[i].x_pt);
	}
	return low > 0 && high >= SPREAD_OUT * low;
}

static void take_interval(zp_deviations *out, double spread, double df)
{
	const zp_fit *f = &out->fit;
	const double reach = spread * zp_t_quantile((1 + INTERVAL) / 2, df);
	out->a_low = f->a - reach * f->unit_a, out->a_high = f->a + reach * f->unit_a;
	out->b_low = f->b - reach * f->unit_b, out->b_high = f->b + reach * f->unit_b;
}

/* Mean of the fitted bias in percent of the limit; *size: of its size. */
static double share_of(const zp_deviation *p, size_t n, size_t skip, const zp_fit *f, double *size)
{
	double sum = 0, sizes = 0;
	size_t used = 0;
	for (size_t i = 0; i < n; i++) {
		if (i == skip)
			continue;
		const double share = 100 * (f->a + f->b * p[i].x_pt) / p[i].limit;
		sum += share;
		sizes += fabs(share);
		used++;
	}
	*size = sizes / (double)used;
	return sum / (double)used;
}

static void find_bias(const zp_deviation *p, size_t n, const zp_findings_how *how, const zp_fit fits[static 3], double rounding, zp_deviations *out)
{
	const zp_fit *constant = &fits[CONSTANT], *proportional = &fits[PROPORTIONAL], *line = &fits[LINE];
	const bool told_apart = line->df && proportional->df && are_spread_out(p, n, out->odd);
	const support by_constant = supported_by(constant, rounding, how);
	const support by_proportional = told_apart ? supported_by(proportional, rounding, how) : (support){ 0, false, false };
	support by;
	double size;
	if (!by_constant.is && !by_proportional.is && !(told_apart && line_is_supported(p, n, out->odd, line, rounding, how)))
		return;
	const bool no_constant = told_apart && is_ruled_out(constant, line, rounding), no_proportional = told_apart && is_ruled_out(proportional, line, rounding);
	if (no_constant && no_proportional) {
		out->form = ZP_FORM_MIXED;
		out->fit = *line;
		by = (support){ sqrt(line->rss / (double)line->df + rounding), true, false };
	} else {
		const bool second = no_constant || (!no_proportional && by_proportional.is && (!by_constant.is || proportional->rss < constant->rss));
		by = second ? by_proportional : by_constant;
		if (!by.is) /* a form that could be told, but only together with the other one */
			return;
		out->form = no_constant ? ZP_FORM_PROPORTIONAL : no_proportional ? ZP_FORM_CONSTANT : ZP_FORM_EITHER;
		out->fit = second ? *proportional : *constant;
	}
	out->share = share_of(p, n, out->odd, &out->fit, &size);
	if (size < how->bias) {
		out->form = ZP_FORM_NONE;
		return;
	}
	take_interval(out, by.spread, by.of_peers ? freedom(how) : (double)out->fit.df);
}

/* ---- scatter ---- */

static void find_scatter(const zp_deviation *p, size_t n, const zp_findings_how *how, const zp_fit fits[static 3], zp_deviations *out)
{
	const zp_fit *f = fits[LINE].df ? &fits[LINE] : &fits[CONSTANT];
	if (!f->df || how->n_peers < 3)
		return;
	double squares = 0;
	for (size_t i = 0; i < n; i++) {
		const double off = 100 * residual(&p[i], f) * p[i].s / p[i].limit;
		squares += i == out->odd ? 0 : off * off;
	}
	const double variance = f->rss / (double)f->df;
	out->ratio = sqrt(variance);
	out->scatter_pct = sqrt(squares / (double)f->df);
	out->scattered = variance > 1 && out->scatter_pct >= how->scatter && variance >= zp_f_quantile(1 - how->chance, (double)f->df, freedom(how));
}

zp_deviations zp_deviations_of(const zp_deviation *p, size_t n, const zp_findings_how *how)
{
	zp_deviations out = { .n = n, .odd = ZP_NO_SAMPLE, .ratio = NAN, .scatter_pct = NAN, .share = NAN };
	zp_fit fits[3];
	if (n < how->least)
		return out;
	out.odd = odd_one(p, n, how);
	out.n = n - (out.odd != ZP_NO_SAMPLE);
	if (out.n < how->least)
		return out;
	zp_fits_of(p, n, out.odd, fits);
	find_bias(p, n, how, fits, rounding_of(p, n, out.odd, how->step), &out);
	find_scatter(p, n, how, fits, &out);
	return out;
}

/* ---- over the rounds ---- */

double zp_off_mean(const double *share_pct, size_t n)
{
	double sum = 0;
	size_t there = 0;
	for (size_t i = 0; i < n; i++) {
		if (isnan(share_pct[i]))
			continue;
		sum += fmin(fabs(share_pct[i]), ZP_COURSE_MOST);
		there++;
	}
	return there ? sum / (double)there : NAN;
}

long zp_run_of(const double *shares, size_t n)
{
	long run = 0;
	while (n-- > 0 && shares[n] != 0 && (run == 0 || (shares[n] > 0) == (run > 0)))
		run += shares[n] > 0 ? 1 : -1;
	return run;
}
