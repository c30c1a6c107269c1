/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include "lab.h"

void zp_lab_put(zp_lab *l, const char *ours) { zp_markup_put(l->m, ours); }
void zp_lab_tell(zp_lab *l, const char *text) { zp_markup_tell(l->m, text); }
void zp_lab_number(zp_lab *l, size_t n) { zp_markup_number(l->m, n); }

void zp_lab_both(zp_lab *l, const char *cn, const char *en)
{
	zp_lab_tell(l, cn);
	if (!*en || strcmp(cn, en) == 0)
		return;
	zp_lab_put(l, *cn ? " <small lang=\"en\">" : "<small lang=\"en\">");
	zp_lab_tell(l, en);
	zp_lab_put(l, "</small>");
}

void zp_lab_say(zp_lab *l, zp_say w)
{
	zp_lab_both(l, zp_say_cn(w), zp_say_en(w));
}

void zp_lab_place(zp_lab *l, const zp_lab_entry *e)
{
	zp_lab_put(l, "m");
	zp_lab_number(l, e->p + 1);
	zp_lab_put(l, "-");
	zp_lab_number(l, e->m + 1);
}

bool zp_lab_is_absent(const zp_report_measurand *m)
{
	return !m->n_rows && m->standing == ZP_STANDS_NOT_PERFORMED;
}

/* ---- outcomes ---- */

zp_verdict zp_lab_verdict_of(zp_satisfaction s)
{
	return s == ZP_SATISFACTORY ? ZP_ACCEPTABLE : s == ZP_UNSATISFACTORY ? ZP_UNACCEPTABLE : ZP_NOT_EVALUATED;
}

const char *zp_lab_look_of(zp_verdict v)
{
	return v == ZP_UNACCEPTABLE ? "bad" : v == ZP_ACCEPTABLE ? "good" : "none";
}

/* The style sheet puts a sign before what has one of these looks. */
void zp_lab_sign(zp_lab *l, zp_verdict v)
{
	zp_lab_put(l, "<i class=\"");
	zp_lab_put(l, zp_lab_look_of(v));
	zp_lab_put(l, "\"></i>");
}

/* English only of what weighs more when there are two. */
void zp_lab_outcome(zp_lab *l, zp_standing standing, zp_satisfaction s)
{
	const bool stands = *zp_standing_cn(standing) != '\0', both = stands && s != ZP_NEITHER;
	const zp_verdict v = zp_lab_verdict_of(s);
	zp_lab_put(l, "<span class=\"");
	zp_lab_put(l, zp_lab_look_of(v));
	zp_lab_put(l, "\">");
	zp_lab_put(l, both ? zp_standing_cn(standing) : "");
	zp_lab_put(l, both ? " · " : "");
	if (stands && !both)
		zp_lab_both(l, zp_standing_cn(standing), zp_standing_en(standing));
	else
		zp_lab_both(l, zp_satisfaction_cn(s), zp_satisfaction_en(s));
	zp_lab_put(l, "</span>");
}

void zp_lab_score(zp_lab *l, const zp_report_programme *g)
{
	zp_lab_put(l, "<b>S ");
	zp_lab_tell(l, *g->score ? g->score : "–");
	zp_lab_put(l, "</b>");
	if (!*g->total)
		return;
	zp_lab_put(l, " · ");
	if (g->by_samples || g->points)
		zp_lab_say(l, g->by_samples ? ZP_SAY_SAMPLES_RIGHT : ZP_SAY_POINTS);
	zp_lab_put(l, g->by_samples || g->points ? " " : "");
	zp_lab_tell(l, g->accepted);
	zp_lab_put(l, " / ");
	zp_lab_tell(l, g->total);
}

/* ---- tables ---- */

void zp_lab_table(zp_lab *l, const char *look, const char *cn, const char *en, bool seen)
{
	zp_lab_put(l, "<div class=\"wide\" role=\"group\" tabindex=\"0\" aria-label=\"");
	zp_lab_tell(l, cn);
	zp_lab_put(l, "\"><table class=\"");
	zp_lab_put(l, look);
	zp_lab_put(l, seen ? "\"><caption>" : "\"><caption class=\"unseen\">");
	zp_lab_both(l, cn, en);
	zp_lab_put(l, "</caption>\n<thead><tr>");
}

void zp_lab_table_body(zp_lab *l) { zp_lab_put(l, "</tr></thead>\n<tbody>\n"); }
void zp_lab_table_end(zp_lab *l) { zp_lab_put(l, "</tbody></table></div>\n"); }

void zp_lab_head(zp_lab *l, zp_say w, const char *look)
{
	zp_lab_put(l, "<th scope=\"col\"");
	if (*look) {
		zp_lab_put(l, " class=\"");
		zp_lab_put(l, look);
		zp_lab_put(l, "\"");
	}
	zp_lab_put(l, ">");
	zp_lab_say(l, w);
	zp_lab_put(l, "</th>");
}

void zp_lab_cell(zp_lab *l, const char *text)
{
	zp_lab_put(l, "<td>");
	zp_lab_tell(l, *text ? text : "–");
	zp_lab_put(l, "</td>");
}
