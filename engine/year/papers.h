/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The papers of a year and the ledger, which remembers every number that was given. */
#ifndef ZP_YEAR_PAPERS_H
#define ZP_YEAR_PAPERS_H

#include "ledger/acts.h"
#include "year/year.h"

/* Those that were given so far, of any year. Fails: NULL. */
const zp_issued *zp_issued_take(zp_ledger *, zp_arena *, size_t *n, zp_error *);

/* The numbers of this year's papers into the ledger, before the year is published: a number that was given and never printed harms
 * nobody, one that is printed twice does. Fails: ZP_BAD_INPUT when another run gave one of them to another paper meanwhile; ZP_IO. */
bool zp_papers_put(const zp_year *, zp_ledger *, zp_error *);

#endif
