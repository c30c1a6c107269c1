/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "year/captions.h"
#include <stdint.h>
#include <string.h>

/* ---- tables ---- */

/* Of one table. */
typedef struct caption {
	const char *table, *title, *title_en, *note, *note_en;
	bool published;
	bool left_out; /* too long for a book, whoever keeps it */
} caption;

static const caption captions[] = {
	{ "standings", "地区与类别", "Regions and classes",
	  "各地区、各类别的参加率、回报率、满意率和可接受率，与上一年相比；小单元格已隐去",
	  "Participation, return, satisfactory and acceptable shares of regions and classes, with the change since last year; small cells are hidden", true, false },
	{ "indicators", "质量指标", "Indicators",
	  "室间质评项目参加率、不合格率等指标：合计值与各实验室的中位数并列；小单元格已隐去",
	  "Participation, failure and other indicators: pooled, and the median of the laboratories; small cells are hidden", true, false },
	{ "indicators-formulas", "指标的计算", "How indicators are worked out", "每个指标的分子和分母", "What stands above and below the line of each", true, false },
	{ "centre/standings", "地区与类别（未隐去）", "Regions and classes, unhidden",
	  "与“地区与类别”相同，但没有隐去任何数字：仅供中心使用", "The same as the published standings, with nothing hidden: for the centre", false, false },
	{ "centre/indicators", "质量指标（未隐去）", "Indicators, unhidden",
	  "与“质量指标”相同，但没有隐去任何数字：仅供中心使用", "The same as the published indicators, with nothing hidden: for the centre", false, false },
	{ "centre/adjusted", "类别校正后的地区", "Regions adjusted for classes",
	  "按相同的类别构成比较各地区，附结果所支持的名次范围：仅供中心使用",
	  "Regions as if they had the same mix of classes, with the ranks that the results support: for the centre", false, false },
	{ "ranking", "实验室名次", "Ranking of laboratories",
	  "每个实验室的收缩后可接受率及其区间、名次及其范围；名次必须与范围一并引用",
	  "Shrunken share of every laboratory with its interval, rank with its range; no rank without its range", false, false },
	{ "ranking-fit", "名次的依据", "What lies behind the ranking", "收缩和名次范围所用的分布、设计效应和种子",
	  "Distribution, design effect and seed of shrinking and ranges", false, false },
	{ "items-labs", "实验室项目数", "Items of laboratories", "每个实验室的项目数：同一标本同一项目只计一次",
	  "Items of every laboratory, each specimen and item once", false, false },
	{ "certificates", "合格证书", "Certificates", "年度合格证书的编号、项目和发证日期", "Annual certificates: number, measurands, day of issue", false, false },
	{ "recognition-measurands", "互认项目汇总", "Recognition by measurand", "每个项目有多少实验室获得互认，及其各级标识",
	  "How many laboratories are recognised for each measurand, and at which level", false, false },
	{ "recognition-labs", "互认实验室汇总", "Recognition by laboratory", "每个实验室获得互认的项目数、证书编号和有效期",
	  "Recognised measurands of each laboratory, number and validity of its certificate", false, false },
	{ "recognition-list", "互认清单", "List of recognition", "获得互认的实验室和项目，供卫生健康行政部门使用",
	  "Laboratories and measurands that are recognised, for the commission", false, false },
	{ "recognition", "互认逐项", "Recognition line by line", "", "", false, true },
	{ "titles", "评优建议", "Titles proposed", "按评优规则的建议、得分和名次；由委员会决定", "Proposals by the rules of the awards, with points and ranks; the committee decides", false, false },
	{ "title-conditions", "评优条件", "Conditions of titles", "每个参评者满足和未满足的条件", "Conditions that each entrant meets, and those it does not", false, false },
	{ "warnings", "趋势预警", "Early warnings", "接近允许限或持续偏向一侧的项目：提请关注，不是评价",
	  "Measurands close to their limits, or on one side of the target: advice to look, and no verdict", false, false },
	{ "trends", "趋势", "Trends", "", "", false, true },
	{ "iqc", "室内质控", "Internal quality control", "", "", false, true },
	{ "iqc-peers", "室内质控室间比对", "IQC among peers", "同批号同水平各实验室之间的比对", "Laboratories with the same lot and level among each other", false, false },
	{ "iqc-means", "质控均值核对", "Means in use", "使用中的均值与累积均值不符之处（WS/T 641）", "Where the mean in use is not the cumulative one (WS/T 641)", false, false },
	{ "status", "累积成绩", "Cumulative status", "", "", false, true },
	{ "items", "项目逐项", "Items line by line", "", "", false, true },
	{ "certificate-lines", "证书逐项", "Certificates line by line", "", "", false, true },
	{ "indicators-labs", "实验室指标", "Indicators of laboratories", "", "", false, true },
};

/* ---- columns ---- */

/* table NULL: in every table that does not say otherwise. */
typedef struct heading { const char *table, *column, *title, *title_en; } heading;

static const heading headings[] = {
	{ "standings", "name", "地区", "Region" }, { "centre/standings", "name", "地区", "Region" }, { "indicators", "name", "地区", "Region" },
	{ "centre/adjusted", "name", "地区", "Region" }, { "ranking", "name", "实验室名称", "Laboratory name" },
	{ "certificates", "name", "实验室名称", "Laboratory name" }, { "recognition-labs", "name", "实验室名称", "Laboratory name" },
	{ "recognition-list", "name", "实验室名称", "Laboratory name" }, { "recognition-measurands", "name", "项目", "Measurand" },
	{ "certificates", "items", "项目数", "Measurands" }, { "standings", "share", "比例", "Share" }, { "centre/standings", "share", "比例", "Share" },
	{ "ranking", "share", "可接受率", "Share" }, { "ranking", "of", "参加排名数", "Ranked" },
	{ "centre/adjusted", "share", "可接受率", "Share" }, { "centre/adjusted", "of", "参加排名数", "Ranked" },
	{ "centre/adjusted", "level", "地区级别", "Kind of region" },
	{ "standings", "change", "与上年相比（百分点）", "Change, points" }, { "centre/standings", "change", "与上年相比（百分点）", "Change, points" },
	{ NULL, "place", "地区代码", "Region code" }, { NULL, "part", "部分", "Part" }, { NULL, "class", "类别", "Class" },
	{ NULL, "numerator", "分子", "Numerator" }, { NULL, "denominator", "分母", "Denominator" }, { NULL, "percent", "百分数", "Percent" },
	{ NULL, "shown", "显示", "Shown" }, { NULL, "indicator", "指标", "Indicator" }, { NULL, "laboratories", "实验室数", "Laboratories" },
	{ NULL, "formula", "分子 / 分母", "In Chinese" }, { NULL, "formula_en", "分子 / 分母（英文）", "Above / below the line" },
	{ NULL, "pooled", "合计", "Pooled" }, { NULL, "median", "中位数", "Median" }, { NULL, "lab", "实验室编码", "Laboratory" }, { NULL, "lab_name", "实验室名称", "Name of the laboratory" },
	{ NULL, "name", "名称", "Name" }, { NULL, "region", "地区", "Region" }, { NULL, "region_name", "地区名称", "Region name" },
	{ NULL, "city", "市", "City" }, { NULL, "city_name", "市名称", "City name" }, { NULL, "scope", "范围", "Among" },
	{ NULL, "k", "可接受结果", "Accepted" }, { NULL, "n", "结果数", "Results" }, { NULL, "late", "迟报", "Late" },
	{ NULL, "not_returned", "未回报", "Not returned" }, { NULL, "shrunken", "收缩后", "Shrunken" }, { NULL, "low", "区间下限", "From" },
	{ NULL, "high", "区间上限", "To" }, { NULL, "rank", "名次", "Rank" }, { NULL, "rank_low", "名次下限", "Rank from" },
	{ NULL, "rank_high", "名次上限", "Rank to" }, { NULL, "of", "总数", "Of" }, { NULL, "half", "所在一半", "Half" },
	{ NULL, "top_tenth", "属最好十分之一的概率", "Chance of best tenth" }, { NULL, "prior", "先验分布", "Prior" }, { NULL, "mean", "均值", "Mean" },
	{ NULL, "spread_test", "离散检验", "Test of spread" }, { NULL, "design", "设计效应来源", "Design effect" }, { NULL, "rho", "组内相关", "rho" },
	{ NULL, "cluster_size", "组的大小", "Size of group" }, { NULL, "deff", "设计效应", "deff" }, { NULL, "draws", "抽样次数", "Draws" },
	{ NULL, "seed", "种子", "Seed" }, { NULL, "total", "项目总数", "Total" }, { NULL, "pass", "合格", "Pass" }, { NULL, "fail", "不合格", "Fail" },
	{ NULL, "unreturned", "未回报", "Unreturned" }, { NULL, "not_evaluated", "未评价", "Not evaluated" }, { NULL, "pass_rate", "合格率", "Pass rate" },
	{ NULL, "counted_by_programme", "按专业计", "By programme" }, { NULL, "number", "编号", "Number" }, { NULL, "certificate", "证书", "Certificate" },
	{ NULL, "programme", "专业代码", "Programme" }, { NULL, "programme_name", "专业", "Programme name" }, { NULL, "level", "级别", "Level" },
	{ NULL, "organiser", "组织者", "Organiser" }, { NULL, "items", "项目数", "Items" }, { NULL, "measurands", "项目代码", "Measurands" },
	{ NULL, "measurand_names", "项目名称", "Names of measurands" }, { NULL, "measurand", "项目代码", "Measurand" },
	{ NULL, "measurand_name", "项目", "Measurand name" }, { NULL, "issue", "签发次数", "Issue" }, { NULL, "issued", "签发日期", "Issued" },
	{ NULL, "specimen", "标本", "Specimen" }, { NULL, "item", "项目代码", "Item" }, { NULL, "item_name", "项目", "Item name" },
	{ NULL, "marks", "互认标识", "Marks" }, { NULL, "from", "生效日期", "Valid from" }, { NULL, "until", "有效期至", "Valid until" },
	{ NULL, "award", "评优", "Award" }, { NULL, "award_name", "评优名称", "Award name" }, { NULL, "state", "建议", "Proposal" },
	{ NULL, "points", "得分", "Points" }, { NULL, "because", "理由", "Why" }, { NULL, "because_en", "理由（英文）", "Why, in English" },
	{ NULL, "decision", "决定", "Decision" }, { NULL, "decided_by", "决定者", "Decided by" }, { NULL, "decided_on", "决定日期", "Decided on" },
	{ NULL, "department", "科室", "Department" }, { NULL, "institution", "机构", "Institution" }, { NULL, "unit", "单位", "Unit" },
	{ NULL, "method", "方法", "Method" }, { NULL, "expected", "期望值", "Expected" }, { NULL, "ratio", "实际与期望之比", "Observed / expected" },
	{ NULL, "adjusted", "校正后", "Adjusted" }, { NULL, "undefined", "无法校正的部分", "Undefined part" }, { NULL, "month", "月份", "Month" },
	{ NULL, "lot", "批号", "Lot" }, { NULL, "sd", "标准差", "SD" }, { NULL, "cv", "变异系数", "CV" }, { NULL, "sdi", "SDI", "SDI" },
	{ NULL, "cvr", "变异系数比", "CV ratio" }, { NULL, "warning", "预警", "Warning" },
	{ "warnings", "share", "占允许限", "Share of the limit" }, { NULL, "trend", "趋势", "Trend" },
	{ NULL, "latest", "最近一次", "Latest round" }, { NULL, "results", "结果数", "Results" }, { NULL, "n_rounds", "次数", "Rounds" },
	{ NULL, "running_share", "平均占允许限", "Running share of the limit" }, { NULL, "running_sdi", "平均 SDI", "Running SDI" },
	{ NULL, "run", "同侧连续", "In a row" }, { NULL, "run_rounds", "涉及次数", "Rounds of the row" }, { NULL, "alpha", "α", "alpha" }, { NULL, "beta", "β", "beta" },
};

/* ---- words ---- */

static const zp_meaning words[] = {
	{ "share", "participation", "参加率", "Participation" }, { "share", "return", "回报率", "Return" }, { "share", "satisfactory", "满意率", "Satisfactory" },
	{ "share", "satisfactory_measurands", "项目满意率", "Satisfactory measurands" }, { "share", "acceptable", "可接受率（含未报）", "Acceptable" },
	{ "share", "acceptable_returned", "可接受率（已回报）", "Acceptable of returned" }, { "share", "laboratories", "在册实验室占比", "Share of laboratories" },
	{ "indicator", "participation_national", "室间质评项目参加率", "EQA participation" },
	{ "indicator", "participation_appraisal", "室间质评项目参加率（医院评审）", "EQA participation (hospital appraisal)" },
	{ "indicator", "fail_rate", "室间质评项目不合格率", "EQA failure rate" },
	{ "indicator", "pass_appraisal", "室间质评项目合格率（医院评审）", "EQA pass rate (hospital appraisal)" },
	{ "indicator", "national_items_passed", "通过国家室间质评的项目数", "Items passed in national EQA" },
	{ "indicator", "comparison_rate", "实验室间比对率", "Interlaboratory comparison" }, { "indicator", "iqc_coverage", "室内质控项目开展率", "IQC coverage" },
	{ "indicator", "iqc_cv_fail_rate", "室内质控项目变异系数不合格率", "IQC CV failure rate" },
	{ "part", "itself", "本级", "itself" }, { "shown", "hidden", "隐去", "hidden" },
	{ "scope", "all", "全部", "all" }, { "scope", "class", "同类别", "class" }, { "scope", "region", "同地区", "region" },
	{ "half", "better", "较好的一半", "better half" }, { "half", "unclear", "无法区分", "not separable" }, { "half", "worse", "较差的一半", "worse half" },
	{ "level", "national", "国家级", "national" }, { "level", "provincial", "省级", "provincial" }, { "level", "city", "市级", "city" },
	{ "level", "county", "县级", "county" }, { "level", "place", "最小地区", "innermost" },
	{ "prior", "fitted", "由本年结果拟合", "fitted" }, { "prior", "given", "规则给定", "given" }, { "prior", "none", "无离散", "none" },
	{ "design", "estimated", "估计", "estimated" }, { "design", "given", "规则给定", "given" }, { "design", "unknown", "未知", "unknown" },
	{ "method", "indirect", "间接标准化", "indirect" }, { "method", "direct", "直接标准化", "direct" },
	{ "state", "proposed", "建议授予", "proposed" }, { "state", "tied", "并列待定", "tied for the last places" },
	{ "state", "candidate", "符合条件，名额已满", "candidate, beyond the places" }, { "state", "entrant", "不符合条件", "conditions not met" },
	{ "state", "none", "未参评", "no entrant" }, { "unit", "laboratory", "实验室", "laboratory" }, { "unit", "department", "科室", "department" },
	{ "unit", "region", "地区", "region" }, { "answer", "known", "已计分", "counted" },
	{ "decision", "awarded", "授予", "awarded" }, { "decision", "refused", "不授予", "refused" }, { "decision", "withdrawn", "撤销", "withdrawn" },
	{ NULL, "met", "满足", "met" }, { NULL, "unmet", "未满足", "not met" }, { NULL, "unknown", "未知", "not known" },
	{ NULL, "not-asked", "不要求", "not asked" }, { NULL, "not_asked", "不要求", "not asked" },
	{ "kind", "require", "必备", "required" }, { "kind", "exclude", "排除", "excludes" }, { "kind", "points", "计分", "points" },
	{ "against", "yes", "是", "yes" }, { "against", "no", "否", "no" },
	{ "award", "excellent-laboratory", "临床检验质量控制优秀实验室", "Laboratory of excellent quality control" },
	{ "award", "excellent-transfusion", "临床输血检验优秀科室", "Excellent department of transfusion" },
	{ "award", "excellent-centre", "质量管理优秀单位", "Centre of excellent quality management" },
	{ "award", "consecutive", "连续三年临床检验质量控制优秀实验室", "Excellent laboratory three years in a row" },
	{ "result", "pass", "合格", "pass" }, { "result", "fail", "不合格", "fail" }, { "result", "unreturned", "未回报", "unreturned" },
	{ "result", "not_evaluated", "未评价", "not evaluated" },
	{ "use", "evaluated", "可评价", "evaluated" }, { "use", "informative", "仅供参考", "for information" }, { "use", "hidden", "隐去", "hidden" },
	{ "doubt", "first_alone", "一直沿用首批均值", "still that of the first values" }, { "doubt", "not_cumulative", "不是累积均值", "not the cumulative one" },
	{ "trend", "up", "上升", "up" }, { "trend", "down", "下降", "down" },
	{ "warning", "latest", "最近过预警限", "latest round" }, { "warning", "running", "平均过预警限", "running mean" }, { "warning", "run", "持续同侧", "run" },
	{ "warning", "latest running", "最近、平均均过预警限", "latest, running mean" }, { "warning", "latest run", "最近过预警限、持续同侧", "latest round, run" },
	{ "warning", "running run", "平均过预警限、持续同侧", "running mean, run" }, { "warning", "latest running run", "最近、平均均过预警限、持续同侧", "latest, running mean, run" },
	{ NULL, "yes", "是", "yes" }, { NULL, "no", "否", "no" },
};

const zp_meaning *zp_captions_words(size_t *n)
{
	*n = sizeof words / sizeof *words;
	return words;
}

/* ---- the book ---- */

static size_t place_of(const char *table)
{
	size_t i = 0;
	while (i < sizeof captions / sizeof *captions && strcmp(captions[i].table, table) != 0)
		i++;
	return i;
}

static const heading *heading_of(const char *table, const char *column)
{
	const heading *any = NULL;
	for (size_t i = 0; i < sizeof headings / sizeof *headings; i++) {
		if (strcmp(headings[i].column, column) != 0)
			continue;
		if (headings[i].table && strcmp(headings[i].table, table) == 0)
			return &headings[i];
		any = headings[i].table ? any : &headings[i];
	}
	return any;
}

/* What a table says of itself comes first. */
static const zp_column *head(zp_arena *arena, const zp_sheet *sheet)
{
	zp_column *out = zp_take(arena, zp_column, sheet->n_columns + 1);
	for (size_t i = 0; i < sheet->n_columns; i++) {
		const heading *h = heading_of(sheet->name, sheet->columns[i].name);
		out[i] = sheet->columns[i];
		if (h && !out[i].title)
			out[i].title = h->title;
		if (h && !out[i].title_en)
			out[i].title_en = h->title_en;
	}
	return out;
}

static zp_sheet captioned(zp_arena *arena, const zp_sheet *sheet, const caption *c)
{
	zp_sheet out = *sheet;
	out.columns = head(arena, sheet);
	if (!c)
		return out;
	out.title = sheet->title ? sheet->title : c->title;
	out.title_en = sheet->title_en ? sheet->title_en : c->title_en;
	out.note = sheet->note ? sheet->note : c->note;
	out.note_en = sheet->note_en ? sheet->note_en : c->note_en;
	out.published = c->published;
	return out;
}

const zp_sheet *zp_captions_put(zp_arena *arena, const zp_kept *kept, size_t *n)
{
	const size_t known = sizeof captions / sizeof *captions;
	zp_sheet *out = zp_take(arena, zp_sheet, kept->n + 1);
	*n = 0;
	for (size_t place = 0; place <= known; place++) /* the last: those that no caption knows */
		for (size_t i = 0; i < kept->n; i++)
			if (place_of(kept->sheets[i].name) == place && !(place < known && captions[place].left_out))
				out[(*n)++] = captioned(arena, &kept->sheets[i], place < known ? &captions[place] : NULL);
	return out;
}
