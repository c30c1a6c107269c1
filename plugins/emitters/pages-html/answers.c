/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers that are no numbers: how they agree with their targets, and how many gave which; for each programme that has some. */
#include "markup.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

static void put_kappa(zp_markup *m, double kappa)
{
	char text[32] = "–";
	if (isfinite(kappa))
		snprintf(text, sizeof text, "%s%.3f", kappa < 0 ? "−" : "", fabs(kappa));
	zp_markup_put(m, "<td>");
	zp_markup_put(m, text);
	zp_markup_put(m, "</td>");
}

/* "4 / 120", and nothing to divide where nothing of the kind was expected. */
static void put_false(zp_markup *m, unsigned n, unsigned of)
{
	zp_markup_put(m, n ? "<td class=\"wrong\">" : "<td>");
	if (of) {
		zp_markup_number(m, n);
		zp_markup_put(m, " / ");
		zp_markup_number(m, of);
	} else {
		zp_markup_put(m, "–");
	}
	zp_markup_put(m, "</td>");
}

static void put_measurand(zp_markup *m, const char *name, const char *code)
{
	zp_markup_put(m, "<th scope=\"row\">");
	zp_markup_tell(m, name);
	zp_markup_put(m, " <small>");
	zp_markup_tell(m, code);
	zp_markup_put(m, "</small></th>");
}

static void put_agreement(zp_markup *m, const zp_agreement_row *r)
{
	zp_markup_put(m, "<tr>");
	put_measurand(m, r->measurand_name, r->measurand);
	zp_markup_cell(m, r->labs);
	zp_markup_share_cells(m, r->agreed, r->n);
	zp_markup_bar(m, r->agreed, r->n);
	put_kappa(m, r->kappa);
	put_false(m, r->false_negatives, r->positives);
	put_false(m, r->false_positives, r->negatives);
	zp_markup_cell(m, r->equivocal);
	zp_markup_put(m, "</tr>\n");
}

/* "✓ 阳性 64 家 90.1 %   阴性 2 家 2.8 %" */
static void put_answers(zp_markup *m, const zp_answers_row *r)
{
	zp_markup_put(m, "<td class=\"answers\">");
	for (size_t i = 0; i < r->n_answers; i++) {
		const zp_told_answer *a = &r->answers[i];
		zp_markup_put(m, a->target ? "<b>✓ " : "<span>");
		zp_markup_tell(m, a->name);
		zp_markup_put(m, " <small>");
		zp_markup_number(m, a->n);
		zp_markup_put(m, " 家 · ");
		zp_markup_share(m, a->n, r->n);
		zp_markup_put(m, a->target ? "</small></b> " : "</small></span> ");
	}
	zp_markup_put(m, r->n_answers ? "</td>" : "–</td>");
}

static void put_sample(zp_markup *m, const zp_answers_row *r)
{
	unsigned right = 0;
	for (size_t i = 0; i < r->n_answers; i++)
		right += r->answers[i].target ? r->answers[i].n : 0;
	zp_markup_put(m, "<tr>");
	put_measurand(m, r->measurand_name, r->measurand);
	zp_markup_put(m, "<td class=\"code\">");
	zp_markup_tell(m, r->sample);
	if (*r->strength) {
		zp_markup_put(m, " <small>");
		zp_markup_tell(m, r->strength);
		zp_markup_put(m, "</small>");
	}
	zp_markup_put(m, "</td>");
	zp_markup_cell(m, r->n);
	zp_markup_bar(m, right, r->n);
	put_answers(m, r);
	zp_markup_put(m, "</tr>\n");
}

static void put_programme(zp_markup *m, const zp_summary *s, size_t from, size_t to, bool open)
{
	const char *programme = s->agreements[from].programme;
	zp_markup_put(m, open ? "<details open><summary>" : "<details><summary>");
	zp_markup_programme(m, programme, s->agreements[from].programme_name);
	zp_markup_put(m, "</summary>\n<div class=\"wide\"><table class=\"agreement\"><caption>与靶值的一致性 <span lang=\"en\">agreement with the target</span></caption><thead><tr>"
	          "<th scope=\"col\">项目<span lang=\"en\">Measurand</span></th><th scope=\"col\">实验室<span lang=\"en\">Laboratories</span></th>"
	          "<th scope=\"col\" colspan=\"3\">与靶值相同 / 有靶值<span lang=\"en\">As the target / with a target</span></th>"
	          "<th scope=\"col\">κ<span lang=\"en\">kappa</span></th>"
	          "<th scope=\"col\">假阴性 / 应为阳性<span lang=\"en\">False negative</span></th>"
	          "<th scope=\"col\">假阳性 / 应为阴性<span lang=\"en\">False positive</span></th>"
	          "<th scope=\"col\">可疑<span lang=\"en\">Equivocal</span></th></tr></thead><tbody>\n");
	for (size_t i = from; i < to; i++)
		put_agreement(m, &s->agreements[i]);
	zp_markup_put(m, "</tbody></table></div>\n<div class=\"wide\"><table class=\"given\"><caption>结果分布 <span lang=\"en\">answers</span></caption><thead><tr>"
	          "<th scope=\"col\">项目<span lang=\"en\">Measurand</span></th><th scope=\"col\">样本<span lang=\"en\">Sample</span></th>"
	          "<th scope=\"col\">n</th><th scope=\"col\"></th><th scope=\"col\">结果与家数<span lang=\"en\">Answers, and how many gave them</span></th></tr></thead><tbody>\n");
	for (size_t i = 0; i < s->n_answers; i++)
		if (strcmp(s->answers[i].programme, programme) == 0)
			put_sample(m, &s->answers[i]);
	zp_markup_put(m, "</tbody></table></div>\n</details>\n");
}

void zp_answers_contents(zp_markup *m, const zp_summary *s)
{
	if (s->n_agreements)
		zp_markup_put(m, "<li><a href=\"#answers\">定性与等级项目的结果 <span lang=\"en\">Answers that are no numbers</span></a></li>\n");
}

void zp_answers_put(zp_markup *m, const zp_summary *s)
{
	size_t from = 0;
	if (!s->n_agreements)
		return;
	zp_markup_put(m, "<section id=\"answers\"><h2>定性与等级项目的结果 <span lang=\"en\">Answers that are no numbers</span></h2>\n"
	          "<p class=\"said\">✓ 为靶值。只计按时回报（或经批准）的结果。κ 是扣除偶然之后的一致性：1 为完全一致，0 与偶然相当；只有一种预期结果时无法计算。"
	          "相差一个等级、可以接受的结果不算与靶值相同。按方法、试剂、仪器和样本强弱的数字见 <code>agreement.csv</code>，分组的结果见 <code>answers.csv</code>。"
	          "<span lang=\"en\">✓ marks the target. Only what came in time, or was accepted, is counted. Kappa is the agreement beyond chance: 1 when all agree, 0 "
	          "as by chance; there is none where only one answer was expected. An answer that is a grade off and acceptable is not the same as the target. Figures by "
	          "method, kit, instrument and strength are in <code>agreement.csv</code>, answers by group in <code>answers.csv</code>.</span></p>\n");
	for (size_t i = 1; i <= s->n_agreements; i++) {
		if (i < s->n_agreements && strcmp(s->agreements[i].programme, s->agreements[from].programme) == 0)
			continue;
		put_programme(m, s, from, i, from == 0);
		from = i;
	}
	zp_markup_put(m, "</section>\n");
}
