/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every emitter of books promises, over invented tables: no laboratory of this kind exists. */
#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>
#include "host/registry.h"
#include "tray.h"

extern const zp_plugin zp_plugin_workbook_xlsx, zp_plugin_book_json, zp_plugin_pages_html;
static const zp_plugin *const emitters[] = { &zp_plugin_workbook_xlsx, &zp_plugin_book_json, &zp_plugin_pages_html };
static size_t numbers[] = { 0, 1, 2 };

ParameterizedTestParameters(books, the_same_tables_are_the_same_bytes) { return cr_make_param_array(size_t, numbers, 3); }
ParameterizedTestParameters(books, a_full_disk_is_told) { return cr_make_param_array(size_t, numbers, 3); }
ParameterizedTestParameters(books, a_book_without_tables_is_a_book) { return cr_make_param_array(size_t, numbers, 3); }

static const char *text_of(tray *t, const char *name)
{
	return tray_file_of(t, name)->bytes;
}

static bool emit(const zp_plugin *p, const zp_sheets *book, tray *t, zp_error *err)
{
	zp_lend lend;
	const zp_outbox out = { t, tray_keep };
	return p->does.emitter->book(zp_lend_to(&lend, t->arena, p, NULL), NULL, book, &out, err);
}

TestSuite(books, .fini = tray_end);

static tray *emitted(const zp_plugin *p, const zp_sheets *book)
{
	zp_arena *arena = tray_arena();
	tray *t = zp_take(arena, tray, 1);
	zp_error err = { 0 };
	*t = (tray){ .arena = arena, .most = TRAY_FILES };
	cr_assert(emit(p, book, t, &err), "%s", err.text);
	return t;
}

/* ---- an awkward year ---- */

static const zp_column standing_columns[] = {
	{ "place", ZP_CELLS_TEXT, "地区代码", "Region code" }, { "name", ZP_CELLS_TEXT, "地区", "Region" }, { "part", ZP_CELLS_WORD, NULL, NULL },
	{ "class", ZP_CELLS_TEXT, "类别", "Class" }, { "share", ZP_CELLS_WORD, "比例", "Share" }, { "numerator", ZP_CELLS_NUMBER, NULL, NULL },
	{ "denominator", ZP_CELLS_NUMBER, NULL, NULL }, { "percent", ZP_CELLS_PERCENT, "百分数", "Percent" }, { "change", ZP_CELLS_NUMBER, NULL, NULL },
	{ "shown", ZP_CELLS_WORD, NULL, NULL },
};
#define N(text, number) { text, number }
#define T(text) { text, NAN }
static const zp_sheet_cell standing_cells[] = {
	T("*"), T(""), T(""), T("三级"), T("return"), N("10", 10), N("10", 10), N("100.0", 100), N("-0.3", -0.3), T(""),
	T("*"), T(""), T(""), T("*"), T("return"), N("186", 186), N("190", 190), N("97.9", 97.9), N("1.2", 1.2), T(""),
	T("420500"), T("<b>甲&乙市</b>"), T(""), T("*"), T("return"), T(""), T(""), T(""), T(""), T("hidden"),
};
static const zp_column rank_columns[] = {
	{ "lab", ZP_CELLS_TEXT, "实验室", "Laboratory" }, { "name", ZP_CELLS_TEXT, NULL, NULL }, { "region", ZP_CELLS_TEXT, NULL, NULL },
	{ "class", ZP_CELLS_TEXT, NULL, NULL }, { "scope", ZP_CELLS_WORD, NULL, NULL }, { "rank", ZP_CELLS_WHOLE, "名次", "Rank" },
	{ "rank_low", ZP_CELLS_WHOLE, NULL, NULL }, { "rank_high", ZP_CELLS_WHOLE, NULL, NULL }, { "of", ZP_CELLS_WHOLE, NULL, NULL },
};
static const zp_sheet_cell rank_cells[] = {
	T("L0001"), T("=SUM(1)"), T("420500"), T("三级"), T("all"), N("7", 7), N("2", 2), N("41", 41), N("50", 50),
	T("L0002"), T("<script>alert(1)</script>"), T("420500"), T("三级"), T("all"), N("23456", 23456), T(""), T(""), N("50", 50),
	T("L0003"), T("_x0041_ \"a\\b\"\n"), T("420500"), T("三级"), T("all"), T(""), T(""), T(""), T(""),
};
static const zp_column day_columns[] = {
	{ "issued", ZP_CELLS_DATE, "日期", "Day" }, { "code", ZP_CELLS_TEXT, NULL, NULL }, { "odd", ZP_CELLS_NUMBER, NULL, NULL }, { "marks", ZP_CELLS_WORD, NULL, NULL },
};
static const zp_sheet_cell day_cells[] = {
	T("2027-01-10"), T("007"), N("0.10", 0.1), T("national city"),
	T("2027-02-30x"), T("1E5"), N("007", 7), T(""),
};
static const zp_meaning meanings[] = { { "share", "return", "回报率", "Return" }, { NULL, "national", "国家级", "national" }, { NULL, "city", "市级", "city" }, { NULL, "all", "全部", "all" } };
static const zp_fact facts[] = { { "实验室", "Laboratories", "186", "" }, { "专业", "Programmes", "2", "甲、<乙>" } };
static const zp_sheet sheets[] = {
	{ .name = "standings", .title = "地区[1]:*", .title_en = "Regions", .columns = standing_columns, .n_columns = 10, .cells = standing_cells, .n_rows = 3, .published = true },
	{ .name = "centre/standings", .title = "地区[1]:*", .title_en = "Regions, all", .columns = standing_columns, .n_columns = 10, .cells = standing_cells, .n_rows = 3 },
	{ .name = "ranking", .title = "History", .columns = rank_columns, .n_columns = 9, .cells = rank_cells, .n_rows = 3, .note = "名次 <i>" },
	{ .name = "something", .columns = day_columns, .n_columns = 4, .cells = day_cells, .n_rows = 2 },
	{ .name = "empty", .columns = day_columns, .n_columns = 4, .cells = day_cells, .n_rows = 0 },
};
#define BOOK { .title = "2026年度 & <室间>", .title_en = "The year 2026", .issued = "2027-01-10", .words = meanings, .n_words = 4, .facts = facts, .n_facts = 2 }

static zp_sheets whole(void)
{
	zp_sheets book = BOOK;
	book.sheets = sheets;
	book.n = 5;
	return book;
}

/* ---- all of them ---- */

ParameterizedTest(const size_t *i, books, the_same_tables_are_the_same_bytes)
{
	const zp_sheets book = whole();
	tray *a = emitted(emitters[*i], &book), *b = emitted(emitters[*i], &book);
	cr_assert(a->n && a->n == b->n);
	for (size_t k = 0; k < a->n; k++)
		cr_expect(strcmp(a->files[k].name, b->files[k].name) == 0 && a->files[k].n == b->files[k].n &&
			  memcmp(a->files[k].bytes, b->files[k].bytes, a->files[k].n) == 0, "%s differs", a->files[k].name);
}

ParameterizedTest(const size_t *i, books, a_full_disk_is_told)
{
	const zp_sheets book = whole();
	const size_t all = emitted(emitters[*i], &book)->n;
	for (size_t most = 0; most < all; most++) {
		tray t = tray_open(most);
		zp_error err = { 0 };
		cr_expect(!emit(emitters[*i], &book, &t, &err) && err.code == ZP_IO);
	}
}

ParameterizedTest(const size_t *i, books, a_book_without_tables_is_a_book)
{
	const zp_sheets book = BOOK;
	cr_expect(emitted(emitters[*i], &book)->n > 0);
}

/* ---- workbooks of a round ---- */

/* The awkward names again and again, one row at a time. */
static void lend_row(const zp_sheet *of, size_t i, zp_sheet_cell *out)
{
	(void)of;
	memcpy(out, rank_cells + i % 3 * 9, 9 * sizeof *out);
}

Test(books, rows_made_one_by_one_are_the_bytes_of_rows_at_hand)
{
	zp_sheets book = whole();
	zp_sheet one = sheets[2], other = sheets[2];
	book.sheets = &one, book.n = 1;
	tray *at_hand = emitted(&zp_plugin_workbook_xlsx, &book);
	other.cells = NULL, other.row = lend_row;
	book.sheets = &other;
	tray *made = emitted(&zp_plugin_workbook_xlsx, &book);
	cr_assert(at_hand->n == 1 && made->n == 1 && at_hand->files[0].n == made->files[0].n);
	cr_expect(memcmp(at_hand->files[0].bytes, made->files[0].bytes, made->files[0].n) == 0);
}

Test(books, memory_does_not_grow_with_rows_that_are_made_one_by_one)
{
	size_t taken[2];
	for (size_t k = 0; k < 2; k++) {
		zp_sheets book = whole();
		zp_sheet sheet = sheets[2];
		sheet.cells = NULL, sheet.row = lend_row, sheet.n_rows = k ? 60000 : 3000;
		book.sheets = &sheet, book.n = 1;
		tray *t = emitted(&zp_plugin_workbook_xlsx, &book);
		taken[k] = zp_arena_size(t->arena) - t->files[0].n;
	}
	cr_expect(taken[1] < taken[0] + (6u << 20), "%zu bytes, and %zu with 20 times the rows", taken[0], taken[1]); /* the file itself lies there once more */
}

Test(books, a_round_without_tables_has_no_workbook_and_one_with_them_has_that_of_the_tables)
{
	const zp_sheets book = whole();
	zp_summary s = { .round = "r", .tables = NULL };
	tray t = tray_open(TRAY_FILES);
	zp_lend lend;
	zp_error err = { 0 };
	const zp_outbox out = { &t, tray_keep };
	const zp_plugin *p = &zp_plugin_workbook_xlsx;
	cr_expect(p->does.emitter->round(zp_lend_to(&lend, t.arena, p, NULL), NULL, &s, &out, &err) && t.n == 0);
	s.tables = &book;
	cr_assert(p->does.emitter->round(zp_lend_to(&lend, t.arena, p, NULL), NULL, &s, &out, &err) && t.n == 1);
	tray *same = emitted(p, &book);
	cr_expect(same->files[0].n == t.files[0].n && memcmp(same->files[0].bytes, t.files[0].bytes, t.files[0].n) == 0);
}

/* ---- JSON ---- */

Test(books, json_has_every_cell_as_the_csv_has_it)
{
	const zp_sheets book = whole();
	tray *t = emitted(&zp_plugin_book_json, &book);
	const char *text = text_of(t, "tables.json");
	json_t *all = json_loads(text, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, NULL);
	cr_assert(all);
	json_t *tables = json_object_get(all, "tables");
	cr_expect(json_integer_value(json_object_get(all, "format")) == 1 && json_array_size(tables) == 5);
	json_t *rank = json_object_get(json_array_get(tables, 2), "rows"), *row = json_array_get(rank, 0);
	cr_expect_str_eq(json_string_value(json_array_get(row, 1)), "=SUM(1)");
	cr_expect(json_integer_value(json_array_get(row, 5)) == 7);
	cr_expect(json_is_null(json_array_get(json_array_get(rank, 2), 5)));
	cr_expect_str_eq(json_string_value(json_array_get(json_array_get(rank, 2), 1)), "_x0041_ \"a\\b\"\n");
	cr_expect(strstr(text, "186, 190, 97.9, 1.2"), "numbers are not digit for digit");
	cr_expect(strstr(text, "\"007\", 0.10,"), "a code is no number, and a number keeps its last 0");
	cr_expect(strstr(text, "\"1E5\", \"007\""), "what is no number of JSON stays a text");
	cr_expect(json_is_true(json_object_get(json_array_get(tables, 0), "published")) && json_is_false(json_object_get(json_array_get(tables, 1), "published")));
	cr_expect(json_array_size(json_object_get(json_array_get(tables, 4), "rows")) == 0);
	json_decref(all);
}

/* ---- pages ---- */

Test(books, pages_ask_for_nothing_from_elsewhere)
{
	const zp_sheets book = whole();
	tray *t = emitted(&zp_plugin_pages_html, &book);
	for (size_t i = 0; i < t->n; i++) {
		const char *text = t->files[i].bytes;
		cr_expect(!strstr(text, "://") && !strstr(text, "src=") && !strstr(text, "url(") && !strstr(text, "@import") && !strstr(text, "<script") &&
			  !strstr(text, " style=") && !strstr(text, "javascript:"), "%s", t->files[i].name);
		if (strstr(t->files[i].name, ".html"))
			cr_expect(strstr(text, "default-src 'none'; style-src 'self'") && strstr(text, "<html lang=\"zh-CN\">") && strstr(text, "href=\"#main\""));
	}
}

Test(books, pages_escape_what_is_told)
{
	const zp_sheets book = whole();
	tray *t = emitted(&zp_plugin_pages_html, &book);
	cr_expect(strstr(text_of(t, "centre/ranking.html"), "&lt;script&gt;alert(1)&lt;/script&gt;"));
	cr_expect(strstr(text_of(t, "public/index.html"), "&lt;b&gt;甲&amp;乙市&lt;/b&gt;"));
	cr_expect(strstr(text_of(t, "centre/index.html"), "甲、&lt;乙&gt;"));
}

Test(books, a_rank_without_its_range_is_on_no_page)
{
	const zp_sheets book = whole();
	tray *t = emitted(&zp_plugin_pages_html, &book);
	const char *page = text_of(t, "centre/ranking.html");
	cr_expect(strstr(page, "<b>7</b> （2–41） <small>/ 50</small>"));
	cr_expect(!strstr(page, "23456"), "a rank stands there without its range");
}

Test(books, pages_for_publication_hold_nothing_of_the_centre)
{
	const zp_sheets book = whole();
	tray *t = emitted(&zp_plugin_pages_html, &book);
	const char *page = text_of(t, "public/index.html");
	cr_expect(!strstr(page, "L0001") && !strstr(page, "Regions, all") && !strstr(page, "007"));
	cr_expect(strstr(page, "隐去") && strstr(page, "<b>97.9</b>") && strstr(page, "186 / 190"));
	cr_expect(strstr(text_of(t, "centre/index.html"), "仅供组织者内部使用"));
}

Test(books, a_table_that_is_missing_leaves_its_page_out)
{
	zp_sheets book = whole();
	book.n = 1;
	tray *t = emitted(&zp_plugin_pages_html, &book);
	cr_expect(!tray_find(t, "centre/ranking.html") && !tray_find(t, "centre/others.html") && !strstr(text_of(t, "centre/index.html"), "ranking.html"));
	book.sheets = &sheets[3];
	t = emitted(&zp_plugin_pages_html, &book);
	cr_expect(!tray_find(t, "public/index.html"), "nothing is for publication");
	cr_expect(strstr(text_of(t, "centre/others.html"), "国家级 <span"), "of several words each is told");
}

static const zp_column title_columns[] = {
	{ "award", ZP_CELLS_TEXT, NULL, NULL }, { "code", ZP_CELLS_TEXT, NULL, NULL }, { "name", ZP_CELLS_TEXT, NULL, NULL }, { "class", ZP_CELLS_TEXT, NULL, NULL },
	{ "state", ZP_CELLS_WORD, NULL, NULL }, { "rank", ZP_CELLS_WHOLE, NULL, NULL }, { "of", ZP_CELLS_WHOLE, NULL, NULL },
	{ "points", ZP_CELLS_NUMBER, NULL, NULL }, { "decision", ZP_CELLS_WORD, NULL, NULL }, { "against", ZP_CELLS_WORD, NULL, NULL },
};
static const zp_sheet_cell title_cells[] = {
	T("excellent"), T("L0001"), T("示例医院一"), T("三级"), T("proposed"), N("1", 1), N("2", 2), N("98.5", 98.5), T("refused"), T("yes"),
	T("excellent"), T("L0002"), T("示例医院二"), T("二级"), T("entrant"), T(""), T(""), N("70.0", 70), T(""), T(""),
};
static const zp_column condition_columns[] = {
	{ "award", ZP_CELLS_TEXT, NULL, NULL }, { "code", ZP_CELLS_TEXT, NULL, NULL }, { "condition", ZP_CELLS_TEXT, NULL, NULL },
	{ "answer", ZP_CELLS_WORD, NULL, NULL }, { "points", ZP_CELLS_NUMBER, NULL, NULL }, { "words", ZP_CELLS_TEXT, NULL, NULL }, { "words_en", ZP_CELLS_TEXT, NULL, NULL },
};
static const zp_sheet_cell condition_cells[] = {
	T("excellent"), T("L0001"), T("a"), T("met"), T(""), T("年度内没有不成功项目"), T("no unsuccessful measurand"),
	T("excellent"), T("L0001"), T("b"), T("known"), N("40.0", 40), T("合格率得分"), T("points for the pass rate"),
	T("excellent"), T("L0002"), T("a"), T("unmet"), T(""), T("年度内有 <2> 个不成功项目"), T("unsuccessful measurands"),
	T("excellent"), T("L0002"), T("b"), T("unknown"), T(""), T("没有合格率"), T("no pass rate"),
};

Test(books, a_title_stands_with_its_conditions_met_and_unmet)
{
	const zp_sheet both[] = {
		{ .name = "titles", .columns = title_columns, .n_columns = 10, .cells = title_cells, .n_rows = 2 },
		{ .name = "title-conditions", .columns = condition_columns, .n_columns = 7, .cells = condition_cells, .n_rows = 4 },
	};
	zp_sheets book = BOOK;
	book.sheets = both;
	book.n = 2;
	const char *page = text_of(emitted(&zp_plugin_pages_html, &book), "centre/titles.html");
	cr_expect(strstr(page, "✓ 2 · ✗ 0 · ? 0") && strstr(page, "✓ 0 · ✗ 1 · ? 1"));
	cr_expect(strstr(page, "<li class=\"unmet\">") && strstr(page, "年度内有 &lt;2&gt; 个不成功项目"));
	cr_expect(strstr(page, "1 <small>/ 2</small>") && strstr(page, "与建议不一致"));
	const char *second = strstr(page, "L0002");
	cr_expect(second && strstr(second, "没有合格率") && !strstr(second, "没有不成功项目"), "conditions stand with another entrant");
	book.n = 1;
	cr_expect(strstr(text_of(emitted(&zp_plugin_pages_html, &book), "centre/titles.html"), "示例医院二"), "without conditions there are titles all the same");
}

/* ---- the workbook ---- */

/* A part of it. */
static char *part(tray *t, const char *name)
{
	tray_file *f = tray_find(t, "workbook.xlsx");
	zip_error_t zip_err;
	zip_source_t *source = zip_source_buffer_create(f->bytes, f->n, 0, &zip_err);
	zip_t *zip = zip_open_from_source(source, ZIP_RDONLY, &zip_err);
	zip_stat_t about;
	cr_assert(zip && zip_stat(zip, name, 0, &about) == 0, "%s", name);
	char *out = zp_arena_take(t->arena, about.size + 1);
	zip_file_t *in = zip_fopen(zip, name, 0);
	cr_assert(zip_fread(in, out, about.size) == (zip_int64_t)about.size);
	zip_fclose(in);
	zip_discard(zip);
	return out;
}

Test(books, a_text_of_the_workbook_is_no_formula)
{
	const zp_sheets book = whole();
	tray *t = emitted(&zp_plugin_workbook_xlsx, &book);
	const char *rank = part(t, "xl/worksheets/sheet4.xml");
	cr_expect(strstr(rank, "<t>=SUM(1)</t>") && !strstr(rank, "<f"));
	cr_expect(strstr(rank, "_x005F_x0041_"), "what looks like an escape is read back as it is");
}

Test(books, a_number_of_the_workbook_is_a_number_and_a_hidden_one_says_so)
{
	const zp_sheets book = whole();
	tray *t = emitted(&zp_plugin_workbook_xlsx, &book);
	const char *sheet = part(t, "xl/worksheets/sheet2.xml");
	cr_expect(strstr(sheet, "<v>97.9") && strstr(sheet, "<v>-0.3"));
	cr_expect(strstr(sheet, "隐去") && strstr(sheet, "<autoFilter ref=\"A1:J4\"/>") && strstr(sheet, "state=\"frozen\""));
	cr_expect(strstr(sheet, "回报率 return"), "a word is told in Chinese, and as the CSV has it");
	const char *days = part(t, "xl/worksheets/sheet5.xml");
	cr_expect(strstr(days, "<v>46397</v>"), "2027-01-10 is day 46397 of Excel's count");
	cr_expect(strstr(days, "<t>2027-02-30x</t>") && strstr(days, "<t>007</t>") && strstr(days, "<t>1E5</t>"));
}

Test(books, sheets_have_names_that_a_workbook_takes)
{
	const zp_sheets book = whole();
	tray *t = emitted(&zp_plugin_workbook_xlsx, &book);
	const char *names = part(t, "xl/workbook.xml");
	cr_expect(strstr(names, "name=\"说明 about\"") && strstr(names, "name=\"地区-1---\"") && strstr(names, "name=\"地区-1--- 2\"") && strstr(names, "name=\"History 2\""));
}

Test(books, a_text_that_no_workbook_holds_is_told)
{
	static const zp_sheet_cell bad[] = { T("2027-01-10"), T("A\xC3("), N("1", 1), T("") };
	const zp_sheet one = { .name = "bad", .columns = day_columns, .n_columns = 4, .cells = bad, .n_rows = 1 };
	zp_sheets book = BOOK;
	book.sheets = &one;
	book.n = 1;
	tray t = tray_open(TRAY_FILES);
	zp_error err = { 0 };
	cr_expect(!emit(&zp_plugin_workbook_xlsx, &book, &t, &err) && err.code == ZP_BAD_INPUT && strstr(err.text, "no character that a workbook may have"));
}
