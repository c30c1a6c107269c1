/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From what was published to what a builder of plots wants: histogram, bias, Youden, methods, strip. */
#include <math.h>
#include <string.h>
#include "cli/plot.h"
#include "model/outcome.h"
#include "stats/order.h"
#include "stats/youden.h"

#define CLASSES_MOST 40
#define ELLIPSE_LEAST 10   /* laboratories */
#define ELLIPSE_SHARE 0.95
#define FAR 5              /* so many robust SD from the median a value is in no ellipse */

const zp_plot_result *zp_plot_own(const zp_plotting *p, const zp_plot_round *r, const char *sample)
{
	for (size_t i = 0; p->lab && i < r->n_results; i++)
		if (strcmp(r->results[i].lab, p->lab) == 0 && strcmp(r->results[i].sample, sample) == 0)
			return &r->results[i];
	return NULL;
}

const zp_plot_group *zp_plot_group_of(const zp_plotting *p, const char *sample)
{
	const zp_plot_result *own = zp_plot_own(p, &p->round, sample);
	if (own && own->group)
		return own->group;
	const zp_plot_group *most = NULL;
	for (size_t i = 0; i < p->round.n_groups; i++) {
		const zp_plot_group *g = &p->round.groups[i];
		if (strcmp(g->sample, sample) == 0 && strcmp(g->rung, "none") != 0 && (!most || g->members > most->members))
			most = g;
	}
	return most;
}

static int places(const zp_plotting *p)
{
	int most = 0;
	for (size_t i = 0; i < p->round.n_groups; i++)
		most = p->round.groups[i].places > most ? p->round.groups[i].places : most;
	return most;
}

zp_plot_of zp_plot_of_sample(const zp_plotting *p, const char *sample)
{
	return (zp_plot_of){ p->round.name, p->round.name_en, p->round.unit, sample, places(p) };
}

/* The decimals that values were sent in: what nine of ten keep to. */
static double step_of(const zp_plotting *p, const char *sample)
{
	size_t by_places[10] = { 0 }, n = 0;
	for (size_t i = 0; i < p->round.n_results; i++) {
		const zp_plot_result *r = &p->round.results[i];
		if (strcmp(r->sample, sample) != 0 || !isfinite(r->number))
			continue;
		const char *point = strchr(r->value, '.');
		const size_t places = point ? strlen(point + 1) : 0;
		by_places[places < 9 ? places : 9]++;
		n++;
	}
	size_t seen = 0, k = 0;
	while (k < 9 && 10 * (seen += by_places[k]) < 9 * n)
		k++;
	return pow(10, -(double)k);
}

/* Numbers of a sample, ascending; of a group, or of all (NULL); kept: without what was set aside. */
static double *numbers(const zp_plotting *p, const char *sample, const zp_plot_group *group, bool kept, size_t *n)
{
	double *x = zp_take(p->arena, double, p->round.n_results + 1);
	*n = 0;
	for (size_t i = 0; i < p->round.n_results; i++) {
		const zp_plot_result *r = &p->round.results[i];
		if (strcmp(r->sample, sample) == 0 && isfinite(r->number) && (!group || r->group == group) && (!kept || strcmp(r->mark, "kept") == 0))
			x[(*n)++] = r->number;
	}
	zp_sort(x, *n, zp_take(p->arena, uint64_t, 2 * *n + 1));
	return x;
}

static const zp_figure *histogram(zp_plotting *p)
{
	const zp_plot_group *g = zp_plot_group_of(p, p->sample);
	const zp_plot_result *own = zp_plot_own(p, &p->round, p->sample);
	size_t n_all, n_peers;
	const double *all = numbers(p, p->sample, NULL, false, &n_all), *peers = numbers(p, p->sample, g, false, &n_peers);
	const double low = g ? g->low : ZP_NONE, high = g ? g->high : ZP_NONE;
	const zp_histogram h = { .of = zp_plot_of_sample(p, p->sample), .bins = zp_bins_of(p->arena, all, n_all, peers, n_peers, step_of(p, p->sample), low, high, CLASSES_MOST),
		                 .x_pt = g ? g->x_pt : ZP_NONE, .low = low, .high = high, .self = own ? own->number : ZP_NONE, .alert = own && own->alert, .n_all = (uint32_t)n_all,
		                 .n_peers = g ? (uint32_t)n_peers : 0 };
	return zp_plot_histogram(p->arena, &h, p->look);
}

/* A figure of one laboratory without anything of it would look as if all were well. */
static const zp_figure *nothing_of(const zp_plotting *p, zp_error *err)
{
	zp_fail(err, ZP_BAD_USE, NULL, 0, "laboratory \"%s\" has no result of \"%s\" that \"%s\" could show", p->lab, p->measurand, zp_figure_word(p->kind));
	return NULL;
}

static const zp_figure *bias(zp_plotting *p, zp_error *err)
{
	zp_bias_point *points = zp_take(p->arena, zp_bias_point, p->round.n_samples);
	size_t n = 0;
	bool percent = true, any = false;
	for (size_t i = 0; i < p->round.n_samples; i++) {
		const zp_plot_group *g = zp_plot_group_of(p, p->round.samples[i]);
		const zp_plot_result *own = zp_plot_own(p, &p->round, p->round.samples[i]);
		if (!g || !isfinite(g->x_pt))
			continue;
		percent = percent && g->x_pt > 0;
		any = any || (own && isfinite(own->number));
		const zp_bias_point point = { p->round.samples[i], g->x_pt, g->low, g->high, own ? own->number : ZP_NONE, own && own->alert };
		size_t k = n++;
		for (; k > 0 && points[k - 1].x_pt > point.x_pt; k--) /* few: put in its place */
			points[k] = points[k - 1];
		points[k] = point;
	}
	if (!any)
		return nothing_of(p, err);
	return zp_plot_bias(p->arena, &(zp_bias){ zp_plot_of_sample(p, ""), points, n, percent, ZP_NONE, ZP_NONE }, p->look);
}

/* ---- Youden ---- */

typedef struct zp_pairs { double *a, *b; size_t n; } zp_pairs;

static zp_pairs pairs_of(const zp_plotting *p)
{
	const zp_plot_group *ga = zp_plot_group_of(p, p->sample), *gb = zp_plot_group_of(p, p->sample_b);
	zp_pairs out = { zp_take(p->arena, double, p->round.n_results + 1), zp_take(p->arena, double, p->round.n_results + 1), 0 };
	for (size_t i = 0; i < p->round.n_results; i++) {
		const zp_plot_result *a = &p->round.results[i];
		if (strcmp(a->sample, p->sample) != 0 || a->group != ga || !isfinite(a->number))
			continue;
		/* A laboratory's results stand together. */
		size_t k = i;
		while (k > 0 && strcmp(p->round.results[k - 1].lab, a->lab) == 0)
			k--;
		for (; k < p->round.n_results && strcmp(p->round.results[k].lab, a->lab) == 0; k++) {
			const zp_plot_result *b = &p->round.results[k];
			if (strcmp(b->sample, p->sample_b) != 0 || b->group != gb || !isfinite(b->number))
				continue;
			out.a[out.n] = a->number;
			out.b[out.n++] = b->number;
		}
	}
	return out;
}

typedef struct zp_side_of_grid { double median, spread, from, width; } zp_side_of_grid;

/* Half way between values that can be reported, as wide as the bulk and what is allowed. */
static zp_side_of_grid side_of(const zp_plotting *p, const double *x, size_t n, const zp_plot_group *g, double step)
{
	double *sorted = zp_take(p->arena, double, n + 1);
	memcpy(sorted, x, n * sizeof *x);
	zp_sort(sorted, n, zp_take(p->arena, uint64_t, 2 * n + 1));
	zp_side_of_grid s = { .median = zp_median(sorted, n) };
	s.spread = fmax(1.4826 * zp_median_deviation(sorted, n, s.median), step / 2);
	double low = s.median - 5 * s.spread, high = s.median + 5 * s.spread;
	if (g && isfinite(g->low)) {
		low = fmin(low, g->x_pt - 1.1 * (g->x_pt - g->low));
		high = fmax(high, g->x_pt + 1.1 * (g->high - g->x_pt));
	}
	s.width = fmax(1, ceil((high - low) / ZP_YOUDEN_CELLS / step)) * step;
	s.from = floor(((low + high) / 2 - s.width * ZP_YOUDEN_CELLS / 2) / step) * step - step / 2;
	return s;
}

static void fit(const zp_plotting *p, const zp_pairs *x, const zp_side_of_grid *sa, const zp_side_of_grid *sb, zp_youden_plot *out)
{
	double *a = zp_take(p->arena, double, x->n + 1), *b = zp_take(p->arena, double, x->n + 1);
	size_t n = 0;
	for (size_t i = 0; i < x->n; i++)
		if (fabs(x->a[i] - sa->median) <= FAR * sa->spread && fabs(x->b[i] - sb->median) <= FAR * sb->spread) {
			a[n] = x->a[i];
			b[n++] = x->b[i];
		}
	if (n < ELLIPSE_LEAST)
		return;
	const zp_youden y = zp_youden_of(a, b, n, zp_take(p->arena, double, 4 * n), zp_take(p->arena, uint32_t, n), zp_take(p->arena, zp_sort_pair, 2 * n));
	const zp_ellipse e = zp_ellipse_of(&y, ELLIPSE_SHARE);
	out->centre_a = y.mean_a, out->centre_b = y.mean_b;
	out->semi_major = e.semi_major, out->semi_minor = e.semi_minor, out->angle = e.angle;
}

static void count(const zp_pairs *x, zp_youden_cells *c)
{
	for (size_t i = 0; i < x->n; i++) {
		const double a = floor((x->a[i] - c->from_a) / c->width_a), b = floor((x->b[i] - c->from_b) / c->width_b);
		if (a >= 0 && a < ZP_YOUDEN_CELLS && b >= 0 && b < ZP_YOUDEN_CELLS)
			c->counts[(size_t)b][(size_t)a]++;
		else
			c->outside++;
	}
}

static const zp_figure *youden(zp_plotting *p, zp_error *err)
{
	if (strcmp(p->sample, p->sample_b) == 0) {
		zp_fail(err, ZP_BAD_USE, NULL, 0, "a Youden plot takes two samples; found \"%s\" twice", p->sample);
		return NULL;
	}
	const zp_plot_group *ga = zp_plot_group_of(p, p->sample), *gb = zp_plot_group_of(p, p->sample_b);
	const zp_plot_result *own_a = zp_plot_own(p, &p->round, p->sample), *own_b = zp_plot_own(p, &p->round, p->sample_b);
	const zp_pairs x = pairs_of(p);
	zp_youden_cells *c = zp_take(p->arena, zp_youden_cells, 1);
	zp_youden_plot y = { .of = zp_plot_of_sample(p, p->sample), .sample_b = p->sample_b, .cells = c, .centre_a = ZP_NONE, .centre_b = ZP_NONE, .semi_major = ZP_NONE, .semi_minor = ZP_NONE,
		             .angle = ZP_NONE, .x_pt_a = ga ? ga->x_pt : ZP_NONE, .x_pt_b = gb ? gb->x_pt : ZP_NONE, .low_a = ga ? ga->low : ZP_NONE, .high_a = ga ? ga->high : ZP_NONE,
		             .low_b = gb ? gb->low : ZP_NONE, .high_b = gb ? gb->high : ZP_NONE, .self_a = own_a ? own_a->number : ZP_NONE, .self_b = own_b ? own_b->number : ZP_NONE,
		             .alert = (own_a && own_a->alert) || (own_b && own_b->alert), .n = (uint32_t)x.n };
	if (x.n) {
		const zp_side_of_grid sa = side_of(p, x.a, x.n, ga, step_of(p, p->sample)), sb = side_of(p, x.b, x.n, gb, step_of(p, p->sample_b));
		c->from_a = sa.from, c->width_a = sa.width, c->from_b = sb.from, c->width_b = sb.width;
		count(&x, c);
		fit(p, &x, &sa, &sb, &y);
	}
	return zp_plot_youden(p->arena, &y, p->look);
}

/* ---- groups ---- */

static const char *name_of(const zp_plotting *p, const zp_plot_group *g)
{
	if (strcmp(g->key, "all") == 0)
		return p->look.tongue == ZP_ENGLISH ? "all" : "全部实验室";
	const char *is = strchr(g->key, '=');
	return is && !strchr(is + 1, '=') ? is + 1 : g->key;
}

static const zp_figure *methods(zp_plotting *p)
{
	const zp_plot_group *own = p->lab ? zp_plot_group_of(p, p->sample) : NULL, *shown = zp_plot_group_of(p, p->sample);
	const zp_plot_result *self = zp_plot_own(p, &p->round, p->sample);
	zp_method_row *rows = zp_take(p->arena, zp_method_row, p->round.n_groups + 1);
	size_t n = 0;
	for (size_t i = 0; i < p->round.n_groups; i++) {
		const zp_plot_group *g = &p->round.groups[i];
		size_t k;
		if (strcmp(g->sample, p->sample) != 0)
			continue;
		const double *x = numbers(p, p->sample, g, true, &k);
		if (k)
			rows[n++] = (zp_method_row){ name_of(p, g), (uint32_t)k, zp_median(x, k), zp_quantile(x, k, 0.25), zp_quantile(x, k, 0.75), x[0], x[k - 1], g->x_pt, g == own };
	}
	const zp_methods m = { .of = zp_plot_of_sample(p, p->sample), .rows = rows, .n = n, .x_pt = shown ? shown->x_pt : ZP_NONE, .low = shown ? shown->low : ZP_NONE,
		               .high = shown ? shown->high : ZP_NONE, .self = self ? self->number : ZP_NONE, .alert = self && self->alert };
	return zp_plot_methods(p->arena, &m, p->look);
}

static const zp_figure *strip(zp_plotting *p, zp_error *err)
{
	bool any = false;
	zp_strip_bar *bars = zp_take(p->arena, zp_strip_bar, p->round.n_samples);
	for (size_t i = 0; i < p->round.n_samples; i++) {
		const zp_plot_result *r = zp_plot_own(p, &p->round, p->round.samples[i]);
		any = any || (r && *r->value);
		bars[i] = (zp_strip_bar){ r ? r->share : ZP_NONE, r && r->alert, r && r->judged };
	}
	if (!any)
		return nothing_of(p, err);
	return zp_plot_strip(p->arena, &(zp_strip_plot){ bars, p->round.n_samples }, p->look);
}

/* ---- what suits ---- */

static bool suits(const zp_plotting *p, zp_error *err)
{
	const bool of_answers = p->kind == ZP_FIGURE_ANSWERS, of_any = p->kind == ZP_FIGURE_STRIP;
	if (p->round.answered && !of_answers && !of_any)
		return zp_fail(err, ZP_BAD_USE, NULL, 0, "\"%s\" shows quantities, and results of \"%s\" are answers; expected \"answers\" or \"strip\"", zp_figure_word(p->kind), p->measurand);
	if (!p->round.answered && of_answers)
		return zp_fail(err, ZP_BAD_USE, NULL, 0, "\"answers\" shows answers, and results of \"%s\" are quantities; expected \"histogram\" or another kind", p->measurand);
	if (!p->lab && (p->kind == ZP_FIGURE_BIAS || p->kind == ZP_FIGURE_HISTORY || p->kind == ZP_FIGURE_STRIP))
		return zp_fail(err, ZP_BAD_USE, NULL, 0, "\"%s\" shows the results of one laboratory; expected --lab CODE", zp_figure_word(p->kind));
	return true;
}

const zp_figure *zp_plot_draw(zp_plotting *p, zp_error *err)
{
	if (p->kind == ZP_FIGURE_RANKS)
		return zp_draw_ranks(p, err);
	if (!suits(p, err))
		return NULL;
	switch (p->kind) {
	case ZP_FIGURE_HISTOGRAM: return histogram(p);
	case ZP_FIGURE_BIAS: return bias(p, err);
	case ZP_FIGURE_HISTORY: return zp_draw_history(p, err);
	case ZP_FIGURE_YOUDEN: return youden(p, err);
	case ZP_FIGURE_METHODS: return methods(p);
	case ZP_FIGURE_ANSWERS: return zp_draw_answers(p, err);
	case ZP_FIGURE_DOTS: return zp_draw_dots(p, err);
	case ZP_FIGURE_STRIP: return strip(p, err);
	case ZP_FIGURE_RANKS: case ZP_FIGURE_KINDS: break;
	}
	return NULL;
}
