/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sheets beside the grids: what to do, and the organiser's lists. */
#include "pages.h"

bool has_codes(const zp_form *f)
{
	for (size_t i = 0; i < f->n_programmes; i++)
		for (int k = 0; k < ZP_FORM_KEYS; k++)
			if (f->programmes[i].keys[k].n)
				return true;
	return false;
}

size_t codes_column(const zp_form *f, size_t programme, int key)
{
	size_t column = 0;
	for (size_t i = 0; i <= programme; i++)
		for (int k = 0; k < ZP_FORM_KEYS && (i < programme || k < key); k++)
			column += f->programmes[i].keys[k].n > 0;
	return column;
}

/* The lists stand side by side; rows are written from top to bottom, which is the only order there is. */
static bool codes_row(workbook *w, lxw_worksheet *sheet, const zp_form *f, size_t row, bool *any)
{
	size_t column = 0;
	*any = false;
	for (size_t i = 0; i < f->n_programmes; i++)
		for (int k = 0; k < ZP_FORM_KEYS; k++) {
			const zp_form_key *key = &f->programmes[i].keys[k];
			if (!key->n)
				continue;
			if (row < key->n) {
				*any = true;
				if (!sheet_text(w, sheet, row + 1, column, key->names[row], STYLE_NAME))
					return false;
			}
			column++;
		}
	return true;
}

bool codes_write(workbook *w, const zp_form *f)
{
	lxw_worksheet *sheet = sheet_add(w, CODES_SHEET(f->chinese));
	size_t column = 0;
	if (!sheet)
		return false;
	for (size_t i = 0; i < f->n_programmes; i++)
		for (int k = 0; k < ZP_FORM_KEYS; k++) {
			if (!f->programmes[i].keys[k].n)
				continue;
			size_t size = strlen(f->programmes[i].code) + 32;
			char *head = w->host->take(w->host, size);
			snprintf(head, size, "%s %s", f->programmes[i].code, key_words[f->chinese][k]);
			if (!sheet_text(w, sheet, 0, column++, head, STYLE_HEADER))
				return false;
		}
	if (column && !sheet_columns(w, sheet, 0, column - 1, 28))
		return false;
	bool any = true;
	for (size_t row = 0; any; row++)
		if (!codes_row(w, sheet, f, row, &any))
			return false;
	worksheet_freeze_panes(sheet, 1, 0);
	return sheet_finish(w, sheet, 0, "&R&P / &N");
}

bool notes_write(workbook *w, const zp_form *f)
{
	size_t size = strlen(f->closes) + strlen(f->organiser) + strlen(f->organiser_en) + 200;
	char *send_zh = w->host->take(w->host, size), *send_en = w->host->take(w->host, size);
	snprintf(send_zh, size, "8. 请在截止时间 %s 之前把本文件交回%s，不要改文件名：文件名就是本实验室的编码。", f->closes, f->organiser);
	snprintf(send_en, size, "8. Return this file to %s before %s, under its own name: it is your laboratory's code.",
		 *f->organiser_en ? f->organiser_en : f->organiser, f->closes);
	const char *lines[] = {
		"填写说明",
		"1. 只填黄色单元格，其余单元格已锁定。请不要增删行列，也不要改工作表的名称。",
		"2. 定量结果只写数字，小数点用英文句点；单位以表中为准，不要写单位。应报的小数位数见单元格提示。",
		"3. 低于检测下限写 <0.5，高于测定上限写 >100，其中的数换成本实验室的界限。",
		"4. 没有结果的样本请留空；不要写 0、“无”或“/”。",
		"5. 仪器、方法、试剂、校准品有列表的，请从下拉列表中选择；没有列表的，请写全称，各次写法一致。",
		"6. 表中是本实验室登记开展的项目。与实际不符时，请在截止之前告知组织方。",
		"7. 结果为阴阳性、等级、滴度、代码的项目，请从下拉列表选择，或按“答案表”填写；指数（COI、S/CO）、检测下限填在各自的列中，没有请留空。",
		send_zh,
		"Notes",
		"1. Fill in the yellow cells only; all others are locked. Please add or remove no rows or columns, and leave the sheets' names.",
		"2. A quantity is digits with a decimal point. The unit is the one given; do not write it. The decimals expected are told beside the cell.",
		"3. Below the limit of detection write <0.5, above the measuring range >100, with your own limits instead of these numbers.",
		"4. Leave a sample empty for which there is no result; do not write 0, none or a dash.",
		"5. Choose instrument, method, reagent and calibrator from the list; where there is none, write the full name, the same way each time.",
		"6. The form has the measurands that your laboratory has declared. If that is not what you measure, tell the organiser before the closing time.",
		"7. Where the result is a word, a grade, a titre or a code, choose from the list or write one of the sheet of answers; the index (COI, S/CO) and the "
		"limit of detection have columns of their own, empty when there is none.",
		send_en,
	};
	lxw_worksheet *sheet = sheet_add(w, NOTES_SHEET(f->chinese));
	bool good = sheet && sheet_columns(w, sheet, 0, 0, 120);
	for (size_t i = 0, row = 0; good && i < sizeof lines / sizeof *lines; i++, row++) {
		const bool title = i == 0 || i == 9;
		row += i == 9; /* a blank row between the languages */
		good = sheet_row(w, sheet, row, title ? 30 : 24) && sheet_text(w, sheet, row, 0, lines[i], title ? STYLE_TITLE : STYLE_NOTE);
	}
	return good && sheet_finish(w, sheet, 0, "&R&P / &N");
}
