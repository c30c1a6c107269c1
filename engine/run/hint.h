/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hints in words. */
#ifndef ZP_RUN_HINT_H
#define ZP_RUN_HINT_H

#include "run/run.h"

/* Where in a round a hint belongs. */
typedef struct zp_hint_at {
	const zp_enrolment *enrolment;
	const zp_programme *programme;
	const zp_measurand *measurand; /* NULL: all of the programme */
	size_t m, s;                   /* index of measurand and sample */
	const char *lab, *sample;      /* sample NULL: all of the programme */
} zp_hint_at;
zp_hint_at zp_hint_place(const zp_run *, const zp_hint *);

/* What a result looks like, alone: "looks like a slip of the decimal point (factor 10)". Needs: a hint about one result. */
const char *zp_hint_like(const zp_run *, const zp_hint *, bool chinese, zp_arena *);

/* One sentence: laboratory, result, what it looks like, and the evidence. Another laboratory is named by its code: it is for the
 * organiser, and for no laboratory to read. Carved from the arena. */
const char *zp_hint_says(const zp_run *, const zp_hint *, bool chinese, zp_arena *);

/* All hints as remarks, with file and line; of slips by result, each with its sentence. They belong to nobody, so that no letter has
 * them: what is said in them of a laboratory's peers, or of another one, is the organiser's. */
void zp_hints_remark(const zp_run *, zp_problems *);

/* What cannot be told: programmes with too few results to say that anybody copied. Carved from the arena; NULL when there are none. */
const char *zp_hints_withheld(const zp_run *, bool chinese, zp_arena *);

/* The unit of the rules that a factor stands for; NULL when it is none of them. */
const char *zp_hint_unit(const zp_measurand *, double factor);

#endif
