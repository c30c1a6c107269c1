/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scratch.h"
#include "book/dictionary.h"

TestSuite(dictionary, .init = scratch_enter, .fini = scratch_leave);

#define FILE_NAME "names/x.xml"
#define ROOT "<names name='x' version='1' title='t'>\n"

enum { SYSTEM, INSTRUMENT, METHOD, REAGENT, CALIBRATOR };

static const zp_dictionary *read_text(const char *text)
{
	rules = zp_problems_take(arena);
	zp_shelf shelf = { .arena = arena, .rules_dir = scratch_path("rules"), .rules = rules };
	scratch_write("rules/" FILE_NAME, text);
	zp_volume *v = zp_shelf_find(&shelf, FILE_NAME, ZP_IN_RULES);
	cr_assert_not_null(v);
	const zp_dictionary *d = zp_dictionary_read(&shelf, v);
	cr_expect_eq(zp_dictionary_read(&shelf, v), d, "a second look differs");
	return d;
}

Test(dictionary, number_name_and_other_names_mean_one_thing)
{
	const zp_dictionary *d = read_text(ROOT "<method code='12' name='己糖激酶法（HK）' name-en='hexokinase'><alias name='HK法'/></method><method code='13' name='氧化酶法'/></names>");
	scratch_quiet(rules);
	static const char *const ways[] = { "12", "己糖激酶法（HK）", "己糖激酶法(HK)", "hexokinase", "ＨＫ法", "　HK法 ", "１２" };
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		const uint32_t n = zp_dictionary_find(d->names[METHOD], zp_text_of(ways[i]));
		cr_assert_neq(n, ZP_NO_NAME, "%s", ways[i]);
		cr_expect_str_eq(zp_names_at(d->names[METHOD], n).p, "己糖激酶法（HK）", "%s", ways[i]);
	}
	cr_expect_eq(zp_dictionary_find(d->names[METHOD], zp_text_of("Hexokinase")), ZP_NO_NAME); /* exact, but for width and blanks */
	cr_expect_eq(zp_dictionary_find(d->names[METHOD], zp_text_of("HK")), ZP_NO_NAME);
	cr_expect_null(d->names[INSTRUMENT]); /* no list: any name may be given */
	cr_expect_null(d->names[SYSTEM]);
}

Test(dictionary, the_same_name_may_stand_on_two_lists)
{
	const zp_dictionary *d = read_text(ROOT "<reagent name='甲公司'/><calibrator name='甲公司'/><instrument name='A1'/><system name='A1'/></names>");
	scratch_quiet(rules);
	cr_expect(d->names[REAGENT] && d->names[CALIBRATOR] && d->names[INSTRUMENT] && d->names[SYSTEM] && !d->names[METHOD]);
}

Test(dictionary, what_is_wrong_is_told_with_its_line)
{
	static const struct { const char *text, *words; } refused[] = {
		{ "<method name='甲'/><method name='甲'/>", "a second method has the name \"甲\"" },
		{ "<method name='甲'><alias name='乙'/></method><method name='乙'/>", "the name \"乙\" stands for the methods \"乙\" and \"甲\"" },
		{ "<method name='甲' code='1'/><method name='乙' code='1'/>", "the name \"1\" stands for the methods \"甲\" and \"乙\"" },
		{ "<method name='甲(A)'/><method name='甲（A）'/>", "stands for the methods" },
		{ "<method name='甲&#x200B;'/>", "in which every character can be seen" },
		{ "<method code='1'/>", "no attribute \"name\"" },
		{ "<method name='甲'><alias/></method>", "no attribute \"name\"" },
		{ "<kit name='甲'/>", "<kit> is unknown" },
	};
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		cr_expect_null(read_text(zp_arena_print(arena, ROOT "%s</names>", refused[i].text)), "%s", refused[i].text);
		scratch_says(rules, FILE_NAME, 2, refused[i].words);
	}
}

Test(dictionary, the_shipped_list_is_good)
{
	zp_shelf shelf = { .arena = arena, .rules_dir = RULES, .rules = rules };
	const char *file;
	zp_volume *v = zp_shelf_named(&shelf, "names", "cn-chemistry", &file);
	cr_assert_not_null(v);
	cr_expect_not_null(zp_dictionary_read(&shelf, v));
	scratch_quiet(rules);
}
