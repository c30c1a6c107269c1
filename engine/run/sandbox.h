/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A child process in which files are parsed that were made to break parsers: it can open nothing, has little
 * memory and little time. When it dies, one file is refused, and another child takes its place. */
#ifndef ZP_RUN_SANDBOX_H
#define ZP_RUN_SANDBOX_H

#include "base/input.h"
#include "base/spill.h"
#include "host/plugin.h"

#define ZP_SANDBOX_BYTES (16u << 20)    /* a file */
#define ZP_SANDBOX_MEMORY (128u << 20)  /* beside what the run had when the child began */
#define ZP_SANDBOX_SECONDS 2            /* of its processor's time for a file, and a second for each further 3 MiB beyond 5 */
#define ZP_SANDBOX_RECORDS (80u << 20)  /* what it may find in one file, and 40 bytes more for each of its bytes beyond 5 MiB */

typedef struct zp_sandbox zp_sandbox;

/* One thread at a time for each. Best opened while the run has no other thread: the child is a copy of the run as it stands,
 * locks included, and sanitizers mind. The spill, lent, is what it has no part in; NULL: there is none. */
zp_sandbox *zp_sandbox_open(zp_spill *);
void zp_sandbox_close(zp_sandbox *);

/* Read a file into the place that the child can see. Gives: its bytes, lent until the next call, with its digest in
 * *record; .p NULL with *why, a clause, when it cannot be read or is larger than `most`. */
zp_text zp_sandbox_load(zp_sandbox *, const char *path, uint64_t most, zp_input *record, const char **why);

/* Parse what was loaded. Gives: records (run/records.h), lent until the next call; .p NULL with *why, a clause. */
zp_text zp_sandbox_parse(zp_sandbox *, const zp_importer *, const char *name, const char *stem, const char **why);

#endif
