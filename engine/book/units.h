/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of units (rules/units/NAME.xml): the ways of writing a unit, and for each measurand the factors that lead from
 * other units to its own, each with its source. Nothing is converted but by such a factor. */
#ifndef ZP_BOOK_UNITS_H
#define ZP_BOOK_UNITS_H

#include "book/shelf.h"
#include "model/scheme.h"

#define ZP_UNIT_BYTES 64

/* One measurand in one unit. */
typedef struct zp_unit_row {
	const char *code, *unit; /* the key; the code as in tables of limits */
	const zp_conversion *conversions;
	size_t n;
	uint32_t line;
} zp_unit_row;

typedef struct zp_unit_table {
	const char *file, *name, *version;
	const zp_names *spellings; /* keys of units and of other ways to write them, to the number of the unit */
	const zp_unit_row *rows;
	size_t n;
} zp_unit_table;

/* The table in the file, read once. Gives: NULL when anything in it is wrong, which is told once. */
const zp_unit_table *zp_units_read(zp_shelf *, zp_volume *);

/* What is left of a unit when those things are gone that only typing makes: blanks, full-width forms, kinds of micro sign
 * and of power. Needs: room for 2 * ZP_UNIT_BYTES. Gives: the length; 0 when it is too long for a unit. */
size_t zp_unit_key(zp_text unit, char *out);

/* Whether two texts write one unit. table may be NULL. */
bool zp_unit_same(const zp_unit_table *, zp_text, zp_text);

/* The factors for a measurand of that code, in that unit. Gives: NULL when the table has none. */
const zp_unit_row *zp_units_for(const zp_unit_table *, const char *code, const char *unit);

/* Which unit of the measurand's this is: 0 its own, i its conversion i - 1; ZP_UNIT_UNKNOWN. */
#define ZP_UNIT_UNKNOWN SIZE_MAX
size_t zp_unit_of(const zp_scheme *, const zp_measurand *, zp_text);

#endif
