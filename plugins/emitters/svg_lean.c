/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A figure as SVG in few bytes: steps instead of places, in tenths of a point; what most of its marks and letters have in common is said once. */
#include "svg.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "palette.h"

/* Where the pen is on its way along the outlines of one path, in tenths. */
typedef struct zp_trail { const zp_svg_sink *sink; long x, y, from_x, from_y; char last; } zp_trail;

#define THICK 0.6 /* of most lines */
#define LETTERS 6.8 /* the size of most letters, where a figure has none of its own */

static void put(const zp_svg_sink *sink, const char *ours)
{
	sink->put(sink->self, ours, strlen(ours));
}

static long tenths(double v)
{
	return isfinite(v) ? lround(fmin(fmax(v, -1e7), 1e7) * 10) : 0;
}

/* "12", "-.5"; apart: a blank before it, unless it begins with a sign. */
static void number(const zp_svg_sink *sink, long v, bool apart)
{
	char out[32];
	const long whole = labs(v) / 10, rest = labs(v) % 10;
	int n = 0;
	out[0] = '\0';
	if (apart && v >= 0)
		out[n++] = ' ';
	if (v < 0)
		out[n++] = '-';
	if (whole || !rest)
		n += snprintf(out + n, sizeof out - (size_t)n, "%ld", whole);
	if (rest)
		n += snprintf(out + n, sizeof out - (size_t)n, ".%ld", rest);
	sink->put(sink->self, out, (size_t)n);
}

/* Two decimals, no more than it needs. */
static void attribute(const zp_svg_sink *sink, const char *name, double v)
{
	char out[64];
	const long hundredths = lround(v * 100);
	int n = snprintf(out, sizeof out, " %s=\"%ld.%02ld", name, hundredths / 100, hundredths % 100);
	while (out[n - 1] == '0')
		n--;
	n -= out[n - 1] == '.';
	sink->put(sink->self, out, (size_t)n);
	put(sink, "\"");
}

/* ---- outlines ---- */

static void command(zp_trail *t, char c, bool *apart)
{
	*apart = t->last == c;
	if (!*apart)
		t->sink->put(t->sink->self, &c, 1);
	t->last = c;
}

static void begin(zp_trail *t, double x, double y)
{
	const long to_x = tenths(x), to_y = tenths(y);
	put(t->sink, t->last ? "m" : "M");
	number(t->sink, to_x - t->x, false);
	number(t->sink, to_y - t->y, true);
	t->x = t->from_x = to_x;
	t->y = t->from_y = to_y;
	t->last = 'm';
}

static void step(zp_trail *t, double x, double y)
{
	const long dx = tenths(x) - t->x, dy = tenths(y) - t->y;
	bool apart;
	if (!dy) {
		command(t, 'h', &apart);
		number(t->sink, dx, apart);
	} else if (!dx) {
		command(t, 'v', &apart);
		number(t->sink, dy, apart);
	} else {
		command(t, 'l', &apart);
		number(t->sink, dx, apart);
		number(t->sink, dy, true);
	}
	t->x += dx;
	t->y += dy;
}

static void close(zp_trail *t)
{
	put(t->sink, "z");
	t->x = t->from_x;
	t->y = t->from_y;
	t->last = 'z';
}

static void polygon(zp_trail *t, const zp_dot *at, size_t n, bool closed)
{
	for (size_t i = 0; i < n; i++)
		if (i)
			step(t, at[i].x, at[i].y);
		else
			begin(t, at[i].x, at[i].y);
	if (closed && n)
		close(t);
}

/* Two half turns from the left end of its long axis. */
static void ellipse(zp_trail *t, double x, double y, double rx, double ry, double turn)
{
	const double angle = turn * 3.14159265358979323846 / 180, dx = rx * cos(angle), dy = rx * sin(angle);
	begin(t, x - dx, y - dy);
	const long wide = tenths(x + dx) - t->x, high = tenths(y + dy) - t->y;
	for (int half = 0; half < 2; half++) {
		put(t->sink, "a");
		number(t->sink, tenths(rx), false);
		number(t->sink, tenths(ry), true);
		number(t->sink, tenths(turn), true);
		put(t->sink, " 0 1");
		number(t->sink, half ? -wide : wide, true);
		number(t->sink, half ? -high : high, true);
	}
	close(t);
}

static void outline(zp_trail *t, const zp_drawn *m)
{
	const float x = m->x, y = m->y, h = m->w / 2;
	switch (m->kind) {
	case ZP_MARK_PATH: polygon(t, m->points, m->n, m->closed); break;
	case ZP_MARK_BOX: polygon(t, (zp_dot[]){ { x, y }, { x + m->w, y }, { x + m->w, y + m->h }, { x, y + m->h } }, 4, true); break;
	case ZP_MARK_DOT: ellipse(t, x, y, h, h, 0); break;
	case ZP_MARK_ELLIPSE: ellipse(t, x, y, m->w, m->h, m->turn); break;
	case ZP_MARK_DIAMOND: polygon(t, (zp_dot[]){ { x - h, y }, { x, y - h }, { x + h, y }, { x, y + h } }, 4, true); break;
	case ZP_MARK_TRIANGLE: polygon(t, (zp_dot[]){ { x, y }, { x - h, y - 1.6f * h }, { x + h, y - 1.6f * h } }, 3, true); break;
	case ZP_MARK_CROSS:
		polygon(t, (zp_dot[]){ { x - h, y - h }, { x + h, y + h } }, 2, false);
		polygon(t, (zp_dot[]){ { x - h, y + h }, { x + h, y - h } }, 2, false);
		break;
	case ZP_MARK_TEXT: break;
	}
}

/* ---- marks ---- */

static bool same(double a, double b)
{
	return fabs(a - b) < 0.005;
}

/* Marks from `m` on that are painted alike, as one path. Gives: how many they are. */
static size_t path(const zp_svg_sink *sink, const zp_drawn *m, size_t n)
{
	zp_trail t = { .sink = sink };
	size_t end = 1;
	while (end < n && zp_painted_alike(m, m + end))
		end++;
	put(sink, "<path class=\"t-");
	put(sink, zp_shade_of(m->tone)->word);
	put(sink, zp_is_line(m) ? m->dashed ? " l d\"" : " l\"" : "\"");
	if (zp_is_line(m) && !same(zp_thickness(m), THICK))
		attribute(sink, "stroke-width", zp_thickness(m));
	if (zp_strength(m) < 1)
		attribute(sink, "opacity", zp_strength(m));
	put(sink, " d=\"");
	for (size_t i = 0; i < end; i++)
		outline(&t, m + i);
	put(sink, "\"/>");
	return end;
}

/* ---- letters ---- */

static bool is_empty(const zp_drawn *m)
{
	return !m->text || !*m->text;
}

static double size_of(const zp_drawn *m)
{
	const double width = zp_width_text(m->text, m->h, m->bold);
	return m->most > 0 && width > m->most ? m->h * m->most / width : m->h;
}

static bool set_alike(const zp_drawn *a, const zp_drawn *b)
{
	return a->tone == b->tone && a->anchor == b->anchor && a->bold == b->bold && same(size_of(a), size_of(b)) && same(zp_strength(a), zp_strength(b));
}

static void look(const zp_svg_sink *sink, const zp_drawn *m, double usual)
{
	put(sink, " class=\"t-");
	put(sink, zp_shade_of(m->tone)->word);
	put(sink, "\"");
	if (!same(size_of(m), usual))
		attribute(sink, "font-size", size_of(m));
	if (m->anchor != ZP_AT_LEFT)
		put(sink, m->anchor == ZP_AT_MIDDLE ? " text-anchor=\"middle\"" : " text-anchor=\"end\"");
	put(sink, m->bold ? " font-weight=\"bold\"" : "");
	if (zp_strength(m) < 1)
		attribute(sink, "opacity", zp_strength(m));
}

static void text(const zp_svg_sink *sink, const zp_drawn *m)
{
	put(sink, " x=\"");
	number(sink, tenths(m->x), false);
	put(sink, "\" y=\"");
	number(sink, tenths(m->y), false);
	if (m->turn < 0 || m->turn > 0) {
		put(sink, "\" transform=\"rotate(");
		number(sink, tenths(m->turn), false);
		number(sink, tenths(m->x), true);
		number(sink, tenths(m->y), true);
		put(sink, ")");
	}
	put(sink, "\">");
	zp_svg_tell(sink, m->text);
	put(sink, "</text>");
}

static bool is_first(const zp_drawn *m, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (!is_empty(m + k) && set_alike(m + k, m + i))
			return false;
	return true;
}

/* The texts from `m` on that look like its ith, in one group where there are several. */
static void texts(const zp_svg_sink *sink, const zp_drawn *m, size_t i, size_t n, double usual)
{
	size_t alike = 0;
	for (size_t k = i; k < n; k++)
		alike += !is_empty(m + k) && set_alike(m + i, m + k);
	put(sink, alike > 1 ? "<g" : "<text");
	look(sink, m + i, usual);
	if (alike == 1) {
		text(sink, m + i);
		return;
	}
	put(sink, ">");
	for (size_t k = i; k < n; k++)
		if (!is_empty(m + k) && set_alike(m + i, m + k)) {
			put(sink, "<text");
			text(sink, m + k);
		}
	put(sink, "</g>");
}

/* Texts that follow each other do not lie on each other: they are put by their looks. Gives: how many there were. */
static size_t run_of_texts(const zp_svg_sink *sink, const zp_drawn *m, size_t n, double usual)
{
	size_t end = 1;
	while (end < n && m[end].kind == ZP_MARK_TEXT)
		end++;
	for (size_t i = 0; i < end; i++)
		if (!is_empty(m + i) && is_first(m, i))
			texts(sink, m, i, end, usual);
	return end;
}

/* How far down a mark reaches. */
static float foot_of(const zp_drawn *m)
{
	float y = m->y;
	switch (m->kind) {
	case ZP_MARK_PATH:
		for (size_t i = 0; i < m->n; i++)
			y = i && m->points[i].y < y ? y : m->points[i].y;
		return y;
	case ZP_MARK_BOX: return m->y + m->h;
	case ZP_MARK_ELLIPSE: return m->y + (m->w > m->h ? m->w : m->h);
	case ZP_MARK_TEXT: return m->turn < 0 || m->turn > 0 ? m->y : m->y + 0.3f * m->h;
	default: return m->y + m->w / 2;
	}
}

float zp_svg_foot(const zp_figure *f)
{
	float y = 0;
	for (size_t i = 0; i < f->n; i++)
		y = foot_of(&f->marks[i]) > y ? foot_of(&f->marks[i]) : y;
	return y + 4 < f->height ? y + 4 : f->height;
}

/* ---- all of it ---- */

static double usual_size(const zp_figure *f)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->marks[i].kind == ZP_MARK_TEXT && !is_empty(&f->marks[i]))
			return size_of(&f->marks[i]);
	return LETTERS;
}

void zp_svg_put_lean(const zp_svg_sink *sink, const zp_figure *f, const char *name)
{
	const double usual = usual_size(f);
	put(sink, "<svg class=\"figure\" viewBox=\"0 0");
	number(sink, tenths(f->width), true);
	number(sink, tenths(f->n ? zp_svg_foot(f) : f->height), true);
	put(sink, *name ? "\" role=\"img\" aria-label=\"" : "\" aria-hidden=\"true");
	zp_svg_tell(sink, name);
	put(sink, "\"");
	attribute(sink, "stroke-width", THICK);
	attribute(sink, "font-size", usual);
	put(sink, ">");
	for (size_t i = 0; i < f->n;)
		i += f->marks[i].kind == ZP_MARK_TEXT ? run_of_texts(sink, f->marks + i, f->n - i, usual) : path(sink, f->marks + i, f->n - i);
	put(sink, "</svg>");
}
