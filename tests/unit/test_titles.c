/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Titles: rules that are read and refused, places and ties by hand, words, and what another rule would change. */
#include "scratch.h"
#include <stdarg.h>
#include "base/random.h"
#include "book/award.h"
#include "ledger/acts.h"
#include "year/identity.h"
#include "year/titles.h"

TestSuite(titles, .init = scratch_enter, .fini = scratch_leave);

#define AWARD(more, inside) "<award id='a' name='优秀' name-en='Excellent' version='1' unit='laboratory'" more ">" inside "</award>"
#define ALONE "<points id='p' weight='1' value=\"evidence[@key = 'p']/@value\" most='100' because='得分'/>"

static zp_problems *doubts;

static const zp_award *read_text(const char *text)
{
	scratch_write("a.xml", text);
	doubts = zp_problems_take(arena);
	return zp_award_read(arena, scratch_path("rules"), scratch_path("a.xml"), ZP_TIE_COMMITTEE, rules, doubts);
}

/* ---- rules ---- */

static const struct { const char *text, *says; } refused[] = {
	{ "<title/>", "expected <award>" },
	{ AWARD("", ""), "has no condition" },
	{ AWARD(" department='输血科'", ALONE), "expected it with unit=\"department\" only" },
	{ "<award id='a' name='n' version='1' unit='department'>" ALONE "</award>", "has no department" },
	{ "<award id='a' name='n' version='1' unit='hospital'>" ALONE "</award>", "\"hospital\"; expected laboratory, department or region" },
	{ "<award id='a/b' name='n' version='1' unit='laboratory'>" ALONE "</award>", "at most 32 letters" },
	{ AWARD("", "<require id='r' test='items/@fail &gt; ' because='x'/>"), "the attribute \"test\" of <require> cannot be used: at character 15 it ends; expected the name" },
	{ AWARD("", "<require id='r' test='items/@failed = 0' because='x'/>"), "no <items> of a record has the attribute \"failed\"" },
	{ AWARD("", "<require id='r' because='x'/>"), "has no attribute \"test\"" },
	{ AWARD("", "<require id='r' test='items/@fail = 0'/>"), "has no attribute \"because\"" },
	{ AWARD("", ALONE ALONE), "id=\"p\" is there twice" },
	{ AWARD("", "<points id='p' weight='1' because='x'/>"), "neither test nor value" },
	{ AWARD("", "<points id='p' weight='0' value='1' because='x'/>"), "expected a decimal number above 0" },
	{ AWARD("", "<points id='p' weight='5' test='items/@fail = 0' most='2' because='x'/>"), "\"most\" means nothing with test" },
	{ AWARD("", ALONE "<least points='101'/>"), "asks for more points than there are; expected at most 100.0" },
	{ AWARD("", ALONE "<quota of='all'/>"), "neither places nor share" },
	{ AWARD("", ALONE "<quota of='all' places='3' share='10%'/>"), "both places and share" },
	{ AWARD("", ALONE "<quota of='all' share='10'/>"), "expected a percentage above 0%" },
	{ AWARD("", ALONE "<quota of='all' share='110%'/>"), "expected a percentage above 0%" },
	{ AWARD("", ALONE "<quota of='all' places='3' rounding='up'/>"), "mean nothing with places" },
	{ AWARD("", ALONE "<quota of='all' only='420500' places='3'/>"), "means nothing with of=\"all\"" },
	{ AWARD("", ALONE "<quota of='all' places='3'/><quota of='all' places='4'/>"), "a second <quota> of the same" },
	{ AWARD("", ALONE "<ties how='tiebreak'/>"), "has no value" },
	{ AWARD("", ALONE "<ties how='all-in' value='items/@pass'/>"), "means nothing here" },
	{ AWARD("", ALONE "<quotas/>"), "<quotas> is unknown in <award>" },
};

Test(titles, what_is_wrong_with_a_rule_is_said)
{
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		rules = zp_problems_take(arena);
		cr_expect_null(read_text(refused[i].text), "%s", refused[i].text);
		cr_assert_gt(zp_problems_count(rules), 0, "%s", refused[i].text);
		bool said = false;
		for (size_t k = 0; k < zp_problems_kept(rules); k++)
			said |= strstr(zp_problem_at(rules, k)->text, refused[i].says) != NULL;
		cr_expect(said, "%s: %s", refused[i].says, zp_problem_at(rules, 0)->text);
	}
}

Test(titles, a_condition_that_always_holds_is_told_and_taken)
{
	cr_expect_not_null(read_text(AWARD("", "<require id='r' test='count(programme) &lt; 9' because='x'/>")));
	cr_assert_eq(zp_problems_count(doubts), 1);
	cr_expect(strstr(zp_problem_at(doubts, 0)->text, "holds for a record in which nothing is known"));
	cr_expect_eq(zp_problem_at(doubts, 0)->line, 1);
}

Test(titles, the_shipped_rules_can_be_read)
{
	static const char *const names[] = { "excellent-laboratory", "excellent-centre", "excellent-transfusion", "consecutive" };
	doubts = zp_problems_take(arena);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const zp_award *a = zp_award_read(arena, RULES, names[i], ZP_TIE_COMMITTEE, rules, doubts);
		scratch_quiet(rules);
		scratch_quiet(doubts);
		cr_assert_str_eq(a->id, names[i]);
		for (size_t k = 0; k < a->n_terms; k++)
			cr_expect(*a->terms[k].because_en && (a->terms[k].kind == ZP_TERM_POINTS || (*a->terms[k].met && *a->terms[k].met_en)), "%s of %s", a->terms[k].id, names[i]);
	}
}

/* ---- places ---- */

/* A laboratory of a city and class with points; NULL: not known. */
typedef struct lab { const char *code, *city, *class, *points; } lab;
typedef struct many { const lab *labs; const char *more; } many;

static const char *record_of(void *self, size_t i, zp_piece *out)
{
	const many *m = self;
	const lab *l = &m->labs[i];
	out->n = 0;
	zp_piece_print(out, "<record format='1' year='2026'><laboratory code='%s' name='示例医院' city='%s' class='%s'/><participation rounds='2'/>", l->code, l->city, l->class);
	if (l->points)
		zp_piece_print(out, "<evidence key='p' value='%s'/>", l->points);
	zp_piece_print(out, "%s</record>", m->more ? m->more : "");
	return out->bytes;
}

static zp_titles take(const char *rule, const lab *labs, size_t n)
{
	many m = { labs, NULL };
	const zp_title_source source = { n, record_of, &m };
	zp_titles out;
	zp_error err = { 0 };
	const zp_award *a = read_text(rule);
	scratch_quiet(rules);
	cr_assert(zp_titles_take(arena, &a, 1, &source, 2, &out, &err), "%s", err.text);
	return out;
}

/* "A1 B1 c2 d-": capital proposed, with ! when tied, small otherwise, with the rank. */
static const char *outcome(const zp_titles *t)
{
	const char *out = "";
	for (size_t i = 0; i < t->n; i++) {
		const zp_title *l = &t->at[i];
		char rank[16] = "-";
		if (l->rank)
			snprintf(rank, sizeof rank, "%u", l->rank);
		out = zp_arena_print(arena, "%s%s%c%s%s", out, *out ? " " : "", l->code[0] + (l->state >= ZP_TITLE_TIED ? 0 : 32), l->state == ZP_TITLE_TIED ? "!" : "", rank);
	}
	return out;
}

static const lab six[] = { { "A", "1", "x", "90" }, { "B", "1", "x", "80" }, { "C", "2", "x", "80" }, { "D", "2", "y", "80" }, { "E", "1", "y", "70" }, { "F", "2", "y", NULL } };

static const struct { const char *inside, *is; } by_hand[] = {
	/* F has no points, and is the last: a missing fact gives none */
	{ "", "A1 B2 C2 D2 E5 F6" },
	{ "<quota of='all' places='4'/>", "A1 B2 C2 D2 e5 f6" },
	{ "<quota of='all' places='0'/>", "a1 b2 c2 d2 e5 f6" },
	/* three for two places: all three are tied, and nobody below moves up */
	{ "<quota of='all' places='3'/>", "A1 B!2 C!2 D!2 e5 f6" },
	{ "<quota of='all' places='3'/><ties how='all-in'/>", "A1 B2 C2 D2 e5 f6" },
	{ "<quota of='all' places='3'/><ties how='all-out'/>", "A1 b2 c2 d2 e5 f6" },
	/* D and C share a city with one place: tied there; B is alone behind A in city 1, which has one place: out */
	{ "<quota of='city' places='1'/>", "A1 b2 C!2 D!2 e5 f6" },
	/* only city 2 is limited */
	{ "<quota of='city' only='2' places='1'/>", "A1 B2 C!2 D!2 E5 f6" },
	{ "<quota of='class' places='2'/>", "A1 B!2 C!2 D2 E5 f6" },
	/* half of 3 entrants of each class: 1.5 */
	{ "<quota of='class' share='50%' from='entrants' rounding='down'/>", "A1 b2 c2 D2 e5 f6" },
	{ "<quota of='class' share='50%' from='entrants' rounding='half-up'/>", "A1 B!2 C!2 D2 E5 f6" },
	{ "<quota of='class' share='50%' from='entrants' rounding='up'/>", "A1 B!2 C!2 D2 E5 f6" },
	/* class x has 2 places, of all there are 3: B and C are tied for x and keep their places in all; D, B and C are three for two there */
	{ "<quota of='class' places='2'/><quota of='all' places='3'/>", "A1 B!2 C!2 D!2 e5 f6" },
	/* of all there are 4: D has one, since B and C keep two for the one that x has; nothing is left for E */
	{ "<quota of='class' places='2'/><quota of='all' places='4'/>", "A1 B!2 C!2 D2 e5 f6" },
	/* least points: E and F are no candidates; half of the 4 candidates */
	{ "<least points='75'/><quota of='all' share='50%'/>", "A1 B!2 C!2 D!2 e- f-" },
	{ "<least points='80'/>", "A1 B2 C2 D2 e- f-" },
	{ "<least candidates='7'/>", "a1 b2 c2 d2 e5 f6" },
	{ "<least entrants='6'/>", "A1 B2 C2 D2 E5 F6" },
	/* tiebreak: by the code of the class nothing; a number: city, larger is better. B (1) is behind C and D (2), who stay tied for one place */
	{ "<quota of='all' places='2'/><ties how='tiebreak' value='laboratory/@city'/>", "A1 C!2 D!2 b2 e5 f6" },
	{ "<quota of='all' places='3'/><ties how='tiebreak' value='laboratory/@city'/>", "A1 C2 D2 b2 e5 f6" },
};

Test(titles, places_and_ties_are_as_worked_out_by_hand)
{
	for (size_t i = 0; i < sizeof by_hand / sizeof *by_hand; i++) {
		const char *rule = zp_arena_print(arena, AWARD("", ALONE "%s"), by_hand[i].inside);
		const zp_titles t = take(rule, six, 6);
		cr_expect_str_eq(outcome(&t), by_hand[i].is, "%s: %s", by_hand[i].inside, outcome(&t));
	}
}

Test(titles, missing_facts_clear_nobody_in_either_direction)
{
	const zp_titles r = take(AWARD("", "<require id='r' test=\"evidence[@key = 'p']/@value &gt;= 75\" because='不够' because-en='not enough'/>"), six, 6);
	cr_expect_str_eq(outcome(&r), "A1 B1 C1 D1 e- f-");
	cr_expect_eq(r.at[4].terms[0].answer, ZP_FALSE);
	cr_expect_eq(r.at[5].terms[0].answer, ZP_UNKNOWN);
	cr_expect_str_eq(r.at[5].terms[0].missing, "evidence[@key = 'p']/@value");
	const zp_titles x = take(AWARD("", "<exclude id='x' test=\"evidence[@key = 'p']/@value &lt; 75\" because='太少'/>"), six, 6);
	cr_expect_str_eq(outcome(&x), "A1 B1 C1 D1 e- f-");
	cr_expect_str_eq(zp_title_because(arena, x.award, &x.at[5], 0, true), "无法认定（太少）：缺少或不可用：evidence[@key = 'p']/@value");
	cr_expect_str_eq(zp_title_because(arena, r.award, &r.at[5], 0, false), "not known (not enough): missing or unusable: evidence[@key = 'p']/@value");
	cr_expect_str_eq(zp_title_because(arena, r.award, &r.at[4], 0, false), "not enough");
	cr_expect_str_eq(zp_title_obstacles(arena, r.award, &r.at[4], true), "r：不够");
}

Test(titles, points_are_exact)
{
	/* 1/3 + 1/3 + 1/3 is 1, and 0.1 ten times as well */
	const zp_titles t = take(AWARD("", "<points id='a' weight='1' value='participation/@rounds div 6' because='x'/><points id='b' weight='2' value='participation/@rounds div 6' because='x'/><least points='1'/>"), six, 1);
	cr_expect_eq(t.candidates, 1);
	cr_expect(zp_fraction_compare(t.at[0].points, zp_fraction_of(1, 1)) == 0);
}

Test(titles, points_that_are_too_long_to_be_added_clear_nobody_and_that_is_said)
{
	/* denominators are primes near 10^9, five of which are longer than a fraction can be */
	const zp_titles t = take(AWARD("", "<points id='a' weight='1' value='participation/@rounds div 999999937' because='x'/><points id='b' weight='1' value='1 div 999999929' because='x'/>"
		"<points id='c' weight='1' value='1 div 999999893' because='x'/><points id='d' weight='1' value='1 div 999999883' because='x'/>"
		"<points id='e' weight='1' value='1 div 999999797' because='x'/>"), six, 2);
	cr_expect_eq(t.candidates, 0);
	cr_expect_str_eq(zp_title_obstacles(arena, t.award, &t.at[0], false), "the points are fractions too long to be added up exactly");
	cr_expect_str_eq(zp_title_obstacles(arena, t.award, &t.at[0], true), "各项得分的分母过大，无法精确相加");
}

/* ---- sentences ---- */

static const char *said;
static void hear(void *self, const char *sentence)
{
	(void)self;
	said = zp_arena_print(arena, "%s%s\n", said, sentence);
}

static void tell(const zp_titles *t, bool chinese)
{
	said = "";
	zp_titles_tell(t, arena, chinese, hear, NULL);
}

Test(titles, the_committee_is_told_of_quotas_that_cannot_be_filled_and_of_conditions_that_tell_nothing)
{
	const zp_titles t = take(AWARD("", ALONE "<require id='took-part' test='participation/@rounds &gt;= 1' because='x'/><require id='iqc' test='iqc/@months = 12' because='x'/>"
		"<quota of='city' places='1'/><quota of='city' only='9' places='1'/>"), six, 6);
	tell(&t, false);
	cr_expect(strstr(said, "Excellent: places for 1: 1, candidates: 0"), "%s", said);
	cr_expect(strstr(said, "nobody enters from \"9\""), "%s", said);
	cr_expect(strstr(said, "condition took-part (6 entrants) holds for everybody"), "%s", said);
	cr_expect(strstr(said, "condition iqc (6 entrants) is known for nobody; missing or unusable: iqc/@months"), "%s", said);
	tell(&t, true);
	cr_expect(strstr(said, "优秀：条件 iqc，全部 6 个参评者都无法认定；缺少或不可用：iqc/@months"), "%s", said);
}

Test(titles, the_committee_is_told_of_candidates_under_no_quota)
{
	static const lab few[] = { { "A", "1", "x", "90" }, { "B", "2", "y", "80" }, { "C", "2", "y", "70" } };
	const zp_titles t = take(AWARD("", ALONE "<quota of='class' only='x' places='1'/><quota of='class' only='yy' places='1'/>"), few, 3);
	tell(&t, false);
	cr_expect(strstr(said, "Excellent: 2 candidates are under no quota, and all of them are proposed (B, say, of class \"y\" and city \"2\")"), "%s", said);
	tell(&t, true);
	cr_expect(strstr(said, "优秀：2 个候选不受任何名额限制，全部推荐（如 B，类别“y”，所属市（州）“2”）"), "%s", said);
	const zp_titles all = take(AWARD("", ALONE "<quota of='class' places='1'/>"), few, 3);
	tell(&all, false);
	cr_expect(!strstr(said, "under no quota"), "%s", said);
}

Test(titles, the_committee_is_told_of_a_share_that_is_no_place_and_of_who_has_no_city)
{
	static const lab few[] = { { "A", "1", "x", "90" }, { "B", "", "x", "80" }, { "C", "", "x", "70" } };
	const zp_titles t = take(AWARD("", ALONE "<quota of='city' places='1'/><quota of='class' share='10%'/>"), few, 3);
	tell(&t, false);
	cr_expect(strstr(said, "Excellent: the share of x comes to no place; candidates: 3"), "%s", said);
	cr_expect(strstr(said, "Excellent: of 2 entrants the city is not known; places for them together: 1"), "%s", said);
	tell(&t, true);
	cr_expect(strstr(said, "优秀：x 按比例取整后没有名额，候选 3 个"), "%s", said);
	cr_expect(strstr(said, "优秀：2 个参评者所属市（州）不明，合在一起分 1 个名额"), "%s", said);
}

Test(titles, places_shared_by_those_of_no_known_city_or_class_are_told_as_such)
{
	static const lab few[] = { { "A", "", "", "90" }, { "B", "2", "", NULL } };
	const zp_titles t = take(AWARD("", ALONE "<quota of='city' places='2'/><quota of='class' places='3'/>"), few, 2);
	tell(&t, false);
	cr_expect(strstr(said, "Excellent: places for (of no known city or class): 2, candidates: 1\n"), "%s", said);
	cr_expect(strstr(said, "Excellent: of 2 entrants the class is not known; places for them together: 3\n"), "%s", said);
	tell(&t, true);
	cr_expect(strstr(said, "优秀：（地区或类别不明） 名额 2 个，候选只有 1 个\n"), "%s", said);
	cr_expect(strstr(said, "优秀：2 个参评者类别不明，合在一起分 3 个名额\n"), "%s", said);
}

Test(titles, a_city_with_places_left_is_told_by_its_name)
{
	static const lab one[] = { { "A", "420500' city-name='宜昌市", "x", "90" } }; /* the name beside the code */
	const zp_titles t = take(AWARD("", ALONE "<quota of='city' places='2'/>"), one, 1);
	tell(&t, false);
	cr_expect(strstr(said, "Excellent: places for 宜昌市 (420500): 2, candidates: 1"), "%s", said);
	tell(&t, true);
	cr_expect(strstr(said, "优秀：宜昌市（420500） 名额 2 个，候选只有 1 个"), "%s", said);
}

/* ---- what if ---- */

Test(titles, another_rule_tells_who_gains_and_who_loses_and_why)
{
	const zp_titles was = take(AWARD("", ALONE "<quota of='all' places='1'/>"), six, 6);
	const zp_titles is = take(AWARD("", ALONE "<require id='not-a' test=\"laboratory/@code != 'A'\" because='是 A' because-en='it is A'/><quota of='all' places='3'/>"), six, 6);
	size_t n;
	const zp_title_change *c = zp_titles_compare(arena, &was, &is, &n);
	cr_assert_eq(n, 4); /* A loses, B, C and D gain */
	cr_expect(!c[0].gains && c[1].gains && c[2].gains && c[3].gains);
	cr_expect_str_eq(zp_title_change_because(arena, &was, &is, &c[0], false), "under the rule: rank 1 of 6 candidates; under the other: not-a: it is A");
	cr_expect_str_eq(zp_title_change_because(arena, &was, &is, &c[1], true), "现行规则：第 2 名（候选 6 个）；假设规则：第 1 名（候选 5 个）");
}

Test(titles, who_enters_under_one_of_the_rules_only_gains_or_loses_by_it)
{
	const zp_titles was = take(AWARD("", ALONE), six, 2), is = take(AWARD("", ALONE), six + 1, 2), later = take(AWARD("", ALONE), six + 2, 1);
	size_t n;
	const zp_title_change *c = zp_titles_compare(arena, &was, &is, &n);
	cr_assert_eq(n, 2); /* B enters under both */
	cr_expect(c[0].before == &was.at[0] && !c[0].after && !c[0].gains);
	cr_expect(!c[1].before && strcmp(c[1].after->code, "C") == 0 && c[1].gains);
	cr_expect_str_eq(zp_title_change_because(arena, &was, &is, &c[0], false), "under the rule: rank 1 of 2 candidates; under the other: does not enter");
	cr_expect_str_eq(zp_title_change_because(arena, &was, &is, &c[1], true), "现行规则：不参评；假设规则：第 1 名（候选 2 个）");
	c = zp_titles_compare(arena, &later, &was, &n);
	cr_assert_eq(n, 3);
	cr_expect(c[0].gains && c[1].gains && !c[2].gains && c[2].before == &later.at[0]);
	cr_expect_str_eq(zp_title_stands(NULL, false), "none");
}

Test(titles, a_rule_that_wants_more_candidates_than_there_are_is_the_reason)
{
	const zp_titles was = take(AWARD("", ALONE), six, 6), is = take(AWARD("", ALONE "<least candidates='7'/>"), six, 6);
	size_t n;
	const zp_title_change *c = zp_titles_compare(arena, &was, &is, &n);
	cr_assert_eq(n, 6);
	cr_expect_str_eq(zp_title_change_because(arena, &was, &is, &c[0], false), "under the rule: rank 1 of 6 candidates; under the other: too few enter or are candidates; nobody is proposed");
	cr_expect_str_eq(zp_title_change_because(arena, &was, &is, &c[0], true), "现行规则：第 1 名（候选 6 个）；假设规则：参评或候选不足，都不推荐");
	cr_expect_str_eq(zp_title_stands(c[0].before, true), "推荐");
	cr_expect_str_eq(zp_title_stands(NULL, true), "不参评");
}

/* ---- properties ---- */

Test(titles, whatever_the_quotas_nobody_below_passes_somebody_above_of_the_same_city_and_class)
{
	static const char *const quotas[] = { "", "<quota of='city' places='2'/>", "<quota of='class' share='30%'/>", "<quota of='all' places='5'/>" };
	static const char *const ties[] = { "committee", "all-in", "all-out" };
	zp_random r = zp_random_stream(7, 0, 0);
	for (int trial = 0; trial < 150; trial++) {
		lab labs[20];
		for (size_t i = 0; i < 20; i++)
			labs[i] = (lab){ zp_arena_print(arena, "%c", 'A' + (int)i), i % 3 ? "1" : "2", i % 2 ? "x" : "y", zp_arena_print(arena, "%zu", 60 + zp_random_below(&r, 8)) };
		const char *rule = zp_arena_print(arena, AWARD("", ALONE "%s%s%s<ties how='%s'/>"), quotas[zp_random_below(&r, 2)], zp_random_below(&r, 2) ? quotas[2] : "",
						  zp_random_below(&r, 2) ? quotas[3] : "", ties[zp_random_below(&r, 3)]);
		const zp_titles t = take(rule, labs, 20);
		for (size_t b = 0; b < t.n_buckets; b++)
			cr_expect(t.award->ties == ZP_TIE_ALL_IN || t.buckets[b].proposed <= t.buckets[b].places, "%s", rule);
		for (size_t i = 0; i < t.n; i++)
			for (size_t k = i + 1; k < t.n; k++)
				if (strcmp(t.at[i].city, t.at[k].city) == 0 && strcmp(t.at[i].lab_class, t.at[k].lab_class) == 0)
					cr_assert(t.at[i].state >= t.at[k].state, "%s: %s and %s", rule, t.at[i].code, t.at[k].code);
	}
}

/* A laboratory's year: results of five samples in each measurand and round; a round of a programme that was not returned at all. */
#define PROGRAMMES 2
#define MEASURANDS 3
#define ROUNDS 3
typedef struct own { uint8_t right[PROGRAMMES][MEASURANDS][ROUNDS]; bool silent[PROGRAMMES][ROUNDS]; } own;

static int score(const own *o, size_t p, size_t m, size_t r) { return o->silent[p][r] ? 0 : o->right[p][m][r] * 20; }

static const char *status(const bool bad[ROUNDS]) { return bad[0] + bad[1] + bad[2] >= 2 ? "unsuccessful" : "successful"; }

static const char *own_record(void *self, size_t i, zp_piece *out)
{
	const own *o = self;
	int silent = 0, pass = 0, right = 0, lost = 0;
	(void)i;
	out->n = 0;
	zp_piece_print(out, "<record year='2026'><laboratory code='A' class='x'/>");
	for (size_t p = 0; p < PROGRAMMES; p++)
		for (size_t r = 0; r < ROUNDS; r++)
			silent += o->silent[p][r];
	for (size_t c = 0; c < PROGRAMMES * MEASURANDS * ROUNDS; c++) {
		const size_t p = c / (MEASURANDS * ROUNDS), m = c / ROUNDS % MEASURANDS, r = c % ROUNDS;
		right += o->silent[p][r] ? 0 : o->right[p][m][r];
		lost += o->silent[p][r] ? 5 : 0;
	}
	for (size_t p = 0; p < PROGRAMMES; p++)
		for (size_t m = 0; m < MEASURANDS; m++)
			pass += score(o, p, m, 0) >= 80 && score(o, p, m, 1) >= 80 && score(o, p, m, 2) >= 80;
	zp_piece_print(out, "<participation rounds='6' returned='%d' late='0' not-returned='%d' excused='0'/><items total='6' pass='%d' fail='%d' unreturned='0'/>", 6 - silent,
		       silent, pass, 6 - pass);
	zp_piece_print(out, "<ranking scope='all' k='%d' n='%d' late='0' not-returned='%d'/>", right, 5 * PROGRAMMES * MEASURANDS * ROUNDS - lost, lost);
	for (size_t p = 0; p < PROGRAMMES; p++) {
		bool bad[ROUNDS];
		int sum = 0;
		for (size_t r = 0; r < ROUNDS; r++) {
			int all = 0;
			for (size_t m = 0; m < MEASURANDS; m++)
				all += score(o, p, m, r);
			bad[r] = all < 80 * MEASURANDS;
			sum += all;
		}
		zp_piece_print(out, "<programme status='%s' mean='%.17g'>", status(bad), sum / (double)(ROUNDS * MEASURANDS));
		for (size_t r = 0; r < ROUNDS; r++)
			zp_piece_print(out, "<round result='%s'/>", o->silent[p][r] ? "not-returned" : bad[r] ? "unsatisfactory" : "satisfactory");
		for (size_t m = 0; m < MEASURANDS; m++) {
			for (size_t r = 0; r < ROUNDS; r++)
				bad[r] = score(o, p, m, r) < 80;
			zp_piece_print(out, "<measurand status='%s'/>", status(bad));
		}
		zp_piece_print(out, "</programme>");
	}
	zp_piece_print(out, "</record>");
	return out->bytes;
}

static zp_title judged(const zp_award *a, own *o)
{
	const zp_title_source source = { 1, own_record, o };
	zp_titles out;
	zp_error err = { 0 };
	cr_assert(zp_titles_take(arena, &a, 1, &source, 1, &out, &err), "%s", err.text);
	cr_assert_eq(out.n, 1);
	return out.at[0];
}

Test(titles, a_better_result_never_costs_points_or_a_title)
{
	doubts = zp_problems_take(arena);
	const zp_award *a = zp_award_read(arena, RULES, "excellent-laboratory", ZP_TIE_COMMITTEE, rules, doubts);
	scratch_quiet(rules);
	zp_random r = zp_random_stream(11, 0, 0);
	size_t cleared = 0, won = 0;
	for (int trial = 0; trial < 1500; trial++) {
		own o;
		for (size_t i = 0; i < sizeof o.right; i++)
			((uint8_t *)o.right)[i] = (uint8_t)(zp_random_below(&r, 8) ? 5 : 3 + zp_random_below(&r, 2));
		for (size_t i = 0; i < sizeof o.silent; i++)
			((bool *)o.silent)[i] = zp_random_below(&r, 60) == 0;
		const zp_title before = judged(a, &o);
		const size_t p = zp_random_below(&r, PROGRAMMES), m = zp_random_below(&r, MEASURANDS), n = zp_random_below(&r, ROUNDS);
		o.silent[p][n] = false;
		o.right[p][m][n] = 5;
		const zp_title after = judged(a, &o);
		cr_assert(after.cleared >= before.cleared);
		cr_assert(zp_fraction_compare(after.points, before.points) >= 0);
		cleared += before.cleared;
		won += after.cleared && !before.cleared;
	}
	cr_expect_gt(cleared, 100);
	cr_expect_gt(won, 20);
}

/* ---- years in a row ---- */

#define D(year, lab, decision, counts) { year, "a", lab, decision, "委员会", "2027-01-01", "", counts }

static const zp_ledger_decision decided[] = {
	D(2020, "A", "awarded", true), D(2021, "A", "awarded", true), D(2021, "B", "refused", true), /* 2022: not offered */
	D(2023, "A", "awarded", true), D(2023, "B", "awarded", true), D(2024, "A", "awarded", false), D(2024, "A", "withdrawn", true), D(2024, "B", "awarded", true),
	D(2025, "C", "awarded", true), D(2025, "B", "awarded", true), { 2025, "other", "A", "awarded", "委员会", "2026-01-01", "", true },
};

static int in_row(const char *code, const char *earlier, int year, bool breaks)
{
	const char *codes[] = { code, earlier };
	return zp_titles_in_row(decided, sizeof decided / sizeof *decided, "a", codes, earlier ? 2 : 1, year, breaks);
}

Test(titles, years_in_a_row_are_counted_by_decisions_that_count)
{
	cr_expect_eq(in_row("A", NULL, 2021, false), 2);
	cr_expect_eq(in_row("A", NULL, 2022, false), 2); /* a year that was not offered is passed over */
	cr_expect_eq(in_row("A", NULL, 2022, true), 0);  /* or breaks the row */
	cr_expect_eq(in_row("A", NULL, 2023, false), 3);
	cr_expect_eq(in_row("A", NULL, 2023, true), 1);
	cr_expect_eq(in_row("A", NULL, 2024, false), 0); /* withdrawn */
	cr_expect_eq(in_row("B", NULL, 2025, false), 3); /* refused in 2021 */
	cr_expect_eq(in_row("C", NULL, 2025, false), 1);
	cr_expect_eq(in_row("C", "B", 2025, false), 3);  /* renamed from B */
	cr_expect_eq(in_row("C", "B", 2024, false), 2);
	cr_expect_eq(in_row("E", NULL, 2025, false), 0);
	cr_expect_eq(in_row("A", NULL, 2019, false), 0);
}

Test(titles, a_title_follows_a_new_name_and_no_merger_or_division)
{
	const zp_year_rules r = zp_year_rules_default();
	scratch_write("identity.csv", "from,to,since,kind\nA,B,2024-03-01,rename\nB,C,2025-03-01,rename\nX,C,2025-05-01,merge\nY,Y,2025-05-01,split\nY,Z,2025-05-01,split\n");
	const zp_identity *id = zp_identity_read(arena, scratch_path("identity.csv"), "identity.csv", &r, 2026, input);
	scratch_quiet(input);
	const char *codes[5];
	cr_assert_eq(zp_identity_names(id, "C", codes, 5), 3);
	cr_expect_str_eq(codes[0], "C");
	cr_expect_str_eq(codes[1], "B");
	cr_expect_str_eq(codes[2], "A");
	cr_expect_eq(zp_identity_names(id, "C", codes, 2), 2);
	cr_expect_eq(zp_identity_names(id, "Z", codes, 5), 1);
	cr_expect_eq(zp_identity_names(id, "nobody", codes, 5), 1);
	cr_expect_eq(zp_identity_names(zp_identity_none(arena), "C", codes, 5), 1);
}
