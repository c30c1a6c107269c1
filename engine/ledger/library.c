/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/ledger.h"
#include "ledger/sql.h"

const char *zp_ledger_library(void)
{
	return sqlite3_libversion();
}
