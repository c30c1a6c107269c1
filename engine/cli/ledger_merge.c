/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zhiping ledger: another centre's into ours. */
#include <config.h>
#include <stdlib.h>
#include "base/chinese.h"
#include "base/csv.h"
#include "base/file.h"
#include "cli/ledger.h"
#include "ledger/acts.h"
#include "ledger/clash.h"

#define CODES_MOST (16u << 20)

static bool is_code(zp_text t)
{
	for (size_t i = 0; i < t.n; i++) {
		const char c = t.p[i];
		const bool letter = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
		if (!letter && (i == 0 || (c != '_' && c != '-')))
			return false;
	}
	return t.n >= 1 && t.n <= 32;
}

/* from,to: whose codes are which of ours. */
static bool read_codes(zp_ledger_task *t, const char *path, zp_code_map **map, size_t *n)
{
	const char *why = NULL;
	size_t at = 0, header[2] = { SIZE_MAX, SIZE_MAX };
	zp_text bytes = zp_file_read(t->arena, path, CODES_MOST, path, NULL, &why);
	zp_text all = bytes.p ? zp_text_decode(t->arena, bytes, &why, &at) : bytes;
	if (!all.p)
		return zp_fail(&t->err, ZP_BAD_INPUT, path, 0, "the file %s", zp_clause(why));
	*map = zp_take(t->arena, zp_code_map, all.n + 1);
	zp_names *from = zp_names_take(t->arena);
	char *scratch = zp_arena_take(t->arena, all.n + 1);
	long line = 0;
	*n = 0;
	for (const char *p = all.p, *end = all.p + all.n, *stop; p < end; p = stop < end ? stop + 1 : end) {
		zp_csv_cells cells;
		line++;
		stop = zp_csv_line_end(p, end);
		const char *last = stop > p && stop[-1] == '\r' ? stop - 1 : stop;
		if (zp_csv_blank(p, last))
			continue;
		if (zp_csv_split(p, last, ',', &scratch, &cells) != ZP_CSV_FINE)
			return zp_fail(&t->err, ZP_BAD_INPUT, path, line, "the line cannot be read as comma-separated cells");
		if (header[0] == SIZE_MAX) {
			for (size_t k = 0; k < cells.n; k++)
				for (int h = 0; h < 2; h++)
					if (zp_text_is(zp_csv_trim(cells.at[k]), h ? "to" : "from"))
						header[h] = k;
			if (header[0] == SIZE_MAX || header[1] == SIZE_MAX)
				return zp_fail(&t->err, ZP_BAD_INPUT, path, line,
					       "the header is not understood; expected the columns from,to");
			continue;
		}
		zp_text theirs = header[0] < cells.n ? zp_csv_trim(cells.at[header[0]]) : ZP_TEXT(""),
			our = header[1] < cells.n ? zp_csv_trim(cells.at[header[1]]) : ZP_TEXT("");
		char shown[128];
		if (!is_code(theirs) || !is_code(our))
			return zp_fail(
				&t->err, ZP_BAD_INPUT, path, line,
				"\"%s\" is no code of a laboratory; expected 1 to 32 of A-Z 0-9 _ -, beginning with a letter or digit",
				zp_text_show_code_in(shown, sizeof shown, is_code(theirs) ? our : theirs));
		if (zp_names_add(from, theirs) != *n)
			return zp_fail(&t->err, ZP_BAD_INPUT, path, line,
				       "the code %s stands twice in the column from; expected each once",
				       zp_text_show_code_in(shown, sizeof shown, theirs));
		(*map)[(*n)++] = (zp_code_map){ zp_arena_text(t->arena, theirs.p, theirs.n), zp_arena_text(t->arena, our.p, our.n), false };
	}
	return header[0] != SIZE_MAX || zp_fail(&t->err, ZP_BAD_INPUT, path, 0, "the file is empty; expected the columns from,to");
}

typedef struct merging { zp_ledger_task *t; const char *other; } merging;

static void tell_merged(void *self, const zp_ledger_row *row, zp_added added)
{
	const merging *m = self;
	if (added == ZP_ADDED || added == ZP_ADDED_ALREADY)
		return;
	zp_watch_wipe(m->t->watch);
	if (added == ZP_ADDED_NOT) {
		zp_ledger_say("%s: round %s v%d was disowned there and is passed over", m->other, row->id, row->version);
		return;
	}
	zp_ledger_say("%s: round %s v%d (%s) is in %s with another content; what stands there stays, and this one is withheld. Two centres need ids that tell their rounds apart",
		    m->other, row->id, row->version, row->organiser, m->t->path);
}

static void tell_number(void *self, const char *number)
{
	const merging *m = self;
	zp_watch_wipe(m->t->watch);
	zp_ledger_say("%s: a paper with the number %s is in %s and says something else; what stands there stays, and this one is withheld",
	    m->other, number, m->t->path);
}

/* Which codes a round of the other ledger will have here. */
typedef struct renaming { const zp_annals *theirs; const zp_code_map *map; size_t n; } renaming;

static const char *code_here(void *self, const zp_annal_round *round, const char *code)
{
	const renaming *r = self;
	const bool is_theirs = round >= r->theirs->rounds && round < r->theirs->rounds + r->theirs->n;
	for (size_t i = 0; is_theirs && i < r->n; i++)
		if (strcmp(r->map[i].from, code) == 0)
			return r->map[i].to;
	return code;
}

#define CLASHES_NAMED 20

/* What is merged stays merged, so that two laboratories are kept from becoming one. */
static bool check_codes(zp_ledger_task *t, zp_ledger *other, const char *name, const zp_code_map *map, size_t n_map)
{
	const zp_annals *ours = zp_annals_take(t->ledger, t->arena, 0, 9999, &t->err), *theirs = ours ? zp_annals_take(other, t->arena, 0, 9999, &t->err) : NULL;
	if (!theirs)
		return false;
	const zp_annal_round **rounds = zp_take(t->arena, const zp_annal_round *, ours->n + theirs->n + 1);
	size_t n = 0, clashes;
	for (size_t i = 0; i < ours->n; i++)
		rounds[n++] = &ours->rounds[i];
	for (size_t i = 0; i < theirs->n; i++)
		rounds[n++] = &theirs->rounds[i];
	renaming r = { theirs, map, n_map };
	zp_watch_hush(t->watch);
	const zp_clash *all = zp_clashes_find(t->arena, rounds, n, code_here, &r, &clashes);
	for (size_t i = 0; i < clashes && i < CLASHES_NAMED; i++)
		zp_ledger_say("%s: %s", name, zp_clash_says(t->arena, &all[i], zp_words_chinese()));
	return !clashes || zp_fail(&t->err, ZP_BAD_INPUT, name, 0, "codes that are of two laboratories: %zu; expected --codes FILE that says which of theirs is which of ours, "
				   "or --same-codes if they are one laboratory's all the same", clashes);
}

int zp_ledger_action_merge(zp_ledger_task *t)
{
	const char *codes = zp_option_given(t->given, "codes");
	zp_code_map *map = NULL;
	size_t n = 0;
	zp_merged sum = { 0 }, acts = { 0 };
	bool good = (!codes || read_codes(t, codes, &map, &n)) && zp_ledger_task_open(t, ZP_LEDGER_WRITE);
	const char *last = "";
	for (int i = 0; i < t->n && good; i++) {
		last = t->rest[i];
		zp_ledger *other = zp_ledger_open(t->rest[i], ZP_LEDGER_READ, &t->err);
		zp_merged one = { 0 }, done = { 0 };
		merging m = { t, t->rest[i] };
		const zp_merge_tell tell = { tell_merged, tell_number, &m };
		good = other && (zp_option_given(t->given, "same-codes") || check_codes(t, other, t->rest[i], map, n)) &&
		       zp_ledger_merge(t->ledger, other, map, n, &tell, &one, &done, &t->err);
		sum.added += one.added, sum.already += one.already, sum.conflicts += one.conflicts;
		acts.added += done.added, acts.already += done.already, acts.conflicts += done.conflicts;
		if (other)
			zp_ledger_close(other);
	}
	zp_watch_hush(t->watch);
	if (!good)
		return zp_ledger_refuse(t, "merge-refused", last);
	for (size_t i = 0; i < n; i++)
		if (!map[i].met)
			zp_ledger_say("%s: no laboratory that was merged has the code %s; expected one of theirs, or no line for it", codes, map[i].from);
	printf(zp_say("%s: %zu added, %zu there already, %zu withheld\n"), t->path, sum.added, sum.already, sum.conflicts);
	if (acts.added + acts.already + acts.conflicts)
		printf(zp_say("%s: papers and decisions: %zu added, %zu there already, %zu withheld\n"), t->path, acts.added, acts.already, acts.conflicts);
	return sum.conflicts + acts.conflicts ? ZP_WITHHELD : ZP_OK;
}

