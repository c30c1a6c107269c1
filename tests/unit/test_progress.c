/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/pool.h"
#include "base/progress.h"

TestSuite(progress);

Test(progress, nobody_need_look_on)
{
	zp_progress_stage(NULL, "reading", 3);
	zp_progress_step(NULL, 1);
	zp_progress_close(NULL);
}

Test(progress, a_stage_begins_with_nothing_done)
{
	zp_progress *p = zp_progress_open();
	zp_progress_view v;
	cr_assert(zp_progress_look(p, &v));
	cr_expect(v.stage == 0 && !v.word);
	zp_progress_stage(p, "reading", 3);
	zp_progress_step(p, 2);
	cr_assert(zp_progress_look(p, &v));
	cr_expect(v.stage == 1 && v.done == 2 && v.total == 3 && strcmp(v.word, "reading") == 0);
	zp_progress_stage(p, "writing", 0);
	cr_assert(zp_progress_look(p, &v));
	cr_expect(v.stage == 2 && v.done == 0 && v.total == 0 && strcmp(v.word, "writing") == 0);
	zp_progress_close(p);
}

static void step(void *context, size_t i, unsigned worker)
{
	(void)i, (void)worker;
	zp_progress_step(context, 1);
}

Test(progress, no_step_of_threads_and_processes_is_lost)
{
	zp_progress *p = zp_progress_open();
	zp_progress_view v;
	pid_t child[3];
	zp_progress_stage(p, "writing", 40000);
	for (int i = 0; i < 3; i++)
		if ((child[i] = fork()) == 0) {
			zp_pool_run(2, 10000, step, p);
			_exit(0);
		}
	zp_pool_run(3, 10000, step, p);
	for (int i = 0; i < 3; i++)
		waitpid(child[i], NULL, 0);
	cr_assert(zp_progress_look(p, &v));
	cr_expect(v.done == 40000, "%zu", v.done);
	zp_progress_close(p);
}
