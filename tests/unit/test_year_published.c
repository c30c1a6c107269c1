/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures that centres and laboratories published, made again from registers of the same size. */
#include <criterion/criterion.h>
#include <string.h>
#include "year/captions.h"
#include "year/indicators.h"

static zp_arena *arena;

static void enter(void) { arena = zp_arena_open(); }
static void leave(void) { zp_arena_close(arena); }

TestSuite(year_published, .init = enter, .fini = leave);

static zp_annal_round *a_round(size_t labs, const zp_annal_programme *programmes, size_t n_programmes, size_t tallies)
{
	zp_annal_round *r = zp_take(arena, zp_annal_round, 1);
	zp_annal_lab *at = zp_take(arena, zp_annal_lab, labs + 1);
	for (size_t i = 0; i < labs; i++)
		at[i] = (zp_annal_lab){ zp_arena_print(arena, "L%04zu", i), "", "421083", "", "", "", "" };
	*r = (zp_annal_round){ .id = "1", .version = "v1", .name = "", .name_en = "", .organiser = "o", .issued = "", .digest = "", .year = 2023,
		.number = 1, .opens = "2023-03-01", .closes = "2023-03-31", .labs = at, .n_labs = labs, .programmes = programmes,
		.n_programmes = n_programmes, .tallies = zp_take(arena, zp_annal_tally, tallies + 1) };
	return r;
}

static const zp_chronicle *chronicle_of(const zp_annal_round *round, const zp_year_rules *rules)
{
	zp_annals *annals = zp_take(arena, zp_annals, 1);
	*annals = (zp_annals){ round, 1 };
	return zp_chronicle_take(arena, annals, rules, zp_identity_none(arena), 2023, zp_problems_take(arena));
}

static void enrol(zp_annal_round *r, uint32_t lab, uint16_t programme, uint16_t measurand)
{
	((zp_annal_tally *)r->tallies)[r->n_tallies++] = (zp_annal_tally){ lab, programme, measurand, ZP_STANDS_RETURNED, ZP_SATISFACTORY, 500, 5, 0 };
}

static const char *participation(const zp_annal_round *round, unsigned levels, char text[static ZP_PERCENT_TEXT])
{
	zp_year_rules rules = zp_year_rules_default();
	rules.share_levels = levels;
	const zp_standings *s = zp_standings_take(arena, chronicle_of(round, &rules), &rules, NULL);
	const zp_standing_cell *cell = &s->cells[zp_standing_find(s, "421083", false, "*")];
	return zp_fraction_print(zp_share_fraction(&cell->of[ZP_SHARE_PARTICIPATION]), text);
}

/* A county city of 31 hospitals, of which 4 took part in the provincial rounds (12.9 %) and 15 in the city's (48.4 %). */
Test(year_published, participation_depends_on_whose_rounds_are_meant)
{
	const zp_annal_measurand glucose = { "GLU", "", "", "", "serum", "GLU", 80 };
	zp_annal_programme programmes[2] = { 0 };
	for (int i = 0; i < 2; i++)
		programmes[i] = (zp_annal_programme){ i ? "city" : "province", "", "", "", "", 80, 5, i ? ZP_LEVEL_CITY : ZP_LEVEL_PROVINCIAL, false, true, false, &glucose, 1 };
	zp_annal_round *r = a_round(31, programmes, 2, 31 * 2);
	char text[ZP_PERCENT_TEXT];
	for (uint32_t lab = 0; lab < 15; lab++) {
		if (lab < 4)
			enrol(r, lab, 0, ZP_ANNAL_WHOLE);
		enrol(r, lab, 1, ZP_ANNAL_WHOLE);
	}
	cr_expect_str_eq(participation(r, 1u << ZP_LEVEL_PROVINCIAL, text), "12.9");
	cr_expect_str_eq(participation(r, 1u << ZP_LEVEL_CITY, text), "48.4");
}

/* A city of 186 laboratories in four classes that exclude each other. */
Test(year_published, classes_add_up_to_the_city)
{
	static const struct { const char *name; uint32_t n; } classes[] = { { "三级公立", 10 }, { "二级公立", 37 }, { "一级公立", 98 }, { "民营", 41 } };
	const zp_annal_measurand glucose = { "GLU", "", "", "", "serum", "GLU", 80 };
	const zp_annal_programme city = { "city", "", "", "", "", 80, 5, ZP_LEVEL_CITY, false, true, false, &glucose, 1 };
	zp_annal_round *r = a_round(186, &city, 1, 186);
	const zp_year_rules rules = zp_year_rules_default();
	uint32_t lab = 0;
	for (size_t k = 0; k < 4; k++)
		for (uint32_t i = 0; i < classes[k].n; i++, lab++) {
			((zp_annal_lab *)r->labs)[lab].lab_class = classes[k].name;
			enrol(r, lab, 0, ZP_ANNAL_WHOLE);
		}
	const zp_standings *s = zp_standings_take(arena, chronicle_of(r, &rules), &rules, NULL);
	for (size_t k = 0; k < 4; k++) {
		const zp_standing_cell *cell = &s->cells[zp_standing_find(s, "421083", false, classes[k].name)];
		cr_expect_eq(cell->labs, classes[k].n, "%s", classes[k].name);
		cr_expect_eq(cell->of[ZP_SHARE_LABORATORIES].num, classes[k].n);
		cr_expect_eq(cell->of[ZP_SHARE_LABORATORIES].den, 186);
	}
	cr_expect_eq(s->cells[zp_standing_find(s, "*", false, "*")].labs, 186);
	cr_expect_eq(zp_standings_hide(arena, s, ZP_SHARE_PARTICIPATION, &rules).primary, 0);
}

/* A ledger of city rounds does not know what was passed in national ones: that is no 0, of nobody. */
Test(year_published, without_a_national_round_nobody_is_said_to_have_passed_none)
{
	const zp_annal_measurand glucose = { "GLU", "", "", "", "serum", "GLU", 80 };
	for (int national = 0; national <= 1; national++) {
		const zp_annal_programme one = { "one", "", "", "", "", 80, 5, national ? ZP_LEVEL_NATIONAL : ZP_LEVEL_CITY, false, true, false, &glucose, 1 };
		zp_annal_round *r = a_round(6, &one, 1, 12);
		const zp_year_rules rules = zp_year_rules_default();
		for (uint32_t lab = 0; lab < 6; lab++) {
			enrol(r, lab, 0, 0);
			enrol(r, lab, 0, ZP_ANNAL_WHOLE);
		}
		const zp_chronicle *c = chronicle_of(r, &rules);
		const zp_standings *s = zp_standings_take(arena, c, &rules, NULL);
		const zp_indicators all = zp_indicators_take(arena, c, &rules, s, NULL, NULL, 0, NULL);
		const size_t whole = zp_standing_find(s, "*", false, "*") * ZP_INDICATORS + ZP_NATIONAL_ITEMS_PASSED;
		cr_expect_eq(all.of_lab[ZP_NATIONAL_ITEMS_PASSED].known, national);
		cr_expect_eq(all.of_place[whole].known, national);
		cr_expect_eq(all.of_place[whole].num, national ? 6 : 0);
		cr_expect_eq(all.n[whole], national ? 6 : 0);
	}
}

/* A laboratory counted 233 where it had 95 items, since many were in several programmes. */
Test(year_published, items_are_fewer_than_measurands_of_programmes)
{
	enum { ITEMS = 95, MEASURANDS = 233, PROGRAMMES = 5, EACH = 47 }; /* 5 x 47 = 235: the last programme has two less */
	zp_annal_programme programmes[PROGRAMMES];
	uint32_t number = 0;
	for (int p = 0; p < PROGRAMMES; p++) {
		zp_annal_measurand *at = zp_take(arena, zp_annal_measurand, EACH);
		const size_t n = p == PROGRAMMES - 1 ? MEASURANDS - (PROGRAMMES - 1) * EACH : EACH;
		for (size_t i = 0; i < n; i++, number++)
			at[i] = (zp_annal_measurand){ zp_arena_print(arena, "M%u", number), "", "", "", "serum", zp_arena_print(arena, "I%u", number % ITEMS), 80 };
		programmes[p] = (zp_annal_programme){ zp_arena_print(arena, "p%d", p), "", "", "", "", 80, 5, ZP_LEVEL_PROVINCIAL, false, true, false, at, n };
	}
	zp_annal_round *r = a_round(1, programmes, PROGRAMMES, MEASURANDS + PROGRAMMES);
	for (uint16_t p = 0; p < PROGRAMMES; p++) {
		for (uint16_t i = 0; i < programmes[p].n_measurands; i++)
			enrol(r, 0, p, i);
		enrol(r, 0, p, ZP_ANNAL_WHOLE);
	}
	const zp_year_rules rules = zp_year_rules_default();
	const zp_year_items items = zp_year_items_take(arena, chronicle_of(r, &rules), &rules, ZP_ALL_LEVELS, NULL);
	cr_expect_eq(items.counts[0].total, ITEMS);
	cr_expect_eq(items.counts[0].pass, ITEMS);
	cr_expect_eq(items.counts[0].naive, MEASURANDS);
}

static bool has_words(const zp_sheets *book, const char *column, const char *word)
{
	const zp_meaning *meaning = zp_meaning_find(book, column, word);
	return meaning && *meaning->says && *meaning->says_en;
}

/* Pages and workbook print what they have no words for as it stands in the file. */
Test(year_published, what_stands_in_tables_for_people_has_words_for_them)
{
	static const char *const others[][2] = { { "decision", "awarded" }, { "decision", "refused" }, { "decision", "withdrawn" }, { "use", "evaluated" },
		{ "use", "informative" }, { "use", "hidden" }, { "doubt", "first_alone" }, { "doubt", "not_cumulative" } };
	zp_sheets book = { 0 };
	book.words = zp_captions_words(&book.n_words);
	for (int k = 0; k < ZP_SHARE_KINDS; k++)
		cr_expect(has_words(&book, "share", zp_share_word((zp_share_kind)k)), "%s", zp_share_word((zp_share_kind)k));
	for (int k = 0; k < ZP_INDICATORS; k++)
		cr_expect(has_words(&book, "indicator", zp_indicator_word((zp_indicator)k)), "%s", zp_indicator_word((zp_indicator)k));
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		cr_expect(has_words(&book, others[i][0], others[i][1]), "%s %s", others[i][0], others[i][1]);
}
