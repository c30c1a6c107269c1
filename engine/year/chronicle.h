/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rounds of a ledger put in sequence: for each programme, who took part, and what came of it in each round.
 *
 * A programme goes on from round to round by its code, level and organiser. A round that was cancelled for it is no part of it.
 * Cells of one laboratory and measurand lie side by side in the order of the rounds, so that every rule of the year reads one
 * short span. */
#ifndef ZP_YEAR_CHRONICLE_H
#define ZP_YEAR_CHRONICLE_H

#include "book/year_rules.h"
#include "ledger/annals.h"
#include "year/identity.h"

/* What a round is to a laboratory and measurand. */
typedef enum zp_outcome {
	ZP_OUT_NOT_HELD,      /* the measurand was not in the round: it is in no sequence */
	ZP_OUT_ABSENT,        /* not enrolled, or not performed */
	ZP_OUT_EXCUSED,
	ZP_OUT_NOT_EVALUATED,
	ZP_OUT_SATISFACTORY,
	ZP_OUT_UNSATISFACTORY /* late and not returned included */
} zp_outcome;

typedef struct zp_year_cell {
	uint8_t outcome, standing; /* zp_outcome; zp_standing, of use when it is not ABSENT */
	uint8_t from;              /* 0: its own; else whose it was, by the order of the identity's lines */
	uint32_t credit, total;    /* hundredths; results */
} zp_year_cell;

/* A round of a programme. */
typedef struct zp_year_held {
	const zp_annal_round *round;
	bool in_year;         /* of the year in question; earlier otherwise */
	bool by_measurand;    /* measurands have a status in it */
} zp_year_held;

typedef struct zp_year_measurand {
	const zp_annal_measurand *says; /* as the latest round has it */
	uint32_t item;                  /* index in the items: specimen and item */
	bool held, planned;             /* in the year; planned: a cancelled round counts as well */
} zp_year_measurand;

typedef struct zp_year_programme {
	const zp_annal_programme *says; /* as the latest round has it */
	const char *organiser;
	const zp_year_held *held;       /* rounds that took place, in order */
	size_t n_held, n_year;          /* n_year: of the year */
	size_t n_planned;               /* of the year, those cancelled included */
	const zp_year_measurand *measurands;
	size_t n_measurands;
	const uint32_t *labs;           /* who ever took part, ascending */
	size_t n_labs;
	zp_year_cell *cells;            /* labs x (measurands, then the whole) x held; const once it is made */
} zp_year_programme;

/* A laboratory under the code that it has at the end of the year. */
typedef struct zp_year_lab {
	const zp_annal_lab *says; /* as the latest register up to the end of the year has it; under an earlier code if need be */
	const char *code;
} zp_year_lab;

typedef struct zp_year_item { const char *specimen, *item, *name, *name_en; } zp_year_item; /* what is counted once */

typedef struct zp_chronicle {
	int year;
	const zp_annals *annals;
	const zp_identity *identity;
	const zp_year_lab *labs; /* by code */
	size_t n_labs;
	const zp_year_programme *programmes; /* by level, code, organiser */
	size_t n_programmes;
	const zp_year_item *items; /* in the order of their first appearance */
	size_t n_items;
	const uint32_t *const *place; /* for each round of the annals and laboratory of it: which one it is here; UINT32_MAX: none. NULL for
	                               * a round that is passed over */
} zp_chronicle;

/* Rounds of the year and all earlier ones of the annals; later ones are passed over.
 * Needs: an identity read for the same year (zp_identity_none when there is nothing to say). */
const zp_chronicle *zp_chronicle_take(zp_arena *, const zp_annals *, const zp_year_rules *, const zp_identity *, int year, zp_problems *);

/* The cells of row `lab` (index in labs of the programme) and measurand; n_measurands is the programme as a whole. */
static inline const zp_year_cell *zp_year_cells(const zp_year_programme *p, size_t lab, size_t measurand)
{
	return p->cells + (lab * (p->n_measurands + 1) + measurand) * p->n_held;
}

/* Index of the laboratory with this code; SIZE_MAX when there is none. */
size_t zp_year_lab_find(const zp_chronicle *, const char *code);

#endif
