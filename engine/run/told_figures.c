/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures of one laboratory's measurand: what the group shares, and its own marks. docs/methods/findings.md says which samples are drawn. */
#include <stdlib.h>
#include "model/written.h"
#include "run/told.h"

#define FIGURES_MOST 8
#define ANSWER_FIGURES_MOST 3
#define ANSWER_BARS_MOST 8
#define METHOD_ROWS_MOST 8

static const zp_plot_look half = { ZP_PLOT_HALF_WIDE, ZP_PLOT_HALF_HIGH, ZP_BOTH_TONGUES };
static const zp_plot_look strip_look = { 60, 12, ZP_BOTH_TONGUES };

static zp_plot_of plot_of(const zp_teller *w, const char *sample)
{
	const zp_measurand *m = w->t->measurand;
	return (zp_plot_of){ m->name, m->name_en, zp_measurand_unit(m), sample, m->places };
}

static void add(zp_report_figure *figures, size_t *n, zp_figure_kind kind, const char *caption, const char *caption_en, const zp_figure *figure)
{
	if (figure && *n < FIGURES_MOST)
		figures[(*n)++] = (zp_report_figure){ kind, caption, caption_en, figure };
}

static const char *of_sample(const zp_teller *w, size_t s, bool chinese)
{
	return zp_arena_print(w->t->arena, chinese ? "样本 %s" : "sample %s", w->programme->samples[s]);
}

/* Its own number; NAN. */
static double own_value(const zp_teller *w, size_t s)
{
	const zp_round *r = w->told->run->round;
	const size_t cell = w->first + s;
	if (r->kind[cell] != ZP_NUMBER || (r->state[cell] != ZP_RETURNED && r->state[cell] != ZP_LATE))
		return ZP_NONE;
	return zp_decimal_double(zp_round_value(r, cell));
}

static bool is_alert(const zp_teller *w, size_t s) { return w->told->run->judgement.verdict[w->first + s] == ZP_UNACCEPTABLE; }

static zp_told_span span_of(const zp_teller *w, const zp_group *g) { return zp_told_span_of(g, zp_report_may_bound(w->t, g)); }

/* The sample that is farthest off; else the first in which it has a number and peers. SIZE_MAX: none. */
static size_t farthest(const zp_teller *w)
{
	size_t at = SIZE_MAX;
	double most = -1;
	for (size_t s = 0; s < w->programme->n_samples; s++) {
		const zp_group *g = zp_teller_group(w, s);
		if (!g || g->negative || isnan(own_value(w, s)))
			continue;
		const double share = fabs(zp_teller_share(w, s));
		if (at == SIZE_MAX || share > most)
			at = s, most = isnan(share) ? -1 : share;
	}
	return at;
}

/* ---- quantities ---- */

static const zp_figure *bias_figure(const zp_teller *w, double fit_a, double fit_b)
{
	const zp_limit_kind kind = w->t->measurand->limit.kind;
	zp_bias_point *points = zp_take(w->t->arena, zp_bias_point, w->programme->n_samples + 1);
	bool percent = !w->t->measurand->log10 && kind != ZP_LIMIT_ABS && kind != ZP_LIMIT_SD && kind != ZP_LIMIT_ABS_OR_SD;
	size_t n = 0, own = 0;
	for (size_t s = 0; s < w->programme->n_samples; s++) {
		const zp_group *g = zp_teller_group(w, s);
		if (!g || g->negative || g->ungradable != ZP_REASON_NONE || !g->has_x_pt)
			continue;
		const zp_told_span at = span_of(w, g);
		size_t i = n++;
		for (; i > 0 && points[i - 1].x_pt > at.x_pt; i--)
			points[i] = points[i - 1];
		points[i] = (zp_bias_point){ w->programme->samples[s], at.x_pt, at.low, at.high, own_value(w, s), is_alert(w, s) };
		own += isnan(points[i].value) ? 0 : 1;
		percent &= at.x_pt > 0;
	}
	if (!own)
		return NULL;
	const zp_bias bias = { plot_of(w, ""), points, n, percent, fit_a, fit_b };
	return zp_plot_bias(w->t->arena, &bias, half);
}

static const zp_figure *histogram_figure(const zp_teller *w, size_t s)
{
	const uint32_t group = w->told->run->judgement.group[w->first + s];
	const zp_crowd *crowd = zp_told_crowd(w->told, group);
	const zp_told_span at = span_of(w, &w->told->run->groups[group]);
	if (crowd->n_all < w->t->choices->show_least)
		return NULL;
	const zp_histogram h = { plot_of(w, w->programme->samples[s]), crowd->others_few ? crowd->alone : crowd->bins, at.x_pt, at.low, at.high, own_value(w, s),
				 is_alert(w, s), crowd->others_few ? crowd->n : crowd->n_all, crowd->n };
	return zp_plot_histogram(w->t->arena, &h, half);
}

static const zp_figure *youden_figure(const zp_teller *w, size_t *a, size_t *b)
{
	const zp_item item = { w->programme, w->t->measurand, w->enrolment->programme, w->m, 0 };
	if (!zp_told_two_samples(w->told, &item, a, b) || !zp_teller_group(w, *a) || !zp_teller_group(w, *b) || isnan(own_value(w, *a)) || isnan(own_value(w, *b)))
		return NULL;
	const uint32_t *group = w->told->run->judgement.group + w->first;
	const zp_group *ga = zp_teller_group(w, *a), *gb = zp_teller_group(w, *b);
	if (ga->negative || gb->negative)
		return NULL;
	const zp_pair_crowd *pair = zp_told_pair(w->told, group[*a], group[*b]);
	const zp_told_span at = span_of(w, ga), bt = span_of(w, gb);
	if (!pair->n)
		return NULL;
	const zp_youden_plot y = { plot_of(w, w->programme->samples[*a]), w->programme->samples[*b], &pair->cells, pair->centre_a, pair->centre_b,
				   pair->semi_major, pair->semi_minor, pair->angle, at.x_pt, bt.x_pt, at.low, at.high, bt.low, bt.high,
				   own_value(w, *a), own_value(w, *b), is_alert(w, *a) || is_alert(w, *b), pair->n };
	return zp_plot_youden(w->t->arena, &y, half);
}

static int most_first(const void *pa, const void *pb)
{
	const zp_method_row *a = pa, *b = pb;
	if (a->own != b->own)
		return (int)b->own - (int)a->own;
	return a->n != b->n ? (a->n < b->n) - (a->n > b->n) : strcmp(a->name, b->name);
}

/* Which key of the methods is the laboratory's own; ZP_NO_NAME. */
static uint32_t own_key(const zp_teller *w, const zp_told_methods *methods, size_t s)
{
	return methods->keys ? methods->keys->of[w->told->run->round->peers[w->first + s]] : ZP_NO_NAME;
}

/* Which of them it is shown beside the group that it is judged in; NULL: all. */
static const bool *shown_of(const zp_teller *w, const zp_told_methods *methods, size_t s)
{
	const uint32_t group = w->told->run->judgement.group[w->first + s];
	return group == ZP_NO_GROUP ? NULL : zp_told_shown(w->told, group, methods);
}

/* With few behind a row its ends are the values of single laboratories: the box is enough. */
static zp_method_row row_of(const zp_teller *w, const zp_told_method *m, bool own)
{
	zp_method_row row = m->row;
	row.own = own;
	if (row.n < 2 * w->t->choices->show_least)
		row.least = row.q1, row.most = row.q3;
	return row;
}

/* Its own method and the most frequent ones. */
static const zp_figure *methods_figure(const zp_teller *w, size_t s)
{
	const uint32_t item = w->programme->first_item + (uint32_t)(w->m * w->programme->n_samples + s);
	const zp_told_methods *methods = zp_told_methods_of(w->told, item);
	const zp_told_span at = span_of(w, zp_teller_group(w, s));
	const bool *shown = shown_of(w, methods, s);
	zp_method_row *rows = zp_take(w->t->arena, zp_method_row, methods->n + 1);
	size_t n = 0;
	for (size_t i = 0; i < methods->n; i++)
		if (!shown || shown[i])
			rows[n++] = row_of(w, &methods->at[i], methods->at[i].key == own_key(w, methods, s));
	if (n < 2)
		return NULL;
	qsort(rows, n, sizeof *rows, most_first);
	const zp_methods m = { plot_of(w, w->programme->samples[s]), rows, n < METHOD_ROWS_MOST ? n : METHOD_ROWS_MOST, at.x_pt, at.low, at.high,
			       own_value(w, s), is_alert(w, s) };
	return zp_plot_methods(w->t->arena, &m, half);
}

static void tell_peers(const zp_teller *w)
{
	size_t n = 0;
	for (int pass = 0; pass < 2; pass++) {
		zp_report_peers *peers = pass ? zp_take(w->t->arena, zp_report_peers, n + 1) : NULL;
		for (size_t s = 0; s < w->programme->n_samples; s++) {
			const size_t at = w->m * w->programme->n_samples + s;
			if (w->programme->unasked[at] || w->programme->out[at])
				continue;
			const zp_told_methods *methods = zp_told_methods_of(w->told, w->programme->first_item + (uint32_t)at);
			const bool *shown = shown_of(w, methods, s);
			for (size_t i = 0; i < methods->n && pass; i++) {
				if (shown && !shown[i])
					continue;
				peers[w->out->n_peers] = methods->at[i].says;
				peers[w->out->n_peers++].own = methods->at[i].key == own_key(w, methods, s);
			}
			n += pass ? 0 : methods->n;
		}
		w->out->peers = peers;
	}
}

/* ---- answers ---- */

static bool is_expected(const zp_group *g, int64_t answer, bool ordered)
{
	return g->has_answer && (ordered ? answer >= g->elected.low && answer <= g->elected.high : answer == g->elected.low || answer == g->elected.high);
}

static int most_given(const void *pa, const void *pb)
{
	const zp_answer_bar *a = pa, *b = pb;
	return a->n != b->n ? (a->n < b->n) - (a->n > b->n) : strcmp(a->name, b->name);
}

/* The most frequent ones of many, the laboratory's own and the target in any case; the others in one. */
static size_t shorten(zp_answer_bar *bars, size_t n)
{
	size_t kept = 0;
	uint32_t others = 0;
	qsort(bars, n, sizeof *bars, most_given);
	for (size_t i = 0; i < n; i++)
		if (kept < ANSWER_BARS_MOST - 1 || bars[i].own || bars[i].target)
			bars[kept++] = bars[i];
		else
			others += bars[i].n;
	if (others)
		bars[kept++] = (zp_answer_bar){ .name = "其他 others", .n = others };
	return kept;
}

static const zp_figure *answers_figure(const zp_teller *w, size_t s)
{
	const zp_run *run = w->told->run;
	const zp_scale *scale = w->t->measurand->scale;
	const zp_group *g = zp_teller_group(w, s);
	const zp_strip *strip = zp_run_strip(run, scale, w->first + s);
	const bool ordered = zp_scale_is_ordered(scale), replied = run->round->kind[w->first + s] != ZP_NOTHING && run->round->state[w->first + s] != ZP_CONFLICT;
	const int64_t reply = replied ? zp_round_value(run->round, w->first + s).m : -1;
	zp_answer_plot plot = { .of = plot_of(w, w->programme->samples[s]), .alert = is_alert(w, s) };
	zp_answer_bar *bars = zp_take(w->t->arena, zp_answer_bar, g->n_counts + 2);
	bool told = false;
	for (uint32_t i = 0; i < g->n_counts; i++) {
		char name[ZP_WRITTEN_BYTES];
		const int64_t answer = g->counts[i].answer;
		const size_t bytes = zp_written(w->t->measurand, zp_scale_value_kind(scale), (zp_decimal){ answer, 0 }, 1, name);
		const bool target = is_expected(g, answer, ordered), own = replied && answer == reply;
		const bool accepted = g->has_answer && !target && zp_run_grade(run, w->t->measurand, w->t->choices, g, strip, answer).credit == 100;
		bars[plot.n++] = (zp_answer_bar){ zp_arena_text(w->t->arena, name, bytes), g->counts[i].n, target, accepted, own };
		plot.of_n += g->counts[i].n;
		told |= own;
	}
	if (plot.of_n < w->t->choices->show_least)
		return NULL;
	if (replied && !told) { /* it did not count, being late or set aside */
		char name[ZP_WRITTEN_BYTES];
		const size_t bytes = zp_written(w->t->measurand, zp_scale_value_kind(scale), (zp_decimal){ reply, 0 }, 1, name);
		bars[plot.n++] = (zp_answer_bar){ zp_arena_text(w->t->arena, name, bytes), 0, is_expected(g, reply, ordered), false, true };
	}
	if (!ordered)
		plot.n = shorten(bars, plot.n);
	plot.bars = bars;
	return zp_plot_answers(w->t->arena, &plot, half);
}

/* How many of the group gave the answer that was expected, of all: in percent. */
static double agreed(const zp_group *g, bool ordered)
{
	uint64_t n = 0, right = 0;
	for (uint32_t i = 0; i < g->n_counts; i++) {
		n += g->counts[i].n;
		right += is_expected(g, g->counts[i].answer, ordered) ? g->counts[i].n : 0;
	}
	return n ? 100 * (double)right / (double)n : 100;
}

/* Those that are not acceptable; where all are, the one that divided the group most. */
static void tell_answers(const zp_teller *w, zp_report_figure *figures, size_t *n)
{
	const bool ordered = zp_scale_is_ordered(w->t->measurand->scale);
	size_t most = SIZE_MAX;
	double least = INFINITY;
	for (size_t s = 0; s < w->programme->n_samples; s++) {
		const zp_group *g = zp_teller_group(w, s);
		if (!g || !g->n_counts)
			continue;
		if (is_alert(w, s) && *n < ANSWER_FIGURES_MOST)
			add(figures, n, ZP_FIGURE_ANSWERS, of_sample(w, s, true), of_sample(w, s, false), answers_figure(w, s));
		if (agreed(g, ordered) < least)
			least = agreed(g, ordered), most = s;
	}
	if (!*n && most != SIZE_MAX)
		add(figures, n, ZP_FIGURE_ANSWERS, of_sample(w, most, true), of_sample(w, most, false), answers_figure(w, most));
}

/* ---- all of them ---- */

static void tell_strip(const zp_teller *w)
{
	zp_strip_bar *bars = zp_take(w->t->arena, zp_strip_bar, w->programme->n_samples + 1);
	zp_strip_plot plot = { bars, 0 };
	bool any = false;
	for (size_t s = 0; s < w->programme->n_samples; s++) {
		if (w->told->run->round->state[w->first + s] == ZP_NOT_ASKED)
			continue;
		const bool judged = w->told->run->judgement.verdict[w->first + s] != ZP_NOT_EVALUATED;
		bars[plot.n++] = (zp_strip_bar){ judged ? zp_teller_share(w, s) : ZP_NONE, is_alert(w, s), judged };
		any |= judged;
	}
	if (any)
		w->out->strip = zp_plot_strip(w->t->arena, &plot, strip_look);
}

static const char *of_two(const zp_teller *w, size_t a, size_t b, bool chinese)
{
	return zp_arena_print(w->t->arena, chinese ? "样本 %s 与 %s" : "samples %s and %s", w->programme->samples[a], w->programme->samples[b]);
}

void zp_tell_figures(const zp_teller *w, double fit_a, double fit_b)
{
	zp_report_figure *figures = zp_take(w->t->arena, zp_report_figure, FIGURES_MOST);
	size_t n = 0, a = 0, b = 0;
	tell_strip(w);
	if (w->t->measurand->scale) {
		tell_answers(w, figures, &n);
	} else {
		const size_t s = farthest(w);
		tell_peers(w);
		if (s != SIZE_MAX) {
			add(figures, &n, ZP_FIGURE_BIAS, "各样本", "all samples", bias_figure(w, fit_a, fit_b));
			add(figures, &n, ZP_FIGURE_HISTOGRAM, of_sample(w, s, true), of_sample(w, s, false), histogram_figure(w, s));
			const zp_figure *youden = youden_figure(w, &a, &b);
			add(figures, &n, ZP_FIGURE_YOUDEN, of_two(w, a, b, true), of_two(w, a, b, false), youden);
			add(figures, &n, ZP_FIGURE_METHODS, of_sample(w, s, true), of_sample(w, s, false), methods_figure(w, s));
		}
	}
	zp_tell_history(w, figures, &n);
	w->out->figures = figures;
	w->out->n_figures = n;
}
