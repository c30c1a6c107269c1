/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first sheet: what this is, when it was issued, and what each of the others holds. */
#include "look.h"

typedef struct place { lxw_worksheet *sheet; size_t row; } place;

static bool put_fact(workbook *w, place *at, const char *zh, const char *en, const char *text, const char *detail)
{
	char label[200];
	snprintf(label, sizeof label, "%.80s %.100s", zh, en);
	const bool good = sheet_string(w, at->sheet, at->row, 0, label, w->styles[LOOK_LABEL]) &&
			  sheet_string(w, at->sheet, at->row, 1, text, w->styles[LOOK_PLAIN]) &&
			  (!*detail || sheet_string(w, at->sheet, at->row, 2, detail, w->styles[LOOK_LABEL]));
	at->row++;
	return good;
}

/* The first two only where something may be published. */
static bool put_remarks(workbook *w, place *at, bool published)
{
	static const char *const lines[] = {
		"供发布：其中的小单元格已隐去，可以公开。内部：列有实验室或未隐去的数字，仅供中心使用。",
		"For publication: small cells are hidden. For the centre: names laboratories, or hides nothing.",
		"名次须与其范围（名次下限、名次上限）和结果数一并引用。百分数列的单位是 %。空单元格表示没有此值，不是 0。",
		"A rank is quoted with its range and the number of results. Percentages are in %. An empty cell is no value, and never 0.",
	};
	bool good = true;
	for (size_t i = published ? 0 : 2; i < sizeof lines / sizeof *lines && good; i++)
		good = sheet_string(w, at->sheet, at->row++, 0, lines[i], w->styles[LOOK_SUBTITLE]);
	return good;
}

static bool put_heads(workbook *w, place *at)
{
	static const char *const heads[] = { "工作表\nSheet", "内容\nWhat it holds", "Contents", "用途\nFor whom", "行数\nRows", "文件\nFile" };
	bool good = sheet_row(w, at->sheet, at->row, 36);
	for (size_t i = 0; i < sizeof heads / sizeof *heads && good; i++)
		good = sheet_string(w, at->sheet, at->row, i, heads[i], w->styles[LOOK_HEADER]);
	at->row++;
	return good;
}

/* A link to the sheet; in its target a quote is written twice, and names have none. */
static bool put_link(workbook *w, const place *at, const char *name)
{
	char *url = w->host->take(w->host, strlen(name) + 32);
	sprintf(url, "internal:'%s'!A1", name);
	return checked_text(w, name) &&
	       workbook_hear(w, worksheet_write_url_opt(at->sheet, (lxw_row_t)at->row, 0, url, w->styles[LOOK_LINK], name, NULL), "a link");
}

static bool put_sheet(workbook *w, place *at, const zp_sheet *t, const char *name)
{
	char *file = w->host->take(w->host, strlen(t->name) + 8);
	sprintf(file, strchr(t->name, '.') ? "%s" : "%s.csv", t->name);
	const char *zh = t->note ? t->note : t->title ? t->title : t->name, *en = t->note_en ? t->note_en : t->title_en ? t->title_en : t->name;
	const size_t longest = text_width(zh) / 56 > text_width(en) / 56 ? text_width(zh) / 56 : text_width(en) / 56;
	const bool good = sheet_row(w, at->sheet, at->row, 20 + 15 * (double)longest) && put_link(w, at, name) &&
			  sheet_string(w, at->sheet, at->row, 1, zh, w->styles[LOOK_NOTE]) &&
			  sheet_string(w, at->sheet, at->row, 2, en, w->styles[LOOK_NOTE]) &&
			  sheet_string(w, at->sheet, at->row, 3, t->published ? "供发布 for publication" : "内部 for the centre", w->styles[LOOK_NOTE]) &&
			  sheet_number(w, at->sheet, at->row, 4, (double)t->n_rows, w->styles[LOOK_WHOLE]) &&
			  sheet_string(w, at->sheet, at->row, 5, file, w->styles[LOOK_NOTE]);
	at->row++;
	return good;
}

bool about_write(workbook *w, const zp_sheets *book, const char *const *names)
{
	static const double widths[] = { 30, 58, 58, 24, 8, 26 };
	place at = { sheet_add(w, ABOUT_SHEET), 0 };
	bool published = false;
	for (size_t i = 0; i < book->n; i++)
		published |= book->sheets[i].published;
	bool good = at.sheet && sheet_row(w, at.sheet, 0, 32) && sheet_string(w, at.sheet, 0, 0, book->title, w->styles[LOOK_TITLE]) &&
		    sheet_string(w, at.sheet, 1, 0, book->title_en, w->styles[LOOK_SUBTITLE]);
	for (size_t i = 0; i < sizeof widths / sizeof *widths && good; i++)
		good = sheet_columns(w, at.sheet, i, i, widths[i]);
	at.row = 3;
	good = good && put_fact(w, &at, "签发日期", "Issued", book->issued, "");
	for (size_t i = 0; i < book->n_facts && good; i++)
		good = put_fact(w, &at, book->facts[i].name, book->facts[i].name_en, book->facts[i].text, book->facts[i].detail);
	at.row++;
	good = good && put_remarks(w, &at, published);
	at.row++;
	good = good && put_heads(w, &at);
	for (size_t i = 0; i < book->n && good; i++)
		good = put_sheet(w, &at, &book->sheets[i], names[i]);
	return good && sheet_print(w, at.sheet, book, 0);
}
