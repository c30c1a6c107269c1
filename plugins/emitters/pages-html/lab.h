/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A laboratory's report as a page, in its own folder: what report.pdf says, in the order in which it says it, Chinese first and English
 * beside it. One page and one style sheet, no script, nothing of anybody else. Well-formed as XML too, so that other tools can read it. */
#ifndef ZP_PAGES_LAB_H
#define ZP_PAGES_LAB_H

#include "markup.h"
#include "paper/report_words.h"
#include "paper/says.h"

/* A measurand that is performed. Its place on the page is "m" and the number of its programme and its own in it. */
typedef struct zp_lab_entry {
	const zp_report_programme *programme;
	const zp_report_measurand *of;
	size_t p, m; /* from 0 */
} zp_lab_entry;

/* What is told of the whole. */
typedef struct zp_lab_sums { size_t heeded, judged, acceptable, programmes, satisfactory; } zp_lab_sums;

#define ZP_LAB_FIGURES 28 /* on a page, some 2 KB each; more only where each measurand has its first, and those that need attention all */

typedef struct zp_lab {
	const zp_host *host;
	const zp_report *report;
	zp_markup *m;
	zp_lab_sums sums;
	const zp_lab_entry *entries; /* by programme */
	size_t n_entries;
	const zp_lab_entry **heeded; /* the most pressing first */
	size_t figures;              /* how many of a measurand that needs no attention are drawn */
	bool courses;                /* any of its measurands has one */
	bool left_out;               /* some have more figures than are drawn */
} zp_lab;

bool zp_lab_page(const zp_host *, void *state, const zp_report *, const zp_outbox *, zp_error *);
bool zp_lab_is_absent(const zp_report_measurand *); /* not performed */

/* ---- words (lab_words.c) ---- */

void zp_lab_put(zp_lab *, const char *ours);
void zp_lab_tell(zp_lab *, const char *text);                       /* escaped */
void zp_lab_both(zp_lab *, const char *cn, const char *en);         /* told; English only where it differs and is not "" */
void zp_lab_say(zp_lab *, zp_say);
void zp_lab_number(zp_lab *, size_t);
void zp_lab_place(zp_lab *, const zp_lab_entry *);                  /* m1-3 */
zp_verdict zp_lab_verdict_of(zp_satisfaction);
/* A class, "bad", "good" or "none": the style sheet puts ×, ✓ or – before it. */
const char *zp_lab_look_of(zp_verdict);
void zp_lab_sign(zp_lab *, zp_verdict); /* nothing but that */
/* Standing and outcome, with their sign. */
void zp_lab_outcome(zp_lab *, zp_standing, zp_satisfaction);
/* S and the counts, "S 96.7 · 29 / 30". */
void zp_lab_score(zp_lab *, const zp_report_programme *);
/* A box that scrolls where it is wider than the page, a table and its name; the heads of its columns follow. seen: the name is not for listeners only. */
void zp_lab_table(zp_lab *, const char *look, const char *cn, const char *en, bool seen);
void zp_lab_table_body(zp_lab *);
void zp_lab_table_end(zp_lab *);
void zp_lab_head(zp_lab *, zp_say, const char *look); /* a column's */
void zp_lab_cell(zp_lab *, const char *text);         /* told; a dash where there is none */

/* ---- parts ---- */

void zp_lab_list(zp_lab *);                                          /* a line for each measurand */
void zp_lab_panel(zp_lab *, const zp_report_programme *);            /* all measurands and samples at a glance */
void zp_lab_programme(zp_lab *, size_t programme);                   /* its measurands in full */
void zp_lab_samples(zp_lab *, const zp_report_measurand *);
void zp_lab_peers(zp_lab *, const zp_report_measurand *);
void zp_lab_strip(zp_lab *, const zp_report_measurand *);
void zp_lab_figures(zp_lab *, const zp_report_measurand *);
size_t zp_lab_figures_of(const zp_report_measurand *);               /* how many it has for a page */
void zp_lab_notes(zp_lab *);                                         /* how to appeal, how to check, how to read */
void zp_lab_style(zp_markup *);                                      /* report.css */

#endif
