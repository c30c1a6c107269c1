/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Powers of ten and logarithms as laboratories write them. */
#include <criterion/criterion.h>
#include <string.h>
#include "run/intake.h"

/* The number in plain digits and its unit, "-" for what is no power of ten. */
static const char *power(const char *text)
{
	static char said[200];
	char number[ZP_DECIMAL_TEXT];
	zp_value v;
	if (!zp_intake_power(zp_text_of(text), &v))
		return "-";
	zp_decimal_write(v.number, number);
	snprintf(said, sizeof said, "%s|%.*s", number, (int)v.unit.n, v.unit.p);
	return said;
}

Test(power, every_way_of_writing_one_is_the_same_number)
{
	static const char *const same[] = { "1.5x10^3", "1.5×10^3", "1.5X10^3", "1.5*10^3", "1.5×10³", " 1.5 × 10 ^ 3 ", "1.5x103", "1.5x10 3", "15x10^2", "1500x10⁰" };
	for (size_t i = 0; i < sizeof same / sizeof *same; i++)
		cr_expect_str_eq(power(same[i]), "1500|", "%s is %s", same[i], power(same[i]));
	cr_expect_str_eq(power("2x10¹"), "20|");
	cr_expect_str_eq(power("2x10⁴"), "20000|");
	cr_expect_str_eq(power("2x10⁵"), "200000|");
	cr_expect_str_eq(power("2x10⁶"), "2000000|");
	cr_expect_str_eq(power("2x10⁷"), "20000000|");
	cr_expect_str_eq(power("2x10⁸"), "200000000|");
	cr_expect_str_eq(power("2x10⁹"), "2000000000|");
	cr_expect_str_eq(power("1x10¹⁰"), "10000000000|");
}

Test(power, a_unit_behind_it_is_told_apart)
{
	cr_expect_str_eq(power("1.5x10^3 IU/mL"), "1500|IU/mL");
	cr_expect_str_eq(power("1.5 x 10^3 copies/mL"), "1500|copies/mL");
	cr_expect_str_eq(power("1.5×10³ 拷贝"), "-", "no letter of Latin begins a unit here");
	cr_expect_str_eq(power("1.5 X 10^3"), "1500|", "an X between numbers is no unit");
}

Test(power, what_is_none_is_left_to_others)
{
	static const char *const none[] = { "", "1500", "x10^3", "1.5x", "1.5x10", "1.5x10^", "1.5x1000", "1.5x100", "1.5x10^^3", "1.5x10^123", "1.5x10^003", "1.5x10^3a", "1.5x10^-3", "1.5x10^x",
		"1.5.2x10^3", "1.5x10³³³", "1.5x10^3 4", "1 5x10^3", "10 5x10^3", "5x12 3", "1.5x10^3 {IU}/mL", "1.5x10^3 [IU]/mL",
		"1111111111111111111111111111111111111111111111111111111111111111111111x10^3" };
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		cr_expect_str_eq(power(none[i]), "-", "%s is %s", none[i], power(none[i]));
}

static const char *unlogged(const char *unit)
{
	static char said[100];
	bool logged;
	const zp_text t = zp_intake_unlogged(zp_text_of(unit), &logged);
	snprintf(said, sizeof said, "%s%.*s", logged ? "log of " : "", (int)t.n, t.p);
	return said;
}

Test(power, a_unit_that_is_a_logarithm_says_of_what)
{
	static const char *const same[] = { "log10 IU/mL", "LOG10 IU/mL", "Log IU/mL", "lg IU/mL", "lg(IU/mL)", "log10(IU/mL)", "log10 ( IU/mL )", "logIU/mL" };
	for (size_t i = 0; i < sizeof same / sizeof *same; i++)
		cr_expect_str_eq(unlogged(same[i]), "log of IU/mL", "%s", same[i]);
	cr_expect_str_eq(unlogged("log10"), "log10", "it does not say of what");
	cr_expect_str_eq(unlogged("IU/mL"), "IU/mL");
	cr_expect_str_eq(unlogged("lo"), "lo");
	cr_expect_str_eq(unlogged("lg(IU/mL"), "log of (IU/mL");
	cr_expect_str_eq(unlogged("lg()"), "log of ()");
	cr_expect_str_eq(unlogged("lg IU)"), "log of IU)");
}

Test(power, a_logarithm_that_is_said_is_a_number_with_its_unit)
{
	zp_value v;
	cr_assert(zp_intake_logarithm_said(zp_text_of(" 3.18 log10 IU/mL"), &v));
	cr_expect_eq(v.number.m, 318);
	cr_expect(zp_text_is(v.unit, "IU/mL"));
	cr_expect_not(zp_intake_logarithm_said(zp_text_of("3.18 IU/mL"), &v));
	cr_expect_not(zp_intake_logarithm_said(zp_text_of("log10 IU/mL"), &v));
	cr_expect_not(zp_intake_logarithm_said(zp_text_of("3.1.8 log10 IU/mL"), &v));
	cr_expect_not(zp_intake_logarithm_said(zp_text_of("3"), &v));
}

Test(power, logarithms_are_of_what_is_above_0_and_rounded_where_the_scheme_says_so)
{
	zp_choices c = { .log_places = -1 };
	zp_decimal x = { 1000, 0 }, two = { 2, 0 }, none = { 0, 0 }, below = { -5, 0 };
	cr_assert(zp_intake_logarithm(&c, &x));
	cr_expect_eq(zp_decimal_compare(x, (zp_decimal){ 3, 0 }), 0);
	c.log_places = 2;
	cr_assert(zp_intake_logarithm(&c, &two));
	cr_expect_eq(zp_decimal_compare(two, (zp_decimal){ 30, -2 }), 0, "log10 2 is 0.30103");
	c.log_places = 0;
	zp_decimal three = { 3, 0 }, four = { 4, 0 };
	cr_assert(zp_intake_logarithm(&c, &three) && zp_intake_logarithm(&c, &four));
	cr_expect(zp_decimal_sign(three) == 0 && zp_decimal_compare(four, (zp_decimal){ 1, 0 }) == 0, "log10 3 is 0.477, log10 4 is 0.602");
	cr_expect_not(zp_intake_logarithm(&c, &none));
	cr_expect_not(zp_intake_logarithm(&c, &below));
}
