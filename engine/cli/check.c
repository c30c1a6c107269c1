/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zhiping check: everything that is wrong with a round folder, and nothing scored. */
#include <stdlib.h>
#include "cli/cli.h"

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
					char value[ZP_DECIMAL_TEXT];
					if ((r->state[i] != ZP_RETURNED && r->state[i] != ZP_LATE) || r->kind[i] == ZP_NOTHING)
						continue;
					zp_decimal_write(zp_round_value(r, i), value);
					lines[n++] = zp_arena_print(arena, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s", roster->labs[lab].code, p->code,
								    m->code, p->samples[s], zp_kind_word(r->kind[i]), value, m->unit,
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

static void summary(const zp_run *run)
{
	const zp_count *c = &run->count;
	const zp_plan *plan = run->book->plan;
	printf("round %s: %zu laboratories, %zu programmes, %zu results expected\n", plan->id, run->roster->n_labs, plan->n_programmes,
	       run->round->n);
	zp_cli_counts(run, stdout);
	printf("among them: %zu sent twice, %zu in conflict, %zu late, %zu not declared\n", c->duplicates, c->conflicts, c->late,
	       c->undeclared);
	size_t states[ZP_STATES] = { 0 };
	for (size_t i = 0; i < run->round->n; i++)
		states[run->round->state[i]]++;
	printf("results by state:");
	for (unsigned s = 0; s < ZP_STATES; s++)
		if (states[s])
			printf(" %s %zu", zp_state_word(s), states[s]);
	putchar('\n');
}

int zp_command_check(const zp_command *self, int argc, char **argv)
{
	zp_given_options given;
	zp_error err = { 0 };
	long threads = 0;
	if (!zp_options_read(self, argc, argv, 1, 1, &given) || !zp_option_number(&given, "threads", 1, 256, &threads))
		return ZP_BAD_USE;
	zp_registry *registry = zp_cli_registry(&given);
	if (!registry)
		return ZP_BAD_PLUGIN;
	zp_run_wish wish = { given.rest[0], zp_cli_rules(&given), (unsigned)threads, .go_on = true };
	zp_run *run = zp_run_open(registry, &wish, ZP_UNTIL_INTAKE, &err);
	bool dumping = zp_option_given(&given, "dump") != NULL;
	zp_cli_problems(run, dumping ? stderr : stdout);
	bool wrong = err.code || zp_problems_count(run->input_problems);
	if (wrong && run->count.read)
		zp_cli_counts(run, dumping ? stderr : stdout);
	if (!err.code && dumping)
		dump(run); /* also of a round in which something was refused: what was accepted stands */
	else if (!wrong)
		summary(run);
	if (wrong && !err.code)
		zp_fail(&err, ZP_BAD_INPUT, NULL, 0, "the results cannot be used as they are");
	if (wrong)
		zp_cli_fail(&err);
	zp_run_close(run);
	zp_registry_close(registry);
	return err.code;
}
