/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/certificate.h"
#include <stdio.h>
#include "run/seal.h"

#define ISSUED "2027-01-20"

static const char *const measurands[][4] = {
	{ "GLU", "葡萄糖", "Glucose", "mmol/L" }, { "TP", "总蛋白", "Total protein", "g/L" }, { "K", "钾", "Potassium", "mmol/L" },
	{ "ALT", "丙氨酸氨基转移酶", "Alanine aminotransferase", "U/L" }, { "UREA", "尿素", "Urea", "mmol/L" }, { "CREA", "肌酐", "Creatinine", "μmol/L" },
	{ "TC", "总胆固醇", "Total cholesterol", "mmol/L" }, { "VITD", "25-羟基维生素 D", "25-Hydroxyvitamin D", "nmol/L" },
	{ "APTT", "活化部分凝血活酶时间", "Activated partial thromboplastin time", "s" }, { "MG", "镁", "Magnesium", "mmol/L" },
};
static const char *const programmes[][3] = {
	{ "chemistry", "常规化学", "Routine chemistry" }, { "blood-count", "全血细胞计数", "Complete blood count" }, { "coagulation", "凝血试验", "Coagulation" },
	{ "endocrine", "内分泌", "Endocrine tests" }, { "serology", "感染性疾病血清学标志物", "Serology of infectious diseases" }, { "urine", "尿液化学分析", "Urinalysis" },
};
#define KINDS (sizeof measurands / sizeof *measurands)
#define SORTS (sizeof programmes / sizeof *programmes)

/* The name of the i-th: after the tenth they begin again, with a number. */
static const char *name_of(zp_arena *arena, size_t i, size_t column, size_t kinds, const char *text)
{
	return i < kinds ? text : zp_arena_print(arena, column ? "%s %zu" : "%s-%zu", text, i / kinds + 1);
}

static const char *const samples[] = { "202611", "202612", "202613", "202614", "202615" };
#define SAMPLES (sizeof samples / sizeof *samples)

static zp_report_row row_of(size_t s, bool bad)
{
	return (zp_report_row){ .sample = samples[s], .value = bad ? "6.31" : "5.60", .value_en = "", .sent = "", .index = "", .x_pt = "5.58", .x_pt_en = "",
		.also = "", .also_en = "", .allowed = "", .flags = "", .flags_en = "", .credit = "", .mark = "", .place = { -1, -1, -1, 0, 0 }, .answers_n = "",
		.low = "5.19", .high = "5.97", .bias = bad ? "0.730" : "0.020", .bias_pct = bad ? "13.08" : "0.36", .sdi = bad ? "4.87" : "0.13",
		.sdi_informative = true, .verdict = bad ? ZP_UNACCEPTABLE : ZP_ACCEPTABLE, .says = bad ? "不通过" : "通过", .says_en = bad ? "unacceptable" : "acceptable",
		.why = "", .why_en = "" };
}

static zp_report_measurand measurand_of(zp_arena *arena, size_t i)
{
	const char *const *of = measurands[i % KINDS];
	zp_report_row *rows = zp_take(arena, zp_report_row, SAMPLES);
	for (size_t s = 0; s < SAMPLES; s++)
		rows[s] = row_of(s, i % 7 == 4 && s < 2);
	return (zp_report_measurand){ .code = name_of(arena, i, 0, KINDS, of[0]), .name = name_of(arena, i, 1, KINDS, of[1]),
		.name_en = name_of(arena, i, 1, KINDS, of[2]), .unit = of[3], .limit = "T ± 7 %", .group = "方法:示例法", .group_n = "38", .method = "algorithm-a 1",
		.doubts = "", .doubts_en = "", .score = i % 7 == 4 ? "60" : "100", .weight = "", .satisfaction = i % 7 == 4 ? ZP_UNSATISFACTORY : ZP_SATISFACTORY,
		.standing = ZP_STANDS_RETURNED, .rows = rows, .n_rows = SAMPLES, .course_says = "", .course_says_en = "", .heed_says = "", .heed_says_en = "" };
}

static zp_report_programme programme_of(zp_arena *arena, size_t i, const zp_sample_wish *wish, const char *lab)
{
	const char *const *of = programmes[i % SORTS];
	zp_report_measurand *all = zp_take(arena, zp_report_measurand, wish->measurands + 1);
	size_t bad = 0;
	for (size_t m = 0; m < wish->measurands; m++) {
		all[m] = measurand_of(arena, m);
		bad += m % 7 == 4 ? 2 : 0;
	}
	const size_t total = wish->measurands * SAMPLES;
	const char *code = name_of(arena, i, 0, SORTS, of[0]);
	return (zp_report_programme){ .code = code, .name = name_of(arena, i, 1, SORTS, of[1]), .name_en = name_of(arena, i, 1, SORTS, of[2]),
		.score = total ? zp_arena_print(arena, "%zu.0", (total - bad) * 100 / total) : "", .accepted = zp_arena_print(arena, "%zu", total - bad),
		.total = zp_arena_print(arena, "%zu", total), .satisfaction = total ? ZP_SATISFACTORY : ZP_NEITHER, .standing = ZP_STANDS_RETURNED,
		.certificate = zp_arena_print(arena, "2026-1-%s-%s", code, lab), .samples = samples, .n_samples = SAMPLES, .measurands = all,
		.n_measurands = wish->measurands };
}

/* As it would be if it were signed: the square code has its length, and holds for nothing. */
static const char *as_signed(zp_arena *arena, const char *checked)
{
	static const char invented[] = "SAMPLE_of_no_value-3RkPq7WnTz0LmXcVbYhGjKdFsAoIuEyQw9876543210ZxCvBnMlKjHgFdSaPoIuYtRe";
	_Static_assert(sizeof invented == 87, "as long as a signature");
	return zp_arena_print(arena, "%s:%s", checked, invented);
}

static zp_bond bond_of(bool tied)
{
	zp_bond none = ZP_NO_BOND;
	if (tied)
		none.key = "1a2b3c4d5e6f7a8b", none.head = "9f3c6b0e1d7a4c52880b7e3fd9a15c6420e8b17f5d3a96c40f2b8e7d61a9c350";
	return none;
}

const zp_report *zp_sample_report(zp_arena *arena, const zp_sample_wish *wish)
{
	zp_report *r = zp_take(arena, zp_report, 1);
	zp_report_programme *all = zp_take(arena, zp_report_programme, wish->programmes + 1);
	const char *lab = wish->lab ? wish->lab : "L0001";
	for (size_t i = 0; i < wish->programmes; i++)
		all[i] = programme_of(arena, i, wish, lab);
	*r = (zp_report){ .round = "2026-1", .round_name = "2026 年第一次室间质量评价", .round_name_en = "External quality assessment, first round of 2026",
		.year = "2026", .number = "1", .lab = lab, .lab_name = wish->lab_name ? wish->lab_name : "示例医院一", .region = "示例市", .lab_class = "三级公立",
		.organiser = "示例省临床检验中心", .organiser_en = "Example Provincial Centre for Clinical Laboratories", .issued = ISSUED, .version = "v1", .bond = ZP_NO_BOND,
		.programmes = all, .n_programmes = wish->programmes, .digest = "", .code = "", .checked = "", .appeal = "", .appeal_en = "" };
	r->bond = bond_of(wish->tied);
	zp_seal_report(arena, r, NULL);
	if (wish->tied)
		r->checked = as_signed(arena, r->checked);
	return r;
}

const zp_paper *zp_sample_paper(zp_arena *arena, const zp_sample_wish *wish, zp_template_kind kind)
{
	zp_paper *p = zp_take(arena, zp_paper, 1);
	zp_paper_line *lines = zp_take(arena, zp_paper_line, wish->measurands + 1);
	for (size_t i = 0; i < wish->measurands; i++)
		lines[i] = (zp_paper_line){ name_of(arena, i, 1, KINDS, measurands[i % KINDS][1]), name_of(arena, i, 1, KINDS, measurands[i % KINDS][2]), "",
			kind == ZP_TEMPLATE_RECOGNITION ? i % 5 == 0 ? "全国HR 省HR" : "省HR" : "", "" };
	const char *lab = wish->lab ? wish->lab : "L0001";
	*p = (zp_paper){ .kind = ZP_PAPER_ANNUAL, .folder = "", .file = "sample.pdf", .number = zp_arena_print(arena, "2026/P/all-rounds/chemistry/%s/1", lab),
		.title = "室间质量评价合格证书", .title_en = "Certificate of satisfactory external quality assessment", .year = 2026, .lab = lab,
		.lab_name = wish->lab_name ? wish->lab_name : "示例医院一", .programme = "常规化学", .programme_en = "Routine chemistry",
		.organiser = "示例省临床检验中心", .organiser_en = "Example Provincial Centre for Clinical Laboratories", .issued = ISSUED, .from = "", .until = "",
		.issue = 1, .replaces = "", .fingerprint = "", .lines = lines, .n_lines = wish->measurands };
	if (kind == ZP_TEMPLATE_RECOGNITION) {
		p->kind = ZP_PAPER_RECOGNITION, p->number = zp_arena_print(arena, "2026/hr/%s/1", lab), p->title = "检验结果互认证书";
		p->title_en = "Certificate of mutual recognition of test results", p->from = "2027-02-01", p->until = "2028-01-31";
		p->programme = p->programme_en = "";
	} else if (kind == ZP_TEMPLATE_TITLE) {
		p->kind = ZP_PAPER_TITLE, p->number = zp_arena_print(arena, "2026/excellent-laboratory/%s/1", lab), p->title = "临床检验质量控制优秀实验室";
		p->title_en = "Excellent laboratory in quality control of clinical testing", p->in_a_row = 3, p->n_lines = 0;
		p->programme = p->programme_en = "";
	}
	p->bond = bond_of(wish->tied);
	zp_seal_paper(arena, p, NULL);
	if (wish->tied)
		p->checked = as_signed(arena, p->checked);
	return p;
}
