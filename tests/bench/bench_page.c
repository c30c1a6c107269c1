/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The floor under certificates: what cairo itself takes for a page with the same font, and nothing else on it
 * than each character of a report once in each weight; and beside it our certificate of the same report. */
#include <cairo-pdf.h>
#include <stdio.h>
#include <time.h>
#include "book/certificate.h"
#include "emitters/paper/type.h"
#include "host/registry.h"
#include "invented.h"

#define PAGES 100

extern const zp_plugin zp_plugin_certificate_pdf;

static double seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static cairo_status_t count(void *bytes, const unsigned char *data, unsigned n)
{
	(void)data;
	*(size_t *)bytes += n;
	return CAIRO_STATUS_SUCCESS;
}

static void draw_characters(cairo_t *pen, const zp_host *host, const zp_cut *cut, const char *characters, double y)
{
	static zp_glyph glyphs[ZP_LINE_MOST];
	static cairo_glyph_t placed[ZP_LINE_MOST];
	static cairo_text_cluster_t clusters[ZP_LINE_MOST];
	zp_shape shape;
	zp_error err = { 0 };
	if (!zp_cut_shape(cut, host, "bench", characters, glyphs, &shape, &err))
		return;
	for (size_t i = 0; i < shape.n; i++) {
		placed[i] = (cairo_glyph_t){ glyphs[i].id, 20 + (double)(i % 40) * 13, y + (double)(i / 40) * 14 };
		clusters[i] = (cairo_text_cluster_t){ glyphs[i].bytes, 1 };
	}
	cairo_set_font_face(pen, zp_cut_face(cut));
	cairo_set_font_size(pen, 12);
	cairo_show_text_glyphs(pen, shape.text, (int)shape.bytes, placed, (int)shape.n, clusters, (int)shape.n, 0);
}

static bool keep(void *bytes, const char *name, const void *data, size_t n, zp_error *err)
{
	(void)name, (void)data, (void)err;
	*(size_t *)bytes += n;
	return true;
}

int main(void)
{
	zp_arena *arena = zp_arena_open();
	zp_lend lend;
	zp_error err = { 0 };
	const zp_host *host = zp_lend_to(&lend, arena, &zp_plugin_certificate_pdf, NULL);
	zp_report *report = zp_invent_report(arena, (zp_invention){ .programmes = 1, .measurands = 20, .samples = 5, .seed = 1 });
	const char *characters = zp_invent_characters(arena, report);
	zp_cut *cuts[ZP_WEIGHTS] = { zp_cut_open(host, ZP_SERIF, ZP_REGULAR, characters, "", &err), zp_cut_open(host, ZP_SERIF, ZP_BOLD, characters, "", &err) };
	zp_edition edition = { .characters = characters, .issued = report->issued };
	zp_problems *problems = zp_problems_take(arena);
	edition.templates[ZP_TEMPLATE_ROUND] = zp_certificate_read(arena, RULES, "round", NULL, problems);
	const zp_emitter *emitter = zp_plugin_certificate_pdf.does.emitter;
	void *state = emitter->prepare(host, &edition, &err);
	if (err.code) {
		fprintf(stderr, "bench: %s\n", err.text);
		return err.code;
	}
	size_t bytes = 0;
	double start = seconds();
	for (int i = 0; i < PAGES; i++) {
		cairo_surface_t *sheet = cairo_pdf_surface_create_for_stream(count, &bytes, 595, 842);
		cairo_t *pen = cairo_create(sheet);
		for (int w = 0; w < ZP_WEIGHTS; w++)
			draw_characters(pen, host, cuts[w], characters, 100 + w * 300);
		cairo_destroy(pen);
		cairo_surface_finish(sheet);
		cairo_surface_destroy(sheet);
	}
	double page = (seconds() - start) / PAGES;
	printf("bare cairo page, every character of a report once: %.2f ms, %zu bytes\n", 1e3 * page, bytes / PAGES);
	zp_outbox outbox = { &bytes, keep };
	bytes = 0;
	start = seconds();
	for (int i = 0; i < PAGES && !err.code; i++)
		emitter->lab(host, state, report, &outbox, &err);
	double certificate = (seconds() - start) / PAGES;
	printf("certificate of 100 results: %.2f ms, %zu bytes; %.1f bare pages\n", 1e3 * certificate, bytes / PAGES, certificate / page);
	emitter->end(state);
	for (int w = 0; w < ZP_WEIGHTS; w++)
		zp_cut_close(cuts[w]);
	zp_arena_close(arena);
	return err.code;
}
