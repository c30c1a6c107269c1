/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shares of answers: k of n, and how sure that is.
 * Units: shares are fractions of 1. A share of nothing does not exist: it is NAN, and so are its limits. */
#ifndef ZP_STATS_SHARE_H
#define ZP_STATS_SHARE_H

#include <stdbool.h>
#include <stddef.h>

/* k of n with the exact interval, which covers at the level or above it; low is 0 when k is 0, high is 1 when k is n.
 * Needs: k <= n. Gives: k / n; NAN three times when n is 0. Fails: limits are NAN when the level is not between 0 and 1.
 * Cites: Clopper, Pearson: The use of confidence or fiducial limits illustrated in the case of the binomial.
 * Biometrika 26 (1934) 404. */
double zp_share_interval(size_t k, size_t n, double level, double *low, double *high);

/* Answers of yes and no against what was expected. An answer that is neither is the caller's to count as false, or not at all. */
typedef struct zp_yes_no {
	size_t true_positive, false_negative; /* a positive was expected */
	size_t false_positive, true_negative; /* a negative was expected */
} zp_yes_no;

typedef struct zp_share { double share, low, high; } zp_share;

/* The shares of the right answers where a positive (sensitivity) and where a negative (specificity) was expected, and of the
 * wrong ones, which are what is left of each to 1. NAN where nothing of the kind was expected. */
typedef struct zp_detection { zp_share sensitivity, specificity, false_positives, false_negatives; } zp_detection;
zp_detection zp_detection_of(const zp_yes_no *, double level);

#endif
