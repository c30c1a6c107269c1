/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the cells of a workbook look, and the sheets that it is made of. */
#ifndef WORKBOOK_XLSX_LOOK_H
#define WORKBOOK_XLSX_LOOK_H

#include "workbook.h"

typedef enum look {
	LOOK_TITLE, LOOK_SUBTITLE, LOOK_LABEL, LOOK_PLAIN, LOOK_NOTE, LOOK_LINK, LOOK_HEADER, LOOK_RANK_HEADER,
	LOOK_TEXT, LOOK_WHOLE, LOOK_NUMBER, LOOK_PLACES_1, LOOK_PLACES_2, LOOK_PLACES_3, LOOK_PLACES_4, LOOK_PERCENT, LOOK_DATE, LOOK_RANK, LOOK_HIDDEN,
	LOOK_ALERT, LOOK_WARN, /* put over another look */
	LOOKS
} look;

/* Year, month and day of a text YYYY-MM-DD; false for any other. */
bool date_read(const char *text, lxw_datetime *);

void looks_make(workbook *);

/* Names of sheets by their number: a title that Excel accepts and no other sheet has. */
const char **names_make(workbook *, const zp_sheets *);
#define ABOUT_SHEET "说明 about"

/* The first sheet: what this is, and what each of the others holds. */
bool about_write(workbook *, const zp_sheets *, const char *const *names);
/* One table. */
bool table_write(workbook *, const zp_sheets *, size_t i, const char *name);

/* Conditional formats of a sheet whose rows are written. */
bool marks_put(workbook *, lxw_worksheet *, const zp_sheet *);

/* How wide a text is on a sheet: a Chinese character as two others; of several lines the widest. */
size_t text_width(const char *);
/* Printed on A4 across, `rows` head rows on every page. */
bool sheet_print(workbook *, lxw_worksheet *, const zp_sheets *, size_t rows);

#endif
