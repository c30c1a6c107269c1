/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the page of a round promises, over invented rounds. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "host/registry.h"
#include "invented.h"
#include "tray.h"

TestSuite(pages, .fini = tray_end);

extern const zp_plugin zp_plugin_pages_html;

#define MARKUP "甲<b>&amp;</b>\"乙\"'丙' & Co. <script>alert(1)</script>"

/* ---- the round's page ---- */

static char *page_of(const zp_summary *s, tray *t)
{
	zp_lend lend;
	zp_error err = { 0 };
	cr_assert(zp_plugin_pages_html.does.emitter->round(zp_lend_to(&lend, t->arena, &zp_plugin_pages_html, NULL), NULL, s,
	                                                   &(zp_outbox){ t, tray_keep }, &err), "%s", err.text);
	return tray_file_of(t, "site/index.html")->bytes;
}

static size_t occurrences(const char *text, const char *of)
{
	size_t n = 0;
	for (; (text = strstr(text, of)); text += strlen(of))
		n++;
	return n;
}

/* Every tag that is opened is closed, in order; void elements apart. */
static void expect_balanced(const char *html)
{
	char open[32][16];
	size_t depth = 0;
	for (const char *p = strchr(html, '<'); p; p = strchr(p + 1, '<')) {
		char name[16] = "";
		sscanf(p + 1, "%15[a-z0-9/]", name);
		const char *end = strchr(p, '>');
		cr_assert(end);
		if (p[1] == '!' || strcmp(name, "meta") == 0 || strcmp(name, "link") == 0 || end[-1] == '/')
			continue;
		if (name[0] == '/') {
			cr_assert(depth && strcmp(open[depth - 1], name + 1) == 0, "<%s> at byte %td closes <%s>", name, p - html, depth ? open[depth - 1] : "");
			depth--;
		} else {
			cr_assert_lt(depth, 32);
			memcpy(open[depth++], name, sizeof(name));
		}
	}
	cr_expect_eq(depth, 0);
}

Test(pages, a_page_escapes_what_it_is_told)
{
	tray plain = tray_open(TRAY_FILES), t = plain;
	zp_summary *s = zp_invent_summary(t.arena, 30, 3);
	const size_t tags = occurrences(page_of(s, &plain), "<");
	for (size_t i = 0; i < s->n_ranks; i++)
		((zp_rank_row *)s->ranks)[i].lab_name = MARKUP;
	for (size_t i = 0; i < s->n_regions; i++)
		((zp_region_row *)s->regions)[i].region_name = "\"><img src=x onerror='x'>";
	s->round_name = s->organiser = s->organiser_en = MARKUP;
	const char *html = page_of(s, &t);
	cr_expect_eq(occurrences(html, "<"), tags, "what is told makes no tags");
	cr_expect(strstr(html, "甲&lt;b&gt;&amp;amp;&lt;/b&gt;&quot;乙&quot;&#39;丙&#39; &amp; Co."));
	expect_balanced(html);
}

Test(pages, a_page_asks_for_nothing_outside)
{
	tray t = tray_open(TRAY_FILES);
	const char *html = page_of(zp_invent_summary(t.arena, 186, 12), &t);
	cr_expect(strstr(html, "content=\"default-src 'none'; style-src 'self'\""));
	cr_expect(strstr(html, "仅供组织者内部使用"));
	static const char *const never[] = { "http:", "https:", "<script", " style=", "src=", "@import", "url(", "javascript:" };
	for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++) {
		cr_expect_not(strstr(html, never[i]), "%s", never[i]);
		cr_expect_not(strstr(tray_file_of(&t, "site/style.css")->bytes, never[i]), "%s", never[i]);
	}
	expect_balanced(html);
}

Test(pages, a_page_tells_ties_and_the_n_of_each_share)
{
	tray t = tray_open(TRAY_FILES);
	static const zp_rank_row ranks[] = {
		{ "990000", "虚构省", "*", "*", "*", "A", "甲", 2900, 30, 6, 1, 2, "returned", 0, 0 },
		{ "990000", "虚构省", "*", "*", "*", "B", "乙", 5800, 60, 12, 1, 2, "returned", 0, 0 },
		{ "990000", "虚构省", "*", "*", "*", "C", "丙", 100, 16, 4, 3, 1, "returned", 0, 0 },
		{ "990000", "虚构省", "*", "*", "*", "D", "丁", 0, 0, 0, 0, 0, "excused", 0, 0 },
	};
	zp_summary s = { .round = "r", .round_name = "名", .round_name_en = "", .organiser = "", .organiser_en = "", .issued = "2026-04-09",
		         .version = "v1", .ranks = ranks, .n_ranks = 4 };
	const char *html = page_of(&s, &t);
	cr_expect_eq(occurrences(html, "<td class=\"rank\">并列 1</td>"), 2);
	cr_expect_eq(occurrences(html, "<td class=\"share\">96.7 %</td>"), 2);
	cr_expect(strstr(html, "29 / 30") && strstr(html, "58 / 60"));
	cr_expect(strstr(html, "6.3 %"), "6.25 is rounded half up");
	cr_expect(strstr(html, "<td class=\"rank\">–</td>") && strstr(html, "免评"));
	expect_balanced(html);
}

Test(pages, a_page_tells_answers_and_how_they_agree)
{
	tray t = tray_open(TRAY_FILES);
	const zp_told_answer answers[] = { { "阴性", 5, false }, { "<可疑>", 0, false }, { "阳性", 155, true } };
	const zp_answers_row given[] = { { "pcr", "HPV", "人乳头瘤病毒", "S3", "weak", answers, 3, 160 }, { "nat", "HBV", "乙肝病毒", "S1", "", NULL, 0, 0 } };
	const zp_agreement_row agreements[] = { { "pcr", "<b>核酸", "HPV", "人乳头瘤病毒", 140, 700, 685, 560, 12, 140, 0, 3, 0.934612 },
		                                { "nat", "病毒", "HBV", "乙肝病毒", 3, 0, 0, 0, 0, 0, 0, 0, ZP_NONE } };
	zp_summary s = { .round = "r", .round_name = "名", .round_name_en = "", .organiser = "", .organiser_en = "", .issued = "2026-04-09", .version = "v1",
		         .agreements = agreements, .n_agreements = 2, .answers = given, .n_answers = 2 };
	const char *html = page_of(&s, &t);
	cr_expect(strstr(html, "<td class=\"share\">97.9 %</td><td class=\"n\">685 / 700</td>"));
	cr_expect(strstr(html, "<td>0.935</td><td class=\"wrong\">12 / 560</td><td>0 / 140</td><td>3</td>"));
	cr_expect(strstr(html, "<td>–</td><td>–</td><td>–</td><td>0</td>"), "where nothing was expected nothing is said");
	cr_expect(strstr(html, "<b>✓ 阳性 <small>155 家 · 96.9 %</small></b>") && strstr(html, "<span>阴性 <small>5 家 · 3.1 %</small></span>"));
	cr_expect(strstr(html, "S3 <small>weak</small>") && strstr(html, "&lt;可疑&gt;") && strstr(html, "&lt;b&gt;核酸"));
	cr_expect_eq(occurrences(html, "<details"), 2, "one for each programme");
	expect_balanced(html);
	s.n_agreements = s.n_answers = 0;
	tray none = { .arena = t.arena, .most = TRAY_FILES };
	cr_expect_not(strstr(page_of(&s, &none), "id=\"answers\""));
}

Test(pages, a_page_lists_laboratories_up_to_two_thousand)
{
	tray t = tray_open(TRAY_FILES), more = t;
	const char *html = page_of(zp_invent_summary(t.arena, 2000, 17), &t);
	cr_expect(strstr(html, "YC-02000"));
	cr_expect_lt(tray_file_of(&t, "site/index.html")->n, 8u << 20);
	html = page_of(zp_invent_summary(t.arena, 2001, 17), &more);
	cr_expect_not(strstr(html, "YC-0"));
	cr_expect(strstr(html, "ranking.csv"));
	cr_expect_lt(tray_file_of(&more, "site/index.html")->n, 1u << 20);
	expect_balanced(html);
}

Test(pages, a_page_of_nothing_is_still_a_page)
{
	tray t = tray_open(TRAY_FILES);
	zp_summary s = { .round = "r", .round_name = "名", .round_name_en = "", .organiser = "", .organiser_en = "", .issued = "2026-04-09", .version = "v1" };
	expect_balanced(page_of(&s, &t));
}
