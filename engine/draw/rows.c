/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw/rows.h"
#include <math.h>
#include <string.h>
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

/* Where a name that is too wide goes on in a second line: the last place at which the first is full, at a blank where there is one. */
static size_t fold(const char *name, double size, bool bold, double most)
{
	size_t n = strlen(name), end = 0, blank = 0;
	double w = 0;
	for (size_t i = 0; i < n;) {
		uint32_t c = 0;
		size_t length = zp_utf8_at(name + i, n - i, &c);
		length = length ? length : 1;
		w += zp_width_of(c) * size / 1000 * (bold ? 1.07 : 1);
		if (w > most)
			break;
		i += length;
		end = i;
		if (c == ' ')
			blank = i;
	}
	static const char *const openers[] = { "（", "(", "[", "【", "“" };
	for (size_t i = 0; i < sizeof openers / sizeof openers[0]; i++) { /* what opens a bracket stands with what is in it */
		const size_t length = strlen(openers[i]);
		if (end > length && strncmp(name + end - length, openers[i], length) == 0)
			end -= length;
	}
	return end < n && blank > n / 4 ? blank : end;
}

void zp_rows_name(zp_sketch *s, const zp_rows *r, size_t i, float x, float most, const char *name, bool strong)
{
	zp_drawn t = { .tone = strong ? ZP_TONE_SELF : ZP_TONE_INK, .bold = strong, .x = x, .y = zp_rows_middle(r, i) + 0.36f * s->size, .anchor = ZP_AT_RIGHT, .most = most };
	const float small = 0.84f * s->size;
	if (zp_width_text(name, s->size, strong) <= most / 0.9 || r->step < 2.15f * small) {
		zp_sketch_text(s, t, name);
		return;
	}
	const double even = zp_width_text(name, small, strong) / 2 + 0.8 * (double)small; /* both lines about as long */
	const size_t first = fold(name, small, strong, fmin(most, even));
	t.h = small;
	t.y = zp_rows_middle(r, i) - 0.14f * small;
	zp_sketch_text(s, t, zp_arena_text(s->arena, name, first));
	t.y += 1.05f * small;
	zp_sketch_text(s, t, name + first);
}

void zp_rows_stripe(zp_sketch *s, const zp_rows *r, size_t i)
{
	zp_sketch_put(s, (zp_drawn){ .kind = ZP_MARK_BOX, .tone = ZP_TONE_GRID, .strength = 0.6f, .x = 0, .y = zp_rows_middle(r, i) - r->step / 2, .w = s->look.width, .h = r->step });
}
