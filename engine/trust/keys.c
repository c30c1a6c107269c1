/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trust/keys.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <openssl/pem.h>
#include "base/chinese.h"
#include "base/file.h"
#include "base/instant.h"
#include "base/words.h"
#include "trust/keylist.h"
#include "trust/mint.h"
#include "trust/strongbox.h"

#define FILE_MOST 65536
#define NEXT "public.next" /* the public folder in the making */

static bool io(zp_error *err, const char *place, const char *what)
{
	return zp_fail(err, ZP_IO, place, 0, "%s: %s", zp_say(what), zp_say_errno(errno));
}

/* ---- the public folder, made anew beside the old ---- */

typedef struct making {
	zp_arena *arena;
	const zp_key_wish *wish;
	const char *next, *public; /* folders */
	bool *switched; /* the new list is the one that is there */
	zp_error *err;
} making;

static int remove_one(const char *path, const struct stat *about, int type, struct FTW *walk)
{
	(void)about, (void)type, (void)walk;
	return remove(path);
}

static void drop(const char *folder) { nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS); }

static bool put(const making *m, const char *name, const void *bytes, size_t n)
{
	const char *place = zp_arena_print(m->arena, "%s/%s", m->next, name);
	const int fd = (int)TEMP_FAILURE_RETRY(open(place, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644));
	bool good = fd >= 0 && fchmod(fd, 0644) == 0 && zp_fd_write(fd, bytes, n) && TEMP_FAILURE_RETRY(fsync(fd)) == 0;
	if (!good)
		io(m->err, place, ZP_MESSAGE("cannot be written"));
	if (fd >= 0 && !zp_fd_close(fd) && good)
		good = io(m->err, place, ZP_MESSAGE("cannot be written"));
	return good;
}

static bool put_written(const making *m, const char *name, BIO *out, int wrote)
{
	char *text;
	const long n = out && wrote == 1 ? BIO_get_mem_data(out, &text) : 0;
	const bool good = n > 0 ? put(m, name, text, (size_t)n) : zp_fail(m->err, ZP_BUG, name, 0, "OpenSSL cannot write a key");
	BIO_free(out);
	return good;
}

static bool put_certificate(const making *m, const char *name, X509 *x)
{
	BIO *out = BIO_new(BIO_s_mem());
	return put_written(m, name, out, out ? PEM_write_bio_X509(out, x) : 0);
}

static const char *name_of(const making *m, const char *id, const char *ending) { return zp_arena_print(m->arena, "%s%s", id, ending); }

static bool put_new(const making *m, const zp_minted *made)
{
	BIO *out = BIO_new(BIO_s_mem());
	return put_written(m, name_of(m, made->id, ".pem"), out, out ? PEM_write_bio_PUBKEY(out, made->ed25519) : 0) &&
		put_certificate(m, name_of(m, made->id, ".root.crt"), made->root) && put_certificate(m, name_of(m, made->id, ".crt"), made->certificate);
}

static bool copy(const making *m, const char *id, const char *ending)
{
	const char *why = NULL, *name = name_of(m, id, ending), *from = zp_arena_print(m->arena, "%s/%s", m->public, name);
	const zp_text bytes = zp_file_read(m->arena, from, FILE_MOST, from, NULL, &why);
	if (!bytes.p)
		return zp_fail(m->err, ZP_BAD_INPUT, from, 0, "the file %s", zp_clause(why));
	return put(m, name, bytes.p, bytes.n);
}

static bool sync_folder(const making *m, const char *folder)
{
	const int fd = (int)TEMP_FAILURE_RETRY(open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
	const bool good = fd >= 0 && TEMP_FAILURE_RETRY(fsync(fd)) == 0;
	if (!good)
		io(m->err, folder, ZP_MESSAGE("cannot be synced"));
	if (fd >= 0)
		close(fd);
	return good;
}

/* The new folder in the place of the old in one step; where the file system cannot do that, in two. */
static bool switch_over(const making *m)
{
	if (renameat2(AT_FDCWD, m->next, AT_FDCWD, m->public, RENAME_NOREPLACE) == 0)
		return *m->switched = true, sync_folder(m, m->wish->folder);
	if (errno == EEXIST && renameat2(AT_FDCWD, m->next, AT_FDCWD, m->public, RENAME_EXCHANGE) == 0) {
		*m->switched = true;
		drop(m->next);
		return sync_folder(m, m->wish->folder);
	}
	const char *old = zp_arena_print(m->arena, "%s/public.before", m->wish->folder);
	drop(old);
	if ((rename(m->public, old) != 0 && errno != ENOENT) || rename(m->next, m->public) != 0)
		return io(m->err, m->public, ZP_MESSAGE("cannot be replaced"));
	*m->switched = true;
	drop(old);
	return sync_folder(m, m->wish->folder);
}

/* made: the key that is not in the old folder; NULL for none. by: who signs. */
static bool write_public(const making *m, const zp_keyring *ring, const zp_minted *made, EVP_PKEY *by)
{
	uint8_t signature[ZP_SIGNATURE];
	size_t length = sizeof signature;
	drop(m->next);
	if (mkdir(m->next, 0755) != 0 || chmod(m->next, 0755) != 0) /* public, whatever the umask */
		return io(m->err, m->next, ZP_MESSAGE("the folder cannot be made"));
	bool good = true;
	for (size_t i = 0; i < ring->n && good; i++) {
		const char *id = ring->keys[i].id;
		good = made && strcmp(id, made->id) == 0 ? put_new(m, made) : copy(m, id, ".pem") && copy(m, id, ".root.crt") && copy(m, id, ".crt");
	}
	const char *list = zp_keylist_write(m->arena, ring);
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	if (good && (!list || !context || EVP_DigestSignInit(context, NULL, NULL, NULL, by) != 1 ||
		     EVP_DigestSign(context, signature, &length, (const unsigned char *)list, strlen(list)) != 1))
		good = zp_fail(m->err, ZP_BUG, NULL, 0, "OpenSSL cannot sign");
	EVP_MD_CTX_free(context);
	good = good && put(m, ZP_KEYLIST_FILE, list, strlen(list)) && put(m, ZP_KEYLIST_SIGNATURE, signature, length) && sync_folder(m, m->next) && switch_over(m);
	if (!good)
		drop(m->next);
	return good;
}

/* ---- new and rotate ---- */

static zp_public_key entry_of(zp_arena *arena, const zp_minted *made, const char *date)
{
	zp_public_key k = { .id = zp_arena_print(arena, "%s", made->id), .state = ZP_KEY_CURRENT, .from = date, .until = "", .why = "" };
	memcpy(k.key, made->key, sizeof k.key);
	return k;
}

/* Private keys first: a public one that nobody has the private one of would be of no use. */
static bool put_private(const making *m, const zp_minted *made)
{
	zp_passphrase p;
	const int box = zp_strongbox_open(m->wish->folder, m->err);
	bool good = box >= 0 && zp_passphrase_read(m->wish->passphrase, &p, m->err);
	if (good) {
		good = zp_strongbox_put(box, m->wish->folder, name_of(m, made->id, ".key"), made->ed25519, &p, m->err) &&
			zp_strongbox_put(box, m->wish->folder, name_of(m, made->id, ".rsa"), made->rsa, &p, m->err);
		zp_passphrase_wipe(&p);
	}
	if (box >= 0)
		close(box);
	return good;
}

static void take_back(const making *m, const zp_minted *made)
{
	unlink(zp_arena_print(m->arena, "%s/private/%s.key", m->wish->folder, made->id));
	unlink(zp_arena_print(m->arena, "%s/private/%s.rsa", m->wish->folder, made->id));
}

/* before: NULL for a new folder. */
static bool add(const making *m, const zp_keyring *before, const char *name, char id[static ZP_KEY_ID_TEXT])
{
	zp_minted made;
	const size_t n = before ? before->n : 0;
	if (n == ZP_KEYS_MOST)
		return zp_fail(m->err, ZP_BAD_INPUT, m->wish->folder, 0, "there are %d keys already; expected fewer", ZP_KEYS_MOST);
	if (!zp_mint(name, m->wish->date, m->wish->years, &made, m->err))
		return false;
	zp_public_key *keys = zp_take(m->arena, zp_public_key, n + 1);
	for (size_t i = 0; i < n; i++) {
		keys[i] = before->keys[i];
		if (keys[i].state == ZP_KEY_CURRENT)
			keys[i].state = ZP_KEY_RETIRED, keys[i].until = m->wish->date;
	}
	keys[n] = entry_of(m->arena, &made, m->wish->date);
	const zp_keyring ring = { name, keys, n + 1 };
	const bool good = put_private(m, &made) && write_public(m, &ring, &made, made.ed25519);
	if (good)
		memcpy(id, made.id, ZP_KEY_ID_TEXT);
	else if (!*m->switched) /* else the list names it, and only the last sync failed */
		take_back(m, &made);
	zp_minted_close(&made);
	return good;
}

static bool is_empty(const char *folder)
{
	DIR *dir = opendir(folder);
	bool empty = dir != NULL;
	for (const struct dirent *entry; dir && (entry = readdir(dir));)
		empty = empty && (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0);
	if (dir)
		closedir(dir);
	return empty;
}

static bool make_folders(const making *m)
{
	const char *folder = m->wish->folder, *private = zp_arena_print(m->arena, "%s/private", folder);
	const bool made = mkdir(folder, 0755) == 0;
	if (made ? chmod(folder, 0755) != 0 : errno != EEXIST) /* else nobody reaches what is public in it */
		return io(m->err, folder, ZP_MESSAGE("the folder cannot be made"));
	if (!is_empty(folder))
		return zp_fail(m->err, ZP_BAD_INPUT, folder, 0, "is not empty, or is no folder; expected one that is empty or does not exist (zhiping key rotate adds a key)");
	return mkdir(private, 0700) == 0 || io(m->err, private, ZP_MESSAGE("the folder cannot be made"));
}

static making begin(zp_arena *arena, const zp_key_wish *wish, zp_error *err)
{
	return (making){ arena, wish, zp_arena_print(arena, "%s/" NEXT, wish->folder), zp_arena_print(arena, "%s/public", wish->folder), zp_take(arena, bool, 1), err };
}

/* One at a time: of two lists that are made of the same one, the second would leave the other's key out. Gives: -1 where there are no locks. */
static int hold(const making *m)
{
	const int fd = open(m->wish->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0)
		TEMP_FAILURE_RETRY(flock(fd, LOCK_EX));
	return fd;
}

static void let_go(int held)
{
	if (held >= 0)
		close(held);
}

bool zp_keys_new(const zp_key_wish *wish, char id[static ZP_KEY_ID_TEXT], zp_error *err)
{
	zp_passphrase p;
	if (!zp_key_words(wish->name, ZP_KEY_NAME_MOST))
		return zp_fail(err, ZP_BAD_INPUT, NULL, 0, "the name of the centre is not usable; expected 1 to %d characters, without line ends or blanks around them",
			       ZP_KEY_NAME_MOST);
	if (!zp_passphrase_read(wish->passphrase, &p, err))
		return false;
	zp_passphrase_wipe(&p);
	zp_arena *arena = zp_arena_open();
	const making m = begin(arena, wish, err);
	bool good = make_folders(&m);
	if (good && !add(&m, NULL, wish->name, id)) {
		good = false;
		rmdir(zp_arena_print(arena, "%s/private", wish->folder));
	}
	zp_arena_close(arena);
	return good;
}

/* The current key, opened: who cannot, has no say about the list. A key that is lost, file and all, is let go. */
static bool open_current(const making *m, const zp_keyring *ring, EVP_PKEY **key)
{
	const zp_public_key *current = zp_keylist_current(ring);
	const char *name = current ? name_of(m, current->id, ".key") : "";
	zp_passphrase p;
	*key = NULL;
	if (!current || (access(zp_arena_print(m->arena, "%s/private/%s", m->wish->folder, name), F_OK) != 0 && errno == ENOENT))
		return true;
	const int box = zp_strongbox_open(m->wish->folder, m->err);
	if (box >= 0 && zp_passphrase_read(m->wish->passphrase, &p, m->err)) {
		*key = zp_strongbox_key(box, m->wish->folder, name, &p, m->err);
		zp_passphrase_wipe(&p);
	}
	if (box >= 0)
		close(box);
	uint8_t own[32];
	size_t n = sizeof own;
	if (!*key || (EVP_PKEY_get_raw_public_key(*key, own, &n) == 1 && n == 32 && memcmp(own, current->key, 32) == 0))
		return *key != NULL;
	EVP_PKEY_free(*key);
	*key = NULL;
	return zp_fail(m->err, ZP_BAD_INPUT, m->wish->folder, 0, "the private key %s is not the one of the list", current->id);
}

static bool not_before(const making *m, const zp_public_key *k)
{
	return strcmp(m->wish->date, k->from) >= 0 ||
	       zp_fail(m->err, ZP_BAD_INPUT, NULL, 0, "the day %s lies before the first day of the key %s, %s; expected it or a later one", m->wish->date, k->id, k->from);
}

bool zp_keys_rotate(const zp_key_wish *wish, char id[static ZP_KEY_ID_TEXT], zp_error *err)
{
	zp_arena *arena = zp_arena_open();
	const making m = begin(arena, wish, err);
	const int held = hold(&m);
	EVP_PKEY *old = NULL;
	const zp_keyring *ring = zp_keyring_read(arena, m.public, err);
	const bool good = ring && not_before(&m, &ring->keys[ring->n - 1]) && open_current(&m, ring, &old) && add(&m, ring, ring->name, id);
	EVP_PKEY_free(old);
	let_go(held);
	zp_arena_close(arena);
	return good;
}

/* ---- retire and revoke ---- */

/* The list with one key changed, signed by the current one. */
static bool change(const making *m, const zp_keyring *ring, const zp_public_key *k, zp_key_state state)
{
	EVP_PKEY *by = NULL;
	zp_public_key *keys = zp_take(m->arena, zp_public_key, ring->n);
	memcpy(keys, ring->keys, ring->n * sizeof *keys);
	zp_public_key *now = &keys[k - ring->keys];
	now->state = state, now->until = m->wish->date, now->why = state == ZP_KEY_REVOKED ? m->wish->reason : "";
	const zp_keyring changed = { ring->name, keys, ring->n };
	if (!open_current(m, ring, &by))
		return false;
	if (!by)
		return zp_fail(m->err, ZP_BAD_INPUT, m->wish->folder, 0, "the key that is current is not here, so that the list cannot be signed; zhiping key rotate makes a new one");
	const bool good = write_public(m, &changed, NULL, by);
	EVP_PKEY_free(by);
	return good;
}

static const zp_public_key *find(const making *m, const zp_keyring *ring)
{
	for (size_t i = 0; i < ring->n; i++)
		if (strcmp(ring->keys[i].id, m->wish->id) == 0)
			return not_before(m, &ring->keys[i]) ? &ring->keys[i] : NULL;
	zp_fail(m->err, ZP_BAD_INPUT, m->wish->folder, 0, "there is no key \"%s\"; zhiping key list tells them", m->wish->id);
	return NULL;
}

static bool may_revoke(const making *m, const zp_keyring *ring, const zp_public_key *k)
{
	if (k->state == ZP_KEY_REVOKED)
		return zp_fail(m->err, ZP_BAD_INPUT, m->wish->folder, 0, "the key %s was revoked already, on %s", k->id, k->until);
	if (!zp_key_words(m->wish->reason, ZP_KEY_WHY_MOST))
		return zp_fail(m->err, ZP_BAD_INPUT, NULL, 0, "the reason is not usable; expected 1 to %d characters, without line ends or blanks around them", ZP_KEY_WHY_MOST);
	return (k->state != ZP_KEY_CURRENT && zp_keylist_current(ring)) ||
	       zp_fail(m->err, ZP_BAD_INPUT, m->wish->folder, 0, "a revocation is signed by another key that is current; expected zhiping key rotate first");
}

static bool change_one(const zp_key_wish *wish, zp_key_state state, zp_error *err)
{
	zp_arena *arena = zp_arena_open();
	const making m = begin(arena, wish, err);
	const int held = hold(&m);
	const zp_keyring *ring = zp_keyring_read(arena, m.public, err);
	const zp_public_key *k = ring ? find(&m, ring) : NULL;
	bool good = k != NULL;
	if (good && state == ZP_KEY_REVOKED)
		good = may_revoke(&m, ring, k);
	else if (good && k->state != ZP_KEY_CURRENT)
		good = zp_fail(err, ZP_BAD_INPUT, wish->folder, 0, "the key %s is not current any more", k->id);
	good = good && change(&m, ring, k, state);
	let_go(held);
	zp_arena_close(arena);
	return good;
}

bool zp_keys_retire(const zp_key_wish *wish, zp_error *err) { return change_one(wish, ZP_KEY_RETIRED, err); }
bool zp_keys_revoke(const zp_key_wish *wish, zp_error *err) { return change_one(wish, ZP_KEY_REVOKED, err); }
