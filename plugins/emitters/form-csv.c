/* SPDX-License-Identifier: GPL-3.0-or-later */
/* form-csv: the form that a laboratory fills in, as text: one grid for each programme (docs/formats/form.md). It begins with a
 * byte order mark, since spreadsheets would take it for something else without. */
#include "separated.h"

#define NAME_MOST 128

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
	for (size_t s = 0; s < p->n_samples; s++)
		cell(t, p->samples[s], true, ',');
	for (int k = 0; k < ZP_FORM_KEYS; k++)
		if (p->keys[k].asked)
			cell(t, f->chinese ? keys_zh[k] : keys_en[k], true, k + 1 < ZP_FORM_KEYS ? ',' : '\n');
}

static void row(zp_table *t, const zp_form *f, const zp_form_programme *p, size_t m)
{
	char number[32];
	snprintf(number, sizeof number, "%zu", m + 1);
	cell(t, number, true, ',');
	cell(t, p->measurands[m].code, true, ',');
	cell(t, one_of(f, p->measurands[m].name, p->measurands[m].name_en), false, ',');
	cell(t, p->measurands[m].unit, true, ',');
	for (size_t s = 0; s < p->n_samples; s++)
		zp_table_add(t, ",", 1);
	for (int k = 0; k + 1 < ZP_FORM_KEYS; k++) /* a comma after each but the last */
		if (p->keys[k].asked)
			zp_table_add(t, ",", 1);
	zp_table_add(t, "\n", 1);
}

static void fill(zp_table *t, const zp_form *f, const zp_form_programme *p)
{
	head(t, f, p);
	for (size_t m = 0; m < p->n_measurands; m++)
		row(t, f, p, m);
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
	.says = "Writes the form that a laboratory fills in as CSV: one grid for each programme.",
	.does.emitter = &emitter,
};
