/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rounds as the year sees them: the current versions of the ledger, with their registers, programmes and tallies.
 * All of it is carved from one arena and const. Dates are texts, YYYY-MM-DD, and compare as such. */
#ifndef ZP_LEDGER_ANNALS_H
#define ZP_LEDGER_ANNALS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/arena.h"
#include "base/decimal.h"
#include "base/error.h"
#include "model/level.h"
#include "model/outcome.h"

/* A laboratory on the register of the day; "" where the register says nothing. */
typedef struct zp_annal_lab {
	const char *code, *name, *region, *region_name, *lab_class, *institution, *department;
} zp_annal_lab;

typedef struct zp_annal_measurand {
	const char *code, *name, *name_en, *unit, *specimen, *item;
	uint32_t pass;
} zp_annal_measurand;

typedef struct zp_annal_programme {
	const char *code, *name, *name_en, *scheme, *scheme_version;
	uint32_t pass, n_samples;
	zp_level level;
	bool trueness;         /* not counted in items, shares, indicators and titles */
	bool measurand_status; /* false: there is a status of the programme only */
	bool cancelled;        /* the round did not take place for it: in no sequence */
	const zp_annal_measurand *measurands;
	size_t n_measurands;
} zp_annal_programme;

#define ZP_ANNAL_WHOLE UINT16_MAX /* measurand: the programme as a whole */

/* What became of a laboratory's results in a measurand, or in the programme as a whole. Who is in `labs` and has no tally is on the
 * register only; measurands not performed and programmes not enrolled in have none. */
typedef struct zp_annal_tally {
	uint32_t lab;
	uint16_t programme, measurand;
	uint8_t standing, satisfaction; /* zp_standing, zp_satisfaction */
	uint32_t credit;                /* in hundredths of a result */
	uint32_t total, not_evaluated;
} zp_annal_tally;

typedef struct zp_annal_round {
	const char *id, *version, *name, *name_en, *organiser, *issued, *digest; /* digest: of the manifest */
	int year, number;
	const char *opens, *closes; /* the days of those instants, as the organiser wrote them */
	const zp_annal_lab *labs;   /* by code */
	size_t n_labs;
	const zp_annal_programme *programmes; /* as in round.xml */
	size_t n_programmes;
	const zp_annal_tally *tallies; /* by laboratory, programme, measurand; ZP_ANNAL_WHOLE last of its programme */
	size_t n_tallies;
	const char *organiser_en;   /* "" when the organiser has none */
} zp_annal_round;

typedef struct zp_annals {
	const zp_annal_round *rounds; /* by closing date, then id */
	size_t n;
} zp_annals;

typedef struct zp_ledger zp_ledger;

/* Current versions of the rounds of these years, both included. Fails: NULL; ZP_BAD_INPUT for a ledger that is not intact; ZP_IO. */
const zp_annals *zp_annals_take(zp_ledger *, zp_arena *, int from_year, int to_year, zp_error *);

/* Whether a round lies behind a day, YYYY-MM-DD: nothing issued on that day can rest on it. */
typedef enum zp_future { ZP_FUTURE_NOT, ZP_FUTURE_CLOSES, ZP_FUTURE_ISSUED, ZP_FUTURE_YEAR } zp_future;
zp_future zp_annal_future(const zp_annal_round *, const char *day);

/* ---- all results of a round, in one pass ---- */

/* A sample as it is kept: shares and SDI in whole tenths and hundredths. */
typedef struct zp_annal_figure {
	uint8_t state, verdict; /* zp_state, zp_verdict */
	bool has_sdi, has_share;
	int64_t sdi, share;     /* hundredths; tenths of a percent of the limit, signed */
	bool consensus;         /* the target that it was judged by is what laboratories sent; also where the ledger does not say */
	uint32_t kept;          /* results that its group kept; 0 without a group */
} zp_annal_figure;

/* A laboratory's results in a measurand, in the order of the samples; lent during the call. */
typedef struct zp_annal_row {
	uint32_t lab;            /* index in the round's labs, as the others */
	uint16_t programme, measurand;
	const zp_annal_figure *samples;
	size_t n;
} zp_annal_row;

/* Call `tell` for each row of the round's current version, by laboratory, programme and measurand; it may stop the walk by giving false.
 * Fails: false with *err only when the ledger cannot be read. */
bool zp_ledger_walk(zp_ledger *, const char *round, bool (*tell)(void *self, const zp_annal_row *), void *self, zp_error *);

#endif
