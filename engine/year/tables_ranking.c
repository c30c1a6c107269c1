/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ranking.csv and ranking-fit.csv (docs/formats/year-tables.md). */
#include <math.h>
#include "year/ranking.h"
#include "year/tables.h"
#include "year/year.h"

/* ---- ranking.csv ---- */

static void put_share(zp_table *t, const zp_ranked *lab)
{
	zp_table_hundredths(t, lab->credit);
	zp_table_whole(t, lab->total);
	zp_table_whole(t, lab->late);
	zp_table_whole(t, lab->not_returned);
	if (!lab->total) {
		zp_table_none(t, 4);
		return;
	}
	zp_table_decimal(t, (zp_decimal){ (200 * lab->credit + lab->total) / (2 * lab->total), -2 }); /* half up, exactly */
	zp_table_number(t, 100 * lab->shrunken.share, 2);
	zp_table_number(t, 100 * lab->shrunken.low, 2);
	zp_table_number(t, 100 * lab->shrunken.high, 2);
}

static void put_rank(zp_table *t, const zp_ranked *lab, int scope)
{
	static const char *const halves[] = { "better", "unclear", "worse" };
	const zp_rank_range *r = &lab->range[scope];
	if (!lab->total) {
		zp_table_none(t, 6);
		return;
	}
	zp_table_whole(t, lab->rank[scope]);
	zp_table_whole(t, r->low);
	zp_table_whole(t, r->high);
	zp_table_whole(t, r->of);
	zp_table_word(t, halves[r->half]);
	zp_table_number(t, 100 * r->top, 1);
}

static const zp_column rank_columns[] = {
	{ "lab", ZP_CELLS_TEXT, NULL, NULL }, { "name", ZP_CELLS_TEXT, NULL, NULL }, { "region", ZP_CELLS_TEXT, NULL, NULL },
	{ "class", ZP_CELLS_TEXT, NULL, NULL }, { "scope", ZP_CELLS_WORD, NULL, NULL }, { "k", ZP_CELLS_NUMBER, NULL, NULL },
	{ "n", ZP_CELLS_WHOLE, NULL, NULL }, { "late", ZP_CELLS_WHOLE, NULL, NULL }, { "not_returned", ZP_CELLS_WHOLE, NULL, NULL },
	{ "share", ZP_CELLS_PERCENT, NULL, NULL }, { "shrunken", ZP_CELLS_PERCENT, NULL, NULL }, { "low", ZP_CELLS_PERCENT, NULL, NULL },
	{ "high", ZP_CELLS_PERCENT, NULL, NULL }, { "rank", ZP_CELLS_WHOLE, NULL, NULL }, { "rank_low", ZP_CELLS_WHOLE, NULL, NULL },
	{ "rank_high", ZP_CELLS_WHOLE, NULL, NULL }, { "of", ZP_CELLS_WHOLE, NULL, NULL }, { "half", ZP_CELLS_WORD, NULL, NULL },
	{ "top_tenth", ZP_CELLS_PERCENT, NULL, NULL }
};

static bool write_ranking(const zp_year *year, zp_press *press, zp_kept *kept, zp_error *err)
{
	const zp_year_ranking *r = year->ranking;
	const zp_standings *s = year->standings;
	zp_table *t = ZP_TABLE_OPEN(press, "ranking.csv", rank_columns, kept, err);
	for (size_t i = 0; t && i < r->n; i++)
		for (int scope = 0; scope < ZP_RANK_SCOPES; scope++) {
			const zp_ranked *lab = &r->at[i];
			zp_table_text(t, year->chronicle->labs[lab->lab].code);
			zp_table_text(t, year->chronicle->labs[lab->lab].says->name);
			zp_table_text(t, s->places[lab->region].code);
			zp_table_text(t, s->classes[s->class_of[lab->lab]]);
			zp_table_word(t, zp_rank_scope_word((zp_rank_scope)scope));
			put_share(t, lab);
			put_rank(t, lab, scope);
		}
	return t && zp_table_close(t, err);
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

static const zp_column fit_columns[] = {
	{ "laboratories", ZP_CELLS_WHOLE, NULL, NULL }, { "k", ZP_CELLS_NUMBER, NULL, NULL }, { "n", ZP_CELLS_WHOLE, NULL, NULL },
	{ "prior", ZP_CELLS_WORD, NULL, NULL }, { "alpha", ZP_CELLS_NUMBER, NULL, NULL }, { "beta", ZP_CELLS_NUMBER, NULL, NULL },
	{ "mean", ZP_CELLS_PERCENT, NULL, NULL }, { "spread_test", ZP_CELLS_NUMBER, NULL, NULL }, { "design", ZP_CELLS_WORD, NULL, NULL },
	{ "rho", ZP_CELLS_NUMBER, NULL, NULL }, { "cluster_size", ZP_CELLS_NUMBER, NULL, NULL }, { "deff", ZP_CELLS_NUMBER, NULL, NULL },
	{ "draws", ZP_CELLS_WHOLE, NULL, NULL }, { "seed", ZP_CELLS_WHOLE, NULL, NULL }
};

static bool write_fit(const zp_year *year, zp_press *press, zp_kept *kept, zp_error *err)
{
	const zp_year_ranking *r = year->ranking;
	int64_t credit = 0, total = 0;
	zp_table *t = ZP_TABLE_OPEN(press, "ranking-fit.csv", fit_columns, kept, err);
	if (!t)
		return false;
	for (size_t i = 0; i < r->n; i++)
		credit += r->at[i].credit, total += r->at[i].total;
	zp_table_whole(t, (int64_t)r->ranked);
	zp_table_hundredths(t, credit);
	zp_table_whole(t, total);
	zp_table_word(t, word_of_prior(r));
	zp_table_number(t, r->prior.alpha, 4);
	zp_table_number(t, r->prior.beta, 4);
	zp_table_number(t, 100 * r->prior.mean, 2);
	zp_table_number(t, r->spread_test, 2);
	zp_table_word(t, word_of_deff(r));
	zp_table_number(t, r->design.rho, 4);
	zp_table_number(t, r->design.size, 4);
	zp_table_number(t, r->deff, 4);
	zp_table_whole(t, r->draws);
	zp_table_whole(t, (int64_t)r->seed);
	return zp_table_close(t, err);
}

bool zp_year_ranking_tables(const zp_year *year, zp_press *press, zp_kept *kept, zp_error *err)
{
	return write_ranking(year, press, kept, err) && write_fit(year, press, kept, err);
}
