/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages: what stands on which page of one certificate, and how each part is drawn.
 *
 * Pages are planned before the first is drawn, since each says how many there are. A part that is drawn
 * and a part that is measured go through the same function, so that plan and drawing agree.
 */
#ifndef ZP_CERTIFICATE_PAGES_H
#define ZP_CERTIFICATE_PAGES_H

#include "paper/canvas.h"
#include "paper/panel.h"
#include "words.h"

typedef enum zp_piece_kind {
	ZP_PIECE_SUMMARY,   /* programmes first .. first + n - 1 that had no room on the first page */
	ZP_PIECE_HEADING,   /* of a programme; again on each page that it continues on */
	ZP_PIECE_PANEL,     /* the programme at a glance: its measurands first .. first + n - 1 of those performed */
	ZP_PIECE_HEADS,     /* of columns: for quantities, or for answers */
	ZP_PIECE_NOTHING,   /* a programme without measurands */
	ZP_PIECE_MEASURAND, /* its samples first .. first + n - 1 */
	ZP_PIECE_ABSENT,    /* the measurands of a programme that are not performed, in one paragraph */
	ZP_PIECE_NOTES,     /* the title of the notes */
	ZP_PIECE_NOTE
} zp_piece_kind;

typedef struct zp_piece {
	zp_piece_kind kind;
	bool continued;
	size_t page; /* from 1 */
	double y, height;
	size_t programme, measurand, first, n;
	size_t first_sample, n_samples; /* of a panel */
	bool last;                      /* of a panel: here its sums stand */
	bool answered;                  /* of heads */
	const char *text; /* of a paragraph */
} zp_piece;

/* Sentences that several rows share, told once in the notes. */
typedef struct zp_said { const char *cn, *en; } zp_said;
typedef struct zp_saids { zp_said *at; size_t n, room; } zp_saids;

typedef struct zp_job {
	const zp_host *host;
	const zp_report *report;
	zp_canvas *paper;
	size_t front_rows; /* programmes that stand on the first page */
	zp_saids reasons, verdicts;
	zp_piece *pieces;
	size_t n_pieces, room, pages;
} zp_job;

void zp_job_plan(zp_job *, bool results); /* results false: only programmes that had no room on the first page */
size_t zp_said_find(const zp_saids *, const char *cn); /* its number from 1; 0 when it is not there */

/* The table of programmes (programmes.c), on the first page or after it. */
typedef struct zp_programme_table {
	double x, width, top, bottom;
	bool names, numbers; /* satisfactory measurands; numbers of certificates */
	unsigned accent;
} zp_programme_table;
size_t zp_programme_rows(const zp_programme_table *, size_t n_programmes); /* those that it shows */
double zp_programmes_draw(const zp_job *, const zp_programme_table *);     /* Gives: where it ends */
void zp_summary_head_draw(const zp_job *, const zp_programme_table *, double y);
void zp_summary_row_draw(const zp_job *, const zp_programme_table *, const zp_report_programme *, double y, double height);

/* The pages after it. */
#define ZP_TOP 60.0     /* of the first piece */
#define ZP_BOTTOM 792.0 /* no piece goes below */
#define ZP_ROW 11.8     /* one sample */
#define ZP_SUMMARY_ROW 15.0
#define ZP_SUMMARY_HEAD 44.0
#define ZP_LEFT_EDGE ZP_MARGIN
#define ZP_RIGHT_EDGE (ZP_PAGE_WIDTH - ZP_MARGIN)
#define ZP_X_SAMPLE 194.0
#define ZP_X_VERDICT 520.0
#define ZP_HEADS 24.0 /* height of column heads */
double zp_heading_height(bool continued); /* without heads */
double zp_measurand_height(const zp_job *, const zp_report_measurand *, size_t first, size_t n);
double zp_note_height(const zp_job *, const char *text);
void zp_verdict_draw(const zp_job *, const zp_report_row *, double top);

/* Answers that are no numbers (answers.c): column heads, and the row of a sample. Gives: its height. */
void zp_answer_heads_draw(const zp_job *, double y);
double zp_answer_row(const zp_job *, const zp_report_measurand *, const zp_report_row *, double top, bool draw);
void zp_head_column_draw(const zp_job *, double x, double y, double width, zp_align, zp_word);
double zp_flags(const zp_job *, const zp_report_row *, double top, bool draw); /* on a line of their own */

void zp_piece_draw(const zp_job *, const zp_piece *);
void zp_running_draw(const zp_job *, size_t page); /* head and foot of a page after the first */

unsigned zp_outcome_colour(zp_satisfaction);

#endif
