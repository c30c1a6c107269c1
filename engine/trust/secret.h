/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a signer holds, lent to those of this floor that sign in other forms than sixty-four bytes. Nobody frees any of it. */
#ifndef ZP_TRUST_SECRET_H
#define ZP_TRUST_SECRET_H

#include <openssl/evp.h>
#include <openssl/x509.h>
#include "trust/signer.h"

EVP_PKEY *zp_signer_ed25519(const zp_signer *); /* private */
EVP_PKEY *zp_signer_rsa(const zp_signer *);     /* private, RSA of 3072 bits */
X509 *zp_signer_certificate(const zp_signer *); /* of the RSA key, issued by the Ed25519 key */
X509 *zp_signer_root(const zp_signer *);        /* of the Ed25519 key, signed by itself */

#endif
