/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a published folder saw of the ledger: the head that its manifest names, and the digest of the manifest itself. */
#ifndef ZP_PRESS_WITNESS_H
#define ZP_PRESS_WITNESS_H

#include "ledger/trail.h"

/* place: a published folder of a round or a year, or its manifest. A draft says nothing of what is in the ledger.
 * Fails: ZP_BAD_INPUT when there is no manifest that can be read. */
bool zp_witness_read(zp_arena *, const char *place, zp_witness *, zp_error *);

#endif
