/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shares of a redacted round: by programme and measurand, and by region. Regions of few laboratories are left out, and the smallest others with
 * them until what is left out cannot be worked out from the region above. */
#include <stdlib.h>
#include <string.h>
#include "cli/redact.h"

static const zp_column columns[] = {
	{ "programme", ZP_CELLS_TEXT, NULL, NULL }, { "measurand", ZP_CELLS_TEXT, NULL, NULL }, { "region", ZP_CELLS_TEXT, NULL, NULL }, { "region_name", ZP_CELLS_TEXT, NULL, NULL },
	{ "laboratories", ZP_CELLS_WHOLE, NULL, NULL }, { "returned", ZP_CELLS_WHOLE, NULL, NULL }, { "judged", ZP_CELLS_WHOLE, NULL, NULL },
	{ "satisfactory", ZP_CELLS_WHOLE, NULL, NULL }, { "acceptable_pct", ZP_CELLS_WHOLE, NULL, NULL }
};

typedef struct zp_part {
	const char *programme, *measurand, *region, *region_name, *parent;
	size_t laboratories, returned, judged, satisfactory;
	double accepted, total;
	bool hidden;
} zp_part;

static double number_of(const zp_redaction *r, const zp_row *row, const char *column)
{
	const char *text = zp_redact_cell(r, row, column);
	zp_decimal d;
	return zp_decimal_read_printed(text, strlen(text), &d) == ZP_NUMBER_OK ? zp_decimal_double(d) : 0;
}

static void put_part(zp_table *t, const zp_part *p)
{
	zp_table_text(t, p->programme);
	zp_table_text(t, p->measurand);
	zp_table_text(t, p->region);
	zp_table_text(t, p->region_name);
	zp_table_whole(t, (int64_t)p->laboratories);
	zp_table_whole(t, (int64_t)p->returned);
	zp_table_whole(t, (int64_t)p->judged);
	zp_table_whole(t, (int64_t)p->satisfactory);
	if (p->total > 0)
		zp_table_whole(t, (int64_t)(100 * p->accepted / p->total + 0.5));
	else
		zp_table_none(t, 1);
}

/* ---- by measurand ---- */

static zp_part *part_of(zp_part *parts, size_t *n, const char *programme, const char *measurand)
{
	for (size_t i = 0; i < *n; i++)
		if (strcmp(parts[i].measurand, measurand) == 0 && strcmp(parts[i].programme, programme) == 0)
			return &parts[i];
	parts[*n] = (zp_part){ .programme = programme, .measurand = measurand, .region = "*", .region_name = "" };
	return &parts[(*n)++];
}

static void count(const zp_redaction *r, const zp_row *row, zp_part *p)
{
	p->laboratories++;
	p->returned += zp_row_is(row, "standing", "returned");
	p->judged += !zp_row_is(row, "satisfaction", "neither");
	p->satisfactory += zp_row_is(row, "satisfaction", "satisfactory");
	p->accepted += number_of(r, row, "accepted");
	p->total += number_of(r, row, "total");
}

/* In an order that is not that of the register. */
static int by_name(const void *pa, const void *pb)
{
	const zp_part *a = pa, *b = pb;
	const int order = strcmp(a->programme, b->programme);
	return order ? order : strcmp(a->measurand, b->measurand);
}

static void put_measurands(const zp_redaction *r, zp_table *t)
{
	zp_part *parts = zp_take(r->arena, zp_part, 2 * (zp_names_count(r->measurands) + 1));
	size_t n = 0;
	zp_row row;
	for (const char *at = r->verdicts.text.p; zp_folder_table_next(r->arena, &r->verdicts, &at, &row);) {
		const bool whole = zp_row_is(&row, "measurand", "*");
		if (zp_row_is(&row, "standing", "not_performed") || zp_row_is(&row, "standing", "not_enrolled") || (!whole && !zp_redact_told(r, zp_redact_measurand(r, &row))))
			continue;
		zp_part *p = part_of(parts, &n, zp_redact_cell(r, &row, "programme"), zp_redact_cell(r, &row, "measurand"));
		count(r, &row, p);
	}
	qsort(parts, n, sizeof *parts, by_name);
	for (size_t i = 0; i < n; i++) {
		if (strcmp(parts[i].measurand, "*") == 0) { /* of the measurands that are told: nothing of another can be subtracted from it */
			parts[i].accepted = parts[i].total = 0;
			for (size_t k = 0; k < n; k++)
				if (k != i && strcmp(parts[k].programme, parts[i].programme) == 0)
					parts[i].accepted += parts[k].accepted, parts[i].total += parts[k].total;
		}
		if (!zp_redact_few(parts[i].laboratories, r->least))
			put_part(t, &parts[i]);
	}
}

/* ---- by region ---- */

static size_t read_regions(const zp_redaction *r, zp_part *parts)
{
	size_t n = 0;
	zp_row row;
	for (const char *at = r->regions.text.p; at && zp_folder_table_next(r->arena, &r->regions, &at, &row);) {
		if (!zp_row_is(&row, "class", "*") || zp_row_is(&row, "programme", "*"))
			continue;
		parts[n] = (zp_part){ .programme = zp_redact_cell(r, &row, "programme"), .measurand = "*", .region = zp_redact_cell(r, &row, "region"),
				      .region_name = zp_redact_cell(r, &row, "region_name"), .parent = zp_redact_cell(r, &row, "parent") };
		parts[n].laboratories = strtoul(zp_redact_cell(r, &row, "expected"), NULL, 10);
		parts[n].returned = strtoul(zp_redact_cell(r, &row, "returned"), NULL, 10);
		parts[n].judged = strtoul(zp_redact_cell(r, &row, "judged"), NULL, 10);
		parts[n].satisfactory = strtoul(zp_redact_cell(r, &row, "satisfactory"), NULL, 10);
		parts[n].accepted = number_of(r, &row, "accepted");
		parts[n].total = number_of(r, &row, "total");
		parts[n].hidden = parts[n].laboratories < r->least || zp_redact_few(parts[n].judged, r->least);
		n++;
	}
	return n;
}

static bool is_child(const zp_part *part, const zp_part *whole)
{
	return strcmp(part->parent, whole->region) == 0 && strcmp(part->programme, whole->programme) == 0;
}

/* Below a region that is left out nothing is told; beside one that is, nothing few is left over. Gives: whether it changed anything. */
static bool mask(const zp_redaction *r, zp_part *parts, size_t n, size_t whole)
{
	size_t left = parts[whole].laboratories, judged = parts[whole].judged, smallest = n;
	bool changed = false;
	for (size_t i = 0; i < n; i++) {
		if (!is_child(&parts[i], &parts[whole]) || parts[i].hidden)
			continue;
		if (parts[whole].hidden)
			parts[i].hidden = changed = true;
		left -= parts[i].laboratories < left ? parts[i].laboratories : left;
		judged -= parts[i].judged < judged ? parts[i].judged : judged;
		smallest = smallest == n || parts[i].laboratories < parts[smallest].laboratories ? i : smallest;
	}
	if (parts[whole].hidden || smallest == n || !(zp_redact_few(left, r->least) || zp_redact_few(judged, r->least)))
		return changed;
	return parts[smallest].hidden = true;
}

static void put_regions(const zp_redaction *r, zp_table *t)
{
	size_t lines = 1;
	for (size_t i = 0; i < r->regions.text.n; i++)
		lines += r->regions.text.p[i] == '\n';
	zp_part *parts = zp_take(r->arena, zp_part, lines);
	const size_t n = read_regions(r, parts);
	for (bool more = true; more;) {
		more = false;
		for (size_t i = 0; i < n; i++)
			more |= mask(r, parts, n, i);
	}
	for (size_t i = 0; i < n; i++)
		if (!parts[i].hidden)
			put_part(t, &parts[i]);
}

bool zp_redact_shares(zp_redaction *r, zp_error *err)
{
	zp_table *t = ZP_TABLE_OPEN(r->press, "shares.csv", columns, NULL, err);
	if (!t)
		return false;
	put_measurands(r, t);
	put_regions(r, t);
	return zp_table_close(t, err);
}
