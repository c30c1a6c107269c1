/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/file.h"
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/memory.h"

int zp_file_open(const char *path, uint64_t *size, const char **why)
{
	int fd = (int)TEMP_FAILURE_RETRY(open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
	if (fd < 0) {
		*why = errno == ENOENT || errno == ENOTDIR ? "does not exist"
		     : errno == EACCES		       ? "may not be read (permission)"
						       : "cannot be opened";
		return -1;
	}
	struct stat about;
	if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode)) {
		*why = fstat(fd, &about) == 0 && S_ISDIR(about.st_mode) ? "is a folder; expected a file"
									: "is not an ordinary file";
		close(fd);
		return -1;
	}
	*size = (uint64_t)about.st_size;
	return fd;
}

bool zp_fd_read(int fd, void *to, size_t n)
{
	for (char *p = to; n;) {
		ssize_t got = read(fd, p, n);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		p += got;
		n -= (size_t)got;
	}
	return true;
}

bool zp_fd_write(int fd, const void *from, size_t n)
{
	for (const char *p = from; n;) {
		ssize_t wrote = write(fd, p, n);
		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote <= 0)
			return false;
		p += wrote;
		n -= (size_t)wrote;
	}
	return true;
}

bool zp_fd_close(int fd) { return close(fd) == 0 || errno == EINTR; }

bool zp_is_shared(int folder, const char *name)
{
	struct stat about;
	char *copy = zp_must(strdup(name));
	const bool shared = fstatat(folder, dirname(copy), &about, 0) == 0 && about.st_mode & S_ISGID && about.st_mode & S_IWGRP;
	free(copy);
	return shared;
}

bool zp_mkdir(int folder, const char *name, mode_t mode)
{
	const mode_t exactly = zp_is_shared(folder, name) ? S_ISGID | 0770 : mode;
	return TEMP_FAILURE_RETRY(mkdirat(folder, name, 0777)) == 0 && (!exactly || TEMP_FAILURE_RETRY(fchmodat(folder, name, exactly, 0)) == 0);
}

static const char *too_large(zp_arena *arena, uint64_t most)
{
	return zp_arena_print(arena, "is larger than %llu MiB", (unsigned long long)(most >> 20));
}

zp_text zp_file_read(zp_arena *arena, const char *path, uint64_t most, const char *name, zp_input *record, const char **why)
{
	zp_text none = { NULL, 0 };
	uint64_t size;
	int fd = zp_file_open(path, &size, why);
	if (fd < 0)
		return none;
	if (size > most) {
		close(fd);
		*why = too_large(arena, most);
		return none;
	}
	char *bytes = zp_arena_take(arena, (size_t)size + 1);
	size_t n = 0;
	for (;;) { /* the file may have changed since it was opened: what was read is what counts */
		ssize_t got = n <= size ? read(fd, bytes + n, (size_t)size + 1 - n) : 0;
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0) {
			close(fd);
			*why = "cannot be read to its end";
			return none;
		}
		if (got == 0)
			break;
		n += (size_t)got;
	}
	close(fd);
	if (n > size) {
		*why = "grew while it was read";
		return none;
	}
	bytes[n] = '\0';
	if (record) {
		zp_digest *digest = zp_digest_open();
		zp_digest_add(digest, bytes, n);
		zp_digest_close(digest, record->sha256);
		record->name = name;
		record->path = path;
		record->size = n;
	}
	return (zp_text){ bytes, n };
}

zp_text zp_text_decode(zp_arena *arena, zp_text bytes, const char **why, size_t *at)
{
	zp_text none = { NULL, 0 };
	const char *nul = bytes.n ? memchr(bytes.p, '\0', bytes.n) : NULL;
	if (bytes.n >= 2 && (memcmp(bytes.p, "\xff\xfe", 2) == 0 || memcmp(bytes.p, "\xfe\xff", 2) == 0)) {
		*why = "is UTF-16; expected UTF-8 or GB18030";
		*at = 0;
		return none;
	}
	if (nul) {
		*why = "holds a NUL byte";
		*at = (size_t)(nul - bytes.p);
		return none;
	}
	bool marked = bytes.n >= 3 && memcmp(bytes.p, "\xef\xbb\xbf", 3) == 0;
	size_t valid = zp_utf8_valid(bytes.p, bytes.n);
	if (valid == bytes.n)
		return marked ? (zp_text){ bytes.p + 3, bytes.n - 3 } : bytes;
	zp_text read = marked ? none : zp_gb18030_read(arena, bytes.p, bytes.n);
	if (!read.p) {
		*why = marked ? "begins as UTF-8 and is not well-formed UTF-8" : "is neither UTF-8 nor GB18030";
		*at = valid;
	}
	return read;
}
