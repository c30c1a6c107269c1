/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Targets and scores of a share of the measurands as a part, and all parts in place of working them out.
 *
 * A part has a block for each of its measurands, in the order of the plan: how many groups each sample has, the groups, and of every
 * cell the columns of a zp_judgement, one column after the other. Groups are counted from the first of their measurand. */
#include <stdlib.h>
#include "base/memory.h"
#include "run/part_group.h"
#include "run/shards.h"

#define COLUMNS 6                      /* of a byte for each cell, beside that of groups */
#define CELL_BYTES (sizeof(uint32_t) + COLUMNS)

static void columns_of(const zp_judgement *j, uint8_t *columns[static COLUMNS])
{
	uint8_t *const all[COLUMNS] = { j->mark, j->verdict, j->would_be, j->reason, j->credit, j->flags };
	memcpy(columns, all, sizeof all);
}

/* Of each measurand by its first item: where its cells are, laboratory by laboratory. */
typedef struct field { const zp_programme *programme; size_t p, m; uint32_t item, n; const uint32_t *cells; } field;

/* Calls `see` for every measurand, in the order of the plan, with its cells; stops where that says so. */
static bool for_fields(const zp_run *run, const uint32_t *owners, uint32_t own, bool (*see)(void *, const field *), void *context)
{
	const zp_plan *plan = run->book->plan;
	uint32_t *cells = zp_must(calloc(run->round->n + 1, sizeof *cells));
	bool going = true;
	for (size_t p = 0; p < plan->n_programmes; p++) {
		const zp_programme *programme = &plan->programmes[p];
		for (size_t m = 0; m < programme->scheme->n_measurands && going; m++) {
			field f = { .programme = programme, .p = p, .m = m, .item = programme->first_item + (uint32_t)(m * programme->n_samples), .cells = cells };
			if (own && owners[f.item] != own)
				continue;
			for (size_t e = 0; e < run->roster->n_enrolments; e++) {
				const zp_enrolment *enrolment = &run->roster->enrolments[e];
				const size_t k = enrolment->programme == p ? zp_declared_at(enrolment, m) : SIZE_MAX;
				for (size_t s = 0; k != SIZE_MAX && s < programme->n_samples; s++)
					cells[f.n++] = enrolment->first_cell + (uint32_t)(k * programme->n_samples + s);
			}
			going = see(context, &f);
		}
	}
	free(cells);
	return going;
}

/* ---- writing ---- */

typedef struct writing { const zp_run *run; zp_part_writer *w; } writing;

static bool write_field(void *context, const field *f)
{
	const writing *all = context;
	const zp_run *run = all->run;
	const uint32_t first = run->first_group[f->item];
	uint8_t *columns[COLUMNS];
	columns_of(&run->judgement, columns);
	zp_part_u32(all->w, f->item);
	zp_part_u32(all->w, f->n);
	for (size_t s = 0; s < f->programme->n_samples; s++)
		zp_part_u32(all->w, run->first_group[f->item + s + 1] - run->first_group[f->item + s]);
	for (uint32_t g = first; g < run->first_group[f->item + f->programme->n_samples]; g++)
		zp_group_put(all->w, &run->groups[g]);
	for (uint32_t i = 0; i < f->n; i++) {
		const uint32_t group = run->judgement.group[f->cells[i]];
		zp_part_u32(all->w, group == ZP_NO_GROUP ? group : group - first);
	}
	for (size_t c = 0; c < COLUMNS; c++)
		for (uint32_t i = 0; i < f->n; i++)
			zp_part_u8(all->w, columns[c][f->cells[i]]);
	return true;
}

bool zp_scores_write(const zp_run *run, const char *folder, zp_error *err)
{
	const zp_part_head head = { ZP_PART_SCORES, run->share, run->basis };
	writing all = { run, zp_part_begin(folder, &head, err) };
	if (!all.w)
		return false;
	for_fields(run, run->owners, run->share.i, write_field, &all);
	return zp_part_finish(all.w, err);
}

/* ---- reading ---- */

/* What a part says of a measurand. */
typedef struct block { zp_group *groups; size_t n; const uint32_t *n_per_sample; } block;

typedef struct joining {
	zp_run *run;
	zp_part *parts;         /* by number */
	const uint32_t *owners;
	block *blocks;          /* by item of the first sample */
	size_t n_groups;        /* of all blocks */
	zp_group *groups;       /* all of them, as far as they are joined */
	uint32_t *first_group, joined;
} joining;

/* What cannot be, to be told with the part and the measurand. */
static bool cannot_be(const joining *j, const field *f, const char *what)
{
	zp_problem_add(j->run->input_problems, j->parts[j->owners[f->item]].name, 0, 0, "says what cannot be of %s in programme %s (%s); expected a part as zhiping shard wrote it",
		       f->programme->scheme->measurands[f->m].code, f->programme->code, what);
	return false;
}

/* Bounds of the columns, in the order of columns_of. */
static const uint8_t most[COLUMNS] = { ZP_MARKS - 1, ZP_VERDICTS - 1, ZP_VERDICTS - 1, ZP_REASONS - 1, 100, (1u << ZP_FLAGS) - 1 };

static bool has_value(const zp_round *r, uint32_t cell)
{
	return (r->state[cell] == ZP_RETURNED || r->state[cell] == ZP_LATE) && r->kind[cell] != ZP_NOTHING;
}

/* Groups of the measurand as they are numbered within it: those of sample s from first[s] on. */
static bool read_cells(const joining *j, const field *f, zp_part_cursor *c, const uint32_t *first)
{
	const zp_judgement *out = &j->run->judgement;
	uint8_t *columns[COLUMNS];
	columns_of(out, columns);
	if (f->n > c->n / CELL_BYTES)
		return cannot_be(j, f, "end");
	for (uint32_t i = 0; i < f->n; i++) {
		const uint32_t group = (uint32_t)zp_part_number(c, sizeof group);
		const size_t s = i % f->programme->n_samples;
		if (has_value(j->run->round, f->cells[i]) ? group < first[s] || group >= first[s + 1] : group != ZP_NO_GROUP)
			return cannot_be(j, f, "group");
		out->group[f->cells[i]] = group;
	}
	for (size_t k = 0; k < COLUMNS; k++) {
		const uint8_t *column = zp_part_take(c, f->n);
		for (uint32_t i = 0; i < f->n; i++) {
			if (column[i] > most[k])
				return cannot_be(j, f, "result");
			columns[k][f->cells[i]] = column[i];
		}
	}
	return true;
}

/* The block of a measurand comes next in its part. */
static bool read_field(void *context, const field *f)
{
	joining *j = context;
	zp_part_cursor *c = &j->parts[j->owners[f->item]].body;
	const size_t samples = f->programme->n_samples;
	uint32_t *n_per_sample = zp_take(j->run->arena, uint32_t, samples), *first = zp_take(j->run->arena, uint32_t, samples + 1);
	block *b = &j->blocks[f->item];
	const uint32_t item = (uint32_t)zp_part_number(c, 4), cells = (uint32_t)zp_part_number(c, 4);
	if (item != f->item || cells != f->n)
		return cannot_be(j, f, c->bad ? "end" : "cells");
	for (size_t s = 0; s < samples; s++) {
		n_per_sample[s] = (uint32_t)zp_part_number(c, 4);
		if (first[s] + (uint64_t)n_per_sample[s] > c->n / ZP_GROUP_LEAST)
			return cannot_be(j, f, "groups");
		first[s + 1] = first[s] + n_per_sample[s];
	}
	*b = (block){ zp_take(j->run->arena, zp_group, first[samples] + (size_t)1), first[samples], n_per_sample };
	for (size_t s = 0; s < samples; s++)
		for (uint32_t g = first[s]; g < first[s + 1]; g++) {
			const char *what = zp_group_take(j->run, f->item + (uint32_t)s, c, j->run->arena, &b->groups[g]);
			if (what)
				return cannot_be(j, f, what);
		}
	j->n_groups += b->n;
	return read_cells(j, f, c, first);
}

/* One list of groups, by item; cells count from the first of all. */
static bool number_field(void *context, const field *f)
{
	joining *j = context;
	const block *b = &j->blocks[f->item];
	const uint32_t at = j->joined;
	memcpy(j->groups + at, b->groups, b->n * sizeof *b->groups);
	for (size_t s = 0; s < f->programme->n_samples; s++) {
		j->first_group[f->item + s] = j->joined;
		j->joined += b->n_per_sample[s];
	}
	for (uint32_t i = 0; i < f->n; i++) {
		uint32_t *group = &j->run->judgement.group[f->cells[i]];
		if (*group != ZP_NO_GROUP)
			*group += at;
	}
	return true;
}

static bool read_all(joining *j, uint32_t n)
{
	bool good = for_fields(j->run, j->owners, 0, read_field, j);
	for (uint32_t i = 1; i <= n && good; i++)
		if (j->parts[i].body.n) {
			zp_problem_add(j->run->input_problems, j->parts[i].name, 0, 0, "goes on behind its end; expected a part as zhiping shard wrote it");
			good = false;
		}
	return good;
}

bool zp_run_join(zp_run *run, zp_error *err)
{
	uint32_t n = 0;
	joining j = { .run = run };
	const size_t before = zp_problems_count(run->input_problems), items = run->book->plan->n_items;
	j.parts = zp_shards_find(run, run->parts, ZP_PART_SCORES, &run->basis, &n, NULL, run->input_problems, err);
	if (err->code)
		return false;
	if (zp_problems_count(run->input_problems) == before) {
		j.owners = zp_shards_of_items(run, n);
		j.blocks = zp_take(run->arena, block, items + 1);
		if (read_all(&j, n)) {
			j.groups = zp_take(run->arena, zp_group, j.n_groups + 1);
			j.first_group = zp_take(run->arena, uint32_t, items + 1);
			for_fields(run, j.owners, 0, number_field, &j);
			j.first_group[items] = j.joined;
			run->groups = j.groups;
			run->first_group = j.first_group;
			run->n_groups = j.n_groups;
			return true;
		}
	}
	return zp_fail(err, ZP_BAD_INPUT, NULL, 0, "the parts cannot be joined as they are");
}
