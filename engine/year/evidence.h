/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a year is told beside the rounds, such as points of an inspection: lines of a table, one value of one key each
 * (docs/formats/year.md). Of all values of a year one counts for each laboratory or region and key. */
#ifndef ZP_YEAR_EVIDENCE_H
#define ZP_YEAR_EVIDENCE_H

#include "base/input.h"
#include "model/region.h"
#include "year/chronicle.h"

/* A line as it was read. */
typedef struct zp_evidence_row {
	const char *code;    /* of a laboratory or region, with "laboratory:" or "region:" before it where both have it */
	const char *key, *unit, *source, *date; /* unit and source "" when not given */
	const char *value;   /* a number in plain notation, or a word */
	zp_decimal number;
	bool is_number;
	long line;
} zp_evidence_row;

typedef struct zp_evidence_file {
	const char *file;            /* for messages */
	const zp_evidence_row *rows; /* of the year, in the order of the file */
	size_t n;
	const long *outside;         /* lines whose day lies in another year: they count for nothing */
	size_t n_outside;
	bool faulty;                 /* problems were told; the rows are those that could be read all the same */
	zp_input input;
} zp_evidence_file;

/* evidence.csv: lab,key,value,unit,source,date. issued: no day may lie after it.
 * Fails: NULL when nothing could be read; lines with problems are told, and others still read (faulty). */
const zp_evidence_file *zp_evidence_read(zp_arena *, const char *path, const char *file, int year, const char *issued, zp_problems *);

/* A line that has its owner. */
typedef struct zp_evidence_line {
	const zp_evidence_row *row;
	uint32_t lab;    /* of the chronicle; UINT32_MAX: of a region */
	uint16_t region; /* of the tree; ZP_NO_REGION: of a laboratory */
	bool counts;     /* the one of its owner and key that rules see */
} zp_evidence_line;

typedef struct zp_evidence {
	const zp_evidence_line *lines; /* laboratories, then regions; of each by key, day, line of the file */
	size_t n;
} zp_evidence;

typedef struct zp_evidence_span { const zp_evidence_line *at; size_t n; } zp_evidence_span;

/* Find whose each line is, and which of several values counts (title-evidence). file NULL: there is none.
 * Fails: NULL after problems. */
const zp_evidence *zp_evidence_take(zp_arena *, const zp_chronicle *, const zp_regions *, const zp_year_rules *, const zp_evidence_file *, zp_problems *);

zp_evidence_span zp_evidence_of_lab(const zp_evidence *, size_t lab);
zp_evidence_span zp_evidence_of_region(const zp_evidence *, uint16_t region);
/* The value that counts; NULL: there is none. */
const zp_evidence_row *zp_evidence_find(zp_evidence_span, const char *key);

#endif
