/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every word that a figure says of its own accord. One table, so that fonts can be cut to it (zp_plot_characters). */
#ifndef ZP_DRAW_WORDS_H
#define ZP_DRAW_WORDS_H

#include "draw/plots.h"

typedef enum zp_plot_word {
	ZP_SAY_SAMPLE, ZP_SAY_PEERS, ZP_SAY_ALL, ZP_SAY_COUNT, ZP_SAY_TARGET, ZP_SAY_LIMITS, ZP_SAY_OWN, ZP_SAY_ABOVE, ZP_SAY_BELOW, ZP_SAY_BIAS,
	ZP_SAY_TARGET_OF, ZP_SAY_SHARE, ZP_SAY_NOT_HELD, ZP_SAY_NO_RESULT, ZP_SAY_ELLIPSE, ZP_SAY_MORE_GROUPS, ZP_SAY_MORE_ANSWERS, ZP_SAY_MORE_ROWS,
	ZP_SAY_ACCEPTED, ZP_SAY_LABS_IN_ORDER, ZP_SAY_ACCEPTABLE_SHARE, ZP_SAY_INTERVAL, ZP_SAY_EVERYBODY, ZP_SAY_NOTHING, ZP_SAY_NO_POINT,
	ZP_SAY_OUTSIDE, ZP_SAY_ALERT, ZP_SAY_RIGHT, ZP_SAY_RIGHT_ANSWERS,
	ZP_PLOT_WORDS
} zp_plot_word;

/* In a language; of both, a short form that holds both. */
const char *zp_plot_says(zp_plot_word, zp_tongue);

#endif
