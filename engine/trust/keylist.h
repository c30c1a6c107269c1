/* SPDX-License-Identifier: GPL-3.0-or-later */
/* keys.json: the list of a centre's public keys, oldest first, as canonical JSON (docs/formats/keys.md). */
#ifndef ZP_TRUST_KEYLIST_H
#define ZP_TRUST_KEYLIST_H

#include "base/text.h"
#include "trust/keyring.h"

#define ZP_KEYS_MOST 1000
#define ZP_KEYLIST_FILE "keys.json"
#define ZP_KEYLIST_SIGNATURE "keys.json.sig"

/* 16 digits of a public key: the beginning of the SHA-256 of its DER. */
void zp_key_id(const uint8_t key[static 32], char id[static ZP_KEY_ID_TEXT]);
/* Whether the signature is this key's. */
bool zp_key_signed(const uint8_t key[static 32], const void *bytes, size_t n, const uint8_t signature[static ZP_SIGNATURE]);

/* What is fit to be a centre's name or a reason: 1 to so many characters, no control characters, no blanks around it. */
bool zp_key_words(const char *text, size_t most);
#define ZP_KEY_NAME_MOST 64 /* what a certificate has room for (RFC 5280, ub-common-name) */
#define ZP_KEY_WHY_MOST 200

/* The list as its text. Fails: NULL. */
const char *zp_keylist_write(zp_arena *, const zp_keyring *);
/* place: the file, for the sentence. Signatures are not looked at. Fails: NULL, ZP_BAD_INPUT. */
const zp_keyring *zp_keylist_read(zp_arena *, zp_text, const char *place, zp_error *);
/* The one that is current; NULL for none. */
const zp_public_key *zp_keylist_current(const zp_keyring *);

#endif
