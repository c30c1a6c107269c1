/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sheets of a form as they look: what may be filled in, and what is locked. */
#ifndef FORM_XLSX_SHEET_H
#define FORM_XLSX_SHEET_H

#include "workbook.h"

typedef enum style {
	STYLE_TITLE, STYLE_LABEL, STYLE_PLAIN, STYLE_HEADER, STYLE_NUMBER, STYLE_CODE, STYLE_NAME, STYLE_UNIT, STYLE_VALUE, STYLE_CHOICE,
	STYLE_NOTE, STYLES
} style;

/* Fails: false; workbook_finish is called all the same. */
bool form_book_open(workbook *, const zp_host *, const char *name, int64_t created, zp_error *);

bool sheet_text(workbook *, lxw_worksheet *, size_t row, size_t column, const char *text, style);
bool sheet_empty(workbook *, lxw_worksheet *, size_t row, size_t column, style); /* a cell to be filled in */
bool sheet_validate(workbook *, lxw_worksheet *, size_t row, size_t column, size_t last_column, lxw_data_validation *);
/* Locked but for what is to be filled in, without a password; printed on A4 across, `header` repeated on every page. */
bool sheet_finish(workbook *, lxw_worksheet *, size_t header, const char *footer);

#endif
