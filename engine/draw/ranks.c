/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shares with their intervals, the best first. */
#include <math.h>
#include "base/width.h"
#include "draw/rows.h"

typedef struct zp_ranks_draft {
	zp_sketch s;
	const zp_ranks_plot *p;
	zp_rows list;
	zp_axis x;
	zp_area area;
} zp_ranks_draft;

static const char *percent(zp_arena *arena, double share)
{
	return zp_number_says(arena, 100 * share, 1);
}

static void row(zp_ranks_draft *d, size_t i)
{
	const zp_rank_bar *b = &d->p->bars[i];
	const float y = zp_rows_middle(&d->list, i), half = fminf(0.26f * d->list.step, 0.5f * d->s.size);
	const char *of = b->of && *b->of ? b->of : NULL;
	if (zp_is_there(b->low) && zp_is_there(b->high)) {
		const float left = zp_axis_at(&d->x, 100 * b->low), right = zp_axis_at(&d->x, 100 * b->high);
		zp_sketch_put(&d->s, (zp_drawn){ .kind = ZP_MARK_BOX, .tone = ZP_TONE_ALL, .x = left, .y = y - half, .w = fmaxf(right - left, 0.6f), .h = 2 * half, .of = of });
	}
	if (!zp_is_there(b->share))
		return;
	zp_drawn *m = zp_sketch_put(&d->s, (zp_drawn){ .kind = ZP_MARK_DOT, .tone = ZP_TONE_1, .x = zp_axis_at(&d->x, 100 * b->share), .y = y, .w = fminf(2.4f * half, 0.9f * d->s.size), .of = of });
	m->says = zp_arena_print(d->s.arena, "%u %s: %s %% (n %u)", b->rank, b->name, percent(d->s.arena, b->share), b->n);
	if (zp_is_there(b->low) && zp_is_there(b->high))
		m->says = zp_arena_print(d->s.arena, "%s, %s %s–%s %%", m->says, zp_sketch_says(&d->s, ZP_SAY_INTERVAL), percent(d->s.arena, b->low), percent(d->s.arena, b->high));
}

static void words(zp_ranks_draft *d, size_t i, float names, float ranks)
{
	const zp_rank_bar *b = &d->p->bars[i];
	const float y = zp_rows_middle(&d->list, i) + 0.36f * d->s.size;
	if (b->rank)
		zp_sketch_word(&d->s, ranks, y, ZP_AT_RIGHT, zp_arena_print(d->s.arena, "%u", b->rank));
	zp_sketch_text(&d->s, (zp_drawn){ .tone = ZP_TONE_INK, .x = ranks + 0.8f * d->s.size, .y = y, .most = names, .of = b->of && *b->of ? b->of : NULL }, b->name);
	zp_sketch_word(&d->s, d->s.look.width - 2, y, ZP_AT_RIGHT, zp_arena_print(d->s.arena, "%s", zp_is_there(b->share) ? percent(d->s.arena, b->share) : "–"));
}

static const char *in_a_sentence(const zp_ranks_draft *d, const char *title)
{
	const bool en = d->s.look.tongue == ZP_ENGLISH;
	const char *says = title;
	for (size_t i = 0; i < d->list.shown; i++)
		says = zp_arena_print(d->s.arena, "%s%s%u %s %s %%", says, i ? (en ? "; " : "；") : (en ? ": " : "："), d->p->bars[i].rank, d->p->bars[i].name,
				      zp_is_there(d->p->bars[i].share) ? percent(d->s.arena, d->p->bars[i].share) : "–");
	return zp_arena_print(d->s.arena, en ? "%s." : "%s。", says);
}

/* From the least interval to all of it. */
static double least(const zp_ranks_draft *d)
{
	double low = 1;
	for (size_t i = 0; i < d->list.shown; i++) {
		const zp_rank_bar *b = &d->p->bars[i];
		low = zp_is_there(b->low) ? fmin(low, b->low) : low;
		low = zp_is_there(b->share) ? fmin(low, b->share) : low;
	}
	if (zp_is_there(d->p->everybody))
		low = fmin(low, d->p->everybody);
	return fmax(fmin(low, 0.95), 0);
}

const zp_figure *zp_plot_ranks(zp_arena *arena, const zp_ranks_plot *p, zp_plot_look look)
{
	zp_ranks_draft d = { .s = zp_sketch_open(arena, look), .p = p };
	const char *title = zp_sketch_name(&d.s, p->title, p->title_en);
	if (!p->n)
		return zp_sketch_nothing(&d.s, title, zp_sketch_says(&d.s, ZP_SAY_NOTHING));
	const float size = d.s.size;
	d.area = (zp_area){ 0, 1.9f * size, 0, d.s.look.height - zp_axis_high(&d.s) };
	d.list = zp_rows_over(&d.s, p->n, d.area.top, d.area.bottom);
	d.area.bottom = d.list.bottom = d.area.top + d.list.step * (float)(d.list.shown + (d.list.shown < p->n));
	const char **all = zp_take(arena, const char *, d.list.shown);
	unsigned last = 0;
	for (size_t i = 0; i < d.list.shown; i++) {
		all[i] = p->bars[i].name;
		last = p->bars[i].rank > last ? p->bars[i].rank : last;
	}
	const float ranks = (float)zp_width_text(zp_arena_print(arena, "%u", last), size, false) + 1, names = zp_rows_names(&d.s, all, d.list.shown, 0.4);
	d.area.left = ranks + names + 2 * size;
	d.area.right = d.s.look.width - 4 * size;
	d.x = zp_axis_round(100 * least(&d), 100, d.area.left, d.area.right, (size_t)fmaxf((d.area.right - d.area.left) / (4 * size), 2));
	d.x.to = fmin(d.x.to, 100);
	while (zp_axis_tick(&d.x, d.x.last) > 100)
		d.x.last--;
	for (long long i = d.x.first; i <= d.x.last; i++) {
		const float x = zp_axis_at(&d.x, zp_axis_tick(&d.x, i));
		zp_sketch_line(&d.s, ZP_TONE_GRID, 0.5f, false, (zp_dot){ x, d.area.top }, (zp_dot){ x, d.area.bottom });
	}
	if (zp_is_there(p->everybody)) {
		const float x = zp_axis_at(&d.x, 100 * p->everybody);
		zp_sketch_line(&d.s, ZP_TONE_TARGET, 0.9f, true, (zp_dot){ x, d.area.top }, (zp_dot){ x, d.area.bottom });
		zp_sketch_centred(&d.s, (zp_drawn){ .tone = ZP_TONE_TARGET, .x = x, .y = d.area.top - 0.4f * size }, 1, d.s.look.width - 1,
				  zp_arena_print(arena, "%s %s", zp_sketch_says(&d.s, ZP_SAY_EVERYBODY), percent(arena, p->everybody)));
	}
	for (size_t i = 0; i < d.list.shown; i++)
		row(&d, i);
	for (size_t i = 0; i < d.list.shown; i++)
		words(&d, i, names, ranks);
	if (d.list.shown < p->n)
		zp_sketch_word(&d.s, ranks + 0.8f * size, zp_rows_middle(&d.list, d.list.shown) + 0.36f * size, ZP_AT_LEFT,
			       zp_arena_print(arena, "%zu %s", p->n - d.list.shown, zp_sketch_says(&d.s, ZP_SAY_MORE_ROWS)));
	zp_axis_below(&d.s, &d.x, d.area, zp_sketch_says(&d.s, ZP_SAY_ACCEPTABLE_SHARE));
	return zp_sketch_close(&d.s, title, in_a_sentence(&d, title));
}
