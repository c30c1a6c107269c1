/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "year/recognition_rounds.h"
#include <string.h>

/* Rounds of one programme, or of several as if they were one. */
typedef struct tally { unsigned passed, failed, run; } tally;

static bool is_evaluated(const zp_year_cell *cell)
{
	return cell->outcome == ZP_OUT_SATISFACTORY || cell->outcome == ZP_OUT_UNSATISFACTORY;
}

static void add(tally *t, bool good)
{
	t->passed += good;
	t->failed += !good;
	t->run = good ? t->run + 1 : 0;
}

/* Rounds count by the day on which they close; excused, not evaluated and absent ones are not there. */
static bool counts(const zp_recog_span *s, size_t i)
{
	return s->in_period[i] && is_evaluated(&s->cells[i]);
}

static tally tally_of(const zp_recog_span *s)
{
	tally t = { 0, 0, 0 };
	for (size_t i = 0; i < s->n; i++)
		if (counts(s, i))
			add(&t, s->cells[i].outcome == ZP_OUT_SATISFACTORY);
	return t;
}

/* All programmes as one. Of two rounds that close on one day the failed one comes last, so that it ends a run. */
static tally sum_of(const zp_recog_span *spans, size_t n)
{
	const char *failed_last = "";
	tally t = { 0, 0, 0 };
	for (size_t k = 0; k < n; k++)
		for (size_t i = 0; i < spans[k].n; i++) {
			if (!counts(&spans[k], i))
				continue;
			const char *closes = spans[k].held[i].round->closes;
			const bool good = spans[k].cells[i].outcome == ZP_OUT_SATISFACTORY;
			add(&t, good);
			if (!good && strcmp(closes, failed_last) > 0)
				failed_last = closes;
		}
	t.run = 0;
	for (size_t k = 0; k < n; k++)
		for (size_t i = 0; i < spans[k].n; i++)
			t.run += counts(&spans[k], i) && spans[k].cells[i].outcome == ZP_OUT_SATISFACTORY &&
				 strcmp(spans[k].held[i].round->closes, failed_last) > 0;
	return t;
}

static unsigned counted(const tally *t, const zp_recognition_rule *rule)
{
	return rule->count == ZP_RECOG_LATEST_RUN ? t->run : t->passed;
}

static bool meets(const tally *t, const zp_recognition_rule *rule, const zp_recog_measurand *asks, int level)
{
	return counted(t, rule) >= (unsigned)asks->passed[level] &&
	       (asks->max_failed[level] == ZP_RECOG_NO_MOST || t->failed <= (unsigned)asks->max_failed[level]);
}

static zp_recog_rounds told(const tally *t, const zp_recognition_rule *rule, bool met)
{
	const unsigned passed = counted(t, rule);
	return (zp_recog_rounds){ .state = met ? ZP_RECOG_MET : ZP_RECOG_UNMET, .passed = (uint8_t)(passed < 255 ? passed : 255),
		.failed = (uint8_t)(t->failed < 255 ? t->failed : 255) };
}

/* Of two programmes the one that says more: where each must do, one that does not; where one is enough, one that does; else by rounds passed. */
static bool decides(const zp_recog_rounds *one, const zp_recog_rounds *now, bool each)
{
	if (now->state == ZP_RECOG_UNKNOWN)
		return true;
	if (one->state != now->state)
		return (one->state == ZP_RECOG_MET) != each;
	if (one->passed != now->passed)
		return (one->passed > now->passed) != each;
	return one->failed != now->failed && (one->failed < now->failed) != each;
}

zp_recog_rounds zp_recog_rounds_of(const zp_recog_span *spans, size_t n, const zp_recognition_rule *rule, const zp_recog_measurand *asks, int level)
{
	zp_recog_rounds out = { .state = ZP_RECOG_UNKNOWN };
	if (!asks->passed[level])
		return (zp_recog_rounds){ .state = ZP_RECOG_NOT_ASKED };
	if (rule->two_programmes == ZP_RECOG_SUM) {
		const tally t = sum_of(spans, n);
		return t.passed + t.failed ? told(&t, rule, meets(&t, rule, asks, level)) : out;
	}
	for (size_t k = 0; k < n; k++) {
		const tally t = tally_of(&spans[k]);
		if (!t.passed && !t.failed) /* nothing evaluated: the programme says nothing */
			continue;
		const zp_recog_rounds one = told(&t, rule, meets(&t, rule, asks, level));
		if (decides(&one, &out, rule->two_programmes == ZP_RECOG_EACH))
			out = one;
	}
	return out;
}

void zp_recog_inherit(zp_recog_rounds rounds[ZP_RECOG_LEVELS], const zp_recognition_rule *rule)
{
	bool higher = false;
	for (int level = 0; level < ZP_RECOG_LEVELS && rule->hierarchy == ZP_RECOG_INHERITS; level++) {
		if (rounds[level].state == ZP_RECOG_NOT_ASKED)
			continue;
		rounds[level].inherited = higher && rounds[level].state != ZP_RECOG_MET;
		higher |= rounds[level].state == ZP_RECOG_MET;
	}
}

uint8_t zp_recog_levels_met(const zp_recog_rounds rounds[ZP_RECOG_LEVELS], const zp_recognition_rule *rule)
{
	unsigned met = 0, asked = 0;
	for (int level = 0; level < ZP_RECOG_LEVELS; level++) {
		asked |= rounds[level].state != ZP_RECOG_NOT_ASKED ? 1u << level : 0;
		met |= rounds[level].state == ZP_RECOG_MET || rounds[level].inherited ? 1u << level : 0;
	}
	return (uint8_t)(rule->mode == ZP_RECOG_MARKS || met == asked ? met : 0);
}
