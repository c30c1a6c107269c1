/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers: what the grammar takes is written and read back as the same number, and compared and multiplied without a
 * surprise; what a plain automaton of the grammar takes is taken, and nothing else. */
#include "fuzz.h"
#include <math.h>
#include <string.h>
#include "base/decimal.h"

static size_t digits(const char *p, const char *end)
{
	const char *from = p;
	while (p < end && *p >= '0' && *p <= '9')
		p++;
	return (size_t)(p - from);
}

/* [+-]?(digits[.digits]|.digits)([eE][+-]?dd)? by hand. */
static bool is_number(const char *p, const char *end)
{
	if (p < end && (*p == '+' || *p == '-'))
		p++;
	const size_t before = digits(p, end);
	p += before;
	size_t after = 0;
	if (p < end && *p == '.') {
		after = digits(p + 1, end);
		p += 1 + after;
	}
	if (!before && !after)
		return false;
	if (p < end && (*p == 'e' || *p == 'E')) {
		p++;
		if (p < end && (*p == '+' || *p == '-'))
			p++;
		const size_t power = digits(p, end);
		if (power < 1 || power > 2)
			return false;
		p += power;
	}
	return p == end;
}

static void check(zp_decimal d)
{
	char text[ZP_DECIMAL_TEXT];
	zp_decimal back, twice;
	const size_t n = zp_decimal_write(d, text);
	FUZZ_PROMISE(n < sizeof text && strlen(text) == n, "the length is not that of the text");
	FUZZ_PROMISE(zp_decimal_read_printed(text, n, &back) == ZP_NUMBER_OK && zp_decimal_compare(d, back) == 0, "what is written does not read back");
	FUZZ_PROMISE(isfinite(zp_decimal_double(d)), "a number is not finite");
	FUZZ_PROMISE(zp_decimal_compare(d, d) == 0 && zp_decimal_sign(d) == (d.m > 0) - (d.m < 0), "a number is not itself");
	FUZZ_PROMISE(d.m > -1000000000000000000 && d.m < 1000000000000000000, "more than 18 digits");
	if (zp_decimal_times(d, (zp_decimal){ 2, 0 }, &twice)) {
		const double is = zp_decimal_double(twice), should = 2 * zp_decimal_double(d);
		FUZZ_PROMISE(fabs(is - should) <= 1e-15 * fabs(should), "twice a number is another");
	}
}

FUZZ_TARGET(number)
{
	const char *text = (const char *)data;
	zp_decimal d = { 0, 0 }, e = { 0, 0 };
	const zp_number is = zp_decimal_read(text, size, &d);
	FUZZ_PROMISE((is != ZP_NUMBER_NOT) == is_number(text, text + size), "the grammar and the automaton differ");
	if (is == ZP_NUMBER_OK)
		check(d);
	if (zp_decimal_read_printed(text, size, &e) == ZP_NUMBER_OK)
		check(e);
	if (is == ZP_NUMBER_OK)
		FUZZ_PROMISE(zp_decimal_compare(d, e) == 0, "two readers differ");
	return 0;
}
