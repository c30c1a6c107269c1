/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results that are another laboratory's: those of the one before it in the same file or in the register, or of any, perhaps
 * all by one factor.
 *
 * Two laboratories are compared in full only when some of their fingerprints are the same. A fingerprint is made of a few
 * results that follow each other: of the ratios of neighbours, in steps that are wide against rounding, so that a factor
 * common to all does not show. So many results go into one that chance makes about as many equal fingerprints as there are
 * laboratories; and of those who share one only near neighbours are paired. The work is linear in the results. */
#include <stdlib.h>
#include "base/memory.h"
#include "base/pool.h"
#include "run/slips/slips.h"
#include "stats/agreement.h"
#include "stats/order.h"

#define NOBODY UINT32_MAX
#define RATIO_STEPS 4        /* width of a step of a ratio, in the most that rounding moves it */
#define NEIGHBOURS 8         /* who shares a fingerprint is paired with so many that follow */
#define FINGERPRINTS_ENOUGH 4 /* with so many of them, two must be the same before laboratories are compared */
#define MANY 2000            /* laboratories of one programme: then threads share the search */
#define EASED 256            /* laboratories */
#define INFORMATIVE 0.5      /* a result agrees by chance less often than this, or says nothing */

/* All that came back in one programme. */
typedef struct field {
	const zp_slip_search *search;
	const zp_programme *programme;
	const zp_choices *choices;
	size_t width, n;       /* items of the programme; laboratories that returned something */
	uint32_t *enrolment;   /* per laboratory, in the order of the register */
	double *x;             /* NAN where there is nothing; laboratory i, item j at i * width + j */
	int8_t *e;             /* the decimal exponent it was sent with */
	double *steps;         /* 10^e, by the bits of e */
	uint32_t *cell;        /* per laboratory and measurand: its first cell; NOBODY where not declared */
	uint32_t *reference;   /* the same: its group */
	double *precision;     /* per laboratory: its own spread as part of the typical one within a laboratory */
	double *chance;        /* work: of each informative item */
	double *ratio;         /* work */
	uint64_t *keys;        /* work */
} field;

/* How two laboratories agree. */
typedef struct agreement {
	size_t common, equal, informative;
	double chance; /* log10 */
	double factor; /* 0: the results are equal as they are */
} agreement;

static size_t measurand_of(const field *f, size_t item) { return item / f->programme->n_samples; }

static bool fill(field *f, zp_arena *arena, size_t p, zp_error *err)
{
	const zp_run *run = f->search->run;
	const zp_round *r = run->round;
	const size_t n_samples = f->programme->n_samples, n_measurands = f->programme->scheme->n_measurands;
	size_t most = 0;
	for (size_t e = 0; e < run->roster->n_enrolments; e++)
		most += run->roster->enrolments[e].programme == p;
	f->width = n_measurands * n_samples;
	f->enrolment = zp_take(arena, uint32_t, most + 1);
	f->x = run->spill ? zp_spill_take(run->spill, (most * f->width + 1) * sizeof(double), err) : zp_take(arena, double, most * f->width + 1);
	f->e = run->spill ? zp_spill_take(run->spill, most * f->width + 1, err) : zp_take(arena, int8_t, most * f->width + 1);
	if (!f->x || !f->e)
		return false;
	f->precision = zp_take(arena, double, most + 1);
	f->steps = zp_take(arena, double, 256);
	for (int e = -128; e < 128; e++)
		f->steps[(uint8_t)e] = zp_slip_step((int8_t)e);
	f->cell = zp_take(arena, uint32_t, most * n_measurands + 1);
	f->reference = zp_take(arena, uint32_t, most * n_measurands + 1);
	f->chance = zp_take(arena, double, f->width + 1);
	f->ratio = zp_take(arena, double, f->width + 1);
	f->keys = zp_take(arena, uint64_t, 2 * f->width + 2);
	for (size_t e = 0; e < run->roster->n_enrolments; e++) {
		const zp_enrolment *enrolment = &run->roster->enrolments[e];
		if (enrolment->programme != p)
			continue;
		double *x = f->x + f->n * f->width;
		size_t came = 0;
		for (size_t i = 0; i < f->width; i++)
			x[i] = NAN;
		for (size_t m = 0; m < n_measurands; m++)
			f->cell[f->n * n_measurands + m] = NOBODY;
		for (size_t k = 0; k < enrolment->n_declared; k++) {
			const size_t m = enrolment->declared[k], first = enrolment->first_cell + k * n_samples;
			f->cell[f->n * n_measurands + m] = (uint32_t)first;
			f->reference[f->n * n_measurands + m] = f->search->reference[f->search->first_line[e] + k];
			for (size_t s = 0; s < n_samples; s++) {
				if (!zp_slip_usable(r, first + s))
					continue;
				x[m * n_samples + s] = zp_decimal_double(zp_round_value(r, first + s));
				f->e[f->n * f->width + m * n_samples + s] = r->value_e[first + s];
				came++;
			}
		}
		if (e % EASED == 0)
			zp_run_ease(run);
		if (!came)
			continue;
		f->enrolment[f->n++] = (uint32_t)e;
	}
	return true;
}

/* ---- how likely it is ---- */

/* How precise a laboratory is: what is left of its standardised results when the mean of each line is taken off. */
static void find_precision(field *f)
{
	const size_t n_samples = f->programme->n_samples, n_measurands = f->programme->scheme->n_measurands;
	const size_t p = (size_t)(f->programme - f->search->run->book->plan->programmes);
	for (size_t lab = 0; lab < f->n; lab++) {
		size_t n = 0;
		for (size_t m = 0; m < n_measurands; m++) {
			const zp_references *refs = &f->search->references[f->search->first_measurand[p] + m];
			const uint32_t k = f->reference[lab * n_measurands + m];
			const double *x = f->x + lab * f->width + m * n_samples;
			const size_t first = n;
			double sum = 0;
			for (size_t s = 0; s < n_samples; s++) {
				const zp_centre *c = &refs->at[k * n_samples + s];
				if (isnan(x[s]) || !(c->s > 0) || !(refs->within[k] > 0))
					continue;
				f->chance[n] = (x[s] - c->x) / (c->s * refs->within[k]);
				sum += f->chance[n++];
			}
			const size_t those = n - first;
			if (those < 2)
				n = first; /* one result says nothing of precision */
			for (size_t i = first; i < n; i++)
				f->chance[i] = (f->chance[i] - sum / (double)those) * sqrt((double)those / (double)(those - 1));
		}
		zp_sort(f->chance, n, f->keys);
		f->precision[lab] = n ? 1.483 * zp_median_deviation(f->chance, n, 0) : 1;
		if (lab % EASED == 0)
			zp_run_ease(f->search->run);
	}
}

/* The chance that results rounded to steps of r agree: by the spread within a laboratory as precise as `precise` says, as if
 * both had the same bias; or by how often results of the item are equal. */
static double chance_for(const field *f, const zp_references *refs, uint32_t k, size_t s, double r, double precise)
{
	const zp_centre *c = &refs->at[k * f->programme->n_samples + s];
	const double spread = c->s * refs->within[k] * precise;
	return c->s > 0 ? fmax(zp_agreement_chance(r, spread), c->equal) : 1;
}

static double chance_of(const field *f, size_t a, size_t b, size_t item, double r)
{
	const size_t m = measurand_of(f, item), s = item % f->programme->n_samples, n_measurands = f->programme->scheme->n_measurands;
	const size_t p = (size_t)(f->programme - f->search->run->book->plan->programmes);
	const zp_references *refs = &f->search->references[f->search->first_measurand[p] + m];
	const uint32_t one = f->reference[a * n_measurands + m], two = f->reference[b * n_measurands + m];
	const double precise = fmin(f->choices->copied_precise, fmin(f->precision[a], f->precision[b]));
	double chance = chance_for(f, refs, 0, s, r, precise);
	if (one)
		chance = fmax(chance, chance_for(f, refs, one, s, r, precise));
	if (two && two != one)
		chance = fmax(chance, chance_for(f, refs, two, s, r, precise));
	return chance;
}

static double step_of(const field *f, size_t a, size_t item) { return f->steps[(uint8_t)f->e[a * f->width + item]]; }

/* The factor that most of b's results are a's by; 0 when there is none. */
static double factor_of(const field *f, size_t a, size_t b)
{
	const double *x = f->x + a * f->width, *y = f->x + b * f->width;
	size_t n = 0;
	for (size_t i = 0; i < f->width; i++)
		if (x[i] > 20 * step_of(f, a, i) && y[i] > 20 * step_of(f, b, i))
			f->ratio[n++] = x[i] / y[i];
	zp_sort(f->ratio, n, f->keys);
	return n ? zp_median(f->ratio, n) : 0;
}

/* Compare a with b, b's results times the factor; 0: as they are. Stops when too many that could tell differ: chance is 0 then. */
static agreement compare(const field *f, size_t a, size_t b, double factor)
{
	const double *x = f->x + a * f->width, *y = f->x + b * f->width;
	agreement out = { .factor = factor };
	size_t good = 0;
	double least = 1;
	for (size_t i = 0; i < f->width; i++) {
		if (isnan(x[i]) || isnan(y[i]))
			continue;
		const double one = step_of(f, a, i), two = step_of(f, b, i);
		const double r = factor > 0 ? one + factor * two : fmax(one, two);
		const bool equal = factor > 0 ? fabs(x[i] - factor * y[i]) <= r / 2 * (1 + 1e-9) : !(x[i] < y[i]) && !(x[i] > y[i]);
		const double chance = chance_of(f, a, b, i, r);
		out.common++;
		out.equal += equal;
		if (chance > INFORMATIVE)
			continue;
		f->chance[out.informative++] = chance;
		least = fmin(least, chance);
		good += equal;
		if ((double)(out.informative - good) > (1 - f->choices->copied_share) * (double)(out.informative + f->width - i))
			return out;
	}
	out.chance = out.informative ? zp_agreement_log10(f->chance, out.informative, good) : 0;
	if (factor > 0) /* one result went into finding the factor */
		out.chance = fmin(out.chance - log10(least), 0);
	if ((double)good < f->choices->copied_share * (double)out.informative || out.informative < f->choices->copied_least)
		out.chance = 0;
	return out;
}

/* Whether a and b agree more than chance allows, among so many pairs. */
static bool agree(const field *f, size_t a, size_t b, double pairs, agreement *out)
{
	*out = compare(f, a, b, 0);
	return pairs * pow(10, out->chance) < f->choices->copied_expected;
}

/* The same by one factor. */
static bool agree_by_factor(const field *f, size_t a, size_t b, double pairs, agreement *out)
{
	const double factor = factor_of(f, a, b);
	if (!(factor > 0))
		return false;
	*out = compare(f, a, b, factor);
	return pairs * pow(10, out->chance) < f->choices->copied_expected;
}

/* ---- who is compared ---- */

static int by_pair(const void *a, const void *b)
{
	const uint64_t one = *(const uint64_t *)a, two = *(const uint64_t *)b;
	return one < two ? -1 : one > two;
}

/* How finely the ratio of an item to the one before it is told, and how often two are told to be the same by chance. */
typedef struct telling { double width, chance; bool is; } telling;

static telling tell(const field *f, size_t item)
{
	const size_t n_samples = f->programme->n_samples, p = (size_t)(f->programme - f->search->run->book->plan->programmes);
	const zp_references *refs = &f->search->references[f->search->first_measurand[p]];
	const size_t m = item / n_samples, before = (item - 1) / n_samples;
	const zp_centre *one = &refs[m].at[item % n_samples], *two = &refs[before].at[(item - 1) % n_samples];
	const double r_one = zp_slip_step((int8_t)-f->programme->scheme->measurands[m].places);
	const double r_two = zp_slip_step((int8_t)-f->programme->scheme->measurands[before].places);
	telling t = { 0 };
	if (!(one->s > 0) || !(two->s > 0) || !(one->x > 0) || !(two->x > 0))
		return t;
	const double u = one->s * refs[m].within[0] / one->x, v = two->s * refs[before].within[0] / two->x;
	t.width = RATIO_STEPS * (r_one / one->x + r_two / two->x) / 2;
	t.chance = zp_agreement_chance(t.width, sqrt(u * u + v * v));
	t.is = true;
	return t;
}

static uint64_t mix(uint64_t h, uint64_t v)
{
	h = (h ^ v) * 0xff51afd7ed558ccdu;
	return h ^ h >> 32;
}

/* The fingerprint of laboratory `lab` in items first + 1 .. last, against those before them. Gives: false when it lacks one. */
static bool fingerprint(const field *f, size_t lab, size_t first, size_t last, const telling *tellings, uint64_t *out)
{
	const double *x = f->x + lab * f->width;
	uint64_t h = 0x9e3779b97f4a7c15u;
	for (size_t i = first + 1; i <= last; i++) {
		if (!tellings[i].is)
			continue;
		if (!(x[i] > 0) || !(x[i - 1] > 0))
			return false;
		h = mix(h, (uint64_t)(int64_t)floor(log(x[i] / x[i - 1]) / tellings[i].width));
	}
	*out = h;
	return true;
}

typedef struct pairs { uint64_t *at; size_t n, room, prints; } pairs;

static void add_pair(pairs *p, uint32_t a, uint32_t b)
{
	if (p->n == p->room) {
		p->room = p->room ? 2 * p->room : 1024;
		p->at = zp_must(realloc(p->at, p->room * sizeof *p->at));
	}
	p->at[p->n++] = (uint64_t)(a < b ? a : b) << 32 | (a < b ? b : a);
}

typedef struct pairing {
	const field *f;
	const telling *tellings;
	pairs *found; /* of the fingerprints that begin at each measurand */
} pairing;

static void pair_from(void *context, size_t measurand, unsigned worker)
{
	const pairing *all = context;
	const field *f = all->f;
	const size_t first = measurand * f->programme->n_samples;
	pairs *out = &all->found[measurand];
	double chance = 1;
	size_t last = first, n = 0;
	(void)worker;
	while (last + 1 < f->width && chance > 2.0 / (double)f->n) {
		last++;
		chance *= all->tellings[last].is ? all->tellings[last].chance : 1;
	}
	if (chance > 0.05)
		return; /* too little left to tell anybody apart */
	zp_sort_pair *prints = zp_must(calloc(2 * f->n, sizeof *prints));
	for (size_t lab = 0; lab < f->n; lab++) {
		prints[n].with = (uint32_t)lab;
		n += fingerprint(f, lab, first, last, all->tellings, &prints[n].key);
		if (lab % EASED == 0)
			zp_run_ease(f->search->run);
	}
	zp_sort_pairs(prints, n);
	for (size_t i = 0; i < n; i++)
		for (size_t j = i + 1; j < n && j <= i + NEIGHBOURS && prints[j].key == prints[i].key; j++)
			add_pair(out, prints[i].with, prints[j].with);
	out->prints++;
	free(prints);
}

/* Those who share a fingerprint, beginning at each measurand. */
static pairs find_pairs(const field *f, zp_arena *arena)
{
	const size_t n_measurands = f->programme->scheme->n_measurands;
	pairs out = { 0 };
	telling *tellings = zp_take(arena, telling, f->width + 1);
	for (size_t i = 1; i < f->width; i++)
		tellings[i] = tell(f, i);
	pairing all = { f, tellings, zp_take(arena, pairs, n_measurands + 1) };
	zp_pool_run(f->n < MANY ? 1 : f->search->run->threads, n_measurands, pair_from, &all);
	for (size_t m = 0; m < n_measurands; m++) {
		const pairs *p = &all.found[m];
		for (size_t i = 0; i < p->n; i++)
			add_pair(&out, (uint32_t)(p->at[i] >> 32), (uint32_t)p->at[i]);
		out.prints += p->prints;
		free(p->at);
	}
	if (out.n)
		qsort(out.at, out.n, sizeof *out.at, by_pair);
	return out;
}

/* ---- what is told ---- */

static void mark_aside(const field *f, size_t copy, size_t of, double factor)
{
	const zp_run *run = f->search->run;
	const size_t n_samples = f->programme->n_samples, n_measurands = f->programme->scheme->n_measurands;
	const double *x = f->x + copy * f->width, *y = f->x + of * f->width;
	for (size_t i = 0; i < f->width; i++) {
		const bool same = factor > 0 ? !isnan(x[i]) && !isnan(y[i]) : !(x[i] < y[i]) && !(x[i] > y[i]) && !isnan(x[i]) && !isnan(y[i]);
		const size_t cell = f->cell[copy * n_measurands + i / n_samples] + i % n_samples;
		if (same && run->judgement.mark[cell] == ZP_KEPT)
			run->judgement.mark[cell] = ZP_ASIDE_SLIP;
	}
}

static void tell_one(const field *f, zp_slips_found *found, zp_slip kind, size_t a, size_t b, const agreement *g, double expected, bool aside)
{
	const zp_roster *roster = f->search->run->roster;
	zp_slip_add(found, &(zp_hint){ .kind = (uint8_t)kind, .aside = aside, .enrolment = f->enrolment[a], .cell = ZP_NO_HINT_CELL,
		.before = NAN, .after = NAN, .factor = g->factor, .other = roster->enrolments[f->enrolment[b]].lab,
		.common = (uint32_t)g->common, .equal = (uint32_t)g->equal, .informative = (uint32_t)g->informative, .chance = g->chance,
		.expected = expected });
}

/* Where the results of a laboratory begin: its first file and line. */
static uint64_t place_of(const field *f, size_t lab)
{
	const zp_round *r = f->search->run->round;
	const size_t n_samples = f->programme->n_samples, n_measurands = f->programme->scheme->n_measurands;
	uint64_t least = UINT64_MAX;
	for (size_t i = 0; i < f->width; i++) {
		if (isnan(f->x[lab * f->width + i]))
			continue;
		const size_t cell = f->cell[lab * n_measurands + i / n_samples] + i % n_samples;
		const uint64_t at = (uint64_t)r->file[cell] << 32 | r->line[cell];
		least = at < least ? at : least;
	}
	return least;
}

/* Whose results come right before a laboratory's: in its file, or in the register when each has a file of its own.
 * Gives: per laboratory; NOBODY for the first ones. */
static uint32_t *find_forerunners(const field *f, zp_arena *arena)
{
	uint32_t *before = zp_take(arena, uint32_t, f->n + 1);
	zp_sort_pair *places = zp_take(arena, zp_sort_pair, 2 * f->n);
	for (size_t i = 0; i < f->n; i++) {
		places[i] = (zp_sort_pair){ place_of(f, i), (uint32_t)i };
		if (i % EASED == 0)
			zp_run_ease(f->search->run);
	}
	for (size_t i = 0; i < f->n; i++)
		before[i] = i && places[i].key >> 32 != places[i - 1].key >> 32 ? (uint32_t)i - 1 : NOBODY;
	zp_sort_pairs(places, f->n);
	for (size_t i = 1; i < f->n; i++)
		if (places[i].key >> 32 == places[i - 1].key >> 32)
			before[places[i].with] = places[i - 1].with;
	return before;
}

static void look_before(field *f, zp_slips_found *found, const uint32_t *before)
{
	const unsigned action = f->choices->slip[ZP_SLIP_REPEATED];
	agreement g;
	for (size_t i = 0; i < f->n && action != ZP_SLIP_IGNORE; i++) {
		if (i % EASED == 0)
			zp_run_ease(f->search->run);
		if (before[i] == NOBODY || !agree(f, i, before[i], (double)f->n, &g))
			continue;
		const bool aside = action == ZP_SLIP_ASIDE;
		if (aside)
			mark_aside(f, i, before[i], 0);
		tell_one(f, found, ZP_SLIP_REPEATED, i, before[i], &g, (double)f->n * pow(10, g.chance), aside);
	}
}

static bool is_told(const field *f, const zp_slips_found *found, const uint32_t *before, uint32_t a, uint32_t b)
{
	const zp_roster *roster = f->search->run->roster;
	if (before[a] != b && before[b] != a)
		return false;
	for (size_t i = 0; i < found->n; i++) /* of these there are few */
		if (found->at[i].kind == ZP_SLIP_REPEATED &&
		    ((found->at[i].enrolment == f->enrolment[a] && found->at[i].other == roster->enrolments[f->enrolment[b]].lab) ||
		     (found->at[i].enrolment == f->enrolment[b] && found->at[i].other == roster->enrolments[f->enrolment[a]].lab)))
			return true;
	return false;
}

static void look_everywhere(field *f, zp_slips_found *found, const uint32_t *before, zp_arena *arena)
{
	const unsigned action = f->choices->slip[ZP_SLIP_COPIED];
	const double all = (double)f->n * (double)(f->n - 1) / 2;
	if (action == ZP_SLIP_IGNORE)
		return;
	pairs p = find_pairs(f, arena);
	const size_t needed = p.prints >= FINGERPRINTS_ENOUGH ? 2 : 1;
	for (size_t i = 0, next; i < p.n; i = next) {
		for (next = i + 1; next < p.n && p.at[next] == p.at[i]; next++)
			;
		const uint32_t a = (uint32_t)(p.at[i] >> 32), b = (uint32_t)p.at[i];
		if (i % EASED == 0)
			zp_run_ease(f->search->run);
		agreement g;
		if (next - i < needed || is_told(f, found, before, a, b) || (!agree(f, a, b, all, &g) && !agree_by_factor(f, a, b, all, &g)))
			continue;
		if (action == ZP_SLIP_ASIDE) /* of those who share results the first counts */
			mark_aside(f, b, a, g.factor);
		tell_one(f, found, ZP_SLIP_COPIED, a, b, &g, all * pow(10, g.chance), false);
		agreement back = g;
		back.factor = g.factor > 0 ? 1 / g.factor : 0;
		tell_one(f, found, ZP_SLIP_COPIED, b, a, &back, all * pow(10, g.chance), action == ZP_SLIP_ASIDE);
	}
	free(p.at);
}

/* Items that could tell a copy, for a laboratory that reports as the rules ask. */
static uint32_t count_informative(const field *f)
{
	const size_t n_samples = f->programme->n_samples, p = (size_t)(f->programme - f->search->run->book->plan->programmes);
	uint32_t n = 0;
	for (size_t i = 0; i < f->width; i++) {
		const size_t m = i / n_samples;
		const double r = zp_slip_step((int8_t)-f->programme->scheme->measurands[m].places);
		n += chance_for(f, &f->search->references[f->search->first_measurand[p] + m], 0, i % n_samples, r, f->choices->copied_precise) <= INFORMATIVE;
	}
	return n;
}

void zp_slip_copies(const zp_slip_search *search, size_t programme, zp_slips_found *found, uint32_t *informative, zp_error *err)
{
	const zp_programme *p = &search->run->book->plan->programmes[programme];
	zp_arena *arena = zp_arena_open();
	field f = { .search = search, .programme = p, .choices = &p->scheme->choices };
	const bool filled = fill(&f, arena, programme, err);
	*informative = filled ? count_informative(&f) : 0;
	if (filled && *informative >= f.choices->copied_least && f.n > 1) {
		find_precision(&f);
		const uint32_t *before = find_forerunners(&f, arena);
		look_before(&f, found, before);
		look_everywhere(&f, found, before, arena);
	}
	zp_arena_close(arena);
}
