/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The last look before printing: every file is read again and compared with the digest of what was to be written. A disk that says it
 * has written what it has not is found here, while nothing is published yet. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/pool.h"
#include "base/words.h"
#include "press/disk.h"
#include "press/record.h"

#define BUFFER (64u << 10)

typedef struct proof {
	zp_press *press;
	pthread_mutex_t lock; /* for what follows */
	bool failed;
	zp_error *err;
} proof;

bool zp_proof_again(int fd, const zp_input *file, bool *same)
{
	char *buffer = zp_must(malloc(BUFFER));
	zp_digest *digest = zp_digest_open();
	char sha256[ZP_DIGEST_TEXT];
	uint64_t size = 0;
	ssize_t got;
	while ((got = TEMP_FAILURE_RETRY(read(fd, buffer, BUFFER))) > 0) {
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

static bool prove(const zp_press *press, int fd, const zp_input *file, const char *path, zp_error *err)
{
	bool same = false;
	if (!press->over_empty && TEMP_FAILURE_RETRY(fchmod(fd, ZP_VERSION_FILE_MODE)) != 0)
		return zp_disk_failed(err, ZP_MESSAGE("cannot be given its mode; nothing is published"), path);
	if (TEMP_FAILURE_RETRY(fsync(fd)) != 0)
		return zp_disk_failed(err, ZP_MESSAGE("cannot be synced; nothing is published"), path);
	if (!zp_proof_again(fd, file, &same))
		return zp_disk_failed(err, ZP_MESSAGE("cannot be read again; nothing is published"), path);
	return same || zp_fail(err, ZP_IO, path, 0, "the disk does not hold what was written to it; nothing is published");
}

static void prove_one(void *context, size_t i, unsigned worker)
{
	proof *p = context;
	(void)worker;
	pthread_mutex_lock(&p->lock);
	const bool over = p->failed; /* one failure is enough: nothing more is asked of that disk */
	pthread_mutex_unlock(&p->lock);
	if (over)
		return;
	const zp_input *file = &p->press->files[i];
	char *path = zp_joined(p->press->stage, file->name);
	zp_error err = { 0 };
	const int fd = (int)TEMP_FAILURE_RETRY(open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
	if (fd < 0)
		zp_disk_failed(&err, ZP_MESSAGE("cannot be opened to be synced"), path);
	else
		prove(p->press, fd, file, path, &err);
	if (fd >= 0 && !zp_disk_close(fd))
		zp_disk_failed(&err, ZP_MESSAGE("cannot be closed; nothing is published"), path);
	free(path);
	if (!err.code)
		return;
	pthread_mutex_lock(&p->lock);
	p->failed = true;
	zp_fail_as(p->err, &err);
	pthread_mutex_unlock(&p->lock);
}

bool zp_proof_read(zp_press *press, zp_error *err)
{
	proof p = { .press = press, .err = err };
	pthread_mutex_init(&p.lock, NULL);
	zp_pool_run(press->n < ZP_PROOF_ALONE ? 1 : press->workers, press->n, prove_one, &p);
	pthread_mutex_destroy(&p.lock);
	return !p.failed;
}
