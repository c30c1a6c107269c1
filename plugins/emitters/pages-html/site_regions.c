/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Regions: a map of tiles, and a tree, for each programme and all of them. */
#include "site.h"
#include <stdio.h>
#include <string.h>

static bool same(const char *a, const char *b) { return a == b || strcmp(a, b) == 0; }

static void put_name(zp_site *s, const zp_region_row *r) { zp_site_tell_of(s, r->region_name, r->region_name_en); }

/* Where a region stands in the table of all classes. */
static void put_anchor(zp_site *s, const zp_region_row *r)
{
	size_t i = 0;
	while (i < s->of->n_regions && !same(s->region_rows[i]->region, r->region))
		i++;
	zp_site_put(s, "r");
	zp_markup_number(s->m, i + 1);
}

/* ---- tiles ---- */

/* Rows of all classes; the others follow them. */
static size_t all_classes_end(const zp_site *s, size_t scope)
{
	size_t i = s->first_region[scope];
	while (i < s->first_region[scope + 1] && same(s->region_rows[i]->lab_class, "*"))
		i++;
	return i;
}

/* Whether row i is a tile: on a map, what has a place there; where fewer than two have one, the lowest regions, in their order. */
static bool is_tile(const zp_site *s, size_t i, size_t end, bool map)
{
	const zp_region_row *r = s->region_rows[i];
	if (map)
		return r->column && r->line;
	return r->expected && (i + 1 == end || s->region_rows[i + 1]->level <= r->level);
}

static size_t tiles_of(const zp_site *s, size_t scope, bool map)
{
	const size_t end = all_classes_end(s, scope);
	size_t n = 0;
	for (size_t i = s->first_region[scope]; i < end; i++)
		n += is_tile(s, i, end, map);
	return n;
}

static void put_place(zp_site *s, char kind, unsigned at)
{
	const char text[] = { ' ', kind, '\0' };
	zp_site_put(s, text);
	zp_markup_number(s->m, at > ZP_TILES_MOST ? ZP_TILES_MOST : at);
}

static void put_tile(zp_site *s, size_t scope, const zp_region_row *r, bool map)
{
	zp_site_put(s, "<li class=\"");
	zp_site_put(s, zp_site_heat(r->credit, 100ull * r->total));
	if (map) {
		put_place(s, 'c', r->column);
		put_place(s, 'l', r->line);
	}
	zp_site_put(s, "\">");
	if (strncmp(s->path, "regions/", 8) == 0) {
		zp_site_put(s, "<a href=\"#");
	} else {
		zp_site_put(s, "<a href=\"regions/");
		zp_markup_number(s->m, scope);
		zp_site_put(s, ".html#");
	}
	put_anchor(s, r);
	zp_site_put(s, "\"><span class=\"who\">");
	put_name(s, r);
	zp_site_put(s, "</span> <b>");
	zp_markup_share(s->m, r->credit, 100ull * r->total);
	zp_site_put(s, "</b> <span class=\"of\">");
	zp_site_number(s, r->returned);
	zp_site_put(s, "/");
	zp_site_number(s, r->expected);
	zp_site_put(s, "</span></a></li>\n");
}

#define TILES_MOST 200 /* of those that lie in no map */

void zp_site_tiles(zp_site *s, size_t scope)
{
	const bool map = tiles_of(s, scope, true) > 1;
	const size_t n = tiles_of(s, scope, map), end = all_classes_end(s, scope);
	if (n < 2 || (!map && n > TILES_MOST))
		return;
	zp_site_put(s, map ? "<ul class=\"tiles map\">\n" : "<ul class=\"tiles\">\n");
	for (size_t i = s->first_region[scope]; i < end; i++)
		if (is_tile(s, i, end, map))
			put_tile(s, scope, s->region_rows[i], map);
	zp_site_put(s, "</ul>\n");
	zp_site_heat_legend(s);
	zp_site_say(s, map ? "<p class=\"said\">方块大致按地理位置排列。" : "<p class=\"said\">", map ? "<p class=\"said\">Tiles lie roughly as on a map. " : "<p class=\"said\">");
	zp_site_say(s, "每块：可接受结果的比例，已回报 / 应报。</p>\n", "Each tells the share of acceptable results, and laboratories that returned / were expected to.</p>\n");
}

/* ---- the tree ---- */

static void put_rank(zp_site *s, const zp_region_row *r)
{
	zp_site_put(s, r->rank ? "<td>" : "<td class=\"z\">");
	if (!r->rank)
		zp_site_put(s, "–");
	else {
		if (r->tied > 1)
			zp_site_say(s, "并列 ", "= ");
		zp_markup_number(s->m, r->rank);
	}
	zp_site_put(s, "</td>");
}

static void put_row(zp_site *s, const zp_region_row *r, bool anchored, unsigned top)
{
	zp_site_put(s, "<tr");
	if (anchored) {
		zp_site_put(s, " id=\"");
		put_anchor(s, r);
		zp_site_put(s, "\"");
	}
	zp_site_put(s, "><th scope=\"row\" class=\"t deep");
	zp_markup_number(s->m, r->level > 3 ? 3 : r->level);
	zp_site_put(s, "\">");
	put_name(s, r);
	zp_site_put(s, " <small>");
	zp_site_tell(s, r->region);
	zp_site_put(s, "</small></th>");
	put_rank(s, r);
	zp_site_td_number(s, r->expected);
	zp_site_td_number(s, r->returned);
	zp_site_td_share(s, r->returned, r->expected);
	zp_site_td_quiet(s, r->late);
	zp_site_td_quiet(s, r->excused);
	zp_site_td_number(s, r->satisfactory);
	zp_site_td_share(s, r->satisfactory, r->judged);
	zp_site_td_credit(s, r->credit, r->total);
	zp_site_td_share(s, r->credit, 100ull * r->total);
	zp_site_td_missed(s, r->credit, 100ull * r->total, top);
	zp_site_put(s, "</tr>\n");
}

static void put_table(zp_site *s, size_t from, size_t to)
{
	unsigned top = 5;
	for (size_t i = from; i < to; i++)
		top = zp_site_top(s->region_rows[i]->credit, 100ull * s->region_rows[i]->total, top);
	const bool all = same(s->region_rows[from]->lab_class, "*");
	if (!all) {
		zp_site_put(s, "<details><summary>");
		zp_site_class(s, s->region_rows[from]->lab_class);
		zp_site_put(s, "</summary>\n");
	}
	zp_site_table(s, "地区", "Regions", "sort tree");
	zp_site_th(s, "地区", "Region", true);
	zp_site_th(s, "同级名次", "Rank among its equals", false);
	zp_site_th(s, "应报", "Expected", false);
	zp_site_th(s, "已回报", "Returned", false);
	zp_site_th(s, "回报率", "Return", false);
	zp_site_th(s, "迟报", "Late", false);
	zp_site_th(s, "免评", "Excused", false);
	zp_site_th(s, "满意家数", "Satisfactory", false);
	zp_site_th(s, "满意率", "Of those judged", false);
	zp_site_th(s, "可接受 / 计入", "Accepted / counted", false);
	zp_site_th(s, "可接受", "Acceptable", false);
	zp_site_th_bar(s, "不可接受", "Not acceptable");
	zp_site_body(s);
	for (size_t i = from; i < to; i++)
		if (s->region_rows[i]->expected || s->region_rows[i]->total || s->region_rows[i]->column)
			put_row(s, s->region_rows[i], all, top);
	zp_site_table_end(s);
	zp_site_put(s, all ? "" : "</details>\n");
}

void zp_site_tree(zp_site *s, size_t scope)
{
	const size_t end = s->first_region[scope + 1];
	for (size_t i = s->first_region[scope], next; i < end; i = next) {
		for (next = i; next < end && same(s->region_rows[next]->lab_class, s->region_rows[i]->lab_class);)
			next++;
		put_table(s, i, next);
	}
}

/* Cities with the interval of their share. */
static void put_cities(zp_site *s, size_t scope)
{
	const size_t from = s->m->n;
	size_t cities = 0;
	for (size_t i = s->first_region[scope]; i < all_classes_end(s, scope); i++)
		cities += s->region_rows[i]->level == 1;
	if (cities < 2)
		return;
	s->figure_bytes = 1u << 17, s->figures_due = 0;
	zp_site_say(s, "<h2>各市</h2>\n<p class=\"said\">可接受结果的比例及其 95 % 区间。区间重叠的地区分不出高下。</p>\n<figure class=\"alone\">",
		    "<h2>Cities</h2>\n<p class=\"said\">Share of acceptable results with its interval, 95 %. Regions whose intervals overlap cannot be told apart.</p>\n<figure class=\"alone\">");
	if (zp_site_figure(s, scope ? scope - 1 : s->of->n_programmes, 0, 1, ZP_FIGURE_RANKS, 640, 420))
		zp_site_put(s, "</figure>\n");
	else
		s->m->n = from;
}

bool zp_site_regions(zp_site *s, size_t scope)
{
	char path[64];
	snprintf(path, sizeof path, "regions/%zu.html", scope);
	const zp_told_programme *p = scope ? &s->of->programmes[scope - 1] : NULL;
	zp_site_open(s, path, ZP_PART_REGIONS, p ? p->name : "地区", p ? p->name_en : "Regions");
	zp_site_say(s, "<h1>地区 <small>", "<h1>Regions <small>");
	zp_site_scope(s, scope);
	zp_site_put(s, "</small></h1>\n");
	zp_site_scopes(s, scope, zp_site_has_regions);
	zp_site_tiles(s, scope);
	put_cities(s, scope);
	zp_site_say(s, "<h2>行政区划</h2>\n<p class=\"said\">名次在同一上级之下比较；比例相同的并列。下级计入上级。n 小时，一两个结果就能使比例大起大落。</p>\n",
		    "<h2>The tree of regions</h2>\n<p class=\"said\">Ranks are among the regions of the same parent; equal shares share the rank. Regions count in those above. Where n is small, one or two results move a share far.</p>\n");
	if (!scope)
		zp_site_say(s, "<p class=\"said\">参加几个专业的实验室在此只计一次，报了其中之一即为回报；概览中的回报率按专业各计。</p>\n",
			    "<p class=\"said\">A laboratory in several programmes is counted once here, and has returned when it did in one of them; the overview counts each programme by itself.</p>\n");
	zp_site_tree(s, scope);
	return zp_site_close(s);
}
