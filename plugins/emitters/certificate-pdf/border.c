/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Borders that the program draws. */
#include "composition.h"
#include <math.h>

#define BAND 12.0  /* width of woven lines */
#define WAVE 40.0  /* length of a wave, about */
#define BOW 0.3642 /* of a quarter of a sine wave as a curve: handles at these shares of its length */

static void corner(zp_canvas *c, double x, double y, double dx, double dy, unsigned colour)
{
	zp_canvas_rule(c, x, y + dy * 22, x + dx * 22, y, 0.5, colour);
	zp_canvas_diamond(c, x + dx * 5.2, y + dy * 5.2, 2.2, colour);
}

static void corners(zp_canvas *c, double a, double w, double h, unsigned colour)
{
	corner(c, a, a, 1, 1, colour);
	corner(c, w - a, a, -1, 1, colour);
	corner(c, a, h - a, 1, -1, colour);
	corner(c, w - a, h - a, -1, -1, colour);
}

/* Numbers with few digits make small files; an eighth of a point is not seen. */
static double snap(double v) { return floor(v * 4 + 0.5) / 4; }

/* Half a wave from s to s + half along an edge, so high to one side. The edge runs from x, y in direction dx, dy. */
static void half_wave(cairo_t *cr, double x, double y, double dx, double dy, double s, double half, double high)
{
	const double one = s + half * BOW, two = s + half * (1 - BOW), end = s + half, handle = high * 4 / 3;
	cairo_curve_to(cr, snap(x + dx * one - dy * handle), snap(y + dy * one + dx * handle), snap(x + dx * two - dy * handle), snap(y + dy * two + dx * handle),
	               snap(x + dx * end), snap(y + dy * end));
}

/* The woven band of an edge, its middle from x, y: pairs of waves that mirror each other, all of which begin and end with the edge. */
static void edge(zp_canvas *c, double x, double y, double dx, double dy, double length)
{
	static const double highs[] = { 0.96, 0.44 };
	const int waves = (int)(length / WAVE + 0.5);
	const double half = length / waves / 2;
	for (int k = 0; k < 4; k++) {
		cairo_move_to(c->cr, snap(x), snap(y));
		for (int i = 0; i < 2 * waves; i++)
			half_wave(c->cr, x, y, dx, dy, i * half, half, (i + k) % 2 ? -highs[k / 2] * BAND / 2 : highs[k / 2] * BAND / 2);
	}
	cairo_stroke(c->cr);
}

/* Circles through one point, turned: a small rosette. */
static void rosette(zp_canvas *c, double x, double y)
{
	static const double at[8][2] = { { 1, 0 }, { 0.7071, 0.7071 }, { 0, 1 }, { -0.7071, 0.7071 }, { -1, 0 }, { -0.7071, -0.7071 }, { 0, -1 }, { 0.7071, -0.7071 } };
	for (int i = 0; i < 8; i++) {
		cairo_new_sub_path(c->cr);
		cairo_arc(c->cr, x + at[i][0] * 2.6, y + at[i][1] * 2.6, 2.6, 0, 6.283185307179586);
	}
	cairo_stroke(c->cr);
}

static void guilloche(zp_canvas *c, double a, double w, double h, unsigned colour)
{
	a = snap(a), w = snap(w), h = snap(h);
	const double b = a + BAND, m = a + BAND / 2;
	zp_canvas_frame(c, a, a, w - 2 * a, h - 2 * a, 1.1, colour);
	zp_canvas_frame(c, b, b, w - 2 * b, h - 2 * b, 0.5, colour);
	zp_canvas_frame(c, b + 3, b + 3, w - 2 * b - 6, h - 2 * b - 6, 0.3, colour);
	cairo_set_line_width(c->cr, 0.3);
	edge(c, b, m, 1, 0, w - 2 * b);
	edge(c, b, h - m, 1, 0, w - 2 * b);
	edge(c, m, b, 0, 1, h - 2 * b);
	edge(c, w - m, b, 0, 1, h - 2 * b);
	for (int i = 0; i < 4; i++)
		rosette(c, i % 2 ? w - m : m, i / 2 ? h - m : m);
}

void zp_border_draw(zp_canvas *c, const zp_template *t)
{
	const double a = t->inset, b = a + 5, w = t->width, h = t->height;
	switch (t->border) {
	case ZP_BORDER_NONE:
		return;
	case ZP_BORDER_LINE:
		zp_canvas_frame(c, a, a, w - 2 * a, h - 2 * a, 0.8, t->border_colour);
		return;
	case ZP_BORDER_GUILLOCHE:
		guilloche(c, a, w, h, t->border_colour);
		return;
	case ZP_BORDER_CORNERS:
		corners(c, b, w, h, t->border_colour);
		/* fall through */
	case ZP_BORDER_DOUBLE:
		zp_canvas_frame(c, a, a, w - 2 * a, h - 2 * a, 1.6, t->border_colour);
		zp_canvas_frame(c, b, b, w - 2 * b, h - 2 * b, 0.4, t->border_colour);
	}
}
