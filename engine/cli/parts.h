/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What shard and merge share. */
#ifndef ZP_CLI_PARTS_H
#define ZP_CLI_PARTS_H

#include "cli/cli.h"

/* Where parts of the round lie: --parts, or ROUND/.zhiping/parts. Carved from the arena, or lent. */
const char *zp_cli_parts(const zp_given_options *, const char *round, zp_arena *);

/* A run of a round of which parts are made or looked for, up to the named stage; its problems are told.
 * Fails: NULL, or a run, with *err. Owns: zp_run_close where there is one. */
zp_run *zp_cli_parts_run(const zp_registry *, const zp_run_wish *, zp_until, zp_watch *, zp_error *);

#endif
