/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a laboratory is told, held against the tables that were written, read again from the disk, before anything is published. Two ways
 * lead from the shelves to a verdict on paper and to one in a table; where they do not meet, nothing is published. */
#ifndef ZP_RUN_REREAD_H
#define ZP_RUN_REREAD_H

#include "base/arena.h"
#include "base/error.h"
#include "model/report.h"

typedef struct zp_reread zp_reread;

/* The tables of a folder that is not published yet. Lives as long as the arena. Fails: NULL, ZP_IO. */
const zp_reread *zp_reread_open(zp_arena *, const char *folder, zp_error *);

/* Every verdict, score, target, bound, bias and SDI of the report against its row: words and counts to the letter, numbers within half a
 * unit of the last decimal that is printed. Fails: false, ZP_BUG with the first that differs. */
bool zp_reread_compare(const zp_reread *, const zp_report *, zp_arena *scratch, zp_error *);

#endif
