/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counted answers, against printed examples and against R. */
#include <criterion/criterion.h>
#include <math.h>
#include "base/random.h"
#include "stats/categories.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define MOST 6

static zp_kappa kappa_of(const size_t *table, size_t n, zp_credit by)
{
	double work[4 * MOST];
	return zp_kappa_of(table, n, by, work);
}

/* ISO 13528:2022 E.15, as third parties transcribed it: modes 1 and 3, medians 2 and 3 of categories from 1. */
Test(categories, modes_and_medians_are_those_that_iso_13528_prints)
{
	static const size_t counts[2][4] = { { 20, 18, 10, 2 }, { 8, 12, 20, 10 } }, mode[] = { 1, 3 }, median[] = { 2, 3 };
	for (size_t i = 0; i < 2; i++) {
		size_t low, high, modes[4];
		cr_expect_eq(zp_category_modes(counts[i], 4, modes), 1);
		cr_expect_eq(modes[0] + 1, mode[i]);
		cr_expect(zp_ordinal_medians(counts[i], 4, &low, &high));
		cr_expect_eq(low + 1, median[i]);
		cr_expect_eq(high + 1, median[i]);
	}
}

Test(categories, both_medians_are_given_when_the_middle_falls_between_grades)
{
	size_t low, high;
	cr_expect(zp_ordinal_medians((const size_t[]){ 0, 5, 0, 0, 5, 0 }, 6, &low, &high)); /* empty grades lie between */
	cr_expect(low == 1 && high == 4, "%zu, %zu", low, high);
	cr_expect(zp_ordinal_medians((const size_t[]){ 0, 5, 0, 0, 6, 0 }, 6, &low, &high));
	cr_expect(low == 4 && high == 4, "%zu, %zu", low, high);
	cr_expect(zp_ordinal_medians((const size_t[]){ 0, 0, 1 }, 3, &low, &high));
	cr_expect(low == 2 && high == 2, "%zu, %zu", low, high);
}

/* By the definition: the answers themselves, in order. */
Test(categories, medians_are_those_of_the_answers_in_order)
{
	zp_random r = zp_random_stream(3, 1, 4);
	for (int round = 0; round < 2000; round++) {
		size_t counts[5], answers[64], all = 0, low, high;
		for (size_t i = 0; i < 5; i++) {
			counts[i] = (size_t)(zp_random_next(&r) % 5);
			for (size_t k = 0; k < counts[i]; k++)
				answers[all++] = i;
		}
		cr_assert_eq(zp_ordinal_medians(counts, 5, &low, &high), all > 0);
		if (all > 0)
			cr_assert(low == answers[(all - 1) / 2] && high == answers[all / 2], "round %d: %zu, %zu", round, low, high);
	}
}

Test(categories, all_modes_are_given_in_order)
{
	size_t modes[5];
	cr_expect_eq(zp_category_modes((const size_t[]){ 3, 7, 1, 7, 7 }, 5, modes), 3);
	cr_expect(modes[0] == 1 && modes[1] == 3 && modes[2] == 4);
	cr_expect_eq(zp_category_modes((const size_t[]){ 0, 0, 1 }, 3, modes), 1);
	cr_expect_eq(modes[0], 2);
}

Test(categories, shares_are_of_all_answers)
{
	double shares[3]; /* 5 negative, 2 indeterminate, 38 positive of 45: indeterminate counts */
	zp_category_shares((const size_t[]){ 5, 2, 38 }, 3, shares);
	cr_expect_float_eq(shares[0], 0.1111111111111111, 1e-15);
	cr_expect_float_eq(shares[1], 0.04444444444444445, 1e-15);
	cr_expect_float_eq(shares[2], 0.8444444444444444, 1e-15);
}

Test(categories, without_answers_nothing_exists)
{
	static const size_t none[4];
	size_t low, high, modes[4];
	double shares[2];
	cr_expect_eq(zp_category_modes(none, 4, modes), 0);
	cr_expect(!zp_ordinal_medians(none, 4, &low, &high));
	zp_category_shares(none, 2, shares);
	cr_expect(isnan(shares[0]) && isnan(shares[1]));
	const zp_kappa k = kappa_of(none, 2, ZP_CREDIT_EQUAL);
	cr_expect(isnan(k.kappa) && isnan(k.se) && isnan(k.agreement) && isnan(k.chance_agreement));
	cr_expect(isnan(kappa_of(none, 0, ZP_CREDIT_LINEAR).kappa));
}

static const size_t cohen[] = { 88, 14, 18, 10, 40, 10, 2, 6, 12 }, sas[] = { 0, 4, 1, 0, 8, 0, 0, 1, 5 };

/* Cohen, Psychological Bulletin 70 (1968) 213 prints .492 of 200 diagnoses. SAS prints 0.4842 (0.1380) and, with linear
 * credit, 0.4701 (0.1457) of 19 ratings (as kept in the tests of statsmodels). */
Test(categories, kappa_is_what_others_printed)
{
	cr_expect_float_eq(kappa_of(cohen, 3, ZP_CREDIT_EQUAL).kappa, 0.492, 0.0005);
	cr_expect_float_eq(kappa_of(sas, 3, ZP_CREDIT_EQUAL).kappa, 0.4842, 0.00005);
	cr_expect_float_eq(kappa_of(sas, 3, ZP_CREDIT_EQUAL).se, 0.1380, 0.00005);
	cr_expect_float_eq(kappa_of(sas, 3, ZP_CREDIT_LINEAR).kappa, 0.4701, 0.00005);
	cr_expect_float_eq(kappa_of(sas, 3, ZP_CREDIT_LINEAR).se, 0.1457, 0.00005);
}

/* R, another way: kappa as a function of the shares of the cells, its numerical gradient, and the covariance of a multinomial.
 * The tables: Fleiss, Cohen and Everitt's of 200 diagnoses; two dermatologists of the SAS manual; Agresti's of 91 couples
 * (Kappa of the R package vcd 1.4.11 gives the same digits); one of two categories. */
Test(categories, the_standard_error_is_that_of_a_multinomial)
{
	static const struct { size_t n, table[16]; double kappa, se, linear, linear_se; } rows[] = {
		{ 3, { 88, 14, 18, 10, 40, 10, 2, 6, 12 }, 0.491525423729, 0.05100181558, 0.473684210526, 0.05443230918 },
		{ 3, { 0, 4, 1, 0, 8, 0, 0, 1, 5 }, 0.484162895928, 0.1380135783, 0.470119521912, 0.1457460451 },
		{ 3, { 106, 10, 4, 22, 28, 10, 2, 12, 6 }, 0.428571428571, 0.05371100487, 0.492307692308, 0.05071860761 },
		{ 4, { 10, 4, 1, 0, 5, 10, 12, 2, 2, 4, 12, 5, 0, 2, 6, 13 }, 0.34487534626, 0.07239668737, 0.50816007154, 0.06550838103 },
		{ 4, { 7, 7, 2, 3, 2, 8, 3, 7, 1, 5, 4, 9, 2, 8, 9, 14 }, 0.129330254042, 0.06859853248, 0.237380627558, 0.07831633478 },
		{ 2, { 20, 5, 10, 15 }, 0.4, 0.1269960629, 0.4, 0.1269960629 },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		const zp_kappa equal = kappa_of(rows[i].table, rows[i].n, ZP_CREDIT_EQUAL);
		const zp_kappa linear = kappa_of(rows[i].table, rows[i].n, ZP_CREDIT_LINEAR);
		cr_expect_float_eq(equal.kappa, rows[i].kappa, 1e-11, "row %zu: %.12g", i, equal.kappa);
		cr_expect_float_eq(equal.se, rows[i].se, 1e-9, "row %zu: %.12g", i, equal.se);
		cr_expect_float_eq(linear.kappa, rows[i].linear, 1e-11, "row %zu: %.12g", i, linear.kappa);
		cr_expect_float_eq(linear.se, rows[i].linear_se, 1e-9, "row %zu: %.12g", i, linear.se);
	}
}

Test(categories, agreement_is_the_diagonal_and_chance_the_product_of_margins)
{
	const zp_kappa k = kappa_of(cohen, 3, ZP_CREDIT_EQUAL);
	cr_expect_eq(k.answers, 200);
	cr_expect_float_eq(k.agreement, 0.70, 1e-15); /* by hand: .44 + .20 + .06 */
	cr_expect_float_eq(k.chance_agreement, 0.41, 1e-15); /* .6 * .5 + .3 * .3 + .1 * .2 */
}

Test(categories, kappa_is_one_when_all_agree_and_minus_one_when_all_are_swapped)
{
	const zp_kappa same = kappa_of((const size_t[]){ 3, 0, 0, 0, 4, 0, 0, 0, 0 }, 3, ZP_CREDIT_LINEAR); /* one category is unused */
	const zp_kappa swapped = kappa_of((const size_t[]){ 0, 10, 10, 0 }, 2, ZP_CREDIT_EQUAL);
	cr_expect_eq(same.kappa, 1);
	cr_expect_eq(same.se, 0);
	cr_expect_eq(swapped.kappa, -1);
	cr_expect_eq(swapped.se, 0);
}

/* Only one category was expected: replies that do not depend on what was expected are no evidence. */
Test(categories, kappa_is_zero_when_one_category_was_expected_and_several_replied)
{
	const zp_kappa k = kappa_of((const size_t[]){ 38, 7, 0, 0 }, 2, ZP_CREDIT_EQUAL);
	cr_expect_eq(k.kappa, 0);
	cr_expect_float_eq(k.agreement, 38.0 / 45, 1e-15);
}

Test(categories, kappa_does_not_exist_when_one_category_was_expected_and_all_replied_it)
{
	const zp_kappa right = kappa_of((const size_t[]){ 0, 0, 0, 45 }, 2, ZP_CREDIT_EQUAL);
	cr_expect(isnan(right.kappa) && isnan(right.se));
	cr_expect_eq(right.agreement, 1);
	cr_expect_eq(right.chance_agreement, 1);
	cr_expect(isnan(kappa_of((const size_t[]){ 45 }, 1, ZP_CREDIT_LINEAR).kappa));
	cr_expect_eq(kappa_of((const size_t[]){ 0, 45, 0, 0 }, 2, ZP_CREDIT_EQUAL).kappa, 0, "all wrong in one way: chance agreement is 0");
}

Test(categories, kappa_does_not_depend_on_the_order_of_names)
{
	const size_t turned[] = { 12, 2, 6, 18, 88, 14, 10, 10, 40 }; /* Cohen's table from its last category */
	cr_expect_float_eq(kappa_of(turned, 3, ZP_CREDIT_EQUAL).kappa, kappa_of(cohen, 3, ZP_CREDIT_EQUAL).kappa, 1e-15);
	cr_expect_float_eq(kappa_of(turned, 3, ZP_CREDIT_EQUAL).se, kappa_of(cohen, 3, ZP_CREDIT_EQUAL).se, 1e-15);
}
