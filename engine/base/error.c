/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

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

bool zp_fail(zp_error *err, zp_code code, const char *place, long line, const char *fmt, ...)
{
	if (err->code != ZP_OK)
		return false;
	err->code = code;
	int n = 0;
	if (place && line > 0)
		n = snprintf(err->text, sizeof err->text, "%s:%ld: ", place, line);
	else if (place)
		n = snprintf(err->text, sizeof err->text, "%s: ", place);
	size_t used = n > 0 ? (size_t)n : 0;
	if (used < sizeof err->text) {
		va_list values;
		va_start(values, fmt);
		n = vsnprintf(err->text + used, sizeof err->text - used, fmt, values);
		va_end(values);
		used += n > 0 ? (size_t)n : 0;
	}
	if (used >= sizeof err->text)
		drop_half_character(err->text, sizeof err->text - 1);
	return false;
}
