/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table that is published: one row after the other, cell by cell, into a CSV file, and, where it is wanted, kept for workbook and
 * pages. Cells come in the order of the columns; the row ends by itself when it is full. For the tables of millions of rows see
 * zp_press_pieces. */
#ifndef ZP_PRESS_TABLE_H
#define ZP_PRESS_TABLE_H

#include "base/arena.h"
#include "base/decimal.h"
#include "model/sheet.h"
#include "press/outbox.h"

typedef struct zp_table zp_table;

/* Tables that are kept, carved from the arena; zeroed but for it. */
typedef struct zp_kept { zp_arena *arena; zp_sheet *sheets; size_t n, room; } zp_kept;

/* Begin NAME.csv with its header. kept: where its cells are kept as well; NULL: nowhere. Lends the columns, which must outlive `kept`.
 * Fails: NULL, ZP_IO. */
zp_table *zp_table_open(zp_press *, const char *name, const zp_column *columns, size_t n, zp_kept *, zp_error *);
#define ZP_TABLE_OPEN(press, name, columns, kept, err) \
	zp_table_open((press), (name), (columns), sizeof(columns) / sizeof *(columns), (kept), (err))

void zp_table_text(zp_table *, const char *text); /* anybody's; NULL is empty */
void zp_table_word(zp_table *, const char *word); /* the program's own, or a number that is printed already */
void zp_table_whole(zp_table *, int64_t);
void zp_table_number(zp_table *, double, int places); /* exactly so many, half to even of the binary number; empty when it is not finite */
void zp_table_decimal(zp_table *, zp_decimal);        /* with the places that it has */
void zp_table_hundredths(zp_table *, int64_t);        /* as a number of results: 400 is 4, 350 is 3.50 */
void zp_table_none(zp_table *, size_t cells);         /* so many empty ones */

/* Gives: false with *err when anything of it could not be written. Frees the table in any case. Needs: no row half full. */
bool zp_table_close(zp_table *, zp_error *);

#endif
