/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A look at the bytes of a part before libxml2 sees them, chunk by chunk: libxml2 has no limit on the attributes of a tag and takes
 * its time with them, and a document type can invent attributes that no file holds. What is merely not well-formed is left to it. */
#ifndef ZP_XLSX_SCAN_H
#define ZP_XLSX_SCAN_H

#include "reading.h"

#define ZP_SCAN_TAG (64u << 10)
#define ZP_SCAN_ATTRIBUTES 32u
#define ZP_SCAN_DEPTH 16u
#define ZP_SCAN_RUN (512u << 10) /* text between two tags, a comment: a cell has 32,767 characters of at most 10 bytes */

typedef enum zp_scan_where {
	ZP_SCAN_TEXT, ZP_SCAN_OPEN, ZP_SCAN_IN_TAG, ZP_SCAN_BANG, ZP_SCAN_COMMENT, ZP_SCAN_CDATA, ZP_SCAN_DECLARATION
} zp_scan_where;

typedef struct zp_scan {
	zp_scan_where where;
	bool begun;          /* some bytes were seen */
	char quote;          /* that an attribute's value is in; 0: none */
	char last[2];        /* the bytes before this one */
	bool closes;         /* the tag is an end tag */
	uint32_t n, attributes, depth;
	unsigned left;       /* bytes of a character of UTF-8 that are still to come */
	unsigned char low, high; /* what the next of them may be */
	char declaration[256];
} zp_scan;

/* Gives: NULL, or why the part may not be parsed. */
const char *zp_scan_take(zp_scan *, const char *bytes, size_t n);

#endif
