/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include "base/problems.h"

static void assert_printed(const zp_problems *p, const char *wanted)
{
	char *text = NULL;
	size_t n = 0;
	FILE *out = open_memstream(&text, &n);
	zp_problems_print(p, out);
	fclose(out);
	cr_assert_str_eq(text, wanted);
	free(text);
}

Test(problems, are_told_in_order_with_their_place)
{
	zp_arena *a = zp_arena_open();
	zp_problems *p = zp_problems_take(a);
	char file[] = "results/a.csv";
	zp_problem_add(p, file, 41, 6, "unit %s is not known; expected %s", "mg", "mmol/L");
	memcpy(file, "RESULTS", 7);
	zp_problem_add(p, "roster.csv", 0, 0, "there is no such file");
	zp_problem_add(p, "roster.csv", 3, 0, "the code is empty");
	cr_assert_eq(zp_problems_count(p), 3);
	cr_assert_str_eq(zp_problem_at(p, 0)->file, "results/a.csv");
	cr_assert_eq(zp_problem_at(p, 2)->line, 3);
	assert_printed(p, "results/a.csv:41:6: unit mg is not known; expected mmol/L\n"
	                  "roster.csv: there is no such file\nroster.csv:3: the code is empty\n");
	zp_arena_close(a);
}

Test(problems, beyond_a_thousand_are_counted_only)
{
	zp_arena *a = zp_arena_open();
	zp_problems *p = zp_problems_take(a);
	for (long i = 1; i <= ZP_PROBLEMS_TOLD + 1; i++)
		zp_problem_add(p, "a.csv", i, 0, "problem %ld", i);
	cr_assert_eq(zp_problems_count(p), ZP_PROBLEMS_TOLD + 1);
	cr_assert_str_eq(zp_problem_at(p, ZP_PROBLEMS_TOLD - 1)->text, "problem 1000");
	char *text = NULL;
	size_t n = 0;
	FILE *out = open_memstream(&text, &n);
	zp_problem_add(p, "a.csv", 2000, 0, "one more");
	zp_problems_print(p, out);
	fclose(out);
	cr_assert_not_null(strstr(text, "a.csv:1000: problem 1000\nand 2 more problems\n"));
	free(text);
	zp_arena_close(a);
}

Test(problems, joined_ones_keep_order_and_move_down)
{
	zp_arena *a = zp_arena_open(), *b = zp_arena_open();
	zp_problems *to = zp_problems_take(a), *from = zp_problems_take(b);
	zp_problem_add(to, "a.csv", 5, 1, "first");
	zp_problem_add(from, "a.csv", 2, 3, "second");
	zp_problem_add(from, "a.csv", 0, 0, "whole file");
	zp_problems_join(to, from, 100);
	zp_arena_close(b);
	assert_printed(to, "a.csv:5:1: first\na.csv:102:3: second\na.csv: whole file\n");
	zp_arena_close(a);
}

Test(problems, joined_ones_count_even_those_not_told)
{
	zp_arena *a = zp_arena_open();
	zp_problems *to = zp_problems_take(a), *from = zp_problems_take(a);
	for (int i = 0; i < 600; i++)
		zp_problem_add(to, "a.csv", 1, 0, "x");
	for (int i = 0; i < 1500; i++)
		zp_problem_add(from, "b.csv", 1, 0, "y");
	zp_problems_join(to, from, 0);
	cr_assert_eq(zp_problems_count(to), 2100);
	cr_assert_str_eq(zp_problem_at(to, 600)->file, "b.csv");
	cr_assert_str_eq(zp_problem_at(to, ZP_PROBLEMS_TOLD - 1)->text, "y");
	zp_arena_close(a);
}

Test(problems, one_problem_is_one_line)
{
	zp_arena *a = zp_arena_open();
	zp_problems *p = zp_problems_take(a);
	zp_problem_add(p, "a\nb.csv", 1, 0, "found %s", "\033[2J\r\n");
	assert_printed(p, "a<U+000A>b.csv:1: found <U+001B>[2J<U+000D><U+000A>\n");
	zp_arena_close(a);
}

Test(problems, a_long_sentence_is_cut)
{
	zp_arena *a = zp_arena_open();
	zp_problems *p = zp_problems_take(a);
	zp_problem_add(p, "a.csv", 1, 0, "%0*d", 5000, 1);
	cr_assert_lt(strlen(zp_problem_at(p, 0)->text), 5000);
	zp_arena_close(a);
}
