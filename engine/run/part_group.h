/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A group as the bytes of a part. */
#ifndef ZP_RUN_PART_GROUP_H
#define ZP_RUN_PART_GROUP_H

#include "run/shards.h"

#define ZP_GROUP_LEAST 200 /* bytes; none has fewer */

void zp_group_put(zp_part_writer *, const zp_group *);

/* The group of an item that comes next, its counts carved from the arena.
 * Gives: NULL; else what cannot be, a word of its form. Nothing of *g is used as an index before this has said that it can be. */
const char *zp_group_take(const zp_run *, uint32_t item, zp_part_cursor *, zp_arena *, zp_group *g);

#endif
