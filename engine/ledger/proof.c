/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether what was put is there: a disk may say that it has written what it has not. */
#include <string.h>
#include "ledger/store.h"

/* By what keeps the ledger alone, which is opened anew, so that nothing is remembered of what was put. Fails: when it cannot be read. */
static bool reads(const char *path, zp_arena *arena, const zp_entry *entry, char digest[static ZP_DIGEST_TEXT], zp_error *err)
{
	zp_ledger *again = zp_ledger_open(path, ZP_LEDGER_READ, err);
	const zp_entry *read = again && again->store->is_whole(again, err) ? zp_ledger_take(again, arena, entry->round.id, entry->version, err) : NULL;
	if (read)
		zp_entry_digest(read, digest);
	if (again)
		zp_ledger_close(again);
	return read != NULL;
}

bool zp_ledger_proof(const char *path, const zp_entry *entry, zp_error *err)
{
	char was[ZP_DIGEST_TEXT], is[ZP_DIGEST_TEXT];
	zp_error why = { 0 };
	zp_arena *arena = zp_arena_open();
	const bool read = reads(path, arena, entry, is, &why);
	zp_arena_close(arena);
	if (!read && why.code == ZP_IO) /* who cannot look knows nothing of the disk */
		return zp_fail(err, ZP_IO, NULL, 0, "round %s v%d was put into the ledger, but cannot be read out of it again: %s; expected to read what was put. Look with zhiping ledger check",
			       entry->round.id, entry->version, why.told);
	zp_entry_digest(entry, was);
	return (read && strcmp(was, is) == 0) ||
	       zp_fail(err, ZP_IO, path, 0, "the ledger is not read as it was written just now: its disk cannot be trusted. Expected a copy of the ledger on another disk");
}
