/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that are parsed as a whole, in child processes, or that are remembered from the last time. */
#include "base/pool.h"
#include "run/cache.h"
#include "run/intake.h"
#include "run/records.h"
#include "run/sandbox.h"

typedef struct wholes {
	zp_worker *workers;
	zp_sandbox **boxes; /* NULL for a worker that is not needed */
	size_t next;
	zp_cache *cache;
} wholes;

/* What the importer finds in the file that was loaded: from the cache when it holds that, else by the importer. */
static zp_text find_records(zp_worker *w, zp_sandbox *box, zp_cache *cache, zp_arena *arena, const char **why)
{
	zp_results_file *file = &w->in->files[w->file];
	zp_cache_key key;
	zp_text records = { NULL, 0 };
	if (cache) {
		zp_cache_key_of(cache, file, &key);
		records = zp_cache_find(cache, &key, arena);
	}
	if (records.p)
		return records;
	records = zp_sandbox_parse(box, file->importer->does.importer, file->name, file->stem, why);
	if (records.p && cache)
		zp_cache_keep(cache, &key, records);
	return records;
}

static void read_whole(zp_worker *w, zp_sandbox *box, zp_cache *cache)
{
	zp_results_file *file = &w->in->files[w->file];
	const zp_importer *importer = file->importer->does.importer;
	zp_sink sink = { w, zp_intake_put, zp_intake_refuse, zp_intake_refuse };
	bool refused;
	const char *why = NULL, *path = zp_arena_print(w->arena, "%s/%s", w->in->run->round_dir, file->name);
	zp_text records = { NULL, 0 };
	zp_arena *arena = zp_arena_open(); /* for what is remembered of this file */
	if (zp_sandbox_load(box, path, importer->whole_most, &file->input, &why).p)
		records = find_records(w, box, cache, arena, &why);
	if (records.p)
		why = zp_records_read(records, &sink, &refused);
	if (why && !(records.p && refused))
		zp_intake_refuse(w, ZP_NO_SHEET, 0, 0, "the file %s", why);
	zp_arena_close(arena);
}

static void read_wholes(void *context, size_t index, unsigned number)
{
	wholes *c = context;
	zp_worker *w = &c->workers[index];
	(void)number;
	zp_sandbox *box = c->boxes[index];
	for (size_t f; box && (f = __atomic_fetch_add(&c->next, 1, __ATOMIC_RELAXED)) < w->in->n_files;) {
		if (!w->in->files[f].importer->does.importer->whole_most)
			continue;
		zp_intake_begin(w, (uint32_t)f, 0);
		zp_progress_step(w->in->run->progress, 1);
		read_whole(w, box, c->cache);
	}
}

void zp_intake_read_wholes(zp_intake *in, zp_worker *workers)
{
	zp_run *run = in->run;
	const unsigned n = run->threads;
	size_t files = 0;
	for (size_t f = 0; f < in->n_files; f++)
		files += in->files[f].importer->does.importer->whole_most > 0;
	wholes all = { workers, zp_take(run->arena, zp_sandbox *, n), 0, run->remember ? zp_cache_open(run, files > 0) : NULL };
	for (unsigned i = 0; i < n; i++) {
		workers[i].phase = 1;
		all.boxes[i] = i < files ? zp_sandbox_open(run->spill) : NULL;
	}
	if (files)
		zp_pool_run(n, n, read_wholes, &all);
	for (unsigned i = 0; i < n; i++)
		if (all.boxes[i])
			zp_sandbox_close(all.boxes[i]);
	if (all.cache)
		zp_cache_close(all.cache, &run->recalled);
}
