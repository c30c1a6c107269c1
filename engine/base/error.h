/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The failure that stops a run: who is to act, where, and one clear sentence. */
#ifndef ZP_BASE_ERROR_H
#define ZP_BASE_ERROR_H

#include <stdbool.h>

/* The values are the program's exit codes (docs/formats/exit-codes.md). */
typedef enum zp_code {
	ZP_OK = 0,
	ZP_WITHHELD = 1,   /* done, but something was withheld */
	ZP_BAD_USE = 2,
	ZP_BAD_INPUT = 3,
	ZP_BAD_RULES = 4,
	ZP_BAD_PLUGIN = 5,
	ZP_IO = 6,         /* the machine: disk, memory, processes */
	ZP_BUG = 70
} zp_code;

/* Lives with the caller, starts as { 0 }, never allocates; the first failure wins. */
typedef struct zp_error {
	zp_code code;
	char text[1200]; /* "place: sentence", valid UTF-8 as far as its parts are; always in English */
	char told[1200]; /* the same in the language of the run (words.h), for people */
} zp_error;

/* Fill *err unless it already holds a failure.
 *
 * Needs: place may be NULL; line 0 means "no line".
 * Gives: always false, so that `return zp_fail(...)` is one line.
 */
bool zp_fail(zp_error *err, zp_code code, const char *place, long line, const char *fmt, ...)
	__attribute__((format(printf, 5, 6)));

/* The failure of another, for what it is. Gives: always false. */
bool zp_fail_as(zp_error *err, const zp_error *other);

#endif
