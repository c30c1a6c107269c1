/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a round can be one at all, before it is put in: digests say that a folder is as it was published, not by whom. */
#include <string.h>
#include "base/text.h"
#include "base/words.h"
#include "ledger/entry.h"

#define YEAR_LEAST 1900
#define YEAR_MOST 2999
#define NUMBER_MOST 366 /* rounds of a year */
#define ID_MOST 64
#define CODE_MOST 32

#define CAPITALS "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"

static bool is_made_of(const char *text, const char *first, const char *all, size_t most)
{
	const size_t n = strlen(text);
	return n >= 1 && n <= most && strchr(first, text[0]) && strspn(text, all) == n;
}

/* Both become names of folders. */
static bool is_round_id(const char *text)
{
	const char *first = CAPITALS "abcdefghijklmnopqrstuvwxyz" DIGITS;
	return is_made_of(text, first, CAPITALS "abcdefghijklmnopqrstuvwxyz" DIGITS "._-", ID_MOST);
}

static bool is_lab_code(const char *text) { return is_made_of(text, CAPITALS DIGITS, CAPITALS DIGITS "_-", CODE_MOST); }

static bool unsound(const char *place, zp_error *err, const char *what, const char *found)
{
	char shown[128];
	return zp_fail(err, ZP_BAD_INPUT, place, 0, "%s \"%s\"; expected what zhiping close writes", zp_say(what), zp_text_show_in(shown, sizeof shown, zp_text_of(found)));
}

static bool is_sound_head(const zp_entry *e, const char *place, zp_error *err)
{
	const zp_annal_round *r = &e->round;
	if (!is_round_id(r->id))
		return unsound(place, err, ZP_MESSAGE("the round has the id"), r->id);
	if (r->year < YEAR_LEAST || r->year > YEAR_MOST || r->number < 1 || r->number > NUMBER_MOST)
		return zp_fail(err, ZP_BAD_INPUT, place, 0, "the round is number %d of %d; expected 1 to %d, and a year from %d to %d", r->number, r->year, NUMBER_MOST,
			       YEAR_LEAST, YEAR_MOST);
	for (size_t i = 0; i < r->n_labs; i++)
		if (!is_lab_code(r->labs[i].code))
			return unsound(place, err, ZP_MESSAGE("a laboratory of the register has the code"), r->labs[i].code);
	return true;
}

/* Rows of one laboratory and measurand lie side by side by now. */
static bool is_sound_list(const zp_entry *e, const char *place, zp_error *err)
{
	const zp_annal_round *r = &e->round;
	for (size_t i = 1; i < r->n_tallies; i++) {
		const zp_annal_tally *a = &r->tallies[i - 1], *b = &r->tallies[i];
		if (a->lab == b->lab && a->programme == b->programme && a->measurand == b->measurand)
			return unsound(place, err, ZP_MESSAGE("verdicts.csv has two rows for a measurand of the laboratory"), r->labs[a->lab].code);
	}
	for (size_t i = 1; i < e->n_results; i++) {
		const zp_entry_result *a = &e->results[i - 1], *b = &e->results[i];
		if (a->lab == b->lab && a->programme == b->programme && a->measurand == b->measurand)
			return unsound(place, err, ZP_MESSAGE("scores.csv has the results of a measurand twice for the laboratory"), r->labs[a->lab].code);
	}
	for (size_t i = 1; i < e->n_targets; i++)
		if (e->targets[i].group <= e->targets[i - 1].group)
			return zp_fail(err, ZP_BAD_INPUT, place, 0, "targets.csv has the group %u after the group %u; expected each once, in order", e->targets[i].group,
				       e->targets[i - 1].group);
	return true;
}

bool zp_entry_is_sound(const zp_entry *e, const char *place, zp_error *err)
{
	return is_sound_head(e, place, err) && is_sound_list(e, place, err);
}
