/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records of the year that was worked out by hand (fixtures/years/four-laboratories), written by hand as well. */
#include "annals_csv.h"
#include "scratch.h"
#include <libxml/xmlschemas.h>
#include "base/random.h"
#include "book/book.h"
#include "book/xml.h"
#include "year/evidence.h"
#include "year/lists.h"
#include "year/ranking.h"
#include "year/record.h"
#include "year/record_parts.h"

#define FOLDER FIXTURES "/years/four-laboratories"

TestSuite(record, .init = scratch_enter, .fini = scratch_leave);

typedef struct kept { zp_year_wish wish; zp_year_rules rules; zp_input record; zp_error err; } kept;

/* The year with what stands in the folder; annals NULL: those of the folder. */
static const zp_year *year_of(const zp_annals *annals, const zp_year_rules *own)
{
	kept *t = zp_take(arena, kept, 1);
	t->rules = own ? *own : *zp_year_rules_read(arena, RULES, "default", rules);
	t->wish = (zp_year_wish){ .year = 2026, .issued = "2027-01-20", .annals = annals ? annals : annals_read(arena, FOLDER), .rules = &t->rules,
		.regions = zp_regions_read(arena, RULES, ".", "hubei", rules), .performed_file = "performed.csv", .threads = 2 };
	t->wish.identity = zp_identity_read(arena, FOLDER "/identity.csv", "identity.csv", &t->rules, 2026, input);
	t->wish.identity_before = zp_identity_read(arena, FOLDER "/identity.csv", "identity.csv", &t->rules, 2025, input);
	t->wish.performed = zp_performed_read(arena, FOLDER "/performed.csv", "performed.csv", &t->wish.n_performed, &t->record, input);
	t->wish.evidence = zp_evidence_read(arena, FOLDER "/evidence.csv", "evidence.csv", 2026, "2027-01-20", input);
	const zp_year *year = zp_year_take(arena, &t->wish, input, &t->err);
	scratch_quiet(rules);
	scratch_quiet(input);
	cr_assert_not_null(year, "%s", t->err.text);
	return year;
}

static const char *record_of(const zp_year *year, const char *lab)
{
	zp_piece out = { 0 };
	const size_t i = zp_year_lab_find(year->chronicle, lab);
	cr_assert_neq(i, SIZE_MAX, "no laboratory %s", lab);
	const char *bytes = zp_record_of_lab(year, i, &out);
	cr_assert_eq(strlen(bytes), out.n);
	char *copy = zp_arena_text(arena, bytes, out.n);
	free(out.bytes);
	return copy;
}

static uint16_t region_at(const zp_year *year, const char *code)
{
	uint16_t i = 0;
	while (strcmp(year->wish->regions->at[i].code, code) != 0)
		i++;
	return i;
}

static const char *record_of_region(const zp_year *year, uint16_t region)
{
	zp_piece out = { 0 };
	zp_record_of_region(year, region, &out);
	char *copy = zp_arena_text(arena, out.bytes, out.n);
	free(out.bytes);
	return copy;
}

/* Shrunken shares come from draws: what ranking.csv has of them is compared in tests/year-record.sh. */
static const char *without_ranking(const char *text)
{
	char *copy = zp_arena_text(arena, text, strlen(text)), *to = copy;
	for (const char *line = text, *end; *line; line = end) {
		end = strchr(line, '\n') ? strchr(line, '\n') + 1 : line + strlen(line);
		if (strncmp(line, " <ranking ", 10) != 0)
			to = (char *)memcpy(to, line, (size_t)(end - line)) + (end - line);
	}
	*to = '\0';
	return copy;
}

Test(record, records_are_what_the_hand_wrote)
{
	const zp_year *year = year_of(NULL, NULL);
	static const char *const labs[] = { "L0001", "L0012", "L0005" };
	for (size_t i = 0; i < sizeof labs / sizeof *labs; i++) {
		const char *why = NULL, *name = zp_arena_print(arena, "expected-record-%s.xml", labs[i]);
		zp_input record;
		const zp_text expected = zp_file_read(arena, zp_arena_print(arena, FOLDER "/%s", name), 1u << 20, name, &record, &why);
		cr_assert_not_null(expected.p, "%s", why);
		cr_expect_str_eq(without_ranking(record_of(year, labs[i])), expected.p, "%s:\n%s\nexpected\n%s", labs[i],
				 without_ranking(record_of(year, labs[i])), expected.p);
	}
}

Test(record, who_took_part_or_is_on_the_register_has_one)
{
	const zp_year *year = year_of(NULL, NULL);
	cr_expect_eq(year->chronicle->n_labs, 6);
	for (size_t i = 0; i < year->chronicle->n_labs; i++)
		cr_expect(zp_record_is_of_lab(year, i), "%s", year->chronicle->labs[i].code);
	size_t regions = 0;
	for (uint16_t i = 0; i < year->wish->regions->n; i++)
		regions += zp_record_is_of_region(year, i);
	cr_expect_eq(regions, 1);
	cr_expect(zp_record_is_of_region(year, region_at(year, "420500")));
}

Test(record, a_region_has_the_shares_of_the_standings)
{
	const char *text = record_of_region(year_of(NULL, NULL), region_at(year_of(NULL, NULL), "420500"));
	const sheet s = sheet_read(arena, FOLDER, "expected-shares.csv");
	size_t met = 0;
	for (size_t i = 1; i < s.n; i++) {
		char **row = s.at[i];
		if (*row[0] || strcmp(row[1], "420500") != 0)
			continue;
		const char *sought = zp_arena_print(arena, "<share name=\"%s\" class=\"%s\" numerator=\"%s\" denominator=\"%s\"", row[3], row[2], row[4], row[5]);
		cr_expect(strstr(text, sought), "line %zu: no %s in\n%s", i + 1, sought, text);
		met++;
	}
	cr_expect_geq(met, 1);
	/* 4 of 5 after 5 of 6: 20/6 points fewer */
	cr_expect(strstr(text, "<share name=\"participation\" class=\"*\" numerator=\"4\" denominator=\"5\" percent=\"80\" change=\"-3.3333333333333335\"/>"), "%s", text);
	cr_expect(strstr(text, "<evidence key=\"training\" value=\"4\" unit=\"场\" source=\"培训记录\" date=\"2026-06-30\"/>"));
	/* the median of 6/6 5/6 4/6 2/6 5/6 0/6 */
	cr_expect(strstr(text, "<indicator name=\"participation_national\" class=\"*\" laboratories=\"6\" numerator=\"22\" denominator=\"36\" percent=\"61.111111111111114\" "
			 "median=\"75\"/>"), "%s", text);
}

/* ---- the schema, by libxml2 ---- */

static void check_schema(const char *text, const char *whose)
{
	xmlSchemaParserCtxtPtr parser = xmlSchemaNewParserCtxt(RULES "/schemas/record.xsd");
	xmlSchemaPtr schema = xmlSchemaParse(parser);
	cr_assert_not_null(schema);
	xmlSchemaValidCtxtPtr valid = xmlSchemaNewValidCtxt(schema);
	xmlDocPtr document = xmlReadMemory(text, (int)strlen(text), "record.xml", NULL, XML_PARSE_NONET);
	cr_assert_not_null(document, "%s: not well-formed:\n%s", whose, text);
	cr_expect_eq(xmlSchemaValidateDoc(valid, document), 0, "%s does not follow the schema:\n%s", whose, text);
	xmlFreeDoc(document);
	xmlSchemaFreeValidCtxt(valid);
	xmlSchemaFree(schema);
	xmlSchemaFreeParserCtxt(parser);
}

Test(record, every_record_follows_the_schema_and_can_be_read_by_the_book)
{
	const zp_year *year = year_of(NULL, NULL);
	for (size_t i = 0; i < year->chronicle->n_labs; i++) {
		const char *text = record_of(year, year->chronicle->labs[i].code);
		check_schema(text, year->chronicle->labs[i].code);
		scratch_write("record.xml", text);
		cr_expect_not_null(zp_xml_read(arena, scratch_path("record.xml"), "record.xml", input));
	}
	check_schema(record_of_region(year, region_at(year, "420500")), "420500");
	scratch_quiet(input);
}

/* ---- confidentiality ---- */

/* Every code and name is a word of its own, so that one of another's anywhere is seen; so are the codes of those that are gone. */
Test(record, nobody_finds_another_in_a_record)
{
	const zp_year *year = year_of(NULL, NULL);
	const sheet reg = sheet_read(arena, FOLDER, "register.csv");
	size_t looked = 0;
	for (size_t i = 0; i < year->chronicle->n_labs; i++) {
		const zp_year_lab *lab = &year->chronicle->labs[i];
		const char *text = record_of(year, lab->code);
		for (size_t k = 1; k < reg.n; k++) {
			const char *code = reg.at[k][1], *name = zp_arena_print(arena, "\"%s\"", reg.at[k][2]);
			cr_expect(strcmp(code, lab->code) == 0 || !strstr(text, code), "%s in the record of %s", code, lab->code);
			cr_expect(strcmp(reg.at[k][2], lab->says->name) == 0 || !strstr(text, name), "%s in the record of %s", name, lab->code);
			looked++;
		}
		const char *region = record_of_region(year, region_at(year, "420500"));
		cr_expect(!strstr(region, lab->code) && !strstr(region, lab->says->name), "%s in the record of its region", lab->code);
	}
	cr_expect_gt(looked, 100);
}

/* Two laboratories of a class: whoever knows its own rank would know the other's. */
Test(record, no_rank_is_told_among_few)
{
	const char *text = record_of(year_of(NULL, NULL), "L0003");
	const char *of_class = strstr(text, "<ranking scope=\"class\"");
	cr_assert_not_null(of_class, "%s", text);
	const char *end = strchr(of_class, '\n');
	cr_expect(!memmem(of_class, (size_t)(end - of_class), " rank=", 6), "%.*s", (int)(end - of_class), of_class);
	const char *of_all = strstr(text, "<ranking scope=\"all\"");
	end = strchr(of_all, '\n');
	cr_expect(memmem(of_all, (size_t)(end - of_all), " rank=", 6) && memmem(of_all, (size_t)(end - of_all), " of=\"5\"", 7), "%.*s", (int)(end - of_all), of_all);
	cr_expect(memmem(of_all, (size_t)(end - of_all), " shrunken=", 10));
	zp_year_rules own = *zp_year_rules_read(arena, RULES, "default", rules);
	own.publish_least = 6; /* of all five the common mean would tell it as well */
	text = record_of(year_of(NULL, &own), "L0003");
	cr_expect(strstr(text, "<ranking scope=\"all\"") && !strstr(text, " shrunken=") && !strstr(text, " rank="), "%s", text);
}

/* ---- texts and numbers ---- */

Test(record, whatever_a_name_holds_the_document_stands)
{
	zp_annals *annals = (zp_annals *)annals_read(arena, FOLDER);
	for (size_t r = 0; r < annals->n; r++)
		for (size_t i = 0; i < annals->rounds[r].n_labs; i++)
			((zp_annal_lab *)annals->rounds[r].labs)[i].name = "<a b=\"'\">&amp;\x01\t\xff\xef\xbf\xbe\xc2\x85 \xf0\xa0\xae\xb7";
	const char *text = record_of(year_of(annals, NULL), "L0001");
	check_schema(text, "L0001");
	cr_expect(strstr(text, "<laboratory code=\"L0001\" name=\"&lt;a b=&quot;'&quot;&gt;&amp;amp;\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd \xf0\xa0\xae\xb7\" region="), "%s", text);
}

/* Registers let no such code in; a ledger that another program made may. */
Test(record, a_code_becomes_the_name_of_one_folder_whatever_it_holds)
{
	zp_annals *annals = (zp_annals *)annals_read(arena, FOLDER);
	for (size_t r = 0; r < annals->n; r++)
		((zp_annal_lab *)annals->rounds[r].labs)[0].code = "../a/<b>";
	zp_error err = { 0 };
	zp_year_wish wish = { .year = 2026, .issued = "2027-01-20", .annals = annals, .rules = zp_year_rules_read(arena, RULES, "default", rules),
		.identity = zp_identity_none(arena), .identity_before = zp_identity_none(arena), .regions = zp_regions_read(arena, RULES, ".", "hubei", rules) };
	const zp_year *year = zp_year_take(arena, &wish, input, &err);
	cr_assert_not_null(year, "%s", err.text);
	zp_press *press = zp_press_open_folder(scratch_path("out"), &err);
	cr_assert(press && zp_year_records(year, press, &err) && zp_press_publish(press, &err), "%s", err.text);
	zp_press_close(press);
	cr_expect_eq(access(scratch_path("out/labs/%2E.%2Fa%2F%3Cb%3E/record.xml"), F_OK), 0);
	cr_expect_eq(access(scratch_path("out/labs/L0004/record.xml"), F_OK), 0);
	cr_expect_eq(access(scratch_path("out/regions/420500/record.xml"), F_OK), 0);
	scratch_quiet(input);
}

/* IEEE division rounds rightly where both sides are exact; the large ones are from Python's float(Fraction). */
Test(record, a_percentage_is_the_nearest_double)
{
	zp_random random = zp_random_stream(7, 0, 0);
	for (int i = 0; i < 100000; i++) {
		const int64_t den = 1 + (int64_t)zp_random_below(&random, 1u << 30), num = (int64_t)zp_random_below(&random, (uint32_t)den + 1);
		cr_assert_eq(zp_fraction_percent(zp_fraction_of(num, den)), 100.0 * (double)num / (double)den, "%lld/%lld", (long long)num, (long long)den);
		cr_assert_eq(zp_fraction_percent(zp_fraction_of(-num, den)), -(100.0 * (double)num / (double)den));
	}
	const zp_wide e18 = 1000000000000000000;
	cr_expect_eq(zp_fraction_percent((zp_fraction){ e18 * e18 / 7, e18 * e18 }), 14.285714285714286);
	cr_expect_eq(zp_fraction_percent((zp_fraction){ e18 / 3, e18 + 9 }), 33.333333333333336);
	cr_expect_eq(zp_fraction_percent((zp_fraction){ 9007199254740993, 9007199254740992 }), 100.00000000000001);
	cr_expect_eq(zp_fraction_percent((zp_fraction){ 1, e18 * 1000000000000000 }), 1e-31);
	cr_expect_eq(zp_fraction_percent((zp_fraction){ 0, 5 }), 0);
}

/* What is remembered of a fraction must be of that fraction, and what cannot be remembered is worked out each time. */
Test(record, a_percentage_is_the_same_whenever_it_is_written)
{
	static const zp_fraction f[] = { { 1, 3 }, { -1, 3 }, { 2147483648, 4294967296 }, { 1, 4294967296 }, { 2147483646, 2147483646 }, { 0, 7 }, { 1, 0 } };
	static const char *const says[] = { "33.333333333333336", "-33.333333333333336", "50", "0.000000023283064365386963", "100", "0", NULL };
	zp_piece out = { 0 };
	struct zp_record_memory *memory = zp_take(arena, struct zp_record_memory, 1);
	zp_tags w = { .out = &out, .memory = memory };
	for (int twice = 0; twice < 2; twice++)
		for (size_t i = 0; i < sizeof f / sizeof *f; i++) {
			out.n = 0;
			zp_tag_percent(&w, "a", f[i]);
			*zp_piece_room(&out, 1) = '\0';
			cr_expect_str_eq(out.bytes, says[i] ? zp_arena_print(arena, " a=\"%s\"", says[i]) : "", "%zu", i);
		}
	free(out.bytes);
}

/* ---- evidence ---- */

static const zp_evidence_file *evidence_file(const char *lines)
{
	scratch_write("evidence.csv", zp_arena_print(arena, "lab,key,value,unit,source,date\n%s", lines));
	return zp_evidence_read(arena, scratch_path("evidence.csv"), "evidence.csv", 2026, "2027-01-20", input);
}

static const zp_evidence *evidence_with(const zp_year *year, const zp_evidence_file *file, const char *settings)
{
	zp_year_rules *own = zp_take(arena, zp_year_rules, 1);
	*own = zp_year_rules_default();
	if (*settings)
		cr_assert_null(zp_year_setting_set(own, "title-evidence", "worst"));
	cr_assert_null(zp_year_setting_set(own, "title-larger-is-worse", settings));
	return zp_evidence_take(arena, year->chronicle, year->wish->regions, own, file, input);
}

static const char *counts(const zp_year *year, const zp_evidence *e, const char *key)
{
	const zp_evidence_row *row = zp_evidence_find(zp_evidence_of_lab(e, zp_year_lab_find(year->chronicle, "L0001")), key);
	return row ? row->value : "none";
}

Test(record, the_latest_value_of_the_year_counts_or_the_worst)
{
	const zp_year *year = year_of(NULL, NULL);
	const zp_evidence_file *file = evidence_file("L0001,points,90,,,2026-03-01\nL0001,points,95,,,2026-02-01\nL0001,points,92,,,2026-12-31\n"
		"L0001,points,99,,,2025-12-31\nL0001,points,10,,,2027-01-01\nL0001,events,3,,,2026-02-01\nL0001,events,1,,,2026-12-01\nL0004,points,1,,,2026-01-01\n");
	scratch_quiet(input);
	cr_expect_eq(file->n, 6);
	cr_expect_eq(file->n_outside, 2);
	cr_expect_eq(file->outside[0], 5);
	const zp_evidence *latest = evidence_with(year, file, ""), *worst = evidence_with(year, file, "events");
	cr_expect_str_eq(counts(year, latest, "points"), "92");
	cr_expect_str_eq(counts(year, latest, "events"), "1");
	cr_expect_str_eq(counts(year, worst, "points"), "90");
	cr_expect_str_eq(counts(year, worst, "events"), "3");
	cr_expect_str_eq(counts(year, evidence_with(year, file, "points-events"), "events"), "1");
	cr_expect_str_eq(counts(year, evidence_with(year, file, "events-late"), "events"), "1");
	cr_expect_str_eq(counts(year, evidence_with(year, file, "events-late points events"), "events"), "3");
	cr_expect_str_eq(counts(year, evidence_with(year, file, "events points"), "events"), "3");
	cr_expect_str_eq(counts(year, latest, "nothing"), "none");
	scratch_quiet(input);
}

Test(record, numbers_of_evidence_are_written_as_conditions_read_them)
{
	const zp_year *year = year_of(NULL, NULL);
	const zp_evidence *e = evidence_with(year, evidence_file("L0001,a,+5e1,,,2026-01-01\nL0001,b,９２．５０,,,2026-01-01\nL0001,c,.5,,,2026-01-01\n"
		"L0001,d,2027-05-01,,,2026-01-01\nL0001,e,合格,,,2026-01-01\n"), "");
	scratch_quiet(input);
	static const char *const expected[][2] = { { "a", "50" }, { "b", "92.50" }, { "c", "0.5" }, { "d", "2027-05-01" }, { "e", "合格" } };
	for (size_t i = 0; i < 5; i++)
		cr_expect_str_eq(counts(year, e, expected[i][0]), expected[i][1]);
}

static const struct { const char *lines, *settings, *says; } refused[] = {
	{ "L9999,a,1,,,2026-01-01\n", "", "evidence.csv:2: \"L9999\" is on no register" },
	{ "L0002,a,1,,,2026-01-01\n", "", "evidence.csv:2: \"L0002\" is on no register" }, /* it is L0012 */
	{ "420502,a,1,,,2026-01-01\n", "", "does not lie just below the root" },
	{ "420000,a,1,,,2026-01-01\n", "", "does not lie just below the root" },
	{ ",a,1,,,2026-01-01\n", "", "lab is empty" },
	{ "L0001,A,1,,,2026-01-01\n", "", "\"A\" is no key" },
	{ "L0001,1a,1,,,2026-01-01\n", "", "\"1a\" is no key" },
	{ "L0001,a,,,,2026-01-01\n", "", "value is empty" },
	{ "L0001,a,92%,,,2026-01-01\n", "", "value is \"92%\"; expected a number" },
	{ "L0001,a,-,,,2026-01-01\n", "", "value is \"-\"; expected a number" },
	{ "L0001,a,1e60,,,2026-01-01\n", "", "value is \"1e60\"; expected a number" }, /* conditions have no powers of ten */
	{ "L0001,a,1234567890123,,,2026-01-01\n", "", "value is \"1234567890123\"; expected a number" },
	{ "L0001,a,1,,,2026-02-30\n", "", "\"2026-02-30\" is no day" },
	{ "L0001,a,1,,,2027-01-21\n", "", "lies after the date of issue 2027-01-20" },
	{ "L0001,a,1,,,2026-01-01\nL0001,a,2,,,2026-01-01\n", "", "evidence.csv:3: a of \"L0001\" on 2026-01-01 is \"2\" here and \"1\" on line 2" },
	{ "L0001,a,1,,,2026-01-01\nL0004,a,2,%,,2026-01-01\n", "", "evidence.csv:3: the unit of a is \"%\" here and \"\" on line 2" },
	{ "L0001,a,good,,,2026-01-01\nL0001,a,bad,,,2026-02-01\n", "x", "of which none is the worse" },
};

Test(record, what_is_wrong_with_evidence_is_said_in_one_go)
{
	const zp_year *year = year_of(NULL, NULL);
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		input = zp_problems_take(arena);
		const zp_evidence_file *file = evidence_file(refused[i].lines);
		const zp_evidence *e = evidence_with(year, file, refused[i].settings);
		cr_expect(file->faulty || !e, "%s", refused[i].lines);
		cr_assert_eq(zp_problems_count(input), 1, "%s", refused[i].lines);
		const zp_problem *p = zp_problem_at(input, 0);
		const char *told = zp_arena_print(arena, "%s:%ld: %s", p->file, p->line, p->text);
		cr_expect(strstr(told, refused[i].says), "%s: %s", refused[i].says, told);
		cr_expect_not_null(p->chinese, "%s", told);
	}
	input = zp_problems_take(arena);
	const zp_evidence_file *file = evidence_file("L0001,A,1,,,2026-01-01\nL9999,a,1,,,2026-01-01\nL0001,a,1 x,,,2026-01-01\n");
	cr_assert_not_null(file);
	evidence_with(year, file, "");
	cr_expect_eq(zp_problems_count(input), 3);
}

/* Six digits may be both. */
Test(record, a_code_of_a_laboratory_and_a_region_is_asked_for)
{
	zp_annals *annals = (zp_annals *)annals_read(arena, FOLDER);
	for (size_t r = 0; r < annals->n; r++)
		((zp_annal_lab *)annals->rounds[r].labs)[0].code = "420500";
	zp_year_rules own = zp_year_rules_default();
	const zp_chronicle *c = zp_chronicle_take(arena, annals, &own, zp_identity_none(arena), 2026, input);
	const zp_regions *regions = zp_regions_read(arena, RULES, ".", "hubei", rules);
	const zp_evidence *e = zp_evidence_take(arena, c, regions, &own, evidence_file("laboratory:420500,a,1,,,2026-01-01\nregion:420500,a,2,,,2026-01-01\n"), input);
	scratch_quiet(input);
	cr_expect_str_eq(zp_evidence_find(zp_evidence_of_lab(e, zp_year_lab_find(c, "420500")), "a")->value, "1");
	uint16_t i = 0;
	while (strcmp(regions->at[i].code, "420500") != 0)
		i++;
	cr_expect_str_eq(zp_evidence_find(zp_evidence_of_region(e, i), "a")->value, "2");
	cr_expect_null(zp_evidence_take(arena, c, regions, &own, evidence_file("420500,a,1,,,2026-01-01\n"), input));
	cr_expect(strstr(zp_problem_at(input, 0)->text, "of a laboratory and of a region"));
}

Test(record, evidence_of_one_region_is_not_that_of_the_next)
{
	const zp_year *year = year_of(NULL, NULL);
	const zp_evidence *e = evidence_with(year, evidence_file("420500,a,1,,,2026-01-01\n420600,a,2,,,2026-01-01\n420500,b,3,,,2026-01-01\n"), "");
	scratch_quiet(input);
	cr_expect_eq(zp_evidence_of_region(e, region_at(year, "420500")).n, 2);
	cr_expect_eq(zp_evidence_of_region(e, region_at(year, "420600")).n, 1);
	cr_expect_str_eq(zp_evidence_find(zp_evidence_of_region(e, region_at(year, "420600")), "a")->value, "2");
	cr_expect_eq(zp_evidence_of_region(NULL, region_at(year, "420600")).n, 0);
}
