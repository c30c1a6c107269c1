/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "year/year.h"
#include <stdio.h>
#include <string.h>
#include "year/evidence.h"
#include "year/ranking.h"
#include "year/year_titles.h"

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

/* A round of the year that closes after the date of issue is from the future, or the date is wrong; one that was issued after it
 * was not known on that day. */
static void check_rounds(const zp_year_wish *w, zp_problems *problems)
{
	for (size_t i = 0; i < w->annals->n; i++) {
		const zp_annal_round *r = &w->annals->rounds[i];
		if (r->year > w->year)
			continue;
		if (strcmp(r->closes, w->issued) > 0)
			zp_problem_add(problems, r->id, 0, 0, "the round closes on %s, after the date of issue %s; expected rounds that are over", r->closes, w->issued);
		else if (strcmp(r->issued, w->issued) > 0)
			zp_problem_add(problems, r->id, 0, 0, "the round was issued on %s, after the date of issue %s; expected rounds whose results were known", r->issued, w->issued);
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
	if (y->chronicle) {
		check_performed(y, problems);
		y->evidence = zp_evidence_take(arena, y->chronicle, w->regions, w->rules, w->evidence, problems);
	}
	if (zp_problems_count(problems) > before || (w->evidence && w->evidence->faulty))
		return NULL;
	y->statuses = zp_statuses_take(arena, y->chronicle, w->rules);
	if (!certify(arena, y, err))
		return NULL;
	const zp_cert_lines *lines = lines_of_items(w, y->lines);
	y->items = zp_year_items_take(arena, y->chronicle, w->rules, ZP_ALL_LEVELS, lines);
	y->standings = zp_standings_take(arena, y->chronicle, w->rules, w->regions);
	y->before = year_before(arena, w, problems);
	y->indicators = zp_indicators_take(arena, y->chronicle, w->rules, y->standings, lines, w->performed, w->n_performed);
	y->ranking = zp_year_ranking_take(arena, y->chronicle, y->standings, w->rules, w->threads);
	y->titles = zp_year_titles_take(arena, y, problems, err);
	return y->titles ? y : NULL;
}

#define LINES_NAMED 20

/* Evidence of another year counts for nothing, and whoever sent it should know. */
static const char *outside(zp_arena *arena, const zp_evidence_file *e, int year, bool chinese)
{
	char lines[LINES_NAMED * 12 + 8];
	size_t n = 0;
	for (size_t i = 0; i < e->n_outside && i < LINES_NAMED; i++)
		n += (size_t)snprintf(lines + n, sizeof lines - n, "%s%ld", i ? chinese ? "、" : ", " : "", e->outside[i]);
	return zp_arena_print(arena, chinese ? "%s：%zu 行的日期不在 %d 年，不计入：第 %s%s 行" : "%s: %zu line(s) with a day that is not in %d count for nothing: %s%s",
			      e->file, e->n_outside, year, lines, e->n_outside > LINES_NAMED ? chinese ? "、…" : ", ..." : "");
}

/* Two zones of Hubei that are often taken for counties. */
static const char *statistical(const char *code, bool chinese)
{
	if (strcmp(code, "421071") != 0 && strcmp(code, "421171") != 0)
		return "";
	return chinese ? "（仅为统计用区划）" : " (a zone of the statistical service only)";
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
	if (y->wish->evidence && y->wish->evidence->n_outside)
		tell(self, outside(arena, y->wish->evidence, y->wish->year, chinese));
	for (size_t i = 0; i < y->standings->n_outside; i++)
		tell(self, zp_arena_print(arena, chinese ? "实验室 %s 本年度参加了计划，但不在所定日期的名册上：不计入任何地区的数字" :
					  "laboratory %s took part in the year and is not on the register of the chosen day: it is in no region's figures",
					  c->labs[y->standings->outside[i]].code));
	for (size_t i = 1; y->wish->regions && i < y->standings->n_places; i++)
		if (y->standings->places[i].level == UINT8_MAX)
			tell(self, zp_arena_print(arena, chinese ? "名册上的地区代码“%s”不在行政区划中%s：单独列出" :
						  "region code \"%s\" of the register is not in the tree%s: it stands by itself",
						  y->standings->places[i].code, statistical(y->standings->places[i].code, chinese)));
	for (size_t i = 0; i < y->titles->n; i++)
		zp_titles_tell(&y->titles->at[i], arena, chinese, tell, self);
}
