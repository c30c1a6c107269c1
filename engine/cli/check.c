/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zhiping check: everything that is wrong with a round folder, and nothing scored. */
#include <stdlib.h>
#include "model/written.h"
#include "cli/check.h"
#include "run/hint.h"
#include "run/letter.h"

static int by_bytes(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

/* One line per accepted value, sorted by bytes; docs/formats/dump.md freezes the columns. */
static void dump(const zp_run *run)
{
	const zp_round *r = run->round;
	const zp_roster *roster = run->roster;
	for (size_t lab = 0; lab < roster->n_labs; lab++) { /* codes ascend, and a tab sorts before any of their characters */
		zp_arena *arena = zp_arena_open();
		size_t room = 0, n = 0;
		for (uint32_t e = roster->first_enrolment[lab]; e < roster->first_enrolment[lab + 1]; e++)
			room += roster->enrolments[e].n_declared * zp_run_programme(run, &roster->enrolments[e])->n_samples;
		char **lines = zp_take(arena, char *, room + 1);
		for (uint32_t e = roster->first_enrolment[lab]; e < roster->first_enrolment[lab + 1]; e++) {
			const zp_enrolment *enrolment = &roster->enrolments[e];
			const zp_programme *p = zp_run_programme(run, enrolment);
			for (size_t k = 0, i = enrolment->first_cell; k < enrolment->n_declared; k++) {
				const zp_measurand *m = &p->scheme->measurands[enrolment->declared[k]];
				for (size_t s = 0; s < p->n_samples; s++, i++) {
					char value[ZP_WRITTEN_BYTES];
					if ((r->state[i] != ZP_RETURNED && r->state[i] != ZP_LATE) || r->kind[i] == ZP_NOTHING)
						continue;
					zp_written(m, (zp_kind)r->kind[i], zp_round_value(r, i), -1, value);
					lines[n++] = zp_arena_print(arena, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s", roster->labs[lab].code, p->code,
								    m->code, p->samples[s], zp_kind_word(r->kind[i]), value, zp_measurand_unit(m),
								    zp_state_word(r->state[i]));
				}
			}
		}
		qsort(lines, n, sizeof *lines, by_bytes);
		for (size_t i = 0; i < n; i++)
			puts(lines[i]);
		zp_arena_close(arena);
	}
}

static void print_problems(const zp_run *run, bool chinese, FILE *where)
{
	zp_problems_print_in(run->rule_problems, chinese, where);
	zp_problems_print_in(run->input_problems, chinese, where);
	zp_problems_print_in(run->remarks, chinese, where);
}

static void summary(const zp_run *run, bool chinese)
{
	const zp_count *c = &run->count;
	const zp_plan *plan = run->book->plan;
	const size_t expected = run->round->n - run->count.not_asked;
	if (chinese)
		printf("质评 %s：%zu 家实验室，%zu 个专业，应报结果 %zu 个\n", plan->id, run->roster->n_labs, plan->n_programmes, expected);
	else
		printf("round %s: %zu laborator%s, %zu programme%s, %zu result%s expected\n", plan->id, run->roster->n_labs,
		       run->roster->n_labs == 1 ? "y" : "ies", plan->n_programmes, plan->n_programmes == 1 ? "" : "s", expected,
		       expected == 1 ? "" : "s");
	if (chinese)
		printf("读到的值 %zu = 采用 %zu + 搁置 %zu + 拒收 %zu + 空白 %zu\n", c->read, c->accepted, c->set_aside, c->refused, c->blank);
	else
		zp_cli_counts(run, stdout);
	printf(chinese ? "其中：重复 %zu，矛盾 %zu，迟报 %zu，未申报 %zu\n" : "among them: %zu sent twice, %zu in conflict, %zu late, %zu not declared\n",
	       c->duplicates, c->conflicts, c->late, c->undeclared);
	size_t states[ZP_STATES] = { 0 };
	for (size_t i = 0; i < run->round->n; i++)
		states[run->round->state[i]]++;
	fputs(chinese ? "结果状态：" : "results by state:", stdout);
	for (unsigned s = 0, told = 0; s < ZP_STATES; s++)
		if (states[s])
			printf("%s%s %zu", chinese && told++ == 0 ? "" : " ", chinese ? zp_state_says(s, true) : zp_state_word(s), states[s]);
	putchar('\n');
	zp_cli_hints(run, chinese, stdout);
}

/* ---- the command ---- */

typedef struct check_wish {
	bool dump, json, all, chinese, letters_all;
	const char *letters;
} check_wish;

/* 0 means that nobody need be written to and nothing looked at. */
static int code_of(const zp_run *run, const zp_receipt *receipts, const zp_error *err)
{
	int code = err->code ? (int)err->code : zp_problems_count(run->input_problems) ? ZP_BAD_INPUT : ZP_OK;
	if (code == ZP_OK && (zp_problems_count(run->remarks) || run->hints.n))
		code = ZP_WITHHELD;
	for (size_t i = 0; receipts && i < run->roster->n_labs && code == ZP_OK; i++)
		if (zp_receipt_calls(&receipts[i]))
			code = ZP_WITHHELD;
	return code;
}

/* Letters first: what is printed says how many there are. Gives: the exit code. */
static int tell(const zp_run *run, const check_wish *w, zp_error *err)
{
	zp_arena *arena = zp_arena_open();
	const zp_receipt *receipts = err->code ? NULL : zp_receipts_take(run, arena);
	const zp_letters_wish letters = { w->letters, w->chinese, w->letters_all };
	zp_error unwritten = { 0 };
	zp_check_outcome outcome = { code_of(run, receipts, err), err, w->letters, 0 };
	if (receipts && w->letters)
		outcome.n_letters = zp_letters_write(run, receipts, &letters, &unwritten);
	if (!err->code && zp_problems_count(run->input_problems))
		zp_fail(err, ZP_BAD_INPUT, NULL, 0, "the results cannot be used as they are");
	if (unwritten.code)
		outcome.code = (int)unwritten.code;
	if (w->json)
		zp_check_json(run, receipts, &outcome);
	else
		print_problems(run, w->chinese, w->dump ? stderr : stdout);
	if (receipts && w->dump)
		dump(run); /* also of a round in which something was refused: what was accepted stands */
	else if (receipts && !w->json) {
		summary(run, w->chinese);
		zp_check_table(run, receipts, w->all, w->chinese);
	}
	if (run->count.read && outcome.code > ZP_WITHHELD && w->dump)
		zp_cli_counts(run, stderr);
	if (outcome.n_letters && !w->json)
		fprintf(w->dump ? stderr : stdout, w->chinese ? "已为 %zu 家实验室写好通知：%s\n" : "letters for %zu laboratories in %s\n", outcome.n_letters, w->letters);
	if (err->code)
		zp_cli_fail(err);
	if (unwritten.code)
		zp_cli_fail(&unwritten);
	zp_arena_close(arena);
	return outcome.code;
}

static bool read_wish(const zp_given_options *given, check_wish *w)
{
	w->dump = zp_option_given(given, "dump") != NULL;
	w->json = zp_option_given(given, "json") != NULL;
	w->all = zp_option_given(given, "all") != NULL;
	w->letters = zp_option_given(given, "letters");
	w->letters_all = zp_option_given(given, "letters-all") != NULL;
	if (w->dump && w->json) {
		fprintf(stderr, zp_say("zhiping check: --dump and --json both want the output; expected one of them\n"));
		return false;
	}
	if (w->letters_all && !w->letters) {
		fprintf(stderr, zp_say("zhiping check: --letters-all needs --letters DIR\n"));
		return false;
	}
	return true;
}

int zp_command_check(const zp_command *self, int argc, char **argv)
{
	zp_given_options given;
	zp_error err = { 0 };
	long threads = 0;
	check_wish w;
	if (!zp_options_read(self, argc, argv, 1, 1, &given) || !zp_option_number(&given, "threads", 1, 256, &threads) ||
	    !zp_option_chinese(&given, &w.chinese) || !read_wish(&given, &w))
		return ZP_BAD_USE;
	zp_registry *registry = zp_cli_registry(&given);
	if (!registry)
		return ZP_BAD_PLUGIN;
	zp_run_wish wish = { given.rest[0], zp_cli_rules(&given), (unsigned)threads, .go_on = true, .each_owner = w.letters || w.json,
			     .remember = !zp_option_given(&given, "no-cache"), .eyes = ZP_EYES_TELL };
	zp_watch *watch = zp_watch_begin();
	wish.progress = zp_watch_progress(watch);
	zp_run *run = zp_run_open(registry, &wish, ZP_UNTIL_HINTS, &err);
	zp_watch_hush(watch);
	if (!err.code && !w.json) /* which has them in a form of their own */
		zp_hints_remark(run, run->remarks);
	int code = tell(run, &w, &err);
	zp_watch_end(watch);
	zp_run_close(run);
	zp_registry_close(registry);
	return code;
}
