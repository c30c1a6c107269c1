/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The end: how to appeal and until when, how to check what is told, how to read it. */
#include "lab.h"

static zp_kinds kinds_of(const zp_lab *l)
{
	zp_kinds has = zp_kinds_of(l->report);
	for (size_t i = 0; i < l->n_entries; i++)
		zp_kinds_add(&has, l->entries[i].of);
	return has;
}

/* The first page and the course are said in words of the page. */
static bool is_wanted(const zp_kinds *has, zp_say note)
{
	return note != ZP_SAY_NOTE_FIRST && note != ZP_SAY_NOTE_COURSE && zp_note_is_wanted(has, note);
}

static void put_item(zp_lab *l, const char *cn, const char *en)
{
	zp_lab_put(l, "<li>");
	zp_lab_both(l, cn, en);
	zp_lab_put(l, "</li>\n");
}

static void put_title(zp_lab *l, zp_say word)
{
	zp_lab_put(l, "<h2>");
	zp_lab_say(l, word);
	zp_lab_put(l, "</h2>\n");
}

static void put_check(zp_lab *l)
{
	const zp_report *r = l->report;
	if (!*r->code)
		return;
	zp_lab_put(l, "<p class=\"check\">");
	zp_lab_say(l, ZP_SAY_CHECK);
	zp_lab_put(l, " <b>");
	zp_lab_tell(l, r->code);
	zp_lab_put(l, "</b>");
	if (*r->digest) {
		zp_lab_put(l, " <small>SHA-256 ");
		zp_lab_tell(l, r->digest);
		zp_lab_put(l, "</small>");
	}
	zp_lab_put(l, "</p>\n");
}

void zp_lab_notes(zp_lab *l)
{
	const zp_report *r = l->report;
	const zp_kinds has = kinds_of(l);
	zp_lab_put(l, "<section id=\"notes\">");
	put_title(l, ZP_SAY_APPEAL);
	zp_lab_put(l, "<p class=\"appeal\">");
	zp_lab_both(l, *r->appeal ? r->appeal : zp_say_cn(ZP_SAY_NO_APPEAL), *r->appeal ? r->appeal_en : zp_say_en(ZP_SAY_NO_APPEAL));
	zp_lab_put(l, "</p>\n");
	put_check(l);
	put_title(l, ZP_SAY_READ);
	zp_lab_put(l, "<ul class=\"notes\">\n");
	put_item(l, "先列需要关注的项目，最紧要的在前，其后按专业列出其余项目；点项目名称可到该项目的全部内容。",
		 "First what needs attention, the most pressing at the top, then everything else by programme; a measurand's name leads to all that is told of it.");
	if (has.courses)
		put_item(l, "近几次变化：偏倚占限值的平均比例（答案类项目为正确率），以前 → 本次。",
			 "Over the rounds: the mean share of the limit, of answers the share that was right, before → now.");
	if (l->left_out)
		put_item(l, "为使本页小巧，无需关注的项目只画最前面的图；report.pdf 中有全部的图。",
			 "To keep the page small, measurands that need no attention have only their first figures here; report.pdf has all of them.");
	for (int w = ZP_SAY_NOTE_FIRST; w <= ZP_SAY_NOTE_EMPTY; w++)
		if (is_wanted(&has, (zp_say)w))
			put_item(l, zp_say_cn((zp_say)w), zp_say_en((zp_say)w));
	zp_lab_put(l, "</ul></section>\n");
}
