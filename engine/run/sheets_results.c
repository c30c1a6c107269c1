/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results and verdicts as sheets. */
#include "model/written.h"
#include "run/phrases.h"
#include "run/sheets.h"

#define RATIO_PLACES 6 /* as in scores.csv */

/* ---- results ---- */

enum { R_LAB, R_NAME, R_PROGRAMME, R_MEASURAND, R_MEASURAND_NAME, R_SAMPLE, R_STATE, R_VALUE, R_X_PT, R_LOW, R_HIGH, R_UNIT, R_BIAS, R_BIAS_PCT, R_SHARE,
       R_SDI, R_INFORMATIVE, R_VERDICT, R_REASON, R_MARK, R_GROUP, R_COLUMNS };

static const zp_column result_columns[R_COLUMNS] = {
	[R_LAB] = { "lab", ZP_CELLS_TEXT, "实验室编码", "Laboratory" },
	[R_NAME] = { "name", ZP_CELLS_TEXT, "实验室名称", "Name" },
	[R_PROGRAMME] = { "programme", ZP_CELLS_TEXT, "专业代码", "Programme" },
	[R_MEASURAND] = { "measurand", ZP_CELLS_TEXT, "项目代码", "Measurand" },
	[R_MEASURAND_NAME] = { "measurand_name", ZP_CELLS_TEXT, "项目", "Measurand name" },
	[R_SAMPLE] = { "sample", ZP_CELLS_TEXT, "样本", "Sample" },
	[R_STATE] = { "state", ZP_CELLS_WORD, "回报情况", "State" },
	[R_VALUE] = { "value", ZP_CELLS_NUMBER, "结果", "Value" },
	[R_X_PT] = { "x_pt", ZP_CELLS_NUMBER, "靶值", "Target" },
	[R_LOW] = { "low", ZP_CELLS_NUMBER, "允许下限", "Allowed from" },
	[R_HIGH] = { "high", ZP_CELLS_NUMBER, "允许上限", "Allowed to" },
	[R_UNIT] = { "unit", ZP_CELLS_TEXT, "单位", "Unit" },
	[R_BIAS] = { "bias", ZP_CELLS_NUMBER, "偏差", "Bias" },
	[R_BIAS_PCT] = { "bias_pct", ZP_CELLS_NUMBER, "偏倚 %", "Bias %" },
	[R_SHARE] = { "share_pct", ZP_CELLS_NUMBER, "占允许限 %", "Share of the limit %" },
	[R_SDI] = { "sdi", ZP_CELLS_NUMBER, "SDI", "SDI" },
	[R_INFORMATIVE] = { "informative", ZP_CELLS_WORD, "SDI 可用", "SDI informative" },
	[R_VERDICT] = { "verdict", ZP_CELLS_WORD, "评价", "Verdict" },
	[R_REASON] = { "reason", ZP_CELLS_WORD, "原因", "Reason" },
	[R_MARK] = { "mark", ZP_CELLS_WORD, "是否参与统计", "In the statistics" },
	[R_GROUP] = { "group", ZP_CELLS_WHOLE, "组号", "Group" },
};

/* The enrolment that a cell lies in; rows come in order as a rule. */
static const zp_enrolment *enrolment_at(zp_sheet_pen *pen, size_t cell)
{
	const zp_roster *roster = pen->run->roster;
	if (roster->enrolments[pen->enrolment].first_cell > cell)
		pen->enrolment = 0;
	while (pen->enrolment + 1 < roster->n_enrolments && roster->enrolments[pen->enrolment + 1].first_cell <= cell)
		pen->enrolment++;
	return &roster->enrolments[pen->enrolment];
}

static zp_sheet_cell value_cell(zp_sheet_pen *pen, const zp_measurand *m, size_t i)
{
	const zp_round *r = pen->run->round;
	const zp_kind kind = (zp_kind)r->kind[i];
	char text[ZP_WRITTEN_BYTES];
	if (kind == ZP_NOTHING || r->state[i] == ZP_CONFLICT)
		return zp_cell_text("");
	if (kind == ZP_NUMBER)
		return zp_cell_decimal(pen, zp_round_value(r, i));
	return zp_cell_bytes(pen, text, zp_written(m, kind, zp_round_value(r, i), m->scale || kind == ZP_UNDETECTED ? 1 : -1, text));
}

static zp_sheet_cell target_cell(zp_sheet_pen *pen, const zp_measurand *m, const zp_group *g)
{
	char text[ZP_WRITTEN_BYTES];
	if (g->has_x_pt && !m->scale)
		return zp_cell_decimal(pen, g->x_pt);
	if (g->negative)
		return zp_cell_text("阴性");
	if (!g->has_answer)
		return zp_cell_text("");
	zp_sheet_cell cell = zp_cell_bytes(pen, text, zp_written(m, zp_scale_value_kind(m->scale), (zp_decimal){ g->elected.low, 0 }, 1, text));
	if (g->elected.high == g->elected.low || cell.text[0] == '\0')
		return cell;
	char both[2 * ZP_WRITTEN_BYTES + 16];
	size_t n = (size_t)snprintf(both, sizeof both, "%s 或 ", cell.text);
	n += zp_written(m, zp_scale_value_kind(m->scale), (zp_decimal){ g->elected.high, 0 }, 1, both + n);
	return zp_cell_bytes(pen, both, n);
}

static void put_group(zp_sheet_pen *pen, const zp_choices *c, const zp_measurand *m, size_t i, zp_sheet_cell *out)
{
	const uint32_t number = pen->run->judgement.group[i];
	const zp_score score = zp_run_score_of(pen->run, c, i);
	for (size_t k = R_X_PT; k <= R_INFORMATIVE; k++)
		out[k] = zp_cell_text("");
	out[R_GROUP] = zp_cell_text("");
	out[R_UNIT] = zp_cell_text(zp_measurand_unit(m));
	if (number == ZP_NO_GROUP)
		return;
	const zp_group *g = &pen->run->groups[number];
	out[R_GROUP] = zp_cell_whole(pen, number + 1);
	out[R_X_PT] = target_cell(pen, m, g);
	if (g->has_bounds) {
		out[R_LOW] = zp_cell_decimal(pen, g->low);
		out[R_HIGH] = zp_cell_decimal(pen, g->high);
	}
	out[R_BIAS] = zp_cell_fixed(pen, score.bias, m->places + 4);
	out[R_BIAS_PCT] = zp_cell_fixed(pen, score.bias_pct, RATIO_PLACES);
	out[R_SHARE] = zp_cell_fixed(pen, score.share_pct, RATIO_PLACES);
	out[R_SDI] = zp_cell_fixed(pen, score.sdi, RATIO_PLACES);
	if (isfinite(score.sdi))
		out[R_INFORMATIVE] = zp_cell_text(score.sdi_informative ? "yes" : "no");
}

static void result_row(const zp_sheet *sheet, size_t row, zp_sheet_cell *out)
{
	zp_sheet_pen *pen = sheet->self;
	const zp_run *run = pen->run;
	const size_t i = pen->first + row;
	const zp_enrolment *e = enrolment_at(pen, i);
	const zp_programme *p = zp_run_programme(run, e);
	const size_t at = i - e->first_cell;
	const zp_measurand *m = &p->scheme->measurands[e->declared[at / p->n_samples]];
	pen->used = 0;
	out[R_LAB] = zp_cell_text(run->roster->labs[e->lab].code);
	out[R_NAME] = zp_cell_text(run->roster->labs[e->lab].name);
	out[R_PROGRAMME] = zp_cell_text(p->code);
	out[R_MEASURAND] = zp_cell_text(m->code);
	out[R_MEASURAND_NAME] = zp_cell_text(m->name);
	out[R_SAMPLE] = zp_cell_text(p->samples[at % p->n_samples]);
	out[R_STATE] = zp_cell_text(zp_state_word(run->round->state[i]));
	out[R_VALUE] = value_cell(pen, m, i);
	put_group(pen, &p->scheme->choices, m, i, out);
	out[R_VERDICT] = zp_cell_text(zp_verdict_word((zp_verdict)run->judgement.verdict[i]));
	out[R_REASON] = zp_cell_text(zp_reason_word((zp_reason)run->judgement.reason[i]));
	out[R_MARK] = zp_cell_text(zp_mark_word(run->judgement.mark[i]));
}

void zp_sheets_add_results(zp_run *run, zp_sheet_list *list)
{
	size_t first = 0;
	do {
		zp_sheet *s = zp_sheet_more(run, list);
		zp_sheet_pen *pen = s->self;
		pen->first = first;
		s->name = "scores", s->title = "结果", s->title_en = "Results";
		s->note = "每个实验室、项目、样本一行：结果、靶值、允许范围、偏差、SDI 和评价；没有回报的也有一行";
		s->note_en = "A row for each laboratory, measurand and sample, also where nothing came: value, target, allowed range, bias, SDI, verdict";
		s->columns = result_columns, s->n_columns = R_COLUMNS;
		s->n_rows = run->round->n - first < ZP_SHEET_ROWS ? run->round->n - first : ZP_SHEET_ROWS;
		s->row = result_row;
		first += s->n_rows;
	} while (first < run->round->n);
}

/* ---- verdicts ---- */

enum { V_LAB, V_NAME, V_REGION, V_CLASS, V_PROGRAMME, V_PROGRAMME_NAME, V_STANDING, V_ACCEPTED, V_TOTAL, V_NOT_EVALUATED, V_SCORE, V_PASS, V_SATISFACTION,
       V_COLUMNS };
enum { W_LAB, W_NAME, W_PROGRAMME, W_MEASURAND, W_MEASURAND_NAME, W_STANDING, W_ACCEPTED, W_TOTAL, W_NOT_EVALUATED, W_SCORE, W_PASS, W_SATISFACTION, W_COLUMNS };

#define TALLY_COLUMNS                                                                                                                            \
	{ "standing", ZP_CELLS_WORD, "回报情况", "Standing" }, { "accepted", ZP_CELLS_NUMBER, "可接受结果", "Accepted" },                                    \
		{ "total", ZP_CELLS_WHOLE, "计分结果", "Total" }, { "not_evaluated", ZP_CELLS_WHOLE, "不评价", "Not evaluated" },                            \
		{ "score", ZP_CELLS_NUMBER, "成绩 %", "Score %" }, { "pass", ZP_CELLS_WHOLE, "满意线 %", "Pass mark %" },                                    \
		{ "satisfaction", ZP_CELLS_WORD, "成绩解释", "Satisfaction" }

static const zp_column verdict_columns[V_COLUMNS] = {
	{ "lab", ZP_CELLS_TEXT, "实验室编码", "Laboratory" }, { "name", ZP_CELLS_TEXT, "实验室名称", "Name" }, { "region_name", ZP_CELLS_TEXT, "地区", "Region" },
	{ "class", ZP_CELLS_TEXT, "类别", "Class" }, { "programme", ZP_CELLS_TEXT, "专业代码", "Programme" }, { "programme_name", ZP_CELLS_TEXT, "专业", "Programme name" },
	TALLY_COLUMNS,
};
static const zp_column measurand_columns[W_COLUMNS] = {
	{ "lab", ZP_CELLS_TEXT, "实验室编码", "Laboratory" }, { "name", ZP_CELLS_TEXT, "实验室名称", "Name" }, { "programme", ZP_CELLS_TEXT, "专业代码", "Programme" },
	{ "measurand", ZP_CELLS_TEXT, "项目代码", "Measurand" }, { "measurand_name", ZP_CELLS_TEXT, "项目", "Measurand name" },
	TALLY_COLUMNS,
};

static void put_tally(zp_sheet_pen *pen, const zp_tally *t, uint32_t pass, int places, zp_sheet_cell *out)
{
	*out++ = zp_cell_text(zp_standing_word((zp_standing)t->standing));
	*out++ = zp_cell_credit(pen, t->credit);
	*out++ = zp_cell_whole(pen, t->total);
	*out++ = zp_cell_whole(pen, t->not_evaluated);
	*out++ = zp_cell_share(pen, t->credit, t->total, places);
	*out++ = zp_cell_whole(pen, pass);
	*out = zp_cell_text(zp_satisfaction_word((zp_satisfaction)t->satisfaction));
}

static void verdict_row(const zp_sheet *sheet, size_t row, zp_sheet_cell *out)
{
	zp_sheet_pen *pen = sheet->self;
	const zp_run *run = pen->run;
	const zp_enrolment *e = &run->roster->enrolments[row];
	const zp_lab *lab = &run->roster->labs[e->lab];
	const zp_programme *p = zp_run_programme(run, e);
	pen->used = 0;
	out[V_LAB] = zp_cell_text(lab->code);
	out[V_NAME] = zp_cell_text(lab->name);
	out[V_REGION] = zp_cell_text(run->roster->regions->at[lab->region].name);
	out[V_CLASS] = zp_cell_text(zp_names_at(run->roster->classes, lab->lab_class).p);
	out[V_PROGRAMME] = zp_cell_text(p->code);
	out[V_PROGRAMME_NAME] = zp_cell_text(p->name);
	put_tally(pen, &run->s[row], p->scheme->pass, p->scheme->choices.s_places, out + V_STANDING);
}

static void measurand_row(const zp_sheet *sheet, size_t row, zp_sheet_cell *out)
{
	zp_sheet_pen *pen = sheet->self;
	const zp_run *run = pen->run;
	const size_t i = pen->first + row;
	if (run->first_tally[pen->enrolment] > i)
		pen->enrolment = 0;
	while (run->first_tally[pen->enrolment + 1] <= i)
		pen->enrolment++;
	const zp_enrolment *e = &run->roster->enrolments[pen->enrolment];
	const zp_programme *p = zp_run_programme(run, e);
	const zp_measurand *m = &p->scheme->measurands[e->declared[i - run->first_tally[pen->enrolment]]];
	pen->used = 0;
	out[W_LAB] = zp_cell_text(run->roster->labs[e->lab].code);
	out[W_NAME] = zp_cell_text(run->roster->labs[e->lab].name);
	out[W_PROGRAMME] = zp_cell_text(p->code);
	out[W_MEASURAND] = zp_cell_text(m->code);
	out[W_MEASURAND_NAME] = zp_cell_text(m->name);
	put_tally(pen, &run->s1[i], m->pass, p->scheme->choices.s1_places, out + W_STANDING);
}

void zp_sheets_add_verdicts(zp_run *run, zp_sheet_list *list)
{
	const size_t tallies = run->first_tally[run->roster->n_enrolments];
	zp_sheet *s = zp_sheet_more(run, list);
	s->name = "verdicts", s->title = "专业成绩", s->title_en = "Verdicts by programme";
	s->note = "每个实验室在每个参加专业的成绩", s->note_en = "The score of each laboratory in each programme that it is enrolled in";
	s->columns = verdict_columns, s->n_columns = V_COLUMNS, s->n_rows = run->roster->n_enrolments, s->row = verdict_row;
	for (size_t first = 0; first == 0 || first < tallies; first += ZP_SHEET_ROWS) {
		s = zp_sheet_more(run, list);
		((zp_sheet_pen *)s->self)->first = first;
		s->name = "verdicts", s->title = "项目成绩", s->title_en = "Verdicts by measurand";
		s->note = "每个实验室在每个开展项目的成绩", s->note_en = "The score of each laboratory in each measurand that it performs";
		s->columns = measurand_columns, s->n_columns = W_COLUMNS, s->row = measurand_row;
		s->n_rows = tallies - first < ZP_SHEET_ROWS ? tallies - first : ZP_SHEET_ROWS;
	}
}
