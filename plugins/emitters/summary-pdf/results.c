/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The results of each programme: its measurands in a table, then each by itself. */
#include <string.h>
#include "book.h"

zp_cell_text zp_page_of(zp_book *b, size_t programme, size_t measurand)
{
	if (b->pass != ZP_PRINT)
		return (zp_cell_text){ .text = "" };
	const size_t heading = b->measurand_at[b->first_of[programme] + measurand];
	return (zp_cell_text){ .text = zp_book_say(b, "%zu", b->headings[heading].page), .leads = heading + 1 };
}

static const zp_column_form columns[] = {
	{ { "检验项目", "Measurand" }, 119, ZP_COLUMN_WRAPPED, 0 },     { { "允许限", "Limit" }, 76, ZP_COLUMN_WRAPPED, 0 },
	{ { "家数", "Labs" }, 31, ZP_COLUMN_RIGHT, 0 },                 { { "评价结果", "Judged" }, 40, ZP_COLUMN_RIGHT, 0 },
	{ { "可接受率 %", "Acceptable share" }, 72, ZP_COLUMN_SHARE, 0 }, { { "满意", "Satisf." }, 32, ZP_COLUMN_RIGHT, 0 },
	{ { "不满意", "Unsatisf." }, 36, ZP_COLUMN_RIGHT, 0 },          { { "离群", "Outliers" }, 32, ZP_COLUMN_RIGHT, 0 },
	{ { "存疑组", "Doubtful" }, 34, ZP_COLUMN_RIGHT, 0 },           { { "页", "Page" }, 23, ZP_COLUMN_RIGHT, 0 },
};

static void put_row(zp_book *b, zp_table_form *form, size_t p, size_t i)
{
	const zp_told_measurand *m = &b->s->programmes[p].measurands[i];
	const zp_cell_text cells[ZP_CELLS] = {
		{ .text = m->name, .more = m->name_en, .bold = true }, { .text = m->limit }, { .text = zp_book_say(b, "%u", m->labs) }, { .text = zp_book_say(b, "%u", m->judged) },
		{ .text = zp_percent(b, m->acceptable, m->judged), .share = zp_share_of(m->acceptable, m->judged) }, { .text = zp_book_say(b, "%u", m->satisfactory) },
		{ .text = zp_book_say(b, "%u", m->unsatisfactory) }, { .text = m->answered ? "–" : zp_book_say(b, "%u", m->outliers) }, { .text = zp_book_say(b, "%u", m->doubtful) }, zp_page_of(b, p, i),
	};
	zp_table_row(b, form, cells);
}

static void say_programme(zp_book *b, const zp_told_programme *p)
{
	const unsigned told = p->satisfactory + p->unsatisfactory;
	const char *share = zp_percent(b, p->credit, p->judged * 100ull), *labs = zp_percent(b, p->satisfactory, told);
	zp_paragraph(b, zp_book_say(b, "共评价结果 %u 个，可接受率 %s %%。成绩满意的实验室 %u 家，不满意 %u 家，满意率 %s %%。方案 %s，版本 %s。", p->judged, share, p->satisfactory, p->unsatisfactory,
	                       labs, zp_or_dash(p->scheme), zp_or_dash(p->scheme_version)),
	             zp_book_say(b, "%u results were judged, %s %% of them acceptable. %u laboratories are satisfactory and %u are not (%s %% satisfactory). Scheme %s, version %s.", p->judged, share,
	                    p->satisfactory, p->unsatisfactory, labs, zp_or_dash(p->scheme), zp_or_dash(p->scheme_version)));
}

static void put_programme(zp_book *b, size_t i)
{
	const zp_told_programme *p = &b->s->programmes[i];
	if (i)
		zp_skip(b, 8);
	zp_part(b, (zp_both){ p->name, p->name_en }, 110);
	if (*p->cancelled) {
		zp_paragraph(b, zp_book_say(b, "本轮取消：%s。", p->cancelled), "Did not take place in this round.");
		return;
	}
	say_programme(b, p);
	if (!p->n_measurands)
		return;
	zp_table_form form = { columns, sizeof columns / sizeof *columns, { p->name, *p->name_en ? p->name_en : p->code }, .step = 14 };
	zp_table_begin(b, &form);
	for (size_t m = 0; m < p->n_measurands; m++)
		put_row(b, &form, i, m);
	zp_table_end(b, &form);
	for (size_t m = 0; m < p->n_measurands; m++)
		zp_block(b, i, m);
}

void zp_results(zp_book *b)
{
	zp_chapter(b, "三", "3", (zp_both){ "结果", "Results" });
	zp_paragraph(b, "各专业先列各项目总表，再逐项列出每个样本、每组的靶值、离散度和可接受率。“不满意”指 S1 未达到合格线的实验室；“存疑组”为靶值存疑或不设靶值的组数。",
	             "For each programme a table of all measurands, then each measurand with target, spread and acceptable share of every group and sample. Unsatisfactory: laboratories whose S1 is below the pass mark. Doubtful: groups with a doubtful target or none.");
	for (size_t i = 0; i < b->s->n_programmes; i++)
		put_programme(b, i);
}
