/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of docs/methods/slips.md: what is found of planted slips, and how often honest results are taken for slips.
 * Arguments: the folder of the rules, a folder to work in, and how many seeds. */
#include <stdio.h>
#include <stdlib.h>
#include "model/hint.h"
#include "slip_tally.h"

extern const zp_plugin *const zp_builtin[];

static const char *const programmes[] = { "chemistry", "blood-count", "glucose" };
#define PROGRAMMES 3

static zp_simulation_wish with_slips(const char *into, size_t labs, uint64_t seed)
{
	zp_simulation_wish w = slip_wish_clean(into, labs, programmes, PROGRAMMES, seed);
	w.unit_slip = w.thousand_slip = 0.003;
	w.decimal_slip = 0.003;
	w.hundred_slip = w.false_sign = 0.001;
	w.swapped_samples = w.swapped_measurands = 0.02;
	w.repeated_results = w.copied_results = 0.02;
	w.scaled_copies = 0.5;
	return w;
}

static void print_found(size_t labs, const slip_tally *t)
{
	for (int k = 1; k < FAULTS; k++)
		printf("| %zu | `%s` | %zu | %zu | %zu | %zu | %zu |\n", labs, fault_words[k], t->planted[k], t->found[k], t->other[k], t->few[k],
		       t->planted[k] - t->found[k] - t->other[k] - t->few[k]);
}

static void print_alarms(const char *what, size_t labs, const slip_tally *t)
{
	printf("| %s | %zu | %zu |", what, labs, t->honest);
	for (unsigned k = 0; k < ZP_SLIPS; k++)
		printf(" %zu |", t->false_alarms[k]);
	putchar('\n');
}

int main(int argc, char **argv)
{
	static const size_t sizes[] = { 186, 1500 };
	if (argc != 4) {
		fprintf(stderr, "usage: slips RULES FOLDER SEEDS\n");
		return 2;
	}
	zp_registry *registry = zp_registry_open(zp_builtin);
	slip_tally faulty[2] = { 0 }, clean[2] = { 0 };
	char into[4096];
	snprintf(into, sizeof into, "%s/round", argv[2]);
	for (int i = 0; i < 2; i++)
		for (uint64_t seed = 1; seed <= (uint64_t)atoi(argv[3]); seed++) {
			zp_simulation_wish w = with_slips(into, sizes[i], seed), none = slip_wish_clean(into, sizes[i], programmes, PROGRAMMES, 1000 + seed);
			w.files = none.files = ZP_SIM_FILES_ONE;
			if (!slip_tally_add(&faulty[i], &w, registry, argv[1]) || !slip_tally_add(&clean[i], &none, registry, argv[1]))
				return 1;
		}
	printf("| laboratories | planted | how many | found | as another kind | too few to tell | missed |\n|---|---|---|---|---|---|---|\n");
	for (int i = 0; i < 2; i++)
		print_found(sizes[i], &faulty[i]);
	printf("\n| rounds | laboratories | honest results |");
	for (unsigned k = 0; k < ZP_SLIPS; k++)
		printf(" %s |", zp_slip_word(k));
	printf("\n|---|---|---|---|---|---|---|---|---|---|\n");
	for (int i = 0; i < 2; i++) {
		print_alarms("with slips", sizes[i], &faulty[i]);
		print_alarms("without", sizes[i], &clean[i]);
	}
	zp_registry_close(registry);
	return 0;
}
