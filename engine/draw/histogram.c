/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One sample: everybody's values pale, the peers' before them. */
#include <math.h>
#include "base/width.h"
#include "draw/axis.h"

typedef struct zp_hist {
	zp_sketch s;
	const zp_histogram *h;
	zp_axis x, y;
	zp_area area;
} zp_hist;

static uint32_t tallest(const zp_bins *b)
{
	uint32_t most = 0;
	for (size_t i = 0; i < b->n; i++)
		most = b->all[i] > most ? b->all[i] : most;
	return most;
}

static void layer(zp_hist *d, const uint32_t *counts, zp_tone tone)
{
	const zp_bins *b = &d->h->bins;
	for (size_t i = 0; i < b->n; i++) {
		if (!counts[i])
			continue;
		const float left = zp_axis_at(&d->x, b->from + (double)i * b->width), right = zp_axis_at(&d->x, b->from + (double)(i + 1) * b->width);
		const float gap = right - left > 3 ? 0.6f : 0, top = zp_axis_at(&d->y, counts[i]);
		zp_sketch_box(&d->s, tone, (zp_area){ left + gap / 2, top, right - gap / 2, d->area.bottom });
	}
}

/* What is allowed, as far as the axis shows it; dashed where a bound lies on it. */
static void band(zp_hist *d)
{
	const zp_histogram *h = d->h;
	if (!zp_is_there(h->low) || !zp_is_there(h->high) || h->low > d->x.to || h->high < d->x.from)
		return;
	const float left = zp_axis_at(&d->x, h->low), right = zp_axis_at(&d->x, h->high);
	zp_sketch_box(&d->s, ZP_TONE_BAND, (zp_area){ left, d->area.top, right, d->area.bottom });
}

static void bounds(zp_hist *d)
{
	const double at[] = { d->h->low, d->h->high };
	for (size_t i = 0; i < 2; i++) {
		if (!zp_is_there(at[i]) || !zp_axis_holds(&d->x, at[i]))
			continue;
		const float x = zp_axis_at(&d->x, at[i]);
		zp_sketch_line(&d->s, ZP_TONE_TARGET, 0.6f, true, (zp_dot){ x, d->area.top }, (zp_dot){ x, d->area.bottom });
	}
}

static void target(zp_hist *d)
{
	if (!zp_is_there(d->h->x_pt) || !zp_axis_holds(&d->x, d->h->x_pt))
		return;
	const float x = zp_axis_at(&d->x, d->h->x_pt), rows = zp_is_there(d->h->self) ? 1.5f : 0.35f;
	zp_sketch_line(&d->s, ZP_TONE_TARGET, 1.2f, false, (zp_dot){ x, d->area.top - 2 }, (zp_dot){ x, d->area.bottom });
	zp_sketch_centred(&d->s, (zp_drawn){ .tone = ZP_TONE_TARGET, .x = x, .y = d->area.top - rows * d->s.size }, d->area.left, d->s.look.width - 1,
			  zp_arena_print(d->s.arena, "%s %s", zp_sketch_says(&d->s, ZP_SAY_TARGET), zp_number_says(d->s.arena, d->h->x_pt, d->h->of.places)));
}

/* The laboratory's own: a triangle whose tip is at its place; hollow when it is not acceptable, with an arrow when it lies beyond. */
static void self(zp_hist *d)
{
	const double v = d->h->self;
	if (!zp_is_there(v))
		return;
	const float x = zp_axis_at(&d->x, v), top = d->area.top, wide = 1.1f * d->s.size;
	const zp_tone tone = d->h->alert ? ZP_TONE_ALERT : ZP_TONE_SELF;
	const char *own = zp_number_says(d->s.arena, v, d->h->of.places);
	const bool above = v > d->x.to, below = v < d->x.from;
	zp_sketch_line(&d->s, tone, 0.8f, false, (zp_dot){ x, top }, (zp_dot){ x, d->area.bottom });
	zp_sketch_put(&d->s, (zp_drawn){ .kind = ZP_MARK_TRIANGLE, .tone = tone, .x = x, .y = top + 1, .w = wide });
	if (d->h->alert)
		zp_sketch_put(&d->s, (zp_drawn){ .kind = ZP_MARK_TRIANGLE, .tone = ZP_TONE_PAPER, .x = x, .y = top - 0.22f * wide, .w = 0.5f * wide });
	own = zp_arena_print(d->s.arena, "%s%s %s%s", below ? "← " : "", zp_sketch_says(&d->s, ZP_SAY_OWN), own, above ? " →" : "");
	const float w = (float)zp_width_text(own, d->s.size, true), beside = 0.9f * wide;
	const bool left = x + beside + w > d->s.look.width - 1;
	zp_sketch_text(&d->s, (zp_drawn){ .tone = tone, .bold = true, .x = left ? x - beside : x + beside, .y = top - 0.25f * d->s.size, .anchor = left ? ZP_AT_RIGHT : ZP_AT_LEFT }, own);
}

/* One of several beside each other, which what stands around them explains: no keys, no title, only numbers. */
static bool narrow(const zp_hist *d) { return d->s.look.width < ZP_PLOT_NARROW; }

/* How many lie beyond each end, beside the title of the axis. */
static void beyond(zp_hist *d, const char *title)
{
	const zp_bins *b = &d->h->bins;
	const float y = zp_axis_title_at(&d->s, d->area);
	const char *below = narrow(d) ? "" : zp_arena_print(d->s.arena, " %s", zp_sketch_says(&d->s, ZP_SAY_BELOW));
	const char *above = narrow(d) ? "" : zp_arena_print(d->s.arena, " %s", zp_sketch_says(&d->s, ZP_SAY_ABOVE));
	zp_area left = d->area;
	if (b->all_below)
		left.left += zp_sketch_word(&d->s, 1, y, ZP_AT_LEFT, zp_arena_print(d->s.arena, "← %u%s", b->all_below, below)) - d->area.left + 0.8f * d->s.size;
	if (b->all_above)
		left.right -= zp_sketch_word(&d->s, d->area.right, y, ZP_AT_RIGHT, zp_arena_print(d->s.arena, "%u%s →", b->all_above, above)) + 0.8f * d->s.size;
	const float w = (float)zp_width_text(title, d->s.size, false), middle = (d->area.left + d->area.right) / 2;
	const float x = fminf(fmaxf(middle, left.left + w / 2), left.right - w / 2); /* in the middle, as far as they let it */
	zp_axis_below(&d->s, &d->x, d->area, "");
	if (w <= left.right - left.left)
		zp_sketch_word(&d->s, x, y, ZP_AT_MIDDLE, title);
	else
		zp_sketch_text(&d->s, (zp_drawn){ .tone = ZP_TONE_QUIET, .x = (left.left + left.right) / 2, .y = y, .anchor = ZP_AT_MIDDLE, .most = left.right - left.left }, title);
}

static const char *in_a_sentence(const zp_hist *d)
{
	const zp_histogram *h = d->h;
	zp_arena *a = d->s.arena;
	const bool en = d->s.look.tongue == ZP_ENGLISH;
	const int p = h->of.places;
	const char *says = zp_arena_print(a, en ? "%s, sample %s: %u laboratories" : "%s，样本 %s：%u 家", zp_sketch_quantity(&d->s, &h->of), h->of.sample, h->n_all);
	if (h->n_peers)
		says = zp_arena_print(a, en ? "%s, %u of them peers" : "%s，其中同组 %u 家", says, h->n_peers);
	if (zp_is_there(h->x_pt))
		says = zp_arena_print(a, en ? "%s; target %s" : "%s；靶值 %s", says, zp_number_says(a, h->x_pt, p));
	if (zp_is_there(h->low) && zp_is_there(h->high))
		says = zp_arena_print(a, en ? "%s, allowed %s to %s" : "%s，允许 %s 至 %s", says, zp_number_says(a, h->low, p), zp_number_says(a, h->high, p));
	if (zp_is_there(h->self))
		says = zp_arena_print(a, en ? "%s; yours %s, %s" : "%s；本室 %s，%s", says, zp_number_says(a, h->self, p), zp_plot_says(h->alert ? ZP_SAY_ALERT : ZP_SAY_RIGHT, d->s.look.tongue));
	return zp_arena_print(a, en ? "%s." : "%s。", says);
}

static void keys(zp_hist *d)
{
	const zp_histogram *h = d->h;
	if (narrow(d))
		return;
	const float y = d->s.size + 1;
	float x = 1 + zp_sketch_word(&d->s, 1, y, ZP_AT_LEFT, zp_sketch_says(&d->s, ZP_SAY_COUNT)) + 1.4f * d->s.size;
	if (h->n_peers)
		x = zp_sketch_key(&d->s, x, y, (zp_drawn){ .kind = ZP_MARK_BOX, .tone = ZP_TONE_PEERS }, zp_arena_print(d->s.arena, "%s %u", zp_sketch_says(&d->s, ZP_SAY_PEERS), h->n_peers));
	x = zp_sketch_key(&d->s, x, y, (zp_drawn){ .kind = ZP_MARK_BOX, .tone = ZP_TONE_ALL }, zp_arena_print(d->s.arena, "%s %u", zp_sketch_says(&d->s, ZP_SAY_ALL), h->n_all));
	if (zp_is_there(h->low) && zp_is_there(h->high))
		zp_sketch_key(&d->s, x, y, (zp_drawn){ .kind = ZP_MARK_BOX, .tone = ZP_TONE_BAND }, zp_sketch_says(&d->s, ZP_SAY_LIMITS));
}

const zp_figure *zp_plot_histogram(zp_arena *arena, const zp_histogram *h, zp_plot_look look)
{
	zp_hist d = { .s = zp_sketch_open(arena, look), .h = h };
	const char *title = zp_sketch_title(&d.s, &h->of, ZP_FIGURE_HISTOGRAM);
	const uint32_t most = tallest(&h->bins);
	if (!h->bins.n || !(h->bins.width > 0) || !zp_is_there(h->bins.from) || (!most && !h->bins.all_above && !h->bins.all_below))
		return zp_sketch_nothing(&d.s, title, zp_sketch_says(&d.s, ZP_SAY_NOTHING));
	const float size = d.s.size, above = (zp_is_there(h->self) ? 4.4f : narrow(&d) ? 1.8f : 3.2f) * size;
	d.area = (zp_area){ 0, above, d.s.look.width - 0.9f * size, d.s.look.height - zp_axis_high(&d.s) };
	d.y = zp_axis_round(0, most ? most : 1, d.area.bottom, d.area.top + 2, most < 4 ? most + (most < 2) : 4);
	if (d.y.step < 1)
		d.y = zp_axis_round(0, 1, d.area.bottom, d.area.top + 2, 1);
	d.area.left = zp_axis_width(&d.s, &d.y) + 4;
	d.x = zp_axis_over(h->bins.from, h->bins.from + (double)h->bins.n * h->bins.width, d.area.left, d.area.right, (size_t)(d.area.right - d.area.left) / (size_t)(3 * size));
	band(&d);
	zp_axis_beside(&d.s, &d.y, d.area, "", false);
	layer(&d, h->bins.all, ZP_TONE_ALL);
	layer(&d, h->bins.peers, ZP_TONE_PEERS);
	bounds(&d);
	keys(&d);
	target(&d);
	self(&d);
	beyond(&d, narrow(&d) ? "" : zp_sketch_quantity(&d.s, &h->of));
	return zp_sketch_close(&d.s, title, in_a_sentence(&d));
}
