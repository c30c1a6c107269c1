/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What laboratories find where the result is no plain number, and the faults that they make there. */
#include "simulate/answers.h"
#include <math.h>

#define MEMBERS_MOST 3 /* of a true set */
#define WEAK_TIMES 4   /* so much more often is a weak sample missed */

/* ---- logarithms that are the same on every machine: + - * / and sqrt alone ---- */

#define LN10 2.302585092994045684

double zp_sim_log10(double x)
{
	int tens = 0;
	for (; x >= 10; x /= 10)
		tens++;
	for (; x < 1; x *= 10)
		tens--;
	const double root = sqrt(sqrt(x)), z = (root - 1) / (root + 1);
	double sum = 0, power = z;
	for (int k = 1; k < 40; k += 2, power *= z * z)
		sum += power / k;
	return tens + 8 * sum / LN10;
}

static double power_of_ten(double x)
{
	const double whole = floor(x), y = (x - whole) * LN10;
	double sum = 1, term = 1;
	for (int k = 1; k < 40; k++)
		sum += term *= y / k;
	for (int k = 0; k < whole; k++)
		sum *= 10;
	for (int k = 0; k > whole; k--)
		sum /= 10;
	return sum;
}

/* Three digits of it. */
static zp_decimal three_digits(double x)
{
	int8_t e = 0;
	for (; x >= 999.5; x /= 10)
		e++;
	for (; x < 99.95; x *= 10)
		e--;
	zp_decimal out = { (int64_t)nearbyint(x), e };
	for (; out.e < 0 && out.m % 10 == 0; out.e++)
		out.m /= 10;
	return out;
}

int64_t zp_sim_level_of(const zp_sim_measurand *way, double share)
{
	const double low = zp_sim_log10(way->low), level = power_of_ten(low + (zp_sim_log10(way->high) - low) * share);
	zp_decimal d = three_digits(level);
	for (; d.e > 0; d.e--)
		d.m *= 10;
	for (; d.e < 0; d.e++)
		d.m /= 10;
	return d.m > 0 ? d.m : 1;
}

/* ---- what is in the samples ---- */

/* One of the answers on that side (NONE: of all), those with a bit in `not` left out. Gives: scale->n when there is none. */
static uint32_t pick(const zp_scale *s, zp_side side, const zp_strip *strip, uint64_t not, zp_random *r)
{
	size_t n = 0;
	uint32_t at = s->n;
	for (uint32_t i = 0; i < s->n; i++) {
		if ((side != ZP_SIDE_NONE && s->answers[i].side != side) || (i < 64 && not & UINT64_C(1) << i) || (strip && !(strip->answers & UINT64_C(1) << i)))
			continue;
		if (zp_random_below(r, ++n) == 0)
			at = i;
	}
	return at;
}

static bool has_side(const zp_scale *s, zp_side side)
{
	bool has = false;
	for (uint32_t i = 0; i < s->n; i++)
		has |= s->answers[i].side == side;
	return has;
}

/* One or two, the first of them clinically significant, so that a laboratory that finds none is wrong. */
static int64_t choose_set(const zp_scale *s, zp_random *r)
{
	int64_t out = 0;
	uint64_t light = 0;
	for (uint32_t i = 0; i < s->n; i++)
		light |= s->answers[i].significant ? 0 : UINT64_C(1) << i;
	const size_t n = 1 + zp_random_below(r, 4) / 2;
	for (size_t k = 0; k < n && k < MEMBERS_MOST; k++) {
		const uint32_t member = pick(s, ZP_SIDE_NONE, NULL, k ? (uint64_t)out : light, r);
		if (member < s->n && s->answers[member].side != ZP_SIDE_NEGATIVE)
			out |= INT64_C(1) << member;
	}
	for (uint32_t i = 0; !out && i < s->n; i++)
		if (s->answers[i].side != ZP_SIDE_NEGATIVE)
			out = INT64_C(1) << i;
	return out;
}

static int64_t choose_positive(const zp_sim_answers *a, zp_random *r)
{
	if (zp_scale_is_set(a->scale))
		return choose_set(a->scale, r);
	if (a->judge == ZP_SIM_SUSCEPTIBILITY && has_side(a->scale, ZP_SIDE_GREY) && zp_random_uniform(r) < 0.15)
		return pick(a->scale, ZP_SIDE_GREY, NULL, 0, r);
	return pick(a->scale, has_side(a->scale, ZP_SIDE_POSITIVE) ? ZP_SIDE_POSITIVE : ZP_SIDE_NONE, NULL, 0, r);
}

/* Which samples are negative: the share of the rules, and never the weak one. */
void zp_sim_answers_choose(const zp_sim_programme *p, size_t m, zp_random *r, uint32_t *order, int64_t *level)
{
	const zp_sim_answers *a = &p->answers[m];
	const bool can = a->kind == ZP_SIM_LOGARITHM ? p->measurands[m]->undetected > 0 : zp_scale_is_set(a->scale) || has_side(a->scale, ZP_SIDE_NEGATIVE);
	size_t negative = can ? (size_t)floor(p->ways[m]->negative * (double)p->n_samples + 0.5) : 0;
	if (a->twin != SIZE_MAX) { /* in the blood it is one group */
		memcpy(level, level - (m - a->twin) * p->n_samples, p->n_samples * sizeof *level);
		return;
	}
	for (size_t s = 0; s < p->n_samples; s++)
		order[s] = (uint32_t)s;
	zp_random_shuffle(r, order, p->n_samples);
	for (size_t k = 0; k < p->n_samples; k++) {
		const size_t s = order[k];
		const bool none = negative && s != p->weak;
		negative -= none;
		if (a->kind == ZP_SIM_LOGARITHM)
			level[s] = none ? 0 : level[s];
		else if (!none)
			level[s] = choose_positive(a, r);
		else
			level[s] = zp_scale_is_set(a->scale) ? 0 : pick(a->scale, ZP_SIDE_NEGATIVE, NULL, 0, r);
	}
}

/* ---- what a laboratory finds ---- */

/* The answer as the laboratory's strip shows it: the nearest on its side, else the nearest. */
static int64_t shown(const zp_scale *s, const zp_strip *strip, int64_t answer)
{
	int64_t best = answer, away = INT64_MAX;
	if (!strip || strip->answers & UINT64_C(1) << answer)
		return answer;
	for (int64_t i = 0; i < (int64_t)s->n; i++) {
		const int64_t far = (i < answer ? answer - i : i - answer) + (s->answers[i].side == s->answers[answer].side ? 0 : 100);
		if (!(strip->answers & UINT64_C(1) << i) || far >= away)
			continue;
		best = i;
		away = far;
	}
	return best;
}

static void find_quantity(const zp_sim_programme *p, size_t m, double spread, double steady, bool season, zp_random *r, zp_sim_return *out)
{
	const zp_sim_measurand *way = p->ways[m];
	const double own = way->between * spread * zp_random_normal(r);
	const double bias = (season ? out->bias[m] : way->instruments[out->instrument].bias + own) / 100;
	out->logged[m] = zp_random_uniform(r) < 0.2;
	for (size_t s = 0; s < p->n_samples; s++) {
		const size_t i = m * p->n_samples + s;
		const double away = zp_random_normal(r) * way->cv * spread * steady / 100;
		zp_decimal found = { 0, 0 };
		if (p->levels[i] > 0)
			found = three_digits(power_of_ten(zp_sim_log10((double)p->levels[i]) + bias + away));
		out->cells[i].original = out->cells[i].reported = found;
	}
}

static void find(const zp_sim_programme *p, size_t m, double spread, double steady, bool season, zp_random *r, zp_sim_return *out)
{
	const zp_sim_answers *a = &p->answers[m];
	const unsigned habit = (unsigned)zp_random_below(r, 256);
	if (a->kind == ZP_SIM_LOGARITHM)
		find_quantity(p, m, spread, steady, season, r, out);
	for (size_t s = 0; s < p->n_samples; s++) {
		zp_sim_cell *cell = &out->cells[m * p->n_samples + s];
		cell->fault = ZP_SIM_FINE;
		cell->has_index = false;
		cell->word = (uint8_t)(zp_random_uniform(r) < 0.9 ? habit : zp_random_below(r, 256));
		if (a->kind == ZP_SIM_ANSWER) {
			const int64_t level = p->levels[m * p->n_samples + s];
			cell->original = cell->reported = (zp_decimal){ zp_scale_is_set(a->scale) ? level : shown(a->scale, a->strips[out->instrument], level), 0 };
		}
	}
}

/* ---- faults ---- */

typedef struct slip { const zp_sim_answers *a; const zp_strip *strip; zp_random *r; zp_sim_cell *cell; bool weak, has_twin; } slip;

static bool give(const slip *x, int64_t answer, zp_sim_fault fault)
{
	if (answer < 0 || (!zp_scale_is_set(x->a->scale) && answer >= (int64_t)x->a->scale->n) || answer == x->cell->original.m)
		return false;
	x->cell->reported = (zp_decimal){ answer, 0 };
	x->cell->fault = (uint8_t)fault;
	return true;
}

/* The other side of the cut. */
static bool cross(const slip *x, const zp_sim_answer_faults *f, double u)
{
	const zp_side is = zp_scale_side(x->a->scale, x->cell->original.m);
	const zp_side other = is == ZP_SIDE_POSITIVE ? ZP_SIDE_NEGATIVE : ZP_SIDE_POSITIVE;
	if ((is != ZP_SIDE_POSITIVE && is != ZP_SIDE_NEGATIVE) || u >= f->wrong_side * (x->weak ? WEAK_TIMES : 1))
		return false;
	const zp_sim_fault fault = is == ZP_SIDE_POSITIVE ? ZP_SIM_FALSE_NEGATIVE : ZP_SIM_FALSE_POSITIVE;
	if (zp_scale_is_set(x->a->scale))
		return give(x, is == ZP_SIDE_POSITIVE ? 0 : choose_set(x->a->scale, x->r), fault);
	return give(x, pick(x->a->scale, other, x->strip, 0, x->r), fault);
}

/* So many steps away on the strip, on the same side. */
static bool stray(const slip *x, int steps, zp_sim_fault fault)
{
	const zp_scale *s = x->a->scale;
	const int64_t from = x->cell->original.m;
	int64_t to = -1;
	for (int64_t i = 0; i < (int64_t)s->n; i++)
		if (zp_scale_steps(x->strip, i, from) == steps && s->answers[i].side == s->answers[from].side && (to < 0 || zp_random_below(x->r, 2)))
			to = i;
	return give(x, to, fault);
}

/* Another species of the genus (within), or something else altogether. */
static bool mistake(const slip *x, bool within, zp_sim_fault fault)
{
	const zp_scale *s = x->a->scale;
	const zp_answer *is = &s->answers[x->cell->original.m];
	int64_t to = -1;
	size_t n = 0;
	for (uint32_t i = 0; i < s->n; i++) {
		const bool kin = *is->family && strcmp(s->answers[i].family, is->family) == 0;
		if (kin == within && &s->answers[i] != is && s->answers[i].side == is->side && zp_random_below(x->r, ++n) == 0)
			to = i;
	}
	return give(x, to, fault);
}

static bool miss(const slip *x)
{
	const zp_scale *s = x->a->scale;
	const int64_t is = x->cell->original.m;
	for (uint32_t i = 0; i < s->n; i++) {
		const int64_t bit = INT64_C(1) << i;
		if (is & bit && s->answers[i].significant && is != bit)
			return give(x, is & ~bit, ZP_SIM_MISSED);
	}
	return false;
}

static bool invent(const slip *x)
{
	const zp_scale *s = x->a->scale;
	const int64_t is = x->cell->original.m;
	const uint32_t member = pick(s, ZP_SIDE_NONE, NULL, (uint64_t)is, x->r);
	if (!is || member >= s->n || s->answers[member].side == ZP_SIDE_NEGATIVE)
		return false;
	return give(x, is | INT64_C(1) << member, ZP_SIM_EXTRA);
}

static bool misread(const slip *x, const zp_sim_answer_faults *f, double u)
{
	const zp_side is = zp_scale_side(x->a->scale, x->cell->original.m);
	if (u < f->minor)
		return give(x, pick(x->a->scale, is != ZP_SIDE_GREY ? ZP_SIDE_GREY : ZP_SIDE_NEGATIVE, NULL, 0, x->r), ZP_SIM_MINOR);
	if (u < f->minor + f->major && is == ZP_SIDE_NEGATIVE)
		return give(x, pick(x->a->scale, ZP_SIDE_POSITIVE, NULL, 0, x->r), ZP_SIM_MAJOR);
	return u < f->minor + f->very_major && is == ZP_SIDE_POSITIVE && give(x, pick(x->a->scale, ZP_SIDE_NEGATIVE, NULL, 0, x->r), ZP_SIM_VERY_MAJOR);
}

/* What goes wrong with one answer, by how it is judged. */
static bool slip_of(const slip *x, const zp_sim_answer_faults *f)
{
	const double u = zp_random_uniform(x->r), v = zp_random_uniform(x->r);
	if (x->a->judge == ZP_SIM_SUSCEPTIBILITY)
		return misread(x, f, u);
	if (cross(x, f, u))
		return true;
	switch (x->a->judge) {
	case ZP_SIM_WITHIN:
		return v < f->two_off ? stray(x, 2, ZP_SIM_TWO_OFF) : v < f->two_off + f->one_off && stray(x, 1, ZP_SIM_ONE_OFF);
	case ZP_SIM_MEMBERS:
		return v < f->missed ? miss(x) : v < f->missed + f->extra && invent(x);
	case ZP_SIM_ACCEPTED:
		return v < f->same_family ? mistake(x, true, ZP_SIM_SAME_FAMILY) : v < f->same_family + f->other_answer && mistake(x, false, ZP_SIM_OTHER_ANSWER);
	case ZP_SIM_MATCH: case ZP_SIM_SUSCEPTIBILITY:
		break;
	}
	if (x->has_twin && v < f->discrepancy)
		return mistake(x, false, ZP_SIM_DISCREPANCY);
	if (has_side(x->a->scale, ZP_SIDE_NEGATIVE))
		return v < f->grey && give(x, pick(x->a->scale, ZP_SIDE_GREY, x->strip, 0, x->r), ZP_SIM_GREY);
	return v >= f->discrepancy && v < f->discrepancy + f->other_answer && mistake(x, false, ZP_SIM_OTHER_ANSWER);
}

/* A quantity that is there and not found, or found and not there. */
static void slip_quantity(const zp_sim_programme *p, size_t m, const zp_sim_answer_faults *f, bool weak, zp_random *r, zp_sim_cell *cell)
{
	const double u = zp_random_uniform(r), times = 2 + 18 * zp_random_uniform(r);
	if (!p->measurands[m]->undetected || u >= f->wrong_side * (weak ? WEAK_TIMES : 1))
		return;
	cell->fault = cell->original.m ? ZP_SIM_FALSE_NEGATIVE : ZP_SIM_FALSE_POSITIVE;
	cell->reported = cell->original.m ? (zp_decimal){ 0, 0 } : three_digits((p->ways[m]->lod > 0 ? p->ways[m]->lod : p->ways[m]->low) * times);
}

/* The answer of the sample beside it, copied down in its place. */
static void transcribe(const zp_sim_programme *p, size_t m, const zp_sim_answer_faults *f, zp_random *r, zp_sim_return *out)
{
	for (size_t s = 0; s + 1 < p->n_samples; s++) {
		zp_sim_cell *cell = &out->cells[m * p->n_samples + s];
		const zp_decimal beside = cell[1].original;
		if (zp_random_uniform(r) >= f->transcribed || cell->fault != ZP_SIM_FINE || !zp_decimal_compare(beside, cell->original))
			continue;
		cell->reported = beside;
		cell->fault = ZP_SIM_TRANSCRIBED;
	}
}

/* ---- the index beside the word ---- */

/* As the instrument shows it for that side; weak ones are near the cut-off. */
static zp_decimal index_of(const zp_cutoff *c, bool positive, bool weak, double u)
{
	const double times = !positive ? 0.05 + 0.55 * u : weak ? 1.2 + 1.8 * u : 2 + 38 * u * u, at = zp_decimal_double(c->at);
	const zp_decimal index = zp_decimal_round_binary(c->positive_below ? at / times : at * times, 2);
	return index.m > 0 ? index : (zp_decimal){ 1, -2 };
}

static void add_indices(const zp_sim_programme *p, size_t m, const zp_sim_answer_faults *f, zp_random *r, zp_sim_return *out)
{
	const bool tells = zp_random_uniform(r) < 0.85;
	for (size_t s = 0; s < p->n_samples; s++) {
		zp_sim_cell *cell = &out->cells[m * p->n_samples + s];
		const double u = zp_random_uniform(r), v = zp_random_uniform(r);
		const zp_side side = zp_scale_side(p->answers[m].scale, cell->reported.m);
		if (!tells || (side != ZP_SIDE_POSITIVE && side != ZP_SIDE_NEGATIVE))
			continue;
		const bool contradicts = v < f->index && cell->fault == ZP_SIM_FINE;
		cell->index = index_of(&p->measurands[m]->cutoff, (side == ZP_SIDE_POSITIVE) != contradicts, s == p->weak, u);
		cell->has_index = true;
		if (contradicts)
			cell->fault = ZP_SIM_INDEX;
	}
}

/* Faults as often as the laboratory's care lets them be. */
static zp_sim_answer_faults faults_of(const zp_sim_world *w, size_t lab)
{
	zp_sim_answer_faults f = w->wish->answers;
	double *const rates[] = { &f.wrong_side, &f.grey, &f.one_off, &f.two_off, &f.missed, &f.extra, &f.same_family, &f.other_answer,
				  &f.minor, &f.major, &f.very_major, &f.discrepancy, &f.index, &f.transcribed };
	for (size_t i = 0; i < sizeof rates / sizeof *rates; i++)
		*rates[i] *= w->labs[lab].care;
	return f;
}

void zp_sim_answers_make(const zp_sim_world *w, size_t lab, size_t index, zp_sim_return *out)
{
	const zp_sim_programme *p = &w->programmes[index];
	const zp_sim_lab *self = &w->labs[lab];
	const zp_sim_answer_faults rates = faults_of(w, lab), *f = &rates;
	zp_random r = zp_random_stream(w->when.seed, lab, index + 1 + ZP_SIM_STREAM_ANSWERS);
	out->told_lod = zp_random_uniform(&r) < 0.5;
	for (size_t m = 0; m < p->n; m++) {
		const zp_sim_answers *a = &p->answers[m];
		if (!out->declared[m] || a->kind == ZP_SIM_PLAIN)
			continue;
		find(p, m, w->wish->spread[self->lab_class], self->steady, w->when.season, &r, out);
		for (size_t s = 0; s < p->n_samples; s++) {
			zp_sim_cell *cell = &out->cells[m * p->n_samples + s];
			if (a->kind == ZP_SIM_LOGARITHM)
				slip_quantity(p, m, f, s == p->weak, &r, cell);
			else
				slip_of(&(slip){ a, a->strips[out->instrument], &r, cell, s == p->weak, a->twin != SIZE_MAX && out->declared[a->twin] }, f);
		}
		if (a->kind == ZP_SIM_ANSWER)
			transcribe(p, m, f, &r, out);
		if (a->indexed)
			add_indices(p, m, f, &r, out);
	}
}
