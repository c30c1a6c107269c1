/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "year/year.h"
#include <string.h>
#include "ledger/clash.h"
#include "year/evidence.h"
#include "year/adjusted.h"
#include "year/ranking.h"
#include "year/year_titles.h"
#include "year/recognition.h"
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

static bool recognise(zp_arena *arena, zp_year *y, zp_problems *problems)
{
	const zp_year_wish *w = y->wish;
	zp_recog_wish wish = { .rule = w->recognition, .chronicle = y->chronicle, .iqc = y->iqc, .issued = w->issued, .issued_before = w->issued_before,
		.n_issued_before = w->n_issued_before };
	if (!w->recognition)
		return true;
	wish.shares = zp_recog_shares_take(arena, w->recognition, y->evidence, w->evidence ? w->evidence->file : "", &wish.n_shares, problems);
	if (wish.shares)
		y->recognition = zp_recognition_take(arena, &wish);
	return wish.shares != NULL;
}

/* Two organisers' codes for two laboratories. */
static const zp_clash *clashes(zp_arena *arena, const zp_year_wish *w, size_t *n)
{
	const zp_annal_round **rounds = zp_take(arena, const zp_annal_round *, w->annals->n + 1);
	size_t n_rounds = 0;
	for (size_t i = 0; i < w->annals->n; i++)
		if (w->annals->rounds[i].year == w->year)
			rounds[n_rounds++] = &w->annals->rounds[i];
	return zp_clashes_find(arena, rounds, n_rounds, NULL, NULL, n);
}

static void check_codes(zp_arena *arena, const zp_year *y, zp_problems *problems)
{
	for (size_t i = 0; !y->wish->rules->identity_clash_told && i < y->n_clashes; i++)
		zp_problem_add(problems, "register", 0, 0, "%s; expected one code for each laboratory (zhiping ledger merge --codes)",
			       zp_clash_says(arena, &y->clashes[i], false));
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
	zp_progress_stage(w->progress, "reading the year", 0);
	check_rounds(w, problems);
	y->clashes = clashes(arena, w, &y->n_clashes);
	check_codes(arena, y, problems);
	y->chronicle = zp_chronicle_take(arena, w->annals, w->rules, w->identity, w->year, problems);
	if (y->chronicle) {
		check_performed(y, problems);
		y->evidence = zp_evidence_take(arena, y->chronicle, w->regions, w->rules, w->evidence, problems);
	}
	if (y->chronicle && w->iqc)
		y->iqc = zp_iqc_take(arena, y->chronicle, w->rules, w->iqc, w->iqc_limits, w->issued, problems);
	if (zp_problems_count(problems) > before || (w->evidence && w->evidence->faulty) || (w->iqc && !y->iqc))
		return NULL;
	zp_progress_stage(w->progress, "working out the year", 0);
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
	y->indicators = zp_indicators_take(arena, y->chronicle, w->rules, y->standings, lines, w->performed, w->n_performed, y->iqc);
	y->hidden = hide(arena, y);
	zp_progress_stage(w->progress, "ranking laboratories", 0);
	y->ranking = zp_year_ranking_take(arena, y->chronicle, y->standings, w->rules, w->threads);
	zp_progress_stage(w->progress, "following trends, rounds", w->annals->n);
	y->trends = w->ledger ? zp_trends_take(arena, w->ledger, y->chronicle, w->rules, err) : NULL;
	if (w->ledger && !y->trends)
		return NULL;
	y->adjusted = zp_year_adjusted_take(arena, y->standings, y->ranking, w->rules);
	zp_progress_stage(w->progress, "working out titles", 0);
	if (!recognise(arena, y, problems))
		return NULL;
	y->titles = zp_year_titles_take(arena, y, problems, err);
	return y->titles ? y : NULL;
}
