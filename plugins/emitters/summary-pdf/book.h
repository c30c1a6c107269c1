/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The summary of a round as a book: what is put on it, and where the next thing goes.
 *
 * The same code goes through the book three times. First only characters are gathered, so that fonts can be cut to them; then heights are
 * measured, so that the contents know their pages; then it is printed. So what is printed is what was measured, and nothing of it is kept
 * but the headings. Units: points. */
#ifndef ZP_SUMMARY_BOOK_H
#define ZP_SUMMARY_BOOK_H

#include "paper/canvas.h"

#define ZP_LEFT_EDGE 50.0
#define ZP_RIGHT_EDGE (ZP_PAGE_WIDTH - 50.0)
#define ZP_COLUMN (ZP_RIGHT_EDGE - ZP_LEFT_EDGE)
#define ZP_TOP_EDGE 66.0
#define ZP_BOTTOM_EDGE 786.0

typedef enum zp_pass { ZP_GATHER, ZP_MEASURE, ZP_PRINT } zp_pass;

typedef struct zp_both { const char *cn, *en; } zp_both;

/* A heading, as the contents and the bookmarks have it. Texts are lent. */
typedef struct zp_heading { unsigned level; char mark[16]; zp_both says; size_t page; } zp_heading;

#define ZP_LEVELS 4 /* 1: chapters; 2: parts; 3: measurands */

typedef struct zp_book {
	const zp_host *host;
	const zp_summary *s;
	zp_canvas *sans, *serif;
	cairo_surface_t *pdf;
	zp_pass pass;
	size_t page, pages;       /* pages: of all; known when it is printed */
	double y;
	zp_both running;          /* at the head of each page */
	const char *chapter;      /* what parts are numbered by; "": they are not */
	unsigned parts;           /* of the chapter, so far */
	zp_heading *headings;
	size_t n_headings, room, next; /* next: the one that comes */
	size_t *measurand_at, *first_of; /* the heading of each measurand; where a programme's begin */
	int bookmark[ZP_LEVELS + 1]; /* the last of each level */
	size_t answers_at;        /* where the next answers are looked for */
	unsigned char *seen;      /* a bit for each character */
	char *scratch;            /* texts that last for a while */
	size_t scratch_at;
} zp_book;

/* ---- texts ---- */

/* A text that lasts until some sixty more were made. */
const char *zp_book_say(zp_book *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* part of whole in percent, one decimal, half up: "97.9"; "–" of nothing. */
const char *zp_percent(zp_book *, unsigned long long part, unsigned long long whole);
double zp_share_of(unsigned long long part, unsigned long long whole); /* of 1; below 0: of nothing */
const char *zp_or_dash(const char *text);
/* "2026 年 3 月 1 日" of what begins as an ISO date; anything else as it is. */
const char *zp_day(zp_book *, const char *iso);
/* A decimal as the engine prints it. Gives: false when it is none. */
bool zp_value_of(const char *text, double *out);

/* ---- marks; nothing is drawn before the book is printed ---- */

extern const zp_ink zp_body, zp_body_en, zp_cell, zp_strong, zp_small, zp_quiet;

void zp_put(zp_book *, zp_ink, double x, double y, double width, zp_align, const char *text); /* as zp_canvas_line */
double zp_wide(zp_book *, zp_ink, const char *text);
double zp_set(zp_book *, zp_ink, zp_canvas_column, const char *text);                         /* as zp_canvas_text; gives the height */
void zp_rule(zp_book *, double x1, double y1, double x2, double y2, double thick, unsigned colour);
void zp_box(zp_book *, double x, double y, double w, double h, unsigned colour);
void zp_share_bar(zp_book *, double x, double y, double w, double share); /* 0 to 1 of the width, with a tick at 0.8 */
/* A place that leads to a heading. What is put in between belongs to it. */
void zp_link_open(zp_book *, size_t heading, double x, double y, double w, double h);
void zp_link_close(zp_book *);

typedef struct zp_cell_text {
	const char *text;        /* where the column wraps, a new line at "\n" */
	double share;            /* of a bar, 0 to 1; below 0: none. Of a range: where it begins */
	double to, at;           /* of a range: where it ends, and the mark within it */
	const char *more;        /* smaller: on lines below where the column wraps, else behind it; NULL: nothing */
	bool bold, alert;
	size_t leads;            /* to the heading before this number; 0: nowhere */
} zp_cell_text;

/* ---- pages ---- */

void zp_turn(zp_book *);                  /* to the next page */
bool zp_room(zp_book *, double height);   /* turn unless so much is left; true: it turned */
void zp_skip(zp_book *, double height);   /* leave so much empty */
/* On a new page. number: what its parts are numbered by. */
void zp_chapter(zp_book *, const char *mark, const char *number, zp_both says);
void zp_chapter_below(zp_book *, const char *mark, const char *number, zp_both says); /* on this page where there is room: a short one */
/* A heading with so much room below it. */
void zp_part(zp_book *, zp_both says, double below);
/* Where a measurand is reported: its heading + 1, and the page as a text; 0 and "" before that is known. */
zp_cell_text zp_page_of(zp_book *, size_t programme, size_t measurand);
size_t zp_enter(zp_book *, unsigned level, const char *mark, zp_both says); /* into contents and bookmarks, here */
void zp_paragraph(zp_book *, const char *cn, const char *en); /* "" leaves one out */
void zp_remark(zp_book *, const char *cn, const char *en);    /* smaller, under a table or figure */

/* ---- tables ---- */

typedef enum zp_column_kind { ZP_COLUMN_LEFT, ZP_COLUMN_RIGHT, ZP_COLUMN_MIDDLE, ZP_COLUMN_POINT, ZP_COLUMN_SHARE, ZP_COLUMN_WRAPPED, ZP_COLUMN_RANGE } zp_column_kind;

typedef struct zp_column_form {
	zp_both head;
	double wide;
	zp_column_kind kind;
	unsigned digits; /* after the point, for columns of numbers */
} zp_column_form;


#define ZP_CELLS 16
typedef struct zp_table_form {
	const zp_column_form *columns;
	size_t n;
	zp_both name;    /* repeated with the heads on further pages; "" */
	double size, step; /* of type; from row to row */
	bool ruled;      /* a hairline above the next row */
	bool open;
} zp_table_form;

void zp_table_begin(zp_book *, zp_table_form *);
void zp_table_row(zp_book *, zp_table_form *, const zp_cell_text *cells);
void zp_table_part(zp_book *, zp_table_form *, zp_both says); /* a line across, with at least one row below it */
bool zp_table_turns(const zp_book *, const zp_table_form *); /* whether the next row of one line goes to another page */
void zp_table_end(zp_book *, zp_table_form *);

/* ---- chapters ---- */

void zp_cover(zp_book *);
void zp_contents(zp_book *);
void zp_preface(zp_book *);
void zp_design(zp_book *);
void zp_results(zp_book *);
void zp_block(zp_book *, size_t programme, size_t measurand); /* one measurand */
void zp_technical(zp_book *);
void zp_ranking(zp_book *);
void zp_targets(zp_book *);
void zp_decisions_and_terms(zp_book *);
void zp_signatures(zp_book *);

zp_both zp_method_says(const char *method, const char *origin); /* cn NULL: it has no other name */
/* How far the targets of a sample's groups lie apart, in percent of what is allowed; below 0: nothing can be said. */
double zp_apart(const zp_told_sample *, const zp_told_group **low, const zp_told_group **high);

#endif
