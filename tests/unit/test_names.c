/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include <stdio.h>
#include "base/names.h"

static zp_text code(char *room, size_t size, unsigned i)
{
	return (zp_text){ room, (size_t)snprintf(room, size, "LAB%05u", i * 7919 % 100003) };
}

Test(names, are_numbered_in_the_order_of_first_appearance)
{
	zp_arena *a = zp_arena_open();
	zp_names *names = zp_names_take(a);
	cr_assert_eq(zp_names_add(names, ZP_TEXT("K")), 0);
	cr_assert_eq(zp_names_add(names, ZP_TEXT("NA")), 1);
	cr_assert_eq(zp_names_add(names, ZP_TEXT("K")), 0);
	cr_assert_eq(zp_names_find(names, ZP_TEXT("NA")), 1);
	cr_assert_eq(zp_names_find(names, ZP_TEXT("N")), ZP_NO_NAME);
	cr_assert_eq(zp_names_find(names, ZP_TEXT("k")), ZP_NO_NAME);
	cr_assert_eq(zp_names_count(names), 2);
	zp_arena_close(a);
}

Test(names, a_hundred_thousand_keep_their_numbers)
{
	zp_arena *a = zp_arena_open();
	zp_names *names = zp_names_take(a);
	char room[32];
	for (unsigned i = 0; i < 100000; i++)
		cr_assert_eq(zp_names_add(names, code(room, sizeof room, i)), i);
	for (unsigned i = 0; i < 100000; i++) {
		zp_text text = code(room, sizeof room, i);
		cr_assert_eq(zp_names_find(names, text), i);
		cr_assert(zp_text_same(zp_names_at(names, i), text));
		cr_assert_eq(zp_names_at(names, i).p[text.n], '\0');
	}
	cr_assert_eq(zp_names_find(names, ZP_TEXT("LAB100003")), ZP_NO_NAME);
	zp_arena_close(a);
}

Test(names, copy_their_text)
{
	zp_arena *a = zp_arena_open();
	zp_names *names = zp_names_take(a);
	char text[] = "GLU";
	zp_names_add(names, zp_text_of(text));
	text[0] = 'X';
	cr_assert_eq(zp_names_find(names, ZP_TEXT("GLU")), 0);
	cr_assert_eq(zp_names_find(names, ZP_TEXT("XLU")), ZP_NO_NAME);
	zp_arena_close(a);
}

Test(names, nothing_is_a_name_and_bytes_count)
{
	zp_arena *a = zp_arena_open();
	zp_names *names = zp_names_take(a);
	cr_assert_eq(zp_names_find(names, (zp_text){ NULL, 0 }), ZP_NO_NAME);
	cr_assert_eq(zp_names_add(names, (zp_text){ NULL, 0 }), 0);
	cr_assert_eq(zp_names_add(names, ZP_TEXT("")), 0);
	cr_assert_eq(zp_names_add(names, ZP_TEXT("A")), 1);
	cr_assert_eq(zp_names_add(names, ZP_TEXT("A\0")), 2);
	cr_assert_str_eq(zp_names_at(names, 0).p, "");
	zp_arena_close(a);
}

Test(names, an_alias_finds_its_number_and_takes_none)
{
	zp_arena *a = zp_arena_open();
	zp_names *names = zp_names_take(a);
	char room[32];
	for (unsigned i = 0; i < 100; i++)
		zp_names_add(names, code(room, sizeof room, i));
	for (unsigned i = 0; i < 100; i++)
		cr_assert(zp_names_alias(names, code(room, sizeof room, i + 1000), i));
	for (unsigned i = 0; i < 100; i++)
		cr_assert_eq(zp_names_find(names, code(room, sizeof room, i + 1000)), i);
	cr_assert_eq(zp_names_count(names), 100);
	cr_assert_eq(zp_names_add(names, code(room, sizeof room, 1003)), 3, "an alias is known");
	cr_assert(zp_names_alias(names, code(room, sizeof room, 1003), 3), "again the same");
	cr_assert_not(zp_names_alias(names, code(room, sizeof room, 1003), 4));
	cr_assert_not(zp_names_alias(names, code(room, sizeof room, 5), 4), "a name of its own");
	cr_assert(zp_text_same(zp_names_at(names, 3), code(room, sizeof room, 3)), "the name stays");
	zp_arena_close(a);
}
