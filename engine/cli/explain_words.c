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
