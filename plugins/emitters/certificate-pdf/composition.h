/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Composition: pages drawn after a template (model/template.h): the first of a round's certificate, and all of a year's papers.
 *
 * Blocks are drawn in the order of the template. What is measured and what is drawn goes through the same function. Lists and tables
 * have functions of their own, since they go on over pages.
 */
#ifndef ZP_CERTIFICATE_COMPOSITION_H
#define ZP_CERTIFICATE_COMPOSITION_H

#include "paper/canvas.h"
#include "words.h"

/* A picture or seal, opened once per run; none of both: it is not there. */
typedef struct zp_art {
	const zp_picture *of; /* NULL: the seal */
	cairo_surface_t *image;
} zp_art;

#define ZP_ARTS_MOST 40

/* Open a PNG whose longer side needs no more than so many pixels. Fails: NULL, *err tells what is wrong. */
cairo_surface_t *zp_art_open(const zp_host *, const char *name, const void *bytes, size_t n, double pixels, zp_error *);
/* Within a box, as large as it can be, in its middle. */
void zp_art_draw(zp_canvas *, cairo_surface_t *, double x, double y, double width, double height);
void zp_drawing_draw(zp_canvas *, const zp_drawing *, double x, double y, double width, double height);

/* The square code (square.c). */
typedef struct zp_square { unsigned char *dots; int side; } zp_square; /* side 0: there is none */
bool zp_square_make(const zp_host *, const char *text, const char *who, zp_square *, zp_error *);
const char *zp_square_library(void); /* its version */
void zp_square_draw(zp_canvas *, const zp_square *, double x, double y, double side);

/* A list of measurands over as many pages as it needs (list.c). */
typedef struct zp_list_place { double x, width, top, bottom; } zp_list_place;
typedef struct zp_list {
	const zp_host *host;
	zp_canvas *canvas;
	const zp_paper *paper;
	const char *heading, *heading_en; /* "" both: no head */
	unsigned accent, most_columns;
	zp_list_place on_first, on_later;
	/* Filled by zp_list_plan. */
	size_t pages, columns;
	double scale, row, mark_width;
	size_t first, later; /* lines on the first page, and on each after it */
} zp_list;
void zp_list_plan(zp_list *);
double zp_list_draw(const zp_list *, size_t page); /* Gives: where it ends */

struct zp_job;

typedef struct zp_composition {
	const zp_host *host;
	zp_canvas *canvas;
	zp_cut *const *cuts[ZP_FAMILIES]; /* the weights of each */
	const zp_template *t;
	const zp_art *arts;
	size_t n_arts;
	cairo_surface_t *seal;             /* NULL: none */
	struct zp_job *job;                /* of a round; else NULL */
	const zp_paper *paper;             /* of a year; else NULL */
	zp_square square;
	const char *fields[ZP_TEMPLATE_FIELDS];
	size_t page, pages;
	double table_top;
	zp_list list;
} zp_composition;

/* Fields, the square code, and where the tables stand; for a round how many programmes are on the first page, for a year how many
 * pages there are. Gives: false when the canvas failed. */
bool zp_composition_plan(zp_composition *);
void zp_composition_draw(zp_composition *, size_t page); /* from 1; pages must be known */
void zp_composition_number(zp_composition *, size_t page);

/* Texts of fields (fields.c). */
void zp_fields_of_report(const zp_host *, const zp_report *, const char *fields[ZP_TEMPLATE_FIELDS]);
void zp_fields_of_paper(const zp_host *, const zp_paper *, const char *fields[ZP_TEMPLATE_FIELDS]);
const char *zp_date_says(const zp_host *, const char *iso, bool chinese); /* "2027 年 1 月 20 日", "20 January 2027"; "" of "" */
const char *zp_count_says(const zp_host *, size_t);

/* Borders (border.c). */
void zp_border_draw(zp_canvas *, const zp_template *);

#endif
