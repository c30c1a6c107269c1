/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether what was put is there: a disk may say that it has written what it has not. */
#include <string.h>
#include "ledger/store.h"

/* By the file alone, which is opened anew, so that nothing is remembered of what was put. */
static bool stands(zp_ledger *again, zp_arena *arena, const zp_entry *entry, zp_error *err)
{
	char was[ZP_DIGEST_TEXT], is[ZP_DIGEST_TEXT];
	const zp_entry *read = again->store->is_whole(again, err) ? zp_ledger_take(again, arena, entry->round.id, entry->version, err) : NULL;
	if (!read)
		return false;
	zp_entry_digest(entry, was);
	zp_entry_digest(read, is);
	return strcmp(was, is) == 0;
}

bool zp_ledger_proof(const char *path, const zp_entry *entry, zp_error *err)
{
	zp_error why = { 0 };
	zp_arena *arena = zp_arena_open();
	zp_ledger *again = zp_ledger_open(path, ZP_LEDGER_READ, &why);
	const bool good = again && stands(again, arena, entry, &why);
	if (again)
		zp_ledger_close(again);
	zp_arena_close(arena);
	return good || zp_fail(err, ZP_IO, path, 0,
			       "the ledger is not read as it was written just now: its disk cannot be trusted. Expected a copy of the ledger on another disk");
}
