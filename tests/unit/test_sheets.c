/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the sheets of a workbook say of their rows, with an importer that reads sheets from plain lines. */
#include "scratch.h"
#include "builtin.h"
#include "run/run.h"

static zp_registry *registry;

/* A line is "sheet|programme|value"; the rest of the row is always the same. */
static void read_lines(const zp_host *host, const zp_source *source, const zp_sink *sink)
{
	(void)host;
	long line = source->first_line;
	for (const char *p = source->block.p, *end = p + source->block.n, *stop; p < end; p = stop + 1, line++) {
		stop = memchr(p, '\n', (size_t)(end - p));
		const char *first = memchr(p, '|', (size_t)(stop - p)), *second = memchr(first + 1, '|', (size_t)(stop - first - 1));
		zp_raw raw = { .line = line, .sheet = { p, (size_t)(first - p) } };
		raw.field[ZP_FIELD_LAB] = ZP_TEXT("LAB01");
		raw.field[ZP_FIELD_PROGRAMME] = (zp_text){ first + 1, (size_t)(second - first - 1) };
		raw.field[ZP_FIELD_MEASURAND] = ZP_TEXT("GLU");
		raw.field[ZP_FIELD_SAMPLE] = ZP_TEXT("S1");
		raw.field[ZP_FIELD_VALUE] = (zp_text){ second + 1, (size_t)(stop - second - 1) };
		raw.column[ZP_FIELD_PROGRAMME] = 2;
		if (!raw.sheet.n)
			raw.sheet.p = NULL; /* a file of text */
		sink->put(sink->self, &raw);
	}
}

static const zp_importer importer = { .ending = "lines", .read = read_lines };
static const zp_plugin lines = { ZP_PLUGIN_HEAD, .kind = ZP_IMPORTER, .name = "lines", .version = "1", .cites = "", .says = "", .does.importer = &importer };

static void enter(void)
{
	static const zp_plugin *const list[] = { &algorithm_a, &sdi, &lines, NULL };
	scratch_enter();
	registry = zp_registry_open(list);
	cr_assert_eq(mkdir(scratch_path("round/results"), 0700), 0);
	scratch_write("rules/schemes/s.xml", "<scheme name='s' version='1' title='t' pass='80'><measurand code='GLU' name='葡萄糖' unit='mmol/L' places='2'>"
					     "<limit kind='PCT' pct='7' text='7 %' source='a book' confidence='A'/></measurand></scheme>");
	scratch_write("round/round.xml", "<round id='r' name='r' year='2026' number='1' opens='2026-03-01T08:00:00Z' closes='2026-03-15T17:00:00Z'><organiser name='o'/>"
					 "<regions from='hubei'/><class name='c'/><programme code='C01' name='化学' name-en='chemistry' scheme='s'><sample code='S1'/></programme>"
					 "<programme code='C02' name='干化学' scheme='s'><sample code='S1'/></programme>"
					 "<programme code='C03' name='同名' scheme='s'><sample code='S1'/></programme>"
					 "<programme code='C04' name='同名' scheme='s'><sample code='S1'/></programme></round>");
	scratch_write("round/roster.csv", "code,name,region,class\nLAB01,甲,420100,c\n");
	scratch_write("round/enrolments.csv", "lab,programme,measurands\nLAB01,C01,*\nLAB01,C02,*\nLAB01,C03,*\nLAB01,C04,*\n");
}

static void leave(void)
{
	zp_registry_close(registry);
	scratch_leave();
}

TestSuite(sheets, .init = enter, .fini = leave);

static zp_run *read_results(const char *text)
{
	zp_error err = { 0 };
	scratch_write("round/results/a.lines", text);
	const zp_run_wish wish = { .round_dir = scratch_path("round"), .rules_dir = scratch_path("rules"), .threads = 1 };
	return zp_run_open(registry, &wish, ZP_UNTIL_INTAKE, &err);
}

static int64_t value_of(const zp_run *run, size_t programme)
{
	return run->round->state[programme] == ZP_RETURNED ? run->round->value_m[programme] : -1;
}

Test(sheets, a_sheet_named_for_a_programme_says_which_it_is)
{
	zp_run *run = read_results("化学||11\n干化学||12\nC03||13\n　C04　||14\n");
	scratch_quiet(run->input_problems);
	for (size_t p = 0; p < 4; p++)
		cr_expect_eq(value_of(run, p), 11 + (int64_t)p);
	zp_run_close(run);
	run = read_results("chemistry||11\n");
	scratch_quiet(run->input_problems);
	cr_expect_eq(value_of(run, 0), 11);
	zp_run_close(run);
}

Test(sheets, another_sheet_says_nothing_and_a_cell_may)
{
	zp_run *run = read_results("Sheet1|C02|12\n结果|C01|11\n化学|C01|11\n");
	scratch_quiet(run->input_problems);
	cr_expect_eq(value_of(run, 0), 11);
	cr_expect_eq(value_of(run, 1), 12);
	zp_run_close(run);
}

Test(sheets, a_part_of_a_name_is_no_name_and_two_of_one_name_are_none)
{
	zp_run *run = read_results("化||11\n同名||12\n|C01|13\n||14\n");
	scratch_says(run->input_problems, "results/a.lines:化!B1", 0, "no programme is named, and the round has 4");
	scratch_says(run->input_problems, "results/a.lines:同名!B2", 0, "no programme is named");
	scratch_says(run->input_problems, "results/a.lines", 4, "no programme is named");
	cr_expect_eq(zp_problems_count(run->input_problems), 3);
	zp_run_close(run);
}

Test(sheets, a_cell_that_contradicts_the_sheet_is_refused_and_the_next_sheet_stands_for_itself)
{
	zp_run *run = read_results("化学|C02|11\n干化学|C02|12\n化学|C02|13\n化学|C01|14\n");
	scratch_says(run->input_problems, "results/a.lines:化学!B1", 0, "this says programme C02, and the sheet is named for C01; expected one programme");
	scratch_says(run->input_problems, "results/a.lines:化学!B3", 0, "the sheet is named for C01");
	cr_expect_eq(zp_problems_count(run->input_problems), 2);
	cr_expect_eq(run->count.accepted, 2);
	zp_run_close(run);
}
