/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include "stats/distribution.h"
#include "stats/homogeneity.h"
#include "stats/scores.h"

typedef struct spread { double mean, variance; } spread;

static spread of_means(const zp_cell *items, size_t g)
{
	double sum = 0, squares = 0;
	for (size_t i = 0; i < g; i++)
		sum += items[i].mean - items[0].mean;
	sum /= (double)g;
	for (size_t i = 0; i < g; i++) {
		const double d = items[i].mean - items[0].mean - sum;
		squares += d * d;
	}
	return (spread){ items[0].mean + sum, g < 2 ? NAN : squares / (double)(g - 1) };
}

zp_homogeneity zp_homogeneity_of(const zp_cell *items, size_t g)
{
	const spread between = of_means(items, g);
	const double items_n = (double)g, m = (double)items[0].n, nu_w = items_n * (m - 1);
	zp_homogeneity h = { .g = g, .m = items[0].n, .mean = between.mean, .s_x = sqrt(between.variance), .s_w = NAN, .s_s2 = between.variance,
			     .s_s = sqrt(between.variance), .msb = m * between.variance, .msw = NAN, .f = NAN, .f_crit = NAN, .p = NAN,
			     .f1 = zp_chi2_quantile(0.95, items_n - 1) / (items_n - 1), .f2 = NAN, .u_bb_min = NAN, .cochran = NAN,
			     .cochran_5 = NAN, .cochran_1 = NAN };
	if (h.m < 2)
		return h;
	h.msw = 0;
	for (size_t i = 0; i < g; i++)
		h.msw += items[i].sd * items[i].sd / items_n;
	h.s_w = sqrt(h.msw);
	h.s_s2 = between.variance - h.msw / m;
	h.s_s = sqrt(h.s_s2 > 0 ? h.s_s2 : 0);
	h.f_crit = zp_f_quantile(0.95, items_n - 1, nu_w);
	h.f2 = (h.f_crit - 1) / m;
	if (h.msw > 0) {
		h.f = h.msb / h.msw;
		h.p = zp_f_above(h.f, items_n - 1, nu_w);
		h.u_bb_min = sqrt(h.msw / m) * sqrt(sqrt(2 / nu_w));
	}
	h.cochran = zp_cochran(items, g);
	h.cochran_5 = zp_cochran_critical(g, h.m, 0.05);
	h.cochran_1 = zp_cochran_critical(g, h.m, 0.01);
	return h;
}

double zp_criterion_expanded(const zp_homogeneity *h, double criterion)
{
	return h->m < 2 ? NAN : h->f1 * criterion * criterion + h->f2 * h->msw;
}

zp_stability zp_stability_of(const zp_homogeneity *h, const zp_cell *later, size_t n, double criterion)
{
	const spread then = of_means(later, n);
	const double u2 = h->s_x * h->s_x / (double)h->g + (n > 1 ? then.variance / (double)n : 0);
	zp_stability s = { .mean = then.mean, .difference = fabs(h->mean - then.mean), .expanded = criterion + 2 * sqrt(u2) };
	s.ok = !zp_beyond(s.difference, criterion);
	s.ok_expanded = !zp_beyond(s.difference, s.expanded);
	return s;
}
