/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decimal numbers as laboratories write them, and the exact comparison that verdicts rest on.
 *
 * A value is m * 10^e; "5.00" is {500, -2} and keeps its two places. Statistics use doubles;
 * limits and ties are decided here, without rounding.
 */
#ifndef ZP_BASE_DECIMAL_H
#define ZP_BASE_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct zp_decimal {
	int64_t m; /* at most 18 significant digits */
	int8_t e;
} zp_decimal;

#define ZP_DECIMAL_TEXT 48 /* room for any zp_decimal as text, with its NUL */

typedef enum zp_number {
	ZP_NUMBER_OK,
	ZP_NUMBER_NOT,     /* not the grammar [+-]?(digits[.digits]|.digits)([eE][+-]?dd)? over the whole text */
	ZP_NUMBER_TOO_LONG /* the grammar, but more than 12 digits on a side of the point, more than 18
	                    * significant ones, or beyond 10^+-99 */
} zp_number;

/* Read ASCII text of n bytes; the whole of it must be one number (RELIABILITY 3.4). */
zp_number zp_decimal_read(const char *text, size_t n, zp_decimal *out);

/* The same for numbers that a program printed: as many digits as it likes, of which 18 significant ones are kept, rounded
 * half up. Gives: ZP_NUMBER_TOO_LONG only beyond 10^+-99. */
zp_number zp_decimal_read_printed(const char *text, size_t n, zp_decimal *out);

/* Plain notation with the places it was written with ("5.00", "-0.003", "1200"); a power of ten
 * ("1.5e-60") where that would need more than 44 digits. Gives: the length; writes a NUL. */
size_t zp_decimal_write(zp_decimal, char out[static ZP_DECIMAL_TEXT]);

/* The nearest double (correctly rounded). */
double zp_decimal_double(zp_decimal);

/* a - b as the double nearest to it: 5.4 - 5.2 is 0.2, which it is not when both were doubles before. */
double zp_decimal_minus(zp_decimal a, zp_decimal b);

/* a * b, exactly where 18 significant digits are enough, else rounded half to even to so many. Zeros at the end of a count as
 * known, those of b do not: 5.20 times 10 is 52.0. Gives: false when it lies beyond 10^+-99. */
bool zp_decimal_times(zp_decimal a, zp_decimal b, zp_decimal *out);

/* The shortest decimal that reads back as the same double; below 1e-99 what lies beyond 10^-128 is lost.
 * Needs: x finite, |x| < 1e99. */
zp_decimal zp_decimal_shortest(double x);

/* Rounded half-even to `places` decimals (negative: tens, hundreds); zeros are added where 18 digits have room. */
zp_decimal zp_decimal_round(zp_decimal, int places);
/* The same from the exact binary value of x, as printf does. */
zp_decimal zp_decimal_round_binary(double x, int places);

int zp_decimal_compare(zp_decimal a, zp_decimal b); /* -1, 0, 1; exact; 5.0 equals 5.00 */
int zp_decimal_sign(zp_decimal);

/* A width that is a product of two decimals, so that pct/100 * x_pt and k * SD stay exact. */
typedef struct zp_width { zp_decimal a, b; } zp_width;

/* Compare |x - t| with w.a * w.b: -1 below, 0 exactly on it, 1 beyond. Exact. */
int zp_decimal_against(zp_decimal x, zp_decimal t, zp_width w);
/* Compare two widths: -1, 0, 1; exact. */
int zp_width_compare(zp_width, zp_width);
double zp_width_double(zp_width);

/* t - w or t + w (side -1 or +1) rounded inward, towards t, to `places` decimals, so that a
 * printed bound never contradicts a verdict. Needs: the result has at most 18 digits, else `ok` is false. */
zp_decimal zp_decimal_bound(zp_decimal t, zp_width w, int side, int places, bool *ok);

const char *zp_decimal_library(void); /* the version of GMP that runs */

#endif
