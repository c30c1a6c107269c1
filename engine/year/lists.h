/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plain list that a year is told beside the ledger: what laboratories perform. */
#ifndef ZP_YEAR_LISTS_H
#define ZP_YEAR_LISTS_H

#include "base/input.h"
#include "year/indicators.h"

/* A row of a table, its cells in the order in which the columns were asked for. */
#define ZP_LIST_COLUMNS 8
typedef struct zp_list_row { const char *cells[ZP_LIST_COLUMNS]; long line; } zp_list_row;
/* A table whose header has these columns, in any order and among others. Lines that cannot be split are told and left out.
 * Fails: NULL when there is no row at all. */
const zp_list_row *zp_list_read(zp_arena *, const char *path, const char *file, const char *const *columns, size_t n_columns, size_t *n,
				zp_input *, zp_problems *);

/* performed.csv: lab,specimen,item,compared,iqc; the last two are yes or no. Fails: NULL after problems. */
const zp_performed *zp_performed_read(zp_arena *, const char *path, const char *file, size_t *n, zp_input *, zp_problems *);

#endif
