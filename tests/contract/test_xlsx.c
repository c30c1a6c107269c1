/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the importer of workbooks promises, piece by piece. Whole hostile files are in tests/hostile. */
#include <criterion/criterion.h>
#include <stdarg.h>
#include <stdlib.h>
#include <zip.h>
#include "base/arena.h"
#include "host/registry.h"
#include "importers/xlsx/number.h"
#include "importers/xlsx/sheet.h"

extern const zp_plugin zp_plugin_xlsx;

#if defined __SANITIZE_ADDRESS__
#define STRIDE 29 /* bits; sanitizers are slow */
#else
#define STRIDE 1
#endif

/* ---- a sink that writes down what it is told ---- */

typedef struct notebook {
	char *text;
	size_t n;
	FILE *to;
	unsigned puts, refusals, problems;
} notebook;

static void put(void *self, const zp_raw *raw)
{
	notebook *b = self;
	b->puts++;
	fprintf(b->to, "%ld", raw->line);
	for (int i = 0; i < ZP_FIELDS; i++)
		fprintf(b->to, "|%.*s", (int)raw->field[i].n, raw->field[i].n ? raw->field[i].p : "");
	fputc('\n', b->to);
}

__attribute__((format(printf, 5, 6))) static void problem(void *self, zp_text sheet, long line, long column, const char *fmt, ...)
{
	notebook *b = self;
	va_list args;
	(void)sheet;
	b->problems++;
	fprintf(b->to, "problem %ld:%ld ", line, column);
	va_start(args, fmt);
	vfprintf(b->to, fmt, args);
	va_end(args);
}

__attribute__((format(printf, 5, 6))) static void refuse(void *self, zp_text sheet, long line, long column, const char *fmt, ...)
{
	notebook *b = self;
	(void)sheet, (void)line, (void)column, (void)fmt;
	b->refusals++;
}

static notebook read_bytes(const char *bytes, size_t n)
{
	notebook b = { .text = NULL };
	b.to = open_memstream(&b.text, &b.n);
	zp_arena *arena = zp_arena_open();
	zp_lend lend;
	const zp_host *host = zp_lend_to(&lend, arena, &zp_plugin_xlsx, NULL);
	const zp_sink sink = { .self = &b, .put = put, .problem = problem, .refuse = refuse };
	const zp_source source = { .name = "a.xlsx", .stem = "a", .head = { bytes, n }, .block = { bytes, n }, .first_line = 1 };
	zp_plugin_xlsx.does.importer->read(host, &source, &sink);
	zp_arena_close(arena);
	fclose(b.to);
	return b;
}

/* ---- a small workbook ---- */

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006"
#define TYPE "application/vnd.openxmlformats-officedocument.spreadsheetml."

static const struct { const char *name, *text; } parts[] = {
	{ "[Content_Types].xml", "<Types xmlns=\"" PACKAGE "/content-types\"><Default Extension=\"rels\" ContentType=\"application/rels+xml\"/>"
	  "<Default Extension=\"xml\" ContentType=\"" TYPE "worksheet+xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"" TYPE
	  "sheet.main+xml\"/><Override PartName=\"/xl/sharedStrings.xml\" ContentType=\"" TYPE "sharedStrings+xml\"/></Types>" },
	{ "_rels/.rels", "<Relationships xmlns=\"" PACKAGE "/relationships\"><Relationship Id=\"a\" Type=\"" OFFICE "/officeDocument\" "
	  "Target=\"xl/workbook.xml\"/></Relationships>" },
	{ "xl/workbook.xml", "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" OFFICE "\"><sheets><sheet name=\"results\" sheetId=\"1\" r:id=\"a\"/></sheets>"
	  "</workbook>" },
	{ "xl/_rels/workbook.xml.rels", "<Relationships xmlns=\"" PACKAGE "/relationships\"><Relationship Id=\"a\" Type=\"" OFFICE "/worksheet\" "
	  "Target=\"worksheets/a.xml\"/><Relationship Id=\"b\" Type=\"" OFFICE "/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>" },
	{ "xl/sharedStrings.xml", "<sst xmlns=\"" MAIN "\"><si><t>lab</t></si><si><t>measurand</t></si><si><t>sample</t></si><si><t>value</t></si>"
	  "<si><t>LAB001</t></si><si><t>LAB002</t></si><si><t>GLU</t></si></sst>" },
	{ "xl/worksheets/a.xml", "<worksheet xmlns=\"" MAIN "\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c>"
	  "<c r=\"C1\" t=\"s\"><v>2</v></c><c r=\"D1\" t=\"s\"><v>3</v></c></row><row r=\"2\"><c r=\"A2\" t=\"s\"><v>4</v></c><c r=\"B2\" t=\"s\">"
	  "<v>6</v></c><c r=\"C2\"><v>202611</v></c><c r=\"D2\"><v>5.12</v></c></row><row r=\"3\"><c r=\"A3\" t=\"s\"><v>5</v></c><c r=\"B3\" t=\"s\">"
	  "<v>6</v></c><c r=\"C3\"><v>202611</v></c><c r=\"D3\"><v>5.25</v></c></row></sheetData></worksheet>" },
};
static const char rows[] = "2|LAB001||GLU|202611|5.12||||||||||\n3|LAB002||GLU|202611|5.25||||||||||\n";

/* Packed by libzip. Owns: to be freed. */
static char *pack(size_t *n)
{
	zip_source_t *all = zip_source_buffer_create(NULL, 0, 0, NULL);
	zip_source_keep(all);
	zip_t *z = zip_open_from_source(all, ZIP_TRUNCATE, NULL);
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		zip_int64_t at = zip_file_add(z, parts[i].name, zip_source_buffer(z, parts[i].text, strlen(parts[i].text), 0), ZIP_FL_ENC_UTF_8);
		zip_set_file_compression(z, (zip_uint64_t)at, i % 2 ? ZIP_CM_DEFLATE : ZIP_CM_STORE, 9);
	}
	cr_assert_eq(zip_close(z), 0);
	zip_stat_t about;
	zip_source_stat(all, &about);
	char *bytes = malloc(about.size);
	zip_source_open(all);
	cr_assert_eq(zip_source_read(all, bytes, about.size), (zip_int64_t)about.size);
	zip_source_close(all);
	zip_source_free(all);
	*n = about.size;
	return bytes;
}

Test(xlsx, a_small_workbook_gives_its_rows)
{
	size_t n;
	char *bytes = pack(&n);
	notebook b = read_bytes(bytes, n);
	cr_assert_str_eq(b.text, rows);
	cr_assert_eq(b.refusals + b.problems, 0);
	free(b.text);
	free(bytes);
}

Test(xlsx, every_single_bit_flip_is_refused_or_gives_the_same_rows)
{
	size_t n, same = 0, refused = 0;
	char *bytes = pack(&n);
	for (size_t bit = 0; bit < 8 * n; bit += STRIDE) {
		bytes[bit / 8] ^= (char)(1 << bit % 8);
		notebook b = read_bytes(bytes, n);
		bytes[bit / 8] ^= (char)(1 << bit % 8);
		if (!b.refusals)
			cr_assert_str_eq(b.text, rows, "bit %zu of byte %zu: \"%s\"", bit % 8, bit / 8, b.text);
		same += !b.refusals;
		refused += b.refusals == 1;
		free(b.text);
	}
	cr_assert_eq(same + refused, (8 * n + STRIDE - 1) / STRIDE);
	cr_assert_gt(refused, 7 * same, "%zu the same, %zu refused", same, refused);
	free(bytes);
}

Test(xlsx, every_beginning_of_a_workbook_is_refused)
{
	size_t n;
	char *bytes = pack(&n);
	for (size_t i = 0; i < n; i += STRIDE) {
		notebook b = read_bytes(bytes, i);
		cr_assert_eq(b.refusals, 1, "the first %zu bytes", i);
		cr_assert_eq(b.puts, 0);
		free(b.text);
	}
	free(bytes);
}

/* Every byte of the content of a part is covered by its CRC, and that is looked at before any row is handed over. */
Test(xlsx, a_damaged_part_hands_over_nothing)
{
	size_t n;
	char *bytes = pack(&n);
	char *last = memmem(bytes, n, "LAB002", 6);
	cr_assert(last);
	last[5] = '3';
	notebook b = read_bytes(bytes, n);
	cr_assert_eq(b.refusals, 1);
	cr_assert_eq(b.puts, 0);
	free(b.text);
	free(bytes);
}

/* Where the text has more than 15 digits, the right-hand side is repr(float(left)) of Python; 2^53 + 1 has no shorter one. */
static const struct { const char *written, *typed; } numbers[] = {
	{ "5.1", "5.1" }, { "5.10", "5.10" }, { "5.0999999999999996", "5.1" }, { "5.09999999999999999991", "5.1" }, { "0.30000000000000004", "0.30000000000000004" },
	{ "1.0000000000000001E-5", "1E-5" }, { "7.0000000000000007E-2", "7E-2" }, { "-2.2999999999999998", "-2.3" }, { "9.9999999999999995E22", "1E23" },
	{ "4.0999999999999996", "4.1" }, { "8.2100000000000009", "8.21" }, { "1234.5678900000000", "1234.56789" }, { "0.99999999999999989", "0.9999999999999999" },
	{ "9007199254740993", "9007199254740993" }, { "123456789012345678", "123456789012345680" }, { "2.2204460492503131e-16", "2.220446049250313E-16" },
	{ "007", "7" }, { "00.50", "0.50" }, { "+5", "5" }, { ".5", ".5" }, { "0", "0" }, { "-0", "-0" }, { "1.2345678E7", "12345678" }, { "1E5", "100000" },
	{ "202611.0", "202611.0" }, { "", "" }, { "-", "" }, { ".", "" }, { "1e", "" }, { "1e+", "" }, { "5,12", "" }, { "0x10", "" }, { "NaN", "" },
	{ "INF", "" }, { "5.1 ", "" }, { "1..2", "" }, { "1e5e5", "" },
};

Test(xlsx, a_number_is_the_shortest_that_is_the_same_double)
{
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		char typed[ZP_NUMBER_ROOM];
		size_t n = zp_number_typed(numbers[i].written, strlen(numbers[i].written), typed);
		cr_expect(zp_text_is((zp_text){ typed, n }, numbers[i].typed), "%s became %.*s", numbers[i].written, (int)n, typed);
	}
}

/* All numbers of two places, as Excel writes them: 17 digits of the nearest double. */
Test(xlsx, what_was_typed_comes_back)
{
	for (int i = 1; i < 200000; i += 7) {
		char typed[ZP_NUMBER_ROOM], written[64], wanted[64];
		snprintf(written, sizeof written, "%.17g", i / 1000.0);
		snprintf(wanted, sizeof wanted, "%.15g", i / 1000.0);
		size_t n = zp_number_typed(written, strlen(written), typed);
		cr_assert(zp_text_is((zp_text){ typed, n }, wanted), "%s became %.*s", written, (int)n, typed);
	}
}

static const struct { const char *code; zp_look look; } looks[] = {
	{ "General", ZP_LOOK_PLAIN }, { "0.00", ZP_LOOK_PLAIN }, { "#,##0.00;[Red]-#,##0.00", ZP_LOOK_PLAIN }, { "0.00E+00", ZP_LOOK_PLAIN }, { "@", ZP_LOOK_PLAIN },
	{ "# ?/?", ZP_LOOK_PLAIN }, { "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", ZP_LOOK_PLAIN }, { "[$-804]General", ZP_LOOK_PLAIN },
	{ "yyyy-mm-dd", ZP_LOOK_DATE }, { "m\"月\"d\"日\"", ZP_LOOK_DATE }, { "[h]:mm:ss", ZP_LOOK_DATE }, { "[$-F800]dddd\\,\\ mmmm", ZP_LOOK_DATE },
	{ "General;yyyy", ZP_LOOK_DATE }, { "e", ZP_LOOK_DATE }, { "0%", ZP_LOOK_PERCENT }, { "0.0,", ZP_LOOK_SCALED }, { "#,##0,,", ZP_LOOK_SCALED },
	{ "\"<\"0.0", ZP_LOOK_TEXT }, { "<0.0", ZP_LOOK_TEXT }, { "\\>0", ZP_LOOK_TEXT }, { ";;;", ZP_LOOK_TEXT }, { "", ZP_LOOK_TEXT }, { "\"d\"0", ZP_LOOK_TEXT },
	{ "¥0.00", ZP_LOOK_TEXT }, { "[$¥-804]0.00", ZP_LOOK_TEXT }, { "-0", ZP_LOOK_TEXT }, { "\"unclosed 0", ZP_LOOK_TEXT }, { "[unclosed", ZP_LOOK_TEXT },
};

Test(xlsx, a_format_that_changes_what_is_seen_is_known)
{
	for (size_t i = 0; i < sizeof looks / sizeof *looks; i++)
		cr_expect_eq(zp_look_of(zp_text_of(looks[i].code)), looks[i].look, "%s: %d", looks[i].code, (int)zp_look_of(zp_text_of(looks[i].code)));
}

static const struct { const char *place; long line, column; } places[] = {
	{ "A1", 1, 1 }, { "Z9", 9, 26 }, { "AA10", 10, 27 }, { "XFD1048576", 1048576, 16384 }, { "XFE1", 0, 0 }, { "A1048577", 0, 0 }, { "A0", 0, 0 },
	{ "A01", 0, 0 }, { "1A", 0, 0 }, { "A", 0, 0 }, { "1", 0, 0 }, { "", 0, 0 }, { "a1", 0, 0 }, { "AAAA1", 0, 0 }, { "A1 ", 0, 0 }, { "$A$1", 0, 0 },
	{ "A12345678", 0, 0 },
};

Test(xlsx, a_place_is_a_cell_of_a_sheet_or_none)
{
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		long line, column;
		bool good = zp_cell_read(zp_text_of(places[i].place), &line, &column);
		cr_expect_eq(good, places[i].line > 0, "%s", places[i].place);
		cr_expect(!good || (line == places[i].line && column == places[i].column), "%s: %ld %ld", places[i].place, line, column);
	}
}
