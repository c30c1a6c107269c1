/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What emitters of figures promise, over invented ones. SVG is read back by libxml2's xmllint, PDF by poppler and qpdf. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include "base/characters.h"
#include "host/registry.h"
#include "invented_figures.h"
#include "tray.h"

TestSuite(figures, .fini = tray_end);

extern const zp_plugin zp_plugin_figure_svg, zp_plugin_figure_cairo;

static const zp_plot_look looks[] = { { ZP_PLOT_HALF_WIDE, ZP_PLOT_HALF_HIGH, ZP_BOTH_TONGUES }, { 480, 300, ZP_CHINESE } };

static bool emit_with(const zp_plugin *p, const zp_figure *f, const char *characters, const char *name, tray *t, zp_error *err)
{
	zp_lend lend;
	const zp_host *host = zp_lend_to(&lend, t->arena, p, NULL);
	const zp_outbox out = { t, tray_keep };
	const zp_edition edition = { .characters = characters, .issued = "" };
	const zp_emitter *e = p->does.emitter;
	void *state = e->prepare ? e->prepare(host, &edition, err) : NULL;
	const bool done = (!e->prepare || state) && e->figure(host, state, f, name, &out, err);
	if (state && e->end)
		e->end(state);
	return done;
}

static const char *characters_of(zp_arena *a, const zp_figure *f)
{
	zp_characters *set = zp_characters_take(a);
	zp_characters_add(set, f->title);
	for (size_t i = 0; i < f->n; i++)
		zp_characters_add(set, f->marks[i].text);
	return zp_characters_text(set, a);
}

static tray_file *emit(const zp_plugin *p, const zp_figure *f, const char *name, tray *t)
{
	zp_error err = { 0 };
	*t = tray_open(TRAY_FILES);
	cr_assert(emit_with(p, f, characters_of(t->arena, f), name, t, &err), "%s", err.text);
	return tray_file_of(t, name);
}

static void every(const zp_plugin *p, const char *name, void (*check)(const zp_invented_figure *, tray *, const tray_file *))
{
	for (size_t l = 0; l < sizeof looks / sizeof looks[0]; l++) {
		zp_invented_figure figures[ZP_INVENTED_FIGURES_MOST];
		const size_t n = zp_invented_figures(tray_arena(), looks[l], figures);
		for (size_t i = 0; i < n; i++) {
			tray one, two;
			const tray_file *a = emit(p, figures[i].figure, name, &one), *b = emit(p, figures[i].figure, name, &two);
			cr_assert(a->n == b->n && memcmp(a->bytes, b->bytes, a->n) == 0, "%s differs from one time to the next", figures[i].name);
			check(&figures[i], &one, a);
		}
	}
}

/* Every text of the figure is in what a program reads of the file. */
static void texts_are_in(const zp_invented_figure *f, tray *t, const char *read)
{
	const char *in = squeezed(t->arena, read);
	cr_expect(strstr(in, squeezed(t->arena, f->figure->title)), "%s: the title is not there", f->name);
	for (size_t i = 0; i < f->figure->n; i++)
		if (f->figure->marks[i].text && f->figure->marks[i].turn == 0) /* a turned one is read letter by letter */
			cr_expect(strstr(in, squeezed(t->arena, f->figure->marks[i].text)), "%s: \"%s\" is not there", f->name, f->figure->marks[i].text);
}

static void svg_is_sound(const zp_invented_figure *f, tray *t, const tray_file *file)
{
	const char *read = printed_by(t->arena, "xmllint --nonet --xpath 'string(/)'", file->bytes, file->n, "");
	cr_assert(read, "%s is not well-formed", f->name);
	texts_are_in(f, t, read);
	cr_expect(!memmem(file->bytes, file->n, " style=", 7), "%s has attributes of style", f->name);
	cr_expect(file->n < 24000 || f->figure->n > 150, "%s takes %zu bytes", f->name, file->n);
}

Test(figures, an_svg_is_well_formed_and_holds_every_text)
{
	every(&zp_plugin_figure_svg, "f.svg", svg_is_sound);
}

/* What comes from others is never markup. */
Test(figures, texts_of_others_are_escaped)
{
	static const zp_drawn marks[] = { { .kind = ZP_MARK_TEXT, .h = 8, .text = "甲<b>&amp;\"'</text>\x01\xFF" },
		                          { .kind = ZP_MARK_DOT, .w = 3, .says = "</title><script>", .of = "\"><x" } };
	const zp_figure f = { 100, 50, "a & <b>", "c > d", marks, 2 };
	tray t;
	const tray_file *file = emit(&zp_plugin_figure_svg, &f, "f.svg", &t);
	const char *read = printed_by(t.arena, "xmllint --nonet --xpath 'concat(//*[local-name()=\"text\"][2],\"|\",//@data-of,\"|\",//*[local-name()=\"path\"]/*[local-name()=\"title\"])'", file->bytes, file->n, "");
	cr_assert(read);
	cr_assert(strstr(read, "甲<b>&amp;\"'</text>\xEF\xBF\xBD\xEF\xBF\xBD|\"><x|</title><script>"), "%s", read);
}

/* Who speaks can be reached by the keyboard, and is then no part of an image without parts. */
Test(figures, marks_that_say_something_can_be_tabbed_to)
{
	static const zp_drawn marks[] = { { .kind = ZP_MARK_DOT, .w = 3, .says = "L0001: +12 %" }, { .kind = ZP_MARK_DOT, .w = 3, .x = 9 }, { .kind = ZP_MARK_DOT, .w = 3, .x = 19 } };
	tray t;
	zp_figure f = { 100, 50, "", "dots", marks, 3 };
	const tray_file *file = emit(&zp_plugin_figure_svg, &f, "f.svg", &t);
	cr_assert(strstr(file->bytes, "role=\"group\"") && strstr(file->bytes, "role=\"img\" tabindex=\"0\"") && strstr(file->bytes, "<title>L0001: +12 %</title>"));
	f.marks++;
	f.n--;
	file = emit(&zp_plugin_figure_svg, &f, "f.svg", &t);
	cr_assert(strstr(file->bytes, "role=\"img\"") && !strstr(file->bytes, "tabindex"));
	cr_assert(strstr(file->bytes, "Z\"/></svg>"), "marks of one tone are painted in one go");
}

#ifdef HAVE_CAIRO
static void pdf_is_sound(const zp_invented_figure *f, tray *t, const tray_file *file)
{
	const char *checked = printed_by(t->arena, "qpdf --check", file->bytes, file->n, ""), *read = printed_by(t->arena, "pdftotext -raw", file->bytes, file->n, "-");
	cr_assert(checked, "%s is damaged", f->name);
	cr_assert(read, "%s cannot be read", f->name);
	texts_are_in(f, t, read);
	cr_expect(!memmem(file->bytes, file->n, "/CreationDate", 13), "%s has a date", f->name);
}

Test(figures, a_pdf_is_sound_and_holds_every_text, .timeout = 300)
{
	every(&zp_plugin_figure_cairo, "f.pdf", pdf_is_sound);
}

static void png_is_sound(const zp_invented_figure *f, tray *t, const tray_file *file)
{
	(void)t;
	const unsigned char *b = (const unsigned char *)file->bytes;
	cr_assert(file->n > 24 && memcmp(b, "\x89PNG\r\n\x1A\n", 8) == 0, "%s is no PNG", f->name);
	const unsigned wide = (unsigned)b[18] << 8 | b[19];
	cr_expect_eq(wide, (unsigned)((f->figure->width + 16) * 200 / 72 + 0.9999f), "%s is %u pixels wide", f->name, wide);
}

Test(figures, a_png_has_200_dots_per_inch, .timeout = 300)
{
	every(&zp_plugin_figure_cairo, "f.png", png_is_sound);
}

Test(figures, a_character_that_the_font_does_not_have_is_named)
{
	static const zp_drawn mark = { .kind = ZP_MARK_TEXT, .h = 8, .text = "\xF0\x9F\x98\x80" };
	const zp_figure f = { 100, 50, "", "", &mark, 1 };
	tray t = tray_open(TRAY_FILES);
	zp_error err = { 0 };
	cr_assert_not(emit_with(&zp_plugin_figure_cairo, &f, characters_of(t.arena, &f), "f.pdf", &t, &err));
	cr_assert(strstr(err.text, "U+1F600"), "%s", err.text);
	cr_assert_eq(t.n, 0);
}

Test(figures, a_figure_beyond_all_measure_is_refused)
{
	const zp_figure f = { 30000, 50, "", "", NULL, 0 };
	tray t = tray_open(TRAY_FILES);
	zp_error err = { 0 };
	cr_assert_not(emit_with(&zp_plugin_figure_cairo, &f, "", "f.png", &t, &err));
	cr_assert_eq(err.code, ZP_BAD_USE);
}

Test(figures, a_full_disk_is_told)
{
	const zp_figure f = { 100, 50, "", "", NULL, 0 };
	const zp_plugin *plugins[] = { &zp_plugin_figure_svg, &zp_plugin_figure_cairo };
	for (size_t i = 0; i < 2; i++) {
		tray t = tray_open(0);
		zp_error err = { 0 };
		cr_assert_not(emit_with(plugins[i], &f, "", "f.pdf", &t, &err));
		cr_assert_eq(err.code, ZP_IO);
	}
}
#endif
