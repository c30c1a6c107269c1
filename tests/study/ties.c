/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of docs/methods/ties.md: what can be done with values that were rounded so coarsely that most are equal.
 * Prints them for groups of 30 and of 12, clean and with a tenth of outliers; seeded. */
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include "base/random.h"
#include "stats/hampel.h"
#include "stats/order.h"
#include "stats/pairs.h"
#include "stats/robust.h"
#include "stats/rounded.h"

#define SEED 2026
#define REPLICATES 20000
#define MOST 30
#define FINENESS 8

static const double fineness[FINENESS] = { 0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 1, 2 }; /* sigma / step */

/* Values are whole numbers: the step is 1. */
typedef struct group { const double *x; size_t n; } group;
typedef struct estimate { double x, s; } estimate;

static uint64_t keys[2 * MOST];
static double work[2 * (ZP_PAIRS_WORK(MOST) / sizeof(double)) + ZP_ROUNDED_WORK(MOST)];

static const zp_algorithm_a_how as_printed = { .factor = ZP_ALGORITHM_A_PRINTED, .collapse_ratio = 1e-9 };

static estimate plain(group g)
{
	const zp_robust r = zp_algorithm_a(g.x, g.n, as_printed, work);
	return (estimate){ r.x, r.s };
}

static estimate with_floor(group g)
{
	const estimate e = plain(g);
	return (estimate){ e.x, fmax(e.s, 1 / sqrt(12)) };
}

static estimate spread_evenly(group g)
{
	const zp_robust r = zp_algorithm_a_rounded(g.x, g.n, 1, as_printed, work, keys);
	return (estimate){ r.x, r.s };
}

static estimate sheppard(group g)
{
	const estimate e = spread_evenly(g);
	return (estimate){ e.x, sqrt(fmax(e.s * e.s - 1.0 / 12, 0)) };
}

static estimate q_hampel(group g)
{
	estimate e = { .s = zp_q_method(g.x, g.n, work) };
	zp_hampel(g.x, g.n, e.s, work, &e.x);
	return e;
}

static estimate median_made(group g) { return (estimate){ zp_median(g.x, g.n), zp_made(g.x, g.n) }; }

static const struct candidate { const char *name; estimate (*of)(group); } candidates[] = {
	{ "median, MADe", median_made },
	{ "plain", plain },
	{ "floor step/sqrt(12)", with_floor },
	{ "spread evenly", spread_evenly },
	{ "the same, Sheppard", sheppard },
	{ "Q/Hampel", q_hampel },
};
#define CANDIDATES (sizeof candidates / sizeof *candidates)

/* Gives: where the truth lies. The position inside the step is drawn evenly. */
static double draw(size_t n, double share, double sigma, size_t replicate, double *x)
{
	zp_random random = zp_random_stream(SEED, n, replicate);
	for (size_t i = 0; i < n; i++)
		x[i] = zp_random_normal(&random);
	const double truth = zp_random_uniform(&random) - 0.5;
	const size_t others = (size_t)(share * (double)n + zp_random_uniform(&random));
	for (size_t i = 0; i < others; i++)
		x[i] = 5 * (1 + zp_random_uniform(&random));
	for (size_t i = 0; i < n; i++)
		x[i] = floor(truth + sigma * x[i] + 0.5);
	zp_sort(x, n, keys);
	return truth;
}

/* The share of honest laboratories, rounding as all do, with |z| >= 3; any deviation where there is no spread. */
static double false_action(double truth, double sigma, estimate e)
{
	double first = floor(e.x - 3 * e.s) + 1, last = ceil(e.x + 3 * e.s) - 1; /* values that pass */
	if (e.s == 0)
		first = ceil(e.x - 1e-9), last = floor(e.x + 1e-9);
	const double low = (first - 0.5 - truth) / sigma, high = (last + 0.5 - truth) / sigma;
	return last < first ? 1 : 1 - 0.5 * (erfc(-high / sqrt(2)) - erfc(-low / sqrt(2)));
}

typedef struct tally { double action, collapsed, s, covered, covered_rounding; } tally;

static void count(tally *t, group g, double truth, double sigma, estimate e)
{
	const double u = 1.25 * e.s / sqrt((double)g.n);
	t->action += false_action(truth, sigma, e);
	t->collapsed += e.s == 0;
	t->s += e.s / sqrt(sigma * sigma + 1.0 / 12);
	t->covered += fabs(e.x - truth) <= 2 * u;
	t->covered_rounding += e.s > 0 && fabs(e.x - truth) <= 2 * hypot(u, zp_rounding_uncertainty(g.x, g.n, 1));
}

static void row(const char *name, const tally t[FINENESS], size_t offset, double factor, int places)
{
	printf("%-20s", name);
	for (size_t f = 0; f < FINENESS; f++)
		printf("%7.*f", places, factor * *(const double *)((const char *)&t[f] + offset) / REPLICATES);
	putchar('\n');
}

static void tables(size_t n, double share)
{
	static double x[MOST];
	tally t[CANDIDATES][FINENESS] = { { { 0 } } };
	for (size_t f = 0; f < FINENESS; f++)
		for (size_t r = 0; r < REPLICATES; r++) {
			const double truth = draw(n, share, fineness[f], r, x);
			const group g = { x, n };
			for (size_t c = 0; c < CANDIDATES; c++)
				count(&t[c][f], g, truth, fineness[f], candidates[c].of(g));
		}
	static const struct what { const char *says; size_t offset; double factor; int places; } whats[] = {
		{ "honest laboratories with |z| >= 3, %", offsetof(tally, action), 100, 2 },
		{ "groups without a spread, %", offsetof(tally, collapsed), 100, 1 },
		{ "s / spread of reported results", offsetof(tally, s), 1, 2 },
		{ "truth within x +- 2u, u = 1.25 s / sqrt(n), %", offsetof(tally, covered), 100, 1 },
		{ "the same, u with step/sqrt(12) where both quartiles are one value, %", offsetof(tally, covered_rounding), 100, 1 },
	};
	for (size_t w = 0; w < sizeof whats / sizeof *whats; w++) {
		printf("\nn = %zu, outliers %g %%: %s\n%-20s", n, 100 * share, whats[w].says, "sigma/step");
		for (size_t f = 0; f < FINENESS; f++)
			printf("%7g", fineness[f]);
		putchar('\n');
		for (size_t c = 0; c < CANDIDATES; c++)
			row(candidates[c].name, t[c], whats[w].offset, whats[w].factor, whats[w].places);
	}
}

int main(void)
{
	tables(30, 0);
	tables(30, 0.1);
	tables(12, 0);
	tables(12, 0.1);
	return 0;
}
