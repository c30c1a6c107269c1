/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scratch.h"
#include <time.h>
#include "book/element.h"
#include "book/xml.h"

TestSuite(xml, .init = scratch_enter, .fini = scratch_leave);

static const zp_xml *read_bytes(const void *bytes, size_t n)
{
	scratch_write_bytes("x.xml", bytes, n);
	return zp_xml_read(arena, scratch_path("x.xml"), "x.xml", input);
}

static const zp_xml *read_text(const char *text)
{
	return read_bytes(text, strlen(text));
}

Test(xml, a_tree_comes_back_as_it_was_written)
{
	const zp_xml *xml = read_text("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!-- <no> & such -->\n<a x='1' y=\"二\">\n  <b/>\n  <c z=''><d/></c>\n</a>\n");
	scratch_quiet(input);
	const zp_element *a = xml->root;
	cr_expect_str_eq(a->name, "a");
	cr_expect_eq(a->n_attributes, 2);
	cr_expect_str_eq(zp_attribute_of(a, "x"), "1");
	cr_expect_str_eq(zp_attribute_of(a, "y"), "二");
	cr_expect_null(zp_attribute_of(a, "z"));
	cr_expect_str_eq(a->first->name, "b");
	cr_expect_str_eq(a->first->next->name, "c");
	cr_expect_str_eq(zp_attribute_of(a->first->next, "z"), "");
	cr_expect_str_eq(a->first->next->first->name, "d");
	cr_expect_null(a->first->next->next);
	cr_expect_null(a->next);
}

Test(xml, an_element_is_where_its_tag_begins)
{
	const zp_xml *xml = read_text("<a>\n <b\n  x='1'\n  y='>'/> <c/>\n<!-- 甲\n乙 --><d z='二'/><e/></a>");
	scratch_quiet(input);
	const zp_element *b = xml->root->first, *c = b->next, *d = c->next, *e = d->next;
	cr_expect(b->line == 2 && b->column == 2);
	cr_expect(c->line == 4 && c->column == 11, "%u:%u", c->line, c->column);
	cr_expect(d->line == 6 && d->column == 6, "%u:%u", d->line, d->column);
	cr_expect(e->line == 6 && e->column == 16, "%u:%u", e->line, e->column);
}

Test(xml, the_five_entities_and_character_references_are_resolved_once)
{
	const zp_xml *xml = read_text("<a x='&lt;&gt;&amp;&apos;&quot;' y='&#38;#38;' z='&amp;lt;' w='&#x4E8C;'/>");
	scratch_quiet(input);
	cr_expect_str_eq(zp_attribute_of(xml->root, "x"), "<>&'\"");
	cr_expect_str_eq(zp_attribute_of(xml->root, "y"), "&#38;");
	cr_expect_str_eq(zp_attribute_of(xml->root, "z"), "&lt;");
	cr_expect_str_eq(zp_attribute_of(xml->root, "w"), "二");
}

Test(xml, the_fingerprint_is_of_the_bytes_with_their_mark)
{
	/* sha256sum of the seven bytes EF BB BF 3C 61 2F 3E */
	const zp_xml *xml = read_text("\xef\xbb\xbf<a/>");
	scratch_quiet(input);
	cr_expect_eq(xml->input.size, 7);
	cr_expect_str_eq(xml->input.name, "x.xml");
	cr_expect_str_eq(xml->input.sha256, "f62dce1ec9035151fd5e973e3289ffce70bf2cf968291dfc2edaab685522da16");
	cr_expect(xml->root->line == 1 && xml->root->column == 1);
}

/* What is refused, where, and the words that say so. Column 0: not looked at. */
static const struct { const char *text; long line, column; const char *words; } refused[] = {
	{ "", 0, 0, "is empty; expected XML" },
	{ "  \n ", 0, 0, "holds no element" },
	{ "lab,value\n1,2\n", 0, 0, "holds no element" },
	{ "<!DOCTYPE a><a/>", 1, 1, "document type" },
	{ "<?xml version='1.0'?>\n<!DOCTYPE a [<!ATTLIST a value CDATA '5.00'>]>\n<a/>", 2, 1, "document type" },
	{ "<!DOCTYPE a [<!ENTITY b '1'><!ENTITY c '&b;&b;'>]><a x='&c;'/>", 1, 1, "document type" },
	{ "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", 1, 1, "document type" },
	{ "<a>\n  <!ENTITY b 'c'></a>", 2, 3, "document type" },
	{ "<a><?php x ?></a>", 1, 4, "processing instruction" },
	{ "<?xml version='1.0' encoding='GB18030'?><a/>", 1, 0, "declares the encoding \"GB18030\"; expected UTF-8" },
	{ "<?xml version='1.0' encoding='UTF-7'?><a/>", 1, 0, "declares the encoding \"UTF-7\"" },
	{ "<?xml version='1.0' encoding='utf-16'?><a/>", 1, 0, "declares the encoding" },
	{ "<a>\n <b x='\xb9\xfe'/></a>", 2, 8, "is not UTF-8 from here on (byte B9)" },
	{ "<a x='\xed\xa0\x80'/>", 1, 7, "is not UTF-8" },
	{ "\xff\xfe<\0a\0/\0>\0", 0, 0, "UTF-16" },
	{ "<a x='&nosuch;'/>", 1, 0, "not well-formed" },
	{ "<a", 1, 0, "not well-formed" },
	{ "<a><b></a>", 1, 0, "not well-formed" },
	{ "<a/><b/>", 1, 0, "not well-formed" },
	{ "<a x='1' x='2'/>", 1, 0, "not well-formed" },
	{ "<a x='<'/>", 1, 0, "not well-formed" },
	{ "<a>\n<!-- never closed\n</a>", 0, 0, "not well-formed" },
	{ "<a>\x01</a>", 1, 0, "not well-formed" },
	{ "<a>5.00</a>", 1, 0, "the text \"5.00\" stands in <a>" },
	{ "<a>\n<b/>\n<![CDATA[x]]></a>", 3, 0, "the text \"x\"" },
	{ "<a xmlns='urn:b'/>", 1, 1, "namespace" },
	{ "<b:a xmlns:b='urn:b'/>", 1, 1, "namespace" },
	{ "<b:a/>", 1, 0, "not well-formed" },
	{ "<a>\n<b x='1&#10;2'/></a>", 2, 1, "U+000A" },
	{ "<a x='\xc2\x85'/>", 1, 1, "U+0085" },
	{ "<a x='\xe2\x80\xae" "1'/>", 1, 1, "U+202E" },
	{ "<a x='\xe2\x81\xa6" "1'/>", 1, 1, "U+2066" },
	{ "<a xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='/etc/passwd'/></a>", 1, 0, "namespace" },
};

Test(xml, whatever_is_not_plain_xml_is_refused_with_its_place)
{
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		input = zp_problems_take(arena);
		cr_expect_null(read_text(refused[i].text), "taken: %s", refused[i].text);
		scratch_says(input, "x.xml", refused[i].line, refused[i].words);
		if (refused[i].column)
			cr_expect_eq(zp_problem_at(input, 0)->column, refused[i].column, "%s: column %ld", refused[i].text,
				     zp_problem_at(input, 0)->column);
	}
}

Test(xml, characters_beside_the_unwelcome_ones_are_welcome)
{
	static const char *const values[] = { "\xc2\xa0", "\xc2\xb5g", "\xe2\x80\xa7", "\xe2\x80\xaf", "\xe2\x81\xa5", "\xe2\x81\xaa",
					      "\xe2\x89\xa4", "\xe3\x80\x80", "\xf0\xa0\x80\x80", "~" };
	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		const zp_xml *xml = read_text(zp_arena_print(arena, "<a x='%s'/>", values[i]));
		cr_assert_not_null(xml, "%s", values[i]);
		cr_expect_str_eq(zp_attribute_of(xml->root, "x"), values[i]);
	}
}

Test(xml, a_nul_is_refused)
{
	cr_expect_null(read_bytes("<a>\n\0</a>", 9));
	scratch_says(input, "x.xml", 2, "NUL");
}

/* `begin`, then `n` times `piece`, then `end`. */
static char *repeat(const char *begin, const char *piece, size_t n, const char *end)
{
	size_t long_piece = strlen(piece);
	char *text = zp_arena_take(arena, strlen(begin) + n * long_piece + strlen(end) + 1), *p = stpcpy(text, begin);
	for (size_t i = 0; i < n; i++)
		p = stpcpy(p, piece);
	strcpy(p, end);
	return text;
}

Test(xml, depth_ends_at_sixteen)
{
	char *good = repeat("", "<a>", 16, ""), *bad = repeat("", "<a>", 17, "");
	cr_expect_not_null(read_text(repeat(good, "</a>", 16, "")));
	cr_expect_null(read_text(repeat(bad, "</a>", 17, "")));
	scratch_says(input, "x.xml", 1, "more than 16 deep");
	cr_expect_null(read_text(repeat(good, "<b/>", 1, repeat("", "</a>", 16, "")))); /* an empty one lies seventeen deep as well */
	scratch_says(input, "x.xml", 1, "more than 16 deep");
	cr_expect_null(read_text(repeat("", "<a>", 1000000, "")));
	cr_expect_not_null(read_text(repeat(repeat("", "<a>", 15, ""), "<b/><c></c>", 100, repeat("", "</a>", 15, ""))));
}

Test(xml, attributes_end_at_ninety_six)
{
	char *text = zp_arena_text(arena, "<a", 2);
	for (int i = 0; i < 96; i++)
		text = zp_arena_print(arena, "%s b%d='='", text, i);
	cr_expect_not_null(read_text(zp_arena_print(arena, "%s/>", text)));
	scratch_quiet(input);
	cr_expect_null(read_text(zp_arena_print(arena, "%s c='1'/>", text)));
	scratch_says(input, "x.xml", 1, "97 attributes; expected at most 96");
}

Test(xml, a_tag_ends_at_64_kib)
{
	cr_expect_not_null(read_text(repeat("<a x='", "b", (64 << 10) - 9, "'/>")));
	scratch_quiet(input);
	cr_expect_null(read_text(repeat("<a>\n <b x='", "b", 100 << 10, "'/></a>")));
	scratch_says(input, "x.xml", 2, "longer than 64 KiB");
}

static double seconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

Test(xml, forty_thousand_attributes_cost_no_time)
{
	char *text = zp_arena_take(arena, 1 << 20), *p = stpcpy(text, "<a");
	for (int i = 0; i < 40000; i++)
		p += sprintf(p, " b%d='1'", i);
	strcpy(p, "/>");
	double begin = seconds();
	cr_expect_null(read_text(text));
	cr_expect_lt(seconds() - begin, 0.5);
	scratch_says(input, "x.xml", 1, "longer than 64 KiB");
}

/* After a fault the scan and libxml2 may disagree on where tags are; libxml2 must have stopped by then. */
Test(xml, attributes_hidden_behind_a_fault_cost_no_time)
{
	char *text = zp_arena_take(arena, 2 << 20), *p = stpcpy(text, "<a><b x='<![CDATA['/><!-- ]]><c");
	for (int i = 0; i < 100000; i++)
		p += sprintf(p, " b%d='1'", i);
	strcpy(p, "/>--></a>");
	double begin = seconds();
	cr_expect_null(read_text(text));
	cr_expect_lt(seconds() - begin, 0.5);
}

Test(xml, a_file_ends_at_16_mib_and_its_elements_at_262144)
{
	cr_expect_null(read_text(repeat("<a>", "                ", 1 << 20, "</a>")));
	scratch_says(input, "x.xml", 0, "is larger than 16 MiB");
	cr_expect_null(read_text(repeat("<a>", "<b/>", 1 << 18, "</a>")));
	scratch_says(input, "x.xml", 1, "more than 262144 elements");
	cr_expect_not_null(read_text(repeat("<a>", "<b/>", (1 << 18) - 1, "</a>")));
}

Test(xml, what_is_no_file_is_refused)
{
	cr_expect_null(zp_xml_read(arena, scratch_path("round"), "round", input));
	scratch_says(input, "round", 0, "is a folder");
	cr_expect_null(zp_xml_read(arena, scratch_path("nothing.xml"), "nothing.xml", input));
	scratch_says(input, "nothing.xml", 0, "does not exist");
	cr_assert_eq(mkfifo(scratch_path("pipe.xml"), 0600), 0);
	cr_expect_null(zp_xml_read(arena, scratch_path("pipe.xml"), "pipe.xml", input));
	scratch_says(input, "pipe.xml", 0, "not an ordinary file");
}

Test(xml, a_file_cut_off_anywhere_is_refused)
{
	static const char whole[] = "<?xml version='1.0' encoding='UTF-8'?><!-- c --><a x='二'><b y='&amp;'/><c></c></a>";
	for (size_t n = 0; n < sizeof whole - 1; n++) {
		input = zp_problems_take(arena);
		cr_expect_null(read_bytes(whole, n), "taken with %zu bytes", n);
		cr_expect_eq(zp_problems_count(input), 1);
	}
	cr_expect_not_null(read_bytes(whole, sizeof whole - 1));
}

/* No change of bytes may crash; what is refused has a reason. */
Test(xml, changed_bytes_give_a_tree_or_a_reason)
{
	static const char whole[] = "<?xml version='1.0' encoding='UTF-8'?>\n<a x='1' y=\"2\"><!-- d --><b z='&#52;&lt;'/>\n<c/></a>";
	static const char pieces[] = "<>/!?-='\"&;[]ax \n\x80\xe2#";
	unsigned state = 1;
	for (int i = 0; i < 3000; i++) {
		char text[sizeof whole];
		memcpy(text, whole, sizeof whole);
		for (int k = 0; k < 1 + i % 3; k++) {
			state = state * 1103515245u + 12345u;
			text[(state >> 8) % (sizeof whole - 1)] = pieces[(state >> 20) % (sizeof pieces - 1)];
		}
		zp_arena *own = zp_arena_open();
		zp_problems *problems = zp_problems_take(own);
		scratch_write_bytes("x.xml", text, sizeof whole - 1);
		const zp_xml *xml = zp_xml_read(own, scratch_path("x.xml"), "x.xml", problems);
		cr_expect_eq(xml == NULL, zp_problems_count(problems) > 0, "%s", text);
		zp_arena_close(own);
	}
}

/* ---- the schema ---- */

#define RNG(inside) "<element name='a' xmlns='http://relaxng.org/ns/structure/1.0'>" inside "</element>"

static bool validate(const char *text, const char *schema)
{
	const zp_xml *xml = read_text(text);
	cr_assert_not_null(xml);
	scratch_write("s.rng", schema);
	return zp_xml_validate(arena, xml, scratch_path("s.rng"), "schemas/s.rng", NULL, input);
}

Test(xml, what_follows_the_schema_passes_in_silence)
{
	cr_expect(validate("<a x='1'><b/></a>", RNG("<attribute name='x'/><element name='b'><empty/></element>")));
	scratch_quiet(input);
}

Test(xml, each_line_that_breaks_the_schema_is_told_once_with_its_element)
{
	cr_expect_not(validate("<a>\n<b/>\n<b y='1'/>\n</a>", RNG("<zeroOrMore><element name='b'><attribute name='x'/></element></zeroOrMore>")));
	cr_expect_geq(zp_problems_count(input), 1);
	scratch_says(input, "x.xml", 2, "<b> does not follow schemas/s.rng: ");
	for (size_t i = 1; i < zp_problems_count(input); i++)
		cr_expect_neq(zp_problem_at(input, i)->line, zp_problem_at(input, i - 1)->line);
}

Test(xml, a_schema_that_is_missing_or_none_is_told)
{
	const zp_xml *xml = read_text("<a/>");
	cr_expect_not(zp_xml_validate(arena, xml, scratch_path("no.rng"), "schemas/no.rng", NULL, input));
	scratch_says(input, "schemas/no.rng", 0, "does not exist; expected the schema of x.xml");
	cr_expect_not(validate("<a/>", "<element name='a'/>"));
	cr_expect_not(validate("<a/>", "nothing"));
	cr_expect_not(validate("<a/>", RNG("<ref name='nowhere'/>")));
	cr_expect_geq(zp_problems_count(input), 4);
}
