/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing lines of a table into a piece, quickly: six million rows pass through here. */
#ifndef ZP_RUN_LINES_H
#define ZP_RUN_LINES_H

#include <math.h>
#include <stdio.h>
#include "base/csv.h"
#include "base/decimal.h"
#include "press/outbox.h"

/* Bytes that a whole number needs, its digits written before `end`. */
static inline char *zp_digits(char *end, uint64_t v)
{
	static const char pairs[] = "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849"
				    "5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899";
	while (v >= 100) {
		end -= 2;
		memcpy(end, pairs + 2 * (v % 100), 2);
		v /= 100;
	}
	if (v >= 10) {
		end -= 2;
		memcpy(end, pairs + 2 * v, 2);
	} else {
		*--end = (char)('0' + v);
	}
	return end;
}

static inline char *zp_put_count(char *p, uint64_t v)
{
	char text[24], *from = zp_digits(text + sizeof text, v);
	size_t n = (size_t)(text + sizeof text - from);
	memcpy(p, from, n);
	return p + n;
}

static inline char *zp_put_bytes(char *p, const char *bytes, size_t n)
{
	memcpy(p, bytes, n);
	return p + n;
}

static inline char *zp_put_word(char *p, const char *word)
{
	return zp_put_bytes(p, word, strlen(word));
}

/* A word of at most 31 bytes, copied at one go with what follows it: its length need not be asked for. */
typedef struct zp_short { char bytes[32]; uint32_t n; } zp_short;

static inline zp_short zp_short_of(const char *word)
{
	zp_short s = { .n = (uint32_t)strlen(word) };
	memcpy(s.bytes, word, s.n < sizeof s.bytes ? s.n : sizeof s.bytes - 1);
	return s;
}

/* Needs: room for 32 bytes. */
static inline char *zp_put_short(char *p, const zp_short *s)
{
	memcpy(p, s->bytes, sizeof s->bytes);
	return p + s->n;
}

static inline char *zp_put_text(char *p, zp_text text)
{
	return p + zp_csv_put(p, text);
}

static inline char *zp_put_decimal(char *p, zp_decimal d)
{
	char text[ZP_DECIMAL_TEXT];
	return zp_put_bytes(p, text, zp_decimal_write(d, text));
}

/* A whole number of units of 10^-places. */
static inline char *zp_put_scaled(char *p, uint64_t v, int places)
{
	char text[40], *end = text + sizeof text, *from = zp_digits(end, v);
	while (end - from <= places)
		*--from = '0';
	size_t before = (size_t)(end - from) - (size_t)places;
	p = zp_put_bytes(p, from, before);
	if (places) {
		*p++ = '.';
		p = zp_put_bytes(p, from + before, (size_t)places);
	}
	return p;
}

/* v with so many decimals; nothing when it is undefined. Needs: 0 <= places <= 15, room for 340 bytes. */
static inline char *zp_put_fixed(char *p, double v, int places)
{
	static const double power[] = { 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15 };
	if (!isfinite(v))
		return p;
	double scaled = fabs(v) * power[places];
	if (!(scaled < 9e15))
		return p + snprintf(p, 340, "%.*f", places, v);
	uint64_t whole = (uint64_t)llrint(scaled);
	if (v < 0 && whole)
		*p++ = '-';
	return zp_put_scaled(p, whole, places);
}

/* v with all its digits, so that it reads back as the same number; nothing when it is undefined. */
static inline char *zp_put_double(char *p, double v)
{
	if (!isfinite(v))
		return p;
	return zp_put_decimal(p, zp_decimal_shortest(v));
}

/* Hundredths of results as results: 400 is 4, 350 is 3.5. */
static inline char *zp_put_credit(char *p, uint64_t credit)
{
	p = zp_put_count(p, credit / 100);
	const unsigned rest = (unsigned)(credit % 100);
	if (rest) {
		*p++ = '.';
		*p++ = (char)('0' + rest / 10);
		if (rest % 10)
			*p++ = (char)('0' + rest % 10);
	}
	return p;
}

/* accepted / total as percent, half up, from the exact fraction; nothing when total is 0. */
static inline char *zp_put_share(char *p, uint64_t accepted, uint64_t total, int places)
{
	uint64_t scale = 100;
	if (!total)
		return p;
	for (int i = 0; i < places; i++)
		scale *= 10;
	return zp_put_scaled(p, (2 * accepted * scale + total) / (2 * total), places);
}

#endif
