/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "year/shares.h"
#include <stdlib.h>
#include <string.h>
#include "base/names.h"
#include "year/places.h"

const char *zp_share_word(zp_share_kind kind)
{
	static const char *const words[] = { "participation", "return", "satisfactory", "satisfactory_measurands", "acceptable", "acceptable_returned", "laboratories" };
	return words[kind];
}

/* What a laboratory brings to each share; participation is the institution's. */
typedef struct brings { int64_t num[ZP_SHARE_KINDS], den[ZP_SHARE_KINDS]; bool takes_part; } brings;

static bool is_counted(const zp_year_programme *p, unsigned levels) { return !p->says->trueness && (levels & 1u << p->says->level); }

static void bring(brings *b, zp_share_kind kind, int64_t num, int64_t den)
{
	b->num[kind] += num;
	b->den[kind] += den;
}

static bool is_evaluated(const zp_year_cell *c) { return c->outcome >= ZP_OUT_SATISFACTORY; }

static void bring_whole(brings *b, const zp_year_cell *c, const zp_year_rules *rules)
{
	if (c->outcome <= ZP_OUT_ABSENT)
		return;
	const bool in_time = c->standing == ZP_STANDS_RETURNED || c->standing == ZP_STANDS_BLANK;
	b->takes_part |= in_time || !rules->share_returned;
	if (c->outcome == ZP_OUT_EXCUSED)
		return;
	bring(b, ZP_SHARE_RETURN, in_time || (rules->share_late_returned && c->standing == ZP_STANDS_LATE), 1);
	if (is_evaluated(c))
		bring(b, ZP_SHARE_SATISFACTORY, c->outcome == ZP_OUT_SATISFACTORY, 1);
}

static void bring_measurand(brings *b, const zp_year_cell *c)
{
	if (!is_evaluated(c))
		return;
	bring(b, ZP_SHARE_SATISFACTORY_MEASURANDS, c->outcome == ZP_OUT_SATISFACTORY, 1);
	bring(b, ZP_SHARE_ACCEPTABLE, c->credit, (int64_t)c->total * 100);
	if (c->standing == ZP_STANDS_RETURNED || c->standing == ZP_STANDS_BLANK)
		bring(b, ZP_SHARE_ACCEPTABLE_RETURNED, c->credit, (int64_t)c->total * 100);
}

static brings *bring_all(zp_arena *arena, const zp_chronicle *c, const zp_year_rules *rules)
{
	brings *all = zp_take(arena, brings, c->n_labs + 1);
	for (size_t i = 0; i < c->n_programmes; i++) {
		const zp_year_programme *p = &c->programmes[i];
		for (size_t row = 0; is_counted(p, rules->share_levels) && row < p->n_labs; row++)
			for (size_t r = 0; r < p->n_held; r++) {
				if (!p->held[r].in_year)
					continue;
				bring_whole(&all[p->labs[row]], &zp_year_cells(p, row, p->n_measurands)[r], rules);
				for (size_t k = 0; k < p->n_measurands; k++)
					bring_measurand(&all[p->labs[row]], &zp_year_cells(p, row, k)[r]);
			}
	}
	return all;
}

/* ---- institutions ---- */

/* An institution lies where the laboratory of its own code lies, or else its first laboratory by code. */
typedef struct institution { uint32_t lab; bool takes_part, own; } institution;

static void count_institutions(zp_arena *arena, const zp_chronicle *c, zp_standings *s, const brings *all, zp_standing_cell *cells)
{
	zp_names *names = zp_names_take(arena);
	institution *at = zp_take(arena, institution, c->n_labs + 1);
	uint32_t *of = zp_take(arena, uint32_t, c->n_labs + 1);
	s->institution_of = of;
	for (uint32_t i = 0; i < c->n_labs; i++) {
		const zp_annal_lab *lab = s->register_of[i];
		if (!lab)
			continue;
		const char *code = *lab->institution ? lab->institution : c->labs[i].code;
		const uint32_t before = zp_names_count(names), k = zp_names_add(names, zp_text_of(code));
		const bool own = strcmp(code, c->labs[i].code) == 0;
		if (k == before || (own && !at[k].own))
			at[k].lab = i, at[k].own = own;
		at[k].takes_part |= all[i].takes_part;
		of[i] = k;
	}
	for (uint32_t k = 0; k < zp_names_count(names); k++) {
		zp_standing_cell *cell = &cells[s->place_of[at[k].lab] * (s->n_classes + 1) + s->class_of[at[k].lab]];
		cell->institutions++;
		zp_share_count *share = &cell->of[ZP_SHARE_PARTICIPATION];
		share->num += at[k].takes_part;
		share->den++;
		share->behind++;
	}
}

static void count_labs(const zp_chronicle *c, zp_standings *s, const brings *all, zp_standing_cell *cells)
{
	for (size_t i = 0; i < c->n_labs; i++) {
		if (!s->register_of[i])
			continue;
		zp_standing_cell *cell = &cells[s->place_of[i] * (s->n_classes + 1) + s->class_of[i]];
		cell->labs++;
		for (int k = ZP_SHARE_PARTICIPATION + 1; k < ZP_SHARE_KINDS; k++) {
			cell->of[k].num += all[i].num[k];
			cell->of[k].den += all[i].den[k];
			cell->of[k].behind += all[i].den[k] > 0;
		}
	}
}

/* ---- rolling up ---- */

static void add_cell(zp_standing_cell *to, const zp_standing_cell *from)
{
	to->labs += from->labs;
	to->institutions += from->institutions;
	for (int k = 0; k < ZP_SHARE_KINDS; k++) {
		to->of[k].num += from->of[k].num;
		to->of[k].den += from->of[k].den;
		to->of[k].behind += from->of[k].behind;
	}
}

/* Every innermost place adds to all that it lies in; then the classes of each. */
static void roll_up(const zp_standings *s, zp_standing_cell *cells, zp_arena *arena)
{
	const size_t width = s->n_classes + 1;
	zp_standing_cell *own = zp_take(arena, zp_standing_cell, s->n_places * width + 1);
	memcpy(own, cells, s->n_places * width * sizeof *own);
	for (size_t i = 1; i < s->n_places; i++)
		for (size_t up = i; up != 0;) {
			up = s->places[up].parent;
			for (size_t k = 0; k < s->n_classes; k++)
				add_cell(&cells[up * width + k], &own[i * width + k]);
		}
	for (size_t i = 0; i < s->n_places; i++)
		for (size_t k = 0; k < s->n_classes; k++)
			add_cell(&cells[i * width + s->n_classes], &cells[i * width + k]);
}

/* Laboratories of one institution one after the other. */
typedef struct member { uint32_t institution, lab; } member;

static int by_institution(const void *a, const void *b)
{
	const member *x = a, *y = b;
	if (x->institution != y->institution)
		return x->institution < y->institution ? -1 : 1;
	return (x->lab > y->lab) - (x->lab < y->lab);
}

size_t zp_standing_cells_of(const zp_standings *s, size_t lab, size_t cells[static ZP_STANDING_DEPTH])
{
	size_t n = 0;
	for (uint32_t at = s->place_of[lab];; at = s->places[at].parent) {
		cells[n++] = at * (s->n_classes + 1) + s->class_of[lab];
		cells[n++] = at * (s->n_classes + 1) + s->n_classes;
		if (!at || n + 2 > ZP_STANDING_DEPTH)
			return n;
	}
}

void zp_standing_count_few(zp_arena *arena, const zp_standings *s, size_t n_labs, bool (*has)(const void *self, size_t lab, int kind), const void *self,
			   int kinds, int64_t *few)
{
	const size_t n = s->n_places * (s->n_classes + 1);
	member *order = zp_take(arena, member, n_labs + 1);
	uint32_t *seen = zp_take(arena, uint32_t, n * (size_t)kinds + 1);
	size_t members = 0, cells[ZP_STANDING_DEPTH];
	for (uint32_t lab = 0; lab < n_labs; lab++)
		if (s->register_of[lab])
			order[members++] = (member){ s->institution_of[lab], lab };
	if (members)
		qsort(order, members, sizeof *order, by_institution);
	for (size_t i = 0; i < members; i++) {
		const size_t in = zp_standing_cells_of(s, order[i].lab, cells);
		for (int kind = 0; kind < kinds; kind++)
			for (size_t k = 0; k < in && has(self, order[i].lab, kind); k++) {
				uint32_t *last = &seen[cells[k] * (size_t)kinds + (size_t)kind];
				few[cells[k] * (size_t)kinds + (size_t)kind] += *last != order[i].institution + 1;
				*last = order[i].institution + 1;
			}
	}
}

static bool has_part(const void *self, size_t lab, int kind) { return ((const brings *)self)[lab].den[kind] > 0; }

/* Institutions behind each share, and the counts of the register. */
static void count_few(zp_arena *arena, const zp_standings *s, size_t n_labs, const brings *all, zp_standing_cell *cells)
{
	const size_t width = s->n_classes + 1, n = s->n_places * width;
	int64_t *few = zp_take(arena, int64_t, n * ZP_SHARE_KINDS + 1);
	zp_standing_count_few(arena, s, n_labs, has_part, all, ZP_SHARE_KINDS, few);
	for (size_t i = 0; i < n; i++) {
		for (int k = 0; k < ZP_SHARE_KINDS; k++)
			cells[i].of[k].few = k == ZP_SHARE_PARTICIPATION || cells[i].of[k].behind < few[i * ZP_SHARE_KINDS + (size_t)k] ? cells[i].of[k].behind :
				few[i * ZP_SHARE_KINDS + (size_t)k];
		const int64_t labs = cells[i].labs;
		cells[i].of[ZP_SHARE_LABORATORIES] = (zp_share_count){ labs, cells[i / width * width + s->n_classes].labs, labs, labs };
	}
}

static bool takes_part_at_all(const zp_chronicle *c, const zp_year_rules *rules, size_t lab, const brings *all)
{
	(void)c, (void)rules;
	for (int k = 0; k < ZP_SHARE_KINDS; k++)
		if (all[lab].den[k])
			return true;
	return all[lab].takes_part;
}

const zp_standings *zp_standings_take(zp_arena *arena, const zp_chronicle *c, const zp_year_rules *rules, const zp_regions *regions)
{
	zp_standings *s = zp_take(arena, zp_standings, 1);
	const brings *all = bring_all(arena, c, rules);
	s->year = c->year;
	s->register_of = zp_register_take(arena, c, (zp_register_on)rules->share_register_on);
	zp_places_take(arena, c, regions, s);
	zp_standing_cell *cells = zp_take(arena, zp_standing_cell, s->n_places * (s->n_classes + 1) + 1);
	uint32_t *outside = zp_take(arena, uint32_t, c->n_labs + 1);
	count_labs(c, s, all, cells);
	count_institutions(arena, c, s, all, cells);
	roll_up(s, cells, arena);
	count_few(arena, s, c->n_labs, all, cells);
	for (uint32_t i = 0; i < c->n_labs; i++)
		if (!s->register_of[i] && takes_part_at_all(c, rules, i, all))
			outside[s->n_outside++] = i;
	s->outside = outside;
	s->cells = cells;
	return s;
}

size_t zp_standing_find(const zp_standings *s, const char *place, bool itself, const char *cls)
{
	const size_t width = s->n_classes + 1;
	for (size_t i = 0; i < s->n_places; i++) {
		if (s->places[i].itself != itself || strcmp(s->places[i].code, place) != 0)
			continue;
		for (size_t k = 0; k < s->n_classes; k++)
			if (strcmp(s->classes[k], cls) == 0)
				return i * width + k;
		return strcmp(cls, "*") == 0 ? i * width + s->n_classes : SIZE_MAX;
	}
	return SIZE_MAX;
}

bool zp_share_change(const zp_share_count *now, const zp_share_count *before, bool printed, int64_t *tenths)
{
	if (!now->den || !before->den)
		return false;
	const zp_fraction a = zp_share_fraction(now), b = zp_share_fraction(before);
	*tenths = printed ? zp_fraction_tenths(a) - zp_fraction_tenths(b) : zp_fraction_tenths(zp_fraction_minus(a, b));
	return true;
}

static zp_hidden hide(zp_arena *arena, const zp_standings *s, zp_cells *cells, const zp_year_rules *rules)
{
	uint32_t *parent = zp_take(arena, uint32_t, s->n_places + 1);
	for (size_t i = 0; i < s->n_places; i++)
		parent[i] = s->places[i].parent;
	cells->n_places = s->n_places, cells->n_classes = s->n_classes, cells->parent = parent;
	return zp_suppress(arena, cells, (unsigned)rules->publish_least, rules->publish_hide_zero, !rules->publish_primary_only);
}

zp_hidden zp_standings_hide_counts(zp_arena *arena, const zp_standings *s, const zp_standing_counts *c, const zp_year_rules *rules)
{
	const zp_counted figures[] = { { c->num, c->den, false }, { c->den, NULL, false } };
	zp_cells cells = { .behind = c->behind, .few = c->few, .figures = figures, .n_figures = c->den ? 2 : 1 };
	return hide(arena, s, &cells, rules);
}

zp_hidden zp_standings_hide(zp_arena *arena, const zp_standings *s, zp_share_kind kind, const zp_year_rules *rules)
{
	const size_t n = s->n_places * (s->n_classes + 1);
	int64_t *behind = zp_take(arena, int64_t, n + 1), *few = zp_take(arena, int64_t, n + 1), *num = zp_take(arena, int64_t, n + 1),
		*den = zp_take(arena, int64_t, n + 1);
	for (size_t i = 0; i < n; i++) {
		const zp_share_count *c = &s->cells[i].of[kind];
		behind[i] = c->behind, few[i] = c->few, num[i] = c->num, den[i] = c->den;
	}
	if (kind == ZP_SHARE_LABORATORIES)
		return (zp_hidden){ .at = zp_take(arena, bool, n + 1), .safe = true };
	if (kind != ZP_SHARE_PARTICIPATION)
		return zp_standings_hide_counts(arena, s, &(zp_standing_counts){ behind, few, num, den }, rules);
	const zp_counted part = { num, den, true };
	zp_cells cells = { .behind = behind, .few = few, .public_behind = true, .figures = &part, .n_figures = 1 };
	return hide(arena, s, &cells, rules);
}
