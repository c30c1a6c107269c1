/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where results lie, for all laboratories and for the groups of the ladder, so that what a method reads too high is not taken
 * for a slip. Made of the values that are kept, slips included: medians bear them. */
#include <stdlib.h>
#include "base/memory.h"
#include "base/pool.h"
#include "run/rungs.h"
#include "run/slips/slips.h"

#define LINES_LOOKED_AT 1000 /* for the spread within a laboratory */
#define NOTHING UINT32_MAX
#define EASED 512 /* lines */

typedef struct measuring {
	zp_slip_search *search;
	const zp_rung_keys *(*ladders)[ZP_RUNGS_MOST]; /* per measurand of the round */
	zp_arena *arena;        /* of the stage */
	const uint16_t *programme; /* per measurand of the round */
} measuring;

/* All lines of one measurand. */
typedef struct field {
	const zp_programme *programme;
	const zp_measurand *measurand;
	size_t n_samples, n;
	uint32_t *line, *tuple; /* per line: its number, peer names; NOTHING where nothing came */
	uint64_t *choice;       /* by which one line in so many is looked at: made of what was sent, and of nothing else */
	double *sent;           /* per line and sample: the value, where it is kept; else NAN */
	double *x;                     /* kept values of a sample, ascending, and the line of each */
	uint32_t *who;
	zp_sort_pair *pairs;
	double *slice;
} field;

/* Lines of a measurand lie far apart among the cells: each is looked at once, and what is needed of it put together. */
static void add_line(field *f, const zp_run *run, uint32_t line, size_t cell)
{
	const zp_round *r = run->round;
	uint64_t h = 0x9e3779b97f4a7c15u;
	f->line[f->n] = line;
	f->tuple[f->n] = NOTHING;
	for (size_t s = 0; s < f->n_samples; s++, cell++) {
		if (f->tuple[f->n] == NOTHING && zp_slip_usable(r, cell))
			f->tuple[f->n] = r->peers[cell];
		f->sent[f->n * f->n_samples + s] = run->judgement.mark[cell] == ZP_KEPT ? zp_decimal_double(zp_round_value(r, cell)) : NAN;
		h = (h ^ (uint64_t)r->value_m[cell]) * 0xff51afd7ed558ccdu, h ^= h >> 32;
	}
	f->choice[f->n++] = h;
}

static field take_field(zp_arena *arena, const zp_slip_search *search, size_t p, size_t m)
{
	const zp_run *run = search->run;
	const size_t most = run->roster->n_enrolments + 1;
	field f = { .programme = &run->book->plan->programmes[p], .line = zp_take(arena, uint32_t, most), .tuple = zp_take(arena, uint32_t, most),
		    .choice = zp_take(arena, uint64_t, most), .x = zp_take(arena, double, most), .who = zp_take(arena, uint32_t, most),
		    .pairs = zp_take(arena, zp_sort_pair, 2 * most), .slice = zp_take(arena, double, most) };
	f.measurand = &f.programme->scheme->measurands[m];
	f.n_samples = f.programme->n_samples;
	f.sent = zp_take(arena, double, most * f.n_samples);
	for (size_t e = 0; e < run->roster->n_enrolments; e++) {
		const zp_enrolment *enrolment = &run->roster->enrolments[e];
		if (enrolment->programme != p)
			continue;
		const size_t k = zp_declared_at(enrolment, m);
		if (k == SIZE_MAX)
			continue;
		add_line(&f, run, search->first_line[e] + (uint32_t)k, enrolment->first_cell + k * f.n_samples);
		if (f.n % EASED == 0)
			zp_run_ease(run);
	}
	return f;
}

/* The reference of each line: the lowest rung on which enough lines share its key. Gives: how many references there are. */
static size_t choose(const field *f, const zp_rung_keys *const *ladder, uint32_t least, uint32_t *reference,
		     uint32_t *number[ZP_RUNGS_MOST], zp_arena *arena)
{
	size_t n = 1;
	for (size_t r = 0; r < f->measurand->n_rungs; r++) {
		if (!f->measurand->rungs[r].keys)
			continue;
		uint32_t *count = zp_take(arena, uint32_t, ladder[r]->n + 1);
		number[r] = zp_take(arena, uint32_t, ladder[r]->n + 1); /* of the key's reference; 0: none */
		for (size_t i = 0; i < f->n; i++) {
			const uint32_t key = f->tuple[i] == NOTHING ? ZP_NO_NAME : ladder[r]->of[f->tuple[i]];
			if (key != ZP_NO_NAME)
				count[key]++;
		}
		for (size_t i = 0; i < f->n; i++) {
			const uint32_t key = f->tuple[i] == NOTHING ? ZP_NO_NAME : ladder[r]->of[f->tuple[i]];
			if (key == ZP_NO_NAME || reference[f->line[i]] || count[key] < least)
				continue;
			if (!number[r][key])
				number[r][key] = (uint32_t)n++;
			reference[f->line[i]] = number[r][key];
		}
	}
	return n;
}

static void collect(field *f, size_t s, size_t *n)
{
	*n = 0;
	for (size_t i = 0; i < f->n; i++) {
		const double x = f->sent[i * f->n_samples + s];
		if (isnan(x))
			continue;
		f->x[*n] = x;
		f->who[(*n)++] = (uint32_t)i;
	}
	zp_sort_with(f->x, f->who, *n, f->pairs);
}

/* One sample: the centre of all, and of each group from its part of the ascending values. */
static void measure_sample(field *f, const zp_rung_keys *const *ladder, uint32_t *const *number, size_t s, zp_references *out,
			   zp_arena *arena)
{
	const zp_choices *c = &f->programme->scheme->choices;
	const double floor = 0.5 * zp_slip_step((int8_t)-f->measurand->places);
	size_t n;
	collect(f, s, &n);
	out->at[s] = zp_centre_of(f->x, n, c->slip_least, floor);
	for (size_t r = 0; r < f->measurand->n_rungs; r++) {
		if (!f->measurand->rungs[r].keys)
			continue;
		uint32_t *offset = zp_take(arena, uint32_t, out->n + 2);
		for (int pass = 0; pass < 2; pass++) {
			for (size_t i = 0; i < n; i++) {
				const uint32_t tuple = f->tuple[f->who[i]], key = tuple == NOTHING ? ZP_NO_NAME : ladder[r]->of[tuple];
				const uint32_t k = key == ZP_NO_NAME ? 0 : number[r][key];
				if (!k)
					continue;
				if (pass)
					f->slice[offset[k]++] = f->x[i];
				else
					offset[k + 1]++;
			}
			for (size_t k = 1; k < out->n + 1 && !pass; k++)
				offset[k + 1] += offset[k];
		}
		for (size_t k = 1, from = 0; k < out->n; k++) { /* each offset now stands at the end of its part */
			const size_t to = offset[k];
			if (to > from)
				out->at[k * f->n_samples + s] = zp_centre_of(f->slice + from, to - from, c->slip_least, floor);
			from = to;
		}
	}
}

/* The part of the spread that is within a laboratory: what is left of the standardised results of a line when their mean is
 * taken off. Looked at in about so many lines. */
static double within(const field *f, const uint32_t *reference, uint32_t k, const zp_centre *centres, double *work, uint64_t *keys)
{
	size_t n = 0, of = 0;
	for (size_t i = 0; i < f->n; i++)
		of += k == 0 || reference[f->line[i]] == k;
	const size_t every = of / LINES_LOOKED_AT + 1;
	for (size_t i = 0; i < f->n; i++) {
		if ((k && reference[f->line[i]] != k) || f->choice[i] % every)
			continue;
		double z[ZP_CENTRES_MOST], sum = 0;
		size_t those = 0;
		for (size_t s = 0; s < f->n_samples; s++) {
			const double x = f->sent[i * f->n_samples + s];
			if (isnan(x) || !(centres[s].s > 0))
				continue;
			z[those] = (x - centres[s].x) / centres[s].s;
			sum += z[those++];
		}
		for (size_t j = 0; j < those && those > 1; j++)
			work[n++] = (z[j] - sum / (double)those) * sqrt((double)those / (double)(those - 1));
	}
	zp_sort(work, n, keys);
	const double made = 1.483 * zp_median_deviation(work, n, 0);
	return n < 2 || !(made < 1) ? 1 : made;
}

static void measure(void *context, size_t index, unsigned worker)
{
	const measuring *m = context;
	const zp_slip_search *search = m->search;
	const size_t p = m->programme[index];
	(void)worker;
	zp_arena *arena = zp_arena_open();
	field f = take_field(arena, search, p, index - search->first_measurand[p]);
	uint32_t *number[ZP_RUNGS_MOST] = { NULL };
	zp_references *out = &search->references[index];
	const zp_rung_keys *const *ladder = m->ladders[index];
	out->n = choose(&f, ladder, f.measurand->least, search->reference, number, arena);
	out->at = zp_must(calloc(out->n * f.n_samples, sizeof *out->at));
	out->within = zp_must(calloc(out->n, sizeof *out->within));
	for (size_t s = 0; s < f.n_samples; s++)
		measure_sample(&f, ladder, number, s, out, arena);
	const size_t most = (f.n + 1) * f.n_samples;
	double *work = zp_take(arena, double, most);
	uint64_t *keys = zp_take(arena, uint64_t, 2 * most);
	for (uint32_t k = 0; k < out->n; k++) {
		zp_centre *own = out->at + k * f.n_samples;
		for (size_t s = 0; s < f.n_samples && k; s++)
			if (!(own[s].s > 0))
				own[s] = out->at[s]; /* too few of the group have this sample */
		zp_centres_level(own, f.n_samples);
		out->within[k] = within(&f, search->reference, k, own, work, keys);
	}
	zp_arena_close(arena);
}

double zp_slip_step(int8_t e)
{
	return zp_decimal_double((zp_decimal){ 1, e });
}

void zp_slip_references(zp_slip_search *search, zp_arena *arena)
{
	const zp_run *run = search->run;
	const zp_plan *plan = run->book->plan;
	size_t n = 0;
	for (size_t p = 0; p < plan->n_programmes; p++)
		n += plan->programmes[p].scheme->n_measurands;
	uint16_t *programme = zp_take(arena, uint16_t, n + 1);
	measuring m = { .search = search, .arena = arena, .programme = programme, .ladders = zp_arena_take(arena, (n + 1) * sizeof *m.ladders) };
	zp_rungs *rungs = zp_rungs_take(arena, run->peers, n * ZP_RUNGS_MOST + 1);
	for (size_t p = 0, i = 0; p < plan->n_programmes; p++) {
		const zp_scheme *scheme = plan->programmes[p].scheme;
		for (size_t k = 0; k < scheme->n_measurands; k++, i++) {
			programme[i] = (uint16_t)p;
			for (size_t r = 0; r < scheme->measurands[k].n_rungs; r++)
				m.ladders[i][r] = zp_rungs_find(rungs, &scheme->measurands[k], &scheme->choices, r);
		}
	}
	zp_pool_run(run->threads, n, measure, &m);
}
