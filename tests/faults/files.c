/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loaded before a program (LD_PRELOAD): one file that is made, by its name, cannot be made or cannot be written.
 *
 *	FAULT_MAKE=NAME     making the file whose path ends with /NAME fails: no space left
 *	FAULT_WRITE=NAME    writing to it does
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static const char *make, *broken;
static int spoilt = -1; /* the descriptor of the file that cannot be written */

__attribute__((constructor)) static void begin(void)
{
	make = getenv("FAULT_MAKE");
	broken = getenv("FAULT_WRITE");
}

static bool ends_with(const char *path, const char *name)
{
	const size_t n = strlen(path), m = name ? strlen(name) : 0;
	return m && n > m && path[n - m - 1] == '/' && strcmp(path + n - m, name) == 0;
}

static int make_at(int folder, const char *path, int flags, mode_t mode)
{
	if (flags & O_CREAT && ends_with(path, make))
		return errno = ENOSPC, -1;
	const int fd = (int)syscall(SYS_openat, folder, path, flags, mode);
	if (fd >= 0 && flags & O_CREAT && ends_with(path, broken))
		spoilt = fd;
	else if (fd == spoilt)
		spoilt = -1;
	return fd;
}

/* The mode is there only where a file may be made; elsewhere what is read is not used. */
#define MODE(flags) \
	mode_t mode = 0; \
	if (flags & O_CREAT) { \
		va_list rest; \
		va_start(rest, flags); \
		mode = (mode_t)va_arg(rest, int); \
		va_end(rest); \
	}

__attribute__((visibility("default"))) int open(const char *path, int flags, ...)
{
	MODE(flags)
	return make_at(AT_FDCWD, path, flags, mode);
}

__attribute__((visibility("default"))) int open64(const char *path, int flags, ...)
{
	MODE(flags)
	return make_at(AT_FDCWD, path, flags, mode);
}

__attribute__((visibility("default"))) ssize_t write(int fd, const void *bytes, size_t n)
{
	if (fd == spoilt && fd >= 0)
		return errno = ENOSPC, -1;
	return syscall(SYS_write, fd, bytes, n);
}
