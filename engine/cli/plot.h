/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of `zhiping plot` share: what is asked for, and what was published of it. */
#ifndef ZP_CLI_PLOT_H
#define ZP_CLI_PLOT_H

#include "draw/plots.h"
#include "press/published.h"

/* A group of a sample, as in targets.csv. Numbers that are not there are NAN. */
typedef struct zp_plot_group {
	const char *group, *sample, *rung, *key;
	const char *target;        /* x_pt as it stands */
	uint32_t members;
	double x_pt, low, high;    /* what is allowed, not rounded */
	int places;
	bool by_percent;           /* its limit is so many percent */
} zp_plot_group;

/* A result, as in scores.csv. */
typedef struct zp_plot_result {
	const char *lab, *sample, *value, *mark;
	const zp_plot_group *group; /* NULL: none */
	double number, share;       /* NAN: it is none */
	bool judged, alert;
} zp_plot_result;

/* One published folder, and the measurand in it. */
typedef struct zp_plot_round {
	const zp_published *published;
	bool held;                       /* it has the measurand */
	const zp_plot_group *groups;
	size_t n_groups;
	const zp_plot_result *results;
	size_t n_results;
	const char *const *samples;      /* of the measurand, in their order */
	size_t n_samples;
	bool answered;                   /* its results are answers of a scale */
	const char *name, *name_en, *unit;
} zp_plot_round;

typedef struct zp_plotting {
	zp_arena *arena;
	zp_figure_kind kind;
	zp_plot_look look;
	const char *programme, *measurand, *sample, *sample_b, *lab; /* NULL: not given */
	bool named;                      /* laboratories by their names */
	zp_plot_round round;
	zp_plot_round *before;           /* earlier ones, in the order of their rounds */
	size_t n_before;
} zp_plotting;

/* ---- plot_read.c ---- */

/* Which measurand, sample and laboratory are meant, and their results; the programme is filled in where it was not given.
 * Fails: ZP_BAD_USE with a sentence that names the nearest; ZP_BAD_INPUT for a folder that is not what was published. */
bool zp_plot_read(zp_plotting *, const zp_published *, zp_error *);
/* The same of an earlier round, in which there need be nothing of it. */
bool zp_plot_read_before(zp_plotting *, const zp_published *, zp_plot_round *, zp_error *);
/* Why there is nothing to draw of the laboratory: it is not on the register, or was asked for nothing. Gives: false, as zp_fail. */
bool zp_plot_no_lab(zp_plotting *, zp_error *);
double zp_plot_number(const char *text); /* NAN when it is none */

/* ---- plot_draw.c, plot_more.c: NULL after a sentence in *err ---- */

const zp_figure *zp_plot_draw(zp_plotting *, zp_error *);
const zp_figure *zp_draw_ranks(zp_plotting *, zp_error *);
const zp_figure *zp_draw_dots(zp_plotting *, zp_error *);
const zp_figure *zp_draw_history(zp_plotting *, zp_error *);
const zp_figure *zp_draw_answers(zp_plotting *, zp_error *);

/* What is drawn, for titles and axes; sample "" where the kind shows all. */
zp_plot_of zp_plot_of_sample(const zp_plotting *, const char *sample);
/* The result of the laboratory in a sample; NULL without --lab, or where there is none. */
const zp_plot_result *zp_plot_own(const zp_plotting *, const zp_plot_round *, const char *sample);
/* The group that a sample is shown by: the laboratory's, else that of most. */
const zp_plot_group *zp_plot_group_of(const zp_plotting *, const char *sample);

#endif
