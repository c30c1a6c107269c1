/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zhiping ledger: one version of a round, to be read or as tables. */
#include <config.h>
#include <stdlib.h>
#include "base/csv.h"
#include "cli/ledger.h"
#include "ledger/pack.h"
#include "press/version.h"
#include "year/export.h"
#include "year/export_acts.h"

/* "2026-1" or "2026-1/v2". */
zp_entry *zp_ledger_task_entry(zp_ledger_task *t, const char *name)
{
	const char *slash = strrchr(name, '/');
	const long version = slash ? zp_version_number(slash + 1) : 0;
	if (!slash)
		return zp_ledger_take(t->ledger, t->arena, name, ZP_VERSION_CURRENT, &t->err);
	if (!version) {
		zp_fail(&t->err, ZP_BAD_USE, NULL, 0, "\"%s\" is no version of a round; expected a name such as 2026-1 or 2026-1/v2", name);
		return NULL;
	}
	return zp_ledger_take(t->ledger, t->arena, zp_arena_text(t->arena, name, (size_t)(slash - name)), (int)version, &t->err);
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

static const char *quoted(zp_ledger_task *t, const char *text)
{
	char *cell = zp_arena_take(t->arena, 2 * strlen(text) + 4);
	cell[zp_csv_put(cell, zp_text_of(text))] = '\0';
	return cell;
}

/* Each result of a laboratory, as a table. */
static bool show_lab(zp_ledger_task *t, const zp_entry *e, const char *code)
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

int zp_ledger_action_show(zp_ledger_task *t)
{
	const zp_entry *e = zp_ledger_task_open(t, ZP_LEDGER_READ) ? zp_ledger_task_entry(t, t->rest[0]) : NULL;
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

/* ---- export ---- */

static bool export_row(zp_ledger_task *t, zp_press *press, const char *id, int version)
{
	zp_arena *arena = zp_arena_open();
	const zp_entry *e = zp_ledger_take(t->ledger, arena, id, version, &t->err);
	bool good = e && zp_export(press, e, &t->err);
	zp_progress_step(zp_watch_progress(t->watch), 1);
	zp_arena_close(arena);
	return good;
}

/* Before anybody can read what leaves the ledger. */
static bool put_event(zp_ledger_task *t, const char *what, const char *dir)
{
	const char *reason = zp_option_given(t->given, "reason");
	return zp_trail_put(t->ledger, "export", *what ? what : "all", reason ? reason : "", zp_arena_print(t->arena, "into=%s", dir), &t->err);
}

int zp_ledger_action_export(zp_ledger_task *t)
{
	const bool all = zp_option_given(t->given, "all") != NULL;
	const char *dir = t->rest[t->n - 1];
	if (t->n != (all ? 1 : 2)) {
		fprintf(stderr, zp_say("usage: zhiping ledger export ROUND DIR, or zhiping ledger export --all DIR\n"));
		return ZP_BAD_USE;
	}
	size_t n = 0;
	const zp_ledger_row *rows = zp_ledger_task_open(t, ZP_LEDGER_ADD) ? zp_ledger_rows(t->ledger, t->arena, &n, &t->err) : NULL;
	const zp_entry *named = rows && !all ? zp_ledger_task_entry(t, t->rest[0]) : NULL;
	zp_press *press = rows && (all || named) ? zp_press_open_folder(dir, &t->err) : NULL;
	if (!press)
		return zp_cli_fail(&t->err);
	bool good = all || zp_export(press, named, &t->err);
	zp_progress_stage(zp_watch_progress(t->watch), "exporting rounds", all ? n : 0);
	size_t written = 0;
	for (size_t i = 0; all && good && i < n; i++)
		if (!rows[i].disowned && (good = export_row(t, press, rows[i].id, rows[i].version)))
			written++;
	good = good && (!all || zp_export_acts(press, t->ledger, &t->err)) && put_event(t, all ? "" : t->rest[0], dir) && zp_press_publish(press, &t->err);
	zp_press_close(press);
	zp_watch_hush(t->watch);
	if (!good)
		return zp_cli_fail(&t->err);
	if (all && !zp_ledger_tell_disowned(t->ledger, t->arena, t->path, &t->err))
		return zp_cli_fail(&t->err);
	n = all ? written : 1;
	printf(zp_say_n("%zu version of rounds in %s\n", "%zu versions of rounds in %s\n", n), n, dir);
	return ZP_OK;
}

