/* SPDX-License-Identifier: GPL-3.0-or-later */
/* New keys: an Ed25519 key with a certificate that it signed itself, and an RSA key with a certificate issued by the former. */
#ifndef ZP_TRUST_MINT_H
#define ZP_TRUST_MINT_H

#include <openssl/evp.h>
#include <openssl/x509.h>
#include "trust/signer.h"

typedef struct zp_minted {
	EVP_PKEY *ed25519, *rsa;
	X509 *root, *certificate;
	uint8_t key[32]; /* public */
	char id[ZP_KEY_ID_TEXT];
} zp_minted;

/* name: of the centre. Certificates begin on that day and last so many years. Fails: false; nothing is to be let go of then. */
bool zp_mint(const char *name, const char *date, int years, zp_minted *, zp_error *);
void zp_minted_close(zp_minted *);

#endif
