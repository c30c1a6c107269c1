/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include "base/words.h"

/* Cut a text that filled its buffer so that no character is left in halves. */
static void drop_half_character(char *text, size_t n)
{
	size_t at = n;
	while (at > 0 && n - at < 3 && ((unsigned char)text[at - 1] & 0xC0) == 0x80)
		at--;
	if (at == 0)
		return;
	unsigned char lead = (unsigned char)text[at - 1];
	size_t whole = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
	if (n - (at - 1) < whole)
		text[at - 1] = '\0';
}

static void put(char *out, size_t size, const char *place, long line, const char *fmt, va_list values)
	__attribute__((format(printf, 5, 0)));
static void put(char *out, size_t size, const char *place, long line, const char *fmt, va_list values)
{
	int n = 0;
	if (place && line > 0)
		n = snprintf(out, size, "%s:%ld: ", place, line);
	else if (place)
		n = snprintf(out, size, "%s: ", place);
	size_t used = n > 0 ? (size_t)n : 0;
	if (used < size) {
		n = vsnprintf(out + used, size - used, fmt, values);
		used += n > 0 ? (size_t)n : 0;
	}
	if (used >= size)
		drop_half_character(out, size - 1);
}

bool zp_fail(zp_error *err, zp_code code, const char *place, long line, const char *fmt, ...)
{
	va_list values;
	if (err->code != ZP_OK)
		return false;
	err->code = code;
	va_start(values, fmt);
	put(err->text, sizeof err->text, place, line, fmt, values);
	va_end(values);
	va_start(values, fmt);
	put(err->told, sizeof err->told, place, line, zp_say(fmt), values);
	va_end(values);
	return false;
}

bool zp_fail_as(zp_error *err, const zp_error *other)
{
	if (err->code == ZP_OK)
		*err = *other;
	return false;
}
