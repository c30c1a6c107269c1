/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Laboratories of the register in order, by shares that make few and many results comparable, with the ranks that the results
 * support (docs/methods/ranking.md). Trueness programmes and cancelled rounds are left out. */
#ifndef ZP_YEAR_RANKING_H
#define ZP_YEAR_RANKING_H

#include "stats/ranks.h"
#include "year/shares.h"

typedef enum zp_rank_scope { ZP_RANK_ALL, ZP_RANK_CLASS, ZP_RANK_REGION, ZP_RANK_SCOPES } zp_rank_scope;
const char *zp_rank_scope_word(zp_rank_scope);

#define ZP_RANK_LEVEL 0.95 /* of the intervals of shares */

/* A laboratory of the register that had results to return. */
typedef struct zp_ranked {
	uint32_t lab, region;        /* of the chronicle; place of the standings: the city it lies in */
	int64_t credit, total;       /* in time and evaluated; credit in hundredths of a result */
	int64_t late, not_returned;  /* results, beside the others */
	zp_shrunken shrunken;        /* of no use when total is 0: then it has no rank */
	uint32_t rank[ZP_RANK_SCOPES];
	zp_rank_range range[ZP_RANK_SCOPES];
} zp_ranked;

typedef struct zp_year_ranking {
	const zp_ranked *at; /* by code */
	size_t n, ranked;
	zp_prior prior;      /* alpha INFINITY: no spread, everybody is tied */
	double spread_test;
	zp_design_effect design; /* as the results have it; what counts is deff */
	double deff;
	bool prior_given, deff_given;
	uint32_t draws;      /* 0 without a spread */
	uint64_t seed;
} zp_year_ranking;

/* threads: 0 for the machine's processors. The result does not depend on it. */
const zp_year_ranking *zp_year_ranking_take(zp_arena *, const zp_chronicle *, const zp_standings *, const zp_year_rules *, unsigned threads);

#endif
