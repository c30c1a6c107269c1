/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "year/titles.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/pool.h"

const char *zp_title_word(zp_title_state s)
{
	static const char *const words[] = { "entrant", "candidate", "tied", "proposed" };
	return words[s];
}

/* ---- one record ---- */

typedef struct worker { zp_piece piece; zp_arena *arena; } worker;

typedef struct asking {
	const zp_award *const *awards;
	size_t n_awards;
	const zp_title_source *source;
	worker *workers;
	const zp_condition **years; /* of each award */
	zp_title *all;        /* records x awards; code NULL: no entrant */
	zp_title_term **terms; /* of each award: records x terms */
	uint8_t *unclear;     /* records x awards */
	const char **fault;   /* of each record; NULL: none */
} asking;

static const char *copy(zp_arena *arena, const char *text)
{
	return text ? zp_arena_text(arena, text, strlen(text)) : "";
}

static void read_unit(zp_arena *arena, const zp_document *d, bool region, zp_title *t)
{
	const char *element = region ? "region" : "laboratory";
	t->code = copy(arena, zp_document_at(d, element, "code"));
	t->name = copy(arena, zp_document_at(d, element, "name"));
	t->city = region ? t->code : copy(arena, zp_document_at(d, element, "city"));
	t->city_name = region ? t->name : copy(arena, zp_document_at(d, element, "city-name"));
	t->lab_class = copy(arena, zp_document_at(d, element, "class"));
	t->department = copy(arena, zp_document_at(d, element, "department"));
}

static zp_fraction at_most(zp_fraction v, zp_fraction most)
{
	if (!v.den || v.num < 0)
		return zp_fraction_of(0, 1);
	return zp_fraction_compare(v, most) > 0 ? most : v;
}

static zp_title_term ask(zp_arena *arena, const zp_term *term, const zp_document *d)
{
	zp_missing missing = { "" };
	zp_title_term t = { .missing = "", .points = zp_fraction_of(0, 1) };
	if (term->value) {
		const zp_fraction v = zp_condition_value(term->value, d, &missing);
		t.answer = v.den ? ZP_TRUE : ZP_UNKNOWN;
		t.points = zp_fraction_times(term->weight, at_most(v, term->most));
	} else {
		t.answer = (uint8_t)zp_condition_ask(term->test, d, &missing);
		if (term->kind == ZP_TERM_POINTS && t.answer == ZP_TRUE)
			t.points = term->weight;
	}
	if (t.answer == ZP_UNKNOWN)
		t.missing = copy(arena, missing.fact);
	return t;
}

static bool allows(zp_term_kind kind, uint8_t answer)
{
	return kind == ZP_TERM_POINTS || answer == (kind == ZP_TERM_REQUIRE ? ZP_TRUE : ZP_FALSE);
}

static void judge(zp_arena *arena, const zp_award *a, const zp_document *d, zp_title *t, zp_title_term *terms)
{
	zp_missing missing;
	t->terms = terms;
	t->points = zp_fraction_of(0, 1);
	t->tiebreak = ZP_NO_FRACTION;
	t->cleared = true;
	for (size_t i = 0; i < a->n_terms; i++) {
		terms[i] = ask(arena, &a->terms[i], d);
		t->cleared &= allows(a->terms[i].kind, terms[i].answer);
		t->points = zp_fraction_plus(t->points, terms[i].points);
	}
	/* whose points cannot be added up can be compared with nobody */
	if (!t->points.den || (a->least_points.den && zp_fraction_compare(t->points, a->least_points) < 0))
		t->cleared = false;
	if (a->tiebreak)
		t->tiebreak = zp_condition_value(a->tiebreak, d, &missing);
}

/* The years in a row that a record tells of the award. */
static const zp_condition *asks_for_years(zp_arena *arena, const zp_award *a)
{
	char why[ZP_CONDITION_WORDS];
	const char *text = zp_arena_print(arena, "titles[@award = '%s']/@consecutive", a->id);
	return zp_condition_compile(arena, text, a->unit == ZP_UNIT_REGION ? ZP_RECORD_OF_REGION : ZP_RECORD_OF_LAB, ZP_ASKS_HOW_MUCH, why);
}

static int years_in_row(const zp_condition *c, const zp_document *d)
{
	zp_missing missing;
	const zp_fraction v = zp_condition_value(c, d, &missing);
	return v.den == 1 && v.num >= 0 && v.num < 1000 ? (int)v.num : -1;
}

static void enter(asking *w, size_t i, size_t k, const zp_document *d, zp_arena *arena)
{
	const zp_award *a = w->awards[k];
	zp_title *t = &w->all[i * w->n_awards + k];
	zp_missing missing;
	if (a->unit == ZP_UNIT_DEPARTMENT) {
		const char *name = zp_document_at(d, "laboratory", "department");
		if (!name || !zp_award_has_department(a, name))
			return;
	}
	const zp_truth enters = zp_condition_ask(a->entrant, d, &missing);
	w->unclear[i * w->n_awards + k] = enters == ZP_UNKNOWN;
	if (enters != ZP_TRUE)
		return;
	read_unit(arena, d, a->unit == ZP_UNIT_REGION, t);
	t->record = (uint32_t)i;
	t->years_in_row = years_in_row(w->years[k], d);
	judge(arena, a, d, t, w->terms[k] + i * a->n_terms);
}

static void task(void *context, size_t i, unsigned me)
{
	asking *w = context;
	worker *mine = &w->workers[me];
	char why[300];
	const char *bytes = w->source->record(w->source->self, i, &mine->piece);
	if (!bytes)
		return;
	zp_document *d = zp_document_open((zp_text){ bytes, mine->piece.n }, why, sizeof why);
	if (!d)
		w->fault[i] = copy(mine->arena, why);
	for (size_t k = 0; d && k < w->n_awards; k++)
		enter(w, i, k, d, mine->arena);
	zp_document_close(d);
}

/* ---- all of them ---- */

static void run(zp_arena *arena, asking *w, unsigned threads)
{
	threads = threads ? threads : zp_pool_processors();
	w->workers = zp_take(arena, worker, threads);
	for (unsigned i = 0; i < threads; i++)
		w->workers[i].arena = zp_arena_within(arena);
	zp_pool_run(threads, w->source->n, task, w);
	for (unsigned i = 0; i < threads; i++)
		free(w->workers[i].piece.bytes);
}

static void gather(zp_arena *arena, const asking *w, size_t k, zp_titles *out)
{
	*out = (zp_titles){ .award = w->awards[k], .asked = w->source->n };
	out->at = zp_take(arena, zp_title, w->source->n + 1);
	for (size_t i = 0; i < w->source->n; i++) {
		const zp_title *t = &w->all[i * w->n_awards + k];
		out->unclear += w->unclear[i * w->n_awards + k];
		if (t->code)
			out->at[out->n++] = *t;
	}
	zp_titles_place(arena, out);
}

bool zp_titles_take(zp_arena *arena, const zp_award *const *awards, size_t n, const zp_title_source *source, unsigned threads, zp_titles *out,
		    zp_error *err)
{
	asking w = { .awards = awards, .n_awards = n, .source = source };
	w.all = zp_take(arena, zp_title, source->n * n + 1);
	w.unclear = zp_take(arena, uint8_t, source->n * n + 1);
	w.fault = zp_take(arena, const char *, source->n + 1);
	w.terms = zp_take(arena, zp_title_term *, n + 1);
	w.years = zp_take(arena, const zp_condition *, n + 1);
	for (size_t k = 0; k < n; k++) {
		w.terms[k] = zp_take(arena, zp_title_term, source->n * awards[k]->n_terms + 1);
		w.years[k] = asks_for_years(arena, awards[k]);
	}
	run(arena, &w, threads);
	for (size_t i = 0; i < source->n; i++)
		if (w.fault[i])
			return zp_fail(err, ZP_BUG, NULL, 0, "record %zu: %s", i + 1, w.fault[i]);
	for (size_t k = 0; k < n; k++)
		gather(arena, &w, k, &out[k]);
	return true;
}
