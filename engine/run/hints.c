/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What looks like a slip, before anything is worked out from the results: units, decimal points, signs, samples, measurands,
 * and results that are another laboratory's. Hints change no verdict; where the scheme says so they keep a result out of the
 * statistics. docs/methods/slips.md explains the rules and what they find. */
#include <stdlib.h>
#include "base/memory.h"
#include "base/pool.h"
#include "run/slips/slips.h"

#define ENROLMENTS_AT_ONCE 64

typedef struct searching {
	zp_slip_search search;
	zp_slips_found *found;  /* per task of laboratories */
	zp_slips_found *copied; /* per programme */
	uint32_t *informative;
	zp_error *failed;       /* the same */
} searching;

void zp_slip_add(zp_slips_found *found, const zp_hint *h)
{
	if (found->n == found->room) {
		found->room = found->room ? 2 * found->room : 32;
		found->at = zp_must(realloc(found->at, found->room * sizeof *found->at));
	}
	found->at[found->n++] = *h;
}

void zp_slip_explain(zp_slip_sheet *t, size_t k, size_t s, zp_hint h)
{
	zp_slip_result *r = &t->at[k * t->n_samples + s];
	h.enrolment = (uint32_t)t->enrolment;
	h.cell = t->e->first_cell + (uint32_t)(k * t->n_samples + s);
	h.before = r->before;
	h.aside = t->choices->slip[h.kind] == ZP_SLIP_ASIDE;
	r->explained = true;
	t->n_far--;
	zp_slip_add(t->found, &h);
}

/* Fill in what was returned. */
static void read_sheet(zp_slip_sheet *t)
{
	const zp_round *r = t->search->run->round;
	size_t i = 0, cell = t->e->first_cell;
	t->n_far = 0;
	for (size_t k = 0; k < t->e->n_declared; k++) {
		const zp_centre *all = zp_slip_references_of(t->search, t->e, k)->at;
		t->own[k] = zp_slip_own(t->search, t->enrolment, k);
		for (size_t s = 0; s < t->n_samples; s++, i++, cell++) {
			zp_slip_result *one = &t->at[i];
			*one = (zp_slip_result){ .usable = zp_slip_usable(r, cell) };
			if (!one->usable)
				continue;
			one->x = zp_decimal_double(zp_round_value(r, cell));
			one->half = 0.5 * zp_slip_step(r->value_e[cell]);
			one->before = fmin(zp_centre_distance(&t->own[k][s], one->x, 0), zp_centre_distance(&all[s], one->x, 0));
			one->far = t->own[k][s].s > 0 && one->before > t->choices->slip_far;
			t->n_far += one->far;
		}
	}
}

static int by_cell(const void *a, const void *b)
{
	const zp_hint *one = a, *two = b;
	if (one->enrolment != two->enrolment)
		return one->enrolment < two->enrolment ? -1 : 1;
	if (one->cell != two->cell)
		return one->cell < two->cell ? -1 : 1;
	if (one->kind != two->kind)
		return one->kind < two->kind ? -1 : 1;
	return one->other < two->other ? -1 : one->other > two->other;
}

static void look_at(zp_slip_sheet *t)
{
	read_sheet(t);
	if (!t->n_far)
		return;
	zp_slip_samples(t, true); /* what explains most comes first */
	zp_slip_measurands(t, true);
	zp_slip_units(t, true);
	zp_slip_samples(t, false);
	zp_slip_measurands(t, false);
	zp_slip_units(t, false);
	zp_slip_decimals(t);
}

static void look_at_some(void *context, size_t task, unsigned worker)
{
	searching *all = context;
	const zp_run *run = all->search.run;
	const size_t first = task * ENROLMENTS_AT_ONCE, end = first + ENROLMENTS_AT_ONCE < run->roster->n_enrolments ? first + ENROLMENTS_AT_ONCE : run->roster->n_enrolments;
	size_t cells = 1, lines = 1, n = 1;
	(void)worker;
	for (size_t e = first; e < end; e++) { /* room for the largest */
		const zp_enrolment *enrolment = &run->roster->enrolments[e];
		const size_t n_samples = zp_run_programme(run, enrolment)->n_samples, side = n_samples > enrolment->n_declared ? n_samples : enrolment->n_declared;
		cells = enrolment->n_declared * n_samples > cells ? enrolment->n_declared * n_samples : cells;
		lines = enrolment->n_declared > lines ? enrolment->n_declared : lines;
		n = side > n ? side : n;
	}
	zp_arena *arena = zp_arena_open();
	zp_slip_sheet t = { .search = &all->search, .at = zp_take(arena, zp_slip_result, cells), .own = zp_take(arena, const zp_centre *, lines),
			    .cost = zp_take(arena, double, n * n), .work = zp_take(arena, double, 3 * (n + 1)),
			    .counts = zp_take(arena, uint32_t, 3 * (n + 1)), .column = zp_take(arena, uint32_t, n), .lines = zp_take(arena, uint32_t, lines),
			    .found = &all->found[task] };
	for (size_t e = first; e < end; e++) {
		t.enrolment = e;
		t.e = &run->roster->enrolments[e];
		t.programme = zp_run_programme(run, t.e);
		t.choices = &t.programme->scheme->choices;
		t.n_samples = t.programme->n_samples;
		look_at(&t);
	}
	zp_run_ease(run);
	zp_arena_close(arena);
}

static void look_for_copies(void *context, size_t programme, unsigned worker)
{
	searching *all = context;
	(void)worker;
	zp_slip_copies(&all->search, programme, &all->copied[programme], &all->informative[programme], &all->failed[programme]);
}

static void look(void *context, size_t task, unsigned worker)
{
	const searching *all = context;
	const size_t n = all->search.run->book->plan->n_programmes;
	if (task < n)
		look_for_copies(context, task, worker);
	else
		look_at_some(context, task - n, worker);
	zp_progress_step(all->search.run->progress, 1);
}

/* One list of hints, in order. */
static void join(searching *all, size_t n_tasks, size_t n_programmes, zp_hints *out)
{
	size_t n = 0;
	for (size_t i = 0; i < n_tasks; i++)
		n += all->found[i].n;
	for (size_t p = 0; p < n_programmes; p++)
		n += all->copied[p].n;
	zp_hint *at = zp_take(all->search.run->arena, zp_hint, n + 1);
	out->at = at;
	for (size_t i = 0; i < n_tasks + n_programmes; i++) {
		zp_slips_found *those = i < n_tasks ? &all->found[i] : &all->copied[i - n_tasks];
		if (those->n)
			memcpy(at + out->n, those->at, those->n * sizeof *at);
		out->n += those->n;
		free(those->at);
	}
	qsort(at, n, sizeof *at, by_cell);
}

/* Whether a hint opens something that is counted once: a line for units, a laboratory in a programme for samples and measurands. */
static bool is_first(const zp_run *run, const zp_hints *hints, size_t i)
{
	const zp_hint *h = &hints->at[i];
	if (h->kind == ZP_SLIP_DECIMAL || h->kind == ZP_SLIP_SIGN)
		return true;
	if (h->kind == ZP_SLIP_COPIED) /* each of the two has one */
		return run->roster->enrolments[h->enrolment].lab < h->other;
	const size_t n = zp_run_programme(run, &run->roster->enrolments[h->enrolment])->n_samples;
	const uint32_t first = run->roster->enrolments[h->enrolment].first_cell;
	for (size_t j = i; j-- > 0 && hints->at[j].enrolment == h->enrolment;)
		if (hints->at[j].kind == h->kind && (h->kind != ZP_SLIP_UNIT || (hints->at[j].cell - first) / n == (h->cell - first) / n))
			return false;
	return true;
}

static void set_aside(zp_run *run)
{
	for (size_t i = 0; i < run->hints.n; i++) {
		const zp_hint *h = &run->hints.at[i];
		run->hints.of[h->kind] += is_first(run, &run->hints, i);
		if (h->aside && h->cell != ZP_NO_HINT_CELL && run->judgement.mark[h->cell] == ZP_KEPT)
			run->judgement.mark[h->cell] = ZP_ASIDE_SLIP;
	}
}

bool zp_run_hints(zp_run *run, zp_error *err)
{
	const zp_plan *plan = run->book->plan;
	const zp_roster *roster = run->roster;
	zp_arena *arena = zp_arena_open();
	searching all = { .search = { .run = run } };
	uint32_t *first_line = zp_take(arena, uint32_t, roster->n_enrolments + 1), *first_measurand = zp_take(arena, uint32_t, plan->n_programmes + 1);
	for (size_t e = 0; e < roster->n_enrolments; e++)
		first_line[e + 1] = first_line[e] + roster->enrolments[e].n_declared;
	for (size_t p = 0; p < plan->n_programmes; p++)
		first_measurand[p + 1] = first_measurand[p] + (uint32_t)plan->programmes[p].scheme->n_measurands;
	all.search.first_line = first_line;
	all.search.first_measurand = first_measurand;
	all.search.reference = zp_take(arena, uint32_t, first_line[roster->n_enrolments] + 1);
	all.search.references = zp_take(arena, zp_references, first_measurand[plan->n_programmes] + 1);
	zp_slip_references(&all.search, arena);
	const size_t n_tasks = (roster->n_enrolments + ENROLMENTS_AT_ONCE - 1) / ENROLMENTS_AT_ONCE;
	all.found = zp_take(arena, zp_slips_found, n_tasks + 1);
	all.copied = zp_take(arena, zp_slips_found, plan->n_programmes + 1);
	all.failed = zp_take(arena, zp_error, plan->n_programmes + 1);
	all.informative = zp_take(run->arena, uint32_t, plan->n_programmes + 1);
	zp_progress_stage(run->progress, "looking for slips, blocks", plan->n_programmes + n_tasks);
	zp_pool_run(run->threads, plan->n_programmes + n_tasks, look, &all); /* copies first, for they take longest */
	run->hints.informative = all.informative;
	join(&all, n_tasks, plan->n_programmes, &run->hints);
	set_aside(run);
	for (size_t i = 0; i < first_measurand[plan->n_programmes]; i++) {
		free(all.search.references[i].at);
		free(all.search.references[i].within);
	}
	bool good = true;
	for (size_t p = 0; p < plan->n_programmes; p++)
		good = (!all.failed[p].code || zp_fail_as(err, &all.failed[p])) && good;
	zp_arena_close(arena);
	return good;
}
