/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules of recognition as they are read, how long a mark holds, and the numbers of papers. */
#include "scratch.h"
#include "recognition_words.h"

TestSuite(recognition_rules, .init = scratch_enter, .fini = scratch_leave);

#define RULE(settings, inside) "<recognition id=\"hr\" name=\"n\" version=\"1\"" settings ">" inside "</recognition>"
#define STANDARD "<default><rounds level=\"provincial\" passed=\"2\"/></default>"

static const zp_recognition_rule *read_text(const char *text, zp_problems *problems)
{
	scratch_write("own.xml", text);
	return zp_recognition_rule_read(arena, scratch_path("rules"), scratch_path("own.xml"), problems);
}

Test(recognition_rules, the_shipped_files_have_every_setting_at_its_default)
{
	static const char *const shipped[] = { "provincial", "city" };
	const zp_recognition_rule preset = zp_recognition_rule_default();
	for (size_t f = 0; f < sizeof shipped / sizeof *shipped; f++) {
		const zp_recognition_rule *rule = zp_recognition_rule_read(arena, RULES, shipped[f], rules);
		const char *name, *same;
		zp_text a, b;
		scratch_quiet(rules);
		for (size_t i = 0, k = 0; zp_recognition_setting_next(rule, &i, &name, &a);) {
			cr_assert(zp_recognition_setting_next(&preset, &k, &same, &b));
			cr_expect(zp_text_same(a, b), "%s: %s", shipped[f], name);
		}
		const zp_recog_measurand *asks = zp_recognition_asks(rule, "serum", "anything");
		cr_assert_not_null(asks);
		cr_expect_eq(asks->levels, 2); /* Wuhan */
		cr_expect_eq(asks->cv, ZP_RECOG_CV_TABLE);
		cr_assert_not_null(rule->cv_limits);
		cr_expect_eq(asks->max_failed[ZP_LEVEL_PROVINCIAL], ZP_RECOG_NO_MOST);
		cr_expect_eq(rule->n_reporting, f ? 3 : 0);
	}
}

Test(recognition_rules, a_measurand_alters_what_it_names)
{
	const zp_recognition_rule *rule = read_text(RULE(" run=\"ending\" vacuous=\"skip\"",
		"<period months=\"24\" ends=\"issue\"/><validity months=\"6\" from=\"2027-02-01\"/>"
		"<default><rounds level=\"provincial\" passed=\"2\" max-failed=\"1\"/><iqc months=\"6\" cv-limit=\"5\" levels=\"2\" min-n=\"20\"/></default>"
		"<measurand item=\"HBsAg\"><rounds level=\"national\" passed=\"1\"/><iqc cv-limit=\"none\"/></measurand>"
		"<measurand item=\"glucose\" specimen=\"csf\"><rounds level=\"provincial\" passed=\"1\"/></measurand>"), rules);
	scratch_quiet(rules);
	cr_expect_eq(rule->run, ZP_RECOG_RUN_ENDING);
	cr_expect_eq(rule->vacuous, ZP_RECOG_VACUOUS_SKIP);
	cr_expect_eq(rule->period_months, 24);
	cr_expect_eq(rule->period_ends, ZP_RECOG_ISSUE);
	cr_expect_eq(rule->valid_from, ZP_RECOG_FROM_DAY);
	const zp_recog_measurand *asks = zp_recognition_asks(rule, "serum", "HBsAg");
	cr_expect_eq(asks->cv, ZP_RECOG_CV_NONE);
	cr_expect_eq(asks->months, 6);
	cr_expect_eq(asks->min_n, 20);
	cr_expect_eq(asks->passed[ZP_LEVEL_NATIONAL], 1);
	cr_expect_eq(asks->passed[ZP_LEVEL_PROVINCIAL], 2);
	cr_expect_eq(asks->max_failed[ZP_LEVEL_PROVINCIAL], 1);
	cr_expect_eq(zp_recognition_asks(rule, "csf", "glucose")->passed[ZP_LEVEL_PROVINCIAL], 1);
	cr_expect_eq(zp_recognition_asks(rule, "serum", "glucose"), &rule->standard);
	rule = read_text(RULE("", "<measurand item=\"glucose\"><rounds level=\"city\" passed=\"1\"/></measurand>"), rules);
	scratch_quiet(rules);
	cr_expect_null(zp_recognition_asks(rule, "serum", "sodium")); /* without a default what is not listed cannot be recognised */
	cr_expect_not_null(zp_recognition_asks(rule, "serum", "glucose"));
}

Test(recognition_rules, every_setting_can_be_set_by_its_words)
{
	static const char *const all[] = { "mode=marks", "mode=all-levels", "count=in-period", "count=latest-run", "two-programmes=each", "two-programmes=best",
		"two-programmes=sum", "hierarchy=own", "hierarchy=inherits", "run=any", "run=ending", "any-lot=month", "any-lot=level", "vacuous=pass",
		"vacuous=fail", "vacuous=skip", "valid=same-day", "valid=day-before" };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		const char *sign = strchr(all[i], '='), *name;
		const char *setting = zp_arena_text(arena, all[i], (size_t)(sign - all[i]));
		zp_text value = { NULL, 0 };
		const zp_recognition_rule *rule = read_text(zp_arena_print(arena, RULE(" %s=\"%s\"", STANDARD), setting, sign + 1), rules);
		scratch_quiet(rules);
		for (size_t k = 0; zp_recognition_setting_next(rule, &k, &name, &value) && strcmp(name, setting) != 0;)
			continue;
		cr_expect(zp_text_is(value, sign + 1), "%s", all[i]);
	}
}

static const struct { const char *text, *says; } refused[] = {
	{ "<year/>", "expected <recognition>" },
	{ RULE(" mode=\"levels\"", STANDARD), "\"levels\"; expected marks or all-levels" },
	{ RULE(" any_lot=\"month\"", STANDARD), "\"any_lot\"" },
	{ RULE("", ""), "neither <default> nor <measurand>" },
	{ RULE("", "<default/>"), "asks for rounds of no level" },
	{ RULE("", "<default><rounds level=\"provincial\" passed=\"none\"/></default>"), "asks for rounds of no level" },
	{ RULE("", "<default><rounds level=\"county\" passed=\"1\"/></default>"), "expected national, provincial or city" },
	{ RULE("", "<default><rounds level=\"city\" passed=\"7\"/></default>"), "\"7\"; expected none, or a whole number from 1 to 6" },
	{ RULE("", "<default><rounds level=\"city\" passed=\"0\"/></default>"), "\"0\"; expected none, or" },
	{ RULE("", "<default><rounds level=\"city\" passed=\"1\"/><rounds level=\"city\" passed=\"2\"/></default>"), "each level once" },
	{ RULE("", "<default><rounds level=\"city\" passed=\"1\"/><iqc months=\"13\"/></default>"), "months=\"13\" is more than the period has, which is 12" },
	{ RULE("", "<default><rounds level=\"city\" passed=\"1\"/><iqc cv-limit=\"100\"/></default>"), "\"100\"; expected none, table, or percent above 0 and below 100" },
	{ RULE("", "<default><rounds level=\"city\" passed=\"1\"/><iqc cv-limit=\"0\"/></default>"), "\"0\"; expected none, table" },
	{ RULE("", "<default><rounds level=\"city\" passed=\"1\"/><iqc cv-limit=\"table\"/></default>"), "needs cv-limits" },
	{ RULE(" cv-limits=\"nowhere\"", STANDARD), "iqc/nowhere.xml" },
	{ RULE("", STANDARD "<measurand item=\"a\"/><measurand item=\"a\"/>"), "measurand \"a\" of specimen \"\" is there twice" },
	{ RULE("", STANDARD "<reporting key=\"k\" name=\"n\" least=\"101\"/>"), "above 100 percent" },
	{ RULE("", STANDARD "<reporting key=\"k\" name=\"n\" least=\"9\" months=\"13\"/>"), "nobody can meet it" },
	{ RULE("", STANDARD "<reporting key=\"k\" name=\"n\" least=\"9\"/><reporting key=\"k\" name=\"n\" least=\"9\"/>"), "is there twice" },
	{ RULE("", STANDARD "<reporting key=\"workDayRepRate\" name=\"n\" least=\"9\"/>"), "\"workDayRepRate\" is no key of evidence" },
	{ RULE("", STANDARD "<validity from=\"2027-02-29\"/>"), "\"2027-02-29\"; expected issued, next-month, or a day" },
	{ RULE("", STANDARD "<period months=\"0\"/>"), "\"0\"; expected a whole number from 1 to 60" },
	{ "<recognition id=\"a/b\" name=\"n\" version=\"1\">" STANDARD "</recognition>", "cannot be part of a number" },
};

Test(recognition_rules, what_cannot_be_meant_is_refused)
{
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		zp_problems *found = zp_problems_take(arena);
		cr_expect_null(read_text(refused[i].text, found), "%s", refused[i].text);
		bool said = false;
		for (size_t k = 0; k < zp_problems_kept(found); k++) {
			const zp_problem *p = zp_problem_at(found, k);
			said |= strstr(p->text, refused[i].says) || strstr(p->file, refused[i].says);
		}
		cr_expect(said, "%s: %s", refused[i].text, zp_problems_kept(found) ? zp_problem_at(found, 0)->text : "nothing");
	}
}

/* ---- validity ---- */

Test(recognition_rules, the_last_day_of_validity)
{
	static const struct { const char *from; int months; const char *same_day, *day_before; } table[] = {
		{ "2027-01-20", 12, "2028-01-20", "2028-01-19" },
		{ "2027-02-01", 12, "2028-02-01", "2028-01-31" },
		{ "2027-01-01", 12, "2028-01-01", "2027-12-31" },
		{ "2028-03-01", 12, "2029-03-01", "2029-02-28" },
		{ "2027-03-01", 12, "2028-03-01", "2028-02-29" }, /* a leap year's */
		{ "2028-02-29", 12, "2029-02-28", "2029-02-28" }, /* there is no 29th: both mean the last day */
		{ "2028-02-29", 48, "2032-02-29", "2032-02-28" },
		{ "2027-01-31", 1, "2027-02-28", "2027-02-28" },
		{ "2027-01-30", 1, "2027-02-28", "2027-02-28" },
		{ "2027-01-28", 1, "2027-02-28", "2027-02-27" },
		{ "2027-08-31", 1, "2027-09-30", "2027-09-30" },
		{ "2027-12-15", 1, "2028-01-15", "2028-01-14" },
		{ "2099-03-01", 12, "2100-03-01", "2100-02-28" }, /* 2100 has no leap day */
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		char out[11];
		cr_expect_str_eq(zp_recog_until(table[i].from, table[i].months, ZP_RECOG_SAME_DAY, out), table[i].same_day, "%s: %s", table[i].from, out);
		cr_expect_str_eq(zp_recog_until(table[i].from, table[i].months, ZP_RECOG_DAY_BEFORE, out), table[i].day_before, "%s: %s", table[i].from, out);
	}
}

/* ---- papers ---- */

static zp_recog_paper paper_of(const zp_recognition_rule *rule, const char *rounds, const char *issued, const zp_issued *before, size_t n)
{
	const zp_recog_wish wish = { .rule = rule, .chronicle = chronicle_of(rounds, false), .issued = issued, .issued_before = before, .n_issued_before = n };
	const zp_recognition *r = zp_recognition_take(arena, &wish);
	cr_assert_eq(r->n_papers, 1);
	cr_assert_eq(r->labs[0].paper, 0);
	return r->papers[0];
}

static zp_issued issued(const zp_recog_paper *p, const char *name)
{
	return (zp_issued){ p->number, name, p->says, p->issued, "L0001" };
}

Test(recognition_rules, a_paper_that_says_the_same_keeps_its_number_and_its_validity)
{
	zp_recognition_rule rule = *rule_of("P=1");
	rule.valid_from = ZP_RECOG_FROM_NEXT_MONTH;
	rule.valid = ZP_RECOG_DAY_BEFORE;
	const zp_recog_paper first = paper_of(&rule, "P 2603S", "2027-01-20", NULL, 0);
	cr_expect_str_eq(first.number, "2026/HR/hr/L0001/1");
	cr_expect_str_eq(first.list, "serum:glucose:P 2027-02-01/2028-01-31");
	cr_expect_str_eq(first.from, "2027-02-01");
	cr_expect_str_eq(first.until, "2028-01-31");
	cr_expect_eq(first.n_items, 1);
	zp_issued before[3] = { issued(&first, "示例医院一"), { "2026/HR/hr2/L0001/7", "", "", "2027-01-20", "L0001" }, { "2026/HR/hr/L00012/9", "", "", "2027-01-20", "L00012" } };
	const zp_recog_paper again = paper_of(&rule, "P 2603S 2606U", "2027-03-05", before, 3);
	cr_expect_str_eq(again.number, first.number);
	cr_expect_str_eq(again.issued, "2027-01-20");
	cr_expect_str_eq(again.until, "2028-01-31");
	cr_expect(again.kept);
	before[0].name = "示例医院二";
	const zp_recog_paper renamed = paper_of(&rule, "P 2603S", "2027-03-05", before, 3);
	cr_expect_str_eq(renamed.number, "2026/HR/hr/L0001/2");
	cr_expect_str_eq(renamed.from, "2027-04-01");
	before[0].name = "示例医院一";
	rule.valid_months = 24;
	const zp_recog_paper longer = paper_of(&rule, "P 2603S", "2027-03-05", before, 3);
	cr_expect_str_eq(longer.number, "2026/HR/hr/L0001/2"); /* it holds until another day: it says something else */
	zp_recognition_rule both = *rule_of("P=1 N=1");
	both.valid_from = ZP_RECOG_FROM_NEXT_MONTH;
	both.valid = ZP_RECOG_DAY_BEFORE;
	const zp_recog_paper more = paper_of(&both, "P 2603S; N 2604S", "2027-03-05", before, 3);
	cr_expect_str_eq(more.list, "serum:glucose:NP 2027-04-01/2028-03-31");
	cr_expect_str_eq(more.number, "2026/HR/hr/L0001/2");
	before[1] = issued(&more, "示例医院一");
	const zp_recog_paper back = paper_of(&rule, "P 2603S", "2027-05-05", before, 3);
	cr_expect_str_eq(back.number, "2026/HR/hr/L0001/3"); /* not the first again: the second lies between */
	before[0].number = "2026/HR/hr/L0001/10"; /* after 9, and before it in the alphabet */
	before[1].number = "2026/HR/hr/L0001/9";
	cr_expect_str_eq(paper_of(&rule, "P 2603S", "2027-05-05", before, 3).number, "2026/HR/hr/L0001/11");
}

Test(recognition_rules, nobody_without_a_mark_has_a_paper)
{
	const zp_recog_wish wish = { .rule = rule_of("P=1"), .chronicle = chronicle_of("P 2603U", false), .issued = "2027-01-20" };
	const zp_recognition *r = zp_recognition_take(arena, &wish);
	cr_expect_eq(r->n_papers, 0);
	cr_expect_eq(r->labs[0].paper, UINT32_MAX);
	cr_expect_eq(r->labs[0].n, 1);
}
