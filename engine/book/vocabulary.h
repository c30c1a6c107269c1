/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How laboratories write values (rules/vocabulary/NAME.xml): a table of characters that stand for others, then patterns,
 * tried in order, each over the whole text, that say what kind of value it is or why it is none.
 *
 * Examples stand beside each pattern, and a vocabulary whose examples do not come out as they say is refused. */
#ifndef ZP_BOOK_VOCABULARY_H
#define ZP_BOOK_VOCABULARY_H

#include "book/pattern.h"
#include "book/shelf.h"
#include "model/value.h"

#define ZP_VOCABULARY_PRESET "common"

typedef struct zp_fold { uint32_t from; const char *to; } zp_fold;

/* One pattern and what it makes of a text. */
typedef struct zp_phrase {
	const zp_pattern *pattern;
	const char *match;
	uint32_t line;
	const char *refuses; /* the sentence that is told: "has a comma; expected ..."; NULL: it is a value */
	zp_kind kind;
	const char *number, *word, *unit; /* how they are made of the pattern's groups: "$n", "O $rh"; NULL where there is none */
} zp_phrase;

typedef struct zp_vocabulary {
	const char *file, *name, *version;
	const zp_fold *folds;
	size_t n_folds;
	const zp_phrase *phrases;
	size_t n_phrases;
} zp_vocabulary;

/* The vocabulary in the file, read once. Gives: NULL when anything in it is wrong, which is told once. */
const zp_vocabulary *zp_vocabulary_read(zp_shelf *, zp_volume *);

/* ---- listening (hear.c) ---- */

#define ZP_WORD_BYTES 256
#define ZP_HEARD_BYTES 700

/* What one thread needs, and the room that values point into until the next one is heard. */
typedef struct zp_listener {
	zp_matcher *matcher;
	const zp_phrase *phrase; /* that took the last text; NULL when none did */
	char folded[ZP_SUBJECT_BYTES], word[ZP_WORD_BYTES], sentence[ZP_HEARD_BYTES];
} zp_listener;

zp_listener *zp_listener_take(zp_arena *);

typedef enum zp_heard {
	ZP_HEARD,         /* *out is the value; of the kind NOTHING when it is a way to leave a cell blank */
	ZP_HEARD_REFUSED, /* *says goes on from the text: "is no number; expected ..." */
	ZP_HEARD_FAULT    /* of the rules: a limit was reached, or what a pattern took for a number is none; *says is a sentence */
} zp_heard;

/* Understand a text. Gives: *says and what *out points to are lent until the next call. */
zp_heard zp_hear(const zp_vocabulary *, zp_listener *, zp_text, zp_value *out, const char **says);

/* The text as the patterns see it: folded, without blanks at its ends and with single ones in it. Gives: .p NULL when it is too long or no UTF-8. */
zp_text zp_hear_folded(const zp_vocabulary *, zp_listener *, zp_text);
/* The same for one pattern alone. */
zp_match zp_hear_one(const zp_phrase *, zp_listener *, zp_text folded, const char **why);

/* A value in one way of writing, "<0.5 mmol/L", "1:160", "2+", "negative"; "nothing". Gives: the length that it has in full. */
size_t zp_value_write(const zp_value *, char *out, size_t size);

#define ZP_NO_NUMBER "is no number; expected digits with a decimal point, such as 5.20, or <0.5"
#define ZP_TOO_LONG_A_NUMBER "is too long a number; expected at most 12 digits on a side of the point"

#endif
