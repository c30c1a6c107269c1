/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loaded before a program (LD_PRELOAD): its allocations are counted, and the n-th fails, or all from the n-th on.
 *
 *	FAULT_COUNTER=FILE   16 bytes, shared by all processes of a run: how many were asked for, how many failed
 *	FAULT_AT=N           the N-th fails, once
 *	FAULT_FROM=N         the N-th and all that follow fail
 *
 * All processes share the count, so that those of children have their turn as well.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void *__libc_memalign(size_t, size_t);

typedef struct counter { unsigned long asked, failed; } counter;

static counter *shared; /* NULL: not yet begun */
static unsigned long at, from;

static unsigned long number(const char *text)
{
	return text ? strtoul(text, NULL, 10) : 0;
}

__attribute__((constructor)) static void begin(void)
{
	const char *file = getenv("FAULT_COUNTER");
	const int fd = file ? open(file, O_RDWR | O_CLOEXEC) : -1;
	void *place = fd < 0 ? MAP_FAILED : mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (fd >= 0)
		close(fd);
	at = number(getenv("FAULT_AT"));
	from = number(getenv("FAULT_FROM"));
	if (place != MAP_FAILED)
		shared = place;
}

static int fails(void)
{
	if (!shared)
		return 0;
	const unsigned long n = __atomic_add_fetch(&shared->asked, 1, __ATOMIC_RELAXED);
	if (n != at && (!from || n < from))
		return 0;
	__atomic_add_fetch(&shared->failed, 1, __ATOMIC_RELAXED);
	errno = ENOMEM;
	return 1;
}

__attribute__((visibility("default"))) void *malloc(size_t n) { return fails() ? NULL : __libc_malloc(n); }
__attribute__((visibility("default"))) void *calloc(size_t n, size_t size) { return fails() ? NULL : __libc_calloc(n, size); }
__attribute__((visibility("default"))) void *realloc(void *p, size_t n) { return fails() ? NULL : __libc_realloc(p, n); }
__attribute__((visibility("default"))) void *aligned_alloc(size_t a, size_t n) { return fails() ? NULL : __libc_memalign(a, n); }

__attribute__((visibility("default"))) int posix_memalign(void **p, size_t a, size_t n)
{
	void *piece = fails() ? NULL : __libc_memalign(a, n);
	if (piece)
		*p = piece;
	return piece ? 0 : ENOMEM;
}
