/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who belongs together. For each measurand and sample the values climb the ladder of the scheme: a result
 * is judged in the lowest group that has enough peers; a group below the least climbs, and never borrows
 * another group's target. */
#include <stdlib.h>
#include "base/memory.h"
#include "base/pool.h"
#include "run/poll.h"
#include "stats/order.h"

#define FAR_AHEAD 16
#define EASED 512 /* laboratories */

typedef struct ladder { const zp_rung_keys *rung[ZP_RUNGS_MOST]; } ladder;

/* One measurand of one programme: the unit of work. */
typedef struct task {
	uint16_t programme, measurand;
	ladder ladder;
	const zp_plugin *peers; /* estimator for SDI */
	zp_finds finds;         /* joined at the end */
	zp_arena *keep;         /* of measurands with a scale: what their groups point to */
	uint32_t *n_per_sample;
	size_t first; /* of its groups among all */
} task;

typedef struct gathering {
	zp_run *run;
	task *tasks;
	size_t n_tasks;
	zp_rungs *rungs;
} gathering;

/* ---- one measurand and sample ---- */

/* Everyone who sent a value for it. */
typedef struct carriers {
	size_t n; /* values that are judged, kept or not */
	uint32_t *cell, *tuple;
	bool *referee;
	size_t n_kept; /* kept values, with the carrier that sent each; ascending when they are gathered */
	double *x;
	uint32_t *who;
} carriers;

typedef struct field {
	const zp_target_case *c;
	task *task;
	size_t n;        /* these are the carriers' */
	uint32_t *cell, *tuple;
	bool *referee;
	size_t n_kept;
	double *x;
	uint32_t *who;
	uint32_t *group; /* index in task->finds.groups, ZP_NO_GROUP: not settled */
	/* work space */
	double *slice;
	uint32_t *slice_tuple, *count, *offset, *formed; /* formed: the group of a key; ZP_NO_GROUP */
	uint8_t *wanted;
	uint8_t *unanswered; /* who was in a group large enough, of which the method made no target */
	zp_sort_pair *pairs;
} field;

zp_group *zp_finds_add(zp_finds *f, uint32_t item, size_t rung, uint32_t key)
{
	if (f->n == f->room) {
		f->room = f->room ? 2 * f->room : 32;
		f->groups = zp_must(realloc(f->groups, f->room * sizeof *f->groups));
	}
	zp_group *g = &f->groups[f->n++];
	*g = (zp_group){ .item = item, .rung = (uint8_t)rung, .key = key, .sane_low = -INFINITY, .sane_high = INFINITY };
	g->target = g->peers = zp_no_estimate;
	g->sigma_pt = g->u_x_pt = g->dip_p = g->s_s = g->drift = g->added = g->delta_e_before = g->reference_ratio = g->apart_by = ZP_NONE;
	g->apart = ZP_NO_NAME;
	g->u_negligible = -1;
	return g;
}

/* Drop what is absurd among the ascending slice; the rest moves together. */
static size_t drop_absurd(field *f, size_t from, size_t n, double low, double high)
{
	double *x = f->slice + from;
	size_t first = 0;
	while (first < n && x[first] < low)
		first++;
	while (n > first && x[n - 1] > high)
		n--;
	memmove(x, x + first, (n - first) * sizeof *x);
	memmove(f->slice_tuple + from, f->slice_tuple + from + first, (n - first) * sizeof *f->slice_tuple);
	return n - first;
}

/* The bounds that were sent by those who carry the key (any: by whoever is not settled), for a method that takes them. */
static zp_bounds bounds_of(const field *f, const uint32_t *of, uint32_t key)
{
	if (!f->c->measurand->assign->does.estimator->takes_bounds)
		return (zp_bounds){ 0 };
	const zp_round *r = f->c->run->round;
	const bool everyone = f->c->programme->scheme->choices.climb_pool == ZP_POOL_EVERYONE;
	double *below = zp_take(f->c->scratch, double, f->n), *above = zp_take(f->c->scratch, double, f->n);
	uint64_t *keys = zp_take(f->c->scratch, uint64_t, 2 * f->n);
	size_t n_below = 0, n_above = 0;
	for (size_t i = 0; i < f->n; i++) {
		const uint32_t cell = f->cell[i];
		if (f->c->run->judgement.mark[cell] != ZP_ASIDE_CENSORED || (of ? of[f->tuple[i]] != key : f->group[i] != ZP_NO_GROUP) ||
		    (!everyone && f->group[i] != ZP_NO_GROUP))
			continue;
		const double bound = zp_decimal_double(zp_round_value(r, cell));
		if (r->kind[cell] == ZP_BELOW)
			below[n_below++] = bound;
		else
			above[n_above++] = bound;
	}
	zp_sort(below, n_below, keys);
	zp_sort(above, n_above, keys);
	return (zp_bounds){ below, above, n_below, n_above };
}

/* Try to make a group of the slice; its members are not in it yet. */
static bool form_group(field *f, uint32_t item, size_t rung, uint32_t key, uint32_t example, size_t from, size_t n)
{
	const zp_measurand *m = f->c->measurand;
	double low = -INFINITY, high = INFINITY;
	zp_estimate target = zp_no_estimate;
	if (n)
		zp_target_sane(f->c, f->slice + from, n, &low, &high);
	size_t kept = drop_absurd(f, from, n, low, high);
	if (kept < m->least || kept == 0)
		return false;
	bool known = strcmp(m->assign->name, "known") == 0 || f->c->given->is;
	const uint32_t *of = f->task->ladder.rung[rung]->of;
	if (!known && !zp_target_estimate(f->c, f->slice + from, kept, bounds_of(f, of, key), &target)) {
		for (size_t i = 0; i < f->n && kept >= m->assign->does.estimator->least_n; i++)
			f->unanswered[i] |= of[f->tuple[i]] == key;
		return false;
	}
	if (!known && f->c->programme->scheme->choices.least_counts == ZP_LEAST_RETAINED && target.n < m->least)
		return false;
	zp_group *g = zp_finds_add(&f->task->finds, item, rung, example);
	g->keys = (uint8_t)f->task->ladder.rung[rung]->mask;
	g->n_absurd = (uint32_t)(n - kept);
	g->sane_low = low;
	g->sane_high = high;
	g->target = target;
	zp_target_settle(f->c, f->slice + from, kept, ZP_REASON_NONE, g);
	zp_target_compare(f->c, f->slice + from, f->slice_tuple + from, kept, g);
	return true;
}

/* Whoever is in no group yet goes into the one that was formed of its key. */
static void settle(field *f, const uint32_t *of)
{
	for (size_t i = 0; i < f->n; i++) {
		const uint32_t key = f->group[i] == ZP_NO_GROUP ? of[f->tuple[i]] : ZP_NO_NAME;
		if (key == ZP_NO_NAME || f->formed[key] == ZP_NO_GROUP)
			continue;
		f->group[i] = f->formed[key];
		f->task->finds.groups[f->formed[key]].n_members++;
	}
}

/* One rung: groups for the keys that some result not yet settled carries. */
static void climb(field *f, uint32_t item, size_t rung)
{
	const zp_rung_keys *keys = f->task->ladder.rung[rung];
	bool everyone = f->c->programme->scheme->choices.climb_pool == ZP_POOL_EVERYONE;
	memset(f->count, 0, keys->n * sizeof *f->count);
	memset(f->wanted, 0, keys->n);
	for (size_t i = 0; i < f->n; i++)
		if (f->group[i] == ZP_NO_GROUP && keys->of[f->tuple[i]] != ZP_NO_NAME)
			f->wanted[keys->of[f->tuple[i]]] = true;
	for (int pass = 0; pass < 2; pass++) { /* count, then put the values of each key together, still ascending */
		if (pass) {
			uint32_t sum = 0;
			for (uint32_t k = 0; k < keys->n; k++) {
				f->offset[k] = sum;
				sum += f->count[k];
			}
		}
		for (size_t i = 0; i < f->n_kept; i++) {
			uint32_t who = f->who[i], key = keys->of[f->tuple[who]];
			if (key == ZP_NO_NAME || !f->wanted[key] || (!everyone && f->group[who] != ZP_NO_GROUP))
				continue;
			if (pass)
				f->slice_tuple[f->offset[key]] = f->tuple[who], f->slice[f->offset[key]++] = f->x[i];
			else
				f->count[key]++;
		}
	}
	for (uint32_t k = 0; k < keys->n; k++) {
		const bool formed = f->wanted[k] && f->count[k] >= f->c->measurand->least &&
				    form_group(f, item, rung, k, keys->example[k], f->offset[k] - f->count[k], f->count[k]);
		f->formed[k] = formed ? (uint32_t)(f->task->finds.n - 1) : ZP_NO_GROUP;
	}
	settle(f, keys->of);
}

/* Those who found no group: together, with their statistics for the record, and no target of their own. */
static void leave_over(field *f, uint32_t item, bool any_group)
{
	const zp_measurand *m = f->c->measurand;
	bool any = !any_group && (f->c->given->is || f->c->out); /* those who sent nothing ask for it, too */
	zp_reason lack = ZP_REASON_NO_TARGET;
	for (size_t i = 0; i < f->n; i++)
		if (f->group[i] == ZP_NO_GROUP) {
			any = true;
			lack = f->unanswered[i] ? lack : ZP_REASON_TOO_FEW_PEERS;
		}
	if (!any)
		return;
	double low = -INFINITY, high = INFINITY;
	size_t n = 0;
	for (size_t i = 0; i < f->n_kept; i++)
		if (f->group[f->who[i]] == ZP_NO_GROUP)
			f->slice[n++] = f->x[i];
	if (n)
		zp_target_sane(f->c, f->slice, n, &low, &high);
	size_t kept = drop_absurd(f, 0, n, low, high);
	bool all = m->n_rungs && m->rungs[m->n_rungs - 1].keys == 0;
	zp_group *g = zp_finds_add(&f->task->finds, item, all ? m->n_rungs - 1 : m->n_rungs, ZP_NO_PEERS);
	g->n_absurd = (uint32_t)(n - kept);
	g->sane_low = low;
	g->sane_high = high;
	if (!zp_target_estimate(f->c, f->slice, kept, bounds_of(f, NULL, 0), &g->target))
		g->target = zp_no_estimate;
	zp_target_settle(f->c, f->slice, kept, lack, g);
	for (size_t i = 0; i < f->n; i++) {
		if (f->group[i] != ZP_NO_GROUP)
			continue;
		f->group[i] = (uint32_t)(f->task->finds.n - 1);
		g->n_members++;
	}
}

/* Absurd values and those that the estimator dropped get their mark, in the group they are judged in. */
static void write_marks(const field *f)
{
	const zp_judgement *j = &f->c->run->judgement;
	for (size_t i = 0; i < f->n; i++) {
		j->group[f->cell[i]] = f->group[i];
		if (i % EASED == 0)
			zp_run_ease(f->c->run);
	}
	for (size_t i = 0; i < f->n_kept; i++) {
		const zp_group *g = &f->task->finds.groups[f->group[f->who[i]]];
		double x = f->x[i];
		uint8_t *mark = &j->mark[f->cell[f->who[i]]];
		if (x < g->sane_low || x > g->sane_high)
			*mark = ZP_ASIDE_ABSURD;
		else if (g->origin == ZP_CONSENSUS && (x < g->target.low || x > g->target.high))
			*mark = ZP_ASIDE_OUTLIER;
	}
}

/* How many found nothing, and of how many. */
static size_t count_undetected(const field *f, size_t *of)
{
	const zp_run *run = f->c->run;
	size_t undetected = 0;
	*of = 0;
	for (size_t i = 0; i < f->n; i++) {
		const uint8_t kind = run->round->kind[f->cell[i]], mark = run->judgement.mark[f->cell[i]];
		*of += mark == ZP_KEPT || mark == ZP_ASIDE_CENSORED || mark == ZP_ASIDE_SCREENED;
		undetected += mark == ZP_ASIDE_CENSORED && (kind == ZP_UNDETECTED || kind == ZP_BELOW);
	}
	return undetected;
}

/* Of a quantity that may be undetected: whether nothing is in the sample, as is stated, or as enough of them found. */
static bool is_negative(const field *f)
{
	const zp_measurand *m = f->c->measurand;
	size_t n;
	if (!m->undetected || f->c->given->is)
		return f->c->given->negative;
	const size_t undetected = count_undetected(f, &n);
	return n >= m->least && n > 0 && 100 * undetected >= m->undetected * n;
}

/* Everybody is one group, and the target is that nothing is there. */
static void settle_negative(field *f, uint32_t item)
{
	const zp_measurand *m = f->c->measurand;
	const bool all = m->n_rungs && m->rungs[m->n_rungs - 1].keys == 0;
	zp_group *g = zp_finds_add(&f->task->finds, item, all ? m->n_rungs - 1 : m->n_rungs, ZP_NO_PEERS);
	size_t asked;
	g->negative = true;
	g->elected = (zp_elected){ .by = ZP_BY_PARTICIPANTS, .votes = (uint32_t)count_undetected(f, &asked) };
	g->elected.of = (uint32_t)asked;
	g->n_members = (uint32_t)f->n;
	g->n_kept = (uint32_t)f->n_kept;
	g->delta_e = ZP_NONE;
	g->target.n = f->n;
	g->target.converged = true;
	g->origin = f->c->given->is ? f->c->given->decided ? ZP_DECIDED : ZP_KNOWN : ZP_CONSENSUS;
	g->ungradable = f->c->out ? ZP_REASON_SAMPLE_OUT : ZP_REASON_NONE;
	for (size_t i = 0; i < f->n; i++)
		f->c->run->judgement.group[f->cell[i]] = (uint32_t)(f->task->finds.n - 1);
}

/* Answers that are no numbers. */
static void poll_item(field *f, uint32_t item)
{
	const zp_voters voters = { f->cell, f->tuple, f->referee, f->group, f->n };
	zp_poll_item(f->c, f->task->ladder.rung, item, &voters, f->task->keep, &f->task->finds);
	for (size_t i = 0; i < f->n; i++)
		f->c->run->judgement.group[f->cell[i]] = f->group[i];
}

static void gather_item(field *f, uint32_t item)
{
	if (f->c->measurand->scale) {
		poll_item(f, item);
		return;
	}
	if (is_negative(f)) {
		settle_negative(f, item);
		return;
	}
	size_t before = f->task->finds.n;
	zp_sort_with(f->x, f->who, f->n_kept, f->pairs);
	for (size_t i = 0; i < f->n; i++)
		f->group[i] = ZP_NO_GROUP, f->unanswered[i] = false;
	if (!f->c->out)
		for (size_t r = 0; r < f->c->measurand->n_rungs; r++)
			climb(f, item, r);
	leave_over(f, item, f->task->finds.n > before);
	write_marks(f);
}

static void add_carrier(carriers *to, const zp_run *run, uint32_t cell, bool referee)
{
	const zp_round *r = run->round;
	if ((r->state[cell] != ZP_RETURNED && r->state[cell] != ZP_LATE) || r->kind[cell] == ZP_NOTHING)
		return;
	to->cell[to->n] = cell;
	to->tuple[to->n] = r->peers[cell];
	to->referee[to->n] = referee;
	if (run->judgement.mark[cell] == ZP_KEPT && r->kind[cell] == ZP_NUMBER) {
		to->x[to->n_kept] = zp_decimal_double(zp_round_value(r, cell));
		to->who[to->n_kept++] = (uint32_t)to->n;
	}
	to->n++;
}

/* Those of each sample. A laboratory's cells of a measurand lie together and far from the next laboratory's: they are looked at once. */
static carriers *collect(zp_arena *arena, const zp_run *run, const uint32_t *first_cells, const bool *referees, size_t n, size_t n_samples)
{
	const zp_round *r = run->round;
	carriers *all = zp_take(arena, carriers, n_samples);
	for (size_t s = 0; s < n_samples; s++)
		all[s] = (carriers){ .cell = zp_take(arena, uint32_t, n), .tuple = zp_take(arena, uint32_t, n), .referee = zp_take(arena, bool, n),
				     .x = zp_take(arena, double, n), .who = zp_take(arena, uint32_t, n) };
	for (size_t i = 0; i < n; i++) {
		const uint32_t cell = first_cells[i], later = first_cells[i + FAR_AHEAD < n ? i + FAR_AHEAD : i];
		__builtin_prefetch(&r->state[later]);
		__builtin_prefetch(&r->kind[later]);
		__builtin_prefetch(&r->peers[later]);
		__builtin_prefetch(&r->value_m[later]);
		__builtin_prefetch(&r->value_e[later]);
		__builtin_prefetch(&run->judgement.mark[later]);
		for (uint32_t s = 0; s < n_samples; s++)
			add_carrier(&all[s], run, cell + s, referees[i]);
		if (i % EASED == 0)
			zp_run_ease(run);
	}
	return all;
}

static field take_field(zp_arena *arena, const task *t, size_t most)
{
	uint32_t keys = 1;
	for (size_t r = 0; r < ZP_RUNGS_MOST; r++)
		if (t->ladder.rung[r] && t->ladder.rung[r]->n > keys)
			keys = t->ladder.rung[r]->n;
	return (field){ .group = zp_take(arena, uint32_t, most), .slice = zp_take(arena, double, most), .slice_tuple = zp_take(arena, uint32_t, most),
			.count = zp_take(arena, uint32_t, keys), .offset = zp_take(arena, uint32_t, keys), .formed = zp_take(arena, uint32_t, keys),
			.wanted = zp_take(arena, uint8_t, keys), .unanswered = zp_take(arena, uint8_t, most), .pairs = zp_take(arena, zp_sort_pair, 2 * most) };
}

static void gather_measurand(void *context, size_t index, unsigned worker)
{
	gathering *all = context;
	zp_run *run = all->run;
	task *t = &all->tasks[index];
	const zp_programme *p = &run->book->plan->programmes[t->programme];
	(void)worker;
	if (!zp_run_is_own(run, p->first_item + t->measurand * (uint32_t)p->n_samples)) /* another machine works it out */
		return;
	zp_arena *arena = zp_arena_open();
	uint32_t *first_cells = zp_take(arena, uint32_t, run->roster->n_enrolments);
	bool *referees = zp_take(arena, bool, run->roster->n_enrolments);
	size_t n = 0;
	for (size_t e = 0; e < run->roster->n_enrolments; e++) {
		const zp_enrolment *enrolment = &run->roster->enrolments[e];
		if (enrolment->programme != t->programme)
			continue;
		const size_t k = zp_declared_at(enrolment, t->measurand);
		if (k == SIZE_MAX)
			continue;
		referees[n] = enrolment->referee;
		first_cells[n++] = enrolment->first_cell + (uint32_t)(k * p->n_samples);
	}
	field f = take_field(arena, t, n);
	const carriers *sent = collect(arena, run, first_cells, referees, n, p->n_samples);
	f.task = t;
	if (p->scheme->measurands[t->measurand].scale)
		t->keep = zp_arena_open();
	for (size_t s = 0; s < p->n_samples; s++) {
		size_t at = t->measurand * p->n_samples + s;
		zp_target_case c = { .run = run, .programme = p, .measurand = &p->scheme->measurands[t->measurand],
				     .given = &p->given[at], .out = p->out[at], .peers = t->peers, .reference = &p->reference[at],
				     .material = p->material[at], .scratch = zp_arena_open() };
		f.c = &c;
		size_t before = t->finds.n;
		f.n = sent[s].n, f.cell = sent[s].cell, f.tuple = sent[s].tuple, f.referee = sent[s].referee;
		f.n_kept = sent[s].n_kept, f.x = sent[s].x, f.who = sent[s].who;
		gather_item(&f, p->first_item + (uint32_t)at);
		t->n_per_sample[s] = (uint32_t)(t->finds.n - before);
		zp_arena_close(c.scratch);
	}
	zp_arena_close(arena);
	zp_progress_step(run->progress, 1);
}

/* ---- all of them ---- */

static bool plan_tasks(gathering *g, zp_error *err)
{
	const zp_plan *plan = g->run->book->plan;
	for (size_t p = 0; p < plan->n_programmes; p++)
		g->n_tasks += plan->programmes[p].scheme->n_measurands;
	g->tasks = zp_take(g->run->arena, task, g->n_tasks);
	g->rungs = zp_rungs_take(g->run->arena, g->run->peers, g->n_tasks * ZP_RUNGS_MOST);
	task *t = g->tasks;
	for (size_t p = 0; p < plan->n_programmes; p++) {
		const zp_scheme *scheme = plan->programmes[p].scheme;
		const char *name = scheme->choices.sdi_method[0] ? scheme->choices.sdi_method : "algorithm-a";
		const zp_plugin *peers = zp_registry_find(g->run->registry, ZP_ESTIMATOR, name);
		if (!peers)
			return zp_fail(err, ZP_BAD_RULES, scheme->file, 0, "sdi_method \"%s\" is no estimator", name);
		for (size_t m = 0; m < scheme->n_measurands; m++, t++) {
			const zp_measurand *measurand = &scheme->measurands[m];
			*t = (task){ .programme = (uint16_t)p, .measurand = (uint16_t)m, .peers = peers,
				     .n_per_sample = zp_take(g->run->arena, uint32_t, plan->programmes[p].n_samples) };
			for (size_t r = 0; r < measurand->n_rungs; r++)
				t->ladder.rung[r] = zp_rungs_find(g->rungs, measurand, &scheme->choices, r);
		}
	}
	return true;
}

static void close_arena(void *arena) { zp_arena_close(arena); }

/* One list of groups, by item; what the cells hold so far counts from their measurand's first. */
static void join_groups(gathering *g)
{
	zp_run *run = g->run;
	const zp_plan *plan = run->book->plan;
	for (size_t i = 0; i < g->n_tasks; i++) {
		g->tasks[i].first = run->n_groups;
		run->n_groups += g->tasks[i].finds.n;
	}
	zp_group *groups = zp_take(run->arena, zp_group, run->n_groups);
	uint32_t *first = zp_take(run->arena, uint32_t, plan->n_items + 1);
	for (size_t i = 0, item = 0; i < g->n_tasks; i++) {
		const task *t = &g->tasks[i];
		size_t at = t->first;
		if (t->finds.n)
			memcpy(groups + at, t->finds.groups, t->finds.n * sizeof *groups);
		for (size_t s = 0; s < plan->programmes[t->programme].n_samples; s++) {
			first[item++] = (uint32_t)at;
			at += t->n_per_sample[s];
		}
		free(t->finds.groups);
		if (t->keep)
			zp_arena_at_end(run->arena, close_arena, t->keep);
	}
	first[plan->n_items] = (uint32_t)run->n_groups;
	run->groups = groups;
	run->first_group = first;
}

static void number_groups(void *context, size_t index, unsigned worker)
{
	gathering *g = context;
	zp_run *run = g->run;
	const zp_enrolment *e = &run->roster->enrolments[index];
	const zp_programme *p = zp_run_programme(run, e);
	const task *tasks = g->tasks;
	(void)worker;
	while (tasks->programme != e->programme)
		tasks += run->book->plan->programmes[tasks->programme].scheme->n_measurands;
	size_t i = e->first_cell;
	for (size_t k = 0; k < e->n_declared; k++)
		for (size_t s = 0; s < p->n_samples; s++, i++) {
			bool has_value = zp_run_is_own(run, zp_run_item(run, e, k, s)) && (run->round->state[i] == ZP_RETURNED || run->round->state[i] == ZP_LATE) &&
					 run->round->kind[i] != ZP_NOTHING;
			uint32_t *group = &run->judgement.group[i];
			*group = has_value ? *group + (uint32_t)tasks[e->declared[k]].first : ZP_NO_GROUP;
		}
	zp_run_ease(run);
}

bool zp_run_gather(zp_run *run, zp_error *err)
{
	gathering g = { .run = run };
	if (!plan_tasks(&g, err))
		return false;
	zp_progress_stage(run->progress, "working out targets, measurands", g.n_tasks);
	zp_pool_run(run->threads, g.n_tasks, gather_measurand, &g);
	join_groups(&g);
	zp_pool_run(run->threads, run->roster->n_enrolments, number_groups, &g);
	return true;
}
