/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The centre's keys, opened to sign by a process of its own (keeper.h): Ed25519 (RFC 8032) for manifests, lists and square codes; RSA with a certificate for PDFs.
 * docs/formats/keys.md explains the folder that they lie in. */
#ifndef ZP_TRUST_SIGNER_H
#define ZP_TRUST_SIGNER_H

#include <stddef.h>
#include <stdint.h>
#include "base/error.h"

#define ZP_SIGNATURE 64     /* bytes of an Ed25519 signature */
#define ZP_KEY_ID_TEXT 17   /* 16 lower-case hexadecimal digits and a NUL: the first of the SHA-256 of the public key as DER */

#define ZP_SEAL_FORM "ZP1"  /* the form of the canonical text of a paper, and how the text of its square code begins */

typedef struct zp_signer zp_signer;

/* passphrase: a file whose first line it is; NULL where the keys have none. Only the owner may be able to read the folder.
 * Fails: NULL; ZP_BAD_INPUT for what is no folder of keys, for a key that was retired or revoked, for a wrong passphrase; ZP_IO. */
zp_signer *zp_signer_open(const char *folder, const char *passphrase, zp_error *);
/* The process that holds the keys ends. */
void zp_signer_close(zp_signer *);
/* 16 digits, lent. */
const char *zp_signer_id(const zp_signer *);
/* The centre's name, UTF-8, lent. */
const char *zp_signer_name(const zp_signer *);
/* The file descriptor that children keep to have papers signed; they call the same functions. -1: there is no signer. */
int zp_signer_line(const zp_signer *);
/* The same bytes and key give the same signature. In a child the bytes must be the text of a square code. Fails: false; ZP_IO when the
 * process that holds the keys has ended. */
bool zp_signer_sign(const zp_signer *, const void *bytes, size_t n, uint8_t out[static ZP_SIGNATURE], zp_error *);
/* Whether what is issued on that day, YYYY-MM-DD, may be signed with it. Fails: false, ZP_BAD_INPUT. */
bool zp_signer_serves(const zp_signer *, const char *date, zp_error *);

#endif
