/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Paper: an A4 page and the few ways in which things are put on it. Units: points; y grows downwards.
 *
 * The first thing that cannot be drawn is told in *err and marks the paper as failed; everything after
 * it is skipped, so that drawing code need not look at each step.
 */
#ifndef ZP_CANVAS_H
#define ZP_CANVAS_H

#include "type.h"

#define ZP_PAGE_WIDTH 595.276
#define ZP_PAGE_HEIGHT 841.89
#define ZP_MARGIN 36.0
#define ZP_WIDE (ZP_PAGE_WIDTH - 2 * ZP_MARGIN)

/* Colours as 0xRRGGBB: one accent, and one for what is not acceptable; of the same families as in figures (palette.h). */
enum {
	ZP_BLACK = 0x1C2126, ZP_GREY = 0x5C666F, ZP_FAINT = 0x9FAAB1, ZP_HAIR = 0xC8D0D5, ZP_ACCENT = 0x1B4B5F, ZP_ALERT = 0xBE3D0A,
	ZP_ALERT_PALE = 0xFBF0EA, ZP_ACCENT_PALE = 0xEDF2F4, ZP_BAND = 0xCFE0E6
};

typedef struct zp_ink {
	zp_weight weight;
	double size;
	unsigned colour;
	double tracking; /* added after each glyph */
} zp_ink;

typedef enum zp_align { ZP_LEFT, ZP_CENTRE, ZP_RIGHT } zp_align;

typedef struct zp_desk zp_desk; /* room to work in; one per process */
zp_desk *zp_desk_open(void);    /* NULL without memory */
void zp_desk_close(zp_desk *);

typedef struct zp_canvas {
	const zp_host *host;
	zp_error *err;
	const char *who; /* the laboratory, for messages */
	zp_cut *const *cuts;
	zp_desk *desk;
	cairo_t *cr;
	bool failed;
	zp_ink ink; /* what cr is set to */
} zp_canvas;

/* A text on one line, with its baseline at y; shrunk when it is wider than `width` (0: as wide as it is).
 * x is the left end, middle or right end by `align`. Gives: the width it takes. */
double zp_canvas_line(zp_canvas *, zp_ink, double x, double y, double width, zp_align, const char *text);
double zp_canvas_width(zp_canvas *, zp_ink, const char *text);

/* A text on as many lines as it needs, but at most `most`: then it shrinks. The first baseline is at y,
 * or with `middle` the middle of the whole text; `leading` is the step in sizes. It also shrinks until it
 * is no higher than `height` (0: any).
 * draw false: only measured. Gives: the height, lines times step. */
typedef struct zp_canvas_column {
	double x, y, width;
	zp_align align;
	unsigned most;
	double leading;
	bool middle;
	double height;
} zp_canvas_column;
double zp_canvas_text(zp_canvas *, zp_ink, zp_canvas_column, const char *text, bool draw);

/* Draw what is still pending; before anything is done to cr from outside, a new page included. */
void zp_canvas_settle(zp_canvas *);

void zp_canvas_rule(zp_canvas *, double x1, double y1, double x2, double y2, double thick, unsigned colour);
void zp_canvas_box(zp_canvas *, double x, double y, double w, double h, unsigned colour);
void zp_canvas_frame(zp_canvas *, double x, double y, double w, double h, double thick, unsigned colour);
void zp_canvas_diamond(zp_canvas *, double x, double y, double half, unsigned colour);
void zp_canvas_pointer(zp_canvas *, double x, double y, double half, unsigned colour); /* a triangle that stands on its tip at y */

#endif
