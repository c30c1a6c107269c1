/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/random.h"
#include "stats/findings.h"

#define SAMPLES_MOST 20
#define CELLS 22

enum { CASE, PEERS, STEP, ODD, FORM, SHARE, SCATTERED, A1, SE1, RSS1, B2, SE2, RSS2, A3, SEA3, B3, SEB3, RSS3, LOW_A, HIGH_A, LOW_B, HIGH_B };

static const char *const forms[ZP_FORMS] = { "none", "constant", "proportional", "either", "mixed" };
static const zp_findings_how usual = { .least = 5, .chance = 0.002, .bias = 30, .scatter = 50, .step = 0.01, .n_peers = 100 };

static FILE *open_table(const char *name)
{
	char path[1000], line[1000];
	snprintf(path, sizeof path, "%s/numbers/%s", FIXTURES, name);
	FILE *f = fopen(path, "r");
	cr_assert_not_null(f, "%s cannot be read", path);
	cr_assert_not_null(fgets(line, sizeof line, f));
	return f;
}

static size_t read_case(int which, zp_deviation *p)
{
	FILE *f = open_table("findings.csv");
	zp_deviation row = { .alert = false };
	int of;
	size_t n = 0;
	while (fscanf(f, "%d,%lf,%lf,%lf,%lf", &of, &row.x_pt, &row.d, &row.s, &row.limit) == 5)
		if (of == which) {
			row.alert = fabs(row.d) > row.limit;
			p[n++] = row;
		}
	fclose(f);
	return n;
}

static void near(double got, const char *expected, const char *what, int which)
{
	const double is = strtod(expected, NULL);
	cr_expect_leq(fabs(got - is), 1e-9 * (1 + fabs(is)), "case %d, %s: %.17g, R has %s", which, what, got, expected);
}

static void split(char *line, char *cells[CELLS])
{
	line[strcspn(line, "\n")] = '\0';
	for (size_t i = 0; i < CELLS; i++) {
		cells[i] = line;
		line += strcspn(line, ",");
		*line++ = '\0';
	}
}

static void check_fits(const zp_deviation *p, size_t n, size_t odd, char *cells[CELLS], int which)
{
	zp_fit fits[3];
	zp_fits_of(p, n, odd, fits);
	const double own[3] = { sqrt(fits[0].rss / (double)fits[0].df), sqrt(fits[1].rss / (double)fits[1].df), sqrt(fits[2].rss / (double)fits[2].df) };
	near(fits[0].a, cells[A1], "constant", which), near(own[0] * fits[0].unit_a, cells[SE1], "its error", which);
	near(fits[0].rss, cells[RSS1], "its residuals", which);
	near(fits[1].b, cells[B2], "proportional", which), near(own[1] * fits[1].unit_b, cells[SE2], "its error", which);
	near(fits[1].rss, cells[RSS2], "its residuals", which);
	near(fits[2].a, cells[A3], "intercept", which), near(own[2] * fits[2].unit_a, cells[SEA3], "its error", which);
	near(fits[2].b, cells[B3], "slope", which), near(own[2] * fits[2].unit_b, cells[SEB3], "its error", which);
	near(fits[2].rss, cells[RSS3], "residuals of the line", which);
}

Test(findings, fits_and_what_is_found_are_those_of_r)
{
	FILE *f = open_table("findings-fits.csv");
	char line[1000], *cells[CELLS];
	size_t seen[ZP_FORMS] = { 0 };
	while (fgets(line, sizeof line, f)) {
		zp_deviation p[SAMPLES_MOST];
		split(line, cells);
		const int which = atoi(cells[CASE]);
		const size_t n = read_case(which, p), odd = (size_t)atoi(cells[ODD]) - 1;
		zp_findings_how how = usual;
		how.n_peers = (size_t)atoi(cells[PEERS]);
		how.step = strtod(cells[STEP], NULL);
		const zp_deviations d = zp_deviations_of(p, n, &how);
		check_fits(p, n, odd, cells, which);
		cr_expect_eq(d.odd, odd, "case %d: the odd sample is %zu, R has %s", which, d.odd + 1, cells[ODD]);
		cr_expect_str_eq(forms[d.form], cells[FORM], "case %d: %s, R has %s", which, forms[d.form], cells[FORM]);
		cr_expect_eq(d.scattered, atoi(cells[SCATTERED]), "case %d: scatter", which);
		seen[d.form]++;
		if (d.form == ZP_FORM_NONE)
			continue;
		near(d.share, cells[SHARE], "share", which);
		near(d.a_low, cells[LOW_A], "low a", which), near(d.a_high, cells[HIGH_A], "high a", which);
		near(d.b_low, cells[LOW_B], "low b", which), near(d.b_high, cells[HIGH_B], "high b", which);
	}
	fclose(f);
	for (size_t i = 0; i < ZP_FORMS; i++)
		cr_expect_geq(seen[i], 3, "only %zu cases are %s", seen[i], forms[i]);
}

/* Targets from 1 to 5, limit 10 %, spread 3 %. */
static void draw(zp_deviation *p, size_t n, uint64_t seed, double within, double constant, double proportional)
{
	zp_random r = zp_random_stream(7, seed, 0);
	for (size_t i = 0; i < n; i++) {
		const double x = pow(5, (double)i / (double)(n - 1));
		p[i] = (zp_deviation){ x, within * 0.03 * x * zp_random_normal(&r) + constant + proportional * x, 0.03 * x, 0.1 * x, false };
		p[i].alert = fabs(p[i].d) > p[i].limit;
	}
}

Test(findings, a_laboratory_in_which_nothing_is_wrong_is_told_something_less_than_once_in_a_hundred_times)
{
	unsigned told = 0, rounds = 20000;
	for (unsigned i = 0; i < rounds; i++) {
		zp_deviation p[5];
		draw(p, 5, i, 1, 0, 0);
		const zp_deviations d = zp_deviations_of(p, 5, &usual);
		told += d.form != ZP_FORM_NONE || d.odd != ZP_NO_SAMPLE || d.scattered;
	}
	cr_expect_lt(told, rounds / 100, "%u of %u", told, rounds);
}

Test(findings, a_bias_of_most_of_the_limit_is_found_and_the_wrong_form_hardly_ever_told)
{
	unsigned found = 0, wrong = 0, rounds = 2000;
	for (unsigned i = 0; i < rounds; i++) {
		zp_deviation p[5];
		draw(p, 5, i, 0.5, 0, 0.08);
		const zp_deviations d = zp_deviations_of(p, 5, &usual);
		found += d.form != ZP_FORM_NONE;
		wrong += d.form == ZP_FORM_CONSTANT || d.form == ZP_FORM_MIXED;
	}
	cr_expect_gt(found, rounds * 95 / 100);
	cr_expect_lt(wrong, rounds * 25 / 1000);
}

Test(findings, the_order_of_samples_and_the_unit_do_not_matter)
{
	for (uint64_t i = 0; i < 500; i++) {
		zp_deviation p[7], q[7];
		draw(p, 7, i, 1, 0.1, 0.05);
		for (size_t k = 0; k < 7; k++)
			q[6 - k] = (zp_deviation){ 64 * p[k].x_pt, 64 * p[k].d, 64 * p[k].s, 64 * p[k].limit, p[k].alert };
		zp_findings_how how = usual;
		how.step *= 64;
		const zp_deviations one = zp_deviations_of(p, 7, &usual), two = zp_deviations_of(q, 7, &how);
		cr_assert_eq(one.form, two.form);
		cr_assert(one.odd == ZP_NO_SAMPLE ? two.odd == ZP_NO_SAMPLE : two.odd == 6 - one.odd);
		cr_assert(one.form == ZP_FORM_NONE || fabs(one.share - two.share) < 1e-9);
	}
}

Test(findings, too_few_results_and_equal_targets_say_nothing_that_needs_more)
{
	zp_deviation p[5];
	draw(p, 5, 1, 0.1, 0, 0.08);
	cr_expect_eq(zp_deviations_of(p, 4, &usual).form, ZP_FORM_NONE);
	cr_expect_eq(zp_deviations_of(p, 5, &usual).form, ZP_FORM_PROPORTIONAL);
	for (size_t i = 0; i < 5; i++)
		p[i] = (zp_deviation){ 2, 0.16 + 0.001 * (double)i, 0.06, 0.2, false };
	const zp_deviations d = zp_deviations_of(p, 5, &usual);
	cr_expect_eq(d.form, ZP_FORM_EITHER);
	cr_expect_float_eq(d.share, 81, 1e-9);
	cr_expect_eq(zp_deviations_of(p, 0, &usual).odd, ZP_NO_SAMPLE);
}

Test(findings, what_is_not_acceptable_is_what_was_judged_so)
{
	/* 0.3 and 0.1 * 3 are not the same double, and the same number */
	zp_deviation p[5] = { { 1, 0, 0.02, 0.1, false }, { 2, 0.001, 0.03, 0.2, false }, { 3, 0.1 * 3, 0.03, 0.3, false }, { 4, 0, 0.1, 0.4, false }, { 5, 0.001, 0.1, 0.5, false } };
	cr_assert_gt(p[2].d, p[2].limit);
	cr_expect_eq(zp_deviations_of(p, 5, &usual).odd, ZP_NO_SAMPLE);
	p[2].alert = true;
	cr_expect_eq(zp_deviations_of(p, 5, &usual).odd, 2);
}

Test(findings, equal_deviations_of_coarse_results_are_not_taken_for_certainty)
{
	zp_deviation p[5];
	zp_findings_how coarse = usual;
	coarse.step = 1;
	for (size_t i = 0; i < 5; i++)
		p[i] = (zp_deviation){ 10 + (double)i, 1, 1, 3, false }; /* one step above the target in all samples, a third of the limit */
	cr_expect_eq(zp_deviations_of(p, 5, &coarse).form, ZP_FORM_NONE);
	coarse.step = 0.01;
	cr_expect_neq(zp_deviations_of(p, 5, &coarse).form, ZP_FORM_NONE);
}

Test(findings, means_are_cut_off_and_pass_gaps_over)
{
	cr_expect_float_eq(zp_off_mean((const double[]){ -30, NAN, 50, 900 }, 4), 280.0 / 3, 1e-12);
	cr_expect(isnan(zp_off_mean((const double[]){ NAN }, 1)) && isnan(zp_off_mean(NULL, 0)));
}

Test(findings, a_run_is_counted_back_to_the_target_or_the_other_side)
{
	cr_expect_eq(zp_run_of((const double[]){ -1, 2, 3, 0.1 }, 4), 3);
	cr_expect_eq(zp_run_of((const double[]){ -1, -2, -3 }, 3), -3);
	cr_expect_eq(zp_run_of((const double[]){ 5, 0, -1 }, 3), -1);
	cr_expect_eq(zp_run_of((const double[]){ 5, 0 }, 2), 0);
	cr_expect_eq(zp_run_of(NULL, 0), 0);
}
