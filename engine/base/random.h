/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random numbers that are the same on every machine: integer arithmetic and IEEE doubles with + - * / and
 * sqrt alone, no function of the mathematical library whose last bit differs between systems. */
#ifndef ZP_BASE_RANDOM_H
#define ZP_BASE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

/* The generator xoshiro256**, its state spread from the seed by splitmix64.
 * Cites: Blackman, Vigna: Scrambled linear pseudorandom number generators. ACM TOMS 47 (2021) 36. */
typedef struct zp_random { uint64_t s[4]; } zp_random;

/* The stream of one thing, such as laboratory `a` in programme `b`. Streams of different (seed, a, b) are
 * unrelated, so that each can be drawn by any thread, at any time, or twice. */
zp_random zp_random_stream(uint64_t seed, uint64_t a, uint64_t b);

uint64_t zp_random_next(zp_random *);
/* Evenly between 0 and 1, neither of them included. */
double zp_random_uniform(zp_random *);
/* 0 .. n - 1. Needs: 1 <= n <= 2^32. The unevenness is below n / 2^32. */
size_t zp_random_below(zp_random *, size_t n);
/* Standard normal, one uniform each. */
double zp_random_normal(zp_random *);
/* ln(x / (1 - x)) of an x from the beta distribution (a, b). In logarithms nothing is rounded to 0 or 1, so that no two
 * of them tie however small a or b. Needs: a, b > 0, finite.
 * Cites: Marsaglia, Tsang: A simple method for generating gamma variables. ACM TOMS 26 (2000) 363. */
double zp_random_beta_log_odds(zp_random *, double a, double b);
/* Put n numbers into a random order. */
void zp_random_shuffle(zp_random *, uint32_t *at, size_t n);

/* The standard normal deviate that a share p lies below, to about 1e-15. Needs: 0 < p < 1.
 * Cites: Wichura: Algorithm AS 241, the percentage points of the normal distribution. Applied Statistics 37 (1988) 477. */
double zp_normal_quantile(double p);

#endif
