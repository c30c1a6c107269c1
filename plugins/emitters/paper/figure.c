/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure.h"
#include <math.h>
#include "palette.h"

/* Where a figure's points lie on the page. */
typedef struct zp_spot { double x, y, scale; } zp_spot;

/* Hundredths of a point: finer is only longer in the file. */
static double round_off(double v) { return floor(v * 100 + 0.5) / 100; }
static double px(const zp_spot *at, double x) { return round_off(at->x + at->scale * x); }
static double py(const zp_spot *at, double y) { return round_off(at->y + at->scale * y); }

static void polygon(cairo_t *cr, const zp_spot *at, const zp_dot *points, size_t n, bool closed)
{
	for (size_t i = 0; i < n; i++)
		(i ? cairo_line_to : cairo_move_to)(cr, px(at, points[i].x), py(at, points[i].y));
	if (closed && n)
		cairo_close_path(cr);
}

/* In four curves, one for each quarter, as exact as paper can show. */
static void ellipse(cairo_t *cr, const zp_spot *at, double x, double y, double rx, double ry, double turn)
{
	static const double corner[5][2] = { { 1, 0 }, { 0, 1 }, { -1, 0 }, { 0, -1 }, { 1, 0 } };
	const double k = 0.5522847498307936, c = cos(turn * 3.14159265358979323846 / 180), s = sin(turn * 3.14159265358979323846 / 180);
	cairo_move_to(cr, px(at, x + rx * c), py(at, y + rx * s));
	for (int q = 0; q < 4; q++) {
		const double *from = corner[q], *to = corner[q + 1];
		const double way[3][2] = { { from[0] + k * to[0], from[1] + k * to[1] }, { to[0] + k * from[0], to[1] + k * from[1] }, { to[0], to[1] } };
		double on[3][2];
		for (int i = 0; i < 3; i++) {
			on[i][0] = px(at, x + way[i][0] * rx * c - way[i][1] * ry * s);
			on[i][1] = py(at, y + way[i][0] * rx * s + way[i][1] * ry * c);
		}
		cairo_curve_to(cr, on[0][0], on[0][1], on[1][0], on[1][1], on[2][0], on[2][1]);
	}
	cairo_close_path(cr);
}

static void outline(cairo_t *cr, const zp_spot *at, const zp_drawn *m)
{
	const float x = m->x, y = m->y, h = m->w / 2;
	switch (m->kind) {
	case ZP_MARK_PATH: polygon(cr, at, m->points, m->n, m->closed); break;
	case ZP_MARK_BOX: cairo_rectangle(cr, px(at, x), py(at, y), at->scale * m->w, at->scale * m->h); break;
	case ZP_MARK_DOT: ellipse(cr, at, x, y, h, h, 0); break;
	case ZP_MARK_ELLIPSE: ellipse(cr, at, x, y, m->w, m->h, m->turn); break;
	case ZP_MARK_DIAMOND: polygon(cr, at, (zp_dot[]){ { x - h, y }, { x, y - h }, { x + h, y }, { x, y + h } }, 4, true); break;
	case ZP_MARK_TRIANGLE: polygon(cr, at, (zp_dot[]){ { x, y }, { x - h, y - 1.6f * h }, { x + h, y - 1.6f * h } }, 3, true); break;
	case ZP_MARK_CROSS:
		polygon(cr, at, (zp_dot[]){ { x - h, y - h }, { x + h, y + h } }, 2, false);
		polygon(cr, at, (zp_dot[]){ { x - h, y + h }, { x + h, y - h } }, 2, false);
		break;
	case ZP_MARK_TEXT: break;
	}
}

static bool is_near(float a, float b) { return fabsf(a - b) < 0.01f; }
static bool is_filled_dot(const zp_drawn *m) { return m->kind == ZP_MARK_DOT && !zp_is_line(m); }

/* Filled dots of one size are the round ends of lines of no length: a tenth of the bytes and of the time of curves. */
static size_t dots(zp_canvas *p, const zp_spot *at, const zp_drawn *m, size_t n)
{
	size_t end = 0;
	for (; end < n && (end == 0 || (is_filled_dot(m + end) && zp_painted_alike(m, m + end) && is_near(m[end].w, m->w))); end++) {
		cairo_move_to(p->cr, px(at, m[end].x), py(at, m[end].y));
		cairo_line_to(p->cr, px(at, m[end].x), py(at, m[end].y));
	}
	cairo_set_line_cap(p->cr, CAIRO_LINE_CAP_ROUND);
	cairo_set_line_width(p->cr, at->scale * (double)m->w);
	cairo_set_dash(p->cr, NULL, 0, 0);
	cairo_stroke(p->cr);
	cairo_set_line_cap(p->cr, CAIRO_LINE_CAP_BUTT);
	return end;
}

static bool is_filled_box(const zp_drawn *m) { return m->kind == ZP_MARK_BOX && !zp_is_line(m); }

/* Filled boxes that are equally wide, or equally high, are broad lines: half the bytes. Gives: how many; fewer than three are not worth it. */
static size_t boxes(zp_canvas *p, const zp_spot *at, const zp_drawn *m, size_t n)
{
	size_t wide = 0, high = 0;
	while (wide < n && is_filled_box(m + wide) && zp_painted_alike(m, m + wide) && is_near(m[wide].w, m->w))
		wide++;
	while (high < n && is_filled_box(m + high) && zp_painted_alike(m, m + high) && is_near(m[high].h, m->h))
		high++;
	const size_t end = wide > high ? wide : high;
	if (end < 3)
		return 0;
	for (size_t i = 0; i < end; i++) {
		const double x = px(at, m[i].x), y = py(at, m[i].y), w = at->scale * (double)m[i].w, h = at->scale * (double)m[i].h;
		cairo_move_to(p->cr, wide > high ? x + w / 2 : x, wide > high ? y : y + h / 2);
		cairo_line_to(p->cr, wide > high ? x + w / 2 : x + w, wide > high ? y + h : y + h / 2);
	}
	cairo_set_line_width(p->cr, at->scale * (double)(wide > high ? m->w : m->h));
	cairo_set_dash(p->cr, NULL, 0, 0);
	cairo_stroke(p->cr);
	return end;
}

static size_t group(zp_canvas *p, const zp_spot *at, const zp_drawn *m, size_t n)
{
	const uint32_t c = zp_shade_of(m->tone)->print;
	size_t end = 0;
	if (zp_strength(m) < 1)
		cairo_set_source_rgba(p->cr, (c >> 16 & 255) / 255.0, (c >> 8 & 255) / 255.0, (c & 255) / 255.0, (double)zp_strength(m));
	else
		cairo_set_source_rgb(p->cr, (c >> 16 & 255) / 255.0, (c >> 8 & 255) / 255.0, (c & 255) / 255.0);
	if (is_filled_dot(m))
		return dots(p, at, m, n);
	if (is_filled_box(m) && (end = boxes(p, at, m, n)))
		return end;
	for (; end < n && (end == 0 || (zp_painted_alike(m, m + end) && !is_filled_dot(m + end))); end++)
		outline(p->cr, at, m + end);
	if (!zp_is_line(m)) {
		cairo_fill(p->cr);
		return end;
	}
	const double dashes[] = { 3 * at->scale, 2 * at->scale };
	cairo_set_line_width(p->cr, at->scale * zp_thickness(m));
	cairo_set_dash(p->cr, dashes, m->dashed ? 2 : 0, 0);
	cairo_stroke(p->cr);
	return end;
}

static const zp_ink fresh = { ZP_WEIGHTS, -1, ~0u, 0 }; /* cr is set to nothing that the canvas knows */

static zp_ink ink_of(const zp_spot *at, const zp_drawn *m)
{
	uint32_t c = zp_shade_of(m->tone)->print;
	if (zp_strength(m) < 1) { /* letters are not seen through: they are paler */
		uint32_t pale = 0;
		for (int shift = 0; shift < 24; shift += 8)
			pale |= (uint32_t)lround(255 - (255 - (double)(c >> shift & 255)) * (double)zp_strength(m)) << shift;
		c = pale;
	}
	return (zp_ink){ m->bold ? ZP_BOLD : ZP_REGULAR, at->scale * m->h, c, 0 };
}

static void turned(zp_canvas *p, const zp_spot *at, const zp_drawn *m)
{
	zp_canvas_settle(p);
	cairo_save(p->cr);
	cairo_translate(p->cr, px(at, m->x), py(at, m->y));
	cairo_rotate(p->cr, (double)m->turn * 3.14159265358979323846 / 180);
	p->ink = fresh;
	zp_canvas_line(p, ink_of(at, m), 0, 0, at->scale * m->most, (zp_align)m->anchor, m->text);
	zp_canvas_settle(p);
	cairo_restore(p->cr);
	p->ink = fresh;
}

void zp_canvas_figure(zp_canvas *p, const zp_figure *f, double x, double y, double scale)
{
	const zp_spot at = { x, y, scale };
	bool words = true; /* what was drawn last */
	zp_canvas_settle(p);
	for (size_t i = 0; i < f->n && !p->failed;) {
		const zp_drawn *m = &f->marks[i];
		if (m->kind != ZP_MARK_TEXT) {
			if (words)
				zp_canvas_settle(p);
			words = false;
			i += group(p, &at, m, f->n - i);
			continue;
		}
		if (!words)
			p->ink = fresh;
		words = true;
		if (m->turn < 0 || m->turn > 0)
			turned(p, &at, m);
		else if (m->text)
			zp_canvas_line(p, ink_of(&at, m), px(&at, m->x), py(&at, m->y), scale * m->most, (zp_align)m->anchor, m->text);
		i++;
	}
	zp_canvas_settle(p);
	cairo_set_dash(p->cr, NULL, 0, 0);
	p->ink = fresh;
}
