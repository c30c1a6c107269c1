/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A figure in the making: marks one after another, and where there is still room for a word. */
#ifndef ZP_DRAW_SKETCH_H
#define ZP_DRAW_SKETCH_H

#include "draw/plots.h"
#include "draw/words.h"

typedef struct zp_area { float left, top, right, bottom; } zp_area;

typedef struct zp_sketch {
	zp_arena *arena;
	zp_plot_look look;
	float size;           /* of its words */
	zp_drawn *marks;
	size_t n, room;
} zp_sketch;

zp_sketch zp_sketch_open(zp_arena *, zp_plot_look);

/* Put a mark down. A mark with a number that is none is left out. Gives: it, until the next one. */
zp_drawn *zp_sketch_put(zp_sketch *, zp_drawn);
void zp_sketch_line(zp_sketch *, zp_tone, float thick, bool dashed, zp_dot from, zp_dot to);
void zp_sketch_box(zp_sketch *, zp_tone, zp_area);
void zp_sketch_path(zp_sketch *, zp_drawn like, const zp_dot *, size_t n); /* the points are copied */

/* A text, cut with an ellipsis when it would have to shrink to less than four fifths to fit into `most`; then it says the whole.
 * Gives: the width it takes. */
float zp_sketch_text(zp_sketch *, zp_drawn like, const char *text);
/* Like it in size and tone: quiet words. */
float zp_sketch_word(zp_sketch *, float x, float y, zp_anchor, const char *text);

/* A text centred at like.x, moved as far as it must to lie between two places. */
void zp_sketch_centred(zp_sketch *, zp_drawn like, float left, float right, const char *text);

/* Where a text would be, with a little air; and whether nothing that was put down since `since` is there. Only words and small marks
 * count, lines and areas do not. */
zp_area zp_sketch_where(const zp_sketch *, const zp_drawn *text);
bool zp_sketch_is_free(const zp_sketch *, zp_area, size_t since);

/* Whether a line runs through it; lines of the grid do not count. */
bool zp_sketch_is_crossed(const zp_sketch *, zp_area);

/* Words in the figure's tongue. */
const char *zp_sketch_says(const zp_sketch *, zp_plot_word);
const char *zp_sketch_name(const zp_sketch *, const char *name, const char *name_en); /* of both: Chinese, where there is any */
/* "葡萄糖 (mmol/L)". */
const char *zp_sketch_quantity(const zp_sketch *, const zp_plot_of *);
/* "葡萄糖 202611 结果分布". */
const char *zp_sketch_title(const zp_sketch *, const zp_plot_of *, zp_figure_kind);

/* A number as people write it: fixed places, a true minus, with an exponent where it is very large or very small. */
const char *zp_number_says(zp_arena *, double v, int places);
const char *zp_signed_says(zp_arena *, double v, int places); /* "+3", "−2", "0" */

/* Everything finite, and of a size that can be drawn. */
bool zp_is_there(double v);

/* A square or so of a tone and what it stands for, at x; gives where the next may stand. */
float zp_sketch_key(zp_sketch *, float x, float y, zp_drawn swatch, const char *text);

const zp_figure *zp_sketch_close(zp_sketch *, const char *title, const char *says);
/* One sentence in a frame, in place of everything. */
const zp_figure *zp_sketch_nothing(zp_sketch *, const char *title, const char *sentence);

#endif
