/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an emitter of papers promises, over invented papers of a year. PDFs are read back by poppler's programs. */
#include <cairo.h>
#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "host/registry.h"
#include "invented_papers.h"
#include "templates.h"
#include "tray.h"

TestSuite(papers, .fini = tray_end);

extern const zp_plugin zp_plugin_certificate_pdf;

#define LONG_NAME \
	"虚构省江滨市经济技术开发区人民医院集团总医院（江滨医学院第一附属医院）东院区检验医学中心临床生物化学与分子诊断实验室暨江滨市临床检验质量控制中心"
#define RARE "示例㼆镕𬭸医院" /* of CJK extensions A and C as well */

static const zp_paper_invention inventions[] = {
	{ .kind = ZP_PAPER_ANNUAL, .lines = 3 },
	{ .kind = ZP_PAPER_ANNUAL, .lines = 40, .reissued = true },
	{ .kind = ZP_PAPER_ANNUAL, .lines = 200, .lab_name = LONG_NAME },
	{ .kind = ZP_PAPER_ANNUAL, .lines = 1, .chinese_only = true },
	{ .kind = ZP_PAPER_ANNUAL, .lines = 60, .chinese_only = true, .lab_name = "甲<b>&amp;</b>\"乙\"'丙' & Co." },
	{ .kind = ZP_PAPER_RECOGNITION, .lines = 3 },
	{ .kind = ZP_PAPER_RECOGNITION, .lines = 40 },
	{ .kind = ZP_PAPER_RECOGNITION, .lines = 200, .reissued = true, .lab_name = LONG_NAME LONG_NAME LONG_NAME },
	{ .kind = ZP_PAPER_TITLE, .in_a_row = 3 },
	{ .kind = ZP_PAPER_TITLE, .in_a_row = 1, .lab_name = LONG_NAME, .reissued = true },
	{ .kind = ZP_PAPER_TITLE, .lines = 5, .lab_name = RARE },
	{ .kind = ZP_PAPER_ANNUAL, .lines = 12, .long_texts = true, .reissued = true },
	{ .kind = ZP_PAPER_RECOGNITION, .lines = 120, .long_texts = true, .reissued = true, .lab_name = LONG_NAME },
};

/* Parameters are places in a table, since a test runs in a process of its own, where texts lie elsewhere. */
static size_t places[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 };

/* ---- a press that keeps what it is given ---- */

typedef struct zp_tray { zp_arena *arena; char name[64]; char *bytes; size_t n; bool full; } zp_tray;

static bool keep(void *self, const char *name, const void *bytes, size_t n, zp_error *err)
{
	zp_tray *t = self;
	if (t->full)
		return zp_fail(err, ZP_IO, name, 0, "the disk is full");
	snprintf(t->name, sizeof t->name, "%s", name);
	t->bytes = zp_arena_text(t->arena, bytes, n);
	t->n = n;
	return true;
}

typedef struct zp_letters { char *text; size_t n; } zp_letters;

static void add_letters(void *self, const char *text)
{
	zp_letters *l = self;
	l->n += (size_t)sprintf(l->text + l->n, "%s", text);
}

/* The characters of a paper, some of them more than once, and those of `others`. */
static const char *characters_of(zp_arena *a, const zp_paper *p, const char *others)
{
	zp_letters l = { zp_arena_take(a, 1 << 20), 0 };
	add_letters(&l, others);
	zp_paper_texts(p, add_letters, &l);
	return l.text;
}

static bool emit_with(const zp_paper *p, const char *characters, zp_asset seal, zp_tray *t, zp_error *err)
{
	zp_lend lend;
	const zp_host *host = zp_lend_to(&lend, t->arena, &zp_plugin_certificate_pdf, NULL);
	const zp_outbox out = { t, keep };
	const zp_emitter *e = zp_plugin_certificate_pdf.does.emitter;
	zp_edition edition = { .characters = characters, .seal = seal, .issued = "2027-03-01" };
	usual_templates(t->arena, &edition);
	void *state = e->prepare(host, &edition, err);
	if (!state)
		return false;
	const bool done = e->paper(host, state, p, &out, err);
	e->end(state);
	return done;
}

static void emit(const zp_paper *p, zp_tray *t)
{
	zp_error err = { 0 };
	t->arena = t->arena ? t->arena : tray_arena();
	cr_assert(emit_with(p, characters_of(t->arena, p, ""), (zp_asset){ 0 }, t, &err), "%s", err.text);
	const char *folder = getenv("PAPERS_INTO"); /* to look at them */
	if (!folder)
		return;
	FILE *f = fopen(zp_arena_print(t->arena, "%s/%d-%zu-%s%u.pdf", folder, (int)p->kind, p->n_lines, *p->replaces ? "again-" : "", p->in_a_row), "wb");
	cr_assert(f && fwrite(t->bytes, 1, t->n, f) == t->n && fclose(f) == 0);
}

/* ---- what stands on a paper ---- */

static char *printed(const zp_tray *t, const char *before, const char *after)
{
	char *out = printed_by(t->arena, before, t->bytes, t->n, after);
	cr_assert(out, "%s is not installed, or fails", before);
	return out;
}

static const char *said_by(const zp_tray *t, const char *how) { return squeezed(t->arena, printed(t, how, "-")); }

static size_t pages_of(const zp_tray *t)
{
	const char *at = strstr(printed(t, "pdfinfo", ""), "Pages:");
	cr_assert(at);
	return strtoul(at + 6, NULL, 10);
}

typedef struct zp_hunt { zp_arena *arena; const char *in; } zp_hunt;

static void hunt(void *self, const char *text)
{
	zp_hunt *h = self;
	cr_expect(strstr(h->in, squeezed(h->arena, text)), "\"%s\" is not on the paper", text);
}

ParameterizedTestParameters(papers, a_paper_holds_every_text_that_it_was_given)
{
	return cr_make_param_array(size_t, places, sizeof inventions / sizeof *inventions);
}

ParameterizedTest(const size_t *place, papers, a_paper_holds_every_text_that_it_was_given)
{
	zp_tray t = { .arena = tray_arena() };
	const zp_paper *p = zp_invent_paper(t.arena, inventions[*place]);
	emit(p, &t);
	zp_hunt h = { t.arena, said_by(&t, "pdftotext -raw") };
	zp_paper_texts(p, hunt, &h);
	hunt(&h, "2027年1月20日");
	hunt(&h, "20January2027");
	if (*p->until)
		hunt(&h, "2027年2月1日至2028年1月31日");
	cr_expect_str_eq(t.name, "paper.pdf");
}

ParameterizedTestParameters(papers, every_page_names_paper_laboratory_issuer_and_page)
{
	return cr_make_param_array(size_t, places, sizeof inventions / sizeof *inventions);
}

ParameterizedTest(const size_t *place, papers, every_page_names_paper_laboratory_issuer_and_page)
{
	zp_tray t = { .arena = tray_arena() };
	const zp_paper *p = zp_invent_paper(t.arena, inventions[*place]);
	emit(p, &t);
	const size_t pages = pages_of(&t);
	for (size_t page = 1; page <= pages; page++) {
		zp_hunt h = { t.arena, said_by(&t, zp_arena_print(t.arena, "pdftotext -raw -f %zu -l %zu", page, page)) };
		hunt(&h, p->number);
		hunt(&h, p->lab);
		hunt(&h, p->lab_name);
		hunt(&h, p->organiser);
		hunt(&h, "2027年1月20日");
		if (pages > 1)
			hunt(&h, zp_arena_print(t.arena, "第%zu页，共%zu页", page, pages));
	}
	cr_expect(pages <= (p->n_lines < 30 ? 1 : p->n_lines < 80 ? 2 : p->kind == ZP_PAPER_RECOGNITION ? 6 : 4), "%zu measurands take %zu pages", p->n_lines, pages);
}

/* The list goes on where it stopped: every number from 1 stands once. */
Test(papers, no_measurand_is_lost_where_a_page_ends)
{
	for (size_t n = 1; n <= 260; n += 7) {
		zp_tray t = { .arena = tray_arena() };
		const zp_paper *p = zp_invent_paper(t.arena, (zp_paper_invention){ .kind = n % 2 ? ZP_PAPER_ANNUAL : ZP_PAPER_RECOGNITION, .lines = n });
		emit(p, &t);
		zp_hunt h = { t.arena, said_by(&t, "pdftotext -raw") };
		for (size_t i = 0; i < n; i++)
			hunt(&h, zp_arena_print(t.arena, "%zu%s", i + 1, p->lines[i].name));
		hunt(&h, zp_arena_print(t.arena, "(%zu)", n));
	}
}

ParameterizedTestParameters(papers, no_two_words_lie_on_each_other_and_none_leaves_the_border)
{
	return cr_make_param_array(size_t, places, sizeof inventions / sizeof *inventions);
}

typedef struct zp_box { double x1, y1, x2, y2; size_t page; char word[60]; } zp_box;

static bool lie_on(const zp_box *a, const zp_box *b)
{
	const double w = (a->x2 < b->x2 ? a->x2 : b->x2) - (a->x1 > b->x1 ? a->x1 : b->x1);
	const double h = (a->y2 < b->y2 ? a->y2 : b->y2) - (a->y1 > b->y1 ? a->y1 : b->y1);
	const double least = a->y2 - a->y1 < b->y2 - b->y1 ? a->y2 - a->y1 : b->y2 - b->y1;
	return a->page == b->page && w > 1 && h > 0.6 * least; /* boxes are as high as the font, letters are lower */
}

ParameterizedTest(const size_t *place, papers, no_two_words_lie_on_each_other_and_none_leaves_the_border)
{
	zp_tray t = { .arena = tray_arena() };
	emit(zp_invent_paper(t.arena, inventions[*place]), &t);
	const char *boxes = printed(&t, "pdftotext -bbox", "-");
	zp_box *all = zp_take(t.arena, zp_box, 8000);
	size_t n = 0, page = 0;
	for (const char *line = boxes; line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL) {
		zp_box *b = &all[n];
		const char *word = strstr(line, "<word xMin=");
		page += strncmp(line, "  <page", 7) == 0;
		if (!word || (strchr(line, '\n') && word > strchr(line, '\n')))
			continue;
		cr_assert_eq(sscanf(word, "<word xMin=\"%lf\" yMin=\"%lf\" xMax=\"%lf\" yMax=\"%lf\">%59[^<]", &b->x1, &b->y1, &b->x2, &b->y2, b->word), 5);
		b->page = page;
		cr_expect(b->x1 > 34 && b->y1 > 34 && b->x2 < 596 - 34 && b->y2 < 842 - 30, "\"%s\" on page %zu leaves the border", b->word, page);
		n++;
	}
	cr_expect_gt(n, 30);
	for (size_t i = 0; i < n; i++)
		for (size_t k = i + 1; k < n; k++)
			cr_expect_not(lie_on(&all[i], &all[k]), "\"%s\" lies on \"%s\" on page %zu", all[i].word, all[k].word, all[i].page);
}

Test(papers, a_paper_embeds_its_two_fonts_and_no_other)
{
	zp_tray t = { 0 };
	t.arena = tray_arena();
	emit(zp_invent_paper(t.arena, inventions[6]), &t);
	char *fonts = printed(&t, "pdffonts", "| tail -n +3");
	size_t lines = 0;
	for (char *line = strtok(fonts, "\n"); line; line = strtok(NULL, "\n"), lines++)
		cr_expect(strstr(line, "+NotoSerifCJKsc-") && strstr(line, "yes yes yes"), "%s", line);
	cr_expect_eq(lines, 2);
}

/* ---- sentences ---- */

static const char *text_of(zp_tray *t, zp_paper_invention how)
{
	t->arena = tray_arena();
	emit(zp_invent_paper(t->arena, how), t);
	return said_by(t, "pdftotext -raw");
}

Test(papers, an_annual_certificate_says_what_it_certifies_in_both_languages)
{
	zp_tray t = { 0 };
	const char *text = text_of(&t, inventions[0]);
	cr_expect(strstr(text, "经评定，该实验室参加2026年度“常规化学”室间质量评价，下列3个检验项目成绩合格，特发此证。"), "%s", text);
	cr_expect(strstr(text, "tookpartinthe2026externalqualityassessment,programmeRoutinechemistry,andmetitsrequirementsforthe3measurandslistedbelow."), "%s", text);
	cr_expect_not(strstr(text, "代替"));
	cr_expect_not(strstr(text, "有效期"));
	cr_expect_not(strstr(text, "第1页"));
}

Test(papers, a_recognition_certificate_says_until_when)
{
	zp_tray t = { 0 };
	const char *text = text_of(&t, inventions[5]);
	cr_expect(strstr(text, "下列3个检验项目符合检验结果互认条件"), "%s", text);
	cr_expect(strstr(text, "有效期：2027年2月1日至2028年1月31日"), "%s", text);
	cr_expect(strstr(text, "Validfrom1February2027to31January2028"), "%s", text);
}

Test(papers, the_paper_of_a_title_counts_the_years)
{
	zp_tray t = { 0 };
	const char *text = text_of(&t, inventions[8]);
	cr_expect(strstr(text, "经评定，授予2026年度"), "%s", text);
	cr_expect(strstr(text, "连续3年获此称号"), "%s", text);
	cr_expect_not(strstr(text_of(&t, inventions[9]), "连续"));
}

Test(papers, a_paper_issued_again_names_the_one_that_it_replaces)
{
	zp_tray t = { 0 };
	const char *text = text_of(&t, inventions[1]);
	cr_expect(strstr(text, "第2次签发，代替No.2026/P/all-rounds/chemistry/L0001/1"), "%s", text);
	cr_expect(strstr(text, "Issue2,whichreplacesno.2026/P/all-rounds/chemistry/L0001/1"), "%s", text);
}

/* ---- the same bytes ---- */

Test(papers, the_same_paper_gives_the_same_bytes_whatever_the_others_need)
{
	static const char others[] = "虚构省江滨市经济技术开发区αβγ≥ÅÄ€㼆𬭸①Ⅳ–—";
	for (size_t i = 0; i < sizeof inventions / sizeof *inventions; i++) {
		zp_tray one = { .arena = tray_arena() }, two = { .arena = one.arena };
		zp_error err = { 0 };
		const zp_paper *p = zp_invent_paper(one.arena, inventions[i]);
		cr_assert(emit_with(p, characters_of(one.arena, p, ""), (zp_asset){ 0 }, &one, &err), "%s", err.text);
		cr_assert(emit_with(p, characters_of(one.arena, p, others), (zp_asset){ 0 }, &two, &err), "%s", err.text);
		cr_expect(one.n == two.n && memcmp(one.bytes, two.bytes, one.n) == 0, "paper %zu has %zu and %zu bytes", i, one.n, two.n);
	}
}

/* ---- what is refused ---- */

static const char *refusal(zp_paper *p)
{
	zp_tray t = { .arena = tray_arena() };
	static zp_error err;
	err = (zp_error){ 0 };
	cr_expect_not(emit_with(p, characters_of(t.arena, p, ""), (zp_asset){ 0 }, &t, &err));
	cr_expect_eq(t.n, 0, "something was written");
	return err.text;
}

Test(papers, a_character_without_a_glyph_is_named_with_the_laboratory)
{
	zp_arena *a = tray_arena();
	zp_paper *p = zp_take(a, zp_paper, 1);
	*p = *zp_invent_paper(a, inventions[0]);
	p->lab_name = "示例\U00030EDF医院"; /* of CJK extension G */
	const char *says = refusal(p);
	cr_expect(strstr(says, "U+30EDF") && strstr(says, "L0001"), "%s", says);
	p->lab_name = "示例\xE2\x80\xAE医院";
	cr_expect(strstr(refusal(p), "U+202E"));
}

Test(papers, a_day_that_is_no_date_is_refused)
{
	zp_arena *a = tray_arena();
	zp_paper *p = zp_take(a, zp_paper, 1);
	*p = *zp_invent_paper(a, inventions[5]);
	p->until = "2028-13-31";
	cr_expect(strstr(refusal(p), "expected a date as 2026-03-31"));
	p->until = "2028-01-31", p->issued = "soon";
	cr_expect(strstr(refusal(p), "\"soon\""));
}

Test(papers, a_full_disk_is_told)
{
	zp_tray t = { .arena = tray_arena(), .full = true };
	zp_error err = { 0 };
	const zp_paper *p = zp_invent_paper(t.arena, inventions[0]);
	cr_expect_not(emit_with(p, characters_of(t.arena, p, ""), (zp_asset){ 0 }, &t, &err));
	cr_expect_eq(err.code, ZP_IO);
}

/* ---- the seal ---- */

static cairo_status_t to_tray(void *self, const unsigned char *bytes, unsigned n)
{
	zp_tray *t = self;
	memcpy(t->bytes + t->n, bytes, n);
	t->n += n;
	return CAIRO_STATUS_SUCCESS;
}

Test(papers, the_seal_is_on_every_page_and_stands_once_in_the_file)
{
	zp_tray t = { .arena = tray_arena() }, png = { .bytes = zp_arena_take(t.arena, 1 << 20) };
	cairo_surface_t *image = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, 120, 120);
	cairo_t *cr = cairo_create(image);
	cairo_set_source_rgb(cr, 0.8, 0, 0);
	cairo_arc(cr, 60, 60, 50, 0, 6.28);
	cairo_stroke(cr);
	cairo_destroy(cr);
	cr_assert_eq(cairo_surface_write_to_png_stream(image, to_tray, &png), CAIRO_STATUS_SUCCESS);
	cairo_surface_destroy(image);
	zp_error err = { 0 };
	const zp_paper *p = zp_invent_paper(t.arena, inventions[2]);
	cr_assert(emit_with(p, characters_of(t.arena, p, ""), (zp_asset){ "seal.png", png.bytes, png.n }, &t, &err), "%s", err.text);
	char *images = printed(&t, "pdfimages -list", "| awk 'NR > 2 && $3 == \"image\" { print $1, $11 }'");
	size_t pages = 0;
	char first[40] = "";
	for (char *line = strtok(images, "\n"); line; line = strtok(NULL, "\n")) {
		const char *object = strchr(line, ' ');
		cr_assert_eq(strtoul(line, NULL, 10), ++pages, "%s", line);
		if (!*first)
			snprintf(first, sizeof first, "%s", object);
		cr_expect_str_eq(object, first);
	}
	cr_expect_eq(pages, pages_of(&t));
}
