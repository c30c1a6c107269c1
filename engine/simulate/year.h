/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a year asks beside its rounds: internal quality control, evidence, what laboratories perform. */
#ifndef ZP_SIMULATE_YEAR_H
#define ZP_SIMULATE_YEAR_H

#include "simulate/folder.h"
#include "simulate/rows.h"

#define ZP_SIM_LOTS 3    /* of control material: one for half of the year, the one after it, one for the whole year */
#define ZP_SIM_CONTROLS 2 /* levels of it */

/* Of one programme: what is the same in many lines, and what is in the control material. */
typedef struct zp_sim_control {
	const zp_text *items;    /* per measurand: ",specimen,item" */
	const zp_text *tails;    /* per measurand and instrument: ",unit,instrument," */
	const double *levels;    /* per measurand, lot and level, in the measurand's last place */
} zp_sim_control;

/* One per programme. */
const zp_sim_control *zp_sim_control_take(zp_arena *, const zp_sim_world *);

/* How a laboratory deals with internal control. */
typedef struct zp_sim_habit {
	bool sends;      /* figures to the centre */
	bool whole_year; /* its lot lasts */
	bool keeps;      /* the mean of the first values as its centre line, all the time */
} zp_sim_habit;

zp_sim_habit zp_sim_habit_of(const zp_sim_world *, size_t lab);

#define ZP_SIM_IQC_HEADER "lab,specimen,item,month,level,lot,n,mean,sd,unit,instrument,mean_in_use,in_control,lot_since\n"
#define ZP_SIM_EVIDENCE_HEADER "lab,key,value,unit,source,date\n"
#define ZP_SIM_PERFORMED_HEADER "lab,specimen,item,compared,iqc\n"

/* Append the lines of a laboratory; in programme p. Needs: own is filled by zp_sim_character_make. */
void zp_sim_rows_iqc(const zp_sim_world *, const zp_sim_control *, size_t lab, size_t p, const zp_sim_return *own, zp_buffer *);
void zp_sim_rows_performed(const zp_sim_world *, const zp_sim_control *, size_t lab, size_t p, const zp_sim_return *own, zp_buffer *);
/* What it performs that no programme offers. */
void zp_sim_rows_more(const zp_sim_world *, size_t lab, zp_buffer *);
void zp_sim_rows_evidence(const zp_sim_world *, size_t lab, zp_buffer *);
/* Of the centres of cities. */
void zp_sim_rows_centres(const zp_sim_world *, zp_buffer *);

/* Write iqc.csv, evidence.csv, performed.csv and README.md. Needs: a world of the year beside its rounds. */
bool zp_sim_year_write(zp_arena *, const zp_sim_world *, const zp_folder *, unsigned threads, zp_error *);

#endif
