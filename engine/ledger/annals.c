/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the year and the commands see of a ledger. */
#include <stdlib.h>
#include <string.h>
#include "ledger/sql.h"

/* ---- rounds ---- */

static int by_closing(const void *a, const void *b)
{
	const zp_annal_round *x = a, *y = b;
	int order = strcmp(x->closes, y->closes);
	return order ? order : strcmp(x->id, y->id);
}

/* Rows of the current versions. */
static bool current_rows(zp_ledger *ledger, zp_arena *arena, int from, int to, int64_t **rows, size_t *n, zp_error *err)
{
	size_t room = 0;
	*rows = zp_arena_more(arena, NULL, 0, &room, sizeof **rows);
	*n = 0;
	zp_statement *s = zp_sql_prepare(ledger, "SELECT round FROM round AS r WHERE year BETWEEN ?1 AND ?2 AND"
						 " version = (SELECT max(version) FROM round AS v WHERE v.id = r.id AND NOT " ZP_DISOWNED ") ORDER BY round", err);
	if (!s)
		return false;
	zp_sql_put_whole(s, 1, from);
	zp_sql_put_whole(s, 2, to);
	int more;
	while ((more = zp_sql_step(ledger, s, err)) > 0) {
		*rows = zp_arena_more(arena, *rows, *n, &room, sizeof **rows);
		(*rows)[(*n)++] = zp_sql_whole(s, 0);
	}
	zp_sql_close(s);
	return more == 0;
}

const zp_annals *zp_annals_take(zp_ledger *ledger, zp_arena *arena, int from_year, int to_year, zp_error *err)
{
	zp_ledger_texts texts;
	int64_t *rows;
	size_t n;
	if (!current_rows(ledger, arena, from_year, to_year, &rows, &n, err) || !zp_take_texts(ledger, arena, &texts, err))
		return NULL;
	zp_annal_round *rounds = zp_take(arena, zp_annal_round, n + 1);
	zp_progress_stage(ledger->progress, "reading the ledger, rounds", n);
	for (size_t i = 0; i < n; i++) {
		zp_entry *e = zp_take_head(ledger, arena, &texts, rows[i], err);
		if (!e || !zp_take_tallies(ledger, arena, rows[i], e, err))
			return NULL;
		rounds[i] = e->round;
		zp_progress_step(ledger->progress, 1);
	}
	qsort(rounds, n, sizeof *rounds, by_closing);
	zp_annals *annals = zp_take(arena, zp_annals, 1);
	*annals = (zp_annals){ rounds, n };
	return annals;
}

zp_future zp_annal_future(const zp_annal_round *round, const char *day)
{
	if (strcmp(round->closes, day) > 0)
		return ZP_FUTURE_CLOSES;
	if (strcmp(round->issued, day) > 0)
		return ZP_FUTURE_ISSUED;
	return round->year > atoi(day) ? ZP_FUTURE_YEAR : ZP_FUTURE_NOT;
}

/* ---- lists ---- */

static int by_date(const void *a, const void *b)
{
	const zp_ledger_row *x = a, *y = b;
	int order = strcmp(x->closes, y->closes);
	order = order ? order : strcmp(x->id, y->id);
	return order ? order : (x->version > y->version) - (x->version < y->version);
}

const zp_ledger_row *zp_ledger_rows(zp_ledger *ledger, zp_arena *arena, size_t *n, zp_error *err)
{
	size_t room = 0;
	zp_ledger_row *rows = zp_arena_more(arena, NULL, *n = 0, &room, sizeof *rows);
	zp_statement *s = zp_sql_prepare(
		ledger,
		"SELECT round, id, name, organiser, issued, closes, digest, content, version, year, number, results,"
		" (SELECT count(*) FROM lab WHERE lab.round = r.round), (SELECT count(*) FROM target WHERE target.round = r.round),"
		" coalesce(version = (SELECT max(version) FROM round AS v WHERE v.id = r.id AND NOT " ZP_DISOWNED "), false), " ZP_DISOWNED " FROM round AS r",
		err);
	int more = s ? 1 : -1;
	while (more > 0 && (more = zp_sql_step(ledger, s, err)) > 0) {
		rows = zp_arena_more(arena, rows, *n, &room, sizeof *rows);
		rows[(*n)++] = (zp_ledger_row){ zp_sql_whole(s, 0),
						zp_sql_text(s, 1, arena),
						zp_sql_text(s, 2, arena),
						zp_sql_text(s, 3, arena),
						zp_sql_text(s, 4, arena),
						zp_sql_text(s, 5, arena),
						zp_sql_text(s, 6, arena),
						zp_sql_text(s, 7, arena),
						(int)zp_sql_whole(s, 8),
						(int)zp_sql_whole(s, 9),
						(int)zp_sql_whole(s, 10),
						(size_t)zp_sql_whole(s, 12),
						(size_t)zp_sql_whole(s, 11),
						(size_t)zp_sql_whole(s, 13),
						zp_sql_whole(s, 14) != 0,
						zp_sql_whole(s, 15) != 0 };
	}
	zp_sql_close(s);
	qsort(rows, *n, sizeof *rows, by_date);
	return more == 0 ? rows : NULL;
}

const zp_ledger_conflict *zp_ledger_conflicts(zp_ledger *ledger, zp_arena *arena, size_t *n, zp_error *err)
{
	size_t room = 0;
	zp_ledger_conflict *all = zp_arena_more(arena, NULL, *n = 0, &room, sizeof *all);
	zp_statement *s = zp_sql_prepare(ledger, "SELECT id, digest, version FROM conflict ORDER BY id, version, digest", err);
	int more = s ? 1 : -1;
	while (more > 0 && (more = zp_sql_step(ledger, s, err)) > 0) {
		all = zp_arena_more(arena, all, *n, &room, sizeof *all);
		all[(*n)++] = (zp_ledger_conflict){ zp_sql_text(s, 0, arena), zp_sql_text(s, 1, arena), (int)zp_sql_whole(s, 2) };
	}
	zp_sql_close(s);
	return more == 0 ? all : NULL;
}
