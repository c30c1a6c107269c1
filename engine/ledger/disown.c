/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A version of a round that counts no more: its rows stay, as all rows do, and an event says that it is passed over. */
#include "ledger/ledger.h"
#include <string.h>
#include "ledger/sql.h"

/* The content of the version as its row says it, NULL: there is none. Once it is disowned, *already. */
static const char *content_of(zp_ledger *ledger, zp_arena *arena, const char *subject, bool *already, zp_error *err)
{
	zp_statement *s = zp_sql_prepare(ledger, "SELECT content, " ZP_DISOWNED " FROM round WHERE id || '/v' || version = ?1", err);
	if (s)
		zp_sql_put_text(s, 1, subject);
	const int more = s ? zp_sql_step(ledger, s, err) : -1;
	const char *content = more == 1 ? zp_sql_text(s, 0, arena) : NULL;
	*already = more == 1 && zp_sql_whole(s, 1);
	zp_sql_close(s);
	if (more == 0)
		zp_fail(err, ZP_BAD_USE, ledger->path, 0, "there is no version %.200s of a round; expected one that zhiping ledger list names, such as 2026-1/v2", subject);
	return content;
}

bool zp_ledger_disown(zp_ledger *ledger, const char *subject, zp_error *err)
{
	zp_arena *arena = zp_arena_open();
	bool already = false;
	bool good = zp_sql_begin(ledger, err);
	const char *content = good ? content_of(ledger, arena, subject, &already, err) : NULL;
	good = content && (already || zp_trail_put(ledger, "disown", subject, ledger->why, zp_arena_print(arena, "disowned=%.64s", content), err));
	good = zp_sql_end(ledger, good, err);
	zp_arena_close(arena);
	return good;
}
