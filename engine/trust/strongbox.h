/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that nobody but their owner may see: what they hold is wiped when it was used, and never told. */
#ifndef ZP_TRUST_STRONGBOX_H
#define ZP_TRUST_STRONGBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <openssl/evp.h>
#include "base/error.h"

#define ZP_PASSPHRASE_MOST 1000
#define ZP_PASSPHRASE_LEAST 8

typedef struct zp_passphrase {
	char text[ZP_PASSPHRASE_MOST + 1];
	size_t n; /* 0: there is none */
} zp_passphrase;

/* The first line of the file. file: NULL for none. Fails: false. */
bool zp_passphrase_read(const char *file, zp_passphrase *, zp_error *);
void zp_passphrase_wipe(zp_passphrase *);

/* Open KEYS/private. Fails: -1; ZP_BAD_INPUT where somebody else could look into it, or change what lies beside it. */
int zp_strongbox_open(const char *keys, zp_error *);
/* A private key, PKCS#8. Fails: NULL. */
EVP_PKEY *zp_strongbox_key(int box, const char *keys, const char *name, const zp_passphrase *, zp_error *);
/* A new file; with a passphrase encrypted by AES-256, the key of that by scrypt. It is on the disk afterwards. */
bool zp_strongbox_put(int box, const char *keys, const char *name, EVP_PKEY *, const zp_passphrase *, zp_error *);

#endif
