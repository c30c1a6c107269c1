/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include "base/pool.h"

#define TASKS 10000

typedef struct seen {
	atomic_uint times[TASKS];
	atomic_uint busy[16];
	atomic_uint wrong;
	unsigned threads;
	size_t last; /* only with one thread */
	pthread_t caller;
} seen;

static void look(void *context, size_t i, unsigned worker)
{
	seen *s = context;
	if (worker >= s->threads || atomic_fetch_add(&s->busy[worker], 1) != 0)
		atomic_fetch_add(&s->wrong, 1);
	atomic_fetch_add(&s->times[i], 1);
	atomic_fetch_sub(&s->busy[worker], 1);
}

Test(pool, every_task_is_done_once)
{
	static const unsigned threads[] = { 1, 2, 3, 16 };
	for (size_t k = 0; k < sizeof threads / sizeof *threads; k++) {
		seen *s = calloc(1, sizeof *s);
		s->threads = threads[k];
		zp_pool_run(threads[k], TASKS, look, s);
		cr_assert_eq(s->wrong, 0);
		for (size_t i = 0; i < TASKS; i++)
			cr_assert_eq(s->times[i], 1);
		free(s);
	}
}

static void follow(void *context, size_t i, unsigned worker)
{
	seen *s = context;
	if (worker != 0 || i != s->last++ || !pthread_equal(pthread_self(), s->caller))
		atomic_fetch_add(&s->wrong, 1);
}

Test(pool, one_thread_is_the_caller_and_goes_in_order)
{
	for (unsigned threads = 0; threads < 2; threads++) {
		seen *s = calloc(1, sizeof *s);
		s->caller = pthread_self();
		zp_pool_run(threads, TASKS, follow, s);
		cr_assert_eq(s->wrong, 0);
		cr_assert_eq(s->last, TASKS);
		free(s);
	}
}

static void fail(void *context, size_t i, unsigned worker)
{
	(void)i;
	(void)worker;
	atomic_fetch_add((atomic_uint *)context, 1);
}

Test(pool, no_tasks_are_no_work)
{
	atomic_uint calls = 0;
	zp_pool_run(4, 0, fail, &calls);
	cr_assert_eq(calls, 0);
	zp_pool_run(16, 3, fail, &calls);
	cr_assert_eq(calls, 3);
}

static void wait_for_the_other(void *context, size_t i, unsigned worker)
{
	(void)i;
	(void)worker;
	pthread_barrier_wait(context);
}

Test(pool, two_threads_work_at_the_same_time, .timeout = 20)
{
	pthread_barrier_t barrier;
	pthread_barrier_init(&barrier, NULL, 2);
	zp_pool_run(2, 2, wait_for_the_other, &barrier);
	pthread_barrier_destroy(&barrier);
}

Test(pool, there_is_a_processor)
{
	cr_assert_geq(zp_pool_processors(), 1);
}
