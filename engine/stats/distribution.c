/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The door of GSL. Its own error handler would end the process, so nothing is asked of it that it could refuse. */
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdbool.h>
#include "stats/distribution.h"

static bool is_share(double p) { return p > 0 && p < 1; }

double zp_normal_density(double x) { return exp(-0.5 * x * x) * 0.39894228040143267794; }
double zp_normal_below(double x) { return 0.5 * erfc(-x * 0.70710678118654752440); }

double zp_t_quantile(double p, double nu) { return is_share(p) && nu > 0 ? gsl_cdf_tdist_Pinv(p, nu) : NAN; }

double zp_chi2_below(double x, double nu) { return nu > 0 && x >= 0 ? gsl_cdf_chisq_P(x, nu) : NAN; }
double zp_chi2_above(double x, double nu) { return nu > 0 && x >= 0 ? gsl_cdf_chisq_Q(x, nu) : NAN; }
double zp_chi2_quantile(double p, double nu) { return is_share(p) && nu > 0 ? gsl_cdf_chisq_Pinv(p, nu) : NAN; }

double zp_f_above(double x, double a, double b) { return a > 0 && b > 0 && x >= 0 ? gsl_cdf_fdist_Q(x, a, b) : NAN; }
double zp_f_quantile(double p, double a, double b) { return is_share(p) && a > 0 && b > 0 ? gsl_cdf_fdist_Pinv(p, a, b) : NAN; }

double zp_beta_quantile(double p, double a, double b) { return is_share(p) && a > 0 && b > 0 ? gsl_cdf_beta_Pinv(p, a, b) : NAN; }
