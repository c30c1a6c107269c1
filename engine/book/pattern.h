/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Patterns over short texts: PCRE2, held to limits. Nothing of the library shows here.
 *
 * A pattern takes the whole text or none of it. A text that would need more than the limits is a fault of the pattern
 * and never "no match": who goes on then has lost a value. There is no just-in-time compiler, since it reaches limits
 * at other places than the interpreter.
 */
#ifndef ZP_BOOK_PATTERN_H
#define ZP_BOOK_PATTERN_H

#include <stdbool.h>
#include "base/arena.h"
#include "base/text.h"

#define ZP_PATTERN_BYTES 1024     /* of a pattern, and of all parts that it may use */
#define ZP_PATTERN_GROUPS 31      /* the parts included */
#define ZP_SUBJECT_BYTES 4096     /* of the text */
#define ZP_PATTERN_MATCHES 100000 /* calls of the library's inner match */
#define ZP_PATTERN_DEPTH 1000
#define ZP_PATTERN_HEAP_KIB 1024

typedef struct zp_pattern zp_pattern;
typedef struct zp_matcher zp_matcher; /* what one thread needs to match */

/* parts: a "(?(DEFINE)...)" that every pattern may use, or "".
 * Gives: NULL when it is no pattern or uses what is not for rules (callouts, \C); *why says so. */
zp_pattern *zp_pattern_take(zp_arena *, const char *parts, const char *match, const char **why);

zp_matcher *zp_matcher_take(zp_arena *);

typedef enum zp_match { ZP_MATCH_NO, ZP_MATCH_YES, ZP_MATCH_FAULT } zp_match;

/* Needs: text is UTF-8 of at most ZP_SUBJECT_BYTES, and stays while groups are asked for.
 * Gives: ZP_MATCH_FAULT when a limit was reached; *why says which. */
zp_match zp_pattern_match(const zp_pattern *, zp_matcher *, zp_text text, const char **why);

/* The number of the group of that name; 0 when there is none. */
unsigned zp_pattern_group(const zp_pattern *, zp_text name);
/* What the group took in the last match; empty when it took no part. Lent, a piece of the text. */
zp_text zp_matcher_group(const zp_matcher *, unsigned group);

const char *zp_pattern_library(zp_arena *); /* the version of PCRE2 that runs */

#endif
