/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every estimator promises, checked for every estimator that is built in, with its presets and with
 * each setting at its least and its most. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/arena.h"
#include "host/registry.h"
#include "stats/order.h"

extern const zp_plugin *const zp_builtin[];

#define MOST 3000
#define SETTINGS_MOST 16

static uint64_t seed = 1;

static double even(void)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (double)(seed >> 11) * 0x1p-53;
}

static double bell(void)
{
	double sum = 0;
	for (int i = 0; i < 12; i++)
		sum += even();
	return sum - 6;
}

/* ---- one estimator with one set of settings ---- */

typedef struct subject {
	const zp_plugin *plugin;
	char name[120]; /* for messages: "truncated-3sd k=1" */
	double settings[SETTINGS_MOST];
	zp_arena *arena;
} subject;

typedef void check(const subject *);

static size_t presets(subject *s)
{
	size_t n = 0;
	for (const zp_param *p = s->plugin->params; p && p->name; p++)
		s->settings[n++] = isnan(p->preset) ? 5.2 : p->preset; /* one that must be given */
	cr_assert_leq(n, SETTINGS_MOST);
	snprintf(s->name, sizeof s->name, "%s", s->plugin->name);
	return n;
}

static void with_each_setting(const zp_plugin *plugin, check *c)
{
	subject s = { .plugin = plugin, .arena = zp_arena_open() };
	size_t n = presets(&s);
	c(&s);
	for (size_t i = 0; i < 2 * n; i++) {
		const zp_param *p = &plugin->params[i / 2];
		presets(&s);
		s.settings[i / 2] = i % 2 ? p->most : p->least;
		snprintf(s.name, sizeof s.name, "%s %s=%g", plugin->name, p->name, s.settings[i / 2]);
		c(&s);
	}
	zp_arena_close(s.arena);
}

static void every_estimator(check *c)
{
	size_t seen = 0;
	for (const zp_plugin *const *p = zp_builtin; *p; p++) {
		if ((*p)->kind != ZP_ESTIMATOR || (*p)->does.estimator->stated) /* those take their target from elsewhere */
			continue;
		if (!(*p)->does.estimator->estimate) /* those that elect an answer: test_electors.c */
			continue;
		with_each_setting(*p, c);
		seen++;
	}
	cr_assert_gt(seen, 0);
}

/* Gives: false when the estimator declined, and then it said why. x: in any order, left as it is. */
static bool estimate_step(const subject *s, const double *x, size_t n, double step, zp_estimate *out)
{
	static double sorted[MOST], before[MOST];
	static uint64_t work[2 * MOST];
	zp_lend lend;
	zp_error err = { 0 };
	memcpy(sorted, x, n * sizeof *x);
	zp_sort(sorted, n, work);
	memcpy(before, sorted, n * sizeof *x);
	memset(out, 0xa5, sizeof *out); /* a member that is left alone shows */
	const zp_host *host = zp_lend_to(&lend, s->arena, s->plugin, s->settings);
	bool answers = s->plugin->does.estimator->estimate(host, &(zp_sample){ .x = sorted, .n = n, .step = step }, out, &err);
	cr_assert_eq(memcmp(sorted, before, n * sizeof *x), 0, "%s altered its sample", s->name);
	if (!answers)
		cr_assert(err.code != ZP_OK && strlen(err.text) > 20, "%s declines without a reason", s->name);
	return answers;
}

static bool estimate(const subject *s, const double *x, size_t n, zp_estimate *out) { return estimate_step(s, x, n, 0.01, out); }

static bool number_or_none(double x) { return isfinite(x) || isnan(x); }

/* What holds for any answer. Gives: whether there is one. */
static bool estimate_soundly_step(const subject *s, const double *x, size_t n, double step, zp_estimate *out)
{
	if (!estimate_step(s, x, n, step, out))
		return false;
	double least = x[0], most = x[0];
	size_t inside = 0;
	for (size_t i = 0; i < n; i++) {
		least = fmin(least, x[i]);
		most = fmax(most, x[i]);
		inside += x[i] >= out->low && x[i] <= out->high;
	}
	double ulps = 1e-15 * fmax(fabs(least), fabs(most));
	cr_assert(isfinite(out->x) && out->x >= least - ulps && out->x <= most + ulps, "%s, n = %zu: x = %.17g", s->name, n, out->x);
	cr_assert(number_or_none(out->s) && !(out->s < 0), "%s, n = %zu: s = %g", s->name, n, out->s);
	cr_assert(number_or_none(out->u) && !(out->u <= 0), "%s, n = %zu: u = %g", s->name, n, out->u);
	cr_assert_eq(isnan(out->u), !(out->s > 0), "%s, n = %zu: s = %g but u = %g", s->name, n, out->s, out->u);
	cr_assert_eq(out->collapsed, out->s == 0, "%s, n = %zu: s = %g, collapsed %d", s->name, n, out->s, out->collapsed);
	cr_assert(out->n >= 1 && out->n == inside, "%s: %zu used, %zu of %zu inside [%g, %g]", s->name, out->n, inside, n, out->low, out->high);
	cr_assert(out->low == -INFINITY ? out->high == INFINITY && out->n == n : out->n < n, "%s: [%g, %g]", s->name, out->low, out->high);
	return true;
}

static bool estimate_soundly(const subject *s, const double *x, size_t n, zp_estimate *out)
{
	return estimate_soundly_step(s, x, n, 0.01, out);
}

static bool same_bits(const zp_estimate *a, const zp_estimate *b)
{
	return memcmp(&a->x, &b->x, sizeof a->x) == 0 && memcmp(&a->s, &b->s, sizeof a->s) == 0
		&& memcmp(&a->u, &b->u, sizeof a->u) == 0 && a->n == b->n && a->low == b->low && a->high == b->high
		&& a->iterations == b->iterations && a->converged == b->converged && a->collapsed == b->collapsed;
}

/* ---- the groups ---- */

static size_t smooth(double *x, size_t n)
{
	for (size_t i = 0; i < n; i++)
		x[i] = 5 + 0.2 * bell();
	return n;
}

static size_t rounded_with_outliers(double *x, size_t n)
{
	for (size_t i = 0; i < n; i++)
		x[i] = round((5 + 0.2 * bell() + (even() < 0.1 ? 3 * even() : 0)) * 100) / 100;
	return n;
}

static void shuffle(double *x, size_t n)
{
	for (size_t i = n; i > 1; i--) {
		size_t j = (size_t)(even() * (double)i);
		double kept = x[i - 1];
		x[i - 1] = x[j];
		x[j] = kept;
	}
}

/* Its answer does not follow the unit: by its rule, or because a setting is in the unit of the values. */
static bool has_unit(const subject *s)
{
	return s->plugin->does.estimator->by_unit || strstr(s->name, "width=") || strstr(s->name, "step=");
}

static const size_t sizes[] = { 1, 2, 3, 4, 5, 6, 7, 10, 11, 12, 19, 20, 57, 186, 1500, MOST };
#define SIZES (sizeof sizes / sizeof *sizes)

/* ---- claims ---- */

static void describe(const subject *s)
{
	const zp_estimator *e = s->plugin->does.estimator;
	cr_assert(s->plugin->abi == ZP_PLUGIN_ABI && s->plugin->size == sizeof(zp_plugin));
	cr_assert(s->plugin->cites && s->plugin->says && s->plugin->version, "%s", s->name);
	cr_assert(e->least_n >= 1 && e->breakdown && strstr(e->breakdown, " %") && e->uncertainty, "%s", s->name);
	for (const zp_param *p = s->plugin->params; p && p->name; p++)
		cr_assert(p->unit && p->help && (isnan(p->preset) || (p->least <= p->preset && p->preset <= p->most)), "%s: %s", s->name, p->name);
}
Test(estimators, each_says_what_it_is) { every_estimator(describe); }

/* Where the formula that is told is a multiple of s / sqrt(n), of the values that were used. */
static void uncertainty_as_told(const subject *s)
{
	const char *told = s->plugin->does.estimator->uncertainty;
	const double factor = strcmp(told, "1.25 s / sqrt(n)") == 0 ? 1.25 : strncmp(told, "s / sqrt(n)", strlen("s / sqrt(n)")) == 0 ? 1 : 0;
	double x[MOST];
	zp_estimate e;
	for (size_t k = 0; factor > 0 && k < SIZES; k++) {
		const size_t n = rounded_with_outliers(x, sizes[k]);
		if (!estimate_soundly(s, x, n, &e) || isnan(e.u))
			continue;
		const double u = factor * e.s / sqrt((double)e.n);
		cr_assert_leq(fabs(e.u - u), 1e-12 * u, "%s, n = %zu: u = %.17g, expected %.17g", s->name, n, e.u, u);
	}
}
Test(estimators, u_is_what_is_told) { every_estimator(uncertainty_as_told); }

static void order_does_not_show(const subject *s)
{
	double x[MOST];
	zp_estimate first, again, shuffled;
	for (size_t k = 0; k < SIZES; k++) {
		size_t n = k % 2 ? smooth(x, sizes[k]) : rounded_with_outliers(x, sizes[k]);
		if (!estimate_soundly(s, x, n, &first))
			continue;
		estimate(s, x, n, &again);
		cr_assert(same_bits(&first, &again), "%s, n = %zu: twice, and not the same", s->name, n);
		shuffle(x, n);
		estimate(s, x, n, &shuffled);
		cr_assert(same_bits(&first, &shuffled), "%s, n = %zu: depends on the order", s->name, n);
	}
}
Test(estimators, order_and_repetition_do_not_show_in_the_bits) { every_estimator(order_does_not_show); }

static void check_follows(const subject *s, const double *x, size_t n, const zp_estimate *plain, double a, double b)
{
	double y[MOST], slack = 1e-9 * fabs(b) * fmax(plain->s, 0) + 4e-15 * (fabs(a) + fabs(b) * 10);
	zp_estimate moved;
	for (size_t i = 0; i < n; i++)
		y[i] = a + b * x[i];
	cr_assert(estimate_soundly_step(s, y, n, 0.01 * fabs(b), &moved));
	cr_assert_leq(fabs(moved.x - (a + b * plain->x)), slack, "%s, n = %zu, %g %+g x: x = %.17g", s->name, n, a, b, moved.x);
	cr_assert_eq(moved.n, plain->n, "%s, n = %zu, %g %+g x: %zu used, not %zu", s->name, n, a, b, moved.n, plain->n);
	cr_assert(isnan(plain->s) ? isnan(moved.s) : fabs(moved.s - fabs(b) * plain->s) <= slack, "%s, n = %zu, %g %+g x: s = %.17g, expected %.17g",
	          s->name, n, a, b, moved.s, fabs(b) * plain->s);
	if (isfinite(plain->low)) {
		double low = a + b * (b > 0 ? plain->low : plain->high), high = a + b * (b > 0 ? plain->high : plain->low);
		cr_assert(fabs(moved.low - low) <= slack && fabs(moved.high - high) <= slack, "%s", s->name);
	}
}

static void a_plus_b_x_follows(const subject *s)
{
	static const double moves[][2] = { { 0, 18 }, { 273.15, 1 }, { 0, -1 }, { -40, 2.54 }, { 100, -0.001 }, { 1e6, 1 } };
	double x[MOST];
	zp_estimate plain;
	if (has_unit(s))
		return;
	for (size_t k = 0; k < SIZES; k++) {
		size_t n = smooth(x, sizes[k]);
		if (n > 20)
			x[3] = 9, x[7] = 8.5, x[11] = 1.2;
		if (!estimate_soundly(s, x, n, &plain))
			continue;
		for (size_t m = 0; m < sizeof moves / sizeof *moves; m++)
			check_follows(s, x, n, &plain, moves[m][0], moves[m][1]);
	}
}
Test(estimators, a_plus_b_x_follows) { every_estimator(a_plus_b_x_follows); }

static void one_value(const subject *s)
{
	static const double values[] = { 7.1, 0, -3.25, 1e9, 1e-12 };
	zp_estimate e;
	for (size_t i = 0; i < 5; i++) {
		if (!estimate_soundly(s, &values[i], 1, &e))
			continue;
		cr_assert(e.x == values[i] && isnan(e.s) && isnan(e.u) && !e.collapsed && e.n == 1, "%s of %g: x = %g, s = %g", s->name, values[i], e.x, e.s);
	}
}
Test(estimators, one_value_is_its_own_estimate_without_a_spread) { every_estimator(one_value); }

static void two_or_three(const subject *s)
{
	static const double groups[][3] = { { 7.1, 7.34 }, { -1, 1 }, { 0, 1e9 }, { 4.1, 4.3, 4.8 }, { -2, -1, 5 }, { 1, 1, 2 }, { 5, 6, 1e9 } };
	zp_estimate e;
	for (size_t i = 0; i < 7; i++)
		if (estimate_soundly(s, groups[i], i < 3 ? 2 : 3, &e))
			cr_assert(e.converged && !isnan(e.s), "%s, group %zu", s->name, i);
}
Test(estimators, two_or_three_values_are_enough_or_declined) { every_estimator(two_or_three); }

static void all_equal(const subject *s)
{
	static const double values[] = { 13.7, 0, -0.3, 1e8 + 0.05, 1e-12 };
	double x[MOST];
	zp_estimate e;
	for (size_t i = 0; i < 5; i++) {
		for (size_t k = 1; k < SIZES; k++) {
			for (size_t j = 0; j < sizes[k]; j++)
				x[j] = values[i];
			if (!estimate_soundly(s, x, sizes[k], &e))
				continue;
			cr_assert(e.x == values[i] && e.n == sizes[k] && (e.collapsed ? e.s == 0 && isnan(e.u) : e.tied), "%s, n = %zu: x = %.17g, s = %g",
			          s->name, sizes[k], e.x, e.s);
		}
	}
}
Test(estimators, equal_values_collapse_to_their_value) { every_estimator(all_equal); }

static void two_thirds_equal(const subject *s)
{
	double x[MOST];
	zp_estimate e;
	for (size_t n = 3; n <= 150; n++) {
		for (size_t j = 0; j < n; j++)
			x[j] = j % 3 ? 5 : 5 + round(10 * bell()) / 10;
		if (estimate_soundly(s, x, n, &e) && e.collapsed)
			cr_assert(e.x == 5 || strstr(s->name, "width="), "%s, n = %zu: x = %.17g", s->name, n, e.x);
	}
}
Test(estimators, two_thirds_equal_give_a_spread_or_the_tied_value) { every_estimator(two_thirds_equal); }

/* As many wild values as the breakdown allows, but strictly fewer than that share. */
static void absurd(const subject *s)
{
	static const size_t groups[] = { 20, 57, 186, 1500 };
	/* at 50 % the answer is bounded, but by the ends of the sound values; a little below, it is theirs */
	const double share = fmin(strtod(s->plugin->does.estimator->breakdown, NULL), 40) / 100;
	if (strchr(s->name, '=')) /* promised with the presets */
		return;
	double x[MOST];
	zp_estimate e;
	for (size_t k = 0; k < 4; k++) {
		size_t n = smooth(x, groups[k]), wild = 0;
		for (; (double)(wild + 1) < share * (double)n; wild++)
			x[wild] = 1e9;
		if (estimate_soundly(s, x, n, &e) && wild > 0)
			cr_assert(e.x > 4.5 && e.x < 5.5 && e.s < 1, "%s, %zu wild of %zu: x = %g, s = %g", s->name, wild, n, e.x, e.s);
	}
}
Test(estimators, absurd_outliers_are_borne_where_that_is_promised) { every_estimator(absurd); }

static void one_huge_beside_small(const subject *s)
{
	static const double huge[] = { 1e9, -1e9, 1e15, 1e99 };
	double x[MOST];
	zp_estimate e;
	for (size_t i = 0; i < 4; i++) {
		for (size_t k = 1; k < SIZES; k++) {
			size_t n = rounded_with_outliers(x, sizes[k]);
			x[n / 2] = huge[i];
			estimate_soundly(s, x, n, &e);
		}
	}
}
Test(estimators, a_huge_value_beside_small_ones_gives_numbers) { every_estimator(one_huge_beside_small); }

static void close_together_far_from_zero(const subject *s)
{
	double near[MOST], far[MOST];
	zp_estimate a, b;
	if (has_unit(s))
		return;
	for (size_t k = 1; k < SIZES; k++) {
		size_t n = sizes[k];
		for (size_t i = 0; i < n; i++) {
			near[i] = round(0.05 * bell() * 0x1p20) * 0x1p-20; /* exact, also beside 1e8 */
			far[i] = near[i] + 1e8;
		}
		if (!estimate_soundly(s, near, n, &a))
			continue;
		cr_assert(estimate_soundly(s, far, n, &b));
		cr_assert_leq(fabs(b.x - 1e8 - a.x), 2e-8, "%s, n = %zu: x = %.17g, expected 1e8 %+.17g", s->name, n, b.x, a.x);
		cr_assert(isnan(a.s) ? isnan(b.s) : fabs(b.s - a.s) <= 1e-9 * a.s, "%s, n = %zu: s = %.17g, expected %.17g", s->name, n, b.s, a.s);
	}
}
Test(estimators, values_near_1e8_keep_a_spread_of_0_05) { every_estimator(close_together_far_from_zero); }

static void negative(const subject *s)
{
	double x[MOST];
	zp_estimate e;
	for (size_t k = 0; k < SIZES; k++) {
		size_t n = smooth(x, sizes[k]);
		for (size_t i = 0; i < n; i++)
			x[i] -= k % 2 ? 5 : 10; /* around zero, and below it */
		estimate_soundly(s, x, n, &e);
	}
}
Test(estimators, negative_values_are_values) { every_estimator(negative); }

static subject with_presets(const char *name)
{
	const zp_plugin *const *p = zp_builtin;
	while (*p && strcmp((*p)->name, name) != 0)
		p++;
	cr_assert(*p, "%s is not built in", name);
	subject s = { .plugin = *p, .arena = zp_arena_open() };
	presets(&s);
	return s;
}

Test(estimators, a_mode_that_no_resample_moves_has_no_uncertainty)
{
	double x[200];
	size_t seen = 0;
	for (size_t i = 0; i < 200; i++)
		x[i] = i < 120 ? 1 : (double)i;
	subject s = with_presets("kernel-mode");
	zp_estimate e;
	for (size_t k = 0; s.plugin->params[k].name; k++)
		if (strcmp(s.plugin->params[k].name, "width") == 0)
			s.settings[k] = 0.01, seen++;
	cr_assert(estimate_soundly(&s, x, 200, &e));
	cr_assert(e.x == 1 && e.collapsed && e.s == 0 && isnan(e.u), "x = %g, s = %g, u = %g", e.x, e.s, e.u);
	zp_arena_close(s.arena);
	cr_assert_eq(seen, 1);
}

static void spread_of_one(const subject *s)
{
	static const double one[] = { 4, 5, 6 }, equal[] = { 5, 5, 5 };
	zp_estimate e;
	if (estimate_soundly(s, one, 3, &e))
		cr_assert_eq(e.collapsed, e.s == 0, "%s: s = %g", s->name, e.s);
	if (estimate_soundly(s, equal, 3, &e))
		cr_assert(e.collapsed || !(e.s == 0), "%s: equal values have the spread 0, and it is not said", s->name);
}
Test(estimators, that_the_spread_collapsed_is_said_where_it_is_nought_and_nowhere_else) { every_estimator(spread_of_one); }

/* All but the least are equal: Algorithm A has no spread of them, and a kernel needs one. */
Test(estimators, a_kernel_without_a_bandwidth_is_refused_by_name)
{
	static const double x[] = { 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2 };
	subject s = with_presets("kernel-mode");
	zp_estimate e;
	cr_assert_not(estimate_soundly(&s, x, sizeof x / sizeof *x, &e), "x = %g, s = %g", e.x, e.s);
	zp_arena_close(s.arena);
}
