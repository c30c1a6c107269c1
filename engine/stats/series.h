/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One laboratory's z over many rounds. A round without a z is passed over; it never counts as 0. */
#ifndef ZP_STATS_SERIES_H
#define ZP_STATS_SERIES_H

#include <stddef.h>

typedef struct zp_series_how {
	size_t latest;       /* rounds of the running mean, 5 */
	double lambda;       /* weight of the newest in the moving average, 0.2; it starts at 0 */
	double k, h;         /* slack of the cumulative sums, 0.5, and what they signal at, 5 */
} zp_series_how;

typedef struct zp_series {
	size_t n;            /* rounds with a z; all others are NAN when it is 0 */
	double rsz, ssz, ssz_p; /* sum / sqrt n; sum of squares, and how often chance makes it so large */
	double rlp;          /* root mean square */
	double mean_abs, mean_latest, ewma;
	double cusum_high, cusum_low;
	size_t signal;       /* the round, from 1, in which a cumulative sum first passed h; 0: none */
	size_t one_sided;    /* latest rounds of one sign */
} zp_series;

/* z in the order of the rounds, NAN where there is none. Cites: IUPAC Harmonized Protocol 2006; ISO 13528:2022 9.9, 10.8. */
zp_series zp_series_of(const double *z, size_t n, zp_series_how);

#endif
