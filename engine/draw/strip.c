/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of small bars without words, to stand in a line of a table: the band between two edges, a bar for each sample, up or down. */
#include <math.h>
#include "draw/axis.h"

#define END 150.0 /* percent of the limit: what is farther ends there, with a tip */

static void bar(zp_sketch *s, const zp_axis *y, const zp_strip_bar *b, float middle, float wide)
{
	const float zero = zp_axis_at(y, 0), small = fminf(wide, 0.34f * s->look.height);
	if (!b->judged) { /* a gap */
		zp_sketch_put(s, (zp_drawn){ .kind = ZP_MARK_DOT, .tone = ZP_TONE_QUIET, .x = middle, .y = zero, .w = 0.5f * small, .outline = true, .thick = 0.5f });
		return;
	}
	const zp_tone tone = b->alert ? ZP_TONE_ALERT : ZP_TONE_SELF;
	if (!zp_is_there(b->share)) { /* a verdict without a distance */
		zp_sketch_put(s, (zp_drawn){ .kind = b->alert ? ZP_MARK_CROSS : ZP_MARK_DOT, .tone = tone, .x = middle, .y = zero, .w = 0.8f * small, .thick = b->alert ? 1.1f : 0 });
		return;
	}
	const float top = zp_axis_at(y, b->share), least = 0.8f, half = wide / 2 * (b->alert ? 1 : 0.7f);
	const float high = fmaxf(fabsf(top - zero), least), from = b->share < 0 ? zero : zero - high;
	const bool beyond = fabs(b->share) > END;
	const float tip = beyond ? fminf(1.2f * half, 0.5f * high) : 0, way = b->share < 0 ? 1 : -1;
	zp_sketch_box(s, tone, (zp_area){ middle - half, b->share < 0 ? from : from + tip, middle + half, from + high - (b->share < 0 ? tip : 0) });
	if (beyond)
		zp_sketch_path(s, (zp_drawn){ .tone = tone, .closed = true }, (zp_dot[]){ { middle, zero + way * high }, { middle - half, zero + way * (high - tip) }, { middle + half, zero + way * (high - tip) } }, 3);
	if (b->alert && !beyond) /* a head, so that it is seen without colour */
		zp_sketch_put(s, (zp_drawn){ .kind = ZP_MARK_DIAMOND, .tone = tone, .x = middle, .y = zero + way * high, .w = 1.5f * wide });
}

const zp_figure *zp_plot_strip(zp_arena *arena, const zp_strip_plot *p, zp_plot_look look)
{
	zp_sketch s = zp_sketch_open(arena, look);
	const float air = fminf(0.12f * s.look.height, 2);
	const zp_axis y = zp_axis_over(-END, END, s.look.height - air, air, 2);
	const bool en = look.tongue == ZP_ENGLISH;
	const char *says = en ? "Samples in percent of the limit:" : "各样本占限值的百分比：";
	zp_sketch_box(&s, ZP_TONE_BAND, (zp_area){ 0, zp_axis_at(&y, 100), s.look.width, zp_axis_at(&y, -100) });
	zp_sketch_line(&s, ZP_TONE_TARGET, 0.5f, false, (zp_dot){ 0, zp_axis_at(&y, 0) }, (zp_dot){ s.look.width, zp_axis_at(&y, 0) });
	const float slot = s.look.width / (float)(p->n ? p->n : 1), wide = fminf(0.55f * slot, 0.34f * s.look.height);
	for (size_t i = 0; i < p->n; i++) {
		const zp_strip_bar *b = &p->bars[i];
		bar(&s, &y, b, slot * ((float)i + 0.5f), wide);
		says = zp_arena_print(arena, "%s%s%s%s", says, i ? (en ? ", " : "、") : (en ? " " : ""), !b->judged ? "–" : zp_is_there(b->share) ? zp_signed_says(arena, b->share, 0) : b->alert ? "×" : "✓",
				      b->judged && b->alert && zp_is_there(b->share) ? "!" : "");
	}
	return zp_sketch_close(&s, "", says);
}
