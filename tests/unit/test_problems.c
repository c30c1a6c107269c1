/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <stdarg.h>
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

/* ---- whose they are ---- */

static void tell(zp_problems *p, const zp_spot *spot, const zp_concern *concern, const char *fmt, ...) __attribute__((format(printf, 4, 5)));
static void tell(zp_problems *p, const zp_spot *spot, const zp_concern *concern, const char *fmt, ...)
{
	va_list values;
	va_start(values, fmt);
	zp_problem_tell(p, spot, concern, fmt, values);
	va_end(values);
}

static void add_of(zp_problems *p, uint32_t owner, long line)
{
	const zp_spot spot = { "a.csv", { NULL, 0 }, line, 0 };
	zp_concern concern = ZP_CONCERNS_NO_ONE;
	concern.owner = owner;
	tell(p, &spot, &concern, "problem %ld of %u", line, (unsigned)owner);
}

Test(problems, have_an_owner_and_what_was_sent)
{
	zp_arena *a = zp_arena_open(), *b = zp_arena_open();
	zp_problems *to = zp_problems_take(a), *from = zp_problems_take(b);
	const zp_spot spot = { "b.xlsx", ZP_TEXT("结果"), 7, 3 };
	const zp_concern concern = { 5, { 1, 2, 3, 4 }, ZP_TEXT("5.1\x01") };
	tell(from, &spot, &concern, "sample \"%s\" is not in programme %s", "S9", "chem");
	zp_problem_add(from, "a.csv", 1, 0, "nobody's");
	zp_problems_join(to, from, 0);
	zp_arena_close(b);
	const zp_problem *p = zp_problem_at(to, 0);
	cr_assert_eq(p->owner, 5);
	cr_assert_eq(p->about[3], 4);
	cr_assert_str_eq(p->sent, "5.1<U+0001>");
	cr_assert_str_eq(p->sheet, "结果");
	cr_assert_str_eq(p->chinese, "样本编号“S9”不在专业 chem 中");
	cr_assert_eq(zp_problem_at(to, 1)->owner, ZP_NO_ONE);
	assert_printed(to, "b.xlsx:结果!C7: sample \"S9\" is not in programme chem\na.csv:1: nobody's\n");
	zp_arena_close(a);
}

Test(problems, of_each_owner_some_are_kept_where_that_is_asked_for)
{
	zp_arena *a = zp_arena_open();
	zp_problems *few = zp_problems_take(a), *each = zp_problems_take_for(a, zp_tally_take(a, true));
	for (long i = 0; i < 1500; i++) {
		add_of(few, 1, i);
		add_of(each, 1, i);
	}
	for (long i = 0; i < 130; i++) {
		add_of(few, 7, i);
		add_of(each, 7, i);
	}
	cr_assert_eq(zp_problems_kept(few), ZP_PROBLEMS_TOLD);
	cr_assert_eq(zp_problems_kept(each), ZP_PROBLEMS_TOLD + ZP_PROBLEMS_EACH);
	cr_assert_eq(zp_problem_at(each, ZP_PROBLEMS_TOLD)->owner, 7);
	cr_assert_eq(zp_problems_by_owner(few, a, 8)[7], 130);
	cr_assert_eq(zp_problems_by_owner(each, a, 8)[1], 1500);
	zp_arena_close(a);
}

/* Lists in turn, shared among workers in any way: the same is kept, and the same counted, as of one list. */
Test(problems, lists_of_several_workers_give_what_one_list_gives)
{
	enum { LISTS = 40, EACH_LIST = 90, OWNERS = 9 };
	zp_arena *a = zp_arena_open();
	zp_problems *one = zp_problems_take_for(a, zp_tally_take(a, true));
	for (uint32_t workers = 1; workers < 5; workers++) {
		zp_problems *to = zp_problems_take_for(a, zp_tally_take(a, true)), *lists[LISTS];
		zp_tally *tally[5];
		for (uint32_t w = 0; w < workers; w++)
			tally[w] = zp_tally_take(a, true);
		for (uint32_t i = 0; i < LISTS; i++) {
			lists[i] = zp_problems_take_for(a, tally[(i * i + i / 3) % workers]);
			for (uint32_t k = 0; k < EACH_LIST; k++) {
				const uint32_t owner = (i * 31 + k * k) % (OWNERS + 1);
				add_of(lists[i], owner == OWNERS ? ZP_NO_ONE : owner, (long)(i * EACH_LIST + k));
				if (workers == 1)
					add_of(one, owner == OWNERS ? ZP_NO_ONE : owner, (long)(i * EACH_LIST + k));
			}
		}
		for (uint32_t i = 0; i < LISTS; i++)
			zp_problems_join(to, lists[i], 0);
		for (uint32_t w = 0; w < workers; w++)
			zp_problems_join_dropped(to, tally[w]);
		cr_assert_eq(zp_problems_count(to), LISTS * EACH_LIST);
		cr_assert_eq(zp_problems_kept(to), zp_problems_kept(one));
		for (size_t i = 0; i < zp_problems_kept(to); i++)
			cr_assert_eq(zp_problem_at(to, i)->line, zp_problem_at(one, i)->line);
		for (size_t i = 0; i < OWNERS; i++)
			cr_assert_eq(zp_problems_by_owner(to, a, OWNERS)[i], zp_problems_by_owner(one, a, OWNERS)[i]);
	}
	zp_arena_close(a);
}
