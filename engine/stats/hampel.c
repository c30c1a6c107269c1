/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the median the polygon is walked corner by corner in both directions, the nearer corner first, until the sign
 * changes. A corner is a value plus or minus 1.5, 3 or 4.5 s; a value of the polygon is six binary searches. */
#include <math.h>
#include "stats/hampel.h"
#include "stats/moments.h"
#include "stats/order.h"

#define BENDS 6
static const double bend[BENDS] = { -4.5, -3, -1.5, 1.5, 3, 4.5 };

typedef struct polygon {
	const double *x;
	size_t n;
	double median, s;
	double *sums; /* sums[j] - sums[i]: values i to j - 1, counted from the median */
} polygon;

static size_t first_from(const polygon *p, double limit)
{
	size_t low = 0, high = p->n;
	while (low < high) {
		const size_t i = low + (high - low) / 2;
		if (p->x[i] - p->median < limit)
			low = i + 1;
		else
			high = i;
	}
	return low;
}

/* The sum of psi at median + t, and its slope by counting t in s. */
static double value_at(const polygon *p, double t, double *slope)
{
	size_t at[BENDS];
	for (int b = 0; b < BENDS; b++)
		at[b] = first_from(p, t + bend[b] * p->s);
	const double far_below = (double)(at[1] - at[0]), below = (double)(at[2] - at[1]), near = (double)(at[3] - at[2]);
	const double above = (double)(at[4] - at[3]), far_above = (double)(at[5] - at[4]);
	const double u = t / p->s;
	double sum = 1.5 * (above - below);
	if (near > 0)
		sum += (p->sums[at[3]] - p->sums[at[2]]) / p->s - near * u;
	if (far_above > 0)
		sum += 4.5 * far_above - ((p->sums[at[5]] - p->sums[at[4]]) / p->s - far_above * u);
	if (far_below > 0)
		sum -= 4.5 * far_below + (p->sums[at[1]] - p->sums[at[0]]) / p->s - far_below * u;
	*slope = far_above + far_below - near;
	return sum;
}

/* The corner next to t in the direction `side`; infinite when there is none. The six rows of corners are walked in step. */
static double next_corner(const polygon *p, double t, int side, ptrdiff_t at[BENDS])
{
	double next = side > 0 ? INFINITY : -INFINITY;
	for (int b = 0; b < BENDS; b++) {
		while (at[b] >= 0 && (size_t)at[b] < p->n && side * (p->x[at[b]] - p->median + bend[b] * p->s - t) <= 0)
			at[b] += side;
		if (at[b] < 0 || (size_t)at[b] >= p->n)
			continue;
		const double corner = p->x[at[b]] - p->median + bend[b] * p->s;
		if (side * (corner - next) < 0)
			next = corner;
	}
	return next;
}

/* One direction of the walk. */
typedef struct walk {
	int side;
	double t, value; /* where it has come to */
	ptrdiff_t at[BENDS];
	double root; /* NAN as long as none was met */
	bool over;
} walk;

static void step(const polygon *p, walk *w)
{
	const double corner = next_corner(p, w->t, w->side, w->at), end = (w->side > 0 ? p->x[p->n - 1] : p->x[0]) - p->median;
	const double t = w->side * (corner - end) > 0 ? end : corner; /* no solution outside the values */
	double slope;
	const double value = value_at(p, t, &slope), fuzz = 1e-13 * (double)p->n;
	if (fabs(value) <= fuzz && fabs(w->value) > fuzz)
		w->root = t;
	else if ((value > fuzz && w->value < -fuzz) || (value < -fuzz && w->value > fuzz))
		w->root = w->t + (t - w->t) * (w->value / (w->value - value));
	w->over = !isnan(w->root) || t == end;
	w->t = t;
	w->value = value;
}

static void begin(const polygon *p, walk *w, int side, double value)
{
	*w = (walk){ .side = side, .value = value, .root = NAN };
	for (int b = 0; b < BENDS; b++) {
		const ptrdiff_t first = (ptrdiff_t)first_from(p, -bend[b] * p->s);
		w->at[b] = side > 0 ? first : first < (ptrdiff_t)p->n ? first : (ptrdiff_t)p->n - 1;
	}
}

bool zp_hampel(const double *x, size_t n, double s, double *work, double *location)
{
	polygon p = { .x = x, .n = n, .median = zp_median(x, n), .s = s, .sums = work };
	*location = p.median;
	if (n < 2 || !(s > 0) || x[0] == x[n - 1])
		return true;
	const size_t middle = n / 2;
	zp_sum sum = { 0 };
	work[middle] = 0;
	for (size_t i = middle; i < n; i++)
		zp_sum_add(&sum, x[i] - p.median), work[i + 1] = zp_sum_value(&sum);
	sum = (zp_sum){ 0 };
	for (size_t i = middle; i-- > 0;)
		zp_sum_add(&sum, x[i] - p.median), work[i] = -zp_sum_value(&sum);

	double slope;
	const double value = value_at(&p, 0, &slope);
	if (fabs(value) <= 1e-13 * (double)n)
		return slope != 0; /* the median is a solution; a flat zero decides nothing, and gives the median as well */
	walk right, left;
	begin(&p, &right, 1, value);
	begin(&p, &left, -1, value);
	while (!right.over || !left.over) {
		walk *nearer = right.over ? &left : left.over ? &right : right.t <= -left.t ? &right : &left;
		if ((!isnan(right.root) && nearer == &left && -left.t > right.root) || (!isnan(left.root) && nearer == &right && right.t > -left.root))
			break; /* what may still come is further away */
		step(&p, nearer);
	}
	const bool has_right = !isnan(right.root), has_left = !isnan(left.root);
	if (!has_right && !has_left)
		return false;
	if (has_right && has_left && fabs(right.root + left.root) <= 1e-9 * s)
		return false;
	*location = p.median + (!has_left || (has_right && right.root < -left.root) ? right.root : left.root);
	return true;
}
