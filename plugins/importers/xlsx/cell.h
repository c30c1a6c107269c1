/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One cell: what it holds as the text that was typed, or why it may not be used. */
#ifndef ZP_XLSX_CELL_H
#define ZP_XLSX_CELL_H

#include "shared.h"
#include "styles.h"

typedef struct zp_cell {
	enum { ZP_CELL_NUMBER, ZP_CELL_SHARED, ZP_CELL_INLINE, ZP_CELL_TEXT, ZP_CELL_BOOLEAN, ZP_CELL_ERROR, ZP_CELL_DATE } kind;
	zp_style style;
	bool has_value, has_inline, has_formula;
	size_t from;       /* where its text begins in the row's */
	zp_rich rich;      /* of an inline string */
	const char *unfit; /* "holds a formula"; a static text */
} zp_cell;

/* kind: the attribute t; .p NULL when it has none. Gives: false when it is not known. */
bool zp_cell_begin(zp_cell *, zp_text kind, zp_style, size_t from);

/* What the cell holds; empty when it is empty. cell->unfit is set when it may not be used, and *why when the file may not. */
zp_text zp_cell_end(zp_cell *, zp_store *row, const zp_strings *, const char **why);

#endif
