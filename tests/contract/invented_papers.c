/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "invented_papers.h"
#include "run/seal.h"
#include <string.h>

static const char *const names[][2] = {
	{ "葡萄糖", "Glucose" }, { "总蛋白", "Total protein" }, { "钾", "Potassium" }, { "丙氨酸氨基转移酶", "Alanine aminotransferase" },
	{ "尿素", "Urea" }, { "肌酐", "Creatinine" }, { "甲状腺过氧化物酶抗体", "Thyroid peroxidase antibody" }, { "25-羟基维生素 D", "25-Hydroxyvitamin D" },
	{ "活化部分凝血活酶时间", "Activated partial thromboplastin time" }, { "镁", "Magnesium" },
};

static void fill_lines(zp_arena *arena, zp_paper_invention how, zp_paper_line *lines)
{
	const size_t kinds = sizeof names / sizeof *names;
	for (size_t i = 0; i < how.lines; i++) {
		zp_paper_line *line = &lines[i];
		const char *const *of = names[i % kinds];
		*line = (zp_paper_line){ i < kinds ? of[0] : zp_arena_print(arena, "%s %zu", of[0], i / kinds + 1),
			i < kinds ? of[1] : zp_arena_print(arena, "%s %zu", of[1], i / kinds + 1), "", "", "" };
		if (how.chinese_only)
			line->name_en = "";
		if (i % 7 == 3 && how.lines > 3)
			line->specimen = "尿液";
		if (how.kind != ZP_PAPER_RECOGNITION)
			continue;
		line->mark = i % 5 == 0 ? "全国HR 省HR" : i % 5 == 4 ? "市HR" : "省HR";
		line->until = i % 11 == 6 ? "2027-07-31" : "";
	}
}

static void lengthen(zp_paper *p, zp_paper_line *lines, zp_paper_invention how)
{
	p->number = "2026/P/not-unsuccessful-with-two-rounds/bacteriology-and-susceptibility-2026/EXAMPLE-LABORATORY-00001/1";
	p->lab = "EXAMPLE-LABORATORY-00001";
	p->organiser = "虚构省卫生健康委员会临床检验质量控制中心（虚构省临床检验中心、虚构省人民医院检验医学部）";
	if (how.kind == ZP_PAPER_ANNUAL) {
		p->programme = "全国临床微生物学细菌鉴定与抗菌药物敏感性试验（含碳青霉烯酶表型及基因型检测）室间质量评价活动试点计划";
		p->programme_en = "National pilot programme of external quality assessment for bacterial identification and antimicrobial susceptibility "
				  "testing, including phenotypic and genotypic detection of carbapenemases";
	}
	if (how.lines > 2)
		lines[2].name = "甲型流感病毒、乙型流感病毒及呼吸道合胞病毒核酸检测（实时荧光聚合酶链反应法）";
}

const zp_paper *zp_invent_paper(zp_arena *arena, zp_paper_invention how)
{
	zp_paper *p = zp_take(arena, zp_paper, 1);
	zp_paper_line *lines = zp_take(arena, zp_paper_line, how.lines + 1);
	fill_lines(arena, how, lines);
	*p = (zp_paper){ .kind = how.kind, .file = "paper.pdf", .number = "2026/P/all-rounds/chemistry/L0001/1", .year = 2026, .lab = "L0001",
		.lab_name = how.lab_name ? how.lab_name : "示例医院一", .programme = "", .programme_en = "", .organiser = "示例省临床检验中心",
		.organiser_en = "Example Provincial Centre for Clinical Laboratories", .issued = "2027-01-20", .from = "", .until = "", .issue = 1,
		.replaces = "", .fingerprint = "0123456789abcdef", .lines = lines, .n_lines = how.lines };
	switch (how.kind) {
	case ZP_PAPER_ANNUAL:
		p->title = "室间质量评价合格证书", p->title_en = "Certificate of satisfactory external quality assessment";
		p->programme = "常规化学", p->programme_en = "Routine chemistry";
		break;
	case ZP_PAPER_RECOGNITION:
		p->title = "检验结果互认证书", p->title_en = "Certificate of mutual recognition of test results";
		p->number = "2026/hr/L0001/1", p->from = "2027-02-01", p->until = "2028-01-31";
		break;
	default:
		p->title = "临床检验质量控制优秀实验室", p->title_en = "Excellent laboratory in quality control of clinical testing";
		p->number = "2026/excellent-laboratory/L0001/1", p->in_a_row = how.in_a_row;
	}
	if (how.long_texts)
		lengthen(p, lines, how);
	if (how.reissued) {
		p->replaces = p->number;
		p->number = zp_arena_print(arena, "%.*s2", (int)strlen(p->number) - 1, p->number);
		p->issue = 2;
	}
	zp_seal_paper(arena, p, NULL);
	return p;
}

void zp_paper_texts(const zp_paper *p, void (*visit)(void *self, const char *text), void *self)
{
	const char *const texts[] = { p->number, p->title, p->title_en, p->lab, p->lab_name, p->programme, p->programme_en, p->organiser,
		p->organiser_en, p->replaces, p->code };
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (*texts[i])
			visit(self, texts[i]);
	for (size_t i = 0; i < p->n_lines; i++) {
		const zp_paper_line *line = &p->lines[i];
		const char *const of[] = { line->name, line->name_en, line->specimen, line->mark, line->until };
		for (size_t k = 0; k < sizeof of / sizeof *of; k++)
			if (*of[k])
				visit(self, of[k]);
	}
}
