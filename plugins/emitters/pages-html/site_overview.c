/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first page: how much there is, how the programmes stand, and what should be looked at first. */
#include "site.h"
#include <stdlib.h>
#include <string.h>

#define TOLD_MOST 10 /* in a list of what needs attention */

static void put_fact(zp_site *s, const char *zh, const char *en, const char *text)
{
	if (!*text)
		return;
	zp_site_put(s, "<div><dt>");
	zp_site_say(s, zh, en);
	zp_site_put(s, "</dt><dd>");
	zp_site_tell(s, text);
	zp_site_put(s, "</dd></div>\n");
}

/* "2026-03-01" of "2026-03-01T08:00:00+08:00". */
static void put_day(zp_site *s, const char *instant)
{
	char day[11] = "";
	for (size_t i = 0; i < 10 && instant[i]; i++)
		day[i] = instant[i];
	zp_site_tell(s, day);
}

static void put_title(zp_site *s)
{
	const zp_summary *of = s->of;
	zp_site_put(s, "<h1>");
	zp_site_tell_of(s, of->round_name, of->round_name_en);
	zp_site_put(s, "</h1>\n<dl class=\"facts\">\n");
	put_fact(s, "轮次", "Round", of->round);
	put_fact(s, "组织者", "Organiser", s->english && *of->organiser_en ? of->organiser_en : of->organiser);
	if (of->opens && of->closes && *of->opens && *of->closes) {
		zp_site_put(s, "<div><dt>");
		zp_site_say(s, "回报时间", "Returns");
		zp_site_put(s, "</dt><dd>");
		put_day(s, of->opens);
		zp_site_say(s, " 至 ", " to ");
		put_day(s, of->closes);
		zp_site_put(s, "</dd></div>\n");
	}
	put_fact(s, "签发日期", "Issued", of->issued);
	put_fact(s, "版本", "Version", of->version);
	if (of->bond.replaces && *of->bond.replaces) {
		put_fact(s, "更正版，代替", "Amended, replaces", of->bond.replaces);
		put_fact(s, "更正原因", "Reason", of->bond.reason);
	}
	zp_site_put(s, "</dl>\n");
}

/* ---- how much there is ---- */

static void put_count(zp_site *s, const char *zh, const char *en, unsigned long long n, const char *kind)
{
	zp_site_put(s, n ? "<div><dt>" : "<div class=\"z\"><dt>");
	if (kind)
		zp_site_link(s, kind, 0, 0);
	zp_site_say(s, zh, en);
	zp_site_put(s, kind ? "</a></dt><dd>" : "</dt><dd>");
	zp_site_number(s, n);
	zp_site_put(s, "</dd></div>\n");
}

static void put_counts(zp_site *s)
{
	const zp_told_counts *c = &s->of->counts;
	size_t measurands = 0;
	for (size_t i = 0; i < s->of->n_programmes; i++)
		measurands += s->of->programmes[i].n_measurands;
	zp_site_put(s, "<section aria-labelledby=\"counts\"><h2 id=\"counts\">");
	zp_site_say(s, "本轮", "This round");
	zp_site_put(s, "</h2>\n<dl class=\"counts\">\n");
	put_count(s, "参加实验室", "Laboratories enrolled", c->enrolled, NULL);
	put_count(s, "名册实验室", "On the register", c->labs, NULL);
	put_count(s, "专业", "Programmes", s->of->n_programmes, NULL);
	put_count(s, "项目", "Measurands", measurands, "measurands.html");
	put_count(s, "应报结果", "Results expected", c->expected, NULL);
	put_count(s, "读入结果", "Read", c->read, NULL);
	put_count(s, "进入评价", "Accepted", c->accepted, NULL);
	put_count(s, "不入统计", "Set aside", c->set_aside, NULL);
	put_count(s, "未采用", "Refused", c->refused, NULL);
	put_count(s, "迟报", "Late", c->late, NULL);
	put_count(s, "空白值", "Left blank", c->blank, NULL);
	put_count(s, "评价组", "Groups", c->groups, NULL);
	put_count(s, "不能评价的组", "Groups not graded", c->withheld, "doubts.html");
	put_count(s, "有疑点的组", "Groups in doubt", c->doubtful, "doubts.html");
	zp_site_put(s, "</dl></section>\n");
}

/* ---- what to look at first ---- */

typedef struct found { size_t programme, measurand; unsigned n, of; } found;

static int by_share(const void *a, const void *b)
{
	const found *x = a, *y = b;
	const unsigned long long l = (unsigned long long)x->n * y->of, r = (unsigned long long)y->n * x->of;
	if (l != r)
		return l < r ? -1 : 1;
	return x->programme != y->programme ? (x->programme < y->programme ? -1 : 1) : x->measurand < y->measurand ? -1 : x->measurand > y->measurand;
}

/* The largest first, those that are equal in the order of the round. */
static int by_most(const void *a, const void *b)
{
	const found *x = a, *y = b;
	const unsigned long long l = (unsigned long long)x->n * y->of, r = (unsigned long long)y->n * x->of;
	return l == r ? by_share(a, b) : l > r ? -1 : 1;
}

/* Measurands with n of so many, those that interest. */
typedef enum seek { SEEK_LOW, SEEK_DOUBTS, SEEK_OUTLIERS } seek;

static size_t find(const zp_site *s, seek what, found *out)
{
	size_t n = 0;
	for (size_t p = 0; p < s->of->n_programmes; p++)
		for (size_t m = 0; m < s->of->programmes[p].n_measurands; m++) {
			const zp_told_measurand *t = &s->of->programmes[p].measurands[m];
			if (what == SEEK_LOW && t->judged && t->acceptable < t->judged)
				out[n++] = (found){ p, m, t->acceptable, t->judged };
			if (what == SEEK_DOUBTS && t->doubtful)
				out[n++] = (found){ p, m, t->doubtful, 1 };
			if (what == SEEK_OUTLIERS && t->outliers && t->results)
				out[n++] = (found){ p, m, t->outliers, t->results };
		}
	return n;
}

static void put_found(zp_site *s, const found *f, seek what)
{
	const zp_told_programme *p = &s->of->programmes[f->programme];
	const zp_told_measurand *m = &p->measurands[f->measurand];
	zp_site_put(s, "<li>");
	zp_site_link(s, "measurands/", f->programme + 1, f->measurand + 1);
	zp_site_tell_of(s, m->name, m->name_en);
	zp_site_put(s, "</a> <small>");
	zp_site_tell_of(s, p->name, p->name_en);
	zp_site_put(s, "</small><span class=\"v\">");
	if (what == SEEK_DOUBTS) {
		zp_site_number(s, f->n);
		zp_site_say(s, " 组</span></li>\n", f->n == 1 ? " group</span></li>\n" : " groups</span></li>\n");
		return;
	}
	if (what == SEEK_LOW)
		zp_site_share(s, f->n, f->of);
	else
		zp_markup_share(s->m, f->n, f->of);
	zp_site_put(s, " <small>");
	zp_site_number(s, f->n);
	zp_site_put(s, " / ");
	zp_site_number(s, f->of);
	zp_site_put(s, "</small></span></li>\n");
}

static void put_list(zp_site *s, const char *zh, const char *en, seek what, found *room)
{
	const size_t n = find(s, what, room);
	if (!n)
		return;
	qsort(room, n, sizeof *room, what == SEEK_LOW ? by_share : by_most);
	zp_site_put(s, "<div><h3>");
	zp_site_link(s, what == SEEK_DOUBTS ? "doubts.html" : "measurands.html", 0, 0);
	zp_site_say(s, zh, en);
	zp_site_put(s, "</a></h3><ol class=\"told\">\n");
	for (size_t i = 0; i < n && i < TOLD_MOST; i++)
		put_found(s, &room[i], what);
	zp_site_put(s, "</ol></div>\n");
}

static void put_attention(zp_site *s)
{
	size_t n = 1;
	for (size_t i = 0; i < s->of->n_programmes; i++)
		n += s->of->programmes[i].n_measurands;
	found *room = s->host->take(s->host, n * sizeof *room);
	zp_site_put(s, "<section aria-labelledby=\"first\"><h2 id=\"first\">");
	zp_site_say(s, "先看这些", "To look at first");
	zp_site_put(s, "</h2>\n<div class=\"columns\">\n");
	put_list(s, "可接受比例最低的项目", "Lowest shares of acceptable results", SEEK_LOW, room);
	put_list(s, "有疑点或不能评价的组最多的项目", "Most groups in doubt or not graded", SEEK_DOUBTS, room);
	put_list(s, "离群结果最多的项目", "Most outliers", SEEK_OUTLIERS, room);
	zp_site_put(s, "</div></section>\n");
}

/* ---- programmes ---- */

static unsigned doubtful_of(const zp_told_programme *p)
{
	unsigned n = 0;
	for (size_t m = 0; m < p->n_measurands; m++)
		n += p->measurands[m].doubtful;
	return n;
}

static void put_programme(zp_site *s, size_t i, unsigned top)
{
	const zp_told_programme *p = &s->of->programmes[i];
	zp_site_put(s, "<tr><th scope=\"row\" class=\"t\">");
	zp_site_link(s, "programmes/", i + 1, 0);
	zp_site_tell_of(s, p->name, p->name_en);
	zp_site_put(s, "</a> <small>");
	zp_site_tell(s, p->code);
	zp_site_put(s, "</small>");
	if (*p->cancelled) {
		zp_site_say(s, " <span class=\"mark\">本轮取消</span></th>", " <span class=\"mark\">cancelled</span></th>");
		zp_site_td_number(s, p->enrolled);
		for (int k = 0; k < 12; k++)
			zp_site_put(s, "<td class=\"z\">–</td>");
		zp_site_put(s, "</tr>\n");
		return;
	}
	zp_site_put(s, "</th>");
	zp_site_td_number(s, p->enrolled);
	zp_site_td_number(s, p->returned);
	zp_site_td_share(s, p->answered, p->due);
	zp_site_td_quiet(s, p->late);
	zp_site_td_quiet(s, p->not_returned);
	zp_site_td_quiet(s, p->excused);
	zp_site_td_number(s, p->n_measurands);
	zp_site_td_number(s, p->judged);
	zp_site_td_share(s, p->credit, 100ull * p->judged);
	zp_site_td_missed(s, p->credit, 100ull * p->judged, top);
	zp_site_td_share(s, p->satisfactory, (unsigned long long)p->satisfactory + p->unsatisfactory);
	zp_site_td_quiet(s, p->unsatisfactory);
	zp_site_td_quiet(s, doubtful_of(p));
	zp_site_put(s, "</tr>\n");
}

void zp_site_programmes_table(zp_site *s)
{
	static const char *const heads[][2] = { { "登记", "Enrolled" }, { "按时回报", "Returned" }, { "回报率", "Return" }, { "迟报", "Late" },
		{ "未回报", "Not returned" }, { "免评", "Excused" }, { "项目", "Measurands" }, { "评价结果", "Results judged" }, { "可接受", "Acceptable" },
		{ "", "" }, { "成绩满意", "Satisfactory" }, { "不满意家数", "Unsatisfactory" }, { "疑点", "Doubts" } };
	unsigned top = 5;
	for (size_t i = 0; i < s->of->n_programmes; i++)
		top = zp_site_top(s->of->programmes[i].credit, 100ull * s->of->programmes[i].judged, top);
	zp_site_table(s, "各专业", "Programmes", "sort");
	zp_site_th(s, "专业", "Programme", true);
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		if (*heads[i][0])
			zp_site_th(s, heads[i][0], heads[i][1], false);
		else
			zp_site_th_bar(s, "不可接受", "Not acceptable");
	zp_site_body(s);
	for (size_t i = 0; i < s->of->n_programmes; i++)
		put_programme(s, i, top);
	zp_site_table_end(s);
}

bool zp_site_overview(zp_site *s)
{
	zp_site_open(s, "index.html", ZP_PART_OVERVIEW, NULL, NULL);
	put_title(s);
	put_counts(s);
	if (s->of->n_programmes) {
		zp_site_put(s, "<section aria-labelledby=\"programmes\"><h2 id=\"programmes\">");
		zp_site_say(s, "各专业", "Programmes");
		zp_site_put(s, "</h2>\n");
		zp_site_programmes_table(s);
		zp_site_put(s, "</section>\n");
		put_attention(s);
	}
	for (size_t scope = 0; scope <= s->of->n_programmes; scope++)
		if (zp_site_has_regions(s, scope)) {
			zp_site_put(s, "<section aria-labelledby=\"map\"><h2 id=\"map\">");
			zp_site_link(s, "regions/", scope, 0);
			zp_site_say(s, "地区", "Regions");
			zp_site_put(s, "</a> <small>");
			zp_site_scope(s, scope);
			zp_site_put(s, "</small></h2>\n");
			zp_site_tiles(s, scope);
			zp_site_put(s, "</section>\n");
			break;
		}
	return zp_site_close(s);
}
