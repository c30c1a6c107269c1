/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mutual recognition of one item of one laboratory, from words. Rounds are written as "P 2603S 2606U; N 2605S": a programme at a
 * level, and its rounds by year and month of closing with S satisfactory, U unsatisfactory, E excused, ~ not evaluated, . absent.
 * Control material is written as "2601/1/A/20/5.0": month, level, lot, values and CV; SD:mean instead of a CV; ! behind it: told to be
 * out of control.
 * Needs: zp_arena *arena of the test. */
#ifndef ZP_TESTS_RECOGNITION_WORDS_H
#define ZP_TESTS_RECOGNITION_WORDS_H

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "year/recognition.h"

#define PROGRAMMES_MOST 8
#define ROUNDS_MOST 24
#define ROWS_MOST 200

static inline zp_decimal decimal(const char *text)
{
	zp_decimal d;
	cr_assert_eq(zp_decimal_read(text, strlen(text), &d), ZP_NUMBER_OK, "%s", text);
	return d;
}

static inline int month_of(const char *yymm)
{
	return (2000 + (yymm[0] - '0') * 10 + yymm[1] - '0') * 12 + (yymm[2] - '0') * 10 + yymm[3] - '1';
}

static inline zp_outcome outcome_of(char letter)
{
	switch (letter) {
	case 'S': return ZP_OUT_SATISFACTORY;
	case 'U': return ZP_OUT_UNSATISFACTORY;
	case 'E': return ZP_OUT_EXCUSED;
	case '~': return ZP_OUT_NOT_EVALUATED;
	default: cr_assert_eq(letter, '.'); return ZP_OUT_ABSENT;
	}
}

static inline zp_level level_of(char letter)
{
	const char *letters = "NPCD", *at = strchr(letters, letter);
	cr_assert(letter && at, "no level %c", letter);
	return (zp_level)(at - letters);
}

/* Of one laboratory and one item. */
static inline void read_programme(char *words, zp_year_programme *p, bool trueness)
{
	static const uint32_t lab = 0;
	zp_annal_programme *says = zp_take(arena, zp_annal_programme, 1);
	zp_year_held *held = zp_take(arena, zp_year_held, ROUNDS_MOST);
	zp_year_measurand *measurand = zp_take(arena, zp_year_measurand, 1);
	char *rest = NULL, *word = strtok_r(words, " ", &rest);
	*says = (zp_annal_programme){ .code = "chemistry", .level = level_of(*word), .trueness = trueness };
	*p = (zp_year_programme){ .says = says, .organiser = "", .held = held, .measurands = measurand, .n_measurands = 1, .labs = &lab, .n_labs = 1,
		.cells = zp_take(arena, zp_year_cell, 2 * ROUNDS_MOST) };
	for (word = strtok_r(NULL, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
		zp_annal_round *round = zp_take(arena, zp_annal_round, 1);
		round->closes = zp_arena_print(arena, "20%.2s-%.2s-15", word, word + 2);
		held[p->n_held] = (zp_year_held){ .round = round, .in_year = true, .by_measurand = true };
		p->cells[p->n_held++].outcome = (uint8_t)outcome_of(word[4]);
	}
}

static inline const zp_chronicle *chronicle_of(const char *rounds, bool trueness)
{
	static const zp_annal_lab register_of = { "L0001", "示例医院一", "420502", "西陵区", "三级公立", "", "" };
	static const zp_year_lab lab = { &register_of, "L0001" };
	static const zp_year_item item = { "serum", "glucose", "葡萄糖", "Glucose" };
	zp_chronicle *c = zp_take(arena, zp_chronicle, 1);
	zp_year_programme *programmes = zp_take(arena, zp_year_programme, PROGRAMMES_MOST), one;
	*c = (zp_chronicle){ .year = 2026, .labs = &lab, .n_labs = 1, .programmes = programmes, .items = &item, .n_items = 1 };
	char *copy = zp_arena_text(arena, rounds, strlen(rounds)), *rest = NULL;
	for (char *words = strtok_r(copy, ";", &rest); words; words = strtok_r(NULL, ";", &rest)) {
		size_t at = c->n_programmes++;
		read_programme(words, &one, trueness);
		for (; at && programmes[at - 1].says->level > one.says->level; at--) /* as the chronicle has them, by level */
			programmes[at] = programmes[at - 1];
		programmes[at] = one;
	}
	return c;
}

static inline void read_row(char *words, zp_iqc_row *row)
{
	char *rest = NULL, *month = strtok_r(words, "/", &rest), *level = strtok_r(NULL, "/", &rest), *lot = strtok_r(NULL, "/", &rest);
	char *n = strtok_r(NULL, "/", &rest), *cv = strtok_r(NULL, "/", &rest);
	cr_assert_not_null(cv);
	*row = (zp_iqc_row){ .specimen = "serum", .item_code = "glucose", .name = "", .level = level, .lot = lot, .unit = "mmol/L", .method = "", .instrument = "",
		.month = month_of(month), .n = (uint32_t)atoi(n) };
	char *told = strpbrk(cv, "!+"), *mean = strchr(cv, ':');
	if (told) { /* out of control, in control */
		row->has_in_control = true;
		row->in_control = *told == '+';
		*told = '\0';
	}
	if (mean) {
		*mean = '\0';
		row->mean = decimal(mean + 1);
		row->sd = decimal(cv);
		row->has_sd = true;
	} else if (*cv) {
		row->cv = decimal(cv);
		row->has_cv = true;
	}
}

static inline const zp_iqc *iqc_of(const char *words)
{
	static const uint32_t none[2] = { 0, 0 };
	zp_iqc *iqc = zp_take(arena, zp_iqc, 1);
	zp_iqc_row *rows = zp_take(arena, zp_iqc_row, ROWS_MOST);
	uint32_t *of_lab = zp_take(arena, uint32_t, 2);
	char *copy = zp_arena_text(arena, words, strlen(words)), *rest = NULL;
	*iqc = (zp_iqc){ .rows = rows, .of_lab = none };
	for (char *one = strtok_r(copy, " ", &rest); one; one = strtok_r(NULL, " ", &rest))
		read_row(one, &rows[iqc->n++]);
	of_lab[1] = (uint32_t)iqc->n;
	iqc->of_lab = of_lab;
	return iqc;
}

/* "P=2 N=2/0 months=3 cv=5 levels=2 lots=all min=10 run=ending": settings of a rule, and what is asked; N=2/0: with no failed round. */
static inline const zp_recognition_rule *rule_of(const char *words)
{
	zp_recognition_rule *rule = zp_take(arena, zp_recognition_rule, 1);
	char *copy = zp_arena_text(arena, words, strlen(words)), *rest = NULL;
	*rule = zp_recognition_rule_default();
	rule->id = "hr";
	rule->has_default = true;
	zp_recog_measurand *m = &rule->standard;
	for (char *one = strtok_r(copy, " ", &rest); one; one = strtok_r(NULL, " ", &rest)) {
		char *value = strchr(one, '='), *slash;
		cr_assert_not_null(value, "%s", one);
		*value++ = '\0';
		slash = strchr(value, '/');
		if (!one[1]) {
			m->passed[level_of(*one)] = atoi(value);
			m->max_failed[level_of(*one)] = slash ? atoi(slash + 1) : ZP_RECOG_NO_MOST;
		} else if (strcmp(one, "months") == 0)
			m->months = atoi(value);
		else if (strcmp(one, "cv") == 0)
			m->cv = ZP_RECOG_CV_GIVEN, m->cv_limit = decimal(value);
		else if (strcmp(one, "levels") == 0)
			m->levels = atoi(value);
		else if (strcmp(one, "lots") == 0)
			m->lots = strcmp(value, "all") == 0 ? ZP_RECOG_LOTS_ALL : ZP_RECOG_LOTS_ANY;
		else if (strcmp(one, "min") == 0)
			m->min_n = atoi(value);
		else if (strcmp(one, "period") == 0)
			rule->period_months = atoi(value);
		else if (strcmp(one, "ends") == 0)
			rule->period_ends = strcmp(value, "issue") == 0 ? ZP_RECOG_ISSUE : ZP_RECOG_YEAR_END;
		else
			cr_assert_null(zp_recognition_setting_set(rule, one, value), "%s=%s", one, value);
	}
	return rule;
}

static inline const zp_recognition *recognise(const char *rule, const char *rounds, const char *iqc)
{
	const zp_recog_wish wish = { .rule = rule_of(rule), .chronicle = chronicle_of(rounds, false), .iqc = iqc ? iqc_of(iqc) : NULL, .issued = "2027-01-20" };
	return zp_recognition_take(arena, &wish);
}

/* "NP": the marks; "-": a line without; "": no line at all. */
static inline const char *marks_of(const zp_recognition *r)
{
	char out[4] = "", *to = out;
	for (int level = 0; r->n_lines && level < ZP_RECOG_LEVELS; level++)
		if (r->lines[0].marks & 1u << level)
			*to++ = "NPC"[level];
	*to = '\0';
	return zp_arena_text(arena, *out ? out : r->n_lines ? "-" : "", strlen(*out ? out : r->n_lines ? "-" : ""));
}

#endif
