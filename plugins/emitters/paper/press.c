/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/press.h"
#include <cairo-pdf.h>
#include <stdlib.h>
#include <string.h>
#include "paper/says.h"

bool zp_types_open(zp_types *t, const zp_host *host, zp_family family, const char *characters, const char *own, zp_error *err)
{
	*t = (zp_types){ 0 };
	for (zp_weight w = ZP_REGULAR; w < ZP_WEIGHTS; w++)
		if (!(t->cuts[w] = zp_cut_open(host, family, w, characters, own, err)))
			return false;
	t->desk = zp_desk_open();
	return t->desk || host->fail(err, ZP_BUG, "paper", 0, "there is no memory left");
}

void zp_types_close(zp_types *t)
{
	for (int w = 0; w < ZP_WEIGHTS; w++)
		zp_cut_close(t->cuts[w]);
	zp_desk_close(t->desk);
	*t = (zp_types){ 0 };
}

zp_canvas zp_types_canvas(const zp_types *t, const zp_host *host, const char *who, zp_error *err)
{
	return (zp_canvas){ .host = host, .err = err, .who = who, .cuts = t->cuts, .desk = t->desk, .ink = { ZP_WEIGHTS, -1, ~0u, 0 } };
}

cairo_status_t zp_file_append(void *self, const unsigned char *bytes, unsigned n)
{
	zp_file *f = self;
	if (f->n + n > f->room) {
		size_t room = f->room ? f->room * 2 : 128 * 1024;
		while (room < f->n + n)
			room *= 2;
		unsigned char *more = realloc(f->bytes, room);
		if (!more)
			return CAIRO_STATUS_NO_MEMORY;
		f->bytes = more;
		f->room = room;
	}
	memcpy(f->bytes + f->n, bytes, n);
	f->n += n;
	return CAIRO_STATUS_SUCCESS;
}

static bool is_date(const char *s)
{
	static const char form[] = "0000-00-00";
	for (size_t i = 0; i < sizeof(form); i++)
		if (form[i] == '0' ? s[i] < '0' || s[i] > '9' : s[i] != form[i])
			return false;
	const int month = (s[5] - '0') * 10 + s[6] - '0';
	return month >= 1 && month <= 12;
}

static void set_metadata(cairo_surface_t *pdf, const zp_host *host, const zp_imprint *m)
{
	const char *instant = zp_join(host, m->issued, "T00:00:00Z", NULL);
	cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_CREATE_DATE, instant);
	cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_MOD_DATE, instant);
	cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_TITLE, m->title);
	cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_SUBJECT, m->subject);
	cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_AUTHOR, m->author);
	cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_CREATOR, "Zhiping");
}

/* cairo makes the six letters before a font's name from what else the font that it was given holds. Here they are made from the file,
 * so that it does not depend on what the papers of others needed of the font. */
static void name_fonts(zp_file *f)
{
	static const char *const keys[] = { "/FontName /", "/BaseFont /" };
	unsigned char *tags[64];
	size_t n = 0;
	for (size_t k = 0; k < 2; k++)
		for (unsigned char *p = f->bytes; (p = memmem(p, f->n - (size_t)(p - f->bytes), keys[k], 11)) && n < 64; p += 11)
			if ((size_t)(p - f->bytes) + 18 < f->n && p[17] == '+')
				tags[n++] = memset(p + 11, 'A', 6);
	uint64_t sum = UINT64_C(14695981039346656037);
	for (size_t i = 0; i < f->n; i++)
		sum = (sum ^ f->bytes[i]) * UINT64_C(1099511628211);
	for (size_t i = 0; i < n; i++) {
		uint64_t left = sum;
		for (size_t c = 0; c < 6; c++, left /= 26)
			tags[i][c] = (unsigned char)('A' + left % 26);
	}
}

/* Draw a whole file by a call that draws its pages, and write it. */
bool zp_print(zp_canvas *canvas, const zp_imprint *imprint, void (*pages)(void *self), void *self, const zp_outbox *out, const char *name)
{
	zp_file file = { 0 };
	cairo_surface_t *pdf = cairo_pdf_surface_create_for_stream(zp_file_append, &file, ZP_PAGE_WIDTH, ZP_PAGE_HEIGHT);
	set_metadata(pdf, canvas->host, imprint);
	canvas->cr = cairo_create(pdf);
	pages(self);
	cairo_status_t status = cairo_status(canvas->cr);
	cairo_destroy(canvas->cr);
	cairo_surface_finish(pdf);
	if (!status)
		status = cairo_surface_status(pdf); /* the first thing cairo could not do */
	cairo_surface_destroy(pdf);
	bool done = !canvas->failed;
	if (done && status)
		done = canvas->host->fail(canvas->err, ZP_BUG, canvas->who, 0, "the paper cannot be drawn: %s", cairo_status_to_string(status));
	if (done) {
		name_fonts(&file);
		done = out->write(out->self, name, file.bytes, file.n, canvas->err);
	}
	free(file.bytes);
	return done;
}

bool zp_has_date(const zp_host *host, const char *who, const char *issued, zp_error *err)
{
	return is_date(issued) || host->fail(err, ZP_BAD_USE, who, 0, "the date of issue is \"%.40s\"; expected a date as 2026-03-31", issued);
}
