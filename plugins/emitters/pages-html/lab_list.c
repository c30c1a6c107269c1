/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line for each measurand: what needs attention first, the most pressing at the top, then everything else by programme. */
#include "lab.h"

static bool has_failed(const zp_report_measurand *m)
{
	bool any = m->satisfaction == ZP_UNSATISFACTORY;
	for (size_t i = 0; i < m->n_rows; i++)
		any |= m->rows[i].verdict == ZP_UNACCEPTABLE;
	return any;
}

/* Of what is not evaluated nothing counts. */
static void put_tally(zp_lab *l, const zp_report_measurand *m)
{
	zp_lab_sums of = { 0 };
	for (size_t i = 0; i < m->n_rows; i++) {
		of.acceptable += m->rows[i].verdict == ZP_ACCEPTABLE;
		of.judged += m->rows[i].verdict != ZP_NOT_EVALUATED;
	}
	if (!of.judged) {
		zp_lab_put(l, "–");
		return;
	}
	zp_lab_number(l, of.acceptable);
	zp_lab_put(l, " / ");
	zp_lab_number(l, of.judged);
}

static void put_line(zp_lab *l, const zp_lab_entry *e)
{
	const zp_report_measurand *m = e->of;
	zp_lab_put(l, !m->heed ? "<tr>" : has_failed(m) ? "<tr class=\"heed bad\">" : "<tr class=\"heed\">");
	zp_lab_put(l, "<th scope=\"row\"><a href=\"#");
	zp_lab_place(l, e);
	zp_lab_put(l, "\">");
	zp_lab_both(l, m->name, m->name_en);
	zp_lab_put(l, "</a>");
	if (m->heed && *m->heed_says) {
		zp_lab_put(l, "<p>");
		zp_lab_both(l, m->heed_says, m->heed_says_en);
		zp_lab_put(l, "</p>");
	}
	zp_lab_put(l, "</th>");
	zp_lab_cell(l, m->score);
	zp_lab_put(l, "<td>");
	put_tally(l, m);
	zp_lab_put(l, "</td><td class=\"strip\">");
	zp_lab_strip(l, m);
	if (l->courses) {
		zp_lab_put(l, "</td><td class=\"t more\">");
		zp_lab_both(l, m->course_says, m->course_says_en);
	}
	zp_lab_put(l, "</td><td class=\"t\">");
	zp_lab_outcome(l, m->standing, m->satisfaction);
	zp_lab_put(l, "</td></tr>\n");
}

static void put_title(zp_lab *l, zp_say word)
{
	zp_lab_put(l, "<tr class=\"part\"><th scope=\"rowgroup\" colspan=\"");
	zp_lab_put(l, l->courses ? "6\">" : "5\">");
	zp_lab_say(l, word);
	zp_lab_put(l, "</th></tr>\n");
}

static void put_programme(zp_lab *l, size_t p)
{
	const zp_report_programme *g = &l->report->programmes[p];
	zp_lab_put(l, "</tbody>\n<tbody><tr class=\"of\"><th scope=\"rowgroup\" colspan=\"");
	zp_lab_put(l, l->courses ? "6\"><a href=\"#p" : "5\"><a href=\"#p");
	zp_lab_number(l, p + 1);
	zp_lab_put(l, "\">");
	zp_lab_both(l, g->name, g->name_en);
	zp_lab_put(l, "</a> <span>");
	zp_lab_score(l, g);
	zp_lab_put(l, "</span> ");
	zp_lab_outcome(l, g->standing, g->satisfaction);
	zp_lab_put(l, "</th></tr>\n");
	for (size_t i = 0; i < l->n_entries; i++)
		if (l->entries[i].p == p && !l->entries[i].of->heed)
			put_line(l, &l->entries[i]);
}

void zp_lab_list(zp_lab *l)
{
	static const zp_say heads[] = { ZP_SAY_MEASURAND, ZP_SAY_WORDS, ZP_SAY_ACCEPTED, ZP_SAY_BARS, ZP_SAY_COURSE, ZP_SAY_OUTCOME };
	zp_lab_put(l, "<h2 id=\"list\">");
	zp_lab_say(l, ZP_SAY_ALL);
	zp_lab_put(l, "</h2>\n");
	zp_lab_table(l, "list", zp_say_cn(ZP_SAY_ALL), zp_say_en(ZP_SAY_ALL), false);
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		if (heads[i] == ZP_SAY_WORDS)
			zp_lab_put(l, "<th scope=\"col\">S1</th>");
		else if (heads[i] != ZP_SAY_COURSE || l->courses)
			zp_lab_head(l, heads[i], i == 2 ? "" : i == 4 ? "t more" : "t");
	zp_lab_table_body(l);
	if (l->sums.heeded)
		put_title(l, ZP_SAY_FIRST);
	for (size_t i = 0; i < l->sums.heeded; i++)
		put_line(l, l->heeded[i]);
	if (l->sums.heeded && l->sums.heeded < l->n_entries) {
		zp_lab_put(l, "</tbody>\n<tbody>");
		put_title(l, ZP_SAY_REST);
	}
	for (size_t p = 0; p < l->report->n_programmes; p++)
		put_programme(l, p);
	zp_lab_table_end(l);
}
