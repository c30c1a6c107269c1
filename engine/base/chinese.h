/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is told of the input, in Chinese: one catalogue, looked up by the English, for engine and importers alike. No locale
 * and no file is asked, so that the same input gives the same words everywhere. */
#ifndef ZP_BASE_CHINESE_H
#define ZP_BASE_CHINESE_H

#include <stdarg.h>
#include <stddef.h>

/* A sentence or clause. In the English stand printf's conversions; in the Chinese {1} for the first of them, {2!} for the second
 * where that is a clause or word of the catalogue itself; any other brace is one. */
typedef struct zp_said { const char *english, *chinese; } zp_said;

extern const zp_said zp_said_in_chinese[], zp_said_of_rules[]; /* end with NULL (chinese_words.c, chinese_rules.c) */

/* Of a whole text without conversions, such as a clause. NULL: there is none. */
const char *zp_chinese(const char *english);

/* The same for what is told in the language of the run (words.h): the Chinese where that is spoken and there is one, else the text. */
const char *zp_clause(const char *english);

/* Of a text that was put into words already: by the entry that it can have come from. Gives: out; NULL when there is none. */
const char *zp_chinese_of(char *out, size_t size, const char *english);

/* What printf would make of the format, in Chinese. Gives: out; NULL when there is no Chinese for it. */
const char *zp_chinese_print(char *out, size_t size, const char *fmt, va_list) __attribute__((format(printf, 3, 0)));

#endif
