/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the files of results/ to the columns of the round. */
#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include "base/file.h"
#include "base/memory.h"
#include "base/pool.h"
#include "base/words.h"
#include "run/arrivals.h"
#include "run/intake.h"

#define EASED (1u << 20) /* cells */

static int by_name(const void *a, const void *b)
{
	return strcmp(((const zp_results_file *)a)->name, ((const zp_results_file *)b)->name);
}

static const zp_plugin *importer_for(const zp_registry *registry, const char *ending)
{
	for (size_t i = 0; i < zp_registry_count(registry); i++) {
		const zp_plugin *p = zp_registry_at(registry, i);
		if (p->kind == ZP_IMPORTER && strcasecmp(p->does.importer->ending, ending) == 0)
			return p;
	}
	return NULL;
}

/* ".csv, .xlsx or .xml", for messages. */
static const char *endings_read(const zp_run *run)
{
	const char *all = "", *last = NULL;
	for (size_t i = 0; i < zp_registry_count(run->registry); i++) {
		const zp_plugin *p = zp_registry_at(run->registry, i);
		if (p->kind != ZP_IMPORTER)
			continue;
		if (last)
			all = zp_arena_print(run->arena, "%s%s.%s", all, *all ? ", " : "", last);
		last = p->does.importer->ending;
	}
	return last ? zp_arena_print(run->arena, "%s%s.%s", all, *all ? " or " : "", last) : "nothing: no importer is there";
}

/* The files of results/, by name. Hidden files, as editors and file managers leave them, are passed over. */
static bool list_files(zp_run *run, zp_intake *in)
{
	const char *path = zp_arena_print(run->arena, "%s/results", run->round_dir);
	DIR *folder = opendir(path);
	if (!folder) {
		zp_problem_add(run->input_problems, "results", 0, 0, "the folder does not exist or may not be read");
		return false;
	}
	size_t room = 64;
	zp_results_file *files = zp_must(malloc(room * sizeof *files));
	errno = 0; /* the end of the folder and a failure look the same but for it */
	for (struct dirent *entry; (entry = readdir(folder)); errno = 0) {
		if (entry->d_name[0] == '.')
			continue;
		const char *dot = strrchr(entry->d_name, '.');
		if (in->n_files == room)
			files = zp_must(realloc(files, (room *= 2) * sizeof *files));
		zp_results_file *f = &files[in->n_files++];
		*f = (zp_results_file){ .name = zp_arena_print(run->arena, "results/%s", entry->d_name),
					.stem = dot ? zp_arena_text(run->arena, entry->d_name, (size_t)(dot - entry->d_name))
						    : zp_arena_print(run->arena, "%s", entry->d_name),
					.importer = dot ? importer_for(run->registry, dot + 1) : NULL };
	}
	bool whole = errno == 0;
	closedir(folder);
	if (!whole)
		zp_problem_add(run->input_problems, "results", 0, 0, "the folder cannot be read to its end");
	qsort(files, in->n_files, sizeof *files, by_name);
	in->files = zp_take(run->arena, zp_results_file, in->n_files + 1);
	memcpy(in->files, files, in->n_files * sizeof *files);
	free(files);
	size_t usable = 0;
	for (size_t i = 0; i < in->n_files; i++) {
		zp_results_file f = in->files[i];
		f.input.name = f.name;
		if (!zp_text_is_plain(zp_text_of(f.name)))
			zp_problem_add(run->input_problems, f.name, 0, 0,
				       "the name of the file is not usable; expected UTF-8 in which every character can be seen");
		else if (!f.importer)
			zp_problem_add(run->input_problems, f.name, 0, 0,
				       "no importer reads files of this kind; expected a name that ends in %s", endings_read(run));
		else
			in->files[usable++] = f;
	}
	if (!in->n_files)
		zp_problem_add(run->input_problems, "results", 0, 0, "the folder holds no file: the round is empty");
	in->n_files = usable;
	return whole;
}

/* A cell for everything that is expected, empty as yet. */
static bool take_cells(zp_run *run, zp_intake *in, zp_error *err)
{
	const zp_roster *roster = run->roster;
	zp_round *r = run->round = zp_take(run->arena, zp_round, 1);
	if (roster->n_enrolments) {
		const zp_enrolment *last = &roster->enrolments[roster->n_enrolments - 1];
		r->n = last->first_cell + (size_t)last->n_declared * zp_run_programme(run, last)->n_samples;
	}
	if (!(r->value_m = ZP_RUN_COLUMN(run, int64_t, r->n, err)) || !(r->value_e = ZP_RUN_COLUMN(run, int8_t, r->n, err)) ||
	    !(r->kind = ZP_RUN_COLUMN(run, uint8_t, r->n, err)) || !(r->state = ZP_RUN_COLUMN(run, uint8_t, r->n, err)) ||
	    !(r->peers = ZP_RUN_COLUMN(run, uint32_t, r->n, err)) || !(r->file = ZP_RUN_COLUMN(run, uint32_t, r->n, err)) ||
	    !(r->line = ZP_RUN_COLUMN(run, uint32_t, r->n, err)) || !(r->note = ZP_RUN_COLUMN(run, uint32_t, r->n, err)) ||
	    !(in->received = ZP_RUN_COLUMN(run, int64_t, r->n, err)))
		return false;
	in->tuples = zp_names_take(in->arena);
	static const char blank[ZP_PEER_KEYS] = { ZP_TUPLE_MARK, ZP_TUPLE_MARK, ZP_TUPLE_MARK, ZP_TUPLE_MARK, ZP_TUPLE_MARK };
	zp_names_add(in->tuples, (zp_text){ blank, sizeof blank });
	in->notes = NULL;
	in->n_notes = in->room_notes = 0;
	return true;
}

zp_note *zp_intake_note(zp_intake *in, size_t cell)
{
	uint32_t *index = &in->run->round->note[cell];
	if (*index)
		return &in->notes[*index];
	if (in->n_notes + 1 >= in->room_notes) {
		in->room_notes = in->room_notes ? 2 * in->room_notes : 256;
		in->notes = zp_must(realloc(in->notes, in->room_notes * sizeof *in->notes));
		if (!in->n_notes)
			in->notes[0] = (zp_note){ 0 };
	}
	in->notes[*index = (uint32_t)++in->n_notes] = (zp_note){ 0 };
	return &in->notes[*index];
}

static void *take(const zp_host *host, size_t n) { return zp_arena_take(((zp_worker *)host->self)->of_block, n); }

/* Whom it concerns, as far as the row is understood. */
static zp_concern concern_of(const zp_worker *w)
{
	zp_concern c = ZP_CONCERNS_NO_ONE;
	if (w->known == ZP_ROW_NEW)
		c.owner = w->stem_lab == ZP_NO_NAME ? ZP_NO_ONE : w->stem_lab;
	else
		c.owner = w->lab;
	if (w->known >= ZP_ROW_PROGRAMME)
		c.about[ZP_ABOUT_PROGRAMME] = w->programme;
	if (w->known == ZP_ROW_PROGRAMME) { /* one of the two may be known: the other is what is told */
		c.about[ZP_ABOUT_MEASURAND] = w->field == ZP_FIELD_SAMPLE && w->measurand != ZP_NO_NAME ? w->measurand : ZP_NO_ONE;
	} else if (w->known == ZP_ROW_ITEM) {
		c.about[ZP_ABOUT_MEASURAND] = w->measurand;
		c.about[ZP_ABOUT_SAMPLE] = w->sample;
	}
	if (w->raw && w->field != ZP_FIELDS) {
		c.about[ZP_ABOUT_FIELD] = w->field;
		c.sent = w->raw->field[w->field];
	}
	return c;
}

void zp_intake_tell_list(zp_worker *w, zp_problems *to, zp_text sheet, long line, long column, const char *fmt, va_list args)
{
	const zp_spot place = { w->source->name, sheet, line, column };
	const zp_concern concern = concern_of(w);
	zp_problem_tell(to, &place, &concern, fmt, args);
}

void zp_intake_tell(zp_worker *w, zp_problems *to, zp_text sheet, long line, long column, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	zp_intake_tell_list(w, to, sheet, line, column, fmt, args);
	va_end(args);
}

void zp_intake_refuse(void *self, zp_text sheet, long line, long column, const char *fmt, ...)
{
	zp_worker *w = self;
	va_list args;
	va_start(args, fmt);
	zp_intake_tell_list(w, w->problems, sheet, line, column, fmt, args);
	va_end(args);
	w->count.read++;
	w->count.refused++;
}

static void add_count(zp_count *to, const zp_count *now, const zp_count *before)
{
	to->read += now->read - before->read;
	to->accepted += now->accepted - before->accepted;
	to->set_aside += now->set_aside - before->set_aside;
	to->refused += now->refused - before->refused;
	to->blank += now->blank - before->blank;
	to->undeclared += now->undeclared - before->undeclared;
}

/* What was read since belongs to the file that was being read. */
static void count_file(zp_worker *w)
{
	add_count(&w->of_file[w->file], &w->count, &w->counted);
	w->counted = w->count;
}

void zp_intake_begin(zp_worker *w, uint32_t file, size_t number)
{
	count_file(w);
	zp_block_problems *told = zp_take(w->arena, zp_block_problems, 1);
	*told = (zp_block_problems){ file, number, zp_problems_take_for(w->arena, w->tally[w->phase].problems),
				    zp_problems_take_for(w->arena, w->tally[w->phase].remarks), w->done };
	w->done = told;
	w->problems = told->problems;
	w->remarks = told->remarks;
	w->part++;
	w->source = &w->in->files[file];
	w->file = file;
	w->raw = NULL;
	w->known = ZP_ROW_NEW;
	w->spoken = NULL;
	w->field = ZP_FIELDS;
	const char *stem = w->source->stem; /* "LAB01", and "LAB01.chemistry" of a form: no code has a point in it */
	w->stem_lab = zp_names_find(w->in->run->roster->lab_names, (zp_text){ stem, strcspn(stem, ".") });
	w->sheet_text.p = w->lab_text.p = w->programme_text.p = w->measurand_text.p = w->sample_text.p = NULL;
	w->unit_text.p = w->received_text.p = w->keys_span.p = NULL;
	for (int i = 0; i < ZP_PEER_KEYS; i++)
		w->keys_text[i].p = NULL;
}

typedef struct reading { zp_blocks *blocks; zp_worker *workers; } reading;

static void read_block(zp_worker *w, const zp_block *b)
{
	zp_host host = { .size = sizeof host, .self = w, .take = take, .fail = zp_fail, .show = zp_text_show_code_in, .say = zp_say };
	zp_sink sink = { w, zp_intake_put, zp_intake_refuse, zp_intake_refuse };
	const zp_results_file *file = &w->in->files[b->file];
	zp_source source = { .name = file->name, .stem = file->stem, .first_line = b->first_line,
			     .delimiter = w->in->run->book->plan->delimiter };
	source.block = zp_intake_decode(w, b);
	if (!source.block.p)
		return;
	source.head = b->first_line > 1 ? zp_intake_decode_head(w, file) : source.block;
	if (source.head.p)
		file->importer->does.importer->read(&host, &source, &sink);
	zp_lend_ended(file->importer);
}

static void read_blocks(void *context, size_t index, unsigned number)
{
	reading *c = context;
	zp_worker *w = &c->workers[index];
	(void)number;
	for (zp_block b; zp_blocks_next(c->blocks, (unsigned)index, &b);) {
		zp_intake_begin(w, b.file, b.number);
		if (b.first_line == 1)
			zp_progress_step(w->in->run->progress, 1);
		if (b.bad) {
			zp_intake_refuse(w, ZP_NO_SHEET, b.first_line > 1 ? b.first_line : 0, 0, "the file %s", b.bad);
			continue;
		}
		w->of_block = zp_arena_open();
		read_block(w, &b);
		zp_arena_close(w->of_block);
	}
}

static int by_number(const void *a, const void *b)
{
	const zp_block_problems *const *x = a, *const *y = b;
	if ((*x)->file != (*y)->file)
		return (*x)->file < (*y)->file ? -1 : 1;
	return ((*x)->number > (*y)->number) - ((*x)->number < (*y)->number);
}

/* What the workers found, in the order of files and lines, whoever read them. */
static void join_problems(zp_run *run, zp_worker *workers, unsigned n)
{
	size_t count = 0, k = 0;
	for (unsigned i = 0; i < n; i++)
		for (zp_block_problems *p = workers[i].done; p; p = p->next)
			count++;
	zp_block_problems **all = zp_take(run->arena, zp_block_problems *, count + 1);
	for (unsigned i = 0; i < n; i++)
		for (zp_block_problems *p = workers[i].done; p; p = p->next)
			all[k++] = p;
	qsort(all, count, sizeof *all, by_number);
	for (k = 0; k < count; k++) {
		zp_problems_join(run->input_problems, all[k]->problems, 0);
		zp_problems_join(run->remarks, all[k]->remarks, 0);
	}
	for (unsigned i = 0; i < n; i++)
		for (int phase = 0; phase < 2; phase++) {
			zp_problems_join_dropped(run->input_problems, workers[i].tally[phase].problems);
			zp_problems_join_dropped(run->remarks, workers[i].tally[phase].remarks);
		}
}

static void tell_in_vain(zp_run *run, const zp_intake *in, const zp_worker *workers, unsigned n)
{
	for (size_t p = 0; p < run->book->plan->n_programmes; p++) {
		zp_in_vain all = { 0 };
		for (unsigned i = 0; i < n; i++) {
			const zp_in_vain *v = &workers[i].in_vain[p];
			if (v->n && (!all.n || v->file < all.file || (v->file == all.file && v->line < all.line)))
				all.file = v->file, all.line = v->line;
			all.n += v->n;
		}
		if (all.n)
			zp_problem_add(run->remarks, in->files[all.file].name, all.line, 0,
				       "the programme %s is cancelled in this round; its results are not used: %zu, the first of them here",
				       run->book->plan->programmes[p].code, all.n);
	}
}

static void end_arena(void *arena) { zp_arena_close(arena); }

/* Read all files once. Gives: false when one turned out to be in another encoding and all must be read again. */
static bool read_all(zp_run *run, zp_intake *in, zp_extra **extras, size_t *n_extras)
{
	unsigned n = run->threads;
	zp_progress_stage(run->progress, "reading results, files", in->n_files);
	zp_worker *workers = zp_take(run->arena, zp_worker, n);
	for (unsigned i = 0; i < n; i++) {
		workers[i].in = in;
		workers[i].arena = zp_arena_open();
		zp_arena_at_end(run->arena, end_arena, workers[i].arena);
		workers[i].tuple_names = zp_names_take(workers[i].arena);
		workers[i].sent = zp_take(workers[i].arena, struct zp_sent, run->roster->n_labs);
		workers[i].tuple = ZP_NO_NAME;
		workers[i].of_file = zp_take(workers[i].arena, zp_count, in->n_files + 1);
		workers[i].in_vain = zp_take(workers[i].arena, zp_in_vain, run->book->plan->n_programmes + 1);
		for (int phase = 0; phase < 2; phase++) {
			workers[i].tally[phase].problems = zp_tally_take(workers[i].arena, run->each_owner);
			workers[i].tally[phase].remarks = zp_tally_take(workers[i].arena, run->each_owner);
		}
	}
	reading context = { zp_blocks_open(run->arena, run->round_dir, in->files, in->n_files, n), workers };
	zp_pool_run(n, n, read_blocks, &context);
	zp_blocks_close(context.blocks);
	bool again = false;
	for (size_t f = 0; f < in->n_files; f++)
		if (in->misread[f]) {
			zp_intake_try_next(&in->files[f], &in->evidence[f]);
			again = true;
		}
	if (!again) {
		zp_intake_read_wholes(in, workers);
		join_problems(run, workers, n);
		tell_in_vain(run, in, workers, n);
	}
	for (unsigned i = 0; i < n; i++)
		zp_intake_hand_over(&workers[i]);
	run->count = (zp_count){ 0 };
	zp_count *of_file = zp_take(run->arena, zp_count, in->n_files + 1);
	run->of_results = of_file;
	*n_extras = 0;
	for (unsigned i = 0; i < n; i++)
		*n_extras += workers[i].n_extras;
	*extras = zp_take(run->arena, zp_extra, *n_extras + 1);
	for (unsigned i = 0, k = 0; i < n; k += (unsigned)workers[i++].n_extras) {
		const zp_count *c = &workers[i].count;
		if (workers[i].n_extras)
			memcpy(*extras + k, workers[i].extras, workers[i].n_extras * sizeof **extras);
		add_count(&run->count, c, &(zp_count){ 0 });
		count_file(&workers[i]);
		for (size_t f = 0; f < in->n_files; f++)
			add_count(&of_file[f], &workers[i].of_file[f], &(zp_count){ 0 });
		free(workers[i].extras);
		free(workers[i].tuple_ids);
	}
	return !again;
}

/* The tables of peer keys in an order that does not depend on who read what when. */
typedef struct tuple_text { zp_text text; uint32_t number; } tuple_text;

static int by_text(const void *a, const void *b)
{
	return zp_text_compare(((const tuple_text *)a)->text, ((const tuple_text *)b)->text);
}

static void settle_peers(zp_run *run, zp_intake *in, zp_extra *extras, size_t n_extras)
{
	size_t n = zp_names_count(in->tuples);
	tuple_text *sorted = zp_take(run->arena, tuple_text, n);
	uint32_t *renumbered = zp_take(run->arena, uint32_t, n);
	for (uint32_t i = 0; i < n; i++)
		sorted[i] = (tuple_text){ zp_names_at(in->tuples, i), i };
	qsort(sorted + 1, n - 1, sizeof *sorted, by_text); /* the blank tuple stays 0 */
	zp_peers *peers = run->peers = zp_take(run->arena, zp_peers, 1);
	uint32_t(*tuples)[ZP_PEER_KEYS] = zp_arena_take(run->arena, n * sizeof *tuples);
	zp_names **names = in->names;
	for (int k = 0; k < ZP_PEER_KEYS; k++) {
		names[k] = zp_names_take(run->arena);
		zp_names_add(names[k], ZP_TEXT(""));
		peers->names[k] = names[k];
	}
	for (uint32_t i = 0; i < n; i++) {
		const char *p = sorted[i].text.p;
		for (int k = 0; k < ZP_PEER_KEYS; k++) {
			const char *mark = strchr(p, ZP_TUPLE_MARK);
			tuples[i][k] = zp_names_add(names[k], (zp_text){ p, (size_t)(mark - p) });
			p = mark + 1;
		}
		renumbered[sorted[i].number] = i;
	}
	peers->tuples = (const uint32_t(*)[ZP_PEER_KEYS])tuples;
	peers->n = n;
	for (size_t i = 0; i < run->round->n; i++) {
		run->round->peers[i] = renumbered[run->round->peers[i]];
		if (i % EASED == 0)
			zp_run_ease(run);
	}
	for (size_t i = 0; i < n_extras; i++)
		extras[i].peers = renumbered[extras[i].peers];
}

/* Nothing that was read may be lost: not between the fates of values, not between the files and the whole. */
static bool is_whole(const zp_count *c, const char *place, zp_error *err)
{
	const size_t found = c->accepted + c->set_aside + c->refused + c->blank;
	return c->read == found || zp_fail(err, ZP_BUG, place, 0, "%zu values were read and %zu are accounted for", c->read, found);
}

static bool files_are_whole(const zp_run *run, zp_error *err)
{
	zp_count all = { 0 };
	for (size_t f = 0; f < run->n_results; f++) {
		if (!is_whole(&run->of_results[f], run->results[f].name, err))
			return false;
		add_count(&all, &run->of_results[f], &(zp_count){ 0 });
	}
	return all.read == run->count.read || zp_fail(err, ZP_BUG, "results", 0, "%zu values were read of the files, and %zu in all", all.read, run->count.read);
}

static void end_notes(void *in)
{
	free(((zp_intake *)in)->notes);
	pthread_mutex_destroy(&((zp_intake *)in)->lock);
}

/* All files, and what is expected of them laid out; false when they cannot be read at all. */
static bool read_results(zp_run *run, zp_intake *in, zp_extra **extras, size_t *n_extras, zp_error *err)
{
	if (!list_files(run, in))
		return false;
	in->misread = zp_take(run->arena, bool, in->n_files);
	in->evidence = zp_take(run->arena, zp_evidence, in->n_files);
	bool whole = false;
	while (!whole) { /* again, once or twice, when a large file is not UTF-8 */
		free(in->notes);
		in->notes = NULL;
		if (!take_cells(run, in, err))
			return false;
		memset(in->misread, 0, in->n_files * sizeof *in->misread);
		whole = read_all(run, in, extras, n_extras);
	}
	zp_input *inputs = zp_take(run->arena, zp_input, in->n_files);
	for (size_t i = 0; i < in->n_files; i++) {
		inputs[i] = in->files[i].input;
		inputs[i].path = zp_arena_print(run->arena, "%s/%s", run->round_dir, inputs[i].name);
		if (!in->files[i].importer->does.importer->whole_most) /* a round with any other is not published */
			inputs[i].encoding = in->files[i].encoding == ZP_GB18030 ? "GB18030" : "UTF-8";
	}
	run->results = inputs;
	run->n_results = in->n_files;
	return true;
}

bool zp_run_intake(zp_run *run, zp_error *err)
{
	zp_intake *in = zp_take(run->arena, zp_intake, 1);
	in->run = run;
	in->arena = zp_arena_open();
	zp_arena_at_end(run->arena, end_arena, in->arena);
	pthread_mutex_init(&in->lock, NULL);
	zp_arena_at_end(run->arena, end_notes, in);
	size_t before = zp_problems_count(run->input_problems), n_extras = 0;
	zp_extra *extras = NULL;
	if (!read_results(run, in, &extras, &n_extras, err))
		return zp_fail(err, ZP_BAD_INPUT, NULL, 0, "the results cannot be read");
	zp_arrivals_read(run);
	bool all_used = zp_problems_count(run->input_problems) == before;
	settle_peers(run, in, extras, n_extras);
	zp_intake_settle(in, extras, n_extras);
	zp_intake_tell_unknown(in);
	if (run->count.accepted == 0 && all_used)
		zp_problem_add(run->input_problems, "results", 0, 0, "not one value was accepted: the round is empty");
	zp_problems_answer(run->input_problems);
	zp_problems_answer(run->remarks);
	if (in->fault.is)
		return zp_fail(err, ZP_BAD_RULES, in->fault.place, in->fault.line, "%s", in->fault.says);
	if (!files_are_whole(run, err) || !is_whole(&run->count, NULL, err))
		return false;
	run->round->notes = in->notes;
	run->round->n_notes = in->n_notes;
	if (zp_problems_count(run->input_problems) == before || run->go_on)
		return true;
	return zp_fail(err, ZP_BAD_INPUT, NULL, 0, "the results cannot be used as they are");
}
