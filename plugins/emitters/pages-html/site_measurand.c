/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A measurand: its samples, what was found in them, and figures. */
#include "site.h"
#include <stdio.h>
#include <string.h>

/* ---- its samples in a line each ---- */

static const zp_told_group *largest(const zp_told_sample *k)
{
	const zp_told_group *best = NULL;
	for (size_t i = 0; i < k->n_groups; i++)
		if (!best || k->groups[i].judged > best->judged)
			best = &k->groups[i];
	return best;
}

static void put_sample(zp_site *s, const zp_told_sample *k, bool answered, unsigned top)
{
	const zp_told_group *g = largest(k);
	const char *x_pt = !g ? "" : s->english && g->x_pt_en && *g->x_pt_en ? g->x_pt_en : g->x_pt;
	zp_site_put(s, "<tr><th scope=\"row\" class=\"t\">");
	zp_site_tell(s, k->sample);
	zp_site_put(s, "</th>");
	if (!k->asked) {
		zp_site_say(s, "<td class=\"t\">本样本不测此项目</td>", "<td class=\"t\">not asked in this sample</td>");
		for (int i = 0; i < (answered ? 6 : 8); i++)
			zp_site_put(s, "<td class=\"z\">–</td>");
		zp_site_put(s, "</tr>\n");
		return;
	}
	if (g) {
		zp_site_put(s, "<td class=\"t\">");
		zp_site_tell_of(s, g->name, g->name_en);
		zp_site_put(s, "</td>");
	} else {
		zp_site_put(s, "<td class=\"z\">–</td>");
	}
	const char *const texts[] = { x_pt, g ? g->u : "", g ? g->cv : "" };
	for (size_t i = 0; i < (answered ? 1 : 3); i++) {
		zp_site_put(s, *texts[i] ? "<td>" : "<td class=\"z\">");
		zp_site_tell(s, *texts[i] ? texts[i] : "–");
		zp_site_put(s, "</td>");
	}
	zp_site_td_number(s, k->results);
	zp_site_td_number(s, k->judged);
	zp_site_td_share(s, k->acceptable, k->judged);
	zp_site_td_missed(s, k->acceptable, k->judged, top);
	zp_site_td_number(s, k->n_groups);
	zp_site_put(s, "</tr>\n");
}

static void put_samples(zp_site *s, const zp_told_programme *p, const zp_told_measurand *m)
{
	unsigned top = 5;
	for (size_t k = 0; k < p->n_samples; k++)
		top = zp_site_top(m->samples[k].acceptable, m->samples[k].judged, top);
	zp_site_table(s, "各样本", "Samples", "sort");
	zp_site_th(s, "样本", "Sample", true);
	zp_site_th(s, "最大的评价组", "Largest group", true);
	zp_site_th(s, "靶值", "Target", false);
	zp_site_put(s, m->answered ? "" : "<th scope=\"col\"><i>u</i></th><th scope=\"col\">CV %</th>");
	zp_site_th(s, "结果", "Results", false);
	zp_site_th(s, "评价", "Judged", false);
	zp_site_th(s, "可接受", "Acceptable", false);
	zp_site_th_bar(s, "不可接受", "Not acceptable");
	zp_site_th(s, "评价组数", "Groups", false);
	zp_site_body(s);
	for (size_t k = 0; k < p->n_samples; k++)
		put_sample(s, &m->samples[k], m->answered, top);
	zp_site_table_end(s);
}

/* ---- figures ---- */

typedef struct plot { zp_figure_kind kind; const char *zh, *en, *says, *says_en; float width, height; bool pairs; } plot;

/* Which samples a page has room for, those with the lowest share first: a bit each. Figures of other kinds are small. */
static unsigned long long roomy(const zp_site *s, const plot *k, const zp_told_measurand *m, size_t n)
{
	unsigned long long chosen = 0;
	size_t left = s->figure_bytes;
	if (k->kind != ZP_FIGURE_DOTS || n > 64)
		return ~0ull;
	for (size_t round = 0; round < n; round++) {
		size_t worst = SIZE_MAX;
		for (size_t i = 0; i < n; i++) {
			const zp_told_sample *a = &m->samples[i], *b = worst == SIZE_MAX ? NULL : &m->samples[worst];
			if (!(chosen >> i & 1) && (!b || (unsigned long long)a->acceptable * b->judged < (unsigned long long)b->acceptable * a->judged))
				worst = i;
		}
		const size_t least = 3072 + 20 * (size_t)m->samples[worst].results; /* as little as it can be (site_figure.c) */
		if (least > left)
			return chosen;
		left -= least;
		chosen |= 1ull << worst;
	}
	return chosen;
}

/* How many of the chosen samples are still to come, this one included. */
static size_t due(unsigned long long chosen, size_t i, size_t n)
{
	size_t out = 0;
	for (; i < n && i < 64; i++)
		out += chosen >> i & 1;
	return out;
}

/* A row of figures, one for each sample, or for each two that follow each other. */
static void put_plots(zp_site *s, const plot *k, size_t p, size_t m)
{
	const zp_told_programme *t = &s->of->programmes[p];
	const size_t step = k->pairs ? 2 : 1, before = s->m->n, left_out = s->left_out;
	const unsigned long long room = roomy(s, k, &t->measurands[m], t->n_samples);
	bool any = false;
	zp_site_put(s, "<section class=\"figures\"><h2>");
	zp_site_say(s, k->zh, k->en);
	zp_site_put(s, "</h2>\n<p class=\"said\">");
	zp_site_say(s, k->says, k->says_en);
	zp_site_put(s, k->width > 400 ? "</p>\n<div class=\"plots broad\">\n" : "</p>\n<div class=\"plots\">\n");
	for (size_t i = 0; i + (k->pairs ? 1 : 0) < t->n_samples; i += step) {
		const size_t from = s->m->n;
		if (i < 64 && !(room >> i & 1)) {
			s->left_out++;
			continue;
		}
		zp_site_put(s, "<figure><figcaption>");
		zp_site_tell(s, t->samples[i]);
		if (k->pairs) {
			zp_site_put(s, " × ");
			zp_site_tell(s, t->samples[i + 1]);
		}
		zp_site_put(s, "</figcaption>\n");
		s->figures_due = k->kind == ZP_FIGURE_DOTS ? due(room, i, t->n_samples) : 0;
		if (zp_site_figure(s, p, m, i, k->kind, k->width, k->height)) {
			zp_site_put(s, "</figure>\n");
			any = true;
		} else {
			s->m->n = from;
		}
	}
	zp_site_put(s, "</div></section>\n");
	if (!any) {
		s->m->n = before;
		s->left_out = room ? left_out : s->left_out; /* there was room, and nothing to draw */
	}
}

static const plot plots[] = {
	{ ZP_FIGURE_HISTOGRAM, "结果分布", "Distribution of results", "浅色为全部结果，深色为评价组；竖线为靶值，带为允许范围。",
	  "Pale: all results; dark: the group. The line is the target, the band what is allowed.", 360, 220, false },
	{ ZP_FIGURE_METHODS, "各方法与评价组", "Methods and groups", "盒为中间一半，竖线为中位数，须为未剔除结果的范围。",
	  "Boxes hold the middle half, their line is the median, whiskers reach over what was not set aside.", 360, 220, false },
	{ ZP_FIGURE_ANSWERS, "结果的构成", "Answers", "最大的评价组中每种结果有多少家；全部结果见下表。", "How many of the largest group gave each answer; the table below has all of them.", 360, 220, false },
	{ ZP_FIGURE_YOUDEN, "Youden 图", "Youden plots", "两个样本并看：沿对角线是系统误差，离开对角线是随机误差；椭圆含 95 %。",
	  "Two samples together: along the diagonal is systematic error, across it random error; the ellipse holds 95 %.", 360, 360, true },
	{ ZP_FIGURE_DOTS, "每家实验室", "Every laboratory", "每点一家，按偏倚占允许范围的比例排列；±100 % 为界。颜色是评价组。",
	  "A dot for each laboratory, its bias as a share of the limit; ±100 % is the limit. Colours are groups.", 560, 200, false },
};

/* ---- the page ---- */

static void put_step(zp_site *s, size_t p, size_t m, const char *rel, const char *zh, const char *en)
{
	const zp_told_measurand *t = &s->of->programmes[p].measurands[m];
	char address[64];
	snprintf(address, sizeof address, " <a rel=\"%s\" href=\"%zu-%zu.html\">", rel, p + 1, m + 1);
	zp_site_put(s, address);
	zp_site_say(s, zh, en);
	zp_site_tell_of(s, t->name, t->name_en);
	zp_site_put(s, "</a>");
}

static void put_trail(zp_site *s, size_t p, size_t m)
{
	const zp_told_programme *t = &s->of->programmes[p];
	zp_site_put(s, "<p class=\"trail\">");
	zp_site_link(s, "index.html", 0, 0);
	zp_site_say(s, "概览</a> › ", "Overview</a> › ");
	zp_site_link(s, "programmes/", p + 1, 0);
	zp_site_tell_of(s, t->name, t->name_en);
	zp_site_put(s, "</a><span class=\"steps\">");
	if (m)
		put_step(s, p, m - 1, "prev", "← ", "← ");
	if (m + 1 < t->n_measurands)
		put_step(s, p, m + 1, "next", "→ ", "→ ");
	zp_site_put(s, "</span></p>\n");
}

static void put_limit(zp_site *s, const zp_told_measurand *m)
{
	if (!*m->limit)
		return;
	zp_site_put(s, "<div class=\"words\"><dt>");
	zp_site_say(s, "允许范围", "Limit");
	zp_site_put(s, "</dt><dd>");
	zp_site_tell(s, zp_site_limit(s, m->limit));
	zp_site_put(s, " <small>");
	zp_site_tell(s, m->limit_source);
	zp_site_put(s, "</small></dd></div>\n");
}

static void put_number(zp_site *s, const char *zh, const char *en, unsigned n)
{
	zp_site_put(s, n ? "<div><dt>" : "<div class=\"z\"><dt>");
	zp_site_say(s, zh, en);
	zp_site_put(s, "</dt><dd>");
	zp_site_number(s, n);
	zp_site_put(s, "</dd></div>\n");
}

static void put_facts(zp_site *s, const zp_told_measurand *m)
{
	zp_site_put(s, "<dl class=\"counts\">\n<div><dt>");
	zp_site_say(s, "可接受结果", "Acceptable results");
	zp_site_put(s, "</dt><dd>");
	zp_site_share(s, m->acceptable, m->judged);
	zp_site_put(s, " <small>");
	zp_site_number(s, m->acceptable);
	zp_site_put(s, " / ");
	zp_site_number(s, m->judged);
	zp_site_put(s, "</small></dd></div>\n");
	put_number(s, "实验室", "Laboratories", m->labs);
	put_number(s, "成绩不满意", "Unsatisfactory", m->unsatisfactory);
	put_number(s, "离群结果", "Outliers", m->outliers);
	put_number(s, "疑点", "Doubts", m->doubtful);
	put_limit(s, m);
	zp_site_put(s, "</dl>\n");
}

bool zp_site_measurand(zp_site *s, size_t p, size_t m)
{
	const zp_told_programme *programme = &s->of->programmes[p];
	const zp_told_measurand *t = &programme->measurands[m];
	char path[64];
	snprintf(path, sizeof path, "measurands/%zu-%zu.html", p + 1, m + 1);
	zp_site_open(s, path, ZP_PART_MEASURANDS, t->name, t->name_en);
	put_trail(s, p, m);
	zp_site_put(s, "<h1>");
	zp_site_tell_of(s, t->name, t->name_en);
	zp_site_put(s, " <small>");
	zp_site_tell(s, t->code);
	zp_site_put(s, *t->unit ? " · " : "");
	zp_site_tell(s, t->unit);
	zp_site_put(s, "</small></h1>\n");
	put_facts(s, t);
	zp_site_say(s, "<section><h2>样本</h2>\n", "<section><h2>Samples</h2>\n");
	put_samples(s, programme, t);
	zp_site_put(s, "</section>\n");
	for (size_t i = 0; i < sizeof plots / sizeof *plots; i++)
		put_plots(s, &plots[i], p, m);
	if (s->left_out)
		zp_site_say(s, "<p class=\"note\">实验室太多，有的图本页容纳不下，未画出；数字见各表和工作簿。</p>\n",
			    "<p class=\"note\">There are too many laboratories for some figures; they are left out. The numbers are in the tables and in the workbook.</p>\n");
	zp_site_answers(s, p, m);
	zp_site_groups(s, t);
	return zp_site_close(s);
}
