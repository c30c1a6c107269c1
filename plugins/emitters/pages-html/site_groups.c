/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Groups of a measurand, sample by sample: what they should have found, how sure that is, and how many did. */
#include "site.h"
#include <string.h>

static void put_text(zp_site *s, const char *text, bool number)
{
	zp_site_put(s, !*text ? "<td class=\"z\">" : number ? "<td>" : "<td class=\"t\">");
	zp_site_tell(s, *text ? text : "–");
	zp_site_put(s, "</td>");
}

static void put_range(zp_site *s, const zp_told_group *g)
{
	if (!*g->low && !*g->high) {
		zp_site_put(s, "<td class=\"z\">–</td>");
		return;
	}
	zp_site_put(s, "<td>");
	zp_site_tell(s, g->low);
	if (*g->high && strcmp(g->low, g->high) != 0) {
		zp_site_put(s, *g->low ? " – " : "");
		zp_site_tell(s, g->high);
	}
	zp_site_put(s, "</td>");
}

static void put_words(zp_site *s, const zp_told_group *g)
{
	zp_site_put(s, "<td class=\"t words\">");
	if (!g->gradable && *g->status) {
		zp_site_put(s, "<span class=\"mark\">");
		zp_site_tell_of(s, g->status, g->status_en);
		zp_site_put(s, "</span> ");
	}
	zp_site_tell_of(s, g->doubts, g->doubts_en);
	if (*g->dip_p && g->humps > 1) {
		zp_site_put(s, " <small>dip <i>p</i> = ");
		zp_site_tell(s, g->dip_p);
		zp_site_put(s, "</small>");
	}
	zp_site_put(s, "</td>");
}

static void put_group(zp_site *s, const zp_told_group *g, bool answered)
{
	zp_site_put(s, "<tr><th scope=\"row\" class=\"t\">");
	zp_site_tell_of(s, g->name, g->name_en);
	zp_site_put(s, "</th>");
	zp_site_td_number(s, g->members);
	zp_site_td_number(s, g->kept);
	zp_site_td_quiet(s, g->aside);
	zp_site_td_quiet(s, g->outliers);
	put_text(s, s->english && g->x_pt_en && *g->x_pt_en ? g->x_pt_en : g->x_pt, !answered);
	if (!answered) {
		put_text(s, g->u, true);
		put_text(s, g->s, true);
		put_text(s, g->cv, true);
		put_range(s, g);
	}
	zp_site_put(s, "<td class=\"t\">");
	if (*g->origin)
		zp_site_origin(s, g->origin);
	zp_site_put(s, " <small>");
	zp_site_tell(s, g->method);
	zp_site_put(s, "</small></td>");
	zp_site_td_number(s, g->judged);
	zp_site_td_share(s, g->acceptable, g->judged);
	put_words(s, g);
	zp_site_put(s, "</tr>\n");
}

static void put_heads(zp_site *s, bool answered)
{
	zp_site_th(s, "评价组", "Group", true);
	zp_site_th(s, "结果", "Results", false);
	zp_site_th(s, "入统计", "Kept", false);
	zp_site_th(s, "剔除", "Set aside", false);
	zp_site_th(s, "其中离群", "Outliers", false);
	zp_site_th(s, "靶值", "Target", answered);
	if (!answered) {
		zp_site_put(s, "<th scope=\"col\"><i>u</i></th><th scope=\"col\"><i>s</i></th><th scope=\"col\">CV %</th>");
		zp_site_th(s, "允许范围", "Allowed", false);
	}
	zp_site_th(s, "来源与方法", "Origin and method", true);
	zp_site_th(s, "评价", "Judged", false);
	zp_site_th(s, "可接受", "Acceptable", false);
	zp_site_th(s, "说明", "Remarks", true);
}

static size_t measurand_samples(const zp_site *s, const zp_told_measurand *m)
{
	for (size_t p = 0; p < s->of->n_programmes; p++) {
		const zp_told_programme *t = &s->of->programmes[p];
		if (m >= t->measurands && m < t->measurands + t->n_measurands)
			return t->n_samples;
	}
	return 0;
}

void zp_site_groups(zp_site *s, const zp_told_measurand *m)
{
	const size_t n = measurand_samples(s, m);
	zp_site_say(s, "<section><h2>评价组</h2>\n", "<section><h2>Groups</h2>\n");
	zp_site_table(s, "各样本的评价组", "Groups by sample", "groups");
	put_heads(s, m->answered);
	zp_site_put(s, "</tr></thead>");
	for (size_t i = 0; i < n; i++) {
		if (!m->samples[i].n_groups)
			continue;
		zp_site_put(s, "<tbody><tr class=\"sample\"><th scope=\"rowgroup\" class=\"t\" colspan=\"");
		zp_markup_number(s->m, m->answered ? 10 : 14);
		zp_site_put(s, "\">");
		zp_site_tell(s, m->samples[i].sample);
		zp_site_put(s, "</th></tr>\n");
		for (size_t g = 0; g < m->samples[i].n_groups; g++)
			put_group(s, &m->samples[i].groups[g], m->answered);
		zp_site_put(s, "</tbody>");
	}
	zp_site_put(s, "</table></div>\n</section>\n");
}
