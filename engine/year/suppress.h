/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small cells of a published table: hidden, and as many others as it takes that nothing hidden can be worked out from what is shown.
 *
 * A table is cells with figures, and sums among them: a total is the sum of its parts, in every figure. Whoever reads it knows the
 * sums, that figures are whole and not negative, what the largest may be, and, where zeros are shown, that a hidden cell has somebody
 * behind it. A hidden cell is safe when for every figure of it another table, which agrees with all that is shown, has another value
 * there: such a table is looked for and must be found. */
#ifndef ZP_YEAR_SUPPRESS_H
#define ZP_YEAR_SUPPRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/arena.h"

typedef struct zp_sum { uint32_t total; const uint32_t *parts; size_t n; } zp_sum;

/* A figure of every cell. */
typedef struct zp_figure {
	const int64_t *at;
	const int64_t *most; /* a bound that readers know: another figure of the same cells, taken as it is; NULL: none */
} zp_figure;

typedef struct zp_cells {
	size_t n;
	const int64_t *behind;  /* laboratories or institutions behind each cell: a figure as well */
	const zp_figure *figures;
	size_t n_figures;
	const zp_sum *sums;
	size_t n_sums;
} zp_cells;

typedef struct zp_hidden {
	const bool *at;
	size_t primary, secondary; /* how many because they are small, and to protect those */
	bool safe; /* false: only without secondary suppression, or where no table could be made safe */
} zp_hidden;

/* least: with fewer behind it a cell is hidden; 0 hides nothing. hide_zero: one with nobody behind it as well. */
zp_hidden zp_suppress(zp_arena *, const zp_cells *, unsigned least, bool hide_zero, bool secondary);

#endif
