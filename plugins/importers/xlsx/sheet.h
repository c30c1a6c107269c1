/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One sheet: its cells in rows, each checked, handed to the layout. */
#ifndef ZP_XLSX_SHEET_H
#define ZP_XLSX_SHEET_H

#include "shared.h"
#include "styles.h"

#define ZP_SHEET_ROWS 200000u      /* <row> elements */
#define ZP_SHEET_LAST_ROW 1048576  /* as the format has them */
#define ZP_SHEET_LAST_COLUMN 16384
#define ZP_ROW_BYTES (1u << 20)
#define ZP_TEXT_BYTES (64u << 20)  /* of all cells of a workbook: a shared text counts as often as it is used */

typedef struct zp_workbook {
	zp_package *package;
	zp_styles styles;
	zp_strings strings;
	uint64_t text; /* bytes of cells so far */
	bool any;      /* some sheet had text */
	bool plain;    /* cells are handed over as they are, one by one, and not as a table of results */
} zp_workbook;

/* Needs: package->r->sheet is its name. hidden: it may not have any text. */
bool zp_sheet_read(zp_workbook *, const zp_part *, bool hidden);

/* A reference such as "C7". Gives: false when it is none, or beyond the last row or column. */
bool zp_cell_read(zp_text, long *line, long *column);

#endif
