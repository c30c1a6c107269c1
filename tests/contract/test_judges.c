/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every scorer that judges answers promises, checked for every one that is built in, with its presets and with each setting at its
 * least and its most; and the cases that tell them apart. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/arena.h"
#include "host/registry.h"

extern const zp_plugin *const zp_builtin[];

#define SETTINGS_MOST 16

/* ---- scales: small ones, on pages of their own, so that a sanitizer sees a read beyond their end ---- */

#define A(word, on, heavy, kind) { .code = word, .name = word, .name_en = word, .side = on, .significant = heavy, .family = kind }

static const zp_answer grades[] = {
	A("neg", ZP_SIDE_NEGATIVE, true, ""), A("trace", ZP_SIDE_GREY, true, ""), A("1+", ZP_SIDE_POSITIVE, true, ""), A("2+", ZP_SIDE_POSITIVE, true, ""),
	A("3+", ZP_SIDE_POSITIVE, true, ""), A("4+", ZP_SIDE_POSITIVE, true, ""),
};
static const zp_answer words[] = { A("negative", ZP_SIDE_NEGATIVE, true, ""), A("grey", ZP_SIDE_GREY, true, ""), A("positive", ZP_SIDE_POSITIVE, true, "") };
static const zp_answer groups[] = { A("A", ZP_SIDE_NONE, true, ""), A("B", ZP_SIDE_NONE, true, ""), A("O", ZP_SIDE_NONE, true, ""), A("AB", ZP_SIDE_NONE, true, "") };
static const zp_answer species[] = {
	A("E.coli", ZP_SIDE_NONE, true, "Escherichia"), A("S.aureus", ZP_SIDE_NONE, true, "Staphylococcus"), A("S.epidermidis", ZP_SIDE_NONE, true, "Staphylococcus"),
	A("none", ZP_SIDE_NEGATIVE, true, ""),
};
static const zp_answer antibodies[] = { A("none", ZP_SIDE_NEGATIVE, true, ""), A("anti-D", ZP_SIDE_NONE, true, ""), A("anti-K", ZP_SIDE_NONE, true, ""), A("anti-M", ZP_SIDE_NONE, false, "") };
static const zp_answer cold_first[] = { A("anti-M", ZP_SIDE_NONE, false, ""), A("anti-D", ZP_SIDE_NONE, true, "") };
static const zp_answer warm_first[] = { A("anti-D", ZP_SIDE_NONE, true, ""), A("anti-M", ZP_SIDE_NONE, false, "") };
static const zp_answer drugs[] = { A("S", ZP_SIDE_NEGATIVE, true, ""), A("I", ZP_SIDE_GREY, true, ""), A("R", ZP_SIDE_POSITIVE, true, "") };
#define SCALE(list, of) { .file = "x", .name = #list, .version = "1", .kind = of, .answers = list, .n = sizeof list / sizeof *list }
static const zp_scale scales[] = {
	SCALE(grades, ZP_SCALE_ORDINAL), SCALE(words, ZP_SCALE_NOMINAL), SCALE(groups, ZP_SCALE_NOMINAL), SCALE(species, ZP_SCALE_NOMINAL), SCALE(antibodies, ZP_SCALE_SET),
	SCALE(drugs, ZP_SCALE_NOMINAL), SCALE(cold_first, ZP_SCALE_SET), SCALE(warm_first, ZP_SCALE_SET),
};
enum { GRADES, WORDS, GROUPS, SPECIES, ANTIBODIES, DRUGS, COLD_FIRST, WARM_FIRST, SCALES };
/* Strips of grades: one without the trace, one that ends early. */
static const zp_strip strips[] = { { .name = "no trace", .answers = 61 }, { .name = "short", .answers = 15 } };
static const zp_side greys[] = { ZP_SIDE_NONE, ZP_SIDE_NEGATIVE, ZP_SIDE_POSITIVE };

/* The scale with its answers, and nothing behind them, on the heap. */
static zp_scale *fenced(const zp_scale *s)
{
	zp_scale *copy = malloc(sizeof *copy);
	zp_answer *answers = malloc(s->n * sizeof *answers);
	cr_assert(copy && answers);
	memcpy(answers, s->answers, s->n * sizeof *answers);
	*copy = *s;
	copy->answers = answers;
	return copy;
}

static void let_go(zp_scale *s)
{
	free((void *)(uintptr_t)s->answers);
	free(s);
}

/* Replies that a scale can have: of sets, none, each member and some together. */
static int64_t replies(const zp_scale *s) { return zp_scale_is_set(s) ? INT64_C(1) << s->n : (int64_t)s->n; }
static bool is_reply(const zp_scale *s, int64_t reply) { return !zp_scale_is_set(s) || !(reply & 1); } /* "none" is no member */

/* ---- one judge with one set of settings ---- */

typedef struct subject { const zp_plugin *plugin; char name[120]; double settings[SETTINGS_MOST]; } subject;
typedef void check(const subject *);

static size_t presets(subject *s)
{
	size_t n = 0;
	for (const zp_param *p = s->plugin->params; p && p->name; p++) {
		cr_assert_lt(n, SETTINGS_MOST);
		s->settings[n++] = p->preset;
	}
	snprintf(s->name, sizeof s->name, "%s", s->plugin->name);
	return n;
}

static void every_judge(check *c)
{
	size_t seen = 0;
	for (const zp_plugin *const *p = zp_builtin; *p; p++) {
		if ((*p)->kind != ZP_SCORER || !(*p)->does.scorer->judge)
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
	cr_assert_geq(seen, 5);
}

static zp_graded judge(const subject *s, const zp_reply *r)
{
	zp_lend lend;
	zp_graded out;
	memset(&out, 0xa5, sizeof out); /* a member that is left alone shows */
	s->plugin->does.scorer->judge(zp_lend_to(&lend, NULL, s->plugin, s->settings), r, &out);
	return out;
}

static bool same(zp_graded a, zp_graded b) { return a.verdict == b.verdict && a.reason == b.reason && a.credit == b.credit; }

/* Whether the judge is meant for the scale: sets have their own, steps need an order. */
static bool suits(const subject *s, const zp_scale *scale)
{
	const char *name = s->plugin->name;
	if (strncmp(name, "members", 7) == 0 || strncmp(name, "match", 5) == 0)
		return strncmp(name, "match", 5) == 0 || zp_scale_is_set(scale);
	if (zp_scale_is_set(scale))
		return false;
	return strncmp(name, "within", 6) != 0 || zp_scale_is_ordered(scale);
}

typedef void with_reply(const subject *, const zp_reply *, zp_graded);

/* Every reply of every scale against every target, strip, side of grey, with nothing accepted beside it and with one other. */
static void every_reply(const subject *s, with_reply *f)
{
	for (size_t k = 0; k < SCALES; k++) {
		zp_scale *scale = fenced(&scales[k]);
		const size_t n_strips = k == GRADES ? 3 : 1;
		for (int64_t answer = 0; suits(s, scale) && answer < replies(scale); answer++)
			for (int64_t low = 0; low < replies(scale); low++)
				for (size_t variant = 0; variant < n_strips * 3 * 4; variant++) {
					const zp_strip *strip = variant % n_strips ? &strips[variant % n_strips - 1] : NULL;
					const unsigned more = (unsigned)(variant / n_strips / 3);
					zp_accepted *accepted = malloc(sizeof *accepted);
					cr_assert(accepted);
					*accepted = (zp_accepted){ answer, more == 1 ? 50 : more == 2 ? 100 : 1 };
					zp_reply r = { .scale = scale, .strip = strip, .answer = answer, .low = low, .high = low, .accepted = accepted,
						       .n_accepted = more > 0, .grey = greys[variant / n_strips % 3] };
					if (is_reply(scale, answer) && is_reply(scale, low) && (!strip || strip->answers & UINT64_C(1) << answer)) {
						f(s, &r, judge(s, &r));
						if (zp_scale_is_ordered(scale) && low + 1 < (int64_t)scale->n) {
							r.high = low + 1;
							f(s, &r, judge(s, &r));
						}
					}
					free(accepted);
				}
		let_go(scale);
	}
}

static bool is_expected(const zp_reply *r) { return r->answer == r->low || r->answer == r->high; }

static void check_consistent(const subject *s, const zp_reply *r, zp_graded g)
{
	cr_assert(g.credit <= 100, "%s on %s: credit %u", s->name, r->scale->name, g.credit);
	cr_assert((unsigned)g.verdict < ZP_VERDICTS && (unsigned)g.reason < ZP_REASONS, "%s on %s", s->name, r->scale->name);
	cr_assert_eq(g.verdict == ZP_ACCEPTABLE, g.credit == 100, "%s on %s: verdict %d, credit %u", s->name, r->scale->name, (int)g.verdict, g.credit);
	cr_assert_eq(g.verdict == ZP_ACCEPTABLE, g.reason == ZP_REASON_NONE, "%s on %s: verdict %d, reason %d", s->name, r->scale->name, (int)g.verdict, (int)g.reason);
	cr_assert(g.verdict != ZP_NOT_EVALUATED || (g.credit == 0 && g.reason == ZP_REASON_OFF_STRIP), "%s on %s", s->name, r->scale->name);
	cr_assert(same(g, judge(s, r)), "%s on %s: twice, and not the same", s->name, r->scale->name);
}
static void consistent(const subject *s) { every_reply(s, check_consistent); }
Test(judges, credit_verdict_and_reason_say_the_same_and_always_the_same) { every_judge(consistent); }

static void check_right(const subject *s, const zp_reply *r, zp_graded g)
{
	if (is_expected(r))
		cr_assert(g.verdict == ZP_ACCEPTABLE && g.credit == 100, "%s on %s: the expected answer %d has %u", s->name, r->scale->name, (int)r->answer, g.credit);
}
static void right(const subject *s) { every_reply(s, check_right); }
Test(judges, the_expected_answer_is_always_right) { every_judge(right); }

static void check_accepted(const subject *s, const zp_reply *r, zp_graded g)
{
	zp_reply without = *r;
	without.n_accepted = 0;
	if (!r->n_accepted)
		return;
	cr_assert(g.credit >= r->accepted->credit, "%s on %s: accepted for %u, has %u", s->name, r->scale->name, r->accepted->credit, g.credit);
	const zp_graded plain = judge(s, &without);
	cr_assert(g.credit >= plain.credit || plain.verdict == ZP_ACCEPTABLE, "%s on %s: %u, and %u without being accepted", s->name, r->scale->name, g.credit, plain.credit);
	cr_assert(plain.verdict != ZP_ACCEPTABLE || g.verdict == ZP_ACCEPTABLE, "%s on %s: right, and then accepted for less", s->name, r->scale->name);
}
static void accepted_answers(const subject *s) { every_reply(s, check_accepted); }
Test(judges, an_accepted_answer_has_its_credit_at_least_and_a_right_one_loses_nothing_by_it) { every_judge(accepted_answers); }

/* Of a set, members without clinical significance. */
static bool may_be_missed(const zp_scale *s, int64_t members)
{
	bool all = zp_scale_is_set(s);
	for (uint32_t i = 0; i < s->n; i++)
		all &= !(members >> i & 1) || !s->answers[i].significant;
	return all;
}

/* Only within has a setting that lets it cross; of susceptibility the settings say what a crossing is worth. */
static void check_crossing(const subject *s, const zp_reply *r, zp_graded g)
{
	const zp_side is = zp_scale_side(r->scale, r->answer), low = zp_scale_side(r->scale, r->low), high = zp_scale_side(r->scale, r->high);
	const bool crosses = low == high && ((is == ZP_SIDE_NEGATIVE && low == ZP_SIDE_POSITIVE) || (is == ZP_SIDE_POSITIVE && low == ZP_SIDE_NEGATIVE));
	if (!crosses || r->n_accepted || strstr(s->name, "cross=1") || strstr(s->name, "major=100") || strstr(s->name, "extra=") || strstr(s->name, "miss_others="))
		return;
	if (strcmp(s->plugin->name, "members") == 0 && may_be_missed(r->scale, r->low))
		return;
	cr_assert_neq(g.verdict, ZP_ACCEPTABLE, "%s on %s: %d for %d", s->name, r->scale->name, (int)r->answer, (int)r->low);
}
static void crossing(const subject *s) { every_reply(s, check_crossing); }
Test(judges, negative_for_positive_is_never_right_nor_the_reverse) { every_judge(crossing); }

/* Answers without an order, dealt anew: names say nothing. */
static void relabelled(const subject *s)
{
	static const size_t unordered[] = { WORDS, GROUPS, SPECIES, DRUGS };
	for (size_t k = 0; k < 4; k++) {
		const zp_scale *plain = &scales[unordered[k]];
		zp_scale *turned = fenced(plain);
		zp_answer *answers = (zp_answer *)(uintptr_t)turned->answers;
		for (uint32_t i = 0; i < plain->n; i++)
			answers[(i + 1) % plain->n] = plain->answers[i];
		for (int64_t answer = 0; suits(s, plain) && answer < plain->n; answer++)
			for (int64_t low = 0; low < plain->n; low++) {
				const zp_reply a = { .scale = plain, .answer = answer, .low = low, .high = low, .grey = ZP_SIDE_POSITIVE };
				const zp_reply b = { .scale = turned, .answer = (answer + 1) % plain->n, .low = (low + 1) % plain->n, .high = (low + 1) % plain->n, .grey = ZP_SIDE_POSITIVE };
				cr_assert(same(judge(s, &a), judge(s, &b)), "%s on %s: %d for %d", s->name, plain->name, (int)answer, (int)low);
			}
		let_go(turned);
	}
}
Test(judges, the_number_of_an_answer_without_order_says_nothing) { every_judge(relabelled); }

/* ---- what tells them apart ---- */

static const struct row {
	const char *judge, *settings;
	int scale, strip, answer, low, high; /* strip -1: the whole scale */
	zp_side grey;
	zp_verdict verdict;
	zp_reason reason;
	unsigned credit;
} rows[] = {
#define RIGHT ZP_ACCEPTABLE, ZP_REASON_NONE, 100
#define WRONG(why) ZP_UNACCEPTABLE, ZP_REASON_##why, 0
#define PART(n, why) ZP_UNACCEPTABLE, ZP_REASON_##why, n
	{ "within", "", GRADES, -1, 3, 2, 2, ZP_SIDE_POSITIVE, RIGHT },
	{ "within", "", GRADES, -1, 4, 2, 2, ZP_SIDE_POSITIVE, WRONG(TOO_FAR) },
	{ "within", "", GRADES, -1, 1, 2, 2, ZP_SIDE_POSITIVE, RIGHT },                 /* a trace is no negative */
	{ "within", "", GRADES, -1, 1, 2, 2, ZP_SIDE_NEGATIVE, WRONG(FALSE_NEGATIVE) }, /* where the scheme says that it is */
	{ "within", "", GRADES, -1, 1, 0, 0, ZP_SIDE_POSITIVE, WRONG(FALSE_POSITIVE) },
	{ "within", "", GRADES, -1, 1, 0, 0, ZP_SIDE_NEGATIVE, RIGHT },
	{ "within", "", GRADES, -1, 0, 1, 1, ZP_SIDE_NONE, RIGHT },
	{ "within", "", GRADES, -1, 0, 2, 2, ZP_SIDE_POSITIVE, WRONG(FALSE_NEGATIVE) },
	{ "within", "grades=2", GRADES, -1, 4, 2, 2, ZP_SIDE_POSITIVE, RIGHT },
	{ "within", "grades=2", GRADES, -1, 0, 2, 2, ZP_SIDE_POSITIVE, WRONG(FALSE_NEGATIVE) },
	{ "within", "grades=2 cross=1", GRADES, -1, 0, 2, 2, ZP_SIDE_POSITIVE, RIGHT },
	{ "within", "grades=0", GRADES, -1, 3, 2, 2, ZP_SIDE_POSITIVE, WRONG(TOO_FAR) },
	{ "within", "", GRADES, -1, 4, 2, 3, ZP_SIDE_POSITIVE, RIGHT },                 /* of two medians the nearer */
	{ "within", "", GRADES, -1, 5, 2, 3, ZP_SIDE_POSITIVE, WRONG(TOO_FAR) },
	{ "within", "grades=0", GRADES, -1, 3, 2, 4, ZP_SIDE_POSITIVE, RIGHT },         /* between two medians */
	{ "within", "", GRADES, -1, 0, 0, 2, ZP_SIDE_POSITIVE, RIGHT },                 /* a target on both sides */
	{ "within", "", GRADES, 0, 0, 2, 2, ZP_SIDE_POSITIVE, WRONG(FALSE_NEGATIVE) },  /* next to it on a strip without a trace */
	{ "within", "", GRADES, 0, 2, 1, 1, ZP_SIDE_POSITIVE, ZP_NOT_EVALUATED, ZP_REASON_OFF_STRIP, 0 },
	{ "within", "", GRADES, 1, 3, 4, 4, ZP_SIDE_POSITIVE, ZP_NOT_EVALUATED, ZP_REASON_OFF_STRIP, 0 },
	{ "within", "", GRADES, 1, 0, 4, 4, ZP_SIDE_POSITIVE, WRONG(FALSE_NEGATIVE) },  /* wrong on any strip */
	{ "match", "", WORDS, -1, 2, 2, 2, ZP_SIDE_NONE, RIGHT },
	{ "match", "", WORDS, -1, 1, 2, 2, ZP_SIDE_NONE, WRONG(OTHER_ANSWER) },
	{ "match", "", WORDS, -1, 1, 2, 2, ZP_SIDE_POSITIVE, RIGHT },
	{ "match", "", WORDS, -1, 1, 0, 0, ZP_SIDE_POSITIVE, WRONG(FALSE_POSITIVE) },
	{ "match", "", WORDS, -1, 1, 2, 2, ZP_SIDE_NEGATIVE, WRONG(FALSE_NEGATIVE) },
	{ "match", "", WORDS, -1, 0, 2, 2, ZP_SIDE_NONE, WRONG(FALSE_NEGATIVE) },
	{ "match", "", GRADES, -1, 1, 4, 4, ZP_SIDE_POSITIVE, WRONG(OTHER_ANSWER) },    /* a trace is positive, and no 3+ */
	{ "match", "", GRADES, -1, 1, 1, 1, ZP_SIDE_POSITIVE, RIGHT },
	{ "match", "", GROUPS, -1, 0, 2, 2, ZP_SIDE_NONE, WRONG(OTHER_ANSWER) },
	{ "match", "", ANTIBODIES, -1, 2, 6, 6, ZP_SIDE_NONE, WRONG(OTHER_ANSWER) },
	{ "members", "", ANTIBODIES, -1, 6, 6, 6, ZP_SIDE_NONE, RIGHT },
	{ "members", "", ANTIBODIES, -1, 2, 6, 6, ZP_SIDE_NONE, WRONG(MISSED) },        /* anti-K */
	{ "members", "", ANTIBODIES, -1, 2, 10, 10, ZP_SIDE_NONE, RIGHT },              /* anti-M may be missed */
	{ "members", "", COLD_FIRST, -1, 2, 3, 3, ZP_SIDE_NONE, RIGHT },                /* so may it where it is the first of the scale */
	{ "members", "", WARM_FIRST, -1, 2, 3, 3, ZP_SIDE_NONE, WRONG(MISSED) },        /* the first of the scale counts as others do */
	{ "members", "miss_others=0", ANTIBODIES, -1, 2, 10, 10, ZP_SIDE_NONE, WRONG(MISSED) },
	{ "members", "", ANTIBODIES, -1, 10, 2, 2, ZP_SIDE_NONE, WRONG(EXTRA) },
	{ "members", "extra=1", ANTIBODIES, -1, 10, 2, 2, ZP_SIDE_NONE, RIGHT },
	{ "members", "extra=1", ANTIBODIES, -1, 6, 2, 2, ZP_SIDE_NONE, WRONG(EXTRA) },
	{ "members", "extra=2", ANTIBODIES, -1, 6, 2, 2, ZP_SIDE_NONE, RIGHT },
	{ "members", "extra=2", ANTIBODIES, -1, 4, 2, 2, ZP_SIDE_NONE, WRONG(MISSED) },
	{ "members", "", ANTIBODIES, -1, 0, 2, 2, ZP_SIDE_NONE, WRONG(FALSE_NEGATIVE) },
	{ "members", "", ANTIBODIES, -1, 2, 0, 0, ZP_SIDE_NONE, WRONG(FALSE_POSITIVE) },
	{ "accepted", "", SPECIES, -1, 2, 1, 1, ZP_SIDE_NONE, WRONG(OTHER_ANSWER) },
	{ "accepted", "family=50", SPECIES, -1, 2, 1, 1, ZP_SIDE_NONE, PART(50, PARTLY) },
	{ "accepted", "family=100", SPECIES, -1, 2, 1, 1, ZP_SIDE_NONE, RIGHT },
	{ "accepted", "family=50", SPECIES, -1, 0, 1, 1, ZP_SIDE_NONE, WRONG(OTHER_ANSWER) },
	{ "accepted", "family=50", SPECIES, -1, 3, 3, 3, ZP_SIDE_NONE, RIGHT },
	{ "susceptibility", "", DRUGS, -1, 1, 0, 0, ZP_SIDE_NONE, PART(50, MINOR_ERROR) },
	{ "susceptibility", "", DRUGS, -1, 2, 1, 1, ZP_SIDE_NONE, PART(50, MINOR_ERROR) },
	{ "susceptibility", "", DRUGS, -1, 2, 0, 0, ZP_SIDE_NONE, PART(0, MAJOR_ERROR) },
	{ "susceptibility", "", DRUGS, -1, 0, 2, 2, ZP_SIDE_NONE, PART(0, VERY_MAJOR_ERROR) },
	{ "susceptibility", "major=25", DRUGS, -1, 2, 0, 0, ZP_SIDE_NONE, PART(25, MAJOR_ERROR) },
	{ "susceptibility", "", GRADES, -1, 3, 2, 2, ZP_SIDE_NONE, PART(0, OTHER_ANSWER) }, /* another answer of the same side has no credit */
};

Test(judges, each_case_has_its_verdict)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct row *row = &rows[i];
		subject s = { .plugin = NULL };
		for (const zp_plugin *const *p = zp_builtin; *p; p++)
			if ((*p)->kind == ZP_SCORER && strcmp((*p)->name, row->judge) == 0)
				s.plugin = *p;
		cr_assert(s.plugin, "there is no scorer %s", row->judge);
		presets(&s);
		for (size_t n = 0; s.plugin->params && s.plugin->params[n].name; n++) {
			const char *at = strstr(row->settings, s.plugin->params[n].name);
			if (at && at[strlen(s.plugin->params[n].name)] == '=')
				s.settings[n] = strtod(at + strlen(s.plugin->params[n].name) + 1, NULL);
		}
		const zp_reply r = { .scale = &scales[row->scale], .strip = row->strip < 0 ? NULL : &strips[row->strip], .answer = row->answer, .low = row->low,
				     .high = row->high, .grey = row->grey };
		const zp_graded got = judge(&s, &r);
		cr_expect(same(got, (zp_graded){ row->verdict, row->reason, row->credit }), "row %zu, %s %s: %d for %d: verdict %d, reason %s, credit %u", i, row->judge,
			  row->settings, row->answer, row->low, (int)got.verdict, zp_reason_word(got.reason), got.credit);
	}
}
