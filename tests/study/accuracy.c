/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How good the estimators are: bias, efficiency, spread and wrong verdicts in groups of 3 to 50 laboratories that are
 * clean, coarsely rounded, spoiled by outliers, or two groups in one. Prints the table docs/methods/accuracy.csv; seeded.
 * The unit is the laboratories' own standard deviation, sigma. All situations see the same normal deviates, so that
 * what differs between two rows of a size is the situation and not the luck of the draw. */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include "base/random.h"
#include "stats/hampel.h"
#include "stats/kernel.h"
#include "stats/moments.h"
#include "stats/order.h"
#include "stats/pairs.h"
#include "stats/robust.h"
#include "stats/rounded.h"
#include "stats/trimmed.h"
#include "stats/truncated.h"

#define SEED 2026
#define REPLICATES 20000
#define MOST 50                   /* laboratories */
#define CELLS (16 * 17 * MOST + 64) /* of the kernel's grid, were all values far apart */
#define ACTION 3                  /* |z| */

typedef enum kind { CLEAN, ROUNDED, OUTLIERS, HUMPS } kind;

typedef struct situation {
	const char *name;
	kind kind;
	double parameter; /* the step in sigma; the share of outliers; the share of the second hump */
	double distance;  /* outliers lie evenly from here to twice as far; the second hump is centred here */
} situation;

typedef struct group {
	double x[MOST]; /* ascending */
	size_t n;
	double step;  /* 0: not rounded */
	double truth;
	double clean; /* the error of the mean, had nothing spoiled these values */
} group;

typedef struct estimate { double x, s; } estimate; /* x is NAN where the engine refuses to answer */

static uint64_t keys[2 * REPLICATES];
static double work[2 * (ZP_PAIRS_WORK(MOST) / sizeof(double)) + ZP_ROUNDED_WORK(MOST)];

static const zp_algorithm_a_how as_printed = { .factor = ZP_ALGORITHM_A_PRINTED, .collapse_ratio = 1e-9 };

static estimate mean(const group *g)
{
	const zp_moments m = zp_moments_of(g->x, g->n);
	return (estimate){ m.mean, m.sd };
}

static estimate median_niqr(const group *g) { return (estimate){ zp_median(g->x, g->n), zp_niqr(g->x, g->n) }; }
static estimate median_made(const group *g) { return (estimate){ zp_median(g->x, g->n), zp_made(g->x, g->n) }; }
static estimate qn(const group *g) { return (estimate){ zp_median(g->x, g->n), zp_qn(g->x, g->n, work) }; }
static estimate sn(const group *g) { return (estimate){ zp_median(g->x, g->n), zp_sn(g->x, g->n, work) }; }

static estimate algorithm_a(const group *g)
{
	const zp_robust r = zp_algorithm_a(g->x, g->n, as_printed, work);
	return (estimate){ r.x, r.s };
}

static estimate algorithm_a_grouped(const group *g)
{
	const double step = g->step > 0 ? g->step : 0.01; /* without ties any step gives the same */
	const zp_robust r = zp_algorithm_a_rounded(g->x, g->n, step, as_printed, work, keys);
	return (estimate){ r.x, r.s };
}

static estimate huber_made(const group *g)
{
	const double s = zp_made(g->x, g->n);
	return (estimate){ zp_huber(g->x, g->n, s, work).x, s };
}

static estimate hampel(const group *g, double s)
{
	estimate e = { .s = s };
	zp_hampel(g->x, g->n, s, work, &e.x);
	return e;
}

static estimate q_hampel(const group *g) { return hampel(g, zp_q_method(g->x, g->n, work)); }
static estimate qn_hampel(const group *g) { return hampel(g, zp_qn(g->x, g->n, work)); }

static estimate kernel_mode(const group *g)
{
	static double place[MOST], weight[CELLS], density[CELLS];
	estimate e = algorithm_a(g);
	if (!(e.s > 0)) /* no bandwidth */
		return e;
	zp_kernel_field field;
	zp_modes modes;
	zp_kernel_open(&field, g->x, g->n, zp_kernel_width_by_spread(e.s, g->n), place, weight, density);
	zp_kernel_modes(&field, 0.05, &modes);
	e.x = modes.tied ? NAN : modes.mode[0].at;
	return e;
}

static estimate truncated(const group *g, zp_truncation how)
{
	const zp_truncated t = zp_truncate(g->x, g->n, how);
	return (estimate){ t.mean, t.sd };
}

static estimate truncated_3sd(const group *g) { return truncated(g, (zp_truncation){ .k = 3 }); }
static estimate truncated_2sd(const group *g) { return truncated(g, (zp_truncation){ .k = 2 }); }
static estimate clia_3sd(const group *g) { return truncated(g, (zp_truncation){ .k = 3, .once = true }); }

static estimate trimmed_10(const group *g)
{
	const zp_trimmed t = zp_trim(g->x, g->n, 0.10);
	return (estimate){ t.mean, t.s };
}

typedef struct estimator {
	const char *name;
	estimate (*of)(const group *);
	size_t replicates;
} estimator;

static const estimator estimators[] = {
	{ "mean", mean, REPLICATES },
	{ "median-niqr", median_niqr, REPLICATES },
	{ "median-made", median_made, REPLICATES },
	{ "algorithm-a", algorithm_a, REPLICATES },
	{ "algorithm-a-grouped", algorithm_a_grouped, REPLICATES },
	{ "q-hampel", q_hampel, REPLICATES },
	{ "qn-hampel", qn_hampel, REPLICATES },
	{ "kernel-mode", kernel_mode, 5000 }, /* costs more than all the others together */
	{ "truncated-3sd", truncated_3sd, REPLICATES },
	{ "truncated-2sd", truncated_2sd, REPLICATES },
	{ "clia-3sd", clia_3sd, REPLICATES },
	{ "trimmed-10", trimmed_10, REPLICATES },
	{ "huber", huber_made, REPLICATES },
	{ "qn", qn, REPLICATES },
	{ "sn", sn, REPLICATES },
};
#define ESTIMATORS (sizeof estimators / sizeof *estimators)

static void draw(const situation *now, size_t n, size_t replicate, group *g)
{
	zp_random random = zp_random_stream(SEED, n, replicate);
	*g = (group){ .n = n };
	for (size_t i = 0; i < n; i++) {
		g->x[i] = zp_random_normal(&random);
		g->clean += g->x[i] / (double)n;
	}
	const double chance = zp_random_uniform(&random);
	/* A share that is no whole number of laboratories is rounded up as often as makes the share right on average. */
	const size_t others = now->kind == OUTLIERS || now->kind == HUMPS ? (size_t)(now->parameter * (double)n + chance) : 0;
	for (size_t i = 0; i < others; i++)
		g->x[i] = now->kind == HUMPS ? g->x[i] + now->distance : now->distance * (1 + zp_random_uniform(&random));
	if (now->kind == ROUNDED) {
		g->step = now->parameter;
		g->truth = g->step * (chance - 0.5);
		for (size_t i = 0; i < n; i++)
			g->x[i] = g->step * floor((g->x[i] + g->truth) / g->step + 0.5);
	}
	zp_sort(g->x, n, keys);
}

/* The share of normal values between the two. */
static double normal_between(double low, double high)
{
	return 0.5 * (erfc(-high / sqrt(2)) - erfc(-low / sqrt(2)));
}

/* The share of honest laboratories that this estimate would fail: exactly, so that no second draw adds its noise. */
static double false_action(const situation *now, const group *g, estimate e)
{
	const double low = e.x - ACTION * e.s, high = e.x + ACTION * e.s;
	const double second = now->kind == HUMPS ? now->parameter : 0, there = now->distance; /* both humps are honest */
	if (now->kind != ROUNDED)
		return 1 - (1 - second) * normal_between(low, high) - second * normal_between(low - there, high - there);
	const double step = g->step;
	double first = floor(low / step) + 1, last = ceil(high / step) - 1; /* the values that pass, in steps */
	if (e.s == 0) /* only the common value itself does, which between two values is none */
		first = ceil(e.x / step - 1e-9), last = floor(e.x / step + 1e-9);
	return last < first ? 1 : 1 - normal_between((first - 0.5) * step - g->truth, (last + 0.5) * step - g->truth);
}

typedef struct tally {
	zp_sum error, square, clean, s, action;
	size_t collapsed, answered;
	double spreads[REPLICATES];
} tally;

static void count(tally *t, const situation *now, const group *g, estimate e)
{
	if (isnan(e.x))
		return;
	if (!(e.s > 0))
		e.s = 0; /* one value retained has no spread either */
	zp_sum_add(&t->error, e.x - g->truth);
	zp_sum_add(&t->square, (e.x - g->truth) * (e.x - g->truth));
	zp_sum_add(&t->clean, g->clean * g->clean);
	zp_sum_add(&t->s, e.s);
	zp_sum_add(&t->action, false_action(now, g, e));
	t->collapsed += e.s == 0;
	t->spreads[t->answered++] = e.s;
}

static void print(const situation *now, size_t n, const char *name, tally *t)
{
	const double answered = (double)t->answered, step = now->kind == ROUNDED ? now->parameter : 0;
	const double spread = sqrt(1 + step * step / 12);
	const double bias = zp_sum_value(&t->error) / answered, efficiency = zp_sum_value(&t->clean) / zp_sum_value(&t->square);
	const double s = zp_sum_value(&t->s) / answered, action = zp_sum_value(&t->action) / answered;
	zp_sort(t->spreads, t->answered, keys);
	const double low = zp_quantile(t->spreads, t->answered, 0.05), high = zp_quantile(t->spreads, t->answered, 0.95);
	printf("%s,%g,%zu,%s,%zu,%.4f,%.4f,%.4f,%.4f,%.4f,%.4f,%.5f\n", now->name, now->parameter, n, name, t->answered, bias,
	       efficiency, s / spread, low / spread, high / spread, (double)t->collapsed / answered, action);
}

static void study(const situation *now, size_t n)
{
	static tally tallies[ESTIMATORS];
	group g;
	for (size_t k = 0; k < ESTIMATORS; k++)
		tallies[k] = (tally){ .answered = 0 };
	for (size_t r = 0; r < REPLICATES; r++) {
		draw(now, n, r, &g);
		for (size_t k = 0; k < ESTIMATORS; k++)
			if (r < estimators[k].replicates)
				count(&tallies[k], now, &g, estimators[k].of(&g));
	}
	for (size_t k = 0; k < ESTIMATORS; k++)
		print(now, n, estimators[k].name, &tallies[k]);
}

int main(void)
{
	static const size_t sizes[] = { 3, 4, 5, 7, 10, 12, 15, 20, 30, 50 };
	static const situation situations[] = {
		{ "clean", CLEAN, 0, 0 },
		{ "rounded", ROUNDED, 0.5, 0 }, { "rounded", ROUNDED, 1, 0 }, { "rounded", ROUNDED, 2, 0 },
		{ "rounded", ROUNDED, 3.3, 0 }, { "rounded", ROUNDED, 5, 0 }, { "rounded", ROUNDED, 10, 0 },
		{ "outliers", OUTLIERS, 0.1, 5 }, { "outliers", OUTLIERS, 0.2, 5 }, { "outliers", OUTLIERS, 0.3, 5 },
		{ "far-outliers", OUTLIERS, 0.1, 10 }, { "far-outliers", OUTLIERS, 0.2, 10 },
		{ "far-outliers", OUTLIERS, 0.3, 10 },
		{ "humps", HUMPS, 0.25, 4 }, { "humps", HUMPS, 0.5, 4 },
	};
	puts("situation,parameter,n,estimator,replicates,bias,efficiency,s_mean,s_low,s_high,collapsed,false_action");
	for (size_t i = 0; i < sizeof situations / sizeof *situations; i++)
		for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++)
			study(&situations[i], sizes[k]);
	return 0;
}
