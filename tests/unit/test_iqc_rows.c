/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of internal quality control: whose they are, when they were, which of two counts; cells, sheets and files; peers and means that
 * lack something. */
#include "iqc_sent.h"
#include <math.h>
#include "base/csv.h"
#include "press/table.h"
#include "year/iqc_read.h"
#include "year/year.h"

TestSuite(iqc_rows, .init = enter, .fini = scratch_leave);

static const zp_iqc *good(const char *text)
{
	const zp_iqc *iqc = take_text(text, NULL);
	scratch_quiet(input);
	cr_assert_not_null(iqc);
	return iqc;
}

/* ---- whose and what ---- */

Test(iqc_rows, an_item_is_found_by_its_code_before_any_name)
{
	static const zp_year_item items[] = { { "serum", "GLU", "葡萄糖", "" }, { "serum", "HbA1c", "HbA1c", "HbA1c" }, { "serum", "BLOOD", "GLU", "sugar" }, { "serum", "ALB", "清蛋白", "" } };
	chronicle->items = items;
	chronicle->n_items = 4;
	const zp_iqc *iqc = good(HEADER "L0101,2026-03,serum,GLU,1,A1,20,5.10,0.08,,,\nL0102,2026-03,serum,sugar,1,A1,20,5.10,0.08,,,\n"
				 "L0103,2026-03,,HbA1c,1,A1,20,5.10,0.08,,,\nL0104,2026-03,,清蛋白,1,A1,20,40,1,,,\n");
	static const uint32_t item[] = { 0, 2, 1, 3 }; /* the code of one that is the name of another; a name in English; the same in both; none in English */
	for (size_t i = 0; i < 4; i++)
		cr_expect_eq(iqc->rows[i].item, item[i], "%zu", i);
}

Test(iqc_rows, a_row_without_unit_has_that_of_the_programmes_unless_they_differ)
{
	static const zp_annal_measurand says[] = { { "GLU", "葡萄糖", "", "mmol/L", "serum", "GLU", 80 }, { "K", "钾", "", "mmol/L", "serum", "K", 80 }, { "K", "钾", "", "mg/dL", "serum", "K", 80 } };
	static const zp_year_measurand glucose[] = { { &says[0], 0, true, true } }, first[] = { { &says[0], 0, true, true }, { &says[1], 1, true, true } }, second[] = { { &says[2], 1, true, true } };
	static const zp_year_programme programmes[] = { { .measurands = glucose, .n_measurands = 1 }, { .measurands = first, .n_measurands = 2 }, { .measurands = second, .n_measurands = 1 },
		{ .measurands = first, .n_measurands = 2 } };
	chronicle->programmes = programmes;
	chronicle->n_programmes = 4;
	const zp_iqc *iqc = good("lab,month,specimen,item,level,lot,n,mean,unit\nL0101,2026-03,serum,GLU,1,A1,20,5.10,\nL0101,2026-03,serum,K,1,A1,20,4.10,\n"
				 "L0102,2026-03,serum,GLU,1,A1,20,92,mg/dL\n");
	cr_expect_str_eq(iqc->rows[0].unit, "mmol/L");
	cr_expect_str_eq(iqc->rows[1].unit, "");
	cr_expect_str_eq(iqc->rows[2].unit, "mg/dL");
}

Test(iqc_rows, a_unit_that_two_programmes_type_differently_is_one)
{
	static const zp_annal_measurand says[] = { { "GLU", "葡萄糖", "", "mmol / L", "serum", "GLU", 80 }, { "GLU", "葡萄糖", "", "mmol/L", "serum", "GLU", 80 } };
	static const zp_year_measurand first[] = { { &says[0], 0, true, true } }, second[] = { { &says[1], 0, true, true } };
	static const zp_year_programme programmes[] = { { .measurands = first, .n_measurands = 1 }, { .measurands = second, .n_measurands = 1 } };
	chronicle->programmes = programmes;
	chronicle->n_programmes = 2;
	cr_expect_str_eq(good("lab,month,specimen,item,level,lot,n,mean,unit\nL0101,2026-03,serum,GLU,1,A1,20,5.10,\n")->rows[0].unit, "mmol / L");
}

Test(iqc_rows, a_month_that_two_parts_inherit_is_of_neither)
{
	scratch_write("identity.csv", "from,to,since,kind\nL0090,L0101,2026-07-01,split\nL0090,L0102,2026-07-01,split\nL0103,L0104,2026-02-01,split\nL0103,L0103,2026-02-01,split\n");
	settings.identity_split = ZP_SPLIT_INHERIT;
	chronicle->identity = zp_identity_read(arena, scratch_path("identity.csv"), "identity.csv", &settings, 2026, input);
	good(HEADER "L0101,2026-08,serum,K,1,A1,20,4.10,0.05,,,\n");
	cr_expect_null(take_text(HEADER "L0090,2026-06,serum,K,1,A1,20,4.10,0.05,,,\n", NULL));
	scratch_says(input, scratch_path("iqc.csv"), 2, "laboratory \"L0090\" is on no register");
	settings.identity_split = ZP_SPLIT_FRESH;
	input = zp_problems_take(arena);
	chronicle->identity = zp_identity_read(arena, scratch_path("identity.csv"), "identity.csv", &settings, 2026, input);
	cr_expect_eq(good(HEADER "L0103,2026-02,serum,K,1,A1,20,4.10,0.05,,,\n")->rows[0].lab, 2);
	cr_expect_null(take_text(HEADER "L0103,2026-01,serum,K,1,A1,20,4.10,0.05,,,\n", NULL)); /* before it was divided it was another */
	scratch_says(input, scratch_path("iqc.csv"), 2, "laboratory \"L0103\" is on no register");
}

Test(iqc_rows, february_is_over_on_its_last_day)
{
	static const struct { int year; const char *before, *on; } leap[] = { { 2026, "02-27", "02-28" }, { 2028, "02-28", "02-29" }, { 2100, "02-27", "02-28" }, { 2000, "02-28", "02-29" } };
	for (size_t i = 0; i < sizeof leap / sizeof *leap; i++) {
		const char *text = zp_arena_print(arena, HEADER "L0101,%d-02,serum,K,1,A1,20,4.10,0.05,,,\n", leap[i].year);
		chronicle->year = leap[i].year;
		input = zp_problems_take(arena);
		scratch_write("iqc.csv", text);
		cr_expect_null(take_from(scratch_path("iqc.csv"), NULL, zp_arena_print(arena, "%d-%s", leap[i].year, leap[i].before)), "%d", leap[i].year);
		scratch_says(input, scratch_path("iqc.csv"), 2, "is not over on the date of issue");
		input = zp_problems_take(arena);
		cr_expect_not_null(take_from(scratch_path("iqc.csv"), NULL, zp_arena_print(arena, "%d-%s", leap[i].year, leap[i].on)), "%d", leap[i].year);
	}
}

/* ---- one of two ---- */

Test(iqc_rows, whichever_figure_differs_nobody_knows_which_row_holds)
{
	const char *header = "lab,month,specimen,item,level,lot,n,mean,sd,cv,mean_in_use,in_control,lot_since\nL0101,2026-03,serum,K,1,A1,";
	static const char *const figures[] = { "20,4.10,0.05,1.2,4.12,yes,2026-01", "21,4.10,0.05,1.2,4.12,yes,2026-01", "20,4.11,0.05,1.2,4.12,yes,2026-01",
		"20,4.10,0.051,1.2,4.12,yes,2026-01", "20,4.10,,1.2,4.12,yes,2026-01", "20,4.10,0.05,1.3,4.12,yes,2026-01", "20,4.10,0.05,,4.12,yes,2026-01",
		"20,4.10,0.05,1.2,4.13,yes,2026-01", "20,4.10,0.05,1.2,,yes,2026-01", "20,4.10,0.05,1.2,4.12,no,2026-01", "20,4.10,0.05,1.2,4.12,,2026-01",
		"20,4.10,0.05,1.2,4.12,yes,2026-02", "20,4.10,0.05,1.2,4.12,yes," };
	for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
		for (size_t k = 0; k < sizeof figures / sizeof *figures; k++) {
			input = zp_problems_take(arena);
			const zp_iqc *iqc = take_text(zp_arena_print(arena, "%s%s\n%s%s\n", header, figures[i], strchr(header, '\n') + 1, figures[k]), NULL);
			cr_expect_eq(iqc != NULL, i == k, "%s and %s", figures[i], figures[k]);
			if (i != k)
				scratch_says(input, scratch_path("iqc.csv"), 3, "line 2 has this laboratory, item, month, level and lot with other figures");
		}
}

static void put_row(zp_iqc_table *table, long line, const char *text, const char *const *unfit)
{
	zp_text cells[20], why[20] = { { NULL, 0 } };
	size_t n = 0;
	for (const char *p = text, *end; p; p = *end ? end + 1 : NULL) {
		end = p + strcspn(p, ",");
		why[n] = unfit && unfit[n] ? zp_text_of(unfit[n]) : (zp_text){ NULL, 0 };
		cells[n++] = (zp_text){ p, (size_t)(end - p) };
	}
	zp_iqc_table_row(table, line, cells, unfit ? why : NULL, n);
}

Test(iqc_rows, of_two_sheets_the_first_by_name_is_the_one_that_the_other_contradicts)
{
	zp_iqc_lines *lines = zp_iqc_lines_take(arena, NULL);
	static const char *const sheets[] = { "乙", "甲" }, *const means[] = { "4.10", "4.20" };
	for (size_t i = 0; i < 2; i++) {
		zp_iqc_table table = { .lines = lines, .problems = input, .file = "a.xlsx", .sheet = sheets[i] };
		put_row(&table, 1, "lab,month,item,level,lot,n,mean", NULL);
		put_row(&table, 2, zp_arena_print(arena, "L0101,2026-03,K,1,A1,20,%s", means[i]), NULL);
		zp_iqc_table_end(&table);
	}
	scratch_quiet(input);
	cr_expect_null(zp_iqc_take(arena, chronicle, &settings, lines, NULL, "2027-01-20", input));
	cr_assert_eq(zp_problems_count(input), 1);
	cr_expect_str_eq(zp_problem_at(input, 0)->sheet, "甲"); /* its bytes come later */
}

/* ---- cells ---- */

Test(iqc_rows, a_cell_that_may_not_be_used_is_told_where_it_would_be_read)
{
	static const char *const in_mean[] = { NULL, NULL, NULL, NULL, NULL, NULL, "the cell is a formula without its value", NULL }, *const in_note[] = { NULL, NULL, NULL, NULL, NULL, NULL, NULL, "the cell is an error" };
	zp_iqc_lines *lines = zp_iqc_lines_take(arena, NULL);
	zp_iqc_table table = { .lines = lines, .problems = input, .file = "a.xlsx", .sheet = "甲" };
	put_row(&table, 1, "lab,month,item,level,lot,n,mean,note", NULL);
	put_row(&table, 2, "L0101,2026-03,K,1,A1,20,4.10,x", in_note);
	put_row(&table, 3, "L0102,2026-03,K,1,A1,20,4.10", in_note); /* rows of a workbook end with their last cell */
	scratch_quiet(input);
	cr_expect_eq(zp_iqc_take(arena, chronicle, &settings, lines, NULL, "2027-01-20", input)->n, 2);
	put_row(&table, 4, "L0103,2026-03,K,1,A1,20,4.10,x", in_mean);
	cr_assert_eq(zp_problems_count(input), 1);
	cr_expect_str_eq(zp_problem_at(input, 0)->text, "the cell is a formula without its value");
	cr_expect_eq(zp_problem_at(input, 0)->line, 4);
}

Test(iqc_rows, blank_cells_after_the_header_ends_say_nothing)
{
	cr_expect_eq(good("lab,month,item,level,lot,n,mean\nL0101,2026-03,K,1,A1,20,4.10,, ,\n")->n, 1);
}

Test(iqc_rows, a_cv_of_one_value_is_refused_as_an_sd_is)
{
	cr_expect_null(take_text(HEADER "L0101,2026-03,serum,K,1,A1,1,4.10,,1.2,,\n", NULL));
	scratch_says(input, scratch_path("iqc.csv"), 2, "there is one value, and an SD or CV");
	input = zp_problems_take(arena);
	good(HEADER "L0101,2026-03,serum,K,1,A1,1,4.10,,,,\n");
}

/* 0.00 may be 0.004, and a mean of 0.0 anything up to 0.05: nothing contradicts. Figures that are too long to be rounded are not compared. */
Test(iqc_rows, figures_that_may_be_nothing_or_are_too_long_contradict_nothing)
{
	static const char *const rows[] = { "0.1,0.00,0.1", "0.1,0.00,0", "1,0.01,0.4", "0.000000000001,0.1,5", "123456789012.345678,1,999", "5.10,123456789012.345678,1", "5.10,0.08,123456789012.345678",
		"1e70,1,1", "1,1e70,1", "1,1,1e-70", "1,1e-70,1" };
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		input = zp_problems_take(arena);
		take_text(zp_arena_print(arena, HEADER "L0101,2026-03,serum,K,1,A1,20,%s,,\n", rows[i]), NULL);
		cr_expect_eq(zp_problems_count(input), i == 3, "%s", rows[i]);
	}
}

Test(iqc_rows, an_sd_judges_rows_without_a_unit_and_none_without_an_sd)
{
	const zp_iqc_limits *limits = limits_of(LIMITS("<limit item=\"K\" name=\"钾\" sd=\"0.05\" unit=\"mmol/L\"/>"));
	scratch_quiet(rules);
	const zp_iqc *iqc = take_text("lab,month,specimen,item,level,lot,n,mean,sd,cv,unit\nL0101,2026-03,serum,K,1,A1,20,4.0,0.06,,\n"
				      "L0102,2026-03,serum,K,1,A1,20,4.0,0.05,,\nL0103,2026-03,serum,K,1,A1,20,4.0,,1,mmol/L\n", limits);
	scratch_quiet(input);
	static const zp_iqc_control control[] = { ZP_IQC_OUT, ZP_IQC_IN, ZP_IQC_UNKNOWN };
	for (size_t i = 0; i < 3; i++)
		cr_expect_eq(zp_iqc_in_control(&iqc->rows[i], limits, &settings), control[i], "%zu", i);
}

/* ---- files ---- */

Test(iqc_rows, where_nothing_was_sent_there_are_no_rows)
{
	size_t n = 1;
	const zp_iqc *iqc = zp_iqc_take(arena, chronicle, &settings, NULL, NULL, "2027-01-20", input);
	cr_assert_not_null(iqc);
	cr_expect_eq(iqc->n + iqc->n_groups + iqc->n_doubts, 0);
	cr_expect_null(zp_iqc_inputs(NULL, &n));
	cr_expect_eq(n, 0);
}

Test(iqc_rows, what_could_not_be_read_is_not_taken_though_it_was_told_before)
{
	zp_iqc_lines *lines = zp_iqc_lines_take(arena, NULL);
	cr_expect_not(zp_iqc_read(lines, scratch_path("nowhere.csv"), input));
	scratch_says(input, scratch_path("nowhere.csv"), 0, "the file does not exist");
	zp_problems *later = zp_problems_take(arena);
	cr_expect_null(zp_iqc_take(arena, chronicle, &settings, lines, NULL, "2027-01-20", later));
	cr_expect_eq(zp_problems_count(later), 0);
}

Test(iqc_rows, names_too_short_for_an_ending_are_no_tables)
{
	cr_assert_eq(mkdir(scratch_path("iqc"), 0700), 0);
	scratch_write("iqc/a", HEADER);
	scratch_write("iqc/.csv", HEADER);
	cr_expect_not(zp_iqc_read(zp_iqc_lines_take(arena, NULL), scratch_path("iqc"), input));
	scratch_says(input, scratch_path("iqc"), 0, "the folder has 0 files that end in .csv or .xlsx");
}

#define COLUMNS "lab\0month\0item\0level\0lot\0n\0mean\0"

static void put_cell(const zp_sink *sink, const char *sheet, long line, size_t column, const char *text)
{
	zp_raw raw = { .line = line, .sheet = zp_text_of(sheet) };
	raw.field[ZP_FIELD_VALUE] = zp_text_of(text);
	raw.column[ZP_FIELD_VALUE] = (uint16_t)column;
	sink->put(sink->self, &raw);
}

static void put_sheet(const zp_sink *sink, const char *sheet, const char *lab)
{
	const char *name = COLUMNS;
	for (size_t i = 1; *name; name += strlen(name) + 1)
		put_cell(sink, sheet, 1, i++, name);
	static const char *const row[] = { "2026-03", "K", "1", "A1", "20", "4.10" };
	for (size_t i = 6; i-- > 0;) /* from the last cell to the first */
		put_cell(sink, sheet, 2, i + 2, row[i]);
	put_cell(sink, sheet, 2, 1, lab);
}

static void two_sheets(const zp_host *host, const zp_source *source, const zp_sink *sink)
{
	(void)host, (void)source;
	put_sheet(sink, "甲", "L0101");
	put_sheet(sink, "乙", "L0102");
	put_cell(sink, "乙", 2, 0, "nowhere");
	put_cell(sink, "乙", 2, ZP_CSV_COLUMNS + 1, "far away");
}

static void end_at_once(const zp_host *host, const zp_source *source, const zp_sink *sink)
{
	put_sheet(sink, "甲", "L0101");
	(void)host, (void)source;
	_exit(3);
}

static void refuse_all(const zp_host *host, const zp_source *source, const zp_sink *sink)
{
	(void)host, (void)source;
	sink->refuse(sink->self, (zp_text){ NULL, 0 }, 0, 0, "this is no workbook");
}

static zp_iqc_lines *read_by(void (*cells)(const zp_host *, const zp_source *, const zp_sink *), bool *said)
{
	zp_importer *books = zp_take(arena, zp_importer, 1);
	*books = (zp_importer){ .ending = "xlsx", .whole_most = 1 << 20, .cells = cells };
	zp_iqc_lines *lines = zp_iqc_lines_take(arena, books);
	scratch_write("a.xlsx", "anything");
	*said = zp_iqc_read(lines, scratch_path("a.xlsx"), input);
	return lines;
}

Test(iqc_rows, every_sheet_of_a_workbook_has_its_own_header)
{
	bool fine;
	const zp_iqc_lines *lines = read_by(two_sheets, &fine);
	scratch_quiet(input);
	cr_assert(fine);
	const zp_iqc *iqc = zp_iqc_take(arena, chronicle, &settings, lines, NULL, "2027-01-20", input);
	cr_assert_eq(iqc->n, 2);
	cr_expect_str_eq(iqc->rows[0].sheet, "甲");
	cr_expect_str_eq(iqc->rows[1].sheet, "乙");
	cr_expect_eq(iqc->rows[1].lab, 1);
}

Test(iqc_rows, a_workbook_that_nobody_can_read_is_told_once)
{
	bool fine;
	read_by(end_at_once, &fine);
	cr_expect_not(fine);
	cr_expect_eq(zp_problems_count(input), 1);
	read_by(refuse_all, &fine);
	cr_expect_not(fine);
	cr_assert_eq(zp_problems_count(input), 2);
	cr_expect_str_eq(zp_problem_at(input, 1)->text, "this is no workbook");
	const zp_importer books = { .ending = "xlsx", .whole_most = 1 << 20, .cells = two_sheets };
	cr_expect_not(zp_iqc_read(zp_iqc_lines_take(arena, &books), scratch_path("b.xlsx"), input));
	scratch_says(input, scratch_path("b.xlsx"), 0, "the file does not exist");
	read_by(NULL, &fine);
	cr_assert_eq(zp_problems_count(input), 4);
	scratch_says(input, scratch_path("a.xlsx"), 0, "no reader of workbooks is at hand");
	cr_expect_not(zp_iqc_read(zp_iqc_lines_take(arena, NULL), scratch_path("a.xlsx"), input));
	cr_expect_eq(zp_problems_count(input), 5);
}

/* ---- peers that lack something ---- */

/* Five laboratories with one mean each, 4.0 to 4.4, and their SD as it is told, of 11 values. */
static const zp_iqc *five(const char *const sd[5], const char *const cv[5])
{
	const char *text = HEADER;
	for (size_t i = 0; i < 5; i++)
		text = zp_arena_print(arena, "%sL%04zu,2026-03,serum,K,1,A1,11,4.%zu,%s,%s,,\n", text, 101 + i, i, sd[i], cv[i]);
	return good(text);
}

static const char *const nothing[] = { "", "", "", "", "" };

Test(iqc_rows, without_an_sd_there_are_no_single_values_to_compare_with)
{
	settings.iqc_all_values = 1;
	const zp_iqc *iqc = five(nothing, nothing);
	cr_assert_eq(iqc->n_groups, 1);
	cr_expect(isnan(iqc->groups[0].mean) && isnan(iqc->groups[0].sd) && isnan(iqc->groups[0].cv));
	cr_expect_not(iqc->places[0].has_sdi || iqc->places[0].has_cvr);
}

/* Of L0101 and L0102 alone: mean (4.0 + 4.1) / 2; squares 10 (0.1² + 0.041²) within, for the CV of 1 % of 4.1 is 0.041, and 2 · 11 · 0.05²
 * between; 21 degrees. */
Test(iqc_rows, single_values_are_those_of_rows_with_a_spread)
{
	static const char *const sd[] = { "0.1", "", "", "", "" }, *const cv[] = { "", "1", "", "", "" };
	settings.iqc_all_values = 1;
	const zp_iqc *iqc = five(sd, cv);
	cr_expect_float_eq(iqc->groups[0].mean, 4.05, 1e-12);
	cr_expect_float_eq(iqc->groups[0].sd, sqrt((10 * (0.01 + 0.041 * 0.041) + 22 * 0.0025) / 21), 1e-12);
	cr_expect_eq(iqc->groups[0].n_cv, 2);
	cr_expect(isnan(iqc->groups[0].cv)); /* two are too few to be shown */
}

Test(iqc_rows, a_pooled_cv_rests_on_rows_that_have_one)
{
	const char *text = HEADER;
	settings.iqc_ratio = ZP_IQC_TO_POOLED;
	for (size_t i = 0; i < 5; i++)
		text = zp_arena_print(arena, "%sL%04zu,2026-03,serum,K,1,A1,%zu,4.%zu,,%zu,,\n", text, 101 + i, 11 + 10 * i, i, i + 1);
	text = zp_arena_print(arena, "%sL0106,2026-03,serum,K,1,A1,1,4.2,,,,\nL0107,2026-03,serum,K,1,A1,30,4.2,,,,\n", text);
	const zp_iqc *iqc = good(text);
	cr_expect_float_eq(iqc->groups[0].cv, sqrt((10 * 1 + 20 * 4 + 30 * 9 + 40 * 16 + 50 * 25) / 150.0), 1e-12);
	cr_expect(iqc->places[4].has_cvr);
	cr_expect_not(iqc->places[5].has_cvr || iqc->places[6].has_cvr);
	cr_expect(iqc->places[6].has_sdi);
}

/* ---- means in use that lack something ---- */

/* Seven months of a lot that began in February: means 5.00, then 5.20, of 30 values. */
static const char *lot(const char *const in_use[7], const char *spread, const char *const control[7])
{
	const char *text = "lab,month,specimen,item,level,lot,n,mean,sd,cv,mean_in_use,in_control\nL0101,2026-01,serum,GLU,1,A0,30,5.00,0.10,,5.00,yes\n";
	for (size_t i = 0; i < 7; i++)
		text = zp_arena_print(arena, "%sL0101,2026-%02zu,serum,GLU,1,A1,30,%s,%s,%s,%s\n", text, i + 2, i ? "5.20" : "5.00", spread, in_use[i], control[i]);
	return text;
}

static const char *const always[] = { "yes", "yes", "yes", "yes", "yes", "yes", "yes" };

Test(iqc_rows, a_lot_whose_first_mean_is_not_told_is_held_against_its_months)
{
	static const char *const other[] = { "", "", "", "", "", "", "5.50" };
	const zp_iqc *iqc = good(lot(other, "0.10,", always));
	cr_assert_eq(iqc->n_doubts, 1);
	cr_expect_eq(iqc->doubts[0].kind, ZP_IQC_NOT_CUMULATIVE);
	cr_expect_eq(iqc->doubts[0].n, 150); /* five months of thirty */
	cr_expect_float_eq(iqc->doubts[0].expected, (5.00 + 4 * 5.20) / 5, 1e-12);
	cr_expect_float_eq(iqc->doubts[0].off_sd, (5.50 - 25.8 / 5) / 0.1, 1e-9);
}

Test(iqc_rows, the_tolerance_is_of_the_sd_that_a_cv_makes)
{
	static const char *const edge[] = { "5.00", "", "", "5.09", "", "", "" }, *const beyond[] = { "5.00", "", "", "5.08", "", "", "" };
	/* 2 % of 5.20 is 0.104, and the tolerance a fifth of it: 5.10909… - 0.0208 - 0.005 is 5.08329… */
	cr_expect_eq(good(lot(edge, ",2", always))->n_doubts, 0);
	cr_expect_eq(good(lot(beyond, ",2", always))->n_doubts, 1);
	cr_expect_eq(good(lot(beyond, ",", always))->n_doubts, 0); /* no SD, and no tolerance without one */
	settings.iqc_tolerance = 0;
	const zp_iqc *iqc = good(lot(edge, ",", always));
	cr_assert_eq(iqc->n_doubts, 1);
	cr_expect_not(iqc->doubts[0].has_sd);
	iqc = good(lot(edge, "0,", always));
	cr_assert_eq(iqc->n_doubts, 1);
	cr_expect_not(iqc->doubts[0].has_sd); /* nor can anything be measured in an SD of 0 */
}

Test(iqc_rows, when_the_months_are_full_what_follows_need_not_be_known)
{
	static const char *const other[] = { "5.00", "", "", "", "", "", "5.50" }, *const full[] = { "yes", "yes", "yes", "yes", "yes", "", "" },
		*const unknown[] = { "yes", "yes", "yes", "yes", "", "", "" };
	cr_expect_eq(good(lot(other, "0.10,", full))->n_doubts, 1);
	cr_expect_eq(good(lot(other, "0.10,", unknown))->n_doubts, 0);
}

/* Everything is compared in whole numbers of one power of ten, of 127 bits; nobody sends such figures, but a slip of the hand may. */
Test(iqc_rows, figures_too_far_apart_to_be_compared_exactly_are_not_doubted)
{
	static const char *const in_use[] = { "5.00", "", "", "1e40", "", "", "" }, *const first[] = { "1e40", "", "", "5.50", "", "", "" }, *const fine[] = { "5.00", "", "", "5.50", "", "", "" };
	cr_expect_eq(good(lot(fine, "0.10,", always))->n_doubts, 1);
	cr_expect_eq(good(lot(in_use, "0.10,", always))->n_doubts, 0);
	cr_expect_eq(good(lot(first, "0.10,", always))->n_doubts, 0);
	cr_expect_eq(good(lot(fine, "1e40,", always))->n_doubts, 0);
	static const char *const small[] = { "5.00", "", "", "1e-60", "", "", "" }, *const alone[] = { "", "", "", "1e-60", "", "", "" };
	cr_expect_eq(good(lot(small, "0.10,", always))->n_doubts, 0);
	cr_expect_eq(good(lot(alone, "0.10,", always))->n_doubts, 0);
	/* the latest month that can be compared decides */
	static const char *const after[] = { "5.00", "", "", "5.50", "1e40", "", "" };
	cr_expect_eq(good(lot(after, "0.10,", always))->n_doubts, 1);
	/* from some power on there is no room, and no larger one has it again */
	size_t before = 1;
	for (int e = 1; e < 80; e++) {
		const char *const large[] = { "5.00", "", "", zp_arena_print(arena, "9e%d", e), "", "", "" };
		const size_t n = good(lot(large, "0.10,", always))->n_doubts;
		cr_expect_leq(n, before, "9e%d", e);
		before = n;
	}
	cr_expect_eq(before, 0);
	before = 1;
	for (int e = 1; e < 80; e++) { /* nor does a smaller one, beside which the sums of the months have none */
		const char *const little[] = { "5.00", "", "", zp_arena_print(arena, "1e-%d", e), "", "", "" };
		const size_t n = good(lot(little, "0.10,", always))->n_doubts;
		cr_expect_leq(n, before, "1e-%d", e);
		before = n;
	}
	cr_expect_eq(before, 0);
	for (int e = 2; e < 80; e++) { /* within 50 of 0, or more, lies any of these means; and within a fifth of an SD of 100 */
		const char *const nothing_much[] = { "5.00", "", "", zp_arena_print(arena, "0e%d", e), "", "", "" };
		cr_expect_eq(good(lot(nothing_much, "0.10,", always))->n_doubts, 0, "0e%d", e);
		cr_expect_eq(good(lot(fine, zp_arena_print(arena, "1e%d,", e), always))->n_doubts, 0, "1e%d", e);
	}
}

/* ---- tables ---- */

static const char *table_of(const zp_iqc *iqc, const char *name)
{
	zp_error err = { 0 };
	const zp_year year = { .chronicle = chronicle, .iqc = iqc };
	zp_press *press = zp_press_open_aside();
	cr_assert(zp_iqc_tables(&year, press, NULL, &err), "%s", err.text);
	const zp_text text = zp_press_text(press, arena, name, &err);
	cr_assert_not_null(text.p, "%s", err.text);
	const char *copy = strchr(zp_arena_text(arena, text.p, text.n), '\n') + 1;
	zp_press_close(press);
	return copy;
}

Test(iqc_rows, means_without_decimals_give_groups_with_two)
{
	const char *text = HEADER;
	for (size_t i = 0; i < 5; i++)
		text = zp_arena_print(arena, "%sL%04zu,2026-03,serum,K,1,A1,11,%zu,10,,,\n", text, 101 + i, 400 + i);
	/* the mean of 400 to 404; the median of 1000/400 to 1000/404 percent */
	cr_expect(strncmp(table_of(good(text), "iqc-peers.csv"), "serum,K,钾,2026-03,1,A1,,,,5,402.00,", strlen("serum,K,钾,2026-03,1,A1,,,,5,402.00,")) == 0, "%s", table_of(good(text), "iqc-peers.csv"));
	cr_expect(strstr(table_of(good(text), "iqc-peers.csv"), ",5,2.488,informative\n"));
}

Test(iqc_rows, a_doubt_without_an_sd_is_not_measured_in_one)
{
	static const char *const edge[] = { "5.00", "", "", "5.09", "", "", "" };
	settings.iqc_tolerance = 0;
	cr_expect_str_eq(table_of(good(lot(edge, ",", always)), "iqc-means.csv"), "L0101,serum,GLU,葡萄糖,1,A1,,,,2026-05,not_cumulative,5.09,5.1091,,3,110\n");
	cr_expect_str_eq(table_of(good(lot(edge, "0.01,", always)), "iqc-means.csv"), "L0101,serum,GLU,葡萄糖,1,A1,,,,2026-05,not_cumulative,5.09,5.1091,-1.91,3,110\n");
}
