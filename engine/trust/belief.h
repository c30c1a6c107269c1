/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether what a key signed is to be believed, by what the keyring says of the key. The day on which something was issued is what its
 * signer says: whoever has a key can write any day. So of a key that was revoked the day is told as well, and nobody is content with it. */
#ifndef ZP_TRUST_BELIEF_H
#define ZP_TRUST_BELIEF_H

#include "trust/keyring.h"

typedef enum zp_belief {
	ZP_BELIEVED,
	ZP_BELIEVED_WITH_DOUBT, /* the key was revoked later: a remark says so */
	ZP_NOT_BELIEVED         /* not in the time of the key: a sentence says so */
} zp_belief;

/* date: YYYY-MM-DD, "" where what is signed says none. why: filled with the remark or the sentence (place NULL). */
zp_belief zp_key_believed(const zp_public_key *, const char *date, zp_error *why);
/* "current since 2026-01-01", "retired, 2026-01-01 to 2027-01-01" ..., in the language of the run; "" of a key alone. */
const char *zp_key_says(zp_arena *, const zp_public_key *);

#endif
