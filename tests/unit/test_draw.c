/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>
#include "base/width.h"
#include "draw/axis.h"
#include "draw/plots.h"
#include "draw/sketch.h"
#include "../contract/invented_figures.h"
#include "stats/order.h"

static uint32_t sum(const uint32_t *counts, size_t n)
{
	uint32_t s = 0;
	for (size_t i = 0; i < n; i++)
		s += counts[i];
	return s;
}

/* Values on a lattice of `step`, or on none, with some far away. */
static size_t invent(double *x, size_t n, double step, double centre, double spread, uint32_t seed)
{
	uint32_t state = seed;
	for (size_t i = 0; i < n; i++) {
		double s = 0;
		for (int k = 0; k < 6; k++) {
			state = state * 1664525u + 1013904223u;
			s += (double)(state >> 8) / 16777216.0 - 0.5;
		}
		x[i] = centre + spread * s * (i % 37 == 5 ? 30 : 1);
		if (step > 0)
			x[i] = floor(x[i] / step + 0.5) * step;
	}
	return n;
}

static void sort(zp_arena *a, double *x, size_t n)
{
	zp_sort(x, n, zp_take(a, uint64_t, 2 * n + 1));
}

Test(draw, every_value_is_counted_once_and_bounds_lie_between_reportable_values)
{
	zp_arena *a = zp_arena_open();
	static const double steps[] = { 0, 0.001, 0.01, 0.1, 0.5, 1, 5, 100 }, centres[] = { 0, 5.2, -31, 1e6 };
	double x[600], peers[200];
	for (size_t s = 0; s < sizeof steps / sizeof steps[0]; s++)
		for (size_t c = 0; c < sizeof centres / sizeof centres[0]; c++)
			for (uint32_t seed = 1; seed <= 12; seed++) {
				const double step = steps[s], spread = seed % 3 == 0 ? 0 : (step > 0 ? step : 0.01) * 9 * seed;
				const size_t n = invent(x, 1 + 49u * seed, step, centres[c], spread, seed), n_peers = n / 3;
				memcpy(peers, x, n_peers * sizeof *x);
				sort(a, x, n);
				sort(a, peers, n_peers);
				const double low = seed % 2 ? centres[c] - spread : NAN, high = seed % 2 ? centres[c] + spread : NAN;
				const zp_bins b = zp_bins_of(a, x, n, peers, n_peers, step, low, high, 30);
				cr_assert(b.n >= 1 && b.n <= 30 && b.width > 0, "%zu classes", b.n);
				cr_assert_eq(sum(b.all, b.n) + b.all_below + b.all_above, n);
				cr_assert_eq(sum(b.peers, b.n) + b.peers_below + b.peers_above, n_peers);
				for (size_t i = 0; i < b.n; i++)
					cr_assert(b.peers[i] <= b.all[i]);
				for (size_t i = 0; i <= b.n; i++) {
					const double at = b.from + (double)i * b.width;
					if (step > 0)
						cr_assert_float_eq(at / step - floor(at / step), 0.5, 1e-3, "a bound at %.9g with steps of %g", at, step);
					for (size_t k = 0; k < n; k++)
						cr_assert(x[k] != at);
				}
				if (seed % 2 && step > 0)
					cr_assert(b.from <= low && b.from + b.width * (double)b.n >= high, "what is allowed is not seen whole");
			}
	zp_arena_close(a);
}

/* By hand: 1, 1, 2, 2, 2, 4 in steps of 1 make the classes 1, 2, 3, 4. */
Test(draw, classes_are_those_of_a_count_by_hand)
{
	zp_arena *a = zp_arena_open();
	const double x[] = { 1, 1, 2, 2, 2, 4 };
	const zp_bins b = zp_bins_of(a, x, 6, x + 4, 1, 1, NAN, NAN, 30);
	cr_assert_eq(b.n, 4);
	cr_assert_float_eq(b.from, 0.5, 0);
	const uint32_t counts[] = { 2, 3, 0, 1 };
	cr_assert_arr_eq(b.all, counts, sizeof counts);
	cr_assert_eq(b.peers[1], 1);
	zp_arena_close(a);
}

Test(draw, values_on_the_lattice_fall_into_the_class_that_decimals_say)
{
	zp_arena *a = zp_arena_open();
	double x[1000]; /* 0.0 to 99.9: whatever doubles make of them, each class of k steps holds k */
	for (size_t i = 0; i < 1000; i++)
		x[i] = (double)i / 10;
	const zp_bins b = zp_bins_of(a, x, 1000, NULL, 0, 0.1, NAN, NAN, 50);
	const uint32_t each = (uint32_t)floor(b.width / 0.1 + 0.5);
	for (size_t i = 0; i + 1 < b.n; i++)
		cr_assert_eq(b.all[i], each, "class %zu holds %u and not %u", i, b.all[i], each);
	zp_arena_close(a);
}

Test(draw, ticks_are_round_and_lie_on_their_axis)
{
	zp_arena *a = zp_arena_open();
	static const double ends[][2] = { { 0, 1 }, { 4.83, 5.61 }, { -12, 40 }, { 1e-9, 3e-9 }, { 1e12, 3.7e12 }, { 5, 5 }, { 0, 0 }, { -3, -3 }, { NAN, 2 }, { 99.97, 100.02 } };
	for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
		for (size_t most = 1; most < 12; most++) {
			const zp_axis x = zp_axis_over(ends[i][0], ends[i][1], 10, 210, most);
			cr_assert(x.to > x.from && x.step > 0 && x.last - x.first + 1 <= (long long)most + 1);
			for (long long k = x.first; k <= x.last; k++) {
				const float at = zp_axis_at(&x, zp_axis_tick(&x, k));
				cr_assert(at >= 10 && at <= 210);
			}
			const double head = x.step / pow(10, floor(log10(x.step) + 1e-9));
			cr_assert(fabs(head - 1) < 1e-6 || fabs(head - 2) < 1e-6 || fabs(head - 5) < 1e-6, "a step of %g", x.step);
		}
	const zp_axis tenths = zp_axis_over(0, 1, 0, 100, 10);
	cr_assert_str_eq(zp_axis_says(a, &tenths, 3), "0.3");
	cr_assert(zp_axis_tick(&tenths, 3) == 0.3); /* the very double */
	cr_assert_str_eq(zp_number_says(a, -0.004, 2), "0.00");
	cr_assert_str_eq(zp_number_says(a, -2.5, 1), "−2.5");
	cr_assert_str_eq(zp_signed_says(a, 3, 0), "+3");
	cr_assert_str_eq(zp_number_says(a, 2.5e9, 1), "2.5e9");
	cr_assert_str_eq(zp_number_says(a, 3e-200, 0), "3.0e-200");
	zp_arena_close(a);
}

/* ---- figures of every kind ---- */

static const zp_plot_look looks[] = { { ZP_PLOT_HALF_WIDE, ZP_PLOT_HALF_HIGH, ZP_BOTH_TONGUES }, { 480, 300, ZP_CHINESE }, { 480, 300, ZP_ENGLISH }, { 320, 220, ZP_ENGLISH }, { 900, 600, ZP_CHINESE } };

static void each(void (*check)(const zp_invented_figure *, const zp_plot_look *))
{
	for (size_t l = 0; l < sizeof looks / sizeof looks[0]; l++) {
		zp_arena *a = zp_arena_open();
		zp_invented_figure figures[ZP_INVENTED_FIGURES_MOST];
		const size_t n = zp_invented_figures(a, looks[l], figures);
		cr_assert_gt(n, 40);
		for (size_t i = 0; i < n; i++)
			check(&figures[i], &looks[l]);
		zp_arena_close(a);
	}
}

static void is_inside(const zp_invented_figure *f, float x, float y)
{
	cr_assert(isfinite(x) && isfinite(y), "%s: a mark is nowhere", f->name);
	cr_assert(x >= -0.6f && x <= f->figure->width + 0.6f && y >= -0.6f && y <= f->figure->height + 0.6f, "%s: a mark at %g, %g outside of %g x %g", f->name, (double)x, (double)y,
	          (double)f->figure->width, (double)f->figure->height);
}

static void marks_are_inside(const zp_invented_figure *f, const zp_plot_look *look)
{
	(void)look;
	cr_assert(f->figure && f->figure->title && f->figure->says, "%s", f->name);
	cr_assert_gt(f->figure->n, 0, "%s shows nothing", f->name);
	for (size_t i = 0; i < f->figure->n; i++) {
		const zp_drawn *m = &f->figure->marks[i];
		is_inside(f, m->x, m->y);
		cr_assert(isfinite(m->w) && isfinite(m->h) && m->w >= 0 && m->h >= 0, "%s: mark %zu is %g x %g", f->name, i, (double)m->w, (double)m->h);
		if (m->kind == ZP_MARK_BOX)
			is_inside(f, m->x + m->w, m->y + m->h);
		for (size_t k = 0; m->kind == ZP_MARK_PATH && k < m->n; k++)
			is_inside(f, m->points[k].x, m->points[k].y);
		cr_assert((m->kind == ZP_MARK_TEXT) == (m->text != NULL), "%s", f->name);
		cr_assert(!m->text || (!strstr(m->text, "nan") && !strstr(m->text, "inf ")), "%s says \"%s\"", f->name, m->text);
	}
	cr_assert(!strstr(f->figure->says, "nan"), "%s says \"%s\"", f->name, f->figure->says);
}

Test(draw, whatever_is_given_marks_lie_on_the_sheet)
{
	each(marks_are_inside);
}

static void words_are_apart(const zp_invented_figure *f, const zp_plot_look *look)
{
	const zp_sketch s = { .look = *look };
	const zp_figure *g = f->figure;
	for (size_t i = 0; i < g->n; i++) {
		if (g->marks[i].kind != ZP_MARK_TEXT)
			continue;
		const zp_area a = zp_sketch_where(&s, &g->marks[i]);
		cr_assert(a.left > -1 && a.right < g->width + 1.5f && a.top > -1 && a.bottom < g->height + 1, "%s (%g wide): \"%s\" is cut: %g to %g, %g to %g", f->name, (double)look->width, g->marks[i].text,
		          (double)a.left, (double)a.right, (double)a.top, (double)a.bottom);
		for (size_t k = i + 1; k < g->n; k++) {
			if (g->marks[k].kind != ZP_MARK_TEXT)
				continue;
			const zp_area b = zp_sketch_where(&s, &g->marks[k]);
			const float wide = fminf(a.right, b.right) - fmaxf(a.left, b.left), high = fminf(a.bottom, b.bottom) - fmaxf(a.top, b.top);
			cr_assert(wide < 0.4f || high < 0.4f, "%s (%g wide): \"%s\" and \"%s\" overlap by %g x %g", f->name, (double)look->width, g->marks[i].text, g->marks[k].text, (double)wide, (double)high);
		}
	}
}

Test(draw, words_do_not_overlap_and_are_not_cut)
{
	each(words_are_apart);
}

static bool says(const zp_figure *f, const char *text)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->marks[i].text && strstr(f->marks[i].text, text))
			return true;
	return false;
}

static const zp_figure *of(const zp_invented_figure *figures, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(figures[i].name, name) == 0)
			return figures[i].figure;
	cr_assert_fail("%s", name);
	return NULL;
}

static bool has(const zp_figure *f, zp_mark_kind kind, zp_tone tone)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->marks[i].kind == kind && f->marks[i].tone == tone)
			return true;
	return false;
}

Test(draw, a_histogram_in_a_row_of_five_keeps_its_words_on_its_sheet_and_explains_nothing)
{
	zp_arena *a = zp_arena_open();
	const zp_plot_look look = { 92, 78, ZP_BOTH_TONGUES };
	zp_invented_figure g[ZP_INVENTED_FIGURES_MOST];
	const size_t n = zp_invented_figures(a, look, g);
	size_t found = 0;
	for (size_t i = 0; i < n; i++) {
		if (strncmp(g[i].name, "histogram", 9) != 0)
			continue;
		found++;
		marks_are_inside(&g[i], &look);
		words_are_apart(&g[i], &look);
		cr_expect(!says(g[i].figure, "peers") && !says(g[i].figure, "mmol/L"), "%s", g[i].name);
	}
	cr_expect_gt(found, 3);
	cr_expect(says(of(g, n, "histogram"), "3 →") && says(of(g, n, "histogram"), "靶值"));
	zp_arena_close(a);
}

Test(draw, figures_tell_what_lies_beyond_gaps_and_what_is_not_acceptable)
{
	zp_arena *a = zp_arena_open();
	zp_invented_figure g[ZP_INVENTED_FIGURES_MOST];
	const size_t n = zp_invented_figures(a, looks[2], g);
	cr_expect(says(of(g, n, "histogram"), "3 above"));
	cr_expect(says(of(g, n, "histogram-far"), "yours 9.90 →"));
	cr_expect(says(of(g, n, "history"), "not held") && says(of(g, n, "history"), "no result"));
	cr_expect(says(of(g, n, "history-gaps"), "not held"));
	cr_expect(says(of(g, n, "methods-many"), "more groups"));
	cr_expect(says(of(g, n, "answers-many"), "more answers") && says(of(g, n, "answers-many"), "yours"));
	cr_expect(says(of(g, n, "bias-unit"), "+3.90"));
	cr_expect(says(of(g, n, "youden-far"), "6.90 / 15.30"));
	cr_expect(says(of(g, n, "nothing-dots"), "no results"));
	/* Shape as well as tone: a diamond where a dot is acceptable. */
	cr_expect(has(of(g, n, "bias"), ZP_MARK_DIAMOND, ZP_TONE_ALERT) && !has(of(g, n, "bias"), ZP_MARK_DOT, ZP_TONE_ALERT));
	cr_expect(has(of(g, n, "history"), ZP_MARK_DIAMOND, ZP_TONE_ALERT) && !has(of(g, n, "history"), ZP_MARK_DOT, ZP_TONE_ALERT));
	cr_expect(has(of(g, n, "strip"), ZP_MARK_DIAMOND, ZP_TONE_ALERT) && has(of(g, n, "strip"), ZP_MARK_CROSS, ZP_TONE_ALERT));
	zp_arena_close(a);
}

/* A circle of values is an ellipse on the sheet with the axes' own scales; a quarter turn swaps its axes. */
Test(draw, the_ellipse_is_that_of_the_values_on_the_sheet)
{
	zp_arena *a = zp_arena_open();
	zp_youden_cells c = { .from_a = 0, .width_a = 1, .from_b = 0, .width_b = 2 };
	c.counts[1][1] = 1;
	for (int turned = 0; turned < 2; turned++) {
		const zp_youden_plot p = { { "x", "x", "", "1", 0 }, "2", &c, 18, 36, turned ? 8 : 4, turned ? 4 : 8, turned ? 90 : 0, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, false, 1 };
		const zp_figure *f = zp_plot_youden(a, &p, looks[2]);
		const zp_drawn *e = NULL;
		float left = 1e6f, right = 0;
		for (size_t i = 0; i < f->n; i++) {
			if (f->marks[i].kind == ZP_MARK_ELLIPSE)
				e = &f->marks[i];
			if (f->marks[i].kind == ZP_MARK_PATH && f->marks[i].tone == ZP_TONE_GRID)
				left = f->marks[i].points[0].x, right = f->marks[i].points[1].x;
		}
		cr_assert(e);
		/* 4 of 36 values of a across, 8 of 72 values of b: a ninth of the square, both ways. */
		cr_assert_float_eq(e->w, (right - left) / 9, 0.02);
		cr_assert_float_eq(e->h, (right - left) / 9, 0.02);
	}
	zp_arena_close(a);
}

Test(draw, the_same_numbers_give_the_same_marks)
{
	zp_arena *a = zp_arena_open();
	zp_invented_figure one[ZP_INVENTED_FIGURES_MOST], two[ZP_INVENTED_FIGURES_MOST];
	const size_t n = zp_invented_figures(a, looks[0], one);
	cr_assert_eq(zp_invented_figures(a, looks[0], two), n);
	for (size_t i = 0; i < n; i++) {
		cr_assert_eq(one[i].figure->n, two[i].figure->n, "%s", one[i].name);
		for (size_t k = 0; k < one[i].figure->n; k++)
			cr_assert(memcmp(&one[i].figure->marks[k].x, &two[i].figure->marks[k].x, 6 * sizeof(float)) == 0, "%s", one[i].name);
	}
	zp_arena_close(a);
}

Test(draw, kinds_are_found_by_their_words)
{
	for (zp_figure_kind k = 0; k < ZP_FIGURE_KINDS; k++)
		cr_assert(zp_figure_find(zp_figure_word(k)) == k && *zp_figure_says(k, true) && *zp_figure_says(k, false));
	cr_assert_eq(zp_figure_find("pie"), ZP_FIGURE_KINDS);
}

/* Fonts are cut to it: a word that is not in it could not be printed. */
Test(draw, the_characters_of_figures_are_told)
{
	zp_arena *a = zp_arena_open();
	const char *all = zp_plot_characters(a);
	for (int w = 0; w < ZP_PLOT_WORDS; w++) {
		const char *text = zp_plot_says((zp_plot_word)w, ZP_BOTH_TONGUES);
		for (size_t i = 0, length; i < strlen(text); i += length) {
			uint32_t c = 0;
			length = zp_utf8_at(text + i, strlen(text) - i, &c);
			if (c > 0x7E)
				cr_assert(strstr(all, zp_arena_text(a, text + i, length)), "%s", text);
		}
	}
	zp_arena_close(a);
}

/* ---- numbers that nobody would send, in every place ---- */

static double odd(uint32_t *state)
{
	static const double pool[] = { NAN, NAN, 0, -0.0, 1, -1, 5.2, 5.21, 5.3, 100, -100, 1e-300, -1e-300, 1e149, -1e149, 1e151, INFINITY, -INFINITY, 1e-12, 3e9, 0.1, 99.99 };
	*state = *state * 1664525u + 1013904223u;
	return pool[(*state >> 12) % (sizeof pool / sizeof pool[0])];
}

static bool flip(uint32_t *state)
{
	*state = *state * 1664525u + 1013904223u;
	return *state >> 31;
}

static const zp_figure *odd_figure(zp_arena *a, zp_figure_kind k, zp_plot_look look, uint32_t *s)
{
	static const zp_plot_of of = { "钾", "potassium", "mmol/L", "1", 2 };
	const size_t n = 1 + (size_t)(*s >> 8) % 7;
	double x[8], y[8];
	bool alert[8];
	for (size_t i = 0; i < 8; i++) {
		x[i] = odd(s), y[i] = odd(s), alert[i] = flip(s);
	}
	if (k == ZP_FIGURE_HISTOGRAM) {
		size_t m = 0;
		for (size_t i = 0; i < n; i++)
			if (!isnan(x[i]))
				x[m++] = x[i];
		sort(a, x, m);
		const zp_bins b = zp_bins_of(a, x, m, x, m / 2, odd(s), odd(s), odd(s), 20);
		cr_assert_eq(sum(b.all, b.n) + b.all_below + b.all_above, m);
		return zp_plot_histogram(a, &(zp_histogram){ of, b, odd(s), odd(s), odd(s), odd(s), flip(s), (uint32_t)m, (uint32_t)m / 2 }, look);
	}
	if (k == ZP_FIGURE_BIAS) {
		zp_bias_point *p = zp_take(a, zp_bias_point, n);
		for (size_t i = 0; i < n; i++)
			p[i] = (zp_bias_point){ "S1", x[i], odd(s), odd(s), y[i], alert[i] };
		return zp_plot_bias(a, &(zp_bias){ of, p, n, flip(s), odd(s), odd(s) }, look);
	}
	if (k == ZP_FIGURE_HISTORY) {
		const zp_history_round r[] = { { "1", x, alert, n, true }, { "2", NULL, NULL, 0, false }, { "3", y, flip(s) ? alert : NULL, n, true } };
		return zp_plot_history(a, &(zp_history){ .of = of, .rounds = r, .n = 3, .sdi = flip(s), .pass = flip(s) ? 80 : 0 }, look);
	}
	if (k == ZP_FIGURE_YOUDEN) {
		zp_youden_cells *c = zp_take(a, zp_youden_cells, 1);
		*c = (zp_youden_cells){ .from_a = odd(s), .width_a = odd(s), .from_b = odd(s), .width_b = odd(s) };
		c->counts[n][n] = 3;
		const zp_youden_plot p = { of, "2", c, odd(s), odd(s), odd(s), odd(s), odd(s), odd(s), odd(s), odd(s), odd(s), odd(s), odd(s), odd(s), odd(s), flip(s), 3 };
		return zp_plot_youden(a, &p, look);
	}
	if (k == ZP_FIGURE_METHODS) {
		zp_method_row *r = zp_take(a, zp_method_row, n);
		for (size_t i = 0; i < n; i++)
			r[i] = (zp_method_row){ "方法", 3, odd(s), odd(s), odd(s), odd(s), odd(s), odd(s), flip(s) };
		return zp_plot_methods(a, &(zp_methods){ of, r, n, odd(s), odd(s), odd(s), odd(s), flip(s) }, look);
	}
	if (k == ZP_FIGURE_DOTS) {
		zp_lab_dot *d = zp_take(a, zp_lab_dot, n);
		for (size_t i = 0; i < n; i++)
			d[i] = (zp_lab_dot){ "L1", NULL, x[i], (uint8_t)i, alert[i] };
		return zp_plot_dots(a, &(zp_dots){ .of = of, .at = d, .n = n }, look);
	}
	if (k == ZP_FIGURE_RANKS) {
		zp_rank_bar *b = zp_take(a, zp_rank_bar, n);
		for (size_t i = 0; i < n; i++)
			b[i] = (zp_rank_bar){ "甲", x[i], y[i], odd(s), 1, 1, NULL };
		return zp_plot_ranks(a, &(zp_ranks_plot){ "题", "title", b, n, odd(s) }, look);
	}
	zp_strip_bar *b = zp_take(a, zp_strip_bar, n);
	for (size_t i = 0; i < n; i++)
		b[i] = (zp_strip_bar){ x[i], alert[i], flip(s) };
	return zp_plot_strip(a, &(zp_strip_plot){ b, n }, look);
}

Test(draw, odd_numbers_in_any_place_make_no_mark_leave_the_sheet, .timeout = 120)
{
	for (uint32_t seed = 1; seed <= 4000; seed++) {
		zp_arena *a = zp_arena_open();
		uint32_t state = seed * 2654435761u;
		const zp_figure_kind k = (zp_figure_kind)(seed % ZP_FIGURE_KINDS);
		const zp_plot_look look = looks[seed % (sizeof looks / sizeof looks[0])];
		const zp_invented_figure f = { zp_arena_print(a, "%s, seed %u", zp_figure_word(k), seed), odd_figure(a, k == ZP_FIGURE_ANSWERS ? ZP_FIGURE_BIAS : k, look, &state) };
		marks_are_inside(&f, &look);
		words_are_apart(&f, &look);
		zp_arena_close(a);
	}
}
