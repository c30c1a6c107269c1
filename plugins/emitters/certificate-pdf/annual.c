/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "annual.h"
#include <stdio.h>
#include <string.h>
#include "pages.h"

#define MIDDLE (ZP_PAGE_WIDTH / 2)
#define LEFT 66.0
#define RIGHT (ZP_PAGE_WIDTH - LEFT)
#define WIDE (RIGHT - LEFT)
#define FACTS 254.0      /* labels of code, number and year */
#define STATEMENT 300.0  /* its first line */
#define LATER_TOP 148.0  /* of the list on the pages after the first */
#define BOTTOM 672.0     /* no list goes below */

static const zp_ink label = { ZP_REGULAR, 7.4, ZP_GREY, 0.3 };
static const zp_ink says_cn = { ZP_REGULAR, 11.5, ZP_BLACK, 0.5 };
static const zp_ink says_en = { ZP_REGULAR, 8.2, ZP_GREY, 0.1 };

/* Both languages in one line. */
static const char *both(const zp_annual *a, const char *cn, const char *en) { return zp_join(a->host, cn, *en ? "  " : "", en, NULL); }
static const char *word(const zp_annual *a, zp_said_on_paper w) { return both(a, zp_annual_word(w, true), zp_annual_word(w, false)); }

static double paragraph(const zp_annual *a, zp_ink ink, double y, const char *text, bool draw)
{
	return zp_canvas_text(a->canvas, ink, (zp_canvas_column){ LEFT, y, WIDE, ZP_LEFT, 0, 1.55, false, 0 }, text, draw);
}

/* ---- the upper half of the first page ---- */

static void draw_title(const zp_annual *a)
{
	const zp_paper *p = a->paper;
	char year[32];
	snprintf(year, sizeof year, "%d", p->year);
	zp_canvas_line(a->canvas, (zp_ink){ ZP_BOLD, 32, ZP_ACCENT, 4 }, MIDDLE, 100, WIDE, ZP_CENTRE, zp_annual_heading(p, true));
	zp_canvas_line(a->canvas, (zp_ink){ ZP_REGULAR, 12.5, ZP_ACCENT, 1 }, MIDDLE, 122, WIDE, ZP_CENTRE, zp_annual_heading(p, false));
	zp_canvas_rule(a->canvas, MIDDLE - 96, 138, MIDDLE - 9, 138, 0.6, ZP_ACCENT);
	zp_canvas_rule(a->canvas, MIDDLE + 9, 138, MIDDLE + 96, 138, 0.6, ZP_ACCENT);
	zp_canvas_diamond(a->canvas, MIDDLE, 138, 3.4, ZP_ACCENT);
	const char *cn = zp_join(a->host, year, " ", zp_annual_word(ZP_SAID_YEAR, true), *p->programme ? " · " : "", p->programme, NULL);
	const char *en = zp_join(a->host, zp_annual_word(ZP_SAID_YEAR, false), " ", year, *p->programme_en ? " · " : "", p->programme_en, NULL);
	zp_canvas_text(a->canvas, (zp_ink){ ZP_BOLD, 13.5, ZP_BLACK, 0.6 }, (zp_canvas_column){ MIDDLE, 158, WIDE, ZP_CENTRE, 2, 1.12, true, 20 }, cn, true);
	zp_canvas_text(a->canvas, (zp_ink){ ZP_REGULAR, 8.6, ZP_GREY, 0.2 }, (zp_canvas_column){ MIDDLE, 177, WIDE, ZP_CENTRE, 2, 1.1, true, 13 }, en, true);
}

/* The name has a place of fixed height, and sits in its middle. */
static void draw_name(const zp_annual *a)
{
	const double width = WIDE - 12, whole = zp_canvas_width(a->canvas, (zp_ink){ ZP_BOLD, 25, ZP_BLACK, 1 }, a->paper->lab_name);
	const unsigned most = whole <= 1.25 * width ? 1 : whole <= 2.6 * width ? 2 : 0;
	const double size = most == 1 ? 25 : most == 2 ? 21 : 16;
	zp_canvas_text(a->canvas, (zp_ink){ ZP_BOLD, size, ZP_BLACK, 1 }, (zp_canvas_column){ MIDDLE, 211, width, ZP_CENTRE, most, 1.28, true, 48 },
	               a->paper->lab_name, true);
	zp_canvas_rule(a->canvas, MIDDLE - 190, 240, MIDDLE + 190, 240, 0.5, ZP_HAIR);
}

static void draw_fact(const zp_annual *a, double x, double width, zp_said_on_paper w, const char *text)
{
	zp_canvas_line(a->canvas, label, x, FACTS, width, ZP_CENTRE, word(a, w));
	zp_canvas_text(a->canvas, (zp_ink){ ZP_BOLD, 11, ZP_BLACK, 0.2 }, (zp_canvas_column){ x, FACTS + 13, width, ZP_CENTRE, 2, 1.1, true, 16 }, text, true);
}

static void draw_facts(const zp_annual *a)
{
	const zp_paper *p = a->paper;
	char year[32];
	snprintf(year, sizeof year, "%d", p->year);
	draw_fact(a, LEFT + 58, 110, ZP_SAID_CODE, p->lab);
	draw_fact(a, MIDDLE, 225, ZP_SAID_NUMBER, p->number);
	draw_fact(a, RIGHT - 58, 110, *p->until ? ZP_SAID_VALID : ZP_SAID_YEAR, *p->until ? p->until : year);
}

/* What is certified, and for how long. Gives: where it ends. */
static double statement(const zp_annual *a, bool draw)
{
	const char *cn = zp_join(a->host, "　　", zp_annual_statement(a->host, a->paper, true), NULL), *until = zp_annual_period(a->host, a->paper, true);
	double y = STATEMENT;
	y += paragraph(a, says_cn, y, cn, draw) - 2;
	y += paragraph(a, says_en, y, zp_annual_statement(a->host, a->paper, false), draw);
	if (!*until)
		return y;
	if (draw) {
		const double w = zp_canvas_line(a->canvas, (zp_ink){ ZP_BOLD, 10.5, ZP_BLACK, 0.3 }, LEFT, y + 6, WIDE, ZP_LEFT, until);
		zp_canvas_line(a->canvas, says_en, LEFT + w + 10, y + 6, WIDE - w - 10, ZP_LEFT, zp_annual_period(a->host, a->paper, false));
	}
	return y + 18;
}

/* The paper of a title has its name in the middle. Gives: where it ends. */
static double award(const zp_annual *a, bool draw)
{
	const zp_paper *p = a->paper;
	const char *row_cn = zp_annual_in_a_row(a->host, p, true), *row_en = zp_annual_in_a_row(a->host, p, false);
	char year[32];
	snprintf(year, sizeof year, "%d", p->year);
	if (draw) {
		zp_canvas_line(a->canvas, (zp_ink){ ZP_REGULAR, 13, ZP_BLACK, 1 }, MIDDLE, 352, WIDE, ZP_CENTRE,
		               zp_join(a->host, zp_annual_word(ZP_SAID_AWARDED, true), year, " ", zp_annual_word(ZP_SAID_YEAR, true), NULL));
		zp_canvas_line(a->canvas, says_en, MIDDLE, 368, WIDE, ZP_CENTRE, zp_join(a->host, zp_annual_word(ZP_SAID_AWARDED, false), year, NULL));
		zp_canvas_text(a->canvas, (zp_ink){ ZP_BOLD, 27, ZP_ACCENT, 2.2 }, (zp_canvas_column){ MIDDLE, 416, WIDE, ZP_CENTRE, 2, 1.3, true, 64 }, p->title, true);
		zp_canvas_text(a->canvas, (zp_ink){ ZP_REGULAR, 11, ZP_ACCENT, 0.4 }, (zp_canvas_column){ MIDDLE, 460, WIDE, ZP_CENTRE, 2, 1.2, true, 26 }, p->title_en, true);
		zp_canvas_line(a->canvas, (zp_ink){ ZP_REGULAR, 13, ZP_BLACK, 1 }, MIDDLE, 496, WIDE, ZP_CENTRE, zp_annual_word(ZP_SAID_AWARD_END, true));
		zp_canvas_line(a->canvas, (zp_ink){ ZP_BOLD, 11.5, ZP_BLACK, 0.6 }, MIDDLE, 524, WIDE, ZP_CENTRE, row_cn);
		zp_canvas_line(a->canvas, says_en, MIDDLE, 538, WIDE, ZP_CENTRE, row_en);
	}
	return *row_cn ? 548 : 510;
}

static double says(const zp_annual *a, bool draw) { return a->paper->kind == ZP_PAPER_TITLE ? award(a, draw) : statement(a, draw); }

/* ---- what every page has ---- */

static void draw_issuer(const zp_annual *a)
{
	const zp_paper *p = a->paper;
	const double x = 424, width = 2 * (RIGHT - x);
	zp_seal_draw(a->canvas, a->seal, x, 726);
	zp_canvas_text(a->canvas, (zp_ink){ ZP_BOLD, 13, ZP_BLACK, 0.6 }, (zp_canvas_column){ x, 698, width, ZP_CENTRE, 2, 1.2, true, 0 }, p->organiser, true);
	zp_canvas_text(a->canvas, (zp_ink){ ZP_REGULAR, 8, ZP_GREY, 0 }, (zp_canvas_column){ x, 720, width, ZP_CENTRE, 2, 1.2, true, 0 }, p->organiser_en, true);
	zp_canvas_line(a->canvas, (zp_ink){ ZP_REGULAR, 11.5, ZP_BLACK, 0.3 }, x, 744, width, ZP_CENTRE, zp_annual_date(a->host, p->issued, true));
	zp_canvas_line(a->canvas, (zp_ink){ ZP_REGULAR, 8, ZP_GREY, 0 }, x, 756, width, ZP_CENTRE, zp_annual_date(a->host, p->issued, false));
}

static void draw_small_print(const zp_annual *a, size_t page)
{
	const zp_paper *p = a->paper;
	const double width = 236;
	double y = 744;
	if (*p->fingerprint)
		zp_canvas_line(a->canvas, label, LEFT, 756, width, ZP_LEFT, zp_join(a->host, word(a, ZP_SAID_DIGEST), "  ", p->fingerprint, NULL));
	const char *cn = zp_annual_reissued(a->host, p, true), *en = zp_annual_reissued(a->host, p, false);
	if (*cn) {
		y -= zp_canvas_text(a->canvas, label, (zp_canvas_column){ LEFT, y, width, ZP_LEFT, 2, 1.3, false, 0 }, en, false) - 9;
		zp_canvas_text(a->canvas, label, (zp_canvas_column){ LEFT, y, width, ZP_LEFT, 2, 1.3, false, 0 }, en, true);
		const zp_ink ink = { ZP_REGULAR, 8.8, ZP_BLACK, 0.2 };
		y -= zp_canvas_text(a->canvas, ink, (zp_canvas_column){ LEFT, y, width, ZP_LEFT, 2, 1.35, false, 0 }, cn, false);
		zp_canvas_text(a->canvas, ink, (zp_canvas_column){ LEFT, y, width, ZP_LEFT, 2, 1.35, false, 0 }, cn, true);
	}
	if (a->pages > 1)
		zp_canvas_line(a->canvas, label, MIDDLE, 796, WIDE, ZP_CENTRE,
		               both(a, zp_annual_page(a->host, page, a->pages, true), zp_annual_page(a->host, page, a->pages, false)));
}

/* The head of a page after the first. */
static void draw_running(const zp_annual *a)
{
	const zp_paper *p = a->paper;
	char year[32];
	snprintf(year, sizeof year, "%d ", p->year);
	zp_canvas_line(a->canvas, (zp_ink){ ZP_BOLD, 16, ZP_ACCENT, 1.6 }, MIDDLE, 76, WIDE, ZP_CENTRE,
	               zp_join(a->host, zp_annual_heading(p, true), zp_annual_word(ZP_SAID_CONTINUED, true), NULL));
	zp_canvas_line(a->canvas, label, MIDDLE, 92, WIDE, ZP_CENTRE,
	               zp_join(a->host, year, zp_annual_word(ZP_SAID_YEAR, true), *p->programme ? " · " : "", p->programme, "  ",
	                       zp_annual_word(ZP_SAID_NUMBER, true), " ", p->number, NULL));
	zp_canvas_text(a->canvas, (zp_ink){ ZP_BOLD, 12, ZP_BLACK, 0.4 }, (zp_canvas_column){ MIDDLE, 120, WIDE, ZP_CENTRE, 0, 1.2, true, 32 },
	               zp_join(a->host, p->lab_name, "（", p->lab, "）", NULL), true);
}

void zp_annual_plan(zp_annual *a)
{
	zp_annual_list_plan(a, says(a, false) + 4, LATER_TOP, BOTTOM);
}

void zp_annual_draw(const zp_annual *a, size_t page)
{
	zp_border_draw(a->canvas);
	if (page == 1) {
		draw_title(a);
		draw_name(a);
		draw_facts(a);
		says(a, true);
	} else {
		draw_running(a);
	}
	zp_annual_list_draw(a, page, page == 1 ? a->list_top : LATER_TOP);
	draw_small_print(a, page);
	draw_issuer(a);
}
