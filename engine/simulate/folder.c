/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulate/folder.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/file.h"
#include "base/words.h"

#define TRIES 100 /* folders left behind by runs that were killed */

static bool not_made(zp_error *err, const char *name) { return zp_fail(err, ZP_IO, name, 0, "cannot be made (%s)", zp_say_errno(errno)); }
static bool not_written(zp_error *err, const char *name) { return zp_fail(err, ZP_IO, name, 0, "cannot be written (%s)", zp_say_errno(errno)); }

/* Whether `into` may be taken: absent, or a folder without content. */
static bool check_free(const char *into, zp_error *err)
{
	DIR *dir = opendir(into);
	if (!dir && errno == ENOENT)
		return true;
	if (!dir && errno == ENOTDIR)
		return zp_fail(err, ZP_BAD_USE, into, 0, "is not a folder; expected a folder that is empty or does not exist");
	if (!dir)
		return zp_fail(err, ZP_IO, into, 0, "cannot be looked into (%s)", zp_say_errno(errno));
	bool empty = true;
	for (const struct dirent *entry; (entry = readdir(dir));)
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			empty = false;
	closedir(dir);
	return empty || zp_fail(err, ZP_BAD_USE, into, 0, "is not empty; expected a folder that is empty or does not exist");
}

/* The folders that name lies in; those that are there already are fine. */
static bool make_parents(zp_arena *arena, const char *name, zp_error *err)
{
	for (const char *slash = strchr(name + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		const char *folder = zp_arena_text(arena, name, (size_t)(slash - name));
		if (!zp_mkdir(AT_FDCWD, folder, 0) && errno != EEXIST)
			return not_made(err, folder);
	}
	return true;
}

bool zp_folder_begin(zp_arena *arena, const char *into, zp_folder *out, zp_error *err)
{
	size_t n = strlen(into);
	while (n > 1 && into[n - 1] == '/')
		n--;
	const char *name = zp_arena_text(arena, into, n), *slash = strrchr(name, '/'), *last = slash ? slash + 1 : name;
	if (!*last || strcmp(last, ".") == 0 || strcmp(last, "..") == 0)
		return zp_fail(err, ZP_BAD_USE, into, 0, "is not a name for a new folder");
	if (!check_free(name, err) || !make_parents(arena, name, err))
		return false;
	for (int i = 0; i < TRIES; i++) {
		const char *path = zp_arena_print(arena, "%.*s.%s.part%d", (int)(last - name), name, last, i);
		if (zp_mkdir(AT_FDCWD, path, 0)) {
			*out = (zp_folder){ name, path };
			return true;
		}
		if (errno != EEXIST)
			return not_made(err, into);
	}
	return zp_fail(err, ZP_IO, into, 0, "has %d unfinished folders .%s.part* beside it; remove them", TRIES, last);
}

/* Gives: false when the name is too long for this system. */
static bool join(char out[static PATH_MAX], const zp_folder *folder, const char *name, zp_error *err)
{
	int n = snprintf(out, PATH_MAX, "%s/%s", folder->path, name);
	return (n > 0 && n < PATH_MAX) || zp_fail(err, ZP_IO, name, 0, "cannot be written: the path is too long");
}

bool zp_folder_make(const zp_folder *folder, const char *name, zp_error *err)
{
	char path[PATH_MAX];
	return join(path, folder, name, err) && (zp_mkdir(AT_FDCWD, path, 0) || not_made(err, name));
}

int zp_folder_open(const zp_folder *folder, const char *name, zp_error *err)
{
	char path[PATH_MAX];
	if (!join(path, folder, name, err))
		return -1;
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (fd < 0)
		not_written(err, name);
	return fd;
}

bool zp_folder_put(int fd, const char *name, zp_text bytes, zp_error *err)
{
	while (bytes.n) {
		ssize_t done = write(fd, bytes.p, bytes.n);
		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return not_written(err, name);
		bytes.p += done;
		bytes.n -= (size_t)done;
	}
	return true;
}

bool zp_folder_close(int fd, const char *name, zp_error *err)
{
	return close(fd) == 0 || not_written(err, name);
}

bool zp_folder_write(const zp_folder *folder, const char *name, zp_text bytes, zp_error *err)
{
	int fd = zp_folder_open(folder, name, err);
	if (fd < 0)
		return false;
	bool good = zp_folder_put(fd, name, bytes, err);
	return zp_folder_close(fd, name, err) && good;
}

bool zp_folder_end(const zp_folder *folder, zp_error *err)
{
	if (rename(folder->path, folder->into) == 0)
		return true;
	if (errno == ENOTEMPTY || errno == EEXIST)
		return zp_fail(err, ZP_IO, folder->into, 0, "was filled by someone else in the meantime");
	return not_made(err, folder->into);
}

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *where)
{
	(void)about, (void)kind, (void)where;
	return remove(path);
}

void zp_folder_drop(const zp_folder *folder)
{
	nftw(folder->path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}
