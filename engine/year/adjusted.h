/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Regions compared as if they had the same mix of classes, with the ranks that the results support (docs/methods/ranking.md). */
#ifndef ZP_YEAR_ADJUSTED_H
#define ZP_YEAR_ADJUSTED_H

#include "press/outbox.h"
#include "year/ranking.h"

/* Regions are compared with their like: cities, the regions just below the root; and the innermost places. */
typedef enum zp_adjusted_level { ZP_ADJUSTED_CITY, ZP_ADJUSTED_PLACE, ZP_ADJUSTED_LEVELS } zp_adjusted_level;
const char *zp_adjusted_word(zp_adjusted_level);

typedef struct zp_adjusted {
	uint32_t place;               /* of the standings */
	uint32_t laboratories;        /* with results */
	int64_t credit, total;        /* in time and evaluated; credit in hundredths of a result */
	double expected;              /* accepted results at everybody's rates of its classes; NAN with direct */
	double ratio;                 /* observed / expected, or adjusted / everybody's share */
	double share;                 /* adjusted; may come out above 1 with indirect; NAN: undefined */
	double undefined;             /* direct: the part of everybody's results in classes that it has no results of */
	zp_shrunken shrunken;         /* of no use where share is NAN, the ranks too */
	uint32_t rank;
	zp_rank_range range;
} zp_adjusted;

typedef struct zp_adjusted_set { /* of one level */
	const zp_adjusted *at; /* in the order of the places */
	size_t n, ranked;
	zp_prior prior;        /* alpha INFINITY: no spread, all are tied */
	uint32_t draws;
} zp_adjusted_set;

typedef struct zp_year_adjusted {
	zp_adjusted_set of[ZP_ADJUSTED_LEVELS];
	bool direct;           /* standard-method */
	double everybody;      /* share of all results */
	double deff;           /* of the ranking */
	uint64_t seed;
} zp_year_adjusted;

/* From the counts of the ranking: the same laboratories and results. */
const zp_year_adjusted *zp_year_adjusted_take(zp_arena *, const zp_standings *, const zp_year_ranking *, const zp_year_rules *);

struct zp_year;
struct zp_kept;
/* centre/adjusted.csv: for the centre, as whoever knows the classes' shares could work out small cells from it. Fails: ZP_IO. */
bool zp_year_adjusted_table(const struct zp_year *, zp_press *, struct zp_kept *, zp_error *);

#endif
