/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entries of the ledger as tables again, so that nobody depends on this program to read them. */
#ifndef ZP_YEAR_EXPORT_H
#define ZP_YEAR_EXPORT_H

#include "ledger/ledger.h"
#include "press/outbox.h"

/* ROUND/VERSION/ in the folder of the press: entry.csv, register.csv, programmes.csv, measurands.csv, targets.csv, verdicts.csv,
 * scores.csv and manifest.json. The same entry gives the same bytes, whatever ledger it lies in. */
bool zp_export(zp_press *, const zp_entry *, zp_error *);

/* A packed result in words, as it stands in scores.csv from the column `state` on. Cells point into it and into the entry. */
#define ZP_EXPORTED_CELLS 8
struct zp_packed;
typedef struct zp_exported {
	const char *cells[ZP_EXPORTED_CELLS];
	char value[ZP_DECIMAL_TEXT + 1], group[16], share[ZP_DECIMAL_TEXT], sdi[ZP_DECIMAL_TEXT], credit[16];
} zp_exported;
void zp_export_sample(zp_exported *, const zp_entry *, const struct zp_packed *);

#endif
