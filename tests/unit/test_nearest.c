/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include "base/nearest.h"
#include "base/problems.h"

static zp_arena *arena;
static void open_arena(void) { arena = zp_arena_open(); }
static void close_arena(void) { zp_arena_close(arena); }
TestSuite(nearest, .init = open_arena, .fini = close_arena);

static zp_names *names_of(const char *const *list)
{
	zp_names *names = zp_names_take(arena);
	for (; *list; list++)
		zp_names_add(names, zp_text_of(*list));
	return names;
}

static void expect(const zp_names *names, const char *asked, zp_nearest_use use, const char *found)
{
	const zp_text near = zp_nearest(names, zp_text_of(asked), use);
	cr_expect(found ? near.p && zp_text_is(near, found) : !near.p, "%s: %.*s instead of %s", asked, (int)near.n, near.p ? near.p : "", found ? found : "nothing");
}

Test(nearest, one_slip_of_each_kind_is_near)
{
	const zp_names *names = names_of((const char *const[]){ "hexokinase", "己糖激酶法", "LAB017", NULL });
	expect(names, "hexokinas", ZP_NEAREST_ANY, "hexokinase");
	expect(names, "hexookinase", ZP_NEAREST_ANY, "hexokinase");
	expect(names, "hexokinaze", ZP_NEAREST_ANY, "hexokinase");
	expect(names, "hexokianse", ZP_NEAREST_ANY, "hexokinase");
	expect(names, "已糖激酶法", ZP_NEAREST_ANY, "己糖激酶法");
	expect(names, "L\xD0\x90" "B017", ZP_NEAREST_ANY, "LAB017");
}

Test(nearest, case_blanks_and_full_width_forms_are_no_slips)
{
	const zp_names *names = names_of((const char *const[]){ "LAB017", "LAB01", NULL });
	expect(names, " lab01 ", ZP_NEAREST_ANY, "LAB01");
	expect(names, "ＬＡＢ０１７", ZP_NEAREST_ANY, "LAB017");
}

Test(nearest, what_is_far_or_too_short_has_no_neighbour)
{
	const zp_names *names = names_of((const char *const[]){ "K", "钙", "GLU", "LAB01", NULL });
	expect(names, "P", ZP_NEAREST_ANY, NULL);
	expect(names, "钠", ZP_NEAREST_ANY, NULL);
	expect(names, "ALT", ZP_NEAREST_ANY, NULL);
	expect(names, "LAB99", ZP_NEAREST_ANY, NULL);
	expect(names, "", ZP_NEAREST_ANY, NULL);
	expect(names, "\xFF\xFE", ZP_NEAREST_ANY, NULL);
	expect(names, "GUL", ZP_NEAREST_ANY, "GLU");
}

Test(nearest, a_name_within_another_is_no_slip_for_it_where_that_would_mislead)
{
	const zp_names *names = names_of((const char *const[]){ "降钙素原", "IgG4", "葡萄糖", NULL });
	expect(names, "降钙素", ZP_NEAREST_APART, NULL);
	expect(names, "钙", ZP_NEAREST_APART, NULL);
	expect(names, "IgG", ZP_NEAREST_APART, NULL);
	expect(names, "葡萄塘", ZP_NEAREST_APART, "葡萄糖");
	expect(names, "降钙素", ZP_NEAREST_ANY, "降钙素原");
}

Test(nearest, two_things_as_near_as_each_other_are_not_guessed_between)
{
	expect(names_of((const char *const[]){ "202611", "202612", "202613", NULL }), "202619", ZP_NEAREST_ANY, NULL);
	zp_names *names = names_of((const char *const[]){ "hexokinase", NULL });
	cr_assert(zp_names_alias(names, zp_text_of("hexokinasf"), 0));
	expect(names, "hexokinasg", ZP_NEAREST_ANY, "hexokinase"); /* two names of one thing: the first by its bytes */
}

Test(nearest, the_order_of_the_names_does_not_matter)
{
	static const char *const one[] = { "alpha", "alpho", "gamma", "beta", NULL }, *const two[] = { "beta", "gamma", "alpho", "alpha", NULL };
	static const char *const asked[] = { "alphx", "gama", "bete", "alphaa", "xxxxx" };
	for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
		const zp_text a = zp_nearest(names_of(one), zp_text_of(asked[i]), ZP_NEAREST_ANY), b = zp_nearest(names_of(two), zp_text_of(asked[i]), ZP_NEAREST_ANY);
		cr_expect(zp_text_same(a, b) && !a.p == !b.p, "%s", asked[i]);
	}
}

/* The table of distances in full, without band or bound. */
static unsigned slow(const uint32_t *a, size_t n, const uint32_t *b, size_t m)
{
	unsigned d[12][12];
	for (size_t i = 0; i <= n; i++)
		for (size_t j = 0; j <= m; j++) {
			if (!i || !j) {
				d[i][j] = (unsigned)(i + j);
				continue;
			}
			unsigned best = d[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
			best = d[i - 1][j] + 1 < best ? d[i - 1][j] + 1 : best;
			best = d[i][j - 1] + 1 < best ? d[i][j - 1] + 1 : best;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				best = d[i - 2][j - 2] + 1 < best ? d[i - 2][j - 2] + 1 : best;
			d[i][j] = best;
		}
	return d[n][m];
}

Test(nearest, slips_are_those_of_the_full_table)
{
	uint32_t a[12], b[12], seed = 1;
	for (int trial = 0; trial < 200000; trial++) {
		size_t size[2];
		for (int k = 0; k < 2; k++) {
			uint32_t *to = k ? b : a;
			seed = seed * 1664525u + 1013904223u;
			size[k] = (seed >> 16) % 10;
			for (size_t i = 0; i < size[k]; i++) {
				seed = seed * 1664525u + 1013904223u;
				to[i] = 'a' + (seed >> 20) % 3;
			}
		}
		const unsigned truth = slow(a, size[0], b, size[1]);
		for (unsigned most = 0; most <= 3; most++)
			cr_assert_eq(zp_slips(a, size[0], b, size[1], most), truth > most ? most + 1 : truth);
	}
}

Test(nearest, a_problem_gets_its_question_after_it_was_joined)
{
	const zp_names *names = names_of((const char *const[]){ "GLU", "LAB01", NULL });
	zp_problems *one = zp_problems_take(arena), *all = zp_problems_take(arena);
	zp_problem_add(one, "a.csv", 2, 1, "laboratory \"lab01\" is not there");
	zp_problem_ask(one, names, zp_text_of("lab01"), ZP_NEAREST_ANY);
	zp_problem_add(one, "a.csv", 3, 1, "nothing is asked");
	zp_problems_join(all, one, 0);
	zp_problems_answer(all);
	zp_problems_answer(all); /* once only */
	cr_expect_str_eq(zp_problem_at(all, 0)->text, "laboratory \"lab01\" is not there; did you mean \"LAB01\"?");
	cr_expect_str_eq(zp_problem_at(all, 1)->text, "nothing is asked");
}

Test(nearest, a_problem_that_was_not_kept_asks_nothing)
{
	const zp_names *names = names_of((const char *const[]){ "LAB01", NULL });
	zp_problems *p = zp_problems_take(arena);
	for (int i = 0; i < ZP_PROBLEMS_TOLD; i++)
		zp_problem_add(p, "a.csv", i + 1, 0, "kept");
	zp_problem_add(p, "a.csv", 9999, 0, "not kept");
	zp_problem_ask(p, names, zp_text_of("lab01"), ZP_NEAREST_ANY);
	zp_problems_answer(p);
	cr_expect_str_eq(zp_problem_at(p, ZP_PROBLEMS_TOLD - 1)->text, "kept");
}

Test(nearest, a_large_register_ends_the_questions_and_not_the_patience)
{
	zp_names *names = zp_names_take(arena);
	for (int i = 0; i < 300000; i++)
		zp_names_add(names, zp_text_of(zp_arena_print(arena, "H%06d", i)));
	zp_problems *p = zp_problems_take(arena);
	for (int i = 0; i < ZP_PROBLEMS_TOLD; i++) {
		zp_problem_add(p, "a.csv", i + 1, 0, "unknown");
		zp_problem_ask(p, names, zp_text_of(zp_arena_print(arena, "h%06d", i)), ZP_NEAREST_ANY);
	}
	zp_problems_answer(p);
	const size_t last = ZP_NEAREST_WORK / 300000 - 1;
	cr_expect_str_eq(zp_problem_at(p, 0)->text, "unknown; did you mean \"H000000\"?");
	cr_expect_str_eq(zp_problem_at(p, last)->text, zp_arena_print(arena, "unknown; did you mean \"H%06zu\"?", last));
	cr_expect_str_eq(zp_problem_at(p, last + 1)->text, "unknown");
}
