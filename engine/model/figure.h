/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A figure, ready to be drawn: marks on a sheet, in the order in which they are put down. Whoever draws it, into a PDF, a PNG or a page,
 * draws the same. Units: points of the figure's own size; y grows downwards. Texts are UTF-8 and never NULL, unless said otherwise. */
#ifndef ZP_MODEL_FIGURE_H
#define ZP_MODEL_FIGURE_H

#include <stdbool.h>
#include <stddef.h>

/* What a mark stands for. Each tone has a colour of its own on paper, on a light and on a dark screen; what must be told apart differs in
 * lightness or shape too, so that black and white will do. */
typedef enum zp_tone {
	ZP_TONE_INK,    /* words */
	ZP_TONE_QUIET,  /* lesser words, axes */
	ZP_TONE_GRID,
	ZP_TONE_BAND,   /* what is allowed */
	ZP_TONE_TARGET,
	ZP_TONE_PEERS,  /* the peer group */
	ZP_TONE_ALL,    /* everybody, behind it */
	ZP_TONE_SELF,   /* the laboratory's own, acceptable */
	ZP_TONE_ALERT,  /* not acceptable */
	ZP_TONE_PAPER,  /* the background */
	ZP_TONE_1, ZP_TONE_2, ZP_TONE_3, ZP_TONE_4, ZP_TONE_5, ZP_TONE_6, /* series: Okabe-Ito's colours without black and yellow */
	ZP_TONES
} zp_tone;

typedef enum zp_mark_kind {
	ZP_MARK_PATH,     /* points; closed: filled unless outline is set */
	ZP_MARK_BOX,      /* x, y: its upper left corner; w, h */
	ZP_MARK_DOT,      /* x, y: its middle; w: its diameter */
	ZP_MARK_DIAMOND,  /* the same */
	ZP_MARK_TRIANGLE, /* on its tip at x, y; w wide */
	ZP_MARK_CROSS,    /* an x in the middle of x, y */
	ZP_MARK_ELLIPSE,  /* x, y: its middle; w, h: half axes; turn: degrees from the x axis, clockwise on the sheet */
	ZP_MARK_TEXT      /* on one line, baseline at y; h: its size */
} zp_mark_kind;

typedef enum zp_anchor { ZP_AT_LEFT, ZP_AT_MIDDLE, ZP_AT_RIGHT } zp_anchor;

typedef struct zp_dot { float x, y; } zp_dot;

typedef struct zp_drawn {
	zp_mark_kind kind;
	zp_tone tone;
	float x, y, w, h, turn;  /* turn of a text: degrees, -90 reads upwards */
	float thick;             /* of a line or outline; 0: 0.8 */
	bool outline, closed, dashed, bold;
	float strength;          /* 0 to 1, how opaque; 0 stands for 1 */
	zp_anchor anchor;        /* of a text */
	float most;              /* of a text: it shrinks to this width; 0: as wide as it is */
	const zp_dot *points;
	size_t n;
	const char *text;        /* of a text; NULL otherwise */
	const char *says;        /* told when somebody points at it or tabs to it, on a page; NULL: nothing */
	const char *of;          /* what it belongs to, for a page that filters: a code of a region, class or method; NULL: nothing */
} zp_drawn;

typedef struct zp_figure {
	float width, height;
	const char *title;       /* a few words; "" when what stands around it says them */
	const char *says;        /* the whole in a sentence, for who cannot see it */
	const zp_drawn *marks;
	size_t n;
} zp_figure;

/* In which words. BOTH: Chinese and English beside each other, short. */
typedef enum zp_tongue { ZP_CHINESE, ZP_ENGLISH, ZP_BOTH_TONGUES } zp_tongue;

/* What is drawn of a round. The first five are also drawn for one laboratory, with its own place marked. */
typedef enum zp_figure_kind {
	ZP_FIGURE_HISTOGRAM,   /* one sample: everybody's values, the peers' before them, target and limits */
	ZP_FIGURE_BIAS,        /* the samples by concentration: bias in the measurand's unit or percent, with the band that is allowed */
	ZP_FIGURE_HISTORY,     /* share of the limit over the last rounds (Levey-Jennings), gaps seen as gaps */
	ZP_FIGURE_YOUDEN,      /* two samples: everybody in cells of a grid, the peers' ellipse of 95 % */
	ZP_FIGURE_METHODS,     /* the groups of a sample: median, quartiles and reach of each, against the target */
	ZP_FIGURE_ANSWERS,     /* one sample with answers: how many gave each */
	ZP_FIGURE_DOTS,        /* every laboratory's share of the limit in a sample, in order */
	ZP_FIGURE_RANKS,       /* the first so many laboratories or regions: share of acceptable results with its interval */
	ZP_FIGURE_STRIP,       /* a row of small bars, one for each sample: share of the limit */
	ZP_FIGURE_KINDS
} zp_figure_kind;

#endif
