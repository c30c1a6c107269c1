/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The invented world that all results come from: programmes with their samples, laboratories and their fates.
 * Made once, by one thread, from the seed; const afterwards. */
#ifndef ZP_SIMULATE_WORLD_H
#define ZP_SIMULATE_WORLD_H

#include "book/book.h"
#include "book/simulation.h"
#include "simulate/simulate.h"

#define ZP_SIM_NOBODY UINT32_MAX

/* Which round it is. */
typedef struct zp_sim_when {
	int year;
	unsigned number, rounds, month; /* of the year's; it closes on the 15th of the month */
	bool season;   /* one of the rounds of a year, in which laboratories keep their character */
	uint64_t seed; /* of what is drawn anew in this round; of a round by itself the wish's */
} zp_sim_when;

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
	bool away;     /* takes no part in this round, and is silent */
	bool gone;     /* is not on the register any more, and away */
	bool excused;  /* is silent, and the organiser agrees */
	bool seated;   /* of a hospital whose departments are laboratories of their own */
	uint8_t last;  /* the last round of the year in which it takes part; 0: in none */
	double care;   /* how often it blunders, 1 on average */
	double steady; /* how much it scatters beside the others of its class */
	bool grid, gb18030, marked; /* form of its own file; marked: starts with a byte order mark */
} zp_sim_lab;

typedef struct zp_sim_world {
	const zp_simulation_wish *wish;
	zp_sim_when when;
	bool departments; /* a programme is for departments, and the register tells them */
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

/* Streams of a year, each for a laboratory; the third number is added to. */
#define ZP_SIM_STREAM_CHARACTER (1ull << 42) /* + programme's index + 1: what it keeps from round to round and from year to year */
#define ZP_SIM_STREAM_CAREER (1ull << 43)    /* + years since the first + 1: whether it joins and leaves; + 0: what it is like */
#define ZP_SIM_STREAM_CONTROL (1ull << 44)   /* + programme's index + 1: internal quality control of a year */
#define ZP_SIM_STREAM_EVIDENCE (1ull << 45)
#define ZP_SIM_STREAM_SEASON (1ull << 46)    /* + number of the round; the laboratory's place holds the year */

/* Streams that belong to no laboratory; the second number is the programme's index + 1, or 0. */
#define ZP_SIM_STREAM_LEVELS UINT64_MAX
#define ZP_SIM_STREAM_PEOPLE (UINT64_MAX - 1)
#define ZP_SIM_STREAM_BLUNDERS (UINT64_MAX - 2)

/* Round `number` of the wish's year; 0: the round by itself; as much of the year as no round has, for its control and evidence, is
 * of number rounds + 1. */
zp_sim_when zp_sim_when_of(const zp_simulation_wish *, unsigned number);

/* Read the rules and invent programmes and laboratories.
 * Gives: carved from the arena; NULL with *err when the wish cannot be met or the rules are wrong. */
const zp_sim_world *zp_sim_world_take(zp_arena *, const zp_simulation_wish *, const zp_sim_when *, const zp_registry *, const char *rules_dir,
				      zp_error *);

/* The laboratories alone: classes in the proportions of a city, regions, who is silent and who is late. */
const zp_sim_lab *zp_sim_people_take(zp_arena *, const zp_simulation_wish *, const zp_sim_when *, const zp_regions *, zp_error *);
#define ZP_SIM_STREAM_ANSWERS (1ull << 41) /* the same, for answers that are no numbers */
#define ZP_SIM_STREAM_SLIPS (1ull << 40) /* added to a programme's index + 1: slips that came later draw from a stream of their own */

/* What becomes of the laboratories in a round of a year, beside what they are in any round. */
void zp_sim_careers(const zp_simulation_wish *, const zp_sim_when *, zp_sim_lab *labs);

/* Who mixes up samples or measurands and who copies in programme p: fills copies, swaps, mixes, repeats and scales. */
void zp_sim_blunders_plan(zp_arena *, const zp_simulation_wish *, const zp_sim_when *, const zp_sim_lab *, size_t p, zp_sim_programme *);

#endif
