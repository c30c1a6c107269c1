/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A programme of answers at a glance: its measurands by its samples, and which samples are right as a whole. */
#include <stdio.h>
#include <string.h>
#include "lab.h"

static const zp_report_row *row_at(const zp_report_measurand *m, const char *sample)
{
	for (size_t i = 0; i < m->n_rows; i++)
		if (strcmp(m->rows[i].sample, sample) == 0)
			return &m->rows[i];
	return NULL;
}

/* What is not evaluated stands in brackets. The sign's word is for listeners. */
static void put_cell(zp_lab *l, zp_verdict v, const char *mark)
{
	static const char *const words[] = { [ZP_NOT_EVALUATED] = "不评价", [ZP_ACCEPTABLE] = "通过", [ZP_UNACCEPTABLE] = "不通过" };
	const bool brackets = v == ZP_NOT_EVALUATED && *mark;
	zp_lab_put(l, "<td class=\"");
	zp_lab_put(l, zp_lab_look_of(v));
	zp_lab_put(l, "\"><span class=\"unseen\">");
	zp_lab_put(l, words[v]);
	zp_lab_put(l, brackets ? "</span> (" : "</span> ");
	zp_lab_tell(l, mark);
	zp_lab_put(l, brackets ? ")</td>" : "</td>");
}

static void put_wholes(zp_lab *l, const zp_report_programme *g)
{
	size_t judged = 0, right = 0;
	zp_lab_put(l, "<tr class=\"whole\"><th scope=\"row\">");
	zp_lab_both(l, zp_shared_cn(ZP_SHARED_WHOLE), zp_shared_en(ZP_SHARED_WHOLE));
	zp_lab_put(l, "</th>");
	for (size_t s = 0; s < g->n_samples; s++) {
		const zp_report_whole *x = &g->wholes[s];
		char text[32] = "";
		if (x->judged)
			snprintf(text, sizeof text, "%u/%u", x->right, x->judged);
		put_cell(l, !x->judged ? ZP_NOT_EVALUATED : x->right == x->judged ? ZP_ACCEPTABLE : ZP_UNACCEPTABLE, text);
		judged += x->judged > 0;
		right += x->judged > 0 && x->right == x->judged;
	}
	zp_lab_put(l, "</tr>\n");
	zp_lab_table_end(l);
	zp_lab_put(l, "<p><b>");
	zp_lab_number(l, judged);
	zp_lab_put(l, zp_shared_cn(ZP_SHARED_WHOLES));
	zp_lab_number(l, right);
	zp_lab_put(l, " 个。</b> <small lang=\"en\">");
	zp_lab_number(l, right);
	zp_lab_put(l, " of ");
	zp_lab_number(l, judged);
	zp_lab_put(l, zp_shared_en(ZP_SHARED_WHOLES));
	zp_lab_put(l, "</small></p>\n");
}

void zp_lab_panel(zp_lab *l, const zp_report_programme *g)
{
	zp_lab_table(l, "panel", zp_shared_cn(ZP_SHARED_GLANCE), zp_shared_en(ZP_SHARED_GLANCE), true);
	zp_lab_head(l, ZP_SAY_MEASURAND, "t");
	for (size_t s = 0; s < g->n_samples; s++) {
		zp_lab_put(l, "<th scope=\"col\">");
		zp_lab_tell(l, g->samples[s]);
		zp_lab_put(l, "</th>");
	}
	zp_lab_table_body(l);
	for (size_t i = 0; i < l->n_entries; i++) {
		if (l->entries[i].programme != g)
			continue;
		zp_lab_put(l, "<tr><th scope=\"row\"><a href=\"#");
		zp_lab_place(l, &l->entries[i]);
		zp_lab_put(l, "\">");
		zp_lab_tell(l, l->entries[i].of->name);
		zp_lab_put(l, "</a></th>");
		for (size_t s = 0; s < g->n_samples; s++) {
			const zp_report_row *r = row_at(l->entries[i].of, g->samples[s]);
			put_cell(l, r ? r->verdict : ZP_NOT_EVALUATED, r ? r->mark : "");
		}
		zp_lab_put(l, "</tr>\n");
	}
	if (g->wholes)
		put_wholes(l, g);
	else
		zp_lab_table_end(l);
}
