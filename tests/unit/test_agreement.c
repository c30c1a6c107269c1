/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chance agreement, against exact sums (worked out in fractions by another program) and against simulated laboratories. */
#include <criterion/criterion.h>
#include <math.h>
#include "base/random.h"
#include "stats/agreement.h"
#include "stats/order.h"

Test(agreement, all_equal_is_the_product)
{
	const double p[] = { 0.1, 0.2, 0.3, 0.05, 0.4 };
	cr_expect_float_eq(zp_agreement_log10(p, 5, 5), log10(0.1 * 0.2 * 0.3 * 0.05 * 0.4), 1e-12);
	cr_expect_eq(zp_agreement_log10(p, 5, 0), 0);
	cr_expect_eq(zp_agreement_log10(p, 5, 1), 0, "1.05 are to be expected");
}

/* log10 of the exact tail; the bound lies above it, and not far. */
Test(agreement, the_bound_is_never_below_the_exact_chance_and_near_it)
{
	const double five[] = { 0.1, 0.2, 0.3, 0.05, 0.4 };
	static const double exact_five[] = { 0, -0.1470810541, -0.5540534772, -1.2714838952, -2.3545777307, -3.9208187540 };
	static const struct { size_t k; double exact; } exact_twenty[] = { { 6, -1.9487265033 }, { 8, -3.3812878686 }, { 15, -11.0231319412 }, { 19, -17.7423214251 }, { 20, -20.0000000000 } };
	double twenty[20];
	for (size_t i = 0; i < 20; i++)
		twenty[i] = 0.1;
	for (size_t k = 2; k <= 5; k++) {
		const double bound = zp_agreement_log10(five, 5, k);
		cr_expect(bound >= exact_five[k] - 1e-12 && bound <= exact_five[k] + 0.8, "k %zu: %g for %g", k, bound, exact_five[k]);
	}
	for (size_t i = 0; i < sizeof exact_twenty / sizeof *exact_twenty; i++) {
		const double bound = zp_agreement_log10(twenty, 20, exact_twenty[i].k);
		cr_expect(bound >= exact_twenty[i].exact - 1e-12 && bound <= exact_twenty[i].exact + 0.8, "k %zu: %g for %g", exact_twenty[i].k, bound,
			  exact_twenty[i].exact);
	}
}

/* 3000 laboratories, standard deviation so many steps: how many pairs agree in all items. */
static size_t count_pairs(double sd, size_t items, uint64_t seed)
{
	enum { LABS = 3000 };
	static int value[LABS][12];
	zp_random r = zp_random_stream(seed, items, 7);
	size_t pairs = 0;
	for (size_t i = 0; i < LABS; i++)
		for (size_t k = 0; k < items; k++)
			value[i][k] = (int)lrint(1000 + sd * zp_random_normal(&r));
	for (size_t i = 0; i < LABS; i++)
		for (size_t j = 0; j < i; j++) {
			size_t k = 0;
			while (k < items && value[i][k] == value[j][k])
				k++;
			pairs += k == items;
		}
	return pairs;
}

Test(agreement, as_many_innocent_pairs_agree_as_the_formula_says)
{
	static const struct { double sd; size_t items; } cases[] = { { 5, 3 }, { 5, 4 }, { 2, 3 }, { 2, 5 }, { 2, 6 } };
	const double all = 3000.0 * 2999 / 2;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		double p[12];
		for (size_t k = 0; k < cases[i].items; k++)
			p[k] = zp_agreement_chance(1, cases[i].sd);
		const double expected = all * pow(10, zp_agreement_log10(p, cases[i].items, cases[i].items));
		const double got = (double)count_pairs(cases[i].sd, cases[i].items, 11 + i);
		cr_expect_float_eq(got, expected, 5 * sqrt(expected), "sd %g, %zu items: %g pairs, %g expected", cases[i].sd, cases[i].items, got, expected);
	}
	cr_expect_eq(count_pairs(2, 10, 1), 0); /* 0.014 are to be expected */
}

Test(agreement, equal_pairs_are_counted_as_they_are)
{
	const double x[] = { 1, 2, 2, 2, 5, 5 };
	cr_expect_float_eq(zp_equal_pairs(x, 6), (3 + 1) / 15.0, 1e-15);
	cr_expect_eq(zp_equal_pairs(x, 1), 0);
	cr_expect_eq(zp_agreement_chance(1, 0), 1);
	cr_expect_eq(zp_agreement_chance(10, 1), 1);
}
