/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scratch.h"
#include "book/choices.h"
#include "book/settings.h"

TestSuite(choices, .init = scratch_enter, .fini = scratch_leave);

/* As the list of open points has them: the first value, and others that must be taken. */
static const struct { const char *name, *preset, *others; } listed[] = {
	{ "target_places", "null", "0 2 -1 places places+1 places+2" },
	{ "target_round_from", "shortest", "binary" },
	{ "round_known", "false", "true" },
	{ "climb_pool", "everyone", "remainder" },
	{ "rung_keys", "flat", "nested" },
	{ "blank_key", "skip", "group" },
	{ "least_counts", "kept", "retained" },
	{ "algorithm_a_factor", "1.134", "exact" },
	{ "collapse_ratio", "0.000000001", "0.001 0.01" },
	{ "outlier_boundary", "greater", "greater_or_equal" },
	{ "median_scale", "niqr", "made" },
	{ "absurd_factor", "100", "null 50 2.5" },
	{ "absurd_when_ungradable", "not_evaluated", "unacceptable" },
	{ "accepted_late_in_statistics", "false", "true" },
	{ "slip_unit", "report", "aside ignore" },
	{ "slip_decimal", "report", "aside ignore" },
	{ "slip_sign", "report", "aside ignore" },
	{ "slip_samples", "report", "aside ignore" },
	{ "slip_measurands", "report", "aside ignore" },
	{ "slip_repeated", "report", "aside ignore" },
	{ "copied", "report", "aside ignore" },
	{ "slip_near", "3.5", "0.5 10" },
	{ "slip_far", "6", "1 12.5" },
	{ "slip_least", "8", "3 20" },
	{ "copied_least", "10", "2 30" },
	{ "copied_share", "0.8", "0.1 1" },
	{ "copied_precise", "0.5", "0.05 1" },
	{ "copied_expected", "0.001", "0.00001 1" },
	{ "log_rule", "either", "abs sd" },
	{ "log_places", "null", "0 2 9" },
	{ "grey", "positive", "negative neutral" },
	{ "grey_reply", "answer", "positive negative not_evaluated" },
	{ "consensus_order", "referees_first", "participants_first" },
	{ "consensus_participants", "all", "without_referees" },
	{ "discrepancy", "flag", "fail" },
	{ "index_alone", "derive", "refuse" },
	{ "bounds_inclusive", "true", "false" },
	{ "negative_target_pct", "undefined", "absolute" },
	{ "bias_pct_nonpositive", "null", "signed absolute" },
	{ "collapsed_fixed_limit", "evaluate", "not_evaluated" },
	{ "sd_limit_least", "12", "1 20" },
	{ "sdi_least", "12", "5" },
	{ "show_least", "5", "1 12" },
	{ "heed_near", "80", "1 100" },
	{ "finding_least", "5", "3 100" },
	{ "finding_chance", "0.002", "0.000001 0.05" },
	{ "finding_bias", "30", "0 1000" },
	{ "finding_scatter", "50", "0 1000" },
	{ "finding_run", "15", "5 1000" },
	{ "history_rounds", "9", "1 40" },
	{ "course_rounds", "3", "2 40" },
	{ "course_step", "20", "1 1000" },
	{ "censored", "blank", "not_evaluated interval" },
	{ "sdi_method", "own", "median-niqr" },
	{ "uncertain_target", "report", "widen not_evaluated" },
	{ "humps", "report", "withhold ignore" },
	{ "methods_apart", "50", "null 25 0.5" },
	{ "heterogeneous", "report", "sigma u not_evaluated" },
	{ "closing_inclusive", "true", "false" },
	{ "duplicate_equal", "value", "text" },
	{ "late_duplicate", "ignored", "conflict" },
	{ "excuse_conditions", "required", "trusted" },
	{ "undeclared", "ignore", "stop" },
	{ "unreadable", "stop", "not_evaluated" },
	{ "other_unit", "convert", "refuse" },
	{ "unknown_name", "tell", "refuse" },
	{ "ungradable", "exclude", "credit" },
	{ "blank_result", "unacceptable", "not_evaluated" },
	{ "blank_measurand", "not_returned", "blank" },
	{ "no_show_total", "gradable", "all" },
	{ "must_all_spoils_programme", "true", "false" },
	{ "programme_score", "results", "samples" },
	{ "s1_places", "0", "1 2" },
	{ "s_places", "1", "0 2" },
	{ "rank_ties", "competition", "dense" },
	{ "rank_noshow", "last", "unranked" },
	{ "rank_tiebreak", "none", "n" },
	{ "expected_excludes_excused", "true", "false" },
	{ "returned_includes_late", "false", "true" },
	{ "region_rollup", "true", "false" },
};
#define LISTED (sizeof listed / sizeof *listed)

static void expect_value(const zp_choices *c, const char *name, const char *value)
{
	char text[64];
	cr_expect_eq(zp_choice_get(c, name, text, sizeof text), strlen(value));
	cr_expect_str_eq(text, value, "%s: %s", name, text);
}

Test(choices, every_listed_choice_has_its_first_value_by_default)
{
	zp_choices c = zp_choices_default();
	cr_assert_eq(zp_choice_count(), LISTED);
	for (size_t i = 0; i < LISTED; i++) {
		cr_expect_str_eq(zp_choice_at(i)->name, listed[i].name);
		expect_value(&c, listed[i].name, listed[i].preset);
	}
}

Test(choices, every_value_is_taken_and_comes_back_and_disturbs_no_other)
{
	for (size_t i = 0; i < LISTED; i++) {
		zp_choices c = zp_choices_default();
		const char *list = listed[i].others;
		zp_text word;
		while (zp_word_next(&list, &word)) {
			const char *value = zp_arena_text(arena, word.p, word.n);
			cr_expect_null(zp_choice_set(&c, listed[i].name, word), "%s=%s", listed[i].name, value);
			expect_value(&c, listed[i].name, value);
			for (size_t k = 0; k < LISTED; k++)
				if (k != i)
					expect_value(&c, listed[k].name, listed[k].preset);
		}
		cr_expect_null(zp_choice_set(&c, listed[i].name, zp_text_of(listed[i].preset)));
		expect_value(&c, listed[i].name, listed[i].preset);
	}
}

Test(choices, what_is_not_allowed_is_refused_and_changes_nothing)
{
	static const struct { const char *name, *value; } wrong[] = {
		{ "target_places", "places+3" }, { "target_places", "" }, { "target_places", "2.5" }, { "target_places", "13" },
		{ "target_places", "1e1" }, { "climb_pool", "Everyone" }, { "climb_pool", "everyone | remainder" }, { "climb_pool", "" },
		{ "collapse_ratio", "0.02" }, { "collapse_ratio", "-1e-9" }, { "absurd_factor", "0" }, { "absurd_factor", "-5" },
		{ "absurd_factor", "nan" }, { "absurd_factor", "inf" }, { "sd_limit_least", "0" }, { "sd_limit_least", "-1" },
		{ "sd_limit_least", "12.5" }, { "sd_limit_least", "99999999999" }, { "s_places", "7" }, { "s_places", "-1" },
		{ "bounds_inclusive", "yes" }, { "bounds_inclusive", "1" }, { "algorithm_a_factor", "1.1340" }, { "sdi_method", "" },
		{ "log_places", "10" }, { "log_places", "-1" }, { "log_places", "1.5" }, { "grey", "none" }, { "grey_reply", "neutral" }, { "log_rule", "wider" },
		{ "sdi_method", "a-name-of-more-than-thirty-one-characters" },
	};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		zp_choices c = zp_choices_default(), before = zp_choices_default();
		const char *expected = zp_choice_set(&c, wrong[i].name, zp_text_of(wrong[i].value));
		cr_expect_not_null(expected, "%s=%s was taken", wrong[i].name, wrong[i].value);
		cr_expect_arr_eq(&c, &before, sizeof c, "%s=%s left its mark", wrong[i].name, wrong[i].value);
	}
}

Test(choices, values_reach_their_members)
{
	zp_choices c = zp_choices_default();
	cr_expect_eq(c.collapse_ratio, 1e-9);
	cr_expect_eq(c.absurd_factor, 100);
	cr_expect(c.bounds_inclusive && !c.median_made && c.region_rollup);
	cr_expect_null(zp_choice_set(&c, "target_places", ZP_TEXT("places+2")));
	cr_expect(c.target_places == ZP_PLACES_OWN && c.target_places_n == 2);
	cr_expect_null(zp_choice_set(&c, "target_places", ZP_TEXT("3")));
	cr_expect(c.target_places == ZP_PLACES_FIXED && c.target_places_n == 3);
	cr_expect_null(zp_choice_set(&c, "absurd_factor", ZP_TEXT("null")));
	cr_expect_eq(c.absurd_factor, 0);
	cr_expect_null(zp_choice_set(&c, "censored", ZP_TEXT("interval")));
	cr_expect_eq(c.censored, ZP_CENSORED_INTERVAL);
	cr_expect_null(zp_choice_set(&c, "outlier_boundary", ZP_TEXT("greater_or_equal")));
	cr_expect(c.outlier_at_boundary);
	cr_expect_null(zp_choice_set(&c, "sdi_least", ZP_TEXT("7")));
	cr_expect_eq(c.sdi_least, 7);
	cr_expect_null(zp_choice_set(&c, "sdi_method", ZP_TEXT("mean")));
	cr_expect_str_eq(c.sdi_method, "mean");
	cr_expect_null(zp_choice_set(&c, "sdi_method", ZP_TEXT("own")));
	cr_expect_str_eq(c.sdi_method, "");
	cr_expect_not_null(zp_choice_set(&c, "colour", ZP_TEXT("red")));
}

Test(choices, an_override_replaces_only_what_it_gives)
{
	zp_settings scheme = zp_settings_default(), round = zp_settings_default();
	scheme.choices.climb_pool = ZP_POOL_REMAINDER;
	scheme.choices.sdi_least = 20;
	cr_expect_null(zp_choice_set(&round.choices, "censored", ZP_TEXT("interval")));
	for (size_t i = 0; i < zp_choice_count(); i++)
		round.given[i] = strcmp(zp_choice_at(i)->name, "censored") == 0;
	zp_settings_join(&scheme, &round);
	cr_expect_eq(scheme.choices.climb_pool, ZP_POOL_REMAINDER);
	cr_expect_eq(scheme.choices.sdi_least, 20);
	cr_expect_eq(scheme.choices.censored, ZP_CENSORED_INTERVAL);
	cr_expect(zp_settings_has(&scheme, "censored") && !zp_settings_has(&scheme, "climb_pool"));
}

/* The schemas repeat the table by hand; they must not fall behind. */
static void expect_schema_takes(const char *schema, const char *before, const char *after)
{
	for (size_t i = 0; i < LISTED; i++) {
		const char *list = zp_arena_print(arena, "%s %s", listed[i].preset, listed[i].others);
		zp_text word;
		while (zp_word_next(&list, &word)) {
			scratch_write("x.xml", zp_arena_print(arena, "%s<choices %s='%.*s'/>%s", before, listed[i].name, (int)word.n, word.p, after));
			const zp_xml *xml = zp_xml_read(arena, scratch_path("x.xml"), "x.xml", rules);
			cr_assert_not_null(xml);
			zp_xml_validate(arena, xml, scratch_path(zp_arena_print(arena, "rules/schemas/%s.rng", schema)), schema, NULL, rules);
		}
	}
	scratch_quiet(rules);
	scratch_write("x.xml", zp_arena_print(arena, "%s<choices climb_pool='nobody'/>%s", before, after));
	const zp_xml *xml = zp_xml_read(arena, scratch_path("x.xml"), "x.xml", rules);
	cr_expect_not(zp_xml_validate(arena, xml, scratch_path(zp_arena_print(arena, "rules/schemas/%s.rng", schema)), schema, NULL, rules));
}

Test(choices, the_schema_of_schemes_knows_every_value)
{
	expect_schema_takes("scheme", "<scheme name='a' version='1' title='t' pass='80'>",
			    "<measurand code='A' name='a' unit='1' places='1'/></scheme>");
}

Test(choices, the_schema_of_rounds_knows_every_value)
{
	expect_schema_takes("round", "<round id='a' name='n' year='2026' number='1' opens='2026-03-01T08:00:00+08:00' closes='2026-03-15T17:00:00+08:00'>"
			    "<organiser name='o'/><regions from='hubei'/><class name='c'/>",
			    "<programme code='p' name='n' scheme='s'><sample code='1'/></programme></round>");
}
