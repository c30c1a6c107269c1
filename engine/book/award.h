/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rules/awards/NAME.xml: who may have a title, and for what (docs/formats/award.md). */
#ifndef ZP_BOOK_AWARD_H
#define ZP_BOOK_AWARD_H

#include "base/input.h"
#include "base/problems.h"
#include "book/condition.h"

typedef enum zp_unit { ZP_UNIT_LABORATORY, ZP_UNIT_DEPARTMENT, ZP_UNIT_REGION } zp_unit;

typedef enum zp_term_kind { ZP_TERM_REQUIRE, ZP_TERM_EXCLUDE, ZP_TERM_POINTS } zp_term_kind;
const char *zp_term_word(zp_term_kind);

/* One line of the rule. */
typedef struct zp_term {
	zp_term_kind kind;
	const char *id;
	const zp_condition *test;  /* NULL for points by value */
	const zp_condition *value; /* of points; NULL when they are given for a test */
	zp_fraction weight, most;  /* points = weight x value, value at least 0 and at most `most` */
	const char *because, *because_en; /* what stands in the way, or what the points are for; because_en "" when not given */
	const char *met, *met_en;         /* the same in words when nothing stands in the way; "" when not given */
	long line;
} zp_term;

typedef enum zp_bucket_of { ZP_OF_ALL, ZP_OF_CITY, ZP_OF_CLASS } zp_bucket_of;
typedef enum zp_rounding { ZP_ROUND_DOWN, ZP_ROUND_UP, ZP_ROUND_HALF_UP } zp_rounding;

/* How many titles there are, of all, or in every city or class. */
typedef struct zp_quota {
	zp_bucket_of of;
	const char *only;      /* the code of the one city or class; "": each of them */
	int64_t places;        /* -1: a share */
	zp_fraction share;     /* of 1 */
	bool of_entrants;      /* the share is of entrants; else of candidates */
	zp_rounding rounding;
	long line;
} zp_quota;

typedef enum zp_tie { ZP_TIE_COMMITTEE, ZP_TIE_ALL_IN, ZP_TIE_ALL_OUT, ZP_TIE_TIEBREAK } zp_tie;

typedef struct zp_award {
	const char *id, *file;             /* "excellent-laboratory", "awards/excellent-laboratory.xml" */
	const char *name, *name_en, *version; /* name_en "" when not given */
	const char *organiser, *organiser_en; /* who gives it; "": whose round closed last */
	zp_unit unit;
	const char *department;            /* of DEPARTMENT: names with | between */
	const zp_condition *entrant;       /* who enters at all */
	const zp_term *terms;              /* in the order of the file */
	size_t n_terms;
	zp_fraction least_points;          /* nothing: no least */
	int64_t least_entrants, least_candidates; /* below, nobody is proposed; 0: no least */
	const zp_quota *quotas;
	size_t n_quotas;
	zp_tie ties;
	const zp_condition *tiebreak;      /* more is better; NULL */
	zp_input input;
} zp_award;

/* Read rules_dir/awards/NAME.xml; a name that ends in ".xml" is a file of the caller's. ties: of a rule that says nothing of them.
 * What is suspicious and no fault goes to `doubts`.
 * Gives: carved from the arena; NULL after problems, with file and line. */
const zp_award *zp_award_read(zp_arena *, const char *rules_dir, const char *name, zp_tie ties, zp_problems *rules, zp_problems *doubts);

/* A unit of that name is of the award's department. */
bool zp_award_has_department(const zp_award *, const char *name);

#endif
