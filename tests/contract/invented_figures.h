/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Invented figures: of every kind an ordinary one, and awkward ones. */
#ifndef ZP_TESTS_INVENTED_FIGURES_H
#define ZP_TESTS_INVENTED_FIGURES_H

#include "draw/plots.h"

typedef struct zp_invented_figure { const char *name; const zp_figure *figure; } zp_invented_figure;

#define ZP_INVENTED_FIGURES_MOST 64
size_t zp_invented_figures(zp_arena *, zp_plot_look, zp_invented_figure out[ZP_INVENTED_FIGURES_MOST]);

#endif
