/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What came in time and what did not, as shares, items, certificates and the ranking of a year see it, worked out by hand. */
#include <criterion/criterion.h>
#include <string.h>
#include "year/certificates.h"
#include "year/items.h"
#include "year/ranking.h"

static zp_arena *arena;
static zp_year_rules rules;

static void enter(void)
{
	arena = zp_arena_open();
	rules = zp_year_rules_default();
}

static void leave(void) { zp_arena_close(arena); }

TestSuite(year_returned, .init = enter, .fini = leave);

#define WHOLE ZP_ANNAL_WHOLE

/* Two rounds of one programme with five samples: A and B in March, A alone in September. Tallies are of L0001, those of March first. */
static const zp_chronicle *chronicle_of(const zp_annal_tally *march, size_t n_march, const zp_annal_tally *september, size_t n_september)
{
	static const zp_annal_measurand measurands[] = { { "A", "甲", "", "", "serum", "A", 80 }, { "B", "乙", "", "", "serum", "B", 80 } };
	static const zp_annal_lab lab = { "L0001", "示例医院一", "420502", "", "三级公立", "", "" };
	static const zp_annal_programme both = { "P", "专业", "", "", "", 80, 5, ZP_LEVEL_PROVINCIAL, false, true, false, measurands, 2 },
		first = { "P", "专业", "", "", "", 80, 5, ZP_LEVEL_PROVINCIAL, false, true, false, measurands, 1 };
	zp_annal_round *rounds = zp_take(arena, zp_annal_round, 2);
	zp_annals *annals = zp_take(arena, zp_annals, 1);
	rounds[0] = (zp_annal_round){ .id = "1", .version = "v1", .name = "", .name_en = "", .organiser = "示例中心", .issued = "", .digest = "", .year = 2026, .number = 1,
		.opens = "2026-03-01", .closes = "2026-03-31", .labs = &lab, .n_labs = 1, .programmes = &both, .n_programmes = 1, .tallies = march, .n_tallies = n_march };
	rounds[1] = rounds[0];
	rounds[1].id = "2", rounds[1].number = 2, rounds[1].opens = "2026-09-01", rounds[1].closes = "2026-09-30", rounds[1].programmes = &first;
	rounds[1].tallies = september, rounds[1].n_tallies = n_september;
	*annals = (zp_annals){ rounds, 2 };
	const zp_chronicle *c = zp_chronicle_take(arena, annals, &rules, zp_identity_none(arena), 2026, zp_problems_take(arena));
	cr_assert(c && c->n_labs == 1 && c->n_programmes == 1);
	return c;
}

/* B was left blank in March, which the scheme counts as five wrong results. */
static const zp_annal_tally blank[] = { { 0, 0, 0, ZP_STANDS_RETURNED, ZP_SATISFACTORY, 500, 5, 0 }, { 0, 0, 1, ZP_STANDS_BLANK, ZP_UNSATISFACTORY, 0, 5, 0 },
	{ 0, 0, WHOLE, ZP_STANDS_RETURNED, ZP_SATISFACTORY, 500, 10, 0 } };
static const zp_annal_tally good[] = { { 0, 0, 0, ZP_STANDS_RETURNED, ZP_SATISFACTORY, 400, 5, 0 }, { 0, 0, WHOLE, ZP_STANDS_RETURNED, ZP_SATISFACTORY, 400, 5, 0 } };

static const zp_share_count *share_of(const zp_standings *s, zp_share_kind kind) { return &s->cells[zp_standing_find(s, "*", false, "*")].of[kind]; }

Test(year_returned, a_measurand_left_blank_came_in_time_with_nothing_right)
{
	const zp_chronicle *c = chronicle_of(blank, 3, good, 2);
	const zp_standings *s = zp_standings_take(arena, c, &rules, NULL);
	cr_expect_eq(share_of(s, ZP_SHARE_ACCEPTABLE_RETURNED)->num, 900);
	cr_expect_eq(share_of(s, ZP_SHARE_ACCEPTABLE_RETURNED)->den, 1500);
	cr_expect_eq(share_of(s, ZP_SHARE_SATISFACTORY_MEASURANDS)->num, 2);
	cr_expect_eq(share_of(s, ZP_SHARE_SATISFACTORY_MEASURANDS)->den, 3);
	const zp_year_items items = zp_year_items_take(arena, c, &rules, ZP_ALL_LEVELS, NULL);
	cr_expect(items.returned[0] && items.returned[1]);
	cr_expect_eq(items.votes[0], ZP_VOTE_PASS);
	cr_expect_eq(items.votes[1], ZP_VOTE_FAIL);
}

Test(year_returned, a_programme_left_blank_takes_part_and_returns)
{
	static const zp_annal_tally all_blank[] = { { 0, 0, 0, ZP_STANDS_BLANK, ZP_UNSATISFACTORY, 0, 5, 0 }, { 0, 0, WHOLE, ZP_STANDS_BLANK, ZP_UNSATISFACTORY, 0, 5, 0 } };
	static const zp_annal_tally silent[] = { { 0, 0, 0, ZP_STANDS_NOT_RETURNED, ZP_UNSATISFACTORY, 0, 5, 0 }, { 0, 0, WHOLE, ZP_STANDS_NOT_RETURNED, ZP_UNSATISFACTORY, 0, 5, 0 } };
	cr_assert_null(zp_year_setting_set(&rules, "share-participates", "returned"));
	const zp_standings *s = zp_standings_take(arena, chronicle_of(blank, 0, all_blank, 2), &rules, NULL), *none = zp_standings_take(arena, chronicle_of(blank, 0, silent, 2), &rules, NULL);
	cr_expect_eq(share_of(s, ZP_SHARE_PARTICIPATION)->num, 1);
	cr_expect_eq(share_of(s, ZP_SHARE_RETURN)->num, 1);
	cr_expect_eq(share_of(none, ZP_SHARE_PARTICIPATION)->num, 0);
	cr_expect_eq(share_of(none, ZP_SHARE_RETURN)->num, 0);
	cr_expect_eq(share_of(none, ZP_SHARE_RETURN)->den, 1);
}

static const zp_ranked *ranked(const zp_chronicle *c)
{
	const zp_year_ranking *r = zp_year_ranking_take(arena, c, zp_standings_take(arena, c, &rules, NULL), &rules, 1);
	cr_assert_eq(r->n, 1);
	return r->at;
}

Test(year_returned, in_the_ranking_what_is_blank_stands_beside_what_did_not_come)
{
	const zp_ranked *r = ranked(chronicle_of(blank, 3, good, 2));
	cr_expect_eq(r->credit, 900);
	cr_expect_eq(r->total, 10);
	cr_expect_eq(r->not_returned, 5);
	cr_expect_eq(r->late, 0);
}

/* Where the programme is scored as a whole its measurands are not counted beside it; and a round that was not scored has no results. */
Test(year_returned, a_round_counts_by_measurands_only_where_they_add_up_to_it)
{
	static const zp_annal_tally as_one[] = { { 0, 0, 0, ZP_STANDS_RETURNED, ZP_SATISFACTORY, 400, 5, 0 }, { 0, 0, 1, ZP_STANDS_RETURNED, ZP_UNSATISFACTORY, 0, 5, 0 },
		{ 0, 0, WHOLE, ZP_STANDS_RETURNED, ZP_SATISFACTORY, 400, 5, 0 } };
	static const zp_annal_tally not_scored[] = { { 0, 0, 0, ZP_STANDS_RETURNED, ZP_UNSATISFACTORY, 0, 0, 0 }, { 0, 0, WHOLE, ZP_STANDS_RETURNED, ZP_UNSATISFACTORY, 0, 0, 0 } };
	cr_expect_eq(ranked(chronicle_of(as_one, 3, good, 2))->total, 10);
	cr_expect_eq(ranked(chronicle_of(blank, 3, not_scored, 2))->total, 5);
}

/* ---- certificates ---- */

static zp_certificate_rule rule = { .id = "c", .name = "", .name_en = "", .organiser = "", .levels = 1u << ZP_LEVEL_PROVINCIAL };

static zp_cert_line line_of(const zp_chronicle *c, size_t measurand)
{
	const zp_statuses statuses = zp_statuses_take(arena, c, &rules);
	const zp_cert_lines lines = zp_cert_lines_take(arena, c, &statuses, &rule);
	cr_assert_not_null(lines.of[0]);
	return lines.of[0][measurand];
}

Test(year_returned, a_round_without_the_measurand_is_none_of_its_rounds)
{
	rule.policy = ZP_POLICY_ALL_ROUNDS;
	const zp_chronicle *c = chronicle_of(blank, 3, good, 2);
	cr_expect_eq(line_of(c, 0).held, 2);
	cr_expect_eq(line_of(c, 0).certified, ZP_CERTIFIED);
	cr_expect_eq(line_of(c, 1).held, 1);
	cr_expect_eq(line_of(c, 1).certified, ZP_CERT_UNSATISFACTORY_ROUND);
}

Test(year_returned, what_was_blank_and_not_evaluated_was_taken_part_in)
{
	static const zp_annal_tally apart[] = { { 0, 0, 0, ZP_STANDS_BLANK, 0, 0, 0, 5 }, { 0, 0, 1, ZP_STANDS_LATE, 0, 0, 0, 5 }, { 0, 0, WHOLE, ZP_STANDS_RETURNED, 0, 0, 0, 10 } };
	rule.policy = ZP_POLICY_ALL_ROUNDS;
	for (int late = 0; late < 2; late++) {
		rule.late_participates = late;
		const zp_chronicle *c = chronicle_of(apart, 3, good, 2);
		cr_expect_eq(line_of(c, 0).participated, 2);
		cr_expect_eq(line_of(c, 1).participated, late);
		cr_expect_eq(line_of(c, 1).certified, ZP_CERT_NOTHING_EVALUATED);
	}
}

/* (4/5 + 0) / 2 is 40 %. */
Test(year_returned, a_round_that_was_not_scored_is_a_zero_in_the_mean)
{
	static const zp_annal_tally not_scored[] = { { 0, 0, 0, ZP_STANDS_RETURNED, ZP_UNSATISFACTORY, 0, 0, 0 }, { 0, 0, WHOLE, ZP_STANDS_RETURNED, ZP_UNSATISFACTORY, 0, 0, 0 } };
	rule.policy = ZP_POLICY_MEAN;
	rule.mark = (zp_decimal){ 40, 0 };
	const zp_cert_line line = line_of(chronicle_of(good, 2, not_scored, 2), 0);
	cr_expect_eq(zp_fraction_compare(line.mean, zp_fraction_of(2, 5)), 0);
	cr_expect_eq(line.certified, ZP_CERTIFIED);
	rule.mark = (zp_decimal){ 401, -1 };
	cr_expect_eq(line_of(chronicle_of(good, 2, not_scored, 2), 0).certified, ZP_CERT_MEAN_BELOW);
}

Test(year_returned, a_programme_that_no_certificate_is_for_has_its_items_from_rounds)
{
	rule.policy = ZP_POLICY_ALL_ROUNDS;
	rule.organiser = "another centre";
	const zp_chronicle *c = chronicle_of(blank, 3, good, 2);
	const zp_statuses statuses = zp_statuses_take(arena, c, &rules);
	const zp_cert_lines lines = zp_cert_lines_take(arena, c, &statuses, &rule);
	cr_assert_null(lines.of[0]);
	rules.item_by_certificate = 1;
	const zp_year_items items = zp_year_items_take(arena, c, &rules, ZP_ALL_LEVELS, &lines);
	cr_expect_eq(items.votes[0], ZP_VOTE_PASS);
	cr_expect_eq(items.votes[1], ZP_VOTE_FAIL);
}
