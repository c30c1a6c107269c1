/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The samples by concentration: how far each result lies from its target, and how far it may. */
#include <math.h>
#include "base/width.h"
#include "draw/axis.h"

typedef struct zp_bias_draft {
	zp_sketch s;
	const zp_bias *b;
	zp_axis x, y;
	zp_area area;
	size_t since; /* marks that labels keep clear of */
} zp_bias_draft;

/* A distance from the target, in the unit of the y axis; NAN where there is none. */
static double apart(const zp_bias *b, const zp_bias_point *p, double value)
{
	if (!zp_is_there(p->x_pt) || !zp_is_there(value) || (b->percent && fabs(p->x_pt) < 1e-100))
		return NAN;
	const double d = b->percent ? 100 * (value - p->x_pt) / fabs(p->x_pt) : value - p->x_pt;
	return zp_is_there(d) ? d : NAN;
}

static double widen(double most, double v)
{
	return fabs(v) > most ? fabs(v) : most;
}

/* How far the y axis reaches: the band whole, and points up to two and a half times as far. */
static double reach(const zp_bias *b)
{
	double band = 0, points = 0;
	for (size_t i = 0; i < b->n; i++) {
		band = widen(widen(band, apart(b, &b->points[i], b->points[i].low)), apart(b, &b->points[i], b->points[i].high));
		points = widen(points, apart(b, &b->points[i], b->points[i].value));
	}
	if (band > 0)
		return fmax(band, fmin(points, 2.5 * band)) * 1.12;
	return points > 0 ? points * 1.12 : 1;
}

/* The outline of what is allowed: from bound to bound, straight between the samples, level beyond them; the upper half first. */
static zp_dot *band(zp_bias_draft *d, size_t *count)
{
	zp_dot *ring = zp_take(d->s.arena, zp_dot, 2 * d->b->n + 4);
	size_t n = 0;
	for (int side = 0; side < 2; side++) {
		double last = NAN;
		for (size_t k = 0; k < d->b->n; k++) {
			const zp_bias_point *p = &d->b->points[side ? d->b->n - 1 - k : k];
			const double low = apart(d->b, p, p->low), high = apart(d->b, p, p->high);
			if (isnan(low) || isnan(high))
				continue;
			const double v = side ? low : high;
			if (isnan(last))
				ring[n++] = (zp_dot){ side ? d->area.right : d->area.left, zp_axis_at(&d->y, v) };
			ring[n++] = (zp_dot){ zp_axis_at(&d->x, p->x_pt), zp_axis_at(&d->y, v) };
			last = v;
		}
		if (!isnan(last))
			ring[n++] = (zp_dot){ side ? d->area.left : d->area.right, zp_axis_at(&d->y, last) };
	}
	*count = n;
	return ring;
}

static void edges(zp_bias_draft *d, const zp_dot *ring, size_t n)
{
	zp_sketch_path(&d->s, (zp_drawn){ .tone = ZP_TONE_TARGET, .thick = 0.6f, .dashed = true }, ring, n / 2);
	zp_sketch_path(&d->s, (zp_drawn){ .tone = ZP_TONE_TARGET, .thick = 0.6f, .dashed = true }, ring + n / 2, n / 2);
}

#define FIT_POINTS 33

/* Only as far as it lies on the sheet. */
static void fit(zp_bias_draft *d)
{
	if (!zp_is_there(d->b->fit_a) || !zp_is_there(d->b->fit_b))
		return;
	double from = d->b->points[0].x_pt, to = d->b->points[d->b->n - 1].x_pt;
	zp_dot at[FIT_POINTS];
	size_t n = 0;
	for (size_t i = 0; i < FIT_POINTS; i++) {
		const double x = from + (to - from) * (double)i / (FIT_POINTS - 1);
		double bias = d->b->fit_a + d->b->fit_b * x;
		if (d->b->percent)
			bias = fabs(x) > 1e-100 ? 100 * bias / fabs(x) : NAN;
		if (zp_axis_holds(&d->y, bias))
			at[n++] = (zp_dot){ zp_axis_at(&d->x, x), zp_axis_at(&d->y, bias) };
	}
	if (!d->b->percent && n > 2) { /* a straight line has two ends */
		at[1] = at[n - 1];
		n = 2;
	}
	zp_sketch_path(&d->s, (zp_drawn){ .tone = ZP_TONE_QUIET, .thick = 1, .dashed = false }, at, n);
}

static const char *point_says(const zp_bias_draft *d, const zp_bias_point *p, double bias)
{
	zp_arena *a = d->s.arena;
	const int places = d->b->of.places;
	const char *bias_says = d->b->percent ? zp_arena_print(a, "%s %%", zp_signed_says(a, bias, 1)) : zp_signed_says(a, bias, places);
	const bool en = d->s.look.tongue == ZP_ENGLISH;
	return zp_arena_print(a, en ? "%s: %s, target %s, bias %s%s" : "%s：%s，靶值 %s，偏倚 %s%s", p->sample, zp_number_says(a, p->value, places), zp_number_says(a, p->x_pt, places),
			      bias_says, p->alert ? (en ? ", not acceptable" : "，不可接受") : "");
}

/* A dot, a diamond when it is not acceptable; beyond the sheet a triangle at its edge. */
static void mark(zp_bias_draft *d, const zp_bias_point *p)
{
	const double bias = apart(d->b, p, p->value);
	if (isnan(bias))
		return;
	const float x = zp_axis_at(&d->x, p->x_pt), y = zp_axis_at(&d->y, bias), wide = 0.8f * d->s.size;
	zp_drawn m = { .tone = p->alert ? ZP_TONE_ALERT : ZP_TONE_SELF, .kind = p->alert ? ZP_MARK_DIAMOND : ZP_MARK_DOT, .x = x, .y = y, .w = p->alert ? 1.25f * wide : wide };
	if (!zp_axis_holds(&d->y, bias)) { /* an arrow that points to where it is */
		const float way = bias > 0 ? 1 : -1, h = 0.6f * wide;
		m.says = point_says(d, p, bias);
		m.closed = true;
		zp_sketch_path(&d->s, m, (zp_dot[]){ { x, y }, { x - h, y + way * 2 * h }, { x + h, y + way * 2 * h } }, 3);
		return;
	}
	m.says = point_says(d, p, bias);
	zp_sketch_put(&d->s, m);
}

/* The sample's name where there is room around its point; with the bias where it lies beyond the sheet. */
static void name(zp_bias_draft *d, const zp_bias_point *p)
{
	const double bias = apart(d->b, p, p->value);
	if (isnan(bias))
		return;
	const bool inside = zp_axis_holds(&d->y, bias);
	const char *text = p->sample;
	if (!inside)
		text = zp_arena_print(d->s.arena, d->b->percent ? "%s %s%%" : "%s %s", text, zp_signed_says(d->s.arena, bias, d->b->percent ? 0 : d->b->of.places));
	const float x = zp_axis_at(&d->x, p->x_pt), s = d->s.size, way = bias >= 0 ? -1 : 1;
	const float y = zp_axis_at(&d->y, bias) - (inside ? 0 : way * 0.6f * s); /* of an arrow, its middle */
	const float mid = 0.35f * s, gap = 0.8f * s;
	const struct { float x, y; zp_anchor anchor; } tries[] = {
		{ x, way < 0 ? y - 0.7f * s : y + 1.4f * s, ZP_AT_MIDDLE }, { x + gap, y + mid, ZP_AT_LEFT }, { x - gap, y + mid, ZP_AT_RIGHT },
		{ x, way < 0 ? y + 1.4f * s : y - 0.7f * s, ZP_AT_MIDDLE }, { x + gap, y - 0.7f * s, ZP_AT_LEFT }, { x - gap, y - 0.7f * s, ZP_AT_RIGHT },
		{ x + gap, y + 1.4f * s, ZP_AT_LEFT }, { x - gap, y + 1.4f * s, ZP_AT_RIGHT } };
	const size_t n = sizeof tries / sizeof tries[0];
	for (size_t k = 0; k < 2 * n; k++) { /* first where no line runs through it */
		const size_t i = k % n;
		zp_drawn t = { .kind = ZP_MARK_TEXT, .tone = p->alert ? ZP_TONE_ALERT : ZP_TONE_INK, .bold = p->alert, .x = tries[i].x, .y = tries[i].y, .h = s, .anchor = tries[i].anchor, .text = text };
		const zp_area where = zp_sketch_where(&d->s, &t);
		if (k < n && zp_sketch_is_crossed(&d->s, where))
			continue;
		if (where.top < d->area.top || where.bottom > d->area.bottom || where.left < d->area.left || !zp_sketch_is_free(&d->s, where, d->since))
			continue;
		zp_sketch_put(&d->s, t);
		return;
	}
}

static const char *in_a_sentence(const zp_bias_draft *d)
{
	const bool en = d->s.look.tongue == ZP_ENGLISH;
	const char *says = zp_arena_print(d->s.arena, en ? "%s: bias of the samples" : "%s：各样本的偏倚", zp_sketch_quantity(&d->s, &d->b->of));
	size_t n = 0;
	for (size_t i = 0; i < d->b->n; i++) {
		const double bias = apart(d->b, &d->b->points[i], d->b->points[i].value);
		if (!isnan(bias))
			says = zp_arena_print(d->s.arena, "%s%s%s", says, n++ ? (en ? "; " : "；") : " ", point_says(d, &d->b->points[i], bias));
	}
	return zp_arena_print(d->s.arena, en ? "%s." : "%s。", says);
}

/* From the first to the last target, with air. Gives: false without any. */
static bool across(const zp_bias *b, double *from, double *to)
{
	bool any = false;
	*from = *to = 0;
	for (size_t i = 0; i < b->n; i++) {
		const zp_bias_point *p = &b->points[i];
		if (isnan(apart(b, p, p->value)) && (isnan(apart(b, p, p->low)) || isnan(apart(b, p, p->high))))
			continue;
		*from = any ? fmin(*from, p->x_pt) : p->x_pt;
		*to = any ? fmax(*to, p->x_pt) : p->x_pt;
		any = true;
	}
	const double air = *to > *from ? 0.07 * (*to - *from) : 0.1 * fabs(*to);
	if (*from > 0 && *from < 0.35 * (*to - *from)) /* near zero: begin there */
		*from = 0;
	else
		*from -= air;
	*to += air;
	return any;
}

const zp_figure *zp_plot_bias(zp_arena *arena, const zp_bias *b, zp_plot_look look)
{
	zp_bias_draft d = { .s = zp_sketch_open(arena, look), .b = b };
	const char *title = zp_sketch_title(&d.s, &b->of, ZP_FIGURE_BIAS);
	double from, to;
	if (!across(b, &from, &to))
		return zp_sketch_nothing(&d.s, title, zp_sketch_says(&d.s, ZP_SAY_NO_POINT));
	const float size = d.s.size;
	const double most = reach(b);
	d.area = (zp_area){ 0, 2.4f * size, d.s.look.width - 0.9f * size, d.s.look.height - zp_axis_high(&d.s) };
	d.y = zp_axis_over(-most, most, d.area.bottom, d.area.top, (size_t)((d.area.bottom - d.area.top) / (2.6f * size)));
	d.area.left = zp_axis_width(&d.s, &d.y) + 4;
	d.x = zp_axis_over(from, to, d.area.left, d.area.right, (size_t)((d.area.right - d.area.left) / (4 * size)));
	size_t n;
	const zp_dot *ring = band(&d, &n);
	zp_sketch_path(&d.s, (zp_drawn){ .tone = ZP_TONE_BAND, .closed = true }, ring, n);
	const char *unit = b->percent ? "%" : b->of.unit;
	zp_axis_beside(&d.s, &d.y, d.area, *unit ? zp_arena_print(arena, "%s (%s)", zp_sketch_says(&d.s, ZP_SAY_BIAS), unit) : zp_sketch_says(&d.s, ZP_SAY_BIAS), true);
	edges(&d, ring, n); /* after the grid, which may have a line there */
	zp_sketch_line(&d.s, ZP_TONE_TARGET, 1, false, (zp_dot){ d.area.left, zp_axis_at(&d.y, 0) }, (zp_dot){ d.area.right, zp_axis_at(&d.y, 0) });
	zp_axis_below(&d.s, &d.x, d.area, zp_arena_print(arena, "%s%s%s", zp_sketch_says(&d.s, ZP_SAY_TARGET_OF), *b->of.unit ? " " : "", *b->of.unit ? zp_arena_print(arena, "(%s)", b->of.unit) : ""));
	fit(&d);
	d.since = d.s.n;
	for (size_t i = 0; i < b->n; i++)
		mark(&d, &b->points[i]);
	for (size_t i = 0; i < b->n; i++)
		name(&d, &b->points[i]);
	return zp_sketch_close(&d.s, title, in_a_sentence(&d));
}
