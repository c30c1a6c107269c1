/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plain list that a year is told beside the ledger: what laboratories perform. */
#ifndef ZP_YEAR_LISTS_H
#define ZP_YEAR_LISTS_H

#include "base/input.h"
#include "year/indicators.h"

/* performed.csv: lab,specimen,item,compared,iqc; the last two are yes or no. Fails: NULL after problems. */
const zp_performed *zp_performed_read(zp_arena *, const char *path, const char *file, size_t *n, zp_input *, zp_problems *);

#endif
