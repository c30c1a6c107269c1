/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "year/shares.h"
#include <string.h>
#include "base/names.h"
#include "year/places.h"

const char *zp_share_word(zp_share_kind kind)
{
	static const char *const words[] = { "participation", "return", "satisfactory", "satisfactory_measurands", "acceptable", "acceptable_returned" };
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

zp_hidden zp_standings_hide_counts(zp_arena *arena, const zp_standings *s, const int64_t *behind, const int64_t *num, const int64_t *den,
				   const int64_t *more, const zp_year_rules *rules)
{
	uint32_t *parent = zp_take(arena, uint32_t, s->n_places + 1);
	zp_figure figures[3] = { { num, den } };
	size_t n = 1;
	for (size_t i = 0; i < s->n_places; i++)
		parent[i] = s->places[i].parent;
	if (den)
		figures[n++] = (zp_figure){ den, NULL };
	if (more)
		figures[n++] = (zp_figure){ more, NULL };
	const zp_cells cells = { s->n_places, s->n_classes, parent, behind, figures, n };
	return zp_suppress(arena, &cells, (unsigned)rules->publish_least, rules->publish_hide_zero, !rules->publish_primary_only);
}

zp_hidden zp_standings_hide(zp_arena *arena, const zp_standings *s, zp_share_kind kind, const zp_year_rules *rules)
{
	const size_t n = s->n_places * (s->n_classes + 1);
	int64_t *behind = zp_take(arena, int64_t, n + 1), *num = zp_take(arena, int64_t, n + 1), *den = zp_take(arena, int64_t, n + 1);
	int64_t *labs = zp_take(arena, int64_t, n + 1);
	for (size_t i = 0; i < n; i++) {
		const zp_share_count *c = &s->cells[i].of[kind];
		behind[i] = c->behind, num[i] = c->num, den[i] = c->den, labs[i] = s->cells[i].labs;
	}
	return zp_standings_hide_counts(arena, s, behind, num, den, kind == ZP_SHARE_PARTICIPATION ? labs : NULL, rules);
}
