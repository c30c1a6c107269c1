/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "book/iqc_limits.h"
#include <stdlib.h>
#include <string.h>
#include "book/element.h"

#define LIMITS_MOST 10000

/* Whether a name is one of those with a | between. */
static bool is_among(const char *names, const char *name)
{
	const size_t n = strlen(name);
	while (*names) {
		const size_t length = strcspn(names, "|");
		if (length == n && memcmp(names, name, n) == 0)
			return true;
		names += length + (names[length] == '|');
	}
	return false;
}

/* Whether two lists have a name in common. */
static bool meet(const char *a, const char *b)
{
	char one[200];
	if (!*a || !*b)
		return !*a && !*b;
	for (const char *p = a; *p;) {
		const size_t n = strcspn(p, "|");
		if (n < sizeof one) {
			memcpy(one, p, n);
			one[n] = '\0';
			if (is_among(b, one))
				return true;
		}
		p += n + (p[n] == '|');
	}
	return false;
}

static void read_limit(const zp_reader *r, const zp_element *e, zp_iqc_limit *l)
{
	*l = (zp_iqc_limit){ .item = "", .line = (long)e->line };
	zp_element_check(r, e, "item name", "name-en specimen level cv sd unit source", "");
	zp_element_code(r, e, "item", &l->item);
	l->name = zp_element_text(r, e, "name");
	l->name_en = zp_element_text(r, e, "name-en");
	l->specimen = zp_element_text(r, e, "specimen");
	l->level = zp_element_text(r, e, "level");
	l->source = zp_element_text(r, e, "source");
	l->unit = zp_element_text(r, e, "unit");
	l->is_sd = zp_attribute_of(e, "sd") != NULL;
	if (l->is_sd == (zp_attribute_of(e, "cv") != NULL))
		zp_refuse(r, e, "<limit> has %s; expected one of them", l->is_sd ? "cv and sd" : "neither cv nor sd");
	if (l->is_sd != (*l->unit != '\0'))
		zp_refuse(r, e, l->is_sd ? "the sd of <limit> has no unit; expected the unit that it is in" : "unit means nothing beside cv, which is in percent");
	zp_element_decimal(r, e, l->is_sd ? "sd" : "cv", ZP_RANGE_POSITIVE, &l->most);
}

static int by_item(const void *a, const void *b)
{
	const zp_iqc_limit *x = a, *y = b;
	const int order = strcmp(x->item, y->item);
	return order ? order : (x->line > y->line) - (x->line < y->line);
}

static void check_twice(const zp_reader *r, const zp_iqc_limit *at, size_t n)
{
	for (size_t i = 1; i < n; i++)
		for (size_t k = i; k-- > 0 && strcmp(at[k].item, at[i].item) == 0;)
			if (strcmp(at[k].level, at[i].level) == 0 && meet(at[k].specimen, at[i].specimen)) {
				const zp_element here = { .line = (uint32_t)at[i].line };
				zp_refuse(r, &here, "item \"%s\" has a limit for this specimen and level in line %ld already; expected one",
					  zp_text_show(r->arena, zp_text_of(at[i].item)), at[k].line);
				break;
			}
}

static void read_root(const zp_reader *r, const zp_element *root, zp_iqc_limits *out)
{
	int grade;
	if (!zp_element_is(root, "iqc")) {
		zp_refuse(r, root, "the file holds <%s>; expected <iqc>", root->name);
		return;
	}
	zp_element_check(r, root, "set title version source confidence", "title-en specimens", "limit");
	zp_element_word(r, root, "confidence", "A B C D", &grade);
	out->title = zp_element_text(r, root, "title");
	out->title_en = zp_element_text(r, root, "title-en");
	out->version = zp_element_text(r, root, "version");
	out->source = zp_element_text(r, root, "source");
	out->specimens = zp_element_text(r, root, "specimens");
	if (!zp_element_at_most(r, root, "limit", LIMITS_MOST))
		return;
	zp_iqc_limit *at = zp_take(r->arena, zp_iqc_limit, zp_element_count(root, "limit") + 1);
	for (const zp_element *e = root->first; e; e = e->next)
		if (zp_element_is(e, "limit"))
			read_limit(r, e, &at[out->n++]);
	qsort(at, out->n, sizeof *at, by_item);
	check_twice(r, at, out->n);
	out->at = at;
}

/* A name of a file without its folder and ending. */
static bool is_name(const char *name)
{
	const size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-");
	return n && n <= 64 && !name[n];
}

const zp_iqc_limits *zp_iqc_limits_read(zp_arena *arena, const char *rules_dir, const char *name, zp_problems *problems)
{
	const size_t before = zp_problems_count(problems), n = strlen(name);
	const bool own = n > 4 && strcmp(name + n - 4, ".xml") == 0;
	zp_iqc_limits *out = zp_take(arena, zp_iqc_limits, 1);
	if (!own && !is_name(name)) {
		zp_problem_add(problems, "iqc", 0, 0, "\"%s\" is not the name of a table of allowable imprecision; expected letters, digits, . or -",
			       zp_text_show(arena, zp_text_of(name)));
		return NULL;
	}
	const zp_reader r = { arena, own ? zp_arena_text(arena, name, n) : zp_arena_print(arena, "iqc/%s.xml", name), problems };
	*out = (zp_iqc_limits){ .name = zp_arena_text(arena, name, n), .file = r.file };
	const zp_xml *xml = zp_xml_read(arena, own ? name : zp_arena_print(arena, "%s/%s", rules_dir, r.file), r.file, problems);
	if (!xml)
		return NULL;
	out->input = xml->input;
	read_root(&r, xml->root, out);
	if (zp_problems_count(problems) == before)
		zp_xml_validate(arena, xml, zp_arena_print(arena, "%s/schemas/iqc.rng", rules_dir), "schemas/iqc.rng", NULL, problems);
	return zp_problems_count(problems) == before ? out : NULL;
}

/* The first row of the item; n where there is none. */
static size_t find_item(const zp_iqc_limits *limits, const char *item)
{
	size_t low = 0, high = limits->n;
	while (low < high) {
		const size_t middle = (low + high) / 2;
		if (strcmp(limits->at[middle].item, item) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const zp_iqc_limit *zp_iqc_limit_find(const zp_iqc_limits *limits, const char *specimen, const char *item, const char *level)
{
	const zp_iqc_limit *best = NULL;
	int most = 0;
	for (size_t i = limits ? find_item(limits, item) : 0; limits && i < limits->n && strcmp(limits->at[i].item, item) == 0; i++) {
		const zp_iqc_limit *l = &limits->at[i];
		const bool named = *l->specimen && is_among(l->specimen, specimen);
		const bool common = !*l->specimen && (!*specimen || is_among(limits->specimens, specimen));
		const bool level_named = *l->level && strcmp(l->level, level) == 0;
		const int weight = (named || common) && (level_named || !*l->level) ? 1 + 2 * named + level_named : 0;
		if (weight > most)
			most = weight, best = l;
	}
	return best;
}
