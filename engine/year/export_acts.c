/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "year/export_acts.h"
#include <stdlib.h>
#include <string.h>
#include "base/csv.h"

static void put_row(zp_piece *piece, const char *const *cells, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const zp_text text = zp_text_of(cells[i]);
		char *p = zp_piece_room(piece, 2 * text.n + 4), *from = p;
		p += zp_csv_put(p, text);
		*p++ = i + 1 < n ? ',' : '\n';
		piece->n += (size_t)(p - from);
	}
}
#define PUT_ROW(piece, ...)                                                                                                      \
	put_row((piece), (const char *const[]){ __VA_ARGS__ }, sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(const char *))

bool zp_papers_csv(zp_ledger *ledger, zp_piece *piece, zp_error *err)
{
	zp_arena *arena = zp_arena_open();
	size_t n;
	const zp_ledger_paper *papers = zp_ledger_papers(ledger, arena, &n, err);
	PUT_ROW(piece, "number", "year", "certificate", "lab", "name", "list", "issue", "issued");
	for (size_t i = 0; i < n; i++) {
		const zp_ledger_paper *p = &papers[i];
		PUT_ROW(piece, p->number, zp_arena_print(arena, "%d", p->year), p->certificate, p->lab, p->name, p->list,
			zp_arena_print(arena, "%d", p->issue), p->issued);
	}
	zp_arena_close(arena);
	return papers != NULL;
}

bool zp_decisions_csv(zp_ledger *ledger, zp_piece *piece, zp_error *err)
{
	zp_arena *arena = zp_arena_open();
	size_t n;
	const zp_ledger_decision *all = zp_ledger_decisions(ledger, arena, &n, err);
	PUT_ROW(piece, "year", "award", "lab", "decision", "counts", "by", "date", "because");
	for (size_t i = 0; i < n; i++) {
		const zp_ledger_decision *d = &all[i];
		PUT_ROW(piece, zp_arena_print(arena, "%d", d->year), d->award, d->lab, d->decision, d->counts ? "yes" : "no", d->by,
			d->date, d->because);
	}
	zp_arena_close(arena);
	return all != NULL;
}

bool zp_export_acts(zp_press *press, zp_ledger *ledger, zp_error *err)
{
	zp_piece papers = { 0 }, decisions = { 0 };
	const bool good = zp_papers_csv(ledger, &papers, err) && zp_decisions_csv(ledger, &decisions, err) &&
			  zp_press_write(press, "papers.csv", papers.bytes, papers.n, err) &&
			  zp_press_write(press, "decisions.csv", decisions.bytes, decisions.n, err);
	free(papers.bytes);
	free(decisions.bytes);
	return good;
}
