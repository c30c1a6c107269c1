/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Simulated years for the study of ranking: laboratories whose true shares are known, and their results. */
#ifndef ZP_TESTS_RANKING_YEAR_H
#define ZP_TESTS_RANKING_YEAR_H

#include "base/random.h"
#include "stats/ranks.h"

#define YEAR_MOST 1500 /* laboratories */
#define YEAR_CLUSTER 5 /* samples of a measurand-round */

typedef struct year_kind {
	const char *name;
	size_t labs;
	double alpha, beta; /* of true shares */
	double rho;         /* correlation of the results of a measurand-round */
	size_t years, range_years; /* how many are simulated: for the order, for the ranges */
	int classes;        /* four classes instead, with means and sizes of their own */
} year_kind;

extern const year_kind year_kinds[];
extern const size_t n_year_kinds;

typedef struct year {
	size_t n;
	double truth[YEAR_MOST];      /* failing share */
	uint32_t true_rank[YEAR_MOST]; /* from 1 */
	zp_trials count[YEAR_MOST];
	zp_design design;
	zp_random random; /* for what comes after */
} year;

void year_draw(year *, const year_kind *, uint64_t number);

/* at: laboratories by key, ascending; equal ones in a random order. */
void year_order(year *, const double *key, uint32_t *at);

static inline size_t year_tenth(size_t n) { return (n + 9) / 10; }

#endif
