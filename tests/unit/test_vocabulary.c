/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scratch.h"
#include "book/vocabulary.h"

TestSuite(vocabulary, .init = scratch_enter, .fini = scratch_leave);

#define FILE_NAME "words.xml"
#define ROOT "<vocabulary name='x' version='1' title='t' title-en='t'>\n"
#define BELOW "<pattern kind='below' match='&lt;(?&apos;n&apos;[0-9]+)' number='$n'>"
#define GOOD "<example of='＜7' gives='&lt;7'/><counterexample of='7'/></pattern>"
#define SEVEN "<pattern kind='nothing' match='x'><example of='x' gives='nothing'/><counterexample of='7'/></pattern>"
#define GREEDY "(a+)+b|c"

static const zp_vocabulary *read_text(const char *text)
{
	rules = zp_problems_take(arena);
	zp_shelf shelf = { .arena = arena, .rules_dir = scratch_path("rules"), .rules = rules };
	scratch_write("rules/" FILE_NAME, text);
	zp_volume *v = zp_shelf_find(&shelf, FILE_NAME, ZP_IN_RULES);
	cr_assert_not_null(v);
	const zp_vocabulary *vocabulary = zp_vocabulary_read(&shelf, v);
	cr_expect_eq(zp_vocabulary_read(&shelf, v), vocabulary, "a second look differs");
	return vocabulary;
}

static const zp_vocabulary *shipped(void)
{
	zp_shelf shelf = { .arena = arena, .rules_dir = RULES, .rules = rules };
	const char *file;
	zp_volume *v = zp_shelf_named(&shelf, "vocabulary", ZP_VOCABULARY_PRESET, &file);
	cr_assert_not_null(v);
	const zp_vocabulary *vocabulary = zp_vocabulary_read(&shelf, v);
	scratch_quiet(rules);
	return vocabulary;
}

/* Its examples are run whenever it is read; this is the test that they come out. */
Test(vocabulary, the_shipped_one_is_good_with_all_its_examples)
{
	cr_expect_gt(shipped()->n_phrases, 30);
}

Test(vocabulary, what_laboratories_write_is_understood)
{
	static const struct { const char *of, *gives; } heard[] = {
		{ "＜0.05", "<0.05" }, { "< 0.05", "<0.05" }, { "≤0.5", "<0.5" }, { ">1000", ">1000" }, { "1:160", "1:160" }, { "1：160", "1:160" },
		{ "阴性(-)", "negative" }, { "±", "grey" }, { "2+", "2+" }, { "++", "2+" }, { "O型 Rh(D)阳性", "O RhD+" }, { "—", "nothing" },
		{ "未做", "nothing" }, { "未检测", "nothing" }, { "12.3 mmol/L", "12.3 mmol/L" }, { "５．２", "5.2" }, { "\xC2\xA0" "5.2\xE3\x80\x80", "5.2" },
		{ "　", NULL }, { "5.20*", NULL }, { "1,234", NULL }, { "5,2", NULL }, { "〇", NULL }, { "③", NULL }, { "五", NULL }, { "5.1\xE2\x80\x8B", NULL },
		{ "1234567890123456789", NULL }, { "<1234567890123456789", NULL }, { "nan", NULL }, { "0x10", NULL }, { "1e400", NULL }, { "5.1 5.2", NULL },
		{ "\xFF", NULL }, { "=1+1", NULL }, { "5.2  \t mmol/L", "5.2 mmol/L" }, { "5.20\r\n", "5.20" }, { "-", "negative" }, { "+", "1+" },
	};
	const zp_vocabulary *v = shipped();
	zp_listener *l = zp_listener_take(arena);
	for (size_t i = 0; i < sizeof heard / sizeof *heard; i++) {
		zp_value value;
		char got[200];
		const char *says = "";
		const zp_heard what = zp_hear(v, l, zp_text_of(heard[i].of), &value, &says);
		cr_expect_neq(what, ZP_HEARD_FAULT, "%s: %s", heard[i].of, says);
		zp_value_write(&value, got, sizeof got);
		if (heard[i].gives)
			cr_expect(what == ZP_HEARD && strcmp(got, heard[i].gives) == 0, "%s gives %s (%s)", heard[i].of, got, says);
		else
			cr_expect(what == ZP_HEARD_REFUSED && strstr(says, "expected"), "%s gives %s (%s)", heard[i].of, got, says);
	}
}

Test(vocabulary, no_text_of_4096_bytes_takes_long_or_reaches_a_limit)
{
	static const char *const pieces[] = { " ", "1", "1 ", "1,", "1,234", ".", "+", "a", "a/", "a.a", "一", "点", "阴性", "(", "1:", "e1", "\xE2\x80\xA6", "-", "5~", "Rh", "1/", "\t", "11 1" };
	static const char *const before[] = { "", "1", "<1.0", "1 a", "1 ", "阴性(", "O型", "Rh" };
	const zp_vocabulary *v = shipped();
	zp_listener *l = zp_listener_take(arena);
	const size_t n_pieces = sizeof pieces / sizeof *pieces;
	for (size_t i = 0; i < n_pieces * n_pieces * (sizeof before / sizeof *before); i++) {
		const char *first = before[i / n_pieces / n_pieces], *piece = pieces[i / n_pieces % n_pieces], *last = pieces[i % n_pieces];
		char text[ZP_SUBJECT_BYTES];
		size_t n = strlen(first);
		memcpy(text, first, n);
		for (; n + strlen(piece) + strlen(last) <= sizeof text; n += strlen(piece))
			memcpy(text + n, piece, strlen(piece));
		memcpy(text + n, last, strlen(last));
		zp_value value;
		const char *says;
		cr_expect_neq(zp_hear(v, l, (zp_text){ text, n + strlen(last) }, &value, &says), ZP_HEARD_FAULT, "%s", says);
	}
}

Test(vocabulary, a_longer_text_is_refused_and_no_fault)
{
	char text[ZP_SUBJECT_BYTES + 1];
	zp_value value;
	const char *says;
	memset(text, '1', sizeof text);
	cr_expect_eq(zp_hear(shipped(), zp_listener_take(arena), (zp_text){ text, sizeof text }, &value, &says), ZP_HEARD_REFUSED);
	cr_expect(strstr(says, "4096"));
}

static void expect_fault(const char *match)
{
	const zp_vocabulary *v = read_text(zp_arena_print(arena, ROOT "<pattern kind='nothing' match='%s'>\n<example of='c' gives='nothing'/><counterexample of='d'/></pattern></vocabulary>", match));
	scratch_quiet(rules);
	zp_value value;
	const char *says = "";
	cr_expect_eq(zp_hear(v, zp_listener_take(arena), zp_text_of("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"), &value, &says), ZP_HEARD_FAULT);
	cr_expect(strstr(says, GREEDY) && strstr(says, FILE_NAME ":2") && strstr(says, "aaaaaaaaaa") && strstr(says, "steps"), "%s", says);
}

Test(vocabulary, a_limit_that_is_reached_is_a_fault_and_never_no_match)
{
	expect_fault(GREEDY);
}

Test(vocabulary, a_pattern_cannot_raise_the_limits)
{
	cr_expect_null(read_text(ROOT "<pattern kind='nothing' match='(*LIMIT_MATCH=4000000000)" GREEDY "'><example of='c' gives='nothing'/><counterexample of='d'/></pattern></vocabulary>"));
	scratch_says(rules, FILE_NAME, 2, "is no pattern");
}

Test(vocabulary, what_is_wrong_is_told_with_its_line)
{
	static const struct { const char *text, *words; } refused[] = {
		{ BELOW "<example of='&lt;7' gives='&lt;8'/><counterexample of='7'/></pattern>", "the example \"<7\" gives \"<7\"; expected \"<8\"" },
		{ BELOW "<example of='7' gives='&lt;7'/><counterexample of='7'/></pattern>", "the example \"7\" is taken by no pattern" },
		{ "<pattern kind='below' match='&lt;?(?&apos;n&apos;[0-9]+)' number='$n'>" GOOD, "the counterexample \"7\" is taken by the pattern" },
		{ "<pattern kind='below' match='&lt;(?&apos;n&apos;[0-9]+' number='$n'>" GOOD, "is no pattern: missing closing parenthesis" },
		{ "<pattern kind='below' match='&lt;(?&apos;n&apos;.+)' number='$n'><example of='&lt;x' gives='&lt;7'/><counterexample of='7'/></pattern>",
		  "takes for a number what is none" },
		{ "<pattern kind='below' match='&lt;(?&apos;n&apos;[0-9]+)' number='$m'>" GOOD, "names the group \"m\"" },
		{ "<pattern kind='below' match='&lt;[0-9]+'>" GOOD, "of the kind below needs; expected the attribute \"number\"" },
		{ "<pattern kind='nothing' match='&lt;7' number='7'>" GOOD, "of the kind nothing has no use for; expected no attribute \"number\"" },
		{ "<pattern kind='category' match='&lt;7'>" GOOD, "expected the attribute \"word\"" },
		{ "<pattern kind='titre' match='&lt;(?&apos;n&apos;7)' number='$n' unit='$n'>" GOOD, "\"unit\" of a pattern of the kind titre" },
		{ BELOW "<example of='&lt;7' gives='&lt;7'/></pattern>", "lacks an <example> or a <counterexample>" },
		{ "<pattern kind='below' match='&lt;(?&apos;n&apos;[0-9]+)(?C1)' number='$n'>" GOOD, "calls out" },
		{ "<pattern kind='below' match='&lt;(?&apos;n&apos;[0-9]+)\\C*' number='$n'>" GOOD, "is no pattern: using \\C is disabled" },
		{ "<pattern kind='below' match='&lt;(?&apos;n&apos;((a{65535}){65535}){65535}|7)' number='$n'>" GOOD, "is no pattern: regular expression is too large" },
		{ "<pattern kind='below' match='()()()()()()()()()()()()()()()()()()()()()()()()()()()()()()()(7)' number='7'>" GOOD, "it has 32 groups" },
		{ "<pattern kind='wonder' match='7'>" GOOD, "wonder" },
		{ "<refusal match='7' says='is seven; expected less'><example of='7' gives='x'/><counterexample of='8'/></refusal>", "gives" },
		{ "<part name='A' match='7'/>" SEVEN, "expected letters a to z" },
		{ "<part name='a' match='(7'/>" SEVEN, "the part \"a\" is no pattern" },
		{ "<fold from='7' to='8'/>" SEVEN, "replaces \"7\"" },
		{ "<fold from='﹤﹥' to='&lt;'/>" SEVEN, "differ in length" },
		{ "<fold from='±' to='阴'/>" SEVEN, "longer than the one it stands for" },
	};
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		cr_expect_null(read_text(zp_arena_print(arena, ROOT "%s</vocabulary>", refused[i].text)), "%s", refused[i].text);
		scratch_says(rules, FILE_NAME, 2, refused[i].words);
	}
	cr_expect_null(read_text(ROOT "</vocabulary>"));
	scratch_says(rules, FILE_NAME, 1, "has 0 patterns; expected 1 to 1000");
}

Test(vocabulary, an_example_that_another_pattern_takes_is_told_with_that_ones_line)
{
	cr_expect_null(read_text(ROOT "<pattern kind='nothing' match='x|y'><example of='x' gives='nothing'/><counterexample of='z'/></pattern>\n"
				 "<pattern kind='category' match='y' word='why'>\n<example of='y' gives='why'/><counterexample of='z'/></pattern></vocabulary>"));
	scratch_says(rules, FILE_NAME, 4, "is taken by the pattern in line 2; expected the one that it stands in");
}

Test(vocabulary, words_are_put_together_from_groups_and_characters_from_the_table)
{
	const zp_vocabulary *v = read_text(ROOT "<fold from='﹡' to='*'/><part name='letter' match='[A-C]'/>\n"
		"<pattern kind='category' match='(?&apos;a&apos;(?P&gt;letter))\\*(?&apos;b&apos;[0-9])?' word='$a and $b.'>"
		"<example of='B﹡7' gives='B and 7.'/><example of='A*' gives='A and .'/><counterexample of='D*'/></pattern></vocabulary>");
	scratch_quiet(rules);
	cr_expect_not_null(v);
}
