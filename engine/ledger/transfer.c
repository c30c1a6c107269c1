/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All of a ledger into another store, as it is. Rounds go as entries, so that each is worked out again on its way; acts, events and what was
 * withheld go row by row. What has come out with another digest or another end of a chain was not intact before. */
#include <stdio.h>
#include <string.h>
#include "ledger/store.h"

/* Rows of plain cells: texts, and whole numbers as their digits. */
static bool transfer_rows(zp_ledger *into, zp_ledger *of, const char *from, const char *to, int columns, zp_error *err)
{
	zp_statement *take = zp_sql_prepare(of, from, err), *put = take ? zp_sql_prepare(into, to, err) : NULL;
	int more = put ? 1 : -1;
	while (more > 0 && (more = zp_sql_step(of, take, err)) > 0) {
		zp_arena *arena = zp_arena_open();
		for (int i = 0; i < columns; i++)
			zp_sql_put_text(put, i + 1, zp_sql_text(take, i, arena));
		more = zp_sql_done(into, put, err) ? 1 : -1;
		zp_arena_close(arena);
	}
	zp_sql_close(take);
	zp_sql_close(put);
	return more == 0;
}

/* Of a disowned round that is not what its row says: the row, which has its place in the chain. */
static bool transfer_disowned(zp_ledger *into, zp_ledger *of, int64_t row, zp_error *err)
{
	char from[400];
	snprintf(from, sizeof from, "SELECT round, id, version, name, name_en, organiser, organiser_en, year, number, opens, closes, issued, engine, digest, results, content, chain"
		 " FROM round WHERE round = %lld", (long long)row);
	return transfer_rows(into, of, from, "INSERT INTO round VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17)", 17, err);
}

/* Gives: whether the round is disowned, and what its row says of its content. Fails: false. */
static bool is_disowned(zp_ledger *of, int64_t row, bool *disowned, char content[static ZP_DIGEST_TEXT], zp_error *err)
{
	zp_statement *s = zp_sql_prepare(of, "SELECT " ZP_DISOWNED ", content FROM round WHERE round = ?1", err);
	if (s)
		zp_sql_put_whole(s, 1, row);
	const int more = s ? zp_sql_step(of, s, err) : -1;
	*disowned = more == 1 && zp_sql_whole(s, 0);
	snprintf(content, ZP_DIGEST_TEXT, "%s", more == 1 ? zp_sql_lent(s, 1, NULL) : "");
	zp_sql_close(s);
	return more >= 0;
}

static bool transfer_rounds(zp_ledger *into, zp_ledger *of, zp_error *err)
{
	zp_arena *arena = zp_arena_open();
	zp_ledger_texts texts;
	int64_t n = 0;
	char content[ZP_DIGEST_TEXT], said[ZP_DIGEST_TEXT];
	bool good = zp_sql_number(of, "SELECT count(*) FROM round", 0, &n, err) && zp_take_texts(of, arena, &texts, err);
	zp_progress_stage(into->progress, "copying rounds", (size_t)n);
	for (int64_t row = 1; row <= n && good; row++) {
		zp_arena *own = zp_arena_open();
		zp_error none = { 0 };
		bool disowned = false;
		good = is_disowned(of, row, &disowned, said, err);
		const zp_entry *e = good ? zp_take_entry(of, own, &texts, row, disowned ? &none : err) : NULL;
		if (e)
			zp_entry_digest(e, content);
		good = good && (disowned && (!e || strcmp(content, said) != 0) ? transfer_disowned(into, of, row, err) : e && zp_put_entry(into, e, content, err));
		zp_progress_step(into->progress, 1);
		zp_arena_close(own);
	}
	zp_arena_close(arena);
	return good;
}

static bool same_ends(zp_ledger *into, zp_ledger *of, zp_error *err)
{
	for (int chain = 0; chain < ZP_CHAINS; chain++) {
		char here[ZP_DIGEST_TEXT], there[ZP_DIGEST_TEXT];
		int64_t n_here = 0, n_there = 0;
		if (!zp_sql_last(into, (zp_chained)chain, &n_here, here, err) || !zp_sql_last(of, (zp_chained)chain, &n_there, there, err))
			return false;
		if (n_here != n_there || strcmp(here, there) != 0)
			return zp_fail(err, ZP_BAD_INPUT, of->path, 0, "the ledger is not what was put into it, so that a copy of it would be another; zhiping ledger check tells more");
	}
	return true;
}

bool zp_ledger_transfer(zp_ledger *into, zp_ledger *of, zp_error *err)
{
	static const struct { const char *from, *to; int columns; } rows[] = {
		{ "SELECT id, version, digest FROM conflict ORDER BY id, version, digest", "INSERT INTO conflict VALUES (?1,?2,?3)", 3 },
		{ "SELECT number, year, certificate, lab, name, list, issued, issue, act, chain FROM paper ORDER BY act",
		  "INSERT INTO paper (number, year, certificate, lab, name, list, issued, issue, act, chain) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)", 10 },
		{ "SELECT year, award, lab, decision, \"by\", date, because, act, chain FROM title ORDER BY act",
		  "INSERT INTO title (year, award, lab, decision, \"by\", date, because, act, chain) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9)", 9 },
		{ "SELECT number, digest FROM paper_conflict ORDER BY number, digest", "INSERT INTO paper_conflict VALUES (?1,?2)", 2 },
		{ "SELECT seq, at, who, what, subject, why, detail, before, hash FROM event ORDER BY seq",
		  "INSERT INTO event (seq, at, who, what, subject, why, detail, before, hash) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9)", 9 },
	};
	const bool looks = zp_sql_look(of, err); /* all of it at one moment, whoever adds to it meanwhile */
	bool good = zp_sql_begin(into, err) && looks && transfer_rounds(into, of, err);
	for (size_t i = 0; i < sizeof rows / sizeof *rows && good; i++)
		good = transfer_rows(into, of, rows[i].from, rows[i].to, rows[i].columns, err);
	good = good && same_ends(into, of, err);
	zp_sql_looked(of);
	return zp_sql_end(into, good, err);
}

bool zp_ledger_is_bare(zp_ledger *ledger, bool *bare, zp_error *err)
{
	static const char rows[] = "SELECT (SELECT count(*) FROM round) + (SELECT count(*) FROM event) + (SELECT count(*) FROM paper) + (SELECT count(*) FROM title)"
				   " + (SELECT count(*) FROM conflict) + (SELECT count(*) FROM paper_conflict)";
	int64_t n = 0;
	const bool good = zp_sql_number(ledger, rows, 0, &n, err);
	*bare = n == 0;
	return good;
}
