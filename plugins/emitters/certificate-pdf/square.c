/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The square code: QR, error level M. Dots of a row that touch are one box, so that the file stays small. */
#include <math.h>
#include <qrencode.h>
#include <string.h>
#include "composition.h"

#define QUIET 4 /* empty dots around it, which a reader needs */

bool zp_square_make(const zp_host *host, const char *text, const char *who, zp_square *out, zp_error *err)
{
	*out = (zp_square){ NULL, 0 };
	if (!text || !*text)
		return true;
	QRcode *code = QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
	if (!code)
		return host->fail(err, ZP_BAD_INPUT, who, 0, "the text of the square code has %zu bytes; expected fewer", strlen(text));
	const size_t n = (size_t)code->width * (size_t)code->width;
	out->side = code->width;
	out->dots = host->take(host, n);
	for (size_t i = 0; i < n; i++)
		out->dots[i] = code->data[i] & 1;
	QRcode_free(code);
	return true;
}

const char *zp_square_library(void)
{
	return QRcode_APIVersionString();
}

/* The white below it keeps it readable on any ground. */
void zp_square_draw(zp_canvas *c, const zp_square *q, double x, double y, double side)
{
	if (!q->side)
		return;
	const double dots = q->side + 2 * QUIET, exact = floor(side / dots * 16) / 16, dot = exact > 0 ? exact : side / dots;
	zp_canvas_box(c, x, y, side, side, 0xFFFFFF);
	zp_canvas_settle(c);
	cairo_save(c->cr);
	cairo_set_source_rgb(c->cr, 0, 0, 0);
	cairo_translate(c->cr, floor((x + (side - dot * dots) / 2) * 4) / 4, floor((y + (side - dot * dots) / 2) * 4) / 4);
	cairo_scale(c->cr, dot, dot); /* numbers with few digits make small files */
	for (int row = 0; row < q->side; row++)
		for (int at = 0, n; at < q->side; at += n + (n == 0)) {
			n = 0;
			while (at + n < q->side && q->dots[row * q->side + at + n])
				n++;
			if (!n)
				continue;
			cairo_move_to(c->cr, QUIET + at, QUIET + row + 0.5); /* a line as thick as a dot takes half the bytes of a box */
			cairo_line_to(c->cr, QUIET + at + n, QUIET + row + 0.5);
		}
	cairo_set_line_width(c->cr, 1);
	cairo_set_line_cap(c->cr, CAIRO_LINE_CAP_BUTT);
	cairo_stroke(c->cr);
	cairo_restore(c->cr);
	c->ink.colour = ~0u;
}
