/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The number that somebody typed, from what a workbook keeps of it.
 *
 * A workbook keeps doubles, and Excel writes them with 17 digits: 5.1 becomes 5.0999999999999996. No more than 15 digits can be typed,
 * so a text with at most 15 digits is taken as it stands, and of a longer one the shortest number that is the same double. */
#ifndef ZP_XLSX_NUMBER_H
#define ZP_XLSX_NUMBER_H

#include <stddef.h>

#define ZP_NUMBER_DIGITS 40u /* of the text; gnumeric writes 21 */
#define ZP_NUMBER_ROOM 192u

/* Read [+-]?(digits[.digits]|.digits)([eE][+-]?digits)?, the whole of n bytes; without a plus and zeros before the number, and whole
 * numbers with a power of ten written out (1.2345E7 is how Java writes a code).
 * Gives: the length of what was written into out; 0 when it is not such a number, or has more than ZP_NUMBER_DIGITS digits. */
size_t zp_number_typed(const char *text, size_t n, char out[static ZP_NUMBER_ROOM]);

#endif
