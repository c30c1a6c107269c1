/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of a laboratory's report, on paper and as a page, in Chinese and English; all of them are in the font's subset. */
#ifndef ZP_PAPER_REPORT_WORDS_H
#define ZP_PAPER_REPORT_WORDS_H

#include "host/plugin.h"

typedef enum zp_say {
	ZP_SAY_TITLE, ZP_SAY_CODE, ZP_SAY_REGION, ZP_SAY_CLASS, ZP_SAY_ROUND, ZP_SAY_ISSUED, ZP_SAY_VERSION, ZP_SAY_PAGE, ZP_SAY_OF, ZP_SAY_PAGES,
	ZP_SAY_CHECK, ZP_SAY_KEY, ZP_SAY_LEDGER, ZP_SAY_CONTINUED,
	ZP_SAY_HEED, ZP_SAY_NO_HEED, ZP_SAY_RESULTS, ZP_SAY_PROGRAMMES, ZP_SAY_HELP, ZP_SAY_FIRST, ZP_SAY_REST, ZP_SAY_ALL,
	ZP_SAY_MEASURAND, ZP_SAY_ACCEPTED, ZP_SAY_BARS, ZP_SAY_COURSE, ZP_SAY_OUTCOME, ZP_SAY_WHERE,
	ZP_SAY_SAMPLE, ZP_SAY_VALUE, ZP_SAY_TARGET, ZP_SAY_RANGE, ZP_SAY_BIAS, ZP_SAY_BIAS_PCT, ZP_SAY_SDI, ZP_SAY_VERDICT, ZP_SAY_REPLY, ZP_SAY_ANSWERS,
	ZP_SAY_LIMIT, ZP_SAY_RULE, ZP_SAY_GROUP, ZP_SAY_HIDDEN, ZP_SAY_WEIGHT, ZP_SAY_METHOD, ZP_SAY_DOUBT, ZP_SAY_HINT, ZP_SAY_FINDINGS, ZP_SAY_PEERS,
	ZP_SAY_PEERS_CELL, ZP_SAY_OWN, ZP_SAY_NOT_SHOWN, ZP_SAY_NUMBER, ZP_SAY_SAMPLES_RIGHT, ZP_SAY_POINTS, ZP_SAY_NOTHING, ZP_SAY_LIST, ZP_SAY_JOIN,
	ZP_SAY_HISTOGRAM, ZP_SAY_BIAS_FIGURE, ZP_SAY_HISTORY, ZP_SAY_YOUDEN, ZP_SAY_METHODS, ZP_SAY_ANSWERS_FIGURE, ZP_SAY_FIGURE,
	ZP_SAY_APPEAL, ZP_SAY_NO_APPEAL, ZP_SAY_READ,
	ZP_SAY_NOTE_FIRST, ZP_SAY_NOTE_SCORE, ZP_SAY_NOTE_POINTS, ZP_SAY_NOTE_BARS, ZP_SAY_NOTE_COURSE, ZP_SAY_NOTE_FINDINGS, ZP_SAY_NOTE_RANGE,
	ZP_SAY_NOTE_SDI, ZP_SAY_NOTE_FIGURES, ZP_SAY_NOTE_PEERS, ZP_SAY_NOTE_PANEL, ZP_SAY_NOTE_GRADES, ZP_SAY_NOTE_EMPTY,
	ZP_SAY_WORDS
} zp_say;

const char *zp_say_cn(zp_say);
const char *zp_say_en(zp_say);

/* What there is in a report that a note explains. */
typedef struct zp_kinds { bool quantities, grades, points, panel, strips, courses, findings, figures, peers; } zp_kinds;
zp_kinds zp_kinds_of(const zp_report *);                       /* of its programmes; measurands are added one by one */
void zp_kinds_add(zp_kinds *, const zp_report_measurand *);
bool zp_note_is_wanted(const zp_kinds *, zp_say note);

/* All of the above one after another, and the signs that are drawn. */
const char *zp_says_all(const zp_host *);

#endif
