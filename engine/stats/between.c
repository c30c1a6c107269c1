/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdbool.h>
#include "stats/between.h"
#include "stats/distribution.h"

static bool takes_part(double x, double u) { return isfinite(x) && isfinite(u) && u > 0; }

zp_between zp_between_of(const double *x, const double *u, size_t n)
{
	zp_between b = { .mean = NAN, .q = NAN, .p = NAN };
	double weights = 0, sum = 0, q = 0, least = INFINITY, origin = 0;
	for (size_t i = 0; i < n; i++)
		if (takes_part(x[i], u[i]) && u[i] < least) /* weights are measured by the surest, so that none is infinite */
			least = u[i], origin = x[i];
	for (size_t i = 0; i < n; i++)
		if (takes_part(x[i], u[i])) {
			const double w = (least / u[i]) * (least / u[i]);
			weights += w;
			sum += w * (x[i] - origin);
			b.k++;
		}
	if (b.k < 2)
		return b;
	b.mean = origin + sum / weights;
	for (size_t i = 0; i < n; i++)
		if (takes_part(x[i], u[i]))
			q += ((x[i] - b.mean) / u[i]) * ((x[i] - b.mean) / u[i]);
	b.q = q;
	b.p = zp_chi2_above(q, (double)(b.k - 1));
	return b;
}
