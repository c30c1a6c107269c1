/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/decimal.h"
#include <assert.h>
#include <gmp.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

__extension__ typedef __int128 wide;

#define MOST_DIGITS 18
#define MOST_WHOLE 12    /* digits before the point, and after it, of a number as it is read */
#define LARGEST_POWER 99 /* of ten */
#define SURE 1e-11       /* doubles decide when the gap is larger than this share of what was compared */

static const int64_t tens[] = {
	1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000, 10000000000, 100000000000,
	1000000000000, 10000000000000, 100000000000000, 1000000000000000, 10000000000000000, 100000000000000000,
	1000000000000000000,
};

/* The powers of ten that a double holds exactly. */
static const double exact_tens[] = {
	1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
	1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
};

static uint64_t size_of(int64_t m)
{
	return m < 0 ? 0 - (uint64_t)m : (uint64_t)m;
}

static int sign_of(int64_t m)
{
	return (m > 0) - (m < 0);
}

/* ---- text ---- */

/* Step over digits and append them to *m. Gives: how many. */
static inline size_t read_digits(const char **p, const char *end, uint64_t *m)
{
	const char *at = *p;
	uint64_t value = *m;
	for (unsigned digit; at < end && (digit = (unsigned)(unsigned char)*at - '0') < 10; at++)
		value = value * 10 + digit;
	size_t n = (size_t)(at - *p);
	*p = at;
	*m = value;
	return n;
}

/* [+-]?dd, after the letter. */
static bool read_power(const char **p, const char *end, int *power)
{
	if (*p == end)
		return false;
	bool minus = **p == '-';
	if (minus || **p == '+')
		++*p;
	uint64_t m = 0;
	size_t digits = read_digits(p, end, &m);
	if (digits != 1 && digits != 2)
		return false;
	*power = minus ? -(int)m : (int)m;
	return true;
}

/* Digits from the first that is not 0, the point left out. */
static size_t count_significant(const char *p, size_t digits)
{
	for (; digits && (*p == '0' || *p == '.'); p++)
		digits -= *p == '0';
	return digits;
}

static bool within_range(uint64_t m, int e)
{
	int power = e;
	for (uint64_t rest = m; rest >= 10; rest /= 10)
		power++;
	if (m == 0)
		return true;
	return power >= -LARGEST_POWER &&
	       (power < LARGEST_POWER || (power == LARGEST_POWER && m == (uint64_t)tens[power - e]));
}

zp_number zp_decimal_read(const char *text, size_t n, zp_decimal *out)
{
	if (n == 0)
		return ZP_NUMBER_NOT;
	const char *p = text, *end = text + n;
	bool minus = *p == '-';
	if (minus || *p == '+')
		p++;
	const char *first = p;
	uint64_t m = 0;
	int power = 0;
	size_t whole = read_digits(&p, end, &m), places = 0;
	if (p < end && *p == '.') {
		p++;
		places = read_digits(&p, end, &m);
	}
	if (whole + places == 0)
		return ZP_NUMBER_NOT;
	if (p < end && (*p == 'e' || *p == 'E')) {
		p++;
		if (!read_power(&p, end, &power))
			return ZP_NUMBER_NOT;
	}
	if (p != end)
		return ZP_NUMBER_NOT;
	if (whole > MOST_WHOLE || places > MOST_WHOLE)
		return ZP_NUMBER_TOO_LONG;
	if (whole + places > MOST_DIGITS && count_significant(first, whole + places) > MOST_DIGITS)
		return ZP_NUMBER_TOO_LONG;
	int e = power - (int)places;
	if (power && !within_range(m, e))
		return ZP_NUMBER_TOO_LONG;
	*out = (zp_decimal){ minus ? -(int64_t)m : (int64_t)m, (int8_t)e };
	return ZP_NUMBER_OK;
}

zp_number zp_decimal_read_printed(const char *text, size_t n, zp_decimal *out)
{
	const zp_number plain = zp_decimal_read(text, n, out);
	if (plain != ZP_NUMBER_TOO_LONG)
		return plain;
	const char *p = text, *end = text + n; /* it keeps the grammar, so it is walked without a look back */
	const bool minus = *p == '-';
	uint64_t m = 0;
	int kept = 0, shift = 0, power = 0; /* shift: digits dropped, less those behind the point */
	bool behind = false;
	for (p += minus || *p == '+'; p < end && *p != 'e' && *p != 'E'; p++) {
		const unsigned digit = (unsigned)(unsigned char)*p - '0';
		if (*p == '.') {
			behind = true;
			continue;
		}
		shift -= behind;
		if (kept >= MOST_DIGITS) {
			m += kept == MOST_DIGITS && digit >= 5; /* the first that is dropped; 18 nines have room to become 10^18 */
			kept = MOST_DIGITS + 1;
			shift++;
			continue;
		}
		m = 10 * m + digit;
		kept += kept > 0 || digit > 0;
	}
	if (m == (uint64_t)tens[MOST_DIGITS])
		m /= 10, shift++;
	if (p < end && (p++, !read_power(&p, end, &power)))
		return ZP_NUMBER_NOT;
	if (n > 200 || !within_range(m, shift + power))
		return ZP_NUMBER_TOO_LONG;
	*out = (zp_decimal){ minus ? -(int64_t)m : (int64_t)m, (int8_t)(shift + power) };
	return ZP_NUMBER_OK;
}

static size_t write_zeros(char *out, int n)
{
	memset(out, '0', (size_t)n);
	return (size_t)n;
}

/* Digits with a point after the first `before` of them (before < 1: "0.00digits"). */
static size_t write_pointed(char *out, const char *digits, int n, int before)
{
	if (before > 0) {
		memcpy(out, digits, (size_t)before);
		out[before] = '.';
		memcpy(out + before + 1, digits + before, (size_t)(n - before));
		return (size_t)n + 1;
	}
	out[0] = '0';
	out[1] = '.';
	size_t k = 2 + write_zeros(out + 2, -before);
	memcpy(out + k, digits, (size_t)n);
	return k + (size_t)n;
}

/* For powers that plain notation has no room for: "1.5e-60". */
static size_t write_power(char *out, const char *digits, int n, int e)
{
	size_t k = 1;
	if (n > 1)
		k = write_pointed(out, digits, n, 1);
	else
		out[0] = digits[0];
	return k + (size_t)snprintf(out + k, 6, "e%d", e + n - 1);
}

size_t zp_decimal_write(zp_decimal d, char out[static ZP_DECIMAL_TEXT])
{
	char reversed_end[20], *digits = reversed_end + sizeof reversed_end;
	uint64_t m = size_of(d.m);
	do {
		*--digits = (char)('0' + m % 10);
		m /= 10;
	} while (m);
	int n = (int)(reversed_end + sizeof reversed_end - digits), e = d.e;
	if (!d.m && e < -LARGEST_POWER) /* so many places of nothing would not read back */
		e = -LARGEST_POWER;
	const int room = ZP_DECIMAL_TEXT - 4; /* without sign, "0." and NUL */
	size_t k = 0;
	if (d.m < 0)
		out[k++] = '-';
	if (e < 0 && -e <= room) {
		k += write_pointed(out + k, digits, n, n + e);
	} else if (e < 0 || n + e > room) {
		k += d.m || e < 0 ? write_power(out + k, digits, n, e) : write_zeros(out + k, 1);
	} else {
		memcpy(out + k, digits, (size_t)n);
		k += (size_t)n;
		if (d.m)
			k += write_zeros(out + k, e);
	}
	out[k] = '\0';
	return k;
}

/* ---- doubles ---- */

/* The double nearest to num / den, both above zero; alters both.
 * The quotient is taken to 63 or 64 bits with "something was left" in the last one, so that the
 * conversion rounds once. */
static double ratio_double(mpz_t num, mpz_t den)
{
	long shift = 63 - ((long)mpz_sizeinbase(num, 2) - (long)mpz_sizeinbase(den, 2));
	if (shift > 0)
		mpz_mul_2exp(num, num, (mp_bitcnt_t)shift);
	else
		mpz_mul_2exp(den, den, (mp_bitcnt_t)-shift);
	mpz_t quotient;
	mpz_init(quotient);
	mpz_tdiv_qr(quotient, num, num, den);
	uint64_t bits = mpz_get_ui(quotient) | (mpz_sgn(num) != 0);
	mpz_clear(quotient);
	return ldexp((double)bits, (int)-shift);
}

double zp_decimal_double(zp_decimal d)
{
	uint64_t m = size_of(d.m);
	if (m <= UINT64_C(1) << 53 && d.e >= -22 && d.e <= 22)
		return d.e < 0 ? (double)d.m / exact_tens[-d.e] : (double)d.m * exact_tens[d.e];
	if (m == 0)
		return 0;
	mpz_t num, den;
	mpz_init_set_ui(num, m);
	mpz_init_set_ui(den, 1);
	mpz_t *scaled = d.e < 0 ? &den : &num;
	mpz_t power;
	mpz_init(power);
	mpz_ui_pow_ui(power, 10, (unsigned long)(d.e < 0 ? -d.e : d.e));
	mpz_mul(*scaled, *scaled, power);
	double x = ratio_double(num, den);
	mpz_clears(num, den, power, NULL);
	return d.m < 0 ? -x : x;
}

double zp_decimal_minus(zp_decimal a, zp_decimal b)
{
	if (a.m == 0 || b.m == 0 || a.e - b.e > 18 || b.e - a.e > 18) /* the one is nothing beside the other */
		return zp_decimal_double(a) - zp_decimal_double(b);
	wide x = a.m, y = b.m;
	int e = a.e < b.e ? a.e : b.e;
	for (int i = a.e; i > e; i--)
		x *= 10;
	for (int i = b.e; i > e; i--)
		y *= 10;
	for (x -= y; x >= (wide)1000000000000000000 || x <= -(wide)1000000000000000000; e++)
		x /= 10; /* 18 digits are more than a double holds */
	return zp_decimal_double((zp_decimal){ (int64_t)x, (int8_t)e });
}

/* Trailing zeros go, then the power comes down to 0 where the digits have room. */
static zp_decimal tidy(uint64_t m, int e, bool minus)
{
	while (m && m % 10 == 0) {
		m /= 10;
		e++;
	}
	if (m == 0)
		return (zp_decimal){ 0, 0 };
	if (e > 0 && e < MOST_DIGITS && m < (uint64_t)tens[MOST_DIGITS - e]) {
		m *= (uint64_t)tens[e];
		e = 0;
	}
	for (; e < INT8_MIN; e++)
		m /= 10; /* below 1e-99: digits beyond 10^-128 are lost */
	assert(e <= INT8_MAX);
	return (zp_decimal){ minus ? -(int64_t)m : (int64_t)m, (int8_t)e };
}

/* |x| to so many significant digits, rounded half-even from its exact value, as m * 10^*e. */
static uint64_t significant_digits(double x, int digits, int *e)
{
	char text[40];
	snprintf(text, sizeof text, "%.*e", digits - 1, fabs(x));
	const char *p = text;
	uint64_t m = 0;
	for (; *p != 'e'; p++) /* whatever the point is, it is no digit */
		if (*p >= '0' && *p <= '9')
			m = m * 10 + (uint64_t)(*p - '0');
	bool minus = p[1] == '-';
	int power = 0;
	for (p += 2; *p; p++)
		power = power * 10 + (*p - '0');
	*e = (minus ? -power : power) - (digits - 1);
	return m;
}

zp_decimal zp_decimal_shortest(double x)
{
	assert(isfinite(x));
	zp_decimal d = { 0, 0 };
	for (int digits = 15; digits <= 17; digits++) {
		int e;
		uint64_t m = significant_digits(x, digits, &e);
		/* Beside a power of two the doubles below are closer together than those above: the nearest
		 * text of 16 digits may belong to the one below, and the next text still to x. */
		for (int next = 0; next <= (digits == 16 ? 1 : 0); next++) {
			d = tidy(m + (uint64_t)next, e, x < 0);
			if (zp_decimal_double(d) == x)
				return d;
		}
	}
	return d;
}

/* ---- rounding ---- */

/* num / den to the nearest integer, a tie to the even one; both at least zero; alters both. */
static void ratio_round(mpz_t out, mpz_t num, mpz_t den)
{
	mpz_tdiv_qr(out, num, num, den);
	mpz_mul_2exp(num, num, 1);
	int order = mpz_cmp(num, den);
	if (order > 0 || (order == 0 && mpz_odd_p(out)))
		mpz_add_ui(out, out, 1);
}

zp_decimal zp_decimal_round(zp_decimal d, int places)
{
	assert(places >= -INT8_MAX && places <= INT8_MAX);
	int drop = -places - d.e;
	uint64_t m = size_of(d.m);
	if (drop <= 0) { /* nothing to round; zeros are added where there is room for them */
		if (m == 0)
			return (zp_decimal){ 0, (int8_t)-places };
		if (-drop > MOST_DIGITS || m > (uint64_t)(tens[MOST_DIGITS] - 1) / (uint64_t)tens[-drop])
			return d;
		return (zp_decimal){ d.m * tens[-drop], (int8_t)-places };
	}
	if (drop > MOST_DIGITS)
		return (zp_decimal){ 0, (int8_t)-places };
	uint64_t unit = (uint64_t)tens[drop], kept = m / unit, rest = m % unit;
	if (rest * 2 > unit || (rest * 2 == unit && kept % 2 == 1))
		kept++;
	return (zp_decimal){ d.m < 0 ? -(int64_t)kept : (int64_t)kept, (int8_t)-places };
}

/* |x| * 10^places to the nearest integer, a tie to the even one, from all the bits of x. */
static void round_scaled(mpz_t out, double x, int places)
{
	int power;
	uint64_t bits = (uint64_t)ldexp(frexp(fabs(x), &power), 53);
	power -= 53;
	mpz_t num, den, scale;
	mpz_init_set_ui(num, bits);
	mpz_init_set_ui(den, 1);
	mpz_init(scale);
	mpz_ui_pow_ui(scale, 10, (unsigned long)(places < 0 ? -places : places));
	if (places < 0)
		mpz_mul(den, den, scale);
	else
		mpz_mul(num, num, scale);
	if (power < 0)
		mpz_mul_2exp(den, den, (mp_bitcnt_t)-power);
	else
		mpz_mul_2exp(num, num, (mp_bitcnt_t)power);
	ratio_round(out, num, den);
	mpz_clears(num, den, scale, NULL);
}

zp_decimal zp_decimal_round_binary(double x, int places)
{
	assert(isfinite(x) && places >= -INT8_MAX && places <= INT8_MAX);
	mpz_t m;
	mpz_init(m);
	round_scaled(m, x, places);
	while (mpz_cmp_ui(m, (unsigned long)tens[MOST_DIGITS]) >= 0) /* more places than there are digits for */
		round_scaled(m, x, --places);
	int64_t kept = (int64_t)mpz_get_ui(m);
	mpz_clear(m);
	assert(places >= -INT8_MAX);
	return (zp_decimal){ x < 0 ? -kept : kept, (int8_t)-places };
}

/* ---- exact comparison ---- */

int zp_decimal_sign(zp_decimal d)
{
	return sign_of(d.m);
}

int zp_decimal_compare(zp_decimal a, zp_decimal b)
{
	int sign = sign_of(a.m);
	if (a.e == b.e || sign != sign_of(b.m) || sign == 0)
		return a.m == b.m ? 0 : a.m < b.m ? -1 : 1;
	int apart = a.e - b.e;
	if (apart >= MOST_DIGITS) /* no number of 18 digits makes up for this */
		return sign;
	if (apart <= -MOST_DIGITS)
		return -sign;
	wide left = apart > 0 ? (wide)a.m * tens[apart] : a.m;
	wide right = apart < 0 ? (wide)b.m * tens[-apart] : b.m;
	return (left > right) - (left < right);
}

/* Set out to m * 10^(e - unit). Needs: e >= unit. */
static void set_scaled(mpz_t out, int64_t m, int e, int unit)
{
	mpz_t scale;
	mpz_init(scale);
	mpz_ui_pow_ui(scale, 10, (unsigned long)(e - unit));
	mpz_mul_si(out, scale, m);
	mpz_clear(scale);
}

static void set_width(mpz_t out, zp_width w, int unit)
{
	set_scaled(out, w.a.m, w.a.e + w.b.e, unit);
	mpz_mul_si(out, out, w.b.m);
}

static int lesser(int a, int b)
{
	return a < b ? a : b;
}

static int width_power(zp_width w)
{
	return w.a.e + w.b.e;
}

static int against_exactly(zp_decimal x, zp_decimal t, zp_width w)
{
	int unit = lesser(lesser(x.e, t.e), width_power(w));
	mpz_t gap, other;
	mpz_inits(gap, other, NULL);
	set_scaled(gap, x.m, x.e, unit);
	set_scaled(other, t.m, t.e, unit);
	mpz_sub(gap, gap, other);
	mpz_abs(gap, gap);
	set_width(other, w, unit);
	int order = mpz_cmp(gap, other);
	mpz_clears(gap, other, NULL);
	return (order > 0) - (order < 0);
}

/* Nearly the double, a few units of its last place away: enough to see what is far apart. */
static double about(zp_decimal d)
{
	if (d.e >= -22 && d.e <= 22)
		return d.e < 0 ? (double)d.m / exact_tens[-d.e] : (double)d.m * exact_tens[d.e];
	return zp_decimal_double(d);
}

int zp_decimal_against(zp_decimal x, zp_decimal t, zp_width w)
{
	double at = about(x), target = about(t), width = about(w.a) * about(w.b);
	double beyond = fabs(at - target) - width;
	if (fabs(beyond) > SURE * (fabs(at) + fabs(target) + fabs(width)))
		return beyond > 0 ? 1 : -1;
	return against_exactly(x, t, w);
}

int zp_width_compare(zp_width a, zp_width b)
{
	double left = about(a.a) * about(a.b), right = about(b.a) * about(b.b);
	if (fabs(left - right) > SURE * (fabs(left) + fabs(right)))
		return left > right ? 1 : -1;
	int unit = lesser(width_power(a), width_power(b));
	mpz_t one, other;
	mpz_inits(one, other, NULL);
	set_width(one, a, unit);
	set_width(other, b, unit);
	int order = mpz_cmp(one, other);
	mpz_clears(one, other, NULL);
	return (order > 0) - (order < 0);
}

double zp_width_double(zp_width w)
{
	return zp_decimal_double(w.a) * zp_decimal_double(w.b);
}

zp_decimal zp_decimal_bound(zp_decimal t, zp_width w, int side, int places, bool *ok)
{
	assert(places >= -INT8_MAX && places <= INT8_MAX);
	int unit = lesser(lesser(t.e, width_power(w)), -places);
	mpz_t bound, other;
	mpz_inits(bound, other, NULL);
	set_scaled(bound, t.m, t.e, unit);
	set_width(other, w, unit);
	if (side < 0)
		mpz_sub(bound, bound, other);
	else
		mpz_add(bound, bound, other);
	set_scaled(other, 1, -places, unit);
	if (side < 0)
		mpz_cdiv_q(bound, bound, other);
	else
		mpz_fdiv_q(bound, bound, other);
	*ok = mpz_cmpabs_ui(bound, (unsigned long)tens[MOST_DIGITS]) < 0;
	zp_decimal d = { *ok ? mpz_get_si(bound) : 0, (int8_t)(*ok ? -places : 0) };
	mpz_clears(bound, other, NULL);
	return d;
}

const char *zp_decimal_library(void)
{
	return gmp_version;
}
