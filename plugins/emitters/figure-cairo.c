/* SPDX-License-Identifier: GPL-3.0-or-later */
/* figure-cairo: a figure as a PDF or PNG file of its own, by the ending of its name. */
#include <cairo-pdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "palette.h"
#include "paper/figure.h"
#include "paper/press.h"
#include "svg.h" /* how a title stands above a figure */

#define PER_INCH 200.0
#define PIXELS_MOST 20000

static void end(void *state)
{
	zp_types_close(state);
}

static void *prepare(const zp_host *host, const zp_edition *edition, zp_error *err)
{
	zp_types *types = host->take(host, sizeof(*types));
	if (zp_types_open(types, host, ZP_SANS, edition->characters, "", err))
		return types;
	zp_types_close(types);
	return NULL;
}

static bool is_png(const char *name)
{
	const size_t n = strlen(name);
	return n > 4 && strcmp(name + n - 4, ".png") == 0;
}

/* What a reader shows beside the page. No date: a figure is the same whenever it is drawn. */
static cairo_surface_t *sheet(const zp_figure *f, double head, bool png, zp_file *file)
{
	const double width = (double)(f->width + 2 * ZP_FIGURE_AIR), height = (double)(f->height + 2 * ZP_FIGURE_AIR) + head;
	if (png)
		return cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)ceil(width * PER_INCH / 72), (int)ceil(height * PER_INCH / 72));
	cairo_surface_t *pdf = cairo_pdf_surface_create_for_stream(zp_file_append, file, width, height);
	cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_CREATE_DATE, "");
	cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_TITLE, f->title && *f->title ? f->title : f->says);
	cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_SUBJECT, f->says);
	cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_CREATOR, "Zhiping");
	return pdf;
}

/* At `scale` pixels or points for one point of the figure. */
static void draw(zp_canvas *c, const zp_figure *f, double head, double scale)
{
	const double air = (double)ZP_FIGURE_AIR, width = (double)f->width, height = (double)f->height, size = (double)ZP_FIGURE_TITLE_SIZE;
	zp_canvas_box(c, 0, 0, (width + 2 * air) * scale + 1, (height + 2 * air + head) * scale + 1, zp_shade_of(ZP_TONE_PAPER)->print);
	if (head > 0)
		zp_canvas_line(c, (zp_ink){ ZP_BOLD, size * scale, zp_shade_of(ZP_TONE_INK)->print, 0 }, (air + 1) * scale, (air + size) * scale, width * scale, ZP_LEFT, f->title);
	zp_canvas_figure(c, f, air * scale, (air + head) * scale, scale);
	zp_canvas_settle(c);
	cairo_show_page(c->cr);
}

static bool figure(const zp_host *host, void *state, const zp_figure *f, const char *name, const zp_outbox *out, zp_error *err)
{
	const bool png = is_png(name);
	const double head = f->title && *f->title ? (double)ZP_FIGURE_HEAD : 0, scale = png ? PER_INCH / 72 : 1;
	if ((double)fmaxf(f->width, f->height) * scale > PIXELS_MOST)
		return host->fail(err, ZP_BAD_USE, name, 0, "the figure would be larger than %d pixels; expected less", PIXELS_MOST);
	zp_file file = { 0 };
	cairo_surface_t *surface = sheet(f, head, png, &file);
	zp_canvas c = zp_types_canvas(state, host, name, err);
	c.cr = cairo_create(surface);
	draw(&c, f, head, scale);
	cairo_status_t status = cairo_status(c.cr);
	cairo_destroy(c.cr);
	if (png && !status)
		status = cairo_surface_write_to_png_stream(surface, zp_file_append, &file);
	cairo_surface_finish(surface);
	if (!status)
		status = cairo_surface_status(surface);
	cairo_surface_destroy(surface);
	bool done = !c.failed;
	if (done && status)
		done = host->fail(err, ZP_BUG, name, 0, "the figure cannot be drawn: %s", cairo_status_to_string(status));
	done = done && out->write(out->self, name, file.bytes, file.n, err);
	free(file.bytes);
	return done;
}

static const zp_emitter emitter = { .prepare = prepare, .end = end, .figure = figure };

ZP_PLUGIN(figure_cairo) = {
	ZP_PLUGIN_HEAD,
	.kind = ZP_EMITTER,
	.name = "figure-cairo",
	.version = "1",
	.cites = "",
	.says = "Writes a figure as a PDF file, or as a PNG file of 200 dots per inch, by the ending of its name.",
	.does.emitter = &emitter,
	.libraries = zp_paper_libraries,
};
