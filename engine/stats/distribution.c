/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The door of GSL. Its distribution functions are asked, and not its quantiles: those of F, beta and chi square give up
 * in places, and a failure inside GSL ends the process. A quantile is found by halving, between bounds that hold every
 * double, until two neighbours are left. */
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_version.h>
#include <math.h>
#include <stdbool.h>
#include "stats/distribution.h"

#define HALVINGS 200

static bool is_share(double p) { return p > 0 && p < 1; }

double zp_normal_density(double x) { return exp(-0.5 * x * x) * 0.39894228040143267794; }
double zp_normal_below(double x) { return 0.5 * erfc(-x * 0.70710678118654752440); }

double zp_t_quantile(double p, double nu) { return is_share(p) && nu > 0 ? gsl_cdf_tdist_Pinv(p, nu) : NAN; }

/* A distribution of numbers above 0: the shares below and above x. */
typedef struct law { double (*below)(double x, double a, double b), (*above)(double x, double a, double b); double a, b; } law;

/* Which of two halves holds the quantile is decided by the smaller share, which has more digits. */
static bool lies_above(const law *l, double x, double p)
{
	return p <= 0.5 ? l->below(x, l->a, l->b) < p : l->above(x, l->a, l->b) > 1 - p;
}

/* x = at(t) for t between low and high, ascending. */
static double quantile(const law *l, double p, double (*at)(double), double low, double high)
{
	for (int i = 0; i < HALVINGS; i++) {
		const double middle = low + (high - low) / 2;
		if (middle == low || middle == high)
			break;
		if (lies_above(l, at(middle), p))
			low = middle;
		else
			high = middle;
	}
	return at(low + (high - low) / 2);
}

static double logistic(double t) { return 1 / (1 + exp(-t)); }

static double chi2_below(double x, double nu, double unused) { (void)unused; return gsl_cdf_chisq_P(x, nu); }
static double chi2_above(double x, double nu, double unused) { (void)unused; return gsl_cdf_chisq_Q(x, nu); }

double zp_chi2_below(double x, double nu) { return !(nu > 0 && x >= 0) ? NAN : isinf(x) ? 1 : gsl_cdf_chisq_P(x, nu); }
double zp_chi2_above(double x, double nu) { return !(nu > 0 && x >= 0) ? NAN : isinf(x) ? 0 : gsl_cdf_chisq_Q(x, nu); }

double zp_chi2_quantile(double p, double nu)
{
	const law l = { chi2_below, chi2_above, nu, 0 };
	return is_share(p) && nu > 0 ? quantile(&l, p, exp, -700, 700) : NAN;
}

double zp_f_above(double x, double a, double b) { return !(a > 0 && b > 0 && x >= 0) ? NAN : isinf(x) ? 0 : gsl_cdf_fdist_Q(x, a, b); }

double zp_f_quantile(double p, double a, double b)
{
	const law l = { gsl_cdf_fdist_P, gsl_cdf_fdist_Q, a, b };
	return is_share(p) && a > 0 && b > 0 ? quantile(&l, p, exp, -700, 700) : NAN;
}

double zp_beta_quantile(double p, double a, double b)
{
	const law l = { gsl_cdf_beta_P, gsl_cdf_beta_Q, a, b };
	return is_share(p) && a > 0 && b > 0 ? quantile(&l, p, logistic, -700, 36) : NAN;
}

const char *zp_distribution_library(void)
{
	return gsl_version;
}
