/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is found of planted slips, and that nobody honest is accused: bounds on fixed seeds. docs/methods/slips.md has the table. */
#include "simulated.h"
#include "model/hint.h"
#include "study/slip_tally.h"

TestSuite(hints, .init = set_up, .fini = tear_down);

static const char *const three[] = { "chemistry", "blood-count", "glucose" };

static zp_simulation_wish clean_of(size_t labs, uint64_t seed)
{
	zp_simulation_wish w = slip_wish_clean(inside("r"), labs, three, 3, seed);
	w.files = ZP_SIM_FILES_ONE;
	return w;
}

static void add(slip_tally *t, zp_simulation_wish w)
{
	cr_assert(slip_tally_add(t, &w, registry, RULES));
}

static void expect_no_alarm(const slip_tally *t)
{
	for (unsigned k = 0; k < ZP_SLIPS; k++)
		cr_expect_eq(t->false_alarms[k], 0, "%zu false alarms of kind %s", t->false_alarms[k], zp_slip_word(k));
}

Test(hints, a_hundred_thousand_honest_results_give_no_hint_at_all)
{
	slip_tally t = { 0 };
	for (uint64_t seed = 1; seed <= 4; seed++)
		add(&t, clean_of(186, seed));
	add(&t, clean_of(1500, 5));
	cr_expect_gt(t.honest, 100000);
	expect_no_alarm(&t);
}

Test(hints, every_slip_by_a_thousand_is_found)
{
	slip_tally t = { 0 };
	for (uint64_t seed = 1; seed <= 3; seed++) {
		zp_simulation_wish w = clean_of(600, seed);
		w.thousand_slip = 0.005;
		add(&t, w);
	}
	cr_expect_gt(t.planted[THOUSAND_SLIP], 100);
	cr_expect_eq(t.found[THOUSAND_SLIP], t.planted[THOUSAND_SLIP]);
	expect_no_alarm(&t);
}

/* Of each kind: how many of a hundred at least. */
static const struct least { planted_fault fault; unsigned percent; } least[] = {
	{ UNIT_SLIP, 99 }, { THOUSAND_SLIP, 97 }, { DECIMAL_SLIP, 99 }, { HUNDRED_SLIP, 99 }, { FALSE_SIGN, 99 }, { SWAPPED_SAMPLES, 93 },
	{ SWAPPED_MEASURANDS, 88 },
};

Test(hints, most_of_what_is_planted_is_found_and_nothing_else)
{
	slip_tally t = { 0 };
	for (uint64_t seed = 1; seed <= 3; seed++) {
		zp_simulation_wish w = clean_of(800, seed);
		w.unit_slip = w.thousand_slip = w.decimal_slip = 0.003;
		w.hundred_slip = w.false_sign = 0.001;
		w.swapped_samples = w.swapped_measurands = 0.02;
		add(&t, w);
	}
	for (size_t i = 0; i < sizeof least / sizeof *least; i++) {
		const planted_fault f = least[i].fault;
		cr_expect_gt(t.planted[f], 60, "%s: %zu", fault_words[f], t.planted[f]);
		cr_expect(100 * t.found[f] >= least[i].percent * t.planted[f], "%s: %zu found of %zu", fault_words[f], t.found[f], t.planted[f]);
	}
	expect_no_alarm(&t);
}

Test(hints, copies_of_a_chemistry_programme_are_all_found)
{
	static const char *const chemistry[] = { "chemistry" };
	slip_tally t = { 0 };
	for (uint64_t seed = 1; seed <= 3; seed++) {
		zp_simulation_wish w = slip_wish_clean(inside("r"), 600, chemistry, 1, seed);
		w.files = seed == 1 ? ZP_SIM_FILES_EACH : ZP_SIM_FILES_ONE;
		w.repeated_results = w.copied_results = 0.03;
		w.scaled_copies = 0.5;
		add(&t, w);
	}
	for (int f = REPEATED_RESULTS; f < FAULTS; f++) {
		cr_expect_gt(t.planted[f], 20);
		cr_expect_eq(t.found[f], t.planted[f], "%s: %zu found of %zu", fault_words[f], t.found[f], t.planted[f]);
	}
	expect_no_alarm(&t);
}

/* Five samples of one measurand: all the results of a copier are another's, and still nobody can be accused. */
Test(hints, where_few_results_could_tell_nobody_is_accused)
{
	slip_tally t = { 0 };
	zp_simulation_wish w = slip_wish_clean(inside("r"), 800, three + 2, 1, 1);
	w.copied_results = w.repeated_results = 0.05;
	add(&t, w);
	cr_expect_gt(t.planted[COPIED_RESULTS], 30);
	cr_expect_eq(t.found[COPIED_RESULTS] + t.found[REPEATED_RESULTS], 0);
	cr_expect_eq(t.few[COPIED_RESULTS], t.planted[COPIED_RESULTS]);
	expect_no_alarm(&t);
}
