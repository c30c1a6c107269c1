/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "press/walked.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/file.h"
#include "base/words.h"

#define DEPTH_MOST 16
#define FILES_MOST 4000000
#define BUFFER 262144

static int by_name(const void *a, const void *b) { return strcmp(((const zp_walked_file *)a)->name, ((const zp_walked_file *)b)->name); }

static void add(zp_arena *arena, zp_walked *w, const char *name, bool ordinary)
{
	w->at = zp_arena_more(arena, w->at, w->n, &w->room, sizeof *w->at);
	w->at[w->n++] = (zp_walked_file){ name, ordinary };
}

static bool walk(zp_arena *arena, const char *folder, const char *within, unsigned depth, zp_walked *w, zp_error *err)
{
	const char *path = *within ? zp_arena_print(arena, "%s/%s", folder, within) : folder;
	DIR *dir = depth < DEPTH_MOST ? opendir(path) : NULL;
	if (!dir)
		return zp_fail(err, ZP_IO, path, 0, "the folder cannot be read: %s", zp_say_errno(depth < DEPTH_MOST ? errno : ELOOP));
	bool good = true;
	for (const struct dirent *entry; good && (entry = readdir(dir));) {
		struct stat about;
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		const char *name = *within ? zp_arena_print(arena, "%s/%s", within, entry->d_name) : zp_arena_print(arena, "%s", entry->d_name);
		const bool there = fstatat(dirfd(dir), entry->d_name, &about, AT_SYMLINK_NOFOLLOW) == 0;
		if (there && S_ISDIR(about.st_mode))
			good = walk(arena, folder, name, depth + 1, w, err);
		else
			add(arena, w, name, there && S_ISREG(about.st_mode));
		if (w->n > FILES_MOST)
			good = zp_fail(err, ZP_BAD_INPUT, folder, 0, "there are more than %d files", FILES_MOST);
	}
	closedir(dir);
	return good;
}

bool zp_walk(zp_arena *arena, const char *folder, zp_walked *w, zp_error *err)
{
	*w = (zp_walked){ .n = 0 };
	if (!walk(arena, folder, "", 0, w, err))
		return false;
	if (w->n)
		qsort(w->at, w->n, sizeof *w->at, by_name);
	return true;
}

bool zp_walked_digest(const char *path, zp_input *out, const char **why)
{
	*out = (zp_input){ .name = path };
	const int fd = zp_file_open(path, &out->size, why);
	if (fd < 0)
		return false;
	char *buffer = malloc(BUFFER);
	if (!buffer)
		abort();
	zp_digest *digest = zp_digest_open();
	ssize_t got;
	out->size = 0;
	while ((got = read(fd, buffer, BUFFER)) > 0 || (got < 0 && errno == EINTR))
		if (got > 0)
			zp_digest_add(digest, buffer, (size_t)got), out->size += (uint64_t)got;
	zp_digest_close(digest, out->sha256);
	free(buffer);
	close(fd);
	*why = "cannot be read to its end";
	return got == 0;
}
