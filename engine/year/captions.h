/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of a year in words, in one place: which of those that are kept go into workbook, JSON and pages, in which order, for whom, and
 * what their names, columns and words are for people. */
#ifndef ZP_YEAR_CAPTIONS_H
#define ZP_YEAR_CAPTIONS_H

#include "base/arena.h"
#include "press/table.h"

/* Tables that were kept, in the order of the book; each with what the captions say where it says nothing itself. A table that the captions
 * do not know stands at the end, for the centre. Gives: carved from the arena; lends the cells. */
const zp_sheet *zp_captions_put(zp_arena *, const zp_kept *, size_t *n);

/* What the words of the tables are for people. */
const zp_meaning *zp_captions_words(size_t *n);

#endif
