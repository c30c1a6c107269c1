/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulate/simulate.h"
#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include "base/pool.h"
#include "base/words.h"
#include "simulate/folder.h"
#include "simulate/rows.h"
#include "simulate/year.h"

#define CHUNK_CELLS 16384 /* results that are put together before they are written: about 1.5 MB */
#define FILE_NAME 96

zp_simulation_wish zp_simulation_preset(void)
{
	return (zp_simulation_wish){
		.labs = 186, .samples = 5, .rounds = 1, .year = ZP_SIM_YEAR_FIRST, .seed = 1,
		.declared = { 1, 0.9, 0.6, 0.75 },
		.spread = { 0.7, 0.9, 1.3, 1.1 },
		.silent = 0.015, .late = 0.01,
		.swapped_samples = 0.003, .copied_results = 0.003,
		.unit_slip = 0.003, .decimal_slip = 0.003, .missing = 0.003,
		.swapped_measurands = 0.003, .repeated_results = 0.002, .thousand_slip = 0.0003, .hundred_slip = 0.0002,
		.false_sign = 0.0001, .scaled_copies = 0.2,
		.answers = { .wrong_side = 0.006, .grey = 0.002, .one_off = 0.06, .two_off = 0.01, .missed = 0.02, .extra = 0.01, .same_family = 0.03,
			     .other_answer = 0.006, .minor = 0.02, .major = 0.006, .very_major = 0.006, .discrepancy = 0.004, .index = 0.003,
			     .transcribed = 0.002 },
	};
}

static bool check_range(const char *what, double value, double least, double most, zp_error *err)
{
	if (value >= least && value <= most)
		return true;
	return zp_fail(err, ZP_BAD_USE, NULL, 0, "%s is %g; expected %g to %g", zp_say(what), value, least, most);
}

static bool check_wish(const zp_simulation_wish *wish, zp_error *err)
{
	const struct { const char *what; double value; } rates[] = {
		{ ZP_MESSAGE("the share of laboratories that return nothing"), wish->silent },
		{ ZP_MESSAGE("the share of late laboratories"), wish->late },
		{ ZP_MESSAGE("the rate of swapped samples"), wish->swapped_samples },
		{ ZP_MESSAGE("the rate of copied results"), wish->copied_results },
		{ ZP_MESSAGE("the rate of unit slips"), wish->unit_slip },
		{ ZP_MESSAGE("the rate of decimal slips"), wish->decimal_slip },
		{ ZP_MESSAGE("the rate of missing results"), wish->missing },
		{ ZP_MESSAGE("the rate of swapped measurands"), wish->swapped_measurands },
		{ ZP_MESSAGE("the rate of repeated results"), wish->repeated_results },
		{ ZP_MESSAGE("the rate of slips by a thousand"), wish->thousand_slip },
		{ ZP_MESSAGE("the rate of slips by a hundred"), wish->hundred_slip },
		{ ZP_MESSAGE("the rate of false signs"), wish->false_sign },
		{ ZP_MESSAGE("the part of scaled copies"), wish->scaled_copies },
		{ ZP_MESSAGE("the rate of answers on the wrong side"), wish->answers.wrong_side },
		{ ZP_MESSAGE("the rate of equivocal answers"), wish->answers.grey },
		{ ZP_MESSAGE("the rate of answers one grade off"), wish->answers.one_off },
		{ ZP_MESSAGE("the rate of answers two grades off"), wish->answers.two_off },
		{ ZP_MESSAGE("the rate of missed members"), wish->answers.missed },
		{ ZP_MESSAGE("the rate of members too many"), wish->answers.extra },
		{ ZP_MESSAGE("the rate of wrong codes of the family"), wish->answers.same_family },
		{ ZP_MESSAGE("the rate of other answers"), wish->answers.other_answer },
		{ ZP_MESSAGE("the rate of minor errors"), wish->answers.minor },
		{ ZP_MESSAGE("the rate of major errors"), wish->answers.major },
		{ ZP_MESSAGE("the rate of very major errors"), wish->answers.very_major },
		{ ZP_MESSAGE("the rate of discrepancies"), wish->answers.discrepancy },
		{ ZP_MESSAGE("the rate of contradicting indices"), wish->answers.index },
		{ ZP_MESSAGE("the rate of wrong transcription"), wish->answers.transcribed },
	};
	if (!wish->into || !*wish->into)
		return zp_fail(err, ZP_BAD_USE, NULL, 0, "no folder is named to write the round into");
	if (!wish->n_programmes)
		return zp_fail(err, ZP_BAD_USE, NULL, 0, "no programme is named to simulate");
	if (!check_range(ZP_MESSAGE("the number of laboratories"), (double)wish->labs, 1, ZP_SIM_LABS_MOST, err) ||
	    !check_range(ZP_MESSAGE("the number of samples"), (double)wish->samples, 1, ZP_SIM_SAMPLES_MOST, err) ||
	    !check_range(ZP_MESSAGE("the number of rounds"), (double)wish->rounds, 1, ZP_SIM_ROUNDS_MOST, err) ||
	    !check_range(ZP_MESSAGE("the year"), wish->year, ZP_SIM_YEAR_FIRST, wish->rounds > 1 ? ZP_SIM_YEAR_LAST : ZP_SIM_YEAR_FIRST, err))
		return false;
	for (size_t i = 0; i < sizeof rates / sizeof *rates; i++)
		if (!check_range(rates[i].what, rates[i].value, 0, 1, err))
			return false;
	for (int c = 0; c < ZP_SIM_CLASSES; c++)
		if (!check_range(ZP_MESSAGE("the share of measurands performed"), wish->declared[c], 0, 1, err) ||
		    !check_range(ZP_MESSAGE("the spread of a class"), wish->spread[c], 0, 10, err))
			return false;
	return true;
}

/* A run of laboratories, and their lines. A desk is filled by one thread, emptied by the first. */
typedef struct desk {
	zp_buffer results, late, enrolments, truth, own;
	zp_sim_return returned, other;
	zp_error err;
} desk;

typedef struct writing {
	const zp_sim_world *world;
	const zp_sim_texts *texts;
	const zp_folder *folder;
	desk *desks;
	size_t n_desks, labs_each, first; /* `first`: the laboratory that desk 0 begins with */
} writing;

/* The whole text in GB18030, as spreadsheets in Chinese write it. */
static zp_text to_gb18030(zp_arena *arena, zp_text utf8, const char *name, zp_error *err)
{
	iconv_t to = iconv_open("GB18030", "UTF-8");
	if (to == (iconv_t)-1) {
		zp_fail(err, ZP_IO, name, 0, "cannot be written: this system has no GB18030 converter");
		return (zp_text){ NULL, 0 };
	}
	size_t room = 2 * utf8.n + 4, left = room, n = utf8.n;
	char *out = zp_arena_take(arena, room), *end = out, *in = (char *)(uintptr_t)utf8.p;
	bool good = iconv(to, &in, &n, &end, &left) != (size_t)-1;
	iconv_close(to);
	if (good)
		return (zp_text){ out, room - left };
	zp_fail(err, ZP_IO, name, 0, "cannot be written: the rules have a character that GB18030 lacks");
	return (zp_text){ NULL, 0 };
}

static bool write_own(const writing *w, size_t lab, const char *name, desk *at)
{
	zp_text bytes = { at->own.p, at->own.n };
	bool good;
	if (!w->world->labs[lab].gb18030)
		return zp_folder_write(w->folder, name, bytes, &at->err);
	zp_arena *arena = zp_arena_open();
	bytes = to_gb18030(arena, bytes, name, &at->err);
	good = bytes.p && zp_folder_write(w->folder, name, bytes, &at->err);
	zp_arena_close(arena);
	return good;
}

/* Begin a laboratory's own file. */
static void open_own(const writing *w, size_t lab, desk *at)
{
	at->own.n = 0;
	if (w->world->labs[lab].marked)
		zp_buffer_add_text(&at->own, "\xEF\xBB\xBF");
}

/* The header of a long file, which a late laboratory's has a column more of. */
static void head_own(const writing *w, size_t lab, desk *at)
{
	open_own(w, lab, at);
	zp_buffer_add_text(&at->own, w->world->long_header);
	zp_buffer_add_text(&at->own, w->world->labs[lab].late ? ",received\n" : "\n");
}

/* A file of one programme: a grid, or the rows of a department. */
static bool write_one(const writing *w, size_t lab, size_t p, desk *at)
{
	const zp_sim_world *world = w->world;
	const bool department = zp_sim_has_department(world, lab, p);
	char code[ZP_SIM_CODE], name[FILE_NAME];
	zp_sim_code_in(world, lab, p, code);
	if (world->labs[lab].grid) {
		open_own(w, lab, at);
		zp_sim_rows_grid(world, w->texts, lab, p, &at->returned, &at->own);
	} else {
		head_own(w, lab, at);
		zp_sim_rows_long(world, w->texts, lab, p, &at->returned, &at->own);
	}
	if (world->n_programmes > 1 && !department)
		snprintf(name, sizeof name, "results/%s-%s.csv", code, world->programmes[p].rules->programme);
	else
		snprintf(name, sizeof name, "results/%s.csv", code);
	return write_own(w, lab, name, at);
}

/* The rows of all its programmes in one file, but for those of departments. */
static bool write_long(const writing *w, size_t lab, desk *at)
{
	const zp_sim_world *world = w->world;
	char code[ZP_SIM_CODE], name[FILE_NAME];
	head_own(w, lab, at);
	const size_t nothing = at->own.n;
	for (size_t p = 0; p < world->n_programmes; p++) {
		if (zp_sim_has_department(world, lab, p))
			continue;
		zp_sim_return_make(world, lab, p, &at->returned, &at->other);
		zp_sim_rows_long(world, w->texts, lab, p, &at->returned, &at->own);
	}
	zp_sim_code(world, lab, code);
	snprintf(name, sizeof name, "results/%s.csv", code);
	return at->own.n == nothing || write_own(w, lab, name, at);
}

/* One laboratory: its lines in the common files, and its own files where there are any. */
static void write_lab(const writing *w, size_t lab, desk *at)
{
	const zp_sim_world *world = w->world;
	const zp_sim_lab *self = &world->labs[lab];
	const bool own = !world->one_file && !self->silent;
	for (size_t p = 0; p < world->n_programmes && !self->away; p++) {
		zp_sim_return_make(world, lab, p, &at->returned, &at->other);
		zp_sim_row_enrolment(world, lab, p, &at->returned, &at->enrolments);
		zp_sim_rows_truth(world, w->texts, lab, p, &at->returned, &at->truth);
		if (world->one_file && !self->silent)
			zp_sim_rows_long(world, w->texts, lab, p, &at->returned, self->late ? &at->late : &at->results);
		else if (own && (self->grid || zp_sim_has_department(world, lab, p)) && !write_one(w, lab, p, at)) /* a grid holds one programme */
			return;
	}
	if (own && !self->grid)
		write_long(w, lab, at);
}

static void fill_desk(void *self, size_t i, unsigned worker)
{
	const writing *w = self;
	desk *at = &w->desks[i];
	size_t first = w->first + i * w->labs_each, last = first + w->labs_each;
	(void)worker;
	at->results.n = at->late.n = at->enrolments.n = at->truth.n = 0;
	for (size_t lab = first; lab < last && lab < w->world->n_labs && at->err.code == ZP_OK; lab++)
		write_lab(w, lab, at);
}

static desk *take_desks(zp_arena *arena, const zp_sim_world *world, size_t n)
{
	desk *desks = zp_take(arena, desk, n);
	for (size_t i = 0; i < n; i++) {
		zp_arena *own = zp_arena_within(arena); /* desks grow at the same time */
		desks[i].returned = zp_sim_return_take(own, world);
		desks[i].other = zp_sim_return_take(own, world);
		desks[i].results.arena = desks[i].late.arena = desks[i].enrolments.arena = own;
		desks[i].truth.arena = desks[i].own.arena = own;
	}
	return desks;
}

/* The files that all laboratories share, written as desks come in. */
typedef struct common { int results, enrolments, truth; } common;

static bool put(int fd, const char *name, const zp_buffer *b, zp_error *err)
{
	return fd < 0 || zp_folder_put(fd, name, (zp_text){ b->p, b->n }, err);
}

static bool write_desks(writing *w, const common *files, unsigned threads, zp_buffer *late, zp_error *err)
{
	for (w->first = 0; w->first < w->world->n_labs; w->first += w->n_desks * w->labs_each) {
		zp_pool_run(threads, w->n_desks, fill_desk, w);
		zp_progress_step(w->world->wish->progress, w->n_desks * w->labs_each);
		for (size_t i = 0; i < w->n_desks; i++) {
			const desk *at = &w->desks[i];
			if (at->err.code != ZP_OK) {
				*err = at->err;
				return false;
			}
			zp_buffer_add(late, (zp_text){ at->late.p, at->late.n });
			if (!put(files->results, "results/all.csv", &at->results, err) ||
			    !put(files->enrolments, "enrolments.csv", &at->enrolments, err) ||
			    !put(files->truth, "truth.csv", &at->truth, err))
				return false;
		}
	}
	return true;
}

static int begin(const zp_folder *folder, const char *name, zp_text header, zp_error *err)
{
	int fd = zp_folder_open(folder, name, err);
	if (fd >= 0)
		zp_folder_put(fd, name, header, err);
	return fd;
}

static bool finish(int fd, const char *name, zp_error *err)
{
	return fd < 0 || zp_folder_close(fd, name, err);
}

static bool write_returns(zp_arena *arena, const zp_sim_world *world, const zp_folder *folder, unsigned threads, zp_error *err)
{
	size_t cells = world->most_cells * world->n_programmes;
	writing w = { .world = world, .folder = folder, .texts = zp_sim_texts_take(arena, world) };
	w.labs_each = cells < CHUNK_CELLS ? CHUNK_CELLS / cells : 1;
	w.n_desks = 4 * (size_t)threads;
	w.desks = take_desks(arena, world, w.n_desks);
	zp_buffer late = { .arena = arena };
	zp_buffer_add_text(&late, zp_arena_print(arena, "%s,received\n", world->long_header));
	size_t nothing = late.n;
	common files = { .results = -1 };
	if (world->one_file)
		files.results = begin(folder, "results/all.csv", zp_text_of(zp_arena_print(arena, "%s\n", world->long_header)), err);
	files.enrolments = begin(folder, "enrolments.csv", ZP_TEXT("lab,programme,measurands\n"), err);
	files.truth = begin(folder, "truth.csv", ZP_TEXT(ZP_SIM_TRUTH_HEADER "\n"), err);
	zp_progress_stage(world->wish->progress, "writing the round, laboratories", world->n_labs);
	if (err->code == ZP_OK)
		write_desks(&w, &files, threads, &late, err);
	finish(files.results, "results/all.csv", err);
	finish(files.enrolments, "enrolments.csv", err);
	finish(files.truth, "truth.csv", err);
	if (err->code == ZP_OK && late.n > nothing)
		zp_folder_write(folder, "results/late.csv", (zp_text){ late.p, late.n }, err);
	return err->code == ZP_OK;
}

static bool write_plan(zp_arena *arena, const zp_sim_world *world, const zp_folder *folder, zp_error *err)
{
	zp_buffer b = { .arena = arena };
	zp_sim_announce(world, &b);
	if (!zp_folder_write(folder, "round.xml", (zp_text){ b.p, b.n }, err))
		return false;
	b.n = 0;
	zp_buffer_add_text(&b, world->departments ? "code,name,region,class,institution,department\n" : "code,name,region,class\n");
	for (size_t lab = 0; lab < world->n_labs; lab++)
		zp_sim_row_roster(world, lab, &b);
	if (!zp_folder_write(folder, "roster.csv", (zp_text){ b.p, b.n }, err))
		return false;
	b.n = 0;
	return !zp_sim_decisions(world, &b) || zp_folder_write(folder, "decisions.xml", (zp_text){ b.p, b.n }, err);
}

/* Everything of a round in a folder that has been begun. */
static bool write_round(zp_arena *arena, const zp_sim_world *world, const zp_folder *folder, unsigned threads, zp_error *err)
{
	return write_plan(arena, world, folder, err) && zp_folder_make(folder, "results", err) && write_returns(arena, world, folder, threads, err);
}

/* DIR/1 to DIR/n and DIR/year. Each round has an arena, so that no more is held than one of them needs. */
static bool write_year(const zp_simulation_wish *wish, const zp_registry *registry, const char *rules_dir, const zp_folder *folder, unsigned threads,
		       zp_error *err)
{
	for (unsigned number = 1; number <= wish->rounds + 1 && err->code == ZP_OK; number++) {
		const bool rest = number > wish->rounds;
		zp_arena *arena = zp_arena_open();
		const zp_sim_when when = zp_sim_when_of(wish, number);
		const zp_sim_world *world = zp_sim_world_take(arena, wish, &when, registry, rules_dir, err);
		const char *name = rest ? "year" : zp_arena_print(arena, "%u", number);
		const zp_folder within = { zp_arena_print(arena, "%s/%s", folder->into, name), zp_arena_print(arena, "%s/%s", folder->path, name) };
		if (world && zp_folder_make(folder, name, err) && rest)
			zp_sim_year_write(arena, world, &within, threads, err);
		else if (err->code == ZP_OK)
			write_round(arena, world, &within, threads, err);
		zp_arena_close(arena);
	}
	return err->code == ZP_OK;
}

static bool simulate(zp_arena *arena, const zp_simulation_wish *wish, const zp_registry *registry, const char *rules_dir,
		     zp_error *err)
{
	unsigned threads = wish->threads ? wish->threads : zp_pool_processors();
	zp_folder folder;
	if (!check_wish(wish, err))
		return false;
	const zp_sim_when alone = zp_sim_when_of(wish, wish->rounds > 1);
	const zp_sim_world *world = zp_sim_world_take(arena, wish, &alone, registry, rules_dir, err);
	if (!world || !zp_folder_begin(arena, wish->into, &folder, err))
		return false;
	if ((wish->rounds > 1 ? write_year(wish, registry, rules_dir, &folder, threads, err) : write_round(arena, world, &folder, threads, err)) &&
	    zp_folder_end(&folder, err))
		return true;
	zp_folder_drop(&folder);
	return false;
}

bool zp_simulate(const zp_simulation_wish *wish, const zp_registry *registry, const char *rules_dir, zp_error *err)
{
	zp_arena *arena = zp_arena_open();
	bool done = simulate(arena, wish, registry, rules_dir, err);
	zp_arena_close(arena);
	return done;
}
