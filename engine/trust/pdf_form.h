/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a signature is spelled in a PDF, by who writes it and by who checks it. Nothing of it may be spelled in another way: what is
 * covered by the signature is proven by it, and what is not (the text between < and >) is compared to the byte. */
#ifndef ZP_TRUST_PDF_FORM_H
#define ZP_TRUST_PDF_FORM_H

#include <stdio.h>
#include <string.h>

#define ZP_PDF_FILTER "<< /Type /Sig\n   /Filter /Adobe.PPKLite\n"
#define ZP_PDF_SUBFILTER "   /SubFilter /ETSI.CAdES.detached\n"
#define ZP_PDF_NAME "   /Name <"
#define ZP_PDF_REASON ">\n   /Reason <"
#define ZP_PDF_DATE ">\n   /M (D:"
#define ZP_PDF_NOON "120000Z)\n"
#define ZP_PDF_RANGE "   /ByteRange "
#define ZP_PDF_RANGE_WIDTH 40 /* of the numbers with their brackets, filled up with blanks */
#define ZP_PDF_CONTENTS "\n   /Contents "
#define ZP_PDF_END "\n>>\nendobj\n"

#define ZP_PDF_SIZE_MOST 999999999u /* nine digits */

/* [0 A B C]: A bytes from the beginning, and C from B on to the end. */
static inline void zp_pdf_range(size_t a, size_t b, size_t size, char out[static ZP_PDF_RANGE_WIDTH + 1])
{
	char text[80];
	const int n = snprintf(text, sizeof text, "[0 %zu %zu %zu]", a, b, size - b);
	memset(out, ' ', ZP_PDF_RANGE_WIDTH);
	memcpy(out, text, n < ZP_PDF_RANGE_WIDTH ? (size_t)n : ZP_PDF_RANGE_WIDTH);
	out[ZP_PDF_RANGE_WIDTH] = '\0';
}

#endif
