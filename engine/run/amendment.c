/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/amendment.h"
#include <stdlib.h>
#include <string.h>
#include "press/signed.h"
#include "press/version.h"
#include "run/publish.h"

typedef struct zp_holder { const char *lab; zp_held held; } zp_holder;

/* ---- the version before ---- */

/* What was published, by what lies there. */
static unsigned emitted(const zp_published *p)
{
	unsigned emit = ZP_EMIT_TABLES; /* without them it is not amended */
	emit |= zp_published_has(p, "certificates.csv") ? ZP_EMIT_CERTIFICATES : 0;
	emit |= zp_published_has(p, "summary.pdf") ? ZP_EMIT_SUMMARY : 0;
	emit |= zp_published_has(p, "workbook.xlsx") ? ZP_EMIT_WORKBOOK : 0;
	size_t n;
	emit |= zp_published_under(p, "site/", &n) ? ZP_EMIT_PAGES : 0;
	const zp_input *lab = zp_published_under(p, "labs/", &n);
	for (size_t i = 0; i < n; i++) {
		const char *name = strrchr(lab[i].name, '/');
		emit |= strcmp(name, "/report.pdf") == 0 || strcmp(name, "/report.html") == 0 ? ZP_EMIT_REPORTS : 0;
	}
	return emit;
}

/* ---- what laboratories hold ---- */

static int by_lab(const void *a, const void *b) { return strcmp(((const zp_holder *)a)->lab, ((const zp_holder *)b)->lab); }

static void copy(char *to, size_t room, const zp_row *row, zp_arena *arena, const char *column)
{
	snprintf(to, room, "%s", zp_row_text(arena, row, column));
}

/* By certificates.csv; a laboratory has a row for each programme, which say the same. */
static size_t take_certified(zp_arena *arena, const zp_published *p, zp_holder *out, size_t room, zp_error *err)
{
	zp_folder_table table;
	size_t n = 0;
	if (!zp_published_has(p, "certificates.csv") || !zp_published_table(arena, p, "certificates.csv", &table, err))
		return 0;
	zp_row row;
	for (const char *at = table.text.p; n < room && zp_folder_table_next(arena, &table, &at, &row);) {
		if (n && zp_row_is(&row, "lab", out[n - 1].lab))
			continue;
		zp_holder *h = &out[n++];
		h->lab = zp_row_text(arena, &row, "lab");
		copy(h->held.version, sizeof h->held.version, &row, arena, "version");
		copy(h->held.issued, sizeof h->held.issued, &row, arena, "issued");
		copy(h->held.code, sizeof h->held.code, &row, arena, "code");
		copy(h->held.digest, sizeof h->held.digest, &row, arena, "digest");
		copy(h->held.content, sizeof h->held.content, &row, arena, "content");
		copy(h->held.head, sizeof h->held.head, &row, arena, "head");
		copy(h->held.report, sizeof h->held.report, &row, arena, *zp_row_text(arena, &row, "report") ? "report" : "version");
	}
	return n;
}

/* Without certificates: who has files at all. */
static size_t take_folders(zp_arena *arena, const zp_published *p, zp_holder *out)
{
	size_t files, n = 0;
	const zp_input *file = zp_published_under(p, "labs/", &files);
	for (size_t i = 0; i < files; i++) {
		const char *code = file[i].name + strlen("labs/"), *slash = strchr(code, '/');
		if (!slash || (n && strlen(out[n - 1].lab) == (size_t)(slash - code) && strncmp(out[n - 1].lab, code, (size_t)(slash - code)) == 0))
			continue;
		out[n].lab = zp_arena_text(arena, code, (size_t)(slash - code));
		snprintf(out[n].held.version, sizeof out[n].held.version, "%s", p->version);
		snprintf(out[n].held.report, sizeof out[n].held.report, "%s", p->version);
		n++;
	}
	return n;
}

static bool take_holders(zp_arena *arena, zp_amendment *a, zp_error *err)
{
	const size_t room = a->before->n_outputs + 1;
	zp_holder *out = zp_take(arena, zp_holder, room);
	a->n_holders = take_certified(arena, a->before, out, room, err);
	if (err->code)
		return false;
	if (!a->n_holders)
		a->n_holders = take_folders(arena, a->before, out);
	if (a->n_holders)
		qsort(out, a->n_holders, sizeof *out, by_lab);
	a->holders = out;
	return true;
}

zp_amendment *zp_amendment_open(zp_arena *arena, const char *into, const char *round, const char *issued, zp_error *err)
{
	const char *folder = zp_arena_print(arena, "%s/%s", into, round);
	const long newest = zp_version_newest(folder);
	if (!newest) {
		zp_fail(err, ZP_BAD_USE, folder, 0, "no version of this round is published here, so there is nothing to amend; expected zhiping close first");
		return NULL;
	}
	zp_amendment *a = zp_take(arena, zp_amendment, 1);
	a->version = zp_arena_print(arena, "v%ld", newest + 1);
	a->reason = a->by = "";
	const char *path = zp_arena_print(arena, "%s/v%ld", folder, newest);
	a->before = zp_published_open(arena, path, err);
	if (!a->before)
		return NULL;
	if (strcmp(a->before->round, round) != 0 || zp_version_number(a->before->version) != newest)
		zp_fail(err, ZP_BAD_INPUT, path, 0, "its manifest is of %s %s; expected %s v%u", a->before->round, a->before->version, round, (unsigned)newest);
	else if (strcmp(issued, a->before->issued) < 0)
		zp_fail(err, ZP_BAD_USE, NULL, 0, "--issued %s lies before v%u, which was issued on %s; expected that day or a later one", issued, (unsigned)newest, a->before->issued);
	else if (!zp_published_has(a->before, "scores.csv"))
		zp_fail(err, ZP_BAD_USE, path, 0, "was published without tables, so what changed cannot be told; expected a version with tables");
	else if (take_holders(arena, a, err)) {
		a->emit = emitted(a->before);
		return a;
	}
	return NULL;
}

const zp_held *zp_amendment_held(const zp_amendment *a, const char *lab)
{
	const zp_holder key = { .lab = lab }, *found = a->n_holders ? bsearch(&key, a->holders, a->n_holders, sizeof key, by_lab) : NULL;
	return found ? &found->held : NULL;
}

static int by_name(const void *a, const void *b) { return strcmp(((const zp_input *)a)->name, ((const zp_input *)b)->name); }

bool zp_amendment_carry(const zp_amendment *a, const char *lab, const zp_input *drawn, size_t n_drawn, zp_press *press, zp_error *err)
{
	zp_arena *arena = zp_arena_open();
	size_t n;
	const zp_input *files = zp_published_under(a->before, zp_arena_print(arena, "labs/%s/", lab), &n);
	bool good = true;
	for (size_t i = 0; i < n && good; i++) {
		if (n_drawn && bsearch(&files[i], drawn, n_drawn, sizeof *drawn, by_name))
			continue;
		zp_arena *room = zp_arena_open(); /* a report is large */
		const zp_text bytes = zp_published_file(room, a->before, &files[i], err);
		good = bytes.p && zp_press_write(press, files[i].name, bytes.p, bytes.n, err);
		zp_arena_close(room);
	}
	zp_arena_close(arena);
	return good;
}

/* ---- papers that are replaced ---- */

/* A row of the list, as it is written, and what it is sorted by: so that nothing tells whose it is. */
typedef struct superseded { const char *version, *digest, *replaced_by, *issued, *reason; } superseded;

static int by_version(const void *a, const void *b)
{
	const superseded *x = a, *y = b;
	const long n = zp_version_number(x->version), m = zp_version_number(y->version);
	return n != m ? (n < m ? -1 : 1) : strcmp(x->digest, y->digest);
}

static size_t take_earlier(zp_arena *arena, const zp_published *p, superseded **out, size_t more, zp_error *err)
{
	zp_folder_table table = { 0 };
	size_t n = 0, lines = 0;
	const bool has = zp_published_has(p, "superseded.csv");
	if (has && !zp_published_table(arena, p, "superseded.csv", &table, err))
		return 0;
	for (size_t i = 0; i < table.text.n; i++)
		lines += table.text.p[i] == '\n';
	*out = zp_take(arena, superseded, lines + more + 1);
	zp_row row;
	for (const char *at = table.text.p; has && n < lines && zp_folder_table_next(arena, &table, &at, &row);)
		(*out)[n++] = (superseded){ zp_row_text(arena, &row, "version"), zp_row_text(arena, &row, "digest"), zp_row_text(arena, &row, "replaced_by"),
					    zp_row_text(arena, &row, "issued"), zp_row_text(arena, &row, "reason") };
	return n;
}

static void put_text(zp_piece *piece, const char *text, char end)
{
	char *p = zp_piece_room(piece, 2 * strlen(text) + 8);
	const size_t n = zp_csv_put(p, zp_text_of(text));
	p[n] = end;
	piece->n += n + 1;
}

static bool is_held(const zp_held *held, const char *const *codes, size_t n, const char *lab, const char *digest)
{
	size_t low = 0, high = n;
	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		const int order = strcmp(codes[middle], lab);
		if (order == 0)
			return strcmp(held[middle].digest, digest) == 0;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

bool zp_superseded_write(zp_amendment *a, const char *round, const zp_issue *issue, const zp_held *held, const char *const *codes, size_t n_codes,
			 zp_press *press, zp_error *err)
{
	zp_arena *arena = zp_arena_open();
	superseded *list;
	size_t n = take_earlier(arena, a->before, &list, a->n_holders, err);
	for (size_t i = 0; i < a->n_holders && !err->code; i++) {
		const zp_holder *h = &a->holders[i];
		if (*h->held.digest && !is_held(held, codes, n_codes, h->lab, h->held.digest))
			list[n++] = (superseded){ h->held.version, h->held.digest, a->version, issue->date, a->reason };
	}
	zp_piece piece = { 0 };
	zp_piece_print(&piece, "round,version,digest,replaced_by,issued,reason\n");
	if (n)
		qsort(list, n, sizeof *list, by_version);
	for (size_t i = 0; i < n; i++) {
		put_text(&piece, round, ','), put_text(&piece, list[i].version, ','), put_text(&piece, list[i].digest, ',');
		put_text(&piece, list[i].replaced_by, ','), put_text(&piece, list[i].issued, ','), put_text(&piece, list[i].reason, '\n');
	}
	const bool good = !err->code && zp_press_write_signed(press, "superseded.csv", piece.bytes, piece.n, err);
	free(piece.bytes);
	zp_arena_close(arena);
	return good;
}

/* ---- whether anything differs ---- */

static bool is_table(const char *name)
{
	const size_t n = strlen(name);
	return !strchr(name, '/') && n > 4 && strcmp(name + n - 4, ".csv") == 0 && strcmp(name, "certificates.csv") != 0 &&
	       strcmp(name, "superseded.csv") != 0 && strcmp(name, "changes.csv") != 0;
}

bool zp_amendment_same_tables(const zp_amendment *a, zp_press *press)
{
	const zp_input *files = zp_press_files(press);
	size_t now = 0, before = 0;
	for (size_t i = 0; i < a->before->n_outputs; i++)
		before += is_table(a->before->outputs[i].name);
	for (size_t i = 0, n; i < zp_press_count(press); i++) {
		if (!is_table(files[i].name))
			continue;
		const zp_input *was = zp_published_under(a->before, files[i].name, &n);
		if (!was || strcmp(was->sha256, files[i].sha256) != 0)
			return false;
		now++;
	}
	return now == before;
}
