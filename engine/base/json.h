/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The two things of JSON that need care: strings, and numbers that read back as the same double. */
#ifndef ZP_BASE_JSON_H
#define ZP_BASE_JSON_H

#include <math.h>
#include <stdio.h>
#include <string.h>
#include "base/decimal.h"

/* Needs: room for 6 bytes per byte of text and 2. Gives: the end of the quoted string; no NUL. */
static inline char *zp_json_put_text(char *p, const char *text)
{
	*p++ = '"';
	for (const unsigned char *q = (const unsigned char *)text; *q; q++) {
		if (*q == '"' || *q == '\\')
			*p++ = '\\', *p++ = (char)*q;
		else if (*q < 0x20)
			p += sprintf(p, "\\u%04x", *q);
		else
			*p++ = (char)*q;
	}
	*p++ = '"';
	return p;
}

/* null for what is no number. Needs: room for ZP_DECIMAL_TEXT. Gives: the end, with a NUL. */
static inline char *zp_json_put_number(char *p, double x)
{
	if (!isfinite(x))
		return memcpy(p, "null", 5), p + 4;
	if (x != 0 && !(fabs(x) > 1e-90 && fabs(x) < 1e90))
		return p + sprintf(p, "%.17g", x);
	return p + zp_decimal_write(zp_decimal_shortest(x), p);
}

#endif
