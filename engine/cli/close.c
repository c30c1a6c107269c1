/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zhiping close: from a round folder to what is published. */
#include <config.h>
#include "base/instant.h"
#include "cli/cli.h"
#include "cli/redact.h"
#include "ledger/ledger.h"
#include "run/publish.h"

#define EMIT_WORDS zp_say("tables, certificates, reports, summary, workbook or pages")

static bool read_emit(const char *list, unsigned *emit)
{
	*emit = list ? 0 : ZP_EMIT_ALL;
	for (const char *p = list; p && *p;) {
		size_t n = strcspn(p, ","), k = 0;
		while (k < zp_emit_n_words && !zp_text_same((zp_text){ p, n }, zp_text_of(zp_emit_words[k].word)))
			k++;
		if (k == zp_emit_n_words) {
			fprintf(stderr, zp_say("zhiping: --emit \"%.*s\" is not known; expected %s\n"), (int)n, p, EMIT_WORDS);
			return false;
		}
		*emit |= zp_emit_words[k].bit;
		p += n + (p[n] == ',');
	}
	if (!*emit)
		fprintf(stderr, zp_say("zhiping: --emit names nothing; expected %s\n"), EMIT_WORDS);
	return *emit != 0;
}

static void print_laps(const zp_run *run)
{
	double total = 0;
	for (size_t i = 0; i < run->n_laps; i++)
		total += run->laps[i].seconds;
	fprintf(stderr, "%-10s %9s %14s %7s\n", "stage", "seconds", "results/s", "share");
	for (size_t i = 0; i < run->n_laps; i++) {
		const zp_lap *lap = &run->laps[i];
		fprintf(stderr, "%-10s %9.3f", lap->stage, lap->seconds);
		if (lap->rows && lap->seconds > 0)
			fprintf(stderr, " %14.0f", (double)lap->rows / lap->seconds);
		else
			fprintf(stderr, " %14s", "");
		fprintf(stderr, " %6.1f%%\n", 100 * lap->seconds / total);
	}
	fprintf(stderr, "%-10s %9.3f\n", "total", total);
}

/* What could not be graded: told, and an exit code of its own. */
static size_t withheld(const zp_run *run)
{
	size_t n = 0;
	for (size_t i = 0; i < run->n_groups; i++)
		n += run->groups[i].ungradable != ZP_REASON_NONE && run->groups[i].n_members > 0;
	if (n)
		printf(zp_say("withheld: %zu groups without verdicts (see the column status of targets.csv)\n"), n);
	size_t conflicts = 0;
	for (size_t i = 0; i < run->round->n; i++)
		conflicts += run->round->state[i] == ZP_CONFLICT;
	if (conflicts)
		printf(zp_say("withheld: %zu results with conflicting values await a decision\n"), conflicts);
	return n + conflicts;
}

/* In few words, before those of the column. */
static const char *const doubts_chinese[ZP_DOUBTS] = { "同组结果少", "中间一半结果相同", "离散度为零", "靶值不确定度大", "多峰", "与参考值不符", "样品不均匀", "样品不稳定", "方法间有差异" };

/* What is to be said of targets that were used all the same. */
static void doubtful(const zp_run *run)
{
	size_t groups = 0, of[ZP_DOUBTS] = { 0 };
	for (size_t i = 0; i < run->n_groups; i++) {
		if (!run->groups[i].n_members)
			continue;
		groups += run->groups[i].doubts != 0;
		for (unsigned bit = 0; bit < ZP_DOUBTS; bit++)
			of[bit] += run->groups[i].doubts >> bit & 1;
	}
	if (!groups)
		return;
	printf(zp_say_n("doubts: %zu group:", "doubts: %zu groups:", groups), groups);
	const bool chinese = zp_words_chinese();
	const char *before = chinese ? "" : " ";
	for (unsigned bit = 0; bit < ZP_DOUBTS; bit++)
		if (of[bit]) {
			if (chinese)
				printf("%s%s（%s）%zu", before, doubts_chinese[bit], zp_doubt_word(bit), of[bit]);
			else
				printf("%s%s %zu", before, zp_doubt_word(bit), of[bit]);
			before = chinese ? "、" : ", ";
		}
	printf(zp_say(" (see the column doubts of targets.csv)\n"));
}

static int report(zp_run *run, const char *published)
{
	zp_cli_counts(run, stdout);
	printf(zp_say("%zu laboratories, %zu results expected, %zu groups with their targets\n"), run->roster->n_labs, run->round->n - run->count.not_asked,
	       run->n_groups);
	zp_cli_hints(run, zp_words_chinese(), stdout);
	doubtful(run);
	int code = withheld(run) ? ZP_WITHHELD : ZP_OK;
	printf(zp_say("published in %s\n"), published);
	return code;
}

/* What was published into the ledger. The folder stands whatever becomes of it. */
static int append(zp_ledger *ledger, const char *published, zp_watch *watch, int code)
{
	zp_error err = { 0 };
	zp_progress_stage(zp_watch_progress(watch), "putting the round into the ledger", 0);
	int appended = zp_cli_append(ledger, published, watch, &err);
	if (err.code) {
		zp_cli_fail(&err);
		fprintf(stderr, zp_say("zhiping: the round is published, but it is not in the ledger; zhiping ledger add %s puts it there\n"), published);
	}
	return appended > code ? appended : code;
}

/* What can be published of it. The round stands whatever becomes of that. */
static int redact(const char *published, const char *into, int code)
{
	zp_error err = { 0 };
	zp_arena *arena = zp_arena_open();
	const char *made = zp_redact(arena, published, into, NULL, PACKAGE_STRING, &err);
	if (made)
		printf(zp_say("made fit to be published: %s\n"), made);
	else
		zp_cli_fail(&err);
	zp_arena_close(arena);
	return err.code ? (int)err.code : code;
}

int zp_command_close(const zp_command *self, int argc, char **argv)
{
	zp_given_options given;
	zp_error err = { 0 };
	long threads = 0;
	int year, month, day;
	zp_publish_wish publish = { .engine = PACKAGE_STRING };
	if (!zp_options_read(self, argc, argv, 1, 1, &given) || !zp_option_number(&given, "threads", 1, 256, &threads) ||
	    !read_emit(zp_option_given(&given, "emit"), &publish.emit))
		return ZP_BAD_USE;
	publish.emit_named = zp_option_given(&given, "emit") != NULL;
	publish.into = zp_option_given(&given, "into");
	publish.issue = ZP_PLAIN_ISSUE(zp_option_given(&given, "issued"));
	if (!publish.into || !*publish.into || !publish.issue.date || !zp_date_read(zp_text_of(publish.issue.date), &year, &month, &day)) {
		fprintf(stderr, zp_say("zhiping close: --into DIR and --issued YYYY-MM-DD are needed, and the date must be a real one\n"));
		return ZP_BAD_USE;
	}
	const char *ledger_path = zp_option_given(&given, "ledger");
	if (ledger_path && !(publish.emit & ZP_EMIT_TABLES)) {
		fprintf(stderr, zp_say("zhiping close: a ledger is filled from the tables; expected --emit with tables, or without --ledger\n"));
		return ZP_BAD_USE;
	}
	zp_registry *registry = zp_cli_registry(&given);
	if (!registry)
		return ZP_BAD_PLUGIN;
	zp_run_wish wish = { given.rest[0], zp_cli_rules(&given), (unsigned)threads, .go_on = false };
	zp_watch *watch = zp_watch_begin();
	wish.progress = zp_watch_progress(watch);
	zp_run *run = zp_run_open(registry, &wish, ZP_UNTIL_RANK, &err);
	zp_watch_hush(watch);
	zp_cli_problems(run, stderr);
	if (err.code && run->count.read)
		zp_cli_counts(run, stderr);
	zp_ledger *ledger = ledger_path && !err.code ? zp_ledger_open(ledger_path, ZP_LEDGER_WRITE, &err) : NULL; /* before anything is published */
	publish.ledger = ledger;
	const char *published = err.code ? NULL : zp_run_publish(run, &publish, &err);
	zp_watch_hush(watch);
	int code = published ? report(run, published) : zp_cli_fail(&err);
	if (published && zp_option_given(&given, "redact"))
		code = redact(published, zp_option_given(&given, "redact"), code);
	if (ledger && published)
		code = append(ledger, published, watch, code);
	if (ledger)
		zp_ledger_close(ledger);
	zp_watch_end(watch);
	if (published && zp_option_given(&given, "timings"))
		print_laps(run);
	zp_run_close(run);
	zp_registry_close(registry);
	return code;
}
