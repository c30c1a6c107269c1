/* SPDX-License-Identifier: GPL-3.0-or-later */
/* codes.csv: which paper a code belongs to, and what it told. */
#include <string.h>
#include "base/csv.h"
#include "base/digest.h"
#include "base/file.h"
#include "base/names.h"
#include "press/table.h"
#include "year/printed.h"

#define CODES_MOST (256u << 20)
#define SEAL_DIGITS 16

enum { NUMBER, KIND, LAB, ISSUED, CODE, DIGEST, SEAL, HEAD, COLUMNS };

/* The first digits of the digest of the seal; "" without one. It was read before. */
static const char *seal_of(const zp_papers *all, const zp_papers_wish *wish)
{
	const char *why = NULL;
	zp_input record;
	if (!wish->seal || !zp_file_read(all->arena, wish->seal, ZP_PAPERS_SEAL_MOST, wish->seal, &record, &why).p)
		return "";
	return zp_arena_text(all->arena, record.sha256, SEAL_DIGITS);
}

bool zp_papers_codes(const zp_papers *all, const zp_papers_wish *wish, zp_press *press, zp_error *err)
{
	static const zp_column columns[COLUMNS] = { { "number", ZP_CELLS_TEXT, NULL, NULL }, { "kind", ZP_CELLS_WORD, NULL, NULL }, { "lab", ZP_CELLS_TEXT, NULL, NULL },
		{ "issued", ZP_CELLS_DATE, NULL, NULL }, { "code", ZP_CELLS_TEXT, NULL, NULL }, { "digest", ZP_CELLS_TEXT, NULL, NULL }, { "seal", ZP_CELLS_TEXT, NULL, NULL }, { "head", ZP_CELLS_TEXT, NULL, NULL } };
	static const char *const kinds[] = { "annual", "recognition", "title" };
	const char *seal = seal_of(all, wish);
	zp_table *t = ZP_TABLE_OPEN(press, "codes.csv", columns, NULL, err);
	if (!t)
		return false;
	for (size_t i = 0; i < all->n; i++) {
		const zp_paper *p = &all->at[i];
		zp_table_text(t, p->number), zp_table_word(t, kinds[p->kind]), zp_table_text(t, p->lab), zp_table_word(t, p->issued);
		zp_table_word(t, p->code), zp_table_word(t, p->digest), zp_table_word(t, seal), zp_table_word(t, p->bond.head);
	}
	return zp_table_close(t, err);
}

/* What stood in an earlier codes.csv: numbers, and of each its digest and seal. */
typedef struct codes { zp_names *numbers; zp_text *digests, *seals; } codes;

static bool read_codes(zp_arena *arena, const char *earlier, codes *out)
{
	const char *why = NULL, *path = zp_arena_print(arena, "%s/codes.csv", earlier);
	const zp_text text = zp_file_read(arena, path, CODES_MOST, path, NULL, &why);
	if (!text.p)
		return false;
	char *scratch = zp_arena_take(arena, text.n + 1);
	size_t lines = 0;
	for (const char *p = text.p; (p = memchr(p, '\n', (size_t)(text.p + text.n - p))); p++)
		lines++;
	*out = (codes){ zp_names_take(arena), zp_take(arena, zp_text, lines + 2), zp_take(arena, zp_text, lines + 2) };
	const char *end = text.p + text.n;
	for (const char *p = text.p, *stop; p < end; p = stop + (stop < end)) {
		zp_csv_cells cells;
		stop = zp_csv_line_end(p, end);
		const char *without = stop > p && stop[-1] == '\r' ? stop - 1 : stop;
		if (zp_csv_split(p, without, ',', &scratch, &cells) != ZP_CSV_FINE || cells.n <= DIGEST)
			continue;
		const uint32_t at = zp_names_add(out->numbers, zp_csv_unguarded(cells.at[NUMBER]));
		out->digests[at] = cells.at[DIGEST];
		out->seals[at] = cells.n > SEAL ? cells.at[SEAL] : (zp_text){ "", 0 };
	}
	return true;
}

size_t zp_papers_differing(const zp_papers *all, const zp_papers_wish *wish, const char *earlier, const char **first)
{
	codes was;
	size_t differ = 0;
	zp_arena *room = zp_arena_open();
	const char *seal = seal_of(all, wish);
	const bool there = read_codes(room, earlier, &was);
	for (size_t i = 0; there && i < all->n; i++) {
		const zp_paper *p = &all->at[i];
		const uint32_t at = zp_names_find(was.numbers, zp_text_of(p->number));
		if (at != ZP_NO_NAME && (!zp_text_is(was.digests[at], p->digest) || !zp_text_is(was.seals[at], seal)) && differ++ == 0)
			*first = zp_arena_print(all->arena, "%s/%s", p->folder, p->file);
	}
	zp_arena_close(room);
	return differ;
}
