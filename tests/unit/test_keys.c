/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys, their list, and the folder that they lie in. Signatures are those of RFC 8032, 7.1. */
#include "trust/keys.h"
#include <openssl/evp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/confine.h"
#include "base/file.h"
#include "trust/keylist.h"
#include "trust/strongbox.h"
#include "scratch.h"

TestSuite(keys, .init = scratch_enter, .fini = scratch_leave);

static size_t bytes_of(const char *digits, uint8_t *to)
{
	size_t n = 0;
	for (unsigned two; sscanf(digits + 2 * n, "%2x", &two) == 1; n++)
		to[n] = (uint8_t)two;
	return n;
}

static const struct { const char *secret, *public, *message, *signature; } rfc8032[] = {
	{ "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
	  "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b" },
	{ "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
	  "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00" },
	{ "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7", "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
	  "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a" },
};
#define RFC8032 (sizeof rfc8032 / sizeof *rfc8032)

Test(keys, signatures_of_rfc_8032_hold_and_no_others)
{
	for (size_t i = 0; i < RFC8032; i++) {
		uint8_t key[32], message[4], signature[ZP_SIGNATURE];
		bytes_of(rfc8032[i].public, key);
		const size_t n = bytes_of(rfc8032[i].message, message);
		cr_assert_eq(bytes_of(rfc8032[i].signature, signature), ZP_SIGNATURE);
		cr_expect(zp_key_signed(key, message, n, signature));
		for (size_t bit = 0; bit < 8 * ZP_SIGNATURE; bit++) {
			signature[bit / 8] ^= (uint8_t)(1u << bit % 8);
			cr_expect_not(zp_key_signed(key, message, n, signature), "with bit %zu turned", bit);
			signature[bit / 8] ^= (uint8_t)(1u << bit % 8);
		}
	}
}

/* By sha256sum of the DER of RFC 8410, put together by hand. */
Test(keys, the_id_is_the_beginning_of_the_digest_of_the_public_key)
{
	uint8_t key[32];
	char id[ZP_KEY_ID_TEXT];
	bytes_of(rfc8032[0].public, key);
	zp_key_id(key, id);
	cr_expect_str_eq(id, "06e3fd8fda29bb60");
}

/* ---- lists ---- */

static zp_public_key key_of(size_t i, zp_key_state state, const char *from, const char *until, const char *why)
{
	char id[ZP_KEY_ID_TEXT];
	zp_public_key k = { .state = state, .from = from, .until = until, .why = why };
	bytes_of(rfc8032[i].public, k.key);
	zp_key_id(k.key, id);
	k.id = zp_arena_text(arena, id, sizeof id - 1);
	return k;
}

static void sign(size_t by, const char *text, uint8_t out[static ZP_SIGNATURE])
{
	uint8_t seed[32];
	size_t n = ZP_SIGNATURE;
	bytes_of(rfc8032[by].secret, seed);
	EVP_PKEY *key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, seed, sizeof seed);
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	cr_assert(EVP_DigestSignInit(context, NULL, NULL, NULL, key) == 1 && EVP_DigestSign(context, out, &n, (const uint8_t *)text, strlen(text)) == 1);
	EVP_MD_CTX_free(context);
	EVP_PKEY_free(key);
}

/* A folder with this list, signed by that key. Gives: what is wrong with it; "". */
static const char *read_text(const char *text, size_t by, const zp_keyring **ring)
{
	uint8_t signature[ZP_SIGNATURE];
	zp_error err = { 0 };
	sign(by, text, signature);
	scratch_write("round/keys.json", text);
	scratch_write_bytes("round/keys.json.sig", signature, sizeof signature);
	*ring = zp_keyring_read(arena, scratch_path("round"), &err);
	cr_expect_eq(*ring == NULL, err.code != 0);
	cr_expect(err.code == 0 || err.code == ZP_BAD_INPUT);
	return zp_arena_print(arena, "%s", err.text);
}

static const char *read_list(const zp_public_key *keys, size_t n, size_t by)
{
	const zp_keyring *ring, list = { "示例中心", keys, n };
	return read_text(zp_keylist_write(arena, &list), by, &ring);
}

Test(keys, the_list_is_canonical_json)
{
	const zp_public_key keys[] = { key_of(0, ZP_KEY_REVOKED, "2026-01-01", "2026-06-01", "丢失\"x\""), key_of(1, ZP_KEY_CURRENT, "2026-05-01", "", "") };
	const zp_keyring *ring, list = { "示例中心", keys, 2 };
	const char *text = zp_keylist_write(arena, &list);
	cr_expect_str_eq(text, "{\"format\":1,\"keys\":[{\"from\":\"2026-01-01\",\"id\":\"06e3fd8fda29bb60\",\"public\":\"d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a\","
			       "\"reason\":\"丢失\\\"x\\\"\",\"state\":\"revoked\",\"until\":\"2026-06-01\"},{\"from\":\"2026-05-01\",\"id\":\"deb2ded39dc26fce\","
			       "\"public\":\"3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c\",\"reason\":\"\",\"state\":\"current\",\"until\":\"\"}],"
			       "\"name\":\"示例中心\",\"what\":\"keys\"}");
	cr_assert_str_eq(read_text(text, 1, &ring), "");
	cr_expect_str_eq(ring->name, "示例中心");
	cr_assert_eq(ring->n, 2);
	cr_expect_str_eq(ring->keys[0].why, "丢失\"x\"");
	cr_expect_eq(ring->keys[0].state, ZP_KEY_REVOKED);
	cr_expect_str_eq(ring->keys[0].until, "2026-06-01");
	cr_expect_arr_eq(ring->keys[1].key, keys[1].key, 32);
	uint8_t signature[ZP_SIGNATURE];
	sign(0, "x", signature);
	cr_expect_eq(zp_keyring_signed_by(ring, "x", 1, signature), &ring->keys[0]);
	cr_expect_null(zp_keyring_signed_by(ring, "y", 1, signature));
}

Test(keys, a_list_is_signed_by_the_key_that_is_current)
{
	zp_public_key keys[] = { key_of(0, ZP_KEY_RETIRED, "2026-01-01", "2026-05-01", ""), key_of(1, ZP_KEY_CURRENT, "2026-05-01", "", "") };
	cr_expect_str_eq(read_list(keys, 2, 1), "");
	cr_expect(strstr(read_list(keys, 2, 0), "which it calls retired; expected the key that is current"));
	cr_expect(strstr(read_list(keys, 2, 2), "is not the signature of this list by one of its keys"));
	keys[1] = key_of(1, ZP_KEY_RETIRED, "2026-05-01", "2027-01-01", "");
	cr_expect_str_eq(read_list(keys, 2, 1), "");
	keys[1] = key_of(1, ZP_KEY_REVOKED, "2026-05-01", "2027-01-01", "x");
	cr_expect(strstr(read_list(keys, 2, 1), "which it calls revoked; expected the key that is current"));
}

Test(keys, a_list_that_is_not_sound_is_refused_whoever_signed_it)
{
	zp_public_key keys[] = { key_of(0, ZP_KEY_CURRENT, "2026-01-01", "", ""), key_of(1, ZP_KEY_CURRENT, "2026-05-01", "", "") };
	const char *const sentence = "of the list is not sound; expected id, public, state";
	cr_expect(strstr(read_list(keys, 2, 1), sentence), "two are current");
	keys[1] = keys[0];
	cr_expect(strstr(read_list(keys, 2, 0), sentence), "one key twice");
	keys[0] = key_of(0, ZP_KEY_CURRENT, "2026-01-01", "2026-02-01", "");
	cr_expect(strstr(read_list(keys, 1, 0), sentence), "current until");
	keys[0] = key_of(0, ZP_KEY_RETIRED, "2026-01-01", "", "");
	cr_expect(strstr(read_list(keys, 1, 0), sentence), "retired without a day");
	keys[0] = key_of(0, ZP_KEY_CURRENT, "2026-02-30", "", "");
	cr_expect(strstr(read_list(keys, 1, 0), sentence), "no day");
	keys[0] = key_of(0, ZP_KEY_CURRENT, "2026-01-01", "", ""), keys[0].id = "0123456789abcdef";
	cr_expect(strstr(read_list(keys, 1, 0), sentence), "another id");
	cr_expect(strstr(read_list(keys, 0, 0), "is no list of keys of the format 1"), "no key");
	const zp_keyring *ring;
	cr_expect(strstr(read_text("{\"format\":2,\"keys\":[],\"name\":\"x\"}", 0, &ring), "is no list of keys of the format 1"));
	cr_expect(strstr(read_text("[1,2]", 0, &ring), "is no list of keys"));
	cr_expect(strstr(read_text("{", 0, &ring), "is not JSON"));
}

Test(keys, no_byte_of_a_list_or_of_its_signature_can_change)
{
	const zp_public_key keys[] = { key_of(0, ZP_KEY_RETIRED, "2026-01-01", "2026-05-01", ""), key_of(1, ZP_KEY_CURRENT, "2026-05-01", "", "") };
	const char *const names[] = { "round/keys.json", "round/keys.json.sig" };
	cr_assert_str_eq(read_list(keys, 2, 1), "");
	for (size_t f = 0; f < 2; f++) {
		const char *why;
		const zp_text was = zp_file_read(arena, scratch_path(names[f]), 10000, "x", NULL, &why);
		char *now = zp_arena_text(arena, was.p, was.n);
		for (size_t i = 0; i < was.n; i++) {
			zp_error err = { 0 };
			zp_arena *room = zp_arena_open();
			now[i] ^= 1;
			scratch_write_bytes(names[f], now, was.n);
			cr_expect_null(zp_keyring_read(room, scratch_path("round"), &err), "byte %zu of %s", i, names[f]);
			cr_expect_eq(err.code, ZP_BAD_INPUT);
			now[i] ^= 1;
			zp_arena_close(room);
		}
		scratch_write_bytes(names[f], now, was.n);
	}
}

/* ---- the folder ---- */

static const char *refusal(const char *passphrase)
{
	zp_error err = { 0 };
	zp_signer *s = zp_signer_open(scratch_path("keys"), passphrase, &err);
	cr_expect_eq(s == NULL, err.code != 0);
	cr_expect(err.code == 0 || err.code == ZP_BAD_INPUT, "%s", err.text);
	zp_signer_close(s);
	return zp_arena_print(arena, "%s", err.text);
}

static void secret(const char *name, const char *text)
{
	scratch_write(name, text);
	cr_assert_eq(chmod(scratch_path(name), 0600), 0);
}

static const char *make(const char *passphrase)
{
	static char id[ZP_KEY_ID_TEXT];
	zp_error err = { 0 };
	const zp_key_wish wish = { .folder = scratch_path("keys"), .date = "2026-02-28", .name = "示例中心", .years = 2, .passphrase = passphrase };
	cr_assert(zp_keys_new(&wish, id, &err), "%s", err.text);
	return id;
}

Test(keys, only_its_owner_may_see_a_key)
{
	const char *id = make(NULL);
	const struct { const char *path; mode_t good, bad; const char *says; } parts[] = {
		{ "keys/private", 0700, 0750, "others could read or change it (mode 0750)" }, { "keys/private", 0700, 0701, "others could read or change it (mode 0701)" },
		{ zp_arena_print(arena, "keys/private/%s.key", id), 0600, 0640, "others could read or change it (mode 0640)" },
		{ zp_arena_print(arena, "keys/private/%s.rsa", id), 0600, 0604, "others could read or change it (mode 0604)" }, { "keys", 0755, 0775, "others could change it" },
	};
	cr_expect_str_eq(refusal(NULL), "");
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		struct stat about;
		cr_assert(stat(scratch_path(parts[i].path), &about) == 0 && !(about.st_mode & 077 & ~parts[i].good));
		chmod(scratch_path(parts[i].path), parts[i].bad);
		cr_expect(strstr(refusal(NULL), parts[i].says), "%s: %s", parts[i].path, refusal(NULL));
		chmod(scratch_path(parts[i].path), parts[i].good);
	}
	if (geteuid() == 0) {
		cr_assert_eq(chown(scratch_path("keys/private"), 12345, 12345), 0);
		cr_expect(strstr(refusal(NULL), "belongs to another account"));
		cr_assert_eq(chown(scratch_path("keys/private"), 0, 0), 0);
	}
	const char *key = scratch_path(zp_arena_print(arena, "keys/private/%s.key", id)), *moved = scratch_path("keys/elsewhere");
	cr_assert(rename(key, moved) == 0 && symlink(moved, key) == 0);
	cr_expect(strstr(refusal(NULL), "no link"), "%s", refusal(NULL));
}

Test(keys, a_passphrase_is_the_first_line_of_a_file_of_its_own)
{
	secret("pass", "correct horse\r\nand what follows");
	secret("other", "correct horsf");
	secret("short", "1234567\n");
	secret("same", "correct horse");
	make(scratch_path("pass"));
	cr_expect_str_eq(refusal(scratch_path("pass")), "");
	cr_expect_str_eq(refusal(scratch_path("same")), "");
	cr_expect(strstr(refusal(scratch_path("other")), "cannot be opened with this passphrase"));
	cr_expect(strstr(refusal(NULL), "is locked; expected --passphrase FILE"));
	cr_expect(strstr(refusal(scratch_path("short")), "the first line is no passphrase; expected 8 to 1000 bytes"));
	chmod(scratch_path("pass"), 0644);
	cr_expect(strstr(refusal(scratch_path("pass")), "others could read or change it (mode 0644)"));
	cr_expect(strstr(refusal(scratch_path("nothing")), "cannot be opened"));
}

/* No core file, and nobody of the same account reads its memory. Under sanitizers somebody has to. */
Test(keys, who_holds_a_secret_cannot_be_looked_into)
{
	secret("pass", "correct horse");
	make(scratch_path("pass"));
	prctl(PR_SET_DUMPABLE, 1);
	cr_expect_str_eq(refusal(scratch_path("pass")), "");
	cr_expect_eq(prctl(PR_GET_DUMPABLE), ZP_WATCHED);
}

/* Only the keeper has the keys; and over the line that drawing children have to it, it signs square codes, no manifest and no list. */
Test(keys, a_child_gets_square_codes_signed_and_nothing_else)
{
	static const char code[] = "ZP1:round:v1:L0001:AB:-", *const others[] = { "{\"round\":\"r\"}", "ZP1", "zp1:round", "" };
	static char longer[9000] = "ZP1:";
	uint8_t parents[ZP_SIGNATURE], childs[ZP_SIGNATURE];
	zp_error err = { 0 };
	int status;
	make(NULL);
	memset(longer + 4, 'x', sizeof longer - 5);
	zp_signer *s = zp_signer_open(scratch_path("keys"), NULL, &err);
	cr_assert_not_null(s, "%s", err.text);
	cr_assert(zp_signer_sign(s, code, strlen(code), parents, &err), "%s", err.text);
	for (size_t i = 0; i < 4; i++)
		cr_expect(zp_signer_sign(s, others[i], strlen(others[i]), childs, &err), "the run signs what it likes: %s", err.text);
	fflush(NULL);
	const pid_t child = fork();
	if (child == 0) {
		const int line = zp_signer_line(s);
		bool good = true;
		zp_confine_keep(STDERR_FILENO + 1, &line, 1);
		signal(SIGPIPE, SIG_IGN); /* as in every child that draws */
		for (size_t i = 0; i < 4; i++)
			good = good && !zp_signer_sign(s, others[i], strlen(others[i]), childs, &err);
		good = good && zp_signer_sign(s, code, strlen(code), childs, &err) && memcmp(childs, parents, ZP_SIGNATURE) == 0;
		good = good && !zp_signer_sign(s, longer, strlen(longer), childs, &err); /* the last, for the keeper does not read on */
		_exit(good ? 0 : 1);
	}
	cr_assert(waitpid(child, &status, 0) == child);
	cr_expect(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	cr_expect(zp_signer_sign(s, code, strlen(code), parents, &err), "the run's own line is another: %s", err.text);
	zp_signer_close(s);
}

Test(keys, without_its_keeper_a_signer_says_so)
{
	char list[80];
	uint8_t out[ZP_SIGNATURE];
	zp_error err = { 0 };
	int keeper = 0;
	make(NULL);
	zp_signer *s = zp_signer_open(scratch_path("keys"), NULL, &err);
	cr_assert_not_null(s, "%s", err.text);
	snprintf(list, sizeof list, "/proc/self/task/%d/children", getpid());
	FILE *in = fopen(list, "r");
	cr_assert(in && fscanf(in, "%d", &keeper) == 1 && keeper > 0);
	fclose(in);
	kill(keeper, SIGTERM); /* passed over: the run decides */
	cr_expect(zp_signer_sign(s, "x", 1, out, &err), "%s", err.text);
	kill(keeper, SIGKILL);
	cr_expect_not(zp_signer_sign(s, "x", 1, out, &err));
	cr_expect(err.code == ZP_IO && strstr(err.text, "the process that holds the keys has ended"), "%s", err.text);
	zp_signer_close(s);
}

Test(keys, what_does_not_belong_together_is_refused)
{
	char first[ZP_KEY_ID_TEXT], second[ZP_KEY_ID_TEXT];
	zp_error err = { 0 };
	memcpy(first, make(NULL), sizeof first);
	const zp_key_wish wish = { .folder = scratch_path("keys"), .date = "2026-03-01", .years = 2 };
	cr_assert(zp_keys_rotate(&wish, second, &err), "%s", err.text);
	cr_expect_str_eq(refusal(NULL), "");
	for (size_t i = 0; i < 2; i++) { /* the key of another, and the certificate of another */
		const char *const names[] = { "keys/private/%s.key", "keys/public/%s.crt" };
		char was[200], other[200], aside[] = "keys/aside";
		snprintf(was, sizeof was, i ? "keys/public/%s.crt" : "keys/private/%s.key", second);
		snprintf(other, sizeof other, i ? "keys/public/%s.crt" : "keys/private/%s.key", first);
		cr_assert(rename(scratch_path(was), scratch_path(aside)) == 0 && link(scratch_path(other), scratch_path(was)) == 0);
		cr_expect(strstr(refusal(NULL), "do not belong together"), "%s: %s", names[i], refusal(NULL));
		cr_assert(rename(scratch_path(aside), scratch_path(was)) == 0);
	}
	cr_expect_str_eq(refusal(NULL), "");
}

Test(keys, a_key_serves_from_its_first_day_to_the_last_of_its_certificate)
{
	zp_error err = { 0 };
	make(NULL);
	zp_signer *s = zp_signer_open(scratch_path("keys"), NULL, &err);
	const struct { const char *day; bool good; } days[] = { { "2026-02-27", false }, { "2026-02-28", true }, { "2028-02-28", true }, { "2028-02-29", false } };
	for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
		err = (zp_error){ 0 };
		cr_expect_eq(zp_signer_serves(s, days[i].day, &err), days[i].good, "%s", days[i].day);
		cr_expect_eq(err.code == ZP_BAD_INPUT, !days[i].good);
	}
	zp_signer_close(s);
}

Test(keys, names_and_reasons_are_words)
{
	cr_expect(zp_key_words("示例省临床检验中心", 9));
	cr_expect_not(zp_key_words("示例省临床检验中心", 8));
	static const char *const wrong[] = { "", " x", "x ", "a\nb", "a\x7f", "\xff" };
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		cr_expect_not(zp_key_words(wrong[i], 64), "%zu", i);
}

Test(keys, a_public_key_alone_is_a_keyring_of_one)
{
	zp_error err = { 0 };
	const char *id = make(NULL), *path = scratch_path(zp_arena_print(arena, "keys/public/%s.pem", id));
	const zp_keyring *ring = zp_keyring_read(arena, path, &err);
	cr_assert_not_null(ring, "%s", err.text);
	cr_expect(ring->n == 1 && strcmp(ring->keys[0].id, id) == 0 && ring->keys[0].state == ZP_KEY_CURRENT && !*ring->name);
	cr_expect_null(zp_keyring_read(arena, scratch_path(zp_arena_print(arena, "keys/private/%s.key", id)), &err));
	cr_expect(strstr(err.text, "is no public key"));
}
