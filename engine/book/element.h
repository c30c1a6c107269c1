/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Elements taken at their word: which attributes and children they may have, and what a value must look like.
 * Each call that gives false has told the problem, with the element's place. */
#ifndef ZP_BOOK_ELEMENT_H
#define ZP_BOOK_ELEMENT_H

#include "base/decimal.h"
#include "book/xml.h"

/* One file while it is read. */
typedef struct zp_reader {
	zp_arena *arena;
	const char *file;
	zp_problems *problems;
} zp_reader;

/* Tell what is wrong with an element. Gives: always false. */
bool zp_refuse(const zp_reader *, const zp_element *, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* The value, or NULL when the element has no such attribute. */
const char *zp_attribute_of(const zp_element *, const char *name);

/* The element has the attributes `needs`, not empty, perhaps those in `may`, and only `children` in it.
 * Each is a list of names with a blank between; "" for none. Reports everything that is wrong. */
bool zp_element_check(const zp_reader *, const zp_element *, const char *needs, const char *may, const char *children);
bool zp_element_is(const zp_element *, const char *name);
/* The only child of that name; NULL when there is none. A second one is a problem. */
const zp_element *zp_element_only(const zp_reader *, const zp_element *, const char *child);
size_t zp_element_count(const zp_element *, const char *child);
/* No more than so many of that name: libxml2 needs time in the square of children that may stand in any order. */
bool zp_element_at_most(const zp_reader *, const zp_element *, const char *child, size_t most);

/* A text without blanks at its ends; "" when not given. */
const char *zp_element_text(const zp_reader *, const zp_element *, const char *name);
/* A code: not empty, no blank in it. */
bool zp_element_code(const zp_reader *, const zp_element *, const char *name, const char **out);
/* One of the words, with a blank between; *out counts from 0. *out stays when the attribute is not given. */
bool zp_element_word(const zp_reader *, const zp_element *, const char *name, const char *words, int *out);
/* A whole number; *out stays when the attribute is not given. */
bool zp_element_whole(const zp_reader *, const zp_element *, const char *name, int least, int most, int *out);
typedef enum zp_range { ZP_RANGE_ANY, ZP_RANGE_NOT_NEGATIVE, ZP_RANGE_POSITIVE } zp_range;
/* A decimal number; *out stays when the attribute is not given. */
bool zp_element_decimal(const zp_reader *, const zp_element *, const char *name, zp_range, zp_decimal *out);
/* A date on the calendar, "2026-03-31". */
bool zp_element_date(const zp_reader *, const zp_element *, const char *name);

/* Step through a list of words with blanks between. Gives: false at its end. */
bool zp_word_next(const char **list, zp_text *word);
/* At most 32 letters, digits, . or -: it may be part of a number or of a file's name. */
bool zp_id_is_plain(const char *);
/* The name of a rule that is a file of the caller's: it ends in ".xml". */
bool zp_name_is_file(const char *);
/* A name of a file below a folder: no "..", not absolute, plain separators. */
bool zp_path_is_safe(const char *path);

#endif
