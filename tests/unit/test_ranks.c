/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ranks and their ranges, against numerical integration and against a slow twin that keeps every rank. */
#include <criterion/criterion.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "base/pool.h"
#include "base/random.h"
#include "stats/distribution.h"
#include "stats/ranks.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define MOST 3000

static double keys[MOST], first[MOST];
static uint32_t at[MOST], place[MOST], first_rank[MOST], sizes[MOST];
static zp_sort_pair pairs[2 * MOST];
static uint16_t bins[ZP_RANK_AT_ONCE * MOST * 2];
static zp_rank_work work = { keys, at, pairs, place, first, first_rank, bins };
static uint16_t count[MOST * ZP_RANK_BINS], top[MOST], more_count[MOST * ZP_RANK_BINS], more_top[MOST];

static zp_ranking open_ranking(size_t n, const uint32_t *group, size_t groups)
{
	zp_ranking r;
	zp_ranking_open(&r, n, group, groups, sizes);
	r.count = memset(count, 0, sizeof count);
	r.top = memset(top, 0, sizeof top);
	return r;
}

/* ---- order ---- */

Test(ranks, equal_shares_have_the_better_rank_in_common)
{
	static const double failing[] = { 0.05, 0.01, 0.03, 0.03 + 5e-13, 0.03 + 9e-13, 0.03 + 2e-12, 0.5 };
	static const uint32_t expected[] = { 6, 1, 2, 2, 2, 5, 7 };
	const zp_ranking r = open_ranking(COUNT(failing), NULL, 0);
	uint32_t rank[COUNT(failing)];
	zp_rank(&r, failing, rank, &work);
	for (size_t i = 0; i < COUNT(failing); i++)
		cr_expect_eq(rank[i], expected[i], "%zu has rank %u", i, rank[i]);
}

Test(ranks, each_group_has_its_own_ranks)
{
	static const double failing[] = { 0.05, 0.01, 0.03, 0.03, 0.02, 0.03 };
	static const uint32_t group[] = { 0, 1, 0, 1, 1, 1 }, expected[] = { 2, 1, 1, 3, 2, 3 };
	const zp_ranking r = open_ranking(COUNT(failing), group, 2);
	uint32_t rank[COUNT(failing)];
	zp_rank(&r, failing, rank, &work);
	for (size_t i = 0; i < COUNT(failing); i++)
		cr_expect_eq(rank[i], expected[i], "%zu has rank %u", i, rank[i]);
	cr_expect(r.size[0] == 2 && r.size[1] == 4 && r.bins == 4);
}

/* ---- ranges ---- */

Test(ranks, without_a_spread_every_range_is_everything)
{
	const zp_ranking r = open_ranking(186, NULL, 0);
	const zp_rank_range range = zp_rank_range_of(&r, 17);
	cr_expect(range.low == 1 && range.high == 186 && range.of == 186 && range.half == ZP_HALF_UNCLEAR);
	cr_expect_eq(range.top, 19.0 / 186);
	static const struct { size_t n; double tenth; } tenths[] = { { 1, 1 }, { 9, 1 }, { 10, 1 }, { 11, 2 }, { 31, 4 }, { 1500, 150 } };
	for (size_t i = 0; i < COUNT(tenths); i++) {
		const zp_ranking some = open_ranking(tenths[i].n, NULL, 0);
		cr_expect_eq(zp_rank_range_of(&some, 0).top, tenths[i].tenth / (double)tenths[i].n);
	}
}

/* Small laboratories, all right, none right, and large ones: shares that round to 1 in double precision. */
static const zp_trials edges[] = { { 1, 0 }, { 0, 1 }, { 20, 0 }, { 0, 20 }, { 1999, 1 }, { 100000, 20 }, { 3, 2 }, { 50, 0 } };
#define EDGES COUNT(edges)

/* The chance of every rank of laboratory i: over its failing share, the number of others that fail less. */
static void exact_chances(zp_prior p, size_t i, double chance[EDGES])
{
	const int points = 4000;
	memset(chance, 0, EDGES * sizeof *chance);
	for (int k = 0; k < points; k++) {
		const double x = zp_beta_quantile((k + 0.5) / points, p.beta + edges[i].misses, p.alpha + edges[i].hits);
		double better[EDGES] = { 1 }; /* how many are */
		for (size_t j = 0; j < EDGES; j++) {
			if (j == i)
				continue;
			const double below = gsl_cdf_beta_P(x, p.beta + edges[j].misses, p.alpha + edges[j].hits);
			for (size_t m = EDGES - 1; m > 0; m--)
				better[m] = better[m] * (1 - below) + better[m - 1] * below;
			better[0] *= 1 - below;
		}
		for (size_t m = 0; m < EDGES; m++)
			chance[m] += better[m] / points;
	}
}

static void draws_agree_with(zp_prior p)
{
	zp_ranking r = open_ranking(EDGES, NULL, 0);
	zp_ranking_draw(p, edges, 1, 0, 60000, &r, 1, &work);
	for (size_t i = 0; i < EDGES; i++) {
		double chance[EDGES], sum = 0;
		exact_chances(p, i, chance);
		for (size_t m = 0; m < EDGES; m++) {
			const double got = r.count[i * r.bins + m] / 60000.0, error = 4.5 * sqrt(chance[m] * (1 - chance[m]) / 60000) + 0.0005;
			cr_expect_float_eq(got, chance[m], error, "laboratory %zu, rank %zu: %g drawn, %g exact", i, m + 1, got, chance[m]);
			sum += chance[m];
		}
		cr_expect_float_eq(sum, 1, 1e-9);
		cr_expect_float_eq(zp_rank_range_of(&r, i).top, chance[0], 0.01);
	}
}

Test(ranks, draws_have_the_chances_of_numerical_integration)
{
	draws_agree_with(zp_prior_given(38, 2));
	draws_agree_with(zp_prior_fit_of(edges, EDGES).prior);
	draws_agree_with(zp_prior_given(0.7, 0.02)); /* most failing shares of 50 of 50 are below 1e-16 */
}

/* Draws again and keeps every rank. */
static int by_value(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static int by_rank(const void *a, const void *b)
{
	const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return (x > y) - (x < y);
}

static void ranges_agree_with_a_slow_twin(size_t n, uint32_t draws, uint32_t step)
{
	static zp_trials c[MOST];
	static double x[MOST], sorted[MOST];
	uint32_t *ranks = malloc(n * draws * sizeof *ranks);
	const zp_prior p = zp_prior_given(38, 2);
	zp_random r = zp_random_stream(5, n, 0);
	for (size_t i = 0; i < n; i++)
		c[i] = (zp_trials){ (double)zp_random_below(&r, 500), (double)zp_random_below(&r, 20) };
	for (uint32_t d = 0; d < draws; d++) {
		zp_random stream = zp_random_stream(9, d, n);
		for (size_t i = 0; i < n; i++)
			sorted[i] = x[i] = zp_random_beta_log_odds(&stream, p.beta + c[i].misses, p.alpha + c[i].hits);
		qsort(sorted, n, sizeof *sorted, by_value);
		for (size_t i = 0; i < n; i++)
			ranks[i * draws + d] = (uint32_t)((double *)bsearch(&x[i], sorted, n, sizeof *sorted, by_value) - sorted) + 1;
	}
	zp_ranking ranking = open_ranking(n, NULL, 0);
	zp_ranking_draw(p, c, 9, 0, draws, &ranking, 1, &work);
	for (size_t i = 0; i < n; i++) {
		qsort(ranks + i * draws, draws, sizeof *ranks, by_rank);
		const uint32_t low = ranks[i * draws + (draws + 39) / 40 - 1], high = ranks[i * draws + (39 * draws + 39) / 40 - 1];
		const zp_rank_range range = zp_rank_range_of(&ranking, i);
		cr_assert(range.low <= low && low - range.low <= step && range.high >= high && range.high - high <= step,
			"%zu: %u to %u, slowly %u to %u", i, range.low, range.high, low, high);
		cr_assert(range.half == (range.high <= n / 2 ? ZP_HALF_BETTER : range.low > (n + 1) / 2 ? ZP_HALF_WORSE : ZP_HALF_UNCLEAR));
	}
	free(ranks);
}

Test(ranks, ranges_are_those_of_a_slow_twin)
{
	ranges_agree_with_a_slow_twin(31, 1000, 0);
	ranges_agree_with_a_slow_twin(186, 1001, 0);
	ranges_agree_with_a_slow_twin(ZP_RANK_BINS, 39, 0);
}

Test(ranks, beyond_the_counters_ranges_are_rounded_outwards) { ranges_agree_with_a_slow_twin(MOST, 80, 1); }

/* ---- sameness ---- */

static const zp_trials six[] = { { 1170, 30 }, { 20, 0 }, { 93, 7 }, { 57.5, 2.5 }, { 19, 6 }, { 700, 10 } };

Test(ranks, draws_divided_in_any_way_add_up_to_the_same)
{
	static const uint32_t group[] = { 0, 1, 0, 1, 1, 0 };
	const zp_prior p = zp_prior_given(38, 2);
	zp_ranking whole = open_ranking(6, group, 2), parts = whole, part = whole;
	static uint16_t counts[3][6 * 3], tops[3][6];
	whole.count = counts[0], parts.count = counts[1], part.count = counts[2];
	whole.top = tops[0], parts.top = tops[1], part.top = tops[2];
	zp_ranking_draw(p, six, 2026, 0, 1000, &whole, 1, &work);
	zp_ranking_draw(p, six, 2026, 617, 1000, &parts, 1, &work);
	zp_ranking_draw(p, six, 2026, 0, 617, &part, 1, &work);
	zp_ranking_add(&parts, &part);
	cr_expect(parts.draws == 1000 && !memcmp(counts[0], counts[1], sizeof *counts) && !memcmp(tops[0], tops[1], sizeof *tops));
}

#define PARTS 3
typedef struct dividing { zp_ranking rankings[2]; double keys[PARTS][6]; uint32_t at[PARTS][6], place[PARTS][2]; zp_sort_pair pairs[PARTS][12]; uint16_t bins[PARTS][ZP_RANK_AT_ONCE * 6 * 2]; } dividing;

static void place_part(void *context, size_t i, unsigned worker)
{
	dividing *d = context;
	(void)worker;
	zp_rank_work own = { d->keys[i], d->at[i], d->pairs[i], d->place[i], NULL, NULL, d->bins[i] };
	zp_ranking_place(zp_prior_given(38, 2), six, 2026, (uint32_t)i * ZP_RANK_AT_ONCE, ZP_RANK_AT_ONCE, d->rankings, 2, &own);
}

static void count_part(void *context, size_t i, unsigned worker)
{
	dividing *d = context;
	(void)worker;
	for (size_t of = 0; of < PARTS; of++)
		zp_ranking_count(d->rankings, 2, d->bins[of], ZP_RANK_AT_ONCE, 2 * i, 2 * i + 2);
}

Test(ranks, threads_that_divide_draws_and_then_laboratories_lose_nothing)
{
	static const uint32_t group[] = { 0, 1, 0, 1, 1, 0 };
	static uint16_t counts[4][6 * 6], tops[4][6];
	static uint32_t theirs[2][2];
	static dividing d;
	zp_ranking one[2];
	zp_ranking_open(&one[0], 6, group, 2, theirs[0]);
	zp_ranking_open(&one[1], 6, NULL, 0, theirs[1]);
	for (size_t k = 0; k < 2; k++) {
		d.rankings[k] = one[k];
		one[k].count = counts[k], one[k].top = tops[k];
		d.rankings[k].count = counts[2 + k], d.rankings[k].top = tops[2 + k];
	}
	zp_rank_work w = { d.keys[0], d.at[0], d.pairs[0], d.place[0], NULL, NULL, d.bins[0] };
	zp_ranking_draw(zp_prior_given(38, 2), six, 2026, 0, PARTS * ZP_RANK_AT_ONCE, one, 2, &w);
	zp_pool_run(PARTS, PARTS, place_part, &d);
	zp_pool_run(PARTS, PARTS, count_part, &d);
	zp_ranking_counted(d.rankings, 2, PARTS * ZP_RANK_AT_ONCE);
	cr_expect(!memcmp(counts, counts + 2, 2 * sizeof *counts) && !memcmp(tops, tops + 2, 2 * sizeof *tops));
	cr_expect(d.rankings[1].draws == one[1].draws && one[1].draws == PARTS * ZP_RANK_AT_ONCE);
}

/* A ranking within classes sees the draws that the whole one sees. */
Test(ranks, rankings_share_their_draws)
{
	static const uint32_t group[] = { 0, 0, 0, 0, 0, 0 };
	zp_ranking both[2];
	uint32_t size[2];
	both[0] = open_ranking(6, NULL, 0);
	both[0].size = &size[0];
	both[0].size[0] = 6;
	zp_ranking_open(&both[1], 6, group, 1, &size[1]);
	both[1].count = memset(more_count, 0, sizeof more_count);
	both[1].top = memset(more_top, 0, sizeof more_top);
	zp_ranking_draw(zp_prior_given(38, 2), six, 1, 0, 500, both, 2, &work);
	cr_expect(!memcmp(both[0].count, both[1].count, 36 * sizeof(uint16_t)));
	cr_expect_eq(both[1].draws, 500);
}

Test(ranks, one_laboratory_is_first_and_in_no_half)
{
	zp_ranking r = open_ranking(1, NULL, 0);
	zp_ranking_draw(zp_prior_given(38, 2), six, 1, 0, 100, &r, 1, &work);
	const zp_rank_range range = zp_rank_range_of(&r, 0);
	cr_expect(range.low == 1 && range.high == 1 && range.of == 1 && range.top == 1 && range.half == ZP_HALF_UNCLEAR);
}

Test(ranks, the_clearly_better_and_the_clearly_worse_are_told)
{
	static const zp_trials c[] = { { 1990, 10 }, { 1995, 5 }, { 20, 1 }, { 20, 0 }, { 1500, 500 }, { 1400, 600 } };
	static const zp_half expected[] = { ZP_HALF_BETTER, ZP_HALF_BETTER, ZP_HALF_UNCLEAR, ZP_HALF_UNCLEAR, ZP_HALF_WORSE, ZP_HALF_WORSE };
	zp_ranking r = open_ranking(COUNT(c), NULL, 0);
	zp_ranking_draw(zp_prior_given(38, 2), c, 1, 0, 2000, &r, 1, &work);
	for (size_t i = 0; i < COUNT(c); i++)
		cr_expect_eq(zp_rank_range_of(&r, i).half, expected[i], "laboratory %zu", i);
}
