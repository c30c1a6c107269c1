/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quality indicators of a year as named formulas of counts, with what stands above and below the line (DOMAIN 5.1). Three catalogues
 * are kept apart: what is offered, what a laboratory performs, what it takes part in. */
#ifndef ZP_YEAR_INDICATORS_H
#define ZP_YEAR_INDICATORS_H

#include "year/items.h"
#include "year/shares.h"

typedef enum zp_indicator {
	ZP_PARTICIPATION_NATIONAL,  /* taken part in and offered / offered */
	ZP_PARTICIPATION_APPRAISAL, /* taken part in, performed and offered by the province / performed and offered by the province */
	ZP_FAIL_RATE,               /* failed / taken part in, or evaluated */
	ZP_PASS_APPRAISAL,          /* passed / passed and failed, of the province */
	ZP_NATIONAL_ITEMS_PASSED,   /* a count: passed in national programmes */
	ZP_COMPARISON_RATE,         /* compared, performed without a plan / performed without a plan */
	ZP_IQC_COVERAGE,            /* with internal control, performed / performed */
	ZP_IQC_CV_FAIL,             /* CV above what is allowed / with internal control and an allowed CV */
	ZP_INDICATORS
} zp_indicator;
const char *zp_indicator_word(zp_indicator);
const char *zp_indicator_formula(zp_indicator, const zp_year_rules *, bool chinese); /* in words, as the rules have it */

/* What a laboratory performs: a line of performed.csv. */
typedef struct zp_performed { const char *lab, *specimen, *item; bool compared, iqc; long line; } zp_performed;

typedef struct zp_indicator_value { int64_t num, den; bool known; } zp_indicator_value; /* not known: nothing was said of what is performed, or sent */

struct zp_iqc; /* year/iqc.h */

typedef struct zp_indicators {
	const zp_indicator_value *of_lab;    /* laboratories x indicators */
	const zp_indicator_value *of_place;  /* cells of the standings x indicators: sums over laboratories that have a value */
	const zp_fraction *median;           /* the same: of the laboratories' rates; nothing for a count, and where nobody has a rate */
	const uint32_t *n;                   /* the same: how many laboratories */
	const int64_t *few;                  /* the same: how many institutions they are */
} zp_indicators;

/* performed: in any order; iqc: may be NULL. Who is on the register and took part in nothing has 0 of what is offered. */
zp_indicators zp_indicators_take(zp_arena *, const zp_chronicle *, const zp_year_rules *, const zp_standings *, const zp_cert_lines *,
				 const zp_performed *, size_t n_performed, const struct zp_iqc *);

/* What of it may not be published. */
zp_hidden zp_indicators_hide(zp_arena *, const zp_indicators *, const zp_standings *, zp_indicator, const zp_year_rules *);

/* The middle of rates, none of them nothing; sorts them. */
zp_fraction zp_fraction_median(zp_fraction *, size_t n);

#endif
