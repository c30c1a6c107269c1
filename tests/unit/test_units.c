/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scratch.h"
#include "book/book.h"
#include "book/units.h"
#include "builtin.h"

TestSuite(units, .init = scratch_enter, .fini = scratch_leave);

#define FILE_NAME "units/x.xml"
#define ROOT "<units name='x' version='7' title='t' title-en='t'>\n"
#define MEASURAND "<measurand code='Glu' name='葡萄糖' unit='mmol/L'>"
#define SOURCED " source='a book' confidence='B'/>"

static const zp_unit_table *read_text(const char *text)
{
	rules = zp_problems_take(arena);
	zp_shelf shelf = { .arena = arena, .rules_dir = scratch_path("rules"), .rules = rules };
	scratch_write("rules/" FILE_NAME, text);
	zp_volume *v = zp_shelf_find(&shelf, FILE_NAME, ZP_IN_RULES);
	cr_assert_not_null(v);
	const zp_unit_table *table = zp_units_read(&shelf, v);
	cr_expect_eq(zp_units_read(&shelf, v), table, "a second look differs");
	return table;
}

static bool same(const zp_unit_table *t, const char *a, const char *b)
{
	return zp_unit_same(t, zp_text_of(a), zp_text_of(b));
}

Test(units, what_typing_alone_makes_is_no_other_unit)
{
	cr_expect(same(NULL, "umol/L", "μmol/L") && same(NULL, "umol/L", "µmol / L") && same(NULL, "mmol/L", "ｍｍｏｌ／Ｌ"));
	cr_expect(same(NULL, "10^9/L", "10⁹/L") && same(NULL, "10*12/L", "10¹²/L") && same(NULL, "10^9/L", "10*9/L"));
	cr_expect(!same(NULL, "mmol/L", "MMOL/L") && !same(NULL, "mmol/L", "umol/L") && !same(NULL, "10^9/L", "10^12/L") && !same(NULL, "", "mmol/L"));
	char long_one[200];
	memset(long_one, 'a', sizeof long_one);
	cr_expect(!zp_unit_same(NULL, (zp_text){ long_one, sizeof long_one }, (zp_text){ long_one, 100 }));
}

Test(units, spellings_are_an_exact_table)
{
	const zp_unit_table *t = read_text(ROOT "<unit name='mmol/L'><spelling of='毫摩尔/升'/><spelling of='MMOL/L'/></unit><unit name='ug/L'><spelling of='ng/mL'/></unit></units>");
	scratch_quiet(rules);
	cr_expect(same(t, "MMOL/L", "毫摩尔／升") && same(t, "ng / mL", "μg/L") && !same(t, "MMOL/L", "Mmol/L") && !same(t, "ng/mL", "mmol/L"));
}

Test(units, a_factor_belongs_to_one_measurand_in_one_unit)
{
	const zp_unit_table *t = read_text(ROOT MEASURAND "<from unit='mg/dL' factor='0.05551'" SOURCED "</measurand>"
					   "<measurand code='Glu' name='葡萄糖' unit='mg/dL'><from unit='mmol/L' factor='18.02'" SOURCED "</measurand></units>");
	scratch_quiet(rules);
	const zp_unit_row *row = zp_units_for(t, "Glu", "mmol/L");
	cr_assert_not_null(row);
	cr_expect_eq(row->n, 1);
	cr_expect_str_eq(row->conversions[0].says, "converted from mg/dL: x 0.05551 (x 7)");
	cr_expect_null(zp_units_for(t, "Glu", "g/L"));
	cr_expect_null(zp_units_for(t, "GLU", "mmol/L"));
}

Test(units, what_is_wrong_is_told_with_its_line)
{
	static const struct { const char *text, *words; } refused[] = {
		{ MEASURAND "<from unit='mg/dL' factor='0'" SOURCED "</measurand>", "expected a decimal number above 0" },
		{ MEASURAND "<from unit='mg/dL' factor='-1'" SOURCED "</measurand>", "expected a decimal number above 0" },
		{ MEASURAND "<from unit='mg/dL' factor='1/18'" SOURCED "</measurand>", "factor" },
		{ MEASURAND "<from unit='mg/dL' factor='1' confidence='B'/></measurand>", "no attribute \"source\"" },
		{ MEASURAND "<from unit='mmol / L' factor='2'" SOURCED "</measurand>", "which is one unit; expected another" },
		{ MEASURAND "<from unit='mg/dL' factor='2'" SOURCED "<from unit='mg／dL' factor='3'" SOURCED "</measurand>", "a second factor leads from" },
		{ MEASURAND "</measurand>" MEASURAND "</measurand>", "a second measurand has the code \"Glu\" and the unit mmol/L; the first is in line 2" },
		{ "<unit name='a'><spelling of='b'/></unit><unit name='c'><spelling of='b'/></unit>", "\"b\" stands for two units" },
		{ "<unit name='a'/><unit name='a'/>", "\"a\" stands for two units" },
		{ "<unit name='a'><spelling of='\xE3\x80\x80x\xE3\x80\x80'/><spelling of='μμμμμμμμμμμμμμμμμμμμμμμμμμμμμμμμμ'/></unit>", "is no unit" },
		{ "<unit name='a' size='1'/>", "size" },
	};
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		cr_expect_null(read_text(zp_arena_print(arena, ROOT "%s</units>", refused[i].text)), "%s", refused[i].text);
		scratch_says(rules, FILE_NAME, 2, refused[i].words);
	}
}

Test(units, shipped_schemes_understand_the_units_that_laboratories_use)
{
	static const struct { const char *scheme, *code, *unit; size_t which; } table[] = {
		{ "cn-routine-chemistry", "GLU", "mg/dL", 1 }, { "cn-routine-chemistry", "GLU", "毫摩尔/升", 0 }, { "cn-routine-chemistry", "UREA", "mg/dL", ZP_UNIT_UNKNOWN },
		{ "cn-routine-chemistry", "CREA", "MG/DL", 1 }, { "cn-routine-chemistry", "K", "mg/dL", ZP_UNIT_UNKNOWN }, { "cn-routine-chemistry", "ALT", "ukat/L", 2 },
		{ "cn-routine-chemistry", "CA", "mEq/L", 2 }, { "clia-glucose", "GLU", "mmol/l", 1 }, { "cn-blood-count", "WBC", "10^3/uL", 0 }, { "cn-blood-count", "HGB", "g/dL", 1 },
		{ "sim-national", "CEA", "ng/mL", 0 }, { "sim-national", "FT4", "ng/dL", 1 }, { "sim-national", "PRL", "ng/mL", ZP_UNIT_UNKNOWN },
		{ "cn-hba1c", "HbA1c", "mmol/mol", ZP_UNIT_UNKNOWN }, { "cn-hba1c", "HbA1c-IFCC", "%", ZP_UNIT_UNKNOWN }, { "cn-blood-gas", "pCO2", "kPa", 1 },
		{ "cn-blood-gas", "pH", "无量纲", 0 }, { "cn-blood-gas", "iCa", "mg/dL", 1 }, { "cn-coagulation", "DD", "ng/mL FEU", 1 },
		{ "cn-coagulation", "DD", "mg/L", ZP_UNIT_UNKNOWN }, { "cn-coagulation", "DD", "mg/L DDU", ZP_UNIT_UNKNOWN }, { "cn-coagulation", "DD-DDU", "ug/mL DDU", 0 },
		{ "cn-therapeutic-drugs", "VAN", "ug/mL", 0 }, { "cn-therapeutic-drugs", "DIG", "nmol/L", 1 }, { "cn-tumour-markers", "CA50", "U/mL", 1 },
		{ "cn-endocrine", "INS", "uIU/mL", ZP_UNIT_UNKNOWN }, { "cn-endocrine", "COR", "ug/dL", 1 }, { "cn-endocrine", "ALD", "pg/mL", 1 },
	};
	zp_registry *registry = zp_registry_open(builtin);
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		const zp_scheme *s = zp_scheme_read(arena, registry, RULES, table[i].scheme, rules);
		scratch_quiet(rules);
		const uint32_t m = zp_names_find(s->measurand_names, zp_text_of(table[i].code));
		cr_assert_neq(m, ZP_NO_NAME);
		cr_expect_eq(zp_unit_of(s, &s->measurands[m], zp_text_of(table[i].unit)), table[i].which, "%s %s", table[i].code, table[i].unit);
	}
	zp_registry_close(registry);
}

/* ---- products ---- */

static zp_decimal decimal(const char *text)
{
	zp_decimal d;
	cr_assert_eq(zp_decimal_read_printed(text, strlen(text), &d), ZP_NUMBER_OK, "%s", text);
	return d;
}

Test(units, a_product_is_exact_where_18_digits_are_enough)
{
	static const struct { const char *a, *b, *product; } table[] = {
		{ "94.6", "0.05551", "5.251246" }, { "5.20", "10", "52.0" }, { "5", "10", "50" }, { "-3.5", "2", "-7.0" }, { "5.20", "1", "5.20" },
		{ "999999999999", "999999", "999998999999000001" }, { "1", "0.001", "0.001" }, { "0.00", "0.5", "0.000" },
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		zp_decimal c;
		char text[ZP_DECIMAL_TEXT];
		cr_assert(zp_decimal_times(decimal(table[i].a), decimal(table[i].b), &c));
		zp_decimal_write(c, text);
		cr_expect_str_eq(text, table[i].product, "%s x %s = %s", table[i].a, table[i].b, text);
	}
	zp_decimal c;
	cr_expect(zp_decimal_times((zp_decimal){ 1, -90 }, (zp_decimal){ 1, -9 }, &c) && c.m == 1 && c.e == -99);
}

Test(units, a_product_of_more_digits_is_rounded_half_to_even)
{
	static const struct { zp_decimal a, b, product; } table[] = {
		{ { 999999999999999999, 0 }, { 999999999999999999, 0 }, { 999999999999999998, 18 } },
		{ { 100000000000000001, 0 }, { 25, -1 }, { 250000000000000002, 0 } }, /* 250000000000000002.5 */
		{ { 100000000000000003, 0 }, { 25, -1 }, { 250000000000000008, 0 } }, /* 250000000000000007.5 */
		{ { 999999999999999999, 0 }, { 11, 0 }, { 110000000000000000, 2 } },  /* 10999999999999999989 */
		{ { 999999999999999999, -9 }, { 999999999999999999, 0 }, { 999999999999999998, 9 } },
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		zp_decimal c;
		cr_assert(zp_decimal_times(table[i].a, table[i].b, &c));
		cr_expect(c.m == table[i].product.m && c.e == table[i].product.e, "%zu: %lld e%d", i, (long long)c.m, c.e);
	}
}

Test(units, a_product_beyond_all_measure_is_none)
{
	zp_decimal c;
	cr_expect(!zp_decimal_times((zp_decimal){ 1, 99 }, (zp_decimal){ 1, 1 }, &c) || c.m != 0);
	cr_expect(!zp_decimal_times((zp_decimal){ 11, 98 }, (zp_decimal){ 11, 0 }, &c));
	cr_expect(!zp_decimal_times((zp_decimal){ 1, -99 }, (zp_decimal){ 1, -1 }, &c));
	cr_expect(zp_decimal_times((zp_decimal){ 0, -99 }, (zp_decimal){ 1, -99 }, &c) && c.m == 0);
}
