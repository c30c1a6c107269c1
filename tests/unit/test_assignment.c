/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cheapest pairing, against all pairings tried one by one. */
#include <criterion/criterion.h>
#include <math.h>
#include "base/random.h"
#include "stats/assignment.h"

#define MOST 7

/* The least sum over all permutations, and how many have it. */
static double slow(const double *cost, size_t n, double stay, size_t row, unsigned used, double sum)
{
	double least = INFINITY;
	if (row == n)
		return sum;
	for (size_t j = 0; j < n; j++)
		if (!(used >> j & 1))
			least = fmin(least, slow(cost, n, stay, row + 1, used | 1u << j, sum + cost[row * n + j] + (j == row ? 0 : stay)));
	return least;
}

Test(assignment, no_other_order_costs_less)
{
	zp_random r = zp_random_stream(1, 2, 3);
	double work[ZP_ASSIGNMENT_WORK(MOST)];
	uint32_t counts[ZP_ASSIGNMENT_COUNTS(MOST)], column[MOST];
	for (int trial = 0; trial < 400; trial++) {
		const size_t n = 1 + zp_random_below(&r, MOST);
		const double stay = trial % 3 ? 0.25 * (double)(trial % 3) : 0;
		double cost[MOST * MOST];
		for (size_t i = 0; i < n * n; i++) /* whole numbers, so that ties are met */
			cost[i] = trial % 2 ? zp_random_uniform(&r) : (double)zp_random_below(&r, 4);
		double sum = zp_assignment(cost, n, stay, column, work, counts), own = 0, penalty = 0;
		unsigned used = 0;
		for (size_t i = 0; i < n; i++) {
			cr_assert_lt(column[i], n);
			used |= 1u << column[i];
			own += cost[i * n + column[i]];
			penalty += column[i] == i ? 0 : stay;
		}
		cr_assert_eq(used, (1u << n) - 1, "no permutation");
		cr_assert_float_eq(sum, own, 1e-12);
		cr_assert_float_eq(sum + penalty, slow(cost, n, stay, 0, 0, 0), 1e-12, "trial %d", trial);
	}
}

Test(assignment, what_gains_no_more_than_stay_stays)
{
	const double cost[] = { 5, 0, 9, 0, 5, 9, 9, 9, 1 };
	double work[ZP_ASSIGNMENT_WORK(3)];
	uint32_t counts[ZP_ASSIGNMENT_COUNTS(3)], column[3];
	cr_expect_float_eq(zp_assignment(cost, 3, 4.9, column, work, counts), 1, 1e-12);
	cr_expect(column[0] == 1 && column[1] == 0 && column[2] == 2);
	cr_expect_float_eq(zp_assignment(cost, 3, 5.1, column, work, counts), 11, 1e-12);
	cr_expect(column[0] == 0 && column[1] == 1 && column[2] == 2);
}
