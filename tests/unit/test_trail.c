/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The trail from within: instants, heads, digests, and transactions that keep all or nothing. */
#include "ledger/acts.h"
#include "ledger/clock.h"
#include "ledger/trail.h"
#include "place.h"

TestSuite(trail, .init = scratch_enter, .fini = scratch_leave);

static zp_ledger *fresh(void)
{
	zp_error err = { 0 };
	zp_ledger *ledger = zp_ledger_open(ledger_place("l.sqlite"), ZP_LEDGER_WRITE, &err);
	cr_assert_not_null(ledger, "%s", err.text);
	return ledger;
}

static const char *head_of(zp_ledger *ledger)
{
	zp_error err = { 0 };
	const char *head = zp_trail_head(ledger, arena, &err);
	cr_assert_not_null(head, "%s", err.text);
	return head;
}

static void put(zp_ledger *ledger, const char *what, const char *why)
{
	zp_error err = { 0 };
	cr_assert(zp_trail_put(ledger, what, "2026-1/v1", why, "", &err), "%s", err.text);
}

Test(trail, instants_are_those_of_the_calendar)
{
	/* by date -u -d @N */
	static const struct { int64_t seconds; const char *text; } known[] = {
		{ 0, "1970-01-01T00:00:00Z" },          { -1, "1969-12-31T23:59:59Z" },         { 951782399, "2000-02-28T23:59:59Z" },
		{ 951782400, "2000-02-29T00:00:00Z" },  { 1709164800, "2024-02-29T00:00:00Z" }, { 1709251199, "2024-02-29T23:59:59Z" },
		{ 1795703161, "2026-11-26T14:26:01Z" }, { 4107542399, "2100-02-28T23:59:59Z" }, { 4107542400, "2100-03-01T00:00:00Z" },
		{ -2203891201, "1900-02-28T23:59:59Z" }, { -2203891200, "1900-03-01T00:00:00Z" }, { 253402300799, "9999-12-31T23:59:59Z" },
	};
	char text[ZP_INSTANT_TEXT];
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		zp_clock_print(known[i].seconds, text);
		cr_expect_str_eq(text, known[i].text);
	}
}

Test(trail, a_fresh_ledger_has_the_beginning_as_its_head)
{
	zp_ledger *ledger = fresh();
	cr_expect_str_eq(head_of(ledger), ZP_TRAIL_BEGINNING);
	cr_expect_eq(strlen(ZP_TRAIL_BEGINNING), 64u);
	zp_ledger_close(ledger);
}

Test(trail, the_digest_is_that_of_the_description)
{
	/* by printf 'zhiping event 1\n0…0\n1:1\n20:2026-11-26T14:06:01Z\n6:张三\n…' | openssl dgst -sha256 */
	const zp_event e = { 1, "2026-11-26T14:06:01Z", "张三", "close", "2026-1/v1", "", "manifest=ab content=cd", ZP_TRAIL_BEGINNING, "" };
	char hash[ZP_DIGEST_TEXT];
	zp_event_hash(&e, hash);
	cr_expect_str_eq(hash, "f96bfefb92075aa2d4f40f20ae2365abb772e3f09cbf39192534e1797d05510d");
}

Test(trail, each_event_follows_the_one_before_and_says_by_whom)
{
	size_t n;
	zp_error err = { 0 };
	zp_ledger *ledger = fresh();
	put(ledger, "close", "");
	zp_trail_by(ledger, "张三");
	put(ledger, "close-refused", "two\nlines\tand \xff");
	const zp_event *e = zp_trail_take(ledger, arena, &n, &err);
	cr_assert(e && n == 2, "%s", err.text);
	cr_expect(e[0].seq == 1 && e[1].seq == 2);
	cr_expect_str_eq(e[0].before, ZP_TRAIL_BEGINNING);
	cr_expect_str_eq(e[1].before, e[0].hash);
	cr_expect_str_eq(e[1].hash, head_of(ledger));
	cr_expect_str_eq(e[1].why, "two lines and  ");
	cr_expect(strncmp(e[1].who, "张三 (", strlen("张三 (")) == 0 && strstr(e[1].who, e[0].who), "%s and %s", e[0].who, e[1].who);
	zp_ledger_close(ledger);
}

Test(trail, a_reason_has_no_address_of_a_ledger)
{
	static const struct { const char *given, *kept; } rows[] = {
		{ "postgresql://li@db:5432/ledger?host=%2Frun: round 1 is closed by another", "postgresql://...: round 1 is closed by another" },
		{ "as in \"postgres://li@db/ledger\", postgres and postgresql://db/x.", "as in \"postgresql://...\", postgres and postgresql://...." },
		{ "postgresql.sqlite: there is no ledger", "postgresql.sqlite: there is no ledger" },
	};
	size_t n;
	zp_error err = { 0 };
	zp_ledger *ledger = fresh();
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		put(ledger, "close-refused", rows[i].given);
	const zp_event *e = zp_trail_take(ledger, arena, &n, &err);
	cr_assert(e && n == sizeof rows / sizeof *rows, "%s", err.text);
	for (size_t i = 0; i < n; i++)
		cr_expect_str_eq(e[i].why, rows[i].kept);
	zp_ledger_close(ledger);
}

Test(trail, a_paper_keeps_the_head_from_before_its_number_was_given)
{
	zp_error err = { 0 };
	size_t n;
	zp_ledger *ledger = fresh();
	const zp_ledger_paper papers[] = { { "2026/P/a/c/L0001/1", 2026, "a", "L0001", "甲", "K", "2027-01-10", 1 },
					   { "2026/P/a/c/L0002/1", 2026, "a", "L0002", "乙", "K", "2027-01-10", 1 },
					   { "2026/P/a/c/L0001/2", 2026, "a", "L0001", "甲", "K NA", "2027-02-10", 2 } };
	put(ledger, "close", "");
	const char *first = head_of(ledger);
	cr_assert(zp_ledger_put_papers(ledger, papers, 2, &err), "%s", err.text);
	put(ledger, "year", "");
	const char *second = head_of(ledger);
	cr_assert(zp_ledger_put_papers(ledger, papers, 3, &err), "%s", err.text);
	const zp_paper_origin *all = zp_trail_papers(ledger, arena, &n, &err);
	cr_assert(all && n == 3, "%s", err.text);
	for (size_t i = 0; i < n; i++) {
		cr_expect_str_eq(all[i].number, papers[i].number);
		cr_expect_str_eq(all[i].head, i < 2 ? first : second);
	}
	zp_ledger_close(ledger);
}

static void count(void *self, const char *sentence)
{
	(void)sentence;
	++*(size_t *)self;
}

Test(trail, what_witnesses_saw_must_be_there)
{
	zp_error err = { 0 };
	size_t told = 0;
	zp_ledger *ledger = fresh();
	put(ledger, "export", "");
	const char *head = head_of(ledger);
	const zp_witness seen[] = { { "a", head, "", "" }, { "b", zp_arena_print(arena, "%.12s", head), "", "" }, { "c", ZP_TRAIL_BEGINNING, "", "" } };
	const zp_witness never[] = { { "d", "123456789abcdef0", "", "" }, { "e", "", "2026-1/v1", "ab" } };
	cr_expect_eq(zp_trail_against(ledger, seen, 3, count, &told, &err), 0);
	cr_expect_eq(zp_trail_against(ledger, never, 2, count, &told, &err), 2);
	cr_expect_eq(told, 2u);
	zp_ledger_close(ledger);
}
