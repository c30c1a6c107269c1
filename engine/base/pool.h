/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Work shared among threads. Tasks are numbered; each fills its own place, so that the result
 * does not depend on which thread did it or when. */
#ifndef ZP_BASE_POOL_H
#define ZP_BASE_POOL_H

#include <stddef.h>

/* Call task(context, i, worker) for every i < n, on `threads` threads; returns when all are done.
 * Tasks are handed out in order. worker < threads, and a worker runs one task at a time. */
void zp_pool_run(unsigned threads, size_t n, void (*task)(void *context, size_t i, unsigned worker), void *context);

/* The machine's processors, at least 1. */
unsigned zp_pool_processors(void);

#endif
