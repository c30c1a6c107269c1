/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "year/suppress.h"
#include <string.h>

/* The sums are the nodes of a network, the cells its arcs. An innermost place has one node for the sum of its classes; a place with
 * parts has one for each class, and one for all of them. The arc of a class leads from the parts to the whole, that of all classes
 * from the whole to the parts; node 0 closes the ring. A cell one up is a unit along its arc, one down a unit against it. */
typedef struct network {
	const zp_cells *cells;
	bool *hidden;
	bool hide_zero;
	size_t width, n; /* classes and all of them; cells */
	bool *has_parts;
	uint32_t *from, *to;      /* of each arc */
	uint32_t *first, *next;   /* arcs at each node: 2 * arc, and + 1 for its head */
	size_t n_nodes;
	uint32_t *now, *later;    /* of a walk: ends of arcs to follow, at this cost and at the next */
	uint32_t *seen, *by;      /* of each node: the walk that came by, and along which end of an arc */
	uint32_t walk;
	int64_t reach;            /* cells with so few behind them may be hidden on the way, at a cost; 0: none */
	size_t more;              /* how many were */
} network;

#define NO_ARC UINT32_MAX

/* ---- the network ---- */

static uint32_t node_of(const network *w, uint32_t place, size_t cls)
{
	return 1 + (uint32_t)(place * w->width + (w->has_parts[place] ? cls : 0));
}

static void join(network *w, uint32_t cell)
{
	const uint32_t place = cell / (uint32_t)w->width, cls = cell % (uint32_t)w->width;
	const uint32_t here = node_of(w, place, cls), above = place ? node_of(w, w->cells->parent[place], cls) : 0;
	const bool all = cls == w->cells->n_classes;
	w->from[cell] = all ? above : here;
	w->to[cell] = all ? here : above;
	w->next[2 * cell] = w->first[w->from[cell]];
	w->first[w->from[cell]] = 2 * cell;
	w->next[2 * cell + 1] = w->first[w->to[cell]];
	w->first[w->to[cell]] = 2 * cell + 1;
}

static network make_network(zp_arena *arena, const zp_cells *cells, bool *hidden, bool hide_zero)
{
	const size_t width = cells->n_classes + 1, n = cells->n_places * width;
	network w = { .cells = cells, .hidden = hidden, .hide_zero = hide_zero, .width = width, .n = n, .n_nodes = n + 1,
		.has_parts = zp_take(arena, bool, cells->n_places + 1), .from = zp_take(arena, uint32_t, n + 1), .to = zp_take(arena, uint32_t, n + 1),
		.first = zp_take(arena, uint32_t, n + 2), .next = zp_take(arena, uint32_t, 2 * n + 2),
		.now = zp_take(arena, uint32_t, 2 * n + 2), .later = zp_take(arena, uint32_t, 2 * n + 2),
		.seen = zp_take(arena, uint32_t, n + 2), .by = zp_take(arena, uint32_t, n + 2) };
	for (size_t i = 1; i < cells->n_places; i++)
		w.has_parts[cells->parent[i]] = true;
	memset(w.first, 0xff, (n + 2) * sizeof *w.first);
	for (uint32_t i = 0; i < n; i++)
		join(&w, i);
	return w;
}

/* ---- another table that agrees ---- */

/* How a figure may move: alone, with somebody behind every cell, or together with its bound, which is hidden in the same cells. */
typedef enum step { ALONE, BEHIND, TOGETHER } step;

static bool may_hide(const network *w, uint32_t cell)
{
	return w->reach && w->cells->behind[cell] <= w->reach && (w->cells->behind[cell] > 0 || w->hide_zero);
}

static bool may_move(const network *w, const zp_counted *f, step way, uint32_t cell, int by)
{
	const int64_t value = f->at[cell] + by;
	if (!w->hidden[cell] && !may_hide(w, cell))
		return false;
	if (way == TOGETHER)
		return value >= 0 && f->most[cell] + by >= 1;
	return value >= (way == BEHIND && !w->hide_zero ? 1 : 0) && (!f->most || value <= f->most[cell]);
}

static uint32_t far_node(const network *w, uint32_t end) { return end % 2 ? w->from[end / 2] : w->to[end / 2]; }
static uint32_t near_node(const network *w, uint32_t end) { return end % 2 ? w->to[end / 2] : w->from[end / 2]; }

static void swap(uint32_t **a, uint32_t **b)
{
	uint32_t *const c = *a;
	*a = *b;
	*b = c;
}

/* Whether a unit can go from one node to another without the arc of the cell itself, and over the fewest cells that are not hidden yet. */
static bool leads(network *w, const zp_counted *f, step way, uint32_t from, uint32_t to, uint32_t without)
{
	size_t n = 0, later = 0;
	uint32_t at = from, by = NO_ARC;
	w->walk++;
	for (;;) {
		for (uint32_t end = w->seen[at] == w->walk ? NO_ARC : w->first[at]; end != NO_ARC; end = w->next[end]) {
			const uint32_t cell = end / 2;
			if (cell == without || w->seen[far_node(w, end)] == w->walk || !may_move(w, f, way, cell, end % 2 ? -1 : 1))
				continue;
			if (w->hidden[cell])
				w->now[n++] = end;
			else
				w->later[later++] = end;
		}
		if (w->seen[at] != w->walk)
			w->seen[at] = w->walk, w->by[at] = by;
		if (at == to)
			return true;
		if (!n)
			swap(&w->now, &w->later), n = later, later = 0;
		if (!n)
			return false;
		by = w->now[--n];
		at = far_node(w, by);
	}
}

/* The cells of the way that was found. */
static bool hide_way(network *w, uint32_t from, uint32_t to)
{
	for (uint32_t at = to; at != from; at = near_node(w, w->by[at])) {
		const uint32_t cell = w->by[at] / 2;
		w->more += !w->hidden[cell];
		w->hidden[cell] = true;
	}
	return true;
}

/* Whether the figure of a cell can be another, with what may be hidden for it, which then is. */
static bool can_differ(network *w, const zp_counted *f, step way, uint32_t cell)
{
	const uint32_t from = w->from[cell], to = w->to[cell];
	return (may_move(w, f, way, cell, 1) && leads(w, f, way, to, from, cell) && hide_way(w, to, from)) ||
	       (may_move(w, f, way, cell, -1) && leads(w, f, way, from, to, cell) && hide_way(w, from, to));
}

static bool is_safe(network *w, uint32_t cell)
{
	const zp_counted behind = { .at = w->cells->behind };
	if (!w->cells->public_behind && !can_differ(w, &behind, BEHIND, cell))
		return false;
	for (size_t i = 0; i < w->cells->n_figures; i++) {
		const zp_counted *f = &w->cells->figures[i];
		if (f->public_most && f->at[cell] == f->most[cell])
			continue;
		if (!can_differ(w, f, ALONE, cell) && !(f->most && !f->public_most && can_differ(w, f, TOGETHER, cell)))
			return false;
	}
	return true;
}

/* ---- more to hide ---- */

/* Cells are small before they are large, so that the sums that everybody asks for are the last to go. Gives: whether it is safe now. */
static bool protect_cell(network *w, uint32_t cell)
{
	int64_t most = 0;
	bool safe = is_safe(w, cell);
	for (size_t i = 0; !safe && i < w->n; i++)
		most = w->cells->behind[i] > most ? w->cells->behind[i] : most;
	for (w->reach = 1; !safe; w->reach *= 2) {
		safe = is_safe(w, cell);
		if (w->reach > most)
			break;
	}
	w->reach = 0;
	return safe;
}

/* What is hidden on the way must be protected as well: until nothing new was. */
static bool protect(network *w)
{
	for (bool safe = true;; safe = true) {
		const size_t before = w->more;
		for (uint32_t i = 0; i < w->n; i++)
			safe &= !w->hidden[i] || protect_cell(w, i);
		if (w->more == before)
			return safe;
	}
}

zp_hidden zp_suppress(zp_arena *arena, const zp_cells *cells, unsigned least, bool hide_zero, bool secondary)
{
	const size_t n = cells->n_places * (cells->n_classes + 1);
	bool *hidden = zp_take(arena, bool, n + 1);
	zp_hidden out = { .at = hidden, .safe = true };
	for (size_t i = 0; i < n; i++) {
		hidden[i] = (cells->few ? cells->few : cells->behind)[i] < (int64_t)least && (cells->behind[i] > 0 || hide_zero);
		out.primary += hidden[i];
	}
	if (!out.primary)
		return out;
	if (!secondary) {
		out.safe = false;
		return out;
	}
	zp_arena *work = zp_arena_open();
	network w = make_network(work, cells, hidden, hide_zero);
	out.safe = protect(&w);
	out.secondary = w.more;
	zp_arena_close(work);
	return out;
}
