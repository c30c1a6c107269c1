/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes into the ranking of a year, and its edges. The figures are checked by tests/year-ranking.sh. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>
#include "year/ranking.h"

static zp_arena *arena;

static void enter(void) { arena = zp_arena_open(); }
static void leave(void) { zp_arena_close(arena); }

TestSuite(year_ranking, .init = enter, .fini = leave);

static const zp_annal_measurand two[] = { { "A", "", "", "", "serum", "A", 80 }, { "B", "", "", "", "serum", "B", 80 } };

/* A round with the programmes "plain" and "true", which is a trueness programme. */
static zp_annal_round *a_round(size_t labs)
{
	static const zp_annal_programme programmes[] = {
		{ "plain", "", "", "", "", 80, 5, ZP_LEVEL_PROVINCIAL, false, true, false, two, 2 },
		{ "true", "", "", "", "", 80, 5, ZP_LEVEL_PROVINCIAL, true, true, false, two, 2 },
	};
	zp_annal_round *r = zp_take(arena, zp_annal_round, 1);
	zp_annal_lab *at = zp_take(arena, zp_annal_lab, labs + 1);
	for (size_t i = 0; i < labs; i++)
		at[i] = (zp_annal_lab){ zp_arena_print(arena, "L%04zu", i), "", i % 2 ? "421083" : "420100", "", i % 3 ? "a" : "b", "", "" };
	*r = (zp_annal_round){ .id = "1", .version = "v1", .name = "", .name_en = "", .organiser = "o", .issued = "", .digest = "", .year = 2026,
		.number = 1, .opens = "2026-03-01", .closes = "2026-03-31", .labs = at, .n_labs = labs, .programmes = programmes,
		.n_programmes = 2, .tallies = zp_take(arena, zp_annal_tally, 6 * labs + 1) };
	return r;
}

static void put(zp_annal_round *r, uint32_t lab, uint16_t programme, uint16_t measurand, zp_standing standing, uint32_t credit, uint32_t total)
{
	((zp_annal_tally *)r->tallies)[r->n_tallies++] = (zp_annal_tally){ lab, programme, measurand, (uint8_t)standing,
		credit >= 80 * total ? ZP_SATISFACTORY : ZP_UNSATISFACTORY, credit, total, 0 };
}

/* Both measurands and the whole. */
static void put_both(zp_annal_round *r, uint32_t lab, uint16_t programme, zp_standing standing, uint32_t credit_a, uint32_t credit_b)
{
	put(r, lab, programme, 0, standing, credit_a, 5);
	put(r, lab, programme, 1, standing, credit_b, 5);
	put(r, lab, programme, ZP_ANNAL_WHOLE, standing, credit_a + credit_b, 10);
}

static const zp_year_ranking *ranking_with(const zp_annal_round *round, const zp_year_rules *rules)
{
	zp_annals *annals = zp_take(arena, zp_annals, 1);
	*annals = (zp_annals){ round, 1 };
	const zp_chronicle *c = zp_chronicle_take(arena, annals, rules, zp_identity_none(arena), 2026, zp_problems_take(arena));
	return zp_year_ranking_take(arena, c, zp_standings_take(arena, c, rules, NULL), rules, 2);
}

static const zp_year_ranking *ranking_of(const zp_annal_round *round)
{
	const zp_year_rules rules = zp_year_rules_default();
	return ranking_with(round, &rules);
}

Test(year_ranking, where_all_are_perfect_all_are_tied)
{
	zp_annal_round *r = a_round(12);
	for (uint32_t i = 0; i < 12; i++)
		put_both(r, i, 0, ZP_STANDS_RETURNED, 500, 500);
	const zp_year_ranking *all = ranking_of(r);
	cr_assert_eq(all->n, 12);
	cr_expect(isinf(all->prior.alpha) && all->draws == 0);
	cr_expect_eq(all->spread_test, 0);
	static const uint32_t of[ZP_RANK_SCOPES][2] = { { 12, 12 }, { 4, 8 }, { 6, 6 } };
	for (size_t i = 0; i < all->n; i++)
		for (int scope = 0; scope < ZP_RANK_SCOPES; scope++) {
			const zp_rank_range *range = &all->at[i].range[scope];
			const uint32_t size = of[scope][scope == ZP_RANK_CLASS && i % 3];
			cr_expect_eq(all->at[i].rank[scope], 1);
			cr_expect(range->low == 1 && range->high == size && range->of == size, "%zu in %s", i, zp_rank_scope_word((zp_rank_scope)scope));
			cr_expect_eq(range->half, ZP_HALF_UNCLEAR);
			cr_expect_eq(all->at[i].shrunken.share, 1);
		}
}

Test(year_ranking, trueness_programmes_late_and_missing_results_are_not_in_the_share)
{
	zp_annal_round *r = a_round(3);
	put_both(r, 0, 0, ZP_STANDS_RETURNED, 400, 250); /* partial credit */
	put_both(r, 0, 1, ZP_STANDS_RETURNED, 0, 0);
	put(r, 1, 0, 0, ZP_STANDS_RETURNED, 500, 5);
	put(r, 1, 0, 1, ZP_STANDS_LATE, 0, 5);
	put(r, 1, 0, ZP_ANNAL_WHOLE, ZP_STANDS_RETURNED, 500, 10); /* the late five count as wrong in the programme, and not here */
	put_both(r, 2, 0, ZP_STANDS_NOT_RETURNED, 0, 0);
	const zp_year_ranking *all = ranking_of(r);
	cr_assert_eq(all->n, 3);
	cr_expect_eq(all->ranked, 2);
	cr_expect(all->at[0].credit == 650 && all->at[0].total == 10);
	cr_expect(all->at[1].credit == 500 && all->at[1].total == 5 && all->at[1].late == 5 && all->at[1].not_returned == 0);
	cr_expect(all->at[2].total == 0 && all->at[2].not_returned == 10);
}

Test(year_ranking, where_samples_are_scored_as_a_whole_they_are_what_counts)
{
	zp_annal_round *r = a_round(2);
	for (uint32_t lab = 0; lab < 2; lab++) {
		put(r, lab, 0, 0, ZP_STANDS_RETURNED, 400, 5);
		put(r, lab, 0, 1, ZP_STANDS_RETURNED, 400, 5);
		put(r, lab, 0, ZP_ANNAL_WHOLE, ZP_STANDS_RETURNED, 300, 5);
	}
	const zp_year_ranking *all = ranking_of(r);
	cr_expect(all->at[0].credit == 300 && all->at[0].total == 5);
	cr_expect(isnan(all->design.rho), "one cluster each tells no correlation");
	cr_expect_eq(all->deff, 1);
}

Test(year_ranking, a_year_in_which_nothing_came_ranks_nobody)
{
	zp_annal_round *r = a_round(2);
	put_both(r, 0, 0, ZP_STANDS_NOT_RETURNED, 0, 0);
	const zp_year_ranking *all = ranking_of(r);
	cr_expect(all->n == 1 && all->ranked == 0 && all->draws == 0);
	cr_expect_eq(ranking_of(a_round(1))->n, 0);
}

/* With everything fixed beforehand a laboratory's share is its own matter: what others return changes its rank and not its share. */
Test(year_ranking, with_a_given_prior_a_share_depends_on_its_own_results_only)
{
	zp_year_rules rules = zp_year_rules_default();
	cr_assert_null(zp_year_setting_set(&rules, "ranking-alpha", "38"));
	cr_assert_null(zp_year_setting_set(&rules, "ranking-beta", "2"));
	cr_assert_null(zp_year_setting_set(&rules, "ranking-deff", "1.25"));
	double share[2];
	for (uint32_t worse = 0; worse < 2; worse++) {
		zp_annal_round *r = a_round(3);
		put_both(r, 0, 0, ZP_STANDS_RETURNED, 500, 400);
		put_both(r, 1, 0, ZP_STANDS_RETURNED, worse ? 0 : 500, 500);
		put_both(r, 2, 0, ZP_STANDS_RETURNED, 300, 300);
		const zp_year_ranking *all = ranking_with(r, &rules);
		share[worse] = all->at[0].shrunken.share;
		cr_expect_eq(all->at[0].rank[ZP_RANK_ALL], worse ? 1 : 2);
		cr_expect_eq(all->draws, ZP_RANK_DRAWS);
	}
	cr_expect_eq(share[0], share[1]);
	cr_expect_float_eq(share[0], (38 + 9 / 1.25) / (40 + 10 / 1.25), 1e-14);
}
