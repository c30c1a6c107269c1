/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the printed summary of a round promises, over invented rounds, read back by poppler's programs. */
#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "host/registry.h"
#include "invented_summary.h"
#include "tray.h"

TestSuite(summary_pdf, .fini = tray_end);

extern const zp_plugin zp_plugin_summary_pdf;

#define LONG_NAME "示例省江滨市经济技术开发区人民医院集团总医院（江滨医学院第一附属医院）东院区检验医学中心临床生物化学与分子诊断实验室"
#define MARKUP "甲<b>&amp;</b>\"乙\"'丙' & Co. (\\1)"

static const zp_summary_invention inventions[] = {
	{ .programmes = 3, .measurands = 8, .samples = 5, .groups = 5, .labs = 186, .regions = 17, .seed = 1, .answers = true, .decided = true },
	{ .programmes = 1, .measurands = 1, .samples = 1, .groups = 1, .labs = 1, .regions = 0, .seed = 2 },
	{ .programmes = 2, .measurands = 60, .samples = 2, .groups = 8, .labs = 60, .regions = 4, .seed = 3, .answers = true },
	{ .programmes = 1, .measurands = 4, .samples = 12, .groups = 4, .labs = 40, .regions = 3, .seed = 4, .name = LONG_NAME },
	{ .programmes = 2, .measurands = 3, .samples = 5, .groups = 3, .labs = 30, .regions = 2, .seed = 5, .answers = true, .name = MARKUP, .decided = true },
	{ .programmes = 1, .measurands = 0, .samples = 5, .groups = 1, .labs = 5, .regions = 1, .seed = 6 },
	{ .programmes = 0 },
};

/* Parameters are places in a table, since a test runs in a process of its own, where texts lie elsewhere. */
static size_t places[] = { 0, 1, 2, 3, 4, 5, 6 };
#define PLACES (sizeof(places) / sizeof(places[0]))

static bool emit(const zp_summary *s, const char *characters, tray *t, zp_error *err)
{
	zp_lend lend;
	const zp_emitter *e = zp_plugin_summary_pdf.does.emitter;
	const zp_host *host = zp_lend_to(&lend, t->arena, &zp_plugin_summary_pdf, NULL);
	const zp_edition edition = { .characters = characters, .issued = s->issued };
	void *state = e->prepare(host, &edition, err);
	return state && e->round(host, state, s, &(zp_outbox){ t, tray_keep }, err);
}

static zp_summary *emitted(tray *t, zp_summary_invention w, bool named)
{
	zp_error err = { 0 };
	zp_summary *s = zp_invent_whole(t->arena, w);
	s->named = named;
	cr_assert(emit(s, zp_summary_characters(t->arena, s), t, &err), "%s", err.text);
	return s;
}

static char *read_by(tray *t, const char *before, const char *after)
{
	const tray_file *f = tray_file_of(t, "summary.pdf");
	char *out = printed_by(t->arena, before, f->bytes, f->n, after);
	cr_assert(out, "%s failed", before);
	return out;
}

/* The text of a page, without blanks. */
static const char *page_of(tray *t, long page)
{
	return squeezed(t->arena, read_by(t, zp_arena_print(t->arena, "pdftotext -raw -f %ld -l %ld", page, page), "-"));
}

static long pages_of(tray *t)
{
	const char *info = strstr(read_by(t, "pdfinfo", ""), "Pages:");
	cr_assert(info);
	return strtol(info + 6, NULL, 10);
}

static bool says(tray *t, const char *in, const char *text) { return strstr(in, squeezed(t->arena, text)) != NULL; }

/* ---- the same again ---- */

Test(summary_pdf, the_same_round_gives_the_same_bytes)
{
	tray a = tray_open(1), b = tray_open(1);
	emitted(&a, inventions[0], true);
	emitted(&b, inventions[0], true);
	cr_expect_eq(a.files[0].n, b.files[0].n);
	cr_expect_eq(memcmp(a.files[0].bytes, b.files[0].bytes, a.files[0].n), 0);
}

/* ---- what is in it ---- */

static void expect_group(tray *t, const char *all, const zp_told_group *g)
{
	cr_expect(says(t, all, g->name) && says(t, all, g->x_pt) && says(t, all, g->u) && says(t, all, g->s) && says(t, all, g->cv), "%s %s", g->name, g->x_pt);
	cr_expect(says(t, all, g->doubts) && says(t, all, g->status) && says(t, all, g->method), "%s %s", g->doubts, g->status);
}

ParameterizedTestParameters(summary_pdf, a_summary_holds_what_it_is_told) { return cr_make_param_array(size_t, places, PLACES); }

ParameterizedTest(const size_t *place, summary_pdf, a_summary_holds_what_it_is_told)
{
	tray t = tray_open(1);
	const zp_summary *s = emitted(&t, inventions[*place], true);
	const char *all = squeezed(t.arena, read_by(&t, "pdftotext -raw", "-"));
	cr_expect(says(&t, all, s->round_name) && says(&t, all, s->organiser) && says(&t, all, s->organiser_en) && strstr(all, "2026年4月9日"));
	for (size_t p = 0; p < s->n_programmes; p++) {
		const zp_told_programme *g = &s->programmes[p];
		cr_expect(says(&t, all, g->name) && says(&t, all, g->name_en) && says(&t, all, g->cancelled));
		for (size_t m = 0; m < g->n_measurands; m++)
			for (size_t k = 0; k < g->n_samples; k++)
				for (size_t i = 0; i < g->measurands[m].samples[k].n_groups; i++)
					expect_group(&t, all, &g->measurands[m].samples[k].groups[i]);
	}
	for (size_t i = 0; i < s->n_decisions; i++)
		cr_expect(says(&t, all, s->decisions[i].says) && says(&t, all, s->decisions[i].why) && says(&t, all, s->decisions[i].who), "%s", s->decisions[i].says);
	for (size_t i = 0; i < s->n_ranks; i++)
		if (strcmp(s->ranks[i].lab_class, "*") == 0 && strcmp(s->ranks[i].programme, "*") == 0)
			cr_expect(says(&t, all, s->ranks[i].lab) && says(&t, all, s->ranks[i].lab_name), "%s", s->ranks[i].lab);
}

Test(summary_pdf, laboratories_go_by_codes_unless_names_are_allowed)
{
	tray t = tray_open(1);
	emitted(&t, inventions[0], false);
	const char *all = squeezed(t.arena, read_by(&t, "pdftotext -raw", "-"));
	cr_expect(strstr(all, "L0186"));
	cr_expect_not(strstr(all, "医院检验科"));
}

Test(summary_pdf, twice_the_uncertainty_stands_beside_it)
{
	tray t = tray_open(1);
	zp_summary_invention w = { .programmes = 1, .measurands = 1, .samples = 1, .groups = 1, .labs = 40, .regions = 1, .seed = 7 };
	zp_summary *s = zp_invent_whole(t.arena, w);
	zp_told_group *g = (zp_told_group *)s->programmes[0].measurands[0].samples[0].groups;
	g->x_pt = "9.125", g->u = "0.0675";
	zp_error err = { 0 };
	cr_assert(emit(s, zp_summary_characters(t.arena, s), &t, &err), "%s", err.text);
	cr_expect(strstr(squeezed(t.arena, read_by(&t, "pdftotext -layout", "-")), "9.1250.06750.1350"));
}

/* ---- pages ---- */

/* The page that the contents give for an entry. */
static long listed(const char *contents, const char *entry)
{
	const char *at = strstr(contents, entry);
	cr_assert(at, "\"%s\" is not in the contents", entry);
	return strtol(at + strlen(entry), NULL, 10);
}

Test(summary_pdf, the_contents_tell_the_true_page_of_everything)
{
	tray t = tray_open(1);
	const zp_summary *s = emitted(&t, inventions[0], true);
	const char *contents = read_by(&t, "pdftotext -raw -f 2 -l 3", "-");
	static const char *const chapters[][2] = { { "一 前言 Introduction ", "1.1各专业" }, { "二 统计设计 Statistical design ", "2.1靶值" }, { "三 结果 Results ", "3.1" },
		                                   { "四 技术分析 Technical analysis ", "4.1可接受率" }, { "五 排名 Ranking ", "5.1怎样看名次" },
		                                   { "附录 A 靶值及不确定度 Targets and their uncertainty ", "A.1" }, { "签发 Approval ", "授权签字人" } };
	for (size_t i = 0; i < sizeof chapters / sizeof *chapters; i++)
		cr_expect(says(&t, page_of(&t, listed(contents, chapters[i][0])), chapters[i][1]), "%s", chapters[i][0]);
	const zp_told_programme *p = &s->programmes[0];
	const char *part = strstr(contents, zp_arena_print(t.arena, "3.1 %s", p->name));
	cr_assert(part);
	for (size_t m = 0; m < p->n_measurands; m++) {
		const zp_told_measurand *x = &p->measurands[m];
		const char *at = page_of(&t, listed(part, zp_arena_print(t.arena, "%s ", x->name)));
		cr_expect(says(&t, at, zp_arena_print(t.arena, "%s%s%s", x->name, x->name_en, x->code)), "%s is not on its page", x->name);
	}
}

Test(summary_pdf, the_last_page_knows_that_it_is_the_last)
{
	for (size_t i = 0; i < 3; i++) {
		tray t = tray_open(1);
		emitted(&t, inventions[i], true);
		const long pages = pages_of(&t);
		cr_expect(strstr(page_of(&t, pages), zp_arena_print(t.arena, "%ld/%ld", pages, pages)));
	}
}

Test(summary_pdf, what_flows_over_pages_repeats_its_heads)
{
	tray t = tray_open(1);
	const zp_summary *s = emitted(&t, inventions[2], true);
	const long pages = pages_of(&t);
	size_t went_on = 0, measurand = 0;
	for (long i = 4; i <= pages; i++) {
		const char *text = page_of(&t, i);
		if (strstr(text, "全体实验室（续）"))
			went_on += strstr(text, "名次范围") != NULL;
		measurand += strstr(text, zp_arena_print(t.arena, "%s（续）", s->programmes[0].name)) && strstr(text, "允许限Limit");
	}
	cr_expect(went_on >= 1, "60 laboratories do not fit the page on which regions begin");
	cr_expect(measurand >= 1, "60 measurands do not fit a page");
}

/* Names are long, or many, and stay within the page and apart from each other. */
typedef struct zp_word_box { double x1, y1, x2, y2; } zp_word_box;

/* Boxes are as high as the font may reach; what letters really take lies in the middle of them. */
static bool overlap(const zp_word_box *a, const zp_word_box *b)
{
	const double ha = (a->y2 - a->y1) * 0.32, hb = (b->y2 - b->y1) * 0.32;
	return a->x1 + 0.4 < b->x2 - 0.4 && b->x1 + 0.4 < a->x2 - 0.4 && a->y1 + ha < b->y2 - hb && b->y1 + hb < a->y2 - ha;
}

ParameterizedTestParameters(summary_pdf, no_word_leaves_the_page_or_touches_another) { return cr_make_param_array(size_t, places, PLACES); }

ParameterizedTest(const size_t *place, summary_pdf, no_word_leaves_the_page_or_touches_another)
{
	tray t = tray_open(1);
	emitted(&t, inventions[*place], *place % 2);
	enum { MOST = 6000 };
	zp_word_box *boxes = zp_take(t.arena, zp_word_box, MOST);
	size_t n = 0, words = 0;
	for (char *p = read_by(&t, "pdftotext -bbox", "-"); (p = strchr(p, '<')); p++) {
		if (strncmp(p, "<page", 5) == 0)
			n = 0;
		if (strncmp(p, "<word xMin=", 11) != 0)
			continue;
		zp_word_box b;
		cr_assert_eq(sscanf(p, "<word xMin=\"%lf\" yMin=\"%lf\" xMax=\"%lf\" yMax=\"%lf\"", &b.x1, &b.y1, &b.x2, &b.y2), 4);
		cr_expect(b.x1 > 45 && b.x2 < 551 && b.y1 > 20 && b.y2 < 825, "%.60s leaves the page", p);
		for (size_t i = 0; i < n; i++)
			cr_expect_not(overlap(&boxes[i], &b), "%.100s overlaps the word at %.1f %.1f", p, boxes[i].x1, boxes[i].y1);
		cr_assert_lt(n, MOST);
		boxes[n++] = b;
		words++;
	}
	cr_expect_gt(words, 200);
}

/* ---- the file ---- */

Test(summary_pdf, fonts_are_embedded_and_the_file_is_sound)
{
	tray t = tray_open(1);
	emitted(&t, inventions[0], true);
	size_t lines = 0;
	char *fonts = read_by(&t, "pdffonts", "| tail -n +3");
	for (char *line = strtok(fonts, "\n"); line; line = strtok(NULL, "\n"), lines++)
		cr_expect(strstr(line, "+NotoS") && strstr(line, "yes yes yes"), "%s", line);
	cr_expect_eq(lines, 3);
	const tray_file *f = tray_file_of(&t, "summary.pdf");
	if (system("qpdf --version >/dev/null 2>&1") == 0)
		cr_expect(printed_by(t.arena, "qpdf --check", f->bytes, f->n, ""), "qpdf finds faults");
}

Test(summary_pdf, chapters_and_measurands_are_bookmarks)
{
	tray t = tray_open(1);
	emitted(&t, inventions[0], true);
	const tray_file *f = tray_file_of(&t, "summary.pdf");
	size_t links = 0;
	for (const char *p = f->bytes; (p = memmem(p, f->n - (size_t)(p - f->bytes), "/Subtype /Link", 14)); p += 14)
		links++;
	cr_expect_gt(links, 8 + 16 + 20, "each entry of the contents leads to its place, and each row of a table of measurands");
	cr_expect(memmem(f->bytes, f->n, "/Outlines", 9));
}

/* ---- hard texts ---- */

Test(summary_pdf, characters_that_mean_something_elsewhere_are_printed_as_they_are)
{
	tray t = tray_open(1);
	emitted(&t, inventions[4], true);
	cr_expect(strstr(squeezed(t.arena, read_by(&t, "pdftotext -raw", "-")), squeezed(t.arena, MARKUP)));
}

Test(summary_pdf, a_missing_glyph_is_named)
{
	tray t = tray_open(1);
	zp_error err = { 0 };
	zp_summary *s = zp_invent_whole(t.arena, (zp_summary_invention){ .programmes = 1, .measurands = 1, .samples = 1, .groups = 2, .labs = 20, .regions = 1, .seed = 8, .name = "示例\U0001F9EA院" });
	cr_expect_not(emit(s, zp_summary_characters(t.arena, s), &t, &err));
	cr_expect(strstr(err.text, "U+1F9EA"), "%s", err.text);
	cr_expect_eq(t.n, 0);
}

Test(summary_pdf, a_character_that_steers_is_refused)
{
	tray t = tray_open(1);
	zp_error err = { 0 };
	zp_summary *s = zp_invent_whole(t.arena, (zp_summary_invention){ .programmes = 1, .measurands = 1, .samples = 1, .groups = 2, .labs = 20, .regions = 1, .seed = 8, .name = "示例\u202E院" });
	cr_expect_not(emit(s, zp_summary_characters(t.arena, s), &t, &err));
	cr_expect(strstr(err.text, "U+202E"), "%s", err.text);
}

Test(summary_pdf, a_date_of_issue_that_is_none_is_refused)
{
	tray t = tray_open(1);
	zp_error err = { 0 };
	zp_summary *s = zp_invent_whole(t.arena, inventions[1]);
	s->issued = "soon";
	cr_expect_not(emit(s, "", &t, &err));
	cr_expect(strstr(err.text, "\"soon\""), "%s", err.text);
}

Test(summary_pdf, a_disk_that_is_full_is_told)
{
	tray t = tray_open(0);
	zp_error err = { 0 };
	zp_summary *s = zp_invent_whole(t.arena, inventions[1]);
	cr_expect_not(emit(s, zp_summary_characters(t.arena, s), &t, &err));
	cr_expect(strstr(err.text, "full"), "%s", err.text);
}

/* ---- golden text ---- */

static const zp_summary_invention small = { .programmes = 2, .measurands = 2, .samples = 2, .groups = 3, .labs = 30, .regions = 2, .seed = 9, .answers = true, .decided = true };

/* A line for each page, without blanks. To make it anew: ZP_GOLDEN=FILE names where to. */
static void write_golden(tray *t, const char *name)
{
	FILE *out = fopen(name, "w");
	cr_assert(out);
	for (long page = 1; page <= pages_of(t); page++)
		fprintf(out, "%s\n", page_of(t, page));
	fclose(out);
}

Test(summary_pdf, a_small_summary_says_what_it_always_said)
{
	tray t = tray_open(1);
	emitted(&t, small, true);
	if (getenv("ZP_GOLDEN"))
		write_golden(&t, getenv("ZP_GOLDEN"));
	FILE *golden = fopen(FIXTURES "/cases/summary-pdf.txt", "r");
	cr_assert(golden);
	char *line = NULL;
	size_t room = 0;
	ssize_t n;
	long page = 0;
	while ((n = getline(&line, &room, golden)) > 0) {
		if (line[n - 1] == '\n')
			line[n - 1] = '\0';
		cr_expect_str_eq(page_of(&t, ++page), line, "page %ld", page);
	}
	cr_expect_eq(page, pages_of(&t));
	free(line);
	fclose(golden);
}
