/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers that are no numbers, counted: counts[i] of category i of n. Where categories are grades, they ascend. */
#ifndef ZP_STATS_CATEGORIES_H
#define ZP_STATS_CATEGORIES_H

#include <stdbool.h>
#include <stddef.h>

typedef enum zp_credit {
	ZP_CREDIT_EQUAL,  /* only the same category agrees */
	ZP_CREDIT_LINEAR, /* grades i and j agree by 1 - |i - j| / (n - 1) */
} zp_credit;

typedef struct zp_kappa {
	size_t answers;
	double kappa;
	double se;               /* large-sample standard error, for intervals; 0 when all agree, which is not certainty */
	double agreement;        /* share of 1, with its credit */
	double chance_agreement; /* the same, if replies did not depend on what was expected */
} zp_kappa;

/* Cohen's kappa: how far the replies agree with what was expected, beyond chance; 1 when all do, 0 when as by chance.
 * table[i * n + j] are the answers j where i was expected.
 * Needs: work has room for 4n. Gives: kappa and se NAN when only one category was expected and all replied it, where chance
 * agreement is 1 as well; everything NAN when there are no answers.
 * Cites: Cohen: A coefficient of agreement for nominal scales. Educational and Psychological Measurement 20 (1960) 37;
 * Cohen: Weighted kappa. Psychological Bulletin 70 (1968) 213; Fleiss, Cohen, Everitt: Large sample standard errors of kappa and
 * weighted kappa. Psychological Bulletin 72 (1969) 323. */
zp_kappa zp_kappa_of(const size_t *table, size_t n, zp_credit, double *work);

#endif
