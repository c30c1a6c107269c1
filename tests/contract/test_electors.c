/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every estimator that elects an answer promises, checked for every one that is built in, with its presets and with each setting
 * at its least and its most; and the shares at which they change their mind. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "host/registry.h"

extern const zp_plugin *const zp_builtin[];

#define SETTINGS_MOST 16
#define COUNTS_MOST 6

typedef struct subject { const zp_plugin *plugin; char name[120]; double settings[SETTINGS_MOST]; } subject;
typedef void check(const subject *);

static size_t presets(subject *s)
{
	size_t n = 0;
	for (const zp_param *p = s->plugin->params; p && p->name; p++)
		s->settings[n++] = p->preset;
	snprintf(s->name, sizeof s->name, "%s", s->plugin->name);
	return n;
}

static void every_elector(check *c)
{
	size_t seen = 0;
	for (const zp_plugin *const *p = zp_builtin; *p; p++) {
		if ((*p)->kind != ZP_ESTIMATOR || !(*p)->does.estimator->elect)
			continue;
		subject s = { .plugin = *p };
		const size_t n = presets(&s);
		c(&s);
		for (size_t i = 0; i < 2 * n; i++) {
			const zp_param *q = &(*p)->params[i / 2];
			presets(&s);
			s.settings[i / 2] = i % 2 ? q->most : q->least;
			snprintf(s.name, sizeof s.name, "%s %s=%g", (*p)->name, q->name, s.settings[i / 2]);
			c(&s);
		}
		seen++;
	}
	cr_assert_geq(seen, 3);
}

/* The counts on the heap, so that a sanitizer sees a read beyond their end; they are left as they are. */
static bool elect(const subject *s, const zp_poll *poll, zp_elected *out)
{
	zp_lend lend;
	zp_answer_count *copy = malloc(poll->n_counts * sizeof *copy + 1);
	zp_poll own = *poll;
	cr_assert(copy);
	if (poll->n_counts)
		memcpy(copy, poll->counts, poll->n_counts * sizeof *copy);
	own.counts = copy;
	memset(out, 0xa5, sizeof *out); /* a member that is left alone shows */
	const bool agreed = s->plugin->does.estimator->elect(zp_lend_to(&lend, NULL, s->plugin, s->settings), &own, out);
	cr_assert(!poll->n_counts || memcmp(copy, poll->counts, poll->n_counts * sizeof *copy) == 0, "%s altered its counts", s->name);
	free(copy);
	return agreed;
}

static zp_poll poll_of(const zp_answer_count *counts, size_t n)
{
	zp_poll p = { .counts = counts, .n_counts = n, .ordered = true };
	for (size_t i = 0; i < n; i++) {
		p.n += counts[i].n;
		p.n_referees += counts[i].referees;
	}
	return p;
}

/* Small groups of every make: up to four answers, with up to 12 votes each, some of them of referees. */
static size_t invent(unsigned seed, zp_answer_count *out)
{
	uint64_t x = seed * 0x9E3779B97F4A7C15u + 1;
	size_t n = 0;
	int64_t answer = 0;
	for (size_t i = 0; i < 1 + seed % 4; i++) {
		x = x * 6364136223846793005u + 1442695040888963407u;
		answer += 1 + (int64_t)(x >> 60) % 3;
		const uint32_t votes = 1 + (uint32_t)(x >> 40) % 12;
		out[n++] = (zp_answer_count){ answer, votes, seed % 3 ? (uint32_t)(x >> 50) % (votes + 1) : 0 };
	}
	return n;
}
#define GROUPS 3000

static uint32_t votes_of(const zp_poll *p, int64_t answer)
{
	for (size_t i = 0; i < p->n_counts; i++)
		if (p->counts[i].answer == answer)
			return p->counts[i].n;
	return 0;
}

static void sound(const subject *s)
{
	zp_answer_count counts[COUNTS_MOST];
	for (unsigned seed = 0; seed < GROUPS; seed++) {
		zp_poll p = poll_of(counts, invent(seed, counts));
		p.participants_first = seed & 8;
		p.without_referees = seed & 16;
		zp_elected e, again;
		const bool agreed = elect(s, &p, &e);
		cr_assert_eq(elect(s, &p, &again), agreed, "%s, group %u: twice, and not the same", s->name, seed);
		cr_assert(e.votes == again.votes && e.of == again.of && e.by == again.by && e.low == again.low && e.high == again.high && e.lack == again.lack,
			  "%s, group %u: twice, and not the same", s->name, seed);
		cr_assert(e.votes <= e.of && e.of <= p.n, "%s, group %u: %u of %u of %u", s->name, seed, e.votes, e.of, p.n);
		if (!agreed) {
			cr_assert(e.lack == ZP_REASON_NO_CONSENSUS || e.lack == ZP_REASON_TWO_MODES, "%s, group %u: no reason", s->name, seed);
			cr_assert_eq(e.by, ZP_BY_NOBODY, "%s, group %u", s->name, seed);
			continue;
		}
		cr_assert(e.low <= e.high && votes_of(&p, e.low) && votes_of(&p, e.high), "%s, group %u: elects what nobody answered", s->name, seed);
		cr_assert(e.by == ZP_BY_REFEREES || e.by == ZP_BY_PARTICIPANTS, "%s, group %u", s->name, seed);
		cr_assert_eq(e.lack, ZP_REASON_NONE, "%s, group %u: agreed, and a reason against it", s->name, seed);
		cr_assert(e.votes > 0, "%s, group %u", s->name, seed);
	}
}
Test(electors, elect_what_was_answered_or_say_why_not_and_always_the_same) { every_elector(sound); }

/* Answers get other numbers in the same order; and in another one, where no order is used. */
static void relabelled(const subject *s)
{
	zp_answer_count plain[COUNTS_MOST], moved[COUNTS_MOST], turned[COUNTS_MOST];
	for (unsigned seed = 0; seed < GROUPS; seed++) {
		const size_t n = invent(seed, plain);
		for (size_t i = 0; i < n; i++) {
			moved[i] = plain[i];
			moved[i].answer = 3 * plain[i].answer + 100;
			turned[n - 1 - i] = plain[i];
			turned[n - 1 - i].answer = 100 - plain[i].answer;
		}
		const zp_poll a = poll_of(plain, n), b = poll_of(moved, n), c = poll_of(turned, n);
		zp_elected x, y, z;
		const bool agreed = elect(s, &a, &x);
		cr_assert_eq(elect(s, &b, &y), agreed, "%s, group %u", s->name, seed);
		cr_assert_eq(elect(s, &c, &z), agreed, "%s, group %u", s->name, seed);
		cr_assert(x.votes == y.votes && x.votes == z.votes && x.of == y.of && x.of == z.of && x.lack == y.lack && x.lack == z.lack, "%s, group %u", s->name, seed);
		if (agreed)
			cr_assert(y.low == 3 * x.low + 100 && y.high == 3 * x.high + 100 && z.high == 100 - x.low && z.low == 100 - x.high, "%s, group %u", s->name, seed);
	}
}
Test(electors, the_number_of_an_answer_says_nothing_but_its_order) { every_elector(relabelled); }

/* Everybody says the same: that is it, unless too few were asked. */
static void unanimous(const subject *s)
{
	for (uint32_t n = 1; n < 40; n++) {
		const zp_answer_count one = { 7, n, n / 2 };
		const zp_poll p = poll_of(&one, 1);
		zp_elected e;
		if (elect(s, &p, &e))
			cr_assert(e.low == 7 && e.high == 7 && e.votes == e.of, "%s, n = %u", s->name, n);
		else
			cr_assert(strstr(s->name, "least_"), "%s, n = %u: all agree, and there is no target", s->name, n);
	}
}
Test(electors, who_all_say_the_same_agree) { every_elector(unanimous); }

static void nobody(const subject *s)
{
	const zp_poll p = { .counts = NULL, .ordered = true };
	zp_elected e;
	cr_assert_not(elect(s, &p, &e), "%s", s->name);
	cr_assert(e.lack == ZP_REASON_NO_CONSENSUS && e.votes == 0 && e.of == 0, "%s", s->name);
}
Test(electors, nobody_agrees_on_nothing) { every_elector(nobody); }

/* One vote more for what was elected does not unseat it. */
static void one_more(const subject *s)
{
	zp_answer_count counts[COUNTS_MOST];
	for (unsigned seed = 0; seed < GROUPS; seed++) {
		const size_t n = invent(seed, counts);
		zp_poll p = poll_of(counts, n);
		zp_elected before, after;
		if (!elect(s, &p, &before) || before.low != before.high)
			continue;
		for (size_t i = 0; i < n; i++)
			if (counts[i].answer == before.low)
				counts[i].n++, counts[i].referees += before.by == ZP_BY_REFEREES;
		p = poll_of(counts, n);
		cr_assert(elect(s, &p, &after) && after.low == before.low && after.high == before.high, "%s, group %u", s->name, seed);
	}
}
Test(electors, one_vote_more_never_unseats) { every_elector(one_more); }

/* ---- exact shares ---- */

static const zp_plugin *find(const char *name)
{
	for (const zp_plugin *const *p = zp_builtin; *p; p++)
		if ((*p)->kind == ZP_ESTIMATOR && strcmp((*p)->name, name) == 0)
			return *p;
	cr_assert_fail("there is no estimator %s", name);
	return NULL;
}

static subject with(const char *name, const char *given)
{
	subject s = { .plugin = find(name) };
	presets(&s);
	for (size_t n = 0; s.plugin->params && s.plugin->params[n].name; n++) {
		const char *at = strstr(given, s.plugin->params[n].name);
		while (at && at != given && at[-1] != ' ') /* "referees" is a part of "least_referees" */
			at = strstr(at + 1, s.plugin->params[n].name);
		if (at && at[strlen(s.plugin->params[n].name)] == '=')
			s.settings[n] = strtod(at + strlen(s.plugin->params[n].name) + 1, NULL);
	}
	return s;
}

/* Every group up to 120: enough is the least k with 100 k >= T n, which is what counting in whole votes gives. */
Test(electors, a_share_is_reached_by_whole_votes)
{
	static const unsigned shares[] = { 51, 80, 90, 95, 100 };
	char settings[60];
	for (size_t t = 0; t < sizeof shares / sizeof *shares; t++) {
		snprintf(settings, sizeof settings, "participants=%u", shares[t]);
		const subject s = with("consensus", settings);
		for (uint32_t n = 2; n <= 120; n++) {
			const uint32_t least = (shares[t] * n + 99) / 100;
			for (uint32_t k = least - 1; k <= least && k > 0; k++) {
				const zp_answer_count two[] = { { 1, k, 0 }, { 2, n - k, 0 } };
				const zp_poll p = poll_of(two, n == k ? 1 : 2);
				zp_elected e;
				const bool agreed = elect(&s, &p, &e);
				if (k < least && n - k >= least)
					continue; /* then the others have it */
				cr_assert_eq(agreed, k >= least, "%u %%: %u of %u", shares[t], k, n);
				cr_assert_eq(e.of, n);
				cr_assert(agreed ? e.votes == k && e.by == ZP_BY_PARTICIPANTS : e.lack == ZP_REASON_NO_CONSENSUS && e.votes == (k > n - k ? k : n - k));
			}
		}
	}
}

static const struct case_of { const char *method, *settings; bool first, without; zp_answer_count counts[4]; int64_t low, high; zp_by by; uint32_t votes, of; zp_reason lack; const char *says; } cases[] = {
#define PARTICIPANTS ZP_BY_PARTICIPANTS
#define REFEREES ZP_BY_REFEREES
#define NONE(why, votes, of) 0, 0, ZP_BY_NOBODY, votes, of, ZP_REASON_##why
	{ "consensus", "", false, false, { { 1, 8, 0 }, { 2, 2, 0 } }, 1, 1, PARTICIPANTS, 8, 10, 0, "8 of 10 are 80 %" },
	{ "consensus", "", false, false, { { 1, 79, 0 }, { 2, 21, 0 } }, NONE(NO_CONSENSUS, 79, 100), "79 of 100 are not" },
	{ "consensus", "", false, false, { { 1, 10, 8 }, { 2, 10, 2 } }, 1, 1, REFEREES, 8, 10, 0, "8 of 10 referees, where half of all agree" },
	{ "consensus", "", false, false, { { 1, 10, 8 }, { 2, 10, 1 } }, NONE(NO_CONSENSUS, 10, 20), "nine referees are too few" },
	{ "consensus", "least_referees=9", false, false, { { 1, 10, 8 }, { 2, 10, 1 } }, 1, 1, REFEREES, 8, 9, 0, "where nine are enough" },
	{ "consensus", "referees=90", false, false, { { 1, 10, 8 }, { 2, 10, 2 } }, NONE(NO_CONSENSUS, 10, 20), "8 of 10 referees are not 90 %" },
	{ "consensus", "", false, false, { { 1, 10, 10 }, { 2, 90, 0 } }, 1, 1, REFEREES, 10, 10, 0, "referees first" },
	{ "consensus", "", true, false, { { 1, 10, 10 }, { 2, 90, 0 } }, 2, 2, PARTICIPANTS, 90, 100, 0, "participants first" },
	{ "consensus", "", true, true, { { 1, 20, 10 }, { 2, 40, 0 } }, 2, 2, PARTICIPANTS, 40, 50, 0, "without the referees 40 of 50" },
	{ "consensus", "", true, false, { { 1, 20, 10 }, { 2, 40, 0 } }, 1, 1, REFEREES, 10, 10, 0, "with them 40 of 60, so the referees are asked" },
	{ "consensus", "", false, true, { { 1, 10, 9 }, { 2, 1, 0 } }, NONE(NO_CONSENSUS, 1, 2), "9 referees are too few, and half of the rest agree" },
	{ "consensus", "least_participants=10", false, false, { { 1, 9, 0 } }, NONE(NO_CONSENSUS, 9, 9), "nine participants are too few" },
	{ "consensus", "participants=95", false, false, { { 1, 19, 0 }, { 2, 1, 0 } }, 1, 1, PARTICIPANTS, 19, 20, 0, "19 of 20 are 95 %" },
	{ "consensus", "participants=95", false, false, { { 1, 18, 0 }, { 2, 1, 0 } }, NONE(NO_CONSENSUS, 18, 19), "18 of 19 are 94.7 %" },
	{ "mode", "", false, false, { { 1, 3, 0 }, { 2, 4, 0 }, { 3, 2, 0 } }, 2, 2, PARTICIPANTS, 4, 9, 0, "the most frequent" },
	{ "mode", "", false, false, { { 1, 4, 0 }, { 2, 4, 0 }, { 3, 2, 0 } }, NONE(TWO_MODES, 4, 10), "two of them" },
	{ "mode", "", false, false, { { 1, 2, 0 }, { 2, 2, 0 }, { 3, 3, 0 } }, 3, 3, PARTICIPANTS, 3, 7, 0, "a tie below it does not matter" },
	{ "mode", "share=50", false, false, { { 1, 5, 0 }, { 2, 4, 0 }, { 3, 1, 0 } }, 1, 1, PARTICIPANTS, 5, 10, 0, "half is 50 %" },
	{ "mode", "share=50", false, false, { { 1, 5, 0 }, { 2, 4, 0 }, { 3, 2, 0 } }, NONE(NO_CONSENSUS, 5, 11), "5 of 11 are not" },
	{ "mode", "share=51", false, false, { { 1, 50, 0 }, { 2, 49, 0 } }, NONE(NO_CONSENSUS, 50, 99), "50 of 99 are 50.5 %" },
	{ "median-grade", "", false, false, { { 1, 3, 0 }, { 2, 4, 0 }, { 3, 2, 0 } }, 2, 2, PARTICIPANTS, 4, 9, 0, "the fifth of nine" },
	{ "median-grade", "", false, false, { { 1, 5, 0 }, { 2, 3, 0 }, { 3, 2, 0 } }, 1, 2, PARTICIPANTS, 8, 10, 0, "the fifth and the sixth of ten" },
	{ "median-grade", "", false, false, { { 1, 5, 0 }, { 3, 5, 0 } }, 1, 3, PARTICIPANTS, 10, 10, 0, "with a grade between them" },
	{ "median-grade", "", false, false, { { 1, 1, 0 }, { 2, 8, 0 }, { 3, 1, 0 } }, 2, 2, PARTICIPANTS, 8, 10, 0, "the same one twice" },
	{ "mode", "", false, false, { { 1, 20, 0 }, { 2, 18, 0 }, { 3, 10, 0 }, { 4, 2, 0 } }, 1, 1, PARTICIPANTS, 20, 50, 0, "ISO 13528:2022 E.15, sample 1" },
	{ "mode", "", false, false, { { 1, 8, 0 }, { 2, 12, 0 }, { 3, 20, 0 }, { 4, 10, 0 } }, 3, 3, PARTICIPANTS, 20, 50, 0, "E.15, sample 2" },
	{ "median-grade", "", false, false, { { 1, 20, 0 }, { 2, 18, 0 }, { 3, 10, 0 }, { 4, 2, 0 } }, 2, 2, PARTICIPANTS, 18, 50, 0, "E.15, sample 1" },
	{ "median-grade", "", false, false, { { 1, 8, 0 }, { 2, 12, 0 }, { 3, 20, 0 }, { 4, 10, 0 } }, 3, 3, PARTICIPANTS, 20, 50, 0, "E.15, sample 2" },
};

Test(electors, each_case_has_its_target)
{
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct case_of *c = &cases[i];
		const subject s = with(c->method, c->settings);
		size_t n = 0;
		while (n < 4 && c->counts[n].n)
			n++;
		zp_poll p = poll_of(c->counts, n);
		p.participants_first = c->first;
		p.without_referees = c->without;
		zp_elected e;
		const bool agreed = elect(&s, &p, &e);
		cr_expect_eq(agreed, c->by != ZP_BY_NOBODY, "%s: %s", c->method, c->says);
		cr_expect(e.low == c->low && e.high == c->high && e.by == c->by && e.votes == c->votes && e.of == c->of && e.lack == c->lack,
			  "%s: %s: %d to %d, %u of %u, reason %s", c->method, c->says, (int)e.low, (int)e.high, e.votes, e.of, zp_reason_word(e.lack));
	}
}

Test(electors, answers_without_order_have_no_median)
{
	const subject s = with("median-grade", "");
	const zp_answer_count counts[] = { { 1, 5, 0 } };
	zp_poll p = poll_of(counts, 1);
	p.ordered = false;
	zp_elected e;
	cr_assert_not(elect(&s, &p, &e));
	cr_assert_eq(e.lack, ZP_REASON_NO_CONSENSUS);
}
