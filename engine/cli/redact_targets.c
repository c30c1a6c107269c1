/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which groups are told of a redacted round, and their targets. Of each sample the groups of one rung of the ladder, the one that judges most:
 * they hold each laboratory once, so that none can be subtracted from another. */
#include <stdlib.h>
#include <string.h>
#include "cli/redact.h"

static const zp_column columns[] = {
	{ "group", ZP_CELLS_WHOLE, NULL, NULL }, { "programme", ZP_CELLS_TEXT, NULL, NULL }, { "measurand", ZP_CELLS_TEXT, NULL, NULL },
	{ "sample", ZP_CELLS_TEXT, NULL, NULL }, { "unit", ZP_CELLS_TEXT, NULL, NULL }, { "rung", ZP_CELLS_WORD, NULL, NULL }, { "key", ZP_CELLS_TEXT, NULL, NULL },
	{ "n", ZP_CELLS_WHOLE, NULL, NULL }, { "origin", ZP_CELLS_WORD, NULL, NULL }, { "method", ZP_CELLS_TEXT, NULL, NULL }, { "x_pt", ZP_CELLS_TEXT, NULL, NULL },
	{ "u_x_pt", ZP_CELLS_NUMBER, NULL, NULL }, { "s", ZP_CELLS_NUMBER, NULL, NULL }, { "limit", ZP_CELLS_TEXT, NULL, NULL },
	{ "low", ZP_CELLS_NUMBER, NULL, NULL }, { "high", ZP_CELLS_NUMBER, NULL, NULL }, { "status", ZP_CELLS_WORD, NULL, NULL }
};

static size_t count_of(const zp_redaction *r, const zp_row *row, const char *column) { return strtoul(zp_redact_cell(r, row, column), NULL, 10); }

static bool is_large(const zp_redaction *r, const zp_row *row)
{
	return count_of(r, row, "kept") >= r->least && count_of(r, row, "members") >= r->least;
}

static bool same_item(const zp_redaction *r, const zp_row *a, const zp_row *b)
{
	return zp_row_is(a, "programme", zp_redact_cell(r, b, "programme")) && zp_row_is(a, "measurand", zp_redact_cell(r, b, "measurand")) &&
	       zp_row_is(a, "sample", zp_redact_cell(r, b, "sample"));
}

/* The rung whose large groups judge most results of the sample; "" where there is none. Groups of a sample stand beside each other. */
static const char *rung_of(const zp_redaction *r, const char *from, const zp_row *first)
{
	const char *rungs[16] = { 0 };
	size_t judged[16] = { 0 }, n = 0, best = 0;
	zp_row row;
	for (const char *at = from; zp_folder_table_next(r->arena, &r->targets, &at, &row) && same_item(r, &row, first);) {
		size_t k = 0;
		while (k < n && !zp_row_is(&row, "rung", rungs[k]))
			k++;
		if (k == sizeof rungs / sizeof *rungs)
			continue;
		if (k == n)
			rungs[n++] = zp_redact_cell(r, &row, "rung");
		judged[k] += is_large(r, &row) ? count_of(r, &row, "members") : 0;
	}
	for (size_t k = 1; k < n; k++)
		best = judged[k] > judged[best] ? k : best;
	return n && judged[best] ? rungs[best] : "";
}

static void put_target(zp_redaction *r, zp_table *t, const zp_row *row)
{
	const uint32_t number = zp_names_add(r->shown, zp_text_of(zp_redact_cell(r, row, "group")));
	zp_table_whole(t, (int64_t)number + 1);
	zp_table_text(t, zp_redact_cell(r, row, "programme"));
	zp_table_text(t, zp_redact_cell(r, row, "measurand"));
	zp_table_text(t, zp_redact_cell(r, row, "sample"));
	zp_table_text(t, zp_redact_cell(r, row, "unit"));
	zp_table_word(t, zp_redact_cell(r, row, "rung"));
	zp_table_text(t, zp_redact_cell(r, row, "key"));
	zp_table_word(t, zp_redact_cell(r, row, "kept"));
	zp_table_word(t, zp_redact_cell(r, row, "origin"));
	zp_table_text(t, zp_redact_cell(r, row, "method"));
	zp_table_text(t, zp_redact_cell(r, row, "x_pt"));
	zp_table_word(t, zp_redact_cell(r, row, "u_x_pt"));
	zp_table_word(t, zp_redact_cell(r, row, "s"));
	zp_table_text(t, zp_redact_cell(r, row, "limit"));
	zp_table_word(t, zp_redact_cell(r, row, "low"));
	zp_table_word(t, zp_redact_cell(r, row, "high"));
	zp_table_word(t, zp_redact_cell(r, row, "status"));
}

bool zp_redact_targets(zp_redaction *r, zp_error *err)
{
	zp_table *t = ZP_TABLE_OPEN(r->press, "targets.csv", columns, NULL, err);
	const char *rung = "", *at = r->targets.text.p;
	zp_row row, first = { 0 };
	for (const char *before = at; t && zp_folder_table_next(r->arena, &r->targets, &at, &row); before = at) {
		if (!first.table || !same_item(r, &row, &first)) {
			first = row;
			rung = rung_of(r, before, &row);
		}
		if (is_large(r, &row) && zp_row_is(&row, "rung", rung) && zp_redact_told(r, zp_redact_measurand(r, &row)))
			put_target(r, t, &row);
	}
	return t && zp_table_close(t, err);
}
