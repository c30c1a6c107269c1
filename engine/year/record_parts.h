/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files that write records share. */
#ifndef ZP_YEAR_RECORD_PARTS_H
#define ZP_YEAR_RECORD_PARTS_H

#include "year/evidence.h"
#include "year/record.h"

/* Percentages that were put into words before: a year has few different scores and a great many of them. */
#define ZP_RECORD_REMEMBERED 512
struct zp_record_memory {
	struct { int64_t num, den; char text[32]; } at[ZP_RECORD_REMEMBERED];
};

/* Begin the document in place of what the piece holds, with its root open for attributes. */
void zp_record_begin_document(zp_tags *, struct zp_record_memory *, zp_piece *, const zp_year *);
/* Close the root. Gives: the bytes. */
const char *zp_record_finish_document(zp_tags *);

/* Whether the laboratory was in the programme in a round of the year, be it excused. Gives: its row in *row as well. */
bool zp_record_took_part(const zp_year_programme *, size_t lab, size_t *row);
void zp_record_programmes(zp_tags *, const zp_year *, size_t lab);
void zp_record_evidence(zp_tags *, zp_evidence_span);

/* The region just below the root in which another lies; ZP_NO_REGION. */
uint16_t zp_record_city_of(const zp_regions *, uint16_t region);

#endif
