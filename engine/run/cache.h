/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What importers found in whole files, kept for the next run in ROUND/.zhiping/records, so that only changed files are parsed
 * again. An entry is named by a digest of all that its content depends on: the file's bytes and name, the importer, its version
 * and file, and this program. It is believed only when its own digest and length are right; a damaged one is as good as none.
 * Nothing here is a result, and nothing can fail: a folder that cannot be written is a run without a cache. */
#ifndef ZP_RUN_CACHE_H
#define ZP_RUN_CACHE_H

#include "base/digest.h"
#include "run/blocks.h"
#include "run/run.h"

typedef struct zp_cache zp_cache;
typedef struct zp_cache_key { char name[ZP_DIGEST_TEXT]; } zp_cache_key;

/* `needed`: the round has whole files; without them nothing is made, and what is there is tidied up.
 * Gives: NULL when there can be none. */
zp_cache *zp_cache_open(const zp_run *, bool needed);
/* Entries that this run did not ask for are removed: their files are gone or have changed. */
void zp_cache_close(zp_cache *, zp_recalled *);

/* Needs: the file was loaded, so that its digest is known. Any thread, like those below. */
void zp_cache_key_of(zp_cache *, const zp_results_file *, zp_cache_key *);
/* Records in the arena; .p NULL when there are none to be believed. */
zp_text zp_cache_find(zp_cache *, const zp_cache_key *, zp_arena *);
void zp_cache_keep(zp_cache *, const zp_cache_key *, zp_text records);

#endif
