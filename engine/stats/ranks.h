/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ranks of laboratories by their shrunken shares, and the ranks that the data support: true shares are drawn many times from
 * what is known of each laboratory, put in order, and what ranks come out is counted. docs/methods/ranking.md.
 *
 * Memory grows with the number of laboratories: up to ZP_RANK_BINS there is a counter for every rank, beyond that
 * one for every 1 / ZP_RANK_BINS of the places, and ranges are rounded outwards to its ends. */
#ifndef ZP_STATS_RANKS_H
#define ZP_STATS_RANKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "stats/order.h"
#include "stats/shrink.h"

#define ZP_RANK_BINS 2048
#define ZP_RANK_AT_ONCE 16 /* draws */
#define ZP_RANK_DRAWS 10000     /* the ends of a range differ by half a rank between seeds, seldom by 5 */
#define ZP_RANK_MOST_DRAWS 65535
#define ZP_RANK_TIE 1e-12       /* shares as near as this are equal */

/* What laboratories are ranked in: all together, or each in its group (class, region). */
typedef struct zp_ranking {
	size_t n;              /* laboratories */
	const uint32_t *group; /* of each, below `groups`; NULL: one group */
	size_t groups, bins;
	uint32_t *size;        /* of each group */
	uint16_t *count;       /* n times `bins`: draws in which a laboratory had these ranks */
	uint16_t *top;         /* n: draws in which it was among the best tenth */
	uint32_t draws;
} zp_ranking;

/* Needs: size has room for `groups` (1 when group is NULL); n >= 1, below 2^32. Then set count and top to zeroed room
 * for n * bins and n, where draws are wanted. */
void zp_ranking_open(zp_ranking *, size_t n, const uint32_t *group, size_t groups, uint32_t *size);

/* Room to work in; a thread needs its own. What only zp_rank or draws need may be NULL for the other. */
typedef struct zp_rank_work {
	double *keys;         /* n */
	uint32_t *at;         /* n */
	zp_sort_pair *pairs;  /* 2n */
	uint32_t *place;      /* as many as the ranking with most groups has */
	double *first;        /* the same; zp_rank only */
	uint32_t *first_rank; /* the same; zp_rank only */
	uint16_t *bins;       /* ZP_RANK_AT_ONCE * n for each ranking; draws only */
} zp_rank_work;

/* The order of shrunken shares: equal ones have the better rank in common, and the next rank is skipped (1 1 3). A run of
 * ties is as long as its shares lie within ZP_RANK_TIE of its best one. Needs: `failing` of each (zp_shrunken). */
void zp_rank(const zp_ranking *, const double *failing, uint32_t *rank, zp_rank_work *);

/* Draws from..to-1, added to every ranking. A draw depends on its number and the seed alone: they may be divided among threads,
 * each with rankings of its own, in any way, and added up by zp_ranking_add to the same bits. What is drawn is the
 * failing share, in log odds: passing ones near 1 would round to 1 and tie. Laboratories without results may be there.
 * Needs: all rankings of the same n laboratories in the same order; a prior with a spread; at most ZP_RANK_MOST_DRAWS in all. */
void zp_ranking_draw(zp_prior, const zp_trials *, uint64_t seed, uint32_t from, uint32_t to, zp_ranking *rankings, size_t n_rankings, zp_rank_work *);

/* The same in its parts, for several threads that count into the same rankings: counters are many, and those of a laboratory lie together, so
 * that several draws are made before they are counted. */
/* Whom draws first..first+draws-1, ZP_RANK_AT_ONCE at most, put where: into work->bins. Threads make different draws, each in a work of its own. */
void zp_ranking_place(zp_prior, const zp_trials *, uint64_t seed, uint32_t first, uint32_t draws, const zp_ranking *rankings, size_t n_rankings, zp_rank_work *);
/* Count laboratories from..to-1 in so many draws that lie in these bins. Threads count different laboratories. */
void zp_ranking_count(zp_ranking *rankings, size_t n_rankings, const uint16_t *bins, uint32_t draws, size_t from, size_t to);
/* So many draws of all laboratories were counted. */
void zp_ranking_counted(zp_ranking *rankings, size_t n_rankings, uint32_t draws);

void zp_ranking_add(zp_ranking *to, const zp_ranking *from);

typedef enum zp_half { ZP_HALF_BETTER, ZP_HALF_UNCLEAR, ZP_HALF_WORSE } zp_half;

/* Ranks begin at 1. Without draws (no spread: everybody tied) the range is 1 to `of`, and the chance of the top everybody's. */
typedef struct zp_rank_range {
	uint32_t low, high, of; /* the least ranks that 2.5 % and 97.5 % of the draws do not exceed; laboratories in the group */
	double top;             /* chance to be among the best tenth of the group, rounded up */
	zp_half half;           /* where the whole range lies; the middle one of an odd number is in neither half */
} zp_rank_range;
zp_rank_range zp_rank_range_of(const zp_ranking *, size_t i);

#endif
