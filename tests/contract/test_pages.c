/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the site of a round promises, over invented rounds; what needs a browser is in tests/web. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "host/registry.h"
#include "invented_summary.h"
#include "tray.h"

TestSuite(pages, .fini = tray_end);

extern const zp_plugin zp_plugin_pages_html;

#define MARKUP "甲<b>&amp;</b>\"乙\"'丙' & Co. <script>alert(1)</script>\\()"
#define WRITTEN "甲&lt;b&gt;&amp;amp;&lt;/b&gt;&quot;乙&quot;&#39;丙&#39; &amp; Co. &lt;script&gt;alert(1)&lt;/script&gt;\\()"

/* ---- a site kept in memory ---- */

#define FILES_MOST 4000
typedef struct file { const char *name, *bytes; size_t n; } file;
typedef struct site { zp_arena *arena; file files[FILES_MOST]; size_t n, bytes, most; bool keep; } site;

static bool keep(void *self, const char *name, const void *bytes, size_t n, zp_error *err)
{
	site *s = self;
	if (s->n == s->most)
		return zp_fail(err, ZP_IO, name, 0, "the disk is full");
	s->files[s->n++] = (file){ zp_arena_print(s->arena, "%s", name), s->keep ? zp_arena_text(s->arena, bytes, n) : "", n };
	s->bytes += n;
	return true;
}

static bool make(const zp_summary *s, site *out, zp_error *err)
{
	zp_lend lend;
	return zp_plugin_pages_html.does.emitter->round(zp_lend_to(&lend, out->arena, &zp_plugin_pages_html, NULL), NULL, s, &(zp_outbox){ out, keep }, err);
}

static site *site_of(const zp_summary *s)
{
	zp_arena *a = tray_arena();
	site *out = zp_take(a, site, 1);
	zp_error err = { 0 };
	*out = (site){ .arena = a, .most = FILES_MOST, .keep = true };
	cr_assert(make(s, out, &err), "%s", err.text);
	return out;
}

static const char *page_of(const site *s, const char *name)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->files[i].name, name) == 0)
			return s->files[i].bytes;
	cr_assert_fail("%s was not written", name);
	return "";
}

static bool has(const site *s, const char *name)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->files[i].name, name) == 0)
			return true;
	return false;
}

static bool is_page(const file *f) { return strcmp(f->name + strlen(f->name) - 5, ".html") == 0; }

static size_t occurrences(const char *text, const char *of)
{
	size_t n = 0;
	for (; (text = strstr(text, of)); text += strlen(of))
		n++;
	return n;
}

static size_t everywhere(const site *s, const char *of)
{
	size_t n = 0;
	for (size_t i = 0; i < s->n; i++)
		n += occurrences(s->files[i].bytes, of);
	return n;
}

/* Every tag that is opened is closed, in order; void elements apart. */
static void expect_balanced(const file *f)
{
	char open[32][16];
	size_t depth = 0;
	for (const char *p = strchr(f->bytes, '<'); p; p = strchr(p + 1, '<')) {
		char name[16] = "";
		sscanf(p + 1, "%15[a-zA-Z0-9/]", name);
		const char *end = strchr(p, '>');
		cr_assert(end);
		if (p[1] == '!' || strcmp(name, "meta") == 0 || strcmp(name, "link") == 0 || strcmp(name, "input") == 0 || end[-1] == '/')
			continue;
		if (name[0] == '/') {
			cr_assert(depth && strcmp(open[depth - 1], name + 1) == 0, "%s: <%s> at byte %td closes <%s>", f->name, name, p - f->bytes, depth ? open[depth - 1] : "");
			depth--;
		} else {
			cr_assert_lt(depth, 32);
			memcpy(open[depth++], name, sizeof(name));
		}
	}
	cr_expect_eq(depth, 0, "%s", f->name);
}

static void expect_pages(const site *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (is_page(&s->files[i]))
			expect_balanced(&s->files[i]);
}

static zp_summary *whole(zp_summary_invention w)
{
	w.samples = w.samples ? w.samples : 5;
	w.groups = w.groups ? w.groups : 4;
	w.seed = 7;
	w.answers = w.decided = true;
	return zp_invent_whole(tray_arena(), w);
}

static zp_summary nothing(void)
{
	return (zp_summary){ .round = "r", .round_name = "名", .round_name_en = "", .organiser = "", .organiser_en = "", .issued = "2026-04-09", .version = "v1",
		             .opens = "", .closes = "" };
}

/* ---- what it promises ---- */

Test(pages, what_is_told_makes_no_tags)
{
	const zp_summary_invention w = { .programmes = 4, .measurands = 4, .labs = 40, .regions = 17 };
	zp_summary_invention hostile = w;
	hostile.name = MARKUP;
	zp_summary *plain = whole(w), *told = whole(hostile);
	plain->named = told->named = true;
	for (size_t i = 0; i < told->n_regions; i++)
		((zp_region_row *)told->regions)[i].region_name = ((zp_region_row *)told->regions)[i].region_name_en = "\"><img src=x onerror='x'>";
	told->round_name = told->round_name_en = told->organiser = told->organiser_en = MARKUP;
	const site *a = site_of(plain), *b = site_of(told);
	cr_assert_eq(a->n, b->n);
	for (size_t i = 0; i < a->n; i++)
		cr_expect_eq(occurrences(a->files[i].bytes, "<"), occurrences(b->files[i].bytes, "<"), "%s", a->files[i].name);
	cr_expect(strstr(page_of(b, "site/index.html"), WRITTEN));
	cr_expect(strstr(page_of(b, "site/en/ranking/0.html"), WRITTEN));
	cr_expect(strstr(page_of(b, "site/measurands/1-1.html"), WRITTEN));
	expect_pages(b);
}

Test(pages, nothing_is_inline_and_nothing_asks_outside)
{
	const site *s = site_of(whole((zp_summary_invention){ .programmes = 3, .measurands = 5, .labs = 60, .regions = 9 }));
	static const char *const never[] = { " style=", "<style", "<script>", "onclick", "onload", "https:", "@import", "url(", "javascript:", "//cdn", "<iframe", "<form action" };
	for (size_t i = 0; i < sizeof never / sizeof *never; i++)
		cr_expect_eq(everywhere(s, never[i]), 0, "%s", never[i]);
	cr_expect_eq(everywhere(s, "http:"), everywhere(s, "xmlns=\"http://www.w3.org/2000/svg\""), "the name of SVG is no address");
	for (size_t i = 0; i < s->n; i++)
		if (is_page(&s->files[i]))
			cr_expect(strstr(s->files[i].bytes, "content=\"default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'"), "%s", s->files[i].name);
	cr_expect(strstr(page_of(s, "site/index.html"), "仅供组织者内部使用") && strstr(page_of(s, "site/en/index.html"), "For the organiser only"));
	expect_pages(s);
}

Test(pages, every_page_has_a_twin_in_the_other_language)
{
	const site *s = site_of(whole((zp_summary_invention){ .programmes = 3, .measurands = 2, .labs = 30, .regions = 5 }));
	size_t n = 0;
	for (size_t i = 0; i < s->n; i++) {
		const char *name = s->files[i].name;
		if (!is_page(&s->files[i]) || strncmp(name, "site/en/", 8) == 0)
			continue;
		cr_expect(has(s, zp_arena_print(s->arena, "site/en/%s", name + 5)), "%s", name);
		cr_expect(strstr(s->files[i].bytes, "<html lang=\"zh-CN\">") && strstr(s->files[i].bytes, "hreflang=\"en\""));
		n++;
	}
	cr_expect_eq(2 * n + 2, s->n, "and a style sheet and a script for all");
}

Test(pages, the_same_round_gives_the_same_bytes)
{
	const zp_summary_invention w = { .programmes = 2, .measurands = 3, .labs = 30, .regions = 5 };
	const site *a = site_of(whole(w)), *b = site_of(whole(w));
	cr_assert_eq(a->n, b->n);
	for (size_t i = 0; i < a->n; i++)
		cr_expect(a->files[i].n == b->files[i].n && memcmp(a->files[i].bytes, b->files[i].bytes, a->files[i].n) == 0, "%s", a->files[i].name);
}

Test(pages, laboratories_have_their_names_only_where_they_may)
{
	zp_summary *s = whole((zp_summary_invention){ .programmes = 2, .measurands = 2, .labs = 30, .regions = 5 });
	for (size_t i = 0; i < s->n_ranks; i++)
		((zp_rank_row *)s->ranks)[i].lab_name = "KANARIE";
	s->named = false;
	cr_expect_eq(everywhere(site_of(s), "KANARIE"), 0);
	s->named = true;
	cr_expect(strstr(page_of(site_of(s), "site/ranking/0.html"), "KANARIE"));
}

Test(pages, masked_laboratories_are_not_ranked)
{
	zp_summary *s = whole((zp_summary_invention){ .programmes = 2, .measurands = 2, .labs = 30, .regions = 5 });
	for (size_t i = 0; i < s->n_ranks; i++)
		((zp_rank_row *)s->ranks)[i].lab = ((zp_rank_row *)s->ranks)[i].lab_name = "KANARIE";
	s->masked = true;
	s->draw = NULL; /* what is drawn is the engine's to mask */
	const site *made = site_of(s);
	cr_expect_eq(everywhere(made, "KANARIE"), 0);
	cr_expect_not(has(made, "site/ranking/0.html"));
	cr_expect_eq(everywhere(made, "ranking/"), 0, "and there is no way to what is not there");
}

Test(pages, few_are_left_out_where_laboratories_are_masked_and_so_is_what_would_tell_them)
{
	zp_region_row regions[] = {
		{ .region = "990000", .region_name = "虚构省", .parent = "", .expected = 30, .returned = 30, .judged = 30, .credit = 2700, .total = 30 },
		{ .region = "990100", .region_name = "大市", .parent = "990000", .level = 1, .expected = 15, .returned = 15, .judged = 15, .credit = 1400, .total = 15 },
		{ .region = "990101", .region_name = "大县", .parent = "990100", .level = 2, .expected = 13, .returned = 13, .judged = 13, .credit = 1200, .total = 13 },
		{ .region = "990200", .region_name = "中市", .parent = "990000", .level = 1, .expected = 12, .returned = 12, .judged = 12, .credit = 1100, .total = 12 },
		{ .region = "990300", .region_name = "小市", .parent = "990000", .level = 1, .expected = 3, .returned = 3, .judged = 3, .credit = 200, .total = 3 },
	};
	zp_summary s = nothing();
	for (size_t i = 0; i < sizeof regions / sizeof *regions; i++)
		regions[i].region_name_en = "", regions[i].lab_class = regions[i].programme = "*", regions[i].programme_name = "";
	s.regions = regions, s.n_regions = sizeof regions / sizeof *regions;
	cr_expect(everywhere(site_of(&s), "小市"), "the centre's own pages have all of them");
	s.masked = true, s.show_least = 5;
	const site *made = site_of(&s);
	cr_expect_eq(everywhere(made, "小市"), 0, "three laboratories are few");
	cr_expect_eq(everywhere(made, "中市"), 0, "30 less 15 and 12 are three");
	cr_expect_eq(everywhere(made, "大县"), 0, "15 less 13 are two");
	cr_expect(everywhere(made, "大市") && everywhere(made, "虚构省"));
}

Test(pages, ties_are_told_and_the_n_of_each_share)
{
	static const zp_rank_row ranks[] = {
		{ "990000", "虚构省", "*", "*", "*", "A", "甲", 2900, 30, 6, 1, 2, "returned", 1, 2 },
		{ "990000", "虚构省", "*", "*", "*", "B", "乙", 5800, 60, 12, 1, 2, "returned", 1, 2 },
		{ "990000", "虚构省", "*", "*", "*", "C", "丙", 150, 16, 4, 3, 1, "returned", 3, 3 },
		{ "990000", "虚构省", "*", "*", "*", "D", "丁", 0, 0, 0, 0, 0, "excused", 0, 0 },
	};
	zp_summary s = nothing();
	s.ranks = ranks, s.n_ranks = 4;
	const char *html = page_of(site_of(&s), "site/ranking/0.html");
	cr_expect_eq(occurrences(html, "<td class=\"rank\"><small>并列</small> 1</td>"), 2);
	cr_expect_eq(occurrences(html, "<td class=\"s\">96.7 %</td>"), 2);
	cr_expect(strstr(html, "29 / 30") && strstr(html, "58 / 60") && strstr(html, "1.5 / 16"));
	cr_expect(strstr(html, "<b class=\"low\">9.4 %</b>"), "150 / 1600 is 9.375 %%, and low");
	cr_expect(strstr(html, "免评") && strstr(html, "<td class=\"z\">–</td><td></td>"), "without a rank, without a range");
	cr_expect(strstr(html, "viewBox=\"0 0 3 1\""), "ranges are drawn over all ranks");
}

Test(pages, answers_are_told_and_how_they_agree)
{
	const zp_told_answer answers[] = { { .name = "阴性", .n = 5, .name_en = "negative" }, { .name = "<可疑>", .name_en = "" }, { .name = "阳性", .n = 155, .target = true, .name_en = "<positive>" } };
	const zp_answers_row given[] = { { "pcr", "HPV", "人乳头瘤病毒", "S3", "weak", answers, 3, 160 } };
	const zp_agreement_row agreements[] = { { "pcr", "核酸", "HPV", "人乳头瘤病毒", 140, 700, 685, 560, 12, 140, 0, 3, 0.934612 },
		                                { "pcr", "核酸", "HBV", "乙肝病毒", 3, 0, 0, 0, 0, 0, 0, 0, ZP_NONE } };
	const char *const samples[] = { "S3" };
	const zp_told_sample told[] = { { .sample = "S3", .asked = true } };
	const zp_told_measurand measurands[] = { { .code = "HPV", .name = "人乳头瘤病毒", .name_en = "HPV", .unit = "", .limit = "", .limit_source = "", .answered = true, .samples = told } };
	const zp_told_programme programmes[] = { { .code = "pcr", .name = "核酸", .name_en = "NAT", .scheme = "s", .scheme_version = "1", .cancelled = "", .samples = samples,
		                                   .n_samples = 1, .measurands = measurands, .n_measurands = 1 } };
	zp_summary s = nothing();
	s.agreements = agreements, s.n_agreements = 2, s.answers = given, s.n_answers = 1, s.programmes = programmes, s.n_programmes = 1;
	const site *made = site_of(&s);
	const char *html = page_of(made, "site/programmes/1.html");
	cr_expect(strstr(html, "<td>700</td><td class=\"s\">97.9 %</td><td>0.935</td><td class=\"wrong\">12 / 560</td><td class=\"z\">0 / 140</td><td>3</td>"));
	cr_expect(strstr(html, "<td class=\"z\">–</td><td class=\"z\">–</td><td class=\"z\">–</td><td class=\"z\">0</td>"), "where nothing was expected nothing is said");
	html = page_of(made, "site/measurands/1-1.html");
	cr_expect(strstr(html, "✓ 阳性</th><td>155</td><td>96.9 %</td>") && strstr(html, "阴性</th><td>5</td><td>3.1 %</td>"));
	cr_expect(strstr(html, "<small>弱</small>") && strstr(html, "&lt;可疑&gt;"));
	html = page_of(made, "site/en/measurands/1-1.html");
	cr_expect(strstr(html, "✓ &lt;positive&gt;</th><td>155</td>") && strstr(html, "negative</th><td>5</td>") && !strstr(html, "阴性") && !strstr(html, "阳性"));
	cr_expect(strstr(html, "&lt;可疑&gt;"), "an answer without an English name is told by the one it has");
	expect_pages(made);
}

Test(pages, a_ranking_lists_up_to_two_thousand)
{
	zp_summary *s = whole((zp_summary_invention){ .programmes = 1, .measurands = 1, .labs = 2000, .regions = 17 });
	const site *made = site_of(s);
	cr_expect_eq(occurrences(page_of(made, "site/ranking/0.html"), "<tr data-r"), 2000);
	cr_expect_lt(strlen(page_of(made, "site/ranking/0.html")), 2u << 20);
	s = whole((zp_summary_invention){ .programmes = 1, .measurands = 1, .labs = 2001, .regions = 17 });
	made = site_of(s);
	cr_expect_eq(occurrences(page_of(made, "site/ranking/0.html"), "<tr data-r"), 0);
	cr_expect(strstr(page_of(made, "site/ranking/0.html"), "ranking.csv"));
	expect_pages(made);
}

/* 1,500 dots, each with something to say. */
static const zp_figure *heavy(const zp_summary *s, size_t p, size_t m, size_t k, zp_figure_kind kind, zp_tongue tongue, float width, float height)
{
	static zp_drawn marks[1500];
	static zp_figure figure;
	(void)s, (void)p, (void)m, (void)k, (void)kind, (void)tongue;
	for (size_t i = 0; i < 1500; i++)
		marks[i] = (zp_drawn){ .kind = ZP_MARK_DOT, .tone = i % 100 ? ZP_TONE_PEERS : ZP_TONE_ALERT, .x = (float)(i % 300), .y = (float)(i / 300), .w = 3,
			               .says = "L0001 三级公立 +12.3 %", .of = "420100" };
	figure = (zp_figure){ .width = width, .height = height, .title = "", .says = "", .marks = marks, .n = 1500 };
	return &figure;
}

Test(pages, a_province_can_be_carried_about)
{
	zp_summary *s = whole((zp_summary_invention){ .programmes = 20, .measurands = 20, .labs = 300, .regions = 17, .groups = 6 });
	s->draw = heavy;
	zp_arena *a = tray_arena();
	site *out = zp_take(a, site, 1);
	zp_error err = { 0 };
	*out = (site){ .arena = a, .most = FILES_MOST };
	cr_assert(make(s, out, &err), "%s", err.text);
	cr_expect_lt(out->bytes, 100u << 20, "%zu bytes", out->bytes);
}

Test(pages, a_figure_too_heavy_keeps_what_matters)
{
	zp_summary *s = whole((zp_summary_invention){ .programmes = 1, .measurands = 40, .labs = 20, .regions = 3 });
	s->draw = heavy;
	const char *html = page_of(site_of(s), "site/measurands/1-1.html");
	cr_expect(strstr(html, "L0001 三级公立"), "what is not acceptable still tells what it is");
	cr_expect(strstr(html, "未画出"), "and what was left out is told");
}

Test(pages, a_site_of_nothing_is_still_a_site)
{
	const zp_summary s = nothing();
	const site *made = site_of(&s);
	cr_expect(has(made, "site/index.html") && has(made, "site/en/about.html") && !has(made, "site/ranking/0.html"));
	cr_expect_not(strstr(page_of(made, "site/index.html"), "ranking/"), "there is no way to what is not there");
	expect_pages(made);
}

Test(pages, a_full_disk_is_told_wherever_it_comes)
{
	zp_summary *s = whole((zp_summary_invention){ .programmes = 1, .measurands = 1, .labs = 10, .regions = 2 });
	const size_t n = site_of(s)->n;
	for (size_t most = 0; most < n; most++) {
		zp_arena *a = tray_arena();
		site *out = zp_take(a, site, 1);
		zp_error err = { 0 };
		*out = (site){ .arena = a, .most = most };
		cr_expect_not(make(s, out, &err));
		cr_expect(strstr(err.text, "the disk is full"));
	}
}
