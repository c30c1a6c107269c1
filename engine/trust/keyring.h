/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Public keys, by which others check what the centre signed: a folder `public` that zhiping key wrote, or one public key as PEM. */
#ifndef ZP_TRUST_KEYRING_H
#define ZP_TRUST_KEYRING_H

#include <stdbool.h>
#include "base/arena.h"
#include "trust/signer.h"

typedef enum zp_key_state { ZP_KEY_CURRENT, ZP_KEY_RETIRED, ZP_KEY_REVOKED } zp_key_state;

typedef struct zp_public_key {
	const char *id;          /* 16 digits */
	zp_key_state state;
	const char *from, *until; /* YYYY-MM-DD; until "" while it is current; of a revoked one the day from which it is not believed */
	const char *why;         /* of a revoked one; "" */
	uint8_t key[32];         /* Ed25519 */
} zp_public_key;

typedef struct zp_keyring {
	const char *name; /* of the centre; "" for a key alone */
	const zp_public_key *keys;
	size_t n;
} zp_keyring;

/* Fails: NULL; ZP_BAD_INPUT for what is neither, and for a list that is not signed by one of its own keys; ZP_IO. */
const zp_keyring *zp_keyring_read(zp_arena *, const char *path, zp_error *);
/* Whose signature it is. Gives: NULL for none of them. */
const zp_public_key *zp_keyring_signed_by(const zp_keyring *, const void *bytes, size_t n, const uint8_t signature[static ZP_SIGNATURE]);

#endif
