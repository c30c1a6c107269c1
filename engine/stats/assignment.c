/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/assignment.h"
#include <math.h>
#include <string.h>

/* One more row, from 1, into the pairing: the cheapest way of moving the others out of its way. Columns count from 1; column 0
 * is where the new row waits. row_of: the row that has a column, 0 for none. */
static void add_row(const double *cost, size_t n, double stay, uint32_t row, double *rows, double *columns, double *slack,
		    uint32_t *row_of, uint32_t *way, uint32_t *used)
{
	uint32_t at = 0;
	row_of[0] = row;
	for (size_t j = 0; j <= n; j++)
		slack[j] = INFINITY, used[j] = 0;
	do {
		const uint32_t i = row_of[at];
		double least = INFINITY;
		uint32_t next = 0;
		used[at] = 1;
		for (uint32_t j = 1; j <= n; j++) {
			if (used[j])
				continue;
			const double c = cost[(i - 1) * n + j - 1] + (i == j ? 0 : stay) - rows[i] - columns[j];
			if (c < slack[j])
				slack[j] = c, way[j] = at;
			if (slack[j] < least)
				least = slack[j], next = j;
		}
		for (size_t j = 0; j <= n; j++) {
			if (used[j])
				rows[row_of[j]] += least, columns[j] -= least;
			else
				slack[j] -= least;
		}
		at = next;
	} while (row_of[at]);
	for (; at; at = way[at])
		row_of[at] = row_of[way[at]];
}

double zp_assignment(const double *cost, size_t n, double stay, uint32_t *column, double *work, uint32_t *counts)
{
	double *rows = work, *columns = rows + n + 1, *slack = columns + n + 1, sum = 0;
	uint32_t *row_of = counts, *way = row_of + n + 1, *used = way + n + 1;
	memset(rows, 0, (n + 1) * sizeof *rows);
	memset(columns, 0, (n + 1) * sizeof *columns);
	memset(row_of, 0, (n + 1) * sizeof *row_of);
	memset(way, 0, (n + 1) * sizeof *way);
	for (uint32_t i = 1; i <= n; i++)
		add_row(cost, n, stay, i, rows, columns, slack, row_of, way, used);
	for (uint32_t j = 1; j <= n; j++)
		column[row_of[j] - 1] = j - 1;
	for (size_t i = 0; i < n; i++)
		sum += cost[i * n + column[i]];
	return sum;
}
