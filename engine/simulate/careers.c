/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of laboratories in the rounds of a year, and from year to year: who joins and leaves, who is excused, who forgets. */
#include "base/random.h"
#include "simulate/world.h"

#define OUTSIDE 0.06 /* on the register and in no round when the first year begins; half of those join in a year */
#define JOINS 0.5
#define LEAVES 0.02  /* in a year */
#define EXCUSED 0.03 /* once in the year */
#define FEW 20       /* among fewer laboratories nothing of the kind happens: there would be nobody left to compare */

typedef struct fate { unsigned first, last, excused; bool gone; } fate; /* rounds of the year; first > last: none of them */

/* Years are lived through one after the other, so that the same seed tells one story whichever year is asked for. */
static fate live(const zp_simulation_wish *wish, size_t lab)
{
	const unsigned rounds = (unsigned)wish->rounds;
	zp_random r = zp_random_stream(wish->seed, lab, ZP_SIM_STREAM_CAREER);
	bool in = zp_random_uniform(&r) >= OUTSIDE, gone = false;
	fate out = { 1, rounds, 0, false };
	if (wish->labs < FEW)
		return out;
	for (int year = ZP_SIM_YEAR_FIRST; year <= wish->year; year++) {
		zp_random q = zp_random_stream(wish->seed, lab, ZP_SIM_STREAM_CAREER + (unsigned)(year - ZP_SIM_YEAR_FIRST) + 1);
		const bool joins = zp_random_uniform(&q) < JOINS, leaves = zp_random_uniform(&q) < LEAVES, excused = zp_random_uniform(&q) < EXCUSED;
		const unsigned from = 2 + (unsigned)zp_random_below(&q, rounds - 1), to = 1 + (unsigned)zp_random_below(&q, rounds - 1);
		const unsigned when = 1 + (unsigned)zp_random_below(&q, rounds);
		out = (fate){ in ? 1 : joins ? from : rounds + 1, in && leaves ? to : rounds, in && excused ? when : 0, gone };
		gone |= in && leaves;
		in |= joins;
	}
	return out;
}

static void meet(const zp_simulation_wish *wish, const zp_sim_when *when, size_t i, zp_sim_lab *lab)
{
	const fate f = live(wish, i);
	zp_random like = zp_random_stream(wish->seed, i, ZP_SIM_STREAM_CAREER - 1), now = zp_random_stream(when->seed, i, ZP_SIM_STREAM_CAREER - 1);
	const double careless = zp_random_uniform(&like), rough = zp_random_uniform(&like), u = zp_random_uniform(&now), v = zp_random_uniform(&now);
	lab->care = 3 * careless * careless;
	lab->steady = 0.65 + 0.25 * careless + 0.3 * rough;
	lab->seated = lab->lab_class <= 1;
	lab->gone = f.gone || when->number > f.last;
	lab->away = lab->gone || when->number < f.first;
	lab->last = f.gone || f.first > f.last ? 0 : (uint8_t)f.last;
	lab->excused = !lab->away && f.excused == when->number;
	lab->silent = lab->away || lab->excused || u < wish->silent * lab->care;
	lab->late = !lab->silent && v < wish->late * lab->care;
}

void zp_sim_careers(const zp_simulation_wish *wish, const zp_sim_when *when, zp_sim_lab *labs)
{
	for (size_t i = 0; i < wish->labs; i++)
		meet(wish, when, i, &labs[i]);
}
