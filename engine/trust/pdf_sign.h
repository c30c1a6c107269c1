/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A signature in a PDF: an incremental update (ISO 32000-1, 12.8) with a detached CMS signature, PAdES baseline B-B (ETSI EN 319 142-1).
 * The bytes that were given come first, unaltered. */
#ifndef ZP_TRUST_PDF_SIGN_H
#define ZP_TRUST_PDF_SIGN_H

#include "trust/signer.h"

typedef struct zp_pdf_words {
	const char *name;   /* who signs, UTF-8 */
	const char *reason; /* what the paper is: the text of its square code, or a path; UTF-8 */
	const char *date;   /* YYYY-MM-DD; noon in UTC is written */
} zp_pdf_words;

/* Gives: *out of *out_n bytes, the caller's to free; the same input and key give the same bytes.
 * Fails: false; ZP_BUG for what is no PDF of our emitters. */
bool zp_pdf_sign(const zp_signer *, const void *pdf, size_t n, const zp_pdf_words *, char **out, size_t *out_n, zp_error *);

#endif
