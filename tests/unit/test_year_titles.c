/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Titles of the year that was worked out by hand (fixtures/years/four-laboratories), with decisions of this year and earlier ones. */
#include "annals_csv.h"
#include "scratch.h"
#include "book/book.h"
#include "year/evidence.h"
#include "year/lists.h"
#include "year/year_titles.h"

#define FOLDER FIXTURES "/years/four-laboratories"

TestSuite(year_titles, .init = scratch_enter, .fini = scratch_leave);

typedef struct kept { zp_year_wish wish; zp_year_rules rules; zp_error err; const zp_award *award[2]; } kept;

#define E "excellent-laboratory"
#define D(year, lab, decision) { year, E, lab, decision, "委员会", #year "-12-31", "", true }
static const zp_ledger_decision earlier[] = {
	D(2023, "420502", "awarded"), /* a laboratory that has the code of a region, too */
	D(2024, "L0002", "awarded"), D(2024, "L0003", "awarded"), D(2025, "L0002", "awarded"), D(2025, "L0003", "awarded"), D(2025, "L0014", "awarded"),
	{ 2025, "centre", "420500", "awarded", "委员会", "2026-01-10", "", true },
	{ 2025, "old-centre", "420500", "awarded", "委员会", "2026-01-10", "", true }, /* of a rule that is no more */
	{ 2024, E, "L0012", "refused", "委员会", "2024-12-30", "x", false }, /* another decision took its place */
};

static const char rule[] =
	"<award id='returned' name='回报优秀' version='1' unit='laboratory'>"
	"<require id='inspected' test=\"evidence[@key = 'inspection']/@value &gt;= 90\" because='现场检查低于 90 分' met='现场检查不低于 90 分'/>"
	"<points id='share' weight='100' value='participation/@returned div (participation/@rounds - participation/@excused)' because='回报率'/>"
	"<quota of='all' places='1'/></award>";
static const char of_region[] =
	"<award id='centre' name='优秀中心' version='1' unit='region'>"
	"<require id='training' test=\"evidence[@key = 'training']/@value &gt;= 4\" because='培训少于 4 场'/>"
	"<require id='participation' test=\"share[@name = 'participation'][@class = '*']/@numerator = 4\" because='x'/>"
	"<points id='row' weight='1' value=\"titles[@award = 'centre']/@consecutive\" because='x'/></award>";

static kept *wish_of(const char *decisions)
{
	kept *t = zp_take(arena, kept, 1);
	zp_input record;
	t->rules = *zp_year_rules_read(arena, RULES, "default", rules);
	t->wish = (zp_year_wish){ .year = 2026, .issued = "2027-01-20", .annals = annals_read(arena, FOLDER), .rules = &t->rules,
		.regions = zp_regions_read(arena, RULES, ".", "hubei", rules), .performed_file = "performed.csv", .threads = 2, .awards = t->award, .n_awards = 2,
		.decided = earlier, .n_decided = sizeof earlier / sizeof *earlier };
	t->wish.identity = zp_identity_read(arena, FOLDER "/identity.csv", "identity.csv", &t->rules, 2026, input);
	t->wish.identity_before = zp_identity_read(arena, FOLDER "/identity.csv", "identity.csv", &t->rules, 2025, input);
	t->wish.performed = zp_performed_read(arena, FOLDER "/performed.csv", "performed.csv", &t->wish.n_performed, &record, input);
	t->wish.evidence = zp_evidence_read(arena, FOLDER "/evidence.csv", "evidence.csv", 2026, "2027-01-20", input);
	scratch_write("rule.xml", rule);
	scratch_write("region.xml", of_region);
	t->award[0] = zp_award_read(arena, RULES, scratch_path("rule.xml"), ZP_TIE_COMMITTEE, rules, rules);
	t->award[1] = zp_award_read(arena, RULES, scratch_path("region.xml"), ZP_TIE_COMMITTEE, rules, rules);
	if (decisions) {
		scratch_write("decisions.xml", decisions);
		t->wish.decisions = zp_title_decisions_read(arena, RULES, scratch_path("decisions.xml"), 2026, "2027-01-20", input);
	}
	scratch_quiet(rules);
	scratch_quiet(input);
	return t;
}

static const zp_year *year_of(kept *t)
{
	const zp_year *year = zp_year_take(arena, &t->wish, input, &t->err);
	scratch_quiet(input);
	cr_assert_not_null(year, "%s", t->err.text);
	return year;
}

static const zp_title *title_of(const zp_titles *t, const char *code)
{
	for (size_t i = 0; i < t->n; i++)
		if (strcmp(t->at[i].code, code) == 0)
			return &t->at[i];
	return NULL;
}

Test(year_titles, who_was_inspected_is_proposed_and_the_others_are_not_known)
{
	const zp_year *year = year_of(wish_of(NULL));
	const zp_titles *t = &year->titles->at[0];
	cr_expect_eq(t->n, 5); /* L0005 took part in nothing */
	cr_expect_null(title_of(t, "L0005"));
	const zp_title *l12 = title_of(t, "L0012");
	cr_assert_not_null(l12);
	cr_expect_eq(l12->state, ZP_TITLE_PROPOSED);
	cr_expect_eq(l12->rank, 1);
	cr_expect_eq(zp_fraction_compare(l12->points, zp_fraction_of(100, 3)), 0); /* one of four, and one of them was excused */
	cr_expect_str_eq(l12->city, "420500");
	const zp_title *l1 = title_of(t, "L0001");
	cr_expect_eq(l1->state, ZP_TITLE_NOT_CLEARED);
	cr_expect_eq(l1->terms[0].answer, ZP_UNKNOWN);
	cr_expect_str_eq(l1->terms[0].missing, "evidence[@key = 'inspection']/@value");
	cr_expect_eq(zp_fraction_compare(l1->points, zp_fraction_of(100, 1)), 0);
	cr_expect_eq(t->candidates, 1);
}

Test(year_titles, a_region_is_asked_by_its_own_record)
{
	const zp_titles *t = &year_of(wish_of(NULL))->titles->at[1];
	cr_assert_eq(t->n, 1);
	cr_expect_str_eq(t->at[0].code, "420500");
	cr_expect_eq(t->at[0].state, ZP_TITLE_PROPOSED);
	cr_expect_eq(t->at[0].years_in_row, 1);
	cr_expect_eq(zp_fraction_compare(t->at[0].points, zp_fraction_of(1, 1)), 0);
}

static const char *record_of(const zp_year *year, const char *lab)
{
	zp_piece out = { 0 };
	const char *bytes = zp_record_of_lab(year, zp_year_lab_find(year->chronicle, lab), &out);
	char *copy = zp_arena_text(arena, bytes, out.n);
	free(out.bytes);
	return copy;
}

Test(year_titles, records_tell_titles_that_follow_a_new_name_only)
{
	const zp_year *year = year_of(wish_of(NULL));
	static const struct { const char *lab, *says; } records[] = {
		/* L0012 was L0002 until July 2026 */
		{ "L0012", " <titles award=\"" E "\" consecutive=\"2\"/>\n <title award=\"" E "\" year=\"2024\" decision=\"awarded\"/>\n <title award=\"" E "\" year=\"2025\" decision=\"awarded\"/>\n</record>\n" },
		/* a code keeps what was decided on it; the part that was split off, and the laboratory that took L0014 over, have nothing */
		{ "L0003", " <titles award=\"" E "\" consecutive=\"2\"/>\n <title award=\"" E "\" year=\"2024\"" },
		{ "L0013", " <titles award=\"" E "\" consecutive=\"0\"/>\n</record>\n" },
		{ "L0004", " <titles award=\"" E "\" consecutive=\"0\"/>\n</record>\n" },
		{ "L0001", " <titles award=\"" E "\" consecutive=\"0\"/>\n</record>\n" },
	};
	for (size_t i = 0; i < sizeof records / sizeof *records; i++)
		cr_expect(strstr(record_of(year, records[i].lab), records[i].says), "%s: %s", records[i].lab, record_of(year, records[i].lab));
}

#define ONE(award, lab, word, more) "<title award='" award "' lab='" lab "' decision='" word "' by='委员会' on='2027-01-15'" more "/>"

Test(year_titles, decisions_stand_beside_the_proposals)
{
	const zp_year *year = year_of(wish_of("<decisions year='2026'>" ONE("returned", "L0012", "refused", " because='数据不实'") ONE("returned", "L0001", "awarded", "")
		ONE("returned", "L0005", "awarded", "") ONE("centre", "420500", "awarded", "") "</decisions>"));
	const zp_titles *t = year->titles->at;
	cr_expect_str_eq(title_of(&t[0], "L0012")->decision, "refused");
	cr_expect_str_eq(title_of(&t[0], "L0012")->decided_because, "数据不实");
	cr_expect_str_eq(title_of(&t[0], "L0001")->decision, "awarded");
	cr_expect_null(title_of(&t[0], "L0003")->decision);
	cr_expect_str_eq(t[1].at[0].decision, "awarded");
	cr_assert_eq(year->titles->n_outside, 1);
	cr_expect_str_eq(year->titles->outside[0].code, "L0005");
	cr_expect_str_eq(year->titles->outside[0].name, "示例医院五");
}

Test(year_titles, decisions_on_what_is_not_there_are_all_told)
{
	kept *t = wish_of("<decisions year='2026'>" ONE("nothing", "L0012", "awarded", "") ONE("returned", "L0002", "awarded", "") ONE("centre", "420600", "awarded", "") "</decisions>");
	cr_expect_null(zp_year_take(arena, &t->wish, input, &t->err));
	cr_assert_eq(zp_problems_count(input), 3);
	cr_expect(strstr(zp_problem_at(input, 0)->text, "expected one of --awards (returned, centre)"));
	cr_expect(strstr(zp_problem_at(input, 1)->text, "laboratory \"L0002\" is on no register up to the end of the year; expected the code that it has then"));
	cr_expect(strstr(zp_problem_at(input, 2)->text, "no region \"420600\" with a record"));
}

/* An award that is not worked out is of regions where nobody else was ever decided on. */
Test(year_titles, a_region_keeps_titles_of_rules_that_are_no_more_and_no_laboratory_has_them)
{
	const zp_year *year = year_of(wish_of(NULL));
	zp_piece out = { 0 };
	for (uint16_t i = 0; i < year->wish->regions->n; i++)
		if (strcmp(year->wish->regions->at[i].code, "420500") == 0) {
			const char *bytes = zp_record_of_region(year, i, &out), *text = zp_arena_text(arena, bytes, out.n);
			cr_expect(strstr(text, " <titles award=\"centre\" consecutive=\"1\"/>\n <titles award=\"old-centre\" consecutive=\"1\"/>\n"), "%s", text);
			cr_expect_null(strstr(text, E));
		}
	cr_expect_null(strstr(record_of(year, "L0001"), "centre"));
	free(out.bytes);
}

/* ---- decisions on one unit, one after the other ---- */

#define NOW(lab, decision, day) { 2026, "returned", lab, decision, "委员会", "2027-01-" day, "", true }

static const char *decided(const char *word, const char *day)
{
	const zp_ledger_decision ledger[] = { NOW("L0001", "awarded", "14"), NOW("L0012", "awarded", "14") };
	const char *because = strcmp(word, "awarded") == 0 ? "" : " because='x'";
	kept *t = wish_of(zp_arena_print(arena, "<decisions year='2026'><title award='returned' lab='L0001' decision='%s' by='委员会' on='2027-01-%s'%s/></decisions>", word, day, because));
	t->wish.decided = ledger;
	t->wish.n_decided = 2;
	return title_of(&year_of(t)->titles->at[0], "L0001")->decision;
}

Test(year_titles, of_two_decisions_the_later_day_counts_and_of_one_day_the_word_that_comes_later)
{
	cr_expect_str_eq(decided("withdrawn", "15"), "withdrawn");
	cr_expect_str_eq(decided("withdrawn", "14"), "withdrawn");
	cr_expect_str_eq(decided("withdrawn", "13"), "awarded");
	cr_expect_str_eq(decided("refused", "14"), "refused");
}

static const char *table_of(const zp_year *year, const char *name)
{
	zp_error err = { 0 };
	zp_press *press = zp_press_open_aside();
	cr_assert(zp_year_titles_tables(year, press, NULL, &err), "%s", err.text);
	const zp_text text = zp_press_text(press, arena, name, &err);
	cr_assert_not_null(text.p, "%s", err.text);
	zp_press_close(press);
	return zp_arena_text(arena, text.p, text.n);
}

Test(year_titles, who_was_decided_on_and_does_not_enter_stands_in_the_table_and_has_a_paper_if_awarded)
{
	const zp_ledger_decision ledger[] = { NOW("L9999", "awarded", "14"), NOW("L0005", "refused", "14") };
	kept *t = wish_of(NULL);
	t->wish.decided = ledger;
	t->wish.n_decided = 2;
	const zp_year *year = year_of(t);
	cr_assert_eq(year->titles->n_outside, 2);
	cr_assert_eq(year->titles->n_papers, 1);
	cr_expect_str_eq(year->titles->papers[0].number, "2026/T/returned/L9999/1");
	cr_expect_str_eq(year->titles->papers[0].organiser, "示例省临床检验中心"); /* of the round that closed last */
	const char *table = table_of(year, "titles.csv");
	/* nobody has the code L9999 any more, and so it has no name */
	cr_expect(strstr(table, "returned,1,laboratory,L9999,,,,,,none,,,,,,,,,,awarded,委员会,2027-01-14,,yes\n"), "%s", table);
	cr_expect(strstr(table, "returned,1,laboratory,L0005,示例医院五,,,,,none,,,,,,,,,,refused,委员会,2027-01-14,,no\n"), "%s", table);
}

Test(year_titles, an_award_that_says_whose_it_is_has_papers_of_that_organiser)
{
	kept *t = wish_of("<decisions year='2026'>" ONE("returned", "L0001", "awarded", "") "</decisions>");
	zp_award own = *t->award[0];
	own.organiser = "示例省质控中心", own.organiser_en = "Example Centre";
	t->award[0] = &own;
	const zp_title_paper *paper = year_of(t)->titles->papers;
	cr_expect_str_eq(paper->organiser, "示例省质控中心");
	cr_expect_str_eq(paper->organiser_en, "Example Centre");
	/* the same again keeps its number and day; under another name it is another issue */
	const zp_issued before[] = { { paper->number, paper->name, paper->says, "2027-01-16", paper->code } }, other[] = { { paper->number, "示例医院旧名", paper->says, "2027-01-16", paper->code } };
	t->wish.issued_before = before;
	t->wish.n_issued_before = 1;
	const zp_title_paper *again = year_of(t)->titles->papers;
	cr_expect_str_eq(again->number, "2026/T/returned/L0001/1");
	cr_expect_str_eq(again->issued, "2027-01-16");
	t->wish.issued_before = other;
	again = year_of(t)->titles->papers;
	cr_expect_str_eq(again->number, "2026/T/returned/L0001/2");
	cr_expect_str_eq(again->issued, "2027-01-20");
}

Test(year_titles, another_rule_is_for_the_same_units)
{
	kept *t = wish_of(NULL);
	zp_award other = *t->award[1];
	other.id = "returned";
	t->wish.what_if = &other;
	cr_expect_null(zp_year_take(arena, &t->wish, input, &t->err));
	cr_expect(strstr(t->err.text, "the rule is for other units than the award \"returned\"; expected the same"), "%s", t->err.text);
}

Test(year_titles, decisions_without_any_award_name_none)
{
	kept *t = wish_of("<decisions year='2026'>" ONE("returned", "L0012", "awarded", "") "</decisions>");
	t->wish.n_awards = 0;
	cr_expect_null(zp_year_take(arena, &t->wish, input, &t->err));
	cr_assert_eq(zp_problems_count(input), 1);
	cr_expect(strstr(zp_problem_at(input, 0)->text, "expected one of --awards (none)"));
}

/* ---- records that others made ---- */

static const char *as_written(void *self, size_t i, zp_piece *out)
{
	const char *const *texts = self;
	out->n = 0;
	zp_piece_print(out, "%s", texts[i]);
	return out->bytes;
}

#define RECORD(row) "<record format='1' year='2026'><laboratory code='L1' name='x' city='' class=''/><participation rounds='1' returned='1' excused='0'/>" row "</record>"

Test(year_titles, years_in_a_row_that_cannot_be_are_not_told)
{
	static const char *const records[] = { RECORD("<titles award='returned' consecutive='2'/>"), RECORD("<titles award='returned' consecutive='2.5'/>"),
		RECORD("<titles award='returned' consecutive='-1'/>"), RECORD("<titles award='returned' consecutive='1000'/>"), RECORD("") };
	static const int years[] = { 2, -1, -1, -1, -1 };
	const zp_title_source source = { 5, as_written, (void *)records };
	kept *t = wish_of(NULL);
	zp_titles out;
	cr_assert(zp_titles_take(arena, t->award, 1, &source, 2, &out, &t->err), "%s", t->err.text);
	cr_assert_eq(out.n, 5);
	for (size_t i = 0; i < 5; i++) /* they share a code, and stand in any order */
		cr_expect_eq(out.at[i].years_in_row, years[out.at[i].record], "%zu", i);
}

Test(year_titles, a_record_that_is_no_document_ends_it_with_its_number)
{
	static const char *const records[] = { RECORD(""), "<record", RECORD("") };
	const zp_title_source source = { 3, as_written, (void *)records };
	kept *t = wish_of(NULL);
	zp_titles out;
	cr_expect_not(zp_titles_take(arena, t->award, 1, &source, 1, &out, &t->err));
	cr_expect(strncmp(t->err.text, "record 2: ", 10) == 0, "%s", t->err.text);
	cr_expect_eq(t->err.code, ZP_BUG);
}
