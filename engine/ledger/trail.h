/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit trail: who did what to the ledger or with it, when and why, refusals included. Events are only added; each holds the digest of
 * the one before, and the digest of the last, the head, is printed on every certificate (docs/formats/ledger.md). */
#ifndef ZP_LEDGER_TRAIL_H
#define ZP_LEDGER_TRAIL_H

#include "ledger/ledger.h"

typedef struct zp_event {
	int64_t seq;         /* 1, 2 … */
	const char *at;      /* UTC, "2026-11-26T14:06:01Z"; set by putting */
	const char *who;     /* name of the account; set by putting */
	const char *what;    /* "close", "close-refused", "amend", "add", "merge", "year" … */
	const char *subject; /* "2026-1/v1" */
	const char *why;     /* as the operator or the failure said; "" */
	const char *detail;  /* digests and counts, "manifest=… content=…"; "" */
	const char *before, *hash; /* 64 hexadecimal digits; set by putting */
} zp_event;

#define ZP_TRAIL_BEGINNING "0000000000000000000000000000000000000000000000000000000000000000" /* the head of an empty trail */

/* What stands before the account in `who`, as --by says; NULL or "": nothing. Lent for as long as the ledger is open. */
void zp_trail_by(zp_ledger *, const char *name);
/* What is being done. The ledger itself puts an event for each round, and for papers and decisions, that goes into it: a round's says `what`,
 * those of papers and decisions say `subject`, all say `why`. Lent; at first "add", "", "". */
void zp_trail_for(zp_ledger *, const char *what, const char *subject, const char *why);

/* Within the transaction that is open, or in one of its own. What cannot stand in one line is put as a blank, or is cut off.
 * Fails: false, and nothing was put; ZP_BAD_INPUT when the last event is not intact. */
bool zp_trail_put(zp_ledger *, const char *what, const char *subject, const char *why, const char *detail, zp_error *);
/* 64 digits, from the arena. Fails: NULL. */
const char *zp_trail_head(zp_ledger *, zp_arena *, zp_error *);
/* In their order. Fails: NULL. */
const zp_event *zp_trail_take(zp_ledger *, zp_arena *, size_t *n, zp_error *);

/* Where the event stands whose digest the head is, from 1; 0: the head is that of an empty trail; -1: no event has it. A head may be cut off. */
int64_t zp_trail_place(const zp_event *, size_t n, const char *head);

/* "chain" of "rounds=2 chain=ab": "ab"; "" when it is not there. */
const char *zp_trail_said(zp_arena *, const char *detail, const char *name);

/* The head before the number of each paper was given, in the order in which they came: what is printed on it, whenever that is, so that a paper
 * which keeps its number stays as it is. Fails: NULL. */
typedef struct zp_paper_origin { const char *number, *head; } zp_paper_origin;
const zp_paper_origin *zp_trail_papers(zp_ledger *, zp_arena *, size_t *n, zp_error *);

/* The digest of an event: of its number and texts, and of the event before. */
void zp_event_hash(const zp_event *, char out[static ZP_DIGEST_TEXT]);

/* What was published, or is printed on a paper, and must be in the ledger. Texts are never NULL. */
typedef struct zp_witness {
	const char *place;   /* of whom a sentence speaks */
	const char *head;    /* of the trail, at least 12 digits of it; "": says nothing of it */
	const char *subject; /* "2026-1/v1", "year-2026/v1"; "": nothing was published */
	const char *digest;  /* of its manifest */
} zp_witness;
#define ZP_WITNESS_DIGITS 12
/* Whether the trail still holds what the witnesses saw: whoever cuts it off, or lays an older ledger in its place, leaves them behind.
 * Gives: how many sentences were told; -1 with *err. */
long zp_trail_against(zp_ledger *, const zp_witness *, size_t n, void (*tell)(void *self, const char *sentence), void *self, zp_error *);

#endif
