/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The report of one laboratory as pages: first what matters, a line for each measurand; then each measurand by itself.
 *
 * Pages are planned before the first is drawn, since the first says on which page each measurand stands. What is drawn and what is
 * measured goes through the same function, so that plan and drawing agree.
 */
#ifndef ZP_REPORT_BOOKLET_H
#define ZP_REPORT_BOOKLET_H

#include "paper/canvas.h"
#include "paper/panel.h"
#include "paper/says.h"
#include "paper/report_words.h"

typedef enum zp_part_kind {
	ZP_PART_LIST_HEAD,  /* heads of the columns of the list */
	ZP_PART_LIST_TITLE, /* of what needs attention; of what does not */
	ZP_PART_LIST_GROUP, /* a programme's line in the list */
	ZP_PART_LIST_ROW,   /* a measurand's */
	ZP_PART_HEADING,    /* of a programme, before its measurands */
	ZP_PART_PANEL,      /* the programme at a glance */
	ZP_PART_BAR,        /* a measurand's name, and how it stands; again where it continues */
	ZP_PART_FINDINGS,
	ZP_PART_HEADS,      /* of the columns of its samples */
	ZP_PART_ROWS,       /* its samples first .. first + n - 1 */
	ZP_PART_REMARKS,    /* what is said of samples and targets */
	ZP_PART_FIGURES,    /* first, and one beside it */
	ZP_PART_PEERS,      /* what others of other methods found: its samples first .. first + n - 1 */
	ZP_PART_ABSENT,     /* measurands that are not performed, in one paragraph */
	ZP_PART_TITLE,      /* of a chapter at the end */
	ZP_PART_TEXT        /* a paragraph */
} zp_part_kind;

typedef struct zp_part {
	zp_part_kind kind;
	bool continued;
	size_t page; /* from 1 */
	double y, height;
	size_t entry;            /* of a measurand */
	size_t programme;
	size_t first, n;
	size_t first_sample, n_samples; /* of a panel */
	bool last;
	double scale;            /* of figures */
	const char *text, *text_en;
} zp_part;

/* A measurand that is performed. */
typedef struct zp_entry {
	const zp_report_programme *programme;
	const zp_report_measurand *measurand;
	size_t p;
	size_t page; /* where it is told in full */
	double y;
} zp_entry;

/* What is told of the whole. */
typedef struct zp_sums { size_t measurands, heeded, judged, acceptable, programmes, satisfactory; } zp_sums;

typedef struct zp_booklet {
	const zp_host *host;
	const zp_report *report;
	zp_canvas *paper;
	zp_sums sums;
	zp_entry *entries;
	size_t n_entries;
	const zp_entry **heeded; /* the most pressing first */
	zp_part *parts;
	size_t n_parts, room, pages;
	double list_row;        /* height of a line of the list */
	bool courses;           /* something is told of the rounds before */
	size_t *programme_page; /* of each programme's heading */
	size_t notes_page;
	size_t *absent;         /* how many measurands of each programme are not performed */
} zp_booklet;

void zp_booklet_plan(zp_booklet *);
void zp_booklet_part_draw(const zp_booklet *, const zp_part *);
void zp_booklet_running_draw(const zp_booklet *, size_t page);

#define ZP_LEFT_EDGE ZP_MARGIN
#define ZP_RIGHT_EDGE (ZP_PAGE_WIDTH - ZP_MARGIN)
#define ZP_TOP 58.0
#define ZP_BOTTOM 793.0
#define ZP_GAP 15.28 /* between two figures */
#define ZP_HALF ((ZP_WIDE - ZP_GAP) / 2)

/* The first page, and the list that begins on it (front.c). */
double zp_front_height(const zp_booklet *);
void zp_front_draw(const zp_booklet *);
double zp_list_height(const zp_booklet *, const zp_part *);
void zp_list_draw(const zp_booklet *, const zp_part *);

/* A measurand (block.c). */
double zp_block_height(const zp_booklet *, const zp_part *);
void zp_block_draw(const zp_booklet *, const zp_part *);
bool zp_has_remarks(const zp_report_measurand *);

/* Its samples (samples.c). */
double zp_samples_head(const zp_booklet *, const zp_report_measurand *, double y, bool draw);
double zp_samples_row(const zp_booklet *, const zp_report_measurand *, const zp_report_row *, double y, bool draw);

/* What peers found (peers.c), so many samples beside each other. */
#define ZP_PEERS_BESIDE 6
size_t zp_peers_samples(const zp_report_measurand *);
double zp_peers(const zp_booklet *, const zp_report_measurand *, size_t first, size_t n, double x, double y, double width, bool draw);
bool zp_peers_fill(const zp_booklet *, const zp_report_measurand *, double height); /* whether all of them have room in the place of a figure */

/* Paragraphs (text.c). */
double zp_text_height(const zp_booklet *, const zp_part *);
void zp_text_draw(const zp_booklet *, const zp_part *);

/* ✓, × or – in a shape of its own, with its middle at x and the baseline of the words beside it. */
void zp_sign_draw(const zp_booklet *, double x, double baseline, zp_verdict);
zp_verdict zp_verdict_of(zp_satisfaction);
unsigned zp_colour_of(zp_verdict);

/* Chinese, and English behind it in smaller type; English is left out where both have no room. Gives: the width. */
double zp_both(const zp_booklet *, zp_ink cn, zp_ink en, double x, double y, double width, const char *says, const char *says_en);
const char *zp_count_text(const zp_booklet *, size_t);

#endif
