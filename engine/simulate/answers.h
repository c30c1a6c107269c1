/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is no plain number in an invented round: answers of a scale, quantities that are judged by their logarithm and may be
 * undetected, and how laboratories write them. */
#ifndef ZP_SIMULATE_ANSWERS_H
#define ZP_SIMULATE_ANSWERS_H

#include "base/random.h"
#include "simulate/buffer.h"
#include "simulate/returns.h"

typedef enum zp_sim_kind { ZP_SIM_PLAIN, ZP_SIM_ANSWER, ZP_SIM_LOGARITHM } zp_sim_kind;
typedef enum zp_sim_judge { ZP_SIM_MATCH, ZP_SIM_WITHIN, ZP_SIM_MEMBERS, ZP_SIM_ACCEPTED, ZP_SIM_SUSCEPTIBILITY } zp_sim_judge;

/* Ways of writing one thing, in the order of the rules. */
typedef struct zp_sim_ways { const zp_text *at; size_t n; } zp_sim_ways;

/* What there is to know of a measurand that is no plain number. */
typedef struct zp_sim_answers {
	zp_sim_kind kind;
	const zp_scale *scale;                /* ANSWER */
	zp_sim_judge judge;
	const zp_strip *const *strips;        /* per instrument; NULL: its strip shows everything */
	const zp_sim_ways *ways;              /* per instrument and answer */
	zp_sim_ways nothing;                  /* LOGARITHM: not detected */
	size_t twin;                          /* the measurand before it that it must not contradict; SIZE_MAX: none */
	bool indexed;                         /* it has a cut-off */
} zp_sim_answers;

/* One for each measurand of the programme. Gives: NULL after problems, when an answer cannot be written. */
const zp_sim_answers *zp_sim_answers_take(zp_arena *, const zp_sim_programme *, zp_problems *);

/* True answers of all samples of measurand m, in `level`; of a quantity only which samples have nothing (0), the others untouched. */
void zp_sim_answers_choose(const zp_sim_programme *, size_t m, zp_random *, uint32_t *order, int64_t *level);

/* A level of a quantity between the ends, evenly on the logarithm's scale, with three digits. */
int64_t zp_sim_level_of(const zp_sim_measurand *, double share);

/* What the laboratory finds, and what it makes of that. Needs: instrument and declared are chosen. */
void zp_sim_answers_make(const zp_sim_world *, size_t lab, size_t index, zp_sim_return *);

/* The same to the last bit on every machine, unlike log10. */
double zp_sim_log10(double);

/* A reply, as the tables write it, and as the laboratory does (alone: without a column beside it for an index). */
void zp_sim_answers_code(const zp_sim_programme *, size_t m, zp_decimal reply, zp_buffer *);
void zp_sim_answers_write(const zp_sim_programme *, const zp_sim_return *, size_t cell, bool alone, zp_buffer *);
/* The columns `index` and `lod` of a cell, each with the comma before it. */
void zp_sim_answers_beside(const zp_sim_world *, const zp_sim_programme *, const zp_sim_return *, size_t cell, zp_buffer *);

#endif
