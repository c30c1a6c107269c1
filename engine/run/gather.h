/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Peers and their targets: what gather.c (who belongs together) and target.c (what they should have found) share. */
#ifndef ZP_RUN_GATHER_H
#define ZP_RUN_GATHER_H

#include "run/run.h"

/* What a target is made for. */
typedef struct zp_target_case {
	const zp_run *run;
	const zp_programme *programme;
	const zp_measurand *measurand;
	const zp_given *given;
	bool out;               /* the sample was taken out by decision */
	const zp_plugin *peers; /* estimator of centre and spread for SDI where the target is not an estimate */
	const zp_reference *reference;
	const zp_material *material; /* NULL when it was not tested */
	zp_arena *scratch;
} zp_target_case;

/* Groups of one measurand while they are found. */
typedef struct zp_finds {
	zp_group *groups; /* malloc'd */
	size_t n, room;
} zp_finds;
/* One more, with nothing known of it. Gives: lent until the next one. */
zp_group *zp_finds_add(zp_finds *, uint32_t item, size_t rung, uint32_t key);

/* Nothing known. */
extern const zp_estimate zp_no_estimate;

/* Bounds beyond which a value of this group is absurd: absurd_factor limits from its median.
 * Needs: x ascending, n >= 1. */
void zp_target_sane(const zp_target_case *, const double *x, size_t n, double *low, double *high);

/* "<0.5" and ">1000" of a group, ascending, for a method that takes them. */
typedef struct zp_bounds { const double *below, *above; size_t n_below, n_above; } zp_bounds;

/* The estimate of x_pt by the scheme's method. Gives: false when the method has no answer for these. */
bool zp_target_estimate(const zp_target_case *, const double *x, size_t n, zp_bounds, zp_estimate *out);

/* Fill in the group's target, limit and peers' spread.
 * Needs: x, the n kept values ascending; group->target holds their estimate.
 *        lack: why they make no target of their own, ZP_REASON_NONE when they do. */
void zp_target_settle(const zp_target_case *, const double *x, size_t n, zp_reason lack, zp_group *);

/* Fill in sigma_pt, what is to be doubted of a target that has its limit, and what the scheme makes of that: wider
 * limits, or no verdict. Needs: as above; target, limit and peers are settled. */
void zp_target_doubt(const zp_target_case *, const double *x, size_t n, zp_group *);

/* Tell whether a method, an instrument or a system that the members do not all share lies apart from their target.
 * Needs: as above, settled; tuple: the peer keys of each value. */
void zp_target_compare(const zp_target_case *, const double *x, const uint32_t *tuple, size_t n, zp_group *);

/* The bounds that are printed, from x_pt and width. */
void zp_target_bounds(const zp_target_case *, zp_group *);

#endif
