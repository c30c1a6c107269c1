/* SPDX-License-Identifier: GPL-3.0-or-later */
/* titles.csv and title-conditions.csv (docs/formats/year-tables.md). */
#include <stdio.h>
#include <string.h>
#include "year/tables.h"
#include "year/year_titles.h"

/* A point is a hundredth of the percent scale: one decimal of it. */
static void put_points(zp_table *t, zp_fraction f) { zp_table_percent(t, zp_fraction_over(f, zp_fraction_of(100, 1))); }

/* "1540/39"; empty for nothing. */
static void put_exact(zp_table *t, zp_fraction f)
{
	char text[96], *p = text + sizeof text;
	*--p = '\0';
	f = zp_fraction_plus(f, zp_fraction_of(0, 1)); /* lowest terms */
	if (!f.den) {
		zp_table_word(t, "");
		return;
	}
	const bool below = f.num < 0;
	zp_wide parts[] = { f.den, below ? -f.num : f.num };
	for (size_t i = f.den == 1; i < 2; i++) {
		do {
			*--p = (char)('0' + (int)(parts[i] % 10));
			parts[i] /= 10;
		} while (parts[i]);
		if (i == 0)
			*--p = '/';
	}
	if (below)
		*--p = '-';
	zp_table_word(t, p);
}

static void put_whole_or_none(zp_table *t, bool known, int64_t v)
{
	if (known)
		zp_table_whole(t, v);
	else
		zp_table_none(t, 1);
}

/* ---- titles.csv ---- */

static const zp_column title_columns[] = {
	{ "award", ZP_CELLS_TEXT, "评选", "Award" }, { "version", ZP_CELLS_TEXT, "规则版本", "Version" }, { "unit", ZP_CELLS_WORD, "单位类型", "Unit" },
	{ "code", ZP_CELLS_TEXT, "编码", "Code" }, { "name", ZP_CELLS_TEXT, "名称", "Name" }, { "city", ZP_CELLS_TEXT, "市（州）代码", "City" },
	{ "city_name", ZP_CELLS_TEXT, "市（州）", "Name of the city" },
	{ "class", ZP_CELLS_TEXT, "类别", "Class" }, { "department", ZP_CELLS_TEXT, "科室", "Department" }, { "state", ZP_CELLS_WORD, "状态", "State" },
	{ "rank", ZP_CELLS_WHOLE, "名次", "Rank" }, { "of", ZP_CELLS_WHOLE, "候选数", "Candidates" }, { "points", ZP_CELLS_NUMBER, "得分", "Points" },
	{ "points_exact", ZP_CELLS_WORD, "得分（分数）", "Points, exact" }, { "years_in_row", ZP_CELLS_WHOLE, "此前连续年数", "Years in a row before" },
	{ "unmet", ZP_CELLS_TEXT, "不符合的条件", "Unmet" }, { "unknown", ZP_CELLS_TEXT, "无法认定的条件", "Unknown" },
	{ "because", ZP_CELLS_TEXT, "原因", "Because (Chinese)" }, { "because_en", ZP_CELLS_TEXT, "原因（英文）", "Because" },
	{ "decision", ZP_CELLS_WORD, "委员会决定", "Decision" }, { "decided_by", ZP_CELLS_TEXT, "决定人", "By" }, { "decided_on", ZP_CELLS_DATE, "决定日期", "On" },
	{ "decided_because", ZP_CELLS_TEXT, "决定理由", "Reason" }, { "against", ZP_CELLS_WORD, "与推荐不一致", "Against the proposal" }
};

static const char *unit_word(zp_unit u)
{
	static const char *const words[] = { "laboratory", "department", "region" };
	return words[u];
}

static bool stands_in_the_way(const zp_term *rule, uint8_t answer, bool unknown)
{
	if (rule->kind == ZP_TERM_POINTS)
		return unknown && answer == ZP_UNKNOWN;
	return unknown ? answer == ZP_UNKNOWN : answer == (rule->kind == ZP_TERM_REQUIRE ? ZP_FALSE : ZP_TRUE);
}

static const char *ids(zp_arena *arena, const zp_award *a, const zp_title *t, bool unknown)
{
	const char *out = "";
	for (size_t i = 0; i < a->n_terms; i++)
		if (stands_in_the_way(&a->terms[i], t->terms[i].answer, unknown))
			out = zp_arena_print(arena, "%s%s%s", out, *out ? " " : "", a->terms[i].id);
	return out;
}

/* A decision that the proposal did not lead one to expect; to choose among the tied is what the committee is asked for. */
static bool is_against(zp_title_state state, const char *decision)
{
	const bool awarded = strcmp(decision, "awarded") == 0;
	return awarded ? state < ZP_TITLE_TIED : state == ZP_TITLE_PROPOSED;
}

static void put_decision(zp_table *t, zp_title_state state, const char *decision, const char *by, const char *on, const char *because)
{
	if (!decision) {
		zp_table_none(t, 5);
		return;
	}
	zp_table_word(t, decision);
	zp_table_text(t, by);
	zp_table_word(t, on);
	zp_table_text(t, because);
	zp_table_word(t, is_against(state, decision) ? "yes" : "no");
}

static void put_award(zp_table *t, const zp_award *a)
{
	zp_table_word(t, a->id);
	zp_table_text(t, a->version);
	zp_table_word(t, unit_word(a->unit));
}

static void put_title(zp_table *t, zp_arena *arena, const zp_titles *all, const zp_title *title)
{
	put_award(t, all->award);
	zp_table_text(t, title->code);
	zp_table_text(t, title->name);
	zp_table_text(t, title->city);
	zp_table_text(t, title->city_name);
	zp_table_text(t, title->lab_class);
	zp_table_text(t, title->department);
	zp_table_word(t, zp_title_word(title->state));
	put_whole_or_none(t, title->rank > 0, title->rank);
	put_whole_or_none(t, title->rank > 0, (int64_t)all->candidates);
	put_points(t, title->points);
	put_exact(t, title->points);
	put_whole_or_none(t, title->years_in_row >= 0, title->years_in_row);
	zp_table_word(t, ids(arena, all->award, title, false));
	zp_table_word(t, ids(arena, all->award, title, true));
	zp_table_text(t, zp_title_obstacles(arena, all->award, title, true));
	zp_table_text(t, zp_title_obstacles(arena, all->award, title, false));
	put_decision(t, title->state, title->decision, title->decided_by, title->decided_on, title->decided_because);
}

static void put_outside(zp_table *t, const zp_title_outside *o)
{
	put_award(t, o->award);
	zp_table_text(t, o->code);
	zp_table_text(t, o->name);
	zp_table_none(t, 4);
	zp_table_word(t, "none");
	zp_table_none(t, 9);
	put_decision(t, ZP_TITLE_NOT_CLEARED, o->decision->decision, o->decision->by, o->decision->date, o->decision->because);
}

static bool write_titles(const zp_year_titles *y, zp_press *press, zp_kept *kept, zp_error *err)
{
	zp_table *t = ZP_TABLE_OPEN(press, "titles.csv", title_columns, kept, err);
	for (size_t k = 0; t && k < y->n; k++) {
		zp_arena *arena = zp_arena_open();
		for (size_t i = 0; i < y->at[k].n; i++)
			put_title(t, arena, &y->at[k], &y->at[k].at[i]);
		for (size_t i = 0; i < y->n_outside; i++)
			if (y->outside[i].award == y->at[k].award)
				put_outside(t, &y->outside[i]);
		zp_arena_close(arena);
	}
	return t && zp_table_close(t, err);
}

/* ---- title-conditions.csv ---- */

static const zp_column condition_columns[] = {
	{ "award", ZP_CELLS_TEXT, "评选", "Award" }, { "code", ZP_CELLS_TEXT, "编码", "Code" }, { "condition", ZP_CELLS_TEXT, "条件", "Condition" },
	{ "kind", ZP_CELLS_WORD, "类型", "Kind" }, { "answer", ZP_CELLS_WORD, "结果", "Answer" }, { "points", ZP_CELLS_NUMBER, "得分", "Points" },
	{ "points_exact", ZP_CELLS_WORD, "得分（分数）", "Points, exact" }, { "missing", ZP_CELLS_TEXT, "缺少的资料", "Missing" },
	{ "words", ZP_CELLS_TEXT, "说明", "In words (Chinese)" }, { "words_en", ZP_CELLS_TEXT, "说明（英文）", "In words" },
	{ "test", ZP_CELLS_TEXT, "规则原文", "What the rule asks" }, { "weight", ZP_CELLS_WORD, "系数", "Weight" }, { "most", ZP_CELLS_WORD, "最多计", "At most" }
};

/* Of an exclusion that does not hold, the condition of the title is met. */
static const char *answer_word(const zp_term *rule, uint8_t answer)
{
	if (answer == ZP_UNKNOWN)
		return "unknown";
	if (rule->kind == ZP_TERM_POINTS)
		return rule->value ? "known" : zp_truth_word((zp_truth)answer);
	return zp_truth_word(rule->kind == ZP_TERM_EXCLUDE ? !answer : (zp_truth)answer);
}

static void put_condition(zp_table *t, zp_arena *arena, const zp_award *a, const zp_title *title, size_t term)
{
	const zp_term *rule = &a->terms[term];
	const zp_title_term *says = &title->terms[term];
	zp_table_word(t, a->id);
	zp_table_text(t, title->code);
	zp_table_word(t, rule->id);
	zp_table_word(t, zp_term_word(rule->kind));
	zp_table_word(t, answer_word(rule, says->answer));
	if (rule->kind == ZP_TERM_POINTS) {
		put_points(t, says->points);
		put_exact(t, says->points);
	} else
		zp_table_none(t, 2);
	zp_table_text(t, says->missing);
	zp_table_text(t, zp_title_because(arena, a, title, term, true));
	zp_table_text(t, zp_title_because(arena, a, title, term, false));
	zp_table_text(t, zp_condition_text(rule->test ? rule->test : rule->value));
	if (!rule->value) {
		zp_table_none(t, 2);
		return;
	}
	put_exact(t, rule->weight);
	put_exact(t, rule->most);
}

static bool write_conditions(const zp_year_titles *y, zp_press *press, zp_kept *kept, zp_error *err)
{
	zp_table *t = ZP_TABLE_OPEN(press, "title-conditions.csv", condition_columns, kept, err);
	for (size_t k = 0; t && k < y->n; k++)
		for (size_t i = 0; i < y->at[k].n; i++) {
			zp_arena *arena = zp_arena_open();
			for (size_t term = 0; term < y->at[k].award->n_terms; term++)
				put_condition(t, arena, y->at[k].award, &y->at[k].at[i], term);
			zp_arena_close(arena);
		}
	return t && zp_table_close(t, err);
}

bool zp_year_titles_tables(const zp_year *year, zp_press *press, zp_kept *kept, zp_error *err)
{
	const zp_year_titles *y = year->titles;
	return !y || !y->n || (write_titles(y, press, kept, err) && write_conditions(y, press, kept, err));
}
