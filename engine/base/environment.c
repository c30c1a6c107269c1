/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/environment.h"
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/error.h"
#include "base/words.h"

/* The language of messages, the terminal, and what tools need that watch a program. A name that ends in '_' begins others. */
static const char *const kept[] = { "LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "TERM", "TMPDIR", "LD_PRELOAD", "ASAN_", "LSAN_", "UBSAN_",
	"TSAN_", "MSAN_", "GCOV_", "LLVM_" };

/* What acts before main: the loader, and the C library when it takes its first memory or opens its first locale. */
static const char *const early[] = { "LD_", "GLIBC_TUNABLES", "MALLOC_", "GCONV_PATH", "LOCPATH", "NLSPATH", "GETCONF_DIR", "LIBC_FATAL_STDERR_" };

static bool is_of(const char *variable, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const size_t length = strlen(names[i]);
		if (strncmp(variable, names[i], length) == 0 && (names[i][length - 1] == '_' || variable[length] == '='))
			return true;
	}
	return false;
}

#define IS_OF(variable, names) is_of(variable, names, sizeof(names) / sizeof *(names))

/* Gives: whether one of them has acted already. */
static bool scrub(void)
{
	bool acted = false;
	char **to = environ;
	for (char **from = environ; from && *from; from++)
		if (IS_OF(*from, kept))
			*to++ = *from;
		else
			acted |= IS_OF(*from, early);
	if (to)
		*to = NULL;
	return acted;
}

/* A file that is opened later must not become what messages are printed to; and what cannot be printed is told as before, for these
 * can be read only, or written. */
static void open_missing(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0)
			(void)!open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY); /* the lowest that is free is this one */
}

void zp_environment_begin(char **argv)
{
	open_missing();
	if (scrub()) {
		execve("/proc/self/exe", argv, environ);
		fprintf(stderr, zp_say("zhiping: a variable of the environment changes how programs are loaded (LD_..., MALLOC_..., GLIBC_TUNABLES, "
				       "GCONV_PATH, LOCPATH), and the program cannot be begun again without it\n"));
		_exit(ZP_IO);
	}
	setenv("TZ", "UTC0", 1); /* libraries that ask for the zone get one answer on every machine */
	umask(umask(077) | 027);
}

const char *zp_environment_temporary(void)
{
	static const char name[] = "TMPDIR=";
	for (char **v = environ; v && *v; v++)
		if (strncmp(*v, name, sizeof name - 1) == 0 && (*v)[sizeof name - 1])
			return *v + sizeof name - 1;
	return "/tmp";
}

void zp_environment_scratch(const char *folder) { setenv("TMPDIR", folder, 1); }
