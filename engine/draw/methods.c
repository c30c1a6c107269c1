/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The groups of a sample beside each other, as boxes with whiskers. */
#include <math.h>
#include "draw/rows.h"

typedef struct zp_methods_draft {
	zp_sketch s;
	const zp_methods *m;
	const zp_method_row **rows; /* those that are shown */
	zp_rows list;
	zp_axis x;
	zp_area area;
} zp_methods_draft;

/* All in their order, or as many as fit: the own one and the largest. */
static void choose(zp_methods_draft *d)
{
	const zp_methods *m = d->m;
	bool *in = zp_take(d->s.arena, bool, m->n);
	for (size_t k = 0; k < d->list.shown; k++) {
		size_t best = m->n;
		for (size_t i = 0; i < m->n; i++)
			if (!in[i] && (best == m->n || (m->rows[i].own && !m->rows[best].own) || (m->rows[i].own == m->rows[best].own && m->rows[i].n > m->rows[best].n)))
				best = i;
		in[best] = true;
	}
	d->rows = zp_take(d->s.arena, const zp_method_row *, d->list.shown);
	for (size_t i = 0, k = 0; i < m->n; i++)
		if (in[i])
			d->rows[k++] = &m->rows[i];
}

/* Boxes whole, whiskers and the laboratory's own as far as three times the band, the band. */
static bool extent(const zp_methods_draft *d, double *from, double *to)
{
	const zp_methods *m = d->m;
	double low = INFINITY, high = -INFINITY, least = INFINITY, most = -INFINITY;
	for (size_t i = 0; i < d->list.shown; i++) {
		const zp_method_row *r = d->rows[i];
		const double whole[] = { r->median, r->q1, r->q3 }, reach[] = { r->least, r->most };
		for (size_t k = 0; k < 3; k++)
			if (zp_is_there(whole[k]))
				low = fmin(low, whole[k]), high = fmax(high, whole[k]);
		for (size_t k = 0; k < 2; k++)
			if (zp_is_there(reach[k]))
				least = fmin(least, reach[k]), most = fmax(most, reach[k]);
	}
	const double inner[] = { m->x_pt, m->low, m->high };
	for (size_t k = 0; k < 3 && low <= high; k++)
		if (zp_is_there(inner[k]))
			low = fmin(low, inner[k]), high = fmax(high, inner[k]);
	if (zp_is_there(m->self))
		least = fmin(least, m->self), most = fmax(most, m->self);
	if (!(low <= high))
		low = least, high = most;
	if (!(low <= high))
		return false;
	const double wide = high - low;
	*from = fmin(low, fmax(least, low - wide)) - 0.03 * wide;
	*to = fmax(high, fmin(most, high + wide)) + 0.03 * wide;
	return true;
}

static void band(zp_methods_draft *d)
{
	const double low = d->m->low, high = d->m->high;
	if (!zp_is_there(low) || !zp_is_there(high))
		return;
	const float left = zp_axis_at(&d->x, low), right = zp_axis_at(&d->x, high);
	zp_sketch_box(&d->s, ZP_TONE_BAND, (zp_area){ left, d->area.top, right, d->area.bottom });
	zp_sketch_line(&d->s, ZP_TONE_TARGET, 0.6f, true, (zp_dot){ left, d->area.top }, (zp_dot){ left, d->area.bottom });
	zp_sketch_line(&d->s, ZP_TONE_TARGET, 0.6f, true, (zp_dot){ right, d->area.top }, (zp_dot){ right, d->area.bottom });
}

static void whisker(zp_methods_draft *d, float y, float half, double end, double box)
{
	if (!zp_is_there(end) || !zp_is_there(box))
		return;
	const float x = zp_axis_at(&d->x, end);
	zp_sketch_line(&d->s, ZP_TONE_INK, 0.7f, false, (zp_dot){ x, y }, (zp_dot){ zp_axis_at(&d->x, box), y });
	if (zp_axis_holds(&d->x, end)) {
		zp_sketch_line(&d->s, ZP_TONE_INK, 0.7f, false, (zp_dot){ x, y - half }, (zp_dot){ x, y + half });
	} else { /* it goes on */
		const float way = end > d->x.to ? -1 : 1;
		zp_sketch_path(&d->s, (zp_drawn){ .tone = ZP_TONE_INK, .closed = true }, (zp_dot[]){ { x, y }, { x + way * 1.4f * half, y - half }, { x + way * 1.4f * half, y + half } }, 3);
	}
}

static void row(zp_methods_draft *d, size_t i)
{
	const zp_method_row *r = d->rows[i];
	const float y = zp_rows_middle(&d->list, i), half = fminf(0.32f * d->list.step, 0.75f * d->s.size);
	whisker(d, y, 0.5f * half, r->least, zp_is_there(r->q1) ? r->q1 : r->median);
	whisker(d, y, 0.5f * half, r->most, zp_is_there(r->q3) ? r->q3 : r->median);
	if (zp_is_there(r->q1) && zp_is_there(r->q3)) {
		const float left = zp_axis_at(&d->x, r->q1), right = fmaxf(zp_axis_at(&d->x, r->q3), left + 1);
		zp_drawn *box = zp_sketch_put(&d->s, (zp_drawn){ .kind = ZP_MARK_BOX, .tone = r->own ? ZP_TONE_PEERS : ZP_TONE_ALL, .x = left, .y = y - half, .w = right - left, .h = 2 * half });
		box->says = zp_arena_print(d->s.arena, "%s: n %u, %s (%s – %s)", r->name, r->n, zp_number_says(d->s.arena, r->median, d->m->of.places), zp_number_says(d->s.arena, r->q1, d->m->of.places),
					   zp_number_says(d->s.arena, r->q3, d->m->of.places));
	}
	if (zp_is_there(r->median)) {
		const float x = zp_axis_at(&d->x, r->median);
		zp_sketch_line(&d->s, ZP_TONE_INK, 1.3f, false, (zp_dot){ x, y - half }, (zp_dot){ x, y + half });
	}
	if (zp_is_there(r->x_pt) && zp_axis_holds(&d->x, r->x_pt))
		zp_sketch_put(&d->s, (zp_drawn){ .kind = ZP_MARK_DIAMOND, .tone = ZP_TONE_TARGET, .x = zp_axis_at(&d->x, r->x_pt), .y = y, .w = 0.75f * d->s.size });
	if (!r->own || !zp_is_there(d->m->self))
		return;
	const zp_tone tone = d->m->alert ? ZP_TONE_ALERT : ZP_TONE_SELF;
	const float x = zp_axis_at(&d->x, d->m->self), wide = 0.95f * d->s.size;
	zp_drawn *own = zp_sketch_put(&d->s, (zp_drawn){ .kind = ZP_MARK_TRIANGLE, .tone = tone, .x = x, .y = y, .w = wide });
	own->says = zp_arena_print(d->s.arena, "%s %s", zp_sketch_says(&d->s, ZP_SAY_OWN), zp_number_says(d->s.arena, d->m->self, d->m->of.places));
	if (d->m->alert)
		zp_sketch_put(&d->s, (zp_drawn){ .kind = ZP_MARK_TRIANGLE, .tone = ZP_TONE_PAPER, .x = x, .y = y - 0.22f * wide, .w = 0.5f * wide });
}

static const char *in_a_sentence(const zp_methods_draft *d)
{
	const bool en = d->s.look.tongue == ZP_ENGLISH;
	const char *says = zp_arena_print(d->s.arena, en ? "%s, sample %s, medians by group:" : "%s，样本 %s，各组中位数：", zp_sketch_quantity(&d->s, &d->m->of), d->m->of.sample);
	for (size_t i = 0; i < d->list.shown; i++)
		says = zp_arena_print(d->s.arena, en ? "%s%s %s %s (n %u)" : "%s%s%s %s（n %u）", says, i ? (en ? ";" : "；") : "", d->rows[i]->name,
				      zp_is_there(d->rows[i]->median) ? zp_number_says(d->s.arena, d->rows[i]->median, d->m->of.places) : "–", d->rows[i]->n);
	return zp_arena_print(d->s.arena, en ? "%s." : "%s。", says);
}

static void names(zp_methods_draft *d, float width, float numbers)
{
	for (size_t i = 0; i < d->list.shown; i++) {
		const zp_method_row *r = d->rows[i];
		zp_rows_name(&d->s, &d->list, i, width + 2, width, r->name, r->own);
		zp_sketch_word(&d->s, width + 2 + numbers, zp_rows_middle(&d->list, i) + 0.36f * d->s.size, ZP_AT_RIGHT, zp_arena_print(d->s.arena, "%u", r->n));
	}
	if (d->list.shown < d->m->n)
		zp_sketch_word(&d->s, width + 2, zp_rows_middle(&d->list, d->list.shown) + 0.36f * d->s.size, ZP_AT_RIGHT,
			       zp_arena_print(d->s.arena, "%zu %s", d->m->n - d->list.shown, zp_sketch_says(&d->s, ZP_SAY_MORE_GROUPS)));
}

const zp_figure *zp_plot_methods(zp_arena *arena, const zp_methods *m, zp_plot_look look)
{
	zp_methods_draft d = { .s = zp_sketch_open(arena, look), .m = m };
	const char *title = zp_sketch_title(&d.s, &m->of, ZP_FIGURE_METHODS);
	const float size = d.s.size;
	d.area = (zp_area){ 0, 1.9f * size, d.s.look.width - size, d.s.look.height - zp_axis_high(&d.s) };
	d.list = zp_rows_over(&d.s, m->n, d.area.top, d.area.bottom);
	if (m->n)
		choose(&d);
	double from, to;
	if (!m->n || !extent(&d, &from, &to))
		return zp_sketch_nothing(&d.s, title, zp_sketch_says(&d.s, ZP_SAY_NOTHING));
	d.area.bottom = d.list.bottom = d.area.top + d.list.step * (float)(d.list.shown + (d.list.shown < m->n));
	const char **all = zp_take(arena, const char *, d.list.shown);
	for (size_t i = 0; i < d.list.shown; i++)
		all[i] = d.rows[i]->name;
	const float width = zp_rows_names(&d.s, all, d.list.shown, 0.36), numbers = 2.6f * size;
	d.area.left = width + numbers + 2 + 0.9f * size;
	d.x = zp_axis_over(from, to, d.area.left, d.area.right, (size_t)fmaxf((d.area.right - d.area.left) / (4 * size), 2));
	for (size_t i = 0; i < d.list.shown; i++)
		if (d.rows[i]->own)
			zp_rows_stripe(&d.s, &d.list, i);
	band(&d);
	if (zp_is_there(m->x_pt) && zp_axis_holds(&d.x, m->x_pt)) {
		const float x = zp_axis_at(&d.x, m->x_pt);
		zp_sketch_line(&d.s, ZP_TONE_TARGET, 1, false, (zp_dot){ x, d.area.top }, (zp_dot){ x, d.area.bottom });
		zp_sketch_centred(&d.s, (zp_drawn){ .tone = ZP_TONE_TARGET, .x = x, .y = d.area.top - 0.4f * size }, d.area.left, d.s.look.width - 1,
				  zp_arena_print(arena, "%s %s", zp_sketch_says(&d.s, ZP_SAY_TARGET), zp_number_says(arena, m->x_pt, m->of.places)));
	}
	for (size_t i = 0; i < d.list.shown; i++)
		row(&d, i);
	zp_sketch_word(&d.s, width + 2 + numbers, d.area.top - 0.4f * size, ZP_AT_RIGHT, "n");
	names(&d, width, numbers);
	zp_axis_below(&d.s, &d.x, d.area, zp_sketch_quantity(&d.s, &m->of));
	return zp_sketch_close(&d.s, title, in_a_sentence(&d));
}
