/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hints: what looks like a slip, with the evidence in numbers. A hint changes no verdict; by choice it keeps a result out of
 * the statistics. */
#ifndef ZP_MODEL_HINT_H
#define ZP_MODEL_HINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/decimal.h"

typedef enum zp_slip {
	ZP_SLIP_UNIT,       /* all of a measurand by the factor of another unit */
	ZP_SLIP_DECIMAL,    /* the decimal point in the wrong place */
	ZP_SLIP_SIGN,
	ZP_SLIP_SAMPLES,    /* the results of other samples */
	ZP_SLIP_MEASURANDS, /* the results of another measurand */
	ZP_SLIP_REPEATED,   /* the results of the laboratory before it */
	ZP_SLIP_COPIED,     /* the results of some other laboratory, perhaps all by one factor */
	ZP_SLIPS
} zp_slip;

/* Kinds that speak of two laboratories: the organiser's, and told to no laboratory. */
static inline bool zp_slip_is_private(unsigned slip) { return slip == ZP_SLIP_REPEATED || slip == ZP_SLIP_COPIED; }

#define ZP_NO_HINT_CELL UINT32_MAX

/* One result that a slip explains, or (REPEATED, COPIED) a laboratory in a programme. Distances are in robust standard
 * deviations of the peers, from what they found. */
typedef struct zp_hint {
	uint8_t kind;       /* zp_slip */
	bool aside;         /* the scheme keeps it out of the statistics */
	uint32_t enrolment; /* laboratory and programme */
	uint32_t cell;      /* ZP_NO_HINT_CELL: all of the programme */
	bool has_corrected;
	zp_decimal corrected; /* what would stand here without the slip */
	double before, after; /* SAMPLES, MEASURANDS: after, where the value that was sent belongs */
	double factor;        /* sent / meant; UNIT, DECIMAL, SIGN, and COPIED by a factor; 0: none */
	uint32_t other;       /* SAMPLES, MEASURANDS: the sample or measurand it belongs to; REPEATED, COPIED: the laboratory */
	uint32_t common, equal, informative; /* REPEATED, COPIED: results of both; those that agree; those that could tell */
	double chance;        /* REPEATED, COPIED: log10 of the chance of so much agreement between two laboratories */
	double expected;      /* and how many such pairs chance makes in the programme; underflows to 0 */
} zp_hint;

/* All hints of a round. */
typedef struct zp_hints {
	const zp_hint *at; /* by enrolment, cell (that of the whole programme last), kind, other */
	size_t n;
	size_t of[ZP_SLIPS];            /* hints by kind: UNIT by measurand, SAMPLES and later by laboratory and programme, else by result */
	const uint32_t *informative;    /* per programme: results of a laboratory that could tell a copy, at most; with fewer than copied_least nobody is accused */
} zp_hints;

const char *zp_slip_word(unsigned slip);
const char *zp_slip_says(unsigned slip, bool chinese);

#endif
