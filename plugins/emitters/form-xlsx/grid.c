/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sheet of one programme: lines that say whose form it is, then the table that importers read: a grid with a row for each measurand,
 * or a list with a row for each sample where an index or a limit of detection belongs beside the value. */
#include <strings.h>
#include "pages.h"

#define NAME_MOST 31  /* characters of a sheet's name */
#define LEFT 4        /* columns before the samples: number, code, name, unit; in a list the sample follows */
#define LINES 6       /* before the header, and a blank one */
#define HEADER (LINES + 1)
#define HINT_TITLE_MOST 32
#define HINT_MOST 255

const char *const key_words[2][ZP_FORM_KEYS] = { { "system", "instrument", "method", "reagent", "calibrator" },
						 { "检测系统", "仪器", "方法", "试剂", "校准品" } };

/* ---- the sheet's name ---- */

static bool is_taken(const zp_form *f, const char *name, const char *const *before, size_t i)
{
	for (int chinese = 0; chinese < 2; chinese++) /* importers pass over them in either language */
		if (strcasecmp(name, NOTES_SHEET(chinese)) == 0 || strcasecmp(name, CODES_SHEET(chinese)) == 0 || strcasecmp(name, ANSWERS_SHEET(chinese)) == 0)
			return true;
	if (strcasecmp(name, "history") == 0)
		return true;
	for (size_t k = 0; k < i; k++)
		if (strcasecmp(name, before[k]) == 0)
			return true;
	if (strcmp(name, f->programmes[i].code) == 0)
		return false;
	for (size_t k = 0; k < f->n_programmes; k++) /* a name that was changed must not be another programme's */
		if (strcasecmp(name, f->programmes[k].code) == 0)
			return true;
	return false;
}

static const char *cleaned(workbook *w, const char *code, size_t most)
{
	const char *cut = cut_text(w, code, most);
	char *name = w->host->take(w->host, strlen(cut) + 2), *to = name;
	for (const char *p = cut; *p; p++)
		*to++ = strchr("[]:*?/\\'", *p) ? '_' : *p;
	if (!*name)
		*name = '_';
	return name;
}

const char *sheet_name(workbook *w, const zp_form *f, size_t i)
{
	const char **names = w->host->take(w->host, (i + 1) * sizeof *names);
	for (size_t k = 0; k <= i; k++) {
		names[k] = cleaned(w, f->programmes[k].code, NAME_MOST);
		for (unsigned n = 2; is_taken(f, names[k], names, k); n++) {
			char *other = w->host->take(w->host, 4 * NAME_MOST + 16);
			snprintf(other, 4 * NAME_MOST + 16, "%s~%u", cleaned(w, f->programmes[k].code, NAME_MOST - 6), n);
			names[k] = other;
		}
	}
	return names[i];
}

/* ---- what may stand in a cell ---- */

/* A number or a bound, as digits: no sign within, nothing that a spreadsheet would take for a date. The cell stays text,
 * so that what is typed comes back as typed; a formula is the only rule that can look at text. */
static char *number_rule(workbook *w, size_t row, size_t column)
{
	char cell[32], rule[512];
	zp_cell_name((long)row + 1, (long)column + 1, cell);
	snprintf(rule, sizeof rule,
		 "=AND(LEN(%s)<=20,SUMPRODUCT(--ISNUMBER(FIND(MID(%s&REPT(0,20),ROW($1:$20),1),\"0123456789.+-<>＜＞≤≥\")))=20,"
		 "ISERROR(FIND(\"-\",%s,2)),ISNUMBER(VALUE(MID(%s,1+ISNUMBER(FIND(LEFT(%s,1),\"<>＜＞≤≥\")),20))))",
		 cell, cell, cell, cell, cell);
	return (char *)(uintptr_t)cut_text(w, rule, sizeof rule);
}

static char *hint_title(workbook *w, const zp_form *f, const zp_form_measurand *m)
{
	size_t size = strlen(m->code) + strlen(m->name) + strlen(m->name_en) + 2;
	char *both = w->host->take(w->host, size);
	snprintf(both, size, "%s %s", m->code, one_of(f, m->name, m->name_en));
	return (char *)(uintptr_t)cut_text(w, both, HINT_TITLE_MOST);
}

static const char *hint_of_answers(const zp_form *f, const zp_form_measurand *m)
{
	if (zp_scale_is_set(m->scale))
		return f->chinese ? "从列表选择，或写代码、名称；多个之间用 + 连接；没有则写“无”。" : "Choose, or write codes or names, several joined by +; none when there is none.";
	if (m->scale->n > ANSWERS_LISTED)
		return f->chinese ? "写代码或名称，见“答案表”。" : "Write a code or a name of the sheet \"answer list\".";
	return f->chinese ? "从列表选择；也可写代码，或 阴性(-)、2+、1:8 等常用写法。" : "Choose from the list, or write a code, or what is usual: neg, 2+, 1:8.";
}

static char *hint(workbook *w, const zp_form *f, const zp_form_measurand *m)
{
	char text[700];
	if (m->scale)
		snprintf(text, sizeof text, "%s%s", hint_of_answers(f, m), !m->index ? "" : f->chinese ? "指数（COI、S/CO）填在旁边。" : " The index (COI, S/CO) goes beside it.");
	else if (m->lod && f->chinese)
		snprintf(text, sizeof text, "单位 %.60s。未检出写“未检出”，低于检测下限写 <下限；检测下限填在旁边。没有结果请留空。", m->unit);
	else if (m->lod)
		snprintf(text, sizeof text, "In %.60s. Not detected: write that, or <limit; the limit of detection goes beside it. Leave empty what was not measured.", m->unit);
	else if (f->chinese)
		snprintf(text, sizeof text, "单位 %.60s，%d 位小数。低于检测下限（如 0.5）写 <0.5，高于上限（如 100）写 >100；没有结果请留空。", m->unit, m->places);
	else
		snprintf(text, sizeof text, "In %.60s, %d decimals. Below the limit of detection write <limit, above the range >limit; leave empty what "
			 "was not measured.", m->unit, m->places);
	return (char *)(uintptr_t)cut_text(w, text, HINT_MOST);
}

/* The answers, from which another text is a question and no refusal: "阴性(-)" is understood as well. A set may be anything. */
static void list_answers(const zp_form *f, const zp_form_measurand *x, char list[static 256], lxw_data_validation *rule)
{
	if (!x->scale || x->scale->n > ANSWERS_LISTED)
		return;
	answers_list(f, x->scale, list);
	rule->validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
	rule->value_formula = list;
	rule->dropdown = LXW_VALIDATION_ON;
	rule->show_error = zp_scale_is_set(x->scale) ? LXW_VALIDATION_OFF : LXW_VALIDATION_ON;
	rule->error_type = LXW_VALIDATION_ERROR_TYPE_WARNING;
	rule->error_title = (char *)(uintptr_t)(f->chinese ? "不在答案表中" : "Not in the list");
	rule->error_message = (char *)(uintptr_t)(f->chinese ? "请从列表中选择。阴性(-)、2+、1:8 等常用写法也可以。" : "Please choose from the list. What is usual, such as neg, 2+ or 1:8, is understood as well.");
}

/* What may stand in the cells of values `first` to `last` of a row. */
static bool rule_of_values(workbook *w, lxw_worksheet *sheet, const zp_form *f, const zp_form_measurand *x, size_t row, size_t first, size_t last)
{
	char list[256];
	lxw_data_validation rule = {
		.validate = x->number ? LXW_VALIDATION_TYPE_CUSTOM_FORMULA : LXW_VALIDATION_TYPE_ANY,
		.value_formula = x->number ? number_rule(w, row, first) : NULL,
		.ignore_blank = LXW_VALIDATION_ON,
		.input_title = hint_title(w, f, x),
		.input_message = hint(w, f, x),
		.error_title = (char *)(uintptr_t)(f->chinese ? "不是可用的结果" : "Not a usable result"),
		.error_message = (char *)(uintptr_t)(f->chinese ? "请只填数字（小数点为英文句点），或 <0.5、>100 这样的界限；不要写单位。"
							        : "Write digits with a decimal point, or a bound such as <0.5 or >100, and no unit."),
		.error_type = LXW_VALIDATION_ERROR_TYPE_STOP,
	};
	list_answers(f, x, list, &rule);
	return checked_text(w, rule.input_title) && checked_text(w, rule.input_message) && sheet_validate(w, sheet, row, first, last, &rule);
}

/* An index or a limit of detection: a number or a bound. */
static bool rule_of_number(workbook *w, lxw_worksheet *sheet, const zp_form *f, size_t row, size_t column)
{
	lxw_data_validation rule = {
		.validate = LXW_VALIDATION_TYPE_CUSTOM_FORMULA,
		.value_formula = number_rule(w, row, column),
		.ignore_blank = LXW_VALIDATION_ON,
		.error_title = (char *)(uintptr_t)(f->chinese ? "不是数字" : "Not a number"),
		.error_message = (char *)(uintptr_t)(f->chinese ? "请只填数字，小数点为英文句点。" : "Write digits with a decimal point."),
		.error_type = LXW_VALIDATION_ERROR_TYPE_STOP,
	};
	return sheet_validate(w, sheet, row, column, column, &rule);
}

/* The organiser's list, from which another name is a question and no refusal: a laboratory may have what is not listed. */
static bool rule_of_key(workbook *w, lxw_worksheet *sheet, const zp_form *f, size_t programme, int key, size_t row, size_t column)
{
	const zp_form_key *k = &f->programmes[programme].keys[key];
	char list[256], first[32], last[32];
	if (!k->n)
		return true;
	size_t at = codes_column(f, programme, key);
	int letters = zp_cell_name(2, (long)at + 1, first) - 1;
	snprintf(last, sizeof last, "%zu", k->n + 1);
	snprintf(list, sizeof list, "='%s'!$%.*s$2:$%.*s$%s", CODES_SHEET(f->chinese), letters, first, letters, first, last);
	lxw_data_validation rule = {
		.validate = LXW_VALIDATION_TYPE_LIST_FORMULA,
		.value_formula = list,
		.ignore_blank = LXW_VALIDATION_ON,
		.dropdown = LXW_VALIDATION_ON,
		.error_title = (char *)(uintptr_t)(f->chinese ? "不在代码表中" : "Not in the list"),
		.error_message = (char *)(uintptr_t)(f->chinese ? "请从列表中选择。确实没有的，才填写全称。"
				: "Please choose from the list; write a name in full only where it is missing there."),
		.error_type = LXW_VALIDATION_ERROR_TYPE_WARNING,
	};
	return sheet_validate(w, sheet, row, column, column, &rule);
}

/* ---- what stands in it ---- */

static bool head(workbook *w, lxw_worksheet *sheet, const zp_form *f, const zp_form_programme *p)
{
	const struct { const char *zh, *en, *says; } lines[LINES] = {
		{ "质评活动", "round", one_of(f, f->round_name, f->round_name_en) },
		{ "实验室编码", "lab", f->lab },
		{ "实验室名称", "lab name", f->lab_name },
		{ "专业", "programme", p->code },
		{ "专业名称", "programme name", one_of(f, p->name, p->name_en) },
		{ "截止时间", "closes", f->closes },
	};
	bool good = true;
	for (size_t i = 0; i < LINES; i++)
		good = good && sheet_row(w, sheet, i, i ? 17 : 28) && sheet_text(w, sheet, i, 0, f->chinese ? lines[i].zh : lines[i].en,
				STYLE_LABEL) &&
		       sheet_text(w, sheet, i, 1, lines[i].says, i ? STYLE_PLAIN : STYLE_TITLE);
	return good && sheet_row(w, sheet, LINES, 8);
}

static bool header(workbook *w, lxw_worksheet *sheet, const zp_form *f, const zp_form_programme *p)
{
	static const char *const left[2][LEFT] = { { "no", "measurand", "name", "unit" }, { "序号", "项目", "名称", "单位" } };
	bool good = sheet_row(w, sheet, HEADER, 30);
	size_t column = 0;
	for (; good && column < LEFT; column++)
		good = sheet_text(w, sheet, HEADER, column, left[f->chinese][column], STYLE_HEADER);
	if (zp_form_is_list(p)) {
		good = good && sheet_text(w, sheet, HEADER, column++, f->chinese ? "样本" : "sample", STYLE_HEADER) &&
		       sheet_text(w, sheet, HEADER, column++, f->chinese ? "结果" : "value", STYLE_HEADER);
		if (zp_form_asks_index(p))
			good = good && sheet_text(w, sheet, HEADER, column++, f->chinese ? "指数" : "index", STYLE_HEADER);
		if (zp_form_asks_lod(p))
			good = good && sheet_text(w, sheet, HEADER, column++, f->chinese ? "检测下限" : "lod", STYLE_HEADER);
	}
	for (size_t s = 0; good && s < p->n_samples && !zp_form_is_list(p); s++)
		good = sheet_text(w, sheet, HEADER, column++, p->samples[s], STYLE_HEADER);
	for (int k = 0; good && k < ZP_FORM_KEYS; k++)
		if (p->keys[k].asked)
			good = sheet_text(w, sheet, HEADER, column++, key_words[f->chinese][k], STYLE_HEADER);
	return good;
}

/* Of a list: the sample, its value, and what belongs beside it. */
static bool list_cells(workbook *w, lxw_worksheet *sheet, const zp_form *f, const zp_form_programme *p, const zp_form_measurand *x, const char *sample,
		       size_t row, size_t *column)
{
	bool good = sheet_text(w, sheet, row, (*column)++, sample, STYLE_CODE) && rule_of_values(w, sheet, f, x, row, *column, *column) &&
		    sheet_empty(w, sheet, row, (*column)++, STYLE_VALUE);
	const struct { bool column, asked; } beside[] = { { zp_form_asks_index(p), x->index }, { zp_form_asks_lod(p), x->lod } };
	for (size_t i = 0; good && i < 2; i++) {
		if (!beside[i].column)
			continue;
		good = sheet_empty(w, sheet, row, *column, beside[i].asked ? STYLE_VALUE : STYLE_UNIT) && (!beside[i].asked || rule_of_number(w, sheet, f, row, *column));
		(*column)++;
	}
	return good;
}

/* The unit, or its logarithm. */
static bool unit_choice(workbook *w, lxw_worksheet *sheet, const zp_form_measurand *x, size_t row)
{
	const char *const units[] = { x->unit, x->log_unit, NULL };
	lxw_data_validation rule = { .validate = LXW_VALIDATION_TYPE_LIST, .value_list = (void *)(uintptr_t)units, .ignore_blank = LXW_VALIDATION_ON,
				     .dropdown = LXW_VALIDATION_ON, .error_type = LXW_VALIDATION_ERROR_TYPE_WARNING };
	return sheet_text(w, sheet, row, 3, x->unit, STYLE_CHOICE) && sheet_validate(w, sheet, row, 3, 3, &rule);
}

/* The row of measurand m in a grid, or of its sample s in a list. */
static bool row_of(workbook *w, lxw_worksheet *sheet, const zp_form *f, size_t programme, size_t m, size_t s, size_t at)
{
	const zp_form_programme *p = &f->programmes[programme];
	const zp_form_measurand *x = &p->measurands[m];
	const bool list = zp_form_is_list(p);
	const size_t row = HEADER + 1 + at;
	char number[32];
	snprintf(number, sizeof number, "%zu", at + 1);
	bool good = sheet_row(w, sheet, row, 20) && sheet_text(w, sheet, row, 0, number, STYLE_NUMBER) &&
		    sheet_text(w, sheet, row, 1, x->code, STYLE_CODE) && sheet_text(w, sheet, row, 2, one_of(f, x->name, x->name_en), STYLE_NAME) &&
		    (x->log_unit ? unit_choice(w, sheet, x, row) : sheet_text(w, sheet, row, 3, x->unit, STYLE_UNIT));
	size_t column = LEFT;
	if (list)
		good = good && list_cells(w, sheet, f, p, x, p->samples[s], row, &column);
	else if (p->n_samples)
		good = good && rule_of_values(w, sheet, f, x, row, LEFT, LEFT + p->n_samples - 1);
	for (size_t k = 0; good && !list && k < p->n_samples; k++)
		good = zp_form_asks(x, k) ? sheet_empty(w, sheet, row, column++, STYLE_VALUE) : sheet_text(w, sheet, row, column++, "—", STYLE_UNIT);
	for (int k = 0; good && k < ZP_FORM_KEYS; k++) {
		if (!p->keys[k].asked)
			continue;
		good = sheet_empty(w, sheet, row, column, STYLE_CHOICE) && rule_of_key(w, sheet, f, programme, k, row, column);
		column++;
	}
	return good;
}

/* Columns between those on the left and the keys. */
static size_t middle(const zp_form_programme *p)
{
	return zp_form_is_list(p) ? (size_t)2 + zp_form_asks_index(p) + zp_form_asks_lod(p) : p->n_samples;
}

static bool widths(workbook *w, lxw_worksheet *sheet, const zp_form_programme *p)
{
	const size_t n = middle(p);
	size_t keys = 0;
	for (int k = 0; k < ZP_FORM_KEYS; k++)
		keys += p->keys[k].asked;
	return sheet_columns(w, sheet, 0, 0, 13) && sheet_columns(w, sheet, 1, 1, 12) && sheet_columns(w, sheet, 2, 2, 20) &&
	       sheet_columns(w, sheet, 3, 3, 11) && (!n || sheet_columns(w, sheet, LEFT, LEFT + n - 1, 11)) &&
	       (!keys || sheet_columns(w, sheet, LEFT + n, LEFT + n + keys - 1, 17));
}

/* "LAB01 · chemistry", and the page. In a footer & begins a command. */
static const char *footer(workbook *w, const zp_form *f, const zp_form_programme *p)
{
	size_t size = 2 * strlen(p->code) + strlen(f->lab) + 64;
	char *out = w->host->take(w->host, size), *to = out + snprintf(out, size, "&L%s · ", f->lab);
	for (const char *s = cut_text(w, p->code, 60); *s; s++) {
		if (*s == '&')
			*to++ = '&';
		*to++ = *s;
	}
	stpcpy(to, "&R&P / &N");
	return out;
}

bool grid_write(workbook *w, const zp_form *f, size_t i, bool first)
{
	const zp_form_programme *p = &f->programmes[i];
	lxw_worksheet *sheet = sheet_add(w, sheet_name(w, f, i));
	if (!sheet || !widths(w, sheet, p) || !head(w, sheet, f, p) || !header(w, sheet, f, p))
		return false;
	const bool list = zp_form_is_list(p);
	const size_t left = LEFT + list;
	size_t rows = 0;
	for (size_t m = 0; m < p->n_measurands; m++)
		for (size_t s = 0; s < (list ? p->n_samples : 1); s++)
			if ((!list || zp_form_asks(&p->measurands[m], s)) && !row_of(w, sheet, f, i, m, s, rows++))
				return false;
	worksheet_freeze_panes(sheet, HEADER + 1, (lxw_col_t)left);
	worksheet_set_tab_color(sheet, 0x2F5597);
	worksheet_set_zoom(sheet, 100);
	if (first)
		worksheet_activate(sheet);
	if (p->n_samples && rows) {
		char from[32], to[32], range[80];
		zp_cell_name(HEADER + 2, (long)left + 1, from);
		zp_cell_name((long)(HEADER + 1 + rows), (long)(LEFT + middle(p)), to);
		snprintf(range, sizeof range, "%s:%s", from, to);
		if (!workbook_hear(w, worksheet_ignore_errors(sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, range), "a mark"))
			return false;
		worksheet_set_selection(sheet, HEADER + 1, (lxw_col_t)left, HEADER + 1, (lxw_col_t)left);
	}
	return sheet_finish(w, sheet, HEADER, footer(w, f, p));
}
