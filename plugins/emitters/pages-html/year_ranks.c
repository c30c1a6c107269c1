/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ranking, as the results support it: each rank with its range, as figures and as a bar. A row without a range has no rank here. */
#include "year.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct shape {
	const zp_sheet *sheet;
	size_t lab, name, region, lab_class, scope, k, n, late, not_returned, share, shrunken, low, high, rank, rank_low, rank_high, of, half;
} shape;

static bool read_shape(const zp_sheet *s, shape *out)
{
	*out = (shape){
		s, zp_column_find(s, "lab"), zp_column_find(s, "name"), zp_column_find(s, "region"), zp_column_find(s, "class"),
		zp_column_find(s, "scope"), zp_column_find(s, "k"), zp_column_find(s, "n"), zp_column_find(s, "late"), zp_column_find(s, "not_returned"),
		zp_column_find(s, "share"), zp_column_find(s, "shrunken"), zp_column_find(s, "low"), zp_column_find(s, "high"), zp_column_find(s, "rank"),
		zp_column_find(s, "rank_low"), zp_column_find(s, "rank_high"), zp_column_find(s, "of"), zp_column_find(s, "half"),
	};
	return out->lab != NO_COLUMN && out->scope != NO_COLUMN && out->rank != NO_COLUMN && out->rank_low != NO_COLUMN &&
	       out->rank_high != NO_COLUMN && out->of != NO_COLUMN;
}

/* ---- order ---- */

typedef struct line { const char *group; double rank; size_t row; } line;

static int by_rank(const void *a, const void *b)
{
	const line *x = a, *y = b;
	const int group = strcmp(x->group, y->group);
	const double l = isfinite(x->rank) ? x->rank : HUGE_VAL, r = isfinite(y->rank) ? y->rank : HUGE_VAL;
	if (group)
		return group;
	if (l < r || l > r)
		return l < r ? -1 : 1;
	return x->row < y->row ? -1 : x->row > y->row;
}

/* The rows of one scope, by group and rank. */
static line *gather(zp_telling *t, const shape *s, const char *scope, size_t group, size_t *n)
{
	line *lines = t->host->take(t->host, (s->sheet->n_rows + 1) * sizeof *lines);
	*n = 0;
	for (size_t row = 0; row < s->sheet->n_rows; row++)
		if (strcmp(zp_cell_at(s->sheet, row, s->scope), scope) == 0)
			lines[(*n)++] = (line){ zp_cell_at(s->sheet, row, group), s->sheet->cells[row * s->sheet->n_columns + s->rank].number, row };
	qsort(lines, *n, sizeof *lines, by_rank);
	return lines;
}

/* ---- cells ---- */

static double number_at(const shape *s, size_t row, size_t column) { return s->sheet->cells[row * s->sheet->n_columns + column].number; }

/* Where the range lies among all, and in it the rank. */
static void put_bar(zp_telling *t, const shape *s, size_t row)
{
	const double low = number_at(s, row, s->rank_low), high = number_at(s, row, s->rank_high), of = number_at(s, row, s->of),
		     rank = number_at(s, row, s->rank);
	if (!(low >= 1 && high >= low && of >= high && rank >= 1 && rank <= of)) {
		zp_markup_put(t->m, "<td class=\"bar\"></td>");
		return;
	}
	zp_markup_put(t->m, "<td class=\"bar\"><svg viewBox=\"0 0 1000 80\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
		      "<rect class=\"all\" width=\"1000\" height=\"80\"/><rect class=\"range\" height=\"80\" x=\"");
	zp_markup_number(t->m, (unsigned long long)(1000 * (low - 1) / of));
	zp_markup_put(t->m, "\" width=\"");
	zp_markup_number(t->m, (unsigned long long)(1000 * (high - low + 1) / of));
	zp_markup_put(t->m, "\"/><rect class=\"mark\" height=\"80\" width=\"12\" x=\"");
	zp_markup_number(t->m, (unsigned long long)(988 * (rank - 0.5) / of));
	zp_markup_put(t->m, "\"/></svg></td>");
}

static void put_rank(zp_telling *t, const shape *s, size_t row)
{
	const char *rank = zp_cell_at(s->sheet, row, s->rank), *low = zp_cell_at(s->sheet, row, s->rank_low), *high = zp_cell_at(s->sheet, row, s->rank_high);
	zp_markup_put(t->m, "<td class=\"rank\">");
	if (*rank && *low && *high) {
		zp_markup_put(t->m, "<b>");
		zp_markup_tell(t->m, rank);
		zp_markup_put(t->m, "</b> （");
		zp_markup_tell(t->m, low);
		zp_markup_put(t->m, "–");
		zp_markup_tell(t->m, high);
		zp_markup_put(t->m, "） <small>/ ");
		zp_markup_tell(t->m, zp_cell_at(s->sheet, row, s->of));
		zp_markup_put(t->m, "</small>");
	} else {
		zp_markup_put(t->m, "–");
	}
	zp_markup_put(t->m, "</td>");
}

static void put_told(zp_telling *t, const char *look, const char *text)
{
	zp_markup_put(t->m, "<td class=\"");
	zp_markup_put(t->m, look);
	zp_markup_put(t->m, "\">");
	zp_markup_tell(t->m, *text ? text : "–");
	zp_markup_put(t->m, "</td>");
}

static void put_region(zp_telling *t, const char *code)
{
	const char *name = zp_year_place_name(t, code);
	zp_markup_put(t->m, "<td class=\"text\">");
	zp_markup_tell(t->m, *name ? name : code);
	if (*name) {
		zp_markup_put(t->m, " <small>");
		zp_markup_tell(t->m, code);
		zp_markup_put(t->m, "</small>");
	}
	zp_markup_put(t->m, "</td>");
}

static void put_half(zp_telling *t, const shape *s, size_t row)
{
	const char *half = zp_cell_at(s->sheet, row, s->half);
	zp_markup_put(t->m, strcmp(half, "better") == 0 ? "<td class=\"text better\">" : strcmp(half, "worse") == 0 ? "<td class=\"text worse\">" : "<td class=\"text\">");
	zp_year_word(t, "half", half);
	zp_markup_put(t->m, "</td>");
}

static void put_line(zp_telling *t, const shape *s, size_t row)
{
	zp_markup_put(t->m, "<tr>");
	put_rank(t, s, row);
	put_bar(t, s, row);
	zp_markup_put(t->m, "<th scope=\"row\">");
	zp_markup_tell(t->m, zp_cell_at(s->sheet, row, s->name));
	zp_markup_put(t->m, " <small>");
	zp_markup_tell(t->m, zp_cell_at(s->sheet, row, s->lab));
	zp_markup_put(t->m, "</small></th>");
	put_told(t, "text", zp_cell_at(s->sheet, row, s->lab_class));
	put_region(t, zp_cell_at(s->sheet, row, s->region));
	put_half(t, s, row);
	zp_markup_put(t->m, "<td class=\"num\">");
	zp_markup_tell(t->m, zp_cell_at(s->sheet, row, s->k));
	zp_markup_put(t->m, " / ");
	zp_markup_tell(t->m, zp_cell_at(s->sheet, row, s->n));
	zp_markup_put(t->m, "</td>");
	put_told(t, "num", zp_cell_at(s->sheet, row, s->share));
	zp_markup_put(t->m, "<td class=\"num\"><b>");
	zp_markup_tell(t->m, zp_cell_at(s->sheet, row, s->shrunken));
	zp_markup_put(t->m, "</b>");
	if (*zp_cell_at(s->sheet, row, s->low)) {
		zp_markup_put(t->m, " <small>");
		zp_markup_tell(t->m, zp_cell_at(s->sheet, row, s->low));
		zp_markup_put(t->m, "–");
		zp_markup_tell(t->m, zp_cell_at(s->sheet, row, s->high));
		zp_markup_put(t->m, "</small>");
	}
	zp_markup_put(t->m, "</td>");
	put_told(t, "num", zp_cell_at(s->sheet, row, s->late));
	put_told(t, "num", zp_cell_at(s->sheet, row, s->not_returned));
	zp_markup_put(t->m, "</tr>\n");
}

static void put_head(zp_telling *t)
{
	static const char *const heads[][2] = { { "名次（范围）", "Rank (range)" }, { "范围", "Range" }, { "实验室", "Laboratory" }, { "类别", "Class" },
		{ "地区", "Region" }, { "所在一半", "Half" }, { "可接受 / 结果", "Accepted / results" }, { "可接受率 %", "Share" },
		{ "收缩后 %（区间）", "Shrunken, 95 %" }, { "迟报", "Late" }, { "未回报", "Not returned" } };
	zp_markup_put(t->m, "<thead><tr>");
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		zp_year_th(t->m, heads[i][0], heads[i][1]);
	zp_markup_put(t->m, "</tr></thead><tbody>\n");
}

/* ---- the scopes ---- */

static void put_group(zp_telling *t, const shape *s, size_t column, const char *group)
{
	const char *name = column == s->region ? zp_year_place_name(t, group) : "";
	zp_markup_tell(t->m, *name ? name : *group ? group : "–");
}

static void put_scope(zp_telling *t, const shape *s, const char *scope, size_t group, const char *zh, const char *en)
{
	size_t n;
	const line *lines = gather(t, s, scope, group, &n);
	if (!n)
		return;
	zp_markup_put(t->m, "<h3>");
	zp_year_both(t->m, zh, en);
	zp_markup_put(t->m, "</h3>\n");
	for (size_t i = 0; i < n; i++) {
		if (!i || strcmp(lines[i].group, lines[i - 1].group) != 0) {
			if (i) {
				zp_year_close_wide(t);
				zp_markup_put(t->m, group != NO_COLUMN ? "</details>\n" : "");
			}
			if (group != NO_COLUMN) {
				zp_markup_put(t->m, "<details><summary>");
				put_group(t, s, group, lines[i].group);
				zp_markup_put(t->m, "</summary>\n");
			}
			zp_year_open_wide(t, zh, en, "ranks");
			put_head(t);
		}
		put_line(t, s, lines[i].row);
	}
	zp_year_close_wide(t);
	zp_markup_put(t->m, group != NO_COLUMN ? "</details>\n" : "");
}

void zp_year_ranks(zp_telling *t, const zp_sheet *sheet)
{
	shape s;
	if (!read_shape(sheet, &s) || sheet->n_rows > 3 * ROWS_LISTED_MOST) {
		zp_year_table(t, sheet);
		return;
	}
	zp_markup_put(t->m, "<section class=\"read\"><p><strong>怎样读名次。</strong>结果少的实验室，可接受率很容易是 100 %，也很容易很低。因此每个实验室的可接受率向全体平均值收缩："
		      "结果越少，收缩越多。括号内是数据所支持的名次范围；范围大部分重叠的实验室，不应分出先后。名次必须与范围和结果数一并引用；"
		      "更稳妥的做法是只分三组：较好的一半、无法区分、较差的一半。</p>"
		      "<p lang=\"en\">A laboratory with few results is easily at 100 %, and as easily far down. Each share is therefore moved towards the common mean, the more "
		      "the fewer results stand behind it. In brackets is the range of ranks that the data support; where ranges overlap widely nobody should be called better. "
		      "Quote a rank with its range and the number of results, or quote the half alone.</p></section>\n");
	put_scope(t, &s, "all", NO_COLUMN, "全部实验室", "Among all");
	put_scope(t, &s, "class", s.lab_class, "同类别之内", "Within classes");
	put_scope(t, &s, "region", s.region, "同地区之内", "Within regions");
}
