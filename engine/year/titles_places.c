/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who of the candidates gets the places. Equal points are looked at together, the best first. */
#include <stdlib.h>
#include <string.h>
#include "base/names.h"
#include "year/titles.h"

typedef struct placing {
	zp_titles *titles;
	zp_title_bucket *buckets;
	size_t n;
	int64_t *room, *contest;  /* of each bucket: places left; who of the equal ones wants one */
	bool *closes;
	const uint32_t **of;      /* of each entrant: its bucket by quota; UINT32_MAX: the quota is not for it */
	zp_names *names;          /* of buckets: number of the quota and code */
} placing;

static int by_more(zp_fraction a, zp_fraction b)
{
	if (!a.den || !b.den)
		return !a.den - !b.den;
	return zp_fraction_compare(b, a);
}

static int by_merit(const void *p, const void *q)
{
	const zp_title *a = p, *b = q;
	if (a->cleared != b->cleared)
		return a->cleared ? -1 : 1;
	int order = a->cleared ? by_more(a->points, b->points) : 0;
	if (!order && a->cleared)
		order = by_more(a->tiebreak, b->tiebreak);
	return order ? order : strcmp(a->code, b->code);
}

static void rank(zp_titles *t)
{
	for (size_t i = 0; i < t->candidates; i++)
		t->at[i].rank = i && by_more(t->at[i - 1].points, t->at[i].points) == 0 ? t->at[i - 1].rank : (uint32_t)i + 1;
}

/* ---- buckets ---- */

static int64_t places_of(const zp_quota *q, int64_t entrants, int64_t candidates)
{
	if (q->places >= 0)
		return q->places;
	const zp_fraction f = zp_fraction_times(q->share, zp_fraction_of(q->of_entrants ? entrants : candidates, 1));
	const zp_wide whole = f.num / f.den, rest = f.num % f.den;
	const bool more = q->rounding == ZP_ROUND_UP ? rest > 0 : q->rounding == ZP_ROUND_HALF_UP && rest * 2 >= f.den;
	return (int64_t)whole + more;
}

static uint32_t bucket_of(zp_arena *arena, placing *w, const zp_quota *q, size_t number, const zp_title *t)
{
	const char *code = q->of == ZP_OF_ALL ? "*" : q->of == ZP_OF_CITY ? t->city : t->lab_class;
	if (*q->only && strcmp(q->only, code) != 0)
		return UINT32_MAX;
	const uint32_t b = zp_names_add(w->names, zp_text_of(zp_arena_print(arena, "%zu %s", number, code)));
	if (b == w->n)
		w->buckets[w->n++] = (zp_title_bucket){ .quota = q, .code = code, .name = q->of == ZP_OF_CITY && *t->city_name ? t->city_name : code };
	return b;
}

static void make_buckets(zp_arena *arena, placing *w)
{
	zp_titles *t = w->titles;
	const zp_award *a = t->award;
	w->names = zp_names_take(arena);
	w->buckets = zp_take(arena, zp_title_bucket, a->n_quotas * (t->n + 1) + 1);
	w->of = zp_take(arena, const uint32_t *, t->n + 1);
	for (size_t i = 0; i < t->n; i++) {
		uint32_t *of = zp_take(arena, uint32_t, a->n_quotas + 1);
		bool bounded = !a->n_quotas || !t->at[i].cleared;
		for (size_t k = 0; k < a->n_quotas; k++) {
			of[k] = bucket_of(arena, w, &a->quotas[k], k, &t->at[i]);
			bounded |= of[k] != UINT32_MAX;
			if (of[k] != UINT32_MAX) {
				w->buckets[of[k]].entrants++;
				w->buckets[of[k]].candidates += t->at[i].cleared;
			}
		}
		w->of[i] = of;
		if (!bounded && t->unbounded++ == 0)
			t->unbounded_one = &t->at[i];
	}
	w->room = zp_take(arena, int64_t, w->n + 1);
	w->contest = zp_take(arena, int64_t, w->n + 1);
	w->closes = zp_take(arena, bool, w->n + 1);
	for (size_t b = 0; b < w->n; b++)
		w->room[b] = w->buckets[b].places = places_of(w->buckets[b].quota, w->buckets[b].entrants, w->buckets[b].candidates);
}

/* ---- places ---- */

static bool is_full(const placing *w, size_t i)
{
	for (size_t k = 0; k < w->titles->award->n_quotas; k++)
		if (w->of[i][k] != UINT32_MAX && w->room[w->of[i][k]] <= 0)
			return true;
	return false;
}

static bool is_contested(const placing *w, size_t i)
{
	for (size_t k = 0; k < w->titles->award->n_quotas; k++)
		if (w->of[i][k] != UINT32_MAX && w->contest[w->of[i][k]] > w->room[w->of[i][k]])
			return true;
	return false;
}

static zp_title_state of_tied(zp_tie how)
{
	return how == ZP_TIE_ALL_IN ? ZP_TITLE_PROPOSED : how == ZP_TIE_ALL_OUT ? ZP_TITLE_NOT_PROPOSED : ZP_TITLE_TIED;
}

static void each_bucket(placing *w, size_t i, void (*change)(placing *, uint32_t, const zp_title *))
{
	for (size_t k = 0; k < w->titles->award->n_quotas; k++)
		if (w->of[i][k] != UINT32_MAX)
			change(w, w->of[i][k], &w->titles->at[i]);
}

static void want(placing *w, uint32_t b, const zp_title *t)
{
	(void)t;
	w->contest[b]++;
}

/* Whoever is tied may still get a place: it is reserved. */
static void keep(placing *w, uint32_t b, const zp_title *t)
{
	w->buckets[b].proposed += t->state == ZP_TITLE_PROPOSED;
	w->buckets[b].tied += t->state == ZP_TITLE_TIED;
	w->room[b] -= t->state >= ZP_TITLE_TIED;
}

/* The equal ones from i to end. */
static void place(placing *w, size_t i, size_t end)
{
	zp_titles *t = w->titles;
	memset(w->contest, 0, (w->n + 1) * sizeof *w->contest);
	for (size_t k = i; k < end; k++) {
		t->at[k].state = is_full(w, k) ? ZP_TITLE_NOT_PROPOSED : ZP_TITLE_PROPOSED;
		if (t->at[k].state == ZP_TITLE_PROPOSED)
			each_bucket(w, k, want);
	}
	for (size_t k = i; k < end; k++)
		if (t->at[k].state == ZP_TITLE_PROPOSED && is_contested(w, k))
			t->at[k].state = of_tied(t->award->ties);
	/* who was tied for the last places of a bucket closes it: nobody below moves up */
	for (size_t b = 0; b < w->n; b++)
		w->closes[b] = w->contest[b] > w->room[b];
	for (size_t k = i; k < end; k++)
		each_bucket(w, k, keep);
	for (size_t b = 0; b < w->n; b++)
		if (w->closes[b])
			w->room[b] = 0;
}

void zp_titles_place(zp_arena *arena, zp_titles *t)
{
	placing w = { .titles = t };
	qsort(t->at, t->n, sizeof *t->at, by_merit);
	for (size_t i = 0; i < t->n; i++) {
		t->candidates += t->at[i].cleared;
		t->at[i].state = ZP_TITLE_NOT_CLEARED;
	}
	rank(t);
	make_buckets(arena, &w);
	t->buckets = w.buckets;
	t->n_buckets = w.n;
	t->too_few = (int64_t)t->n < t->award->least_entrants || (int64_t)t->candidates < t->award->least_candidates;
	for (size_t i = 0, end; i < t->candidates; i = end) {
		for (end = i + 1; end < t->candidates && by_more(t->at[i].points, t->at[end].points) == 0 &&
				  by_more(t->at[i].tiebreak, t->at[end].tiebreak) == 0;)
			end++;
		if (!t->too_few)
			place(&w, i, end);
		for (size_t k = i; t->too_few && k < end; k++)
			t->at[k].state = ZP_TITLE_NOT_PROPOSED;
	}
}
