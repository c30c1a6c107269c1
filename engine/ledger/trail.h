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

/* Within the transaction that is open, or in one of its own. Fails: false, and nothing was put. */
bool zp_trail_put(zp_ledger *, const char *what, const char *subject, const char *why, const char *detail, zp_error *);
/* 64 digits, from the arena. Fails: NULL. */
const char *zp_trail_head(zp_ledger *, zp_arena *, zp_error *);
/* In their order. Fails: NULL. */
const zp_event *zp_trail_take(zp_ledger *, zp_arena *, size_t *n, zp_error *);

#endif
