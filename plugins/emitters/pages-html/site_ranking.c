/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Laboratories by their share of acceptable results: with the n of each share, and the ranks that the results support. */
#include "site.h"
#include <stdio.h>
#include <string.h>

static bool same(const char *a, const char *b) { return a == b || strcmp(a, b) == 0; }

static const char *english_of(const zp_site *s, const char *region)
{
	for (size_t i = 0; s->english && i < s->of->n_regions; i++)
		if (same(s->region_rows[i]->region, region))
			return s->region_rows[i]->region_name_en;
	return "";
}

static void put_region(zp_site *s, const zp_rank_row *r) { zp_site_tell_of(s, r->region_name, english_of(s, r->region)); }

static const zp_rank_row *city_of(const zp_seat *seat) { return seat->city ? seat->city : seat->all; }

/* ---- what a reader may choose from ---- */

static void put_option(zp_site *s, const char *value)
{
	zp_site_put(s, "<option value=\"");
	zp_site_tell(s, value);
	zp_site_put(s, "\">");
}

/* The next region after `last` by code that a laboratory belongs to; codes of a city's districts follow its own. deep: it is a district. */
static const zp_rank_row *next_region(const zp_seat *seats, size_t n, const char *last, bool *deep)
{
	const zp_rank_row *found = NULL;
	for (size_t i = 0; i < n; i++)
		for (int k = 0; k < 2; k++) {
			const zp_rank_row *r = k ? seats[i].place : city_of(&seats[i]);
			if (r == seats[i].all || strcmp(r->region, last) <= 0 || (found && strcmp(r->region, found->region) >= 0))
				continue;
			found = r;
			*deep = k && seats[i].place != city_of(&seats[i]);
		}
	return found;
}

static void put_places(zp_site *s, const zp_seat *seats, size_t n)
{
	bool deep = false;
	const zp_rank_row *r = next_region(seats, n, "", &deep);
	for (; r; r = next_region(seats, n, r->region, &deep)) {
		put_option(s, r->region);
		zp_site_put(s, deep ? "\xE3\x80\x80" : "");
		put_region(s, r);
		zp_site_put(s, "</option>");
	}
}

static void put_classes(zp_site *s, const zp_seat *seats, size_t n)
{
	const char *last = "";
	for (const char *next; ; last = next) {
		next = NULL;
		for (size_t i = 0; i < n; i++) {
			const char *c = seats[i].of_class ? seats[i].of_class->lab_class : "";
			if (strcmp(c, last) > 0 && (!next || strcmp(c, next) < 0))
				next = c;
		}
		if (!next)
			return;
		put_option(s, next);
		zp_site_tell(s, next);
		zp_site_put(s, "</option>");
	}
}

/* Only shown when the script is there to act on it. */
static void put_filter(zp_site *s, const zp_seat *seats, size_t n)
{
	zp_site_say(s, "<form class=\"filter\" hidden><label>查找 <input type=\"search\" name=\"text\" autocomplete=\"off\"></label>\n<label>地区 <select name=\"r\"><option value=\"\">全部</option>",
		    "<form class=\"filter\" hidden><label>Search <input type=\"search\" name=\"text\" autocomplete=\"off\"></label>\n<label>Region <select name=\"r\"><option value=\"\">all</option>");
	put_places(s, seats, n);
	zp_site_say(s, "</select></label>\n<label>类别 <select name=\"c\"><option value=\"\">全部</option>", "</select></label>\n<label>Class <select name=\"c\"><option value=\"\">all</option>");
	put_classes(s, seats, n);
	zp_site_put(s, "</select></label>\n<output></output></form>\n");
}

/* ---- rows ---- */

static void put_rank(zp_site *s, const zp_rank_row *r, const char *td)
{
	zp_site_put(s, r && r->rank ? td : "<td class=\"z\">");
	if (!r || !r->rank)
		zp_site_put(s, "–");
	else {
		if (r->tied > 1)
			zp_site_say(s, "<small>并列</small> ", "<small>=</small> ");
		zp_markup_number(s->m, r->rank);
	}
	zp_site_put(s, "</td>");
}

/* The ranks that its results support: a bar from the lowest to the highest, its own as a line. */
static void put_interval(zp_site *s, const zp_rank_row *r, unsigned of)
{
	char bar[240];
	if (!r->rank_low) {
		zp_site_put(s, "<td class=\"z\">–</td><td></td>");
		return;
	}
	zp_site_put(s, "<td>");
	zp_markup_number(s->m, r->rank_low);
	zp_site_put(s, "–");
	zp_markup_number(s->m, r->rank_high);
	snprintf(bar, sizeof bar, "</td><td class=\"bar span\"><svg viewBox=\"0 0 %u 1\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><path d=\"M%u 0h%uv1h-%uz\"/>"
		 "<path d=\"M%u 0v1\"/></svg></td>", of, r->rank_low - 1, r->rank_high - r->rank_low + 1, r->rank_high - r->rank_low + 1, r->rank ? r->rank : r->rank_low);
	zp_site_put(s, bar);
}

static void put_row(zp_site *s, const zp_seat *seat, bool intervals, unsigned of)
{
	const zp_rank_row *r = seat->all;
	const bool returned = same(r->standing, "returned");
	zp_site_put(s, "<tr data-r=\"");
	zp_site_tell(s, city_of(seat)->region);
	if (seat->place != city_of(seat)) {
		zp_site_put(s, " ");
		zp_site_tell(s, seat->place->region);
	}
	zp_site_put(s, "\" data-c=\"");
	zp_site_tell(s, seat->of_class ? seat->of_class->lab_class : "");
	zp_site_put(s, returned ? "\">" : "\" class=\"absent\">");
	put_rank(s, r, "<td class=\"rank\">");
	zp_site_put(s, "<th scope=\"row\" class=\"t\">");
	if (s->of->named) {
		zp_site_tell(s, r->lab_name);
		zp_site_put(s, " <small>");
		zp_site_tell(s, r->lab);
		zp_site_put(s, "</small></th>");
	} else {
		zp_site_tell(s, r->lab);
		zp_site_put(s, "</th>");
	}
	zp_site_put(s, "<td class=\"t\">");
	put_region(s, city_of(seat));
	if (seat->place != city_of(seat)) {
		zp_site_put(s, " <small>");
		put_region(s, seat->place);
		zp_site_put(s, "</small>");
	}
	zp_site_put(s, "</td>");
	zp_site_td(s, seat->of_class ? seat->of_class->lab_class : "");
	zp_site_td_number(s, r->measurands);
	zp_site_td_credit(s, r->credit, r->total);
	zp_site_td_share(s, r->credit, 100ull * r->total);
	if (intervals)
		put_interval(s, r, of);
	put_rank(s, seat->of_class, "<td>");
	put_rank(s, seat->city, "<td>");
	zp_site_put(s, "<td class=\"t\">");
	if (!returned)
		zp_site_standing(s, r->standing);
	zp_site_put(s, "</td></tr>\n");
}

static void put_table(zp_site *s, const zp_seat *seats, size_t n)
{
	bool intervals = false;
	unsigned of = 1;
	for (size_t i = 0; i < n; i++) {
		intervals |= seats[i].all->rank_low > 0;
		of = seats[i].all->rank > of ? seats[i].all->rank : of;
		of = seats[i].all->rank_high > of ? seats[i].all->rank_high : of;
	}
	zp_site_table(s, "实验室名次", "Laboratories", "sort ranks");
	zp_site_th(s, "名次", "Rank", false);
	zp_site_th(s, "实验室", "Laboratory", true);
	zp_site_th(s, "地区", "Region", true);
	zp_site_th(s, "类别", "Class", true);
	zp_site_th(s, "项目数", "Measurands", false);
	zp_site_th(s, "可接受 / 计入", "Accepted / counted", false);
	zp_site_th(s, "可接受", "Acceptable", false);
	if (intervals) {
		zp_site_th(s, "名次范围 95 %", "Ranks, 95 %", false);
		zp_site_put(s, "<td></td>");
	}
	zp_site_th(s, "类内名次", "In its class", false);
	zp_site_th(s, "市内名次", "In its region", false);
	zp_site_th(s, "回报", "Return", true);
	zp_site_body(s);
	for (size_t i = 0; i < n; i++)
		put_row(s, &seats[i], intervals, of);
	zp_site_table_end(s);
}

/* ---- the page ---- */

static void put_reading(zp_site *s)
{
	zp_site_say(s, "<p class=\"said\">名次按可接受结果的比例。n 小或比例相近时，先后没有多少意义：<b>名次范围</b>是其结果所支持的名次，范围重叠的实验室分不出高下。比例完全相同的并列。“–” 表示没有名次。</p>\n",
		    "<p class=\"said\">Ranks are by the share of acceptable results. Where n is small or shares are close, who comes first means little: the <b>range of ranks</b> is what the results support, and laboratories whose ranges overlap cannot be told apart. Equal shares share a rank. A dash stands where there is none.</p>\n");
}

static void put_roots(zp_site *s, const zp_seat *seats, size_t n)
{
	for (size_t i = 0, next; i < n; i = next) {
		for (next = i; next < n && same(seats[next].all->region, seats[i].all->region);)
			next++;
		if (i || next < n) {
			zp_site_put(s, "<h2>");
			put_region(s, seats[i].all);
			zp_site_put(s, "</h2>\n");
		}
		put_table(s, seats + i, next - i);
	}
}

bool zp_site_ranking(zp_site *s, size_t scope)
{
	char path[64];
	const zp_told_programme *p = scope ? &s->of->programmes[scope - 1] : NULL;
	const zp_seat *seats = s->seats + s->first_seat[scope];
	const size_t n = s->first_seat[scope + 1] - s->first_seat[scope];
	snprintf(path, sizeof path, "ranking/%zu.html", scope);
	zp_site_open(s, path, ZP_PART_RANKING, p ? p->name : "名次", p ? p->name_en : "Ranking");
	zp_site_say(s, "<h1>名次 <small>", "<h1>Ranking <small>");
	zp_site_scope(s, scope);
	zp_site_put(s, "</small></h1>\n");
	zp_site_scopes(s, scope, zp_site_has_ranking);
	put_reading(s);
	if (n > ZP_SEATS_PAGE) {
		zp_site_say(s, "<p class=\"note\">实验室太多，本页不逐一列出；每个实验室的名次见 <code>ranking.csv</code>。</p>\n",
			    "<p class=\"note\">There are too many laboratories to list on this page; each one's rank is in <code>ranking.csv</code>.</p>\n");
	} else {
		put_filter(s, seats, n);
		put_roots(s, seats, n);
	}
	return zp_site_close(s);
}
