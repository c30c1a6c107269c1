/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trust/keyring.h"
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include "base/chinese.h"
#include "base/file.h"
#include "base/words.h"
#include "trust/keylist.h"

#define LIST_MOST (1u << 20)

/* Of a list, the key that may sign it: the current one, or where there is none, one that was retired. */
static bool may_sign(const zp_keyring *ring, const zp_public_key *k)
{
	return zp_keylist_current(ring) ? k->state == ZP_KEY_CURRENT : k->state == ZP_KEY_RETIRED;
}

static bool is_signed(const zp_keyring *ring, zp_text list, zp_text signature, const char *place, zp_error *err)
{
	if (signature.n != ZP_SIGNATURE)
		return zp_fail(err, ZP_BAD_INPUT, place, 0, "is no signature: it has %zu bytes; expected %d", signature.n, ZP_SIGNATURE);
	const zp_public_key *by = zp_keyring_signed_by(ring, list.p, list.n, (const uint8_t *)signature.p);
	if (!by)
		return zp_fail(err, ZP_BAD_INPUT, place, 0, "is not the signature of this list by one of its keys: the list was altered, or is another's");
	return may_sign(ring, by) || zp_fail(err, ZP_BAD_INPUT, place, 0, "the list is signed by the key %s, which it calls %s; expected the key that is current", by->id,
					     zp_say(by->state == ZP_KEY_REVOKED ? ZP_MESSAGE("revoked") : ZP_MESSAGE("retired")));
}

static const zp_keyring *read_folder(zp_arena *arena, const char *folder, zp_error *err)
{
	struct stat about;
	const char *why = NULL, *place = zp_arena_print(arena, "%s/%s", folder, ZP_KEYLIST_FILE), *public = zp_arena_print(arena, "%s/public", folder);
	if (lstat(place, &about) != 0 && errno == ENOENT && stat(public, &about) == 0 && S_ISDIR(about.st_mode)) /* the folder of keys itself */
		folder = public, place = zp_arena_print(arena, "%s/%s", folder, ZP_KEYLIST_FILE);
	const zp_text list = zp_file_read(arena, place, LIST_MOST, place, NULL, &why);
	if (!list.p)
		return zp_fail(err, ZP_BAD_INPUT, place, 0, "the list of keys %s; expected the folder `public` that zhiping key makes", zp_clause(why)), NULL;
	const zp_keyring *ring = zp_keylist_read(arena, list, place, err);
	place = zp_arena_print(arena, "%s/%s", folder, ZP_KEYLIST_SIGNATURE);
	const zp_text signature = ring ? zp_file_read(arena, place, LIST_MOST, place, NULL, &why) : (zp_text){ NULL, 0 };
	if (ring && !signature.p)
		return zp_fail(err, ZP_BAD_INPUT, place, 0, "the signature of the list of keys %s", zp_clause(why)), NULL;
	return ring && is_signed(ring, list, signature, place, err) ? ring : NULL;
}

/* One public key, as PEM: whoever gives it says that it is to be believed. */
static const zp_keyring *read_one(zp_arena *arena, const char *path, zp_error *err)
{
	const char *why = NULL;
	const zp_text text = zp_file_read(arena, path, LIST_MOST, path, NULL, &why);
	if (!text.p)
		return zp_fail(err, ZP_BAD_INPUT, path, 0, "the folder of keys, or public key, %s", zp_clause(why)), NULL;
	zp_keyring *ring = zp_take(arena, zp_keyring, 1);
	zp_public_key *k = zp_take(arena, zp_public_key, 1);
	char *id = zp_arena_take(arena, ZP_KEY_ID_TEXT);
	size_t n = sizeof k->key;
	BIO *in = BIO_new_mem_buf(text.p, (int)text.n);
	EVP_PKEY *key = in ? PEM_read_bio_PUBKEY(in, NULL, NULL, NULL) : NULL;
	const bool good = key && EVP_PKEY_get_base_id(key) == EVP_PKEY_ED25519 && EVP_PKEY_get_raw_public_key(key, k->key, &n) == 1 && n == sizeof k->key;
	EVP_PKEY_free(key);
	BIO_free(in);
	ERR_clear_error();
	if (!good)
		return zp_fail(err, ZP_BAD_INPUT, path, 0, "is no public key; expected one of Ed25519 as PEM, or the folder `public` that zhiping key makes"), NULL;
	zp_key_id(k->key, id);
	k->id = id, k->from = k->until = k->why = "";
	*ring = (zp_keyring){ "", k, 1 };
	return ring;
}

const zp_keyring *zp_keyring_read(zp_arena *arena, const char *path, zp_error *err)
{
	struct stat about;
	if (stat(path, &about) == 0 && S_ISDIR(about.st_mode))
		return read_folder(arena, path, err);
	return read_one(arena, path, err);
}

const zp_public_key *zp_keyring_signed_by(const zp_keyring *ring, const void *bytes, size_t n, const uint8_t signature[static ZP_SIGNATURE])
{
	for (size_t i = ring->n; i-- > 0;) /* most are by the newest */
		if (zp_key_signed(ring->keys[i].key, bytes, n, signature))
			return &ring->keys[i];
	return NULL;
}
