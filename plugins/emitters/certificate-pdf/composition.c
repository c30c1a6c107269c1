/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "composition.h"
#include <string.h>
#include "pages.h"

#define CENTRE_OF_LETTERS 0.36 /* of the size, above the baseline; as in zp_canvas_text */
#define ONE_LINE 1.22          /* a centred text that is only so much too wide goes smaller instead of onto two lines */
#define NARROWEST 0.45         /* of the width, when lines are made equally long */

/* ---- texts ---- */

static const char *compose(const zp_composition *s, const zp_template_piece *at, size_t n)
{
	const char *out = "";
	for (size_t i = 0; i < n; i++) {
		const char *piece = at[i].words ? at[i].words : s->fields[at[i].field];
		out = i ? zp_join(s->host, out, piece, NULL) : piece;
	}
	return out;
}

/* A canvas knows two weights of one family. */
static void use_family(const zp_composition *s, bool sans)
{
	zp_cut *const *cuts = s->cuts[sans ? ZP_SANS : ZP_SERIF];
	if (s->canvas->cuts == cuts)
		return;
	zp_canvas_settle(s->canvas);
	s->canvas->cuts = cuts;
	s->canvas->ink = (zp_ink){ ZP_WEIGHTS, -1, ~0u, 0 };
}

static double anchor(const zp_template_block *b)
{
	return b->align == ZP_PLACED_LEFT ? b->x : b->align == ZP_PLACED_CENTRE ? b->x + b->width / 2 : b->x + b->width;
}

/* Where a text of such a height begins. */
static double settle(const zp_template_block *b, double top, double height)
{
	const double spare = b->height > height ? b->height - height : 0;
	return b->place == ZP_PLACED_TOP ? top : b->place == ZP_PLACED_MIDDLE ? top + spare / 2 : top + spare;
}

/* Lines of a centred text are made about equally long, so that none holds one character. */
static void balance(const zp_composition *s, zp_ink ink, zp_canvas_column *c, const char *text, double height)
{
	double wide = c->width, narrow = c->width * NARROWEST;
	zp_canvas_column try = *c;
	for (int i = 0; i < 6; i++) {
		try.width = (wide + narrow) / 2;
		const double h = zp_canvas_text(s->canvas, ink, try, text, false);
		if (h <= height + 0.01 && h >= height - 0.01)
			wide = try.width;
		else
			narrow = try.width;
	}
	c->width = wide;
}

static double one_line(const zp_composition *s, const zp_template_block *b, zp_ink ink, double top, const char *text, bool draw)
{
	const double height = b->size * b->leading;
	if (draw)
		zp_canvas_line(s->canvas, ink, anchor(b), settle(b, top, height) + height / 2 + CENTRE_OF_LETTERS * b->size, b->width, (zp_align)b->align, text);
	return b->height > 0 ? b->height : height;
}

static double draw_text(const zp_composition *s, const zp_template_block *b, double top, bool draw)
{
	const zp_ink ink = { b->bold ? ZP_BOLD : ZP_REGULAR, b->size, b->colour, b->tracking };
	const char *text = compose(s, b->pieces, b->n_pieces);
	if (!*text)
		return b->height;
	for (double i = 0; i < b->indent; i++)
		text = zp_join(s->host, "　", text, NULL);
	use_family(s, b->sans);
	if (b->fit == ZP_PLACED_SHRINK || (b->align == ZP_PLACED_CENTRE && zp_canvas_width(s->canvas, ink, text) <= b->width * ONE_LINE))
		return one_line(s, b, ink, top, text, draw);
	zp_canvas_column c = { anchor(b), 0, b->width, (zp_align)b->align, b->lines, b->leading, true, b->height };
	const double height = zp_canvas_text(s->canvas, ink, c, text, false);
	if (!draw)
		return b->height > 0 ? b->height : height;
	if (b->align == ZP_PLACED_CENTRE)
		balance(s, ink, &c, text, height);
	c.y = settle(b, top, height) + height / 2;
	zp_canvas_text(s->canvas, ink, c, text, true);
	return b->height > 0 ? b->height : height;
}

/* ---- lines and pictures ---- */

static double draw_rule(const zp_composition *s, const zp_template_block *b, double y, bool draw)
{
	const double end = b->x + b->width, middle = b->x + b->width / 2;
	if (draw && b->height > b->width) {
		zp_canvas_rule(s->canvas, b->x, y, b->x, y + b->height, b->thick, b->colour);
	} else if (draw && b->diamond) {
		zp_canvas_rule(s->canvas, b->x, y, middle - 9, y, b->thick, b->colour);
		zp_canvas_rule(s->canvas, middle + 9, y, end, y, b->thick, b->colour);
		zp_canvas_diamond(s->canvas, middle, y, 3.4, b->colour);
	} else if (draw) {
		zp_canvas_rule(s->canvas, b->x, y, end, y, b->thick, b->colour);
	}
	return b->height;
}

static double draw_box(const zp_composition *s, const zp_template_block *b, double y, bool draw)
{
	if (draw && b->fill >= 0)
		zp_canvas_box(s->canvas, b->x, y, b->width, b->height, (unsigned)b->fill);
	if (draw && b->thick > 0)
		zp_canvas_frame(s->canvas, b->x, y, b->width, b->height, b->thick, b->colour);
	return b->height;
}

static double draw_image(const zp_composition *s, const zp_template_block *b, double y, bool draw)
{
	if (draw && b->picture->drawing)
		zp_drawing_draw(s->canvas, b->picture->drawing, b->x, y, b->width, b->height);
	for (size_t i = 0; draw && i < s->n_arts; i++)
		if (s->arts[i].of == b->picture)
			zp_art_draw(s->canvas, s->arts[i].image, b->x, y, b->width, b->height);
	return b->height;
}

#define BELOW_LINE 3.0 /* between the line of a signature and its words */

static double draw_signature(const zp_composition *s, const zp_template_block *b, double y, bool draw)
{
	if (draw)
		zp_canvas_rule(s->canvas, b->x, y, b->x + b->width, y, b->thick, b->colour);
	return BELOW_LINE + draw_text(s, b, y + BELOW_LINE, draw);
}

/* ---- tables ---- */

static double draw_programmes(zp_composition *s, const zp_template_block *b, double y, bool draw)
{
	const zp_programme_table table = { .x = b->x, .width = b->width, .top = y, .bottom = b->bottom, .names = b->names, .numbers = b->numbers,
		.accent = s->t->accent };
	use_family(s, false);
	if (!draw)
		s->job->front_rows = zp_programme_rows(&table, s->job->report->n_programmes);
	return (draw ? zp_programmes_draw(s->job, &table) : b->bottom) - y;
}

static double draw_measurands(zp_composition *s, const zp_template_block *b, double y, bool draw)
{
	use_family(s, false);
	if (!draw && s->page == 1) {
		s->list.heading = compose(s, b->heading, b->n_heading);
		s->list.heading_en = compose(s, b->heading_en, b->n_heading_en);
		s->list.most_columns = b->columns;
		s->list.on_first = (zp_list_place){ b->x, b->width, y, b->bottom };
	} else if (!draw) {
		s->list.on_later = (zp_list_place){ b->x, b->width, y, b->bottom };
	}
	return (draw ? zp_list_draw(&s->list, s->page) : b->bottom) - y;
}

/* ---- what a template may have forgotten ---- */

#define MARGIN_LINE 19.0 /* its baseline, above every border */

static bool names_replaced(const zp_template_blocks *blocks)
{
	for (size_t i = 0; i < blocks->n; i++)
		for (size_t k = 0; k < blocks->at[i].n_pieces; k++)
			if (!blocks->at[i].pieces[k].words && blocks->at[i].pieces[k].field == ZP_FIELD_OF_REPLACES)
				return true;
	return false;
}

/* A certificate that takes the place of another says so, whatever its template says. */
static void draw_amended(zp_composition *s)
{
	if (!s->job || !*s->fields[ZP_FIELD_OF_REPLACES] || names_replaced(&s->t->every) || names_replaced(&s->t->first))
		return;
	const zp_bond *bond = &s->job->report->bond;
	use_family(s, false);
	zp_canvas_line(s->canvas, (zp_ink){ ZP_BOLD, 7.5, ZP_ALERT, 0 }, s->t->width / 2, MARGIN_LINE, s->t->width - 48, ZP_CENTRE,
	               zp_join(s->host, zp_amended_says(s->host, bond, s->fields[ZP_FIELD_OF_NUMBER]), "　", zp_amended_why(s->host, bond), NULL));
}

/* ---- blocks ---- */

/* Gives: its height. */
static double draw_block(zp_composition *s, const zp_template_block *b, double y, bool draw)
{
	switch (b->kind) {
	case ZP_PLACED_TEXT: return draw_text(s, b, y, draw);
	case ZP_PLACED_RULE: return draw_rule(s, b, y, draw);
	case ZP_PLACED_BOX: return draw_box(s, b, y, draw);
	case ZP_PLACED_IMAGE: return draw_image(s, b, y, draw);
	case ZP_PLACED_SEAL:
		if (draw)
			zp_art_draw(s->canvas, s->seal, b->x, y, b->width, b->height);
		return b->height;
	case ZP_PLACED_QR:
		if (draw)
			zp_square_draw(s->canvas, &s->square, b->x, y, b->width);
		return b->height;
	case ZP_PLACED_SIGNATURE: return draw_signature(s, b, y, draw);
	case ZP_PLACED_PROGRAMMES: return draw_programmes(s, b, y, draw);
	default: return draw_measurands(s, b, y, draw);
	}
}

static bool is_there(const zp_composition *s, const zp_template_block *b)
{
	return !b->has_when || (*s->fields[b->when] != '\0') != b->unless;
}

static bool is_table(const zp_template_block *b) { return b->kind == ZP_PLACED_PROGRAMMES || b->kind == ZP_PLACED_MEASURANDS; }

/* Blocks in their order. A block that is not there has no height; what is only measured is measured only where something rests on it. */
static void walk(zp_composition *s, const zp_template_blocks *blocks, bool draw)
{
	double end = 0;
	for (size_t i = 0; i < blocks->n && !s->canvas->failed; i++) {
		const zp_template_block *b = &blocks->at[i];
		const double y = b->after ? end + b->y : b->y;
		if (!is_there(s, b)) {
			end = b->after ? end : b->y;
			continue;
		}
		const bool rests = i + 1 < blocks->n && blocks->at[i + 1].after;
		end = y;
		if (draw || rests || is_table(b))
			end += draw_block(s, b, y, draw);
	}
}

void zp_composition_number(zp_composition *s, size_t page)
{
	s->page = page;
	s->fields[ZP_FIELD_OF_PAGE] = s->pages > 1 ? zp_count_says(s->host, page) : "";
	s->fields[ZP_FIELD_OF_PAGES] = s->pages > 1 ? zp_count_says(s->host, s->pages) : "";
}

bool zp_composition_plan(zp_composition *s)
{
	if (s->job)
		zp_fields_of_report(s->host, s->job->report, s->fields);
	else
		zp_fields_of_paper(s->host, s->paper, s->fields);
	if (!zp_square_make(s->host, s->job ? s->job->report->checked : s->paper->checked, s->canvas->who, &s->square, s->canvas->err))
		return false;
	s->list = (zp_list){ .host = s->host, .canvas = s->canvas, .paper = s->paper, .accent = s->t->accent, .heading = "", .heading_en = "" };
	s->page = s->pages = 1;
	walk(s, &s->t->first, false);
	s->page = 2;
	walk(s, &s->t->later, false);
	use_family(s, false);
	if (s->paper && s->list.most_columns)
		zp_list_plan(&s->list);
	s->pages = s->list.pages ? s->list.pages : 1;
	return !s->canvas->failed;
}

void zp_composition_draw(zp_composition *s, size_t page)
{
	zp_composition_number(s, page);
	zp_border_draw(s->canvas, s->t);
	walk(s, &s->t->every, true);
	walk(s, page == 1 ? &s->t->first : &s->t->later, true);
	if (page == 1)
		draw_amended(s);
	use_family(s, false);
}
