/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What came in is kept as it came: INTO/ROUND/inputs/ab/abcdef…, named by its digest, beside all versions that were made of it. Copies
 * are written in the stage, so that one that was cut short goes away with it. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/chinese.h"
#include "base/file.h"
#include "base/pool.h"
#include "base/words.h"
#include "press/direct.h"
#include "press/disk.h"
#include "press/record.h"

#define BUFFER (4u << 20)
#define ON_THE_WAY ".kept" /* no file of a version begins with a point */

struct zp_keeping {
	zp_press *press;
	const zp_input *files;
	size_t n;
	char **targets; /* INTO/ROUND/inputs/ab/SHA256 */
	char **copies;  /* in the stage */
	bool *copied;   /* false: it is in the store */
	struct stat *about; /* of each copy, as it was when it was read again */
	unsigned workers;
	pthread_t thread;
	bool threaded;        /* and not joined */
	pthread_mutex_t lock; /* for failed and err */
	bool failed;
	zp_error err;
};

/* ---- one file ---- */

/* What lies there has the name of these bytes; whether it has them. */
static bool is_unaltered(const char *target, const zp_input *file, zp_error *err)
{
	bool same = false;
	const int fd = (int)TEMP_FAILURE_RETRY(open(target, O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
	const bool read = fd >= 0 && zp_proof_again(fd, file, &same);
	if (!read)
		zp_disk_failed(err, ZP_MESSAGE("cannot be read again; nothing is published"), target);
	if (fd >= 0)
		close(fd);
	return read && (same || zp_fail(err, ZP_IO, target, 0, "what was kept here is damaged: its digest is not the one that it is named by, which is that of %s", file->name));
}

/* A file is kept once. Gives: false when there is none yet, or with a failure when it is damaged. */
static bool is_kept(const char *target, const zp_input *file, zp_error *err)
{
	struct stat about;
	if (lstat(target, &about) != 0)
		return false;
	if (S_ISREG(about.st_mode) && (uint64_t)about.st_size == file->size)
		return is_unaltered(target, file, err);
	return zp_fail(err, ZP_IO, target, 0, "what was kept here is damaged: it has %llu bytes; expected the %llu of %s", (unsigned long long)about.st_size,
		       (unsigned long long)file->size, file->name);
}

static bool cannot_be_read(const char *path, zp_error *err) { return zp_disk_failed(err, ZP_MESSAGE("cannot be read to be kept; nothing is published"), path); }

static bool copy_bytes(int from, int to, const zp_input *file, const char *copy, zp_error *err)
{
	char *buffer = zp_direct_room(BUFFER);
	bool good = true;
	ssize_t got = 0;
	size_t n = 0; /* gathered, so that all but the last are whole */
	if (file->size >= ZP_DIRECT_LEAST)
		zp_direct(to, true);
	while (good && (got = TEMP_FAILURE_RETRY(read(from, buffer + n, BUFFER - n))) > 0) {
		n += (size_t)got;
		if (n < BUFFER)
			continue;
		good = zp_direct_put(to, copy, buffer, n, err);
		n = 0;
	}
	if (good && got < 0)
		good = cannot_be_read(file->path, err);
	good = good && zp_direct_put(to, copy, buffer, n, err);
	free(buffer);
	return good;
}

/* Whether the disk has what was read when the run began. Bytes are digested once, as they come back; where that is another digest the
 * source is looked at again, to tell who altered them. */
static bool is_on_disk(int from, int to, const char *copy, const zp_input *file, struct stat *about, zp_error *err)
{
	bool same = false, unaltered = false;
	if (fstat(to, about) != 0 || lseek(to, 0, SEEK_SET) != 0 || !zp_proof_again(to, file, &same))
		return zp_disk_failed(err, ZP_MESSAGE("cannot be read again; nothing is published"), copy);
	if (same)
		return true;
	if (lseek(from, 0, SEEK_SET) != 0 || !zp_proof_again(from, file, &unaltered))
		return cannot_be_read(file->path, err);
	return unaltered ? zp_fail(err, ZP_IO, copy, 0, "the disk does not hold what was written to it; nothing is published")
			 : zp_fail(err, ZP_BAD_INPUT, file->path, 0, "is not any more what was read: it has changed since the run began, and nothing is published");
}

static bool copy_into(int from, const zp_input *file, const char *copy, struct stat *about, zp_error *err)
{
	const int to = (int)TEMP_FAILURE_RETRY(open(copy, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
	if (to < 0)
		return zp_disk_failed(err, ZP_MESSAGE("the file cannot be made"), copy);
	bool good = copy_bytes(from, to, file, copy, err);
	if (good && TEMP_FAILURE_RETRY(fchmod(to, ZP_VERSION_FILE_MODE)) != 0)
		good = zp_disk_failed(err, ZP_MESSAGE("cannot be given its mode; nothing is published"), copy);
	if (good && TEMP_FAILURE_RETRY(fsync(to)) != 0)
		good = zp_disk_failed(err, ZP_MESSAGE("cannot be synced; nothing is published"), copy);
	good = good && is_on_disk(from, to, copy, file, about, err);
	return (zp_fd_close(to) || zp_disk_failed(err, ZP_MESSAGE("cannot be closed; nothing is published"), copy)) && good;
}

static bool copy_file(const zp_input *file, const char *copy, struct stat *about, zp_error *err)
{
	uint64_t size;
	const char *why = NULL;
	const int from = zp_file_open(file->path, &size, &why);
	if (from < 0)
		return zp_fail(err, ZP_BAD_INPUT, file->path, 0, "was read and cannot be kept now: it %s; nothing is published", zp_clause(why));
	const bool good = copy_into(from, file, copy, about, err);
	close(from);
	return good;
}

static void keep_one(void *context, size_t i, unsigned worker)
{
	zp_keeping *k = context;
	(void)worker;
	pthread_mutex_lock(&k->lock);
	const bool over = k->failed;
	pthread_mutex_unlock(&k->lock);
	if (over)
		return;
	zp_error err = { 0 };
	k->copied[i] = !is_kept(k->targets[i], &k->files[i], &err) && !err.code && copy_file(&k->files[i], k->copies[i], &k->about[i], &err);
	if (!err.code)
		return;
	pthread_mutex_lock(&k->lock);
	k->failed = true;
	zp_fail_as(&k->err, &err);
	pthread_mutex_unlock(&k->lock);
}

/* ---- all of them ---- */

static char *printed(const char *folder, const char *name, size_t n)
{
	const size_t room = strlen(folder) + strlen(name) + 24;
	char *path = zp_must(malloc(room));
	snprintf(path, room, "%s/%s/%zu", folder, name, n);
	return path;
}

static bool make_shelf(const char *folder, zp_error *err)
{
	return zp_mkdir(AT_FDCWD, folder, ZP_ROUND_FOLDER_MODE) || errno == EEXIST || zp_disk_failed(err, ZP_MESSAGE("the folder cannot be made"), folder);
}

/* The shelf of a file. */
static char *shelf_of(const zp_keeping *k, size_t i)
{
	const char shelf[3] = { k->files[i].sha256[0], k->files[i].sha256[1], '\0' };
	char *store = zp_joined(k->press->folder, "inputs"), *folder = zp_joined(store, shelf);
	free(store);
	return folder;
}

static bool prepare(zp_keeping *k, zp_error *err)
{
	char *way = zp_joined(k->press->stage, ON_THE_WAY);
	bool good = TEMP_FAILURE_RETRY(mkdir(way, 0700)) == 0 || errno == EEXIST || zp_disk_failed(err, ZP_MESSAGE("the folder cannot be made"), way);
	k->press->has_store |= good;
	for (size_t i = 0; i < k->n && good; i++) {
		char *folder = shelf_of(k, i);
		good = k->files[i].path || zp_fail(err, ZP_BUG, k->files[i].name, 0, "was read, and nobody knows where");
		k->targets[i] = zp_joined(folder, k->files[i].sha256);
		k->copies[i] = printed(k->press->stage, ON_THE_WAY, i);
		free(folder);
	}
	free(way);
	return good;
}

static bool make_shelves(const zp_keeping *k, zp_error *err)
{
	char *store = zp_joined(k->press->folder, "inputs");
	bool good = zp_disk_folders(store, ZP_ROUND_FOLDER_MODE, err);
	free(store);
	for (size_t i = 0; i < k->n && good; i++) {
		char *folder = shelf_of(k, i);
		good = make_shelf(folder, err);
		free(folder);
	}
	return good;
}

/* Children that draw can write into the stage: a copy has to be what it was when it was made. */
static bool is_still(const zp_keeping *k, size_t i, zp_error *err)
{
	struct stat about;
	return zp_disk_is_untouched(k->copies[i], &k->about[i]) || zp_proof_at(k->press, &k->files[i], k->copies[i], &about, err);
}

/* Another run, or a file of the same content, may have been quicker. */
static bool give_name(const zp_keeping *k, size_t i, zp_error *err)
{
	if (!k->copied[i])
		return true;
	if (!is_still(k, i, err))
		return false;
	if (TEMP_FAILURE_RETRY(renameat2(AT_FDCWD, k->copies[i], AT_FDCWD, k->targets[i], RENAME_NOREPLACE)) == 0)
		return true;
	if (errno != EEXIST)
		return zp_disk_failed(err, ZP_MESSAGE("the copy cannot be given its name; nothing is published"), k->targets[i]);
	TEMP_FAILURE_RETRY(unlink(k->copies[i]));
	return is_kept(k->targets[i], &k->files[i], err) || err->code || zp_fail(err, ZP_IO, k->targets[i], 0, "went away while it was looked at");
}

/* Names are safe when their folders are synced: those that were there as well, since whoever made them may have died before. */
static bool sync_shelves(const zp_keeping *k, zp_error *err)
{
	bool done[256] = { false }, good = true;
	for (size_t i = 0; i < k->n && good; i++) {
		const char shelf[3] = { k->files[i].sha256[0], k->files[i].sha256[1], '\0' };
		bool *was = &done[strtoul(shelf, NULL, 16) & 255];
		char *folder = shelf_of(k, i);
		good = *was || zp_disk_sync_folder(folder, 0, err);
		*was = true;
		free(folder);
	}
	char *store = zp_joined(k->press->folder, "inputs");
	good = good && zp_disk_sync_folder(store, 0, err);
	free(store);
	return good;
}

static void *copy_all(void *self)
{
	zp_keeping *k = self;
	zp_pool_run(k->workers, k->n, keep_one, k);
	return NULL;
}

void zp_press_keep_begin(zp_press *press, const zp_input *files, size_t n)
{
	zp_keeping *k = press->keeping = zp_must(calloc(1, sizeof *k));
	*k = (zp_keeping){ .press = press, .files = files, .n = n, .targets = zp_must(calloc(n + 1, sizeof(char *))), .copies = zp_must(calloc(n + 1, sizeof(char *))),
			   .copied = zp_must(calloc(n + 1, sizeof(bool))), .about = zp_must(calloc(n + 1, sizeof(struct stat))), .workers = n < ZP_PROOF_ALONE ? 1 : press->workers };
	pthread_mutex_init(&k->lock, NULL);
	k->failed = !prepare(k, &k->err);
	k->threaded = !k->failed && pthread_create(&k->thread, NULL, copy_all, k) == 0;
	if (!k->threaded && !k->failed) /* what a thread says of it is behind the lock */
		copy_all(k);
}

void zp_keeping_wait(zp_press *press)
{
	zp_keeping *k = press->keeping;
	if (k && k->threaded)
		pthread_join(k->thread, NULL);
	if (k)
		k->threaded = false;
}

void zp_keeping_drop(zp_press *press)
{
	zp_keeping *k = press->keeping;
	if (!k)
		return;
	pthread_mutex_lock(&k->lock);
	k->failed = true; /* no other copy is begun: nobody will give them their names */
	pthread_mutex_unlock(&k->lock);
	zp_keeping_wait(press);
	press->keeping = NULL;
	for (size_t i = 0; i < k->n; i++) {
		free(k->targets[i]);
		free(k->copies[i]);
	}
	pthread_mutex_destroy(&k->lock);
	free(k->targets);
	free(k->copies);
	free(k->copied);
	free(k->about);
	free(k);
}

bool zp_press_keep_end(zp_press *press, zp_error *err)
{
	const zp_keeping *k = press->keeping;
	zp_keeping_wait(press);
	bool good = (!k->failed || zp_fail_as(err, &k->err)) && make_shelves(k, err);
	for (size_t i = 0; i < k->n && good; i++)
		good = give_name(k, i, err);
	good = good && sync_shelves(k, err);
	zp_keeping_drop(press);
	return good;
}

bool zp_press_keep(zp_press *press, const zp_input *files, size_t n, zp_error *err)
{
	zp_press_keep_begin(press, files, n);
	return zp_press_keep_end(press, err);
}

bool zp_store_end(zp_press *press, zp_error *err)
{
	if (!press->has_store)
		return true;
	char *way = zp_joined(press->stage, ON_THE_WAY);
	press->has_store = TEMP_FAILURE_RETRY(rmdir(way)) != 0;
	const bool good = !press->has_store || zp_disk_failed(err, ZP_MESSAGE("the folder cannot be removed; nothing is published"), way);
	free(way);
	return good;
}
