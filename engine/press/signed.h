/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that are written together with the centre's signature. Without a signer they are written as they are. */
#ifndef ZP_PRESS_SIGNED_H
#define ZP_PRESS_SIGNED_H

#include "press/outbox.h"
#include "trust/signer.h"

/* NAME, and NAME.sig: the 64 bytes of the signature of its bytes. signer: NULL for none. */
bool zp_press_write_signed(zp_press *, const char *name, const void *bytes, size_t n, const zp_signer *, zp_error *);

/* NAME; when it ends in ".pdf" with a signature within it. what: that the paper is, its square code or its path; date: YYYY-MM-DD. */
bool zp_press_write_paper(zp_press *, const char *name, const void *bytes, size_t n, const zp_signer *, const char *what, const char *date, zp_error *);

#endif
