/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trust/strongbox.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/rand.h>
#include "base/confine.h"
#include "base/file.h"
#include "base/words.h"

#define KEY_FILE_MOST 16384
#define PATH_ROOM 8192 /* twice what the system takes: a path that was cut would be refused, and never another */
#define SCRYPT_N 16384 /* 16 MiB for each guess */
#define SCRYPT_R 8
#define SCRYPT_P 1
#define SALT 16

/* ---- who may see a file ---- */

static bool io(zp_error *err, const char *place, const char *what)
{
	return zp_fail(err, ZP_IO, place, 0, "%s: %s", zp_say(what), zp_say_errno(errno));
}

static bool is_own(const struct stat *about, const char *place, zp_error *err)
{
	if (about->st_uid != geteuid())
		return zp_fail(err, ZP_BAD_INPUT, place, 0, "belongs to another account; expected the one that zhiping runs as");
	return !(about->st_mode & 077) || zp_fail(err, ZP_BAD_INPUT, place, 0, "others could read or change it (mode %04o); expected what only its owner may use: chmod go= %s",
						  (unsigned)about->st_mode & 07777, place);
}

/* A regular file that only its owner may see, opened. Gives: -1 with the failure. */
static int open_own(int folder, const char *name, const char *place, zp_error *err)
{
	struct stat about;
	int fd = (int)TEMP_FAILURE_RETRY(openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY));
	if (fd < 0)
		return zp_fail(err, ZP_BAD_INPUT, place, 0, "cannot be opened (%s); expected a file that its owner may read, and no link", zp_say_errno(errno)), -1;
	if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode) || about.st_size > KEY_FILE_MOST)
		zp_fail(err, ZP_BAD_INPUT, place, 0, "is not an ordinary file of at most %d bytes", KEY_FILE_MOST);
	if (!err->code && is_own(&about, place, err))
		return fd;
	close(fd);
	return -1;
}

/* Gives: bytes read; -1. */
static ssize_t read_all(int fd, char *to, size_t room)
{
	size_t n = 0;
	while (n < room) {
		const ssize_t got = read(fd, to + n, room - n);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		n += (size_t)got;
	}
	return (ssize_t)n;
}

/* ---- the passphrase ---- */

void zp_passphrase_wipe(zp_passphrase *p)
{
	OPENSSL_cleanse(p, sizeof *p);
}

bool zp_passphrase_read(const char *file, zp_passphrase *p, zp_error *err)
{
	*p = (zp_passphrase){ .n = 0 };
	if (!file)
		return true;
	zp_confine_hide();
	const int fd = open_own(AT_FDCWD, file, file, err);
	if (fd < 0)
		return false;
	char text[ZP_PASSPHRASE_MOST + 2];
	const ssize_t got = read_all(fd, text, sizeof text);
	close(fd);
	if (got < 0)
		io(err, file, ZP_MESSAGE("cannot be read to its end"));
	for (; got > 0 && p->n < (size_t)got && p->n <= ZP_PASSPHRASE_MOST && text[p->n] != '\n' && text[p->n] != '\r'; p->n++)
		;
	if (!err->code && (p->n < ZP_PASSPHRASE_LEAST || p->n > ZP_PASSPHRASE_MOST || memchr(text, '\0', p->n)))
		zp_fail(err, ZP_BAD_INPUT, file, 1, "the first line is no passphrase; expected %d to %d bytes", ZP_PASSPHRASE_LEAST, ZP_PASSPHRASE_MOST);
	if (!err->code)
		memcpy(p->text, text, p->n);
	OPENSSL_cleanse(text, sizeof text);
	if (err->code)
		zp_passphrase_wipe(p);
	return !err->code;
}

/* What OpenSSL asks; without it, it would ask at the terminal. */
static int answer(char *to, int room, int writing, void *context)
{
	const zp_passphrase *p = *(const zp_passphrase *const *)context;
	(void)writing;
	if (!p->n || p->n > (size_t)room)
		return -1;
	memcpy(to, p->text, p->n);
	return (int)p->n;
}

/* ---- the folder ---- */

int zp_strongbox_open(const char *keys, zp_error *err)
{
	char place[PATH_ROOM];
	struct stat about;
	zp_confine_hide();
	snprintf(place, sizeof place, "%s/private", keys);
	const int fd = (int)TEMP_FAILURE_RETRY(open(place, O_RDONLY | O_CLOEXEC | O_DIRECTORY | O_NOFOLLOW));
	if (fd < 0)
		return zp_fail(err, ZP_BAD_INPUT, keys, 0, "is no folder of keys: private in it cannot be opened (%s); zhiping key new makes one", zp_say_errno(errno)), -1;
	if (fstat(fd, &about) != 0)
		io(err, place, ZP_MESSAGE("cannot be looked into"));
	if (!err->code && is_own(&about, place, err) && stat(keys, &about) == 0 && (about.st_mode & 022 || about.st_uid != geteuid()))
		zp_fail(err, ZP_BAD_INPUT, keys, 0, "others could change it; expected a folder that only its owner may change: chmod go-w %s", keys);
	if (!err->code)
		return fd;
	close(fd);
	return -1;
}

EVP_PKEY *zp_strongbox_key(int box, const char *keys, const char *name, const zp_passphrase *p, zp_error *err)
{
	char place[PATH_ROOM], text[KEY_FILE_MOST + 1];
	snprintf(place, sizeof place, "%s/private/%s", keys, name);
	const int fd = open_own(box, name, place, err);
	if (fd < 0)
		return NULL;
	const ssize_t n = read_all(fd, text, sizeof text - 1);
	close(fd);
	text[n > 0 ? n : 0] = '\0';
	const bool locked = strstr(text, "ENCRYPTED PRIVATE KEY") != NULL;
	BIO *in = n > 0 ? BIO_new_mem_buf(text, (int)n) : NULL;
	EVP_PKEY *key = NULL;
	if (in && (!locked || p->n))
		key = PEM_read_bio_PrivateKey(in, NULL, answer, &p);
	BIO_free(in);
	OPENSSL_cleanse(text, sizeof text);
	ERR_clear_error(); /* what OpenSSL says of it is told to nobody */
	if (!key)
		zp_fail(err, ZP_BAD_INPUT, place, 0, "%s", zp_say(!locked ? ZP_MESSAGE("is no private key (PKCS#8, PEM)")
							      : p->n    ? ZP_MESSAGE("cannot be opened with this passphrase")
									: ZP_MESSAGE("is locked; expected --passphrase FILE")));
	return key;
}

/* PKCS#8 as PEM. Gives: a memory BIO in secure hands, to be wiped by freeing; NULL. */
static BIO *written(EVP_PKEY *key, const zp_passphrase *p)
{
	BIO *out = BIO_new(BIO_s_secmem());
	if (!p->n) {
		if (out && PEM_write_bio_PKCS8PrivateKey(out, key, NULL, NULL, 0, NULL, NULL) == 1)
			return out;
		BIO_free(out);
		return NULL;
	}
	unsigned char salt[SALT];
	PKCS8_PRIV_KEY_INFO *plain = EVP_PKEY2PKCS8(key);
	X509_ALGOR *how = RAND_bytes(salt, sizeof salt) == 1 ? PKCS5_pbe2_set_scrypt(EVP_aes_256_cbc(), salt, sizeof salt, NULL, SCRYPT_N, SCRYPT_R, SCRYPT_P) : NULL;
	X509_SIG *sealed = plain && how ? PKCS8_set0_pbe(p->text, (int)p->n, plain, how) : NULL; /* takes `how` where it works */
	if (!sealed)
		X509_ALGOR_free(how);
	const bool good = out && sealed && PEM_write_bio_PKCS8(out, sealed) == 1;
	X509_SIG_free(sealed);
	PKCS8_PRIV_KEY_INFO_free(plain);
	if (good)
		return out;
	BIO_free(out);
	return NULL;
}

bool zp_strongbox_put(int box, const char *keys, const char *name, EVP_PKEY *key, const zp_passphrase *p, zp_error *err)
{
	char place[PATH_ROOM], *text;
	snprintf(place, sizeof place, "%s/private/%s", keys, name);
	BIO *out = written(key, p);
	const long n = out ? BIO_get_mem_data(out, &text) : 0;
	if (n <= 0) {
		BIO_free(out);
		ERR_clear_error();
		return zp_fail(err, ZP_BUG, place, 0, "OpenSSL cannot write a key");
	}
	const int fd = (int)TEMP_FAILURE_RETRY(openat(box, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
	bool good = fd >= 0 && zp_fd_write(fd, text, (size_t)n) && TEMP_FAILURE_RETRY(fsync(fd)) == 0;
	if (!good)
		io(err, place, ZP_MESSAGE("cannot be written"));
	OPENSSL_cleanse(text, (size_t)n);
	BIO_free(out);
	if (fd >= 0 && !zp_fd_close(fd) && good)
		good = io(err, place, ZP_MESSAGE("cannot be written"));
	return good && (TEMP_FAILURE_RETRY(fsync(box)) == 0 || io(err, place, ZP_MESSAGE("cannot be written")));
}
