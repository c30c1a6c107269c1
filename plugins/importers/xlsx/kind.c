/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The real kind of a file that somebody called .xlsx, so that a laboratory is told what it sent. */
#include <stdio.h>
#include <strings.h>
#include "reading.h"

static const struct { const char *magic; size_t n; const char *kind; } magics[] = {
	{ "%PDF-", 5, "a PDF" },
	{ "{\\rtf", 5, "a text of a word processor (RTF)" },
	{ "\x89PNG", 4, "a picture (PNG)" },
	{ "\xff\xd8\xff", 3, "a picture (JPEG)" },
	{ "GIF8", 4, "a picture (GIF)" },
	{ "BM", 2, "a picture (BMP)" },
	{ "II*\0", 4, "a picture (TIFF)" },
	{ "\x1f\x8b", 2, "a compressed file (gzip)" },
	{ "7z\xbc\xaf\x27\x1c", 6, "an archive (7z)" },
	{ "Rar!", 4, "an archive (RAR)" },
	{ "\x7f" "ELF", 4, "a program" },
	{ "MZ", 2, "a program" },
	{ "SQLite format 3", 15, "a database (SQLite)" },
	{ "\xff\xfe", 2, "text in UTF-16, such as \"Unicode text\" of Excel" },
	{ "\xfe\xff", 2, "text in UTF-16" },
	{ "\x09\x08\x10\x00\x00\x06", 6, "a workbook of an old Excel (.xls)" },
	{ "\x09\x04\x06\x00", 4, "a workbook of an old Excel (.xls)" },
	{ "PK\5\6", 4, "an empty ZIP archive" },
	{ "PK00PK", 6, "one part of a divided ZIP archive" },
	{ "PK\7\x08", 4, "one part of a divided ZIP archive" },
};

/* Look for ASCII text as UTF-16, which is how OLE files name their parts. */
static bool holds_wide(zp_text bytes, const char *word)
{
	char wide[64];
	size_t n = strlen(word) * 2;
	for (size_t i = 0; i < n; i++)
		wide[i] = i % 2 ? '\0' : word[i / 2];
	return memmem(bytes.p, bytes.n, wide, n) != NULL;
}

static const char *ole_kind(zp_text bytes)
{
	if (holds_wide(bytes, "EncryptedPackage"))
		return "a workbook that is locked by a password";
	if (holds_wide(bytes, "Workbook") || holds_wide(bytes, "Book"))
		return "a workbook of an old Excel (.xls)";
	if (holds_wide(bytes, "WordDocument"))
		return "a text of an old Word (.doc)";
	return "an old Office file (.xls), or a workbook that is locked by a password";
}

static bool begins(zp_text t, const char *word)
{
	return t.n >= strlen(word) && strncasecmp(t.p, word, strlen(word)) == 0;
}

static zp_text without_blanks(zp_text t)
{
	if (t.n >= 3 && memcmp(t.p, "\xEF\xBB\xBF", 3) == 0)
		t.p += 3, t.n -= 3;
	while (t.n && (*t.p == ' ' || *t.p == '\t' || *t.p == '\r' || *t.p == '\n'))
		t.p++, t.n--;
	return t;
}

static const char *text_kind(zp_text bytes)
{
	zp_text t = without_blanks(bytes);
	if (begins(t, "<html") || begins(t, "<!doctype html") || begins(t, "<table") || begins(t, "<head"))
		return "a web page (HTML)";
	if (begins(t, "<?xml") || begins(t, "<"))
		return memmem(bytes.p, bytes.n, "urn:schemas-microsoft-com:office:spreadsheet", 44) ? "a workbook in the form of 2003 (XML)" : "XML";
	size_t look = bytes.n < 4096 ? bytes.n : 4096;
	for (size_t i = 0; i < look; i++)
		if ((unsigned char)bytes.p[i] < ' ' && !strchr("\t\r\n\f", bytes.p[i]))
			return NULL;
	for (size_t i = 0; i < look; i++)
		if (bytes.p[i] == 0)
			return NULL;
	return "text, such as CSV";
}

/* A ZIP archive by the name of its first entry, for kinds that put it first. */
static const char *archive_kind(zp_text bytes)
{
	if (bytes.n > 38 && memcmp(bytes.p + 30, "mimetype", 8) == 0) {
		size_t n = bytes.n < 160 ? bytes.n : 160;
		if (memmem(bytes.p, n, "opendocument.spreadsheet", 24))
			return "a workbook of LibreOffice (.ods)";
		if (memmem(bytes.p, n, "opendocument", 12))
			return "a file of LibreOffice that is no workbook";
		return "a ZIP archive of another kind (with a part \"mimetype\")";
	}
	return NULL;
}

const char *zp_kind_of(zp_text bytes, char out[static 200])
{
	const char *kind = NULL;
	if (bytes.n == 0)
		kind = "empty (0 bytes)";
	else if (bytes.n >= 4 && memcmp(bytes.p, "PK\3\4", 4) == 0) {
		kind = archive_kind(bytes);
		if (!kind)
			return NULL;
	} else if (bytes.n >= 8 && memcmp(bytes.p, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) == 0)
		kind = ole_kind(bytes);
	for (size_t i = 0; !kind && i < sizeof magics / sizeof *magics; i++)
		if (bytes.n >= magics[i].n && memcmp(bytes.p, magics[i].magic, magics[i].n) == 0)
			kind = magics[i].kind;
	if (!kind)
		kind = text_kind(bytes);
	if (kind)
		snprintf(out, 200, "%s", kind);
	else
		snprintf(out, 200, "of a kind that is not known (its first bytes are %02X %02X %02X)", (unsigned char)bytes.p[0],
			 (unsigned char)bytes.p[bytes.n > 1], (unsigned char)bytes.p[bytes.n > 2 ? 2 : 0]);
	return out;
}
