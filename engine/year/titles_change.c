/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The same year under another rule: who gains, who loses, and by what. */
#include <stdlib.h>
#include <string.h>
#include "year/titles.h"

static int by_code(const void *p, const void *q)
{
	return strcmp((*(const zp_title *const *)p)->code, (*(const zp_title *const *)q)->code);
}

static const zp_title **in_order(zp_arena *arena, const zp_titles *t)
{
	const zp_title **all = zp_take(arena, const zp_title *, t->n + 1);
	for (size_t i = 0; i < t->n; i++)
		all[i] = &t->at[i];
	qsort(all, t->n, sizeof *all, by_code);
	return all;
}

const zp_title_change *zp_titles_compare(zp_arena *arena, const zp_titles *before, const zp_titles *after, size_t *n)
{
	const zp_title **b = in_order(arena, before), **a = in_order(arena, after);
	zp_title_change *out = zp_take(arena, zp_title_change, before->n + after->n + 1);
	*n = 0;
	for (size_t i = 0, k = 0; i < before->n || k < after->n;) {
		const int order = i == before->n ? 1 : k == after->n ? -1 : strcmp(b[i]->code, a[k]->code);
		const zp_title *was = order <= 0 ? b[i++] : NULL, *is = order >= 0 ? a[k++] : NULL;
		const zp_title_state had = was ? was->state : ZP_TITLE_NOT_CLEARED, has = is ? is->state : ZP_TITLE_NOT_CLEARED;
		/* a step up or down among: none, tied, proposed */
		const int had_step = had < ZP_TITLE_TIED ? 0 : (int)had, has_step = has < ZP_TITLE_TIED ? 0 : (int)has;
		if (had_step != has_step)
			out[(*n)++] = (zp_title_change){ was, is, has_step > had_step };
	}
	return out;
}

static bool stands_in_the_way(const zp_award *a, const zp_title *t, size_t term)
{
	const zp_term *rule = &a->terms[term];
	return rule->kind != ZP_TERM_POINTS && t->terms[term].answer != (rule->kind == ZP_TERM_REQUIRE ? ZP_TRUE : ZP_FALSE);
}

const char *zp_title_obstacles(zp_arena *arena, const zp_award *a, const zp_title *t, bool chinese)
{
	const char *out = "", *between = chinese ? "；" : "; ", *few = zp_title_short_of_points(arena, a, t, chinese);
	for (size_t i = 0; i < a->n_terms; i++)
		if (stands_in_the_way(a, t, i))
			out = zp_arena_print(arena, chinese ? "%s%s%s：%s" : "%s%s%s: %s", out, *out ? between : "", a->terms[i].id, zp_title_because(arena, a, t, i, chinese));
	if (few)
		out = zp_arena_print(arena, "%s%s%s", out, *out ? between : "", few);
	return out;
}

/* A candidate stands where it does by its points alone, unless there are too few for anybody to be proposed. */
static const char *by_rank(zp_arena *arena, const zp_titles *in, const zp_title *t, bool chinese)
{
	if (in->too_few)
		return chinese ? "参评或候选不足，都不推荐" : "too few enter or are candidates; nobody is proposed";
	return zp_arena_print(arena, chinese ? "第 %u 名（候选 %zu 个）" : "rank %u of %zu candidates", t->rank, in->candidates);
}

static const char *one_side(zp_arena *arena, const zp_titles *in, const zp_title *t, bool chinese)
{
	if (!t)
		return chinese ? "不参评" : "does not enter";
	return t->cleared ? by_rank(arena, in, t, chinese) : zp_title_obstacles(arena, in->award, t, chinese);
}

const char *zp_title_change_because(zp_arena *arena, const zp_titles *before, const zp_titles *after, const zp_title_change *c, bool chinese)
{
	const char *was = one_side(arena, before, c->before, chinese), *is = one_side(arena, after, c->after, chinese);
	return zp_arena_print(arena, chinese ? "现行规则：%s；假设规则：%s" : "under the rule: %s; under the other: %s", was, is);
}
