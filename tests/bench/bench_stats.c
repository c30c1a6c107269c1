/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What sorting and estimating cost, in nanoseconds per value: the best of several rounds over groups that
 * differ, so that the machine cannot learn one of them by heart. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "stats/order.h"
#include "stats/robust.h"

#define VALUES 400000
#define ROUNDS 7

static double data[VALUES], x[VALUES], sink;
static uint64_t keys[2 * 20000];
static double sums[ZP_ALGORITHM_A_WORK(20000)];

static double even(void)
{
	static uint64_t seed = 1;
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (double)(seed >> 11) * 0x1p-53;
}

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static void sort(double *v, size_t n) { zp_sort(v, n, keys); }

static void algorithm_a(double *v, size_t n)
{
	sink += zp_algorithm_a(v, n, (zp_algorithm_a_how){ .factor = ZP_ALGORITHM_A_PRINTED, .collapse_ratio = 1e-9 }, sums).s;
}

static void median_niqr(double *v, size_t n) { sink += zp_median(v, n) + zp_niqr(v, n); }
static void median_made(double *v, size_t n) { sink += zp_median(v, n) + zp_made(v, n); }

static double best(void (*work)(double *, size_t), size_t n, int sorted)
{
	double least = INFINITY;
	for (int round = 0; round < ROUNDS; round++) {
		memcpy(x, data, sizeof x);
		for (size_t at = 0; sorted && at + n <= VALUES; at += n)
			sort(x + at, n);
		double start = now();
		for (size_t at = 0; at + n <= VALUES; at += n)
			work(x + at, n);
		least = fmin(least, (now() - start) / (double)(VALUES / n * n));
	}
	return least;
}

static void table(const char *what)
{
	static const size_t sizes[] = { 20, 186, 1500, 20000 };
	printf("%-10s %8s %10s %12s %12s %12s\n", what, "n", "sort", "algorithm-a", "median-niqr", "median-made");
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
		printf("%-10s %8zu %10.2f %12.2f %12.3f %12.3f\n", "", sizes[i], best(sort, sizes[i], 0), best(algorithm_a, sizes[i], 1),
		       best(median_niqr, sizes[i], 1), best(median_made, sizes[i], 1));
}

int main(void)
{
	for (int places = 0; places < 2; places++) {
		for (size_t i = 0; i < VALUES; i++) {
			double bell = sqrt(-2 * log(1 - even())) * cos(2 * acos(-1) * even());
			data[i] = 5 + 0.2 * bell + (even() < 0.05 ? 2 * even() : 0);
			if (places == 0)
				data[i] = round(data[i] * 100) / 100;
		}
		table(places == 0 ? "rounded" : "smooth");
	}
	return isnan(sink);
}
