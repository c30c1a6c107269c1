/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Simulated rounds whose truth is known, and what the hints of the engine make of them: for the study and for the test. */
#ifndef TESTS_SLIP_TALLY_H
#define TESTS_SLIP_TALLY_H

#include <stddef.h>
#include "host/registry.h"
#include "simulate/simulate.h"

typedef enum planted_fault {
	FINE, UNIT_SLIP, THOUSAND_SLIP, DECIMAL_SLIP, HUNDRED_SLIP, FALSE_SIGN, SWAPPED_SAMPLES, SWAPPED_MEASURANDS, REPEATED_RESULTS, COPIED_RESULTS,
	SCALED_COPIES, FAULTS
} planted_fault;

extern const char *const fault_words[FAULTS];

/* Planted slips are counted by line for units, by laboratory and programme for swaps and copies, else by result. */
typedef struct slip_tally {
	size_t planted[FAULTS];
	size_t found[FAULTS];     /* with a hint of its own kind */
	size_t other[FAULTS];     /* with hints of another kind only */
	size_t few[FAULTS];       /* of copies: not found, and of fewer results than an accusation needs */
	size_t honest, results;   /* results with no fault in them, and all */
	size_t false_alarms[16];  /* by zp_slip: hints on results that have no fault; pairs of whom neither copied */
} slip_tally;

/* Simulate what is wished, look for slips, and add up. Fails: false after a sentence on stderr. */
bool slip_tally_add(slip_tally *, const zp_simulation_wish *, const zp_registry *, const char *rules_dir);

/* No fault at all. */
zp_simulation_wish slip_wish_clean(const char *into, size_t labs, const char *const *programmes, size_t n_programmes, uint64_t seed);

#endif
