/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw/sketch.h"
#include <math.h>
#include <stdio.h>
#include <string.h>
#include "base/width.h"

#define LARGEST 1e150 /* what can be squared */

zp_sketch zp_sketch_open(zp_arena *arena, zp_plot_look look)
{
	if (!(look.width >= 40))
		look.width = 40;
	if (!(look.height >= 8))
		look.height = 8;
	const float grown = fminf(look.width / ZP_PLOT_HALF_WIDE, look.height / ZP_PLOT_HALF_HIGH);
	const float size = 6.8f + 4 * (grown - 1);
	return (zp_sketch){ .arena = arena, .look = look, .size = fminf(fmaxf(size, 5.5f), 11) };
}

static bool sound(const zp_drawn *m)
{
	const float numbers[] = { m->x, m->y, m->w, m->h, m->turn, m->thick };
	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
		if (!isfinite(numbers[i]) || fabsf(numbers[i]) > 1e6f)
			return false;
	return true;
}

zp_drawn *zp_sketch_put(zp_sketch *s, zp_drawn m)
{
	if (!sound(&m))
		m = (zp_drawn){ .kind = ZP_MARK_PATH };
	if (m.kind == ZP_MARK_BOX && m.w < 0) /* bounds that were given the wrong way round */
		m.x += m.w, m.w = -m.w;
	if (m.kind == ZP_MARK_BOX && m.h < 0)
		m.y += m.h, m.h = -m.h;
	if (s->n == s->room) {
		s->room = s->room ? 2 * s->room : 64;
		zp_drawn *more = zp_take(s->arena, zp_drawn, s->room);
		if (s->n)
			memcpy(more, s->marks, s->n * sizeof *more);
		s->marks = more;
	}
	s->marks[s->n] = m;
	return &s->marks[s->n++];
}

void zp_sketch_path(zp_sketch *s, zp_drawn like, const zp_dot *points, size_t n)
{
	zp_dot *own = zp_take(s->arena, zp_dot, n);
	size_t kept = 0;
	for (size_t i = 0; i < n; i++)
		if (isfinite(points[i].x) && isfinite(points[i].y))
			own[kept++] = points[i];
	like.kind = ZP_MARK_PATH;
	like.points = own;
	like.n = kept;
	if (kept > 1)
		zp_sketch_put(s, like);
}

void zp_sketch_line(zp_sketch *s, zp_tone tone, float thick, bool dashed, zp_dot from, zp_dot to)
{
	zp_sketch_path(s, (zp_drawn){ .tone = tone, .thick = thick, .dashed = dashed }, (zp_dot[]){ from, to }, 2);
}

void zp_sketch_box(zp_sketch *s, zp_tone tone, zp_area a)
{
	zp_sketch_put(s, (zp_drawn){ .kind = ZP_MARK_BOX, .tone = tone, .x = a.left, .y = a.top, .w = a.right - a.left, .h = a.bottom - a.top });
}

/* As many characters as fit, and an ellipsis. */
static const char *cut(zp_arena *arena, const char *text, double size, bool bold, double width)
{
	const double room = width - zp_width_text("…", size, bold);
	size_t n = strlen(text), end = 0;
	while (end < n) {
		size_t next = end + 1;
		while (next < n && ((unsigned char)text[next] & 0xC0) == 0x80)
			next++;
		if (zp_width_text(zp_arena_text(arena, text, next), size, bold) > room)
			break;
		end = next;
	}
	return zp_arena_print(arena, "%.*s…", (int)end, text);
}

float zp_sketch_text(zp_sketch *s, zp_drawn like, const char *text)
{
	if (!*text)
		return 0;
	like.kind = ZP_MARK_TEXT;
	like.h = like.h > 0 ? like.h : s->size;
	double w = zp_width_text(text, like.h, like.bold);
	if (like.most > 0 && w > like.most / 0.8) {
		like.says = like.says ? like.says : text;
		text = cut(s->arena, text, like.h * 0.8, like.bold, like.most);
		w = zp_width_text(text, like.h, like.bold);
	}
	like.text = text;
	zp_sketch_put(s, like);
	return (float)(like.most > 0 && w > like.most ? like.most : w);
}

float zp_sketch_word(zp_sketch *s, float x, float y, zp_anchor anchor, const char *text)
{
	return zp_sketch_text(s, (zp_drawn){ .tone = ZP_TONE_QUIET, .x = x, .y = y, .anchor = anchor }, text);
}

void zp_sketch_centred(zp_sketch *s, zp_drawn like, float left, float right, const char *text)
{
	const float half = (float)zp_width_text(text, like.h > 0 ? like.h : s->size, like.bold) / 2;
	like.x = fminf(fmaxf(like.x, left + half), right - half);
	like.anchor = ZP_AT_MIDDLE;
	zp_sketch_text(s, like, text);
}

/* ---- room ---- */

zp_area zp_sketch_where(const zp_sketch *s, const zp_drawn *m)
{
	(void)s;
	float w = (float)zp_width_text(m->text ? m->text : "", m->h, m->bold);
	float h = m->h;
	if (m->most > 0 && w > m->most) {
		h *= m->most / w;
		w = m->most;
	}
	const float left = m->anchor == ZP_AT_LEFT ? 0 : m->anchor == ZP_AT_MIDDLE ? w / 2 : w;
	if (m->turn < 0) /* it reads upwards */
		return (zp_area){ m->x - 0.88f * h, m->y - w + left, m->x + 0.12f * h, m->y + left };
	return (zp_area){ m->x - left, m->y - 0.88f * h, m->x - left + w, m->y + 0.12f * h };
}

/* An arrow counts as a mark, a band does not. */
static bool small_path(const zp_sketch *s, const zp_drawn *m, zp_area *out)
{
	*out = (zp_area){ INFINITY, INFINITY, -INFINITY, -INFINITY };
	for (size_t i = 0; i < m->n; i++) {
		const zp_dot *at = &m->points[i];
		*out = (zp_area){ fminf(out->left, at->x), fminf(out->top, at->y), fmaxf(out->right, at->x), fmaxf(out->bottom, at->y) };
	}
	return out->right - out->left < 3 * s->size && out->bottom - out->top < 3 * s->size;
}

static bool occupied(const zp_sketch *s, const zp_drawn *m, zp_area *out)
{
	switch (m->kind) {
	case ZP_MARK_TEXT: *out = zp_sketch_where(s, m); return true;
	case ZP_MARK_DOT: case ZP_MARK_DIAMOND: case ZP_MARK_CROSS: *out = (zp_area){ m->x - m->w / 2, m->y - m->w / 2, m->x + m->w / 2, m->y + m->w / 2 }; return true;
	case ZP_MARK_TRIANGLE: *out = (zp_area){ m->x - m->w / 2, m->y - 0.8f * m->w, m->x + m->w / 2, m->y }; return true;
	case ZP_MARK_PATH: case ZP_MARK_BOX: case ZP_MARK_ELLIPSE: break;
	}
	return m->kind == ZP_MARK_PATH && m->closed && small_path(s, m, out);
}

bool zp_sketch_is_free(const zp_sketch *s, zp_area a, size_t since)
{
	if (a.left < 0 || a.top < 0 || a.right > s->look.width || a.bottom > s->look.height)
		return false;
	for (size_t i = since; i < s->n; i++) {
		zp_area b;
		if (occupied(s, &s->marks[i], &b) && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
			return false;
	}
	return true;
}

/* Cuts the part from *in to *out of a line, from 0 to 1, down to where it is beyond a border. False: nothing is left. */
static bool clip(float way, float room, float *in, float *out)
{
	if (way == 0)
		return room >= 0;
	const float at = room / way;
	if (way < 0)
		*in = fmaxf(*in, at);
	else
		*out = fminf(*out, at);
	return *in <= *out;
}

/* Cites: Liang, Barsky: A new concept and method for line clipping. ACM Trans. Graph. 3 (1984) 1. */
static bool runs_through(zp_dot from, zp_dot to, zp_area a)
{
	float in = 0, out = 1;
	const float dx = to.x - from.x, dy = to.y - from.y;
	return clip(-dx, from.x - a.left, &in, &out) && clip(dx, a.right - from.x, &in, &out) && clip(-dy, from.y - a.top, &in, &out) && clip(dy, a.bottom - from.y, &in, &out);
}

bool zp_sketch_is_crossed(const zp_sketch *s, zp_area a)
{
	for (size_t i = 0; i < s->n; i++) {
		const zp_drawn *m = &s->marks[i];
		for (size_t k = 1; m->kind == ZP_MARK_PATH && !m->closed && m->tone != ZP_TONE_GRID && k < m->n; k++)
			if (runs_through(m->points[k - 1], m->points[k], a))
				return true;
	}
	return false;
}

/* ---- words ---- */

const char *zp_sketch_says(const zp_sketch *s, zp_plot_word w)
{
	return zp_plot_says(w, s->look.tongue);
}

const char *zp_sketch_name(const zp_sketch *s, const char *name, const char *name_en)
{
	const bool english = s->look.tongue == ZP_ENGLISH;
	return english ? (*name_en ? name_en : name) : *name ? name : name_en;
}

const char *zp_sketch_quantity(const zp_sketch *s, const zp_plot_of *of)
{
	const char *name = zp_sketch_name(s, of->name, of->name_en);
	const bool both = s->look.tongue == ZP_BOTH_TONGUES && *of->name && *of->name_en && strcmp(of->name, of->name_en) != 0;
	name = both ? zp_arena_print(s->arena, "%s %s", of->name, of->name_en) : name;
	return *of->unit ? zp_arena_print(s->arena, "%s%s(%s)", name, *name ? " " : "", of->unit) : name;
}

const char *zp_sketch_title(const zp_sketch *s, const zp_plot_of *of, zp_figure_kind k)
{
	const char *zh = zp_figure_says(k, true), *en = zp_figure_says(k, false);
	const char *kind = s->look.tongue == ZP_CHINESE ? zh : s->look.tongue == ZP_ENGLISH ? en : zp_arena_print(s->arena, "%s %s", zh, en);
	const char *name = zp_sketch_name(s, of->name, of->name_en);
	return zp_arena_print(s->arena, "%s%s%s%s%s", name, *name ? "  " : "", of->sample, *of->sample ? "  " : "", kind);
}

bool zp_is_there(double v)
{
	return fabs(v) <= LARGEST; /* false for NAN */
}

/* printf in the C locale, which is never left; with a true minus. */
static const char *with_minus(zp_arena *arena, char *digits, const char *plus)
{
	bool zero = !strpbrk(digits, "123456789");
	if (*digits == '-')
		return zp_arena_print(arena, "%s%s", zero ? "" : "−", digits + 1);
	return zp_arena_print(arena, "%s%s", zero ? "" : plus, digits);
}

static const char *in_words(zp_arena *arena, double v, int places, const char *plus)
{
	char digits[512];
	places = places < 0 ? 0 : places > 12 ? 12 : places;
	const double size = fabs(v);
	if (!zp_is_there(v))
		return "";
	if (size >= 1e7 || (size > 0 && size < 0.51 * pow(10, -12))) {
		snprintf(digits, sizeof digits, "%.1e", v);
		char *e = strchr(digits, 'e');
		char *power = e + 2;
		while (*power == '0' && power[1])
			power++;
		char joined[512];
		snprintf(joined, sizeof joined, "%.*se%s%s", (int)(e - digits), digits, e[1] == '-' ? "-" : "", power);
		return with_minus(arena, joined, plus);
	}
	snprintf(digits, sizeof digits, "%.*f", places, v);
	return with_minus(arena, digits, plus);
}

const char *zp_number_says(zp_arena *arena, double v, int places)
{
	return in_words(arena, v, places, "");
}

const char *zp_signed_says(zp_arena *arena, double v, int places)
{
	return in_words(arena, v, places, "+");
}

float zp_sketch_key(zp_sketch *s, float x, float y, zp_drawn swatch, const char *text)
{
	const float half = 0.36f * s->size;
	swatch.y = swatch.kind == ZP_MARK_BOX ? y - 0.72f * s->size : swatch.kind == ZP_MARK_TRIANGLE ? y : y - half;
	swatch.x = swatch.kind == ZP_MARK_BOX ? x : x + half;
	swatch.w = 2 * half;
	if (swatch.kind == ZP_MARK_BOX)
		swatch.h = 2 * half;
	if (swatch.kind == ZP_MARK_PATH)
		zp_sketch_path(s, swatch, (zp_dot[]){ { x, y - half }, { x + 3 * half, y - half } }, 2);
	else
		zp_sketch_put(s, swatch);
	x += (swatch.kind == ZP_MARK_PATH ? 3 : 2) * half + 0.4f * s->size;
	return x + zp_sketch_word(s, x, y, ZP_AT_LEFT, text) + 1.2f * s->size;
}

/* ---- done ---- */

const zp_figure *zp_sketch_close(zp_sketch *s, const char *title, const char *says)
{
	zp_figure *f = zp_take(s->arena, zp_figure, 1);
	*f = (zp_figure){ .width = s->look.width, .height = s->look.height, .title = title, .says = says, .marks = s->marks, .n = s->n };
	return f;
}

const zp_figure *zp_sketch_nothing(zp_sketch *s, const char *title, const char *sentence)
{
	const float w = s->look.width, h = s->look.height;
	s->n = 0;
	zp_sketch_put(s, (zp_drawn){ .kind = ZP_MARK_BOX, .tone = ZP_TONE_GRID, .x = 0.5f, .y = 0.5f, .w = w - 1, .h = h - 1, .outline = true });
	zp_sketch_text(s, (zp_drawn){ .tone = ZP_TONE_QUIET, .x = w / 2, .y = h / 2 + 0.35f * s->size, .anchor = ZP_AT_MIDDLE, .most = w - 8 }, sentence);
	return zp_sketch_close(s, title, sentence);
}
