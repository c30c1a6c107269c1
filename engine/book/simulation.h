/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an invented round of a programme looks like (rules/simulation/NAME.xml): how high samples are, how much
 * results scatter, which instruments are in use and what they read too high. */
#ifndef ZP_BOOK_SIMULATION_H
#define ZP_BOOK_SIMULATION_H

#include "base/arena.h"
#include "base/decimal.h"
#include "base/problems.h"

/* An instrument with what goes with it, for one measurand. Texts are "" when not given. */
typedef struct zp_sim_instrument {
	const char *name, *system, *method, *reagent, *calibrator;
	double share; /* part of the laboratories that use it, in any unit; > 0 */
	double bias;  /* what it reads too high, percent */
} zp_sim_instrument;

typedef struct zp_sim_measurand {
	const char *code;
	double low, high; /* range of sample levels, the scheme's unit; 0 < low <= high */
	double cv;        /* coefficient of variation within a laboratory, percent; of logarithms: hundredths of log10 */
	double between;   /* standard deviation of laboratory bias, the same */
	zp_decimal slip;  /* factor of the unit that is mistaken for the scheme's; 1000 when not given */
	bool quantity;    /* the five above are given: it is no scale of answers */
	double negative;  /* share of the samples that are negative, where there is such a thing */
	bool known;       /* the organiser states what is right */
	double lod;       /* the least that is detected, of a quantity that may be undetected; NaN when not given */
	const zp_sim_instrument *instruments; /* as many as the programme has, in its order */
	long line;
} zp_sim_measurand;

typedef struct zp_simulation {
	const char *name; /* of the file, without ending */
	const char *file; /* for messages: "simulation/chemistry.xml" */
	const char *programme, *title, *title_en, *scheme; /* title_en "" when not given */
	const char *department; /* which part of a hospital takes part, where hospitals have such a part; "" when not given */
	const zp_sim_instrument *instruments;
	size_t n_instruments;
	const zp_sim_measurand *measurands;
	size_t n_measurands;
	const char *const *words; /* how laboratories write answers; each is used wherever it is understood */
	size_t n_words;
} zp_simulation;

/* Read rules_dir/simulation/NAME.xml.
 * Gives: carved from the arena; NULL when anything was wrong, and `rules` says what, with file and line. */
const zp_simulation *zp_simulation_read(zp_arena *, const char *rules_dir, const char *name, zp_problems *rules);

#endif
