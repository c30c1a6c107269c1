/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scratch.h"
#include "builtin.h"
#include "book/book.h"
#include "book/element.h"

static zp_registry *registry;

static void enter(void)
{
	scratch_enter();
	registry = zp_registry_open(builtin);
}

static void leave(void)
{
	zp_registry_close(registry);
	scratch_leave();
}

TestSuite(scheme, .init = enter, .fini = leave);

#define FILE_NAME "schemes/s.xml"
#define HEAD "<scheme name='s' version='1' title='方案' pass='80'>\n"
#define LIMIT "<limit kind='PCT' pct='7' text='seven of a hundred' source='a book' confidence='B'/>"
#define M(code, inside) "<measurand code='" code "' name='n" code "' unit='mmol/L' places='2'>" inside "</measurand>"

static const zp_scheme *read_scheme(const char *text)
{
	rules = zp_problems_take(arena);
	scratch_write("rules/" FILE_NAME, text);
	return zp_scheme_read(arena, registry, scratch_path("rules"), "s", rules);
}

static const zp_scheme *read_good(const char *text)
{
	const zp_scheme *s = read_scheme(text);
	scratch_quiet(rules);
	cr_assert_not_null(s);
	return s;
}

Test(scheme, everything_that_is_said_is_kept)
{
	const zp_scheme *s = read_good(
		"<scheme name='s' version='2' title='方案' title-en='Scheme' pass='75' ungradable='credit'>"
		"<choices target_places='places+1' climb_pool='remainder'/>"
		"<measurand code='GLU' name='葡萄糖' name-en='glucose' unit='mmol/L' places='2' pass='100'>"
		"<alias name='血糖'/><screen least='0' most='60'/>" LIMIT "</measurand>" M("K", "<screen most='9.5'/>" LIMIT) "</scheme>");
	cr_expect_str_eq(s->name, "s");
	cr_expect_str_eq(s->version, "2");
	cr_expect_str_eq(s->title, "方案");
	cr_expect_str_eq(s->file, FILE_NAME);
	cr_expect_eq(s->pass, 75);
	cr_expect(s->choices.target_places == ZP_PLACES_OWN && s->choices.target_places_n == 1);
	cr_expect_eq(s->choices.climb_pool, ZP_POOL_REMAINDER);
	cr_expect_eq(s->choices.ungradable, ZP_UNGRADABLE_CREDIT);
	cr_assert_eq(s->n_measurands, 2);
	const zp_measurand *g = &s->measurands[0], *k = &s->measurands[1];
	cr_expect_str_eq(g->name, "葡萄糖");
	cr_expect_str_eq(g->name_en, "glucose");
	cr_expect_str_eq(k->name_en, "");
	cr_expect(g->places == 2 && g->pass == 100 && k->pass == 75);
	cr_expect(g->has_least && g->has_most && !k->has_least && k->has_most);
	cr_expect_eq(zp_decimal_compare(g->screen_most, (zp_decimal){ 60, 0 }), 0);
	cr_expect_eq(zp_decimal_compare(k->screen_most, (zp_decimal){ 95, -1 }), 0);
	cr_expect_str_eq(g->limit.set, "s");
	cr_expect_eq(zp_names_find(s->measurand_names, ZP_TEXT("GLU")), 0);
	cr_expect_eq(zp_names_find(s->measurand_names, ZP_TEXT("葡萄糖")), 0);
	cr_expect_eq(zp_names_find(s->measurand_names, ZP_TEXT("glucose")), 0);
	cr_expect_eq(zp_names_find(s->measurand_names, ZP_TEXT("血糖")), 0);
	cr_expect_eq(zp_names_find(s->measurand_names, ZP_TEXT("nK")), 1);
	cr_expect_eq(zp_names_find(s->measurand_names, ZP_TEXT("glu")), ZP_NO_NAME);
}

Test(scheme, what_is_not_said_has_its_default)
{
	const zp_scheme *s = read_good(HEAD M("A", LIMIT) "</scheme>");
	const zp_measurand *m = s->measurands;
	cr_expect_eq(s->choices.ungradable, ZP_UNGRADABLE_EXCLUDE);
	cr_expect_eq(m->n_rungs, 1);
	cr_expect(m->rungs[0].keys == 0 && strcmp(m->rungs[0].name, "all") == 0);
	cr_expect_eq(m->least, 12);
	cr_expect_str_eq(m->assign->name, "algorithm-a");
	cr_expect_eq(m->assign_settings[0], 0);
	cr_expect_eq(m->assign_settings[1], 1e-9);
	cr_expect_eq(m->pass, 80);
}

/* The ladder: what is written, and the rungs with their keys. */
static const struct { const char *peers, *names; unsigned keys[4]; size_t n; uint32_t least; } ladders[] = {
	{ "<peers by='system instrument method' least='12' otherwise='all'/>", "system instrument method all", { 1, 2, 4, 0 }, 4, 12 },
	{ "<peers by='method' otherwise='none' least='3'/>", "method", { 4 }, 1, 3 },
	{ "<peers by='instrument+reagent  calibrator'/>", "instrument+reagent calibrator all", { 10, 16, 0 }, 3, 12 },
	{ "<peers by='reagent+instrument' otherwise='none'/>", "instrument+reagent", { 10 }, 1, 12 },
	{ "<peers by='' least='5'/>", "all", { 0 }, 1, 5 },
	{ "<peers/>", "all", { 0 }, 1, 12 },
};

Test(scheme, a_ladder_has_the_rungs_that_are_written)
{
	for (size_t i = 0; i < sizeof ladders / sizeof *ladders; i++) {
		const zp_scheme *s = read_good(zp_arena_print(arena, HEAD "%s" M("A", LIMIT) "</scheme>", ladders[i].peers));
		const zp_measurand *m = s->measurands;
		const char *list = ladders[i].names;
		zp_text word;
		cr_assert_eq(m->n_rungs, ladders[i].n, "%s: %zu", ladders[i].peers, m->n_rungs);
		cr_expect_eq(m->least, ladders[i].least);
		for (size_t k = 0; k < m->n_rungs; k++) {
			cr_assert(zp_word_next(&list, &word));
			cr_expect_eq(m->rungs[k].keys, ladders[i].keys[k]);
			cr_expect(zp_text_is(word, m->rungs[k].name), "%s", m->rungs[k].name);
		}
	}
}

Test(scheme, a_measurand_may_have_its_own_peers_and_method)
{
	const zp_scheme *s = read_good(HEAD "<peers by='method'/><assign method='median-niqr'/>"
				       M("A", "<peers by='system' least='4'/><assign method='truncated-3sd' k='2.5'/>" LIMIT) M("B", LIMIT) "</scheme>");
	cr_expect_str_eq(s->measurands[0].rungs[0].name, "system");
	cr_expect_eq(s->measurands[0].least, 4);
	cr_expect_str_eq(s->measurands[0].assign->name, "truncated-3sd");
	cr_expect_eq(s->measurands[0].assign_settings[0], 2.5);
	cr_expect_eq(s->measurands[0].assign_settings[1], 0);
	cr_expect_str_eq(s->measurands[1].rungs[0].name, "method");
	cr_expect_str_eq(s->measurands[1].assign->name, "median-niqr");
}

/* choices, assign, and the first two settings that come of them */
static const struct { const char *choices, *assign; double first, second; } chosen[] = {
	{ "", "<assign method='median-niqr'/>", 1, NAN }, /* not set: the plugin's own preset */
	{ "<choices median_scale='niqr'/>", "<assign method='median-niqr'/>", 0, NAN },
	{ "<choices median_scale='niqr'/>", "<assign method='median-niqr' made='1'/>", 1, NAN },
	{ "<choices algorithm_a_factor='exact' collapse_ratio='0.001'/>", "", 1, 0.001 },
	{ "<choices algorithm_a_factor='exact'/>", "<assign method='algorithm-a' exact='0' collapse_ratio='0.002'/>", 0, 0.002 },
	{ "<choices outlier_boundary='greater_or_equal'/>", "<assign method='truncated-3sd'/>", 3, 1 },
	{ "<choices outlier_boundary='greater_or_equal'/>", "<assign method='truncated-3sd' at_boundary='0'/>", 3, 0 },
};

Test(scheme, choices_reach_the_method_unless_assign_says_otherwise)
{
	for (size_t i = 0; i < sizeof chosen / sizeof *chosen; i++) {
		const zp_scheme *s = read_good(zp_arena_print(arena, HEAD "%s%s" M("A", LIMIT) "</scheme>", chosen[i].choices, chosen[i].assign));
		cr_expect_eq(s->measurands[0].assign_settings[0], chosen[i].first, "case %zu", i);
		if (!isnan(chosen[i].second))
			cr_expect_eq(s->measurands[0].assign_settings[1], chosen[i].second, "case %zu", i);
	}
}

#define ROW(programme, specimen, code, unit, kind) \
	"<limit " programme specimen "code='" code "' name='n' name-en='n' unit='" unit "' " kind " text='t' source='s' confidence='A'/>\n"

static void write_tables(void)
{
	scratch_write("rules/limits/one.xml", "<limits set='one' title='t' title-en='t' version='1'>\n" /* rows from line 2 on */
		      ROW("programme='P' ", "", "Glu", "mmol/L", "kind='ABS' abs='0.5'") ROW("programme='Q' ", "", "Glu", "mg/dL", "kind='ABS' abs='9'")
		      ROW("programme='Q' ", "specimen='urine' ", "K", "mmol/L", "kind='PCT' pct='9'")
		      ROW("programme='Q' ", "specimen='serum' ", "K", "mmol/L", "kind='PCT' pct='6'") "</limits>");
	scratch_write("rules/limits/two.xml", "<limits set='two' title='t' title-en='t' version='1'>\n" /* percent needs no unit */
		      ROW("", "", "Glu", "mg/dL", "kind='PCT' pct='8'") ROW("", "", "A", "g/L", "kind='PCT' pct='5'") "</limits>");
}

#define GLU "<measurand code='GLU' name='g' unit='mmol/L' places='2' limit-code='Glu'/>"

Test(scheme, the_first_table_that_has_the_code_gives_the_limit)
{
	write_tables();
	const zp_scheme *s = read_good(HEAD "<limits from='limits/one.xml' programme='P'/><limits from='limits/two.xml'/>" GLU M("A", "") "</scheme>");
	cr_expect_str_eq(s->measurands[0].limit.set, "one");
	cr_expect_eq(s->measurands[0].limit.kind, ZP_LIMIT_ABS);
	cr_expect_str_eq(s->measurands[1].limit.set, "two");
	s = read_good(HEAD "<limits from='limits/two.xml'/><limits from='limits/one.xml' programme='P'/>" GLU "</scheme>");
	cr_expect_str_eq(s->measurands[0].limit.set, "two");
	s = read_good(HEAD "<limits from='limits/one.xml' specimen='serum'/>" M("K", "") "</scheme>");
	cr_expect_eq(zp_decimal_compare(s->measurands[0].limit.pct, (zp_decimal){ 6, 0 }), 0);
	s = read_good(HEAD "<limits from='limits/one.xml' specimen='serum'/>" M("K", LIMIT) "</scheme>");
	cr_expect_eq(zp_decimal_compare(s->measurands[0].limit.pct, (zp_decimal){ 7, 0 }), 0);
}

/* From line 2 on; the line of the problem, and its words. */
static const struct { const char *inside; long line; const char *words; } refused[] = {
	{ GLU, 2, "\"GLU\" has no limit: no table of this scheme has the code \"Glu\"" },
	{ "<limits from='limits/two.xml'/>" M("glu", ""), 2, "no table of this scheme has the code \"glu\"" },
	{ "<limits from='limits/one.xml'/>\n" GLU, 3, "limits/one.xml has several limits with the code \"Glu\" (lines 2 and 3)" },
	{ "<limits from='limits/one.xml' programme='Q'/>\n" M("K", ""), 3, "(lines 4 and 5); expected <limits> to say which" },
	{ "<limits from='limits/one.xml' programme='Q'/>\n" GLU, 3, "is in mmol/L, but its limit (limits/one.xml:3) is in mg/dL" },
	{ "<limits from='limits/three.xml'/>" M("A", LIMIT), 2, "there is no table \"limits/three.xml\"" },
	{ "<limits from='../limits/one.xml'/>" M("A", LIMIT), 2, "expected a file below the rules folder" },
	{ "<limits from='/etc/passwd'/>" M("A", LIMIT), 2, "expected a file below the rules folder" },
	{ "<limits/>" M("A", LIMIT), 2, "no attribute \"from\"" },
	{ M("A", "\n<limit kind='PCT' pct='7' text='t' confidence='A'/>"), 3, "no attribute \"source\"" },
	{ M("A", "\n<limit kind='ABS' abs='7' unit='mg/dL' text='t' source='s' confidence='A'/>"), 3, "is in mmol/L, but its limit (its own) is in mg/dL" },
	{ M("A", LIMIT "\n" LIMIT), 3, "<measurand> has a second <limit> (the first is in line 2)" },
	{ "<measurand code='A' name='n' unit='1' places='1' limit-code='B'>" LIMIT "</measurand>", 2, "a limit-code and a <limit> of its own" },
	{ "<assign method='algorithm-b'/>" M("A", LIMIT), 2, "there is no method \"algorithm-b\" for targets; expected one of algorithm-a, median-niqr, truncated-3sd, known" },
	{ M("A", "\n<assign method='sdi'/>" LIMIT), 3, "there is no method \"sdi\" for targets" },
	{ "<assign/>" M("A", LIMIT), 2, "<assign> has no attribute \"method\"; expected one of algorithm-a" },
	{ "<assign method='truncated-3sd' kk='2'/>" M("A", LIMIT), 2, "unknown attribute \"kk\"; expected method, k or at_boundary" },
	{ "<assign method='truncated-3sd' k='0.5'/>" M("A", LIMIT), 2, "\"k\" of truncated-3sd is 0.5; expected a number from 1 to 10 (SD)" },
	{ "<assign method='truncated-3sd' k='three'/>" M("A", LIMIT), 2, "\"three\"; expected a decimal number" },
	{ "<score method='vis'/>" M("A", LIMIT), 2, "there is no method \"vis\" for scores; expected one of sdi" },
	{ "<peers by='brand'/>" M("A", LIMIT), 2, "the rung \"brand\"; expected one of system instrument" },
	{ "<peers by='method+'/>" M("A", LIMIT), 2, "the rung \"method+\"" },
	{ "<peers by='method+method'/>" M("A", LIMIT), 2, "the rung \"method+method\"" },
	{ "<peers by='method method'/>" M("A", LIMIT), 2, "names method twice" },
	{ "<peers by='instrument+reagent reagent+instrument'/>" M("A", LIMIT), 2, "names instrument+reagent twice" },
	{ "<peers by='' otherwise='none'/>" M("A", LIMIT), 2, "nobody has peers" },
	{ "<peers otherwise='some'/>" M("A", LIMIT), 2, "\"some\"; expected all or none" },
	{ "<peers least='0'/>" M("A", LIMIT), 2, "\"0\"; expected a whole number from 1" },
	{ "<peers by='system instrument method reagent calibrator system+instrument system+method system+reagent'/>" M("A", LIMIT), 2, "more than 8 rungs" },
	{ "<peers/>\n<peers/>" M("A", LIMIT), 3, "<scheme> has a second <peers>" },
	{ "<choices climb_pool='some'/>" M("A", LIMIT), 2, "the choice climb_pool is \"some\"; expected everyone | remainder" },
	{ "<choices colour='red'/>" M("A", LIMIT), 2, "there is no choice \"colour\"" },
	{ "<choices sdi_method='z'/>" M("A", LIMIT), 2, "the choice sdi_method is \"z\"" },
	{ "<choices sdi_method='known'/>" M("A", LIMIT), 2, "the choice sdi_method is \"known\"" },
	{ "<choices><a/></choices>" M("A", LIMIT), 2, "<a> is unknown in <choices>" },
	{ M("A", LIMIT) "\n" M("A", LIMIT), 3, "a second measurand has the code \"A\"; the first is in line 2" },
	{ M("A", LIMIT) "\n" M("B", "<alias name='A'/>" LIMIT), 3, "the name \"A\" stands for the measurands \"A\" and \"B\"" },
	{ M("A", "<alias name='x'/>" LIMIT) "\n" M("B", "<alias name='x'/>" LIMIT), 3, "the name \"x\" stands for the measurands \"A\" and \"B\"" },
	{ M("A", LIMIT) "\n" M("B", "<alias name='nA'/>" LIMIT), 3, "the name \"nA\" stands for" },
	{ M("A", "<alias/>" LIMIT), 2, "<alias> has no attribute \"name\"" },
	{ M("A", "<screen/>" LIMIT), 2, "neither \"least\" nor \"most\"" },
	{ M("A", "<screen least='9' most='3'/>" LIMIT), 2, "from 9 to 3; expected \"least\" below \"most\"" },
	{ M("A", "<screen most='many'/>" LIMIT), 2, "\"many\"; expected a decimal number" },
	{ "<measurand code='A B' name='n' unit='1' places='1'>" LIMIT "</measurand>", 2, "\"A B\"; expected a code without blanks" },
	{ "<measurand code='A' name='n' unit='1' places='x'>" LIMIT "</measurand>", 2, "\"x\"; expected a whole number from 0 to 9" },
	{ "<measurand code='A' name='n' unit='1' places='10'>" LIMIT "</measurand>", 2, "\"10\"; expected a whole number from 0 to 9" },
	{ "<measurand code='A' name='n' unit='1' places='1' pass='101'>" LIMIT "</measurand>", 2, "\"101\"; expected a whole number from 1 to 100" },
	{ "<measurand code='A' name='' unit='1' places='1'>" LIMIT "</measurand>", 2, "\"name\" of <measurand> is empty" },
	{ "<measurand code='A' name='n' places='1'>" LIMIT "</measurand>", 2, "no attribute \"unit\"" },
	{ "<award/>" M("A", LIMIT), 2, "<award> is unknown in <scheme>; expected limits, units, names, choices, peers, assign, sigma, score, measurand or discrepancy" },
	{ "", 1, "the scheme has 0 measurands" },
};

Test(scheme, what_is_wrong_is_told_with_its_line)
{
	write_tables();
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		cr_expect_null(read_scheme(zp_arena_print(arena, HEAD "%s</scheme>", refused[i].inside)), "taken: %s", refused[i].inside);
		scratch_says(rules, FILE_NAME, refused[i].line, refused[i].words);
		cr_expect_eq(zp_problems_count(rules), 1, "%s: %zu problems", refused[i].inside, zp_problems_count(rules));
	}
}

Test(scheme, a_fault_in_a_table_is_told_once_and_nothing_follows_from_it)
{
	scratch_write("rules/limits/bad.xml", "<limits set='x' title='t' title-en='t' version='1'>\n<limit/></limits>");
	cr_expect_null(read_scheme(HEAD "<limits from='limits/bad.xml' programme='P'/><limits from='limits/bad.xml'/>" GLU "</scheme>"));
	for (size_t i = 0; i < zp_problems_count(rules); i++)
		cr_expect_str_eq(zp_problem_at(rules, i)->file, "limits/bad.xml");
	scratch_says(rules, "limits/bad.xml", 2, "no attribute \"code\"");
	cr_expect_eq(zp_problems_count(rules), 8); /* its eight needed attributes */
}

Test(scheme, nothing_is_there_without_number)
{
	char *aliases = zp_arena_take(arena, 101 * 40), *p = aliases;
	for (int i = 0; i < 101; i++)
		p += sprintf(p, "<alias name='a%d'/>", i);
	cr_expect_null(read_scheme(zp_arena_print(arena, HEAD "<measurand code='A' name='n' unit='1' places='1'>%s" LIMIT "</measurand></scheme>", aliases)));
	scratch_says(rules, FILE_NAME, 2, "<measurand> has 101 <alias>; expected at most 100");
	char *scores = zp_arena_take(arena, 101 * 40);
	p = scores;
	for (int i = 0; i < 101; i++)
		p += sprintf(p, "<score method='sdi'/>");
	cr_expect_null(read_scheme(zp_arena_print(arena, HEAD "%s" M("A", LIMIT) "</scheme>", scores)));
	scratch_says(rules, FILE_NAME, 1, "<scheme> has 101 <score>; expected at most 100");
}

Test(scheme, ungradable_is_given_once)
{
	cr_expect_null(read_scheme("<scheme name='s' version='1' title='t' pass='80' ungradable='credit'><choices ungradable='credit'/>" M("A", LIMIT) "</scheme>"));
	scratch_says(rules, FILE_NAME, 1, "\"ungradable\" is given by <scheme> and by its <choices>");
	cr_expect_null(read_scheme("<scheme name='s' version='1' title='t' pass='80' ungradable='ignore'>" M("A", LIMIT) "</scheme>"));
	scratch_says(rules, FILE_NAME, 1, "\"ignore\"; expected exclude | credit");
	const zp_scheme *s = read_good(HEAD "<choices ungradable='credit'/>" M("A", LIMIT) "</scheme>");
	cr_expect_eq(s->choices.ungradable, ZP_UNGRADABLE_CREDIT);
}

Test(scheme, a_name_cannot_leave_the_rules_folder)
{
	static const char *const names[] = { "../schemes/s", "/etc/passwd", "a/b", "", ".", "..", "..xml", "../s.xml", "schemes/../s.xml", "a\\b.xml" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		cr_expect_null(zp_scheme_read(arena, registry, scratch_path("rules"), names[i], rules), "%s", names[i]);
		scratch_says(rules, "schemes", 0, "is no name of a scheme");
	}
	cr_expect_null(zp_scheme_read(arena, registry, scratch_path("rules"), "nothing", rules));
	scratch_says(rules, "schemes/nothing.xml", 0, "there is no scheme \"nothing\"");
}

Test(scheme, the_shipped_schemes_are_accepted)
{
	static const struct { const char *name; size_t n; } shipped[] = {
		{ "cn-routine-chemistry", 40 }, { "cn-glucose", 1 }, { "cn-blood-count", 8 }, { "cn-hba1c", 2 }, { "cn-blood-gas", 10 }, { "cn-coagulation", 11 },
		{ "cn-therapeutic-drugs", 16 }, { "cn-tumour-markers", 23 }, { "cn-endocrine", 35 }, { "clia-glucose", 1 },
	};
	for (size_t i = 0; i < sizeof shipped / sizeof *shipped; i++) {
		const zp_scheme *s = zp_scheme_read(arena, registry, RULES, shipped[i].name, rules);
		scratch_quiet(rules);
		cr_expect_eq(s->n_measurands, shipped[i].n, "%s: %zu", shipped[i].name, s->n_measurands);
	}
}
