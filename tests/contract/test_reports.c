/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What report-pdf promises, over invented reports. PDFs are read back by poppler's programs, by qpdf and by tests/overlap.py. */
#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "host/registry.h"
#include "invented_rich.h"
#include "tray.h"

TestSuite(reports, .fini = tray_end);

extern const zp_plugin zp_plugin_report_pdf;

#define LONG_NAME \
	"虚构省江滨市经济技术开发区人民医院集团总医院（江滨医学院第一附属医院）东院区检验医学中心临床生物化学与分子诊断实验室暨江滨市临床检验质量控制中心"
#define MARKUP "甲<b>&amp;</b>\"乙\"'丙' & Co. \\(丁) <script>alert(1)</script>"

typedef struct zp_case { zp_invention wish; bool rich; } zp_case;

static const zp_case cases[] = {
	{ { .programmes = 1, .measurands = 1, .samples = 5, .seed = 1 }, true },
	{ { .programmes = 3, .measurands = 20, .samples = 5, .seed = 2 }, true },
	{ { .programmes = 2, .measurands = 6, .samples = 5, .seed = 3, .silent = true }, true },
	{ { .programmes = 1, .measurands = 3, .samples = 2, .seed = 4, .lab_name = LONG_NAME LONG_NAME LONG_NAME }, true },
	{ { .programmes = 1, .measurands = 3, .samples = 5, .seed = 5, .lab_name = MARKUP }, true },
	{ { .programmes = 40, .measurands = 2, .samples = 5, .seed = 6 }, false },
	{ { .programmes = 1, .measurands = 2, .samples = 140, .seed = 7 }, true },
	{ { .programmes = 2, .measurands = 0, .samples = 5, .seed = 8 }, true },
	{ { .programmes = 1, .measurands = 200, .samples = 5, .seed = 9, .one = true }, true },
	{ { .programmes = 2, .measurands = 30, .samples = 5, .seed = 10, .answers = true }, true },
	{ { .programmes = 1, .measurands = 5, .samples = 23, .seed = 11, .answers = true }, true },
	{ { .programmes = 1, .measurands = 220, .samples = 5, .seed = 12 }, false },
};
static size_t places[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 };
#define CASES (sizeof(cases) / sizeof(cases[0]))

static zp_report *invented(zp_arena *a, const zp_case *c)
{
	zp_report *r = zp_invent_report(a, c->wish);
	if (c->rich)
		zp_enrich(a, r);
	return r;
}

static bool emit_with(const zp_report *r, const char *characters, tray *t, zp_error *err)
{
	zp_lend lend;
	const zp_host *host = zp_lend_to(&lend, t->arena, &zp_plugin_report_pdf, NULL);
	const zp_outbox out = { t, tray_keep };
	const zp_emitter *e = zp_plugin_report_pdf.does.emitter;
	const zp_edition edition = { .characters = characters, .issued = r->issued };
	void *state = e->prepare(host, &edition, err);
	if (!state)
		return false;
	const bool done = e->lab(host, state, r, &out, err);
	e->end(state);
	return done;
}

static bool emit(const zp_report *r, tray *t, zp_error *err)
{
	return emit_with(r, zp_rich_characters(t->arena, r), t, err);
}

/* What a program says of the report; fails where the program is not there, or does not like the file. */
static char *said(tray *t, const char *before, const char *after)
{
	const tray_file *f = tray_file_of(t, "report.pdf");
	char *text = printed_by(t->arena, before, f->bytes, f->n, after);
	cr_assert(text, "%s does not work on the report", before);
	return text;
}

static size_t count(const char *in, const char *what)
{
	size_t n = 0;
	for (const char *p = in; (p = strstr(p, what)); p += strlen(what))
		n++;
	return n;
}

static size_t pages_of(tray *t)
{
	const char *info = strstr(said(t, "pdfinfo", ""), "Pages:");
	cr_assert(info);
	return strtoul(info + 6, NULL, 10);
}

/* ---- what is on it ---- */

typedef struct zp_hunt { zp_arena *arena; const char *in; size_t found; } zp_hunt;

static void hunt(void *self, const char *text)
{
	zp_hunt *h = self;
	cr_expect(strstr(h->in, squeezed(h->arena, text)), "\"%s\" is not in the report", text);
	h->found++;
}

/* Texts that every reader needs; English stands beside them where there is room. */
static void hunt_measurand(zp_hunt *h, const zp_report_measurand *m)
{
	const char *const texts[] = { m->name, m->code, m->unit, m->limit, m->group, m->group_n, m->method, m->doubts, m->doubts_en, m->score, m->weight,
		                      m->course_says, m->heed_says };
	for (size_t i = 0; m->n_rows && i < sizeof(texts) / sizeof(texts[0]); i++)
		hunt(h, texts[i]);
	for (size_t i = 0; i < m->n_rows; i++) {
		const zp_report_row *r = &m->rows[i];
		const char *const row[] = { r->sample, r->value, r->x_pt, r->low, r->high, r->bias, r->bias_pct, r->sdi, r->says, r->why, r->why_en, r->value_en,
			                    r->sent, r->index, r->also, r->also_en, r->flags, r->flags_en, r->credit };
		for (size_t k = 0; k < sizeof(row) / sizeof(row[0]); k++)
			hunt(h, row[k]);
		for (size_t k = 0; k < r->n_answers; k++)
			hunt(h, zp_arena_print(h->arena, "%s%s/%s%s%%", r->answers[k].name, r->answers[k].n, r->answers_n, r->answers[k].share_pct));
	}
	for (size_t i = 0; i < m->n_findings; i++) {
		hunt(h, m->findings[i].says);
		hunt(h, m->findings[i].says_en);
	}
	for (size_t i = 0; i < m->n_figures; i++)
		hunt(h, m->figures[i].caption);
	for (size_t i = 0; i < m->n_peers; i++) {
		hunt(h, m->peers[i].name);
		hunt(h, m->peers[i].x_pt);
	}
}

ParameterizedTestParameters(reports, a_report_holds_what_it_was_given)
{
	return cr_make_param_array(size_t, places, CASES);
}

ParameterizedTest(const size_t *place, reports, a_report_holds_what_it_was_given)
{
	tray t = tray_open(TRAY_FILES);
	zp_error err = { 0 };
	const zp_report *r = invented(t.arena, &cases[*place]);
	cr_assert(emit(r, &t, &err), "%s", err.text);
	zp_hunt h = { t.arena, squeezed(t.arena, said(&t, "pdftotext -raw", "-")), 0 };
	const char *const texts[] = { r->round, r->round_name, r->round_name_en, r->lab, r->lab_name, r->region, r->lab_class, r->organiser, r->organiser_en,
		                      r->issued, r->version, r->code, r->appeal, r->appeal_en };
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		hunt(&h, texts[i]);
	for (size_t p = 0; p < r->n_programmes; p++) {
		const zp_report_programme *g = &r->programmes[p];
		hunt(&h, g->name);
		hunt(&h, g->certificate);
		hunt(&h, g->score);
		for (size_t m = 0; m < g->n_measurands; m++)
			hunt_measurand(&h, &g->measurands[m]);
	}
	const size_t pages = pages_of(&t);
	for (size_t i = 1; i <= pages; i++)
		hunt(&h, zp_arena_print(t.arena, "第%zu页，共%zu页", i, pages));
	cr_expect_geq(count(h.in, squeezed(t.arena, zp_arena_print(t.arena, "%s · %s · %s", r->lab, r->round, r->version))), pages, "each page says whose it is");
}

ParameterizedTestParameters(reports, no_word_lies_on_another)
{
	return cr_make_param_array(size_t, places, CASES);
}

ParameterizedTest(const size_t *place, reports, no_word_lies_on_another)
{
	tray t = tray_open(TRAY_FILES);
	zp_error err = { 0 };
	cr_assert(emit(invented(t.arena, &cases[*place]), &t, &err), "%s", err.text);
	cr_expect_str_eq(said(&t, "python3 " FIXTURES "/../tests/overlap.py", "2>&1; echo $?"), "0\n");
	cr_expect(strstr(said(&t, "qpdf --check", ""), "No syntax or stream encoding errors found"));
}

Test(reports, a_report_embeds_its_two_fonts_and_no_other)
{
	tray t = tray_open(TRAY_FILES);
	zp_error err = { 0 };
	cr_assert(emit(invented(t.arena, &cases[1]), &t, &err), "%s", err.text);
	char *fonts = said(&t, "pdffonts", "| tail -n +3");
	size_t lines = 0;
	for (char *line = strtok(fonts, "\n"); line; line = strtok(NULL, "\n"), lines++)
		cr_expect(strstr(line, "+NotoSansCJKsc-") && strstr(line, "yes yes yes"), "%s", line);
	cr_expect_eq(lines, 2);
}

Test(reports, numbers_stand_in_order_on_their_line)
{
	tray t = tray_open(TRAY_FILES);
	zp_error err = { 0 };
	const zp_report *r = invented(t.arena, &cases[1]);
	const zp_report_row *row = &r->programmes[0].measurands[0].rows[1];
	cr_assert(emit(r, &t, &err), "%s", err.text);
	const char *line = zp_arena_print(t.arena, "%s%s%s%s–%s%s%s%s%s", row->sample, row->value, row->x_pt, row->low, row->high, row->bias, row->bias_pct, row->sdi,
	                                  row->says);
	cr_expect(strstr(squeezed(t.arena, said(&t, "pdftotext -layout", "-")), line), "%s", line);
}

/* ---- the first page ---- */

static const char *first_page(tray *t)
{
	return squeezed(t->arena, said(t, "pdftotext -layout -f 1 -l 1", "-"));
}

Test(reports, what_is_most_pressing_comes_first_and_says_why_and_where)
{
	tray t = tray_open(TRAY_FILES);
	zp_error err = { 0 };
	zp_report *r = zp_invent_report(t.arena, (zp_invention){ .programmes = 1, .measurands = 4, .samples = 5, .seed = 13 });
	zp_report_measurand *m = (zp_report_measurand *)r->programmes[0].measurands;
	m[1].heed = 7, m[1].heed_says = "较前几轮偏离增大", m[1].heed_says_en = "farther off";
	m[3].heed = 9, m[3].heed_says = "两个样本不通过", m[3].heed_says_en = "two failed";
	cr_assert(emit(r, &t, &err), "%s", err.text);
	const char *text = first_page(&t), *most = strstr(text, "两个样本不通过"), *less = strstr(text, "较前几轮偏离增大"), *rest = strstr(text, "其余项目");
	cr_expect(strstr(text, "2/4"), "%s", text);
	cr_expect(strstr(text, "项需要关注"));
	cr_assert(most && less && rest);
	cr_expect(most < less && less < rest, "%s", text);
	const size_t pages = pages_of(&t);
	for (size_t page = 2; page <= pages; page++) { /* the page that the list names has the measurand's bar */
		const char *there = squeezed(t.arena, said(&t, zp_arena_print(t.arena, "pdftotext -raw -f %zu -l %zu", page, page), "-"));
		if (strstr(there, "·UREA"))
			cr_expect(strstr(text, zp_arena_print(t.arena, "Satisfactory%zu", page)) || strstr(text, zp_arena_print(t.arena, "Unsatisfactory%zu", page)), "%s", text);
	}
}

Test(reports, when_nothing_needs_attention_it_says_so)
{
	tray t = tray_open(TRAY_FILES);
	zp_error err = { 0 };
	cr_assert(emit(zp_invent_report(t.arena, cases[0].wish), &t, &err), "%s", err.text);
	const char *text = first_page(&t);
	cr_expect(strstr(text, "没有需要关注的项目") && strstr(text, "0/1"), "%s", text);
	cr_expect_not(strstr(text, "需要关注的项目What"));
}

Test(reports, a_list_of_200_measurands_flows_over_pages_with_its_heads)
{
	tray t = tray_open(TRAY_FILES);
	zp_error err = { 0 };
	const zp_report *r = invented(t.arena, &cases[11]);
	cr_assert(emit(r, &t, &err), "%s", err.text);
	const zp_report_programme *g = &r->programmes[0];
	size_t listed = 0, performed = 0, page = 1;
	for (size_t m = 0; m < g->n_measurands; m++)
		performed += g->measurands[m].n_rows > 0;
	for (;; page++) {
		const char *text = said(&t, zp_arena_print(t.arena, "pdftotext -layout -f %zu -l %zu", page, page), "-");
		if (!strstr(text, "Bias against the limit"))
			break;
		cr_expect_eq(count(text, "Bias against the limit"), 1);
		cr_expect(strstr(text, "检验项目"));
		listed += count(text, "满意 ") - (page == 1); /* the programme's own */
	}
	cr_expect_gt(page, 4);
	cr_expect_geq(listed + count(said(&t, "pdftotext -layout -l 6", "-"), "不予评价"), performed);
}

Test(reports, there_is_a_bookmark_for_each_measurand)
{
	tray t = tray_open(TRAY_FILES);
	zp_error err = { 0 };
	const zp_report *r = invented(t.arena, &cases[1]);
	cr_assert(emit(r, &t, &err), "%s", err.text);
	size_t wanted = 2 + r->n_programmes;
	for (size_t p = 0; p < r->n_programmes; p++)
		for (size_t m = 0; m < r->programmes[p].n_measurands; m++)
			wanted += r->programmes[p].measurands[m].n_rows > 0;
	const char *text = said(&t, "qpdf --qdf --object-streams=disable", "- | grep -a -c '^  /Parent .* 0 R$\\|^  /Title <feff' ");
	cr_expect_geq(strtoul(text, NULL, 10), wanted, "%s", text);
}

/* ---- literally, and nobody else's ---- */

Test(reports, markup_in_names_is_printed_as_it_is)
{
	tray t = tray_open(TRAY_FILES);
	zp_error err = { 0 };
	zp_report *r = invented(t.arena, &cases[4]);
	zp_report_measurand *m = (zp_report_measurand *)r->programmes[0].measurands;
	m[0].name = "\\(a) <i>&lt;</i> %s {b}";
	m[0].findings = (const zp_finding[]){ { "“x” & <y> \\n", "(z) 'q' \"w\"" } };
	m[0].n_findings = 1;
	cr_assert(emit(r, &t, &err), "%s", err.text);
	const char *text = squeezed(t.arena, said(&t, "pdftotext -raw", "-"));
	const char *const literally[] = { MARKUP, m[0].name, m[0].findings[0].says, m[0].findings[0].says_en };
	for (size_t i = 0; i < 4; i++)
		cr_expect(strstr(text, squeezed(t.arena, literally[i])), "%s", literally[i]);
}

Test(reports, nothing_of_another_laboratory_is_in_a_report)
{
	tray a = tray_open(TRAY_FILES), b = { .arena = a.arena, .most = TRAY_FILES };
	zp_error err = { 0 };
	zp_case first = cases[1], second = cases[1];
	first.wish.lab = "CANARY-A", first.wish.lab_name = "甲院检验科";
	second.wish.lab = "CANARY-B", second.wish.lab_name = "乙院检验科", second.wish.seed = 77;
	zp_report *x = invented(a.arena, &first), *y = invented(a.arena, &second);
	const char *characters = zp_arena_print(a.arena, "%s%s", zp_rich_characters(a.arena, x), zp_rich_characters(a.arena, y));
	cr_assert(emit_with(x, characters, &a, &err) && emit_with(y, characters, &b, &err), "%s", err.text);
	const char *in_a = said(&a, "pdftotext -raw", "-"), *in_b = said(&b, "pdftotext -raw", "-");
	cr_expect(strstr(in_a, "CANARY-A") && !strstr(in_a, "CANARY-B") && !strstr(in_a, "乙院"));
	cr_expect(strstr(in_b, "CANARY-B") && !strstr(in_b, "CANARY-A") && !strstr(in_b, "甲院"));
	const tray_file *f = tray_file_of(&a, "report.pdf");
	cr_expect_not(memmem(f->bytes, f->n, "CANARY-B", 8));
}

/* ---- the same bytes ---- */

Test(reports, the_same_report_gives_the_same_bytes_whatever_came_before)
{
	zp_arena *arena = tray_arena();
	zp_error err = { 0 };
	zp_lend lend;
	const zp_host *host = zp_lend_to(&lend, arena, &zp_plugin_report_pdf, NULL);
	const zp_emitter *e = zp_plugin_report_pdf.does.emitter;
	const zp_report *a = invented(arena, &cases[1]), *b = invented(arena, &cases[9]);
	tray first = { .arena = arena, .most = TRAY_FILES }, second = first, third = first, between = first;
	const zp_edition edition = { .characters = zp_arena_print(arena, "%s%s", zp_rich_characters(arena, a), zp_rich_characters(arena, b)), .issued = a->issued };
	for (int again = 0; again < 2; again++) {
		void *state = e->prepare(host, &edition, &err);
		if (again)
			cr_assert(e->lab(host, state, b, &(zp_outbox){ &between, tray_keep }, &err), "%s", err.text);
		cr_assert(e->lab(host, state, a, &(zp_outbox){ again ? &third : &first, tray_keep }, &err), "%s", err.text);
		if (!again)
			cr_assert(e->lab(host, state, a, &(zp_outbox){ &second, tray_keep }, &err), "%s", err.text);
		e->end(state);
	}
	cr_assert(first.files[0].n == second.files[0].n && first.files[0].n == third.files[0].n);
	cr_expect_arr_eq(first.files[0].bytes, second.files[0].bytes, first.files[0].n);
	cr_expect_arr_eq(first.files[0].bytes, third.files[0].bytes, first.files[0].n);
}

Test(reports, the_date_of_a_report_is_the_date_of_issue)
{
	tray t = tray_open(TRAY_FILES);
	zp_error err = { 0 };
	cr_assert(emit(invented(t.arena, &cases[0]), &t, &err), "%s", err.text);
	char *info = said(&t, "TZ=UTC pdfinfo -isodates", "");
	cr_expect(strstr(info, "CreationDate:    2026-04-09T00:00:00Z"), "%s", info);
	cr_expect(strstr(info, "室间质量评价实验室报告 YC-017"), "%s", info);
}

/* ---- what cannot be printed ---- */

Test(reports, a_character_without_a_glyph_is_named_with_its_laboratory)
{
	static const struct { const char *name, *expected; } refusals[] = {
		{ "虚构\xF0\x93\x80\x80医院", "U+13000" }, { "虚构\xE2\x80\xAE医院", "U+202E" }, { "虚构\xE5\x8C医院", "UTF-8" } };
	for (size_t i = 0; i < 3; i++) {
		tray t = tray_open(TRAY_FILES);
		zp_error err = { 0 };
		zp_case c = cases[0];
		c.wish.lab = "YC-404";
		c.wish.lab_name = refusals[i].name;
		cr_expect_not(emit(invented(t.arena, &c), &t, &err));
		cr_expect_eq(err.code, ZP_BAD_INPUT);
		cr_expect(strstr(err.text, refusals[i].expected) && strstr(err.text, "YC-404"), "%s", err.text);
		cr_expect_eq(t.n, 0);
	}
}

Test(reports, a_rare_character_of_the_font_is_printed)
{
	tray t = tray_open(TRAY_FILES);
	zp_error err = { 0 };
	zp_case c = cases[0];
	c.wish.lab_name = "虚构䶮㛃𬭩𠮷医院"; /* of the extensions A, B and E */
	cr_assert(emit(invented(t.arena, &c), &t, &err), "%s", err.text);
	cr_expect(strstr(said(&t, "pdftotext -raw", "-"), c.wish.lab_name));
}

Test(reports, a_full_disk_is_told)
{
	tray t = tray_open(0);
	zp_error err = { 0 };
	cr_expect_not(emit(invented(t.arena, &cases[0]), &t, &err));
	cr_expect_eq(err.code, ZP_IO);
}

/* ---- every page of small reports, word by word ---- */

/* fixtures/reports has what `pdftotext -raw` says of them. After a change that is wanted: REPORTS_SEEN=folder make check, look, and copy. */
static void same_as_kept(const char *name, const zp_invention *wish)
{
	tray t = tray_open(TRAY_FILES);
	zp_error err = { 0 };
	const char *seen = getenv("REPORTS_SEEN");
	zp_report *r = zp_invent_report(t.arena, *wish);
	zp_enrich(t.arena, r);
	for (size_t m = 0; m < r->programmes[0].n_measurands; m++) /* where words stand in figures is theirs (tests/contract/test_figures.c) */
		((zp_report_measurand *)r->programmes[0].measurands)[m].n_figures = 0;
	cr_assert(emit(r, &t, &err), "%s", err.text);
	const char *is = said(&t, "pdftotext -raw", "-");
	FILE *out = seen ? fopen(zp_arena_print(t.arena, "%s/%s.txt", seen, name), "wb") : NULL;
	if (out) {
		fputs(is, out);
		fclose(out);
	}
	FILE *f = fopen(zp_arena_print(t.arena, FIXTURES "/reports/%s.txt", name), "rb");
	cr_assert(f, "there is no fixtures/reports/%s.txt", name);
	char *kept = zp_arena_take(t.arena, 1 << 20);
	const size_t n = fread(kept, 1, (1 << 20) - 1, f);
	fclose(f);
	for (size_t i = 0; i < n && is[i]; i++)
		if (is[i] != kept[i])
			cr_assert_fail("%s: at byte %zu: \"%.80s\"; expected \"%.80s\"", name, i, is + i, kept + i);
	cr_expect_eq(strlen(is), n);
}

Test(reports, the_pages_of_quantities_are_as_they_are_kept)
{
	same_as_kept("quantities", &(zp_invention){ .programmes = 1, .measurands = 4, .samples = 5, .seed = 21 });
}

Test(reports, the_pages_of_answers_are_as_they_are_kept)
{
	same_as_kept("answers", &(zp_invention){ .programmes = 1, .measurands = 4, .samples = 5, .seed = 22, .answers = true });
}
