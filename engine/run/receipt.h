/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What came from each laboratory, and what has to be done about it before the round is closed. */
#ifndef ZP_RUN_RECEIPT_H
#define ZP_RUN_RECEIPT_H

#include "run/run.h"

/* The gravest first. */
typedef enum zp_receipt_state {
	ZP_RECEIPT_PROBLEMS,   /* something was refused, contradicts itself or cannot be read */
	ZP_RECEIPT_NOTHING,    /* nothing was returned */
	ZP_RECEIPT_LATE,       /* some of it after the closing instant */
	ZP_RECEIPT_INCOMPLETE, /* some of it is missing */
	ZP_RECEIPT_COMPLETE,
	ZP_RECEIPT_EXCUSED,    /* all of it, by decision */
	ZP_RECEIPT_IDLE,       /* enrolled in nothing */
	ZP_RECEIPT_STATES
} zp_receipt_state;

typedef struct zp_receipt {
	size_t expected; /* results; the sum of those below */
	size_t of[ZP_STATES]; /* by what became of them */
	size_t refused;  /* problems of this laboratory; each is a value or a line that cannot be used */
	size_t remarks;  /* what is worth telling it beside those, conflicts among them */
	zp_receipt_state state;
} zp_receipt;

/* One for each laboratory. Needs: the intake stage is done. */
const zp_receipt *zp_receipts_take(const zp_run *, zp_arena *);

/* Somebody has to do something: write, correct, decide. */
bool zp_receipt_calls(const zp_receipt *);

const char *zp_receipt_word(zp_receipt_state);
const char *zp_receipt_says(zp_receipt_state, bool chinese);

#endif
