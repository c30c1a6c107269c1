/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "canvas.h"
#include <math.h>
#include <pango/pango.h>
#include <stdlib.h>
#include <string.h>

#define MOST_LINES 64
#define PER_EM 1000.0

#define MOST_PENDING 16384 /* glyphs, and bytes of text */

struct zp_desk {
	zp_glyph glyphs[ZP_LINE_MOST];
	/* Texts of one ink that follow each other are drawn as one: cairo keeps an account of every drawing. */
	cairo_glyph_t placed[MOST_PENDING];
	cairo_text_cluster_t clusters[MOST_PENDING];
	char text[MOST_PENDING];
	int n_placed, n_clusters, n_text;
	PangoLogAttr breaks[ZP_LINE_MOST + 1];
	bool before[ZP_LINE_MOST + 1]; /* by byte: a line may start here */
	PangoLanguage *language;
};

/* Part of a shape that stands on one line. */
typedef struct zp_span { size_t first, n; double width; } zp_span;

zp_desk *zp_desk_open(void)
{
	zp_desk *d = calloc(1, sizeof(*d));
	if (d)
		d->language = pango_language_from_string("zh-cn");
	return d;
}

void zp_desk_close(zp_desk *d)
{
	free(d);
}

static void set_colour(cairo_t *cr, unsigned c)
{
	cairo_set_source_rgb(cr, (c >> 16 & 255) / 255.0, (c >> 8 & 255) / 255.0, (c & 255) / 255.0);
}

void zp_canvas_settle(zp_canvas *p)
{
	zp_desk *d = p->desk;
	if (d->n_placed)
		cairo_show_text_glyphs(p->cr, d->text, d->n_text, d->placed, d->n_placed, d->clusters, d->n_clusters, 0);
	d->n_placed = d->n_clusters = d->n_text = 0;
}

static void dip(zp_canvas *p, zp_ink ink)
{
	if (ink.colour == p->ink.colour && ink.weight == p->ink.weight && ink.size == p->ink.size)
		return;
	zp_canvas_settle(p);
	if (ink.colour != p->ink.colour)
		set_colour(p->cr, ink.colour);
	if (ink.weight != p->ink.weight)
		cairo_set_font_face(p->cr, zp_cut_face(p->cuts[ink.weight]));
	if (ink.weight != p->ink.weight || ink.size != p->ink.size)
		cairo_set_font_size(p->cr, ink.size);
	p->ink = ink;
}

static bool shape(zp_canvas *p, zp_ink ink, const char *text, zp_shape *out)
{
	if (p->failed || !zp_cut_shape(p->cuts[ink.weight], p->host, p->who, text, p->desk->glyphs, out, p->err)) {
		p->failed = true;
		*out = (zp_shape){ .text = "" };
		return false;
	}
	return true;
}

static double span_width(const zp_shape *s, zp_ink ink, size_t first, size_t n)
{
	double w = 0;
	for (size_t i = first; i < first + n; i++)
		w += s->glyphs[i].advance;
	return w * ink.size / PER_EM + (n ? (double)(n - 1) * ink.tracking : 0);
}

/* Numbers are written with two decimals in a PDF; rounding here keeps equal cells equal. */
static double grid(double v)
{
	return floor(v * 100 + 0.5) / 100;
}

static void draw_span(zp_canvas *p, zp_ink ink, const zp_shape *s, const zp_span *span, double x, double y)
{
	if (!span->n)
		return;
	zp_desk *d = p->desk;
	dip(p, ink);
	if (d->n_placed + (int)span->n > MOST_PENDING || d->n_text + (int)s->bytes > MOST_PENDING)
		zp_canvas_settle(p);
	const double em = ink.size / PER_EM;
	const zp_glyph *first = s->glyphs + span->first;
	double at = grid(x);
	y = grid(y);
	for (size_t i = 0; i < span->n; i++) {
		const zp_glyph *g = first + i;
		d->placed[d->n_placed++] = (cairo_glyph_t){ g->id, at + g->dx * em, y - g->dy * em };
		at += g->advance * em + ink.tracking;
		if (g->bytes || !i)
			d->clusters[d->n_clusters++] = (cairo_text_cluster_t){ g->bytes, 1 };
		else
			d->clusters[d->n_clusters - 1].num_glyphs++;
		memcpy(d->text + d->n_text, s->text + g->from, g->bytes);
		d->n_text += g->bytes;
	}
}

static double start(double x, double room, zp_align align)
{
	return align == ZP_LEFT ? x : align == ZP_CENTRE ? x - room / 2 : x - room;
}

double zp_canvas_width(zp_canvas *p, zp_ink ink, const char *text)
{
	zp_shape s;
	return shape(p, ink, text, &s) ? span_width(&s, ink, 0, s.n) : 0;
}

double zp_canvas_line(zp_canvas *p, zp_ink ink, double x, double y, double width, zp_align align, const char *text)
{
	zp_shape s;
	if (!*text || !shape(p, ink, text, &s))
		return 0;
	double w = span_width(&s, ink, 0, s.n);
	if (width > 0 && w > width) {
		ink.size *= width / w;
		ink.tracking *= width / w;
		w = width;
	}
	draw_span(p, ink, &s, &(zp_span){ 0, s.n, w }, start(x, w, align), y);
	return w;
}

static void find_breaks(zp_canvas *p, const zp_shape *s)
{
	zp_desk *d = p->desk;
	memset(d->before, 0, (s->bytes + 1) * sizeof(d->before[0]));
	size_t characters = 0;
	for (size_t i = 0; i < s->bytes; i++)
		characters += ((unsigned char)s->text[i] & 0xC0) != 0x80;
	pango_get_log_attrs(s->text, (int)s->bytes, 0, d->language, d->breaks, (int)characters + 1);
	size_t c = 0;
	for (size_t i = 0; i < s->bytes; i++)
		if (((unsigned char)s->text[i] & 0xC0) != 0x80)
			d->before[i] = d->breaks[c++].is_line_break;
}

static bool blank(const zp_shape *s, size_t i)
{
	return s->glyphs[i].bytes == 1 && s->text[s->glyphs[i].from] == ' ';
}

/* Fill lines one after another. A word wider than a line is broken where the line is full.
 * Gives: the number of lines, or most + 1 when they are not enough. */
static unsigned fill_lines(const zp_canvas *p, const zp_shape *s, zp_ink ink, double width, unsigned most, zp_span *lines)
{
	size_t i = 0;
	unsigned n = 0;
	while (i < s->n) {
		if (n == most)
			return most + 1;
		size_t end = i, last = 0;
		double w = 0;
		for (; end < s->n; end++) {
			double more = s->glyphs[end].advance * ink.size / PER_EM + ink.tracking;
			if (end > i && s->glyphs[end].bytes && p->desk->before[s->glyphs[end].from])
				last = end;
			if (end > i && w + more - ink.tracking > width && !blank(s, end))
				break;
			w += more;
		}
		if (end < s->n && last)
			end = last;
		size_t stop = end;
		while (stop > i && blank(s, stop - 1))
			stop--;
		lines[n++] = (zp_span){ i, stop - i, span_width(s, ink, i, stop - i) };
		i = end;
	}
	return n;
}

double zp_canvas_text(zp_canvas *p, zp_ink ink, zp_canvas_column c, const char *text, bool draw)
{
	zp_shape s;
	if (!*text || !shape(p, ink, text, &s))
		return 0;
	zp_span lines[MOST_LINES];
	unsigned n = 0;
	double w = span_width(&s, ink, 0, s.n);
	if (w <= c.width) {
		lines[n++] = (zp_span){ 0, s.n, w };
	} else {
		find_breaks(p, &s);
		unsigned most = c.most && c.most < MOST_LINES ? c.most : MOST_LINES;
		while ((n = fill_lines(p, &s, ink, c.width, most, lines)) > most || (c.height > 0 && n * ink.size * c.leading > c.height)) {
			ink.size *= 0.95;
			ink.tracking *= 0.95;
		}
	}
	const double step = ink.size * c.leading;
	if (c.middle)
		c.y += 0.36 * ink.size - (n - 1) * step / 2;
	for (unsigned i = 0; draw && i < n; i++)
		draw_span(p, ink, &s, &lines[i], start(c.x, lines[i].width, c.align), c.y + i * step);
	return n * step;
}

static void change_colour(zp_canvas *p, unsigned colour)
{
	zp_canvas_settle(p);
	p->ink.colour = colour;
	set_colour(p->cr, colour);
}

void zp_canvas_rule(zp_canvas *p, double x1, double y1, double x2, double y2, double thick, unsigned colour)
{
	change_colour(p, colour);
	cairo_set_line_width(p->cr, thick);
	cairo_move_to(p->cr, x1, y1);
	cairo_line_to(p->cr, x2, y2);
	cairo_stroke(p->cr);
}

void zp_canvas_box(zp_canvas *p, double x, double y, double w, double h, unsigned colour)
{
	change_colour(p, colour);
	cairo_rectangle(p->cr, x, y, w, h);
	cairo_fill(p->cr);
}

void zp_canvas_frame(zp_canvas *p, double x, double y, double w, double h, double thick, unsigned colour)
{
	change_colour(p, colour);
	cairo_set_line_width(p->cr, thick);
	cairo_rectangle(p->cr, x, y, w, h);
	cairo_stroke(p->cr);
}

void zp_canvas_diamond(zp_canvas *p, double x, double y, double half, unsigned colour)
{
	change_colour(p, colour);
	cairo_move_to(p->cr, x - half, y);
	cairo_line_to(p->cr, x, y - half);
	cairo_line_to(p->cr, x + half, y);
	cairo_line_to(p->cr, x, y + half);
	cairo_close_path(p->cr);
	cairo_fill(p->cr);
}

void zp_canvas_pointer(zp_canvas *p, double x, double y, double half, unsigned colour)
{
	change_colour(p, colour);
	cairo_move_to(p->cr, x, y);
	cairo_line_to(p->cr, x - half, y - 1.6 * half);
	cairo_line_to(p->cr, x + half, y - 1.6 * half);
	cairo_close_path(p->cr);
	cairo_fill(p->cr);
}
