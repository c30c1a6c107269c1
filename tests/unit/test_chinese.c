/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include "base/chinese.h"
#include "base/text.h"

static const char *printed(char *out, size_t size, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
static const char *printed(char *out, size_t size, const char *fmt, ...)
{
	va_list values;
	va_start(values, fmt);
	const char *text = zp_chinese_print(out, size, fmt, values);
	va_end(values);
	return text;
}

static size_t conversions(const char *english)
{
	size_t n = 0;
	for (const char *p = english; (p = strchr(p, '%')); p += 2)
		n += p[1] != '%';
	return n;
}

Test(chinese, every_entry_names_only_what_its_english_has)
{
	for (const zp_said *s = zp_said_in_chinese; s->english; s++) {
		const size_t n = conversions(s->english);
		for (const char *p = s->chinese; (p = strchr(p, '{')); p++) {
			cr_expect(p[1] >= '1' && (size_t)(p[1] - '0') <= n, "%s: %s", s->english, p);
			cr_expect(p[2] == '}' || (p[2] == '!' && p[3] == '}'), "%s: %s", s->english, p);
		}
		cr_expect_eq(zp_utf8_valid(s->chinese, strlen(s->chinese)), strlen(s->chinese), "%s", s->english);
		cr_expect_null(strchr(s->chinese, ';'), "%s: a half-width semicolon", s->english);
	}
}

Test(chinese, every_entry_says_all_that_its_english_says)
{
	/* what grammar needs, such as the s of "cells", and what the Chinese says in one word */
	static const char *const leave_out[] = { "%zu cell%s", "(%u result%s)", "was understood as the %s %s" };
	for (const zp_said *s = zp_said_in_chinese; s->english; s++) {
		bool may = false;
		for (size_t i = 0; i < sizeof leave_out / sizeof *leave_out; i++)
			may |= strstr(s->english, leave_out[i]) != NULL;
		for (size_t k = 1; k <= conversions(s->english) && !may; k++) {
			const char place[] = { '{', (char)('0' + k), '\0' };
			cr_expect_not_null(strstr(s->chinese, place), "%s: value %zu is not in it", s->english, k);
		}
	}
}

Test(chinese, no_english_stands_twice)
{
	for (const zp_said *s = zp_said_in_chinese; s->english; s++)
		for (const zp_said *t = s + 1; t->english; t++)
			cr_expect_str_neq(s->english, t->english);
}

Test(chinese, values_stand_where_the_chinese_wants_them)
{
	char out[400];
	cr_assert_str_eq(printed(out, sizeof out, "laboratory %s has not declared %s in programme %s", "LAB01", "K", "chem"), "实验室 LAB01 未申报专业 chem 的项目 K");
	cr_assert_str_eq(printed(out, sizeof out, "the line has %zu cell%s; the header has %zu", (size_t)3, "s", (size_t)4), "本行有 3 个单元格；应与标题行一样为 4 个");
	cr_assert_str_eq(printed(out, sizeof out, "laboratory %s is already on line %ld", "LAB01", 12L), "实验室 LAB01 已出现在第 12 行");
	cr_assert_str_eq(printed(out, sizeof out, "of a kind that is not known (its first bytes are %02X %02X %02X)", 10u, 0u, 255u),
			 "无法识别的文件（开头字节 0A 00 FF）");
}

Test(chinese, a_clause_within_is_put_into_chinese)
{
	char out[400];
	cr_assert_str_eq(printed(out, sizeof out, "%s value \"%s\" %s", "GLU", "x", "is no number; expected digits with a decimal point, as 5.1"),
			 "GLU 的结果“x”不是数值；应为用小数点书写的数字，如 5.1");
	cr_assert_str_eq(printed(out, sizeof out, "the file %s", "is larger than 16 MiB"), "文件大于 16 MiB");
}

Test(chinese, a_clause_that_was_put_into_words_before_is_recognised)
{
	char out[400];
	cr_assert_str_eq(printed(out, sizeof out, "%s; the result is not used", "laboratory LAB01 is not enrolled in programme chem"),
			 "实验室 LAB01 未参加专业 chem；该结果不采用");
	cr_assert_str_eq(printed(out, sizeof out, "%s", "sample \"S9\" is not in programme chem"), "样本编号“S9”不在专业 chem 中");
	cr_assert_str_eq(printed(out, sizeof out, "%s%s", "the file ", "is not UTF-8 from here on (byte 0A); expected UTF-8"),
			 "文件由此往下不是 UTF-8（字节 0A）；应为 UTF-8");
}

Test(chinese, a_brace_that_is_no_place_stands_for_itself)
{
	char out[400];
	cr_assert_str_eq(printed(out, sizeof out, "the attribute \"%s\" of <%s> names the unknown field {%s}; did you mean {%.*s}?", "says", "text", "lab", 8, "lab-name; "),
			 "<text> 的属性“says”含有未知字段 {lab}；是否应为 {lab-name}？");
	cr_assert_str_eq(printed(out, sizeof out, "the attribute \"%s\" of <%s> is \"%s\", where a brace stands alone; expected a field such as {lab-name}, or {{ and }} for braces", "says",
				 "text", "{1"), "<text> 的属性“says”为“{1”，其中有单独的花括号；应为字段，如 {lab-name}，或以 {{ 和 }} 表示花括号");
}

Test(chinese, a_number_has_the_digits_that_its_english_has)
{
	char out[400];
	cr_assert_str_eq(printed(out, sizeof out, "the attribute \"%s\" of <%s> is \"%s\"; expected %.4g to %.4g%s%s", "x", "text", "300", 0.0, 209.9999, " ", "mm"),
			 "<text> 的属性“x”为“300”；应为 0 至 210 毫米");
	cr_assert_str_eq(printed(out, sizeof out, "the attribute \"%s\" of <%s> is \"%s\"; expected %.4g to %.4g%s%s", "leading", "text", "9", 0.8, 4.0, "", ""),
			 "<text> 的属性“leading”为“9”；应为 0.8 至 4");
}

Test(chinese, a_list_is_joined_as_chinese_lists_are)
{
	char out[400];
	cr_assert_str_eq(printed(out, sizeof out, "no importer reads files of this kind; expected a name that ends in %s", ".csv, .xlsx or .xml"),
			 "不能读取此类文件，请另存为其他格式（只改文件名不行）；文件名应以 .csv、.xlsx 或 .xml 结尾");
}

Test(chinese, values_of_a_laboratory_stay_as_they_are)
{
	char out[400];
	cr_assert_str_eq(printed(out, sizeof out, "programme \"%s\" is not in round.xml", "late, or {1} %s is no number"),
			 "专业“late, or {1} %s is no number”不在本次质评（round.xml）中");
}

Test(chinese, what_is_not_in_the_catalogue_has_no_chinese)
{
	char out[400];
	cr_assert_null(printed(out, sizeof out, "nobody says %s", "this"));
	cr_assert_null(printed(out, sizeof out, "%s", "nobody says this"));
	cr_assert_null(printed(out, sizeof out, "the number %g", 1.5));
	cr_assert_null(zp_chinese("nobody says this"));
}

Test(chinese, no_room_cuts_between_characters)
{
	char all[400];
	const char *whole = printed(all, sizeof all, "sample \"%s\" is not in programme %s", "样本甲", "chem");
	for (size_t size = 1; size < strlen(whole) + 1; size++) {
		char *out = malloc(size);
		cr_assert_not_null(printed(out, size, "sample \"%s\" is not in programme %s", "样本甲", "chem"));
		cr_expect_lt(strlen(out), size);
		cr_expect_eq(zp_utf8_valid(out, strlen(out)), strlen(out), "%zu", size);
		free(out);
	}
}

Test(chinese, more_values_than_there_is_room_for_do_no_harm)
{
	char out[2000], *longest = malloc(5001);
	memset(longest, 'x', 5000);
	longest[5000] = '\0';
	printed(out, sizeof out, "sample \"%s\" is not in programme %s", longest, longest);
	printed(out, sizeof out, "%s", longest);
	cr_assert_lt(strlen(out), sizeof out);
	free(longest);
}
