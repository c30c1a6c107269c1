/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The differences form a triangle whose rows and columns ascend: row i holds x[j] - x[i] for j > i. How many of them
 * do not exceed a guess is counted in one walk along its edge; two guesses, one below and one above the difference
 * that is sought, leave a strip, which is narrowed until it can be looked through. The first guess comes from the
 * quartiles, the next ones from the counts, and where that does not help, from the median of the rows' middles,
 * which always removes a quarter. */
#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>
#include "base/random.h"
#include "stats/lattice.h"
#include "stats/order.h"
#include "stats/pairs.h"

#define LEFT_MOST(n) ((n) + (n) / 2 + 4) /* differences that are looked through one by one */

/* ---- selection ---- */

static double middle_of(double a, double b, double c)
{
	const double low = a < b ? a : b, high = a < b ? b : a, middle = c < high ? c : high;
	return middle > low ? middle : low;
}

/* The k-th smallest of n, k from 0; both arrays, of n each, are overwritten. Which side of the pivot a number belongs to
 * cannot be foreseen, so none is branched on: each is written to both ends, and one of them moves on. */
static double select_kth(double *x, double *spare, size_t n, size_t k)
{
	for (;;) {
		const double pivot = middle_of(x[n / 4], x[n / 2], x[n - 1 - n / 4]);
		size_t lower = 0, upper = n; /* what lies between is equal to the pivot, or not there yet */
		for (size_t i = 0; i < n; i++) {
			const double y = x[i];
			spare[lower] = spare[upper - 1] = y;
			lower += y < pivot;
			upper -= y > pivot;
		}
		if (k >= lower && k < upper)
			return pivot;
		double *part = spare;
		if (k < lower) {
			n = lower;
		} else {
			part += upper;
			n -= upper;
			k -= upper;
		}
		spare = x;
		x = part;
	}
}

/* ---- the strip ---- */

typedef struct strip {
	const double *x; /* the values, from -INFINITY at x[-1] to INFINITY at x[n], where a walk stops by itself */
	size_t n;
	uint64_t k;            /* of the difference that is sought */
	uint32_t *first, *end; /* of row i the columns first[i] to end[i] - 1 are left */
	uint32_t *at;          /* where the rows end by the last guess: the next of these bounds */
	uint64_t below, left;  /* differences that are smaller than the strip, and in it */
	double low, high;      /* those of the strip are above low and at most high */
} strip;

/* Where a walk along the edge stands: the rows before `row` have ended, none of them beyond `column`. */
typedef struct corner { size_t row, column; } corner;

/* A step along the row while its differences are within the guess, otherwise to the next row. Which of the two cannot be
 * foreseen, so nothing branches on it: as long as the row has not ended, at[n - 1], which is no row's, is written to. */
static inline corner step_on(const strip *s, double guess, corner c)
{
	const size_t within = s->x[c.column] - s->x[c.row] <= guess;
	s->at[c.row + ((s->n - 1 - c.row) & -within)] = (uint32_t)c.column;
	return (corner){ c.row + !within, c.column + within };
}

/* The same step, taken back. */
static inline corner step_back(const strip *s, double guess, corner c)
{
	const size_t beyond = !(s->x[c.column - 1] - s->x[(ptrdiff_t)c.row - 1] <= guess);
	s->at[c.row - 1 + ((s->n - c.row) & -beyond)] = (uint32_t)c.column;
	return (corner){ c.row - !beyond, c.column - beyond };
}

/* The corner with as many steps before it as after it, n - 1. Row i has ended by then if it ends before column n - i. */
static corner half_way(const strip *s, double guess)
{
	const size_t last = s->n - 1;
	size_t row = 0;
	for (size_t left = s->n / 2, part; left > 0; left -= part) {
		part = (left + 1) / 2;
		const size_t i = row + part - 1, ended = s->x[last - i] - s->x[i] > guess;
		row += part & -ended;
	}
	return (corner){ row, s->n - row };
}

/* How many differences are at most `guess`; their columns in row i end at at[i]. A step has to wait for the one before
 * it, so that four walks at a time take little longer than one: from both ends, and from half way in both directions.
 * Needs: 0 <= guess < INFINITY. */
static uint64_t count_within(const strip *s, double guess)
{
	const size_t rows = s->n - 1;
	const corner middle = half_way(s, guess);
	corner a = { 0, 1 }, b = middle, c = middle, d = { rows, s->n };
	for (size_t steps = rows / 2; steps > 0; steps--) {
		a = step_on(s, guess, a);
		b = step_back(s, guess, b);
		c = step_on(s, guess, c);
		d = step_back(s, guess, d);
	}
	if (rows % 2) {
		step_on(s, guess, a);
		step_on(s, guess, c);
	}
	uint64_t count = 0;
	for (size_t i = 0; i < rows; i++)
		count += s->at[i] - (i + 1);
	return count;
}

static void swap_rows(double *middles, uint32_t *weights, size_t a, size_t b)
{
	const double middle = middles[a];
	const uint32_t weight = weights[a];
	middles[a] = middles[b], weights[a] = weights[b];
	middles[b] = middle, weights[b] = weight;
}

/* A guess that leaves at most three quarters: the weighted median of the rows' middles. */
static double guess_by_rows(const strip *s, double *middles, uint32_t *weights)
{
	size_t rows = 0;
	for (size_t i = 0; i + 1 < s->n; i++) {
		if (s->first[i] >= s->end[i])
			continue;
		middles[rows] = s->x[s->first[i] + (s->end[i] - s->first[i] - 1) / 2] - s->x[i];
		weights[rows++] = s->end[i] - s->first[i];
	}
	/* weights travel with their middles: halve the rows until one is left */
	uint64_t before = 0;
	size_t low = 0, high = rows;
	for (;;) {
		const double pivot = middles[low + (high - low) / 2];
		size_t smaller = low, equal = low;
		uint64_t w_smaller = 0, w_equal = 0;
		for (size_t i = low; i < high; i++) { /* smaller, equal, larger */
			if (middles[i] > pivot)
				continue;
			swap_rows(middles, weights, i, equal);
			if (middles[equal] < pivot) {
				w_smaller += weights[equal];
				swap_rows(middles, weights, equal, smaller++);
			} else {
				w_equal += weights[equal];
			}
			equal++;
		}
		if (2 * (before + w_smaller) > s->left)
			high = smaller;
		else if (2 * (before + w_smaller + w_equal) >= s->left)
			return pivot;
		else
			before += w_smaller + w_equal, low = equal;
	}
}

/* Narrow the strip by what a count at `guess` says. */
static void narrow(strip *s, double guess, uint64_t count)
{
	uint32_t *had;
	if (count >= s->k) {
		s->left = count - s->below;
		s->high = guess;
		had = s->end;
		s->end = s->at;
	} else {
		s->left -= count - s->below;
		s->below = count;
		s->low = guess;
		had = s->first;
		s->first = s->at;
	}
	s->at = had;
}

/* The least and the greatest difference in the strip. Rows that have none left need no branch: what stands beside their
 * bounds lies beyond those of the strip. */
static void extremes(const strip *s, double *least, double *most)
{
	*least = INFINITY;
	*most = -INFINITY;
	for (size_t i = 0; i + 1 < s->n; i++) {
		const double low = s->x[s->first[i]] - s->x[i], high = s->x[s->end[i] - 1] - s->x[i];
		*least = low < *least ? low : *least;
		*most = high > *most ? high : *most;
	}
}

/* A guess from the counts. It aims at a few more differences than wanted, or a few fewer, towards the side where more
 * are left: if it goes well, these few are all that stays of that side. */
static double guess_by_counts(const strip *s, double guess, double least, double most)
{
	const double wanted = (double)(s->k - s->below), others = (double)s->left - wanted;
	const double few = (double)s->n / 4 + fmin(wanted, others) / 10;
	const double aim = wanted > others ? fmax(wanted - few, wanted / 2) : wanted + fmin(few, others / 2);
	if (isinf(s->low))
		return guess * (aim / (double)s->left);
	if (isinf(s->high))
		return guess * (((double)s->below + aim) / fmax((double)s->below, 1));
	return least + (most - least) * (aim / (double)s->left);
}

/* The difference that is sought, by looking through what is left. Most rows have none or one: it is written in any
 * case, and kept if it is one. */
static double look_through(const strip *s, double *room, double *spare)
{
	size_t m = 0;
	for (size_t i = 0; i + 1 < s->n; i++) {
		room[m] = s->x[s->first[i]] - s->x[i];
		m += s->first[i] < s->end[i];
		for (size_t j = s->first[i] + 1; j < s->end[i]; j++)
			room[m++] = s->x[j] - s->x[i];
	}
	return select_kth(room, spare, m, (size_t)(s->k - s->below) - 1);
}

double zp_kth_difference(const double *x, size_t n, uint64_t k, void *work)
{
	/* in the end `rest` is spare room for looking through; before that it holds the values and the bounds */
	double *room = work, *rest = room + LEFT_MOST(n) + 1, *values = rest + 1;
	uint32_t *bounds = (uint32_t *)(values + n + 1);
	strip s = { .x = values, .n = n, .k = k, .first = bounds, .end = bounds + n, .at = bounds + 2 * n,
		    .left = (uint64_t)n * (n - 1) / 2, .low = -INFINITY, .high = INFINITY };
	values[-1] = -INFINITY;
	memcpy(values, x, n * sizeof *x);
	values[n] = INFINITY;
	for (size_t i = 0; i < n; i++) {
		s.first[i] = (uint32_t)(i + 1);
		s.end[i] = (uint32_t)n;
	}
	const double share = (double)k / (double)s.left;
	double guess = share * 1.34 * (zp_quantile(x, n, 0.75) - zp_quantile(x, n, 0.25));
	guess = fmin(fmax(guess, 0), DBL_MAX); /* the quartiles of enormous values may be anything */
	for (unsigned tries = 0; s.left > LEFT_MOST(n); tries++) {
		if (tries > 0) {
			double least, most;
			extremes(&s, &least, &most);
			if (least == most)
				return least;
			guess = tries % 4 == 0 ? guess_by_rows(&s, room, s.at) : guess_by_counts(&s, guess, least, most);
			guess = guess < least ? least : guess < most ? guess : nextafter(most, -INFINITY); /* must divide the strip */
		}
		narrow(&s, guess, count_within(&s, guess));
	}
	return look_through(&s, room, rest);
}

/* ---- Qn ---- */

static double qn_factor(size_t n)
{
	static const double small[] = { 0.399356, 0.99365, 0.51321, 0.84401, 0.61220, 0.85877, 0.66993, 0.87344, 0.72014, 0.88906, 0.75743 };
	const double p = (double)n;
	if (n <= 12)
		return small[n - 2];
	if (n % 2)
		return 1 / (1 + (1.60188 + (-2.1284 - 5.172 / p) / p) / p);
	return 1 / (1 + (3.67561 + (1.9654 + (6.987 - 77 / p) / p) / p) / p);
}

double zp_qn(const double *x, size_t n, void *work)
{
	if (n < 2)
		return NAN;
	const uint64_t h = n / 2 + 1;
	return 2.21914 * qn_factor(n) * zp_kth_difference(x, n, h * (h - 1) / 2, work);
}

/* ---- Sn ---- */

static double sn_factor(size_t n)
{
	static const double small[] = { 0.743, 1.851, 0.954, 1.351, 0.993, 1.198, 1.005, 1.131 };
	if (n <= 9)
		return small[n - 2];
	return n % 2 ? (double)n / ((double)n - 0.9) : 1;
}

double zp_sn(const double *x, size_t n, void *work)
{
	double *middles = work;
	if (n < 2)
		return NAN;
	for (size_t i = 0; i < n; i++)
		middles[i] = zp_nth_deviation(x, n, x[i], n / 2);
	return 1.1926 * sn_factor(n) * select_kth(middles, middles + n, n, (n + 1) / 2 - 1);
}

/* ---- the Q method ---- */

/* The values ascending, in whole units where they lie on a lattice; differences nearer to each other than `slack` are one. */
typedef struct steps {
	const double *x;
	size_t n;
	double slack, pairs; /* pairs: of values, or of laboratories */
	/* of replicates; lab is NULL without */
	const uint32_t *lab;
	double *weight; /* of a value: 1 / (values of its laboratory) */
	double *inside; /* of each laboratory the weights within reach */
	size_t n_labs;
} steps;

/* H1: the share of the differences that are at most d. */
static double share_within(const steps *s, double d)
{
	size_t i = 0;
	uint64_t count = 0;
	double sum = 0, all = 0;
	if (s->lab)
		memset(s->inside, 0, s->n_labs * sizeof *s->inside);
	for (size_t j = 0; j < s->n; j++) {
		for (; s->x[j] - s->x[i] > d; i++)
			if (s->lab)
				all -= s->weight[i], s->inside[s->lab[i]] -= s->weight[i];
		count += j - i;
		if (s->lab) {
			sum += s->weight[j] * (all - s->inside[s->lab[j]]);
			all += s->weight[j];
			s->inside[s->lab[j]] += s->weight[j];
		}
	}
	return (s->lab ? sum : (double)count) / s->pairs;
}

static bool counts(const steps *s, size_t i, size_t j) { return !s->lab || s->lab[i] != s->lab[j]; }

/* The greatest difference below d; -INFINITY when there is none. */
static double greatest_below(const steps *s, double d)
{
	double best = -INFINITY;
	for (size_t j = 1, i = 0; j < s->n; j++) {
		while (i < j && s->x[j] - s->x[i] >= d)
			i++;
		size_t k = i;
		while (k < j && !counts(s, k, j))
			k++;
		if (k < j && s->x[j] - s->x[k] > best)
			best = s->x[j] - s->x[k];
	}
	return best;
}

/* The least difference above d; INFINITY when there is none. */
static double least_above(const steps *s, double d)
{
	double best = INFINITY;
	for (size_t j = 1, i = 0; j < s->n; j++) {
		while (i < j && s->x[j] - s->x[i] > d)
			i++;
		size_t k = i;
		while (k > 0 && !counts(s, k - 1, j))
			k--;
		if (k > 0 && s->x[j] - s->x[k - 1] < best)
			best = s->x[j] - s->x[k - 1];
	}
	return best;
}

/* The least difference that a share q does not exceed, of replicates: by halving. */
static double share_reached(const steps *s, double q)
{
	double low = 0, high = s->x[s->n - 1] - s->x[0];
	for (;;) { /* H1(low) < q <= H1(high), and high is a difference */
		const double middle = low + (high - low) / 2, below = greatest_below(s, high);
		if (below <= low || !(below >= 0))
			return high;
		const double guess = middle < below ? middle : below;
		if (share_within(s, guess) >= q) {
			const double next = greatest_below(s, nextafter(guess, INFINITY));
			high = next;
		} else {
			low = guess;
		}
	}
}

/* The first of those that are one with d. */
static double first_of(const steps *s, double d)
{
	return s->slack > 0 && d > 0 ? fmax(least_above(s, nextafter(d - s->slack, -INFINITY)), 0) : d;
}

/* A step of H1 and the value of G1 there: half way up the step, and 0 at 0. */
typedef struct step { double d, h, g; } step;

static step step_at(const steps *s, double d)
{
	const double before = greatest_below(s, d), h = share_within(s, d + s->slack); /* before: the last of its own */
	const double g = d == 0 ? 0 : before == -INFINITY ? 0.5 * h : 0.5 * (h + share_within(s, before));
	return (step){ d, h, g };
}

static double q_of(const steps *s, void *work)
{
	const double none = share_within(s, 0), q = 0.25 + 0.75 * none, fuzz = 1e-12;
	if (none >= 1 - fuzz)
		return 0;
	double d = s->lab ? share_reached(s, q - fuzz) : zp_kth_difference(s->x, s->n, (uint64_t)ceil(q * s->pairs - fuzz * s->pairs), work);
	d = first_of(s, d);
	const step at = step_at(s, d);
	const double before = first_of(s, greatest_below(s, d)), after = least_above(s, d + s->slack);
	step low = at, high = at;
	if (at.g < q - fuzz && after < INFINITY)
		high = step_at(s, after);
	else
		low = before == -INFINITY ? (step){ 0, 0, 0 } : step_at(s, before);
	const double at_q = low.d + (high.d - low.d) * (q - low.g) / (high.g - low.g);
	return at_q / (sqrt(2) * zp_normal_quantile(0.625 + 0.375 * none));
}

/* The values in units of their last decimal, if they have one. Gives: its places, or -1 when `units` holds the values as they are. */
static int to_units(const double *x, size_t n, double *units, double *slack)
{
	int places;
	*slack = 0;
	if (zp_lattice_places(x, n, &places)) {
		for (size_t i = 0; i < n; i++)
			units[i] = zp_lattice_units(x[i], places);
		return places;
	}
	memcpy(units, x, n * sizeof *x);
	*slack = 4 * 0x1p-52 * fmax(fabs(x[0]), fabs(x[n - 1]));
	return -1;
}

double zp_q_method(const double *x, size_t n, void *work)
{
	double *units = (double *)work + ZP_PAIRS_WORK(n) / sizeof(double);
	if (n < 2)
		return NAN;
	steps s = { .x = units, .n = n, .pairs = (double)n * (double)(n - 1) / 2 };
	const int places = to_units(x, n, units, &s.slack);
	const double result = q_of(&s, work);
	return places < 0 ? result : zp_lattice_value(result, places);
}

double zp_q_method_replicates(const double *x, const uint32_t *lab, size_t n, size_t n_labs, void *work)
{
	double *units = work, *weight = units + n, *inside = weight + n;
	if (n_labs < 2 || n < 2)
		return NAN;
	steps s = { .x = units, .n = n, .pairs = (double)n_labs * (double)(n_labs - 1) / 2, .lab = lab, .weight = weight, .inside = inside,
		    .n_labs = n_labs };
	memset(inside, 0, n_labs * sizeof *inside);
	for (size_t i = 0; i < n; i++)
		inside[lab[i]]++;
	for (size_t i = 0; i < n; i++)
		weight[i] = 1 / inside[lab[i]];
	const int places = to_units(x, n, units, &s.slack);
	const double result = q_of(&s, NULL);
	return places < 0 ? result : zp_lattice_value(result, places);
}
