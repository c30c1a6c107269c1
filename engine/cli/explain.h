/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of `zhiping explain` share: the published tables, and words in the reader's language. */
#ifndef ZP_CLI_EXPLAIN_H
#define ZP_CLI_EXPLAIN_H

#include <stdio.h>
#include "model/hint.h"
#include "model/outcome.h"
#include "model/round.h"
#include "press/published.h"

typedef struct zp_telling {
	zp_arena *arena;
	const zp_published *published;
	zp_folder_table scores, targets, verdicts, points, hints, scales;
	bool has_points; /* the scheme asked for scores beside the verdict */
	bool has_hints;  /* older folders have none */
	bool has_scales; /* some measurand has answers that are no numbers */
	bool chinese;
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

/* ---- explain_words.c: words of the tables in the reader's language; where there is none, as they stand ---- */

const char *zp_tell_reason(const zp_telling *, const char *word);
const char *zp_tell_verdict(const zp_telling *, const char *word);
const char *zp_tell_state(const zp_telling *, const char *word);
const char *zp_tell_mark(const zp_telling *, const char *word);
const char *zp_tell_standing(const zp_telling *, const char *word);
const char *zp_tell_satisfaction(const zp_telling *, const char *word);
const char *zp_tell_slip(const zp_telling *, const char *word);
const char *zp_tell_origin(const zp_telling *, const char *word);
/* An answer, a set of them or two ("1+|2+") by the names of the measurand's scale; a number as it stands. */
const char *zp_tell_answer(const zp_telling *, const char *programme, const char *measurand, const char *code);
/* The number behind "name=" in the cell; "" when it is not there. */
const char *zp_tell_setting(const zp_telling *, const zp_row *, const char *column, const char *name);
/* The share as percent with one decimal, half up. */
const char *zp_tell_share(const zp_telling *, unsigned long long part, unsigned long long of);
unsigned long long zp_tell_count(const zp_telling *, const zp_row *, const char *column);

/* ---- explain_target.c: quantities ---- */

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

#endif
