/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The register of the chosen day, its regions and classes, and the sums among them. */
#include "year/places.h"
#include <stdlib.h>
#include <string.h>
#include "base/names.h"

/* ---- the register ---- */

static bool is_first_of(const zp_annals *a, const zp_chronicle *c, size_t r)
{
	for (size_t i = 0; i < r; i++)
		if (a->rounds[i].year == c->year && strcmp(a->rounds[i].organiser, a->rounds[r].organiser) == 0)
			return false;
	return true;
}

static bool is_last_of(const zp_annals *a, const zp_chronicle *c, size_t r)
{
	for (size_t i = r + 1; i < a->n; i++)
		if (a->rounds[i].year == c->year && strcmp(a->rounds[i].organiser, a->rounds[r].organiser) == 0)
			return false;
	return true;
}

static bool is_of(const zp_annal_round *round, const zp_annal_lab *lab) { return lab >= round->labs && lab < round->labs + round->n_labs; }

/* The register of each organiser that holds; where several have a laboratory, the latest entry. */
const zp_annal_lab **zp_register_take(zp_arena *arena, const zp_chronicle *c, zp_register_on on)
{
	const zp_annals *a = c->annals;
	const zp_annal_lab **out = zp_take(arena, const zp_annal_lab *, c->n_labs + 1);
	for (size_t r = 0; r < a->n; r++) {
		const zp_annal_round *round = &a->rounds[r];
		if (round->year != c->year || (on == ZP_ON_YEAR_END && !is_last_of(a, c, r)) || (on == ZP_ON_YEAR_START && !is_first_of(a, c, r)))
			continue;
		for (size_t i = 0; i < round->n_labs; i++) {
			const uint32_t place = c->place[r][i];
			if (place == UINT32_MAX)
				continue;
			/* of predecessors on one register, the one that goes on under its own code */
			const bool own = out[place] && is_of(round, out[place]) && strcmp(out[place]->code, c->labs[place].code) == 0;
			if (!own)
				out[place] = &round->labs[i];
		}
	}
	return out;
}

/* ---- places ---- */

typedef struct node { const char *code, *name; uint8_t level; const char *parent; bool parts, direct; } node;

typedef struct gathering {
	zp_arena *arena;
	const zp_regions *regions;
	zp_names *codes;
	node *at;
	size_t n, room;
} gathering;

static node *enter(gathering *g, const char *code, const char *name)
{
	const uint32_t i = zp_names_add(g->codes, zp_text_of(code));
	if (i < g->n)
		return &g->at[i];
	const uint16_t region = zp_region_find(g->regions, zp_text_of(code));
	node one = { .code = code, .name = name, .level = UINT8_MAX };
	if (region != ZP_NO_REGION) {
		const zp_region *r = &g->regions->at[region];
		one.name = r->name;
		one.level = r->level;
		if (r->parent != ZP_NO_REGION) {
			node *above = enter(g, g->regions->at[r->parent].code, "");
			above->parts = true;
			one.parent = above->code;
		}
		/* the one above may have taken the number: look again */
	}
	const uint32_t now = zp_names_find(g->codes, zp_text_of(code));
	g->at[now] = one;
	if (now >= g->n)
		g->n = now + 1;
	return &g->at[now];
}

static int by_node(const void *a, const void *b) { return strcmp(((const node *)a)->code, ((const node *)b)->code); }

static uint32_t find_place(const zp_year_place *at, size_t n, const char *code, bool itself)
{
	for (uint32_t i = 1; i < n; i++)
		if (at[i].itself == itself && strcmp(at[i].code, code) == 0)
			return i;
	return 0;
}

static void list_places(gathering *g, zp_standings *out)
{
	zp_year_place *at = zp_take(g->arena, zp_year_place, 2 * g->n + 2);
	if (g->n)
		qsort(g->at, g->n, sizeof *g->at, by_node);
	at[0] = (zp_year_place){ "*", "", 0, UINT8_MAX, false };
	out->n_places = 1;
	for (size_t i = 0; i < g->n; i++) {
		const node *one = &g->at[i];
		const uint32_t here = (uint32_t)out->n_places++;
		at[here] = (zp_year_place){ one->code, one->name, 0, one->level, false };
		if (one->parts && one->direct)
			at[out->n_places++] = (zp_year_place){ one->code, one->name, here, one->level, true };
	}
	for (size_t i = 0; i < g->n; i++)
		if (g->at[i].parent)
			at[find_place(at, out->n_places, g->at[i].code, false)].parent = find_place(at, out->n_places, g->at[i].parent, false);
	out->places = at;
}

/* ---- classes ---- */

static int by_text(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

static void list_classes(zp_arena *arena, const zp_annal_lab *const *reg, size_t n, zp_standings *out)
{
	zp_names *names = zp_names_take(arena);
	for (size_t i = 0; i < n; i++)
		if (reg[i])
			zp_names_add(names, zp_text_of(reg[i]->lab_class));
	out->n_classes = zp_names_count(names);
	const char **at = zp_take(arena, const char *, out->n_classes + 1);
	for (uint32_t i = 0; i < out->n_classes; i++)
		at[i] = zp_names_at(names, i).p;
	qsort(at, out->n_classes, sizeof *at, by_text);
	out->classes = at;
}

static uint32_t find_class(const zp_standings *s, const char *cls)
{
	uint32_t i = 0;
	while (i < s->n_classes && strcmp(s->classes[i], cls) != 0)
		i++;
	return i;
}

void zp_places_take(zp_arena *arena, const zp_chronicle *c, const zp_regions *regions, zp_standings *out)
{
	const zp_annal_lab *const *reg = out->register_of;
	gathering g = { arena, regions, zp_names_take(arena), zp_take(arena, node, c->n_labs * 3 + 1), 0, 0 };
	uint32_t *place = zp_take(arena, uint32_t, c->n_labs + 1), *cls = zp_take(arena, uint32_t, c->n_labs + 1);
	zp_names *known = zp_names_take(arena);
	for (size_t i = 0; i < c->n_labs; i++)
		if (reg[i])
			enter(&g, reg[i]->region, reg[i]->region_name)->direct = true;
	list_places(&g, out);
	list_classes(arena, reg, c->n_labs, out);
	uint32_t *of = zp_take(arena, uint32_t, g.n + 1);
	for (size_t i = 0; i < c->n_labs; i++) {
		if (!reg[i])
			continue;
		const uint32_t before = zp_names_count(known), code = zp_names_add(known, zp_text_of(reg[i]->region));
		if (code == before) {
			const uint32_t itself = find_place(out->places, out->n_places, reg[i]->region, true);
			of[code] = itself ? itself : find_place(out->places, out->n_places, reg[i]->region, false);
		}
		place[i] = of[code];
		cls[i] = find_class(out, reg[i]->lab_class);
	}
	out->place_of = place;
	out->class_of = cls;
}
