/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the centre is told of the round (model/summary.h), made of the run. Linear in cells; texts are carved from the run's arena. */
#ifndef ZP_RUN_SUMMARISE_H
#define ZP_RUN_SUMMARISE_H

#include "run/issue.h"
#include "run/run.h"

/* Fill run->summary. Needs: the run was carried to its end. */
void zp_summarise(zp_run *, const zp_issue *);

/* ---- its parts ---- */

/* Counts of the cells of a group, of an item (any group or none), and of both. */
typedef struct zp_counted { uint32_t results, judged, acceptable, aside, outliers; } zp_counted;
typedef struct zp_cell_counts {
	const zp_counted *groups; /* by group: what is judged in it */
	const zp_counted *items;  /* by item: everything, also what did not come */
} zp_cell_counts;
zp_cell_counts zp_count_cells(zp_run *);

/* Measurands of a programme, with their samples and groups. */
const zp_told_measurand *zp_tell_measurands(zp_run *, size_t programme, const zp_cell_counts *);

const zp_told_decision *zp_tell_decisions(zp_run *); /* and approvals, after them */

/* summary.draw, and by what laboratories are told. */
void zp_tell_drawing(zp_run *);
extern const char zp_drawing_characters[]; /* of its own accord */

#endif
