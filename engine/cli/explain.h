/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of `zhiping explain` share: the published tables, and words in the reader's language. */
#ifndef ZP_CLI_EXPLAIN_H
#define ZP_CLI_EXPLAIN_H

#include <stdio.h>
#include "model/hint.h"
#include "model/outcome.h"
#include "model/round.h"
#include "book/element.h"
#include "press/published.h"

typedef struct zp_telling {
	zp_arena *arena;
	const zp_published *published;
	zp_folder_table scores, targets, verdicts, points, hints, scales;
	bool has_points; /* the scheme asked for scores beside the verdict */
	bool has_hints;  /* older folders have none */
	bool has_scales; /* some measurand has answers that are no numbers */
	bool chinese;
	struct zp_tables *tables;
	const char **aside; /* lines of scores without a kept value */
	size_t n_aside;
	bool centre;     /* for the centre: other laboratories are named, and what they sent */
} zp_telling;

static inline const char *zp_pick(const zp_telling *t, const char *english, const char *chinese)
{
	return t->chinese ? chinese : english;
}

/* Printed by one of the two formats, which take the same arguments. */
#define ZP_TELL(t, en, zh, ...) ((t)->chinese ? printf(zh, __VA_ARGS__) : printf(en, __VA_ARGS__))

static inline const char *zp_told(const zp_telling *t, const zp_row *row, const char *column)
{
	return zp_row_text(t->arena, row, column);
}

/* ---- explain_say.c: sentences with facts in them ---- */

#define ZP_SAY_MOST 8192u

typedef struct zp_facts {
	const char *(*find)(const zp_telling *, const void *of, const char *name); /* "" for none */
	const void *of;
} zp_facts;
/* "{cell}" as it stands, "{=cell}" the word in the reader's language, and [what is between] only where all its facts are there. */
const char *zp_say_facts(const zp_telling *, const zp_facts *, const char *english, const char *chinese);
void zp_tell_row(const zp_telling *, const zp_row *, const char *english, const char *chinese);
void zp_tell_element(const zp_telling *, const zp_element *, const char *english, const char *chinese);
/* A table of the folder; empty where it was not published. Fails: it is not what was published. */
bool zp_telling_table(const zp_telling *, const char *name, zp_folder_table *, zp_error *);
struct zp_tables *zp_tables_take(zp_arena *);
/* The next row of this key from *at (table->text.p at first). */
bool zp_telling_next(const zp_telling *, const zp_folder_table *, const char *column, const char *key, const char **at, zp_row *);
/* A line for each row of the table with this key. */
bool zp_tell_rows(const zp_telling *, const char *name, const char *column, const char *key, const char *english, const char *chinese, zp_error *);

/* ---- explain_words.c: words of the tables in the reader's language; where there is none, as they stand ---- */

const char *zp_tell_reason(const zp_telling *, const char *word);
const char *zp_tell_verdict(const zp_telling *, const char *word);
const char *zp_tell_state(const zp_telling *, const char *word);
const char *zp_tell_mark(const zp_telling *, const char *word);
const char *zp_tell_standing(const zp_telling *, const char *word);
const char *zp_tell_satisfaction(const zp_telling *, const char *word);
const char *zp_tell_slip(const zp_telling *, const char *word);
const char *zp_tell_word(const zp_telling *, const char *word); /* of the year's tables */
const char *zp_tell_origin(const zp_telling *, const char *word);
/* An answer, a set of them or two ("1+|2+") by the names of the measurand's scale; a number as it stands. */
const char *zp_tell_answer(const zp_telling *, const char *programme, const char *measurand, const char *code);
/* The number behind "name=" in the cell; "" when it is not there. */
const char *zp_tell_setting(const zp_telling *, const zp_row *, const char *column, const char *name);
/* The share as percent with one decimal, half up. */
const char *zp_tell_share(const zp_telling *, unsigned long long part, unsigned long long of);
/* Whether a figure of so many laboratories of the programme may be told: as on their papers, or to the centre. */
bool zp_may_tell(const zp_telling *, const zp_row *target, const char *count);
unsigned long long zp_tell_count(const zp_telling *, const zp_row *, const char *column);

/* ---- explain_target.c: quantities ---- */

/* Once, when the scores are read. */
void zp_tell_find_aside(zp_telling *);
/* Who of the group was set aside, and why. */
void zp_tell_set_aside(const zp_telling *, const zp_row *score, const zp_row *target);
void zp_tell_quantity(const zp_telling *, const zp_row *score, const zp_row *target);

/* ---- explain_answer.c: answers, and quantities of which nothing was found ---- */

void zp_tell_judged(const zp_telling *, const zp_row *score, const zp_row *target);
void zp_tell_undetected(const zp_telling *, const zp_row *score, const zp_row *target);
/* What stands beside the verdict and does not make it: flags, and what part of a result counts. */
void zp_tell_flags(const zp_telling *, const zp_row *score, const zp_row *target);
void zp_tell_credit(const zp_telling *, const zp_row *score, const zp_row *target);
/* What a result that is judged by its logarithm was. */
void zp_tell_logarithm(const zp_telling *, const zp_row *score, const zp_row *target);

/* ---- explain_tally.c: what the verdicts add up to ---- */

void zp_tell_tallies(const zp_telling *, const char *lab, const char *measurand);

/* ---- what a round's explanation has beside single results ---- */

/* explain_source.c: where everything comes from: rules, files and their digests, the paper's own, decisions, what changed between versions. */
bool zp_tell_source(const zp_telling *, const char *lab, zp_error *);
void zp_tell_decided(const zp_telling *, const char *lab, const char *measurand);
/* A date as papers have it. */
const char *zp_tell_date(const zp_telling *, const char *date);
/* explain_paper.c: the same numbers as they are printed, and what is told beside results: findings, course, peers, figures. */
typedef struct zp_printed { zp_folder_table results, told, measurands; } zp_printed;
bool zp_printed_open(const zp_telling *, const char *lab, zp_printed *, zp_error *);
void zp_tell_printed(const zp_telling *, const zp_printed *, const zp_row *score);
void zp_tell_beside(const zp_telling *, const zp_printed *, const zp_row *score);
void zp_tell_sums(const zp_telling *, const zp_printed *, const char *lab); /* explain_tally.c */
void zp_tell_not_performed(const zp_telling *, const zp_printed *, const char *measurand);
/* explain_rank.c: ranks of a round, and its regions. */
bool zp_tell_ranks(const zp_telling *, const char *lab, zp_error *);
bool zp_tell_region(const zp_telling *, const char *region, bool *found, zp_error *);

/* ---- explain_year.c: a published year ---- */

typedef struct zp_year_asked { const char *code, *only; } zp_year_asked; /* laboratory or region; programme or measurand, NULL for all */
bool zp_explain_year(const zp_telling *, const zp_year_asked *, zp_error *);
/* What the record says of a programme or measurand beyond that: explain_certified.c, explain_standing.c, explain_title.c. */
bool zp_tell_certified(const zp_telling *, const char *lab, const char *programme, const char *measurand, zp_error *);
bool zp_tell_ranking(const zp_telling *, const char *lab, zp_error *);
bool zp_tell_recognised(const zp_telling *, const char *lab, const char *only, zp_error *);
bool zp_tell_control(const zp_telling *, const char *lab, const char *only, zp_error *);
bool zp_tell_trends(const zp_telling *, const char *lab, const char *programme, const char *measurand, zp_error *);
bool zp_tell_titles(const zp_telling *, const char *code, zp_error *);
bool zp_tell_place(const zp_telling *, const char *region, bool *found, zp_error *);

#endif
