/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rungs of the ladders: which group each combination of peer names belongs to. */
#ifndef ZP_RUN_RUNGS_H
#define ZP_RUN_RUNGS_H

#include "run/run.h"

/* Which key of a rung each tuple of peer names carries. */
typedef struct zp_rung_keys {
	unsigned mask, own; /* names that make the key; those that must not be blank */
	bool blank_group;
	uint32_t *of;       /* per tuple; ZP_NO_NAME: it names nothing on this rung */
	uint32_t *example;  /* per key: its first tuple */
	uint32_t n;
} zp_rung_keys;

/* The keys of a rung are numbered once, however many measurands climb it. */
typedef struct zp_rungs zp_rungs;
zp_rungs *zp_rungs_take(zp_arena *, const zp_peers *, size_t most);

/* The keys of rung r of a measurand's ladder. Needs: no more different ones than `most`; one thread. */
const zp_rung_keys *zp_rungs_find(zp_rungs *, const zp_measurand *, const zp_choices *, size_t r);

#endif
