/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <math.h>
#include "base/random.h"
#include "stats/humps.h"
#include "stats/order.h"

#define N 200
static double x[N];

/* n values around each of the places in turn, rounded to `step` when it is above 0. */
static void draw(size_t n, const double *places, size_t n_places, double sd, double step, uint64_t seed)
{
	uint64_t keys[2 * N];
	zp_random r = zp_random_stream(seed, 1, n);
	for (size_t i = 0; i < n; i++) {
		x[i] = places[i % n_places] + sd * zp_random_normal(&r);
		if (step > 0)
			x[i] = rint(x[i] / step) * step;
	}
	zp_sort(x, n, keys);
}

static zp_humps humps(size_t n, double step, double width, double p_most)
{
	zp_arena *arena = zp_arena_open();
	const zp_humps h = zp_humps_of(x, n, step, width, p_most, arena);
	zp_arena_close(arena);
	return h;
}

Test(humps, lumps_that_are_clearly_apart_are_counted)
{
	static const double places[] = { 10, 14, 19 };
	for (size_t k = 1; k <= 3; k++)
		for (uint64_t seed = 0; seed < 20; seed++) {
			draw(90, places, k, 0.5, 0, seed);
			const zp_humps h = humps(90, 0, 0.6, 2);
			cr_assert_eq(h.apart, k, "%zu lumps, seed %llu: %zu", k, (unsigned long long)seed, h.apart);
			cr_assert(k == 1 ? h.p > 0.01 : h.p < 0.01, "%zu lumps, seed %llu: p %g", k, (unsigned long long)seed, h.p);
			for (size_t i = 0; i < k; i++) /* each mode is one of the places */
				cr_assert_leq(fmin(fmin(fabs(h.modes.mode[i].at - 10), fabs(h.modes.mode[i].at - 14)), fabs(h.modes.mode[i].at - 19)), 0.5);
		}
}

Test(humps, rounding_alone_makes_none)
{
	static const double place[] = { 4.15 };
	for (uint64_t seed = 0; seed < 50; seed++)
		for (double step = 0.05; step < 0.5; step *= 2) {
			draw(100, place, 1, 0.08, step, seed);
			if (x[0] == x[99])
				continue;
			const zp_humps h = humps(100, step, 0, 0.01);
			cr_assert(!(h.p < 0.01 && h.apart > 1), "step %g, seed %llu: p %g, %zu humps", step, (unsigned long long)seed, h.p, h.apart);
		}
}

Test(humps, modes_are_looked_for_only_where_they_are_asked_for)
{
	static const double place[] = { 10 };
	draw(60, place, 1, 0.5, 0, 1);
	const zp_humps h = humps(60, 0, 0, 0.01);
	cr_assert(h.modes.n == 0 && isnan(h.width) && h.apart == 1 && h.p > 0.01);
	cr_assert(humps(60, 0, 0, 2).modes.n >= 1);
	cr_assert_eq(humps(60, 0.7, 0.2, 2).width, 0.7, "no kernel is narrower than the step");
}
