/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ranks and regions put in the order in which pages tell them: by scope (all programmes, then each of them), and within it as they came. */
#include "site.h"
#include <stdlib.h>
#include <string.h>

static bool same(const char *a, const char *b) { return a == b || strcmp(a, b) == 0; }

/* SIZE_MAX: of no programme of the round. */
static size_t scope_of(const zp_summary *s, const char *programme, size_t before)
{
	if (same(programme, "*"))
		return 0;
	if (before && before <= s->n_programmes && same(s->programmes[before - 1].code, programme))
		return before;
	for (size_t i = 0; i < s->n_programmes; i++)
		if (same(s->programmes[i].code, programme))
			return i + 1;
	return SIZE_MAX;
}

/* ---- laboratories ---- */

typedef struct keyed { size_t scope, index; const zp_rank_row *row; } keyed;

static int by_lab(const void *a, const void *b)
{
	const keyed *x = a, *y = b;
	if (x->scope != y->scope)
		return x->scope < y->scope ? -1 : 1;
	const int order = strcmp(x->row->lab, y->row->lab);
	return order ? order : x->index < y->index ? -1 : x->index > y->index;
}

static int by_order(const void *a, const void *b)
{
	const zp_seat *x = a, *y = b;
	return (x->order > y->order) - (x->order < y->order);
}

/* Rows of a laboratory in one scope. They come from the root of its regions down, all classes before its own. */
static zp_seat seat_of(const keyed *rows, size_t n)
{
	zp_seat seat = { .order = SIZE_MAX };
	for (size_t i = 0; i < n; i++) {
		const zp_rank_row *r = rows[i].row;
		if (!same(r->lab_class, "*")) {
			seat.of_class = seat.of_class ? seat.of_class : r;
			continue;
		}
		if (!seat.all)
			seat.all = r, seat.order = rows[i].index;
		else if (!seat.city)
			seat.city = r;
		seat.place = r;
	}
	return seat;
}

void zp_seats_take(zp_site *s)
{
	const zp_summary *of = s->of;
	keyed *keys = s->host->take(s->host, (of->n_ranks + 1) * sizeof *keys);
	zp_seat *seats = s->host->take(s->host, (of->n_ranks + 1) * sizeof *seats);
	size_t *first = s->host->take(s->host, (of->n_programmes + 2) * sizeof *first);
	size_t n = 0, n_seats = 0, before = 0, scope = 0;
	for (size_t i = 0; i < of->n_ranks; i++) {
		before = scope_of(of, of->ranks[i].programme, before);
		if (before != SIZE_MAX)
			keys[n++] = (keyed){ before, i, &of->ranks[i] };
	}
	qsort(keys, n, sizeof *keys, by_lab);
	for (size_t i = 0, next; i < n; i = next) {
		for (next = i; next < n && keys[next].scope == keys[i].scope && same(keys[next].row->lab, keys[i].row->lab);)
			next++;
		for (; scope < keys[i].scope; scope++)
			first[scope + 1] = n_seats;
		const zp_seat seat = seat_of(keys + i, next - i);
		if (seat.all)
			seats[n_seats++] = seat;
	}
	for (; scope <= of->n_programmes; scope++)
		first[scope + 1] = n_seats;
	for (size_t i = 0; i <= of->n_programmes; i++)
		qsort(seats + first[i], first[i + 1] - first[i], sizeof *seats, by_order);
	s->seats = seats, s->n_seats = n_seats, s->first_seat = first;
}

/* ---- regions ---- */

typedef struct placed { size_t scope, class, tree, index; const zp_region_row *row; } placed;

static int by_tree(const void *a, const void *b)
{
	const placed *x = a, *y = b;
	if (x->scope != y->scope)
		return x->scope < y->scope ? -1 : 1;
	if (x->class != y->class)
		return x->class < y->class ? -1 : 1;
	if (x->tree != y->tree)
		return x->tree < y->tree ? -1 : 1;
	return x->index < y->index ? -1 : x->index > y->index;
}

static int by_code(const void *a, const void *b)
{
	const zp_region_row *const *x = a, *const *y = b;
	return strcmp((*x)->region, (*y)->region);
}

/* Each code once, ascending: a region's code begins with that of the region above it, so that this is the order of the tree. */
static size_t codes_of(const zp_summary *of, const zp_region_row **out)
{
	size_t n = 0, distinct = 0;
	for (size_t i = 0; i < of->n_regions; i++)
		out[n++] = &of->regions[i];
	qsort(out, n, sizeof *out, by_code);
	for (size_t i = 0; i < n; i++)
		if (!distinct || !same(out[distinct - 1]->region, out[i]->region))
			out[distinct++] = out[i];
	return distinct;
}

/* Its place in the tree: of that level, after those that were placed. */
static void walk(const zp_region_row *const *codes, size_t n, const char *parent, size_t *places, size_t *next, unsigned deep)
{
	for (size_t i = 0; i < n && deep < 8; i++)
		if (places[i] == SIZE_MAX && same(codes[i]->parent, parent)) {
			places[i] = (*next)++;
			walk(codes, n, codes[i]->region, places, next, deep + 1);
		}
}

static size_t place_of(const zp_region_row *const *codes, size_t n, const size_t *places, const zp_region_row *r)
{
	const zp_region_row *const *found = bsearch(&r, codes, n, sizeof *codes, by_code);
	return found ? places[found - codes] : SIZE_MAX;
}

static size_t class_of(const zp_summary *of, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (same(of->regions[k].lab_class, of->regions[i].lab_class))
			return k;
	return i;
}

void zp_region_rows_take(zp_site *s)
{
	const zp_summary *of = s->of;
	const zp_region_row **codes = s->host->take(s->host, (of->n_regions + 1) * sizeof *codes);
	const size_t n_codes = codes_of(of, codes);
	size_t *places = s->host->take(s->host, (n_codes + 1) * sizeof *places);
	placed *rows = s->host->take(s->host, (of->n_regions + 1) * sizeof *rows);
	size_t *first = s->host->take(s->host, (of->n_programmes + 2) * sizeof *first);
	const zp_region_row **out = s->host->take(s->host, (of->n_regions + 1) * sizeof *out);
	size_t n = 0, next = 0, before = 0, class = 0;
	memset(places, 0xFF, (n_codes + 1) * sizeof *places);
	walk(codes, n_codes, "", places, &next, 0);
	for (size_t i = 0; i < of->n_regions; i++) {
		before = scope_of(of, of->regions[i].programme, before);
		class = i && same(of->regions[class].lab_class, of->regions[i].lab_class) ? class : class_of(of, i);
		if (before != SIZE_MAX)
			rows[n++] = (placed){ before, same(of->regions[i].lab_class, "*") ? 0 : class + 1, place_of(codes, n_codes, places, &of->regions[i]), i,
					      &of->regions[i] };
	}
	qsort(rows, n, sizeof *rows, by_tree);
	size_t scope = 0;
	for (size_t i = 0; i < n; i++) {
		for (; scope < rows[i].scope; scope++)
			first[scope + 1] = i;
		out[i] = rows[i].row;
	}
	for (; scope <= of->n_programmes; scope++)
		first[scope + 1] = n;
	s->region_rows = out, s->first_region = first;
}

bool zp_site_has_regions(const zp_site *s, size_t scope) { return s->first_region[scope] < s->first_region[scope + 1]; }

bool zp_site_has_ranking(const zp_site *s, size_t scope)
{
	const size_t n = s->first_seat[scope + 1] - s->first_seat[scope];
	return n && !s->of->masked && (s->n_seats <= ZP_SEATS_MOST || !scope);
}
