/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ranks that results support, for the tables of ranks of one scope: a programme, or all of them (docs/methods/ranking.md). Shares of all
 * laboratories of the scope are fitted together, and every table counts its ranks in the same draws. */
#ifndef ZP_RUN_RANK_RANGES_H
#define ZP_RUN_RANK_RANGES_H

#include "run/run.h"
#include "stats/shrink.h"

#define ZP_ROUND_DRAWS 1000      /* the ends of a range differ by two ranks or so of 186 between seeds */
#define ZP_ROUND_DRAWN 2000000   /* true shares drawn at most: beyond 2,000 laboratories there are fewer draws, */
#define ZP_ROUND_DRAWS_LEAST 200 /* but not below this */

/* What lies behind the ranges of a scope. */
typedef struct zp_rank_basis {
	size_t labs;             /* with results in time that were evaluated */
	zp_design_effect design;
	zp_prior prior;          /* alpha INFINITY: no spread, everybody is tied */
	uint32_t draws;          /* 0 without a spread */
	uint64_t seed;
} zp_rank_basis;

/* A row of a table: the laboratory, the region of the table, and its class (from 1; 0: all classes). */
typedef struct zp_rank_seat { uint32_t lab, region, of_class; } zp_rank_seat;

/* Fill rank_low and rank_high of rows that have a rank and results in time. programme: n_programmes stands for all. */
zp_rank_basis zp_rank_ranges(const zp_run *, size_t programme, const zp_rank_seat *, zp_rank_row *rows, size_t n);

#endif
