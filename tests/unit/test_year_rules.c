/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rules/years files: what is read, and what is refused with which words. */
#include "scratch.h"
#include "book/year_rules.h"

TestSuite(year_rules, .init = scratch_enter, .fini = scratch_leave);

#define YEAR(settings, inside) "<year title=\"t\" version=\"1\">" settings inside "</year>"
#define C(more) "<certificate id=\"c\" name=\"n\" policy=\"all-rounds\"" more "/>"

static const zp_year_rules *read_text(const char *text, zp_problems *problems)
{
	scratch_write("own.xml", text);
	return zp_year_rules_read(arena, scratch_path("rules"), scratch_path("own.xml"), problems);
}

Test(year_rules, the_shipped_file_has_every_setting_at_its_default)
{
	const zp_year_rules *shipped = zp_year_rules_read(arena, RULES, "default", rules);
	scratch_quiet(rules);
	const zp_year_rules preset = zp_year_rules_default();
	const char *name, *same;
	char a[100], b[100];
	for (size_t i = 0, k = 0; zp_year_setting_next(shipped, &i, &name, a, sizeof a);) {
		cr_assert(zp_year_setting_next(&preset, &k, &same, b, sizeof b));
		cr_expect_str_eq(a, b, "%s", name);
	}
	cr_assert_eq(shipped->n_certificates, 1);
	cr_expect_eq(shipped->certificates[0].policy, ZP_POLICY_ALL_ROUNDS);
}

Test(year_rules, every_setting_can_be_written_and_read_back)
{
	const zp_year_rules *y = read_text(YEAR("<status k=\"3\" n=\"4\" absent=\"reset\"/><share levels=\"provincial city\"/><item from=\"certificate\" policy=\"c\"/><publish least=\"0\" secondary=\"false\"/><ranking alpha=\"37.5\" beta=\"2\"/><title evidence=\"worst\" larger-is-worse=\"a b-2\" ties=\"all-out\" not-offered=\"break\"/>",
		C(" levels=\"national\"")), rules);
	scratch_quiet(rules);
	cr_expect_eq(y->status_k, 3);
	cr_expect_eq(y->share_levels, 1u << ZP_LEVEL_PROVINCIAL | 1u << ZP_LEVEL_CITY);
	cr_expect_eq(y->status_absent, ZP_PASS_RESET);
	cr_expect_eq(y->publish_primary_only, 1);
	cr_expect_eq(y->certificates[0].levels, 1u << ZP_LEVEL_NATIONAL);
	zp_year_rules again = zp_year_rules_default();
	const char *name;
	char value[100];
	for (size_t i = 0; zp_year_setting_next(y, &i, &name, value, sizeof value);)
		cr_expect_null(zp_year_setting_set(&again, name, zp_arena_text(arena, value, strlen(value))), "%s=%s", name, value);
	cr_expect_eq(again.share_levels, y->share_levels);
	cr_expect_eq(again.status_n, 4);
	cr_expect_eq(zp_decimal_compare(again.ranking_alpha, (zp_decimal){ 375, -1 }), 0);
	cr_expect_eq(again.ranking_deff.m, 0);
	cr_expect_eq(again.title_ties, ZP_TIES_ALL_OUT);
	cr_expect_str_eq(again.title_larger_worse, "a b-2");
	cr_expect(again.title_evidence_worst && again.title_not_offered_breaks);
}

static const struct { const char *text, *says; } refused[] = {
	{ "<scheme/>", "expected <year>" },
	{ YEAR("<status mode=\"windows\"/>", ""), "\"windows\"; expected" },
	{ YEAR("<status k=\"4\"/>", ""), "k=\"4\" of <status> is more than n=\"3\"" },
	{ YEAR("<status n=\"99\"/>", ""), "expected a whole number from 1 to 20" },
	{ YEAR("<status exused=\"skip\"/>", ""), "\"exused\"" },
	{ YEAR("<share levels=\"province\"/>", ""), "\"province\"; expected all, or" },
	{ YEAR("<share levels=\"city city\"/>", ""), "each once" },
	{ YEAR("<item from=\"certificate\"/>", ""), "and no policy" },
	{ YEAR("<title ties=\"nobody\"/>", ""), "\"nobody\"; expected" },
	{ YEAR("<title larger-is-worse=\"a\"/>", ""), "means nothing with evidence=\"latest\"" },
	{ YEAR("<title evidence=\"worst\" larger-is-worse=\"a B\"/>", ""), "\"B\" in larger-is-worse of <title> is no key" },
	{ YEAR("<ranking alpha=\"38\"/>", ""), "one of alpha and beta" },
	{ YEAR("<ranking alpha=\"38\" beta=\"0\"/>", ""), "\"beta\" of <ranking> is \"0\"; expected fit, or a number from 0.001 to 10000000" },
	{ YEAR("<ranking deff=\"0.9\"/>", ""), "expected fit, or a number from 1 to 1000" },
	{ YEAR("<ranking deff=\"one\"/>", ""), "expected fit, or a number" },
	{ YEAR("<item from=\"certificate\" policy=\"x\"/>", C("")), "id of no <certificate>" },
	{ YEAR("<item policy=\"c\"/>", C("")), "means nothing with from" },
	{ YEAR("", C("") C("")), "is there twice" },
	{ YEAR("", C(" k=\"2\"")), "the attribute \"k\" means nothing here" },
	{ YEAR("", C(" short-year=\"scale\"")), "needs n" },
	{ YEAR("", "<certificate id=\"c\" name=\"n\" policy=\"k-of-n\"/>"), "has no k" },
	{ YEAR("", "<certificate id=\"c\" name=\"n\" policy=\"k-of-n\" k=\"3\" n=\"2\"/>"), "k=\"3\" is more than n=\"2\"" },
	{ YEAR("", "<certificate id=\"c\" name=\"n\" policy=\"mean\" mark=\"101\"/>"), "above 100 percent" },
	{ YEAR("", "<certificate id=\"a/b\" name=\"n\" policy=\"mean\"/>"), "cannot be part of a number" },
	{ YEAR("", "<certificate id=\"c\" name=\"n\"/>"), "policy" },
};

Test(year_rules, what_is_wrong_is_said)
{
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		zp_problems *found = zp_problems_take(arena);
		cr_expect_null(read_text(refused[i].text, found), "%s", refused[i].text);
		cr_assert_gt(zp_problems_count(found), 0, "%s", refused[i].text);
		bool said = false;
		for (size_t k = 0; k < zp_problems_kept(found); k++)
			said |= strstr(zp_problem_at(found, k)->text, refused[i].says) != NULL;
		cr_expect(said, "%s: %s", refused[i].text, zp_problem_at(found, 0)->text);
	}
}

Test(year_rules, a_name_that_leads_elsewhere_is_refused)
{
	cr_expect_null(zp_year_rules_read(arena, RULES, "../x", rules));
	scratch_says(rules, "years", 0, "is not the name of a year's rules");
}
