/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shares of laboratories with few and with many results, made comparable: how much evidence k of n is, what the true shares
 * look like taken together, and what one laboratory's is then likely to be. docs/methods/ranking.md says what for.
 *
 * Units: shares are fractions of 1. Counts may be fractions, because credit may be partial and evidence is divided by the
 * design effect. Sums are taken in the order given: the same order gives the same bits. */
#ifndef ZP_STATS_SHRINK_H
#define ZP_STATS_SHRINK_H

#include <stdbool.h>
#include <stddef.h>
#include "stats/moments.h"

/* Results of one laboratory: accepted, and the others. n is their sum; both are at least 0. Kept apart, so that one more
 * accepted result changes the accepted alone, whatever it is divided by. */
typedef struct zp_trials { double hits, misses; } zp_trials;

static inline double zp_trials_n(zp_trials c) { return c.hits + c.misses; }
static inline zp_trials zp_trials_over(zp_trials c, double deff) { return (zp_trials){ c.hits / deff, c.misses / deff }; }

/* ---- how much evidence a result is ---- */

/* Sums over laboratories, each with its clusters (measurand-rounds). Starts as { 0 }. */
typedef struct zp_design { zp_sum between, within, sizes, squares, total; double df_between, df_within; } zp_design;

/* One laboratory's clusters. A cluster of no results is passed over. With partial credit, `within` is an upper bound: a result
 * counts as wholly right or wrong. */
void zp_design_add(zp_design *, const zp_trials *clusters, size_t n);

typedef struct zp_design_effect {
	double msb, msw;  /* mean squares between the clusters of a laboratory, and within clusters; NAN without degrees of freedom */
	double m0;        /* the size of clusters that the analysis of variance sees, when they differ */
	double size;      /* of the cluster that a result lies in, on average over results: sum m^2 / sum m */
	double rho;       /* correlation of two results of a cluster, 0 to 1; NAN where nothing tells it */
	double deff;      /* 1 + (size - 1) rho, which results count for one; 1 where rho is NAN */
} zp_design_effect;

/* rho = (MSB - MSW) / (MSB + (m0 - 1) MSW), not below 0. With clusters of one size m, m0 and `size` are m.
 * Cites: Donner: A review of inference procedures for the intraclass correlation coefficient in the one-way random effects
 * model. Int Stat Rev 54 (1986) 67; Kish: Survey Sampling (1965). */
zp_design_effect zp_design_effect_of(const zp_design *);

/* ---- what the shares look like together ---- */

/* The beta distribution of true shares. Without a spread alpha and beta are INFINITY, and everybody has the mean. */
typedef struct zp_prior { double alpha, beta, mean; } zp_prior;

/* One fixed beforehand, as a title needs it. Needs: alpha, beta > 0. */
zp_prior zp_prior_given(double alpha, double beta);

/* Above 0 when shares differ more than chance makes them: sum k(k-1)/p + (n-k)(n-k-1)/(1-p) - n(n-1), p the pooled share.
 * It is twice the slope of the likelihood where the spread is 0. 0 when all or none are accepted. */
double zp_spread_test(const zp_trials *, size_t n);

/* The beta-binomial log likelihood, without the binomial coefficients. Needs: alpha, beta > 0, finite. */
double zp_beta_binomial_likelihood(const zp_trials *, size_t n, double alpha, double beta);

typedef struct zp_prior_fit {
	zp_prior prior;        /* by maximum likelihood */
	zp_prior moments;      /* by iterated moments: a check, and where the likelihood is begun */
	double log_likelihood; /* of prior; NAN without a spread */
	unsigned steps;
	bool spread;           /* false: nobody can be told from anybody */
	bool converged;        /* true also without a spread */
} zp_prior_fit;

/* The bounds of alpha + beta. A fit that runs into the upper one is no spread: true shares would differ by 0.005 points. */
#define ZP_PRIOR_LEAST 1e-6
#define ZP_PRIOR_MOST 1e8

/* Laboratories without results say nothing and may be there. mean is NAN when nobody has results.
 * Cites: Griffiths: Maximum likelihood estimation for the beta-binomial distribution. Biometrics 29 (1973) 637; Kleinman:
 * Proportions with extraneous variance. JASA 68 (1973) 46 (moments). */
zp_prior_fit zp_prior_fit_of(const zp_trials *, size_t n);

/* ---- what one laboratory's share is then likely to be ---- */

typedef struct zp_shrunken {
	double share;     /* (alpha + k) / (alpha + beta + n) */
	double failing;   /* the other part, exact where share is near 1: order by this, upwards */
	double low, high; /* of share: equal tails of the posterior; the mean twice without a spread */
} zp_shrunken;

/* With a fixed prior, one more accepted result, or one accepted that was not, never makes `failing` larger or `share` smaller,
 * not even in the last bit. Needs: 0 < level < 1, or low and high are NAN. */
zp_shrunken zp_shrink(zp_prior, zp_trials, double level);

/* ---- the mix of classes ---- */

/* Indirect standardisation: a region's results against what its classes would have had at everybody's rates. */
typedef struct zp_standardised {
	double observed, expected; /* accepted */
	double ratio;              /* observed / expected; NAN when expected is 0 */
	double share;              /* everybody's share times ratio: may come out above 1 where shares are high */
	zp_trials count;            /* the region's n at this share, at most 1: what zp_shrink and the ranks take */
} zp_standardised;

/* region and whole by class. Fails: a class that the region has and the whole has not makes expected, ratio and share NAN. */
zp_standardised zp_standardise(const zp_trials *region, const zp_trials *whole, size_t classes);

/* Direct standardisation: the region's own rates at everybody's mix of classes. expected is NAN, ratio is over everybody's share.
 * undefined: the part of everybody's results in classes of which the region has none; above 0 share, ratio and count are NAN. */
zp_standardised zp_standardise_directly(const zp_trials *region, const zp_trials *whole, size_t classes, double *undefined);

#endif
