/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <math.h>
#include "stats/gamma.h"

/* R 4.2.2: lgamma, digamma, trigamma. */
static const struct { double x, log_gamma, digamma, trigamma; } rows[] = {
	{ 1e-08, 18.420680738180209, -100000000.57721566, 10000000000000034 },
	{ 0.001, 6.9071788853838534, -1000.5755719318104, 1000001.6425331959 },
	{ 0.3, 1.0957979948180756, -3.5025242222001323, 12.245364546107732 },
	{ 1, 0, -0.57721566490153231, 1.6449340668482264 },
	{ 1.5, -0.12078223763524518, 0.036489973978576895, 0.93480220054467933 },
	{ 2, 0, 0.42278433509846747, 0.64493406684822641 },
	{ 7.7, 7.9265413562690048, 1.9748820949131016, 0.13866710857111125 },
	{ 11.999, 17.499865227646104, 2.4425747743291191, 0.086909420732240825 },
	{ 12, 17.50230784587389, 2.4426616799758119, 0.086901872871768385 },
	{ 50, 144.56574394634487, 3.901989673427892, 0.020201333226697128 },
	{ 1234.5, 7550.5509010778942, 7.1180162318279976, 0.00081037272712696667 },
	{ 1e8, 1742068066.1038349, 18.420680738952367, 1.0000000049999981e-08 },
};

static void agrees(const char *what, double x, double got, double expected)
{
	cr_expect(fabs(got - expected) <= 1e-14 * fmax(fabs(expected), 1e-9) + 1e-14 * (fabs(expected) > 1e-3),
		"%s(%g) is %.17g, expected %.17g", what, x, got, expected);
}

Test(gamma, it_and_its_derivatives_are_those_of_r)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		cr_expect(fabs(zp_log_gamma(rows[i].x) - rows[i].log_gamma) <= 2e-14 * fmax(1, fabs(rows[i].log_gamma)));
		agrees("digamma", rows[i].x, zp_digamma(rows[i].x), rows[i].digamma);
		agrees("trigamma", rows[i].x, zp_trigamma(rows[i].x), rows[i].trigamma);
	}
}

Test(gamma, below_zero_there_is_nothing)
{
	cr_expect(isnan(zp_log_gamma(0)) && isnan(zp_digamma(-1)) && isnan(zp_trigamma(NAN)));
}

/* Against the difference where it loses little, and the first terms of the expansion where it would lose all. */
Test(gamma, differences_keep_their_digits)
{
	for (double x = 0.01; x < 1e4; x *= 3)
		for (double k = 0.5; k < 3000; k *= 5) {
			const double log_gamma = zp_log_gamma(x + k) - zp_log_gamma(x);
			cr_expect(fabs(zp_log_gamma_rise(x, k) - log_gamma) <= 1e-13 * fmax(1, fabs(zp_log_gamma(x + k))), "%g, %g", x, k);
			cr_expect(fabs(zp_digamma_rise(x, k) - (zp_digamma(x + k) - zp_digamma(x))) <= 1e-14 * fmax(20, zp_digamma_rise(x, k)));
			cr_expect(fabs(zp_trigamma_rise(x, k) - (zp_trigamma(x + k) - zp_trigamma(x))) <= 1e-14 * zp_trigamma(x));
		}
	const double x = 1e12, k = 7;
	cr_expect_float_eq(zp_log_gamma_rise(x, k), k * log(x) + k * (k - 1) / 2 / x, 1e-13);
	cr_expect_float_eq(zp_digamma_rise(x, k) / (k / x), 1, 1e-10);
	cr_expect_float_eq(zp_trigamma_rise(x, k) / (-k / x / x), 1, 1e-10);
}
