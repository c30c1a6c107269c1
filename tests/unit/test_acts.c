/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Papers and decisions in the ledger: in, out, together with another centre's. */
#include "ledger/acts.h"
#include "place.h"

TestSuite(acts, .init = scratch_enter, .fini = scratch_leave);

#define N(a) (sizeof(a) / sizeof *(a))

static zp_ledger *ledger_at(const char *name)
{
	zp_error err = { 0 };
	zp_ledger *ledger = zp_ledger_open(ledger_place(name), ZP_LEDGER_WRITE, &err);
	cr_assert_not_null(ledger, "%s", err.text);
	return ledger;
}

static zp_ledger_paper paper(const char *number, const char *lab, const char *list)
{
	return (zp_ledger_paper){ number, 2026, "all-rounds", lab, "示例医院", list, "2027-01-20", 1 };
}

static void put_papers(zp_ledger *ledger, const zp_ledger_paper *papers, size_t n)
{
	zp_error err = { 0 };
	cr_assert(zp_ledger_put_papers(ledger, papers, n, &err), "%s", err.text);
}

static void put_decisions(zp_ledger *ledger, const zp_ledger_decision *decisions, size_t n)
{
	zp_error err = { 0 };
	cr_assert(zp_ledger_put_decisions(ledger, decisions, n, &err), "%s", err.text);
}

/* Everything in it, for comparing. */
static const char *text_of(zp_ledger *ledger)
{
	zp_error err = { 0 };
	size_t n, m;
	const zp_ledger_paper *p = zp_ledger_papers(ledger, arena, &n, &err);
	const zp_ledger_decision *d = zp_ledger_decisions(ledger, arena, &m, &err);
	const char *all = "";
	cr_assert(p && d, "%s", err.text);
	for (size_t i = 0; i < n; i++)
		all = zp_arena_print(arena, "%s%s|%d|%s|%s|%s|%s|%s|%d\n", all, p[i].number, p[i].year, p[i].certificate, p[i].lab, p[i].name,
				     p[i].list, p[i].issued, p[i].issue);
	for (size_t i = 0; i < m; i++)
		all = zp_arena_print(arena, "%s%d|%s|%s|%s|%s|%s|%s|%s\n", all, d[i].year, d[i].award, d[i].lab, d[i].decision, d[i].by, d[i].date,
				     d[i].because, d[i].counts ? "counts" : "");
	return all;
}

static void fault(void *self, const char *sentence)
{
	(void)self;
	fprintf(stderr, "%s\n", sentence);
}

static void is_sound(zp_ledger *ledger)
{
	zp_error err = { 0 };
	cr_expect_eq(zp_ledger_check(ledger, fault, NULL, NULL, &err), 0, "%s", err.text);
}

static const char *bytes_of(const char *name)
{
	FILE *f = ledger_bytes(name);
	char *bytes = zp_arena_take(arena, 1 << 20);
	const size_t n = fread(bytes, 1, 1 << 20, f);
	cr_assert_lt(n, 1 << 20);
	cr_assert_gt(n, 0);
	ledger_bytes_end(f);
	char *text = zp_arena_take(arena, 2 * n + 1), *to = text;
	for (size_t i = 0; i < n; i++)
		to += sprintf(to, "%02x", (unsigned char)bytes[i]);
	return text;
}

/* ---- papers ---- */

Test(acts, papers_come_out_by_year_and_number_and_the_same_again_changes_not_a_byte)
{
	const zp_ledger_paper some[] = { paper("2026/P/a/c/L0002/1", "L0002", "NA K"), paper("2026/P/a/c/L0001/1", "L0001", "K"),
					 { "2025/P/a/c/L0009/10", 2025, "", "L0009", "", "", "2026-01-20", 10 } };
	zp_ledger_paper all[] = { some[0], some[1], some[2] };
	all[2].certificate = "a";
	zp_ledger *ledger = ledger_at("l.sqlite");
	put_papers(ledger, all, N(all));
	cr_expect_str_eq(text_of(ledger), "2025/P/a/c/L0009/10|2025|a|L0009|||2026-01-20|10\n"
			 "2026/P/a/c/L0001/1|2026|all-rounds|L0001|示例医院|K|2027-01-20|1\n"
			 "2026/P/a/c/L0002/1|2026|all-rounds|L0002|示例医院|NA K|2027-01-20|1\n");
	const char *before = bytes_of("l.sqlite");
	put_papers(ledger, all, N(all));
	put_papers(ledger, all + 1, 1);
	put_papers(ledger, NULL, 0);
	cr_expect(strcmp(before, bytes_of("l.sqlite")) == 0);
	is_sound(ledger);
	zp_ledger_close(ledger);
	ledger = ledger_at("l.sqlite"); /* and they are there for the next */
	cr_expect(strstr(text_of(ledger), "2026/P/a/c/L0002/1"));
	zp_ledger_close(ledger);
}

Test(acts, a_number_that_was_given_to_another_paper_keeps_all_of_them_out)
{
	const zp_ledger_paper first = paper("2026/P/a/c/L0001/1", "L0001", "K");
	zp_ledger *ledger = ledger_at("l.sqlite");
	put_papers(ledger, &first, 1);
	const char *before = text_of(ledger);
	for (int cell = 0; cell < 7; cell++) { /* whatever differs */
		zp_ledger_paper other[] = { paper("2026/P/a/c/L0007/1", "L0007", "K"), first };
		zp_error err = { 0 };
		const char **texts[] = { &other[1].certificate, &other[1].lab, &other[1].name, &other[1].list };
		if (cell < 4)
			*texts[cell] = "x";
		else if (cell == 4)
			other[1].issued = "2027-01-21";
		else if (cell == 5)
			other[1].year = 2025;
		else
			other[1].issue = 2;
		cr_expect_not(zp_ledger_put_papers(ledger, other, 2, &err));
		cr_expect_eq(err.code, ZP_BAD_INPUT);
		cr_expect(strstr(err.text, "the number 2026/P/a/c/L0001/1 was given to another paper"), "%s", err.text);
		cr_expect_str_eq(text_of(ledger), before);
	}
	const zp_ledger_paper twice[] = { paper("2026/P/a/c/L0008/1", "L0008", "K"), paper("2026/P/a/c/L0008/1", "L0008", "NA") };
	zp_error err = { 0 };
	cr_expect_not(zp_ledger_put_papers(ledger, twice, 2, &err));
	cr_expect_str_eq(text_of(ledger), before);
	is_sound(ledger);
	zp_ledger_close(ledger);
}

Test(acts, what_is_no_paper_is_refused)
{
	const zp_ledger_paper good = paper("2026/P/a/c/L0001/1", "L0001", "K");
	zp_ledger_paper bad[] = { good, good, good, good, good, good };
	bad[0].number = "", bad[1].lab = "", bad[2].issued = "2027-02-29", bad[3].issue = 0, bad[4].year = 0, bad[5].certificate = "";
	zp_ledger *ledger = ledger_at("l.sqlite");
	for (size_t i = 0; i < N(bad); i++) {
		zp_error err = { 0 };
		cr_expect_not(zp_ledger_put_papers(ledger, &bad[i], 1, &err), "%zu", i);
		cr_expect(strstr(err.text, "is no paper; expected"), "%s", err.text);
	}
	cr_expect_str_eq(text_of(ledger), "");
	zp_ledger_close(ledger);
}

/* ---- decisions ---- */

static const zp_ledger_decision decided[] = {
	{ 2026, "excellent", "L0001", "awarded", "评审会", "2027-02-01", "", false },
	{ 2026, "excellent", "L0001", "withdrawn", "评审会", "2027-05-01", "数据不实", false },
	{ 2026, "excellent", "L0002", "refused", "评审会", "2027-02-01", "一票否决", false },
	{ 2026, "excellent", "L0002", "awarded", "评审会", "2027-02-01", "", false },
	{ 2025, "excellent", "L0001", "awarded", "评审会", "2026-02-01", "", false },
	{ 2026, "progress", "L0001", "awarded", "评审会", "2027-02-01", "", false },
};

Test(acts, the_latest_decision_counts_and_both_stay_in_whatever_order_they_came)
{
	zp_ledger *ledger = ledger_at("l.sqlite"), *other = ledger_at("m.sqlite");
	put_decisions(ledger, decided, N(decided));
	for (size_t i = N(decided); i-- > 0;)
		put_decisions(other, &decided[i], 1);
	cr_expect_str_eq(text_of(ledger), "2025|excellent|L0001|awarded|评审会|2026-02-01||counts\n"
			 "2026|excellent|L0001|awarded|评审会|2027-02-01||\n"
			 "2026|excellent|L0001|withdrawn|评审会|2027-05-01|数据不实|counts\n"
			 "2026|excellent|L0002|awarded|评审会|2027-02-01||\n" /* of one day: the later word */
			 "2026|excellent|L0002|refused|评审会|2027-02-01|一票否决|counts\n"
			 "2026|progress|L0001|awarded|评审会|2027-02-01||counts\n");
	cr_expect_str_eq(text_of(other), text_of(ledger));
	const char *before = bytes_of("l.sqlite");
	put_decisions(ledger, decided, N(decided));
	cr_expect(strcmp(before, bytes_of("l.sqlite")) == 0);
	is_sound(ledger), is_sound(other);
	zp_ledger_close(ledger), zp_ledger_close(other);
}

Test(acts, what_is_no_decision_is_refused)
{
	zp_ledger_decision bad[] = { decided[0], decided[0], decided[0], decided[0], decided[0] };
	bad[0].decision = "given", bad[1].date = "2027-2-1", bad[2].by = "", bad[3].lab = "", bad[4].award = "";
	zp_ledger *ledger = ledger_at("l.sqlite");
	for (size_t i = 0; i < N(bad); i++) {
		zp_error err = { 0 };
		cr_expect_not(zp_ledger_put_decisions(ledger, &bad[i], 1, &err), "%zu", i);
		cr_expect(strstr(err.text, "is no decision; expected awarded, refused or withdrawn"), "%s", err.text);
	}
	cr_expect_str_eq(text_of(ledger), "");
	zp_ledger_close(ledger);
}

/* ---- together ---- */

static void met(void *self, const char *number)
{
	const char **all = self;
	*all = zp_arena_print(arena, "%s%s\n", *all, number);
}

static void met_round(void *self, const zp_ledger_row *row, zp_added added) { (void)self, (void)row, (void)added; }

static zp_merged merge(zp_ledger *into, zp_ledger *from, zp_code_map *map, size_t n, const char **named)
{
	zp_error err = { 0 };
	zp_merged rounds, merged;
	const zp_merge_tell tell = { met_round, met, named };
	*named = "";
	cr_assert(zp_ledger_merge(into, from, map, n, &tell, &rounds, &merged, &err), "%s", err.text);
	return merged;
}

Test(acts, merging_is_the_union_in_either_order_and_again_changes_nothing)
{
	const zp_ledger_paper ours[] = { paper("2026/P/a/c/L0001/1", "L0001", "K"), paper("2026/P/a/c/L0002/1", "L0002", "K") };
	const zp_ledger_paper theirs[] = { paper("2026/C/a/c/L0001/1", "L0001", "K"), paper("2026/P/a/c/L0002/1", "L0002", "K") };
	zp_ledger *a = ledger_at("a.sqlite"), *b = ledger_at("b.sqlite"), *ba = ledger_at("ba.sqlite");
	const char *named;
	put_papers(a, ours, 2), put_papers(b, theirs, 2);
	put_decisions(a, decided, 4), put_decisions(b, decided + 2, 4);
	merge(ba, b, NULL, 0, &named), merge(ba, a, NULL, 0, &named);
	const zp_merged merged = merge(a, b, NULL, 0, &named);
	cr_expect(merged.added == 3 && merged.already == 3 && merged.conflicts == 0);
	cr_expect_str_eq(text_of(a), text_of(ba));
	const char *before = bytes_of("a.sqlite");
	const zp_merged again = merge(a, ba, NULL, 0, &named);
	cr_expect(again.added == 0 && again.already == 9 && again.conflicts == 0 && !*named);
	cr_expect(strcmp(before, bytes_of("a.sqlite")) == 0);
	is_sound(a), is_sound(ba);
	zp_ledger_close(a), zp_ledger_close(b), zp_ledger_close(ba);
}

Test(acts, a_number_with_another_content_is_withheld_named_and_remembered)
{
	const zp_ledger_paper ours[] = { paper("2026/P/a/c/L0001/1", "L0001", "K") };
	const zp_ledger_paper theirs[] = { paper("2026/P/a/c/L0001/1", "L0001", "NA"), paper("2026/P/a/c/L0003/1", "L0003", "K") };
	zp_ledger *a = ledger_at("a.sqlite"), *b = ledger_at("b.sqlite");
	const char *named;
	size_t n;
	zp_error err = { 0 };
	put_papers(a, ours, 1), put_papers(b, theirs, 2);
	for (int again = 0; again < 2; again++) {
		const zp_merged merged = merge(a, b, NULL, 0, &named);
		cr_expect(merged.conflicts == 1 && merged.added == (again ? 0u : 1u));
		cr_expect_str_eq(named, "2026/P/a/c/L0001/1\n");
	}
	cr_expect(strstr(text_of(a), "L0001|示例医院|K|") && !strstr(text_of(a), "NA"));
	const zp_paper_conflict *conflicts = zp_ledger_paper_conflicts(a, arena, &n, &err);
	cr_assert_eq(n, 1);
	cr_expect_str_eq(conflicts[0].number, "2026/P/a/c/L0001/1");
	is_sound(a);
	zp_ledger_close(a), zp_ledger_close(b);
}

Test(acts, laboratories_go_by_our_codes_and_numbers_stay_as_they_were_printed)
{
	const zp_ledger_paper theirs[] = { paper("2026/C/a/c/L0001/1", "L0001", "K") };
	zp_code_map map[] = { { "L0001", "P0900", false }, { "L0077", "P0901", false } };
	zp_ledger *a = ledger_at("a.sqlite"), *b = ledger_at("b.sqlite");
	const char *named;
	put_papers(b, theirs, 1), put_decisions(b, decided, 1);
	merge(a, b, map, 2, &named);
	cr_expect_str_eq(text_of(a), "2026/C/a/c/L0001/1|2026|all-rounds|P0900|示例医院|K|2027-01-20|1\n"
			 "2026|excellent|P0900|awarded|评审会|2027-02-01||counts\n");
	cr_expect(map[0].met && !map[1].met);
	zp_ledger_close(a), zp_ledger_close(b);
}
