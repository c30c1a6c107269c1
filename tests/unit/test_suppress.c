/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small cells: nothing that is hidden can be worked out, tried by counting every table that agrees with what is shown. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include "base/random.h"
#include "year/suppress.h"

#define PARTS 3
#define SIDE (PARTS + 1) /* with the totals */
#define CELLS (SIDE * SIDE)

/* A table of regions and classes with its totals. */
typedef struct grid { int64_t behind[CELLS], num[CELLS]; uint32_t parent[SIDE]; zp_counted figure; zp_cells cells; } grid;

/* Place 0 is the whole of the others. */
static void total(int64_t *at)
{
	for (int r = 1; r <= PARTS; r++) {
		at[r * SIDE + PARTS] = 0;
		for (int k = 0; k < PARTS; k++)
			at[r * SIDE + PARTS] += at[r * SIDE + k];
	}
	for (int k = 0; k < SIDE; k++) {
		at[k] = 0;
		for (int r = 1; r <= PARTS; r++)
			at[k] += at[r * SIDE + k];
	}
}

static void make_grid(grid *g)
{
	total(g->behind);
	total(g->num);
	g->figure = (zp_counted){ .at = g->num, .most = g->behind };
	g->cells = (zp_cells){ .n_places = SIDE, .n_classes = PARTS, .parent = g->parent, .behind = g->behind, .figures = &g->figure, .n_figures = 1 };
}

/* Every table that agrees with the shown cells: the nine inner cells run through all values, hidden ones of `behind` from 1 up. */
typedef struct seen { int64_t first[CELLS]; bool any, differs[CELLS]; } seen;

static void run_through(const grid *g, const zp_hidden *h, int cell, int64_t *at, int64_t most, seen *out)
{
	if (cell == PARTS * PARTS) {
		int64_t whole[CELLS];
		memcpy(whole, at, sizeof whole);
		total(whole);
		for (int i = 0; i < CELLS; i++)
			if ((!h->at[i] && whole[i] != g->behind[i]) || (h->at[i] && whole[i] < 1))
				return;
		for (int i = 0; i < CELLS; i++) {
			if (out->any && whole[i] != out->first[i])
				out->differs[i] = true;
			if (!out->any)
				out->first[i] = whole[i];
		}
		out->any = true;
		return;
	}
	const int i = (1 + cell / PARTS) * SIDE + cell % PARTS;
	if (!h->at[i]) {
		at[i] = g->behind[i];
		run_through(g, h, cell + 1, at, most, out);
		return;
	}
	for (int64_t v = 1; v <= most; v++) {
		at[i] = v;
		run_through(g, h, cell + 1, at, most, out);
	}
}

Test(suppress, no_hidden_count_can_be_worked_out_from_what_is_shown)
{
	zp_random random = zp_random_stream(20260715, 4, 0);
	size_t hidden = 0, tried = 0;
	for (int t = 0; t < 4000; t++) {
		zp_arena *arena = zp_arena_open();
		grid g = { 0 };
		for (int r = 1; r <= PARTS; r++)
			for (int k = 0; k < PARTS; k++) {
				g.behind[r * SIDE + k] = (int64_t)zp_random_below(&random, 7);
				g.num[r * SIDE + k] = (int64_t)zp_random_below(&random, (size_t)g.behind[r * SIDE + k] + 1);
			}
		make_grid(&g);
		const zp_hidden h = zp_suppress(arena, &g.cells, 3, false, true);
		int inner = 0;
		for (int r = 1; r <= PARTS; r++)
			for (int k = 0; k < PARTS; k++)
				inner += h.at[r * SIDE + k];
		for (int i = 0; i < CELLS; i++) {
			cr_assert(g.behind[i] == 0 || g.behind[i] >= 3 || h.at[i], "trial %d: a small cell is shown", t);
			cr_assert(g.behind[i] > 0 || !h.at[i], "trial %d: a zero is hidden", t);
			hidden += h.at[i];
		}
		if (!h.safe)
			for (int i = 0; i < CELLS; i++)
				fprintf(stderr, "%lld/%lld%s%s", (long long)g.num[i], (long long)g.behind[i], h.at[i] ? "*" : "", i % SIDE == PARTS ? "\n" : " ");
		cr_assert(h.safe, "trial %d", t);
		if (inner && inner <= 5) {
			seen s = { 0 };
			int64_t at[CELLS] = { 0 };
			run_through(&g, &h, 0, at, 8, &s);
			cr_assert(s.any);
			for (int i = 0; i < CELLS; i++)
				cr_assert(!h.at[i] || s.differs[i], "trial %d: cell %d is %lld, and nothing else is possible", t, i, (long long)g.behind[i]);
			tried++;
		}
		zp_arena_close(arena);
	}
	cr_expect_gt(tried, 100);
	cr_expect_gt(hidden, 400);
}

/* One row of classes with their total. */
static zp_hidden row(zp_arena *arena, const int64_t *behind, const int64_t *num, size_t parts, unsigned least, bool hide_zero, bool secondary)
{
	static const uint32_t itself = 0;
	zp_counted *figure = zp_take(arena, zp_counted, 1);
	*figure = (zp_counted){ .at = num, .most = behind };
	const zp_cells cells = { .n_places = 1, .n_classes = parts, .parent = &itself, .behind = behind, .figures = figure, .n_figures = num ? 1 : 0 };
	return zp_suppress(arena, &cells, least, hide_zero, secondary);
}

Test(suppress, one_hidden_cell_hides_another)
{
	zp_arena *arena = zp_arena_open();
	const int64_t classes[] = { 10, 37, 98, 41, 186 }, small[] = { 3, 37, 98, 41, 179 };
	cr_expect_eq(row(arena, classes, NULL, 4, 5, false, true).primary, 0); /* 10 / 37 / 98 / 41 = 186, as a city publishes it */
	const zp_hidden h = row(arena, small, NULL, 4, 5, false, true);
	cr_expect(h.at[0] && h.at[1] && !h.at[2] && !h.at[3] && !h.at[4]);
	cr_expect_eq(h.secondary, 1);
	const zp_hidden alone = row(arena, small, NULL, 4, 5, false, false);
	cr_expect(alone.at[0] && !alone.at[1] && !alone.safe);
	zp_arena_close(arena);
}

Test(suppress, two_hidden_cells_that_add_up_to_two_are_not_safe)
{
	zp_arena *arena = zp_arena_open();
	const int64_t ones[] = { 1, 1, 40, 60, 102 };
	const zp_hidden h = row(arena, ones, NULL, 4, 5, false, true);
	cr_expect(h.at[0] && h.at[1] && h.at[2]);
	/* where zeros are hidden as well they may be 0 and 2 */
	const zp_hidden with_zeros = row(arena, ones, NULL, 4, 5, true, true);
	cr_expect(with_zeros.at[0] && with_zeros.at[1] && !with_zeros.at[2]);
	zp_arena_close(arena);
}

Test(suppress, a_numerator_of_zero_cannot_be_worked_out_either)
{
	zp_arena *arena = zp_arena_open();
	/* the shown numerators leave 0 for the two hidden cells together, so that each would be 0 */
	const int64_t behind[] = { 4, 4, 40, 60, 108 }, num[] = { 0, 0, 20, 30, 50 };
	const zp_hidden h = row(arena, behind, num, 4, 5, false, true);
	cr_expect(h.at[0] && h.at[1] && h.at[2]);
	zp_arena_close(arena);
}

Test(suppress, a_part_that_is_the_whole_is_hidden_with_it)
{
	zp_arena *arena = zp_arena_open();
	const int64_t only[] = { 3, 0, 3 };
	const zp_hidden h = row(arena, only, NULL, 2, 5, false, true);
	cr_expect(h.at[0] && !h.at[1] && h.at[2] && h.safe);
	zp_arena_close(arena);
}

/* ---- what anybody knows ---- */

/* One place with several classes; who is behind each is public, and so is what the numerators are of. */
static zp_hidden public_row(zp_arena *arena, const int64_t *behind, const int64_t *num, size_t parts)
{
	static const uint32_t itself = 0;
	zp_counted *figure = zp_take(arena, zp_counted, 1);
	*figure = (zp_counted){ .at = num, .most = behind, .public_most = true };
	const zp_cells cells = { .n_places = 1, .n_classes = parts, .parent = &itself, .behind = behind, .public_behind = true, .figures = figure, .n_figures = 1 };
	return zp_suppress(arena, &cells, 5, false, true);
}

Test(suppress, what_is_public_bounds_the_hidden_figures)
{
	zp_arena *arena = zp_arena_open();
	/* 2 of 3 and 1 of 2: of 5 that are known, 3; it may have been 1 and 2 as well */
	const int64_t behind[] = { 3, 2, 40, 60, 105 }, some[] = { 2, 1, 30, 50, 83 };
	const zp_hidden h = public_row(arena, behind, some, 4);
	cr_expect(h.at[0] && h.at[1] && !h.at[2] && h.safe);
	/* 0 of 3 and 0 of 2: nothing else is possible, so that a third is hidden */
	const int64_t none[] = { 0, 0, 30, 50, 80 };
	const zp_hidden third = public_row(arena, behind, none, 4);
	cr_expect(third.at[0] && third.at[1] && third.at[2] && third.safe);
	/* all of 3 and all of 2: that all take part is no secret, and nothing more is hidden */
	const int64_t all[] = { 3, 2, 30, 50, 85 };
	const zp_hidden full = public_row(arena, behind, all, 4);
	cr_expect(full.at[0] && full.at[1] && !full.at[2] && full.safe);
	zp_arena_close(arena);
}

Test(suppress, few_makes_a_cell_small)
{
	zp_arena *arena = zp_arena_open();
	static const uint32_t itself = 0;
	const int64_t behind[] = { 6, 37, 98, 141 }, few[] = { 1, 37, 98, 136 }; /* six laboratories of one institution */
	zp_cells cells = { .n_places = 1, .n_classes = 3, .parent = &itself, .behind = behind };
	cr_expect_eq(zp_suppress(arena, &cells, 5, false, true).primary, 0);
	cells.few = few;
	const zp_hidden h = zp_suppress(arena, &cells, 5, false, true);
	cr_expect(h.at[0] && h.at[1] && !h.at[2] && h.primary == 1 && h.safe);
	zp_arena_close(arena);
}

/* ---- what may be shown after all ---- */

/* 20 regions of a small, a middle and a large class; where one failed nearly nobody did. The small classes are hidden, and their zeros
 * must not show; but what everybody asks for, the classes of the whole and the whole, is the last that is hidden for them. */
Test(suppress, rare_failures_hide_small_cells_and_not_the_whole)
{
	enum { REGIONS = 20, CLASSES = 3, WIDTH = CLASSES + 1, ALL = (REGIONS + 1) * WIDTH };
	zp_arena *arena = zp_arena_open();
	int64_t behind[ALL] = { 0 }, failed[ALL] = { 0 };
	uint32_t parent[REGIONS + 1] = { 0 };
	for (size_t r = 1; r <= REGIONS; r++) {
		const int64_t labs[] = { (int64_t)(r % 4), (int64_t)(5 + r % 3), 9 }, fails[] = { r == 7, r % 9 == 2, r % 6 == 1 };
		for (size_t k = 0; k < CLASSES; k++) {
			const size_t cells[] = { r * WIDTH + k, r * WIDTH + CLASSES, k, CLASSES };
			for (size_t c = 0; c < 4; c++)
				behind[cells[c]] += labs[k], failed[cells[c]] += fails[k];
		}
	}
	const zp_counted figure = { .at = failed, .most = behind };
	const zp_cells cells = { .n_places = REGIONS + 1, .n_classes = CLASSES, .parent = parent, .behind = behind, .figures = &figure, .n_figures = 1 };
	const zp_hidden h = zp_suppress(arena, &cells, 5, false, true);
	cr_expect(h.safe);
	cr_expect_gt(h.primary, 10);
	for (size_t k = 0; k <= CLASSES; k++)
		cr_expect(!h.at[k], "class %zu of the whole", k);
	size_t hidden = 0;
	for (size_t i = 0; i < ALL; i++)
		hidden += h.at[i];
	cr_expect_eq(hidden, h.primary + h.secondary);
	cr_expect_lt(hidden, ALL * 2 / 3, "%zu of %d", hidden, ALL);
	zp_arena_close(arena);
}

/* That nobody failed anywhere is told of small cells by the whole, which is hidden then. */
Test(suppress, a_whole_of_zero_tells_of_its_parts)
{
	zp_arena *arena = zp_arena_open();
	const int64_t behind[] = { 3, 40, 60, 103 }, none[] = { 0, 0, 0, 0 };
	const zp_hidden h = row(arena, behind, none, 3, 5, false, true);
	cr_expect(h.at[0] && h.at[3] && h.safe);
	cr_expect(!h.at[1] || !h.at[2]);
	zp_arena_close(arena);
}
