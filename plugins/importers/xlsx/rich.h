/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text of a shared or inline string: one piece, or several runs with fonts of their own, which are joined. Readings that are
 * printed above characters (phonetic runs) are left out. A run in superscript, subscript or crossed out makes the text unfit, for
 * joined it would say something else: 10⁹ would be 109. */
#ifndef ZP_XLSX_RICH_H
#define ZP_XLSX_RICH_H

#include "xml.h"

#define ZP_CELL_CHARACTERS 32767u

typedef struct zp_rich {
	zp_store *to;        /* the text is appended */
	size_t from;         /* where it begins there */
	const char *unfit;
	enum { ZP_RICH_TOP, ZP_RICH_RUN, ZP_RICH_FONT, ZP_RICH_TEXT } where;
	bool in_run, piece;  /* of the <t>: it is in a run; one was seen that is not */
	size_t text_from;    /* of the <t> */
	size_t characters;   /* of all runs */
} zp_rich;

void zp_rich_begin(zp_rich *, zp_store *to);
/* *why is set with ZP_STOP and false. */
zp_step zp_rich_start(zp_rich *, const char *name, const zp_attributes *, const char **why);
bool zp_rich_end(zp_rich *, const char **why);
bool zp_rich_text(zp_rich *, zp_text, const char **why);

/* Undo Excel's _x000D_ in the text that begins at `from`, check its characters, and that they are not too many with *characters.
 * Gives: false with *why when no cell can hold it; *unfit is set when this cell may not be used. */
bool zp_text_settle(zp_store *, size_t from, size_t *characters, const char **unfit, const char **why);

#endif
