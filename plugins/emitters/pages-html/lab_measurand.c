/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A programme: its measurands one after another, each with what was found about it, its samples, its figures. */
#include <string.h>
#include "lab.h"

/* ---- how it stands ---- */

static void put_basis(zp_lab *l, const char *cn, const char *en, const char *text, const char *more)
{
	if (!*text)
		return;
	zp_lab_put(l, "<li>");
	zp_lab_both(l, cn, en);
	zp_lab_put(l, " <b>");
	zp_lab_tell(l, text);
	zp_lab_put(l, "</b>");
	zp_lab_tell(l, more);
	zp_lab_put(l, "</li>");
}

static void put_bar(zp_lab *l, const zp_lab_entry *e)
{
	const zp_report_measurand *m = e->of;
	zp_lab_put(l, m->heed || m->satisfaction == ZP_UNSATISFACTORY ? "<article class=\"heed\"><header><h3 id=\"" : "<article><header><h3 id=\"");
	zp_lab_place(l, e);
	zp_lab_put(l, "\">");
	zp_lab_both(l, m->name, m->name_en);
	if (*m->unit) {
		zp_lab_put(l, " <span>");
		zp_lab_tell(l, m->unit);
		zp_lab_put(l, "</span>");
	}
	zp_lab_put(l, " <code>");
	zp_lab_tell(l, m->code);
	zp_lab_put(l, "</code></h3><p class=\"score\">");
	if (*m->score) {
		zp_lab_put(l, "S1 <b>");
		zp_lab_tell(l, m->score);
		zp_lab_put(l, "</b> ");
	}
	zp_lab_outcome(l, m->standing, m->satisfaction);
	zp_lab_put(l, "</p><ul class=\"basis\">");
	put_basis(l, m->answered ? "评价规则" : "限值", m->answered ? "rule" : "limit", m->limit, "");
	put_basis(l, "同组", "peers", m->group, *m->group_n ? zp_join(l->host, " n = ", m->group_n, NULL) : " n 不公布");
	put_basis(l, "靶值", "target", m->method, "");
	put_basis(l, "权重", "weight", m->weight, "");
	put_basis(l, zp_say_cn(ZP_SAY_COURSE), "over the rounds", m->course_says, "");
	zp_lab_put(l, "</ul></header>\n");
}

/* ---- findings and remarks ---- */

static void put_findings(zp_lab *l, const zp_report_measurand *m)
{
	if (!m->n_findings)
		return;
	zp_lab_put(l, "<ul class=\"findings\" aria-label=\"");
	zp_lab_tell(l, zp_say_cn(ZP_SAY_FINDINGS));
	zp_lab_put(l, "\">");
	for (size_t i = 0; i < m->n_findings; i++) {
		zp_lab_put(l, "<li>");
		zp_lab_both(l, m->findings[i].says, m->findings[i].says_en);
		zp_lab_put(l, "</li>");
	}
	zp_lab_put(l, "</ul>\n");
}

static const char *remark_of(const zp_report_row *r, bool flags)
{
	return flags ? r->flags : r->why;
}

/* Told once, with the samples that it is true of. Gives: whether anything was put. */
static bool put_remark(zp_lab *l, const zp_report_measurand *m, bool flags, size_t first, bool begun)
{
	const char *text = remark_of(&m->rows[first], flags);
	if (!*text)
		return false;
	for (size_t i = 0; i < first; i++)
		if (strcmp(remark_of(&m->rows[i], flags), text) == 0)
			return false;
	zp_lab_put(l, begun ? "" : "<ul class=\"remarks\">");
	zp_lab_put(l, flags ? "<li class=\"hint\">" : "<li>");
	for (size_t i = first, n = 0; i < m->n_rows; i++)
		if (strcmp(remark_of(&m->rows[i], flags), text) == 0) {
			zp_lab_put(l, n++ ? "、" : "");
			zp_lab_tell(l, m->rows[i].sample);
		}
	zp_lab_put(l, " ");
	if (flags) {
		zp_lab_tell(l, zp_say_cn(ZP_SAY_HINT));
		zp_lab_put(l, "：");
	}
	zp_lab_both(l, text, flags ? m->rows[first].flags_en : m->rows[first].why_en);
	zp_lab_put(l, "</li>");
	return true;
}

static void put_remarks(zp_lab *l, const zp_report_measurand *m)
{
	bool begun = false;
	for (int flags = 1; flags >= 0; flags--)
		for (size_t i = 0; i < m->n_rows; i++)
			begun |= put_remark(l, m, flags, i, begun);
	if (*m->doubts) {
		zp_lab_put(l, begun ? "<li>" : "<ul class=\"remarks\"><li>");
		zp_lab_tell(l, zp_say_cn(ZP_SAY_DOUBT));
		zp_lab_put(l, " ");
		zp_lab_both(l, m->doubts, m->doubts_en);
		zp_lab_put(l, "</li>");
		begun = true;
	}
	zp_lab_put(l, begun ? "</ul>\n" : "");
}

/* ---- all of it ---- */

/* Means of few samples have room beside a figure. */
static void put_measurand(zp_lab *l, const zp_lab_entry *e)
{
	const bool broad = e->programme->n_samples > 6;
	put_bar(l, e);
	put_findings(l, e->of);
	if (e->of->n_rows)
		zp_lab_samples(l, e->of);
	put_remarks(l, e->of);
	zp_lab_put(l, "<div class=\"plots\">\n");
	zp_lab_figures(l, e->of);
	zp_lab_put(l, broad ? "</div>\n" : "");
	if (e->of->n_peers)
		zp_lab_peers(l, e->of);
	zp_lab_put(l, broad ? "</article>\n" : "</div></article>\n");
}

static void put_absent(zp_lab *l, const zp_report_programme *g)
{
	bool begun = false;
	for (size_t i = 0; i < g->n_measurands; i++) {
		const zp_report_measurand *m = &g->measurands[i];
		if (!zp_lab_is_absent(m))
			continue;
		zp_lab_put(l, begun ? "、" : "<p class=\"absent\">");
		if (!begun) {
			zp_lab_both(l, zp_standing_cn(m->standing), zp_standing_en(m->standing));
			zp_lab_put(l, "：");
		}
		begun = true;
		zp_lab_both(l, m->name, m->name_en);
		zp_lab_put(l, " (");
		zp_lab_tell(l, m->code);
		zp_lab_put(l, ")");
	}
	zp_lab_put(l, begun ? "</p>\n" : "");
}

void zp_lab_programme(zp_lab *l, size_t p)
{
	const zp_report_programme *g = &l->report->programmes[p];
	zp_lab_put(l, "<section><h2 id=\"p");
	zp_lab_number(l, p + 1);
	zp_lab_put(l, "\">");
	zp_lab_both(l, g->name, g->name_en);
	zp_lab_put(l, "</h2>\n<p class=\"stand\"><span>");
	zp_lab_score(l, g);
	zp_lab_put(l, "</span> ");
	zp_lab_outcome(l, g->standing, g->satisfaction);
	zp_lab_put(l, " <span>");
	zp_lab_say(l, ZP_SAY_NUMBER);
	zp_lab_put(l, " ");
	zp_lab_tell(l, g->certificate);
	zp_lab_put(l, "</span></p>\n");
	if (!g->n_measurands) {
		zp_lab_put(l, "<p>");
		zp_lab_say(l, ZP_SAY_NOTHING);
		zp_lab_put(l, "</p>\n");
	}
	if (g->panel)
		zp_lab_panel(l, g);
	for (size_t i = 0; i < l->n_entries; i++)
		if (l->entries[i].p == p)
			put_measurand(l, &l->entries[i]);
	put_absent(l, g);
	zp_lab_put(l, "</section>\n");
}
