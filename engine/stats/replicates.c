/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/distribution.h"
#include "stats/moments.h"
#include "stats/order.h"
#include "stats/replicates.h"

#define ITERATIONS_MOST 10000u
#define SETTLED 1e-14
#define PRINTED 10 /* degrees of freedom up to which the standard prints factors */

void zp_cells_of(const double *x, const uint32_t *lab, size_t n, size_t n_labs, zp_cell *cells, double *work)
{
	for (size_t l = 0; l < n_labs; l++)
		cells[l] = (zp_cell){ .n = 0 };
	for (size_t i = 0; i < n; i++)
		cells[lab[i]].n++;
	for (size_t l = 0, first = 0; l < n_labs; l++) { /* n is where its next value goes, until all have come */
		const size_t count = cells[l].n;
		cells[l].n = first;
		first += count;
	}
	for (size_t i = 0; i < n; i++)
		work[cells[lab[i]].n++] = x[i];
	for (size_t l = 0, first = 0; l < n_labs; l++) {
		const size_t end = cells[l].n;
		const zp_moments m = zp_moments_of(work + first, end - first);
		cells[l] = (zp_cell){ m.mean, m.sd, end - first };
		first = end;
	}
}

void zp_algorithm_s_factors(size_t nu, bool exact, double *eta, double *xi)
{
	static const double printed[PRINTED + 1][2] = { { 0, 0 }, { 1.645, 1.097 }, { 1.517, 1.054 }, { 1.444, 1.039 }, { 1.395, 1.032 },
							{ 1.359, 1.027 }, { 1.332, 1.024 }, { 1.310, 1.021 }, { 1.292, 1.019 },
							{ 1.277, 1.018 }, { 1.264, 1.017 } };
	if (!exact && nu <= PRINTED) {
		*eta = printed[nu][0];
		*xi = printed[nu][1];
		return;
	}
	const double d = (double)nu, square = zp_chi2_quantile(0.9, d) / d;
	*eta = sqrt(square);
	*xi = 1 / sqrt(zp_chi2_below(d * square, d + 2) + 0.1 * square);
}

zp_pooled zp_algorithm_s(const double *w, size_t n, size_t nu, bool exact)
{
	double eta, xi, now = zp_median(w, n);
	zp_algorithm_s_factors(nu, exact, &eta, &xi);
	if (now == 0) { /* more than half repeat themselves exactly */
		for (size_t i = 0; i < n; i++)
			now += w[i] * w[i];
		now = sqrt(now / (double)n);
	}
	zp_pooled p = { .w = now, .converged = now == 0 };
	while (!p.converged && p.iterations < ITERATIONS_MOST) {
		const double limit = eta * p.w;
		zp_sum squares = { 0 };
		for (size_t i = 0; i < n; i++) {
			const double drawn = w[i] < limit ? w[i] : limit;
			zp_sum_add(&squares, drawn * drawn);
		}
		const double next = xi * sqrt(zp_sum_value(&squares) / (double)n);
		p.converged = fabs(next - p.w) <= SETTLED * next;
		p.w = next;
		p.iterations++;
	}
	return p;
}

zp_precision zp_precision_from(double s_x, double s_r, double n)
{
	const double between = s_x * s_x - s_r * s_r / n, s_l = sqrt(between > 0 ? between : 0);
	return (zp_precision){ s_r, s_l, sqrt(s_l * s_l + s_r * s_r) };
}

zp_precision zp_precision_by_anova(const zp_cell *cells, size_t n_labs)
{
	double n = 0, squares_n = 0, within = 0, sum = 0, between = 0;
	for (size_t i = 0; i < n_labs; i++) {
		const double m = (double)cells[i].n;
		n += m;
		squares_n += m * m;
		sum += m * (cells[i].mean - cells[0].mean);
		if (cells[i].n > 1)
			within += (m - 1) * cells[i].sd * cells[i].sd;
	}
	if (n_labs < 2 || n <= (double)n_labs)
		return (zp_precision){ NAN, NAN, NAN };
	for (size_t i = 0; i < n_labs; i++) {
		const double d = cells[i].mean - cells[0].mean - sum / n;
		between += (double)cells[i].n * d * d;
	}
	const double s_r = sqrt(within / (n - (double)n_labs)), labs = (double)n_labs;
	const double mean_n = (n - squares_n / n) / (labs - 1), s_d = sqrt(between / (labs - 1) / mean_n);
	return zp_precision_from(s_d, s_r, mean_n);
}

zp_moments zp_cell_means(const zp_cell *cells, size_t n_labs)
{
	double sum = 0, squares = 0;
	for (size_t i = 0; i < n_labs; i++)
		sum += cells[i].mean - cells[0].mean;
	sum /= (double)n_labs;
	for (size_t i = 0; i < n_labs; i++) {
		const double d = cells[i].mean - cells[0].mean - sum;
		squares += d * d;
	}
	return (zp_moments){ cells[0].mean + sum, n_labs < 2 ? NAN : sqrt(squares / (double)(n_labs - 1)) };
}

double zp_cell_pooled_sd(const zp_cell *cells, size_t n_labs)
{
	double squares = 0, nu = 0;
	for (size_t l = 0; l < n_labs; l++) {
		if (cells[l].n < 2)
			continue;
		squares += (double)(cells[l].n - 1) * cells[l].sd * cells[l].sd;
		nu += (double)(cells[l].n - 1);
	}
	return nu > 0 ? sqrt(squares / nu) : NAN;
}

double zp_mandel_h(zp_cell c, zp_moments of_means) { return of_means.sd > 0 ? (c.mean - of_means.mean) / of_means.sd : NAN; }
double zp_mandel_k(zp_cell c, double pooled_sd) { return pooled_sd > 0 ? c.sd / pooled_sd : NAN; }

double zp_mandel_h_critical(size_t n_labs, double alpha)
{
	const double p = (double)n_labs, t = zp_t_quantile(1 - alpha / 2, p - 2);
	return n_labs < 3 ? NAN : (p - 1) * t / sqrt(p * (t * t + p - 2));
}

double zp_mandel_k_critical(size_t n_labs, size_t n, double alpha)
{
	const double p = (double)n_labs, nu = (double)n - 1;
	return n_labs < 2 || n < 2 ? NAN : sqrt(p / (1 + (p - 1) * zp_f_quantile(alpha, (p - 1) * nu, nu)));
}

double zp_cochran(const zp_cell *cells, size_t n_labs)
{
	double most = 0, sum = 0;
	for (size_t i = 0; i < n_labs; i++) {
		const double variance = cells[i].n > 1 ? cells[i].sd * cells[i].sd : 0;
		most = variance > most ? variance : most;
		sum += variance;
	}
	return sum > 0 ? most / sum : NAN;
}

double zp_cochran_critical(size_t n_labs, size_t n, double alpha)
{
	const double g = (double)n_labs, nu = (double)n - 1;
	if (n_labs < 2 || n < 2)
		return NAN;
	const double f = zp_f_quantile(1 - alpha / g, nu, nu * (g - 1));
	return f / (f + g - 1);
}

double zp_grubbs(const double *x, size_t n, int sign)
{
	const zp_moments m = zp_moments_of(x, n);
	return m.sd > 0 ? (sign > 0 ? x[n - 1] - m.mean : m.mean - x[0]) / m.sd : NAN;
}

double zp_grubbs_critical(size_t n, double alpha)
{
	const double p = (double)n, t = zp_t_quantile(1 - alpha / (2 * p), p - 2);
	return n < 3 ? NAN : (p - 1) / sqrt(p) * sqrt(t * t / (p - 2 + t * t));
}

double zp_repeatability_statistic(zp_cell c, double x_pt, double w)
{
	const double m = (double)c.n, d = (c.mean - x_pt) / w, ratio = c.sd / w;
	return w > 0 && ratio > 0 ? m * d * d + 2 * (m - 1) * log(ratio) * log(ratio) : NAN;
}
