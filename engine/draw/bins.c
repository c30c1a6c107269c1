/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Classes of a histogram. */
#include <math.h>
#include "draw/sketch.h"
#include "stats/order.h"

/* Values as far as they can be drawn; what is larger than anything measured is counted at the ends. */
typedef struct zp_span { double from, to, width; size_t n; } zp_span;

/* 1, 2 or 5 times a power of ten, not below v. */
static double round_up(double v)
{
	const double p = pow(10, floor(log10(v)));
	return v <= p ? p : v <= 2 * p ? 2 * p : v <= 5 * p ? 5 * p : 10 * p;
}

/* What should be seen: the bulk of the values, and the given range whole. */
static zp_span bulk(const double *x, size_t n, double low, double high)
{
	zp_span s = { NAN, NAN, NAN, n };
	if (n) {
		const double q1 = zp_quantile(x, n, 0.25), q3 = zp_quantile(x, n, 0.75), reach = 2.5 * (q3 - q1);
		s.from = fmax(x[0], q1 - reach);
		s.to = fmin(x[n - 1], q3 + reach);
		s.width = 2 * (q3 - q1) / cbrt((double)n); /* Freedman and Diaconis */
	}
	if (zp_is_there(low) && zp_is_there(high) && low <= high) {
		const double air = 0.08 * (high - low);
		if (n) { /* far away values must not make the bulk a single bar, nor the range */
			const double wide = 2 * (high - low);
			s.from = fmax(s.from, fmin(zp_quantile(x, n, 0.1), low - wide));
			s.to = fmin(s.to, fmax(zp_quantile(x, n, 0.9), high + wide));
		}
		s.from = fmin(n ? s.from : low, low - air);
		s.to = fmax(n ? s.to : high, high + air);
	}
	return s;
}

/* On the lattice of what can be reported: classes of k steps, whose bounds lie half a step from values. */
static zp_bins on_lattice(zp_span s, double step, size_t most)
{
	double k = fmax(1, floor(s.width / step + 0.5));
	if (!(k >= 1))
		k = 1;
	const double first = floor(s.from / step + 0.5), last = floor(s.to / step + 0.5);
	while ((last - first) / k + 1 > (double)most)
		k = fmax(k + 1, ceil((last - first + 1) / (double)most));
	return (zp_bins){ .from = (first - 0.5) * step, .width = k * step, .n = (size_t)((last - first) / k) + 1 };
}

static bool touches(const double *x, size_t n, double from, double width)
{
	for (size_t i = 0; i < n; i++) {
		const double at = (x[i] - from) / width;
		if (fabs(at - floor(at + 0.5)) < 1e-9)
			return true;
	}
	return false;
}

/* No lattice known: round widths, moved until no value lies on a bound. */
static zp_bins anywhere(zp_span s, const double *x, size_t n, size_t most)
{
	static const double moves[] = { 0, 0.5, 0.25, 0.75, 0.3, 0.7, 0.1, 0.9, 0.41, 0.59 };
	const double range = s.to - s.from, least = range / (double)(most > 2 ? most - 2 : 1);
	double width = s.width > least ? s.width : least;
	if (!(width > 0))
		width = fmax(fabs(s.from), fabs(s.to)) > 1e-100 ? fmax(fabs(s.from), fabs(s.to)) * 0.01 : 1;
	width = round_up(width);
	zp_bins b = { .width = width };
	for (size_t i = 0; i < sizeof moves / sizeof moves[0]; i++) {
		b.from = (floor(s.from / width) - moves[i]) * width;
		if (!touches(x, n, b.from, width))
			break;
	}
	b.n = (size_t)fmin(fmax(floor((s.to - b.from) / width) + 1, 1), (double)most);
	return b;
}

static void count(const zp_bins *b, const double *x, size_t n, double step, uint32_t *in, uint32_t *below, uint32_t *above)
{
	for (size_t i = 0; i < n; i++) {
		if (isnan(x[i]))
			continue;
		double at = floor((x[i] - b->from) / b->width);
		if (step > 0 && zp_is_there(x[i])) /* from the middle of what was reported, so that no rounding can move it */
			at = floor((floor(x[i] / step + 0.5) - floor(b->from / step + 1)) / floor(b->width / step + 0.5));
		if (at < 0)
			++*below;
		else if (at < (double)b->n)
			++in[(size_t)at];
		else
			++*above;
	}
}

zp_bins zp_bins_of(zp_arena *arena, const double *all, size_t n_all, const double *peers, size_t n_peers, double step, double low, double high, size_t most)
{
	size_t first = 0, end = n_all;
	while (first < end && !zp_is_there(all[first]))
		first++;
	while (end > first && !zp_is_there(all[end - 1]))
		end--;
	most = most > 0 ? most : 1;
	const double *x = all + first;
	const zp_span s = bulk(x, end - first, low, high);
	zp_bins b = { .from = 0, .width = 1 };
	if (s.from <= s.to) {
		if (!(step > 0) || fmax(fabs(s.from), fabs(s.to)) / step > 1e12)
			step = 0;
		b = step > 0 ? on_lattice(s, step, most) : anywhere(s, x, end - first, most);
	}
	uint32_t *in = zp_take(arena, uint32_t, b.n ? b.n : 1), *of_peers = zp_take(arena, uint32_t, b.n ? b.n : 1);
	count(&b, all, n_all, step, in, &b.all_below, &b.all_above);
	count(&b, peers, n_peers, step, of_peers, &b.peers_below, &b.peers_above);
	b.all = in;
	b.peers = of_peers;
	return b;
}
