/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shares of answers, against R and against whole numbers. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdint.h>
#include "stats/share.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* R 4.2.2: binom.test(k, n, conf.level = level)$conf.int. */
Test(share, the_exact_interval_is_that_of_r)
{
	static const struct { size_t k, n; double level, low, high; } rows[] = {
		{ 38, 45, 0.95, 0.7054483989019467, 0.9350907879916224 }, { 38, 45, 0.99, 0.6605402231765988, 0.9525837606091722 },
		{ 0, 1, 0.95, 0, 0.975 }, { 1, 1, 0.95, 0.025, 1 },
		{ 0, 10, 0.95, 0, 0.3084971078187608 }, { 10, 10, 0.99, 0.5887040186524747, 1 },
		{ 5, 10, 0.95, 0.1870860284473986, 0.8129139715526015 }, { 3, 4, 0.99, 0.1108849854678103, 0.9987476493904754 },
		{ 135, 140, 0.95, 0.9186242953093801, 0.9883037599615317 }, { 685, 700, 0.95, 0.9649028160408389, 0.9879581768036844 },
		{ 1, 1500, 0.99, 3.341688965574514e-06, 0.004942816195870554 },
		{ 75000, 150000, 0.95, 0.4974663845243747, 0.5025336154756253 },
		{ 149990, 150000, 0.95, 0.9998774010553004, 0.9999680302939528 },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		double low, high;
		const double share = zp_share_interval(rows[i].k, rows[i].n, rows[i].level, &low, &high);
		cr_expect_eq(share, (double)rows[i].k / (double)rows[i].n);
		cr_expect_leq(fabs(low - rows[i].low), 1e-9 * rows[i].low, "%zu/%zu: low %.16g", rows[i].k, rows[i].n, low);
		cr_expect_leq(fabs(high - rows[i].high), 1e-9 * rows[i].high, "%zu/%zu: high %.16g", rows[i].k, rows[i].n, high);
	}
}

/* Where all or none of n answers are right, the limit is the n-th root of the tail. */
Test(share, of_none_and_of_all_the_limit_is_a_root)
{
	for (size_t n = 1; n < 2000; n += 37) {
		double low, high;
		zp_share_interval(0, n, 0.95, &low, &high);
		cr_expect_eq(low, 0);
		cr_expect_float_eq(high, -expm1(log(0.025) / (double)n), 1e-10);
		zp_share_interval(n, n, 0.95, &low, &high);
		cr_expect_eq(high, 1);
		cr_expect_float_eq(low, exp(log(0.025) / (double)n), 1e-10);
	}
}

Test(share, of_nothing_there_is_none)
{
	double low = 1, high = 1;
	cr_expect(isnan(zp_share_interval(0, 0, 0.95, &low, &high)));
	cr_expect(isnan(low) && isnan(high));
}

Test(share, a_level_that_is_none_gives_no_limits)
{
	static const double levels[] = { 0, 1, -0.5, 95, NAN };
	for (size_t i = 0; i < COUNT(levels); i++) {
		double low = 1, high = 1;
		cr_expect_eq(zp_share_interval(0, 10, levels[i], &low, &high), 0);
		cr_expect(isnan(low) && isnan(high), "level %g", levels[i]);
	}
}

static void is_share(zp_share s, double share, double low, double high)
{
	cr_expect_float_eq(s.share, share, 1e-15);
	cr_expect_float_eq(s.low, low, 1e-9);
	cr_expect_float_eq(s.high, high, 1e-9);
}

/* R: the intervals of binom.test; of the wrong answers, 1 minus those of the right ones. */
Test(share, sensitivity_and_specificity_have_their_own_denominators)
{
	const zp_yes_no a = { .true_positive = 135, .false_negative = 5, .true_negative = 38, .false_positive = 7 };
	const zp_detection d = zp_detection_of(&a, 0.95);
	is_share(d.sensitivity, 135.0 / 140, 0.9186242953093801, 0.9883037599615317);
	is_share(d.specificity, 38.0 / 45, 0.7054483989019467, 0.9350907879916224);
	is_share(d.false_negatives, 5.0 / 140, 1 - 0.9883037599615317, 1 - 0.9186242953093801);
	is_share(d.false_positives, 7.0 / 45, 1 - 0.9350907879916224, 1 - 0.7054483989019467);
}

Test(share, without_negative_samples_there_is_no_specificity)
{
	const zp_yes_no a = { .true_positive = 1, .false_negative = 0 };
	const zp_detection d = zp_detection_of(&a, 0.95);
	is_share(d.sensitivity, 1, 0.025, 1);
	cr_expect(isnan(d.specificity.share) && isnan(d.specificity.low) && isnan(d.specificity.high));
	cr_expect(isnan(d.false_positives.share) && isnan(d.false_positives.low) && isnan(d.false_positives.high));
	cr_expect_eq(d.false_negatives.share, 0);
}
