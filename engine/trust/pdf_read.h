/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The little of a PDF that must be understood to sign it, as cairo writes it: one classic table of cross references, dictionaries that are
 * objects of their own, the page numbered first among the kids of the root of pages. Whatever else comes is refused. */
#ifndef ZP_TRUST_PDF_READ_H
#define ZP_TRUST_PDF_READ_H

#include "base/error.h"
#include "base/text.h"

typedef struct zp_pdf_outline {
	zp_text whole;
	size_t table;          /* where the table of cross references stands: what startxref says */
	unsigned long size;    /* objects, 0 among them */
	unsigned long root, info;
	unsigned long page;    /* number of the first page's object */
	zp_text catalogue, first_page; /* their dictionaries, from << to >> */
	zp_text annotations;   /* what stands between the brackets of the page's /Annots; .p NULL without one */
} zp_pdf_outline;

/* Fails: ZP_BUG with what was found. Lent: all texts lie in the file's. */
bool zp_pdf_read(zp_text file, zp_pdf_outline *, zp_error *);

#endif
