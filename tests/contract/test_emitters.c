/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every emitter promises, over invented reports. PDFs are read back by poppler's programs. */
#include <cairo.h>
#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "host/registry.h"
#include "invented.h"
#include "templates.h"
#include "tray.h"

TestSuite(emitters, .fini = tray_end);

extern const zp_plugin zp_plugin_certificate_pdf, zp_plugin_results_csv, zp_plugin_pages_html;

static bool emit(const zp_plugin *p, const zp_report *r, zp_asset seal, tray *t, zp_error *err)
{
	zp_lend lend;
	const zp_host *host = zp_lend_to(&lend, t->arena, p, NULL);
	const zp_outbox out = { t, tray_keep };
	const zp_emitter *e = p->does.emitter;
	zp_edition edition = { .characters = zp_invent_characters(t->arena, r), .seal = seal, .issued = r->issued };
	usual_templates(t->arena, &edition);
	void *state = e->prepare ? e->prepare(host, &edition, err) : NULL;
	if (e->prepare && !state)
		return false;
	bool done = e->lab(host, state, r, &out, err);
	if (e->end)
		e->end(state);
	return done;
}

/* ---- reports that are hard on an emitter ---- */

#define LONG_NAME \
	"虚构省江滨市经济技术开发区人民医院集团总医院（江滨医学院第一附属医院）东院区检验医学中心临床生物化学与分子诊断实验室暨江滨市临床检验质量控制中心"
#define MARKUP "甲<b>&amp;</b>\"乙\"'丙' & Co. <script>alert(1)</script>"

static const zp_invention inventions[] = {
	{ .programmes = 1, .measurands = 1, .samples = 1, .seed = 1 },
	{ .programmes = 3, .measurands = 20, .samples = 5, .seed = 2 },
	{ .programmes = 2, .measurands = 6, .samples = 5, .seed = 3, .silent = true },
	{ .programmes = 1, .measurands = 3, .samples = 2, .seed = 4, .lab_name = LONG_NAME LONG_NAME LONG_NAME },
	{ .programmes = 1, .measurands = 3, .samples = 5, .seed = 5, .lab_name = MARKUP },
	{ .programmes = 40, .measurands = 2, .samples = 5, .seed = 6 },
	{ .programmes = 1, .measurands = 2, .samples = 140, .seed = 7 },
	{ .programmes = 2, .measurands = 0, .samples = 5, .seed = 8 },
	{ .programmes = 1, .measurands = 400, .samples = 5, .seed = 9, .one = true },
	{ .programmes = 2, .measurands = 30, .samples = 5, .seed = 10, .answers = true },
	{ .programmes = 1, .measurands = 5, .samples = 23, .seed = 11, .answers = true },
};

/* Parameters are places in a table, since a test runs in a process of its own, where texts lie elsewhere. */
static size_t places[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 };

ParameterizedTestParameters(emitters, a_certificate_holds_every_text_of_its_report)
{
	return cr_make_param_array(size_t, places, sizeof(inventions) / sizeof(inventions[0]));
}

static char *certificate_by(tray *t, const char *before, const char *after)
{
	const tray_file *f = tray_file_of(t, "certificate.pdf");
	return printed_by(t->arena, before, f->bytes, f->n, after);
}

typedef struct zp_hunt { zp_arena *arena; const char *in; size_t found; } zp_hunt;

static void hunt(void *self, const char *text)
{
	zp_hunt *h = self;
	cr_expect(strstr(h->in, squeezed(h->arena, text)), "\"%s\" is not in the certificate", text);
	h->found++;
}

ParameterizedTest(const size_t *place, emitters, a_certificate_holds_every_text_of_its_report)
{
	tray t = tray_open(TRAY_FILES);
	zp_error err = { 0 };
	const zp_report *r = zp_invent_report(t.arena, inventions[*place]);
	cr_assert(emit(&zp_plugin_certificate_pdf, r, (zp_asset){ 0 }, &t, &err), "%s", err.text);
	char *text = certificate_by(&t, "pdftotext -raw", "-");
	if (!text)
		cr_assert_fail("pdftotext is not installed");
	zp_hunt h = { t.arena, squeezed(t.arena, text), 0 };
	zp_report_texts(r, hunt, &h);
	cr_expect(h.found >= 11);

	char *info = certificate_by(&t, "pdfinfo", "");
	cr_assert(info && strstr(info, "Pages:"));
	long pages = strtol(strstr(info, "Pages:") + 6, NULL, 10);
	cr_expect(strstr(h.in, zp_arena_print(t.arena, "第%ld页，共%ld页", pages, pages)), "the last page does not say that it is page %ld", pages);
	char *last = certificate_by(&t, zp_arena_print(t.arena, "pdftotext -raw -f %ld", pages), "-");
	cr_expect(last && strstr(last, "A dash stands where there is no number."), "the last page is empty");
}

/* Where the words of a page lie. Gives: how many of them leave the page or its margin. */
static size_t outside(char *boxes, size_t *words)
{
	size_t n = 0;
	*words = 0;
	for (char *p = boxes; (p = strstr(p, "<word xMin=")); p++, ++*words) {
		double x1, y1, x2, y2;
		cr_assert_eq(sscanf(p, "<word xMin=\"%lf\" yMin=\"%lf\" xMax=\"%lf\" yMax=\"%lf\"", &x1, &y1, &x2, &y2), 4);
		n += x1 < 30 || y1 < 24 || x2 > 596 - 30 || y2 > 842 - 18;
	}
	return n;
}

ParameterizedTestParameters(emitters, no_word_leaves_the_page)
{
	return cr_make_param_array(size_t, places, sizeof(inventions) / sizeof(inventions[0]));
}

ParameterizedTest(const size_t *place, emitters, no_word_leaves_the_page)
{
	tray t = tray_open(TRAY_FILES);
	zp_error err = { 0 };
	cr_assert(emit(&zp_plugin_certificate_pdf, zp_invent_report(t.arena, inventions[*place]), (zp_asset){ 0 }, &t, &err), "%s", err.text);
	char *boxes = certificate_by(&t, "pdftotext -bbox", "-");
	if (!boxes)
		cr_assert_fail("pdftotext is not installed");
	size_t words;
	cr_expect_eq(outside(boxes, &words), 0);
	cr_expect_gt(words, 100);
}

Test(emitters, a_certificate_embeds_its_two_fonts_and_no_other)
{
	tray t = tray_open(TRAY_FILES);
	zp_error err = { 0 };
	cr_assert(emit(&zp_plugin_certificate_pdf, zp_invent_report(t.arena, inventions[1]), (zp_asset){ 0 }, &t, &err), "%s", err.text);
	char *fonts = certificate_by(&t, "pdffonts", "| tail -n +3");
	if (!fonts)
		cr_assert_fail("pdffonts is not installed");
	size_t lines = 0;
	for (char *line = strtok(fonts, "\n"); line; line = strtok(NULL, "\n"), lines++)
		cr_expect(strstr(line, "+NotoSerifCJKsc-") && strstr(line, "yes yes yes"), "%s", line);
	cr_expect_eq(lines, 2);
}

Test(emitters, numbers_stand_in_order_on_their_line)
{
	tray t = tray_open(TRAY_FILES);
	zp_error err = { 0 };
	const zp_report *r = zp_invent_report(t.arena, inventions[1]);
	const zp_report_row *row = &r->programmes[0].measurands[0].rows[1];
	cr_assert(emit(&zp_plugin_certificate_pdf, r, (zp_asset){ 0 }, &t, &err), "%s", err.text);
	char *text = certificate_by(&t, "pdftotext -layout", "-");
	if (!text)
		cr_assert_fail("pdftotext is not installed");
	const char *line = zp_arena_print(t.arena, "%s%s%s%s–%s%s%s%s%s", row->sample, row->value, row->x_pt, row->low, row->high,
	                                  row->bias, row->bias_pct, row->sdi, row->says);
	cr_expect(strstr(squeezed(t.arena, text), line), "%s", line);
}

/* ---- answers that are no numbers ---- */

/* What a certificate says, without blanks; NULL without pdftotext. */
static const char *said_by(tray *t, const zp_report *r, const char *how)
{
	zp_error err = { 0 };
	cr_assert(emit(&zp_plugin_certificate_pdf, r, (zp_asset){ 0 }, t, &err), "%s", err.text);
	char *text = certificate_by(t, how, "-");
	return text ? squeezed(t->arena, text) : NULL;
}

static zp_report *small_panel(zp_arena *a)
{
	zp_report *r = zp_invent_report(a, (zp_invention){ .programmes = 1, .measurands = 2, .samples = 2, .seed = 12, .answers = true });
	zp_report_programme *g = (zp_report_programme *)r->programmes;
	zp_report_row *word = (zp_report_row *)g->measurands[0].rows, *grade = (zp_report_row *)g->measurands[1].rows;
	static const zp_report_whole wholes[] = { { 2, 2 }, { 2, 1 } };
	word[0].verdict = grade[0].verdict = grade[1].verdict = ZP_ACCEPTABLE;
	word[1].verdict = ZP_UNACCEPTABLE;
	word[0].mark = "＋", word[1].mark = "−", grade[0].mark = "1+", grade[1].mark = "±";
	g->wholes = wholes;
	return r;
}

Test(emitters, a_panel_is_a_small_table_of_ticks_and_crosses_with_the_replies)
{
	tray t = tray_open(TRAY_FILES);
	const char *text = said_by(&t, small_panel(t.arena), "pdftotext -layout");
	if (!text)
		cr_assert_fail("pdftotext is not installed");
	cr_expect(strstr(text, "葡萄糖✓＋×−"), "%s", text);
	cr_expect(strstr(text, "钾✓1+✓±"), "%s", text);
	cr_expect(strstr(text, "样本全部正确wholesampleright✓2/2×1/2"), "%s", text);
	cr_expect(strstr(text, "2个样本中全部正确的有1个。1of2samplesfullyright"), "%s", text);
}

Test(emitters, what_is_not_evaluated_or_not_performed_is_neither_tick_nor_cross)
{
	tray t = tray_open(TRAY_FILES);
	zp_report *r = small_panel(t.arena);
	((zp_report_row *)r->programmes[0].measurands[0].rows)[1].verdict = ZP_NOT_EVALUATED;
	((zp_report_row *)r->programmes[0].measurands[0].rows)[1].mark = "";
	const char *text = said_by(&t, r, "pdftotext -layout");
	if (!text)
		cr_assert_fail("pdftotext is not installed");
	cr_expect(strstr(text, "葡萄糖✓＋–钾"), "%s", text);
}

Test(emitters, a_programme_that_is_no_panel_has_no_small_table)
{
	tray t = tray_open(TRAY_FILES);
	const char *text = said_by(&t, zp_invent_report(t.arena, inventions[1]), "pdftotext -raw");
	if (!text)
		cr_assert_fail("pdftotext is not installed");
	cr_expect_not(strstr(text, "各项目、各样本一览"));
	cr_expect_not(strstr(text, "等级图"), "notes explain only what is there");
	cr_expect_not(strstr(text, "得分/总分"));
}

Test(emitters, a_grade_stands_on_the_strip_that_was_used)
{
	tray t = tray_open(TRAY_FILES);
	zp_report *r = small_panel(t.arena);
	zp_report_row *grade = (zp_report_row *)r->programmes[0].measurands[1].rows;
	grade[0].place.strip = grade[1].place.strip = 0x3d; /* ± is not on it */
	const char *text = said_by(&t, r, "pdftotext -raw");
	if (!text)
		cr_assert_fail("pdftotext is not installed");
	cr_expect(strstr(text, "−1+2+3+4+"), "%s", text);
	cr_expect_not(strstr(text, "−±1+"), "%s", text);
}

Test(emitters, shares_of_answers_name_their_n_and_are_absent_when_not_shown)
{
	tray t = tray_open(TRAY_FILES), bare = t;
	zp_report *r = small_panel(t.arena);
	const char *text = said_by(&t, r, "pdftotext -raw");
	if (!text)
		cr_assert_fail("pdftotext is not installed");
	cr_expect(strstr(text, "38/4584.4%"), "%s", text);
	for (size_t i = 0; i < 2; i++)
		for (size_t k = 0; k < 2; k++)
			((zp_report_row *)r->programmes[0].measurands[k].rows)[i].n_answers = 0;
	cr_expect_not(strstr(said_by(&bare, r, "pdftotext -raw"), "/45"));
}

Test(emitters, points_are_called_points)
{
	tray t = tray_open(TRAY_FILES);
	zp_report *r = small_panel(t.arena);
	((zp_report_programme *)r->programmes)->accepted = "3.5";
	((zp_report_programme *)r->programmes)->total = "4";
	const char *text = said_by(&t, r, "pdftotext -raw");
	if (!text)
		cr_assert_fail("pdftotext is not installed");
	cr_expect(strstr(text, "(得分3.5/总分4)"), "%s", text);
	cr_expect(strstr(text, "Points/possible"), "%s", text);
}

Test(emitters, a_logarithm_stands_before_what_was_sent)
{
	tray t = tray_open(TRAY_FILES);
	zp_report *r = zp_invent_report(t.arena, inventions[0]);
	zp_report_row *row = (zp_report_row *)r->programmes[0].measurands[0].rows;
	row->value = "4.40";
	row->sent = "25000";
	row->x_pt = "阴性";
	row->verdict = ZP_ACCEPTABLE;
	const char *text = said_by(&t, r, "pdftotext -layout");
	if (!text)
		cr_assert_fail("pdftotext is not installed");
	cr_expect(strstr(text, "4.40(25000)阴性"), "%s", text);
}

/* ---- the same bytes ---- */

Test(emitters, the_same_report_gives_the_same_bytes_whatever_came_before)
{
	static const zp_plugin *const all[] = { &zp_plugin_certificate_pdf, &zp_plugin_results_csv };
	for (size_t i = 0; i < 2; i++) {
		zp_arena *arena = tray_arena();
		zp_error err = { 0 };
		zp_lend lend;
		const zp_host *host = zp_lend_to(&lend, arena, all[i], NULL);
		const zp_emitter *e = all[i]->does.emitter;
		const zp_report *a = zp_invent_report(arena, inventions[1]), *b = zp_invent_report(arena, inventions[4]);
		tray first = { .arena = arena, .most = TRAY_FILES }, second = first, third = first, between = first;
		zp_edition edition = { .characters = zp_arena_print(arena, "%s%s", zp_invent_characters(arena, a), zp_invent_characters(arena, b)),
			               .issued = a->issued };
		usual_templates(arena, &edition);
		for (int again = 0; again < 2; again++) {
			void *state = e->prepare ? e->prepare(host, &edition, &err) : NULL;
			tray *one = again ? &third : &first;
			if (again)
				cr_assert(e->lab(host, state, b, &(zp_outbox){ &between, tray_keep }, &err), "%s", err.text);
			cr_assert(e->lab(host, state, a, &(zp_outbox){ one, tray_keep }, &err), "%s", err.text);
			if (!again)
				cr_assert(e->lab(host, state, a, &(zp_outbox){ &second, tray_keep }, &err), "%s", err.text);
			if (e->end)
				e->end(state);
		}
		cr_expect(first.files[0].n == second.files[0].n && first.files[0].n == third.files[0].n);
		cr_expect_arr_eq(first.files[0].bytes, second.files[0].bytes, first.files[0].n);
		cr_expect_arr_eq(first.files[0].bytes, third.files[0].bytes, first.files[0].n);
	}
}

Test(emitters, the_date_of_a_certificate_is_the_date_of_issue)
{
	tray t = tray_open(TRAY_FILES);
	zp_error err = { 0 };
	cr_assert(emit(&zp_plugin_certificate_pdf, zp_invent_report(t.arena, inventions[0]), (zp_asset){ 0 }, &t, &err), "%s", err.text);
	char *info = certificate_by(&t, "TZ=UTC pdfinfo -isodates", "");
	if (!info)
		cr_assert_fail("pdfinfo is not installed");
	cr_expect(strstr(info, "CreationDate:    2026-04-09T00:00:00Z"), "%s", info);
	cr_expect(strstr(info, "ModDate:         2026-04-09T00:00:00Z"), "%s", info);
	cr_expect(strstr(info, "虚构省临床检验中心"), "%s", info);
}

/* ---- what cannot be printed ---- */

typedef struct zp_refusal { const char *lab_name, *expected; } zp_refusal;

static const zp_refusal refusals[] = {
	{ "虚构\xF0\x93\x80\x80医院", "U+13000" }, /* no glyph */
	{ "虚构\xE2\x80\xAE医院", "U+202E" },      /* right-to-left override */
	{ "虚构\xE2\x80\x8B医院", "U+200B" },      /* zero width */
	{ "虚构\n医院", "U+000A" },
	{ "虚构\xE5\x8C医院", "UTF-8" },     /* cut short */
	{ "虚构\xC0\xAF医院", "UTF-8" },     /* overlong */
	{ "虚构\xED\xA0\x80医院", "UTF-8" }, /* half of a surrogate pair */
};

ParameterizedTestParameters(emitters, a_name_that_cannot_be_printed_is_refused_with_character_and_laboratory)
{
	return cr_make_param_array(size_t, places, sizeof(refusals) / sizeof(refusals[0]));
}

ParameterizedTest(const size_t *place, emitters, a_name_that_cannot_be_printed_is_refused_with_character_and_laboratory)
{
	tray t = tray_open(TRAY_FILES);
	zp_error err = { 0 };
	zp_invention w = inventions[0];
	w.lab = "YC-404";
	w.lab_name = refusals[*place].lab_name;
	cr_expect_not(emit(&zp_plugin_certificate_pdf, zp_invent_report(t.arena, w), (zp_asset){ 0 }, &t, &err));
	cr_expect_eq(err.code, ZP_BAD_INPUT);
	cr_expect(strstr(err.text, refusals[*place].expected), "%s", err.text);
	cr_expect(strstr(err.text, "YC-404"), "%s", err.text);
	cr_expect_eq(t.n, 0);
}

Test(emitters, a_date_that_is_none_is_refused)
{
	tray t = tray_open(TRAY_FILES);
	zp_error err = { 0 };
	zp_report *r = zp_invent_report(t.arena, inventions[0]);
	r->issued = "9 April";
	cr_expect_not(emit(&zp_plugin_certificate_pdf, r, (zp_asset){ 0 }, &t, &err));
	cr_expect(strstr(err.text, "9 April"), "%s", err.text);
}

Test(emitters, a_full_disk_is_told)
{
	static const zp_plugin *const all[] = { &zp_plugin_certificate_pdf, &zp_plugin_results_csv };
	for (size_t i = 0; i < 2; i++) {
		tray t = tray_open(0);
		zp_error err = { 0 };
		cr_expect_not(emit(all[i], zp_invent_report(t.arena, inventions[0]), (zp_asset){ 0 }, &t, &err));
		cr_expect_eq(err.code, ZP_IO);
	}
}

/* ---- the seal ---- */

typedef struct zp_png { unsigned char bytes[65536]; size_t n; } zp_png;

static cairo_status_t add_png(void *self, const unsigned char *bytes, unsigned n)
{
	zp_png *p = self;
	if (p->n + n > sizeof(p->bytes))
		return CAIRO_STATUS_WRITE_ERROR;
	memcpy(p->bytes + p->n, bytes, n);
	p->n += n;
	return CAIRO_STATUS_SUCCESS;
}

static zp_png *red_disc(zp_arena *a, int pixels)
{
	zp_png *png = zp_take(a, zp_png, 1);
	cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, pixels, pixels);
	cairo_t *cr = cairo_create(s);
	cairo_set_source_rgb(cr, 0.8, 0.1, 0.1);
	cairo_arc(cr, pixels / 2.0, pixels / 2.0, pixels / 2.2, 0, 6.3);
	cairo_fill(cr);
	cr_assert_eq(cairo_surface_write_to_png_stream(s, add_png, png), CAIRO_STATUS_SUCCESS);
	cairo_destroy(cr);
	cairo_surface_destroy(s);
	return png;
}

Test(emitters, a_seal_is_on_the_first_page)
{
	tray t = tray_open(TRAY_FILES);
	zp_error err = { 0 };
	zp_png *png = red_disc(t.arena, 700);
	cr_assert(emit(&zp_plugin_certificate_pdf, zp_invent_report(t.arena, inventions[0]), (zp_asset){ "seal.png", png->bytes, png->n }, &t, &err),
	          "%s", err.text);
	char *images = certificate_by(&t, "pdfimages -list", "| awk 'NR > 2 { print $1, $3 }'");
	if (!images)
		cr_assert_fail("pdfimages is not installed");
	cr_expect(strncmp(images, "1 image", 7) == 0, "%s", images);
}

Test(emitters, a_seal_that_is_no_sound_png_is_refused)
{
	zp_arena *arena = tray_arena();
	zp_png *png = red_disc(arena, 300);
	zp_png *huge = zp_take(arena, zp_png, 1);
	*huge = *png;
	huge->bytes[16] = 0x10; /* a width of 268 million */
	const struct { zp_asset seal; const char *expected; } cases[] = {
		{ { "seal.png", "GIF89a and so on, long enough", 29 }, "not a PNG" },
		{ { "seal.png", "", 0 }, "not a PNG" },
		{ { "seal.png", png->bytes, png->n / 2 }, "damaged" },
		{ { "seal.png", huge->bytes, huge->n }, "pixels" },
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		tray t = { .arena = arena, .most = TRAY_FILES };
		zp_error err = { 0 };
		cr_expect_not(emit(&zp_plugin_certificate_pdf, zp_invent_report(arena, inventions[0]), cases[i].seal, &t, &err));
		cr_expect_eq(err.code, ZP_BAD_INPUT);
		cr_expect(strstr(err.text, cases[i].expected) && strstr(err.text, "seal.png"), "%s", err.text);
	}
}

/* ---- results.csv ---- */

#define COLUMNS 40

/* One record by RFC 4180, in place. Gives: the number of cells; *p moves to the next record. */
static size_t read_record(char **p, const char *cells[COLUMNS + 1])
{
	char *in = *p, *out = *p;
	size_t n = 0;
	for (bool more = true; more && n <= COLUMNS; n++) {
		cells[n] = out;
		if (*in == '"') {
			for (in++; *in && (*in != '"' || in[1] == '"'); in++) {
				in += *in == '"';
				*out++ = *in;
			}
			in += *in == '"';
		} else {
			while (*in && *in != ',' && *in != '\n')
				*out++ = *in++;
		}
		more = *in == ',';
		in += *in != '\0';
		*out++ = '\0';
	}
	*p = in;
	return n;
}

Test(emitters, a_results_table_reads_back_as_the_report)
{
	tray t = tray_open(TRAY_FILES);
	zp_error err = { 0 };
	zp_report *r = zp_invent_report(t.arena, inventions[1]);
	zp_report_measurand *m = (zp_report_measurand *)&r->programmes[1].measurands[2];
	m->name = "钠,\"间接\"法\n第二行";
	cr_assert(emit(&zp_plugin_results_csv, r, (zp_asset){ 0 }, &t, &err), "%s", err.text);
	char *p = tray_file_of(&t, "results.csv")->bytes;
	const char *cell[COLUMNS + 1];
	cr_assert_eq(read_record(&p, cell), COLUMNS);
	cr_expect_str_eq(cell[0], "programme");
	cr_expect_str_eq(cell[26], "certificate");
	cr_expect_str_eq(cell[27], "doubts");
	cr_expect_str_eq(cell[COLUMNS - 1], "sample_right");
	size_t rows = 0;
	for (size_t g = 0; g < r->n_programmes; g++)
		for (size_t k = 0; k < r->programmes[g].n_measurands; k++) {
			const zp_report_measurand *x = &r->programmes[g].measurands[k];
			for (size_t i = 0; i < (x->n_rows ? x->n_rows : 1); i++, rows++) {
				cr_assert_eq(read_record(&p, cell), COLUMNS, "record %zu", rows);
				cr_expect_str_eq(cell[0], r->programmes[g].code);
				cr_expect_str_eq(cell[1], x->code);
				cr_expect_str_eq(cell[2], x->name);
				cr_expect_str_eq(cell[20], x->score);
				cr_expect_str_eq(cell[27], x->doubts);
				if (!x->n_rows) {
					cr_expect_str_eq(cell[14], "未开展");
					continue;
				}
				const zp_report_row *row = &x->rows[i];
				const char *const told[] = { row->sample, row->value, row->x_pt, row->low, row->high, row->bias, row->bias_pct, row->sdi };
				for (size_t c = 0; c < 8; c++)
					cr_expect_str_eq(cell[4 + c], told[c]);
				cr_expect_str_eq(cell[14], row->says);
				cr_expect_str_eq(cell[15], row->why);
			}
		}
	cr_expect_eq(*p, '\0');
	cr_expect_gt(rows, 280);
}

Test(emitters, a_results_table_tells_answers_behind_the_other_columns)
{
	tray t = tray_open(TRAY_FILES);
	zp_error err = { 0 };
	const zp_report *r = zp_invent_report(t.arena, inventions[9]);
	cr_assert(emit(&zp_plugin_results_csv, r, (zp_asset){ 0 }, &t, &err), "%s", err.text);
	char *p = tray_file_of(&t, "results.csv")->bytes;
	const char *cell[COLUMNS + 1];
	static const char *const names[] = { "value_en", "x_pt_en", "sent", "index", "allowed", "also", "credit", "flags", "answers", "answers_n", "weight",
		                             "sample_right" };
	cr_assert_eq(read_record(&p, cell), COLUMNS);
	for (size_t i = 0; i < 12; i++)
		cr_expect_str_eq(cell[28 + i], names[i]);
	for (size_t k = 0; k < 3; k++) /* one of each kind */
		for (size_t i = 0; i < 5; i++) {
			const zp_report_measurand *m = &r->programmes[0].measurands[k];
			const zp_report_row *row = &m->rows[i];
			const zp_report_whole *whole = &r->programmes[0].wholes[i];
			cr_assert_eq(read_record(&p, cell), COLUMNS);
			const char *const told[] = { row->value_en, row->x_pt_en, row->sent, row->index, row->allowed, row->also, row->credit, row->flags };
			for (size_t c = 0; c < 8; c++)
				cr_expect_str_eq(cell[28 + c], told[c]);
			const zp_report_answer *a = row->answers;
			cr_expect_str_eq(cell[36], !a ? "" : zp_arena_print(t.arena, "%s %s %s %%; %s %s %s %%", a[0].name, a[0].n, a[0].share_pct, a[1].name,
			                                                    a[1].n, a[1].share_pct));
			cr_expect_str_eq(cell[37], row->answers_n);
			cr_expect_str_eq(cell[38], k == 2 ? "4" : "");
			cr_expect_str_eq(cell[39], whole->right == whole->judged ? "yes" : "no");
		}
}

Test(emitters, a_results_table_starts_no_formula)
{
	tray t = tray_open(TRAY_FILES);
	zp_error err = { 0 };
	zp_report *r = zp_invent_report(t.arena, inventions[0]);
	zp_report_measurand *m = (zp_report_measurand *)r->programmes[0].measurands;
	zp_report_row *row = (zp_report_row *)m->rows;
	m->name = "=1+2";
	m->unit = "@SUM(A1)";
	m->group = "-x";
	m->method = "\tx";
	row->value = "-1.25";
	row->bias = "+0.5e-3";
	row->sdi = "-1+2";
	cr_assert(emit(&zp_plugin_results_csv, r, (zp_asset){ 0 }, &t, &err), "%s", err.text);
	char *p = tray_file_of(&t, "results.csv")->bytes;
	const char *cell[COLUMNS + 1];
	read_record(&p, cell);
	cr_assert_eq(read_record(&p, cell), COLUMNS);
	cr_expect_str_eq(cell[2], "'=1+2");
	cr_expect_str_eq(cell[3], "'@SUM(A1)");
	cr_expect_str_eq(cell[5], "-1.25");
	cr_expect_str_eq(cell[9], "+0.5e-3");
	cr_expect_str_eq(cell[11], "'-1+2");
	cr_expect_str_eq(cell[16], "'-x");
	cr_expect_str_eq(cell[18], "'\tx");
}
