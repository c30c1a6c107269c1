/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Our side of the comparison with R (bench_r.sh). Draws many small and few large groups, writes a tenth of each for R to
 * read, and prints a line for every measurement: who, groups x values, data, what, seconds, sum of the results in that
 * tenth. The input of each is unsorted, so that everything but `sort` itself is sorting and estimating together.
 * Usage: bench_r DIRECTORY */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "base/random.h"
#include "stats/hampel.h"
#include "stats/order.h"
#include "stats/pairs.h"
#include "stats/robust.h"

#define SEED 7
#define TENTH 10
#define ROUNDS 7
#define VALUES 6000000
#define N_MOST 20000
#define COUNT(a) (sizeof(a) / sizeof *(a))

static const struct { size_t groups, n; } shapes[] = { { 300, 20000 }, { 60000, 100 } };
static const char *const kinds[] = { "continuous", "rounded" };

static double data[VALUES], x[N_MOST], work[2 * ZP_PAIRS_WORK(N_MOST) / sizeof(double)];
static uint64_t keys[2 * N_MOST];

/* ---- what is measured: of one sorted group ---- */

static double sort_only(const double *v, size_t n) { return v[n / 2]; }

static double algorithm_a(const double *v, size_t n)
{
	const zp_algorithm_a_how how = { .factor = ZP_ALGORITHM_A_PRINTED, .collapse_ratio = 1e-9 };
	const zp_robust r = zp_algorithm_a(v, n, how, work);
	return r.x + r.s;
}

static double qn(const double *v, size_t n) { return zp_qn(v, n, work); }
static double sn(const double *v, size_t n) { return zp_sn(v, n, work); }
static double q_method(const double *v, size_t n) { return zp_q_method(v, n, work); }

static double q_hampel(const double *v, size_t n)
{
	double location;
	zp_hampel(v, n, zp_q_method(v, n, work), work, &location);
	return location;
}

static const struct { const char *name; double (*of)(const double *, size_t); } whats[] = {
	{ "sort", sort_only }, { "algorithm-a", algorithm_a }, { "qn", qn }, { "sn", sn },
	{ "q-method", q_method }, { "q-hampel", q_hampel },
};

/* ---- time ---- */

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* Seconds for all groups; `sum` becomes that of the results of the first tenth. */
static double seconds(double (*of)(const double *, size_t), size_t groups, size_t n, double *sum)
{
	double results = 0;
	const double start = now();
	for (size_t g = 0; g < groups; g++) {
		if (g == groups / TENTH)
			*sum = results;
		memcpy(x, data + g * n, n * sizeof *x);
		zp_sort(x, n, keys);
		results += of(x, n);
	}
	return isnan(results) ? NAN : now() - start;
}

/* Normal values, one in twenty of them moved up by as much as ten standard deviations. */
static void draw(double *v, size_t n, zp_random *r, int places)
{
	for (size_t i = 0; i < n; i++) {
		v[i] = 5 + 0.2 * zp_random_normal(r);
		if (zp_random_uniform(r) < 0.05)
			v[i] += 2 * zp_random_uniform(r);
		if (places >= 0)
			v[i] = round(v[i] * pow(10, places)) / pow(10, places);
	}
}

static void write_tenth(const char *directory, size_t groups, size_t n, const char *kind)
{
	char path[4096];
	snprintf(path, sizeof path, "%s/%zux%zu-%s.doubles", directory, groups, n, kind);
	FILE *file = fopen(path, "wb");
	const size_t values = groups / TENTH * n;
	if (!file || fwrite(data, sizeof *data, values, file) != values || fclose(file) != 0) {
		perror(path);
		exit(1);
	}
}

static void measure(const char *directory, size_t groups, size_t n, size_t kind)
{
	double best[COUNT(whats)], sum[COUNT(whats)];
	zp_random r = zp_random_stream(SEED, n, kind);
	draw(data, groups * n, &r, kind == 0 ? -1 : 2);
	write_tenth(directory, groups, n, kinds[kind]);
	for (size_t w = 0; w < COUNT(whats); w++)
		best[w] = INFINITY;
	for (int round = 0; round < ROUNDS; round++) /* in turn, so that a busy moment does not meet one of them alone */
		for (size_t w = 0; w < COUNT(whats); w++)
			best[w] = fmin(best[w], seconds(whats[w].of, groups, n, &sum[w]));
	for (size_t w = 0; w < COUNT(whats); w++)
		printf("ours %zux%zu %s %s %.6f %.17g\n", groups, n, kinds[kind], whats[w].name, best[w], sum[w]);
	fflush(stdout);
}

/* ---- memory ---- */

static long peak_kib(void)
{
	struct rusage use;
	getrusage(RUSAGE_SELF, &use);
	return use.ru_maxrss;
}

/* How much a process of its own needs for the Q method of one group, everything included. */
static void measure_memory(size_t n)
{
	fflush(stdout);
	const pid_t child = fork();
	if (child == 0) {
		const long before = peak_kib();
		zp_random r = zp_random_stream(SEED, n, 0);
		double *v = malloc(n * sizeof *v), *room = malloc(2 * ZP_PAIRS_WORK(n));
		uint64_t *spare = malloc(2 * n * sizeof *spare);
		if (!v || !room || !spare)
			_exit(1);
		draw(v, n, &r, -1);
		zp_sort(v, n, spare);
		const double start = now(), s = zp_q_method(v, n, room), took = now() - start;
		const long kib = peak_kib() - before;
		printf("memory q-method %zu %ld %.1f %.3f\n", n, kib, (double)kib * 1024 / (double)n, isnan(s) ? NAN : took);
		fflush(stdout);
		_exit(0);
	}
	int status = 1;
	if (child < 0 || waitpid(child, &status, 0) < 0 || status != 0)
		fprintf(stderr, "The memory for %zu values could not be measured.\n", n);
}

int main(int argc, char **argv)
{
	if (argc != 2) {
		fprintf(stderr, "Usage: bench_r DIRECTORY, for the files that R reads\n");
		return 2;
	}
	for (size_t n = 20000; n <= 2000000; n *= 10)
		measure_memory(n);
	for (size_t s = 0; s < COUNT(shapes); s++)
		for (size_t kind = 0; kind < COUNT(kinds); kind++)
			measure(argv[1], shapes[s].groups, shapes[s].n, kind);
	return 0;
}
