/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values of which only an interval is known: "<0.5", ">1000", or a number that was rounded. */
#ifndef ZP_STATS_CENSORED_H
#define ZP_STATS_CENSORED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The value lies between low and high; equal for a number, -INFINITY or INFINITY on an open side. */
typedef struct zp_interval { double low, high; } zp_interval;

typedef struct zp_likely {
	double mean, sd, u; /* sd by maximum likelihood (divisor n); u from the observed information; NAN where undefined */
	unsigned iterations;
	bool converged;
} zp_likely;

/* The normal distribution that makes the intervals likeliest. It is not robust: one wild number spoils it.
 * No answer (all NAN) when fewer than 2 numbers are known, or all of them are equal: then any small spread fits.
 * The order of the intervals must not depend on chance (sums are taken in it).
 * Cites: ISO 13528:2022 5.5.3 and E.1 note; expectation and maximisation, Dempster, Laird, Rubin 1977. */
zp_likely zp_censored_normal(const zp_interval *, size_t n);

/* The median that ranks every open interval below (or above) all numbers. Gives: false when it depends on where in its
 * interval a value lies; *low and *high are what it can be at least and at most. Needs: room for n in work, for 2n in keys. */
bool zp_censored_median(const zp_interval *, size_t n, double *work, uint64_t *keys, double *low, double *high);

#endif
