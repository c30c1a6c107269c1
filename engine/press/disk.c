/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "press/disk.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/file.h"
#include "base/words.h"

char *zp_joined(const char *a, const char *b)
{
	char *path = zp_must(malloc(strlen(a) + strlen(b) + 2));
	stpcpy(stpcpy(stpcpy(path, a), "/"), b);
	return path;
}

bool zp_disk_failed(zp_error *err, const char *what, const char *path)
{
	const int why = errno;
	zp_fail(err, ZP_IO, path, 0, "%s: %s", zp_say(what), zp_say_errno(why));
	errno = why;
	return false;
}

bool zp_disk_sync_folder(const char *path, mode_t mode, zp_error *err)
{
	const int fd = (int)TEMP_FAILURE_RETRY(open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
	if (fd < 0)
		return zp_disk_failed(err, ZP_MESSAGE("cannot be opened to be synced"), path);
	const bool good = (!mode || TEMP_FAILURE_RETRY(fchmod(fd, mode)) == 0 || zp_disk_failed(err, ZP_MESSAGE("cannot be given its mode; nothing is published"), path)) &&
			  (TEMP_FAILURE_RETRY(fsync(fd)) == 0 || zp_disk_failed(err, ZP_MESSAGE("cannot be synced; nothing is published"), path));
	return (zp_fd_close(fd) || zp_disk_failed(err, ZP_MESSAGE("cannot be closed; nothing is published"), path)) && good;
}

/* A folder that was just made is safe when the one it lies in knows of it. */
static bool sync_parent(const char *path, zp_error *err)
{
	char *parent = zp_must(strdup(path)), *slash = strrchr(parent, '/');
	if (slash)
		slash[slash == parent] = '\0';
	const bool good = zp_disk_sync_folder(slash ? parent : ".", 0, err);
	free(parent);
	return good;
}

static bool make_one(const char *path, mode_t exactly, zp_error *err)
{
	if (!zp_mkdir(AT_FDCWD, path, exactly))
		return errno == EEXIST || zp_disk_failed(err, ZP_MESSAGE("the folder cannot be made"), path);
	return sync_parent(path, err);
}

bool zp_disk_folders(const char *path, mode_t last, zp_error *err)
{
	char *own = zp_must(strdup(path));
	bool good = true;
	for (char *p = own + (*own != '\0'); good; p++) {
		if (*p && *p != '/')
			continue;
		const char was = *p;
		*p = '\0';
		good = make_one(own, was ? 0 : last, err);
		*p = was;
		if (!was)
			break;
	}
	free(own);
	return good;
}

static bool same_time(struct timespec a, struct timespec b) { return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec; }

bool zp_disk_is_same(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino && a->st_size == b->st_size && same_time(a->st_mtim, b->st_mtim);
}

bool zp_disk_is_untouched(const char *path, const struct stat *was)
{
	struct stat is;
	return lstat(path, &is) == 0 && zp_disk_is_same(&is, was) && same_time(is.st_ctim, was->st_ctim);
}
