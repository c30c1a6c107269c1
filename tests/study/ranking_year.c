/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include "ranking_year.h"

#define SEED 20260715

const year_kind year_kinds[] = {
	{ "middle", 186, 38, 2, 0, 2000, 300, 0 },
	{ "tight", 186, 190, 10, 0, 2000, 300, 0 },
	{ "wide", 186, 19, 1, 0, 2000, 300, 0 },
	{ "few", 31, 38, 2, 0, 2000, 600, 0 },
	{ "very-few", 10, 38, 2, 0, 2000, 1000, 0 },
	{ "province", 1500, 38, 2, 0, 250, 12, 0 },
	{ "classes", 186, 0, 0, 0, 2000, 300, 1 },
	{ "clustered 0.1", 186, 38, 2, 0.1, 2000, 300, 0 },
	{ "clustered 0.3", 186, 38, 2, 0.3, 2000, 300, 0 },
	{ "clustered 0.6", 186, 38, 2, 0.6, 2000, 300, 0 },
};
const size_t n_year_kinds = sizeof year_kinds / sizeof *year_kinds;

/* Tertiary, secondary, primary, private: how many, their mean, the least and the most results. alpha + beta is 40 in each. */
static const struct { size_t labs; double mean, least, most; } classes[] = { { 10, 0.97, 800, 2000 }, { 37, 0.955, 300, 1200 },
	{ 98, 0.93, 20, 300 }, { 41, 0.94, 20, 400 } };

static double failing_share(zp_random *r, double alpha, double beta) { return 1 / (1 + exp(-zp_random_beta_log_odds(r, beta, alpha))); }
static size_t results(zp_random *r, double least, double most) { return (size_t)(least * pow(most / least, zp_random_uniform(r)) + 0.5); }

static double binomial(zp_random *r, size_t n, double p)
{
	size_t k = 0;
	for (size_t i = 0; i < n; i++)
		k += zp_random_uniform(r) < p;
	return (double)k;
}

/* Measurand-rounds whose samples share one fate with the chance rho, and have their own otherwise: the correlation is rho. */
static zp_trials clustered(year *y, size_t rounds, double failing, double rho)
{
	static _Thread_local zp_trials cluster[2000 / YEAR_CLUSTER + 1];
	zp_trials all = { 0, 0 };
	for (size_t j = 0; j < rounds; j++) {
		const int one_fate = zp_random_uniform(&y->random) < rho;
		const double misses = one_fate ? YEAR_CLUSTER * binomial(&y->random, 1, failing) : binomial(&y->random, YEAR_CLUSTER, failing);
		cluster[j] = (zp_trials){ YEAR_CLUSTER - misses, misses };
		all = (zp_trials){ all.hits + cluster[j].hits, all.misses + misses };
	}
	zp_design_add(&y->design, cluster, rounds);
	return all;
}

static void draw_lab(year *y, const year_kind *kind, size_t i)
{
	double alpha = kind->alpha, beta = kind->beta, least = 20, most = 2000;
	size_t upto = 0;
	for (size_t c = 0; kind->classes && c < sizeof classes / sizeof *classes; c++) {
		if (i >= upto) {
			alpha = 40 * classes[c].mean, beta = 40 - alpha;
			least = classes[c].least, most = classes[c].most;
		}
		upto += classes[c].labs;
	}
	y->truth[i] = failing_share(&y->random, alpha, beta);
	const size_t n = results(&y->random, least, most);
	if (kind->rho > 0) {
		y->count[i] = clustered(y, (n + YEAR_CLUSTER / 2) / YEAR_CLUSTER, y->truth[i], kind->rho);
		return;
	}
	const double misses = binomial(&y->random, n, y->truth[i]);
	y->count[i] = (zp_trials){ (double)n - misses, misses };
}

void year_order(year *y, const double *key, uint32_t *at)
{
	static _Thread_local double keys[YEAR_MOST];
	static _Thread_local uint32_t chance[YEAR_MOST], with[YEAR_MOST];
	static _Thread_local zp_sort_pair pairs[2 * YEAR_MOST];
	for (uint32_t i = 0; i < y->n; i++)
		chance[i] = i;
	zp_random_shuffle(&y->random, chance, y->n);
	for (uint32_t i = 0; i < y->n; i++) {
		keys[i] = key[chance[i]];
		with[i] = i;
	}
	zp_sort_with(keys, with, y->n, pairs);
	for (size_t i = 0; i < y->n; i++)
		at[i] = chance[with[i]];
}

void year_draw(year *y, const year_kind *kind, uint64_t number)
{
	uint32_t at[YEAR_MOST];
	y->n = kind->labs;
	y->design = (zp_design){ 0 };
	y->random = zp_random_stream(SEED, (uint64_t)(kind - year_kinds), number);
	for (size_t i = 0; i < y->n; i++)
		draw_lab(y, kind, i);
	year_order(y, y->truth, at);
	for (uint32_t i = 0; i < y->n; i++)
		y->true_rank[at[i]] = i + 1;
}
