/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "year/year.h"
#include <string.h>
#include "year/adjusted.h"
#include "year/ranking.h"
#include "year/trends.h"

static bool has_year(const zp_annals *annals, int year)
{
	for (size_t i = 0; i < annals->n; i++)
		if (annals->rounds[i].year == year)
			return true;
	return false;
}

/* The lines of the policy that items are made from; NULL when they are made from rounds. */
static const zp_cert_lines *lines_of_items(const zp_year_wish *w, const zp_cert_lines *lines)
{
	for (size_t i = 0; w->rules->item_by_certificate && i < w->rules->n_certificates; i++)
		if (strcmp(w->rules->certificates[i].id, w->rules->item_policy) == 0)
			return &lines[i];
	return NULL;
}

static bool certify(zp_arena *arena, zp_year *y, zp_error *err)
{
	const zp_year_wish *w = y->wish;
	zp_cert_lines *lines = zp_take(arena, zp_cert_lines, w->rules->n_certificates + 1);
	zp_certificates *papers = zp_take(arena, zp_certificates, w->rules->n_certificates + 1);
	for (size_t i = 0; i < w->rules->n_certificates; i++) {
		lines[i] = zp_cert_lines_take(arena, y->chronicle, &y->statuses, &w->rules->certificates[i]);
		papers[i] = zp_certificates_take(arena, y->chronicle, &lines[i], w->issued_before, w->n_issued_before, err);
		if (!papers[i].at)
			return false;
	}
	y->lines = lines;
	y->papers = papers;
	return true;
}

static const zp_standings *year_before(zp_arena *arena, const zp_year_wish *w, zp_problems *problems)
{
	if (!has_year(w->annals, w->year - 1))
		return NULL;
	const zp_chronicle *c = zp_chronicle_take(arena, w->annals, w->rules, w->identity_before, w->year - 1, problems);
	return c ? zp_standings_take(arena, c, w->rules, w->regions) : NULL;
}

/* A round of the year that closes after the date of issue is from the future, or the date is wrong. */
static void check_rounds(const zp_year_wish *w, zp_problems *problems)
{
	for (size_t i = 0; i < w->annals->n; i++) {
		const zp_annal_round *r = &w->annals->rounds[i];
		if (r->year <= w->year && strcmp(r->closes, w->issued) > 0)
			zp_problem_add(problems, r->id, 0, 0, "the round closes on %s, after the date of issue %s; expected rounds that are over", r->closes, w->issued);
	}
}

static void check_performed(const zp_year *y, zp_problems *problems)
{
	for (size_t i = 0; i < y->wish->n_performed; i++) {
		const zp_performed *p = &y->wish->performed[i];
		if (zp_year_lab_find(y->chronicle, p->lab) == SIZE_MAX)
			zp_problem_add(problems, y->wish->performed_file, p->line, 0, "laboratory \"%s\" is on no register up to the end of the year; expected the code "
				       "that it has then", p->lab);
	}
}

static bool is_unknown(const zp_year *y, size_t place)
{
	const zp_year_place *p = &y->standings->places[place];
	return place && y->wish->regions && p->level == UINT8_MAX && *p->code;
}

/* A code that the tree does not know would be missing in the figures of its county, city and province. */
static void check_regions(const zp_year *y, zp_problems *problems)
{
	for (size_t lab = 0; !y->wish->rules->share_unknown_alone && lab < y->chronicle->n_labs; lab++) {
		const zp_annal_lab *says = y->standings->register_of[lab];
		if (says && is_unknown(y, y->standings->place_of[lab]))
			zp_problem_add(problems, "register", 0, 0, "the region code \"%s\" of laboratory %s is not in the tree%s; expected a code of the tree",
				       says->region, y->chronicle->labs[lab].code, zp_region_why_not(says->region));
	}
}

static const zp_year_hidden *hide(zp_arena *arena, const zp_year *y)
{
	zp_year_hidden *h = zp_take(arena, zp_year_hidden, 1);
	for (int k = 0; k < ZP_SHARE_KINDS; k++) {
		h->shares[k] = zp_standings_hide(arena, y->standings, (zp_share_kind)k, y->wish->rules);
		if (y->before)
			h->before[k] = zp_standings_hide(arena, y->before, (zp_share_kind)k, y->wish->rules);
	}
	for (int k = 0; k < ZP_INDICATORS; k++)
		h->indicators[k] = zp_indicators_hide(arena, &y->indicators, y->standings, (zp_indicator)k, y->wish->rules);
	return h;
}

const zp_year *zp_year_take(zp_arena *arena, const zp_year_wish *w, zp_problems *problems, zp_error *err)
{
	zp_year *y = zp_take(arena, zp_year, 1);
	y->wish = w;
	if (!has_year(w->annals, w->year)) {
		zp_fail(err, ZP_BAD_INPUT, NULL, 0, "the ledger has no round of %d", w->year);
		return NULL;
	}
	const size_t before = zp_problems_count(problems);
	check_rounds(w, problems);
	y->chronicle = zp_chronicle_take(arena, w->annals, w->rules, w->identity, w->year, problems);
	if (y->chronicle)
		check_performed(y, problems);
	if (zp_problems_count(problems) > before)
		return NULL;
	y->statuses = zp_statuses_take(arena, y->chronicle, w->rules);
	if (!certify(arena, y, err))
		return NULL;
	const zp_cert_lines *lines = lines_of_items(w, y->lines);
	y->items = zp_year_items_take(arena, y->chronicle, w->rules, ZP_ALL_LEVELS, lines);
	y->standings = zp_standings_take(arena, y->chronicle, w->rules, w->regions);
	check_regions(y, problems);
	if (zp_problems_count(problems) > before)
		return NULL;
	y->before = year_before(arena, w, problems);
	y->indicators = zp_indicators_take(arena, y->chronicle, w->rules, y->standings, lines, w->performed, w->n_performed);
	y->hidden = hide(arena, y);
	y->ranking = zp_year_ranking_take(arena, y->chronicle, y->standings, w->rules, w->threads);
	y->trends = w->ledger ? zp_trends_take(arena, w->ledger, y->chronicle, w->rules, err) : NULL;
	if (w->ledger && !y->trends)
		return NULL;
	y->adjusted = zp_year_adjusted_take(arena, y->standings, y->ranking, w->rules);
	return y;
}

typedef struct telling { bool chinese; zp_arena *arena; void (*tell)(void *self, const char *sentence); void *self; } telling;

static void tell_regions(const zp_year *y, const telling *t)
{
	for (size_t i = 1; y->wish->regions && i < y->standings->n_places; i++)
		if (y->standings->places[i].level == UINT8_MAX)
			t->tell(t->self, zp_arena_print(t->arena, t->chinese ? "名册上的地区代码“%s”不在行政区划中：单独列出" :
							"region code \"%s\" of the register is not in the tree: it stands by itself",
							y->standings->places[i].code));
}

static void tell_exposed(const telling *t, const char *table, const char *what, const zp_hidden *h)
{
	if (!h->safe)
		t->tell(t->self, zp_arena_print(t->arena, t->chinese ? "%s：%s 中隐去的小单元可由公开的数字推算出来，公布前请处理" :
						"%s: hidden cells of %s can be worked out from what is shown; look at them before it is published", table, what));
}

/* Hidden cells that give themselves away: without secondary suppression, or where no choice of cells would do. */
static void tell_suppression(const zp_year *y, const telling *t)
{
	for (int k = 0; k < ZP_SHARE_KINDS; k++)
		tell_exposed(t, "standings.csv", zp_share_word((zp_share_kind)k), &y->hidden->shares[k]);
	for (int k = 0; k < ZP_INDICATORS; k++)
		tell_exposed(t, "indicators.csv", zp_indicator_word((zp_indicator)k), &y->hidden->indicators[k]);
}

void zp_year_tell(const zp_year *y, zp_arena *arena, bool chinese, void (*tell)(void *self, const char *sentence), void *self)
{
	const zp_chronicle *c = y->chronicle;
	for (size_t i = 0; i < y->wish->rules->n_certificates; i++)
		for (size_t p = 0; p < c->n_programmes; p++) {
			const char *sentence = zp_cert_impossible(arena, c, p, &y->wish->rules->certificates[i], chinese);
			if (sentence)
				tell(self, sentence);
		}
	for (size_t i = 0; i < y->standings->n_outside; i++)
		tell(self, zp_arena_print(arena, chinese ? "实验室 %s 本年度参加了计划，但不在所定日期的名册上：不计入任何地区的数字" :
					  "laboratory %s took part in the year and is not on the register of the chosen day: it is in no region's figures",
					  c->labs[y->standings->outside[i]].code));
	const telling t = { chinese, arena, tell, self };
	tell_regions(y, &t);
	tell_suppression(y, &t);
}
