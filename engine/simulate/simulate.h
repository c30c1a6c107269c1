/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An invented round of any size, written as an organiser would keep it, with the truth beside it.
 *
 * Laboratories have a class, a region and an instrument; results are level x (1 + bias of the instrument and of the
 * laboratory) x (1 + imprecision), rounded to what is reported. Blunders are put in on purpose, and each is
 * named in truth.csv, which closing a round does not read. The same wish gives the same bytes on every
 * machine, with any number of threads.
 */
#ifndef ZP_SIMULATE_SIMULATE_H
#define ZP_SIMULATE_SIMULATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/error.h"
#include "base/progress.h"
#include "host/registry.h"

#define ZP_SIM_CLASSES 4 /* 三级公立 二级公立 一级公立 民营 */
#define ZP_SIM_LABS_MOST 200000
#define ZP_SIM_SAMPLES_MOST 50
#define ZP_SIM_ROUNDS_MOST 6
#define ZP_SIM_YEAR_FIRST 2026 /* when the simulated laboratories were founded */
#define ZP_SIM_YEAR_LAST 2099

/* How results come back. */
typedef enum zp_sim_files {
	ZP_SIM_FILES_FIT,  /* a file per laboratory up to 3000 laboratories, else one file */
	ZP_SIM_FILES_EACH, /* a file per laboratory; some as a grid, some in GB18030 */
	ZP_SIM_FILES_ONE   /* results/all.csv, and results/late.csv for what came late */
} zp_sim_files;

/* What goes wrong with answers that are no numbers: shares of single results where it can happen. */
typedef struct zp_sim_answer_faults {
	double wrong_side;  /* positive for negative or back; of a weak sample four times as often */
	double grey;        /* equivocal for either */
	double one_off, two_off; /* grades or dilutions */
	double missed, extra; /* members of a set */
	double same_family, other_answer;
	double minor, major, very_major; /* of susceptibility */
	double discrepancy; /* the second of two that must not contradict each other is another answer */
	double index;       /* the index contradicts the word */
	double transcribed; /* the answer of the sample beside it */
} zp_sim_answer_faults;

/* Shares and rates are parts of 1. */
typedef struct zp_simulation_wish {
	size_t labs;
	const char *const *programmes; /* names of rules/simulation/NAME.xml */
	size_t n_programmes;
	size_t measurands; /* the first so many of each programme; 0: all */
	size_t samples;
	size_t rounds; /* 1: a round by itself; more: a year of so many */
	int year;      /* of a year */
	uint64_t seed;
	const char *into; /* folder to be made; may exist when it is empty */
	zp_sim_files files;
	unsigned threads; /* 0: the machine's processors */

	double declared[ZP_SIM_CLASSES];   /* share of the measurands that a laboratory of the class performs */
	double spread[ZP_SIM_CLASSES];     /* of the class's bias and imprecision, beside those of the rules */
	double silent, late;               /* share of laboratories that return nothing, or after the closing instant */
	double swapped_samples, copied_results; /* share of the laboratories of a programme */
	double unit_slip;                  /* share of laboratory x measurand */
	double decimal_slip, missing;      /* share of single results */
	double swapped_measurands, repeated_results; /* share of the laboratories of a programme */
	double thousand_slip;              /* share of laboratory x measurand */
	double hundred_slip, false_sign;   /* share of single results */
	zp_sim_answer_faults answers;
	double scaled_copies;              /* part of the copies that are all multiplied by one factor */
	zp_progress *progress;             /* of who looks on; NULL: nobody */
} zp_simulation_wish;

/* 186 laboratories, one round of 2026, 5 samples, seed 1, and rates as they are met with; no programme, no folder. */
zp_simulation_wish zp_simulation_preset(void);

/* Write the round: round.xml, roster.csv, enrolments.csv, results/, truth.csv. The folder appears whole or not at all.
 *
 * truth.csv has a row for each result that is not what the laboratory measured, or is late:
 *   lab,programme,measurand,sample,true_value,fault,original,reported
 * with the fault unit_slip, thousand_slip, decimal_slip, hundred_slip, false_sign, swapped_samples, swapped_measurands,
 * copied_results, scaled_copies, repeated_results, missing or late; of answers false_negative, false_positive, grey, one_off, two_off,
 * other_answer, same_family, missed, extra, minor_error, major_error, very_major_error, discrepancy, index, transcribed. A late result that is also a blunder has two rows. A laboratory that returned nothing has a row `missing` for each result.
 *
 * Of several rounds there are folders 1, 2 … of the same laboratories, who keep instrument, bias and care, and a folder `year` with
 * internal quality control, evidence, and what they perform (year.h). Another year of the same seed is the year of the same laboratories.
 *
 * Needs: registry has what the schemes name. Fails: ZP_BAD_USE for a wish that cannot be met, ZP_BAD_RULES, ZP_IO.
 */
bool zp_simulate(const zp_simulation_wish *, const zp_registry *, const char *rules_dir, zp_error *);

#endif
