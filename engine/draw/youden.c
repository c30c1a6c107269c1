/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two samples against each other: everybody in cells of a grid, the peers' ellipse, what is allowed, and the laboratory's own place. */
#include <math.h>
#include "base/width.h"
#include "draw/axis.h"

#define PI 3.14159265358979323846
#define SHADES 5     /* of cells; few, so that cells of a shade are painted in one go */
#define RING 96      /* points of an ellipse that does not fit */

typedef struct zp_youden_draft {
	zp_sketch s;
	const zp_youden_plot *p;
	zp_axis x, y;
	zp_area area;
	unsigned most;      /* in a cell */
} zp_youden_draft;

static bool has_ellipse(const zp_youden_plot *p)
{
	return zp_is_there(p->centre_a) && zp_is_there(p->centre_b) && zp_is_there(p->semi_major) && zp_is_there(p->semi_minor) && zp_is_there(p->angle);
}

/* How far an ellipse reaches from its middle. */
static double reach(const zp_youden_plot *p, bool b)
{
	const double c = cos(p->angle * PI / 180), s = sin(p->angle * PI / 180);
	return b ? hypot(p->semi_major * s, p->semi_minor * c) : hypot(p->semi_major * c, p->semi_minor * s);
}

/* The grid, and around it the ellipse and what is allowed, unless they are much larger. */
static bool extent(const zp_youden_plot *p, bool b, double *from, double *to)
{
	const double width = b ? p->cells->width_b : p->cells->width_a, grid = width * ZP_YOUDEN_CELLS;
	*from = b ? p->cells->from_b : p->cells->from_a;
	if (!zp_is_there(*from) || !zp_is_there(grid) || !(grid > 0))
		return false;
	*to = *from + grid;
	const double low = b ? p->low_b : p->low_a, high = b ? p->high_b : p->high_a, least = *from - 0.5 * grid, most = *to + 0.5 * grid;
	if (zp_is_there(low) && zp_is_there(high)) {
		*from = fmin(*from, fmax(low, least));
		*to = fmax(*to, fmin(high, most));
	}
	if (has_ellipse(p)) {
		const double centre = b ? p->centre_b : p->centre_a;
		*from = fmin(*from, fmax(centre - reach(p, b), least));
		*to = fmax(*to, fmin(centre + reach(p, b), most));
	}
	return true;
}

/* 1 to SHADES; 0: nobody is in it. */
static unsigned shade_of(const zp_youden_draft *d, unsigned n)
{
	return n ? (unsigned)ceil(SHADES * sqrt((double)n / d->most)) : 0;
}

/* Cells by shade: the more laboratories, the darker. Neighbours of a shade are one box. */
static void cells(zp_youden_draft *d)
{
	const zp_youden_cells *c = d->p->cells;
	for (unsigned shade = 1; shade <= SHADES && d->most; shade++) {
		for (size_t b = 0; b < ZP_YOUDEN_CELLS; b++) {
			for (size_t a = 0, end; a < ZP_YOUDEN_CELLS; a = end) {
				for (end = a; end < ZP_YOUDEN_CELLS && shade_of(d, c->counts[b][end]) == shade; end++)
					;
				if (end == a) {
					end++;
					continue;
				}
				const double vb = c->from_b + c->width_b * (double)b;
				const float left = zp_axis_at(&d->x, c->from_a + c->width_a * (double)a), right = zp_axis_at(&d->x, c->from_a + c->width_a * (double)end);
				const float low = zp_axis_at(&d->y, vb), high = zp_axis_at(&d->y, vb + c->width_b);
				zp_sketch_put(&d->s, (zp_drawn){ .kind = ZP_MARK_BOX, .tone = ZP_TONE_PEERS, .x = left, .y = high, .w = right - left, .h = low - high,
								 .strength = 0.25f + 0.75f * (float)shade / SHADES });
			}
		}
	}
}

static void allowed(zp_youden_draft *d)
{
	const zp_youden_plot *p = d->p;
	if (!zp_is_there(p->low_a) || !zp_is_there(p->high_a) || !zp_is_there(p->low_b) || !zp_is_there(p->high_b))
		return;
	const zp_area a = { zp_axis_at(&d->x, p->low_a), zp_axis_at(&d->y, p->high_b), zp_axis_at(&d->x, p->high_a), zp_axis_at(&d->y, p->low_b) };
	zp_sketch_box(&d->s, ZP_TONE_BAND, a);
}

static void allowed_edge(zp_youden_draft *d)
{
	const zp_youden_plot *p = d->p;
	const double a[] = { p->low_a, p->high_a }, b[] = { p->low_b, p->high_b };
	if (!zp_is_there(a[0]) || !zp_is_there(a[1]) || !zp_is_there(b[0]) || !zp_is_there(b[1]))
		return;
	for (size_t i = 0; i < 2; i++) {
		if (zp_axis_holds(&d->x, a[i]))
			zp_sketch_line(&d->s, ZP_TONE_TARGET, 0.7f, true, (zp_dot){ zp_axis_at(&d->x, a[i]), zp_axis_at(&d->y, b[0]) }, (zp_dot){ zp_axis_at(&d->x, a[i]), zp_axis_at(&d->y, b[1]) });
		if (zp_axis_holds(&d->y, b[i]))
			zp_sketch_line(&d->s, ZP_TONE_TARGET, 0.7f, true, (zp_dot){ zp_axis_at(&d->x, a[0]), zp_axis_at(&d->y, b[i]) }, (zp_dot){ zp_axis_at(&d->x, a[1]), zp_axis_at(&d->y, b[i]) });
	}
}

static void target(zp_youden_draft *d)
{
	if (zp_is_there(d->p->x_pt_a) && zp_axis_holds(&d->x, d->p->x_pt_a))
		zp_sketch_line(&d->s, ZP_TONE_TARGET, 0.7f, false, (zp_dot){ zp_axis_at(&d->x, d->p->x_pt_a), d->area.top }, (zp_dot){ zp_axis_at(&d->x, d->p->x_pt_a), d->area.bottom });
	if (zp_is_there(d->p->x_pt_b) && zp_axis_holds(&d->y, d->p->x_pt_b))
		zp_sketch_line(&d->s, ZP_TONE_TARGET, 0.7f, false, (zp_dot){ d->area.left, zp_axis_at(&d->y, d->p->x_pt_b) }, (zp_dot){ d->area.right, zp_axis_at(&d->y, d->p->x_pt_b) });
}

/* Where it leaves the sheet, the ring is open. */
static void open_ring(zp_youden_draft *d)
{
	const zp_youden_plot *p = d->p;
	const double c = cos(p->angle * PI / 180), s = sin(p->angle * PI / 180);
	zp_dot at[RING + 1];
	size_t n = 0;
	const zp_drawn line = { .tone = ZP_TONE_INK, .thick = 0.8f };
	for (size_t i = 0; i <= RING; i++) {
		const double t = 2 * PI * (double)i / RING, u = p->semi_major * cos(t), v = p->semi_minor * sin(t);
		const double a = p->centre_a + u * c - v * s, b = p->centre_b + u * s + v * c;
		if (zp_axis_holds(&d->x, a) && zp_axis_holds(&d->y, b)) {
			at[n++] = (zp_dot){ zp_axis_at(&d->x, a), zp_axis_at(&d->y, b) };
			continue;
		}
		zp_sketch_path(&d->s, line, at, n);
		n = 0;
	}
	zp_sketch_path(&d->s, line, at, n);
}

/* Both axes have scales of their own, so the ellipse on the sheet is another than that of the values. */
static void ellipse(zp_youden_draft *d)
{
	const zp_youden_plot *p = d->p;
	if (!has_ellipse(p))
		return;
	const double ra = reach(p, false), rb = reach(p, true);
	if (!zp_axis_holds(&d->x, p->centre_a - ra) || !zp_axis_holds(&d->x, p->centre_a + ra) || !zp_axis_holds(&d->y, p->centre_b - rb) || !zp_axis_holds(&d->y, p->centre_b + rb)) {
		open_ring(d);
		return;
	}
	const double sx = (double)(d->x.until - d->x.at) / (d->x.to - d->x.from), sy = (double)(d->y.until - d->y.at) / (d->y.to - d->y.from);
	const double c = cos(p->angle * PI / 180), s = sin(p->angle * PI / 180);
	/* The matrix that makes the ellipse of the unit circle; its square has the axes. */
	const double m11 = sx * p->semi_major * c, m12 = -sx * p->semi_minor * s, m21 = sy * p->semi_major * s, m22 = sy * p->semi_minor * c;
	const double a = m11 * m11 + m12 * m12, b = m11 * m21 + m12 * m22, e = m21 * m21 + m22 * m22;
	const double half = hypot((a - e) / 2, b), major = sqrt((a + e) / 2 + half), minor = sqrt(fmax((a + e) / 2 - half, 0));
	zp_sketch_put(&d->s, (zp_drawn){ .kind = ZP_MARK_ELLIPSE, .tone = ZP_TONE_INK, .outline = true, .thick = 0.8f, .x = zp_axis_at(&d->x, p->centre_a), .y = zp_axis_at(&d->y, p->centre_b),
					 .w = (float)major, .h = (float)minor, .turn = (float)(atan2(2 * b, a - e) / 2 * 180 / PI) });
}

static void self(zp_youden_draft *d)
{
	const zp_youden_plot *p = d->p;
	if (!zp_is_there(p->self_a) || !zp_is_there(p->self_b))
		return;
	const zp_tone tone = p->alert ? ZP_TONE_ALERT : ZP_TONE_SELF;
	const float x = zp_axis_at(&d->x, p->self_a), y = zp_axis_at(&d->y, p->self_b), wide = 1.2f * d->s.size;
	zp_sketch_put(&d->s, (zp_drawn){ .kind = ZP_MARK_DIAMOND, .tone = ZP_TONE_PAPER, .x = x, .y = y, .w = 1.4f * wide });
	zp_drawn *m = zp_sketch_put(&d->s, (zp_drawn){ .kind = ZP_MARK_DIAMOND, .tone = tone, .x = x, .y = y, .w = wide });
	m->says = zp_arena_print(d->s.arena, "%s %s / %s", zp_sketch_says(&d->s, ZP_SAY_OWN), zp_number_says(d->s.arena, p->self_a, p->of.places), zp_number_says(d->s.arena, p->self_b, p->of.places));
	if (p->alert)
		zp_sketch_put(&d->s, (zp_drawn){ .kind = ZP_MARK_DIAMOND, .tone = ZP_TONE_PAPER, .x = x, .y = y, .w = 0.45f * wide });
	if (zp_axis_holds(&d->x, p->self_a) && zp_axis_holds(&d->y, p->self_b))
		return;
	/* Beyond the sheet: at its edge, with its values. */
	const char *both = zp_arena_print(d->s.arena, "%s / %s", zp_number_says(d->s.arena, p->self_a, p->of.places), zp_number_says(d->s.arena, p->self_b, p->of.places));
	const bool left = x > (d->area.left + d->area.right) / 2, low = y < (d->area.top + d->area.bottom) / 2;
	zp_sketch_text(&d->s, (zp_drawn){ .tone = tone, .bold = true, .x = left ? x - 0.8f * wide : x + 0.8f * wide, .y = low ? y + 1.5f * d->s.size : y - 0.8f * d->s.size,
				      .anchor = left ? ZP_AT_RIGHT : ZP_AT_LEFT }, both);
}

/* To the right of the square, where there is room for it. */
static void keys(zp_youden_draft *d)
{
	const zp_youden_plot *p = d->p;
	zp_sketch *s = &d->s;
	const float x = d->area.right + 1.2f * s->size, step = 1.5f * s->size;
	float y = d->area.top + s->size;
	if (s->look.width - x < 5 * s->size)
		return;
	if (zp_is_there(p->self_a) && zp_is_there(p->self_b)) {
		zp_sketch_key(s, x, y, (zp_drawn){ .kind = ZP_MARK_DIAMOND, .tone = p->alert ? ZP_TONE_ALERT : ZP_TONE_SELF }, zp_sketch_says(s, ZP_SAY_OWN));
		y += step;
	}
	if (p->n) {
		zp_sketch_key(s, x, y, (zp_drawn){ .kind = ZP_MARK_BOX, .tone = ZP_TONE_PEERS, .strength = 0.55f }, zp_arena_print(s->arena, "%s %u", zp_sketch_says(s, ZP_SAY_PEERS), p->n));
		y += step;
	}
	if (has_ellipse(p)) {
		zp_sketch_key(s, x, y, (zp_drawn){ .kind = ZP_MARK_PATH, .tone = ZP_TONE_INK }, zp_sketch_says(s, ZP_SAY_ELLIPSE));
		y += step;
	}
	if (zp_is_there(p->low_a) && zp_is_there(p->low_b)) {
		zp_sketch_key(s, x, y, (zp_drawn){ .kind = ZP_MARK_BOX, .tone = ZP_TONE_BAND }, zp_sketch_says(s, ZP_SAY_LIMITS));
		y += step;
	}
	if (p->cells->outside)
		zp_sketch_word(s, x, y, ZP_AT_LEFT, zp_arena_print(s->arena, "%u %s", p->cells->outside, zp_sketch_says(s, ZP_SAY_OUTSIDE)));
}

static const char *in_a_sentence(const zp_youden_draft *d)
{
	const zp_youden_plot *p = d->p;
	const bool en = d->s.look.tongue == ZP_ENGLISH;
	zp_arena *a = d->s.arena;
	const char *says = zp_arena_print(a, en ? "%s, samples %s and %s: %u peers" : "%s，样本 %s 与 %s：同组 %u 家", zp_sketch_quantity(&d->s, &p->of), p->of.sample, p->sample_b, p->n);
	if (zp_is_there(p->self_a) && zp_is_there(p->self_b))
		says = zp_arena_print(a, en ? "%s; yours %s and %s, %s" : "%s；本室 %s 与 %s，%s", says, zp_number_says(a, p->self_a, p->of.places), zp_number_says(a, p->self_b, p->of.places),
				      zp_plot_says(p->alert ? ZP_SAY_ALERT : ZP_SAY_RIGHT, d->s.look.tongue));
	return zp_arena_print(a, en ? "%s." : "%s。", says);
}

static const char *axis_of(const zp_sketch *s, const char *sample, const char *unit)
{
	const char *name = s->look.tongue == ZP_ENGLISH ? zp_arena_print(s->arena, "%s %s", zp_plot_says(ZP_SAY_SAMPLE, ZP_ENGLISH), sample) :
							 zp_arena_print(s->arena, "%s %s", zp_plot_says(ZP_SAY_SAMPLE, ZP_CHINESE), sample);
	return *unit ? zp_arena_print(s->arena, "%s (%s)", name, unit) : name;
}

const zp_figure *zp_plot_youden(zp_arena *arena, const zp_youden_plot *p, zp_plot_look look)
{
	zp_youden_draft d = { .s = zp_sketch_open(arena, look), .p = p };
	zp_plot_of both = p->of;
	both.sample = zp_arena_print(arena, "%s%s%s", both.sample, *both.sample ? " / " : "", p->sample_b);
	const char *title = zp_sketch_title(&d.s, &both, ZP_FIGURE_YOUDEN);
	double from_a = 0, to_a = 0, from_b = 0, to_b = 0;
	for (size_t b = 0; p->cells && b < ZP_YOUDEN_CELLS; b++)
		for (size_t a = 0; a < ZP_YOUDEN_CELLS; a++)
			d.most = p->cells->counts[b][a] > d.most ? p->cells->counts[b][a] : d.most;
	const bool own = zp_is_there(p->self_a) && zp_is_there(p->self_b);
	if (!p->cells || !extent(p, false, &from_a, &to_a) || !extent(p, true, &from_b, &to_b) || (!d.most && !own))
		return zp_sketch_nothing(&d.s, title, zp_sketch_says(&d.s, ZP_SAY_NOTHING));
	const float size = d.s.size;
	d.area = (zp_area){ 0, 2.4f * size, 0, d.s.look.height - zp_axis_high(&d.s) };
	const size_t ticks = (size_t)fmaxf((d.area.bottom - d.area.top) / (2.8f * size), 2);
	d.y = zp_axis_over(from_b, to_b, d.area.bottom, d.area.top, ticks);
	d.area.left = zp_axis_width(&d.s, &d.y) + 4;
	d.area.right = fminf(d.area.left + d.area.bottom - d.area.top, d.s.look.width - 0.9f * size);
	d.x = zp_axis_over(from_a, to_a, d.area.left, d.area.right, ticks);
	allowed(&d);
	zp_axis_beside(&d.s, &d.y, d.area, axis_of(&d.s, p->sample_b, p->of.unit), false);
	cells(&d);
	target(&d);
	allowed_edge(&d);
	ellipse(&d);
	zp_axis_below(&d.s, &d.x, d.area, axis_of(&d.s, p->of.sample, p->of.unit));
	keys(&d);
	self(&d);
	return zp_sketch_close(&d.s, title, in_a_sentence(&d));
}
