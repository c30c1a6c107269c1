/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Before anything is published, what laboratories are told is held against the tables as they lie on the disk. */
#include "simulated.h"
#include "run/publish.h"
#include "run/reread.h"

static zp_run *run;
static zp_press *press;
static zp_arena *arena;

static void write_tables(void)
{
	set_up();
	zp_error err = { 0 };
	zp_simulation_wish wish = without_faults(wish_of(inside("round"), 12, GLUCOSE, 1), inside("round"));
	must(&wish);
	zp_run_wish open = { .round_dir = inside("round"), .rules_dir = RULES, .threads = 1 };
	run = zp_run_open(registry, &open, ZP_UNTIL_RANK, &err);
	press = zp_press_open_folder(inside("out"), &err);
	cr_assert(press && zp_tables_write(run, press, &err), "%s", err.text);
	arena = zp_arena_open();
}

static void remove_tables(void)
{
	zp_arena_close(arena);
	zp_press_close(press);
	zp_run_close(run);
	tear_down();
}

TestSuite(reread, .init = write_tables, .fini = remove_tables);

static bool compare_all(zp_error *err)
{
	const zp_reread *tables = zp_reread_open(arena, zp_press_stage(press), err);
	bool good = tables != NULL;
	for (uint32_t lab = 0; lab < run->roster->n_labs && good; lab++)
		good = zp_reread_compare(tables, zp_report_of(run, lab, &ZP_PLAIN_ISSUE("2026-03-31"), NULL, arena), arena, err);
	return good;
}

/* The last cell of this content in a table of the stage is written anew. */
static void alter(const char *table, const char *from, const char *to)
{
	char path[400];
	size_t n;
	snprintf(path, sizeof path, "%s/%s", zp_press_stage(press), table);
	char *bytes = slurp(path, &n), *at = NULL;
	for (char *p = bytes; (p = strstr(p, from)); p++)
		at = p;
	cr_assert_not_null(at, "%s in %s", from, table);
	FILE *f = fopen(path, "wb");
	fwrite(bytes, 1, (size_t)(at - bytes), f);
	fputs(to, f);
	fwrite(at + strlen(from), 1, n - (size_t)(at - bytes) - strlen(from), f);
	fclose(f);
	free(bytes);
}

static void expect_found(const char *says)
{
	zp_error err = { 0 };
	cr_expect_not(compare_all(&err));
	cr_expect_eq(err.code, ZP_BUG);
	cr_expect_not_null(strstr(err.text, says), "%s", err.text);
}

Test(reread, everything_that_is_told_stands_in_the_tables)
{
	zp_error err = { 0 };
	cr_expect(compare_all(&err), "%s", err.text);
}

Test(reread, another_verdict_is_found)
{
	alter("scores.csv", ",acceptable,", ",unacceptable,");
	expect_found("the verdict of glucose GLU");
}

Test(reread, another_score_is_found)
{
	alter("verdicts.csv", ",satisfactory,", ",unsatisfactory,");
	expect_found("the performance of glucose");
}

Test(reread, a_missing_row_is_found)
{
	alter("scores.csv", "L0012,glucose,GLU", "L0013,glucose,GLU");
	expect_found("L0012");
}

Test(reread, another_target_is_found)
{
	char x_pt[ZP_DECIMAL_TEXT], from[80], to[80];
	zp_decimal_write(run->groups[0].x_pt, x_pt);
	snprintf(from, sizeof from, ",1,%s,", x_pt); /* behind the version of the method */
	snprintf(to, sizeof to, ",1,1%s,", x_pt);
	alter("targets.csv", from, to);
	expect_found("the target of glucose GLU");
}
