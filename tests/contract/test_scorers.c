/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every scorer promises, checked for every scorer that is built in, and the figures of each. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>
#include "base/arena.h"
#include "host/registry.h"

extern const zp_plugin *const zp_builtin[];

#define SETTINGS_MOST 16

/* With its presets, except those in "name=value name=value". */
static double score(const zp_plugin *p, const char *given, zp_scored s)
{
	zp_lend lend;
	double settings[SETTINGS_MOST];
	size_t n = 0;
	for (const zp_param *q = p->params; q && q->name; q++, n++) {
		cr_assert_lt(n, SETTINGS_MOST);
		settings[n] = q->preset;
		const char *at = strstr(given, q->name);
		if (at && at[strlen(q->name)] == '=')
			settings[n] = strtod(at + strlen(q->name) + 1, NULL);
	}
	s.d = s.x - s.x_pt;
	zp_arena *arena = zp_arena_open();
	const double got = p->does.scorer->score(zp_lend_to(&lend, arena, p, settings), &s);
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

Test(scorers, each_says_what_it_is)
{
	for (const zp_plugin *const *p = zp_builtin; *p; p++) {
		if ((*p)->kind != ZP_SCORER)
			continue;
		cr_assert((*p)->abi == ZP_PLUGIN_ABI && (*p)->cites && (*p)->says && (*p)->version && (*p)->does.scorer->unit, "%s", (*p)->name);
		cr_assert(!(*p)->does.scorer->score != !(*p)->does.scorer->judge, "%s scores quantities or judges answers", (*p)->name);
		for (const zp_param *q = (*p)->params; q && q->name; q++)
			cr_assert(q->unit && q->help && (isnan(q->preset) || (q->least <= q->preset && q->preset <= q->most)), "%s: %s", (*p)->name, q->name);
	}
}

/* Every number that a score may be made of, missing, zero, negative or fine, in every combination. */
Test(scorers, a_score_is_a_number_or_undefined_never_infinite)
{
	static const double values[] = { 5, 0, -1, ZP_NONE, 1e-300, 1e90 };
	enum { MEMBERS = 8, VALUES = 6 };
	for (const zp_plugin *const *p = zp_builtin; *p; p++) {
		if ((*p)->kind != ZP_SCORER || !(*p)->does.scorer->score) /* those that judge answers: test_judges.c */
			continue;
		for (size_t member = 0; member < MEMBERS; member++)
			for (size_t other = 0; other < MEMBERS; other++)
				for (size_t k = 0; k < VALUES * VALUES; k++) {
					double m[MEMBERS] = { 5.2, 0.1, 5, 0.05, 0.2, 0.5, 5.1, 0.15 };
					m[member] = values[k % VALUES];
					m[other] = values[k / VALUES];
					const zp_scored s = { m[0], m[1], m[2], m[3], m[4], m[5], m[6], m[7], 0 }; /* score() puts in d */
					cr_assert_not(isinf(score(*p, "", s)), "%s: member %zu is %g, member %zu is %g", (*p)->name, member, m[member], other,
						      m[other]);
				}
	}
}

Test(scorers, what_a_score_lacks_leaves_it_undefined)
{
	const zp_scored nothing = { 5.2, ZP_NONE, 5, ZP_NONE, ZP_NONE, ZP_NONE, ZP_NONE, ZP_NONE, 0 };
	static const char *const needy[] = { "z", "z-prime", "zeta", "en", "sdi", "aps" };
	for (size_t i = 0; i < sizeof needy / sizeof *needy; i++)
		cr_assert(isnan(score(find(needy[i]), "", nothing)), "%s", needy[i]);
	zp_scored collapsed = nothing;
	collapsed.centre = 5, collapsed.spread = 0, collapsed.sigma_pt = 0, collapsed.u_x = 0;
	for (size_t i = 0; i < sizeof needy / sizeof *needy; i++)
		cr_assert(isnan(score(find(needy[i]), "", collapsed)), "%s of a scale of 0", needy[i]);
}

/* Each row: where the figure comes from. */
static const struct row { const char *scorer, *settings; zp_scored s; double expected, tolerance; const char *source; } rows[] = {
	{ "sdi", "", { .x = 5.5, .centre = 5, .spread = 0.25 }, 2, 0, "by hand" },
	{ "sdi", "", { .x = -3, .centre = -2, .spread = 0.5 }, -2, 0, "by hand" },
	{ "z", "", { .x = 0.013, .x_pt = 0.044, .sigma_pt = 0.0066 }, -4.696969696969697, 1e-12, "ISO 13528 Table E.7, laboratory 4" },
	{ "z-prime", "", { .x = 0.013, .x_pt = 0.044, .sigma_pt = 0.0066, .u_x_pt = 0.0041 }, -3.9897998154669887, 1e-12, "the same" },
	{ "zeta", "", { .x = 0.013, .u_x = 0.0015, .x_pt = 0.044, .u_x_pt = 0.0041 }, -7.10068497944633, 1e-12, "the same" },
	{ "en", "", { .x = 0.013, .u_x = 0.0015, .x_pt = 0.044, .u_x_pt = 0.0041 }, -3.550342489723165, 1e-12, "the same" },
	{ "vis", "ccv=2.2", { .x = 101, .x_pt = 98 }, 139, 0.5, "a Chinese textbook: chloride, V = 3.06, VIS 139" },
	{ "vis", "ccv=2.2", { .x = 150, .x_pt = 98 }, 400, 0, "cut at 400" },
	{ "sdi-fixed", "tdpa=10", { .x = 5.78, .x_pt = 5 }, 2.5662, 1e-12, "0.78 / (10 x 5 / 164.5)" },
	{ "target-score", "tdpa=10", { .x = 5.5, .x_pt = 5 }, 49.968708261840385, 1e-9, "100 log10(3.16), RIQAS: about 50 at the target deviation" },
	{ "target-score", "tdpa=10", { .x = 5, .x_pt = 5 }, 120, 0, "on target: the most" },
	{ "aps", "abs=0.4 pct=5", { .x = 12, .x_pt = 10 }, 4, 1e-12, "5 % of 10 is 0.5, more than 0.4" },
};

Test(scorers, figures_agree_with_their_sources)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		cr_assert_float_eq(score(find(rows[i].scorer), rows[i].settings, rows[i].s), rows[i].expected, rows[i].tolerance + 1e-300, "%s (%s): %.17g",
				   rows[i].scorer, rows[i].source, score(find(rows[i].scorer), rows[i].settings, rows[i].s));
}
