/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drawings: the part of SVG that is shapes with a colour (docs/formats/certificate.md). No text, whose font would be whatever the machine
 * has; no filters, gradients or pictures in it; no reference to anything outside. What would change how it looks and is not understood is
 * refused. */
#include <math.h>
#include <stdlib.h>
#include "book/certificate.h"
#include "book/drawing_path.h"

#define STEPS_MOST 20000u
#define SHAPES_MOST 4000u
#define SIDE_LEAST 0.01
#define SIDE_MOST 1e6
#define DRAWING_BYTES (1u << 20)
#define WIDEST 1e9
#define CURRENT (-2)

typedef struct style {
	int64_t fill, stroke, colour; /* CURRENT: of the first two, the third */
	double fill_opacity, stroke_opacity, opacity, width;
	bool even_odd, round_caps, round_joins, hidden;
	zp_matrix matrix;
} style;

typedef struct work {
	zp_reader r;
	zp_shape_drawn *shapes;
	size_t n, room, steps;
	bool full;
} work;

/* ---- colours ---- */

static bool named_colour(const char *v, int64_t *out)
{
	static const struct { const char *name; int64_t rgb; } names[] = {
		{ "none", -1 }, { "transparent", -1 }, { "currentColor", CURRENT }, { "currentcolor", CURRENT }, { "black", 0 }, { "white", 0xFFFFFF }, { "red", 0xFF0000 }, { "green", 0x008000 },
		{ "blue", 0x0000FF }, { "yellow", 0xFFFF00 }, { "gray", 0x808080 }, { "grey", 0x808080 }, { "silver", 0xC0C0C0 }, { "maroon", 0x800000 },
		{ "navy", 0x000080 }, { "teal", 0x008080 }, { "olive", 0x808000 }, { "purple", 0x800080 }, { "lime", 0x00FF00 }, { "aqua", 0x00FFFF },
		{ "fuchsia", 0xFF00FF }, { "orange", 0xFFA500 }, { "gold", 0xFFD700 }, { "crimson", 0xDC143C }, { "firebrick", 0xB22222 } };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(v, names[i].name) == 0) {
			*out = names[i].rgb;
			return true;
		}
	return false;
}

static bool read_paint(const char *v, int64_t *out)
{
	unsigned rgb;
	if (named_colour(v, out))
		return true;
	if (zp_colour_read(v, &rgb)) {
		*out = rgb;
		return true;
	}
	if (v[0] == '#' && strlen(v) == 4 && strspn(v + 1, "0123456789abcdefABCDEF") == 3) {
		const char six[] = { '#', v[1], v[1], v[2], v[2], v[3], v[3], '\0' };
		zp_colour_read(six, &rgb);
		*out = rgb;
		return true;
	}
	if (strncmp(v, "rgb(", 4) != 0)
		return false;
	const char *p = v + 4;
	double part;
	*out = 0;
	for (int i = 0; i < 3; i++) {
		if (!zp_path_number(&p, &part) || part < 0 || part > 255)
			return false;
		*out = *out << 8 | (int64_t)(part + 0.5);
	}
	return strcmp(p + strspn(p, " "), ")") == 0;
}

/* ---- properties ---- */

static bool is_any(const char *word, const char *words)
{
	zp_text one;
	while (zp_word_next(&words, &one))
		if (zp_text_is(one, word))
			return true;
	return false;
}

/* What changes how a shape looks and is not understood, unless it is switched off. */
#define REFUSED "filter mask clip-path stroke-dasharray marker marker-start marker-mid marker-end mix-blend-mode vector-effect"

static void take_property(work *w, const zp_element *e, const char *name, const char *value, style *s)
{
	double v = 0;
	const char *p = value;
	bool good = true;
	if (is_any(name, "fill stroke"))
		good = read_paint(value, name[0] == 'f' ? &s->fill : &s->stroke);
	else if (strcmp(name, "color") == 0) {
		int64_t colour;
		good = read_paint(value, &colour) && colour != -1;
		s->colour = good && colour != CURRENT ? colour : s->colour; /* its own current colour is the one around it */
	} else if (is_any(name, "fill-opacity stroke-opacity opacity stroke-width")) {
		good = zp_path_number(&p, &v) && v >= 0 && (*p == '\0' || strcmp(p, "px") == 0) && (v <= 1 || strcmp(name, "stroke-width") == 0);
		if (strcmp(name, "fill-opacity") == 0)
			s->fill_opacity = v;
		else if (strcmp(name, "stroke-opacity") == 0)
			s->stroke_opacity = v;
		else if (strcmp(name, "opacity") == 0)
			s->opacity *= v;
		else
			s->width = v;
	} else if (strcmp(name, "fill-rule") == 0)
		s->even_odd = strcmp(value, "evenodd") == 0, good = is_any(value, "nonzero evenodd");
	else if (strcmp(name, "stroke-linecap") == 0)
		s->round_caps = strcmp(value, "round") == 0, good = is_any(value, "butt round");
	else if (strcmp(name, "stroke-linejoin") == 0)
		s->round_joins = strcmp(value, "round") == 0, good = is_any(value, "miter round");
	else if (strcmp(name, "display") == 0)
		s->hidden |= strcmp(value, "none") == 0;
	else if (strcmp(name, "visibility") == 0)
		s->hidden |= strcmp(value, "visible") != 0;
	else if (strcmp(name, "transform") == 0)
		good = zp_matrix_read(value, &s->matrix);
	else if (is_any(name, REFUSED))
		good = is_any(value, "none normal");
	if (!good)
		zp_refuse(&w->r, e, "<%s> has %s \"%s\", which is not understood; expected shapes with plain colours (save the drawing as plain SVG)", e->name, name,
			  zp_text_show(w->r.arena, zp_text_of(value)));
}

/* "fill:#fff;stroke:none" */
static void take_style(work *w, const zp_element *e, const char *text, style *s)
{
	while (*text) {
		const size_t n = strcspn(text, ";"), colon = strcspn(text, ":");
		if (colon < n) {
			const zp_text name = zp_text_trim((zp_text){ text, colon }), value = zp_text_trim((zp_text){ text + colon + 1, n - colon - 1 });
			if (!zp_text_is(name, "transform")) /* CSS has another one */
				take_property(w, e, zp_arena_text(w->r.arena, name.p, name.n), zp_arena_text(w->r.arena, value.p, value.n), s);
		}
		text += n + (text[n] == ';');
	}
}

static style inherit(work *w, const zp_element *e, style s)
{
	for (uint32_t i = 0; i < e->n_attributes; i++)
		if (strcmp(e->attributes[i].name, "style") != 0)
			take_property(w, e, e->attributes[i].name, e->attributes[i].value, &s);
	const char *text = zp_attribute_of(e, "style");
	if (text)
		take_style(w, e, text, &s);
	return s;
}

/* ---- shapes ---- */

static double number_of(work *w, const zp_element *e, const char *name, double preset)
{
	const char *value = zp_attribute_of(e, name), *p = value;
	double out = preset;
	if (value && (!zp_path_number(&p, &out) || (*p && strcmp(p, "px") != 0))) {
		zp_refuse(&w->r, e, "the attribute \"%s\" of <%s> is \"%s\"; expected a number", name, e->name, zp_text_show(w->r.arena, zp_text_of(value)));
		return preset;
	}
	return out;
}

static void oval(zp_path_work *p, double cx, double cy, double rx, double ry)
{
	zp_path_move(p, cx + rx, cy);
	zp_path_arc(p, rx, ry, 0, false, true, cx - rx, cy);
	zp_path_arc(p, rx, ry, 0, false, true, cx + rx, cy);
	zp_path_close(p);
}

static void box(work *w, const zp_element *e, zp_path_work *p)
{
	const double x = number_of(w, e, "x", 0), y = number_of(w, e, "y", 0), wide = number_of(w, e, "width", 0), high = number_of(w, e, "height", 0);
	double rx = number_of(w, e, "rx", number_of(w, e, "ry", 0)), ry = number_of(w, e, "ry", rx);
	rx = rx > wide / 2 ? wide / 2 : rx;
	ry = ry > high / 2 ? high / 2 : ry;
	if (wide <= 0 || high <= 0)
		return;
	zp_path_move(p, x + rx, y);
	zp_path_line(p, x + wide - rx, y);
	zp_path_arc(p, rx, ry, 0, false, true, x + wide, y + ry);
	zp_path_line(p, x + wide, y + high - ry);
	zp_path_arc(p, rx, ry, 0, false, true, x + wide - rx, y + high);
	zp_path_line(p, x + rx, y + high);
	zp_path_arc(p, rx, ry, 0, false, true, x, y + high - ry);
	zp_path_line(p, x, y + ry);
	zp_path_arc(p, rx, ry, 0, false, true, x + rx, y);
	zp_path_close(p);
}

static void corners(const zp_element *e, zp_path_work *p, bool closed)
{
	const char *at = zp_attribute_of(e, "points");
	double x, y;
	for (bool first = true; at && zp_path_number(&at, &x) && zp_path_number(&at, &y); first = false)
		(first ? zp_path_move : zp_path_line)(p, x, y);
	if (closed && p->begun)
		zp_path_close(p);
}

static bool trace(work *w, const zp_element *e, zp_path_work *p)
{
	if (zp_element_is(e, "path")) {
		const char *d = zp_attribute_of(e, "d"), *at = d ? zp_path_follow(p, d) : NULL;
		if (at && !p->too_long)
			zp_refuse(&w->r, e, "the path of <path> cannot be followed from \"%.20s\" on; expected commands M L H V C S Q T A Z with their numbers",
				  zp_text_show(w->r.arena, zp_text_of(at)));
	} else if (zp_element_is(e, "rect")) {
		box(w, e, p);
	} else if (zp_element_is(e, "circle") || zp_element_is(e, "ellipse")) {
		const double r = number_of(w, e, "r", 0), rx = number_of(w, e, "rx", r), ry = number_of(w, e, "ry", r);
		if (rx > 0 && ry > 0)
			oval(p, number_of(w, e, "cx", 0), number_of(w, e, "cy", 0), rx, ry);
	} else if (zp_element_is(e, "line")) {
		zp_path_move(p, number_of(w, e, "x1", 0), number_of(w, e, "y1", 0));
		zp_path_line(p, number_of(w, e, "x2", 0), number_of(w, e, "y2", 0));
	} else if (zp_element_is(e, "polyline") || zp_element_is(e, "polygon")) {
		corners(e, p, zp_element_is(e, "polygon"));
	} else {
		return false;
	}
	return true;
}

static double width_of(const style *s) { return s->width * sqrt(fabs(s->matrix.a * s->matrix.d - s->matrix.b * s->matrix.c)); }

static void add_shape(work *w, const zp_path_work *p, const style *s)
{
	const int64_t fill = s->fill == CURRENT ? s->colour : s->fill, stroke = s->stroke == CURRENT ? s->colour : s->stroke;
	if (!p->n || s->hidden || (fill < 0 && stroke < 0))
		return;
	if (w->n == w->room) {
		w->room = w->room ? 2 * w->room : 64;
		zp_shape_drawn *more = zp_take(w->r.arena, zp_shape_drawn, w->room);
		if (w->n)
			memcpy(more, w->shapes, w->n * sizeof *more);
		w->shapes = more;
	}
	w->shapes[w->n++] = (zp_shape_drawn){ .steps = p->steps, .n = p->n, .fill = fill, .stroke = s->width > 0 ? stroke : -1,
		.fill_opacity = s->fill_opacity * s->opacity, .stroke_opacity = s->stroke_opacity * s->opacity, .width = width_of(s),
		.even_odd = s->even_odd, .round_caps = s->round_caps, .round_joins = s->round_joins };
}

static void refuse_element(work *w, const zp_element *e)
{
	zp_refuse(&w->r, e, "<%s> is not drawn; expected g, path, rect, circle, ellipse, line, polyline or polygon (turn text into paths)",
		  zp_text_show(w->r.arena, zp_text_of(e->name)));
}

/* What is defined is not drawn by itself, but a style sheet there would give colours to shapes that stand elsewhere. */
static void pass_over(work *w, const zp_element *e)
{
	for (const zp_element *in = e->first; in && zp_element_is(e, "defs"); in = in->next)
		if (zp_element_is(in, "style"))
			refuse_element(w, in);
}

static void take_shapes(work *w, const zp_element *in, style outer)
{
	for (const zp_element *e = in->first; e && !w->full; e = e->next) {
		if (strchr(e->name, ':') || is_any(e->name, "title desc metadata defs")) {
			pass_over(w, e);
			continue;
		}
		const style s = inherit(w, e, outer);
		zp_path_work p = { .arena = w->r.arena, .matrix = s.matrix, .most = STEPS_MOST - w->steps };
		if (zp_element_is(e, "g")) {
			take_shapes(w, e, s);
		} else if (!trace(w, e, &p)) {
			refuse_element(w, e);
		} else {
			if (p.too_far || !(width_of(&s) < WIDEST))
				zp_refuse(&w->r, e, "<%s> reaches beyond all bounds with its transformations; expected coordinates below a thousand million", e->name);
			add_shape(w, &p, &s);
			w->steps += p.n;
			if (p.too_long || w->n > SHAPES_MOST)
				w->full = !zp_refuse(&w->r, e, "the drawing has more than %u shapes or %u steps; expected a simpler one", SHAPES_MOST, STEPS_MOST);
		}
	}
}

static bool take_frame(work *w, const zp_element *root, zp_drawing *d)
{
	const char *view = zp_attribute_of(root, "viewBox"), *p = view;
	if (view ? !(zp_path_number(&p, &d->x) && zp_path_number(&p, &d->y) && zp_path_number(&p, &d->width) && zp_path_number(&p, &d->height)) : false)
		d->width = 0;
	if (!view)
		d->width = number_of(w, root, "width", 0), d->height = number_of(w, root, "height", 0);
	return (d->width >= SIDE_LEAST && d->height >= SIDE_LEAST && d->width <= SIDE_MOST && d->height <= SIDE_MOST) ||
		zp_refuse(&w->r, root, "the drawing does not say how large it is; expected viewBox=\"0 0 WIDTH HEIGHT\", both from 0.01 to a million");
}

const zp_drawing *zp_drawing_read(zp_arena *arena, const char *path, const char *file, zp_input *record, zp_problems *problems)
{
	const size_t before = zp_problems_count(problems);
	const zp_xml *xml = zp_xml_read_foreign(arena, path, file, problems);
	if (!xml)
		return NULL;
	*record = xml->input;
	zp_drawing *d = zp_take(arena, zp_drawing, 1);
	work w = { .r = { arena, file, problems } };
	if (!zp_element_is(xml->root, "svg")) {
		zp_refuse(&w.r, xml->root, "the file holds <%s>; expected <svg>", zp_text_show(arena, zp_text_of(xml->root->name)));
		return NULL;
	}
	if (xml->bytes.n > DRAWING_BYTES) {
		zp_refuse(&w.r, xml->root, "the drawing has more than %u KiB; expected a simpler one", DRAWING_BYTES >> 10);
		return NULL;
	}
	const style plain = { .fill = 0, .stroke = -1, .fill_opacity = 1, .stroke_opacity = 1, .opacity = 1, .width = 1, .matrix = { 1, 0, 0, 1, 0, 0 } };
	if (take_frame(&w, xml->root, d))
		take_shapes(&w, xml->root, inherit(&w, xml->root, plain));
	d->shapes = w.shapes;
	d->n = w.n;
	return zp_problems_count(problems) == before ? d : NULL;
}
