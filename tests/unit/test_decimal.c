/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables were worked out with Python's decimal module; the random tests ask GMP's fractions, strtod and printf. */
#include <criterion/criterion.h>
#include <float.h>
#include <gmp.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/decimal.h"

#define EACH(row, table) for (size_t row = 0; row < sizeof(table) / sizeof *(table); row++)

/* Any number of up to 18 digits; not bound to what laboratories may write. */
static zp_decimal number(const char *text)
{
	zp_decimal d = { 0, 0 };
	const char *p = text + (*text == '-');
	bool places = false;
	int power = 0;
	for (; *p && *p != 'e'; p++) {
		if (*p == '.') {
			places = true;
			continue;
		}
		d.m = d.m * 10 + (*p - '0');
		power -= places;
	}
	if (*p)
		power += atoi(p + 1);
	if (*text == '-')
		d.m = -d.m;
	d.e = (int8_t)power;
	return d;
}

static void fraction(mpq_t out, zp_decimal d)
{
	char text[200] = "";
	snprintf(text, sizeof text, d.e < 0 ? "%lld/1%0*d" : "%lld%0*d", (long long)d.m, abs(d.e), 0);
	if (d.e == 0)
		snprintf(text, sizeof text, "%lld", (long long)d.m);
	mpq_set_str(out, text, 10);
	mpq_canonicalize(out);
}

static uint64_t random_state = 20260331;

static uint64_t random_bits(void)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 7;
	random_state ^= random_state << 17;
	return random_state * UINT64_C(2685821657736338717);
}

/* Numbers of every length, often short and often of like size. */
static zp_decimal random_decimal(int least, int most)
{
	int64_t limit = 1;
	for (uint64_t digits = random_bits() % 18 + 1; digits; digits--)
		limit *= 10;
	int64_t m = (int64_t)(random_bits() % (uint64_t)limit);
	return (zp_decimal){ random_bits() & 1 ? m : -m, (int8_t)(least + (int)(random_bits() % (uint64_t)(most - least + 1))) };
}

static void assert_decimal(zp_decimal is, zp_decimal wanted, const char *what)
{
	cr_assert(is.m == wanted.m && is.e == wanted.e, "%s: got {%lld,%d}, expected {%lld,%d}", what,
	          (long long)is.m, is.e, (long long)wanted.m, wanted.e);
}

Test(decimal, numbers_are_read_as_they_are_written)
{
	static const struct { const char *text; zp_decimal d; const char *written; } table[] = {
		{ "5.00", { 500, -2 }, "5.00" },
		{ "5", { 5, 0 }, "5" },
		{ "5.", { 5, 0 }, "5" },
		{ ".5", { 5, -1 }, "0.5" },
		{ "+0.50", { 50, -2 }, "0.50" },
		{ "-0.003", { -3, -3 }, "-0.003" },
		{ "-0.00", { 0, -2 }, "0.00" },
		{ "0", { 0, 0 }, "0" },
		{ "000012.30", { 1230, -2 }, "12.30" },
		{ "000000000000.123456789012", { 123456789012, -12 }, "0.123456789012" },
		{ "000000123456.789012345678", { 123456789012345678, -12 }, "123456.789012345678" },
		{ "1200", { 1200, 0 }, "1200" },
		{ "1e3", { 1, 3 }, "1000" },
		{ "1E+03", { 1, 3 }, "1000" },
		{ "1.50e1", { 150, -1 }, "15.0" },
		{ "1.5e-3", { 15, -4 }, "0.0015" },
		{ "0e5", { 0, 5 }, "0" },
		{ "999999999999.999999", { 999999999999999999, -6 }, "999999999999.999999" },
		{ "-100000.123456789012", { -100000123456789012, -12 }, "-100000.123456789012" },
		{ "0.000000000001", { 1, -12 }, "0.000000000001" },
		{ "1e99", { 1, 99 }, "1e99" },
		{ "-1e-99", { -1, -99 }, "-1e-99" },
		{ "12.5e-60", { 125, -61 }, "1.25e-59" },
		{ "0.000000000000e-99", { 0, -111 }, "0e-99" }, /* so that it reads back */
		{ "1e-44", { 1, -44 }, "0.00000000000000000000000000000000000000000001" },
		{ "1e43", { 1, 43 }, "10000000000000000000000000000000000000000000" },
		{ "100000000000e88", { 100000000000, 88 }, "1.00000000000e99" },
	};
	EACH(i, table) {
		zp_decimal d = { 7, 7 };
		cr_assert_eq(zp_decimal_read(table[i].text, strlen(table[i].text), &d), ZP_NUMBER_OK, "%s", table[i].text);
		assert_decimal(d, table[i].d, table[i].text);
		char text[ZP_DECIMAL_TEXT];
		cr_assert_eq(zp_decimal_write(d, text), strlen(table[i].written), "%s", table[i].text);
		cr_assert_str_eq(text, table[i].written);
	}
}

Test(decimal, the_widest_number_fits_its_room_and_reads_back)
{
	for (int e = INT8_MIN; e <= INT8_MAX; e++) {
		static const int64_t numbers[] = { 0, 1, -9, -999999999999999999, 100000000000000000 };
		EACH(i, numbers) {
			char text[ZP_DECIMAL_TEXT + 1];
			memset(text, 'x', sizeof text);
			zp_decimal d = { numbers[i], (int8_t)e };
			size_t n = zp_decimal_write(d, text);
			cr_assert(n < ZP_DECIMAL_TEXT && text[n] == '\0' && text[ZP_DECIMAL_TEXT] == 'x');
			cr_assert_eq(strtod(text, NULL), zp_decimal_double(d), "%s", text);
		}
	}
}

Test(decimal, what_is_not_a_whole_number_is_refused)
{
	static const char *const table[] = {
		"", "+", "-", ".", "-.", "e5", ".e5", "5e", "5e+", "5e123", "1e400", " 5", "5 ", "5,1", "5.1.2", "--5", "+-5",
		"nan", "NaN", "inf", "0x1A", "0x1.8p3", "5.1 mmol", "<0.5", "5%", "1_000", "1'000", "\xEF\xBC\x95", "5e1.0", "5d3", "/", ":",
	};
	EACH(i, table) {
		zp_decimal d = { 7, 7 };
		cr_assert_eq(zp_decimal_read(table[i], strlen(table[i]), &d), ZP_NUMBER_NOT, "%s", table[i]);
		assert_decimal(d, (zp_decimal){ 7, 7 }, "out is left alone");
	}
	zp_decimal d;
	cr_assert_eq(zp_decimal_read("5.0\0" "9", 5, &d), ZP_NUMBER_NOT, "a NUL inside");
	cr_assert_eq(zp_decimal_read("5.09", 3, &d), ZP_NUMBER_OK);
	assert_decimal(d, (zp_decimal){ 50, -1 }, "only n bytes are read");
}

Test(decimal, numbers_beyond_what_is_kept_are_told_apart)
{
	static const char *const table[] = {
		"1234567890123", "0000000000001", "0.1234567890123", "1234567.890123456789", "100000000000.0000000", "000001234567.890123456789",
		"1.1e99", "10e99", "0.1e-99", "0.9e-99", "999999999999e99", "0.000000000001e-99",
		"99999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999",
	};
	EACH(i, table) {
		zp_decimal d;
		cr_assert_eq(zp_decimal_read(table[i], strlen(table[i]), &d), ZP_NUMBER_TOO_LONG, "%s", table[i]);
	}
}

Test(decimal, random_texts_survive_reading_and_writing)
{
	for (int i = 0; i < 200000; i++) {
		char text[40], written[ZP_DECIMAL_TEXT];
		int whole = (int)(random_bits() % 7), places = (int)(random_bits() % 12 + 1);
		uint64_t ten = 1, left = 1;
		for (int k = 0; k < places; k++)
			ten *= 10;
		for (int k = 0; k < whole; k++)
			left *= 10;
		const char *sign = random_bits() & 1 ? "-" : "";
		uint64_t fraction_part = random_bits() % ten;
		int n = snprintf(text, sizeof text, "%s%llu.%0*llu", sign, (unsigned long long)(random_bits() % left), places,
		                 (unsigned long long)(fraction_part ? fraction_part : 1));
		zp_decimal d;
		cr_assert_eq(zp_decimal_read(text, (size_t)n, &d), ZP_NUMBER_OK, "%s", text);
		zp_decimal_write(d, written);
		cr_assert_str_eq(written, text);
		cr_assert_eq(zp_decimal_double(d), strtod(text, NULL), "%s", text);
	}
}

Test(decimal, the_double_is_the_nearest_one)
{
	for (int i = 0; i < 300000; i++) {
		zp_decimal d = random_decimal(i % 3 ? -20 : INT8_MIN, i % 3 ? 3 : INT8_MAX);
		char text[40];
		snprintf(text, sizeof text, "%llde%d", (long long)d.m, d.e);
		cr_assert_eq(zp_decimal_double(d), strtod(text, NULL), "%s", text);
	}
	/* Half-way between two doubles, and one unit beside it. */
	static const char *const ties[] = { "9007199254740993", "9007199254740995", "900719925474099301e-2", "900719925474099299e-2" };
	EACH(i, ties)
		cr_assert_eq(zp_decimal_double(number(ties[i])), strtod(ties[i], NULL), "%s", ties[i]);
}

static double random_double(void)
{
	if (random_bits() & 1) /* as statistics make them: sums of short decimals, divided */
		return (double)(int64_t)(random_bits() % 2000000) / 1000.0 / (double)(random_bits() % 300 + 1);
	double x;
	do {
		uint64_t bits = random_bits();
		memcpy(&x, &bits, sizeof x);
	} while (!(fabs(x) >= 1e-99 && fabs(x) < 1e99));
	return x;
}

Test(decimal, the_shortest_decimal_reads_back_and_none_is_shorter)
{
	for (int i = 0; i < 100000; i++) {
		double x = random_double();
		zp_decimal d = zp_decimal_shortest(x);
		char text[40];
		snprintf(text, sizeof text, "%llde%d", (long long)d.m, d.e);
		cr_assert_eq(strtod(text, NULL), x, "%s for %.17g", text, x);
		int64_t m = llabs(d.m);
		while (m && m % 10 == 0)
			m /= 10;
		int digits = snprintf(text, sizeof text, "%lld", (long long)m);
		if (digits > 1) {
			snprintf(text, sizeof text, "%.*e", digits - 2, x);
			cr_assert_neq(strtod(text, NULL), x, "%s is shorter", text);
		}
	}
}

Test(decimal, the_shortest_decimal_of_a_power_of_two_is_found)
{
	/* Where the nearest 16 digits belong to another double (Python's repr as the witness). */
	static const struct { int power; const char *shortest; } table[] = {
		{ -296, "7854549544476363e-105" }, { -140, "7174648137343064e-58" }, { -97, "6310887241768095e-45" },
		{ -77, "6617444900424222e-39" }, { -44, "5684341886080802e-29" }, { -24, "5960464477539063e-23" },
		{ 89, "6189700196426902e11" }, { 122, "5316911983139664e21" }, { 132, "5444517870735016e24" },
		{ 172, "5986310706507379e36" }, { 275, "6070840288205404e67" }, { 10, "1024" }, { -1, "5e-1" },
	};
	EACH(i, table)
		cr_assert_eq(zp_decimal_compare(zp_decimal_shortest(ldexp(-1, table[i].power)),
		                                (zp_decimal){ -number(table[i].shortest).m, number(table[i].shortest).e }),
		             0, "2^%d", table[i].power);
}

Test(decimal, the_shortest_decimal_has_no_power_where_its_digits_fit)
{
	static const struct { double x; zp_decimal d; } table[] = {
		{ 1200, { 1200, 0 } }, { 0, { 0, 0 } }, { -0.0, { 0, 0 } }, { 5.2, { 52, -1 } }, { 0.1 + 0.2, { 30000000000000004, -17 } },
		{ 1e17, { 100000000000000000, 0 } }, { 1e18, { 1, 18 } }, { -12e20, { -12, 20 } }, { 1e98, { 1, 98 } }, { 1e-99, { 1, -99 } },
		{ 123456789012345680.0, { 123456789012345680, 0 } },
	};
	EACH(i, table) {
		char what[40];
		snprintf(what, sizeof what, "%.17g", table[i].x);
		assert_decimal(zp_decimal_shortest(table[i].x), table[i].d, what);
	}
	cr_assert_eq(zp_decimal_shortest(DBL_MIN).m, 0, "a rest far below the range is nothing, not a crash");
}

Test(decimal, rounding_takes_ties_to_the_even_digit)
{
	static const struct { const char *text; int places; zp_decimal d; } table[] = {
		{ "0.125", 2, { 12, -2 } }, { "0.135", 2, { 14, -2 } }, { "2.5", 0, { 2, 0 } }, { "3.5", 0, { 4, 0 } },
		{ "-2.5", 0, { -2, 0 } }, { "-0.5", 0, { 0, 0 } }, { "0.05", 1, { 0, -1 } }, { "0.15", 1, { 2, -1 } },
		{ "0.25", 1, { 2, -1 } }, { "0.2500000000000001", 1, { 3, -1 } }, { "5.2", 3, { 5200, -3 } }, { "5", 2, { 500, -2 } },
		{ "1250", -2, { 12, 2 } }, { "1350", -2, { 14, 2 } }, { "1251", -2, { 13, 2 } }, { "49", -2, { 0, 2 } },
		{ "50", -2, { 0, 2 } }, { "51", -2, { 1, 2 } }, { "999.5", 0, { 1000, 0 } }, { "0.999999999999999999", 2, { 100, -2 } },
		{ "123456789012345678", -17, { 1, 17 } }, { "500000000000000000", -18, { 0, 18 } }, { "500000000000000001", -18, { 1, 18 } },
		{ "1e3", 0, { 1000, 0 } }, { "0", 2, { 0, -2 } }, { "0e20", 2, { 0, -2 } }, { "4.65e-40", 10, { 0, -10 } },
		{ "1e20", 0, { 1, 20 } }, { "123456789012345678", 1, { 123456789012345678, 0 } }, { "99999999999999999", 1, { 999999999999999990, -1 } },
	};
	EACH(i, table)
		assert_decimal(zp_decimal_round(number(table[i].text), table[i].places), table[i].d, table[i].text);
}

Test(decimal, binary_rounding_looks_at_all_bits)
{
	static const struct { double x; int places; zp_decimal d; } table[] = {
		{ 0.125, 2, { 12, -2 } }, { 2.675, 2, { 267, -2 } }, { 1.005, 2, { 100, -2 } }, { 0.15, 1, { 1, -1 } },
		{ 0.25, 1, { 2, -1 } }, { 0.35, 1, { 3, -1 } }, { 0.45, 1, { 5, -1 } }, { -2.5, 0, { -2, 0 } },
		{ 25.0, -1, { 2, 1 } }, { 25.000000000000004, -1, { 3, 1 } }, { 35.0, -1, { 4, 1 } }, { 24.999999999999996, -1, { 2, 1 } },
		{ 5.2, 3, { 5200, -3 } }, { 1e17, 0, { 100000000000000000, 0 } }, { 0.1, 17, { 10000000000000001, -17 } },
		{ 1e-7, 3, { 0, -3 } }, { 0.0, 2, { 0, -2 } }, { -0.001, 2, { 0, -2 } }, { 123456.5, 0, { 123456, 0 } },
		{ 999.995, 2, { 100000, -2 } }, { 1e20, 2, { 100000000000000000, 3 } }, { 1e18, 0, { 100000000000000000, 1 } },
	};
	EACH(i, table) {
		char what[40];
		snprintf(what, sizeof what, "%.17g", table[i].x);
		assert_decimal(zp_decimal_round_binary(table[i].x, table[i].places), table[i].d, what);
	}
	for (int i = 0; i < 100000; i++) {
		double x = ldexp((double)(int64_t)random_bits(), -(int)(random_bits() % 16) - 40);
		int places = (int)(random_bits() % 8);
		char by_printf[60], text[ZP_DECIMAL_TEXT];
		snprintf(by_printf, sizeof by_printf, "%.*f", places, x);
		zp_decimal_write(zp_decimal_round_binary(x, places), text);
		cr_assert_str_eq(text, by_printf + (strspn(by_printf, "-0.") == strlen(by_printf) && *by_printf == '-'));
	}
}

Test(decimal, comparison_does_not_see_trailing_zeros)
{
	static const struct { const char *a, *b; int order; } table[] = {
		{ "5.0", "5.00", 0 }, { "5", "5.000000000000", 0 }, { "1e3", "1000", 0 }, { "-1", "1", -1 }, { "0", "0.00", 0 },
		{ "0", "-1e-99", 1 }, { "1e99", "999999999999999999", 1 }, { "-1e99", "-999999999999999999", -1 },
		{ "1e18", "999999999999999999", 1 }, { "1e-20", "2e-40", 1 }, { "0.30", "0.3000000000000001", -1 },
		{ "-5.01", "-5.0", -1 }, { "1e19", "999999999999999999", 1 },
		{ "1e17", "999999999999999999", -1 }, { "9e17", "900000000000000000", 0 }, { "-9e17", "-900000000000000001", 1 },
	};
	EACH(i, table) {
		cr_assert_eq(zp_decimal_compare(number(table[i].a), number(table[i].b)), table[i].order, "%s %s", table[i].a, table[i].b);
		cr_assert_eq(zp_decimal_compare(number(table[i].b), number(table[i].a)), -table[i].order, "%s %s", table[i].b, table[i].a);
	}
	cr_assert_eq(zp_decimal_sign(number("-0.3")), -1);
	cr_assert_eq(zp_decimal_sign(number("0.00")), 0);
	cr_assert_eq(zp_decimal_sign(number("2e9")), 1);
}

Test(decimal, comparison_agrees_with_fractions)
{
	mpq_t a, b;
	mpq_inits(a, b, NULL);
	for (int i = 0; i < 100000; i++) {
		zp_decimal x = random_decimal(-30, 30), y = random_decimal(-30, 30);
		if (i % 4 == 0 && x.m % 10 == 0)
			y = (zp_decimal){ x.m / 10, (int8_t)(x.e + 1) };
		fraction(a, x);
		fraction(b, y);
		int wanted = mpq_cmp(a, b);
		cr_assert_eq(zp_decimal_compare(x, y), (wanted > 0) - (wanted < 0));
	}
	mpq_clears(a, b, NULL);
}

/* Nearest to a sixteenth of half a bit where the powers are near, for 18 digits are kept; else what is left out lies below the last bit. */
Test(decimal, differences_are_exact_before_they_are_rounded)
{
	mpq_t a, b, got, half_bit;
	mpq_inits(a, b, got, half_bit, NULL);
	for (int i = 0; i < 200000; i++) {
		zp_decimal x = random_decimal(-20, 20), y = random_decimal(-20, 20);
		if (i % 2)
			y = (zp_decimal){ x.m + (int64_t)(random_bits() % 200) - 100, x.e };
		fraction(a, x);
		fraction(b, y);
		mpq_sub(a, a, b);
		mpq_set_d(got, zp_decimal_minus(x, y));
		mpq_sub(b, got, a);
		mpq_abs(b, b);
		mpq_abs(half_bit, a);
		mpq_set_si(got, 17, 16);
		mpq_mul(half_bit, half_bit, got);
		mpq_div_2exp(half_bit, half_bit, abs(x.e - y.e) > 18 ? 52 : 53);
		cr_assert_leq(mpq_cmp(b, half_bit), 0, "%lld e %d - %lld e %d", (long long)x.m, x.e, (long long)y.m, y.e);
	}
	mpq_clears(a, b, got, half_bit, NULL);
	cr_assert_eq(zp_decimal_minus(number("5.40"), number("5.2")), 0.2);
	cr_assert_eq(zp_decimal_minus(number("-5.4"), number("-5.40")), 0);
	cr_assert_eq(zp_decimal_minus(number("0"), number("1e-60")), -1e-60);
}

Test(decimal, a_result_on_the_limit_is_exactly_on_it)
{
	static const struct { const char *x, *t, *a, *b; int order; } table[] = {
		{ "4.65", "5", "0.07", "5", 0 }, { "5.35", "5.00", "0.07", "5.00", 0 }, { "4.64", "5", "0.07", "5", 1 },
		{ "4.650000000001", "5", "0.07", "5", -1 }, { "0.3", "0.1", "0.2", "1", 0 }, { "0.3", "0.2", "0.1", "1", 0 },
		{ "0.30000000000000004", "0.1", "0.2", "1", 1 }, { "1.1", "1", "0.1", "1", 0 }, { "8.05", "7.0", "0.15", "7.0", 0 },
		{ "148.3", "138.3", "10", "1", 0 }, { "-4.65", "-5", "0.07", "-5", 1 }, { "-4.65", "-5", "0.07", "5", 0 },
		{ "-5.36", "-5", "0.07", "5", 1 }, { "5.1234567890123457", "5.1234567890123456", "0.0000000000000001", "1", 0 },
		{ "5.48209876424320999", "5.1234567890123457", "0.07", "5.1234567890123457", 1 },
		{ "5.482098764243209", "5.1234567890123456", "0.07", "5.1234567890123456", -1 },
		{ "5.48209876424321", "5.1234567890123456", "0.07", "5.1234567890123456", 1 },
		{ "1e99", "1", "1e99", "1", -1 }, { "1e-99", "0", "1e-99", "1", 0 }, { "1e-99", "0", "1e-50", "1e-49", 0 },
		{ "0", "0", "0", "0", 0 }, { "1e99", "1e-99", "1e99", "1", -1 },
		{ "999999999999999999", "0", "999999999", "1000000001", 0 }, { "999999999999999998", "0", "999999999", "1000000001", -1 },
		{ "3", "3", "0", "7", 0 }, { "3", "3.0", "-1", "1", 1 }, { "5.20", "5.20", "0.07", "5.20", -1 },
	};
	EACH(i, table) {
		zp_width w = { number(table[i].a), number(table[i].b) };
		cr_assert_eq(zp_decimal_against(number(table[i].x), number(table[i].t), w), table[i].order, "%s %s", table[i].x, table[i].t);
	}
}

static int order_by_fractions(zp_decimal x, zp_decimal t, zp_width w)
{
	mpq_t gap, other, width;
	mpq_inits(gap, other, width, NULL);
	fraction(gap, x);
	fraction(other, t);
	mpq_sub(gap, gap, other);
	mpq_abs(gap, gap);
	fraction(width, w.a);
	fraction(other, w.b);
	mpq_mul(width, width, other);
	int order = mpq_cmp(gap, width);
	mpq_clears(gap, other, width, NULL);
	return (order > 0) - (order < 0);
}

Test(decimal, limits_agree_with_fractions)
{
	int on = 0, beside = 0;
	for (int i = 0; i < 200000; i++) {
		zp_decimal t = random_decimal(-16, 2), x = random_decimal(-16, 2);
		zp_width w = { { (int64_t)(random_bits() % 30), -2 }, { llabs(t.m), t.e } };
		if (i % 2 && llabs(t.m) < INT64_C(1000000000000000)) { /* on the limit, or a last digit beside it */
			int64_t side = random_bits() & 1 ? 1 : -1, step = (int64_t)(random_bits() % 3) - 1;
			x = (zp_decimal){ t.m * 100 + side * w.a.m * w.b.m + step, (int8_t)(t.e - 2) };
			on += step == 0;
			beside += step != 0;
		}
		cr_assert_eq(zp_decimal_against(x, t, w), order_by_fractions(x, t, w), "{%lld,%d} {%lld,%d} %lld",
		             (long long)x.m, x.e, (long long)t.m, t.e, (long long)w.a.m);
	}
	cr_assert(on > 10000 && beside > 10000);
}

Test(decimal, widths_compare_exactly)
{
	static const struct { const char *a, *b, *c, *d; int order; } table[] = {
		{ "0.07", "3", "0.21", "1", 0 }, { "0.07", "3.0000000000000001", "0.21", "1", 1 }, { "0.07", "2.9999999999999999", "0.21", "1", -1 },
		{ "0.07", "4", "0.21", "1", 1 }, { "0.1", "0.2", "0.02", "1", 0 }, { "0", "5", "0", "1e-99", 0 }, { "1e99", "1e99", "1e99", "1.1e99", -1 },
	};
	EACH(i, table) {
		zp_width v = { number(table[i].a), number(table[i].b) }, w = { number(table[i].c), number(table[i].d) };
		cr_assert_eq(zp_width_compare(v, w), table[i].order, "row %zu", i);
		cr_assert_eq(zp_width_compare(w, v), -table[i].order, "row %zu", i);
	}
	cr_assert_eq(zp_width_double((zp_width){ { 7, -2 }, { 300, -2 } }), 0.07 * 3.0);
}

Test(decimal, bounds_are_rounded_towards_the_target)
{
	static const struct { const char *t, *a, *b; int side, places; zp_decimal d; } table[] = {
		{ "5", "0.07", "5", -1, 2, { 465, -2 } }, { "5", "0.07", "5", 1, 2, { 535, -2 } },
		{ "5.237", "0.07", "5.237", -1, 2, { 488, -2 } }, { "5.237", "0.07", "5.237", 1, 2, { 560, -2 } },
		{ "5.237", "0.07", "5.237", -1, 3, { 4871, -3 } }, { "0.05", "0.1", "1", -1, 2, { -5, -2 } },
		{ "-5.237", "0.07", "5.237", -1, 2, { -560, -2 } }, { "-5.237", "0.07", "5.237", 1, 2, { -488, -2 } },
		{ "5.004", "0.001", "1", -1, 2, { 501, -2 } }, { "5.004", "0.001", "1", 1, 2, { 500, -2 } },
		{ "1234", "0.1", "1234", -1, -1, { 112, 1 } }, { "1234", "0.1", "1234", 1, -2, { 13, 2 } },
		{ "5.1234567890123457", "0.07", "5.1234567890123457", -1, 4, { 47649, -4 } },
		{ "5.1234567890123457", "0.07", "5.1234567890123457", 1, 4, { 54820, -4 } },
		{ "1e-30", "1e-40", "1", 1, 2, { 0, -2 } }, { "1e-30", "1e-40", "1", -1, 2, { 1, -2 } },
		{ "999999999999999998", "1", "1", 1, 0, { 999999999999999999, 0 } },
	};
	EACH(i, table) {
		bool ok = false;
		zp_width w = { number(table[i].a), number(table[i].b) };
		assert_decimal(zp_decimal_bound(number(table[i].t), w, table[i].side, table[i].places, &ok), table[i].d, table[i].t);
		cr_assert(ok);
	}
	bool ok = true;
	zp_decimal_bound(number("1e20"), (zp_width){ { 1, 0 }, { 1, 0 } }, 1, 0, &ok);
	cr_assert_not(ok);
	ok = true;
	zp_decimal_bound(number("999999999999999999"), (zp_width){ { 1, 0 }, { 1, 0 } }, 1, 0, &ok);
	cr_assert_not(ok);
}

Test(decimal, a_printed_bound_never_contradicts_a_verdict)
{
	for (int i = 0; i < 50000; i++) {
		zp_decimal t = { (int64_t)(random_bits() % 100000) + 1, -3 };
		zp_width w = { { (int64_t)(random_bits() % 30) + 1, -2 }, t };
		bool ok;
		for (int side = -1; side <= 1; side += 2) {
			zp_decimal bound = zp_decimal_bound(t, w, side, 2, &ok), next = { bound.m + side, bound.e };
			bool crossed = zp_decimal_compare(bound, t) == -side; /* no number of two places lies within */
			cr_assert(ok && (crossed || order_by_fractions(bound, t, w) <= 0));
			cr_assert(crossed || order_by_fractions(next, t, w) > 0, "it is the last one within");
		}
	}
}
