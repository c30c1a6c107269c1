/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One code, two laboratories: organisers have their own codes, and a code that two of them gave to different laboratories would make one
 * of both. */
#ifndef ZP_LEDGER_CLASH_H
#define ZP_LEDGER_CLASH_H

#include "ledger/annals.h"

/* Where both name and region differ on the latest registers of two organisers. */
typedef struct zp_clash {
	const char *code;
	const zp_annal_lab *one, *other;
	const zp_annal_round *of_one, *of_other;
} zp_clash;

/* code: what a code of the round is called here; NULL: as it stands. Gives: by code as it first appears; each code once. */
const zp_clash *zp_clashes_find(zp_arena *, const zp_annal_round *const *rounds, size_t n_rounds,
				const char *(*code)(void *self, const zp_annal_round *, const char *), void *self, size_t *n);

/* "the code "L0001" is of two laboratories: …". */
const char *zp_clash_says(zp_arena *, const zp_clash *, bool chinese);

#endif
