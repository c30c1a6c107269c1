/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The annual record: everything that a year knows of one laboratory, or of one region, as a document (docs/formats/record.md).
 * It is what conditions of titles and recognition see, and what the laboratory is given: the same bytes. What is not known is left
 * out, and is never an empty text or a 0. */
#ifndef ZP_YEAR_RECORD_H
#define ZP_YEAR_RECORD_H

#include "press/outbox.h"
#include "year/year.h"

/* Who has one: a laboratory that took part in the year or is on its register; a region just below the root of the tree in which
 * somebody on the register lies, or which has evidence. lab: of the chronicle; region: of the wish's tree. */
bool zp_record_is_of_lab(const zp_year *, size_t lab);
bool zp_record_is_of_region(const zp_year *, uint16_t region);

/* Write the document in place of what the piece holds; any thread. The piece is the caller's, to be used again and freed.
 * Gives: its bytes, with a NUL behind them; n of the piece is without it. */
const char *zp_record_of_lab(const zp_year *, size_t lab, zp_piece *);
const char *zp_record_of_region(const zp_year *, uint16_t region, zp_piece *);

/* labs/CODE/record.xml and regions/CODE/record.xml. Fails: ZP_IO. */
bool zp_year_records(const zp_year *, zp_press *, zp_error *);

/* ---- for those who write a part of it (each part in the order of the document) ---- */

/* One element: open, attributes, then zp_tag_end when it has nothing in it, or zp_tag_enter, its content, zp_tag_leave.
 * An attribute of NULL or "" is left out. */
typedef struct zp_tags { zp_piece *out; unsigned depth; struct zp_record_memory *memory; } zp_tags;
void zp_tag_open(zp_tags *, const char *element);
void zp_tag_text(zp_tags *, const char *attribute, const char *text);
void zp_tag_whole(zp_tags *, const char *attribute, int64_t);
void zp_tag_number(zp_tags *, const char *attribute, double);          /* its shortest decimal; left out when not finite */
void zp_tag_decimal(zp_tags *, const char *attribute, zp_decimal);      /* with the places that it has */
void zp_tag_percent(zp_tags *, const char *attribute, zp_fraction);    /* 100 times it; left out for nothing */
void zp_tag_end(zp_tags *);
void zp_tag_enter(zp_tags *);
void zp_tag_leave(zp_tags *, const char *element);

#endif
