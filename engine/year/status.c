/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "year/status.h"
#include <string.h>

#define WINDOW_MOST 32 /* more than any rule may look back */

/* What a round is in the sequence. */
typedef enum place { GOOD, BAD, NEITHER, SKIPPED, AFRESH } place;

/* The last few places, latest in bit 0. */
typedef struct window {
	uint32_t bad, good;
	unsigned n;
	bool stuck; /* of sticky2: raised and not ended */
} window;

static place place_by(int rule)
{
	static const place of[] = { SKIPPED, NEITHER, GOOD };
	return of[rule];
}

static place place_of(const zp_year_cell *cell, const zp_year_rules *rules)
{
	switch ((zp_outcome)cell->outcome) {
	case ZP_OUT_SATISFACTORY: return GOOD;
	case ZP_OUT_UNSATISFACTORY: return BAD;
	case ZP_OUT_EXCUSED: return place_by(rules->status_excused);
	case ZP_OUT_NOT_EVALUATED: return place_by(rules->status_not_evaluated);
	case ZP_OUT_ABSENT: return rules->status_absent == ZP_PASS_RESET ? AFRESH : place_by(rules->status_absent);
	case ZP_OUT_NOT_HELD: break;
	}
	return SKIPPED;
}

static unsigned count(uint32_t bits, unsigned n)
{
	return (unsigned)__builtin_popcount(bits & (uint32_t)((1ull << n) - 1));
}

/* Enough unsatisfactory rounds among the last ones, or enough of them in a row at the end. */
static bool holds(const window *w, const zp_year_rules *rules)
{
	return count(w->bad, (unsigned)rules->status_n) >= (unsigned)rules->status_k ||
	       count(w->bad, (unsigned)rules->status_consecutive) == (unsigned)rules->status_consecutive;
}

/* Move on by one place. Gives: whether it is unsuccessful there. */
static bool step(window *w, place p, const zp_year_rules *rules)
{
	w->bad = w->bad << 1 | (p == BAD);
	w->good = w->good << 1 | (p == GOOD);
	const bool now = holds(w, rules);
	switch ((zp_status_mode)rules->status_mode) {
	case ZP_STATUS_WINDOW: return now;
	case ZP_STATUS_RAISED: return now && p == BAD;
	case ZP_STATUS_STICKY2: break;
	}
	if (now && p == BAD)
		w->stuck = true;
	else if (count(w->good, 2) == 2)
		w->stuck = false;
	return w->stuck;
}

static void tally(zp_status *s, const zp_year_cell *cell)
{
	switch ((zp_outcome)cell->outcome) {
	case ZP_OUT_SATISFACTORY: s->satisfactory++; break;
	case ZP_OUT_UNSATISFACTORY:
		s->unsatisfactory++;
		if (cell->standing == ZP_STANDS_LATE)
			s->late++;
		if (cell->standing == ZP_STANDS_NOT_RETURNED)
			s->not_returned++;
		break;
	case ZP_OUT_EXCUSED: s->excused++; break;
	case ZP_OUT_NOT_EVALUATED: s->not_evaluated++; break;
	case ZP_OUT_ABSENT: s->absent++; break;
	case ZP_OUT_NOT_HELD: break;
	}
}

static bool is_evaluated(const zp_year_cell *cell)
{
	return cell->outcome == ZP_OUT_SATISFACTORY || cell->outcome == ZP_OUT_UNSATISFACTORY;
}

zp_status zp_status_of(const zp_year_cell *cells, const zp_year_held *held, size_t n, bool by_programme, const zp_year_rules *rules, uint8_t *states)
{
	zp_status s = { .year = ZP_STATUS_NONE, .first = UINT8_MAX };
	window w = { 0 };
	for (size_t i = 0; i < n; i++) {
		const bool counts = by_programme || held[i].by_measurand;
		const place p = counts ? place_of(&cells[i], rules) : SKIPPED;
		uint8_t state = ZP_STATUS_NONE;
		if (held[i].in_year)
			tally(&s, &cells[i]);
		if (p == AFRESH)
			w = (window){ 0 };
		else if (p != SKIPPED) {
			const bool bad = step(&w, p, rules);
			if (is_evaluated(&cells[i]))
				state = bad ? ZP_STATUS_UNSUCCESSFUL : ZP_STATUS_SUCCESSFUL;
		}
		if (states)
			states[i] = state;
		if (!held[i].in_year || state == ZP_STATUS_NONE)
			continue;
		if (state > s.year || rules->status_year == ZP_STATUS_LAST)
			s.year = state;
		if (state == ZP_STATUS_UNSUCCESSFUL && s.first == UINT8_MAX)
			s.first = (uint8_t)(i < UINT8_MAX ? i : UINT8_MAX - 1);
	}
	return s;
}

zp_statuses zp_statuses_take(zp_arena *arena, const zp_chronicle *c, const zp_year_rules *rules)
{
	const zp_status **of = zp_take(arena, const zp_status *, c->n_programmes + 1);
	for (size_t i = 0; i < c->n_programmes; i++) {
		const zp_year_programme *p = &c->programmes[i];
		const size_t spans = p->n_labs * (p->n_measurands + 1);
		zp_status *at = zp_take(arena, zp_status, spans + 1);
		for (size_t k = 0; k < spans; k++)
			at[k] = zp_status_of(p->cells + k * p->n_held, p->held, p->n_held, k % (p->n_measurands + 1) == p->n_measurands, rules, NULL);
		of[i] = at;
	}
	return (zp_statuses){ of };
}

const char *zp_status_word(zp_state_of_year state)
{
	static const char *const words[] = { "none", "successful", "unsuccessful" };
	return words[state];
}

static char letter(const zp_year_cell *cell)
{
	if (cell->outcome == ZP_OUT_UNSATISFACTORY)
		return cell->standing == ZP_STANDS_LATE ? 'L' : cell->standing == ZP_STANDS_NOT_RETURNED ? 'N' : 'U';
	return "..E~S"[cell->outcome];
}

const char *zp_status_letters(const zp_year_cell *cells, const zp_year_held *held, size_t n, char *out, size_t size)
{
	size_t k = 0;
	int year = 0;
	for (size_t i = 0; i < n && k + 2 < size; i++) {
		if (cells[i].outcome == ZP_OUT_NOT_HELD)
			continue;
		if (k && held[i].round->year != year)
			out[k++] = '|';
		year = held[i].round->year;
		out[k++] = letter(&cells[i]);
	}
	out[k] = '\0';
	return out;
}
