/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Programmes and their measurands, as tables. */
#include "site.h"
#include <stdio.h>

/* ---- measurands ---- */

static void put_measurand(zp_site *s, size_t p, size_t m, bool with_programme, unsigned top)
{
	const zp_told_programme *programme = &s->of->programmes[p];
	const zp_told_measurand *t = &programme->measurands[m];
	if (with_programme) {
		zp_site_put(s, "<tr data-p=\"");
		zp_markup_number(s->m, p + 1);
		zp_site_put(s, "\"><th scope=\"row\" class=\"t\">");
	} else {
		zp_site_put(s, "<tr><th scope=\"row\" class=\"t\">");
	}
	zp_site_link(s, "measurands/", p + 1, m + 1);
	zp_site_tell_of(s, t->name, t->name_en);
	zp_site_put(s, "</a> <small>");
	zp_site_tell(s, t->code);
	zp_site_put(s, "</small></th>");
	if (with_programme) {
		zp_site_put(s, "<td class=\"t\">");
		zp_site_link(s, "programmes/", p + 1, 0);
		zp_site_tell_of(s, programme->name, programme->name_en);
		zp_site_put(s, "</a></td>");
	}
	zp_site_td(s, t->unit);
	zp_site_put(s, "<td class=\"t limit\">");
	zp_site_tell(s, zp_site_limit(s, t->limit));
	zp_site_put(s, "</td>");
	zp_site_td_number(s, t->labs);
	zp_site_td_number(s, t->results);
	zp_site_td_number(s, t->judged);
	zp_site_td_share(s, t->acceptable, t->judged);
	zp_site_td_missed(s, t->acceptable, t->judged, top);
	zp_site_td_quiet(s, t->outliers);
	zp_site_td_quiet(s, t->unsatisfactory);
	zp_site_td_quiet(s, t->doubtful);
	zp_site_put(s, "</tr>\n");
}

void zp_site_measurands_table(zp_site *s, size_t programme, bool with_programme)
{
	const size_t from = programme == SIZE_MAX ? 0 : programme, to = programme == SIZE_MAX ? s->of->n_programmes : programme + 1;
	unsigned top = 5;
	for (size_t p = from; p < to; p++)
		for (size_t m = 0; m < s->of->programmes[p].n_measurands; m++)
			top = zp_site_top(s->of->programmes[p].measurands[m].acceptable, s->of->programmes[p].measurands[m].judged, top);
	zp_site_table(s, "项目", "Measurands", with_programme ? "sort filter" : "sort");
	zp_site_th(s, "项目", "Measurand", true);
	if (with_programme)
		zp_site_th(s, "专业", "Programme", true);
	zp_site_th(s, "单位", "Unit", true);
	zp_site_th(s, "允许范围", "Limit", true);
	zp_site_th(s, "家数", "Laboratories", false);
	zp_site_th(s, "结果", "Results", false);
	zp_site_th(s, "评价", "Judged", false);
	zp_site_th(s, "可接受", "Acceptable", false);
	zp_site_th_bar(s, "不可接受", "Not acceptable");
	zp_site_th(s, "离群", "Outliers", false);
	zp_site_th(s, "不满意家数", "Unsatisfactory", false);
	zp_site_th(s, "疑点", "Doubts", false);
	zp_site_body(s);
	for (size_t p = from; p < to; p++)
		for (size_t m = 0; m < s->of->programmes[p].n_measurands; m++)
			put_measurand(s, p, m, with_programme, top);
	zp_site_table_end(s);
}

static void put_filter(zp_site *s)
{
	zp_site_say(s, "<form class=\"filter\" hidden><label>查找 <input type=\"search\" name=\"text\" autocomplete=\"off\"></label>\n<label>专业 <select name=\"p\"><option value=\"\">全部</option>",
		    "<form class=\"filter\" hidden><label>Search <input type=\"search\" name=\"text\" autocomplete=\"off\"></label>\n<label>Programme <select name=\"p\"><option value=\"\">all</option>");
	for (size_t p = 0; p < s->of->n_programmes; p++) {
		zp_site_put(s, "<option value=\"");
		zp_markup_number(s->m, p + 1);
		zp_site_put(s, "\">");
		zp_site_tell_of(s, s->of->programmes[p].name, s->of->programmes[p].name_en);
		zp_site_put(s, "</option>");
	}
	zp_site_put(s, "</select></label>\n<output></output></form>\n");
}

bool zp_site_measurands(zp_site *s)
{
	zp_site_open(s, "measurands.html", ZP_PART_MEASURANDS, "项目", "Measurands");
	zp_site_say(s, "<h1>项目</h1>\n<p class=\"said\">所有专业的项目。条形是不可接受结果的比例，从 0 开始。</p>\n",
		    "<h1>Measurands</h1>\n<p class=\"said\">Those of all programmes. Bars show the share of results that are not acceptable, from 0.</p>\n");
	if (s->of->n_programmes) {
		put_filter(s);
		zp_site_measurands_table(s, SIZE_MAX, true);
	}
	return zp_site_close(s);
}

/* ---- measurands by samples ---- */

static void put_field(zp_site *s, size_t p, size_t m, size_t k)
{
	const zp_told_sample *sample = &s->of->programmes[p].measurands[m].samples[k];
	if (!sample->asked) {
		zp_site_put(s, "<td class=\"h\"></td>");
		return;
	}
	zp_site_put(s, "<td class=\"");
	zp_site_put(s, zp_site_heat(sample->acceptable, sample->judged));
	zp_site_put(s, "\">");
	zp_markup_share(s->m, sample->acceptable, sample->judged);
	zp_site_put(s, "</td>");
}

void zp_site_samples_table(zp_site *s, size_t p)
{
	const zp_told_programme *t = &s->of->programmes[p];
	zp_site_table(s, "各样本可接受结果的比例", "Share of acceptable results by sample", "fields");
	zp_site_th(s, "项目", "Measurand", true);
	for (size_t k = 0; k < t->n_samples; k++) {
		zp_site_put(s, "<th scope=\"col\">");
		zp_site_tell(s, t->samples[k]);
		zp_site_put(s, "</th>");
	}
	zp_site_body(s);
	for (size_t m = 0; m < t->n_measurands; m++) {
		zp_site_put(s, "<tr><th scope=\"row\" class=\"t\">");
		zp_site_link(s, "measurands/", p + 1, m + 1);
		zp_site_tell_of(s, t->measurands[m].name, t->measurands[m].name_en);
		zp_site_put(s, "</a></th>");
		for (size_t k = 0; k < t->n_samples; k++)
			put_field(s, p, m, k);
		zp_site_put(s, "</tr>\n");
	}
	zp_site_table_end(s);
}

/* ---- a programme ---- */

static void put_pair(zp_site *s, const char *zh, const char *en, unsigned long long n, unsigned long long of)
{
	zp_site_put(s, "<div><dt>");
	zp_site_say(s, zh, en);
	zp_site_put(s, "</dt><dd>");
	if (of) {
		zp_site_share(s, n, of);
		zp_site_put(s, " <small>");
	}
	zp_site_number(s, n);
	if (of) {
		zp_site_put(s, " / ");
		zp_site_number(s, of);
		zp_site_put(s, "</small>");
	}
	zp_site_put(s, "</dd></div>\n");
}

static void put_facts(zp_site *s, const zp_told_programme *p)
{
	zp_site_put(s, "<dl class=\"counts\">\n");
	put_pair(s, "登记实验室", "Enrolled", p->enrolled, 0);
	put_pair(s, "回报率", "Response rate", p->answered, p->due);
	put_pair(s, "按时回报", "Returned in time", p->returned, 0);
	put_pair(s, "迟报", "Late", p->late, 0);
	put_pair(s, "未回报", "Not returned", p->not_returned, 0);
	put_pair(s, "免评", "Excused", p->excused, 0);
	put_pair(s, "成绩满意", "Satisfactory", p->satisfactory, (unsigned long long)p->satisfactory + p->unsatisfactory);
	zp_site_put(s, "<div><dt>");
	zp_site_say(s, "可接受结果", "Acceptable results");
	zp_site_put(s, "</dt><dd>");
	zp_site_share(s, p->credit, 100ull * p->judged);
	zp_site_put(s, " <small>");
	zp_site_number(s, p->credit / 100);
	zp_site_put(s, " / ");
	zp_site_number(s, p->judged);
	zp_site_put(s, "</small></dd></div>\n</dl>\n");
}

static void put_ways(zp_site *s, size_t p)
{
	const bool regions = zp_site_has_regions(s, p + 1), ranking = zp_site_has_ranking(s, p + 1);
	if (!regions && !ranking)
		return;
	zp_site_put(s, "<p class=\"jumps\">");
	if (ranking) {
		zp_site_link(s, "ranking/", p + 1, 0);
		zp_site_say(s, "本专业的实验室名次</a> ", "Laboratories of this programme</a> ");
	}
	if (regions) {
		zp_site_link(s, "regions/", p + 1, 0);
		zp_site_say(s, "本专业的地区</a>", "Regions of this programme</a>");
	}
	zp_site_put(s, "</p>\n");
}

static void put_body(zp_site *s, size_t i)
{
	const zp_told_programme *p = &s->of->programmes[i];
	put_facts(s, p);
	put_ways(s, i);
	zp_site_say(s, "<section><h2>项目</h2>\n", "<section><h2>Measurands</h2>\n");
	zp_site_measurands_table(s, i, false);
	zp_site_put(s, "</section>\n");
	if (p->n_samples) {
		zp_site_say(s, "<section><h2>项目与样本</h2>\n", "<section><h2>Measurands and samples</h2>\n");
		zp_site_samples_table(s, i);
		zp_site_heat_legend(s);
		zp_site_put(s, "</section>\n");
	}
	zp_site_agreement(s, i);
}

bool zp_site_programme(zp_site *s, size_t i)
{
	const zp_told_programme *p = &s->of->programmes[i];
	char path[64];
	snprintf(path, sizeof path, "programmes/%zu.html", i + 1);
	zp_site_open(s, path, ZP_PART_OVERVIEW, p->name, p->name_en);
	zp_site_put(s, "<p class=\"trail\">");
	zp_site_link(s, "index.html", 0, 0);
	zp_site_say(s, "概览</a></p>\n<h1>", "Overview</a></p>\n<h1>");
	zp_site_tell_of(s, p->name, p->name_en);
	zp_site_put(s, " <small>");
	zp_site_tell(s, p->code);
	zp_site_put(s, "</small></h1>\n<p class=\"said\">");
	zp_site_say(s, "评价方案 ", "Scheme ");
	zp_site_tell(s, p->scheme);
	zp_site_put(s, " ");
	zp_site_tell(s, p->scheme_version);
	zp_site_put(s, "</p>\n");
	if (*p->cancelled) {
		zp_site_say(s, "<p class=\"note\"><b>本轮取消。</b> ", "<p class=\"note\"><b>Cancelled in this round.</b> ");
		zp_site_tell(s, p->cancelled);
		zp_site_put(s, "</p>\n");
	} else {
		put_body(s, i);
	}
	return zp_site_close(s);
}
