/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What deserves attention: low shares, methods that lie apart, doubts, humps, agreement of answers. */
#include <stdlib.h>
#include <string.h>
#include "book.h"

#define LISTED 15        /* lines of a list of the worst */
#define APART_LEAST 25.0 /* percent of what is allowed, to be listed */
#define KEPT_LEAST 5     /* results behind a target, to be compared */
#define HUMPS_MOST 40

double zp_apart(const zp_told_sample *x, const zp_told_group **low, const zp_told_group **high)
{
	const zp_told_group *least = NULL, *most = NULL;
	double from = 0, to = 0;
	for (size_t i = 0; i < x->n_groups; i++) {
		double v;
		const zp_told_group *g = &x->groups[i];
		if (!g->gradable || g->kept < KEPT_LEAST || !zp_value_of(g->x_pt, &v))
			continue;
		if (!least || v < from)
			least = g, from = v;
		if (!most || v > to)
			most = g, to = v;
	}
	double a, z;
	if (!least || least == most || !zp_value_of(least->low, &a) || !zp_value_of(least->high, &z) || z <= a)
		return -1;
	if (low)
		*low = least;
	if (high)
		*high = most;
	return 200 * (to - from) / (z - a);
}

/* ---- lists ---- */

typedef struct zp_worst { size_t p, m, s; double by; } zp_worst; /* by: the larger the worse */

static int worse_first(const void *pa, const void *pb)
{
	const zp_worst *x = pa, *y = pb;
	if (x->by != y->by)
		return x->by > y->by ? -1 : 1;
	return x->p != y->p ? (x->p > y->p) - (x->p < y->p) : (x->m > y->m) - (x->m < y->m);
}

static size_t all_measurands(const zp_summary *s)
{
	size_t n = 1;
	for (size_t p = 0; p < s->n_programmes; p++)
		n += s->programmes[p].n_measurands;
	return n;
}

static double lost(const zp_told_programme *g, const zp_told_measurand *m, size_t *sample)
{
	(void)g, (void)sample;
	return m->judged ? 1 - zp_share_of(m->acceptable, m->judged) : 0;
}

static double apart(const zp_told_programme *g, const zp_told_measurand *m, size_t *sample)
{
	double most = 0;
	for (size_t s = 0; s < g->n_samples; s++) {
		const double by = zp_apart(&m->samples[s], NULL, NULL);
		if (by > most)
			most = by, *sample = s;
	}
	return most;
}

/* The worst by a measure above `least`. Gives: how many. */
static size_t worst_of(zp_book *b, double (*measure)(const zp_told_programme *, const zp_told_measurand *, size_t *), double least, zp_worst **out)
{
	size_t n = 0;
	*out = b->host->take(b->host, all_measurands(b->s) * sizeof **out);
	for (size_t p = 0; p < b->s->n_programmes; p++)
		for (size_t m = 0; m < b->s->programmes[p].n_measurands; m++) {
			zp_worst w = { p, m, 0, 0 };
			w.by = measure(&b->s->programmes[p], &b->s->programmes[p].measurands[m], &w.s);
			if (w.by > least)
				(*out)[n++] = w;
		}
	qsort(*out, n, sizeof **out, worse_first);
	return n;
}

static void put_lowest(zp_book *b)
{
	static const zp_column_form columns[] = {
		{ { "检验项目", "Measurand" }, 150, ZP_COLUMN_WRAPPED, 0 }, { { "专业", "Programme" }, 96, ZP_COLUMN_LEFT, 0 }, { { "评价结果", "Judged" }, 46, ZP_COLUMN_RIGHT, 0 },
		{ { "不通过", "Not accept." }, 46, ZP_COLUMN_RIGHT, 0 }, { { "可接受率 %", "Acceptable share" }, 84, ZP_COLUMN_SHARE, 0 },
		{ { "不满意家数", "Unsatisf. labs" }, 48, ZP_COLUMN_RIGHT, 0 }, { { "页", "Page" }, 25, ZP_COLUMN_RIGHT, 0 },
	};
	zp_worst *worst;
	const size_t n = worst_of(b, lost, 0, &worst);
	zp_part(b, (zp_both){ "可接受率最低的项目", "Measurands with the lowest acceptable share" }, 80);
	if (!n) {
		zp_paragraph(b, "本轮所有评价的结果均可接受。", "All results that were judged are acceptable.");
		return;
	}
	zp_paragraph(b, zp_book_say(b, "有不通过结果的项目共 %zu 个，下表按可接受率由低到高列出前 %d 个。", n, n < LISTED ? (int)n : LISTED),
	             zp_book_say(b, "%zu measurands have results that are not acceptable; the table has the lowest %d.", n, n < LISTED ? (int)n : LISTED));
	zp_table_form form = { columns, sizeof columns / sizeof *columns, { "可接受率最低的项目", "Lowest acceptable share" }, .step = 13 };
	zp_table_begin(b, &form);
	for (size_t i = 0; i < n && i < LISTED; i++) {
		const zp_told_programme *g = &b->s->programmes[worst[i].p];
		const zp_told_measurand *m = &g->measurands[worst[i].m];
		const zp_cell_text cells[ZP_CELLS] = { { .text = m->name, .bold = true, .more = m->name_en }, { .text = g->name }, { .text = zp_book_say(b, "%u", m->judged) }, { .text = zp_book_say(b, "%u", m->judged - m->acceptable) },
			                               { .text = zp_percent(b, m->acceptable, m->judged), .share = zp_share_of(m->acceptable, m->judged) }, { .text = zp_book_say(b, "%u", m->unsatisfactory) },
			                               zp_page_of(b, worst[i].p, worst[i].m) };
		zp_table_row(b, &form, cells);
	}
	zp_table_end(b, &form);
}

static void put_apart(zp_book *b)
{
	static const zp_column_form columns[] = {
		{ { "检验项目", "Measurand" }, 100, ZP_COLUMN_WRAPPED, 0 }, { { "样本", "Sample" }, 44, ZP_COLUMN_LEFT, 0 }, { { "最低组", "Lowest group" }, 104, ZP_COLUMN_WRAPPED, 0 },
		{ { "靶值", "Target" }, 40, ZP_COLUMN_RIGHT, 0 }, { { "最高组", "Highest group" }, 108, ZP_COLUMN_WRAPPED, 0 }, { { "靶值", "Target" }, 40, ZP_COLUMN_RIGHT, 0 },
		{ { "相差 %", "Apart" }, 34, ZP_COLUMN_RIGHT, 0 }, { { "页", "Page" }, 25, ZP_COLUMN_RIGHT, 0 },
	};
	zp_worst *worst;
	const size_t n = worst_of(b, apart, APART_LEAST, &worst);
	zp_part(b, (zp_both){ "方法比较", "Comparison of methods" }, 80);
	if (!n) {
		zp_paragraph(b, "各组靶值之间没有超过允许限四分之一的差异。", "No targets of groups lie apart by more than a quarter of what is allowed.");
		return;
	}
	zp_paragraph(b, zp_book_say(b, "有 %zu 个项目的组间靶值相差超过允许限的 %d %%，下表列出相差最大的 %d 个（各取相差最大的样本）。“相差”为最高与最低组靶值之差占允许限的百分比；超过 50 %% 的在第三章附图。", n,
	                       (int)APART_LEAST, n < LISTED ? (int)n : LISTED),
	             zp_book_say(b, "In %zu measurands the targets of groups lie apart by more than %d %% of the limit; the table has the %d farthest, each in its worst sample. Apart: highest minus lowest target in percent of the limit; beyond 50 %% there is a figure in chapter 3.", n,
	                    (int)APART_LEAST, n < LISTED ? (int)n : LISTED));
	zp_table_form form = { columns, sizeof columns / sizeof *columns, { "方法比较", "Comparison of methods" }, .size = 7.4, .step = 13 };
	zp_table_begin(b, &form);
	for (size_t i = 0; i < n && i < LISTED; i++) {
		const zp_told_measurand *m = &b->s->programmes[worst[i].p].measurands[worst[i].m];
		const zp_told_group *low = NULL, *high = NULL;
		const double by = zp_apart(&m->samples[worst[i].s], &low, &high);
		const zp_cell_text cells[ZP_CELLS] = { { .text = m->name, .bold = true, .more = m->name_en }, { .text = m->samples[worst[i].s].sample }, { .text = low->name }, { .text = low->x_pt }, { .text = high->name }, { .text = high->x_pt },
			                               { .text = zp_book_say(b, "%d", (int)(by + 0.5)), .bold = true }, zp_page_of(b, worst[i].p, worst[i].m) };
		zp_table_row(b, &form, cells);
	}
	zp_table_end(b, &form);
}

/* ---- doubts ---- */

#define DOUBTS 24
#define NAMED 8 /* measurands that are named of each */

typedef struct zp_doubt_told { zp_both says; unsigned groups, measurands; const char *names[NAMED]; const zp_told_measurand *last; } zp_doubt_told;

static void count_doubt(zp_doubt_told *list, size_t *n, const char *cn, const char *en, const zp_told_measurand *m)
{
	size_t i = 0;
	while (i < *n && strcmp(list[i].says.cn, cn) != 0)
		i++;
	if (i == *n) {
		if (i == DOUBTS)
			return;
		list[(*n)++] = (zp_doubt_told){ .says = { cn, en } };
	}
	list[i].groups++;
	if (list[i].last == m)
		return;
	if (list[i].measurands < NAMED)
		list[i].names[list[i].measurands] = m->name;
	list[i].measurands++;
	list[i].last = m;
}

static const char *names_of(zp_book *b, const zp_doubt_told *d)
{
	const char *all = "";
	for (size_t i = 0; i < d->measurands && i < NAMED; i++)
		all = zp_book_say(b, "%s%s%s", all, i ? "、" : "", d->names[i]);
	return d->measurands > NAMED ? zp_book_say(b, "%s等 %u 项", all, d->measurands) : all;
}

/* Groups of the whole round, one after another. */
static void each_group(zp_book *b, void (*visit)(void *self, const zp_told_measurand *, const zp_told_sample *, const zp_told_group *), void *self)
{
	for (size_t p = 0; p < b->s->n_programmes; p++)
		for (size_t m = 0; m < b->s->programmes[p].n_measurands; m++) {
			const zp_told_measurand *x = &b->s->programmes[p].measurands[m];
			for (size_t s = 0; s < b->s->programmes[p].n_samples; s++)
				for (size_t i = 0; i < x->samples[s].n_groups; i++)
					visit(self, x, &x->samples[s], &x->samples[s].groups[i]);
		}
}

typedef struct zp_doubting { zp_doubt_told list[DOUBTS]; size_t n; } zp_doubting;

static void doubt(void *self, const zp_told_measurand *m, const zp_told_sample *s, const zp_told_group *g)
{
	zp_doubting *d = self;
	(void)s;
	if (!g->gradable && *g->status)
		count_doubt(d->list, &d->n, g->status, g->status_en, m);
	if (*g->doubts)
		count_doubt(d->list, &d->n, g->doubts, g->doubts_en, m);
}

static void put_doubts(zp_book *b)
{
	static const zp_column_form columns[] = { { { "原因", "Reason" }, 200, ZP_COLUMN_WRAPPED, 0 }, { { "组数", "Groups" }, 42, ZP_COLUMN_RIGHT, 0 },
		                                  { { "项目数", "Meas." }, 42, ZP_COLUMN_RIGHT, 0 }, { { "检验项目", "Measurands" }, 211, ZP_COLUMN_WRAPPED, 0 } };
	zp_doubting d = { .n = 0 };
	each_group(b, doubt, &d);
	zp_part(b, (zp_both){ "存疑与不设的靶值", "Targets in doubt, and groups without one" }, 70);
	if (!d.n) {
		zp_paragraph(b, "本轮没有存疑的靶值。", "No target is in doubt.");
		return;
	}
	zp_table_form form = { columns, 4, { "存疑与不设的靶值", "Targets in doubt" }, .size = 7.6, .step = 13 };
	zp_table_begin(b, &form);
	for (size_t i = 0; i < d.n; i++) {
		const zp_cell_text cells[ZP_CELLS] = { { .text = d.list[i].says.cn, .more = d.list[i].says.en }, { .text = zp_book_say(b, "%u", d.list[i].groups), .bold = true }, { .text = zp_book_say(b, "%u", d.list[i].measurands) },
			                               { .text = names_of(b, &d.list[i]) } };
		zp_table_row(b, &form, cells);
	}
	zp_table_end(b, &form);
}

/* ---- humps ---- */

typedef struct zp_humping { zp_book *b; zp_table_form *form; unsigned n; } zp_humping;

static void hump(void *self, const zp_told_measurand *m, const zp_told_sample *s, const zp_told_group *g)
{
	zp_humping *h = self;
	if (g->humps < 2 || h->n++ >= HUMPS_MOST)
		return;
	if (h->n == 1) {
		zp_part(h->b, (zp_both){ "多峰分布", "Several humps" }, 60);
		zp_table_begin(h->b, h->form);
	}
	const zp_cell_text cells[ZP_CELLS] = { { .text = m->name, .bold = true }, { .text = s->sample }, { .text = g->name }, { .text = zp_book_say(h->b, "%u", g->kept) }, { .text = zp_book_say(h->b, "%u", g->humps) }, { .text = zp_or_dash(g->dip_p) } };
	zp_table_row(h->b, h->form, cells);
}

static void put_humps(zp_book *b)
{
	static const zp_column_form columns[] = { { { "检验项目", "Measurand" }, 140, ZP_COLUMN_LEFT, 0 }, { { "样本", "Sample" }, 60, ZP_COLUMN_LEFT, 0 }, { { "组", "Group" }, 165, ZP_COLUMN_WRAPPED, 0 },
		                                  { { "n", "kept" }, 36, ZP_COLUMN_RIGHT, 0 }, { { "峰数", "Humps" }, 40, ZP_COLUMN_RIGHT, 0 }, { { "p（dip）", "" }, 54, ZP_COLUMN_POINT, 3 } };
	zp_table_form form = { columns, sizeof columns / sizeof *columns, { "多峰分布", "Several humps" }, .size = 7.6, .step = 13 };
	zp_humping h = { b, &form, 0 };
	each_group(b, hump, &h);
	if (!h.n)
		return;
	zp_table_end(b, &form);
	if (h.n > HUMPS_MOST)
		zp_remark(b, zp_book_say(b, "另有 %u 组未列出，见电子表格。", h.n - HUMPS_MOST), zp_book_say(b, "%u more are in the workbook.", h.n - HUMPS_MOST));
	zp_remark(b, "结果呈多峰常因组内混有结果水平不同的方法、试剂批号或校准品，宜再分组或核对方法编码。",
	          "Several humps often mean that a group mixes methods, lots or calibrators of different level: divide the group further, or check the codes of methods.");
}

/* ---- agreement of answers ---- */

static const char *of(zp_book *b, unsigned part, unsigned whole) { return whole ? zp_book_say(b, "%u / %u", part, whole) : "–"; }

static void put_agreement(zp_book *b)
{
	static const zp_column_form columns[] = {
		{ { "检验项目", "Measurand" }, 128, ZP_COLUMN_WRAPPED, 0 }, { { "家数", "Labs" }, 36, ZP_COLUMN_RIGHT, 0 }, { { "答复", "Replies" }, 42, ZP_COLUMN_RIGHT, 0 },
		{ { "符合率 %", "Agreement" }, 78, ZP_COLUMN_SHARE, 0 }, { { "假阴性", "False negatives" }, 62, ZP_COLUMN_RIGHT, 0 }, { { "假阳性", "False positives" }, 62, ZP_COLUMN_RIGHT, 0 },
		{ { "可疑", "Equivocal" }, 40, ZP_COLUMN_RIGHT, 0 }, { { "κ", "kappa" }, 47, ZP_COLUMN_POINT, 3 },
	};
	if (!b->s->n_agreements)
		return;
	zp_part(b, (zp_both){ "答复的符合情况", "Agreement of answers" }, 70);
	zp_table_form form = { columns, sizeof columns / sizeof *columns, { "答复的符合情况", "Agreement of answers" }, .size = 7.6, .step = 13 };
	zp_table_begin(b, &form);
	for (size_t i = 0; i < b->s->n_agreements; i++) {
		const zp_agreement_row *r = &b->s->agreements[i];
		if (!i || strcmp(r->programme, b->s->agreements[i - 1].programme) != 0)
			zp_table_part(b, &form, (zp_both){ r->programme_name, "" });
		const zp_cell_text cells[ZP_CELLS] = { { .text = r->measurand_name, .bold = true }, { .text = zp_book_say(b, "%u", r->labs) }, { .text = zp_book_say(b, "%u", r->n) }, { .text = zp_percent(b, r->agreed, r->n), .share = zp_share_of(r->agreed, r->n) },
			                               { .text = of(b, r->false_negatives, r->positives), .bold = r->false_negatives > 0 }, { .text = of(b, r->false_positives, r->negatives), .bold = r->false_positives > 0 },
			                               { .text = zp_book_say(b, "%u", r->equivocal) }, { .text = r->kappa == r->kappa ? zp_book_say(b, "%.3f", r->kappa) : "–" } };
		zp_table_row(b, &form, cells);
	}
	zp_table_end(b, &form);
	zp_remark(b, "假阴性：应为阳性的答复中报为阴性者 / 应为阳性者；假阳性同理。κ 为各实验室答复与靶值的一致程度，1 为完全一致，0 为仅由偶然所致。",
	          "False negatives: negative replies of those that should be positive; false positives likewise. Kappa: agreement with the targets beyond chance, 1 is perfect, 0 is chance alone.");
}

void zp_technical(zp_book *b)
{
	zp_chapter(b, "四", "4", (zp_both){ "技术分析", "Technical analysis" });
	put_lowest(b);
	put_apart(b);
	put_doubts(b);
	put_humps(b);
	put_agreement(b);
}
