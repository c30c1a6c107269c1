/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include "stats/order.h"
#include "stats/rounded.h"

void zp_spread_ties(const double *x, size_t n, double step, double *out, uint64_t *keys)
{
	for (size_t first = 0, end; first < n; first = end) {
		for (end = first + 1; end < n && x[end] == x[first];)
			end++;
		for (size_t i = first; i < end; i++)
			out[i] = x[first] + step * (((double)(i - first) + 0.5) / (double)(end - first) - 0.5);
	}
	zp_sort(out, n, keys); /* values nearer to each other than the step overlap */
}

zp_robust zp_algorithm_a_rounded(const double *x, size_t n, double step, zp_algorithm_a_how how, double *work, uint64_t *keys)
{
	double *spread = work + ZP_ALGORITHM_A_WORK(n);
	if (n < 2)
		return zp_algorithm_a(x, n, how, work);
	if (zp_algorithm_a(x, n, how, work).collapsed)
		how.start = step; /* where the values themselves collapse, the fixed point is of the size of the step: from far it is a long way */
	zp_spread_ties(x, n, step, spread, keys);
	zp_robust r = zp_algorithm_a(spread, n, how, work);
	if (x[0] == x[n - 1])
		r.x = x[0]; /* to the last bit */
	return r;
}

double zp_rounding_uncertainty(const double *x, size_t n, double step)
{
	return zp_quantile(x, n, 0.25) == zp_quantile(x, n, 0.75) ? step / sqrt(12) : 0;
}
