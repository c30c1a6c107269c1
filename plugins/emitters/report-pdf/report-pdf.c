/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report-pdf: one PDF per laboratory, from what matters to every figure. */
#include <cairo-pdf.h>
#include <stdio.h>
#include "booklet.h"
#include "paper/press.h"

/* ---- once per run ---- */

static void end(void *state)
{
	zp_types_close(state);
}

static void *prepare(const zp_host *host, const zp_edition *edition, zp_error *err)
{
	zp_types *t = host->take(host, sizeof(*t));
	if (zp_types_open(t, host, ZP_SANS, edition->characters, zp_says_all(host), err))
		return t;
	end(t);
	return NULL;
}

/* ---- per laboratory ---- */

void zp_booklet_part_draw(const zp_booklet *b, const zp_part *part)
{
	switch (part->kind) {
	case ZP_PART_LIST_HEAD: case ZP_PART_LIST_TITLE: case ZP_PART_LIST_GROUP: case ZP_PART_LIST_ROW:
		zp_list_draw(b, part);
		break;
	case ZP_PART_BAR: case ZP_PART_FINDINGS: case ZP_PART_HEADS: case ZP_PART_ROWS: case ZP_PART_REMARKS: case ZP_PART_FIGURES: case ZP_PART_PEERS:
		zp_block_draw(b, part);
		break;
	case ZP_PART_PANEL:
		zp_panel_draw(b->paper, &(zp_panel){ &b->report->programmes[part->programme], part->first, part->n, part->first_sample, part->n_samples,
		                                     part->continued, part->last, part->y });
		break;
	default:
		zp_text_draw(b, part);
		break;
	}
}

static int bookmark(cairo_surface_t *pdf, int under, const char *name, size_t page, double y)
{
	char place[80];
	snprintf(place, sizeof(place), "page=%zu pos=[0 %d]", page, y > 12 ? (int)y - 12 : 0);
	return cairo_pdf_surface_add_outline(pdf, under, name, place, under == CAIRO_PDF_OUTLINE_ROOT ? CAIRO_PDF_OUTLINE_FLAG_OPEN : 0);
}

/* No links from line to page: cairo 1.16 names an object for them that it does not write. */
static void add_bookmarks(const zp_booklet *b)
{
	cairo_surface_t *pdf = cairo_get_target(b->paper->cr);
	const zp_report *r = b->report;
	size_t i = 0;
	bookmark(pdf, CAIRO_PDF_OUTLINE_ROOT, zp_say_cn(ZP_SAY_ALL), 1, 0);
	for (size_t p = 0; p < r->n_programmes; p++) {
		const int under = bookmark(pdf, CAIRO_PDF_OUTLINE_ROOT, r->programmes[p].name, b->programme_page[p], 0);
		for (; i < b->n_entries && b->entries[i].p == p; i++)
			bookmark(pdf, under, b->entries[i].measurand->name, b->entries[i].page, b->entries[i].y);
	}
	bookmark(pdf, CAIRO_PDF_OUTLINE_ROOT, zp_say_cn(ZP_SAY_HELP), b->notes_page, 0);
}

static void draw_pages(void *self)
{
	const zp_booklet *b = self;
	zp_front_draw(b);
	for (size_t page = 1, i = 0; page <= b->pages; page++) {
		zp_booklet_running_draw(b, page);
		for (; i < b->n_parts && b->parts[i].page == page; i++)
			zp_booklet_part_draw(b, &b->parts[i]);
		zp_canvas_settle(b->paper);
		cairo_show_page(b->paper->cr);
	}
	add_bookmarks(b);
}

static bool lab(const zp_host *host, void *state, const zp_report *report, const zp_outbox *out, zp_error *err)
{
	if (!zp_has_date(host, report->lab, report->issued, err))
		return false;
	zp_canvas canvas = zp_types_canvas(state, host, report->lab, err);
	zp_booklet b = { .host = host, .report = report, .paper = &canvas };
	zp_booklet_plan(&b);
	if (canvas.failed)
		return false;
	const zp_imprint imprint = { zp_join(host, zp_say_cn(ZP_SAY_TITLE), " ", report->lab, " ", report->lab_name, NULL), report->round_name, report->organiser,
		                     report->issued };
	return zp_print(&canvas, &imprint, draw_pages, &b, out, "report.pdf");
}

static const zp_emitter emitter = { .prepare = prepare, .lab = lab, .end = end, .figures = true };

ZP_PLUGIN(report_pdf) = {
	ZP_PLUGIN_HEAD,
	.kind = ZP_EMITTER,
	.name = "report-pdf",
	.version = "1",
	.cites = "",
	.says = "Writes report.pdf for each laboratory: first what needs attention, a line for each measurand with the page where it is told in full; "
		"then its results, findings and figures, and how to appeal.",
	.does.emitter = &emitter,
	.libraries = zp_paper_libraries,
};
