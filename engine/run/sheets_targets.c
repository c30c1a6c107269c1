/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Targets as sheets: all of them, and those that somebody should look at. */
#include "run/phrases.h"
#include "run/sheets.h"

/* The groups that anybody is judged in, in their order, each with what is told of it. */
typedef struct told_list { const zp_told_group **told; uint32_t *group; size_t n; } told_list;

static told_list list_groups(zp_run *run)
{
	told_list list = { zp_take(run->arena, const zp_told_group *, run->n_groups + 1), zp_take(run->arena, uint32_t, run->n_groups + 1), 0 };
	for (uint32_t item = 0; item < run->book->plan->n_items; item++) {
		const zp_item at = zp_run_item_at(run, item);
		const zp_told_group *told = run->summary.programmes[at.p].measurands[at.m].samples[at.s].groups;
		for (uint32_t i = run->first_group[item]; i < run->first_group[item + 1]; i++)
			if (run->groups[i].n_members) {
				list.group[list.n] = i;
				list.told[list.n++] = told++;
			}
	}
	return list;
}

/* A number that is told as a text; a target may also be an answer. */
static zp_sheet_cell told_number(const char *text)
{
	zp_decimal d;
	zp_sheet_cell cell = zp_cell_text(text);
	if (*text && zp_decimal_read_printed(text, strlen(text), &d) == ZP_NUMBER_OK)
		cell.number = zp_decimal_double(d);
	return cell;
}

#define WHERE_COLUMNS                                                                                                                            \
	{ "group", ZP_CELLS_WHOLE, "组号", "Group" }, { "programme", ZP_CELLS_TEXT, "专业代码", "Programme" },                                            \
		{ "measurand", ZP_CELLS_TEXT, "项目代码", "Measurand" }, { "measurand_name", ZP_CELLS_TEXT, "项目", "Measurand name" },                 \
		{ "sample", ZP_CELLS_TEXT, "样本", "Sample" }, { "key", ZP_CELLS_TEXT, "同组", "Peer group" }
#define WHERE 6

static void put_where(zp_sheet_pen *pen, uint32_t group, const zp_told_group *told, zp_sheet_cell *out)
{
	const zp_item at = zp_run_item_at(pen->run, pen->run->groups[group].item);
	*out++ = zp_cell_whole(pen, group + 1);
	*out++ = zp_cell_text(at.programme->code);
	*out++ = zp_cell_text(at.measurand->code);
	*out++ = zp_cell_text(at.measurand->name);
	*out++ = zp_cell_text(at.programme->samples[at.s]);
	*out = zp_cell_text(told->name);
}

/* ---- targets ---- */

enum { T_MEMBERS = WHERE, T_KEPT, T_ASIDE, T_OUTLIERS, T_ORIGIN, T_METHOD, T_X_PT, T_UNIT, T_U, T_S, T_CV, T_LOW, T_HIGH, T_LIMIT, T_JUDGED, T_ACCEPTABLE,
       T_SHARE, T_STATUS, T_DOUBTS, T_COLUMNS };

static const zp_column target_columns[T_COLUMNS] = {
	WHERE_COLUMNS,
	[T_MEMBERS] = { "members", ZP_CELLS_WHOLE, "组内结果", "Members" },
	[T_KEPT] = { "kept", ZP_CELLS_WHOLE, "参与统计", "In the statistics" },
	[T_ASIDE] = { "aside", ZP_CELLS_WHOLE, "未参与统计", "Set aside" },
	[T_OUTLIERS] = { "outliers", ZP_CELLS_WHOLE, "其中离群", "Of these outliers" },
	[T_ORIGIN] = { "origin", ZP_CELLS_WORD, "靶值来源", "Origin" },
	[T_METHOD] = { "method", ZP_CELLS_TEXT, "统计方法", "Method" },
	[T_X_PT] = { "x_pt", ZP_CELLS_NUMBER, "靶值", "Target" },
	[T_UNIT] = { "unit", ZP_CELLS_TEXT, "单位", "Unit" },
	[T_U] = { "u", ZP_CELLS_NUMBER, "靶值的不确定度", "Uncertainty u" },
	[T_S] = { "s", ZP_CELLS_NUMBER, "标准差", "SD" },
	[T_CV] = { "cv", ZP_CELLS_NUMBER, "变异系数 %", "CV %" },
	[T_LOW] = { "low", ZP_CELLS_NUMBER, "允许下限", "Allowed from" },
	[T_HIGH] = { "high", ZP_CELLS_NUMBER, "允许上限", "Allowed to" },
	[T_LIMIT] = { "limit", ZP_CELLS_TEXT, "允许限", "Limit" },
	[T_JUDGED] = { "judged", ZP_CELLS_WHOLE, "评价结果", "Judged" },
	[T_ACCEPTABLE] = { "acceptable", ZP_CELLS_WHOLE, "可接受", "Acceptable" },
	[T_SHARE] = { "share", ZP_CELLS_PERCENT, "可接受率", "Acceptable share" },
	[T_STATUS] = { "status", ZP_CELLS_WORD, "能否评价", "Status" },
	[T_DOUBTS] = { "doubts", ZP_CELLS_TEXT, "存疑", "Doubts" },
};

static const char *doubt_words(zp_sheet_pen *pen, unsigned doubts)
{
	char text[200] = "";
	size_t n = 0;
	for (unsigned bit = 0; bit < ZP_DOUBTS; bit++)
		if (doubts & 1u << bit)
			n += (size_t)snprintf(text + n, sizeof text - n, "%s%s", n ? " " : "", zp_doubt_word(bit));
	return zp_cell_bytes(pen, text, n).text;
}

static void target_row(const zp_sheet *sheet, size_t row, zp_sheet_cell *out)
{
	zp_sheet_pen *pen = sheet->self;
	const zp_run *run = pen->run;
	const uint32_t number = pen->rows[row];
	const zp_told_group *told = ((const zp_told_group *const *)pen->more)[row];
	const zp_group *g = &run->groups[number];
	const zp_measurand *m = zp_run_item_at(run, g->item).measurand;
	pen->used = 0;
	put_where(pen, number, told, out);
	out[T_MEMBERS] = zp_cell_whole(pen, told->members);
	out[T_KEPT] = zp_cell_whole(pen, told->kept);
	out[T_ASIDE] = zp_cell_whole(pen, told->aside);
	out[T_OUTLIERS] = zp_cell_whole(pen, told->outliers);
	out[T_ORIGIN] = zp_cell_text(told->origin);
	out[T_METHOD] = zp_cell_text(told->method);
	out[T_X_PT] = g->has_x_pt && !m->scale ? zp_cell_decimal(pen, g->x_pt) : m->scale ? zp_cell_text(told->x_pt) : told_number(told->x_pt);
	out[T_UNIT] = zp_cell_text(zp_measurand_unit(m));
	out[T_U] = told_number(told->u);
	out[T_S] = told_number(told->s);
	out[T_CV] = told_number(told->cv);
	out[T_LOW] = told_number(told->low);
	out[T_HIGH] = told_number(told->high);
	out[T_LIMIT] = zp_cell_text(m->limit.text);
	out[T_JUDGED] = zp_cell_whole(pen, told->judged);
	out[T_ACCEPTABLE] = zp_cell_whole(pen, told->acceptable);
	out[T_SHARE] = zp_cell_share(pen, 100 * (uint64_t)told->acceptable, told->judged, 1);
	out[T_STATUS] = zp_cell_text(told->gradable ? "gradable" : zp_reason_word(g->ungradable));
	out[T_DOUBTS] = zp_cell_text(doubt_words(pen, g->doubts));
}

/* ---- doubts ---- */

enum { D_MEMBERS = WHERE, D_X_PT, D_U, D_STATUS, D_SAYS, D_SAYS_EN, D_COLUMNS };

static const zp_column doubt_columns[D_COLUMNS] = {
	WHERE_COLUMNS,
	[D_MEMBERS] = { "members", ZP_CELLS_WHOLE, "组内结果", "Members" },
	[D_X_PT] = { "x_pt", ZP_CELLS_NUMBER, "靶值", "Target" },
	[D_U] = { "u", ZP_CELLS_NUMBER, "靶值的不确定度", "Uncertainty u" },
	[D_STATUS] = { "use", ZP_CELLS_WORD, "处理", "What follows" },
	[D_SAYS] = { "says", ZP_CELLS_TEXT, "说明", "In Chinese" },
	[D_SAYS_EN] = { "says_en", ZP_CELLS_TEXT, "说明（英文）", "Why" },
};

static const char *both(zp_sheet_pen *pen, const char *status, const char *doubts, const char *between)
{
	char text[4096];
	const size_t n = (size_t)snprintf(text, sizeof text, "%s%s%s", status, *status && *doubts ? between : "", doubts);
	return zp_cell_bytes(pen, text, n < sizeof text ? n : sizeof text - 1).text;
}

static void doubt_row(const zp_sheet *sheet, size_t row, zp_sheet_cell *out)
{
	zp_sheet_pen *pen = sheet->self;
	const uint32_t number = pen->rows[row];
	const zp_told_group *told = ((const zp_told_group *const *)pen->more)[row];
	pen->used = 0;
	put_where(pen, number, told, out);
	out[D_MEMBERS] = zp_cell_whole(pen, told->members);
	out[D_X_PT] = told_number(told->x_pt);
	out[D_U] = told_number(told->u);
	out[D_STATUS] = zp_cell_text(told->gradable ? "doubtful" : "withheld");
	out[D_SAYS] = zp_cell_text(both(pen, told->status, told->doubts, "；"));
	out[D_SAYS_EN] = zp_cell_text(both(pen, told->status_en, told->doubts_en, "; "));
}

void zp_sheets_add_targets(zp_run *run, zp_sheet_list *list)
{
	const told_list all = list_groups(run);
	told_list some = { zp_take(run->arena, const zp_told_group *, all.n + 1), zp_take(run->arena, uint32_t, all.n + 1), 0 };
	for (size_t i = 0; i < all.n; i++)
		if (!all.told[i]->gradable || *all.told[i]->doubts) {
			some.told[some.n] = all.told[i];
			some.group[some.n++] = all.group[i];
		}
	zp_sheet *s = zp_sheet_more(run, list);
	zp_sheet_pen *pen = s->self;
	s->name = "targets", s->title = "靶值", s->title_en = "Targets";
	s->note = "每个项目、样本、组的靶值、不确定度、标准差、允许范围和可接受率", s->note_en = "Target, uncertainty, spread, allowed range and acceptable share of each group";
	s->columns = target_columns, s->n_columns = T_COLUMNS, s->n_rows = all.n, s->row = target_row;
	pen->rows = all.group, pen->more = all.told;
	s = zp_sheet_more(run, list);
	pen = s->self;
	s->name = "targets.csv: status, doubts", s->title = "存疑的靶值", s->title_en = "Doubts";
	s->note = "不能评价的组，以及可以评价但须留意的组，逐句说明原因", s->note_en = "Groups that cannot be graded, and those that can be and should be looked at, with the reason";
	s->columns = doubt_columns, s->n_columns = D_COLUMNS, s->n_rows = some.n, s->row = doubt_row;
	pen->rows = some.group, pen->more = some.told;
}
