/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zhiping ledger: what is in it, into it, out of it. */
#include <config.h>
#include <stdlib.h>
#include "base/chinese.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/instant.h"
#include "cli/cli.h"
#include "cli/picture.h"
#include "ledger/clash.h"
#include "ledger/pack.h"
#include "year/append.h"
#include "year/export.h"
#include "year/export_acts.h"

#define CODES_MOST (16u << 20)

typedef struct task {
	const zp_given_options *given;
	const char *path; /* of the ledger */
	char **rest;
	int n;
	zp_arena *arena;
	zp_ledger *ledger;
	zp_watch *watch; /* who looks on */
	zp_error err;
} task;

static void say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
static void say(const char *fmt, ...)
{
	char sentence[2000];
	va_list args;
	va_start(args, fmt);
	vsnprintf(sentence, sizeof sentence, zp_say(fmt), args);
	va_end(args);
	fputs("zhiping: ", stderr);
	zp_text_print(zp_text_of(sentence), stderr);
	putc('\n', stderr);
}

static bool open_ledger(task *t, zp_ledger_use use)
{
	t->ledger = zp_ledger_open(t->path, use, &t->err);
	if (t->ledger)
		zp_ledger_watch(t->ledger, zp_watch_progress(t->watch));
	return t->ledger != NULL;
}

/* ---- add ---- */

int zp_cli_append(zp_ledger *ledger, const char *folder, zp_watch *watch, zp_error *err)
{
	zp_arena *arena = zp_arena_open();
	zp_entry *entry = NULL;
	int code = ZP_OK;
	const zp_added added = zp_append(ledger, arena, folder, &entry, err);
	zp_watch_wipe(watch);
	switch (added) {
	case ZP_ADDED:
		printf(zp_say("%s: round %s %s was added, %zu results of %zu laboratories\n"), zp_ledger_path(ledger), entry->round.id,
		       entry->round.version, entry->n_samples, entry->round.n_labs);
		break;
	case ZP_ADDED_ALREADY:
		printf(zp_say("%s: round %s %s is there already\n"), zp_ledger_path(ledger), entry->round.id, entry->round.version);
		break;
	case ZP_ADDED_CONFLICT:
		say("%s: round %s %s is in the ledger with another content; what stands there stays, and %s is withheld. Expected a new version for what changed",
		    zp_ledger_path(ledger), entry->round.id, entry->round.version, folder);
		code = ZP_WITHHELD;
		break;
	default: code = err->code;
	}
	zp_arena_close(arena);
	zp_error link = { 0 }; /* no failure of the ledger: that has the round */
	return code || zp_press_current_of(folder, &link) ? code : zp_cli_fail(&link);
}

static int add(task *t)
{
	int code = ZP_OK;
	if (!open_ledger(t, ZP_LEDGER_WRITE))
		return zp_cli_fail(&t->err);
	zp_progress_stage(zp_watch_progress(t->watch), "adding rounds", (size_t)t->n);
	for (int i = 0; i < t->n; i++) {
		zp_error err = { 0 }; /* one folder that cannot be used does not keep the others out */
		int one = zp_cli_append(t->ledger, t->rest[i], t->watch, &err);
		zp_progress_step(zp_watch_progress(t->watch), 1);
		if (err.code)
			zp_cli_fail(&err);
		code = one > code ? one : code;
	}
	return code;
}

/* ---- list, show ---- */

/* Rounds that lie behind the day that the operator says it is. */
static int tell_future(const zp_ledger_row *rows, size_t n, const char *day)
{
	int code = ZP_OK;
	for (size_t i = 0; i < n && day; i++) {
		char closes[11] = { 0 };
		memcpy(closes, rows[i].closes, strnlen(rows[i].closes, 10));
		const zp_annal_round round = { .closes = closes, .issued = rows[i].issued, .year = rows[i].year };
		const zp_future future = zp_annal_future(&round, day);
		if (future == ZP_FUTURE_NOT)
			continue;
		if (future == ZP_FUTURE_CLOSES)
			say("round %s v%d (year %d, closed %s, issued %s) closes after %s", rows[i].id, rows[i].version, rows[i].year, closes, rows[i].issued, day);
		else if (future == ZP_FUTURE_ISSUED)
			say("round %s v%d (year %d, closed %s, issued %s) was issued after %s", rows[i].id, rows[i].version, rows[i].year, closes, rows[i].issued, day);
		else
			say("round %s v%d (year %d, closed %s, issued %s) belongs to a year after %s", rows[i].id, rows[i].version, rows[i].year, closes, rows[i].issued, day);
		code = ZP_WITHHELD;
	}
	return code;
}

static int tell_conflicts(task *t)
{
	size_t n;
	const zp_ledger_conflict *all = zp_ledger_conflicts(t->ledger, t->arena, &n, &t->err);
	for (size_t i = 0; i < n; i++)
		say("%s: of round %s v%d another content was withheld, the one whose manifest has the digest %.16s", t->path,
		    all[i].id, all[i].version, all[i].digest);
	size_t papers = 0;
	const zp_paper_conflict *numbers = all ? zp_ledger_paper_conflicts(t->ledger, t->arena, &papers, &t->err) : NULL;
	for (size_t i = 0; i < papers; i++)
		say("%s: another paper with the number %s was withheld, the one with the digest %.16s", t->path, numbers[i].number,
		    numbers[i].digest);
	return !numbers ? zp_cli_fail(&t->err) : n + papers ? ZP_WITHHELD : ZP_OK;
}

static void print_heads(void)
{
	static const struct { const char *says; int columns; } heads[] = {
		{ ZP_MESSAGE("round"), 25 }, { ZP_MESSAGE("version"), 8 }, { ZP_MESSAGE("year"), -4 }, { ZP_MESSAGE("no"), -4 }, { "", 2 },
		{ ZP_MESSAGE("closed"), 12 }, { ZP_MESSAGE("issued"), 10 }, { ZP_MESSAGE("labs"), -8 }, { ZP_MESSAGE("results"), -11 },
		{ ZP_MESSAGE("targets"), -9 }, { "", 2 },
	};
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		zp_print_cell(zp_say(heads[i].says), heads[i].columns);
	puts(zp_say("manifest"));
}

static int list(task *t)
{
	size_t n;
	const zp_ledger_row *rows = open_ledger(t, ZP_LEDGER_READ) ? zp_ledger_rows(t->ledger, t->arena, &n, &t->err) : NULL;
	if (!rows)
		return zp_cli_fail(&t->err);
	print_heads();
	for (size_t i = 0; i < n; i++)
		printf("%-24s v%d%-*s %4d %3d  %.10s  %-10s %7zu %10zu %8zu  %.16s\n", rows[i].id, rows[i].version,
		       rows[i].version < 10 ? 5 : 4, rows[i].current ? "" : " old", rows[i].year, rows[i].number, rows[i].closes,
		       rows[i].issued, rows[i].labs, rows[i].results, rows[i].targets, rows[i].digest);
	const int future = tell_future(rows, n, zp_option_given(t->given, "issued")), conflicts = tell_conflicts(t);
	return conflicts > future ? conflicts : future;
}

/* "2026-1" or "2026-1/v2". */
static zp_entry *take_named(task *t, const char *name)
{
	const char *slash = strrchr(name, '/');
	zp_decimal version = { 0 };
	if (!slash)
		return zp_ledger_take(t->ledger, t->arena, name, ZP_VERSION_CURRENT, &t->err);
	if (slash[1] != 'v' || zp_decimal_read(slash + 2, strlen(slash + 2), &version) != ZP_NUMBER_OK || version.e != 0 ||
	    version.m < 1 || version.m > 1000000) {
		zp_fail(&t->err, ZP_BAD_USE, NULL, 0, "\"%s\" is no version of a round; expected a name such as 2026-1 or 2026-1/v2", name);
		return NULL;
	}
	return zp_ledger_take(t->ledger, t->arena, zp_arena_text(t->arena, name, (size_t)(slash - name)), (int)version.m, &t->err);
}

static void show_programmes(const zp_entry *e)
{
	static const char *const levels[] = { [ZP_LEVEL_NATIONAL] = ZP_MESSAGE("national"), [ZP_LEVEL_PROVINCIAL] = ZP_MESSAGE("provincial"),
					      [ZP_LEVEL_CITY] = ZP_MESSAGE("city"), [ZP_LEVEL_COUNTY] = ZP_MESSAGE("county") };
	for (size_t i = 0; i < e->round.n_programmes; i++) {
		const zp_annal_programme *p = &e->round.programmes[i];
		size_t enrolled = 0, satisfied = 0;
		for (size_t k = 0; k < e->round.n_tallies; k++) {
			const zp_annal_tally *tally = &e->round.tallies[k];
			const bool whole = tally->programme == i && tally->measurand == ZP_ANNAL_WHOLE;
			enrolled += whole;
			satisfied += whole && tally->satisfaction == ZP_SATISFACTORY;
		}
		printf(zp_say("programme %s: %s, scheme %s %s, %s"), p->code, p->name, p->scheme, p->scheme_version, zp_say(levels[p->level]));
		fputs(p->trueness ? zp_say(", trueness") : "", stdout);
		fputs(p->measurand_status ? "" : zp_say(", status of the programme only"), stdout);
		if (p->cancelled)
			printf(zp_say(", cancelled: %s"), e->cancelled[i]);
		printf(zp_say("; %zu measurands, %u samples, %zu laboratories, %zu of them satisfactory\n"), p->n_measurands, p->n_samples, enrolled, satisfied);
	}
}

static const char *quoted(task *t, const char *text)
{
	char *cell = zp_arena_take(t->arena, 2 * strlen(text) + 4);
	cell[zp_csv_put(cell, zp_text_of(text))] = '\0';
	return cell;
}

/* Each result of a laboratory, as a table. */
static bool show_lab(task *t, const zp_entry *e, const char *code)
{
	size_t lab = 0;
	while (lab < e->round.n_labs && strcmp(e->round.labs[lab].code, code) != 0)
		lab++;
	if (lab == e->round.n_labs)
		return zp_fail(&t->err, ZP_BAD_USE, t->path, 0, "there is no laboratory %s on the register of round %s", code, e->round.id);
	printf("programme,measurand,sample,state,value,group,share_pct,sdi,verdict,reason,credit\n");
	for (size_t i = 0; i < e->n_results; i++) {
		const zp_entry_result *r = &e->results[i];
		const uint8_t *p = r->bytes, *end = p + r->n;
		const zp_annal_programme *programme = &e->round.programmes[r->programme];
		for (uint32_t k = 0; r->lab == lab && p && p < end && k < programme->n_samples; k++) {
			zp_packed s;
			p = zp_unpack(p, end, &s);
			if (!p)
				return zp_fail(&t->err, ZP_BAD_INPUT, t->path, 0,
					       "some results cannot be read; zhiping ledger check tells more");
			zp_exported words;
			zp_export_sample(&words, e, &s);
			printf("%s,%s,%s", programme->code, programme->measurands[r->measurand].code, e->samples[r->programme][k]);
			for (size_t c = 0; c < ZP_EXPORTED_CELLS; c++)
				printf(",%s", s.kind == ZP_PACKED_ANSWER ? quoted(t, words.cells[c]) : words.cells[c]);
			putchar('\n');
		}
	}
	return true;
}

static int show(task *t)
{
	const zp_entry *e = open_ledger(t, ZP_LEDGER_READ) ? take_named(t, t->rest[0]) : NULL;
	const char *lab = zp_option_given(t->given, "lab");
	if (!e)
		return zp_cli_fail(&t->err);
	if (lab)
		return show_lab(t, e, lab) ? ZP_OK : zp_cli_fail(&t->err);
	printf(zp_say("round %s %s: %s\nyear %d, number %d; opened %s, closed %s, issued %s\norganiser: %s\npublished by %s, manifest %s\n"),
	       e->round.id, e->round.version, e->round.name, e->round.year, e->round.number, e->opens_at, e->closes_at,
	       e->round.issued, e->round.organiser, e->engine, e->round.digest);
	printf(zp_say("%zu laboratories on the register, %zu results, %zu groups with their targets\n"), e->round.n_labs, e->n_samples,
	       e->n_targets);
	show_programmes(e);
	return ZP_OK;
}

/* ---- papers, decisions ---- */

static int print_acts(task *t, bool (*write)(zp_ledger *, zp_piece *, zp_error *))
{
	zp_piece piece = { 0 };
	const bool good = open_ledger(t, ZP_LEDGER_READ) && write(t->ledger, &piece, &t->err);
	if (good)
		fwrite(piece.bytes, 1, piece.n, stdout);
	free(piece.bytes);
	return good ? ZP_OK : zp_cli_fail(&t->err);
}

static int papers(task *t) { return print_acts(t, zp_papers_csv); }
static int decisions(task *t) { return print_acts(t, zp_decisions_csv); }

/* ---- export ---- */

static bool export_row(task *t, zp_press *press, const char *id, int version)
{
	zp_arena *arena = zp_arena_open();
	const zp_entry *e = zp_ledger_take(t->ledger, arena, id, version, &t->err);
	bool good = e && zp_export(press, e, &t->err);
	zp_progress_step(zp_watch_progress(t->watch), 1);
	zp_arena_close(arena);
	return good;
}

static int export_rounds(task *t)
{
	const bool all = zp_option_given(t->given, "all") != NULL;
	const char *dir = t->rest[t->n - 1];
	if (t->n != (all ? 1 : 2)) {
		fprintf(stderr, zp_say("usage: zhiping ledger export ROUND DIR, or zhiping ledger export --all DIR\n"));
		return ZP_BAD_USE;
	}
	size_t n = 0;
	const zp_ledger_row *rows = open_ledger(t, ZP_LEDGER_READ) ? zp_ledger_rows(t->ledger, t->arena, &n, &t->err) : NULL;
	const zp_entry *named = rows && !all ? take_named(t, t->rest[0]) : NULL;
	zp_press *press = rows && (all || named) ? zp_press_open_folder(dir, &t->err) : NULL;
	if (!press)
		return zp_cli_fail(&t->err);
	bool good = all || zp_export(press, named, &t->err);
	zp_progress_stage(zp_watch_progress(t->watch), "exporting rounds", all ? n : 0);
	for (size_t i = 0; all && good && i < n; i++)
		good = export_row(t, press, rows[i].id, rows[i].version);
	good = good && (!all || zp_export_acts(press, t->ledger, &t->err)) && zp_press_publish(press, &t->err);
	zp_press_close(press);
	zp_watch_hush(t->watch);
	if (!good)
		return zp_cli_fail(&t->err);
	n = all ? n : 1;
	printf(zp_say_n("%zu version of rounds in %s\n", "%zu versions of rounds in %s\n", n), n, dir);
	return ZP_OK;
}

/* ---- merge ---- */

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
static bool read_codes(task *t, const char *path, zp_code_map **map, size_t *n)
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

typedef struct merging { task *t; const char *other; } merging;

static void tell_merged(void *self, const zp_ledger_row *row, zp_added added)
{
	const merging *m = self;
	if (added != ZP_ADDED_CONFLICT)
		return;
	zp_watch_wipe(m->t->watch);
		say("%s: round %s v%d (%s) is in %s with another content; what stands there stays, and this one is withheld. Two centres need ids that tell their rounds apart",
		    m->other, row->id, row->version, row->organiser, m->t->path);
}

static void tell_number(void *self, const char *number)
{
	const merging *m = self;
	zp_watch_wipe(m->t->watch);
	say("%s: a paper with the number %s is in %s and says something else; what stands there stays, and this one is withheld",
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
static bool check_codes(task *t, zp_ledger *other, const char *name, const zp_code_map *map, size_t n_map)
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
		say("%s: %s", name, zp_clash_says(t->arena, &all[i], zp_words_chinese()));
	return !clashes || zp_fail(&t->err, ZP_BAD_INPUT, name, 0, "codes that are of two laboratories: %zu; expected --codes FILE that says which of theirs is which of ours, "
				   "or --same-codes if they are one laboratory's all the same", clashes);
}

static int merge(task *t)
{
	const char *codes = zp_option_given(t->given, "codes");
	zp_code_map *map = NULL;
	size_t n = 0;
	zp_merged sum = { 0 }, acts = { 0 };
	bool good = (!codes || read_codes(t, codes, &map, &n)) && open_ledger(t, ZP_LEDGER_WRITE);
	for (int i = 0; i < t->n && good; i++) {
		zp_ledger *other = zp_ledger_open(t->rest[i], ZP_LEDGER_READ, &t->err);
		zp_merged one = { 0 }, done = { 0 };
		merging m = { t, t->rest[i] };
		good = other && (zp_option_given(t->given, "same-codes") || check_codes(t, other, t->rest[i], map, n)) && zp_ledger_merge(t->ledger, other, map, n, tell_merged, &m, &one, &t->err) &&
		       zp_ledger_merge_acts(t->ledger, other, map, n, tell_number, &m, &done, &t->err);
		sum.added += one.added, sum.already += one.already, sum.conflicts += one.conflicts;
		acts.added += done.added, acts.already += done.already, acts.conflicts += done.conflicts;
		if (other)
			zp_ledger_close(other);
	}
	zp_watch_hush(t->watch);
	if (!good)
		return zp_cli_fail(&t->err);
	for (size_t i = 0; i < n; i++)
		if (!map[i].met)
			say("%s: no laboratory that was merged has the code %s; expected one of theirs, or no line for it", codes, map[i].from);
	printf(zp_say("%s: %zu added, %zu there already, %zu withheld\n"), t->path, sum.added, sum.already, sum.conflicts);
	if (acts.added + acts.already + acts.conflicts)
		printf(zp_say("%s: papers and decisions: %zu added, %zu there already, %zu withheld\n"), t->path, acts.added, acts.already, acts.conflicts);
	return sum.conflicts + acts.conflicts ? ZP_WITHHELD : ZP_OK;
}

/* ---- check ---- */

static void tell_fault(void *self, const char *sentence)
{
	const task *t = self;
	zp_watch_wipe(t->watch);
	say("%s: %s", t->path, sentence);
}

static int check(task *t)
{
	size_t n = 0;
	long told = open_ledger(t, ZP_LEDGER_READ) ? zp_ledger_check(t->ledger, tell_fault, t, &t->err) : -1;
	zp_watch_hush(t->watch);
	if (told < 0)
		return zp_cli_fail(&t->err);
	if (told)
		return ZP_BAD_INPUT;
	const zp_ledger_row *rows = zp_ledger_rows(t->ledger, t->arena, &n, &t->err);
	size_t papers = 0, decisions = 0;
	if (!rows || !zp_ledger_papers(t->ledger, t->arena, &papers, &t->err) ||
	    !zp_ledger_decisions(t->ledger, t->arena, &decisions, &t->err))
		return zp_cli_fail(&t->err);
	printf("%s: ", t->path);
	printf(zp_say_n("%zu version of rounds", "%zu versions of rounds", n), n);
	printf(zp_say_n(", %zu paper", ", %zu papers", papers), papers);
	printf(zp_say_n(", %zu decision", ", %zu decisions", decisions), decisions);
	fputs(zp_say(", each as it was put in\n"), stdout);
	const int future = tell_future(rows, n, zp_option_given(t->given, "issued")), conflicts = tell_conflicts(t);
	return conflicts > future ? conflicts : future;
}

typedef struct action {
	const char *name;
	int least, most; /* words after it */
	int (*run)(task *);
} action;

static const action actions[] = {
	{ "add", 1, 100000, add },         { "list", 0, 0, list },        { "show", 1, 1, show },
	{ "papers", 0, 0, papers },        { "decisions", 0, 0, decisions },
	{ "export", 1, 2, export_rounds }, { "merge", 1, 100000, merge }, { "check", 0, 0, check },
};

int zp_command_ledger(const zp_command *self, int argc, char **argv)
{
	zp_given_options given;
	int year, month, day;
	if (!zp_options_read(self, argc, argv, 1, 100001, &given))
		return ZP_BAD_USE;
	const char *issued = zp_option_given(&given, "issued");
	if (issued && !zp_date_read(zp_text_of(issued), &year, &month, &day)) {
		fprintf(stderr, zp_say("zhiping: --issued \"%s\" is no date; expected one such as 2026-03-31\n"), issued);
		return ZP_BAD_USE;
	}
	for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
		const int n = given.n_rest - 1;
		if (strcmp(actions[i].name, given.rest[0]) != 0)
			continue;
		if (n < actions[i].least || n > actions[i].most) {
			fprintf(stderr, zp_say("usage: zhiping ledger %s\n"), self->arguments);
			return ZP_BAD_USE;
		}
		const char *path = zp_option_given(&given, "ledger");
		task t = { .given = &given,
			   .path = path ? path : "ledger.sqlite",
			   .rest = given.rest + 1,
			   .n = n,
			   .arena = zp_arena_open(),
			   .watch = zp_watch_begin() };
		int code = actions[i].run(&t);
		zp_watch_end(t.watch);
		if (t.ledger)
			zp_ledger_close(t.ledger);
		zp_arena_close(t.arena);
		return code;
	}
	fprintf(stderr, zp_say("zhiping ledger: \"%s\" is not understood; expected add, list, show, papers, decisions, export, merge or check\n"), given.rest[0]);
	return ZP_BAD_USE;
}
