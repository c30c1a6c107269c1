/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small table of the round folder with a header, read whole: the cells of the columns asked for, row by row. */
#ifndef ZP_RUN_SMALL_TABLE_H
#define ZP_RUN_SMALL_TABLE_H

#include "run/run.h"

#define ZP_SMALL_COLUMNS 6

typedef struct zp_small_table {
	const char *file;
	const char *const *columns; /* names, in the order wanted; "?" before one that may be missing; ends with NULL */
	size_t n_columns;
	zp_text (*rows)[ZP_SMALL_COLUMNS]; /* without blanks at their ends */
	long *lines;
	size_t n, room;
	zp_input input;
} zp_small_table;

/* Needs: file and columns. Gives: false when the table cannot be used at all; bad rows are reported and left out. */
bool zp_small_table_read(zp_run *, zp_small_table *);

#endif
