/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mutual recognition: every setting worked out by hand. */
#include "base/arena.h"

static zp_arena *arena;
static void enter(void) { arena = zp_arena_open(); }
static void leave(void) { zp_arena_close(arena); }

#include "recognition_words.h"
#include "year/year.h"

TestSuite(recognition, .init = enter, .fini = leave);

/* ---- by hand ---- */

typedef struct worked { const char *rule, *rounds, *iqc, *marks; } worked;

static void check(const worked *at, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const char *got = marks_of(recognise(at[i].rule, at[i].rounds, at[i].iqc));
		cr_expect_str_eq(got, at[i].marks, "[%s] [%s] [%s]: \"%s\", expected \"%s\"", at[i].rule, at[i].rounds, at[i].iqc ? at[i].iqc : "", got, at[i].marks);
	}
}
#define CHECK(table) check((table), sizeof(table) / sizeof *(table))

Test(recognition, rounds_of_one_programme)
{
	static const worked table[] = {
		{ "P=2", "P 2603S 2609S", NULL, "P" },
		{ "P=2", "P 2603S 2606U 2609S", NULL, "P" },          /* a failed one does no harm without max-failed */
		{ "P=2/0", "P 2603S 2606U 2609S", NULL, "-" },
		{ "P=2/1", "P 2603S 2606U 2609S", NULL, "P" },
		{ "P=2", "P 2603S 2609E", NULL, "-" },                /* excused is neither passed nor failed */
		{ "P=1/0", "P 2603S 2609E", NULL, "P" },
		{ "P=1/0", "P 2603S 2609~", NULL, "P" },
		{ "P=1", "P 2603E", NULL, "-" },                      /* took part, nothing to judge by */
		{ "P=1", "P 2603.", NULL, "" },                       /* took no part */
		{ "P=1", "D 2603S", NULL, "" },                       /* a county's rounds are of no level that has a mark */
		{ "P=1", "C 2603S", NULL, "-" },
		{ "P=2", "P 2512S 2603S", NULL, "-" },                /* closed before the period */
		{ "P=2", "P 2603S 2701S", NULL, "-" },                /* closed behind it, whatever the year of its plan */
		{ "P=2", "P 2601S 2612S", NULL, "P" },
		{ "P=2 period=13", "P 2512S 2603S", NULL, "P" },
		{ "P=2 period=13", "P 2511S 2603S", NULL, "-" },
		{ "P=1 period=2 ends=issue", "P 2610S", NULL, "" },   /* issued in January: November and December */
		{ "P=1 period=2 ends=issue", "P 2611S", NULL, "P" },
		{ "P=1 period=2 ends=issue", "P 2701S", NULL, "" },   /* the month of issue is not over */
	};
	CHECK(table);
}

Test(recognition, count_latest_run)
{
	static const worked table[] = {
		{ "P=2", "P 2603S 2606S 2609U", NULL, "P" },
		{ "P=2 count=latest-run", "P 2603S 2606S 2609U", NULL, "-" },
		{ "P=2 count=latest-run", "P 2603U 2606S 2609S", NULL, "P" },
		{ "P=2 count=latest-run", "P 2603S 2606E 2609S", NULL, "P" }, /* an excused round does not interrupt */
		{ "P=2 count=latest-run", "P 2603S 2606~ 2609S 2610.", NULL, "P" },
		{ "P=2 count=latest-run", "P 2512S 2603S", NULL, "-" },       /* the run is one of the period */
		{ "P=2/0 count=latest-run", "P 2603U 2606S 2609S", NULL, "-" },
	};
	CHECK(table);
}

Test(recognition, two_programmes)
{
	static const worked table[] = {
		{ "P=2", "P 2603S 2609S; P 2604S 2610S", NULL, "P" },
		{ "P=2", "P 2603S 2609S; P 2604S 2610U", NULL, "-" },         /* each must do */
		{ "P=2 two-programmes=best", "P 2603S 2609S; P 2604S 2610U", NULL, "P" },
		{ "P=2 two-programmes=sum", "P 2603S; P 2604S", NULL, "P" },
		{ "P=2", "P 2603S; P 2604S", NULL, "-" },
		{ "P=2 two-programmes=best", "P 2603S; P 2604S", NULL, "-" },
		{ "P=2/0 two-programmes=best", "P 2603S 2609S 2612U; P 2604S 2610S", NULL, "P" },
		{ "P=2/0 two-programmes=sum", "P 2603S 2609S; P 2604U", NULL, "-" },
		{ "P=2", "P 2603S 2609S; P 2604E 2610~", NULL, "P" },         /* nothing evaluated in the other: it says nothing */
		{ "P=2", "P 2603S 2609S; P 2604.", NULL, "P" },
		{ "P=2", "P 2603S 2609S; P 2604S", NULL, "-" },               /* a second programme with fewer rounds costs it */
		{ "P=2 count=latest-run two-programmes=sum", "P 2603S 2609S; P 2606U", NULL, "-" },
		{ "P=2 count=latest-run two-programmes=sum", "P 2606S 2609S; P 2603U", NULL, "P" },
		{ "P=1 count=latest-run two-programmes=sum", "P 2606S; P 2606U", NULL, "-" }, /* of one day the failed one ends the run */
		{ "P=2 N=1", "P 2603S 2609S; N 2604U", NULL, "P" },           /* other levels are other programmes */
	};
	CHECK(table);
}

Test(recognition, hierarchy_and_mode)
{
	static const worked table[] = {
		{ "N=1 P=2 C=1", "N 2603S; P 2604S 2610S; C 2605S", NULL, "NPC" },
		{ "N=1 P=2 C=1", "N 2603S; P 2604S", NULL, "N" },
		{ "N=1 P=2 C=1 hierarchy=inherits", "N 2603S; P 2604S", NULL, "NPC" },
		{ "N=1 P=2 C=1 hierarchy=inherits", "N 2603U; P 2604S 2610S", NULL, "PC" },
		{ "N=1 P=2 C=1 hierarchy=inherits", "C 2604S", NULL, "C" },   /* never upwards */
		{ "N=1 C=1 hierarchy=inherits", "N 2603S; P 2604U", NULL, "NC" }, /* what is not judged has no mark */
		{ "N=1 P=2 mode=all-levels", "N 2603S; P 2604S 2610S", NULL, "NP" },
		{ "N=1 P=2 mode=all-levels", "N 2603S; P 2604S", NULL, "-" },
		{ "N=1 P=2 mode=all-levels", "N 2603S", NULL, "-" },
		{ "P=2 mode=all-levels", "P 2604S 2610S; N 2603U", NULL, "P" }, /* the national level is not judged */
		{ "N=1 P=2 mode=all-levels hierarchy=inherits", "N 2603S", NULL, "NP" },
	};
	CHECK(table);
}

#define ROUND "P 2603S"
Test(recognition, months)
{
	static const worked table[] = {
		{ "P=1 months=3 cv=5", ROUND, "2601/1/A/20/4 2602/1/A/20/4 2603/1/A/20/4", "P" },
		{ "P=1 months=3 cv=5", ROUND, "2601/1/A/20/4 2602/1/A/20/6 2603/1/A/20/4 2604/1/A/20/4", "-" },
		{ "P=1 months=3 cv=5", ROUND, "2601/1/A/20/4 2602/1/A/20/4 2604/1/A/20/4 2605/1/A/20/4", "-" }, /* a month without data */
		{ "P=1 months=3 cv=5", ROUND, "2511/1/A/20/4 2512/1/A/20/4 2601/1/A/20/4", "-" },               /* before the period */
		{ "P=1 months=3 cv=5 period=14", ROUND, "2511/1/A/20/4 2512/1/A/20/4 2601/1/A/20/4", "P" },
		{ "P=1 months=3 cv=5", ROUND, NULL, "-" },
		{ "P=1 months=1", ROUND, "2601/1/A/20/40+", "P" },    /* no CV is asked for, as of a qualitative item, and it says that it was in control */
		{ "P=1 months=1", ROUND, "2601/1/A/20/40", "-" },     /* nobody says so */
		{ "P=1 months=1 cv=5", ROUND, "2601/1/A/20/6+", "-" },
		{ "P=1 months=1", ROUND, "2601/1/A/20/4!", "-" },     /* told to be out of control */
		{ "P=1 months=1 cv=5", ROUND, "2601/1/A/20/4!", "-" },
		{ "P=1 months=2 cv=5 run=ending", ROUND, "2601/1/A/20/4 2602/1/A/20/4", "-" },
		{ "P=1 months=2 cv=5 run=ending", ROUND, "2611/1/A/20/4 2612/1/A/20/4", "P" },
		{ "P=1 months=2 cv=5 run=ending", ROUND, "2611/1/A/20/6 2612/1/A/20/4", "-" },
		{ "P=1 months=1 cv=5 min=20", ROUND, "2601/1/A/19/4", "-" },
		{ "P=1 months=1 cv=5 min=20", ROUND, "2601/1/A/20/4", "P" },
		{ "P=1 months=1 cv=5 min=20 lots=all", ROUND, "2601/1/A/20/4 2601/1/B/5/9", "P" }, /* too few to say anything */
	};
	CHECK(table);
}

Test(recognition, lots_and_levels)
{
	static const worked table[] = {
		{ "P=1 months=1 cv=5 levels=2", ROUND, "2601/1/A/20/4", "-" },                                /* too few levels */
		{ "P=1 months=1 cv=5 levels=2", ROUND, "2601/1/A/20/4 2601/2/A/20/4", "P" },
		{ "P=1 months=1 cv=5 levels=2 lots=all", ROUND, "2601/1/A/20/4 2601/2/A/20/6", "-" },
		{ "P=1 months=1 cv=5 levels=2 lots=all", ROUND, "2601/1/A/20/4 2601/2/A/20/4 2601/2/B/20/6", "-" },
		{ "P=1 months=1 cv=5 levels=2 lots=all", ROUND, "2601/1/A/20/4 2601/2/A/20/4 2601/2/B/20/5", "P" },
		{ "P=1 months=1 cv=5 levels=2", ROUND, "2601/1/A/20/4 2601/2/A/20/6", "P" },                  /* a failing level is not seen */
		{ "P=1 months=1 cv=5 levels=2 any-lot=level", ROUND, "2601/1/A/20/4 2601/2/A/20/6", "-" },
		{ "P=1 months=1 cv=5 levels=2 any-lot=level", ROUND, "2601/1/A/20/4 2601/2/A/20/6 2601/2/B/20/4", "P" },
		{ "P=1 months=1 cv=5 levels=2 any-lot=level", ROUND, "2601/1/A/20/4 2601/2/A/20/4 2601/3/A/20/6", "-" },
		{ "P=1 months=1 cv=5 levels=2 any-lot=level", ROUND, "2601/1/A/20/4 2601/1/B/20/4", "-" },    /* two lots are no two levels */
	};
	CHECK(table);
}

/* 100 x SD / mean is the limit exactly; of doubles it would lie above. */
Test(recognition, cv_on_the_limit)
{
	volatile double sd = 0.0903, mean = 4.3; /* so that nobody works it out more finely beforehand */
	static const worked table[] = {
		{ "P=1 months=1 cv=5", ROUND, "2601/1/A/20/5.00", "P" },
		{ "P=1 months=1 cv=5", ROUND, "2601/1/A/20/5.01", "-" },
		{ "P=1 months=1 cv=2.1", ROUND, "2601/1/A/20/0.0903:4.3", "P" },
		{ "P=1 months=1 cv=2.1", ROUND, "2601/1/A/20/0.0904:4.3", "-" },
		{ "P=1 months=1 cv=2.1", ROUND, "2601/1/A/20/0.3612:17.2", "P" },
		{ "P=1 months=1 cv=5", ROUND, "2601/1/A/20/0.1:-2.0", "P" }, /* of |mean|: base excess */
		{ "P=1 months=1 cv=5", ROUND, "2601/1/A/20/0.1:0", "-" },    /* of a mean of 0 there is none */
		{ "P=1 months=1 cv=5", ROUND, "2601/1/A/20/0:2.0", "P" },
	};
	cr_assert_gt(100 * sd / mean, 2.1);
	CHECK(table);
}

Test(recognition, trueness_counts_nowhere)
{
	const zp_recog_wish wish = { .rule = rule_of("P=1"), .chronicle = chronicle_of("P 2603S", true), .issued = "2027-01-20" };
	cr_assert_str_eq(marks_of(zp_recognition_take(arena, &wish)), "");
}

/* ---- reporting ---- */

/* "2601=95 2602=none". */
static const zp_recog_share *shares_of(const char *words, size_t *n)
{
	zp_recog_share *at = zp_take(arena, zp_recog_share, ROWS_MOST);
	char *copy = zp_arena_text(arena, words, strlen(words)), *rest = NULL;
	*n = 0;
	for (char *one = strtok_r(copy, " ", &rest); one; one = strtok_r(NULL, " ", &rest)) {
		zp_recog_share *s = &at[(*n)++];
		*s = (zp_recog_share){ .key = "workday-report-rate", .month = month_of(one), .nothing = strcmp(one + 5, "none") == 0 };
		if (!s->nothing)
			s->percent = decimal(one + 5);
	}
	return at;
}

static const zp_recognition *with_reporting(const char *rule_words, int months, const char *shares)
{
	static zp_recog_reporting asks;
	zp_recognition_rule *rule = (zp_recognition_rule *)rule_of(rule_words);
	asks = (zp_recog_reporting){ .key = "workday-report-rate", .name = "工作日上报率", .name_en = "Working days reported", .least = { 90, 0 }, .months = months };
	rule->reporting = &asks;
	rule->n_reporting = 1;
	zp_recog_wish wish = { .rule = rule, .chronicle = chronicle_of(ROUND, false), .issued = "2027-01-20" };
	wish.shares = shares_of(shares, &wish.n_shares);
	return zp_recognition_take(arena, &wish);
}

Test(recognition, reporting)
{
	static const struct { const char *rule; int months; const char *shares, *marks; zp_recog_state state; } table[] = {
		{ "P=1", 2, "2601=95 2602=90", "P", ZP_RECOG_MET },
		{ "P=1", 2, "2601=95 2602=89.9", "-", ZP_RECOG_UNMET },
		{ "P=1", 2, "2601=95 2603=95", "-", ZP_RECOG_UNMET },
		{ "P=1", 2, "", "-", ZP_RECOG_UNKNOWN },
		{ "P=1", 2, "2601=95 2602=none", "P", ZP_RECOG_MET },       /* 0 of 0 passes */
		{ "P=1 vacuous=fail", 2, "2601=95 2602=none", "-", ZP_RECOG_UNMET },
		{ "P=1 vacuous=skip", 2, "2601=95 2602=none", "-", ZP_RECOG_UNMET },
		{ "P=1 vacuous=skip", 2, "2601=95 2602=none 2603=95", "P", ZP_RECOG_MET },
		{ "P=1 vacuous=fail", 2, "2601=95 2602=none 2603=95", "-", ZP_RECOG_UNMET },
		{ "P=1 vacuous=skip", 1, "2601=none", "-", ZP_RECOG_UNKNOWN },
		{ "P=1 run=ending", 2, "2601=95 2602=95", "-", ZP_RECOG_UNMET },
		{ "P=1 run=ending", 2, "2611=95 2612=95", "P", ZP_RECOG_MET },
		{ "P=1", 1, "2512=95", "-", ZP_RECOG_UNKNOWN },
		{ "P=1", 1, "2601=80 2601=95", "P", ZP_RECOG_MET },         /* of one month the last line counts */
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		const zp_recognition *r = with_reporting(table[i].rule, table[i].months, table[i].shares);
		cr_expect_str_eq(marks_of(r), table[i].marks, "[%s] [%s]", table[i].rule, table[i].shares);
		cr_expect_eq(r->labs[0].reporting[0], table[i].state, "[%s] [%s]", table[i].rule, table[i].shares);
	}
}

/* ---- in words ---- */

Test(recognition, what_stands_in_the_way)
{
	const zp_recognition *r = recognise("N=1 P=2/0 C=1 months=3 cv=5", "P 2603S 2606U", "2601/1/A/20/4 2602/1/A/20/4");
	cr_assert_str_eq(zp_recog_because(arena, r, r->lines, false), "national rounds: none was evaluated in the period; provincial rounds: 1 passed, 2 are needed; "
			 "provincial rounds: 1 failed, at most 0 may; city rounds: none was evaluated in the period; "
			 "internal quality control: months in a row in control: 2 of the 3 needed");
	cr_assert_str_eq(zp_recog_because(arena, r, r->lines, true), "国家级室间质评：期间内无评价结果；省级室间质评：合格 1 次，要求 2 次；省级室间质评：不合格 1 次，最多允许 0 次；"
			 "市级室间质评：期间内无评价结果；室内质控：连续合格 2 个月，要求 3 个月");
	r = recognise("P=1 months=1", ROUND, "2601/1/A/20/4");
	cr_assert_eq(r->lines[0].iqc.state, ZP_RECOG_UNKNOWN);
	cr_assert_str_eq(zp_recog_because(arena, r, r->lines, false), "internal quality control: whether it was in control is not told, and there is no limit to judge by");
	cr_assert_str_eq(zp_recog_because(arena, r, r->lines, true), "室内质控：没有上报是否在控，规则也未设变异系数限，无法判定");
	r = recognise("P=1", ROUND, NULL);
	cr_assert_str_eq(zp_recog_because(arena, r, r->lines, false), "");
	r = with_reporting("P=1", 2, "2601=95");
	cr_assert_str_eq(zp_recog_because(arena, r, r->lines, true), "工作日上报率：连续达标 1 个月，要求 2 个月");
	cr_assert_str_eq(zp_recog_because(arena, r, r->lines, false), "Working days reported: months in a row: 1 of the 2 needed");
}

Test(recognition, a_level_that_a_higher_one_stands_for_is_in_nobodys_way)
{
	const zp_recognition *r = recognise("N=1 P=2 C=1 hierarchy=inherits", "N 2603S; P 2603U", NULL);
	cr_assert_str_eq(marks_of(r), "NPC");
	cr_expect(r->lines[0].rounds[ZP_LEVEL_PROVINCIAL].inherited && r->lines[0].rounds[ZP_LEVEL_CITY].inherited);
	cr_expect_str_eq(zp_recog_because(arena, r, r->lines, false), "");
}

Test(recognition, a_table_without_the_item_is_what_stands_in_the_way)
{
	zp_recognition_rule *rule = (zp_recognition_rule *)rule_of("P=1 months=1");
	rule->standard.cv = ZP_RECOG_CV_TABLE;
	const zp_recog_wish wish = { .rule = rule, .chronicle = chronicle_of(ROUND, false), .iqc = iqc_of("2601/1/A/20/4"), .issued = "2027-01-20" };
	const zp_recognition *r = zp_recognition_take(arena, &wish);
	cr_expect_str_eq(marks_of(r), "-");
	cr_expect_str_eq(zp_recog_because(arena, r, r->lines, false), "internal quality control: the table of allowable CVs has no limit for it");
	cr_expect_str_eq(zp_recog_because(arena, r, r->lines, true), "室内质控：允许变异系数表中没有该项目");
}

Test(recognition, a_share_of_reporting_without_an_english_name_has_its_chinese_one)
{
	const zp_recognition *r = with_reporting("P=1", 2, "");
	((zp_recog_reporting *)r->rule->reporting)->name_en = "";
	cr_expect_str_eq(zp_recog_because(arena, r, r->lines, false), "工作日上报率: nothing is known of the period");
}

/* Months before the period and after it are not there, whatever they say. */
Test(recognition, shares_of_other_months_count_for_nothing)
{
	cr_expect_str_eq(marks_of(with_reporting("P=1", 2, "2511=95 2512=95 2601=95 2701=95")), "-");
	cr_expect_str_eq(marks_of(with_reporting("P=1", 2, "2601=95 2602=95 2701=0")), "P");
}

/* Seventeen levels of control material in one month: the last ones count together. */
Test(recognition, levels_beyond_those_that_are_kept_count_with_the_last)
{
	const char *rows = "2601/1/A/20/4";
	for (int i = 2; i <= 17; i++)
		rows = zp_arena_print(arena, "%s 2601/%d/A/20/4", rows, i);
	cr_expect_str_eq(marks_of(recognise("P=1 months=1 cv=5 levels=16 lots=all", ROUND, rows)), "P");
	cr_expect_str_eq(marks_of(recognise("P=1 months=1 cv=5 levels=16 lots=all", ROUND, zp_arena_print(arena, "%s 2601/18/A/20/6", rows))), "-");
	cr_expect_str_eq(marks_of(recognise("P=1 months=1 cv=5 levels=17", ROUND, rows)), "-");
}

Test(recognition, marks_are_printed_from_the_highest_level_down)
{
	char out[ZP_RECOG_MARKS_TEXT * 2], words[ZP_RECOG_MARKS_TEXT];
	cr_expect_str_eq(zp_recog_marks_says(7, false, out), "national HR provincial HR city HR");
	cr_expect_str_eq(zp_recog_marks_says(5, true, out), "全国HR 市HR");
	cr_expect_str_eq(zp_recog_marks_words(6, words), "provincial city");
	cr_expect_str_eq(zp_recog_marks_words(0, words), "");
}

/* ---- whose paper it is ---- */

static const char *organiser_of(const char *rule_words, const char *rounds, const char *const *organisers, const char *said)
{
	zp_chronicle *c = (zp_chronicle *)chronicle_of(rounds, false);
	zp_recognition_rule *rule = (zp_recognition_rule *)rule_of(rule_words);
	for (size_t i = 0; i < c->n_programmes; i++) {
		((zp_year_programme *)c->programmes)[i].organiser = organisers[i];
		for (size_t k = 0; k < c->programmes[i].n_held; k++)
			((zp_annal_round *)c->programmes[i].held[k].round)->organiser_en = organisers[i];
	}
	rule->organiser = said, rule->organiser_en = said;
	const zp_recog_wish wish = { .rule = rule, .chronicle = c, .issued = "2027-01-20" };
	const zp_year year = { .chronicle = c, .recognition = zp_recognition_take(arena, &wish) };
	const char *en = NULL, *organiser = zp_recog_organiser(&year, &en);
	cr_expect_str_eq(en, organiser);
	return organiser;
}

Test(recognition, a_paper_is_of_the_organiser_of_the_latest_round_at_the_lowest_level_that_is_asked_for)
{
	static const char *const two[] = { "n", "p" }, *const three[] = { "n", "p1", "p2" };
	cr_expect_str_eq(organiser_of("N=1 P=1", "N 2612S; P 2603S", two, ""), "p");
	cr_expect_str_eq(organiser_of("N=1 P=1", "N 2612S; P 2603S", two, "the rule's own"), "the rule's own");
	cr_expect_str_eq(organiser_of("N=1", "N 2603S; P 2612S", two, ""), "n");
	cr_expect_str_eq(organiser_of("N=1 P=1", "N 2612S; P 2603S; P 2606U", three, ""), "p2");
	cr_expect_str_eq(organiser_of("N=1 P=1", "N 2612S; P 2606S; P 2603S", three, ""), "p1");
	cr_expect_str_eq(organiser_of("N=1 C=1", "N 2603S; P 2601S", two, ""), "p"); /* the city had no round */
	cr_expect_str_eq(organiser_of("N=1 P=1", "N 2603S; P", two, ""), "n");        /* all rounds of the province were cancelled */
}
