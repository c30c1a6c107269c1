/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Peers and targets of a measurand whose answers are no numbers. */
#ifndef ZP_RUN_POLL_H
#define ZP_RUN_POLL_H

#include "run/gather.h"
#include "run/rungs.h"

/* Those who sent an answer for an item. */
typedef struct zp_voters {
	const uint32_t *cell, *tuple; /* of each */
	const bool *referee;
	uint32_t *group;              /* index among the finds; set here */
	size_t n;
} zp_voters;

/* Find the groups of one item, lowest rung first, each with the answer that it agrees on; whoever finds none is left over together.
 * Needs: rung[0..n_rungs) the keys of the measurand's ladder; `keep` lives as long as the groups. */
void zp_poll_item(const zp_target_case *, const zp_rung_keys *const *rung, uint32_t item, const zp_voters *, zp_arena *keep, zp_finds *);

#endif
