/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Events for what came into a ledger before it had a trail: that it was there when the trail began, no more can be said. */
#include <stdio.h>
#include "ledger/sql.h"

#define SAID_MOST 80

/* One event for each row that a statement gives: its subject and its detail. */
static bool put_rows(zp_ledger *ledger, const char *what, const char *sql, zp_error *err)
{
	zp_statement *s = zp_sql_prepare(ledger, sql, err);
	int more = s ? 1 : -1;
	bool good = s != NULL;
	while (good && (more = zp_sql_step(ledger, s, err)) > 0) {
		zp_arena *arena = zp_arena_open();
		good = zp_trail_put(ledger, what, zp_sql_text(s, 0, arena), "", zp_sql_text(s, 1, arena), err);
		zp_arena_close(arena);
	}
	zp_sql_close(s);
	return good && more == 0;
}

bool zp_trail_earlier(zp_ledger *ledger, int schema, zp_error *err)
{
	static const struct { const char *what, *sql; } earlier[] = {
		{ "add-earlier", "SELECT id || '/v' || version, 'manifest=' || digest || ' content=' || content FROM round ORDER BY round" },
		{ "add-withheld-earlier", "SELECT id || '/v' || version, 'manifest=' || digest FROM conflict ORDER BY id, version, digest" },
		{ "papers-earlier", "SELECT '', 'papers=' || act || ' all=' || act || ' chain=' || chain FROM paper ORDER BY act DESC LIMIT 1" },
		{ "decisions-earlier", "SELECT '', 'decisions=' || act || ' all=' || act || ' chain=' || chain FROM title ORDER BY act DESC LIMIT 1" },
		{ "paper-withheld-earlier", "SELECT number, 'paper=' || digest FROM paper_conflict ORDER BY number, digest" },
	};
	char detail[SAID_MOST];
	snprintf(detail, sizeof detail, "schema=%d before=%d", ZP_LEDGER_SCHEMA, schema);
	bool good = zp_trail_put(ledger, "raised", "", "", detail, err);
	for (size_t i = 0; i < sizeof earlier / sizeof *earlier && good; i++)
		good = put_rows(ledger, earlier[i].what, earlier[i].sql, err);
	return good;
}
