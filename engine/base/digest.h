/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SHA-256 (FIPS 180-4), by OpenSSL. */
#ifndef ZP_BASE_DIGEST_H
#define ZP_BASE_DIGEST_H

#include <stddef.h>

#define ZP_DIGEST_TEXT 65 /* 64 lower-case hexadecimal digits and a NUL */

typedef struct zp_digest zp_digest;

zp_digest *zp_digest_open(void);
void zp_digest_add(zp_digest *, const void *bytes, size_t n);
/* Writes the digest and frees the object. */
void zp_digest_close(zp_digest *, char out[static ZP_DIGEST_TEXT]);

const char *zp_digest_library(void); /* the version of OpenSSL that runs */

#endif
