/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trends over rounds, worked by hand: means, runs, warnings, across the end of the year and under a new code. */
#include "ledger/ledger.h"
#include "ledger/pack.h"
#include "place.h"
#include "press/table.h"
#include "year/record_parts.h"
#include "year/trends.h"
#include "year/year.h"

TestSuite(trends, .init = scratch_enter, .fini = scratch_leave);

#define OF_BRACES "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a" /* of the manifest {} */
#define END INT32_MIN
#define NONE (INT32_MIN + 1) /* a sample without a share */
#define BARE 1000000 /* added to a share: there is no SDI beside it */

/* What a laboratory sent of a measurand: shares in tenths of a percent; the SDI is a tenth of it, in hundredths. */
typedef struct sent { const char *lab; uint16_t measurand; zp_standing standing; int32_t shares[12]; } sent;

static const uint8_t *pack(const int32_t *shares, uint32_t *bytes)
{
	uint8_t *at = zp_arena_take(arena, 12 * ZP_PACKED_MOST), *p = at;
	for (; *shares != END; shares++) {
		const bool has = *shares != NONE, bare = *shares > BARE / 2;
		const zp_packed s = { .state = 2, .verdict = has, .credit = 100, .kind = ZP_PACKED_NUMBER, .value = { 5, 0 }, .has_share = has,
			.share = bare ? *shares - BARE : has ? *shares : 0, .has_sdi = has && !bare, .sdi = has && !bare ? *shares / 10 : 0 };
		p = zp_pack(p, &s);
	}
	*bytes = (uint32_t)(p - at);
	return at;
}

static uint32_t lab_number(zp_annal_lab *labs, size_t *n, const char *code)
{
	for (uint32_t i = 0; i < *n; i++)
		if (strcmp(labs[i].code, code) == 0)
			return i;
	labs[*n] = (zp_annal_lab){ code, "示例实验室", "420102", "江岸区", "三级公立", "", "" };
	return (uint32_t)(*n)++;
}

/* A round of the programme P with the measurands A and B. */
static void put_round(zp_ledger *ledger, const char *id, int year, const char *closes, const sent *all, size_t n)
{
	static const zp_annal_measurand measurands[] = { { "A", "甲", "", "", "serum", "A", 80 }, { "B", "乙", "", "", "serum", "B", 80 } };
	static const zp_entry_rule limits[] = { { 1, "", "" }, { 1, "", "" } }, *const all_limits[] = { limits };
	static const char *const codes[] = { "S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8", "S9", "T1", "T2" }, *const *const samples[] = { codes }, *const cancelled[] = { "" };
	zp_annal_programme *programme = zp_take(arena, zp_annal_programme, 1);
	zp_annal_lab *labs = zp_take(arena, zp_annal_lab, n + 1);
	zp_annal_tally *tallies = zp_take(arena, zp_annal_tally, 2 * n + 1);
	zp_entry_result *results = zp_take(arena, zp_entry_result, n + 1);
	size_t n_labs = 0, n_tallies = 0, n_samples = 0;
	*programme = (zp_annal_programme){ .code = "P", .name = "专业", .name_en = "", .scheme = "s", .scheme_version = "1", .pass = 80, .n_samples = 11,
		.level = ZP_LEVEL_PROVINCIAL, .measurand_status = true, .measurands = measurands, .n_measurands = 2 };
	for (size_t i = 0; i < n; i++) {
		const uint32_t lab = lab_number(labs, &n_labs, all[i].lab);
		tallies[n_tallies++] = (zp_annal_tally){ lab, 0, all[i].measurand, (uint8_t)all[i].standing, ZP_SATISFACTORY, 500, 5, 0 };
		if (i + 1 == n || strcmp(all[i].lab, all[i + 1].lab) != 0)
			tallies[n_tallies++] = (zp_annal_tally){ lab, 0, ZP_ANNAL_WHOLE, (uint8_t)all[i].standing, ZP_SATISFACTORY, 500, 5, 0 };
		uint32_t bytes;
		const uint8_t *packed = pack(all[i].shares, &bytes);
		results[i] = (zp_entry_result){ lab, 0, all[i].measurand, bytes, packed };
		for (const int32_t *s = all[i].shares; *s != END; s++)
			n_samples++;
	}
	zp_entry e = { .round = { .id = id, .version = "v1", .name = "", .name_en = "", .organiser = "示例中心", .issued = closes, .digest = OF_BRACES, .year = year, .number = 1,
				  .opens = closes, .closes = closes, .labs = labs, .n_labs = n_labs, .programmes = programme, .n_programmes = 1, .tallies = tallies, .n_tallies = n_tallies },
		.version = 1, .organiser_en = "", .opens_at = closes, .closes_at = closes, .engine = "zhiping", .cancelled = cancelled, .samples = samples, .rules = all_limits,
		.answers = NULL, .n_answers = 0, .results = results, .n_results = n, .n_samples = n_samples, .manifest = "{}", .n_manifest = 2 };
	zp_error err = { 0 };
	cr_assert(zp_entry_sort(&e, arena, &err), "%s", err.text);
	cr_assert_eq(zp_ledger_put(ledger, &e, &err), ZP_ADDED, "%s", err.text);
}

/* L0002 is L0012 since 2026; L0003 came late in 2026-1. */
static zp_ledger *four_rounds(void)
{
	zp_error err = { 0 };
	zp_ledger *ledger = zp_ledger_open(ledger_place("l.sqlite"), ZP_LEDGER_WRITE, &err);
	cr_assert_not_null(ledger, "%s", err.text);
	const sent r1[] = { { "L0001", 0, ZP_STANDS_RETURNED, { -100, 200, END } }, { "L0001", 1, ZP_STANDS_RETURNED, { 900, 900, END } },
			    { "L0002", 0, ZP_STANDS_RETURNED, { 100, 200, 300, END } } };
	const sent r2[] = { { "L0001", 0, ZP_STANDS_RETURNED, { 150, 150, 300, END } }, { "L0002", 0, ZP_STANDS_RETURNED, { 300, 300, 300, END } },
			    { "L0003", 0, ZP_STANDS_RETURNED, { -10, -20, -30, -40, -50, END } } };
	const sent r3[] = { { "L0001", 0, ZP_STANDS_RETURNED, { 450, 550, END } }, { "L0003", 0, ZP_STANDS_LATE, { 2000, 2000, END } },
			    { "L0012", 0, ZP_STANDS_RETURNED, { 400, 500, 600, END } } };
	const sent r4[] = { { "L0001", 0, ZP_STANDS_RETURNED, { 501, 501, NONE, END } }, { "L0003", 0, ZP_STANDS_RETURNED, { -10, -10, -10, -10, -10, END } },
			    { "L0003", 1, ZP_STANDS_RETURNED, { -10, 0, -10, END } } };
	put_round(ledger, "2025-1", 2025, "2025-03-31", r1, 3);
	put_round(ledger, "2025-2", 2025, "2025-09-30", r2, 3);
	put_round(ledger, "2026-1", 2026, "2026-03-31", r3, 3);
	put_round(ledger, "2026-2", 2026, "2026-09-30", r4, 3);
	return ledger;
}

static const zp_trends *trends_of(zp_ledger *ledger, const zp_year_rules *year_rules, int year, const char *lines)
{
	zp_error err = { 0 };
	scratch_write("identity.csv", zp_arena_print(arena, "from,to,since,kind\n%s", lines));
	const zp_identity *identity = zp_identity_read(arena, scratch_path("identity.csv"), "identity.csv", year_rules, year, input);
	const zp_annals *annals = zp_annals_take(ledger, arena, 0, year, &err);
	const zp_chronicle *c = zp_chronicle_take(arena, annals, year_rules, identity, year, input);
	scratch_quiet(input);
	const zp_trends *t = zp_trends_take(arena, ledger, c, year_rules, &err);
	cr_assert_not_null(t, "%s", err.text);
	return t;
}

static const zp_trends *trends_with(zp_ledger *ledger, const zp_year_rules *year_rules, int year)
{
	return trends_of(ledger, year_rules, year, "L0002,L0012,2026-01-01,rename\n");
}

static bool trend_of(const zp_trends *t, const char *lab, size_t measurand, zp_trend *out)
{
	const zp_year_programme *p = &t->chronicle->programmes[0];
	for (size_t row = 0; row < p->n_labs; row++)
		if (strcmp(t->chronicle->labs[p->labs[row]].code, lab) == 0)
			return zp_trend_of(t, 0, row, measurand, out);
	return false;
}

static void expect_fraction(zp_fraction f, int64_t num, int64_t den)
{
	cr_expect(f.den && f.num * den == (zp_wide)num * f.den, "%lld/%lld, expected %lld/%lld", (long long)f.num, (long long)f.den, (long long)num, (long long)den);
}

Test(trends, means_and_warnings_are_those_of_the_hand)
{
	const zp_year_rules year_rules = zp_year_rules_default();
	zp_ledger *ledger = four_rounds();
	const zp_trends *t = trends_with(ledger, &year_rules, 2026);
	zp_trend a;
	cr_assert(trend_of(t, "L0001", 0, &a));
	cr_expect_eq(a.n, 4);
	cr_expect_eq(a.n_rounds, 4);
	expect_fraction(a.share, 501, 1000); /* 50.1 %: the sample without a target is in no mean */
	expect_fraction(a.sdi, 1, 2);
	/* means 5, 20, 50 and 50.1 %; their mean 31.275 % */
	expect_fraction(a.running_share, 31275, 100000);
	cr_expect_eq(a.way, ZP_TREND_UP);
	cr_expect_eq(a.why, ZP_TREND_LATEST);
	cr_expect_eq(a.run, 8); /* 2 + 2 + 3, and of the first round the last */
	cr_expect_eq(a.run_rounds, 4);
	cr_expect_not(trend_of(t, "L0001", 1, &a), "nothing of B in the year");
	zp_ledger_close(ledger);
}

Test(trends, the_limit_itself_is_no_warning)
{
	zp_year_rules year_rules = zp_year_rules_default();
	zp_ledger *ledger = four_rounds();
	zp_trend a;
	/* L0012 as L0002 before: 20, 30, 50 % in the latest, 9 results in a row; 50 % is not over 50 % */
	cr_assert(trend_of(trends_with(ledger, &year_rules, 2026), "L0012", 0, &a));
	expect_fraction(a.share, 1, 2);
	expect_fraction(a.running_share, 1, 3);
	cr_expect_eq(a.latest, 2);
	cr_expect_eq(a.way, ZP_TREND_UP); /* moved by 30 points, at least 25 */
	cr_expect_eq(a.run, 9);
	cr_expect_eq(a.why, 0);
	year_rules.trend_run = 9;
	year_rules.trend_limit_share = 49;
	cr_assert(trend_of(trends_with(ledger, &year_rules, 2026), "L0012", 0, &a));
	cr_expect_eq(a.why, ZP_TREND_LATEST | ZP_TREND_RUN);
	year_rules.trend_limit_share = 33; /* 33.3 % is over it */
	cr_assert(trend_of(trends_with(ledger, &year_rules, 2026), "L0012", 0, &a));
	cr_expect_eq(a.why, ZP_TREND_LATEST | ZP_TREND_RUNNING | ZP_TREND_RUN);
	year_rules.trend_limit_share = 61; /* and 30 points are no trend where 30.5 are asked for */
	cr_assert(trend_of(trends_with(ledger, &year_rules, 2026), "L0012", 0, &a));
	cr_expect_eq(a.way, ZP_TREND_NONE);
	zp_ledger_close(ledger);
}

Test(trends, late_results_are_in_nothing_and_the_target_ends_a_run)
{
	const zp_year_rules year_rules = zp_year_rules_default();
	zp_ledger *ledger = four_rounds();
	const zp_trends *t = trends_with(ledger, &year_rules, 2026);
	zp_trend a;
	cr_assert(trend_of(t, "L0003", 0, &a));
	expect_fraction(a.share, -1, 100);
	expect_fraction(a.running_share, -2, 100); /* of -3 and -1 % */
	cr_expect_eq(a.run, -10);
	cr_expect_eq(a.run_rounds, 2);
	cr_expect_eq(a.why, ZP_TREND_RUN);
	cr_expect_eq(a.way, ZP_TREND_NONE); /* two rounds are no trend */
	cr_assert(trend_of(t, "L0003", 1, &a));
	cr_expect_eq(a.run, -1);
	zp_ledger_close(ledger);
}

Test(trends, a_run_within_one_round_is_no_warning)
{
	zp_year_rules year_rules = zp_year_rules_default();
	zp_ledger *ledger = four_rounds();
	year_rules.trend_rounds = 1;
	year_rules.trend_run = 5;
	zp_trend a;
	cr_assert(trend_of(trends_with(ledger, &year_rules, 2026), "L0003", 0, &a));
	cr_expect_eq(a.n, 1);
	cr_expect_eq(a.run, -5);
	cr_expect_eq(a.why, 0);
	/* the year before sees its own rounds only, under the code of that time */
	year_rules.trend_rounds = 4;
	cr_assert(trend_of(trends_with(ledger, &year_rules, 2025), "L0002", 0, &a));
	cr_expect_eq(a.n, 2);
	expect_fraction(a.running_share, 1, 4);
	zp_ledger_close(ledger);
}

Test(trends, the_record_has_exact_numbers_and_leaves_out_what_is_not_known)
{
	const zp_year_rules year_rules = zp_year_rules_default();
	zp_ledger *ledger = four_rounds();
	const zp_trends *t = trends_with(ledger, &year_rules, 2026);
	const zp_year_programme *p = &t->chronicle->programmes[0];
	zp_piece out = { 0 };
	struct zp_record_memory memory = { 0 };
	zp_tags w = { .out = &out, .memory = &memory };
	for (size_t row = 0; row < p->n_labs; row++)
		if (strcmp(t->chronicle->labs[p->labs[row]].code, "L0012") == 0)
			zp_trend_record(t, 0, row, 0, &w);
	*zp_piece_room(&out, 1) = '\0';
	cr_expect_str_eq(out.bytes, "\n<trend rounds=\"3\" share=\"50\" sdi=\"0.5\" running-share=\"33.333333333333336\" running-sdi=\"0.3333333333333333\" run=\"9\" "
				    "run-rounds=\"3\" way=\"up\" warning=\"no\"/>");
	free(out.bytes);
	zp_ledger_close(ledger);
}

static zp_ledger *new_ledger(const char *name)
{
	zp_error err = { 0 };
	zp_ledger *ledger = zp_ledger_open(ledger_place(name), ZP_LEDGER_WRITE, &err);
	cr_assert_not_null(ledger, "%s", err.text);
	return ledger;
}

Test(trends, of_several_predecessors_the_one_with_the_code_of_today_counts_or_the_first)
{
	const zp_year_rules year_rules = zp_year_rules_default();
	zp_ledger *ledger = new_ledger("m.sqlite");
	const sent r1[] = { { "L0002", 0, ZP_STANDS_RETURNED, { 100, END } }, { "L0003", 0, ZP_STANDS_RETURNED, { 300, END } } };
	const sent r2[] = { { "L0002", 0, ZP_STANDS_RETURNED, { 200, END } }, { "L0003", 0, ZP_STANDS_RETURNED, { 250, END } }, { "L0005", 0, ZP_STANDS_RETURNED, { 500, END } },
			    { "L0006", 0, ZP_STANDS_RETURNED, { 600, END } } };
	const sent r3[] = { { "L0005", 0, ZP_STANDS_RETURNED, { 400, END } } };
	put_round(ledger, "2025-1", 2025, "2025-03-31", r1, 2);
	put_round(ledger, "2026-1", 2026, "2026-03-31", r2, 4);
	put_round(ledger, "2026-2", 2026, "2026-09-30", r3, 1);
	zp_trend a;
	cr_assert(trend_of(trends_of(ledger, &year_rules, 2026, "L0002,L0005,2026-07-01,merge\nL0003,L0005,2026-07-01,merge\nL0006,L0005,2026-07-01,merge\n"), "L0005", 0, &a));
	cr_assert_eq(a.n, 3);
	cr_expect_eq(a.rounds[0].share, 100);
	cr_expect_eq(a.rounds[1].share, 500);
	cr_expect_eq(a.rounds[2].share, 400);
	zp_ledger_close(ledger);
}

Test(trends, results_that_nobody_inherits_are_nobodys)
{
	zp_year_rules year_rules = zp_year_rules_default();
	zp_ledger *ledger = new_ledger("n.sqlite");
	const sent r1[] = { { "L0001", 0, ZP_STANDS_RETURNED, { 100, END } }, { "L0002", 0, ZP_STANDS_RETURNED, { 900, END } } };
	const sent r2[] = { { "L0001", 0, ZP_STANDS_RETURNED, { 100, END } }, { "L0022", 0, ZP_STANDS_RETURNED, { 200, END } } };
	put_round(ledger, "2026-1", 2026, "2026-03-31", r1, 2);
	put_round(ledger, "2026-2", 2026, "2026-09-30", r2, 2);
	year_rules.identity_split = ZP_SPLIT_FRESH;
	zp_trend a;
	const zp_trends *t = trends_of(ledger, &year_rules, 2026, "L0002,L0022,2026-07-01,split\n");
	cr_assert(trend_of(t, "L0022", 0, &a));
	cr_expect_eq(a.n_rounds, 1);
	cr_expect_eq(a.rounds[1].share, 200);
	cr_expect_not(trend_of(t, "L0002", 0, &a));
	zp_ledger_close(ledger);
}

static const char *table_of(const zp_trends *t, const char *name)
{
	zp_error err = { 0 };
	const zp_year year = { .trends = t };
	zp_press *press = zp_press_open_aside();
	cr_assert(zp_year_trends_tables(&year, press, NULL, &err), "%s", err.text);
	const zp_text text = zp_press_text(press, arena, name, &err);
	const char *copy = text.p ? zp_arena_text(arena, text.p, text.n) : NULL;
	zp_press_close(press);
	return copy;
}

Test(trends, where_there_is_no_sdi_shares_stand_alone)
{
	const zp_year_rules year_rules = zp_year_rules_default();
	zp_ledger *ledger = new_ledger("b.sqlite");
	const sent r1[] = { { "L0001", 0, ZP_STANDS_RETURNED, { BARE + 100, BARE + 300, END } } };
	const sent r2[] = { { "L0001", 0, ZP_STANDS_RETURNED, { BARE - 100, NONE, END } } };
	put_round(ledger, "2026-1", 2026, "2026-03-31", r1, 1);
	put_round(ledger, "2026-2", 2026, "2026-09-30", r2, 1);
	const zp_trends *t = trends_of(ledger, &year_rules, 2026, "");
	zp_trend a;
	cr_assert(trend_of(t, "L0001", 0, &a));
	expect_fraction(a.share, -1, 10);
	cr_expect_eq(a.sdi.den, 0);
	cr_expect_eq(a.running_sdi.den, 0);
	zp_piece out = { 0 };
	struct zp_record_memory memory = { 0 };
	zp_tags w = { .out = &out, .memory = &memory };
	zp_trend_record(t, 0, 0, 0, &w);
	*zp_piece_room(&out, 1) = '\0';
	cr_expect(strstr(out.bytes, " share=\"-10\" running-share=\"5\"") && !strstr(out.bytes, "sdi"), "%s", out.bytes);
	free(out.bytes);
	cr_expect(strstr(table_of(t, "trends.csv"), "L0001,P,provincial,示例中心,A,2026-2,1,-10.0,,2,5.0,,-1,1,,,2026-1|2026-2,20.0|-10.0,.|.\n"), "%s", table_of(t, "trends.csv"));
	cr_expect_null(table_of(NULL, "trends.csv")); /* without a ledger there is no table */
	zp_ledger_close(ledger);
}

typedef struct walk { size_t rows, stop; char said[400]; } walk;

static bool hear(void *self, const zp_annal_row *row)
{
	walk *w = self;
	const size_t n = strlen(w->said);
	snprintf(w->said + n, sizeof w->said - n, "%u.%u.%u:%zu:%lld ", row->lab, row->programme, row->measurand, row->n, (long long)row->samples[0].share);
	return ++w->rows != w->stop;
}

Test(trends, a_walk_goes_by_laboratory_and_measurand_and_stops_when_told)
{
	zp_error err = { 0 };
	zp_ledger *ledger = four_rounds();
	walk all = { 0 }, two = { .stop = 2 }, nothing = { 0 };
	cr_assert(zp_ledger_walk(ledger, "2025-1", hear, &all, &err));
	cr_expect_str_eq(all.said, "0.0.0:2:-100 0.0.1:2:900 1.0.0:3:100 ");
	cr_assert(zp_ledger_walk(ledger, "2025-1", hear, &two, &err));
	cr_expect_eq(two.rows, 2);
	cr_assert(zp_ledger_walk(ledger, "nowhere", hear, &nothing, &err));
	cr_expect_eq(nothing.rows, 0);
	zp_ledger_close(ledger);
}
