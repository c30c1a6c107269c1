/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Our own signature in a PDF, checked. Any file may come: nothing of it is believed before the signature holds, and the work is bounded
 * by its size. */
#ifndef ZP_TRUST_PDF_CHECK_H
#define ZP_TRUST_PDF_CHECK_H

#include "base/text.h"
#include "trust/belief.h"

typedef enum zp_pdf_state {
	ZP_PDF_VALID,       /* by a key of the keyring that is believed; `why` is a remark where the belief is in doubt */
	ZP_PDF_ALTERED,     /* why: where */
	ZP_PDF_UNSIGNED,    /* a file without any signature that we know */
	ZP_PDF_FOREIGN,     /* signed, in a form that is not ours */
	ZP_PDF_UNKNOWN,     /* unaltered, by a key that is not in the keyring, or is not believed */
	ZP_PDF_NOBODYS      /* unaltered since it was signed, but there is no keyring to say by whom */
} zp_pdf_state;

typedef struct zp_pdf_found {
	zp_pdf_state state;
	const zp_public_key *key;   /* NULL where none is known */
	zp_belief belief;
	const char *name, *reason, *date; /* as signed; "" where nothing holds */
	char claimed[ZP_KEY_ID_TEXT];     /* the key that it says it is by; "" */
	zp_error why;
} zp_pdf_found;

/* ring NULL: nobody is believed. Texts are carved from the arena. */
void zp_pdf_check(zp_arena *, zp_text file, const zp_keyring *ring, zp_pdf_found *);

#endif
