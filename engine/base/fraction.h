/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exact fractions of counts, and the one decimal that is printed of them. */
#ifndef ZP_BASE_FRACTION_H
#define ZP_BASE_FRACTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/decimal.h"

__extension__ typedef __int128 zp_wide;

/* den 0: nothing, which is not 0. Otherwise den > 0. */
typedef struct zp_fraction { zp_wide num, den; } zp_fraction;

static inline zp_fraction zp_fraction_of(int64_t num, int64_t den) { return (zp_fraction){ num, den }; }
#define ZP_NO_FRACTION ((zp_fraction){ 0, 0 })

/* Sum and difference in lowest terms; nothing when either is nothing, or when it needs more than 126 bits. */
zp_fraction zp_fraction_plus(zp_fraction, zp_fraction);
zp_fraction zp_fraction_minus(zp_fraction, zp_fraction);
/* The same of product and quotient; by 0 is nothing. */
zp_fraction zp_fraction_times(zp_fraction, zp_fraction);
zp_fraction zp_fraction_over(zp_fraction, zp_fraction);
/* A decimal as it stands; nothing beyond 10^+-18. */
zp_fraction zp_fraction_decimal(zp_decimal);
int zp_fraction_compare(zp_fraction, zp_fraction); /* -1, 0, 1. Needs: neither is nothing */

/* In percent, tenths of it, half away from zero: 129 of 4/31, "12.9". Needs: not nothing. */
int64_t zp_fraction_tenths(zp_fraction);
/* The fraction times 100 is at least the decimal; printed: as its one decimal has it. false for nothing. */
bool zp_fraction_reaches(zp_fraction, zp_decimal percent, bool printed);
/* 100 times it: the nearest double, where the denominator in lowest terms has at most 118 bits. Needs: not nothing. */
double zp_fraction_percent(zp_fraction);
/* "12.9", "-0.4"; "" for nothing. Gives: out. */
#define ZP_PERCENT_TEXT 32
const char *zp_fraction_print(zp_fraction, char out[static ZP_PERCENT_TEXT]);

#endif
