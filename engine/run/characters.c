/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every character that a report can hold, so that a font can be cut to them once. */
#include "base/instant.h"
#include "book/approvals.h"
#include "base/characters.h"
#include "run/publish.h"
#include "run/report_answers.h"
#include "run/summarise.h"
#include "run/told.h"

/* Answers by their names, what joins them, and the signs that stand for them in small tables. */
static void add_answer_characters(zp_characters *seen, const zp_measurand *m)
{
	if (m->undetected)
		zp_characters_add(seen, "阴性negative未检出not detected−");
	for (uint32_t i = 0; m->scale && i < m->scale->n; i++)
		zp_characters_add(seen, m->scale->answers[i].name), zp_characters_add(seen, m->scale->answers[i].name_en);
	if (m->scale)
		zp_characters_add(seen, "无none其他others或or、；（）%–＋−±");
}

/* What laboratories wrote, where that stands beside an answer or a logarithm. */
static void add_sent_characters(zp_characters *seen, const zp_run *run)
{
	bool any = false;
	for (size_t p = 0; p < run->book->plan->n_programmes; p++)
		for (size_t m = 0; m < run->book->plan->programmes[p].scheme->n_measurands; m++) {
			const zp_measurand *x = &run->book->plan->programmes[p].scheme->measurands[m];
			any |= x->scale || x->log10;
		}
	for (size_t i = 1; any && i <= run->round->n_notes; i++)
		if (run->round->notes[i].sent && zp_report_may_print(run->round->notes[i].sent))
			zp_characters_add(seen, run->round->notes[i].sent);
}

static void add_scheme_characters(zp_characters *seen, const zp_programme *p)
{
	const char *const own[] = { p->code, p->name, p->name_en };
	for (size_t i = 0; i < 3; i++)
		zp_characters_add(seen, own[i]);
	for (size_t s = 0; s < p->n_samples; s++)
		zp_characters_add(seen, p->samples[s]);
	for (size_t m = 0; m < p->scheme->n_measurands; m++) {
		const zp_measurand *measurand = &p->scheme->measurands[m];
		const char *const texts[] = { measurand->code, measurand->name, measurand->name_en, zp_measurand_unit(measurand),
					      measurand->limit.text, measurand->assign->name, measurand->assign->version };
		for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
			zp_characters_add(seen, texts[i]);
		add_answer_characters(seen, measurand);
	}
	for (size_t i = 0; i < p->scheme->n_measurands * p->n_samples; i++)
		if (p->given[i].by)
			zp_characters_add(seen, p->given[i].by->name), zp_characters_add(seen, p->given[i].by->version);
}

/* What run/decide.c and run/report.c say of decisions. */
static void add_decision_characters(zp_characters *seen, const zp_run *run)
{
	for (size_t i = 0; i < run->decisions->n_approvals; i++) {
		const zp_approval *a = &run->decisions->approvals[i];
		zp_characters_add(seen, "批准：规则决定发布（）");
		zp_characters_add(seen, a->who), zp_characters_add(seen, a->meaning);
		zp_characters_add(seen, zp_instant_show(run->arena, a->at));
	}
	if (!run->decisions->n)
		return;
	zp_characters_add(seen, "在中选定由更正为免评迟报，已接受不评价重新分组：改靶值由决定给出依据于 （）“”；|0123456789.+-eE<>()[]–/:_= ");
	for (size_t i = 0; i < run->decisions->n; i++) {
		const zp_decision *d = &run->decisions->at[i];
		const char *const texts[] = { d->who, d->when, d->why, d->evidence ? d->evidence : "" };
		for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
			zp_characters_add(seen, texts[k]);
	}
	for (size_t i = 1; i <= run->round->n_notes; i++)
		if (run->round->notes[i].sent)
			zp_characters_add(seen, run->round->notes[i].sent);
}

/* Figures and findings. */
static void add_told_characters(zp_characters *seen, const zp_run *run)
{
	for (char c[2] = " "; *c < 0x7f; ++*c)
		zp_characters_add(seen, c);
	zp_characters_add(seen, zp_told_characters());
	zp_characters_add(seen, zp_plot_characters(run->arena));
	zp_characters_add(seen, zp_drawing_characters);
	for (size_t i = 0; i < run->roster->regions->n; i++)
		zp_characters_add(seen, run->roster->regions->at[i].name_en);
	for (size_t p = 0; p < run->book->plan->n_programmes; p++)
		for (size_t m = 0; m < run->book->plan->programmes[p].scheme->n_measurands; m++) {
			const zp_measurand *x = &run->book->plan->programmes[p].scheme->measurands[m];
			for (size_t i = 0; i < x->n_mistaken; i++)
				zp_characters_add(seen, x->mistaken[i].unit);
		}
}

const char *zp_report_characters(const zp_run *run, const zp_issue *issue, bool figures)
{
	const zp_plan *plan = run->book->plan;
	zp_characters *seen = zp_characters_take(run->arena);
	const char *const texts[] = { plan->id, plan->name, plan->name_en, plan->organiser, plan->organiser_en, plan->appeal, plan->appeal_en,
				      issue->bond.replaces, issue->bond.reason, "全部实验室检测系统仪器方法试剂校准品:;；–<>、：," };
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		zp_characters_add(seen, texts[i]);
	for (unsigned i = 0; i < ZP_REASONS; i++)
		zp_characters_add(seen, zp_reason_says(i, true)), zp_characters_add(seen, zp_reason_says(i, false));
	for (unsigned i = 0; i < ZP_DOUBTS; i++)
		zp_characters_add(seen, zp_doubt_says(i, true)), zp_characters_add(seen, zp_doubt_says(i, false));
	for (unsigned i = 0; i < ZP_FLAGS; i++)
		zp_characters_add(seen, zp_flag_says(i, true)), zp_characters_add(seen, zp_flag_says(i, false));
	zp_characters_add(seen, zp_widened_says(true)), zp_characters_add(seen, zp_widened_says(false));
	for (unsigned i = 0; i < ZP_VERDICTS; i++)
		zp_characters_add(seen, zp_verdict_says(i, true)), zp_characters_add(seen, zp_verdict_says(i, false));
	for (unsigned i = 0; i < ZP_STANDINGS; i++)
		zp_characters_add(seen, zp_standing_says(i, true)), zp_characters_add(seen, zp_standing_says(i, false));
	for (unsigned i = 0; i <= ZP_UNSATISFACTORY; i++)
		zp_characters_add(seen, zp_satisfaction_says(i, true)), zp_characters_add(seen, zp_satisfaction_says(i, false));
	for (size_t p = 0; p < plan->n_programmes; p++)
		add_scheme_characters(seen, &plan->programmes[p]);
	for (size_t i = 0; i < run->roster->n_labs; i++)
		zp_characters_add(seen, run->roster->labs[i].name), zp_characters_add(seen, run->roster->labs[i].code);
	for (size_t i = 0; i < run->roster->regions->n; i++)
		zp_characters_add(seen, run->roster->regions->at[i].name);
	for (uint32_t i = 0; i < zp_names_count(run->roster->classes); i++)
		zp_characters_add(seen, zp_names_at(run->roster->classes, i).p);
	for (int k = 0; k < ZP_PEER_KEYS; k++)
		for (uint32_t i = 0; i < zp_names_count(run->peers->names[k]); i++)
			zp_characters_add(seen, zp_names_at(run->peers->names[k], i).p);
	add_decision_characters(seen, run);
	if (figures)
		add_told_characters(seen, run);
	add_sent_characters(seen, run);
	return zp_characters_text(seen, run->arena);
}
