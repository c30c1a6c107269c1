/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include "base/random.h"
#include "stats/lattice.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

Test(lattice, the_fewest_decimals_are_told)
{
	static const struct { double x[6]; size_t n; int places; } rows[] = {
		{ { 7 }, 1, 0 },
		{ { 0 }, 1, 0 },
		{ { -0.0 }, 1, 0 },
		{ { 0.1 }, 1, 1 },
		{ { 5.12, 5.1, 5 }, 3, 2 },
		{ { 5, 5.1, 5.123, -7.25 }, 4, 3 },
		{ { 0.1 + 0.2 }, 1, -1 }, /* 0.30000000000000004: 17 digits */
		{ { 0.3 }, 1, 1 },
		{ { 1e9, 0.04, 0.05 }, 3, 2 },
		{ { 100000000.05, 99999999.95 }, 2, 2 },
		{ { 1e15 }, 1, 0 },
		{ { 1e15, 0.5 }, 2, -1 }, /* 16 digits together */
		{ { 0.5, 1e15 }, 2, -1 },
		{ { 1e14, 0.5 }, 2, 1 },
		{ { 2e15 }, 1, -1 },
		{ { 1e-22 }, 1, 22 },
		{ { 1e-23 }, 1, -1 },
		{ { 123456789012345e-22 }, 1, 22 },
		{ { 0.001, 0.001, 0.001, 0.001 }, 4, 3 },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		int places = -1;
		cr_assert_eq(zp_lattice_places(rows[i].x, rows[i].n, &places), rows[i].places >= 0, "row %zu: %d places", i,
			     places);
		cr_assert_eq(places, rows[i].places, "row %zu: %d places", i, places);
	}
}

/* The slow twin: write the number out, read it again. At most 15 digits and the 1 of 10^15. */
static bool written(double x, int places)
{
	char text[400];
	snprintf(text, sizeof text, "%.*f", places, x);
	return fabs(x) * pow(10, places) < 1e15 * (1 + 1e-14) && strtod(text, NULL) == x;
}

static int slow_places(const double *x, size_t n)
{
	for (int p = 0; p <= 22; p++) {
		size_t i = 0;
		while (i < n && written(x[i], p))
			i++;
		if (i == n)
			return p;
	}
	return -1;
}

static void check(const double *x, size_t n, unsigned round)
{
	int expected = slow_places(x, n), places = -1;
	cr_assert_eq(zp_lattice_places(x, n, &places), expected >= 0, "round %u, n = %zu", round, n);
	cr_assert_eq(places, expected, "round %u, n = %zu: %d places, expected %d", round, n, places, expected);
	for (size_t i = 0; expected >= 0 && i < n; i++) {
		double units = zp_lattice_units(x[i], places);
		cr_assert(units == rint(units) && fabs(units) < 0x1p53);
		cr_assert_eq(zp_lattice_value(units, places), x[i], "round %u: %.17g comes back as %.17g", round, x[i],
		             zp_lattice_value(units, places));
	}
}

Test(lattice, agrees_with_writing_and_reading)
{
	double x[200];
	zp_random random = zp_random_stream(1, 2, 3);
	for (unsigned round = 0; round < 600; round++) {
		size_t n = 1 + zp_random_below(&random, 200);
		int digits = 1 + (int)zp_random_below(&random, 16);
		double unit = pow(10, -(double)zp_random_below(&random, 12));
		for (size_t i = 0; i < n; i++) {
			char text[400];
			snprintf(text, sizeof text, "%.*g", digits,
				 unit * (round % 3 ? 5 + zp_random_normal(&random) : 1e6 * zp_random_normal(&random)));
			x[i] = strtod(text, NULL);
		}
		if (round % 5 == 0)
			x[n / 2] = 1e9;
		check(x, n, round);
	}
}

Test(lattice, units_are_the_digits_that_were_written)
{
	zp_random random = zp_random_stream(4, 5, 6);
	for (unsigned round = 0; round < 20000; round++) {
		char text[64];
		int places = (int)zp_random_below(&random, 23), found;
		uint64_t digits = zp_random_next(&random) % 1000000000000000u;
		digits /= (uint64_t)pow(10, (double)zp_random_below(&random, 15));
		snprintf(text, sizeof text, "%s%llue-%d", round % 2 ? "-" : "", (unsigned long long)digits, places);
		double x = strtod(text, NULL), expected = round % 2 ? -(double)digits : (double)digits;
		cr_assert(zp_lattice_places(&x, 1, &found) && found <= places, "%s", text);
		cr_assert_eq(zp_lattice_units(x, places), expected, "%s: %.17g", text, zp_lattice_units(x, places));
		cr_assert_eq(zp_lattice_value(expected, places), x, "%s", text);
	}
}

Test(lattice, differences_equal_in_decimal_are_equal_in_units)
{
	cr_assert_neq(0.3 - 0.2, 0.2 - 0.1); /* which is why */
	for (int places = 1; places <= 9; places++) /* up to 15 digits in all */
		for (int k = 0; k < 999; k++) {
			double unit = pow(10, places), a = (1e5 * unit + k) / unit, b = (1e5 * unit + k + 1) / unit,
			       c = (1e5 * unit + k + 2) / unit;
			double first = zp_lattice_units(b, places) - zp_lattice_units(a, places);
			double second = zp_lattice_units(c, places) - zp_lattice_units(b, places);
			cr_assert(first == 1 && second == 1, "%d places, %d", places, k);
		}
}

Test(lattice, what_is_no_decimal_is_refused)
{
	static const double others[] = { NAN, INFINITY, -INFINITY, 1e300, -1e16, 1e-300, 0x1p-1074 };
	int places;
	for (size_t i = 0; i < COUNT(others); i++) {
		const double x[] = { 0.5, others[i], 0.25 };
		cr_assert(!zp_lattice_places(&others[i], 1, &places) && !zp_lattice_places(x, 3, &places), "%g", others[i]);
	}
	double logs[20];
	for (size_t i = 0; i < 20; i++)
		logs[i] = log(3 + (double)i);
	cr_assert(!zp_lattice_places(logs, 20, &places));
}

Test(lattice, nothing_needs_no_decimals)
{
	int places = -1;
	cr_assert(zp_lattice_places(NULL, 0, &places) && places == 0);
}

/* The rule, with sets made for it: by hand. */
Test(lattice, the_reported_step_is_the_coarsest_that_so_many_values_lie_on)
{
	static const struct { const char *what; double x[14]; size_t n; int places; double share, step; } rows[] = {
		{ "all to 0.1", { 3.9, 4, 4, 4.1, 4.1, 4.1, 4.2, 4.2, 4.2, 4.3, 4.3, 4.4 }, 12, 2, 1, 0.1 },
		{ "one of them to 0.01", { 3.9, 4, 4, 4.1, 4.1, 4.1, 4.2, 4.2, 4.25, 4.3, 4.3, 4.4 }, 12, 2, 1, 0.01 },
		{ "two in five do", { 3.9, 4, 4, 4.1, 4.1, 4.1, 4.2, 4.2, 4.25, 4.3, 4.3, 4.4 }, 12, 2, 0.4, 0.1 },
		{ "to 10", { 80, 90, 90, 100, 100, 100, 110, 110, 120, 120, 130, 140 }, 12, 0, 1, 10 },
		{ "too few", { 3.9, 4, 4, 4.1, 4.1, 4.1, 4.2, 4.2, 4.2, 4.3, 4.4 }, 11, 2, 1, 0.01 },
		{ "a tie alone", { 4.1, 4.1, 4.1, 4.1, 4.1, 4.1, 4.1, 4.1, 4.1, 4.1, 4.2, 4.2 }, 12, 2, 1, 0.01 },
		{ "below 0", { -4.4, -4.3, -4.3, -4.2, -4.2, -4.2, -4.1, -4.1, -4.1, -4, -4, -3.9 }, 12, 3, 1, 0.1 },
		{ "all zero", { 0 }, 12, 2, 1, 0.01 },
		{ "finer than the places say", { 4.11, 4.12, 4.13, 4.14, 4.15, 4.16, 4.17, 4.18, 4.19, 4.21, 4.22, 4.23 }, 12, 1, 1, 0.1 },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		cr_assert_eq(zp_reported_step(rows[i].x, rows[i].n, rows[i].places, rows[i].share), rows[i].step, "%s: %g", rows[i].what,
			     zp_reported_step(rows[i].x, rows[i].n, rows[i].places, rows[i].share));
}
