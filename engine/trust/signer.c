/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trust/signer.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include "base/chinese.h"
#include "base/file.h"
#include "base/words.h"
#include "trust/keylist.h"
#include "trust/secret.h"
#include "trust/strongbox.h"

#define RSA_LEAST 3072
#define CERTIFICATE_MOST 65536

struct zp_signer {
	EVP_PKEY *ed25519, *rsa;
	X509 *certificate, *root;
	char id[ZP_KEY_ID_TEXT];
	char name[4 * ZP_KEY_NAME_MOST + 1];
	char from[11];
};

void zp_signer_close(zp_signer *s)
{
	if (!s)
		return;
	EVP_PKEY_free(s->ed25519); /* OpenSSL wipes what is private */
	EVP_PKEY_free(s->rsa);
	X509_free(s->certificate);
	X509_free(s->root);
	OPENSSL_clear_free(s, sizeof *s);
}

const char *zp_signer_id(const zp_signer *s) { return s->id; }
EVP_PKEY *zp_signer_ed25519(const zp_signer *s) { return s->ed25519; }
EVP_PKEY *zp_signer_rsa(const zp_signer *s) { return s->rsa; }
X509 *zp_signer_certificate(const zp_signer *s) { return s->certificate; }
X509 *zp_signer_root(const zp_signer *s) { return s->root; }
const char *zp_signer_name(const zp_signer *s) { return s->name; }

bool zp_signer_sign(const zp_signer *s, const void *bytes, size_t n, uint8_t out[static ZP_SIGNATURE], zp_error *err)
{
	size_t length = ZP_SIGNATURE;
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	const bool good = context && EVP_DigestSignInit(context, NULL, NULL, NULL, s->ed25519) == 1 && EVP_DigestSign(context, out, &length, bytes, n) == 1 &&
		length == ZP_SIGNATURE;
	EVP_MD_CTX_free(context);
	ERR_clear_error();
	return good || zp_fail(err, ZP_BUG, NULL, 0, "OpenSSL cannot sign");
}

/* ---- opening ---- */

static X509 *read_certificate(zp_arena *arena, const char *place, zp_error *err)
{
	const char *why = NULL;
	const zp_text text = zp_file_read(arena, place, CERTIFICATE_MOST, place, NULL, &why);
	BIO *in = text.p ? BIO_new_mem_buf(text.p, (int)text.n) : NULL;
	X509 *certificate = in ? PEM_read_bio_X509(in, NULL, NULL, NULL) : NULL;
	BIO_free(in);
	ERR_clear_error();
	if (!certificate)
		zp_fail(err, ZP_BAD_INPUT, place, 0, "the certificate %s", zp_clause(text.p ? "is no X.509 certificate as PEM" : why));
	return certificate;
}

/* Whether the private keys are those that the public folder tells of. */
static bool belong(const zp_signer *s, const zp_public_key *k)
{
	uint8_t own[32];
	size_t n = sizeof own;
	if (EVP_PKEY_get_base_id(s->ed25519) != EVP_PKEY_ED25519 || EVP_PKEY_get_base_id(s->rsa) != EVP_PKEY_RSA || EVP_PKEY_get_bits(s->rsa) < RSA_LEAST)
		return false;
	const bool good = EVP_PKEY_get_raw_public_key(s->ed25519, own, &n) == 1 && n == 32 && memcmp(own, k->key, 32) == 0 &&
		X509_check_private_key(s->certificate, s->rsa) == 1 && X509_check_private_key(s->root, s->ed25519) == 1 &&
		X509_verify(s->root, s->ed25519) == 1 && X509_verify(s->certificate, s->ed25519) == 1;
	ERR_clear_error();
	return good;
}

static bool open_parts(zp_signer *s, zp_arena *arena, const char *folder, int box, const zp_passphrase *p, const zp_public_key *k, zp_error *err)
{
	s->ed25519 = zp_strongbox_key(box, folder, zp_arena_print(arena, "%s.key", k->id), p, err);
	s->rsa = s->ed25519 ? zp_strongbox_key(box, folder, zp_arena_print(arena, "%s.rsa", k->id), p, err) : NULL;
	s->root = s->rsa ? read_certificate(arena, zp_arena_print(arena, "%s/public/%s.root.crt", folder, k->id), err) : NULL;
	s->certificate = s->root ? read_certificate(arena, zp_arena_print(arena, "%s/public/%s.crt", folder, k->id), err) : NULL;
	return s->certificate &&
	       (belong(s, k) || zp_fail(err, ZP_BAD_INPUT, folder, 0, "the private keys, the certificates and the list do not belong together (key %s)", k->id));
}

static const zp_public_key *current_of(const zp_keyring *ring, const char *folder, zp_error *err)
{
	const zp_public_key *k = zp_keylist_current(ring), *last = &ring->keys[ring->n - 1];
	if (!k)
		zp_fail(err, ZP_BAD_INPUT, folder, 0, "no key is current: %s was %s on %s; zhiping key rotate makes a new one", last->id,
			zp_say(last->state == ZP_KEY_REVOKED ? ZP_MESSAGE("revoked") : ZP_MESSAGE("retired")), last->until);
	return k;
}

static zp_signer *open_in(zp_arena *arena, const char *folder, const char *passphrase, zp_error *err)
{
	zp_passphrase p;
	const int box = zp_strongbox_open(folder, err);
	if (box < 0)
		return NULL;
	const zp_keyring *ring = zp_keyring_read(arena, zp_arena_print(arena, "%s/public", folder), err);
	const zp_public_key *k = ring ? current_of(ring, folder, err) : NULL;
	zp_signer *s = k ? OPENSSL_zalloc(sizeof *s) : NULL;
	if (k && !s)
		abort();
	bool good = s && zp_passphrase_read(passphrase, &p, err);
	if (good) {
		memcpy(s->id, k->id, sizeof s->id);
		memcpy(s->from, k->from, sizeof s->from);
		snprintf(s->name, sizeof s->name, "%s", ring->name);
		good = open_parts(s, arena, folder, box, &p, k, err);
		zp_passphrase_wipe(&p);
	}
	close(box);
	if (good)
		return s;
	zp_signer_close(s);
	return NULL;
}

zp_signer *zp_signer_open(const char *folder, const char *passphrase, zp_error *err)
{
	zp_arena *arena = zp_arena_open();
	zp_signer *s = open_in(arena, folder, passphrase, err);
	zp_arena_close(arena);
	return s;
}

/* ---- when ---- */

bool zp_signer_serves(const zp_signer *s, const char *date, zp_error *err)
{
	struct tm end;
	char until[40];
	if (ASN1_TIME_to_tm(X509_get0_notAfter(s->certificate), &end) != 1)
		return zp_fail(err, ZP_BAD_INPUT, NULL, 0, "the certificate of the key %s has no end", s->id);
	snprintf(until, sizeof until, "%04d-%02d-%02d", end.tm_year + 1900, end.tm_mon + 1, end.tm_mday);
	if (strcmp(date, s->from) >= 0 && strcmp(date, until) <= 0)
		return true;
	return zp_fail(err, ZP_BAD_INPUT, NULL, 0, "the key %s serves from %s to %s, and what is issued on %s cannot be signed with it", s->id, s->from, until, date);
}
