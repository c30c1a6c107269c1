/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Simulated rounds: who takes part, where results lie, and which wishes are refused. */
#include <signal.h>
#include <sys/resource.h>
#include "simulated.h"

TestSuite(simulate_wish, .init = set_up, .fini = tear_down);

/* ---- who takes part ---- */

static size_t count_lines_with(const char *path, const char *what)
{
	char *text = slurp_text(path), *rest = text, *line;
	size_t n = 0;
	while ((line = strsep(&rest, "\n")))
		n += strstr(line, what) != NULL;
	free(text);
	return n;
}

Test(simulate_wish, classes_add_up_in_the_proportions_of_a_city)
{
	static const struct { size_t labs, n[4]; const char *last; } expected[] = {
		{ 186, { 10, 37, 98, 41 }, "L0186," }, { 1, { 0, 0, 1, 0 }, "L0001," }, { 10, { 1, 2, 5, 2 }, "L0010," },
		{ 1860, { 100, 370, 980, 410 }, "L1860," }, { 20000, { 1075, 3978, 10538, 4409 }, "L20000," },
	};
	static const char *const classes[] = { "三级公立", "二级公立", "一级公立", "民营" };
	for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
		char name[20], roster[300];
		snprintf(name, sizeof name, "n%zu", expected[i].labs);
		zp_simulation_wish w = wish_of(inside(name), expected[i].labs, GLUCOSE, 1);
		w.files = ZP_SIM_FILES_ONE;
		must(&w);
		snprintf(roster, sizeof roster, "%s/roster.csv", w.into);
		cr_expect_eq(count_lines_with(roster, expected[i].last), 1);
		for (int c = 0; c < 4; c++)
			cr_expect_eq(count_lines_with(roster, classes[c]), expected[i].n[c], "%zu laboratories, %s", expected[i].labs, classes[c]);
		if (expected[i].labs <= 400) /* one city */
			cr_expect_eq(count_lines_with(roster, ",4205"), expected[i].labs);
		else
			cr_expect_gt(count_lines_with(roster, ",4290"), 0);
	}
}

Test(simulate_wish, township_laboratories_perform_a_part_and_tertiary_ones_everything)
{
	static const char *const blood[] = { "blood-count" };
	zp_simulation_wish w = wish_of(inside("r"), 1860, blood, 1);
	w.files = ZP_SIM_FILES_ONE;
	must(&w);
	char path[300];
	snprintf(path, sizeof path, "%s/enrolments.csv", w.into);
	cr_expect_eq(count_lines_with(path, "L"), 1860); /* each is enrolled */
	snprintf(path, sizeof path, "%s/enrolments.csv", w.into);
	size_t everything = count_lines_with(path, ",*");
	cr_expect(everything >= 100 + 100 && everything < 500, "%zu perform everything", everything);
	char *text = slurp_text(path), *rest = text, *line;
	double declared = 0;
	while ((line = strsep(&rest, "\n")))
		for (char *p = line; strstr(line, ",*") == NULL && (p = strpbrk(p, " ,")); p++)
			declared++;
	free(text);
	/* 98 parts at 0.6, 37 at 0.9, 41 at 0.75, 10 at 1; the header has two separators, a line one more than words */
	declared = declared - 2 - (1860 - (double)everything) + 8 * (double)everything;
	cr_expect_float_eq(declared / (8.0 * 1860), (98 * 0.6 + 37 * 0.9 + 41 * 0.75 + 10) / 186, 0.01);
}

Test(simulate_wish, results_lie_where_the_rules_put_them)
{
	zp_simulation_wish w = wish_of(inside("r"), 3000, GLUCOSE, 1), clean = w;
	w.late = 1; /* so that the truth has a row for every result */
	clean = without_faults(w, inside("r"));
	clean.late = 1;
	clean.files = ZP_SIM_FILES_ONE;
	must(&clean);
	char path[300];
	snprintf(path, sizeof path, "%s/truth.csv", clean.into);
	char *text = slurp_text(path), *rest = text, *line = strsep(&rest, "\n"), *c[9];
	double sum = 0, squares = 0, n = 0;
	while ((line = strsep(&rest, "\n")) && *line) {
		cut(line, c, 9);
		double d = strtod(c[7], NULL) / strtod(c[4], NULL) * 100 - 100;
		sum += d, squares += d * d, n++;
	}
	free(text);
	/* shares and biases of rules/simulation/glucose.xml; cv 2, between 1.8, and the spread of the classes */
	double mean = .24 * .6 - .18 * 1.4 + .12 * .3 - .10 * .8 - .08 * 2.0;
	double method = .24 * .36 + .18 * 1.96 + .12 * .09 + .10 * .64 + .08 * 4 - mean * mean;
	double spread = (10 * .49 + 37 * .81 + 98 * 1.69 + 41 * 1.21) / 186;
	cr_expect_eq(n, 15000);
	cr_expect_float_eq(sum / n, mean, 0.2, "mean %g", sum / n);
	cr_expect_float_eq(sqrt(squares / n - sum / n * sum / n), sqrt(method + spread * (2 * 2 + 1.8 * 1.8)), 0.1);
}

/* ---- what is refused ---- */

Test(simulate_wish, a_folder_that_is_not_empty_is_left_alone)
{
	zp_error err = { 0 };
	cr_assert_eq(mkdir(inside("full"), 0700), 0);
	FILE *f = fopen(inside("full/note.txt"), "w");
	fclose(f);
	zp_simulation_wish w = wish_of(inside("full"), 10, GLUCOSE, 1);
	cr_expect_not(zp_simulate(&w, registry, RULES, &err));
	cr_expect_eq(err.code, ZP_BAD_USE);
	cr_expect(strstr(err.text, "is not empty"), "%s", err.text);
	cr_expect_neq(access(inside("full/round.xml"), F_OK), 0);
	cr_expect_neq(access(inside(".full.part0"), F_OK), 0, "an unfinished folder was left");
	err = (zp_error){ 0 };
	w.into = inside("full/note.txt");
	cr_expect_not(zp_simulate(&w, registry, RULES, &err));
	cr_expect(strstr(err.text, "is not a folder"), "%s", err.text);
}

Test(simulate_wish, an_empty_folder_is_filled_and_a_slash_at_the_end_is_no_matter)
{
	cr_assert_eq(mkdir(inside("empty"), 0700), 0);
	zp_simulation_wish w = wish_of(inside("empty/"), 10, GLUCOSE, 1);
	must(&w);
	cr_expect_eq(access(inside("empty/round.xml"), F_OK), 0);
	cr_expect_eq(access(inside("empty/truth.csv"), F_OK), 0);
}

static zp_simulation_wish bad;
static const struct wrong { size_t *whole; double *share; double value; const char *says; } wrongs[] = {
	{ &bad.labs, NULL, 0, "laboratories is 0; expected 1 to 200000" },
	{ &bad.labs, NULL, 200001, "expected 1 to 200000" },
	{ &bad.samples, NULL, 0, "samples is 0; expected 1 to 50" },
	{ &bad.samples, NULL, 51, "expected 1 to 50" },
	{ &bad.measurands, NULL, 2, "programme glucose has 1 measurands to simulate; 2 were asked for" },
	{ &bad.n_programmes, NULL, 0, "no programme" },
	{ &bad.rounds, NULL, 0, "rounds is 0; expected 1 to 6" },
	{ &bad.rounds, NULL, 7, "rounds is 7; expected 1 to 6" },
	{ NULL, &bad.late, 1.5, "late laboratories is 1.5; expected 0 to 1" },
	{ NULL, &bad.missing, -0.1, "missing results is -0.1" },
	{ NULL, &bad.unit_slip, NAN, "unit slips is nan" },
	{ NULL, &bad.spread[2], -1, "spread of a class is -1" },
	{ NULL, &bad.declared[0], 2, "measurands performed is 2" },
};

Test(simulate_wish, a_wish_that_cannot_be_met_is_refused_with_a_number)
{
	for (size_t i = 0; i < sizeof wrongs / sizeof *wrongs; i++) {
		zp_error err = { 0 };
		bad = wish_of(inside("x"), 10, GLUCOSE, 1);
		if (wrongs[i].whole)
			*wrongs[i].whole = (size_t)wrongs[i].value;
		else
			*wrongs[i].share = wrongs[i].value;
		cr_expect_not(zp_simulate(&bad, registry, RULES, &err));
		cr_expect_eq(err.code, ZP_BAD_USE, "%d for %s", err.code, wrongs[i].says);
		cr_expect(strstr(err.text, wrongs[i].says), "\"%s\" expected in \"%s\"", wrongs[i].says, err.text);
		cr_expect_neq(access(inside("x"), F_OK), 0);
	}
}

Test(simulate_wish, programmes_must_exist_and_come_once)
{
	static const char *const absent[] = { "alchemy" }, *const twice[] = { "glucose", "glucose" };
	static const char *const outside[] = { "../schemes/cn-glucose" };
	static const struct { const char *const *names; size_t n; const char *says; } cases[] = {
		{ absent, 1, "\"alchemy\" cannot be simulated; expected one of answers, bacteriology, blood-count, chemistry, glucose, morphology, national, respiratory, serology, transfusion, urine, viral-load" },
		{ outside, 1, "cannot be simulated" },
		{ twice, 2, "programme glucose was asked for twice" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		zp_error err = { 0 };
		zp_simulation_wish w = wish_of(inside("x"), 10, cases[i].names, cases[i].n);
		cr_expect_not(zp_simulate(&w, registry, RULES, &err));
		cr_expect_eq(err.code, ZP_BAD_USE);
		cr_expect(strstr(err.text, cases[i].says), "\"%s\" expected in \"%s\"", cases[i].says, err.text);
	}
}

Test(simulate_wish, folders_on_the_way_are_made)
{
	zp_error err = { 0 };
	struct stat about;
	zp_simulation_wish w = wish_of(inside("on/the/way"), 10, GLUCOSE, 1);
	cr_expect(zp_simulate(&w, registry, RULES, &err), "%s", err.text);
	cr_expect(stat(inside("on/the/way/round.xml"), &about) == 0);
}

Test(simulate_wish, a_file_on_the_way_is_told)
{
	zp_error err = { 0 };
	FILE *file = fopen(inside("file"), "w");
	fclose(file);
	zp_simulation_wish w = wish_of(inside("file/x"), 10, GLUCOSE, 1);
	cr_expect_not(zp_simulate(&w, registry, RULES, &err));
	cr_expect_neq(err.code, ZP_OK);
	cr_expect(strstr(err.text, "file"), "%s", err.text);
}

/* As when a disk is full: no file has room for more bytes than that. */
static bool simulate_on_a_disk_with(rlim_t room, const zp_simulation_wish *w, zp_error *err)
{
	struct rlimit before, small;
	signal(SIGXFSZ, SIG_IGN);
	cr_assert_eq(getrlimit(RLIMIT_FSIZE, &before), 0);
	small = (struct rlimit){ room, before.rlim_max };
	cr_assert_eq(setrlimit(RLIMIT_FSIZE, &small), 0);
	const bool done = zp_simulate(w, registry, RULES, err);
	cr_assert_eq(setrlimit(RLIMIT_FSIZE, &before), 0);
	return done;
}

Test(simulate_wish, a_round_that_cannot_be_written_to_its_end_leaves_nothing)
{
	zp_error err = { 0 };
	zp_simulation_wish w = wish_of(inside("x"), 60, GLUCOSE, 1);
	w.files = ZP_SIM_FILES_ONE;
	cr_expect_not(simulate_on_a_disk_with(2000, &w, &err));
	cr_expect_eq(err.code, ZP_IO);
	cr_expect(strstr(err.text, ".csv: cannot be written"), "%s", err.text);
	cr_expect_neq(access(inside("x"), F_OK), 0);
	cr_expect_neq(access(inside(".x.part0"), F_OK), 0, "an unfinished folder was left");
}

Test(simulate_wish, a_year_that_cannot_be_written_to_its_end_leaves_nothing)
{
	zp_error err = { 0 };
	zp_simulation_wish w = wish_of(inside("x"), 60, GLUCOSE, 1);
	w.rounds = 2;
	cr_expect_not(simulate_on_a_disk_with(40000, &w, &err)); /* the rounds have room, and iqc.csv has none */
	cr_expect_eq(err.code, ZP_IO);
	cr_expect(strstr(err.text, "iqc.csv: cannot be written"), "%s", err.text);
	cr_expect_neq(access(inside("x"), F_OK), 0);
	cr_expect_neq(access(inside(".x.part0"), F_OK), 0, "an unfinished folder was left");
}

Test(simulate_wish, a_year_before_the_first_is_refused)
{
	zp_error err = { 0 };
	zp_simulation_wish w = wish_of(inside("x"), 60, GLUCOSE, 1);
	w.rounds = 2;
	w.year = 2025;
	cr_expect_not(zp_simulate(&w, registry, RULES, &err));
	cr_expect(strstr(err.text, "the year is 2025; expected 2026 to 2099"), "%s", err.text);
}
