/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of acceptance limits (rules/limits/SET.xml). */
#ifndef ZP_BOOK_LIMITS_H
#define ZP_BOOK_LIMITS_H

#include "book/shelf.h"
#include "model/scheme.h"

typedef struct zp_limit_row {
	const char *programme, *code, *specimen; /* the key; "" when not given */
	const char *unit;
	zp_limit limit;
	uint32_t line;
} zp_limit_row;

typedef struct zp_limit_table {
	const char *file, *set;
	const zp_limit_row *rows; /* in the order of the file */
	size_t n;
} zp_limit_table;

/* The table in the file, read once. Gives: NULL when anything in it is wrong, which is told once. */
const zp_limit_table *zp_limits_read(zp_shelf *, zp_volume *);

/* The attributes that make a limit, as <limit> in a table and in a measurand have them. */
#define ZP_LIMIT_NEEDS "kind text source confidence"
#define ZP_LIMIT_MAY "pct abs cut sd judge allowable-cv allowable-bias note"
const char *zp_limit_may(const zp_reader *, const zp_registry *, const zp_element *); /* ZP_LIMIT_MAY, and the settings of its judge */
bool zp_limit_take(const zp_reader *, const zp_registry *, const zp_element *, const char *set, zp_limit *out);
/* Whether it holds a number in the measurand's unit. */
bool zp_limit_has_unit(const zp_limit *);

#endif
