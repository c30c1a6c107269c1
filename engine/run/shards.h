/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One round on many machines (docs/cluster.md). Each works out the targets and scores of its measurands into a part; then one of them
 * reads the parts in place of working them out, and goes on as `close` does. Papers are shared out by laboratory in the same way. */
#ifndef ZP_RUN_SHARDS_H
#define ZP_RUN_SHARDS_H

#include "run/publish.h"
#include "press/part.h"

/* Who works out what, the same wherever it is asked: the heaviest first, each to whoever has least so far.
 * Gives: of each of the things the part, from 1. Needs: 1 <= parts <= ZP_PARTS_MOST. */
const uint32_t *zp_shards_deal(zp_arena *, const uint64_t *weights, size_t n, uint32_t parts);

/* By item: the part that works it out. Measurands that are compared with each other are in one part, and so are all samples of a measurand. */
const uint32_t *zp_shards_of_items(const zp_run *, uint32_t parts);
/* By laboratory: the part that draws its papers. */
const uint32_t *zp_shards_of_labs(const zp_run *, uint32_t parts);

/* What parts of this run were made of. Needs: the stages up to hints are done, and gather not: it marks values. wish: lent. */
zp_basis zp_shards_basis(const zp_run *, const char *wish);

/* ---- scores ---- */

/* Write what this run worked out of its share into FOLDER. Needs: a run up to ZP_UNTIL_SCORE with a share. Fails: ZP_IO. */
bool zp_scores_write(const zp_run *, const char *folder, zp_error *);

/* A stage: fill the shelves of gather and score with the parts in run->parts. Fails: ZP_BAD_INPUT, and the problems of the input say
 * everything that is wrong with them. */
bool zp_run_join(zp_run *, zp_error *);

/* ---- which are there ---- */

/* The parts of a kind that can be joined with this run: by their number from 1 on, .name NULL where there is none. What is wrong with others is
 * told. Parts of another kind are passed over.
 * n: into how many the round is divided; 0: as the parts say, which are refused where they do not agree.
 * strays: whether there are some that have to be removed, since none that is made takes their place; NULL: those that are missing are told.
 * Gives: the list, *n filled in; NULL where nobody can say how many there should be, which is told. Fails: NULL with *err, ZP_IO. */
zp_part *zp_shards_find(zp_run *, const char *folder, zp_part_kind, const zp_basis *, uint32_t *n, bool *strays, zp_problems *, zp_error *);

#endif
