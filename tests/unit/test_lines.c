/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers in tables, against printf and exact fractions. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include "run/lines.h"

static double random_double(unsigned *seed)
{
	double size = pow(10, rand_r(seed) % 14 - 7);
	return ((double)rand_r(seed) / RAND_MAX - 0.5) * size;
}

Test(lines, fixed_numbers_are_those_of_printf)
{
	unsigned seed = 20260331;
	for (int i = 0; i < 200000; i++) {
		double v = random_double(&seed);
		int places = rand_r(&seed) % 10;
		char ours[400], theirs[400];
		*zp_put_fixed(ours, v, places) = '\0';
		snprintf(theirs, sizeof theirs, "%.*f", places, v);
		if (strcmp(ours, theirs) == 0)
			continue;
		/* where v lies on a tie as near as doubles can tell, either neighbour is right */
		cr_assert_leq(fabs(atof(ours) - v), 0.5 * pow(10, -places) + 4e-16 * fabs(v), "%s for %s", ours, theirs);
	}
}

Test(lines, undefined_numbers_are_empty_and_great_ones_are_whole)
{
	char out[400];
	*zp_put_fixed(out, (double)NAN, 3) = '\0';
	cr_assert_str_eq(out, "");
	*zp_put_fixed(out, INFINITY, 3) = '\0';
	cr_assert_str_eq(out, "");
	*zp_put_fixed(out, 1e300, 2) = '\0';
	cr_assert_eq(strlen(out), 304);
	*zp_put_fixed(out, -0.0004, 3) = '\0';
	cr_assert_str_eq(out, "0.000");
}

Test(lines, shares_round_half_up_from_the_exact_fraction)
{
	for (unsigned total = 1; total < 300; total++)
		for (unsigned accepted = 0; accepted <= total; accepted++)
			for (int places = 0; places < 3; places++) {
				char out[64];
				*zp_put_share(out, accepted, total, places) = '\0';
				unsigned scale = places == 0 ? 1 : places == 1 ? 10 : 100;
				/* half up: the whole number k with k - 1/2 <= v < k + 1/2 */
				long k = lround(atof(out) * scale);
				long twice = 2l * accepted * 100 * (long)scale;
				cr_assert((2 * k - 1) * (long)total <= twice && twice < (2 * k + 1) * (long)total, "%u/%u: %s", accepted, total, out);
			}
	char none[8] = "";
	cr_assert_eq(zp_put_share(none, 0, 0, 1), none);
}

Test(lines, counts_are_written_digit_by_digit)
{
	static const uint64_t some[] = { 0, 9, 10, 99, 100, 101, 4294967295u, 18446744073709551615u };
	for (size_t i = 0; i < sizeof some / sizeof *some; i++) {
		char ours[32], theirs[32];
		*zp_put_count(ours, some[i]) = '\0';
		snprintf(theirs, sizeof theirs, "%llu", (unsigned long long)some[i]);
		cr_assert_str_eq(ours, theirs);
	}
}
