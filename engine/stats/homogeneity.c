/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include "stats/distribution.h"
#include "stats/homogeneity.h"
#include "stats/scores.h"

zp_homogeneity zp_homogeneity_of(const zp_cell *items, size_t g)
{
	const zp_moments between = zp_cell_means(items, g);
	const double s_x2 = between.sd * between.sd;
	const double items_n = (double)g, m = (double)items[0].n, nu_w = items_n * (m - 1);
	zp_homogeneity h = { .g = g, .m = items[0].n, .mean = between.mean, .s_x = between.sd, .s_w = NAN, .s_s2 = s_x2,
			     .s_s = between.sd, .msb = m * s_x2, .msw = NAN, .f = NAN, .f_crit = NAN, .p = NAN,
			     .f1 = zp_chi2_quantile(0.95, items_n - 1) / (items_n - 1), .f2 = NAN, .u_bb_min = NAN, .cochran = NAN,
			     .cochran_5 = NAN, .cochran_1 = NAN };
	if (h.m < 2)
		return h;
	h.msw = 0;
	for (size_t i = 0; i < g; i++)
		h.msw += items[i].sd * items[i].sd / items_n;
	h.s_w = sqrt(h.msw);
	h.s_s2 = s_x2 - h.msw / m;
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
	const zp_moments then = zp_cell_means(later, n);
	const double u2 = h->s_x * h->s_x / (double)h->g + (n > 1 ? then.sd * then.sd / (double)n : 0);
	zp_stability s = { .mean = then.mean, .difference = fabs(h->mean - then.mean), .expanded = criterion + 2 * sqrt(u2) };
	s.ok = !zp_beyond(s.difference, criterion);
	s.ok_expanded = !zp_beyond(s.difference, s.expanded);
	return s;
}
