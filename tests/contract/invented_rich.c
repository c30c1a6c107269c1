/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "invented_rich.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "draw/plots.h"

#define OTHERS 150

static const zp_plot_look half = { ZP_PLOT_HALF_WIDE, ZP_PLOT_HALF_HIGH, ZP_BOTH_TONGUES }, small = { 66, 12, ZP_BOTH_TONGUES };

/* A number in [0, 1) that depends on nothing but its arguments. */
static double chance(size_t a, size_t b)
{
	uint64_t x = a * 0x9E3779B97F4A7C15u + b * 0xBF58476D1CE4E5B9u + 1;
	for (int i = 0; i < 3; i++) {
		x ^= x >> 29;
		x *= 0x94D049BB133111EBu;
	}
	return (double)(x >> 11) / 9007199254740992.0;
}

/* About normal: a sum of uniform ones. */
static double noise(size_t a, size_t b)
{
	double sum = 0;
	for (size_t i = 0; i < 6; i++)
		sum += chance(a, b * 6 + i);
	return (sum - 3) * 1.4142;
}

static double number(const char *text) { return *text ? strtod(text, NULL) : NAN; }

typedef struct zp_found { double value, x_pt, low, high, share; bool alert; } zp_found;

static zp_found sample_of(const zp_report_row *r)
{
	zp_found s = { number(r->value), number(r->x_pt), number(r->low), number(r->high), NAN, r->verdict == ZP_UNACCEPTABLE };
	s.share = (s.value - s.x_pt) / ((s.high - s.low) / 2) * 100;
	return s;
}

static zp_plot_of plot_of(const zp_report_measurand *m, const char *sample) { return (zp_plot_of){ m->name, m->name_en, m->unit, sample, 2 }; }

/* What others sent of it, ascending. */
static double *others(zp_arena *a, const zp_found *s, size_t seed, size_t n, double shift)
{
	double *x = zp_take(a, double, n);
	for (size_t i = 0; i < n; i++) {
		const double v = s->x_pt + (s->high - s->low) / 2 * (0.38 * noise(seed, i) + shift);
		size_t k = i;
		for (; k && x[k - 1] > v; k--)
			x[k] = x[k - 1];
		x[k] = v;
	}
	return x;
}

/* ---- figures ---- */

static const zp_figure *strip(zp_arena *a, const zp_report_measurand *m)
{
	zp_strip_bar *bars = zp_take(a, zp_strip_bar, m->n_rows + 1);
	for (size_t i = 0; i < m->n_rows; i++) {
		const zp_report_row *r = &m->rows[i];
		bars[i] = (zp_strip_bar){ m->answered ? NAN : sample_of(r).share, r->verdict == ZP_UNACCEPTABLE, r->verdict != ZP_NOT_EVALUATED };
	}
	return zp_plot_strip(a, &(zp_strip_plot){ bars, m->n_rows }, small);
}

static const zp_figure *bias(zp_arena *a, const zp_report_measurand *m)
{
	zp_bias_point *points = zp_take(a, zp_bias_point, m->n_rows + 1);
	size_t n = 0;
	for (size_t i = 0; i < m->n_rows; i++) {
		const zp_found s = sample_of(&m->rows[i]);
		if (isnan(s.x_pt))
			continue;
		size_t k = n++;
		for (; k && points[k - 1].x_pt > s.x_pt; k--)
			points[k] = points[k - 1];
		points[k] = (zp_bias_point){ m->rows[i].sample, s.x_pt, s.low, s.high, s.value, s.alert };
	}
	return zp_plot_bias(a, &(zp_bias){ plot_of(m, ""), points, n, true, NAN, NAN }, half);
}

static const zp_figure *histogram(zp_arena *a, const zp_report_measurand *m, const zp_report_row *r, size_t seed)
{
	const zp_found s = sample_of(r);
	const double *all = others(a, &s, seed, OTHERS, 0), *peers = others(a, &s, seed, 60, 0);
	const zp_bins bins = zp_bins_of(a, all, OTHERS, peers, 60, 0.01, s.low, s.high, 24);
	return zp_plot_histogram(a, &(zp_histogram){ plot_of(m, r->sample), bins, s.x_pt, s.low, s.high, s.value, s.alert, OTHERS, 60 }, half);
}

static const zp_figure *history(zp_arena *a, const zp_report_measurand *m, size_t seed)
{
	zp_history_round *rounds = zp_take(a, zp_history_round, 6);
	for (size_t k = 0; k < 6; k++) {
		double *values = zp_take(a, double, m->n_rows + 1);
		bool *alert = zp_take(a, bool, m->n_rows + 1);
		for (size_t i = 0; i < m->n_rows; i++) {
			values[i] = k == 5 ? sample_of(&m->rows[i]).share : 45 * noise(seed + k, i);
			alert[i] = fabs(values[i]) > 100;
		}
		rounds[k] = (zp_history_round){ zp_arena_print(a, "%u-%u", 2024 + (unsigned)(k / 3) + (k == 5), k == 5 ? 1 : (unsigned)(k % 3) + 1), values, alert,
			                        k == 2 ? 0 : m->n_rows < 5 ? m->n_rows : 5, k != 2 };
	}
	return zp_plot_history(a, &(zp_history){ .of = plot_of(m, ""), .rounds = rounds, .n = 6 }, half);
}

static const zp_figure *youden(zp_arena *a, const zp_report_measurand *m, const zp_report_row *x, const zp_report_row *y, size_t seed)
{
	const zp_found s = sample_of(x), t = sample_of(y);
	const double reach_a = (s.high - s.low) * 0.75, reach_b = (t.high - t.low) * 0.75;
	zp_youden_cells *cells = zp_take(a, zp_youden_cells, 1);
	*cells = (zp_youden_cells){ .from_a = s.x_pt - reach_a, .width_a = 2 * reach_a / ZP_YOUDEN_CELLS, .from_b = t.x_pt - reach_b, .width_b = 2 * reach_b / ZP_YOUDEN_CELLS };
	for (size_t i = 0; i < OTHERS; i++) {
		const double lab = noise(seed, 1000 + i), va = s.x_pt + reach_a * 0.22 * (lab + 0.5 * noise(seed, 2000 + i)), vb = t.x_pt + reach_b * 0.22 * (lab + 0.5 * noise(seed, 3000 + i));
		const int ca = (int)((va - cells->from_a) / cells->width_a), cb = (int)((vb - cells->from_b) / cells->width_b);
		if (ca < 0 || cb < 0 || ca >= ZP_YOUDEN_CELLS || cb >= ZP_YOUDEN_CELLS)
			cells->outside++;
		else
			cells->counts[cb][ca]++;
	}
	const zp_youden_plot p = { .of = plot_of(m, x->sample), .sample_b = y->sample, .cells = cells, .centre_a = s.x_pt, .centre_b = t.x_pt, .semi_major = reach_a * 0.72,
		                   .semi_minor = reach_a * 0.2, .angle = atan2(reach_b, reach_a), .x_pt_a = s.x_pt, .x_pt_b = t.x_pt, .low_a = s.low, .high_a = s.high,
		                   .low_b = t.low, .high_b = t.high, .self_a = s.value, .self_b = t.value, .alert = s.alert || t.alert, .n = OTHERS };
	return zp_plot_youden(a, &p, half);
}

static const char *const groups[] = { "己糖激酶法", "葡萄糖氧化酶法", "葡萄糖脱氢酶法（干化学，含便携式）", "其他" };

static const zp_figure *methods(zp_arena *a, const zp_report_measurand *m, const zp_report_row *r)
{
	const zp_found s = sample_of(r);
	zp_method_row *rows = zp_take(a, zp_method_row, 4);
	for (size_t g = 0; g < 4; g++) {
		const double x = s.x_pt + (s.high - s.low) * (0.1 * (double)g - 0.08), d = (s.high - s.low) * 0.12;
		rows[g] = (zp_method_row){ groups[g], (uint32_t)(60 - 14 * g), x, x - d, x + d, x - 3 * d, x + 3 * d, x, g == 0 };
	}
	return zp_plot_methods(a, &(zp_methods){ plot_of(m, r->sample), rows, 4, s.x_pt, s.low, s.high, s.value, s.alert }, half);
}

static const zp_figure *answers(zp_arena *a, const zp_report_measurand *m, const zp_report_row *r)
{
	zp_answer_bar *bars = zp_take(a, zp_answer_bar, r->n_answers + 1);
	zp_answer_plot p = { .of = plot_of(m, r->sample), .bars = bars, .n = r->n_answers, .alert = r->verdict == ZP_UNACCEPTABLE };
	for (size_t i = 0; i < r->n_answers; i++) {
		const uint32_t n = (uint32_t)strtoul(r->answers[i].n, NULL, 10);
		bars[i] = (zp_answer_bar){ r->answers[i].name, n, i == 0, i == 0, strcmp(r->answers[i].name, r->value) == 0 };
		p.of_n += n;
	}
	return zp_plot_answers(a, &p, half);
}

static void add(zp_report_measurand *m, zp_report_figure *at, zp_figure_kind kind, const char *caption, const char *caption_en, const zp_figure *figure)
{
	if (figure)
		at[m->n_figures++] = (zp_report_figure){ kind, caption, caption_en, figure };
}

static void add_figures(zp_arena *a, zp_report_measurand *m, size_t seed)
{
	zp_report_figure *at = zp_take(a, zp_report_figure, 8);
	const zp_report_row *judged[2] = { NULL, NULL };
	for (size_t i = 0; i < m->n_rows; i++)
		if (!m->answered && *m->rows[i].x_pt && *m->rows[i].value)
			judged[judged[0] != NULL] = &m->rows[i];
	m->figures = at;
	if (m->answered && m->n_rows && m->rows[0].n_answers)
		add(m, at, ZP_FIGURE_ANSWERS, zp_arena_print(a, "样本 %s", m->rows[0].sample), zp_arena_print(a, "sample %s", m->rows[0].sample), answers(a, m, &m->rows[0]));
	if (!judged[0])
		return;
	const char *cn = zp_arena_print(a, "样本 %s", judged[0]->sample), *en = zp_arena_print(a, "sample %s", judged[0]->sample);
	add(m, at, ZP_FIGURE_BIAS, "各样本", "all samples", bias(a, m));
	add(m, at, ZP_FIGURE_HISTOGRAM, cn, en, histogram(a, m, judged[0], seed));
	if (judged[1])
		add(m, at, ZP_FIGURE_YOUDEN, zp_arena_print(a, "样本 %s 与 %s", judged[0]->sample, judged[1]->sample),
		    zp_arena_print(a, "samples %s and %s", judged[0]->sample, judged[1]->sample), youden(a, m, judged[0], judged[1], seed));
	add(m, at, ZP_FIGURE_METHODS, cn, en, methods(a, m, judged[0]));
	add(m, at, ZP_FIGURE_HISTORY, "历次结果（占允许误差的 %）", "results over the rounds (% of the limit)", history(a, m, seed));
}

/* ---- words ---- */

static void add_peers(zp_arena *a, zp_report_measurand *m)
{
	zp_report_peers *peers = zp_take(a, zp_report_peers, 4 * m->n_rows + 1);
	for (size_t i = 0; i < m->n_rows; i++)
		for (size_t g = 0; g < 4 && *m->rows[i].x_pt; g++) {
			const bool few = g == 3;
			const double x = number(m->rows[i].x_pt) * (1 + 0.01 * (double)g);
			peers[m->n_peers++] = (zp_report_peers){ groups[g], m->rows[i].sample, few ? "" : zp_arena_print(a, "%u", (unsigned)(60 - 14 * g)),
				few ? "" : zp_arena_print(a, "%.3f", x), few ? "" : zp_arena_print(a, "%.3f", x * 0.02), few ? "" : "2.0", g == 0 };
		}
	m->peers = peers;
}

static void add_words(zp_arena *a, zp_report_measurand *m, size_t seed)
{
	static const zp_finding found[] = {
		{ "各样本结果一致偏高约 8 %，与浓度成比例（P = 0.004）：请核查校准。", "All results are high by about 8 %, in proportion to the concentration (P = 0.004): look at the calibration." },
		{ "样本 202612 与 202613 的结果像是互换了：换回后都在允许范围内。", "Results of samples 202612 and 202613 look interchanged: the other way round both are acceptable." },
	};
	static const char *const said[][2] = { { "38 % → 12 %", "38 % → 12 %" }, { "41 % → 44 %", "41 % → 44 %" }, { "22 % → 96 %", "22 % → 96 %" } };
	size_t failed = 0;
	for (size_t i = 0; i < m->n_rows; i++)
		failed += m->rows[i].verdict == ZP_UNACCEPTABLE;
	const size_t course = seed % 4;
	m->course = course == 1 ? ZP_COURSE_CLOSER : course == 2 ? ZP_COURSE_STEADY : course == 3 ? ZP_COURSE_FARTHER : ZP_COURSE_UNKNOWN;
	m->course_says = course ? said[course - 1][0] : "";
	m->course_says_en = course ? said[course - 1][1] : "";
	m->heed_says = m->heed_says_en = "";
	if (failed && m->satisfaction == ZP_UNSATISFACTORY) {
		m->heed = 4000 + (unsigned)failed;
		m->heed_says = zp_arena_print(a, "%zu 个样本不通过", failed);
		m->heed_says_en = zp_arena_print(a, "%zu not acceptable", failed);
		m->findings = found;
		m->n_findings = m->answered ? 0 : 1 + seed % 2;
	} else if (course == 3 && seed % 3 == 0) {
		m->heed = 1;
		m->heed_says = "较前几轮偏离增大";
		m->heed_says_en = "farther off than before";
	}
}

void zp_enrich(zp_arena *a, zp_report *r)
{
	for (size_t p = 0; p < r->n_programmes; p++)
		for (size_t i = 0; i < r->programmes[p].n_measurands; i++) {
			zp_report_measurand *m = (zp_report_measurand *)&r->programmes[p].measurands[i];
			if (!m->n_rows)
				continue;
			m->strip = strip(a, m);
			add_words(a, m, p * 1000 + i + 3);
			add_figures(a, m, p * 1000 + i);
			if (!m->answered)
				add_peers(a, m);
		}
	r->digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
	r->code = "7K3M-9QPT-X2";
	r->checked = "2026-1 v1";
	r->appeal = "对评价结果有异议的，请于 2026 年 5 月 15 日前书面向虚构省临床检验中心提出（eqa@example.org），注明核验码和样本编号。";
	r->appeal_en = "Appeals are to be made in writing to the centre (eqa@example.org) until 15 May 2026, naming the check code and the sample.";
}

static void tell_figure(const zp_figure *f, void (*visit)(void *, const char *), void *self)
{
	for (size_t i = 0; f && i < f->n; i++)
		if (f->marks[i].text && *f->marks[i].text)
			visit(self, f->marks[i].text);
}

void zp_rich_texts(const zp_report *r, void (*visit)(void *self, const char *text), void *self)
{
	for (size_t p = 0; p < r->n_programmes; p++)
		for (size_t i = 0; i < r->programmes[p].n_measurands; i++) {
			const zp_report_measurand *m = &r->programmes[p].measurands[i];
			const char *const texts[] = { m->course_says, m->heed_says, m->heed_says_en };
			for (size_t k = 0; k < 3; k++)
				if (texts[k] && *texts[k])
					visit(self, texts[k]);
			for (size_t k = 0; k < m->n_findings; k++) {
				visit(self, m->findings[k].says);
				visit(self, m->findings[k].says_en);
			}
			for (size_t k = 0; k < m->n_peers; k++) {
				visit(self, m->peers[k].name);
				visit(self, m->peers[k].x_pt);
			}
			tell_figure(m->strip, visit, self);
			for (size_t k = 0; k < m->n_figures; k++) {
				visit(self, m->figures[k].caption);
				visit(self, m->figures[k].caption_en);
				tell_figure(m->figures[k].figure, visit, self);
			}
		}
	visit(self, r->code);
	visit(self, r->appeal);
	visit(self, r->appeal_en);
}

typedef struct zp_gathered { zp_arena *arena; char *text; size_t n, room; } zp_gathered;

static void keep(void *self, const char *text)
{
	zp_gathered *g = self;
	const size_t n = strlen(text);
	if (g->n + n + 1 > g->room) {
		char *more = zp_arena_take(g->arena, g->room = (g->room + n) * 2 + 4096);
		memcpy(more, g->text ? g->text : "", g->n);
		g->text = more;
	}
	memcpy(g->text + g->n, text, n + 1);
	g->n += n;
}

/* Repeated characters do no harm to who cuts a font. */
const char *zp_rich_characters(zp_arena *a, const zp_report *r)
{
	zp_gathered g = { .arena = a };
	keep(&g, zp_invent_characters(a, r));
	zp_rich_texts(r, keep, &g);
	return g.text;
}
