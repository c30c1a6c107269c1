/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "year/year_titles.h"
#include <stdlib.h>
#include <string.h>
#include "base/memory.h"

typedef struct taking {
	zp_arena *arena;
	const zp_year *year;
	zp_problems *problems;
	zp_year_titles *out;
	zp_title_outside *outside;
	size_t n_decided;
	zp_ledger_decision *decided; /* of this year: of the ledger, then new ones */
} taking;

/* ---- records ---- */

static const char *record_of_lab(void *self, size_t i, zp_piece *piece)
{
	const taking *w = self;
	zp_progress_step(w->year->wish->progress, 1);
	return zp_record_is_of_lab(w->year, i) ? zp_record_of_lab(w->year, i, piece) : NULL;
}

static const char *record_of_region(void *self, size_t i, zp_piece *piece)
{
	const taking *w = self;
	zp_progress_step(w->year->wish->progress, 1);
	return zp_record_is_of_region(w->year, (uint16_t)i) ? zp_record_of_region(w->year, (uint16_t)i, piece) : NULL;
}

/* Awards of one kind of record; the others stay as they are. */
static bool take_kind(taking *w, const zp_award *const *awards, size_t n, bool regions, zp_titles *out, zp_error *err)
{
	const zp_regions *tree = w->year->wish->regions;
	const zp_title_source source = regions ? (zp_title_source){ tree ? tree->n : 0, record_of_region, w }
					       : (zp_title_source){ w->year->chronicle->n_labs, record_of_lab, w };
	const zp_award **some = zp_take(w->arena, const zp_award *, n + 1);
	zp_progress_stage(w->year->wish->progress, "working out titles, records", source.n);
	size_t *which = zp_take(w->arena, size_t, n + 1), k = 0;
	for (size_t i = 0; i < n; i++)
		if ((awards[i]->unit == ZP_UNIT_REGION) == regions)
			which[k] = i, some[k++] = awards[i];
	if (!k)
		return true;
	if (regions && !tree)
		return zp_fail(err, ZP_BAD_INPUT, some[0]->file, 0, "award \"%s\" is for regions and no tree of regions was given; expected --regions", some[0]->id);
	zp_titles *these = zp_take(w->arena, zp_titles, k);
	if (!zp_titles_take(w->arena, some, k, &source, w->year->wish->threads, these, err))
		return false;
	for (size_t i = 0; i < k; i++)
		out[which[i]] = these[i];
	return true;
}

/* ---- decisions ---- */

static const zp_award *award_of(const taking *w, const char *id)
{
	for (size_t i = 0; i < w->year->wish->n_awards; i++)
		if (strcmp(w->year->wish->awards[i]->id, id) == 0)
			return w->year->wish->awards[i];
	return NULL;
}

/* The name of the unit; NULL: there is none of the code. */
static const char *unit_name(const taking *w, const zp_award *a, const char *code)
{
	const zp_regions *tree = w->year->wish->regions;
	if (a->unit != ZP_UNIT_REGION) {
		const size_t lab = zp_year_lab_find(w->year->chronicle, code);
		return lab == SIZE_MAX ? NULL : w->year->chronicle->labs[lab].says->name;
	}
	for (size_t i = 0; i < tree->n; i++) /* without a tree an award for regions is refused before */
		if (strcmp(tree->at[i].code, code) == 0 && zp_record_is_of_region(w->year, (uint16_t)i))
			return tree->at[i].name;
	return NULL;
}

static const char *all_awards(const taking *w)
{
	const char *out = "";
	for (size_t i = 0; i < w->year->wish->n_awards; i++)
		out = zp_arena_print(w->arena, "%s%s%s", out, i ? ", " : "", w->year->wish->awards[i]->id);
	return *out ? out : "none";
}

static void check(taking *w, const zp_title_decision *d)
{
	const char *file = w->year->wish->decisions->file;
	const zp_award *a = award_of(w, d->award);
	if (!a)
		zp_problem_add(w->problems, file, d->line, 0, "\"%s\" is none of the awards that are worked out; expected one of --awards (%s)",
			       zp_text_show(w->arena, zp_text_of(d->award)), all_awards(w));
	else if (!unit_name(w, a, d->lab))
		zp_problem_add(w->problems, file, d->line, 0, a->unit == ZP_UNIT_REGION ? "there is no region \"%s\" with a record of the year; expected one just below the root"
											  : "laboratory \"%s\" is on no register up to the end of the year; expected the code that it has then",
			       zp_text_show(w->arena, zp_text_of(d->lab)));
}

/* As the ledger puts them: the later day, then the word that comes later. */
static bool is_later(const zp_ledger_decision *a, const zp_ledger_decision *b)
{
	const int day = strcmp(a->date, b->date);
	return day ? day > 0 : strcmp(a->decision, b->decision) > 0;
}

static void add_decision(taking *w, const zp_ledger_decision *d)
{
	for (size_t i = 0; i < w->n_decided; i++)
		if (strcmp(w->decided[i].award, d->award) == 0 && strcmp(w->decided[i].lab, d->lab) == 0) {
			if (is_later(d, &w->decided[i]))
				w->decided[i] = *d;
			return;
		}
	w->decided[w->n_decided++] = *d;
}

static zp_ledger_decision act_of(const zp_year_wish *wish, const zp_title_decision *d)
{
	return (zp_ledger_decision){ .year = wish->year, .award = d->award, .lab = d->lab, .decision = d->decision, .by = d->by, .date = d->on, .because = d->because };
}

static void gather_decisions(taking *w)
{
	const zp_year_wish *wish = w->year->wish;
	w->decided = zp_take(w->arena, zp_ledger_decision, wish->n_decided + (wish->decisions ? wish->decisions->n : 0) + 1);
	for (size_t i = 0; i < wish->n_decided; i++)
		if (wish->decided[i].year == wish->year && wish->decided[i].counts)
			w->decided[w->n_decided++] = wish->decided[i];
	for (size_t i = 0; wish->decisions && i < wish->decisions->n; i++) {
		const zp_ledger_decision d = act_of(wish, &wish->decisions->at[i]);
		check(w, &wish->decisions->at[i]);
		add_decision(w, &d);
	}
}

static zp_title *entrant_of(const zp_titles *t, const char *code)
{
	for (size_t i = 0; i < t->n; i++)
		if (strcmp(t->at[i].code, code) == 0)
			return &t->at[i];
	return NULL;
}

static void show_decisions(taking *w)
{
	w->outside = zp_take(w->arena, zp_title_outside, w->n_decided + 1);
	for (size_t i = 0; i < w->n_decided; i++) {
		const zp_ledger_decision *d = &w->decided[i];
		for (size_t k = 0; k < w->out->n; k++) {
			const zp_titles *t = &w->out->at[k];
			if (strcmp(t->award->id, d->award) != 0)
				continue;
			zp_title *title = entrant_of(t, d->lab);
			const char *name = unit_name(w, t->award, d->lab);
			if (title) {
				title->decision = d->decision;
				title->decided_by = d->by;
				title->decided_on = d->date;
				title->decided_because = d->because;
			} else
				w->outside[w->out->n_outside++] = (zp_title_outside){ t->award, d->lab, name ? name : "", d };
		}
	}
	w->out->outside = w->outside;
}

/* ---- the whole ---- */

static bool take_what_if(taking *w, zp_error *err)
{
	const zp_award *other = w->year->wish->what_if;
	zp_titles *t = zp_take(w->arena, zp_titles, 1);
	if (!other)
		return true;
	for (size_t i = 0; i < w->out->n; i++)
		if (strcmp(w->out->at[i].award->id, other->id) == 0)
			w->out->what_if_against = &w->out->at[i];
	if (!w->out->what_if_against)
		return zp_fail(err, ZP_BAD_INPUT, other->file, 0, "the rule is for award \"%s\", which is not worked out; expected one of --awards (%s)", other->id, all_awards(w));
	if (w->out->what_if_against->award->unit != other->unit)
		return zp_fail(err, ZP_BAD_INPUT, other->file, 0, "the rule is for other units than the award \"%s\"; expected the same", other->id);
	w->out->what_if = t;
	return take_kind(w, &other, 1, other->unit == ZP_UNIT_REGION, t, err);
}

const zp_year_titles *zp_year_titles_take(zp_arena *arena, const zp_year *year, zp_problems *problems, zp_error *err)
{
	const size_t before = zp_problems_count(problems), n = year->wish->n_awards;
	zp_year_titles *out = zp_take(arena, zp_year_titles, 1);
	zp_titles *at = zp_take(arena, zp_titles, n + 1);
	taking w = { .arena = arena, .year = year, .problems = problems, .out = out };
	out->at = at;
	out->n = n;
	if (!take_kind(&w, year->wish->awards, n, false, at, err) || !take_kind(&w, year->wish->awards, n, true, at, err) || !take_what_if(&w, err))
		return NULL;
	gather_decisions(&w);
	if (zp_problems_count(problems) > before)
		return NULL;
	show_decisions(&w);
	zp_title_papers_take(arena, year, out);
	return out;
}

bool zp_year_titles_put(const zp_year *year, zp_ledger *ledger, zp_error *err)
{
	const zp_title_decisions *d = year->wish->decisions;
	if (!d || !d->n)
		return true;
	zp_ledger_decision *acts = zp_must(calloc(d->n, sizeof *acts));
	for (size_t i = 0; i < d->n; i++)
		acts[i] = act_of(year->wish, &d->at[i]);
	const bool good = zp_ledger_put_decisions(ledger, acts, d->n, err);
	free(acts);
	return good;
}
