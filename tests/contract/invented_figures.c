/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "invented_figures.h"
#include <math.h>
#include <stdlib.h>

#define LABS 186
#define MOST 4000

static int ascending(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

/* Something like a normal deviate, the same on every machine. */
static double deviate(uint32_t *state)
{
	double sum = 0;
	for (int i = 0; i < 12; i++) {
		*state = *state * 1664525u + 1013904223u;
		sum += (double)(*state >> 8) / 16777216.0;
	}
	return sum - 6;
}

static double rounded(double v, double step)
{
	return floor(v / step + 0.5) * step;
}

static const zp_plot_of glucose = { "葡萄糖", "Glucose", "mmol/L", "202611", 2 };
static const zp_plot_of plain = { "项目", "", "", "", 0 };

static const zp_figure *histogram(zp_arena *a, zp_plot_look look, double self, bool alert, double step, double centre, double spread, size_t n, double low, double high)
{
	double all[MOST], peers[MOST];
	size_t n_peers = 0;
	uint32_t state = 7;
	for (size_t i = 0; i < n; i++) {
		all[i] = centre + spread * deviate(&state) + (i % 4 ? 0 : 0.8 * spread);
		if (i % 61 == 7)
			all[i] += 14 * spread;
		if (step > 0)
			all[i] = rounded(all[i], step);
		if (i % 4)
			peers[n_peers++] = all[i];
	}
	qsort(all, n, sizeof *all, ascending);
	qsort(peers, n_peers, sizeof *peers, ascending);
	const zp_histogram h = { .of = glucose, .bins = zp_bins_of(a, all, n, peers, n_peers, step, low, high, 40), .x_pt = isnan(low) ? NAN : centre, .low = low, .high = high, .self = self,
		                 .alert = alert, .n_all = (uint32_t)n, .n_peers = (uint32_t)n_peers };
	return zp_plot_histogram(a, &h, look);
}

static const zp_figure *bias(zp_arena *a, zp_plot_look look, bool percent, double off, bool with_fit)
{
	static const double targets[] = { 2.81, 5.23, 7.6, 11.4, 18.9 };
	static const char *const names[] = { "202612", "202611", "202615", "202613", "202614" };
	zp_bias_point *points = zp_take(a, zp_bias_point, 5);
	for (size_t i = 0; i < 5; i++) {
		const double wide = fmax(0.07 * targets[i], 0.33);
		points[i] = (zp_bias_point){ names[i], targets[i], targets[i] - wide, targets[i] + wide, targets[i] * (1 + 0.02 * (double)(i % 3)) - 0.1, false };
	}
	points[3].value = targets[3] + off;
	points[3].alert = fabs(off) > 0.07 * targets[3];
	points[4].value = with_fit ? targets[4] * 1.06 : NAN;
	const zp_bias b = { .of = { "葡萄糖", "Glucose", "mmol/L", "", 2 }, .points = points, .n = 5, .percent = percent, .fit_a = with_fit ? -0.1 : NAN, .fit_b = with_fit ? 0.06 : NAN };
	return zp_plot_bias(a, &b, look);
}

static const zp_figure *history(zp_arena *a, zp_plot_look look, bool sdi, size_t n)
{
	zp_history_round *rounds = zp_take(a, zp_history_round, n);
	uint32_t state = 11;
	for (size_t r = 0; r < n; r++) {
		double *values = zp_take(a, double, 5);
		bool *alert = zp_take(a, bool, 5);
		for (size_t i = 0; i < 5; i++) {
			values[i] = (20 + 35 * deviate(&state)) * (sdi ? 0.02 : 1);
			alert[i] = fabs(values[i]) > (sdi ? 2 : 100);
		}
		if (r == 1)
			values[2] = NAN;
		if (r == 4 % n) {
			values[0] = sdi ? 7 : 340;
			alert[0] = true;
			values[3] = sdi ? -2.4 : -120;
			alert[3] = true;
		}
		const bool held = r != 2, back = r != 2 && r != 5;
		rounds[r] = (zp_history_round){ zp_arena_print(a, "%zu-%zu", 2024 + r / 3, 1 + r % 3), values, alert, back ? 5 : 0, held };
	}
	const zp_history h = { .of = { "葡萄糖", "Glucose", "mmol/L", "", 2 }, .rounds = rounds, .n = n, .sdi = sdi };
	return zp_plot_history(a, &h, look);
}

static const zp_figure *history_of_answers(zp_arena *a, zp_plot_look look)
{
	static const double values[] = { 100, 60, 80 };
	static const bool alert[] = { false, true, false };
	const zp_history_round rounds[] = { { "2025-1", values, alert, 1, true }, { "2025-2", values + 1, alert + 1, 1, true }, { "2025-3", NULL, NULL, 0, false }, { "2026-1", values + 2, alert + 2, 1, true } };
	return zp_plot_history(a, &(zp_history){ .of = { "HBsAg", "HBsAg", "", "", 0 }, .rounds = rounds, .n = 4, .pass = 80 }, look);
}

static const zp_figure *youden(zp_arena *a, zp_plot_look look, double self_a, double self_b, bool alert)
{
	zp_youden_cells *c = zp_take(a, zp_youden_cells, 1);
	*c = (zp_youden_cells){ .from_a = 4.7, .width_a = 1.1 / ZP_YOUDEN_CELLS, .from_b = 10.4, .width_b = 2.2 / ZP_YOUDEN_CELLS };
	uint32_t state = 3;
	for (size_t i = 0; i < LABS; i++) {
		const double common = deviate(&state), x = 5.23 + 0.12 * common + 0.05 * deviate(&state), y = 11.4 + 0.25 * common + 0.12 * deviate(&state);
		const double at_a = (x - c->from_a) / c->width_a, at_b = (y - c->from_b) / c->width_b;
		if (at_a >= 0 && at_a < ZP_YOUDEN_CELLS && at_b >= 0 && at_b < ZP_YOUDEN_CELLS)
			c->counts[(size_t)at_b][(size_t)at_a]++;
		else
			c->outside++;
	}
	c->outside += 2;
	const zp_youden_plot p = { .of = glucose, .sample_b = "202613", .cells = c, .centre_a = 5.23, .centre_b = 11.4, .semi_major = 0.73, .semi_minor = 0.16, .angle = 65,
		                   .x_pt_a = 5.23, .x_pt_b = 11.4, .low_a = 4.86, .high_a = 5.6, .low_b = 10.6, .high_b = 12.2, .self_a = self_a, .self_b = self_b, .alert = alert, .n = LABS };
	return zp_plot_youden(a, &p, look);
}

static const zp_figure *methods(zp_arena *a, zp_plot_look look, size_t n)
{
	static const char *const names[] = { "己糖激酶法", "葡萄糖氧化酶法（过氧化物酶终点法）", "葡萄糖脱氢酶法", "干化学法", "氧电极法", "其他" };
	zp_method_row *rows = zp_take(a, zp_method_row, n);
	for (size_t i = 0; i < n; i++) {
		const double m = 5.23 + 0.08 * (double)(i % 5) - 0.15, s = 0.1 + 0.02 * (double)(i % 3);
		rows[i] = (zp_method_row){ i < 6 ? names[i] : zp_arena_print(a, "某厂商第 %zu 代全自动生化分析仪配套己糖激酶法试剂", i), (uint32_t)(120 / (i + 1)), m, m - 0.67 * s, m + 0.67 * s,
			                   i == 3 ? m - 9 * s : m - 2.5 * s, m + 2.6 * s, i == 4 ? NAN : m + 0.01, i == 1 };
	}
	const zp_methods p = { .of = glucose, .rows = rows, .n = n, .x_pt = 5.23, .low = 4.86, .high = 5.6, .self = 5.71, .alert = true };
	return zp_plot_methods(a, &p, look);
}

static const zp_figure *answers(zp_arena *a, zp_plot_look look, size_t n)
{
	static const char *const names[] = { "−", "±", "1+", "2+", "3+", "4+" };
	zp_answer_bar *bars = zp_take(a, zp_answer_bar, n);
	for (size_t i = 0; i < n; i++)
		bars[i] = (zp_answer_bar){ i < 6 ? names[i] : zp_arena_print(a, "少见的细菌名称很长很长的一种 %zu", i), (uint32_t)(i == 3 ? 140 : i == 2 ? 31 : i == 4 ? 12 : i == 1), i == 3,
			                   i == 2 || i == 4, i == 1 };
	const zp_answer_plot p = { .of = { "尿蛋白", "Protein in urine", "", "202631", 0 }, .bars = bars, .n = n, .of_n = 184, .alert = true };
	return zp_plot_answers(a, &p, look);
}

static const zp_figure *dots(zp_arena *a, zp_plot_look look, size_t n)
{
	static const char *const series[] = { "三级公立", "二级公立", "一级公立", "民营", "其他", "未分类" };
	zp_lab_dot *at = zp_take(a, zp_lab_dot, n);
	uint32_t state = 5;
	double *shares = zp_take(a, double, n);
	for (size_t i = 0; i < n; i++)
		shares[i] = 45 * deviate(&state) * (i % 40 == 3 ? 6 : 1);
	qsort(shares, n, sizeof *shares, ascending);
	for (size_t i = 0; i < n; i++)
		at[i] = (zp_lab_dot){ zp_arena_print(a, "L%04zu", i + 1), series[i % 6], shares[i], (uint8_t)(i % 6), fabs(shares[i]) > 100 };
	const zp_dots d = { .of = glucose, .at = at, .n = n, .series = series, .n_series = 6 };
	return zp_plot_dots(a, &d, look);
}

static const zp_figure *ranks(zp_arena *a, zp_plot_look look, size_t n)
{
	zp_rank_bar *bars = zp_take(a, zp_rank_bar, n);
	for (size_t i = 0; i < n; i++) {
		const double share = 0.995 - 0.011 * (double)i;
		bars[i] = (zp_rank_bar){ i == 2 ? "名称格外长的示例医科大学附属第一临床学院示例医院" : zp_arena_print(a, "示例市%zu", i + 1), share, share - 0.012, fmin(share + 0.008, 1), (unsigned)i + 1, (uint32_t)(900 - 20 * i), "r1" };
	}
	const zp_ranks_plot p = { .title = "各地区可接受结果的比例", .title_en = "Acceptable results by region", .bars = bars, .n = n, .everybody = 0.948 };
	return zp_plot_ranks(a, &p, look);
}

static const zp_figure *strip(zp_arena *a, zp_plot_look look)
{
	static const zp_strip_bar bars[] = { { 32, false, true }, { -61, false, true }, { 128, true, true }, { NAN, false, false }, { 240, true, true }, { NAN, true, true }, { NAN, false, true } };
	const zp_strip_plot p = { bars, sizeof bars / sizeof bars[0] };
	look.height = look.height < 20 ? look.height : 14;
	look.width = 90;
	return zp_plot_strip(a, &p, look);
}

/* ---- awkward ones ---- */

static const zp_figure *nothing_of(zp_arena *a, zp_plot_look look, zp_figure_kind k)
{
	switch (k) {
	case ZP_FIGURE_HISTOGRAM: return zp_plot_histogram(a, &(zp_histogram){ .of = plain, .bins = zp_bins_of(a, NULL, 0, NULL, 0, 0.1, NAN, NAN, 30), .x_pt = NAN, .low = NAN, .high = NAN, .self = NAN }, look);
	case ZP_FIGURE_BIAS: return zp_plot_bias(a, &(zp_bias){ .of = plain, .fit_a = NAN, .fit_b = NAN }, look);
	case ZP_FIGURE_HISTORY: return zp_plot_history(a, &(zp_history){ .of = plain }, look);
	case ZP_FIGURE_YOUDEN: {
		zp_youden_cells *c = zp_take(a, zp_youden_cells, 1);
		const zp_youden_plot p = { plain, "", c, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, false, 0 };
		return zp_plot_youden(a, &p, look);
	}
	case ZP_FIGURE_METHODS: return zp_plot_methods(a, &(zp_methods){ .of = plain, .x_pt = NAN, .low = NAN, .high = NAN, .self = NAN }, look);
	case ZP_FIGURE_ANSWERS: return zp_plot_answers(a, &(zp_answer_plot){ .of = plain }, look);
	case ZP_FIGURE_DOTS: return zp_plot_dots(a, &(zp_dots){ .of = plain }, look);
	case ZP_FIGURE_RANKS: return zp_plot_ranks(a, &(zp_ranks_plot){ .title = "", .title_en = "", .everybody = NAN }, look);
	case ZP_FIGURE_STRIP: return zp_plot_strip(a, &(zp_strip_plot){ NULL, 0 }, look);
	case ZP_FIGURE_KINDS: break;
	}
	return NULL;
}

static const zp_figure *one_value(zp_arena *a, zp_plot_look look, double v, double step)
{
	const double x[] = { v, v, v };
	const zp_histogram h = { .of = plain, .bins = zp_bins_of(a, x, 3, x, 1, step, NAN, NAN, 30), .x_pt = v, .low = NAN, .high = NAN, .self = v, .n_all = 3, .n_peers = 1 };
	return zp_plot_histogram(a, &h, look);
}

static const zp_figure *one_bias(zp_arena *a, zp_plot_look look, double x_pt, double value, double wide, bool percent)
{
	zp_bias_point *p = zp_take(a, zp_bias_point, 2);
	p[0] = p[1] = (zp_bias_point){ "A", x_pt, x_pt - wide, x_pt + wide, value, true };
	return zp_plot_bias(a, &(zp_bias){ .of = plain, .points = p, .n = 2, .percent = percent, .fit_a = 1, .fit_b = 2 }, look);
}

static const zp_figure *empty_rows(zp_arena *a, zp_plot_look look)
{
	const zp_method_row rows[] = { { "", 0, NAN, NAN, NAN, NAN, NAN, NAN, true }, { "一", 1, 5, NAN, NAN, NAN, NAN, NAN, false }, { "二", 3, -2, -2, -2, -2, -2, -2, false } };
	return zp_plot_methods(a, &(zp_methods){ .of = plain, .rows = rows, .n = 3, .x_pt = NAN, .low = NAN, .high = NAN, .self = 1e12 }, look);
}

static const zp_figure *gaps_only(zp_arena *a, zp_plot_look look)
{
	const zp_history_round rounds[] = { { "2025 年第 1 次", NULL, NULL, 0, false }, { "2025 年第 2 次", NULL, NULL, 0, true } };
	return zp_plot_history(a, &(zp_history){ .of = plain, .rounds = rounds, .n = 2 }, look);
}

static const zp_figure *one_cell(zp_arena *a, zp_plot_look look, double self)
{
	zp_youden_cells *c = zp_take(a, zp_youden_cells, 1);
	*c = (zp_youden_cells){ .from_a = -5, .width_a = 1e-3, .from_b = 1e9, .width_b = 1e7 };
	c->counts[0][35] = 65535;
	const zp_youden_plot p = { plain, "B", c, -4.99, 1.1e9, 1e12, 1, 90, -4.98, NAN, -1e9, 1e9, 0, 2e9, self, self, true, 65535 };
	return zp_plot_youden(a, &p, look);
}

static const zp_figure *odd_dots(zp_arena *a, zp_plot_look look)
{
	static const zp_lab_dot at[] = { { "", "", NAN, 0, false }, { "<&>\"'", "r&1", 1e300, 250, true }, { "乙", NULL, -0.0, 3, false } };
	return zp_plot_dots(a, &(zp_dots){ .of = plain, .at = at, .n = 3 }, look);
}

static const zp_figure *odd_ranks(zp_arena *a, zp_plot_look look)
{
	static const zp_rank_bar bars[] = { { "甲 <&>", 1, NAN, NAN, 0, 0, NULL }, { "乙", NAN, NAN, NAN, 0, 0, NULL }, { "丙", 0, 0, 1, 3, 1, "" } };
	return zp_plot_ranks(a, &(zp_ranks_plot){ "", "", bars, 3, NAN }, look);
}

size_t zp_invented_figures(zp_arena *a, zp_plot_look look, zp_invented_figure out[ZP_INVENTED_FIGURES_MOST])
{
	size_t n = 0;
#define ADD(what, f) out[n++] = (zp_invented_figure){ what, f }
	ADD("histogram", histogram(a, look, 5.71, true, 0.01, 5.23, 0.14, LABS, 4.86, 5.6));
	ADD("bias", bias(a, look, true, 1.1, false));
	ADD("history", history(a, look, false, 7));
	ADD("youden", youden(a, look, 5.31, 11.62, false));
	ADD("methods", methods(a, look, 6));
	ADD("answers", answers(a, look, 6));
	ADD("dots", dots(a, look, LABS));
	ADD("ranks", ranks(a, look, 17));
	ADD("strip", strip(a, look));
	ADD("histogram-inside", histogram(a, look, 5.2, false, 0.1, 5.23, 0.14, LABS, 4.86, 5.6));
	ADD("histogram-nobody", histogram(a, look, NAN, false, 0, 5.23, 0.14, 12, NAN, NAN));
	ADD("histogram-far", histogram(a, look, 9.9, true, 0.01, 5.23, 0.14, LABS, 4.86, 5.6));
	ADD("histogram-narrow", histogram(a, look, 5.23, false, 0.01, 5.23, 0.001, 1500, 5.22, 5.24));
	ADD("bias-unit", bias(a, look, false, 3.9, true));
	ADD("bias-fit", bias(a, look, true, 0.68, true));
	ADD("history-sdi", history(a, look, true, 7));
	ADD("history-long", history(a, look, false, 24));
	ADD("history-answers", history_of_answers(a, look));
	ADD("youden-far", youden(a, look, 6.9, 15.3, true));
	ADD("methods-many", methods(a, look, 19));
	ADD("answers-many", answers(a, look, 40));
	ADD("dots-many", dots(a, look, 1500));
	ADD("ranks-few", ranks(a, look, 3));
	for (zp_figure_kind k = 0; k < ZP_FIGURE_KINDS; k++)
		ADD(zp_arena_print(a, "nothing-%s", zp_figure_word(k)), nothing_of(a, look, k));
	ADD("one-value", one_value(a, look, 5.2, 0.1));
	ADD("one-zero", one_value(a, look, 0, 0));
	ADD("one-huge", one_value(a, look, 4.2e140, 0.1));
	ADD("one-tiny", one_value(a, look, 3e-200, 0));
	ADD("one-negative", one_value(a, look, -3.5, 0.5));
	ADD("one-nan", one_value(a, look, NAN, 0.5));
	ADD("one-infinite", one_value(a, look, INFINITY, 0.5));
	ADD("bias-one", one_bias(a, look, 5, 5.2, NAN, true));
	ADD("bias-zero", one_bias(a, look, 0, 0, 0, true));
	ADD("bias-zero-unit", one_bias(a, look, 0, 0, 0, false));
	ADD("bias-huge", one_bias(a, look, 1e140, -1e149, 1, false));
	ADD("methods-empty", empty_rows(a, look));
	ADD("history-gaps", gaps_only(a, look));
	ADD("youden-one", one_cell(a, look, 1e11));
	ADD("youden-nobody", one_cell(a, look, NAN));
	ADD("dots-odd", odd_dots(a, look));
	ADD("ranks-odd", odd_ranks(a, look));
#undef ADD
	return n;
}
