/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ledger: every closed round that was put into it, in one file, or one database of PostgreSQL, that only grows.
 *
 * One entry for each published version of a round. The newest version of a round is its current one; the others stay as history.
 * An entry is written in one transaction, whole or not at all, and is never changed afterwards. docs/formats/ledger.md explains
 * the tables.
 */
#ifndef ZP_LEDGER_LEDGER_H
#define ZP_LEDGER_LEDGER_H

#include "base/progress.h"
#include "ledger/annals.h"
#include "ledger/entry.h"

typedef enum zp_ledger_use {
	ZP_LEDGER_READ,  /* it must be there */
	ZP_LEDGER_ADD,   /* it must be there, and this user may write it */
	ZP_LEDGER_WRITE  /* it is made when it is not there */
} zp_ledger_use;

/* path: a file, or "postgresql://…", without a password (base/environment.h).
 * Fails: NULL; ZP_BAD_INPUT for what is no ledger, or one of a newer program; ZP_IO. An older one is brought up to date first. */
zp_ledger *zp_ledger_open(const char *path, zp_ledger_use, zp_error *);
/* Whether it can be the name of a ledger: not what is meant as an address of PostgreSQL, and may hold a password, but is none that is taken for one. */
bool zp_ledger_is_name(const char *path);
/* Whether opening it to write would make the file. */
bool zp_ledger_is_new(const char *path);
void zp_ledger_close(zp_ledger *);
/* All of it in memory, to try something on: what is put there is in no file. Fails: NULL. */
zp_ledger *zp_ledger_copy(zp_ledger *, zp_error *);
const char *zp_ledger_path(const zp_ledger *);
/* Who looks on while rounds are read, checked or merged; NULL: nobody. */
void zp_ledger_watch(zp_ledger *, zp_progress *);

/* Before a round is closed into the ledger: that nobody else closes it at this moment, and that this account may put it. Until the ledger is
 * closed. In a file it is always so. Fails: ZP_BAD_INPUT with the reason; ZP_IO. */
bool zp_ledger_claim(zp_ledger *, const char *id, zp_error *);

/* Whether there is nothing in it but its tables. */
bool zp_ledger_is_bare(zp_ledger *, bool *bare, zp_error *);
/* Everything that `of` holds into a bare ledger, in one transaction: numbers, chains, digests and heads are the same afterwards.
 * Fails: ZP_BAD_INPUT when `of` is not what was put into it. */
bool zp_ledger_transfer(zp_ledger *into, zp_ledger *of, zp_error *);

/* What became of an entry. CONFLICT: the version is there with another content; it stays, the new one is only named. */
typedef enum zp_added { ZP_ADDED_NOT, ZP_ADDED, ZP_ADDED_ALREADY, ZP_ADDED_CONFLICT } zp_added;

/* Fails: ZP_ADDED_NOT with *err, and the ledger is as it was. */
zp_added zp_ledger_put(zp_ledger *, const zp_entry *, zp_error *);

/* Whether an entry that was put stands in the ledger as it was put, and the ledger is whole. Fails: ZP_IO, when it is not so, or when nobody can look. */
bool zp_ledger_proof(const char *path, const zp_entry *, zp_error *);

/* A version, "2026-1/v2", that is there and counts no more: check, year, export and merge pass over it, and the one before it is current. Its rows
 * stay. The same again changes nothing. Fails: ZP_BAD_USE when there is none. */
bool zp_ledger_disown(zp_ledger *, const char *subject, zp_error *);

typedef struct zp_ledger_row {
	int64_t row; /* place in the order of arrival, from 1 */
	const char *id, *name, *organiser, *issued, *closes, *digest, *content;
	int version, year, number;
	size_t labs, results, targets;
	bool current, disowned;
} zp_ledger_row;

/* Every version, by closing date, id and version. Fails: NULL. */
const zp_ledger_row *zp_ledger_rows(zp_ledger *, zp_arena *, size_t *n, zp_error *);

/* Entries that were kept out since the version was there with another content. */
typedef struct zp_ledger_conflict { const char *id, *digest; int version; } zp_ledger_conflict;
const zp_ledger_conflict *zp_ledger_conflicts(zp_ledger *, zp_arena *, size_t *n, zp_error *);

/* The whole of one version. Fails: NULL; ZP_BAD_USE when there is none; ZP_BAD_INPUT when it is not intact. */
zp_entry *zp_ledger_take(zp_ledger *, zp_arena *, const char *id, int version, zp_error *);
#define ZP_VERSION_CURRENT 0

/* manifest.json of one version, as it was put. Gives: *n 0 when there is none. Fails: NULL. */
const char *zp_ledger_manifest(zp_ledger *, zp_arena *, const char *id, int version, size_t *n, zp_error *);

/* Whatever is wrong with the file, told one by one: the store's own checks, the tables as they should be, the trail, and every entry against
 * the chain of digests and its event. is_sound: whether file and trail as such are, so that the trail can tell of what is not; may be NULL.
 * Gives: how many were told, -1 with *err when it cannot be read at all. */
long zp_ledger_check(zp_ledger *, void (*tell)(void *self, const char *sentence), void *self, bool *is_sound, zp_error *);

/* Which codes of another centre's are which of ours. */
typedef struct zp_code_map { const char *from, *to;
	bool met; /* set by merging: a laboratory had the code */
} zp_code_map;

typedef struct zp_merged { size_t added, already, conflicts; } zp_merged;

const char *zp_ledger_library(void); /* the version of SQLite that runs */

#endif
