/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the year sees of a ledger, and the bytes that results are packed into. */
#include "ledger/pack.h"
#include "ledger/trail.h"
#include "ledger/words.h"
#include "model/round.h"
#include "place.h"
#include "year/append.h"

TestSuite(ledger, .init = scratch_enter, .fini = scratch_leave);

/* ---- words ---- */

Test(ledger, every_word_of_the_program_has_a_number_and_comes_back)
{
	const struct { zp_words list; unsigned n; } lists[] = { { ZP_WORDS_STATE, ZP_STATES }, { ZP_WORDS_VERDICT, ZP_VERDICTS }, { ZP_WORDS_REASON, ZP_REASONS },
								{ ZP_WORDS_STANDING, ZP_STANDINGS }, { ZP_WORDS_SATISFACTION, ZP_UNSATISFACTORY + 1 }, { ZP_WORDS_LEVEL, ZP_LEVELS } };
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		for (unsigned v = 0; v < lists[i].n; v++) {
			const int number = zp_words_number(lists[i].list, v);
			cr_assert_geq(number, 0, "%s %u has no number", zp_words_list(lists[i].list), v);
			cr_assert_eq(zp_words_enum(lists[i].list, (unsigned)number), (int)v);
		}
}

Test(ledger, numbers_of_words_are_frozen)
{
	cr_assert_str_eq(zp_words_at(ZP_WORDS_STATE, 2), "returned");
	cr_assert_str_eq(zp_words_at(ZP_WORDS_REASON, 0), "");
	cr_assert_str_eq(zp_words_at(ZP_WORDS_REASON, 23), "late");
	cr_assert_str_eq(zp_words_at(ZP_WORDS_STANDING, 7), "cancelled");
	cr_assert_null(zp_words_at(ZP_WORDS_STANDING, 8));
	cr_assert_eq(zp_words_enum(ZP_WORDS_STANDING, 200), -1);
	cr_assert_leq(ZP_REASONS, 64, "a reason has six bits");
	cr_assert_leq(ZP_STATES, 16, "a state has four bits");
}

/* ---- packed results ---- */

static const zp_packed packed_samples[] = {
	{ .state = 0 },
	{ .state = 2, .verdict = 1, .credit = 100, .kind = ZP_PACKED_NUMBER, .value = { 524, -2 }, .group = 7, .has_share = true, .share = -283, .has_sdi = true, .sdi = 41 },
	{ .state = 2, .verdict = 2, .reason = 26, .kind = ZP_PACKED_NUMBER, .value = { -999999999999999999, 99 }, .group = UINT32_MAX - 1, .has_share = true, .share = INT64_MAX,
	  .has_sdi = true, .sdi = INT64_MIN },
	{ .state = 3, .verdict = 2, .reason = 23, .kind = ZP_PACKED_BOUND, .bound = '<', .value = { 5, -1 }, .group = 128 },
	{ .state = 2, .verdict = 1, .credit = 50, .kind = ZP_PACKED_ANSWER, .answer = 300, .group = 127 },
	{ .state = 7, .reason = 19 },
};
#define OF_BRACES "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a" /* of the manifest {} */
#define PACKED (sizeof packed_samples / sizeof *packed_samples)

static void expect_same(const zp_packed *a, const zp_packed *b)
{
	cr_expect_eq(a->state, b->state);
	cr_expect_eq(a->verdict, b->verdict);
	cr_expect_eq(a->reason, b->reason);
	cr_expect_eq(a->kind, b->kind);
	cr_expect_eq(a->credit, b->credit);
	cr_expect_eq(a->group, b->group);
	cr_expect_eq(a->bound, b->bound);
	cr_expect_eq(a->value.m, b->value.m);
	cr_expect_eq(a->value.e, b->value.e);
	cr_expect_eq(a->answer, b->answer);
	cr_expect_eq(a->has_share, b->has_share);
	cr_expect_eq(a->has_sdi, b->has_sdi);
	cr_expect_eq(a->share, b->share);
	cr_expect_eq(a->sdi, b->sdi);
}

Test(ledger, what_is_packed_comes_out_again)
{
	uint8_t bytes[PACKED * ZP_PACKED_MOST], *end = bytes;
	for (size_t i = 0; i < PACKED; i++) {
		uint8_t *next = zp_pack(end, &packed_samples[i]);
		cr_assert_leq(next - end, ZP_PACKED_MOST);
		end = next;
	}
	const uint8_t *p = bytes;
	for (size_t i = 0; i < PACKED; i++) {
		zp_packed s;
		p = zp_unpack(p, end, &s);
		cr_assert_not_null(p);
		expect_same(&s, &packed_samples[i]);
	}
	cr_assert_eq(p, end);
}

Test(ledger, a_usual_result_takes_ten_bytes)
{
	uint8_t bytes[ZP_PACKED_MOST];
	/* by hand: state 2, verdict 1, a number; share and SDI; group 7; 100 %; 524 is 1048 folded; -2; -283 is 565; 41 is 82 */
	static const uint8_t expected[] = { 0x52, 0xC0, 0x07, 0x64, 0x98, 0x08, 0xFE, 0xB5, 0x04, 0x52 };
	const size_t n = (size_t)(zp_pack(bytes, &packed_samples[1]) - bytes);
	cr_assert_eq(n, sizeof expected);
	cr_assert_arr_eq(bytes, expected, sizeof expected);
}

Test(ledger, bytes_that_are_cut_off_or_mean_nothing_are_told)
{
	uint8_t bytes[ZP_PACKED_MOST];
	zp_packed s;
	for (size_t i = 0; i < PACKED; i++) {
		const uint8_t *end = zp_pack(bytes, &packed_samples[i]);
		for (const uint8_t *stop = bytes; stop < end; stop++)
			cr_assert_null(zp_unpack(bytes, stop, &s), "%zu of sample %zu", (size_t)(stop - bytes), i);
	}
	static const uint8_t no_state[] = { 0x0F, 0, 0 }, no_bound[] = { 0x82, 0, 0, 'x', 2, 0 }, endless[] = { 0, 0, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255 };
	cr_assert_null(zp_unpack(no_state, no_state + sizeof no_state, &s));
	cr_assert_null(zp_unpack(no_bound, no_bound + sizeof no_bound, &s));
	cr_assert_null(zp_unpack(endless, endless + sizeof endless, &s));
}

/* ---- annals ---- */

/* Two laboratories, one programme of two measurands and two samples; the figures are those of the name. */
static const zp_entry *small_entry(const char *id, int version, int year, const char *closes)
{
	zp_entry *e = zp_take(arena, zp_entry, 1);
	zp_annal_lab *labs = zp_take(arena, zp_annal_lab, 2);
	zp_annal_measurand *measurands = zp_take(arena, zp_annal_measurand, 2);
	zp_annal_programme *programme = zp_take(arena, zp_annal_programme, 1);
	zp_annal_tally *tallies = zp_take(arena, zp_annal_tally, 4);
	zp_entry_rule *limits = zp_take(arena, zp_entry_rule, 2);
	zp_entry_result *results = zp_take(arena, zp_entry_result, 2);
	const zp_entry_rule **all_rules = zp_take(arena, const zp_entry_rule *, 1);
	zp_entry_target *targets = zp_take(arena, zp_entry_target, 2);
	const char **codes = zp_take(arena, const char *, 2), **cancelled = zp_take(arena, const char *, 1), **answers = zp_take(arena, const char *, 1);
	const char *const **samples = zp_take(arena, const char *const *, 1);
	labs[0] = (zp_annal_lab){ "L0002", "示例医院二", "420102", "江岸区", "民营", "", "" };
	labs[1] = (zp_annal_lab){ "L0001", "示例医院一", "420102", "江岸区", "三级公立", "H1", "输血科" };
	measurands[0] = (zp_annal_measurand){ "K", "钾", "potassium", "mmol/L", "serum", "K", 80 };
	measurands[1] = (zp_annal_measurand){ "HBsAg", "乙肝表面抗原", "", "", "serum", "HBsAg", 80 };
	limits[0] = limits[1] = (zp_entry_rule){ 1, "靶值 ±6%", "nccl-2026" };
	*programme = (zp_annal_programme){ .code = "P", .name = "专业", .name_en = "", .scheme = "s", .scheme_version = "1", .pass = 80, .n_samples = 2, .level = ZP_LEVEL_CITY,
					   .measurand_status = true, .measurands = measurands, .n_measurands = 2 };
	tallies[0] = (zp_annal_tally){ 0, 0, ZP_ANNAL_WHOLE, ZP_STANDS_LATE, ZP_UNSATISFACTORY, 0, 2, 0 };
	tallies[1] = (zp_annal_tally){ 1, 0, ZP_ANNAL_WHOLE, ZP_STANDS_RETURNED, ZP_SATISFACTORY, 350, 4, 0 };
	tallies[2] = (zp_annal_tally){ 1, 0, 1, ZP_STANDS_RETURNED, ZP_SATISFACTORY, 150, 2, 0 };
	tallies[3] = (zp_annal_tally){ 1, 0, 0, ZP_STANDS_RETURNED, ZP_SATISFACTORY, 200, 2, 0 };
	uint8_t *bytes = zp_arena_take(arena, 8 * ZP_PACKED_MOST), *p = bytes;
	p = zp_pack(p, &packed_samples[1]);
	p = zp_pack(p, &packed_samples[3]);
	results[0] = (zp_entry_result){ 1, 0, 0, (uint32_t)(p - bytes), bytes };
	const zp_packed answered = { .state = 2, .verdict = 1, .credit = 50, .kind = ZP_PACKED_ANSWER, .answer = 0 };
	uint8_t *second = p;
	p = zp_pack(p, &answered);
	p = zp_pack(p, &packed_samples[0]);
	results[1] = (zp_entry_result){ 1, 0, 1, (uint32_t)(p - second), second };
	for (size_t i = 0; i < 2; i++) {
		targets[i].group = packed_samples[2 * i + 1].group;
		for (size_t k = 0; k < ZP_TARGET_CELLS; k++)
			targets[i].cells[k] = strcmp(zp_target_columns[k], "kept") == 0 ? "4" : strcmp(zp_target_columns[k], "origin") == 0 ? (i ? "known" : "consensus") : "";
	}
	codes[0] = "S1", codes[1] = "S2", cancelled[0] = "", answers[0] = "阳性";
	samples[0] = codes, all_rules[0] = limits;
	*e = (zp_entry){ .round = { .id = id, .version = zp_arena_print(arena, "v%d", version), .name = "轮次", .name_en = "", .organiser = "示例中心", .issued = "2026-03-31",
				    .digest = OF_BRACES, .year = year, .number = 1, .opens = "2026-03-01", .closes = closes, .labs = labs, .n_labs = 2, .programmes = programme,
				    .n_programmes = 1, .tallies = tallies, .n_tallies = 4 },
			 .version = version, .organiser_en = "", .opens_at = "2026-03-01T08:00:00+08:00", .closes_at = zp_arena_print(arena, "%sT17:00:00+08:00", closes),
			 .engine = "zhiping", .cancelled = cancelled, .samples = samples, .rules = all_rules, .answers = answers, .n_answers = 1, .targets = targets, .n_targets = 2, .results = results,
			 .n_results = 2, .n_samples = 4, .manifest = "{}", .n_manifest = 2 };
	zp_error err = { 0 };
	cr_assert(zp_entry_sort(e, arena, &err), "%s", err.text);
	return e;
}

static zp_ledger *small_ledger(void)
{
	zp_error err = { 0 };
	zp_ledger *ledger = zp_ledger_open(ledger_place("l.sqlite"), ZP_LEDGER_WRITE, &err);
	cr_assert_not_null(ledger, "%s", err.text);
	const zp_entry *entries[] = { small_entry("B", 1, 2026, "2026-09-15"), small_entry("A", 2, 2026, "2026-03-15"), small_entry("A", 1, 2026, "2026-03-15"),
				      small_entry("C", 1, 2025, "2025-09-15"), small_entry("A2", 1, 2026, "2026-03-15") };
	for (size_t i = 0; i < sizeof entries / sizeof *entries; i++)
		cr_assert_eq(zp_ledger_put(ledger, entries[i], &err), ZP_ADDED, "%s", err.text);
	return ledger;
}

Test(ledger, annals_are_current_versions_of_the_years_by_closing_date_then_id)
{
	zp_error err = { 0 };
	zp_ledger *ledger = small_ledger();
	const zp_annals *annals = zp_annals_take(ledger, arena, 2026, 2026, &err);
	cr_assert_not_null(annals, "%s", err.text);
	cr_assert_eq(annals->n, 3);
	cr_assert_str_eq(annals->rounds[0].id, "A");
	cr_assert_str_eq(annals->rounds[0].version, "v2");
	cr_assert_str_eq(annals->rounds[1].id, "A2");
	cr_assert_str_eq(annals->rounds[2].id, "B");
	annals = zp_annals_take(ledger, arena, 2025, 2026, &err);
	cr_assert_eq(annals->n, 4);
	cr_assert_str_eq(annals->rounds[0].id, "C");
	cr_assert_eq(zp_annals_take(ledger, arena, 1999, 2000, &err)->n, 0);
	zp_ledger_close(ledger);
}

Test(ledger, annals_hold_laboratories_by_code_and_the_programme_last)
{
	zp_error err = { 0 };
	zp_ledger *ledger = small_ledger();
	const zp_annal_round *r = &zp_annals_take(ledger, arena, 2026, 2026, &err)->rounds[0];
	cr_assert_str_eq(r->closes, "2026-03-15");
	cr_assert_eq(r->n_labs, 2);
	cr_assert_str_eq(r->labs[0].code, "L0001");
	cr_assert_str_eq(r->labs[0].department, "输血科");
	cr_assert_eq(r->programmes[0].level, ZP_LEVEL_CITY);
	cr_assert_eq(r->programmes[0].n_samples, 2);
	cr_assert_str_eq(r->programmes[0].measurands[1].code, "HBsAg");
	cr_assert_eq(r->n_tallies, 4);
	static const uint16_t order[] = { 0, 1, ZP_ANNAL_WHOLE, ZP_ANNAL_WHOLE };
	static const uint32_t credit[] = { 200, 150, 350, 0 };
	for (size_t i = 0; i < 4; i++) {
		cr_expect_eq(r->tallies[i].lab, i == 3);
		cr_expect_eq(r->tallies[i].measurand, order[i]);
		cr_expect_eq(r->tallies[i].credit, credit[i]);
	}
	cr_assert_eq(r->tallies[3].standing, ZP_STANDS_LATE);
	cr_assert_eq(r->tallies[3].satisfaction, ZP_UNSATISFACTORY);
	zp_ledger_close(ledger);
}

Test(ledger, a_copy_in_memory_is_the_same_and_what_is_put_into_it_is_nowhere_else)
{
	zp_error err = { 0 };
	zp_ledger *ledger = small_ledger(), *copy = zp_ledger_copy(ledger, &err);
	cr_assert_not_null(copy, "%s", err.text);
	size_t n, n_copy, bytes;
	const zp_ledger_row *rows = zp_ledger_rows(ledger, arena, &n, &err), *same = zp_ledger_rows(copy, arena, &n_copy, &err);
	cr_assert(n == 5 && n_copy == 5);
	for (size_t i = 0; i < n; i++)
		cr_expect(rows[i].row == same[i].row && strcmp(rows[i].id, same[i].id) == 0 && strcmp(rows[i].content, same[i].content) == 0);
	cr_expect_str_eq(zp_trail_head(copy, arena, &err), zp_trail_head(ledger, arena, &err));
	cr_assert_eq(zp_ledger_put(copy, small_entry("D", 1, 2026, "2026-10-15"), &err), ZP_ADDED, "%s", err.text);
	cr_expect(zp_ledger_rows(copy, arena, &n_copy, &err) && n_copy == 6);
	cr_expect(zp_ledger_rows(ledger, arena, &n, &err) && n == 5);
	cr_assert_not_null(zp_ledger_manifest(ledger, arena, "D", 1, &bytes, &err));
	cr_expect_eq(bytes, 0);
	cr_expect_str_eq(zp_ledger_manifest(ledger, arena, "A", 2, &bytes, &err), "{}");
	cr_expect_eq(bytes, 2);
	zp_ledger_close(copy), zp_ledger_close(ledger);
}

typedef struct heard { size_t n, most, samples; zp_annal_row at[8]; zp_annal_figure figures[8]; } heard;

static bool hear(void *self, const zp_annal_row *row)
{
	heard *h = self;
	h->at[h->n++] = *row;
	for (size_t i = 0; i < row->n; i++)
		h->figures[h->samples++] = row->samples[i];
	return h->n < h->most;
}

Test(ledger, results_of_a_round_are_told_until_it_is_enough)
{
	zp_error err = { 0 };
	zp_ledger *ledger = small_ledger();
	heard h = { .most = 8 };
	cr_assert(zp_ledger_walk(ledger, "A", hear, &h, &err), "%s", err.text);
	cr_assert_eq(h.n, 2);
	cr_assert_eq(h.samples, 4);
	for (size_t i = 0; i < 2; i++)
		cr_expect(h.at[i].lab == 0 && h.at[i].programme == 0 && h.at[i].measurand == i && h.at[i].n == 2);
	cr_assert(h.figures[0].has_share && h.figures[0].has_sdi);
	cr_assert_eq(h.figures[0].share, -283);
	cr_assert_eq(h.figures[0].sdi, 41);
	cr_assert_eq(h.figures[0].verdict, ZP_ACCEPTABLE);
	cr_assert(!h.figures[1].has_share && !h.figures[1].has_sdi);
	cr_assert_eq(h.figures[3].state, ZP_NOT_RETURNED);
	cr_assert(h.figures[0].kept == 4 && h.figures[0].consensus && h.figures[1].kept == 4 && !h.figures[1].consensus);
	cr_assert(h.figures[2].kept == 0 && h.figures[2].consensus, "without a group nothing is known of a target");
	h = (heard){ .most = 1 };
	cr_assert(zp_ledger_walk(ledger, "A", hear, &h, &err));
	cr_assert_eq(h.n, 1);
	h = (heard){ .most = 8 };
	cr_assert(zp_ledger_walk(ledger, "nowhere", hear, &h, &err));
	cr_assert_eq(h.n, 0);
	zp_ledger_close(ledger);
}

Test(ledger, a_round_lies_ahead_by_its_closing_its_issue_or_its_year)
{
	const zp_annal_round r = { .closes = "2026-03-15", .issued = "2026-03-31", .year = 2026 }, odd = { .closes = "2026-03-15", .issued = "2026-03-31", .year = 2027 };
	cr_assert_eq(zp_annal_future(&r, "2026-03-14"), ZP_FUTURE_CLOSES);
	cr_assert_eq(zp_annal_future(&r, "2026-03-15"), ZP_FUTURE_ISSUED);
	cr_assert_eq(zp_annal_future(&r, "2026-03-31"), ZP_FUTURE_NOT);
	cr_assert_eq(zp_annal_future(&odd, "2026-12-31"), ZP_FUTURE_YEAR);
	cr_assert_eq(zp_annal_future(&odd, "2027-01-01"), ZP_FUTURE_NOT);
}

Test(ledger, content_has_one_digest_whatever_it_is_made_of_changes_it)
{
	char first[ZP_DIGEST_TEXT], second[ZP_DIGEST_TEXT];
	zp_entry *e = (zp_entry *)small_entry("A", 1, 2026, "2026-03-15");
	zp_entry_digest(e, first);
	zp_entry_digest(small_entry("A", 1, 2026, "2026-03-15"), second);
	cr_assert_str_eq(first, second);
	((zp_annal_tally *)e->round.tallies)[0].credit++;
	zp_entry_digest(e, second);
	cr_assert_str_neq(first, second);
	((zp_annal_tally *)e->round.tallies)[0].credit--;
	((uint8_t *)e->results[1].bytes)[e->results[1].n - 1] ^= 1;
	zp_entry_digest(e, second);
	cr_assert_str_neq(first, second);
}

Test(ledger, two_laboratories_with_one_code_are_refused)
{
	zp_entry *e = (zp_entry *)small_entry("A", 1, 2026, "2026-03-15");
	zp_error err = { 0 };
	((zp_annal_lab *)e->round.labs)[1].code = "L0001";
	cr_assert_not(zp_entry_sort(e, arena, &err));
	cr_assert_eq(err.code, ZP_BAD_INPUT);
	cr_assert_not_null(strstr(err.text, "L0001"));
}
