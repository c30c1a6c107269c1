/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A workbook that is written with care; emitters share it. libxlsxwriter writes what it is given, ill-formed text included, and leaves out
 * what it cannot write; here every text is checked and every return is heard. */
#ifndef ZP_EMITTERS_WORKBOOK_H
#define ZP_EMITTERS_WORKBOOK_H

#include <xlsxwriter.h>
#include "host/plugin.h"

#define ROWS_MOST 1048576
#define COLUMNS_MOST 16384
#define CELL_MOST 32767 /* characters of a cell */
#define STYLES_MOST 32

/* One workbook while it is written. The first failure wins; what comes after it does nothing. */
typedef struct workbook {
	const zp_host *host;
	zp_error *err;
	const char *name; /* for messages: whose it is */
	const char *what; /* for messages: "its form" */
	lxw_workbook *book;
	lxw_format *styles[STYLES_MOST]; /* the emitter's own */
	int file; /* a file in memory that the library writes to */
} workbook;

/* Fails: false; workbook_finish is called all the same. created: seconds since 1970 UTC, so that the same texts are the same bytes. */
bool workbook_begin(workbook *, const zp_host *, const char *name, const char *what, int64_t created, zp_error *);
/* Closes the library's part and hands the bytes to the outbox; lets go of everything in any case. */
bool workbook_finish(workbook *, bool good, const char *file, const zp_outbox *);
bool workbook_hear(workbook *, lxw_error, const char *what); /* a return of the library */

/* For the descriptor of who writes workbooks. */
void workbook_libraries(void (*tell)(void *self, const char *library, const char *version), void *self);

lxw_worksheet *sheet_add(workbook *, const char *name);
bool sheet_string(workbook *, lxw_worksheet *, size_t row, size_t column, const char *text, lxw_format *);
bool sheet_blank(workbook *, lxw_worksheet *, size_t row, size_t column, lxw_format *);
bool sheet_number(workbook *, lxw_worksheet *, size_t row, size_t column, double, lxw_format *);
bool sheet_row(workbook *, lxw_worksheet *, size_t row, double height);
bool sheet_columns(workbook *, lxw_worksheet *, size_t first, size_t last, double width);
bool sheet_has_place(workbook *, size_t row, size_t column);

/* Text that a cell may hold, with _xHHHH_ written so that it is read back as it is; NULL after a failure. */
const char *checked_text(workbook *, const char *text);
/* At most so many characters (UTF-16 units, as Excel counts), cut between characters. */
const char *cut_text(workbook *, const char *text, size_t most);

#endif
