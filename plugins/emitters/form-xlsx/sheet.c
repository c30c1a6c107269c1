/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sheet.h"

static void dress(workbook *w)
{
	static const struct {
		double size;
		bool bold, border, locked, wrap;
		lxw_color_t ink, ground;
		uint8_t align;
		const char *form;
	} looks[STYLES] = {
		[STYLE_TITLE] = { 16, true, false, true, false, 0x1F3864, 0, LXW_ALIGN_LEFT, NULL },
		[STYLE_LABEL] = { 10, false, false, true, false, 0x7F7F7F, 0, LXW_ALIGN_LEFT, NULL },
		[STYLE_PLAIN] = { 10, true, false, true, false, 0x262626, 0, LXW_ALIGN_LEFT, "@" },
		[STYLE_HEADER] = { 10, true, true, true, true, 0xFFFFFF, 0x2F5597, LXW_ALIGN_CENTER, "@" },
		[STYLE_NUMBER] = { 10, false, true, true, false, 0x7F7F7F, 0xF2F2F2, LXW_ALIGN_CENTER, "@" },
		[STYLE_CODE] = { 10, true, true, true, false, 0x262626, 0xF2F2F2, LXW_ALIGN_LEFT, "@" },
		[STYLE_NAME] = { 10, false, true, true, true, 0x262626, 0xF2F2F2, LXW_ALIGN_LEFT, "@" },
		[STYLE_UNIT] = { 10, false, true, true, false, 0x262626, 0xF2F2F2, LXW_ALIGN_CENTER, "@" },
		[STYLE_VALUE] = { 10, false, true, false, false, 0x000000, 0xFFF9E0, LXW_ALIGN_RIGHT, "@" },
		[STYLE_CHOICE] = { 10, false, true, false, false, 0x000000, 0xFFF9E0, LXW_ALIGN_LEFT, "@" },
		[STYLE_NOTE] = { 11, false, false, true, true, 0x262626, 0, LXW_ALIGN_LEFT, NULL },
	};
	for (int i = 0; i < STYLES; i++) {
		lxw_format *f = w->styles[i] = workbook_add_format(w->book);
		format_set_font_name(f, "Microsoft YaHei");
		format_set_font_size(f, looks[i].size);
		format_set_font_color(f, looks[i].ink ? looks[i].ink : LXW_COLOR_BLACK);
		format_set_align(f, looks[i].align);
		format_set_align(f, LXW_ALIGN_VERTICAL_CENTER);
		if (looks[i].bold)
			format_set_bold(f);
		if (looks[i].ground)
			format_set_bg_color(f, looks[i].ground);
		if (looks[i].border) {
			format_set_border(f, LXW_BORDER_THIN);
			format_set_border_color(f, 0xA6A6A6);
		}
		if (looks[i].wrap)
			format_set_text_wrap(f);
		if (looks[i].form)
			format_set_num_format(f, looks[i].form);
		if (!looks[i].locked)
			format_set_unlocked(f);
	}
}

bool form_book_open(workbook *w, const zp_host *host, const char *name, int64_t created, zp_error *err)
{
	if (!workbook_begin(w, host, name, host->say("its form"), created, err))
		return false;
	dress(w);
	return true;
}

bool sheet_text(workbook *w, lxw_worksheet *sheet, size_t row, size_t column, const char *text, style s)
{
	return sheet_string(w, sheet, row, column, text, w->styles[s]);
}

bool sheet_empty(workbook *w, lxw_worksheet *sheet, size_t row, size_t column, style s)
{
	return sheet_blank(w, sheet, row, column, w->styles[s]);
}

bool sheet_validate(workbook *w, lxw_worksheet *sheet, size_t row, size_t column, size_t last_column, lxw_data_validation *v)
{
	return sheet_has_place(w, row, last_column) &&
	       workbook_hear(w, worksheet_data_validation_range(sheet, (lxw_row_t)row, (lxw_col_t)column, (lxw_row_t)row, (lxw_col_t)last_column, v),
			     "a rule");
}

bool sheet_finish(workbook *w, lxw_worksheet *sheet, size_t header, const char *footer)
{
	lxw_protection may = { .format_columns = LXW_TRUE, .format_rows = LXW_TRUE };
	const char *safe = checked_text(w, footer);
	worksheet_protect(sheet, NULL, &may);
	worksheet_set_landscape(sheet);
	worksheet_set_paper(sheet, 9); /* A4 */
	worksheet_fit_to_pages(sheet, 1, 0);
	worksheet_set_margins(sheet, 0.4, 0.4, 0.5, 0.6);
	return safe && sheet_has_place(w, header, 0) &&
	       workbook_hear(w, worksheet_repeat_rows(sheet, (lxw_row_t)header, (lxw_row_t)header), "the header") &&
	       workbook_hear(w, worksheet_set_footer(sheet, cut_text(w, safe, 200)), "the footer");
}
