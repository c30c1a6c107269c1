/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scratch.h"
#include "book/limits.h"

TestSuite(limits, .init = scratch_enter, .fini = scratch_leave);

#define FILE_NAME "limits/x.xml"
#define ROOT "<limits set='x' title='t' title-en='t' version='1'>\n"
#define NAMED " name='葡萄糖' name-en='Glucose' unit='mmol/L'"
#define SOURCED " text='±7 %' source='a book' confidence='B'"

static const zp_limit_table *read_table(const char *text)
{
	zp_shelf shelf = { .arena = arena, .rules_dir = scratch_path("rules"), .rules = rules };
	rules = zp_problems_take(arena);
	shelf.rules = rules;
	scratch_write("rules/" FILE_NAME, text);
	zp_volume *v = zp_shelf_find(&shelf, FILE_NAME, ZP_IN_RULES);
	cr_assert_not_null(v);
	const zp_limit_table *table = zp_limits_read(&shelf, v);
	cr_expect_eq(zp_limits_read(&shelf, v), table, "a second look differs");
	return table;
}

static void expect_decimal(zp_decimal d, const char *text)
{
	char out[ZP_DECIMAL_TEXT];
	zp_decimal_write(d, out);
	cr_expect_str_eq(out, text);
}

Test(limits, a_row_gives_its_key_and_its_numbers)
{
	const zp_limit_table *t = read_table(
		ROOT "<limit programme='P' specimen='serum' code='Glu'" NAMED " kind='ABS_LE_CUT_ELSE_PCT' pct='7.0' abs='0.21' cut='3'"
		" allowable-cv='3.0 %' allowable-bias='2 %' note='n'" SOURCED "/>\n<limit code='K'" NAMED " kind='SD' sd='2.5'" SOURCED "/></limits>");
	scratch_quiet(rules);
	cr_assert_eq(t->n, 2);
	cr_expect_str_eq(t->set, "x");
	const zp_limit_row *r = &t->rows[0];
	cr_expect_str_eq(r->programme, "P");
	cr_expect_str_eq(r->specimen, "serum");
	cr_expect_str_eq(r->code, "Glu");
	cr_expect_str_eq(r->unit, "mmol/L");
	cr_expect_eq(r->line, 2);
	cr_expect_eq(r->limit.kind, ZP_LIMIT_ABS_LE_CUT_ELSE_PCT);
	expect_decimal(r->limit.pct, "7.0");
	expect_decimal(r->limit.abs, "0.21");
	expect_decimal(r->limit.cut, "3");
	cr_expect_str_eq(r->limit.text, "±7 %");
	cr_expect_str_eq(r->limit.source, "a book");
	cr_expect_str_eq(r->limit.confidence, "B");
	cr_expect_str_eq(r->limit.set, "x");
	cr_expect_eq(t->rows[1].limit.kind, ZP_LIMIT_SD);
	expect_decimal(t->rows[1].limit.sd_mult, "2.5");
	cr_expect_str_eq(t->rows[1].programme, "");
}

Test(limits, one_code_may_stand_for_two_programmes_and_two_specimens)
{
	const zp_limit_table *t = read_table(ROOT "<limit programme='P' code='A'" NAMED " kind='PCT' pct='7'" SOURCED "/>"
					     "<limit programme='Q' code='A'" NAMED " kind='PCT' pct='7'" SOURCED "/>"
					     "<limit programme='Q' specimen='urine' code='A'" NAMED " kind='PCT' pct='7'" SOURCED "/></limits>");
	scratch_quiet(rules);
	cr_expect_eq(t->n, 3);
}

Test(limits, a_key_that_stands_twice_names_both_lines)
{
	cr_expect_null(read_table(ROOT "<limit programme='P' code='A'" NAMED " kind='PCT' pct='7'" SOURCED "/>\n"
				  "<limit code='B'" NAMED " kind='PCT' pct='7'" SOURCED "/>\n"
				  "<limit programme='P' code='A'" NAMED " kind='PCT' pct='8'" SOURCED "/></limits>"));
	scratch_says(rules, FILE_NAME, 4, "a second limit for programme \"P\", code \"A\", specimen \"\"; the first is in line 2");
	cr_expect_eq(zp_problems_count(rules), 1);
}

/* Attributes of a row in line 2, and the words that refuse it. */
static const struct { const char *row, *words; } refused[] = {
	{ "code='A'" NAMED " kind='PCT' pct='7' text='t' confidence='B'", "no attribute \"source\"" },
	{ "code='A'" NAMED " kind='PCT' pct='7' text='t' source='' confidence='B'", "\"source\" of <limit> is empty" },
	{ "code='A'" NAMED " kind='PCT' pct='7' text='t' source=' ' confidence='B'", "\"source\" of <limit> is empty" },
	{ "code='A'" NAMED " kind='PCT' pct='7' text='t' source='s'", "no attribute \"confidence\"" },
	{ "code='A'" NAMED " kind='PCT' pct='7' text='t' source='s' confidence='E'", "\"E\"; expected A, B, C or D" },
	{ "code='A'" NAMED " kind='PERCENT' pct='7'" SOURCED, "\"PERCENT\"; expected PCT, ABS, PCT_OR_ABS_GREATER, " },
	{ "code='A'" NAMED " kind='MATCH'" SOURCED, "\"MATCH\"; expected PCT" },
	{ "code='A'" NAMED " kind='PCT'" SOURCED, "kind PCT needs the attribute \"pct\"" },
	{ "code='A'" NAMED " kind='ABS' pct='7'" SOURCED, "kind ABS has no use for \"pct\"; expected abs" },
	{ "code='A'" NAMED " kind='PCT_OR_ABS_GREATER' pct='7'" SOURCED, "needs the attribute \"abs\"" },
	{ "code='A'" NAMED " kind='ABS_LT_CUT_ELSE_PCT' pct='7' abs='1'" SOURCED, "needs the attribute \"cut\"" },
	{ "code='A'" NAMED " kind='SD'" SOURCED, "kind SD needs the attribute \"sd\"" },
	{ "code='A'" NAMED " kind='PCT' pct='0'" SOURCED, "\"0\"; expected a decimal number above 0" },
	{ "code='A'" NAMED " kind='PCT' pct='-7'" SOURCED, "\"-7\"; expected a decimal number above 0" },
	{ "code='A'" NAMED " kind='PCT' pct='7 %'" SOURCED, "\"7 %\"; expected a decimal number above 0" },
	{ "code='A'" NAMED " kind='PCT' pct='nan'" SOURCED, "\"nan\"" },
	{ "code='A'" NAMED " kind='PCT' pct=''" SOURCED, "expected a decimal number above 0" },
	{ "code='A'" NAMED " kind='PCT' pct='1234567890123'" SOURCED, "too long a number" },
	{ "code='A B'" NAMED " kind='PCT' pct='7'" SOURCED, "\"A B\"; expected a code without blanks" },
	{ "code=''" NAMED " kind='PCT' pct='7'" SOURCED, "\"code\" of <limit> is empty" },
	{ "code='A' name='n' name-en='n' kind='PCT' pct='7'" SOURCED, "no attribute \"unit\"" },
	{ "code='A' colour='red'" NAMED " kind='PCT' pct='7'" SOURCED, "unknown attribute \"colour\"; expected code, name" },
};

Test(limits, a_row_that_leaves_something_open_is_refused_with_its_line)
{
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		const char *text = zp_arena_print(arena, ROOT "<limit %s/></limits>", refused[i].row);
		cr_expect_null(read_table(text), "taken: %s", text);
		scratch_says(rules, FILE_NAME, 2, refused[i].words);
	}
}

Test(limits, all_that_is_wrong_is_told_in_one_go)
{
	cr_expect_null(read_table(ROOT "<limit code='A'" NAMED " kind='PCT' pct='0' text='t' source='' confidence='X'/>\n<row/></limits>"));
	cr_expect_eq(zp_problems_count(rules), 4);
	scratch_says(rules, FILE_NAME, 3, "<row> is unknown in <limits>; expected limit");
}

Test(limits, the_file_itself_is_checked)
{
	cr_expect_null(read_table("<scheme/>"));
	scratch_says(rules, FILE_NAME, 1, "the file holds <scheme>; expected <limits>");
	cr_expect_null(read_table("<limits set='x' title='t' title-en='t'/>"));
	scratch_says(rules, FILE_NAME, 1, "no attribute \"version\"");
	cr_expect_null(read_table("<limits set='x' title='t' title-en='t' version='1' effective='2026-02-30'/>"));
	scratch_says(rules, FILE_NAME, 1, "\"2026-02-30\"; expected a date");
}

Test(limits, the_schema_is_the_second_net)
{
	cr_assert_eq(unlink(scratch_path("rules/schemas")), 0);
	cr_assert_eq(mkdir(scratch_path("rules/schemas"), 0700), 0);
	scratch_write("rules/schemas/limits.rng", "<element name='limits' xmlns='http://relaxng.org/ns/structure/1.0'><attribute name='set'/></element>");
	cr_expect_null(read_table(ROOT "<limit code='A'" NAMED " kind='PCT' pct='7'" SOURCED "/></limits>"));
	scratch_says(rules, FILE_NAME, 0, "does not follow schemas/limits.rng");
}

/* What the tables say of glucose, looked up in the tables themselves by grep. */
Test(limits, the_shipped_tables_are_accepted)
{
	static const struct { const char *file; size_t n; } shipped[] = {
		{ "limits/nccl-2026.xml", 225 }, { "limits/wst-403-2024.xml", 82 }, { "limits/clia-2025.xml", 88 }, { "limits/bj-hr-2025.xml", 149 },
		{ "limits/nccl-2016.xml", 34 }, { "limits/nccl-2017.xml", 30 }, { "limits/nccl-2024.xml", 68 }, { "limits/wst-403-2012.xml", 73 },
		{ "limits/wst-406-2012.xml", 11 },
	};
	zp_shelf shelf = { .arena = arena, .rules_dir = RULES, .rules = rules };
	for (size_t i = 0; i < sizeof shipped / sizeof *shipped; i++) {
		zp_volume *v = zp_shelf_find(&shelf, shipped[i].file, ZP_IN_RULES);
		cr_assert_not_null(v, "%s", shipped[i].file);
		const zp_limit_table *t = zp_limits_read(&shelf, v);
		scratch_quiet(rules);
		cr_expect_eq(t->n, shipped[i].n, "%s: %zu", shipped[i].file, t->n);
	}
	cr_expect_eq(shelf.rule_files.n, 10); /* nine tables and one schema, each once */
}
