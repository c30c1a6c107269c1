/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include "base/random.h"
#include "simulate/world.h"

#define CITY "420500"    /* small rounds take place in one city, so that its counties have laboratories to compare */
#define CITY_LABS 400
#define SURE_FROM 50     /* from so many laboratories on, every fate that is asked for is met at least once */

const char *const zp_sim_classes[ZP_SIM_CLASSES] = { "三级公立", "二级公立", "一级公立", "民营" };
static const unsigned class_parts[ZP_SIM_CLASSES] = { 10, 37, 98, 41 }; /* of a city's 186 laboratories */
#define ALL_PARTS 186

/* Scale the parts to n by largest remainders, the earlier class first where they are equal. */
static void count_classes(size_t n, size_t count[ZP_SIM_CLASSES])
{
	size_t rest[ZP_SIM_CLASSES], left = n;
	for (int c = 0; c < ZP_SIM_CLASSES; c++) {
		count[c] = n * class_parts[c] / ALL_PARTS;
		rest[c] = n * class_parts[c] % ALL_PARTS;
		left -= count[c];
	}
	for (; left; left--) {
		int most = 0;
		for (int c = 1; c < ZP_SIM_CLASSES; c++)
			if (rest[c] > rest[most])
				most = c;
		count[most]++;
		rest[most] = 0;
	}
}

/* How many of n a rate stands for. */
static size_t count_of(double rate, size_t n)
{
	size_t count = (size_t)floor(rate * (double)n + 0.5);
	return count == 0 && rate > 0 && n >= SURE_FROM ? 1 : count;
}

static uint32_t *take_order(zp_arena *arena, zp_random *r, size_t n)
{
	uint32_t *order = zp_take(arena, uint32_t, n);
	for (size_t i = 0; i < n; i++)
		order[i] = (uint32_t)i;
	zp_random_shuffle(r, order, n);
	return order;
}

static bool has_part(const zp_regions *regions, size_t i)
{
	for (size_t k = 0; k < regions->n; k++)
		if (regions->at[k].parent == i)
			return true;
	return false;
}

/* Regions without parts, inside `within` (ZP_NO_REGION: anywhere). Gives: how many. */
static size_t find_places(const zp_regions *regions, uint16_t within, uint16_t *out)
{
	size_t n = 0;
	for (size_t i = 0; i < regions->n; i++)
		if ((within == ZP_NO_REGION || regions->at[i].parent == within) && !has_part(regions, i))
			out[n++] = (uint16_t)i;
	return n;
}

const zp_sim_lab *zp_sim_people_take(zp_arena *arena, const zp_simulation_wish *wish, const zp_sim_when *when, const zp_regions *regions,
				     zp_error *err)
{
	size_t n = wish->labs, count[ZP_SIM_CLASSES], next = 0;
	uint16_t *places = zp_take(arena, uint16_t, regions->n + 1);
	uint16_t city = n <= CITY_LABS ? zp_region_find(regions, zp_text_of(CITY)) : ZP_NO_REGION;
	size_t n_places = find_places(regions, city, places);
	if (!n_places) {
		zp_fail(err, ZP_BAD_RULES, "regions/hubei.xml", 0, "there is no county to put laboratories in");
		return NULL;
	}
	zp_sim_lab *labs = zp_take(arena, zp_sim_lab, n);
	zp_random r = zp_random_stream(wish->seed, ZP_SIM_STREAM_PEOPLE, 0);
	uint32_t *order = take_order(arena, &r, n);
	count_classes(n, count);
	for (int c = 0; c < ZP_SIM_CLASSES; c++)
		for (size_t k = 0; k < count[c]; k++)
			labs[order[next++]].lab_class = (uint8_t)c;
	zp_random_shuffle(&r, order, n);
	size_t silent = count_of(wish->silent, n), late = count_of(wish->late, n);
	for (size_t i = 0; i < n; i++) {
		labs[order[i]].silent = i < silent;
		labs[order[i]].late = i >= silent && i - silent < late;
	}
	for (size_t i = 0; i < n; i++) {
		labs[i].care = labs[i].steady = 1;
		labs[i].region = places[zp_random_below(&r, n_places)];
		labs[i].grid = zp_random_uniform(&r) < 0.10;
		labs[i].gb18030 = zp_random_uniform(&r) < 0.05;
		labs[i].marked = !labs[i].gb18030 && zp_random_uniform(&r) < 0.10;
	}
	if (when->season)
		zp_sim_careers(wish, when, labs);
	return labs;
}

/* Who hands in what the laboratory before it did: one of those given whose forerunner has results of its own. */
static void plan_repeats(const zp_simulation_wish *wish, const zp_sim_lab *labs, const uint32_t *those, size_t n, uint32_t *copies, bool *repeats)
{
	size_t wanted = count_of(wish->repeated_results, wish->labs);
	for (size_t i = 0; i < n && wanted; i++) {
		const uint32_t lab = those[i];
		if (lab == 0 || labs[lab - 1].silent || labs[lab - 1].late || copies[lab - 1] != ZP_SIM_NOBODY || (lab + 1 < wish->labs && repeats[lab + 1]))
			continue;
		copies[lab] = lab - 1;
		repeats[lab] = true;
		wanted--;
	}
}

void zp_sim_blunders_plan(zp_arena *arena, const zp_simulation_wish *wish, const zp_sim_when *when, const zp_sim_lab *labs,
			  size_t p, zp_sim_programme *programme)
{
	size_t n = wish->labs, ordinary = 0;
	zp_random r = zp_random_stream(when->seed, ZP_SIM_STREAM_BLUNDERS, p + 1);
	uint32_t *order = take_order(arena, &r, n), *copies = zp_take(arena, uint32_t, n);
	bool *swaps = zp_take(arena, bool, n);
	for (size_t i = 0; i < n; i++) {
		copies[i] = ZP_SIM_NOBODY;
		if (!labs[order[i]].silent && !labs[order[i]].late)
			order[ordinary++] = order[i]; /* what is late or absent is a fate of its own */
	}
	size_t swapped = programme->n_samples > 1 ? count_of(wish->swapped_samples, n) : 0;
	size_t copied = count_of(wish->copied_results, n);
	if (swapped > ordinary)
		swapped = ordinary;
	if (copied > (ordinary - swapped) / 2)
		copied = (ordinary - swapped) / 2; /* each needs another one to copy from */
	for (size_t i = 0; i < swapped; i++)
		swaps[order[i]] = true;
	for (size_t i = 0; i < copied; i++)
		copies[order[swapped + i]] = order[swapped + copied + i];
	/* those below came later, and take their turn after those above, so that one seed still means the same people */
	bool *mixes = zp_take(arena, bool, n), *repeats = zp_take(arena, bool, n);
	double *scales = zp_take(arena, double, n);
	size_t scaled = count_of(wish->scaled_copies, copied), used = swapped + 2 * copied;
	size_t mixed = programme->n > 1 ? count_of(wish->swapped_measurands, n) : 0;
	for (size_t i = 0; i < n; i++)
		scales[i] = 1;
	for (size_t i = 0; i < scaled; i++)
		scales[order[swapped + i]] = 1 + (zp_random_below(&r, 2) ? 1 : -1) * (0.01 + 0.02 * zp_random_uniform(&r));
	for (size_t i = 0; i < mixed && used < ordinary; i++)
		mixes[order[used++]] = true;
	plan_repeats(wish, labs, order + used, ordinary - used, copies, repeats);
	programme->copies = copies;
	programme->swaps = swaps;
	programme->mixes = mixes;
	programme->repeats = repeats;
	programme->scales = scales;
}
