/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "number.h"
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define TYPED 15      /* digits that can be typed, and that a double always keeps */
#define FARTHEST 110  /* power of ten of the first digit up to which doubles are looked for; results end at 99 */
#define LIMBS 32      /* 1,024 bits: 10^150 has 499, and the quotient 54 more */

__extension__ typedef unsigned __int128 wide;

/* ---- whole numbers of any size ---- */

typedef struct big { uint32_t limb[LIMBS]; unsigned n; } big; /* n: limbs in use, the last is not 0 */

/* b * factor + add */
static void big_step(big *b, uint32_t factor, uint32_t add)
{
	uint64_t carry = add;
	for (unsigned i = 0; i < b->n; i++) {
		carry += (uint64_t)b->limb[i] * factor;
		b->limb[i] = (uint32_t)carry;
		carry >>= 32;
	}
	if (carry && b->n < LIMBS)
		b->limb[b->n++] = (uint32_t)carry;
}

static void big_tens(big *b, int power)
{
	for (; power >= 9; power -= 9)
		big_step(b, 1000000000, 0);
	for (; power > 0; power--)
		big_step(b, 10, 0);
}

static unsigned big_bits(const big *b)
{
	return b->n ? 32 * b->n - (unsigned)__builtin_clz(b->limb[b->n - 1]) : 0;
}

static void big_shift(big *b, unsigned by)
{
	for (; by >= 16; by -= 16)
		big_step(b, 1u << 16, 0);
	big_step(b, 1u << by, 0);
}

static int big_compare(const big *a, const big *b)
{
	if (a->n != b->n)
		return a->n < b->n ? -1 : 1;
	for (unsigned i = a->n; i-- > 0;)
		if (a->limb[i] != b->limb[i])
			return a->limb[i] < b->limb[i] ? -1 : 1;
	return 0;
}

/* a - b. Needs: a >= b. */
static void big_less(big *a, const big *b)
{
	uint64_t borrow = 0;
	for (unsigned i = 0; i < a->n; i++) {
		uint64_t take = (i < b->n ? b->limb[i] : 0) + borrow;
		borrow = a->limb[i] < take;
		a->limb[i] = (uint32_t)(a->limb[i] - take);
	}
	while (a->n && a->limb[a->n - 1] == 0)
		a->n--;
}

/* ---- doubles ---- */

/* 0.d1d2d3… * 10^point, d1 not 0 */
typedef struct digits { char d[ZP_NUMBER_DIGITS + 1]; unsigned n; int point; } digits;

/* m * 2^power, m of 53 bits; side tells on which side of the decimal number it lies: 1 above, -1 below, 0 it is the same. */
typedef struct nearest { uint64_t m; int power, side; } nearest;

/* Round a quotient of 54 or 55 bits, of num * 2^shift / den, to 53. more: the division left something. */
static nearest round_quotient(uint64_t q, bool more, int shift)
{
	unsigned drop = q >> 54 ? 2 : 1;
	uint64_t half = 1u << (drop - 1), rest = q & ((1u << drop) - 1), m = q >> drop;
	bool up = rest > half || (rest == half && (more || (m & 1)));
	nearest r = { m + up, (int)drop - shift, up ? 1 : rest || more ? -1 : 0 };
	if (r.m >> 53) {
		r.m >>= 1;
		r.power++;
	}
	return r;
}

static unsigned bits_of(uint64_t x)
{
	return 64 - (unsigned)__builtin_clzll(x);
}

/* The same as below in 128 bits, for the numbers that laboratories send. Gives: false when it is none of them. */
static bool nearest_small(const digits *x, nearest *r)
{
	int power = x->point - (int)x->n;
	if (x->n > 19 || power >= 0 || power < -19)
		return false;
	uint64_t num = 0, den = 1;
	for (unsigned i = 0; i < x->n; i++)
		num = num * 10 + (uint64_t)(x->d[i] - '0');
	for (; power < 0; power++)
		den *= 10;
	int shift = 54 - ((int)bits_of(num) - (int)bits_of(den));
	if (shift < 0)
		return false;
	wide n = (wide)num << shift; /* at most 54 + 64 bits and one */
	*r = round_quotient((uint64_t)(n / den), n % den != 0, shift);
	return true;
}

/* The double nearest to a decimal number, a tie to the even one. Needs: |point| <= FARTHEST, so that it is a normal double. */
static nearest nearest_double(const digits *x)
{
	nearest r;
	if (nearest_small(x, &r))
		return r;
	big num = { .n = 0 }, den = { .limb = { 1 }, .n = 1 };
	for (unsigned i = 0; i < x->n; i++)
		big_step(&num, 10, (uint32_t)(x->d[i] - '0'));
	int power = x->point - (int)x->n; /* num * 10^power */
	big_tens(&num, power);
	big_tens(&den, -power);
	int shift = 54 - ((int)big_bits(&num) - (int)big_bits(&den)); /* the quotient then has 54 or 55 bits */
	big_shift(shift > 0 ? &num : &den, (unsigned)(shift > 0 ? shift : -shift));
	big_shift(&den, 55);
	uint64_t q = 0;
	for (int i = 0; i <= 55; i++) { /* long division, bit by bit; num is doubled instead of den halved */
		q <<= 1;
		if (big_compare(&num, &den) >= 0) {
			big_less(&num, &den);
			q |= 1;
		}
		big_step(&num, 2, 0);
	}
	return round_quotient(q, num.n > 0, shift);
}

static bool same_double(const digits *x, nearest of)
{
	nearest r = nearest_double(x);
	return r.m == of.m && r.power == of.power;
}

static void cut(digits *x, unsigned n)
{
	x->n = n;
	while (x->n > 1 && x->d[x->n - 1] == '0')
		x->n--;
}

/* One more in the last of n digits. */
static void add_one(digits *x, unsigned n)
{
	unsigned i = n;
	x->n = n;
	while (i > 0 && x->d[i - 1] == '9')
		x->d[--i] = '0';
	if (i > 0)
		x->d[i - 1]++;
	else {
		x->d[0] = '1';
		x->point++;
	}
}

/* Whether x, which reads as `of`, is nearer to the number above than to the one below when it is cut to n digits. */
static bool nearer_above(const digits *x, unsigned n, nearest of)
{
	if (x->d[n] != '5')
		return x->d[n] > '5';
	for (unsigned i = n + 1; i < x->n; i++)
		if (x->d[i] != '0')
			return true;
	return of.side ? of.side > 0 : (x->d[n - 1] - '0') & 1;
}

/* Make x the shortest number that is the same double; of several, the one nearest to it. */
static void shorten(digits *x)
{
	nearest of = nearest_double(x);
	for (unsigned n = TYPED; n < x->n; n++) {
		digits below = *x, above = *x;
		cut(&below, n);
		add_one(&above, n);
		cut(&above, above.n);
		bool low = same_double(&below, of), high = same_double(&above, of);
		if (!low && !high)
			continue;
		*x = high && (!low || nearer_above(x, n, of)) ? above : below;
		return;
	}
}

/* ---- text ---- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Digits and one point. Gives: how many digits there are; the significant ones and the place of the point in *x. */
static unsigned take_digits(const char **p, const char *end, digits *x)
{
	unsigned all = 0;
	bool point = false;
	for (; *p < end && (is_digit(**p) || (**p == '.' && !point)); ++*p) {
		if (**p == '.') {
			point = true;
			continue;
		}
		all++;
		if (x->n == 0 && **p == '0') {
			x->point -= point;
			continue;
		}
		x->point += !point;
		if (x->n < ZP_NUMBER_DIGITS)
			x->d[x->n] = **p;
		x->n++;
	}
	return all;
}

/* Plain notation. */
static size_t write_plain(const digits *x, char *out)
{
	size_t n = 0;
	if (x->point <= 0) {
		out[n++] = '0';
		out[n++] = '.';
		for (int i = x->point; i < 0; i++)
			out[n++] = '0';
	}
	for (unsigned i = 0; i < x->n; i++) {
		if (i && (int)i == x->point)
			out[n++] = '.';
		out[n++] = x->d[i];
	}
	for (int i = (int)x->n; i < x->point; i++)
		out[n++] = '0';
	return n;
}

static size_t write_power(const digits *x, char *out)
{
	size_t n = 0;
	int power = x->point - 1;
	unsigned size = (unsigned)(power < 0 ? -power : power);
	for (unsigned i = 0; i < x->n; i++) {
		out[n++] = x->d[i];
		if (i == 0 && x->n > 1)
			out[n++] = '.';
	}
	out[n++] = 'E';
	if (power < 0)
		out[n++] = '-';
	if (size >= 100)
		out[n++] = (char)('0' + size / 100);
	if (size >= 10)
		out[n++] = (char)('0' + size / 10 % 10);
	out[n++] = (char)('0' + size % 10);
	return n;
}

/* [+-]?d{1,3} */
static bool take_power(const char **p, const char *end, int *power)
{
	bool minus = *p < end && **p == '-';
	*p += *p < end && (**p == '-' || **p == '+');
	unsigned n = 0;
	for (; *p < end && is_digit(**p) && n < 3; ++*p, n++)
		*power = *power * 10 + (**p - '0');
	if (minus)
		*power = -*power;
	return n > 0;
}

size_t zp_number_typed(const char *text, size_t n, char out[static ZP_NUMBER_ROOM])
{
	const char *p = text, *end = text + n;
	digits x = { .n = 0, .point = 0 };
	size_t wrote = 0;
	bool minus = p < end && *p == '-';
	p += p < end && (*p == '-' || *p == '+');
	const char *from = p;
	unsigned all = take_digits(&p, end, &x);
	const char *stop = p;
	bool has_power = p < end && (*p == 'e' || *p == 'E');
	int power = 0;
	if (all == 0 || all > 2 * ZP_NUMBER_DIGITS || x.n > ZP_NUMBER_DIGITS)
		return 0;
	if (has_power && (p++, !take_power(&p, end, &power)))
		return 0;
	if (p != end)
		return 0;
	if (minus)
		out[wrote++] = '-';
	x.point += power;
	bool whole = has_power && x.point <= TYPED && x.point >= (int)x.n; /* only digits when written out */
	if (x.n == 0 || (all <= TYPED && !whole)) { /* as it stands */
		while (stop - from > 1 && from[0] == '0' && is_digit(from[1]))
			from++;
		memcpy(out + wrote, from, (size_t)(end - from));
		return wrote + (size_t)(end - from);
	}
	cut(&x, x.n);
	if (x.n > TYPED && x.point <= FARTHEST && x.point >= -FARTHEST)
		shorten(&x);
	return wrote + (has_power && !whole ? write_power(&x, out + wrote) : write_plain(&x, out + wrote));
}
