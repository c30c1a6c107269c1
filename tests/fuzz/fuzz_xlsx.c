/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Workbooks: whatever the bytes are, the same answer comes twice, and it is rows, problems, or one refusal.
 * Random bytes seldom have the right CRC, so the first byte says what the rest is: Z the file itself; S a sheet, T the shared texts,
 * F the styles, B the workbook, R its relations, C the content types, which are packed with parts that are well. */
#include <stdarg.h>
#include "base/arena.h"
#include "fuzz.h"
#include "host/registry.h"

extern const zp_plugin zp_plugin_xlsx;

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006"
#define TYPE "application/vnd.openxmlformats-officedocument.spreadsheetml."

static const struct { char letter; const char *name, *text; } parts[] = {
	{ 'C', "[Content_Types].xml", "<Types xmlns=\"" PACKAGE "/content-types\"><Default Extension=\"rels\" ContentType=\"rels\"/><Default "
	  "Extension=\"xml\" ContentType=\"" TYPE "worksheet+xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"" TYPE "sheet.main+xml\"/>"
	  "<Override PartName=\"/xl/sharedStrings.xml\" ContentType=\"" TYPE "sharedStrings+xml\"/><Override PartName=\"/xl/styles.xml\" "
	  "ContentType=\"" TYPE "styles+xml\"/></Types>" },
	{ 0, "_rels/.rels", "<Relationships xmlns=\"" PACKAGE "/relationships\"><Relationship Id=\"a\" Type=\"" OFFICE "/officeDocument\" "
	  "Target=\"xl/workbook.xml\"/></Relationships>" },
	{ 'B', "xl/workbook.xml", "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" OFFICE "\"><sheets><sheet name=\"a\" r:id=\"a\"/></sheets></workbook>" },
	{ 'R', "xl/_rels/workbook.xml.rels", "<Relationships xmlns=\"" PACKAGE "/relationships\"><Relationship Id=\"a\" Type=\"" OFFICE "/worksheet\" "
	  "Target=\"worksheets/a.xml\"/><Relationship Id=\"b\" Type=\"" OFFICE "/sharedStrings\" Target=\"sharedStrings.xml\"/><Relationship Id=\"c\" "
	  "Type=\"" OFFICE "/styles\" Target=\"styles.xml\"/></Relationships>" },
	{ 'F', "xl/styles.xml", "<styleSheet xmlns=\"" MAIN "\"><cellXfs><xf/><xf numFmtId=\"14\"/></cellXfs></styleSheet>" },
	{ 'T', "xl/sharedStrings.xml", "<sst xmlns=\"" MAIN "\"><si><t>lab</t></si><si><t>measurand</t></si><si><t>sample</t></si><si><t>value</t></si></sst>" },
	{ 'S', "xl/worksheets/a.xml", "<worksheet xmlns=\"" MAIN "\"><sheetData><row r=\"1\"><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"s\"><v>2</v>"
	  "</c><c t=\"s\"><v>3</v></c></row><row><c><v>1</v></c><c><v>2</v></c><c><v>3</v></c><c s=\"1\"><v>4</v></c></row></sheetData></worksheet>" },
};
#define PARTS (sizeof parts / sizeof *parts)

static uint32_t crc_of(const uint8_t *p, size_t n)
{
	uint32_t crc = ~0u;
	for (size_t i = 0; i < n; i++) {
		crc ^= p[i];
		for (int k = 0; k < 8; k++)
			crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320u : 0);
	}
	return ~crc;
}

static void put_number(char **p, uint32_t x, int bytes)
{
	for (; bytes; bytes--, x >>= 8)
		*(*p)++ = (char)(x & 0xFF);
}

/* What an entry and its line of the directory share. */
static void put_entry(char **p, uint32_t crc, size_t n, size_t name)
{
	put_number(p, 20, 2), put_number(p, 0, 2), put_number(p, 0, 2), put_number(p, 0x210000, 4), put_number(p, crc, 4);
	put_number(p, (uint32_t)n, 4), put_number(p, (uint32_t)n, 4), put_number(p, (uint32_t)name, 2), put_number(p, 0, 2);
}

/* All parts, that of `letter` with other content. Owns: to be freed. */
static char *pack(char letter, const uint8_t *data, size_t size, size_t *n)
{
	char *bytes = malloc(size + 16384), *p = bytes, directory[4096], *d = directory;
	if (!bytes)
		abort();
	for (size_t i = 0; i < PARTS; i++) {
		bool own = parts[i].letter == letter;
		const uint8_t *text = own ? data : (const uint8_t *)parts[i].text;
		size_t length = own ? size : strlen(parts[i].text), name = strlen(parts[i].name), at = (size_t)(p - bytes);
		uint32_t crc = crc_of(text, length);
		put_number(&p, 0x04034b50, 4);
		put_entry(&p, crc, length, name);
		memcpy(p, parts[i].name, name);
		p += name;
		if (length)
			memcpy(p, text, length);
		p += length;
		put_number(&d, 0x02014b50, 4), put_number(&d, 20, 2);
		put_entry(&d, crc, length, name);
		put_number(&d, 0, 4), put_number(&d, 0, 2), put_number(&d, 0, 4), put_number(&d, (uint32_t)at, 4);
		memcpy(d, parts[i].name, name);
		d += name;
	}
	size_t at = (size_t)(p - bytes), length = (size_t)(d - directory);
	memcpy(p, directory, length);
	p += length;
	put_number(&p, 0x06054b50, 4), put_number(&p, 0, 4), put_number(&p, PARTS, 2), put_number(&p, PARTS, 2);
	put_number(&p, (uint32_t)length, 4), put_number(&p, (uint32_t)at, 4), put_number(&p, 0, 2);
	*n = (size_t)(p - bytes);
	return bytes;
}

/* ---- what is told ---- */

typedef struct heard { uint64_t digest; unsigned puts, told, refused; } heard;

static void note(heard *h, const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		h->digest = (h->digest ^ (unsigned char)p[i]) * 0x100000001B3u;
}

static void put(void *self, const zp_raw *raw)
{
	heard *h = self;
	FUZZ_PROMISE(!h->refused, "a row after a refusal");
	FUZZ_PROMISE(raw->line >= 1 && raw->line <= 1048576, "a row that no sheet has");
	h->puts++;
	for (int i = 0; i < ZP_FIELDS; i++) {
		FUZZ_PROMISE(raw->column[i] <= 256, "a column that no table has");
		FUZZ_PROMISE(zp_utf8_valid(raw->field[i].p, raw->field[i].n) == raw->field[i].n, "a text that is not UTF-8");
		note(h, raw->field[i].p, raw->field[i].n);
		note(h, "|", 1);
	}
}

static void hear(heard *h, long line, long column, const char *fmt, va_list args)
{
	char sentence[1200];
	int n = vsnprintf(sentence, sizeof sentence, fmt, args);
	FUZZ_PROMISE(n > 0 && n < 900 && zp_utf8_valid(sentence, (size_t)n) == (size_t)n, "a sentence that nobody can read");
	FUZZ_PROMISE(line >= 0 && line <= 1048577 && column >= 0 && column <= 16385, "a place that no sheet has");
	h->told++;
	note(h, sentence, (size_t)n);
}

__attribute__((format(printf, 5, 6))) static void problem(void *self, zp_text sheet, long line, long column, const char *fmt, ...)
{
	va_list args;
	(void)sheet;
	va_start(args, fmt);
	hear(self, line, column, fmt, args);
	va_end(args);
}

__attribute__((format(printf, 5, 6))) static void refuse(void *self, zp_text sheet, long line, long column, const char *fmt, ...)
{
	heard *h = self;
	va_list args;
	(void)sheet;
	va_start(args, fmt);
	hear(h, line, column, fmt, args);
	va_end(args);
	FUZZ_PROMISE(h->refused++ == 0, "refused twice");
}

static heard read_once(const char *bytes, size_t n)
{
	heard h = { .digest = 0xCBF29CE484222325u };
	zp_arena *arena = zp_arena_open();
	zp_lend lend;
	const zp_host *host = zp_lend_to(&lend, arena, &zp_plugin_xlsx, NULL);
	const zp_sink sink = { .self = &h, .put = put, .problem = problem, .refuse = refuse };
	const zp_source source = { .name = "a.xlsx", .stem = "a", .head = { bytes, n }, .block = { bytes, n }, .first_line = 1 };
	zp_plugin_xlsx.does.importer->read(host, &source, &sink);
	zp_arena_close(arena);
	return h;
}

FUZZ_TARGET(xlsx)
{
	size_t n = 0;
	char *bytes;
	if (size == 0)
		return 0;
	if (data[0] == 'Z') {
		n = size - 1;
		bytes = malloc(n ? n : 1);
		if (!bytes)
			abort();
		memcpy(bytes, data + 1, n);
	} else {
		bytes = pack((char)data[0], data + 1, size - 1, &n);
	}
	const heard a = read_once(bytes, n);
	if (fuzz_again(data, size)) {
		const heard b = read_once(bytes, n);
		FUZZ_PROMISE(a.digest == b.digest && a.puts == b.puts && a.told == b.told, "read twice, it is not the same");
	}
	free(bytes);
	return 0;
}
