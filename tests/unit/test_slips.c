/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where results lie, and how far off another one is. */
#include <criterion/criterion.h>
#include "stats/slips.h"

Test(slips, a_centre_is_the_median_and_the_scaled_median_deviation)
{
	const double x[] = { 4.8, 4.9, 5.0, 5.2, 50 };
	const zp_centre c = zp_centre_of(x, 5, 3, 0.05);
	cr_expect_float_eq(c.x, 5.0, 1e-12);
	cr_expect_float_eq(c.s, 1.483 * 0.2, 1e-12);
	cr_expect_float_eq(zp_centre_distance(&c, 50, 0), 45 / (1.483 * 0.2), 1e-9);
	cr_expect_float_eq(zp_centre_distance(&c, 6, 0.5), 0.5 / (1.483 * 0.2), 1e-9, "rounding is allowed for");
	cr_expect_eq(zp_centre_distance(&c, 5.3, 0.5), 0);
}

Test(slips, ties_leave_the_floor_and_too_few_leave_nothing)
{
	const double x[] = { 5, 5, 5, 5, 6 };
	const zp_centre tied = zp_centre_of(x, 5, 5, 0.05), few = zp_centre_of(x, 5, 6, 0.05);
	cr_expect_float_eq(tied.s, 0.05, 1e-12);
	cr_expect_float_eq(tied.equal, 0.6, 1e-12);
	cr_expect_eq(few.s, 0);
	cr_expect_eq(zp_centre_distance(&few, 5, 0), (double)INFINITY);
}

Test(slips, a_spread_that_is_small_by_chance_is_raised_to_that_of_the_middle_sample)
{
	zp_centre c[] = { { .x = 10, .s = 0.2 }, { .x = 20, .s = 0.01 }, { .x = 40, .s = 1.2 } }, zero[] = { { .x = 0, .s = 1 }, { .x = 5, .s = 0.01 } };
	zp_centres_level(c, 3);
	cr_expect_float_eq(c[0].s, 0.2, 1e-12);
	cr_expect_float_eq(c[1].s, 0.4, 1e-12);
	cr_expect_float_eq(c[2].s, 1.2, 1e-12);
	zp_centres_level(zero, 2);
	cr_expect_eq(zero[1].s, 0.01, "a ratio to zero says nothing");
}
