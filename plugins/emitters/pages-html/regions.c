/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Regions against each other: a table for each programme, class and parent. */
#include "markup.h"
#include <stdlib.h>
#include <string.h>

typedef struct zp_key { size_t programme, lab_class, parent, index; const zp_region_row *row; } zp_key;

static bool same(const char *a, const char *b)
{
	return a == b || strcmp(a, b) == 0;
}

static bool all_of_both(const zp_region_row *r)
{
	return same(r->programme, "*") && same(r->lab_class, "*");
}

/* The row in which each text of a kind first stands is its number, so that tables keep the order of the rows. */
#define FIRST(field) \
	static size_t first_##field(const zp_region_row *rows, size_t n, const char *text, size_t before) \
	{ \
		if (before < n && same(rows[before].field, text)) \
			return before; \
		for (size_t i = 0; i < n; i++) \
			if (same(rows[i].field, text)) \
				return i; \
		return n; \
	}
FIRST(programme)
FIRST(lab_class)
FIRST(parent)

static int by_table(const void *a, const void *b)
{
	const zp_key *x = a, *y = b;
	if (x->programme != y->programme)
		return x->programme < y->programme ? -1 : 1;
	if (x->lab_class != y->lab_class)
		return x->lab_class < y->lab_class ? -1 : 1;
	if (x->parent != y->parent)
		return x->parent < y->parent ? -1 : 1;
	unsigned l = x->row->rank ? x->row->rank : ~0u, r = y->row->rank ? y->row->rank : ~0u;
	if (l != r)
		return l < r ? -1 : 1;
	return x->index < y->index ? -1 : 1;
}

static const char *name_of(const zp_summary *s, const char *region)
{
	for (size_t i = 0; i < s->n_regions; i++)
		if (same(s->regions[i].region, region))
			return s->regions[i].region_name;
	return region;
}

static void put_row(zp_markup *m, const zp_region_row *r)
{
	zp_markup_put(m, "<tr><td class=\"rank\">");
	zp_markup_rank(m, r->rank, r->tied);
	zp_markup_put(m, "</td><th scope=\"row\">");
	zp_markup_tell(m, r->region_name);
	zp_markup_put(m, " <small>");
	zp_markup_tell(m, r->region);
	zp_markup_put(m, "</small></th>");
	zp_markup_cell(m, r->expected);
	zp_markup_cell(m, r->late);
	zp_markup_cell(m, r->excused);
	zp_markup_share_cells(m, r->returned, r->expected);
	zp_markup_share_cells(m, r->satisfactory, r->judged);
	zp_markup_credit_cells(m, r->credit, r->total);
	zp_markup_bar(m, r->credit, 100ull * r->total);
	zp_markup_put(m, "</tr>\n");
}

static void open_table(zp_markup *m, const zp_summary *s, const zp_region_row *r)
{
	zp_markup_put(m, "<div class=\"wide\"><table><caption>");
	if (*r->parent) {
		zp_markup_tell(m, name_of(s, r->parent));
		zp_markup_put(m, " <span lang=\"en\">within</span>");
	} else {
		zp_markup_put(m, "全部 <span lang=\"en\">whole</span>");
	}
	zp_markup_put(m, "</caption><thead><tr>"
	          "<th scope=\"col\">名次<span lang=\"en\">Rank</span></th><th scope=\"col\">地区<span lang=\"en\">Region</span></th>"
	          "<th scope=\"col\">应报<span lang=\"en\">Expected</span></th><th scope=\"col\">迟报<span lang=\"en\">Late</span></th>"
	          "<th scope=\"col\">免评<span lang=\"en\">Excused</span></th>"
	          "<th scope=\"col\" colspan=\"2\">按时回报 / 应报<span lang=\"en\">Returned / expected</span></th>"
	          "<th scope=\"col\" colspan=\"2\">成绩满意 / 有评价<span lang=\"en\">Satisfactory / judged</span></th>"
	          "<th scope=\"col\" colspan=\"3\">可接受结果 / 计入结果<span lang=\"en\">Accepted / counted results</span></th>"
	          "</tr></thead><tbody>\n");
}

static zp_key *sorted(const zp_host *host, const zp_summary *s)
{
	zp_key *keys = host->take(host, (s->n_regions + 1) * sizeof(*keys));
	zp_key before = { 0 };
	for (size_t i = 0; i < s->n_regions; i++) {
		const zp_region_row *r = &s->regions[i];
		keys[i] = (zp_key){ first_programme(s->regions, s->n_regions, r->programme, before.programme),
			            first_lab_class(s->regions, s->n_regions, r->lab_class, before.lab_class),
			            first_parent(s->regions, s->n_regions, r->parent, before.parent), i, r };
		before = keys[i];
	}
	qsort(keys, s->n_regions, sizeof(*keys), by_table);
	return keys;
}

void zp_regions_contents(zp_markup *m, const zp_summary *s)
{
	zp_markup_put(m, "<li><a href=\"#regions\">地区之间 <span lang=\"en\">Regions against each other</span></a>");
	if (!s->n_regions)
		zp_markup_put(m, " –");
	zp_markup_put(m, "</li>\n");
}

void zp_regions_put(zp_markup *m, const zp_host *host, const zp_summary *s)
{
	zp_markup_put(m, "<section id=\"regions\"><h2>地区之间 <span lang=\"en\">Regions against each other</span></h2>\n");
	const zp_key *keys = sorted(host, s);
	for (size_t i = 0; i < s->n_regions; i++) {
		const zp_key *k = &keys[i], *before = i ? k - 1 : NULL;
		const bool group = !before || before->programme != k->programme || before->lab_class != k->lab_class;
		if (i && (group || before->parent != k->parent))
			zp_markup_put(m, "</tbody></table></div>\n");
		if (group) {
			zp_markup_put(m, i ? "</details>\n<details" : "<details");
			zp_markup_put(m, all_of_both(k->row) ? " open><summary>" : "><summary>");
			zp_markup_programme(m, k->row->programme, k->row->programme_name);
			zp_markup_put(m, " · ");
			zp_markup_class(m, k->row->lab_class);
			zp_markup_put(m, "</summary>\n");
		}
		if (group || before->parent != k->parent)
			open_table(m, s, k->row);
		put_row(m, k->row);
	}
	zp_markup_put(m, s->n_regions ? "</tbody></table></div>\n</details></section>\n" : "<p>没有地区 <span lang=\"en\">no regions</span></p></section>\n");
}
