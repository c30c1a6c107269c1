/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside the stage that looks for slips: what its files share. A line is a declared measurand of an enrolment: the results of
 * one laboratory for all samples of one measurand. */
#ifndef ZP_RUN_SLIPS_SLIPS_H
#define ZP_RUN_SLIPS_SLIPS_H

#include "model/hint.h"
#include "run/run.h"
#include "stats/slips.h"

/* Where the results of a measurand lie: for all laboratories together (reference 0), and for each group of the ladder that is
 * large enough. */
typedef struct zp_references {
	zp_centre *at;  /* sample s of reference k at k * n_samples + s */
	double *within; /* per reference: the part of the spread that is within a laboratory, 0 to 1 */
	size_t n;
} zp_references;

typedef struct zp_slips_found {
	zp_hint *at; /* malloc'd */
	size_t n, room;
} zp_slips_found;

typedef struct zp_slip_search {
	zp_run *run;
	const uint32_t *first_line;      /* n_enrolments + 1 */
	uint32_t *reference;             /* per line */
	const uint32_t *first_measurand; /* per programme: its first among `references` */
	zp_references *references;
} zp_slip_search;

/* A result that can be looked at. */
static inline bool zp_slip_usable(const zp_round *r, size_t cell)
{
	return (r->state[cell] == ZP_RETURNED || r->state[cell] == ZP_LATE) && r->kind[cell] == ZP_NUMBER;
}

/* 10^e */
double zp_slip_step(int8_t e);

/* Work out references. */
void zp_slip_references(zp_slip_search *, zp_arena *);

static inline const zp_references *zp_slip_references_of(const zp_slip_search *search, const zp_enrolment *e, size_t k)
{
	return &search->references[search->first_measurand[e->programme] + e->declared[k]];
}

/* The centres of a line's own group, one per sample. */
static inline const zp_centre *zp_slip_own(const zp_slip_search *search, size_t enrolment, size_t k)
{
	const zp_enrolment *e = &search->run->roster->enrolments[enrolment];
	return zp_slip_references_of(search, e, k)->at + search->reference[search->first_line[enrolment] + k] * zp_run_programme(search->run, e)->n_samples;
}

void zp_slip_add(zp_slips_found *, const zp_hint *);

/* ---- one laboratory in one programme ---- */

typedef struct zp_slip_result {
	double x, half;  /* the value sent; half a unit of its last place */
	double before;   /* its distance from where it should lie: from its own group or from all, whichever is nearer */
	bool usable, far, explained;
} zp_slip_result;

/* What has been returned, in the order of the cells. */
typedef struct zp_slip_sheet {
	const zp_slip_search *search;
	const zp_enrolment *e;
	size_t enrolment, n_samples;
	const zp_programme *programme;
	const zp_choices *choices;
	zp_slip_result *at;         /* line k, sample s at k * n_samples + s */
	const zp_centre **own;      /* per line: the centres of its group */
	size_t n_far;               /* and not explained */
	zp_slips_found *found;
	double *cost, *work;        /* room for an assignment of samples or of lines */
	uint32_t *counts, *column, *lines;
} zp_slip_sheet;

/* How far x +- half lies from the sample s of line k. */
static inline double zp_slip_distance(const zp_slip_sheet *t, size_t k, size_t s, double x, double half)
{
	return zp_centre_distance(&t->own[k][s], x, half);
}

static inline bool zp_slip_wanted(const zp_slip_sheet *t, zp_slip kind) { return t->choices->slip[kind] != ZP_SLIP_IGNORE; }

/* How many of n results may contradict an explanation of them all: one in five. */
static inline size_t zp_slip_leave(size_t n) { return n / 5; }

/* Put a hint on record. The rest of it is the caller's. */
void zp_slip_explain(zp_slip_sheet *, size_t k, size_t s, zp_hint);

/* Each looks for its kind among results that nothing explains yet. */
void zp_slip_units(zp_slip_sheet *, bool known); /* known: by the factors of the rules; else by a thousand */
void zp_slip_decimals(zp_slip_sheet *);          /* and false signs */
void zp_slip_samples(zp_slip_sheet *, bool together); /* in all measurands together; else in each alone */
void zp_slip_measurands(zp_slip_sheet *, bool both);  /* lines that changed places; else also one that fits another's place */

/* ---- all laboratories of one programme ---- */

/* Look for results that are another laboratory's. Gives: at *informative, how many results of one laboratory could tell. Fails: *err
 * with ZP_IO, as zp_run_column. */
void zp_slip_copies(const zp_slip_search *, size_t programme, zp_slips_found *, uint32_t *informative, zp_error *err);

#endif
