/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table of separated text that an emitter fills; header-only, since emitters share it. It is measured first (bytes NULL) and then
 * written, so that it needs one piece of memory. */
#ifndef ZP_SEPARATED_H
#define ZP_SEPARATED_H

#include <string.h>
#include "host/plugin.h"

typedef struct zp_table { char *bytes; size_t n; } zp_table;

static inline void zp_table_add(zp_table *t, const char *bytes, size_t n)
{
	if (t->bytes)
		memcpy(t->bytes + t->n, bytes, n);
	t->n += n;
}

/* Whether a spreadsheet would take the text for a formula. */
static inline bool zp_is_formula(const char *text) { return *text && strchr("=+-@'\t\r", *text); }

/* One cell, and the character after it. guarded: with a ' before it; in quotes when it holds one of `special`. */
static inline void zp_table_cell(zp_table *t, const char *text, bool guarded, const char *special, char after)
{
	const bool quoted = strpbrk(text, special) != NULL;
	if (quoted)
		zp_table_add(t, "\"", 1);
	if (guarded)
		zp_table_add(t, "'", 1);
	for (const char *s = text; *s; s++)
		zp_table_add(t, *s == '"' ? "\"\"" : s, *s == '"' ? 2 : 1);
	if (quoted)
		zp_table_add(t, "\"", 1);
	zp_table_add(t, &after, 1);
}

#endif
