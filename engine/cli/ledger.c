/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zhiping ledger: what is in it and into it. */
#include <config.h>
#include <stdlib.h>
#include "base/chinese.h"
#include "base/instant.h"
#include "cli/ledger.h"
#include "cli/picture.h"
#include "press/verified.h"
#include "year/append.h"
#include "year/export_acts.h"

void zp_ledger_say(const char *fmt, ...)
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

bool zp_ledger_task_open(zp_ledger_task *t, zp_ledger_use use)
{
	t->ledger = zp_ledger_open(t->path, use, &t->err);
	if (!t->ledger)
		return false;
	const char *reason = zp_option_given(t->given, "reason");
	zp_ledger_watch(t->ledger, zp_watch_progress(t->watch));
	zp_trail_by(t->ledger, zp_option_given(t->given, "by"));
	zp_trail_for(t->ledger, "add", "", reason ? reason : "");
	return true;
}

int zp_ledger_refuse(zp_ledger_task *t, const char *what, const char *subject)
{
	zp_error err = { 0 }; /* that of the task is told, whatever becomes of the event */
	if (t->ledger)
		zp_trail_put(t->ledger, what, subject, t->err.text, "", &err);
	return zp_cli_fail(&t->err);
}

/* ---- add ---- */

/* With a keyring: whether one of its keys signed the manifest, and what is to be said of that key. */
static bool is_trusted(zp_arena *arena, const zp_published *p, const zp_keyring *ring, int *doubt, zp_error *err)
{
	zp_signature_found by;
	if (!ring)
		return true;
	zp_published_signature(arena, p, ring, &by);
	if (by.state == ZP_SIGNED_NOT)
		return zp_fail(err, ZP_BAD_INPUT, p->folder, 0, "is not signed; expected the signature of a key of --trust, without which nothing is taken in");
	if (by.state == ZP_SIGNED_UNKNOWN && by.key) { /* of the key alone: its sentence has no place */
		snprintf(err->text, sizeof err->text, "%.300s: %.850s", p->folder, by.why.text);
		snprintf(err->told, sizeof err->told, "%.300s: %.850s", p->folder, by.why.told);
		return err->code = by.why.code, false;
	}
	if (by.state != ZP_SIGNED)
		return zp_fail_as(err, &by.why);
	if (by.belief == ZP_BELIEVED_WITH_DOUBT) {
		zp_ledger_say("%s: %s", p->folder, by.why.told);
		*doubt = ZP_WITHHELD;
	}
	return true;
}

/* ring NULL: nobody looks at signatures. */
static int append(zp_ledger *ledger, const char *folder, const zp_keyring *ring, zp_watch *watch, zp_added *added, zp_error *err)
{
	zp_arena *arena = zp_arena_open();
	zp_entry *entry = NULL;
	int code = ZP_OK, doubt = ZP_OK;
	const zp_published *published = zp_published_open(arena, folder, err);
	*added = published && is_trusted(arena, published, ring, &doubt, err) ? zp_append(ledger, arena, published, &entry, err) : ZP_ADDED_NOT;
	zp_watch_wipe(watch);
	switch (*added) {
	case ZP_ADDED:
		if (!zp_ledger_proof(zp_ledger_path(ledger), entry, err)) {
			code = (int)err->code;
			break;
		}
		printf(zp_say("%s: round %s %s was added, %zu results of %zu laboratories\n"), zp_ledger_path(ledger), entry->round.id,
		       entry->round.version, entry->n_samples, entry->round.n_labs);
		break;
	case ZP_ADDED_ALREADY:
		printf(zp_say("%s: round %s %s is there already\n"), zp_ledger_path(ledger), entry->round.id, entry->round.version);
		break;
	case ZP_ADDED_CONFLICT:
		zp_ledger_say("%s: round %s %s is in the ledger with another content; what stands there stays, and %s is withheld. Expected a new version for what changed",
		    zp_ledger_path(ledger), entry->round.id, entry->round.version, folder);
		code = ZP_WITHHELD;
		break;
	default: code = (int)err->code;
	}
	zp_arena_close(arena);
	zp_error link = { 0 }; /* no failure of the ledger: that has the round */
	return code ? code : zp_press_current_of(folder, &link) ? doubt : zp_cli_fail(&link);
}

int zp_cli_append(zp_ledger *ledger, const char *folder, zp_watch *watch, bool *is_in, zp_error *err)
{
	zp_added added;
	const int code = append(ledger, folder, NULL, watch, &added, err);
	*is_in = added == ZP_ADDED || added == ZP_ADDED_ALREADY;
	return code;
}

static int add(zp_ledger_task *t)
{
	const char *trust = zp_option_given(t->given, "trust");
	const zp_keyring *ring = trust ? zp_keyring_read(t->arena, trust, &t->err) : NULL;
	int code = ZP_OK;
	bool unchecked = false;
	if (t->err.code || !zp_ledger_task_open(t, ZP_LEDGER_WRITE))
		return zp_cli_fail(&t->err);
	zp_progress_stage(zp_watch_progress(t->watch), "adding rounds", (size_t)t->n);
	for (int i = 0; i < t->n; i++) {
		zp_error err = { 0 }; /* one folder that cannot be used does not keep the others out */
		zp_added added;
		int one = append(t->ledger, t->rest[i], ring, t->watch, &added, &err);
		zp_progress_step(zp_watch_progress(t->watch), 1);
		if (err.code && added == ZP_ADDED_NOT) {
			zp_error other = { 0 }; /* the failure is told, whatever becomes of the event */
			zp_trail_put(t->ledger, "add-refused", t->rest[i], err.text, "", &other);
		}
		if (err.code)
			zp_cli_fail(&err);
		unchecked = unchecked || (added == ZP_ADDED && !ring);
		code = one > code ? one : code;
	}
	if (unchecked)
		zp_ledger_say("no signature was checked of what was added; expected --trust KEYS where rounds are signed");
	return code;
}

/* ---- list, show ---- */

/* Rounds that lie behind the day that the operator says it is. */
int zp_ledger_tell_future(const zp_ledger_row *rows, size_t n, const char *day)
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
			zp_ledger_say("round %s v%d (year %d, closed %s, issued %s) closes after %s", rows[i].id, rows[i].version, rows[i].year, closes, rows[i].issued, day);
		else if (future == ZP_FUTURE_ISSUED)
			zp_ledger_say("round %s v%d (year %d, closed %s, issued %s) was issued after %s", rows[i].id, rows[i].version, rows[i].year, closes, rows[i].issued, day);
		else
			zp_ledger_say("round %s v%d (year %d, closed %s, issued %s) belongs to a year after %s", rows[i].id, rows[i].version, rows[i].year, closes, rows[i].issued, day);
		code = ZP_WITHHELD;
	}
	return code;
}

bool zp_ledger_tell_disowned(zp_ledger *ledger, zp_arena *arena, const char *path, zp_error *err)
{
	size_t n = 0;
	const zp_event *events = zp_trail_take(ledger, arena, &n, err);
	for (size_t i = 0; i < n && events; i++)
		if (strcmp(events[i].what, "disown") == 0)
			zp_ledger_say("%s: round %s was disowned on %.10s by %s and is passed over: %s", path, events[i].subject, events[i].at, events[i].who, events[i].why);
	return events != NULL;
}

int zp_ledger_tell_conflicts(zp_ledger_task *t)
{
	size_t n;
	if (!zp_ledger_tell_disowned(t->ledger, t->arena, t->path, &t->err))
		return zp_cli_fail(&t->err);
	const zp_ledger_conflict *all = zp_ledger_conflicts(t->ledger, t->arena, &n, &t->err);
	for (size_t i = 0; i < n; i++)
		zp_ledger_say("%s: of round %s v%d another content was withheld, the one whose manifest has the digest %.16s", t->path,
		    all[i].id, all[i].version, all[i].digest);
	size_t papers = 0;
	const zp_paper_conflict *numbers = all ? zp_ledger_paper_conflicts(t->ledger, t->arena, &papers, &t->err) : NULL;
	for (size_t i = 0; i < papers; i++)
		zp_ledger_say("%s: another paper with the number %s was withheld, the one with the digest %.16s", t->path, numbers[i].number,
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

static int list(zp_ledger_task *t)
{
	size_t n;
	const zp_ledger_row *rows = zp_ledger_task_open(t, ZP_LEDGER_READ) ? zp_ledger_rows(t->ledger, t->arena, &n, &t->err) : NULL;
	if (!rows)
		return zp_cli_fail(&t->err);
	print_heads();
	for (size_t i = 0; i < n; i++)
		printf("%-24s v%d%-*s %4d %3d  %.10s  %-10s %7zu %10zu %8zu  %.16s\n", rows[i].id, rows[i].version,
		       rows[i].version < 10 ? 5 : 4, rows[i].disowned ? " void" : rows[i].current ? "" : " old", rows[i].year, rows[i].number, rows[i].closes,
		       rows[i].issued, rows[i].labs, rows[i].results, rows[i].targets, rows[i].digest);
	const int future = zp_ledger_tell_future(rows, n, zp_option_given(t->given, "issued")), conflicts = zp_ledger_tell_conflicts(t);
	return conflicts > future ? conflicts : future;
}

/* ---- disown ---- */

static int disown(zp_ledger_task *t)
{
	const char *reason = zp_option_given(t->given, "reason");
	if (!reason || !*reason) {
		fprintf(stderr, zp_say("zhiping ledger disown: it is not said why %s counts no more; expected --reason TEXT\n"), t->rest[0]);
		return ZP_BAD_USE;
	}
	if (!zp_ledger_task_open(t, ZP_LEDGER_ADD) || !zp_ledger_disown(t->ledger, t->rest[0], &t->err) || !zp_ledger_tell_disowned(t->ledger, t->arena, t->path, &t->err))
		return zp_cli_fail(&t->err);
	return ZP_OK;
}

/* ---- papers, decisions ---- */

static int print_acts(zp_ledger_task *t, bool (*write)(zp_ledger *, zp_piece *, zp_error *))
{
	zp_piece piece = { 0 };
	const bool good = zp_ledger_task_open(t, ZP_LEDGER_READ) && write(t->ledger, &piece, &t->err);
	if (good)
		fwrite(piece.bytes, 1, piece.n, stdout);
	free(piece.bytes);
	return good ? ZP_OK : zp_cli_fail(&t->err);
}

static int papers(zp_ledger_task *t) { return print_acts(t, zp_papers_csv); }
static int decisions(zp_ledger_task *t) { return print_acts(t, zp_decisions_csv); }

typedef struct action {
	const char *name;
	int least, most; /* words after it */
	int (*run)(zp_ledger_task *);
} action;

static const action actions[] = {
	{ "add", 1, 100000, add },
	{ "list", 0, 0, list },
	{ "show", 1, 1, zp_ledger_action_show },
	{ "disown", 1, 1, disown },
	{ "papers", 0, 0, papers },
	{ "decisions", 0, 0, decisions },
	{ "export", 1, 2, zp_ledger_action_export },
	{ "merge", 1, 100000, zp_ledger_action_merge },
	{ "check", 0, 100000, zp_ledger_action_check },
	{ "events", 0, 0, zp_ledger_action_events },
	{ "head", 0, 0, zp_ledger_action_head },
	{ "copy", 2, 2, zp_ledger_action_copy },
	{ "roles", 0, 3, zp_ledger_action_roles },
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
		zp_ledger_task t = { .given = &given,
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
	fprintf(stderr, zp_say("zhiping ledger: \"%s\" is not understood; expected add, list, show, disown, papers, decisions, export, merge, check, events, head, copy or roles\n"), given.rest[0]);
	return ZP_BAD_USE;
}
