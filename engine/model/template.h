/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A certificate's template: what stands where on its pages (docs/formats/certificate.md), read and checked.
 * Units: points, from the upper left corner of the page; letters too. Nothing is left to look up: texts are cut into pieces, images are
 * bytes, drawings are paths. */
#ifndef ZP_MODEL_TEMPLATE_H
#define ZP_MODEL_TEMPLATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum zp_template_kind {
	ZP_TEMPLATE_ROUND, ZP_TEMPLATE_ANNUAL, ZP_TEMPLATE_RECOGNITION, ZP_TEMPLATE_TITLE, ZP_TEMPLATE_KINDS
} zp_template_kind;
#define ZP_TEMPLATE_KIND_WORDS "round annual recognition title"

/* What a text may name in braces; the words are in model/template.c. A field that has nothing to say is "". */
typedef enum zp_template_field {
	ZP_FIELD_OF_LAB, ZP_FIELD_OF_LAB_NAME, ZP_FIELD_OF_REGION, ZP_FIELD_OF_CLASS, ZP_FIELD_OF_ROUND, ZP_FIELD_OF_ROUND_NAME,
	ZP_FIELD_OF_ROUND_NAME_EN, ZP_FIELD_OF_VERSION, ZP_FIELD_OF_YEAR, ZP_FIELD_OF_NUMBER, ZP_FIELD_OF_TITLE, ZP_FIELD_OF_TITLE_EN,
	ZP_FIELD_OF_PROGRAMME, ZP_FIELD_OF_PROGRAMME_EN, ZP_FIELD_OF_ORGANISER, ZP_FIELD_OF_ORGANISER_EN,
	ZP_FIELD_OF_ISSUED, ZP_FIELD_OF_ISSUED_ZH, ZP_FIELD_OF_ISSUED_EN,
	ZP_FIELD_OF_FROM, ZP_FIELD_OF_FROM_ZH, ZP_FIELD_OF_FROM_EN, ZP_FIELD_OF_UNTIL, ZP_FIELD_OF_UNTIL_ZH, ZP_FIELD_OF_UNTIL_EN,
	ZP_FIELD_OF_COUNT, ZP_FIELD_OF_COUNT_EN, ZP_FIELD_OF_ISSUE, ZP_FIELD_OF_REPLACES, ZP_FIELD_OF_REASON, ZP_FIELD_OF_IN_A_ROW,
	ZP_FIELD_OF_DIGEST, ZP_FIELD_OF_CODE, ZP_FIELD_OF_KEY, ZP_FIELD_OF_HEAD, ZP_FIELD_OF_PAGE, ZP_FIELD_OF_PAGES, ZP_TEMPLATE_FIELDS
} zp_template_field;

/* Its word, "lab-name", and in which kinds it has a meaning: a bit for each. */
typedef struct zp_template_field_form { const char *word; unsigned kinds; } zp_template_field_form;
extern const zp_template_field_form zp_template_field_forms[ZP_TEMPLATE_FIELDS];

/* Words as they stand, or a field. */
typedef struct zp_template_piece { const char *words; zp_template_field field; } zp_template_piece; /* words NULL: the field */

/* ---- drawings ---- */

typedef enum zp_stroke_kind { ZP_STEP_MOVE, ZP_STEP_LINE, ZP_STEP_CURVE, ZP_STEP_CLOSE } zp_stroke_kind;
typedef struct zp_stroke { zp_stroke_kind kind; double x[6]; } zp_stroke; /* points in the drawing's own units; the last is where it ends */

typedef struct zp_shape_drawn {
	const zp_stroke *steps;
	size_t n;
	int64_t fill, stroke; /* 0xRRGGBB; -1: none */
	double fill_opacity, stroke_opacity, width;
	bool even_odd, round_caps, round_joins;
} zp_shape_drawn;

typedef struct zp_drawing {
	double x, y, width, height; /* what of it is shown */
	const zp_shape_drawn *shapes;
	size_t n;
} zp_drawing;

/* A file beside the template. */
typedef struct zp_picture {
	const char *file;
	const void *png; /* NULL: it is a drawing */
	size_t bytes;
	const zp_drawing *drawing;
} zp_picture;

/* ---- what stands on a page ---- */

typedef enum zp_template_block_kind {
	ZP_PLACED_TEXT, ZP_PLACED_RULE, ZP_PLACED_BOX, ZP_PLACED_IMAGE, ZP_PLACED_SEAL, ZP_PLACED_QR, ZP_PLACED_SIGNATURE, ZP_PLACED_PROGRAMMES,
	ZP_PLACED_MEASURANDS, ZP_PLACED_KINDS
} zp_template_block_kind;
typedef enum zp_template_block_align { ZP_PLACED_LEFT, ZP_PLACED_CENTRE, ZP_PLACED_RIGHT } zp_template_block_align;
typedef enum zp_template_block_fit { ZP_PLACED_WRAP, ZP_PLACED_SHRINK } zp_template_block_fit;
typedef enum zp_template_block_place { ZP_PLACED_TOP, ZP_PLACED_MIDDLE, ZP_PLACED_BOTTOM } zp_template_block_place;

typedef struct zp_template_block {
	zp_template_block_kind kind;
	long line;
	bool after;              /* y is the distance from the end of the block before */
	double x, y, width, height; /* height 0: as high as it is. A rule lies or stands, by the greater of both */
	double bottom;           /* of tables: nothing of them goes below */
	zp_template_block_align align;
	unsigned colour;
	int64_t fill;            /* of a box; -1: none */
	double thick;            /* of a rule, or a box's line; 0: a box has none */
	bool diamond;            /* of a rule: one in its middle */
	bool has_when, unless;
	zp_template_field when;  /* it is there when the field says something; with `unless`, when it does not */
	const zp_template_piece *pieces;
	size_t n_pieces;
	bool sans, bold;
	double size, tracking, leading, indent; /* indent: in letters, of the first line */
	unsigned lines;          /* at most; 0: as many as it needs */
	zp_template_block_fit fit;
	zp_template_block_place place;    /* in its height */
	const zp_picture *picture;
	const zp_template_piece *heading, *heading_en; /* of the list of measurands; NULL: no head */
	size_t n_heading, n_heading_en;
	unsigned columns;        /* of that list, at most */
	bool names, numbers;     /* of the table of programmes: satisfactory measurands; numbers of certificates */
} zp_template_block;

typedef struct zp_template_blocks { const zp_template_block *at; size_t n; } zp_template_blocks;

typedef enum zp_border { ZP_BORDER_NONE, ZP_BORDER_LINE, ZP_BORDER_DOUBLE, ZP_BORDER_CORNERS, ZP_BORDER_GUILLOCHE } zp_border;
#define ZP_BORDER_WORDS "none line double corners guilloche"

typedef struct zp_template {
	zp_template_kind kind;
	const char *file;
	const char *name;
	double width, height; /* of the page */
	double margin;
	unsigned accent;      /* colour of tables and borders */
	zp_border border;
	double inset;         /* of the border */
	unsigned border_colour;
	zp_template_blocks every, first, later; /* on every page, below what follows; on the first; on those after it */
	bool results;         /* of a round: pages with every result follow the first */
	bool sans;            /* some text is sans */
	const char *characters; /* that its words hold, UTF-8 */
	const zp_picture *const *pictures;
	size_t n_pictures;
} zp_template;

#endif
