/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "year/recognition_papers.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- validity ---- */

static int days_in(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	return days[month - 1] + (month == 2 && leap);
}

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
	const int most = days_in(year, month);
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

/* ---- numbers ---- */

/* Papers of the rule that were issued before, by number. */
typedef struct earlier { const zp_issued **at; size_t n; } earlier;

/* What parts the pieces of a number cannot come from a code. */
static const char *piece(zp_arena *arena, const char *code)
{
	char *out = zp_arena_take(arena, strlen(code) * 3 + 1), *to = out;
	for (const char *p = code; *p; p++)
		if (*p == '/' || *p == '%')
			to += sprintf(to, "%%%02X", *p);
		else
			*to++ = *p;
	return out;
}

static int by_number(const void *a, const void *b)
{
	return strcmp((*(const zp_issued *const *)a)->number, (*(const zp_issued *const *)b)->number);
}

static earlier find_earlier(zp_arena *arena, const zp_recog_wish *w, const char *prefix)
{
	earlier e = { zp_take(arena, const zp_issued *, w->n_issued_before + 1), 0 };
	for (size_t i = 0; i < w->n_issued_before; i++)
		if (strncmp(w->issued_before[i].number, prefix, strlen(prefix)) == 0)
			e.at[e.n++] = &w->issued_before[i];
	if (e.n)
		qsort(e.at, e.n, sizeof *e.at, by_number);
	return e;
}

/* The latest issue of a number without its issue: "2026/HR/hr/L0001/". Gives: 0 when there was none. */
static unsigned latest(const earlier *e, const char *key, const zp_issued **was)
{
	size_t low = 0, high = e->n;
	unsigned most = 0;
	while (low < high) {
		const size_t mid = low + (high - low) / 2;
		if (strcmp(e->at[mid]->number, key) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < e->n && strncmp(e->at[low]->number, key, strlen(key)) == 0; low++) {
		const unsigned issue = (unsigned)strtoul(e->at[low]->number + strlen(key), NULL, 10);
		if (issue > most)
			most = issue, *was = e->at[low];
	}
	return most;
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
}

/* A paper that says what the latest one said keeps its number, its day, and so its validity. */
static void take_paper(zp_arena *arena, const zp_recog_wish *w, const zp_recognition *r, const zp_recog_lab *lab, const earlier *e, zp_recog_paper *paper)
{
	const zp_year_lab *who = &w->chronicle->labs[paper->lab];
	const char *key = zp_arena_print(arena, "%d/HR/%s/%s/", w->chronicle->year, w->rule->id, piece(arena, who->code));
	const zp_issued *was = NULL;
	const unsigned before = latest(e, key, &was);
	paper->n_items = lab->recognised;
	paper->issue = before + 1;
	if (was) {
		say(arena, w, r, lab, was->issued, paper);
		paper->kept = strcmp(was->list, paper->list) == 0 && strcmp(was->name, who->says->name) == 0 &&
			      strcmp(was->lab, who->code) == 0;
	}
	if (paper->kept)
		paper->issue = before;
	else
		say(arena, w, r, lab, w->issued, paper);
	paper->number = zp_arena_print(arena, "%s%u", key, paper->issue);
}

void zp_recog_papers_take(zp_arena *arena, const zp_recog_wish *w, zp_recognition *r, zp_recog_lab *labs)
{
	const earlier e = find_earlier(arena, w, zp_arena_print(arena, "%d/HR/%s/", w->chronicle->year, w->rule->id));
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
		take_paper(arena, w, r, &labs[i], &e, &papers[r->n_papers++]);
	}
}
