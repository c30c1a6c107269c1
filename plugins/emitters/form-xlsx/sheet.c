/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sheet.h"
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* ---- text ---- */

/* The character at *p, which is moved behind it; 0 for the end and for bytes that are no UTF-8. */
static uint32_t next_character(const unsigned char **p)
{
	const unsigned char *s = *p;
	uint32_t c = s[0];
	int more = c < 0x80 ? 0 : c >= 0xC2 && c < 0xE0 ? 1 : c >= 0xE0 && c < 0xF0 ? 2 : c >= 0xF0 && c < 0xF5 ? 3 : -1;
	if (more < 0 || !c)
		return 0;
	c &= more ? 0x3Fu >> more : 0x7Fu;
	for (int i = 1; i <= more; i++) {
		if ((s[i] & 0xC0) != 0x80)
			return 0;
		c = c << 6 | (s[i] & 0x3Fu);
	}
	static const uint32_t least[] = { 0, 0x80, 0x800, 0x10000 };
	if (c < least[more] || (c >= 0xD800 && c < 0xE000) || c > 0x10FFFF)
		return 0;
	*p = s + 1 + more;
	return c;
}

/* What XML 1.0 and Excel let stand. */
static bool is_legal(uint32_t c)
{
	return (c >= 0x20 && c != 0x7F && c != 0xFFFE && c != 0xFFFF) || c == '\n' || c == '\t';
}

static bool is_hex(unsigned char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* "_x0041_" is what Excel would read as "A". */
static bool is_escape(const unsigned char *s)
{
	return s[0] == '_' && (s[1] == 'x' || s[1] == 'X') && is_hex(s[2]) && is_hex(s[3]) && is_hex(s[4]) && is_hex(s[5]) && s[6] == '_';
}

const char *checked_text(workbook *w, const char *text)
{
	size_t units = 0, escapes = 0;
	for (const unsigned char *p = (const unsigned char *)text; *p;) {
		escapes += is_escape(p);
		uint32_t c = next_character(&p);
		if (!is_legal(c)) {
			w->host->fail(w->err, ZP_BAD_INPUT, w->name, 0,
					"its form cannot hold a text: byte %zu of it is no character that a workbook may have",
				      (size_t)(p - (const unsigned char *)text) + 1);
			return NULL;
		}
		units += 1 + (c > 0xFFFF);
	}
	if (units + 6 * escapes > CELL_MOST) {
		w->host->fail(w->err, ZP_BAD_INPUT, w->name, 0, "its form cannot hold a text of %zu characters; expected at most %d",
				units, CELL_MOST);
		return NULL;
	}
	if (!escapes)
		return text;
	char *out = w->host->take(w->host, strlen(text) + 6 * escapes + 1), *to = out;
	for (const char *p = text; *p; p++) {
		*to++ = *p;
		if (is_escape((const unsigned char *)p))
			to = stpcpy(to, "x005F_");
	}
	return out;
}

const char *cut_text(workbook *w, const char *text, size_t most)
{
	const unsigned char *p = (const unsigned char *)text, *end = p;
	for (size_t units = 0; *p;) {
		uint32_t c = next_character(&p);
		units += 1 + (c > 0xFFFF);
		if (!c || units > most)
			break;
		end = p;
	}
	size_t n = (size_t)(end - (const unsigned char *)text);
	char *out = w->host->take(w->host, n + 1);
	memcpy(out, text, n);
	return out;
}

/* ---- the workbook ---- */

bool form_book_hear(workbook *w, lxw_error said, const char *what)
{
	return said == LXW_NO_ERROR || w->host->fail(w->err, ZP_IO, w->name, 0, "%s of its form cannot be written: %s", what, lxw_strerror(said));
}

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
	*w = (workbook){ .host = host, .err = err, .name = name, .file = memfd_create("form", MFD_CLOEXEC) };
	if (w->file < 0)
		return host->fail(err, ZP_IO, name, 0, "no file in memory can be made for its form");
	char path[64];
	snprintf(path, sizeof path, "/proc/self/fd/%d", w->file);
	lxw_workbook_options options = { .constant_memory = LXW_TRUE };
	w->book = workbook_new_opt(path, &options);
	if (!w->book)
		return host->fail(err, ZP_IO, name, 0, "its form cannot be begun");
	dress(w);
	lxw_doc_properties about = { .created = (time_t)created };
	return form_book_hear(w, workbook_set_properties(w->book, &about), "the date");
}

static bool hand_on(workbook *w, const char *file, const zp_outbox *out)
{
	struct stat about;
	if (fstat(w->file, &about) != 0 || about.st_size <= 0)
		return w->host->fail(w->err, ZP_IO, w->name, 0, "its form came out empty");
	size_t n = (size_t)about.st_size;
	char *bytes = mmap(NULL, n, PROT_READ, MAP_PRIVATE, w->file, 0);
	if (bytes == MAP_FAILED)
		return w->host->fail(w->err, ZP_IO, w->name, 0, "its form cannot be read back");
	bool good = out->write(out->self, file, bytes, n, w->err);
	munmap(bytes, n);
	return good;
}

bool form_book_close(workbook *w, bool good, const char *file, const zp_outbox *out)
{
	if (w->book) /* it frees itself, whatever it says */
		good = form_book_hear(w, workbook_close(w->book), "the file") && good;
	good = good && hand_on(w, file, out);
	if (w->file >= 0)
		close(w->file);
	return good;
}

/* ---- sheets ---- */

lxw_worksheet *sheet_add(workbook *w, const char *name)
{
	lxw_worksheet *sheet = NULL;
	if (checked_text(w, name) && form_book_hear(w, workbook_validate_sheet_name(w->book, name), "the name of a sheet"))
		sheet = workbook_add_worksheet(w->book, name);
	if (!sheet)
		w->host->fail(w->err, ZP_IO, w->name, 0, "a sheet of its form cannot be made");
	return sheet;
}

static bool has_place(workbook *w, size_t row, size_t column)
{
	return (row < ROWS_MOST && column < COLUMNS_MOST) ||
	       w->host->fail(w->err, ZP_BAD_INPUT, w->name, 0, "its form is larger than a sheet can be");
}

bool sheet_text(workbook *w, lxw_worksheet *sheet, size_t row, size_t column, const char *text, style s)
{
	const char *safe = checked_text(w, text);
	return safe && has_place(w, row, column) &&
	       form_book_hear(w, worksheet_write_string(sheet, (lxw_row_t)row, (lxw_col_t)column, safe, w->styles[s]), "a text");
}

bool sheet_empty(workbook *w, lxw_worksheet *sheet, size_t row, size_t column, style s)
{
	return has_place(w, row, column) &&
	       form_book_hear(w, worksheet_write_blank(sheet, (lxw_row_t)row, (lxw_col_t)column, w->styles[s]), "a cell");
}

bool sheet_row(workbook *w, lxw_worksheet *sheet, size_t row, double height)
{
	return has_place(w, row, 0) && form_book_hear(w, worksheet_set_row(sheet, (lxw_row_t)row, height, NULL), "a row");
}

bool sheet_columns(workbook *w, lxw_worksheet *sheet, size_t first, size_t last, double width)
{
	return has_place(w, 0, last) &&
	       form_book_hear(w, worksheet_set_column(sheet, (lxw_col_t)first, (lxw_col_t)last, width, NULL), "a column");
}

bool sheet_validate(workbook *w, lxw_worksheet *sheet, size_t row, size_t column, size_t last_column, lxw_data_validation *v)
{
	return has_place(w, row, last_column) &&
	       form_book_hear(w, worksheet_data_validation_range(sheet, (lxw_row_t)row, (lxw_col_t)column, (lxw_row_t)row, (lxw_col_t)last_column, v),
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
	return safe && has_place(w, header, 0) &&
	       form_book_hear(w, worksheet_repeat_rows(sheet, (lxw_row_t)header, (lxw_row_t)header), "the header") &&
	       form_book_hear(w, worksheet_set_footer(sheet, cut_text(w, safe, 200)), "the footer");
}
