/* SPDX-License-Identifier: GPL-3.0-or-later */
/* iqc.csv, iqc-peers.csv and iqc-means.csv (docs/formats/year-tables.md), and the part of a record that tells of internal control. */
#include <math.h>
#include <stdio.h>
#include "year/iqc_parts.h"
#include "year/record.h"
#include "year/year.h"

static const char *control_word(zp_iqc_control c)
{
	static const char *const words[] = { "", "yes", "no" };
	return words[c];
}

/* What was measured, and when: from the specimen to the unit. */
static void put_material(zp_table *t, const zp_iqc_row *row)
{
	char month[ZP_MONTH_TEXT];
	zp_table_text(t, row->specimen);
	zp_table_text(t, row->item_code);
	zp_table_text(t, row->name);
	zp_table_word(t, zp_month_print(row->month, month));
	zp_table_text(t, row->level);
	zp_table_text(t, row->lot);
	zp_table_text(t, row->unit);
}

/* ---- iqc.csv ---- */

static const zp_column row_columns[] = {
	{ "lab", ZP_CELLS_TEXT, "实验室", NULL }, { "specimen", ZP_CELLS_TEXT, "标本", NULL }, { "item", ZP_CELLS_TEXT, "项目", NULL },
	{ "name", ZP_CELLS_TEXT, "项目名称", NULL }, { "month", ZP_CELLS_WORD, "月份", NULL }, { "level", ZP_CELLS_TEXT, "水平", NULL },
	{ "lot", ZP_CELLS_TEXT, "批号", NULL }, { "unit", ZP_CELLS_TEXT, "单位", NULL }, { "method", ZP_CELLS_TEXT, "方法", NULL },
	{ "instrument", ZP_CELLS_TEXT, "仪器", "Instrument" }, { "n", ZP_CELLS_WHOLE, "测定数", NULL }, { "mean", ZP_CELLS_NUMBER, "均值", NULL },
	{ "sd", ZP_CELLS_NUMBER, "标准差", NULL }, { "cv", ZP_CELLS_PERCENT, "变异系数", NULL }, { "cv_from", ZP_CELLS_WORD, "变异系数来源", NULL },
	{ "limit", ZP_CELLS_NUMBER, "允许不精密度", NULL }, { "within_limit", ZP_CELLS_WORD, "符合要求", NULL },
	{ "in_control", ZP_CELLS_WORD, "在控", NULL }, { "control_from", ZP_CELLS_WORD, "在控依据", NULL },
	{ "peers", ZP_CELLS_WHOLE, "同组实验室数", NULL }, { "sdi", ZP_CELLS_NUMBER, "标准差指数", NULL },
	{ "cvr", ZP_CELLS_NUMBER, "变异系数比", NULL }, { "flags", ZP_CELLS_WORD, "标记", NULL }, { "mean_in_use", ZP_CELLS_NUMBER, "使用中均值", "Mean in use" }
};

static void put_decimal(zp_table *t, bool has, zp_decimal d)
{
	if (has)
		zp_table_decimal(t, d);
	else
		zp_table_none(t, 1);
}

static void put_limit(zp_table *t, const zp_iqc *iqc, const zp_iqc_row *row)
{
	const zp_iqc_limit *limit = zp_iqc_limit_find(iqc->limits, row->specimen, row->item_code, row->level);
	const zp_iqc_control control = zp_iqc_in_control(row, iqc->limits, iqc->rules);
	put_decimal(t, limit != NULL, limit ? limit->most : (zp_decimal){ 0, 0 });
	zp_table_word(t, !limit || !zp_iqc_can_judge(row, limit) ? "" : zp_iqc_against(row, limit) <= 0 ? "yes" : "no");
	zp_table_word(t, control_word(control));
	zp_table_word(t, row->has_in_control ? "told" : control == ZP_IQC_UNKNOWN ? "" : "limit");
}

/* What a reader of the line has to know; words with a blank between. */
static const char *flags_of(const zp_year *y, size_t i, bool doubted, char *out, size_t size)
{
	const zp_iqc *iqc = y->iqc;
	const zp_iqc_place *p = &iqc->places[i];
	const bool grouped = p->group != ZP_NO_GROUP_OF_IQC;
	const zp_iqc_group *g = grouped ? &iqc->groups[p->group] : NULL;
	const char *const words[] = { iqc->rows[i].item == ZP_NO_ITEM ? "no_programme" : "", !grouped ? "no_lot" : !g->shown ? "few_peers" : "",
		grouped && g->shown && g->informative ? "informative" : "", p->has_sdi && fabs(p->sdi) >= 3 ? "sdi_3" : p->has_sdi && fabs(p->sdi) > 2 ? "sdi_2" : "",
		doubted ? "mean_in_use" : "" };
	size_t n = 0;
	*out = '\0';
	for (size_t k = 0; k < sizeof words / sizeof *words; k++)
		if (*words[k] && n < size)
			n += (size_t)snprintf(out + n, size - n, n ? " %s" : "%s", words[k]);
	return out;
}

static void put_row(zp_table *t, const zp_year *y, size_t i, bool doubted)
{
	const zp_iqc *iqc = y->iqc;
	const zp_iqc_row *row = &iqc->rows[i];
	const zp_iqc_place *p = &iqc->places[i];
	char flags[100];
	zp_table_text(t, y->chronicle->labs[row->lab].code);
	put_material(t, row);
	zp_table_text(t, row->method);
	zp_table_text(t, row->instrument);
	zp_table_whole(t, row->n);
	zp_table_decimal(t, row->mean);
	put_decimal(t, row->has_sd, row->sd);
	if (row->has_cv)
		zp_table_decimal(t, row->cv);
	else
		zp_table_number(t, zp_iqc_has_cv(row) ? zp_iqc_cv(row) : NAN, 2);
	zp_table_word(t, row->has_cv ? "sent" : zp_iqc_has_cv(row) ? "sd" : "");
	put_limit(t, iqc, row);
	if (p->group != ZP_NO_GROUP_OF_IQC && iqc->groups[p->group].shown)
		zp_table_whole(t, iqc->groups[p->group].n);
	else
		zp_table_none(t, 1);
	zp_table_number(t, p->has_sdi ? p->sdi : NAN, 2);
	zp_table_number(t, p->has_cvr ? p->cvr : NAN, 2);
	zp_table_word(t, flags_of(y, i, doubted, flags, sizeof flags));
	put_decimal(t, row->has_mean_in_use, row->mean_in_use);
}

static bool write_rows(const zp_year *y, zp_press *press, zp_error *err)
{
	const zp_iqc *iqc = y->iqc;
	zp_table *t = ZP_TABLE_OPEN(press, "iqc.csv", row_columns, NULL, err);
	for (size_t i = 0, doubt = 0; t && i < iqc->n; i++) {
		const bool doubted = doubt < iqc->n_doubts && iqc->doubts[doubt].row == i;
		put_row(t, y, i, doubted);
		doubt += doubted;
	}
	return t && zp_table_close(t, err);
}

/* ---- iqc-peers.csv ---- */

static const zp_column group_columns[] = {
	{ "specimen", ZP_CELLS_TEXT, "标本", NULL }, { "item", ZP_CELLS_TEXT, "项目", NULL }, { "name", ZP_CELLS_TEXT, "项目名称", NULL },
	{ "month", ZP_CELLS_WORD, "月份", NULL }, { "level", ZP_CELLS_TEXT, "水平", NULL }, { "lot", ZP_CELLS_TEXT, "批号", NULL },
	{ "unit", ZP_CELLS_TEXT, "单位", NULL }, { "method", ZP_CELLS_TEXT, "方法", NULL }, { "instrument", ZP_CELLS_TEXT, "仪器", "Instrument" },
	{ "laboratories", ZP_CELLS_WHOLE, "实验室数", NULL }, { "mean", ZP_CELLS_NUMBER, "组均值", NULL }, { "sd", ZP_CELLS_NUMBER, "组标准差", NULL },
	{ "cv_laboratories", ZP_CELLS_WHOLE, "有变异系数的实验室数", "Laboratories with a CV" }, { "cv", ZP_CELLS_PERCENT, "组变异系数", NULL },
	{ "use", ZP_CELLS_WORD, "用途", "Use" }
};

/* Decimals that rows of the group are written with, and two more for what is worked out of them. */
static int places_of(const zp_iqc_row *row) { return (row->mean.e < 0 ? -row->mean.e : 0) + 2; }

static void put_group(zp_table *t, const zp_iqc *iqc, const zp_iqc_group *g)
{
	const zp_iqc_row *row = &iqc->rows[g->first];
	const int by = iqc->rules->iqc_by;
	put_material(t, row);
	zp_table_text(t, by >= ZP_IQC_BY_METHOD ? row->method : "");
	zp_table_text(t, by >= ZP_IQC_BY_INSTRUMENT ? row->instrument : "");
	if (!g->shown) {
		zp_table_none(t, 5);
		zp_table_word(t, "hidden");
		return;
	}
	zp_table_whole(t, g->n);
	zp_table_number(t, g->mean, places_of(row));
	zp_table_number(t, g->sd, places_of(row) + 1);
	zp_table_whole(t, g->n_cv);
	zp_table_number(t, g->cv, 3);
	zp_table_word(t, g->informative ? "informative" : "evaluated");
}

static bool write_groups(const zp_year *y, zp_press *press, zp_kept *kept, zp_error *err)
{
	zp_table *t = ZP_TABLE_OPEN(press, "iqc-peers.csv", group_columns, kept, err);
	for (size_t i = 0; t && i < y->iqc->n_groups; i++)
		put_group(t, y->iqc, &y->iqc->groups[i]);
	return t && zp_table_close(t, err);
}

/* ---- iqc-means.csv ---- */

static const zp_column doubt_columns[] = {
	{ "lab", ZP_CELLS_TEXT, "实验室", NULL }, { "specimen", ZP_CELLS_TEXT, "标本", NULL }, { "item", ZP_CELLS_TEXT, "项目", NULL },
	{ "name", ZP_CELLS_TEXT, "项目名称", NULL }, { "level", ZP_CELLS_TEXT, "水平", NULL }, { "lot", ZP_CELLS_TEXT, "批号", NULL },
	{ "method", ZP_CELLS_TEXT, "方法", NULL }, { "instrument", ZP_CELLS_TEXT, "仪器", "Instrument" },
	{ "unit", ZP_CELLS_TEXT, "单位", NULL }, { "month", ZP_CELLS_WORD, "月份", NULL }, { "doubt", ZP_CELLS_WORD, "疑问", "Doubt" },
	{ "found", ZP_CELLS_NUMBER, "使用中均值", "Mean in use" }, { "expected", ZP_CELLS_NUMBER, "累积均值", "Cumulative mean" }, { "off_sd", ZP_CELLS_NUMBER, "相差（标准差）", "Off, in SD" },
	{ "months", ZP_CELLS_WHOLE, "累积月数", "Months" }, { "values", ZP_CELLS_WHOLE, "累积测定数", "Values" }
};

static void put_doubt(zp_table *t, const zp_year *y, const zp_iqc_doubt *d)
{
	const zp_iqc_row *row = &y->iqc->rows[d->row];
	char month[ZP_MONTH_TEXT];
	zp_table_text(t, y->chronicle->labs[row->lab].code);
	zp_table_text(t, row->specimen);
	zp_table_text(t, row->item_code);
	zp_table_text(t, row->name);
	zp_table_text(t, row->level);
	zp_table_text(t, row->lot);
	zp_table_text(t, row->method);
	zp_table_text(t, row->instrument);
	zp_table_text(t, row->unit);
	zp_table_word(t, zp_month_print(row->month, month));
	zp_table_word(t, d->kind == ZP_IQC_FIRST_ALONE ? "first_alone" : "not_cumulative");
	zp_table_decimal(t, row->mean_in_use);
	zp_table_number(t, d->expected, places_of(row));
	zp_table_number(t, d->has_sd ? d->off_sd : NAN, 2);
	zp_table_whole(t, d->months);
	zp_table_whole(t, d->n);
}

static bool write_doubts(const zp_year *y, zp_press *press, zp_kept *kept, zp_error *err)
{
	zp_table *t = ZP_TABLE_OPEN(press, "iqc-means.csv", doubt_columns, kept, err);
	for (size_t i = 0; t && i < y->iqc->n_doubts; i++)
		put_doubt(t, y, &y->iqc->doubts[i]);
	return t && zp_table_close(t, err);
}

bool zp_iqc_tables(const zp_year *y, zp_press *press, zp_kept *kept, zp_error *err)
{
	return !y->iqc || (write_rows(y, press, err) && write_groups(y, press, kept, err) && write_doubts(y, press, kept, err));
}

/* ---- the record ---- */

static void put_month(zp_tags *w, const zp_iqc *iqc, const zp_iqc_row *row)
{
	char month[ZP_MONTH_TEXT];
	zp_tag_open(w, "month");
	zp_tag_text(w, "month", zp_month_print(row->month, month));
	zp_tag_text(w, "level", row->level);
	zp_tag_text(w, "lot", row->lot);
	zp_tag_text(w, "unit", row->unit);
	zp_tag_text(w, "method", row->method);
	zp_tag_text(w, "instrument", row->instrument);
	zp_tag_whole(w, "n", row->n);
	zp_tag_decimal(w, "mean", row->mean);
	if (row->has_sd)
		zp_tag_decimal(w, "sd", row->sd);
	if (row->has_cv)
		zp_tag_decimal(w, "cv", row->cv);
	else if (zp_iqc_has_cv(row))
		zp_tag_number(w, "cv", zp_iqc_cv(row));
	zp_tag_text(w, "in-control", control_word(zp_iqc_in_control(row, iqc->limits, iqc->rules)));
	zp_tag_end(w);
}

/* Months of an item's rows, and those of them in which every row is in control. known: of some row it is known. */
static void count_months(const zp_iqc *iqc, size_t from, size_t to, unsigned *months, unsigned *in, bool *known)
{
	*months = *in = 0;
	*known = false;
	for (size_t i = from, next; i < to; i = next) {
		bool good = true;
		for (next = i; next < to && iqc->rows[next].month == iqc->rows[i].month; next++) {
			const zp_iqc_control c = zp_iqc_in_control(&iqc->rows[next], iqc->limits, iqc->rules);
			good &= c == ZP_IQC_IN;
			*known |= c != ZP_IQC_UNKNOWN;
		}
		++*months;
		*in += good;
	}
}

void zp_iqc_record(const zp_year *y, size_t lab, zp_tags *w)
{
	const zp_iqc *iqc = y->iqc;
	const size_t end = iqc ? iqc->of_lab[lab + 1] : 0;
	for (size_t i = iqc ? iqc->of_lab[lab] : 0, next; i < end; i = next) {
		const zp_iqc_row *row = &iqc->rows[i];
		unsigned months, in;
		bool known;
		for (next = i; next < end && iqc->rows[next].item == row->item && strcmp(iqc->rows[next].specimen, row->specimen) == 0 &&
		     strcmp(iqc->rows[next].item_code, row->item_code) == 0; next++)
			;
		count_months(iqc, i, next, &months, &in, &known);
		zp_tag_open(w, "iqc");
		zp_tag_text(w, "specimen", row->specimen);
		zp_tag_text(w, "item", row->item_code);
		zp_tag_text(w, "name", row->name);
		zp_tag_whole(w, "months", months);
		if (known)
			zp_tag_whole(w, "in-control", in);
		zp_tag_enter(w);
		for (size_t k = i; k < next; k++)
			put_month(w, iqc, &iqc->rows[k]);
		zp_tag_leave(w, "iqc");
	}
}
