/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A ledger in memory, for who asks what would be. */
#include <stdlib.h>
#include <string.h>
#include "base/memory.h"
#include "ledger/sql.h"
#include "ledger/trail.h"

zp_ledger *zp_ledger_copy(zp_ledger *of, zp_error *err)
{
	zp_ledger *copy = calloc(1, sizeof *copy);
	if (!copy || !(copy->path = strdup(of->path)))
		zp_no_memory();
	zp_trail_for(copy, "add", "", "");
	zp_trail_by(copy, of->by);
	const bool opened = sqlite3_open(":memory:", &copy->db) == SQLITE_OK;
	sqlite3_backup *backup = opened ? sqlite3_backup_init(copy->db, "main", of->db, "main") : NULL;
	if (backup)
		sqlite3_backup_step(backup, -1);
	if (backup && sqlite3_backup_finish(backup) == SQLITE_OK && zp_sql_run(copy, "PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON", err))
		return copy;
	zp_sql_fail(copy, err);
	zp_ledger_close(copy);
	return NULL;
}
