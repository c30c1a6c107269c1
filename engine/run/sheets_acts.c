/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ranks, regions, decisions and hints as sheets. */
#include "run/hint.h"
#include "run/sheets.h"

/* ---- ranking ---- */

enum { K_PROGRAMME, K_PROGRAMME_NAME, K_REGION, K_REGION_NAME, K_CLASS, K_RANK, K_LOW, K_HIGH, K_TIED, K_LAB, K_NAME, K_ACCEPTED, K_TOTAL, K_SHARE, K_MEASURANDS,
       K_STANDING, K_COLUMNS };

static const zp_column rank_columns[K_COLUMNS] = {
	[K_PROGRAMME] = { "programme", ZP_CELLS_TEXT, "专业代码", "Programme" },
	[K_PROGRAMME_NAME] = { "programme_name", ZP_CELLS_TEXT, "专业", "Programme name" },
	[K_REGION] = { "region", ZP_CELLS_TEXT, "地区代码", "Region code" },
	[K_REGION_NAME] = { "region_name", ZP_CELLS_TEXT, "地区", "Region" },
	[K_CLASS] = { "class", ZP_CELLS_TEXT, "类别", "Class" },
	[K_RANK] = { "rank", ZP_CELLS_WHOLE, "名次", "Rank" },
	[K_LOW] = { "rank_low", ZP_CELLS_WHOLE, "名次下限", "Rank from" },
	[K_HIGH] = { "rank_high", ZP_CELLS_WHOLE, "名次上限", "Rank to" },
	[K_TIED] = { "tied", ZP_CELLS_WHOLE, "并列数", "Tied" },
	[K_LAB] = { "lab", ZP_CELLS_TEXT, "实验室编码", "Laboratory" },
	[K_NAME] = { "name", ZP_CELLS_TEXT, "实验室名称", "Name" },
	[K_ACCEPTED] = { "accepted", ZP_CELLS_NUMBER, "可接受结果", "Accepted" },
	[K_TOTAL] = { "total", ZP_CELLS_WHOLE, "计分结果", "Total" },
	[K_SHARE] = { "share", ZP_CELLS_NUMBER, "可接受率 %", "Acceptable %" },
	[K_MEASURANDS] = { "measurands", ZP_CELLS_WHOLE, "项目数", "Measurands" },
	[K_STANDING] = { "standing", ZP_CELLS_WORD, "回报情况", "Standing" },
};

static const char *of_all(const char *code, const char *all) { return strcmp(code, "*") == 0 ? all : code; }
static zp_sheet_cell rank_cell(zp_sheet_pen *pen, unsigned rank) { return rank ? zp_cell_whole(pen, rank) : zp_cell_text(""); }

static void rank_row(const zp_sheet *sheet, size_t row, zp_sheet_cell *out)
{
	zp_sheet_pen *pen = sheet->self;
	const zp_rank_row *r = &pen->run->summary.ranks[pen->first + row];
	pen->used = 0;
	out[K_PROGRAMME] = zp_cell_text(r->programme);
	out[K_PROGRAMME_NAME] = zp_cell_text(of_all(r->programme_name, "全部专业"));
	out[K_REGION] = zp_cell_text(r->region);
	out[K_REGION_NAME] = zp_cell_text(r->region_name);
	out[K_CLASS] = zp_cell_text(of_all(r->lab_class, "全部类别"));
	out[K_RANK] = rank_cell(pen, r->rank);
	out[K_LOW] = rank_cell(pen, r->rank_low);
	out[K_HIGH] = rank_cell(pen, r->rank_high);
	out[K_TIED] = rank_cell(pen, r->rank ? r->tied : 0);
	out[K_LAB] = zp_cell_text(r->lab);
	out[K_NAME] = zp_cell_text(r->lab_name);
	out[K_ACCEPTED] = zp_cell_credit(pen, r->credit);
	out[K_TOTAL] = zp_cell_whole(pen, r->total);
	out[K_SHARE] = zp_cell_share(pen, r->credit, r->total, 2);
	out[K_MEASURANDS] = zp_cell_whole(pen, r->measurands);
	out[K_STANDING] = zp_cell_text(r->standing);
}

/* ---- regions ---- */

enum { G_PROGRAMME, G_PROGRAMME_NAME, G_REGION, G_REGION_NAME, G_LEVEL, G_CLASS, G_EXPECTED, G_RETURNED, G_LATE, G_EXCUSED, G_JUDGED, G_SATISFACTORY, G_ACCEPTED,
       G_TOTAL, G_SHARE, G_RANK, G_TIED, G_COLUMNS };

static const zp_column region_columns[G_COLUMNS] = {
	[G_PROGRAMME] = { "programme", ZP_CELLS_TEXT, "专业代码", "Programme" },
	[G_PROGRAMME_NAME] = { "programme_name", ZP_CELLS_TEXT, "专业", "Programme name" },
	[G_REGION] = { "region", ZP_CELLS_TEXT, "地区代码", "Region code" },
	[G_REGION_NAME] = { "region_name", ZP_CELLS_TEXT, "地区", "Region" },
	[G_LEVEL] = { "level", ZP_CELLS_WHOLE, "级别（0 省 1 市 2 县）", "Level" },
	[G_CLASS] = { "class", ZP_CELLS_TEXT, "类别", "Class" },
	[G_EXPECTED] = { "expected", ZP_CELLS_WHOLE, "应回报", "Expected" },
	[G_RETURNED] = { "returned", ZP_CELLS_WHOLE, "回报", "Returned" },
	[G_LATE] = { "late", ZP_CELLS_WHOLE, "迟报", "Late" },
	[G_EXCUSED] = { "excused", ZP_CELLS_WHOLE, "免评", "Excused" },
	[G_JUDGED] = { "judged", ZP_CELLS_WHOLE, "有评价", "Judged" },
	[G_SATISFACTORY] = { "satisfactory", ZP_CELLS_WHOLE, "满意", "Satisfactory" },
	[G_ACCEPTED] = { "accepted", ZP_CELLS_NUMBER, "可接受结果", "Accepted" },
	[G_TOTAL] = { "total", ZP_CELLS_WHOLE, "计分结果", "Total" },
	[G_SHARE] = { "share", ZP_CELLS_NUMBER, "可接受率 %", "Acceptable %" },
	[G_RANK] = { "rank", ZP_CELLS_WHOLE, "名次", "Rank" },
	[G_TIED] = { "tied", ZP_CELLS_WHOLE, "并列数", "Tied" },
};

static void region_row(const zp_sheet *sheet, size_t row, zp_sheet_cell *out)
{
	zp_sheet_pen *pen = sheet->self;
	const zp_region_row *r = &pen->run->summary.regions[row];
	const unsigned counts[] = { r->expected, r->returned, r->late, r->excused, r->judged, r->satisfactory };
	pen->used = 0;
	out[G_PROGRAMME] = zp_cell_text(r->programme);
	out[G_PROGRAMME_NAME] = zp_cell_text(of_all(r->programme_name, "全部专业"));
	out[G_REGION] = zp_cell_text(r->region);
	out[G_REGION_NAME] = zp_cell_text(r->region_name);
	out[G_LEVEL] = zp_cell_whole(pen, r->level);
	out[G_CLASS] = zp_cell_text(of_all(r->lab_class, "全部类别"));
	for (size_t k = 0; k < sizeof counts / sizeof *counts; k++)
		out[G_EXPECTED + k] = zp_cell_whole(pen, counts[k]);
	out[G_ACCEPTED] = zp_cell_credit(pen, r->credit);
	out[G_TOTAL] = zp_cell_whole(pen, r->total);
	out[G_SHARE] = zp_cell_share(pen, r->credit, r->total, 2);
	out[G_RANK] = rank_cell(pen, r->rank);
	out[G_TIED] = rank_cell(pen, r->rank ? r->tied : 0);
}

void zp_sheets_add_ranks(zp_run *run, zp_sheet_list *list)
{
	for (size_t first = 0; first == 0 || first < run->summary.n_ranks; first += ZP_SHEET_ROWS) {
		zp_sheet *s = zp_sheet_more(run, list);
		((zp_sheet_pen *)s->self)->first = first;
		s->name = "ranking", s->title = "实验室名次", s->title_en = "Ranking of laboratories";
		s->note = "各地区、各类别内的名次，附结果所支持的名次范围；名次必须与范围一并引用";
		s->note_en = "Ranks within regions and classes, with the ranks that the results support; no rank without its range";
		s->columns = rank_columns, s->n_columns = K_COLUMNS, s->row = rank_row;
		s->n_rows = run->summary.n_ranks - first < ZP_SHEET_ROWS ? run->summary.n_ranks - first : ZP_SHEET_ROWS;
	}
	zp_sheet *s = zp_sheet_more(run, list);
	s->name = "regions", s->title = "地区", s->title_en = "Regions";
	s->note = "各地区、各类别的参加、回报、满意和可接受情况", s->note_en = "Participation, return, satisfactory and acceptable shares of regions and classes";
	s->columns = region_columns, s->n_columns = G_COLUMNS, s->n_rows = run->summary.n_regions, s->row = region_row;
}

/* ---- decisions ---- */

enum { C_KIND, C_ABOUT, C_SAYS, C_SAYS_EN, C_WHO, C_WHEN, C_WHY, C_COLUMNS };

static const zp_column decision_columns[C_COLUMNS] = {
	[C_KIND] = { "kind", ZP_CELLS_WORD, "决定", "Kind" },
	[C_ABOUT] = { "about", ZP_CELLS_TEXT, "对象", "About" },
	[C_SAYS] = { "says", ZP_CELLS_TEXT, "内容", "In Chinese" },
	[C_SAYS_EN] = { "says_en", ZP_CELLS_TEXT, "内容（英文）", "What" },
	[C_WHO] = { "who", ZP_CELLS_TEXT, "决定者", "Who" },
	[C_WHEN] = { "when", ZP_CELLS_DATE, "日期", "When" },
	[C_WHY] = { "why", ZP_CELLS_TEXT, "理由", "Why" },
};

static void decision_row(const zp_sheet *sheet, size_t row, zp_sheet_cell *out)
{
	const zp_told_decision *d = &((const zp_sheet_pen *)sheet->self)->run->summary.decisions[row];
	const char *const texts[C_COLUMNS] = { d->kind, d->about, d->says, d->says_en, d->who, d->when, d->why };
	for (size_t k = 0; k < C_COLUMNS; k++)
		out[k] = zp_cell_text(texts[k]);
}

/* ---- hints ---- */

enum { H_LAB, H_NAME, H_PROGRAMME, H_MEASURAND, H_SAMPLE, H_HINT, H_VALUE, H_CORRECTED, H_SAYS, H_SAYS_EN, H_ASIDE, H_COLUMNS };

static const zp_column hint_columns[H_COLUMNS] = {
	[H_LAB] = { "lab", ZP_CELLS_TEXT, "实验室编码", "Laboratory" },
	[H_NAME] = { "name", ZP_CELLS_TEXT, "实验室名称", "Name" },
	[H_PROGRAMME] = { "programme", ZP_CELLS_TEXT, "专业代码", "Programme" },
	[H_MEASURAND] = { "measurand", ZP_CELLS_TEXT, "项目代码", "Measurand" },
	[H_SAMPLE] = { "sample", ZP_CELLS_TEXT, "样本", "Sample" },
	[H_HINT] = { "hint", ZP_CELLS_WORD, "疑为", "Looks like" },
	[H_VALUE] = { "value", ZP_CELLS_NUMBER, "结果", "Value" },
	[H_CORRECTED] = { "corrected", ZP_CELLS_NUMBER, "若无差错", "Without the slip" },
	[H_SAYS] = { "says", ZP_CELLS_TEXT, "依据", "In Chinese" },
	[H_SAYS_EN] = { "says_en", ZP_CELLS_TEXT, "依据（英文）", "Evidence" },
	[H_ASIDE] = { "mark", ZP_CELLS_WORD, "是否参与统计", "In the statistics" },
};

static zp_sheet_cell sentence(zp_sheet_pen *pen, const zp_hint *h, bool chinese)
{
	zp_arena *arena = zp_arena_open();
	const char *says = zp_hint_says(pen->run, h, chinese, arena);
	const zp_sheet_cell cell = zp_cell_bytes(pen, says, strlen(says));
	zp_arena_close(arena);
	return cell;
}

static void hint_row(const zp_sheet *sheet, size_t row, zp_sheet_cell *out)
{
	zp_sheet_pen *pen = sheet->self;
	const zp_hint *h = &pen->run->hints.at[row];
	const zp_hint_at at = zp_hint_place(pen->run, h);
	const bool pair = h->cell == ZP_NO_HINT_CELL;
	pen->used = 0;
	out[H_LAB] = zp_cell_text(at.lab);
	out[H_NAME] = zp_cell_text(pen->run->roster->labs[at.enrolment->lab].name);
	out[H_PROGRAMME] = zp_cell_text(at.programme->code);
	out[H_MEASURAND] = zp_cell_text(pair ? "*" : at.measurand->code);
	out[H_SAMPLE] = zp_cell_text(pair ? "*" : at.sample);
	out[H_HINT] = zp_cell_text(zp_slip_word(h->kind));
	out[H_VALUE] = pair ? zp_cell_text("") : zp_cell_decimal(pen, zp_round_value(pen->run->round, h->cell));
	out[H_CORRECTED] = h->has_corrected ? zp_cell_decimal(pen, h->corrected) : zp_cell_text("");
	out[H_SAYS] = sentence(pen, h, true);
	out[H_SAYS_EN] = sentence(pen, h, false);
	out[H_ASIDE] = zp_cell_text(h->aside ? zp_mark_word(ZP_ASIDE_SLIP) : "");
}

void zp_sheets_add_acts(zp_run *run, zp_sheet_list *list)
{
	zp_sheet *s = zp_sheet_more(run, list);
	s->name = "decisions.xml", s->title = "决定", s->title_en = "Decisions";
	s->note = "组织者对本次质评作出的决定", s->note_en = "What the organiser decided about this round";
	s->columns = decision_columns, s->n_columns = C_COLUMNS, s->n_rows = run->summary.n_decisions, s->row = decision_row;
	s = zp_sheet_more(run, list);
	s->name = "hints", s->title = "疑似差错", s->title_en = "Hints";
	s->note = "看起来像差错的结果及其依据；不改变任何评价，仅供中心核实", s->note_en = "Results that look like a slip, with the evidence; they change no verdict";
	s->columns = hint_columns, s->n_columns = H_COLUMNS, s->n_rows = run->hints.n, s->row = hint_row;
}
