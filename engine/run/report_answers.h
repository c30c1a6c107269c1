/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a laboratory is told of answers that are no numbers, and of logarithms. */
#ifndef ZP_RUN_REPORT_ANSWERS_H
#define ZP_RUN_REPORT_ANSWERS_H

#include "run/run.h"

typedef struct zp_telling {
	const zp_run *run;
	zp_arena *arena;
	const zp_choices *choices;
	const zp_measurand *measurand;
	struct zp_told *told; /* NULL: no figures are wanted */
} zp_telling;

/* Whether a group's target may be told: a consensus of fewer than show_least laboratories would tell what the others sent. */
bool zp_report_may_show(const zp_telling *, const zp_group *);
/* The same of the limit around it: one that is a multiple of the peers' SD tells their spread, whatever the target rests on. */
bool zp_report_may_bound(const zp_telling *, const zp_group *);

/* A row in which every text is "". */
zp_report_row zp_report_row_empty(const char *sample);

/* The value of a cell, as it stands on a report, and what was sent with it. */
void zp_report_value(const zp_telling *, size_t cell, zp_report_row *);

/* What the group of a cell should have answered, how the cell stands to it, and what was answered.
 * shown: the target may be told. Needs: a measurand with a scale. */
void zp_report_answers(const zp_telling *, size_t cell, const zp_group *, bool shown, zp_report_row *);

/* Flags, and a credit that is part of a result. */
void zp_report_remarks(const zp_telling *, size_t cell, zp_report_row *);

/* Grades, weight and whether it has answers at all. */
void zp_report_scale(const zp_telling *, zp_report_measurand *);

/* The table of the programme at a glance, and what its score counts. */
void zp_report_panel(const zp_run *, const zp_enrolment *, zp_arena *, zp_report_programme *);

/* Whether its characters are among those that every font for Chinese has: what laboratories wrote may hold others. */
bool zp_report_may_print(const char *text);

#endif
