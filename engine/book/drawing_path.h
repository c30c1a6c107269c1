/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Paths of a drawing: numbers, transformations, and what "d" says, as lines and curves. */
#ifndef ZP_BOOK_DRAWING_PATH_H
#define ZP_BOOK_DRAWING_PATH_H

#include "base/arena.h"
#include "model/template.h"

typedef struct zp_matrix { double a, b, c, d, e, f; } zp_matrix; /* x' = a x + c y + e, y' = b x + d y + f */

typedef struct zp_path_work {
	zp_arena *arena;
	zp_matrix matrix;
	zp_stroke *steps;
	size_t n, room, most; /* of the whole drawing there may be `most` more */
	double x, y, from_x, from_y;
	bool begun, too_long, too_far; /* too_far: a step has no place that could be drawn */
} zp_path_work;

/* The next number; blanks and one comma before it are passed over. Gives: false when there is none. */
bool zp_path_number(const char **p, double *out);
void zp_path_move(zp_path_work *, double x, double y);
void zp_path_line(zp_path_work *, double x, double y);
void zp_path_curve(zp_path_work *, double x1, double y1, double x2, double y2, double x, double y);
void zp_path_arc(zp_path_work *, double rx, double ry, double degrees, bool large, bool sweep, double x, double y);
void zp_path_close(zp_path_work *);
/* All of an attribute d. Gives: NULL, or where it can be followed no more. */
const char *zp_path_follow(zp_path_work *, const char *d);

zp_matrix zp_matrix_times(zp_matrix outer, zp_matrix inner);
/* An attribute transform: matrix, translate, scale, rotate. Gives: false when it is anything else. */
bool zp_matrix_read(const char *text, zp_matrix *out);

#endif
