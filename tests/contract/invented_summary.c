/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "invented_summary.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/characters.h"
#include "invented_round_figures.h"

typedef struct sort { const char *code, *cn, *en, *unit, *limit; double level, width; int places; } sort;

static const sort quantities[] = {
	{ "GLU", "葡萄糖", "Glucose", "mmol/L", "±7 %", 5.2, 0.07, 2 },
	{ "K", "钾", "Potassium", "mmol/L", "±6 %", 4.1, 0.06, 2 },
	{ "NA", "钠", "Sodium", "mmol/L", "±4 %", 139.6, 0.04, 1 },
	{ "UREA", "尿素", "Urea", "mmol/L", "±8 %", 7.4, 0.08, 2 },
	{ "CREA", "肌酐", "Creatinine", "μmol/L", "±12 %", 102, 0.12, 0 },
	{ "ALT", "丙氨酸氨基转移酶", "Alanine aminotransferase", "U/L", "±16 %", 58, 0.16, 0 },
	{ "HDL", "高密度脂蛋白胆固醇", "HDL cholesterol", "mmol/L", "±30 %", 1.31, 0.30, 2 },
	{ "CA", "钙", "Calcium", "mmol/L", "±5 %", 2.31, 0.05, 2 },
	{ "LPA", "脂蛋白(a)", "Lipoprotein (a)", "mg/L", "±30 %", 214, 0.30, 0 },
	{ "GGT", "γ-谷氨酰基转移酶", "γ-Glutamyltransferase", "U/L", "±11 %", 71, 0.11, 0 },
};
static const sort answers[] = {
	{ "ABO", "ABO 正定型", "ABO forward grouping", "", "与靶值一致", 0, 0, 0 },
	{ "RHD", "RhD 血型", "RhD group", "", "与靶值一致", 0, 0, 0 },
	{ "ABS", "抗体筛查", "Antibody screening", "", "与靶值一致", 0, 0, 0 },
	{ "XM", "交叉配血", "Crossmatch", "", "与靶值一致", 0, 0, 0 },
	{ "ABID", "抗体鉴定", "Antibody identification", "", "与靶值一致", 0, 0, 0 },
};
static const char *const groups[][2] = {
	{ "方法:己糖激酶法", "method: hexokinase" },
	{ "检测系统:甲系统 / 乙试剂 / 乙校准品", "system: A / reagent B / calibrator B" },
	{ "方法:葡萄糖氧化酶法", "method: glucose oxidase" },
	{ "仪器:丙型分析仪", "instrument: analyser C" },
	{ "检测系统:丁系统", "system: D" },
	{ "方法:电极法", "method: electrode" },
	{ "试剂:戊试剂", "reagent: E" },
};
static const char *const names[][2] = {
	{ "常规化学", "Routine chemistry" }, { "输血相容性检测", "Transfusion" }, { "血细胞计数", "Blood cell counts" }, { "感染血清学", "Infectious serology" },
	{ "凝血试验", "Coagulation" }, { "尿液化学分析", "Urine chemistry" },
};
static const char *const classes[] = { "三级公立", "二级公立", "一级公立", "民营" };
/* Where the 17 units lie on a map of tiles. */
static const unsigned tiles[17][2] = { { 1, 2 }, { 2, 1 }, { 2, 2 }, { 3, 2 }, { 3, 3 }, { 4, 2 }, { 4, 3 }, { 5, 2 }, { 5, 3 }, { 6, 2 }, { 6, 3 }, { 7, 3 },
	{ 3, 4 }, { 2, 4 }, { 1, 3 }, { 5, 4 }, { 2, 3 } };
static const char *const ordinals[17] = { "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五", "十六", "十七" };

typedef struct making { zp_arena *a; zp_summary_invention w; zp_summary *s; } making;

static double chance(unsigned seed, size_t a, size_t b)
{
	uint64_t x = seed * 0x9E3779B97F4A7C15u + a * 0xBF58476D1CE4E5B9u + b * 0x94D049BB133111EBu + 1;
	for (int i = 0; i < 3; i++) {
		x ^= x >> 29;
		x *= 0xBF58476D1CE4E5B9u;
	}
	return (double)(x >> 11) / 9007199254740992.0;
}

static const char *fixed(zp_arena *a, double x, int places) { return zp_arena_print(a, "%.*f", places, x); }

/* ---- groups and samples ---- */

static zp_told_group empty_group(void)
{
	return (zp_told_group){ .name = "", .name_en = "", .origin = "consensus", .method = "", .x_pt = "", .u = "", .s = "", .cv = "", .low = "", .high = "",
		                .status = "", .status_en = "", .doubts = "", .doubts_en = "", .dip_p = "", .gradable = true };
}

/* What stands in the way of a target, in every ninth group or so. */
static void invent_doubts(const making *k, zp_told_group *g, size_t cell)
{
	const double c = chance(k->w.seed, cell, 11);
	if (c < 0.05) {
		g->doubts = "靶值的不确定度不可忽略", g->doubts_en = "the uncertainty of the target is not negligible";
	} else if (c < 0.09) {
		g->humps = 2, g->dip_p = "0.012";
		g->doubts = "结果呈多峰分布", g->doubts_en = "the results have more than one hump";
	} else if (c < 0.12) {
		g->doubts = "组内有方法（仪器、系统）的结果明显偏离靶值，宜分组定值";
		g->doubts_en = "the results of some method, instrument or system lie apart from the target: targets by group would be better";
	}
}

static void not_graded(zp_told_group *g, const char *why, const char *why_en)
{
	g->gradable = false;
	g->acceptable = g->judged = 0;
	g->x_pt = g->u = g->s = g->cv = g->low = g->high = "";
	g->status = why, g->status_en = why_en;
}

static zp_told_group invent_group(const making *k, const sort *q, size_t i, size_t n, double level, size_t cell)
{
	zp_told_group g = empty_group();
	const bool all = i + 1 == n;
	g.name = all ? "全部实验室" : k->w.name ? k->w.name : groups[i][0];
	g.name_en = all ? "all laboratories" : groups[i][1];
	g.members = (unsigned)((double)k->w.labs * (all ? 0.18 : 0.8 / (double)n) * (0.6 + 0.6 * chance(k->w.seed, cell, 2))) + (i == 3 ? 0 : 5);
	if (i == 3)
		g.members = 3;
	g.aside = (unsigned)(g.members * 0.06 * chance(k->w.seed, cell, 3) + 0.5);
	g.outliers = g.aside - (g.aside > 2);
	g.kept = g.members - g.aside;
	g.judged = g.members;
	g.acceptable = g.judged - (unsigned)(g.judged * (0.02 + 0.2 * chance(k->w.seed, cell, 4) * chance(k->w.seed, cell / 7, 5)) + 0.5);
	const double x = level * (1 + 0.02 * ((double)i - 1.5)), s = x * q->width * (0.25 + 0.2 * chance(k->w.seed, cell, 6));
	g.method = i == 2 ? "known" : i % 2 ? "median-niqr 1" : "algorithm-a 1";
	g.origin = i == 2 ? "known" : "consensus";
	g.x_pt = fixed(k->a, x, q->places + 1);
	g.u = fixed(k->a, 1.25 * s / (1 + g.kept), q->places + 2);
	g.s = fixed(k->a, s, q->places + 2);
	g.cv = fixed(k->a, 100 * s / x, 2);
	g.low = fixed(k->a, x * (1 - q->width), q->places);
	g.high = fixed(k->a, x * (1 + q->width), q->places);
	if (g.members < 5)
		not_graded(&g, "可比结果太少，不能确定靶值", "too few peers to assign a target");
	else
		invent_doubts(k, &g, cell);
	return g;
}

static const char *const said[][2] = { { "阴性", "阳性" }, { "A", "AB" }, { "相容", "不相容" } };
static const char *const said_en[][2] = { { "negative", "positive" }, { "", "" }, { "compatible", "incompatible" } };

static zp_told_group invent_elected(const making *k, size_t m, size_t sample, size_t cell)
{
	zp_told_group g = empty_group();
	g.name = "全部实验室", g.name_en = "all laboratories";
	g.members = (unsigned)((double)k->w.labs * 0.7);
	g.kept = g.judged = g.members;
	g.acceptable = g.judged - (unsigned)(g.judged * 0.12 * chance(k->w.seed, cell, 4));
	g.method = "consensus 1";
	g.x_pt = said[m % 3][sample % 2], g.x_pt_en = said_en[m % 3][sample % 2];
	if (cell % 13 == 7)
		not_graded(&g, "各实验室结果未达到规定的一致比例，不能确定靶值", "too few agreed on one answer to assign a target");
	return g;
}

static void sum_up(zp_told_sample *s)
{
	for (size_t i = 0; i < s->n_groups; i++) {
		s->results += s->groups[i].members;
		s->judged += s->groups[i].judged;
		s->acceptable += s->groups[i].acceptable;
	}
}

static void invent_sample(const making *k, const sort *q, bool answered, size_t m, size_t s, size_t cell, zp_told_sample *out)
{
	const size_t n = answered ? 1 : k->w.groups ? k->w.groups : 1;
	zp_told_group *g = zp_take(k->a, zp_told_group, n);
	const double level = q->level * (0.6 + 0.25 * (double)((s * 3) % 5) + 0.05 * chance(7, m, s));
	for (size_t i = 0; i < n; i++)
		g[i] = answered ? invent_elected(k, m, s, cell) : invent_group(k, q, i, n, level, cell * 8 + i);
	out->asked = k->w.samples < 4 || (m * 7 + s) % 43 != 42;
	out->groups = out->asked ? g : NULL;
	out->n_groups = out->asked ? n : 0;
	sum_up(out);
}

/* ---- measurands and programmes ---- */

static void invent_measurand(const making *k, bool answered, size_t p, size_t m, const char *const *samples, zp_told_measurand *out)
{
	const sort *table = answered ? answers : quantities;
	const size_t n = answered ? sizeof answers / sizeof *answers : sizeof quantities / sizeof *quantities;
	const sort *q = &table[m % n];
	*out = (zp_told_measurand){ .code = m < n ? q->code : zp_arena_print(k->a, "%s%zu", q->code, m / n + 1), .name = k->w.name ? k->w.name : q->cn, .name_en = q->en,
		                    .unit = q->unit, .limit = q->limit, .limit_source = answered ? "" : m % 3 ? "NCCL 2026" : "WS/T 403-2024",
		                    .answered = answered };
	zp_told_sample *s = zp_take(k->a, zp_told_sample, k->w.samples);
	for (size_t i = 0; i < k->w.samples; i++) {
		s[i].sample = samples[i];
		invent_sample(k, q, answered, m, i, (p * 1000 + m) * 100 + i, &s[i]);
		out->results += s[i].results, out->judged += s[i].judged, out->acceptable += s[i].acceptable;
		for (size_t g = 0; g < s[i].n_groups; g++) {
			out->outliers += s[i].groups[g].outliers;
			out->doubtful += *s[i].groups[g].doubts || !s[i].groups[g].gradable;
		}
	}
	out->samples = s;
	out->labs = (unsigned)((double)k->w.labs * (0.75 + 0.2 * chance(k->w.seed, m, 8)));
	out->unsatisfactory = (unsigned)(out->labs * 0.15 * chance(k->w.seed, m, 9));
	out->satisfactory = out->labs - out->unsatisfactory;
}

static void invent_programme(const making *k, size_t p, zp_told_programme *out)
{
	const bool answered = k->w.answers && p % 2;
	const char **samples = zp_take(k->a, const char *, k->w.samples);
	for (size_t i = 0; i < k->w.samples; i++)
		samples[i] = zp_arena_print(k->a, "2026%zu%zu", p % 9 + 1, i + 1);
	zp_told_measurand *m = zp_take(k->a, zp_told_measurand, k->w.measurands + 1);
	for (size_t i = 0; i < k->w.measurands; i++) {
		invent_measurand(k, answered, p, i, samples, &m[i]);
		out->judged += m[i].judged;
		out->credit += 100ull * m[i].acceptable;
	}
	out->code = zp_arena_print(k->a, "p%zu", p + 1), out->name = names[p % 6][0], out->name_en = names[p % 6][1];
	out->scheme = answered ? "transfusion" : "chemistry", out->scheme_version = "2026-1", out->cancelled = "";
	out->enrolled = (unsigned)k->w.labs - (unsigned)p * 2;
	out->late = out->enrolled / 60, out->not_returned = out->enrolled / 45, out->excused = out->enrolled / 90, out->blank = out->enrolled / 120;
	out->returned = out->enrolled - out->late - out->not_returned - out->excused - out->blank;
	out->due = out->enrolled - out->excused, out->answered = out->returned;
	out->unsatisfactory = out->enrolled / 11;
	out->satisfactory = out->enrolled - out->excused - out->unsatisfactory;
	out->samples = samples, out->n_samples = k->w.samples, out->measurands = m, out->n_measurands = k->w.measurands;
	if (k->w.decided && p && p + 1 == k->w.programmes) {
		*out = (zp_told_programme){ .code = out->code, .name = out->name, .name_en = out->name_en, .scheme = out->scheme, .scheme_version = out->scheme_version,
			                    .cancelled = "本次样本运输途中温度超限", .enrolled = out->enrolled, .samples = samples, .n_samples = k->w.samples,
			                    .measurands = m };
	}
}

/* ---- answers ---- */

static void invent_answers(const making *k)
{
	zp_agreement_row *rows = zp_take(k->a, zp_agreement_row, k->w.programmes * k->w.measurands + 1);
	zp_answers_row *told = zp_take(k->a, zp_answers_row, k->w.programmes * k->w.measurands * k->w.samples + 1);
	for (size_t p = 1; p < k->s->n_programmes; p += 2)
		for (size_t i = 0; i < k->s->programmes[p].n_measurands; i++) {
			const zp_told_programme *g = &k->s->programmes[p];
			const zp_told_measurand *m = &g->measurands[i];
			zp_agreement_row r = { .programme = g->code, .programme_name = g->name, .measurand = m->code, .measurand_name = m->name, .labs = m->labs,
				               .n = m->judged, .agreed = m->acceptable, .positives = m->judged / 2, .negatives = m->judged - m->judged / 2,
				               .equivocal = (unsigned)i % 4, .kappa = m->judged ? 1 - 1.8 * (m->judged - m->acceptable) / m->judged : ZP_NONE };
			r.false_negatives = (m->judged - m->acceptable) * 2 / 3, r.false_positives = (m->judged - m->acceptable) - r.false_negatives;
			rows[k->s->n_agreements++] = r;
			for (size_t s = 0; s < g->n_samples; s++) {
				zp_told_answer *a = zp_take(k->a, zp_told_answer, 2);
				const zp_told_sample *x = &m->samples[s];
				for (size_t j = 0; j < 2; j++)
					a[j] = (zp_told_answer){ said[i % 3][j], j == s % 2 ? x->acceptable : x->results - x->acceptable, j == s % 2 && x->judged, said_en[i % 3][j] };
				told[k->s->n_answers++] = (zp_answers_row){ g->code, m->code, m->name, g->samples[s], s % 3 == 1 ? "弱" : "", a, 2, x->results };
			}
		}
	k->s->agreements = rows;
	k->s->answers = told;
}

/* ---- ranks and regions ---- */

static int by_share(const void *pa, const void *pb)
{
	const zp_rank_row *x = pa, *y = pb;
	const unsigned long long l = x->credit * y->total, r = y->credit * x->total;
	return l != r ? (l > r ? -1 : 1) : strcmp(x->lab, y->lab);
}

static void rank_rows(zp_rank_row *rows, size_t n)
{
	qsort(rows, n, sizeof *rows, by_share);
	for (size_t i = 0, first = 0; i < n; i++) {
		if (i && rows[i].credit * rows[first].total != rows[first].credit * rows[i].total)
			first = i;
		rows[i].rank = (unsigned)first + 1;
		const unsigned reach = (unsigned)(n / 8 + 1);
		rows[i].rank_low = rows[i].rank > reach ? rows[i].rank - reach : 1;
		rows[i].rank_high = rows[i].rank + reach > n ? (unsigned)n : rows[i].rank + reach;
	}
	for (size_t i = 0; i < n; i++)
		rows[rows[i].rank - 1].tied++;
	for (size_t i = 0; i < n; i++)
		rows[i].tied = rows[rows[i].rank - 1].tied;
}

static const char *region_code(const making *k, size_t r) { return r ? zp_arena_print(k->a, "99%02zu00", r) : "990000"; }
static const char *region_name(const making *k, size_t r) { return r ? zp_arena_print(k->a, "示例%s市", ordinals[r - 1]) : "示例省"; }

/* region 0: the province; class and programme -1: all. */
static size_t rank_table(const making *k, zp_rank_row *out, size_t region, int class, int programme)
{
	size_t n = 0;
	for (size_t i = 0; i < k->w.labs; i++) {
		if ((region && i % k->w.regions + 1 != region) || (class >= 0 && i % 4 != (size_t)class))
			continue;
		const zp_told_programme *g = programme < 0 ? NULL : &k->s->programmes[programme];
		zp_rank_row r = { .region = region_code(k, region), .region_name = region_name(k, region), .lab_class = class < 0 ? "*" : classes[class],
			          .programme = g ? g->code : "*", .programme_name = g ? g->name : "*", .lab = zp_arena_print(k->a, "L%04zu", i + 1),
			          .lab_name = k->w.name ? k->w.name : zp_arena_print(k->a, "示例%s市第%zu医院检验科", ordinals[i % (k->w.regions ? k->w.regions : 1) % 17], i / 17 + 1),
			          .standing = "returned" };
		r.measurands = (unsigned)k->w.measurands * (g ? 1 : (unsigned)k->w.programmes);
		r.total = r.measurands * (unsigned)k->w.samples;
		r.credit = 100ull * (r.total - (unsigned)(chance(k->w.seed, i, (size_t)(programme + 1)) * chance(k->w.seed, i, 99) * 0.3 * r.total));
		if (i % 41 == 40)
			r.credit = 0, r.standing = "not_returned";
		out[n++] = r;
	}
	rank_rows(out, n);
	return n;
}

static zp_region_row region_row(const making *k, const zp_rank_row *rows, size_t n, size_t region, int class, int programme)
{
	zp_region_row r = { .region = region_code(k, region), .region_name = region_name(k, region),
		            .region_name_en = region ? zp_arena_print(k->a, "Example city %zu", region) : "Example province", .parent = region ? "990000" : "",
		            .level = region ? 1 : 0, .column = region ? tiles[region - 1][0] : 0, .line = region ? tiles[region - 1][1] : 0,
		            .lab_class = class < 0 ? "*" : classes[class], .programme = programme < 0 ? "*" : k->s->programmes[programme].code,
		            .programme_name = programme < 0 ? "*" : k->s->programmes[programme].name, .expected = (unsigned)n };
	for (size_t i = 0; i < n; i++) {
		const bool late = i % 29 == 28, returned = rows[i].credit > 0;
		r.returned += returned && !late, r.late += returned && late;
		r.judged++;
		r.satisfactory += rows[i].credit >= rows[i].total * 80ull;
		r.credit += rows[i].credit, r.total += rows[i].total;
	}
	return r;
}

static void rank_regions(zp_region_row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		rows[i].rank = 1;
		for (size_t j = 0; j < n; j++) {
			const unsigned long long mine = rows[i].credit * rows[j].total, theirs = rows[j].credit * rows[i].total;
			rows[i].rank += theirs > mine;
			rows[i].tied += theirs == mine;
		}
	}
}

static void invent_ranks(const making *k)
{
	const size_t tables = (k->w.regions + 1) * 5 * (k->w.programmes + 1);
	zp_rank_row *ranks = zp_take(k->a, zp_rank_row, k->w.labs * 2 * 2 * (k->w.programmes + 1) + 1);
	zp_region_row *regions = zp_take(k->a, zp_region_row, tables);
	size_t n = 0, t = 0;
	for (int class = -1; class < 4; class++)
		for (int programme = -1; programme < (int)k->w.programmes; programme++) {
			const size_t first = t;
			for (size_t region = 0; region <= k->w.regions; region++) {
				const size_t got = rank_table(k, ranks + n, region, class, programme);
				regions[t++] = region_row(k, ranks + n, got, region, class, programme);
				n += got;
			}
			rank_regions(regions + first, 1);
			rank_regions(regions + first + 1, k->w.regions);
		}
	k->s->ranks = ranks, k->s->n_ranks = n;
	k->s->regions = regions, k->s->n_regions = t;
}

/* ---- the whole ---- */

static const zp_told_decision decisions[] = {
	{ "excuse", "免于本次评价", "excused from the round", "L0009 · 常规化学", "质评办公室 王", "2026-03-20", "实验室搬迁，停止检测" },
	{ "accept-late", "迟报，已接受", "late, accepted", "L0017 · 常规化学", "质评办公室 王", "2026-03-20", "网络中断，已电话报告" },
	{ "correct", "由 4.11 更正为 4.21", "corrected from 4.11 to 4.21", "L0010 · 常规化学 · 钾 · 202612", "质评办公室 王", "2026-03-21", "中心录入错误" },
	{ "set-target", "靶值改为 6.20，u 0.03", "target set to 6.20, u 0.03", "常规化学 · 钾 · 202612", "专家组", "2026-03-22", "参考方法定值" },
	{ "do-not-evaluate", "该样本不评价", "this sample is not evaluated", "常规化学 · 葡萄糖 · 202615", "专家组", "2026-03-22", "样本渗漏，部分实验室收到时已变质，经专家组讨论决定本样本不参加评价" },
};

static const zp_fact facts[] = {
	{ "合格线", "pass mark", "80", "" }, { "同组至少", "least peers", "12", "" }, { "不能评价的样本", "ungradable samples", "不计入", "exclude" },
};
static const zp_sheets tables = { .title = "示例省临床检验室间质量评价", .title_en = "", .issued = "2026-04-09", .facts = facts, .n_facts = 3 };

zp_summary *zp_invent_whole(zp_arena *a, zp_summary_invention w)
{
	zp_summary *s = zp_take(a, zp_summary, 1);
	making k = { a, w, s };
	*s = (zp_summary){ .round = "2026-1", .round_name = "2026 年第 1 次临床检验室间质量评价", .round_name_en = "External quality assessment of clinical laboratories, round 1 of 2026",
		           .organiser = "示例省临床检验中心", .organiser_en = "Centre for Clinical Laboratories of an Example Province", .issued = "2026-04-09", .version = "v1",
		           .year = 2026, .number = 1, .opens = "2026-03-01T00:00:00+08:00", .closes = "2026-03-15T24:00:00+08:00", .tables = &tables };
	zp_told_programme *p = zp_take(a, zp_told_programme, w.programmes + 1);
	for (size_t i = 0; i < w.programmes; i++)
		invent_programme(&k, i, &p[i]);
	s->programmes = p, s->n_programmes = w.programmes;
	if (w.answers)
		invent_answers(&k);
	invent_ranks(&k);
	if (w.decided)
		s->decisions = decisions, s->n_decisions = sizeof decisions / sizeof *decisions;
	s->counts = (zp_told_counts){ .labs = w.labs, .enrolled = w.labs };
	for (size_t i = 0; i < w.programmes; i++)
		for (size_t m = 0; m < p[i].n_measurands; m++) {
			const zp_told_measurand *x = &p[i].measurands[m];
			s->counts.expected += (unsigned long long)x->labs * w.samples, s->counts.accepted += x->results;
			s->counts.set_aside += x->outliers, s->counts.doubtful += x->doubtful;
			for (size_t j = 0; j < w.samples; j++)
				s->counts.groups += x->samples[j].n_groups;
		}
	s->counts.refused = 7, s->counts.blank = 31, s->counts.late = 55, s->counts.read = s->counts.accepted + 7 + 55;
	zp_invent_figures(a, s);
	return s;
}

/* ---- its texts ---- */

static void tell(void (*visit)(void *, const char *), void *self, const char *const *texts, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (*texts[i])
			visit(self, texts[i]);
}
#define TELL(...) tell(visit, self, (const char *const[]){ __VA_ARGS__ }, sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))

static void measurand_texts(const zp_told_measurand *m, size_t n_samples, void (*visit)(void *, const char *), void *self)
{
	TELL(m->code, m->name, m->name_en, m->unit, m->limit, m->limit_source);
	for (size_t s = 0; s < n_samples; s++) {
		TELL(m->samples[s].sample);
		for (size_t i = 0; i < m->samples[s].n_groups; i++) {
			const zp_told_group *g = &m->samples[s].groups[i];
			TELL(g->name, g->name_en, g->origin, g->method, g->x_pt, g->u, g->s, g->cv, g->low, g->high, g->status, g->status_en, g->doubts, g->doubts_en, g->dip_p);
		}
	}
}

void zp_summary_texts(const zp_summary *s, void (*visit)(void *self, const char *text), void *self)
{
	TELL(s->round, s->round_name, s->round_name_en, s->organiser, s->organiser_en, s->issued, s->version, s->opens, s->closes);
	for (size_t p = 0; p < s->n_programmes; p++) {
		const zp_told_programme *g = &s->programmes[p];
		TELL(g->code, g->name, g->name_en, g->scheme, g->scheme_version, g->cancelled);
		for (size_t m = 0; m < g->n_measurands; m++)
			measurand_texts(&g->measurands[m], g->n_samples, visit, self);
	}
	for (size_t i = 0; i < s->n_decisions; i++) {
		const zp_told_decision *d = &s->decisions[i];
		TELL(d->kind, d->says, d->says_en, d->about, d->who, d->when, d->why);
	}
	for (size_t i = 0; i < s->n_ranks; i++)
		TELL(s->ranks[i].region, s->ranks[i].region_name, s->ranks[i].lab_class, s->ranks[i].lab, s->ranks[i].lab_name);
	for (size_t i = 0; i < s->n_regions; i++)
		TELL(s->regions[i].region, s->regions[i].region_name, s->regions[i].region_name_en);
	for (size_t i = 0; i < s->n_answers; i++) {
		TELL(s->answers[i].measurand_name, s->answers[i].sample, s->answers[i].strength);
		for (size_t k = 0; k < s->answers[i].n_answers; k++)
			TELL(s->answers[i].answers[k].name);
	}
	for (size_t i = 0; s->tables && i < s->tables->n_facts; i++)
		TELL(s->tables->facts[i].name, s->tables->facts[i].name_en, s->tables->facts[i].text, s->tables->facts[i].detail);
}

static void add(void *seen, const char *text) { zp_characters_add(seen, text); }

const char *zp_summary_characters(zp_arena *a, const zp_summary *s)
{
	zp_characters *seen = zp_characters_take(a);
	zp_summary_texts(s, add, seen);
	add(seen, zp_invented_figure_characters);
	return zp_characters_text(seen, a);
}
