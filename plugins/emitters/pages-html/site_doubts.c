/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Groups in doubt or not graded, and what the organiser decided. */
#include "site.h"
#include <string.h>

typedef void visit(zp_site *, size_t programme, size_t measurand, const zp_told_sample *, const zp_told_group *);

static bool is_doubtful(const zp_told_group *g) { return !g->gradable || *g->doubts || *g->doubts_en; }

/* Calls visit, which may be NULL, for each group in doubt. Gives: how many. */
static size_t walk(zp_site *s, const zp_summary *of, visit *each)
{
	size_t n = 0;
	for (size_t p = 0; p < of->n_programmes; p++)
		for (size_t m = 0; m < of->programmes[p].n_measurands; m++)
			for (size_t k = 0; k < of->programmes[p].n_samples; k++) {
				const zp_told_sample *sample = &of->programmes[p].measurands[m].samples[k];
				for (size_t g = 0; g < sample->n_groups; g++) {
					if (!is_doubtful(&sample->groups[g]))
						continue;
					n++;
					if (each)
						each(s, p, m, sample, &sample->groups[g]);
				}
			}
	return n;
}

size_t zp_site_doubtful(const zp_site *s) { return walk(NULL, s->of, NULL); }

static void put_doubt(zp_site *s, size_t p, size_t m, const zp_told_sample *sample, const zp_told_group *g)
{
	const zp_told_programme *programme = &s->of->programmes[p];
	zp_site_put(s, g->gradable ? "<tr data-k=\"doubt\"><td class=\"t\">" : "<tr data-k=\"withheld\"><td class=\"t\">");
	zp_site_tell_of(s, programme->name, programme->name_en);
	zp_site_put(s, "</td><th scope=\"row\" class=\"t\">");
	zp_site_link(s, "measurands/", p + 1, m + 1);
	zp_site_tell_of(s, programme->measurands[m].name, programme->measurands[m].name_en);
	zp_site_put(s, "</a></th>");
	zp_site_td(s, sample->sample);
	zp_site_put(s, "<td class=\"t\">");
	zp_site_tell_of(s, g->name, g->name_en);
	zp_site_put(s, "</td>");
	zp_site_td_number(s, g->members);
	zp_site_put(s, g->gradable ? "<td class=\"t\">" : "<td class=\"t\"><span class=\"mark\">");
	zp_site_say(s, g->gradable ? "有疑点" : "不能评价", g->gradable ? "in doubt" : "not graded");
	zp_site_put(s, g->gradable ? "</td><td class=\"t words\">" : "</span></td><td class=\"t words\">");
	if (!g->gradable) {
		zp_site_tell_of(s, g->status, g->status_en);
		zp_site_put(s, *g->doubts ? " · " : "");
	}
	zp_site_tell_of(s, g->doubts, g->doubts_en);
	zp_site_put(s, "</td></tr>\n");
}

void zp_site_doubts_table(zp_site *s)
{
	zp_site_table(s, "有疑点或不能评价的组", "Groups in doubt or not graded", "sort");
	zp_site_th(s, "专业", "Programme", true);
	zp_site_th(s, "项目", "Measurand", true);
	zp_site_th(s, "样本", "Sample", true);
	zp_site_th(s, "评价组", "Group", true);
	zp_site_th(s, "结果", "Results", false);
	zp_site_th(s, "状态", "State", true);
	zp_site_th(s, "说明", "Remarks", true);
	zp_site_body(s);
	walk(s, s->of, put_doubt);
	zp_site_table_end(s);
}

void zp_site_decisions_table(zp_site *s)
{
	zp_site_table(s, "组织者的决定", "Decisions of the organiser", "sort");
	zp_site_th(s, "决定", "Decision", true);
	zp_site_th(s, "对象", "About", true);
	zp_site_th(s, "决定人", "By", true);
	zp_site_th(s, "日期", "On", true);
	zp_site_th(s, "理由", "Why", true);
	zp_site_body(s);
	for (size_t i = 0; i < s->of->n_decisions; i++) {
		const zp_told_decision *d = &s->of->decisions[i];
		zp_site_put(s, "<tr><th scope=\"row\" class=\"t words\">");
		zp_site_tell_of(s, d->says, d->says_en);
		zp_site_put(s, "</th>");
		zp_site_td(s, d->about);
		zp_site_td(s, d->who);
		zp_site_td(s, d->when);
		zp_site_put(s, "<td class=\"t words\">");
		zp_site_tell(s, d->why);
		zp_site_put(s, "</td></tr>\n");
	}
	zp_site_table_end(s);
}

static void put_filter(zp_site *s)
{
	zp_site_say(s, "<form class=\"filter\" data-first=\"1\" hidden><label>查找 <input type=\"search\" name=\"text\" autocomplete=\"off\"></label>\n<label>状态 <select name=\"k\"><option value=\"\">全部</option><option value=\"withheld\">不能评价</option><option value=\"doubt\">有疑点</option></select></label>\n<output></output></form>\n",
		    "<form class=\"filter\" data-first=\"1\" hidden><label>Search <input type=\"search\" name=\"text\" autocomplete=\"off\"></label>\n<label>State <select name=\"k\"><option value=\"\">all</option><option value=\"withheld\">not graded</option><option value=\"doubt\">in doubt</option></select></label>\n<output></output></form>\n");
}

bool zp_site_doubts(zp_site *s)
{
	const size_t n = zp_site_doubtful(s);
	zp_site_open(s, "doubts.html", ZP_PART_DOUBTS, "疑点与决定", "Doubts and decisions");
	zp_site_say(s, "<h1>疑点与决定</h1>\n<h2>疑点</h2>\n", "<h1>Doubts and decisions</h1>\n<h2>Doubts</h2>\n");
	if (n) {
		zp_site_say(s, "<p class=\"said\">不能评价的组不给出结论；有疑点的组照常评价，但其靶值或离散度应当复核。</p>\n",
			    "<p class=\"said\">Groups that are not graded get no verdict; those in doubt are judged all the same, and their targets or spreads should be looked at.</p>\n");
		put_filter(s);
		zp_site_doubts_table(s);
	} else {
		zp_site_say(s, "<p class=\"said\">没有疑点。</p>\n", "<p class=\"said\">There are none.</p>\n");
	}
	zp_site_say(s, "<h2>决定</h2>\n", "<h2>Decisions</h2>\n");
	if (s->of->n_decisions)
		zp_site_decisions_table(s);
	else
		zp_site_say(s, "<p class=\"said\">本轮没有决定。</p>\n", "<p class=\"said\">Nothing was decided in this round.</p>\n");
	return zp_site_close(s);
}
