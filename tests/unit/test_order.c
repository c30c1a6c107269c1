/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "stats/order.h"

#define MOST 20000

/* SplitMix64: numbers that are the same in every run. */
static uint64_t next_number(uint64_t *seed)
{
	uint64_t z = *seed += 0x9e3779b97f4a7c15u;
	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

static double even(uint64_t *seed) { return (double)(next_number(seed) >> 11) * 0x1p-53; }

static double bell(uint64_t *seed)
{
	double sum = 0;
	for (int i = 0; i < 12; i++)
		sum += even(seed);
	return sum - 6;
}

static double rounded(uint64_t *seed, size_t i) { (void)i; return round(500 + 20 * bell(seed)) / 100; }
static double smooth(uint64_t *seed, size_t i) { (void)i; return 5 + 0.2 * bell(seed); }
static double equal(uint64_t *seed, size_t i) { (void)seed, (void)i; return 7.1; }
static double zeros(uint64_t *seed, size_t i) { (void)i; return next_number(seed) & 1 ? 0.0 : -0.0; }
static double around_zero(uint64_t *seed, size_t i) { (void)i; return round(3 * bell(seed)) / 10 * (next_number(seed) & 1 ? 1 : -1); }
static double falling(uint64_t *seed, size_t i) { (void)seed; return -(double)i; }
static double rising(uint64_t *seed, size_t i) { (void)seed; return (double)i / 8; }
static double saw(uint64_t *seed, size_t i) { (void)seed; return (double)(i * 7919 % 1013); }
static double far_clusters(uint64_t *seed, size_t i) { return (i & 1 ? 1e8 : -1e8) + (double)(next_number(seed) >> 48) * 0x1p-22; }
static double wild(uint64_t *seed, size_t i) { return i % 50 ? smooth(seed, i) : 1e9 * bell(seed); }

static double any_bits(uint64_t *seed, size_t i)
{
	double x;
	(void)i;
	do {
		uint64_t bits = next_number(seed);
		memcpy(&x, &bits, sizeof x);
	} while (!isfinite(x));
	return x;
}

static const struct { const char *name; double (*at)(uint64_t *, size_t); } shapes[] = {
	{ "rounded", rounded }, { "smooth", smooth }, { "equal", equal }, { "zeros", zeros }, { "around zero", around_zero },
	{ "falling", falling }, { "rising", rising }, { "saw", saw }, { "far clusters", far_clusters }, { "wild", wild },
	{ "any bits", any_bits },
};
static const size_t sizes[] = { 0, 1, 2, 3, 19, 20, 39, 40, 41, 42, 100, 186, 1000, 1023, 1024, 1500, MOST };
#define COUNT(a) (sizeof(a) / sizeof *(a))

static double x[MOST], y[MOST], z[MOST];
static uint32_t with[MOST];
static uint64_t work[2 * MOST];
static zp_sort_pair pairs[2 * MOST];

static void fill(double *out, size_t n, double (*at)(uint64_t *, size_t))
{
	uint64_t seed = n + 1;
	for (size_t i = 0; i < n; i++)
		out[i] = at(&seed, i);
}

static void shuffle(double *v, size_t n, uint64_t seed)
{
	for (size_t i = n; i > 1; i--) {
		size_t j = next_number(&seed) % i;
		double kept = v[i - 1];
		v[i - 1] = v[j];
		v[j] = kept;
	}
}

Test(order, sorting_agrees_with_gsl)
{
	for (size_t s = 0; s < COUNT(shapes); s++) {
		for (size_t k = 0; k < COUNT(sizes); k++) {
			size_t n = sizes[k];
			fill(x, n, shapes[s].at);
			memcpy(y, x, sizeof x);
			zp_sort(x, n, work);
			gsl_sort(y, 1, n);
			for (size_t i = 0; i < n; i++)
				cr_assert(x[i] == y[i], "%s, n = %zu, place %zu: %.17g, expected %.17g", shapes[s].name, n, i, x[i], y[i]);
		}
	}
}

Test(order, the_order_of_input_does_not_show_in_the_bits)
{
	for (size_t s = 0; s < COUNT(shapes); s++) {
		for (size_t k = 0; k < COUNT(sizes); k++) {
			size_t n = sizes[k];
			fill(x, n, shapes[s].at);
			memcpy(y, x, sizeof x);
			shuffle(y, n, s);
			zp_sort(x, n, work);
			zp_sort(y, n, work);
			cr_assert_eq(memcmp(x, y, n * sizeof *x), 0, "%s, n = %zu", shapes[s].name, n);
		}
	}
}

Test(order, minus_zero_becomes_zero)
{
	double v[] = { 0.0, -0.0, 1, -0.0, -1 };
	uint32_t carried[] = { 9, 8, 7, 6, 5 }, sorted[] = { 5, 6, 8, 9, 7 };
	zp_sort(v, 5, work);
	for (size_t i = 1; i <= 3; i++)
		cr_assert(v[i] == 0 && !signbit(v[i]));
	double w[] = { 0.0, -0.0, 1, -0.0, -1 };
	zp_sort_with(w, carried, 5, pairs);
	for (size_t i = 1; i <= 3; i++)
		cr_assert(w[i] == 0 && !signbit(w[i]) && carried[i] == sorted[i]);
}

/* ---- the slow twin of zp_sort_with ---- */

typedef struct row { double x; uint32_t with; } row;

static int rows_compare(const void *a, const void *b)
{
	const row *p = a, *q = b;
	if (p->x != q->x)
		return p->x < q->x ? -1 : 1;
	return p->with < q->with ? -1 : p->with > q->with;
}

static void check_with(const char *name, size_t n)
{
	static row rows[MOST];
	for (size_t i = 0; i < n; i++)
		rows[i] = (row){ x[i], with[i] };
	qsort(rows, n, sizeof *rows, rows_compare);
	zp_sort_with(x, with, n, pairs);
	for (size_t i = 0; i < n; i++)
		cr_assert(x[i] == rows[i].x && with[i] == rows[i].with, "%s, n = %zu, place %zu", name, n, i);
}

Test(order, what_a_value_carries_stays_beside_it_and_breaks_ties)
{
	for (size_t s = 0; s < COUNT(shapes); s++) {
		for (size_t k = 0; k < COUNT(sizes); k++) {
			size_t n = sizes[k];
			uint64_t seed = k;
			fill(x, n, shapes[s].at);
			for (size_t i = 0; i < n; i++)
				with[i] = (uint32_t)i;
			check_with(shapes[s].name, n);
			fill(x, n, shapes[s].at);
			for (size_t i = 0; i < n; i++)
				with[i] = (uint32_t)next_number(&seed);
			check_with(shapes[s].name, n);
			fill(x, n, shapes[s].at);
			for (size_t i = 0; i < n; i++)
				with[i] = UINT32_MAX - (uint32_t)(i / 3);
			check_with(shapes[s].name, n);
		}
	}
}

static int pairs_compare(const void *a, const void *b)
{
	const zp_sort_pair *p = a, *q = b;
	if (p->key != q->key)
		return p->key < q->key ? -1 : 1;
	return p->with < q->with ? -1 : p->with > q->with;
}

/* Keys of all bits, as digests have them; of few values; of the highest and the lowest; in order already. */
Test(order, pairs_are_sorted_by_their_keys_and_then_by_what_they_carry)
{
	static const size_t n_pairs[] = { 0, 1, 2, 40, 41, 1500, 4095, 4096, 5000 };
	static zp_sort_pair now[2 * 5000], twin[5000];
	uint64_t seed = 3;
	for (int kind = 0; kind < 4; kind++)
		for (size_t k = 0; k < COUNT(n_pairs); k++) {
			const size_t n = n_pairs[k];
			for (size_t i = 0; i < n; i++) {
				const uint64_t bits = next_number(&seed) ^ next_number(&seed) << 32;
				now[i].key = kind == 0 ? bits : kind == 1 ? bits % 7 : kind == 2 ? (bits & 1) * UINT64_MAX : i / 2;
				twin[i] = now[i] = (zp_sort_pair){ now[i].key, (uint32_t)(kind == 3 ? i : next_number(&seed)) };
			}
			if (n)
				qsort(twin, n, sizeof *twin, pairs_compare);
			zp_sort_pairs(now, n);
			for (size_t i = 0; i < n; i++)
				cr_assert(pairs_compare(&now[i], &twin[i]) == 0, "kind %d, n = %zu, place %zu", kind, n, i);
		}
}

/* Doubles above 1 that differ in `bits` bits; each odd one in the last from the one before. */
static void fill_bits(double *out, size_t n, unsigned bits, uint64_t *seed)
{
	uint64_t number = 0;
	for (size_t i = 0; i < n; i++) {
		number = i & 1 ? number ^ 1 : (UINT64_C(1023) << 52) + (next_number(seed) >> (64 - bits));
		memcpy(&out[i], &number, sizeof number);
	}
}

Test(order, however_many_bits_the_numbers_differ_in)
{
	static const size_t few_and_many[] = { 41, 1500, 4095, 4096, 4097 };
	uint64_t seed = 1;
	for (unsigned bits = 1; bits < 61; bits++) {
		for (size_t k = 0; k < COUNT(few_and_many); k++) {
			const size_t n = few_and_many[k];
			fill_bits(x, n, bits, &seed);
			memcpy(y, x, n * sizeof *x);
			memcpy(z, x, n * sizeof *x);
			for (size_t i = 0; i < n; i++)
				with[i] = (uint32_t)next_number(&seed);
			zp_sort(y, n, work);
			gsl_sort(z, 1, n);
			for (size_t i = 0; i < n; i++)
				cr_assert(y[i] == z[i], "%u bits, n = %zu, place %zu: %.17g, expected %.17g", bits, n, i, y[i], z[i]);
			check_with("bits", n);
		}
	}
}

/* ---- quantiles and deviations ---- */

Test(order, medians_and_quantiles_agree_with_gsl)
{
	static const double shares[] = { 0, 0.01, 0.25, 0.5, 0.75, 0.9, 1 };
	for (size_t s = 0; s < COUNT(shapes); s++) {
		for (size_t n = 1; n < 60; n++) {
			if (shapes[s].at == any_bits)
				continue;
			fill(x, n, shapes[s].at);
			zp_sort(x, n, work);
			cr_assert_eq(zp_median(x, n), gsl_stats_median_from_sorted_data(x, 1, n));
			for (size_t q = 0; q < COUNT(shares); q++) {
				double got = zp_quantile(x, n, shares[q]), expected = gsl_stats_quantile_from_sorted_data(x, 1, n, shares[q]);
				cr_assert_leq(fabs(got - expected), 1e-14 * (fabs(x[0]) + fabs(x[n - 1])), "%s, n = %zu, p = %g: %.17g, expected %.17g",
				              shapes[s].name, n, shares[q], got, expected);
			}
		}
	}
}

Test(order, a_quantile_among_equal_values_is_that_value)
{
	static const double v[] = { 0.1, 0.3, 0.3, 0.3, 0.3, 0.7 };
	cr_assert_eq(zp_quantile(v, 6, 0.25), 0.3);
	cr_assert_eq(zp_quantile(v, 6, 0.75), 0.3);
	cr_assert_eq(zp_median(v, 6), 0.3);
}

Test(order, nothing_has_no_median)
{
	cr_assert(isnan(zp_median(NULL, 0)));
	cr_assert(isnan(zp_quantile(NULL, 0, 0.5)));
	cr_assert(isnan(zp_median_deviation(NULL, 0, 1)));
}

static double slow_median_deviation(const double *v, size_t n, double centre)
{
	for (size_t i = 0; i < n; i++)
		z[i] = fabs(v[i] - centre);
	gsl_sort(z, 1, n);
	return gsl_stats_median_from_sorted_data(z, 1, n);
}

Test(order, the_median_deviation_is_to_the_bit_that_of_sorted_deviations)
{
	for (size_t s = 0; s < COUNT(shapes); s++) {
		for (size_t n = 1; n < 200; n++) {
			if (shapes[s].at == any_bits)
				continue;
			fill(x, n, shapes[s].at);
			zp_sort(x, n, work);
			const double centres[] = { zp_median(x, n), x[0], x[n - 1], x[0] - 1, x[n - 1] + 1, x[n / 3] + 0.001 };
			for (size_t c = 0; c < COUNT(centres); c++)
				cr_assert_eq(zp_median_deviation(x, n, centres[c]), slow_median_deviation(x, n, centres[c]),
				             "%s, n = %zu, centre %.17g", shapes[s].name, n, centres[c]);
		}
	}
}
