/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cumulative status: unsuccessful after so many unsatisfactory rounds in a row, or so many of the last few, across the end of
 * the year (DOMAIN 2.4). */
#ifndef ZP_YEAR_STATUS_H
#define ZP_YEAR_STATUS_H

#include "year/chronicle.h"

typedef enum zp_state_of_year { ZP_STATUS_NONE, ZP_STATUS_SUCCESSFUL, ZP_STATUS_UNSUCCESSFUL } zp_state_of_year;

typedef struct zp_status {
	uint8_t year;  /* zp_state_of_year; NONE without an evaluated round in the year */
	uint8_t first; /* the round, as index in held, in which it first was unsuccessful in the year; 255: in none */
	uint8_t satisfactory, unsatisfactory, late, not_returned, excused, not_evaluated, absent; /* rounds of the year */
} zp_status;

/* Of one span of cells. by_programme: the programme as a whole, which has a status in every round.
 * states: what holds after each round (zp_state_of_year; NONE in one that is not evaluated); may be NULL. */
zp_status zp_status_of(const zp_year_cell *, const zp_year_held *, size_t n, bool by_programme, const zp_year_rules *, uint8_t *states);

/* For each programme of the chronicle: its rows x (measurands, then the whole). */
typedef struct zp_statuses { const zp_status *const *of; } zp_statuses;
zp_statuses zp_statuses_take(zp_arena *, const zp_chronicle *, const zp_year_rules *);
static inline const zp_status *zp_status_at(const zp_statuses *s, const zp_chronicle *c, size_t programme, size_t lab, size_t measurand)
{
	return &s->of[programme][lab * (c->programmes[programme].n_measurands + 1) + measurand];
}

const char *zp_status_word(zp_state_of_year);
/* The sequence in letters, the years apart: "UE|SU". S satisfactory, U unsatisfactory, L late, N not returned, E excused, ~ not
 * evaluated, . absent; what was not held is left out. Gives: out, NUL-terminated. */
const char *zp_status_letters(const zp_year_cell *, const zp_year_held *, size_t n, char *out, size_t size);

#endif
