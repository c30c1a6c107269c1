/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program's own malloc: that of the C library, but for its failure, which ends the process.
 *
 * Libraries meet a failed allocation in ways of their own: one aborts, another leaves a text out and says all is well. A verdict or a
 * paper made after that could not be trusted, and there is nothing left to do without memory anyway. What is published is whole
 * or not there at whatever moment a run ends (docs/reliability.md), so ending is safe at every one of them. Whatever stands in this
 * file serves every library of the process, as the manual of the C library allows ("Replacing malloc").
 */
#include <dlfcn.h>
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include "base/memory.h"

#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
#define WATCHED 1
#elif defined __has_feature
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define WATCHED 1
#endif
#endif

#ifndef WATCHED /* sanitizers bring their own */

/* The next one in line, which is that of the C library or of a tool that was loaded before it. */
static void *next(const char *name)
{
	return zp_must(dlsym(RTLD_NEXT, name));
}

/* Asked once for each; threads that ask at the same time get the same answer. */
#define NEXT(name, type) \
	static type *cached; \
	type *found = __atomic_load_n(&cached, __ATOMIC_RELAXED); \
	if (!found) { \
		*(void **)&found = next(name); \
		__atomic_store_n(&cached, found, __ATOMIC_RELAXED); \
	}

#define FOR_ALL __attribute__((visibility("default")))

typedef void *take_bytes(size_t);
typedef void *take_many(size_t, size_t);
typedef void *take_again(void *, size_t);
typedef int take_into(void **, size_t, size_t);

FOR_ALL void *malloc(size_t n)
{
	NEXT("malloc", take_bytes)
	return zp_must(found(n));
}

FOR_ALL void *calloc(size_t n, size_t size)
{
	NEXT("calloc", take_many)
	return zp_must(found(n, size));
}

/* Nothing of a piece is no failure: the C library lets the piece go and gives NULL. */
FOR_ALL void *realloc(void *p, size_t n)
{
	NEXT("realloc", take_again)
	void *piece = found(p, n);
	return piece || (p && !n) ? piece : zp_must(NULL);
}

FOR_ALL int posix_memalign(void **p, size_t alignment, size_t n)
{
	NEXT("posix_memalign", take_into)
	const int why = found(p, alignment, n);
	if (why == ENOMEM)
		zp_no_memory();
	return why;
}

#endif
