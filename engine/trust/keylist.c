/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trust/keylist.h"
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include "base/digest.h"
#include "base/instant.h"
#include "base/utf8.h"

#define FORMAT 1

static const char *const states[] = { [ZP_KEY_CURRENT] = "current", [ZP_KEY_RETIRED] = "retired", [ZP_KEY_REVOKED] = "revoked" };
#define STATES (sizeof states / sizeof *states)

/* ---- one key ---- */

void zp_key_id(const uint8_t key[static 32], char id[static ZP_KEY_ID_TEXT])
{
	static const uint8_t before[] = { 0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00 }; /* SubjectPublicKeyInfo, RFC 8410 */
	char digest[ZP_DIGEST_TEXT];
	zp_digest *d = zp_digest_open();
	zp_digest_add(d, before, sizeof before);
	zp_digest_add(d, key, 32);
	zp_digest_close(d, digest);
	memcpy(id, digest, ZP_KEY_ID_TEXT - 1);
	id[ZP_KEY_ID_TEXT - 1] = '\0';
}

bool zp_key_signed(const uint8_t key[static 32], const void *bytes, size_t n, const uint8_t signature[static ZP_SIGNATURE])
{
	EVP_PKEY *public = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, key, 32);
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	const bool good = public && context && EVP_DigestVerifyInit(context, NULL, NULL, NULL, public) == 1 &&
		EVP_DigestVerify(context, signature, ZP_SIGNATURE, bytes, n) == 1;
	EVP_MD_CTX_free(context);
	EVP_PKEY_free(public);
	ERR_clear_error();
	return good;
}

bool zp_key_words(const char *text, size_t most)
{
	size_t characters = 0;
	const size_t n = strlen(text);
	if (!n || text[0] == ' ' || text[n - 1] == ' ' || zp_utf8_valid(text, n) != n)
		return false;
	for (const char *p = text; *p; p++) {
		if ((unsigned char)*p < ' ' || *p == 0x7f)
			return false;
		characters += ((unsigned char)*p & 0xC0) != 0x80;
	}
	return characters <= most;
}

const zp_public_key *zp_keylist_current(const zp_keyring *ring)
{
	for (size_t i = ring->n; i-- > 0;)
		if (ring->keys[i].state == ZP_KEY_CURRENT)
			return &ring->keys[i];
	return NULL;
}

/* ---- written ---- */

const char *zp_keylist_write(zp_arena *arena, const zp_keyring *ring)
{
	json_t *keys = json_array();
	for (size_t i = 0; i < ring->n; i++) {
		const zp_public_key *k = &ring->keys[i];
		char digits[65];
		for (size_t b = 0; b < 32; b++)
			snprintf(digits + 2 * b, 3, "%02x", k->key[b]);
		json_array_append_new(keys, json_pack("{ssssssssssss}", "id", k->id, "state", states[k->state], "from", k->from, "until", k->until, "reason", k->why,
						      "public", digits));
	}
	json_t *all = json_pack("{sisssoss}", "format", FORMAT, "name", ring->name, "keys", keys, "what", "keys");
	char *text = all ? json_dumps(all, JSON_COMPACT | JSON_SORT_KEYS) : NULL;
	const char *kept = text ? zp_arena_print(arena, "%s", text) : NULL;
	free(text);
	json_decref(all);
	return kept;
}

/* ---- read ---- */

static const char *member(zp_arena *arena, const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));
	return text ? zp_arena_print(arena, "%s", text) : NULL;
}

static bool is_date(const char *text)
{
	int year, month, day;
	return text && zp_date_read(zp_text_of(text), &year, &month, &day);
}

static int digit(char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; }

static bool read_digits(const char *text, uint8_t to[32])
{
	if (!text || strlen(text) != 64)
		return false;
	for (size_t i = 0; i < 32; i++) {
		const int high = digit(text[2 * i]), low = digit(text[2 * i + 1]);
		if (high < 0 || low < 0)
			return false;
		to[i] = (uint8_t)(high << 4 | low);
	}
	return true;
}

static bool read_state(const char *text, zp_key_state *state)
{
	for (size_t i = 0; text && i < STATES; i++)
		if (strcmp(text, states[i]) == 0)
			return *state = (zp_key_state)i, true;
	return false;
}

static bool read_key(zp_arena *arena, const json_t *entry, zp_public_key *k)
{
	char id[ZP_KEY_ID_TEXT];
	k->id = member(arena, entry, "id"), k->from = member(arena, entry, "from"), k->until = member(arena, entry, "until");
	k->why = member(arena, entry, "reason");
	const char *public = member(arena, entry, "public"), *state = member(arena, entry, "state");
	if (!k->id || !k->why || !is_date(k->from) || !read_state(state, &k->state) || !read_digits(public, k->key))
		return false;
	if (k->state == ZP_KEY_CURRENT ? !k->until || *k->until : !is_date(k->until))
		return false;
	zp_key_id(k->key, id);
	return strcmp(id, k->id) == 0;
}

static bool is_twice(const zp_public_key *keys, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (strcmp(keys[k].id, keys[i].id) == 0 || (keys[k].state == ZP_KEY_CURRENT && keys[i].state == ZP_KEY_CURRENT))
			return true;
	return false;
}

static const zp_keyring *read_all(zp_arena *arena, const json_t *all, const char *place, zp_error *err)
{
	const json_t *list = json_object_get(all, "keys");
	const size_t n = json_array_size(list);
	zp_keyring *ring = zp_take(arena, zp_keyring, 1);
	zp_public_key *keys = zp_take(arena, zp_public_key, n + 1);
	*ring = (zp_keyring){ member(arena, all, "name"), keys, n };
	if (json_integer_value(json_object_get(all, "format")) != FORMAT || !ring->name || !n || n > ZP_KEYS_MOST)
		return zp_fail(err, ZP_BAD_INPUT, place, 0, "is no list of keys of the format %d", FORMAT), NULL;
	for (size_t i = 0; i < n; i++)
		if (!read_key(arena, json_array_get(list, i), &keys[i]) || is_twice(keys, i))
			return zp_fail(err, ZP_BAD_INPUT, place, 0, "key %zu of the list is not sound; expected id, public, state, from, until and reason that agree, each key once, "
				       "and one that is current", i + 1), NULL;
	return ring;
}

const zp_keyring *zp_keylist_read(zp_arena *arena, zp_text text, const char *place, zp_error *err)
{
	json_error_t at;
	json_t *all = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, &at);
	const zp_keyring *ring = NULL;
	if (!all)
		zp_fail(err, ZP_BAD_INPUT, place, 0, "is not JSON; expected a list of keys as zhiping key writes it");
	else
		ring = read_all(arena, all, place, err);
	json_decref(all);
	return ring;
}
