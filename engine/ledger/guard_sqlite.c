/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What guards the tables of a ledger in a file of SQLite: triggers that refuse every change. They are a lock on the door, not the wall: who takes
 * them away is found by zhiping ledger check. Never changed once they were published, as the tables. */
#include "ledger/store.h"

/* An event has its place. */
static const char trail[] =
	"CREATE TRIGGER event_insert BEFORE INSERT ON event WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM event)"
	" OR NEW.before IS NOT coalesce((SELECT hash FROM event ORDER BY seq DESC LIMIT 1), '" ZP_TRAIL_BEGINNING "')"
	" BEGIN SELECT RAISE(ABORT, 'an event comes after the last one, and nowhere else'); END;";

/* Tables that rows are only added to, and what says that a row is there already: without that, INSERT OR REPLACE would take it away.
 * Either of two conditions, by an index each. NULL: there is no such trigger; the digest of the entry finds what was replaced. */
static const struct guard { const char *table, *there, *also; } guards[] = {
	{ "event", NULL, NULL }, /* has a stricter one of its own */
	{ "text", "id = NEW.id", "text = NEW.text" },
	{ "round", "round = NEW.round", "id = NEW.id AND version = NEW.version" },
	{ "manifest", "round = NEW.round", "false" },
	{ "lab", "round = NEW.round AND lab = NEW.lab", "round = NEW.round AND code = NEW.code" },
	{ "programme", "round = NEW.round AND programme = NEW.programme", "round = NEW.round AND code = NEW.code" },
	{ "sample", "round = NEW.round AND programme = NEW.programme AND sample = NEW.sample", "false" },
	{ "measurand", "round = NEW.round AND programme = NEW.programme AND measurand = NEW.measurand", "false" },
	{ "answer", "round = NEW.round AND answer = NEW.answer", "false" },
	{ "target", "round = NEW.round AND \"group\" = NEW.\"group\"", "false" },
	{ "tally", NULL, NULL }, /* these two have nearly all of the rows: a trigger for each takes a large round 70 % longer, those of the others 6 % */
	{ "result", NULL, NULL },
	{ "conflict", "id = NEW.id AND version = NEW.version AND digest = NEW.digest", "false" },
	{ "word", "list = NEW.list AND number = NEW.number", "false" },
	{ "paper", "act = NEW.act", "number = NEW.number" },
	{ "title", "act = NEW.act", "year = NEW.year AND award = NEW.award AND lab = NEW.lab AND date = NEW.date AND decision = NEW.decision"
				  " AND \"by\" = NEW.\"by\" AND because = NEW.because" },
	{ "paper_conflict", "number = NEW.number AND digest = NEW.digest", "false" },
};

bool zp_sqlite_guard(zp_ledger *ledger, zp_error *err)
{
	zp_arena *arena = zp_arena_open();
	bool good = zp_sql_run(ledger, trail, err);
	for (size_t i = 0; i < sizeof guards / sizeof *guards && good; i++) {
		const char *t = guards[i].table;
		good = zp_sql_run(ledger, zp_arena_print(arena,
			"CREATE TRIGGER %s_update BEFORE UPDATE ON %s BEGIN SELECT RAISE(ABORT, 'a ledger is only added to'); END;"
			"CREATE TRIGGER %s_delete BEFORE DELETE ON %s BEGIN SELECT RAISE(ABORT, 'a ledger is only added to'); END;", t, t, t, t), err) &&
			(!guards[i].there || zp_sql_run(ledger, zp_arena_print(arena,
			"CREATE TRIGGER %s_insert BEFORE INSERT ON %s WHEN EXISTS (SELECT 1 FROM %s WHERE %s) OR EXISTS (SELECT 1 FROM %s WHERE %s)"
			" BEGIN SELECT RAISE(ABORT, 'a row of the ledger is never replaced'); END;", t, t, t, guards[i].there, t,
			guards[i].also), err));
	}
	zp_arena_close(arena);
	return good;
}
