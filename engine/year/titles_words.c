/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Titles in words. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "year/titles.h"

static const char *award_name(const zp_award *a, bool chinese)
{
	return chinese || !*a->name_en ? a->name : a->name_en;
}

static const char *because(const zp_term *t, bool chinese)
{
	return chinese || !*t->because_en ? t->because : t->because_en;
}

static const char *when_met(zp_arena *arena, const zp_term *t, bool chinese)
{
	const char *met = chinese || !*t->met_en ? t->met : t->met_en;
	if (*met)
		return met;
	return t->kind == ZP_TERM_EXCLUDE ? zp_arena_print(arena, chinese ? "不存在此情形：%s" : "this is not so: %s", because(t, chinese))
					  : zp_arena_print(arena, chinese ? "符合条件 %s" : "condition %s is met", t->id);
}

/* Points with one decimal. */
static const char *points(zp_arena *arena, zp_fraction f)
{
	char text[ZP_PERCENT_TEXT];
	return zp_arena_print(arena, "%s", zp_fraction_print(zp_fraction_over(f, zp_fraction_of(100, 1)), text));
}

static const char *most_points(zp_arena *arena, const zp_term *t)
{
	return points(arena, t->value ? zp_fraction_times(t->weight, t->most) : t->weight);
}

const char *zp_title_because(zp_arena *arena, const zp_award *a, const zp_title *title, size_t term, bool chinese)
{
	const zp_term *t = &a->terms[term];
	const zp_title_term *says = &title->terms[term];
	if (t->kind == ZP_TERM_POINTS) {
		const char *got = zp_arena_print(arena, chinese ? "%s：%s 分（满分 %s 分）" : "%s: %s of %s points", because(t, chinese), points(arena, says->points),
						 most_points(arena, t));
		return says->answer != ZP_UNKNOWN ? got : zp_arena_print(arena, chinese ? "%s；缺少或不可用：%s" : "%s; missing or unusable: %s", got, says->missing);
	}
	if (says->answer == ZP_UNKNOWN)
		return zp_arena_print(arena, chinese ? "无法认定（%s）：缺少或不可用：%s" : "not known (%s): missing or unusable: %s",
				      t->kind == ZP_TERM_EXCLUDE || !*t->met ? because(t, chinese) : when_met(arena, t, chinese), says->missing);
	const bool good = says->answer == (t->kind == ZP_TERM_REQUIRE ? ZP_TRUE : ZP_FALSE);
	return good ? when_met(arena, t, chinese) : because(t, chinese);
}

const char *zp_title_short_of_points(zp_arena *arena, const zp_award *a, const zp_title *t, bool chinese)
{
	if (!t->points.den)
		return chinese ? "各项得分的分母过大，无法精确相加" : "the points are fractions too long to be added up exactly";
	if (!a->least_points.den || zp_fraction_compare(t->points, a->least_points) >= 0)
		return NULL;
	return zp_arena_print(arena, chinese ? "得分 %s，低于最低分 %s" : "%s points, below the least of %s", points(arena, t->points), points(arena, a->least_points));
}

const char *zp_title_stands(const zp_title *t, bool chinese)
{
	static const char *const words[] = { "不符合条件", "符合条件，未推荐", "同分，待定", "推荐" };
	if (!t)
		return chinese ? "不参评" : "none";
	return chinese ? words[t->state] : zp_title_word(t->state);
}

/* ---- what the committee should know ---- */

typedef struct telling {
	const zp_titles *titles;
	zp_arena *arena;
	bool chinese;
	void (*tell)(void *self, const char *sentence);
	void *self;
} telling;

static const char *bucket_name(const telling *w, const zp_title_bucket *b)
{
	if (strcmp(b->code, "*") == 0)
		return w->chinese ? "全部" : "all";
	if (!*b->code)
		return w->chinese ? "（地区或类别不明）" : "(of no known city or class)";
	return strcmp(b->code, b->name) == 0 ? b->code : zp_arena_print(w->arena, w->chinese ? "%s（%s）" : "%s (%s)", b->name, b->code);
}

/* A share of few is no place at all, and who has no city or class shares places with others of that kind: both are easily overlooked. */
static void tell_odd_bucket(const telling *w, const zp_title_bucket *b)
{
	const char *award = award_name(w->titles->award, w->chinese);
	if (!b->places && b->candidates && b->quota->places < 0)
		w->tell(w->self, zp_arena_print(w->arena, w->chinese ? "%s：%s 按比例取整后没有名额，候选 %" PRId64 " 个" : "%s: the share of %s comes to no place; candidates: %" PRId64,
						award, bucket_name(w, b), b->candidates));
	if (!*b->code)
		w->tell(w->self, zp_arena_print(w->arena, w->chinese ? "%s：%" PRId64 " 个参评者%s不明，合在一起分 %" PRId64 " 个名额" :
						"%s: of %" PRId64 " entrants the %s is not known; places for them together: %" PRId64, award, b->entrants,
						b->quota->of == ZP_OF_CITY ? w->chinese ? "所属市（州）" : "city" : w->chinese ? "类别" : "class", b->places));
}

static void tell_buckets(const telling *w)
{
	const zp_titles *t = w->titles;
	for (size_t i = 0; i < t->n_buckets; i++) {
		const zp_title_bucket *b = &t->buckets[i];
		tell_odd_bucket(w, b);
		if (b->places > b->candidates)
			w->tell(w->self, zp_arena_print(w->arena, w->chinese ? "%s：%s 名额 %" PRId64 " 个，候选只有 %" PRId64 " 个"
								  : "%s: places for %s: %" PRId64 ", candidates: %" PRId64, award_name(t->award, w->chinese),
							bucket_name(w, b), b->places, b->candidates));
	}
	if (t->unbounded)
		w->tell(w->self, zp_arena_print(w->arena, w->chinese ? "%s：%zu 个候选不受任何名额限制，全部推荐（如 %s，类别“%s”，所属市（州）“%s”）"
							  : "%s: %zu candidates are under no quota, and all of them are proposed (%s, say, of class \"%s\" and city \"%s\")",
						award_name(t->award, w->chinese), t->unbounded, t->unbounded_one->code, t->unbounded_one->lab_class, t->unbounded_one->city));
	for (size_t k = 0; k < t->award->n_quotas; k++) {
		bool any = false;
		for (size_t i = 0; i < t->n_buckets; i++)
			any |= t->buckets[i].quota == &t->award->quotas[k];
		if (!any && *t->award->quotas[k].only)
			w->tell(w->self, zp_arena_print(w->arena, w->chinese ? "%s：名额所定的“%s”没有参评者" : "%s: nobody enters from \"%s\", for which there is a quota",
							award_name(t->award, w->chinese), t->award->quotas[k].only));
	}
}

/* What all of them have in common in one term. */
static const char *how_alike(zp_term_kind kind, int answer, bool chinese)
{
	if (answer == ZP_UNKNOWN)
		return chinese ? "都无法认定" : "is known for nobody";
	if (kind == ZP_TERM_EXCLUDE && chinese)
		return answer == ZP_TRUE ? "都属排除之列" : "都不属排除之列";
	if (answer == ZP_TRUE)
		return chinese ? "都满足" : "holds for everybody";
	return chinese ? "都不满足" : "holds for nobody";
}

/* Whether every entrant has the same answer to a term. */
static bool all_alike(const zp_titles *t, size_t term)
{
	for (size_t i = 1; i < t->n; i++)
		if (t->at[i].terms[term].answer != t->at[0].terms[term].answer)
			return false;
	return t->n > 0;
}

static void tell_terms(const telling *w)
{
	const zp_titles *t = w->titles;
	for (size_t k = 0; k < t->award->n_terms; k++) {
		const zp_term *term = &t->award->terms[k];
		if (!all_alike(t, k) || (term->value && t->at[0].terms[k].answer != ZP_UNKNOWN))
			continue;
		const int answer = t->at[0].terms[k].answer;
		const char *how = how_alike(term->kind, answer, w->chinese);
		const char *what = answer == ZP_UNKNOWN ? zp_arena_print(w->arena, w->chinese ? "；缺少或不可用：%s" : "; missing or unusable: %s", t->at[0].terms[k].missing) : "";
		w->tell(w->self, zp_arena_print(w->arena, w->chinese ? "%s：条件 %s，全部 %zu 个参评者%s%s" : "%s: condition %s (%zu entrants) %s%s",
						award_name(t->award, w->chinese), term->id, t->n, how, what));
	}
}

void zp_titles_tell(const zp_titles *t, zp_arena *arena, bool chinese, void (*tell)(void *self, const char *sentence), void *self)
{
	const telling w = { t, arena, chinese, tell, self };
	const char *name = award_name(t->award, chinese);
	if (t->unclear)
		tell(self, zp_arena_print(arena, chinese ? "%s：有 %zu 个单位是否参评无法认定，未列入" : "%s: whether %zu enter is not known; they do not", name, t->unclear));
	if (!t->n)
		tell(self, zp_arena_print(arena, chinese ? "%s：没有参评者" : "%s: nobody enters", name));
	if (t->too_few)
		tell(self, zp_arena_print(arena, chinese ? "%s：参评 %zu 个、候选 %zu 个，少于规则要求，本年度不推荐" :
					  "%s: %zu entrants and %zu candidates are fewer than the rule wants; nobody is proposed", name, t->n, t->candidates));
	tell_buckets(&w);
	if (t->n > 1)
		tell_terms(&w);
}

