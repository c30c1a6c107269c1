/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What shard and merge share. */
#ifndef ZP_CLI_PARTS_H
#define ZP_CLI_PARTS_H

#include "cli/cli.h"
#include "press/part.h"

/* Where parts of the round lie: --parts, or ROUND/.zhiping/parts. Carved from the arena, or lent. */
const char *zp_cli_parts(const zp_given_options *, const char *round, zp_arena *);

/* A run of a round of which parts are made or looked for, up to the named stage; its problems are told.
 * Fails: NULL, or a run, with *err. Owns: zp_run_close where there is one. */
zp_run *zp_cli_parts_run(const zp_registry *, const zp_run_wish *, zp_until, zp_watch *, zp_error *);

/* Draw the papers of a share of the laboratories, as --issued, --emit, --ledger and --sealed say, and tell how many.
 * Needs: a run up to its ranks, of parts. Fails: false with *err. */
bool zp_cli_draw_papers(const zp_command *, const zp_given_options *, zp_run *, zp_division share, zp_error *);

#endif
