/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glob.h>
#include "scratch.h"
#include "book/scale.h"

TestSuite(scale, .init = scratch_enter, .fini = scratch_leave);

#define FILE_NAME "names/x.xml"
#define ROOT(kind, more) "<scale name='x' version='1' title='t' kind='" kind "'" more ">\n"

static const zp_scale *read_text(const char *text)
{
	rules = zp_problems_take(arena);
	zp_shelf shelf = { .arena = arena, .rules_dir = scratch_path("rules"), .rules = rules };
	scratch_write("rules/" FILE_NAME, text);
	zp_volume *v = zp_shelf_find(&shelf, FILE_NAME, ZP_IN_RULES);
	cr_assert_not_null(v);
	const zp_scale *s = zp_scale_read(&shelf, v);
	cr_expect_eq(zp_scale_read(&shelf, v), s, "a second look differs");
	return s;
}

static const zp_scale *good(const char *text)
{
	const zp_scale *s = read_text(text);
	scratch_quiet(rules);
	cr_assert_not_null(s);
	return s;
}

static void means(const zp_scale *s, const zp_strip *strip, const char *text, const char *code)
{
	char written[400];
	int64_t reply;
	zp_text unknown;
	if (!zp_scale_reply(s, strip, zp_text_of(text), &reply, &unknown)) {
		cr_expect_null(code, "%s: %.*s is unknown", text, (int)unknown.n, unknown.p);
		return;
	}
	zp_scale_write(s, reply, -1, written, sizeof written);
	cr_expect(code && strcmp(written, code) == 0, "%s is %s, not %s", text, written, code ? code : "unknown");
}

/* ---- keys ---- */

static const struct { const char *text, *ignored, *matters; } keys[] = {
	{ "Anti-E", "anti-e", "Anti-E" }, { " anti - E\t", "anti-e", "anti-E" }, { "ＡＢ", "ab", "AB" }, { "１：１６", "1:16", "1:16" }, { "　阳性　", "阳性", "阳性" },
	{ "0.30 g/L", "0.3g/l", "0.3g/L" }, { "1.0 g/L", "1g/l", "1g/L" }, { "03", "3", "3" }, { "0.0", "0", "0" }, { "000", "0", "0" }, { "10", "10", "10" },
	{ "100", "100", "100" }, { "0.5", "0.5", "0.5" }, { "1.2.3", "1.2.3", "1.2.3" }, { "1.", "1.", "1." }, { ".50", ".50", ".50" }, { "2+", "2+", "2+" }, { "", "", "" },
	{ "+", "+", "+" }, { "5.0-6.0", "5-6.0", "5-6.0" },
};

Test(scale, a_text_has_one_key_however_it_is_written)
{
	char room[ZP_SCALE_KEY_BYTES];
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		zp_text key = zp_scale_key(zp_text_of(keys[i].text), false, room);
		cr_expect(zp_text_is(key, keys[i].ignored), "\"%s\" is \"%.*s\"", keys[i].text, (int)key.n, key.p);
		key = zp_scale_key(zp_text_of(keys[i].text), true, room);
		cr_expect(zp_text_is(key, keys[i].matters), "\"%s\" is \"%.*s\" where case matters", keys[i].text, (int)key.n, key.p);
	}
}

/* The key of a key is the key, so that what one file writes another finds. */
Test(scale, a_key_is_its_own_key)
{
	char room[ZP_SCALE_KEY_BYTES], again[ZP_SCALE_KEY_BYTES];
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		const zp_text key = zp_scale_key(zp_text_of(keys[i].text), false, room), twice = zp_scale_key(key, false, again);
		cr_expect(zp_text_same(key, twice), "\"%s\": \"%.*s\"", keys[i].text, (int)twice.n, twice.p);
	}
}

Test(scale, a_text_that_is_too_long_has_no_key)
{
	char text[ZP_SCALE_KEY_BYTES + 2], room[ZP_SCALE_KEY_BYTES];
	memset(text, 'a', sizeof text);
	cr_expect_eq(zp_scale_key((zp_text){ text, ZP_SCALE_KEY_BYTES }, false, room).n, ZP_SCALE_KEY_BYTES);
	cr_expect_null(zp_scale_key((zp_text){ text, ZP_SCALE_KEY_BYTES + 1 }, false, room).p);
}

/* ---- answers ---- */

#define GROUPS "<answer code='A' name='A型' name-en='group A'/><answer code='O' name='O型' name-en='group O'><as text='H'/></answer><answer code='AB' name='AB型'/>"

Test(scale, an_answer_is_found_by_code_and_names_and_never_by_a_part)
{
	const zp_scale *s = good(ROOT("nominal", "") GROUPS "</scale>");
	static const char *const ways[][2] = { { "A", "A" }, { "a", "A" }, { "Ａ", "A" }, { "A型", "A" }, { "a 型", "A" }, { "Group A", "A" }, { "H", "O" }, { "o", "O" }, { "AB", "AB" },
					       { "ab型", "AB" }, { "A B", "AB" }, { "B", NULL }, { "A型血", NULL }, { "group", NULL }, { "", NULL }, { "0", NULL } };
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
		means(s, NULL, ways[i][0], ways[i][1]);
	cr_expect_eq(s->n, 3);
	cr_expect_eq(s->answers[0].side, ZP_SIDE_NONE);
	cr_expect_str_eq(s->answers[2].name_en, "AB"); /* the code, where no English name is given */
	cr_expect_str_eq(s->name, "x");
	cr_expect_str_eq(s->version, "1");
}

Test(scale, case_matters_where_the_scale_says_so)
{
	const zp_scale *s = good(ROOT("set", " case='matters'") "<answer code='none' name='无' side='negative'/><answer code='anti-E' name='抗-E'/><answer code='anti-e' name='抗-e' significant='no'/></scale>");
	means(s, NULL, "anti-E", "anti-E");
	means(s, NULL, "anti-e", "anti-e");
	means(s, NULL, "ANTI-E", NULL);
	cr_expect(s->answers[1].significant && !s->answers[2].significant);
	read_text(ROOT("nominal", "") "<answer code='anti-E' name='大'/><answer code='anti-e' name='小'/></scale>");
	scratch_says(rules, FILE_NAME, 2, "\"anti-e\" stands for the answers \"anti-E\" and \"anti-e\"");
}

#define SET "<answer code='none' name='无' name-en='none' side='negative'><as text='阴性'/></answer><answer code='a' name='甲'/><answer code='b' name='乙'/><answer code='c' name='丙'/>"

Test(scale, a_set_is_its_members_in_any_order_and_by_any_mark)
{
	const zp_scale *s = good(ROOT("set", "") SET "</scale>");
	static const char *const ways[][2] = {
		{ "a", "a" }, { "b+a", "a+b" }, { "a, b", "a+b" }, { "a；c；b", "a+b+c" }, { "甲、丙", "a+c" }, { "甲和乙", "a+b" }, { "a and c", "a+c" }, { "a/b", "a+b" }, { "a＋b", "a+b" },
		{ "a & b", "a+b" }, { "a+a", "a" }, { "none", "none" }, { "阴性", "none" }, { "none+a", NULL }, { "a+", NULL }, { "+a", NULL }, { "a++b", NULL }, { "a+d", NULL },
		{ "", NULL }, { "a b", "a+b" }, { "a d", NULL },
	};
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
		means(s, NULL, ways[i][0], ways[i][1]);
	int64_t reply;
	zp_text unknown;
	cr_assert_not(zp_scale_reply(s, NULL, ZP_TEXT("a + 抗-X"), &reply, &unknown));
	cr_expect(zp_text_is(unknown, "抗-X"), "%.*s", (int)unknown.n, unknown.p);
}

Test(scale, a_set_is_written_in_the_order_of_the_scale_and_cut_where_there_is_no_room)
{
	const zp_scale *s = good(ROOT("set", "") SET "</scale>");
	char out[8];
	cr_expect_eq(zp_scale_write(s, 14, -1, out, sizeof out), 5);
	cr_expect_str_eq(out, "a+b+c");
	cr_expect_eq(zp_scale_write(s, 0, -1, out, sizeof out), 4);
	cr_expect_str_eq(out, "none");
	cr_expect_eq(zp_scale_write(s, 0, 1, out, sizeof out), strlen("无"));
	cr_expect_str_eq(out, "无");
	memset(out, 'x', sizeof out);
	cr_expect_eq(zp_scale_write(s, 14, -1, out, 4), 5); /* its length in full */
	cr_expect_str_eq(out, "a+b");
	cr_expect_eq(out[4], 'x');
	cr_expect_eq(zp_scale_write(s, 2, -1, NULL, 0), 1);
	cr_expect_eq(zp_scale_side(s, 0), ZP_SIDE_NEGATIVE);
	cr_expect_eq(zp_scale_side(s, 2), ZP_SIDE_POSITIVE);
}

/* ---- titres ---- */

Test(scale, dilutions_follow_what_is_written_out)
{
	const zp_scale *s = good(ROOT("titre", " start='2' most='64'") "<answer code='neg' name='阴性' side='negative'/></scale>");
	cr_expect_eq(s->n, 7); /* and 1:2 … 1:64 */
	means(s, NULL, "1:16", "1:16");
	means(s, NULL, "1：１６", "1:16");
	means(s, NULL, "阴性", "neg");
	means(s, NULL, "1:20", NULL);
	means(s, NULL, "1:1", NULL);
	means(s, NULL, "1:128", NULL);
	cr_expect_eq(zp_scale_steps(NULL, 1, 4), 3); /* 1:2 and 1:16 */
	cr_expect_eq(zp_scale_side(s, 1), ZP_SIDE_POSITIVE);
	const zp_scale *four = good(ROOT("titre", " start='10' factor='4' most='2560'") "</scale>");
	cr_expect_eq(four->n, 5);
	means(four, NULL, "1:160", "1:160");
	means(four, NULL, "1:20", NULL);
}

/* ---- strips ---- */

#define GRADES "<answer code='neg' name='−' name-en='negative' side='negative'><as text='-'/></answer><answer code='trace' name='±' side='grey'/><answer code='1+' name='1+' side='positive'/>" \
	       "<answer code='2+' name='2+' side='positive'/><answer code='3+' name='3+' side='positive'/>"
#define STRIPS "<strip name='甲' answers='neg trace 1+ 2+'><maker name='甲公司'/><maker name='Alpha'/><as text='0.3 g/L' answer='1+'/></strip>" \
	       "<strip name='乙' answers='neg 1+ 3+'><maker name='乙公司'/><as text='0.3 g/L' answer='3+'/></strip>"

Test(scale, a_strip_reads_its_own_way_first_and_counts_its_own_steps)
{
	const zp_scale *s = good(ROOT("ordinal", "") GRADES "\n" STRIPS "</scale>");
	const zp_strip *first = zp_scale_strip(s, ZP_TEXT("甲公司")), *second = zp_scale_strip(s, ZP_TEXT(" 乙 公司"));
	cr_assert(first && second && first != second);
	cr_expect_eq(zp_scale_strip(s, ZP_TEXT("ＡＬＰＨＡ")), first);
	cr_expect_null(zp_scale_strip(s, ZP_TEXT("丙公司")));
	cr_expect_null(zp_scale_strip(s, ZP_TEXT("")));
	cr_expect_eq(s->strip_key, 3); /* the reagent, where nothing is said */
	means(s, first, "0.30g/L", "1+");
	means(s, second, "0.3 g/L", "3+");
	means(s, NULL, "0.3 g/L", NULL);
	means(s, second, "2+", "2+"); /* understood; that it is not on the strip is told by who reads results */
	cr_expect_eq(zp_scale_steps(NULL, 0, 2), 2);
	cr_expect_eq(zp_scale_steps(first, 0, 2), 2);
	cr_expect_eq(zp_scale_steps(second, 0, 2), 1); /* it has no trace */
	cr_expect_eq(zp_scale_steps(second, 2, 0), 1);
	cr_expect_eq(zp_scale_steps(second, 2, 2), 0);
	cr_expect_eq(zp_scale_steps(second, 0, 4), 2);
	cr_expect_eq(zp_scale_steps(second, 1, 2), -1);
	cr_expect_eq(zp_scale_steps(first, 2, 4), -1);
	char known[600];
	cr_expect_str_eq(zp_scale_known(s, second, known, sizeof known), "−, 1+ or 3+");
	cr_expect_str_eq(zp_scale_known(s, NULL, known, sizeof known), "−, ±, 1+, 2+ or 3+");
}

/* Every pair on a scale of the most grades, against counting one by one. */
Test(scale, steps_on_a_strip_are_counted_ones)
{
	const zp_strip strip = { .answers = UINT64_C(0x2a5f9c3317e1d0b5) & ((UINT64_C(1) << ZP_GRADES_MOST) - 1) };
	for (int a = 0; a < ZP_GRADES_MOST; a++)
		for (int b = 0; b < ZP_GRADES_MOST; b++) {
			int n = 0;
			for (int i = (a < b ? a : b) + 1; i <= (a < b ? b : a); i++)
				n += (int)(strip.answers >> i & 1);
			const bool both = (strip.answers >> a & 1) && (strip.answers >> b & 1);
			cr_assert_eq(zp_scale_steps(&strip, a, b), both ? n : -1, "%d to %d", a, b);
			cr_assert_eq(zp_scale_steps(NULL, a, b), abs(a - b));
		}
}

/* ---- refusals ---- */

static const struct { const char *text, *words; } refused[] = {
	{ ROOT("nominal", "") "</scale>", "the scale has 0 answers; expected 1 to 2000" },
	{ ROOT("nominal", " most='8'") GROUPS "</scale>", "unknown attribute \"most\"" },
	{ ROOT("frequent", "") GROUPS "</scale>", "expected nominal, ordinal, titre or set" },
	{ ROOT("nominal", " case='small'") GROUPS "</scale>", "expected matters or ignored" },
	{ ROOT("nominal", " strips-by='lab'") GROUPS "</scale>", "expected system, instrument, method, reagent or calibrator" },
	{ ROOT("nominal", "") GROUPS "\n<answer code='A' name='又'/></scale>", "a second answer has the code \"A\"" },
	{ ROOT("nominal", "") GROUPS "\n<answer code='B' name='O型'/></scale>", "\"O型\" stands for the answers \"O\" and \"B\"" },
	{ ROOT("nominal", "") GROUPS "\n<answer code='B' name='B型'><as text='h'/></answer></scale>", "\"h\" stands for the answers \"O\" and \"B\"" },
	{ ROOT("nominal", "") GROUPS "\n<answer code='+' name='加'/></scale>", "the code \"+\"; expected one that begins with a letter or a digit" },
	{ ROOT("nominal", "") GROUPS "\n<answer code='=B' name='乙'/></scale>", "the code \"=B\"" },
	{ ROOT("nominal", "") GROUPS "\n<answer name='乙'/></scale>", "no attribute \"code\"" },
	{ ROOT("nominal", "") GROUPS "\n<answer code='B C' name='乙'/></scale>", "code" },
	{ ROOT("nominal", "") GROUPS "\n<answer code='B' name='乙' side='left'/></scale>", "expected none, negative, grey or positive" },
	{ ROOT("set", "") SET "\n<answer code='d' name='丁' significant='maybe'/></scale>", "expected yes or no" },
	{ ROOT("nominal", "") GROUPS "\n<answer code='B' name='乙'><as/></answer></scale>", "no attribute \"text\"" },
	{ ROOT("nominal", "") GROUPS "\n<answer code='B' name='乙' colour='red'/></scale>", "unknown attribute \"colour\"" },
	{ ROOT("nominal", "") GROUPS "\n<strip name='甲' answers='A'/></scale>", "a scale without order has strips" },
	{ ROOT("set", "") SET "\n<strip name='甲' answers='a'/></scale>", "a scale without order has strips" },
	{ ROOT("ordinal", "") GRADES "\n<strip name='甲' answers='neg 4+'/></scale>", "the strip has the answer \"4+\", which the scale has not" },
	{ ROOT("ordinal", "") GRADES "\n<strip name='甲' answers='neg 1+'><as text='x' answer='2+'/></strip></scale>", "the answer \"2+\" is not on this strip" },
	{ ROOT("ordinal", "") GRADES "\n<strip name='甲' answers='neg 1+'><as text='x' answer='5+'/></strip></scale>", "the answer \"5+\" is not on this strip" },
	{ ROOT("ordinal", "") GRADES "\n<strip name='甲' answers='neg 1+ 2+'><as text='x' answer='1+'/><as text='X' answer='2+'/></strip></scale>", "\"X\" stands for the answers \"1+\" and \"2+\"" },
	{ ROOT("ordinal", "") GRADES "\n<strip name='甲' answers='neg'><maker name='公司'/></strip><strip name='乙' answers='neg'><maker name='公司'/></strip></scale>",
	  "the maker \"公司\" stands for two strips" },
	{ ROOT("titre", " most='0'") "</scale>", "most" },
	{ ROOT("titre", " start='8' most='4'") "</scale>", "the dilutions go from 1:8 to 1:4; expected \"start\" not above \"most\"" },
	{ ROOT("titre", " factor='1' most='4'") "</scale>", "factor" },
	{ ROOT("titre", "") "</scale>", "no attribute \"most\"" },
	{ ROOT("titre", " most='8'") "\n<answer code='1:4' name='四'/></scale>", "a second answer has the code \"1:4\"" },
	{ "<scale name='x' title='t' kind='nominal'>\n" GROUPS "</scale>", "no attribute \"version\"" },
};

Test(scale, what_is_wrong_is_told_once_with_its_place)
{
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		cr_expect_null(read_text(refused[i].text), "%s", refused[i].text);
		scratch_says(rules, FILE_NAME, 0, refused[i].words);
		cr_expect_eq(zp_problems_count(rules), 1, "%s: %zu problems", refused[i].text, zp_problems_count(rules));
	}
}

static const char *many_called(const char *kind, int n, const char *name)
{
	char *text = NULL;
	size_t length;
	FILE *out = open_memstream(&text, &length);
	fprintf(out, "<scale name='x' version='1' title='t' kind='%s'>", kind);
	for (int i = 0; i < n; i++)
		fprintf(out, "<answer code='a%d' name='%s%d'/>", i, name, i);
	fprintf(out, "</scale>");
	fclose(out);
	const char *kept = zp_arena_text(arena, text, length);
	free(text);
	return kept;
}

static const char *many(const char *kind, int n) { return many_called(kind, n, "n"); }

#define LONG "很长的名称很长的名称很长的名称" /* 45 bytes */

Test(scale, all_members_of_a_set_fit_into_a_cell)
{
	cr_expect_not_null(read_text(many_called("set", 21, LONG))); /* 21 of 45, 11 more digits than answers, 21 joints: 998 */
	cr_expect_null(read_text(many_called("set", 22, LONG)));
	scratch_says(rules, FILE_NAME, 1, "the names of all answers of the set take 1046 bytes; expected at most 1024");
}

Test(scale, a_name_is_told_whole_or_not_at_all)
{
	char known[150];
	const zp_scale *s = good(many_called("nominal", 5, LONG));
	cr_expect_str_eq(zp_scale_known(s, NULL, known, sizeof known), LONG "0, " LONG "1 … (5)");
	cr_expect_str_eq(zp_scale_known(s, NULL, known, 40), "… (5)");
}

Test(scale, there_is_room_for_so_many_answers)
{
	cr_expect_not_null(read_text(many("nominal", ZP_ANSWERS_MOST)));
	cr_expect_null(read_text(many("nominal", ZP_ANSWERS_MOST + 1)));
	scratch_says(rules, FILE_NAME, 1, "2001 answers; expected 1 to 2000");
	const zp_scale *s = read_text(many("set", ZP_GRADES_MOST));
	cr_assert_not_null(s);
	means(s, NULL, "a61+a0", "a0+a61");
	cr_expect_null(read_text(many("ordinal", ZP_GRADES_MOST + 1)));
	scratch_says(rules, FILE_NAME, 1, "63 answers; expected 1 to 62");
	cr_expect_null(read_text(ROOT("titre", " most='8'") "<answer code='a' name='a'/><answer code='b' name='b'/><answer code='c' name='c'/><answer code='d' name='d'/>"
		"<answer code='e' name='e'/><answer code='f' name='f'/><answer code='g' name='g'/><answer code='h' name='h'/><answer code='i' name='i'/>"
		"<answer code='j' name='j'/><answer code='k' name='k'/><answer code='l' name='l'/><answer code='m' name='m'/><answer code='n' name='n'/>"
		"<answer code='o' name='o'/><answer code='p' name='p'/><answer code='q' name='q'/><answer code='r' name='r'/><answer code='s' name='s'/>"
		"<answer code='t' name='t'/><answer code='u' name='u'/><answer code='v' name='v'/><answer code='w' name='w'/></scale>"));
	scratch_says(rules, FILE_NAME, 1, "23 answers beside its dilutions; expected 0 to 22");
}

/* ---- what is shipped ---- */

Test(scale, every_shipped_scale_is_good_and_finds_its_own_answers)
{
	glob_t files;
	cr_assert_eq(glob(RULES "/vocabulary/scales/*.xml", 0, NULL, &files), 0);
	for (size_t i = 0; i < files.gl_pathc; i++) {
		const char *name = strrchr(files.gl_pathv[i], '/') + 1;
		zp_shelf shelf = { .arena = arena, .rules_dir = RULES, .rules = rules };
		zp_volume *v = zp_shelf_find(&shelf, zp_arena_print(arena, "vocabulary/scales/%s", name), ZP_IN_RULES);
		cr_assert_not_null(v, "%s", name);
		const zp_scale *s = zp_scale_read(&shelf, v);
		scratch_quiet(rules);
		cr_assert_not_null(s, "%s", name);
		for (uint32_t a = 0; a < s->n; a++) {
			cr_expect_eq(zp_scale_find(s, NULL, zp_text_of(s->answers[a].code)), a, "%s", s->answers[a].code);
			cr_expect_eq(zp_scale_find(s, NULL, zp_text_of(s->answers[a].name)), a, "%s", s->answers[a].name);
			cr_expect_eq(zp_scale_find(s, NULL, zp_text_of(s->answers[a].name_en)), a, "%s", s->answers[a].name_en);
		}
	}
	globfree(&files);
}
