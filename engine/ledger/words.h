/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbers that words have in a ledger. They are of the file and stay for ever, whatever the program numbers them by: a new word
 * goes to the end of its list. */
#ifndef ZP_LEDGER_WORDS_H
#define ZP_LEDGER_WORDS_H

#include <stddef.h>
#include "base/text.h"

typedef enum zp_words {
	ZP_WORDS_STATE,
	ZP_WORDS_VERDICT,
	ZP_WORDS_REASON,
	ZP_WORDS_STANDING,
	ZP_WORDS_SATISFACTION,
	ZP_WORDS_LEVEL,
	ZP_WORDS_LISTS
} zp_words;

const char *zp_words_list(zp_words);            /* "state" */
const char *zp_words_at(zp_words, unsigned number); /* NULL beyond the last */
zp_words zp_words_list_find(const char *list);      /* ZP_WORDS_LISTS: there is none */
int zp_words_find(zp_words, zp_text);           /* -1: there is none */
/* What the program calls it. Gives: -1 when the program does not know the number. */
int zp_words_enum(zp_words, unsigned number);
/* The number of the program's own value. */
int zp_words_number(zp_words, unsigned value);

#endif
