/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/fraction.h"
#include <math.h>
#include <stdio.h>

static zp_wide common(zp_wide a, zp_wide b)
{
	a = a < 0 ? -a : a;
	while (b) {
		const zp_wide rest = a % b;
		a = b, b = rest;
	}
	return a ? a : 1;
}

static zp_fraction lowest(zp_fraction f)
{
	const zp_wide by = common(f.num, f.den);
	return (zp_fraction){ f.num / by, f.den / by };
}

zp_fraction zp_fraction_plus(zp_fraction a, zp_fraction b)
{
	if (!a.den || !b.den)
		return ZP_NO_FRACTION;
	a = lowest(a), b = lowest(b);
	const zp_wide by = common(a.den, b.den);
	zp_wide left, right, num, den;
	if (__builtin_mul_overflow(a.num, b.den / by, &left) || __builtin_mul_overflow(b.num, a.den / by, &right) ||
	    __builtin_add_overflow(left, right, &num) || __builtin_mul_overflow(a.den, b.den / by, &den))
		return ZP_NO_FRACTION;
	return lowest((zp_fraction){ num, den });
}

zp_fraction zp_fraction_minus(zp_fraction a, zp_fraction b)
{
	b.num = -b.num;
	return zp_fraction_plus(a, b);
}

zp_fraction zp_fraction_times(zp_fraction a, zp_fraction b)
{
	if (!a.den || !b.den)
		return ZP_NO_FRACTION;
	const zp_fraction left = lowest((zp_fraction){ a.num, b.den }), right = lowest((zp_fraction){ b.num, a.den });
	zp_wide num, den;
	if (__builtin_mul_overflow(left.num, right.num, &num) || __builtin_mul_overflow(left.den, right.den, &den))
		return ZP_NO_FRACTION;
	return (zp_fraction){ num, den };
}

zp_fraction zp_fraction_over(zp_fraction a, zp_fraction b)
{
	if (!b.den || !b.num)
		return ZP_NO_FRACTION; /* by 0 */
	return zp_fraction_times(a, b.num < 0 ? (zp_fraction){ -b.den, -b.num } : (zp_fraction){ b.den, b.num });
}

zp_fraction zp_fraction_decimal(zp_decimal d)
{
	zp_fraction f = { d.m, 1 };
	if (d.e > 18 || d.e < -36)
		return ZP_NO_FRACTION;
	for (int e = d.e; e > 0; e--)
		f.num *= 10;
	for (int e = d.e; e < 0; e++)
		f.den *= 10;
	return lowest(f);
}

/* By continued fractions, so that nothing can run over. */
int zp_fraction_compare(zp_fraction a, zp_fraction b)
{
	for (int sign = 1;; sign = -sign) {
		zp_wide p = a.num / a.den, q = b.num / b.den;
		zp_wide r = a.num % a.den, s = b.num % b.den;
		if (r < 0)
			r += a.den, p--;
		if (s < 0)
			s += b.den, q--;
		if (p != q)
			return p < q ? -sign : sign;
		if (!r || !s)
			return r == s ? 0 : !r ? -sign : sign;
		a = (zp_fraction){ a.den, r };
		b = (zp_fraction){ b.den, s };
	}
}

int64_t zp_fraction_tenths(zp_fraction f)
{
	const bool below = f.num < 0;
	const zp_wide size = below ? -f.num : f.num, whole = size / f.den, rest = size % f.den;
	/* rest < den < 2^126 in lowest terms; the digits are taken one by one, each times ten only */
	zp_wide tenths = whole, left = rest;
	if (left > (((zp_wide)1) << 122)) {
		left >>= 8;
		f.den >>= 8;
	}
	for (int digit = 0; digit < 3; digit++) {
		left *= 10;
		tenths = tenths * 10 + left / f.den;
		left %= f.den;
	}
	tenths += left * 2 >= f.den;
	return (int64_t)(below ? -tenths : tenths);
}

double zp_fraction_percent(zp_fraction f)
{
	f = lowest(f);
	const bool below = f.num < 0;
	zp_wide size = below ? -f.num : f.num, den = f.den;
	for (; den >> 118; den >>= 1)
		size >>= 1;
	zp_wide bits = size / den * 100 + size % den * 100 / den, rest = size % den * 100 % den;
	int exponent = 0;
	/* two bits more than a double has; a last one says whether anything follows, so that the conversion rounds once and rightly */
	for (; bits < (zp_wide)1 << 54 && (bits || rest); exponent--) {
		bits = 2 * bits + (2 * rest >= den);
		rest = 2 * rest - (2 * rest >= den ? den : 0);
	}
	const double value = ldexp((double)(bits | (rest != 0)), exponent);
	return below ? -value : value;
}

bool zp_fraction_reaches(zp_fraction f, zp_decimal percent, bool printed)
{
	if (!f.den)
		return false;
	if (printed)
		return zp_decimal_compare((zp_decimal){ zp_fraction_tenths(f), -1 }, percent) >= 0;
	zp_wide num = percent.m, den = 100;
	for (int e = percent.e; e > 0; e--)
		num *= 10;
	for (int e = percent.e; e < 0; e++)
		den *= 10;
	return zp_fraction_compare(f, (zp_fraction){ num, den }) >= 0;
}

const char *zp_fraction_print(zp_fraction f, char out[static ZP_PERCENT_TEXT])
{
	*out = '\0';
	if (!f.den)
		return out;
	const int64_t tenths = zp_fraction_tenths(f), size = tenths < 0 ? -tenths : tenths;
	snprintf(out, ZP_PERCENT_TEXT, "%s%lld.%lld", tenths < 0 ? "-" : "", (long long)(size / 10), (long long)(size % 10));
	return out;
}
