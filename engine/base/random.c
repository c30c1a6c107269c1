/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/random.h"
#include <assert.h>
#include <math.h>

static uint64_t splitmix(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15u;
	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

zp_random zp_random_stream(uint64_t seed, uint64_t a, uint64_t b)
{
	uint64_t state = seed;
	state = splitmix(&state) ^ a;
	state = splitmix(&state) ^ b;
	zp_random r;
	for (int i = 0; i < 4; i++)
		r.s[i] = splitmix(&state);
	return r;
}

static uint64_t turn(uint64_t x, int by)
{
	return x << by | x >> (64 - by);
}

uint64_t zp_random_next(zp_random *r)
{
	uint64_t *s = r->s, result = turn(s[1] * 5, 7) * 9, t = s[1] << 17;
	s[2] ^= s[0];
	s[3] ^= s[1];
	s[1] ^= s[2];
	s[0] ^= s[3];
	s[2] ^= t;
	s[3] = turn(s[3], 45);
	return result;
}

double zp_random_uniform(zp_random *r)
{
	return ((double)(zp_random_next(r) >> 12) + 0.5) * 0x1p-52; /* 53 bits: exact, never 0 or 1 */
}

size_t zp_random_below(zp_random *r, size_t n)
{
	assert(n >= 1 && n <= (uint64_t)1 << 32);
	return (size_t)((zp_random_next(r) >> 32) * n >> 32);
}

void zp_random_shuffle(zp_random *r, uint32_t *at, size_t n)
{
	for (size_t i = n; i > 1; i--) {
		size_t k = zp_random_below(r, i);
		uint32_t kept = at[i - 1];
		at[i - 1] = at[k];
		at[k] = kept;
	}
}

/* a[0] + a[1] x + ... + a[7] x^7 */
static double polynomial(const double a[8], double x)
{
	double y = a[7];
	for (int i = 6; i >= 0; i--)
		y = y * x + a[i];
	return y;
}

/* ln x by the series of 2 artanh((m - 1) / (m + 1)); the C library's is not the same on all systems. */
static double natural_log(double x)
{
	static const double odd[] = { 1.0 / 25, 1.0 / 23, 1.0 / 21, 1.0 / 19, 1.0 / 17, 1.0 / 15, 1.0 / 13, 1.0 / 11, 1.0 / 9, 1.0 / 7, 1.0 / 5, 1.0 / 3, 1 };
	int e;
	double m = frexp(x, &e); /* exact */
	if (m < 0.70710678118654752)
		m *= 2, e--;
	double s = (m - 1) / (m + 1), s2 = s * s, sum = 0;
	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
		sum = sum * s2 + odd[i];
	return 2 * s * sum + e * 0.69314718055994531;
}

/* Numerators and denominators of the three rational approximations: centre, tail, far tail. */
static const double above[3][8] = {
	{ 3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
	  4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3 },
	{ 1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
	  1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4 },
	{ 6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
	  2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7 },
};
static const double below[3][8] = {
	{ 1, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3, 2.1213794301586595867e4,
	  3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3 },
	{ 1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1, 1.48103976427480074590e-1,
	  1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9 },
	{ 1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2, 7.86869131145613259100e-4,
	  1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15 },
};

double zp_normal_quantile(double p)
{
	assert(p > 0 && p < 1);
	double q = p - 0.5;
	if (fabs(q) <= 0.425) {
		double r = 0.180625 - q * q;
		return q * polynomial(above[0], r) / polynomial(below[0], r);
	}
	double r = sqrt(-natural_log(q < 0 ? p : 1 - p));
	int part = r <= 5 ? 1 : 2;
	r -= part == 1 ? 1.6 : 5;
	double x = polynomial(above[part], r) / polynomial(below[part], r);
	return q < 0 ? -x : x;
}

double zp_random_normal(zp_random *r)
{
	return zp_normal_quantile(zp_random_uniform(r));
}

/* A gamma variate. Needs: a >= 1. */
static double gamma_variate(zp_random *r, double a)
{
	const double d = a - 1.0 / 3, c = 1 / sqrt(9 * d);
	for (;;) {
		const double x = zp_random_normal(r), t = 1 + c * x, v = t * t * t;
		if (t <= 0)
			continue;
		const double u = zp_random_uniform(r), x2 = x * x;
		if (u < 1 - 0.0331 * x2 * x2 || natural_log(u) < 0.5 * x2 + d * (1 - v + natural_log(v)))
			return d * v;
	}
}

/* A gamma variate is exp(*extra) times what is given back: below 1, the variate of a + 1 times a uniform to the power 1 / a. */
static double gamma_parts(zp_random *r, double a, double *extra)
{
	*extra = a < 1 ? natural_log(zp_random_uniform(r)) / a : 0;
	return gamma_variate(r, a < 1 ? a + 1 : a);
}

double zp_random_beta_log_odds(zp_random *r, double a, double b)
{
	assert(a > 0 && b > 0);
	double extra_a, extra_b;
	const double x = gamma_parts(r, a, &extra_a), y = gamma_parts(r, b, &extra_b);
	return natural_log(x / y) + (extra_a - extra_b);
}
