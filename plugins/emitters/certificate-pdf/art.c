/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Images: PNG files, and drawings that are drawn as they are. */
#include <string.h>
#include "composition.h"

#define PIXELS_MOST 4000

typedef struct reader { const unsigned char *at; size_t left; } reader;

static cairo_status_t read_png(void *self, unsigned char *out, unsigned n)
{
	reader *r = self;
	if (n > r->left)
		return CAIRO_STATUS_READ_ERROR;
	memcpy(out, r->at, n);
	r->at += n;
	r->left -= n;
	return CAIRO_STATUS_SUCCESS;
}

/* Width and height as the PNG states them, looked at before anything is unpacked. */
static bool png_size(const unsigned char *b, size_t n, unsigned *w, unsigned *h)
{
	static const unsigned char mark[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n' };
	if (n < 24 || memcmp(b, mark, sizeof(mark)) != 0)
		return false;
	*w = (unsigned)b[16] << 24 | (unsigned)b[17] << 16 | (unsigned)b[18] << 8 | b[19];
	*h = (unsigned)b[20] << 24 | (unsigned)b[21] << 16 | (unsigned)b[22] << 8 | b[23];
	return true;
}

/* A copy whose longer side has so many pixels. */
static cairo_surface_t *reduced(cairo_surface_t *whole, double pixels)
{
	const double w = cairo_image_surface_get_width(whole), h = cairo_image_surface_get_height(whole);
	const double scale = pixels / (w > h ? w : h);
	if (scale >= 1)
		return whole;
	int small_w = (int)(w * scale + 0.5), small_h = (int)(h * scale + 0.5);
	cairo_surface_t *small = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, small_w ? small_w : 1, small_h ? small_h : 1);
	cairo_t *cr = cairo_create(small);
	cairo_scale(cr, scale, scale);
	cairo_set_source_surface(cr, whole, 0, 0);
	cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_GOOD);
	cairo_paint(cr);
	cairo_destroy(cr);
	cairo_surface_destroy(whole);
	return small;
}

cairo_surface_t *zp_art_open(const zp_host *host, const char *name, const void *bytes, size_t n, double pixels, zp_error *err)
{
	unsigned w = 0, h = 0;
	if (!png_size(bytes, n, &w, &h)) {
		host->fail(err, ZP_BAD_INPUT, name, 0, "the image is not a PNG image; expected one");
		return NULL;
	}
	if (!w || !h || w > PIXELS_MOST || h > PIXELS_MOST) {
		host->fail(err, ZP_BAD_INPUT, name, 0, "the image has %u x %u pixels; expected at most %d x %d", w, h, PIXELS_MOST, PIXELS_MOST);
		return NULL;
	}
	reader from = { bytes, n };
	cairo_surface_t *image = cairo_image_surface_create_from_png_stream(read_png, &from);
	if (cairo_surface_status(image)) {
		cairo_surface_destroy(image);
		host->fail(err, ZP_BAD_INPUT, name, 0, "the image is a damaged PNG image; expected a sound one");
		return NULL;
	}
	return reduced(image, pixels);
}

/* Bring a picture of w x h into the box. */
static void place(zp_canvas *c, double w, double h, double x, double y, double width, double height)
{
	const double scale = width / w < height / h ? width / w : height / h;
	zp_canvas_settle(c);
	cairo_save(c->cr);
	cairo_translate(c->cr, x + (width - w * scale) / 2, y + (height - h * scale) / 2);
	cairo_scale(c->cr, scale, scale);
}

void zp_art_draw(zp_canvas *c, cairo_surface_t *image, double x, double y, double width, double height)
{
	if (!image)
		return;
	place(c, cairo_image_surface_get_width(image), cairo_image_surface_get_height(image), x, y, width, height);
	cairo_set_source_surface(c->cr, image, 0, 0);
	cairo_paint(c->cr);
	cairo_restore(c->cr);
	c->ink.colour = ~0u;
}

static void trace(cairo_t *cr, const zp_shape_drawn *s)
{
	cairo_new_path(cr);
	for (size_t i = 0; i < s->n; i++) {
		const double *x = s->steps[i].x;
		switch (s->steps[i].kind) {
		case ZP_STEP_MOVE: cairo_move_to(cr, x[0], x[1]); break;
		case ZP_STEP_LINE: cairo_line_to(cr, x[0], x[1]); break;
		case ZP_STEP_CURVE: cairo_curve_to(cr, x[0], x[1], x[2], x[3], x[4], x[5]); break;
		default: cairo_close_path(cr);
		}
	}
}

static void paint(cairo_t *cr, int64_t colour, double opacity)
{
	cairo_set_source_rgba(cr, (double)(colour >> 16 & 255) / 255, (double)(colour >> 8 & 255) / 255, (double)(colour & 255) / 255, opacity);
}

void zp_drawing_draw(zp_canvas *c, const zp_drawing *d, double x, double y, double width, double height)
{
	place(c, d->width, d->height, x, y, width, height);
	cairo_translate(c->cr, -d->x, -d->y);
	cairo_rectangle(c->cr, d->x, d->y, d->width, d->height);
	cairo_clip(c->cr);
	for (size_t i = 0; i < d->n; i++) {
		const zp_shape_drawn *s = &d->shapes[i];
		trace(c->cr, s);
		cairo_set_fill_rule(c->cr, s->even_odd ? CAIRO_FILL_RULE_EVEN_ODD : CAIRO_FILL_RULE_WINDING);
		if (s->fill >= 0) {
			paint(c->cr, s->fill, s->fill_opacity);
			cairo_fill_preserve(c->cr);
		}
		if (s->stroke >= 0) {
			paint(c->cr, s->stroke, s->stroke_opacity);
			cairo_set_line_width(c->cr, s->width);
			cairo_set_line_cap(c->cr, s->round_caps ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
			cairo_set_line_join(c->cr, s->round_joins ? CAIRO_LINE_JOIN_ROUND : CAIRO_LINE_JOIN_MITER);
			cairo_stroke_preserve(c->cr);
		}
		cairo_new_path(c->cr);
	}
	cairo_restore(c->cr);
	c->ink.colour = ~0u;
}
