/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/digest.h"
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>
#include "base/error.h"

/* The library's own context; zp_digest is never defined. */
static EVP_MD_CTX *context_of(zp_digest *d)
{
	return (EVP_MD_CTX *)d;
}

/* SHA-256 of bytes in memory fails only without memory or with a broken OpenSSL: nothing could be published. */
static void must(bool worked)
{
	if (worked)
		return;
	fputs("zhiping: OpenSSL cannot work out a SHA-256 digest\n", stderr);
	_exit(ZP_BUG);
}

zp_digest *zp_digest_open(void)
{
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	must(context && EVP_DigestInit_ex(context, EVP_sha256(), NULL) == 1);
	return (zp_digest *)context;
}

void zp_digest_add(zp_digest *d, const void *bytes, size_t n)
{
	must(EVP_DigestUpdate(context_of(d), bytes, n) == 1);
}

void zp_digest_close(zp_digest *d, char out[static ZP_DIGEST_TEXT])
{
	static const char digits[] = "0123456789abcdef";
	unsigned char bytes[EVP_MAX_MD_SIZE];
	unsigned n = 0;
	must(EVP_DigestFinal_ex(context_of(d), bytes, &n) == 1 && n * 2 + 1 == ZP_DIGEST_TEXT);
	for (unsigned i = 0; i < n; i++) {
		out[2 * i] = digits[bytes[i] >> 4];
		out[2 * i + 1] = digits[bytes[i] & 15];
	}
	out[2 * n] = '\0';
	EVP_MD_CTX_free(context_of(d));
}

const char *zp_digest_library(void)
{
	return OpenSSL_version(OPENSSL_VERSION_STRING);
}
