/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Internal quality control: what a file may say, peers against R, the mean in use by hand. */
#include "iqc_sent.h"
#include <math.h>
#include "year/indicators.h"
#include "year/record.h"

#ifndef FIXTURES
#define FIXTURES "fixtures"
#endif
TestSuite(iqc, .init = enter, .fini = scratch_leave);

/* ---- rows ---- */

Test(iqc, columns_are_found_by_their_names_in_either_language)
{
	const zp_iqc *iqc = take_text("﻿实验室编码,月份,标本,检验项目,水平,批号,测定次数,均值,标准差,变异系数(%),单位,使用中均值,在控,备注\n"
				      "L0101,2026年3月,serum,葡萄糖,水平1,Ａ１,３１,5.10,0.08,1.57%,mmol/L,5.08,是,无\n", NULL);
	scratch_quiet(input);
	cr_assert_eq(iqc->n, 1);
	const zp_iqc_row *row = iqc->rows;
	cr_expect_eq(row->lab, 0);
	cr_expect_eq(row->item, 0);
	cr_expect_str_eq(row->item_code, "GLU");
	cr_expect_str_eq(row->level, "1");
	cr_expect_str_eq(row->lot, "A1");
	cr_expect_eq(row->month, 12 * 2026 + 2);
	cr_expect_eq(row->n, 31);
	cr_expect(row->has_in_control && row->in_control && row->has_mean_in_use);
	cr_expect_eq(zp_decimal_compare(row->cv, (zp_decimal){ 157, -2 }), 0);
}

Test(iqc, every_bad_line_is_told_at_once_with_its_place)
{
	static const struct { const char *line, *words; } bad[] = {
		{ "L9999,2026-03,serum,GLU,1,A1,20,5.10,0.08,,,", "laboratory \"L9999\" is on no register" },
		{ "L0101,2026-13,serum,GLU,1,A1,20,5.10,0.08,,,", "\"month\" is \"2026-13\"; expected a month with its year" },
		{ "L0101,3,serum,GLU,1,A1,20,5.10,0.08,,,", "\"month\" is \"3\"" },
		{ "L0101,2025-03,serum,GLU,1,A1,20,5.10,0.08,,,", "the month 2025-03 is not of 2026" },
		{ "L0101,2026-03,serum,GLU,1,A1,20.5,5.10,0.08,,,", "\"n\" is \"20.5\"; expected a whole number" },
		{ "L0101,2026-03,serum,GLU,1,A1,0,5.10,,,,", "\"n\" is \"0\"; expected a whole number from 1" },
		{ "L0101,2026-03,serum,GLU,1,A1,1,5.10,0.08,,,", "there is one value, and an SD or CV" },
		{ "L0101,2026-03,serum,GLU,1,A1,20,5.10,-0.08,,,", "\"sd\" is \"-0.08\"; expected 0 or more" },
		{ "L0101,2026-03,serum,GLU,1,A1,20,5.10,0.08,2.57,,", "the CV is 2.57, and the SD 0.08 of the mean 5.10 makes 1.57" },
		{ "L0101,2026-03,serum,GLU,1,A1,20,0,0.08,3.1,,", "the mean is 0, and there is a CV" },
		{ "L0101,2026-03,serum,GLU,1,A1,20,5.10,0.08,,,perhaps", "expected yes or no" },
		{ "L0101,2026-03,serum,,1,A1,20,5.10,0.08,,,", "\"item\" is empty" },
		{ "L0101,2026-03,,GLU,1,A1,20,5.10,0.08,,,", "\"GLU\" is more than one item" },
		{ "L0101,2026-03,serum,GLU,1,A1,20,abc,0.08,,,", "\"mean\" is \"abc\"; expected a number" },
		{ "L0101,2026-03,serum,GLU,1,A1,20,5.10,0.08,,,,x", "more cells than the header" },
	};
	char text[4000] = HEADER;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		strcat(strcat(text, bad[i].line), "\n");
	cr_expect_null(take_text(text, NULL));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		scratch_says(input, scratch_path("iqc.csv"), (long)i + 2, bad[i].words);
	cr_expect_eq(zp_problems_count(input), sizeof bad / sizeof *bad);
}

Test(iqc, a_header_that_is_not_understood_is_refused)
{
	cr_expect_null(take_text("lab,month,item,level,lot,n,avarage\nL0101,2026-03,K,1,A,20,4.0\n", NULL));
	scratch_says(input, scratch_path("iqc.csv"), 1, "the column \"avarage\" is not known");
	scratch_says(input, scratch_path("iqc.csv"), 1, "there is no column \"mean\" (or \"均值\")");
	cr_expect_eq(zp_problems_count(input), 2);
}

Test(iqc, a_month_that_is_not_over_on_the_day_of_issue_is_refused)
{
	scratch_write("iqc.csv", HEADER "L0101,2026-11,serum,K,1,A1,20,4.10,0.05,,,\nL0101,2026-12,serum,K,1,A1,20,4.10,0.05,,,\n");
	cr_expect_null(take_from(scratch_path("iqc.csv"), NULL, "2026-12-30"));
	scratch_says(input, scratch_path("iqc.csv"), 3, "the month 2026-12 is not over on the date of issue 2026-12-30");
	cr_expect_eq(zp_problems_count(input), 1);
}

/* 0.075 to 0.085 over 5.095 to 5.105 makes 1.469 to 1.668: CVs that print as 1.47, 1.67, 1.5 and 2 belong to it, 1.46, 1.68, 1.4 do not. */
Test(iqc, an_sd_and_a_cv_contradict_one_another_only_beyond_what_was_rounded)
{
	static const char *const good[] = { "1.47", "1.57", "1.67", "1.5", "1.6", "2" }, *const wrong[] = { "1.46", "1.68", "1.4", "3", "0" };
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		cr_expect_not_null(take_text(zp_arena_print(arena, HEADER "L0101,2026-03,serum,K,1,A1,20,-5.10,0.08,%s,,\n", good[i]), NULL), "%s", good[i]);
	scratch_quiet(input);
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		cr_expect_null(take_text(zp_arena_print(arena, HEADER "L0101,2026-03,serum,K,1,A1,20,5.10,0.08,%s,,\n", wrong[i]), NULL), "%s", wrong[i]);
	cr_expect_eq(zp_problems_count(input), sizeof wrong / sizeof *wrong);
}

Test(iqc, a_row_that_stands_twice_counts_once_and_with_other_figures_is_refused)
{
	const zp_iqc *iqc = take_text(HEADER "L0101,2026-03,serum,K,1,A1,20,4.10,0.05,,,\nL0101,2026-03,serum,K,1,A1,20,4.1,0.050,,,\n", NULL);
	scratch_quiet(input);
	cr_expect_eq(iqc->n, 1);
	cr_expect_null(take_text(HEADER "L0101,2026-03,serum,K,1,A1,20,4.10,0.05,,,\nL0101,2026-03,serum,K,1,A1,21,4.10,0.05,,,\n", NULL));
	scratch_says(input, scratch_path("iqc.csv"), 3, "line 2 has this laboratory, item, month, level and lot with other figures");
}

Test(iqc, a_code_that_the_laboratory_had_in_the_month_is_followed)
{
	scratch_write("identity.csv", "from,to,since,kind\nL0090,L0101,2026-07-01,rename\n");
	chronicle->identity = zp_identity_read(arena, scratch_path("identity.csv"), "identity.csv", &settings, 2026, input);
	const zp_iqc *iqc = take_text(HEADER "L0090,2026-06,serum,K,1,A1,20,4.10,0.05,,,\nL0101,2026-07,serum,K,1,A1,20,4.10,0.05,,,\n", NULL);
	scratch_quiet(input);
	cr_assert_eq(iqc->n, 2);
	cr_expect_eq(iqc->rows[0].lab, 0);
	cr_expect_str_eq(iqc->rows[0].sent_as, "L0090");
	cr_expect_null(take_text(HEADER "L0090,2026-08,serum,K,1,A1,20,4.10,0.05,,,\n", NULL));
	scratch_says(input, scratch_path("iqc.csv"), 2, "laboratory \"L0090\" is on no register");
}

Test(iqc, a_folder_is_read_file_by_file)
{
	cr_assert_eq(mkdir(scratch_path("iqc"), 0700), 0);
	scratch_write("iqc/b.csv", HEADER "L0102,2026-03,serum,K,1,A1,20,4.10,0.05,,,\n");
	scratch_write("iqc/a.csv", HEADER "L0101,2026-03,serum,K,1,A1,20,4.10,0.05,,,\n");
	scratch_write("iqc/notes.txt", "nothing\n");
	const zp_iqc *iqc = take_from(scratch_path("iqc"), NULL, "2027-01-20");
	scratch_quiet(input);
	cr_expect_eq(iqc->n, 2);
	cr_expect_eq(iqc->of_lab[1], 1);
	cr_expect_eq(iqc->of_lab[LABS], 2);
}

/* ---- the CV and its limit ---- */

Test(iqc, a_cv_on_the_limit_is_within_it_exactly)
{
	const zp_iqc_limits *limits = limits_of(LIMITS("<limit item=\"K\" name=\"钾\" cv=\"2.5\"/>"));
	scratch_quiet(rules);
	/* 0.082 of 3.28 is 2.5 percent; in doubles 100 * 0.082 / 3.28 is 2.5000000000000004 */
	const zp_iqc *iqc = take_text(HEADER "L0101,2026-03,serum,K,1,A1,20,3.28,0.082,,,\nL0102,2026-03,serum,K,1,A1,20,3.28,0.0821,,,\n"
				      "L0103,2026-03,serum,K,1,A1,20,4.10,,2.5,,\nL0104,2026-03,serum,K,1,A1,20,4.10,,2.51,,no\n", limits);
	scratch_quiet(input);
	const zp_iqc_limit *limit = zp_iqc_limit_find(limits, "serum", "K", "1");
	static const int wanted[] = { 0, 1, 0, 1 };
	static const zp_iqc_control control[] = { ZP_IQC_IN, ZP_IQC_OUT, ZP_IQC_IN, ZP_IQC_OUT };
	for (size_t i = 0; i < 4; i++) {
		cr_expect_eq(zp_iqc_against(&iqc->rows[i], limit), wanted[i], "%zu", i);
		cr_expect_eq(zp_iqc_in_control(&iqc->rows[i], limits, &settings), control[i]);
	}
	settings.iqc_told_only = 1;
	cr_expect_eq(zp_iqc_in_control(&iqc->rows[0], limits, &settings), ZP_IQC_UNKNOWN);
	cr_expect_eq(zp_iqc_in_control(&iqc->rows[3], limits, &settings), ZP_IQC_OUT);
}

/* As among peers, typing does not count. */
Test(iqc, the_unit_of_an_sd_is_the_same_however_it_is_typed)
{
	const zp_iqc_limits *limits = limits_of(LIMITS("<limit item=\"K\" name=\"钾\" sd=\"0.05\" unit=\"mmol/L\"/>"));
	scratch_quiet(rules);
	const zp_iqc *iqc = take_text("lab,month,specimen,item,level,lot,n,mean,sd,unit\nL0101,2026-03,serum,K,1,A1,20,4.0,0.06,mmol / L\n"
				      "L0102,2026-03,serum,K,1,A1,20,4.0,0.05,mmol/L\nL0103,2026-03,serum,K,1,A1,20,4.0,0.05,mg/dL\n", limits);
	scratch_quiet(input);
	const zp_iqc_limit *limit = zp_iqc_limit_find(limits, "serum", "K", "1");
	static const zp_iqc_control control[] = { ZP_IQC_OUT, ZP_IQC_IN, ZP_IQC_UNKNOWN };
	for (size_t i = 0; i < 3; i++) {
		cr_expect_eq(zp_iqc_can_judge(&iqc->rows[i], limit), i < 2);
		cr_expect_eq(zp_iqc_in_control(&iqc->rows[i], limits, &settings), control[i]);
	}
}

Test(iqc, the_limit_of_serum_is_not_that_of_urine)
{
	const zp_iqc_limits *l = limits_of(LIMITS("<limit item=\"K\" name=\"钾\" cv=\"2.5\"/><limit item=\"K\" name=\"钾\" specimen=\"尿液|urine\" cv=\"9.7\"/>"
						  "<limit item=\"PT\" name=\"PT\" level=\"1\" cv=\"6.5\"/><limit item=\"PT\" name=\"PT\" cv=\"10\"/><limit item=\"Tg\" name=\"Tg\" cv=\"8\"/>"));
	scratch_quiet(rules);
	cr_expect_eq(zp_iqc_limit_find(l, "serum", "K", "1")->most.m, 25);
	cr_expect_eq(zp_iqc_limit_find(l, "", "K", "1")->most.m, 25);
	cr_expect_eq(zp_iqc_limit_find(l, "urine", "K", "1")->most.m, 97);
	cr_expect_null(zp_iqc_limit_find(l, "CSF", "K", "1"));
	cr_expect_eq(zp_iqc_limit_find(l, "serum", "PT", "1")->most.m, 65);
	cr_expect_eq(zp_iqc_limit_find(l, "serum", "PT", "2")->most.m, 10);
	cr_expect_null(zp_iqc_limit_find(l, "serum", "TG", "1")); /* triglycerides are not thyroglobulin */
	cr_expect_null(zp_iqc_limit_find(NULL, "serum", "K", "1"));
}

Test(iqc, limits_that_cannot_be_meant_are_refused)
{
	static const struct { const char *text, *words; } bad[] = {
		{ LIMITS("<limit item=\"K\" name=\"k\"/>"), "neither cv nor sd" },
		{ LIMITS("<limit item=\"K\" name=\"k\" cv=\"2\" sd=\"1\" unit=\"g\"/>"), "cv and sd" },
		{ LIMITS("<limit item=\"K\" name=\"k\" sd=\"1\"/>"), "has no unit" },
		{ LIMITS("<limit item=\"K\" name=\"k\" cv=\"0\"/>"), "above 0" },
		{ LIMITS("<limit item=\"K\" name=\"k\" cv=\"2\"/><limit item=\"K\" name=\"k\" cv=\"3\"/>"), "has a limit for this specimen and level" },
		{ LIMITS("<limit item=\"K\" name=\"k\" specimen=\"a|b\" cv=\"2\"/><limit item=\"K\" name=\"k\" specimen=\"b|c\" cv=\"3\"/>"), "has a limit for this" },
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		cr_expect_null(limits_of(bad[i].text), "%zu", i);
		scratch_says(rules, scratch_path("limits.xml"), 0, bad[i].words);
	}
}

Test(iqc, the_shipped_limits_can_be_read)
{
	const zp_iqc_limits *wst = zp_iqc_limits_read(arena, RULES, "wst-403-2024", rules), *bj = zp_iqc_limits_read(arena, RULES, "bj-hr-2025", rules);
	scratch_quiet(rules);
	cr_expect_eq(wst->n, 82);
	cr_expect_eq(zp_decimal_compare(zp_iqc_limit_find(wst, "", "GLU", "1")->most, (zp_decimal){ 3, 0 }), 0);
	cr_expect(zp_iqc_limit_find(wst, "", "pH", "1")->is_sd);
	cr_expect_eq(zp_decimal_compare(zp_iqc_limit_find(bj, "尿液", "K", "1")->most, (zp_decimal){ 97, -1 }), 0);
	cr_expect_eq(zp_decimal_compare(zp_iqc_limit_find(bj, "", "APTT", "1")->most, (zp_decimal){ 65, -1 }), 0);
}

/* ---- peers ---- */

typedef struct figures { double at[15]; } figures;

/* Lines of expected.csv, which R made: the laboratory is left out. */
static size_t read_expected(figures *out)
{
	FILE *f = fopen(FIXTURES "/iqc/peers/expected.csv", "r");
	char line[1000];
	size_t n = 0;
	cr_assert_not_null(f);
	cr_assert_not_null(fgets(line, sizeof line, f));
	for (; fgets(line, sizeof line, f); n++) {
		char *p = strchr(line, ',');
		for (size_t k = 0; p && k < 14; k++)
			out[n].at[k] = strtod(p + 1, &p);
	}
	fclose(f);
	return n;
}

static void near(double found, double wanted, const char *what) { cr_expect(fabs(found - wanted) <= 1e-9 * (1 + fabs(wanted)), "%s: %.12g, R has %.12g", what, found, wanted); }

enum { ROBUST_MEAN, ROBUST_SD, MEDIAN_CV, SDI, CVR, PLAIN_MEAN, PLAIN_SD, PLAIN_SDI, POOLED_CV, POOLED_CVR, ALL_MEAN, ALL_SD, ALL_SDI, TOTAL_CV };

static void compare_with(const figures *r, size_t n, int mean, int sd, int cv, int sdi, int cvr)
{
	const zp_iqc *iqc = take_from(FIXTURES "/iqc/peers/iqc.csv", NULL, "2027-01-20");
	scratch_quiet(input);
	cr_assert_eq(iqc->n, n);
	cr_assert_eq(iqc->n_groups, 1);
	cr_expect(iqc->groups[0].shown && !iqc->groups[0].informative);
	near(iqc->groups[0].mean, r[0].at[mean], "mean");
	near(iqc->groups[0].sd, r[0].at[sd], "sd");
	near(iqc->groups[0].cv, r[0].at[cv], "cv");
	for (size_t i = 0; i < n; i++) {
		near(iqc->places[i].sdi, r[i].at[sdi], "sdi");
		if (cvr >= 0)
			near(iqc->places[i].cvr, r[i].at[cvr], "cvr");
	}
}

Test(iqc, peers_are_what_r_makes_of_them)
{
	figures r[20];
	const size_t n = read_expected(r);
	cr_assert_eq(n, 15);
	compare_with(r, n, ROBUST_MEAN, ROBUST_SD, MEDIAN_CV, SDI, CVR);
	settings.iqc_plain = 1;
	settings.iqc_ratio = ZP_IQC_TO_POOLED;
	compare_with(r, n, PLAIN_MEAN, PLAIN_SD, POOLED_CV, PLAIN_SDI, POOLED_CVR);
	settings.iqc_all_values = 1;
	settings.iqc_ratio = ZP_IQC_TO_TOTAL;
	compare_with(r, n, ALL_MEAN, ALL_SD, TOTAL_CV, ALL_SDI, -1);
}

Test(iqc, one_wild_laboratory_does_not_move_the_group)
{
	const zp_iqc *iqc = take_from(FIXTURES "/iqc/peers/iqc.csv", NULL, "2027-01-20");
	cr_assert_not_null(iqc);
	for (size_t i = 0; i < iqc->n; i++)
		cr_expect_eq(fabs(iqc->places[i].sdi) > 2, strcmp(chronicle->labs[iqc->rows[i].lab].code, "L0113") == 0);
}

/* n laboratories from L0101 on, with a row each. */
static const char *rows_of(size_t n)
{
	const char *text = HEADER;
	for (size_t i = 0; i < n; i++)
		text = zp_arena_print(arena, "%sL%04zu,2026-03,serum,K,1,A1,20,4.1%zu,0.05,,,\n", text, 101 + i, i % 10);
	return text;
}

Test(iqc, few_peers_are_told_for_information_and_fewer_to_nobody)
{
	static const struct { size_t n; bool shown, informative; } cases[] = { { 4, false, true }, { 5, true, true }, { 11, true, true }, { 12, true, false } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const zp_iqc *iqc = take_text(rows_of(cases[i].n), NULL);
		scratch_quiet(input);
		cr_assert_eq(iqc->n_groups, 1);
		cr_expect_eq(iqc->groups[0].shown, cases[i].shown, "%zu", cases[i].n);
		cr_expect_eq(iqc->groups[0].informative, cases[i].informative, "%zu", cases[i].n);
		cr_expect_eq(iqc->places[0].has_sdi, cases[i].shown);
		cr_expect_eq(isnan(iqc->groups[0].mean), !cases[i].shown);
	}
}

Test(iqc, a_laboratory_counts_once_among_its_peers_however_many_rows_it_has)
{
	const char *text = "lab,month,specimen,item,level,lot,n,mean,sd,instrument\n";
	for (size_t i = 0; i < 6; i++)
		text = zp_arena_print(arena, "%sL0101,2026-03,serum,K,1,A1,20,9.9%zu,0.05,M%zu\n", text, i, i);
	for (size_t i = 1; i < 6; i++)
		text = zp_arena_print(arena, "%sL%04zu,2026-03,serum,K,1,A1,20,4.1%zu,0.05,M1\n", text, 101 + i, i);
	const zp_iqc *iqc = take_text(text, NULL);
	scratch_quiet(input);
	cr_assert_eq(iqc->n_groups, 1);
	cr_expect_eq(iqc->groups[0].n, 6);
	cr_expect_lt(iqc->groups[0].mean, 4.2);
}

Test(iqc, other_lots_levels_units_and_months_are_no_peers)
{
	const zp_iqc *iqc = take_text("lab,month,specimen,item,level,lot,n,mean,sd,unit,method\nL0101,2026-03,serum,GLU,1,A1,20,5,0.1,mmol/L,HK\n"
				      "L0102,2026-03,serum,GLU,2,A1,20,5,0.1,mmol/L,HK\nL0103,2026-03,serum,GLU,1,A2,20,5,0.1,mmol/L,HK\n"
				      "L0104,2026-03,serum,GLU,1,A1,20,90,2,mg/dL,HK\nL0105,2026-04,serum,GLU,1,A1,20,5,0.1,mmol/L,HK\n"
				      "L0106,2026-03,serum,GLU,1,A1,20,5,0.1,mmol / L,GOD\nL0107,2026-03,serum,GLU,1,,20,5,0.1,mmol/L,HK\n", NULL);
	scratch_quiet(input);
	cr_expect_eq(iqc->n_groups, 5);
	cr_expect_eq(iqc->places[0].group, iqc->places[5].group);
	cr_expect_eq(iqc->places[6].group, ZP_NO_GROUP_OF_IQC);
	settings.iqc_by = ZP_IQC_BY_METHOD;
	iqc = take_from(scratch_path("iqc.csv"), NULL, "2027-01-20");
	cr_expect_eq(iqc->n_groups, 6);
}

/* ---- the mean in use ---- */

/* A lot that begins in February, for January another was in use: n 30, in control. Means 5.00 5.20 5.20 5.20 5.20 5.20 5.20 … from February on.
 * The first mean, of 20 values, is 5.00. Cumulated with them:
 *   after 3 months (100 + 150 + 156 + 156) / 110 = 5.10909…, after 4 718/140 = 5.12857…, after 5 874/170 = 5.14117…
 * Without them: after 3 5.13333…, 4 5.15, 5 5.16.  SD 0.10, so that the tolerance is 0.02. */
static const char *lot(const char *const *in_use, size_t months, const char *control)
{
	const char *text = HEADER "L0101,2026-01,serum,GLU,1,A0,30,5.00,0.10,,5.00,yes\n";
	for (size_t i = 0; i < months; i++)
		text = zp_arena_print(arena, "%sL0101,2026-%02zu,serum,GLU,1,A1,30,%s,0.10,,%s,%s\n", text, i + 2, i ? "5.20" : "5.00", in_use[i], control);
	return text;
}

Test(iqc, the_first_mean_alone_for_the_whole_year_is_doubted)
{
	const char *const alone[] = { "5.00", "5.00", "5.00", "5.00", "5.00", "5.00", "5.00", "5.00" };
	const zp_iqc *iqc = take_text(lot(alone, 8, "yes"), NULL);
	scratch_quiet(input);
	cr_assert_eq(iqc->n_doubts, 1);
	const zp_iqc_doubt *d = iqc->doubts;
	cr_expect_eq(d->kind, ZP_IQC_FIRST_ALONE);
	cr_expect_eq(iqc->rows[d->row].month, 12 * 2026 + 8);
	cr_expect_eq(d->months, 5);
	cr_expect_eq(d->n, 170);
	near(d->expected, 874.0 / 170, "expected");
	near(d->off_sd, (5 - 874.0 / 170) / 0.1, "off");
}

Test(iqc, any_mean_over_three_to_five_months_is_left_in_peace)
{
	static const char *const good[][5] = {
		{ "5.00", "5.00", "5.05", "5.109", "5.129" }, /* cumulated every month */
		{ "5.00", "5.00", "5.00", "5.11", "5.11" },   /* over three, and left so */
		{ "", "5.00", "5.10", "5.13", "5.15" },       /* the first values are those of the first month */
		{ "5.00", "5.00", "5.00", "5.09", "5.089" },  /* on the edge of the tolerance: 5.10909… - 0.02 is 5.08909…, its rounding 0.0005 */
	};
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		const zp_iqc *iqc = take_text(lot(good[i], 5, "yes"), NULL);
		scratch_quiet(input);
		cr_expect_eq(iqc->n_doubts, 0, "%zu", i);
	}
}

Test(iqc, another_mean_is_doubted_and_the_latest_month_decides)
{
	static const char *const other[] = { "5.00", "5.00", "5.05", "5.20", "5.20" }, *const mended[] = { "5.00", "5.00", "5.00", "5.00", "5.13" };
	const zp_iqc *iqc = take_text(lot(other, 5, "yes"), NULL);
	cr_assert_eq(iqc->n_doubts, 1);
	cr_expect_eq(iqc->doubts[0].kind, ZP_IQC_NOT_CUMULATIVE);
	near(iqc->doubts[0].expected, 718.0 / 140, "expected");
	static const char *const beyond[] = { "5.00", "5.00", "5.00", "5.09", "5.088" };
	cr_expect_eq(take_text(lot(beyond, 5, "yes"), NULL)->n_doubts, 1); /* 5.10909… less the tolerance and the rounding is 5.08859… */
	iqc = take_text(lot(mended, 5, "yes"), NULL);
	cr_expect_eq(iqc->n_doubts, 0);
}

Test(iqc, a_mean_whose_history_is_not_known_is_not_doubted)
{
	const char *const alone[] = { "5.00", "5.00", "5.00", "5.00", "5.00", "5.00" };
	const char *text = lot(alone, 6, "yes");
	const char *without_january = zp_arena_print(arena, HEADER "%s", strstr(text, "L0101,2026-02"));
	cr_expect_eq(take_text(without_january, NULL)->n_doubts, 0); /* the lot may be older than the year's rows */
	settings.iqc_start_assumed = 1;
	cr_expect_eq(take_text(without_january, NULL)->n_doubts, 1);
	settings.iqc_start_assumed = 0;
	cr_expect_eq(take_text(lot(alone, 6, ""), NULL)->n_doubts, 0); /* nobody says whether the months were in control */
	char *one_unknown = zp_arena_text(arena, text, strlen(text)), *at = strstr(strstr(one_unknown, "L0101,2026-03"), "yes");
	memmove(at, at + 3, strlen(at + 3) + 1);
	cr_expect_eq(take_text(one_unknown, NULL)->n_doubts, 0); /* of one month nobody says it */
	cr_expect_eq(take_text(lot(alone, 6, "no"), NULL)->n_doubts, 0); /* none was */
	cr_expect_eq(take_text(lot(alone, 3, "yes"), NULL)->n_doubts, 0); /* there are not three months yet */
	const char *gap = strstr(text, "L0101,2026-04"), *after = strstr(text, "L0101,2026-05");
	cr_expect_eq(take_text(zp_arena_print(arena, "%.*s%s", (int)(gap - text), text, after), NULL)->n_doubts, 0); /* a month is missing */
	scratch_quiet(input);
}

Test(iqc, the_month_of_first_use_can_be_told)
{
	const char *text = "lab,month,specimen,item,level,lot,n,mean,sd,mean_in_use,in_control,lot_since\n";
	for (int i = 1; i <= 5; i++)
		text = zp_arena_print(arena, "%sL0101,2026-%02d,serum,GLU,1,A1,30,5.20,0.10,5.00,yes,2026-01\nL0102,2026-%02d,serum,GLU,1,A1,30,5.20,0.10,5.00,yes,2025-11\n",
				      text, i, i);
	const zp_iqc *iqc = take_text(text, NULL);
	scratch_quiet(input);
	cr_assert_eq(iqc->n_doubts, 1);
	cr_expect_eq(iqc->rows[iqc->doubts[0].row].lab, 0);
	near(iqc->doubts[0].expected, (100 + 4 * 156) / 140.0, "expected");
}

/* ---- the indicator ---- */

Test(iqc, cvs_above_the_limit_are_counted_by_month_or_by_item)
{
	const zp_iqc_limits *limits = limits_of(LIMITS("<limit item=\"GLU\" name=\"葡萄糖\" cv=\"3\"/>"));
	const zp_iqc *iqc = take_text(HEADER "L0101,2026-01,serum,GLU,1,A1,20,5,0.1,,,\nL0101,2026-01,serum,GLU,2,A2,20,10,0.4,,,\nL0101,2026-02,serum,GLU,1,A1,20,5,0.1,,,\n"
				      "L0101,2026-01,serum,K,1,A1,20,4,0.9,,,\nL0102,2026-01,serum,K,1,A1,20,4,0.9,,,\n", limits);
	scratch_quiet(input);
	zp_standings none = { .n_places = 0 };
	const zp_annal_lab **nobody = zp_take(arena, const zp_annal_lab *, LABS);
	none.register_of = nobody;
	for (int items = 0; items < 2; items++) {
		settings.iqc_count_items = items;
		const zp_indicators all = zp_indicators_take(arena, chronicle, &settings, &none, NULL, NULL, 0, iqc);
		const zp_indicator_value *v = &all.of_lab[ZP_IQC_CV_FAIL];
		cr_expect_eq(v->num, 1); /* January, for one of its levels is above */
		cr_expect_eq(v->den, items ? 1 : 2);
		cr_expect_not(all.of_lab[ZP_INDICATORS + ZP_IQC_CV_FAIL].known); /* nothing is asked of potassium */
	}
}

/* ---- the record ---- */

Test(iqc, a_record_has_what_is_known_and_leaves_out_what_is_not)
{
	const zp_iqc *iqc = take_text("lab,month,specimen,item,level,lot,n,mean,sd,cv,in_control,instrument\nL0102,2026-01,serum,GLU,1,A1,20,5.10,0.08,,yes,\"A&B \"\"1\"\"\"\n"
				      "L0102,2026-01,serum,GLU,2,,20,10.0,,2.50,,\nL0102,2026-02,serum,GLU,1,A1,21,5.10,,,no,\nL0102,2026-02,serum,K,1,A1,20,4.10,,,,\n", NULL);
	scratch_quiet(input);
	const zp_year year = { .chronicle = chronicle, .iqc = iqc };
	zp_piece piece = { NULL, 0, 0 };
	zp_tags w = { .out = &piece, .depth = 1 };
	zp_iqc_record(&year, 1, &w);
	*zp_piece_room(&piece, 1) = '\0';
	cr_expect_str_eq(piece.bytes,
		"\n <iqc specimen=\"serum\" item=\"GLU\" name=\"葡萄糖\" months=\"2\" in-control=\"0\">"
		"\n  <month month=\"2026-01\" level=\"1\" lot=\"A1\" instrument=\"A&amp;B &quot;1&quot;\" n=\"20\" mean=\"5.10\" sd=\"0.08\" cv=\"1.5686274509803924\" in-control=\"yes\"/>"
		"\n  <month month=\"2026-01\" level=\"2\" n=\"20\" mean=\"10.0\" cv=\"2.50\"/>"
		"\n  <month month=\"2026-02\" level=\"1\" lot=\"A1\" n=\"21\" mean=\"5.10\" in-control=\"no\"/>"
		"\n </iqc>"
		"\n <iqc specimen=\"serum\" item=\"K\" name=\"钾\" months=\"1\">\n  <month month=\"2026-02\" level=\"1\" lot=\"A1\" n=\"20\" mean=\"4.10\"/>\n </iqc>");
	piece.n = 0;
	zp_iqc_record(&year, 0, &w);
	cr_expect_eq(piece.n, 0);
	free(piece.bytes);
}
