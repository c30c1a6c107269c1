/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scratch.h"
#include "builtin.h"
#include "book/book.h"

static zp_registry *registry;

#define LIMIT "<limit kind='PCT' pct='7' text='seven of a hundred' source='a book' confidence='B'/>"
#define MEASURAND(code, alias) "<measurand code='" code "' name='n" code "' unit='mmol/L' places='2'><alias name='" alias "'/>" LIMIT "</measurand>"
#define SCHEME(name, inside) "<scheme name='" name "' version='1' title='t' pass='80'>" inside \
	MEASURAND("GLU", "血糖") MEASURAND("K", "钾") MEASURAND("NA", "钠") "</scheme>"

static void enter(void)
{
	scratch_enter();
	registry = zp_registry_open(builtin);
	scratch_write("rules/schemes/s.xml", SCHEME("s", "<choices climb_pool='remainder' sdi_least='7'/><assign method='median-niqr'/>"));
	scratch_write("round/own.xml", SCHEME("own", ""));
}

static void leave(void)
{
	zp_registry_close(registry);
	scratch_leave();
}

TestSuite(plan, .init = enter, .fini = leave);

#define IDENTITY "id='2026-1' name='第一次' name-en='First' year='2026' number='1' rounds-a-year='2' "
#define TIMES "opens='2026-03-01T08:00:00+08:00' closes='2026-03-15T17:00:00+08:00'"
#define AROUND "<organiser name='中心' name-en='Centre'/>\n<regions from='hubei'/>\n<class name='三级公立'/><class name='民营'/>\n"
#define HEAD "<round " IDENTITY TIMES ">\n" AROUND /* lines 1 to 4; what follows is in line 5 */
#define P(code, scheme, inside) "<programme code='" code "' name='n' scheme='" scheme "'>" inside "</programme>"
#define S2 "<sample code='11'/><sample code='12'/>"

static zp_book *read_round(const char *text)
{
	input = zp_problems_take(arena);
	rules = zp_problems_take(arena);
	scratch_write("round/round.xml", text);
	return zp_book_read(arena, registry, scratch_path("rules"), scratch_path("round"), input, rules);
}

static zp_book *read_good(const char *text)
{
	zp_book *book = read_round(text);
	scratch_quiet(input);
	scratch_quiet(rules);
	cr_assert_not_null(book);
	return book;
}

Test(plan, everything_that_is_said_is_kept)
{
	const zp_book *book = read_good(HEAD
		"<programme code='chem' name='化学' name-en='Chemistry' scheme='s'>" S2
		"<known measurand='血糖' sample='12' x-pt='5.20' u='0.05' source='reference method'/></programme>" P("own", "own.xml", "<sample code='A'/>")
		"</round>");
	const zp_plan *plan = book->plan;
	cr_expect_str_eq(plan->id, "2026-1");
	cr_expect_str_eq(plan->name, "第一次");
	cr_expect_str_eq(plan->name_en, "First");
	cr_expect(plan->year == 2026 && plan->number == 1);
	cr_expect_str_eq(plan->organiser, "中心");
	cr_expect_str_eq(plan->organiser_en, "Centre");
	cr_expect_null(plan->seal);
	cr_expect_eq(plan->opens, 1772323200); /* date -d 2026-03-01T08:00:00+08:00 +%s */
	cr_expect_eq(plan->closes, 1773565200);
	cr_expect_str_eq(plan->closes_text, "2026-03-15T17:00:00+08:00");
	cr_expect_eq(zp_names_count(book->classes), 2);
	cr_expect_eq(zp_names_find(book->classes, ZP_TEXT("民营")), 1);
	cr_assert_eq(plan->n_programmes, 2);
	cr_expect_eq(plan->n_items, 3 * 2 + 3 * 1);
	const zp_programme *chem = &plan->programmes[0], *own = &plan->programmes[1];
	cr_expect_str_eq(chem->code, "chem");
	cr_expect_str_eq(chem->name_en, "Chemistry");
	cr_expect_str_eq(own->name_en, "");
	cr_expect(chem->first_item == 0 && own->first_item == 6);
	cr_expect(chem->n_samples == 2 && strcmp(chem->samples[1], "12") == 0);
	cr_expect_eq(zp_names_find(chem->sample_names, ZP_TEXT("12")), 1);
	cr_expect_eq(zp_names_find(plan->programme_names, ZP_TEXT("own")), 1);
	for (size_t i = 0; i < 6; i++) {
		cr_expect_eq(chem->given[i].is, i == 1, "%zu", i);
		cr_expect_not(chem->out[i]);
	}
	const zp_given *g = &chem->given[1];
	cr_expect(!g->decided && g->x_pt.m == 520 && g->x_pt.e == -2 && g->u == 0.05);
	cr_expect_str_eq(g->source, "reference method");
	cr_expect_str_eq(chem->scheme->file, "schemes/s.xml");
	cr_expect_str_eq(own->scheme->file, "own.xml");
}

Test(plan, an_uncertainty_that_is_not_stated_is_no_number)
{
	const zp_book *book = read_good(HEAD P("p", "s", S2 "<known measurand='K' sample='11' x-pt='-1' source='s'/>") "</round>");
	cr_expect(book->plan->programmes[0].given[2].is);
	cr_expect(isnan(book->plan->programmes[0].given[2].u));
}

Test(plan, every_file_that_was_read_is_on_record_once)
{
	const zp_book *book = read_good(HEAD P("p", "s", S2) P("q", "s", S2) P("r", "own.xml", S2) "</round>");
	cr_assert_eq(book->n_round_files, 2);
	cr_expect_str_eq(book->round_files[0].name, "round.xml");
	cr_expect_str_eq(book->round_files[1].name, "own.xml");
	cr_expect_eq(strlen(book->round_files[1].sha256), 64);
	static const char *const names[] = { "regions/hubei.xml", "schemas/regions.rng", "schemes/s.xml", "vocabulary/common.xml", "schemas/vocabulary.rng",
					     "schemas/scheme.rng", "schemas/round.rng" };
	cr_assert_eq(book->n_rule_files, sizeof names / sizeof *names);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		cr_expect_str_eq(book->rule_files[i].name, names[i]);
}

#define APPEALS(until) "<appeals until='" until "' to='质量科' to-en='the office'/>"

Test(plan, who_objects_is_told_until_when_and_to_whom)
{
	const zp_plan *plan = read_good(HEAD APPEALS("2026-03-15") P("p", "s", S2) "</round>")->plan;
	cr_expect_str_eq(plan->appeal, "对结果有异议的，请于 2026-03-15 前（含当日）以书面形式向质量科提出。");
	cr_expect_str_eq(plan->appeal_en, "Objections to these results are to be made in writing to the office by 2026-03-15.");
	cr_expect(*read_good(HEAD P("p", "s", S2) "</round>")->plan->appeal == '\0');
	const char *own = read_good(HEAD "<appeals until='2026-04-30' to='Office'/>" P("p", "s", S2) "</round>")->plan->appeal_en;
	cr_expect(strstr(own, "to Office by 2026-04-30"), "without to-en it says: %s", own);
}

Test(plan, choices_of_the_programme_win_over_the_round_and_those_over_the_scheme)
{
	const zp_book *book = read_good(HEAD "<choices sdi_least='8' rank_ties='dense' median_scale='niqr'/>"
					P("p", "s", "<choices sdi_least='9' median_scale='made'/>" S2) P("q", "s", S2) "</round>");
	const zp_choices *p = &book->plan->programmes[0].scheme->choices, *q = &book->plan->programmes[1].scheme->choices;
	cr_expect(p->sdi_least == 9 && q->sdi_least == 8 && book->plan->choices.sdi_least == 8);
	cr_expect(p->climb_pool == ZP_POOL_REMAINDER && book->plan->choices.climb_pool == ZP_POOL_EVERYONE);
	cr_expect(p->rank_ties == ZP_TIES_DENSE && book->plan->choices.rank_ties == ZP_TIES_DENSE);
	cr_expect_eq(book->plan->programmes[0].scheme->measurands[0].assign_settings[0], 1);
	cr_expect_eq(book->plan->programmes[1].scheme->measurands[0].assign_settings[0], 0);
}

Test(plan, a_subset_keeps_the_order_of_the_scheme_and_its_names)
{
	const zp_book *book = read_good(HEAD P("p", "s", "<measurands codes='NA  GLU'/>" S2 "<known measurand='NA' sample='11' x-pt='140' source='s'/>")
					P("q", "s", S2) "</round>");
	const zp_programme *p = &book->plan->programmes[0];
	cr_assert_eq(p->scheme->n_measurands, 2);
	cr_expect_str_eq(p->scheme->measurands[0].code, "GLU");
	cr_expect_str_eq(p->scheme->measurands[1].code, "NA");
	cr_expect_eq(zp_names_find(p->scheme->measurand_names, ZP_TEXT("钠")), 1);
	cr_expect_eq(zp_names_find(p->scheme->measurand_names, ZP_TEXT("nNA")), 1);
	cr_expect_eq(zp_names_find(p->scheme->measurand_names, ZP_TEXT("K")), ZP_NO_NAME);
	cr_expect_eq(zp_names_find(p->scheme->measurand_names, ZP_TEXT("钾")), ZP_NO_NAME);
	cr_expect(p->given[2].is && !p->given[0].is);
	cr_expect_eq(book->plan->programmes[1].scheme->n_measurands, 3);
	cr_expect_eq(book->plan->programmes[1].first_item, 4);
}

/* Behind the head, from line 5 on. */
static const struct { const char *inside; long line; const char *words; } refused[] = {
	{ "", 1, "the round has 0 programmes" },
	{ "<programme name='n' scheme='s'>" S2 "</programme>", 5, "<programme> has no attribute \"code\"" },
	{ "<programme code='p' name='n'>" S2 "</programme>", 5, "<programme> has no attribute \"scheme\"" },
	{ P("p", "nothing", S2), 5, "there is no scheme \"nothing\": the file schemes/nothing.xml does not exist" },
	{ P("p", "nothing.xml", S2), 5, "there is no scheme \"nothing.xml\": the file nothing.xml does not exist" },
	{ P("p", "../own.xml", S2), 5, "the scheme is \"../own.xml\"; expected a name such as" },
	{ P("p", "s", ""), 5, "the programme has 0 samples" },
	{ P("p", "s", "<sample/>"), 5, "<sample> has no attribute \"code\"" },
	{ P("p", "s", "<sample code='1 2'/>"), 5, "\"1 2\"; expected a code without blanks" },
	{ P("p", "s", S2 "\n<sample code='11'/>"), 6, "a second sample has the code \"11\"" },
	{ P("p q", "s", S2), 5, "\"p q\"; expected a code without blanks" },
	{ P("p", "s", S2) "\n" P("p", "s", S2), 6, "a second programme has the code \"p\"" },
	{ P("p", "s", S2 "<measurands codes='GLU CA'/>"), 5, "there is no measurand \"CA\" in the scheme schemes/s.xml" },
	{ P("p", "s", S2 "<measurands codes='GLU 血糖'/>"), 5, "the measurand \"血糖\" stands twice" },
	{ P("p", "s", S2 "<measurands codes=' '/>"), 5, "\"codes\" of <measurands> is empty" },
	{ P("p", "s", S2 "\n<known measurand='CA' sample='11' x-pt='5' source='s'/>"), 6, "there is no measurand \"CA\" in the programme \"p\"" },
	{ P("p", "s", S2 "\n<known measurand='K' sample='13' x-pt='5' source='s'/>"), 6, "there is no sample \"13\" in the programme \"p\"" },
	{ P("p", "s", S2 "<measurands codes='GLU'/><known measurand='K' sample='11' x-pt='5' source='s'/>"), 5, "there is no measurand \"K\"" },
	{ P("p", "s", S2 "<known measurand='K' sample='11' x-pt='5,2' source='s'/>"), 5, "\"5,2\"; expected a decimal number" },
	{ P("p", "s", S2 "<known measurand='K' sample='11' x-pt='5' u='-1' source='s'/>"), 5, "\"-1\"; expected a decimal number, 0 or more" },
	{ P("p", "s", S2 "<known measurand='K' sample='11' x-pt='5'/>"), 5, "<known> has no attribute \"source\"" },
	{ P("p", "s", S2 "<known measurand='K' sample='11' x-pt='5' source='s'/>\n<known measurand='钾' sample='11' x-pt='5' source='s'/>"), 6,
	  "a second value is known for the measurand \"钾\"" },
	{ "<choices colour='red'/>" P("p", "s", S2) P("q", "s", S2), 5, "there is no choice \"colour\"" },
	{ P("p", "s", "<choices censored='none'/>" S2), 5, "the choice censored is \"none\"" },
	{ "<award/>" P("p", "s", S2), 5, "<award> is unknown in <round>; expected" },
	{ P("p", "s", S2 "<award/>"), 5, "<award> is unknown in <programme>" },
};

Test(plan, what_is_wrong_with_a_programme_is_told_with_its_line)
{
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		cr_expect_null(read_round(zp_arena_print(arena, HEAD "%s</round>", refused[i].inside)), "taken: %s", refused[i].inside);
		scratch_says(input, "round.xml", refused[i].line, refused[i].words);
		cr_expect_eq(zp_problems_count(input), 1, "%s", refused[i].inside);
		scratch_quiet(rules);
	}
}

/* The head itself: attributes of <round>, what lies around programmes. */
static const struct { const char *attributes, *around, *words; } headless[] = {
	{ "id='../x' name='n' year='2026' number='1' " TIMES, AROUND, "the round has the id \"../x\"" },
	{ "id='.x' name='n' year='2026' number='1' " TIMES, AROUND, "the round has the id \".x\"" },
	{ "id='第一' name='n' year='2026' number='1' " TIMES, AROUND, "the round has the id \"第一\"" },
	{ "id='a234567890123456789012345678901234567890123456789012345678901234x' name='n' year='2026' number='1' " TIMES, AROUND, "at most 64" },
	{ "name='n' year='2026' number='1' " TIMES, AROUND, "<round> has no attribute \"id\"" },
	{ "id='a' name='n' year='26' number='1' " TIMES, AROUND, "\"26\"; expected a whole number from 1900 to 2999" },
	{ "id='a' name='n' year='2026' number='0' " TIMES, AROUND, "\"0\"; expected a whole number from 1 to 366" },
	{ "id='a' name='n' year='2026' number='3' rounds-a-year='2' " TIMES, AROUND, "number 3 of 2 in its year" },
	{ "id='a' name='n' year='2026' number='1' opens='2026-03-01T08:00:00' closes='2026-03-15T17:00:00+08:00'", AROUND, "\"opens\" of <round> is \"2026-03-01T08:00:00\"; expected an instant" },
	{ "id='a' name='n' year='2026' number='1' opens='2026-03-01T08:00:00Z' closes='2026-02-30T17:00:00Z'", AROUND, "\"closes\" of <round> is \"2026-02-30T17:00:00Z\"" },
	{ "id='a' name='n' year='2026' number='1' opens='2026-03-15T08:00:00Z' closes='2026-03-01T08:00:00Z'", AROUND, "which is not after it opens" },
	{ "id='a' name='n' year='2026' number='1' opens='2026-03-15T08:00:00+08:00' closes='2026-03-15T00:00:00Z'", AROUND, "which is not after it opens" },
	{ IDENTITY TIMES, "<regions from='hubei'/><class name='c'/>", "the round has no <organiser>" },
	{ IDENTITY TIMES, "<organiser name='o'/><class name='c'/>", "the round has no <regions>" },
	{ IDENTITY TIMES, "<organiser name='o'/><regions from='hubei'/>", "the round has 0 classes" },
	{ IDENTITY TIMES, AROUND "<class name='民营'/>", "the class \"民营\" stands twice" },
	{ IDENTITY TIMES, AROUND "<regions from='hubei'/>", "<round> has a second <regions>" },
	{ IDENTITY TIMES, "<organiser name='o'/><regions from='nowhere'/><class name='c'/>", "the file regions/nowhere.xml does not exist" },
	{ IDENTITY TIMES, "<organiser name='o'/><regions from='../x.xml'/><class name='c'/>", "the regions are \"../x.xml\"" },
	{ IDENTITY TIMES, "<organiser name='o' seal='seal.png'/><regions from='hubei'/><class name='c'/>", "the seal \"seal.png\" does not exist" },
	{ IDENTITY TIMES, "<organiser name='o' seal='../seal.png'/><regions from='hubei'/><class name='c'/>", "the seal is \"../seal.png\"" },
	{ IDENTITY TIMES, "<organiser name='o' seal='own.xml'/><regions from='hubei'/><class name='c'/>", "the seal \"own.xml\" is no PNG file" },
};

Test(plan, what_is_wrong_with_the_round_is_told)
{
	for (size_t i = 0; i < sizeof headless / sizeof *headless; i++) {
		const char *text = zp_arena_print(arena, "<round %s>%s" P("p", "s", S2) "</round>", headless[i].attributes, headless[i].around);
		cr_expect_null(read_round(text), "taken: %s", text);
		scratch_says(input, "round.xml", 0, headless[i].words);
		cr_expect_eq(zp_problems_count(input), 1, "%s", text);
	}
}

Test(plan, a_seal_is_read_and_on_record)
{
	scratch_write("round/seal.png", "\x89PNG\r\n\x1a\n....");
	const zp_book *book = read_good("<round " IDENTITY TIMES "><organiser name='o' seal='seal.png'/><regions from='hubei'/><class name='c'/>" P("p", "s", S2) "</round>");
	cr_expect_str_eq(book->plan->seal, scratch_path("round/seal.png"));
	cr_expect_eq(book->n_round_files, 2);
	cr_expect_str_eq(book->round_files[1].name, "seal.png");
	cr_expect_eq(book->round_files[1].size, 12);
}

Test(plan, faults_of_rules_are_told_apart_from_those_of_the_round_and_once)
{
	scratch_write("rules/schemes/s.xml", SCHEME("s", "<peers by='x'/>"));
	cr_expect_null(read_round(HEAD P("p", "s", S2) P("q", "s", S2) "</round>"));
	scratch_quiet(input);
	cr_expect_eq(zp_problems_count(rules), 1);
	scratch_says(rules, "schemes/s.xml", 1, "the rung \"x\"");
}

Test(plan, a_folder_without_a_plan_is_told)
{
	cr_expect_null(zp_book_read(arena, registry, scratch_path("rules"), scratch_path("round"), input, rules));
	scratch_says(input, "round.xml", 0, "does not exist");
	cr_expect_null(zp_book_read(arena, registry, scratch_path("rules"), scratch_path("nowhere"), input, rules));
}

Test(plan, a_scheme_of_the_round_takes_its_tables_from_the_round_before_the_rules)
{
#define TABLE(set, pct) "<limits set='" set "' title='t' title-en='t' version='1'><limit code='A' name='n' name-en='n' unit='1' kind='PCT' pct='" pct \
	"' text='t' source='s' confidence='A'/></limits>"
	cr_assert_eq(mkdir(scratch_path("round/limits"), 0700), 0);
	scratch_write("rules/limits/t.xml", TABLE("far", "7"));
	scratch_write("round/limits/t.xml", TABLE("near", "8"));
	scratch_write("rules/limits/u.xml", TABLE("only", "9"));
	scratch_write("round/near.xml", "<scheme name='x' version='1' title='t' pass='80'><limits from='limits/t.xml'/><measurand code='A' name='n' unit='1' places='1'/></scheme>");
	scratch_write("round/far.xml", "<scheme name='x' version='1' title='t' pass='80'><limits from='limits/u.xml'/><measurand code='A' name='n' unit='1' places='1'/></scheme>");
	scratch_write("rules/schemes/x.xml", "<scheme name='x' version='1' title='t' pass='80'><limits from='limits/t.xml'/><measurand code='A' name='n' unit='1' places='1'/></scheme>");
	const zp_book *book = read_good(HEAD P("p", "near.xml", S2) P("q", "far.xml", S2) P("r", "x", S2) "</round>");
	cr_expect_str_eq(book->plan->programmes[0].scheme->measurands[0].limit.set, "near");
	cr_expect_str_eq(book->plan->programmes[1].scheme->measurands[0].limit.set, "only");
	cr_expect_str_eq(book->plan->programmes[2].scheme->measurands[0].limit.set, "far");
}

/* ---- regions ---- */

#define REGIONS(inside) "<regions set='x' title='t' source='s' confidence='A'>\n" inside "</regions>"

static const zp_regions *read_regions(const char *text)
{
	input = zp_problems_take(arena);
	scratch_write("round/r.xml", text);
	return zp_regions_read(arena, scratch_path("rules"), scratch_path("round"), "r.xml", input);
}

Test(plan, regions_are_sorted_and_know_their_parents)
{
	const zp_regions *r = read_regions(REGIONS("<region code='42' name='湖北'><region code='4205' name='宜昌' name-en='Yichang'><region code='420502' name='西陵'/></region>"
						   "<region code='4201' name='武汉'/></region><region code='11' name='北京'/>"));
	scratch_quiet(input);
	static const char *const codes[] = { "11", "42", "4201", "4205", "420502" };
	static const int levels[] = { 0, 0, 1, 1, 2 }, parents[] = { -1, -1, 1, 1, 3 };
	cr_assert_eq(r->n, 5);
	for (size_t i = 0; i < 5; i++) {
		cr_expect_str_eq(r->at[i].code, codes[i]);
		cr_expect_eq(r->at[i].level, levels[i]);
		cr_expect_eq(r->at[i].parent, parents[i] < 0 ? ZP_NO_REGION : parents[i]);
		cr_expect_eq(zp_region_find(r, zp_text_of(codes[i])), i);
	}
	cr_expect_eq(zp_region_find(r, ZP_TEXT("420")), ZP_NO_REGION);
	cr_expect_eq(zp_region_find(r, ZP_TEXT("99")), ZP_NO_REGION);
	cr_expect_str_eq(r->at[3].name_en, "Yichang");
	cr_expect_null(r->at[2].name_en);
}

static const struct { const char *text, *words; long line; } bad_regions[] = {
	{ REGIONS(""), "the file has 0 regions", 1 },
	{ REGIONS("<region code='1' name='a'/>\n<region code='2' name='b'><region code='1' name='c'/></region>"), "a second region has the code \"1\"; another is in line 2", 3 },
	{ REGIONS("<region code='1' name='a'><region code='2' name='a'><region code='3' name='a'>\n<region code='4' name='a'/></region></region></region>"), "at most three levels", 3 },
	{ REGIONS("<region name='a'/>"), "<region> has no attribute \"code\"", 2 },
	{ REGIONS("<region code='1'/>"), "<region> has no attribute \"name\"", 2 },
	{ REGIONS("<region code='1' name='a'/><city/>"), "<city> is unknown in <regions>", 2 },
	{ "<regions set='x' title='t' confidence='A'><region code='1' name='a'/></regions>", "no attribute \"source\"", 1 },
	{ "<regions set='x' title='t' source='s' confidence='F'><region code='1' name='a'/></regions>", "\"F\"; expected A, B, C or D", 1 },
};

Test(plan, regions_that_leave_something_open_are_refused)
{
	for (size_t i = 0; i < sizeof bad_regions / sizeof *bad_regions; i++) {
		cr_expect_null(read_regions(bad_regions[i].text), "%s", bad_regions[i].text);
		scratch_says(input, "r.xml", bad_regions[i].line, bad_regions[i].words);
		cr_expect_eq(zp_problems_count(input), 1, "%s", bad_regions[i].text);
	}
}

/* Counted in the file: 1 province, 17 units right below it, 99 below those. */
Test(plan, the_shipped_regions_are_a_province)
{
	const zp_regions *r = zp_regions_read(arena, RULES, NULL, "hubei", rules);
	scratch_quiet(rules);
	size_t levels[3] = { 0 };
	for (size_t i = 0; i < r->n; i++)
		levels[r->at[i].level]++;
	cr_expect(levels[0] == 1 && levels[1] == 17 && levels[2] == 99, "%zu %zu %zu", levels[0], levels[1], levels[2]);
	uint16_t county = zp_region_find(r, ZP_TEXT("420502"));
	cr_assert_neq(county, ZP_NO_REGION);
	cr_expect_str_eq(r->at[r->at[county].parent].code, "420500");
	cr_expect_str_eq(r->at[r->at[zp_region_find(r, ZP_TEXT("429004"))].parent].code, "420000");
}
