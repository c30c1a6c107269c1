/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The least that has to be done with a file of results, on one thread: read it, split its lines, read its numbers, and sort the values of
 * each measurand and sample. Nothing is checked, nobody is judged, nothing is written: as near as we can come to a limit that does not
 * depend on how a program is made. Prints how many values and groups there are, and a sum of medians that can be compared.
 * Usage: limit RESULTS.csv */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "stats/order.h"

#define BLOCK (1u << 20)
#define GROUPS_MOST 1024 /* a power of two, and more than twice as many as there are */

typedef struct group { char key[48]; size_t n_key; double *x; size_t n, room; } group;

static const double tens[] = { 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9 };

static const char *comma(const char *p, const char *end) { return memchr(p, ',', (size_t)(end - p)); }

/* "12.34" */
static double number(const char *p, const char *end)
{
	double whole = 0;
	size_t places = 0;
	for (; p < end && *p != '.'; p++)
		whole = 10 * whole + (*p - '0');
	for (p++; p < end && places < 9; p++, places++)
		whole = 10 * whole + (*p - '0');
	return whole / tens[places];
}

static group *group_of(group *groups, const char *key, size_t n)
{
	size_t h = 1469598103934665603u;
	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)key[i]) * 1099511628211u;
	for (size_t i = h;; i++) {
		group *g = &groups[i % GROUPS_MOST];
		if (!g->n_key && n < sizeof g->key)
			memcpy(g->key, key, g->n_key = n);
		if (g->n_key == n && memcmp(g->key, key, n) == 0)
			return g;
	}
}

/* lab,programme,measurand,sample,value,... */
static void take(group *groups, const char *p, const char *end)
{
	const char *lab = comma(p, end), *programme = lab ? comma(lab + 1, end) : NULL, *measurand = programme ? comma(programme + 1, end) : NULL;
	const char *sample = measurand ? comma(measurand + 1, end) : NULL, *value = sample ? comma(sample + 1, end) : NULL;
	if (!value || value == sample + 1 || sample[1] < '0' || sample[1] > '9')
		return;
	group *g = group_of(groups, programme + 1, (size_t)(sample - programme - 1));
	if (g->n == g->room) {
		g->room = 2 * g->room + 1024;
		if (!(g->x = realloc(g->x, g->room * sizeof *g->x)))
			exit(1);
	}
	g->x[g->n++] = number(sample + 1, value);
}

int main(int n_args, char **args)
{
	static group groups[GROUPS_MOST];
	static char block[2 * BLOCK];
	const int fd = n_args == 2 ? open(args[1], O_RDONLY) : -1;
	size_t over = 0, n = 0, n_groups = 0;
	double sum = 0;
	if (fd < 0)
		return 2;
	for (ssize_t got; (got = read(fd, block + over, BLOCK)) > 0;) {
		const char *p = block, *end = block + over + (size_t)got;
		for (const char *line; (line = memchr(p, '\n', (size_t)(end - p))); p = line + 1)
			take(groups, p, line);
		memmove(block, p, over = (size_t)(end - p));
	}
	for (size_t i = 0; i < GROUPS_MOST; i++) {
		group *g = &groups[i];
		uint64_t *work = malloc(2 * g->n * sizeof *work + 1);
		if (!work)
			return 1;
		zp_sort(g->x, g->n, work);
		free(work);
		n += g->n;
		n_groups += g->n > 0;
		sum += g->n ? zp_median(g->x, g->n) : 0;
		free(g->x);
	}
	printf("%zu values, %zu groups, medians sum to %.6g\n", n, n_groups, sum);
	return 0;
}
