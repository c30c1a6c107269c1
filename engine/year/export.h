/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entries of the ledger as tables again, so that nobody depends on this program to read them. */
#ifndef ZP_YEAR_EXPORT_H
#define ZP_YEAR_EXPORT_H

#include "ledger/ledger.h"
#include "press/outbox.h"

/* ROUND/VERSION/ in the folder of the press: entry.csv, register.csv, programmes.csv, measurands.csv, targets.csv, verdicts.csv,
 * scores.csv and manifest.json. The same entry gives the same bytes, whatever ledger it lies in. */
bool zp_export(zp_press *, const zp_entry *, zp_error *);

/* The words of a packed result, as they stand in scores.csv from the column `state` on. Needs: room for 512 bytes and twice the
 * longest answer. Gives: the end. */
struct zp_packed;
char *zp_export_sample(char *p, const zp_entry *, const struct zp_packed *);

#endif
