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

Test(categories, without_answers_nothing_exists)
{
	static const size_t none[4];
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
