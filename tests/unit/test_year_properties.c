/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What holds for every year: a better result never loses a status or a certificate, an excused round more never hurts where that
 * is promised; and published figures. */
#include <criterion/criterion.h>
#include <string.h>
#include "base/random.h"
#include "year/certificates.h"
#include "year/indicators.h"

#define ROUNDS 7
#define TRIALS 60000

static zp_year_rules any_rules(zp_random *random)
{
	zp_year_rules rules = zp_year_rules_default();
	rules.status_n = 1 + (int)zp_random_below(random, 5);
	rules.status_k = 1 + (int)zp_random_below(random, (size_t)rules.status_n);
	rules.status_consecutive = 1 + (int)zp_random_below(random, 4);
	rules.status_excused = (int)zp_random_below(random, 3);
	rules.status_not_evaluated = (int)zp_random_below(random, 3);
	rules.status_absent = (int)zp_random_below(random, 3);
	rules.status_mode = (int)zp_random_below(random, 3);
	rules.status_year = (int)zp_random_below(random, 2);
	return rules;
}

static zp_certificate_rule any_certificate(zp_random *random)
{
	zp_certificate_rule rule = { .id = "c", .mark = { 40 + (int64_t)zp_random_below(random, 61), 0 }, .levels = ZP_ALL_LEVELS, .organiser = "" };
	rule.policy = (int)zp_random_below(random, ZP_POLICIES);
	rule.n = 1 + (int)zp_random_below(random, 4);
	rule.k = 1 + (int)zp_random_below(random, (size_t)rule.n);
	rule.min_rounds = 1 + (int)zp_random_below(random, 3);
	rule.excused = (int)zp_random_below(random, 3);
	rule.absent_fails = (int)zp_random_below(random, 2);
	rule.late_participates = (int)zp_random_below(random, 2);
	rule.short_year = (int)zp_random_below(random, 3);
	rule.pooled = (int)zp_random_below(random, 2);
	rule.printed = (int)zp_random_below(random, 2);
	rule.need_satisfactory = (int)zp_random_below(random, 2);
	return rule;
}

static zp_year_cell scored(uint32_t accepted, uint32_t total, uint8_t standing)
{
	return (zp_year_cell){ accepted * 100 >= 80 * total ? ZP_OUT_SATISFACTORY : ZP_OUT_UNSATISFACTORY, standing, 0, accepted * 100, total };
}

static zp_year_cell any_cell(zp_random *random)
{
	switch (zp_random_below(random, 12)) {
	case 0: return (zp_year_cell){ .outcome = ZP_OUT_EXCUSED, .standing = ZP_STANDS_EXCUSED };
	case 1: return (zp_year_cell){ .outcome = ZP_OUT_NOT_EVALUATED, .standing = ZP_STANDS_RETURNED };
	case 2: return (zp_year_cell){ .outcome = ZP_OUT_ABSENT };
	case 3: return scored(0, 5, ZP_STANDS_LATE);
	case 4: return scored(0, 5, ZP_STANDS_NOT_RETURNED);
	default: return scored((uint32_t)zp_random_below(random, 6), 5, ZP_STANDS_RETURNED);
	}
}

/* Rounds, of which the last few are of the year. */
static size_t any_year(zp_random *random, zp_year_cell *cells, zp_year_held *held)
{
	const size_t n = 1 + (size_t)zp_random_below(random, ROUNDS), from = (size_t)zp_random_below(random, n);
	for (size_t i = 0; i < n; i++) {
		cells[i] = any_cell(random);
		held[i] = (zp_year_held){ NULL, i >= from, true };
	}
	return n;
}

/* What came in a round, made better: one more accepted result; or in time, or returned at all, with what that gives. */
static bool improve(zp_random *random, zp_year_cell *cells, size_t n)
{
	zp_year_cell *cell = &cells[zp_random_below(random, n)];
	if (cell->outcome < ZP_OUT_SATISFACTORY || cell->credit >= cell->total * 100)
		return false;
	*cell = scored(cell->credit / 100 + 1 + (uint32_t)zp_random_below(random, cell->total - cell->credit / 100), cell->total, ZP_STANDS_RETURNED);
	return true;
}

/* Silence is not a state that can be lost: a year with a status keeps one. */
static int worth(uint8_t state) { return state == ZP_STATUS_UNSUCCESSFUL ? 0 : 1; }

Test(year_properties, a_better_result_never_loses_a_good_status_or_a_certificate)
{
	zp_random random = zp_random_stream(20260715, 1, 0);
	size_t gained = 0, tried = 0;
	for (int t = 0; t < TRIALS; t++) {
		zp_year_cell cells[ROUNDS], better[ROUNDS];
		zp_year_held held[ROUNDS];
		const zp_year_rules rules = any_rules(&random);
		const zp_certificate_rule rule = any_certificate(&random);
		const size_t n = any_year(&random, cells, held);
		memcpy(better, cells, sizeof cells);
		if (!improve(&random, better, n))
			continue;
		const zp_status before = zp_status_of(cells, held, n, true, &rules, NULL), after = zp_status_of(better, held, n, true, &rules, NULL);
		const bool had = zp_cert_line_of(cells, held, n, &rule, &before).certified == ZP_CERTIFIED;
		const bool has = zp_cert_line_of(better, held, n, &rule, &after).certified == ZP_CERTIFIED;
		cr_assert_geq(worth(after.year), worth(before.year), "trial %d", t);
		cr_assert(!had || has, "trial %d: policy %d", t, rule.policy);
		gained += !had && has;
		tried++;
	}
	cr_expect_gt(tried, TRIALS / 3);
	cr_expect_gt(gained, tried / 50); /* or nothing was tested */
}

/* The same with one excused round put in somewhere, of the year or before it. */
static void excuse(zp_random *random, const zp_year_cell *cells, const zp_year_held *held, size_t n, zp_year_cell *more, zp_year_held *more_held)
{
	const size_t at = (size_t)zp_random_below(random, n + 1);
	memcpy(more, cells, at * sizeof *more);
	memcpy(more_held, held, at * sizeof *more_held);
	more[at] = (zp_year_cell){ .outcome = ZP_OUT_EXCUSED, .standing = ZP_STANDS_EXCUSED };
	more_held[at] = (zp_year_held){ NULL, at == n ? held[n - 1].in_year : held[at].in_year, true };
	memcpy(more + at + 1, cells + at, (n - at) * sizeof *more);
	memcpy(more_held + at + 1, held + at, (n - at) * sizeof *more_held);
}

Test(year_properties, an_excused_round_more_never_hurts_where_that_is_promised)
{
	zp_random random = zp_random_stream(20260715, 2, 0);
	for (int t = 0; t < TRIALS; t++) {
		zp_year_cell cells[ROUNDS + 1], more[ROUNDS + 1];
		zp_year_held held[ROUNDS + 1], more_held[ROUNDS + 1];
		zp_year_rules rules = any_rules(&random);
		zp_certificate_rule rule = any_certificate(&random);
		/* the promise: excused rounds skipped, or taken for satisfactory; numbers that stay in a short year; no failure of an excuse */
		rules.status_excused = zp_random_below(&random, 2) ? ZP_PASS_SKIP : ZP_PASS_SATISFACTORY;
		rule.short_year = ZP_SHORT_KEEP;
		rule.excused = zp_random_below(&random, 2) ? ZP_EXCUSED_SKIP : ZP_EXCUSED_PARTICIPATED;
		const size_t n = any_year(&random, cells, held);
		excuse(&random, cells, held, n, more, more_held);
		const zp_status before = zp_status_of(cells, held, n, true, &rules, NULL), after = zp_status_of(more, more_held, n + 1, true, &rules, NULL);
		const bool had = zp_cert_line_of(cells, held, n, &rule, &before).certified == ZP_CERTIFIED;
		const bool has = zp_cert_line_of(more, more_held, n + 1, &rule, &after).certified == ZP_CERTIFIED;
		cr_assert_geq(worth(after.year), worth(before.year), "trial %d: mode %d, excused %d", t, rules.status_mode, rules.status_excused);
		cr_assert(!had || has, "trial %d: policy %d", t, rule.policy);
	}
}

Test(year_properties, an_excused_round_more_can_hurt_where_nothing_is_promised)
{
	/* the minimum that is lowered in a short year, raised again by the round more */
	const zp_year_rules rules = zp_year_rules_default();
	const zp_certificate_rule rule = { .policy = ZP_POLICY_K_OF_N, .k = 2, .n = 2, .min_rounds = 1, .short_year = ZP_SHORT_CAP };
	const zp_year_cell cells[] = { scored(5, 5, ZP_STANDS_RETURNED), { .outcome = ZP_OUT_EXCUSED, .standing = ZP_STANDS_EXCUSED } };
	const zp_year_held held[] = { { NULL, true, true }, { NULL, true, true } };
	const zp_status one = zp_status_of(cells, held, 1, true, &rules, NULL), two = zp_status_of(cells, held, 2, true, &rules, NULL);
	cr_expect_eq(zp_cert_line_of(cells, held, 1, &rule, &one).certified, ZP_CERTIFIED);
	cr_expect_eq(zp_cert_line_of(cells, held, 2, &rule, &two).certified, ZP_CERT_FEWER_THAN_K);
}

Test(year_properties, two_in_a_row_adds_nothing_to_two_of_three)
{
	zp_random random = zp_random_stream(20260715, 3, 0);
	for (int t = 0; t < 2000; t++) {
		zp_year_cell cells[ROUNDS];
		zp_year_held held[ROUNDS];
		zp_year_rules rules = zp_year_rules_default(), never = rules;
		never.status_consecutive = 20;
		const size_t n = any_year(&random, cells, held);
		cr_assert_eq(zp_status_of(cells, held, n, true, &rules, NULL).year, zp_status_of(cells, held, n, true, &never, NULL).year);
	}
}

/* ---- figures ---- */

static const struct { int64_t num, den; const char *printed; } shares[] = {
	{ 4, 31, "12.9" },  /* participation in the provincial rounds, as a county city published it */
	{ 15, 31, "48.4" }, /* the same, the city's own rounds */
	{ 135, 140, "96.4" }, { 685, 700, "97.9" }, { 1, 8, "12.5" }, { 1, 16, "6.3" }, { 1, 2000, "0.1" }, { 1, 2001, "0.0" },
	{ 0, 5, "0.0" }, { 5, 5, "100.0" }, { -1, 16, "-6.3" }, { 0, 0, "" }, { 999999999999, 1000000000000, "100.0" },
};

Test(year_properties, a_percentage_is_the_exact_fraction_rounded_half_up)
{
	for (size_t i = 0; i < sizeof shares / sizeof *shares; i++) {
		char text[ZP_PERCENT_TEXT];
		cr_expect_str_eq(zp_fraction_print(zp_fraction_of(shares[i].num, shares[i].den), text), shares[i].printed, "%lld of %lld: %s",
				 (long long)shares[i].num, (long long)shares[i].den, text);
	}
}

Test(year_properties, a_mean_just_below_the_mark_passes_only_as_it_is_printed)
{
	const zp_year_cell cell = { ZP_OUT_UNSATISFACTORY, ZP_STANDS_RETURNED, 0, 79968, 1000 }; /* 79.968 prints 80.0 */
	const zp_year_held held = { NULL, true, true };
	zp_certificate_rule rule = { .policy = ZP_POLICY_MEAN, .mark = { 80, 0 }, .min_rounds = 1 };
	const zp_status none = { 0 };
	cr_expect_eq(zp_cert_line_of(&cell, &held, 1, &rule, &none).certified, ZP_CERT_MEAN_BELOW);
	rule.printed = 1;
	cr_expect_eq(zp_cert_line_of(&cell, &held, 1, &rule, &none).certified, ZP_CERTIFIED);
}

Test(year_properties, a_mean_of_scores_is_not_the_pooled_share)
{
	/* 5/5 and 1/2: mean 75, pooled 6/7 = 85.7 */
	const zp_year_cell cells[] = { scored(5, 5, ZP_STANDS_RETURNED), scored(1, 2, ZP_STANDS_RETURNED) };
	const zp_year_held held[] = { { NULL, true, true }, { NULL, true, true } };
	zp_certificate_rule rule = { .policy = ZP_POLICY_MEAN, .mark = { 80, 0 }, .min_rounds = 1 };
	const zp_status none = { 0 };
	char text[ZP_PERCENT_TEXT];
	zp_cert_line line = zp_cert_line_of(cells, held, 2, &rule, &none);
	cr_expect_eq(line.certified, ZP_CERT_MEAN_BELOW);
	cr_expect_str_eq(zp_fraction_print(line.mean, text), "75.0");
	rule.pooled = 1;
	line = zp_cert_line_of(cells, held, 2, &rule, &none);
	cr_expect_eq(line.certified, ZP_CERTIFIED);
	cr_expect_str_eq(zp_fraction_print(line.mean, text), "85.7");
}

Test(year_properties, the_middle_of_rates_is_exact)
{
	zp_fraction odd[] = { { 1, 2 }, { 0, 3 }, { 2, 3 } }, even[] = { { 1, 2 }, { 1, 3 }, { 0, 1 }, { 1, 1 } };
	zp_fraction half = zp_fraction_median(odd, 3), fives = zp_fraction_median(even, 4);
	cr_expect_eq(zp_fraction_compare(half, zp_fraction_of(1, 2)), 0);
	cr_expect_eq(zp_fraction_compare(fives, zp_fraction_of(5, 12)), 0);
	cr_expect_eq(zp_fraction_median(odd, 0).den, 0);
}
