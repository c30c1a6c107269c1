/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sheets of a form. */
#ifndef FORM_XLSX_PAGES_H
#define FORM_XLSX_PAGES_H

#include "sheet.h"

#define NOTES_SHEET(chinese) ((chinese) ? "填写说明" : "notes") /* importers pass over both, in either language */
#define CODES_SHEET(chinese) ((chinese) ? "代码表" : "codes")
#define ANSWERS_SHEET(chinese) ((chinese) ? "答案表" : "answer list")
#define ANSWERS_LISTED 60 /* more than so many nobody looks for in a list that drops down */

static inline const char *one_of(const zp_form *f, const char *zh, const char *en)
{
	return f->chinese || !*en ? zh : en;
}

/* A name that Excel accepts for the sheet of programme i, and no other sheet has. */
const char *sheet_name(workbook *, const zp_form *, size_t i);
/* One programme: the grid. */
bool grid_write(workbook *, const zp_form *, size_t i, bool first);
/* What to do, in Chinese and English. */
bool notes_write(workbook *, const zp_form *);
/* The organiser's lists, a column for each programme and key that has one. */
bool codes_write(workbook *, const zp_form *);
bool has_codes(const zp_form *);
/* Which column of that sheet holds a list. */
size_t codes_column(const zp_form *, size_t programme, int key);

/* The answers of each scale, with their codes and on whose strip they are. */
bool answers_write(workbook *, const zp_form *);
bool has_answers(const zp_form *);
/* Where the sheet has them, as a rule of a cell writes it: "='答案表'!$B$2:$B$4". */
void answers_list(const zp_form *, const zp_scale *, char out[static 256]);

extern const char *const key_words[2][ZP_FORM_KEYS]; /* English, Chinese */

#endif
