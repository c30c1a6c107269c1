/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of docs/methods/ranking.md: how often an order puts the wrong laboratory first, and how often a range of ranks
 * holds the true one. Argument: order, ranges, titles, or year (one year, for the picture). Seeded; the same on any number
 * of threads. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/pool.h"
#include "ranking_year.h"

#define DRAWS 2000

static double deff_of(const year *y, const year_kind *kind) { return kind->rho > 0 ? zp_design_effect_of(&y->design).deff : 1; }

static zp_prior fit_over(const year *y, double deff, zp_trials *scaled, int moments)
{
	for (size_t i = 0; i < y->n; i++)
		scaled[i] = zp_trials_over(y->count[i], deff);
	const zp_prior_fit f = zp_prior_fit_of(scaled, y->n);
	return moments ? f.moments : f.prior;
}

/* ---- the order ---- */

typedef enum method { PLAIN, PLAIN_100, WILSON, MOMENTS, LIKELIHOOD, LIKELIHOOD_DEFF, METHODS } method;
static const char *const method_names[METHODS] = { "plain", "plain, n >= 100", "Wilson", "iterated moments", "likelihood",
	"likelihood, n/deff" };

typedef struct order { double wrong, lost, rank, worse_half, wrong_top, small_top, small_top_true, small_last, small_last_true; } order;
#define ORDER_FIGURES (sizeof(order) / sizeof(double))

static double wilson_failing(zp_trials c)
{
	const double z2 = 1.959963984540054 * 1.959963984540054, n = zp_trials_n(c), p = c.hits / n;
	return 1 - (p + z2 / (2 * n) - sqrt(z2 * (p * (1 - p) / n + z2 / (4 * n * n)))) / (1 + z2 / n);
}

static void keys_of(const year *y, const year_kind *kind, method m, double *key)
{
	zp_trials scaled[YEAR_MOST];
	zp_prior p = { 0, 0, 0 };
	if (m >= MOMENTS)
		p = fit_over(y, m == LIKELIHOOD_DEFF ? deff_of(y, kind) : 1, scaled, m == MOMENTS);
	for (size_t i = 0; i < y->n; i++) {
		const zp_trials c = y->count[i];
		if (m == PLAIN || m == PLAIN_100)
			key[i] = m == PLAIN_100 && zp_trials_n(c) < 100 ? 2 : c.misses / zp_trials_n(c);
		else if (m == WILSON)
			key[i] = wilson_failing(c);
		else
			key[i] = zp_shrink(p, scaled[i], NAN).failing;
	}
}

static order judge(const year *y, const uint32_t *at)
{
	const size_t n = y->n, tenth = year_tenth(n);
	const uint32_t first = at[0];
	double best = 1;
	order o = { 0 };
	for (size_t i = 0; i < n; i++) {
		const double small = zp_trials_n(y->count[i]) < 100;
		best = fmin(best, y->truth[i]);
		o.small_top_true += small * (y->true_rank[i] <= tenth) / (double)tenth;
		o.small_last_true += small * (y->true_rank[i] > n - tenth) / (double)tenth;
	}
	for (size_t i = 0; i < tenth; i++) {
		o.wrong_top += (y->true_rank[at[i]] > tenth) / (double)tenth;
		o.small_top += (zp_trials_n(y->count[at[i]]) < 100) / (double)tenth;
		o.small_last += (zp_trials_n(y->count[at[n - 1 - i]]) < 100) / (double)tenth;
	}
	o.wrong = y->true_rank[first] != 1;
	o.rank = y->true_rank[first];
	o.lost = y->truth[first] - best;
	o.worse_half = y->true_rank[first] > (n + 1) / 2;
	return o;
}

typedef struct job { const year_kind *kind; order (*orders)[METHODS]; struct span *spans; } job;

static void order_year(void *context, size_t number, unsigned worker)
{
	(void)worker;
	const job *j = context;
	static _Thread_local year y;
	double key[YEAR_MOST];
	uint32_t at[YEAR_MOST];
	year_draw(&y, j->kind, number);
	for (method m = 0; m < METHODS; m++) {
		keys_of(&y, j->kind, m, key);
		year_order(&y, key, at);
		j->orders[number][m] = judge(&y, at);
	}
}

static void orders(void)
{
	printf("year,laboratories,years,method,wrong_pct,lost_points,true_rank,worse_half_pct,wrong_top_pct,small_top_pct,small_top_true_pct,"
	       "small_last_pct,small_last_true_pct\n");
	for (size_t k = 0; k < n_year_kinds; k++) {
		const year_kind *kind = &year_kinds[k];
		job j = { .kind = kind, .orders = calloc(kind->years, sizeof *j.orders) };
		zp_pool_run(zp_pool_processors(), kind->years, order_year, &j);
		for (method m = 0; m < METHODS; m++) {
			double sum[ORDER_FIGURES] = { 0 };
			for (size_t i = 0; i < kind->years; i++)
				for (size_t f = 0; f < ORDER_FIGURES; f++)
					sum[f] += ((const double *)&j.orders[i][m])[f] / (double)kind->years;
			if (m == LIKELIHOOD_DEFF && !(kind->rho > 0))
				continue;
			printf("%s,%zu,%zu,\"%s\"", kind->name, kind->labs, kind->years, method_names[m]);
			for (size_t f = 0; f < ORDER_FIGURES; f++) /* with a minimum there is no last laboratory */
				printf(m == PLAIN_100 && f == 7 ? "," : f == 1 ? ",%.2f" : ",%.1f", f == 2 ? sum[f] : 100 * sum[f]);
			putchar('\n');
		}
		fflush(stdout);
		free(j.orders);
	}
}

/* ---- ranges ---- */

typedef enum way { AS_IS, BY_DEFF, ALONE, WAYS } way;
static const char *const way_names[WAYS] = { "results as independent", "n/deff", "no shrinkage" };

typedef struct span { double covered, width, better, better_wrong, top, top_wrong, rho, none; } span;
#define SPAN_FIGURES (sizeof(span) / sizeof(double))

/* What one thread needs to draw. */
typedef struct desk {
	year y;
	double keys[YEAR_MOST];
	uint32_t at[YEAR_MOST], place[1], size[1];
	zp_sort_pair pairs[2 * YEAR_MOST];
	uint16_t count[YEAR_MOST * YEAR_MOST], top[YEAR_MOST], bins[ZP_RANK_AT_ONCE * YEAR_MOST];
	zp_trials scaled[YEAR_MOST];
} desk;

static zp_ranking ranking_of(desk *d, zp_prior p, uint64_t seed, uint32_t draws)
{
	zp_ranking r;
	zp_ranking_open(&r, d->y.n, NULL, 1, d->size);
	r.count = memset(d->count, 0, r.n * r.bins * sizeof *d->count);
	r.top = memset(d->top, 0, r.n * sizeof *d->top);
	zp_rank_work w = { .keys = d->keys, .at = d->at, .pairs = d->pairs, .place = d->place, .bins = d->bins };
	if (isfinite(p.alpha))
		zp_ranking_draw(p, d->scaled, seed, 0, draws, &r, 1, &w);
	return r;
}

static span measure(const year *y, const zp_ranking *r)
{
	span s = { .none = r->draws == 0 };
	const double n = (double)y->n;
	for (size_t i = 0; i < y->n; i++) {
		const zp_rank_range range = zp_rank_range_of(r, i);
		const int wrong_half = y->true_rank[i] > y->n / 2, wrong_top = y->true_rank[i] > year_tenth(y->n);
		s.covered += (range.low <= y->true_rank[i] && y->true_rank[i] <= range.high) / n;
		s.width += (range.high - range.low + 1) / n;
		s.better += range.half == ZP_HALF_BETTER;
		s.better_wrong += range.half == ZP_HALF_BETTER && wrong_half;
		s.top += range.top >= 0.8;
		s.top_wrong += range.top >= 0.8 && wrong_top;
	}
	return s;
}

static void range_year(void *context, size_t number, unsigned worker)
{
	(void)worker;
	const job *j = context;
	desk *d = malloc(sizeof *d);
	year_draw(&d->y, j->kind, number);
	for (way w = 0; w < WAYS; w++) {
		if (w == BY_DEFF && !(j->kind->rho > 0))
			continue;
		zp_prior p = fit_over(&d->y, w == BY_DEFF ? deff_of(&d->y, j->kind) : 1, d->scaled, 0);
		if (w == ALONE)
			p = zp_prior_given(0.5, 0.5);
		const zp_ranking r = ranking_of(d, p, number, DRAWS);
		j->spans[number * WAYS + w] = measure(&d->y, &r);
		j->spans[number * WAYS + w].rho = zp_design_effect_of(&d->y.design).rho;
	}
	free(d);
}

static void ranges(void)
{
	printf("year,laboratories,years,way,covered_pct,width,surely_better,of_these_wrong,top_80,of_these_wrong,rho,without_spread\n");
	for (size_t k = 0; k < n_year_kinds; k++) {
		const year_kind *kind = &year_kinds[k];
		job j = { .kind = kind, .spans = calloc(kind->range_years * WAYS, sizeof *j.spans) };
		zp_pool_run(zp_pool_processors(), kind->range_years, range_year, &j);
		for (way w = 0; w < WAYS; w++) {
			if (w == BY_DEFF && !(kind->rho > 0))
				continue;
			double sum[SPAN_FIGURES] = { 0 };
			for (size_t i = 0; i < kind->range_years; i++)
				for (size_t f = 0; f < SPAN_FIGURES; f++)
					sum[f] += ((const double *)&j.spans[i * WAYS + w])[f] / (double)kind->range_years;
			printf("%s,%zu,%zu,\"%s\",%.1f,%.1f,%.1f,%.2f,%.1f,%.2f,", kind->name, kind->labs, kind->range_years, way_names[w], 100 * sum[0],
				sum[1], sum[2], sum[3], sum[4], sum[5]);
			if (kind->rho > 0)
				printf("%.3f", sum[6]);
			printf(",%.3f\n", sum[7]);
		}
		fflush(stdout);
		free(j.spans);
	}
}

/* ---- titles ---- */

typedef struct trials { size_t all, swapped, fell; } trials;

/* Has laboratory `lucky` been overtaken, and have two others changed places? */
static void compare(const year *y, size_t lucky, const double *before, const double *after, trials *t)
{
	int swap = 0, above_before = 0, above_after = 0;
	for (size_t i = 0; i < y->n; i++) {
		above_before += before[i] < before[lucky] - ZP_RANK_TIE;
		above_after += after[i] < after[lucky] - ZP_RANK_TIE;
		for (size_t k = 0; k < i && !swap; k++)
			swap = i != lucky && k != lucky && fabs(before[i] - before[k]) > ZP_RANK_TIE && fabs(after[i] - after[k]) > ZP_RANK_TIE &&
				(before[i] < before[k]) != (after[i] < after[k]);
	}
	t->all++;
	t->swapped += (size_t)swap;
	t->fell += above_after > above_before;
}

/* One laboratory is better by one result, and all is fitted again. */
static void try_one(year *y, const year_kind *kind, zp_trials change, trials *t)
{
	double before[YEAR_MOST], after[YEAR_MOST];
	const size_t lucky = zp_random_below(&y->random, y->n);
	const zp_trials was = y->count[lucky];
	if (was.misses + change.misses < 0)
		return;
	keys_of(y, kind, LIKELIHOOD, before);
	y->count[lucky] = (zp_trials){ was.hits + change.hits, was.misses + change.misses };
	keys_of(y, kind, LIKELIHOOD, after);
	y->count[lucky] = was;
	compare(y, lucky, before, after, t);
}

static void titles(void)
{
	static year y;
	static const size_t kinds[] = { 0, 3, 4 };
	printf("year,change,trials,others_swapped,own_rank_fell\n");
	for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
		for (int corrected = 0; corrected < 2; corrected++) {
			const year_kind *kind = &year_kinds[kinds[k]];
			trials t = { 0 };
			for (uint64_t number = 0; number < 300; number++) {
				year_draw(&y, kind, number);
				for (int i = 0; i < 10; i++)
					try_one(&y, kind, (zp_trials){ 1, -corrected }, &t);
			}
			printf("%s,%s,%zu,%zu,%zu\n", kind->name, corrected ? "right instead of wrong" : "one more that is right", t.all, t.swapped, t.fell);
		}
}

/* ---- one year, for the picture ---- */

static void one_year(void)
{
	desk *d = malloc(sizeof *d);
	year_draw(&d->y, &year_kinds[0], 0);
	const zp_prior p = fit_over(&d->y, 1, d->scaled, 0);
	const zp_ranking r = ranking_of(d, p, 0, ZP_RANK_DRAWS);
	double failing[YEAR_MOST];
	uint32_t at[YEAR_MOST];
	for (size_t i = 0; i < d->y.n; i++)
		failing[i] = zp_shrink(p, d->scaled[i], NAN).failing;
	year_order(&d->y, failing, at);
	printf("order,n,plain_pct,shrunken_pct,low,high,half,true_rank\n");
	for (size_t k = 0; k < d->y.n; k++) {
		const size_t i = at[k];
		const zp_rank_range range = zp_rank_range_of(&r, i);
		const double n = zp_trials_n(d->y.count[i]);
		printf("%zu,%.0f,%.3f,%.3f,%u,%u,%d,%u\n", k + 1, n, 100 * d->y.count[i].hits / n, 100 * (1 - failing[i]), range.low, range.high,
			(int)range.half, d->y.true_rank[i]);
	}
	free(d);
}

int main(int argc, char **argv)
{
	static const struct { const char *name; void (*run)(void); } tables[] = { { "order", orders }, { "ranges", ranges }, { "titles", titles },
		{ "year", one_year } };
	for (size_t i = 0; argc == 2 && i < sizeof tables / sizeof *tables; i++)
		if (strcmp(argv[1], tables[i].name) == 0) {
			tables[i].run();
			return 0;
		}
	fprintf(stderr, "usage: ranking order|ranges|titles|year\n");
	return 2;
}
