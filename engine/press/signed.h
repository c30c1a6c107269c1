/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that are written together with the centre's signature. Without a signer they are written as they are. */
#ifndef ZP_PRESS_SIGNED_H
#define ZP_PRESS_SIGNED_H

#include "press/outbox.h"
#include "trust/signer.h"

/* Who signs what this press writes; NULL, as at the beginning: nobody. Lent until the press is closed. */
void zp_press_sign_with(zp_press *, const zp_signer *);
/* NAME, and NAME.sig: the 64 bytes of the signature of its bytes. In the process that opened the signer. */
bool zp_press_write_signed(zp_press *, const char *name, const void *bytes, size_t n, zp_error *);

/* NAME; when it ends in ".pdf" with a signature within it. what: that the paper is, its square code or its path; date: YYYY-MM-DD. */
bool zp_press_write_paper(zp_press *, const char *name, const void *bytes, size_t n, const char *what, const char *date, zp_error *);

#endif
