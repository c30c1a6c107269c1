/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a laboratory's page promises, over invented reports; what needs a browser is in tests/web. */
#include <criterion/criterion.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <stdlib.h>
#include <string.h>
#include "host/registry.h"
#include "invented_rich.h"
#include "tray.h"

TestSuite(labs, .fini = tray_end);

extern const zp_plugin zp_plugin_pages_html;

#define MARKUP "甲<b>&amp;</b>\"乙\"'丙' & Co. <script>alert(1)</script>\\()"
#define WRITTEN "甲&lt;b&gt;&amp;amp;&lt;/b&gt;&quot;乙&quot;&#39;丙&#39; &amp; Co. &lt;script&gt;alert(1)&lt;/script&gt;\\()"

static const zp_invention cases[] = {
	{ .programmes = 1, .measurands = 1, .samples = 5, .seed = 1 },
	{ .programmes = 3, .measurands = 20, .samples = 5, .seed = 2 },
	{ .programmes = 2, .measurands = 6, .samples = 5, .seed = 3, .silent = true },
	{ .programmes = 1, .measurands = 3, .samples = 5, .seed = 5, .lab_name = MARKUP },
	{ .programmes = 1, .measurands = 2, .samples = 140, .seed = 7 },
	{ .programmes = 2, .measurands = 0, .samples = 5, .seed = 8 },
	{ .programmes = 1, .measurands = 200, .samples = 5, .seed = 9, .one = true },
	{ .programmes = 2, .measurands = 30, .samples = 5, .seed = 10, .answers = true },
	{ .programmes = 1, .measurands = 5, .samples = 23, .seed = 11, .answers = true },
};
#define CASES (sizeof cases / sizeof *cases)

static zp_report *invented(zp_arena *a, const zp_invention *wish)
{
	zp_report *r = zp_invent_report(a, *wish);
	zp_enrich(a, r);
	return r;
}

static bool emit(const zp_report *r, tray *t, zp_error *err)
{
	zp_lend lend;
	const zp_host *host = zp_lend_to(&lend, t->arena, &zp_plugin_pages_html, NULL);
	return zp_plugin_pages_html.does.emitter->lab(host, NULL, r, &(zp_outbox){ t, tray_keep }, err);
}

static tray page_of(const zp_report *r)
{
	tray t = tray_open(TRAY_FILES);
	zp_error err = { 0 };
	cr_assert(emit(r, &t, &err), "%s", err.text);
	return t;
}

static const char *html_of(tray *t) { return tray_file_of(t, "report.html")->bytes; }

static size_t count(const char *in, const char *what)
{
	size_t n = 0;
	for (const char *p = in; (p = strstr(p, what)); p += strlen(what))
		n++;
	return n;
}

/* ---- as XML ---- */

static xmlDoc *parsed(tray *t)
{
	const tray_file *f = tray_file_of(t, "report.html");
	xmlDoc *doc = xmlReadMemory(f->bytes, (int)f->n, "report.html", "UTF-8", XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	const xmlError *wrong = xmlGetLastError();
	cr_assert(doc, "line %d: %s", wrong ? wrong->line : 0, wrong ? wrong->message : "");
	return doc;
}

static bool is_named(const xmlNode *n, const char *name) { return n->type == XML_ELEMENT_NODE && strcmp((const char *)n->name, name) == 0; }

static const char *has(zp_arena *a, xmlNode *n, const char *name)
{
	xmlChar *v = xmlGetProp(n, (const xmlChar *)name);
	const char *out = v ? zp_arena_print(a, "%s", (const char *)v) : NULL;
	xmlFree(v);
	return out;
}

typedef struct walk { zp_arena *arena; xmlNode *root; int heading; const char *wrong; } walk;

static bool is_there(walk *w, xmlNode *n, const char *id)
{
	for (; n; n = n->next) {
		const char *own = n->type == XML_ELEMENT_NODE ? has(w->arena, n, "id") : NULL;
		if ((own && strcmp(own, id) == 0) || is_there(w, n->children, id))
			return true;
	}
	return false;
}

static void look_at(walk *w, xmlNode *n)
{
	const char *href = has(w->arena, n, "href");
	if (href && (href[0] == '#' ? !is_there(w, w->root, href + 1) : strcmp(href, "report.css") != 0))
		w->wrong = zp_arena_print(w->arena, "%s leads nowhere", href);
	if (is_named(n, "script") || is_named(n, "style") || has(w->arena, n, "style") || has(w->arena, n, "src") || has(w->arena, n, "onclick"))
		w->wrong = zp_arena_print(w->arena, "<%s> on line %ld", (const char *)n->name, xmlGetLineNo(n));
	if (is_named(n, "table") && !(xmlFirstElementChild(n) && is_named(xmlFirstElementChild(n), "caption")))
		w->wrong = "a table without a caption";
	if (is_named(n, "th") && !has(w->arena, n, "scope"))
		w->wrong = "a head without a scope";
	if (n->name[0] == 'h' && n->name[1] >= '1' && n->name[1] <= '6' && !n->name[2]) {
		const int level = n->name[1] - '0';
		if (level > w->heading + 1)
			w->wrong = zp_arena_print(w->arena, "h%d follows h%d", level, w->heading);
		w->heading = level;
	}
}

static void walk_over(walk *w, xmlNode *n)
{
	for (; n; n = n->next)
		if (n->type == XML_ELEMENT_NODE) {
			look_at(w, n);
			walk_over(w, n->children);
		}
}

Test(labs, a_page_is_sound_whatever_there_is)
{
	for (size_t i = 0; i < CASES; i++) {
		tray t = page_of(invented(tray_arena(), &cases[i]));
		xmlDoc *doc = parsed(&t);
		walk w = { t.arena, xmlDocGetRootElement(doc), 0, NULL };
		walk_over(&w, w.root);
		cr_expect_null(w.wrong, "case %zu: %s", i, w.wrong);
		xmlFreeDoc(doc);
		cr_expect_eq(t.n, 2, "a page and a style sheet");
		cr_expect(strstr(html_of(&t), "default-src 'none'; style-src 'self'"));
	}
	xmlCleanupParser();
}

/* ---- what is told ---- */

/* Every text of a report is on the page, as text. */
typedef struct search { const char *in; const char *lacks; } search;

static void find(void *self, const char *text)
{
	search *s = self;
	if (*text && !s->lacks && !strstr(s->in, text))
		s->lacks = text;
}

static const char *text_of(zp_arena *a, xmlDoc *doc)
{
	xmlChar *all = xmlNodeGetContent(xmlDocGetRootElement(doc));
	const char *out = zp_arena_print(a, "%s", (const char *)all);
	xmlFree(all);
	return out;
}

Test(labs, every_text_of_a_report_is_on_its_page)
{
	for (size_t i = 0; i < CASES; i++) {
		zp_arena *a = tray_arena();
		zp_report *r = zp_invent_report(a, cases[i]);
		tray t = page_of(r);
		xmlDoc *doc = parsed(&t);
		search s = { text_of(a, doc), NULL };
		zp_report_texts(r, find, &s);
		cr_expect_null(s.lacks, "case %zu lacks \"%s\"", i, s.lacks);
		xmlFreeDoc(doc);
	}
	xmlCleanupParser();
}

Test(labs, what_is_told_makes_no_tags)
{
	zp_arena *a = tray_arena();
	zp_report *r = invented(a, &cases[3]);
	zp_report_programme *g = (zp_report_programme *)r->programmes;
	zp_report_measurand *m = (zp_report_measurand *)g->measurands;
	zp_report_row *row = (zp_report_row *)m->rows;
	zp_finding hostile = { MARKUP, MARKUP "en" };
	r->round_name = r->organiser = r->appeal = r->region = r->lab = g->name = m->name = m->unit = m->limit = m->group = m->doubts = MARKUP;
	row->value = row->why = row->flags = row->sample = row->says = MARKUP;
	m->findings = &hostile, m->n_findings = 1;
	tray t = page_of(r);
	cr_expect_geq(count(html_of(&t), WRITTEN), 20);
	cr_expect_eq(count(html_of(&t), "<script"), 0);
	cr_expect_eq(count(html_of(&t), "<b>&amp;"), 0);
	xmlFreeDoc(parsed(&t));
	xmlCleanupParser();
}

Test(labs, findings_and_figures_stand_with_what_needs_attention)
{
	zp_report *r = invented(tray_arena(), &cases[1]);
	tray t = page_of(r);
	size_t heeded = 0;
	for (size_t p = 0; p < r->n_programmes; p++)
		for (size_t m = 0; m < r->programmes[p].n_measurands; m++) {
			const zp_report_measurand *x = &r->programmes[p].measurands[m];
			heeded += x->heed > 0;
			for (size_t k = 0; k < x->n_findings; k++)
				cr_expect(strstr(html_of(&t), x->findings[k].says), "%s", x->findings[k].says);
		}
	cr_assert_gt(heeded, 0);
	cr_expect_eq(count(html_of(&t), "<article class=\"heed\">"), heeded);
	cr_expect_geq(count(html_of(&t), "<figure>"), 60, "each of 60 has one at least");
	cr_expect(strstr(html_of(&t), r->code) && strstr(html_of(&t), r->digest) && strstr(html_of(&t), r->appeal));
}

Test(labs, the_same_report_makes_the_same_bytes)
{
	tray one = page_of(invented(tray_arena(), &cases[7])), two = page_of(invented(tray_arena(), &cases[7]));
	for (size_t i = 0; i < 2; i++)
		cr_expect(one.files[i].n == two.files[i].n && memcmp(one.files[i].bytes, two.files[i].bytes, one.files[i].n) == 0, "%s", one.files[i].name);
}

Test(labs, a_page_of_20_measurands_is_small)
{
	tray t = page_of(invented(tray_arena(), &(zp_invention){ .programmes = 1, .measurands = 20, .samples = 5, .seed = 2 }));
	cr_expect_leq(tray_file_of(&t, "report.html")->n, 160000, "%zu bytes", tray_file_of(&t, "report.html")->n);
	cr_expect_leq(tray_file_of(&t, "report.css")->n, 16000);
}

Test(labs, a_full_disk_is_told_wherever_it_comes)
{
	const zp_report *r = invented(tray_arena(), &cases[0]);
	for (size_t most = 0; most < 2; most++) {
		tray t = tray_open(most);
		zp_error err = { 0 };
		cr_expect_not(emit(r, &t, &err));
		cr_expect(strstr(err.text, "the disk is full"));
	}
}
