/* SPDX-License-Identifier: GPL-3.0-or-later */
/* trends.csv and warnings.csv (docs/formats/year-tables.md). The first is not kept for workbook and pages: it has a row for every
 * laboratory and measurand. */
#include <stdio.h>
#include <stdlib.h>
#include "year/tables.h"
#include "year/trends.h"
#include "year/year.h"

/* Half away from zero, in hundredths. Needs: not nothing. */
static int64_t hundredths(zp_fraction f)
{
	const zp_wide size = f.num < 0 ? -f.num : f.num, v = (200 * size + f.den) / (2 * f.den);
	return (int64_t)(f.num < 0 ? -v : v);
}

static void put_sdi(zp_table *t, zp_fraction f)
{
	if (f.den)
		zp_table_decimal(t, (zp_decimal){ hundredths(f), -2 });
	else
		zp_table_none(t, 1);
}

typedef enum listed { ROUNDS, SHARES, SDIS } listed;

/* One round after the other, the line between them so that no spreadsheet takes -5.9 -3 for a sum; "." where there is nothing. */
static const char *list(zp_piece *out, const zp_trend *trend, listed what)
{
	char text[ZP_DECIMAL_TEXT];
	out->n = 0;
	for (size_t i = 0; i < trend->n; i++) {
		const zp_trend_round *r = &trend->rounds[i];
		const char *word = what == ROUNDS ? trend->held[i].round->id : ".";
		if (what == SHARES && r->n_share)
			word = zp_fraction_print((zp_fraction){ r->share, (zp_wide)1000 * r->n_share }, text);
		if (what == SDIS && r->n_sdi) {
			zp_decimal_write((zp_decimal){ hundredths((zp_fraction){ r->sdi, (zp_wide)100 * r->n_sdi }), -2 }, text);
			word = text;
		}
		zp_piece_print(out, "%s%s", i ? "|" : "", word);
	}
	return out->bytes;
}

/* From the latest round to the warning. */
static void put_figures(zp_table *t, const zp_trend *trend)
{
	const zp_trend_round *r = &trend->rounds[trend->latest];
	zp_table_text(t, trend->held[trend->latest].round->id);
	zp_table_whole(t, r->n_share);
	zp_table_percent(t, trend->share);
	put_sdi(t, trend->sdi);
	zp_table_whole(t, trend->n_rounds);
	zp_table_percent(t, trend->running_share);
	put_sdi(t, trend->running_sdi);
	zp_table_whole(t, trend->run);
	zp_table_whole(t, trend->run_rounds);
	zp_table_word(t, zp_trend_way_word(trend->way));
	zp_table_word(t, zp_trend_why_words(trend->why));
}

typedef struct writing { zp_table *trends, *warnings; zp_piece scratch; } writing;

static void put_trend(writing *w, const zp_trends *all, const zp_year_programme *p, size_t row, size_t k, const zp_trend *trend)
{
	zp_table *t = w->trends;
	zp_table_text(t, all->chronicle->labs[p->labs[row]].code);
	zp_table_text(t, p->says->code);
	zp_table_word(t, zp_level_word(p->says->level));
	zp_table_text(t, p->organiser);
	zp_table_text(t, p->measurands[k].says->code);
	put_figures(t, trend);
	zp_table_text(t, list(&w->scratch, trend, ROUNDS));
	zp_table_word(t, list(&w->scratch, trend, SHARES));
	zp_table_word(t, list(&w->scratch, trend, SDIS));
}

static void put_warning(zp_table *t, const zp_trends *all, const zp_year_programme *p, size_t row, size_t k, const zp_trend *trend)
{
	const zp_year_lab *lab = &all->chronicle->labs[p->labs[row]];
	zp_table_text(t, lab->code);
	zp_table_text(t, lab->says->name);
	zp_table_text(t, p->says->code);
	zp_table_text(t, p->measurands[k].says->code);
	zp_table_text(t, p->measurands[k].says->name);
	zp_table_word(t, zp_trend_why_words(trend->why));
	zp_table_percent(t, trend->share);
	zp_table_percent(t, trend->running_share);
	zp_table_whole(t, trend->run);
	zp_table_word(t, zp_trend_way_word(trend->way));
	zp_table_text(t, trend->held[trend->latest].round->id);
}

static const zp_column trend_columns[] = {
	{ "lab", ZP_CELLS_TEXT, NULL, NULL }, { "programme", ZP_CELLS_TEXT, NULL, NULL }, { "level", ZP_CELLS_WORD, NULL, NULL },
	{ "organiser", ZP_CELLS_TEXT, NULL, NULL }, { "measurand", ZP_CELLS_TEXT, NULL, NULL }, { "latest", ZP_CELLS_TEXT, NULL, NULL },
	{ "results", ZP_CELLS_WHOLE, NULL, NULL }, { "share", ZP_CELLS_PERCENT, NULL, NULL },
	{ "sdi", ZP_CELLS_NUMBER, NULL, NULL }, { "n_rounds", ZP_CELLS_WHOLE, NULL, NULL }, { "running_share", ZP_CELLS_PERCENT, NULL, NULL },
	{ "running_sdi", ZP_CELLS_NUMBER, NULL, NULL }, { "run", ZP_CELLS_WHOLE, NULL, NULL }, { "run_rounds", ZP_CELLS_WHOLE, NULL, NULL },
	{ "trend", ZP_CELLS_WORD, NULL, NULL }, { "warning", ZP_CELLS_WORD, NULL, NULL }, { "rounds", ZP_CELLS_TEXT, NULL, NULL },
	{ "shares", ZP_CELLS_WORD, NULL, NULL }, { "sdis", ZP_CELLS_WORD, NULL, NULL }
};

static const zp_column warning_columns[] = {
	{ "lab", ZP_CELLS_TEXT, NULL, NULL }, { "lab_name", ZP_CELLS_TEXT, NULL, NULL }, { "programme", ZP_CELLS_TEXT, NULL, NULL },
	{ "measurand", ZP_CELLS_TEXT, NULL, NULL }, { "name", ZP_CELLS_TEXT, NULL, NULL }, { "warning", ZP_CELLS_WORD, NULL, NULL },
	{ "share", ZP_CELLS_PERCENT, NULL, NULL }, { "running_share", ZP_CELLS_PERCENT, NULL, NULL }, { "run", ZP_CELLS_WHOLE, NULL, NULL },
	{ "trend", ZP_CELLS_WORD, NULL, NULL }, { "latest", ZP_CELLS_TEXT, NULL, NULL }
};

bool zp_year_trends_tables(const zp_year *year, zp_press *press, zp_kept *kept, zp_error *err)
{
	const zp_trends *all = year->trends;
	if (!all)
		return true;
	writing w = { .trends = ZP_TABLE_OPEN(press, "trends.csv", trend_columns, NULL, err) };
	w.warnings = w.trends ? ZP_TABLE_OPEN(press, "warnings.csv", warning_columns, kept, err) : NULL;
	zp_trend trend;
	for (size_t i = 0; w.warnings && i < all->chronicle->n_programmes; i++) {
		const zp_year_programme *p = &all->chronicle->programmes[i];
		for (size_t row = 0; row < p->n_labs; row++)
			for (size_t k = 0; k < p->n_measurands; k++)
				if (zp_trend_of(all, i, row, k, &trend)) {
					put_trend(&w, all, p, row, k, &trend);
					if (trend.why)
						put_warning(w.warnings, all, p, row, k, &trend);
				}
	}
	free(w.scratch.bytes);
	const bool told = w.warnings && zp_table_close(w.warnings, err);
	return w.trends && zp_table_close(w.trends, err) && told;
}
