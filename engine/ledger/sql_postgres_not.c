/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In the place of sql_postgres.c where the program was built without libpq. */
#include "ledger/store.h"

static bool refuse(zp_ledger *ledger, zp_ledger_use use, int64_t *version, zp_error *err)
{
	(void)use;
	*version = 0;
	return zp_fail(err, ZP_BAD_USE, ledger->path, 0, "this zhiping was built without PostgreSQL; expected a ledger in a file, or a zhiping that was built with libpq");
}

static void close_nothing(zp_ledger *ledger) { (void)ledger; }

const zp_store zp_store_postgres = { .open = refuse, .close = close_nothing };
