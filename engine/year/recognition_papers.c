/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "year/recognition_papers.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/instant.h"

/* ---- validity ---- */

static const char *write_day(int year, int month, int day, char out[static 11])
{
	char text[40]; /* any three ints */
	snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
	memcpy(out, text, 10);
	out[10] = '\0';
	return out;
}

/* The corresponding day of the last month, or the day before it. Where that month is too short to have such a day, both mean its last
 * day: the day that would correspond lies beyond it. */
const char *zp_recog_until(const char *from, int months, zp_recog_valid valid, char out[static 11])
{
	const int at = (int)strtol(from, NULL, 10) * 12 + (int)strtol(from + 5, NULL, 10) - 1 + months;
	int year = at / 12, month = at % 12 + 1, day = (int)strtol(from + 8, NULL, 10) - (valid == ZP_RECOG_DAY_BEFORE);
	if (day == 0) {
		year = (at - 1) / 12;
		month = (at - 1) % 12 + 1;
		day = 31;
	}
	const int most = zp_days_of_month(year, month);
	return write_day(year, month, day < most ? day : most, out);
}

/* The first day of validity of a paper that is issued on a day. */
static const char *from_of(const zp_recognition_rule *rule, const char *issued, char out[static 11])
{
	if (rule->valid_from == ZP_RECOG_FROM_DAY)
		return rule->valid_day;
	if (rule->valid_from == ZP_RECOG_FROM_ISSUED)
		return issued;
	const int at = (int)strtol(issued, NULL, 10) * 12 + (int)strtol(issued + 5, NULL, 10);
	return write_day(at / 12, at % 12 + 1, 1, out);
}

/* ---- papers ---- */

static const char *marks_letters(unsigned marks, char out[static ZP_RECOG_LEVELS + 1])
{
	size_t n = 0;
	for (int level = 0; level < ZP_RECOG_LEVELS; level++)
		if (marks & 1u << level)
			out[n++] = "NPC"[level];
	out[n] = '\0';
	return out;
}

/* What the paper says beside the names: its items with their marks, and when they hold. */
static const char *list_of(zp_arena *arena, const zp_recog_wish *w, const zp_recognition *r, const zp_recog_lab *lab, const char *from, const char *until)
{
	size_t size = 40;
	char marks[ZP_RECOG_LEVELS + 1];
	const zp_recog_line *lines = r->lines + lab->first;
	for (size_t i = 0; i < lab->n; i++) {
		const zp_year_item *item = &w->chronicle->items[lines[i].item];
		size += lines[i].marks ? strlen(item->specimen) + strlen(item->item) + ZP_RECOG_LEVELS + 3 : 0;
	}
	char *out = zp_arena_take(arena, size), *to = out;
	for (size_t i = 0; i < lab->n; i++) {
		const zp_year_item *item = &w->chronicle->items[lines[i].item];
		if (lines[i].marks)
			to += sprintf(to, "%s:%s:%s ", item->specimen, item->item, marks_letters(lines[i].marks, marks));
	}
	snprintf(to, 32, "%.10s/%.10s", from, until);
	return out;
}

/* All that is printed beside the list. */
static const char *says(zp_arena *arena, const zp_recog_wish *w, const zp_recognition *r, const zp_recog_lab *lab, const char *list)
{
	enum { HEAD = 3 };
	const char **words = zp_take(arena, const char *, HEAD + 2 * lab->n);
	size_t n = HEAD;
	words[0] = w->rule->name, words[1] = w->rule->name_en, words[2] = w->rule->organiser;
	for (size_t i = lab->first; i < lab->first + lab->n; i++)
		if (r->lines[i].marks) {
			words[n++] = w->chronicle->items[r->lines[i].item].name;
			words[n++] = w->chronicle->items[r->lines[i].item].name_en;
		}
	return zp_paper_says(arena, list, words, n);
}

/* The paper as it would be, issued on that day. */
static void say(zp_arena *arena, const zp_recog_wish *w, const zp_recognition *r, const zp_recog_lab *lab, const char *issued, zp_recog_paper *paper)
{
	char from[11], until[11];
	const char *first = from_of(w->rule, issued, from);
	zp_recog_until(first, w->rule->valid_months, (zp_recog_valid)w->rule->valid, until);
	paper->issued = issued;
	paper->from = zp_arena_text(arena, first, strlen(first));
	paper->until = zp_arena_text(arena, until, strlen(until));
	paper->list = list_of(arena, w, r, lab, paper->from, paper->until);
	paper->says = says(arena, w, r, lab, paper->list);
}

/* A paper that says what the latest one said keeps its number, its day, and so its validity. */
static void take_paper(zp_arena *arena, const zp_recog_wish *w, const zp_recognition *r, const zp_recog_lab *lab, const zp_numbers *given, zp_recog_paper *paper)
{
	const zp_year_lab *who = &w->chronicle->labs[paper->lab];
	const char *key = zp_arena_print(arena, "%d/HR/%s/%s", w->chronicle->year, w->rule->id, zp_number_piece(arena, who->code));
	const zp_issued *was = zp_numbers_latest(given, key, &paper->issue);
	paper->n_items = lab->recognised;
	if (was) {
		say(arena, w, r, lab, was->issued, paper);
		paper->kept = zp_issued_is(was, who->code, who->says->name, paper->says);
	}
	if (!paper->kept) {
		paper->issue++;
		say(arena, w, r, lab, w->issued, paper);
	}
	paper->number = zp_arena_print(arena, "%s/%u", key, paper->issue);
}

void zp_recog_papers_take(zp_arena *arena, const zp_recog_wish *w, zp_recognition *r, zp_recog_lab *labs)
{
	const zp_numbers *given = zp_numbers_take(arena, w->issued_before, w->n_issued_before);
	size_t n = 0;
	for (size_t i = 0; i < w->chronicle->n_labs; i++)
		n += labs[i].recognised > 0;
	zp_recog_paper *papers = zp_take(arena, zp_recog_paper, n + 1);
	r->papers = papers;
	for (size_t i = 0; i < w->chronicle->n_labs; i++) {
		if (!labs[i].recognised)
			continue;
		labs[i].paper = (uint32_t)r->n_papers;
		papers[r->n_papers] = (zp_recog_paper){ .lab = (uint32_t)i };
		take_paper(arena, w, r, &labs[i], given, &papers[r->n_papers++]);
	}
}
