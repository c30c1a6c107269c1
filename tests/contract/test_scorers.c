/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every scorer promises, checked for every scorer that is built in, and the figures of each. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>
#include "base/arena.h"
#include "host/registry.h"

extern const zp_plugin *const zp_builtin[];

static double score(const zp_plugin *p, double x, double x_pt, double s, double width)
{
	zp_lend lend;
	zp_arena *arena = zp_arena_open();
	zp_estimate e = { .x = x_pt, .s = s, .u = ZP_NONE, .n = 20, .low = -INFINITY, .high = INFINITY, .converged = true };
	double got = p->does.scorer->score(zp_lend_to(&lend, arena, p, NULL), x, &e, &e, width);
	zp_arena_close(arena);
	return got;
}

static const zp_plugin *find(const char *name)
{
	for (const zp_plugin *const *p = zp_builtin; *p; p++)
		if ((*p)->kind == ZP_SCORER && strcmp((*p)->name, name) == 0)
			return *p;
	cr_assert_fail("there is no scorer %s", name);
	return NULL;
}

Test(scorers, a_result_on_target_scores_nothing_or_is_undefined_never_infinite)
{
	static const double scales[] = { 0.2, 0, -1, ZP_NONE };
	for (const zp_plugin *const *p = zp_builtin; *p; p++) {
		for (size_t i = 0; (*p)->kind == ZP_SCORER && i < 4; i++) {
			double on = score(*p, 5, 5, scales[i], 0.5), off = score(*p, 7, 5, scales[i], 0.5);
			cr_assert(on == 0 || isnan(on), "%s, s = %g: %g", (*p)->name, scales[i], on);
			cr_assert_not(isinf(off), "%s, s = %g", (*p)->name, scales[i]);
		}
	}
}

Test(scorers, sdi_counts_standard_deviations_of_the_peers)
{
	const zp_plugin *sdi = find("sdi");
	static const struct { double x, centre, s, sdi; } rows[] = {
		{ 5.5, 5, 0.25, 2 }, { 4.5, 5, 0.25, -2 }, { -3, -2, 0.5, -2 }, { 5, 5, 0.25, 0 },
	};
	for (size_t i = 0; i < 4; i++)
		cr_assert_eq(score(sdi, rows[i].x, rows[i].centre, rows[i].s, 1), rows[i].sdi, "row %zu", i);
	cr_assert(isnan(score(sdi, 5.5, 5, 0, 1)), "a collapsed spread");
	cr_assert(isnan(score(sdi, 5.5, 5, ZP_NONE, 1)), "no spread");
	cr_assert(isnan(score(sdi, 5.5, ZP_NONE, 0.25, 1)), "no centre");
}
