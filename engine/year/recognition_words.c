/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What recognition says in words. */
#include <stdio.h>
#include <string.h>
#include "year/recognition.h"

const char *zp_recog_state_word(zp_recog_state state)
{
	static const char *const words[] = { "not_asked", "unknown", "unmet", "met" };
	return words[state];
}

static const char *join(unsigned marks, const char *const *words, char *out, size_t size)
{
	size_t n = 0;
	*out = '\0';
	for (int level = 0; level < ZP_RECOG_LEVELS; level++)
		if (marks & 1u << level && n < size)
			n += (size_t)snprintf(out + n, size - n, "%s%s", n ? " " : "", words[level]);
	return out;
}

const char *zp_recog_marks_words(unsigned marks, char out[static ZP_RECOG_MARKS_TEXT])
{
	static const char *const words[] = { "national", "provincial", "city" };
	return join(marks, words, out, ZP_RECOG_MARKS_TEXT);
}

const char *zp_recog_marks_says(unsigned marks, bool chinese, char out[static ZP_RECOG_MARKS_TEXT * 2])
{
	static const char *const english[] = { "national HR", "provincial HR", "city HR" };
	static const char *const in_chinese[] = { "全国HR", "省HR", "市HR" };
	return join(marks, chinese ? in_chinese : english, out, ZP_RECOG_MARKS_TEXT * 2);
}

/* ---- what stands in the way ---- */

typedef struct telling { zp_arena *arena; bool chinese; const char *text; } telling;

static void tell(telling *t, const char *sentence)
{
	t->text = *t->text ? zp_arena_print(t->arena, "%s%s%s", t->text, t->chinese ? "；" : "; ", sentence) : sentence;
}

static void tell_rounds(telling *t, const zp_recognition_rule *rule, const zp_recog_line *line, int level)
{
	static const char *const english[] = { "national", "provincial", "city" };
	static const char *const in_chinese[] = { "国家级", "省级", "市级" };
	const char *of = (t->chinese ? in_chinese : english)[level];
	const zp_recog_rounds *r = &line->rounds[level];
	const int least = line->asks->passed[level], most = line->asks->max_failed[level];
	const bool run = rule->count == ZP_RECOG_LATEST_RUN;
	if (r->state == ZP_RECOG_UNKNOWN && !r->inherited)
		tell(t, zp_arena_print(t->arena, t->chinese ? "%s室间质评：期间内无评价结果" : "%s rounds: none was evaluated in the period", of));
	if (r->state != ZP_RECOG_UNMET || r->inherited)
		return;
	if (r->passed < least)
		tell(t, zp_arena_print(t->arena, t->chinese ? (run ? "%s室间质评：最近连续合格 %d 次，要求 %d 次" : "%s室间质评：合格 %d 次，要求 %d 次") :
				       (run ? "%s rounds: the latest %d in a row passed, %d are needed" : "%s rounds: %d passed, %d are needed"), of, r->passed, least));
	if (most != ZP_RECOG_NO_MOST && r->failed > most)
		tell(t, zp_arena_print(t->arena, t->chinese ? "%s室间质评：不合格 %d 次，最多允许 %d 次" : "%s rounds: %d failed, at most %d may", of, r->failed, most));
}

static void tell_iqc(telling *t, const zp_recog_line *line)
{
	const zp_recog_iqc *q = &line->iqc;
	if (q->state == ZP_RECOG_UNKNOWN && !q->with_data)
		tell(t, t->chinese ? "室内质控：期间内数据不足" : "internal quality control: no month of the period has enough data");
	else if (q->state == ZP_RECOG_UNKNOWN && q->nothing_told)
		tell(t, t->chinese ? "室内质控：没有上报是否在控，规则也未设变异系数限，无法判定" : "internal quality control: whether it was in control is not told, and there is no limit to judge by");
	else if (q->state == ZP_RECOG_UNKNOWN)
		tell(t, t->chinese ? "室内质控：允许变异系数表中没有该项目" : "internal quality control: the table of allowable CVs has no limit for it");
	else if (q->state == ZP_RECOG_UNMET)
		tell(t, zp_arena_print(t->arena, t->chinese ? "室内质控：连续合格 %d 个月，要求 %d 个月" :
				       "internal quality control: months in a row in control: %d of the %d needed", q->run, line->asks->months));
}

static void tell_reporting(telling *t, const zp_recognition *r, const zp_recog_lab *lab)
{
	for (size_t i = 0; i < r->rule->n_reporting; i++) {
		const zp_recog_reporting *asks = &r->rule->reporting[i];
		const char *name = t->chinese || !*asks->name_en ? asks->name : asks->name_en;
		if (lab->reporting[i] == ZP_RECOG_UNKNOWN)
			tell(t, zp_arena_print(t->arena, t->chinese ? "%s：期间内没有上报资料" : "%s: nothing is known of the period", name));
		else if (lab->reporting[i] == ZP_RECOG_UNMET)
			tell(t, zp_arena_print(t->arena, t->chinese ? "%s：连续达标 %d 个月，要求 %d 个月" : "%s: months in a row: %d of the %d needed", name,
					       lab->reporting_run[i], asks->months));
	}
}

const char *zp_recog_because(zp_arena *arena, const zp_recognition *r, const zp_recog_line *line, bool chinese)
{
	telling t = { arena, chinese, "" };
	for (int level = 0; level < ZP_RECOG_LEVELS; level++)
		tell_rounds(&t, r->rule, line, level);
	tell_iqc(&t, line);
	tell_reporting(&t, r, &r->labs[line->lab]);
	return t.text;
}
