/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "year/adjusted.h"
#include <math.h>
#include <string.h>

const char *zp_adjusted_word(zp_adjusted_level level)
{
	static const char *const words[] = { "city", "place" };
	return words[level];
}

/* ---- counts ---- */

static zp_trials trials_of(const zp_ranked *lab)
{
	const double hits = (double)lab->credit / 100;
	return (zp_trials){ hits, (double)lab->total - hits };
}

static void add(zp_trials *to, zp_trials one)
{
	to->hits += one.hits;
	to->misses += one.misses;
}

typedef struct counting {
	const zp_standings *standings;
	const zp_year_ranking *ranking;
	zp_trials *whole; /* by class */
	zp_trials *of;    /* places x classes */
	zp_adjusted *at;  /* of each place */
} counting;

static void count(counting *k, zp_adjusted_level level)
{
	const size_t classes = k->standings->n_classes;
	for (size_t i = 0; i < k->ranking->n; i++) {
		const zp_ranked *lab = &k->ranking->at[i];
		if (!lab->total)
			continue;
		const uint32_t place = level == ZP_ADJUSTED_CITY ? lab->region : k->standings->place_of[lab->lab];
		const uint32_t cls = k->standings->class_of[lab->lab];
		add(&k->of[place * classes + cls], trials_of(lab));
		add(&k->whole[cls], trials_of(lab));
		k->at[place].place = place;
		k->at[place].laboratories++;
		k->at[place].credit += lab->credit;
		k->at[place].total += lab->total;
	}
}

/* Only those that have results. Gives: how many. */
static size_t adjust(counting *k, bool direct, zp_trials *counts)
{
	const size_t classes = k->standings->n_classes;
	size_t n = 0;
	for (size_t place = 0; place < k->standings->n_places; place++) {
		if (!k->at[place].laboratories)
			continue;
		zp_adjusted *a = &k->at[n];
		double undefined = 0;
		*a = k->at[place];
		const zp_trials *own = &k->of[place * classes];
		const zp_standardised s = direct ? zp_standardise_directly(own, k->whole, classes, &undefined) : zp_standardise(own, k->whole, classes);
		a->expected = s.expected, a->ratio = s.ratio, a->share = s.share, a->undefined = undefined;
		counts[n++] = s.count;
	}
	return n;
}

/* ---- ranks ---- */

typedef struct ranks { zp_ranking all; zp_trials *evidence; double *failing; uint32_t *rank; zp_rank_work work; } ranks;

static ranks open_ranks(zp_arena *arena, size_t n)
{
	ranks r = { .evidence = zp_take(arena, zp_trials, n), .failing = zp_take(arena, double, n), .rank = zp_take(arena, uint32_t, n) };
	zp_ranking_open(&r.all, n, NULL, 1, zp_take(arena, uint32_t, 1));
	r.all.count = zp_take(arena, uint16_t, n * r.all.bins);
	r.all.top = zp_take(arena, uint16_t, n);
	r.work = (zp_rank_work){ zp_take(arena, double, n), zp_take(arena, uint32_t, n), zp_take(arena, zp_sort_pair, 2 * n), zp_take(arena, uint32_t, 1),
		zp_take(arena, double, 1), zp_take(arena, uint32_t, 1), zp_take(arena, uint16_t, ZP_RANK_AT_ONCE * n) };
	return r;
}

/* Those whose share is defined, among themselves. */
static void rank(zp_arena *arena, zp_adjusted *at, const zp_trials *counts, zp_adjusted_set *set, double deff, uint64_t seed)
{
	for (size_t i = 0; i < set->n; i++)
		set->ranked += isnan(at[i].share) ? 0 : 1;
	if (!set->ranked)
		return;
	ranks r = open_ranks(arena, set->ranked);
	for (size_t i = 0, k = 0; i < set->n; i++)
		if (!isnan(at[i].share))
			r.evidence[k++] = zp_trials_over(counts[i], deff);
	set->prior = zp_prior_fit_of(r.evidence, set->ranked).prior;
	set->draws = isinf(set->prior.alpha) ? 0 : ZP_RANK_DRAWS;
	for (size_t i = 0, k = 0; i < set->n; i++)
		if (!isnan(at[i].share)) {
			at[i].shrunken = zp_shrink(set->prior, r.evidence[k], ZP_RANK_LEVEL);
			r.failing[k++] = at[i].shrunken.failing;
		}
	zp_rank(&r.all, r.failing, r.rank, &r.work);
	if (set->draws)
		zp_ranking_draw(set->prior, r.evidence, seed, 0, set->draws, &r.all, 1, &r.work);
	for (size_t i = 0, k = 0; i < set->n; i++)
		if (!isnan(at[i].share)) {
			at[i].rank = r.rank[k];
			at[i].range = zp_rank_range_of(&r.all, k++);
		}
}

static zp_adjusted_set take_level(zp_arena *arena, zp_arena *scratch, const zp_standings *s, const zp_year_ranking *ranking, bool direct,
				  zp_adjusted_level level)
{
	counting k = { s, ranking, zp_take(scratch, zp_trials, s->n_classes + 1), zp_take(scratch, zp_trials, s->n_places * s->n_classes + 1),
		zp_take(arena, zp_adjusted, s->n_places + 1) };
	zp_trials *counts = zp_take(scratch, zp_trials, s->n_places + 1);
	zp_adjusted_set set = { .at = k.at, .prior = { NAN, NAN, NAN } };
	count(&k, level);
	set.n = adjust(&k, direct, counts);
	rank(scratch, k.at, counts, &set, ranking->deff, ranking->seed);
	return set;
}

const zp_year_adjusted *zp_year_adjusted_take(zp_arena *arena, const zp_standings *s, const zp_year_ranking *ranking, const zp_year_rules *rules)
{
	zp_year_adjusted *out = zp_take(arena, zp_year_adjusted, 1);
	zp_arena *scratch = zp_arena_open();
	int64_t credit = 0, total = 0;
	for (size_t i = 0; i < ranking->n; i++)
		credit += ranking->at[i].credit, total += ranking->at[i].total;
	*out = (zp_year_adjusted){ .direct = rules->standard_direct, .everybody = total ? (double)credit / 100 / (double)total : NAN, .deff = ranking->deff,
		.seed = ranking->seed };
	for (int level = 0; level < ZP_ADJUSTED_LEVELS; level++)
		out->of[level] = take_level(arena, scratch, s, ranking, out->direct, (zp_adjusted_level)level);
	zp_arena_close(scratch);
	return out;
}
