/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/rank_ranges.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "base/pool.h"
#include "stats/ranks.h"

#define LEVELS 3 /* of regions */
#define TABLES (2 * LEVELS) /* each level, among all classes and within a class */
#define WORKERS_MOST 16
#define COUNTERS 3000000    /* of a table, 36 MB in all: beyond 1,700 laboratories one stands for several ranks */
#define NOBODY UINT32_MAX

/* What a laboratory sent in time, and what is evaluated of it. */
typedef struct record { uint64_t credit, total; uint32_t lab; uint16_t region, of_class; } record;

typedef struct ranging {
	const zp_run *run;
	zp_arena *arena;
	zp_rank_basis *basis;
	record *records;      /* of those that have any, by what they are, so that codes do not matter */
	zp_trials *evidence;  /* the same, divided by the design effect */
	uint32_t n, *place_of; /* of a laboratory among them; NOBODY */
	uint32_t *group[TABLES], groups[TABLES];
	zp_ranking rankings[TABLES];
	unsigned workers;
	zp_rank_work *works; /* of each worker */
	uint32_t next;       /* the first draw that is not counted yet */
	zp_arena *arenas[TABLES]; /* one thread each */
	const zp_rank_range *ranges[TABLES];
} ranging;

/* ---- evidence ---- */

static zp_trials trials_of(uint64_t credit, uint64_t total)
{
	const double hits = (double)credit / 100;
	return (zp_trials){ hits, (double)total - hits };
}

static void count_tally(const zp_tally *t, record *sum, zp_trials *clusters, size_t *n)
{
	if (t->standing != ZP_STANDS_RETURNED || !t->total)
		return;
	clusters[(*n)++] = trials_of(t->credit, t->total);
	sum->credit += t->credit;
	sum->total += t->total;
}

/* Results of a measurand share a fate; so do all of a programme whose score is not the sum of its measurands'. */
static void count_enrolment(const zp_run *run, size_t e, record *sum, zp_trials *clusters, size_t *n)
{
	const zp_tally *s1 = run->s1 + run->first_tally[e], *whole = &run->s[e];
	const size_t declared = run->roster->enrolments[e].n_declared;
	uint64_t credit = 0, total = 0;
	for (size_t k = 0; k < declared; k++)
		credit += s1[k].credit, total += s1[k].total;
	if (credit != whole->credit || total != whole->total) {
		count_tally(whole, sum, clusters, n);
		return;
	}
	for (size_t k = 0; k < declared; k++)
		count_tally(&s1[k], sum, clusters, n);
}

static int by_what_they_are(const void *pa, const void *pb)
{
	const record *a = pa, *b = pb;
	const uint64_t x[] = { a->total, a->credit, a->region, a->of_class, a->lab }, y[] = { b->total, b->credit, b->region, b->of_class, b->lab };
	for (size_t i = 0; i < sizeof x / sizeof *x; i++)
		if (x[i] != y[i])
			return x[i] < y[i] ? -1 : 1;
	return 0;
}

static size_t clusters_most(const zp_run *run)
{
	size_t most = 1;
	for (uint32_t lab = 0; lab < run->roster->n_labs; lab++) {
		size_t n = 0;
		for (uint32_t e = run->roster->first_enrolment[lab]; e < run->roster->first_enrolment[lab + 1]; e++)
			n += run->roster->enrolments[e].n_declared + 1u;
		most = n > most ? n : most;
	}
	return most;
}

static void count_labs(ranging *r, size_t programme)
{
	const zp_roster *roster = r->run->roster;
	const bool all = programme == r->run->book->plan->n_programmes;
	zp_design design = { 0 };
	zp_trials *clusters = zp_take(r->arena, zp_trials, clusters_most(r->run));
	for (uint32_t lab = 0; lab < roster->n_labs; lab++) {
		record sum = { .lab = lab, .region = roster->labs[lab].region, .of_class = roster->labs[lab].lab_class };
		size_t n = 0;
		for (uint32_t e = roster->first_enrolment[lab]; e < roster->first_enrolment[lab + 1]; e++)
			if (all || roster->enrolments[e].programme == programme)
				count_enrolment(r->run, e, &sum, clusters, &n);
		zp_design_add(&design, clusters, n);
		r->place_of[lab] = NOBODY;
		if (n)
			r->records[r->n++] = sum;
	}
	qsort(r->records, r->n, sizeof *r->records, by_what_they_are);
	r->basis->design = zp_design_effect_of(&design);
	for (uint32_t i = 0; i < r->n; i++) {
		r->place_of[r->records[i].lab] = i;
		r->evidence[i] = zp_trials_over(trials_of(r->records[i].credit, r->records[i].total), r->basis->design.deff);
	}
}

/* ---- tables ---- */

/* The region of a laboratory at a level; ZP_NO_REGION where it lies above. */
static uint16_t region_at(const zp_roster *roster, uint32_t lab, unsigned level)
{
	uint16_t region = roster->labs[lab].region;
	while (region != ZP_NO_REGION && roster->regions->at[region].level > level)
		region = roster->regions->at[region].parent;
	return region != ZP_NO_REGION && roster->regions->at[region].level == level ? region : ZP_NO_REGION;
}

/* Numbers the groups that somebody is in; those who lie in no region of the level are together, and no row asks for them. */
static void group_labs(ranging *r, unsigned table)
{
	const zp_roster *roster = r->run->roster;
	const uint32_t classes = zp_names_count(roster->classes) + 1;
	const size_t n_slots = (roster->regions->n + 1) * classes;
	uint32_t *number = zp_take(r->arena, uint32_t, n_slots);
	r->group[table] = zp_take(r->arena, uint32_t, r->n);
	for (size_t i = 0; i < r->n; i++) {
		const uint16_t region = region_at(roster, r->records[i].lab, table / 2);
		const size_t row = region == ZP_NO_REGION ? roster->regions->n : region;
		const size_t slot = row * classes + (table % 2 ? r->records[i].of_class + 1u : 0);
		if (!number[slot])
			number[slot] = ++r->groups[table];
		r->group[table][i] = number[slot] - 1;
	}
}

/* ---- draws ---- */

static void open_table(ranging *r, unsigned table)
{
	zp_ranking *ranking = &r->rankings[table];
	zp_ranking_open(ranking, r->n, r->group[table], r->groups[table], zp_take(r->arena, uint32_t, r->groups[table]));
	if (ranking->bins > COUNTERS / r->n + 1)
		ranking->bins = COUNTERS / r->n + 1;
	if (!r->basis->draws)
		return;
	ranking->count = zp_take(r->arena, uint16_t, ranking->n * ranking->bins);
	ranking->top = zp_take(r->arena, uint16_t, ranking->n);
}

static zp_rank_work work_for(const ranging *r)
{
	uint32_t groups = 1;
	for (unsigned k = 0; k < TABLES; k++)
		groups = r->groups[k] > groups ? r->groups[k] : groups;
	return (zp_rank_work){ zp_take(r->arena, double, r->n), zp_take(r->arena, uint32_t, r->n), zp_take(r->arena, zp_sort_pair, 2 * (size_t)r->n),
			       zp_take(r->arena, uint32_t, groups), NULL, NULL, zp_take(r->arena, uint16_t, (size_t)ZP_RANK_AT_ONCE * r->n * TABLES) };
}

/* How many draws are the i-th worker's, of those that are made before they are counted. */
static uint32_t draws_of(const ranging *r, size_t i, uint32_t *first)
{
	*first = r->next + (uint32_t)i * ZP_RANK_AT_ONCE;
	const uint32_t left = *first < r->basis->draws ? r->basis->draws - *first : 0;
	return left < ZP_RANK_AT_ONCE ? left : ZP_RANK_AT_ONCE;
}

static void place_part(void *context, size_t i, unsigned worker)
{
	ranging *r = context;
	uint32_t first;
	const uint32_t draws = draws_of(r, i, &first);
	(void)worker;
	zp_ranking_place(r->basis->prior, r->evidence, r->basis->seed, first, draws, r->rankings, TABLES, &r->works[i]);
}

/* A share of the laboratories, in the draws of all workers. */
static void count_part(void *context, size_t i, unsigned worker)
{
	ranging *r = context;
	(void)worker;
	for (unsigned of = 0; of < r->workers; of++) {
		uint32_t first;
		const uint32_t draws = draws_of(r, of, &first);
		zp_ranking_count(r->rankings, TABLES, r->works[of].bins, draws, i * r->n / r->workers, (i + 1) * r->n / r->workers);
	}
}

static void draw_all(ranging *r)
{
	r->workers = r->run->threads < 1 ? 1 : r->run->threads > WORKERS_MOST ? WORKERS_MOST : r->run->threads;
	r->works = zp_take(r->arena, zp_rank_work, r->workers);
	for (unsigned i = 0; i < r->workers && r->basis->draws; i++)
		r->works[i] = work_for(r);
	for (; r->next < r->basis->draws; r->next += r->workers * ZP_RANK_AT_ONCE) {
		zp_pool_run(r->workers, r->workers, place_part, r);
		zp_pool_run(r->workers, r->workers, count_part, r);
	}
	zp_ranking_counted(r->rankings, TABLES, r->basis->draws);
}

/* ---- the whole ---- */

static uint32_t draws_for(zp_prior prior, uint32_t labs)
{
	if (!isfinite(prior.alpha) || !isfinite(prior.beta))
		return 0; /* no spread: everybody is tied */
	const uint32_t draws = ZP_ROUND_DRAWN / labs;
	return draws > ZP_ROUND_DRAWS ? ZP_ROUND_DRAWS : draws < ZP_ROUND_DRAWS_LEAST ? ZP_ROUND_DRAWS_LEAST : draws;
}

/* Ranges of everybody in a table. Who sent the same has the same range, the mean of theirs: chance drew them apart. */
static void find_ranges(void *context, size_t table, unsigned worker)
{
	ranging *r = context;
	zp_arena *arena = r->arenas[table];
	(void)worker;
	zp_rank_range *ranges = zp_take(arena, zp_rank_range, r->n);
	uint32_t *leader = zp_take(arena, uint32_t, r->groups[table]), *of = zp_take(arena, uint32_t, r->n);
	uint64_t *low = zp_take(arena, uint64_t, r->n), *high = zp_take(arena, uint64_t, r->n), *n = zp_take(arena, uint64_t, r->n);
	memset(leader, 0xff, r->groups[table] * sizeof *leader);
	for (uint32_t i = 0; i < r->n; i++) {
		uint32_t *first = &leader[r->group[table][i]]; /* of those with the same results in this group; they follow each other */
		if (*first == NOBODY || r->records[*first].credit != r->records[i].credit || r->records[*first].total != r->records[i].total)
			*first = i;
		ranges[i] = zp_rank_range_of(&r->rankings[table], i);
		of[i] = *first;
		low[*first] += ranges[i].low;
		high[*first] += ranges[i].high;
		n[*first]++;
	}
	for (uint32_t i = 0; i < r->n; i++) {
		ranges[i].low = (uint32_t)((2 * low[of[i]] + n[of[i]]) / (2 * n[of[i]]));
		ranges[i].high = (uint32_t)((2 * high[of[i]] + n[of[i]]) / (2 * n[of[i]]));
	}
	r->ranges[table] = ranges;
}

static void fill_rows(ranging *r, const zp_rank_seat *seats, zp_rank_row *rows, size_t n)
{
	for (unsigned table = 0; table < TABLES; table++)
		r->arenas[table] = zp_arena_within(r->arena);
	zp_pool_run(r->workers, TABLES, find_ranges, r);
	for (size_t i = 0; i < n; i++) {
		const uint32_t place = r->place_of[seats[i].lab];
		const unsigned level = r->run->roster->regions->at[seats[i].region].level;
		if (place == NOBODY || !rows[i].rank || level >= LEVELS)
			continue;
		const zp_rank_range *range = &r->ranges[2 * level + (seats[i].of_class > 0)][place];
		rows[i].rank_low = range->low;
		rows[i].rank_high = range->high;
	}
}

zp_rank_basis zp_rank_ranges(const zp_run *run, size_t programme, const zp_rank_seat *seats, zp_rank_row *rows, size_t n)
{
	const zp_plan *plan = run->book->plan;
	const size_t labs = run->roster->n_labs;
	zp_rank_basis basis = { .prior = { NAN, NAN, NAN }, .seed = (uint64_t)plan->year * 1000 + (uint64_t)plan->number };
	zp_arena *arena = zp_arena_open();
	ranging r = { .run = run, .arena = arena, .basis = &basis, .evidence = zp_take(arena, zp_trials, labs + 1), .records = zp_take(arena, record, labs + 1),
		      .place_of = zp_take(arena, uint32_t, labs + 1) };
	count_labs(&r, programme);
	basis.labs = r.n;
	if (r.n) {
		basis.prior = zp_prior_fit_of(r.evidence, r.n).prior;
		basis.draws = draws_for(basis.prior, r.n);
		for (unsigned table = 0; table < TABLES; table++) {
			group_labs(&r, table);
			open_table(&r, table);
		}
		draw_all(&r);
		fill_rows(&r, seats, rows, n);
	}
	zp_arena_close(arena);
	return basis;
}
