/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Papers and decisions of the ledger as tables. */
#ifndef ZP_YEAR_EXPORT_ACTS_H
#define ZP_YEAR_EXPORT_ACTS_H

#include "ledger/acts.h"
#include "press/outbox.h"

/* By year and number: number,year,certificate,lab,name,list,issue,issued. Owns: the caller, piece->bytes. */
bool zp_papers_csv(zp_ledger *, zp_piece *, zp_error *);
/* By year, award, laboratory and date: year,award,lab,decision,counts,by,date,because. Owns: the caller, piece->bytes. */
bool zp_decisions_csv(zp_ledger *, zp_piece *, zp_error *);
/* papers.csv and decisions.csv, even when there are none. */
bool zp_export_acts(zp_press *, zp_ledger *, zp_error *);

#endif
