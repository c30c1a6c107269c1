/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ranking.csv and ranking-fit.csv (docs/formats/year-tables.md). */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include "base/csv.h"
#include "press/outbox.h"
#include "year/ranking.h"
#include "year/year.h"

/* ---- cells, each with its comma or the end of the row after it ---- */

static void put_bytes(zp_piece *out, const char *bytes, size_t n, char after)
{
	char *p = zp_piece_room(out, n + 1);
	memcpy(p, bytes, n);
	p[n] = after;
	out->n += n + 1;
}

static void put_word(zp_piece *out, const char *word, char after) { put_bytes(out, word, strlen(word), after); }

static void put_text(zp_piece *out, const char *text)
{
	const zp_text t = zp_text_of(text ? text : "");
	char *p = zp_piece_room(out, 2 * t.n + 4);
	const size_t n = zp_csv_put(p, t);
	p[n] = ',';
	out->n += n + 1;
}

static void put_whole(zp_piece *out, uint64_t v, char after)
{
	char text[24];
	put_bytes(out, text, (size_t)snprintf(text, sizeof text, "%" PRIu64, v), after);
}

/* Hundredths, as a number of results or as percent. */
static void put_hundredths(zp_piece *out, int64_t v, bool always, char after)
{
	char text[32];
	const int n = v % 100 || always ? snprintf(text, sizeof text, "%" PRId64 ".%02" PRId64, v / 100, v % 100) :
		snprintf(text, sizeof text, "%" PRId64, v / 100);
	put_bytes(out, text, (size_t)n, after);
}

/* "" for what is not known, or has no bound. */
static void put_number(zp_piece *out, double v, int places, char after)
{
	char text[ZP_DECIMAL_TEXT] = "";
	if (isfinite(v))
		zp_decimal_write(zp_decimal_round_binary(v, places), text);
	put_word(out, text, after);
}

/* ---- ranking.csv ---- */

static void put_share(zp_piece *out, const zp_ranked *lab)
{
	put_hundredths(out, lab->credit, false, ',');
	put_whole(out, (uint64_t)lab->total, ',');
	put_whole(out, (uint64_t)lab->late, ',');
	put_whole(out, (uint64_t)lab->not_returned, ',');
	if (!lab->total) {
		put_word(out, ",,,", ',');
		return;
	}
	put_hundredths(out, (200 * lab->credit + lab->total) / (2 * lab->total), true, ','); /* half up, exactly */
	put_number(out, 100 * lab->shrunken.share, 2, ',');
	put_number(out, 100 * lab->shrunken.low, 2, ',');
	put_number(out, 100 * lab->shrunken.high, 2, ',');
}

static void put_rank(zp_piece *out, const zp_ranked *lab, int scope)
{
	static const char *const halves[] = { "better", "unclear", "worse" };
	const zp_rank_range *r = &lab->range[scope];
	if (!lab->total) {
		put_word(out, ",,,,", ',');
		put_word(out, "", '\n');
		return;
	}
	put_whole(out, lab->rank[scope], ',');
	put_whole(out, r->low, ',');
	put_whole(out, r->high, ',');
	put_whole(out, r->of, ',');
	put_word(out, halves[r->half], ',');
	put_number(out, 100 * r->top, 1, '\n');
}

static bool write_ranking(const zp_year *year, zp_press *press, zp_error *err)
{
	const zp_year_ranking *r = year->ranking;
	const zp_standings *s = year->standings;
	zp_piece out = { 0 };
	put_word(&out, "lab,name,region,class,scope,k,n,late,not_returned,share,shrunken,low,high,rank,rank_low,rank_high,of,half,top_tenth", '\n');
	for (size_t i = 0; i < r->n; i++)
		for (int scope = 0; scope < ZP_RANK_SCOPES; scope++) {
			const zp_ranked *lab = &r->at[i];
			put_text(&out, year->chronicle->labs[lab->lab].code);
			put_text(&out, year->chronicle->labs[lab->lab].says->name);
			put_text(&out, s->places[lab->region].code);
			put_text(&out, s->classes[s->class_of[lab->lab]]);
			put_word(&out, zp_rank_scope_word((zp_rank_scope)scope), ',');
			put_share(&out, lab);
			put_rank(&out, lab, scope);
		}
	const bool good = zp_press_write(press, "ranking.csv", out.bytes, out.n, err);
	free(out.bytes);
	return good;
}

/* ---- ranking-fit.csv ---- */

static const char *word_of_prior(const zp_year_ranking *r)
{
	if (r->prior_given)
		return "given";
	return r->draws ? "fitted" : "none";
}

static const char *word_of_deff(const zp_year_ranking *r)
{
	if (r->deff_given)
		return "given";
	return isnan(r->design.rho) ? "unknown" : "estimated";
}

static bool write_fit(const zp_year *year, zp_press *press, zp_error *err)
{
	const zp_year_ranking *r = year->ranking;
	int64_t credit = 0, total = 0;
	zp_piece out = { 0 };
	for (size_t i = 0; i < r->n; i++)
		credit += r->at[i].credit, total += r->at[i].total;
	put_word(&out, "laboratories,k,n,prior,alpha,beta,mean,spread_test,design,rho,cluster_size,deff,draws,seed", '\n');
	put_whole(&out, r->ranked, ',');
	put_hundredths(&out, credit, false, ',');
	put_whole(&out, (uint64_t)total, ',');
	put_word(&out, word_of_prior(r), ',');
	put_number(&out, r->prior.alpha, 4, ',');
	put_number(&out, r->prior.beta, 4, ',');
	put_number(&out, 100 * r->prior.mean, 2, ',');
	put_number(&out, r->spread_test, 2, ',');
	put_word(&out, word_of_deff(r), ',');
	put_number(&out, r->design.rho, 4, ',');
	put_number(&out, r->design.size, 4, ',');
	put_number(&out, r->deff, 4, ',');
	put_whole(&out, r->draws, ',');
	put_whole(&out, r->seed, '\n');
	const bool good = zp_press_write(press, "ranking-fit.csv", out.bytes, out.n, err);
	free(out.bytes);
	return good;
}

bool zp_year_ranking_tables(const zp_year *year, zp_press *press, zp_error *err)
{
	return write_ranking(year, press, err) && write_fit(year, press, err);
}
