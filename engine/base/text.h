/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pieces of text: lent, not NUL-terminated; encodings; the fold of full-width forms. */
#ifndef ZP_BASE_TEXT_H
#define ZP_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include "base/arena.h"
#include "base/utf8.h"

typedef struct zp_text { const char *p; size_t n; } zp_text;

#define ZP_TEXT(literal) ((zp_text){ "" literal, sizeof(literal) - 1 })

static inline zp_text zp_text_of(const char *s) { return (zp_text){ s, s ? strlen(s) : 0 }; }
static inline const char *zp_or_empty(const char *s) { return s ? s : ""; }
static inline bool zp_text_same(zp_text a, zp_text b) { return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0); }
static inline bool zp_text_is(zp_text a, const char *s) { return zp_text_same(a, zp_text_of(s)); }
int zp_text_compare(zp_text, zp_text); /* by bytes, for sorting */

/* Without blanks at both ends: space, tab, no-break and ideographic space. */
zp_text zp_text_trim(zp_text);

/* GB18030 to UTF-8, strictly, by the C library's converter.
 * Gives: NUL-terminated text from the arena; .p NULL when the bytes are not GB18030. */
zp_text zp_gb18030_read(zp_arena *, const char *bytes, size_t n);

/* ASCII for full-width forms (U+FF01-FF5E), signs and blanks that people type in number and
 * code cells; any other character stays as it is.
 * Needs: out has room for in.n bytes. Gives: the length. */
size_t zp_text_fold(zp_text in, char *out);

/* A text that can be shown on one line of a terminal: control characters, bidirectional marks and
 * ill-formed bytes as <U+XXXX> or <XX>, at most 60 characters. Carved from the arena. */
const char *zp_text_show(zp_arena *, zp_text);
/* The same into a buffer, always NUL-terminated. */
const char *zp_text_show_in(char *out, size_t size, zp_text);
/* The same for a code: also letters that look like ASCII and are not (full-width, Cyrillic, Greek capitals)
 * as <U+XXXX>, for a message that shows them as they are would seem to contradict itself. */
const char *zp_text_show_code_in(char *out, size_t size, zp_text);
/* The whole text, in the same manner. */
void zp_text_print(zp_text, FILE *);

/* Well-formed UTF-8 in which every character can be seen: it may stand in a table or on a certificate. */
bool zp_text_is_plain(zp_text);

/* Whether nobody sees that this character stands between others: blanks of any kind, controls, and what only changes others. */
bool zp_character_shows_nothing(uint32_t c);

uint64_t zp_text_hash(zp_text);

/* The place of a cell as spreadsheets call it: "C7" for line 7, column 3. Gives: the length. */
static inline int zp_cell_name(long line, long column, char out[32])
{
	char letters[8];
	int n = 0;
	for (; column > 0 && n < 7; column = (column - 1) / 26)
		letters[n++] = (char)('A' + (column - 1) % 26);
	int k = 0;
	while (n)
		out[k++] = letters[--n];
	return k + snprintf(out + k, (size_t)(32 - k), "%ld", line);
}

#endif
