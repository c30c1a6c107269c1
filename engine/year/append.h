/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a published folder into the ledger: the one way in, whether a round was closed a moment ago or somewhere else. */
#ifndef ZP_YEAR_APPEND_H
#define ZP_YEAR_APPEND_H

#include "ledger/ledger.h"

/* A published folder such as out/ROUND/v1, as an entry. Nothing is believed whose digest is not the manifest's.
 * Fails: NULL; ZP_BAD_INPUT with what is missing or was altered. */
zp_entry *zp_entry_read(zp_arena *, const char *folder, zp_error *);

/* The same of one that is open. */
struct zp_published;
zp_entry *zp_entry_of(zp_arena *, const struct zp_published *, zp_error *);

/* That one into the ledger. *entry may be NULL; it is carved from the arena. */
zp_added zp_append(zp_ledger *, zp_arena *, const struct zp_published *, zp_entry **entry, zp_error *);

#endif
