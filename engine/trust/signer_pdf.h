/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a signature in a PDF has of a signer. */
#ifndef ZP_TRUST_SIGNER_PDF_H
#define ZP_TRUST_SIGNER_PDF_H

#include "trust/cms.h"
#include "trust/signer.h"

X509 *zp_signer_certificate(const zp_signer *); /* of the RSA key, issued by the Ed25519 key; lent */
X509 *zp_signer_root(const zp_signer *);        /* of the Ed25519 key, signed by itself; lent */
/* Fill signature and n_signature by the RSA key; the certificates are those above. Fails: false. */
bool zp_signer_sign_cms(const zp_signer *, zp_cms_parts *, zp_error *);

#endif
