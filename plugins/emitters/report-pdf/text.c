/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Headings of programmes, paragraphs, what stands at the head and foot of each page, and signs. */
#include <stdio.h>
#include <string.h>
#include "booklet.h"

#define LEFT ZP_LEFT_EDGE
#define RIGHT ZP_RIGHT_EDGE
#define HEADING 34.0

static const zp_ink small = { ZP_REGULAR, 6.8, ZP_GREY, 0 };

const char *zp_count_text(const zp_booklet *b, size_t n)
{
	char text[24];
	snprintf(text, sizeof(text), "%zu", n);
	return zp_join(b->host, text, NULL);
}

double zp_both(const zp_booklet *b, zp_ink cn, zp_ink en, double x, double y, double width, const char *says, const char *says_en)
{
	const double w = zp_canvas_line(b->paper, cn, x, y, width, ZP_LEFT, says), gap = cn.size * 0.55;
	if (!*says_en || strcmp(says, says_en) == 0)
		return w;
	const double wanted = zp_canvas_width(b->paper, en, says_en), room = width - w - gap;
	if (room < 0.7 * wanted)
		return w;
	return w + gap + zp_canvas_line(b->paper, en, x + w + gap, y, room, ZP_LEFT, says_en);
}

zp_verdict zp_verdict_of(zp_satisfaction s)
{
	return s == ZP_SATISFACTORY ? ZP_ACCEPTABLE : s == ZP_UNSATISFACTORY ? ZP_UNACCEPTABLE : ZP_NOT_EVALUATED;
}

unsigned zp_colour_of(zp_verdict v)
{
	return v == ZP_UNACCEPTABLE ? ZP_ALERT : v == ZP_ACCEPTABLE ? ZP_BLACK : ZP_GREY;
}

void zp_sign_draw(const zp_booklet *b, double x, double baseline, zp_verdict v)
{
	const double y = baseline - 2.9;
	zp_canvas *c = b->paper;
	if (v == ZP_UNACCEPTABLE) {
		zp_canvas_box(c, x - 4, y - 4, 8, 8, ZP_ALERT);
		zp_canvas_rule(c, x - 2.1, y - 2.1, x + 2.1, y + 2.1, 1.2, 0xFFFFFF);
		zp_canvas_rule(c, x - 2.1, y + 2.1, x + 2.1, y - 2.1, 1.2, 0xFFFFFF);
	} else if (v == ZP_ACCEPTABLE) {
		zp_canvas_rule(c, x - 3, y + 0.2, x - 0.9, y + 2.4, 1.1, ZP_ACCENT);
		zp_canvas_rule(c, x - 1.1, y + 2.5, x + 3.2, y - 2.8, 1.1, ZP_ACCENT);
	} else {
		zp_canvas_rule(c, x - 2.6, y, x + 2.6, y, 1, ZP_FAINT);
	}
}

/* A text that is much too long for its place ends early there; it stands in full on the first page. */
static const char *shortened(const zp_booklet *b, zp_ink ink, double width, const char *text)
{
	const double w = zp_canvas_width(b->paper, ink, text);
	size_t bytes = strlen(text);
	if (w <= 1.2 * width)
		return text;
	bytes = (size_t)((double)bytes * width / w);
	while (bytes && ((unsigned char)text[bytes] & 0xC0) == 0x80)
		bytes--;
	char *cut = b->host->take(b->host, bytes + 1);
	memcpy(cut, text, bytes);
	cut[bytes] = '\0';
	return zp_join(b->host, cut, "…", NULL);
}

/* ---- a programme's heading ---- */

static const char *counts_of(const zp_booklet *b, const zp_report_programme *g)
{
	if (!*g->total)
		return "";
	return zp_join(b->host, "   ", g->by_samples ? zp_say_cn(ZP_SAY_SAMPLES_RIGHT) : g->points ? zp_say_cn(ZP_SAY_POINTS) : "", g->accepted, " / ", g->total, NULL);
}

static void heading(const zp_booklet *b, const zp_report_programme *g, double y)
{
	zp_canvas *c = b->paper;
	const zp_verdict v = zp_verdict_of(g->satisfaction);
	const char *standing = *zp_standing_cn(g->standing) ? zp_join(b->host, zp_standing_cn(g->standing), " · ", NULL) : "";
	zp_both(b, (zp_ink){ ZP_BOLD, 15, ZP_ACCENT, 0.2 }, (zp_ink){ ZP_REGULAR, 8.6, ZP_GREY, 0 }, LEFT, y + 13, 330, g->name, g->name_en);
	zp_canvas_line(c, small, LEFT, y + 24, 330, ZP_LEFT, zp_join(b->host, zp_say_cn(ZP_SAY_NUMBER), " ", zp_say_en(ZP_SAY_NUMBER), "  ", g->certificate, NULL));
	zp_canvas_line(c, (zp_ink){ ZP_BOLD, 11.5, ZP_BLACK, 0 }, RIGHT, y + 12, 180, ZP_RIGHT,
	               zp_join(b->host, "S  ", *g->score ? g->score : "–", counts_of(b, g), NULL));
	const char *says = zp_join(b->host, standing, zp_satisfaction_cn(g->satisfaction), "  ", zp_satisfaction_en(g->satisfaction), NULL);
	const double w = zp_canvas_line(c, (zp_ink){ ZP_BOLD, 8, zp_colour_of(v), 0 }, RIGHT, y + 24, 180, ZP_RIGHT, says);
	zp_sign_draw(b, RIGHT - w - 8, y + 24, v);
	zp_canvas_rule(c, LEFT, y + 28.5, RIGHT, y + 28.5, 1.2, ZP_ACCENT);
}

/* ---- paragraphs ---- */

static double paragraph(const zp_booklet *b, zp_ink ink, double y, const char *text, bool draw)
{
	return *text ? zp_canvas_text(b->paper, ink, (zp_canvas_column){ LEFT, y + ink.size, RIGHT - LEFT, ZP_LEFT, 0, 1.45, false, 0 }, text, draw) : 0;
}

static double both_below(const zp_booklet *b, const zp_part *part, double size, bool draw)
{
	const double h = paragraph(b, (zp_ink){ ZP_REGULAR, size, ZP_BLACK, 0 }, part->y, part->text, draw);
	return h + paragraph(b, (zp_ink){ ZP_REGULAR, size * 0.86, ZP_GREY, 0 }, part->y + h, part->text_en, draw) + 5;
}

static double text(const zp_booklet *b, const zp_part *part, bool draw)
{
	switch (part->kind) {
	case ZP_PART_HEADING:
		if (draw)
			heading(b, &b->report->programmes[part->programme], part->y);
		return HEADING;
	case ZP_PART_TITLE:
		if (draw) {
			zp_both(b, (zp_ink){ ZP_BOLD, 12, ZP_ACCENT, 0 }, (zp_ink){ ZP_REGULAR, 8, ZP_GREY, 0 }, LEFT, part->y + 12, RIGHT - LEFT,
			        zp_say_cn((zp_say)part->first), zp_say_en((zp_say)part->first));
			zp_canvas_rule(b->paper, LEFT, part->y + 17, RIGHT, part->y + 17, 0.8, ZP_ACCENT);
		}
		return 24;
	case ZP_PART_ABSENT: return paragraph(b, (zp_ink){ ZP_REGULAR, 7.2, ZP_GREY, 0 }, part->y, part->text, draw) + 5;
	default: return both_below(b, part, part->last ? 9 : 7.8, draw); /* how to appeal is larger */
	}
}

double zp_text_height(const zp_booklet *b, const zp_part *part)
{
	return text(b, part, false);
}

void zp_text_draw(const zp_booklet *b, const zp_part *part)
{
	text(b, part, true);
}

/* ---- every page ---- */

/* The key that signs and the head of the ledger, in small print: only machines and auditors read them. */
static void draw_bond(const zp_booklet *b)
{
	const zp_bond *bond = &b->report->bond;
	const zp_ink tiny = { ZP_REGULAR, 5.2, ZP_GREY, 0 };
	const bool key = bond->key && strcmp(bond->key, ZP_NO_KEY) != 0, head = bond->head && *bond->head;
	if (key)
		zp_canvas_line(b->paper, tiny, RIGHT, 820, 150, ZP_RIGHT, zp_join(b->host, zp_say_cn(ZP_SAY_KEY), " ", zp_say_en(ZP_SAY_KEY), "  ", bond->key, NULL));
	if (head)
		zp_canvas_line(b->paper, tiny, LEFT, 820, 340, ZP_LEFT, zp_join(b->host, zp_say_cn(ZP_SAY_LEDGER), " ", zp_say_en(ZP_SAY_LEDGER), "  ", bond->head, NULL));
}

void zp_booklet_running_draw(const zp_booklet *b, size_t page)
{
	const zp_report *r = b->report;
	zp_canvas *c = b->paper;
	const char *n = zp_count_text(b, page), *of = zp_count_text(b, b->pages);
	const char *at = zp_join(b->host, zp_say_cn(ZP_SAY_PAGE), n, zp_say_cn(ZP_SAY_OF), of, zp_say_cn(ZP_SAY_PAGES), "   ", zp_say_en(ZP_SAY_PAGE), n,
	                         zp_say_en(ZP_SAY_OF), of, NULL);
	zp_canvas_rule(c, LEFT, 802, RIGHT, 802, 0.4, ZP_HAIR);
	zp_canvas_line(c, small, LEFT, 812, 190, ZP_LEFT, zp_join(b->host, r->lab, "  ·  ", r->round, "  ·  ", r->version, "  ·  ", r->issued, NULL));
	zp_canvas_line(c, small, ZP_PAGE_WIDTH / 2 + 10, 812, 0, ZP_CENTRE, at);
	if (*r->code)
		zp_canvas_line(c, small, RIGHT, 812, 170, ZP_RIGHT, zp_join(b->host, zp_say_cn(ZP_SAY_CHECK), " ", zp_say_en(ZP_SAY_CHECK), "  ", r->code, NULL));
	if (page == 1) {
		draw_bond(b);
		return;
	}
	const zp_ink whose = { ZP_BOLD, 7.8, ZP_BLACK, 0 };
	zp_canvas_line(c, whose, LEFT, 40, 300, ZP_LEFT, shortened(b, whose, 300, zp_join(b->host, r->lab, "  ", r->lab_name, NULL)));
	zp_canvas_line(c, small, RIGHT, 40, 210, ZP_RIGHT, shortened(b, small, 210, r->round_name));
	zp_canvas_rule(c, LEFT, 46, RIGHT, 46, 0.8, ZP_ACCENT);
}
