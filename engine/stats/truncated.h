/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mean and standard deviation without the values that lie k standard deviations away. */
#ifndef ZP_STATS_TRUNCATED_H
#define ZP_STATS_TRUNCATED_H

#include <stdbool.h>
#include <stddef.h>

typedef struct zp_truncation {
	double k;
	bool at_boundary; /* a value exactly k standard deviations away is dropped too */
	bool once;        /* drop once, from the mean and SD of all; otherwise until none is left to drop */
} zp_truncation;

typedef struct zp_truncated {
	double mean, sd;  /* of the values retained; sd NAN when only one is */
	size_t first, n;  /* they are x[first] to x[first + n - 1] */
	unsigned passes;  /* times that values were looked at */
} zp_truncated;

/* Values dropped do not come back. Where the retained are all equal nothing more is dropped.
 * Needs: x ascending, n >= 1, k >= 1 (with less, everything could go). */
zp_truncated zp_truncate(const double *x, size_t n, zp_truncation how);

#endif
