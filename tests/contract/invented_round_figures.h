/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures made by hand, for a summary that was invented. */
#ifndef ZP_TESTS_INVENTED_ROUND_FIGURES_H
#define ZP_TESTS_INVENTED_ROUND_FIGURES_H

#include "base/arena.h"
#include "model/summary.h"

/* Let a summary draw: histograms, methods and dots of quantities, answers of answers, ranks of a programme; NULL otherwise. Nothing grows
 * with the number of figures. */
void zp_invent_figures(zp_arena *, zp_summary *);

extern const char zp_invented_figure_characters[];

#endif
