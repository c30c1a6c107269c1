/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/code.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* A digest that begins with these bits. */
static void digest_of(unsigned long long bits, char out[65])
{
	memset(out, '5', 64);
	out[64] = '\0';
	char begin[17];
	snprintf(begin, sizeof begin, "%012llx", bits & 0xFFFFFFFFFFFFull);
	memcpy(out, begin, 12);
}

/* xorshift: the same numbers every time. */
static unsigned long long next(void)
{
	static unsigned long long s = 88172645463325252ull;
	s ^= s << 13, s ^= s >> 7, s ^= s << 17;
	return s;
}

static bool sound(const char *typed)
{
	char out[ZP_CODE_TEXT];
	return zp_code_read(typed, out);
}

/* Worked out by hand: 45 bits are nine digits; 08 64 2... of 0x086420000000 are 00001 00001 10010 00010 00000 00000 00000 00000 00000. */
Test(code, its_digits_are_the_first_bits_of_the_digest)
{
	char digest[65], code[ZP_CODE_TEXT];
	digest_of(0x086420000000ull, digest);
	zp_code_of(digest, code);
	cr_expect(strncmp(code, "11J2-0000-0", 11) == 0, "%s", code);
	digest_of(0xFFFFFFFFFFFFull, digest);
	zp_code_of(digest, code);
	cr_expect(strncmp(code, "ZZZZ-ZZZZ-Z", 11) == 0, "%s", code);
	digest_of(0, digest);
	zp_code_of(digest, code);
	cr_expect_str_eq(code, "0000-0000-00");
}

Test(code, every_single_wrong_digit_is_found)
{
	char digest[65], code[ZP_CODE_TEXT];
	for (int n = 0; n < 300; n++) {
		digest_of(next(), digest);
		zp_code_of(digest, code);
		cr_assert(sound(code), "%s", code);
		for (size_t i = 0; code[i]; i++)
			for (const char *d = digits; code[i] != '-' && *d; d++) {
				char wrong[ZP_CODE_TEXT];
				strcpy(wrong, code);
				wrong[i] = *d;
				cr_assert_eq(sound(wrong), *d == code[i], "%s for %s", wrong, code);
				cr_assert_eq(zp_code_is_mistyped(wrong), *d != code[i], "%s for %s", wrong, code);
			}
	}
}

/* Any two, which is more than neighbours. */
Test(code, every_two_digits_that_changed_places_are_found)
{
	char digest[65], code[ZP_CODE_TEXT];
	for (int n = 0; n < 300; n++) {
		digest_of(next(), digest);
		zp_code_of(digest, code);
		for (size_t i = 0; code[i]; i++)
			for (size_t k = i + 1; code[k]; k++) {
				char wrong[ZP_CODE_TEXT];
				strcpy(wrong, code);
				wrong[i] = code[k], wrong[k] = code[i];
				if (code[i] != '-' && code[k] != '-' && code[i] != code[k])
					cr_assert_not(sound(wrong), "%s for %s", wrong, code);
			}
	}
}

Test(code, it_may_be_typed_as_people_type)
{
	char digest[65], code[ZP_CODE_TEXT], out[ZP_CODE_TEXT], typed[40];
	digest_of(0x0043FFFFFFFFull, digest);
	zp_code_of(digest, code);
	size_t n = 0;
	for (const char *p = code; *p; p++) {
		if (*p == '-')
			continue;
		typed[n++] = *p == '0' ? 'o' : *p == '1' ? 'l' : *p >= 'A' ? (char)(*p + 32) : *p;
		typed[n++] = ' ';
	}
	typed[n] = '\0';
	cr_expect(zp_code_read(typed, out), "%s", typed);
	cr_expect_str_eq(out, code);
	cr_expect_not(sound(""));
	cr_expect_not(sound("1"));
	cr_expect_not(sound("0000-0000-000"));
	cr_expect_not(sound("0000-0000-0U"));
	cr_expect_not(sound("0000-0000-0\xC3\xA9"));
}
