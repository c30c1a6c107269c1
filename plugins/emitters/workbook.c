/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbook.h"
#include <string.h>
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
					"%s cannot hold a text: byte %zu of it is no character that a workbook may have", w->what,
				      (size_t)(p - (const unsigned char *)text) + 1);
			return NULL;
		}
		units += c > 0xFFFF ? 2 : 1;
	}
	if (units + 6 * escapes > CELL_MOST) {
		w->host->fail(w->err, ZP_BAD_INPUT, w->name, 0, "%s cannot hold a text of %zu characters; expected at most %d",
				w->what, units, CELL_MOST);
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
		units += c > 0xFFFF ? 2 : 1;
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

bool workbook_hear(workbook *w, lxw_error said, const char *what)
{
	return said == LXW_NO_ERROR || w->host->fail(w->err, ZP_IO, w->name, 0, "%s of %s cannot be written: %s", w->host->say(what), w->what, lxw_strerror(said));
}

bool workbook_begin(workbook *w, const zp_host *host, const char *name, const char *what, int64_t created, zp_error *err)
{
	*w = (workbook){ .host = host, .err = err, .name = name, .what = what, .file = memfd_create("workbook", MFD_CLOEXEC) };
	if (w->file < 0)
		return host->fail(err, ZP_IO, name, 0, "no file in memory can be made for %s", what);
	char path[64];
	snprintf(path, sizeof path, "/proc/self/fd/%d", w->file);
	lxw_workbook_options options = { .constant_memory = LXW_TRUE };
	w->book = workbook_new_opt(path, &options);
	if (!w->book)
		return host->fail(err, ZP_IO, name, 0, "%s cannot be begun", what);
	lxw_doc_properties about = { .created = (time_t)created };
	return workbook_hear(w, workbook_set_properties(w->book, &about), "the date");
}

static bool hand_on(workbook *w, const char *file, const zp_outbox *out)
{
	struct stat about;
	if (fstat(w->file, &about) != 0 || about.st_size <= 0)
		return w->host->fail(w->err, ZP_IO, w->name, 0, "%s came out empty", w->what);
	size_t n = (size_t)about.st_size;
	char *bytes = mmap(NULL, n, PROT_READ, MAP_PRIVATE, w->file, 0);
	if (bytes == MAP_FAILED)
		return w->host->fail(w->err, ZP_IO, w->name, 0, "%s cannot be read back", w->what);
	bool good = out->write(out->self, file, bytes, n, w->err);
	munmap(bytes, n);
	return good;
}

bool workbook_finish(workbook *w, bool good, const char *file, const zp_outbox *out)
{
	if (w->book) /* it frees itself, whatever it says */
		good = workbook_hear(w, workbook_close(w->book), "the file") && good;
	good = good && hand_on(w, file, out);
	if (w->file >= 0)
		close(w->file);
	return good;
}

/* ---- sheets ---- */

lxw_worksheet *sheet_add(workbook *w, const char *name)
{
	lxw_worksheet *sheet = NULL;
	if (checked_text(w, name) && workbook_hear(w, workbook_validate_sheet_name(w->book, name), "the name of a sheet"))
		sheet = workbook_add_worksheet(w->book, name);
	if (!sheet)
		w->host->fail(w->err, ZP_IO, w->name, 0, "a sheet of %s cannot be made", w->what);
	return sheet;
}

bool sheet_has_place(workbook *w, size_t row, size_t column)
{
	return (row < ROWS_MOST && column < COLUMNS_MOST) ||
	       w->host->fail(w->err, ZP_BAD_INPUT, w->name, 0, "%s is larger than a sheet can be", w->what);
}

bool sheet_string(workbook *w, lxw_worksheet *sheet, size_t row, size_t column, const char *text, lxw_format *look)
{
	const char *safe = checked_text(w, text);
	return safe && sheet_has_place(w, row, column) &&
	       workbook_hear(w, worksheet_write_string(sheet, (lxw_row_t)row, (lxw_col_t)column, safe, look), "a text");
}

bool sheet_blank(workbook *w, lxw_worksheet *sheet, size_t row, size_t column, lxw_format *look)
{
	return sheet_has_place(w, row, column) &&
	       workbook_hear(w, worksheet_write_blank(sheet, (lxw_row_t)row, (lxw_col_t)column, look), "a cell");
}

bool sheet_number(workbook *w, lxw_worksheet *sheet, size_t row, size_t column, double number, lxw_format *look)
{
	return sheet_has_place(w, row, column) &&
	       workbook_hear(w, worksheet_write_number(sheet, (lxw_row_t)row, (lxw_col_t)column, number, look), "a number");
}

bool sheet_row(workbook *w, lxw_worksheet *sheet, size_t row, double height)
{
	return sheet_has_place(w, row, 0) && workbook_hear(w, worksheet_set_row(sheet, (lxw_row_t)row, height, NULL), "a row");
}

bool sheet_columns(workbook *w, lxw_worksheet *sheet, size_t first, size_t last, double width)
{
	return sheet_has_place(w, 0, last) &&
	       workbook_hear(w, worksheet_set_column(sheet, (lxw_col_t)first, (lxw_col_t)last, width, NULL), "a column");
}

void workbook_libraries(void (*tell)(void *self, const char *library, const char *version), void *self)
{
	tell(self, "xlsxwriter", lxw_version());
}
