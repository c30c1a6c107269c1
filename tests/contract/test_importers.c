/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asked of importers: the same table gives the same values in every form, and no line is lost. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include "builtin.h"
#include "collect.h"

static const zp_plugin *importer(const char *name)
{
	for (size_t i = 0; zp_builtin[i]; i++)
		if (zp_builtin[i]->kind == ZP_IMPORTER && strcmp(zp_builtin[i]->name, name) == 0)
			return zp_builtin[i];
	cr_assert_fail("there is no importer %s", name);
	return NULL;
}

static collected *read_as(const char *name, const char *text) { return collect(importer(name), text, strlen(text), 0); }

static void quiet(const collected *c, const char *what)
{
	cr_assert_null(c->broken, "%s: %s", what, c->broken);
	cr_assert_eq(c->n_told, 0, "%s: %s", what, c->n_told ? c->told[0] : "");
}

static void tells(const char *name, const char *text, const char *sentence)
{
	collected *c = read_as(name, text);
	cr_expect_null(c->broken, "%s: %s", text, c->broken);
	cr_expect_eq(c->n_told, 1, "%s: %zu sentences", text, c->n_told);
	cr_expect_str_eq(c->n_told ? c->told[0] : "", sentence);
	collected_free(c);
}

static void is_same(collected *a, collected *b, const char *what)
{
	collected_sort(a);
	collected_sort(b);
	cr_assert_eq(a->n_rows, b->n_rows, "%s: %zu rows and %zu", what, a->n_rows, b->n_rows);
	for (size_t i = 0; i < a->n_rows; i++)
		cr_assert_str_eq(a->rows[i], b->rows[i], "%s and %s of %s", a->rows[i], b->rows[i], what);
}

/* One laboratory's results in every form. */
static const struct { const char *importer, *text; } forms[] = {
	{ "csv", "lab,programme,measurand,sample,value,unit,instrument,method,received\n"
		 "LAB01,chem,K,S1,4.04,mmol/L,分析仪 A,电极法,2026-03-10T09:00:00+08:00\n"
		 "LAB01,chem,K,S2,<0.5,mmol/L,分析仪 A,电极法,2026-03-10T09:00:00+08:00\n"
		 "LAB01,chem,GLU,S1,5.24,mg/dL,分析仪 A,己糖激酶法,2026-03-10T09:00:00+08:00\n"
		 "LAB01,chem,GLU,S2,,mg/dL,分析仪 A,己糖激酶法,2026-03-10T09:00:00+08:00\n" },
	{ "csv", "实验室编码;LAB01;;\n专业：chem;接收时间：;2026-03-10T09:00:00+08:00;\n仪器;分析仪 A\n\n"
		 "序号;项目*;单位;S1;S2;方法\n1;K;mmol/L;4.04;<0.5;电极法\n2;GLU;mg/dL;5.24;;己糖激酶法\n\n备注：无\n" },
	{ "csv", "室间质评结果回报表\n专业\tchem\n接收时间\t2026-03-10T09:00:00+08:00\nlab\t样本编号\tK\tGLU\t仪器\n"
		 "\t单位\tmmol/L\tmg/dL\t\n\t方法\t电极法\t己糖激酶法\t\nLAB01\tS1\t4.04\t5.24\t分析仪 A\nLAB01\tS2\t<0.5\t\t分析仪 A\n" },
	{ "csv", "lab,programme,received,instrument,sample,measurand,value,unit,method\r\n"
		 "\"LAB01\",chem,2026-03-10T09:00:00+08:00,分析仪 A,S1,K,\"4.04\",mmol/L,电极法\r\n\r\n"
		 "LAB01,chem,2026-03-10T09:00:00+08:00,分析仪 A,S2,K,<0.5,mmol/L,电极法,,\r\n"
		 "LAB01,chem,2026-03-10T09:00:00+08:00,\"分析仪 A\",S2,GLU,,mg/dL,己糖激酶法\r\n"
		 "LAB01,chem,2026-03-10T09:00:00+08:00,分析仪 A,S1,GLU,5.24,mg/dL,己糖激酶法" },
	{ "xml", "\xef\xbb\xbf<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- one laboratory -->\n"
		 "<results lab=\"LAB01\" programme=\"chem\" received=\"2026-03-10T09:00:00+08:00\" instrument='分析仪 A' method='电极法'>\n"
		 "  <result measurand=\"K\" sample=\"S1\" value=\"4.04\" unit=\"mmol/L\"/>\n"
		 "  <result measurand=\"K\" sample=\"S2\" value=\"&lt;0.&#53;\" unit=\"mmol/L\"></result>\n"
		 "  <result measurand=\"GLU\" sample=\"S1\" value=\"5.24\" unit=\"mg/dL\" method='己糖激酶法'/>\n"
		 "  <result measurand=\"GLU\" sample=\"S2\" value=\"\" unit=\"mg/dL\" method='己糖激酶法'/>\n</results>\n" },
	{ "xml", "<returns><results lab=\"LAB01\" programme=\"chem\"><result measurand=\"GLU\" sample=\"S2\" value=\"\" unit=\"mg/dL\" instrument='分析仪 A'"
		 " method='己糖激酶法' received=\"2026-03-10T09:00:00+08:00\"/></results>"
		 "<results lab=\"LAB01\" programme=\"chem\" received=\"2026-03-10T09:00:00+08:00\" instrument='分析仪 A'>"
		 "<result measurand=\"K\" sample=\"S1\" value=\"4.04\" unit=\"mmol/L\" method='电极法'/>"
		 "<result measurand=\"K\" sample=\"S2\" value=\"&#60;0.5\" unit=\"mmol/L\" method='电极法'/>"
		 "<result measurand=\"GLU\" sample=\"S1\" value=\"5.24\" unit=\"mg/dL\" method='己糖激酶法'/></results></returns>" },
};
#define FORMS (sizeof forms / sizeof *forms)

Test(importers, the_same_table_gives_the_same_values_in_every_form)
{
	collected *first = read_as(forms[0].importer, forms[0].text);
	quiet(first, "the first form");
	cr_assert_eq(first->n_rows, 4);
	cr_assert_str_eq(first->rows[1], "LAB01|chem|K|S2|<0.5|mmol/L||分析仪 A|电极法|||2026-03-10T09:00:00+08:00|||");
	for (size_t i = 1; i < FORMS; i++) {
		collected *other = read_as(forms[i].importer, forms[i].text);
		quiet(other, forms[i].text);
		is_same(first, other, forms[i].text);
		collected_free(other);
	}
	collected_free(first);
}

Test(importers, read_twice_a_file_gives_the_same)
{
	for (size_t i = 0; i < FORMS; i++) {
		collected *a = read_as(forms[i].importer, forms[i].text), *b = read_as(forms[i].importer, forms[i].text);
		cr_assert_eq(a->n_rows, b->n_rows);
		for (size_t k = 0; k < a->n_rows; k++)
			cr_assert_str_eq(a->rows[k], b->rows[k]);
		collected_free(a);
		collected_free(b);
	}
}

Test(importers, blocks_of_any_size_give_the_same_rows)
{
	for (size_t i = 0; i < FORMS; i++) {
		const char *text = forms[i].text;
		if (importer(forms[i].importer)->does.importer->whole_most)
			continue;
		size_t n = strlen(text);
		const char *first_row = strstr(text, "4.04"), *end = strchr(first_row, '\n'); /* the head holds all that rows depend on */
		for (size_t block = (size_t)(end + 1 - text); block <= n; block++) {
			collected *a = read_as("csv", text), *b = collect_in_blocks(importer("csv"), text, n, 0, block);
			quiet(b, text);
			is_same(a, b, text);
			collected_free(a);
			collected_free(b);
		}
	}
}

Test(importers, a_file_without_its_header_in_the_first_block_is_told_and_not_guessed)
{
	const char *text = forms[2].text;
	collected *c = collect_in_blocks(importer("csv"), text, strlen(text), 0, (size_t)(strstr(text, "\t方法") - text - 5));
	cr_expect_eq(c->n_rows, 0);
	cr_expect_eq(c->n_told, 1);
	cr_expect_str_eq(c->told[0], "6:0: the lines from here on were not read, for want of a header");
	collected_free(c);
}

/* Every form with every byte changed in turn: what is not put is told, or was no row. */
Test(importers, of_a_damaged_file_no_line_is_lost)
{
	static const char damage[] = "\",;\n\t:x";
	for (size_t i = 0; i < FORMS; i++) {
		size_t n = strlen(forms[i].text);
		char *text = malloc(n + 1);
		for (size_t k = 0; k < n * (sizeof damage - 1); k++) {
			memcpy(text, forms[i].text, n + 1);
			text[k / (sizeof damage - 1)] = damage[k % (sizeof damage - 1)];
			collected *c = read_as(forms[i].importer, text);
			cr_assert_null(c->broken, "%s: %s", text, c->broken);
			if (strcmp(forms[i].importer, "csv") == 0)
				cr_assert_eq(collected_lost(c, text, n), 0, "line %ld was lost of\n%s", collected_lost(c, text, n), text);
			else
				cr_assert(c->n_rows == 4 || c->n_told, "%s", text);
			collected_free(c);
		}
		free(text);
	}
}

Test(importers, a_separator_is_found_or_declared)
{
	const char *text = "项目;a,b;c,d\nK;1;2\n"; /* both comma and semicolon make one name known */
	collected *c = collect(importer("csv"), text, strlen(text), ';');
	quiet(c, text);
	cr_expect_eq(c->n_rows, 2);
	cr_expect_str_eq(c->rows[1], "||K|c,d|2||||||||||");
	collected_free(c);
}

Test(importers, doubled_quotes_are_one_and_memory_stays_small)
{
	char *text = malloc(4000000), *p = text;
	p += sprintf(p, "lab,measurand,sample,value,method\n");
	for (int i = 0; i < 40000; i++)
		p += sprintf(p, "\"LAB01\",\"K\",\"S1\",\"%d\",\"a \"\"b\"\" c\"\n", i);
	collected *c = read_as("csv", text);
	cr_expect_null(c->broken, "%s", c->broken);
	cr_expect_eq(c->n_rows, 40000);
	cr_expect_str_eq(c->rows[39999], "LAB01||K|S1|39999||||a \"b\" c||||||");
	collected_free(c);
	free(text);
}

Test(importers, what_is_wrong_in_xml_is_told_where_it_stands)
{
	tells("xml", "<results lab='L'>\n <result measurand='K' sample='S1' valeu='1'/>\n</results>",
	      "2:2: <result> has an attribute \"valeu\", which is not known; perhaps \"value\" is meant");
	tells("xml", "<results lab='L'>\n <result measurand='K' sample='S1' value='1' colour='red'/>\n</results>",
	      "2:2: <result> has an attribute \"colour\", which is not known; expected measurand, sample, value, unit, system, instrument, "
	      "method, reagent, calibrator, received, uncertainty, index or lod");
	tells("xml", "<results lab='L'>\n <result measurand='K' sample='S1'/>\n</results>",
	      "2:2: <result> has no attribute \"value\"; expected measurand, sample and value");
	tells("xml", "<results lab='L' lap='M'><result measurand='K' sample='S1' value='1'/></results>",
	      "1:1: <results> has an attribute \"lap\", which is not known; perhaps \"lab\" is meant");
	tells("xml", "<results>\n <value measurand='K'><x/></value><result measurand='K' sample='S1' value='1'/></results>",
	      "2:2: <value> is not known here; expected <result>");
	tells("xml", "<results><result measurand='K' sample='S1' value='1'><!-- --><unit/></result></results>",
	      "1:62: <unit> stands in <result>; expected nothing in it");
	tells("xml", "<results>\n<result measurand='K' sample='S1' value='1'>4.04</result></results>",
	      "2:0: a text stands between the tags; expected attributes and elements only");
	tells("xml", "<results xmlns='urn:x'><result measurand='K' sample='S1' value='1'/></results>",
	      "1:1: <results> declares a namespace; expected none");
	tells("xml", "<results><result measurand='K' unit='' ѕample='x' value='1'/></results>",
	      "1:10: <result> has an attribute \"<U+0455>ample\", which is not known; perhaps \"sample\" is meant");
}

Test(importers, what_a_misunderstood_element_holds_is_not_read_and_its_neighbours_are)
{
	collected *c = read_as("xml", "<returns><results lab='A' lap='B'><result measurand='K' sample='S1' value='1'/></results>"
				      "<resluts lab='C'><result measurand='K' sample='S1' value='2'/></resluts>"
				      "<results lab='D'><result measurand='K' sample='S1' value='3'/></results></returns>");
	cr_expect_eq(c->n_told, 2);
	cr_assert_eq(c->n_rows, 1);
	cr_expect_str_eq(c->rows[0], "D||K|S1|3||||||||||");
	collected_free(c);
}

Test(importers, a_file_that_is_no_such_xml_is_refused_as_a_whole)
{
	static const struct { const char *text, *sentence; } cases[] = {
		{ "<result/>", "1:1: the root is <result>; expected <results> or, for several laboratories, <returns>" },
		{ "<!DOCTYPE results [<!ATTLIST result value CDATA '5'>]><results/>",
		  "1:1: a document type (\"<!DOCTYPE\" and the like) is not accepted; expected elements only" },
		{ "<results>\n<?php x?></results>", "2:1: a processing instruction (\"<?\") is not accepted; expected elements only" },
		{ "<?xml version='1.0' encoding='GBK'?><results/>", "1:21: the file declares the encoding \"GBK\"; expected UTF-8" },
		{ "", "0:0: the file is empty; expected XML" },
		{ "lab,value\n", "0:0: the file holds no element; expected XML" },
		{ "<results><result measurand='K' sample='S1' value='1'/>\n<result measurand='K' measurand='K' sample='S1' value='1'/></results>",
		  "2:58: this is not well-formed XML: Attribute measurand redefined" },
		{ "<results><result measurand='K' sample='S1' value='&nbsp;1'/></results>", NULL },
		{ "<results><result measurand='K' sample='S1' value='1'/>", NULL },
		{ "<results><result measurand='K' sample='S1' value='\xff'/></results>",
		  "1:51: is not UTF-8 from here on (byte FF); expected UTF-8" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		collected *c = read_as("xml", cases[i].text);
		cr_expect(c->refused, "%s", cases[i].text);
		cr_expect_eq(c->n_told, 1, "%s: %zu", cases[i].text, c->n_told);
		if (cases[i].sentence)
			cr_expect_str_eq(c->told[0], cases[i].sentence);
		collected_free(c);
	}
}

Test(importers, tags_of_xml_have_limits)
{
	char *text = malloc(4000000), *p = text;
	p += sprintf(p, "<results><result");
	for (int i = 0; i < 40000; i++)
		p += sprintf(p, " a%d=''", i);
	sprintf(p, "/></results>");
	tells("xml", text, "1:10: this tag is longer than 64 KiB; expected a shorter one");
	p = text + sprintf(text, "<results><result");
	for (int i = 0; i < 33; i++)
		p += sprintf(p, " a%d=''", i);
	sprintf(p, "/></results>");
	tells("xml", text, "1:10: this element has 33 attributes; expected at most 32");
	p = text;
	for (int i = 0; i < 20; i++)
		p += sprintf(p, "<results>");
	tells("xml", text, "1:145: elements lie more than 16 deep in each other; expected at most 16");
	free(text);
}
