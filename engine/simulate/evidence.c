/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of laboratories beside rounds and control: the keys that the shipped rules of titles and of mutual recognition ask for. */
#include <stdio.h>
#include "base/random.h"
#include "simulate/answers.h"
#include "simulate/year.h"

/* Items without a programme, as a laboratory may have them. Plausible, and any others would do. */
static const struct { const char *specimen, *item; double share; } more[] = {
	{ "血清", "抗核抗体", 0.35 }, { "血清", "抗GAD抗体", 0.12 }, { "血清", "类胰岛素生长因子-1", 0.10 }, { "血清", "总IgE", 0.30 }, { "血清", "铜蓝蛋白", 0.25 },
	{ "血浆", "他克莫司", 0.08 }, { "血浆", "万古霉素", 0.10 }, { "全血", "G6PD", 0.20 }, { "全血", "HLA-B27", 0.12 }, { "尿液", "尿碘", 0.15 },
	{ "粪便", "钙卫蛋白", 0.10 }, { "脑脊液", "寡克隆区带", 0.05 },
};

static void row(const zp_sim_world *w, const char *code, const char *key, const char *value, const char *unit, const char *source, int month, int day, zp_buffer *b)
{
	char line[240];
	const int n = snprintf(line, sizeof line, "%s,%s,%s,%s,%s,%d-%02d-%02d\n", code, key, value, unit, source, w->when.year, month, day);
	zp_buffer_add(b, (zp_text){ line, (size_t)n });
}

/* Points of an inspection, fewer where there is less care. */
static void inspect(const zp_sim_world *w, const char *code, const char *key, const char *source, double care, zp_random *r, zp_buffer *b)
{
	char value[32];
	const double points = 97 - 7 * care + 3 * zp_random_normal(r), u = zp_random_uniform(r);
	snprintf(value, sizeof value, "%d", (int)(points > 100 ? 100 : points < 40 ? 40 : points));
	if (u < 0.85)
		row(w, code, key, value, "分", source, 11, 1 + (int)(u * 30), b);
}

/* Shares in percent, month by month; `none` where there was nothing to correct. */
static void report_months(const zp_sim_world *w, const char *code, double care, zp_random *r, zp_buffer *b)
{
	static const struct { const char *key, *source; double loss; } shares[] = {
		{ "workday-report-rate", "室内质控平台", 2.5 }, { "message-read-rate", "室内质控平台", 3.5 }, { "item-correct-rate", "室内质控平台", 4 },
	};
	for (int month = 1; month <= 12; month++)
		for (size_t k = 0; k < sizeof shares / sizeof *shares; k++) {
			char value[32];
			const double loss = shares[k].loss * care * 2 * zp_random_uniform(r), none = zp_random_uniform(r);
			snprintf(value, sizeof value, "%d.%d", (int)(100 - loss), (int)((100 - loss) * 10) % 10);
			row(w, code, shares[k].key, k == 2 && none < 0.3 ? "none" : value, "%", shares[k].source, month, 28, b);
		}
}

void zp_sim_rows_evidence(const zp_sim_world *w, size_t lab, zp_buffer *b)
{
	const zp_sim_lab *self = &w->labs[lab];
	zp_random r = zp_random_stream(w->when.seed, lab, ZP_SIM_STREAM_EVIDENCE), always = zp_random_stream(w->wish->seed, lab, ZP_SIM_STREAM_EVIDENCE);
	char code[ZP_SIM_CODE];
	zp_sim_code(w, lab, code);
	inspect(w, code, "inspection", "现场检查", self->care, &r, b);
	row(w, code, "adverse-events", zp_random_uniform(&r) < 0.01 * self->care ? "1" : "0", "次", "不良事件报告", 12, 31, b);
	if (zp_random_uniform(&always) < (self->lab_class == 0 ? 0.7 : self->lab_class == 1 ? 0.15 : 0.05))
		row(w, code, "accredited", "yes", "", "认可证书", 6, 30, b);
	if (zp_sim_habit_of(w, lab).sends)
		report_months(w, code, self->care, &r, b);
	for (size_t p = 0; p < w->n_programmes; p++) {
		if (!zp_sim_has_department(w, lab, p))
			continue;
		zp_sim_code_in(w, lab, p, code);
		inspect(w, code, "transfusion-inspection", "输血专项检查", self->care, &r, b);
	}
}

void zp_sim_rows_centres(const zp_sim_world *w, zp_buffer *b)
{
	for (size_t i = 0; i < w->regions->n; i++) {
		bool any = false;
		for (size_t lab = 0; lab < w->n_labs && !any && w->regions->at[i].level == 1; lab++)
			any = w->regions->at[w->labs[lab].region].parent == i;
		zp_random r = zp_random_stream(w->when.seed, i, ZP_SIM_STREAM_EVIDENCE + 1);
		char value[32], code[64];
		snprintf(value, sizeof value, "%d", 1 + (int)zp_random_below(&r, 4));
		snprintf(code, sizeof code, "%s", w->regions->at[i].code);
		if (any)
			row(w, code, "training", value, "场", "培训记录", 6, 30, b);
	}
}

static void perform(const char *code, zp_text item, bool compared, bool controlled, zp_buffer *b)
{
	zp_buffer_add_text(b, code);
	zp_buffer_add(b, item);
	zp_buffer_add_text(b, compared ? ",yes" : ",no");
	zp_buffer_add_text(b, controlled ? ",yes\n" : ",no\n");
}

void zp_sim_rows_performed(const zp_sim_world *w, const zp_sim_control *controls, size_t lab, size_t index, const zp_sim_return *own, zp_buffer *b)
{
	const zp_sim_programme *p = &w->programmes[index];
	char code[ZP_SIM_CODE];
	const bool sends = zp_sim_habit_of(w, lab).sends;
	zp_sim_code_in(w, lab, index, code);
	for (size_t m = 0; m < p->n; m++)
		if (own->declared[m])
			perform(code, controls[index].items[m], false, sends && p->answers[m].kind == ZP_SIM_PLAIN, b);
}

void zp_sim_rows_more(const zp_sim_world *w, size_t lab, zp_buffer *b)
{
	zp_random r = zp_random_stream(w->wish->seed, lab, ZP_SIM_STREAM_EVIDENCE + 1);
	char code[ZP_SIM_CODE], item[96];
	zp_sim_code(w, lab, code);
	for (size_t i = 0; i < sizeof more / sizeof *more; i++) {
		const double has = zp_random_uniform(&r), compared = zp_random_uniform(&r);
		const int n = snprintf(item, sizeof item, ",%s,%s", more[i].specimen, more[i].item);
		if (has < more[i].share * 2 * w->wish->declared[w->labs[lab].lab_class] - more[i].share * 0.5)
			perform(code, (zp_text){ item, (size_t)n }, compared < 0.6, false, b);
	}
}
