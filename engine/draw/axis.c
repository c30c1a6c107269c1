/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw/axis.h"
#include <math.h>
#include "base/width.h"

/* 10 to the power n, without the last bit that a product would lose. */
static double ten(int n)
{
	return n < 0 ? 1 / pow(10, -n) : pow(10, n);
}

/* The least of 1, 2, 5 times a power of ten that is not below v; its power of ten in *power. */
static double round_step(double v, int *power)
{
	static const double steps[] = { 1, 2, 5, 10 };
	int p = (int)floor(log10(v));
	for (size_t i = 0; i < 4; i++)
		if (steps[i] * ten(p) >= v * (1 - 1e-9)) {
			*power = i == 3 ? p + 1 : p;
			return steps[i] * ten(p);
		}
	*power = p + 1;
	return ten(p + 1);
}

static void set_apart(double *from, double *to)
{
	if (!zp_is_there(*from) || !zp_is_there(*to))
		*from = 0, *to = 1;
	const double size = fmax(fabs(*from), fabs(*to));
	if (*to - *from > size * 1e-9)
		return;
	const double half = size > 1e-100 ? size * 0.05 : 0.5;
	*from -= half;
	*to += half;
}

zp_axis zp_axis_over(double from, double to, float at, float until, size_t most)
{
	set_apart(&from, &to);
	zp_axis a = { .from = from, .to = to, .at = at, .until = until };
	int power = 0;
	a.step = round_step((to - from) / (double)(most > 1 ? most : 1), &power);
	a.places = power < 0 ? -power : 0;
	a.first = (long long)ceil(from / a.step - 1e-9);
	a.last = (long long)floor(to / a.step + 1e-9);
	return a;
}

zp_axis zp_axis_round(double from, double to, float at, float until, size_t most)
{
	zp_axis a = zp_axis_over(from, to, at, until, most);
	a.first = (long long)floor(a.from / a.step + 1e-9);
	a.last = (long long)ceil(a.to / a.step - 1e-9);
	a.from = zp_axis_tick(&a, a.first);
	a.to = zp_axis_tick(&a, a.last);
	return a;
}

/* Divided, not multiplied, below one: 3 / 10 is the double of 0.3, and 3 * 0.1 is not. */
double zp_axis_tick(const zp_axis *a, long long i)
{
	if (a->step >= 1 || a->places > 15)
		return (double)i * a->step;
	const double tens = ten(a->places);
	return (double)(i * llround(a->step * tens)) / tens;
}

const char *zp_axis_says(zp_arena *arena, const zp_axis *a, long long i)
{
	return zp_number_says(arena, zp_axis_tick(a, i), a->places);
}

bool zp_axis_holds(const zp_axis *a, double v)
{
	return v >= a->from && v <= a->to;
}

float zp_axis_at(const zp_axis *a, double v)
{
	const double part = (v - a->from) / (a->to - a->from);
	return a->at + (a->until - a->at) * (float)fmin(fmax(part, 0), 1);
}

/* Whether labels at every k-th tick keep clear of each other. */
static bool clear(const zp_sketch *s, const zp_axis *a, long long k)
{
	float end = -1e6f;
	for (long long i = a->first; i <= a->last; i++) {
		if (i % k)
			continue;
		const float w = (float)zp_width_text(zp_axis_says(s->arena, a, i), s->size, false), x = zp_axis_at(a, zp_axis_tick(a, i));
		if (x - w / 2 < end)
			return false;
		end = x + w / 2 + 0.7f * s->size;
	}
	return true;
}

void zp_axis_below(zp_sketch *s, const zp_axis *a, zp_area area, const char *title)
{
	long long k = 1;
	while (!clear(s, a, k) && k <= a->last - a->first)
		k += k == 1 ? 1 : k == 2 ? 3 : 5;
	zp_sketch_line(s, ZP_TONE_QUIET, 0.6f, false, (zp_dot){ area.left, area.bottom }, (zp_dot){ area.right, area.bottom });
	for (long long i = a->first; i <= a->last; i++) {
		const float x = zp_axis_at(a, zp_axis_tick(a, i));
		zp_sketch_line(s, ZP_TONE_QUIET, 0.6f, false, (zp_dot){ x, area.bottom }, (zp_dot){ x, area.bottom + (i % k ? 1.5f : 2.5f) });
	}
	for (long long i = a->first; i <= a->last; i++) {
		if (i % k)
			continue;
		const char *label = zp_axis_says(s->arena, a, i);
		const float half = (float)zp_width_text(label, s->size, false) / 2, x = zp_axis_at(a, zp_axis_tick(a, i));
		if (x - half >= 0 && x + half <= s->look.width)
			zp_sketch_word(s, x, area.bottom + 1 + 1.4f * s->size, ZP_AT_MIDDLE, label);
	}
	zp_sketch_text(s, (zp_drawn){ .tone = ZP_TONE_QUIET, .x = (area.left + area.right) / 2, .y = zp_axis_title_at(s, area), .anchor = ZP_AT_MIDDLE,
				      .most = area.right - area.left }, title);
}

void zp_axis_beside(zp_sketch *s, const zp_axis *a, zp_area area, const char *title, bool with_sign)
{
	for (long long i = a->first; i <= a->last; i++) {
		const float y = zp_axis_at(a, zp_axis_tick(a, i));
		zp_sketch_line(s, ZP_TONE_GRID, 0.5f, false, (zp_dot){ area.left, y }, (zp_dot){ area.right, y });
	}
	for (long long i = a->first; i <= a->last; i++) {
		const double v = zp_axis_tick(a, i);
		zp_sketch_word(s, area.left - 3, zp_axis_at(a, v) + 0.36f * s->size, ZP_AT_RIGHT,
			       with_sign ? zp_signed_says(s->arena, v, a->places) : zp_axis_says(s->arena, a, i));
	}
	zp_sketch_word(s, 1, area.top - 0.9f * s->size, ZP_AT_LEFT, title);
}

float zp_axis_width(const zp_sketch *s, const zp_axis *a)
{
	double most = 0;
	for (long long i = a->first; i <= a->last; i++)
		most = fmax(most, zp_width_text(zp_signed_says(s->arena, zp_axis_tick(a, i), a->places), s->size, false));
	return (float)most + 4;
}
