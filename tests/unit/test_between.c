/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <math.h>
#include "stats/between.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* R: w <- 1/u^2; m <- sum(w*x)/sum(w); q <- sum(w*(x-m)^2); pchisq(q, length(x)-1, lower.tail=FALSE) */
Test(between, q_is_that_of_r)
{
	static const struct { double x[5], u[5]; size_t n; double mean, q, p; } rows[] = {
		{ { 5.10, 5.25, 4.98, 5.31, 5.07 }, { 0.05, 0.08, 0.04, 0.1, 0.06 }, 5, 5.0750512249443211, 16.205221603563398, 0.0027557944037804728 },
		{ { 100.4, 130.7 }, { 0.57, 0.76 }, 2, 111.30800000000001, 1017.2742382271456, 3.1586466155513903e-223 },
		{ { 100000000.02, 100000000.05, 100000000.01 }, { 0.02, 0.02, 0.03 }, 3, 100000000.03045453, 1.6931815011944629, 0.42887458279330132 },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		const zp_between b = zp_between_of(rows[i].x, rows[i].u, rows[i].n);
		cr_assert_eq(b.k, rows[i].n);
		cr_assert_leq(fabs(b.mean - rows[i].mean), 2e-16 * fabs(rows[i].mean) + 1e-14, "row %zu: mean %.17g", i, b.mean);
		cr_assert_leq(fabs(b.q / rows[i].q - 1), 1e-5, "row %zu: Q %.17g", i, b.q); /* x near 1e8 is itself rounded */
		cr_assert_leq(fabs(b.p - rows[i].p), 1e-5 * rows[i].p, "row %zu: p %.17g", i, b.p);
	}
}

Test(between, who_has_no_uncertainty_takes_no_part)
{
	const double x[] = { 1, 2, NAN, 3, 4 }, u[] = { 1, 0, 1, NAN, 2 };
	const zp_between b = zp_between_of(x, u, 5);
	cr_assert(b.k == 2 && fabs(b.mean - 1.6) < 1e-15, "%zu, %.17g", b.k, b.mean); /* (1 + 4 / 4) / (1 + 1 / 4) */
	const zp_between one = zp_between_of(x, u, 2);
	cr_assert(one.k == 1 && isnan(one.q) && isnan(one.p) && isnan(one.mean));
	cr_assert(zp_between_of(x, u, 0).k == 0);
}

Test(between, units_do_not_matter)
{
	const double x[] = { 5.1, 5.25, 4.98 }, u[] = { 0.05, 0.08, 0.04 };
	for (double unit = 1e-160; unit < 1e161; unit *= 1e40) {
		const double y[] = { x[0] * unit, x[1] * unit, x[2] * unit }, v[] = { u[0] * unit, u[1] * unit, u[2] * unit };
		cr_assert_leq(fabs(zp_between_of(y, v, 3).q / zp_between_of(x, u, 3).q - 1), 1e-13, "%g", unit);
	}
}
