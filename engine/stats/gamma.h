/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The logarithm of the gamma function and its first two derivatives, for x > 0; NAN otherwise. The C library's lgamma leaves
 * the sign in a global variable, which threads would share.
 * Cites: Abramowitz, Stegun: Handbook of Mathematical Functions, 6.1.41, 6.3.18, 6.4.12. */
#ifndef ZP_STATS_GAMMA_H
#define ZP_STATS_GAMMA_H

double zp_log_gamma(double x);
double zp_digamma(double x);
double zp_trigamma(double x);

/* f(x + k) - f(x), with the digits that the difference of two large numbers would lose. Needs: x > 0, k >= 0. */
double zp_log_gamma_rise(double x, double k);
double zp_digamma_rise(double x, double k);
double zp_trigamma_rise(double x, double k);

#endif
