/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tables of a year have in common (docs/formats/year-tables.md). */
#ifndef ZP_YEAR_TABLES_H
#define ZP_YEAR_TABLES_H

#include "base/fraction.h"
#include "press/table.h"

/* One decimal, half up, of the exact fraction; empty for nothing. */
static inline void zp_table_percent(zp_table *t, zp_fraction f)
{
	char text[ZP_PERCENT_TEXT];
	zp_table_word(t, zp_fraction_print(f, text));
}

#endif
