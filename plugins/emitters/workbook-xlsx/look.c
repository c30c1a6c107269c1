/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "look.h"

/* What a conditional format changes, and nothing else. */
static void looks_over(workbook *w)
{
	lxw_format *alert = w->styles[LOOK_ALERT] = workbook_add_format(w->book), *warn = w->styles[LOOK_WARN] = workbook_add_format(w->book);
	format_set_bold(alert);
	format_set_font_color(alert, 0x8B1A1A);
	format_set_bg_color(alert, 0xFBE3E0);
	format_set_italic(warn);
	format_set_font_color(warn, 0x6B4A00);
	format_set_bg_color(warn, 0xFFF2CC);
}

void looks_make(workbook *w)
{
	static const struct {
		double size;
		bool bold, italic, border, wrap;
		lxw_color_t ink, ground;
		uint8_t align;
		const char *form;
	} looks[LOOKS] = {
		[LOOK_TITLE] = { 18, true, false, false, false, 0x1B4B5F, 0, LXW_ALIGN_LEFT, NULL },
		[LOOK_SUBTITLE] = { 11, false, false, false, false, 0x5F6A73, 0, LXW_ALIGN_LEFT, NULL },
		[LOOK_LABEL] = { 10, false, false, false, false, 0x5F6A73, 0, LXW_ALIGN_LEFT, NULL },
		[LOOK_PLAIN] = { 10, true, false, false, false, 0x1C2126, 0, LXW_ALIGN_LEFT, "@" },
		[LOOK_NOTE] = { 10, false, false, true, true, 0x1C2126, 0, LXW_ALIGN_LEFT, NULL },
		[LOOK_LINK] = { 10, true, false, true, true, 0x1B4B5F, 0, LXW_ALIGN_LEFT, NULL },
		[LOOK_HEADER] = { 10, true, false, true, true, 0xFFFFFF, 0x1B4B5F, LXW_ALIGN_CENTER, "@" },
		[LOOK_RANK_HEADER] = { 10, true, false, true, true, 0xFFFFFF, 0x7A4B12, LXW_ALIGN_CENTER, "@" },
		[LOOK_TEXT] = { 10, false, false, true, false, 0x1C2126, 0, LXW_ALIGN_LEFT, "@" },
		[LOOK_WHOLE] = { 10, false, false, true, false, 0x1C2126, 0, LXW_ALIGN_RIGHT, "0" },
		[LOOK_NUMBER] = { 10, false, false, true, false, 0x1C2126, 0, LXW_ALIGN_RIGHT, NULL },
		[LOOK_PLACES_1] = { 10, false, false, true, false, 0x1C2126, 0, LXW_ALIGN_RIGHT, "0.0" },
		[LOOK_PLACES_2] = { 10, false, false, true, false, 0x1C2126, 0, LXW_ALIGN_RIGHT, "0.00" },
		[LOOK_PLACES_3] = { 10, false, false, true, false, 0x1C2126, 0, LXW_ALIGN_RIGHT, "0.000" },
		[LOOK_PLACES_4] = { 10, false, false, true, false, 0x1C2126, 0, LXW_ALIGN_RIGHT, "0.0000" },
		[LOOK_PERCENT] = { 10, false, false, true, false, 0x1C2126, 0, LXW_ALIGN_RIGHT, "0.0" },
		[LOOK_DATE] = { 10, false, false, true, false, 0x1C2126, 0, LXW_ALIGN_CENTER, "yyyy-mm-dd" },
		[LOOK_RANK] = { 10, false, false, true, false, 0x1C2126, 0xFBF3E6, LXW_ALIGN_RIGHT, "0" },
		[LOOK_HIDDEN] = { 10, false, true, true, false, 0x7F7F7F, 0xF2F2F2, LXW_ALIGN_CENTER, "@" },
	};
	for (int i = 0; i < LOOK_ALERT; i++) {
		lxw_format *f = w->styles[i] = workbook_add_format(w->book);
		format_set_font_name(f, "Microsoft YaHei");
		format_set_font_size(f, looks[i].size);
		format_set_font_color(f, looks[i].ink);
		format_set_align(f, looks[i].align);
		format_set_align(f, LXW_ALIGN_VERTICAL_CENTER);
		if (looks[i].bold)
			format_set_bold(f);
		if (looks[i].italic)
			format_set_italic(f);
		if (looks[i].ground)
			format_set_bg_color(f, looks[i].ground);
		if (looks[i].border) {
			format_set_border(f, LXW_BORDER_THIN);
			format_set_border_color(f, 0xD9E0E4);
		}
		if (looks[i].wrap)
			format_set_text_wrap(f);
		if (looks[i].form)
			format_set_num_format(f, looks[i].form);
	}
	looks_over(w);
}

static int digits(const char *text, int n)
{
	int v = 0;
	for (int i = 0; i < n; i++)
		v = 10 * v + text[i] - '0';
	return v;
}

bool date_read(const char *text, lxw_datetime *d)
{
	if (strlen(text) != 10 || strspn(text, "0123456789") != 4 || text[4] != '-' || strspn(text + 5, "0123456789") != 2 || text[7] != '-' ||
	    strspn(text + 8, "0123456789") != 2)
		return false;
	*d = (lxw_datetime){ .year = digits(text, 4), .month = digits(text + 5, 2), .day = digits(text + 8, 2) };
	return d->year >= 1900 && d->month >= 1 && d->month <= 12 && d->day >= 1 && d->day <= 31;
}

size_t text_width(const char *text)
{
	size_t widest = 0, n = 0;
	for (const unsigned char *s = (const unsigned char *)text; *s; s++) {
		if (*s == '\n')
			n = 0;
		else if ((*s & 0xC0) != 0x80) /* the first byte of a character: three and more are those of Chinese */
			n += *s >= 0xE3 ? 2 : 1;
		widest = n > widest ? n : widest;
	}
	return widest;
}

/* ---- names of sheets ---- */

#define NAME_MOST 26 /* of 31, so that a number finds room */

static bool is_taken(const char *const *names, size_t n, const char *name)
{
	bool taken = strcasecmp(name, ABOUT_SHEET) == 0 || strcasecmp(name, "history") == 0;
	for (size_t i = 0; i < n && !taken; i++)
		taken = strcasecmp(names[i], name) == 0;
	return taken;
}

/* Without what no name may have. */
static const char *fit(workbook *w, const char *title)
{
	const char *cut = cut_text(w, title, NAME_MOST);
	char *out = w->host->take(w->host, strlen(cut) + 2), *to = out;
	for (const char *s = cut; *s; s++)
		*to++ = strchr("[]:*?/\\'", *s) ? '-' : *s;
	if (to == out)
		*to++ = '-';
	return out;
}

const char **names_make(workbook *w, const zp_sheets *book)
{
	const char **names = w->host->take(w->host, (book->n + 1) * sizeof *names);
	for (size_t i = 0; i < book->n; i++) {
		const char *name = names[i] = fit(w, book->sheets[i].title ? book->sheets[i].title : book->sheets[i].name);
		for (unsigned k = 2; is_taken(names, i, names[i]); k++) {
			char *other = w->host->take(w->host, strlen(name) + 16);
			sprintf(other, "%s %u", name, k);
			names[i] = other;
		}
	}
	return names;
}

bool sheet_print(workbook *w, lxw_worksheet *sheet, const zp_sheets *book, size_t rows)
{
	const char *safe = checked_text(w, book->title), *cut = safe ? cut_text(w, safe, 100) : NULL;
	if (!cut)
		return false;
	/* "&" begins a code of the library's own there. */
	char *footer = w->host->take(w->host, 2 * strlen(cut) + 100), *to = stpcpy(footer, "&L");
	for (const char *s = cut; *s; s++) {
		*to++ = *s;
		if (*s == '&')
			*to++ = '&';
	}
	stpcpy(to, "&R&P / &N");
	worksheet_set_landscape(sheet);
	worksheet_set_paper(sheet, 9); /* A4 */
	worksheet_fit_to_pages(sheet, 1, 0);
	worksheet_set_margins(sheet, 0.4, 0.4, 0.5, 0.6);
	return workbook_hear(w, worksheet_set_footer(sheet, footer), "the footer") &&
	       (!rows || workbook_hear(w, worksheet_repeat_rows(sheet, 0, (lxw_row_t)rows - 1), "the header"));
}
