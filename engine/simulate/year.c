/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulate/year.h"
#include "base/pool.h"

#define LABS_EACH 16 /* whose lines are put together before they are written */

/* A run of laboratories, and their lines. Filled by one thread, emptied by the first. */
typedef struct desk { zp_buffer iqc, evidence, performed; zp_sim_return own; } desk;

typedef struct writing { const zp_sim_world *world; const zp_sim_control *controls; desk *desks; size_t first; } writing;

static void write_lab(const writing *w, size_t lab, desk *at)
{
	if (!w->world->labs[lab].last)
		return;
	for (size_t p = 0; p < w->world->n_programmes; p++) {
		zp_sim_character_make(w->world, lab, p, &at->own);
		zp_sim_rows_iqc(w->world, w->controls, lab, p, &at->own, &at->iqc);
		zp_sim_rows_performed(w->world, w->controls, lab, p, &at->own, &at->performed);
	}
	zp_sim_rows_more(w->world, lab, &at->performed);
	zp_sim_rows_evidence(w->world, lab, &at->evidence);
}

static void fill_desk(void *self, size_t i, unsigned worker)
{
	const writing *w = self;
	desk *at = &w->desks[i];
	const size_t first = w->first + i * LABS_EACH;
	(void)worker;
	at->iqc.n = at->evidence.n = at->performed.n = 0;
	for (size_t lab = first; lab < first + LABS_EACH && lab < w->world->n_labs; lab++)
		write_lab(w, lab, at);
}

static desk *take_desks(zp_arena *arena, const zp_sim_world *world, size_t n)
{
	desk *desks = zp_take(arena, desk, n);
	for (size_t i = 0; i < n; i++) {
		zp_arena *own = zp_arena_within(arena); /* desks grow at the same time */
		desks[i].own = zp_sim_return_take(own, world);
		desks[i].iqc.arena = desks[i].evidence.arena = desks[i].performed.arena = own;
	}
	return desks;
}

typedef struct files { int iqc, evidence, performed; } files;

static int begin(const zp_folder *folder, const char *name, const char *header, zp_error *err)
{
	const int fd = zp_folder_open(folder, name, err);
	if (fd >= 0)
		zp_folder_put(fd, name, zp_text_of(header), err);
	return fd;
}

static bool put(int fd, const char *name, const zp_buffer *b, zp_error *err)
{
	return zp_folder_put(fd, name, (zp_text){ b->p, b->n }, err);
}

static void write_desks(writing *w, size_t n, const files *to, unsigned threads, zp_error *err)
{
	for (w->first = 0; w->first < w->world->n_labs && err->code == ZP_OK; w->first += n * LABS_EACH) {
		zp_pool_run(threads, n, fill_desk, w);
		zp_progress_step(w->world->wish->progress, n * LABS_EACH);
		for (size_t i = 0; i < n && err->code == ZP_OK; i++) {
			put(to->iqc, "iqc.csv", &w->desks[i].iqc, err);
			put(to->evidence, "evidence.csv", &w->desks[i].evidence, err);
			put(to->performed, "performed.csv", &w->desks[i].performed, err);
		}
	}
}

static void write_tables(zp_arena *arena, const zp_sim_world *world, const zp_folder *folder, unsigned threads, zp_error *err)
{
	const size_t n = 4 * (size_t)threads;
	writing w = { .world = world, .controls = zp_sim_control_take(arena, world), .desks = take_desks(arena, world, n) };
	const files to = { begin(folder, "iqc.csv", ZP_SIM_IQC_HEADER, err), begin(folder, "evidence.csv", ZP_SIM_EVIDENCE_HEADER, err),
			   begin(folder, "performed.csv", ZP_SIM_PERFORMED_HEADER, err) };
	zp_buffer centres = { .arena = arena };
	zp_progress_stage(world->wish->progress, "writing the year, laboratories", world->n_labs);
	if (err->code == ZP_OK)
		write_desks(&w, n, &to, threads, err);
	zp_sim_rows_centres(world, &centres);
	if (err->code == ZP_OK)
		put(to.evidence, "evidence.csv", &centres, err);
	if (to.iqc >= 0)
		zp_folder_close(to.iqc, "iqc.csv", err);
	if (to.evidence >= 0)
		zp_folder_close(to.evidence, "evidence.csv", err);
	if (to.performed >= 0)
		zp_folder_close(to.performed, "performed.csv", err);
}

/* What to do with all of it, as commands that can be copied. */
static void tell(const zp_sim_world *w, zp_buffer *b)
{
	const int year = w->when.year;
	zp_buffer_add_text(b, zp_arena_print(b->arena,
		"# 模拟年度 %d / An invented year\n\n"
		"%u 次活动、室内质控、评优资料和检验项目目录，全部是虚构的，同一批实验室。在上一级文件夹里依次运行：\n\n"
		"%u rounds, internal quality control, evidence and what is performed, all of it invented, of the same laboratories. From the folder\n"
		"above this one:\n\n```sh\n", year, w->when.rounds, w->when.rounds));
	for (unsigned k = 1; k <= w->when.rounds; k++)
		zp_buffer_add_text(b, zp_arena_print(b->arena, "zhiping close %u --into out --issued %d-%02u-28 --ledger ledger.sqlite\n", k, year,
						     zp_sim_when_of(w->wish, k).month));
	zp_buffer_add_text(b, zp_arena_print(b->arena,
		"zhiping year %d --ledger ledger.sqlite --into out --issued %d-01-20 --regions hubei --iqc year/iqc.csv --evidence year/evidence.csv \\\n"
		"  --performed year/performed.csv --recognition city --awards excellent-laboratory%s\n```\n\n", year, year + 1,
		w->departments ? ",excellent-transfusion" : ""));
	zp_buffer_add_text(b, zp_arena_print(b->arena,
		"退出码 1 不是错误：做完了，其中有些结果不能评价，程序已经说明。加 `--year %d`、同一 `--seed` 再模拟一次，就是同一批实验室的下一年。\n\n"
		"Exit code 1 is no failure: it was done, and something could not be evaluated, which is told. Simulate again with `--year %d` and the same\n"
		"`--seed` for the next year of the same laboratories.\n", year + 1, year + 1));
}

bool zp_sim_year_write(zp_arena *arena, const zp_sim_world *world, const zp_folder *folder, unsigned threads, zp_error *err)
{
	zp_buffer b = { .arena = arena };
	write_tables(arena, world, folder, threads, err);
	tell(world, &b);
	return err->code == ZP_OK && zp_folder_write(folder, "README.md", (zp_text){ b.p, b.n }, err);
}
