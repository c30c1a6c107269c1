/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <assert.h>
#include <math.h>
#include <string.h>
#include "base/random.h"
#include "stats/ranks.h"

#define TOP 0x8000u /* beside a counter */
_Static_assert(ZP_RANK_BINS < TOP, "counters have room for it");

static uint32_t group_of(const zp_ranking *r, size_t i) { return r->group ? r->group[i] : 0; }
static uint32_t tenth(uint32_t size) { return size / 10 + (size % 10 > 0); }

void zp_ranking_open(zp_ranking *r, size_t n, const uint32_t *group, size_t groups, uint32_t *size)
{
	assert(n >= 1 && n <= UINT32_MAX);
	*r = (zp_ranking){ .n = n, .group = group, .groups = group ? groups : 1, .size = size };
	memset(size, 0, r->groups * sizeof *size);
	for (size_t i = 0; i < n; i++)
		size[group_of(r, i)]++;
	for (size_t g = 0; g < r->groups; g++)
		if (size[g] > r->bins)
			r->bins = size[g];
	if (r->bins > ZP_RANK_BINS)
		r->bins = ZP_RANK_BINS;
}

/* ---- the order ---- */

void zp_rank(const zp_ranking *r, const double *failing, uint32_t *rank, zp_rank_work *w)
{
	for (uint32_t i = 0; i < r->n; i++) {
		w->keys[i] = failing[i];
		w->at[i] = i;
	}
	zp_sort_with(w->keys, w->at, r->n, w->pairs);
	memset(w->place, 0, r->groups * sizeof *w->place);
	for (size_t i = 0; i < r->n; i++) {
		const uint32_t g = group_of(r, w->at[i]), place = ++w->place[g];
		if (place == 1 || w->keys[i] - w->first[g] > ZP_RANK_TIE) {
			w->first[g] = w->keys[i];
			w->first_rank[g] = place;
		}
		rank[w->at[i]] = w->first_rank[g];
	}
}

/* ---- draws ---- */

/* The counter of a place, which begins at 0, in a group of this size. */
static size_t bin_of(size_t place, size_t size, size_t bins)
{
	return size <= bins ? place : (size_t)((uint64_t)place * bins / size);
}

/* The counter of everybody's place, and whether it is among the best tenth. */
static void find_bins(const zp_ranking *r, const uint32_t *at, uint32_t *places, uint16_t *bins, size_t stride)
{
	memset(places, 0, r->groups * sizeof *places);
	for (size_t i = 0; i < r->n; i++) {
		const uint32_t g = group_of(r, at[i]), place = places[g]++;
		const size_t bin = bin_of(place, r->size[g], r->bins);
		bins[at[i] * stride] = (uint16_t)(place < tenth(r->size[g]) ? bin | TOP : bin);
	}
}

/* Of one laboratory, in so many draws that lie `apart`. */
static void count_bins(zp_ranking *r, size_t i, const uint16_t *bins, size_t apart, uint32_t draws)
{
	for (uint32_t d = 0; d < draws; d++) {
		const uint16_t bin = bins[d * apart];
		r->count[i * r->bins + (bin & ~TOP)]++;
		if (bin & TOP)
			r->top[i]++;
	}
}

static void draw_order(zp_prior p, const zp_trials *c, size_t n, uint64_t seed, uint32_t draw, zp_rank_work *w)
{
	zp_random random = zp_random_stream(seed, draw, n);
	for (uint32_t i = 0; i < n; i++) {
		w->keys[i] = zp_random_beta_log_odds(&random, p.beta + c[i].misses, p.alpha + c[i].hits);
		w->at[i] = i;
	}
	zp_sort_with(w->keys, w->at, n, w->pairs);
}

void zp_ranking_place(zp_prior p, const zp_trials *c, uint64_t seed, uint32_t first, uint32_t draws, const zp_ranking *rankings, size_t n_rankings,
	zp_rank_work *w)
{
	assert(isfinite(p.alpha) && isfinite(p.beta) && draws <= ZP_RANK_AT_ONCE);
	const size_t n = rankings[0].n;
	for (uint32_t d = 0; d < draws; d++) {
		draw_order(p, c, n, seed, first + d, w);
		for (size_t k = 0; k < n_rankings; k++) {
			assert(rankings[k].n == n);
			find_bins(&rankings[k], w->at, w->place, w->bins + d * n * n_rankings + k, n_rankings);
		}
	}
}

void zp_ranking_count(zp_ranking *rankings, size_t n_rankings, const uint16_t *bins, uint32_t draws, size_t from, size_t to)
{
	const size_t apart = rankings[0].n * n_rankings;
	for (size_t i = from; i < to; i++)
		for (size_t k = 0; k < n_rankings; k++)
			count_bins(&rankings[k], i, bins + i * n_rankings + k, apart, draws);
}

void zp_ranking_counted(zp_ranking *rankings, size_t n_rankings, uint32_t draws)
{
	for (size_t k = 0; k < n_rankings; k++) {
		assert(draws <= ZP_RANK_MOST_DRAWS - rankings[k].draws);
		rankings[k].draws += draws;
	}
}

void zp_ranking_draw(zp_prior p, const zp_trials *c, uint64_t seed, uint32_t from, uint32_t to, zp_ranking *rankings, size_t n_rankings, zp_rank_work *w)
{
	assert(from <= to);
	for (uint32_t first = from, draws; first < to; first += draws) {
		draws = to - first < ZP_RANK_AT_ONCE ? to - first : ZP_RANK_AT_ONCE;
		zp_ranking_place(p, c, seed, first, draws, rankings, n_rankings, w);
		zp_ranking_count(rankings, n_rankings, w->bins, draws, 0, rankings[0].n);
	}
	zp_ranking_counted(rankings, n_rankings, to - from);
}

void zp_ranking_add(zp_ranking *to, const zp_ranking *from)
{
	assert(to->n == from->n && to->bins == from->bins && from->draws <= ZP_RANK_MOST_DRAWS - to->draws);
	for (size_t i = 0; i < to->n * to->bins; i++)
		to->count[i] += from->count[i];
	for (size_t i = 0; i < to->n; i++)
		to->top[i] += from->top[i];
	to->draws += from->draws;
}

/* ---- what the draws say ---- */

/* The first counter up to which one in `parts` of the draws has come. */
static size_t reached(const uint16_t *count, size_t bins, uint64_t draws, uint64_t of, uint64_t parts)
{
	uint64_t sum = 0;
	for (size_t b = 0; b < bins; b++) {
		sum += count[b];
		if (sum * parts >= draws * of)
			return b;
	}
	return bins - 1;
}

/* The first place, from 0, that a counter stands for. */
static uint32_t first_of(size_t bin, size_t size, size_t bins)
{
	return (uint32_t)(size <= bins ? bin : ((uint64_t)bin * size + bins - 1) / bins);
}

zp_rank_range zp_rank_range_of(const zp_ranking *r, size_t i)
{
	const uint32_t size = r->size[group_of(r, i)];
	zp_rank_range range = { 1, size, size, (double)tenth(size) / size, ZP_HALF_UNCLEAR };
	if (r->draws == 0)
		return range;
	const uint16_t *count = r->count + i * r->bins;
	range.low = first_of(reached(count, r->bins, r->draws, 1, 40), size, r->bins) + 1;
	range.high = first_of(reached(count, r->bins, r->draws, 39, 40) + 1, size, r->bins);
	range.top = (double)r->top[i] / r->draws;
	if (range.high <= size / 2)
		range.half = ZP_HALF_BETTER;
	else if (range.low > size - size / 2)
		range.half = ZP_HALF_WORSE;
	return range;
}
