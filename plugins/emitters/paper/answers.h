/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers that are no numbers, in the row of a sample: reply, target, where both lie on the grades, and what the group answered. */
#ifndef ZP_PAPER_ANSWERS_H
#define ZP_PAPER_ANSWERS_H

#include "paper/canvas.h"

/* Where the columns stand, from their left ends. */
typedef struct zp_answer_place {
	double reply, target, wide; /* wide: of a reply, and of a target */
	double group, group_wide;
	double counts, counts_wide; /* what part of a result it counts, below the verdict */
} zp_answer_place;

/* Gives: y below them. draw false: only measured. */
double zp_answer_columns(zp_canvas *, const zp_answer_place *, const zp_report_measurand *, const zp_report_row *, double top, bool draw);

#endif
