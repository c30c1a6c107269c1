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

/* Bytes that have the form of GB18030; whether each stands for a character is iconv's to say. */
static bool formed_as_gb18030(const char *text, size_t n)
{
	const unsigned char *p = (const unsigned char *)text;
	for (size_t i = 0; i < n;) {
		if (p[i] < 0x80) {
			i++;
			continue;
		}
		if (p[i] == 0x80 || p[i] == 0xFF || n - i < 2)
			return false;
		if (p[i + 1] >= 0x40 && p[i + 1] != 0x7F && p[i + 1] != 0xFF) {
			i += 2;
			continue;
		}
		if (n - i < 4 || (p[i] > 0x84 && p[i] < 0x90) || p[i] > 0xE3 || p[i + 1] < '0' || p[i + 1] > '9' || p[i + 2] < 0x81 || p[i + 2] == 0xFF || p[i + 3] < '0' || p[i + 3] > '9')
			return false;
		i += 4;
	}
	return true;
}

/* UTF-8 that is none by chance: with a character of three or four bytes, as Chinese has, or the micro sign of a unit. GB18030 that
 * has the form of two-byte UTF-8 is not rare; this is. */
static bool surely_utf8(const char *p, size_t n)
{
	bool sure = false;
	for (size_t i = 0; i < n && !sure; i++) {
		unsigned char c = (unsigned char)p[i];
		bool letter = i + 2 < n && ((p[i + 2] >= 'a' && p[i + 2] <= 'z') || (p[i + 2] >= 'A' && p[i + 2] <= 'Z'));
		sure = c >= 0xE0 || (letter && (memcmp(p + i, "\xC2\xB5", 2) == 0 || memcmp(p + i, "\xCE\xBC", 2) == 0));
	}
	return sure && !not_utf8(p, n);
}

static bool not_gb18030(const char *p, size_t n) { return !formed_as_gb18030(p, n) || surely_utf8(p, n); }

#define FIRST_LINE 1000000000 /* a title or a header is nobody's result: however many lines a laboratory sends, it decides */

static zp_evidence evidence_of(zp_text bytes, bool from_first)
{
	zp_evidence e = { 0, 0 };
	const char *end = bytes.p + bytes.n;
	for (const char *p = bytes.p; p < end; p++) {
		const char *stop = zp_csv_line_end(p, end);
		size_t n = (size_t)(stop - p);
		if (beyond_ascii(p, n)) {
			size_t weight = from_first && p == bytes.p ? FIRST_LINE : 1;
			bool utf8 = surely_utf8(p, n);
			e.utf8 += utf8 ? weight : 0;
			e.gb18030 += !utf8 && not_utf8(p, n) && formed_as_gb18030(p, n) ? weight : 0;
		}
		p = stop;
	}
	return e;
}

/* Of a block, towards that of its file. A block that is UTF-8 throughout counts by its lines, or not at all. */
static void add_evidence(zp_evidence *sum, zp_text bytes, bool is_utf8, bool from_first)
{
	zp_evidence e = { 0, 0 };
	if (!is_utf8)
		e = evidence_of(bytes, from_first);
	else if (from_first && surely_utf8(bytes.p, (size_t)(zp_csv_line_end(bytes.p, bytes.p + bytes.n) - bytes.p)))
		e.utf8 = FIRST_LINE;
	for (size_t i = 0; is_utf8 && i < bytes.n && !e.utf8; i++)
		if ((unsigned char)bytes.p[i] >= 0xE0)
			for (const char *p = bytes.p, *end = p + bytes.n; p < end; p = zp_csv_line_end(p, end) + 1)
				e.utf8++;
	__atomic_fetch_add(&sum->utf8, e.utf8, __ATOMIC_RELAXED);
	__atomic_fetch_add(&sum->gb18030, e.gb18030, __ATOMIC_RELAXED);
}

static bool marked(zp_text t) { return t.n >= 3 && memcmp(t.p, "\xef\xbb\xbf", 3) == 0; }
static zp_text unmarked(zp_text t) { return marked(t) ? (zp_text){ t.p + 3, t.n - 3 } : t; }

/* What to try when a file is not in the encoding that was tried. */
static zp_encoding encoding_after(zp_encoding tried, bool is_marked, const zp_evidence *e)
{
	if (tried == ZP_UTF8)
		return is_marked || e->utf8 > e->gb18030 ? ZP_UTF8_MOSTLY : ZP_GB18030;
	return tried == ZP_GB18030 && e->gb18030 > e->utf8 ? ZP_GB18030_MOSTLY : ZP_BROKEN;
}

void zp_intake_try_next(zp_results_file *file, const zp_evidence *e)
{
	file->encoding = encoding_after(file->encoding, marked((zp_text){ file->head, file->n_head }), e);
}

static zp_text as(zp_arena *arena, zp_worker *w, zp_encoding encoding, long first_line, zp_text bytes)
{
	static const zp_text none = { NULL, 0 };
	zp_text rest;
	switch (encoding) {
	case ZP_UTF8: return zp_utf8_valid(bytes.p, bytes.n) == bytes.n ? bytes : none;
	case ZP_GB18030: return zp_gb18030_read(arena, bytes.p, bytes.n);
	case ZP_UTF8_MOSTLY:
		return without(arena, w, first_line, bytes, not_utf8,
			       "the line is not UTF-8, as the rest of the file is; expected one encoding throughout");
	case ZP_GB18030_MOSTLY:
		rest = without(arena, NULL, first_line, bytes, not_gb18030, "");
		rest = zp_gb18030_read(arena, rest.p, rest.n);
		if (rest.p)
			without(arena, w, first_line, bytes, not_gb18030,
				"the line is not GB18030, as the rest of the file is; expected one encoding throughout");
		return rest;
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
		if (file->encoding == ZP_UTF8)
			add_evidence(&w->in->evidence[b->file], bytes, text.p != NULL, b->first_line == 1);
		if (!text.p)
			__atomic_store_n(&w->in->misread[b->file], true, __ATOMIC_RELAXED);
		return text;
	}
	zp_evidence evidence = { 0, 0 };
	for (zp_encoding e = ZP_UTF8; !(text = as(w->of_block, w, e, b->first_line, bytes)).p;) {
		if (e == ZP_UTF8)
			evidence = evidence_of(bytes, true);
		e = w->in->files[b->file].encoding = encoding_after(e, marked(b->bytes), &evidence);
	}
	return text;
}

zp_text zp_intake_decode_head(zp_worker *w, const zp_results_file *file)
{
	zp_text bytes = { file->head, file->n_head };
	if (memchr(bytes.p, '\0', bytes.n))
		bytes = without(w->of_block, NULL, 1, bytes, has_nul, "");
	return as(w->of_block, NULL, file->encoding, 1, unmarked(bytes));
}
