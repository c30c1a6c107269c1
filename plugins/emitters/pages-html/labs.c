/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Laboratories within their regions: a section for each region, in it a table for each class.
 * The rows come as tables, one after another; a new table begins where region or class changes. */
#include "markup.h"
#include <stdlib.h>
#include <string.h>

static bool same(const char *a, const char *b)
{
	return a == b || strcmp(a, b) == 0;
}

bool zp_labs_shown(const zp_summary *s, const zp_rank_row *r)
{
	/* the tables over all programmes come first when there are any */
	return same(r->programme, "*") || !same(s->ranks[0].programme, "*");
}

static int by_code(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

size_t zp_labs_count(const zp_host *host, const zp_summary *s)
{
	const char **codes = host->take(host, (s->n_ranks + 1) * sizeof(*codes));
	size_t n = 0, distinct = 0;
	for (size_t i = 0; i < s->n_ranks; i++)
		if (zp_labs_shown(s, &s->ranks[i]) && same(s->ranks[i].lab_class, "*"))
			codes[n++] = s->ranks[i].lab;
	qsort(codes, n, sizeof(*codes), by_code);
	for (size_t i = 0; i < n; i++)
		distinct += !i || !same(codes[i], codes[i - 1]);
	return distinct;
}

void zp_labs_contents(zp_markup *m, const zp_summary *s, bool listed)
{
	zp_markup_put(m, "<li><a href=\"#labs\">地区之内的实验室 <span lang=\"en\">Laboratories within their regions</span></a>");
	const char *region = NULL;
	size_t n = 0;
	for (size_t i = 0; listed && i < s->n_ranks; i++) {
		const zp_rank_row *r = &s->ranks[i];
		if (!zp_labs_shown(s, r) || (region && same(region, r->region)))
			continue;
		zp_markup_put(m, region ? "<li><a href=\"#r" : "<ul class=\"places\"><li><a href=\"#r");
		zp_markup_number(m, ++n);
		zp_markup_put(m, "\">");
		zp_markup_tell(m, r->region_name);
		zp_markup_put(m, "</a></li>");
		region = r->region;
	}
	zp_markup_put(m, region ? "</ul></li>\n" : "</li>\n");
}

/* The words of ranking.csv for people; nothing for those that returned. */
static void put_standing(zp_markup *m, const char *word)
{
	static const char *const words[][2] = { { "late", "迟报" }, { "not_returned", "未回报" }, { "excused", "免评" },
		                                { "blank", "漏报" }, { "not_performed", "未开展" }, { "not_enrolled", "未参加" } };
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (same(word, words[i][0])) {
			zp_markup_put(m, words[i][1]);
			return;
		}
	if (!same(word, "returned"))
		zp_markup_tell(m, word);
}

static void put_row(zp_markup *m, const zp_rank_row *r)
{
	zp_markup_put(m, same(r->standing, "returned") ? "<tr><td class=\"rank\">" : "<tr class=\"absent\"><td class=\"rank\">");
	zp_markup_rank(m, r->rank, r->tied);
	zp_markup_put(m, "</td><td class=\"code\">");
	zp_markup_tell(m, r->lab);
	zp_markup_put(m, "</td><th scope=\"row\">");
	zp_markup_tell(m, r->lab_name);
	zp_markup_put(m, "</th>");
	zp_markup_cell(m, r->measurands);
	zp_markup_credit_cells(m, r->credit, r->total);
	zp_markup_put(m, "<td>");
	put_standing(m, r->standing);
	zp_markup_put(m, "</td></tr>\n");
}

static void open_table(zp_markup *m, const zp_rank_row *r)
{
	zp_markup_put(m, same(r->lab_class, "*") ? "<details open><summary>" : "<details><summary>");
	zp_markup_class(m, r->lab_class);
	zp_markup_put(m, "</summary><div class=\"wide\"><table><thead><tr>"
	          "<th scope=\"col\">名次<span lang=\"en\">Rank</span></th><th scope=\"col\">编码<span lang=\"en\">Code</span></th>"
	          "<th scope=\"col\">实验室<span lang=\"en\">Laboratory</span></th><th scope=\"col\">项目数<span lang=\"en\">Measurands</span></th>"
	          "<th scope=\"col\" colspan=\"2\">可接受结果 / 计入结果<span lang=\"en\">Accepted / counted results</span></th>"
	          "<th scope=\"col\">回报<span lang=\"en\">Return</span></th></tr></thead><tbody>\n");
}

static void put_tables(zp_markup *m, const zp_summary *s)
{
	const zp_rank_row *before = NULL;
	size_t n = 0;
	for (size_t i = 0; i < s->n_ranks; i++) {
		const zp_rank_row *r = &s->ranks[i];
		if (!zp_labs_shown(s, r))
			continue;
		const bool section = !before || !same(before->region, r->region);
		const bool table = section || !same(before->lab_class, r->lab_class) || !same(before->programme, r->programme);
		if (before && table)
			zp_markup_put(m, "</tbody></table></div></details>\n");
		if (section) {
			zp_markup_put(m, "<h3 id=\"r");
			zp_markup_number(m, ++n);
			zp_markup_put(m, "\">");
			zp_markup_tell(m, r->region_name);
			zp_markup_put(m, " <small>");
			zp_markup_tell(m, r->region);
			zp_markup_put(m, "</small></h3>\n");
		}
		if (table)
			open_table(m, r);
		put_row(m, r);
		before = r;
	}
	if (before)
		zp_markup_put(m, "</tbody></table></div></details>\n");
}

void zp_labs_put(zp_markup *m, const zp_summary *s, bool listed)
{
	zp_markup_put(m, "<section id=\"labs\"><h2>地区之内的实验室 <span lang=\"en\">Laboratories within their regions</span></h2>\n");
	if (listed) {
		zp_markup_put(m, "<p class=\"said\">这里合并所有专业；各专业的名次见 <code>ranking.csv</code>。"
		          "<span lang=\"en\">All programmes together; ranks by programme are in <code>ranking.csv</code>.</span></p>\n");
		put_tables(m, s);
	} else {
		zp_markup_put(m, "<p class=\"said\">实验室太多，本页不逐一列出；每个实验室的名次见 <code>ranking.csv</code>。"
		          "<span lang=\"en\">There are too many laboratories to list on this page; each one's rank is in <code>ranking.csv</code>.</span></p>\n");
	}
	zp_markup_put(m, "</section>\n");
}
