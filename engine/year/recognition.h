/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mutual recognition: which items of a laboratory other hospitals may take over unrepeated, at which level, why or why not, and
 * until when (DOMAIN 6.2, docs/formats/recognition.md). */
#ifndef ZP_YEAR_RECOGNITION_H
#define ZP_YEAR_RECOGNITION_H

#include "book/recognition_rules.h"
#include "year/certificates.h"
#include "year/iqc.h"

/* How a condition stands. Only what is met helps; unknown: there is nothing to judge it by. */
typedef enum zp_recog_state { ZP_RECOG_NOT_ASKED, ZP_RECOG_UNKNOWN, ZP_RECOG_UNMET, ZP_RECOG_MET } zp_recog_state;
const char *zp_recog_state_word(zp_recog_state);

/* The rounds of one level. */
typedef struct zp_recog_rounds {
	uint8_t state;          /* zp_recog_state, by its own rounds */
	bool inherited;         /* not met by its own rounds, and met by a higher level's */
	uint8_t passed, failed; /* of the programme that decides; passed counts the latest run where the rule says so */
} zp_recog_rounds;

/* The months of internal quality control. */
typedef struct zp_recog_iqc {
	uint8_t state;
	uint8_t run;            /* months in control: the longest run, or the one at the end */
	uint8_t with_data;      /* months of the period with enough values to say something */
	bool no_limit;          /* the table of CV limits has none for the item: nothing to judge by */
	bool nothing_told;      /* no limit is asked for, and the laboratory does not say whether it was in control */
} zp_recog_iqc;

/* One item of a laboratory that takes part in programmes with it. */
typedef struct zp_recog_line {
	uint32_t lab, item;     /* of the chronicle */
	const zp_recog_measurand *asks;
	zp_recog_rounds rounds[ZP_RECOG_LEVELS];
	zp_recog_iqc iqc;
	uint8_t marks;          /* bit zp_level; 0: not recognised */
} zp_recog_line;

/* A laboratory. */
typedef struct zp_recog_lab {
	uint32_t first, n;      /* its lines */
	uint32_t recognised;    /* lines with a mark */
	uint32_t marks[ZP_RECOG_LEVELS]; /* lines with that mark */
	uint32_t paper;         /* of the papers; UINT32_MAX: none */
	const uint8_t *reporting; /* zp_recog_state of each share that is asked for */
	const uint8_t *reporting_run; /* months in a row */
} zp_recog_lab;

/* A certificate of recognition: one for each laboratory with a recognised item. */
typedef struct zp_recog_paper {
	uint32_t lab;
	uint32_t n_items;
	const char *number, *list; /* list: "serum:glucose:NP" with a blank between, and the last day of validity */
	const char *says;       /* zp_paper_says */
	unsigned issue;
	const char *issued;     /* the day on which the number was first given */
	bool kept;              /* it says what an earlier paper said, and keeps its number and day */
	const char *from, *until; /* YYYY-MM-DD */
} zp_recog_paper;

/* A share of reporting of a month, as the laboratory's evidence has it. */
typedef struct zp_recog_share {
	uint32_t lab;
	const char *key;
	int month;              /* 12 x year + month - 1 */
	bool nothing;           /* 0 of 0: nothing was out of control, say */
	zp_decimal percent;
} zp_recog_share;

typedef struct zp_recognition {
	const zp_recognition_rule *rule;
	int first_month, last_month; /* the period */
	const zp_recog_line *lines;  /* by laboratory and item */
	size_t n_lines;
	const zp_recog_lab *labs;    /* of each laboratory of the chronicle */
	const zp_recog_paper *papers; /* by laboratory */
	size_t n_papers;
} zp_recognition;

/* What rests on what. */
typedef struct zp_recog_wish {
	const zp_recognition_rule *rule;
	const zp_chronicle *chronicle;
	const zp_iqc *iqc;              /* NULL: nothing was sent */
	const zp_recog_share *shares;   /* by laboratory, key, month; one of a month */
	size_t n_shares;
	const char *issued;             /* YYYY-MM-DD */
	const zp_issued *issued_before; /* papers of all kinds */
	size_t n_issued_before;
} zp_recog_wish;

/* Needs: a rule. Gives: carved from the arena. */
const zp_recognition *zp_recognition_take(zp_arena *, const zp_recog_wish *);

/* The last day of validity of what begins on that day. Gives: out. */
const char *zp_recog_until(const char *from, int months, zp_recog_valid, char out[static 11]);

/* "national provincial"; "" without a mark. Gives: out. */
#define ZP_RECOG_MARKS_TEXT 32
const char *zp_recog_marks_words(unsigned marks, char out[static ZP_RECOG_MARKS_TEXT]);
/* The marks as they are printed: "全国HR 省HR". */
const char *zp_recog_marks_says(unsigned marks, bool chinese, char out[static ZP_RECOG_MARKS_TEXT * 2]);
/* Why a line has no mark, or not all that are asked for: what stands in the way, in words; "" when nothing does. */
const char *zp_recog_because(zp_arena *, const zp_recognition *, const zp_recog_line *, bool chinese);

/* ---- what comes of it ---- */

struct zp_year;
struct zp_press;
struct zp_kept;
struct zp_tags;
struct zp_paper_line;
struct zp_evidence;
/* Shares of reporting out of the evidence of the year, in the order that zp_recog_wish needs; evidence NULL: there is none.
 * Fails: NULL after problems, for a share that is none. */
const zp_recog_share *zp_recog_shares_take(zp_arena *, const zp_recognition_rule *, const struct zp_evidence *, const char *file, size_t *n, zp_problems *);
/* recognition.csv and its lists (docs/formats/year-tables.md); nothing without a rule of recognition. Fails: ZP_IO. */
bool zp_recognition_tables(const struct zp_year *, struct zp_press *, struct zp_kept *, zp_error *);
/* What a paper lists, for printing: item, specimen and mark, as "省HR". */
const struct zp_paper_line *zp_recog_paper_lines(zp_arena *, const struct zp_year *, const zp_recog_paper *, size_t *n);
/* Whose paper it is: the rule's organiser, else that of the latest round at the lowest level that the rule asks for and that had one; *en may be "". */
const char *zp_recog_organiser(const struct zp_year *, const char **en);
/* The <recognition> elements of a laboratory's record: its recognised items; nothing where it has none. */
void zp_recognition_record(const struct zp_year *, size_t lab, struct zp_tags *);

#endif
