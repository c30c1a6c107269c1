/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table in engine/stats/dip.c: sqrt(n) times the dip of n evenly distributed values, as it is exceeded with each
 * probability. Prints the rows of the table; 100,000 samples of each size, seeded. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include "base/random.h"
#include "stats/dip.h"
#include "stats/order.h"

#define SAMPLES 100000
#define MOST 5000

static double x[MOST], dips[SAMPLES];
static uint64_t keys[2 * SAMPLES];
static size_t work[ZP_DIP_WORK(MOST)];

int main(void)
{
	static const size_t sizes[] = { 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 30, 50, 100, 200, 500, 1000, 2000, 5000 };
	static const double shares[] = { 0.9, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001 };
	for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
		const size_t n = sizes[k];
		zp_random random = zp_random_stream(2026, n, 0);
		for (size_t s = 0; s < SAMPLES; s++) {
			for (size_t i = 0; i < n; i++)
				x[i] = zp_random_uniform(&random);
			zp_sort(x, n, keys);
			dips[s] = sqrt((double)n) * zp_dip(x, n, work);
		}
		zp_sort(dips, SAMPLES, keys);
		printf("\t{ %zu, {", n);
		for (size_t i = 0; i < sizeof shares / sizeof *shares; i++)
			printf("%s %.4f", i ? "," : "", zp_quantile(dips, SAMPLES, 1 - shares[i]));
		puts(" } },");
	}
	return 0;
}
