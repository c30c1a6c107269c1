/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines of a simulated round: what is the same in many of them is put together once. */
#ifndef ZP_SIMULATE_ROWS_H
#define ZP_SIMULATE_ROWS_H

#include "simulate/buffer.h"
#include "simulate/returns.h"

#define ZP_SIM_CODE 16 /* room for a laboratory's code with its NUL */

/* Of one programme. */
typedef struct zp_sim_texts {
	const zp_text *heads; /* per measurand and sample: ",chemistry,GLU,202611," */
	const zp_text *log_tails; /* the same where logarithms are written */
	const zp_text *tails; /* per measurand and instrument: ",mmol/L,system,instrument,method,reagent,calibrator" */
	const zp_text *truths; /* per measurand and sample: the head and "5.20," */
	zp_text grid_header;
	const zp_text *grid_heads; /* per measurand: ",name,unit"; log_grid_heads the same for logarithms */
	const zp_text *log_grid_heads;
	const zp_text *grid_tails; /* per measurand and instrument: ",instrument,method,reagent,calibrator\n" */
} zp_sim_texts;

/* One per programme. */
const zp_sim_texts *zp_sim_texts_take(zp_arena *, const zp_sim_world *);

/* "L0017" for the laboratory with index 16. Gives: the length. */
size_t zp_sim_code(const zp_sim_world *, size_t lab, char out[static ZP_SIM_CODE]);
/* "L0017-2" when it is a department of L0017 that takes part in programme 1, else as above. */
size_t zp_sim_code_in(const zp_sim_world *, size_t lab, size_t p, char out[static ZP_SIM_CODE]);
bool zp_sim_has_department(const zp_sim_world *, size_t lab, size_t p);
/* "2026-03-17T09:41:00+08:00": when a late laboratory's results came. */
void zp_sim_received(const zp_sim_world *, size_t lab, char out[static 32]);

#define ZP_SIM_TRUTH_HEADER "lab,programme,measurand,sample,true_value,fault,original,reported"

/* Append the lines of laboratory `lab` in programme p. A late laboratory's long rows end with the instant. */
void zp_sim_rows_long(const zp_sim_world *, const zp_sim_texts *, size_t lab, size_t p, const zp_sim_return *, zp_buffer *);
void zp_sim_rows_grid(const zp_sim_world *, const zp_sim_texts *, size_t lab, size_t p, const zp_sim_return *, zp_buffer *);
void zp_sim_rows_truth(const zp_sim_world *, const zp_sim_texts *, size_t lab, size_t p, const zp_sim_return *, zp_buffer *);
void zp_sim_row_enrolment(const zp_sim_world *, size_t lab, size_t p, const zp_sim_return *, zp_buffer *);
void zp_sim_row_roster(const zp_sim_world *, size_t lab, zp_buffer *);

/* What the organiser decides in a round of a year: who is excused. Gives: whether there is anything. */
bool zp_sim_decisions(const zp_sim_world *, zp_buffer *);

/* round.xml. */
void zp_sim_announce(const zp_sim_world *, zp_buffer *);

#endif
