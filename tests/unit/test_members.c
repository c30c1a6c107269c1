/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <criterion/criterion.h>
#include "base/members.h"

static void is(zp_members *m, const char *expected)
{
	const zp_text text = zp_members_write(m);
	cr_assert(zp_text_is(text, expected), "found %.*s; expected %s", (int)text.n, text.p, expected);
	cr_assert_eq(text.p[text.n], '\0');
}

Test(members, stand_in_the_order_of_their_names_whatever_they_came_in)
{
	zp_arena *a = zp_arena_open();
	zp_members *m = zp_members_take(a);
	is(m, "{}");
	zp_members_count(m, "b", 2);
	zp_members_text(m, "B", "large before small");
	zp_members *inner = zp_members_object(m, "a_b");
	zp_members_true(m, "ab");
	zp_members_count(m, "a", 1ull << 53);
	zp_members_text(inner, "z", "");
	zp_members_print(inner, "y", "%d/%s", 3, "四");
	is(m, "{\"B\":\"large before small\",\"a\":9007199254740992,\"a_b\":{\"y\":\"3/四\",\"z\":\"\"},\"ab\":true,\"b\":2}");
	cr_assert_eq(zp_members_n(m), 5);
	zp_arena_close(a);
}

Test(members, of_a_list_stay_where_they_are)
{
	zp_arena *a = zp_arena_open();
	zp_members *m = zp_members_take(a);
	zp_members *list = zp_members_list(m, "list");
	zp_members_list(m, "empty");
	for (unsigned i = 0; i < 20; i++)
		zp_members_count(list, NULL, 20 - i);
	zp_members_text(zp_members_object(list, NULL), "n", "x");
	is(m, "{\"empty\":[],\"list\":[20,19,18,17,16,15,14,13,12,11,10,9,8,7,6,5,4,3,2,1,{\"n\":\"x\"}]}");
	zp_arena_close(a);
}

/* The string of the example in RFC 8785, 3.2.2: what is escaped there is here, in the same way; a slash and what is beyond ASCII is not. */
Test(members, are_written_as_the_example_of_rfc_8785)
{
	zp_arena *a = zp_arena_open();
	zp_members *m = zp_members_take(a);
	zp_members_text(m, "string", "\xe2\x82\xac$\x0f\nA'B\"\\\\\"/");
	is(m, "{\"string\":\"\xe2\x82\xac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
	zp_arena_close(a);
}

Test(members, escape_every_control_and_nothing_else)
{
	zp_arena *a = zp_arena_open();
	zp_members *m = zp_members_take(a);
	zp_members_text(m, "c", "\b\t\n\f\r\x01\x1f\x7f\xf0\x9f\x98\x80");
	is(m, "{\"c\":\"\\b\\t\\n\\f\\r\\u0001\\u001f\x7f\xf0\x9f\x98\x80\"}");
	zp_arena_close(a);
}

Test(members, copy_their_texts)
{
	zp_arena *a = zp_arena_open();
	char text[] = "one";
	zp_members *m = zp_members_take(a);
	zp_members_text(m, "t", text);
	text[0] = 'X';
	is(m, "{\"t\":\"one\"}");
	zp_arena_close(a);
}
