/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Another centre's ledger into ours: the union of both, by content. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "ledger/acts.h"
#include "ledger/sql.h"

#define FIRST_TEXT 600

static const char *ours(zp_code_map *map, size_t n, const char *code)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(map[i].from, code) == 0) {
			map[i].met = true;
			return map[i].to;
		}
	return code;
}

/* Their codes by ours, and laboratories in the order of ours. */
static bool rename_labs(zp_entry *e, zp_code_map *map, size_t n, zp_arena *arena, zp_error *err)
{
	zp_annal_lab *labs = zp_take(arena, zp_annal_lab, e->round.n_labs + 1);
	for (size_t i = 0; i < e->round.n_labs; i++) {
		labs[i] = e->round.labs[i];
		labs[i].code = ours(map, n, labs[i].code);
	}
	e->round.labs = labs;
	return zp_entry_sort(e, arena, err);
}

static bool merge_rounds(zp_ledger *into, zp_ledger *from, zp_code_map *map, size_t n_map, const zp_merge_tell *tell, zp_merged *merged, zp_error *err)
{
	zp_arena *arena = zp_arena_open();
	zp_ledger_texts texts;
	size_t n;
	const zp_ledger_row *rows = zp_ledger_rows(from, arena, &n, err);
	bool good = rows && zp_take_texts(from, arena, &texts, err);
	*merged = (zp_merged){ 0 };
	zp_progress_stage(into->progress, "merging rounds", n);
	for (size_t i = 0; i < n && good; i++) {
		if (rows[i].disowned) {
			tell->round(tell->self, &rows[i], ZP_ADDED_NOT);
			continue;
		}
		zp_arena *own = zp_arena_open();
		zp_entry *e = zp_take_entry(from, own, &texts, rows[i].row, err);
		char content[ZP_DIGEST_TEXT];
		if (e)
			zp_entry_digest(e, content);
		if (e && strcmp(content, rows[i].content) != 0)
			zp_fail(err, ZP_BAD_INPUT, from->path, 0,
				"round %s v%d is not what was put into the ledger; zhiping ledger check tells more", rows[i].id,
				rows[i].version);
		zp_added added = e && !err->code && rename_labs(e, map, n_map, own, err) ? zp_ledger_put(into, e, err) : ZP_ADDED_NOT;
		good = added != ZP_ADDED_NOT;
		merged->added += added == ZP_ADDED;
		merged->already += added == ZP_ADDED_ALREADY;
		merged->conflicts += added == ZP_ADDED_CONFLICT;
		if (good)
			tell->round(tell->self, &rows[i], added);
		zp_progress_step(into->progress, 1);
		zp_arena_close(own);
	}
	zp_arena_close(arena);
	return good;
}

/* ---- acts ---- */

static void say_first(void *self, const char *sentence)
{
	char *first = self;
	if (!*first)
		snprintf(first, FIRST_TEXT, "%s", sentence);
}

/* Cell of the code of the laboratory in a row. */
static const int lab_cell[ZP_ACTS] = { [ZP_ACT_PAPER] = 3, [ZP_ACT_TITLE] = 2 };

static bool merge_kind(zp_ledger *into, zp_ledger *from, zp_act_kind kind, zp_code_map *map, size_t n_map,
		       const zp_merge_tell *tell, zp_merged *merged, zp_error *err)
{
	char wrong[FIRST_TEXT] = "";
	size_t n = 0;
	zp_arena *arena = zp_arena_open();
	zp_act_cells *rows = NULL;
	bool good = zp_acts_check(from, kind, say_first, wrong, err) &&
		    (!*wrong || zp_fail(err, ZP_BAD_INPUT, from->path, 0, "%s; zhiping ledger check tells more", wrong)) &&
		    (rows = zp_acts_take(from, arena, kind, &n, err)) != NULL;
	zp_added *added = zp_take(arena, zp_added, n + 1);
	for (size_t i = 0; i < n && good; i++)
		rows[i].at[lab_cell[kind]] = ours(map, n_map, rows[i].at[lab_cell[kind]]);
	good = good && zp_acts_put(into, kind, rows, n, true, added, err);
	for (size_t i = 0; i < n && good; i++) {
		merged->added += added[i] == ZP_ADDED;
		merged->already += added[i] == ZP_ADDED_ALREADY;
		merged->conflicts += added[i] == ZP_ADDED_CONFLICT;
		if (added[i] == ZP_ADDED_CONFLICT)
			tell->number(tell->self, rows[i].at[0]);
	}
	zp_arena_close(arena);
	return good;
}

static bool merge_acts(zp_ledger *into, zp_ledger *from, zp_code_map *map, size_t n_map, const zp_merge_tell *tell, zp_merged *merged, zp_error *err)
{
	*merged = (zp_merged){ 0 };
	for (int kind = 0; kind < ZP_ACTS; kind++)
		if (!merge_kind(into, from, (zp_act_kind)kind, map, n_map, tell, merged, err))
			return false;
	return true;
}

/* ---- both ---- */

static const char *name_of(const zp_ledger *ledger)
{
	const char *slash = strrchr(ledger->path, '/');
	return ledger->database ? ledger->database : slash ? slash + 1 : ledger->path;
}

/* What was taken, and from where: the head of the other trail says of which state. */
static bool put_event(zp_ledger *into, zp_ledger *from, const zp_merged *rounds, const zp_merged *acts, zp_arena *arena, zp_error *err)
{
	const char *head = zp_trail_head(from, arena, err);
	return head && zp_trail_put(into, "merge", name_of(from), into->why,
				    zp_arena_print(arena, "head=%s rounds=%zu withheld=%zu acts=%zu acts-withheld=%zu", head, rounds->added, rounds->conflicts, acts->added,
						   acts->conflicts), err);
}

bool zp_ledger_merge(zp_ledger *into, zp_ledger *from, zp_code_map *map, size_t n_map, const zp_merge_tell *tell, zp_merged *rounds, zp_merged *acts,
		     zp_error *err)
{
	zp_arena *arena = zp_arena_open();
	const char *before = NULL, *after = NULL, *why = into->why;
	const bool looks = zp_sql_look(from, err); /* all of it at one moment, whoever adds to it meanwhile */
	*acts = *rounds = (zp_merged){ 0 };
	zp_trail_for(into, "merge", name_of(from), why);
	bool good = zp_sql_begin(into, err) && looks && (before = zp_trail_head(into, arena, err)) != NULL && merge_rounds(into, from, map, n_map, tell, rounds, err) &&
		    merge_acts(into, from, map, n_map, tell, acts, err) && (after = zp_trail_head(into, arena, err)) != NULL &&
		    (strcmp(before, after) == 0 || put_event(into, from, rounds, acts, arena, err)); /* the same again changes nothing */
	zp_sql_looked(from);
	good = zp_sql_end(into, good, err);
	zp_trail_for(into, "add", "", why);
	zp_arena_close(arena);
	return good;
}
