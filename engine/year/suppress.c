/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "year/suppress.h"
#include <string.h>

/* What a reader does not know: the sums among the hidden cells, brought to reduced echelon form. Entries stay whole because the
 * sums of a table with a tree on one side and classes on the other are those of a network; if one does not, its row is left as it
 * is and nothing is concluded from it. */
typedef struct unknown {
	zp_arena *arena;
	const zp_cells *cells;
	bool *hidden;
	bool hide_zero;
	uint32_t *of, *number; /* hidden cells in order, and back */
	size_t n;              /* how many */
	int8_t *rows;          /* n_rows x n */
	size_t n_rows;
	uint32_t *pivot;       /* of each row */
	bool *bound;           /* of each hidden cell: it is a pivot */
} unknown;

static bool is_small(const zp_cells *c, size_t i, unsigned least, bool hide_zero)
{
	return c->behind[i] < (int64_t)least && (c->behind[i] > 0 || hide_zero);
}

/* ---- the sums among what is hidden ---- */

static void number_hidden(unknown *u)
{
	u->n = 0;
	for (size_t i = 0; i < u->cells->n; i++)
		if (u->hidden[i]) {
			u->number[i] = (uint32_t)u->n;
			u->of[u->n++] = (uint32_t)i;
		}
}

static bool write_row(const unknown *u, const zp_sum *s, int8_t *row)
{
	bool any = false;
	memset(row, 0, u->n);
	for (size_t k = 0; k < s->n; k++)
		if (u->hidden[s->parts[k]])
			row[u->number[s->parts[k]]] = 1, any = true;
	if (u->hidden[s->total])
		row[u->number[s->total]] = -1, any = true;
	return any;
}

/* Take `times` the pivot row from another. Gives: false when an entry would leave -1, 0, 1 by far. */
static bool subtract(int8_t *from, const int8_t *row, int times, size_t n)
{
	for (size_t k = 0; k < n; k++) {
		const int value = from[k] - times * row[k];
		if (value < -60 || value > 60)
			return false;
	}
	for (size_t k = 0; k < n; k++)
		from[k] = (int8_t)(from[k] - times * row[k]);
	return true;
}

static bool reduce(unknown *u)
{
	const size_t sums = u->cells->n_sums;
	memset(u->bound, 0, u->n * sizeof *u->bound);
	u->n_rows = 0;
	for (size_t s = 0; s < sums; s++) {
		int8_t *row = u->rows + u->n_rows * u->n;
		if (!write_row(u, &u->cells->sums[s], row))
			continue;
		for (size_t r = 0; r < u->n_rows; r++)
			if (row[u->pivot[r]] && !subtract(row, u->rows + r * u->n, row[u->pivot[r]] * u->rows[r * u->n + u->pivot[r]], u->n))
				return false;
		size_t at = 0;
		while (at < u->n && row[at] != 1 && row[at] != -1)
			at++;
		if (at == u->n) {
			for (size_t k = 0; k < u->n; k++)
				if (row[k])
					return false; /* no entry of 1: not the sums of such a table */
			continue;
		}
		for (size_t r = 0; r < u->n_rows; r++) {
			int8_t *other = u->rows + r * u->n;
			if (other[at] && !subtract(other, row, other[at] * row[at], u->n))
				return false;
		}
		u->pivot[u->n_rows++] = (uint32_t)at;
		u->bound[at] = true;
	}
	return true;
}

/* ---- another table that agrees ---- */

/* How a figure may move: alone, with somebody behind every cell, or together with its bound, which is hidden in the same cells. */
typedef enum step { ALONE, BEHIND, TOGETHER } step;

static bool may_move(const unknown *u, const zp_figure *f, step way, size_t i, int64_t by)
{
	const uint32_t cell = u->of[i];
	const int64_t value = f->at[cell] + by;
	if (way == TOGETHER)
		return value >= 0 && f->most[cell] + by >= 1;
	return value >= (way == BEHIND && !u->hide_zero ? 1 : 0) && (!f->most || value <= f->most[cell]);
}

/* Move the free cell by `sign`, and those bound to it so that every sum still holds. */
static bool try_step(const unknown *u, const zp_figure *f, step way, size_t free_cell, int sign, int8_t *move)
{
	memset(move, 0, u->n);
	move[free_cell] = (int8_t)sign;
	for (size_t r = 0; r < u->n_rows; r++) {
		const int8_t *row = u->rows + r * u->n;
		if (row[free_cell])
			move[u->pivot[r]] = (int8_t)(-sign * row[free_cell] * row[u->pivot[r]]);
	}
	for (size_t i = 0; i < u->n; i++)
		if (move[i] && !may_move(u, f, way, i, move[i]))
			return false;
	return true;
}

/* The same with a second free cell moved as well, for steps that one alone cannot make. */
static bool try_two(const unknown *u, const zp_figure *f, step way, size_t a, size_t b, int sign, int second, int8_t *move)
{
	memset(move, 0, u->n);
	move[a] = (int8_t)sign;
	move[b] = (int8_t)second;
	for (size_t r = 0; r < u->n_rows; r++) {
		const int8_t *row = u->rows + r * u->n;
		const int by = row[a] * sign + row[b] * second;
		if (by)
			move[u->pivot[r]] = (int8_t)(-by * row[u->pivot[r]]);
	}
	for (size_t i = 0; i < u->n; i++)
		if (move[i] && !may_move(u, f, way, i, move[i]))
			return false;
	return true;
}

static void mark(const int8_t *move, bool *moved, size_t n)
{
	for (size_t i = 0; i < n; i++)
		moved[i] |= move[i] != 0;
}

#define PAIRS_MOST 400 /* free cells for which pairs are tried */

/* Mark every hidden cell for which an agreeing table has another value of the figure. */
static void find_moves(const unknown *u, const zp_figure *f, step way, bool *moved, int8_t *move)
{
	size_t free_cells = 0;
	for (size_t i = 0; i < u->n; i++) {
		if (u->bound[i])
			continue;
		free_cells++;
		for (int sign = -1; sign <= 1; sign += 2)
			if (try_step(u, f, way, i, sign, move))
				mark(move, moved, u->n);
	}
	for (size_t i = 0; i < u->n && free_cells <= PAIRS_MOST; i++)
		for (size_t k = i + 1; !u->bound[i] && k < u->n; k++)
			for (int s = 0; !u->bound[k] && (!moved[i] || !moved[k]) && s < 4; s++)
				if (try_two(u, f, way, i, k, s & 1 ? 1 : -1, s & 2 ? 1 : -1, move))
					mark(move, moved, u->n);
}

/* Hidden cells of which some figure can be worked out, or might be. */
static size_t find_exposed(unknown *u, bool *exposed)
{
	bool *moved = zp_take(u->arena, bool, u->n + 1);
	int8_t *move = zp_take(u->arena, int8_t, u->n + 1);
	size_t n = 0;
	memset(exposed, 0, u->cells->n * sizeof *exposed);
	for (size_t f = 0; f <= u->cells->n_figures; f++) {
		const zp_figure behind = { u->cells->behind, NULL };
		memset(moved, 0, u->n * sizeof *moved);
		find_moves(u, f ? &u->cells->figures[f - 1] : &behind, f ? ALONE : BEHIND, moved, move);
		if (f && u->cells->figures[f - 1].most)
			find_moves(u, &u->cells->figures[f - 1], TOGETHER, moved, move);
		for (size_t i = 0; i < u->n; i++)
			if (!moved[i])
				exposed[u->of[i]] = true;
	}
	for (size_t i = 0; i < u->cells->n; i++)
		n += exposed[i];
	return n;
}

/* ---- more to hide ---- */

static bool may_hide(const unknown *u, uint32_t i) { return !u->hidden[i] && (u->cells->behind[i] > 0 || u->hide_zero); }

/* The cheapest cell that stands in a sum with an exposed one: a part before a total, then the fewest behind it. */
static bool choose(const unknown *u, const zp_sum *s, const bool *exposed, uint32_t *out)
{
	bool concerns = exposed[s->total], found = false;
	for (size_t k = 0; k < s->n && !concerns; k++)
		concerns = exposed[s->parts[k]];
	for (size_t k = 0; k < s->n && concerns; k++)
		if (may_hide(u, s->parts[k]) && (!found || u->cells->behind[s->parts[k]] < u->cells->behind[*out]))
			*out = s->parts[k], found = true;
	if (concerns && !found && may_hide(u, s->total))
		*out = s->total, found = true;
	return found;
}

/* One more of every sum that exposes something. Gives: how many. */
static size_t hide_more(unknown *u, const bool *exposed)
{
	size_t n = 0;
	for (size_t s = 0; s < u->cells->n_sums; s++) {
		uint32_t one;
		if (!choose(u, &u->cells->sums[s], exposed, &one))
			continue;
		u->hidden[one] = true;
		n++;
	}
	return n;
}

static bool protect(unknown *u, zp_hidden *out)
{
	bool *exposed = zp_take(u->arena, bool, u->cells->n + 1);
	for (;;) {
		number_hidden(u);
		u->rows = zp_take(u->arena, int8_t, (u->cells->n_sums + 1) * (u->n + 1));
		const bool whole = reduce(u);
		if (whole && find_exposed(u, exposed) == 0)
			return true;
		if (!whole)
			memcpy(exposed, u->hidden, u->cells->n * sizeof *exposed);
		const size_t more = hide_more(u, exposed);
		out->secondary += more;
		if (!more)
			return false;
	}
}

zp_hidden zp_suppress(zp_arena *arena, const zp_cells *cells, unsigned least, bool hide_zero, bool secondary)
{
	bool *hidden = zp_take(arena, bool, cells->n + 1);
	zp_hidden out = { .at = hidden, .safe = true };
	for (size_t i = 0; i < cells->n; i++) {
		hidden[i] = is_small(cells, i, least, hide_zero);
		out.primary += hidden[i];
	}
	if (!out.primary)
		return out;
	if (!secondary) {
		out.safe = false;
		return out;
	}
	zp_arena *work = zp_arena_open();
	unknown u = { .arena = work, .cells = cells, .hidden = hidden, .hide_zero = hide_zero, .of = zp_take(work, uint32_t, cells->n + 1),
		.number = zp_take(work, uint32_t, cells->n + 1), .pivot = zp_take(work, uint32_t, cells->n_sums + 1),
		.bound = zp_take(work, bool, cells->n + 1) };
	out.safe = protect(&u, &out);
	zp_arena_close(work);
	return out;
}
