/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The centre's private keys, as they lie in its folder of keys. One process alone holds them (keeper.h), and it draws and reads nothing. */
#ifndef ZP_TRUST_SECRET_H
#define ZP_TRUST_SECRET_H

#include <openssl/evp.h>
#include <openssl/x509.h>
#include "trust/keylist.h"
#include "trust/signer.h"

/* What everybody may know of them. */
typedef struct zp_secret_says {
	char id[ZP_KEY_ID_TEXT];
	char name[4 * ZP_KEY_NAME_MOST + 1];
	char from[11]; /* YYYY-MM-DD */
} zp_secret_says;

typedef struct zp_secret {
	EVP_PKEY *ed25519, *rsa; /* private; RSA of 3072 bits */
	X509 *certificate, *root; /* of the RSA key, issued by the Ed25519 key; of that, signed by itself */
	zp_secret_says says;
} zp_secret;

/* As zp_signer_open. */
bool zp_secret_open(zp_secret *, const char *folder, const char *passphrase, zp_error *);
/* The keys are wiped. */
void zp_secret_close(zp_secret *);

#endif
