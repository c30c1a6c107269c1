/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A code short enough to be typed, "7K3M-9QPT-X2": the first 45 bits of a digest in the digits of Crockford (base 32 without I, L, O, U),
 * and a tenth digit that finds every single wrong digit and every two that changed places. */
#ifndef ZP_BASE_CODE_H
#define ZP_BASE_CODE_H

#include <stdbool.h>

#define ZP_CODE_TEXT 13 /* with the NUL */

/* Needs: at least 12 hexadecimal digits. */
void zp_code_of(const char *digest, char out[static ZP_CODE_TEXT]);

/* A code as somebody typed it: small letters, other places of "-" and blanks, O for 0, I and L for 1 are understood.
 * Gives: false when it is no code, or its last digit does not fit; *out is as it is printed. */
bool zp_code_read(const char *typed, char out[static ZP_CODE_TEXT]);
/* A code but for its last digit, which does not fit: one of the others may be another, or two stand in each other's place. */
bool zp_code_is_mistyped(const char *typed);

#endif
