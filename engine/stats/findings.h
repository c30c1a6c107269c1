/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One laboratory's results of a measurand in several samples: what their deviations have in common, and whether there is more
 * of it than chance makes. docs/methods/findings.md has the formulas, and how often chance deceives. */
#ifndef ZP_STATS_FINDINGS_H
#define ZP_STATS_FINDINGS_H

#include <stdbool.h>
#include <stddef.h>

/* One sample. Units: the measurand's. */
typedef struct zp_deviation {
	double x_pt, d; /* target; result minus target */
	double s;       /* what a deviation is weighed by: spread of the peers, with the uncertainty of the target; above 0 */
	double limit;   /* how far a result may lie from the target; above 0 */
	bool alert;     /* it was not acceptable: judged in decimal, not by these */
} zp_deviation;

/* A weighted least squares fit of d, with weights 1/s^2; terms that it does not have are 0. */
typedef struct zp_fit {
	double a, b;       /* d = a + b x_pt */
	double unit_a, unit_b; /* their standard errors if a deviation has the spread s */
	double rss;        /* sum of squared residuals, each over s; about df if the laboratory scatters like its peers */
	size_t df;
} zp_fit;

typedef enum zp_bias_form {
	ZP_FORM_NONE,         /* no bias that the results support */
	ZP_FORM_CONSTANT,     /* the same in all samples */
	ZP_FORM_PROPORTIONAL, /* a share of the target */
	ZP_FORM_EITHER,       /* there is one, and either of them fits */
	ZP_FORM_MIXED,        /* there is one, and neither fits alone */
	ZP_FORMS
} zp_bias_form;

typedef struct zp_findings_how {
	size_t least;    /* results that are needed, at least 3 */
	double chance;   /* how often a test may deceive */
	double bias, scatter; /* the least that is told, percent of the limit */
	double step;     /* what results are rounded to */
	size_t n_peers;  /* that s rests on, at least */
} zp_findings_how;

#define ZP_NO_SAMPLE ((size_t)-1)

typedef struct zp_deviations {
	size_t n;              /* results that were looked at, without the odd one */
	size_t odd;            /* the sample that stands apart from the others; ZP_NO_SAMPLE: none */
	zp_bias_form form;
	zp_fit fit;            /* of the form; of EITHER that of the two with the smaller residuals */
	double a_low, a_high, b_low, b_high; /* intervals of 95 % of the terms of the fit */
	double share;          /* mean of the fitted bias, percent of the limit, signed */
	bool scattered;        /* around any line, more than the peers do */
	double ratio;          /* that scatter over the spread s */
	double scatter_pct;    /* and in percent of the limit */
} zp_deviations;

/* The same for all samples, proportional, and a line: three fits. skip: a sample that is left out; ZP_NO_SAMPLE: none.
 * A fit that cannot be made has df 0. */
void zp_fits_of(const zp_deviation *, size_t n, size_t skip, zp_fit fits[static 3]);

/* Everything at once. */
zp_deviations zp_deviations_of(const zp_deviation *, size_t n, const zp_findings_how *);

/* How far results have moved: the means of what they were off, percent of the limit, now and before. More than this is cut off, so
 * that one slip is not in a mean for years. */
#define ZP_COURSE_MOST 200
double zp_off_mean(const double *share_pct, size_t n); /* NAN are passed over; NAN when there are no others */

/* Results in a row on one side, counted back from the last; negative: below. 0 ends it. Needs: no NAN. */
long zp_run_of(const double *signed_shares, size_t n);

#endif
