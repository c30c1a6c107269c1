/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Papers of a year: an annual certificate, one of mutual recognition, or of a title; what stands on each page, and its words.
 *
 * Every page has the border, the number, the laboratory and the issuer with the seal, so that none can be put behind another paper.
 */
#ifndef ZP_CERTIFICATE_ANNUAL_H
#define ZP_CERTIFICATE_ANNUAL_H

#include "paper/canvas.h"
#include "words.h"

typedef struct zp_annual {
	const zp_host *host;
	const zp_paper *paper;
	zp_canvas *canvas;
	cairo_surface_t *seal; /* NULL when there is none */
	/* Filled by zp_annual_plan. */
	size_t pages, columns;
	double scale;          /* of the list's letters */
	double row;            /* height of a line of the list */
	double mark_width;     /* of the marks behind the names; 0: there are none */
	double list_top;       /* on the first page */
	size_t first, later;   /* lines of the list on the first page, and on each that follows */
} zp_annual;

void zp_annual_plan(zp_annual *);
void zp_annual_draw(const zp_annual *, size_t page); /* from 1 */

/* The list (annual_list.c). */
void zp_annual_list_plan(zp_annual *, double top, double later_top, double bottom);
void zp_annual_list_draw(const zp_annual *, size_t page, double top);

/* Words (annual_words.c). */
typedef enum zp_said_on_paper {
	ZP_SAID_HONOUR, ZP_SAID_CODE, ZP_SAID_NUMBER, ZP_SAID_YEAR, ZP_SAID_VALID, ZP_SAID_PASSED, ZP_SAID_RECOGNISED, ZP_SAID_LISTED,
	ZP_SAID_CONTINUED, ZP_SAID_MORE, ZP_SAID_AWARDED, ZP_SAID_AWARD_END, ZP_SAID_ISSUED, ZP_SAID_DIGEST, ZP_SAIDS
} zp_said_on_paper;
const char *zp_annual_word(zp_said_on_paper, bool chinese);
const char *zp_annual_heading(const zp_paper *, bool chinese);
/* What is certified, in a sentence; "" on the paper of a title, which says it in a layout of its own. */
const char *zp_annual_statement(const zp_host *, const zp_paper *, bool chinese);
const char *zp_annual_period(const zp_host *, const zp_paper *, bool chinese);   /* how long it holds; "" */
const char *zp_annual_reissued(const zp_host *, const zp_paper *, bool chinese); /* that it replaces another; "" */
const char *zp_annual_in_a_row(const zp_host *, const zp_paper *, bool chinese); /* years together; "" */
const char *zp_annual_page(const zp_host *, size_t page, size_t of, bool chinese);
const char *zp_annual_date(const zp_host *, const char *iso, bool chinese); /* "2027 年 1 月 20 日", "20 January 2027" */
/* Every character of these, for the font. */
const char *zp_annual_words_all(const zp_host *);

#endif
