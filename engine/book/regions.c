/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "book/regions.h"
#include <stdlib.h>
#include "book/book.h"

#define LEVELS 3 /* province, city, county */
#define TILES_MOST 40 /* of a map, to each side */

/* A region on its way into the tree, with the code of its parent instead of a number. */
typedef struct draft {
	zp_region region;
	const char *parent;
	uint32_t line;
} draft;

typedef struct tree {
	zp_reader r;
	draft *at;
	size_t n;
} tree;

static size_t count(const zp_element *e)
{
	size_t n = 0;
	for (const zp_element *c = e->first; c; c = c->next)
		n += zp_element_is(c, "region") + count(c); /* no deeper than the XML may be */
	return n;
}

/* Both or neither. */
static void take_tile(const tree *t, const zp_element *e, zp_region *region)
{
	int column = 0, line = 0;
	if (!zp_attribute_of(e, "column") && !zp_attribute_of(e, "line"))
		return;
	if (!zp_attribute_of(e, "column") || !zp_attribute_of(e, "line")) {
		zp_refuse(&t->r, e, "the region has only one of \"column\" and \"line\"; expected both, or neither");
		return;
	}
	if (!zp_element_whole(&t->r, e, "column", 1, TILES_MOST, &column) || !zp_element_whole(&t->r, e, "line", 1, TILES_MOST, &line))
		return;
	region->column = (uint8_t)column;
	region->line = (uint8_t)line;
}

static void take(tree *t, const zp_element *e, const char *parent, uint8_t level)
{
	if (level == LEVELS) {
		zp_refuse(&t->r, e, "a region lies in a county; expected at most three levels: province, city, county");
		return;
	}
	zp_element_check(&t->r, e, "code name", "name-en column line", "region");
	draft *d = &t->at[t->n++];
	*d = (draft){ .region = { .code = "", .level = level }, .parent = parent, .line = e->line };
	zp_element_code(&t->r, e, "code", &d->region.code);
	d->region.name = zp_element_text(&t->r, e, "name");
	if (zp_attribute_of(e, "name-en"))
		d->region.name_en = zp_element_text(&t->r, e, "name-en");
	take_tile(t, e, &d->region);
	for (const zp_element *c = e->first; c; c = c->next)
		if (zp_element_is(c, "region"))
			take(t, c, d->region.code, (uint8_t)(level + 1));
}

static int by_code(const void *a, const void *b)
{
	const draft *x = a, *y = b;
	int order = strcmp(x->region.code, y->region.code);
	return order ? order : (x->line > y->line) - (x->line < y->line);
}

static void check_codes(const tree *t)
{
	for (size_t i = 1; i < t->n; i++) {
		const draft *a = &t->at[i - 1], *b = &t->at[i];
		zp_element here = { .line = b->line };
		if (*b->region.code && strcmp(a->region.code, b->region.code) == 0)
			zp_refuse(&t->r, &here, "a second region has the code \"%s\"; another is in line %u, expected one", b->region.code, a->line);
	}
}

static int by_tile(const void *pa, const void *pb)
{
	const draft *a = pa, *b = pb;
	const int parents = strcmp(a->parent ? a->parent : "", b->parent ? b->parent : "");
	if (parents)
		return parents;
	if (a->region.line != b->region.line)
		return a->region.line < b->region.line ? -1 : 1;
	if (a->region.column != b->region.column)
		return a->region.column < b->region.column ? -1 : 1;
	return by_code(pa, pb);
}

/* Regions that lie beside each other on a map cannot lie upon each other. */
static void check_tiles(tree *t)
{
	qsort(t->at, t->n, sizeof *t->at, by_tile);
	for (size_t i = 1; i < t->n; i++) {
		const draft *a = &t->at[i - 1], *b = &t->at[i];
		const bool same = strcmp(a->parent ? a->parent : "", b->parent ? b->parent : "") == 0 && a->region.line == b->region.line &&
				  a->region.column == b->region.column;
		zp_element here = { .line = b->line };
		if (b->region.column && same)
			zp_refuse(&t->r, &here, "the region %s has the tile of column %u, line %u, as %s has; expected one of its own", b->region.code, b->region.column,
				  b->region.line, a->region.code);
	}
}

/* In the order of codes, with parents by number. */
static const zp_regions *settle(zp_arena *arena, const tree *t)
{
	zp_regions *regions = zp_take(arena, zp_regions, 1);
	zp_region *at = zp_take(arena, zp_region, t->n);
	for (size_t i = 0; i < t->n; i++)
		at[i] = t->at[i].region;
	*regions = (zp_regions){ at, t->n };
	for (size_t i = 0; i < t->n; i++)
		at[i].parent = t->at[i].parent ? zp_region_find(regions, zp_text_of(t->at[i].parent)) : ZP_NO_REGION;
	return regions;
}

zp_volume *zp_regions_find(zp_shelf *s, const char *from, const char **file)
{
	size_t n = strlen(from);
	bool is_file = n > 4 && strcmp(from + n - 4, ".xml") == 0;
	*file = NULL;
	if (!zp_path_is_safe(from) || (!is_file && strchr(from, '/')))
		return NULL;
	*file = is_file ? from : zp_arena_print(s->arena, "regions/%s.xml", from);
	return zp_shelf_find(s, *file, is_file ? ZP_IN_ROUND : ZP_IN_RULES);
}

const zp_regions *zp_regions_take(zp_shelf *s, zp_volume *v, zp_problems *problems)
{
	const zp_xml *xml = zp_shelf_read(s, v, "regions", problems);
	if (!xml)
		return NULL;
	size_t before = zp_problems_count(problems), most = count(xml->root);
	tree t = { .r = { s->arena, v->file, problems } };
	zp_element_check(&t.r, xml->root, "set title source confidence", "", "region");
	int grade;
	zp_element_word(&t.r, xml->root, "confidence", "A B C D", &grade);
	if (most == 0 || most >= ZP_NO_REGION) {
		zp_refuse(&t.r, xml->root, "the file has %zu regions; expected 1 to %u", most, ZP_NO_REGION - 1u);
		return NULL;
	}
	t.at = zp_take(s->arena, draft, most);
	for (const zp_element *e = xml->root->first; e; e = e->next)
		if (zp_element_is(e, "region"))
			take(&t, e, NULL, 0);
	check_tiles(&t);
	qsort(t.at, t.n, sizeof *t.at, by_code);
	check_codes(&t);
	if (zp_problems_count(problems) == before)
		zp_shelf_validate(s, v, "regions", problems);
	v->bad = zp_problems_count(problems) != before;
	return v->bad ? NULL : settle(s->arena, &t);
}

const zp_regions *zp_regions_read(zp_arena *arena, const char *rules_dir, const char *round_dir, const char *from, zp_problems *problems)
{
	zp_shelf shelf = { .arena = arena, .rules_dir = rules_dir, .round_dir = round_dir, .rules = problems };
	const char *file;
	zp_volume *v = zp_regions_find(&shelf, from, &file);
	if (v)
		return zp_regions_take(&shelf, v, problems);
	zp_problem_add(problems, file ? file : "regions", 0, 0, "there are no regions \"%s\"; expected a name such as hubei, or a file of the round folder",
		       zp_text_show(arena, zp_text_of(from)));
	return NULL;
}
