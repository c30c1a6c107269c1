/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a published folder saw of the ledger: the head that its manifest names, and the digest of the manifest itself. */
#ifndef ZP_PRESS_WITNESS_H
#define ZP_PRESS_WITNESS_H

#include "ledger/trail.h"

/* place: a published folder of a round or a year, or its manifest. A draft says nothing of what is in the ledger.
 * Fails: ZP_BAD_INPUT when there is no manifest that can be read. */
bool zp_witness_read(zp_arena *, const char *place, zp_witness *, zp_error *);

/* The head that a manifest names; "" where it names none, or what is no head. */
const char *zp_witness_head(zp_arena *, const char *manifest, size_t n);

#endif
