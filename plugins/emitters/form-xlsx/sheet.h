/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A workbook that is written with care. libxlsxwriter writes what it is given, ill-formed text included, and leaves out
 * what it cannot write; here every text is checked and every return is heard. */
#ifndef FORM_XLSX_SHEET_H
#define FORM_XLSX_SHEET_H

#include <xlsxwriter.h>
#include "host/plugin.h"

#define ROWS_MOST 1048576
#define COLUMNS_MOST 16384
#define CELL_MOST 32767 /* characters of a cell */

typedef enum style {
	STYLE_TITLE, STYLE_LABEL, STYLE_PLAIN, STYLE_HEADER, STYLE_NUMBER, STYLE_CODE, STYLE_NAME, STYLE_UNIT, STYLE_VALUE, STYLE_CHOICE,
	STYLE_NOTE, STYLES
} style;

/* One workbook while it is written. The first failure wins; what comes after it does nothing. */
typedef struct workbook {
	const zp_host *host;
	zp_error *err;
	const char *name; /* for messages: the laboratory's code */
	lxw_workbook *book;
	lxw_format *styles[STYLES];
	int file; /* a file in memory that the library writes to */
} workbook;

/* Fails: false. created: seconds since 1970 UTC, so that the same form is the same bytes. */
bool form_book_open(workbook *, const zp_host *, const char *name, int64_t created, zp_error *);
/* Closes the library's part and hands the bytes to the outbox; lets go of everything in any case. */
bool form_book_close(workbook *, bool good, const char *file, const zp_outbox *);

lxw_worksheet *sheet_add(workbook *, const char *name);
bool sheet_text(workbook *, lxw_worksheet *, size_t row, size_t column, const char *text, style);
bool sheet_empty(workbook *, lxw_worksheet *, size_t row, size_t column, style); /* a cell to be filled in */
bool sheet_row(workbook *, lxw_worksheet *, size_t row, double height);
bool sheet_columns(workbook *, lxw_worksheet *, size_t first, size_t last, double width);
bool sheet_validate(workbook *, lxw_worksheet *, size_t row, size_t column, size_t last_column, lxw_data_validation *);
/* Locked but for what is to be filled in, without a password; printed on A4 across, `header` repeated on every page. */
bool sheet_finish(workbook *, lxw_worksheet *, size_t header, const char *footer);

/* Text that a cell may hold, with _xHHHH_ written so that it is read back as it is; NULL after a failure. */
const char *checked_text(workbook *, const char *text);
/* At most so many characters (UTF-16 units, as Excel counts), cut between characters. */
const char *cut_text(workbook *, const char *text, size_t most);
bool form_book_hear(workbook *, lxw_error, const char *what); /* a return of the library */

#endif
