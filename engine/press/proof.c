/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The last look before publishing: every file is synced, read again and compared with the digest of what was to be written; a large table
 * was compared, each piece after it was synced, behind its writer (stream.c), and has to be the same file still. A disk that says it has
 * written what it has not is found, while nothing is published yet. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/file.h"
#include "base/pool.h"
#include "base/words.h"
#include "press/direct.h"
#include "press/disk.h"
#include "press/record.h"

#define BUFFER (4u << 20)
#define FEW (64u << 10) /* enough for a small file */

bool zp_proof_again(int fd, const zp_input *file, bool *same)
{
	const bool large = file->size >= ZP_DIRECT_LEAST;
	const size_t room = large ? BUFFER : FEW;
	char *buffer = zp_direct_room(room);
	zp_digest *digest = zp_digest_open();
	char sha256[ZP_DIGEST_TEXT];
	uint64_t size = 0;
	ssize_t got;
	if (large)
		zp_direct(fd, true);
	while ((got = zp_direct_read(fd, buffer, room)) > 0) {
		zp_digest_add(digest, buffer, (size_t)got);
		size += (uint64_t)got;
	}
	const int why = errno;
	zp_digest_close(digest, sha256);
	free(buffer);
	errno = why;
	*same = size == file->size && strcmp(sha256, file->sha256) == 0;
	return got == 0;
}

/* compared: as it was when it was read behind the writer, or NULL. about: as it is; where it is read here, before that. */
static bool prove(const zp_press *press, int fd, const zp_input *file, const struct stat *compared, const char *path, struct stat *about, zp_error *err)
{
	bool same = false;
	if (!press->over_empty && TEMP_FAILURE_RETRY(fchmod(fd, ZP_VERSION_FILE_MODE)) != 0)
		return zp_disk_failed(err, ZP_MESSAGE("cannot be given its mode; nothing is published"), path);
	if (TEMP_FAILURE_RETRY(fsync(fd)) != 0)
		return zp_disk_failed(err, ZP_MESSAGE("cannot be synced; nothing is published"), path);
	if (fstat(fd, about) != 0 || !(compared || zp_proof_again(fd, file, &same)))
		return zp_disk_failed(err, ZP_MESSAGE("cannot be read again; nothing is published"), path);
	return same || (compared && (uint64_t)about->st_size == file->size && zp_disk_is_same(about, compared)) ||
	       zp_fail(err, ZP_IO, path, 0, "the disk does not hold what was written to it; nothing is published");
}

static bool prove_at(const zp_press *press, const zp_input *file, const struct stat *compared, const char *path, struct stat *about, zp_error *err)
{
	const int fd = (int)TEMP_FAILURE_RETRY(open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
	bool good = fd >= 0 ? prove(press, fd, file, compared, path, about, err) : zp_disk_failed(err, ZP_MESSAGE("cannot be opened to be synced"), path);
	if (fd >= 0 && !zp_fd_close(fd) && good)
		good = zp_disk_failed(err, ZP_MESSAGE("cannot be closed; nothing is published"), path);
	return good;
}

bool zp_proof_at(const zp_press *press, const zp_input *file, const char *path, struct stat *about, zp_error *err)
{
	return prove_at(press, file, NULL, path, about, err);
}

static bool prove_file(const zp_press *press, const zp_input *file, const struct stat *compared, struct stat *about, zp_error *err)
{
	char *path = zp_joined(press->stage, file->name);
	const bool good = prove_at(press, file, compared, path, about, err);
	free(path);
	return good;
}

/* ---- large files, while others are written ---- */

struct zp_proof {
	const zp_press *press;
	zp_input file;
	char *name; /* of the file */
	struct stat about; /* begins as `compared` says */
	pthread_t thread;
	bool compared, joined, good;
	zp_error err;
	zp_proof *next;
};

static void *prove_behind(void *self)
{
	zp_proof *p = self;
	const struct stat compared = p->about;
	p->good = prove_file(p->press, &p->file, p->compared ? &compared : NULL, &p->about, &p->err);
	return NULL;
}

void zp_proof_begin(zp_press *press, const zp_input *file, const struct stat *compared)
{
	if (press->aside || file->size < ZP_DIRECT_LEAST)
		return;
	zp_proof *p = zp_must(calloc(1, sizeof *p));
	*p = (zp_proof){ .press = press, .file = *file, .name = zp_must(strdup(file->name)), .compared = compared != NULL, .next = press->proofs };
	p->file.name = p->name;
	if (compared)
		p->about = *compared;
	if (pthread_create(&p->thread, NULL, prove_behind, p) == 0) {
		press->proofs = p;
		return;
	}
	free(p->name); /* it is read with the others */
	free(p);
}

/* Children that draw can write into the stage: what was proved before they began has to be what it was. Needs: the proofs were waited for. */
static bool is_proved(const zp_press *press, const char *name)
{
	const zp_proof *p = press->proofs;
	while (p && strcmp(p->name, name) != 0)
		p = p->next;
	if (!p)
		return false;
	char *path = zp_joined(press->stage, name);
	const bool untouched = zp_disk_is_untouched(path, &p->about);
	free(path);
	return untouched;
}

void zp_proofs_wait(zp_press *press)
{
	for (zp_proof *p = press->proofs; p; p = p->next) {
		if (!p->joined)
			pthread_join(p->thread, NULL);
		p->joined = true;
	}
}

static bool were_good(zp_press *press, zp_error *err)
{
	bool good = true;
	zp_proofs_wait(press);
	for (const zp_proof *p = press->proofs; p; p = p->next)
		good = (p->good || zp_fail_as(err, &p->err)) && good;
	return good;
}

void zp_proofs_drop(zp_press *press)
{
	zp_proofs_wait(press);
	for (zp_proof *p = press->proofs, *next; p; p = next) {
		next = p->next;
		free(p->name);
		free(p);
	}
	press->proofs = NULL;
}

/* ---- all the others ---- */

typedef struct proof {
	zp_press *press;
	pthread_mutex_t lock; /* for what follows */
	bool failed;
	zp_error *err;
} proof;

static void prove_one(void *context, size_t i, unsigned worker)
{
	proof *p = context;
	(void)worker;
	pthread_mutex_lock(&p->lock);
	const bool over = p->failed; /* one failure is enough: nothing more is asked of that disk */
	pthread_mutex_unlock(&p->lock);
	if (over)
		return;
	zp_error err = { 0 };
	struct stat about;
	if (is_proved(p->press, p->press->files[i].name) || prove_file(p->press, &p->press->files[i], NULL, &about, &err))
		return;
	pthread_mutex_lock(&p->lock);
	p->failed = true;
	zp_fail_as(p->err, &err);
	pthread_mutex_unlock(&p->lock);
}

bool zp_proof_read(zp_press *press, zp_error *err)
{
	if (!were_good(press, err))
		return false;
	proof p = { .press = press, .err = err };
	pthread_mutex_init(&p.lock, NULL);
	zp_pool_run(press->n < ZP_PROOF_ALONE ? 1 : press->workers, press->n, prove_one, &p);
	pthread_mutex_destroy(&p.lock);
	return !p.failed;
}
