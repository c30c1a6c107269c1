/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <stdint.h>
#include <string.h>
#include "base/arena.h"
#include "base/error.h"

Test(arena, pieces_are_zeroed_aligned_and_apart)
{
	zp_arena *a = zp_arena_open();
	unsigned char *pieces[2000];
	for (size_t i = 0; i < 2000; i++) {
		size_t n = i * 37 % 700;
		pieces[i] = zp_arena_take(a, n);
		cr_assert_eq((uintptr_t)pieces[i] % _Alignof(max_align_t), 0);
		for (size_t k = 0; k < n; k++)
			cr_assert_eq(pieces[i][k], 0);
		if (n)
			memset(pieces[i], (int)(i % 255) + 1, n);
		zp_arena_text(a, "between", i % 8);
	}
	for (size_t i = 0; i < 2000; i++)
		for (size_t k = 0; k < i * 37 % 700; k++)
			cr_assert_eq(pieces[i][k], i % 255 + 1, "piece %zu was written over", i);
	zp_arena_close(a);
}

Test(arena, large_pieces_are_zeroed_too)
{
	zp_arena *a = zp_arena_open();
	static const size_t sizes[] = { 1, 16384, 16385, 65536, 100000, 4194304, 20000000 };
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		char *piece = zp_arena_take(a, sizes[i]);
		for (size_t k = 0; k < sizes[i]; k++)
			cr_assert_eq(piece[k], 0);
		memset(piece, 7, sizes[i]);
	}
	cr_assert(zp_arena_size(a) >= 24392610 && zp_arena_size(a) < 40000000);
	zp_arena_close(a);
}

Test(arena, texts_are_copied_and_ended)
{
	zp_arena *a = zp_arena_open();
	char source[] = "glucose";
	char *copy = zp_arena_text(a, source, 4);
	source[0] = 'x';
	cr_assert_str_eq(copy, "gluc");
	cr_assert_str_eq(zp_arena_text(a, NULL, 0), "");
	cr_assert_eq(memcmp(zp_arena_text(a, "a\0b", 3), "a\0b", 4), 0);
	zp_arena_close(a);
}

Test(arena, printing_has_no_length_limit)
{
	zp_arena *a = zp_arena_open();
	for (int n = 250; n < 260; n++) {
		char *text = zp_arena_print(a, "%0*d", n, 0);
		cr_assert_eq(strlen(text), (size_t)n);
	}
	cr_assert_eq(strlen(zp_arena_print(a, "%0*d|", 100000, 5)), 100001);
	cr_assert_str_eq(zp_arena_print(a, "%s-%d", "K", 7), "K-7");
	zp_arena_close(a);
}

static char order[8];
static void note(void *thing) { strcat(order, thing); }

Test(arena, endings_are_called_last_first)
{
	zp_arena *a = zp_arena_open();
	char one[] = "1", two[] = "2", three[] = "3";
	zp_arena_at_end(a, note, one);
	zp_arena_at_end(a, note, two);
	zp_arena_at_end(a, note, three);
	cr_assert_str_eq(order, "");
	zp_arena_close(a);
	cr_assert_str_eq(order, "321");
}

Test(arena, nothing_is_closed_in_peace)
{
	zp_arena_close(NULL);
}

Test(arena, without_memory_the_process_says_so_and_ends, .exit_code = ZP_IO)
{
	zp_arena_take(zp_arena_open(), SIZE_MAX / 2);
}

Test(arena, a_size_that_wraps_is_no_small_piece, .exit_code = ZP_IO)
{
	zp_arena *a = zp_arena_open();
	zp_arena_take(a, 1);
	zp_arena_take(a, SIZE_MAX - 3);
}

Test(error, the_first_failure_wins)
{
	zp_error err = { 0 };
	cr_assert_not(zp_fail(&err, ZP_BAD_INPUT, "a.csv", 41, "unit %s is not known", "mg"));
	cr_assert_not(zp_fail(&err, ZP_IO, "b.csv", 0, "later"));
	cr_assert_eq(err.code, ZP_BAD_INPUT);
	cr_assert_str_eq(err.text, "a.csv:41: unit mg is not known");
}

Test(error, place_and_line_may_be_missing)
{
	zp_error with = { 0 }, without = { 0 };
	zp_fail(&with, ZP_IO, "out", 0, "disk full");
	zp_fail(&without, ZP_BAD_USE, NULL, 9, "a round is needed");
	cr_assert_str_eq(with.text, "out: disk full");
	cr_assert_str_eq(without.text, "a round is needed");
}

Test(error, a_long_sentence_is_cut_between_characters)
{
	static const char *const characters[] = { "e", "\xC2\xB5", "\xE6\xB6\xB2", "\xF0\xA0\x80\x80" };
	for (size_t i = 0; i < 4; i++) {
		for (size_t shift = 0; shift < 5; shift++) {
			char text[2000] = "";
			memset(text, 'x', shift);
			while (strlen(text) + 4 < sizeof text)
				strcat(text, characters[i]);
			zp_error err = { 0 };
			zp_fail(&err, ZP_BAD_INPUT, NULL, 0, "%s", text);
			size_t n = strlen(err.text);
			cr_assert(n >= sizeof err.text - 4 && n < sizeof err.text);
			cr_assert_eq((n - shift) % strlen(characters[i]), 0);
			cr_assert_eq(memcmp(err.text, text, n), 0);
		}
	}
}
