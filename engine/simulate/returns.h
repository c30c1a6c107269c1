/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one laboratory measures in one programme, and what it hands in. */
#ifndef ZP_SIMULATE_RETURNS_H
#define ZP_SIMULATE_RETURNS_H

#include "simulate/world.h"

typedef enum zp_sim_fault {
	ZP_SIM_FINE, ZP_SIM_UNIT_SLIP, ZP_SIM_DECIMAL_SLIP, ZP_SIM_SWAPPED, ZP_SIM_COPIED, ZP_SIM_MISSING, ZP_SIM_THOUSAND_SLIP,
	ZP_SIM_HUNDRED_SLIP, ZP_SIM_FALSE_SIGN, ZP_SIM_MIXED, ZP_SIM_SCALED, ZP_SIM_REPEATED,
	ZP_SIM_FALSE_NEGATIVE, ZP_SIM_FALSE_POSITIVE, ZP_SIM_GREY, ZP_SIM_ONE_OFF, ZP_SIM_TWO_OFF, ZP_SIM_OTHER_ANSWER, ZP_SIM_SAME_FAMILY,
	ZP_SIM_MISSED, ZP_SIM_EXTRA, ZP_SIM_MINOR, ZP_SIM_MAJOR, ZP_SIM_VERY_MAJOR, ZP_SIM_DISCREPANCY, ZP_SIM_INDEX, ZP_SIM_TRANSCRIBED,
	ZP_SIM_FAULTS
} zp_sim_fault;

typedef struct zp_sim_cell {
	zp_decimal original; /* as measured, with the places of the measurand; .m is the answer of a scale; 0 of a logarithm: not detected */
	zp_decimal reported; /* as handed in; meaningless when MISSING */
	zp_decimal index;    /* beside an answer, when has_index */
	uint8_t fault;       /* zp_sim_fault; other than FINE and INDEX only if reported differs in value from original */
	uint8_t word;        /* which of the ways of writing it */
	bool has_index;
} zp_sim_cell;

/* Room for the largest programme; filled anew for each laboratory and programme. */
typedef struct zp_sim_return {
	size_t instrument;
	bool *declared;     /* per measurand: performed */
	size_t n_declared;
	bool *logged;       /* per measurand: written as a logarithm; told_lod: the limit of detection stands beside it */
	bool told_lod;
	double *bias;       /* per measurand: what it always reads too high, in percent, or hundredths of log10 */
	zp_sim_cell *cells; /* measurand m in sample s at m * n_samples + s; those not declared are meaningless */
} zp_sim_return;

zp_sim_return zp_sim_return_take(zp_arena *, const zp_sim_world *);

/* Only what a laboratory keeps from round to round: instrument, what it performs, and its bias. Needs: a round of a year. */
void zp_sim_character_make(const zp_sim_world *, size_t lab, size_t p, zp_sim_return *out);

/* Fill `out` for laboratory `lab` in programme p. The same answer whenever and by whomever it is asked.
 * Needs: other is as large as out, and may be written to. */
void zp_sim_return_make(const zp_sim_world *, size_t lab, size_t p, zp_sim_return *out, zp_sim_return *other);

#endif
