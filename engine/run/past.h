/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rounds before this one, out of a ledger: what a laboratory's results were in percent of the limit. In columns, only for who is enrolled
 * now; linear in laboratories, measurands and rounds. */
#ifndef ZP_RUN_PAST_H
#define ZP_RUN_PAST_H

#include "ledger/ledger.h"
#include "run/run.h"

#define ZP_PAST_ROUNDS_MOST 40 /* of a programme */

typedef struct zp_past_round { const char *id, *version, *digest, *label; int year; } zp_past_round; /* label: "2026-1"; digest: of its manifest */

#define ZP_PAST_NOTHING INT16_MIN
#define ZP_PAST_SHARE_MOST 16383 /* in tenths of a percent of the limit; what is farther off is cut here */

/* The rounds of a programme that are looked at, the oldest first. */
typedef struct zp_past_programme {
	uint32_t *rounds;         /* of zp_past.rounds */
	uint32_t *first;          /* per round, and one more: where its samples begin in a row */
	size_t n;
	uint32_t *pass;           /* per measurand of the scheme and round: what satisfied then, percent */
} zp_past_programme;

typedef struct zp_past {
	const zp_past_round *rounds; /* all that were read, by closing date */
	size_t n;
	const zp_past_programme *programmes; /* as those of the plan */
	const size_t *row, *score_row;       /* per enrolment: its first measurand's row in each of the columns below */
	const int16_t *shares;               /* twice the tenths of a percent, and 1 when unacceptable; ZP_PAST_NOTHING */
	const int16_t *scores;               /* per round: S1 in tenths of a percent; ZP_PAST_NOTHING */
} zp_past;

/* Fails: NULL, when the ledger cannot be read. */
const zp_past *zp_past_take(zp_run *, zp_ledger *, const char *issued, zp_error *);

/* What it had in a round: shares of the limit, NAN where there is none. Gives: how many samples. Needs: room for them. */
size_t zp_past_shares(const zp_past *, const zp_run *, size_t enrolment, size_t declared, size_t round, double *shares, bool *alert);
/* S1 in percent; NAN. */
double zp_past_score(const zp_past *, const zp_run *, size_t enrolment, size_t declared, size_t round);
/* What S1 had to be in that round, percent. */
uint32_t zp_past_pass(const zp_past *, const zp_run *, size_t enrolment, size_t measurand, size_t round);
/* The most samples of a round. */
size_t zp_past_samples_most(const zp_past *, size_t programme);

#endif
