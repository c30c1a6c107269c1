/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes of a results file to UTF-8. One damaged line costs itself and not its neighbours, who may be other laboratories. */
#include "base/csv.h"
#include "base/file.h"
#include "run/intake.h"

/* A copy in which each line that `bad` finds fault with is blank, and told unless w is NULL. */
static zp_text without(zp_arena *arena, zp_worker *w, long first_line, zp_text bytes, bool (*bad)(const char *, size_t), const char *why)
{
	char *copy = zp_arena_text(arena, bytes.p, bytes.n), *end = copy + bytes.n;
	long line = first_line;
	for (char *p = copy; p < end; line++) {
		size_t n = (size_t)(zp_csv_line_end(p, end) - p);
		if (bad(p, n)) {
			memset(p, ' ', n);
			if (w)
				zp_intake_refuse(w, ZP_NO_SHEET, line, 0, "%s", why);
		}
		p += n + 1;
	}
	return (zp_text){ copy, bytes.n };
}

static bool has_nul(const char *p, size_t n) { return memchr(p, '\0', n) != NULL; }

static bool beyond_ascii(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)p[i] >= 0x80)
			return true;
	return false;
}

static bool not_utf8(const char *p, size_t n) { return zp_utf8_valid(p, n) != n; }

static bool marked(zp_text t) { return t.n >= 3 && memcmp(t.p, "\xef\xbb\xbf", 3) == 0; }
static zp_text unmarked(zp_text t) { return marked(t) ? (zp_text){ t.p + 3, t.n - 3 } : t; }

/* Lines beyond ASCII that are UTF-8, less those that are not. */
static long lean_of(zp_text bytes)
{
	long lean = 0;
	const char *end = bytes.p + bytes.n;
	for (const char *p = bytes.p, *stop; p < end; p = stop + 1) {
		stop = zp_csv_line_end(p, end);
		const size_t n = (size_t)(stop - p);
		if (beyond_ascii(p, n))
			lean += not_utf8(p, n) ? -1 : 1;
	}
	return lean;
}

zp_encoding zp_intake_next_encoding(const zp_results_file *file, long lean)
{
	if (file->encoding == ZP_UTF8)
		return lean > 0 || marked((zp_text){ file->head, file->n_head }) ? ZP_DAMAGED : ZP_GB18030;
	return ZP_BROKEN;
}

static zp_text as(zp_arena *arena, zp_worker *w, zp_encoding encoding, long first_line, zp_text bytes)
{
	static const zp_text none = { NULL, 0 };
	switch (encoding) {
	case ZP_UTF8: return zp_utf8_valid(bytes.p, bytes.n) == bytes.n ? bytes : none;
	case ZP_GB18030: return zp_gb18030_read(arena, bytes.p, bytes.n);
	case ZP_DAMAGED:
		return without(arena, w, first_line, bytes, not_utf8, "the file is UTF-8, and this line is not; expected UTF-8 throughout");
	default:
		return without(arena, w, first_line, bytes, beyond_ascii,
			       "the file is neither UTF-8 nor GB18030, so that what this line says is not known; expected one of the two throughout");
	}
}

/* What a file really is that is named like a text; NULL when it may be one. */
static const char *other_kind(zp_text bytes)
{
	static const struct { const char *begins; size_t n; const char *kind; } kinds[] = {
		{ "\xff\xfe", 2, "UTF-16" }, { "\xfe\xff", 2, "UTF-16" },
		{ "PK\3\4", 4, "a ZIP archive, perhaps a workbook that should be named .xlsx" },
		{ "\xd0\xcf\x11\xe0", 4, "an old or encrypted Office file (.xls, .doc)" },
		{ "%PDF", 4, "a PDF" }, { "\x7f" "ELF", 4, "a program" }, { "\x89PNG", 4, "a picture (PNG)" }, { "\xff\xd8\xff", 3, "a picture (JPEG)" },
		{ "Rar!", 4, "a RAR archive" }, { "7z\xbc\xaf", 4, "a 7z archive" }, { "\x1f\x8b", 2, "a gzip archive" },
		{ "<!DOCTYPE", 9, "a page (HTML)" }, { "<!doctype", 9, "a page (HTML)" }, { "<html", 5, "a page (HTML)" }, { "<HTML", 5, "a page (HTML)" },
		{ "<?xml", 5, "XML, which should be named .xml" },
	};
	if (marked(bytes))
		bytes = unmarked(bytes);
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (bytes.n >= kinds[i].n && memcmp(bytes.p, kinds[i].begins, kinds[i].n) == 0)
			return kinds[i].kind;
	return NULL;
}

zp_text zp_intake_decode(zp_worker *w, const zp_block *b)
{
	const zp_results_file *file = &w->in->files[b->file];
	zp_text bytes = b->bytes, text = { NULL, 0 };
	const char *other = b->first_line == 1 ? other_kind(bytes) : NULL;
	if (other) {
		zp_intake_refuse(w, ZP_NO_SHEET, 1, 0, "the file is %s; expected text, UTF-8 or GB18030", other);
		return text;
	}
	if (bytes.n && memchr(bytes.p, '\0', bytes.n))
		bytes = without(w->of_block, w, b->first_line, bytes, has_nul, "the line holds a NUL byte; expected text");
	if (b->first_line == 1)
		bytes = unmarked(bytes);
	if (!b->whole) {
		text = as(w->of_block, w, file->encoding, b->first_line, bytes);
		if (!text.p) {
			__atomic_store_n(&w->in->misread[b->file], true, __ATOMIC_RELAXED);
			__atomic_fetch_add(&w->in->lean[b->file], lean_of(bytes), __ATOMIC_RELAXED);
		}
		return text;
	}
	zp_results_file whole = { .head = (char *)b->bytes.p, .n_head = b->bytes.n, .encoding = ZP_UTF8 };
	while (!(text = as(w->of_block, w, whole.encoding, b->first_line, bytes)).p)
		whole.encoding = zp_intake_next_encoding(&whole, lean_of(bytes));
	return text;
}

zp_text zp_intake_decode_head(zp_worker *w, const zp_results_file *file)
{
	zp_text bytes = { file->head, file->n_head };
	if (memchr(bytes.p, '\0', bytes.n))
		bytes = without(w->of_block, NULL, 1, bytes, has_nul, "");
	return as(w->of_block, NULL, file->encoding, 1, unmarked(bytes));
}
