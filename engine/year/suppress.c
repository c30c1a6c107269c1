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
	uint32_t *queue, *seen;   /* of a walk */
	uint32_t walk;
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
		.queue = zp_take(arena, uint32_t, n + 2), .seen = zp_take(arena, uint32_t, n + 2) };
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

static bool may_move(const network *w, const zp_figure *f, step way, uint32_t cell, int by)
{
	const int64_t value = f->at[cell] + by;
	if (!w->hidden[cell])
		return false;
	if (way == TOGETHER)
		return value >= 0 && f->most[cell] + by >= 1;
	return value >= (way == BEHIND && !w->hide_zero ? 1 : 0) && (!f->most || value <= f->most[cell]);
}

/* Whether a unit can go from one node to another without the arc of the cell itself. */
static bool leads(network *w, const zp_figure *f, step way, uint32_t from, uint32_t to, uint32_t without)
{
	size_t head = 0, tail = 0;
	w->walk++;
	w->queue[tail++] = from;
	w->seen[from] = w->walk;
	while (head < tail) {
		const uint32_t at = w->queue[head++];
		if (at == to)
			return true;
		for (uint32_t end = w->first[at]; end != NO_ARC; end = w->next[end]) {
			const uint32_t cell = end / 2, other = end % 2 ? w->from[cell] : w->to[cell];
			if (cell == without || w->seen[other] == w->walk || !may_move(w, f, way, cell, end % 2 ? -1 : 1))
				continue;
			w->seen[other] = w->walk;
			w->queue[tail++] = other;
		}
	}
	return false;
}

static bool can_differ(network *w, const zp_figure *f, step way, uint32_t cell)
{
	return (may_move(w, f, way, cell, 1) && leads(w, f, way, w->to[cell], w->from[cell], cell)) ||
	       (may_move(w, f, way, cell, -1) && leads(w, f, way, w->from[cell], w->to[cell], cell));
}

static bool is_safe(network *w, uint32_t cell)
{
	const zp_figure behind = { .at = w->cells->behind };
	if (!w->cells->public_behind && !can_differ(w, &behind, BEHIND, cell))
		return false;
	for (size_t i = 0; i < w->cells->n_figures; i++) {
		const zp_figure *f = &w->cells->figures[i];
		if (f->public_most && f->at[cell] == f->most[cell])
			continue;
		if (!can_differ(w, f, ALONE, cell) && !(f->most && !f->public_most && can_differ(w, f, TOGETHER, cell)))
			return false;
	}
	return true;
}

/* Hidden cells of which some figure can be worked out. */
static size_t find_exposed(network *w, bool *exposed)
{
	size_t n = 0;
	for (uint32_t i = 0; i < w->n; i++) {
		exposed[i] = w->hidden[i] && !is_safe(w, i);
		n += exposed[i];
	}
	return n;
}

/* ---- more to hide ---- */

static bool may_hide(const network *w, uint32_t i) { return !w->hidden[i] && (w->cells->behind[i] > 0 || w->hide_zero); }

/* The cell to hide of a sum: a part before the whole, then the fewest behind it. */
typedef struct choice { uint32_t part, whole; bool exposed; } choice;

static void look_at(const network *w, const bool *exposed, uint32_t cell, bool whole, choice *c)
{
	c->exposed |= exposed[cell];
	if (!may_hide(w, cell))
		return;
	if (whole)
		c->whole = cell;
	else if (c->part == NO_ARC || w->cells->behind[cell] < w->cells->behind[c->part])
		c->part = cell;
}

static size_t take_choice(network *w, const choice *c)
{
	const uint32_t cell = c->part != NO_ARC ? c->part : c->whole;
	if (!c->exposed || cell == NO_ARC)
		return 0;
	w->hidden[cell] = true;
	return 1;
}

static size_t hide_of_classes(network *w, const bool *exposed, size_t place)
{
	choice c = { NO_ARC, NO_ARC, false };
	for (size_t k = 0; k < w->width; k++)
		look_at(w, exposed, (uint32_t)(place * w->width + k), k == w->cells->n_classes, &c);
	return take_choice(w, &c);
}

static size_t hide_of_parts(network *w, const bool *exposed, size_t place, size_t cls)
{
	choice c = { NO_ARC, NO_ARC, false };
	look_at(w, exposed, (uint32_t)(place * w->width + cls), true, &c);
	for (size_t i = 1; i < w->cells->n_places; i++)
		if (w->cells->parent[i] == place)
			look_at(w, exposed, (uint32_t)(i * w->width + cls), false, &c);
	return take_choice(w, &c);
}

/* One more of every sum that holds an exposed cell; of the whole table where no such sum has one to hide. Gives: how many. */
static size_t hide_more(network *w, const bool *exposed)
{
	size_t n = 0;
	for (size_t place = 0; place < w->cells->n_places; place++) {
		n += hide_of_classes(w, exposed, place);
		for (size_t k = 0; w->has_parts[place] && k < w->width; k++)
			n += hide_of_parts(w, exposed, place, k);
	}
	for (uint32_t i = 0; !n && i < w->n; i++)
		if (may_hide(w, i))
			w->hidden[i] = true, n = 1;
	return n;
}

static bool protect(network *w, bool *exposed, zp_hidden *out)
{
	while (find_exposed(w, exposed)) {
		const size_t more = hide_more(w, exposed);
		out->secondary += more;
		if (!more)
			return false;
	}
	return true;
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
	out.safe = protect(&w, zp_take(work, bool, n + 1), &out);
	zp_arena_close(work);
	return out;
}
