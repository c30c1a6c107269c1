/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trust/secret.h"
#include <string.h>
#include <unistd.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include "base/chinese.h"
#include "base/file.h"
#include "base/words.h"
#include "trust/keylist.h"
#include "trust/strongbox.h"

#define RSA_LEAST 3072
#define CERTIFICATE_MOST 65536

void zp_secret_close(zp_secret *s)
{
	EVP_PKEY_free(s->ed25519); /* OpenSSL wipes what is private */
	EVP_PKEY_free(s->rsa);
	X509_free(s->certificate);
	X509_free(s->root);
	*s = (zp_secret){ .rsa = NULL };
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
static bool belong(const zp_secret *s, const zp_public_key *k)
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

static bool open_parts(zp_secret *s, zp_arena *arena, const char *folder, int box, const zp_passphrase *p, const zp_public_key *k, zp_error *err)
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

static bool open_in(zp_secret *s, zp_arena *arena, const char *folder, const char *passphrase, zp_error *err)
{
	zp_passphrase p;
	const int box = zp_strongbox_open(folder, err);
	if (box < 0)
		return false;
	const zp_keyring *ring = zp_keyring_read(arena, zp_arena_print(arena, "%s/public", folder), err);
	const zp_public_key *k = ring ? current_of(ring, folder, err) : NULL;
	bool good = k && zp_passphrase_read(passphrase, &p, err);
	if (good) {
		memcpy(s->says.id, k->id, sizeof s->says.id);
		memcpy(s->says.from, k->from, sizeof s->says.from);
		snprintf(s->says.name, sizeof s->says.name, "%s", ring->name);
		good = open_parts(s, arena, folder, box, &p, k, err);
		zp_passphrase_wipe(&p);
	}
	close(box);
	return good;
}

bool zp_secret_open(zp_secret *s, const char *folder, const char *passphrase, zp_error *err)
{
	zp_arena *arena = zp_arena_open();
	*s = (zp_secret){ .rsa = NULL };
	const bool good = open_in(s, arena, folder, passphrase, err);
	zp_arena_close(arena);
	if (!good)
		zp_secret_close(s);
	return good;
}
