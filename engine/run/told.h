/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is told of a measurand beside its numbers, where an emitter wants figures: figures, findings, peers, the course of the rounds.
 * What is the same for a group or a sample is worked out once. Before laboratories are handed out to processes: the values of every
 * sample in their order, and the earlier rounds. After that, in each process, when the first laboratory needs it: classes, cells and
 * methods of a group, so that a round of 400 measurands holds only what is drawn. */
#ifndef ZP_RUN_TOLD_H
#define ZP_RUN_TOLD_H

#include "draw/plots.h"
#include "run/past.h"
#include "run/publish.h"
#include "run/report_answers.h"
#include "run/rungs.h"

/* The values of a sample that its statistics began with, ascending, and where they stand. */
typedef struct zp_told_item { const double *x; const uint32_t *cell; uint32_t n; } zp_told_item;

/* Peers of a group. */
typedef struct zp_crowd {
	uint32_t n, n_all; /* theirs, and everybody's */
	zp_bins bins;      /* peers empty where they are too few to be shown */
	bool others_few;   /* those who are no peers are too few to be shown to a laboratory: bars behind the peers' would be theirs */
	zp_bins alone;     /* then: of the peers and nobody else */
} zp_crowd;

/* Those of a sample who are not in the group. */
typedef struct zp_told_others { uint32_t n; double median, u; } zp_told_others; /* u: standard error of the median */

/* The peers of two groups of one measurand who have a value in both samples. */
typedef struct zp_pair_crowd {
	uint32_t a, b; /* the groups */
	uint32_t n;    /* in the cells or beyond them; 0: too few */
	zp_youden_cells cells;
	double centre_a, centre_b, semi_major, semi_minor, angle; /* NAN: none */
	struct zp_pair_crowd *next;
} zp_pair_crowd;

/* One sample by method, or by whatever the lowest rung of the ladder tells peers apart. */
typedef struct zp_told_method {
	uint32_t key;      /* of that rung */
	zp_method_row row; /* own is false */
	zp_report_peers says;
} zp_told_method;
typedef struct zp_told_methods { const zp_rung_keys *keys; const zp_told_method *at; size_t n; } zp_told_methods; /* by name */

typedef struct zp_told {
	const zp_run *run;
	const zp_told_item *items;
	const zp_past *past;    /* NULL: there is no ledger */
	zp_rungs *rungs;
	/* filled in each process */
	zp_arena *keep;
	zp_crowd **crowds;          /* per group */
	zp_told_others **others;    /* per group */
	zp_pair_crowd **pairs;      /* per group of the first sample */
	zp_told_methods **methods;  /* per item */
	const bool **shown;         /* per group: which of its item's methods */
} zp_told;

/* ---- who the peers are, and what may be shown beside them (told_shown.c) ---- */
/* The keys by which the group was made; NULL where it was made of those who found none. */
const zp_rung_keys *zp_told_keys_of(zp_told *, const zp_group *, const zp_item *);
bool zp_told_is_peer(const zp_told *, uint32_t group, const zp_rung_keys *, bool pooled, uint32_t cell);
bool zp_told_is_pooled(const zp_told *, uint32_t group, const zp_rung_keys *);
/* Which methods a laboratory of this group is shown: no difference of what it is shown is of a few. */
const bool *zp_told_shown(zp_told *, uint32_t group, const zp_told_methods *);

/* Whether a value is one of those that the statistics of its sample began with. */
bool zp_told_takes_part(const zp_run *, size_t cell);
/* Fails: NULL; the ledger cannot be read. */
zp_told *zp_told_take(zp_run *, const zp_publish_wish *, zp_error *);

/* Characters beyond ASCII that sentences and captions are made of. */
const char *zp_told_characters(void);

/* ---- of groups (told_groups.c) ---- */
/* Target and limits; NAN where there are none, or, of limits, where they may not be told. */
typedef struct zp_told_span { double x_pt, low, high; } zp_told_span;
zp_told_span zp_told_span_of(const zp_group *, bool bounds);
const zp_crowd *zp_told_crowd(zp_told *, uint32_t group);
zp_told_others zp_told_others_of(zp_told *, uint32_t group);
const zp_pair_crowd *zp_told_pair(zp_told *, uint32_t group_a, uint32_t group_b);
const zp_told_methods *zp_told_methods_of(zp_told *, uint32_t item);
/* The two samples of the measurand whose values lie closest together. Gives: false when there are none. */
bool zp_told_two_samples(const zp_told *, const zp_item *, size_t *a, size_t *b);

/* ---- of one laboratory ---- */

/* One measurand of an enrolment while its report is filled. */
typedef struct zp_teller {
	const zp_telling *t;
	zp_told *told;
	const zp_programme *programme;
	const zp_enrolment *enrolment;
	size_t m, k;         /* of the scheme, and which of the declared ones */
	size_t first;        /* its first cell */
	uint32_t tally;      /* its place among run->s1 */
	zp_report_measurand *out;
} zp_teller;

/* Figures, findings, peers, course and heed of a measurand that it performs. */
void zp_tell_measurand(const zp_telling *, const zp_enrolment *, size_t m, size_t k, zp_report_measurand *);

/* The group that a cell is judged in; NULL where it has none, or where the group is too small for its target to be told. */
const zp_group *zp_teller_group(const zp_teller *, size_t sample);
/* Its result in percent of the limit; NAN without a number, or a group and a limit that may be told. */
double zp_teller_share(const zp_teller *, size_t sample);
/* A number for a sentence. */
const char *zp_teller_number(const zp_teller *, double, int places);
const char *zp_teller_signed(const zp_teller *, double, int places);

void zp_tell_figures(const zp_teller *, double fit_a, double fit_b);   /* told_figures.c; strip as well */
void zp_tell_history(const zp_teller *, zp_report_figure *, size_t *n);
/* told_findings.c. Gives: what the first is about, in a few words; the fitted bias of the finding, where there is one. */
zp_finding zp_tell_findings(const zp_teller *, double *fit_a, double *fit_b);
void zp_tell_course(const zp_teller *);                                 /* told_course.c */
void zp_tell_heed(const zp_teller *, zp_finding brief);

#endif
