/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scratch.h"
#include "builtin.h"
#include "book/book.h"

static zp_registry *registry;
static zp_book *book;

#define LIMIT "<limit kind='PCT' pct='7' text='t' source='s' confidence='A'/>"
#define M(code) "<measurand code='" code "' name='n" code "' unit='1' places='1'>" LIMIT "</measurand>"

/* LAB1 performs A and C of p; LAB2 performs B of q; LAB3 is enrolled in nothing. */
static const uint16_t a_c[] = { 0, 2 }, b[] = { 1 };
static const zp_lab laboratories[] = { { .code = "LAB1", .name = "一" }, { .code = "LAB2", .name = "二" }, { .code = "LAB3", .name = "三" } };
static const zp_enrolment enrolments[] = {
	{ .lab = 0, .programme = 0, .n_declared = 2, .declared = a_c }, { .lab = 1, .programme = 1, .n_declared = 1, .declared = b },
};
static const uint32_t first_enrolment[] = { 0, 1, 2, 2 };
static zp_roster roster;

static void enter(void)
{
	scratch_enter();
	registry = zp_registry_open(builtin);
	scratch_write("rules/schemes/s.xml", "<scheme name='s' version='1' title='t' pass='80'>" M("A") M("B") M("C") "</scheme>");
	scratch_write("round/round.xml",
		"<round id='r' name='n' year='2026' number='1' opens='2026-03-01T08:00:00Z' closes='2026-03-15T17:00:00Z'><organiser name='o'/>"
		"<regions from='hubei'/><class name='c'/><programme code='p' name='n' scheme='s'><sample code='1'/><sample code='2'/>"
		"<known measurand='B' sample='2' x-pt='9' u='1' source='known'/></programme>"
		"<programme code='q' name='n' scheme='s'><sample code='1'/></programme></round>");
	book = zp_book_read(arena, registry, scratch_path("rules"), scratch_path("round"), input, rules);
	scratch_quiet(input);
	scratch_quiet(rules);
	zp_names *names = zp_names_take(arena);
	for (size_t i = 0; i < 3; i++)
		zp_names_add(names, zp_text_of(laboratories[i].code));
	roster = (zp_roster){ .labs = laboratories, .n_labs = 3, .lab_names = names, .classes = book->classes, .regions = book->regions,
			      .enrolments = enrolments, .n_enrolments = 2, .first_enrolment = first_enrolment };
}

static void leave(void)
{
	zp_registry_close(registry);
	scratch_leave();
}

TestSuite(decisions, .init = enter, .fini = leave);

#define WHO " who='director' when='2026-03-20' why='seen on paper'"

static const zp_decisions *read_decisions(const char *inside)
{
	input = zp_problems_take(arena);
	scratch_write("round/decisions.xml", zp_arena_print(arena, "<decisions>\n%s</decisions>", inside));
	return zp_decisions_read(arena, book, &roster, scratch_path("round"), input);
}

static const zp_decisions *read_good(const char *inside)
{
	const zp_decisions *d = read_decisions(inside);
	scratch_quiet(input);
	cr_assert_not_null(d);
	return d;
}

Test(decisions, a_round_without_the_file_has_none)
{
	const zp_decisions *d = zp_decisions_read(arena, book, &roster, scratch_path("round"), input);
	cr_assert_not_null(d);
	cr_expect_eq(d->n, 0);
	cr_expect_eq(book->n_round_files, 1);
}

Test(decisions, everything_that_is_said_is_kept_in_its_order)
{
	const zp_decisions *d = read_good(
		"<correct lab='LAB1' programme='p' measurand='nC' sample='2' from='148.30' to='138.30' evidence='scan.pdf'" WHO "/>\n"
		"<choose lab='LAB2' programme='q' measurand='B' sample='1' value='5.2'" WHO "/>\n"
		"<accept-late lab='LAB1' programme='p'" WHO "/>\n"
		"<excuse lab='LAB2' programme='q' suspended='yes' notified='yes' took-part='yes'" WHO "/>\n"
		"<do-not-evaluate programme='p' measurand='A' sample='1' lab='LAB1'" WHO "/>");
	cr_assert_eq(d->n, 5);
	const zp_decision *c = &d->at[0];
	cr_expect_eq(c->kind, ZP_DECIDE_CORRECT);
	cr_expect(c->lab == 0 && c->programme == 0 && c->measurand == 2 && c->sample == 1);
	cr_expect(c->from.m == 14830 && c->value.m == 13830 && c->value.e == -2);
	cr_expect_str_eq(c->who, "director");
	cr_expect_str_eq(c->when, "2026-03-20");
	cr_expect_str_eq(c->why, "seen on paper");
	cr_expect_str_eq(c->evidence, "scan.pdf");
	cr_expect_eq(c->line, 2);
	c = &d->at[1];
	cr_expect(c->kind == ZP_DECIDE_CHOOSE && c->lab == 1 && c->programme == 1 && c->measurand == 1 && c->sample == 0 && c->value.m == 52);
	cr_expect_null(c->evidence);
	cr_expect(d->at[2].kind == ZP_DECIDE_ACCEPT_LATE && d->at[2].measurand == ZP_ANY && d->at[2].sample == ZP_ANY && d->at[2].line == 4);
	cr_expect(d->at[3].kind == ZP_DECIDE_EXCUSE && d->at[3].conditions_met);
	cr_expect(d->at[4].kind == ZP_DECIDE_OUT && d->at[4].lab == 0 && d->at[4].measurand == 0);
	for (size_t i = 0; i < 6; i++)
		cr_expect_not(book->plan->programmes[0].out[i], "one laboratory's sample took out everybody's");
	cr_assert_eq(book->n_round_files, 2);
	cr_expect_str_eq(book->round_files[1].name, "decisions.xml");
	cr_expect_str_eq(book->rule_files[book->n_rule_files - 1].name, "schemas/decisions.rng");
}

Test(decisions, an_excuse_has_its_conditions_only_when_all_three_are_met)
{
	static const struct { const char *said; bool met; } cases[] = {
		{ "", false }, { "suspended='yes' notified='yes'", false }, { "suspended='yes' notified='yes' took-part='no'", false },
		{ "suspended='no' notified='yes' took-part='yes'", false }, { "suspended='yes' notified='yes' took-part='yes'", true },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const zp_decisions *d = read_good(zp_arena_print(arena, "<excuse lab='LAB1' programme='p' %s" WHO "/>", cases[i].said));
		cr_expect_eq(d->at[0].conditions_met, cases[i].met, "%s", cases[i].said);
	}
}

Test(decisions, a_target_that_is_set_replaces_what_was_known)
{
	read_good("<set-target programme='p' measurand='B' sample='2' x-pt='5.20'" WHO "/><set-target programme='p' measurand='A' sample='1' x-pt='-1' u='0.05'" WHO "/>");
	const zp_given *given = book->plan->programmes[0].given;
	cr_expect(given[3].is && given[3].decided && given[3].x_pt.m == 520 && given[3].x_pt.e == -2 && isnan(given[3].u));
	cr_expect_str_eq(given[3].source, "director, 2026-03-20: seen on paper");
	cr_expect(given[0].is && given[0].decided && given[0].u == 0.05);
	cr_expect_not(given[1].is || given[2].is || given[4].is || given[5].is);
}

/* What is taken out, and which of the six items (A1 A2 B1 B2 C1 C2) that are. */
static const struct { const char *which, *out; } taken_out[] = {
	{ "measurand='B' sample='2'", "000100" }, { "measurand='C'", "000011" }, { "sample='1'", "101010" }, { "", "111111" },
};

Test(decisions, what_is_taken_out_is_out_for_all_it_names)
{
	bool *out = (bool *)book->plan->programmes[0].out;
	for (size_t i = 0; i < sizeof taken_out / sizeof *taken_out; i++) {
		memset(out, 0, 6 * sizeof *out);
		read_good(zp_arena_print(arena, "<do-not-evaluate programme='p' %s" WHO "/>", taken_out[i].which));
		for (size_t k = 0; k < 6; k++)
			cr_expect_eq(out[k], taken_out[i].out[k] == '1', "%s: item %zu", taken_out[i].which, k);
		cr_expect_not(book->plan->programmes[1].out[0]);
	}
}

static const struct { const char *inside, *words; } refused[] = {
	{ "<excuse lab='LAB9' programme='p'" WHO "/>", "there is no laboratory \"LAB9\" in the roster" },
	{ "<excuse lab='LAB1' programme='x'" WHO "/>", "there is no programme \"x\" in the round" },
	{ "<excuse lab='LAB1' programme='q'" WHO "/>", "the laboratory \"LAB1\" is not enrolled in the programme \"q\"" },
	{ "<excuse lab='LAB3' programme='p'" WHO "/>", "the laboratory \"LAB3\" is not enrolled" },
	{ "<excuse programme='p'" WHO "/>", "<excuse> has no attribute \"lab\"" },
	{ "<excuse lab='LAB1' programme='p' suspended='maybe'" WHO "/>", "\"maybe\"; expected yes or no" },
	{ "<excuse lab='LAB1' programme='p' measurand='A'" WHO "/>", "unknown attribute \"measurand\"" },
	{ "<accept-late lab='LAB1' programme='p' when='2026-03-20' why='w'/>", "<accept-late> has no attribute \"who\"" },
	{ "<accept-late lab='LAB1' programme='p' who='w' when='2026-03-20' why=''/>", "\"why\" of <accept-late> is empty" },
	{ "<accept-late lab='LAB1' programme='p' who='w' when='2026-02-29' why='w'/>", "\"2026-02-29\"; expected a date" },
	{ "<accept-late lab='LAB1' programme='p' who='w' when='20 March' why='w'/>", "\"20 March\"; expected a date" },
	{ "<choose lab='LAB1' programme='p' measurand='B' sample='1' value='5'" WHO "/>", "has not declared the measurand \"B\"" },
	{ "<choose lab='LAB1' programme='p' measurand='D' sample='1' value='5'" WHO "/>", "there is no measurand \"D\" in the programme \"p\"" },
	{ "<choose lab='LAB1' programme='p' measurand='A' sample='3' value='5'" WHO "/>", "there is no sample \"3\" in the programme \"p\"" },
	{ "<choose lab='LAB1' programme='p' measurand='A' value='5'" WHO "/>", "<choose> has no attribute \"sample\"" },
	{ "<choose lab='LAB1' programme='p' measurand='A' sample='1' value='five'" WHO "/>", "\"five\"; expected a decimal number" },
	{ "<correct lab='LAB1' programme='p' measurand='A' sample='1' to='5'" WHO "/>", "<correct> has no attribute \"from\"" },
	{ "<correct lab='LAB1' programme='p' measurand='A' sample='1' from='5.0' to='5.00'" WHO "/>", "the same number" },
	{ "<set-target programme='p' measurand='A' x-pt='5'" WHO "/>", "<set-target> has no attribute \"sample\"" },
	{ "<set-target programme='p' measurand='A' sample='1' x-pt='5' u='-0.1'" WHO "/>", "\"-0.1\"; expected a decimal number, 0 or more" },
	{ "<set-target lab='LAB1' programme='p' measurand='A' sample='1' x-pt='5'" WHO "/>", "unknown attribute \"lab\"" },
	{ "<do-not-evaluate" WHO "/>", "<do-not-evaluate> has no attribute \"programme\"" },
	{ "<do-not-evaluate programme='p' lab='LAB1' measurand='B'" WHO "/>", "has not declared the measurand \"B\"" },
	{ "<forgive lab='LAB1'/>", "<forgive> is unknown in <decisions>; expected excuse, accept-late" },
	{ "<excuse lab='LAB1' programme='p'" WHO "><b/></excuse>", "<b> is unknown in <excuse>; expected nothing in it" },
};

Test(decisions, what_does_not_exist_or_has_no_reason_is_refused)
{
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		cr_expect_null(read_decisions(refused[i].inside), "taken: %s", refused[i].inside);
		scratch_says(input, "decisions.xml", 2, refused[i].words);
		cr_expect_eq(zp_problems_count(input), 1, "%s", refused[i].inside);
	}
}

Test(decisions, the_same_thing_is_decided_once)
{
	cr_expect_null(read_decisions("<choose lab='LAB1' programme='p' measurand='A' sample='1' value='5'" WHO "/>\n"
				      "<choose lab='LAB1' programme='p' measurand='nA' sample='1' value='6'" WHO "/>"));
	scratch_says(input, "decisions.xml", 3, "a second <choose> for the same; the first is in line 2");
	read_good("<choose lab='LAB1' programme='p' measurand='A' sample='1' value='5'" WHO "/>"
		  "<choose lab='LAB1' programme='p' measurand='A' sample='2' value='6'" WHO "/>"
		  "<correct lab='LAB1' programme='p' measurand='A' sample='1' from='5' to='6'" WHO "/>");
}

Test(decisions, a_file_that_cannot_be_read_stops)
{
	scratch_write("round/decisions.xml", "<!DOCTYPE decisions><decisions/>");
	cr_expect_null(zp_decisions_read(arena, book, &roster, scratch_path("round"), input));
	scratch_says(input, "decisions.xml", 1, "document type");
	cr_assert_eq(unlink(scratch_path("round/decisions.xml")), 0);
	cr_assert_eq(symlink("nowhere", scratch_path("round/decisions.xml")), 0);
	cr_expect_null(zp_decisions_read(arena, book, &roster, scratch_path("round"), input));
	scratch_says(input, "decisions.xml", 0, "is a link to nowhere");
	cr_expect_not_null(zp_decisions_read(arena, book, &roster, scratch_path("rules"), input));
}
