/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Few numbers are sorted by insertion. More go through three radix passes over the leading bits of
 * their range, which leaves them nearly sorted, and insertion finishes. Should the leading bits not
 * tell the numbers apart (clusters far from each other), insertion gives up and all bits are gone through. */
#include <math.h>
#include <stdbool.h>
#include <string.h>
#include "stats/order.h"

#define FEW 40
#define LEADING_DIGITS 3
#define WIDEST 11 /* bits of a digit: 8 while counting them costs more than moving the numbers */
#define MANY 4096
#define PATIENCE 8 /* places that insertion may move a number, on average */

/* Unsigned keys order as the numbers do. */
static uint64_t key_of(double x)
{
	uint64_t bits;
	x += 0.0; /* -0.0 becomes 0.0 */
	memcpy(&bits, &x, sizeof bits);
	return bits ^ (bits >> 63 ? UINT64_MAX : (uint64_t)1 << 63);
}

static double number_of(uint64_t key)
{
	double x;
	key ^= key >> 63 ? (uint64_t)1 << 63 : UINT64_MAX;
	memcpy(&x, &key, sizeof x);
	return x;
}

static unsigned bits_of(uint64_t span)
{
	return span == 0 ? 0 : 64u - (unsigned)__builtin_clzll(span);
}

/* Where each digit's numbers begin, from how many there are.
 * Gives: false when all share one digit and there is nothing to move. */
static bool places_from_counts(size_t *counts, size_t digits, size_t n)
{
	size_t place = 0;
	for (size_t d = 0; d < digits; d++) {
		size_t count = counts[d];
		if (count == n)
			return false;
		counts[d] = place;
		place += count;
	}
	return true;
}

/* ---- numbers alone ---- */

/* Gives: false when it moved more than `patience` places in all; the keys are then still the same ones. */
static bool insert_keys(uint64_t *k, size_t n, size_t patience)
{
	for (size_t i = 1; i < n; i++) {
		uint64_t key = k[i];
		size_t j = i;
		for (; j > 0 && k[j - 1] > key; j--)
			k[j] = k[j - 1];
		k[j] = key;
		if (i - j > patience)
			return false;
		patience -= i - j;
	}
	return true;
}

/* Sort by the bits from `low` up to `bits` of key - least, in turn between k and spare.
 * Gives: the one that holds the result. */
static uint64_t *radix_keys(uint64_t *k, uint64_t *spare, size_t n, uint64_t least, unsigned low, unsigned bits, unsigned width)
{
	size_t counts[1u << WIDEST];
	const uint64_t mask = ((uint64_t)1 << width) - 1;
	for (; low < bits; low += width) {
		memset(counts, 0, sizeof *counts << width);
		for (size_t i = 0; i < n; i++)
			counts[(k[i] - least) >> low & mask]++;
		if (!places_from_counts(counts, (size_t)1 << width, n))
			continue;
		for (size_t i = 0; i < n; i++)
			spare[counts[(k[i] - least) >> low & mask]++] = k[i];
		uint64_t *sorted = spare;
		spare = k;
		k = sorted;
	}
	return k;
}

static uint64_t *sort_keys(uint64_t *k, uint64_t *spare, size_t n, uint64_t least, uint64_t most)
{
	const unsigned width = n < MANY ? 8 : WIDEST, bits = bits_of(most - least);
	const unsigned low = bits > LEADING_DIGITS * width ? bits - LEADING_DIGITS * width : 0;
	uint64_t *sorted = radix_keys(k, spare, n, least, low, bits, width);
	if (low == 0 || insert_keys(sorted, n, PATIENCE * n))
		return sorted;
	return radix_keys(sorted, sorted == k ? spare : k, n, least, 0, bits, width);
}

void zp_sort(double *x, size_t n, uint64_t *work)
{
	uint64_t *sorted = work, least = UINT64_MAX, most = 0;
	bool ascends = true;
	for (size_t i = 0; i < n; i++) {
		uint64_t key = work[i] = key_of(x[i]);
		least = key < least ? key : least;
		ascends &= key >= most;
		most = key > most ? key : most;
	}
	if (!ascends && n <= FEW)
		insert_keys(work, n, SIZE_MAX);
	else if (!ascends)
		sorted = sort_keys(work, work + n, n, least, most);
	for (size_t i = 0; i < n; i++)
		x[i] = number_of(sorted[i]);
}

/* ---- numbers that carry something ---- */

static bool pair_after(const zp_sort_pair *a, const zp_sort_pair *b)
{
	return a->key != b->key ? a->key > b->key : a->with > b->with;
}

static bool insert_pairs(zp_sort_pair *k, size_t n, size_t patience)
{
	for (size_t i = 1; i < n; i++) {
		zp_sort_pair pair = k[i];
		size_t j = i;
		for (; j > 0 && pair_after(&k[j - 1], &pair); j--)
			k[j] = k[j - 1];
		k[j] = pair;
		if (i - j > patience)
			return false;
		patience -= i - j;
	}
	return true;
}

/* As radix_keys; by_with sorts by `with`, whose least is 0, instead of the key. */
static zp_sort_pair *radix_pairs(zp_sort_pair *k, zp_sort_pair *spare, size_t n, bool by_with, uint64_t least,
	unsigned low, unsigned bits, unsigned width)
{
	size_t counts[1u << WIDEST];
	const uint64_t mask = ((uint64_t)1 << width) - 1;
	for (; low < bits; low += width) {
		memset(counts, 0, sizeof *counts << width);
		for (size_t i = 0; i < n; i++)
			counts[(by_with ? k[i].with : k[i].key - least) >> low & mask]++;
		if (!places_from_counts(counts, (size_t)1 << width, n))
			continue;
		for (size_t i = 0; i < n; i++)
			spare[counts[(by_with ? k[i].with : k[i].key - least) >> low & mask]++] = k[i];
		zp_sort_pair *sorted = spare;
		spare = k;
		k = sorted;
	}
	return k;
}

static zp_sort_pair *sort_pairs(zp_sort_pair *k, zp_sort_pair *spare, size_t n, uint64_t least, uint64_t most)
{
	const unsigned width = n < MANY ? 8 : WIDEST, bits = bits_of(most - least);
	const unsigned low = bits > LEADING_DIGITS * width ? bits - LEADING_DIGITS * width : 0;
	zp_sort_pair *sorted = radix_pairs(k, spare, n, false, least, low, bits, width);
	if (insert_pairs(sorted, n, PATIENCE * n))
		return sorted;
	sorted = radix_pairs(sorted, sorted == k ? spare : k, n, true, 0, 0, 32, width);
	return radix_pairs(sorted, sorted == k ? spare : k, n, false, least, 0, bits, width);
}

void zp_sort_with(double *x, uint32_t *with, size_t n, zp_sort_pair *work)
{
	zp_sort_pair *sorted = work;
	uint64_t least = UINT64_MAX, most = 0;
	bool ascends = true;
	for (size_t i = 0; i < n; i++) {
		work[i] = (zp_sort_pair){ key_of(x[i]), with[i] };
		least = work[i].key < least ? work[i].key : least;
		most = work[i].key > most ? work[i].key : most;
		ascends &= i == 0 || !pair_after(&work[i - 1], &work[i]);
	}
	if (!ascends && n <= FEW)
		insert_pairs(work, n, SIZE_MAX);
	else if (!ascends)
		sorted = sort_pairs(work, work + n, n, least, most);
	for (size_t i = 0; i < n; i++) {
		x[i] = number_of(sorted[i].key);
		with[i] = sorted[i].with;
	}
}

void zp_sort_pairs(zp_sort_pair *pairs, size_t n)
{
	uint64_t least = UINT64_MAX, most = 0;
	bool ascends = true;
	for (size_t i = 0; i < n; i++) {
		least = pairs[i].key < least ? pairs[i].key : least;
		most = pairs[i].key > most ? pairs[i].key : most;
		ascends &= i == 0 || !pair_after(&pairs[i - 1], &pairs[i]);
	}
	if (ascends)
		return;
	if (n <= FEW) {
		insert_pairs(pairs, n, SIZE_MAX);
		return;
	}
	const zp_sort_pair *sorted = sort_pairs(pairs, pairs + n, n, least, most);
	if (sorted != pairs)
		memcpy(pairs, sorted, n * sizeof *pairs);
}

/* ---- sorted numbers ---- */

double zp_median(const double *x, size_t n)
{
	if (n == 0)
		return NAN;
	return n % 2 ? x[n / 2] : (x[n / 2 - 1] + x[n / 2]) / 2;
}

double zp_quantile(const double *x, size_t n, double p)
{
	if (n == 0)
		return NAN;
	const double place = p * (double)(n - 1);
	const size_t i = (size_t)place;
	if (i >= n - 1)
		return x[n - 1];
	return x[i] + (place - (double)i) * (x[i + 1] - x[i]);
}

/* The deviation that k others do not exceed. Some k + 1 neighbours are the nearest to the centre; the
 * further left they start, the larger the deviation of the first and the smaller that of the last. */
double zp_nth_deviation(const double *x, size_t n, double centre, size_t k)
{
	size_t low = 0, high = n - k - 1; /* the first start whose last value is at least as far as its first */
	while (low < high) {
		size_t start = low + (high - low) / 2;
		if (x[start + k] - centre >= centre - x[start])
			high = start;
		else
			low = start + 1;
	}
	double here = fmax(x[low + k] - centre, centre - x[low]);
	return low == 0 ? here : fmin(here, fmax(x[low - 1 + k] - centre, centre - x[low - 1]));
}

double zp_median_deviation(const double *x, size_t n, double centre)
{
	if (n == 0)
		return NAN;
	const double upper = zp_nth_deviation(x, n, centre, n / 2);
	return n % 2 ? upper : (zp_nth_deviation(x, n, centre, n / 2 - 1) + upper) / 2;
}
