/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A figure on paper. */
#ifndef ZP_PAPER_FIGURE_H
#define ZP_PAPER_FIGURE_H

#include "canvas.h"

/* With its upper left corner at x, y; scale: points of the page for one of the figure's. Texts are set in the canvas's own cuts, which must
 * hold the characters of the figure. */
void zp_canvas_figure(zp_canvas *, const zp_figure *, double x, double y, double scale);

#endif
