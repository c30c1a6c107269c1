/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the statistics are made, told of what was really used. */
#include <string.h>
#include "book.h"

/* ---- texts that occur, and how often ---- */

#define TALLIES 24 /* what occurs beyond them is told together */

typedef struct zp_counted { const char *text, *origin; unsigned long long n, without; } zp_counted;
typedef struct zp_count_list { zp_counted at[TALLIES + 1]; size_t n; } zp_count_list;

static zp_counted *counted(zp_count_list *l, const char *text, const char *origin)
{
	for (size_t i = 0; i < l->n; i++)
		if (strcmp(l->at[i].text, text) == 0 && strcmp(l->at[i].origin, origin) == 0)
			return &l->at[i];
	if (l->n == TALLIES) {
		l->at[TALLIES].text = "其他 others", l->at[TALLIES].origin = "";
		return &l->at[TALLIES];
	}
	l->at[l->n] = (zp_counted){ text, origin, 0, 0 };
	return &l->at[l->n++];
}

/* ---- targets ---- */

typedef struct zp_targets_told { zp_count_list methods; unsigned long long consensus, known, decided, without; } zp_targets_told;

static void count_targets(const zp_summary *s, zp_targets_told *out)
{
	for (size_t p = 0; p < s->n_programmes; p++)
		for (size_t m = 0; m < s->programmes[p].n_measurands; m++)
			for (size_t k = 0; k < s->programmes[p].n_samples; k++) {
				const zp_told_sample *x = &s->programmes[p].measurands[m].samples[k];
				for (size_t i = 0; i < x->n_groups; i++) {
					const zp_told_group *g = &x->groups[i];
					zp_counted *c = counted(&out->methods, g->method, g->origin);
					c->n += g->gradable;
					c->without += !g->gradable;
					out->without += !g->gradable;
					if (g->gradable)
						*(strcmp(g->origin, "known") == 0 ? &out->known : strcmp(g->origin, "decided") == 0 ? &out->decided : &out->consensus) += 1;
				}
			}
}

static const char *origin_says(const char *origin)
{
	return strcmp(origin, "known") == 0 ? "给定 stated" : strcmp(origin, "decided") == 0 ? "决定 decided" : "公议 consensus";
}

static void put_method(zp_book *b, zp_table_form *form, const zp_counted *c)
{
	const zp_both says = zp_method_says(c->text, c->origin);
	const zp_cell_text cells[ZP_CELLS] = { { .text = says.cn ? says.cn : zp_or_dash(c->text), .bold = true }, { .text = says.cn ? says.en : "" }, { .text = c->text }, { .text = origin_says(c->origin) },
		                               { .text = zp_book_say(b, "%llu", c->n) }, { .text = zp_book_say(b, "%llu", c->without) } };
	zp_table_row(b, form, cells);
}

static void put_targets(zp_book *b)
{
	static const zp_column_form columns[] = {
		{ { "定值方法", "Method" }, 130, ZP_COLUMN_WRAPPED, 0 },  { { "英文名", "In English" }, 130, ZP_COLUMN_WRAPPED, 0 },
		{ { "程序名与版本", "Name, version" }, 86, ZP_COLUMN_LEFT, 0 },
		{ { "来源", "Origin" }, 64, ZP_COLUMN_LEFT, 0 },          { { "靶值", "Targets" }, 40, ZP_COLUMN_RIGHT, 0 },
		{ { "不设", "None" }, 45, ZP_COLUMN_RIGHT, 0 },
	};
	zp_targets_told told = { 0 };
	count_targets(b->s, &told);
	zp_part(b, (zp_both){ "靶值及其不确定度", "Targets and their uncertainty" }, 90);
	zp_paragraph(b,
	             zp_book_say(b, "结果按检测系统、仪器、方法等分组，每组每个样本各定一个靶值。本轮靶值 %llu 个：公议值 %llu 个，给定值 %llu 个，组织者决定 %llu 个；不设靶值（如结果太少）的组 %llu 个，其结果不评价。",
	                    told.consensus + told.known + told.decided, told.consensus, told.known, told.decided, told.without),
	             zp_book_say(b, "Results are grouped by system, instrument or method, and each group has a target for each sample: %llu by consensus, %llu stated, %llu decided by the organiser. "
	                       "%llu groups have none, as where results are too few; they are not evaluated.",
	                    told.consensus, told.known, told.decided, told.without));
	zp_table_form form = { columns, sizeof columns / sizeof *columns, { "定值方法", "Methods" }, .step = 14 };
	zp_table_begin(b, &form);
	for (size_t i = 0; i < told.methods.n; i++)
		put_method(b, &form, &told.methods.at[i]);
	if (told.methods.at[TALLIES].text)
		put_method(b, &form, &told.methods.at[TALLIES]);
	zp_table_end(b, &form);
	zp_paragraph(b, "统计前先剔除明显的差错；迟报、组织者剔除和以“<”“>”回报的结果不入统计，但仍按规则评价。u 是靶值的标准不确定度，扩展不确定度 U = 2u（k = 2），见附录 A。",
	             "Blunders are set aside before statistics, as are late results, those taken out by decision, and bounds; they are judged all the same. "
	             "u is the standard uncertainty of a target, U = 2u its expanded uncertainty (k = 2), in appendix A.");
}

/* ---- limits ---- */

static void put_limits(zp_book *b)
{
	static const zp_column_form columns[] = { { { "限值来源", "Source of limits" }, 380, ZP_COLUMN_WRAPPED, 0 }, { { "检验项目数", "Measurands" }, 115, ZP_COLUMN_RIGHT, 0 } };
	zp_count_list list = { 0 };
	for (size_t p = 0; p < b->s->n_programmes; p++)
		for (size_t m = 0; m < b->s->programmes[p].n_measurands; m++) {
			const zp_told_measurand *x = &b->s->programmes[p].measurands[m];
			counted(&list, *x->limit_source ? x->limit_source : x->answered ? "与靶值一致 agreement with the target" : "方案自定 the scheme's own", "")->n++;
		}
	zp_part(b, (zp_both){ "允许限与评价", "Limits and verdicts" }, 70);
	zp_paragraph(b, "结果与靶值之差不超过允许限（含限值本身）者为通过。评价按精确的靶值和限值以十进制进行；印出的允许范围向靶值方向修约，不会与评价结果相矛盾。",
	             "A result is acceptable when it lies no farther from the target than the limit; on the limit is acceptable. Verdicts rest on exact targets and limits in decimal arithmetic; printed bounds are rounded towards the target.");
	zp_table_form form = { columns, 2, { "限值来源", "Sources of limits" }, .step = 14 };
	zp_table_begin(b, &form);
	for (size_t i = 0; i < list.n + (list.at[TALLIES].text != NULL); i++) {
		const zp_counted *c = &list.at[i < list.n ? i : TALLIES];
		const zp_cell_text cells[ZP_CELLS] = { { .text = c->text }, { .text = zp_book_say(b, "%llu", c->n) } };
		zp_table_row(b, &form, cells);
	}
	zp_table_end(b, &form);
}

/* ---- scores, doubts, ranks, choices ---- */

static void put_scores(zp_book *b)
{
	zp_part(b, (zp_both){ "成绩", "Scores" }, 84);
	zp_paragraph(b, "S1 = 一家实验室某项目可接受的结果数 ÷ 计入的结果总数 × 100；S = 某专业全部可接受结果数 ÷ 计入结果总数 × 100，不是各项目 S1 的平均。"
	                "达到方案的合格线（一般为 80）为满意。未回报、迟报和漏报一般按不通过计；免评与不评价的结果不计入。",
	             "S1: accepted results of a laboratory's measurand in percent of those that count; S: the same over a programme, which is not the mean of S1. "
	             "From the pass mark of the scheme on (80 as a rule) performance is satisfactory. What is late, blank or not returned counts as unacceptable as a rule; what is excused or not evaluated does not count.");
	zp_part(b, (zp_both){ "存疑与多峰", "Doubts and humps" }, 84);
	zp_paragraph(b, "对每个靶值检查：参与统计的结果数、离散度是否由修约造成、不确定度是否可忽略、结果是否多峰（Hartigan 检验）、样品均匀性和稳定性、组内方法是否偏离。存疑的靶值注明原因；按方案不能使用的不设靶值。",
	             "Each target is looked at for: how many results it rests on, whether its spread is mere rounding, whether its uncertainty is negligible, whether results have several humps (Hartigan's dip test), "
	             "homogeneity and stability, and methods that lie apart within the group. Doubts are told with their reason; a target that the scheme does not allow is withheld.");
	zp_part(b, (zp_both){ "排名", "Ranking" }, 70);
	zp_paragraph(b, "实验室按可接受结果所占比例排名，比例相同者并列。名次范围为其结果所支持的名次（95 %）：两家范围大部分重叠的，不宜分出先后。",
	             "Laboratories are ranked by their share of acceptable results; equal shares are tied. The range of ranks is what its results support (95 %): where ranges overlap widely, neither is better.");
}

static void put_choices(zp_book *b)
{
	static const zp_column_form columns[] = { { { "规定", "Choice" }, 120, ZP_COLUMN_WRAPPED, 0 }, { { "英文", "In English" }, 130, ZP_COLUMN_WRAPPED, 0 },
		                                  { { "本轮", "In force" }, 95, ZP_COLUMN_WRAPPED, 0 }, { { "说明", "Detail" }, 150, ZP_COLUMN_WRAPPED, 0 } };
	const zp_sheets *t = b->s->tables;
	if (!t || !t->n_facts)
		return;
	zp_part(b, (zp_both){ "本轮的规定", "Choices in force" }, 50);
	zp_table_form form = { columns, 4, { "本轮的规定", "Choices in force" }, .step = 14 };
	zp_table_begin(b, &form);
	for (size_t i = 0; i < t->n_facts; i++) {
		const zp_cell_text cells[ZP_CELLS] = { { .text = t->facts[i].name, .bold = true }, { .text = t->facts[i].name_en }, { .text = t->facts[i].text }, { .text = t->facts[i].detail } };
		zp_table_row(b, &form, cells);
	}
	zp_table_end(b, &form);
}

void zp_design(zp_book *b)
{
	zp_chapter_below(b, "二", "2", (zp_both){ "统计设计", "Statistical design" });
	put_targets(b);
	put_limits(b);
	put_scores(b);
	put_choices(b);
}
