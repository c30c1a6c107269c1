/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results of the wrong samples: they fit another order of the samples far better than their own. Tubes that were mixed up show
 * it in every measurand of the programme, so that all are weighed together first; a line that was filled in out of order shows
 * it alone. */
#include "run/slips/slips.h"
#include "stats/assignment.h"

/* What a result costs in each sample, added to the table: the square of its distance, so much at most. */
static void add_costs(const zp_slip_sheet *t, size_t k, double *cost)
{
	const double most = 2 * t->choices->slip_far;
	for (size_t a = 0; a < t->n_samples; a++) {
		const zp_slip_result *r = &t->at[k * t->n_samples + a];
		if (!r->usable || r->explained)
			continue; /* nothing that could be elsewhere */
		for (size_t b = 0; b < t->n_samples; b++) {
			const double d = t->own[k][b].s > 0 ? fmin(zp_slip_distance(t, k, b, r->x, r->half), most) : a == b ? 0 : most;
			cost[a * t->n_samples + b] += d * d;
		}
	}
}

/* Whether the samples lie so far apart that any result shows which it is of. */
static bool apart(const zp_slip_sheet *t, size_t k, size_t a, size_t b)
{
	const zp_centre *one = &t->own[k][a], *two = &t->own[k][b];
	return one->s > 0 && two->s > 0 && fabs(one->x - two->x) > (t->choices->slip_far + t->choices->slip_near) * fmax(one->s, two->s);
}

typedef struct moved { size_t telling, good; } moved;

static bool is_moved(const zp_slip_sheet *t, size_t k, size_t a)
{
	const zp_slip_result *r = &t->at[k * t->n_samples + a];
	return r->usable && !r->explained && t->column[a] != a;
}

static bool is_good(const zp_slip_sheet *t, size_t k, size_t a)
{
	const zp_slip_result *r = &t->at[k * t->n_samples + a];
	return r->far && zp_slip_distance(t, k, t->column[a], r->x, r->half) <= t->choices->slip_near;
}

static moved count(const zp_slip_sheet *t, size_t k)
{
	moved m = { 0 };
	for (size_t a = 0; a < t->n_samples; a++) {
		if (!is_moved(t, k, a) || !(t->at[k * t->n_samples + a].far || apart(t, k, a, t->column[a])))
			continue;
		m.telling++;
		m.good += is_good(t, k, a);
	}
	return m;
}

static void explain_line(zp_slip_sheet *t, size_t k)
{
	const zp_round *r = t->search->run->round;
	const size_t first = t->e->first_cell + k * t->n_samples;
	bool good[ZP_CENTRES_MOST];
	for (size_t a = 0; a < t->n_samples; a++)
		good[a] = is_moved(t, k, a) && is_good(t, k, a);
	for (size_t a = 0; a < t->n_samples; a++) {
		size_t from = 0; /* what was sent for that sample is this one's */
		if (!good[a])
			continue;
		while (t->column[from] != a)
			from++;
		const zp_slip_result *sent = &t->at[k * t->n_samples + a];
		zp_hint h = { .kind = ZP_SLIP_SAMPLES, .other = t->column[a],
			      .after = zp_slip_distance(t, k, t->column[a], sent->x, 0) };
		h.has_corrected = zp_slip_usable(r, first + from);
		if (h.has_corrected)
			h.corrected = zp_round_value(r, first + from);
		zp_slip_explain(t, k, a, h);
	}
}

static void all_lines(zp_slip_sheet *t)
{
	const size_t n = t->n_samples;
	moved sum = { 0 };
	size_t lines = 0;
	memset(t->cost, 0, n * n * sizeof *t->cost);
	for (size_t k = 0; k < t->e->n_declared; k++)
		add_costs(t, k, t->cost);
	zp_assignment(t->cost, n, t->choices->slip_near * t->choices->slip_near * (double)t->e->n_declared / 2, t->column, t->work, t->counts);
	for (size_t k = 0; k < t->e->n_declared; k++) {
		const moved m = count(t, k);
		sum.telling += m.telling;
		sum.good += m.good;
		lines += m.good > 0;
	}
	if (lines < 2 || sum.good < sum.telling - zp_slip_leave(sum.telling))
		return;
	for (size_t k = 0; k < t->e->n_declared; k++)
		explain_line(t, k);
}

/* Whether nearly all of the line fits once its results have found their samples. */
static bool all_fit(const zp_slip_sheet *t, size_t k)
{
	size_t n = 0, good = 0;
	for (size_t a = 0; a < t->n_samples; a++) {
		const zp_slip_result *r = &t->at[k * t->n_samples + a];
		if (!r->usable || r->explained)
			continue;
		n++;
		good += zp_slip_distance(t, k, t->column[a], r->x, r->half) <= t->choices->slip_far;
	}
	return good >= n - zp_slip_leave(n);
}

static void one_line(zp_slip_sheet *t, size_t k)
{
	const size_t n = t->n_samples;
	size_t far = 0;
	for (size_t s = 0; s < n; s++)
		far += t->at[k * n + s].far && !t->at[k * n + s].explained;
	if (far < 2)
		return;
	memset(t->cost, 0, n * n * sizeof *t->cost);
	add_costs(t, k, t->cost);
	zp_assignment(t->cost, n, t->choices->slip_near * t->choices->slip_near, t->column, t->work, t->counts);
	const moved m = count(t, k);
	if (m.good >= 2 && m.good == m.telling && all_fit(t, k))
		explain_line(t, k);
}

void zp_slip_samples(zp_slip_sheet *t, bool together)
{
	if (!zp_slip_wanted(t, ZP_SLIP_SAMPLES) || t->n_samples < 2 || t->n_samples > ZP_CENTRES_MOST || t->n_far < 2)
		return;
	if (together)
		all_lines(t);
	for (size_t k = 0; k < t->e->n_declared && t->n_far >= 2 && !together; k++)
		one_line(t, k);
}
