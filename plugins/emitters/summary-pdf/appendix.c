/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every target with its uncertainty, what the organiser decided, what words mean, and who signs. */
#include <string.h>
#include "book.h"

/* Twice a decimal, in decimals: "0.125" gives "0.250". "" of what is none. */
static const char *twice(zp_book *b, const char *text)
{
	char out[64];
	size_t n = strlen(text), at = sizeof out;
	unsigned carry = 0;
	if (!n || n > sizeof out - 4)
		return "";
	out[--at] = '\0';
	while (n--) {
		if (text[n] == '.') {
			out[--at] = '.';
			continue;
		}
		if (text[n] < '0' || text[n] > '9')
			return "";
		const unsigned d = 2 * (unsigned)(text[n] - '0') + carry;
		out[--at] = (char)('0' + d % 10);
		carry = d / 10;
	}
	return zp_book_say(b, "%s%s", carry ? "1" : "", out + at);
}

static const zp_column_form columns[] = {
	{ { "检验项目", "Measurand" }, 96, ZP_COLUMN_LEFT, 0 },  { { "样本", "Sample" }, 44, ZP_COLUMN_LEFT, 0 }, { { "组", "Group" }, 118, ZP_COLUMN_LEFT, 0 },
	{ { "n", "" }, 26, ZP_COLUMN_RIGHT, 0 },                 { { "靶值", "Target" }, 53, ZP_COLUMN_POINT, 4 }, { { "u", "" }, 46, ZP_COLUMN_POINT, 5 },
	{ { "U", "k = 2" }, 46, ZP_COLUMN_POINT, 5 },            { { "方法", "Method" }, 66, ZP_COLUMN_LEFT, 0 },
};

static void put_measurand(zp_book *b, zp_table_form *form, const zp_told_programme *p, const zp_told_measurand *m)
{
	const char *name = *m->unit ? zp_book_say(b, "%s  %s", m->name, m->unit) : m->name;
	bool first = true;
	for (size_t s = 0; s < p->n_samples; s++)
		for (size_t i = 0; i < m->samples[s].n_groups; i++) {
			const zp_told_group *g = &m->samples[s].groups[i];
			const bool again = first || zp_table_turns(b, form);
			const zp_cell_text cells[ZP_CELLS] = {
				{ .text = again ? name : "", .bold = true }, { .text = again || !i ? m->samples[s].sample : "" }, { .text = g->name }, { .text = zp_book_say(b, "%u", g->kept) },
				{ .text = g->gradable || *g->x_pt ? zp_or_dash(g->x_pt) : "不设", .bold = g->gradable }, { .text = g->u }, { .text = twice(b, g->u) }, { .text = *g->method ? g->method : g->origin },
			};
			zp_table_row(b, form, cells);
			form->ruled = false;
			first = false;
		}
	form->ruled = true;
}

void zp_targets(zp_book *b)
{
	zp_chapter(b, "附录 A", "A", (zp_both){ "靶值及不确定度", "Targets and their uncertainty" });
	zp_paragraph(b, "n 为参与统计的结果数；u 为靶值的标准不确定度，U = k·u，k = 2。答复类项目没有不确定度。", "n: results behind the target; u: its standard uncertainty; U = k u, k = 2. Answers have no uncertainty.");
	for (size_t i = 0; i < b->s->n_programmes; i++) {
		const zp_told_programme *p = &b->s->programmes[i];
		if (*p->cancelled || !p->n_measurands)
			continue;
		zp_part(b, (zp_both){ p->name, p->name_en }, 60);
		zp_table_form form = { columns, sizeof columns / sizeof *columns, { p->name, *p->name_en ? p->name_en : p->code }, .size = 6.8, .step = 10.6 };
		zp_table_begin(b, &form);
		for (size_t m = 0; m < p->n_measurands; m++)
			put_measurand(b, &form, p, &p->measurands[m]);
		zp_table_end(b, &form);
	}
}

/* ---- decisions ---- */

static void put_decisions(zp_book *b)
{
	static const zp_column_form form_of[] = {
		{ { "", "" }, 22, ZP_COLUMN_RIGHT, 0 },                { { "对象", "About" }, 120, ZP_COLUMN_WRAPPED, 0 }, { { "决定", "Decision" }, 118, ZP_COLUMN_WRAPPED, 0 },
		{ { "理由", "Reason" }, 124, ZP_COLUMN_WRAPPED, 0 },   { { "决定者", "By" }, 58, ZP_COLUMN_WRAPPED, 0 },   { { "日期", "Date" }, 53, ZP_COLUMN_LEFT, 0 },
	};
	zp_chapter_below(b, "附录 B", "B", (zp_both){ "组织者的决定", "Decisions of the organiser" });
	if (!b->s->n_decisions) {
		zp_paragraph(b, "本轮没有另作决定。", "There were no decisions in this round.");
		return;
	}
	zp_table_form form = { form_of, sizeof form_of / sizeof *form_of, { "组织者的决定", "Decisions" }, .size = 7.6, .step = 14 };
	zp_table_begin(b, &form);
	for (size_t i = 0; i < b->s->n_decisions; i++) {
		const zp_told_decision *d = &b->s->decisions[i];
		const zp_cell_text cells[ZP_CELLS] = { { .text = zp_book_say(b, "%zu", i + 1) }, { .text = d->about }, { .text = d->says, .more = d->says_en, .bold = true }, { .text = d->why }, { .text = d->who }, { .text = d->when } };
		zp_table_row(b, &form, cells);
	}
	zp_table_end(b, &form);
}

/* ---- terms ---- */

typedef struct zp_term { zp_both name; const char *says; } zp_term;

static const zp_term terms[] = {
	{ { "靶值", "target, assigned value x_pt" }, "判断结果所依据的值：公议值由同组结果算出，给定值由组织者、参考实验室或标准物质给出，决定值由专家组决定。" },
	{ { "组", "group of peers" }, "使用相同检测系统、仪器、方法、试剂或校准品的实验室；同组结果太少时并入较大的组，直至全部实验室。" },
	{ { "u、U", "uncertainty" }, "靶值的标准不确定度与扩展不确定度（U = 2u，约 95 %）。u 小于允许限的若干分之一时可忽略，否则靶值存疑。" },
	{ { "s、CV", "spread" }, "同组结果的标准差（多为稳健估计），及其占靶值的百分比，反映室间离散程度。" },
	{ { "允许范围", "allowed range" }, "靶值 ± 允许限，两端均含；印出的两端向靶值方向修约。" },
	{ { "可接受率", "acceptable share" }, "可接受结果数占评价结果数的百分比；未回报、漏报和迟报一般按不通过计入评价结果。" },
	{ { "S1、S", "scores" }, "一家实验室某项目、某专业的得分；达到合格线（一般为 80）为满意。" },
	{ { "离群", "outlier" }, "由统计方法剔除或远超允许限的结果；不入统计，仍评价。" },
	{ { "存疑", "doubt" }, "靶值可用但须注意：结果太少、离散度由修约造成、不确定度大、多峰、样品不均匀或不稳定、方法偏离等。" },
	{ { "不评价", "not evaluated" }, "不能确定靶值、样品有问题或组织者决定不评价的结果，不计入得分。" },
	{ { "多峰", "humps" }, "同组结果集中在几个不同的值附近；p 为 Hartigan 检验的概率，小者多峰的证据强。" },
	{ { "κ", "kappa" }, "答复与靶值一致的程度，扣除偶然一致；1 为完全一致。" },
	{ { "名次范围", "range of ranks" }, "本轮结果所支持的名次（95 %）；范围重叠的实验室不宜分先后。" },
};

static const zp_both reading[] = {
	{ "结果分布图：横轴为结果，柱高为家数；浅色柱为全部实验室，深色柱为结果最多的组；底色为该组的允许范围，竖线为其靶值；“← 1”“2 →”为超出图幅的家数。",
	  "Distribution: results along the axis, laboratories upwards; pale: all of them, dark: the group with most results; shaded: what is allowed in that group, line: its target. \"← 1\", \"2 →\": so many lie beyond." },
	{ "各组比较图：每行一组，n 为家数；箱为中间一半的结果，箱内线为中位数，◆ 为该组靶值，横线为其余结果的范围；底色为允许范围。",
	  "Groups compared: a row for each, n laboratories; box: the middle half of its results, with the median; diamond: its target; line: the reach of the others; shaded: what is allowed." },
	{ "答复图：每行一种答复，条长为家数，深色为靶值；答复少于四种的样本不作图，见表。",
	  "Answers: a row for each, as long as the number of laboratories that gave it, the target dark; there is no figure where there are fewer than four." },
};

static void put_terms(zp_book *b)
{
	static const zp_column_form form_of[] = { { { "名词", "Term" }, 110, ZP_COLUMN_WRAPPED, 0 }, { { "含义", "Meaning" }, 385, ZP_COLUMN_WRAPPED, 0 } };
	zp_chapter_below(b, "附录 C", "C", (zp_both){ "名词与图表说明", "Terms, and how to read figures" });
	zp_table_form form = { form_of, 2, { "名词", "Terms" }, .size = 7.6, .step = 14 };
	zp_table_begin(b, &form);
	for (size_t i = 0; i < sizeof terms / sizeof *terms; i++)
		zp_table_row(b, &form, (const zp_cell_text[ZP_CELLS]){ { .text = terms[i].name.cn, .more = terms[i].name.en, .bold = true }, { .text = terms[i].says } });
	zp_table_end(b, &form);
	zp_skip(b, 6);
	for (size_t i = 0; i < sizeof reading / sizeof *reading; i++)
		zp_paragraph(b, reading[i].cn, reading[i].en);
}

void zp_decisions_and_terms(zp_book *b)
{
	put_decisions(b);
	put_terms(b);
}

/* ---- signatures ---- */

void zp_signatures(zp_book *b)
{
	static const zp_both who[] = { { "项目负责人", "Project leader" }, { "技术负责人", "Technical manager" }, { "授权签字人", "Authorised signatory" } };
	zp_skip(b, 10);
	b->chapter = "";
	zp_part(b, (zp_both){ "签发", "Approval" }, 122);
	const double step = (ZP_COLUMN + 20) / 3;
	b->y += 10;
	for (size_t i = 0; i < 3; i++) {
		const double x = ZP_LEFT_EDGE + (double)i * step, w = step - 20;
		zp_put(b, (zp_ink){ ZP_BOLD, 9, ZP_BLACK, 0 }, x, b->y + 8, w, ZP_LEFT, who[i].cn);
		zp_put(b, zp_quiet, x, b->y + 17, w, ZP_LEFT, who[i].en);
		zp_rule(b, x, b->y + 56, x + w, b->y + 56, 0.6, ZP_GREY);
		zp_put(b, zp_quiet, x, b->y + 66, w, ZP_LEFT, "签名 Signature");
		zp_rule(b, x, b->y + 96, x + w, b->y + 96, 0.6, ZP_GREY);
		zp_put(b, zp_quiet, x, b->y + 106, w, ZP_LEFT, "日期 Date");
	}
	b->y += 116;
}
