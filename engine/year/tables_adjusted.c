/* SPDX-License-Identifier: GPL-3.0-or-later */
/* centre/adjusted.csv (docs/formats/year-tables.md). */
#include <math.h>
#include "press/table.h"
#include "year/adjusted.h"
#include "year/year.h"

static void put_rank(zp_table *t, const zp_adjusted *a)
{
	static const char *const halves[] = { "better", "unclear", "worse" };
	if (isnan(a->share)) {
		zp_table_none(t, 8);
		return;
	}
	zp_table_number(t, 100 * a->shrunken.share, 2);
	zp_table_number(t, 100 * a->shrunken.low, 2);
	zp_table_number(t, 100 * a->shrunken.high, 2);
	zp_table_whole(t, a->rank);
	zp_table_whole(t, a->range.low);
	zp_table_whole(t, a->range.high);
	zp_table_whole(t, a->range.of);
	zp_table_word(t, halves[a->range.half]);
}

static void put_region(zp_table *t, const zp_year *year, int level, const zp_adjusted *a)
{
	const zp_year_place *place = &year->standings->places[a->place];
	zp_table_word(t, zp_adjusted_word((zp_adjusted_level)level));
	zp_table_text(t, place->code);
	zp_table_text(t, place->name);
	zp_table_word(t, place->itself ? "itself" : "");
	zp_table_whole(t, a->laboratories);
	zp_table_hundredths(t, a->credit);
	zp_table_whole(t, a->total);
	zp_table_decimal(t, (zp_decimal){ (200 * a->credit + a->total) / (2 * a->total), -2 }); /* half up, exactly */
	zp_table_word(t, year->adjusted->direct ? "direct" : "indirect");
	zp_table_number(t, a->expected, 2);
	zp_table_number(t, a->ratio, 4);
	zp_table_number(t, 100 * a->share, 2);
	zp_table_number(t, 100 * a->undefined, 2);
	put_rank(t, a);
}

static const zp_column columns[] = {
	{ "level", ZP_CELLS_WORD, "级别", NULL }, { "place", ZP_CELLS_TEXT, "地区代码", NULL }, { "name", ZP_CELLS_TEXT, "地区", NULL },
	{ "part", ZP_CELLS_WORD, NULL, NULL }, { "laboratories", ZP_CELLS_WHOLE, "实验室数", NULL }, { "k", ZP_CELLS_NUMBER, "合格结果数", NULL },
	{ "n", ZP_CELLS_WHOLE, "结果数", NULL }, { "share", ZP_CELLS_PERCENT, "合格率", NULL }, { "method", ZP_CELLS_WORD, "校正方法", NULL },
	{ "expected", ZP_CELLS_NUMBER, "期望合格数", NULL }, { "ratio", ZP_CELLS_NUMBER, "实际/期望", NULL }, { "adjusted", ZP_CELLS_PERCENT, "校正合格率", NULL },
	{ "undefined", ZP_CELLS_PERCENT, "无法校正的部分", NULL }, { "shrunken", ZP_CELLS_PERCENT, "收缩合格率", NULL }, { "low", ZP_CELLS_PERCENT, "下限", NULL },
	{ "high", ZP_CELLS_PERCENT, "上限", NULL }, { "rank", ZP_CELLS_WHOLE, "名次", NULL }, { "rank_low", ZP_CELLS_WHOLE, "名次下限", NULL },
	{ "rank_high", ZP_CELLS_WHOLE, "名次上限", NULL }, { "of", ZP_CELLS_WHOLE, "参排地区数", NULL }, { "half", ZP_CELLS_WORD, "所在半区", NULL }
};

bool zp_year_adjusted_table(const zp_year *year, zp_press *press, zp_kept *kept, zp_error *err)
{
	zp_table *t = ZP_TABLE_OPEN(press, "centre/adjusted.csv", columns, kept, err);
	if (!t)
		return false;
	for (int level = 0; level < ZP_ADJUSTED_LEVELS; level++)
		for (size_t i = 0; i < year->adjusted->of[level].n; i++)
			put_region(t, year, level, &year->adjusted->of[level].at[i]);
	return zp_table_close(t, err);
}
