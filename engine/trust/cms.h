/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one form of CMS (RFC 5652) that signatures in PDFs have here: detached SignedData, SHA-256, RSA (PKCS #1 v1.5), the attributes
 * content type, message digest and signing certificate (RFC 5035), no time, no more. It is written by hand, so that the same certificates
 * and signature are the same bytes whichever OpenSSL there is, and so that a reader can write what it read again and compare: in such a
 * message no byte may be another. */
#ifndef ZP_TRUST_CMS_H
#define ZP_TRUST_CMS_H

#include <stdbool.h>
#include <stdint.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#define ZP_CMS_DIGEST 32     /* bytes of SHA-256 */
#define ZP_CMS_SIGNATURE 512 /* bytes of the longest RSA signature */

typedef struct zp_cms_parts {
	X509 *certificate, *root; /* of the RSA key, and of who issued it */
	uint8_t digest[ZP_CMS_DIGEST]; /* of what is signed */
	uint8_t signature[ZP_CMS_SIGNATURE];
	size_t n_signature;
} zp_cms_parts;

/* SHA-256 of two pieces, one behind the other. */
bool zp_cms_digest(const void *a, size_t n_a, const void *b, size_t n_b, uint8_t out[static ZP_CMS_DIGEST]);
/* Fill signature and n_signature by the private key. Fails: false. */
bool zp_cms_sign(zp_cms_parts *, EVP_PKEY *rsa);
/* How many bytes the message will have, before anything is signed. Gives: 0 when OpenSSL cannot write a certificate. */
size_t zp_cms_length(const zp_cms_parts *);
/* The message. Gives: its bytes, to be freed with free; NULL as above. */
uint8_t *zp_cms_write(const zp_cms_parts *, size_t *n);

/* Take a message apart: it must be, to the byte, what zp_cms_write makes of the parts. Fails: false. Owns: the certificates. */
bool zp_cms_read(const uint8_t *bytes, size_t n, zp_cms_parts *);
void zp_cms_free(zp_cms_parts *);
/* Whether the signature is by the certificate's RSA key. */
bool zp_cms_holds(const zp_cms_parts *);

#endif
