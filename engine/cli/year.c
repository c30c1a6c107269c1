/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zhiping year: what closed rounds become over a year. */
#include <config.h>
#include <stdlib.h>
#include <unistd.h>
#include "base/instant.h"
#include "book/book.h"
#include "cli/cli.h"
#include "ledger/ledger.h"
#include "press/outbox.h"
#include "year/evidence.h"
#include "year/lists.h"
#include "year/papers.h"
#include "year/record.h"
#include "year/year.h"

#define VERSIONS_MOST 999
#define INPUTS_MOST 8

typedef struct work {
	const zp_given_options *given;
	const char *into, *folder; /* of the year within `into`: "year-2026" */
	zp_arena *arena;
	zp_problems *input, *rules;
	zp_year_wish wish;
	zp_input inputs[INPUTS_MOST];
	size_t n_inputs;
	const char *version;
	zp_error err;
} work;

static void say(void *self, const char *sentence)
{
	(void)self;
	fputs("zhiping: ", stderr);
	zp_text_print(zp_text_of(sentence), stderr);
	putc('\n', stderr);
}

/* ---- what it is told ---- */

static bool read_rules(work *w)
{
	const char *name = zp_option_given(w->given, "rules-year"), *rules_dir = zp_cli_rules(w->given), *regions = zp_option_given(w->given, "regions");
	w->wish.rules = zp_year_rules_read(w->arena, rules_dir, name ? name : "default", w->rules);
	if (regions)
		w->wish.regions = zp_regions_read(w->arena, rules_dir, ".", regions, w->rules);
	return w->wish.rules && (!regions || w->wish.regions);
}

static bool read_identity(work *w)
{
	const char *path = zp_option_given(w->given, "identity");
	w->wish.identity = w->wish.identity_before = zp_identity_none(w->arena);
	if (!path)
		return true;
	w->wish.identity = zp_identity_read(w->arena, path, path, w->wish.rules, w->wish.year, w->input);
	if (!w->wish.identity)
		return false;
	w->wish.identity_before = zp_identity_read(w->arena, path, path, w->wish.rules, w->wish.year - 1, w->input);
	w->inputs[w->n_inputs++] = w->wish.identity->input;
	return w->wish.identity_before != NULL;
}

static bool read_performed(work *w)
{
	const char *path = zp_option_given(w->given, "performed");
	if (!path)
		return true;
	w->wish.performed_file = path;
	w->wish.performed = zp_performed_read(w->arena, path, path, &w->wish.n_performed, &w->inputs[w->n_inputs], w->input);
	w->n_inputs += w->wish.performed != NULL;
	return w->wish.performed != NULL;
}

static bool read_evidence(work *w)
{
	const char *path = zp_option_given(w->given, "evidence");
	if (!path)
		return true;
	const zp_evidence_file *e = zp_evidence_read(w->arena, path, path, w->wish.year, w->wish.issued, w->input);
	if (!e)
		return false;
	w->wish.evidence = e;
	w->inputs[w->n_inputs++] = e->input;
	return true;
}

/* ---- versions ---- */

static bool is_there(work *w, unsigned version, const char *file)
{
	return access(zp_arena_print(w->arena, "%s/%s/v%u%s%s", w->into, w->folder, version, *file ? "/" : "", file), F_OK) == 0;
}

static bool choose_version(work *w)
{
	unsigned versions = 0;
	while (versions < VERSIONS_MOST && is_there(w, versions + 1, ""))
		versions++;
	if (versions && !zp_option_given(w->given, "amend"))
		return zp_fail(&w->err, ZP_BAD_INPUT, NULL, 0, "%s/%s/v%u is published already; with --amend the year gets a new version, and the old one stays",
			       w->into, w->folder, versions);
	w->version = zp_arena_print(w->arena, "v%u", versions + 1);
	return true;
}

/* ---- the work ---- */

static size_t rounds_in(const zp_year *year)
{
	size_t n = 0;
	for (size_t i = 0; i < year->wish->annals->n; i++)
		n += year->wish->annals->rounds[i].year == year->wish->year;
	return n;
}

static bool publish(work *w, const zp_year *year)
{
	zp_press *press = zp_press_open(w->into, w->folder, w->version, &w->err);
	if (!press)
		return false;
	bool good = zp_press_folder(press, "centre", &w->err) && zp_year_tables(year, press, NULL, &w->err) && zp_year_records(year, press, &w->err) &&
		zp_year_manifest(year, "zhiping " PACKAGE_VERSION, w->inputs, w->n_inputs, press, &w->err) && zp_press_publish(press, &w->err);
	if (good)
		printf("%s: %zu laborator%s, %zu programme%s, %zu of %zu round%s in the year\n", zp_press_target(press), year->chronicle->n_labs,
		       year->chronicle->n_labs == 1 ? "y" : "ies", year->chronicle->n_programmes, year->chronicle->n_programmes == 1 ? "" : "s",
		       rounds_in(year), year->wish->annals->n, year->wish->annals->n == 1 ? "" : "s");
	zp_press_close(press);
	return good;
}

/* Numbers are in the ledger before anybody can read them. It is closed then: nothing that is published later comes from it. */
static bool work_out(work *w, zp_ledger *ledger, bool chinese)
{
	const zp_year *year = zp_year_take(w->arena, &w->wish, w->input, &w->err);
	const bool put = year && zp_papers_put(year, ledger, &w->err);
	zp_ledger_close(ledger);
	if (!put)
		return false;
	zp_year_tell(year, w->arena, chinese, say, NULL);
	return publish(w, year);
}

static int outcome(work *w, bool chinese)
{
	zp_problems_print_in(w->rules, chinese, stderr);
	zp_problems_print_in(w->input, chinese, stderr);
	if (w->err.code)
		return zp_cli_fail(&w->err);
	return zp_problems_count(w->rules) ? ZP_BAD_RULES : ZP_BAD_INPUT;
}

static bool counts(const zp_annals *annals, const zp_ledger_conflict *c)
{
	for (size_t i = 0; i < annals->n; i++)
		if (strcmp(annals->rounds[i].id, c->id) == 0 && atoi(annals->rounds[i].version + 1) == c->version)
			return true;
	return false;
}

/* What the ledger withheld counts in no year: whoever issues papers must know. */
static bool tell_conflicts(work *w, zp_ledger *ledger, bool chinese)
{
	size_t n;
	const zp_ledger_conflict *all = zp_ledger_conflicts(ledger, w->arena, &n, &w->err);
	for (size_t i = 0; i < n; i++) {
		if (w->wish.rules->merge_refuse && counts(w->wish.annals, &all[i]))
			return zp_fail(&w->err, ZP_BAD_INPUT, zp_ledger_path(ledger), 0,
				       "round %s v%d has two contents (the manifest of the one that was withheld has the digest %.16s); "
				       "the rules of the year refuse that. Expected a newer version of the round", all[i].id, all[i].version, all[i].digest);
		say(NULL, zp_arena_print(w->arena, chinese ? "轮次 %s v%d 另有一份内容不同的记录被台账搁置（清单摘要 %.16s）：以先入账的为准" :
					 "of round %s v%d another content was withheld by the ledger (its manifest has the digest %.16s): the one that came first counts",
					 all[i].id, all[i].version, all[i].digest));
	}
	return all != NULL;
}

/* Two papers with one number are in people's hands: of two centres, or from two copies of one ledger. */
static bool tell_paper_conflicts(work *w, zp_ledger *ledger, bool chinese)
{
	size_t n;
	const zp_paper_conflict *all = zp_ledger_paper_conflicts(ledger, w->arena, &n, &w->err);
	for (size_t i = 0; i < n; i++)
		say(NULL, zp_arena_print(w->arena, chinese ? "编号 %s 另有一张内容不同的证书被台账搁置（摘要 %.16s）：以先入账的为准" :
					 "another paper with the number %s was withheld by the ledger (its digest is %.16s): the one that came first counts",
					 all[i].number, all[i].digest));
	return all != NULL;
}

static void tell_fault(void *self, const char *sentence)
{
	(void)self;
	fprintf(stderr, "%s\n", sentence);
}

/* Papers are made of what was put in, and of nothing else. */
static bool is_intact(work *w, zp_ledger *ledger, const char *path)
{
	const long told = zp_ledger_check(ledger, tell_fault, NULL, &w->err);
	return told == 0 || (told > 0 && zp_fail(&w->err, ZP_BAD_INPUT, path, 0, "the ledger is not as it was put in, so that no year is worked out of it"));
}

static bool read_ledger(work *w, zp_ledger *ledger, const char *path, bool chinese)
{
	if (!is_intact(w, ledger, path))
		return false;
	w->wish.annals = zp_annals_take(ledger, w->arena, 0, w->wish.year, &w->err);
	w->wish.issued_before = w->wish.annals ? zp_issued_take(ledger, w->arena, &w->wish.n_issued_before, &w->err) : NULL;
	return w->wish.issued_before && tell_conflicts(w, ledger, chinese) && tell_paper_conflicts(w, ledger, chinese);
}

static int run(work *w, const char *ledger_path, bool chinese)
{
	const bool read = read_rules(w) && read_identity(w) && read_performed(w) && read_evidence(w) && choose_version(w);
	zp_ledger *ledger = read ? zp_ledger_open(ledger_path, ZP_LEDGER_ADD, &w->err) : NULL;
	if (!ledger)
		return outcome(w, chinese);
	if (!read_ledger(w, ledger, ledger_path, chinese)) {
		zp_ledger_close(ledger);
		return outcome(w, chinese);
	}
	return work_out(w, ledger, chinese) ? ZP_OK : outcome(w, chinese);
}

int zp_command_year(const zp_command *self, int argc, char **argv)
{
	zp_given_options given;
	bool chinese = false;
	int year, month, day;
	long threads = 0;
	if (!zp_options_read(self, argc, argv, 1, 1, &given) || !zp_option_chinese(&given, &chinese) ||
	    !zp_option_number(&given, "threads", 1, 256, &threads))
		return ZP_BAD_USE;
	work w = { .given = &given, .into = zp_option_given(&given, "into"), .wish.issued = zp_option_given(&given, "issued") };
	const char *ledger = zp_option_given(&given, "ledger");
	if (!w.into || !*w.into || !ledger || !w.wish.issued || !zp_date_read(zp_text_of(w.wish.issued), &year, &month, &day)) {
		fprintf(stderr, "zhiping year: --ledger FILE, --into DIR and --issued YYYY-MM-DD are needed, and the date must be a real one\n");
		return ZP_BAD_USE;
	}
	if (strlen(given.rest[0]) != 4 || strspn(given.rest[0], "0123456789") != 4 || *given.rest[0] == '0') {
		fprintf(stderr, "zhiping year: \"%s\" is no year; expected four digits\n", given.rest[0]);
		return ZP_BAD_USE;
	}
	w.arena = zp_arena_open();
	w.input = zp_problems_take(w.arena);
	w.rules = zp_problems_take(w.arena);
	w.wish.threads = (unsigned)threads;
	w.wish.year = (int)strtol(given.rest[0], NULL, 10);
	w.folder = zp_arena_print(w.arena, "year-%d", w.wish.year);
	const int code = run(&w, ledger, chinese);
	zp_arena_close(w.arena);
	return code;
}
