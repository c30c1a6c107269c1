/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The distribution with one hump that fits best rises convexly up to the hump and concavely behind it. So the steps of
 * the values are held against their greatest convex minorant and least concave majorant; where these are furthest
 * apart lies the hump, and the search goes on between its borders until nothing is gained.
 * Steps are counted in units of 1/n: value i (from 0) rises from i to i + 1; the minorant touches the foot of a step,
 * the majorant its top. Equal values are one step, whose foot is that of the first and whose top is that of the last. */
#include <math.h>
#include <stdbool.h>
#include "stats/dip.h"

typedef struct hull { const double *x; size_t *minorant, *majorant, *from_left, *from_right; size_t n; } hull;

/* For each value the corner before it on the minorant of everything to its left, and after it on the majorant to its right. */
static void link_corners(hull *h)
{
	h->from_left[0] = 0;
	for (size_t j = 1; j < h->n; j++) {
		size_t before = j - 1;
		while (before > 0) { /* drop the corner while the one before it sees j under a smaller slope */
			const size_t earlier = h->from_left[before];
			const double run = h->x[j] - h->x[before], run_before = h->x[before] - h->x[earlier];
			if (run * (double)(before - earlier) < (double)(j - before) * run_before)
				break;
			before = earlier;
		}
		h->from_left[j] = before;
	}
	h->from_right[h->n - 1] = h->n - 1;
	for (size_t j = h->n - 1; j-- > 0;) {
		size_t after = j + 1;
		while (after < h->n - 1) {
			const size_t later = h->from_right[after];
			const double run = h->x[after] - h->x[j], run_after = h->x[later] - h->x[after];
			if (run * (double)(later - after) < (double)(after - j) * run_after)
				break;
			after = later;
		}
		h->from_right[j] = after;
	}
}

/* Corners of the minorant within [low, high], from high down; of the majorant, from low up. Gives: how many. */
static size_t corners(const size_t *next, size_t from, size_t to, size_t *out)
{
	size_t n = 0;
	for (size_t at = from;; at = next[at]) {
		out[n++] = at;
		if (at == to || (from > to ? next[at] < to : next[at] > to))
			break;
	}
	return n;
}

/* Height of the minorant (through feet) or the majorant (through tops, lift 1) at x between two corners. */
static double height(const double *x, size_t a, size_t b, double at, double lift)
{
	if (x[b] == x[a])
		return (double)a + lift;
	return (double)a + lift + (double)(b - a) * (at - x[a]) / (x[b] - x[a]);
}

/* The farthest that the two hulls are apart, at a corner of either; *left and *right are the borders of the hump there. */
static double widest(const hull *h, size_t n_minor, size_t n_major, size_t *left, size_t *right)
{
	double most = 0;
	size_t j = 0;
	for (size_t i = n_minor; i-- > 0;) { /* minorant's corners upwards */
		const size_t corner = h->minorant[i];
		while (j + 1 < n_major && h->majorant[j] < corner)
			j++;
		const size_t after = h->majorant[j], before = j > 0 ? h->majorant[j - 1] : after;
		const double apart = height(h->x, before, after, h->x[corner], 1) - (double)corner;
		if (apart > most) {
			most = apart;
			*left = corner;
			*right = after;
		}
	}
	size_t i = n_minor - 1;
	for (j = 0; j < n_major; j++) {
		const size_t corner = h->majorant[j];
		while (i > 0 && h->minorant[i - 1] <= corner)
			i--;
		const size_t before = h->minorant[i], after = i > 0 ? h->minorant[i - 1] : before;
		const double apart = (double)corner + 1 - height(h->x, before, after, h->x[corner], 0);
		if (apart > most) {
			most = apart;
			*left = before;
			*right = corner;
		}
	}
	return most;
}

/* How far the steps rise above the minorant left of the hump, or fall below the majorant right of it. */
static double excess(const hull *h, const size_t *corner, size_t n, bool minorant, size_t low, size_t high)
{
	double most = 0;
	for (size_t k = 0; k + 1 < n; k++) {
		const size_t a = minorant ? corner[k + 1] : corner[k], b = minorant ? corner[k] : corner[k + 1];
		if (a < low || b > high)
			continue;
		for (size_t i = a; i <= b; i++) {
			const double apart = minorant ? (double)i + 1 - height(h->x, a, b, h->x[i], 0) : height(h->x, a, b, h->x[i], 1) - (double)i;
			most = apart > most ? apart : most;
		}
	}
	return most;
}

double zp_dip(const double *x, size_t n, size_t *work)
{
	if (n == 0)
		return NAN;
	double dip = 1;
	hull h = { .x = x, .n = n, .minorant = work, .majorant = work + n, .from_left = work + 2 * n, .from_right = work + 3 * n };
	if (n > 3 && x[0] != x[n - 1]) {
		link_corners(&h);
		for (size_t low = 0, high = n - 1;;) {
			const size_t n_minor = corners(h.from_left, high, low, h.minorant), n_major = corners(h.from_right, low, high, h.majorant);
			size_t left = low, right = high;
			if (widest(&h, n_minor, n_major, &left, &right) < dip)
				break;
			dip = fmax(dip, excess(&h, h.minorant, n_minor, true, low, left));
			dip = fmax(dip, excess(&h, h.majorant, n_major, false, right, high));
			if (left == low && right == high)
				break;
			low = left;
			high = right;
		}
	}
	return dip / (2 * (double)n);
}

/* sqrt(n) times the dip of evenly distributed values, as it is exceeded with each of these shares; from tests/study/dip_table. */
#define SHARES 10
static const double shares[SHARES] = { 0.9, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001 };
static const struct dip_row { size_t n; double dip[SHARES]; } table[] = {
	{ 4, { 0.2500, 0.2500, 0.3148, 0.3746, 0.4145, 0.4474, 0.4631, 0.4735, 0.4829, 0.4883 } },
	{ 5, { 0.2236, 0.2723, 0.3604, 0.3954, 0.4166, 0.4328, 0.4396, 0.4430, 0.4455, 0.4464 } },
	{ 6, { 0.2041, 0.3021, 0.3661, 0.3897, 0.4035, 0.4387, 0.4708, 0.4956, 0.5204, 0.5324 } },
	{ 7, { 0.2165, 0.3119, 0.3615, 0.3823, 0.4236, 0.4641, 0.4874, 0.5061, 0.5236, 0.5343 } },
	{ 8, { 0.2318, 0.3139, 0.3553, 0.4012, 0.4356, 0.4698, 0.4892, 0.5044, 0.5273, 0.5491 } },
	{ 9, { 0.2407, 0.3124, 0.3687, 0.4092, 0.4397, 0.4711, 0.4923, 0.5173, 0.5460, 0.5652 } },
	{ 10, { 0.2474, 0.3096, 0.3759, 0.4129, 0.4417, 0.4769, 0.5047, 0.5294, 0.5591, 0.5773 } },
	{ 12, { 0.2506, 0.3157, 0.3815, 0.4162, 0.4498, 0.4888, 0.5138, 0.5346, 0.5634, 0.5873 } },
	{ 15, { 0.2490, 0.3239, 0.3859, 0.4258, 0.4594, 0.4989, 0.5277, 0.5508, 0.5790, 0.5994 } },
	{ 20, { 0.2541, 0.3284, 0.3957, 0.4349, 0.4698, 0.5092, 0.5386, 0.5659, 0.5983, 0.6201 } },
	{ 30, { 0.2600, 0.3370, 0.4049, 0.4462, 0.4830, 0.5259, 0.5553, 0.5853, 0.6167, 0.6393 } },
	{ 50, { 0.2663, 0.3460, 0.4162, 0.4591, 0.4970, 0.5406, 0.5719, 0.5998, 0.6374, 0.6643 } },
	{ 100, { 0.2735, 0.3546, 0.4272, 0.4715, 0.5105, 0.5566, 0.5893, 0.6201, 0.6545, 0.6833 } },
	{ 200, { 0.2796, 0.3613, 0.4348, 0.4805, 0.5206, 0.5683, 0.6022, 0.6347, 0.6752, 0.7059 } },
	{ 500, { 0.2850, 0.3677, 0.4425, 0.4900, 0.5311, 0.5813, 0.6147, 0.6471, 0.6911, 0.7185 } },
	{ 1000, { 0.2874, 0.3712, 0.4472, 0.4931, 0.5353, 0.5856, 0.6209, 0.6528, 0.6920, 0.7220 } },
	{ 2000, { 0.2895, 0.3736, 0.4500, 0.4972, 0.5389, 0.5896, 0.6258, 0.6580, 0.6994, 0.7274 } },
	{ 5000, { 0.2915, 0.3759, 0.4519, 0.4992, 0.5410, 0.5922, 0.6270, 0.6613, 0.7064, 0.7338 } },
};
#define SIZES (sizeof table / sizeof *table)

double zp_dip_p(double dip, size_t n)
{
	size_t above = 0;
	double at[SHARES];
	if (n < table[0].n || isnan(dip))
		return NAN;
	while (above + 1 < SIZES && table[above].n < n)
		above++;
	const size_t below = above > 0 ? above - 1 : 0;
	const double span = sqrt((double)table[above].n) - sqrt((double)table[below].n);
	double part = span > 0 ? (sqrt((double)n) - sqrt((double)table[below].n)) / span : 0;
	part = part > 1 ? 1 : part; /* beyond the last size sqrt(n) dip no longer changes much */
	for (size_t i = 0; i < SHARES; i++)
		at[i] = table[below].dip[i] + part * (table[above].dip[i] - table[below].dip[i]);
	const double d = sqrt((double)n) * dip;
	if (d <= at[0])
		return 1;
	for (size_t i = 1; i < SHARES; i++)
		if (d < at[i])
			return exp(log(shares[i - 1]) + (d - at[i - 1]) / (at[i] - at[i - 1]) * log(shares[i] / shares[i - 1]));
	return shares[SHARES - 1];
}
