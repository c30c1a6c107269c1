/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables beside targets, scores, hints and verdicts, each in a file of its own; docs/formats/tables.md explains their columns. */
#ifndef ZP_RUN_TABLES_H
#define ZP_RUN_TABLES_H

#include "press/outbox.h"
#include "run/issue.h"
#include "run/run.h"
#include "stats/share.h"

/* Enrolments of each programme, in the order of laboratories: those of programme p at of[first[p]] to of[first[p + 1]]. */
typedef struct zp_takers { const uint32_t *first, *of; } zp_takers;
zp_takers zp_takers_of(zp_run *);

/* Whether a reply is an answer, or can be that nothing is there. */
static inline bool zp_is_answered(const zp_measurand *m) { return m->scale || m->undetected; }

/* How the replies of a measurand agree with their targets (docs/formats/tables.md says which count, and as what). */
typedef struct zp_agreed {
	size_t labs, n, same, equivocal;
	zp_yes_no seen;
	bool linear;            /* the weights of kappa */
	double kappa, kappa_se; /* ZP_NONE where only one answer was expected */
} zp_agreed;
zp_agreed zp_agreement_of(const zp_run *, const zp_takers *, size_t programme, size_t measurand);

/* What the centre's page tells of answers, into the summary of the run. */
void zp_answers_tell(zp_run *);

bool zp_ranks_write(zp_run *, zp_press *, zp_error *);     /* ranking.csv regions.csv */
bool zp_answers_write(zp_run *, zp_press *, zp_error *);   /* answers.csv panel.csv samples.csv */
bool zp_agreement_write(zp_run *, zp_press *, zp_error *); /* agreement.csv */
bool zp_register_write(zp_run *, zp_press *, zp_error *); /* register.csv measurands.csv programmes.csv */
struct zp_held; /* run/amendment.h: what each laboratory of the roster holds */
bool zp_certificates_write(zp_run *, zp_press *, const struct zp_held *, zp_error *); /* certificates.csv */
const char *zp_report_number(const zp_run *, size_t enrolment, zp_arena *); /* of a certificate in a programme */
bool zp_items_write(zp_run *, zp_press *, zp_error *);     /* items.csv items-labs.csv */

#endif
