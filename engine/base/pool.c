/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/pool.h"
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct work {
	void (*task)(void *context, size_t i, unsigned worker);
	void *context;
	size_t n;
	atomic_size_t next;
} work;

typedef struct worker {
	work *work;
	pthread_t thread;
	unsigned number;
} worker;

static void *work_on(void *self)
{
	const worker *w = self;
	work *all = w->work;
	for (;;) {
		size_t i = atomic_fetch_add_explicit(&all->next, 1, memory_order_relaxed);
		if (i >= all->n)
			return NULL;
		all->task(all->context, i, w->number);
	}
}

/* The caller is worker 0. A thread that cannot be had is done without: the tasks are the same. */
void zp_pool_run(unsigned threads, size_t n, void (*task)(void *context, size_t i, unsigned worker), void *context)
{
	work all = { task, context, n, 0 };
	worker own = { .work = &all };
	if (threads > n)
		threads = (unsigned)n;
	worker *others = threads > 1 ? calloc(threads - 1, sizeof *others) : NULL;
	unsigned started = 0;
	while (others && started + 1 < threads) {
		worker *w = &others[started];
		w->work = &all;
		w->number = started + 1;
		if (pthread_create(&w->thread, NULL, work_on, w) != 0)
			break;
		started++;
	}
	work_on(&own);
	for (unsigned i = 0; i < started; i++)
		pthread_join(others[i].thread, NULL);
	free(others);
}

/* Those this process may use: inside a container or under taskset fewer than there are. */
unsigned zp_pool_processors(void)
{
	cpu_set_t usable;
	CPU_ZERO(&usable);
	if (sched_getaffinity(0, sizeof usable, &usable) == 0 && CPU_COUNT(&usable) > 0)
		return (unsigned)CPU_COUNT(&usable);
	long online = sysconf(_SC_NPROCESSORS_ONLN);
	return online > 0 ? (unsigned)online : 1;
}
