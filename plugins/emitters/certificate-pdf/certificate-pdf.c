/* SPDX-License-Identifier: GPL-3.0-or-later */
/* certificate-pdf: one PDF per laboratory, from its certificate to every single result. */
#include "annual.h"
#include "pages.h"
#include "paper/press.h"
#include <cairo-pdf.h>
#include <string.h>

#define SEAL_PIXELS 300 /* 4 cm at 190 per inch; more only makes files large and slow */
#define SEAL_MOST 4000

typedef struct zp_press {
	zp_types types;
	cairo_surface_t *seal;
} zp_press;

/* ---- the seal ---- */

typedef struct zp_reader { const unsigned char *at; size_t left; } zp_reader;

static cairo_status_t read_png(void *self, unsigned char *out, unsigned n)
{
	zp_reader *r = self;
	if (n > r->left)
		return CAIRO_STATUS_READ_ERROR;
	memcpy(out, r->at, n);
	r->at += n;
	r->left -= n;
	return CAIRO_STATUS_SUCCESS;
}

/* Width and height as the PNG states them, looked at before anything is unpacked. */
static bool png_size(const zp_asset *a, unsigned *w, unsigned *h)
{
	static const unsigned char mark[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n' };
	const unsigned char *b = a->bytes;
	if (a->n < 24 || memcmp(b, mark, sizeof(mark)) != 0)
		return false;
	*w = (unsigned)b[16] << 24 | (unsigned)b[17] << 16 | (unsigned)b[18] << 8 | b[19];
	*h = (unsigned)b[20] << 24 | (unsigned)b[21] << 16 | (unsigned)b[22] << 8 | b[23];
	return true;
}

/* A copy that fits SEAL_PIXELS. */
static cairo_surface_t *reduced(cairo_surface_t *whole)
{
	const double w = cairo_image_surface_get_width(whole), h = cairo_image_surface_get_height(whole);
	const double scale = SEAL_PIXELS / (w > h ? w : h);
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

static bool open_seal(zp_press *p, const zp_host *host, const zp_asset *seal, zp_error *err)
{
	if (!seal->bytes)
		return true;
	const char *name = seal->name ? seal->name : "seal";
	unsigned w = 0, h = 0;
	if (!png_size(seal, &w, &h))
		return host->fail(err, ZP_BAD_INPUT, name, 0, "the seal is not a PNG image; expected one");
	if (!w || !h || w > SEAL_MOST || h > SEAL_MOST)
		return host->fail(err, ZP_BAD_INPUT, name, 0, "the seal has %u x %u pixels; expected at most %d x %d", w, h, SEAL_MOST, SEAL_MOST);
	zp_reader reader = { seal->bytes, seal->n };
	p->seal = cairo_image_surface_create_from_png_stream(read_png, &reader);
	if (cairo_surface_status(p->seal))
		return host->fail(err, ZP_BAD_INPUT, name, 0, "the seal is a damaged PNG image; expected a sound one");
	p->seal = reduced(p->seal);
	return true;
}

/* ---- once per run ---- */

static void end(void *state)
{
	zp_press *p = state;
	zp_types_close(&p->types);
	if (p->seal)
		cairo_surface_destroy(p->seal);
	*p = (zp_press){ 0 };
}

static void *prepare(const zp_host *host, const zp_edition *edition, zp_error *err)
{
	zp_press *p = host->take(host, sizeof(*p));
	const char *own = zp_join(host, zp_words_all(host), zp_annual_words_all(host), NULL);
	if (!zp_types_open(&p->types, host, ZP_SERIF, edition->characters, own, err) || !open_seal(p, host, &edition->seal, err)) {
		end(p);
		return NULL;
	}
	return p;
}

/* ---- a round ---- */

static void draw_pages(const void *self)
{
	const zp_job *j = self;
	zp_front_draw(j);
	size_t page = 1, i = 0;
	zp_running_draw(j, page);
	while (page < j->pages) {
		zp_canvas_settle(j->paper);
		cairo_show_page(j->paper->cr);
		zp_running_draw(j, ++page);
		for (; i < j->n_pieces && j->pieces[i].page == page; i++)
			zp_piece_draw(j, &j->pieces[i]);
	}
	zp_canvas_settle(j->paper);
	cairo_show_page(j->paper->cr);
}

static bool lab(const zp_host *host, void *state, const zp_report *report, const zp_outbox *out, zp_error *err)
{
	const zp_press *p = state;
	if (!zp_has_date(host, report->lab, report->issued, err))
		return false;
	zp_canvas canvas = zp_types_canvas(&p->types, host, report->lab, err);
	zp_job job = { .host = host, .report = report, .paper = &canvas, .seal = p->seal };
	zp_job_plan(&job);
	if (canvas.failed)
		return false;
	const zp_imprint imprint = { zp_join(host, zp_word_cn(ZP_WORD_TITLE), " ", report->lab, " ", report->lab_name, NULL), report->round_name,
		                     report->organiser, report->issued };
	return zp_print(&canvas, &imprint, draw_pages, &job, out, "certificate.pdf");
}

/* ---- a year ---- */

static void draw_annual(const void *self)
{
	const zp_annual *a = self;
	for (size_t page = 1; page <= a->pages; page++) {
		zp_annual_draw(a, page);
		zp_canvas_settle(a->canvas);
		cairo_show_page(a->canvas->cr);
	}
}

static bool annual(const zp_host *host, void *state, const zp_paper *paper, const zp_outbox *out, zp_error *err)
{
	const zp_press *p = state;
	const char *const days[] = { paper->issued, paper->from, paper->until };
	for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++)
		if ((i == 0 || *days[i]) && !zp_has_date(host, paper->lab, days[i], err))
			return false;
	zp_canvas canvas = zp_types_canvas(&p->types, host, paper->lab, err);
	zp_annual a = { .host = host, .paper = paper, .canvas = &canvas, .seal = p->seal };
	zp_annual_plan(&a);
	if (canvas.failed)
		return false;
	const zp_imprint imprint = { zp_join(host, zp_annual_heading(paper, true), " ", paper->number, " ", paper->lab_name, NULL), paper->programme,
		                     paper->organiser, paper->issued };
	return zp_print(&canvas, &imprint, draw_annual, &a, out, paper->file);
}

static const zp_emitter emitter = { .prepare = prepare, .lab = lab, .paper = annual, .end = end };

ZP_PLUGIN(certificate_pdf) = {
	ZP_PLUGIN_HEAD,
	.kind = ZP_EMITTER,
	.name = "certificate-pdf",
	.version = "1",
	.cites = "",
	.says = "Writes certificate.pdf for each laboratory: its performance by programme, and every result with target, limits and verdict; "
		"and the annual, recognition and title certificates of a year.",
	.does.emitter = &emitter,
};
