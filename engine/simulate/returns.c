/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulate/returns.h"
#include <math.h>
#include "base/random.h"
#include "simulate/answers.h"

/* Of the variance of a laboratory's bias in a year so much stays, and the rest is of the round: 0.9^2 + 0.19 = 1. */
#define KEPT 0.9
#define DRIFT 0.43588989435406735

zp_sim_return zp_sim_return_take(zp_arena *arena, const zp_sim_world *w)
{
	size_t most = w->most_cells / w->wish->samples;
	return (zp_sim_return){ .declared = zp_take(arena, bool, most), .logged = zp_take(arena, bool, most), .bias = zp_take(arena, double, most),
				.cells = zp_take(arena, zp_sim_cell, w->most_cells) };
}

static size_t choose_instrument(const zp_sim_programme *p, zp_random *r)
{
	double u = zp_random_uniform(r);
	size_t i = 0;
	while (u > p->shares[i])
		i++;
	return i;
}

/* A laboratory that enrols performs something. */
static void choose_declared(const zp_sim_programme *p, double share, zp_random *r, zp_sim_return *out)
{
	out->n_declared = 0;
	for (size_t m = 0; m < p->n; m++) {
		out->declared[m] = zp_random_uniform(r) < share;
		out->n_declared += out->declared[m];
	}
	if (!out->n_declared) {
		out->declared[zp_random_below(r, p->n)] = true;
		out->n_declared = 1;
	}
}

/* Measure: level x (1 + bias) x (1 + imprecision), rounded to what is reported. */
static void measure(const zp_sim_programme *p, double spread, double steady, bool season, zp_random *r, zp_sim_return *out)
{
	for (size_t m = 0; m < p->n; m++) {
		out->logged[m] = false;
		if (!out->declared[m] || p->answers[m].kind != ZP_SIM_PLAIN)
			continue;
		const zp_sim_measurand *way = p->ways[m];
		double bias = season ? out->bias[m] : way->instruments[out->instrument].bias;
		bias += way->between * spread * (season ? DRIFT : 1) * zp_random_normal(r);
		double imprecision = way->cv * spread * steady / 100;
		int8_t e = (int8_t)-p->measurands[m]->places;
		for (size_t s = 0; s < p->n_samples; s++) {
			size_t i = m * p->n_samples + s;
			double x = (double)p->levels[i] * (1 + bias / 100) * (1 + imprecision * zp_random_normal(r));
			zp_sim_cell *cell = &out->cells[i];
			cell->original = (zp_decimal){ x > 0 ? (int64_t)nearbyint(x) : 0, e };
			cell->reported = cell->original;
			cell->fault = ZP_SIM_FINE;
			cell->has_index = false;
		}
	}
}

/* Hand in something else than was measured; what comes to the same is no fault. */
static void report(zp_sim_cell *cell, zp_decimal value, zp_sim_fault fault)
{
	cell->reported = value;
	cell->fault = (uint8_t)(zp_decimal_compare(value, cell->original) ? fault : ZP_SIM_FINE);
	if (cell->fault == ZP_SIM_FINE)
		cell->reported = cell->original;
}

static void slip_units(const zp_sim_programme *p, double rate, zp_random *r, zp_sim_return *out)
{
	for (size_t m = 0; m < p->n; m++) {
		if (!out->declared[m] || p->answers[m].kind != ZP_SIM_PLAIN || zp_random_uniform(r) >= rate)
			continue;
		zp_decimal slip = p->ways[m]->slip;
		for (size_t s = 0; s < p->n_samples; s++) {
			zp_sim_cell *cell = &out->cells[m * p->n_samples + s];
			zp_decimal other = { cell->original.m * slip.m, (int8_t)(cell->original.e + slip.e) };
			report(cell, zp_decimal_round(other, p->measurands[m]->places), ZP_SIM_UNIT_SLIP);
		}
	}
}

/* Single results: left out, or the decimal point one place off with the digits as they were. */
static void slip_cells(const zp_sim_programme *p, const zp_simulation_wish *wish, zp_random *r, zp_sim_return *out)
{
	for (size_t i = 0; i < p->n * p->n_samples; i++) {
		zp_sim_cell *cell = &out->cells[i];
		if (!out->declared[i / p->n_samples])
			continue;
		double u = zp_random_uniform(r);
		if (u < wish->missing) {
			cell->fault = ZP_SIM_MISSING;
		} else if (u < wish->missing + wish->decimal_slip && cell->fault == ZP_SIM_FINE && p->answers[i / p->n_samples].kind != ZP_SIM_ANSWER) {
			int up = u < wish->missing + wish->decimal_slip / 2 ? 1 : -1;
			report(cell, (zp_decimal){ cell->original.m, (int8_t)(cell->original.e + up) }, ZP_SIM_DECIMAL_SLIP);
		}
	}
}

/* What stood beside the answers goes with them. */
static void swap_indices(zp_sim_cell *a, zp_sim_cell *b)
{
	const zp_decimal index = a->index;
	const bool has = a->has_index;
	a->index = b->index;
	a->has_index = b->has_index;
	b->index = index;
	b->has_index = has;
}

/* Two sample tubes changed places: in every measurand, beside what else went wrong there. */
static void swap_samples(const zp_sim_programme *p, zp_random *r, zp_sim_return *out)
{
	size_t a = zp_random_below(r, p->n_samples), b = (a + 1 + zp_random_below(r, p->n_samples - 1)) % p->n_samples;
	for (size_t m = 0; m < p->n; m++) {
		zp_sim_cell *one = &out->cells[m * p->n_samples + a], *two = &out->cells[m * p->n_samples + b];
		if (!out->declared[m] || one->fault != ZP_SIM_FINE || two->fault != ZP_SIM_FINE)
			continue;
		report(one, two->original, ZP_SIM_SWAPPED);
		report(two, one->original, ZP_SIM_SWAPPED);
		swap_indices(one, two);
	}
}

/* All samples of a measurand by a thousand, up or down: ng for ug, or a digit group taken for one. */
static void slip_thousands(const zp_sim_programme *p, double rate, zp_random *r, zp_sim_return *out)
{
	for (size_t m = 0; m < p->n; m++) {
		const bool slips = zp_random_uniform(r) < rate, up = zp_random_uniform(r) < 0.5;
		for (size_t s = 0; s < p->n_samples && slips && out->declared[m]; s++) {
			zp_sim_cell *cell = &out->cells[m * p->n_samples + s];
			if (cell->fault == ZP_SIM_FINE && p->answers[m].kind == ZP_SIM_PLAIN)
				report(cell, (zp_decimal){ cell->original.m, (int8_t)(cell->original.e + (up ? 3 : -3)) }, ZP_SIM_THOUSAND_SLIP);
		}
	}
}

/* Single results: two places off, or with a minus before them. */
static void slip_more_cells(const zp_sim_programme *p, const zp_simulation_wish *wish, zp_random *r, zp_sim_return *out)
{
	for (size_t i = 0; i < p->n * p->n_samples; i++) {
		zp_sim_cell *cell = &out->cells[i];
		const double u = zp_random_uniform(r);
		if (!out->declared[i / p->n_samples] || cell->fault != ZP_SIM_FINE || p->answers[i / p->n_samples].kind != ZP_SIM_PLAIN)
			continue;
		if (u < wish->hundred_slip)
			report(cell, (zp_decimal){ cell->original.m, (int8_t)(cell->original.e + (u < wish->hundred_slip / 2 ? 2 : -2)) },
			       ZP_SIM_HUNDRED_SLIP);
		else if (u < wish->hundred_slip + wish->false_sign)
			report(cell, (zp_decimal){ -cell->original.m, cell->original.e }, ZP_SIM_FALSE_SIGN);
	}
}

/* The rows of two measurands changed places. */
static void mix_measurands(const zp_sim_programme *p, zp_random *r, zp_sim_return *out)
{
	if (out->n_declared < 2)
		return;
	size_t at[2] = { 0 }, a = zp_random_below(r, out->n_declared), b = (a + 1 + zp_random_below(r, out->n_declared - 1)) % out->n_declared;
	for (size_t m = 0, k = 0; m < p->n; m++) {
		if (!out->declared[m])
			continue;
		if (k == a)
			at[0] = m;
		if (k == b)
			at[1] = m;
		k++;
	}
	if (p->answers[at[0]].kind != p->answers[at[1]].kind || p->answers[at[0]].scale != p->answers[at[1]].scale)
		return; /* one cannot be taken for the other */
	for (size_t s = 0; s < p->n_samples; s++) {
		zp_sim_cell *one = &out->cells[at[0] * p->n_samples + s], *two = &out->cells[at[1] * p->n_samples + s];
		if (one->fault != ZP_SIM_FINE || two->fault != ZP_SIM_FINE)
			continue;
		report(one, two->original, ZP_SIM_MIXED);
		report(two, one->original, ZP_SIM_MIXED);
		swap_indices(one, two);
	}
}

/* Blunders as often as its care lets them be. */
static zp_simulation_wish wish_of(const zp_sim_world *w, size_t lab)
{
	zp_simulation_wish wish = *w->wish;
	const double care = w->labs[lab].care;
	wish.unit_slip *= care;
	wish.missing *= care;
	wish.decimal_slip *= care;
	wish.thousand_slip *= care;
	wish.hundred_slip *= care;
	wish.false_sign *= care;
	return wish;
}

void zp_sim_character_make(const zp_sim_world *w, size_t lab, size_t index, zp_sim_return *out)
{
	const zp_sim_programme *p = &w->programmes[index];
	const int lab_class = w->labs[lab].lab_class;
	zp_random r = zp_random_stream(w->wish->seed, lab, index + 1 + ZP_SIM_STREAM_CHARACTER);
	out->instrument = choose_instrument(p, &r);
	choose_declared(p, w->wish->declared[lab_class], &r, out);
	for (size_t m = 0; m < p->n; m++) {
		const double away = zp_random_normal(&r);
		out->bias[m] = 0;
		if (p->ways[m]->quantity)
			out->bias[m] = p->ways[m]->instruments[out->instrument].bias + p->ways[m]->between * w->wish->spread[lab_class] * KEPT * away;
	}
}

static void make_own(const zp_sim_world *w, size_t lab, size_t index, zp_sim_return *out)
{
	const zp_simulation_wish wish = wish_of(w, lab);
	const zp_sim_programme *p = &w->programmes[index];
	const zp_sim_lab *self = &w->labs[lab];
	zp_random r = zp_random_stream(w->when.seed, lab, index + 1);
	if (w->when.season) {
		zp_sim_character_make(w, lab, index, out);
	} else {
		out->instrument = choose_instrument(p, &r);
		choose_declared(p, wish.declared[self->lab_class], &r, out);
	}
	measure(p, wish.spread[self->lab_class], self->steady, w->when.season, &r, out);
	if (p->has_answers)
		zp_sim_answers_make(w, lab, index, out);
	slip_units(p, wish.unit_slip, &r, out);
	slip_cells(p, &wish, &r, out);
	if (p->swaps[lab])
		swap_samples(p, &r, out);
	zp_random later = zp_random_stream(w->when.seed, lab, index + 1 + ZP_SIM_STREAM_SLIPS);
	if (p->mixes[lab])
		mix_measurands(p, &later, out);
	slip_thousands(p, wish.thousand_slip, &later, out);
	slip_more_cells(p, &wish, &later, out);
}

/* Everything the other laboratory handed in too is taken over, its blunders included. */
static void copy_results(const zp_sim_programme *p, const zp_sim_return *from, double scale, zp_sim_fault fault, zp_sim_return *out)
{
	for (size_t i = 0; i < p->n * p->n_samples; i++) {
		size_t m = i / p->n_samples;
		if (!out->declared[m] || !from->declared[m] || from->cells[i].fault == ZP_SIM_MISSING)
			continue;
		const zp_sim_answers *a = &p->answers[m];
		zp_decimal value = from->cells[i].reported;
		if (a->kind == ZP_SIM_ANSWER && a->strips[out->instrument] != a->strips[from->instrument])
			continue; /* what is not on its strip it cannot hand in */
		if (fault == ZP_SIM_SCALED && a->kind != ZP_SIM_ANSWER)
			value.m = (int64_t)nearbyint((double)value.m * scale);
		report(&out->cells[i], value, fault == ZP_SIM_SCALED && a->kind == ZP_SIM_ANSWER ? ZP_SIM_COPIED : fault);
		out->cells[i].index = from->cells[i].index;
		out->cells[i].has_index = from->cells[i].has_index && from->cells[i].fault != ZP_SIM_INDEX; /* that one is told of the other alone */
	}
}

void zp_sim_return_make(const zp_sim_world *w, size_t lab, size_t index, zp_sim_return *out, zp_sim_return *other)
{
	const zp_sim_programme *p = &w->programmes[index];
	make_own(w, lab, index, out);
	if (p->copies[lab] != ZP_SIM_NOBODY) {
		make_own(w, p->copies[lab], index, other);
		copy_results(p, other, p->scales[lab], p->repeats[lab] ? ZP_SIM_REPEATED : p->scales[lab] < 1 || p->scales[lab] > 1 ? ZP_SIM_SCALED : ZP_SIM_COPIED, out);
	}
	if (w->labs[lab].silent)
		for (size_t i = 0; i < p->n * p->n_samples; i++)
			out->cells[i].fault = ZP_SIM_MISSING;
}
