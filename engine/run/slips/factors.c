/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results that fit once they are divided by something: the factor of another unit, a power of ten, -1. */
#include "run/slips/slips.h"

#define UNIT_FACTORS_MOST 64
#define COARSE 0.25 /* part of a value that its rounding may be, where several results tell the same factor of the rules */
#define SEVERAL 3

static double value_of(zp_decimal d) { return zp_decimal_double(d); }

/* The value divided by a factor: exactly for powers of ten and -1, else to the places of the measurand. */
static zp_decimal divided(const zp_slip_sheet *t, size_t k, size_t s, double factor)
{
	static const struct { double factor; int8_t e; int sign; } exact[] = { { 10, -1, 1 }, { 100, -2, 1 }, { 1000, -3, 1 }, { 0.1, 1, 1 },
		{ 0.01, 2, 1 }, { 0.001, 3, 1 }, { -1, 0, -1 } };
	const zp_decimal x = zp_round_value(t->search->run->round, t->e->first_cell + k * t->n_samples + s);
	for (size_t i = 0; i < sizeof exact / sizeof *exact; i++)
		if (!(factor < exact[i].factor) && !(factor > exact[i].factor))
			return (zp_decimal){ exact[i].sign * x.m, (int8_t)(x.e + exact[i].e) };
	return zp_decimal_round(zp_decimal_shortest(value_of(x) / factor), t->programme->scheme->measurands[t->e->declared[k]].places);
}

/* How a result fits when it is divided: near its group's centre as far as its rounding lets one tell; and whether it does. */
static bool fits(const zp_slip_sheet *t, size_t k, size_t s, double factor, bool *tells)
{
	const zp_slip_result *r = &t->at[k * t->n_samples + s];
	const double half = r->half / fabs(factor);
	*tells = t->own[k][s].s > 0 && half <= t->choices->slip_near * t->own[k][s].s;
	return zp_slip_distance(t, k, s, r->x / factor, half) <= t->choices->slip_near;
}

static void explain(zp_slip_sheet *t, size_t k, size_t s, zp_slip kind, double factor)
{
	const zp_slip_result *r = &t->at[k * t->n_samples + s];
	zp_slip_explain(t, k, s, (zp_hint){ .kind = (uint8_t)kind, .factor = factor, .has_corrected = true, .corrected = divided(t, k, s, factor),
					    .after = zp_slip_distance(t, k, s, r->x / factor, 0) });
}

/* Whether the whole line fits by this factor: nearly all results are far now and near then, and at least half of them tell.
 * Gives: how well, the sum of distances; INFINITY when it does not. */
static double line_by(const zp_slip_sheet *t, size_t k, double factor, size_t least, bool known)
{
	size_t n = 0, good = 0, telling = 0, coarse = 0;
	double sum = 0;
	for (size_t s = 0; s < t->n_samples; s++) {
		const zp_slip_result *r = &t->at[k * t->n_samples + s];
		bool tells;
		if (!r->usable || r->explained || !(t->own[k][s].s > 0))
			continue;
		n++;
		if (!r->far || !fits(t, k, s, factor, &tells))
			continue;
		good++;
		telling += tells;
		coarse += r->half <= COARSE * fabs(r->x);
		sum += zp_slip_distance(t, k, s, r->x / factor, 0);
	}
	if (known && good >= SEVERAL && coarse >= SEVERAL)
		telling = coarse > telling ? coarse : telling;
	return n >= least && good >= n - zp_slip_leave(n) && 2 * telling >= good && telling ? sum / (double)good : (double)INFINITY;
}

/* The factors of the rules, both ways. */
static size_t known_factors(const zp_measurand *m, double out[UNIT_FACTORS_MOST])
{
	size_t n = 0;
	for (size_t i = 0; i < m->n_mistaken && n + 2 <= UNIT_FACTORS_MOST; i++) {
		out[n++] = m->mistaken[i].factor;
		out[n] = 1 / out[n - 1], n++;
	}
	return n;
}

void zp_slip_units(zp_slip_sheet *t, bool known)
{
	static const double thousand[] = { 1000, 0.001 };
	if (!zp_slip_wanted(t, ZP_SLIP_UNIT))
		return;
	for (size_t k = 0; k < t->e->n_declared && t->n_far; k++) {
		if (t->programme->scheme->measurands[t->e->declared[k]].log10) /* a factor of the result is a difference here */
			continue;
		double own[UNIT_FACTORS_MOST], best = INFINITY, by = 0;
		const double *factors = known ? own : thousand;
		const size_t n = known ? known_factors(&t->programme->scheme->measurands[t->e->declared[k]], own) : 2;
		for (size_t i = 0; i < n; i++) { /* one result alone is a unit only by a factor of the rules */
			const double fit = line_by(t, k, factors[i], known ? 1 : 2, known);
			if (fit < best)
				best = fit, by = factors[i];
		}
		for (size_t s = 0; s < t->n_samples && best < INFINITY; s++) {
			const zp_slip_result *r = &t->at[k * t->n_samples + s];
			bool tells;
			if (r->usable && !r->explained && r->far && fits(t, k, s, by, &tells))
				explain(t, k, s, ZP_SLIP_UNIT, by);
		}
	}
}

void zp_slip_decimals(zp_slip_sheet *t)
{
	static const double factors[] = { -1, 10, 0.1, 100, 0.01, 1000, 0.001 };
	for (size_t i = 0; i < t->e->n_declared * t->n_samples && t->n_far; i++) {
		const size_t k = i / t->n_samples, s = i % t->n_samples;
		const zp_slip_result *r = &t->at[i];
		double best = INFINITY, by = 0;
		if (!r->usable || r->explained || !r->far || t->programme->scheme->measurands[t->e->declared[k]].log10)
			continue;
		for (size_t f = 0; f < sizeof factors / sizeof *factors; f++) {
			bool tells;
			if (!zp_slip_wanted(t, f ? ZP_SLIP_DECIMAL : ZP_SLIP_SIGN) || !fits(t, k, s, factors[f], &tells) || !tells)
				continue;
			const double after = zp_slip_distance(t, k, s, r->x / factors[f], 0);
			if (after < best)
				best = after, by = factors[f];
		}
		if (best < INFINITY)
			explain(t, k, s, by < 0 ? ZP_SLIP_SIGN : ZP_SLIP_DECIMAL, by);
	}
}
