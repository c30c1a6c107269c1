/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A programme at a glance: a row for each measurand, a column for each sample, ticks and crosses. */
#ifndef ZP_PAPER_PANEL_H
#define ZP_PAPER_PANEL_H

#include "paper/canvas.h"

#define ZP_PANEL_SAMPLES 10 /* beside each other */

/* A part of it that stands on one page, as wide as the margins allow. */
typedef struct zp_panel {
	const zp_report_programme *programme;
	size_t first, n;               /* of the measurands that are performed */
	size_t first_sample, n_samples;
	bool continued, last;          /* last: here its sums stand */
	double y;
} zp_panel;

bool zp_measurand_absent(const zp_report_measurand *);                                            /* not performed */
const zp_report_measurand *zp_panel_measurand(const zp_report_programme *, size_t performed); /* NULL: no more are performed */
double zp_panel_head_height(void);
double zp_panel_row_height(zp_canvas *, const zp_report_measurand *);
double zp_panel_sum_height(const zp_report_programme *, size_t first_sample);
void zp_panel_draw(zp_canvas *, const zp_panel *);

#endif
