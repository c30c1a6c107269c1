/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "year/ranking.h"
#include <math.h>
#include "base/pool.h"

#define WORKERS_MOST 16 /* each has counters of its own */

const char *zp_rank_scope_word(zp_rank_scope scope)
{
	static const char *const words[] = { "all", "class", "region" };
	return words[scope];
}

/* ---- counts ---- */

typedef struct counting {
	zp_ranked *of;     /* laboratories of the chronicle */
	zp_trials *clusters; /* of the laboratory in hand */
	size_t n_clusters;
} counting;

static bool is_counted(const zp_year_programme *p, unsigned levels) { return !p->says->trueness && (levels & 1u << p->says->level); }
static bool took_part(const zp_year_cell *c) { return c->outcome > ZP_OUT_ABSENT && c->outcome != ZP_OUT_EXCUSED; }

/* The programme's score is the sum of its measurands', as it is unless samples are scored as a whole, or the two come from
 * different predecessors of the laboratory. */
static bool is_sum(const zp_year_programme *p, size_t row, size_t round)
{
	const zp_year_cell *whole = &zp_year_cells(p, row, p->n_measurands)[round];
	uint64_t credit = 0, total = 0;
	for (size_t k = 0; k < p->n_measurands; k++) {
		const zp_year_cell *c = &zp_year_cells(p, row, k)[round];
		if (took_part(c))
			credit += c->credit, total += c->total;
	}
	return credit == whole->credit && total == whole->total;
}

/* Results that share a fate: of a measurand in a round, or of a programme whose measurands are not scored one by one. */
static void count_cell(counting *k, zp_ranked *lab, const zp_year_cell *c)
{
	if (!took_part(c))
		return;
	if (c->standing == ZP_STANDS_LATE)
		lab->late += c->total;
	else if (c->standing == ZP_STANDS_NOT_RETURNED || c->standing == ZP_STANDS_BLANK)
		lab->not_returned += c->total;
	else if (c->standing == ZP_STANDS_RETURNED && c->total) {
		lab->credit += c->credit;
		lab->total += c->total;
		const double hits = c->credit / 100.0;
		k->clusters[k->n_clusters++] = (zp_trials){ hits, c->total - hits };
	}
}

static void count_round(counting *k, const zp_year_programme *p, size_t row, size_t round)
{
	zp_ranked *lab = &k->of[p->labs[row]];
	if (!is_sum(p, row, round)) {
		count_cell(k, lab, &zp_year_cells(p, row, p->n_measurands)[round]);
		return;
	}
	for (size_t i = 0; i < p->n_measurands; i++)
		count_cell(k, lab, &zp_year_cells(p, row, i)[round]);
}

/* Everything of one laboratory before the next: the clusters of it are compared among themselves. */
static zp_design count_labs(zp_arena *arena, const zp_chronicle *c, const zp_standings *s, const zp_year_rules *rules, zp_ranked *of)
{
	size_t most = 1;
	for (size_t i = 0; i < c->n_programmes; i++)
		most += c->programmes[i].n_held * (c->programmes[i].n_measurands + 1);
	size_t *next = zp_take(arena, size_t, c->n_programmes + 1); /* row of the laboratory in hand, or the first after it */
	counting k = { of, zp_take(arena, zp_trials, most), 0 };
	zp_design design = { 0 };
	for (uint32_t lab = 0; lab < c->n_labs; lab++) {
		k.n_clusters = 0;
		for (size_t i = 0; i < c->n_programmes; i++) {
			const zp_year_programme *p = &c->programmes[i];
			if (next[i] >= p->n_labs || p->labs[next[i]] != lab)
				continue;
			const size_t row = next[i]++;
			for (size_t r = 0; s->register_of[lab] && is_counted(p, rules->share_levels) && r < p->n_held; r++)
				if (p->held[r].in_year)
					count_round(&k, p, row, r);
		}
		zp_design_add(&design, k.clusters, k.n_clusters);
	}
	return design;
}

/* The city of a place; what lies in no city, or is on no tree, stands by itself. */
static uint32_t city_of(const zp_standings *s, uint32_t place)
{
	if (s->places[place].itself)
		place = s->places[place].parent;
	while (s->places[place].level > 1 && s->places[place].level != UINT8_MAX) {
		const uint32_t above = s->places[place].parent;
		if (s->places[above].level < 1 || s->places[above].level == UINT8_MAX)
			break;
		place = above;
	}
	return place;
}

/* ---- draws ---- */

/* Those that have a rank, and the tables in which they have it. */
typedef struct drawing {
	const zp_year_ranking *of;
	zp_trials *evidence;
	double *failing;
	uint32_t n;
	uint32_t *group[ZP_RANK_SCOPES], groups[ZP_RANK_SCOPES];
	zp_ranking (*rankings)[ZP_RANK_SCOPES]; /* of each worker */
	zp_rank_work *works;
	unsigned workers;
} drawing;

static zp_rank_work work_for(zp_arena *arena, const drawing *d)
{
	uint32_t groups = 1;
	for (int k = 0; k < ZP_RANK_SCOPES; k++)
		groups = d->groups[k] > groups ? d->groups[k] : groups;
	return (zp_rank_work){ zp_take(arena, double, d->n), zp_take(arena, uint32_t, d->n), zp_take(arena, zp_sort_pair, 2 * (size_t)d->n),
		zp_take(arena, uint32_t, groups), zp_take(arena, double, groups), zp_take(arena, uint32_t, groups),
		zp_take(arena, uint16_t, (size_t)ZP_RANK_AT_ONCE * d->n * ZP_RANK_SCOPES) };
}

static void open_rankings(zp_arena *arena, drawing *d, unsigned worker, bool draws)
{
	for (int k = 0; k < ZP_RANK_SCOPES; k++) {
		zp_ranking *r = &d->rankings[worker][k];
		zp_ranking_open(r, d->n, d->group[k], d->groups[k], zp_take(arena, uint32_t, d->groups[k]));
		if (!draws)
			continue;
		r->count = zp_take(arena, uint16_t, r->n * r->bins);
		r->top = zp_take(arena, uint16_t, r->n);
	}
	d->works[worker] = work_for(arena, d);
}

static void draw_part(void *context, size_t i, unsigned worker)
{
	drawing *d = context;
	(void)worker;
	const uint32_t from = (uint32_t)(i * d->of->draws / d->workers), to = (uint32_t)((i + 1) * d->of->draws / d->workers);
	zp_ranking_draw(d->of->prior, d->evidence, d->of->seed, from, to, d->rankings[i], ZP_RANK_SCOPES, &d->works[i]);
}

static void draw_ranks(zp_arena *arena, drawing *d, unsigned threads)
{
	d->workers = threads ? threads : zp_pool_processors();
	if (d->workers > WORKERS_MOST)
		d->workers = WORKERS_MOST;
	d->rankings = zp_arena_take(arena, d->workers * sizeof *d->rankings);
	d->works = zp_take(arena, zp_rank_work, d->workers);
	for (unsigned i = 0; i < d->workers; i++)
		open_rankings(arena, d, i, d->of->draws > 0);
	if (!d->of->draws)
		return;
	zp_pool_run(d->workers, d->workers, draw_part, d);
	for (unsigned i = 1; i < d->workers; i++)
		for (int k = 0; k < ZP_RANK_SCOPES; k++)
			zp_ranking_add(&d->rankings[0][k], &d->rankings[i][k]);
}

/* ---- the whole ---- */

static void choose_prior(zp_year_ranking *r, const zp_year_rules *rules, const drawing *d)
{
	r->spread_test = zp_spread_test(d->evidence, d->n);
	r->prior_given = rules->ranking_alpha.m > 0 && rules->ranking_beta.m > 0;
	r->prior = r->prior_given ? zp_prior_given(zp_decimal_double(rules->ranking_alpha), zp_decimal_double(rules->ranking_beta)) :
		zp_prior_fit_of(d->evidence, d->n).prior;
	r->draws = isinf(r->prior.alpha) ? 0 : ZP_RANK_DRAWS;
}

static void choose_deff(zp_year_ranking *r, const zp_year_rules *rules, const zp_design *design)
{
	r->design = zp_design_effect_of(design);
	r->deff_given = rules->ranking_deff.m > 0;
	r->deff = r->deff_given ? zp_decimal_double(rules->ranking_deff) : r->design.deff;
}

static void rank_all(zp_arena *arena, zp_year_ranking *r, zp_ranked *at, const zp_standings *s, const zp_year_rules *rules, unsigned threads)
{
	drawing d = { .of = r, .evidence = zp_take(arena, zp_trials, r->n), .failing = zp_take(arena, double, r->n),
		.groups = { 1, (uint32_t)s->n_classes, (uint32_t)s->n_places } };
	d.group[ZP_RANK_CLASS] = zp_take(arena, uint32_t, r->n);
	d.group[ZP_RANK_REGION] = zp_take(arena, uint32_t, r->n);
	uint32_t *ranks = zp_take(arena, uint32_t, r->n);
	for (size_t i = 0; i < r->n; i++) {
		if (!at[i].total)
			continue;
		d.group[ZP_RANK_CLASS][d.n] = s->class_of[at[i].lab];
		d.group[ZP_RANK_REGION][d.n] = at[i].region;
		const double hits = (double)at[i].credit / 100;
		d.evidence[d.n++] = zp_trials_over((zp_trials){ hits, (double)at[i].total - hits }, r->deff);
	}
	choose_prior(r, rules, &d);
	for (size_t i = 0, k = 0; i < r->n; i++)
		if (at[i].total) {
			at[i].shrunken = zp_shrink(r->prior, d.evidence[k], ZP_RANK_LEVEL);
			d.failing[k++] = at[i].shrunken.failing;
		}
	draw_ranks(arena, &d, threads);
	for (int scope = 0; scope < ZP_RANK_SCOPES; scope++) {
		zp_rank(&d.rankings[0][scope], d.failing, ranks, &d.works[0]);
		for (size_t i = 0, k = 0; i < r->n; i++)
			if (at[i].total) {
				at[i].rank[scope] = ranks[k];
				at[i].range[scope] = zp_rank_range_of(&d.rankings[0][scope], k++);
			}
	}
}

const zp_year_ranking *zp_year_ranking_take(zp_arena *arena, const zp_chronicle *c, const zp_standings *s, const zp_year_rules *rules, unsigned threads)
{
	zp_year_ranking *r = zp_take(arena, zp_year_ranking, 1);
	*r = (zp_year_ranking){ .spread_test = NAN, .prior = { NAN, NAN, NAN }, .seed = (uint64_t)c->year };
	zp_arena *scratch = zp_arena_open();
	zp_ranked *at = zp_take(arena, zp_ranked, c->n_labs + 1);
	const zp_design design = count_labs(scratch, c, s, rules, at);
	choose_deff(r, rules, &design);
	for (uint32_t i = 0; i < c->n_labs; i++) {
		if (!at[i].total && !at[i].late && !at[i].not_returned)
			continue;
		at[r->n] = at[i];
		at[r->n].lab = i;
		at[r->n].region = city_of(s, s->place_of[i]);
		r->ranked += at[r->n++].total > 0;
	}
	r->at = at;
	if (r->ranked)
		rank_all(scratch, r, at, s, rules, threads);
	zp_arena_close(scratch);
	return r;
}
