/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the organiser is told of a year, in either language: the year that was worked out by hand (fixtures/years/four-laboratories), with
 * lists and internal quality control that do not fit it. */
#include "annals_csv.h"
#include "scratch.h"
#include "book/book.h"
#include "ledger/acts.h"
#include "year/lists.h"
#include "year/year.h"

#define FOLDER FIXTURES "/years/four-laboratories"

TestSuite(year_told, .init = scratch_enter, .fini = scratch_leave);

typedef struct told { const char *text; size_t n; } told;

static void hear(void *self, const char *sentence)
{
	told *t = self;
	t->text = zp_arena_print(arena, "%s%s\n", t->text, sentence);
	t->n++;
}

static zp_year_rules settings;
static const zp_annals *annals;

/* What is told of the year with these files; NULL for none. Needs: annals and settings. */
static told told_of(const char *performed, const char *iqc, bool chinese)
{
	zp_input record;
	zp_error err = { 0 };
	zp_year_wish wish = { .year = 2026, .issued = "2027-01-20", .annals = annals, .rules = &settings, .performed_file = "performed.csv", .threads = 1 };
	wish.regions = zp_regions_read(arena, RULES, ".", "hubei", rules);
	wish.identity = zp_identity_read(arena, FOLDER "/identity.csv", "identity.csv", &settings, 2026, input);
	wish.identity_before = zp_identity_read(arena, FOLDER "/identity.csv", "identity.csv", &settings, 2025, input);
	if (performed) {
		scratch_write("performed.csv", performed);
		wish.performed = zp_performed_read(arena, scratch_path("performed.csv"), "performed.csv", &wish.n_performed, &record, input);
	}
	if (iqc) {
		zp_iqc_lines *lines = zp_iqc_lines_take(arena, NULL);
		scratch_write("iqc.csv", iqc);
		zp_iqc_read(lines, scratch_path("iqc.csv"), input);
		wish.iqc = lines;
	}
	const zp_year *year = zp_year_take(arena, &wish, input, &err);
	scratch_quiet(rules);
	scratch_quiet(input);
	cr_assert_not_null(year, "%s", err.text);
	told t = { "", 0 };
	zp_year_tell(year, arena, chinese, hear, &t);
	return t;
}

static told heard(const char *performed, const char *iqc, bool chinese)
{
	settings = *zp_year_rules_read(arena, RULES, "default", rules);
	annals = annals_read(arena, FOLDER);
	return told_of(performed, iqc, chinese);
}

static size_t count(const char *text, const char *words)
{
	size_t n = 0;
	for (const char *p = text; (p = strstr(p, words)); p++)
		n++;
	return n;
}

#define HAS(t, words) cr_expect(strstr((t).text, words), "%s\nis not in\n%s", words, (t).text)

/* ---- what is performed ---- */

static const char *many_performed(size_t n)
{
	const char *text = "lab,specimen,item,compared,iqc\nL0001,serum,GLU,yes,yes\n";
	for (size_t i = 0; i < n; i++)
		text = zp_arena_print(arena, "%sL0001,serum,X%02zu,no,no\nL0012,serum,X%02zu,no,no\n", text, i, i);
	return text;
}

Test(year_told, twenty_items_that_are_in_no_programme_are_named_and_all_are_counted)
{
	HAS(heard(many_performed(2), NULL, false), "misspelt: 2: X00, X01\n");
	HAS(heard(many_performed(2), NULL, true), "performed.csv：2 个项目不在任何计划中，按无室间质评计划的项目计算；如系代码写错请更正：X00、X01\n");
	const told english = heard(many_performed(21), NULL, false), chinese = heard(many_performed(21), NULL, true);
	HAS(english, "misspelt: 21: X00, X01");
	HAS(english, "X19, ...\n");
	HAS(chinese, "X19、…\n");
	cr_expect_null(strstr(english.text, "X20"));
}

/* ---- internal quality control ---- */

#define HEADER "lab,month,specimen,item,level,lot,n,mean,sd,unit\n"

Test(year_told, an_item_of_internal_control_that_no_programme_has_is_told_with_its_specimen)
{
	const char *iqc = HEADER "L0001,2026-03,urine,XYZ,1,A1,20,5.1,0.1,\nL0001,2026-04,urine,XYZ,1,A1,20,5.1,0.1,\nL0012,2026-04,urine,XYZ,1,A1,20,5.1,0.1,\nL0001,2026-03,,ABC,1,A1,20,5.1,0.1,g/L\n";
	const told english = heard(NULL, iqc, false), chinese = heard(NULL, iqc, true);
	HAS(english, "the item \"XYZ\" of specimen \"urine\" is in no programme");
	HAS(english, "the item \"ABC\" is in no programme");
	HAS(chinese, "室内质控项目“XYZ”（标本“urine”）不在任何计划中");
	HAS(chinese, "室内质控项目“ABC”不在任何计划中");
	cr_expect_eq(count(english.text, "XYZ"), 1);
}

Test(year_told, twenty_sentences_of_a_kind_are_enough)
{
	const char *strangers = HEADER, *units = HEADER, *performed = "lab,specimen,item,compared,iqc\n";
	for (size_t i = 0; i < 22; i++) {
		strangers = zp_arena_print(arena, "%sL0001,2026-03,serum,X%02zu,1,A1,20,5.1,0.1,\n", strangers, i);
		units = zp_arena_print(arena, "%sL0001,2026-03,serum,GLU,1,A%zu,20,5.1,0.1,unit%02zu\n", units, i, i);
		performed = zp_arena_print(arena, "%sL0001,serum,X%02zu,yes,no\n", performed, i);
	}
	const told english = heard(NULL, strangers, false), chinese = heard(NULL, strangers, true);
	cr_expect_eq(count(english.text, "is in no programme; it stays"), 20);
	cr_expect_eq(count(english.text, "2 more of the same are not listed\n"), 1);
	cr_expect_eq(count(chinese.text, "另有 2 处同类情况未列出\n"), 1);
	cr_expect_eq(count(heard(NULL, units, false).text, "it is not converted"), 20);
	cr_expect_eq(count(heard(performed, strangers, false).text, "is said to have no internal control of X"), 20);
}

Test(year_told, what_contradicts_the_catalogue_is_told_of_laboratories_that_sent_something)
{
	const char *performed = "lab,specimen,item,compared,iqc\nL0001,serum,GLU,yes,no\nL0001,serum,CK,yes,yes\nL0001,serum,K,yes,no\nL0012,serum,CK,yes,yes\n";
	const char *iqc = HEADER "L0001,2026-03,serum,GLU,1,A1,20,5.1,0.1,\nL0001,2026-03,serum,GLU,2,A1,20,9.1,0.1,\n";
	const told english = heard(performed, iqc, false), chinese = heard(performed, iqc, true);
	HAS(english, "performed.csv line 2: laboratory L0001 is said to have no internal control of GLU, and figures of it were sent;");
	HAS(english, "performed.csv line 3: laboratory L0001 is said to have internal control of CK, and no figures of it were sent;");
	HAS(chinese, "performed.csv 第 2 行：实验室 L0001 的项目 GLU 写作未开展室内质控，却上报该项目的室内质控数据");
	HAS(chinese, "performed.csv 第 3 行：实验室 L0001 的项目 CK 写作已开展室内质控，却未上报该项目的室内质控数据");
	cr_expect_eq(count(english.text, "is said to have"), 2); /* nothing at all came of L0012 */
}

Test(year_told, a_unit_that_is_not_the_programmes_is_told_once)
{
	const char *iqc = HEADER "L0001,2026-03,serum,GLU,1,A1,20,5.1,0.1,mg/dL\nL0001,2026-04,serum,GLU,1,A1,20,5.1,0.1,mg/dL\nL0012,2026-03,serum,GLU,1,A1,20,5.1,0.1,\n";
	const told english = heard(NULL, iqc, false), chinese = heard(NULL, iqc, true);
	cr_expect_eq(count(english.text, "it is not converted"), 1);
	HAS(chinese, "项目 GLU 的单位为“mg/dL”");
}

/* ---- the register, and what nobody can meet ---- */

/* The last round again, with n laboratories more in its first programme that has results, the first of them in a region of this code. */
static void add_labs(size_t n, const char *region)
{
	zp_annal_round *r = (zp_annal_round *)&annals->rounds[annals->n - 1];
	zp_annal_lab *labs = zp_take(arena, zp_annal_lab, r->n_labs + n);
	zp_annal_tally *tallies = zp_take(arena, zp_annal_tally, r->n_tallies + 2 * n), one = r->tallies[0];
	memcpy(labs, r->labs, r->n_labs * sizeof *labs);
	memcpy(tallies, r->tallies, r->n_tallies * sizeof *tallies);
	for (size_t i = 0; i < n; i++) {
		labs[r->n_labs] = (zp_annal_lab){ zp_arena_print(arena, "N%04zu", i + 1), "示例医院", i ? "420502" : region, "", "三级公立", "", "" };
		one.lab = (uint32_t)r->n_labs++;
		one.measurand = 0;
		tallies[r->n_tallies++] = one;
		one.measurand = ZP_ANNAL_WHOLE;
		tallies[r->n_tallies++] = one;
	}
	r->labs = labs;
	r->tallies = tallies;
}

static told with_labs(size_t n, const char *region, int register_on, bool chinese)
{
	settings = *zp_year_rules_read(arena, RULES, "default", rules);
	settings.share_register_on = register_on;
	settings.share_unknown_alone = 1;
	annals = annals_read(arena, FOLDER);
	add_labs(n, region);
	return told_of(NULL, NULL, chinese);
}

Test(year_told, who_is_not_on_the_register_of_the_day_is_told_by_code_as_far_as_twenty_go)
{
	/* L0013 was split off after the year had begun */
	HAS(with_labs(1, "420502", ZP_ON_YEAR_START, false), "are in no region's figures: 2: L0013, N0001\n");
	HAS(with_labs(1, "420502", ZP_ON_YEAR_START, true), "2 家实验室本年度参加了计划，但不在所定日期的名册上，不计入任何地区的数字：L0013、N0001\n");
	const told many = with_labs(20, "420502", ZP_ON_YEAR_START, false), chinese = with_labs(20, "420502", ZP_ON_YEAR_START, true);
	HAS(many, "figures: 21: L0013, N0001, ");
	HAS(many, "N0019, ...\n");
	HAS(chinese, "N0019、…\n");
	cr_expect_null(strstr(with_labs(20, "420502", ZP_ON_YEAR_END, false).text, "on the register of the chosen day"));
}

Test(year_told, a_region_that_the_tree_does_not_know_is_told_where_it_may_stand_by_itself)
{
	HAS(with_labs(1, "990101", ZP_ON_YEAR_END, false), "region code \"990101\" of the register is not in the tree: it stands by itself\n");
	HAS(with_labs(1, "990101", ZP_ON_YEAR_END, true), "名册上的地区代码“990101”不在行政区划中：单独列出\n");
	cr_expect_null(strstr(with_labs(1, "420502", ZP_ON_YEAR_END, false).text, "is not in the tree"));
}

Test(year_told, a_certificate_that_asks_for_more_rounds_than_there_were_is_told)
{
	settings = *zp_year_rules_read(arena, RULES, "default", rules);
	annals = annals_read(arena, FOLDER);
	zp_certificate_rule three = settings.certificates[0];
	three.min_rounds = 3;
	settings.certificates = &three;
	settings.n_certificates = 1;
	const told english = told_of(NULL, NULL, false), chinese = told_of(NULL, NULL, true);
	HAS(english, "programme \"chem\" had 2 rounds in the year and certificate \"all-rounds\" asks for 3: nobody can meet it;");
	HAS(english, "programme \"card\" had 1 round in the year"); /* the other one was cancelled */
	HAS(chinese, "专业“常规化学”本年度只举行了 2 次，证书“室间质量评价合格证书”要求 3 次：没有实验室能够达到");
	three.organiser = "another centre";
	cr_expect_null(strstr(told_of(NULL, NULL, false).text, "nobody can meet it")); /* it is not for these programmes */
	three.organiser = "示例省临床检验中心";
	HAS(told_of(NULL, NULL, false), "nobody can meet it");
}
