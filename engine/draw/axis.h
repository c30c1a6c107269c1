/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Axes: from values to places on the sheet, with ticks at round numbers. */
#ifndef ZP_DRAW_AXIS_H
#define ZP_DRAW_AXIS_H

#include "draw/sketch.h"

typedef struct zp_axis {
	double from, to;   /* values at both ends, from < to */
	float at, until;   /* their places */
	double step;       /* between ticks: 1, 2 or 5 times a power of ten */
	int places;        /* decimals of a tick */
	long long first, last; /* ticks are first to last, times step */
} zp_axis;

/* An axis over exactly these values, with at most so many ticks. from and to are set apart where they are not. */
zp_axis zp_axis_over(double from, double to, float at, float until, size_t most);
/* The same, its ends moved outwards to ticks. */
zp_axis zp_axis_round(double from, double to, float at, float until, size_t most);

double zp_axis_tick(const zp_axis *, long long i);
const char *zp_axis_says(zp_arena *, const zp_axis *, long long i);

bool zp_axis_holds(const zp_axis *, double v);
float zp_axis_at(const zp_axis *, double v); /* at an end for what lies beyond it */

/* The height that labels and title below an area take, and where the title's baseline is. */
static inline float zp_axis_high(const zp_sketch *s) { return 3 + 2.85f * s->size; }
static inline float zp_axis_title_at(const zp_sketch *s, zp_area area) { return area.bottom + 2 + 2.6f * s->size; }
/* Ticks with their labels along the bottom of an area, thinned until they do not touch, and the title below them. */
void zp_axis_below(zp_sketch *, const zp_axis *, zp_area, const char *title);
/* Lines across the area at its ticks, their labels left of it, and the title at the upper left corner, above them. */
void zp_axis_beside(zp_sketch *, const zp_axis *, zp_area, const char *title, bool with_sign);
/* Width that the labels beside need. */
float zp_axis_width(const zp_sketch *, const zp_axis *);

#endif
