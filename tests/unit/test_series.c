/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <math.h>
#include "base/random.h"
#include "stats/series.h"

#define MOST 200
#define COUNT(a) (sizeof(a) / sizeof *(a))
static const zp_series_how usual = { .latest = 5, .lambda = 0.2, .k = 0.5, .h = 5 };

static void near(double got, double expected, double tolerance, const char *what, size_t row)
{
	cr_assert_leq(fabs(got - expected), tolerance, "%s, row %zu: %.17g, expected %.17g", what, row, got, expected);
}

/* R: z <- z[!is.na(z)]; sum(z) / sqrt(length(z)); sum(z^2); pchisq(sum(z^2), length(z), lower.tail = FALSE); sqrt(mean(z^2));
 * mean(abs(z)); mean(tail(z, 5)); for (v in z) e <- 0.2 * v + 0.8 * e; for (v in z) hi <- max(0, hi + v - 0.5), lo likewise. */
Test(series, figures_of_r_are_met_gaps_or_not)
{
	static const struct { double z[8]; size_t n; double rsz, ssz, p, rlp, mean_abs, latest, ewma, high, low; } rows[] = {
		{ { 0.38, 1.14, -0.52, 0.12, -1.62, 0.84, -2.01, -1.22 }, 8,
		  -1.0217692988145612, 10.5873, 0.22619713276776815, 1.1503966707184092,
		  0.98125, -0.778, -0.5725091328, 0, 2.23 },
		{ { 2.57, 1.42, 1.51, 1.51, 1.24, 1.39, 2.84, 0.67 }, 8,
		  4.64922708630155, 25.1657, 0.0014571531756716082, 1.7736156573508253, 1.64375,
		  1.53, 1.2981970688, 9.15, 0 },
		{ { -0.35, 5.10, 0.92, -1.88, -4.40, 0.95, -0.14, -0.60 }, 8,
		  -0.1414213562373097, 51.1554, 2.449252688291712e-08, 2.5287200319529246,
		  1.7925, -1.214, -0.312369664, 0, 3.57 },
		{ { NAN, -0.60, 0.58, -0.41, 0.09, NAN, -1.13, 0.99 }, 6,
		  -0.1959591794226542, 3.1296, 0.7924137572568729, 0.7222188034107115,
		  0.6333333333333333, 0.024, -0.005072, 0.49, 0 },
		{ { 0.30, NAN, NAN, NAN, NAN, NAN, NAN, NAN }, 1, 0.3, 0.09, 0.7641771556220948, 0.3, 0.3, 0.3, 0.06, 0, 0 },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		zp_series s = zp_series_of(rows[i].z, 8, usual);
		cr_assert_eq(s.n, rows[i].n);
		near(s.rsz, rows[i].rsz, 1e-14, "RSZ", i), near(s.ssz, rows[i].ssz, 1e-13, "SSZ", i);
		near(s.ssz_p, rows[i].p, 1e-12, "p", i);
		near(s.rlp, rows[i].rlp, 1e-14, "RLP", i), near(s.mean_abs, rows[i].mean_abs, 1e-14, "mean |z|", i);
		near(s.mean_latest, rows[i].latest, 1e-14, "latest", i), near(s.ewma, rows[i].ewma, 1e-14, "EWMA", i);
		near(s.cusum_high, rows[i].high, 1e-14, "CUSUM high", i), near(s.cusum_low, rows[i].low, 1e-14, "CUSUM low", i);
	}
}

Test(series, a_round_without_z_is_as_if_it_had_not_been)
{
	double with_gaps[MOST], without[MOST];
	for (size_t round = 0; round < 500; round++) {
		zp_random r = zp_random_stream(1, round, 0);
		size_t n = 1 + zp_random_below(&r, MOST), m = 0;
		for (size_t i = 0; i < n; i++) {
			with_gaps[i] = zp_random_uniform(&r) < 0.4
					       ? NAN
					       : rint(100 * zp_random_normal(&r) + (double)(round % 3) * 40) / 100;
			if (!isnan(with_gaps[i]))
				without[m++] = with_gaps[i];
		}
		zp_series a = zp_series_of(with_gaps, n, usual), b = zp_series_of(without, m, usual);
		cr_assert_eq(a.n, m);
		if (m == 0)
			continue;
		cr_assert(a.rsz == b.rsz && a.ssz == b.ssz && a.ssz_p == b.ssz_p && a.rlp == b.rlp && a.mean_abs == b.mean_abs,
			  "round %zu", round);
		cr_assert(a.mean_latest == b.mean_latest && a.ewma == b.ewma && a.cusum_high == b.cusum_high &&
				  a.cusum_low == b.cusum_low,
			  "round %zu", round);
		cr_assert(a.one_sided == b.one_sided && (a.signal > 0) == (b.signal > 0) && a.signal >= b.signal, "round %zu",
			  round);
	}
}

/* The slow twin: each figure on its own, from its definition. */
Test(series, any_length_agrees_with_the_definitions)
{
	double z[MOST];
	for (size_t round = 0; round < 500; round++) {
		zp_random r = zp_random_stream(2, round, 0);
		const zp_series_how how = { .latest = 1 + round % 9,
					    .lambda = 0.05 + 0.1 * (double)(round % 8),
					    .k = 0.25 * (double)(round % 4),
					    .h = 4 };
		size_t n = 1 + zp_random_below(&r, MOST), count = 0, latest = 0, signal = 0;
		long double sum = 0, squares = 0, sizes = 0, recent = 0, ewma = 0;
		for (size_t i = 0; i < n; i++) {
			z[i] = i > 0 && zp_random_uniform(&r) < 0.2 ? NAN : zp_random_normal(&r) + (round % 5 == 0 ? 1.5 : 0);
			if (isnan(z[i]))
				continue;
			count++, sum += z[i], squares += z[i] * (long double)z[i], sizes += fabs(z[i]);
		}
		for (size_t i = n, k = 0; i-- > 0;) { /* the newest weighs lambda, the one before lambda (1 - lambda), ... */
			if (isnan(z[i]))
				continue;
			ewma += how.lambda * powl(1 - (long double)how.lambda, k++) * z[i];
			if (latest < how.latest)
				recent += z[i], latest++;
		}
		long double high = 0, low = 0, excess_high = 0, excess_low = 0;
		for (size_t i = 0; i < n; i++) { /* the largest sum of z - k over the latest rounds, or 0 */
			if (isnan(z[i]))
				continue;
			high = low = 0;
			excess_high = excess_low = 0;
			for (size_t j = i + 1; j-- > 0;) {
				if (isnan(z[j]))
					continue;
				excess_high += z[j] - how.k, excess_low += -z[j] - how.k;
				high = fmaxl(high, excess_high), low = fmaxl(low, excess_low);
			}
			if (signal == 0 && (high > how.h || low > how.h))
				signal = i + 1;
		}
		zp_series s = zp_series_of(z, n, how);
		cr_assert(s.n == count && s.signal == signal, "round %zu: signal %zu, expected %zu", round, s.signal, signal);
		near(s.rsz, (double)(sum / sqrtl(count)), 1e-12, "RSZ", round), near(s.ssz, (double)squares, 1e-11, "SSZ", round);
		near(s.rlp, (double)sqrtl(squares / count), 1e-13, "RLP", round);
		near(s.mean_abs, (double)(sizes / count), 1e-13, "mean |z|", round);
		near(s.mean_latest, (double)(recent / latest), 1e-13, "latest", round);
		near(s.ewma, (double)ewma, 1e-12, "EWMA", round);
		near(s.cusum_high, (double)high, 1e-11, "CUSUM high", round);
		near(s.cusum_low, (double)low, 1e-11, "CUSUM low", round);
	}
}

Test(series, the_first_round_beyond_h_signals_and_is_counted_with_gaps)
{
	static const struct { double z[9]; size_t n, signal; } rows[] = {
		{ { 3, 3, 3, 3 }, 4, 3 },           /* 2.5, 5, 7.5: 5 does not pass 5 */
		{ { 3, NAN, 3, NAN, 3, 3 }, 6, 5 },
		{ { -3, -3, -3 }, 3, 3 },
		{ { NAN, 5.75 }, 2, 2 },
		{ { 5.5, 0.5, 0.5 }, 3, 0 },        /* 5, 5, 5 */
		{ { 6, -6, 0, 0 }, 4, 1 },          /* stays told after it went back */
		{ { 0.5, 0.5, 0.5, -0.5 }, 4, 0 },
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		cr_assert_eq(zp_series_of(rows[i].z, rows[i].n, usual).signal, rows[i].signal, "row %zu: %zu", i,
			     zp_series_of(rows[i].z, rows[i].n, usual).signal);
}

Test(series, rounds_on_one_side_are_counted_from_the_latest)
{
	static const struct { double z[6]; size_t n, one_sided; } rows[] = {
		{ { 1, 2, 3 }, 3, 3 }, { { -1, 2, 3 }, 3, 2 }, { { 1, 2, -3 }, 3, 1 }, { { -1, -2, NAN, -3, NAN }, 5, 3 },
		{ { 1, 0, 2, 3 }, 4, 2 },
		{ { 1, 2, 0 }, 3, 0 }, { { NAN, NAN }, 2, 0 }, { { 1, NAN, -1, -1 }, 4, 2 },
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		cr_assert_eq(zp_series_of(rows[i].z, rows[i].n, usual).one_sided, rows[i].one_sided, "row %zu", i);
}

Test(series, a_gap_is_not_a_zero)
{
	static const double gap[] = { 2, NAN, 2 }, zero[] = { 2, 0, 2 };
	zp_series a = zp_series_of(gap, 3, usual), b = zp_series_of(zero, 3, usual);
	cr_assert(a.n == 2 && b.n == 3 && a.mean_abs == 2 && a.rlp == 2 && a.mean_latest == 2 && b.mean_latest < 1.4);
}

Test(series, without_any_z_everything_is_undefined)
{
	static const double gaps[] = { NAN, NAN, NAN };
	for (size_t n = 0; n <= 3; n++) {
		zp_series s = zp_series_of(gaps, n, usual);
		cr_assert(s.n == 0 && s.signal == 0 && s.one_sided == 0);
		cr_assert(isnan(s.rsz) && isnan(s.ssz) && isnan(s.ssz_p) && isnan(s.rlp) && isnan(s.mean_abs));
		cr_assert(isnan(s.mean_latest) && isnan(s.ewma) && isnan(s.cusum_high) && isnan(s.cusum_low));
	}
	cr_assert(isnan(zp_series_of((double[]){ 1, 2 }, 2, (zp_series_how){ .latest = 0, .lambda = 0.2, .h = 5 }).mean_latest));
}
