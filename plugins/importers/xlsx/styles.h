/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a cell's style does to the look of its value: a date, a percentage, or text that is not in the value. */
#ifndef ZP_XLSX_STYLES_H
#define ZP_XLSX_STYLES_H

#include "xml.h"

#define ZP_STYLES 65536u /* Excel's limit is 65,490 */

typedef enum zp_look { ZP_LOOK_PLAIN, ZP_LOOK_DATE, ZP_LOOK_PERCENT, ZP_LOOK_SCALED, ZP_LOOK_TEXT } zp_look;

typedef struct zp_style {
	unsigned char look;  /* zp_look; of numbers only */
	bool struck;         /* crossed out */
} zp_style;

typedef struct zp_styles {
	zp_style *of; /* by the number that cells give */
	size_t n;
} zp_styles;

/* The look that a number format gives: "yyyy-mm-dd", "0.0%", "\"<\"0.0". */
zp_look zp_look_of(zp_text code);

/* Needs: part may be NULL, then there is one plain style. */
bool zp_styles_read(zp_package *, const zp_part *part, zp_styles *);

#endif
