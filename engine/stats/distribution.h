/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The distributions that criteria and tests refer to. Shares p are between 0 and 1; degrees of freedom are above 0.
 * Outside that, and where a value does not exist, they give NAN. Checked against R 4.2.2 (tests/unit/test_distribution.c). */
#ifndef ZP_STATS_DISTRIBUTION_H
#define ZP_STATS_DISTRIBUTION_H

double zp_normal_density(double x);
double zp_normal_below(double x); /* the share of a standard normal below x; its inverse is zp_normal_quantile of base/random.h */

double zp_t_quantile(double p, double nu);
double zp_chi2_below(double x, double nu);
double zp_chi2_above(double x, double nu);
double zp_chi2_quantile(double p, double nu);
double zp_f_above(double x, double a, double b); /* a: degrees of freedom of the numerator */
double zp_f_quantile(double p, double a, double b);
double zp_beta_quantile(double p, double a, double b);

const char *zp_distribution_library(void); /* the version of GSL that runs */

#endif
