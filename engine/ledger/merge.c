/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Another centre's ledger into ours: the union of both, by content. */
#include <stdlib.h>
#include <string.h>
#include "ledger/sql.h"

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

bool zp_ledger_merge(zp_ledger *into, zp_ledger *from, zp_code_map *map, size_t n_map,
		     void (*tell)(void *self, const zp_ledger_row *, zp_added), void *self, zp_merged *merged, zp_error *err)
{
	zp_arena *arena = zp_arena_open();
	zp_ledger_texts texts;
	size_t n;
	const zp_ledger_row *rows = zp_ledger_rows(from, arena, &n, err);
	bool good = rows && zp_take_texts(from, arena, &texts, err);
	*merged = (zp_merged){ 0 };
	for (size_t i = 0; i < n && good; i++) {
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
			tell(self, &rows[i], added);
		zp_arena_close(own);
	}
	zp_arena_close(arena);
	return good;
}
