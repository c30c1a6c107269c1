/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A year of four laboratories, worked out by hand (fixtures/years/four-laboratories/about.md), for every setting. */
#include <criterion/criterion.h>
#include <unistd.h>
#include "annals_csv.h"
#include "base/random.h"
#include "book/book.h"
#include "year/indicators.h"

#define FOLDER FIXTURES "/years/four-laboratories"

static zp_arena *arena;
static zp_problems *problems;

static void enter(void)
{
	arena = zp_arena_open();
	problems = zp_problems_take(arena);
}

static void leave(void) { zp_arena_close(arena); }

TestSuite(year, .init = enter, .fini = leave);

/* "status-k=3 status-n=3" */
static zp_year_rules rules_with(const char *list)
{
	zp_year_rules rules = zp_year_rules_default();
	char *copy = zp_arena_text(arena, list, strlen(list)), *rest = NULL;
	for (char *one = strtok_r(copy, ";", &rest); one; one = strtok_r(NULL, ";", &rest)) {
		char *sign = strchr(one, '=');
		while (*one == ' ')
			one++;
		cr_assert_not_null(sign, "%s", one);
		*sign = '\0';
		const char *expected = zp_year_setting_set(&rules, one, sign + 1);
		cr_assert_null(expected, "%s=\"%s\": expected %s", one, sign + 1, expected);
	}
	return rules;
}

/* Settings of the tables have a blank between. */
static zp_year_rules rules_of(const char *cell)
{
	char *list = zp_arena_text(arena, cell, strlen(cell));
	for (char *p = list; *p; p++)
		if (*p == ' ')
			*p = ';';
	return rules_with(list);
}

static const zp_chronicle *chronicle_with(const zp_year_rules *rules, int year)
{
	const zp_annals *annals = annals_read(arena, FOLDER);
	const zp_identity *identity = zp_identity_read(arena, FOLDER "/identity.csv", "identity.csv", rules, year, problems);
	zp_problems_print(problems, stderr);
	cr_assert_not_null(identity);
	const zp_chronicle *c = zp_chronicle_take(arena, annals, rules, identity, year, problems);
	zp_problems_print(problems, stderr);
	cr_assert_not_null(c);
	return c;
}

typedef struct spot { const zp_year_programme *p; size_t programme, row, measurand; } spot;

static spot find(const zp_chronicle *c, const char *lab, const char *programme, const char *measurand)
{
	const size_t number = zp_year_lab_find(c, lab);
	cr_assert_neq(number, SIZE_MAX, "no laboratory %s", lab);
	for (size_t i = 0; i < c->n_programmes; i++) {
		const zp_year_programme *p = &c->programmes[i];
		if (strcmp(p->says->code, programme) != 0)
			continue;
		spot s = { p, i, 0, 0 };
		while (s.row < p->n_labs && p->labs[s.row] != number)
			s.row++;
		cr_assert_lt(s.row, p->n_labs, "%s took no part in %s", lab, programme);
		while (s.measurand < p->n_measurands && strcmp(p->measurands[s.measurand].says->code, measurand) != 0)
			s.measurand++;
		return s;
	}
	cr_assert_fail("no programme %s", programme);
	return (spot){ 0 };
}

Test(year, status_is_what_the_hand_gives_for_every_setting)
{
	const sheet s = sheet_read(arena, FOLDER, "expected-status.csv");
	cr_assert_gt(s.n, 50);
	for (size_t i = 1; i < s.n; i++) {
		char **row = s.at[i], letters[64];
		const zp_year_rules rules = rules_of(row[0]);
		const zp_chronicle *c = chronicle_with(&rules, 2026);
		const zp_statuses all = zp_statuses_take(arena, c, &rules);
		const spot at = find(c, row[1], row[2], row[3]);
		const zp_status *status = zp_status_at(&all, c, at.programme, at.row, at.measurand);
		zp_status_letters(zp_year_cells(at.p, at.row, at.measurand), at.p->held, at.p->n_held, letters, sizeof letters);
		cr_expect_str_eq(letters, row[4], "line %zu: %s, expected %s", i + 1, letters, row[4]);
		cr_expect_str_eq(zp_status_word((zp_state_of_year)status->year), row[5], "line %zu: %s %s %s %s is %s, expected %s", i + 1, row[0],
				 row[1], row[2], row[3], zp_status_word((zp_state_of_year)status->year), row[5]);
	}
}

/* Put a <certificate> with these attributes into a file of rules and read it. */
static const zp_year_rules *rules_file(const char *settings, const char *certificate)
{
	char xml[2000], path[] = "/tmp/zp-year-XXXXXX.xml";
	size_t n = (size_t)snprintf(xml, sizeof xml, "<year title=\"t\" version=\"1\">");
	char *sign, *rest = NULL, *copy = zp_arena_text(arena, settings, strlen(settings));
	for (char *one = strtok_r(copy, " ", &rest); one; one = strtok_r(NULL, " ", &rest)) { /* one each: "status-mode=raised" */
		char *dash = strchr(one, '-');
		sign = strchr(one, '=');
		*sign = *dash = '\0';
		n += (size_t)snprintf(xml + n, sizeof xml - n, "<%s %s=\"%s\"/>", one, dash + 1, sign + 1);
	}
	n += (size_t)snprintf(xml + n, sizeof xml - n, "<certificate id=\"c\" name=\"c\"");
	copy = zp_arena_text(arena, certificate, strlen(certificate));
	for (char *one = strtok_r(copy, " ", &rest); one; one = strtok_r(NULL, " ", &rest)) {
		sign = strchr(one, '=');
		*sign = '\0';
		n += (size_t)snprintf(xml + n, sizeof xml - n, " %s=\"%s\"", one, sign + 1);
	}
	n += (size_t)snprintf(xml + n, sizeof xml - n, "/></year>\n");
	const int file = mkstemps(path, 4);
	cr_assert_geq(file, 0);
	cr_assert_eq(write(file, xml, n), (ssize_t)n);
	close(file);
	const zp_year_rules *rules = zp_year_rules_read(arena, RULES, path, problems);
	unlink(path);
	zp_problems_print(problems, stderr);
	return rules;
}

Test(year, certificates_are_what_the_hand_gives_for_every_policy)
{
	const sheet s = sheet_read(arena, FOLDER, "expected-certificates.csv");
	cr_assert_gt(s.n, 50);
	for (size_t i = 1; i < s.n; i++) {
		char **row = s.at[i];
		const zp_year_rules *rules = rules_file(row[1], row[0]);
		cr_assert_not_null(rules, "line %zu", i + 1);
		const zp_chronicle *c = chronicle_with(rules, 2026);
		const zp_statuses all = zp_statuses_take(arena, c, rules);
		const zp_cert_lines lines = zp_cert_lines_take(arena, c, &all, &rules->certificates[0]);
		const spot at = find(c, row[2], row[3], row[4]);
		const char *word = zp_certified_word((zp_certified)lines.of[at.programme][at.row * at.p->n_measurands + at.measurand].certified);
		cr_expect_str_eq(word, row[5], "line %zu: %s %s %s %s %s is %s, expected %s", i + 1, row[0], row[1], row[2], row[3], row[4], word, row[5]);
	}
}

static uint32_t item_named(const zp_chronicle *c, const char *name)
{
	uint32_t i = 0;
	while (i < c->n_items && strcmp(c->items[i].item, name) != 0)
		i++;
	cr_assert_lt(i, c->n_items, "%s", name);
	return i;
}

Test(year, an_item_in_two_programmes_is_counted_once)
{
	const sheet s = sheet_read(arena, FOLDER, "expected-items.csv");
	for (size_t i = 1; i < s.n; i++) {
		char **row = s.at[i];
		zp_year_rules rules = rules_of(row[0]);
		const zp_certificate_rule half = { .id = "half", .policy = ZP_POLICY_K_OF_N, .k = 1, .n = 2, .min_rounds = 1, .levels = ZP_ALL_LEVELS, .organiser = "" };
		const zp_chronicle *c = chronicle_with(&rules, 2026);
		const zp_statuses all = zp_statuses_take(arena, c, &rules);
		const zp_cert_lines lines = zp_cert_lines_take(arena, c, &all, &half);
		const zp_year_items items = zp_year_items_take(arena, c, &rules, ZP_ALL_LEVELS, &lines);
		const size_t lab = zp_year_lab_find(c, row[1]);
		const zp_item_count *n = &items.counts[lab];
		const uint32_t got[] = { n->total, n->pass, n->fail, n->unreturned, n->not_evaluated, n->naive };
		for (size_t k = 0; k < 6; k++)
			cr_expect_eq(got[k], (uint32_t)atoi(row[2 + k]), "line %zu: %s is %u, expected %s", i + 1, s.at[0][2 + k], got[k], row[2 + k]);
		for (size_t k = 8; k < 15; k++) {
			const char *vote = zp_vote_word(zp_item_vote(&items, lab, item_named(c, s.at[0][k])));
			cr_expect_str_eq(vote, row[k], "line %zu: %s %s is %s, expected %s", i + 1, row[1], s.at[0][k], vote, row[k]);
		}
	}
}

static const zp_standings *standings_with(const zp_chronicle *c, const zp_year_rules *rules)
{
	const zp_regions *regions = zp_regions_read(arena, RULES, FOLDER, "hubei", problems);
	cr_assert_not_null(regions);
	return zp_standings_take(arena, c, rules, regions);
}

static size_t cell_named(const zp_standings *s, const char *place, const char *cls)
{
	const bool itself = strstr(place, " itself") != NULL;
	const size_t cell = zp_standing_find(s, zp_arena_text(arena, place, strcspn(place, " ")), itself, cls);
	cr_assert_neq(cell, SIZE_MAX, "%s %s", place, cls);
	return cell;
}

Test(year, shares_roll_up_from_county_to_province)
{
	const sheet s = sheet_read(arena, FOLDER, "expected-shares.csv");
	for (size_t i = 1; i < s.n; i++) {
		char **row = s.at[i], percent[ZP_PERCENT_TEXT];
		const zp_year_rules rules = rules_of(row[0]);
		const zp_standings *standings = standings_with(chronicle_with(&rules, 2026), &rules);
		const zp_standing_cell *cell = &standings->cells[cell_named(standings, row[1], row[2])];
		int kind = 0;
		while (strcmp(zp_share_word((zp_share_kind)kind), row[3]) != 0)
			kind++;
		const zp_share_count *n = &cell->of[kind];
		cr_expect_eq(n->num, atol(row[4]), "line %zu: %lld, expected %s", i + 1, (long long)n->num, row[4]);
		cr_expect_eq(n->den, atol(row[5]), "line %zu: of %lld, expected %s", i + 1, (long long)n->den, row[5]);
		cr_expect_str_eq(zp_fraction_print(zp_share_fraction(n), percent), row[6], "line %zu: %s, expected %s", i + 1, percent, row[6]);
	}
}

Test(year, who_is_not_on_the_register_of_the_day_is_named)
{
	const zp_year_rules rules = rules_of("share-register-on=year-start"), end = rules_of("");
	const zp_chronicle *c = chronicle_with(&rules, 2026);
	const zp_standings *s = standings_with(c, &rules);
	cr_assert_eq(s->n_outside, 1);
	cr_expect_str_eq(c->labs[s->outside[0]].code, "L0013");
	cr_expect_eq(standings_with(c, &end)->n_outside, 0);
}

Test(year, a_year_is_compared_with_the_one_before)
{
	const zp_year_rules rules = rules_of("");
	const zp_standings *now = standings_with(chronicle_with(&rules, 2026), &rules), *before = standings_with(chronicle_with(&rules, 2025), &rules);
	const zp_share_count *a = &now->cells[cell_named(now, "*", "*")].of[0], *b = &before->cells[cell_named(before, "*", "*")].of[0];
	int64_t tenths;
	cr_expect_eq(b->num, 5);
	cr_expect_eq(b->den, 6);
	cr_assert(zp_share_change(a, b, false, &tenths));
	cr_expect_eq(tenths, -33); /* 80 - 83.333 */
	const zp_share_count third = { 1, 3, 3, 3 }, sixth = { 1, 6, 6, 6 }, none = { 0, 0, 0, 0 };
	cr_assert(zp_share_change(&third, &sixth, false, &tenths));
	cr_expect_eq(tenths, 167); /* 16.667 */
	cr_assert(zp_share_change(&third, &sixth, true, &tenths));
	cr_expect_eq(tenths, 166); /* 33.3 - 16.7 */
	cr_expect_not(zp_share_change(&third, &none, false, &tenths));
}

/* The register is lent as const; a test may write on its own copy. */
static zp_annal_lab *lab_of(const zp_annals *annals, const char *round, const char *code)
{
	for (size_t r = 0; r < annals->n; r++)
		for (size_t i = 0; strcmp(annals->rounds[r].id, round) == 0 && i < annals->rounds[r].n_labs; i++)
			if (strcmp(annals->rounds[r].labs[i].code, code) == 0)
				return (zp_annal_lab *)&annals->rounds[r].labs[i];
	cr_assert_fail("%s %s", round, code);
	return NULL;
}

Test(year, an_institution_lies_where_the_laboratory_of_its_code_lies)
{
	const zp_year_rules rules = rules_of("");
	const zp_annals *annals = annals_read(arena, FOLDER);
	lab_of(annals, "2026-2", "L0003")->institution = lab_of(annals, "2026-2", "L0013")->institution = "L0013";
	lab_of(annals, "2026-2", "L0013")->region = "420581";
	const zp_identity *identity = zp_identity_read(arena, FOLDER "/identity.csv", "identity.csv", &rules, 2026, problems);
	const zp_standings *s = standings_with(zp_chronicle_take(arena, annals, &rules, identity, 2026, problems), &rules);
	cr_expect_eq(s->cells[cell_named(s, "420581", "*")].of[0].den, 3); /* L0012, L0005, and now L0013 */
	cr_expect_eq(s->cells[cell_named(s, "420502", "*")].of[0].den, 1);
	cr_expect_eq(s->cells[cell_named(s, "420502", "*")].labs, 2);
}

Test(year, a_round_that_closes_on_the_day_counts_for_those_who_come_after)
{
	const zp_year_rules rules = rules_of("identity-split=inherit");
	const zp_annals *annals = annals_read(arena, FOLDER);
	char path[] = "/tmp/zp-identity-XXXXXX", letters[64];
	const int file = mkstemp(path);
	const char text[] = "from,to,since,kind\nL0003,L0003,2026-03-31,split\nL0003,L0013,2026-03-31,split\n";
	cr_assert_eq(write(file, text, sizeof text - 1), (ssize_t)sizeof text - 1);
	close(file);
	const zp_identity *identity = zp_identity_read(arena, path, "identity.csv", &rules, 2026, problems);
	unlink(path);
	const zp_chronicle *c = zp_chronicle_take(arena, annals, &rules, identity, 2026, problems);
	const spot at = find(c, "L0013", "chem", "GLU");
	cr_expect_str_eq(zp_status_letters(zp_year_cells(at.p, at.row, at.measurand), at.p->held, at.p->n_held, letters, sizeof letters), "SS|.U");
}

static const zp_performed *performed_read(size_t *n)
{
	const sheet s = sheet_read(arena, FOLDER, "performed.csv");
	zp_performed *at = zp_take(arena, zp_performed, s.n);
	*n = s.n - 1;
	for (size_t i = 1; i < s.n; i++)
		at[i - 1] = (zp_performed){ s.at[i][0], s.at[i][1], s.at[i][2], is_yes(s.at[i][3]), is_yes(s.at[i][4]), (long)i + 1 };
	return at;
}

Test(year, indicators_have_the_numerators_and_denominators_of_their_formulas)
{
	const sheet s = sheet_read(arena, FOLDER, "expected-indicators.csv");
	size_t n;
	const zp_performed *performed = performed_read(&n);
	for (size_t i = 1; i < s.n; i++) {
		char **row = s.at[i];
		const zp_year_rules rules = rules_of(row[0]);
		const zp_chronicle *c = chronicle_with(&rules, 2026);
		const zp_indicators all = zp_indicators_take(arena, c, &rules, standings_with(c, &rules), NULL, performed, n, NULL);
		size_t k = 0;
		while (strcmp(zp_indicator_word((zp_indicator)k), row[2]) != 0)
			k++;
		const zp_indicator_value *v = &all.of_lab[zp_year_lab_find(c, row[1]) * ZP_INDICATORS + k];
		cr_expect(v->known, "line %zu", i + 1);
		cr_expect_eq(v->num, atol(row[3]), "line %zu: %s %s is %lld, expected %s", i + 1, row[1], row[2], (long long)v->num, row[3]);
		cr_expect_eq(v->den, atol(row[4]), "line %zu: %s %s is of %lld, expected %s", i + 1, row[1], row[2], (long long)v->den, row[4]);
	}
}

/* TNI is in card alone: without its rounds it is offered by nobody where what was held counts, and is still planned. */
Test(year, what_was_planned_and_cancelled_is_not_without_a_plan)
{
	size_t n;
	const zp_performed *performed = performed_read(&n);
	static const char *const settings[] = { "", "indicator-offered=planned" };
	for (size_t i = 0; i < 2; i++) {
		const zp_year_rules rules = rules_of(settings[i]);
		const zp_annals *annals = annals_read(arena, FOLDER);
		for (size_t r = 0; r < annals->n; r++)
			for (size_t k = 0; k < annals->rounds[r].n_programmes; k++)
				if (annals->rounds[r].year == 2026 && strcmp(annals->rounds[r].programmes[k].code, "card") == 0)
					((zp_annal_programme *)annals->rounds[r].programmes)[k].cancelled = true;
		const zp_identity *identity = zp_identity_read(arena, FOLDER "/identity.csv", "identity.csv", &rules, 2026, problems);
		const zp_chronicle *c = zp_chronicle_take(arena, annals, &rules, identity, 2026, problems);
		const zp_indicators all = zp_indicators_take(arena, c, &rules, standings_with(c, &rules), NULL, performed, n, NULL);
		const zp_indicator_value *v = &all.of_lab[zp_year_lab_find(c, "L0001") * ZP_INDICATORS];
		cr_expect_eq(v[ZP_COMPARISON_RATE].num, 1);
		cr_expect_eq(v[ZP_COMPARISON_RATE].den, 2, "PCT and VITD"); /* TNI would be the third */
		cr_expect_eq(v[ZP_PARTICIPATION_NATIONAL].den, i ? 6 : 5);
	}
}

Test(year, five_codes_of_one_institution_are_one)
{
	const zp_year_rules rules = rules_of("");
	const zp_annals *annals = annals_read(arena, FOLDER);
	static const char *const all[] = { "L0001", "L0003", "L0013" };
	for (size_t i = 0; i < 3; i++)
		lab_of(annals, "2026-2", all[i])->institution = "H01";
	const zp_identity *identity = zp_identity_read(arena, FOLDER "/identity.csv", "identity.csv", &rules, 2026, problems);
	const zp_chronicle *c = zp_chronicle_take(arena, annals, &rules, identity, 2026, problems);
	const zp_standings *s = standings_with(c, &rules);
	const zp_standing_cell *place = &s->cells[cell_named(s, "420502", "*")], *whole = &s->cells[cell_named(s, "*", "*")];
	cr_expect_eq(place->of[ZP_SHARE_RETURN].behind, 3);
	cr_expect_eq(place->of[ZP_SHARE_RETURN].few, 1);
	cr_expect_eq(whole->of[ZP_SHARE_RETURN].behind, 5);
	cr_expect_eq(whole->of[ZP_SHARE_RETURN].few, 3);
	const zp_indicators of = zp_indicators_take(arena, c, &rules, s, NULL, NULL, 0, NULL);
	const size_t at = cell_named(s, "420502", "*") * ZP_INDICATORS + ZP_PARTICIPATION_NATIONAL;
	cr_expect_eq(of.n[at], 3);
	cr_expect_eq(of.few[at], 1);
	cr_expect(zp_indicators_hide(arena, &of, s, ZP_PARTICIPATION_NATIONAL, &rules).at[cell_named(s, "420502", "*")]);
}

Test(year, the_laboratories_of_the_register_are_counted_by_place_and_class)
{
	const zp_year_rules rules = rules_of("");
	const zp_standings *s = standings_with(chronicle_with(&rules, 2026), &rules);
	const zp_share_count *two = &s->cells[cell_named(s, "420502", "二级公立")].of[ZP_SHARE_LABORATORIES], *whole = &s->cells[cell_named(s, "*", "*")].of[ZP_SHARE_LABORATORIES];
	cr_expect_eq(two->num, 2);
	cr_expect_eq(two->den, 3);
	cr_expect_eq(whole->num, 6);
	cr_expect_eq(whole->den, 6);
	const zp_hidden h = zp_standings_hide(arena, s, ZP_SHARE_LABORATORIES, &rules);
	cr_expect(h.safe && !h.at[cell_named(s, "420502", "二级公立")]);
}

Test(year, a_region_has_its_pooled_share_and_the_median_of_its_laboratories)
{
	const zp_year_rules rules = rules_of("");
	const zp_chronicle *c = chronicle_with(&rules, 2026);
	const zp_standings *s = standings_with(c, &rules);
	const zp_indicators all = zp_indicators_take(arena, c, &rules, s, NULL, NULL, 0, NULL);
	char percent[ZP_PERCENT_TEXT];
	const size_t at = cell_named(s, "*", "*") * ZP_INDICATORS + ZP_PARTICIPATION_NATIONAL;
	cr_expect_eq(all.of_place[at].num, 22);
	cr_expect_eq(all.of_place[at].den, 36);
	cr_expect_eq(all.n[at], 6);
	cr_expect_str_eq(zp_fraction_print(all.median[at], percent), "75.0"); /* 0 2 4 5 5 6 of 6 */
	cr_expect_not(all.of_place[cell_named(s, "*", "*") * ZP_INDICATORS + ZP_IQC_COVERAGE].known); /* nobody said what is performed */
}

/* ---- papers ---- */

Test(year, a_paper_that_says_the_same_keeps_its_number)
{
	const zp_year_rules rules = rules_of("");
	zp_certificate_rule all_rounds = { .id = "all", .policy = ZP_POLICY_ALL_ROUNDS, .min_rounds = 1, .levels = ZP_ALL_LEVELS, .organiser = "" };
	zp_error err = { 0 };
	const zp_chronicle *c = chronicle_with(&rules, 2026);
	const zp_statuses statuses = zp_statuses_take(arena, c, &rules);
	const zp_cert_lines lines = zp_cert_lines_take(arena, c, &statuses, &all_rounds);
	const zp_certificates first = zp_certificates_take(arena, c, &lines, NULL, 0, &err);
	cr_assert_gt(first.n, 3);
	/* national first, then provincial by code: bact, card ... */
	cr_expect_str_eq(first.at[0].number, "2026/N/all/nchem/L0001/1");
	cr_expect_str_eq(first.at[0].list, "NA");
	zp_issued *issued = zp_take(arena, zp_issued, first.n + 1);
	for (size_t i = 0; i < first.n; i++)
		issued[i] = (zp_issued){ first.at[i].number, c->labs[first.at[i].lab].says->name, first.at[i].says, "2027-01-10", c->labs[first.at[i].lab].code };
	const zp_certificates again = zp_certificates_take(arena, c, &lines, issued, first.n, &err);
	cr_assert_eq(again.n, first.n);
	for (size_t i = 0; i < first.n; i++)
		cr_expect(strcmp(again.at[i].number, first.at[i].number) == 0 && again.at[i].issued && strcmp(again.at[i].issued, "2027-01-10") == 0);
	issued[0].says = "NA K #0"; /* what was printed then */
	issued[first.n] = (zp_issued){ issued[1].number, "another name", issued[1].says, "2027-02-01", issued[1].lab };
	const zp_certificates changed = zp_certificates_take(arena, c, &lines, issued, first.n, &err);
	cr_expect_str_eq(changed.at[0].number, "2026/N/all/nchem/L0001/2");
	cr_expect_null(changed.at[0].issued);
	cr_expect_str_eq(changed.at[1].number, first.at[1].number);
	const zp_certificates renamed = zp_certificates_take(arena, c, &lines, issued, first.n + 1, &err);
	cr_expect_eq(renamed.at[1].issue, 2);
	/* what is printed beside the codes belongs to it */
	zp_certificate_rule other = all_rounds;
	other.name = "another title";
	const zp_cert_lines of_other = zp_cert_lines_take(arena, c, &statuses, &other);
	const zp_certificates retitled = zp_certificates_take(arena, c, &of_other, issued, first.n, &err);
	cr_expect_str_eq(retitled.at[1].list, first.at[1].list);
	cr_expect_eq(retitled.at[1].issue, 2);
}

Test(year, no_two_papers_have_one_number)
{
	const zp_year_rules rules = rules_of("");
	const zp_certificate_rule rule = { .id = "any", .policy = ZP_POLICY_NOT_UNSUCCESSFUL, .min_rounds = 1, .levels = ZP_ALL_LEVELS, .organiser = "" };
	zp_error err = { 0 };
	const zp_chronicle *c = chronicle_with(&rules, 2026);
	const zp_statuses statuses = zp_statuses_take(arena, c, &rules);
	const zp_cert_lines lines = zp_cert_lines_take(arena, c, &statuses, &rule);
	const zp_certificates all = zp_certificates_take(arena, c, &lines, NULL, 0, &err);
	for (size_t i = 0; i < all.n; i++)
		for (size_t k = 0; k < i; k++)
			cr_expect_str_neq(all.at[i].number, all.at[k].number);
}

Test(year, a_year_too_short_for_a_certificate_is_told)
{
	const zp_year_rules rules = rules_of("");
	zp_certificate_rule rule = { .id = "two", .name = "两次", .policy = ZP_POLICY_K_OF_N, .k = 2, .n = 2, .min_rounds = 1, .levels = ZP_ALL_LEVELS, .organiser = "" };
	const zp_chronicle *c = chronicle_with(&rules, 2026);
	const size_t card = find(c, "L0001", "card", "CK").programme, chem = find(c, "L0001", "chem", "CK").programme;
	cr_expect_not_null(strstr(zp_cert_impossible(arena, c, card, &rule, false), "1 round in the year and certificate \"two\" asks for 2"));
	cr_expect_null(zp_cert_impossible(arena, c, chem, &rule, false));
	rule.short_year = ZP_SHORT_CAP;
	cr_expect_null(zp_cert_impossible(arena, c, card, &rule, false));
}

Test(year, a_code_that_is_gone_may_stand_on_no_later_register)
{
	const zp_year_rules rules = rules_of("");
	const zp_annals *annals = annals_read(arena, FOLDER);
	char path[] = "/tmp/zp-identity-XXXXXX";
	const int file = mkstemp(path);
	const char text[] = "from,to,since,kind\nL0005,L0099,2026-01-01,rename\n";
	cr_assert_eq(write(file, text, sizeof text - 1), (ssize_t)sizeof text - 1);
	close(file);
	const zp_identity *identity = zp_identity_read(arena, path, "identity.csv", &rules, 2026, problems);
	unlink(path);
	cr_assert_not_null(identity);
	cr_expect_null(zp_chronicle_take(arena, annals, &rules, identity, 2026, problems));
	cr_expect_not_null(strstr(zp_problem_at(problems, 0)->text, "\"L0005\" is another since 2026-01-01"));
}

static const struct { const char *text, *says; } bad_identity[] = {
	{ "from,to,day,kind\n", "not the header" },
	{ "from,to,since,kind\nA,B,2026-01-01\n", "3 cells" },
	{ "from,to,since,kind\nA,,2026-01-01,rename\n", "a code is empty" },
	{ "from,to,since,kind\nA,B,2026-02-30,rename\n", "is no day" },
	{ "from,to,since,kind\nA,B,2026-01-01,moved\n", "the kind is \"moved\"" },
	{ "from,to,since,kind\nA,A,2026-01-01,rename\n", "renamed to itself" },
	{ "from,to,since,kind\nA,B,2026-01-01,rename\nA,C,2026-01-02,rename\n", "has a line already" },
	{ "from,to,since,kind\nA,B,2026-01-01,rename\nB,A,2026-01-02,rename\n", "becomes itself again" },
};

Test(year, what_is_wrong_with_an_identity_is_said)
{
	const zp_year_rules rules = rules_of("");
	for (size_t i = 0; i < sizeof bad_identity / sizeof *bad_identity; i++) {
		zp_problems *found = zp_problems_take(arena);
		char path[] = "/tmp/zp-identity-XXXXXX";
		const int file = mkstemp(path);
		cr_assert_eq(write(file, bad_identity[i].text, strlen(bad_identity[i].text)), (ssize_t)strlen(bad_identity[i].text));
		close(file);
		cr_expect_null(zp_identity_read(arena, path, "identity.csv", &rules, 2026, found), "%s", bad_identity[i].text);
		unlink(path);
		cr_assert_gt(zp_problems_count(found), 0, "%s", bad_identity[i].text);
		cr_expect_not_null(strstr(zp_problem_at(found, 0)->text, bad_identity[i].says), "%s", zp_problem_at(found, 0)->text);
	}
}
