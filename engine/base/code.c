/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/code.h"
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define DIGITS 10
#define DATA 9

static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* Times x in the field of 32 elements, x^5 = x^2 + 1. */
static unsigned times_x(unsigned v) { return v & 16 ? (v << 1 ^ 37) & 31 : v << 1; }

/* The sum of d[i] x^(9-i). All digits together give 0. The powers x^0 to x^9 are different and none is 0: so one wrong digit changes
 * the sum, and so do two different digits that change places, whether neighbours or not. */
static unsigned sum(const unsigned *d, size_t n)
{
	unsigned out = 0;
	for (size_t i = 0; i < n; i++)
		out = times_x(out) ^ d[i];
	return out;
}

static void put(const unsigned *d, char *out)
{
	for (size_t i = 0; i < DIGITS; i++) {
		if (i == 4 || i == 8)
			*out++ = '-';
		*out++ = digits[d[i]];
	}
	*out = '\0';
}

void zp_code_of(const char *digest, char out[static ZP_CODE_TEXT])
{
	uint64_t bits = 0;
	unsigned d[DIGITS];
	for (size_t i = 0; i < 12; i++)
		bits = bits << 4 | (unsigned)(digest[i] <= '9' ? digest[i] - '0' : (digest[i] | 32) - 'a' + 10);
	for (size_t i = 0; i < DATA; i++)
		d[i] = (unsigned)(bits >> (43 - 5 * i) & 31);
	d[DATA] = times_x(sum(d, DATA)); /* so that all of them give 0 */
	put(d, out);
}

static int digit_of(char c)
{
	if (c >= 'a' && c <= 'z')
		c = (char)(c - 'a' + 'A');
	c = c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
	const char *at = c ? strchr(digits, c) : NULL;
	return at ? (int)(at - digits) : -1;
}

/* Gives: whether there are as many digits as a code has, and nothing else. */
static bool read_digits(const char *typed, unsigned d[static DIGITS])
{
	size_t n = 0;
	for (; *typed; typed++) {
		if (*typed == '-' || *typed == ' ')
			continue;
		const int v = digit_of(*typed);
		if (v < 0 || n == DIGITS)
			return false;
		d[n++] = (unsigned)v;
	}
	return n == DIGITS;
}

bool zp_code_read(const char *typed, char out[static ZP_CODE_TEXT])
{
	unsigned d[DIGITS];
	if (!read_digits(typed, d) || sum(d, DIGITS) != 0)
		return false;
	put(d, out);
	return true;
}

bool zp_code_is_mistyped(const char *typed)
{
	unsigned d[DIGITS];
	return read_digits(typed, d) && sum(d, DIGITS) != 0;
}
