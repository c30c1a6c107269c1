/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A ledger in memory, for who asks what would be. */
#include "ledger/store.h"

zp_ledger *zp_ledger_copy(zp_ledger *of, zp_error *err)
{
	zp_ledger *copy = zp_ledger_in_memory(of->path, err);
	if (!copy)
		return NULL;
	zp_trail_for(copy, "add", "", "");
	zp_trail_by(copy, of->by);
	if (of->store->duplicate ? of->store->duplicate(copy, of, err) : zp_schema_raise(copy, 0, err) && zp_ledger_transfer(copy, of, err))
		return copy;
	zp_ledger_close(copy);
	return NULL;
}
