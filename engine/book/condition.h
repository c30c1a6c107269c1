/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conditions over the annual record, in XPath 1.0, and numbers worked out of it (docs/formats/award.md).
 *
 * XPath answers where nothing is known: nothing is not at least 90, and it is not above 0 either. Here a fact that is missing makes the
 * answer unknown, and only `and`, `or` and not() may still come to one. Numbers are exact fractions, never doubles. */
#ifndef ZP_BOOK_CONDITION_H
#define ZP_BOOK_CONDITION_H

#include "base/arena.h"
#include "base/fraction.h"
#include "base/text.h"

/* ---- the record ---- */

typedef enum zp_record_of { ZP_RECORD_OF_LAB, ZP_RECORD_OF_REGION } zp_record_of;

/* What a record may hold: the one list of it, which the schema follows. An element may stand in the list several times, once for each
 * place in which it looks different. */
typedef struct zp_record_form {
	const char *name;       /* "record" first */
	const char *attributes; /* names with a blank between */
	const char *children;   /* rows of the list by their `id`, with a blank between */
	const char *id;         /* "measurand/round" where the name alone is not enough; else the name */
} zp_record_form;
const zp_record_form *zp_record_forms(zp_record_of, size_t *n);
/* The words that an attribute may have, with a blank between; NULL: any text. */
const char *zp_record_words(const char *element, const char *attribute);

/* A record, parsed. */
typedef struct zp_document zp_document;
/* Fails: NULL, and *why is a sentence. */
zp_document *zp_document_open(zp_text bytes, char *why, size_t size);
void zp_document_close(zp_document *);
/* The attribute of the first child of the root with that name; of the root when child is NULL. Lent; NULL: it is not there. */
const char *zp_document_at(const zp_document *, const char *child, const char *attribute);

/* ---- conditions ---- */

typedef enum zp_truth { ZP_FALSE, ZP_TRUE, ZP_UNKNOWN } zp_truth;
const char *zp_truth_word(zp_truth); /* "unmet", "met", "unknown" */

typedef struct zp_condition zp_condition;
typedef enum zp_asks { ZP_ASKS_WHETHER, ZP_ASKS_HOW_MUCH } zp_asks;

#define ZP_CONDITION_WORDS 400
/* Compile. Gives: carved from the arena, const from then on and fit for many threads; NULL, and `why` is a clause that says what is wrong
 * and what was expected. */
const zp_condition *zp_condition_compile(zp_arena *, const char *text, zp_record_of, zp_asks, char why[static ZP_CONDITION_WORDS]);
/* What is suspicious: it rests on no fact, or it holds where nothing is known. NULL: nothing. */
const char *zp_condition_doubt(const zp_condition *);
const char *zp_condition_text(const zp_condition *);

/* What was missing: the first fact, as its path. */
typedef struct zp_missing { char fact[200]; } zp_missing;

/* Needs: compiled with WHETHER. missing is filled when the answer is unknown. */
zp_truth zp_condition_ask(const zp_condition *, const zp_document *, zp_missing *);
/* Needs: compiled with HOW_MUCH. Gives: nothing (den 0) when it is not known. */
zp_fraction zp_condition_value(const zp_condition *, const zp_document *, zp_missing *);

#endif
