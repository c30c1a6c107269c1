/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small cells of a published table: hidden, and as many others as it takes that nothing hidden can be worked out from what is shown.
 *
 * A table has places, which form a tree, and classes: a place is the sum of its parts, all classes are the sum of the classes, in every
 * figure. Whoever reads it knows that, knows that figures are whole and not negative, what the largest may be, and, where zeros are
 * shown, that a hidden cell has somebody behind it. A hidden figure is safe when another table exists that agrees with all that is
 * shown and has another value there. Such tables are the circulations of a network (each cell stands in two sums), so whether there
 * is one is decided, not guessed: by a way round through the hidden cells, each of them one up or one down.
 * Cites: Cox: Network models for complementary cell suppression. JASA 90 (1995) 1453. */
#ifndef ZP_YEAR_SUPPRESS_H
#define ZP_YEAR_SUPPRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/arena.h"

/* What is counted of every cell. */
typedef struct zp_counted {
	const int64_t *at;
	const int64_t *most; /* a bound that readers know: another figure of the same cells; NULL: none */
	bool public_most;    /* anybody knows the bound of every cell, hidden or not; a cell that reaches it is then no secret */
} zp_counted;

/* Cells are places x (classes, then all of them). The first place is the whole; parent of the others < n_places. */
typedef struct zp_cells {
	size_t n_places, n_classes;
	const uint32_t *parent;
	const int64_t *behind;  /* laboratories or institutions behind each cell: a figure as well */
	const int64_t *few;     /* what makes a cell small where it is less than those behind it; NULL: behind */
	bool public_behind;     /* anybody knows it */
	const zp_counted *figures;
	size_t n_figures;
} zp_cells;

typedef struct zp_hidden {
	const bool *at;
	size_t primary, secondary; /* how many because they are small, and to protect those */
	bool safe; /* false: only without secondary suppression, or where no choice of cells makes it so */
} zp_hidden;

/* least: with fewer behind it (few) a cell is hidden; 0 hides nothing. hide_zero: one with nobody behind it as well. */
zp_hidden zp_suppress(zp_arena *, const zp_cells *, unsigned least, bool hide_zero, bool secondary);

#endif
