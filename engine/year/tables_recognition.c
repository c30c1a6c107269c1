/* SPDX-License-Identifier: GPL-3.0-or-later */
/* recognition.csv and its lists (docs/formats/year-tables.md). */
#include <string.h>
#include "year/recognition.h"
#include "year/tables.h"
#include "year/year.h"

typedef struct writing {
	const zp_year *year;
	const zp_recognition *r;
	zp_press *press;
	zp_kept *kept;
	zp_error *err;
	zp_arena *arena; /* of the words of one laboratory */
} writing;

static const zp_year_item *item_of(const writing *w, const zp_recog_line *line) { return &w->year->chronicle->items[line->item]; }
static const zp_year_lab *lab_of(const writing *w, uint32_t lab) { return &w->year->chronicle->labs[lab]; }

static void put_item(zp_table *t, const zp_year_item *item)
{
	zp_table_text(t, item->specimen);
	zp_table_text(t, item->item);
	zp_table_text(t, item->name);
}

static void put_marks(zp_table *t, unsigned marks)
{
	char text[ZP_RECOG_MARKS_TEXT];
	zp_table_word(t, zp_recog_marks_words(marks, text));
}

/* ---- recognition.csv ---- */

static const zp_column line_columns[] = {
	{ "lab", ZP_CELLS_TEXT, "实验室", "Laboratory" }, { "specimen", ZP_CELLS_TEXT, "标本", "Specimen" }, { "item", ZP_CELLS_TEXT, "项目代码", "Item" },
	{ "name", ZP_CELLS_TEXT, "项目", "Name" }, { "marks", ZP_CELLS_WORD, "互认标识", "Marks" }, { "national", ZP_CELLS_WORD, "国家级", "National" },
	{ "national_passed", ZP_CELLS_WHOLE, "国家级合格次数", "National rounds passed" }, { "national_failed", ZP_CELLS_WHOLE, "国家级不合格次数", "National rounds failed" },
	{ "provincial", ZP_CELLS_WORD, "省级", "Provincial" }, { "provincial_passed", ZP_CELLS_WHOLE, "省级合格次数", "Provincial rounds passed" },
	{ "provincial_failed", ZP_CELLS_WHOLE, "省级不合格次数", "Provincial rounds failed" }, { "city", ZP_CELLS_WORD, "市级", "City" },
	{ "city_passed", ZP_CELLS_WHOLE, "市级合格次数", "City rounds passed" }, { "city_failed", ZP_CELLS_WHOLE, "市级不合格次数", "City rounds failed" },
	{ "iqc", ZP_CELLS_WORD, "室内质控", "Internal quality control" }, { "iqc_months", ZP_CELLS_WHOLE, "连续合格月数", "Months in a row" },
	{ "reporting", ZP_CELLS_WORD, "上报质量", "Reporting" }, { "from", ZP_CELLS_DATE, "生效日期", "Valid from" }, { "until", ZP_CELLS_DATE, "有效期至", "Valid until" },
	{ "because", ZP_CELLS_TEXT, "不符合的条件", "What stands in the way (Chinese)" }, { "because_en", ZP_CELLS_TEXT, "不符合的条件（英文）", "What stands in the way" }
};

static void put_rounds(zp_table *t, const zp_recog_rounds *r)
{
	zp_table_word(t, r->inherited ? "inherited" : zp_recog_state_word((zp_recog_state)r->state));
	if (r->state <= ZP_RECOG_UNKNOWN) {
		zp_table_none(t, 2);
		return;
	}
	zp_table_whole(t, r->passed);
	zp_table_whole(t, r->failed);
}

/* The worst of the shares. */
static zp_recog_state reporting_of(const writing *w, const zp_recog_lab *lab)
{
	zp_recog_state state = w->r->rule->n_reporting ? ZP_RECOG_MET : ZP_RECOG_NOT_ASKED;
	for (size_t i = 0; i < w->r->rule->n_reporting; i++) {
		if (lab->reporting[i] == ZP_RECOG_UNMET || state == ZP_RECOG_UNMET)
			state = ZP_RECOG_UNMET;
		else if (lab->reporting[i] == ZP_RECOG_UNKNOWN)
			state = ZP_RECOG_UNKNOWN;
	}
	return state;
}

static void put_line(writing *w, zp_table *t, const zp_recog_line *line)
{
	const zp_recog_lab *lab = &w->r->labs[line->lab];
	zp_table_text(t, lab_of(w, line->lab)->code);
	put_item(t, item_of(w, line));
	put_marks(t, line->marks);
	for (int level = 0; level < ZP_RECOG_LEVELS; level++)
		put_rounds(t, &line->rounds[level]);
	zp_table_word(t, zp_recog_state_word((zp_recog_state)line->iqc.state));
	if (line->iqc.state == ZP_RECOG_NOT_ASKED)
		zp_table_none(t, 1);
	else
		zp_table_whole(t, line->iqc.run);
	zp_table_word(t, zp_recog_state_word(reporting_of(w, lab)));
	if (line->marks) {
		zp_table_word(t, w->r->papers[lab->paper].from);
		zp_table_word(t, w->r->papers[lab->paper].until);
	} else
		zp_table_none(t, 2);
	zp_table_text(t, zp_recog_because(w->arena, w->r, line, true));
	zp_table_text(t, zp_recog_because(w->arena, w->r, line, false));
}

static bool write_lines(writing *w)
{
	zp_table *t = ZP_TABLE_OPEN(w->press, "recognition.csv", line_columns, w->kept, w->err);
	for (size_t lab = 0; t && lab < w->year->chronicle->n_labs; lab++) {
		const zp_recog_lab *of = &w->r->labs[lab];
		w->arena = zp_arena_open();
		for (size_t i = of->first; i < of->first + of->n; i++)
			put_line(w, t, &w->r->lines[i]);
		zp_arena_close(w->arena);
	}
	return t && zp_table_close(t, w->err);
}

/* ---- by laboratory ---- */

static const zp_column lab_columns[] = {
	{ "lab", ZP_CELLS_TEXT, "实验室", "Laboratory" }, { "name", ZP_CELLS_TEXT, "名称", "Name" }, { "region", ZP_CELLS_TEXT, "地区", "Region" },
	{ "class", ZP_CELLS_TEXT, "类别", "Class" }, { "items", ZP_CELLS_WHOLE, "项目数", "Items" }, { "recognised", ZP_CELLS_WHOLE, "互认项目数", "Recognised" },
	{ "national", ZP_CELLS_WHOLE, "全国HR", "National HR" }, { "provincial", ZP_CELLS_WHOLE, "省HR", "Provincial HR" }, { "city", ZP_CELLS_WHOLE, "市HR", "City HR" },
	{ "number", ZP_CELLS_TEXT, "证书编号", "Number" }, { "issue", ZP_CELLS_WHOLE, "签发次数", "Issue" }, { "issued", ZP_CELLS_DATE, "发证日期", "Issued" },
	{ "from", ZP_CELLS_DATE, "生效日期", "Valid from" }, { "until", ZP_CELLS_DATE, "有效期至", "Valid until" }, { "measurands", ZP_CELLS_TEXT, "所列项目", "What it lists" }
};

static bool write_labs(writing *w)
{
	zp_table *t = ZP_TABLE_OPEN(w->press, "recognition-labs.csv", lab_columns, w->kept, w->err);
	for (uint32_t lab = 0; t && lab < w->year->chronicle->n_labs; lab++) {
		const zp_recog_lab *of = &w->r->labs[lab];
		if (!of->n)
			continue;
		zp_table_text(t, lab_of(w, lab)->code);
		zp_table_text(t, lab_of(w, lab)->says->name);
		zp_table_text(t, lab_of(w, lab)->says->region);
		zp_table_text(t, lab_of(w, lab)->says->lab_class);
		zp_table_whole(t, of->n);
		zp_table_whole(t, of->recognised);
		for (int level = 0; level < ZP_RECOG_LEVELS; level++)
			zp_table_whole(t, of->marks[level]);
		if (of->paper == UINT32_MAX) {
			zp_table_none(t, 6);
			continue;
		}
		const zp_recog_paper *paper = &w->r->papers[of->paper];
		zp_table_text(t, paper->number);
		zp_table_whole(t, paper->issue);
		zp_table_word(t, paper->issued);
		zp_table_word(t, paper->from);
		zp_table_word(t, paper->until);
		zp_table_text(t, paper->list);
	}
	return t && zp_table_close(t, w->err);
}

/* ---- for the commission ---- */

static const zp_column list_columns[] = {
	{ "lab", ZP_CELLS_TEXT, "实验室", "Laboratory" }, { "name", ZP_CELLS_TEXT, "名称", "Name" }, { "class", ZP_CELLS_TEXT, "类别", "Class" },
	{ "region", ZP_CELLS_TEXT, "地区", "Region" }, { "specimen", ZP_CELLS_TEXT, "标本", "Specimen" }, { "item", ZP_CELLS_TEXT, "项目代码", "Item" },
	{ "item_name", ZP_CELLS_TEXT, "项目", "Item name" }, { "marks", ZP_CELLS_WORD, "互认标识", "Marks" }, { "until", ZP_CELLS_DATE, "有效期至", "Valid until" }
};

static bool write_list(writing *w)
{
	zp_table *t = ZP_TABLE_OPEN(w->press, "recognition-list.csv", list_columns, w->kept, w->err);
	for (size_t i = 0; t && i < w->r->n_lines; i++) {
		const zp_recog_line *line = &w->r->lines[i];
		if (!line->marks)
			continue;
		zp_table_text(t, lab_of(w, line->lab)->code);
		zp_table_text(t, lab_of(w, line->lab)->says->name);
		zp_table_text(t, lab_of(w, line->lab)->says->lab_class);
		zp_table_text(t, lab_of(w, line->lab)->says->region);
		put_item(t, item_of(w, line));
		put_marks(t, line->marks);
		zp_table_word(t, w->r->papers[w->r->labs[line->lab].paper].until);
	}
	return t && zp_table_close(t, w->err);
}

/* ---- by measurand ---- */

static const zp_column item_columns[] = {
	{ "specimen", ZP_CELLS_TEXT, "标本", "Specimen" }, { "item", ZP_CELLS_TEXT, "项目代码", "Item" }, { "name", ZP_CELLS_TEXT, "项目", "Name" },
	{ "laboratories", ZP_CELLS_WHOLE, "实验室数", "Laboratories" }, { "recognised", ZP_CELLS_WHOLE, "互认实验室数", "Recognised" },
	{ "national", ZP_CELLS_WHOLE, "全国HR", "National HR" }, { "provincial", ZP_CELLS_WHOLE, "省HR", "Provincial HR" }, { "city", ZP_CELLS_WHOLE, "市HR", "City HR" },
	{ "labs", ZP_CELLS_TEXT, "互认实验室", "Recognised laboratories" }
};

/* Lines of an item lie apart, since they are sorted by laboratory: gathered here. */
typedef struct gathered { uint32_t n, recognised, marks[ZP_RECOG_LEVELS]; size_t size, at; char *labs; } gathered;

static void gather(writing *w, gathered *of)
{
	for (size_t i = 0; i < w->r->n_lines; i++) {
		const zp_recog_line *line = &w->r->lines[i];
		gathered *g = &of[line->item];
		g->n++;
		g->recognised += line->marks != 0;
		g->size += line->marks ? strlen(lab_of(w, line->lab)->code) + 1 : 0;
		for (int level = 0; level < ZP_RECOG_LEVELS; level++)
			g->marks[level] += line->marks >> level & 1;
	}
	for (size_t i = 0; i < w->year->chronicle->n_items; i++)
		of[i].labs = zp_arena_take(w->arena, of[i].size + 1);
	for (size_t i = 0; i < w->r->n_lines; i++) {
		const zp_recog_line *line = &w->r->lines[i];
		gathered *g = &of[line->item];
		if (!line->marks)
			continue;
		const char *code = lab_of(w, line->lab)->code;
		if (g->at)
			g->labs[g->at++] = ' ';
		memcpy(g->labs + g->at, code, strlen(code));
		g->at += strlen(code);
	}
}

static bool write_items(writing *w)
{
	w->arena = zp_arena_open();
	gathered *of = zp_take(w->arena, gathered, w->year->chronicle->n_items + 1);
	gather(w, of);
	zp_table *t = ZP_TABLE_OPEN(w->press, "recognition-measurands.csv", item_columns, w->kept, w->err);
	for (size_t i = 0; t && i < w->year->chronicle->n_items; i++) {
		if (!of[i].n)
			continue;
		put_item(t, &w->year->chronicle->items[i]);
		zp_table_whole(t, of[i].n);
		zp_table_whole(t, of[i].recognised);
		for (int level = 0; level < ZP_RECOG_LEVELS; level++)
			zp_table_whole(t, of[i].marks[level]);
		zp_table_text(t, of[i].labs);
	}
	const bool good = t && zp_table_close(t, w->err);
	zp_arena_close(w->arena);
	return good;
}

bool zp_recognition_tables(const zp_year *year, zp_press *press, zp_kept *kept, zp_error *err)
{
	writing w = { .year = year, .r = year->recognition, .press = press, .kept = kept, .err = err };
	return !w.r || (write_lines(&w) && write_labs(&w) && write_list(&w) && write_items(&w));
}
