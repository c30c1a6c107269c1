/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Widths of limits, by hand from the table in docs/formats/limits.md. */
#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include "book/choices.h"
#include "run/limit.h"

static zp_decimal d(const char *text)
{
	zp_decimal out;
	cr_assert_eq(zp_decimal_read(text, strlen(text), &out), ZP_NUMBER_OK, "%s", text);
	return out;
}

typedef struct limit_case {
	zp_limit_kind kind;
	char t[16];
	double width; /* 0: percentage undefined */
	zp_limit_branch branch;
} limit_case;

/* pct 6 %, abs 0.2, cut 3.3: potassium of WS/T 403-2024, whose branches do not quite meet. */
ParameterizedTestParameters(limit, each_kind_gives_its_width_and_branch)
{
	static limit_case cases[] = {
		{ ZP_LIMIT_PCT, "5", 0.3, ZP_BRANCH_PCT },
		{ ZP_LIMIT_PCT, "0", 0, ZP_BRANCH_PCT },
		{ ZP_LIMIT_PCT, "-5", 0, ZP_BRANCH_PCT },
		{ ZP_LIMIT_ABS, "-5", 0.2, ZP_BRANCH_ABS },
		{ ZP_LIMIT_PCT_OR_ABS_GREATER, "3", 0.2, ZP_BRANCH_ABS },
		{ ZP_LIMIT_PCT_OR_ABS_GREATER, "5", 0.3, ZP_BRANCH_PCT },
		{ ZP_LIMIT_PCT_OR_ABS_GREATER, "-5", 0.2, ZP_BRANCH_ABS },
		{ ZP_LIMIT_ABS_LE_CUT_ELSE_PCT, "3.3", 0.2, ZP_BRANCH_ABS },
		{ ZP_LIMIT_ABS_LE_CUT_ELSE_PCT, "3.3000001", 0.198000006, ZP_BRANCH_PCT },
		{ ZP_LIMIT_ABS_LT_CUT_ELSE_PCT, "3.3", 0.198, ZP_BRANCH_PCT },
		{ ZP_LIMIT_ABS_LT_CUT_ELSE_PCT, "3.29", 0.2, ZP_BRANCH_ABS },
	};
	return cr_make_param_array(limit_case, cases, sizeof cases / sizeof *cases);
}

ParameterizedTest(limit_case *c, limit, each_kind_gives_its_width_and_branch)
{
	zp_limit limit = { .kind = c->kind, .pct = d("6"), .abs = d("0.2"), .cut = d("3.3") };
	zp_choices choices = zp_choices_default();
	zp_width width;
	uint8_t branch;
	zp_reason reason = zp_limit_width(&limit, &choices, d(c->t), (double)NAN, &width, &branch);
	if (c->width == 0) {
		cr_assert_eq(reason, ZP_REASON_PERCENT_UNDEFINED);
		return;
	}
	cr_assert_eq(reason, ZP_REASON_NONE);
	cr_assert_float_eq(zp_width_double(width), c->width, 1e-15);
	cr_assert_eq(branch, c->branch);
}

Test(limit, a_percentage_of_a_negative_target_can_be_taken_of_its_size)
{
	zp_limit limit = { .kind = ZP_LIMIT_PCT, .pct = d("6") };
	zp_choices choices = zp_choices_default();
	zp_width width;
	uint8_t branch;
	choices.negative_target_pct = ZP_NEGATIVE_ABSOLUTE;
	cr_assert_eq(zp_limit_width(&limit, &choices, d("-5"), (double)NAN, &width, &branch), ZP_REASON_NONE);
	cr_assert_float_eq(zp_width_double(width), 0.3, 1e-15);
	cr_assert_eq(zp_limit_width(&limit, &choices, d("0"), (double)NAN, &width, &branch), ZP_REASON_PERCENT_UNDEFINED);
}

Test(limit, a_spread_of_zero_is_doubt_and_no_width)
{
	zp_limit limit = { .kind = ZP_LIMIT_SD, .sd_mult = d("3") };
	zp_choices choices = zp_choices_default();
	zp_width width;
	uint8_t branch;
	static const double bad[] = { 0, (double)NAN, (double)INFINITY };
	for (size_t i = 0; i < 3; i++)
		cr_assert_eq(zp_limit_width(&limit, &choices, d("5"), bad[i], &width, &branch), ZP_REASON_COLLAPSED);
	cr_assert_eq(zp_limit_width(&limit, &choices, d("5"), 0.25, &width, &branch), ZP_REASON_NONE);
	cr_assert_float_eq(zp_width_double(width), 0.75, 1e-15);
	cr_assert_eq(branch, ZP_BRANCH_SD);
}
