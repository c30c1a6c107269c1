/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The certificate's own words, in Chinese and English; all of them are in the font's subset. */
#ifndef ZP_CERTIFICATE_WORDS_H
#define ZP_CERTIFICATE_WORDS_H

#include "host/plugin.h"

typedef enum zp_word {
	ZP_WORD_TITLE, ZP_WORD_NUMBER,
	ZP_WORD_PROGRAMME, ZP_WORD_SCORE, ZP_WORD_ACCEPTED, ZP_WORD_OUTCOME, ZP_WORD_PASSED, ZP_WORD_MORE, ZP_WORD_FURTHER, ZP_WORD_VALID,
	ZP_WORD_ISSUED, ZP_WORD_PAGE, ZP_WORD_OF, ZP_WORD_PAGES, ZP_WORD_CONTINUED, ZP_WORD_SUMMARY,
	ZP_WORD_MEASURAND, ZP_WORD_SAMPLE, ZP_WORD_VALUE, ZP_WORD_TARGET, ZP_WORD_RANGE, ZP_WORD_BIAS,
	ZP_WORD_BIAS_PCT, ZP_WORD_SDI, ZP_WORD_VERDICT, ZP_WORD_LIMIT, ZP_WORD_STATED, ZP_WORD_DECIDED, ZP_WORD_AGREED, ZP_WORD_MODE, ZP_WORD_MEDIAN_GRADE, ZP_WORD_RULE, ZP_WORD_DOUBT, ZP_WORD_HIDDEN, ZP_WORD_NOTHING, ZP_WORD_LIST,
	ZP_WORD_REPLY, ZP_WORD_ANSWERS, ZP_WORD_ALSO, ZP_WORD_ALLOWED, ZP_WORD_INDEX, ZP_WORD_COUNTS, ZP_WORD_WEIGHT, ZP_WORD_HINT, ZP_WORD_GLANCE,
	ZP_WORD_WHOLE, ZP_WORD_WHOLES, ZP_WORD_POINTS, ZP_WORD_SAMPLES, ZP_WORD_GOT, ZP_WORD_FULL,
	ZP_WORD_NOTES, ZP_WORD_NOTE_SCORE, ZP_WORD_NOTE_POINTS, ZP_WORD_NOTE_SAMPLES, ZP_WORD_NOTE_RANGE, ZP_WORD_NOTE_SDI, ZP_WORD_NOTE_GROUP,
	ZP_WORD_NOTE_PANEL, ZP_WORD_NOTE_GRADES, ZP_WORD_NOTE_ANSWERS, ZP_WORD_NOTE_SENT, ZP_WORD_NOTE_EMPTY,
	ZP_WORDS
} zp_word;

const char *zp_word_cn(zp_word);
const char *zp_word_en(zp_word);
const char *zp_satisfaction_cn(zp_satisfaction);
const char *zp_satisfaction_en(zp_satisfaction);
const char *zp_standing_cn(zp_standing); /* "" when returned: then the results speak */
const char *zp_standing_en(zp_standing);

/* All of the above one after another. */
const char *zp_words_all(const zp_host *);

/* The texts, up to a NULL, one after another. */
const char *zp_join(const zp_host *, const char *first, ...) __attribute__((sentinel));

#endif
