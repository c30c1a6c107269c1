/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of one laboratory: its frame, whose it is, and how much needs attention. */
#include "lab.h"
#include <stdint.h>
#include <stdlib.h>
#include "svg.h"

/* ---- what there is ---- */

static int more_pressing(const void *a, const void *b)
{
	const zp_lab_entry *x = *(const zp_lab_entry *const *)a, *y = *(const zp_lab_entry *const *)b;
	if (x->of->heed != y->of->heed)
		return x->of->heed > y->of->heed ? -1 : 1;
	return x < y ? -1 : x > y;
}

static void add_rows(zp_lab_sums *sums, const zp_report_measurand *m)
{
	for (size_t i = 0; i < m->n_rows; i++) {
		sums->judged += m->rows[i].verdict != ZP_NOT_EVALUATED;
		sums->acceptable += m->rows[i].verdict == ZP_ACCEPTABLE;
	}
}

static void gather(zp_lab *l)
{
	const zp_report *r = l->report;
	size_t n = 0;
	for (size_t p = 0; p < r->n_programmes; p++)
		n += r->programmes[p].n_measurands;
	zp_lab_entry *entries = l->host->take(l->host, (n + 1) * sizeof *entries);
	l->heeded = l->host->take(l->host, (n + 1) * sizeof *l->heeded);
	l->entries = entries;
	for (size_t p = 0; p < r->n_programmes; p++) {
		const zp_report_programme *g = &r->programmes[p];
		l->sums.programmes += g->satisfaction != ZP_NEITHER;
		l->sums.satisfactory += g->satisfaction == ZP_SATISFACTORY;
		for (size_t m = 0; m < g->n_measurands; m++)
			if (!zp_lab_is_absent(&g->measurands[m])) {
				entries[l->n_entries++] = (zp_lab_entry){ g, &g->measurands[m], p, m };
				add_rows(&l->sums, &g->measurands[m]);
			}
	}
	for (size_t i = 0; i < l->n_entries; i++)
		if (entries[i].of->heed)
			l->heeded[l->sums.heeded++] = &entries[i];
	qsort(l->heeded, l->sums.heeded, sizeof *l->heeded, more_pressing);
}

/* How many figures each measurand may have, so that the page stays small: those that need attention all, the others as many as there is room
 * for, one at least. */
static void share_figures(zp_lab *l)
{
	size_t most = 0, all = SIZE_MAX;
	for (size_t i = 0; i < l->n_entries; i++) {
		most = zp_lab_figures_of(l->entries[i].of) > most ? zp_lab_figures_of(l->entries[i].of) : most;
		l->courses |= l->entries[i].of->course != ZP_COURSE_UNKNOWN;
	}
	for (l->figures = most; l->figures > 1 && all > ZP_LAB_FIGURES; l->figures -= all > ZP_LAB_FIGURES) {
		all = 0;
		for (size_t i = 0; i < l->n_entries; i++) {
			const size_t n = zp_lab_figures_of(l->entries[i].of);
			all += l->entries[i].of->heed || n < l->figures ? n : l->figures;
		}
	}
	l->left_out = l->figures < most;
}

/* ---- the frame ---- */

/* That it takes the place of another, and why. */
static void put_amended(zp_lab *l)
{
	const char *amended = zp_amended_says(l->host, &l->report->bond, zp_certificate_number(l->host, l->report));
	if (!*amended)
		return;
	zp_lab_put(l, "<p class=\"amended\">");
	zp_lab_tell(l, amended);
	zp_lab_put(l, "<br/>");
	zp_lab_tell(l, zp_amended_why(l->host, &l->report->bond));
	zp_lab_put(l, "</p>\n");
}

static void put_top(zp_lab *l)
{
	const zp_report *r = l->report;
	zp_lab_put(l, "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\"/>\n<meta http-equiv=\"Content-Security-Policy\" "
		      "content=\"default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'\"/>\n"
		      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<meta name=\"color-scheme\" content=\"light dark\"/>\n"
		      "<meta name=\"robots\" content=\"noindex\"/>\n<meta name=\"referrer\" content=\"no-referrer\"/>\n<title>");
	zp_lab_tell(l, zp_say_cn(ZP_SAY_TITLE));
	zp_lab_put(l, " · ");
	zp_lab_tell(l, r->lab);
	zp_lab_put(l, " ");
	zp_lab_tell(l, r->lab_name);
	zp_lab_put(l, "</title>\n<link rel=\"stylesheet\" href=\"report.css\"/>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">跳到正文 <small lang=\"en\">Skip to content</small></a>\n"
		      "<header><p>");
	zp_lab_both(l, r->organiser, r->organiser_en);
	zp_lab_put(l, "</p><p>");
	zp_lab_say(l, ZP_SAY_ISSUED);
	zp_lab_put(l, " ");
	zp_lab_tell(l, r->issued);
	zp_lab_put(l, " · ");
	zp_lab_say(l, ZP_SAY_VERSION);
	zp_lab_put(l, " ");
	zp_lab_tell(l, r->version);
	zp_lab_put(l, "</p></header>\n<main id=\"main\">\n<h1>");
	zp_lab_say(l, ZP_SAY_TITLE);
	zp_lab_put(l, "</h1>\n<p class=\"round\">");
	zp_lab_both(l, r->round_name, r->round_name_en);
	zp_lab_put(l, "</p>\n");
	put_amended(l);
}

static void put_foot(zp_lab *l)
{
	const zp_report *r = l->report;
	const char *const parts[] = { r->lab, r->round, r->version, r->issued };
	zp_lab_put(l, "</main>\n<footer><p>");
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		zp_lab_put(l, i ? " · " : "");
		zp_lab_tell(l, parts[i]);
	}
	if (*r->code) {
		zp_lab_put(l, " · ");
		zp_lab_say(l, ZP_SAY_CHECK);
		zp_lab_put(l, " ");
		zp_lab_tell(l, r->code);
	}
	zp_lab_put(l, "</p></footer>\n<a class=\"up\" href=\"#list\">↑ 全部项目 <small lang=\"en\">All</small></a>\n</body>\n</html>\n");
}

/* ---- whose, and how much ---- */

static void put_fact(zp_lab *l, zp_say word, const char *text)
{
	zp_lab_put(l, "<div><dt>");
	zp_lab_say(l, word);
	zp_lab_put(l, "</dt><dd>");
	zp_lab_tell(l, *text ? text : "–");
	zp_lab_put(l, "</dd></div>");
}

static void put_whose(zp_lab *l)
{
	const zp_report *r = l->report;
	zp_lab_put(l, "<p class=\"whose\"><bdi>");
	zp_lab_tell(l, r->lab_name);
	zp_lab_put(l, "</bdi></p>\n<dl class=\"facts\">");
	put_fact(l, ZP_SAY_CODE, r->lab);
	put_fact(l, ZP_SAY_REGION, r->region);
	put_fact(l, ZP_SAY_CLASS, r->lab_class);
	put_fact(l, ZP_SAY_ROUND, r->round);
	zp_lab_put(l, "</dl>\n");
}

static void put_sum(zp_lab *l, size_t n, size_t of, zp_say word, bool wrong)
{
	zp_lab_put(l, wrong ? "<li class=\"bad\"><b>" : "<li><b>");
	zp_lab_number(l, n);
	zp_lab_put(l, "</b> / ");
	zp_lab_number(l, of);
	zp_lab_put(l, "<span>");
	zp_lab_say(l, word);
	zp_lab_put(l, "</span></li>");
}

static void put_sums(zp_lab *l)
{
	const zp_lab_sums *s = &l->sums;
	zp_lab_put(l, s->heeded ? "<ul class=\"sums heed\">" : "<ul class=\"sums\">");
	put_sum(l, s->heeded, l->n_entries, s->heeded ? ZP_SAY_HEED : ZP_SAY_NO_HEED, s->heeded > 0);
	put_sum(l, s->acceptable, s->judged, ZP_SAY_RESULTS, false);
	put_sum(l, s->satisfactory, s->programmes, ZP_SAY_PROGRAMMES, false);
	zp_lab_put(l, "<li class=\"way\"><a href=\"#notes\">");
	zp_lab_say(l, ZP_SAY_HELP);
	zp_lab_put(l, "</a></li></ul>\n");
}

/* ---- all of it ---- */

static bool put_file(zp_lab *l, const char *name, const zp_outbox *out, zp_error *err)
{
	if (l->m->failed)
		return l->host->fail(err, ZP_BUG, name, 0, "there is no memory left");
	return out->write(out->self, name, l->m->bytes, l->m->n, err);
}

bool zp_lab_page(const zp_host *host, void *state, const zp_report *report, const zp_outbox *out, zp_error *err)
{
	(void)state;
	zp_markup m = { 0 };
	zp_lab l = { .host = host, .report = report, .m = &m };
	gather(&l);
	share_figures(&l);
	put_top(&l);
	put_whose(&l);
	put_sums(&l);
	zp_lab_list(&l);
	for (size_t p = 0; p < report->n_programmes; p++)
		zp_lab_programme(&l, p);
	zp_lab_notes(&l);
	put_foot(&l);
	bool good = put_file(&l, "report.html", out, err);
	m.n = 0;
	zp_lab_style(&m);
	good = good && put_file(&l, "report.css", out, err);
	zp_markup_free(&m);
	return good;
}

/* ---- its style sheet ---- */

static const char *const style[] = {
#include "lab.css.inc"
	NULL,
};

static void put_bytes(void *self, const char *bytes, size_t n) { zp_markup_bytes(self, bytes, n); }

void zp_lab_style(zp_markup *m)
{
	const zp_svg_sink sink = { m, put_bytes };
	for (size_t i = 0; style[i]; i++)
		zp_markup_put(m, style[i]);
	zp_svg_style(&sink, "", false);
	zp_markup_put(m, "@media screen and (prefers-color-scheme: dark) {\n");
	zp_svg_style(&sink, "", true);
	zp_markup_put(m, "}\n");
}
