/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a version of a round is issued. */
#ifndef ZP_RUN_ISSUE_H
#define ZP_RUN_ISSUE_H

#include "model/bond.h"
#include "trust/signer.h"

#define ZP_FIRST_VERSION "v1" /* the folder that a round is published in first */

typedef struct zp_issue {
	const char *version;     /* "v1", "v2" after an amendment */
	const char *date;        /* YYYY-MM-DD, given to the run, never the clock */
	zp_bond bond;
	const zp_signer *signer; /* NULL: nothing is signed */
} zp_issue;

/* A first version that nobody signs, of no ledger. */
#define ZP_PLAIN_ISSUE(day) ((zp_issue){ .version = ZP_FIRST_VERSION, .date = (day), .bond = ZP_NO_BOND })

#endif
