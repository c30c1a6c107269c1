/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words of the published tables in the reader's language. */
#include "cli/explain.h"
#include <stdlib.h>
#include <string.h>

/* A word of the tables in the reader's language; where it is none, as it stands. */
#define IN_WORDS(name, n, word_of, says)                                    \
	const char *name(const zp_telling *t, const char *word)             \
	{                                                                   \
		for (unsigned i = 0; i < (n); i++)                          \
			if (strcmp(word_of(i), word) == 0)                  \
				return says(i, t->chinese);                 \
		return word;                                                \
	}
IN_WORDS(zp_tell_reason, ZP_REASONS, zp_reason_word, zp_reason_says)
IN_WORDS(zp_tell_verdict, ZP_VERDICTS, zp_verdict_word, zp_verdict_says)
IN_WORDS(zp_tell_state, ZP_STATES, zp_state_word, zp_state_says)
IN_WORDS(zp_tell_mark, ZP_MARKS, zp_mark_word, zp_mark_says)
IN_WORDS(zp_tell_standing, ZP_STANDINGS, zp_standing_word, zp_standing_says)
IN_WORDS(zp_tell_satisfaction, ZP_UNSATISFACTORY + 1, zp_satisfaction_word, zp_satisfaction_says)
IN_WORDS(zp_tell_slip, ZP_SLIPS, zp_slip_word, zp_slip_says)

/* ---- words of the year ---- */

static const struct { const char *word, *english, *chinese; } words[] = {
	{ "successful", "successful", "成功" }, { "unsuccessful", "unsuccessful", "不成功" }, { "none", "none", "无" },
	{ "satisfactory", "satisfactory", "满意" }, { "unsatisfactory", "unsatisfactory", "不满意" }, { "neither", "neither", "不评价" },
	{ "late", "late", "迟报" }, { "not-returned", "not returned", "未回报" }, { "not_returned", "not returned", "未回报" },
	{ "returned", "returned", "已回报" }, { "excused", "excused", "免评" }, { "absent", "absent", "未参加" },
	{ "not-evaluated", "not evaluated", "不评价" }, { "not_evaluated", "not evaluated", "不评价" },
	{ "pass", "passed", "合格" }, { "fail", "failed", "不合格" }, { "unreturned", "not returned", "未回报" },
	{ "national", "national", "国家级" }, { "provincial", "provincial", "省级" }, { "city", "of the city", "市级" }, { "county", "of the county", "县级" },
	{ "certified", "certified", "列入合格证书" }, { "nothing-evaluated", "nothing was evaluated", "全年无可评价的活动" },
	{ "too-few-rounds", "too few rounds", "参加的次数不足" }, { "unsatisfactory-round", "a round is unsatisfactory", "有不满意的活动" },
	{ "excused-round", "a round was excused", "有免评的活动" }, { "absent-round", "absent from a round", "有未参加的活动" },
	{ "fewer-than-k", "fewer satisfactory rounds than needed", "满意的次数不足" }, { "mean-below", "the mean is below what is needed", "平均成绩未达到要求" },
	{ "none-satisfactory", "no round is satisfactory", "没有满意的活动" },
	{ "met", "met", "符合" }, { "unmet", "not met", "不符合" }, { "unknown", "not known", "无法认定" }, { "not_asked", "not asked for", "不要求" },
	{ "inherited", "by a higher level", "由上级计划认定" }, { "known", "known", "已知" },
	{ "require", "requirement", "要求" }, { "exclude", "exclusion", "排除" }, { "points", "points", "计分" },
	{ "proposed", "proposed", "拟推荐" }, { "tied", "tied for the last places: the committee chooses", "并列于最后名额，由委员会决定" },
	{ "candidate", "candidate beyond the places", "符合条件，名额以外" }, { "entrant", "entrant that is no candidate", "参评，不符合条件" },
	{ "awarded", "awarded", "授予" }, { "refused", "refused", "不授予" }, { "withdrawn", "withdrawn", "撤销" },
	{ "all", "among all", "全体" }, { "class", "within its class", "同类别" }, { "region", "within its region", "同地区" },
	{ "better", "in the better half", "较好的一半" }, { "worse", "in the worse half", "较差的一半" }, { "unclear", "not to be told which half", "不能判断在哪一半" },
	{ "fitted", "fitted to all laboratories", "由全体实验室拟合" }, { "given", "given by the rules", "规则给定" }, { "estimated", "estimated", "估计" },
	{ "up", "rising", "上升" }, { "down", "falling", "下降" }, { "latest", "the latest round", "最近一次" }, { "running", "the running mean", "滑动平均" },
	{ "run", "results on one side", "连续在一侧" }, { "closer", "closer", "更接近" }, { "farther", "farther", "更远" },
	{ "sent", "as sent", "所报" }, { "told", "as told", "所报" }, { "limit", "by the limit", "按允许限" }, { "yes", "yes", "是" }, { "no", "no", "否" },
	{ "laboratory", "laboratory", "实验室" }, { "department", "department", "科室" },
	{ "hidden", "not shown in what is published: too few, or it would give one away", "对外隐去：数量过少，或由它可推出过少的数" },
	{ "participation", "participation", "参加率" }, { "return", "return", "回报率" }, { "satisfactory_measurands", "satisfactory measurands", "项目满意率" },
	{ "acceptable", "acceptable results", "结果可接受率" }, { "acceptable_returned", "acceptable results of those returned", "已回报结果可接受率" },
	{ "laboratories", "laboratories", "实验室数" },
};

const char *zp_tell_word(const zp_telling *t, const char *word)
{
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i].word, word) == 0)
			return zp_pick(t, words[i].english, words[i].chinese);
	return word;
}

const char *zp_tell_origin(const zp_telling *t, const char *word)
{
	if (strcmp(word, "known") == 0)
		return zp_pick(t, "stated by the organiser", "由组织者给定");
	if (strcmp(word, "decided") == 0)
		return zp_pick(t, "set by decision of the organiser", "由组织者决定");
	return zp_pick(t, "consensus", "由参加实验室的结果得出");
}

/* ---- answers ---- */

static const char *name_of(const zp_telling *t, const char *programme, const char *measurand, const char *code)
{
	const char *at = t->has_scales ? t->scales.text.p : NULL;
	zp_row row;
	while (at && zp_folder_table_next(t->arena, &t->scales, &at, &row))
		if (zp_row_is(&row, "answer", code) && zp_row_is(&row, "measurand", measurand) && zp_row_is(&row, "programme", programme))
			return zp_told(t, &row, t->chinese ? "name" : "name_en");
	return NULL;
}

/* "a+b" where each part is an answer of its own; NULL where one is not. */
static const char *members(const zp_telling *t, const char *programme, const char *measurand, const char *code)
{
	const char *joined = "";
	for (const char *from = code;; ) {
		const char *stop = strchr(from, '+');
		const char *part = stop ? zp_arena_text(t->arena, from, (size_t)(stop - from)) : from;
		const char *name = name_of(t, programme, measurand, part);
		if (!name)
			return NULL;
		joined = zp_arena_print(t->arena, "%s%s%s", joined, *joined ? zp_pick(t, " + ", "、") : "", name);
		if (!stop)
			return joined;
		from = stop + 1;
	}
}

const char *zp_tell_answer(const zp_telling *t, const char *programme, const char *measurand, const char *code)
{
	const char *two = strchr(code, '|'), *name = name_of(t, programme, measurand, code);
	if (two) {
		const char *low = zp_arena_text(t->arena, code, (size_t)(two - code));
		return zp_arena_print(t->arena, "%s %s %s", zp_tell_answer(t, programme, measurand, low), zp_pick(t, "or", "或"),
				      zp_tell_answer(t, programme, measurand, two + 1));
	}
	if (!name && strcmp(code, "undetected") == 0)
		return zp_pick(t, "not detected", "未检出");
	if (!name && strcmp(code, "none") == 0)
		return zp_pick(t, "none", "无");
	name = name ? name : members(t, programme, measurand, code);
	return name ? name : code;
}

/* ---- numbers ---- */

const char *zp_tell_setting(const zp_telling *t, const zp_row *row, const char *column, const char *name)
{
	const size_t n = strlen(name);
	for (const char *at = zp_told(t, row, column); *at;) {
		const size_t word = strcspn(at, " ");
		if (word > n && memcmp(at, name, n) == 0 && at[n] == '=')
			return zp_arena_text(t->arena, at + n + 1, word - n - 1);
		at += word + (at[word] == ' ');
	}
	return "";
}

const char *zp_tell_share(const zp_telling *t, unsigned long long part, unsigned long long of)
{
	const unsigned long long tenths = of ? (2000 * part + of) / (2 * of) : 0;
	return zp_arena_print(t->arena, "%llu.%llu %%", tenths / 10, tenths % 10);
}

unsigned long long zp_tell_count(const zp_telling *t, const zp_row *row, const char *column)
{
	return strtoull(zp_told(t, row, column), NULL, 10);
}

bool zp_may_tell(const zp_telling *t, const zp_row *target, const char *count)
{
	const char *least = zp_published_choice(t->arena, t->published, zp_told(t, target, "programme"), "show_least");
	return t->centre || zp_tell_count(t, target, count) >= strtoull(*least ? least : "5", NULL, 10);
}
