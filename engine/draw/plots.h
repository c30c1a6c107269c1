/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plots: from numbers to figures (model/figure.h). One builder for each kind of plot, so that a report, a page, a summary and
 * `zhiping plot` show the same thing in the same way. Builders work nothing out: they are given what the engine found.
 *
 * Numbers that are not there are NAN. Texts are never NULL. What is given is lent and must outlive the figure; the figure is carved
 * from the arena. The same numbers give the same marks to the last bit, whatever the machine's language. */
#ifndef ZP_DRAW_PLOTS_H
#define ZP_DRAW_PLOTS_H

#include <stdint.h>
#include "base/arena.h"
#include "model/figure.h"

/* "histogram", "bias", "history", "youden", "methods", "answers", "dots", "ranks", "strip". */
const char *zp_figure_word(zp_figure_kind);
const char *zp_figure_says(zp_figure_kind, bool chinese); /* its name for people: "结果分布", "Distribution of results" */
/* ZP_FIGURE_KINDS when there is none of that name. */
zp_figure_kind zp_figure_find(const char *word);
/* Every character that figures hold of their own accord, beside ASCII and what they are given: fonts are cut to it. */
const char *zp_plot_characters(zp_arena *);

/* How large, and in which words. */
typedef struct zp_plot_look { float width, height; zp_tongue tongue; } zp_plot_look;
#define ZP_PLOT_HALF_WIDE 254.0f  /* two beside each other on a page of A4 */
#define ZP_PLOT_HALF_HIGH 150.0f
#define ZP_PLOT_NARROW 150.0f    /* below it a histogram has no keys: it is one of a row */

/* What is measured: for titles and axes. */
typedef struct zp_plot_of { const char *name, *name_en, *unit, *sample; int places; } zp_plot_of;

/* Classes of equal width, in two layers: everybody and, of them, the peers. What lies beyond the last class on either side is counted
 * together. Bounds lie between values that can be reported: never on one. */
typedef struct zp_bins {
	double from, width;
	size_t n;
	const uint32_t *all, *peers;         /* n each; all includes the peers */
	uint32_t all_below, all_above, peers_below, peers_above;
} zp_bins;
/* all, peers: ascending. step: what values are rounded to, 0 when not known. low, high: a range that should be seen whole; NAN: none.
 * At most `most` classes. */
zp_bins zp_bins_of(zp_arena *, const double *all, size_t n_all, const double *peers, size_t n_peers, double step, double low, double high, size_t most);

typedef struct zp_histogram {
	zp_plot_of of;
	zp_bins bins;
	double x_pt, low, high;   /* target and what is allowed */
	double self;              /* the laboratory's own; NAN: of no laboratory */
	bool alert;               /* its own is not acceptable */
	uint32_t n_all, n_peers;
} zp_histogram;
const zp_figure *zp_plot_histogram(zp_arena *, const zp_histogram *, zp_plot_look);

/* Bias over the samples, in the order of their targets. */
typedef struct zp_bias_point {
	const char *sample;
	double x_pt, low, high;   /* bounds of what is allowed, as values */
	double value;             /* NAN: there is none */
	bool alert;
} zp_bias_point;
typedef struct zp_bias {
	zp_plot_of of;
	const zp_bias_point *points; /* ascending by x_pt */
	size_t n;
	bool percent;             /* of the target; else in the measurand's unit */
	double fit_a, fit_b;      /* bias = a + b x_pt, drawn when both are there: a finding that the data support */
} zp_bias;
const zp_figure *zp_plot_bias(zp_arena *, const zp_bias *, zp_plot_look);

/* Rounds in order, the latest last; results in percent of the limit, ±100 is the limit (or SDI where sdi is set, limits 2 and 3). */
typedef struct zp_history_round { const char *label; const double *values; const bool *alert; size_t n; bool held; } zp_history_round;
typedef struct zp_history { zp_plot_of of; const zp_history_round *rounds; size_t n; bool sdi;
	double pass; /* above 0: values are percent of right answers, satisfactory from here on; there are no limits around 0 */
} zp_history;
const zp_figure *zp_plot_history(zp_arena *, const zp_history *, zp_plot_look);

/* Two samples. Others are counted in cells of a grid, so that a figure tells no single result of anybody else. */
#define ZP_YOUDEN_CELLS 36
typedef struct zp_youden_cells {
	double from_a, width_a, from_b, width_b;
	uint16_t counts[ZP_YOUDEN_CELLS][ZP_YOUDEN_CELLS]; /* by b, then a */
	uint32_t outside;         /* beyond the grid */
} zp_youden_cells;
typedef struct zp_youden_plot {
	zp_plot_of of;            /* its sample: that of a */
	const char *sample_b;
	const zp_youden_cells *cells; /* of the peers */
	double centre_a, centre_b, semi_major, semi_minor, angle; /* the ellipse, as zp_ellipse_of gives it, in values; NAN: none */
	double x_pt_a, x_pt_b, low_a, high_a, low_b, high_b;
	double self_a, self_b;
	bool alert;
	uint32_t n;
} zp_youden_plot;
const zp_figure *zp_plot_youden(zp_arena *, const zp_youden_plot *, zp_plot_look);

/* Groups of a sample beside each other. */
typedef struct zp_method_row {
	const char *name;
	uint32_t n;
	double median, q1, q3, least, most; /* least, most: without what was set aside */
	double x_pt;              /* the group's own target; NAN: it has none */
	bool own;                 /* the laboratory's */
} zp_method_row;
typedef struct zp_methods { zp_plot_of of; const zp_method_row *rows; size_t n; double x_pt, low, high, self; bool alert; } zp_methods;
const zp_figure *zp_plot_methods(zp_arena *, const zp_methods *, zp_plot_look);

/* Answers of one sample. */
typedef struct zp_answer_bar { const char *name; uint32_t n; bool target, accepted, own; } zp_answer_bar;
typedef struct zp_answer_plot { zp_plot_of of; const zp_answer_bar *bars; size_t n; uint32_t of_n; bool alert; } zp_answer_plot;
const zp_figure *zp_plot_answers(zp_arena *, const zp_answer_plot *, zp_plot_look);

/* Every laboratory in a sample, in the order given; value in percent of the limit. */
typedef struct zp_lab_dot { const char *label, *of; double share; uint8_t series; bool alert; } zp_lab_dot; /* label: what may be told of who it is; of: region, class, group */
typedef struct zp_dots { zp_plot_of of; const zp_lab_dot *at; size_t n; const char *const *series; size_t n_series; } zp_dots;
const zp_figure *zp_plot_dots(zp_arena *, const zp_dots *, zp_plot_look);

/* Shares with intervals, the best first. */
typedef struct zp_rank_bar { const char *name; double share, low, high; unsigned rank; uint32_t n; const char *of; } zp_rank_bar; /* of 1 */
typedef struct zp_ranks_plot { const char *title, *title_en; const zp_rank_bar *bars; size_t n; double everybody; } zp_ranks_plot;
const zp_figure *zp_plot_ranks(zp_arena *, const zp_ranks_plot *, zp_plot_look);

/* A row of small bars without words, one for each sample in their order: percent of the limit, ±100 at the edge of the band. */
typedef struct zp_strip_bar { double share; bool alert, judged; } zp_strip_bar; /* share NAN: none; judged false: a gap, else a mark of its verdict */
typedef struct zp_strip_plot { const zp_strip_bar *bars; size_t n; } zp_strip_plot;
const zp_figure *zp_plot_strip(zp_arena *, const zp_strip_plot *, zp_plot_look);

#endif
