/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results of the wrong measurand: lines of a laboratory of which most results are far off fit each other's place. Two that
 * changed places, or a run of lines that slid down by one. */
#include "run/slips/slips.h"
#include "stats/assignment.h"

/* Results of line i, how many of them there are, and how many were far off and fit line j. */
static size_t count(const zp_slip_sheet *t, size_t i, size_t j, size_t *good)
{
	size_t n = 0;
	*good = 0;
	for (size_t s = 0; s < t->n_samples; s++) {
		const zp_slip_result *r = &t->at[i * t->n_samples + s];
		if (!r->usable || r->explained || !(t->own[j][s].s > 0))
			continue;
		n++;
		*good += r->far && zp_slip_distance(t, j, s, r->x, r->half) <= t->choices->slip_near;
	}
	return n;
}

static double cost_of(const zp_slip_sheet *t, size_t i, size_t j)
{
	const double most = 2 * t->choices->slip_far;
	double sum = 0;
	for (size_t s = 0; s < t->n_samples; s++) {
		const zp_slip_result *r = &t->at[i * t->n_samples + s];
		if (!r->usable || r->explained)
			continue;
		const double d = fmin(zp_slip_distance(t, j, s, r->x, r->half), most);
		sum += d * d;
	}
	return sum;
}

/* Lines most of whose results are far off. */
static size_t find_bad(const zp_slip_sheet *t)
{
	size_t n = 0;
	for (size_t k = 0; k < t->e->n_declared; k++) {
		size_t far = 0, usable = 0;
		for (size_t s = 0; s < t->n_samples; s++) {
			const zp_slip_result *r = &t->at[k * t->n_samples + s];
			usable += r->usable && !r->explained;
			far += r->far && !r->explained;
		}
		if (far && 2 * far > usable)
			t->lines[n++] = (uint32_t)k;
	}
	return n;
}

static void explain_line(zp_slip_sheet *t, size_t i, size_t j, size_t from)
{
	const zp_round *r = t->search->run->round;
	for (size_t s = 0; s < t->n_samples; s++) {
		const zp_slip_result *sent = &t->at[i * t->n_samples + s];
		if (!sent->usable || sent->explained || !sent->far || !(zp_slip_distance(t, j, s, sent->x, sent->half) <= t->choices->slip_near))
			continue;
		const size_t meant = t->e->first_cell + from * t->n_samples + s;
		zp_hint h = { .kind = ZP_SLIP_MEASURANDS, .other = t->e->declared[j], .after = zp_slip_distance(t, j, s, sent->x, 0) };
		h.has_corrected = zp_slip_usable(r, meant);
		if (h.has_corrected)
			h.corrected = zp_round_value(r, meant);
		zp_slip_explain(t, i, s, h);
	}
}

void zp_slip_measurands(zp_slip_sheet *t, bool both)
{
	const size_t n = zp_slip_wanted(t, ZP_SLIP_MEASURANDS) && t->n_far ? find_bad(t) : 0;
	size_t matched = 0, moved = 0;
	if (n < 2)
		return;
	for (size_t a = 0; a < n; a++)
		for (size_t b = 0; b < n; b++)
			t->cost[a * n + b] = cost_of(t, t->lines[a], t->lines[b]);
	zp_assignment(t->cost, n, t->choices->slip_near * t->choices->slip_near, t->column, t->work, t->counts);
	for (size_t a = 0; a < n; a++) { /* what does not fit after all stays where it is */
		size_t good, of = count(t, t->lines[a], t->lines[t->column[a]], &good);
		const bool fits = t->column[a] != a && good && good >= of - zp_slip_leave(of);
		t->counts[a] = fits;
		matched += fits ? good : 0;
		moved += fits;
	}
	if (matched < 2 || (moved < 2 && (both || matched < 3)))
		return;
	for (size_t a = 0; a < n; a++) {
		size_t from = 0;
		if (!t->counts[a])
			continue;
		while (t->column[from] != a)
			from++;
		explain_line(t, t->lines[a], t->lines[t->column[a]], t->lines[from]);
	}
}
