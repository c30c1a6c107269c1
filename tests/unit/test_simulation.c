/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rules/simulation files: what is read, and what is refused with which words. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "book/simulation.h"

#ifndef RULES
#define RULES "rules"
#endif

#define I "<instrument name=\"A\" system=\"S\" method=\"M\" reagent=\"R\" calibrator=\"C\" share=\"0.6\" bias=\"1.5\"/>"
#define M "<measurand code=\"GLU\" low=\"2\" high=\"20\" cv=\"2\" between=\"1.5\"/>"
#define ROOT(inside) "<simulation programme=\"p\" name=\"n\" scheme=\"s\">" inside "</simulation>"

static char folder[] = "/tmp/zp-simulation-XXXXXX";

/* A rules folder with this one file. */
static const zp_simulation *read_text(zp_arena *arena, const char *text, zp_problems *problems)
{
	char path[200], schema[1000];
	strcpy(folder + sizeof folder - 7, "XXXXXX");
	cr_assert_not_null(mkdtemp(folder));
	snprintf(path, sizeof path, "%s/simulation", folder);
	cr_assert_eq(mkdir(path, 0700), 0);
	snprintf(path, sizeof path, "%s/schemas", folder);
	cr_assert_not_null(realpath(RULES "/schemas", schema));
	cr_assert_eq(symlink(schema, path), 0);
	snprintf(path, sizeof path, "%s/simulation/p.xml", folder);
	FILE *f = fopen(path, "w");
	fputs(text, f);
	fclose(f);
	const zp_simulation *s = zp_simulation_read(arena, folder, "p", problems);
	remove(path);
	snprintf(path, sizeof path, "%s/schemas", folder);
	remove(path);
	snprintf(path, sizeof path, "%s/simulation", folder);
	remove(path);
	remove(folder);
	return s;
}

Test(simulation, a_file_is_read_with_all_it_says)
{
	zp_arena *arena = zp_arena_open();
	zp_problems *problems = zp_problems_take(arena);
	const zp_simulation *s = read_text(arena, "<simulation programme=\"chem\" name=\"化学\" name-en=\"Chem\" scheme=\"x\" department=\"输血科\">" I
		"<instrument name=\"B\" share=\"0.4\" bias=\"-2\"/>" M
		"<measurand code=\"K\" low=\"2.8\" high=\"7.2\" cv=\"1\" between=\"0\" slip=\"0.0585\">"
		"<instrument name=\"B\" method=\"own\" share=\"0.4\" bias=\"3\"/></measurand></simulation>", problems);
	zp_problems_print(problems, stderr);
	cr_assert_not_null(s);
	cr_expect_str_eq(s->programme, "chem");
	cr_expect_str_eq(s->title, "化学");
	cr_expect_str_eq(s->title_en, "Chem");
	cr_expect_str_eq(s->scheme, "x");
	cr_expect_str_eq(s->department, "输血科");
	cr_assert_eq(s->n_instruments, 2);
	cr_expect_str_eq(s->instruments[0].calibrator, "C");
	cr_expect_str_eq(s->instruments[1].calibrator, "");
	cr_expect_float_eq(s->instruments[1].bias, -2, 0);
	cr_assert_eq(s->n_measurands, 2);
	cr_expect_float_eq(s->measurands[0].high, 20, 0);
	cr_expect_eq(s->measurands[0].slip.m, 1000);
	cr_expect_eq(s->measurands[1].slip.m, 585);
	cr_expect_eq(s->measurands[1].slip.e, -4);
	cr_expect_str_eq(s->measurands[0].instruments[1].method, "");
	cr_expect_str_eq(s->measurands[1].instruments[1].method, "own");
	cr_expect_float_eq(s->measurands[1].instruments[1].bias, 3, 0);
	cr_expect_str_eq(s->measurands[1].instruments[0].method, "M");
	zp_arena_close(arena);
}

static const struct refused { const char *text, *says; } refused[] = {
	{ "<scheme/>", "<scheme>; expected <simulation>" },
	{ ROOT(M), "no <instrument>" },
	{ ROOT(I), "no <measurand>" },
	{ ROOT(I I M), "instrument \"A\" is there twice" },
	{ ROOT(I M "<limit/>"), "<limit> is unknown in <simulation>" },
	{ "<simulation programme=\"a/b\" name=\"n\" scheme=\"s\">" I M "</simulation>", "file name" },
	{ "<simulation name=\"n\" scheme=\"s\">" I M "</simulation>", "no attribute \"programme\"" },
	{ "<simulation programme=\"p\" name=\"n\" scheme=\"s\" colour=\"red\">" I M "</simulation>", "unknown attribute \"colour\"" },
	{ "<simulation programme=\"p\" name=\"n\" scheme=\"s\" gramme=\"1\">" I M "</simulation>", "unknown attribute \"gramme\"" },
	{ ROOT(I "<measurand low=\"2\" high=\"20\" cv=\"2\" between=\"1\"/>"), "no attribute \"code\"" },
	{ ROOT(I "<measurand code=\"G\" high=\"20\" cv=\"2\" between=\"1\"/>"), "no attribute \"low\"" },
	{ ROOT(I "<measurand code=\"G\" low=\"2,5\" high=\"20\" cv=\"2\" between=\"1\"/>"), "is \"2,5\"; expected a decimal number" },
	{ ROOT(I "<measurand code=\"G\" low=\"0\" high=\"20\" cv=\"2\" between=\"1\"/>"), "\"low\" of <measurand> is \"0\"; expected 1e-06 to 1e+06" },
	{ ROOT(I "<measurand code=\"G\" low=\"2\" high=\"2e6\" cv=\"2\" between=\"1\"/>"), "is \"2e6\"; expected" },
	{ ROOT(I "<measurand code=\"G\" low=\"21\" high=\"20\" cv=\"2\" between=\"1\"/>"), "low=\"21\" is above high=\"20\"" },
	{ ROOT(I "<measurand code=\"G\" low=\"2\" high=\"20\" cv=\"-1\" between=\"1\"/>"), "\"cv\" of <measurand> is \"-1\"" },
	{ ROOT(I "<measurand code=\"G\" low=\"2\" high=\"20\" cv=\"2\" between=\"1\" slip=\"1.0\"/>"), "unit factor" },
	{ ROOT(I "<measurand code=\"G\" low=\"2\" high=\"20\" cv=\"2\" between=\"1\" slip=\"18.016\"/>"), "unit factor" },
	{ ROOT(I "<measurand code=\"G\" low=\"2\" high=\"20\" cv=\"2\" between=\"1\"><screen/></measurand>"), "<screen> is unknown in <measurand>" },
	{ ROOT(I "<measurand code=\"G\" negative=\"1.5\"/>"), "\"negative\" of <measurand> is \"1.5\"; expected 0 to 1" },
	{ ROOT(I "<measurand code=\"G\" negative=\"0.4\" cv=\"2\"/>"), "unknown attribute \"cv\"" },
	{ ROOT(I "<measurand code=\"G\" negative=\"0.4\" known=\"perhaps\"/>"), "\"known\" of <measurand> is \"perhaps\"" },
	{ ROOT(I "<measurand code=\"G\" low=\"2\" high=\"2e10\" cv=\"2\" between=\"1\" lod=\"1\"/>"), "\"high\" of <measurand> is \"2e10\"" },
	{ ROOT(I M "<word/>"), "no attribute \"text\"" },
	{ ROOT(I "<measurand code=\"G L\" low=\"2\" high=\"20\" cv=\"2\" between=\"1\"/>"), "code without blanks" },
	{ ROOT(I "<measurand code=\"G\" low=\"2\" high=\"20\" cv=\"2\" between=\"1\">"
	       "<instrument name=\"B\" share=\"1\" bias=\"0\"/></measurand>"), "none of the programme's" },
	{ ROOT(I "<measurand code=\"G\" low=\"2\" high=\"20\" cv=\"2\" between=\"1\">"
	       "<instrument name=\"A\" share=\"0.7\" bias=\"0\"/></measurand>"), "share 0.7 here and 0.6" },
	{ ROOT("<instrument name=\"A\" share=\"0\" bias=\"0\"/>" M), "\"share\" of <instrument> is \"0\"" },
	{ ROOT("<instrument name=\"A\" share=\"1\" bias=\"51\"/>" M), "\"bias\" of <instrument> is \"51\"" },
	{ ROOT("<instrument name=\"A\" share=\"1\" bias=\"1\"><a/></instrument>" M), "<a> is unknown in <instrument>" },
	{ "<simulation", "simulation/p.xml" },
};

Test(simulation, what_is_wrong_is_said_in_one_sentence)
{
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		zp_arena *arena = zp_arena_open();
		zp_problems *problems = zp_problems_take(arena);
		cr_expect_null(read_text(arena, refused[i].text, problems), "%s", refused[i].text);
		cr_assert_gt(zp_problems_count(problems), 0, "%s", refused[i].text);
		char all[2000];
		snprintf(all, sizeof all, "%s: %s", zp_problem_at(problems, 0)->file, zp_problem_at(problems, 0)->text);
		cr_expect(strstr(all, refused[i].says), "\"%s\" expected in \"%s\"", refused[i].says, all);
		cr_expect_eq(zp_problems_count(problems), 1, "%zu problems for %s", zp_problems_count(problems), refused[i].text);
		zp_arena_close(arena);
	}
}

Test(simulation, a_name_cannot_leave_the_rules_folder)
{
	zp_arena *arena = zp_arena_open();
	zp_problems *problems = zp_problems_take(arena);
	cr_assert_null(zp_simulation_read(arena, RULES, "../schemes/cn-glucose", problems));
	cr_assert_null(zp_simulation_read(arena, RULES, "", problems));
	cr_assert_null(zp_simulation_read(arena, RULES, "absent", problems));
	cr_assert_eq(zp_problems_count(problems), 3);
	zp_arena_close(arena);
}

Test(simulation, the_files_that_are_shipped_are_read)
{
	static const struct { const char *name; size_t n; } shipped[] = {
		{ "chemistry", 40 }, { "blood-count", 8 }, { "glucose", 1 }, { "national", 60 }
	};
	for (size_t i = 0; i < sizeof shipped / sizeof *shipped; i++) {
		zp_arena *arena = zp_arena_open();
		zp_problems *problems = zp_problems_take(arena);
		const zp_simulation *s = zp_simulation_read(arena, RULES, shipped[i].name, problems);
		zp_problems_print(problems, stderr);
		cr_assert_not_null(s, "%s", shipped[i].name);
		cr_expect_eq(s->n_measurands, shipped[i].n);
		zp_arena_close(arena);
	}
}
