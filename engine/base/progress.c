/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/progress.h"
#include <stdatomic.h>
#include <sys/mman.h>
#include "base/words.h"

struct zp_progress {
	atomic_uint stage; /* odd while one begins */
	_Atomic(const char *) word;
	atomic_size_t done, total;
};

zp_progress *zp_progress_open(void)
{
	void *shared = mmap(NULL, sizeof(zp_progress), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0); /* all zero */
	return shared == MAP_FAILED ? NULL : shared;
}

void zp_progress_close(zp_progress *p)
{
	if (p)
		munmap(p, sizeof *p);
}

void zp_progress_stage(zp_progress *p, const char *word, size_t total)
{
	if (!p)
		return;
	atomic_fetch_add(&p->stage, 1);
	atomic_store(&p->word, zp_say(word));
	atomic_store(&p->total, total);
	atomic_store(&p->done, 0);
	atomic_fetch_add(&p->stage, 1);
}

void zp_progress_step(zp_progress *p, size_t n)
{
	if (p)
		atomic_fetch_add_explicit(&p->done, n, memory_order_relaxed);
}

bool zp_progress_look(const zp_progress *p, zp_progress_view *view)
{
	const unsigned before = atomic_load(&p->stage);
	*view = (zp_progress_view){ before / 2, atomic_load(&p->word), atomic_load(&p->done), atomic_load(&p->total) };
	return before % 2 == 0 && atomic_load(&p->stage) == before;
}
