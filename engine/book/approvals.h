/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Four eyes: what must be approved by how many others before a round is published, and the approvals that were given. An approval is
 * bound to what was approved by a digest: when that changes, it is none any more. docs/formats/approvals.md explains them. */
#ifndef ZP_BOOK_APPROVALS_H
#define ZP_BOOK_APPROVALS_H

#include "book/shelf.h"
#include "model/round.h"

#define ZP_APPROVALS_MOST 5 /* of one thing */

typedef struct zp_approval {
	zp_approved what;
	const char *digest, *who, *at, *meaning;
	long line;
} zp_approval;

/* The word for what is approved, as in what="rules". */
const char *zp_approved_word(zp_approved);
/* The same in a sentence: "the rules". */
const char *zp_approved_says(zp_approved);

/* How many the centre asks for (centre.xml of the rules, which may be missing), and the round on top of that: it may ask for more,
 * never for fewer. Fails: problems of the shelf's rules, and of the reader. */
void zp_approvals_needed(const zp_reader *, zp_shelf *, const zp_element *round, unsigned needed[ZP_APPROVEDS]);

/* One <approve> of decisions.xml. */
bool zp_approval_take(const zp_reader *, const zp_element *, zp_approval *);

#endif
