/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pages-html: a site about a round, for the centre that organises it; a page for each laboratory; and pages about a year. */
#include "lab.h"
#include "site.h"
#include "site_look.h"
#include "year.h"

static bool put_file(zp_site *s, const char *name, void (*put)(zp_markup *))
{
	s->m->n = 0;
	put(s->m);
	if (s->m->failed)
		return s->host->fail(s->err, ZP_BUG, name, 0, "there is no memory left");
	return s->out->write(s->out->self, name, s->m->bytes, s->m->n, s->err);
}

/* What the figures of a page may weigh, so that a site of 400 measurands can still be carried about. */
static size_t weight_of(const zp_summary *s)
{
	size_t pages = 0;
	for (size_t i = 0; i < s->n_programmes; i++)
		pages += s->programmes[i].n_measurands;
	const size_t each = ZP_FIGURES_MOST / 2 / (pages ? pages : 1);
	return each > 1u << 20 ? 1u << 20 : each;
}

static bool put_programmes(zp_site *s)
{
	const size_t weight = weight_of(s->of);
	bool good = true;
	for (size_t p = 0; p < s->of->n_programmes && good; p++) {
		good = zp_site_programme(s, p);
		for (size_t m = 0; m < s->of->programmes[p].n_measurands && good; m++) {
			s->figure_bytes = weight, s->left_out = 0;
			good = zp_site_measurand(s, p, m);
		}
	}
	return good;
}

/* Regions and ranking: a page for all programmes, and for each of them. */
static bool put_scopes(zp_site *s)
{
	bool good = true;
	for (size_t scope = 0; scope <= s->of->n_programmes && good; scope++) {
		if (zp_site_has_regions(s, scope))
			good = zp_site_regions(s, scope);
		if (good && zp_site_has_ranking(s, scope))
			good = zp_site_ranking(s, scope);
	}
	return good;
}

static bool put_pages(zp_site *s)
{
	return zp_site_overview(s) && zp_site_measurands(s) && put_programmes(s) && put_scopes(s) && zp_site_doubts(s) && zp_site_about(s) && zp_site_print(s);
}

static bool round_site(const zp_host *host, void *state, const zp_summary *summary, const zp_outbox *out, zp_error *err)
{
	(void)state;
	zp_markup m = { 0 };
	zp_site s = { .host = host, .of = summary->masked ? zp_site_masked(host, summary) : summary, .out = out, .err = err, .m = &m };
	zp_seats_take(&s);
	zp_region_rows_take(&s);
	bool done = put_pages(&s);
	s.english = true;
	done = done && put_pages(&s);
	done = done && put_file(&s, "site/look/site.css", zp_site_style) && put_file(&s, "site/look/site.js", zp_site_script);
	zp_markup_free(&m);
	return done;
}

static const zp_emitter emitter = { .lab = zp_lab_page, .round = round_site, .book = zp_year_book, .figures = true };

ZP_PLUGIN(pages_html) = {
	ZP_PLUGIN_HEAD,
	.kind = ZP_EMITTER,
	.name = "pages-html",
	.version = "2",
	.cites = "",
	.says = "Writes site/ about the round for the organiser, in Chinese and English: overview, programmes, measurands with figures, regions, ranking, doubts and decisions; for each laboratory report.html, what report.pdf says; and pages about a year, for publication and for the centre.",
	.does.emitter = &emitter,
};
