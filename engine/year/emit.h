/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is written of a year beside its tables, by the emitters that `--emit` names: those with the call `book` get the tables that were
 * kept, those with the call `paper` get the papers (year/printed.h). */
#ifndef ZP_YEAR_EMIT_H
#define ZP_YEAR_EMIT_H

#include "host/registry.h"
#include "press/table.h"
#include "year/year.h"

typedef struct zp_emission { const zp_plugin **plugins; size_t n; } zp_emission;

/* list: names of emitters with commas between, "all" for every one that writes of a year, "tables" for none; NULL: none.
 * Fails: NULL, ZP_BAD_USE with what may be named; ZP_BAD_PLUGIN for one that is not installed. */
const zp_emission *zp_emission_read(zp_arena *, const zp_registry *, const char *list, zp_error *);

/* Whether any of them wants tables, and so whether they must be kept. */
bool zp_emission_has_book(const zp_emission *);
/* Whether any of them prints papers. */
bool zp_emission_has_paper(const zp_emission *);

/* Files of the centre about the year, each emitter under its own names. Needs: kept is what zp_year_tables kept. Fails: as the emitter does. */
bool zp_year_books_write(const zp_year *, const zp_emission *, const zp_kept *, zp_press *, zp_error *);

#endif
