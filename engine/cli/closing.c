/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What close, merge and amend share. */
#include <config.h>
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/confine.h"
#include "base/instant.h"
#include "book/approvals.h"
#include "cli/closing.h"
#include "cli/draft.h"
#include "cli/redact.h"
#include "ledger/trail.h"
#include "press/version.h"
#include "press/witness.h"
#include "run/drawn.h"

#define EMIT_WORDS zp_say("tables, certificates, reports, summary, workbook or pages")

bool zp_closing_emit(const char *list, unsigned *emit)
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

void zp_cli_laps(const zp_run *run)
{
	double total = 0, processor = 0;
	for (size_t i = 0; i < run->n_laps; i++)
		total += run->laps[i].seconds, processor += run->laps[i].processor;
	fprintf(stderr, "%-10s %9s %14s %7s %10s\n", "stage", "seconds", "results/s", "share", "processor");
	for (size_t i = 0; i < run->n_laps; i++) {
		const zp_lap *lap = &run->laps[i];
		fprintf(stderr, "%-10s %9.3f", lap->stage, lap->seconds);
		if (lap->rows && lap->seconds > 0)
			fprintf(stderr, " %14.0f", (double)lap->rows / lap->seconds);
		else
			fprintf(stderr, " %14s", "");
		fprintf(stderr, " %6.1f%% %10.3f\n", 100 * lap->seconds / total, lap->processor);
	}
	fprintf(stderr, "%-10s %9.3f %14s %7s %10.3f\n", "total", total, "", "", processor);
	char held[80];
	fprintf(stderr, "%-10s %s\n", "confined", zp_confine_says(held, sizeof held));
}

#define EASED (8u << 20) /* cells, of which one byte is looked at */

/* What could not be graded: told, and an exit code of its own. */
static size_t withheld(const zp_run *run)
{
	size_t n = 0;
	for (size_t i = 0; i < run->n_groups; i++)
		n += run->groups[i].ungradable != ZP_REASON_NONE && run->groups[i].n_members > 0;
	if (n)
		printf(zp_say("withheld: %zu groups without verdicts (see the column status of targets.csv)\n"), n);
	size_t conflicts = 0;
	for (size_t i = 0; i < run->round->n; i++) {
		conflicts += run->round->state[i] == ZP_CONFLICT;
		if (i % EASED == 0)
			zp_run_ease(run);
	}
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
	if (published)
		printf(zp_say("published in %s\n"), published);
	return code;
}

/* What was published into the ledger. The folder stands whatever becomes of it. */
static int append(zp_ledger *ledger, const char *published, zp_watch *watch, int code)
{
	zp_error err = { 0 };
	zp_progress_stage(zp_watch_progress(watch), "putting the round into the ledger", 0);
	bool is_in = false;
	int appended = zp_cli_append(ledger, published, watch, &is_in, &err);
	if (err.code)
		zp_cli_fail(&err);
	if (err.code && !is_in)
		fprintf(stderr, zp_say("zhiping: the round is published, and is not published again; zhiping ledger add %s puts it into the ledger\n"), published);
	return appended > code ? appended : code;
}

/* What can be published of it. The round stands whatever becomes of that. */
static int redact(const zp_closing *c, const char *published, const char *into, int code)
{
	zp_error err = { 0 };
	const char *made = zp_redact(c->arena, published, into, NULL, PACKAGE_STRING, c->signer, &err);
	if (made)
		printf(zp_say("made fit to be published: %s\n"), made);
	else
		zp_cli_fail(&err);
	return err.code ? (int)err.code : code;
}

bool zp_closing_date(const zp_command *self, const char *date)
{
	int year, month, day;
	if (date && zp_date_read(zp_text_of(date), &year, &month, &day))
		return true;
	fprintf(stderr, zp_say("zhiping %s: --issued YYYY-MM-DD is needed, and the date must be a real one\n"), self->name);
	return false;
}

bool zp_closing_read(zp_closing *c, const zp_command *self, int argc, char **argv)
{
	int year, month, day;
	*c = (zp_closing){ .self = self, .publish = { .engine = PACKAGE_STRING } };
	zp_publish_wish *publish = &c->publish;
	if (!zp_options_read(self, argc, argv, 1, 1, &c->given) || !zp_option_number(&c->given, "threads", 1, 256, &c->threads) ||
	    !zp_option_bytes(&c->given, "memory", ZP_SPILL_LEAST, &c->memory) || !zp_closing_emit(zp_option_given(&c->given, "emit"), &publish->emit))
		return false;
	publish->emit_named = zp_option_given(&c->given, "emit") != NULL;
	publish->into = zp_option_given(&c->given, "into");
	publish->issue = ZP_PLAIN_ISSUE(zp_option_given(&c->given, "issued"));
	c->draft = zp_option_given(&c->given, "draft") != NULL;
	c->ledger_path = zp_option_given(&c->given, "ledger");
	c->looks = zp_option_given(&c->given, "seals") || zp_option_given(&c->given, "missing"); /* of merge */
	if (c->looks)
		return zp_closing_date(self, publish->issue.date);
	if (!c->draft && (!publish->into || !*publish->into || !publish->issue.date || !zp_date_read(zp_text_of(publish->issue.date), &year, &month, &day))) {
		fprintf(stderr, zp_say("zhiping %s: --into DIR and --issued YYYY-MM-DD are needed, and the date must be a real one\n"), self->name);
		return false;
	}
	if (c->draft && (c->ledger_path || publish->emit_named)) {
		fprintf(stderr, zp_say("zhiping %s: --draft has nothing for a ledger, and writes tables only; expected it without --ledger and --emit\n"), self->name);
		return false;
	}
	if (c->draft && (zp_option_given(&c->given, "key") || zp_option_given(&c->given, "redact"))) {
		fprintf(stderr, zp_say("zhiping %s: a draft is neither signed nor redacted; expected --draft without --key and --redact\n"), self->name);
		return false;
	}
	if (c->ledger_path && !(publish->emit & ZP_EMIT_TABLES)) {
		fprintf(stderr, zp_say("zhiping %s: a ledger is filled from the tables; expected --emit with tables, or without --ledger\n"), self->name);
		return false;
	}
	return true;
}

/* Nothing is issued before the last result could come. */
static bool is_over(zp_closing *c)
{
	const char *closes = c->run->book->plan->closes_text, *issued = c->publish.issue.date;
	return strncmp(issued, closes, strlen("2026-01-01")) >= 0 ||
	       zp_fail(&c->err, ZP_BAD_USE, NULL, 0, "--issued %s lies before the round closes, %.10s; expected that day or a later one", issued, closes);
}

/* Nobody approves after the day of issue what was issued on it. */
static bool were_approved(zp_closing *c)
{
	const zp_decisions *all = c->run->decisions;
	for (size_t i = 0; i < all->n_approvals; i++) {
		const zp_approval *a = &all->approvals[i];
		if (strncmp(a->at, c->publish.issue.date, strlen("2026-01-01")) > 0)
			return zp_fail(&c->err, ZP_BAD_INPUT, "decisions.xml", a->line, "the approval is of %.10s, and the round is issued on %s; expected that day or an earlier one", a->at, c->publish.issue.date);
	}
	return true;
}

/* What the trail calls it: a round that is closed on several machines is closed. */
static const char *act_of(const zp_closing *c) { return c->parts ? "close" : c->self->name; }

/* Opened before anything else, so that a refusal can be told. */
static bool open_ledger(zp_closing *c)
{
	if (!c->ledger_path || (c->parts && c->looks && zp_ledger_is_new(c->ledger_path)))
		return true;
	c->ledger = c->publish.ledger = zp_ledger_open(c->ledger_path, c->looks ? ZP_LEDGER_ADD : ZP_LEDGER_WRITE, &c->err);
	if (!c->ledger)
		return false;
	zp_trail_by(c->ledger, zp_option_given(&c->given, "by"));
	const char *reason = zp_option_given(&c->given, "reason"); /* of an amendment */
	zp_trail_for(c->ledger, act_of(c), "", reason ? reason : "");
	return true;
}

/* In a ledger that several share. */
static bool is_ours_alone(zp_closing *c) { return !c->ledger || c->looks || zp_ledger_claim(c->ledger, c->run->book->plan->id, &c->err); }

/* Told before anything is published: what is fit to be published has a folder of its own. */
static bool may_redact(zp_closing *c)
{
	const char *into = zp_option_given(&c->given, "redact");
	struct stat own, other;
	if (!into)
		return true;
	const bool same = strcmp(into, c->publish.into) == 0 || (stat(into, &own) == 0 && stat(c->publish.into, &other) == 0 && own.st_dev == other.st_dev && own.st_ino == other.st_ino);
	const char *made = zp_arena_print(c->arena, "%s/%s/v1", into, c->run->book->plan->id);
	return (!same || zp_fail(&c->err, ZP_BAD_USE, NULL, 0, "--redact and --into name one folder, %s; expected two", into)) &&
	       (lstat(made, &own) != 0 || zp_fail(&c->err, ZP_BAD_INPUT, made, 0, "this round is published already, and what is published never changes; expected another folder"));
}

/* What is published begins as soon as all that came in is known; later where more is asked before: of parts, and of an earlier version. */
static bool may_begin(zp_closing *c)
{
	if (c->draft)
		return true;
	if (!is_over(c) || !were_approved(c) || !may_redact(c) || !is_ours_alone(c))
		return false;
	return c->looks || c->follows || c->parts || (c->press = zp_publish_begin(c->run, &c->publish, &c->err));
}

const char *zp_cli_head(zp_ledger *ledger, zp_arena *arena, const char *round, const char *version, const char *parts, zp_error *err)
{
	size_t n = 0;
	const long number = zp_version_number(version);
	const char *manifest = number ? zp_ledger_manifest(ledger, arena, round, (int)number, &n, err) : "";
	if (n)
		return zp_witness_head(arena, manifest, n);
	const char *drawn = !manifest ? NULL : parts ? zp_drawn_head(arena, parts, ledger, err) : "";
	return drawn && !*drawn ? zp_trail_head(ledger, arena, err) : drawn;
}

bool zp_closing_head(zp_closing *c)
{
	const bool drawn = zp_option_given(&c->given, "papers") || zp_option_given(&c->given, "seals");
	const char *head = c->ledger ? zp_cli_head(c->ledger, c->arena, c->run->book->plan->id, c->publish.issue.version, drawn ? c->parts : NULL, &c->err) : c->ledger_path ? ZP_TRAIL_BEGINNING : ""; /* one that the closing will make */
	c->publish.issue.bond.head = head ? head : "";
	return head != NULL;
}

/* What was judged is written while laboratories are ranked. */
static bool carry_on(zp_closing *c)
{
	const bool good = zp_run_on(c->run, ZP_UNTIL_JUDGE, &c->err);
	if (good && c->press && c->publish.emit & ZP_EMIT_TABLES)
		zp_tables_begin(c->run, c->press);
	return good && zp_run_on(c->run, ZP_UNTIL_RANK, &c->err);
}

bool zp_closing_run(zp_closing *c)
{
	c->arena = zp_arena_open();
	if (!open_ledger(c))
		return false;
	c->registry = zp_cli_registry(&c->given);
	if (!c->registry)
		return false;
	if (!zp_cli_signer(&c->given, c->publish.issue.date, &c->signer, &c->err)) /* before anything is worked out */
		return false;
	if (c->signer)
		c->publish.issue.signer = c->signer, c->publish.issue.bond.key = zp_signer_id(c->signer);
	zp_run_wish wish = { c->given.rest[0], zp_cli_rules(&c->given), (unsigned)c->threads, .memory = c->memory, .go_on = false, .engine = PACKAGE_STRING, .parts = c->parts, .eyes = c->draft || (c->looks && c->parts) ? ZP_EYES_SHUT : c->looks ? ZP_EYES_TELL : ZP_EYES_INSIST };
	c->watch = zp_watch_begin();
	wish.progress = zp_watch_progress(c->watch);
	c->run = zp_run_open(c->registry, &wish, ZP_UNTIL_INTAKE, &c->err);
	const bool came_in = !c->err.code, may = !came_in || may_begin(c), good = came_in && may && carry_on(c);
	zp_watch_hush(c->watch);
	zp_cli_problems(c->run, stderr);
	if (!good && may && c->run->count.read) /* it is the round that is refused */
		zp_cli_counts(c->run, stderr);
	return good;
}

void zp_cli_memory(uint64_t allowed)
{
	const uint64_t took = zp_spill_peak();
	if (allowed && took > allowed)
		fprintf(stderr, zp_say("zhiping: the run took %llu MiB of memory, more than --memory allows\n"), (unsigned long long)(took >> 20) + 1);
}

int zp_closing_tell(zp_closing *c, const char *published)
{
	int code = report(c->run, published);
	zp_cli_memory(c->memory);
	if (zp_option_given(&c->given, "redact"))
		code = redact(c, published, zp_option_given(&c->given, "redact"), code);
	if (c->ledger)
		code = append(c->ledger, published, c->watch, code);
	else if (!zp_press_current(c->publish.into, c->run->book->plan->id, c->publish.issue.version, &c->err))
		code = zp_cli_fail(&c->err);
	if (zp_option_given(&c->given, "timings"))
		zp_cli_laps(c->run);
	return code;
}

/* The failure is told already, whatever becomes of the event. Its subject is the id of the round, by which the centre whose round it is finds
 * it in a ledger that several share; its folder where no id could be read. */
static void put_refusal(zp_closing *c)
{
	zp_error err = { 0 };
	const zp_plan *plan = c->run && c->run->book ? c->run->book->plan : NULL;
	zp_trail_put(c->ledger, zp_arena_print(c->arena, "%s-refused", act_of(c)), plan && plan->id && *plan->id ? plan->id : c->given.rest[0], c->err.text, "", &err);
}

int zp_closing_draft(zp_closing *c)
{
	const int code = report(c->run, NULL);
	return zp_draft_print(c->run, c->publish.into, &c->err) ? code : zp_cli_fail(&c->err);
}

const char *zp_closing_put(zp_closing *c)
{
	zp_press *press = c->press ? c->press : zp_publish_begin(c->run, &c->publish, &c->err);
	c->press = NULL;
	const char *published = press ? zp_run_publish(c->run, press, &c->publish, &c->err) : NULL;
	zp_watch_hush(c->watch);
	return published;
}

int zp_closing_publish(zp_closing *c)
{
	const char *published = zp_closing_put(c);
	return published ? zp_closing_tell(c, published) : zp_cli_fail(&c->err);
}

int zp_closing_end(zp_closing *c, int code)
{
	zp_signer_close(c->signer);
	const bool refused = c->err.code && c->err.code != ZP_IO && c->err.code != ZP_BUG; /* a machine that fails decides nothing */
	if (c->ledger && refused && !c->looks)
		put_refusal(c);
	if (c->ledger)
		zp_ledger_close(c->ledger);
	if (c->watch)
		zp_watch_end(c->watch);
	if (c->press)
		zp_press_close(c->press);
	if (c->run)
		zp_run_close(c->run);
	if (c->registry)
		zp_registry_close(c->registry);
	zp_arena_close(c->arena);
	return code;
}
