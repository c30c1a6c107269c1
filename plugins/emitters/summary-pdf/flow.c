/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the next thing goes: pages, headings, paragraphs. */
#include <cairo-pdf.h>
#include <string.h>
#include "book.h"

#define CHAPTER_LEAST 300.0 /* below which a short chapter goes to the next page */

static void running(zp_book *b)
{
	const zp_summary *s = b->s;
	const zp_ink ink = { ZP_REGULAR, 7, ZP_GREY, 0 };
	const double half = ZP_COLUMN / 2 - 10;
	zp_put(b, ink, ZP_LEFT_EDGE, 40, half, ZP_LEFT, zp_book_say(b, "%s  %s", b->running.cn, b->running.en));
	zp_put(b, ink, ZP_RIGHT_EDGE, 40, half, ZP_RIGHT, s->round_name);
	zp_rule(b, ZP_LEFT_EDGE, 46, ZP_RIGHT_EDGE, 46, 0.5, ZP_HAIR);
	zp_rule(b, ZP_LEFT_EDGE, 801, ZP_RIGHT_EDGE, 801, 0.5, ZP_HAIR);
	zp_put(b, ink, ZP_LEFT_EDGE, 813, 190, ZP_LEFT, zp_book_say(b, "%s  %s  %s", s->organiser, s->round, s->version));
	zp_put(b, ink, ZP_PAGE_WIDTH / 2, 813, 180, ZP_CENTRE, "仅供组织者内部使用  For the organiser only");
	zp_put(b, (zp_ink){ ZP_BOLD, 8, ZP_BLACK, 0 }, ZP_RIGHT_EDGE, 813, 0, ZP_RIGHT, zp_book_say(b, "%zu / %zu", b->page, b->pages));
}

void zp_turn(zp_book *b)
{
	if (b->pass == ZP_PRINT) {
		zp_canvas_settle(b->sans);
		cairo_show_page(b->sans->cr);
	}
	b->page++;
	b->y = ZP_TOP_EDGE;
	running(b);
}

bool zp_room(zp_book *b, double height)
{
	if (b->y + height <= ZP_BOTTOM_EDGE || b->y <= ZP_TOP_EDGE)
		return false;
	zp_turn(b);
	return true;
}

void zp_skip(zp_book *b, double height)
{
	if (b->y > ZP_TOP_EDGE)
		b->y += height;
}

/* ---- headings ---- */

static void record(zp_book *b, unsigned level, const char *mark, zp_both says)
{
	if (b->n_headings == b->room) {
		const size_t room = b->room ? 2 * b->room : 64;
		zp_heading *more = b->host->take(b->host, room * sizeof *more);
		if (b->n_headings)
			memcpy(more, b->headings, b->n_headings * sizeof *more);
		b->headings = more;
		b->room = room;
	}
	zp_heading *h = &b->headings[b->n_headings++];
	*h = (zp_heading){ .level = level, .says = says, .page = b->page };
	snprintf(h->mark, sizeof h->mark, "%s", mark);
}

static void mark_place(zp_book *b, size_t number, unsigned level, const char *mark, zp_both says)
{
	unsigned above = level - 1;
	while (above && !b->bookmark[above])
		above--;
	zp_canvas_settle(b->sans);
	cairo_tag_begin(b->sans->cr, CAIRO_TAG_DEST, zp_book_say(b, "name='h%zu' x=%d y=%d", number, (int)ZP_LEFT_EDGE, (int)(b->y - 14)));
	cairo_tag_end(b->sans->cr, CAIRO_TAG_DEST);
	const char *name = zp_book_say(b, "%s%s%s%s%s", mark, *mark ? "  " : "", says.cn, *says.en ? "  " : "", says.en);
	b->bookmark[level] = cairo_pdf_surface_add_outline(b->pdf, above ? b->bookmark[above] : CAIRO_PDF_OUTLINE_ROOT, name,
	                                                   zp_book_say(b, "dest='h%zu'", number), 0);
	for (unsigned below = level + 1; below <= ZP_LEVELS; below++)
		b->bookmark[below] = 0;
}

size_t zp_enter(zp_book *b, unsigned level, const char *mark, zp_both says)
{
	if (b->pass == ZP_MEASURE)
		record(b, level, mark, says);
	else if (b->pass == ZP_PRINT && !b->sans->failed)
		mark_place(b, b->next, level, mark, says);
	return b->next++;
}

static void chapter_here(zp_book *b, const char *mark, const char *number, zp_both says)
{
	b->chapter = number;
	b->parts = 0;
	zp_enter(b, 1, mark, says);
	const zp_ink large = { ZP_BOLD, 20, ZP_ACCENT, 0.5 }, under = { ZP_REGULAR, 10, ZP_GREY, 0.2 };
	const double wide = *mark ? zp_wide(b, large, mark) + 14 : 0;
	zp_put(b, large, ZP_LEFT_EDGE, b->y + 20, 0, ZP_LEFT, mark);
	zp_put(b, large, ZP_LEFT_EDGE + wide, b->y + 20, ZP_COLUMN - wide, ZP_LEFT, says.cn);
	zp_put(b, under, ZP_LEFT_EDGE + wide, b->y + 37, ZP_COLUMN - wide, ZP_LEFT, says.en);
	zp_rule(b, ZP_LEFT_EDGE, b->y + 48, ZP_RIGHT_EDGE, b->y + 48, 1.4, ZP_ACCENT);
	b->y += 68;
}

void zp_chapter(zp_book *b, const char *mark, const char *number, zp_both says)
{
	b->running = says;
	zp_turn(b);
	chapter_here(b, mark, number, says);
}

void zp_chapter_below(zp_book *b, const char *mark, const char *number, zp_both says)
{
	if (b->y > ZP_BOTTOM_EDGE - CHAPTER_LEAST) {
		zp_chapter(b, mark, number, says);
		return;
	}
	zp_skip(b, 26);
	chapter_here(b, mark, number, says);
	b->running = says;
}

void zp_part(zp_book *b, zp_both says, double below)
{
	const char *mark = *b->chapter ? zp_book_say(b, "%s.%u", b->chapter, ++b->parts) : "";
	zp_skip(b, 12);
	zp_room(b, 26 + below);
	zp_enter(b, 2, mark, says);
	const zp_ink ink = { ZP_BOLD, 12.5, ZP_BLACK, 0.2 }, en = { ZP_REGULAR, 8.4, ZP_GREY, 0 };
	const char *text = *mark ? zp_book_say(b, "%s  %s", mark, says.cn) : says.cn;
	const double wide = zp_wide(b, ink, text), most = ZP_COLUMN * 0.62;
	zp_put(b, ink, ZP_LEFT_EDGE, b->y + 12, most, ZP_LEFT, text);
	zp_put(b, en, ZP_LEFT_EDGE + (wide < most ? wide : most) + 9, b->y + 12, ZP_COLUMN - (wide < most ? wide : most) - 9, ZP_LEFT, says.en);
	b->y += 26;
}

/* ---- paragraphs ---- */

static void both(zp_book *b, zp_ink ink, zp_ink ink_en, const char *cn, const char *en)
{
	zp_canvas_column c = { .x = ZP_LEFT_EDGE, .width = ZP_COLUMN, .leading = 1.62 }, e = c;
	e.leading = 1.42;
	const zp_pass pass = b->pass;
	if (pass == ZP_PRINT)
		b->pass = ZP_MEASURE;
	const double high = *cn ? zp_set(b, ink, c, cn) : 0, high_en = *en ? zp_set(b, ink_en, e, en) : 0;
	b->pass = pass;
	zp_room(b, high + high_en + 4);
	if (pass == ZP_PRINT) {
		c.y = b->y + ink.size;
		e.y = b->y + high + ink_en.size;
		if (*cn)
			zp_set(b, ink, c, cn);
		if (*en)
			zp_set(b, ink_en, e, en);
	}
	b->y += high + high_en;
}

void zp_paragraph(zp_book *b, const char *cn, const char *en)
{
	both(b, zp_body, zp_body_en, cn, en);
	b->y += 7;
}

void zp_remark(zp_book *b, const char *cn, const char *en)
{
	both(b, (zp_ink){ ZP_REGULAR, 7.4, ZP_GREY, 0 }, (zp_ink){ ZP_REGULAR, 6.6, ZP_GREY, 0 }, cn, en);
	b->y += 5;
}
