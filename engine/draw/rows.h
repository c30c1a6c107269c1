/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures that are lists: names on the left, something drawn in the middle, numbers on the right. */
#ifndef ZP_DRAW_ROWS_H
#define ZP_DRAW_ROWS_H

#include "draw/axis.h"

typedef struct zp_rows {
	size_t shown;      /* the first so many fit */
	float top, step;   /* of a row */
	float left, right; /* what is drawn lies between */
	float bottom;
} zp_rows;

/* Rows between top and bottom, each at least a line high and not much higher than two. */
zp_rows zp_rows_over(const zp_sketch *, size_t n, float top, float bottom);
float zp_rows_middle(const zp_rows *, size_t i);

/* The width for names: what the longest needs, but at most this share of the sheet. */
float zp_rows_names(const zp_sketch *, const char *const *names, size_t n, double share);

/* The name of row i, right up to x; strong: the laboratory's own. */
void zp_rows_name(zp_sketch *, const zp_rows *, size_t i, float x, float most, const char *name, bool strong);

/* A pale stripe behind row i. */
void zp_rows_stripe(zp_sketch *, const zp_rows *, size_t i);

#endif
