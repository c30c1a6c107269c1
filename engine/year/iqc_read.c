/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of internal quality control, row by row: what can be said of a line without knowing the year. */
#include "year/iqc_read.h"
#include <stdarg.h>
#include <stdlib.h>
#include "base/memory.h"

#define TEXT_MOST 200   /* bytes of a text */
#define VALUES_MOST 10000000

/* The first two are what messages call it. */
static const struct { zp_iqc_column of; const char *name; } headers[] = {
	{ ZP_IQC_LAB, "lab" }, { ZP_IQC_LAB, "实验室编码" }, { ZP_IQC_LAB, "实验室代码" }, { ZP_IQC_LAB, "实验室" },
	{ ZP_IQC_MONTH, "month" }, { ZP_IQC_MONTH, "月份" }, { ZP_IQC_MONTH, "年月" },
	{ ZP_IQC_SPECIMEN, "specimen" }, { ZP_IQC_SPECIMEN, "标本" }, { ZP_IQC_SPECIMEN, "标本类型" }, { ZP_IQC_SPECIMEN, "样本类型" },
	{ ZP_IQC_ITEM, "item" }, { ZP_IQC_ITEM, "项目" }, { ZP_IQC_ITEM, "检验项目" }, { ZP_IQC_ITEM, "项目代码" }, { ZP_IQC_ITEM, "项目名称" },
	{ ZP_IQC_LEVEL, "level" }, { ZP_IQC_LEVEL, "水平" }, { ZP_IQC_LEVEL, "质控水平" }, { ZP_IQC_LEVEL, "浓度水平" },
	{ ZP_IQC_LOT, "lot" }, { ZP_IQC_LOT, "批号" }, { ZP_IQC_LOT, "质控品批号" },
	{ ZP_IQC_COUNT, "n" }, { ZP_IQC_COUNT, "测定数" }, { ZP_IQC_COUNT, "测定次数" }, { ZP_IQC_COUNT, "在控数据个数" },
	{ ZP_IQC_MEAN, "mean" }, { ZP_IQC_MEAN, "均值" }, { ZP_IQC_MEAN, "平均值" }, { ZP_IQC_MEAN, "当月均值" },
	{ ZP_IQC_SD, "sd" }, { ZP_IQC_SD, "标准差" }, { ZP_IQC_SD, "当月标准差" },
	{ ZP_IQC_CV, "cv" }, { ZP_IQC_CV, "变异系数" }, { ZP_IQC_CV, "cv%" }, { ZP_IQC_CV, "cv(%)" }, { ZP_IQC_CV, "变异系数(%)" }, { ZP_IQC_CV, "当月变异系数" },
	{ ZP_IQC_UNIT, "unit" }, { ZP_IQC_UNIT, "单位" },
	{ ZP_IQC_METHOD, "method" }, { ZP_IQC_METHOD, "方法" },
	{ ZP_IQC_INSTRUMENT, "instrument" }, { ZP_IQC_INSTRUMENT, "仪器" },
	{ ZP_IQC_IN_USE, "mean_in_use" }, { ZP_IQC_IN_USE, "使用中均值" }, { ZP_IQC_IN_USE, "在用均值" },
	{ ZP_IQC_IN_CONTROL, "in_control" }, { ZP_IQC_IN_CONTROL, "在控" }, { ZP_IQC_IN_CONTROL, "是否在控" },
	{ ZP_IQC_SINCE, "lot_since" }, { ZP_IQC_SINCE, "批号启用月份" }, { ZP_IQC_SINCE, "启用月份" },
	{ ZP_IQC_NOTE, "note" }, { ZP_IQC_NOTE, "备注" }, { ZP_IQC_NOTE, "name" }, { ZP_IQC_NOTE, "实验室名称" }, { ZP_IQC_NOTE, "序号" },
};
#define HEADERS (sizeof headers / sizeof *headers)

static const zp_iqc_column needed[] = { ZP_IQC_LAB, ZP_IQC_MONTH, ZP_IQC_ITEM, ZP_IQC_LEVEL, ZP_IQC_LOT, ZP_IQC_COUNT, ZP_IQC_MEAN };

void zp_iqc_table_tell(zp_iqc_table *r, size_t cell, const char *fmt, ...)
{
	const zp_spot spot = { r->file, zp_text_of(r->sheet), r->line, cell == SIZE_MAX ? 0 : (long)cell + 1 };
	va_list args;
	va_start(args, fmt);
	zp_problem_tell(r->problems, &spot, NULL, fmt, args);
	va_end(args);
}

static const char *show(const zp_iqc_table *r, zp_text t) { return zp_text_show(r->lines->arena, t); }
static const char *header_of(const zp_iqc_table *r) { return show(r, r->named[r->at]); }

/* ---- the header ---- */

static zp_iqc_column column_named(zp_text name)
{
	char folded[200];
	if (name.n > sizeof folded)
		return ZP_IQC_OTHER;
	zp_text plain = { folded, zp_text_fold(name, folded) };
	for (size_t i = 0; i < plain.n; i++)
		if (folded[i] >= 'A' && folded[i] <= 'Z')
			folded[i] = (char)(folded[i] + 32);
	plain = zp_text_trim(plain);
	for (size_t i = 0; i < HEADERS; i++)
		if (zp_text_is(plain, headers[i].name))
			return headers[i].of;
	return ZP_IQC_OTHER;
}

static void tell_missing(zp_iqc_table *r, zp_iqc_column c)
{
	size_t i = 0;
	while (headers[i].of != c) /* every column has its names */
		i++;
	zp_iqc_table_tell(r, SIZE_MAX, "there is no column \"%s\" (or \"%s\")", headers[i].name, headers[i + 1].name);
}

static void take_header(zp_iqc_table *r, const zp_text *cells, size_t n)
{
	bool seen[ZP_IQC_COLUMNS + 1] = { false };
	r->headed = true;
	r->n = n;
	for (size_t i = 0; i < n; i++) {
		const zp_text name = zp_text_trim(cells[i]);
		r->named[i] = zp_names_at(r->lines->texts, zp_names_add(r->lines->texts, name));
		r->of[i] = name.n ? column_named(name) : ZP_IQC_NOTE;
		if (r->of[i] == ZP_IQC_OTHER)
			zp_iqc_table_tell(r, i, "the column \"%s\" is not known; expected lab, month, specimen, item, level, lot, n, mean, sd, cv, unit, method, instrument, "
			     "mean_in_use, in_control or lot_since, or the Chinese for one of them", show(r, name));
		else if (r->of[i] != ZP_IQC_NOTE && seen[r->of[i]])
			zp_iqc_table_tell(r, i, "the column \"%s\" is there twice, perhaps by another name; expected it once", show(r, name));
		r->lost |= r->of[i] == ZP_IQC_OTHER || (r->of[i] != ZP_IQC_NOTE && seen[r->of[i]]);
		if (r->of[i] < ZP_IQC_COLUMNS)
			seen[r->of[i]] = true;
	}
	for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
		if (!seen[needed[i]]) {
			tell_missing(r, needed[i]);
			r->lost = true;
		}
}

/* ---- cells ---- */

/* What a cell holds, without blanks and full-width forms. Gives: "" for an empty one; NULL after a problem. */
static const char *take_text(zp_iqc_table *r, zp_text cell)
{
	char folded[4 * TEXT_MOST];
	cell = zp_text_trim(cell);
	if (cell.n > TEXT_MOST || !zp_text_is_plain(cell)) {
		zp_iqc_table_tell(r, r->at, "\"%s\" is longer than %d bytes, or has characters that cannot be seen; expected a short text", header_of(r), TEXT_MOST);
		return NULL;
	}
	const zp_text plain = zp_text_trim((zp_text){ folded, zp_text_fold(cell, folded) });
	return zp_names_at(r->lines->texts, zp_names_add(r->lines->texts, plain)).p;
}

/* Needs: a text that is not empty, as for those below. */
static bool take_number(zp_iqc_table *r, const char *text, zp_decimal *out)
{
	size_t n = strlen(text);
	if (r->of[r->at] == ZP_IQC_CV && text[n - 1] == '%')
		n--;
	if (zp_decimal_read(text, n, out) == ZP_NUMBER_OK)
		return true;
	zp_iqc_table_tell(r, r->at, "\"%s\" is \"%s\"; expected a number such as 5.20", header_of(r), show(r, zp_text_of(text)));
	return false;
}

static bool take_spread(zp_iqc_table *r, const char *text, zp_decimal *out)
{
	if (!take_number(r, text, out))
		return false;
	if (out->m >= 0)
		return true;
	zp_iqc_table_tell(r, r->at, "\"%s\" is \"%s\"; expected 0 or more", header_of(r), show(r, zp_text_of(text)));
	return false;
}

/* "31", or "31.0" as some programs write it. */
static bool take_count(zp_iqc_table *r, const char *text, uint32_t *out)
{
	zp_decimal d;
	const zp_decimal least = { 1, 0 }, most = { VALUES_MOST, 0 };
	if (zp_decimal_read(text, strlen(text), &d) == ZP_NUMBER_OK && zp_decimal_compare(d, least) >= 0 && zp_decimal_compare(d, most) <= 0) {
		const zp_decimal whole = zp_decimal_round(d, 0);
		*out = (uint32_t)zp_decimal_double(whole);
		if (zp_decimal_compare(d, whole) == 0)
			return true;
	}
	zp_iqc_table_tell(r, r->at, "\"%s\" is \"%s\"; expected a whole number from 1 to %d", header_of(r), show(r, zp_text_of(text)), VALUES_MOST);
	return false;
}

/* Up to `most` digits. Gives: how many bytes; 0: none. */
static size_t digits(const char *p, size_t most, int *out)
{
	size_t n = 0;
	for (*out = 0; n < most && p[n] >= '0' && p[n] <= '9'; n++)
		*out = 10 * *out + p[n] - '0';
	return n;
}

/* "2026-03", "2026/3", "2026.03", "202603", "2026年3月": each names the year, for a month alone could be of any. Gives: 0 for none. */
static int month_of(const char *text)
{
	int year, month;
	const char *p = text;
	if (digits(p, 4, &year) != 4)
		return 0;
	p += 4;
	const bool chinese = strncmp(p, "年", strlen("年")) == 0, joined = *p >= '0' && *p <= '9';
	p += chinese ? strlen("年") : *p == '-' || *p == '/' || *p == '.';
	if (!chinese && !joined && p == text + 4)
		return 0;
	const size_t n = digits(p, 2, &month);
	p += n;
	if (chinese && strncmp(p, "月", strlen("月")) == 0)
		p += strlen("月");
	return n && !*p && !(joined && n != 2) && month >= 1 && month <= 12 && year >= 1900 ? 12 * year + month - 1 : 0;
}

static bool take_month(zp_iqc_table *r, const char *text, int *out)
{
	*out = month_of(text);
	if (!*out)
		zp_iqc_table_tell(r, r->at, "\"%s\" is \"%s\"; expected a month with its year, such as 2026-03", header_of(r), show(r, zp_text_of(text)));
	return *out != 0;
}

static bool take_answer(zp_iqc_table *r, const char *text, bool *out)
{
	static const char *const yes[] = { "yes", "是", "在控" }, *const no[] = { "no", "否", "失控" };
	for (size_t i = 0; i < 3; i++)
		if (strcmp(text, yes[i]) == 0 || strcmp(text, no[i]) == 0)
			return *out = strcmp(text, yes[i]) == 0, true;
	zp_iqc_table_tell(r, r->at, "\"%s\" is \"%s\"; expected yes or no (是 or 否, 在控 or 失控)", header_of(r), show(r, zp_text_of(text)));
	return false;
}

/* "1" of "水平1", "level 1", "L1" and "1.0"; anything else as it is. */
static const char *level_of(zp_iqc_table *r, const char *text)
{
	static const char *const before[] = { "水平", "level", "Level", "LEVEL", "L", "l" };
	const char *p = text;
	for (size_t i = 0; i < sizeof before / sizeof *before && p == text; i++)
		if (strncmp(text, before[i], strlen(before[i])) == 0)
			p += strlen(before[i]);
	p += strspn(p, " ");
	const size_t n = strspn(p, "0123456789");
	if (!n || (p[n] && strcmp(p + n, ".0") != 0))
		return text;
	return zp_names_at(r->lines->texts, zp_names_add(r->lines->texts, (zp_text){ p, n })).p;
}

static bool is_needed(zp_iqc_column c)
{
	for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
		if (needed[i] == c)
			return c != ZP_IQC_LEVEL && c != ZP_IQC_LOT; /* a row without them has no peers, and counts all the same */
	return false;
}

/* One cell into the row. Gives: false after a problem. */
static bool take_cell(zp_iqc_table *r, zp_text cell, zp_iqc_row *row)
{
	const zp_iqc_column c = r->of[r->at];
	const char *text = c < ZP_IQC_COLUMNS ? take_text(r, cell) : "";
	if (!text)
		return false;
	if (!*text && is_needed(c))
		zp_iqc_table_tell(r, r->at, "\"%s\" is empty; expected what belongs there", header_of(r));
	if (!*text)
		return !is_needed(c);
	switch (c) {
	case ZP_IQC_LAB: row->sent_as = text; return true;
	case ZP_IQC_MONTH: return take_month(r, text, &row->month);
	case ZP_IQC_SPECIMEN: row->specimen = text; return true;
	case ZP_IQC_ITEM: row->item_code = text; return true;
	case ZP_IQC_LEVEL: row->level = level_of(r, text); return true;
	case ZP_IQC_LOT: row->lot = text; return true;
	case ZP_IQC_COUNT: return take_count(r, text, &row->n);
	case ZP_IQC_MEAN: return take_number(r, text, &row->mean);
	case ZP_IQC_SD: return row->has_sd = true, take_spread(r, text, &row->sd);
	case ZP_IQC_CV: return row->has_cv = true, take_spread(r, text, &row->cv);
	case ZP_IQC_UNIT: row->unit = text; return true;
	case ZP_IQC_METHOD: row->method = text; return true;
	case ZP_IQC_INSTRUMENT: row->instrument = text; return true;
	case ZP_IQC_IN_USE: return row->has_mean_in_use = true, take_number(r, text, &row->mean_in_use);
	case ZP_IQC_IN_CONTROL: return row->has_in_control = true, take_answer(r, text, &row->in_control);
	case ZP_IQC_SINCE: return take_month(r, text, &row->since);
	case ZP_IQC_COLUMNS:
	case ZP_IQC_OTHER: break;
	}
	return true;
}

/* ---- what the figures say of each other ---- */

/* The ends of what was rounded to d: half a unit of its last place below and above. */
static zp_decimal end_of(zp_decimal d, int side) { return (zp_decimal){ 10 * d.m + 5 * side, (int8_t)(d.e - 1) }; }

#define LONG_MANTISSA 10000000000000000 /* beyond it the ends have no room; nobody prints so many digits */
#define LONG_POWER 60

/* Needs: 0 or more. */
static bool is_short(zp_decimal d) { return d.m < LONG_MANTISSA && d.e > -LONG_POWER && d.e < LONG_POWER; }

/* Whether some SD, mean and CV that print as these can belong together: 100 SD = CV |mean|. */
static bool agree(const zp_iqc_row *row)
{
	const zp_decimal hundred = { 100, 0 }, mean = { row->mean.m < 0 ? -row->mean.m : row->mean.m, row->mean.e };
	if (!is_short(row->sd) || !is_short(mean) || !is_short(row->cv))
		return true;
	const zp_width sd_low = { end_of(row->sd, -1), hundred }, sd_high = { end_of(row->sd, 1), hundred };
	const zp_width high = { end_of(row->cv, 1), end_of(mean, 1) };
	zp_decimal cv_low = end_of(row->cv, -1), mean_low = end_of(mean, -1);
	if (row->sd.m > 0 && zp_width_compare(sd_low, high) > 0)
		return false;
	return cv_low.m <= 0 || mean_low.m <= 0 || zp_width_compare(sd_high, (zp_width){ cv_low, mean_low }) >= 0;
}

static bool check_figures(zp_iqc_table *r, const zp_iqc_row *row)
{
	if (row->n < 2 && (row->has_sd || row->has_cv)) {
		zp_iqc_table_tell(r, SIZE_MAX, "there is one value, and an SD or CV; expected at least 2 values for one");
		return false;
	}
	if (row->mean.m == 0 && row->has_cv) {
		zp_iqc_table_tell(r, SIZE_MAX, "the mean is 0, and there is a CV; expected none, for it means nothing there");
		return false;
	}
	if (row->has_sd && row->has_cv && !agree(row)) {
		char sd[ZP_DECIMAL_TEXT], mean[ZP_DECIMAL_TEXT], cv[ZP_DECIMAL_TEXT], should[ZP_DECIMAL_TEXT];
		const int places = row->cv.e < 0 ? -row->cv.e : 0;
		const double d = zp_decimal_double(row->mean);
		zp_decimal_write(row->sd, sd);
		zp_decimal_write(row->mean, mean);
		zp_decimal_write(row->cv, cv);
		zp_decimal_write(zp_decimal_round_binary(100 * zp_decimal_double(row->sd) / (d < 0 ? -d : d), places), should);
		zp_iqc_table_tell(r, SIZE_MAX, "the CV is %s, and the SD %s of the mean %s makes %s, whatever was rounded; expected figures that agree",
				  cv, sd, mean, should);
		return false;
	}
	return true;
}

/* ---- rows ---- */

static void keep(zp_iqc_lines *l, const zp_iqc_row *row)
{
	if (l->n == l->room) {
		const size_t room = l->room ? 2 * l->room : 1024;
		zp_iqc_row *rows = zp_must(realloc(l->rows, room * sizeof *rows));
		l->rows = rows;
		l->room = room;
	}
	l->rows[l->n++] = *row;
}

void zp_iqc_table_row(zp_iqc_table *r, long line, const zp_text *cells, const zp_text *unfit, size_t n)
{
	zp_iqc_row row = { .specimen = "", .item_code = "", .name = "", .level = "", .lot = "", .unit = "", .method = "", .instrument = "", .sent_as = "",
		.item = ZP_NO_ITEM, .file = r->file, .sheet = r->sheet, .line = line };
	bool good = true;
	r->line = line;
	if (!r->headed) {
		take_header(r, cells, n);
		return;
	}
	for (size_t i = r->n; i < n; i++)
		if (zp_text_trim(cells[i]).n) {
			zp_iqc_table_tell(r, i, "the line has more cells than the header; expected as many");
			return;
		}
	for (r->at = 0; !r->lost && r->at < r->n; r->at++) {
		const bool is_unfit = unfit && r->at < n && unfit[r->at].n && r->of[r->at] < ZP_IQC_COLUMNS;
		if (is_unfit)
			zp_iqc_table_tell(r, r->at, "%s", zp_names_at(r->lines->texts, zp_names_add(r->lines->texts, unfit[r->at])).p);
		good &= !is_unfit && take_cell(r, r->at < n ? cells[r->at] : ZP_TEXT(""), &row);
	}
	if (!r->lost && good && check_figures(r, &row))
		keep(r->lines, &row);
}

void zp_iqc_table_end(zp_iqc_table *r)
{
	if (!r->headed) {
		r->line = 0;
		zp_iqc_table_tell(r, SIZE_MAX, "the file is empty; expected a header");
	}
}
