/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trends of a laboratory's measurand over the latest rounds, and early warnings: advice to look, never a verdict
 * (docs/methods/trends.md). From single results: the signed share of the limit, and the SDI. Sums are of whole tenths and hundredths, as
 * the ledger keeps them, so that means are exact fractions. */
#ifndef ZP_YEAR_TRENDS_H
#define ZP_YEAR_TRENDS_H

#include "base/fraction.h"
#include "ledger/annals.h"
#include "press/outbox.h"
#include "year/chronicle.h"

/* A round of it: results that came in time and have a share of the limit, or an SDI. */
typedef struct zp_trend_round {
	int64_t share, sdi;        /* sums: tenths of a percent of the limit, hundredths */
	uint16_t n_share, n_sdi;
	int16_t trailing;          /* results in a row on one side of the target, up to its last; below when negative */
} zp_trend_round;

typedef enum zp_trend_way { ZP_TREND_NONE, ZP_TREND_UP, ZP_TREND_DOWN } zp_trend_way;
const char *zp_trend_way_word(zp_trend_way); /* "", "up", "down" */

/* Why there is a warning: several may be so at once. */
typedef enum zp_trend_why {
	ZP_TREND_LATEST = 1,  /* the mean of the latest round is over the share of the limit */
	ZP_TREND_RUNNING = 2, /* the running mean of two rounds or more is */
	ZP_TREND_RUN = 4      /* the latest results lie on one side, so many in a row */
} zp_trend_why;
const char *zp_trend_why_words(unsigned why); /* "", "latest", "latest running" … with a blank between */

typedef struct zp_trend {
	const zp_year_held *held;        /* the rounds of the window, the oldest first */
	const zp_trend_round *rounds;    /* of the same; n_share and n_sdi 0 where it has none */
	size_t n;
	size_t latest;                   /* of them: the last that has results; it is of the year */
	unsigned n_rounds;               /* with a share of the limit */
	zp_fraction share, sdi;          /* of the latest round: of the limit, 1 is the limit; SDI. Nothing where it has none */
	zp_fraction running_share, running_sdi; /* means of the rounds' means */
	int32_t run;                     /* results in a row on one side up to the latest, negative: below the target */
	unsigned run_rounds;             /* rounds over which it goes */
	zp_trend_way way;
	unsigned why;                    /* bits of zp_trend_why */
} zp_trend;

/* The last `trend-rounds` rounds of every programme of the chronicle. */
typedef struct zp_trends {
	const zp_chronicle *chronicle;
	const zp_year_rules *rules;
	zp_trend_round *const *of;   /* each programme: rows x measurands x window */
	const size_t *first, *n;     /* each programme: the window in its held rounds; n 0: nothing is kept */
} zp_trends;

/* One pass over the results of those rounds. Fails: NULL with *err. */
const zp_trends *zp_trends_take(zp_arena *, zp_ledger *, const zp_chronicle *, const zp_year_rules *, zp_error *);

/* Of row `row` (index in labs of the programme). Gives: false when the measurand has no results with a share or SDI in the year. */
bool zp_trend_of(const zp_trends *, size_t programme, size_t row, size_t measurand, zp_trend *out);

/* The record's <trend …/>; nothing where there is nothing. */
struct zp_tags;
void zp_trend_record(const zp_trends *, size_t programme, size_t row, size_t measurand, struct zp_tags *);

struct zp_year;
/* trends.csv and warnings.csv. Fails: ZP_IO. */
struct zp_kept;
bool zp_year_trends_tables(const struct zp_year *, zp_press *, struct zp_kept *, zp_error *);

#endif
