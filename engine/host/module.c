/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "host/module.h"
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/confine.h"
#include "base/file.h"
#include "base/words.h"

#define MODULE_MOST ((off_t)256 << 20)
#ifndef MFD_EXEC
#define MFD_EXEC 0x10u
#endif

static bool may_be(const char *path, const struct stat *about, zp_error *err)
{
	if (!S_ISREG(about->st_mode)) /* a pipe would keep the loader waiting */
		return zp_fail(err, ZP_BAD_PLUGIN, path, 0, "is not a regular file; expected a plugin");
	if (about->st_uid != 0 && about->st_uid != geteuid())
		return zp_fail(err, ZP_BAD_PLUGIN, path, 0, "belongs to another user; expected a plugin of root or of the user who runs the program");
	if (about->st_mode & (S_IWGRP | S_IWOTH))
		return zp_fail(err, ZP_BAD_PLUGIN, path, 0, "may be written by others; expected a plugin that its owner alone can change (chmod go-w)");
	return about->st_size <= MODULE_MOST || zp_fail(err, ZP_BAD_PLUGIN, path, 0, "is larger than 256 MiB; expected a plugin");
}

static int open_module(const char *path, struct stat *about, zp_error *err)
{
	const int fd = (int)TEMP_FAILURE_RETRY(open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
	if (fd < 0 && errno == ELOOP)
		zp_fail(err, ZP_BAD_PLUGIN, path, 0, "is a symbolic link; expected the plugin itself");
	else if (fd < 0 && errno != ENOENT && errno != ENOTDIR)
		zp_fail(err, ZP_BAD_PLUGIN, path, 0, "cannot be opened: %s", zp_say_errno(errno));
	else if (fd < 0 || fstat(fd, about) != 0)
		zp_fail(err, ZP_BAD_PLUGIN, path, 0, "there is no such file; expected a plugin");
	else if (may_be(path, about, err))
		return fd;
	if (fd >= 0)
		close(fd);
	return -1;
}

/* Memory that can be loaded; the second way is that of kernels that do not know the flag. */
static int open_memory(const char *path)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	const int memory = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING | MFD_EXEC);
	return memory >= 0 || errno != EINVAL ? memory : memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);
}

/* The digest of the bytes, and the bytes into memory, if there is any: to < 0. */
static bool take_in(int from, off_t n, int to, char sha256[static ZP_DIGEST_TEXT])
{
	char bytes[1u << 16];
	bool good = lseek(from, 0, SEEK_SET) == 0;
	zp_digest *digest = zp_digest_open();
	while (n && good) {
		const size_t some = n < (off_t)sizeof bytes ? (size_t)n : sizeof bytes;
		good = zp_fd_read(from, bytes, some) && (to < 0 || zp_fd_write(to, bytes, some));
		if (good)
			zp_digest_add(digest, bytes, some);
		n -= (off_t)some;
	}
	zp_digest_close(digest, sha256);
	return good;
}

/* The same, sealed; what lies there is looked at again, since half a library would not end well. */
static bool take_into(int memory, int from, off_t n, char sha256[static ZP_DIGEST_TEXT])
{
	char again[ZP_DIGEST_TEXT];
	return take_in(from, n, memory, sha256) && fcntl(memory, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) == 0 &&
	       take_in(memory, n, -1, again) && strcmp(again, sha256) == 0;
}

/* What the loader said, without the path that it begins with: ours is told before it. */
static const char *loader_says(const char *path)
{
	const char *says = dlerror();
	const size_t n = strlen(path);
	if (!says)
		return "the loader gave no reason";
	return strncmp(says, path, n) == 0 && strncmp(says + n, ": ", 2) == 0 ? says + n + 2 : says;
}

/* It stays open: the loader knows what it has loaded by its name, which must not be given again. */
static void *load_open(const char *path, int fd, zp_error *err)
{
	char name[64];
	snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
	void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
	if (!library) {
		zp_fail(err, ZP_BAD_PLUGIN, path, 0, "cannot be loaded: %s", loader_says(name));
		close(fd);
	}
	return library;
}

/* Sanitizers and debuggers find the lines of a module by its file. */
static void *load_file(const char *path, zp_error *err)
{
	char exact[4096]; /* a name without a folder is this folder's file, never one from the loader's search path */
	snprintf(exact, sizeof exact, "%s%s", strchr(path, '/') ? "" : "./", path);
	void *library = dlopen(exact, RTLD_NOW | RTLD_LOCAL);
	if (!library)
		zp_fail(err, ZP_BAD_PLUGIN, path, 0, "cannot be loaded: %s", loader_says(exact));
	return library;
}

/* Where memory cannot be had as a file, or may not be as large (ulimit -f), the file itself is loaded, as it was opened. */
void *zp_module_load(const char *path, char sha256[static ZP_DIGEST_TEXT], zp_error *err)
{
	struct stat about;
	const int file = open_module(path, &about, err);
	if (file < 0)
		return NULL;
	int memory = ZP_WATCHED ? -1 : open_memory(path);
	if (memory >= 0 && take_into(memory, file, about.st_size, sha256)) {
		close(file);
		return load_open(path, memory, err);
	}
	if (memory >= 0)
		close(memory);
	const bool known = take_in(file, about.st_size, -1, sha256);
	if (known && !ZP_WATCHED)
		return load_open(path, file, err);
	close(file);
	if (known)
		return load_file(path, err);
	zp_fail(err, ZP_BAD_PLUGIN, path, 0, "cannot be read to its end; expected a plugin");
	return NULL;
}
