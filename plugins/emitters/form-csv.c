/* SPDX-License-Identifier: GPL-3.0-or-later */
/* form-csv: the form that a laboratory fills in, as text: one table for each programme (docs/formats/form.md), a grid, or a list where
 * something belongs beside the values. Remarks below it tell which answers there are. It begins with a
 * byte order mark, since spreadsheets would take it for something else without. */
#include "separated.h"

#define NAME_MOST 128
#define ANSWERS_TOLD 60 /* of a scale, in a remark */

/* A cell and the separator after it. A text that only people read and a spreadsheet would take for a formula gets a ' before it;
 * a code, which must come back as it is, does not. */
static void cell(zp_table *t, const char *text, bool code, char after)
{
	zp_table_cell(t, text, !code && zp_is_formula(text), ",;\t\"", after);
}

static void line(zp_table *t, const char *label, const char *text, bool code)
{
	cell(t, label, true, ',');
	cell(t, text, code, '\n');
}

/* Words that importers know (docs/formats/round.md). */
static const char *const keys_zh[ZP_FORM_KEYS] = { "检测系统", "仪器", "方法", "试剂", "校准品" };
static const char *const keys_en[ZP_FORM_KEYS] = { "system", "instrument", "method", "reagent", "calibrator" };

static const char *one_of(const zp_form *f, const char *zh, const char *en)
{
	return f->chinese || !*en ? zh : en;
}

static void head(zp_table *t, const zp_form *f, const zp_form_programme *p)
{
	zp_table_add(t, "\xEF\xBB\xBF", 3);
	line(t, one_of(f, "质评活动", "round"), one_of(f, f->round_name, f->round_name_en), false);
	line(t, one_of(f, "实验室编码", "lab"), f->lab, true);
	line(t, one_of(f, "实验室名称", "lab name"), f->lab_name, false);
	line(t, one_of(f, "专业", "programme"), p->code, true);
	line(t, one_of(f, "专业名称", "programme name"), one_of(f, p->name, p->name_en), false);
	line(t, one_of(f, "截止时间", "closes"), f->closes, false);
	cell(t, one_of(f, "序号", "no"), true, ',');
	cell(t, one_of(f, "项目", "measurand"), true, ',');
	cell(t, one_of(f, "名称", "name"), true, ',');
	cell(t, one_of(f, "单位", "unit"), true, ',');
	if (zp_form_is_list(p)) {
		cell(t, one_of(f, "样本", "sample"), true, ',');
		cell(t, one_of(f, "结果", "value"), true, ',');
		if (zp_form_asks_index(p))
			cell(t, one_of(f, "指数", "index"), true, ',');
		if (zp_form_asks_lod(p))
			cell(t, one_of(f, "检测下限", "lod"), true, ',');
	} else {
		for (size_t s = 0; s < p->n_samples; s++)
			cell(t, p->samples[s], true, ',');
	}
	for (int k = 0; k < ZP_FORM_KEYS; k++)
		if (p->keys[k].asked)
			cell(t, f->chinese ? keys_zh[k] : keys_en[k], true, k + 1 < ZP_FORM_KEYS ? ',' : '\n');
}

/* A row of a grid, or of a list for the sample s. */
static void row(zp_table *t, const zp_form *f, const zp_form_programme *p, size_t m, size_t s, size_t line)
{
	const bool list = zp_form_is_list(p);
	char number[32];
	snprintf(number, sizeof number, "%zu", line);
	cell(t, number, true, ',');
	cell(t, p->measurands[m].code, true, ',');
	cell(t, one_of(f, p->measurands[m].name, p->measurands[m].name_en), false, ',');
	cell(t, p->measurands[m].unit, true, ',');
	if (list)
		cell(t, p->samples[s], true, ',');
	for (size_t i = list ? (size_t)1 + zp_form_asks_index(p) + zp_form_asks_lod(p) : 0; i > 0; i--)
		zp_table_add(t, ",", 1);
	for (size_t i = 0; i < p->n_samples && !list; i++)
		cell(t, zp_form_asks(&p->measurands[m], i) ? "" : "—", true, ',');
	for (int k = 0; k + 1 < ZP_FORM_KEYS; k++) /* a comma after each but the last */
		if (p->keys[k].asked)
			zp_table_add(t, ",", 1);
	zp_table_add(t, "\n", 1);
}

static void add_text(zp_table *t, const char *text) { zp_table_add(t, text, strlen(text)); }

static bool is_first_of_scale(const zp_form_programme *p, size_t m)
{
	bool first = p->measurands[m].scale != NULL;
	for (size_t k = 0; k < m && first; k++)
		first = p->measurands[k].scale != p->measurands[m].scale;
	return first;
}

/* Texts of the rules in a cell that is in quotes. */
static void quoted(zp_table *t, const char *text)
{
	for (const char *s = text; *s; s++)
		zp_table_add(t, *s == '"' ? "\"\"" : s, *s == '"' ? 2 : 1);
}

/* "备注：HBsAg 抗-HBs 可填：阴性、可疑、阳性", for all measurands with the scale of m. */
static void remark(zp_table *t, const zp_form *f, const zp_form_programme *p, size_t m)
{
	const zp_scale *scale = p->measurands[m].scale;
	add_text(t, f->chinese ? "\"备注：" : "\"note: ");
	for (size_t k = m; k < p->n_measurands; k++) {
		if (p->measurands[k].scale != scale)
			continue;
		add_text(t, k > m ? " " : "");
		quoted(t, p->measurands[k].code);
	}
	add_text(t, f->chinese ? " 可填：" : " may be: ");
	for (uint32_t i = 0; i < scale->n && i < ANSWERS_TOLD; i++) {
		add_text(t, !i ? "" : f->chinese ? "、" : "; ");
		quoted(t, f->chinese ? scale->answers[i].name : scale->answers[i].name_en);
	}
	add_text(t, scale->n > ANSWERS_TOLD ? " …" : "");
	if (zp_scale_is_set(scale))
		add_text(t, f->chinese ? "；多个之间用 + 连接" : "; several joined by +");
	add_text(t, "\"\n");
}

/* That the unit may be changed to its logarithm. */
static void logarithm(zp_table *t, const zp_form *f, const zp_form_measurand *m)
{
	add_text(t, f->chinese ? "\"备注：" : "\"note: ");
	quoted(t, m->code);
	add_text(t, f->chinese ? " 以对数报告时，请把单位改为 " : " as a logarithm: change the unit to ");
	quoted(t, m->log_unit);
	add_text(t, "\"\n");
}

static void fill(zp_table *t, const zp_form *f, const zp_form_programme *p)
{
	head(t, f, p);
	size_t line = 0;
	for (size_t m = 0; m < p->n_measurands; m++)
		for (size_t s = 0; s < (zp_form_is_list(p) ? p->n_samples : 1); s++)
			if (!zp_form_is_list(p) || zp_form_asks(&p->measurands[m], s))
				row(t, f, p, m, s, ++line);
	for (size_t m = 0; m < p->n_measurands; m++)
		if (is_first_of_scale(p, m))
			remark(t, f, p, m);
	for (size_t m = 0; m < p->n_measurands; m++)
		if (p->measurands[m].log_unit)
			logarithm(t, f, &p->measurands[m]);
	if (zp_form_asks_lod(p))
		add_text(t, f->chinese ? "备注：未检出写“未检出”或 <检测下限。\n" : "note: write not detected or <limit of detection where nothing was found\n");
}

static bool form(const zp_host *host, void *state, const zp_form *f, const zp_outbox *out, zp_error *err)
{
	(void)state;
	for (size_t i = 0; i < f->n_programmes; i++) {
		const zp_form_programme *p = &f->programmes[i];
		char name[NAME_MOST];
		zp_table t = { 0 };
		fill(&t, f, p);
		t = (zp_table){ .bytes = host->take(host, t.n) };
		fill(&t, f, p);
		/* Named for the laboratory, so that its rows can be nobody else's; a point is in no laboratory's code. */
		int n = snprintf(name, sizeof name, "%s%s%s.csv", f->lab, f->n_programmes > 1 ? "." : "", f->n_programmes > 1 ? p->label : "");
		if (n < 0 || (size_t)n >= sizeof name)
			return host->fail(err, ZP_BUG, f->lab, 0, "the name of its form is too long");
		if (!out->write(out->self, name, t.bytes, t.n, err))
			return false;
	}
	return true;
}

static const zp_emitter emitter = { .form = form };

ZP_PLUGIN(form_csv) = {
	ZP_PLUGIN_HEAD,
	.kind = ZP_EMITTER,
	.name = "form-csv",
	.version = "1",
	.cites = "RFC 4180",
	.says = "Writes the form that a laboratory fills in as CSV: one table for each programme.",
	.does.emitter = &emitter,
};
