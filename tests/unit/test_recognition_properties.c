/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mutual recognition of random years: a slow twin that was written from the words of the settings alone, and what must never happen. */
#include "base/random.h"
#include "base/arena.h"

static zp_arena *arena;
static void enter(void) { arena = zp_arena_open(); }
static void leave(void) { zp_arena_close(arena); }

#include "recognition_words.h"

TestSuite(recognition_properties, .init = enter, .fini = leave);

#define TRIALS 20000
#define PARTS 6

typedef struct result { int programme; char level; int month; char letter; } result; /* one a day: closing dates of a month are the same */
typedef struct value { int month, level, lot, n, tenths; bool out, in; } value;

/* A random year, in plain lists. */
typedef struct world {
	int count, two, hierarchy, mode, run, any_lot, lots;
	int passed[3], most[3], months, levels, min_n, limit; /* most -1: none; limit: tenths of a percent, 0: none */
	result results[60];
	int n_results;
	value values[120];
	int n_values;
} world;

static int below(zp_random *r, int n) { return (int)zp_random_below(r, (size_t)n); }

static void make(zp_random *r, world *w)
{
	*w = (world){ .count = below(r, 2), .two = below(r, 3), .hierarchy = below(r, 2), .mode = below(r, 2), .run = below(r, 2), .any_lot = below(r, 2),
		.lots = below(r, 2), .months = below(r, 4), .levels = 1 + below(r, 2), .min_n = below(r, 2) ? 10 : 1, .limit = below(r, 3) ? 50 : 0 };
	for (int i = 0; i < 3; i++) {
		w->passed[i] = below(r, 4);
		w->most[i] = below(r, 3) - 1;
	}
	w->passed[below(r, 3)] = 1 + below(r, 2);
	for (int p = 0; p < PARTS; p++)
		for (int month = -2; month < 14 && below(r, 3); month += 1 + below(r, 4))
			w->results[w->n_results++] = (result){ p, "NPCPNC"[p], month, "SSSSUE~."[below(r, 8)] };
	for (int month = -1; month < 13; month++)
		for (int k = below(r, 7); k > 0 && w->n_values < 110; k--)
			w->values[w->n_values++] = (value){ month, 1 + below(r, 2), below(r, 2), below(r, 4) ? 20 : 5, 48 + below(r, 4), below(r, 12) == 0, below(r, 2) };
}

/* ---- the same in words, for the program ---- */

static const char *words_of_rule(const world *w)
{
	static const char *const counts[] = { "in-period", "latest-run" }, *const two[] = { "each", "best", "sum" }, *const hierarchies[] = { "own", "inherits" },
		*const modes[] = { "marks", "all-levels" }, *const runs[] = { "any", "ending" }, *const any_lot[] = { "month", "level" };
	char *out = zp_arena_take(arena, 400), *to = out;
	for (int i = 0; i < 3; i++)
		to += w->most[i] < 0 ? sprintf(to, "%c=%d ", "NPC"[i], w->passed[i]) : sprintf(to, "%c=%d/%d ", "NPC"[i], w->passed[i], w->most[i]);
	to += sprintf(to, "count=%s two-programmes=%s hierarchy=%s mode=%s run=%s any-lot=%s lots=%s months=%d levels=%d min=%d", counts[w->count], two[w->two],
		      hierarchies[w->hierarchy], modes[w->mode], runs[w->run], any_lot[w->any_lot], w->lots ? "all" : "any", w->months, w->levels, w->min_n);
	if (w->limit)
		sprintf(to, " cv=%d.%d", w->limit / 10, w->limit % 10);
	return out;
}

static int yymm(int month) { return month < 0 ? 2513 + month : month < 12 ? 2601 + month : 2701 + month - 12; }

static const char *words_of_rounds(const world *w)
{
	char *out = zp_arena_take(arena, 2000), *to = out;
	for (int p = 0; p < PARTS; p++) {
		to += sprintf(to, "%s%c", p ? "; " : "", "NPCPNC"[p]);
		for (int i = 0; i < w->n_results; i++)
			if (w->results[i].programme == p)
				to += sprintf(to, " %d%c", yymm(w->results[i].month), w->results[i].letter);
	}
	return out;
}

static const char *words_of_values(const world *w)
{
	char *out = zp_arena_take(arena, 4000), *to = out;
	for (int i = 0; i < w->n_values; i++) {
		const value *v = &w->values[i];
		to += sprintf(to, "%d/%d/%c/%d/%d.%d%s ", yymm(v->month), v->level, 'A' + v->lot, v->n, v->tenths / 10, v->tenths % 10, v->out ? "!" : v->in ? "+" : "");
	}
	return out;
}

static const char *marks(const world *w)
{
	return marks_of(recognise(words_of_rule(w), words_of_rounds(w), words_of_values(w)));
}

/* ---- the twin ---- */

/* Passed, or failed, in the year; `after`: only those that close later than it. programme -1: all of the level. */
static int how_many(const world *w, char level, int programme, char letter, int after)
{
	int n = 0;
	for (int i = 0; i < w->n_results; i++) {
		const result *r = &w->results[i];
		n += r->level == level && (programme < 0 || r->programme == programme) && r->letter == letter && r->month >= 0 && r->month < 12 && r->month > after;
	}
	return n;
}

static bool programmes_meet(const world *w, int at, int programme)
{
	const char level = "NPC"[at];
	int last = -1;
	for (int month = 0; w->count && month < 12; month++) /* the last month in which one failed */
		if (how_many(w, level, programme, 'U', month - 1) > how_many(w, level, programme, 'U', month))
			last = month;
	return how_many(w, level, programme, 'S', last) >= w->passed[at] && (w->most[at] < 0 || how_many(w, level, programme, 'U', -1) <= w->most[at]);
}

static bool level_meets(const world *w, int at)
{
	const char level = "NPC"[at];
	bool some = false, every = true;
	if (!w->passed[at] || !(how_many(w, level, -1, 'S', -1) + how_many(w, level, -1, 'U', -1)))
		return false;
	if (w->two == 2)
		return programmes_meet(w, at, -1);
	for (int p = 0; p < PARTS; p++) {
		if (!(how_many(w, level, p, 'S', -1) + how_many(w, level, p, 'U', -1)))
			continue;
		some |= programmes_meet(w, at, p);
		every &= programmes_meet(w, at, p);
	}
	return w->two == 1 ? some : every;
}

static bool month_is_good(const world *w, int month)
{
	bool seen[3] = { false }, good[3] = { false }, bad = false;
	int levels = 0, good_levels = 0;
	for (int i = 0; i < w->n_values; i++) {
		const value *v = &w->values[i];
		if (v->month != month || v->n < w->min_n)
			continue;
		const bool fine = !v->out && (w->limit ? v->tenths <= w->limit : v->in);
		seen[v->level] = true;
		good[v->level] |= fine;
		bad |= !fine;
	}
	for (int level = 1; level <= 2; level++) {
		levels += seen[level];
		good_levels += good[level];
	}
	if (levels < w->levels || !levels)
		return false;
	return w->lots ? !bad : w->any_lot ? good_levels == levels : good_levels > 0;
}

static bool months_meet(const world *w)
{
	for (int first = 0; w->months && first + w->months <= 12; first++) {
		bool all = true;
		for (int i = 0; i < w->months; i++)
			all &= month_is_good(w, (w->run ? 12 - w->months : first) + i);
		if (all)
			return true;
	}
	return !w->months;
}

static const char *twin(const world *w)
{
	char *out = zp_arena_take(arena, 4), *to = out;
	bool there = false, every = true, higher = false;
	for (int i = 0; i < w->n_results; i++)
		there |= w->results[i].month >= 0 && w->results[i].month < 12 && w->results[i].letter != '.';
	if (!there)
		return "";
	for (int at = 0; at < 3; at++) {
		if (!w->passed[at])
			continue;
		higher |= level_meets(w, at);
		const bool met = level_meets(w, at) || (w->hierarchy && higher);
		every &= met;
		if (met)
			*to++ = "NPC"[at];
	}
	if (!months_meet(w) || (w->mode && !every) || to == out)
		return "-";
	return out;
}

#define WORDS(w) words_of_rule(w), words_of_rounds(w), words_of_values(w)

Test(recognition_properties, a_twin_says_the_same)
{
	int with = 0, without = 0;
	zp_random r = zp_random_stream(2026, 0, 0);
	for (int trial = 0; trial < TRIALS; trial++) {
		static world w;
		make(&r, &w);
		const char *got = marks(&w), *expected = twin(&w);
		cr_assert_str_eq(got, expected, "[%s] [%s] [%s]: %s, the twin %s", WORDS(&w), got, expected);
		with += *got && *got != '-';
		without += *got == '-';
		leave();
		enter();
	}
	cr_assert_gt(with, TRIALS / 20);
	cr_assert_gt(without, TRIALS / 20);
}

/* Every mark of the one is among those of the other. */
static bool keeps(const char *before, const char *after)
{
	for (; *before; before++)
		if (*before != '-' && !strchr(after, *before))
			return false;
	return true;
}

/* With every setting: failed becomes passed, a CV gets smaller, a month comes under control. */
Test(recognition_properties, a_better_result_never_loses_a_mark)
{
	int gained = 0;
	zp_random r = zp_random_stream(2027, 0, 0);
	for (int trial = 0; trial < TRIALS; trial++) {
		static world w;
		make(&r, &w);
		const char *before = marks(&w);
		for (int i = 0; i < w.n_results; i++)
			if (w.results[i].letter == 'U' && below(&r, 2))
				w.results[i].letter = 'S';
		for (int i = 0; i < w.n_values; i++) {
			w.values[i].tenths -= below(&r, 2);
			w.values[i].out &= below(&r, 2) != 0;
		}
		const char *after = marks(&w);
		cr_assert(keeps(before, after), "[%s] [%s] [%s]: %s became %s", WORDS(&w), before, after);
		gained += !keeps(after, before);
		leave();
		enter();
	}
	cr_assert_gt(gained, 100);
}

/* With every setting: an excused round more changes nothing, and a failed one that is excused costs nothing. */
Test(recognition_properties, an_excused_round_never_hurts)
{
	zp_random r = zp_random_stream(2028, 0, 0);
	for (int trial = 0; trial < TRIALS; trial++) {
		static world w;
		make(&r, &w);
		const char *before = marks(&w);
		if (w.n_results < 60) {
			const int p = below(&r, PARTS);
			w.results[w.n_results++] = (result){ p, "NPCPNC"[p], below(&r, 12), 'E' };
		}
		const char *after = marks(&w);
		cr_assert(keeps(before, after) && keeps(after, before), "[%s] [%s] [%s]: %s became %s", WORDS(&w), before, after);
		for (int i = 0; i < w.n_results; i++)
			if (w.results[i].letter == 'U' && below(&r, 2))
				w.results[i].letter = 'E';
		after = marks(&w);
		cr_assert(keeps(before, after), "[%s] [%s] [%s]: %s became %s", WORDS(&w), before, after);
		leave();
		enter();
	}
}
