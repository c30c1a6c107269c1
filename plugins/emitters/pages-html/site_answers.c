/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers that are no numbers: how they agree with their targets, and how many gave which. */
#include "site.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

static bool same(const char *a, const char *b) { return a == b || strcmp(a, b) == 0; }

static size_t measurand_at(const zp_told_programme *p, const char *code)
{
	for (size_t m = 0; m < p->n_measurands; m++)
		if (same(p->measurands[m].code, code))
			return m;
	return SIZE_MAX;
}

static void put_kappa(zp_site *s, double kappa)
{
	char text[32] = "–";
	if (isfinite(kappa))
		snprintf(text, sizeof text, "%s%.3f", kappa < 0 ? "−" : "", fabs(kappa));
	zp_site_put(s, isfinite(kappa) ? "<td>" : "<td class=\"z\">");
	zp_site_put(s, text);
	zp_site_put(s, "</td>");
}

/* "4 / 120", and nothing to divide where nothing of the kind was expected. */
static void put_false(zp_site *s, unsigned n, unsigned of)
{
	zp_site_put(s, n ? "<td class=\"wrong\">" : "<td class=\"z\">");
	if (of) {
		zp_site_number(s, n);
		zp_site_put(s, " / ");
		zp_site_number(s, of);
	} else {
		zp_site_put(s, "–");
	}
	zp_site_put(s, "</td>");
}

static void put_agreement(zp_site *s, size_t p, const zp_agreement_row *r)
{
	const size_t m = measurand_at(&s->of->programmes[p], r->measurand);
	zp_site_put(s, "<tr><th scope=\"row\" class=\"t\">");
	if (m != SIZE_MAX) {
		zp_site_link(s, "measurands/", p + 1, m + 1);
		zp_site_tell_of(s, s->of->programmes[p].measurands[m].name, s->of->programmes[p].measurands[m].name_en);
		zp_site_put(s, "</a> <small>");
	} else {
		zp_site_tell(s, r->measurand_name);
		zp_site_put(s, " <small>");
	}
	zp_site_tell(s, r->measurand);
	zp_site_put(s, "</small></th>");
	zp_site_td_number(s, r->labs);
	zp_site_td_number(s, r->n);
	zp_site_td_share(s, r->agreed, r->n);
	put_kappa(s, r->kappa);
	put_false(s, r->false_negatives, r->positives);
	put_false(s, r->false_positives, r->negatives);
	zp_site_td_quiet(s, r->equivocal);
	zp_site_put(s, "</tr>\n");
}

void zp_site_agreement(zp_site *s, size_t p)
{
	bool open = false;
	for (size_t i = 0; i < s->of->n_agreements; i++) {
		if (!same(s->of->agreements[i].programme, s->of->programmes[p].code))
			continue;
		if (!open) {
			zp_site_say(s, "<section><h2>与靶值的一致性</h2>\n<p class=\"said\">只计按时回报（或经批准）的结果。κ 是扣除偶然之后的一致性：1 为完全一致，0 与偶然相当；只有一种预期结果时无法计算。相差一个等级、可以接受的结果不算与靶值相同。</p>\n",
				    "<section><h2>Agreement with the target</h2>\n<p class=\"said\">Only what came in time, or was accepted, is counted. Kappa is the agreement beyond chance: 1 when all agree, 0 as by chance; there is none where only one answer was expected. An answer that is a grade off and acceptable is not the same as the target.</p>\n");
			zp_site_table(s, "与靶值的一致性", "Agreement with the target", "sort");
			zp_site_th(s, "项目", "Measurand", true);
			zp_site_th(s, "家数", "Laboratories", false);
			zp_site_th(s, "有靶值的结果", "Replies with a target", false);
			zp_site_th(s, "与靶值相同", "As the target", false);
			zp_site_th(s, "κ", "Kappa", false);
			zp_site_th(s, "假阴性 / 应为阳性", "False negatives", false);
			zp_site_th(s, "假阳性 / 应为阴性", "False positives", false);
			zp_site_th(s, "可疑", "Equivocal", false);
			zp_site_body(s);
			open = true;
		}
		put_agreement(s, p, &s->of->agreements[i]);
	}
	if (open) {
		zp_site_table_end(s);
		zp_site_put(s, "</section>\n");
	}
}

/* ---- how many gave which ---- */

static void put_answer(zp_site *s, const zp_told_answer *a, unsigned of)
{
	zp_site_put(s, a->target ? "<tr class=\"target\"><th scope=\"row\" class=\"t\">✓ " : "<tr><th scope=\"row\" class=\"t\">");
	zp_site_tell_of(s, a->name, a->name_en);
	zp_site_put(s, "</th>");
	zp_site_td_number(s, a->n);
	zp_site_put(s, "<td>");
	zp_markup_share(s->m, a->n, of);
	zp_site_put(s, "</td><td class=\"bar all\">");
	if (a->n && of) {
		zp_site_put(s, "<svg viewBox=\"0 0 500 1\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><path d=\"M0 0h");
		zp_markup_number(s->m, 500ull * a->n / of);
		zp_site_put(s, "v1H0z\"/></svg>");
	}
	zp_site_put(s, "</td></tr>\n");
}

static void put_sample(zp_site *s, const zp_answers_row *r)
{
	zp_site_put(s, "<tbody><tr class=\"sample\"><th scope=\"rowgroup\" class=\"t\" colspan=\"4\">");
	zp_site_tell(s, r->sample);
	if (*r->strength) {
		zp_site_put(s, " <small>");
		zp_site_strength(s, r->strength);
		zp_site_put(s, "</small>");
	}
	zp_site_put(s, " <small>n = ");
	zp_site_number(s, r->n);
	zp_site_put(s, "</small></th></tr>\n");
	for (size_t i = 0; i < r->n_answers; i++)
		put_answer(s, &r->answers[i], r->n);
	zp_site_put(s, "</tbody>");
}

void zp_site_answers(zp_site *s, size_t p, size_t m)
{
	const zp_told_programme *t = &s->of->programmes[p];
	bool open = false;
	for (size_t i = 0; i < s->of->n_answers; i++) {
		const zp_answers_row *r = &s->of->answers[i];
		if (!same(r->programme, t->code) || !same(r->measurand, t->measurands[m].code) || !r->n_answers)
			continue;
		if (!open) {
			zp_site_say(s, "<section><h2>结果与家数</h2>\n<p class=\"said\">✓ 为靶值。只计按时回报（或经批准）的结果，所有评价组在内。</p>\n",
				    "<section><h2>Answers, and how many gave them</h2>\n<p class=\"said\">✓ marks the target. Only what came in time, or was accepted, is counted, of all groups.</p>\n");
			zp_site_table(s, "各样本的结果与家数", "Answers by sample", "answers");
			zp_site_th(s, "结果", "Answer", true);
			zp_site_th(s, "家数", "Laboratories", false);
			zp_site_th(s, "比例", "Share", false);
			zp_site_put(s, "<td></td></tr></thead>");
			open = true;
		}
		put_sample(s, r);
	}
	zp_site_put(s, open ? "</table></div>\n</section>\n" : "");
}
