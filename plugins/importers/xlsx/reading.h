/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One workbook that is being read, and the ways to say no. The first thing that makes it unfit is told and ends the reading:
 * functions give false then, and callers give it on. */
#ifndef ZP_XLSX_READING_H
#define ZP_XLSX_READING_H

#include "host/plugin.h"

typedef struct zp_reading {
	const zp_host *host;
	const zp_sink *sink;
	zp_text sheet; /* which is being read; { NULL, 0 } before the first */
	bool refused;
} zp_reading;

/* Tell why nothing of the file may be used; line and column are a cell of the sheet, or 0. Gives: false, always. */
bool zp_xlsx_refuse(zp_reading *, long line, long column, const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/* Bytes that grow, up to `most`. */
typedef struct zp_store {
	char *p;
	size_t n, room, most;
} zp_store;

/* Append. Gives: false when there is no room, or no memory. */
bool zp_store_add(zp_store *, const char *bytes, size_t n);
void zp_store_end(zp_store *);

/* As much of a text of the file as a message has room for, for "%.*s": cut between characters. */
int zp_shown(zp_text);

/* What a file is that is no workbook of this kind: "a PDF". Written into out. Gives: out; NULL when it begins as an .xlsx does. */
const char *zp_kind_of(zp_text bytes, char out[static 200]);

#endif
