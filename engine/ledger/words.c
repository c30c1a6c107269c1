/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/words.h"
#include <string.h>
#include "model/level.h"
#include "model/outcome.h"
#include "model/round.h"

/* Frozen: append only. */
static const char *const states[] = { "not_returned", "blank", "returned", "late", "conflict", "unreadable", "excused", "not_asked", NULL };
static const char *const verdicts[] = { "not_evaluated", "acceptable", "unacceptable", NULL };
static const char *const reasons[] = {
	"", "no_target", "too_few_peers", "percent_undefined", "collapsed", "too_few_for_sd", "no_convergence", "uncertain",
	"humps", "heterogeneous", "no_consensus", "two_modes", "sample_out", "conflict", "censored", "unreadable",
	"lab_sample_out", "blank_not_evaluated", "excused", "not_asked", "below_lod", "off_strip", "grey", "late", "blank",
	"not_returned", "false_negative", "false_positive", "too_far", "other_answer", "missed", "extra", "partly",
	"minor_error", "major_error", "very_major_error", "discrepancy", "absurd", NULL
};
static const char *const standings[] = { "returned",     "late",      "blank", "not_returned", "excused", "not_performed",
					 "not_enrolled", "cancelled", NULL };
static const char *const satisfactions[] = { "neither", "satisfactory", "unsatisfactory", NULL };
static const char *const levels[] = { "national", "provincial", "city", "county", NULL };

static const struct { const char *list; const char *const *words; unsigned n;
} lists[ZP_WORDS_LISTS] = {
	[ZP_WORDS_STATE] = { "state", states, ZP_STATES },
	[ZP_WORDS_VERDICT] = { "verdict", verdicts, ZP_VERDICTS },
	[ZP_WORDS_REASON] = { "reason", reasons, ZP_REASONS },
	[ZP_WORDS_STANDING] = { "standing", standings, ZP_STANDINGS },
	[ZP_WORDS_SATISFACTION] = { "satisfaction", satisfactions, ZP_UNSATISFACTORY + 1 },
	[ZP_WORDS_LEVEL] = { "level", levels, ZP_LEVELS },
};

const char *zp_words_list(zp_words w) { return lists[w].list; }

zp_words zp_words_list_find(const char *list)
{
	int w = 0;
	while (w < ZP_WORDS_LISTS && strcmp(lists[w].list, list) != 0)
		w++;
	return (zp_words)w;
}

static const char *word_of(zp_words w, unsigned value)
{
	switch (w) {
	case ZP_WORDS_STATE: return zp_state_word(value);
	case ZP_WORDS_VERDICT: return zp_verdict_word((zp_verdict)value);
	case ZP_WORDS_REASON: return zp_reason_word((zp_reason)value);
	case ZP_WORDS_STANDING: return zp_standing_word((zp_standing)value);
	case ZP_WORDS_SATISFACTION: return zp_satisfaction_word((zp_satisfaction)value);
	default: return levels[value];
	}
}

const char *zp_words_at(zp_words w, unsigned number)
{
	unsigned i = 0;
	while (i < number && lists[w].words[i])
		i++;
	return lists[w].words[i];
}

int zp_words_find(zp_words w, zp_text text)
{
	for (int i = 0; lists[w].words[i]; i++)
		if (zp_text_is(text, lists[w].words[i]))
			return i;
	return -1;
}

int zp_words_enum(zp_words w, unsigned number)
{
	const char *word = zp_words_at(w, number);
	for (unsigned i = 0; word && i < lists[w].n; i++)
		if (strcmp(word_of(w, i), word) == 0)
			return (int)i;
	return -1;
}

int zp_words_number(zp_words w, unsigned value)
{
	return value < lists[w].n ? zp_words_find(w, zp_text_of(word_of(w, value))) : -1;
}
