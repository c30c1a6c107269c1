/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw/rows.h"
#include <math.h>
#include "base/width.h"

zp_rows zp_rows_over(const zp_sketch *s, size_t n, float top, float bottom)
{
	const float least = 1.3f * s->size, most = 2.6f * s->size;
	zp_rows r = { .shown = n, .top = top, .bottom = bottom };
	r.step = fminf((bottom - top) / (float)(n ? n : 1), most);
	if (r.step < least) {
		const float fit = floorf((bottom - top) / least) - 1; /* a line tells how many are not shown */
		r.shown = fit < 1 ? 1 : (size_t)fit;
		r.shown = r.shown < n ? r.shown : n;
		r.step = (bottom - top) / (float)(r.shown + 1);
	}
	return r;
}

float zp_rows_middle(const zp_rows *r, size_t i)
{
	return r->top + r->step * ((float)i + 0.5f);
}

float zp_rows_names(const zp_sketch *s, const char *const *names, size_t n, double share)
{
	double most = 0;
	for (size_t i = 0; i < n; i++)
		most = fmax(most, zp_width_text(names[i], s->size, true));
	return (float)fmin(most, share * s->look.width);
}

void zp_rows_name(zp_sketch *s, const zp_rows *r, size_t i, float x, float most, const char *name, bool strong)
{
	zp_sketch_text(s, (zp_drawn){ .tone = strong ? ZP_TONE_SELF : ZP_TONE_INK, .bold = strong, .x = x, .y = zp_rows_middle(r, i) + 0.36f * s->size, .anchor = ZP_AT_RIGHT, .most = most }, name);
}

void zp_rows_stripe(zp_sketch *s, const zp_rows *r, size_t i)
{
	zp_sketch_put(s, (zp_drawn){ .kind = ZP_MARK_BOX, .tone = ZP_TONE_GRID, .strength = 0.6f, .x = 0, .y = zp_rows_middle(r, i) - r->step / 2, .w = s->look.width, .h = r->step });
}
