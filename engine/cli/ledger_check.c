/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zhiping ledger: whether it is as it was put in, and its trail. */
#include <config.h>
#include <stdlib.h>
#include <sys/stat.h>
#include "cli/ledger.h"
#include "cli/picture.h"
#include "ledger/acts.h"
#include "press/version.h"
#include "press/witness.h"

/* ---- check ---- */

typedef struct finding { zp_ledger_task *task; const char *first; } finding;

static void tell_fault(void *self, const char *sentence)
{
	finding *f = self;
	zp_watch_wipe(f->task->watch);
	zp_ledger_say("%s: %s", f->task->path, sentence);
	if (!f->first)
		f->first = zp_arena_print(f->task->arena, "%s", sentence);
}

static bool take_head(zp_ledger_task *t, const char *given, zp_witness *out)
{
	const size_t n = strlen(given);
	char *head = zp_arena_take(t->arena, n + 1);
	for (size_t i = 0; i <= n; i++)
		head[i] = given[i] >= 'A' && given[i] <= 'F' ? (char)(given[i] - 'A' + 'a') : given[i];
	*out = (zp_witness){ "--head", head, "", "" };
	return (n >= ZP_WITNESS_DIGITS && n < ZP_DIGEST_TEXT && strspn(head, "0123456789abcdef") == n) ||
	       zp_fail(&t->err, ZP_BAD_USE, NULL, 0, "--head \"%s\" is no head of a trail; expected its 64 hexadecimal digits, or the first of them, at least %d", given,
		       ZP_WITNESS_DIGITS);
}

/* What was published and what is printed: folders after --against and beside it, and heads. */
static bool take_witnesses(zp_ledger_task *t, const zp_witness **out, size_t *n)
{
	zp_witness *all = zp_take(t->arena, zp_witness, (size_t)t->n + ZP_GIVEN_MOST);
	bool good = true;
	const char *given;
	*n = 0;
	*out = all;
	for (size_t at = 0; good && (given = zp_option_next(t->given, "head", &at)) != NULL;)
		good = take_head(t, given, &all[(*n)++]);
	for (size_t at = 0; good && (given = zp_option_next(t->given, "against", &at)) != NULL;)
		good = zp_witness_read(t->arena, given, &all[(*n)++], &t->err);
	for (int i = 0; i < t->n && good; i++)
		good = zp_witness_read(t->arena, t->rest[i], &all[(*n)++], &t->err);
	return good;
}

/* ---- versions that are gone ---- */

/* Whether the version lies beside what was published, or was named itself. */
static bool is_seen(zp_ledger_task *t, const zp_witness *all, size_t n, const zp_witness *w, const char *subject)
{
	struct stat about;
	for (size_t i = 0; i < n; i++)
		if (strcmp(all[i].subject, subject) == 0)
			return true;
	const char *version = strrchr(subject, '/') + 1, *slash = strrchr(w->place, '/');
	if (stat(w->place, &about) == 0 && S_ISDIR(about.st_mode))
		return stat(zp_arena_print(t->arena, "%s/../%s", w->place, version), &about) == 0;
	return stat(zp_arena_print(t->arena, "%.*s../%s", slash ? (int)(slash + 1 - w->place) : 0, w->place, version), &about) == 0;
}

/* Of a round or a year that was published, later versions which were put in: whoever takes one away leaves the earlier one behind as if it
 * counted. Gives: how many were told; -1 with the failure. */
static long tell_gone(zp_ledger_task *t, const zp_witness *all, size_t n, finding *found)
{
	size_t n_events = 0;
	long told = 0;
	const zp_event *events = n ? zp_trail_take(t->ledger, t->arena, &n_events, &t->err) : NULL;
	for (size_t i = 0; i < n && events; i++) {
		const char *slash = strrchr(all[i].subject, '/');
		const long own = slash ? zp_version_number(slash + 1) : 0;
		for (size_t k = 0; own && k < n_events; k++) {
			const zp_event *e = &events[k];
			const bool put = strncmp(e->what, "add-withheld", 12) != 0 && (*zp_trail_said(t->arena, e->detail, "content") || strcmp(e->what, "year") == 0);
			const size_t before = (size_t)(slash - all[i].subject) + 1;
			if (!put || strncmp(e->subject, all[i].subject, before) != 0 || zp_version_number(e->subject + before) <= own || is_seen(t, all, n, &all[i], e->subject))
				continue;
			zp_error err = { 0 };
			zp_fail(&err, ZP_BAD_INPUT, NULL, 0, "the ledger has %s, and its folder does not lie beside %s: a later version was taken away or is kept elsewhere", e->subject,
				all[i].place);
			tell_fault(found, err.told);
			told++;
		}
	}
	return n && !events ? -1 : told;
}

/* What was found, as far as the file can still be written: nothing is put into one that is damaged, or after a trail that does not hang
 * together. */
static int failed(zp_ledger_task *t, const finding *found, long told, bool is_sound)
{
	zp_error err = { 0 };
	if (is_sound)
		zp_trail_put(t->ledger, "check-failed", "", found->first, zp_arena_print(t->arena, "found=%ld", told), &err);
	return ZP_BAD_INPUT;
}

int zp_ledger_action_check(zp_ledger_task *t)
{
	size_t n = 0, n_witnesses = 0;
	const zp_witness *witnesses;
	bool is_sound = false;
	finding found = { t, NULL };
	if (t->n && !zp_option_given(t->given, "against"))
		zp_fail(&t->err, ZP_BAD_USE, NULL, 0, "\"%s\" is not understood; expected --against before published folders", t->rest[0]);
	long told = !t->err.code && take_witnesses(t, &witnesses, &n_witnesses) && zp_ledger_task_open(t, ZP_LEDGER_READ)
			    ? zp_ledger_check(t->ledger, tell_fault, &found, &is_sound, &t->err) : -1;
	const long against = told < 0 ? -1 : zp_trail_against(t->ledger, witnesses, n_witnesses, tell_fault, &found, &t->err);
	const long gone = against < 0 ? -1 : tell_gone(t, witnesses, n_witnesses, &found);
	zp_watch_hush(t->watch);
	if (gone < 0)
		return zp_cli_fail(&t->err);
	if (told + against + gone)
		return failed(t, &found, told + against + gone, is_sound);
	const zp_ledger_row *rows = zp_ledger_rows(t->ledger, t->arena, &n, &t->err);
	size_t papers = 0, decisions = 0, events = 0;
	if (!rows || !zp_ledger_papers(t->ledger, t->arena, &papers, &t->err) || !zp_ledger_decisions(t->ledger, t->arena, &decisions, &t->err) ||
	    !zp_trail_take(t->ledger, t->arena, &events, &t->err))
		return zp_cli_fail(&t->err);
	printf("%s: ", t->path);
	printf(zp_say_n("%zu version of rounds", "%zu versions of rounds", n), n);
	printf(zp_say_n(", %zu paper", ", %zu papers", papers), papers);
	printf(zp_say_n(", %zu decision", ", %zu decisions", decisions), decisions);
	printf(zp_say_n(", %zu event", ", %zu events", events), events);
	fputs(zp_say(", each as it was put in\n"), stdout);
	const int future = zp_ledger_tell_future(rows, n, zp_option_given(t->given, "issued")), conflicts = zp_ledger_tell_conflicts(t);
	return conflicts > future ? conflicts : future;
}

/* ---- the trail ---- */

static void print_member(const char *name, const char *value)
{
	printf(", \"%s\": ", name);
	zp_print_json_text(value);
}

static void print_json(const zp_event *events, size_t n)
{
	putchar('[');
	for (size_t i = 0; i < n; i++) {
		const zp_event *e = &events[i];
		printf("%s\n{\"seq\": %lld", i ? "," : "", (long long)e->seq);
		print_member("at", e->at), print_member("who", e->who), print_member("what", e->what), print_member("subject", e->subject);
		print_member("why", e->why), print_member("detail", e->detail), print_member("before", e->before), print_member("hash", e->hash);
		putchar('}');
	}
	puts(n ? "\n]" : "]");
}

static void print_events(const zp_event *events, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const zp_event *e = &events[i];
		printf("%lld  %s  %.16s  ", (long long)e->seq, e->at, e->hash);
		zp_print_cell(e->what, 14);
		const char *const texts[] = { e->subject, e->who, e->why, e->detail };
		for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
			fputs(*texts[k] ? "  " : "", stdout);
			zp_text_print(zp_text_of(texts[k]), stdout);
		}
		putchar('\n');
	}
}

int zp_ledger_action_events(zp_ledger_task *t)
{
	size_t n = 0;
	const zp_event *events = zp_ledger_task_open(t, ZP_LEDGER_READ) ? zp_trail_take(t->ledger, t->arena, &n, &t->err) : NULL;
	if (!events)
		return zp_cli_fail(&t->err);
	if (zp_option_given(t->given, "json"))
		print_json(events, n);
	else
		print_events(events, n);
	return ZP_OK;
}

int zp_ledger_action_head(zp_ledger_task *t)
{
	const char *head = zp_ledger_task_open(t, ZP_LEDGER_READ) ? zp_trail_head(t->ledger, t->arena, &t->err) : NULL;
	if (!head)
		return zp_cli_fail(&t->err);
	puts(head);
	return ZP_OK;
}
