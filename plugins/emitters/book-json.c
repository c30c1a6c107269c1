/* SPDX-License-Identifier: GPL-3.0-or-later */
/* book-json: the tables of a year in one file for other programs (docs/formats/tables-json.md). Numbers stand as in the CSV, digit for digit;
 * what is empty there is null. It is measured first (bytes NULL) and then written, so that it needs one piece of memory. */
#include <string.h>
#include "host/plugin.h"

typedef struct writing { char *bytes; size_t n; } writing;

static void put(writing *w, const char *text, size_t n)
{
	if (w->bytes)
		memcpy(w->bytes + w->n, text, n);
	w->n += n;
}

static void put_text(writing *w, const char *ours) { put(w, ours, strlen(ours)); }

/* ---- JSON ---- */

static void put_string(writing *w, const char *text)
{
	put(w, "\"", 1);
	for (const char *s = text; *s; s++) {
		const unsigned char c = (unsigned char)*s;
		char coded[8];
		if (c < 0x20)
			put(w, coded, (size_t)snprintf(coded, sizeof coded, "\\u%04x", c));
		else if (c == '"' || c == '\\')
			put(w, (const char[]){ '\\', *s }, 2);
		else
			put(w, s, 1);
	}
	put(w, "\"", 1);
}

static const char *digits(const char *s)
{
	return s + strspn(s, "0123456789");
}

/* -? (0 | [1-9][0-9]*) (.[0-9]+)? : what the tables write, and JSON takes as it is. */
static bool is_number(const char *text)
{
	const char *s = text + (*text == '-'), *whole = digits(s);
	if (whole == s || (*s == '0' && whole - s > 1))
		return false;
	if (*whole == '.') {
		const char *end = digits(whole + 1);
		return end > whole + 1 && !*end;
	}
	return !*whole;
}

static bool is_numeric(zp_cells_kind kind) { return kind == ZP_CELLS_WHOLE || kind == ZP_CELLS_NUMBER || kind == ZP_CELLS_PERCENT; }

static void put_cell(writing *w, const zp_column *column, const char *text)
{
	if (!*text)
		put_text(w, "null");
	else if (is_numeric(column->kind) && is_number(text))
		put_text(w, text);
	else
		put_string(w, text);
}

static void put_member(writing *w, const char *name, const char *text)
{
	put_string(w, name);
	put_text(w, ": ");
	if (text)
		put_string(w, text);
	else
		put_text(w, "null");
	put_text(w, ", ");
}

/* ---- the file ---- */

static const char *kind_word(zp_cells_kind kind)
{
	static const char *const words[] = { "text", "word", "whole", "number", "percent", "date" };
	return words[kind];
}

static const char *name_of(const zp_column *c) { return c->name; }
static const char *kind_of(const zp_column *c) { return kind_word(c->kind); }
static const char *title_of(const zp_column *c) { return c->title ? c->title : c->name; }
static const char *title_en_of(const zp_column *c) { return c->title_en ? c->title_en : c->name; }

/* Something of every column, on a line. */
static void put_columns(writing *w, const char *name, const zp_sheet *sheet, const char *(*of)(const zp_column *))
{
	put_text(w, "      ");
	put_string(w, name);
	put_text(w, ": [");
	for (size_t i = 0; i < sheet->n_columns; i++) {
		put_text(w, i ? ", " : "");
		put_string(w, of(&sheet->columns[i]));
	}
	put_text(w, "],\n");
}

static void put_sheet(writing *w, const zp_sheet *sheet)
{
	put_text(w, "    {\n      ");
	put_member(w, "name", sheet->name);
	put_member(w, "title", sheet->title ? sheet->title : sheet->name);
	put_member(w, "title_en", sheet->title_en ? sheet->title_en : sheet->name);
	put_text(w, sheet->published ? "\"published\": true,\n" : "\"published\": false,\n");
	put_columns(w, "columns", sheet, name_of);
	put_columns(w, "kinds", sheet, kind_of);
	put_columns(w, "titles", sheet, title_of);
	put_columns(w, "titles_en", sheet, title_en_of);
	put_text(w, "      \"rows\": [");
	for (size_t row = 0; row < sheet->n_rows; row++) {
		put_text(w, row ? ",\n        [" : "\n        [");
		for (size_t i = 0; i < sheet->n_columns; i++) {
			put_text(w, i ? ", " : "");
			put_cell(w, &sheet->columns[i], sheet->cells[row * sheet->n_columns + i].text);
		}
		put_text(w, "]");
	}
	put_text(w, sheet->n_rows ? "\n      ]\n    }" : "]\n    }");
}

static void fill(writing *w, const zp_sheets *book)
{
	put_text(w, "{\n  \"format\": 1,\n  \"book\": {");
	put_member(w, "title", book->title);
	put_member(w, "title_en", book->title_en);
	put_text(w, "\"issued\": ");
	put_string(w, book->issued);
	put_text(w, "},\n  \"tables\": [");
	for (size_t i = 0; i < book->n; i++) {
		put_text(w, i ? ",\n" : "\n");
		put_sheet(w, &book->sheets[i]);
	}
	put_text(w, book->n ? "\n  ]\n}\n" : "]\n}\n");
}

static bool write_book(const zp_host *host, void *state, const zp_sheets *book, const zp_outbox *out, zp_error *err)
{
	(void)state;
	writing w = { 0 };
	fill(&w, book);
	w = (writing){ .bytes = host->take(host, w.n) };
	fill(&w, book);
	return out->write(out->self, "tables.json", w.bytes, w.n, err);
}

static const zp_emitter emitter = { .book = write_book };

ZP_PLUGIN(book_json) = {
	ZP_PLUGIN_HEAD,
	.kind = ZP_EMITTER,
	.name = "book-json",
	.version = "1",
	.cites = "RFC 8259",
	.says = "Writes the tables of a year into tables.json, for other programs.",
	.does.emitter = &emitter,
};
