/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The invented world that all results come from: programmes with their samples, laboratories and their fates.
 * Made once, by one thread, from the seed; const afterwards. */
#ifndef ZP_SIMULATE_WORLD_H
#define ZP_SIMULATE_WORLD_H

#include "book/book.h"
#include "book/simulation.h"
#include "simulate/simulate.h"

#define ZP_SIM_NOBODY UINT32_MAX

/* One programme of the round, with `n` measurands in the order of the scheme. */
typedef struct zp_sim_programme {
	const zp_simulation *rules;
	const zp_scheme *scheme;
	size_t n, n_samples;
	const zp_measurand *const *measurands;
	const zp_sim_measurand *const *ways; /* how they are simulated */
	const double *per_unit;              /* 10^places of each */
	const int64_t *levels; /* true value of measurand m in sample s, in its last place, at m * n_samples + s */
	const char *const *samples;
	const double *shares; /* of the instruments, running sum, the last is 1 */
	const struct zp_sim_answers *answers; /* of each measurand, what is no plain number */
	bool has_answers;
	size_t weak;            /* the sample that is announced as weak; SIZE_MAX: none */
	const uint32_t *copies; /* per laboratory: whose results it hands in; ZP_SIM_NOBODY: its own */
	const bool *swaps;      /* per laboratory: it mixed up two samples */
	const bool *mixes;      /* per laboratory: it exchanged two measurands */
	const bool *repeats;    /* per laboratory: what it copies is what the one before it in the register handed in */
	const double *scales;   /* per laboratory: what its copy is multiplied by; 1: nothing */
} zp_sim_programme;

typedef struct zp_sim_lab {
	uint16_t region;
	uint8_t lab_class;
	bool silent, late;
	bool grid, gb18030, marked; /* form of its own file; marked: starts with a byte order mark */
} zp_sim_lab;

typedef struct zp_sim_world {
	const zp_simulation_wish *wish;
	const zp_regions *regions;
	const zp_sim_programme *programmes;
	size_t n_programmes;
	size_t most_cells; /* of the largest programme */
	const zp_sim_lab *labs;
	size_t n_labs;
	int code_digits; /* laboratory codes are L and so many digits */
	bool one_file;
	bool has_index, has_lod;  /* long rows have these columns */
	const char *long_header;
} zp_sim_world;

extern const char *const zp_sim_classes[ZP_SIM_CLASSES];

/* Streams that belong to no laboratory; the second number is the programme's index + 1, or 0. */
#define ZP_SIM_STREAM_LEVELS UINT64_MAX
#define ZP_SIM_STREAM_PEOPLE (UINT64_MAX - 1)
#define ZP_SIM_STREAM_BLUNDERS (UINT64_MAX - 2)

/* Read the rules and invent programmes and laboratories.
 * Gives: carved from the arena; NULL with *err when the wish cannot be met or the rules are wrong. */
const zp_sim_world *zp_sim_world_take(zp_arena *, const zp_simulation_wish *, const zp_registry *, const char *rules_dir,
				      zp_error *);

/* The laboratories alone: classes in the proportions of a city, regions, who is silent and who is late. */
const zp_sim_lab *zp_sim_people_take(zp_arena *, const zp_simulation_wish *, const zp_regions *, zp_error *);
#define ZP_SIM_STREAM_ANSWERS (1ull << 41) /* the same, for answers that are no numbers */
#define ZP_SIM_STREAM_SLIPS (1ull << 40) /* added to a programme's index + 1: slips that came later draw from a stream of their own */

/* Who mixes up samples or measurands and who copies in programme p: fills copies, swaps, mixes, repeats and scales. */
void zp_sim_blunders_plan(zp_arena *, const zp_simulation_wish *, const zp_sim_lab *, size_t p, zp_sim_programme *);

#endif
